//! Names in Latin letters that no title tells.
//!
//! In: a reading. Out: a [`Name`] of two words or more that begin with capitals, where something beside it goes with
//! people alone: that they said something, a comma and who they are, an office before it.

use std::ops::Range;

use super::Reading;
use super::name::{self, Name};
use crate::lexicon::{NameMeaning, WordClass};

/// Most words of a name, particles counted.
const MOST_WORDS: usize = 6;

/// What people alone do, before a name or after it.
const SAID: &str = "said says told tells added adds noted stated explained warned argued wrote replied recalled stressed thanked \
    praised welcomed insisted admitted joked asked remarked tweeted complained visited met chaired by whom";

/// What says who someone is, after a name and a comma, or before a name.
const ROLES: &str = "who whose acting aged counterpart colleague commissioner counsellor counselor researcher professor director \
    chairman chairwoman chair head chief spokesman spokeswoman spokesperson analyst economist journalist author \
    teacher farmer coach lawyer engineer doctor envoy delegate representative founder wife husband son";

/// Words with capitals that no name holds.
const NO_NAME: &str = "the a an this that these those in on at of for from to and but or if as when while after before he she it we \
    they his her their our i you new north south east west central united national international general special \
    ministry council bank university summit conference court agency authority republic union committee commission \
    assembly parliament government party group fund institute association bureau office department company street \
    city river sea gulf day year monday tuesday wednesday thursday friday saturday sunday january february march \
    april june july august september october november december board society foundation centre center school \
    college church times post news press club team league service services police army navy force forces front \
    movement festival house airport port station project programme program network federation corporation \
    industries trust yesterday today meanwhile however";

/// The name that begins at word `at`, and whether what stands beside it tells that it is a person's.
pub fn read(part: &Reading<'_>, at: usize) -> Option<(Name, bool)> {
    let before = at.checked_sub(1);
    if !may_be_in_name(part, at) || before.is_some_and(|before| is_joined(part, before) && may_be_in_name(part, before))
    {
        return None;
    }
    let mut end = at + 1;
    while end - at < MOST_WORDS && end < part.words.len() && is_joined(part, end - 1) && goes_on(part, end) {
        end += 1;
    }
    while is_particle(part, end - 1) {
        end -= 1;
    }
    let capitals = (at..end).filter(|&word| !is_particle(part, word)).count();
    let words = at..end;
    (capitals > 1).then(|| (name::latin(part, words.clone()), is_person(part, &words)))
}

fn is_listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// Whether the word at `at` may be part of a name.
fn may_be_in_name(part: &Reading<'_>, at: usize) -> bool {
    let mut letters = part.written(at).chars();
    let capital = letters
        .next()
        .is_some_and(|letter| letter.is_ascii_uppercase() || ('À'..='Þ').contains(&letter));
    if !capital || !letters.next().is_none_or(char::is_lowercase) {
        return false;
    }
    let start = part.words[at].start;
    let other = part.title_at(start).is_some()
        || part
            .name_at(start)
            .is_some_and(|hit| !matches!(hit.meaning, NameMeaning::Official(_)));
    !other && !is_listed(NO_NAME, part.word(at))
}

/// Whether the word at `at` goes on a name: with a capital, or a particle before a word with one.
fn goes_on(part: &Reading<'_>, at: usize) -> bool {
    may_be_in_name(part, at) || is_particle(part, at)
}

/// Whether the word at `at` is a particle of names without a capital: van, bin.
fn is_particle(part: &Reading<'_>, at: usize) -> bool {
    part.class(at).is(WordClass::LINK) && part.written(at).starts_with(|letter: char| letter.is_ascii_lowercase())
}

/// Whether the gap after word `at` may lie within a name.
fn is_joined(part: &Reading<'_>, at: usize) -> bool {
    let initial = part.words[at].len() == 1;
    matches!(part.gap(at), " " | "-") || (initial && matches!(part.gap(at), ". " | "."))
}

/// Whether what stands before or after tells a person.
fn is_person(part: &Reading<'_>, words: &Range<usize>) -> bool {
    is_told_before(part, words.start) || is_told_after(part, words.end)
}

fn is_told_before(part: &Reading<'_>, start: usize) -> bool {
    let Some(before) = start
        .checked_sub(1)
        .filter(|&before| matches!(part.gap(before), " " | ", "))
    else {
        return false;
    };
    let (word, joined) = (part.word(before), part.gap(before) == " ");
    let posted = || {
        let place = before
            .checked_sub(1)
            .filter(|&at| matches!(part.word(at), "to" | "of"))?;
        part.title_ending(part.words[place.checked_sub(1)?].end)
    };
    (joined && is_listed(SAID, word)) || is_listed(ROLES, word) || (joined && posted().is_some())
}

fn is_told_after(part: &Reading<'_>, end: usize) -> bool {
    if end >= part.words.len() {
        return false;
    }
    match part.gap(end - 1) {
        " " => is_listed(SAID, part.word(end)) && part.word(end) != "by",
        ", " => {
            let article = matches!(part.word(end), "a" | "an" | "the");
            let near = (end..part.words.len().min(end + 4)).take_while(|&at| at == end || part.gap(at - 1) == " ");
            let role = |at| is_listed(ROLES, part.word(at)) || part.title_at(part.words[at].start).is_some();
            article || near.into_iter().any(role)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::check;

    #[test]
    fn what_goes_with_people_tells_a_name_with_capitals() {
        for text in [
            "Growers were told on Monday, and {p1:Laura Whitfield} said prices would fall. {p1:Whitfield} left.",
            "{p1:Jan van der Merwe}, a researcher who follows the lake, agreed.",
            "“It rained,” said {p1:Ingrid Solberg-Haugen}, who grows flowers.",
            "Her counterpart, {p1:Mutale Chanda}, thanked the bank.",
        ] {
            check(text);
        }
    }

    #[test]
    fn capitals_alone_tell_nobody() {
        for text in [
            "The Blue Harbour Festival opened.",
            "A report by the Central Bank was read on Monday Evening.",
            "Flour Mills Board said that bread is dear.", // a body that speaks is no person
        ] {
            check(text);
        }
    }
}
