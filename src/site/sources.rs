//! What a site is made of, in memory.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::PathBuf;

use super::kept::{Change, Folder};
use crate::config::Config;

/// A file of the site's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the site, with `/` between folders.
    pub path: String,
    /// As it is.
    pub bytes: Vec<u8>,
}

/// All that a site is made of.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The settings.
    pub config: Config,
    /// Raw texts, by path.
    pub seeds: Vec<Source>,
    /// Reviewed pages, by path.
    pub content: Vec<Source>,
    /// The site's own files of the lexicon.
    pub lexicon: Vec<Source>,
    /// The site's own templates, by name relative to `templates/`.
    pub templates: BTreeMap<String, String>,
    /// The site's own static files, by path relative to `static/`.
    pub statics: BTreeMap<String, PathBuf>,
}

impl Sources {
    /// Puts all files in the order of their paths, as the rest here needs them.
    pub(super) fn in_order(&mut self) {
        for files in [&mut self.seeds, &mut self.content, &mut self.lexicon] {
            files.sort_by(|left, right| left.path.cmp(&right.path));
        }
    }

    fn folder(&mut self, folder: Folder) -> &mut Vec<Source> {
        match folder {
            Folder::Seeds => &mut self.seeds,
            Folder::Content => &mut self.content,
        }
    }

    /// Whether this text is there.
    pub(super) fn has(&self, folder: Folder, path: &str) -> bool {
        let files = match folder {
            Folder::Seeds => &self.seeds,
            Folder::Content => &self.content,
        };
        place(files, path).is_ok()
    }

    /// Puts a text where it belongs; whether it was not there before.
    pub(super) fn put(&mut self, folder: Folder, source: Source) -> bool {
        put(self.folder(folder), source)
    }

    /// Takes a text away; whether it was there.
    pub(super) fn remove(&mut self, folder: Folder, path: &str) -> bool {
        remove(self.folder(folder), path)
    }

    /// Puts a file of the lexicon in its place, or takes it away.
    pub(super) fn put_lexicon(&mut self, path: &str, bytes: Option<Vec<u8>>) {
        match bytes {
            Some(bytes) => {
                let path = path.to_owned();
                put(&mut self.lexicon, Source { path, bytes });
            }
            None => {
                remove(&mut self.lexicon, path);
            }
        }
    }

    /// Puts a template in its place, or takes it away; the one that was there.
    pub(super) fn put_template(&mut self, name: &str, text: Option<String>) -> Option<String> {
        match text {
            Some(text) => self.templates.insert(name.to_owned(), text),
            None => self.templates.remove(name),
        }
    }

    /// What makes these sources `others`, but for the settings. Both are in order.
    pub(super) fn changes_to(&self, others: &Sources) -> Vec<Change> {
        let mut changes = Vec::new();
        for (folder, before, now) in [
            (Folder::Seeds, &self.seeds, &others.seeds),
            (Folder::Content, &self.content, &others.content),
        ] {
            let texts = differing(before, now).into_iter();
            changes.extend(texts.map(|(path, bytes)| Change::Text(folder, path, bytes)));
        }
        let lexicon = differing(&self.lexicon, &others.lexicon).into_iter();
        changes.extend(lexicon.map(|(path, bytes)| Change::Lexicon(path, bytes)));
        let templates = differing_keys(&self.templates, &others.templates);
        changes.extend(templates.map(|name| Change::Template(name.clone(), others.templates.get(name).cloned())));
        let statics = differing_keys(&self.statics, &others.statics);
        changes.extend(statics.map(|path| Change::Static(path.clone(), others.statics.get(path).cloned())));
        changes
    }
}

fn place(files: &[Source], path: &str) -> Result<usize, usize> {
    files.binary_search_by(|file| file.path.as_str().cmp(path))
}

fn put(files: &mut Vec<Source>, source: Source) -> bool {
    match place(files, &source.path) {
        Ok(at) => {
            files[at] = source;
            false
        }
        Err(at) => {
            files.insert(at, source);
            true
        }
    }
}

fn remove(files: &mut Vec<Source>, path: &str) -> bool {
    place(files, path).map(|at| files.remove(at)).is_ok()
}

/// Files of `now` that `before` does not have as they are, and those that are gone.
fn differing(before: &[Source], now: &[Source]) -> Vec<(String, Option<Vec<u8>>)> {
    let mut changed = Vec::new();
    let (mut left, mut right) = (before.iter().peekable(), now.iter().peekable());
    loop {
        let order = match (left.peek(), right.peek()) {
            (Some(old), Some(new)) => old.path.cmp(&new.path),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return changed,
        };
        let old = left.next_if(|_| order.is_le());
        let new = right.next_if(|_| order.is_ge());
        match (old, new) {
            (Some(old), Some(new)) if old.bytes == new.bytes => {}
            (_, Some(new)) => changed.push((new.path.clone(), Some(new.bytes.clone()))),
            (Some(old), None) => changed.push((old.path.clone(), None)),
            (None, None) => {}
        }
    }
}

/// Keys whose values are not the same in both, in order.
fn differing_keys<'a, V: PartialEq>(
    before: &'a BTreeMap<String, V>,
    now: &'a BTreeMap<String, V>,
) -> impl Iterator<Item = &'a String> {
    let gone = before.keys().filter(|key| !now.contains_key(*key));
    let changed = now
        .iter()
        .filter(|(key, value)| before.get(*key) != Some(*value))
        .map(|(key, _)| key);
    gone.chain(changed)
}
