//! Which file of the site a request asks for.
//!
//! In: the address as the browser sends it. Out: a path relative to the site's output, decoded, which may be anything but
//! a way out: it is only ever looked up among the site's own paths.

use axum::http::{HeaderMap, Uri};
use percent_encoding::percent_decode_str;

/// Where the preview stands.
const PREVIEW: &str = "_bayan/";

/// What an address leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// Something of the site.
    Site(Asked),
    /// Another address, to be asked instead.
    Elsewhere(String),
    /// No site can have it.
    Bad,
}

/// What is asked of the site.
#[derive(Debug, PartialEq, Eq)]
pub struct Asked {
    /// The path, decoded; it ends with `/` for a folder, and is empty for the site itself.
    pub path: String,
    /// The same as the browser has it.
    raw: String,
    query: Option<String>,
}

impl Asked {
    /// The file that answers.
    pub fn file(&self) -> String {
        if self.path.is_empty() || self.path.ends_with('/') {
            format!("{}index.html", self.path)
        } else {
            self.path.clone()
        }
    }

    /// The way from the address to the preview.
    pub fn preview(&self) -> String {
        "../".repeat(self.raw.matches('/').count()) + PREVIEW
    }

    /// The address with a slash at its end, seen from itself.
    pub fn with_slash(&self) -> String {
        let last = self.raw.rsplit('/').next().unwrap_or_default();
        let query = self.query.as_ref().map(|query| format!("?{query}"));
        format!("./{last}/{}", query.unwrap_or_default())
    }
}

/// The address of the preview that `uri` means, where it stands under the base path.
pub fn preview(uri: &Uri, base: &str) -> Option<Uri> {
    let rest = uri.path().strip_prefix(base).filter(|_| base != "/")?;
    let rest = rest.strip_prefix(PREVIEW)?;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("/{PREVIEW}{rest}{query}").parse().ok()
}

/// What `uri` leads to on a site that stands under `base`. A proxy that has taken away the first part of the path says
/// so in `X-Forwarded-Prefix`.
pub fn find(uri: &Uri, headers: &HeaderMap, base: &str) -> Found {
    let prefix = headers
        .get("x-forwarded-prefix")
        .and_then(|prefix| prefix.to_str().ok())
        .unwrap_or_default();
    let prefix = prefix.trim_end_matches('/');
    let whole = if uri.path().starts_with(base) {
        uri.path().to_owned()
    } else {
        format!("{prefix}{}", uri.path())
    };
    let rest = match whole.strip_prefix(base) {
        Some(rest) => rest,
        None if uri.path() == "/" || format!("{whole}/") == base => return Found::Elsewhere(base.to_owned()),
        // It is no part of the site, which has a page for that.
        None => whole.trim_start_matches('/'),
    };
    match decode(rest) {
        Some(path) => Found::Site(Asked {
            path: if whole.starts_with(base) {
                path
            } else {
                format!("/{path}")
            },
            raw: rest.to_owned(),
            query: uri.query().map(str::to_owned),
        }),
        None => Found::Bad,
    }
}

/// A path without its escapes; `None` where it is not UTF-8, leads upwards or holds what no file is called.
fn decode(raw: &str) -> Option<String> {
    let path = percent_decode_str(raw).decode_utf8().ok()?;
    let is_bad = |letter: char| letter.is_control() || letter == '\\';
    let is_sound = !path.contains(is_bad) && path.split('/').all(|part| part != ".." && part != ".");
    is_sound.then(|| path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(uri: &str, prefix: &str, base: &str) -> Found {
        let mut headers = HeaderMap::new();
        if !prefix.is_empty() {
            headers.insert("x-forwarded-prefix", prefix.parse().unwrap());
        }
        find(&uri.parse().unwrap(), &headers, base)
    }

    fn path(uri: &str, prefix: &str, base: &str) -> String {
        match found(uri, prefix, base) {
            Found::Site(asked) => asked.file(),
            other => panic!("{uri}: {other:?}"),
        }
    }

    #[test]
    fn an_address_is_decoded_and_taken_from_its_base() {
        for (uri, prefix, base, file) in [
            ("/", "", "/", "index.html"),
            ("/countries/", "", "/", "countries/index.html"),
            ("/style.css?v=1", "", "/", "style.css"),
            ("/%D8%A8%D9%8A%D8%A7%D9%86/", "", "/", "بيان/index.html"), // statement
            ("/press/style.css", "", "/press/", "style.css"),
            ("/style.css", "/press", "/press/", "style.css"),
            ("/style.css", "", "/press/", "/style.css"),
        ] {
            assert_eq!(path(uri, prefix, base), file, "{uri}");
        }
    }

    #[test]
    fn no_address_leads_out_of_the_site() {
        for uri in [
            "/../book.toml",
            "/%2e%2e/book.toml",
            "/a/%2E%2e%2fbook.toml",
            "/..%5cbook.toml",
            "/a%00.html",
            "/%ff",
            "/./book.toml",
        ] {
            assert_eq!(found(uri, "", "/"), Found::Bad, "{uri}");
        }
    }

    #[test]
    fn the_root_leads_to_the_base_path_once() {
        assert_eq!(found("/", "", "/press/"), Found::Elsewhere("/press/".into()));
        assert_eq!(found("/press", "", "/press/"), Found::Elsewhere("/press/".into()));
        assert_eq!(path("/", "/press/", "/press/"), "index.html");
    }

    #[test]
    fn the_way_to_the_preview_is_told_from_the_page() {
        let Found::Site(asked) = found("/press/briefings/2024/?a=b", "", "/press/") else {
            panic!()
        };
        assert_eq!(asked.preview(), "../../_bayan/");
        let Found::Site(asked) = found("/press/briefings/2024?a=b", "", "/press/") else {
            panic!()
        };
        assert_eq!(asked.with_slash(), "./2024/?a=b");
        let uri = "/press/_bayan/events?page=x".parse().unwrap();
        assert_eq!(preview(&uri, "/press/").unwrap(), "/_bayan/events?page=x");
    }
}
