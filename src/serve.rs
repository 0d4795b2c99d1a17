//! `bayan serve`: reads the site, serves it, and follows what changes.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use bayan::diagnostic::{self, Checked, Diagnostic};
use bayan::progress::{Progress, Unwatched};
use bayan::shell::cache::Cache;
use bayan::shell::progress::Bar;
use bayan::shell::read::{self, Following};
use bayan::shell::serve::Shared;
use bayan::shell::watch::{self, Watch};
use bayan::shell::{self, Touched, terminal};
use bayan::site::{Forgetful, Kept, Memory};

use crate::cli::Serve;
use crate::{Done, counted};

/// Most files that are named when they have changed together.
const NAMED: usize = 3;

/// Serves the site in `root` until a person stops it.
pub fn serve(root: &Path, args: &Serve, quiet: bool, bar: &Bar, progress: &dyn Progress) -> Done {
    let listener = shell::serve::listen(&args.host, args.port)?;
    let address = listener
        .local_addr()
        .map_err(|error| Diagnostic::error(&args.host, shell::cause(&error)))?;
    let root = shell::whole(root)?;
    // What changes while the site is read is heard of, and followed then.
    let watch = Watch::begin(&root, &read::src(&root), args.poll);
    let mut faults = Vec::new();
    let sources = read::read(&root)?.take(&mut faults);
    let following = Following::new(&root, faults);
    let cache = (!args.no_cache).then(|| Cache::open(&root, &sources));
    let memory: &dyn Memory = cache.as_ref().map_or(&Forgetful, |cache| cache);
    let kept = Kept::new(sources, memory, progress);
    bar.clear();
    let shared = Arc::new(Shared::new(kept, &root, &args.host, address, args.desk)?);
    let mut follower = Follower::new(following, Arc::clone(&shared), quiet);
    follower.begin();
    let url = shell::serve::url(&args.host, address, &shared.base());
    greet(&shared, &url, address, args, bar.elapsed(), quiet);
    watch.follow(follower);
    // Only now, as nobody waits for it.
    thread::spawn(move || {
        let fault = cache.and_then(Cache::save);
        terminal::complain(&diagnostic::report(fault.into_iter().collect()));
    });
    if args.open
        && let Err(error) = open::that_detached(&url)
    {
        terminal::complain(&format!("no browser could be opened: {}\n", shell::cause(&error)));
    }
    shell::serve::run(listener, &shared)?;
    Ok(Checked::clean(String::new()))
}

/// Says where the site is, and who can look.
fn greet(shared: &Shared, url: &str, address: SocketAddr, args: &Serve, took: Duration, quiet: bool) {
    if !quiet {
        let pages = shared.kept().site().summary().briefings;
        let read = counted(pages, "briefing", "briefings");
        tell(&format!(
            "{url}\n{read} read in {:.2} s; Ctrl-C stops.\n",
            took.as_secs_f64()
        ));
        if shared.may_write {
            let root = &url[..=url.len() - shared.base().len()];
            tell(&format!("Review desk: {root}_bayan/review\n"));
        }
    }
    if !address.ip().is_loopback() {
        let desk = if args.desk {
            "whoever can reach this machine can read the site and write by the review desk"
        } else {
            "whoever can reach this machine can read the site; the review desk is off, unless you add --desk"
        };
        terminal::complain(&format!("warning: {desk}\n"));
    }
}

/// Nobody is there to be told that the output is gone.
fn tell(text: &str) {
    let _ = terminal::say(text);
}

/// Brings the site up to date, and says what changed and how long it took.
struct Follower {
    following: Following,
    shared: Arc<Shared>,
    quiet: bool,
    /// What has been said to be wrong.
    told: BTreeSet<String>,
}

impl Follower {
    fn new(following: Following, shared: Arc<Shared>, quiet: bool) -> Follower {
        Follower {
            following,
            shared,
            quiet,
            told: BTreeSet::new(),
        }
    }

    /// Takes note of what is wrong from the beginning.
    fn begin(&mut self) {
        let faults = self.following.faults().cloned().collect();
        self.shared.update(&[], faults, None, |_| {});
        self.complain();
    }

    /// Says what is wrong and was not before.
    fn complain(&mut self) {
        let faults = self.shared.faults();
        let now: BTreeSet<String> = faults.all.iter().map(ToString::to_string).collect();
        let new = faults
            .all
            .iter()
            .filter(|fault| !self.told.contains(&fault.to_string()));
        terminal::complain(&diagnostic::report(new.cloned().collect()));
        self.told = now;
    }
}

impl watch::Follower for Follower {
    fn follow(&mut self, touched: Touched) {
        let bar = Bar::new();
        let Some(news) = self.following.look(&self.shared.kept(), touched) else {
            return;
        };
        let files = news.files.clone();
        let faults = self.following.faults().cloned().collect();
        let held = self.following.holds_settings().then_some("book.toml");
        self.shared
            .update(&files, faults, held, |kept| news.apply(kept, &Unwatched));
        if !self.quiet {
            tell(&format!("{} ({} ms)\n", changed(&files), bar.elapsed().as_millis()));
        }
        self.complain();
    }

    fn has(&self, path: &str) -> bool {
        read::has(self.shared.kept().sources(), path)
    }

    fn src(&self) -> String {
        self.shared
            .kept()
            .sources()
            .config
            .book
            .src
            .trim_end_matches('/')
            .to_owned()
    }

    fn polls(&mut self, why: &str) {
        if !self.quiet {
            tell(&format!("Changes are looked for several times a second: {why}.\n"));
        }
    }
}

/// What changed, on one line.
fn changed(files: &[String]) -> String {
    let named: Vec<&str> = files.iter().take(NAMED).map(String::as_str).collect();
    match files.len().saturating_sub(NAMED) {
        _ if files.is_empty() => "the folder was read again".into(),
        0 => format!("{} changed", named.join(", ")),
        more => format!(
            "{} and {} changed",
            named.join(", "),
            counted(more, "other file", "other files")
        ),
    }
}
