//! The demonstration site, built in memory from this repository: promises that every page keeps.
#![allow(clippy::disallowed_methods, reason = "tests look at files")]
#![cfg(test)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use bayan::diagnostic::Severity;
use bayan::progress::Unwatched;
use bayan::shell::read;
use bayan::site::{Output, Site};
use support::html::{Document, decoded, ends};

/// The repository, which is a site.
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Every file of the built site.
type Tree = BTreeMap<String, Vec<u8>>;

fn build() -> Tree {
    let sources = read::read(Path::new(ROOT)).unwrap();
    let site = Site::new(sources.value, &Unwatched);
    let broken: Vec<_> = site
        .diagnostics
        .into_iter()
        .chain(sources.diagnostics)
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .collect();
    assert_eq!(broken, []);
    let site = site.value;
    let file = |path: &str| match site.render(path) {
        Some(Ok(Output::Bytes(bytes))) => (path.to_owned(), bytes),
        Some(Ok(Output::Copy(file))) => (path.to_owned(), fs::read(file).unwrap()),
        other => panic!("{path}: {other:?}"),
    };
    site.paths().map(file).collect()
}

/// The site, built once for all tests.
fn tree() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(build)
}

/// Every page, one after the other: parsed, they are too many to hold.
fn pages() -> impl Iterator<Item = Document> {
    let html = tree().iter().filter(|(path, _)| ends(path, "html"));
    html.map(|(path, bytes)| Document::new(path, std::str::from_utf8(bytes).unwrap()))
}

/// The file that answers to an address without its fragment and query.
fn file_at(address: &str) -> String {
    let path = decoded(address.split(['#', '?']).next().unwrap_or(address));
    let path = path.trim_start_matches('/');
    match path {
        "" => "index.html".into(),
        _ if path.ends_with('/') => format!("{path}index.html"),
        _ => path.to_owned(),
    }
}

#[test]
fn good_neighbours_are_nobody() {
    let hassan = "officials/حسن/index.html"; // علاقات حسن الجوار, "relations of good neighbourliness"
    assert!(!tree().contains_key(hassan));
}

#[test]
fn every_internal_link_leads_to_a_file_and_its_fragment_to_an_element() {
    let mut fragments: BTreeSet<(String, String)> = BTreeSet::new();
    let mut ids: BTreeSet<(String, String)> = BTreeSet::new();
    let mut links = 0;
    for page in pages() {
        ids.extend(page.ids().into_iter().map(|id| (page.path.clone(), id.to_owned())));
        for address in page.addresses() {
            if address.starts_with("https://") || address.starts_with("http://") {
                continue;
            }
            assert!(address.starts_with(['/', '#']), "{}: {address}", page.path);
            let file = if address.starts_with('#') {
                page.path.clone()
            } else {
                file_at(address)
            };
            assert!(tree().contains_key(&file), "{}: {address} leads nowhere", page.path);
            if let Some((_, fragment)) = address.split_once('#') {
                fragments.insert((file, decoded(fragment)));
            }
            links += 1;
        }
    }
    let missing: Vec<_> = fragments.difference(&ids).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(links > 10_000, "{links}");
}

#[test]
fn every_address_of_a_style_leads_to_a_file() {
    for (path, bytes) in tree().iter().filter(|(path, _)| ends(path, "css")) {
        let css = std::str::from_utf8(bytes).unwrap();
        let mut addresses = 0;
        for part in css.split("url(").skip(1) {
            let address = part.split(')').next().unwrap_or(part).trim_matches(['"', '\'']);
            assert!(tree().contains_key(address), "{path}: {address}");
            addresses += 1;
        }
        assert!(addresses > 0, "{path}");
    }
}

#[test]
fn every_page_has_one_heading_a_title_a_language_and_a_direction() {
    for page in pages() {
        let html = page.one("html");
        assert_eq!(
            (html.attr("lang"), html.attr("dir")),
            (Some("ar"), Some("rtl")),
            "{}",
            page.path
        );
        for selector in ["h1", "head > title", "main"] {
            assert_ne!(page.text(selector), "", "{}: {selector}", page.path);
        }
    }
}

#[test]
fn no_two_pages_but_those_of_one_list_have_the_same_title() {
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    for page in pages().filter(|page| !page.path.contains("/page/")) {
        let title = page.text("head > title");
        let other = titles.insert(title.clone(), page.path.clone());
        assert_eq!(other, None, "{}: {title}", page.path);
    }
}

#[test]
fn ids_are_given_once_and_what_refers_to_them_finds_them() {
    for page in pages() {
        let given = page.ids();
        let once: BTreeSet<&str> = given.iter().copied().collect();
        assert_eq!(once.len(), given.len(), "{}", page.path);
        for element in page.all("[aria-labelledby]") {
            let label = element.attr("aria-labelledby").unwrap_or_default();
            assert!(once.contains(label), "{}: {label}", page.path);
        }
    }
}

#[test]
fn no_page_has_script_or_style_within() {
    for page in pages() {
        assert_eq!(page.inline_code(), [""; 0], "{}", page.path);
    }
}

#[test]
fn no_file_tells_of_the_machine_it_was_made_on() {
    for (path, bytes) in tree() {
        let text = String::from_utf8_lossy(bytes);
        for place in [ROOT, "/home/", "/root/", "/tmp/", "file:///", "localhost", "127.0.0.1"] {
            assert!(!text.contains(place), "{path}: {place}");
        }
    }
}

#[test]
fn two_builds_are_the_same_in_every_byte_on_any_number_of_cores() {
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let again = pool.install(build);
        let differ: Vec<_> = tree()
            .iter()
            .filter(|(path, bytes)| again.get(*path) != Some(bytes))
            .collect();
        assert!(
            differ.is_empty() && again.len() == tree().len(),
            "{threads}: {:?}",
            differ.first()
        );
    }
}

#[test]
fn styles_know_the_start_and_end_of_a_line_and_not_its_left_and_right() {
    let css = std::str::from_utf8(&tree()["style.css"]).unwrap();
    for (line, number) in without_comments(css).lines().zip(1..) {
        let sides = line
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .any(|word| matches!(word, "left" | "right"));
        assert!(!sides, "static/style.css:{number}: {line}");
    }
}

/// A style sheet with its comments blanked, line for line.
fn without_comments(css: &str) -> String {
    let mut kept = String::new();
    for (part, number) in css.split("/*").zip(0..) {
        let (comment, rest) = match number {
            0 => ("", part),
            _ => part.split_once("*/").unwrap_or((part, "")),
        };
        kept.extend(comment.chars().filter(|&letter| letter == '\n'));
        kept.push_str(rest);
    }
    kept
}
