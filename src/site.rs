//! The site: a table of every address and what to render there.
//!
//! [`Site::new`] reads as its stages: texts become pages, pages are searched for names, names become people and an
//! index, and the table says which address shows what. Nothing is rendered until [`Site::render`] asks for it, so the
//! site's memory does not grow with its HTML.

mod copies;
mod home;
mod kept;
mod memory;
mod present;
mod reading;
mod shown;
mod sources;
mod table;

pub use home::Home;
pub use kept::{Change, Folder, Kept};
pub use memory::{Forgetful, Memory, Read, Remembered};
pub use reading::{Text, find_home, fingerprint, lexicon, page, search};
pub use sources::{Source, Sources};
pub use table::embedded;

use std::collections::BTreeMap;
use std::mem;
use std::path::PathBuf;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::extract::Extraction;
use crate::identity::People;
use crate::index::{EntryIx, Index, PageIx};
use crate::lexicon::{Kind, Lexicon};
use crate::locale::Locale;
use crate::page::Page;
use crate::progress::Progress;
use crate::render::Renderer;
use crate::syndication::{CopyRule, Signature};
use crate::url::{Address, Addresses};
use crate::view::{Global, Section};
use shown::Shown;

/// What an address gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this file.
    Copy(PathBuf),
}

/// A page with all it names, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Briefing {
    /// The page as read.
    pub page: Page,
    /// What it names, after what its front matter states has been heeded.
    pub found: Extraction,
    /// What is kept of its words to find its copies.
    pub signature: Signature,
    /// Where its front matter says whose copy it is.
    pub copy_of_at: Option<Place>,
    /// For each person of `found`, the place in [`Site::people`].
    pub people: Vec<u32>,
    /// Where it stands.
    pub address: Address,
}

impl From<Briefing> for Text {
    fn from(briefing: Briefing) -> Text {
        Text {
            page: briefing.page,
            found: briefing.found,
            signature: briefing.signature,
            copy_of_at: briefing.copy_of_at,
        }
    }
}

/// A text that is a copy of a briefing: it has a page, and counts nowhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Copied {
    /// The copy.
    pub briefing: Briefing,
    /// The briefing that stands for it.
    pub of: PageIx,
    /// Why it is a copy.
    pub rule: CopyRule,
}

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The home page.
    Home,
    /// A briefing.
    Briefing(PageIx),
    /// A copy of a briefing, by its place in [`Site::copies`].
    Copy(usize),
    /// One page of what is known of an entity, from 1.
    Entity(EntryIx, usize),
    /// All entities of a kind.
    Kind(Kind),
    /// All years.
    Archive,
    /// One year.
    Year(i16),
    /// One month.
    Month(i16, i8),
    /// Briefings without a date.
    Undated,
    /// How the site was made.
    About,
    /// What is shown where nothing is.
    NotFound,
    /// An old address of another one.
    Redirect(Address),
    /// A file built into the program.
    Embedded(String),
    /// A file of the site's own.
    File(PathBuf),
    /// These words, as they are.
    Text(String),
}

/// How much was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Briefings published.
    pub briefings: usize,
    /// Texts that are copies of these.
    pub copies: usize,
    /// Countries named.
    pub countries: usize,
    /// Officials named.
    pub officials: usize,
    /// Organisations named.
    pub organisations: usize,
    /// Topics told.
    pub topics: usize,
    /// Mentions of all of them.
    pub mentions: usize,
}

/// The whole site.
pub struct Site {
    /// Its settings.
    pub config: Config,
    /// Who is who.
    pub lexicon: Lexicon,
    /// Where its texts are at home, if that is not stated and they tell.
    pub home: Option<Home>,
    /// How dates, counts and names are written.
    pub locale: Locale,
    /// Every briefing, newest first, undated last.
    pub briefings: Vec<Briefing>,
    /// Texts that are copies of briefings, in the order of these.
    pub copies: Vec<Copied>,
    /// Every official named.
    pub people: People,
    /// Who is named where.
    pub index: Index,
    /// Links under the base path.
    pub addresses: Addresses,
    shown: Shown,
    renderer: Renderer,
    table: BTreeMap<String, Target>,
}

impl Site {
    /// Makes the site of its sources. A fault costs its own item; what costs is among the diagnostics.
    pub fn new(sources: Sources, progress: &dyn Progress) -> Checked<Site> {
        Site::remembering(sources, &Forgetful, progress)
    }

    /// The same without reading what `memory` knows.
    pub fn remembering(mut sources: Sources, memory: &dyn Memory, progress: &dyn Progress) -> Checked<Site> {
        let mut diagnostics = Vec::new();
        let (content, seeds) = (mem::take(&mut sources.content), mem::take(&mut sources.seeds));
        let (bare, recalled) = rayon::join(|| Site::bare(&sources), || memory::recall(content, seeds, memory));
        let mut site = bare.take(&mut diagnostics);
        let with_seeds = sources.config.build.create_missing;
        let readings = memory::read_all(recalled, &mut site.lexicon, with_seeds, memory, progress);
        let mut texts = Vec::with_capacity(readings.read.len());
        for (_, read) in readings.read {
            texts.extend(read.text);
            diagnostics.extend(read.faults);
        }
        site.home = readings.home;
        diagnostics.extend(site.lay(texts));
        diagnostics.extend(site.lay_table(&sources.statics));
        Checked {
            value: site,
            diagnostics,
        }
    }

    /// The site of these settings, lexicon and templates, without a text.
    fn bare(sources: &Sources) -> Checked<Site> {
        let mut diagnostics = Vec::new();
        let lexicon = reading::lexicon(&sources.lexicon, &sources.config.briefings).take(&mut diagnostics);
        let locale = Locale::new(sources.config.book.language, &sources.config.output.html);
        let addresses = Addresses::new(&sources.config.base_path());
        let renderer = renderer(sources, &locale, &addresses).take(&mut diagnostics);
        let value = Site {
            config: sources.config.clone(),
            lexicon,
            home: None,
            locale,
            briefings: Vec::new(),
            copies: Vec::new(),
            people: People::default(),
            index: Index::default(),
            addresses,
            shown: Shown::default(),
            renderer,
            table: BTreeMap::new(),
        };
        Checked { value, diagnostics }
    }

    /// Lays out all texts: in which order, who is who in them, who is named where.
    fn lay(&mut self, texts: Vec<Text>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let read = reading::order(texts, &self.config);
        let groups =
            copies::groups(&read.0, &read.1, &self.lexicon, self.config.briefings.copies).take(&mut diagnostics);
        (self.briefings, self.copies, self.people) =
            reading::identify(read, &groups, &self.lexicon, &self.config).take(&mut diagnostics);
        let named: Vec<_> = self.briefings.par_iter().map(reading::named).collect();
        self.index = Index::new(&named, |named| reading::key(named, &self.people, &self.lexicon));
        self.shown = Shown::new(self);
        diagnostics
    }

    /// Takes all texts out, by path.
    fn take_texts(&mut self) -> FxHashMap<String, Text> {
        let copies = mem::take(&mut self.copies).into_iter().map(|copied| copied.briefing);
        let briefings = mem::take(&mut self.briefings).into_iter().chain(copies);
        briefings
            .map(|briefing| (briefing.page.file.clone(), briefing.into()))
            .collect()
    }

    /// Lays down what stands at which address.
    fn lay_table(&mut self, statics: &BTreeMap<String, PathBuf>) -> Vec<Diagnostic> {
        let laid = table::lay(self, statics);
        self.table = laid.value;
        laid.diagnostics
    }

    /// The paths of all files of the site, relative to its output folder, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.table.keys().map(String::as_str)
    }

    /// Whether anything stands at `path`.
    pub fn has(&self, path: &str) -> bool {
        self.table.contains_key(path)
    }

    /// What stands at `path`; `None` where nothing does.
    ///
    /// # Errors
    ///
    /// Where a template fails.
    pub fn render(&self, path: &str) -> Option<Result<Output, Diagnostic>> {
        let target = self.table.get(path)?;
        Some(present::output(self, target))
    }

    /// Its name.
    pub fn title(&self) -> String {
        shown::title(&self.config, &self.locale).0
    }

    /// Every text that has a page: briefings, then copies.
    pub fn texts(&self) -> impl Iterator<Item = &Briefing> {
        let copies = self.copies.iter().map(|copied| &copied.briefing);
        self.briefings.iter().chain(copies)
    }

    /// The copies of a briefing.
    pub fn copies_of(&self, page: PageIx) -> &[Copied] {
        let start = self.copies.partition_point(|copied| copied.of < page);
        let end = self.copies.partition_point(|copied| copied.of <= page);
        &self.copies[start..end]
    }

    /// How much was found.
    pub fn summary(&self) -> Summary {
        let kind = |kind| self.index.of_kind(kind).len();
        Summary {
            briefings: self.briefings.len(),
            copies: self.copies.len(),
            countries: kind(Kind::Country),
            officials: kind(Kind::Official),
            organisations: kind(Kind::Organisation),
            topics: kind(Kind::Topic),
            mentions: self.index.entries.iter().map(|entry| entry.mentions as usize).sum(),
        }
    }
}

/// The templates of the site, with what every page shows.
fn renderer(sources: &Sources, locale: &Locale, addresses: &Addresses) -> Checked<Renderer> {
    Renderer::new(&global(sources, locale, addresses), locale, &sources.templates)
}

/// What every page shows, the same everywhere.
fn global(sources: &Sources, locale: &Locale, addresses: &Addresses) -> Global {
    let (title, description) = shown::title(&sources.config, locale);
    let words = &locale.texts.words;
    let section = |key, label: &String, address: &Address| Section {
        key,
        label: label.clone(),
        href: addresses.href(address),
    };
    Global {
        lang: locale.language.tag(),
        dir: locale.language.direction(),
        title,
        description,
        authors: sources.config.book.authors.clone(),
        home: addresses.href(&Address::home()),
        nav: vec![
            section("countries", &words.countries, &Address::index(Kind::Country)),
            section("officials", &words.officials, &Address::index(Kind::Official)),
            section(
                "organisations",
                &words.organisations,
                &Address::index(Kind::Organisation),
            ),
            section("topics", &words.topics, &Address::index(Kind::Topic)),
            section("archive", &words.archive, &Address::archive(None, None)),
        ],
        about: addresses.href(&Address::about()),
        base: addresses.href(&Address::home()),
        style: addresses.href(&Address::file("style.css")) + &table::mark("style.css", &sources.statics),
    }
}
