//! A new site in an empty folder: settings, one text to begin with, and what version control passes over.
#![expect(clippy::disallowed_methods, reason = "writes files")]

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::cause;
use crate::diagnostic::Diagnostic;

/// The files of a new site and what stands in them.
const FILES: [(&str, &str); 3] = [
    ("book.toml", include_str!("init/book.toml")),
    ("seeds/1945-06-26-example.txt", include_str!("init/example.txt")),
    (".gitignore", include_str!("init/gitignore")),
];

/// Makes a site in `folder`, which need not exist. The paths of the files made, relative to it.
///
/// # Errors
///
/// Where the folder holds anything but a `.git`, or cannot be written to.
pub fn init(folder: &Path) -> Result<Vec<&'static str>, Diagnostic> {
    let failed = |path: &Path, error: &io::Error| {
        Diagnostic::error(
            path.display().to_string(),
            format!("the site cannot be made: {}", cause(error)),
        )
    };
    if !is_free(folder).map_err(|error| failed(folder, &error))? {
        let diagnostic = Diagnostic::error(folder.display().to_string(), "the folder is not empty");
        return Err(diagnostic.hint("name a new folder: bayan init my-site"));
    }
    for (path, text) in FILES {
        let place = folder.join(path);
        create(&place, text).map_err(|error| failed(&place, &error))?;
    }
    Ok(FILES.map(|(path, _)| path).to_vec())
}

/// Whether nothing that matters is there. A repository without files is as good as empty.
fn is_free(folder: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        other => other?,
    };
    for entry in entries {
        if entry?.file_name() != ".git" {
            return Ok(false);
        }
    }
    Ok(true)
}

fn create(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create_new(file)?.write_all(text.as_bytes())
}
