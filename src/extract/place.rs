//! Countries and organisations as parts of a title of office.
//!
//! In: words of a reading. Out: the country or organisation that is named there, if it can be the one an office is of.

use std::ops::Range;

use super::Reading;
use crate::lexicon::{CountryForm, EntityIx, NameMeaning};

/// The country or organisation named at byte `word`, and the word after it.
pub fn place(part: &Reading<'_>, word: usize) -> Option<(EntityIx, usize)> {
    let hit = part.name_at(word)?;
    let end = part.word_at(hit.range.end);
    match hit.meaning {
        NameMeaning::Country(_, CountryForm::Capital | CountryForm::WeakCapital | CountryForm::Metonym) => None,
        NameMeaning::Country(ix, _) | NameMeaning::Organisation(ix) if !hit.clitics.conjunction => Some((ix, end)),
        _ => None,
    }
}

/// The country of an adjective joined by "and" at byte `word`, and the word after it, if a name cannot follow it.
pub fn joined_nisba(part: &Reading<'_>, word: usize) -> Option<(EntityIx, usize)> {
    let hit = part.name_at(word)?;
    match hit.meaning {
        NameMeaning::Country(of, CountryForm::Nisba) if hit.clitics.conjunction && hit.clitics.article => {
            Some((of, part.word_at(hit.range.end)))
        }
        _ => None,
    }
}

/// The first country or organisation named in `words` that the holder is not only sent to, by its seat or capital
/// too, and the byte where it is named.
pub fn country_within(part: &Reading<'_>, words: Range<usize>) -> Option<(EntityIx, usize)> {
    let start = part.words.get(words.start)?.start;
    let end = part.words[words.end - 1].end;
    let from = part.names.partition_point(|hit| hit.word < start);
    let within = part.names[from..].iter().take_while(|hit| hit.range.end <= end);
    let posted = |word: usize| word > 0 && matches!(part.word(word - 1), "لدي" | "الي" | "to");
    within
        .filter(|hit| !posted(part.word_at(hit.word)))
        .find_map(|hit| match hit.meaning {
            NameMeaning::Country(of, _) | NameMeaning::Organisation(of) => Some((of, hit.range.start)),
            _ => None,
        })
}

/// Whether the word at `at` stands for the country at home: المملكة, السلطنة.
pub fn is_realm(part: &Reading<'_>, at: usize) -> bool {
    const REALMS: [&str; 5] = ["المملكه", "السلطنه", "الجمهوريه", "الدوله", "البلاد"];
    REALMS.contains(&part.word(at))
}

/// The word after the capital named at byte `word`.
pub fn capital(part: &Reading<'_>, word: usize) -> Option<usize> {
    let hit = part.name_at(word)?;
    let capital = matches!(
        hit.meaning,
        NameMeaning::Country(_, CountryForm::Capital | CountryForm::WeakCapital)
    );
    (capital && !hit.clitics.conjunction).then(|| part.word_at(hit.range.end))
}
