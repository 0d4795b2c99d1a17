//! What texts gave when they were read, on disk, so that a second start reads none of them again.
//!
//! In: a site's folder and sources. Out: a [`Memory`] of one file for each site in the user's cache folder, or in that of
//! `BAYAN_CACHE_DIR`. It is a convenience: a file that is missing, broken, another version's or cannot be written costs
//! time and nothing else.
//!
//! The file is a head, which tells on what all entries depend, then entries, each a length, a key and a [`Remembered`] as
//! `postcard` has it, then a checksum of it all: a file that a disk has garbled or cut off is as good as none. A checksum
//! is no seal, so the folder is trusted as that of the program is. The file is never changed: a new one, with what is
//! still wanted of the old one, takes its place, so that several processes share it without waiting for each other; the
//! last one wins.
#![expect(
    clippy::disallowed_methods,
    reason = "reads and writes files, and asks where they lie"
)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use etcetera::BaseStrategy as _;
use rustc_hash::FxHashMap;

use super::cause;
use crate::diagnostic::Diagnostic;
use crate::site::{self, Memory, Remembered, Source, Sources};

/// The folder of all caches, instead of the user's.
const VARIABLE: &str = "BAYAN_CACHE_DIR";

/// First bytes of a cache.
const MAGIC: &[u8] = b"bayan texts 1\n";

/// Ending of a cache, and of one that is being written.
const ENDINGS: [&str; 2] = ["texts", "texts-new"];

/// A blake3 hash.
type Hash = [u8; 32];

/// What is remembered of one site's texts.
pub struct Cache {
    /// `None` where there is no place for it.
    file: Option<PathBuf>,
    /// The site's folder.
    site: Vec<u8>,
    /// What reading depends on besides path and bytes of a text.
    context: Hash,
    /// The file as it was.
    bytes: Vec<u8>,
    entries: FxHashMap<Hash, Entry>,
    new: Mutex<New>,
}

/// An entry of the file as it was.
struct Entry {
    start: usize,
    end: usize,
    /// Whether it is still true of a text.
    wanted: AtomicBool,
}

/// The file that takes the place of the one that was.
enum New {
    /// There is nothing new so far.
    Nothing,
    /// What is new is in it.
    Begun(Box<Writer>),
    /// It cannot be written.
    Failed(io::Error),
}

/// Writes a file beside its place.
struct Writer {
    beside: PathBuf,
    file: BufWriter<File>,
    /// Of what has been written so far.
    checksum: blake3::Hasher,
}

impl Cache {
    /// What is remembered of the texts of the site in `root`.
    pub fn open(root: &Path, sources: &Sources) -> Cache {
        Cache::of(folder(), root, sources)
    }

    /// The same in this folder of caches.
    fn of(folder: Option<PathBuf>, root: &Path, sources: &Sources) -> Cache {
        let site = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let site = site.as_os_str().as_encoded_bytes().to_owned();
        let file = folder.map(|folder| folder.join(&*blake3::hash(&site).to_hex()).with_extension(ENDINGS[0]));
        let context = context(sources);
        let bytes = file.as_ref().and_then(|file| fs::read(file).ok()).unwrap_or_default();
        let entries = whole(&bytes).map_or_else(FxHashMap::default, |bytes| entries(bytes, &head(&context, &site)));
        Cache {
            file,
            site,
            context,
            bytes,
            entries,
            new: Mutex::new(New::Nothing),
        }
    }

    /// Writes down what is new, and drops what is true of no text any more. Gives what is wrong where someone has named
    /// a folder that cannot be written.
    pub fn save(self) -> Option<Diagnostic> {
        let error = self.replace().err()?;
        let named = std::env::var_os(VARIABLE)?;
        let message = format!("what is known of texts cannot be kept: {}", cause(&error));
        let hint = format!("{VARIABLE} names this folder; `--no-cache` does without");
        Some(Diagnostic::warning(named.to_string_lossy(), message).hint(hint))
    }

    fn replace(self) -> io::Result<()> {
        let gone = self.entries.values().any(|entry| !entry.is_wanted());
        let mut new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = self.file.filter(|_| gone || !matches!(new, New::Nothing)) else {
            return Ok(());
        };
        let writer = new.begin(&file, &head(&self.context, &self.site))?;
        let mut wanted: Vec<&Entry> = self.entries.values().filter(|entry| entry.is_wanted()).collect();
        wanted.sort_by_key(|entry| entry.start);
        for entry in wanted {
            writer.write(&self.bytes[entry.start..entry.end])?;
        }
        writer.finish(&file)?;
        tidy(&file);
        Ok(())
    }

    /// The key of a source.
    fn key(source: &Source) -> Hash {
        let mut hasher = blake3::Hasher::new();
        // The longer part first: from its beginning on, several blocks are hashed at once.
        hasher.update(&source.bytes).update(source.path.as_bytes());
        hasher.update(&source.path.len().to_le_bytes());
        *hasher.finalize().as_bytes()
    }

    /// What the entry under `key` says.
    fn value(&self, key: &Hash) -> Option<Remembered> {
        let entry = self.entries.get(key)?;
        let (_, _, value) = cut(&self.bytes[entry.start..entry.end])?;
        let remembered = postcard::from_bytes(value).ok()?;
        entry.wanted.store(true, Ordering::Relaxed);
        Some(remembered)
    }
}

impl Memory for Cache {
    fn recall(&self, source: &Source) -> Remembered {
        self.value(&Cache::key(source)).unwrap_or_default()
    }

    fn keep(&self, source: &Source, remembered: &Remembered) {
        let (Some(file), Ok(value)) = (&self.file, postcard::to_stdvec(remembered)) else {
            return;
        };
        let Ok(length) = u32::try_from(value.len()) else { return };
        let key = Cache::key(source);
        if let Some(entry) = self.entries.get(&key) {
            entry.wanted.store(false, Ordering::Relaxed);
        }
        let entry = [&length.to_le_bytes()[..], &key, &value].concat();
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        let written = new
            .begin(file, &head(&self.context, &self.site))
            .and_then(|writer| writer.write(&entry));
        if let Err(error) = written {
            new.fail(error);
        }
    }
}

impl Entry {
    fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }
}

impl New {
    /// What will take the place of `file`; begun where it is not yet.
    fn begin(&mut self, file: &Path, head: &[u8]) -> io::Result<&mut Writer> {
        if matches!(self, New::Nothing) {
            *self = Writer::begin(file, head).map_or_else(New::Failed, |writer| New::Begun(Box::new(writer)));
        }
        match self {
            New::Begun(writer) => Ok(writer),
            New::Failed(error) => Err(io::Error::new(error.kind(), error.to_string())),
            New::Nothing => Err(io::ErrorKind::Other.into()),
        }
    }

    fn fail(&mut self, error: io::Error) {
        if let New::Begun(writer) = self {
            // What could not be written cannot always be removed either; `tidy` tries again.
            let _ = fs::remove_file(&writer.beside);
        }
        *self = New::Failed(error);
    }
}

impl Writer {
    /// Makes a file beside `file` that no other process writes.
    fn begin(file: &Path, head: &[u8]) -> io::Result<Writer> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let number = getrandom::u64().unwrap_or_default() ^ u64::from(std::process::id());
        let beside = file.with_extension(format!("{number:016x}.{}", ENDINGS[1]));
        let mut writer = Writer {
            file: BufWriter::new(File::create(&beside)?),
            checksum: blake3::Hasher::new(),
            beside,
        };
        writer.write(head)?;
        Ok(writer)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.checksum.update(bytes);
        self.file.write_all(bytes)
    }

    /// Puts the file in the place of `file`.
    fn finish(&mut self, file: &Path) -> io::Result<()> {
        self.file.write_all(self.checksum.finalize().as_bytes())?;
        self.file.flush()?;
        fs::rename(&self.beside, file)
    }
}

/// The folder of all caches.
fn folder() -> Option<PathBuf> {
    match std::env::var_os(VARIABLE) {
        Some(named) => Some(named.into()),
        None => Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("bayan")),
    }
}

/// What reading texts depends on besides their paths and bytes: the program, told by size and time of its file as its
/// version does not change with each build, and lexicon and settings.
fn context(sources: &Sources) -> Hash {
    let program = std::env::current_exe().and_then(fs::metadata);
    let changed = program.as_ref().ok().and_then(|program| program.modified().ok());
    let changed = changed.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let mut hasher = blake3::Hasher::new();
    hasher.update(&site::fingerprint(&sources.lexicon, &sources.config.briefings));
    hasher.update(&program.map_or(0, |program| program.len()).to_le_bytes());
    hasher.update(&changed.unwrap_or_default().as_nanos().to_le_bytes());
    *hasher.finalize().as_bytes()
}

/// The first bytes of a cache, which tell on what it depends and whose it is.
fn head(context: &Hash, site: &[u8]) -> Vec<u8> {
    let length = u32::try_from(site.len()).unwrap_or(u32::MAX);
    [MAGIC, context, &length.to_le_bytes(), site].concat()
}

/// A file without its checksum; `None` where that is not right.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let (bytes, checksum) = bytes.split_last_chunk::<{ size_of::<Hash>() }>()?;
    let found = blake3::Hasher::new().update_rayon(bytes).finalize();
    (found == *checksum).then_some(bytes)
}

/// The entries of a file with this head; of two under one key the later one counts.
fn entries(bytes: &[u8], head: &[u8]) -> FxHashMap<Hash, Entry> {
    let mut entries = FxHashMap::default();
    let mut rest = bytes.strip_prefix(head).unwrap_or_default();
    while let Some((length, key, _)) = cut(rest) {
        let start = bytes.len() - rest.len();
        let entry = Entry {
            start,
            end: start + length,
            wanted: AtomicBool::new(false),
        };
        entries.insert(*key, entry);
        rest = &rest[length..];
    }
    entries
}

/// The first entry of these bytes: its length in all, its key and its value; `None` where it is not whole.
fn cut(bytes: &[u8]) -> Option<(usize, &Hash, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (key, rest) = rest.split_first_chunk()?;
    let value = rest.get(..usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    Some((bytes.len() - rest.len() + value.len(), key, value))
}

/// Removes what processes that were stopped have left beside `file`, and the caches of sites that are gone.
fn tidy(file: &Path) {
    let Some(entries) = file.parent().and_then(|folder| fs::read_dir(folder).ok()) else {
        return;
    };
    for place in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let ending = place.extension().and_then(OsStr::to_str);
        let is_left = || place.file_prefix() == file.file_prefix();
        if (ending == Some(ENDINGS[1]) && is_left()) || (ending == Some(ENDINGS[0]) && is_of_no_site(&place)) {
            // What cannot be removed does no harm.
            let _ = fs::remove_file(&place);
        }
    }
}

/// Whether the site of a cache is gone.
fn is_of_no_site(cache: &Path) -> bool {
    let site = || -> io::Result<PathBuf> {
        let mut file = File::open(cache)?;
        let mut fixed = vec![0; MAGIC.len() + size_of::<Hash>()];
        let mut length = [0; 4];
        file.read_exact(&mut fixed)?;
        file.read_exact(&mut length)?;
        if !fixed.starts_with(MAGIC) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut site = String::new();
        file.take(u64::from(u32::from_le_bytes(length)))
            .read_to_string(&mut site)?;
        Ok(site.into())
    };
    site().is_ok_and(|site| !site.exists())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Read;

    /// A folder of caches, a site's texts, and a file of its lexicon.
    struct Desk {
        folder: tempfile::TempDir,
        texts: Vec<(&'static str, &'static str)>,
        stops: &'static str,
    }

    impl Desk {
        fn new() -> Desk {
            Desk {
                folder: tempfile::tempdir().unwrap(),
                texts: vec![("seeds/a.txt", "first"), ("seeds/b.txt", "second")],
                stops: "[]",
            }
        }

        fn sources(&self) -> Sources {
            Sources {
                seeds: self.texts.iter().copied().map(source).collect(),
                lexicon: vec![source(("lexicon/stop-phrases.yaml", self.stops))],
                ..Sources::default()
            }
        }

        fn open(&self) -> Cache {
            Cache::of(Some(self.folder.path().to_owned()), self.folder.path(), &self.sources())
        }

        /// Reads all texts that are not remembered. How many these were.
        #[track_caller]
        fn read(&self) -> usize {
            let cache = self.open();
            let read = read_all(&self.sources(), &cache);
            assert_eq!(cache.save(), None);
            read
        }

        /// All files of the folder.
        fn files(&self) -> Vec<PathBuf> {
            let entries = fs::read_dir(self.folder.path()).unwrap();
            entries.map(|entry| entry.unwrap().path()).collect()
        }

        /// The bytes of the only one.
        #[track_caller]
        fn bytes(&self) -> Vec<u8> {
            let files = self.files();
            assert_eq!(files.len(), 1, "{files:?}");
            fs::read(&files[0]).unwrap()
        }
    }

    fn source((path, text): (&str, &str)) -> Source {
        Source {
            path: path.into(),
            bytes: text.into(),
        }
    }

    /// What reading a source might give: its words as a fault.
    fn reading(source: &Source) -> Remembered {
        let words = String::from_utf8_lossy(&source.bytes);
        Remembered {
            vote: None,
            read: Some(Read {
                faults: vec![Diagnostic::error(&source.path, words)],
                ..Read::default()
            }),
        }
    }

    #[track_caller]
    fn read_all(sources: &Sources, cache: &Cache) -> usize {
        let mut read = 0;
        for source in &sources.seeds {
            let known = cache.recall(source);
            if known == Remembered::default() {
                cache.keep(source, &reading(source));
                read += 1;
            } else {
                assert_eq!(known, reading(source));
            }
        }
        read
    }

    #[test]
    fn a_text_is_read_once() {
        let desk = Desk::new();
        assert_eq!((desk.read(), desk.read()), (2, 0));
    }

    #[test]
    fn a_changed_text_is_read_again_alone_and_one_that_is_gone_is_dropped() {
        let mut desk = Desk::new();
        desk.read();
        let before = desk.bytes().len();
        desk.texts[1].1 = "third";
        assert_eq!((desk.read(), desk.read()), (1, 0));
        desk.texts.pop();
        assert_eq!((desk.read(), desk.read()), (0, 0));
        assert!(desk.bytes().len() < before);
    }

    #[test]
    fn what_is_kept_again_takes_the_place_of_what_was_known() {
        let desk = Desk::new();
        desk.read();
        let cache = desk.open();
        read_all(&desk.sources(), &cache);
        let first = source(desk.texts[0]);
        let other = reading(&source(("seeds/a.txt", "as read at another home")));
        cache.keep(&first, &other);
        cache.save();
        assert_eq!(desk.open().recall(&first), other);
    }

    #[test]
    fn another_lexicon_reads_all_again() {
        let mut desk = Desk::new();
        desk.read();
        desk.stops = "[another phrase]";
        assert_eq!((desk.read(), desk.read()), (2, 0));
    }

    #[test]
    fn what_is_garbled_or_cut_off_is_read_again() {
        let desk = Desk::new();
        desk.read();
        let whole = desk.bytes();
        let file = &desk.files()[0];
        for at in 0..whole.len() {
            fs::write(file, &whole[..at]).unwrap();
            assert!(desk.read() > 0, "cut off at {at}");
            let mut garbled = whole.clone();
            garbled[at] ^= 0x55;
            fs::write(file, garbled).unwrap();
            assert!(desk.read() > 0, "garbled at {at}");
            assert_eq!(desk.read(), 0);
        }
    }

    #[test]
    fn two_processes_do_not_disturb_each_other() {
        let desk = Desk::new();
        let (one, other) = (desk.open(), desk.open());
        assert_eq!(
            (read_all(&desk.sources(), &one), read_all(&desk.sources(), &other)),
            (2, 2)
        );
        assert_eq!((one.save(), other.save()), (None, None));
        assert_eq!(desk.read(), 0);
        desk.bytes();
    }

    #[test]
    fn a_process_that_was_stopped_leaves_the_old_file_and_what_it_wrote_is_tidied_away() {
        let mut desk = Desk::new();
        desk.read();
        let before = desk.bytes();
        desk.texts[0].1 = "third";
        let stopped = desk.open();
        read_all(&desk.sources(), &stopped);
        drop(stopped);
        assert_eq!(desk.files().len(), 2);
        assert!(desk.files().iter().any(|file| fs::read(file).unwrap() == before));
        assert_eq!((desk.read(), desk.read()), (1, 0));
        desk.bytes();
    }

    #[test]
    fn the_cache_of_a_site_that_is_gone_is_removed_and_a_file_of_others_is_not() {
        let desk = Desk::new();
        let gone = tempfile::tempdir().unwrap();
        let other = Cache::of(Some(desk.folder.path().to_owned()), gone.path(), &desk.sources());
        read_all(&desk.sources(), &other);
        other.save();
        drop(gone);
        let theirs = desk.folder.path().join("letters.texts");
        fs::write(&theirs, "Dear all").unwrap();
        desk.read();
        assert!(theirs.exists());
        assert_eq!(desk.files().len(), 2);
    }

    #[test]
    fn a_place_that_cannot_be_written_costs_time_alone() {
        let desk = Desk::new();
        let file = desk.folder.path().join("file");
        fs::write(&file, "").unwrap();
        for folder in [None, Some(file.join("below"))] {
            let cache = Cache::of(folder, desk.folder.path(), &desk.sources());
            assert_eq!(read_all(&desk.sources(), &cache), 2);
            assert_eq!(cache.save(), None);
        }
    }
}
