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
/// Entities of each kind that may come onto the map, in percent of its circles.
const MAPPED: [(Kind, usize); 3] = [(Kind::Country, 50), (Kind::Official, 30), (Kind::Organisation, 20)];

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
            .filter_map(|&kind| site.way(kind, &most_named(site, kind, WAYS)))
            .collect(),
        years: years(site),
        map: map(site),
    }
}

/// The most named entities of a kind, with the number of briefings.
fn most_named(site: &Site, kind: Kind, most: usize) -> Vec<(EntryIx, usize)> {
    let count = |entry: EntryIx| site.index.entries[entry as usize].pages.len();
    let mut named: Vec<(EntryIx, usize)> = site.index.of_kind(kind).map(|entry| (entry, count(entry))).collect();
    named.sort_by_key(|&(entry, count)| (Reverse(count), entry));
    named.truncate(most);
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
    let direction = site.locale.language.direction();
    let (subjects, shared) = mapped(site, Shape::WIDE.most);
    let (fewer, shared_by_fewer) = mapped(site, Shape::NARROW.most);
    let (wide, narrow) = rayon::join(
        || relations(&subjects, &shared, Shape::WIDE, direction),
        || relations(&fewer, &shared_by_fewer, Shape::NARROW, direction),
    );
    Some(Map {
        wide: wide?,
        narrow: narrow?,
        text: in_words(site, &subjects, shared),
    })
}

/// The most named of each kind, about `most` in all, and the briefings that they share.
fn mapped(site: &Site, most: usize) -> (Vec<Subject>, Vec<Shared>) {
    let of_kind = |&(kind, percent): &(Kind, usize)| most_named(site, kind, most * percent / 100);
    let named: Vec<(EntryIx, usize)> = MAPPED.iter().flat_map(of_kind).collect();
    let subject = |&(entry, pages): &(EntryIx, usize)| Subject {
        kind: site.index.entries[entry as usize].kind,
        label: site.shown.entries[entry as usize].label.text.clone(),
        href: site.shown.entries[entry as usize].href.clone(),
        weight: u32::try_from(pages).unwrap_or(u32::MAX),
    };
    let entries: Vec<EntryIx> = named.iter().map(|&(entry, _)| entry).collect();
    let shared = site.index.appear_together(&entries).into_iter();
    let shared = shared.map(|(between, count)| Shared { between, count }).collect();
    (named.iter().map(subject).collect(), shared)
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
    let number = site.locale.number(subjects.len().min(Shape::WIDE.most));
    fill(
        &words.map_text,
        &[("n", &number), ("pairs", &pairs.join(site.locale.comma()))],
    )
}
