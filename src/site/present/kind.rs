//! The index of a kind from A to Z.

use std::collections::BTreeMap;

use super::super::Site;
use crate::index::EntryIx;
use crate::lexicon::{Detail, Kind};
use crate::url::Address;
use crate::view::{KindPage, Letter, Listed};

/// All entities of `kind`.
pub fn page(site: &Site, kind: Kind) -> KindPage {
    let label = site.locale.texts.kinds(kind).to_owned();
    let entries = site.index.of_kind(kind);
    let count = site.locale.count(entries.len(), site.locale.texts.counts.of(kind));
    let mut frame = site.frame(label.clone(), &Address::index(kind), kind.plural(), Vec::new());
    frame.description = format!("{label}: {count}");
    KindPage {
        page: frame,
        key: kind.plural(),
        label,
        count,
        letters: letters(site, entries),
    }
}

/// Entities by the letter under which they are filed, both in the order of the alphabet.
fn letters(site: &Site, entries: std::ops::Range<EntryIx>) -> Vec<Letter> {
    let name = |&entry: &EntryIx| site.shown.entries[entry as usize].label.text.as_str();
    let mut sorted: Vec<EntryIx> = entries.collect();
    sorted.sort_by_cached_key(|entry| (site.locale.place(name(entry)), *entry));
    let mut letters: Vec<Letter> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for entry in sorted {
        let letter = site.locale.letter(name(&entry));
        let at = *places.entry(letter.clone()).or_insert(letters.len());
        if at == letters.len() {
            letters.push(Letter {
                anchor: anchor(&letter),
                letter,
                entities: Vec::new(),
            });
        }
        letters[at].entities.push(listed(site, entry));
    }
    letters
}

/// An id that is the same in every language: the letter's code points.
fn anchor(letter: &str) -> String {
    let codes: Vec<String> = letter
        .chars()
        .map(|letter| format!("{:x}", u32::from(letter)))
        .collect();
    format!("letter-{}", codes.join("-"))
}

fn listed(site: &Site, entry: EntryIx) -> Listed {
    let shown = &site.shown.entries[entry as usize];
    let pages = site.index.entries[entry as usize].pages.len();
    Listed {
        label: shown.label.clone(),
        href: shown.href.clone(),
        note: note(site, entry),
        count: site.briefings(pages),
        number: site.locale.number(pages),
    }
}

/// What tells an entity from another of its name: the office of an official, the group of a topic.
fn note(site: &Site, entry: EntryIx) -> String {
    let shown = &site.shown.entries[entry as usize];
    match (shown.person, site.detail(shown.entity)) {
        (Some(person), _) => site.usual_office(&site.index.entries[entry as usize].pages, person),
        (None, Some(Detail::Topic { group })) => site.locale.texts.groups.get(group).unwrap_or(group).clone(),
        _ => String::new(),
    }
}
