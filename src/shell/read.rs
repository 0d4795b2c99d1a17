//! A site's folder as [`Sources`]: settings, texts, lexicon, templates and the paths of static files.
//!
//! In: the folder. Out: its sources in the order of their paths, and a diagnostic for each entry that could not be
//! read, which costs that entry alone. Hidden files and what editors leave beside a text are passed over.
#![expect(clippy::disallowed_methods, reason = "reads files")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{cause, relative};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::site::{Source, Sources};

/// Longest text, in bytes. A briefing has some thousands.
const LONGEST_TEXT: u64 = 8 << 20;

/// Endings of texts.
const TEXTS: [&str; 2] = ["txt", "md"];

/// Endings of files that hold a text, but not a plain one.
const LOOK_ALIKES: [&str; 9] = ["doc", "docx", "htm", "html", "markdown", "odt", "pdf", "rtf", "text"];

/// Reads the site in `root`.
///
/// # Errors
///
/// Where no site is there: neither `book.toml` nor `seeds/` nor `content/`.
pub fn read(root: &Path) -> Result<Checked<Sources>, Diagnostic> {
    if !["book.toml", "seeds", "content"]
        .iter()
        .any(|name| root.join(name).exists())
    {
        let message = "no site is here: neither book.toml nor seeds/ nor content/";
        let hint = "go to the site's folder, name it with -C, or make a site with `bayan init`";
        return Err(Diagnostic::error(root.display().to_string(), message).hint(hint));
    }
    let mut folder = Folder {
        root,
        diagnostics: Vec::new(),
    };
    let sources = folder.sources();
    Ok(Checked {
        value: sources,
        diagnostics: folder.diagnostics,
    })
}

/// Reads one file, wherever it lies, as a source of the path `path`.
///
/// # Errors
///
/// Where it cannot be read.
pub fn file(file: &Path, path: String) -> Result<Source, Diagnostic> {
    match bytes(file) {
        Ok(bytes) => Ok(Source { path, bytes }),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// A site's folder and what was wrong in it so far.
struct Folder<'a> {
    root: &'a Path,
    diagnostics: Vec<Diagnostic>,
}

impl Folder<'_> {
    fn sources(&mut self) -> Sources {
        let config = self.config();
        let src = config.book.src.trim_end_matches('/').to_owned();
        let seeds = self.seeds(&src);
        let content = self.texts("content");
        if seeds.is_empty() && content.is_empty() && self.diagnostics.is_empty() {
            let hint = format!("put briefings into {src}/, each a plain text file named .txt or .md");
            self.diagnostics
                .push(Diagnostic::warning(&src, "the site has no texts yet").hint(hint));
        }
        Sources {
            seeds,
            content,
            lexicon: self.lexicon(),
            templates: self.templates(),
            statics: self
                .walk("static", usize::MAX, is_scratch)
                .into_iter()
                .map(static_file)
                .collect(),
            config,
        }
    }

    /// `book.toml`; all defaults where there is none.
    fn config(&mut self) -> Config {
        let read = match bytes(&self.root.join("book.toml")) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Config::default(),
            other => other,
        };
        match read.map(String::from_utf8) {
            Ok(Ok(text)) => Config::parse("book.toml", text.trim_start_matches('\u{FEFF}')).take(&mut self.diagnostics),
            Ok(Err(_)) => {
                self.diagnostics.push(not_utf8("book.toml"));
                Config::default()
            }
            Err(error) => {
                self.diagnostics.push(unreadable("book.toml", &error));
                Config::default()
            }
        }
    }

    /// The raw texts. The folder must be one of its own, as everything in it is published.
    fn seeds(&mut self, src: &str) -> Vec<Source> {
        let others = ["content", "lexicon", "static", "templates"];
        if matches!(src, "" | ".") || others.contains(&src) {
            let message = format!("the folder of raw texts cannot be “{src}”");
            let hint = "give the raw texts a folder of their own, such as `src = \"seeds\"`";
            self.diagnostics
                .push(Diagnostic::error("book.toml", message).hint(hint));
            return Vec::new();
        }
        if src != "seeds" && !self.root.join(src).is_dir() {
            let message = format!("the folder of raw texts, “{src}”, does not exist");
            self.diagnostics
                .push(Diagnostic::error("book.toml", message).hint("make it, or mend `src`"));
        }
        self.texts(src)
    }

    /// All texts below `folder`; a file that holds a text in another format is named.
    fn texts(&mut self, folder: &str) -> Vec<Source> {
        let (texts, others): (Vec<_>, Vec<_>) = self
            .walk(folder, usize::MAX, is_hidden)
            .into_iter()
            .partition(|(path, _)| has_ending(path, &TEXTS));
        for (path, _) in others.into_iter().filter(|(path, _)| has_ending(path, &LOOK_ALIKES)) {
            let hint = "save it as plain text, named .txt, or as Markdown, named .md";
            self.diagnostics
                .push(Diagnostic::warning(path, "only plain text and Markdown are read").hint(hint));
        }
        self.read_all(texts)
    }

    fn lexicon(&mut self) -> Vec<Source> {
        let mut files = self.walk("lexicon", 1, is_hidden);
        files.retain(|(path, _)| has_ending(path, &["yaml", "yml"]));
        self.read_all(files)
    }

    fn templates(&mut self) -> BTreeMap<String, String> {
        let files = self.walk("templates", usize::MAX, is_hidden);
        let mut templates = BTreeMap::new();
        for source in self.read_all(files) {
            let name = source
                .path
                .strip_prefix("templates/")
                .unwrap_or(&source.path)
                .to_owned();
            match String::from_utf8(source.bytes) {
                Ok(text) => {
                    templates.insert(name, text);
                }
                Err(_) => self.diagnostics.push(not_utf8(&source.path)),
            }
        }
        templates
    }

    /// Files below `folder`, no deeper than `depth`, in the order of their names, but those that `skip` names.
    /// Links are followed, unless they lead in a circle.
    fn walk(&mut self, folder: &str, depth: usize, skip: fn(&str) -> bool) -> Vec<(String, PathBuf)> {
        let start = self.root.join(folder);
        if !start.exists() {
            return Vec::new();
        }
        let kept = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(skip);
        let walk = WalkDir::new(&start)
            .follow_links(true)
            .max_depth(depth)
            .sort_by_file_name();
        let mut files = Vec::new();
        for entry in walk.into_iter().filter_entry(kept) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => match relative(self.root, entry.path()) {
                    Some(path) => files.push((path, entry.into_path())),
                    None => self.diagnostics.push(unnamed(entry.path())),
                },
                Ok(_) => {}
                Err(error) => self.diagnostics.push(self.unwalkable(folder, &error)),
            }
        }
        files
    }

    /// Reads files on all cores; their order stays.
    fn read_all(&mut self, files: Vec<(String, PathBuf)>) -> Vec<Source> {
        let read: Vec<_> = files.into_par_iter().map(|(path, place)| file(&place, path)).collect();
        let mut sources = Vec::with_capacity(read.len());
        for source in read {
            match source {
                Ok(source) => sources.push(source),
                Err(diagnostic) => self.diagnostics.push(diagnostic),
            }
        }
        sources
    }

    fn unwalkable(&self, folder: &str, error: &walkdir::Error) -> Diagnostic {
        let path = error
            .path()
            .and_then(|path| relative(self.root, path))
            .unwrap_or_else(|| folder.to_owned());
        if error.loop_ancestor().is_some() {
            let hint = "take the link away";
            return Diagnostic::warning(path, "the link leads back to a folder that it lies in").hint(hint);
        }
        match error.io_error() {
            Some(error) => unreadable(path, error),
            None => Diagnostic::error(path, error.to_string()),
        }
    }
}

/// The bytes of a file, unless it is too long for a text.
fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(file)?;
    let length = file.metadata()?.len();
    let too_long = || io::Error::new(io::ErrorKind::FileTooLarge, "it is longer than 8 MiB");
    if length > LONGEST_TEXT {
        return Err(too_long());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    file.take(LONGEST_TEXT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST_TEXT {
        Err(too_long())
    } else {
        Ok(bytes)
    }
}

/// A path below `static/` and where its file lies.
fn static_file((path, place): (String, PathBuf)) -> (String, PathBuf) {
    (path.strip_prefix("static/").unwrap_or(&path).to_owned(), place)
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Hidden files and folders, and what [`is_scratch`] names.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || is_scratch(name)
}

/// What editors, version control and file managers leave beside a file, and names kept for the program.
fn is_scratch(name: &str) -> bool {
    let ends = ["~", ".swp", ".swo", ".bak", ".orig", ".tmp"];
    let starts = ["~$", ".#", ".~", ".bayan-"];
    let whole = [".git", ".DS_Store", "Thumbs.db", "desktop.ini"];
    ends.iter().any(|end| name.ends_with(end))
        || starts.iter().any(|start| name.starts_with(start))
        || (name.starts_with('#') && name.ends_with('#'))
        || whole.contains(&name)
}

fn unreadable(path: impl Into<String>, error: &io::Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(path, format!("the file cannot be read: {}", cause(error)));
    match error.kind() {
        io::ErrorKind::FileTooLarge => diagnostic.hint("cut it into single briefings"),
        io::ErrorKind::PermissionDenied => diagnostic.hint("let yourself read it"),
        _ => diagnostic,
    }
}

fn unnamed(path: &Path) -> Diagnostic {
    Diagnostic::error(path.to_string_lossy(), "the file's name is not UTF-8").hint("give it another name")
}

fn not_utf8(path: &str) -> Diagnostic {
    Diagnostic::error(path, "the file is not UTF-8").hint("save it as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_behind_is_no_source() {
        for name in [
            "a.txt~",
            ".a.txt.swp",
            "#a.txt#",
            ".#a.txt",
            "~$a.docx",
            ".git",
            ".DS_Store",
        ] {
            assert!(is_hidden(name), "{name}");
        }
        for name in ["a.txt", "2024-05-12 بيان.txt", "C#.md"] {
            assert!(!is_hidden(name), "{name}"); // 2024-05-12 statement
        }
    }

    #[test]
    fn a_hidden_static_file_is_published_and_a_scratch_file_is_not() {
        assert!(!is_scratch(".nojekyll") && !is_scratch(".well-known"));
        assert!(is_scratch(".bayan-manifest.json") && is_scratch("style.css~"));
    }

    #[test]
    fn an_ending_counts_in_any_case() {
        assert!(has_ending("seeds/A.TXT", &TEXTS));
        assert!(!has_ending("seeds/txt", &TEXTS));
        assert!(!has_ending("seeds/a.txt.png", &TEXTS));
    }
}
