//! What has changed in a site's folder since it was last read.
//!
//! In: the site as it is kept, and the paths where something may have happened. Out: what is not as it was. A file of
//! equal bytes is no change. Settings that break what was whole are held back, as [`Kept`] holds back broken texts; what
//! cannot be read stays as it last was.
#![expect(clippy::disallowed_methods, reason = "looks at files")]

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{bytes, look_alike, not_utf8, settings, unreadable, with_settings};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, is_broken};
use crate::progress::Progress;
use crate::shell::folder::{self, Part};
use crate::shell::{Touched, relative};
use crate::site::{Change, Folder, Kept, Source, Sources};

/// A site's folder that is read again wherever it changes.
pub struct Following {
    root: PathBuf,
    /// What is wrong with `book.toml`.
    settings: Vec<Diagnostic>,
    /// Whether its last change is held back.
    is_held: bool,
    /// What is wrong with other files as such: they cannot be read, or hold no plain text.
    faults: Vec<Diagnostic>,
    /// Static files that have changed, as they were then.
    statics: BTreeMap<String, blake3::Hash>,
}

/// What is not as it was.
pub struct News {
    /// The files, relative to the site, in order.
    pub files: Vec<String>,
    work: Work,
}

/// What has to be done for it.
enum Work {
    Changes(Vec<Change>),
    Replace(Box<Sources>),
}

/// What a path was found to be.
enum Seen {
    Change(Change),
    Fault(Diagnostic),
    Static(String, Option<blake3::Hash>),
}

impl Following {
    /// The folder `root`, just read, with what was wrong there.
    pub fn new(root: &Path, faults: Vec<Diagnostic>) -> Following {
        let (settings, faults) = faults.into_iter().partition(|fault| fault.file == folder::SETTINGS);
        Following {
            root: root.to_owned(),
            settings,
            is_held: false,
            faults,
            statics: BTreeMap::new(),
        }
    }

    /// What is wrong with files as such.
    pub fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        self.settings.iter().chain(&self.faults)
    }

    /// Whether the last change of `book.toml` is held back.
    pub fn holds_settings(&self) -> bool {
        self.is_held
    }

    /// Looks at what may have changed; `None` where all is as it was.
    pub fn look(&mut self, kept: &Kept, touched: Touched) -> Option<News> {
        let sources = kept.sources();
        let Touched::Paths(paths) = touched else {
            let config = self.new_settings(sources).unwrap_or_else(|| sources.config.clone());
            let styles = sources.statics.keys().filter(|name| folder::has_ending(name, &["css"]));
            let files = styles.map(|name| format!("static/{name}")).collect();
            return Some(self.all(config, files));
        };
        if paths.contains(sources.config.book.src.trim_end_matches('/')) {
            return Some(self.all(sources.config.clone(), paths.into_iter().collect()));
        }
        let before = self.settings.clone();
        let config = paths
            .contains(folder::SETTINGS)
            .then(|| self.new_settings(sources))
            .flatten();
        if let Some(config) = config {
            return Some(self.all(config, paths.into_iter().collect()));
        }
        let (mut files, changes) = self.of_paths(kept, &paths);
        if before != self.settings {
            files.push(folder::SETTINGS.into());
        }
        let work = Work::Changes(changes);
        (!files.is_empty()).then_some(News { files, work })
    }

    /// All but the settings read again, as `files` have changed.
    fn all(&mut self, config: Config, files: Vec<String>) -> News {
        let read = with_settings(&self.root, config);
        self.faults = read.diagnostics;
        let work = Work::Replace(Box::new(read.value));
        News { files, work }
    }

    /// `book.toml` read again; `None` where it says the same as before or is held back.
    fn new_settings(&mut self, sources: &Sources) -> Option<Config> {
        let read = settings(&self.root);
        let was_whole = !is_broken(&self.settings) || self.is_held;
        self.settings = read.diagnostics;
        self.is_held = was_whole && is_broken(&self.settings);
        (!self.is_held && read.value != sources.config).then_some(read.value)
    }

    /// The files among `paths`, or below them, that are not as they were.
    fn of_paths(&mut self, kept: &Kept, paths: &BTreeSet<String>) -> (Vec<String>, Vec<Change>) {
        let sources = kept.sources();
        let src = sources.config.book.src.as_str();
        let files: BTreeSet<String> = paths.iter().flat_map(|path| self.below(path, sources)).collect();
        let held: BTreeSet<&str> = kept.held().collect();
        let look = |path: &String| {
            let part = folder::part(path, src)?;
            seen(&self.root, path, sources, part, held.contains(path.as_str()))
        };
        let found: Vec<Option<Seen>> = files.par_iter().map(look).collect();
        let before = self.faults.len();
        self.faults
            .retain(|fault| !files.contains(&fault.file) && fault.file != src);
        let mut is_news = before != self.faults.len();
        let (mut news, mut changes) = (Vec::new(), Vec::new());
        for (path, seen) in files.iter().zip(found) {
            let change = match seen {
                None => continue,
                Some(Seen::Change(change)) => Some(change),
                Some(Seen::Static(name, hash)) => self.of_static(name, hash, sources),
                Some(Seen::Fault(fault)) => {
                    self.faults.push(fault);
                    is_news = true;
                    continue;
                }
            };
            news.extend(change.is_some().then(|| path.clone()));
            changes.extend(change);
        }
        if is_news && news.is_empty() {
            news.extend(files.into_iter().take(1));
        }
        (news, changes)
    }

    /// How a static file with this mark of its bytes is not as it was.
    fn of_static(&mut self, name: String, now: Option<blake3::Hash>, sources: &Sources) -> Option<Change> {
        let was_there = sources.statics.contains_key(&name);
        let before = match now {
            Some(hash) => self.statics.insert(name.clone(), hash),
            None => self.statics.remove(&name),
        };
        let is_same = match now {
            Some(_) => before == now && was_there,
            None => !was_there,
        };
        let place = now.map(|_| self.root.join("static").join(&name));
        (!is_same).then_some(Change::Static(name, place))
    }

    /// The file `path`; where it is or was a folder, all files that lie or lay in it.
    fn below(&self, path: &str, sources: &Sources) -> Vec<String> {
        let place = self.root.join(path);
        let mut files = known_below(path, sources);
        if place.is_dir() {
            let walk = WalkDir::new(&place).follow_links(true).into_iter().flatten();
            let found = walk.filter(|entry| entry.file_type().is_file());
            files.extend(found.filter_map(|entry| relative(&self.root, entry.path())));
        } else if files.is_empty() {
            files.push(path.to_owned());
        }
        files
    }
}

impl News {
    /// Brings the site up to date.
    pub fn apply(self, kept: &mut Kept, progress: &dyn Progress) {
        match self.work {
            Work::Changes(changes) => kept.apply(changes, progress),
            Work::Replace(sources) => kept.replace(*sources, progress),
        }
    }
}

/// What stands at `path` now; `None` where that is what stood there.
fn seen(root: &Path, path: &str, sources: &Sources, part: Part, is_held: bool) -> Option<Seen> {
    let place = root.join(path);
    let name = |folder| folder::inside(path, folder).unwrap_or(path).to_owned();
    if part == Part::LookAlike {
        return place.is_file().then(|| Seen::Fault(look_alike(path)));
    }
    if part == Part::Static {
        return Some(Seen::Static(name("static"), mark(&place)));
    }
    let now = match bytes(&place) {
        Ok(bytes) => Some(bytes),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => None,
        Err(error) => return Some(Seen::Fault(unreadable(path, &error))),
    };
    let before = known(sources, path, part);
    if !is_held && before == now.as_deref() {
        return None;
    }
    let change = match part {
        Part::Text(folder) => Change::Text(folder, path.to_owned(), now),
        Part::Lexicon => Change::Lexicon(path.to_owned(), now),
        Part::Template => match now.map(String::from_utf8).transpose() {
            Ok(text) => Change::Template(name("templates"), text),
            Err(_) => return Some(Seen::Fault(not_utf8(path))),
        },
        Part::Settings | Part::LookAlike | Part::Static => return None,
    };
    Some(Seen::Change(change))
}

/// A mark of a static file's bytes; `None` where there is none.
fn mark(place: &Path) -> Option<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    let file = std::fs::File::open(place).ok().filter(|_| place.is_file())?;
    hasher.update_reader(file).ok()?;
    Some(hasher.finalize())
}

/// The bytes of a file as the site has them.
fn known<'a>(sources: &'a Sources, path: &str, part: Part) -> Option<&'a [u8]> {
    let found = |files: &'a [Source]| {
        let at = files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(files[at].bytes.as_slice())
    };
    match part {
        Part::Text(Folder::Seeds) => found(&sources.seeds),
        Part::Text(Folder::Content) => found(&sources.content),
        Part::Lexicon => found(&sources.lexicon),
        Part::Template => {
            let name = folder::inside(path, "templates")?;
            sources.templates.get(name).map(String::as_bytes)
        }
        Part::Settings | Part::LookAlike | Part::Static => None,
    }
}

/// Whether the site has a file `path`.
pub fn has(sources: &Sources, path: &str) -> bool {
    match folder::part(path, &sources.config.book.src) {
        None | Some(Part::LookAlike) => false,
        Some(Part::Settings) => true,
        Some(Part::Static) => folder::inside(path, "static").is_some_and(|name| sources.statics.contains_key(name)),
        Some(part) => known(sources, path, part).is_some(),
    }
}

/// The files that the site has of the folder `path`.
fn known_below(path: &str, sources: &Sources) -> Vec<String> {
    let start = format!("{path}/");
    let mut below = Vec::new();
    for files in [&sources.seeds, &sources.content, &sources.lexicon] {
        let first = files.partition_point(|file| file.path < start);
        let names = files[first..].iter().map(|file| file.path.as_str());
        below.extend(names.take_while(|name| name.starts_with(&start)).map(str::to_owned));
    }
    let templates = sources.templates.keys().map(|name| format!("templates/{name}"));
    let statics = sources.statics.keys().map(|name| format!("static/{name}"));
    below.extend(templates.chain(statics).filter(|name| name.starts_with(&start)));
    below
}
