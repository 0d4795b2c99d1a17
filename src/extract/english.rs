//! English titles of office beyond the names of the lexicon: what stands before them and what completes them.
//!
//! In: a word that heads a title, or a title as far as it is read. Out: where it begins, whose it is, and the word
//! where its complement ends: `chief UN weapons inspector`, `head of China's State Administration`.

use super::Reading;
use super::place::place;
use super::title::Title;
use crate::lexicon::{EntityIx, NameMeaning, TitleMeaning};

/// Most words of a complement.
const MOST_WORDS: usize = 14;

/// Words that join a title to what completes it.
const LINKS: [&str; 5] = ["of", "in", "to", "at", "for"];

/// Small words inside the name of a body.
const INSIDE: [&str; 8] = ["of", "in", "to", "at", "for", "the", "and", "s"];

/// Lower-case words that say more of the office of one who is named beside them.
const MODIFIERS: [&str; 14] = [
    "acting",
    "deputy",
    "former",
    "chief",
    "senior",
    "permanent",
    "commercial",
    "political",
    "military",
    "agriculture",
    "trade",
    "weapons",
    "special",
    "assistant",
];

/// What stands before a title.
#[derive(Debug, Default)]
pub struct Before {
    /// Byte of the folded text where it begins, if anything of the title stands before.
    pub start: Option<usize>,
    /// The country or organisation.
    pub of: Option<EntityIx>,
}

/// What stands before the title at word `at`, of which it is part: `Egyptian` President, `Georgia's deputy`
/// commissioner.
pub fn before(part: &Reading<'_>, at: usize) -> Before {
    let mut found = Before::default();
    let mut at = at;
    while at > 0 {
        let gap = part.gap(at - 1);
        let owner = gap == " " && part.word(at - 1) == "s" && at > 1 && matches!(part.gap(at - 2), "'" | "’");
        let end = if owner { at - 2 } else { at - 1 };
        let hit = part
            .name_ending(part.words[end].end)
            .filter(|_| gap == " " && found.of.is_none());
        let named = hit.and_then(|hit| match hit.meaning {
            NameMeaning::Country(of, _) | NameMeaning::Organisation(of) => Some((of, hit.range.start)),
            _ => None,
        });
        if let Some((of, start)) = named {
            found.of = Some(of);
            found.start = Some(start);
            at = part.word_at(start);
        } else if gap == " " && MODIFIERS.contains(&part.word(at - 1)) && part.word(at - 1) == part.written(at - 1) {
            at -= 1;
            found.start = Some(part.words[at].start);
        } else {
            break;
        }
    }
    found
}

/// Whether a word before word `at` joins a place to a title.
pub fn links(part: &Reading<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| part.word(before));
    LINKS.contains(&before) || before == "the"
}

/// The word after what completes a title: up to a country, another title or a form of address, or, of a title set off
/// after a name, up to the next mark. `None` where nothing does.
pub fn end(part: &Reading<'_>, title: &Title) -> Option<usize> {
    let from = title.words.end;
    let linked =
        from < part.words.len() && matches!(part.gap(from - 1), " " | ") ") && LINKS.contains(&part.word(from));
    if !linked {
        return None;
    }
    let apposed = title
        .start(part)
        .checked_sub(1)
        .is_some_and(|last| part.gap(last) == ", ");
    let mut sure = None;
    let mut at = from;
    while at < part.words.len() && at - from < MOST_WORDS {
        if at > from && !matches!(part.gap(at - 1), " " | "'" | "’") {
            return if apposed { Some(at) } else { sure };
        }
        let start = part.words[at].start;
        if let Some(hit) = part.title_at(start) {
            if hit.meaning == TitleMeaning::Honorific {
                return Some(at).filter(|&at| at > from + 1);
            }
            at = part.word_at(hit.range.end);
            sure = Some(at);
        } else if let Some((_, end)) = place(part, start) {
            at = end;
            sure = Some(at);
        } else if is_capital(part, at) || INSIDE.contains(&part.word(at)) {
            at += 1;
        } else {
            let last = apposed && sure == Some(at) && part.gap(at) != " ";
            return if last { Some(at + 1) } else { sure };
        }
    }
    sure
}

fn is_capital(part: &Reading<'_>, at: usize) -> bool {
    part.written(at).starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::{check_titles, told};

    #[test]
    fn an_english_title_is_read_with_its_country_and_its_body() {
        for text in [
            "Jane Doe, [head of Egypt's National Water Board], said so",
            "The [chief UN weapons inspector], Jane Doe, spoke",
            "India's Minister met [Secretary of State to the Minister of Foreign Affairs] Jane Doe today"
                .trim_start_matches("India's Minister met "),
            "He met [India's Ambassador to Morocco] Jane Doe on Monday",
            "Jane Doe, [commercial counsellor at the Jordanian embassy], said so",
            "Jane Doe, [acting head of the Bureau of Standards]. She spoke",
        ] {
            check_titles(text);
        }
    }

    #[test]
    fn the_country_of_an_english_title_is_the_holders() {
        assert_eq!(
            told("The chief UN weapons inspector Jane Doe spoke in Iraq"),
            ["Jane Doe | chief UN weapons inspector | un"]
        );
        assert_eq!(
            told("He met India's Ambassador to Morocco Jane Doe"),
            ["Jane Doe | India's Ambassador to Morocco | IN"]
        );
    }

    #[test]
    fn a_title_ends_with_its_sentence() {
        assert_eq!(
            told("So said John Roe, UNEP Executive Director. Jane Doe, head of Egypt's Water Board, agreed"),
            [
                "John Roe | UNEP Executive Director | unep",
                "Jane Doe | head of Egypt's Water Board | EG"
            ]
        );
    }
}
