//! The desk as HTML, by the templates of `preview/`.

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Tera};

use super::view::{Queue, Sheet};
use crate::diagnostic::Diagnostic;
use crate::site::Site;

#[derive(RustEmbed)]
#[folder = "preview/"]
#[include = "desk*"]
#[include = "palette.css"]
struct Files;

/// A file of the desk that browsers ask for: its script and style sheets; faces and icon are those of the site.
pub fn file(path: &str) -> Option<Vec<u8>> {
    match path {
        "desk.js" | "desk.css" | "palette.css" => Files::get(path).map(|file| file.data.into_owned()),
        _ => crate::site::embedded(path),
    }
}

/// What the server knows of a desk besides what is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<'a> {
    /// The way from the page to where the server's own pages lie, with a `/` at its end.
    pub root: &'a str,
    /// What a browser must show to write.
    pub token: &'a str,
    /// Whether the last edit can be undone.
    pub undo: bool,
    /// The mark of the published page.
    pub etag: &'a str,
}

/// Templates, ready to render.
pub struct Renderer(Tera);

#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    dir: crate::language::Direction,
    site: String,
    home: String,
    root: &'a str,
    token: &'a str,
    undo: bool,
    etag: &'a str,
    queue: &'a Queue,
    sheet: Option<&'a Sheet>,
    seen: String,
    t: &'a std::collections::BTreeMap<String, String>,
    texts: String,
}

impl Renderer {
    /// The templates of the desk.
    ///
    /// # Errors
    ///
    /// Where one of them is broken.
    pub fn new() -> Result<Renderer, Diagnostic> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        let templates = Files::iter().filter(|name| name.ends_with(".html")).filter_map(|name| {
            let text = String::from_utf8_lossy(&Files::get(&name)?.data).replace("\r\n", "\n");
            Some((name.into_owned(), text))
        });
        let added = tera.add_raw_templates(templates.collect::<Vec<_>>());
        added.map_err(|error| fault(&error))?;
        Ok(Renderer(tera))
    }

    /// The page of the desk, with one text or none.
    ///
    /// # Errors
    ///
    /// Where a template asks for what it is not given.
    pub fn page(
        &self,
        site: &Site,
        queue: &Queue,
        sheet: Option<&Sheet>,
        place: &Place<'_>,
    ) -> Result<String, Diagnostic> {
        let texts = &site.locale.texts.desk;
        let json =
            |value: &std::collections::BTreeMap<String, String>| serde_json::to_string(value).unwrap_or_default();
        let page = Page {
            lang: site.locale.language.tag(),
            dir: site.locale.language.direction(),
            site: site.title(),
            home: site.addresses.href(&crate::url::Address::home()),
            root: place.root,
            token: place.token,
            undo: place.undo,
            etag: place.etag,
            queue,
            sheet,
            seen: sheet.map_or_else(|| "{}".to_owned(), |sheet| json(&sheet.seen)),
            t: texts,
            texts: json(texts),
        };
        let context = Context::from_serialize(&page).map_err(|error| fault(&error))?;
        self.0.render("desk.html", &context).map_err(|error| fault(&error))
    }
}

fn fault(error: &tera::Error) -> Diagnostic {
    Diagnostic::error(
        "preview/desk.html",
        error.to_string().lines().next().unwrap_or_default(),
    )
}
