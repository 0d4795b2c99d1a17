//! Reads the result of a query, and writes a file of the site's lexicon.
#![expect(clippy::disallowed_methods, reason = "reads and writes files")]

use std::fs;
use std::path::Path;

use super::{cause, put};
use crate::diagnostic::Diagnostic;

/// The text of a file, wherever it lies.
///
/// # Errors
///
/// Where it cannot be read or is not UTF-8.
pub fn read(file: &Path) -> Result<String, Diagnostic> {
    let shown = file.display().to_string();
    match fs::read(file).map(String::from_utf8) {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(_)) => Err(Diagnostic::error(shown, "the file is not UTF-8").hint("save it as UTF-8")),
        Err(error) => Err(Diagnostic::error(
            shown,
            format!("it cannot be read: {}", cause(&error)),
        )),
    }
}

/// The text of a file of the site in `root`; empty where there is none.
///
/// # Errors
///
/// Where it is there but cannot be read, so that it must not be written over.
pub fn own(root: &Path, path: &str) -> Result<String, Diagnostic> {
    let place = root.join(path);
    if place.symlink_metadata().is_ok() {
        read(&place)
    } else {
        Ok(String::new())
    }
}

/// Writes `text` to `path` of the site in `root`, whole or not at all. Of a link, the file it leads to is written.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write(root: &Path, path: &str, text: &str) -> Result<(), Diagnostic> {
    let place = root.join(path);
    let place = place.canonicalize().unwrap_or(place);
    put(&place, text, true).map_err(|error| Diagnostic::error(path, format!("it cannot be written: {}", cause(&error))))
}
