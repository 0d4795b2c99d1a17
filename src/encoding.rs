//! Bytes of unknown encoding to text in normal form C with `\n` between lines.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};
use icu::normalizer::ComposingNormalizer;

use crate::diagnostic::{Diagnostic, Place};

/// A text and the encoding it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// In normal form C, with `\n` between lines and no byte-order mark.
    pub text: String,
    /// Name of the encoding, as browsers call it.
    pub encoding: &'static str,
    /// Control characters that stood in it and were left out, where an editor shows them.
    pub stray: Vec<(Place, char)>,
}

impl Decoded {
    /// Says where control characters stood; `None` where there were none.
    pub fn diagnostic(&self, file: &str) -> Option<Diagnostic> {
        let &(place, letter) = self.stray.first()?;
        let more = match self.stray.len() - 1 {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let message = format!("a control character (U+{:04X}) stands in the text{more}", letter as u32);
        let mut warning = Diagnostic::warning(file, message).hint("it is left out; take it away");
        warning.place = Some(place);
        Some(warning)
    }
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EncodingError {
    /// Nothing, or white space alone.
    #[error("the file is empty")]
    Empty,
    /// Zero bytes or control bytes, as in a picture or a Word file.
    #[error("the file is not text")]
    Binary {
        /// The first of them.
        place: Place,
    },
}

impl EncodingError {
    /// The fault as a person sees it.
    pub fn diagnostic(self, file: &str) -> Diagnostic {
        let (place, hint) = match self {
            EncodingError::Empty => (None, "write the briefing into it, or take it away"),
            EncodingError::Binary { place } => (Some(place), "save it as plain text (UTF-8, UTF-16 or Windows-1256)"),
        };
        let mut fault = Diagnostic::error(file, self.to_string()).hint(hint);
        fault.place = place;
        fault
    }
}

/// Decodes `bytes`: UTF-8 and UTF-16 with or without a byte-order mark, else the Arabic code page under which more of
/// the text reads as Arabic, else Windows-1252.
///
/// # Errors
///
/// Where the bytes are empty, or hold control bytes that no text holds.
pub fn decode(bytes: &[u8]) -> Result<Decoded, EncodingError> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None => (guess(bytes), bytes),
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    if text.trim().is_empty() {
        return Err(EncodingError::Empty);
    }
    let text = normal(text);
    let stray = controls(&text);
    if let Some(&(place, _)) = stray.first().filter(|_| is_binary(&text, &stray)) {
        return Err(EncodingError::Binary { place });
    }
    let text = if stray.is_empty() {
        text
    } else {
        text.replace(is_control, "")
    };
    if text.trim().is_empty() {
        return Err(EncodingError::Empty);
    }
    Ok(Decoded {
        text,
        encoding: encoding.name(),
        stray: stray.into_iter().filter(|(_, letter)| is_control(*letter)).collect(),
    })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return UTF_8;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    // The detector favours Western pages on short texts, so the Arabic ones are weighed here too.
    let best = [WINDOWS_1256, ISO_8859_6]
        .into_iter()
        .max_by_key(|page| (arabic_share(bytes, page), *page == WINDOWS_1256));
    match best {
        Some(page) if arabic_share(bytes, page) >= 50 => page,
        _ if guess == UTF_8 => UTF_8,
        _ => WINDOWS_1252,
    }
}

/// UTF-16 without a mark: every other byte of most of the text is zero (Latin) or six (Arabic).
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let page = |byte: u8| byte == 0 || byte == 6;
    let share = |skip: usize| bytes.iter().skip(skip).step_by(2).filter(|&&byte| page(byte)).count() * 2;
    let (high_first, low_first) = (share(0), share(1));
    let most = bytes.len() / 10 * 7;
    match (high_first > most, low_first > most) {
        _ if bytes.len() < 4 || bytes.len() % 2 == 1 => None,
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// How many in a hundred of the bytes beyond ASCII are letters or marks of Arabic under `page`, frequent ones twice.
fn arabic_share(bytes: &[u8], page: &'static Encoding) -> usize {
    let (text, _) = page.decode_without_bom_handling(bytes);
    let (mut beyond, mut weight) = (0usize, 0usize);
    for letter in text.chars().filter(|letter| !letter.is_ascii()) {
        beyond += 1;
        weight += match letter {
            '\u{0627}' | '\u{0644}' | '\u{064A}' | '\u{0645}' | '\u{0646}' | '\u{0648}' | '\u{0631}' | '\u{062A}' => 2, // ا ل ي م ن و ر ت
            '\u{0621}'..='\u{0652}' | '\u{060C}' | '\u{061B}' | '\u{061F}' => 1,
            _ => 0,
        };
    }
    (weight * 100).checked_div(beyond).unwrap_or(0)
}

/// Whether a letter is a control character that no text holds.
fn is_control(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}')
}

/// The control characters and lost letters of a text, with their places.
fn controls(text: &str) -> Vec<(Place, char)> {
    let bad = |letter: char| is_control(letter) || letter == '\u{FFFD}';
    if !text.contains(bad) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (line, words) in text.split('\n').enumerate() {
        let letters = words.chars().enumerate().filter(|&(_, letter)| bad(letter));
        let placed = letters.map(|(column, letter)| {
            let place = Place {
                line: line + 1,
                column: column + 1,
            };
            (place, letter)
        });
        found.extend(placed);
    }
    found
}

/// Whether a text is none: a zero byte, or more control characters and lost letters than slip into one, which is one in
/// a hundred, or in a short text three, if no more than one in five.
fn is_binary(text: &str, stray: &[(Place, char)]) -> bool {
    let zero = stray.iter().any(|&(_, letter)| letter == '\0');
    let letters = text.chars().count();
    zero || stray.len() * 5 > letters || (stray.len() > 3 && stray.len() * 100 > letters)
}

/// `text` in normal form C with `\n` between lines.
pub fn composed(text: &str) -> String {
    normal(text.into())
}

fn normal(text: Cow<'_, str>) -> String {
    let normalizer = ComposingNormalizer::new_nfc();
    let text = match normalizer.normalize(&text) {
        Cow::Borrowed(same) if same.len() == text.len() => text.into_owned(),
        composed => composed.into_owned(),
    };
    if text.contains(['\r', '\u{0B}', '\u{0C}', '\u{85}', '\u{2028}', '\u{2029}']) {
        text.replace("\r\n", "\n")
            .replace(['\r', '\u{0B}', '\u{0C}', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "عقد الجانبان اجتماعًا في القاهرة يوم الإثنين.\nوأكد الوزير أهمية التعاون.\n"; // a meeting in Cairo

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_text_reads_the_same_in_every_encoding() {
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend(TEXT.as_bytes());
        let mut wide_marked = vec![0xFF, 0xFE];
        wide_marked.extend(utf16(TEXT, u16::to_le_bytes));
        for (encoding, bytes) in [
            ("UTF-8", TEXT.as_bytes().to_vec()),
            ("UTF-8", marked),
            ("UTF-16LE", wide_marked),
            ("UTF-16LE", utf16(TEXT, u16::to_le_bytes)),
            ("UTF-16BE", utf16(TEXT, u16::to_be_bytes)),
            ("windows-1256", WINDOWS_1256.encode(TEXT).0.into_owned()),
            ("ISO-8859-6", ISO_8859_6.encode(TEXT).0.into_owned()),
        ] {
            let decoded = decode(&bytes).unwrap_or_else(|error| panic!("{encoding}: {error}"));
            assert_eq!((decoded.text.as_str(), decoded.encoding), (TEXT, encoding));
        }
    }

    #[test]
    fn every_line_end_becomes_one_and_letters_are_composed() {
        let decoded = decode("a\r\nb\rc\u{2028}\u{0627}\u{0653}".as_bytes());
        assert_eq!(decoded.map(|decoded| decoded.text), Ok("a\nb\nc\n\u{0622}".into())); // alef with madda
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b" \n"), Err(EncodingError::Empty));
        let place = Place { line: 2, column: 1 };
        let picture = decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
        assert_eq!(picture, Err(EncodingError::Binary { place }));
    }

    #[test]
    fn a_stray_control_character_costs_itself_and_is_told() {
        let decoded = decode("قال\nال\u{7}وزير\u{1F}".as_bytes()).expect("a text"); // the minister said
        assert_eq!(decoded.text, "قال\nالوزير");
        let warning = decoded.diagnostic("seeds/a.txt").expect("a warning");
        assert_eq!(warning.place, Some(Place { line: 2, column: 3 }));
        assert!(
            warning.message.ends_with("(U+0007) stands in the text, and 1 more"),
            "{warning}"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }
    }
}
