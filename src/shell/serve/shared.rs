//! What all requests share: the site as it is now, its pages, and who waits for news of it.

use std::collections::{BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use serde::Serialize;
use tokio::sync::watch;

use super::desk;
use super::guard::Guard;
use super::overview;
use super::pages::{Pages, Rendered, Shown};
use crate::diagnostic::{Diagnostic, Severity};
use crate::locale::Locale;
use crate::site::{Kept, Output, Site};
use crate::url::Address;

/// Changes of static files that are remembered for those who have not heard of them yet.
const REMEMBERED: usize = 256;

/// Locks over pages, so that each is made once though many ask for it at once.
const LOCKS: usize = 16;

/// What a preview shares between its requests.
pub struct Shared {
    /// The site's folder, without links.
    pub root: PathBuf,
    /// Tells this run of the server from others.
    pub start: String,
    /// What a request that writes must know.
    pub token: String,
    /// Whether the desk may write.
    pub may_write: bool,
    pub(super) guard: Guard,
    pub(super) desk: desk::State,
    kept: RwLock<Kept>,
    pages: Mutex<Pages>,
    making: [Mutex<()>; LOCKS],
    faults: RwLock<Arc<Faults>>,
    /// The path under which the site stands, for those who cannot wait until the site has been changed.
    base: RwLock<String>,
    /// Static files that changed, with the version that has them so.
    statics: Mutex<VecDeque<(u64, String)>>,
    version: AtomicU64,
    news: watch::Sender<u64>,
    stopping: watch::Sender<bool>,
}

/// What is wrong with the site.
#[derive(Debug, Default)]
pub struct Faults {
    /// All of it.
    pub all: Vec<Diagnostic>,
    /// Files whose last change is held back.
    pub held: BTreeSet<String>,
}

/// A fault as browsers and programs are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault<'a> {
    severity: &'static str,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    found: Option<&'a str>,
    hint: Option<&'a str>,
    /// Whether the change that has it is held back, so that the page shows what it was before.
    pub held: bool,
}

impl Faults {
    /// How many there are of this weight, in words; `None` for none.
    pub fn counted(&self, severity: Severity, locale: &Locale) -> Option<String> {
        let count = self.all.iter().filter(|fault| fault.severity == severity).count();
        let forms = match severity {
            Severity::Error => &locale.texts.errors,
            Severity::Warning => &locale.texts.warnings,
        };
        (count > 0).then(|| locale.count(count, forms))
    }

    /// A fault for browsers and programs.
    pub fn told<'a>(&self, fault: &'a Diagnostic) -> Fault<'a> {
        Fault {
            severity: match fault.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            file: &fault.file,
            line: fault.place.map(|place| place.line),
            column: fault.place.map(|place| place.column),
            message: &fault.message,
            found: fault.found.as_deref(),
            hint: fault.hint.as_deref(),
            held: self.held.contains(&fault.file),
        }
    }
}

impl Shared {
    /// Shares `kept`, the site of the folder `root`, which has no links in it, over a server that was told to serve
    /// `host` and does so at `address`.
    ///
    /// # Errors
    ///
    /// Where the system gives no random numbers.
    pub fn new(kept: Kept, root: &Path, host: &str, address: SocketAddr, desk: bool) -> Result<Shared, Diagnostic> {
        let (start, token) = (random()?, random()?);
        Ok(Shared {
            root: root.to_owned(),
            start,
            token,
            may_write: address.ip().is_loopback() || desk,
            guard: Guard::new(host, address),
            desk: desk::State::default(),
            faults: RwLock::default(),
            base: RwLock::new(kept.site().config.base_path()),
            kept: RwLock::new(kept),
            pages: Mutex::default(),
            making: Default::default(),
            statics: Mutex::default(),
            version: AtomicU64::new(0),
            news: watch::Sender::new(0),
            stopping: watch::Sender::new(false),
        })
    }

    /// The site as it is now. Nothing changes as long as this is held.
    pub fn kept(&self) -> RwLockReadGuard<'_, Kept> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the site, of which `files` are not as they were, and tells all who watch. `reading` is what is wrong with
    /// the site's files as such.
    pub fn update(
        &self,
        files: &[String],
        reading: Vec<Diagnostic>,
        held: Option<&str>,
        change: impl FnOnce(&mut Kept),
    ) {
        let version = {
            let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
            change(&mut kept);
            let mut all = reading;
            all.extend(kept.diagnostics());
            let held = kept.held().chain(held).map(str::to_owned).collect();
            *self.faults.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Faults { all, held });
            *self.base.write().unwrap_or_else(PoisonError::into_inner) = kept.site().config.base_path();
            let version = self.version() + 1;
            self.remember(version, files);
            self.version.store(version, Ordering::Release);
            version
        };
        self.news.send_replace(version);
    }

    /// Changes the site, of which `files` are not as they were, and tells all who watch. What is wrong with files as such
    /// stays as it is known.
    pub fn amend(&self, files: &[String], change: impl FnOnce(&mut Kept)) {
        let (reading, held) = {
            let kept = self.kept();
            let (of_site, faults) = (kept.diagnostics(), self.faults());
            let reading = faults.all.iter().filter(|fault| !of_site.contains(fault));
            let held: Vec<&str> = kept.held().collect();
            let settings = faults.held.iter().find(|file| !held.contains(&file.as_str()));
            (reading.cloned().collect(), settings.cloned())
        };
        self.update(files, reading, held.as_deref(), change);
    }

    /// Takes note of static files that version `version` has otherwise.
    fn remember(&self, version: u64, files: &[String]) {
        let mut statics = lock(&self.statics);
        let names = files.iter().filter_map(|file| file.strip_prefix("static/"));
        statics.extend(names.map(|name| (version, name.to_owned())));
        let surplus = statics.len().saturating_sub(REMEMBERED);
        statics.drain(..surplus);
    }

    /// Grows by one with each update.
    pub fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    /// The version after each update.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// Ends all that goes on without an end.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Whether the server has been told to stop.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// What is wrong.
    pub fn faults(&self) -> Arc<Faults> {
        Arc::clone(&self.faults.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Static files that have changed since version `seen`.
    pub fn statics_since(&self, seen: u64) -> Vec<String> {
        let statics = lock(&self.statics);
        let new = statics.iter().filter(|(version, _)| *version > seen);
        let names: BTreeSet<&String> = new.map(|(_, name)| name).collect();
        names.into_iter().cloned().collect()
    }

    /// The path under which the site stands.
    pub fn base(&self) -> String {
        self.base.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether `path` is a folder of the site that has a page.
    pub fn has_folder(&self, path: &str) -> bool {
        self.kept().site().has(&format!("{path}/index.html"))
    }

    /// What stands at `path`, relative to the output, made if it has to be.
    pub fn shown(&self, path: &str) -> Shown {
        self.made(path, |site| site.render(path))
    }

    /// What is shown where nothing is.
    pub fn missing(&self) -> Rendered {
        match self.shown(&Address::not_found().output()) {
            Shown::Bytes(rendered) => rendered.as_missing(),
            Shown::File(_) | Shown::Nothing => Rendered::new(Vec::new()).as_missing(),
        }
    }

    /// The page that lists all that is wrong.
    pub fn overview(&self) -> Shown {
        self.made(overview::PATH, |site| {
            Some(overview::render(site, &self.faults()).map(Output::Bytes))
        })
    }

    fn made(&self, path: &str, render: impl FnOnce(&Site) -> Option<Result<Output, Diagnostic>>) -> Shown {
        let hash = usize::from(blake3::hash(path.as_bytes()).as_bytes()[0]);
        let _one_at_a_time = lock(&self.making[hash % LOCKS]);
        let known = lock(&self.pages).get(path);
        let kept = self.kept();
        let version = self.version();
        if let Some((made, rendered)) = &known
            && *made == version
        {
            return Shown::Bytes(Arc::clone(rendered));
        }
        let rendered = match render(kept.site()) {
            None => {
                lock(&self.pages).remove(path);
                return Shown::Nothing;
            }
            Some(Ok(Output::Copy(file))) => return Shown::File(file),
            Some(Ok(Output::Bytes(bytes))) => Rendered::new(bytes),
            Some(Err(fault)) => Rendered::failed(fault, known.as_ref().map(|(_, rendered)| &**rendered)),
        };
        let rendered = Arc::new(rendered);
        lock(&self.pages).put(path, version, Arc::clone(&rendered));
        Shown::Bytes(rendered)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// 32 hexadecimal digits that nobody can guess.
fn random() -> Result<String, Diagnostic> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Diagnostic::error("bayan serve", format!("no random numbers: {error}")))?;
    Ok(format!("{:032x}", u128::from_le_bytes(bytes)))
}
