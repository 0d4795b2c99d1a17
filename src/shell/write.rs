//! A site's files, streamed to its output folder.
//!
//! In: the paths of all files and a function that renders each. Out: the folder, which holds exactly these files and
//! whatever others put there. A file is written beside its place and then renamed, and only where its bytes differ, so
//! that a stop at any moment leaves each file old or new, and whole. What is ours is told by a manifest, and while
//! files are being written by a journal beside it: a file that neither knows is never written over nor removed, and
//! one of ours that someone has changed is not removed. Links in the folder are not followed.
//!
//! Files are not forced to the disk: after a power cut the next build compares them with what they should be.
#![expect(clippy::disallowed_methods, reason = "writes files")]

mod folder;
mod manifest;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use icu::normalizer::ComposingNormalizer;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use self::folder::Folder;
pub use self::folder::place;
use self::manifest::{Entry, Manifest};
use super::cause;
use crate::diagnostic::{Checked, Diagnostic};
use crate::progress::{Progress, Stage};
use crate::site::Output;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Those that were new or differed.
    pub changed: usize,
    /// Files of an earlier build that the site no longer has.
    pub removed: usize,
}

/// Writes the files named by `paths` to `folder`, which `place` has found fit. `render` gives the bytes of each.
/// A fault costs its own file; the one that stood there before stays.
///
/// # Errors
///
/// Where the folder is not ours, or cannot be read or written at all. Nothing is changed then.
pub fn write<'a>(
    folder: &Path,
    paths: impl Iterator<Item = &'a str>,
    render: impl Fn(&str) -> Option<Result<Output, Diagnostic>> + Sync,
    progress: &dyn Progress,
) -> Result<Checked<Written>, Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut folder = Folder::open(folder)?;
    let paths = distinct(paths).take(&mut diagnostics);
    let wanted: BTreeSet<&str> = paths.iter().copied().collect();
    let removed = folder.remove_all_but(&wanted).take(&mut diagnostics);
    let paths = folder.free(paths).take(&mut diagnostics);
    progress.begin(Stage::Writing, paths.len());
    let writer = Writer {
        folder: &folder,
        count: AtomicUsize::new(0),
    };
    let write = |path: &&'a str| {
        let done = render(path).map(|output| output.and_then(|output| writer.put(path, output)));
        progress.step();
        (*path, done)
    };
    let done: Vec<_> = paths.par_iter().map(write).collect();
    let (mut written, manifest) = gather(&folder, done).take(&mut diagnostics);
    written.removed = removed;
    folder.close(&manifest)?;
    Ok(Checked {
        value: written,
        diagnostics,
    })
}

/// What became of each path: what it holds now, and whether it had to be written; `None` where nothing stands there.
type Done<'a> = (&'a str, Option<Result<(Entry, bool), Diagnostic>>);

/// Counts what was done, and lists what is ours now. A file that could not be made keeps its old entry.
fn gather(folder: &Folder, done: Vec<Done<'_>>) -> Checked<(Written, Manifest)> {
    let mut written = Written::default();
    let mut manifest = Manifest::default();
    let mut diagnostics = Vec::new();
    for (path, done) in done {
        let entry = match done {
            Some(Ok((entry, changed))) => {
                written.files += 1;
                written.changed += usize::from(changed);
                Some(entry)
            }
            Some(Err(diagnostic)) => {
                diagnostics.push(diagnostic);
                folder.known(path).cloned()
            }
            None => folder.known(path).cloned(),
        };
        manifest.files.extend(entry.map(|entry| (path.to_owned(), entry)));
    }
    Checked {
        value: (written, manifest),
        diagnostics,
    }
}

/// Paths that no disk takes for one another. Some disks do not tell capitals from small letters, nor composed letters
/// from others; a site must stand on any.
fn distinct<'a>(paths: impl Iterator<Item = &'a str>) -> Checked<Vec<&'a str>> {
    let normalizer = ComposingNormalizer::new_nfc();
    let paths: Vec<&str> = paths.collect();
    let key = |path: &&str| normalizer.normalize(&path.to_lowercase()).into_owned();
    let keys: Vec<String> = paths.par_iter().map(key).collect();
    let mut first: FxHashMap<&str, &str> = FxHashMap::default();
    let mut distinct = Vec::with_capacity(paths.len());
    let mut diagnostics = Vec::new();
    for (path, key) in paths.into_iter().zip(&keys) {
        if let Some(first) = first.get(key.as_str()) {
            let message = format!("the path differs from {first} only in capitals or in how letters are composed");
            let hint = "some disks take the two for one: give one of them another `slug:` or name";
            diagnostics.push(Diagnostic::error(path, message).hint(hint));
        } else {
            first.insert(key, path);
            distinct.push(path);
        }
    }
    Checked {
        value: distinct,
        diagnostics,
    }
}

/// Puts single files into place.
struct Writer<'a> {
    folder: &'a Folder,
    count: AtomicUsize,
}

impl Writer<'_> {
    /// Sees to it that `path` holds `output`. Whether it had to be written.
    fn put(&self, path: &str, output: Output) -> Result<(Entry, bool), Diagnostic> {
        match output {
            Output::Bytes(bytes) => self.put_bytes(path, &bytes),
            Output::Copy(source) => self.put_copy(path, &source),
        }
    }

    fn put_bytes(&self, path: &str, bytes: &[u8]) -> Result<(Entry, bool), Diagnostic> {
        let entry = Entry {
            blake3: blake3::hash(bytes),
            length: bytes.len() as u64,
        };
        if self.folder.known(path) == Some(&entry) && holds(&self.folder.join(path), bytes) {
            return Ok((entry, false));
        }
        let written = |file: &mut File| file.write_all(bytes).map(|()| entry.clone());
        self.replace(path, written).map(|entry| (entry, true))
    }

    /// The same for a file, which is never held in memory whole.
    fn put_copy(&self, path: &str, source: &Path) -> Result<(Entry, bool), Diagnostic> {
        let failed = |error: io::Error| {
            let message = format!("the file cannot be copied from {}: {}", source.display(), cause(&error));
            Diagnostic::error(self.folder.shown(path), message)
        };
        let entry = manifest::entry_of(source).map_err(failed)?;
        let same = |file: &Path| manifest::entry_of(file).is_ok_and(|old| old == entry);
        if self.folder.known(path) == Some(&entry) && same(&self.folder.join(path)) {
            return Ok((entry, false));
        }
        let mut source = File::open(source).map_err(failed)?;
        self.replace(path, |file| copy(&mut source, file))
            .map(|entry| (entry, true))
    }

    /// Writes a file beside its place, notes it in the journal, and renames it. `write` tells what it wrote.
    fn replace(&self, path: &str, write: impl FnOnce(&mut File) -> io::Result<Entry>) -> Result<Entry, Diagnostic> {
        let place = self.folder.join(path);
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let temporary = place.with_file_name(folder::temporary(number));
        let failed = |error: io::Error| {
            let message = format!("the file cannot be written: {}", cause(&error));
            Diagnostic::error(self.folder.shown(path), message)
        };
        let known = self.folder.known(path).is_some();
        if !known && !self.folder.is_fresh() && place.symlink_metadata().is_ok() {
            return Err(self.folder.in_the_way(path));
        }
        self.folder.begin_journal().map_err(failed)?;
        let renamed = create(&temporary).and_then(|mut file| {
            let entry = write(&mut file)?;
            drop(file);
            self.folder.note(path, &entry)?;
            std::fs::rename(&temporary, &place)?;
            Ok(entry)
        });
        renamed.map_err(|error| {
            // What could not be written cannot always be removed either; the next build tries again.
            let _ = std::fs::remove_file(&temporary);
            failed(error)
        })
    }
}

/// Creates a file, and its folder where there is none.
fn create(file: &Path) -> io::Result<File> {
    match (File::create(file), file.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            std::fs::create_dir_all(folder)?;
            File::create(file)
        }
        (created, _) => created,
    }
}

/// Whether the file holds exactly these bytes.
fn holds(file: &Path, bytes: &[u8]) -> bool {
    let compare = || -> io::Result<bool> {
        let mut file = File::open(file)?;
        let length = bytes.len() as u64;
        if file.metadata()?.len() != length {
            return Ok(false);
        }
        let mut found = Vec::with_capacity(bytes.len() + 1);
        (&mut file).take(length + 1).read_to_end(&mut found)?;
        Ok(found == bytes)
    };
    compare().unwrap_or(false)
}

/// Copies `source` to its end. What was copied.
fn copy(source: &mut File, to: &mut File) -> io::Result<Entry> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 64 << 10];
    let mut length = 0;
    loop {
        let read = source.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        length += read as u64;
    }
    Ok(Entry {
        blake3: hasher.finalize(),
        length,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Unwatched;

    /// Writes files of these paths and texts to `folder`: how many changed and were removed, and the faults.
    fn build(folder: &Path, files: &[(&str, &str)]) -> (usize, usize, Vec<String>) {
        let render = |path: &str| {
            let (_, text) = files.iter().find(|(known, _)| *known == path)?;
            Some(match *text {
                "broken" => Err(Diagnostic::error(path, "broken")),
                text => Ok(Output::Bytes(text.into())),
            })
        };
        let done = write(folder, files.iter().map(|(path, _)| *path), render, &Unwatched).unwrap();
        let faults = done.diagnostics.into_iter().map(|fault| fault.message).collect();
        (done.value.changed, done.value.removed, faults)
    }

    fn text(folder: &Path, path: &str) -> Option<String> {
        std::fs::read_to_string(folder.join(path)).ok()
    }

    #[test]
    fn a_file_that_cannot_be_made_leaves_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        build(folder.path(), &[("a", "1"), ("b", "2")]);
        assert_eq!(
            build(folder.path(), &[("a", "broken"), ("b", "3")]),
            (1, 0, vec!["broken".into()])
        );
        assert_eq!(text(folder.path(), "a").as_deref(), Some("1"));
        assert_eq!(build(folder.path(), &[("b", "3")]), (0, 1, vec![]));
    }

    #[test]
    fn a_file_may_become_a_folder_and_a_folder_a_file() {
        let folder = tempfile::tempdir().unwrap();
        build(folder.path(), &[("a", "1"), ("b/c/d", "2")]);
        assert_eq!(build(folder.path(), &[("a/b", "1"), ("b", "2")]), (2, 2, vec![]));
        assert_eq!(text(folder.path(), "a/b").as_deref(), Some("1"));
    }

    #[test]
    fn paths_that_some_disk_takes_for_one_are_a_fault() {
        let composed = "\u{0622}"; // alef with madda
        let apart = "\u{0627}\u{0653}"; // alef, then madda
        let checked = distinct(["Egypt", "egypt", composed, apart, "qatar"].into_iter());
        assert_eq!(checked.value, ["Egypt", composed, "qatar"]);
        assert_eq!(checked.diagnostics.len(), 2);
    }

    #[test]
    fn a_path_never_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let (changed, _, faults) = build(&folder.path().join("public"), &[("../a", "1"), (".bayan-journal", "2")]);
        assert_eq!((changed, faults.len()), (0, 2));
        assert!(!folder.path().join("a").exists());
    }
}
