//! Pages as they were made last, a bounded number of them.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Bytes;

use crate::diagnostic::Diagnostic;

/// Most pages that are kept, and most bytes of them together.
const MOST: usize = 512;
const MOST_BYTES: usize = 64 << 20;

/// What marks the page that is shown where nothing is.
pub const MISSING: &str = "404-";

/// What stands at a path.
#[derive(Debug, Clone)]
pub enum Shown {
    /// These bytes.
    Bytes(Arc<Rendered>),
    /// This file.
    File(PathBuf),
    /// Nothing.
    Nothing,
}

/// A page as it was made.
#[derive(Debug)]
pub struct Rendered {
    /// The page; as it last was good where it cannot be made now.
    pub bytes: Bytes,
    /// Tells these bytes from all others: 16 hexadecimal digits.
    pub etag: String,
    /// Why it cannot be made now.
    pub fault: Option<Diagnostic>,
}

impl Rendered {
    /// A page of these bytes.
    pub fn new(bytes: Vec<u8>) -> Rendered {
        Rendered {
            etag: blake3::hash(&bytes).to_hex()[..16].to_owned(),
            bytes: bytes.into(),
            fault: None,
        }
    }

    /// The same page, shown where nothing is.
    pub fn as_missing(&self) -> Rendered {
        Rendered {
            bytes: self.bytes.clone(),
            etag: format!("{MISSING}{}", self.etag),
            fault: self.fault.clone(),
        }
    }

    /// What is shown where a page cannot be made: what was shown `before`, or nothing.
    pub fn failed(fault: Diagnostic, before: Option<&Rendered>) -> Rendered {
        let blank = Rendered::new(Vec::new());
        let before = before.unwrap_or(&blank);
        Rendered {
            bytes: before.bytes.clone(),
            etag: before.etag.clone(),
            fault: Some(fault),
        }
    }
}

/// The pages, by path.
#[derive(Default)]
pub struct Pages {
    kept: HashMap<String, Kept>,
    bytes: usize,
    /// Counts uses, to tell which was longest ago.
    clock: u64,
}

struct Kept {
    rendered: Arc<Rendered>,
    version: u64,
    used: u64,
}

impl Pages {
    /// A page as it was made last, and for which version of the site.
    pub fn get(&mut self, path: &str) -> Option<(u64, Arc<Rendered>)> {
        self.clock += 1;
        let kept = self.kept.get_mut(path)?;
        kept.used = self.clock;
        Some((kept.version, Arc::clone(&kept.rendered)))
    }

    /// Keeps a page, and gives up those that were used longest ago where there are too many.
    pub fn put(&mut self, path: &str, version: u64, rendered: Arc<Rendered>) {
        self.clock += 1;
        self.bytes += rendered.bytes.len();
        let kept = Kept {
            rendered,
            version,
            used: self.clock,
        };
        if let Some(before) = self.kept.insert(path.to_owned(), kept) {
            self.bytes -= before.rendered.bytes.len();
        }
        while self.kept.len() > MOST || self.bytes > MOST_BYTES && self.kept.len() > 1 {
            let Some(oldest) = self
                .kept
                .iter()
                .min_by_key(|(_, kept)| kept.used)
                .map(|(path, _)| path.clone())
            else {
                return;
            };
            self.remove(&oldest);
        }
    }

    /// Forgets a page.
    pub fn remove(&mut self, path: &str) {
        if let Some(gone) = self.kept.remove(path) {
            self.bytes -= gone.rendered.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(length: usize) -> Arc<Rendered> {
        Arc::new(Rendered::new(vec![b'a'; length]))
    }

    #[test]
    fn the_page_that_was_used_longest_ago_is_given_up() {
        let mut pages = Pages::default();
        for number in 0..MOST {
            pages.put(&number.to_string(), 0, page(1));
        }
        assert!(pages.get("0").is_some());
        pages.put("new", 0, page(1));
        assert!(pages.get("0").is_some() && pages.get("1").is_none());
        assert_eq!((pages.kept.len(), pages.bytes), (MOST, MOST));
    }

    #[test]
    fn no_more_bytes_are_kept_than_allowed() {
        let mut pages = Pages::default();
        for number in 0..5 {
            pages.put(&number.to_string(), 0, page(MOST_BYTES / 3));
        }
        assert_eq!(pages.kept.len(), 3);
        pages.put("4", 1, page(2));
        assert_eq!(pages.bytes, MOST_BYTES / 3 * 2 + 2);
    }

    #[test]
    fn a_page_that_cannot_be_made_is_shown_as_it_last_was() {
        let good = Rendered::new(b"good".to_vec());
        let failed = Rendered::failed(Diagnostic::error("templates/home.html", "no such field"), Some(&good));
        assert_eq!((failed.bytes, failed.etag), (good.bytes, good.etag));
        assert!(failed.fault.is_some());
    }
}
