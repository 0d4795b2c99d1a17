//! A title: the headline of a text, or one made from its lead sentence.

use std::borrow::Cow;
use std::ops::Range;

use crate::date;
use crate::language::Language;
use crate::post;
use crate::text;

use super::dateline;

/// Longest title made from a lead, in characters.
const LONGEST: usize = 90;

/// Longest line taken for a headline, in characters.
const LONGEST_HEADLINE: usize = 140;

/// The headline, if the first line is one: short, no sentence, no dateline, and followed by longer text.
pub fn of(lines: &[String]) -> Option<String> {
    let [first, second, ..] = lines else { return None };
    let rest: usize = lines[1..].iter().map(String::len).sum();
    let sentence = first.ends_with(['.', ':', '\u{060C}', '\u{061B}', ',', ';', '…']) && !first.ends_with("...");
    let short = first.chars().count() <= LONGEST_HEADLINE && first.len() < rest;
    let words = first.split(' ').count() > 1 && Language::of(first).is_some();
    let posted = post::attribution(first).is_some() || post::attribution(second).is_some();
    let placed = dateline::is_alone(first) || !dateline::split(first).0.words.is_empty();
    (short && words && !sentence && !posted && !placed).then(|| first.clone())
}

/// The sentences of a text, as byte ranges. A full stop ends one where a space and no digit or initial is around it.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = &text[start..];
        if rest.trim().is_empty() {
            return None;
        }
        let mut end = text.len();
        for (at, letter) in rest.char_indices() {
            let after = &rest[at + letter.len_utf8()..];
            let stop = matches!(letter, '.' | '!' | '\u{061F}' | '?' | '\u{06D4}')
                && (after.is_empty() || after.starts_with([' ', '\n']));
            if stop && !ends_with_initial(&rest[..at]) {
                end = start + at + letter.len_utf8();
                break;
            }
        }
        let range = start..end;
        start = end;
        Some(range)
    })
}

/// Whether the last word of `text` is one letter or an abbreviated title.
fn ends_with_initial(text: &str) -> bool {
    let word = text.rsplit([' ', '\n', '.']).next().unwrap_or_default();
    word.chars().count() == 1 || matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Gen")
}

/// A title made from a lead: its first sentence without the clauses of time and place, cut at a word at 90
/// characters, never ending on a particle. `None` where no word is left.
pub fn from_lead(lead: &str) -> Option<String> {
    let sentence = sentences(lead).next()?;
    let sentence = lead[sentence].trim().replace('\n', " ");
    let timeless = without_time(&sentence);
    let clauses = without_circumstances(&timeless);
    let title = cut(&clauses, LONGEST);
    let title = balanced(
        title.trim_matches(|letter: char| is_clause_mark(letter) || matches!(letter, '.' | ' ' | '-' | '–' | '—')),
    );
    let title = title.trim().trim_end_matches(['.', ' ']).to_owned();
    let worded = Language::of(&title).is_some();
    (worded && !title.is_empty()).then_some(title)
}

fn is_clause_mark(letter: char) -> bool {
    matches!(letter, '\u{060C}' | '\u{061B}' | ',' | ';' | ':')
}

/// The text without days, weekdays and words for today.
fn without_time(text: &str) -> String {
    let mut cuts: Vec<Range<usize>> = date::dates(text).into_iter().map(|found| found.range).collect();
    cuts.extend(date::weekday(text).map(|(range, _)| range));
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    cuts.sort_by_key(|range| range.start);
    for range in cuts.into_iter().filter(|range| range.len() < text.len()) {
        if range.start >= at {
            kept.push_str(&text[at..range.start]);
            at = range.end;
        }
    }
    kept.push_str(&text[at..]);
    let mut words: Vec<&str> = Vec::new();
    for word in kept.split_whitespace() {
        // today, yesterday; the word for day or its preposition left alone when its date is gone; an empty bracket
        let bare = word.trim_matches(|letter: char| is_clause_mark(letter) || matches!(letter, '(' | ')' | '/'));
        if bare.is_empty() && !word.chars().any(is_clause_mark) {
            continue;
        }
        let gone = matches!(bare, "اليوم" | "أمس" | "امس" | "الموافق" | "today" | "yesterday");
        match (gone, word.chars().next_back().filter(|letter| is_clause_mark(*letter))) {
            (true, None) => {}
            (true, Some(_)) => words.push(&word[word.len() - word.chars().next_back().map_or(0, char::len_utf8)..]),
            (false, _) => words.push(word),
        }
    }
    words.join(" ")
}

/// The text without short clauses between commas that tell when or where, and without such a clause at its start.
fn without_circumstances(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let clauses: Vec<&str> = text.split_inclusive(['\u{060C}', ',']).collect();
    let last = clauses.len() - 1;
    for (at, clause) in clauses.iter().enumerate() {
        let words = clause.trim().trim_end_matches(is_clause_mark).trim();
        let first = words.split(' ').next().unwrap_or_default();
        // in, during, on the occasion, evening, morning, day, in/after/before, within
        let placed = ["في", "خلال", "مساء", "صباح", "ظهر", "يوم", "وذلك", "on", "in", "at"].contains(&first);
        let short = words.split(' ').count() <= if at == 0 { 6 } else { 5 };
        let dropped = words.is_empty() || (placed && short && at < last);
        if dropped {
            // The comma before a dropped clause goes with it.
            let trimmed = kept.trim_end().trim_end_matches(['\u{060C}', ',']).len();
            kept.truncate(trimmed);
        } else {
            if !kept.is_empty() && !kept.ends_with(' ') {
                kept.push(' ');
            }
            kept.push_str(clause.trim());
        }
    }
    text::squeeze(&kept).into_owned()
}

/// Words that no title ends with: prepositions, conjunctions, relatives, negations, folded.
const DANGLING: [&str; 62] = [
    "في",
    "من",
    "علي",
    "الي",
    "عن",
    "مع",
    "بين",
    "حول",
    "ضد",
    "خلال",
    "بعد",
    "قبل",
    "منذ",
    "حتي",
    "عند",
    "لدي",
    "دون",
    "نحو",
    "عبر",
    "ان",
    "انه",
    "انها",
    "اذ",
    "اذا",
    "كما",
    "او",
    "ام",
    "بل",
    "لكن",
    "التي",
    "الذي",
    "الذين",
    "اللذين",
    "اللتين",
    "حيث",
    "قد",
    "لا",
    "لم",
    "لن",
    "ما",
    "بشان",
    "بهدف",
    "بعدما",
    "بينما",
    "ضمن",
    "تحت",
    "فوق",
    "امام",
    "كل",
    "هذا",
    "هذه",
    "ثم",
    "and",
    "of",
    "the",
    "in",
    "to",
    "a",
    "for",
    "with",
    "و",
    "غير",
];

/// At most `most` characters of `text`: at the last comma in the second half, else at a word, without the particles
/// and the broken genitive that a cut can leave at the end.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    let Some((limit, _)) = text.char_indices().nth(most) else {
        return Cow::Borrowed(text);
    };
    let head = &text[..limit];
    if let Some(comma) = head
        .rfind(['\u{060C}', '\u{061B}', ','])
        .filter(|&at| head[..at].chars().count() * 2 > most)
    {
        return Cow::Borrowed(head[..comma].trim_end());
    }
    let mut end = if text[limit..].starts_with(' ') {
        limit
    } else {
        head.rfind(' ').unwrap_or(limit)
    };
    while let Some(space) = text[..end].rfind(' ') {
        let word = text::fold_name(&text[space..end]);
        let next = text::fold_name(text[end..].trim_start().split(' ').next().unwrap_or_default());
        let definite = |word: &str| {
            ["ال", "وال", "بال", "لل", "فال", "كال"]
                .iter()
                .any(|article| word.starts_with(article))
        };
        let broken = next.starts_with("ال") && !definite(&word) && Language::of(&word) != Some(Language::English);
        if !broken && !DANGLING.contains(&word.as_str()) {
            break;
        }
        end = space;
    }
    Cow::Borrowed(text[..end].trim_end())
}

/// The text up to a bracket or quotation mark that is never closed.
fn balanced(text: &str) -> &str {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' | '«' | '“' => open.push((at, letter)),
            ')' | ']' | '»' | '”' if open.pop().is_none() => return text[..at].trim_end(),
            '"' => match open.iter().position(|&(_, mark)| mark == '"') {
                Some(place) => open.truncate(place),
                None => open.push((at, letter)),
            },
            _ => {}
        }
    }
    open.first().map_or(text, |&(at, _)| {
        if at > 0 {
            text[..at].trim_end()
        } else {
            text.trim_start_matches(['(', '[', '«', '“', '"'])
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_drops_time_and_place_and_ends_on_a_whole_phrase() {
        for (lead, title) in [
            (
                "شاركت الهند وجزر المالديف، يوم الإثنين، في رئاسة الاجتماع الثاني لمجموعة العمل المشتركة حول مكافحة الإرهاب ومواجهة التطرف.",
                "شاركت الهند وجزر المالديف في رئاسة الاجتماع الثاني لمجموعة العمل المشتركة",
            ),
            (
                "وقع البلدان اليوم الأحد 17 سبتمبر 1978 اتفاقا في واشنطن. وقال الرئيس.",
                "وقع البلدان اتفاقا في واشنطن",
            ),
            ("في القاهرة، التقى الوزيران.", "التقى الوزيران"),
        ] {
            assert_eq!(from_lead(lead).as_deref(), Some(title));
        }
    }

    #[test]
    fn a_headline_is_a_short_first_line_that_is_no_sentence() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let body = "عقد الوزيران اليوم اجتماعا مطولا في القاهرة بحثا فيه التعاون بين البلدين.";
        assert!(of(&lines(&["وزيرا الخارجية يبحثان التعاون", body])).is_some());
        assert!(of(&lines(&["قال الوزير إنه سيزور القاهرة.", body])).is_none());
        assert!(of(&lines(&["القاهرة - 22 مارس 1945 -", body])).is_none());
        assert!(of(&lines(&[body])).is_none());
    }

    #[test]
    fn an_unclosed_bracket_is_cut_off() {
        assert_eq!(balanced("قال الوزير (في"), "قال الوزير");
        assert_eq!(balanced("«بيان» مشترك"), "«بيان» مشترك");
    }
}
