//! Arabic and Latin text, folded for matching and mapped back to the text as published.
//!
//! In: UTF-8 in normal form C, with or without vowel marks. Out: a [`Folded`] text in which
//! spellings of one word agree, and its words. Ranges are in bytes; characters are counted only for people.

use std::borrow::Cow;
use std::ops::Range;

/// A text in which spellings of one word agree, with its words and the way back to its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    words: Vec<Range<usize>>,
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
    pub fn words(&self) -> &[Range<usize>] {
        &self.words
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
    match letter {
        '\u{0620}'..='\u{064A}' | '\u{0671}'..='\u{06D3}' => true,
        '\0'..='\u{7F}' => letter.is_ascii_alphanumeric(),
        '\u{060C}' | '\u{061B}' | '\u{061F}' | '«' | '»' | '\u{2010}'..='\u{203A}' => false, // frequent marks
        _ => letter.is_alphanumeric(),
    }
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
    let folding = Folding::<true>::of(source);
    Folded {
        text: folding.text,
        words: folding.words,
        origin: folding.origin,
    }
}

/// The folded form of a name of the lexicon, alone.
pub fn fold_name(name: &str) -> String {
    Folding::<false>::of(name.trim()).text
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

/// The folded text as it grows; where it is not `MAPPED`, without words and the way back.
struct Folding<const MAPPED: bool> {
    text: String,
    words: Vec<Range<usize>>,
    origin: Vec<u32>,
    /// Byte of `text` at which the current word begins, or the next one would.
    word: usize,
}

impl<const MAPPED: bool> Folding<MAPPED> {
    fn of(source: &str) -> Folding<MAPPED> {
        let mapped = if MAPPED { source.len() + 1 } else { 0 };
        let mut folding = Folding {
            text: String::with_capacity(source.len()),
            words: Vec::with_capacity(mapped / 8),
            origin: Vec::with_capacity(mapped),
            word: 0,
        };
        for (at, letter) in source.char_indices() {
            if let Some(letter) = fold_letter(letter) {
                folding.push(small(at), letter);
            }
        }
        folding.finish(small(source.len()));
        folding
    }

    fn push(&mut self, at: u32, letter: char) {
        if is_word_letter(letter) {
            if self.word == self.text.len() && letter == '\u{0627}' {
                self.join_servant();
            }
            self.append(at, letter);
            return;
        }
        if letter == ' ' && (self.text.is_empty() || self.text.ends_with([' ', '\n'])) {
            return;
        }
        self.end_word();
        if letter == '\n' {
            self.drop_space();
        }
        self.append(at, letter);
        self.word = self.text.len();
    }

    /// Writes عبد (servant of) together with the word after it that begins with alef, so that عبد الله and عبدالله
    /// agree.
    fn join_servant(&mut self) {
        const SERVANT: &str = "عبد"; // Abd
        let joined = self.text.strip_suffix(' ').is_some_and(|before| {
            before.strip_suffix(SERVANT).is_some_and(|rest| {
                let clitic = rest.chars().next_back().filter(|&letter| is_word_letter(letter));
                clitic.is_none_or(|letter| matches!(letter, '\u{0648}' | '\u{0644}' | '\u{0628}')) // waw, lam, ba
            })
        });
        if joined {
            self.drop_space();
            self.word = self.words.pop().map_or(0, |servant| servant.start);
        }
    }

    fn append(&mut self, at: u32, letter: char) {
        self.text.push(letter);
        if MAPPED {
            for _ in 0..letter.len_utf8() {
                self.origin.push(at);
            }
        }
    }

    fn end_word(&mut self) {
        if MAPPED && self.word < self.text.len() {
            self.words.push(self.word..self.text.len());
        }
    }

    /// Takes a space at the end away.
    fn drop_space(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
            self.origin.pop();
        }
    }

    fn finish(&mut self, source: u32) {
        self.end_word();
        self.drop_space();
        if MAPPED {
            self.origin.push(source);
        }
    }
}

fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Marks that change how a word sounds or is set, never which word it is.
pub const fn is_ignorable(letter: char) -> bool {
    matches!(letter,
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{0610}'..='\u{061A}' | '\u{06D6}'..='\u{06ED}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}' | '\u{00AD}')
}

/// The form that all look-alikes of `letter` share; `None` where it is dropped.
pub fn fold_letter(letter: char) -> Option<char> {
    Some(match letter {
        '\u{0600}'..='\u{06FF}' => return ARABIC[letter as usize - 0x0600],
        'a'..='z' | '0'..='9' | '\n' => letter,
        'A'..='Z' => letter.to_ascii_lowercase(),
        ' ' | '\t' | '\r' | '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => ' ',
        '-' | '\u{2010}' | '\u{2011}' => ' ',
        '\0'..='\u{7F}' => letter,
        _ if is_ignorable(letter) => return None,
        '\u{00C0}'..='\u{017F}' => bare_latin(letter),
        _ => letter,
    })
}

/// The folded letters of the Arabic block, U+0600 to U+06FF.
const ARABIC: [Option<char>; 256] = {
    let mut folded = [None; 256];
    let mut at = 0;
    while at < 256_u32 {
        if let Some(letter) = char::from_u32(0x0600 + at) {
            folded[at as usize] = fold_arabic(letter);
        }
        at += 1;
    }
    folded
};

const fn fold_arabic(letter: char) -> Option<char> {
    Some(match letter {
        '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => '\u{0627}', // alefs with madda, hamza, wasla -> alef
        '\u{0649}' | '\u{06CC}' => '\u{064A}',                           // alef maqsura, Persian ya -> ya
        '\u{0629}' | '\u{06C0}' | '\u{06D5}' => '\u{0647}',              // ta marbuta -> ha
        '\u{06A9}' => '\u{0643}',                                        // Persian kaf -> kaf
        '\u{0660}'..='\u{0669}' => return char::from_digit(letter as u32 - 0x0660, 10),
        '\u{06F0}'..='\u{06F9}' => return char::from_digit(letter as u32 - 0x06F0, 10),
        _ if is_ignorable(letter) => return None,
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
    let read = ends.map(|at| (at, Clitics::read(&word[..at])));
    // Only after an alef, of which the article may come, can a longer prefix be clitics where a shorter one is not.
    let going_on = read.take_while(|&(at, clitics)| clitics.is_some() || word[..at].ends_with('\u{0627}'));
    going_on.filter_map(|(at, clitics)| Some((at, clitics?)))
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

    #[test]
    fn letters_marks_and_digits_are_told_as_unicode_tells_them() {
        for letter in '\0'..'\u{3000}' {
            let told = letter.is_alphanumeric() || letter == '\u{0640}' || matches!(letter, '\u{0671}'..='\u{06D3}');
            assert_eq!(is_word_letter(letter), told, "{letter:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_never_grows_and_twice_changes_nothing_more(source in "[ا-ي\u{064B}-\u{0652}عبدلأإآ a-zÀ-ž\n\t.,-]{0,40}|\\PC{0,40}") {
            let folded = fold(&source);
            prop_assert!(folded.as_str().len() <= source.len());
            let again = fold(folded.as_str());
            prop_assert_eq!(again.as_str(), folded.as_str());
            prop_assert_eq!(folded.words(), words(folded.as_str()));
            for word in folded.words() {
                let range = folded.source_range(word.clone());
                prop_assert!(source.is_char_boundary(range.start) && source.is_char_boundary(range.end));
            }
        }
    }
}
