//! What is wrong with the site, as a page, and the files of the preview's own part in the browser.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use rust_embed::RustEmbed;
use serde::Serialize;
use serde_json::{Value, json};
use tera::{Context, Tera};

use super::pages::{Rendered, Shown};
use super::respond;
use super::shared::{Fault, Faults, Shared};
use crate::diagnostic::{Diagnostic, Severity};
use crate::shell::folder;
use crate::site::Site;
use crate::url::Address;

/// The page that lists what is wrong, as browsers name it to the server.
pub const PATH: &str = "_bayan/index.html";

const TEMPLATE: &str = "overview.html";

#[derive(RustEmbed)]
#[folder = "preview/"]
struct Assets;

/// What is wrong with one file.
#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    faults: Vec<Fault<'a>>,
}

/// What the page is given.
#[derive(Serialize)]
struct View<'a> {
    lang: &'static str,
    dir: crate::language::Direction,
    site: String,
    home: String,
    errors: Option<String>,
    warnings: Option<String>,
    t: &'a BTreeMap<String, String>,
    files: Vec<File<'a>>,
}

/// `GET /_bayan/`
pub async fn page(State(shared): State<Arc<Shared>>, method: Method, headers: HeaderMap) -> Response {
    let work = move || {
        let Shown::Bytes(rendered) = shared.overview() else {
            return respond::plain(StatusCode::NOT_FOUND, "Nothing is here.");
        };
        let mut response = respond::page(&rendered, PATH, "./", StatusCode::OK, &method, &headers);
        let policy = HeaderValue::from_static("frame-ancestors 'none'");
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        response
    };
    super::blocking(work).await
}

/// `GET /_bayan/preview.js` and its like.
pub async fn asset(Path(name): Path<String>, method: Method, headers: HeaderMap) -> Response {
    match Assets::get(&name).filter(|_| !folder::has_ending(&name, &["html"])) {
        Some(file) => respond::bytes(&Rendered::new(file.data.into_owned()), &name, &method, &headers),
        None => respond::plain(StatusCode::NOT_FOUND, "The preview has no such file."),
    }
}

/// The page that lists `faults`, errors first, by file.
///
/// # Errors
///
/// Where the template is broken, which a test rules out.
pub fn render(site: &Site, faults: &Faults) -> Result<Vec<u8>, Diagnostic> {
    let locale = &site.locale;
    let view = View {
        lang: locale.language.tag(),
        dir: locale.language.direction(),
        site: site.title(),
        home: site.addresses.href(&Address::home()),
        errors: faults.counted(Severity::Error, locale),
        warnings: faults.counted(Severity::Warning, locale),
        t: &locale.texts.preview,
        files: by_file(faults),
    };
    let failed = |error: tera::Error| Diagnostic::error(format!("preview/{TEMPLATE}"), error.to_string());
    let template = Assets::get(TEMPLATE).map(|file| file.data).unwrap_or_default();
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    tera.add_raw_template(TEMPLATE, &String::from_utf8_lossy(&template))
        .map_err(failed)?;
    let context = Context::from_serialize(&view).map_err(failed)?;
    Ok(tera.render(TEMPLATE, &context).map_err(failed)?.into_bytes())
}

/// Faults by file: files with errors first, each in the order of its lines.
fn by_file<'a>(faults: &'a Faults) -> Vec<File<'a>> {
    let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for fault in &faults.all {
        files.entry(&fault.file).or_default().push(fault);
    }
    let mut files: Vec<_> = files.into_iter().collect();
    for (_, faults) in &mut files {
        faults.sort_by_key(|fault| (std::cmp::Reverse(fault.severity), fault.place));
    }
    files.sort_by_key(|(_, faults)| std::cmp::Reverse(faults.first().map(|fault| fault.severity)));
    let file = |(name, of_file): (_, Vec<&'a Diagnostic>)| File {
        name,
        faults: of_file.into_iter().map(|fault| faults.told(fault)).collect(),
    };
    files.into_iter().map(file).collect()
}

/// What the browser's part says, in the language of the interface.
pub fn words(shared: &Shared) -> Value {
    let kept = shared.kept();
    let (locale, addresses) = (&kept.site().locale, &kept.site().addresses);
    json!({
        "lang": locale.language.tag(),
        "dir": locale.language.direction(),
        "comma": locale.comma(),
        "home": addresses.href(&Address::home()),
        "t": locale.texts.preview,
    })
}
