//! The words of a text as numbers that are equal where spellings of one word are.

use std::ops::Range;

use crate::text;

/// A word, or a number with its points and commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Equal for spellings of one word, with or without "and" before it; by chance for 1 in 2^64 others.
    pub key: u64,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Whether it is written in digits.
    pub number: bool,
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// The word "and", which is written together with the next one.
const AND: char = '\u{0648}';

/// Hands the words of `text` to `each`, in order. Letters and digits that touch are two words (1436هـ), and digits with
/// one point or comma between them are one (63.1 and 63,1 alike).
pub fn cut(text: &str, mut each: impl FnMut(Word)) {
    let mut open: Option<Open> = None;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let Some(letter) = text::fold_letter(letter) else {
            continue;
        };
        let digit = letter.is_ascii_digit();
        let part = digit || text::is_word_letter(letter);
        match &mut open {
            Some(word) if part && word.number == digit && word.goes_on(digit, at) => word.add(letter, end),
            Some(word) if word.number && word.end == at && is_point(letter) => word.point = end,
            _ => {
                if let Some(word) = open.take() {
                    each(word.close());
                }
                open = part.then(|| Open::new(letter, at..end, digit));
            }
        }
    }
    if let Some(word) = open {
        each(word.close());
    }
}

fn is_point(letter: char) -> bool {
    matches!(letter, '.' | ',' | '\u{066B}' | '\u{066C}') // the Arabic points of decimals and thousands
}

/// A word that is not at its end yet.
struct Open {
    key: u64,
    letters: usize,
    /// Whether it begins with the letter of "and", which is not in `key`.
    and: bool,
    number: bool,
    start: usize,
    end: usize,
    /// The byte after the point or comma that follows a number.
    point: usize,
}

impl Open {
    fn new(letter: char, range: Range<usize>, number: bool) -> Open {
        let and = letter == AND;
        let key = if and { SEED } else { step(SEED, letter) };
        Open {
            key,
            letters: 1,
            and,
            number,
            start: range.start,
            end: range.end,
            point: range.end,
        }
    }

    /// Whether a letter at byte `at` still belongs to it.
    fn goes_on(&self, digit: bool, at: usize) -> bool {
        !digit || self.end == at || self.point == at
    }

    fn add(&mut self, letter: char, end: usize) {
        self.key = step(self.key, letter);
        self.letters += 1;
        self.end = end;
    }

    fn close(self) -> Word {
        // Of a short word, the letter is its own: وزن, weight.
        let own = self.and && self.letters <= 3;
        Word {
            key: if own { step(self.key, AND) } else { self.key },
            range: self.start..self.end,
            number: self.number,
        }
    }
}

fn step(key: u64, letter: char) -> u64 {
    (key ^ u64::from(u32::from(letter))).wrapping_mul(PRIME)
}

/// A name as one number, equal where all its letters are.
pub fn key(name: &str) -> u64 {
    name.chars().fold(SEED, step)
}

/// A run of three words as one number.
pub fn run(keys: [u64; 3]) -> u64 {
    let mixed = keys.iter().fold(SEED, |mixed, key| {
        (mixed.rotate_left(23) ^ key).wrapping_mul(0x9FB2_1C65_1E98_DF25)
    });
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<u64> {
        let mut keys = Vec::new();
        cut(text, |word| keys.push(word.key));
        keys
    }

    #[test]
    fn spellings_of_one_text_have_the_same_keys() {
        for (left, right) in [
            ("أكّدت الحكومة", "اكدت الحكومه"),                // the government stressed
            ("وأوضح الوزير", "أوضح الوزير"),                 // and the minister explained
            ("٦٣٫١ في المئة", "63.1 في المئة"),              // percent
            ("1,061 حالة", "1061 حالة"),                     // cases
            ("سنة 1436هـ", "سنة 1436 هـ"),                   // year of the Hijra
            ("انتهى عام 2015، وبدأ", "انتهى عام 2015 وبدأ"), // ended, began
        ] {
            assert_eq!(keys(left), keys(right), "{left}");
        }
    }

    #[test]
    fn other_words_have_other_keys() {
        for (left, right) in [
            ("وزن", "زن"), // weight is not "and" and something
            ("12 13", "1213"),
            ("1. 2", "12"),
            ("18-38", "1838"),
        ] {
            assert_ne!(keys(left), keys(right), "{left}");
        }
    }

    #[test]
    fn words_stand_where_they_are_in_the_text() {
        let text = "بلغ 72.35، ثمّ"; // it reached, then
        let mut words = Vec::new();
        cut(text, |word| words.push((text[word.range].to_owned(), word.number)));
        let plain = |word: &str, number| (word.to_owned(), number);
        assert_eq!(words, [plain("بلغ", false), plain("72.35", true), plain("ثم", false)]);
    }
}
