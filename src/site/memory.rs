//! What is remembered of sources, so that no text is read twice.
//!
//! Reading a text depends on its bytes, its path and the lexicon, nothing else; what that gave may be taken from a
//! [`Memory`] instead. Which memory that is, in the process or on disk, is the shell's to say.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::mem;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Source;
use super::home::{Home, Vote};
use super::reading::{self, Text};
use crate::diagnostic::Diagnostic;
use crate::lexicon::{EntityIx, Lexicon};
use crate::progress::{Progress, Stage};

/// What is remembered of a source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// What it tells of the site's home; `None` where it was not asked.
    pub vote: Option<Vote>,
    /// What reading it gave.
    pub read: Option<Read>,
}

/// What reading a source gave.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Read {
    /// Where the lexicon was at home then.
    pub home: Option<EntityIx>,
    /// The text; `None` where the source is no text.
    pub text: Option<Text>,
    /// What was wrong with it.
    pub faults: Vec<Diagnostic>,
}

/// Remembers sources under their path, their bytes and [`fingerprint`].
pub trait Memory: Sync {
    /// What is known of `source`, which may be nothing.
    fn recall(&self, source: &Source) -> Remembered;
    /// Takes note of `source`.
    fn keep(&self, source: &Source, remembered: &Remembered);
}

/// Remembers nothing.
pub struct Forgetful;

impl Memory for Forgetful {
    fn recall(&self, _: &Source) -> Remembered {
        Remembered::default()
    }

    fn keep(&self, _: &Source, _: &Remembered) {}
}

/// All sources as read.
pub struct Readings {
    /// By path: reviewed pages, then raw texts that no reviewed page was made from, each in the order given.
    pub read: Vec<(String, Read)>,
    /// Raw texts from which reviewed pages were made.
    pub reviewed: BTreeSet<String>,
    /// The home that was found, where none is stated.
    pub home: Option<Home>,
    /// What each source tells of it, where none is stated.
    pub votes: Vec<(String, Vote)>,
}

/// Sources, each with what is remembered of it.
pub struct Recalled<S> {
    content: Vec<Known<S>>,
    seeds: Vec<Known<S>>,
}

/// A source and what is known of it.
struct Known<S> {
    source: S,
    remembered: Remembered,
    /// Whether its vote was not remembered.
    is_news: bool,
}

/// What `memory` knows of these sources.
pub fn recall<S: Borrow<Source> + Send>(content: Vec<S>, seeds: Vec<S>, memory: &dyn Memory) -> Recalled<S> {
    let recall = |source: S| Known {
        remembered: memory.recall(source.borrow()),
        source,
        is_news: false,
    };
    Recalled {
        content: content.into_par_iter().map(recall).collect(),
        seeds: seeds.into_par_iter().map(recall).collect(),
    }
}

/// Reads the sources that are not remembered, and finds where they are at home, if that is not stated. Without
/// `with_seeds` raw texts only tell of the home. Each source is given up once it is read, so that memory never holds all
/// of them twice.
pub fn read_all<S: Borrow<Source> + Send + Sync>(
    recalled: Recalled<S>,
    lexicon: &mut Lexicon,
    with_seeds: bool,
    memory: &dyn Memory,
    progress: &dyn Progress,
) -> Readings {
    let Recalled { mut content, mut seeds } = recalled;
    let (mut home, mut votes) = (None, Vec::new());
    if lexicon.home().is_none() {
        votes = seeds
            .par_iter_mut()
            .chain(&mut content)
            .map(|known| vote(known, lexicon))
            .collect();
        home = reading::settle_home(votes.iter().map(|(_, vote)| vote), lexicon);
    }
    let lexicon = &*lexicon;
    if !with_seeds {
        keep_votes(mem::take(&mut seeds), memory);
    }
    progress.begin(Stage::Reading, seeds.len() + content.len());
    let read = |known: Known<S>| {
        let source = known.source.borrow();
        let read = read(source, known.remembered, lexicon, memory);
        progress.step();
        (source.path.clone(), read)
    };
    let mut all: Vec<(String, Read)> = content.into_par_iter().map(read).collect();
    let reviewed = reviewed(all.iter().filter_map(|(_, read)| read.text.as_ref()));
    let is_reviewed = |known: &Known<S>| reviewed.contains(&known.source.borrow().path);
    let (unread, seeds): (Vec<_>, Vec<_>) = seeds.into_iter().partition(is_reviewed);
    keep_votes(unread, memory);
    all.par_extend(seeds.into_par_iter().map(read));
    Readings {
        read: all,
        reviewed,
        home,
        votes,
    }
}

/// Takes note of what sources that are not read tell of the home, where that is news.
fn keep_votes<S: Borrow<Source> + Send>(unread: Vec<Known<S>>, memory: &dyn Memory) {
    let news = unread.into_par_iter().filter(|known| known.is_news);
    news.for_each(|known| memory.keep(known.source.borrow(), &known.remembered));
}

/// The raw texts that these reviewed pages were made from.
fn reviewed<'a>(content: impl Iterator<Item = &'a Text>) -> BTreeSet<String> {
    let sources = content.filter_map(|text| text.page.front.source.as_ref());
    sources.map(|source| source.file.clone()).collect()
}

fn vote<S: Borrow<Source>>(known: &mut Known<S>, lexicon: &Lexicon) -> (String, Vote) {
    let source = known.source.borrow();
    known.is_news = known.remembered.vote.is_none();
    let vote = known
        .remembered
        .vote
        .get_or_insert_with(|| reading::vote(source, lexicon));
    (source.path.clone(), vote.clone())
}

/// What is remembered of a source, or else what reading it gives, which is kept.
fn read(source: &Source, mut remembered: Remembered, lexicon: &Lexicon, memory: &dyn Memory) -> Read {
    if let Some(known) = remembered.read.take().filter(|read| read.home == lexicon.home()) {
        return known;
    }
    let read = Read::of(source, lexicon);
    remembered.read = Some(read);
    memory.keep(source, &remembered);
    remembered.read.unwrap_or_default()
}

impl Read {
    /// Reads `source`.
    pub fn of(source: &Source, lexicon: &Lexicon) -> Read {
        let text = reading::text(source, lexicon);
        Read {
            home: lexicon.home(),
            text: text.value,
            faults: text.diagnostics,
        }
    }
}
