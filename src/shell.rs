//! All that touches files, the clock, the network and the terminal. The public modules here do not import each other;
//! `main` wires them.

mod folder;

pub mod cache;
pub mod import;
pub mod init;
pub mod lexicon;
pub mod progress;
pub mod read;
pub mod serve;
pub mod terminal;
pub mod watch;
pub mod write;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::Diagnostic;

/// Where something may have changed in a site's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// At these paths, relative to the site, of files or folders.
    Paths(BTreeSet<String>),
    /// Anywhere.
    Anything,
}

/// The path of `file` in `folder` as diagnostics and sources write it: relative, with `/` between folders; `None` where
/// it lies elsewhere or a name is not UTF-8.
pub fn relative(folder: &Path, file: &Path) -> Option<String> {
    let mut path = String::new();
    for part in file.strip_prefix(folder).ok()?.components() {
        let Component::Normal(name) = part else { return None };
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(name.to_str()?);
    }
    Some(path)
}

/// Writes `text` to the file that a person has named, in place of what it held.
///
/// # Errors
///
/// Where it cannot be written.
#[expect(clippy::disallowed_methods, reason = "writes a file")]
pub fn write_file(file: &Path, text: &str) -> Result<(), Diagnostic> {
    std::fs::write(file, text).map_err(|error| Diagnostic::error(file.display().to_string(), cause(&error)))
}

/// What went wrong with a file, as one clause.
pub fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => "something else is there".into(),
        io::ErrorKind::NotADirectory => "what should be a folder is a file".into(),
        io::ErrorKind::NotFound => "it does not exist".into(),
        io::ErrorKind::PermissionDenied => "permission is denied".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read".into(),
        io::ErrorKind::InvalidFilename => "its name is too long for the disk".into(),
        _ => error.to_string(),
    }
}

/// The path of `file`, which must exist, relative to the folder `root` as sources write it; `None` where it lies elsewhere.
#[expect(clippy::disallowed_methods, reason = "follows links")]
pub fn path_in(root: &Path, file: &Path) -> Option<String> {
    relative(&root.canonicalize().ok()?, &file.canonicalize().ok()?)
}

/// The folder `root` without links.
///
/// # Errors
///
/// Where it does not exist.
#[expect(clippy::disallowed_methods, reason = "follows links")]
pub fn whole(root: &Path) -> Result<PathBuf, Diagnostic> {
    root.canonicalize()
        .map_err(|error| Diagnostic::error(root.display().to_string(), cause(&error)))
}

/// Writes `text` to `place`. A file that is there is replaced only where `replace` says so.
#[expect(clippy::disallowed_methods, reason = "writes files")]
fn put(place: &Path, text: &str, replace: bool) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    if !replace && place.symlink_metadata().is_ok() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "a file that is no page stands in its place",
        ));
    }
    let new = place.with_file_name(".bayan-import.tmp");
    let written = File::create(&new).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        fs::rename(&new, place)
    });
    written.inspect_err(|_| {
        // What could not be written cannot always be removed either; it is hidden and passed over.
        let _ = fs::remove_file(&new);
    })
}
