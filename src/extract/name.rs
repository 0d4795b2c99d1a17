//! Where a person's name begins and ends.
//!
//! Arabic has no capitals, so a name is told by what stands around it: a title before it, and after it a word that
//! names do not hold, such as a verb, a preposition or another title.

use std::ops::Range;

use super::Reading;
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
    /// Whether it begins like a name, or is followed by what follows names.
    pub likely: bool,
}

/// Most words of a name; links such as بن, and the words after them, are not counted.
const MOST_WORDS: usize = 4;

/// Most initials before a name.
const MOST_INITIALS: usize = 4;

/// Words that no name holds.
const NO_NAME: WordClass = WordClass::VERB
    .or(WordClass::PARTICLE)
    .or(WordClass::COMMON)
    .or(WordClass::MODIFIER);

/// Words that surely belong to a name.
const NAME: WordClass = WordClass::GIVEN.or(WordClass::FAMILY).or(WordClass::SURNAME);

/// Second halves of names in two words: ضيف الله, صلاح الدين.
const SECOND_HALVES: [&str; 2] = ["الله", "الدين"];

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

/// The name that begins at word `at`, after a title.
pub fn after(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> Option<Name> {
    if at == 0 || at >= part.words.len() {
        return None;
    }
    match part.gap(at - 1) {
        " " | ": " | ") " | ". " => read(part, at, lexicon),
        "، " | ", " if part.class(at).is(WordClass::GIVEN) || known(part, at).is_some() => read(part, at, lexicon),
        gap if gap.ends_with('@') => after_handle(part, at, lexicon),
        _ => None,
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

/// The name that ends before word `end`, where a comma and a title follow.
pub fn before(part: &Reading<'_>, end: usize, lexicon: &Lexicon) -> Option<Name> {
    let latin = is_capital(part, end.checked_sub(1)?);
    let mut start = end;
    while start > 0 && end - start < MOST_WORDS + 1 && may_precede(part, start - 1, start == end, latin, lexicon) {
        start -= 1;
    }
    while start < end && !latin && !part.class(start).is(WordClass::GIVEN) {
        start += 1;
    }
    let mut name = (end - start > 1).then(|| name(part, start..end, part.words[start].start))?;
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
    !(class.is(NO_NAME) && !class.is(NAME)) && !clitic_before_known(part, at, lexicon)
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
    let first = initials_end(part, at, lexicon);
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
    let begins = lexicon.word(walk.word(first));
    name.likely = walk.known.is_some() || begins.is(NAME) || name_ends_here(part, walk.end, lexicon);
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
            if let Some(known) = known(self.part, at).filter(|known| {
                at == self.start || !self.part.word(at).starts_with('\u{0648}') || known.words.len() < 2
            }) {
                self.end = known.words.end;
                self.known = known.known;
                return;
            }
            if !self.accepts() {
                break;
            }
            let class = self.lexicon.word(self.word(at));
            let link = class.is(WordClass::LINK) && !class.is(WordClass::GIVEN);
            self.solid += usize::from(!link && !self.after_link());
            self.end += 1;
        }
        while self.end > self.start && self.is_link(self.end - 1) {
            self.end -= 1;
        }
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

    /// Whether the word at `at` leads on to the next one and is no name by itself.
    fn is_link(&self, at: usize) -> bool {
        let class = self.lexicon.word(self.word(at));
        class.is(WordClass::LINK) && !class.is(WordClass::GIVEN)
    }

    /// Whether the last word taken leads on to the next one.
    fn after_link(&self) -> bool {
        self.end > self.start && self.is_link(self.end - 1)
    }

    /// Whether a link such as بن was taken.
    fn has_link(&self) -> bool {
        (self.start..self.end).any(|at| self.is_link(at))
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
        if self.after_link() {
            return !class.is(WordClass::PARTICLE.or(WordClass::VERB)) || class.is(NAME);
        }
        if class.is(NO_NAME) && !class.is(NAME) {
            return false;
        }
        if part.title_at(part.words[at].start).is_some() || self.is_place() {
            return false;
        }
        if class.is(WordClass::LINK) && !class.is(NAME) {
            return part.gap(at) == " ";
        }
        if class.is(NAME) {
            let bare = !begins || !word.starts_with("ال") || class.is(WordClass::FAMILY.or(WordClass::SURNAME));
            return bare && !self.is_preposition_on();
        }
        !clitic_before_known(part, at, self.lexicon) && self.looks_like_name()
    }

    /// Whether the word is the preposition "on" and not the name Ali, which folds alike.
    fn is_preposition_on(&self) -> bool {
        let on = text::same_spelling(self.part.written(self.end), "على");
        on && self.end == self.start && !self.lexicon.word(self.word(self.end + 1)).is(NAME.or(WordClass::LINK))
    }

    /// Whether an unlisted word has no mark of a verb, an adverb or a common noun.
    fn looks_like_name(&self) -> bool {
        let (word, written) = (self.word(self.end), self.part.written(self.end));
        let letters = word.chars().count();
        let attached = ["بال", "كال", "فال", "وال", "لل"]
            .iter()
            .any(|clitics| word.starts_with(clitics) && letters > 4);
        if attached || written.contains('\u{064B}') {
            return false;
        }
        let definite = word.starts_with("ال");
        match self.solid {
            0 => !definite,
            1 => !(word.starts_with('\u{064A}') && letters < 6),
            _ if definite => word.ends_with('\u{064A}') || self.has_link() || self.is_last(),
            _ => self.looks_like_late_name(word, written),
        }
    }

    /// Whether an unlisted word without the article may be the third or a later one of a name: no verb by its first
    /// letter, no noun before a definite one.
    fn looks_like_late_name(&self, word: &str, written: &str) -> bool {
        let verbal = ["ي", "ت", "سي", "ست", "ن"]
            .iter()
            .any(|prefix| word.starts_with(prefix));
        let next = self.end + 1;
        let definite_next = self.part.gap(self.end) == " "
            && self.word_starts(next, "ال")
            && !self.lexicon.word(self.part.word(next)).is(NAME)
            && self
                .part
                .words
                .get(next)
                .is_some_and(|word| self.part.title_at(word.start).is_none());
        (!verbal || self.is_last()) && !written.ends_with('\u{0629}') && !definite_next
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
            NameMeaning::Stop => self.solid == 0,
            _ => !part.class(at).is(NAME),
        })
    }
}

/// Whether the gap after word `at` may lie inside a name: a space, or the full stop of an initial.
fn is_inside_name(part: &Reading<'_>, at: usize) -> bool {
    let initial = part.word(at).chars().count() == 1;
    part.gap(at) == " " || (initial && matches!(part.gap(at), ". " | "."))
}

/// Whether a verb, a particle, a clause mark or the end of a sentence follows, as they follow names.
fn name_ends_here(part: &Reading<'_>, end: usize, lexicon: &Lexicon) -> bool {
    let gap = part.gap(end - 1);
    gap != " " || (end < part.words.len() && lexicon.word(part.word(end)).is(WordClass::VERB.or(WordClass::PARTICLE)))
}

/// Whether the word is a clitic and a word that ends a name, or that begins another: وقال, وسامح.
fn clitic_before_known(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> bool {
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
    (end - at > 1).then(|| Name {
        latin: true,
        likely: true,
        ..name(part, at..end, part.words[at].start)
    })
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
    let word = part.word(words.start);
    let known = |rest: &&str| lexicon.word(rest).is(NAME) || rest.starts_with("ال");
    let start = match text::readings(word).skip(1).find(known) {
        Some(rest) if !lexicon.word(word).is(NAME) && !word.starts_with("ال") => first.end - rest.len(),
        _ => first.start,
    };
    start..last
}
