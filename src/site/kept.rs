//! A site that is kept while its sources change: what a change does not touch is not made again.
//!
//! In: a site's sources, then changes of them. Out: at any time the very site that [`Site::new`] makes of the sources as
//! they are. A change that breaks what was whole is held back, with what is wrong with it, until it is mended, so that
//! the site stays as it last was good.

mod amend;

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::home::{self, Home, Vote};
use super::memory::{self, Memory, Read, Readings, Recalled, Remembered};
use super::reading::{self, Text};
use super::{Site, Source, Sources, renderer};
use crate::diagnostic::{Diagnostic, is_broken};
use crate::lexicon::{self, EntityIx};
use crate::progress::Progress;

/// A file of the site that is not as it was; `None` for one that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A raw text or a reviewed page, by path.
    Text(Folder, String, Option<Vec<u8>>),
    /// A file of the site's lexicon, by path.
    Lexicon(String, Option<Vec<u8>>),
    /// A template, by name.
    Template(String, Option<String>),
    /// A static file, by path relative to `static/`, and where it lies.
    Static(String, Option<PathBuf>),
}

/// Where texts lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Folder {
    /// Raw texts.
    Seeds,
    /// Reviewed pages.
    Content,
}

impl Change {
    /// The file, relative to the site.
    pub fn file(&self) -> String {
        match self {
            Change::Text(_, path, _) | Change::Lexicon(path, _) => path.clone(),
            Change::Template(name, _) => format!("templates/{name}"),
            Change::Static(path, _) => format!("static/{path}"),
        }
    }
}

/// A site and its sources.
pub struct Kept {
    sources: Sources,
    site: Site,
    /// Raw texts from which reviewed pages were made.
    reviewed: BTreeSet<String>,
    /// What each source tells of the site's home, where that is not stated.
    votes: BTreeMap<String, Vote>,
    faults: Faults,
    held: BTreeMap<String, Held>,
}

/// What is wrong with the sources, by what has to be done again to know it anew.
#[derive(Default)]
struct Faults {
    /// Of the lexicon.
    lexicon: Vec<Diagnostic>,
    /// Of the templates.
    templates: Vec<Diagnostic>,
    /// Of each text.
    texts: BTreeMap<String, Vec<Diagnostic>>,
    /// Of all texts together.
    laid: Vec<Diagnostic>,
    /// Of their addresses.
    table: Vec<Diagnostic>,
}

/// A change that is held back.
struct Held {
    change: Change,
    faults: Vec<Diagnostic>,
}

/// How much has to be made again, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extent {
    /// Nothing more.
    Nothing,
    /// Which address shows what.
    Table,
    /// Order, identity, index and all that follows.
    Laid,
}

/// A text as it changes.
struct Fresh {
    folder: Folder,
    source: Source,
    read: Read,
    vote: Option<Vote>,
}

impl Kept {
    /// Makes the site of its sources without reading what `memory` knows. Nothing is held back: what is broken costs its
    /// own item.
    pub fn new(sources: Sources, memory: &dyn Memory, progress: &dyn Progress) -> Kept {
        let mut kept = Kept {
            site: Site::bare(&Sources::default()).value,
            sources,
            reviewed: BTreeSet::new(),
            votes: BTreeMap::new(),
            faults: Faults::default(),
            held: BTreeMap::new(),
        };
        kept.sources.in_order();
        kept.make(memory, progress);
        kept
    }

    /// The site as it is now.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The sources that the site is made of: all but what is held back.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Everything that is wrong.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let Faults {
            lexicon,
            templates,
            texts,
            laid,
            table,
        } = &self.faults;
        let known = lexicon
            .iter()
            .chain(templates)
            .chain(texts.values().flatten())
            .chain(laid)
            .chain(table);
        known
            .chain(self.held.values().flat_map(|held| &held.faults))
            .cloned()
            .collect()
    }

    /// Files whose last change is held back, as it would break what is whole.
    pub fn held(&self) -> impl Iterator<Item = &str> {
        self.held.keys().map(String::as_str)
    }

    /// Takes over all sources anew, whatever has changed in them; texts that are the same are not read again.
    pub fn replace(&mut self, mut sources: Sources, progress: &dyn Progress) {
        sources.in_order();
        let changes = self.sources.changes_to(&sources);
        if sources.config == self.sources.config {
            return self.apply(changes, progress);
        }
        let known = self.known_with_votes();
        self.sources.config = sources.config;
        self.make(&known, progress);
        self.apply(changes, progress);
    }

    /// Brings the site up to date with what has changed. Of several changes of one file the last one counts.
    pub fn apply(&mut self, changes: Vec<Change>, progress: &dyn Progress) {
        let mut of_file: BTreeMap<String, Change> = BTreeMap::new();
        for change in changes {
            self.held.remove(&change.file());
            of_file.insert(change.file(), change);
        }
        let is_lexicon = |change: &Change| matches!(change, Change::Lexicon(..));
        if of_file.values().any(is_lexicon) {
            // What was held back may be whole with another lexicon.
            let again = mem::take(&mut self.held)
                .into_iter()
                .map(|(file, held)| (file, held.change));
            of_file = again.chain(of_file).collect();
            let (lexicon, others) = of_file.into_values().partition(is_lexicon);
            self.change_lexicon(lexicon, progress);
            self.change_others(others, progress);
        } else {
            self.change_others(of_file.into_values().collect(), progress);
        }
    }

    fn change_others(&mut self, changes: Vec<Change>, progress: &dyn Progress) {
        let fresh: Vec<Option<Fresh>> = changes.par_iter().map(|change| self.read(change)).collect();
        let mut extent = Extent::Nothing;
        let mut texts = FxHashMap::default();
        for (change, fresh) in changes.into_iter().zip(fresh) {
            let needed = match (change, fresh) {
                (change, Some(fresh)) => self.change_text(change, fresh, &mut texts),
                (Change::Text(folder, path, None), None) => self.remove_text(folder, &path),
                (Change::Template(name, now), None) => self.change_template(name, now),
                (Change::Static(path, now), None) => self.change_static(path, now),
                _ => Extent::Nothing,
            };
            extent = extent.max(needed);
        }
        if self.has_moved() {
            let known = self.known_with_votes();
            return self.make(&known, progress);
        }
        match extent {
            Extent::Nothing => {}
            Extent::Table => self.faults.table = self.site.lay_table(&self.sources.statics),
            Extent::Laid => {
                let known = self.known();
                known.texts.lock().unwrap_or_else(PoisonError::into_inner).extend(texts);
                let recalled = recall(&self.sources, &known);
                let readings = read_all(recalled, &self.sources, &mut self.site, &known, progress);
                self.lay(readings);
            }
        }
    }

    /// Reads a text that has changed and is published; `None` for any other change.
    fn read(&self, change: &Change) -> Option<Fresh> {
        let Change::Text(folder, path, Some(bytes)) = change else {
            return None;
        };
        let source = Source {
            path: path.clone(),
            bytes: bytes.clone(),
        };
        let is_stated = self.sources.config.briefings.home_country.is_some();
        Some(Fresh {
            folder: *folder,
            read: Read::of(&source, &self.site.lexicon),
            vote: (!is_stated).then(|| reading::vote(&source, &self.site.lexicon)),
            source,
        })
    }

    /// Puts a changed text in its place, or among `texts` where that moves others.
    fn change_text(&mut self, change: Change, fresh: Fresh, texts: &mut FxHashMap<String, Text>) -> Extent {
        let Fresh {
            folder,
            source,
            read,
            vote,
        } = fresh;
        let path = source.path.clone();
        let was_whole = self.sources.has(folder, &path) && !self.is_faulty(&path);
        if was_whole && is_broken(&read.faults) {
            self.held.insert(
                path,
                Held {
                    change,
                    faults: read.faults,
                },
            );
            return Extent::Nothing;
        }
        let is_new = self.sources.put(folder, source);
        self.votes.extend(vote.map(|vote| (path.clone(), vote)));
        if folder == Folder::Seeds && !self.is_published(&path) {
            return Extent::Nothing;
        }
        self.faults.texts.insert(path.clone(), read.faults);
        let amended = match read.text {
            Some(text) if !is_new => self.site.amend(Box::new(text)).map_err(Some),
            other => Err(other.map(Box::new)),
        };
        amended.unwrap_or_else(|text| {
            texts.extend(text.map(|text| (path, *text)));
            Extent::Laid
        })
    }

    fn remove_text(&mut self, folder: Folder, path: &str) -> Extent {
        self.votes.remove(path);
        self.faults.texts.remove(path);
        if self.sources.remove(folder, path) {
            Extent::Laid
        } else {
            Extent::Nothing
        }
    }

    fn change_template(&mut self, name: String, now: Option<String>) -> Extent {
        let before = self.sources.put_template(&name, now.clone());
        let renewed = renderer(&self.sources, &self.site.locale, &self.site.addresses);
        let known = &self.faults.templates;
        if now.is_some() && renewed.diagnostics.len() > known.len() {
            let faults = renewed
                .diagnostics
                .into_iter()
                .filter(|fault| !known.contains(fault))
                .collect();
            self.sources.put_template(&name, before);
            let change = Change::Template(name, now);
            self.held.insert(change.file(), Held { change, faults });
        } else {
            self.site.renderer = renewed.value;
            self.faults.templates = renewed.diagnostics;
        }
        Extent::Nothing
    }

    fn change_static(&mut self, path: String, now: Option<PathBuf>) -> Extent {
        if self.sources.statics.get(&path) == now.as_ref() {
            return Extent::Nothing;
        }
        match now {
            Some(file) => self.sources.statics.insert(path, file),
            None => self.sources.statics.remove(&path),
        };
        // Every page says which style sheet it has.
        let renewed = renderer(&self.sources, &self.site.locale, &self.site.addresses);
        self.site.renderer = renewed.value;
        self.faults.templates = renewed.diagnostics;
        Extent::Table
    }

    /// Takes over a changed lexicon, but for files that are broken now and were not before. Files that change together are
    /// read together, as they may speak of each other's entries.
    fn change_lexicon(&mut self, changes: Vec<Change>, progress: &dyn Progress) {
        let before = self.sources.lexicon.clone();
        for change in &changes {
            if let Change::Lexicon(path, now) = change {
                self.sources.put_lexicon(path, now.clone());
            }
        }
        let parsed = reading::lexicon(&self.sources.lexicon, &self.sources.config.briefings);
        let mut is_decided = true;
        for change in changes {
            let file = change.file();
            let faults = parsed.diagnostics.iter().filter(|fault| fault.file == file);
            let known = before.iter().find(|source| source.path == file);
            if known.is_some() && is_broken(faults.clone()) && !self.is_faulty(&file) {
                let faults = faults.cloned().collect();
                self.sources
                    .put_lexicon(&file, known.map(|source| source.bytes.clone()));
                self.held.insert(file, Held { change, faults });
            } else {
                is_decided &= lexicon::is_of_identity(&file);
            }
        }
        if before == self.sources.lexicon {
            return;
        }
        let known = if is_decided {
            self.known_with_votes()
        } else {
            Known::default()
        };
        self.make(&known, progress);
    }

    /// Whether something was wrong with a file as it is published.
    fn is_faulty(&self, file: &str) -> bool {
        let of_lexicon = self.faults.lexicon.iter().filter(|fault| fault.file == file);
        is_broken(self.faults.texts.get(file).into_iter().flatten().chain(of_lexicon))
    }

    /// Whether a raw text is to have a page made, as no reviewed one was made from it.
    fn is_published(&self, seed: &str) -> bool {
        self.sources.config.build.create_missing && !self.reviewed.contains(seed)
    }

    /// Whether the texts speak of another home than the one they were read at; takes note of who says what.
    fn has_moved(&mut self) -> bool {
        if self.sources.config.briefings.home_country.is_some() {
            return false;
        }
        let home = home::found(self.votes.values(), &self.site.lexicon);
        let code = |home: &Option<Home>| home.as_ref().map(|home| home.code.clone());
        let moved = code(&home) != code(&self.site.home);
        self.site.home = home;
        moved
    }

    /// Makes everything, but for reading what `memory` knows.
    fn make(&mut self, memory: &dyn Memory, progress: &dyn Progress) {
        let sources = &self.sources;
        let (bare, recalled) = rayon::join(|| Site::bare(sources), || recall(sources, memory));
        self.site = bare.value;
        (self.faults.lexicon, self.faults.templates) = bare
            .diagnostics
            .into_iter()
            .partition(|fault| !fault.file.starts_with("templates/"));
        let readings = read_all(recalled, &self.sources, &mut self.site, memory, progress);
        self.votes = readings.votes.iter().cloned().collect();
        self.site.home.clone_from(&readings.home);
        self.lay(readings);
    }

    /// Lays out all texts.
    fn lay(&mut self, readings: Readings) {
        self.reviewed = readings.reviewed;
        self.faults.texts.clear();
        let mut texts = Vec::with_capacity(readings.read.len());
        for (path, read) in readings.read {
            texts.extend(read.text);
            if !read.faults.is_empty() {
                self.faults.texts.insert(path, read.faults);
            }
        }
        self.faults.laid = self.site.lay(texts);
        self.faults.table = self.site.lay_table(&self.sources.statics);
    }

    /// All that is known of texts, taken out of the site.
    fn known(&mut self) -> Known {
        Known {
            home: self.site.lexicon.home(),
            votes: BTreeMap::new(),
            faults: mem::take(&mut self.faults.texts),
            texts: Mutex::new(self.site.take_texts()),
        }
    }

    /// The same with what they tell of the home.
    fn known_with_votes(&mut self) -> Known {
        Known {
            votes: mem::take(&mut self.votes),
            ..self.known()
        }
    }
}

/// What a site knew of its texts, by path. Each is given away once.
#[derive(Default)]
struct Known {
    home: Option<EntityIx>,
    votes: BTreeMap<String, Vote>,
    faults: BTreeMap<String, Vec<Diagnostic>>,
    texts: Mutex<FxHashMap<String, Text>>,
}

impl Memory for Known {
    fn recall(&self, source: &Source) -> Remembered {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let text = texts.remove(&source.path);
        Remembered {
            vote: self.votes.get(&source.path).cloned(),
            read: text.map(|text| Read {
                home: self.home,
                text: Some(text),
                faults: self.faults.get(&source.path).cloned().unwrap_or_default(),
            }),
        }
    }

    fn keep(&self, _: &Source, _: &Remembered) {}
}

/// All texts with what `memory` knows of them.
fn recall<'a>(sources: &'a Sources, memory: &dyn Memory) -> Recalled<&'a Source> {
    memory::recall(sources.content.iter().collect(), sources.seeds.iter().collect(), memory)
}

/// All texts; those that are not remembered are read by the lexicon of `site`.
fn read_all(
    recalled: Recalled<&Source>,
    sources: &Sources,
    site: &mut Site,
    memory: &dyn Memory,
    progress: &dyn Progress,
) -> Readings {
    let with_seeds = sources.config.build.create_missing;
    memory::read_all(recalled, &mut site.lexicon, with_seeds, memory, progress)
}
