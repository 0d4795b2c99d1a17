//! Answers: bytes with their type, whole, in part, or not at all where the browser has them.
#![expect(clippy::disallowed_methods, reason = "reads files")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::UNIX_EPOCH;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::pages::Rendered;

/// How many bytes of a file are read at once.
const PIECE: usize = 64 << 10;

/// A sentence for people.
pub fn plain(status: StatusCode, text: &str) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        format!("{text}\n"),
    )
        .into_response()
}

/// Sends the browser to another address.
pub fn redirect(to: &str) -> Response {
    (
        StatusCode::TEMPORARY_REDIRECT,
        [(header::LOCATION, to), (header::CACHE_CONTROL, "no-cache")],
    )
        .into_response()
}

/// What every answer says to the browser: take nothing for what it is not, and show it to no other site.
pub fn secure(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}

/// A page of the site with what keeps it up to date. `preview` is the way from it to the preview.
pub fn page(
    rendered: &Rendered,
    path: &str,
    preview: &str,
    status: StatusCode,
    method: &Method,
    headers: &HeaderMap,
) -> Response {
    let failed = rendered.bytes.is_empty() && rendered.fault.is_some();
    let blank: &[u8] =
        b"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>!</title></head><body></body></html>";
    let html = if failed { blank } else { rendered.bytes.as_ref() };
    let bytes = Bytes::from(with_script(html, path, preview, &rendered.etag));
    let answer = Answer {
        status: if failed {
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            status
        },
        kind: "text/html; charset=utf-8".into(),
        etag: rendered.etag.clone(),
        length: bytes.len() as u64,
    };
    answer.respond(method, headers, |part| Ok(slice(&bytes, part)))
}

/// Bytes of the site that are no page.
pub fn bytes(rendered: &Rendered, path: &str, method: &Method, headers: &HeaderMap) -> Response {
    let answer = Answer {
        status: StatusCode::OK,
        kind: kind(path),
        etag: rendered.etag.clone(),
        length: rendered.bytes.len() as u64,
    };
    answer.respond(method, headers, |part| Ok(slice(&rendered.bytes, part)))
}

/// A file of the site in `root`. One that a link leads to outside of it is not shown: whoever made the site would
/// otherwise read any file of this machine by a page.
pub fn file(root: &Path, file: &Path, method: &Method, headers: &HeaderMap) -> Response {
    let opened = file.canonicalize().and_then(|place| {
        if place.starts_with(root) {
            let file = File::open(&place)?;
            Ok((file.metadata()?, file))
        } else {
            Err(io::ErrorKind::PermissionDenied.into())
        }
    });
    let (about, mut open) = match opened {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let text = format!("“{name}” may not be read, or is a link that leads out of the site's folder.");
            return plain(StatusCode::FORBIDDEN, &text);
        }
        Err(_) => return plain(StatusCode::NOT_FOUND, "This file is gone."),
    };
    let written = about
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let answer = Answer {
        status: StatusCode::OK,
        kind: kind(&file.to_string_lossy()),
        etag: format!("{:x}-{:x}", written.unwrap_or_default().as_nanos(), about.len()),
        length: about.len(),
    };
    answer.respond(method, headers, move |part| {
        open.seek(SeekFrom::Start(*part.start()))?;
        let length = (part.end() + 1).saturating_sub(*part.start());
        Ok(stream(open, length))
    })
}

/// What is known of an answer before its bytes.
struct Answer {
    status: StatusCode,
    kind: String,
    etag: String,
    length: u64,
}

/// Which bytes are asked for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Range(RangeInclusive<u64>),
    /// None that are there.
    Outside,
}

impl Answer {
    fn respond(
        self,
        method: &Method,
        headers: &HeaderMap,
        body: impl FnOnce(RangeInclusive<u64>) -> io::Result<Body>,
    ) -> Response {
        let etag = format!("\"{}\"", self.etag);
        let mut response = Response::builder()
            .header(header::ETAG, &etag)
            .header(header::CACHE_CONTROL, "no-cache");
        if self.status == StatusCode::OK && is_known(headers, &etag) {
            return response
                .status(StatusCode::NOT_MODIFIED)
                .body(Body::empty())
                .unwrap_or_default();
        }
        let part = match self.status {
            StatusCode::OK => part(headers, &etag, self.length),
            _ => Part::Whole,
        };
        let (status, range) = match part {
            Part::Whole => (self.status, 0..=self.length.saturating_sub(1)),
            Part::Range(range) => (StatusCode::PARTIAL_CONTENT, range),
            Part::Outside => {
                let whole = format!("bytes */{}", self.length);
                return (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, whole)]).into_response();
            }
        };
        let mut length = self.length;
        if status == StatusCode::PARTIAL_CONTENT {
            length = range.end() - range.start() + 1;
            let place = format!("bytes {}-{}/{}", range.start(), range.end(), self.length);
            response = response.header(header::CONTENT_RANGE, place);
        }
        let response = response
            .status(status)
            .header(header::CONTENT_TYPE, self.kind)
            .header(header::ACCEPT_RANGES, "bytes")
            .header(header::CONTENT_LENGTH, length);
        let body = if length == 0 || method == Method::HEAD {
            Ok(Body::empty())
        } else {
            body(range)
        };
        match body {
            Ok(body) => response.body(body).unwrap_or_default(),
            Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "This file cannot be read."),
        }
    }
}

/// Whether the browser has the bytes already.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok())
        .unwrap_or_default();
    known == "*"
        || known
            .split(',')
            .any(|known| known.trim().trim_start_matches("W/") == etag)
}

/// Which of `length` bytes are asked for. Of several ranges the whole is given, as a server may.
fn part(headers: &HeaderMap, etag: &str, length: u64) -> Part {
    let is_stale = headers.get(header::IF_RANGE).is_some_and(|known| known != etag);
    let asked = headers
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok())
        .filter(|_| !is_stale);
    let Some(Ok(ranges)) = asked.map(http_range_header::parse_range_header) else {
        return Part::Whole;
    };
    match ranges.validate(length) {
        Ok(ranges) => match <[_; 1]>::try_from(ranges) {
            Ok([range]) => Part::Range(range),
            Err(_) => Part::Whole,
        },
        Err(_) => Part::Outside,
    }
}

fn slice(bytes: &Bytes, part: RangeInclusive<u64>) -> Body {
    let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(bytes.len());
    Body::from(bytes.slice(at(*part.start())..at(part.end() + 1)))
}

/// `length` bytes of a file from where it stands, read as they are sent.
fn stream(file: File, length: u64) -> Body {
    let (to, pieces) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut rest = file.take(length);
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            let read = rest.by_ref().take(PIECE as u64).read_to_end(&mut piece);
            let is_last = !matches!(read, Ok(1..));
            let sent = match read {
                Ok(0) => return,
                Ok(_) => to.blocking_send(Ok(piece)),
                Err(error) => to.blocking_send(Err(error)),
            };
            if is_last || sent.is_err() {
                return;
            }
        }
    });
    Body::from_stream(ReceiverStream::new(pieces))
}

/// The type of a file by its name, with how its text is encoded.
pub fn kind(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = kind.type_() == mime_guess::mime::TEXT
        || matches!(kind.subtype().as_str(), "javascript" | "json" | "xml" | "svg")
        || kind
            .suffix()
            .is_some_and(|suffix| suffix == mime_guess::mime::XML || suffix == mime_guess::mime::JSON);
    let unnamed = !path.rsplit('/').next().unwrap_or(path).contains('.');
    match (unnamed, is_text) {
        (true, _) => "text/plain; charset=utf-8".into(),
        (false, true) => format!("{}; charset=utf-8", kind.essence_str()),
        (false, false) => kind.essence_str().to_owned(),
    }
}

/// A page with the script that keeps it up to date, before the end of its body.
fn with_script(html: &[u8], path: &str, preview: &str, etag: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let mut name = String::with_capacity(path.len());
    for letter in path.chars() {
        match letter {
            '&' => name.push_str("&amp;"),
            '"' => name.push_str("&quot;"),
            '<' => name.push_str("&lt;"),
            _ => name.push(letter),
        }
    }
    let mut script = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        script,
        "<script type=\"module\" src=\"{preview}preview.js\" data-page=\"{name}\" data-etag=\"{etag}\"></script>"
    );
    let end = html
        .windows(END.len())
        .rposition(|window| window.eq_ignore_ascii_case(END))
        .unwrap_or(html.len());
    [&html[..end], script.as_bytes(), &html[end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: &str) -> Part {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, range.parse().unwrap());
        part(&headers, "\"a\"", 10)
    }

    #[test]
    fn a_part_is_given_where_one_is_asked_for() {
        for (range, part) in [
            ("bytes=0-3", Part::Range(0..=3)),
            ("bytes=8-", Part::Range(8..=9)),
            ("bytes=-2", Part::Range(8..=9)),
            ("bytes=20-30", Part::Outside),
            ("bytes=0-1, 4-5", Part::Whole),
            ("lines=0-1", Part::Whole),
        ] {
            assert_eq!(asked(range), part, "{range}");
        }
    }

    #[test]
    fn a_file_is_of_the_type_that_its_name_tells() {
        for (path, is) in [
            ("a/index.html", "text/html; charset=utf-8"),
            ("style.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("feed.xml", "text/xml; charset=utf-8"),
            ("feed.json", "application/json; charset=utf-8"),
            ("favicon.svg", "image/svg+xml; charset=utf-8"),
            ("fonts/naskh.woff2", "font/woff2"),
            ("a.png", "image/png"),
            ("CNAME", "text/plain; charset=utf-8"),
            ("a.unknown-ending", "application/octet-stream"),
        ] {
            assert_eq!(kind(path), is, "{path}");
        }
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body_whatever_the_page_is_called() {
        let script = |html: &[u8]| String::from_utf8(with_script(html, "a\"&<.html", "../_bayan/", "e")).unwrap();
        let tag = "<script type=\"module\" src=\"../_bayan/preview.js\" data-page=\"a&quot;&amp;&lt;.html\" \
                   data-etag=\"e\"></script>";
        assert_eq!(script(b"<body>x</body></html>"), format!("<body>x{tag}</body></html>"));
        assert_eq!(script(b"x"), format!("x{tag}"));
    }
}
