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

/// Most words of a name, links such as بن left out.
const MOST_WORDS: usize = 4;

/// Words that no name holds.
const NO_NAME: WordClass = WordClass::VERB
    .or(WordClass::PARTICLE)
    .or(WordClass::COMMON)
    .or(WordClass::MODIFIER);

/// Words that surely belong to a name.
const NAME: WordClass = WordClass::GIVEN.or(WordClass::FAMILY).or(WordClass::SURNAME);

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
    let mut start = end;
    while start > 0 && end - start < MOST_WORDS + 1 {
        let at = start - 1;
        let class = part.class(at);
        let joined = start == end || part.gap(at) == " ";
        let begins_name = part.name_at(part.words[at].start).is_some() || part.title_at(part.words[at].start).is_some();
        if !joined || begins_name || class.is(NO_NAME) && !class.is(NAME) || clitic_before_known(part, at, lexicon) {
            break;
        }
        start = at;
    }
    while start < end && !part.class(start).is(WordClass::GIVEN) {
        start += 1;
    }
    (end - start > 1).then(|| name(part, start..end, part.words[start].start))
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
    let mut end = at;
    let mut solid = 0;
    let mut person = None;
    while end < part.words.len() && solid < MOST_WORDS {
        if end > at && !is_inside_name(part, end - 1) {
            break;
        }
        if let Some(known) = known(part, end)
            .filter(|known| end == at || !part.word(end).starts_with('\u{0648}') || known.words.len() < 2)
        {
            end = known.words.end;
            person = known.known;
            break;
        }
        let linked = end > at && part.class(end - 1).is(WordClass::LINK) && solid == end - at;
        let word = &part.word(end)[if end == at { skipped } else { 0 }..];
        if !accepts(
            part,
            end,
            word,
            solid,
            linked || is_link(part, end.wrapping_sub(1), at),
            lexicon,
        ) {
            break;
        }
        solid += usize::from(!lexicon.word(word).is(WordClass::LINK) || lexicon.word(word).is(WordClass::GIVEN));
        end += 1;
    }
    while end > at && person.is_none() && is_link(part, end - 1, at) {
        end -= 1;
    }
    if end == at {
        return None;
    }
    let mut name = name(part, at..end, part.words[at].start + skipped);
    name.known = person;
    let first = lexicon.word(&part.word(at)[skipped..]);
    name.likely = person.is_some() || first.is(NAME) || name_ends_here(part, end, lexicon);
    Some(name)
}

/// Whether the word at `at`, inside a name begun at `start`, leads on to the next one.
fn is_link(part: &Reading<'_>, at: usize, start: usize) -> bool {
    at >= start && at < part.words.len() && part.class(at).is(WordClass::LINK) && !part.class(at).is(WordClass::GIVEN)
}

/// Whether the gap after word `at` may lie inside a name: a space, or the full stop of an initial.
fn is_inside_name(part: &Reading<'_>, at: usize) -> bool {
    let initial = part.word(at).chars().count() == 1;
    part.gap(at) == " " || (initial && matches!(part.gap(at), ". " | "."))
}

/// Whether a verb, a clause mark or the end of a sentence follows, as they follow names.
fn name_ends_here(part: &Reading<'_>, end: usize, lexicon: &Lexicon) -> bool {
    let gap = part.gap(end - 1);
    gap != " " || (end < part.words.len() && lexicon.word(part.word(end)).is(WordClass::VERB.or(WordClass::PARTICLE)))
}

/// Whether `word`, at index `at` after `solid` words of a name, is part of it.
fn accepts(part: &Reading<'_>, at: usize, word: &str, solid: usize, linked: bool, lexicon: &Lexicon) -> bool {
    let class = lexicon.word(word);
    if word.starts_with(|letter: char| letter.is_ascii()) {
        return false;
    }
    if linked {
        return !class.is(WordClass::PARTICLE);
    }
    if class.is(NO_NAME) && !class.is(NAME) {
        return false;
    }
    if part.title_at(part.words[at].start).is_some() || is_place(part, at, solid) {
        return false;
    }
    if class.is(WordClass::LINK) {
        return part.gap(at) == " ";
    }
    if class.is(NAME) {
        return solid > 0 || !word.starts_with("ال") || class.is(WordClass::FAMILY.or(WordClass::SURNAME));
    }
    !clitic_before_known(part, at, lexicon) && looks_like_name(part.written(at), word, solid)
}

/// Whether an unlisted word has no mark of a verb, an adverb or a common noun.
fn looks_like_name(written: &str, word: &str, solid: usize) -> bool {
    let letters = word.chars().count();
    let definite = word.starts_with("ال");
    let attached = ["بال", "كال", "فال", "وال", "لل"]
        .iter()
        .any(|clitics| word.starts_with(clitics) && letters > 4);
    let verbal = ["ي", "ت", "سي", "ست", "ن"]
        .iter()
        .any(|prefix| word.starts_with(prefix));
    let adverb = written.contains('\u{064B}'); // fathatan
    match solid {
        _ if attached || adverb => false,
        0 => !definite,
        1 => !(word.starts_with('\u{064A}') && letters < 6),
        _ => !verbal && !written.ends_with('\u{0629}') && (!definite || word.ends_with('\u{064A}')),
    }
}

/// Whether a country or organisation is named at word `at`; an adjective may be a surname (المصري).
fn is_place(part: &Reading<'_>, at: usize, solid: usize) -> bool {
    part.name_at(part.words[at].start).is_some_and(|hit| match hit.meaning {
        NameMeaning::Country(_, CountryForm::Nisba) => solid != 1 || hit.clitics.conjunction,
        NameMeaning::Official(_) => false,
        NameMeaning::Stop => solid == 0,
        _ => !part.class(at).is(NAME),
    })
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

/// Reads a Latin name: two words or more that begin with a capital.
fn read_latin(part: &Reading<'_>, at: usize) -> Option<Name> {
    let capital = |word: usize| part.written(word).starts_with(|letter: char| letter.is_uppercase());
    let mut end = at;
    while end < part.words.len()
        && end - at < MOST_WORDS + 1
        && capital(end)
        && (end == at || matches!(part.gap(end - 1), " " | ". "))
    {
        if end > at && (part.title_at(part.words[end].start).is_some() || is_place(part, end, 0)) {
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
