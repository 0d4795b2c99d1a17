//! Writes what `import` has planned into `content/`.
#![expect(clippy::disallowed_methods, reason = "writes files")]

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::cause;
use crate::diagnostic::{Checked, Diagnostic};
use crate::import::{Import, Outcome};

/// Writes each page that is to be written, whole or not at all. How many were.
pub fn write(root: &Path, imports: &[Import]) -> Checked<usize> {
    let mut written = 0;
    let mut diagnostics = Vec::new();
    for import in imports {
        let place = root.join(&import.page);
        let done = match &import.outcome {
            Outcome::Create(text) => put(&place, text, false),
            Outcome::Update(text) => put(&place, text, true),
            Outcome::Keep(_) | Outcome::Skip => continue,
        };
        match done {
            Ok(()) => written += 1,
            Err(error) => {
                let message = format!("the page cannot be written: {}", cause(&error));
                diagnostics.push(Diagnostic::error(&import.page, message));
            }
        }
    }
    Checked {
        value: written,
        diagnostics,
    }
}

/// Writes `text` to `place`. A file that is there is replaced only where `replace` says so.
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
