//! The output folder: whether it is fit, what stands in it, what of that is ours.
#![expect(clippy::disallowed_methods, reason = "reads and writes files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use walkdir::{DirEntry, WalkDir};

use super::manifest::{self, Entry, JOURNAL, MANIFEST, Manifest, is_inside};
use crate::diagnostic::{Checked, Diagnostic};
use crate::shell::{cause, relative};

/// How names of files that are not yet in place begin.
const TEMPORARY: &str = ".bayan-tmp-";

/// The name of the file that is `number`th to be put in place.
pub fn temporary(number: usize) -> String {
    format!("{TEMPORARY}{number}")
}

/// Says whether a site in `root`, read from `sources` (folders in it), may be written to `folder`. Nothing need exist.
///
/// # Errors
///
/// Where writing there could harm the site's sources, the person's home, or the whole disk.
pub fn place(folder: &Path, root: &Path, sources: &[&str]) -> Result<(), Diagnostic> {
    let refuse = |why: &str| {
        let message = format!("the site cannot be written there: {why}");
        let hint = "choose a folder of its own, such as `build-dir = \"public\"`";
        Err(Diagnostic::error(folder.display().to_string(), message).hint(hint))
    };
    let (place, root) = (resolved(folder), resolved(root));
    if place.parent().is_none() {
        return refuse("it is the root of the disk");
    }
    if std::env::home_dir().is_some_and(|home| resolved(&home).starts_with(&place)) {
        return refuse("it is, or holds, your home folder");
    }
    if root.starts_with(&place) {
        return refuse("it is, or holds, the site's own folder");
    }
    for source in sources {
        let kept = resolved(&root.join(source));
        if kept.starts_with(&place) || place.starts_with(&kept) {
            return refuse(&format!("{source}/ holds sources of the site"));
        }
    }
    Ok(())
}

/// A path with its links followed, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for known in whole.ancestors() {
        if let (Ok(real), Ok(rest)) = (known.canonicalize(), whole.strip_prefix(known)) {
            // `join` of nothing would add a slash.
            return if rest.as_os_str().is_empty() {
                real
            } else {
                real.join(rest)
            };
        }
    }
    whole
}

/// What stands in the folder under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    File,
    Folder,
    /// A link, a pipe and the like.
    Other,
}

/// An output folder that is ours.
pub struct Folder {
    path: PathBuf,
    /// Our files, as last written, by path.
    known: BTreeMap<String, Entry>,
    /// Everything there, by path.
    standing: FxHashMap<String, Standing>,
    fresh: bool,
    old_manifest: Option<Vec<u8>>,
    journal: OnceLock<File>,
    /// Held so that no two builds write at once.
    _lock: Option<File>,
}

impl Folder {
    /// Opens `path`, makes it where it does not exist, and reads what is ours in it.
    pub fn open(path: &Path) -> Result<Folder, Diagnostic> {
        let failed = |error: io::Error| {
            let message = format!("the folder cannot be used: {}", cause(&error));
            Diagnostic::error(path.display().to_string(), message)
        };
        fs::create_dir_all(path).map_err(failed)?;
        let lock = lock(path)?;
        let old_manifest = optional(fs::read(path.join(MANIFEST))).map_err(failed)?;
        let journal = optional(fs::read(path.join(JOURNAL))).map_err(failed)?;
        if old_manifest.is_none() && journal.is_none() && fs::read_dir(path).map_err(failed)?.next().is_some() {
            let message = "the folder is not empty, and no earlier build made it";
            let hint = "empty it, or choose another with `build-dir` in book.toml or -d";
            return Err(Diagnostic::error(path.display().to_string(), message).hint(hint));
        }
        let mut folder = Folder {
            path: path.to_owned(),
            known: BTreeMap::new(),
            standing: FxHashMap::default(),
            fresh: false,
            old_manifest,
            journal: OnceLock::new(),
            _lock: lock,
        };
        folder.read_manifest()?;
        folder.look().map_err(failed)?;
        folder.read_journal(&journal.unwrap_or_default());
        Ok(folder)
    }

    /// A file's place on the disk.
    pub fn join(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// A file's path as diagnostics name it.
    pub fn shown(&self, path: &str) -> String {
        self.join(path).display().to_string()
    }

    /// What was last written to `path`; `None` where the file is not ours.
    pub fn known(&self, path: &str) -> Option<&Entry> {
        self.known.get(path)
    }

    /// Whether the folder was empty.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Someone else's file stands where ours must.
    pub fn in_the_way(&self, path: &str) -> Diagnostic {
        let hint = "take it away, or choose another folder with `build-dir` in book.toml or -d";
        Diagnostic::error(self.shown(path), "something that is not the site's stands in its place").hint(hint)
    }

    /// Removes our files but those of `wanted`, and the folders that this empties. How many were removed.
    pub fn remove_all_but(&mut self, wanted: &BTreeSet<&str>) -> Checked<usize> {
        let mut removed = 0;
        let mut diagnostics = Vec::new();
        let stale: Vec<(String, Entry)> = self
            .known
            .extract_if(.., |path, _| !wanted.contains(path.as_str()))
            .filter(|(path, _)| self.standing.contains_key(path))
            .collect();
        for (path, entry) in stale {
            match self.remove(&path, &entry) {
                Ok(()) => removed += 1,
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
        Checked {
            value: removed,
            diagnostics,
        }
    }

    fn remove(&mut self, path: &str, entry: &Entry) -> Result<(), Diagnostic> {
        let place = self.join(path);
        let ours = self.standing.get(path) == Some(&Standing::File)
            && self.obstacle(path).is_none()
            && manifest::entry_of(&place).is_ok_and(|found| found == *entry);
        if !ours {
            let message = "the site no longer has this file, but someone has changed it: it is left alone";
            return Err(Diagnostic::warning(self.shown(path), message).hint("take it away if it is not needed"));
        }
        fs::remove_file(&place).map_err(|error| {
            let message = format!(
                "the site no longer has this file, and it cannot be removed: {}",
                cause(&error)
            );
            Diagnostic::warning(self.shown(path), message)
        })?;
        self.standing.remove(path);
        for folder in parents(path) {
            if fs::remove_dir(self.join(folder)).is_err() {
                break;
            }
            self.standing.remove(folder);
        }
        Ok(())
    }

    /// Of `paths`, those at which nothing stands that is not ours.
    pub fn free<'a>(&self, paths: Vec<&'a str>) -> Checked<Vec<&'a str>> {
        let mut diagnostics = Vec::new();
        let free = |path: &&str| {
            let blocked = if is_inside(path) {
                let taken = self.standing.contains_key(*path) && !self.known.contains_key(*path);
                self.obstacle(path)
                    .or(taken.then_some(*path))
                    .map(|at| self.in_the_way(at))
            } else {
                let message = "the path leads out of the site, or is kept for the program";
                Some(Diagnostic::error(self.shown(path), message).hint("give the file another name"))
            };
            let free = blocked.is_none();
            diagnostics.extend(blocked);
            free
        };
        let value = paths.into_iter().filter(free).collect();
        Checked { value, diagnostics }
    }

    /// What is no folder, though `path` lies in it.
    fn obstacle<'a>(&self, path: &'a str) -> Option<&'a str> {
        let solid = |folder: &&str| {
            self.standing
                .get(*folder)
                .is_some_and(|standing| *standing != Standing::Folder)
        };
        parents(path).find(solid)
    }

    /// Makes sure that the folder can be known for ours before anything is written to it.
    pub fn begin_journal(&self) -> io::Result<()> {
        if self.journal.get().is_none() {
            let file = File::options()
                .create(true)
                .append(true)
                .open(self.path.join(JOURNAL))?;
            // Where two threads come here at once, either file will do.
            let _ = self.journal.set(file);
        }
        Ok(())
    }

    /// Notes that `path` is about to hold `entry`. Systems append a line whole, so threads need not wait for each other.
    pub fn note(&self, path: &str, entry: &Entry) -> io::Result<()> {
        let line = manifest::journal_line(path, entry)?;
        match self.journal.get() {
            Some(mut journal) => journal.write_all(&line),
            None => Ok(()),
        }
    }

    /// Writes the manifest, if it says anything new, and takes the journal away.
    pub fn close(self, manifest: &Manifest) -> Result<(), Diagnostic> {
        let place = self.path.join(MANIFEST);
        let save = || -> io::Result<()> {
            let text = manifest.print()?;
            if self.old_manifest.as_ref() != Some(&text) {
                let new = self.path.join(format!("{TEMPORARY}manifest"));
                fs::write(&new, text)?;
                fs::rename(&new, &place)?;
            }
            optional(fs::remove_file(self.path.join(JOURNAL))).map(|_| ())
        };
        save().map_err(|error| {
            let message = format!("the list of written files cannot be saved: {}", cause(&error));
            Diagnostic::error(self.shown(MANIFEST), message).hint("mend that and build again")
        })
    }

    fn read_manifest(&mut self) -> Result<(), Diagnostic> {
        let Some(text) = &self.old_manifest else { return Ok(()) };
        let manifest = Manifest::parse(text).ok_or_else(|| {
            let message = "the list of written files cannot be understood; another version may have written it";
            Diagnostic::error(self.shown(MANIFEST), message).hint("remove the folder, then build again")
        })?;
        self.known = manifest.files;
        Ok(())
    }

    /// Takes the files of a build that did not end for ours, where they are as that build wrote them.
    fn read_journal(&mut self, journal: &[u8]) {
        for (path, entry) in manifest::read_journal(&String::from_utf8_lossy(journal)) {
            let stands = self.standing.get(&path) == Some(&Standing::File) && self.obstacle(&path).is_none();
            if stands && manifest::entry_of(&self.join(&path)).is_ok_and(|found| found == entry) {
                self.known.insert(path, entry);
            }
        }
    }

    /// Looks at everything in the folder, without following links; removes what a build that did not end left
    /// half-written.
    fn look(&mut self) -> io::Result<()> {
        let kept = |entry: &DirEntry| entry.depth() != 1 || entry.file_name() != ".git";
        for entry in WalkDir::new(&self.path).min_depth(1).into_iter().filter_entry(kept) {
            let entry = entry?;
            let Some(path) = relative(&self.path, entry.path()) else {
                continue;
            };
            let kind = entry.file_type();
            let name = entry.file_name().to_str().unwrap_or_default();
            if name.starts_with(TEMPORARY) && kind.is_file() {
                fs::remove_file(entry.path())?;
            } else if ![MANIFEST, JOURNAL].contains(&path.as_str()) {
                let standing = match (kind.is_file(), kind.is_dir()) {
                    (true, _) => Standing::File,
                    (_, true) => Standing::Folder,
                    _ => Standing::Other,
                };
                self.standing.insert(path, standing);
            }
        }
        self.fresh = self.standing.is_empty();
        Ok(())
    }
}

/// The folders that `path` lies in, innermost first.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/')).map(|(folder, _)| folder)
}

/// `None` where there is no such file.
fn optional<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Keeps other builds out of the folder until dropped. Where a system cannot lock folders, nothing is locked.
fn lock(folder: &Path) -> Result<Option<File>, Diagnostic> {
    let Ok(file) = File::open(folder) else { return Ok(None) };
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        let diagnostic = Diagnostic::error(folder.display().to_string(), "another build is writing to this folder");
        return Err(diagnostic.hint("wait until it has ended"));
    }
    Ok(Some(file))
}
