//! A text cut into words, and the dates that begin at one of them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use icu::calendar::Iso;
use icu::calendar::cal::Hijri;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::text::{self, Folded};

/// Arabic and English names of the Gregorian months, folded.
pub const MONTHS: [&[&str]; 12] = [
    &["يناير", "كانون الثاني", "جانفي", "january", "jan"],
    &["فبراير", "شباط", "فيفري", "february", "feb"],
    &["مارس", "اذار", "march", "mar"],
    &["ابريل", "نيسان", "افريل", "april", "apr"],
    &["مايو", "ايار", "ماي", "may"],
    &["يونيو", "يونيه", "حزيران", "جوان", "june", "jun"],
    &["يوليو", "يوليه", "تموز", "جويليه", "يوليوز", "july", "jul"],
    &["اغسطس", "اب", "اوت", "غشت", "august", "aug"],
    &["سبتمبر", "ايلول", "شتنبر", "september", "sept", "sep"],
    &["اكتوبر", "تشرين الاول", "october", "oct"],
    &["نوفمبر", "تشرين الثاني", "نونبر", "november", "nov"],
    &["ديسمبر", "كانون الاول", "دجنبر", "december", "dec"],
];

/// Names of the Hijri months, folded.
pub const HIJRI_MONTHS: [&[&str]; 12] = [
    &["محرم", "المحرم"],
    &["صفر"],
    &["ربيع الاول"],
    &["ربيع الثاني", "ربيع الاخر"],
    &["جمادي الاولي", "جمادي الاول"],
    &["جمادي الاخره", "جمادي الثانيه", "جمادي الاخر"],
    &["رجب"],
    &["شعبان"],
    &["رمضان"],
    &["شوال"],
    &["ذو القعده", "ذي القعده", "ذوالقعده"],
    &["ذو الحجه", "ذي الحجه", "ذوالحجه"],
];

/// The months of one calendar by the first words of their names.
pub struct Months {
    by_word: FxHashMap<&'static str, Vec<Named>>,
}

/// A month as it is named: by one word, or by two.
struct Named {
    second: Option<&'static str>,
    month: i8,
}

/// The Gregorian months.
pub static GREGORIAN: LazyLock<Months> = LazyLock::new(|| Months::of(&MONTHS));

/// The Hijri months.
pub static HIJRI: LazyLock<Months> = LazyLock::new(|| Months::of(&HIJRI_MONTHS));

impl Months {
    fn of(names: &[&[&'static str]; 12]) -> Months {
        let mut by_word: FxHashMap<&str, Vec<Named>> = FxHashMap::default();
        for (names, month) in names.iter().zip(1..) {
            for name in *names {
                let (first, second) = name
                    .split_once(' ')
                    .map_or((*name, None), |(first, second)| (first, Some(second)));
                by_word.entry(first).or_default().push(Named { second, month });
            }
        }
        Months { by_word }
    }
}

/// A text cut into words for reading dates.
pub struct Scan<'a> {
    source: &'a str,
    folded: Cow<'a, Folded>,
}

impl<'a> Scan<'a> {
    pub fn new(source: &'a str) -> Scan<'a> {
        Scan {
            source,
            folded: Cow::Owned(text::fold(source)),
        }
    }

    /// The same of a text that is folded already.
    pub fn of(source: &'a str, folded: &'a Folded) -> Scan<'a> {
        Scan {
            source,
            folded: Cow::Borrowed(folded),
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.folded.words().len()
    }

    /// The folded word at `at`; empty past the last one.
    pub fn word(&self, at: usize) -> &str {
        let range = self.folded.words().get(at);
        range.map_or("", |range| &self.folded.as_str()[range.clone()])
    }

    /// What stands between the word at `at` and the next one, as published.
    pub fn gap(&self, at: usize) -> &str {
        let words = self.folded.words();
        let (Some(left), Some(right)) = (words.get(at), words.get(at + 1)) else {
            return "\0";
        };
        match &self.source[self.folded.source_range(left.end..right.start)] {
            " " => " ",
            gap => gap.trim_matches(text::is_ignorable),
        }
    }

    /// The bytes of the text that the `words` are.
    pub fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let all = self.folded.words();
        let range = self.folded.source_range(all[words.start].start..all[words.end - 1].end);
        let words = self.source[range.clone()].trim_end_matches(|letter| !text::is_word_letter(letter));
        range.start..range.start + words.len()
    }

    /// The number that a word is; letters that mark an era may be glued to it.
    pub fn number(&self, at: usize) -> Option<i16> {
        let word = self.word(at);
        if !word.starts_with(|first: char| first.is_ascii_digit()) {
            return None;
        }
        let digits = word.trim_end_matches(['\u{0645}', '\u{0647}']); // م of our era, هـ of the Hijra
        (digits.len() <= 4).then(|| digits.parse().ok())?
    }

    /// Whether the year at word `at` is marked as one of the Hijra.
    fn is_hijri(&self, at: usize) -> bool {
        let word = self.word(at);
        word.ends_with('\u{0647}')
            || (self.gap(at).trim().is_empty() && matches!(self.word(at + 1), "\u{0647}" | "هجري" | "هجريه"))
    }

    /// The month that is named at word `at`, and the word after it.
    pub fn month(&self, at: usize, months: &Months) -> Option<(i8, usize)> {
        let named = months.by_word.get(self.word(at))?;
        named.iter().find_map(|named| match named.second {
            None => Some((named.month, at + 1)),
            Some(second) => (self.gap(at) == " " && self.word(at + 1) == second).then_some((named.month, at + 2)),
        })
    }

    /// A second name of the same month after the one that ends before `at`: `يوليو/تموز`, `24 يوليو (تموز)`.
    fn twin(&self, at: usize, month: i8) -> usize {
        let joined = matches!(self.gap(at - 1).trim(), "/" | "(" | "-" | "–");
        match self.month(at, &GREGORIAN) {
            Some((same, end)) if joined && same == month => end,
            _ => at,
        }
    }

    /// A day and month that begin at word `at`: `24 يوليو`, `July 24`; the word after them.
    pub fn day_month(&self, at: usize) -> Option<(usize, i8, i8)> {
        let day = |at: usize| {
            self.number(at)
                .and_then(|day| i8::try_from(day).ok())
                .filter(|day| (1..=31).contains(day))
        };
        if let Some(day) = day(at) {
            let gap = self.gap(at).trim();
            let ordinal = usize::from(matches!(self.word(at + 1), "من" | "of"));
            let (month, end) = self
                .month(at + 1 + ordinal, &GREGORIAN)
                .filter(|_| gap.is_empty() || gap == "/")?;
            return Some((self.twin(end, month), day, month));
        }
        let named = self.word(at).is_ascii().then(|| self.month(at, &GREGORIAN));
        let (month, end) = named.flatten()?;
        let day = day(end).filter(|_| matches!(self.gap(end - 1).trim(), "" | "."))?;
        Some((end + 1, day, month))
    }

    /// The whole date that begins at word `at`, and the word after it.
    pub fn date_at(&self, at: usize) -> Option<(usize, Date, bool)> {
        self.named_at(at)
            .or_else(|| self.hijri_at(at))
            .or_else(|| self.digits_at(at))
    }

    fn named_at(&self, at: usize) -> Option<(usize, Date, bool)> {
        let (end, day, month) = self.day_month(at)?;
        let year = |at: usize| matches!(self.word(at), "عام" | "سنه" | "لعام" | "لسنه");
        let of = match self.word(end) {
            "من" if year(end + 1) => 2, // of the year
            _ => usize::from(year(end)),
        };
        let gap = self.gap(end - 1).trim();
        let year = self
            .number(end + of)
            .filter(|_| matches!(gap, "" | "," | "،" | "/" | ")" | "-"))?;
        Some((end + of + 1, gregorian(year, month, day)?, false))
    }

    fn hijri_at(&self, at: usize) -> Option<(usize, Date, bool)> {
        let day = i8::try_from(self.number(at)?).ok()?;
        let skip = usize::from(matches!(self.word(at + 1), "من" | "شهر"));
        let (month, end) = self.month(at + 1 + skip, &HIJRI)?;
        let year = self
            .number(end)
            .filter(|_| matches!(self.gap(end - 1).trim(), "" | "،" | ","))?;
        Some((end + 1, from_hijri(year, month, day)?, true))
    }

    /// `24/7/2023`, `2023-07-24`, `6/1/1445هـ`.
    fn digits_at(&self, at: usize) -> Option<(usize, Date, bool)> {
        let (first, second, third) = (self.number(at)?, self.number(at + 1)?, self.number(at + 2)?);
        let (left, right) = (self.gap(at), self.gap(at + 1));
        if left.trim() != right.trim() || !matches!(left.trim(), "/" | "-" | "." | "\u{2010}" | "\u{2011}" | "\u{2013}")
        {
            return None;
        }
        let (year, day, year_word) = if first > 31 {
            (first, third, at)
        } else {
            (third, first, at + 2)
        };
        let (month, day) = (i8::try_from(second).ok()?, i8::try_from(day).ok()?);
        if self.is_hijri(year_word) || (1250..1600).contains(&year) {
            return Some((at + 3, from_hijri(year, month, day)?, true));
        }
        Some((at + 3, gregorian(year, month, day)?, false))
    }
}

/// The Gregorian day, if there is one and it can be a briefing's.
pub fn gregorian(year: i16, month: i8, day: i8) -> Option<Date> {
    (1850..=2200)
        .contains(&year)
        .then(|| Date::new(year, month, day).ok())?
}

/// The day of a Hijri date by the Umm al-Qura calendar.
pub fn from_hijri(year: i16, month: i8, day: i8) -> Option<Date> {
    if !(1250..=1600).contains(&year) {
        return None;
    }
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let date =
        icu::calendar::Date::try_new_hijri_with_calendar(i32::from(year), month, day, Hijri::new_umm_al_qura()).ok()?;
    let iso = date.to_calendar(Iso);
    let (month, day) = (iso.month().ordinal, iso.day_of_month().0);
    gregorian(
        i16::try_from(iso.year().extended_year()).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
}
