//! Watches a site's folder and says where something may have changed.
//!
//! What happens within a moment is told at once and together: the moment is some milliseconds for a file that a person
//! saves, and grows while events pour in, as when another branch is checked out. A file that is gone or empty may be one
//! that an editor is about to write, so it is waited for. Where the system does not tell of changes, the folder is looked
//! over several times a second.
#![expect(clippy::disallowed_methods, reason = "looks at files and the clock")]

mod poll;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
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
const GRACE: Duration = Duration::from_millis(200);

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

/// A folder that is watched; what happens is kept until someone follows it.
pub struct Watch {
    root: PathBuf,
    heard: Receiver<Heard>,
    to: Sender<Heard>,
    /// `None` where the folder is polled.
    native: Option<Native>,
    /// Folders that are watched.
    watched: BTreeSet<PathBuf>,
    /// Why the folder is polled, until that has been said.
    why: Option<String>,
}

impl Watch {
    /// Begins to watch the site in `root`, a path without links, whose raw texts lie in `src`. With `poll` the system is
    /// not asked to tell of changes.
    pub fn begin(root: &Path, src: &str, poll: bool) -> Watch {
        let (to, heard) = mpsc::channel();
        let native = if poll {
            Err("--poll was given".to_owned())
        } else {
            native(to.clone()).map_err(|error| why(&error))
        };
        let mut watch = Watch {
            root: root.to_owned(),
            heard,
            to,
            native: None,
            watched: BTreeSet::new(),
            why: None,
        };
        match native {
            Ok(native) => {
                watch.native = Some(native);
                watch.watch_folders(src);
            }
            Err(why) => watch.poll(why, src),
        }
        watch
    }

    /// Tells `follower` of what happens and has happened, in a thread of its own, as long as the program runs.
    pub fn follow(mut self, mut follower: impl Follower + 'static) {
        thread::spawn(move || {
            let mut told = Instant::now();
            loop {
                if let Some(why) = self.why.take() {
                    follower.polls(&why);
                }
                let Ok(first) = self.heard.recv() else { return };
                let mut pending = Pending::default();
                self.take(first, &follower, &mut pending);
                self.gather(&follower, told, &mut pending);
                if let Some(touched) = pending.take() {
                    follower.follow(touched);
                    told = Instant::now();
                }
                // Folders that were made meanwhile may hold files already.
                pending.paths = self.watch_folders(&follower.src());
                if let Some(touched) = pending.take() {
                    follower.follow(touched);
                }
            }
        });
    }

    /// Hears on until it is quiet.
    fn gather(&mut self, follower: &impl Follower, told: Instant, pending: &mut Pending) {
        let start = Instant::now();
        loop {
            let is_much = pending.paths.len() > FEW || (!pending.paths.is_empty() && told.elapsed() < LULL);
            let is_awaited = || start.elapsed() < GRACE && self.is_awaited(follower, pending);
            let wait = if is_much && start.elapsed() < LONGEST {
                LULL
            } else if is_awaited() {
                TICK
            } else {
                return;
            };
            match self.heard.recv_timeout(wait) {
                Ok(more) => self.take(more, follower, pending),
                Err(_) if is_awaited() => {}
                Err(_) => return,
            }
        }
    }

    /// Whether a file is as empty as one that is about to be written, or one of the site's is gone.
    fn is_awaited(&self, follower: &impl Follower, pending: &Pending) -> bool {
        let is_awaited = |path: &String| match self.root.join(path).metadata() {
            Ok(file) => file.is_file() && file.len() == 0,
            Err(_) => follower.has(path),
        };
        pending.paths.len() <= FEW && pending.paths.iter().any(is_awaited)
    }

    fn take(&mut self, heard: Heard, follower: &impl Follower, pending: &mut Pending) {
        match heard {
            Heard::At(places) => {
                let src = follower.src();
                let paths = places.iter().filter_map(|place| relative(&self.root, place));
                pending.paths.extend(paths.filter(|path| is_of_site(path, &src)));
            }
            Heard::Anything => pending.all = true,
            Heard::Full if self.native.is_some() => {
                self.poll(why(&notify::Error::new(ErrorKind::MaxFilesWatch)), &follower.src());
            }
            Heard::Full => {}
        }
    }

    /// Watches the folders of the site that are there and were not watched; gives their paths.
    fn watch_folders(&mut self, src: &str) -> BTreeSet<String> {
        let top = src.split('/').next().unwrap_or(src);
        let mut wanted = vec![(self.root.clone(), RecursiveMode::NonRecursive)];
        wanted.extend(folder::folders(top).map(|name| (self.root.join(name), RecursiveMode::Recursive)));
        let mut new = BTreeSet::new();
        for (place, mode) in wanted {
            let Some(native) = &mut self.native else { break };
            if !place.is_dir() {
                self.watched.remove(&place);
            } else if !self.watched.contains(&place) {
                if let Err(error) = native.watch(&place, mode) {
                    self.poll(why(&error), src);
                    break;
                }
                new.extend(relative(&self.root, &place).filter(|path| !path.is_empty()));
                self.watched.insert(place);
            }
        }
        new
    }

    /// Hears no more from the system, for the reason `why`, and looks for changes instead.
    fn poll(&mut self, why: String, src: &str) {
        self.native = None;
        self.why = Some(why);
        poll::start(&self.root, src, self.to.clone());
    }
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

/// Where something happened that was not told yet.
#[derive(Default)]
struct Pending {
    paths: BTreeSet<String>,
    all: bool,
}

impl Pending {
    fn take(&mut self) -> Option<Touched> {
        let Pending { paths, all } = std::mem::take(self);
        if all {
            return Some(Touched::Anything);
        }
        (!paths.is_empty()).then_some(Touched::Paths(paths))
    }
}

/// Whether a path may be, or lead to, a file of the site.
fn is_of_site(path: &str, src: &str) -> bool {
    let is_inside = |folder: &str| path == folder || folder::inside(path, folder).is_some();
    let leads = folder::inside(src, path).is_some();
    (path == folder::SETTINGS || leads || folder::folders(src).into_iter().any(is_inside))
        && !folder::is_passed_over(path)
}
