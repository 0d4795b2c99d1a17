//! What of an output folder is ours: the manifest, and the journal of a build under way.
//!
//! The manifest lists every file of the last finished build with its hash. The journal gains a line before each file
//! is put in place, so that after a stop at any moment the next build knows the new files for its own; it is gone
//! once the manifest says the same.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Name of the manifest in the output folder.
pub const MANIFEST: &str = ".bayan-manifest.json";

/// Name of the journal in the output folder.
pub const JOURNAL: &str = ".bayan-journal";

/// The manifest's version; another one is not read.
const VERSION: u32 = 1;

/// The bytes of a file, told by their hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// BLAKE3; 64 hexadecimal digits in the manifest.
    #[serde(serialize_with = "write_hash", deserialize_with = "read_hash")]
    pub blake3: blake3::Hash,
    /// In bytes.
    pub length: u64,
}

/// All files of a site as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    version: u32,
    /// By path relative to the output folder, with `/` between folders.
    pub files: BTreeMap<String, Entry>,
}

impl Default for Manifest {
    fn default() -> Manifest {
        Manifest {
            version: VERSION,
            files: BTreeMap::new(),
        }
    }
}

impl Manifest {
    /// Reads a manifest; `None` where it is none that this program writes. Paths that lead out of the folder are
    /// left out: the program writes none.
    pub fn parse(text: &[u8]) -> Option<Manifest> {
        let mut manifest: Manifest = serde_json::from_slice(text).ok()?;
        manifest.files.retain(|path, _| is_inside(path));
        (manifest.version == VERSION).then_some(manifest)
    }

    /// The manifest as a file, one path to a line.
    pub fn print(&self) -> io::Result<Vec<u8>> {
        let mut text = format!("{{\"version\":{},\"files\":{{", self.version).into_bytes();
        for (at, (path, entry)) in self.files.iter().enumerate() {
            text.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
            serde_json::to_writer(&mut text, path)?;
            text.push(b':');
            serde_json::to_writer(&mut text, entry)?;
        }
        text.extend_from_slice(b"\n}}\n");
        Ok(text)
    }
}

/// One line of the journal.
pub fn journal_line(path: &str, entry: &Entry) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(&(path, entry))?;
    line.push(b'\n');
    Ok(line)
}

/// The lines of a journal in order; one that was cut off is passed over.
pub fn read_journal(text: &str) -> impl Iterator<Item = (String, Entry)> {
    let lines = text.lines().filter_map(|line| serde_json::from_str(line).ok());
    lines.filter(|(path, _): &(String, Entry)| is_inside(path))
}

/// Whether a path of a site stays in its folder, and is none that the program keeps for itself.
pub fn is_inside(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
    path.split('/').all(|part| plain(part) && !part.starts_with(".bayan-"))
}

/// Hash and length of a file, which is not held in memory.
#[expect(clippy::disallowed_methods, reason = "reads a file")]
pub fn entry_of(file: &Path) -> io::Result<Entry> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(file)?)?;
    Ok(Entry {
        blake3: hasher.finalize(),
        length: hasher.count(),
    })
}

fn write_hash<S: serde::Serializer>(hash: &blake3::Hash, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hash.to_hex())
}

fn read_hash<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<blake3::Hash, D::Error> {
    let hex = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
    blake3::Hash::from_hex(hex.as_bytes()).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> Entry {
        Entry {
            blake3: blake3::hash(text.as_bytes()),
            length: text.len() as u64,
        }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let mut manifest = Manifest::default();
        for path in ["index.html", "briefings/2024/05/«قمة»/index.html"] {
            manifest.files.insert(path.into(), entry(path)); // «summit»
        }
        let text = manifest.print().unwrap();
        assert_eq!(Manifest::parse(&text), Some(manifest));
        assert_eq!(
            Manifest::parse(&Manifest::default().print().unwrap()),
            Some(Manifest::default())
        );
    }

    #[test]
    fn what_is_no_manifest_of_ours_is_not_read() {
        for text in [
            "",
            "{}",
            "{\"version\":2,\"files\":{}}",
            "{\"version\":1,\"files\":{\"a\":1}}",
        ] {
            assert_eq!(Manifest::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_journal_that_was_cut_off_keeps_its_whole_lines() {
        let mut text = journal_line("a.html", &entry("a")).unwrap();
        text.extend(journal_line("b.html", &entry("b")).unwrap());
        let cut = String::from_utf8(text).unwrap();
        let lines: Vec<_> = read_journal(&cut[..cut.len() - 9]).collect();
        assert_eq!(lines, [("a.html".to_owned(), entry("a"))]);
    }

    #[test]
    fn a_path_that_leads_out_is_not_ours() {
        for path in [
            "../a",
            "/etc/passwd",
            "a//b",
            "a/../b",
            "",
            ".bayan-manifest.json",
            "a\\..\\b",
        ] {
            assert!(!is_inside(path), "{path}");
        }
        assert!(is_inside("briefings/a/index.html") && is_inside(".nojekyll"));
    }
}
