//! Where a person's name begins and ends.
//!
//! Arabic has no capitals, so a name is told by what stands around it: a title before it, and after it a word that
//! names do not hold, such as a verb, a preposition or another title.

use std::ops::Range;

use super::tagger::Span;
use super::{Reading, complement, extent};
use crate::lexicon::{CountryForm, EntityIx, Lexicon, NameMeaning, WordClass};
use crate::text;

/// A person's name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Words of the reading.
    pub words: Range<usize>,
    /// The person of the lexicon, if known.
    pub known: Option<EntityIx>,
    /// As published, without what is written together with it.
    pub written: String,
    /// Folded, initials left out.
    pub key: String,
    /// Whether it is in Latin letters.
    pub latin: bool,
    /// Whether one of its words is a name by itself, or it is followed by what follows names alone.
    pub likely: bool,
    /// Whether its first word is a name by itself.
    pub begins: bool,
    /// Whether a verb, "that", a title or a clause mark follows it, as they follow the subject of a sentence.
    pub ends: bool,
}

/// Most words of a name; links such as بن, and the words after them, are not counted.
const MOST_WORDS: usize = 4;

/// Most initials before a name.
const MOST_INITIALS: usize = 4;

/// Words that no name holds.
pub(super) const NO_NAME: WordClass = WordClass::VERB
    .or(WordClass::PARTICLE)
    .or(WordClass::COMMON)
    .or(WordClass::MODIFIER);

/// Words that surely belong to a name.
pub(super) const NAME: WordClass = WordClass::GIVEN.or(WordClass::FAMILY).or(WordClass::SURNAME);

/// Second halves of names in two words: ضيف الله, صلاح الدين, سيف الإسلام.
pub(super) const SECOND_HALVES: [&str; 3] = ["الله", "الدين", "الاسلام"];

/// Numbers of kings and popes.
const ORDINALS: [&str; 8] = [
    "الاول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
];

/// The full name of the lexicon that begins at word `at`.
pub fn known(part: &Reading<'_>, at: usize) -> Option<Name> {
    let hit = part.name_at(part.words[at].start)?;
    let NameMeaning::Official(person) = hit.meaning else {
        return None;
    };
    let mut name = name(part, at..part.word_at(hit.range.end), hit.range.start);
    name.known = Some(person);
    name.likely = true;
    Some(name)
}

/// Whether a name of the lexicon that stands alone is only part of the name of someone else: `يوسف` + `بطرس غالي`,
/// `محمد البشير` + `ولد المختار`.
pub fn goes_beyond(part: &Reading<'_>, name: &Name, lexicon: &Lexicon) -> bool {
    let (start, end) = (name.words.start, name.words.end);
    let first = &part.folded.as_str()[part.words[start].clone()];
    let before = start
        .checked_sub(1)
        .filter(|&before| part.gap(before) == " " && name.key.starts_with(first));
    let given = before.is_some_and(|before| {
        let class = part.class(before);
        class.is(WordClass::GIVEN.or(WordClass::LINK)) && !class.is(NO_NAME)
    });
    let linked = part.gap(end - 1) == " " && part.class(end).is(WordClass::LINK) && !part.class(end).is(NAME);
    let link_inside = name
        .words
        .clone()
        .any(|word| lexicon.word(part.word(word)).is(WordClass::LINK));
    given || (linked && !link_inside)
}

/// The name that begins at word `at`, after a title: as the rules read it, but where the tagger is sure that it ends
/// elsewhere.
pub fn after(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> Option<Name> {
    if at == 0 || at >= part.words.len() {
        return None;
    }
    let ruled = match part.gap(at - 1) {
        " " | ": " | ") " | ". " | "." | "/" | "/ " | " / " | " /" => read(part, at, lexicon),
        ", " if part.word(at - 1) == "counterpart" => read(part, at, lexicon),
        "، " | ", " if part.class(at).is(WordClass::GIVEN) || known(part, at).is_some() => read(part, at, lexicon),
        gap if gap.ends_with('@') => return after_handle(part, at, lexicon),
        _ => return None,
    };
    match (ruled, part.tag_at(at)) {
        (Some(name), _) if name.known.is_some() => Some(name),
        (ruled, Some(tag)) if is_sure(part, tag) && !tag.joined => match ruled {
            Some(name) if name.words.end == tag.words.end || goes_on(part, &name, tag) => {
                Some(Name { likely: true, ..name })
            }
            _ => Some(tagged(part, tag)),
        },
        (None, None) => after_unlisted(part, at),
        (ruled, _) => ruled,
    }
}

/// A name whose first word is one that nobody has listed and that is spelt as names are, before what the tagger takes
/// for the name: كاو + كيم هورن.
fn after_unlisted(part: &Reading<'_>, at: usize) -> Option<Name> {
    let tag = part.tag_at(at + 1).filter(|tag| !tag.joined && is_sure(part, tag))?;
    let free = part.gap(at) == " " && !part.class(at).is(NO_NAME) && part.title_at(part.words[at].start).is_none();
    let unlisted = free && part.name_at(part.words[at].start).is_none() && extent::is_like_name(part, at);
    let whole = name(part, at..tag.words.end, part.words[at].start);
    unlisted.then_some(Name {
        likely: true,
        begins: true,
        ..whole
    })
}

/// Whether the rules read on where the tagger stops, and only by words that nothing else than names holds, by listed
/// names, or by what the tagger takes for another name.
fn goes_on(part: &Reading<'_>, ruled: &Name, tag: &Span) -> bool {
    let more = tag.words.end..ruled.words.end;
    let next = part.tag_at(more.start).filter(|next| !next.joined);
    let tagged = next.is_some_and(|next| next.words == more);
    let listed = more.clone().all(|at| part.class(at).is(NAME));
    !more.is_empty() && (tagged || listed || extent::only_in_names(part, more))
}

/// Least margin of a tagged name, in units of 1/32.
const LEAST_MARGIN: i32 = 0;

/// Whether the tagger is sure of a name, and the lexicon knows no place or organisation in its stead.
pub fn is_sure(part: &Reading<'_>, tag: &Span) -> bool {
    let other = part.name_at(part.words[tag.words.start].start).is_some_and(|hit| {
        let adjective = matches!(
            hit.meaning,
            NameMeaning::Country(_, CountryForm::Nisba | CountryForm::WeakNisba)
        );
        let official = matches!(hit.meaning, NameMeaning::Official(_));
        let longer = tag.words.end > part.word_at(hit.range.end);
        !official && !(longer && (adjective || part.class(tag.words.start).is(NAME)))
    });
    tag.margin >= LEAST_MARGIN && !other
}

/// Whether a number follows before word `end` is closed by a quotation mark or a stroke, as after the name of a weapon
/// or an index: `«بيرشينغ 2»`.
pub fn is_numbered_model(part: &Reading<'_>, end: usize) -> bool {
    let number =
        end < part.words.len() && part.gap(end - 1) == " " && part.word(end).bytes().all(|at| at.is_ascii_digit());
    number && part.gap(end).starts_with(['\u{00BB}', '"', '\u{201D}', '/'])
}

/// The name that the tagger tells.
pub fn tagged(part: &Reading<'_>, tag: &Span) -> Name {
    let start = part.words[tag.words.start].start;
    let skipped = if tag.joined { '\u{0648}'.len_utf8() } else { 0 };
    Name {
        likely: true,
        begins: true,
        ..name(part, tag.words.clone(), start + skipped)
    }
}

/// The name after an account's handle: `H.E. @ForeignSecMV Ahmed Latheef`.
fn after_handle(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> Option<Name> {
    (part.gap(at) == " ").then(|| read(part, at + 1, lexicon))?
}

/// A second name joined by و to one that ends before word `at`; after a title for one, only a known one.
pub fn joined(part: &Reading<'_>, at: usize, dual: bool, lexicon: &Lexicon) -> Option<Name> {
    let word = part.word(at);
    let rest = word.strip_prefix('\u{0648}')?;
    if at == 0 || part.gap(at - 1) != " " || rest.is_empty() {
        return None;
    }
    if let Some(known) = known(part, at) {
        return Some(known);
    }
    let begins = lexicon.word(rest).is(WordClass::GIVEN) && !lexicon.word(word).is(WordClass::GIVEN);
    let name = (dual && begins).then(|| read_from(part, at, '\u{0648}'.len_utf8(), lexicon))??;
    (name.words.len() > 1).then_some(name)
}

/// The name that ends before word `end`, where a title follows: after a comma (`apart`), or so that the name must be
/// beyond doubt.
pub fn before(part: &Reading<'_>, end: usize, apart: bool, lexicon: &Lexicon) -> Option<Name> {
    let latin = is_capital(part, end.checked_sub(1)?);
    let mut start = end;
    while start > 0 && end - start < MOST_WORDS + 1 && may_precede(part, start - 1, start == end, latin, lexicon) {
        start -= 1;
    }
    let begins = |at: usize| part.class(at).is(WordClass::GIVEN) && !text::same_spelling(part.written(at), "على");
    while start < end && !latin && !begins(start) {
        start += 1;
    }
    let certain =
        apart || latin || (start + 1..end).any(|at| part.class(at).is(NAME) || part.word(at).starts_with("ال"));
    let mut name = (end - start > 1 && certain).then(|| name(part, start..end, part.words[start].start))?;
    name.likely = true;
    Some(name)
}

/// Whether the word at `at` may belong to a name that goes on after it, or ends with it (`last`).
fn may_precede(part: &Reading<'_>, at: usize, last: bool, latin: bool, lexicon: &Lexicon) -> bool {
    let class = part.class(at);
    let joined = last || is_inside_name(part, at);
    let begins_name = part.name_at(part.words[at].start).is_some() || part.title_at(part.words[at].start).is_some();
    if !joined || begins_name {
        return false;
    }
    if latin {
        return is_capital(part, at);
    }
    let fits = class.is(NAME) || !class.is(NO_NAME);
    fits && !clitic_before_known(part, at, lexicon)
}

/// Reads a name from word `at` on.
fn read(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> Option<Name> {
    if at >= part.words.len() {
        return None;
    }
    if part
        .written(at)
        .starts_with(|letter: char| letter.is_ascii_alphabetic())
    {
        return read_latin(part, at);
    }
    read_from(part, at, 0, lexicon)
}

/// Reads an Arabic name from word `at` on, of which the first `skipped` bytes are not part.
fn read_from(part: &Reading<'_>, at: usize, skipped: usize, lexicon: &Lexicon) -> Option<Name> {
    // a name of the lexicon may have initials of its own: يو ثانت
    let first = known(part, at).map_or_else(|| initials_end(part, at, lexicon), |_| at);
    let mut walk = Walk {
        part,
        lexicon,
        start: first,
        skipped: if first == at { skipped } else { 0 },
        end: first,
        solid: 0,
        known: None,
    };
    walk.run();
    if walk.end == first {
        return None;
    }
    let mut name = name(part, at..walk.end, part.words[at].start + skipped);
    name.known = walk.known;
    name.begins = lexicon.word(walk.word(first)).is(NAME);
    let named = (first..walk.end).any(|word| lexicon.word(walk.word(word)).is(NAME));
    name.ends = clause_ends_here(part, walk.end, lexicon);
    let ends = name.ends || (walk.is_foreign() && name_ends_here(part, walk.end, lexicon));
    let foreign = ends && name.words.len() > 1 && extent::only_in_names(part, name.words.clone());
    name.likely = walk.known.is_some() || named || (walk.is_whole() && ends) || foreign;
    Some(name)
}

/// The word after the initials that begin at word `at`; `at` itself where there are none, or where no given name
/// follows them, or where all of them are particles too.
fn initials_end(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> usize {
    let initials = (at..part.words.len())
        .take(MOST_INITIALS)
        .take_while(|&word| part.class(word).is(WordClass::INITIAL) && is_inside_name(part, word))
        .count();
    let end = at + initials;
    let sure = (at..end).any(|word| !part.class(word).is(WordClass::PARTICLE));
    let named = end < part.words.len() && lexicon.word(part.word(end)).is(NAME);
    if sure && named { end } else { at }
}

/// A name being read, word by word.
struct Walk<'a, 'b> {
    part: &'a Reading<'b>,
    lexicon: &'a Lexicon,
    /// First word after the initials.
    start: usize,
    /// Bytes of the first word that are not part of the name.
    skipped: usize,
    /// The word after the last one taken.
    end: usize,
    /// Words taken, links and the words after them left out.
    solid: usize,
    /// The person of the lexicon, if the name turns out to be known.
    known: Option<EntityIx>,
}

impl Walk<'_, '_> {
    fn run(&mut self) {
        while self.end < self.part.words.len() && self.may_go_on() {
            let at = self.end;
            if let Some(known) = self.known_at(at) {
                self.end = known.words.end;
                self.known = known.known;
                return;
            }
            if !self.accepts() {
                break;
            }
            let class = self.lexicon.word(self.word(at));
            let link = class.is(WordClass::LINK) && !class.is(WordClass::GIVEN);
            self.solid += usize::from(!link && (self.solid == 0 || !self.after_link()));
            self.end += 1;
        }
        while self.end > self.start && self.is_link(self.end - 1) {
            self.end -= 1;
        }
    }

    /// The name of the lexicon at `at`, if no given name stands before it, which would make it someone else's.
    fn known_at(&self, at: usize) -> Option<Name> {
        let given = (self.start..at).any(|word| self.lexicon.word(self.word(word)).is(WordClass::GIVEN));
        let joined = at > self.start && self.part.word(at).starts_with('\u{0648}');
        known(self.part, at).filter(|known| !given && (!joined || known.words.len() < 2))
    }

    /// The folded word at `at`, as far as it is part of the name.
    fn word(&self, at: usize) -> &str {
        &self.part.word(at)[if at == self.start { self.skipped } else { 0 }..]
    }

    /// Whether nothing parts the next word from the name, and there is room for it.
    fn may_go_on(&self) -> bool {
        let second_half = SECOND_HALVES.contains(&self.word(self.end));
        let room = self.solid < MOST_WORDS || self.after_link() || second_half;
        room && (self.end == self.start || is_inside_name(self.part, self.end - 1))
    }

    /// Whether the word at `at` leads on to the next one and is no name by itself: بن, and لا of "de la".
    fn is_link(&self, at: usize) -> bool {
        let class = self.lexicon.word(self.word(at));
        let article = self.word(at) == "لا" && at > self.start && self.is_link(at - 1);
        article || (class.is(WordClass::LINK) && !class.is(WordClass::GIVEN))
    }

    /// Whether the last word taken leads on to the next one.
    fn after_link(&self) -> bool {
        self.end > self.start && self.is_link(self.end - 1)
    }

    /// Whether a link such as بن was taken.
    fn has_link(&self) -> bool {
        (self.start..self.end).any(|at| self.is_link(at))
    }

    /// Whether the last word taken is the number of a king, after which nothing more is his name.
    fn is_numbered(&self) -> bool {
        self.end > self.start && ORDINALS.contains(&self.word(self.end - 1))
    }

    /// Whether the next word is part of the name.
    fn accepts(&self) -> bool {
        let (part, at, word) = (self.part, self.end, self.word(self.end));
        let class = self.lexicon.word(word);
        let begins = at == self.start;
        if word.starts_with(|letter: char| letter.is_ascii()) {
            return false;
        }
        if !begins && SECOND_HALVES.contains(&word) {
            return true;
        }
        if self.is_numbered() || (!begins && complement::is_set_over(part, at)) {
            return false;
        }
        let given = self.lexicon.word(self.word(self.start)).is(WordClass::GIVEN);
        if !begins && given && ORDINALS.contains(&word) {
            return true;
        }
        if self.after_link() {
            return !class.is(WordClass::PARTICLE.or(WordClass::VERB)) || class.is(NAME) || word == "لا";
        }
        let late = self.solid > 1 && !self.lexicon.word(part.word(at + 1)).is(NAME); // عمرو موسى باسم الوفد
        if class.is(NO_NAME) && (!class.is(NAME) || (late && class.is(WordClass::PARTICLE))) {
            return false;
        }
        if part.title_at(part.words[at].start).is_some() || self.is_place() {
            return false;
        }
        if class.is(WordClass::LINK) && !class.is(NAME) {
            return part.gap(at) == " ";
        }
        if class.is(NAME) {
            // an adjective that is a family name too may still be one: السلطان العثماني محمد
            let next = self.lexicon.word(part.word(at + 1));
            let goes_on = part.gap(at) == " " && (next.is(NAME.or(WordClass::LINK)) || self.is_name_next(at + 1));
            let definite = if class.is(WordClass::GIVEN) {
                goes_on
            } else {
                !(next.is(WordClass::GIVEN) && part.gap(at) == " ")
            };
            return (!begins || !word.starts_with("ال") || definite) && !self.is_preposition_on();
        }
        !clitic_before_known(part, at, self.lexicon) && self.looks_like_name()
    }

    /// Whether the word at `at` can only go on a name: the number of a king, or a family name with the article.
    fn is_name_next(&self, at: usize) -> bool {
        let word = self.part.word(at);
        ORDINALS.contains(&word) || (word.starts_with("ال") && word.ends_with('\u{064A}') && !self.is_common(at))
    }

    fn is_common(&self, at: usize) -> bool {
        self.lexicon.word(self.part.word(at)).is(NO_NAME) || clitic_before_known(self.part, at, self.lexicon)
    }

    /// Whether the word is the preposition "on" and not the name Ali, which folds alike and is often spelt alike. A
    /// text that spells the preposition with alef maqsura somewhere means Ali by the spelling with ya.
    fn is_preposition_on(&self) -> bool {
        const ON: &str = "على";
        let (at, next) = (self.end, self.end + 1);
        if self.word(at) != "علي" || self.lexicon.word(self.part.word(next)).is(NAME.or(WordClass::LINK)) {
            return false;
        }
        if text::same_spelling(self.part.written(at), ON) {
            return true;
        }
        let definite = self.part.gap(at) == " " && self.word_starts(next, "ال");
        let named = definite || (at > self.start && self.is_last());
        !named && !self.part.source.contains(" على ")
    }

    /// Whether an unlisted word has no mark of a verb, an adverb or a common noun.
    fn looks_like_name(&self) -> bool {
        let (word, written) = (self.word(self.end), self.part.written(self.end));
        let letters = word.chars().count();
        let attached = ["بال", "وال", "لل"]
            .iter()
            .any(|clitics| word.strip_prefix(clitics).is_some_and(|rest| rest.chars().count() > 3));
        let suffixed = letters > 4 && ["ها", "هم"].iter().any(|pronoun| word.ends_with(pronoun));
        if attached || suffixed || written.contains('\u{064B}') {
            return false;
        }
        let definite = word.starts_with("ال");
        let after_family = self.end == self.start + 1 && self.is_family(self.start);
        match self.solid {
            0 => !definite,
            1 if after_family => false,
            1 => !(word.starts_with('\u{064A}') && letters < 6),
            _ if definite => word.ends_with('\u{064A}') || self.has_link() || self.is_last(),
            _ => self.looks_like_late_name(word, written),
        }
    }

    /// Whether the word at `at` is by itself the name by which someone is called: شيراك.
    fn is_family(&self, at: usize) -> bool {
        let class = self.lexicon.word(self.word(at));
        class.is(WordClass::FAMILY.or(WordClass::SURNAME)) && !class.is(WordClass::GIVEN)
    }

    /// Whether an unlisted word without the article may be the third or a later one of a name: no verb by its first
    /// letter, no adverb or participle by its last ones, no noun before a definite one.
    fn looks_like_late_name(&self, word: &str, written: &str) -> bool {
        let verbal = ["ي", "ت", "سي", "ست", "ن"]
            .iter()
            .any(|prefix| word.starts_with(prefix));
        let participle = word.starts_with('\u{0645}') && ["ا", "ين", "ون"].iter().any(|end| word.ends_with(end));
        let adverb = word.ends_with("يا") && !self.is_last();
        let noun = word.starts_with(['\u{0644}', '\u{0648}']) || written.ends_with('\u{0629}');
        let next = self.end + 1;
        let definite_next = self.part.gap(self.end) == " "
            && self.word_starts(next, "ال")
            && !SECOND_HALVES.contains(&self.word(next))
            && !self.lexicon.word(self.part.word(next)).is(NAME)
            && self
                .part
                .words
                .get(next)
                .is_some_and(|word| self.part.title_at(word.start).is_none());
        !(participle || adverb || noun || definite_next || (verbal && !self.is_last()))
    }

    /// Whether a name of unlisted words has none that looks like a noun with a preposition, a pronoun or an accusative.
    fn is_whole(&self) -> bool {
        const PREFIXES: [char; 5] = ['\u{0628}', '\u{0644}', '\u{0641}', '\u{0648}', '\u{0643}'];
        const SUFFIXES: [&str; 7] = ["ه", "ها", "هم", "هما", "نا", "ين", "ون"];
        let suffixed = |word: &str| SUFFIXES.iter().any(|end| word.ends_with(end));
        let short = self.end == self.start + 1;
        let first = self.word(self.start);
        let odd =
            first.starts_with(PREFIXES) || suffixed(first) || first.ends_with('\u{0627}') || first.chars().count() < 3;
        let last = self.word(self.end - 1);
        !((short && odd) || suffixed(last))
    }

    /// Whether a name of two unlisted words or more has no letter in front that a verb or a preposition may be.
    fn is_foreign(&self) -> bool {
        const FRONT: [char; 5] = ['\u{064A}', '\u{062A}', '\u{0646}', '\u{0628}', '\u{0644}'];
        self.end > self.start + 1 && !self.word(self.start).starts_with(FRONT)
    }

    fn word_starts(&self, at: usize, with: &str) -> bool {
        self.part.word(at).starts_with(with)
    }

    /// Whether the name would end with the word, as what follows it also follows names.
    fn is_last(&self) -> bool {
        name_ends_here(self.part, self.end + 1, self.lexicon)
    }

    /// Whether a country or organisation is named; an adjective may be a surname: المصري, روسي.
    fn is_place(&self) -> bool {
        let (part, at) = (self.part, self.end);
        part.name_at(part.words[at].start).is_some_and(|hit| match hit.meaning {
            NameMeaning::Country(_, CountryForm::Nisba) => {
                let surname = self.solid > 0 && part.word(at).ends_with('\u{064A}');
                !surname || hit.clitics.conjunction || part.word_at(hit.range.end) > at + 1
            }
            NameMeaning::Official(_) => false,
            NameMeaning::Stop => self.solid == 0 && !part.class(at).is(NAME),
            _ => !part.class(at).is(NAME),
        })
    }
}

/// Whether the gap after word `at` may lie inside a name: a space, or the full stop of an initial.
fn is_inside_name(part: &Reading<'_>, at: usize) -> bool {
    let initial = part.word(at).chars().count() == 1 || part.class(at).is(WordClass::INITIAL);
    part.gap(at) == " " || (initial && matches!(part.gap(at), ". " | "."))
}

/// Whether a verb, a particle, a title, a clause mark or the end of a sentence follows, as they follow names.
fn name_ends_here(part: &Reading<'_>, end: usize, lexicon: &Lexicon) -> bool {
    let next = part.words.get(end).filter(|_| part.gap(end - 1) == " ");
    next.is_none_or(|next| {
        let class = lexicon.word(part.word(end));
        class.is(WordClass::VERB.or(WordClass::PARTICLE)) || part.title_at(next.start).is_some()
    })
}

/// Whether a clause mark, a verb or "that" follows, as they follow the subject of a sentence.
fn clause_ends_here(part: &Reading<'_>, end: usize, lexicon: &Lexicon) -> bool {
    part.gap(end - 1) != " "
        || end >= part.words.len()
        || matches!(part.word(end), "ان" | "انه" | "انها" | "بان" | "قد" | "الذي" | "التي")
        || lexicon.word(part.word(end)).is(WordClass::VERB)
        || part.title_at(part.words[end].start).is_some()
}

/// Whether the word is a clitic and a word that ends a name, or that begins another: وقال, وسامح.
pub(super) fn clitic_before_known(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> bool {
    let word = part.word(at);
    if lexicon.word(word).is(NAME) {
        return false;
    }
    let mut readings = text::readings(word).skip(1);
    readings
        .any(|rest| lexicon.word(rest).is(NO_NAME.or(NAME)) && !(word.starts_with("ال") && lexicon.word(rest).is(NAME)))
}

/// Whether the word begins with a capital letter.
fn is_capital(part: &Reading<'_>, at: usize) -> bool {
    part.written(at).starts_with(|letter: char| letter.is_uppercase())
}

/// Reads a Latin name: two words or more that begin with a capital.
fn read_latin(part: &Reading<'_>, at: usize) -> Option<Name> {
    let mut end = at;
    while end < part.words.len()
        && end - at < MOST_WORDS + 1
        && is_capital(part, end)
        && (end == at || is_inside_name(part, end - 1))
    {
        let word = part.words[end].start;
        let place = || {
            part.name_at(word)
                .is_some_and(|hit| !matches!(hit.meaning, NameMeaning::Official(_)))
        };
        if end > at && (part.title_at(word).is_some() || place()) {
            break;
        }
        end += 1;
    }
    if let Some(known) = (at..end).find_map(|word| known(part, word)) {
        return Some(known);
    }
    (end - at > 1).then(|| latin(part, at..end))
}

/// The name in Latin letters that `words` make.
pub fn latin(part: &Reading<'_>, words: Range<usize>) -> Name {
    let start = part.words[words.start].start;
    Name {
        latin: true,
        likely: true,
        begins: true,
        ..name(part, words, start)
    }
}

/// The name made of `words`, whose first letter is at byte `start` of the folded text.
fn name(part: &Reading<'_>, words: Range<usize>, start: usize) -> Name {
    let bytes = start..part.words[words.end - 1].end;
    let written = text::squeeze(&part.source[part.folded.source_range(bytes.clone())]).into_owned();
    let full: Vec<&str> = part.folded.as_str()[bytes]
        .split(|letter| !text::is_word_letter(letter))
        .filter(|word| !word.is_empty())
        .collect();
    let long: Vec<&str> = full
        .iter()
        .copied()
        .filter(|word| word.chars().count() > 2 || *word == "بن" || *word == "ال")
        .collect();
    let key = if long.len() > 1 { long.join(" ") } else { full.join(" ") };
    Name {
        latin: written.starts_with(|letter: char| letter.is_ascii()),
        words,
        known: None,
        written,
        key,
        likely: false,
        begins: false,
        ends: false,
    }
}

/// The last part of a folded name of two words or more, by which someone may be called alone: one word, or two that
/// are one name.
pub fn last(name: &str) -> Option<&str> {
    let (rest, last) = name.rsplit_once(' ')?;
    match rest.rsplit_once(' ') {
        Some((_, before)) if SECOND_HALVES.contains(&last) => name.get(name.len() - before.len() - last.len() - 1..),
        None if SECOND_HALVES.contains(&last) => None,
        _ => Some(last),
    }
}

/// Bytes of the folded text that the name at `words` takes, without clitics.
pub fn bare(part: &Reading<'_>, words: &Range<usize>, lexicon: &Lexicon) -> Range<usize> {
    let (first, last) = (part.words[words.start].clone(), part.words[words.end - 1].end);
    if let Some(hit) = part
        .name_at(first.start)
        .filter(|hit| matches!(hit.meaning, NameMeaning::Official(_)))
    {
        return hit.range.start..last;
    }
    if let Some(tag) = part.tag_at(words.start) {
        let skipped = if tag.joined { '\u{0648}'.len_utf8() } else { 0 };
        return first.start + skipped..last;
    }
    let word = part.word(words.start);
    let known = |rest: &&str| lexicon.word(rest).is(NAME) || rest.starts_with("ال");
    let start = match text::readings(word).skip(1).find(known) {
        Some(rest) if !lexicon.word(word).is(NAME) && !word.starts_with("ال") => first.end - rest.len(),
        _ => first.start,
    };
    start..last
}
