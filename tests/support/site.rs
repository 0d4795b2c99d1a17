//! A tiny site, whole and in memory, made for one test alone.

use bayan::config::Config;
use bayan::diagnostic::Diagnostic;
use bayan::progress::Unwatched;
use bayan::site::{Output, Site, Source, Sources};

use super::html::{Document, ends};

/// What a site is made of, before it is built.
#[derive(Default)]
pub struct TestSite {
    sources: Sources,
    settings: String,
}

/// A built site.
pub struct Built(pub Site);

impl TestSite {
    /// A raw text, `name` relative to `seeds/`.
    #[must_use]
    pub fn briefing(mut self, name: &str, text: &str) -> TestSite {
        self.sources.seeds.push(source("seeds", name, text));
        self
    }

    /// Reviewed text, `name` relative to `content/`, `front` its front matter.
    #[must_use]
    pub fn page(mut self, name: &str, front: &str, body: &str) -> TestSite {
        let text = format!("---\n{front}\n---\n\n{body}\n");
        self.sources.content.push(source("content", name, &text));
        self
    }

    /// A key of `book.toml`: its table, the key and the value as TOML.
    #[must_use]
    pub fn setting(mut self, table: &str, key: &str, value: &str) -> TestSite {
        self.settings += &format!("{table}.{key} = {value}\n");
        self
    }

    /// A file of the site's own lexicon.
    #[must_use]
    pub fn lexicon(mut self, name: &str, text: &str) -> TestSite {
        self.sources.lexicon.push(source("lexicon", name, text));
        self
    }

    /// Builds a site in which nothing is wrong.
    #[track_caller]
    pub fn build(self) -> Built {
        let (built, diagnostics) = self.build_anyway();
        assert_eq!(diagnostics, []);
        built
    }

    /// Builds a site and tells what is wrong with it.
    #[track_caller]
    pub fn build_anyway(mut self) -> (Built, Vec<Diagnostic>) {
        let config = Config::parse("book.toml", &self.settings);
        assert_eq!(config.diagnostics, []);
        self.sources.config = config.value;
        let checked = Site::new(self.sources, &Unwatched);
        (Built(checked.value), checked.diagnostics)
    }
}

fn source(folder: &str, name: &str, text: &str) -> Source {
    Source {
        path: format!("{folder}/{name}"),
        bytes: text.into(),
    }
}

impl Built {
    /// The output paths that begin with `folder`.
    pub fn paths(&self, folder: &str) -> Vec<&str> {
        self.0.paths().filter(|path| path.starts_with(folder)).collect()
    }

    /// What stands at `path`, as it is.
    #[track_caller]
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        match self.0.render(path) {
            Some(Ok(Output::Bytes(bytes))) => bytes,
            other => panic!("{path}: {other:?} of {:?}", self.paths("")),
        }
    }

    /// What stands at `path`, as words.
    #[track_caller]
    pub fn source(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    /// The page at `path`.
    #[track_caller]
    pub fn page(&self, path: &str) -> Document {
        Document::new(path, &self.source(path))
    }

    /// Every page of HTML.
    pub fn pages(&self) -> Vec<Document> {
        let html = self.0.paths().filter(|path| ends(path, "html"));
        html.map(|path| self.page(path)).collect()
    }

    /// The `<main>` of a page, for snapshots.
    #[track_caller]
    pub fn main(&self, path: &str) -> String {
        self.page(path).one("main").html()
    }
}
