//! Files of the lexicon that the desk adds to: `aliases.yaml` and `identity.yaml`.
//!
//! In: the text of a file, which may be empty, and what is to be in it. Out: the text with just that changed; comments,
//! order and form of what stands there are kept.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::diagnostic::Diagnostic;
use crate::lexicon::{Kind, file};
use crate::page::in_flow;
use crate::page::splice::{self, Mapping, Splice};
use crate::page::yaml::{self, Node, Value};
use crate::page::{Stated, splice::plain};

/// How a new `aliases.yaml` begins.
const ALIASES_HEADING: &str = "# More names of what the program or the site has an entry for.\n";
/// How a new `identity.yaml` begins.
const IDENTITY_HEADING: &str = "# Who is who on this site. What stands here wins over every rule.\n";

/// What can be decided of two people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// They are one.
    Same,
    /// They are two.
    Apart,
}

impl Relation {
    /// Its key in `identity.yaml`.
    fn key(self) -> &'static str {
        match self {
            Relation::Same => "same-as",
            Relation::Apart => "not-same-as",
        }
    }

    fn contrary(self) -> Relation {
        match self {
            Relation::Same => Relation::Apart,
            Relation::Apart => Relation::Same,
        }
    }
}

/// The text of `aliases.yaml` with one more name of an entity.
///
/// # Errors
///
/// Where the file is broken, or laid out so that it cannot be added to.
pub fn add_alias(path: &str, text: &str, kind: Kind, id: &str, alias: &str) -> Result<String, Box<Diagnostic>> {
    let list = List::read(path, text)?;
    let splices = match list.entry(&[("kind", kind.name()), ("id", id)]) {
        Some(entry) => list.add_to(entry, "also", alias, &["kind", "id", "also"]),
        None => vec![list.append(&[("kind", kind.name().into()), ("id", in_flow(id)), ("also", one(alias))])],
    };
    finish::<file::Alias>(path, list.with(splices, ALIASES_HEADING))
}

/// The text of `identity.yaml` with a decision about two people. What said the contrary is taken away.
///
/// # Errors
///
/// Where the file is broken, or laid out so that it cannot be added to.
pub fn decide(
    path: &str,
    text: &str,
    person: &str,
    other: &str,
    relation: Relation,
) -> Result<String, Box<Diagnostic>> {
    let text = retract(path, text, person, other, relation.contrary())?;
    let list = List::read(path, &text)?;
    let splices = match list.entry(&[("person", person)]) {
        Some(entry) => list.add_to(entry, relation.key(), other, &["person", "same-as", "not-same-as"]),
        None => vec![list.append(&[("person", in_flow(person)), (relation.key(), one(other))])],
    };
    finish::<file::Decision>(path, list.with(splices, IDENTITY_HEADING))
}

/// Takes away that two people are so related, whichever of the two the entry is about.
fn retract(path: &str, text: &str, one: &str, other: &str, relation: Relation) -> Result<String, Box<Diagnostic>> {
    let mut text = text.to_owned();
    for (person, other) in [(one, other), (other, one)] {
        let list = List::read(path, &text)?;
        let splices = list.without(person, relation.key(), other);
        text = splice::apply(&text, splices);
    }
    Ok(text)
}

fn one(words: &str) -> String {
    format!("[{}]", in_flow(words))
}

/// The text, if it is a file of entries `T`.
fn finish<T: DeserializeOwned>(path: &str, text: String) -> Result<String, Box<Diagnostic>> {
    file::parse::<Vec<T>>(path, &text).map(|_| text)
}

/// A file that is a list of mappings.
struct List<'a> {
    text: &'a str,
    items: Vec<Node>,
}

impl<'a> List<'a> {
    fn read(path: &str, text: &'a str) -> Result<List<'a>, Box<Diagnostic>> {
        let fault = |range: &Range<usize>, reason: String| {
            let fault = Diagnostic::error(path, reason).at(text, range);
            Box::new(fault.hint("lay it out with each entry begun by a hyphen at the margin"))
        };
        let node = yaml::read(text, 0).map_err(|error| fault(&error.range, error.reason))?;
        match node.value {
            Value::Null => Ok(List {
                text,
                items: Vec::new(),
            }),
            Value::List(items) if !text[node.range.start..].starts_with('[') => Ok(List { text, items }),
            _ => Err(fault(&node.range, "this is no list of entries".into())),
        }
    }

    /// The entry in which these keys state these words.
    fn entry(&self, stated: &[(&str, &str)]) -> Option<&Node> {
        let states = |item: &&Node| {
            let mapping = Mapping::of(self.text, item);
            let of = |key: &str| mapping.as_ref()?.entry(key).map(|entry| words(&entry.value));
            stated.iter().all(|(key, words)| of(key).as_deref() == Some(words))
        };
        self.items.iter().find(states)
    }

    /// Adds words to the list at a key of an entry, unless they are there.
    fn add_to(&self, entry: &Node, key: &'static str, more: &str, order: &[&str]) -> Vec<Splice> {
        let mut all = listed(self.text, entry, key);
        if all.iter().any(|known| known == more) {
            return Vec::new();
        }
        all.push(more.to_owned());
        let mapping = Mapping::of(self.text, entry);
        mapping.map_or_else(Vec::new, |mapping| mapping.set(key, Some(&Stated::List(all)), order))
    }

    /// Takes words from the list at a key of every entry about a person. What is left with nothing to say goes whole.
    fn without(&self, person: &str, key: &'static str, other: &str) -> Vec<Splice> {
        let mut splices = Vec::new();
        for (at, item) in self.items.iter().enumerate() {
            let Some(mapping) = Mapping::of(self.text, item) else {
                continue;
            };
            let about = mapping.entry("person").map(|entry| words(&entry.value));
            let mut all = listed(self.text, item, key);
            if about.as_deref() != Some(person) || !all.iter().any(|known| known == other) {
                continue;
            }
            all.retain(|known| known != other);
            let rest = ["same-as", "not-same-as"].into_iter().filter(|known| *known != key);
            let says_more = rest.into_iter().any(|key| !listed(self.text, item, key).is_empty());
            match all.is_empty() {
                true if !says_more => splices.push(self.cut(at)),
                true => splices.extend(mapping.set(key, None, &[])),
                false => splices.extend(mapping.set(key, Some(&Stated::List(all)), &[])),
            }
        }
        splices
    }

    /// Takes an entry away with its lines.
    fn cut(&self, at: usize) -> Splice {
        let range = &self.items[at].range;
        Splice {
            range: splice::line_start(self.text, range.start)
                ..splice::after_line(self.text, splice::end(self.text, &self.items[at])),
            with: String::new(),
        }
    }

    /// An entry after all others.
    fn append(&self, keys: &[(&str, String)]) -> Splice {
        let end = splice::line_end_of(self.text);
        let indent = self.items.last().map_or("", |last| {
            let line = &self.text[splice::line_start(self.text, last.range.start)..last.range.start];
            &line[..line.find('-').unwrap_or(0)]
        });
        let mut entry = String::new();
        for (at, (key, value)) in keys.iter().enumerate() {
            let hyphen = if at == 0 { "- " } else { "  " };
            entry += &format!("{indent}{hyphen}{key}: {value}{end}");
        }
        let at = match self.items.last() {
            Some(last) => splice::after_line(self.text, splice::end(self.text, last)),
            None => self.text.len(),
        };
        let open = at > 0 && !self.text[..at].ends_with('\n');
        Splice::insert(at, if open { format!("{end}{entry}") } else { entry })
    }

    /// The file with these splices; a new one under a heading.
    fn with(&self, splices: Vec<Splice>, heading: &str) -> String {
        let text = splice::apply(self.text, splices);
        if self.text.trim().is_empty() {
            format!("{heading}{text}")
        } else {
            text
        }
    }
}

fn words(node: &Node) -> String {
    match &node.value {
        Value::Text(words) => plain(words),
        _ => String::new(),
    }
}

/// The words of the list at a key of an entry.
fn listed(text: &str, entry: &Node, key: &str) -> Vec<String> {
    let mapping = Mapping::of(text, entry);
    match mapping
        .as_ref()
        .and_then(|mapping| mapping.entry(key))
        .map(|entry| &entry.value.value)
    {
        Some(Value::List(items)) => items.iter().map(words).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "lexicon/identity.yaml";

    #[test]
    fn a_new_file_has_a_heading_and_the_entry() {
        let text = add_alias("lexicon/aliases.yaml", "", Kind::Country, "NO", "النرويج الشقيقة").expect("a file"); // sister Norway
        let entry = "- kind: country\n  id: \"NO\"\n  also: [النرويج الشقيقة]\n";
        assert_eq!(text, format!("{ALIASES_HEADING}{entry}"));
        let more = add_alias("lexicon/aliases.yaml", &text, Kind::Country, "NO", "Norge").expect("a file");
        assert_eq!(more, text.replace("الشقيقة]", "الشقيقة, Norge]"));
        let other = add_alias("lexicon/aliases.yaml", &more, Kind::Topic, "NO", "x").expect("a file");
        assert_eq!(other, more + "- kind: topic\n  id: \"NO\"\n  also: [x]\n");
    }

    /// What becomes of a file when two people are decided about.
    #[track_caller]
    fn check(text: &str, (person, other, relation): (&str, &str, Relation), wanted: &str) {
        let decided = decide(PATH, text, person, other, relation);
        assert_eq!(decided.as_deref().map_err(ToString::to_string), Ok(wanted));
    }

    #[test]
    fn a_decision_is_added_where_the_person_is_and_nothing_else_changes() {
        use Relation::{Apart, Same};
        let text =
            "# mine\n- person: a b # he\n  same-as:\n    - c d # c\n\n- {person: 'e f', not-same-as: [g h]} # two\n";
        check(text, ("a b", "x y", Same), &text.replace("# c\n", "# c\n    - x y\n"));
        check(
            text,
            ("a b", "x y", Apart),
            &text.replace("# c\n", "# c\n  not-same-as: [x y]\n"),
        );
        check(text, ("e f", "x y", Apart), &text.replace("[g h]", "[g h, x y]"));
        check(
            text,
            ("e f", "x y", Same),
            &text.replace("'e f',", "'e f', same-as: [x y],"),
        );
        check(
            text,
            ("x y", "z", Same),
            &format!("{text}- person: x y\n  same-as: [z]\n"),
        );
        check(text, ("a b", "c d", Same), text);
        check(
            "- person: a b\n  same-as: [c]",
            ("x", "z", Same),
            "- person: a b\n  same-as: [c]\n- person: x\n  same-as: [z]\n",
        );
    }

    #[test]
    fn what_says_the_contrary_is_taken_away() {
        use Relation::{Apart, Same};
        let text =
            "# mine\n- person: a b\n  same-as: [c d, e f]\n# below\n- person: g h\n  not-same-as:\n  - a b\n# end\n";
        check(
            text,
            ("a b", "c d", Apart),
            &text.replace("[c d, e f]", "[e f]\n  not-same-as: [c d]"),
        );
        let merged = "# mine\n- person: a b\n  same-as: [c d, e f, g h]\n# below\n# end\n";
        check(text, ("a b", "g h", Same), merged);
    }

    #[test]
    fn a_file_that_is_broken_or_in_brackets_is_not_touched() {
        for text in [
            "- person: [",
            "[{person: a b, same-as: [c d]}]\n",
            "person: a\n",
            "- persn: a\n",
        ] {
            assert!(decide(PATH, text, "x", "y", Relation::Same).is_err(), "{text}");
        }
    }
}
