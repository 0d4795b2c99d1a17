//! Any bytes as a raw text: read, and searched for names. Needs `cargo install cargo-fuzz` and a nightly compiler:
//!
//! ```text
//! cargo +nightly fuzz run text -- -max_total_time=600 -max_len=4096 -dict=fuzz/words.dict
//! ```
#![no_main]

#[path = "../../tests/support/hostile.rs"]
mod hostile;

use std::sync::LazyLock;

use bayan::config::Briefings;
use bayan::lexicon::Lexicon;
use bayan::site::{self, Source};
use libfuzzer_sys::fuzz_target;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let at_home = Briefings {
        home_country: Some("SA".into()),
        ..Briefings::default()
    };
    site::lexicon(&[], &at_home).value
});

fuzz_target!(|bytes: &[u8]| {
    let source = Source {
        path: "seeds/text.txt".into(),
        bytes: bytes.to_vec(),
    };
    if let Some(page) = site::page(&source).value {
        let found = site::search(&page, &LEXICON).value;
        assert!(hostile::points_at_words(&page, &found));
    }
});
