//! What a browser hears: that the page it shows is not as it was, and what is wrong.
//!
//! The server compares, so that a page that an edit does not touch stays still.

use std::convert::Infallible;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{self, Sender};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;

use super::overview;
use super::pages::{MISSING, Shown};
use super::shared::Shared;
use crate::diagnostic::{Diagnostic, Severity};
use crate::shell::folder;

/// After how long a browser asks again when the server is gone.
const RETRY: Duration = Duration::from_millis(500);

/// How often the server says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Most faults that a page is told of; `/_bayan/` has all.
const MOST: usize = 20;

/// What a browser shows.
#[derive(Debug, Deserialize)]
pub struct Watched {
    /// The page, by its path in the output.
    #[serde(default)]
    page: String,
    /// As it has it.
    #[serde(default)]
    etag: String,
}

/// The state of the site, for programs.
pub async fn state(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let work = move || {
        let kept = shared.kept();
        let (version, faults) = (shared.version(), shared.faults());
        let told: Vec<_> = faults.all.iter().map(|fault| faults.told(fault)).collect();
        json!({
            "start": shared.start,
            "version": version,
            "pages": kept.site().paths().count(),
            "faults": told,
            "held": faults.held,
        })
    };
    Json(tokio::task::spawn_blocking(work).await.unwrap_or_default())
}

/// The stream of what happens to one page.
pub async fn events(
    State(shared): State<Arc<Shared>>,
    Query(watched): Query<Watched>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (to, events) = mpsc::channel(16);
    tokio::spawn(follow(shared, watched, to));
    Sse::new(ReceiverStream::new(events)).keep_alive(KeepAlive::new().interval(HEARTBEAT))
}

/// Tells a browser what happens, until it goes away or the server stops.
async fn follow(shared: Arc<Shared>, watched: Watched, to: Sender<Result<Event, Infallible>>) {
    let mut news = shared.news();
    let mut stopping = shared.stopping();
    let mut client = Client::new(watched, shared.version());
    loop {
        news.borrow_and_update();
        let shared = Arc::clone(&shared);
        let looking = tokio::task::spawn_blocking(move || {
            let events = client.look(&shared);
            (client, events)
        });
        let Ok((back, events)) = looking.await else { return };
        client = back;
        for event in events {
            if to.send(Ok(event)).await.is_err() {
                return;
            }
        }
        tokio::select! {
            changed = news.changed() => if changed.is_err() { return },
            _ = stopping.wait_for(|is_stopping| *is_stopping) => return,
            () = to.closed() => return,
        }
    }
}

/// What one browser has been told.
struct Client {
    watched: Watched,
    /// Up to which version it knows of static files.
    seen: u64,
    words: Option<Value>,
    faults: Option<Value>,
    counts: Option<Value>,
}

impl Client {
    fn new(watched: Watched, seen: u64) -> Client {
        Client {
            watched,
            seen,
            words: None,
            faults: None,
            counts: None,
        }
    }

    /// What is to be told now.
    fn look(&mut self, shared: &Shared) -> Vec<Event> {
        let seen = mem::replace(&mut self.seen, shared.version());
        let mut events = Vec::new();
        let words = overview::words(shared);
        if self.words.as_ref() != Some(&words) {
            let hello = json!({ "start": shared.start, "words": words });
            events.push(event("hello", &hello).retry(RETRY));
            self.words = Some(words);
        }
        let (etag, fault) = stands(shared, &self.watched.page);
        events.extend(renewed("faults", &mut self.faults, faults(shared, fault.as_ref())));
        events.extend(renewed("count", &mut self.counts, counts(shared)));
        events.extend(self.compare(etag));
        for name in shared.statics_since(seen) {
            let is_style = folder::has_ending(&name, &["css"]);
            let kind = if is_style { "style" } else { "file" };
            events.push(event(kind, &json!({ "path": name })));
        }
        events
    }

    /// What to tell of the page, whose mark is now `etag`.
    fn compare(&mut self, etag: String) -> Option<Event> {
        let had = &self.watched.etag;
        let (was_missing, is_missing) = (had.starts_with(MISSING), etag.starts_with(MISSING));
        if self.watched.page.is_empty() || *had == etag || had == MISSING && is_missing {
            None
        } else if is_missing && !was_missing {
            // The browser keeps the page, under a note.
            self.watched.etag = MISSING.into();
            Some(event("gone", &json!({})))
        } else {
            let told = event("page", &json!({ "etag": etag }));
            self.watched.etag = etag;
            Some(told)
        }
    }
}

/// The mark of what stands at a page, and why it cannot be made anew.
fn stands(shared: &Shared, page: &str) -> (String, Option<Diagnostic>) {
    let shown = match page {
        overview::PATH => shared.overview(),
        _ => shared.shown(page),
    };
    match shown {
        Shown::Bytes(rendered) => (rendered.etag.clone(), rendered.fault.clone()),
        Shown::File(_) => (String::new(), None),
        Shown::Nothing => {
            let missing = shared.missing();
            (missing.etag, missing.fault)
        }
    }
}

/// All errors, that of the page first, which holds the page back.
fn faults(shared: &Shared, of_page: Option<&Diagnostic>) -> Value {
    let faults = shared.faults();
    let errors = faults.all.iter().filter(|fault| fault.severity == Severity::Error);
    let of_page = of_page.map(|fault| {
        let mut told = faults.told(fault);
        told.held = true;
        told
    });
    let told: Vec<_> = of_page
        .into_iter()
        .chain(errors.map(|fault| faults.told(fault)))
        .take(MOST)
        .collect();
    json!(told)
}

/// How many faults the site has, in words; null for none.
fn counts(shared: &Shared) -> Value {
    let faults = shared.faults();
    let kept = shared.kept();
    let locale = &kept.site().locale;
    json!({
        "errors": faults.counted(Severity::Error, locale),
        "warnings": faults.counted(Severity::Warning, locale),
    })
}

/// An event where `value` is not `known`.
fn renewed(name: &str, known: &mut Option<Value>, value: Value) -> Option<Event> {
    if known.as_ref() == Some(&value) {
        return None;
    }
    Some(event(name, known.insert(value)))
}

fn event(name: &str, data: &Value) -> Event {
    Event::default().event(name).data(data.to_string())
}
