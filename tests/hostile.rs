//! No text, however odd, stops the program or makes it point outside its words.
#![cfg(test)]

mod support;

use std::sync::LazyLock;

use bayan::config::Briefings;
use bayan::lexicon::Lexicon;
use bayan::site::{self, Source};
use proptest::prelude::*;
use support::hostile::points_at_words;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let home = Briefings {
        home_country: Some("SA".into()),
        ..Briefings::default()
    };
    site::lexicon(&[], &home).value
});

/// Pieces of which odd texts are made: what rules look for, and what gets in their way.
const PIECES: &[&str] = &[
    "وزير الخارجية",           // foreign minister
    "ولي العهد",               // crown prince
    "نظيره",                   // his counterpart
    "رئيسا",                   // two presidents of
    "مساعد",                   // assistant to
    "صاحب السمو الملكي الأمير", // His Royal Highness Prince
    "خادم الحرمين الشريفين",   // Custodian of the Two Holy Mosques
    "المصري",                  // Egyptian
    "والهند",                  // and India
    "للمملكة",                 // to the Kingdom
    "عُمان",                    // Oman
    "الكونغو",                 // Congo
    "محمد",
    "بن",
    "عبد",
    "آل",
    "السعداوي",
    "سانجاي فيرما",
    "Sanjay Verma",
    "H.E. @ForeignSecMV",
    "قال",                   // said
    "أمس الثلاثاء",           // yesterday, Tuesday
    "12 مايو 2024",          // 12 May 2024
    "1445/11/04 هـ الموافق", // a Hijri date and its twin
    "من 3 إلى",              // from 3 to
    "سمات:",                 // tags
    "رابط الخبر بصحيفة",     // link to the paper
    "واس - جدة:",            // an agency and a city
    "مِصْرـــ",
    "\u{200F}",
    "\u{202E}",
    "\u{0301}",
    "\u{FEFF}",
    "\u{0}",
    "\n",
    "\n\n",
    "# ",
    "> ",
    "- ",
    "`",
    "***",
    "[a](b)",
    "<b>",
    "|",
    "---\n",
    "،",
    "(",
    ")",
    ". ",
    "د.",
    "/",
    "و",
    "ل",
    "ال",
    "𞸀",
    "👨‍👩‍👧",
];

fn check(bytes: Vec<u8>) {
    let path = "seeds/text.txt".to_owned();
    if let Some(page) = site::page(&Source { path, bytes }).value {
        let found = site::search(&page, &LEXICON).value;
        assert!(points_at_words(&page, &found), "{page:?} {found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn odd_texts_are_read(pieces in prop::collection::vec((prop::sample::select(PIECES), 0..4u8), 0..40)) {
        let gap = |space: u8| ["", " ", " ", "  "][usize::from(space)];
        let text: String = pieces.iter().flat_map(|&(piece, space)| [piece, gap(space)]).collect();
        check(text.into_bytes());
    }

    #[test]
    fn any_letters_are_read(text in "\\PC{0,200}|[\u{600}-\u{6FF} \n\u{200B}-\u{202E}]{0,200}") {
        check(text.into_bytes());
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(bytes);
    }
}
