//! `book.toml`: the settings of a site. All keys have defaults; an empty file is a valid site.
//!
//! In: the text of the file. Out: a [`Config`] in which every value is of the form that its field promises. A faulty key
//! keeps its default and costs nothing else.

mod parse;

use ::url::Url;
use serde::Deserialize;

use crate::diagnostic::Checked;
use crate::language::Language;

pub use parse::{ConfigError, ValueError, site_url};

/// The whole of `book.toml`.
#[derive(Debug, Clone, Default, PartialEq)]
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

impl Config {
    /// Reads the `text` of `file`.
    pub fn parse(file: &str, text: &str) -> Checked<Config> {
        parse::parse(file, text)
    }

    /// The path of every link: begins and ends with `/`, percent-encoded. `/` where no `site-url` is set.
    pub fn base_path(&self) -> String {
        self.site_url()
            .map_or_else(|| "/".to_owned(), |url| url.path().to_owned())
    }

    /// Scheme and host of the site, with its port if it is not the scheme's own: `https://example.org`.
    pub fn origin(&self) -> Option<String> {
        Some(self.site_url()?.origin().ascii_serialization())
    }

    fn site_url(&self) -> Option<Url> {
        site_url(self.output.html.site_url.as_deref()?)
    }
}

/// `[book]`
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// Name of the site, on one line; where left out, the interface language's word for "press briefings".
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
#[derive(Debug, Clone, PartialEq)]
pub struct Briefings {
    /// ISO 3166-1 alpha-2 code, in capitals, of the country that "the Kingdom" and a bare "foreign minister" mean.
    pub home_country: Option<String>,
    /// What becomes of texts that are copies of others.
    pub copies: Copies,
    /// Whether names are found that no rule tells, by a model learnt from marked texts.
    pub tagger: bool,
}

impl Default for Briefings {
    fn default() -> Briefings {
        Briefings {
            home_country: None,
            copies: Copies::default(),
            tagger: true,
        }
    }
}

/// What becomes of texts that are copies of others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Copies {
    /// Copies are found and count as one briefing.
    #[default]
    Join,
    /// Every text is a briefing of its own, but for those that a person calls copies.
    Keep,
}

/// `[build]`
#[derive(Debug, Clone, PartialEq)]
pub struct Build {
    /// Folder the site is written to, relative to the site or absolute.
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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Output {
    /// `[output.html]`
    pub html: Html,
}

/// `[output.html]`
#[derive(Debug, Clone, PartialEq)]
pub struct Html {
    /// Where the site will stand, `http` or `https`, ending with `/`; its path is the base path of every link.
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
