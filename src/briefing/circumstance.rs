//! A sentence without what tells when and where, for a title made from it.

use crate::date;
use crate::text;

/// Stands in the text where a date was.
const GONE: char = '\u{1}';

/// Words of time that go by themselves, folded: lately, now, corresponding to.
const TIMES: [&str; 4] = ["مؤخرا", "حاليا", "الموافق", "lately"];

/// Words that only lead to a time, folded, and go with it: in, from, since, until, during, the period, on both days,
/// with effect, after (noon).
const LEADING: [&str; 15] = [
    "بعد",
    "في",
    "من",
    "منذ",
    "حتي",
    "الي",
    "خلال",
    "الفتره",
    "يومي",
    "يوم",
    "بتاريخ",
    "اعتبارا",
    "ابتداء",
    "وذلك",
    "on",
];

/// Whether a letter parts clauses.
pub fn is_clause_mark(letter: char) -> bool {
    matches!(letter, '\u{060C}' | '\u{061B}' | ',' | ';' | ':')
}

/// The text without days, weekdays and words for today.
pub fn without_time(text: &str) -> String {
    let undated = without_dates(text);
    let tokens: Vec<&str> = undated.split_whitespace().collect();
    let mut words: Vec<&str> = Vec::with_capacity(tokens.len());
    for (at, &token) in tokens.iter().enumerate() {
        if !is_time(&bare(token)) {
            words.push(token);
            continue;
        }
        if token.starts_with(GONE) {
            while words.last().is_some_and(|last| LEADING.contains(&bare(last).as_str())) {
                words.pop();
            }
        }
        if token.ends_with(is_clause_mark) {
            set_off(&mut words, token, &tokens[at + 1..]);
        }
    }
    words.join(" ")
}

/// Settles the comma after a time that was taken out: commas on both sides go, and one early in a sentence, which only
/// set off the time. The first of two stays where it sets off a place as well.
fn set_off<'a>(words: &mut Vec<&'a str>, token: &'a str, rest: &[&str]) {
    let early = words.len() < 5;
    let clause = rest.iter().position(|token| token.ends_with(is_clause_mark));
    let place = rest.first().is_some_and(|first| PLACED.contains(first)) && clause.is_some_and(|end| end < 5);
    match words.last_mut() {
        Some(last) if last.ends_with(is_clause_mark) && place => {}
        Some(last) if last.ends_with(is_clause_mark) => *last = last.trim_end_matches(is_clause_mark),
        Some(_) if !early => words.push(token.trim_start_matches(|letter: char| !is_clause_mark(letter))),
        _ => {}
    }
}

/// The text with a mark in the place of each phrase that tells a day.
fn without_dates(text: &str) -> String {
    let cuts = date::phrases(text);
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for range in cuts.into_iter().filter(|range| range.len() < text.len()) {
        if range.start >= at {
            kept.push_str(&text[at..range.start]);
            kept.push(GONE);
            at = range.end;
        }
    }
    kept.push_str(&text[at..]);
    kept
}

/// A word folded, without the marks around it.
fn bare(token: &str) -> String {
    let around =
        |letter: char| is_clause_mark(letter) || matches!(letter, '(' | ')' | '/' | '.') || text::is_ignorable(letter);
    text::fold_name(token.trim_matches(around))
}

/// Whether a word only tells the time.
fn is_time(word: &str) -> bool {
    word.chars().all(|letter| letter == GONE) || TIMES.contains(&word)
}

/// Words that begin a clause of time or place: in, during, evening, morning, noon, day, that is.
const PLACED: [&str; 10] = ["في", "خلال", "مساء", "صباح", "ظهر", "يوم", "وذلك", "on", "in", "at"];

/// The text without clauses between commas, of at most `most` words, that tell when or where, and without a short one at
/// its start.
pub fn without_circumstances(text: &str, most: usize) -> String {
    let mut kept = String::with_capacity(text.len());
    let clauses: Vec<&str> = text.split_inclusive(['\u{060C}', ',']).collect();
    let last = clauses.len().saturating_sub(1);
    for (at, clause) in clauses.iter().enumerate() {
        let words = clause.trim().trim_end_matches(is_clause_mark).trim();
        let first = words.split(' ').next().unwrap_or_default();
        let short = words.split(' ').count() <= if at == 0 { 6 } else { most };
        let dropped = words.is_empty() || (PLACED.contains(&first) && short && at < last);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_with_what_belongs_to_them_and_named_days_stay() {
        for (text, timeless) in [
            ("التقى الوزيران اليوم في القاهرة", "التقى الوزيران في القاهرة"), // met today
            ("التقيا، الاثنين 1 مايو 2000، في جدة", "التقيا في جدة"),          // on Monday, 1 May
            ("انطلقت أمس, أعمال القمة", "انطلقت أعمال القمة"),                // began yesterday, comma
            ("تبدأ الدورة يوم السبت القادم في جدة", "تبدأ الدورة في جدة"),    // next Saturday
            ("اختتمت مساء أمس أعمال القمة", "اختتمت أعمال القمة"),            // yesterday evening
            ("افتتح المعرض في 3 مايو 2000 بجدة", "افتتح المعرض بجدة"),        // opened on 3 May
            ("احتفلت البلاد باليوم الوطني", "احتفلت البلاد باليوم الوطني"),     // the National Day
            ("تتواصل القمة في اليوم الثالث", "تتواصل القمة في اليوم الثالث"), // the third day
        ] {
            assert_eq!(without_time(text), timeless);
        }
    }
}
