//! Quoted posts: what a tweet leaves behind in plain text.

use std::ops::Range;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::date::{self, Date};

/// The line under a quoted post: `— Name (@handle) July 24, 2023`. Ranges are in bytes of the text given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who posted, as written.
    pub name: Range<usize>,
    /// Account name, without the `@`.
    pub handle: Range<usize>,
    /// The day as written.
    pub date_words: Range<usize>,
    /// The day, where it could be read.
    pub date: Option<Date>,
}

impl Attribution {
    /// The same, where the text it was read from begins at byte `offset` of another.
    #[must_use]
    pub fn shifted(&self, offset: usize) -> Attribution {
        let shift = |range: &Range<usize>| range.start + offset..range.end + offset;
        Attribution {
            name: shift(&self.name),
            handle: shift(&self.handle),
            date_words: shift(&self.date_words),
            date: self.date,
        }
    }
}

/// Reads an attribution that takes up all of `line`; `None` where it is anything else.
pub fn attribution(line: &str) -> Option<Attribution> {
    let dash = line.find(|letter: char| !letter.is_whitespace())?;
    let rest = line[dash..].trim_start_matches(['\u{2014}', '\u{2013}', '\u{2015}', '-']);
    let start = line.len() - rest.len();
    if start == dash {
        return None;
    }
    let open = start + rest.find("(@")?;
    let handle = open + 2..open + 2 + handle_length(&line[open + 2..]);
    let after = line[handle.end..].strip_prefix(')')?;
    let name = trimmed(line, start..open);
    let date_words = trimmed(line, line.len() - after.len()..line.len());
    let date = date::dates(&line[date_words.clone()]).first().map(|found| found.date);
    let plausible =
        !handle.is_empty() && !name.is_empty() && date_words.len() < 60 && (date.is_some() || date_words.is_empty());
    plausible.then_some(Attribution {
        name,
        handle,
        date_words,
        date,
    })
}

/// Where in `text` an attribution begins that was glued to the post before it: `…pic.twitter.com/x— Name (@h) July 1, 2020`.
pub fn glued_attribution(text: &str) -> Option<usize> {
    let mut dashes = text
        .char_indices()
        .filter(|(_, letter)| matches!(letter, '\u{2014}' | '\u{2013}' | '\u{2015}'));
    dashes
        .find(|&(at, _)| at > 0 && attribution(&text[at..]).is_some())
        .map(|(at, _)| at)
}

/// The bytes of `range` without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text[range.clone()].trim_start();
    let start = range.end - words.len();
    start..start + words.trim_end().len()
}

/// A piece of a post's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Where it leads; `None` for plain words.
    pub href: Option<String>,
}

/// Cuts a text into plain words and linked hashtags, handles and addresses; glued handles come apart.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find(['@', '#', 'h', 'p']) {
        let start = at + found;
        match linked(text, start) {
            Some((end, href)) => {
                if plain < start {
                    pieces.push(Piece {
                        range: plain..start,
                        href: None,
                    });
                }
                pieces.push(Piece {
                    range: start..end,
                    href: Some(href),
                });
                (plain, at) = (end, end);
            }
            None => at = start + 1,
        }
    }
    if plain < text.len() {
        pieces.push(Piece {
            range: plain..text.len(),
            href: None,
        });
    }
    pieces
}

/// The end and the link of the hashtag, handle or address that begins at byte `start`.
fn linked(text: &str, start: usize) -> Option<(usize, String)> {
    let rest = &text[start..];
    if let Some(handle) = rest.strip_prefix('@') {
        let inside_address =
            text[..start].ends_with(|letter: char| letter.is_ascii_alphanumeric()) && !after_handle(&text[..start]);
        let length = handle_length(handle);
        return (length > 0 && !inside_address)
            .then(|| (start + 1 + length, format!("https://x.com/{}", &handle[..length])));
    }
    if let Some(tag) = rest.strip_prefix('#') {
        let word = |letter: char| letter.is_alphanumeric() || letter == '_' || crate::text::is_ignorable(letter);
        let length = tag.find(|letter| !word(letter)).unwrap_or(tag.len());
        let href = || {
            format!(
                "https://x.com/hashtag/{}",
                utf8_percent_encode(&tag[..length], NON_ALPHANUMERIC)
            )
        };
        return (length > 0).then(|| (start + 1 + length, href()));
    }
    let prefix = ["https://", "http://", "pic.twitter.com/"]
        .into_iter()
        .find(|prefix| rest.starts_with(prefix))?;
    let stop = |letter: char| letter.is_whitespace() || !letter.is_ascii() || matches!(letter, '"' | '<' | '>' | '`');
    let length = rest.find(stop).unwrap_or(rest.len());
    let address = rest[..length].trim_end_matches(['.', ',', ')', ']', ';', ':', '!', '?', '\'']);
    let scheme = if prefix.starts_with("pic") { "https://" } else { "" };
    (address.len() > prefix.len()).then(|| (start + address.len(), format!("{scheme}{address}")))
}

/// Whether `text` ends with a handle, so that an `@` after it begins another one.
fn after_handle(text: &str) -> bool {
    let bare = text.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
    bare.ends_with('@') && bare.len() < text.len()
}

/// Bytes of the account name at the start of `text`: at most 15 letters, digits and underscores; a picture's address
/// glued to it is not part of it.
fn handle_length(text: &str) -> usize {
    let end = text
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
        .unwrap_or(text.len());
    let end = match text[..end].strip_suffix("pic") {
        Some(handle) if text[end..].starts_with(".twitter.com/") => handle.len(),
        _ => end,
    };
    if end > 20 { 0 } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribution_gives_name_handle_and_day() {
        let line = "— Sanjay Verma (@SanjayVermalFS) July 24, 2023";
        let found = attribution(line).expect("an attribution");
        assert_eq!(&line[found.name.clone()], "Sanjay Verma");
        assert_eq!(&line[found.handle.clone()], "SanjayVermalFS");
        assert_eq!(found.date, Some(jiff::civil::date(2023, 7, 24)));
        for line in [
            "—",
            "— no handle",
            "- (@x)",
            "Name (@handle) July 24, 2023",
            "— Name (@handle) said that he will come",
        ] {
            assert_eq!(attribution(line), None, "{line}");
        }
    }

    #[test]
    fn hashtags_handles_and_addresses_come_apart() {
        let cases = [
            (
                "@MEAIndia@HCIMaldives pic.twitter.com/BIU4",
                vec!["@MEAIndia", "@HCIMaldives", "pic.twitter.com/BIU4"],
            ),
            ("2nd #India–#Maldives", vec!["#India", "#Maldives"]),
            ("#بيان_مشترك.", vec!["#بيان_مشترك"]), // #joint_statement
            (
                "@HCIMaldivespic.twitter.com/x",
                vec!["@HCIMaldives", "pic.twitter.com/x"],
            ),
            ("press@example.org", vec![]),
            ("(https://example.org/a).", vec!["https://example.org/a"]),
        ];
        for (text, links) in cases {
            let found: Vec<&str> = pieces(text)
                .iter()
                .filter(|piece| piece.href.is_some())
                .map(|piece| &text[piece.range.clone()])
                .collect();
            assert_eq!(found, links, "{text}");
            let whole: String = pieces(text).iter().map(|piece| &text[piece.range.clone()]).collect();
            assert_eq!(whole, text);
        }
    }
}
