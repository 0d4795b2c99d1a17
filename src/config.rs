//! `book.toml`: the settings of a site. All keys have defaults; an empty file is a valid site.

use serde::Deserialize;

use crate::language::Language;

/// The whole of `book.toml`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What the site is.
    pub book: Book,
    /// How briefings are read.
    pub briefings: Briefings,
    /// Where the site is written.
    pub build: Build,
    /// How it is shown.
    pub output: Output,
}

/// `[book]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Book {
    /// Name of the site; where left out, the interface language's word for "press briefings".
    pub title: Option<String>,
    /// One sentence for search engines and the home page.
    pub description: Option<String>,
    /// Who publishes it.
    pub authors: Vec<String>,
    /// Language of the interface.
    pub language: Language,
    /// Folder of raw texts, relative to the site.
    pub src: String,
}

impl Default for Book {
    fn default() -> Book {
        Book {
            title: None,
            description: None,
            authors: Vec::new(),
            language: Language::Arabic,
            src: "seeds".into(),
        }
    }
}

/// `[briefings]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Briefings {
    /// ISO 3166-1 alpha-2 code of the country that "the Kingdom" and a bare "foreign minister" mean.
    pub home_country: Option<String>,
}

/// `[build]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Build {
    /// Folder the site is written to, relative to the site.
    pub build_dir: String,
    /// Build pages for texts that nobody has reviewed.
    pub create_missing: bool,
}

impl Default for Build {
    fn default() -> Build {
        Build {
            build_dir: "public".into(),
            create_missing: true,
        }
    }
}

/// `[output]`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Output {
    /// `[output.html]`
    pub html: Html,
}

/// `[output.html]`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Html {
    /// Where the site will stand; its path is the base path of every link.
    pub site_url: Option<String>,
    /// Host name for a `CNAME` file.
    pub cname: Option<String>,
    /// Digits in dates and counts.
    pub numerals: Numerals,
    /// Which family of month names.
    pub month_names: MonthNames,
    /// Whether Hijri dates stand beside Gregorian ones.
    pub calendar: Calendar,
    /// Letters of addresses.
    pub slugs: Slugs,
}

impl Default for Html {
    fn default() -> Html {
        Html {
            site_url: None,
            cname: None,
            numerals: Numerals::Latin,
            month_names: MonthNames::Gulf,
            calendar: Calendar::Gregorian,
            slugs: Slugs::Native,
        }
    }
}

/// Digits in dates and counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numerals {
    /// 2023
    Latin,
    /// ٢٠٢٣
    ArabicIndic,
}

/// Families of Arabic names for the Gregorian months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MonthNames {
    /// يوليو: Egypt, the Gulf, Sudan
    Gulf,
    /// تموز: Syria, Lebanon, Jordan, Palestine, Iraq
    Levant,
    /// جويلية: Algeria, Tunisia
    Maghreb,
}

/// Calendars shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Calendar {
    /// Gregorian alone.
    Gregorian,
    /// Gregorian with the Umm al-Qura date beside it.
    IslamicUmalqura,
}

/// Letters of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slugs {
    /// The title's own script.
    Native,
    /// Transliterated to ASCII.
    Ascii,
}
