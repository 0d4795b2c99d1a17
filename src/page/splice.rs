//! Values of YAML changed in place: what is not concerned (comments, quoting, order, line ends) stays byte for byte.
//!
//! In: a text, a [`Node`] read from it, and what is to stand there. Out: [`Splice`]s of the text. They are exact for what
//! people write by hand; YAML has forms beyond that, so who splices reads the text again and compares.

use std::ops::Range;

use super::print::{Stated, in_flow, is_hidden, quoted};
use super::yaml::{Entry, Node, Value};
use crate::{encoding, text};

/// Words to be put in place of a range of a text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// What is replaced; empty where words are put in.
    pub range: Range<usize>,
    /// What is put there.
    pub with: String,
}

impl Splice {
    fn new(range: Range<usize>, with: impl Into<String>) -> Splice {
        Splice {
            range,
            with: with.into(),
        }
    }

    /// Words put in at a place.
    pub fn insert(at: usize, with: impl Into<String>) -> Splice {
        Splice::new(at..at, with)
    }
}

/// `text` with all splices in it; of two that overlap the first one counts.
pub fn apply(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for splice in splices.iter().filter(|splice| splice.range.end <= text.len()) {
        if splice.range.start >= at {
            out.push_str(&text[at..splice.range.start]);
            out.push_str(&splice.with);
            at = splice.range.end;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// How lines of `text` end.
pub fn line_end_of(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// A mapping of a text.
pub struct Mapping<'a> {
    text: &'a str,
    entries: &'a [Entry],
    /// Whether it is written in `{}`.
    flow: bool,
}

impl<'a> Mapping<'a> {
    /// The mapping that `node` is; `None` where it is something else, or empty.
    pub fn of(text: &'a str, node: &'a Node) -> Option<Mapping<'a>> {
        let Value::Map(entries) = &node.value else { return None };
        let flow = text[node.range.start..].starts_with('{');
        (!entries.is_empty()).then_some(Mapping { text, entries, flow })
    }

    /// Its entry of this key.
    pub fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// States `value` at `key`, or takes the key away. A new key is put after the last of those that stand before it in
    /// `order`, else before all others.
    pub fn set(&self, key: &'static str, value: Option<&Stated>, order: &[&str]) -> Vec<Splice> {
        match (self.entry(key), value) {
            (None, None) => Vec::new(),
            (None, Some(value)) => vec![self.add(key, value, order)],
            (Some(entry), None) => vec![self.remove(entry)],
            (Some(entry), Some(value)) => self.change(entry, value),
        }
    }

    fn add(&self, key: &str, value: &Stated, order: &[&str]) -> Splice {
        let before = order.split(|known| *known == key).next().unwrap_or_default();
        let anchor = self.entries.iter().rfind(|entry| before.contains(&entry.key.as_str()));
        let first = &self.entries[0];
        match (anchor, self.flow) {
            (Some(anchor), true) => Splice::insert(self.end(anchor), format!(", {key}: {}", value.print_in_flow())),
            (None, true) => Splice::insert(first.range.start, format!("{key}: {}, ", value.print_in_flow())),
            (Some(anchor), false) => self.line_after(self.end(anchor), key, value),
            (None, false) => {
                let line = format!("{}{key}: {}{}", self.indent(), value.print(), line_end_of(self.text));
                Splice::insert(self.above(first.range.start), line)
            }
        }
    }

    /// The first byte of the comments that stand right above the line on which byte `at` is, else of that line.
    fn above(&self, at: usize) -> usize {
        let mut start = line_start(self.text, at);
        while start > 0 {
            let before = line_start(self.text, start - 1);
            if !self.text[before..start].trim_start().starts_with('#') {
                break;
            }
            start = before;
        }
        start
    }

    /// A line of its own after the one on which byte `end` is.
    fn line_after(&self, end: usize, key: &str, value: &Stated) -> Splice {
        let line_end = line_end_of(self.text);
        let line = format!("{}{key}: {}", self.indent(), value.print());
        let at = after_line(self.text, end);
        if self.text[..at].ends_with('\n') {
            Splice::insert(at, line + line_end)
        } else {
            Splice::insert(at, format!("{line_end}{line}"))
        }
    }

    /// As many spaces as stand before each key.
    fn indent(&self) -> String {
        let first = self.entries[0].range.start;
        " ".repeat(self.text[line_start(self.text, first)..first].chars().count())
    }

    fn remove(&self, entry: &Entry) -> Splice {
        let place = self
            .entries
            .iter()
            .position(|other| other.range == entry.range)
            .unwrap_or(0);
        let (start, end) = (entry.range.start, self.end(entry));
        let line = line_start(self.text, start);
        let alone = self.text[line..start].trim().is_empty();
        match (self.entries.get(place + 1), place.checked_sub(1)) {
            (_, _) if !self.flow && alone => Splice::new(line..after_line(self.text, end), ""),
            (Some(next), _) => Splice::new(start..next.range.start, ""),
            (None, Some(before)) => Splice::new(self.end(&self.entries[before])..end, ""),
            (None, None) => Splice::new(start..end, ""),
        }
    }

    fn change(&self, entry: &Entry, value: &Stated) -> Vec<Splice> {
        let (old, after) = (&entry.value, self.after_colon(entry));
        match (&old.value, value) {
            (Value::List(items), Stated::List(wanted)) if !items.is_empty() && !wanted.is_empty() => {
                list(self.text, old, items, wanted)
            }
            (Value::Text(_), Stated::Words(words) | Stated::Word(words)) if !self.is_block(entry) => {
                let range = old.range.start..end(self.text, old);
                let with = self.in_style(&range, words, value);
                vec![Splice::new(range, with)]
            }
            _ => vec![Splice::new(after..self.end(entry), format!(" {}", self.print(value)))],
        }
    }

    /// Words as they are written in the place of others: in the same quotation marks.
    fn in_style(&self, old: &Range<usize>, words: &str, value: &Stated) -> String {
        match self.text[old.clone()].chars().next() {
            Some('"') => quoted(words),
            Some('\'') if !words.contains(is_hidden) => format!("'{}'", words.replace('\'', "''")),
            _ => self.print(value),
        }
    }

    fn print(&self, value: &Stated) -> String {
        if self.flow {
            value.print_in_flow()
        } else {
            value.print()
        }
    }

    /// Whether the words of an entry stand below it, after `|` or `>`.
    fn is_block(&self, entry: &Entry) -> bool {
        let before = self.text.get(self.after_colon(entry)..entry.value.range.start);
        before.is_some_and(|before| before.trim_start().starts_with(['|', '>']))
    }

    /// The byte after the colon of an entry.
    fn after_colon(&self, entry: &Entry) -> usize {
        let end = entry.range.end;
        self.text[end..].find(':').map_or(end, |at| end + at + 1)
    }

    /// The byte after the last one of an entry.
    fn end(&self, entry: &Entry) -> usize {
        match entry.value.value {
            Value::Null if entry.value.range.is_empty() => self.after_colon(entry),
            _ => end(self.text, &entry.value).max(self.after_colon(entry)),
        }
    }
}

/// The byte after the last one of a value, without the comments and empty lines that follow it.
pub fn end(text: &str, node: &Node) -> usize {
    let opens = text[node.range.start..].starts_with(['[', '{']);
    let within = match &node.value {
        Value::List(items) if !opens => items.last(),
        Value::Map(entries) if !opens => entries.last().map(|entry| &entry.value),
        _ => None,
    };
    match within {
        Some(last) => end(text, last),
        None => node.range.start + text[node.range.clone()].trim_end().len(),
    }
}

/// The first byte of the line on which byte `at` is.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The byte after the end of the line on which byte `at` is.
pub fn after_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// Words as a reader of front matter takes them.
pub fn plain(words: &str) -> String {
    text::squeeze(&encoding::composed(words)).into_owned()
}

/// Makes a list of words hold what is wanted: what stays keeps its place and form.
fn list(text: &str, node: &Node, items: &[Node], wanted: &[String]) -> Vec<Splice> {
    let old: Vec<String> = items.iter().map(words).collect();
    // An alias is taken with a leading `/` however it is written.
    let is = |known: &String, item: &String| known == item || item.strip_prefix('/') == Some(known.as_str());
    let mut kept = Vec::new();
    let mut added: Vec<(usize, &String)> = Vec::new();
    for item in wanted {
        let from = kept.last().map_or(0, |last| last + 1);
        match old[from..].iter().position(|known| is(known, item)) {
            Some(at) => kept.push(from + at),
            None => added.push((kept.len(), item)),
        }
    }
    let list = Listed { text, node, items };
    let reordered = added.iter().any(|(_, item)| old.iter().any(|known| is(known, item)));
    match (kept.is_empty() || reordered, text[node.range.start..].starts_with('[')) {
        (true, true) => vec![Splice::new(node.range.clone(), Stated::List(wanted.to_vec()).print())],
        (true, false) => list.rewritten(wanted),
        (false, true) => list.in_brackets(&kept, &added),
        (false, false) => list.in_lines(&kept, &added),
    }
}

fn words(node: &Node) -> String {
    match &node.value {
        Value::Text(words) => plain(words),
        _ => String::new(),
    }
}

/// A list that is not empty, some of which stays.
struct Listed<'a> {
    text: &'a str,
    node: &'a Node,
    items: &'a [Node],
}

impl Listed<'_> {
    /// `kept` are places of items; each of `added` comes after so many of them.
    fn in_brackets(&self, kept: &[usize], added: &[(usize, &String)]) -> Vec<Splice> {
        let first = self.items[kept[0]].range.start;
        let put = |&(after, item): &(usize, &String)| match after.checked_sub(1) {
            Some(before) => Splice::insert(self.items[kept[before]].range.end, format!(", {}", in_flow(item))),
            None => Splice::insert(first, format!("{}, ", in_flow(item))),
        };
        let has_comment = self.text[self.node.range.clone()].contains('#');
        let last = kept[kept.len() - 1];
        let gone = (0..self.items.len()).filter(|at| !kept.contains(at));
        let mut splices: Vec<Splice> = added.iter().map(put).collect();
        for at in gone {
            let range = &self.items[at].range;
            let (start, end) = match self.items.get(at + 1) {
                _ if has_comment => (range.start, self.after_comma(range.end)),
                Some(next) if at < last => (range.start, next.range.start),
                _ if at == last + 1 => (self.items[last].range.end, self.items[self.items.len() - 1].range.end),
                _ => continue,
            };
            splices.push(Splice::new(start..end, ""));
        }
        splices
    }

    /// The byte after the comma that follows an item which ends at `end`, if one does at once.
    fn after_comma(&self, end: usize) -> usize {
        let rest = &self.text[end..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[blank..].starts_with(',') {
            end + blank + 1
        } else {
            end
        }
    }

    fn in_lines(&self, kept: &[usize], added: &[(usize, &String)]) -> Vec<Splice> {
        let line_end = line_end_of(self.text);
        let put = |&(after, item): &(usize, &String)| {
            let line = format!("{}- {}", self.indent(), in_flow(item));
            match after.checked_sub(1) {
                Some(before) => {
                    let at = after_line(self.text, end(self.text, &self.items[kept[before]]));
                    let open = !self.text[..at].ends_with('\n');
                    Splice::insert(
                        at,
                        if open {
                            format!("{line_end}{line}")
                        } else {
                            line + line_end
                        },
                    )
                }
                None => Splice::insert(line_start(self.text, self.items[kept[0]].range.start), line + line_end),
            }
        };
        let gone = (0..self.items.len()).filter(|at| !kept.contains(at));
        let cut = gone.map(|at| {
            let item = &self.items[at];
            let lines = line_start(self.text, item.range.start)..after_line(self.text, end(self.text, item));
            Splice::new(lines, "")
        });
        added.iter().map(put).chain(cut).collect()
    }

    /// All items anew, each on its line.
    fn rewritten(&self, wanted: &[String]) -> Vec<Splice> {
        let start = line_start(self.text, self.items[0].range.start);
        let end = end(self.text, &self.items[self.items.len() - 1]);
        let lines: Vec<String> = wanted
            .iter()
            .map(|item| format!("{}- {}", self.indent(), in_flow(item)))
            .collect();
        vec![Splice::new(start..end, lines.join(line_end_of(self.text)))]
    }

    /// What stands before the hyphen of the first item.
    fn indent(&self) -> &str {
        let first = self.items[0].range.start;
        let line = &self.text[line_start(self.text, first)..first];
        &line[..line.rfind('-').unwrap_or(0)]
    }
}
