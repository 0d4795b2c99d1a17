//! The home page: the newest briefings, ways into the site, and the map of relations.

use std::cmp::Reverse;

use super::super::Site;
use super::KINDS;
use crate::index::{EntryIx, PageIx};
use crate::lexicon::Kind;
use crate::locale::fill;
use crate::relations::{Shape, Shared, Subject, relations};
use crate::url::Address;
use crate::view::{Counted, HomePage, Label, Map};

/// Briefings after the newest one.
const LATEST: u32 = 8;
/// Entities of each kind.
const WAYS: usize = 12;
/// Entities that may come onto the map.
const MAPPED: usize = 80;

/// The home page.
pub fn page(site: &Site) -> HomePage {
    let (title, description) = super::super::shown::title(&site.config, &site.locale);
    let mut page = site.frame(title, &Address::home(), "", Vec::new());
    page.description = description;
    let last = PageIx::try_from(site.briefings.len()).unwrap_or(PageIx::MAX);
    HomePage {
        page,
        figures: site.figures(),
        lead: (last > 0).then(|| site.card(0)),
        latest: (1..last.min(LATEST + 1)).map(|page| site.card(page)).collect(),
        ways: KINDS
            .iter()
            .filter_map(|&kind| site.way(kind, &most_named(site, kind)))
            .collect(),
        years: years(site),
        map: map(site),
    }
}

/// The most named entities of a kind, with the number of briefings.
fn most_named(site: &Site, kind: Kind) -> Vec<(EntryIx, usize)> {
    let count = |entry: EntryIx| site.index.entries[entry as usize].pages.len();
    let mut named: Vec<(EntryIx, usize)> = site.index.of_kind(kind).map(|entry| (entry, count(entry))).collect();
    named.sort_by_key(|&(entry, count)| (Reverse(count), entry));
    named.truncate(WAYS);
    named
}

/// All years with their number of briefings, newest first.
fn years(site: &Site) -> Vec<Counted> {
    let years = site.shown.years();
    let most = years.iter().map(|(_, pages)| pages.len()).max().unwrap_or(0);
    let counted = |(year, pages): &(i16, std::ops::Range<PageIx>)| Counted {
        label: Label::new(site.locale.year(*year), site.locale.language),
        href: site.addresses.href(&Address::archive(Some(*year), None)),
        number: site.locale.number(pages.len()),
        count: site.briefings(pages.len()),
        share: super::share(pages.len(), most),
    };
    years.iter().map(counted).collect()
}

/// The map of who is named with whom.
fn map(site: &Site) -> Option<Map> {
    let pages = |entry: EntryIx| site.index.entries[entry as usize].pages.len();
    let kinds = [Kind::Country, Kind::Organisation, Kind::Official];
    let mut entries: Vec<EntryIx> = kinds.iter().flat_map(|&kind| site.index.of_kind(kind)).collect();
    entries.sort_by_key(|&entry| (Reverse(pages(entry)), entry));
    entries.truncate(MAPPED);
    let subject = |&entry: &EntryIx| Subject {
        kind: site.index.entries[entry as usize].kind,
        label: site.shown.entries[entry as usize].label.text.clone(),
        href: site.shown.entries[entry as usize].href.clone(),
        weight: u32::try_from(pages(entry)).unwrap_or(u32::MAX),
    };
    let subjects: Vec<Subject> = entries.iter().map(subject).collect();
    let mut shared = Vec::new();
    for (at, &entry) in entries.iter().enumerate() {
        for (other, count) in site.index.appear_with(entry) {
            let place = entries[at + 1..].iter().position(|&later| later == other);
            shared.extend(place.map(|place| Shared {
                between: [at, at + 1 + place],
                count,
            }));
        }
    }
    let direction = site.locale.language.direction();
    Some(Map {
        wide: relations(&subjects, &shared, Shape::WIDE, direction)?,
        narrow: relations(&subjects, &shared, Shape::NARROW, direction)?,
        text: in_words(site, &subjects, shared),
    })
}

/// What the map says: the strongest pairs.
fn in_words(site: &Site, subjects: &[Subject], mut shared: Vec<Shared>) -> String {
    const PAIRS: usize = 5;
    let words = &site.locale.texts.words;
    shared.sort_by_key(|pair| (Reverse(pair.count), pair.between));
    let pair = |pair: &Shared| {
        let [a, b] = pair.between.map(|at| subjects[at].label.as_str());
        let count = site.briefings(pair.count as usize);
        fill(&words.map_pair, &[("a", a), ("b", b), ("count", &count)])
    };
    let pairs: Vec<String> = shared.iter().take(PAIRS).map(pair).collect();
    let comma = if site.locale.language == crate::language::Language::English {
        ", "
    } else {
        "، "
    };
    let number = site.locale.number(subjects.len().min(Shape::WIDE.most));
    fill(&words.map_text, &[("n", &number), ("pairs", &pairs.join(comma))])
}
