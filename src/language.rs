//! The languages a site speaks or quotes, and which way each runs.

use serde::{Deserialize, Serialize};

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Right to left.
    Rtl,
    /// Left to right.
    Ltr,
}

/// A language of a page, a paragraph or the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Arabic.
    #[serde(rename = "ar")]
    Arabic,
    /// English; also stands for any text in Latin letters.
    #[serde(rename = "en")]
    English,
    /// Persian.
    #[serde(rename = "fa")]
    Persian,
    /// Urdu.
    #[serde(rename = "ur")]
    Urdu,
    /// Hebrew.
    #[serde(rename = "he")]
    Hebrew,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 5] = [
        Language::Arabic,
        Language::English,
        Language::Persian,
        Language::Urdu,
        Language::Hebrew,
    ];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Arabic => "ar",
            Language::English => "en",
            Language::Persian => "fa",
            Language::Urdu => "ur",
            Language::Hebrew => "he",
        }
    }

    /// Which way it runs.
    pub fn direction(self) -> Direction {
        match self {
            Language::English => Direction::Ltr,
            _ => Direction::Rtl,
        }
    }

    /// The language of a block of a page in `page`: that in which most of its letters are written, but that of the page
    /// where the block begins in it and a quarter of its letters run its way, as a sentence full of foreign
    /// names does.
    pub fn of_block(text: &str, page: Language) -> Language {
        let most = Language::of(text).unwrap_or(page);
        if most.direction() == page.direction() {
            return most;
        }
        let runs = |letter: char| Language::of(letter.encode_utf8(&mut [0; 4])).map(Language::direction);
        let (mut own, mut all) = (0, 0);
        for direction in text.chars().filter_map(runs) {
            own += usize::from(direction == page.direction());
            all += 1;
        }
        let begins = text.chars().find_map(runs) == Some(page.direction());
        if begins && own * 4 >= all { page } else { most }
    }

    /// The language in which most letters of `text` are written, or `None` where it has no letter.
    ///
    /// Told by script alone: Hebrew, Latin, or Arabic; Arabic script is Urdu where it has letters that only
    /// Urdu has (ٹ ڈ ڑ ں ے), and Persian where one letter in fifty or more is one of پ چ ژ گ ک ی.
    pub fn of(text: &str) -> Option<Language> {
        let mut counts = [0_u32; 6];
        for letter in text.chars() {
            let told = TOLD.get(letter as usize).copied().unwrap_or_else(|| Told::by(letter));
            counts[told as usize] += 1;
        }
        let [_, arabic, persian, urdu, hebrew, latin] = counts;
        let script = arabic + urdu + persian;
        let most = script.max(latin).max(hebrew);
        match most {
            0 => None,
            _ if most == latin => Some(Language::English),
            _ if most == hebrew => Some(Language::Hebrew),
            _ if urdu > 0 && urdu * 50 >= script => Some(Language::Urdu),
            _ if persian * 50 >= script => Some(Language::Persian),
            _ => Some(Language::Arabic),
        }
    }
}

/// What a letter tells of the language it is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    Arabic,
    Persian,
    Urdu,
    Hebrew,
    Latin,
}

/// What each letter tells up to the end of the Arabic block, where nearly all letters of a text are.
static TOLD: [Told; 0x700] = {
    let mut told = [Told::Nothing; 0x700];
    let mut point = 0_u32;
    while (point as usize) < told.len() {
        if let Some(letter) = char::from_u32(point) {
            told[point as usize] = Told::by(letter);
        }
        point += 1;
    }
    told
};

impl Told {
    const fn by(letter: char) -> Told {
        match letter {
            '\u{0679}' | '\u{0688}' | '\u{0691}' | '\u{06BA}' | '\u{06D2}' => Told::Urdu,
            '\u{067E}' | '\u{0686}' | '\u{0698}' | '\u{06AF}' | '\u{06A9}' | '\u{06CC}' => Told::Persian,
            '\u{0621}'..='\u{064A}' | '\u{0671}'..='\u{06D3}' | '\u{FB50}'..='\u{FEFC}' => Told::Arabic,
            '\u{05D0}'..='\u{05EA}' => Told::Hebrew,
            'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' => Told::Latin,
            _ => Told::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_its_letters() {
        assert_eq!(Language::of("بيان صحفي"), Some(Language::Arabic));
        assert_eq!(Language::of("گفت‌وگو با وزیر خارجه"), Some(Language::Persian));
        assert_eq!(Language::of("یہ ایک بیان ہے"), Some(Language::Urdu));
        assert_eq!(Language::of("Co-chaired الهند"), Some(Language::English));
        assert_eq!(Language::of("2023"), None);
    }
}
