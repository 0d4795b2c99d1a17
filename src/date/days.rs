//! Every day that a text speaks of: written whole or without its year, from one day to another, by both calendars, or
//! as yesterday, tomorrow or last Tuesday.
//!
//! In: a text and the day it was written on. Out: [`Day`]s in order, none overlapping. What cannot be told for sure (a
//! weekday that is said to be neither last nor next) is no day.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use rustc_hash::FxHashSet;

use super::scan::{GREGORIAN, HIJRI, Scan, from_hijri, gregorian};
use super::{NAMED_DAYS, WEEKDAYS};
use serde::{Deserialize, Serialize};

use crate::text::Folded;

/// How a day of a text was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DayRule {
    /// Written whole.
    Written,
    /// Written whole by the Hijri calendar alone.
    Hijri,
    /// Written without a year: the one nearest to the day of the text.
    Yearless,
    /// Said from the day of the text: yesterday, today, tomorrow.
    Relative,
    /// A day of the week, last or next from the day of the text.
    Weekday,
}

/// A day of a text, or all days from one to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The day, or the first one.
    pub first: Date,
    /// The same day, or the last one.
    pub last: Date,
    /// How it was found.
    pub rule: DayRule,
    /// Days between a Hijri date and the Gregorian one beside it that should be the same; 0 or 1 where they agree, as
    /// months began by the moon.
    pub disagrees: u16,
}

/// All days in `text`, which was written on the day `base`.
pub fn days(text: &str, base: Option<Date>) -> Vec<Day> {
    Search::new(Scan::new(text), &|_| base).days()
}

/// The same of a text that is folded already; `base` gives the day on which what stands at a byte of it was written.
pub fn days_of(source: &str, folded: &Folded, base: &dyn Fn(usize) -> Option<Date>) -> Vec<Day> {
    Search::new(Scan::of(source, folded), base).days()
}

/// The bytes of all words in `text` that tell a day, whether or not it can be told which.
pub fn phrases(text: &str) -> Vec<Range<usize>> {
    let search = Search::new(Scan::new(text), &|_| None);
    let found = search.phrases();
    found.into_iter().map(|(words, _)| search.scan.bytes(words)).collect()
}

/// Days that a phrase gives, before it is known where it stands.
#[derive(Debug, Clone, Copy)]
struct Told {
    first: Date,
    last: Date,
    rule: DayRule,
    disagrees: u16,
}

impl Told {
    fn one(day: Date, rule: DayRule) -> Told {
        Told {
            first: day,
            last: day,
            rule,
            disagrees: 0,
        }
    }
}

/// A phrase that tells a day: the word after it, and the days, where they can be told.
type Phrase = (usize, Option<Told>);

/// A day of a month, as far as it is written.
#[derive(Debug, Clone, Copy)]
struct Partial {
    day: i8,
    month: Option<(i8, bool)>,
    /// The whole date, where a year is written.
    whole: Option<Date>,
}

/// Words that go before the word for a day, folded, with "and" or without: day, evening, morning, noon, dawn, night.
const BEFORE: [&str; 8] = ["يوم", "مساء", "صباح", "ظهر", "عصر", "فجر", "ليله", "نهار"];

/// All Arabic words that can open a phrase, folded, without "and".
static OPENING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    const TOLD: [&str; 6] = ["امس", "البارحه", "اول", "اليوم", "غدا", "بعد"]; // yesterday, the same, first, today, tomorrow, after
    let weekdays = WEEKDAYS.iter().map(|(name, _)| *name);
    BEFORE.into_iter().chain(TOLD).chain(weekdays).collect()
});

/// Words after a day, folded, that say it is past: last, elapsed.
const PAST: [&str; 7] = [
    "الماضي",
    "الماضيه",
    "الفايت",
    "الفائت",
    "الفائته",
    "المنصرم",
    "المنصرمه",
];

/// Words after a day, folded, that say it is to come: next, coming.
const NEXT: [&str; 6] = ["المقبل", "المقبله", "القادم", "القادمه", "الاتي", "التالي"];

/// Words after a month, folded, that say it is the present one.
const PRESENT: [&str; 4] = ["الجاري", "الحالي", "الجاريه", "الحاليه"];

/// Words after which "today" is part of something else, folded: in, since, until, this, all, that.
const NOT_TODAY: [&str; 10] = ["في", "منذ", "حتي", "الي", "هذا", "طوال", "طيله", "ذلك", "ذات", "من"];

/// Months of the Hijra whose names are rarely anything else, so that they need no year: all but Safar, Rajab and
/// Muharram.
fn is_clear_month(month: i8) -> bool {
    !matches!(month, 1 | 2 | 7)
}

struct Search<'a> {
    scan: Scan<'a>,
    base: &'a dyn Fn(usize) -> Option<Date>,
}

impl<'a> Search<'a> {
    fn new(scan: Scan<'a>, base: &'a dyn Fn(usize) -> Option<Date>) -> Search<'a> {
        Search { scan, base }
    }

    fn days(&self) -> Vec<Day> {
        let day = |(words, told): (Range<usize>, Option<Told>)| {
            let told = told?;
            Some(Day {
                range: self.scan.bytes(words),
                first: told.first,
                last: told.last,
                rule: told.rule,
                disagrees: told.disagrees,
            })
        };
        self.phrases().into_iter().filter_map(day).collect()
    }

    /// All phrases, as ranges of words.
    fn phrases(&self) -> Vec<(Range<usize>, Option<Told>)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.scan.len() {
            match self.phrase(at) {
                Some((end, told)) => {
                    found.push((at..end, told));
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The phrase that begins at word `at`.
    fn phrase(&self, at: usize) -> Option<Phrase> {
        let word = self.scan.word(at);
        let first = word.bytes().next()?;
        if first.is_ascii_digit() {
            self.range(at).or_else(|| self.day(at))
        } else if first.is_ascii() {
            self.english(at)
        } else {
            self.words(at)
        }
    }

    /// The day of the text at word `at`.
    fn base(&self, at: usize) -> Option<Date> {
        (self.base)(self.scan.bytes(at..at + 1).start)
    }

    /// Whether a space alone parts the word at `at` from the next one.
    fn runs_on(&self, at: usize) -> bool {
        self.scan.gap(at) == " "
    }

    /// A phrase of Arabic words: `يوم الثلاثاء الماضي`, `أمس الأول`, `مساء غد`.
    fn words(&self, at: usize) -> Option<Phrase> {
        let word = self.scan.word(at);
        if word.len() > 18 {
            return None;
        }
        let bare = word.strip_prefix('\u{0648}').unwrap_or(word);
        if !OPENING.contains(bare) {
            return None;
        }
        if BEFORE.contains(&bare) {
            return self.after_day(at);
        }
        if let Some(weekday) = weekday_of(bare) {
            return self.weekday(at, weekday, false);
        }
        match bare {
            "امس" if self.next_is(at, &["الحاجه"]) => None, // in the sorest need
            "امس" | "البارحه" => self.relative(at, at + 1, if self.next_is(at, &["الاول"]) { -2 } else { -1 }),
            "اول" if self.next_is(at, &["امس"]) => self.relative(at, at + 2, -2),
            "اليوم" if self.is_today(at) => self.relative(at, at + 1, 0),
            "غدا" => self.relative(at, at + 1, 1),
            "بعد" if self.next_is(at, &["غد"]) => self.relative(at, at + 2, 2),
            _ => None,
        }
    }

    /// What follows a word for day or a part of the day, which belongs to it: `يوم غد`, `مساء اليوم`.
    fn after_day(&self, at: usize) -> Option<Phrase> {
        if !self.runs_on(at) {
            return None;
        }
        let next = self.scan.word(at + 1);
        match next {
            "غد" | "الغد" => return self.relative(at, at + 2, 1),
            "امس" if self.next_is(at + 1, &["الاول"]) => return self.relative(at, at + 3, -2),
            _ => {}
        }
        if let Some(weekday) = weekday_of(next) {
            return self.weekday(at + 1, weekday, true);
        }
        let first = next.bytes().next()?;
        if first.is_ascii_digit() {
            return self.range(at + 1).or_else(|| self.day(at + 1));
        }
        let part = BEFORE.contains(&next) || matches!(next, "اليوم" | "امس" | "اول");
        if part { self.words(at + 1) } else { None }
    }

    fn next_is(&self, at: usize, words: &[&str]) -> bool {
        self.runs_on(at) && words.contains(&self.scan.word(at + 1))
    }

    /// Whether "the day" at word `at` is today, and no day that has a name or a number.
    fn is_today(&self, at: usize) -> bool {
        let previous = at.checked_sub(1).map_or("", |before| self.scan.word(before));
        let named = self.runs_on(at) && NAMED_DAYS.contains(&self.scan.word(at + 1));
        !named && !NOT_TODAY.contains(&previous)
    }

    /// A day told from that of the text, up to word `end`, with the weekday or date that says it again.
    fn relative(&self, at: usize, end: usize, days: i64) -> Option<Phrase> {
        let end = if days == -2 && self.scan.word(end) == "الاول" {
            end + 1
        } else {
            end
        };
        let base = self.base(at);
        let told = base.and_then(|base| moved(base, days));
        let told = told.map(|day| Told::one(day, DayRule::Relative));
        let again = weekday_of(self.scan.word(end)).filter(|_| self.joins(end - 1));
        match again {
            Some(weekday) => {
                let (end, said) = self.weekday(end, weekday, true)?;
                // A weekday that is not the one of that day says that the text is older or newer than it seems.
                let agrees = |told: &Told| told.first.weekday() == weekday;
                let exact = said.filter(|said| said.rule <= DayRule::Yearless);
                Some((end, exact.or(told.filter(agrees))))
            }
            None => match self.dated(end) {
                Some((end, told)) => Some((end, told)),
                None => Some((end, told)),
            },
        }
    }

    /// Whether nothing but a space, a comma or a bracket parts the word at `at` from the next one.
    fn joins(&self, at: usize) -> bool {
        let gap = self.scan.gap(at);
        !gap.contains('\n') && matches!(gap.trim(), "" | "،" | "," | "(")
    }

    /// A whole date or one without its year right at word `at`, which says again what stands before it.
    fn dated(&self, at: usize) -> Option<Phrase> {
        if at >= self.scan.len()
            || !self.joins(at - 1)
            || !self.scan.word(at).starts_with(|first: char| first.is_ascii_digit())
        {
            return None;
        }
        self.range(at).or_else(|| self.day(at))
    }

    /// A day of the week at word `at`: with its date, with last or next, or, after the word for day (`said`), today.
    fn weekday(&self, at: usize, weekday: Weekday, said: bool) -> Option<Phrase> {
        let after = self.scan.word(at + 1);
        let joined = self.runs_on(at);
        let twice = |of: &[&str]| self.runs_on(at) && after == "قبل" && self.next_is(at + 1, of);
        let base = self.base(at);
        let told = |day: Option<Date>| day.map(|day| Told::one(day, DayRule::Weekday));
        let (end, day) = if joined && PAST.contains(&after) {
            (at + 2, base.and_then(|base| before(base, weekday)))
        } else if joined && NEXT.contains(&after) {
            (
                at + 2,
                base.and_then(|base| moved(before(base, weekday)?, if base.weekday() == weekday { 14 } else { 7 })),
            )
        } else if twice(&PAST) {
            (at + 3, base.and_then(|base| moved(before(base, weekday)?, -7)))
        } else {
            (at + 1, base.filter(|base| base.weekday() == weekday))
        };
        let day = if end == at + 1 && !said { None } else { day };
        if let Some((end, exact)) = self.dated(end) {
            return Some((end, exact));
        }
        (said || end > at + 1).then(|| (end, told(day)))
    }

    /// A phrase of English words.
    fn english(&self, at: usize) -> Option<Phrase> {
        let word = self.scan.word(at);
        match word {
            "today" => return self.relative(at, at + 1, 0),
            "yesterday" => return self.relative(at, at + 1, -1),
            "tomorrow" => return self.relative(at, at + 1, 1),
            "last" | "next" if self.runs_on(at) => {
                let weekday = weekday_of(self.scan.word(at + 1))?;
                let base = self.base(at);
                let last = base.and_then(|base| before(base, weekday));
                let day = match (word, base) {
                    ("last", _) => last,
                    (_, Some(base)) => {
                        last.and_then(|last| moved(last, if base.weekday() == weekday { 14 } else { 7 }))
                    }
                    _ => None,
                };
                return Some((at + 2, day.map(|day| Told::one(day, DayRule::Weekday))));
            }
            _ => {}
        }
        if let Some(weekday) = weekday_of(word) {
            let (end, month) = (at + 1, self.scan.word(at + 1));
            let date = self.joins(at) && month.starts_with(|first: char| first.is_ascii_alphanumeric());
            return match self.day(end).filter(|_| date) {
                Some(found) => Some(found),
                None => self.weekday(at, weekday, true),
            };
        }
        self.day(at)
    }

    /// A single day at word `at`: whole, with its twin in the other calendar, or without its year.
    fn day(&self, at: usize) -> Option<Phrase> {
        if let Some((end, date, hijri)) = self.scan.date_at(at) {
            let end = self.era(end, hijri);
            return Some(self.twin(end, date, hijri));
        }
        let (end, part) = self.partial(at)?;
        let (end, side) = self.side(end);
        let (_, hijri) = part.month?;
        let told = self.base(at).and_then(|base| part.near(base, side));
        let told = told.map(|day| Told::one(day, DayRule::Yearless));
        let clear = !hijri || part.month.is_some_and(|(month, _)| is_clear_month(month));
        clear.then_some((end, told))
    }

    /// The word after the mark of an era that may stand after a year.
    fn era(&self, end: usize, hijri: bool) -> usize {
        let marks: &[&str] = if hijri {
            &["\u{0647}", "هجري", "هجريه"]
        } else {
            &["\u{0645}", "ميلادي", "ميلاديه"]
        };
        let joined = end > 0 && self.scan.gap(end - 1).trim().is_empty() && !self.scan.gap(end - 1).contains('\n');
        if joined && marks.contains(&self.scan.word(end)) {
            end + 1
        } else {
            end
        }
    }

    /// A date, or with the same day by the other calendar after it, both.
    fn twin(&self, end: usize, date: Date, hijri: bool) -> Phrase {
        let alone = Told::one(date, if hijri { DayRule::Hijri } else { DayRule::Written });
        let said = self.joins(end - 1) && matches!(self.scan.word(end), "الموافق" | "الموافقه" | "corresponding");
        let start = end + usize::from(said);
        let start = start + usize::from(said && weekday_of(self.scan.word(start)).is_some());
        let marked = matches!(self.scan.gap(end - 1).trim(), "/" | "(" | "-" | "–" | "،" | "=");
        let Some((last, other, other_hijri)) = self.scan.date_at(start).filter(|_| said || marked) else {
            return (end, Some(alone));
        };
        let apart = date.until(other).map_or(i32::MAX, |span| span.get_days().abs());
        // Two dates side by side that are a month apart are two dates, unless one is said to be the other.
        if other_hijri == hijri || (!said && apart > 20) {
            return (end, Some(alone));
        }
        let told = Told {
            disagrees: u16::try_from(apart).unwrap_or(u16::MAX),
            ..Told::one(if hijri { other } else { date }, DayRule::Written)
        };
        (self.era(last, other_hijri), Some(told))
    }

    /// A day of a month that begins at word `at`; with its month and year, as far as they are written.
    fn partial(&self, at: usize) -> Option<(usize, Partial)> {
        if let Some((end, date, hijri)) = self.scan.date_at(at) {
            let day = date.day();
            let month = Some((date.month(), hijri));
            return Some((
                self.era(end, hijri),
                Partial {
                    day,
                    month,
                    whole: Some(date),
                },
            ));
        }
        if let Some((end, day, month)) = self.scan.day_month(at) {
            return Some((
                end,
                Partial {
                    day,
                    month: Some((month, false)),
                    whole: None,
                },
            ));
        }
        let day = self.number(at)?;
        let ordinal = usize::from(matches!(self.scan.word(at + 1), "من" | "شهر"));
        let hijri = self.scan.month(at + 1 + ordinal, &HIJRI).filter(|_| self.runs_on(at));
        match hijri {
            Some((month, end)) => Some((
                end,
                Partial {
                    day,
                    month: Some((month, true)),
                    whole: None,
                },
            )),
            None => Some((
                at + 1,
                Partial {
                    day,
                    month: None,
                    whole: None,
                },
            )),
        }
    }

    /// The day of a month that a word is, "and" before it left out.
    fn number(&self, at: usize) -> Option<i8> {
        let word = self.scan.word(at);
        let digits = word.strip_prefix('\u{0648}').unwrap_or(word);
        let short = digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let day = short.then(|| digits.parse::<i8>().ok())??;
        (1..=31).contains(&day).then_some(day)
    }

    /// Whether a word after a day without its year says on which side of the text's day it lies, and the word after it.
    fn side(&self, end: usize) -> (usize, Option<i8>) {
        let word = self.scan.word(end);
        let side = match word {
            _ if !self.runs_on(end - 1) => None,
            word if PAST.contains(&word) => Some(-1),
            word if NEXT.contains(&word) => Some(1),
            word if PRESENT.contains(&word) => Some(0),
            _ => None,
        };
        (end + usize::from(side.is_some()), side)
    }

    /// From one day to another: `3-5 مايو 2015`, `3 إلى 5 مايو`, `28 أبريل - 2 مايو`, `3 و4 مايو`.
    fn range(&self, at: usize) -> Option<Phrase> {
        let (end, left) = self.partial(at)?;
        let gap = self.scan.gap(end - 1);
        let word = self.scan.word(end);
        let dash = matches!(gap.trim(), "-" | "–" | "—" | "\u{2010}" | "\u{2011}");
        let to =
            !gap.contains('\n') && gap.trim().is_empty() && matches!(word, "الي" | "حتي" | "وحتي" | "to" | "until");
        let and = gap == " " && word.len() > 2 && word.starts_with('\u{0648}') && self.number(end).is_some();
        let start = if to { end + 1 } else { end };
        if !(dash || to || and) {
            return None;
        }
        let (last, right) = if and { self.second(end)? } else { self.partial(start)? };
        let (_, hijri) = right.month?;
        if left.month.is_some_and(|(_, other)| other != hijri) {
            return None;
        }
        let (last, side) = self.side(last);
        let last_day = match right.whole {
            Some(day) => Some(day),
            None => self.base(at).and_then(|base| right.near(base, side)),
        };
        let Some(last_day) = last_day else {
            return Some((last, None));
        };
        let first_day = left.whole.or_else(|| left.up_to(last_day, hijri))?;
        let days = first_day.until(last_day).ok()?.get_days();
        let fits = if and { days == 1 } else { (1..=366).contains(&days) };
        let rule = match right.whole {
            Some(_) if hijri => DayRule::Hijri,
            Some(_) => DayRule::Written,
            None => DayRule::Yearless,
        };
        fits.then_some((
            last,
            Some(Told {
                first: first_day,
                last: last_day,
                rule,
                disagrees: 0,
            }),
        ))
    }

    /// The second of two days that "and" joins: the number is written together with it.
    fn second(&self, at: usize) -> Option<(usize, Partial)> {
        let day = self.number(at)?;
        let (month, end) = self.scan.month(at + 1, &GREGORIAN)?;
        let year = self.scan.number(end).filter(|_| self.runs_on(end - 1));
        let whole = year.and_then(|year| gregorian(year, month, day));
        let end = self.era(end + usize::from(whole.is_some()), false);
        Some((
            end,
            Partial {
                day,
                month: Some((month, false)),
                whole,
            },
        ))
    }
}

impl Partial {
    /// The day, in the year that brings it nearest to `base`; on one side of it where that is said: -1 before, 0 in
    /// the same year, 1 after.
    fn near(&self, base: Date, side: Option<i8>) -> Option<Date> {
        let (month, hijri) = self.month?;
        let fits = |day: &Date| match side {
            Some(-1) => *day <= base,
            Some(1) => *day >= base,
            Some(_) => hijri || day.year() == base.year(),
            None => true,
        };
        let days = years(base, hijri)
            .into_iter()
            .filter_map(|year| day_of(year, month, self.day, hijri));
        days.filter(fits).min_by_key(|day| distance(*day, base))
    }

    /// The last such day before `end`; the month is that of `end` where none is written.
    fn up_to(&self, end: Date, hijri: bool) -> Option<Date> {
        let Some((month, _)) = self.month else {
            let back = (1..=30).filter_map(|days| moved(end, -days));
            if hijri {
                // A Hijri month is known by its days, so the first one with the number is looked for.
                return back.into_iter().find(|day| hijri_day(*day) == Some(self.day));
            }
            return gregorian(end.year(), end.month(), self.day).filter(|day| *day < end);
        };
        let days = years(end, hijri)
            .into_iter()
            .filter_map(|year| day_of(year, month, self.day, hijri));
        days.filter(|day| *day < end).max()
    }
}

/// The years that a day near `base` may be of.
fn years(base: Date, hijri: bool) -> [i16; 3] {
    let year = if hijri {
        // 33 years of the moon are 32 of the sun.
        i16::try_from((i32::from(base.year()) - 622) * 33 / 32 + 1).unwrap_or_default()
    } else {
        base.year()
    };
    [year - 1, year, year + 1]
}

fn day_of(year: i16, month: i8, day: i8, hijri: bool) -> Option<Date> {
    if hijri {
        from_hijri(year, month, day)
    } else {
        gregorian(year, month, day)
    }
}

/// The day of its Hijri month that a day is: the days since the last first of a month.
fn hijri_day(day: Date) -> Option<i8> {
    let firsts = years(day, true)
        .into_iter()
        .flat_map(|year| (1..=12).filter_map(move |month| from_hijri(year, month, 1)));
    let first = firsts.filter(|first| *first <= day).max()?;
    i8::try_from(distance(first, day) + 1).ok()
}

fn distance(left: Date, right: Date) -> i32 {
    left.until(right).map_or(i32::MAX, |span| span.get_days().abs())
}

fn moved(day: Date, days: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The last such weekday before `base`.
fn before(base: Date, weekday: Weekday) -> Option<Date> {
    let back = i64::from(base.weekday().since(weekday));
    moved(base, -if back == 0 { 7 } else { back })
}

fn weekday_of(word: &str) -> Option<Weekday> {
    let known = WEEKDAYS.iter().find(|(name, _)| *name == word);
    known.map(|&(_, day)| day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Days of a text of Monday, 10 August 2015, as `first/last words`.
    fn found(text: &str) -> Vec<String> {
        let days = days(text, Some(Date::constant(2015, 8, 10)));
        let shown = days.iter().map(|day| {
            let words = &text[day.range.clone()];
            if day.first == day.last {
                format!("{} {words}", day.first)
            } else {
                format!("{}/{} {words}", day.first, day.last)
            }
        });
        shown.collect()
    }

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (text, day) in cases {
            let expected: Vec<String> = (!day.is_empty()).then(|| (*day).to_owned()).into_iter().collect();
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_day_is_told_from_that_of_the_text() {
        check(&[
            ("وصل الوفد أمس إلى عدن", "2015-08-09 أمس"),     // arrived yesterday
            ("وصل أمس الأول إلى عدن", "2015-08-08 أمس الأول"), // the day before yesterday
            ("وصل أول أمس إلى عدن", "2015-08-08 أول أمس"),   // the same
            ("يصل اليوم إلى عدن", "2015-08-10 اليوم"),       // today
            ("يصل غدًا إلى عدن", "2015-08-11 غدًا"),           // tomorrow
            ("يصل مساء غدٍ إلى عدن", "2015-08-11 مساء غدٍ"),   // tomorrow evening
            ("يصل بعد غد إلى عدن", "2015-08-12 بعد غد"),     // the day after tomorrow
            ("وصل مساء أمس الأحد إلى عدن", "2015-08-09 مساء أمس الأحد"), // yesterday evening, Sunday
            ("وصل يوم أمس، الأحد 9 أغسطس", "2015-08-09 يوم أمس، الأحد 9 أغسطس"), // and its date
            ("He left yesterday for Aden", "2015-08-09 yesterday"),
        ]);
    }

    #[test]
    fn a_weekday_is_told_where_it_is_last_or_next() {
        check(&[
            ("بدأت الثلاثاء الماضي في عدن", "2015-08-04 الثلاثاء الماضي"), // last Tuesday
            ("تبدأ يوم الاثنين المقبل في عدن", "2015-08-17 يوم الاثنين المقبل"), // next Monday
            ("تبدأ الجمعة القادمة في عدن", "2015-08-14 الجمعة القادمة"), // next Friday
            ("بدأت الاثنين قبل الماضي", "2015-07-27 الاثنين قبل الماضي"),  // Monday before last
            ("بدأت اليوم الاثنين في عدن", "2015-08-10 اليوم الاثنين"),     // today, Monday
            ("بدأت يوم الاثنين في عدن", "2015-08-10 يوم الاثنين"),         // on Monday, today
            ("بدأت يوم الخميس في عدن", ""),                              // on a Thursday: last or next
            ("بعد صلاة الجمعة في عدن", ""),                               // Friday's prayer
            ("talks resume next Friday", "2015-08-14 next Friday"),
        ]);
    }

    #[test]
    fn a_day_with_a_name_or_a_number_is_not_today() {
        check(&[
            ("في اليوم الثالث من المعرض", ""),  // on the third day
            ("هنأه بمناسبة اليوم الوطني", ""),  // the National Day
            ("اجتمعوا في اليوم نفسه بعدن", ""), // on the same day
        ]);
    }

    #[test]
    fn a_day_without_its_year_is_the_nearest_one() {
        check(&[
            ("يبدأ في 3 سبتمبر بعدن", "2015-09-03 3 سبتمبر"), // 3 September
            ("بدأ في 28 ديسمبر الماضي", "2014-12-28 28 ديسمبر الماضي"), // last December
            ("إلى 16 أغسطس الجاري", "2015-08-16 16 أغسطس الجاري"), // this August
            ("في 3 ذي القعدة المقبل", "2015-08-18 3 ذي القعدة المقبل"), // a Hijri day to come
            ("في 21 يوليو من عام 1969 نزل", "1969-07-21 21 يوليو من عام 1969"), // of the year 1969
            ("هم في أمس الحاجة إليه", ""),                    // in the sorest need of it
        ]);
    }

    #[test]
    fn a_range_has_a_first_and_a_last_day() {
        check(&[
            ("من 3 إلى 5 مايو 2015 بعدن", "2015-05-03/2015-05-05 3 إلى 5 مايو 2015"),
            ("خلال 3-5 مايو", "2015-05-03/2015-05-05 3-5 مايو"),
            ("في 28 أبريل - 2 مايو", "2015-04-28/2015-05-02 28 أبريل - 2 مايو"),
            ("يومي 3 و4 مايو 2015", "2015-05-03/2015-05-04 3 و4 مايو 2015"), // on both days
            (
                "من 30 ديسمبر إلى 2 يناير 2016",
                "2015-12-30/2016-01-02 30 ديسمبر إلى 2 يناير 2016",
            ),
            (
                "من 25 إلى 27 شوال 1436 هـ",
                "2015-08-10/2015-08-12 25 إلى 27 شوال 1436 هـ",
            ),
            (
                "من 25 شوال إلى 2 ذي القعدة 1436هـ",
                "2015-08-10/2015-08-17 25 شوال إلى 2 ذي القعدة 1436هـ",
            ),
            ("من 5 إلى 10 سنوات", ""), // five to ten years
        ]);
    }

    #[test]
    fn a_hijri_date_and_its_twin_are_one_day() {
        for (text, words, disagrees) in [
            (
                "في 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م بعدن",
                "25 شوال 1436 هـ الموافق 10 أغسطس 2015 م",
                0,
            ),
            ("في 25/10/1436هـ (10 أغسطس 2015م)", "25/10/1436هـ (10 أغسطس 2015م", 0),
            (
                "في 10 أغسطس 2015 الموافق 26 شوال 1436",
                "10 أغسطس 2015 الموافق 26 شوال 1436",
                1,
            ),
            (
                "في 20 شوال 1436هـ الموافق 10 أغسطس 2015",
                "20 شوال 1436هـ الموافق 10 أغسطس 2015",
                5,
            ), // five days off
        ] {
            let days = days(text, None);
            assert_eq!(days.len(), 1, "{text}");
            let told = (&text[days[0].range.clone()], days[0].first, days[0].disagrees);
            assert_eq!(told, (words, Date::constant(2015, 8, 10), disagrees));
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_searched_for_days(text in "((من|إلى|يوم|أمس|الأول|اليوم|غد|بعد|الاثنين|الماضي|قبل|و?[0-9]{1,4}|مايو|شوال|هـ|الموافق|[-/،\n ]|next|monday|\\PC){1,2} ?){0,14}") {
            let mut end = 0;
            for day in days(&text, Some(Date::constant(2015, 8, 10))) {
                prop_assert!(text.get(day.range.clone()).is_some() && day.range.start >= end && day.first <= day.last);
                end = day.range.end;
            }
        }
    }
}
