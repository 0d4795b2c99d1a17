//! Dates as briefings write them: Gregorian by three families of Arabic month names and by English ones, in digits of
//! any numerals, and Hijri.
//!
//! In: a text as published. Out: days, with the bytes of the text that give them. What is no day (31 February) is not found.

mod days;
mod scan;

use std::ops::Range;

pub use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use scan::{HIJRI_MONTHS, MONTHS, Scan, gregorian};

pub use days::{Day, DayRule, days, days_of, phrases};

/// Whether folded words are the name of a Hijri month.
pub fn is_hijri_month(words: &str) -> bool {
    HIJRI_MONTHS.iter().any(|names| names.contains(&words))
}

/// How a date was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRule {
    /// Stated in the front matter.
    Stated,
    /// Written in the dateline, before the text proper.
    Dateline,
    /// Written out in the text.
    Written,
    /// A Hijri date, converted by the Umm al-Qura calendar.
    Hijri,
    /// A weekday of the text, resolved against the date of a quoted post.
    Weekday,
    /// The date of a quoted post.
    Post,
    /// In the name of the file.
    FileName,
}

/// A date and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The day.
    pub date: Date,
    /// How it was found.
    pub rule: DateRule,
    /// The words it was read from, as they stand.
    pub words: String,
}

/// A day written in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The day.
    pub date: Date,
    /// Whether it is written by the Hijri calendar.
    pub hijri: bool,
}

/// A day and month without a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialDate {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Day of the month, from 1.
    pub day: i8,
    /// Month, from 1.
    pub month: i8,
}

/// Names of the days of the week, folded.
const WEEKDAYS: [(&str, Weekday); 14] = [
    ("الاحد", Weekday::Sunday),
    ("الاثنين", Weekday::Monday),
    ("الثلاثاء", Weekday::Tuesday),
    ("الاربعاء", Weekday::Wednesday),
    ("الخميس", Weekday::Thursday),
    ("الجمعه", Weekday::Friday),
    ("السبت", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
];

/// Words after which "the day" is no time but a name or a number, folded: the National Day, the third day.
pub const NAMED_DAYS: [&str; 18] = [
    "الوطني",
    "العالمي",
    "الدولي",
    "العربي",
    "المفتوح",
    "نفسه",
    "ذاته",
    "الواحد",
    "التالي",
    "السابق",
    "الاخير",
    "الاول",
    "الثاني",
    "الثالث",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
];

/// All whole dates in `text`, in order. Of a Hijri date and its Gregorian twin side by side both are given.
pub fn dates(text: &str) -> Vec<FoundDate> {
    let mut found = Vec::new();
    if !has_digit(text) {
        return found;
    }
    let scan = Scan::new(text);
    let mut at = 0;
    while at < scan.len() {
        match scan.date_at(at) {
            Some((end, date, hijri)) => {
                found.push(FoundDate {
                    range: scan.bytes(at..end),
                    date,
                    hijri,
                });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The first day and month without a year in `text`.
pub fn partial_date(text: &str) -> Option<PartialDate> {
    if !has_digit(text) {
        return None;
    }
    let scan = Scan::new(text);
    (0..scan.len()).find_map(|at| {
        let (end, day, month) = scan.day_month(at)?;
        (scan.date_at(at).is_none()).then(|| PartialDate {
            range: scan.bytes(at..end),
            day,
            month,
        })
    })
}

/// Whether `text` has a whole date, or a day and month.
pub fn has_date(text: &str) -> bool {
    if !has_digit(text) {
        return false;
    }
    let scan = Scan::new(text);
    (0..scan.len()).any(|at| scan.date_at(at).is_some() || scan.day_month(at).is_some())
}

/// Whether a text has a digit, without which it has no date.
fn has_digit(text: &str) -> bool {
    text.chars()
        .any(|letter| matches!(letter, '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}'))
}

/// The first day of the week named in `text`: after the word for day, or in English.
pub fn weekday(text: &str) -> Option<(Range<usize>, Weekday)> {
    let scan = Scan::new(text);
    (0..scan.len()).find_map(|at| {
        let word = scan.word(at);
        let &(_, day) = WEEKDAYS.iter().find(|(name, _)| *name == word)?;
        let after_day = at > 0 && matches!(scan.word(at - 1), "يوم" | "اليوم" | "ويوم" | "مساء" | "صباح"); // day, today, evening, morning
        let start = if after_day { at - 1 } else { at };
        (after_day || word.is_ascii()).then(|| (scan.bytes(start..at + 1), day))
    })
}

/// Whether a folded word names a day of the week or a month.
pub fn is_day_or_month(word: &str) -> bool {
    let months = MONTHS.iter().chain(&HIJRI_MONTHS);
    WEEKDAYS.iter().any(|(name, _)| *name == word) || months.copied().flatten().any(|name| *name == word)
}

/// The day that a file name gives: `2023-07-24-x`, `20230724`, `24-07-2023`.
pub fn in_file_name(name: &str) -> Option<FoundDate> {
    let digits = |from: usize, length: usize| {
        let part = name.get(from..from + length)?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse::<i16>().ok())?
    };
    let alone = |from: usize, to: usize| {
        let bytes = name.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        (from == 0 || !digit(from - 1)) && !digit(to)
    };
    let part = |at: usize| {
        name.as_bytes()
            .get(at)
            .is_some_and(|byte| matches!(byte, b'-' | b'_' | b'.' | b' '))
    };
    for from in (0..name.len()).filter(|&from| name.is_char_boundary(from)) {
        let year_first = || {
            (part(from + 4) && part(from + 7))
                .then(|| Some((digits(from, 4)?, digits(from + 5, 2)?, digits(from + 8, 2)?, 10)))?
        };
        let whole = || Some((digits(from, 4)?, digits(from + 4, 2)?, digits(from + 6, 2)?, 8));
        let day_first = || {
            (part(from + 2) && part(from + 5))
                .then(|| Some((digits(from + 6, 4)?, digits(from + 3, 2)?, digits(from, 2)?, 10)))?
        };
        for (year, month, day, length) in [year_first(), whole(), day_first()].into_iter().flatten() {
            let date = gregorian(year, i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0));
            if let Some(date) = date.filter(|_| alone(from, from + length)) {
                return Some(FoundDate {
                    range: from..from + length,
                    date,
                    hijri: false,
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_is_read_in_every_form_that_briefings_use() {
        for text in [
            "24 يوليو 2023",
            "٢٤ يوليو ٢٠٢٣",
            "24 تموز 2023",
            "24 جويلية 2023",
            "24 يوليوز 2023",
            "24 تموز/يوليو 2023",
            "24 يوليو (تموز) 2023",
            "24 من يوليو 2023م",
            "24 يوليو عام 2023",
            "24/7/2023",
            "٢٤/٠٧/٢٠٢٣",
            "24-7-2023",
            "2023-07-24",
            "2023/7/24",
            "July 24, 2023",
            "Jul. 24, 2023",
            "24 July 2023",
            "6 محرم 1445هـ",
            "6 محرم 1445 هـ",
            "6/1/1445هـ",
        ] {
            let found = dates(text);
            assert_eq!(found.first().map(|found| found.date), Some(date(2023, 7, 24)), "{text}");
        }
    }

    #[test]
    fn months_of_two_words_are_told_apart() {
        assert_eq!(dates("10 كانون الأول 1948")[0].date, date(1948, 12, 10)); // December
        assert_eq!(dates("10 كانون الثاني 1948")[0].date, date(1948, 1, 10)); // January
        assert_eq!(dates("30 تشرين الأول/أكتوبر 1991")[0].date, date(1991, 10, 30)); // October, twice
    }

    #[test]
    fn what_is_no_day_is_not_found() {
        for text in [
            "31 فبراير 2023",
            "32/1/2023",
            "24/13/2023",
            "القرار 242",
            "1967",
            "من 5 إلى 10",
            "24.5.6",
        ] {
            assert!(dates(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_file_name_may_give_the_day() {
        for name in [
            "2023-07-24-male.txt",
            "20230724.txt",
            "بيان 24-07-2023.txt",
            "x_2023_07_24",
        ] {
            assert_eq!(
                in_file_name(name).map(|found| found.date),
                Some(date(2023, 7, 24)),
                "{name}"
            );
        }
        assert_eq!(in_file_name("000_f9e8e70f3ca8eaec.txt"), None);
        assert_eq!(in_file_name("120230724.txt"), None);
    }

    #[test]
    fn a_weekday_follows_the_word_for_day() {
        assert_eq!(
            weekday("شاركت، يوم الإثنين، في").map(|(_, day)| day),
            Some(Weekday::Monday)
        );
        assert_eq!(weekday("مدينة السبت"), None); // a name
    }

    proptest! {
        #[test]
        fn any_text_can_be_searched(text in "[0-9٠-٩/ .\\-]{0,12}( يوليو | محرم |هـ)?[0-9 ]{0,6}|\\PC{0,30}") {
            for found in dates(&text) {
                prop_assert!(text.get(found.range).is_some());
            }
            let _ = (partial_date(&text), weekday(&text), in_file_name(&text));
        }
    }
}
