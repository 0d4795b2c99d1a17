//! Arabic and Latin text, folded for matching and mapped back to the text as published.
//!
//! In: UTF-8 in normal form C, with or without vowel marks. Out: a [`Folded`] text in which
//! spellings of one word agree, and its words. Ranges are in bytes; characters are counted only for people.

use std::borrow::Cow;
use std::ops::Range;

/// A text in which spellings of one word agree, with the way back to its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, and its end, the byte of the source that it came from.
    origin: Vec<u32>,
}

impl Folded {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of the source from which `range` of the folded text was made, marks in and after it included.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        self.origin[range.start] as usize..self.origin[range.end] as usize
    }

    /// The words of the folded text, in order, as byte ranges of it.
    pub fn words(&self) -> Vec<Range<usize>> {
        words(&self.text)
    }
}

/// The words of a text, in order, as byte ranges of it.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::with_capacity(text.len() / 8);
    let mut start = None;
    for (at, letter) in text.char_indices() {
        match (is_word_letter(letter), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

/// Whether `letter` is part of a word: letters and digits of any script.
pub fn is_word_letter(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'A'..='Z' | '0'..='9' | '\u{0620}'..='\u{064A}' | '\u{0671}'..='\u{06D3}')
        || (letter > '\u{7F}' && letter.is_alphanumeric())
}

/// Folds spelling variants so that one word has one form.
///
/// Drops vowel marks (U+064B–U+0652), dagger alef, tatweel, bidi marks and joiners; makes every alef bare, alef
/// maqsura a ya and ta marbuta a ha; Persian kaf and ya Arabic; digits European; Latin letters lower case without
/// accents; hyphens a space; runs of spaces one space (a line's end stays); and writes عبد together with what
/// follows. Leaves all else alone. Never longer than `source` in bytes; folding twice changes nothing more. Any
/// text is accepted and nothing can fail.
///
/// Loses the difference between the preposition "on" and the name Ali, or Malé and "financial", so
/// names that can be mistaken are compared with the source as well ([`same_spelling`]).
///
/// Folds what Lucene's `ArabicNormalizer` folds, and more.
///
/// ```
/// # use bayan::text::fold;
/// let folded = fold("أُسامة"); // Usama, with a damma on the alef
/// assert_eq!(folded.as_str(), "اسامه");
/// assert_eq!(folded.source_range(0..2), 0..4); // alef and damma, two bytes each
/// ```
pub fn fold(source: &str) -> Folded {
    let mut folding = Folding::with_capacity(source.len());
    for (at, letter) in source.char_indices() {
        folding.push(at, letter);
    }
    folding.finish(source.len())
}

/// The folded form of a name of the lexicon, alone.
pub fn fold_name(name: &str) -> String {
    fold(name.trim()).text
}

/// Whether two spellings of one word differ at most in what no writer means by: vowel marks, tatweel, bidi marks
/// and joiners. Hamza, ya and ta marbuta must agree.
pub fn same_spelling(left: &str, right: &str) -> bool {
    let letters = |text| str::chars(text).filter(|&letter| !is_ignorable(letter));
    letters(left).eq(letters(right))
}

/// Whether `written` has, on each letter, the vowel marks that `listed` has there; it may have more.
pub fn has_marks_of(written: &str, listed: &str) -> bool {
    let mut written = written.chars().peekable();
    let mut listed = listed.chars().peekable();
    while listed.next().is_some() {
        if written.next().is_none() {
            return false;
        }
        let mut marks = Marks::default();
        while let Some(mark) = written.next_if(|&letter| is_ignorable(letter)) {
            marks.add(mark);
        }
        while let Some(mark) = listed.next_if(|&letter| is_ignorable(letter)) {
            if !marks.has(mark) {
                return false;
            }
        }
    }
    true
}

/// The vowel marks U+064B to U+0652 of one letter, as a set of bits.
#[derive(Default)]
struct Marks(u8);

impl Marks {
    fn bit(mark: char) -> u8 {
        let place = (mark as u32).wrapping_sub(0x064B);
        if place < 8 { 1 << place } else { 0 }
    }

    fn add(&mut self, mark: char) {
        self.0 |= Marks::bit(mark);
    }

    fn has(&self, mark: char) -> bool {
        self.0 & Marks::bit(mark) == Marks::bit(mark)
    }
}

/// The folded text as it grows.
struct Folding {
    text: String,
    origin: Vec<u32>,
    /// Byte of `text` at which the current word begins.
    word: usize,
}

impl Folding {
    fn with_capacity(bytes: usize) -> Folding {
        Folding {
            text: String::with_capacity(bytes),
            origin: Vec::with_capacity(bytes + 1),
            word: 0,
        }
    }

    fn push(&mut self, at: usize, letter: char) {
        let Some(letter) = fold_letter(letter) else { return };
        if letter == ' ' && (self.text.ends_with([' ', '\n']) || self.text.is_empty()) {
            return;
        }
        if !is_word_letter(letter) {
            if letter == '\n' && self.text.ends_with(' ') {
                self.text.pop();
                self.origin.pop();
            }
            self.append(at, letter);
            self.word = self.text.len();
            return;
        }
        if self.word == self.text.len() {
            self.join_servant(letter);
        }
        self.append(at, letter);
    }

    /// Writes عبد (servant of) together with the word after it, so that عبد الله and عبدالله agree.
    fn join_servant(&mut self, next: char) {
        const SERVANT: &str = "عبد"; // Abd
        let joined = self.text.strip_suffix(' ').is_some_and(|before| {
            before.strip_suffix(SERVANT).is_some_and(|rest| {
                let clitic = rest.chars().next_back().filter(|&letter| is_word_letter(letter));
                clitic.is_none_or(|letter| matches!(letter, '\u{0648}' | '\u{0644}' | '\u{0628}')) // waw, lam, ba
            })
        });
        if joined && next == '\u{0627}' {
            self.text.pop();
            self.origin.pop();
        }
    }

    fn append(&mut self, at: usize, letter: char) {
        self.text.push(letter);
        self.origin
            .resize(self.text.len(), u32::try_from(at).unwrap_or(u32::MAX));
    }

    fn finish(mut self, source: usize) -> Folded {
        if self.text.ends_with(' ') {
            self.text.pop();
            self.origin.pop();
        }
        self.origin.push(u32::try_from(source).unwrap_or(u32::MAX));
        Folded {
            text: self.text,
            origin: self.origin,
        }
    }
}

/// Marks that change how a word sounds or is set, never which word it is.
pub fn is_ignorable(letter: char) -> bool {
    matches!(letter,
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{0610}'..='\u{061A}' | '\u{06D6}'..='\u{06ED}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}' | '\u{00AD}')
}

/// The form that all look-alikes of `letter` share; `None` where it is dropped.
pub fn fold_letter(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='z' | '0'..='9' => letter,
        'A'..='Z' => letter.to_ascii_lowercase(),
        '\n' => '\n',
        ' ' | '\t' | '\r' | '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => ' ',
        '-' | '\u{2010}' | '\u{2011}' => ' ',
        '\0'..='\u{7F}' => letter,
        '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => '\u{0627}', // alefs with madda, hamza, wasla -> alef
        '\u{0649}' | '\u{06CC}' => '\u{064A}',                           // alef maqsura, Persian ya -> ya
        '\u{0629}' | '\u{06C0}' | '\u{06D5}' => '\u{0647}',              // ta marbuta -> ha
        '\u{06A9}' => '\u{0643}',                                        // Persian kaf -> kaf
        '\u{0660}'..='\u{0669}' => char::from(b'0' + u8::try_from(letter as u32 - 0x0660).unwrap_or(0)),
        '\u{06F0}'..='\u{06F9}' => char::from(b'0' + u8::try_from(letter as u32 - 0x06F0).unwrap_or(0)),
        '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' => letter, // all letters but tatweel
        _ if is_ignorable(letter) => return None,
        '\u{00C0}'..='\u{017F}' => bare_latin(letter),
        _ => letter,
    })
}

/// A Latin letter without its accent, in lower case; letters that do not come apart stay, in lower case.
fn bare_latin(letter: char) -> char {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    match lower {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ĕ' => 'e',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'š' | 'ś' | 'ş' | 'ŝ' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ğ' | 'ģ' | 'ĝ' => 'g',
        'đ' | 'ď' | 'ð' => 'd',
        'ł' | 'ľ' | 'ĺ' => 'l',
        'ř' | 'ŕ' => 'r',
        'ť' | 'ţ' => 't',
        other => other,
    }
}

/// The particles written together with a word, in front of it: `و` or `ف`, then `ب`, `ك` or `ل`, then the article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clitics {
    /// "And" or "so".
    pub conjunction: bool,
    /// "In", "as" or "to".
    pub preposition: bool,
    /// The article.
    pub article: bool,
}

impl Clitics {
    /// Reads `prefix`, the folded letters between the start of a word and a name in it; `None` where they are
    /// something else, so that the name is only part of another word.
    pub fn read(prefix: &str) -> Option<Clitics> {
        let mut clitics = Clitics::default();
        let mut rest = prefix;
        if let Some(after) = rest.strip_prefix(['\u{0648}', '\u{0641}']) {
            (clitics.conjunction, rest) = (true, after);
        }
        if let Some(after) = rest.strip_prefix("لل") {
            return after.is_empty().then_some(Clitics {
                preposition: true,
                article: true,
                ..clitics
            });
        }
        if let Some(after) = rest.strip_prefix(['\u{0628}', '\u{0643}', '\u{0644}']) {
            (clitics.preposition, rest) = (true, after);
        }
        if let Some(after) = rest.strip_prefix("ال") {
            (clitics.article, rest) = (true, after);
        }
        rest.is_empty().then_some(clitics)
    }
}

/// The ways to read a folded `word` as clitics and a rest: the byte where the rest begins, and the clitics; none first.
pub fn splits(word: &str) -> impl Iterator<Item = (usize, Clitics)> {
    const LONGEST: usize = 4; // letters: وبال
    const FIRST: [char; 6] = ['\u{0648}', '\u{0641}', '\u{0628}', '\u{0643}', '\u{0644}', '\u{0627}'];
    let most = if word.starts_with(FIRST) { LONGEST } else { 0 };
    let ends = word.char_indices().map(|(at, _)| at).take(most + 1);
    ends.filter_map(|at| Some((at, Clitics::read(&word[..at])?)))
}

/// The ways to read a folded `word` as clitics and a rest of two letters or more, the word itself first.
pub fn readings(word: &str) -> impl Iterator<Item = &str> {
    splits(word)
        .map(|(at, _)| &word[at..])
        .filter(|rest| rest.len() > 3 || rest.len() == word.len())
}

/// `text` with runs of white space made one space and no space at its ends.
pub fn squeeze(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if trimmed.contains("  ") || trimmed.contains(|letter: char| letter.is_whitespace() && letter != ' ') {
        Cow::Owned(trimmed.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(trimmed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_word_agree() {
        for (left, right) in [
            ("إندونيسيا", "اندونيسيا"),        // Indonesia, with and without hamza
            ("سوريّة", "سوريه"),                // Syria
            ("مـــصر", "مصر"),                 // Egypt, stretched
            ("عبد الله", "عبدالله"),           // Abdullah in two words and one
            ("وعبد العزيز", "وعبدالعزيز"),     // and Abdulaziz
            ("کویت", "كويت"),                  // Kuwait in Persian letters
            ("٢٤", "24"),                      // 24
            ("De\u{0301}", "De\u{0301}"),      // left alone
            ("São Tomé", "sao tome"),          // accents
            ("محمد\u{200F}  علي", "محمد علي"), // a bidi mark and two spaces inside a name
        ] {
            assert_eq!(fold_name(left), fold_name(right), "{left} {right}");
        }
    }

    #[test]
    fn clitics_are_read_and_other_letters_are_not() {
        for prefix in ["", "و", "ال", "وال", "بال", "لل", "ولل", "ب", "فب", "كال"] {
            assert!(Clitics::read(prefix).is_some(), "{prefix}");
        }
        for prefix in ["م", "الو", "وو", "للل", "لال\u{0627}"] {
            assert!(Clitics::read(prefix).is_none(), "{prefix}");
        }
        assert!(Clitics::read("لل").is_some_and(|clitics| clitics.article));
    }

    proptest! {
        #[test]
        fn folding_never_grows_and_twice_changes_nothing_more(source in "[ا-ي\u{064B}-\u{0652}عبدلأإآ a-zÀ-ž\n\t.,-]{0,40}|\\PC{0,40}") {
            let folded = fold(&source);
            prop_assert!(folded.as_str().len() <= source.len());
            let again = fold(folded.as_str());
            prop_assert_eq!(again.as_str(), folded.as_str());
            for word in folded.words() {
                let range = folded.source_range(word);
                prop_assert!(source.is_char_boundary(range.start) && source.is_char_boundary(range.end));
            }
        }
    }
}
