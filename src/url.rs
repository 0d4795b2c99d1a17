//! Every address of the site, and the path of the file that answers to it.
//!
//! An [`Address`] is what the site's table is keyed by; [`Addresses`] turns it into links under the base path.

use std::borrow::Cow;
use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::config::Slugs;
use crate::lexicon::Kind;
use crate::text;

/// What must be encoded in the path of a link; the rest of ASCII may stand as it is.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\\')
    .add(b'^')
    .add(b'[')
    .add(b']')
    .add(b'|');

/// Names that Windows keeps for devices, so that no folder can have them.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Longest slug in bytes, so that a file name made of it fits any file system.
const LONGEST_SLUG: usize = 180;

/// Longest name of a file or folder, in bytes, that any file system takes.
const LONGEST_NAME: usize = 255;

/// A place on the site: its path from the root, decoded, with a leading `/`; a folder ends in `/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// The home page.
    pub fn home() -> Address {
        Address("/".into())
    }

    /// A briefing: by month where it is dated.
    pub fn briefing(date: Option<jiff::civil::Date>, slug: &str) -> Address {
        Address(match date {
            Some(date) => format!("/briefings/{:04}/{:02}/{slug}/", date.year(), date.month()),
            None => format!("/briefings/undated/{slug}/"),
        })
    }

    /// The list of all entities of a kind.
    pub fn index(kind: Kind) -> Address {
        Address(format!("/{}/", kind.plural()))
    }

    /// The page of an entity; country codes in lower case.
    pub fn entity(kind: Kind, id: &str) -> Address {
        Address(format!("/{}/{}/", kind.plural(), id.to_lowercase()))
    }

    /// The archive, of one year or one month.
    pub fn archive(year: Option<i16>, month: Option<i8>) -> Address {
        let mut path = String::from("/archive/");
        // Writing to a string cannot fail.
        let _ = year.map(|year| write!(path, "{year:04}/"));
        let _ = month.map(|month| write!(path, "{month:02}/"));
        Address(path)
    }

    /// All briefings without a date.
    pub fn undated() -> Address {
        Address("/archive/undated/".into())
    }

    /// How the site was made.
    pub fn about() -> Address {
        Address("/about/".into())
    }

    /// What a host shows where nothing is.
    pub fn not_found() -> Address {
        Address("/404.html".into())
    }

    /// A file as it is, by its path without a leading `/`.
    pub fn file(path: &str) -> Address {
        Address(format!("/{path}"))
    }

    /// The address that an alias of the front matter names; `None` where it leaves the site, or no file can be called so.
    pub fn alias(alias: &str) -> Option<Address> {
        let path = alias.trim().trim_start_matches('/');
        let bad = |letter: char| letter.is_control() || matches!(letter, '\\' | ':' | '?' | '#');
        let plain = |part: &str| {
            let file = !matches!(part, "" | "." | "..") && part.len() <= LONGEST_NAME;
            file && !part.starts_with(".bayan-") && !part.contains(bad)
        };
        let parts = path.strip_suffix('/').unwrap_or(path);
        parts.split('/').all(plain).then(|| Address(format!("/{path}")))
    }

    /// Where the page with number `number`, from 1, of those that would all stand here does stand.
    #[must_use]
    pub fn again(self, number: u32) -> Address {
        match (number, self.0.strip_suffix('/')) {
            (0 | 1, _) | (_, None) => self,
            (_, Some(path)) => Address(format!("{path}-{number}/")),
        }
    }

    /// Page `number`, from 1, of a list that begins here.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Address {
        match number {
            0 | 1 => self.clone(),
            _ => Address(format!("{}page/{number}/", self.0)),
        }
    }

    /// The path of the file that answers, relative to the output folder.
    pub fn output(&self) -> String {
        let path = &self.0[1..];
        let last = path.rsplit('/').next().unwrap_or(path);
        match last {
            "" => format!("{path}index.html"),
            _ if last.contains('.') => path.to_owned(),
            _ => format!("{path}/index.html"),
        }
    }

    /// The path from the root, decoded.
    pub fn path(&self) -> &str {
        &self.0
    }
}

/// The base path, under which every link stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    base: String,
}

impl Addresses {
    /// `base` begins and ends with `/` and is percent-encoded where it must be.
    pub fn new(base: &str) -> Addresses {
        Addresses { base: base.to_owned() }
    }

    /// The link to `address`, percent-encoded.
    pub fn href(&self, address: &Address) -> String {
        let path = &address.0[1..];
        let mut href = String::with_capacity(self.base.len() + path.len() * 2);
        href.push_str(&self.base);
        href.extend(utf8_percent_encode(path, PATH));
        href
    }
}

/// A title as the last part of an address: its words joined by `-`, in lower case, cut at a word at 180 bytes.
///
/// Marks, tatweel and punctuation are left out. Empty where the title has no letter or digit.
pub fn slug(title: &str, slugs: Slugs) -> String {
    let title: Cow<'_, str> = match slugs {
        Slugs::Native => title.into(),
        Slugs::Ascii => deunicode::deunicode(title).into(),
    };
    let bare: String = title.chars().filter(|&letter| !text::is_ignorable(letter)).collect();
    let mut slug = String::with_capacity(bare.len());
    for word in bare
        .split(|letter: char| !text::is_word_letter(letter))
        .filter(|word| !word.is_empty())
    {
        if slug.len() + 1 + word.len() > LONGEST_SLUG && !slug.is_empty() {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        let room = LONGEST_SLUG.saturating_sub(slug.len());
        slug.push_str(&word[..word.floor_char_boundary(room)].to_lowercase());
    }
    if RESERVED.contains(&slug.as_str()) {
        slug.push('-');
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_keeps_the_script_and_the_words_of_its_title() {
        assert_eq!(
            slug("الهندُ، وجزر المالديف: «بيان»", Slugs::Native),
            "الهند-وجزر-المالديف-بيان"
        );
        assert_eq!(slug("G20 — New Delhi", Slugs::Native), "g20-new-delhi");
        assert_eq!(slug("؟!", Slugs::Native), "");
        assert_eq!(slug("Con", Slugs::Native), "con-");
        assert!(slug("بيان عن الهند", Slugs::Ascii).is_ascii());
    }

    #[test]
    fn a_slug_fits_a_file_name_whatever_the_title() {
        let long = "كلمة ".repeat(200);
        assert!(slug(&long, Slugs::Native).len() <= LONGEST_SLUG);
        assert!(slug(&"ك".repeat(900), Slugs::Native).len() <= LONGEST_SLUG);
    }

    #[test]
    fn links_stand_under_the_base_path_and_are_encoded_once() {
        let addresses = Addresses::new("/press/");
        assert_eq!(addresses.href(&Address::home()), "/press/");
        assert_eq!(
            addresses.href(&Address::entity(Kind::Country, "IN")),
            "/press/countries/in/"
        );
        let briefing = Address::briefing(None, "بيان");
        assert_eq!(
            addresses.href(&briefing),
            "/press/briefings/undated/%D8%A8%D9%8A%D8%A7%D9%86/"
        );
        assert_eq!(briefing.output(), "briefings/undated/بيان/index.html");
    }

    #[test]
    fn an_alias_is_an_address_of_the_site_that_a_file_can_answer_to() {
        let long = "ا".repeat(200);
        for alias in [
            "../etc/passwd",
            "/a/../b/",
            "/",
            "//",
            "/a//b/",
            "/.bayan-manifest.json",
            "/a?q=1",
            "/a#b",
            "javascript:alert(1)",
            "/a\u{1B}b/",
            &long,
        ] {
            assert_eq!(Address::alias(alias), None, "{alias}");
        }
        assert_eq!(
            Address::alias("/old/page/").map(|address| address.output()),
            Some("old/page/index.html".into())
        );
    }
}
