//! The preview: the site over HTTP, each page made when it is asked for, and kept up to date in every browser.
//!
//! The site stands under its base path. What belongs to the preview stands under `/_bayan/`, at the root and under the
//! base path, so that a proxy that hands on nothing else reaches it too. Nothing is written to disk.

mod address;
mod desk;
mod events;
mod guard;
mod overview;
mod pages;
mod respond;
mod shared;

pub use shared::Shared;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt as _;
use tokio::runtime;

use crate::diagnostic::Diagnostic;
use crate::shell::{cause, folder};
use pages::Shown;

/// How long requests may go on after the program was told to stop.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Takes the port `port` of `host`; 0 is any that is free.
///
/// # Errors
///
/// Where it is taken, or the host is not of this machine.
pub fn listen(host: &str, port: u16) -> Result<TcpListener, Diagnostic> {
    let place = format!("{host}:{port}");
    TcpListener::bind((host.trim_matches(['[', ']']), port)).map_err(|error| {
        let diagnostic = |message: &str| Diagnostic::error(&place, message);
        match error.kind() {
            io::ErrorKind::AddrInUse => diagnostic("another program uses this port")
                .hint("stop it, or take another port with --port, such as --port 3001"),
            io::ErrorKind::AddrNotAvailable => diagnostic("this machine has no such address")
                .hint("leave --host out, or give an address of this machine"),
            io::ErrorKind::PermissionDenied => {
                diagnostic("the system keeps this port to itself").hint("take one above 1023 with --port")
            }
            _ => Diagnostic::error(&place, format!("nothing can be served here: {}", cause(&error))),
        }
    })
}

/// The address to open in a browser.
pub fn url(host: &str, address: SocketAddr, base: &str) -> String {
    let port = address.port();
    let host = match address.ip() {
        ip if ip.is_unspecified() || ip.is_loopback() && host == ip.to_string() && ip.is_ipv4() => {
            "localhost".to_owned()
        }
        IpAddr::V6(ip) if host.parse::<IpAddr>().is_ok() => format!("[{ip}]"),
        _ => host.to_owned(),
    };
    format!("http://{host}:{port}{base}")
}

/// Serves until the program is told to stop.
///
/// # Errors
///
/// Where the system denies what a server needs.
pub fn run(listener: TcpListener, shared: &Arc<Shared>) -> Result<(), Diagnostic> {
    let failed = |error: io::Error| Diagnostic::error("bayan serve", format!("it cannot go on: {}", cause(&error)));
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(failed)?;
    let done = runtime.block_on(serve(listener, shared));
    runtime.shutdown_background();
    done.map_err(failed)
}

async fn serve(listener: TcpListener, shared: &Arc<Shared>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|stream| {
        // Without it an event waits for the browser to answer the last one; with it refused, it only comes later.
        let _ = stream.set_nodelay(true);
    });
    let stop = {
        let shared = Arc::clone(shared);
        async move {
            told_to_stop().await;
            shared.stop();
        }
    };
    let served = axum::serve(listener, router(shared)).with_graceful_shutdown(stop);
    let mut stopping = shared.stopping();
    tokio::select! {
        done = async { served.await } => done,
        () = async {
            // An error means that the server is gone.
            let _ = stopping.wait_for(|is_stopping| *is_stopping).await;
            tokio::time::sleep(LAST_WORDS).await;
        } => Ok(()),
    }
}

/// Ends when a person presses Ctrl-C, or the system asks the program to stop.
async fn told_to_stop() {
    let pressed = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let asked = async {
            match signal(SignalKind::terminate()) {
                Ok(mut signal) => drop(signal.recv().await),
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            () = pressed => {}
            () = asked => {}
        }
    }
    #[cfg(not(unix))]
    pressed.await;
}

/// Everything that is served.
fn router(shared: &Arc<Shared>) -> Router {
    let preview = Router::new()
        .route("/", get(overview::page))
        .route("/events", get(events::events))
        .route("/state", get(events::state))
        .route("/review", get(desk::first))
        .route("/review/", get(desk::first))
        .route("/review/{*page}", get(desk::page))
        .route("/desk", post(desk::write))
        .route("/desk/search", get(desk::search))
        .route("/desk/{*file}", get(desk::file))
        .route("/{asset}", get(overview::asset))
        .with_state(Arc::clone(shared));
    let all = Router::new()
        .nest("/_bayan/", preview)
        .fallback(site)
        .with_state(Arc::clone(shared));
    let outside = middleware::from_fn_with_state(Arc::clone(shared), enter);
    Router::new().fallback_service(all).layer(outside)
}

/// What every request passes: only those of this machine's own pages go on, and those for the preview under the base
/// path are led to it.
async fn enter(State(shared): State<Arc<Shared>>, mut request: Request, next: Next) -> Response {
    if let Err(refusal) = shared.guard.check(request.method(), request.uri(), request.headers()) {
        return respond::plain(StatusCode::FORBIDDEN, &refusal);
    }
    if let Some(uri) = address::preview(request.uri(), &shared.base()) {
        *request.uri_mut() = uri;
    }
    let mut response = next.run(request).await;
    respond::secure(response.headers_mut());
    response
}

/// A page or file of the site.
async fn site(State(shared): State<Arc<Shared>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let base = shared.base();
    let asked = match address::find(&uri, &headers, &base) {
        address::Found::Site(asked) => asked,
        address::Found::Elsewhere(to) => return respond::redirect(&to),
        address::Found::Bad => return respond::plain(StatusCode::BAD_REQUEST, "This address cannot be understood."),
    };
    let work = move || {
        let path = asked.file();
        match shared.shown(&path) {
            Shown::File(file) => respond::file(&shared.root, &file, &method, &headers),
            Shown::Bytes(rendered) if folder::has_ending(&path, &["html"]) => {
                respond::page(&rendered, &path, &asked.preview(), StatusCode::OK, &method, &headers)
            }
            Shown::Bytes(rendered) => respond::bytes(&rendered, &path, &method, &headers),
            Shown::Nothing if shared.has_folder(&path) => respond::redirect(&asked.with_slash()),
            Shown::Nothing => {
                let missing = shared.missing();
                respond::page(
                    &missing,
                    &path,
                    &asked.preview(),
                    StatusCode::NOT_FOUND,
                    &method,
                    &headers,
                )
            }
        }
    };
    blocking(work).await
}

/// Does work that takes time, apart from what waits for the network.
async fn blocking(work: impl FnOnce() -> Response + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(response) => response,
        Err(_) => respond::plain(StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made."),
    }
}
