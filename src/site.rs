//! The site: a table of every address and what to render there.
//!
//! [`Site::new`] reads as its stages: texts become pages, pages are searched for names, names become people and an
//! index, and the table says which address shows what. Nothing is rendered until [`Site::render`] asks for it, so the
//! site's memory does not grow with its HTML.

mod copies;
mod home;
mod present;
mod reading;
mod shown;
mod table;

pub use home::Home;
pub use reading::{find_home, lexicon, page, search};

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::extract::Extraction;
use crate::identity::People;
use crate::index::{EntryIx, Index, PageIx};
use crate::lexicon::{Kind, Lexicon};
use crate::locale::Locale;
use crate::page::Page;
use crate::progress::Progress;
use crate::render::Renderer;
use crate::syndication::CopyRule;
use crate::url::{Address, Addresses};
use crate::view::{Global, Section};
use shown::Shown;

/// A file of the site's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the site, with `/` between folders.
    pub path: String,
    /// As it is.
    pub bytes: Vec<u8>,
}

/// All that a site is made of.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The settings.
    pub config: Config,
    /// Raw texts, by path.
    pub seeds: Vec<Source>,
    /// Reviewed pages, by path.
    pub content: Vec<Source>,
    /// The site's own files of the lexicon.
    pub lexicon: Vec<Source>,
    /// The site's own templates, by name relative to `templates/`.
    pub templates: BTreeMap<String, String>,
    /// The site's own static files, by path relative to `static/`.
    pub statics: BTreeMap<String, PathBuf>,
}

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
    /// For each person of `found`, the place in [`Site::people`].
    pub people: Vec<u32>,
    /// Where it stands.
    pub address: Address,
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
    pub fn new(mut sources: Sources, progress: &dyn Progress) -> Checked<Site> {
        let mut diagnostics = Vec::new();
        let home = sources.config.briefings.home_country.as_deref();
        let mut lexicon = reading::lexicon(&sources.lexicon, home).take(&mut diagnostics);
        let locale = Locale::new(sources.config.book.language, &sources.config.output.html);
        let addresses = Addresses::new(&sources.config.base_path());
        let global = global(&sources, &locale, &addresses);
        let renderer = Renderer::new(&global, &locale, &sources.templates).take(&mut diagnostics);
        let home = reading::find_home(&sources, &mut lexicon);
        let read = reading::texts(&mut sources, &lexicon, progress).take(&mut diagnostics);
        let read = reading::order(read, &sources.config);
        let groups = copies::groups(&read.0, &read.1, &lexicon, sources.config.briefings.copies).take(&mut diagnostics);
        let (briefings, copies, people) =
            reading::identify(read, &groups, &lexicon, &sources.config).take(&mut diagnostics);
        let named: Vec<_> = briefings
            .par_iter()
            .map(|briefing| reading::named(briefing, &people, &lexicon))
            .collect();
        let index = Index::new(&named);
        let shown = Shown::new((&briefings, &copies), &people, &index, &lexicon, &locale, &addresses);
        let mut site = Site {
            config: sources.config,
            lexicon,
            home,
            locale,
            briefings,
            copies,
            people,
            index,
            addresses,
            shown,
            renderer,
            table: BTreeMap::new(),
        };
        site.table = table::lay(&site, &sources.statics).take(&mut diagnostics);
        Checked {
            value: site,
            diagnostics,
        }
    }

    /// The paths of all files of the site, relative to its output folder, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.table.keys().map(String::as_str)
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
