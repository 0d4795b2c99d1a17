//! From the text of `book.toml` to a [`Config`], key by key.

use std::ops::Range;

use ::url::{Host, Url};
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::Config;
use crate::diagnostic::{Checked, Diagnostic, nearest};
use crate::text;

/// What can be wrong with the settings. Ranges are in bytes of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message of each variant names its fields")]
pub enum ConfigError {
    /// What could be read beside it counts.
    #[error("the file is not TOML: {reason}")]
    NotToml { range: Range<usize>, reason: String },
    /// Nothing is called so in `table`, where the keys `known` are.
    #[error("no key `{key}` in {table}")]
    UnknownKey {
        range: Range<usize>,
        key: String,
        table: String,
        known: Vec<&'static str>,
    },
    /// A value where a table should be.
    #[error("{table} is not a table")]
    NotATable { range: Range<usize>, table: String },
    /// The value is not used.
    #[error("`{key}` keeps its default: {fault}")]
    BadValue {
        range: Range<usize>,
        key: &'static str,
        fault: ValueError,
    },
}

/// What can be wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message of each variant names its fields")]
pub enum ValueError {
    /// Of the wrong type, or none of the words that the key takes; `range` is in bytes of the file.
    #[error("{reason}")]
    Type {
        range: Option<Range<usize>>,
        reason: String,
    },
    /// No words.
    #[error("the value is empty")]
    Empty,
    /// Not two Latin letters.
    #[error("the value is not a country code")]
    Country,
    /// Not an address under which pages can stand.
    #[error("the value is not the address of a site")]
    SiteUrl,
    /// Not a host name alone.
    #[error("the value is not a host name")]
    HostName,
}

impl ConfigError {
    /// Where it is, in bytes of the file.
    pub fn range(&self) -> &Range<usize> {
        match self {
            ConfigError::NotToml { range, .. }
            | ConfigError::UnknownKey { range, .. }
            | ConfigError::NotATable { range, .. }
            | ConfigError::BadValue { range, .. } => range,
        }
    }

    /// The fault as a person sees it; `text` is the whole of `file`.
    pub fn diagnostic(&self, file: &str, text: &str) -> Diagnostic {
        let diagnostic = Diagnostic::error(file, self.to_string()).at(text, self.range());
        match self.hint() {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            ConfigError::NotToml { .. } => "words stand in quotation marks: title = \"…\"".into(),
            ConfigError::UnknownKey { key, known, .. } => match nearest(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", known.join(", ")),
            },
            ConfigError::NotATable { table, .. } => format!("write {table} on a line, and its keys below"),
            ConfigError::BadValue { fault, .. } => match fault {
                ValueError::Type { .. } => return None,
                ValueError::Empty => "take the key away to have the default".into(),
                ValueError::Country => "write the two letters of ISO 3166-1, such as \"SA\"".into(),
                ValueError::SiteUrl => "write it in full, such as \"https://example.org/press/\"".into(),
                ValueError::HostName => "write the host alone, such as \"press.example.org\"".into(),
            },
        })
    }
}

/// What may stand under a key.
enum Schema {
    /// A table with these keys.
    Table(Keys),
    /// A value, which this function checks and puts into its place.
    Value(fn(&mut Config, Value<'_>) -> Result<(), ValueError>),
}

type Keys = &'static [(&'static str, Schema)];
type Value<'a> = Spanned<DeValue<'a>>;

/// Every key there is.
const KEYS: Keys = &[
    ("book", Schema::Table(BOOK)),
    ("briefings", Schema::Table(BRIEFINGS)),
    ("build", Schema::Table(BUILD)),
    ("output", Schema::Table(&[("html", Schema::Table(HTML))])),
];

const BOOK: Keys = &[
    (
        "title",
        Schema::Value(|config, value| put(&mut config.book.title, line(value).map(Some))),
    ),
    (
        "description",
        Schema::Value(|config, value| put(&mut config.book.description, line(value).map(Some))),
    ),
    (
        "authors",
        Schema::Value(|config, value| put(&mut config.book.authors, lines(value))),
    ),
    (
        "language",
        Schema::Value(|config, value| put(&mut config.book.language, typed(value))),
    ),
    (
        "src",
        Schema::Value(|config, value| put(&mut config.book.src, folder(value))),
    ),
];

const BRIEFINGS: Keys = &[
    (
        "home-country",
        Schema::Value(|config, value| put(&mut config.briefings.home_country, country(value).map(Some))),
    ),
    (
        "copies",
        Schema::Value(|config, value| put(&mut config.briefings.copies, typed(value))),
    ),
    (
        "tagger",
        Schema::Value(|config, value| put(&mut config.briefings.tagger, typed(value))),
    ),
];

const BUILD: Keys = &[
    (
        "build-dir",
        Schema::Value(|config, value| put(&mut config.build.build_dir, folder(value))),
    ),
    (
        "create-missing",
        Schema::Value(|config, value| put(&mut config.build.create_missing, typed(value))),
    ),
];

const HTML: Keys = &[
    (
        "site-url",
        Schema::Value(|config, value| put(&mut config.output.html.site_url, address(value).map(Some))),
    ),
    (
        "cname",
        Schema::Value(|config, value| put(&mut config.output.html.cname, host(value).map(Some))),
    ),
    (
        "numerals",
        Schema::Value(|config, value| put(&mut config.output.html.numerals, typed(value))),
    ),
    (
        "month-names",
        Schema::Value(|config, value| put(&mut config.output.html.month_names, typed(value))),
    ),
    (
        "calendar",
        Schema::Value(|config, value| put(&mut config.output.html.calendar, typed(value))),
    ),
    (
        "slugs",
        Schema::Value(|config, value| put(&mut config.output.html.slugs, typed(value))),
    ),
];

/// Reads the `text` of `file`; a faulty key keeps its default.
pub fn parse(file: &str, text: &str) -> Checked<Config> {
    let mut config = Config::default();
    let (table, errors) = DeTable::parse_recoverable(text);
    let end = text.len();
    let mut faults: Vec<ConfigError> = Vec::new();
    faults.extend(errors.iter().map(|error| ConfigError::NotToml {
        range: error.span().unwrap_or(end..end),
        reason: error.message().to_owned(),
    }));
    read(&mut config, table.into_inner(), "", KEYS, &mut faults);
    faults.sort_by_key(|fault| fault.range().start);
    Checked {
        value: config,
        diagnostics: faults.iter().map(|fault| fault.diagnostic(file, text)).collect(),
    }
}

/// Reads the table called `name`, which may have `keys`.
fn read(config: &mut Config, table: DeTable<'_>, name: &str, keys: Keys, faults: &mut Vec<ConfigError>) {
    for (key, value) in table {
        let range = value.span();
        match keys.iter().find(|(known, _)| known == key.get_ref()) {
            None => faults.push(ConfigError::UnknownKey {
                range: key.span(),
                key: key.get_ref().to_string(),
                table: if name.is_empty() {
                    "the file".into()
                } else {
                    format!("[{name}]")
                },
                known: keys.iter().map(|(known, _)| *known).collect(),
            }),
            Some((key, Schema::Table(keys))) => {
                let name = if name.is_empty() {
                    (*key).to_owned()
                } else {
                    format!("{name}.{key}")
                };
                match value.into_inner() {
                    DeValue::Table(table) => read(config, table, &name, keys, faults),
                    _ => faults.push(ConfigError::NotATable {
                        range,
                        table: format!("[{name}]"),
                    }),
                }
            }
            Some((key, Schema::Value(set))) => {
                if let Err(fault) = set(config, value) {
                    faults.push(bad_value(key, range, fault));
                }
            }
        }
    }
}

/// The fault of a value, at the part of the value that has it.
fn bad_value(key: &'static str, whole: Range<usize>, fault: ValueError) -> ConfigError {
    let range = match &fault {
        ValueError::Type { range: Some(part), .. } => part.clone(),
        _ => whole,
    };
    ConfigError::BadValue { range, key, fault }
}

fn put<T>(slot: &mut T, value: Result<T, ValueError>) -> Result<(), ValueError> {
    *slot = value?;
    Ok(())
}

fn typed<T: DeserializeOwned>(value: Value<'_>) -> Result<T, ValueError> {
    T::deserialize(ValueDeserializer::from(value)).map_err(|error| ValueError::Type {
        range: error.span(),
        reason: error.message().to_owned(),
    })
}

/// Words on one line, not empty.
fn line(value: Value<'_>) -> Result<String, ValueError> {
    one_line(&typed::<String>(value)?)
}

fn lines(value: Value<'_>) -> Result<Vec<String>, ValueError> {
    typed::<Vec<String>>(value)?
        .iter()
        .map(|words| one_line(words))
        .collect()
}

fn one_line(words: &str) -> Result<String, ValueError> {
    let words = text::squeeze(words).into_owned();
    if words.is_empty() {
        Err(ValueError::Empty)
    } else {
        Ok(words)
    }
}

/// A folder without the `/` at its end.
fn folder(value: Value<'_>) -> Result<String, ValueError> {
    let path: String = typed(value)?;
    match path.trim_end_matches('/') {
        _ if path.trim().is_empty() => Err(ValueError::Empty),
        "" => Ok("/".into()),
        folder => Ok(folder.to_owned()),
    }
}

fn country(value: Value<'_>) -> Result<String, ValueError> {
    let code: String = typed(value)?;
    let fits = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    if fits {
        Ok(code.to_ascii_uppercase())
    } else {
        Err(ValueError::Country)
    }
}

fn address(value: Value<'_>) -> Result<String, ValueError> {
    let url = site_url(&typed::<String>(value)?).ok_or(ValueError::SiteUrl)?;
    Ok(url.into())
}

/// The address of a site, with `/` at its end: `http` or `https`, with a host and perhaps a port and a path, and
/// nothing else.
pub fn site_url(words: &str) -> Option<Url> {
    let mut url = Url::parse(words).ok()?;
    // A link that begins with two slashes leads to another host.
    let web = matches!(url.scheme(), "http" | "https") && url.has_host() && !url.path().starts_with("//");
    let bare =
        url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    (web && bare).then_some(url)
}

/// A host name in the form that is asked for on the net: lower case, other scripts in Punycode.
fn host(value: Value<'_>) -> Result<String, ValueError> {
    match Host::parse(&typed::<String>(value)?) {
        Ok(Host::Domain(name)) => Ok(name),
        _ => Err(ValueError::HostName),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::{Book, Briefings, Build, Calendar, Copies, Html, MonthNames, Numerals, Output, Slugs};
    use crate::language::Language;

    /// The diagnostics of `text` as `line:column message | found | hint`.
    fn faults(text: &str) -> Vec<String> {
        Config::parse("book.toml", text)
            .diagnostics
            .iter()
            .map(Diagnostic::line)
            .collect()
    }

    #[test]
    fn all_keys_are_read() {
        let text = r#"
            [book]
            title = "إحاطات  صحفية" # press briefings
            description = "a"
            authors = ["b", "c"]
            language = "fa"
            src = "texts/"
            [briefings]
            home-country = "sa"
            copies = "keep"
            tagger = false
            [build]
            build-dir = "/srv/site"
            create-missing = false
            [output.html]
            site-url = "https://example.org/press"
            cname = "Press.Example.org"
            numerals = "arabic-indic"
            month-names = "maghreb"
            calendar = "islamic-umalqura"
            slugs = "ascii"
        "#;
        let expected = Config {
            book: Book {
                title: Some("إحاطات صحفية".into()),
                description: Some("a".into()),
                authors: vec!["b".into(), "c".into()],
                language: Language::Persian,
                src: "texts".into(),
            },
            briefings: Briefings {
                home_country: Some("SA".into()),
                copies: Copies::Keep,
                tagger: false,
            },
            build: Build {
                build_dir: "/srv/site".into(),
                create_missing: false,
            },
            output: Output {
                html: Html {
                    site_url: Some("https://example.org/press/".into()),
                    cname: Some("press.example.org".into()),
                    numerals: Numerals::ArabicIndic,
                    month_names: MonthNames::Maghreb,
                    calendar: Calendar::IslamicUmalqura,
                    slugs: Slugs::Ascii,
                },
            },
        };
        assert_eq!(faults(text), [""; 0]);
        assert_eq!(Config::parse("book.toml", text).value, expected);
    }

    #[test]
    fn an_empty_file_is_a_valid_site() {
        for text in ["", "# nothing\n", "[book]\n[output.html]\n"] {
            assert_eq!(faults(text), [""; 0]);
            assert_eq!(Config::parse("book.toml", text).value, Config::default());
        }
    }

    #[test]
    fn a_fault_is_told_with_its_place_and_its_mending() {
        for (text, fault) in [
            (
                "[book]\ntitel = 'a'\n",
                "2:1 no key `titel` in [book] | titel | did you mean `title`?",
            ),
            ("[bok]\n", "1:2 no key `bok` in the file | bok | did you mean `book`?"),
            (
                "[output.html]\ncopy = 1\n",
                "2:1 no key `copy` in [output.html] | copy | the keys are site-url, cname, numerals, month-names, calendar, slugs",
            ),
            (
                "book = 1\n",
                "1:8 [book] is not a table | 1 | write [book] on a line, and its keys below",
            ),
            (
                "output.html = 1\n",
                "1:15 [output.html] is not a table | 1 | write [output.html] on a line, and its keys below",
            ),
            (
                "[book]\ntitle = 5\n",
                "2:9 `title` keeps its default: invalid type: integer `5`, expected a string | 5 | ",
            ),
            (
                "book.authors = ['a', 5]\n",
                "1:22 `authors` keeps its default: invalid type: integer `5`, expected a string | 5 | ",
            ),
            (
                "book.title = ' '\n",
                "1:14 `title` keeps its default: the value is empty | ' ' | take the key away to have the default",
            ),
            (
                "build.build-dir = ''\n",
                "1:19 `build-dir` keeps its default: the value is empty | '' | take the key away to have the default",
            ),
            (
                "output.html.numerals = 'arab'\n",
                "1:24 `numerals` keeps its default: unknown variant `arab`, expected `latin` or `arabic-indic` | 'arab' | ",
            ),
            (
                "briefings.home-country = 'السعودية'\n", // Saudi Arabia
                "1:26 `home-country` keeps its default: the value is not a country code | 'السعودية' | write the two letters of ISO 3166-1, such as \"SA\"",
            ),
            (
                "briefings.copies = 'drop'\n",
                "1:20 `copies` keeps its default: unknown variant `drop`, expected `join` or `keep` | 'drop' | ",
            ),
            (
                "[book]\nsrc = seeds\n",
                "2:7 the file is not TOML: string values must be quoted, expected literal string | seeds | words stand in quotation marks: title = \"…\"",
            ),
        ] {
            assert_eq!(faults(text), [fault], "{text}");
        }
    }

    #[test]
    fn a_faulty_key_costs_itself_alone() {
        let config = Config::parse(
            "book.toml",
            "[book]\ntitle = 5\nsrc = 'a'\nx = 1\n[build]\nbuild-dir = 'b'\n",
        );
        assert_eq!(config.diagnostics.len(), 2);
        assert_eq!(
            (config.value.book.src.as_str(), config.value.build.build_dir.as_str()),
            ("a", "b")
        );
    }

    #[test]
    fn the_address_of_the_site_gives_base_path_and_origin() {
        for (site_url, base, origin) in [
            ("https://example.org", "/", "https://example.org"),
            ("http://example.org:8080/press", "/press/", "http://example.org:8080"),
            (
                "https://example.org:443/a b/بيان/",
                "/a%20b/%D8%A8%D9%8A%D8%A7%D9%86/",
                "https://example.org",
            ), // statement
            ("https://example.org/a/../b/./", "/b/", "https://example.org"),
            ("https://مثال.إختبار/", "/", "https://xn--mgbh0fb.xn--kgbechtv"), // example.test
        ] {
            let config = Config::parse("book.toml", &format!("output.html.site-url = '{site_url}'"));
            assert_eq!(config.diagnostics, []);
            assert_eq!(
                (config.value.base_path(), config.value.origin()),
                (base.into(), Some(origin.into()))
            );
        }
        assert_eq!(
            (Config::default().base_path(), Config::default().origin()),
            ("/".into(), None)
        );
    }

    #[test]
    fn what_is_no_address_of_a_site_is_refused() {
        for site_url in [
            "",
            "/press/",
            "example.org",
            "ftp://example.org/",
            "https://",
            "https://a@b/",
            "https://a/?b",
            "https://a/#b",
            "https://a//b/",
            "https://a/b/..//c/",
        ] {
            assert_eq!(
                faults(&format!("output.html.site-url = '{site_url}'")).len(),
                1,
                "{site_url}"
            );
        }
        for cname in ["", "https://example.org", "example.org/press", "a b", "127.0.0.1"] {
            assert_eq!(faults(&format!("output.html.cname = '{cname}'")).len(), 1, "{cname}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_settings(text in "(\\[book\\]\n|\\[|\\]|title|site-url|=|'|\"|\n|\\.|\\{|1|\\PC{0,4}|\\p{C}){0,20}") {
            let config = Config::parse("book.toml", &text).value;
            prop_assert!(config.base_path().starts_with('/') && config.base_path().ends_with('/'));
        }
    }
}
