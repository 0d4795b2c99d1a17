//! What the desk shows: the texts to review, and one text with all that is marked in it.
//!
//! Plain data for `preview/desk.html`, every word chosen; `show` makes it of a site.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::confidence::Confidence;
use crate::diagnostic::Diagnostic;
use crate::doubts::{Doubt, DoubtKind};
use crate::language::Direction;
use crate::lexicon::Kind;
use crate::view::{Day, Label};

/// The texts that nobody has reviewed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// The first of them, newest first.
    pub rows: Vec<Row>,
    /// How many there are, as a sentence.
    pub count: String,
    /// How many are not shown, as words; empty where all are.
    pub more: String,
    /// How many texts are reviewed, in percent.
    pub share: usize,
}

/// A text to review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its path.
    pub file: String,
    /// Its path as part of an address.
    pub key: String,
    /// Its headline.
    pub title: Label,
    /// Its day.
    pub day: Option<Day>,
    /// City it was sent from; may be empty.
    pub city: String,
    /// How often it names someone or something, as words.
    pub mentions: String,
    /// What is in doubt, as words; empty where nothing is.
    pub doubts: String,
    /// What is wrong, as words; empty where nothing is.
    pub faults: String,
}

/// One text at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Its path.
    pub file: String,
    /// Its path as part of an address.
    pub key: String,
    /// Its headline.
    pub title: Label,
    /// Where the headline comes from.
    pub title_why: String,
    /// Its day.
    pub day: Option<Day>,
    /// What the day rests on.
    pub day_why: String,
    /// City it was sent from; may be empty.
    pub city: String,
    /// Language of the text.
    pub lang: &'static str,
    /// Which way it runs.
    pub dir: Direction,
    /// Whether it is reviewed.
    pub reviewed: bool,
    /// The text.
    pub blocks: Vec<Block>,
    /// What it names, by kind; each kind is there.
    pub groups: Vec<Group>,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
    /// Where the page is published.
    pub href: String,
    /// The file that is published there.
    pub output: String,
    /// BLAKE3 of each file that an edit may write, as it is now; empty for one that is not there.
    pub seen: BTreeMap<String, String>,
    /// The next text to review, as part of an address; empty where there is none.
    pub next: String,
}

/// A paragraph, heading or post of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// `prose`, `heading`, `code`, `post`
    pub kind: &'static str,
    /// Its language, where that is not the text's.
    pub lang: Option<&'static str>,
    /// Which way it runs, where that is not the text's.
    pub dir: Option<Direction>,
    /// Its words, with mentions parted from what is between them.
    pub runs: Vec<Run>,
}

/// Words of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// As they stand.
    pub words: String,
    /// What they name.
    pub mark: Option<Mark>,
}

/// What words name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Its kind.
    pub kind: Kind,
    /// The kind, in words.
    pub kind_label: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How sure that is.
    pub level: Confidence,
    /// How sure, in words.
    pub level_label: String,
    /// Why.
    pub why: String,
}

/// What a text names of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The kind.
    pub kind: Kind,
    /// Its name, in the plural.
    pub label: String,
    /// Its name, in the singular.
    pub one: String,
    /// In the order in which the text names them.
    pub entities: Vec<Named>,
}

/// Someone or something that a text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Of an official, the office; empty else.
    pub note: String,
    /// Its page.
    pub href: String,
    /// How sure that is.
    pub level: Confidence,
    /// How sure, in words.
    pub level_label: String,
    /// Why, with the words that name it.
    pub why: String,
    /// How often it is mentioned, as words.
    pub count: String,
    /// What is in doubt about it.
    pub doubts: Vec<Doubtful>,
    /// The words that name it first.
    pub words: String,
}

/// A doubt about someone or something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubtful {
    /// A sentence.
    pub words: String,
    /// Of a doubt whether two are one, the other one, by id or as spelt; empty for other doubts.
    pub other: String,
}

/// What is in doubt, ready to be looked up.
#[derive(Debug, Default)]
pub struct Doubted {
    doubts: Vec<Doubt>,
    /// By id of whom or what they are about.
    of: BTreeMap<String, Vec<usize>>,
}

impl Doubted {
    /// All doubts of a site.
    pub fn new(doubts: Vec<Doubt>) -> Doubted {
        let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, doubt) in doubts.iter().enumerate() {
            for party in &doubt.about {
                of.entry(party.id.clone()).or_default().push(at);
            }
        }
        Doubted { doubts, of }
    }

    /// The doubts about whom or what a text names, by whether it has other reasons to name it as well.
    pub(super) fn about<'a>(&'a self, id: &str, file: &'a str, is_weak: bool) -> impl Iterator<Item = &'a Doubt> {
        let doubts = self.of.get(id).into_iter().flatten().map(|&at| &self.doubts[at]);
        doubts.filter(move |doubt| match doubt.kind {
            DoubtKind::SharedSurname => doubt.texts.iter().any(|text| text == file),
            DoubtKind::WeakCountry => is_weak,
            _ => true,
        })
    }
}

/// A path as part of an address.
pub fn key(path: &str) -> String {
    utf8_percent_encode(path, KEY).to_string()
}

/// All but what is unreserved, and the slashes between folders.
const KEY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// By what the bytes of a file are told again.
pub fn mark(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
