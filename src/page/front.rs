//! The front matter of a page: what a person states at its head.
//!
//! In: a file that opens with a line of `---`. Out: a [`FrontMatter`] and the body below it. Reading is strict, yet a
//! faulty key costs that key alone, and broken YAML the front matter alone: there is always a page.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use super::yaml::{self, Entry, Node, Value, YamlError};
use super::{CopyOf, FrontMatter, Review, SourceRef};
use crate::date::{self, Date};
use crate::diagnostic::{Checked, Diagnostic, nearest};
use crate::language::Language;
use crate::text;

/// The keys of a front matter, in the order in which they are printed.
const KEYS: [&str; 14] = [
    "title",
    "date",
    "lang",
    "slug",
    "summary",
    "countries",
    "officials",
    "organisations",
    "topics",
    "set-apart",
    "aliases",
    "copy-of",
    "source",
    "review",
];

/// The keys of `source`.
const SOURCE_KEYS: [&str; 2] = ["file", "blake3"];

/// What can be wrong with the front matter of a page. Ranges are in bytes of the page file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the message of each variant names its fields")]
pub enum FrontMatterError {
    /// It is opened and never closed; `range` is the line that opens it. Costs the whole front matter.
    #[error("the front matter is not closed")]
    Unclosed { range: Range<usize> },
    /// `range` is where reading stopped. Costs the whole front matter.
    #[error("the front matter is not YAML: {reason}")]
    NotYaml { range: Range<usize>, reason: String },
    /// It is a list or a word. Costs the whole front matter.
    #[error("the front matter is not a mapping of keys to values")]
    NotAMapping { range: Range<usize> },
    /// Nothing is called so in `place`, where the keys `known` are.
    #[error("no key `{key}` in {place}")]
    UnknownKey {
        range: Range<usize>,
        key: String,
        place: &'static str,
        known: &'static [&'static str],
    },
    /// `range` is the second one; the first one counts.
    #[error("the key `{key}` stands twice")]
    DuplicateKey { range: Range<usize>, key: String },
    /// A list where words should be, or the like.
    #[error("`{key}` is not {expected}")]
    WrongType {
        range: Range<usize>,
        key: String,
        expected: Expected,
    },
    /// A value that is written and has no words.
    #[error("`{key}` is empty")]
    Empty { range: Range<usize>, key: String },
    /// Words of which no address can be made.
    #[error("`{key}` has no letter and no digit")]
    NoLetter { range: Range<usize>, key: &'static str },
    /// Not four, two and two digits with hyphens between.
    #[error("the date is not of the form YYYY-MM-DD")]
    BadDate { range: Range<usize> },
    /// Such as 31 February.
    #[error("there is no such day")]
    NoSuchDay { range: Range<usize> },
    /// Not one of the few `words` that the key takes.
    #[error("`{key}` is none of {}", words.join(", "))]
    UnknownWord {
        range: Range<usize>,
        key: &'static str,
        words: Vec<&'static str>,
    },
    /// `source` needs both of its keys.
    #[error("`source` has no `{key}`")]
    MissingKey { range: Range<usize>, key: &'static str },
}

/// What a value should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Words.
    Text,
    /// A list of words.
    List,
    /// A file and its hash.
    Source,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Expected::Text => "text",
            Expected::List => "a list of words",
            Expected::Source => "a mapping of `file` and `blake3`",
        })
    }
}

impl FrontMatterError {
    /// Where it is, in bytes of the page file.
    pub fn range(&self) -> &Range<usize> {
        match self {
            FrontMatterError::Unclosed { range }
            | FrontMatterError::NotYaml { range, .. }
            | FrontMatterError::NotAMapping { range }
            | FrontMatterError::UnknownKey { range, .. }
            | FrontMatterError::DuplicateKey { range, .. }
            | FrontMatterError::WrongType { range, .. }
            | FrontMatterError::Empty { range, .. }
            | FrontMatterError::NoLetter { range, .. }
            | FrontMatterError::BadDate { range }
            | FrontMatterError::NoSuchDay { range }
            | FrontMatterError::UnknownWord { range, .. }
            | FrontMatterError::MissingKey { range, .. } => range,
        }
    }

    /// The fault as a person sees it; `text` is the whole of `file`.
    pub fn diagnostic(&self, file: &str, text: &str) -> Diagnostic {
        let found = text.get(self.range().clone()).unwrap_or_default();
        Diagnostic::error(file, self.to_string())
            .at(text, self.range())
            .hint(self.hint(found))
    }

    fn hint(&self, found: &str) -> String {
        match self {
            FrontMatterError::Unclosed { .. } => "write a line of --- below the last key".into(),
            FrontMatterError::NotYaml { .. } => "put a value that holds `: ` or ` #` in quotation marks".into(),
            FrontMatterError::NotAMapping { .. } => "write each key on its line, such as `lang: ar`".into(),
            FrontMatterError::UnknownKey { key, known, .. } => meant(key, known, "the keys are "),
            FrontMatterError::DuplicateKey { .. } => "the first one counts; take the others away".into(),
            FrontMatterError::WrongType { key, expected, .. } => match expected {
                Expected::Text => format!("write `{key}: ` and words on one line"),
                Expected::List => format!("write `{key}: [one, another]`"),
                Expected::Source => "write `source: {file: seeds/name.txt, blake3: hash}`".into(),
            },
            FrontMatterError::Empty { .. } | FrontMatterError::NoLetter { .. } => {
                "leave it out to have it found".into()
            }
            FrontMatterError::BadDate { .. } => match date::dates(found).first() {
                Some(day) => format!("write it as {}", day.date),
                None => "write it as 2024-05-12".into(),
            },
            FrontMatterError::NoSuchDay { .. } => "look the day up; the form is YYYY-MM-DD".into(),
            FrontMatterError::UnknownWord { words, .. } => meant(found, words, "write one of "),
            FrontMatterError::MissingKey { key, .. } => format!("add `{key}`, or take `source` away"),
        }
    }
}

/// The known word that is near to `word`, else all of them.
fn meant(word: &str, known: &[&str], all: &str) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{all}{}", known.join(", ")),
    }
}

/// The front matter that `text` opens with, and the body below it; `None` where the first line is not `---`.
///
/// A key without a value counts as left out. Where the front matter is not closed, all that follows its first line is
/// the body. One empty line after the front matter is no part of the body.
pub fn read<'a>(file: &str, text: &'a str) -> Option<Checked<(FrontMatter, &'a str)>> {
    let opening = opening(text)?;
    let (front, body, faults) = match span(text) {
        Some(span) => {
            let (front, faults) = parse(&text[span.yaml.clone()], opening);
            (front, span.body(text), faults)
        }
        None => {
            let range = 0..text[..opening].trim_end().len();
            let faults = vec![FrontMatterError::Unclosed { range }];
            (FrontMatter::default(), &text[opening..], faults)
        }
    };
    Some(Checked {
        value: (front, body),
        diagnostics: faults.iter().map(|fault| fault.diagnostic(file, text)).collect(),
    })
}

/// Where a front matter stands, in bytes of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The lines between the two fences.
    pub yaml: Range<usize>,
    /// The byte after the closing fence and its line end.
    pub end: usize,
}

impl Span {
    /// The body below it.
    pub fn body<'a>(&self, text: &'a str) -> &'a str {
        let body = &text[self.end..];
        body.strip_prefix("\r\n")
            .or_else(|| body.strip_prefix('\n'))
            .unwrap_or(body)
    }
}

/// Where the front matter stands that `text` opens with and that is closed.
pub fn span(text: &str) -> Option<Span> {
    let opening = opening(text)?;
    let fence = closing(text, opening)?;
    Some(Span {
        yaml: opening..fence.start,
        end: fence.end,
    })
}

/// The byte after the line of `---` that `text` opens with.
fn opening(text: &str) -> Option<usize> {
    let opening = line_end(text, 0);
    is_fence(&text[..opening]).then_some(opening)
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// The byte after the end of the line that begins at `start`.
fn line_end(text: &str, start: usize) -> usize {
    text[start..].find('\n').map_or(text.len(), |at| start + at + 1)
}

/// The line that closes a front matter whose first key is at byte `start`.
fn closing(text: &str, mut start: usize) -> Option<Range<usize>> {
    while start < text.len() {
        let end = line_end(text, start);
        if is_fence(&text[start..end]) {
            return Some(start..end);
        }
        start = end;
    }
    None
}

/// Reads the lines of a front matter, which begin at byte `start` of the file.
fn parse(yaml: &str, start: usize) -> (FrontMatter, Vec<FrontMatterError>) {
    let mut front = FrontMatter::default();
    let node = match yaml::read(yaml, start) {
        Ok(node) => node,
        Err(YamlError { range, reason }) => return (front, vec![FrontMatterError::NotYaml { range, reason }]),
    };
    let entries = match node.value {
        Value::Null => return (front, Vec::new()),
        Value::Map(entries) => entries,
        _ => return (front, vec![FrontMatterError::NotAMapping { range: node.range }]),
    };
    let mut faults = Vec::new();
    for entry in unique(entries, &mut faults) {
        if let Err(fault) = set(&mut front, &entry) {
            faults.push(fault);
        }
    }
    faults.sort_by_key(|fault| fault.range().start);
    (front, faults)
}

/// The first entry of each key.
fn unique(entries: Vec<Entry>, faults: &mut Vec<FrontMatterError>) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let (first, again): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| seen.insert(entry.key.clone()));
    faults.extend(again.into_iter().map(|entry| FrontMatterError::DuplicateKey {
        range: entry.range,
        key: entry.key,
    }));
    first
}

fn set(front: &mut FrontMatter, entry: &Entry) -> Result<(), FrontMatterError> {
    match entry.key.as_str() {
        "title" => front.title = words(entry)?,
        "date" => front.date = day(entry)?,
        "lang" => front.lang = choice(entry, "lang", &Language::ALL, Language::tag)?,
        "slug" => front.slug = slug(entry)?,
        "summary" => front.summary = line(entry)?,
        "countries" => front.countries = list(entry)?,
        "officials" => front.officials = list(entry)?,
        "organisations" => front.organisations = list(entry)?,
        "topics" => front.topics = list(entry)?,
        "set-apart" => front.set_apart = list(entry)?.unwrap_or_default(),
        "aliases" => front.aliases = list(entry)?.into_iter().flatten().map(rooted).collect(),
        "copy-of" => front.copy_of = words(entry)?.map(CopyOf::of),
        "source" => front.source = source(entry)?,
        "review" => {
            front.review = choice(entry, "review", &[Review::Auto, Review::Done], Review::word)?.unwrap_or_default();
        }
        _ => return Err(unknown(entry, "the front matter", &KEYS)),
    }
    Ok(())
}

fn unknown(entry: &Entry, place: &'static str, known: &'static [&'static str]) -> FrontMatterError {
    FrontMatterError::UnknownKey {
        range: entry.range.clone(),
        key: entry.key.clone(),
        place,
        known,
    }
}

fn wrong(entry: &Entry, node: &Node, expected: Expected) -> FrontMatterError {
    FrontMatterError::WrongType {
        range: node.range.clone(),
        key: entry.key.clone(),
        expected,
    }
}

/// A value on one line; `None` where nothing is written.
fn line(entry: &Entry) -> Result<Option<String>, FrontMatterError> {
    match &entry.value.value {
        Value::Null => Ok(None),
        Value::Text(words) => Ok(Some(text::squeeze(words).into_owned())),
        _ => Err(wrong(entry, &entry.value, Expected::Text)),
    }
}

/// The last part of an address.
fn slug(entry: &Entry) -> Result<Option<String>, FrontMatterError> {
    let told = |letter: char| text::is_word_letter(letter) && !text::is_ignorable(letter);
    match words(entry)? {
        Some(words) if !words.contains(told) => Err(FrontMatterError::NoLetter {
            range: entry.value.range.clone(),
            key: "slug",
        }),
        words => Ok(words),
    }
}

/// A value on one line that is not empty.
fn words(entry: &Entry) -> Result<Option<String>, FrontMatterError> {
    match line(entry)? {
        Some(words) if words.is_empty() => Err(FrontMatterError::Empty {
            range: entry.value.range.clone(),
            key: entry.key.clone(),
        }),
        words => Ok(words),
    }
}

/// Words, each on one line and none empty.
fn list(entry: &Entry) -> Result<Option<Vec<String>>, FrontMatterError> {
    let items = match &entry.value.value {
        Value::Null => return Ok(None),
        Value::List(items) => items,
        _ => return Err(wrong(entry, &entry.value, Expected::List)),
    };
    let item = |node: &Node| match &node.value {
        Value::Text(words) if !words.trim().is_empty() => Ok(text::squeeze(words).into_owned()),
        _ => Err(wrong(entry, node, Expected::List)),
    };
    items.iter().map(item).collect::<Result<_, _>>().map(Some)
}

/// The one of `all` whose `word` is written.
fn choice<T: Copy>(
    entry: &Entry,
    key: &'static str,
    all: &[T],
    word: fn(T) -> &'static str,
) -> Result<Option<T>, FrontMatterError> {
    let Some(found) = line(entry)? else { return Ok(None) };
    let one = all.iter().copied().find(|&one| word(one) == found);
    one.map(Some).ok_or_else(|| FrontMatterError::UnknownWord {
        range: entry.value.range.clone(),
        key,
        words: all.iter().map(|&one| word(one)).collect(),
    })
}

/// A day of the form YYYY-MM-DD.
fn day(entry: &Entry) -> Result<Option<Date>, FrontMatterError> {
    let Some(words) = line(entry)? else { return Ok(None) };
    let fits = |(at, byte): (usize, u8)| {
        if at == 4 || at == 7 {
            byte == b'-'
        } else {
            byte.is_ascii_digit()
        }
    };
    let range = entry.value.range.clone();
    if words.len() != 10 || !words.bytes().enumerate().all(fits) {
        return Err(FrontMatterError::BadDate { range });
    }
    words
        .parse()
        .map(Some)
        .map_err(|_| FrontMatterError::NoSuchDay { range })
}

/// An alias with its leading `/`.
fn rooted(alias: String) -> String {
    if alias.starts_with('/') {
        alias
    } else {
        format!("/{alias}")
    }
}

fn source(entry: &Entry) -> Result<Option<SourceRef>, FrontMatterError> {
    let parts = match &entry.value.value {
        Value::Null => return Ok(None),
        Value::Map(parts) => parts,
        _ => return Err(wrong(entry, &entry.value, Expected::Source)),
    };
    if let Some(other) = parts.iter().find(|part| !SOURCE_KEYS.contains(&part.key.as_str())) {
        return Err(unknown(other, "`source`", &SOURCE_KEYS));
    }
    let part = |key: &'static str| {
        let range = entry.value.range.clone();
        let part = parts.iter().find(|part| part.key == key);
        let written = part.map(words).transpose()?.flatten();
        written.ok_or(FrontMatterError::MissingKey { range, key })
    };
    Ok(Some(SourceRef {
        file: part("file")?,
        blake3: part("blake3")?,
    }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The front matter of `lines`, and its diagnostics as `line:column message | found | hint`.
    fn check(lines: &str) -> (FrontMatter, Vec<String>) {
        let text = format!("---\n{lines}---\nنص\n"); // text
        let read = read("content/a.md", &text).expect("a front matter");
        let faults = read.diagnostics.iter().map(Diagnostic::line).collect();
        assert!(read.value.1.starts_with("نص"));
        (read.value.0, faults)
    }

    #[test]
    fn all_keys_are_read() {
        let (front, faults) = check(
            "title: بيان القاهرة # a note\n\
             date: 2023-07-24\n\
             lang: ar\n\
             slug: cairo\n\
             summary: >\n  one\n  two\n\
             countries: [IN, NO]\n\
             officials:\n- narendra-modi\n- سانجاي فيرما\n\
             organisations: [un]\n\
             topics: []\n\
             set-apart: [\"// انتهى //\"]\n\
             aliases: [old/, /older/]\n\
             copy-of: seeds/b.txt\n\
             source: {file: seeds/a.txt, blake3: 12}\n\
             review: done\n",
        );
        assert_eq!(faults, [""; 0]);
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let expected = FrontMatter {
            title: Some("بيان القاهرة".into()), // the Cairo statement
            date: Some(date(2023, 7, 24)),
            lang: Some(Language::Arabic),
            slug: Some("cairo".into()),
            summary: Some("one two".into()),
            countries: Some(owned(&["IN", "NO"])),
            officials: Some(owned(&["narendra-modi", "سانجاي فيرما"])), // Sanjay Verma
            organisations: Some(owned(&["un"])),
            topics: Some(Vec::new()),
            set_apart: owned(&["// انتهى //"]), // it ended
            aliases: owned(&["/old/", "/older/"]),
            copy_of: Some(CopyOf::Briefing("seeds/b.txt".into())),
            source: Some(SourceRef {
                file: "seeds/a.txt".into(),
                blake3: "12".into(),
            }),
            review: Review::Done,
        };
        assert_eq!(front, expected);
    }

    #[test]
    fn every_known_key_is_read() {
        for key in KEYS {
            let (front, faults) = check(&format!("{key}: {{}}\n"));
            assert_eq!((front, faults.len()), (FrontMatter::default(), 1), "{key}");
            assert!(!faults[0].contains("no key"), "{faults:?}");
        }
    }

    #[test]
    fn nothing_written_is_nothing_stated() {
        for lines in [
            "",
            "\n",
            "# a note\n",
            "title:\ncountries: ~\nsource:\nreview:\n",
            "{}\n",
        ] {
            assert_eq!(check(lines), (FrontMatter::default(), Vec::new()), "{lines}");
        }
    }

    #[test]
    fn a_fault_is_told_with_its_place_and_its_mending() {
        for (lines, fault) in [
            (
                "topic: [a]\n",
                "2:1 no key `topic` in the front matter | topic | did you mean `topics`?",
            ),
            (
                "date: 12 مايو 2024\n",
                "2:7 the date is not of the form YYYY-MM-DD | 12 مايو 2024 | write it as 2024-05-12",
            ),
            (
                "date: soon\n",
                "2:7 the date is not of the form YYYY-MM-DD | soon | write it as 2024-05-12",
            ),
            (
                "date: 2023-02-31\n",
                "2:7 there is no such day | 2023-02-31 | look the day up; the form is YYYY-MM-DD",
            ),
            (
                "title: [a, b]\n",
                "2:8 `title` is not text | [a, b] | write `title: ` and words on one line",
            ),
            (
                "title: ''\n",
                "2:8 `title` is empty | '' | leave it out to have it found",
            ),
            (
                "slug: ..\n",
                "2:7 `slug` has no letter and no digit | .. | leave it out to have it found",
            ),
            (
                "lang: en\ncountries: IN\n",
                "3:12 `countries` is not a list of words | IN | write `countries: [one, another]`",
            ),
            (
                "topics: [a, [b]]\n",
                "2:13 `topics` is not a list of words | [b] | write `topics: [one, another]`",
            ),
            (
                "lang: de\n",
                "2:7 `lang` is none of ar, en, fa, ur, he | de | write one of ar, en, fa, ur, he",
            ),
            (
                "review: Done\n",
                "2:9 `review` is none of auto, done | Done | did you mean `done`?",
            ),
            (
                "slug: a\nslug: b\n",
                "3:1 the key `slug` stands twice | slug | the first one counts; take the others away",
            ),
            (
                "source: {file: a}\n",
                "2:9 `source` has no `blake3` | {file: a} | add `blake3`, or take `source` away",
            ),
            (
                "source: {fil: a}\n",
                "2:10 no key `fil` in `source` | fil | did you mean `file`?",
            ),
            (
                "- a\n- b\n",
                "2:1 the front matter is not a mapping of keys to values | - a | write each key on its line, such as `lang: ar`",
            ),
        ] {
            assert_eq!(check(lines).1, [fault], "{lines}");
        }
    }

    #[test]
    fn a_faulty_key_costs_itself_alone() {
        let (front, faults) = check("title: القاهرة\ndate: غدا\nlang: ar\nwhat: 1\n"); // Cairo; tomorrow
        assert_eq!(faults.len(), 2);
        assert_eq!(
            (front.title.as_deref(), front.lang),
            (Some("القاهرة"), Some(Language::Arabic))
        );
    }

    #[test]
    fn what_is_no_yaml_costs_the_front_matter() {
        for lines in [
            "title: القاهرة: بيان\n", // an unquoted colon
            "title: \"open\n",
            "a: &a [x]\ntopics: *a\n",
            "title: *missing\n",
            "[a]: b\n",
            "a: {b: {c: {d: {e: f}}}}\n",
            "title: a\n--- b\n",
        ] {
            let (front, faults) = check(lines);
            assert_eq!((front, faults.len()), (FrontMatter::default(), 1), "{lines}");
            assert!(faults[0].contains("not YAML: "), "{faults:?}");
        }
    }

    #[test]
    fn hostile_yaml_is_refused_at_once() {
        let bomb = (0..30).fold("a0: &a0 [x]\n".to_owned(), |bomb, at| {
            format!("{bomb}a{}: &a{} [*a{at}, *a{at}]\n", at + 1, at + 1)
        });
        let many = 100_000;
        for lines in [
            bomb,
            "[".repeat(many) + "\n",
            "{a: ".repeat(many) + "\n",
            "- ".repeat(many) + "\n",
            "? ".repeat(many) + "\n",
            format!("title: \"{}\n", "\\".repeat(many)),
            "a: b\n".repeat(many / 10),
        ] {
            assert!(!check(&lines).1.is_empty());
        }
    }

    #[test]
    fn a_front_matter_that_is_not_closed_is_told() {
        let read = read("content/a.md", "---\ntitle: a\n").expect("a front matter");
        assert_eq!(read.value, (FrontMatter::default(), "title: a\n"));
        assert_eq!(read.diagnostics[0].message, "the front matter is not closed");
    }

    #[test]
    fn only_a_line_of_three_hyphens_opens_a_front_matter() {
        for text in ["", "-- -\n", "----\n", "--- a\n", "\n---\n---\n", "نص\n"] {
            assert!(read("content/a.md", text).is_none(), "{text}");
        }
        for (text, body) in [("---\n---", ""), ("---  \n---\nنص", "نص"), ("---\n---\n\n\nنص", "\nنص")] {
            assert_eq!(read("content/a.md", text).expect("a front matter").value.1, body);
        }
    }
}
