//! What completes a title beyond the names of the lexicon: bodies, areas and duties, told by the shape of the phrase.
//!
//! In: a title as far as it is read. Out: the word where its complement ends. Up to a name or a form of address that
//! surely follows, much may belong to the title; without one, only what grammar demands: a noun that waits for its
//! second half takes nouns up to a definite one, then adjectives, then a preposition with a body or an area.

use super::Reading;
use super::english;
use super::name;
use super::place::{capital, place};
use super::title::Title;
use crate::lexicon::{CountryForm, Lexicon, NameMeaning, TitleMeaning, WordClass};
use crate::text;

/// Most words between a title and a name that only complete the title.
const MOST_COMPLEMENTS: usize = 12;

/// Most nouns in a row, each the second half of the one before.
const MOST_NOUNS: usize = 6;

/// Words that belong to a name.
const NAME: WordClass = WordClass::GIVEN
    .or(WordClass::FAMILY)
    .or(WordClass::LINK)
    .or(WordClass::SURNAME);

/// Bodies, duties and areas.
const FIELD: WordClass = WordClass::BODY.or(WordClass::AREA);

/// Byte of the folded text where a noun that heads titles begins, if the word at `at` is one; the article counts.
pub fn head(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> Option<usize> {
    let (word, start) = (part.word(at), part.words[at].start);
    part.words.get(at + 1).filter(|_| part.gap(at) == " ")?;
    let of = part.word(at + 1).starts_with("لل");
    let (skipped, clitics) = text::splits(word).find(|&(skipped, clitics)| {
        let rest = &word[skipped..];
        let accusative = rest.strip_suffix('\u{0627}').filter(|_| of && !clitics.article);
        lexicon.word(rest).is(WordClass::HEAD) || accusative.is_some_and(|noun| lexicon.word(noun).is(WordClass::HEAD))
    })?;
    if part.written(at).starts_with("وإ") {
        return None; // "and to", not a wali
    }
    // أمين is a name too, unless a body follows: أمين منطقة; مشرف is a family name after a given one
    let class = lexicon.word(&word[skipped..]);
    let duty = part.class(at + 1).is(WordClass::COMMON) && !part.class(at + 1).is(NAME);
    let given = class.is(WordClass::GIVEN) || at.checked_sub(1).is_some_and(|before| part.class(before).is(NAME));
    let name = class.is(NAME) && (given || !duty);
    let body = is_field(part, at + 1);
    let article = if clitics.article && word[..skipped].ends_with("ال") {
        "ال".len()
    } else {
        0
    };
    (!name || (body && !clitics.article)).then_some(start + skipped - article)
}

/// Whether the word at `at`, which may be a name too, heads a title here, as a body or an area follows: `مختار القرية`.
pub fn is_set_over(part: &Reading<'_>, at: usize) -> bool {
    part.class(at).is(WordClass::HEAD) && part.gap(at) == " " && is_field(part, at + 1)
}

/// Whether the word at `at` is a body, a duty or an area, with the article or without.
fn is_field(part: &Reading<'_>, at: usize) -> bool {
    let word = part.word(at);
    part.lexicon.word(word.strip_prefix("ال").unwrap_or(word)).is(FIELD)
}

/// Whether a folded word may head a title: with clitics or without, and in the accusative.
pub fn may_head(word: &str, lexicon: &Lexicon) -> bool {
    text::splits(word).any(|(skipped, _)| {
        let rest = &word[skipped..];
        let heads = |noun: &str| lexicon.word(noun).is(WordClass::HEAD);
        heads(rest) || rest.strip_suffix('\u{0627}').is_some_and(heads)
    })
}

/// The word after the complement of `title`; `None` where nothing completes it.
pub fn end(part: &Reading<'_>, title: &Title, lexicon: &Lexicon) -> Option<usize> {
    let from = title.words.end;
    if title.latin {
        return english::end(part, title);
    }
    let phrase = Phrase { part, lexicon, title };
    if from >= part.words.len() || part.gap(from - 1) != " " || phrase.is_represented() {
        return None;
    }
    phrase
        .up_to_name()
        .or_else(|| phrase.by_grammar())
        .filter(|&end| end > from)
}

/// A title that may go on.
struct Phrase<'a, 'b> {
    part: &'a Reading<'b>,
    lexicon: &'a Lexicon,
    title: &'a Title,
}

impl Phrase<'_, '_> {
    /// The word where a name begins, with a form of address or without, if all up to there can complete the title:
    /// `مدير عام التعليم بالمنطقة` + `ناصر بن سليمان`.
    fn up_to_name(&self) -> Option<usize> {
        let (part, from) = (self.part, self.title.words.end);
        for at in from..(from + MOST_COMPLEMENTS).min(part.words.len()) {
            if part.gap(at - 1) != " " {
                return None;
            }
            if self.begins_address(at) || self.begins_name(at) {
                return (at > from && !self.has_errand(from, at)).then_some(at);
            }
            let fits = self.is_place(at)
                || (at > from && (part.word(at - 1) == "عن" || part.word(at) == "بشان"))
                || if at == from {
                    let purpose = self.is_purpose(at);
                    purpose || (self.title.open && !self.ends(at) && part.word(at) != "في") || self.completes(at)
                } else {
                    !self.ends(at)
                };
            if !fits || self.is_title(at) || self.is_giving(at) || (self.is_deed(at) && !self.is_purpose(at)) {
                return None;
            }
        }
        None
    }

    /// Whether the words from `from` on, or some of them, up to before `end` tell what someone is to do for the one named
    /// there, not what the office is for: `لتأمين سفر`.
    fn has_errand(&self, from: usize, end: usize) -> bool {
        (from..end).any(|at| self.is_errand(at, end))
    }

    /// Whether the word at `from` opens an errand that ends before word `end`.
    fn is_errand(&self, from: usize, end: usize) -> bool {
        let word = self.part.word(from);
        let purpose = word.starts_with('\u{0644}') && !word.starts_with("لل") && !self.is_place(from);
        let (class, last) = (self.part.class(from), self.part.word(end - 1));
        let field = text::readings(word).any(|rest| self.lexicon.word(rest).is(FIELD));
        purpose
            && end > from + 1
            && class == WordClass::default()
            && !field
            && !is_definite(last)
            && !self.is_place(end - 1)
    }

    /// Whether the word at `at` is a noun of doing after a preposition: its hamza below begins no name. `بإرجاع`
    fn is_deed(&self, at: usize) -> bool {
        let written = self.part.written(at);
        written.starts_with("بإ") || written.starts_with("لإ")
    }

    /// Whether the word at `at` is a noun of doing after "with", which tells what was done: `بإرجاع`, not `بإدارة`.
    fn is_giving(&self, at: usize) -> bool {
        let field = text::readings(self.part.word(at)).any(|rest| self.lexicon.word(rest).is(FIELD));
        self.part.written(at).starts_with("بإ") && !field
    }

    /// Whether the word at `at` may be a field after ل, or, right before a name, a place after ب: `بجازان`.
    fn is_purpose(&self, at: usize) -> bool {
        let (part, word) = (self.part, self.part.word(at));
        let follows = at + 1 < part.words.len() && (self.begins_address(at + 1) || self.begins_name(at + 1));
        let attached = word.starts_with('\u{0644}') || (word.starts_with('\u{0628}') && follows && part.gap(at) == " ");
        let of_body = || self.is_placed() && word.starts_with('\u{0644}') && self.name_within(at + 1, 3);
        let known = || self.is_place(at + 1) || of_body();
        attached && part.class(at) == WordClass::default() && (!self.is_aside(at) || known())
    }

    /// Whether a name or a form of address begins within `most` words from word `from` on.
    fn name_within(&self, from: usize, most: usize) -> bool {
        let end = (from + most).min(self.part.words.len());
        let mut words = (from..end).take_while(|&at| self.part.gap(at - 1) == " ");
        words.any(|at| self.begins_address(at) || self.begins_name(at))
    }

    /// The word after the longest phrase that grammar lets the title govern.
    fn by_grammar(&self) -> Option<usize> {
        let from = self.title.words.end;
        let mut at = from;
        let mut body = self.class(at - 1).is(WordClass::BODY);
        if self.title.open {
            at = self.nouns(at, &mut body);
            if at == from {
                return self.preposition(at, true);
            }
        }
        if at == from {
            at = self.duties(at);
        }
        at = self.adjectives(at, body || at > from || self.title.needs);
        at = self.supervised(at);
        let free = body || at > from || self.is_modified() || self.is_placed();
        if let Some(end) = self.preposition(at, free).or_else(|| self.purpose(at, free)) {
            at = end;
        }
        if let Some(end) = self.seat(at, body, at > from) {
            at = end;
        }
        Some(at)
    }

    /// The word after what a supervision or defence that ends before word `at` is of: `الرقابة` + `على الأوراق المالية`.
    fn supervised(&self, at: usize) -> usize {
        let (part, word) = (self.part, self.part.word(at));
        let led = match part.word(at - 1) {
            "الرقابه" | "الاشراف" => word == "علي",
            "الدفاع" | "للدفاع" | "المدافعه" => word == "عن",
            _ => false,
        };
        if led && part.gap(at - 1) == " " && (is_definite(part.word(at + 1)) || self.is_place(at + 1)) {
            self.adjectives(at + 2, true)
        } else {
            at
        }
    }

    /// Whether the title is the participle "represented" rather than a representative: `ممثلة في`, `ممثلا ب`.
    fn is_represented(&self) -> bool {
        let (part, at) = (self.part, self.title.words.end);
        let next = part.word(at);
        let with = next.starts_with('\u{0628}') && !part.class(at).is(FIELD) && !self.is_place(at);
        part.word(self.title.words.start).starts_with("ممثل") && (next == "في" || with)
    }

    /// Whether the title ends with its country.
    fn is_placed(&self) -> bool {
        let end = self.part.words[self.title.words.end - 1].end;
        self.title.of.is_some() && self.part.name_ending(end).is_some()
    }

    /// The word after further duties of a minister from word `from` on, if a country, a name or a mark follows them.
    fn duties(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.part.words.len() && self.is_minister() && self.coordinated(at) > at {
            at += 1;
        }
        if at > from && self.is_over(at) { at } else { from }
    }

    /// Whether a title may well end before word `at`: a country, a name, a form of address, another title or a mark
    /// follows.
    fn is_over(&self, at: usize) -> bool {
        let mark = at >= self.part.words.len() || self.part.gap(at - 1) != " ";
        mark || self.is_place(at) || self.begins_address(at) || self.begins_name(at) || self.is_title(at)
    }

    /// The word after a purpose, `لحقوق الطفل`, if a mark follows it.
    fn purpose(&self, at: usize, free: bool) -> Option<usize> {
        let part = self.part;
        if !free || at >= part.words.len() || part.gap(at - 1) != " " || self.is_title(at) {
            return None;
        }
        let attached = part
            .word(at)
            .strip_prefix('\u{0644}')
            .is_some_and(|rest| rest.chars().count() > 2);
        if !attached || self.part.class(at).is(WordClass::VERB.or(WordClass::PARTICLE).or(NAME)) {
            return None;
        }
        let end = self.adjectives(self.nouns(at + 1, &mut false), true);
        let marked = end >= part.words.len() || part.gap(end - 1) != " ";
        (end > at + 1 && marked && is_definite(part.word(end - 1))).then_some(end)
    }

    /// Whether the last word of the title only modifies it, so that its field may follow: `المدير العام` + `للتعليم`.
    fn is_modified(&self) -> bool {
        let last = self.title.words.end - 1;
        let word = self.part.word(last);
        let adjective = is_definite(word) && (word.ends_with('\u{064A}') || word.ends_with("يه"));
        last > self.title.words.start && (adjective || self.part.class(last).is(WordClass::MODIFIER))
    }

    /// The word after nouns in a row from word `from` on, the last one definite, a place or before what ends the phrase.
    fn nouns(&self, from: usize, body: &mut bool) -> usize {
        let part = self.part;
        for at in from..(from + MOST_NOUNS).min(part.words.len()) {
            if part.gap(at - 1) != " " {
                return at;
            }
            if let Some(end) = self.namesake(at) {
                return end;
            }
            if self.stops(at) {
                return at;
            }
            if let Some(end) = self.named_place(at) {
                return end;
            }
            if self.is_attached(at) {
                return at;
            }
            *body |= self.class(at).is(WordClass::BODY);
            if is_definite(part.word(at)) || self.is_possessed(at) {
                return self.coordinated(at + 1);
            }
        }
        (from + MOST_NOUNS).min(part.words.len())
    }

    /// Whether the word at `at` is a noun with a pronoun, so that nothing completes it: `إدارتها`.
    fn is_possessed(&self, at: usize) -> bool {
        const PRONOUNS: [&str; 3] = [
            "ها", // her, its
            "هم", // their
            "نا", // our
        ];
        let word = self.part.word(at);
        let noun = PRONOUNS.iter().find_map(|pronoun| word.strip_suffix(pronoun));
        noun.and_then(|noun| noun.strip_suffix('\u{062A}'))
            .is_some_and(|noun| self.lexicon.word(&format!("{noun}\u{0647}")).is(WordClass::BODY))
            || noun.is_some_and(|noun| self.lexicon.word(noun).is(WordClass::BODY))
    }

    /// The word after the one whom a body is called after: `مركز` + `الملك فيصل`.
    fn namesake(&self, at: usize) -> Option<usize> {
        let hit = self.part.title_at(self.part.words[at].start)?;
        let called = self.part.class(at - 1).is(WordClass::NAMESAKE) && !hit.clitics.conjunction;
        let end = self.part.word_at(hit.range.end);
        let named = end < self.part.words.len() && self.part.gap(end - 1) == " " && self.part.class(end).is(NAME);
        (called && named).then_some(end + 1)
    }

    /// The word after definite nouns joined by and: `التربية` + `والتعليم`. Only duties are, not people or bodies.
    fn coordinated(&self, from: usize) -> usize {
        let part = self.part;
        let word = part.word(from);
        let joined = from < part.words.len() && part.gap(from - 1) == " " && word.starts_with("وال");
        let people = word.ends_with("ين") || word.ends_with("ون");
        let further = joined && !people && !self.stops(from) && (self.is_minister() || self.is_over(from + 1));
        if further { from + 1 } else { from }
    }

    /// Whether the title is that of a minister, whose duties may be many.
    fn is_minister(&self) -> bool {
        let words = self.title.words.clone();
        let minister = |at: usize| text::readings(self.part.word(at)).any(|word| word.starts_with("وزير"));
        words.into_iter().any(minister)
    }

    /// The word after definite adjectives from word `from` on.
    fn adjectives(&self, from: usize, completed: bool) -> usize {
        let part = self.part;
        let mut at = from;
        let goes_on = |at: usize| at < part.words.len() && part.gap(at - 1) == " " && !self.stops(at);
        while goes_on(at) && (self.is_adjective(at, completed) || (at > from && self.is_second_adjective(at))) {
            at += 1;
        }
        at
    }

    /// Whether the word at `at` is an adjective joined to another one by "and": `الإسلامية` + `والدرزية`.
    fn is_second_adjective(&self, at: usize) -> bool {
        let feminine = |word: &str| word.ends_with("يه");
        let word = self.part.word(at);
        word.starts_with("وال") && feminine(word) && feminine(self.part.word(at - 1))
    }

    /// Whether the word at `at` is a definite adjective: by its ending, or, right after the office itself, a known one.
    fn is_adjective(&self, at: usize, completed: bool) -> bool {
        let word = self.part.word(at);
        let Some(bare) = word.strip_prefix("ال") else {
            return false;
        };
        if matches!(word, "الجديد" | "الجديده") {
            return false; // says of the holder, not of the office
        }
        let class = self.lexicon.word(word).or(self.lexicon.word(bare));
        if class.is(WordClass::MODIFIER) {
            return true;
        }
        let known = class.is(WordClass::COMMON);
        let agrees = completed && (self.agrees(at, bare) || is_passive(bare));
        let shaped = bare.ends_with('\u{064A}') || bare.ends_with("يه") || agrees;
        let person = self.lexicon.word(word).is(NAME);
        let nisba = self.part.gap(at) == " " && self.is_place(at + 1) && is_definite(self.part.word(at + 1));
        shaped && !person && (known || completed || nisba)
    }

    /// Whether a feminine word agrees with a feminine noun before it and is no noun of its own that texts often name.
    fn agrees(&self, at: usize, bare: &str) -> bool {
        let feminine = |word: &str| word.ends_with('\u{0647}') || word.ends_with("ات");
        bare.ends_with('\u{0647}') && feminine(self.part.word(at - 1)) && !self.lexicon.word(bare).is(WordClass::COMMON)
    }

    /// The word after a preposition written together with a field, a body or an area: `للتنظيم والبناء`,
    /// `لشؤون الأمن`, `بمنطقة جازان`. `free` is that the title may have a field.
    fn preposition(&self, at: usize, free: bool) -> Option<usize> {
        let part = self.part;
        if at >= part.words.len() || part.gap(at - 1) != " " || self.is_title(at) {
            return None;
        }
        let word = part.word(at);
        let mut body = false;
        if self.title.is_posted(self.lexicon)
            && let Some(end) = capital(part, part.words[at].start)
        {
            return Some(end); // السفير بالقاهرة
        }
        if self.is_seat_before_name(at) {
            return Some(at + 1); // القنصل العام بالمدينة سامر
        }
        if let Some(rest) = word.strip_prefix("لل").filter(|rest| rest.chars().count() > 2) {
            let people = (rest.ends_with("ين") || rest.ends_with("ون")) && !self.lexicon.word(rest).is(FIELD);
            return (free && !people && !self.ends(at) && !self.is_place(at)).then(|| self.field(at + 1));
        }
        let rest = text::readings(word)
            .skip(1)
            .find(|rest| self.lexicon.word(rest).is(FIELD))?;
        let clitics = &word[..word.len() - rest.len()];
        if self.part.class(at).is(FIELD.or(WordClass::PARTICLE)) || !clitics.starts_with(['\u{0628}', '\u{0644}']) {
            return None;
        }
        let end = if clitics.ends_with("ال") {
            at + 1
        } else {
            self.nouns(at + 1, &mut body)
        };
        Some(self.adjectives(end, true))
    }

    /// Whether the word at `at` is some city after one who is posted, right before the holder's name.
    fn is_seat_before_name(&self, at: usize) -> bool {
        let (part, next) = (self.part, at + 1);
        let named = next < part.words.len() && part.gap(at) == " " && part.class(next).is(WordClass::GIVEN);
        let city = part.word(at).starts_with('\u{0628}') && !part.class(at).is(NAME.or(WordClass::PARTICLE));
        named && city && self.title.is_posted(self.lexicon)
    }

    /// The word after a field of work whose first word ends before word `from`: adjectives, and a second field.
    fn field(&self, from: usize) -> usize {
        let at = self.adjectives(from, true);
        let part = self.part;
        let second = at < part.words.len() && part.gap(at - 1) == " " && part.word(at).starts_with("وال");
        if second && !self.stops(at) {
            self.adjectives(at + 1, true)
        } else {
            at
        }
    }

    /// The word after `في` and the place where a body sits, or which an office without a body is set over.
    fn seat(&self, at: usize, body: bool, completed: bool) -> Option<usize> {
        let part = self.part;
        let office = self.title.words.len() > 1 && !completed;
        let set = part.word(at) == "في" && part.gap(at - 1) == " " && part.gap(at) == " ";
        let abroad = self
            .part
            .words
            .get(at + 1)
            .is_some_and(|word| capital(part, word.start).is_some());
        if set && abroad && self.title.is_posted(self.lexicon) {
            return capital(part, part.words[at + 1].start);
        }
        if !set || self.title.of.is_some() || !(body || office) || at + 1 >= part.words.len() {
            return None;
        }
        if self.class(at + 1).is(WordClass::BODY) {
            return Some(self.adjectives(self.nouns(at + 1, &mut false), true));
        }
        let unknown = part.word(at + 1);
        let known = part.name_at(part.words[at + 1].start).is_some() || self.class(at + 1).is(WordClass::COMMON);
        (!known && !self.ends(at + 1) && unknown.chars().count() > 2 && !self.is_attached(at + 1)).then_some(at + 2)
    }

    fn class(&self, at: usize) -> WordClass {
        let word = self.part.word(at);
        let bare = word.strip_prefix("ال").unwrap_or(word);
        self.part.class(at).or(self.lexicon.word(bare))
    }

    /// Whether a title of office begins at word `at`.
    fn is_title(&self, at: usize) -> bool {
        let hit = self.part.title_at(self.part.words[at].start);
        hit.is_some_and(|hit| matches!(hit.meaning, TitleMeaning::Office { .. })) && !self.are_members(at)
    }

    /// Whether those named at word `at` make up the body before them: `مجلس` + `وزراء الداخلية العرب`.
    fn are_members(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| self.part.gap(before) == " ");
        let body = |before: usize| {
            text::readings(self.part.word(before)).any(|word| self.lexicon.word(word).is(WordClass::BODY))
        };
        self.part.word(at) == "وزراء" && before.is_some_and(body)
    }

    /// Whether a form of address begins at word `at`, nothing written together with it.
    fn begins_address(&self, at: usize) -> bool {
        let hit = self.part.title_at(self.part.words[at].start);
        hit.is_some_and(|hit| {
            let long = hit.range.len() > 4 || self.part.gap(at).starts_with(['.', '/']);
            hit.meaning == TitleMeaning::Honorific && hit.word == hit.range.start && long
        })
    }

    /// Whether a name surely begins at word `at`: one of the lexicon, or a given name and another part of a name.
    fn begins_name(&self, at: usize) -> bool {
        let part = self.part;
        if name::known(part, at).is_some() {
            return true;
        }
        if matches!(part.word(at + 1), "بن" | "بنت") && part.gap(at) == " " {
            return !part.word(at).starts_with("ال");
        }
        let tagged = part.tag_at(at).filter(|tag| !tag.joined && tag.words.len() > 1);
        if tagged.is_some_and(|tag| name::is_sure(part, tag)) {
            return true;
        }
        let (first, second) = (part.class(at), part.class(at + 1));
        let given = first.is(WordClass::GIVEN) && !first.is(WordClass::COMMON.or(FIELD)) && !is_set_over(part, at);
        let family = part.word(at + 1).starts_with("ال") && !second.is(WordClass::MODIFIER);
        let named = given && !part.word(at).starts_with("ال") && part.gap(at) == " " && (second.is(NAME) || family);
        named && place(part, part.words[at].start).is_none()
    }

    /// Whether nothing from word `at` on can be within the title.
    fn stops(&self, at: usize) -> bool {
        let particle = self.part.class(at).is(WordClass::PARTICLE);
        particle || self.ends(at) || self.is_title(at) || self.begins_address(at) || self.begins_name(at)
    }

    /// Whether the word at `at` right after a title can only say more of it: an adjective, or a noun with a preposition.
    fn completes(&self, at: usize) -> bool {
        let word = self.part.word(at);
        let body = text::readings(word)
            .skip(1)
            .any(|rest| self.lexicon.word(rest).is(FIELD));
        let attached = ["لل", "بال", "وال"].iter().any(|clitics| word.starts_with(clitics));
        let within = word == "في" && at + 1 < self.part.words.len() && self.class(at + 1).is(FIELD);
        let adjective = word.starts_with("ال") && word.ends_with(['\u{064A}', '\u{0647}']);
        within || (!self.ends(at) && (attached || body || adjective))
    }

    /// Whether the word at `at`, with or without a clitic, cannot stand in a title.
    fn ends(&self, at: usize) -> bool {
        let (part, word) = (self.part, self.part.word(at));
        let class = part.class(at);
        let verb = |word: &str| self.lexicon.word(word).is(WordClass::VERB);
        let counterpart = word.ends_with("نظيره") || word.ends_with("نظيرته");
        let inside = match word {
            "علي" | "عن" => true,
            "في" | "لدي" => at + 1 < part.words.len() && (self.class(at + 1).is(FIELD) || self.is_place(at + 1)),
            _ => false,
        };
        counterpart
            || (class.is(WordClass::PARTICLE) && !inside)
            || word
                .strip_prefix('\u{0648}')
                .is_some_and(|rest| verb(rest) || self.lexicon.word(rest).is(WordClass::HEAD))
            || part.written(at).starts_with("فأ") // "so I", no noun
            || (verb(word) && !(word == "راس" && part.word(at + 1) == "المال"))
            || self.is_aside(at)
    }

    /// Whether the word at `at` is a common noun after a preposition, which tells of what is done: `بجهود`, `بتاريخ`.
    fn is_aside(&self, at: usize) -> bool {
        let word = self.part.word(at);
        let known = WordClass::COMMON.or(FIELD).or(NAME);
        if self.part.class(at).is(known) {
            return false;
        }
        text::splits(word).skip(1).any(|(skipped, clitics)| {
            let class = self.lexicon.word(&word[skipped..]);
            clitics.preposition
                && !clitics.article
                && class.is(WordClass::COMMON.or(WordClass::PARTICLE))
                && !class.is(FIELD)
        })
    }

    /// Whether the word at `at` is a preposition or "and" and a noun.
    fn is_attached(&self, at: usize) -> bool {
        let word = self.part.word(at);
        let (long, known) = (
            word.chars().count() > 4,
            self.part.class(at).is(WordClass::COMMON.or(FIELD)),
        );
        let article = ["لل", "بال", "وال", "فال", "كال"]
            .iter()
            .any(|clitics| word.starts_with(clitics));
        let doing = self.is_deed(at);
        let bound = text::splits(word)
            .skip(1)
            .any(|(skipped, clitics)| clitics.preposition && self.lexicon.word(&word[skipped..]).is(FIELD));
        let joined = word.strip_prefix('\u{0648}').is_some_and(|rest| {
            self.lexicon
                .word(rest)
                .is(WordClass::COMMON.or(FIELD).or(WordClass::HEAD))
        });
        !known && ((article && long) || doing || joined || bound)
    }

    fn is_place(&self, at: usize) -> bool {
        self.part
            .words
            .get(at)
            .is_some_and(|word| place(self.part, word.start).is_some())
    }

    /// The place or organisation named at word `at`, capitals included, and the word after it.
    fn named_place(&self, at: usize) -> Option<usize> {
        let hit = self.part.name_at(self.part.words[at].start)?;
        let named = match hit.meaning {
            NameMeaning::Country(_, form) => form != CountryForm::Nisba,
            NameMeaning::Organisation(_) => true,
            _ => false,
        };
        let bare = !hit.clitics.conjunction && !hit.clitics.preposition;
        (named && bare).then(|| self.part.word_at(hit.range.end))
    }
}

/// Whether a folded word without the article has the shape of a passive participle: `محمول`.
fn is_passive(bare: &str) -> bool {
    let mut letters = bare.chars();
    letters.next() == Some('\u{0645}') && letters.nth(2) == Some('\u{0648}') && letters.count() == 1
}

/// Whether a folded word has the article.
fn is_definite(word: &str) -> bool {
    word.starts_with("ال") && word.chars().count() > 3
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::{check_titles, told};

    #[test]
    fn a_title_of_an_unlisted_body_is_read_whole() {
        for text in [
            "رسالة من [سكرتير الهيئة الثقافية العليا] إلى [مدير المكتب]",
            "شكوى إلى [رئيس بلدية مدينة الزهراء] بخصوص الماء",
            "وافق [عضو الهيئة الإدارية للنادي] على الطلب",
            "وجهها [مأمور أوقاف اللواء الغربي] إلى [متصرف لواء الجبل].",
            "قال [رئيس قسم المناهج] إن الكتب جاهزة",
            "أكد [المدير العام للتعليم بالمنطقة]، أهمية البيئة الصفية",
            "[وزير المياه والري والبيئة الأردني] في الطريق",
            "[رئيسة المرصد الوطني لحقوق الطفل]، حضرت الحفل",
            "رسالة من [مدير دائرة الشؤون الزراعية والمائية] إلى السكان",
            "قال [مدير عام هيئة سوق رأس المال] إن السوق نمت",
            "حضر [الأمين العام لمجلس وزراء النقل العرب] سالم الرويلي",
            "طالب [قنصل عام بنغلاديش بالمرفأ] سالم الرويلي",
            "قال [رئيس بعثة الاتحاد الأوروبي لمراقبة الانتخابات] سالم الرويلي نعم",
        ] {
            check_titles(text);
        }
    }

    #[test]
    fn a_title_ends_before_the_name_and_before_what_is_done() {
        for text in [
            "وأوضح [مدير إدارة الرقابة الشاملة بالأمانة] المهندس سالم الرويلي أن الفريق رصد ذلك", // before a form of address
            "[رئيس بلدية رام الله] ماهر السعداوي",                                               // before a given name
            "[مدير إدارة التعليم بمحافظة القلعة] مرزوق بن ناصر البلوي", // before the son of someone
            "أشاد [رئيس اللجنة المركزية] بجهود الأمير سلطان بن ناصر",    // praised the efforts of
            "[معتمد قرية السفح] بإرجاع الأرض",                           // to give back the land
            "زار [وزير الدفاع] للأردن",                                  // travels, is not of Jordan
            "حضرت الجمعية ممثلة بمركز التدريب",                         // represented by
        ] {
            check_titles(text);
        }
    }

    #[test]
    fn a_title_holds_neither_an_errand_nor_a_deed_nor_a_gloss() {
        for text in [
            "رسالة من [ضابط الارتباط في جيش الشمال] لتأمين سفر سالم الرويلي", // to secure the journey of
            "شهادة من [معتمد قرية السفح] بإرجاع [مختار القرية] ما أخذ",      // that he gave back
            "شاركت الشركة ممثلة ب[رئيس مجلس إدارتها] السيد سالم الرويلي",    // represented by the chairman of its board
            "عين [مشرف قاعدة المعلومات] (database admin) أمس",
            "كلمة [مدير عام إدارة المتابعة] في الملتقى الثاني", // at the forum
        ] {
            check_titles(text);
        }
    }

    #[test]
    fn a_title_goes_on_over_a_cause_a_participle_and_a_name_with_a_preposition() {
        for text in [
            "رسالة [رئيس لجنة للدفاع عن فلسطين] أمس",   // in defence of Palestine
            "هذا [مطور الهاتف المحمول] الجديد",         // of the portable phone
            "وقال [منسق الطوارئ في أطباء بلا حدود] نعم", // doctors without borders
            "شكوى إلى [مدعي عام مدينة الزهراء]",
            "حضر سالم الرويلي [مختار قرية السفح]", // a name elsewhere
        ] {
            check_titles(text);
        }
    }

    #[test]
    fn a_title_is_shown_with_the_body_and_the_country_within_it() {
        let text = "نائب رئيس مجلس الوزراء وزير الدفاع بدولة الكويت الشيخ سالم الرويلي";
        assert_eq!(
            told(text),
            ["سالم الرويلي | نائب رئيس مجلس الوزراء وزير الدفاع بدولة الكويت | KW"]
        );
        let text = "وأفاد مستشار وزير الدفاع البريطاني لشؤون المناخ الفريق سالم الرويلي بذلك";
        assert_eq!(
            told(text),
            ["سالم الرويلي | مستشار وزير الدفاع البريطاني لشؤون المناخ | GB"]
        );
    }
}
