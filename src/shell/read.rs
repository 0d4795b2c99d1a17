//! A site's folder as [`Sources`]: settings, texts, lexicon, templates and the paths of static files.
//!
//! In: the folder. Out: its sources in the order of their paths, and a diagnostic for each entry that could not be
//! read, which costs that entry alone. Hidden files and what editors leave beside a text are passed over.
#![expect(clippy::disallowed_methods, reason = "reads files")]

mod again;

pub use again::{Following, News, has};

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::folder::{self, Part, is_hidden, is_scratch};
use super::{cause, relative};
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic};
use crate::site::{Source, Sources};

/// Longest text, in bytes. A briefing has some thousands.
const LONGEST_TEXT: u64 = 8 << 20;

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
    let mut diagnostics = Vec::new();
    let config = settings(root).take(&mut diagnostics);
    let sources = with_settings(root, config).take(&mut diagnostics);
    Ok(Checked {
        value: sources,
        diagnostics,
    })
}

/// The folder of raw texts of the site in `root`, relative to it.
pub fn src(root: &Path) -> String {
    settings(root).value.book.src.trim_end_matches('/').to_owned()
}

/// Reads all but `book.toml` of the site in `root`.
fn with_settings(root: &Path, config: Config) -> Checked<Sources> {
    let mut folder = Folder {
        root,
        diagnostics: Vec::new(),
    };
    Checked {
        value: folder.sources(config),
        diagnostics: folder.diagnostics,
    }
}

/// `book.toml`; all defaults where there is none.
fn settings(root: &Path) -> Checked<Config> {
    let fault = |diagnostic| Checked {
        value: Config::default(),
        diagnostics: vec![diagnostic],
    };
    match bytes(&root.join(folder::SETTINGS)).map(String::from_utf8) {
        Ok(Ok(text)) => Config::parse(folder::SETTINGS, text.trim_start_matches('\u{FEFF}')),
        Ok(Err(_)) => fault(not_utf8(folder::SETTINGS)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Checked::clean(Config::default()),
        Err(error) => fault(unreadable(folder::SETTINGS, &error)),
    }
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
    fn sources(&mut self, config: Config) -> Sources {
        let src = config.book.src.trim_end_matches('/').to_owned();
        let seeds = self.seeds(&src);
        let content = self.texts("content", &src);
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
        self.texts(src, src)
    }

    /// All texts below `folder`; a file that holds a text in another format is named.
    fn texts(&mut self, folder: &str, src: &str) -> Vec<Source> {
        let mut texts = Vec::new();
        for (path, place) in self.walk(folder, usize::MAX, is_hidden) {
            match folder::part(&path, src) {
                Some(Part::Text(_)) => texts.push((path, place)),
                Some(Part::LookAlike) => self.diagnostics.push(look_alike(&path)),
                _ => {}
            }
        }
        self.read_all(texts)
    }

    fn lexicon(&mut self) -> Vec<Source> {
        let mut files = self.walk("lexicon", 1, is_hidden);
        files.retain(|(path, _)| folder::part(path, "") == Some(Part::Lexicon));
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

fn unreadable(path: impl Into<String>, error: &io::Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(path, format!("the file cannot be read: {}", cause(error)));
    match error.kind() {
        io::ErrorKind::FileTooLarge => diagnostic.hint("cut it into single briefings"),
        io::ErrorKind::PermissionDenied => diagnostic.hint("let yourself read it"),
        _ => diagnostic,
    }
}

fn look_alike(path: &str) -> Diagnostic {
    let hint = "save it as plain text, named .txt, or as Markdown, named .md";
    Diagnostic::warning(path, "only plain text and Markdown are read").hint(hint)
}

fn unnamed(path: &Path) -> Diagnostic {
    Diagnostic::error(path.to_string_lossy(), "the file's name is not UTF-8").hint("give it another name")
}

fn not_utf8(path: &str) -> Diagnostic {
    Diagnostic::error(path, "the file is not UTF-8").hint("save it as UTF-8")
}
