//! Looks a site's folder over again and again, where the system does not tell of changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use walkdir::WalkDir;

use super::Heard;
use crate::shell::folder;

/// How long to rest between two looks, at least.
const REST: Duration = Duration::from_millis(300);

/// Looking takes at most one part of this many of the time.
const SHARE: u32 = 10;

/// Files, with when each was written and how long it is.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Looks the site in `root` over, in a thread of its own, as long as anyone listens.
pub fn start(root: &Path, src: &str, to: Sender<Heard>) {
    let top = src.split('/').next().unwrap_or(src);
    let mut places: Vec<PathBuf> = folder::folders(top).map(|name| root.join(name)).into();
    places.push(root.join(folder::SETTINGS));
    thread::spawn(move || {
        let mut before = look(&places);
        loop {
            let start = Instant::now();
            let now = look(&places);
            let took = start.elapsed();
            let changed = differing(&before, &now);
            if !changed.is_empty() && to.send(Heard::At(changed)).is_err() {
                return;
            }
            before = now;
            thread::sleep(REST.max(took * SHARE));
        }
    });
}

fn look(places: &[PathBuf]) -> Look {
    let entries = places
        .iter()
        .flat_map(|place| WalkDir::new(place).follow_links(true))
        .flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .filter_map(|entry| {
            let file = entry.metadata().ok()?;
            Some((entry.into_path(), (file.modified().ok(), file.len())))
        })
        .collect()
}

/// Files that are new, gone or other than before.
fn differing(before: &Look, now: &Look) -> Vec<PathBuf> {
    let gone = before.keys().filter(|place| !now.contains_key(*place));
    let changed = now.iter().filter(|(place, file)| before.get(*place) != Some(*file));
    gone.chain(changed.map(|(place, _)| place)).cloned().collect()
}
