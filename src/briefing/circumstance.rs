//! A sentence without what tells when and where, for a title made from it.

use crate::date;
use crate::text;

/// Stands in the text where a date was.
const GONE: char = '\u{1}';

/// Words of time that go by themselves, folded: today, yesterday, tomorrow, lately, corresponding to.
const TIMES: [&str; 8] = ["اليوم", "امس", "غدا", "مؤخرا", "حاليا", "الموافق", "today", "yesterday"];

/// Parts of the day, folded, which go with the time after them: morning, noon, afternoon, evening, night, dawn.
const PARTS: [&str; 6] = ["صباح", "ظهر", "عصر", "مساء", "ليل", "فجر"];

/// Days of the week, folded: gone where a date follows.
const WEEKDAYS: [&str; 7] = ["الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت"];

/// Words that say which day is meant, folded, and go with it: next, last, current, the day before yesterday.
const WHICH: [&str; 7] = ["القادم", "المقبل", "الماضي", "الجاري", "الحالي", "الاول", "المنصرم"];

/// Words after which "the day" is no time but a name or a number: the National Day, the third day.
const NAMED_DAYS: [&str; 16] = [
    "الوطني",
    "العالمي",
    "الدولي",
    "العربي",
    "المفتوح",
    "نفسه",
    "ذاته",
    "التالي",
    "السابق",
    "الاخير",
    "الاول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
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
    let mut gone = false;
    for (at, &token) in tokens.iter().enumerate() {
        let word = bare(token);
        let next = tokens.get(at + 1).map_or_else(String::new, |next| bare(next));
        let previous = words.last().map_or_else(String::new, |previous| bare(previous));
        gone = is_time(&word, &next, &previous) || (gone && WHICH.contains(&word.as_str()));
        if !gone {
            words.push(token);
        } else if token.ends_with(is_clause_mark) {
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

/// The text with a mark in the place of each date and the first weekday.
fn without_dates(text: &str) -> String {
    let mut cuts: Vec<_> = date::dates(text).into_iter().map(|found| found.range).collect();
    cuts.extend(date::weekday(text).map(|(range, _)| range));
    cuts.sort_by_key(|range| range.start);
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

/// Whether a word, by those around it, only tells the time.
fn is_time(word: &str, next: &str, previous: &str) -> bool {
    let gone = |word: &str| word.is_empty() || word.chars().all(|letter| letter == GONE);
    let named_day = word == "اليوم" && (NAMED_DAYS.contains(&next) || matches!(previous, "في" | "منذ" | "حتي" | "الي"));
    let time = |word: &str| TIMES.contains(&word) || word.starts_with(GONE);
    let part = PARTS.contains(&word) && (time(next) || WEEKDAYS.contains(&next));
    let weekday = WEEKDAYS.contains(&word) && next.starts_with(GONE);
    let tomorrow = (word == "بعد" && next == "غد") || (word == "غد" && previous != "عن");
    gone(word) || (TIMES.contains(&word) && !named_day) || part || weekday || tomorrow
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
            ("احتفلت البلاد باليوم الوطني", "احتفلت البلاد باليوم الوطني"),     // the National Day
            ("تتواصل القمة في اليوم الثالث", "تتواصل القمة في اليوم الثالث"), // the third day
        ] {
            assert_eq!(without_time(text), timeless);
        }
    }
}
