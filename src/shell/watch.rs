//! Watches a site's folder and says where something may have changed.
//!
//! What happens within a moment is told at once and together: the moment is some milliseconds for a file that a person
//! saves, and grows while events pour in, as when another branch is checked out. A file that is gone or empty may be one
//! that an editor is about to write, so it is waited for. Where the system does not tell of changes, the folder is looked
//! over several times a second.
#![expect(clippy::disallowed_methods, reason = "looks at files and the clock")]

mod poll;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify_debouncer_full::notify::event::{AccessKind, AccessMode};
use notify_debouncer_full::notify::{self, ErrorKind, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer};

use super::folder;
use super::{Touched, relative};

/// How long one file must be quiet, and how often that is looked at.
const MOMENT: Duration = Duration::from_millis(8);
const TICK: Duration = Duration::from_millis(4);

/// How long all must be quiet once much has happened, and for how long it is waited at most.
const LULL: Duration = Duration::from_millis(60);
const LONGEST: Duration = Duration::from_secs(2);

/// Paths that a single save may touch.
const FEW: usize = 4;

/// How long a file that is gone or empty is waited for.
const GRACE: Duration = Duration::from_millis(120);

/// Who is told, and asked, about changes.
pub trait Follower: Send {
    /// Something may have changed.
    fn follow(&mut self, touched: Touched);
    /// Whether the site has a file of this path.
    fn has(&self, path: &str) -> bool;
    /// The folder of raw texts, relative to the site.
    fn src(&self) -> String;
    /// The system does not tell of changes, for this reason, so they are looked for.
    fn polls(&mut self, why: &str);
}

/// What is heard of a folder.
enum Heard {
    /// Something happened at these places.
    At(Vec<PathBuf>),
    /// Events were lost.
    Anything,
    /// No more can be watched.
    Full,
}

/// Watches the site in `root`, in a thread of its own, as long as the program runs. With `poll` the system is not asked
/// to tell of changes.
pub fn watch(root: PathBuf, poll: bool, mut follower: impl Follower + 'static) {
    thread::spawn(move || {
        let (to, heard) = mpsc::channel();
        let native = if poll {
            follower.polls("--poll was given");
            None
        } else {
            native(to.clone()).map_err(|error| follower.polls(&why(&error))).ok()
        };
        let mut watching = Watching {
            watched: BTreeMap::new(),
            told: Instant::now(),
            root,
            to,
            native,
            follower,
        };
        watching.run(&heard);
    });
}

type Native = Debouncer<RecommendedWatcher, RecommendedCache>;

fn native(to: Sender<Heard>) -> notify::Result<Native> {
    new_debouncer(MOMENT, Some(TICK), move |events: DebounceEventResult| {
        // Nobody listens any more only when the program ends.
        let _ = match events {
            Ok(events) if events.iter().any(|event| event.need_rescan()) => to.send(Heard::Anything),
            Ok(events) => to.send(Heard::At(
                events
                    .into_iter()
                    .filter(matters)
                    .flat_map(|event| event.event.paths)
                    .collect(),
            )),
            Err(errors) if errors.iter().any(is_full) => to.send(Heard::Full),
            Err(_) => to.send(Heard::Anything),
        };
    })
}

/// Whether an event is one of writing. That a file was read is told as well.
fn matters(event: &DebouncedEvent) -> bool {
    !matches!(event.kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

fn is_full(error: &notify::Error) -> bool {
    matches!(error.kind, ErrorKind::MaxFilesWatch)
}

/// Why the system does not tell of changes, and what to do about it.
fn why(error: &notify::Error) -> String {
    if is_full(error) {
        "the system's limit of watched folders is reached; raise it with\n  \
         sudo sysctl fs.inotify.max_user_watches=1048576 fs.inotify.max_user_instances=1024\nand start again"
            .to_owned()
    } else {
        format!("the system does not tell of them here ({error})")
    }
}

struct Watching<F> {
    root: PathBuf,
    to: Sender<Heard>,
    /// `None` where the folder is polled.
    native: Option<Native>,
    /// Folders that are watched, and whether with all below them.
    watched: BTreeMap<PathBuf, RecursiveMode>,
    follower: F,
    /// When something was told last.
    told: Instant,
}

impl<F: Follower> Watching<F> {
    fn run(&mut self, heard: &Receiver<Heard>) {
        self.watch_folders();
        if self.native.is_none() {
            poll::start(&self.root, &self.follower.src(), self.to.clone());
        }
        let mut pending = Pending::default();
        while let Ok(first) = heard.recv() {
            self.take(first, &mut pending);
            self.gather(heard, &mut pending);
            if let Some(touched) = pending.take() {
                self.follower.follow(touched);
                self.told = Instant::now();
            }
            // Folders that were made meanwhile may hold files already.
            pending.paths.extend(self.watch_folders());
            if let Some(touched) = pending.take() {
                self.follower.follow(touched);
            }
        }
    }

    /// Hears on until it is quiet.
    fn gather(&mut self, heard: &Receiver<Heard>, pending: &mut Pending) {
        let start = Instant::now();
        while let Some(wait) = self.wait(pending, start) {
            match heard.recv_timeout(wait) {
                Ok(more) => self.take(more, pending),
                Err(RecvTimeoutError::Timeout) if self.is_awaited(pending) && start.elapsed() < GRACE => {}
                Err(_) => return,
            }
        }
    }

    /// How long to hear on; `None` where all has been heard.
    fn wait(&self, pending: &Pending, start: Instant) -> Option<Duration> {
        let spent = start.elapsed();
        let is_much = pending.paths.len() > FEW || (!pending.paths.is_empty() && self.told.elapsed() < LULL);
        if is_much && spent < LONGEST {
            return Some(LULL);
        }
        (self.is_awaited(pending) && spent < GRACE).then_some(TICK)
    }

    /// Whether a file of the site is gone, or as empty as one that an editor is about to write.
    fn is_awaited(&self, pending: &Pending) -> bool {
        pending.paths.len() <= FEW
            && pending.paths.iter().any(|path| {
                let length = self.root.join(path).metadata().map_or(0, |file| file.len());
                length == 0 && self.follower.has(path)
            })
    }

    fn take(&mut self, heard: Heard, pending: &mut Pending) {
        match heard {
            Heard::At(places) => {
                let src = self.follower.src();
                let paths = places.iter().filter_map(|place| relative(&self.root, place));
                pending.paths.extend(paths.filter(|path| is_of_site(path, &src)));
            }
            Heard::Anything => pending.all = true,
            Heard::Full => self.give_up(&notify::Error::new(ErrorKind::MaxFilesWatch)),
        }
    }

    /// Watches the folders of the site that are there and were not watched; gives their paths, but at first.
    fn watch_folders(&mut self) -> Vec<String> {
        let src = self.follower.src();
        let top = src.split('/').next().unwrap_or(&src).to_owned();
        let mut wanted = vec![(self.root.clone(), RecursiveMode::NonRecursive)];
        wanted.extend(folder::folders(&top).map(|name| (self.root.join(name), RecursiveMode::Recursive)));
        let is_first = self.watched.is_empty();
        let mut new = Vec::new();
        for (place, mode) in wanted {
            if !place.is_dir() {
                self.watched.remove(&place);
            } else if !self.watched.contains_key(&place) && self.add(&place, mode) {
                new.extend(relative(&self.root, &place));
                self.watched.insert(place, mode);
            }
        }
        new.retain(|path| !is_first && !path.is_empty());
        new
    }

    fn add(&mut self, place: &Path, mode: RecursiveMode) -> bool {
        let Some(native) = &mut self.native else { return false };
        match native.watch(place, mode) {
            Ok(()) => true,
            Err(error) => {
                self.give_up(&error);
                false
            }
        }
    }

    /// Goes over to polling.
    fn give_up(&mut self, error: &notify::Error) {
        if self.native.take().is_some() {
            self.follower.polls(&why(error));
            if !self.watched.is_empty() {
                poll::start(&self.root, &self.follower.src(), self.to.clone());
            }
        }
    }
}

/// Where something happened that was not told yet.
#[derive(Default)]
struct Pending {
    paths: BTreeSet<String>,
    all: bool,
}

impl Pending {
    fn take(&mut self) -> Option<Touched> {
        let Pending { paths, all } = std::mem::take(self);
        match all {
            true => Some(Touched::Anything),
            false => (!paths.is_empty()).then_some(Touched::Paths(paths)),
        }
    }
}

/// Whether a path may be, or lead to, a file of the site.
fn is_of_site(path: &str, src: &str) -> bool {
    let is_inside = |folder: &str| path == folder || folder::inside(path, folder).is_some();
    let leads = folder::inside(src, path).is_some();
    (path == folder::SETTINGS || leads || folder::folders(src).into_iter().any(is_inside))
        && !folder::is_passed_over(path)
}
