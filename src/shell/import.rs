//! Writes what `import` has planned into `content/`.

use std::path::Path;

use super::{cause, put};
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
