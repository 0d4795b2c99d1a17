//! The YAML of a front matter, or of a file like it, with the place of each key and value.
//!
//! In: the lines between the two `---`. Out: [`Node`]s. A scalar stays the words that were written, so that `NO` is
//! Norway and `2030` a title; what a word means is for the reader of the key. Hostile input costs no more than its own
//! length: aliases are refused, and so is what nests deeper than front matter ever does.

use std::ops::Range;

use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, ScanError, Span};

/// How many lists and mappings may stand within each other.
const DEEPEST: usize = 4;

/// A value and where it stands, in bytes of the file.
#[derive(Debug)]
pub struct Node {
    /// Where it stands, in bytes of the file.
    pub range: Range<usize>,
    /// What it is.
    pub value: Value,
}

/// What a value can be.
#[derive(Debug)]
pub enum Value {
    /// Nothing is written, or `null`, or `~`.
    Null,
    /// Words; quotation marks and escapes are resolved.
    Text(String),
    /// A list of either form.
    List(Vec<Node>),
    /// A mapping of either form, in the order of the file, keys as often as they stand.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands, in bytes of the file.
    pub range: Range<usize>,
    /// What it states.
    pub value: Node,
}

/// Why a front matter is no YAML, or none of the kind that is read here. `range` is in bytes of the file.
#[derive(Debug, PartialEq, Eq)]
pub struct YamlError {
    /// Where reading stopped.
    pub range: Range<usize>,
    /// What was not understood.
    pub reason: String,
}

/// Reads `yaml`, which begins at byte `start` of its file.
pub fn read(yaml: &str, start: usize) -> Result<Node, YamlError> {
    let mut reader = Reader {
        events: Parser::new_from_str(yaml),
        yaml,
        start,
    };
    loop {
        let (event, range) = reader.next()?;
        match event {
            Event::StreamStart | Event::DocumentStart(..) => {}
            Event::StreamEnd => {
                return Ok(Node {
                    range,
                    value: Value::Null,
                });
            }
            event => {
                let node = reader.node(event, range, 0)?;
                reader.end()?;
                return Ok(node);
            }
        }
    }
}

struct Reader<'a, E> {
    events: E,
    yaml: &'a str,
    start: usize,
}

impl<'a, E: Iterator<Item = Result<(Event<'a>, Span), ScanError>>> Reader<'a, E> {
    /// The next event that is no comment.
    fn next(&mut self) -> Result<(Event<'a>, Range<usize>), YamlError> {
        let end = self.yaml.len();
        loop {
            let (event, range) = match self.events.next() {
                Some(Ok((event, span))) => (event, span.byte_range().unwrap_or(end..end)),
                Some(Err(error)) => return Err(self.broken(&error)),
                None => (Event::StreamEnd, end..end),
            };
            if !matches!(event, Event::Comment(..)) {
                return Ok((event, self.start + range.start..self.start + range.end));
            }
        }
    }

    /// The node that `event` opens, `depth` collections deep.
    fn node(&mut self, event: Event<'a>, range: Range<usize>, depth: usize) -> Result<Node, YamlError> {
        let collection = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
        if collection && depth == DEEPEST {
            return Err(refused(range, "lists and mappings are nested too deeply"));
        }
        match event {
            Event::Scalar(words, style, ..) => {
                let null = style == ScalarStyle::Plain && matches!(&*words, "" | "~" | "null" | "Null" | "NULL");
                let value = if null {
                    Value::Null
                } else {
                    Value::Text(words.into_owned())
                };
                Ok(Node { range, value })
            }
            Event::SequenceStart(..) => self.list(range.start, depth + 1),
            Event::MappingStart(..) => self.map(range.start, depth + 1),
            Event::Alias(..) => Err(refused(range, "an alias is not understood here")),
            _ => Err(refused(range, "a value is missing")),
        }
    }

    fn list(&mut self, start: usize, depth: usize) -> Result<Node, YamlError> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, range) => {
                    let value = Value::List(items);
                    return Ok(Node {
                        range: start..range.end,
                        value,
                    });
                }
                (event, range) => items.push(self.node(event, range, depth)?),
            }
        }
    }

    fn map(&mut self, start: usize, depth: usize) -> Result<Node, YamlError> {
        let mut entries = Vec::new();
        loop {
            match self.next()? {
                (Event::MappingEnd, range) => {
                    let value = Value::Map(entries);
                    return Ok(Node {
                        range: start..range.end,
                        value,
                    });
                }
                (Event::Scalar(key, ..), key_range) => {
                    let (event, range) = self.next()?;
                    entries.push(Entry {
                        key: key.into_owned(),
                        range: key_range,
                        value: self.node(event, range, depth)?,
                    });
                }
                (_, range) => return Err(refused(range, "a key must be a word")),
            }
        }
    }

    /// Nothing may follow the one value.
    fn end(&mut self) -> Result<(), YamlError> {
        loop {
            match self.next()? {
                (Event::DocumentEnd, _) => {}
                (Event::StreamEnd, _) => return Ok(()),
                (_, range) => return Err(refused(range, "a second document begins here")),
            }
        }
    }

    /// The fault that the parser found, with the rest of the line it is on.
    fn broken(&self, error: &ScanError) -> YamlError {
        let at = error.marker().byte_offset().unwrap_or(0).min(self.yaml.len());
        let line = self
            .yaml
            .get(at..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default();
        YamlError {
            range: self.start + at..self.start + at + line.len(),
            reason: error.info(),
        }
    }
}

fn refused(range: Range<usize>, reason: &str) -> YamlError {
    YamlError {
        range,
        reason: reason.to_owned(),
    }
}
