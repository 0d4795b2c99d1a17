//! The review desk over HTTP: its pages, its files, and the edits that it writes.
//!
//! A file is written only where its bytes are those that the person has seen, whole or not at all, and never outside the
//! site's folder. What the last edits replaced is remembered, so that they can be undone.

mod place;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::extract::{Path, Query, State as Shares};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::pages::{Rendered, Shown};
use super::respond;
use super::shared::Shared;
use crate::desk::render::{self, Renderer};
use crate::desk::search::Index;
use crate::desk::view::{self, Doubted};
use crate::desk::{Desk, Edit, Refusal};
use crate::doubts;
use crate::lexicon::Kind;
use crate::progress::Unwatched;
use crate::site::{Change, Folder, Kept};

/// Edits that can be undone.
const UNDONE: usize = 100;

/// What a page of the desk may load and run: what the server has, and nothing that a text has brought.
const POLICY: &str =
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What the desk remembers between requests.
#[derive(Default)]
pub struct State {
    /// Held while a file is written, so that one is after the other.
    writing: Mutex<()>,
    done: Mutex<Vec<Done>>,
    doubted: Mutex<Option<(u64, Arc<Doubted>)>>,
    index: Mutex<Option<(u64, Arc<Index>)>>,
}

/// An edit that was written.
struct Done {
    /// The file.
    path: String,
    before: Option<Vec<u8>>,
    after: Vec<u8>,
    /// The text at which it was made.
    page: Option<String>,
}

/// A request to write.
#[derive(Deserialize)]
pub struct Wish {
    edit: Value,
    /// BLAKE3 of each file as the person has seen it.
    #[serde(default)]
    seen: BTreeMap<String, String>,
}

/// A request to find an entity.
#[derive(Deserialize)]
pub struct Asked {
    q: String,
    kind: Option<Kind>,
}

/// Why nothing was written.
struct Refused {
    status: StatusCode,
    /// A key among the texts of the desk.
    say: &'static str,
    /// More, in English.
    detail: String,
}

impl Refused {
    fn new(status: StatusCode, say: &'static str) -> Refused {
        let detail = String::new();
        Refused { status, say, detail }
    }

    fn stale() -> Refused {
        Refused::new(StatusCode::CONFLICT, "stale")
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Refused {
        let detail = match &refusal {
            Refusal::Fault(fault) => fault.to_string(),
            Refusal::Taken(path) => path.clone(),
            _ => String::new(),
        };
        Refused {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            say: refusal.key(),
            detail,
        }
    }
}

impl From<place::Denied> for Refused {
    fn from(denied: place::Denied) -> Refused {
        match denied {
            place::Denied::Changed => Refused::stale(),
            place::Denied::Outside => Refused::new(StatusCode::FORBIDDEN, "refused-place"),
            place::Denied::Disk(detail) => Refused {
                detail,
                ..Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "refused-disk")
            },
        }
    }
}

/// `GET /_bayan/review`: the first text that nobody has reviewed.
pub async fn first(Shares(shared): Shares<Arc<Shared>>) -> Response {
    super::blocking(move || shown(&shared, None)).await
}

/// `GET /_bayan/review/PAGE`: one text, by its path.
pub async fn page(Shares(shared): Shares<Arc<Shared>>, Path(page): Path<String>) -> Response {
    super::blocking(move || shown(&shared, Some(&page))).await
}

/// `GET /_bayan/desk/FILE`
pub async fn file(Path(name): Path<String>, method: Method, headers: HeaderMap) -> Response {
    match render::file(&name) {
        Some(bytes) => respond::bytes(&Rendered::new(bytes), &name, &method, &headers),
        None => respond::plain(StatusCode::NOT_FOUND, "The desk has no such file."),
    }
}

/// `GET /_bayan/desk/search`
pub async fn search(Shares(shared): Shares<Arc<Shared>>, Query(asked): Query<Asked>) -> Response {
    let work = move || {
        let kept = shared.kept();
        let index = current(&shared.desk.index, shared.version(), || Index::new(kept.site()));
        Json(index.find(&asked.q, asked.kind, kept.site())).into_response()
    };
    super::blocking(work).await
}

/// `POST /_bayan/desk`
pub async fn write(Shares(shared): Shares<Arc<Shared>>, headers: HeaderMap, Json(wish): Json<Wish>) -> Response {
    let work = move || {
        let written = allowed(&shared, &headers).and_then(|()| written(&shared, &wish));
        match written {
            Ok(told) => Json(told).into_response(),
            Err(Refused { status, say, detail }) => {
                (status, Json(json!({ "say": say, "detail": detail }))).into_response()
            }
        }
    };
    super::blocking(work).await
}

/// Whether a request may write: it knows what only a page of the desk is told.
fn allowed(shared: &Shared, headers: &HeaderMap) -> Result<(), Refused> {
    let token = headers
        .get("x-bayan-token")
        .map(HeaderValue::as_bytes)
        .unwrap_or_default();
    // Hashes are compared in the same time whatever they are.
    let knows = blake3::hash(token) == blake3::hash(shared.token.as_bytes());
    if shared.may_write && knows {
        Ok(())
    } else {
        Err(Refused::new(StatusCode::FORBIDDEN, "refused-off"))
    }
}

/// The page of the desk with a text, or with the first one.
fn shown(shared: &Shared, page: Option<&str>) -> Response {
    if !shared.may_write {
        return respond::plain(
            StatusCode::FORBIDDEN,
            "The review desk is off here; `bayan serve --desk` turns it on.",
        );
    }
    let kept = shared.kept();
    let desk = at(&kept);
    let faults = shared.faults();
    let doubted = current(&shared.desk.doubted, shared.version(), || {
        Doubted::new(doubts::doubts(desk.site))
    });
    let queue = desk.queue(&doubted, &faults.all);
    let file = page.or_else(|| queue.rows.first().map(|row| row.file.as_str()));
    let briefing = file.and_then(|file| desk.briefing(file));
    let sheet = briefing.map(|briefing| desk.sheet(briefing, &doubted, &faults.all));
    let html = Renderer::new().and_then(|renderer| {
        let place = render::Place {
            root: &root(page),
            token: &shared.token,
            undo: !lock(&shared.desk.done).is_empty(),
            etag: &sheet
                .as_ref()
                .map_or_else(String::new, |sheet| etag(shared, &sheet.output)),
        };
        renderer.page(desk.site, &queue, sheet.as_ref(), &place)
    });
    match html {
        Ok(html) => {
            let status = if page.is_some() && sheet.is_none() {
                StatusCode::NOT_FOUND
            } else {
                StatusCode::OK
            };
            let mut response = (status, Html(html)).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(fault) => respond::plain(StatusCode::INTERNAL_SERVER_ERROR, &fault.to_string()),
    }
}

/// The way from a page of the desk to `/_bayan/`.
fn root(page: Option<&str>) -> String {
    match page {
        Some(page) => "../".repeat(page.matches('/').count() + 1),
        None => "./".to_owned(),
    }
}

/// The mark of a page as it is published now.
fn etag(shared: &Shared, output: &str) -> String {
    match shared.shown(output) {
        Shown::Bytes(rendered) => rendered.etag.clone(),
        Shown::File(_) | Shown::Nothing => String::new(),
    }
}

fn at(kept: &Kept) -> Desk<'_> {
    Desk {
        sources: kept.sources(),
        site: kept.site(),
    }
}

/// What is made of the site once a version.
fn current<T>(known: &Mutex<Option<(u64, Arc<T>)>>, version: u64, make: impl FnOnce() -> T) -> Arc<T> {
    let mut known = lock(known);
    match &*known {
        Some((of, value)) if *of == version => Arc::clone(value),
        _ => {
            let value = Arc::new(make());
            *known = Some((version, Arc::clone(&value)));
            value
        }
    }
}

/// Writes what is wished; gives what the browser is told.
fn written(shared: &Shared, wish: &Wish) -> Result<Value, Refused> {
    let _one_at_a_time = lock(&shared.desk.writing);
    if wish.edit["do"] == "undo" {
        return undone(shared);
    }
    let edit = Edit::deserialize(&wish.edit).map_err(|error| Refused {
        detail: error.to_string(),
        ..Refused::new(StatusCode::BAD_REQUEST, "refused-fault")
    })?;
    let written = at(&shared.kept()).apply(&edit)?;
    let mark = written.before.as_deref().map_or_else(String::new, view::mark);
    if wish.seen.get(&written.path) != Some(&mark) {
        return Err(Refused::stale());
    }
    let after = written.text.into_bytes();
    place::put(
        &shared.root,
        &written.path,
        written.before.as_deref(),
        Some(&after),
        &shared.start,
    )?;
    take_over(shared, &written.path, Some(after.clone()));
    let page = edit.page().map(str::to_owned);
    let now = page.as_ref().map(|page| view::key(shared.of_page(&written.path, page)));
    let told = json!({ "say": "saved", "file": written.path, "page": now, "version": shared.version() });
    let mut done = lock(&shared.desk.done);
    done.push(Done {
        path: written.path,
        before: written.before,
        after,
        page,
    });
    let surplus = done.len().saturating_sub(UNDONE);
    done.drain(..surplus);
    Ok(told)
}

/// Undoes the last edit, if its file is as the edit left it.
fn undone(shared: &Shared) -> Result<Value, Refused> {
    let last = lock(&shared.desk.done).pop();
    let last = last.ok_or(Refused::new(StatusCode::UNPROCESSABLE_ENTITY, "refused-undo"))?;
    let before = last.before.as_deref();
    place::put(&shared.root, &last.path, Some(&last.after), before, &shared.start)?;
    take_over(shared, &last.path, last.before.clone());
    let page = last.page.map(|page| view::key(&page));
    Ok(json!({ "say": "undone", "file": last.path, "page": page, "version": shared.version() }))
}

/// Brings the site up to date at once, before the file is seen to have changed.
fn take_over(shared: &Shared, path: &str, bytes: Option<Vec<u8>>) {
    let change = if path.starts_with("lexicon/") {
        Change::Lexicon(path.to_owned(), bytes)
    } else {
        Change::Text(Folder::Content, path.to_owned(), bytes)
    };
    shared.amend(&[path.to_owned()], |kept| kept.apply(vec![change], &Unwatched));
}

impl Shared {
    /// The text that is reviewed after a file was written: the page, where it is one.
    fn of_page<'a>(&self, written: &'a str, page: &'a str) -> &'a str {
        match at(&self.kept()).briefing(written) {
            Some(_) => written,
            None => page,
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
