//! All that touches files, the clock and the terminal. The modules here do not import each other; `main` wires them.

pub mod import;
pub mod init;
pub mod progress;
pub mod read;
pub mod terminal;
pub mod write;

use std::io;
use std::path::{Component, Path};

use crate::diagnostic::Diagnostic;

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
