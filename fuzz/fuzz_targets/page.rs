//! Any words as a reviewed page: its front matter, its Markdown and every page of the site that it makes. Run like `text`.
#![no_main]

use bayan::progress::Unwatched;
use bayan::site::{Site, Source, Sources};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let page = Source {
        path: "content/page.md".into(),
        bytes: text.into(),
    };
    let sources = Sources {
        content: vec![page],
        ..Sources::default()
    };
    let site = Site::new(sources, &Unwatched).value;
    for path in site.paths() {
        if path.ends_with(".html") {
            assert!(site.render(path).is_some_and(|rendered| rendered.is_ok()), "{path}");
        }
    }
});
