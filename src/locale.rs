//! How the site speaks: the texts of its interface, and how days, numbers, counts and names are written and ordered.
//!
//! Texts lie in one catalogue for each language; which form goes with a number, how a month is called and which letter
//! comes first is ICU's to say.

mod catalogue;

use std::collections::BTreeMap;

use icu::calendar::cal::hijri::UmmAlQura;
use icu::calendar::cal::{Gregorian, Hijri};
use icu::calendar::{Date as IcuDate, Iso};
use icu::collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets::{M, MD, YM, YMD};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu::locale::Locale as IcuLocale;
use icu::plurals::{PluralRules, PluralRulesOptions};

use crate::config::{Calendar, Html, MonthNames, Numerals};
use crate::date::Date;
use crate::language::Language;
use crate::text;
use crate::timeline::Unit;

pub use catalogue::{Catalogue, Forms};

/// How the site speaks.
pub struct Locale {
    /// Language of the interface.
    pub language: Language,
    /// Its texts.
    pub texts: Catalogue,
    plurals: PluralRules,
    numbers: DecimalFormatter,
    digits: DecimalFormatter,
    days: Gregorians,
    hijri: Option<FixedCalendarDateTimeFormatter<Hijri<UmmAlQura>, YMD>>,
    collator: CollatorBorrowed<'static>,
}

/// Formats of the Gregorian calendar, by how exactly they give a day.
struct Gregorians {
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    day_of_year: FixedCalendarDateTimeFormatter<Gregorian, MD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    month_of_year: FixedCalendarDateTimeFormatter<Gregorian, M>,
}

impl Locale {
    /// The interface of `language`, written as `html` sets. Persian, Urdu and Hebrew have no catalogue yet and speak
    /// English, each in its own direction.
    pub fn new(language: Language, html: &Html) -> Locale {
        let catalogue = match language {
            Language::Arabic => Language::Arabic,
            _ => Language::English,
        };
        let locale = icu_locale(catalogue, html);
        // ICU's own data is compiled in, so that what is asked for here is there.
        Self::of_icu(&locale, language, catalogue, html).unwrap_or_else(|| unreachable!("ICU has data for {locale}"))
    }

    fn of_icu(locale: &IcuLocale, language: Language, catalogue: Language, html: &Html) -> Option<Locale> {
        let grouped = |grouping| {
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(grouping);
            DecimalFormatter::try_new(locale.into(), options).ok()
        };
        let hijri = || FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long()).ok();
        Some(Locale {
            language,
            texts: Catalogue::of(catalogue),
            plurals: PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok()?,
            numbers: grouped(GroupingStrategy::Auto)?,
            digits: grouped(GroupingStrategy::Never)?,
            days: Gregorians {
                day: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long()).ok()?,
                day_of_year: FixedCalendarDateTimeFormatter::try_new(locale.into(), MD::long()).ok()?,
                month: FixedCalendarDateTimeFormatter::try_new(locale.into(), YM::long()).ok()?,
                month_of_year: FixedCalendarDateTimeFormatter::try_new(locale.into(), M::long()).ok()?,
            },
            hijri: (html.calendar == Calendar::IslamicUmalqura).then(hijri).flatten(),
            collator: Collator::try_new(locale.into(), CollatorOptions::default()).ok()?,
        })
    }

    /// What parts the members of a list.
    pub fn comma(&self) -> &'static str {
        match self.language {
            Language::English => ", ",
            _ => "، ",
        }
    }

    /// A number with its thousands parted.
    pub fn number(&self, number: usize) -> String {
        self.numbers.format(&Decimal::from(number)).to_string()
    }

    /// The same, for those who outlive the locale.
    pub fn numbers(&self) -> impl Fn(u64) -> String + Send + Sync + 'static {
        let numbers = self.numbers.clone();
        move |number| numbers.format(&Decimal::from(number)).to_string()
    }

    /// A year, in the digits of the site.
    pub fn year(&self, year: i16) -> String {
        self.digits.format(&Decimal::from(year)).to_string()
    }

    /// The form that goes with `number`, with the number put in where the form has a place for it.
    pub fn count(&self, number: usize, forms: &Forms) -> String {
        let form = forms.of(self.plurals.category_for(number), number);
        fill(form, &[("n", &self.number(number))])
    }

    /// `24 يوليو 2023`
    pub fn day(&self, day: Date) -> String {
        self.days.day.format(&gregorian(day)).to_string()
    }

    /// The same by the Umm al-Qura calendar, where the site shows both.
    pub fn hijri_day(&self, day: Date) -> Option<String> {
        let date = gregorian(day).to_calendar(Hijri::new_umm_al_qura());
        self.hijri.as_ref().map(|formatter| formatter.format(&date).to_string())
    }

    /// `يوليو 2023`
    pub fn month(&self, day: Date) -> String {
        self.days.month.format(&gregorian(day)).to_string()
    }

    /// `يوليو`
    pub fn month_name(&self, day: Date) -> String {
        self.days.month_of_year.format(&gregorian(day)).to_string()
    }

    /// A day as exactly as `unit` says.
    pub fn as_exactly(&self, day: Date, unit: Unit) -> String {
        match unit {
            Unit::Day => self.day(day),
            Unit::DayOfYear => self.days.day_of_year.format(&gregorian(day)).to_string(),
            Unit::Month => self.month(day),
            Unit::MonthOfYear => self.month_name(day),
            Unit::Year => self.year(day.year()),
        }
    }

    /// Where a name stands in the alphabet: names in order of it are in the order of readers.
    ///
    /// ICU's Arabic order is right on hamza but keeps the article, and parts ta marbuta from ha; so what it is given
    /// is the folded name without ال and ابن in front. The name itself, last, tells equal ones apart.
    pub fn place(&self, name: &str) -> (Vec<u8>, String) {
        let mut key = Vec::new();
        let Ok(()) = self.collator.write_sort_key_to(&filed_under(name), &mut key);
        (key, name.to_owned())
    }

    /// The letter under which a name is filed: `ه` for الهند; `#` where it begins with no letter.
    pub fn letter(&self, name: &str) -> String {
        let first = filed_under(name).chars().next().filter(|letter| letter.is_alphabetic());
        first.map_or_else(|| "#".to_owned(), |letter| letter.to_uppercase().collect())
    }
}

/// The folded name without what is not counted in front. The article is told before hamza is folded: ألمانيا has none.
fn filed_under(name: &str) -> String {
    const SKIPPED: [&str; 3] = ["ابن ", "بن ", "the "];
    let folded = text::fold_name(name);
    let bare = SKIPPED
        .iter()
        .find_map(|word| folded.strip_prefix(word))
        .unwrap_or(&folded);
    let bare = bare
        .strip_prefix("ال")
        .filter(|rest| rest.chars().count() > 1 && !name.trim_start().starts_with(['أ', 'إ', 'آ']))
        .unwrap_or(bare);
    bare.trim_start_matches(|letter: char| !letter.is_alphanumeric())
        .to_owned()
}

/// `text` with each `{key}` replaced by its value.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((key, after)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        filled.push_str(
            values
                .iter()
                .find(|(name, _)| *name == key)
                .map_or("", |(_, value)| value),
        );
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The locale whose months and digits are those that `html` sets.
fn icu_locale(language: Language, html: &Html) -> IcuLocale {
    let base = match (language, html.month_names) {
        (Language::Arabic, MonthNames::Gulf) => "ar-AE",
        (Language::Arabic, MonthNames::Levant) => "ar-JO",
        (Language::Arabic, MonthNames::Maghreb) => "ar-DZ",
        _ => "en-GB",
    };
    let digits = match html.numerals {
        Numerals::Latin => "latn",
        Numerals::ArabicIndic => "arab",
    };
    format!("{base}-u-nu-{digits}").parse().unwrap_or(IcuLocale::UNKNOWN)
}

fn gregorian(day: Date) -> IcuDate<Gregorian> {
    let (month, day_of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    let date = IcuDate::<Iso>::try_new_iso(i32::from(day.year()), month, day_of_month);
    // A civil date is a day of the ISO calendar by its making.
    date.unwrap_or_else(|_| unreachable!("{day} is a day"))
        .to_calendar(Gregorian)
}

/// Texts of the interface by key.
pub type Texts = BTreeMap<String, String>;

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn arabic(html: &Html) -> Locale {
        Locale::new(Language::Arabic, html)
    }

    #[test]
    fn a_month_is_called_as_the_site_sets() {
        for (names, month) in [
            (MonthNames::Gulf, "يوليو"),
            (MonthNames::Levant, "تموز"),
            (MonthNames::Maghreb, "جويلية"),
        ] {
            let html = Html {
                month_names: names,
                ..Html::default()
            };
            assert_eq!(arabic(&html).day(date(2023, 7, 24)), format!("24 {month} 2023"));
        }
    }

    #[test]
    fn digits_and_calendar_are_those_the_site_sets() {
        let html = Html {
            numerals: Numerals::ArabicIndic,
            calendar: Calendar::IslamicUmalqura,
            ..Html::default()
        };
        let locale = arabic(&html);
        assert_eq!(locale.year(2023), "٢٠٢٣");
        assert_eq!(locale.number(12345), "١٢٬٣٤٥");
        assert_eq!(locale.hijri_day(date(2023, 7, 24)).as_deref(), Some("٦ محرم ١٤٤٥ هـ"));
    }

    #[test]
    fn a_count_takes_the_form_that_goes_with_its_number() {
        let locale = arabic(&Html::default());
        let officials = |number| locale.count(number, &locale.texts.counts.officials);
        assert_eq!(officials(1), "مسؤول واحد");
        assert_eq!(officials(2), "مسؤولان");
        assert_eq!(officials(3), "3 مسؤولين");
        assert_eq!(officials(11), "11 مسؤولًا");
        assert_eq!(officials(100), "100 مسؤول");
    }

    #[test]
    fn names_are_filed_without_the_article_and_look_alikes_together() {
        let locale = arabic(&Html::default());
        let mut names = ["الهند", "مصر", "أثينا", "ابن خلدون", "اليابان", "آسيا", "ياسر"];
        names.sort_by_cached_key(|name| locale.place(name));
        assert_eq!(names, ["أثينا", "آسيا", "ابن خلدون", "مصر", "الهند", "اليابان", "ياسر"]);
        // Germany, Eleanor and Al begin with hamza, not with the article.
        for name in ["ألمانيا", "إليانور", "آل غور", "الأردن"] {
            assert_eq!(locale.letter(name), "ا", "{name}");
        }
        assert_eq!(locale.letter("Sanjay"), "S");
    }

    #[test]
    fn what_is_filled_in_is_never_read_as_a_place_to_fill() {
        assert_eq!(fill("{a} و{b}{c", &[("a", "{b}"), ("b", "ب")]), "{b} وب{c");
    }
}
