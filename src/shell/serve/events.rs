//! What a browser hears: that the page it shows is not as it was, and what is wrong.
//!
//! The server compares, so that a page that an edit does not touch stays still.

use std::convert::Infallible;
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
    let mut client = Client {
        seen: shared.version(),
        faults: None,
        watched,
    };
    let hello = json!({ "start": shared.start, "words": overview::words(&shared) });
    let mut events = vec![event("hello", &hello).retry(RETRY)];
    loop {
        news.borrow_and_update();
        let (back, more) = {
            let shared = Arc::clone(&shared);
            let looked = tokio::task::spawn_blocking(move || {
                let more = client.look(&shared);
                (client, more)
            });
            let Ok(looked) = looked.await else { return };
            looked
        };
        client = back;
        events.extend(more);
        for event in events.drain(..) {
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
    seen: u64,
    faults: Option<Value>,
}

impl Client {
    /// What is to be told now.
    fn look(&mut self, shared: &Shared) -> Vec<Event> {
        let seen = self.seen;
        self.seen = shared.version();
        let mut events = Vec::new();
        let (etag, fault) = stands(shared, &self.watched.page);
        let faults = faults(shared, fault.as_ref());
        if self.faults.as_ref() != Some(&faults) {
            events.push(event("faults", &faults));
            self.faults = Some(faults);
        }
        events.extend(self.compare(etag));
        for name in shared.statics_since(seen) {
            let kind = if name.ends_with(".css") { "style" } else { "file" };
            events.push(event(kind, &json!({ "path": name })));
        }
        events
    }
}

impl Client {
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

/// All errors, that of the page first.
fn faults(shared: &Shared, of_page: Option<&Diagnostic>) -> Value {
    let faults = shared.faults();
    let errors = faults.all.iter().filter(|fault| fault.severity == Severity::Error);
    let told: Vec<_> = of_page
        .into_iter()
        .chain(errors)
        .take(MOST)
        .map(|fault| faults.told(fault))
        .collect();
    json!(told)
}

fn event(name: &str, data: &Value) -> Event {
    Event::default().event(name).data(data.to_string())
}
