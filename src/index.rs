//! Who is named where: from pages to entities and back, who appears with whom, and which pages are related.
//!
//! Pages and entities are small integers. Pages are in reading order, newest first and undated last, so that every
//! list of pages here is in that order too.

use std::collections::BTreeMap;
use std::hash::Hash;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::lexicon::Kind;

/// Number of a page, in reading order.
pub type PageIx = u32;

/// Number of an entity of the site, by kind and then by id.
pub type EntryIx = u32;

/// An entity that some page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Unique within its kind.
    pub id: String,
    /// Pages that name it, in reading order.
    pub pages: Vec<PageIx>,
    /// Mentions on all of them.
    pub mentions: u32,
}

/// The whole index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// By kind, then by id.
    pub entries: Vec<Entry>,
    /// For each page, the entities it names with how often, by number.
    pub named: Vec<Vec<(EntryIx, u32)>>,
    /// Of pages that name more than [`CROWD`], those that they name most.
    crowds: FxHashMap<PageIx, Vec<(EntryIx, u32)>>,
}

/// Of a page that names more entities than this, only so many are taken to appear with each other: it is a list.
const CROWD: usize = 300;

/// Pages that share more than this many lists with others are compared only with their neighbours in each list.
const NEIGHBOURS: usize = 40;

impl Index {
    /// Indexes pages, given in reading order with all that each names, as often as it does; `key` gives kind and id of what
    /// is named.
    pub fn new<'a, N>(pages: &[Vec<N>], key: impl Fn(N) -> (Kind, &'a str) + Sync) -> Index
    where
        N: Copy + Eq + Hash + Send + Sync,
    {
        let (mut entries, numbers) = number(pages, key);
        let named: Vec<Vec<(EntryIx, u32)>> = pages.par_iter().map(|names| counted(names, &numbers)).collect();
        for (list, page) in named.iter().zip(0..) {
            for &(entry, count) in list {
                let entry = &mut entries[entry as usize];
                entry.pages.push(page);
                entry.mentions += count;
            }
        }
        Index {
            entries,
            crowds: named
                .iter()
                .zip(0..)
                .filter_map(|(named, page)| crowd(page, named))
                .collect(),
            named,
        }
    }

    /// Lets `page` name these entities from now on, each with how often, by number. Gives those that it names and did not,
    /// or no longer names; `None`, and nothing is changed, where it was the last to name one.
    pub fn amend(&mut self, page: PageIx, named: Vec<(EntryIx, u32)>) -> Option<Vec<EntryIx>> {
        let before = &self.named[page as usize];
        let has = |list: &[(EntryIx, u32)], entry: EntryIx| list.iter().any(|&(other, _)| other == entry);
        let entries = |list: &[(EntryIx, u32)]| list.iter().map(|&(entry, _)| entry).collect::<Vec<_>>();
        let lost: Vec<EntryIx> = entries(before)
            .into_iter()
            .filter(|&entry| !has(&named, entry))
            .collect();
        let gained: Vec<EntryIx> = entries(&named)
            .into_iter()
            .filter(|&entry| !has(before, entry))
            .collect();
        if lost.iter().any(|&entry| self.entries[entry as usize].pages.len() == 1) {
            return None;
        }
        for (list, sign) in [(before, false), (&named, true)] {
            for &(entry, count) in list {
                let mentions = &mut self.entries[entry as usize].mentions;
                *mentions = if sign { *mentions + count } else { *mentions - count };
            }
        }
        for &entry in &lost {
            self.entries[entry as usize].pages.retain(|&other| other != page);
        }
        for &entry in &gained {
            let pages = &mut self.entries[entry as usize].pages;
            pages.insert(pages.partition_point(|&other| other < page), page);
        }
        self.crowds.remove(&page);
        self.crowds.extend(crowd(page, &named));
        self.named[page as usize] = named;
        Some(lost.into_iter().chain(gained).collect())
    }

    /// The entry of `kind` with this id.
    pub fn find(&self, kind: Kind, id: &str) -> Option<EntryIx> {
        let at = self
            .entries
            .binary_search_by(|entry| (entry.kind, entry.id.as_str()).cmp(&(kind, id)))
            .ok()?;
        u32::try_from(at).ok()
    }

    /// The numbers of all entries of `kind`.
    pub fn of_kind(&self, kind: Kind) -> std::ops::Range<EntryIx> {
        let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let start = self.entries.partition_point(|entry| entry.kind < kind);
        let end = self.entries.partition_point(|entry| entry.kind <= kind);
        bound(start)..bound(end)
    }

    /// Who appears with an entity, with the number of shared pages, at most `most` of each kind: most first, then by
    /// number.
    pub fn appear_with(&self, entry: EntryIx, most: usize) -> Vec<(EntryIx, u32)> {
        let mut shared: FxHashMap<EntryIx, u32> = FxHashMap::default();
        for &page in &self.entries[entry as usize].pages {
            let named = &self.named[page as usize];
            for &(other, _) in self.crowds.get(&page).unwrap_or(named) {
                *shared.entry(other).or_default() += 1;
            }
        }
        shared.remove(&entry);
        let mut of_kinds: BTreeMap<Kind, Vec<(EntryIx, u32)>> = BTreeMap::new();
        for (other, count) in shared {
            let kind = self.entries[other as usize].kind;
            of_kinds.entry(kind).or_default().push((other, count));
        }
        let first = |&(other, count): &(EntryIx, u32)| (std::cmp::Reverse(count), other);
        let mut list = Vec::new();
        for mut same in of_kinds.into_values() {
            // Of thousands, only the few that are shown are sorted.
            if same.len() > most && most > 0 {
                same.select_nth_unstable_by_key(most - 1, first);
            }
            same.truncate(most);
            list.extend(same);
        }
        list.sort_unstable_by_key(first);
        list
    }

    /// Which two of these entities appear together, by their places in `entries`, with the number of shared pages: for each
    /// of them the later ones, most first, then by number.
    pub fn appear_together(&self, entries: &[EntryIx]) -> Vec<([usize; 2], u32)> {
        let places: FxHashMap<EntryIx, usize> = entries.iter().copied().zip(0..).collect();
        let mut together = Vec::new();
        for (at, &entry) in entries.iter().enumerate() {
            let mut shared = vec![0; entries.len()];
            for page in &self.entries[entry as usize].pages {
                for (other, _) in self.crowds.get(page).unwrap_or(&self.named[*page as usize]) {
                    if let Some(&place) = places.get(other) {
                        shared[place] += 1;
                    }
                }
            }
            let mut later: Vec<(usize, u32)> = shared.into_iter().enumerate().skip(at + 1).collect();
            later.retain(|&(_, count)| count > 0);
            later.sort_unstable_by_key(|&(place, count)| (std::cmp::Reverse(count), entries[place]));
            together.extend(later.into_iter().map(|(place, count)| ([at, place], count)));
        }
        together
    }

    /// The pages most like `page`, best first, at most `most`: those that share the entities that few pages name.
    ///
    /// Each shared entity weighs the square of how rare it is (inverse document frequency); a page that shares less
    /// than a fifth of what `page` shares with all others is not related. Of an entity on very
    /// many pages only those nearest in reading order are looked at, so the work does not grow with the site.
    pub fn related(&self, page: PageIx, most: usize) -> Vec<PageIx> {
        let named = &self.named[page as usize];
        let room = self.named.len().min(named.len() * (2 * NEIGHBOURS + 1));
        let mut scores: FxHashMap<PageIx, u32> = FxHashMap::with_capacity_and_hasher(room, FxBuildHasher);
        let total = self.named.len().max(1);
        let mut own = 0;
        for &(entry, _) in named {
            let pages = &self.entries[entry as usize].pages;
            // A fixed-point logarithm: equal on every machine.
            let rarity = ((total * 16) / pages.len().max(1)).ilog2();
            own += if pages.len() > 1 { rarity * rarity } else { 0 };
            let here = pages.partition_point(|&other| other < page);
            let near = here.saturating_sub(NEIGHBOURS)..pages.len().min(here + NEIGHBOURS + 1);
            for &other in &pages[near] {
                *scores.entry(other).or_default() += rarity * rarity;
            }
        }
        scores.remove(&page);
        let mut best: Vec<(PageIx, u32)> = scores.into_iter().filter(|&(_, score)| score * 5 >= own).collect();
        best.sort_unstable_by_key(|&(other, score)| (std::cmp::Reverse(score), other.abs_diff(page), other));
        best.into_iter().take(most).map(|(other, _)| other).collect()
    }
}

/// All that pages name, in order, and the number of each.
fn number<'a, N>(pages: &[Vec<N>], key: impl Fn(N) -> (Kind, &'a str)) -> (Vec<Entry>, FxHashMap<N, EntryIx>)
where
    N: Copy + Eq + Hash,
{
    let mut numbers: FxHashMap<N, EntryIx> = pages.iter().flatten().map(|&name| (name, 0)).collect();
    let mut keys: Vec<(Kind, &str)> = numbers.keys().map(|&name| key(name)).collect();
    keys.sort_unstable();
    keys.dedup();
    for (&name, number) in &mut numbers {
        let at = keys.binary_search(&key(name)).unwrap_or_else(|place| place);
        *number = EntryIx::try_from(at).unwrap_or(EntryIx::MAX);
    }
    let entry = |(kind, id): (Kind, &str)| Entry {
        kind,
        id: id.to_owned(),
        pages: Vec::new(),
        mentions: 0,
    };
    (keys.into_iter().map(entry).collect(), numbers)
}

/// What a page names, by number, each once with how often.
fn counted<N: Eq + Hash>(names: &[N], numbers: &FxHashMap<N, EntryIx>) -> Vec<(EntryIx, u32)> {
    let mut list: Vec<(EntryIx, u32)> = names.iter().map(|name| (numbers[name], 1)).collect();
    list.sort_unstable();
    list.dedup_by(|again, first| {
        let same = again.0 == first.0;
        first.1 += if same { again.1 } else { 0 };
        same
    });
    list.shrink_to_fit();
    list
}

/// Of a page that names more than [`CROWD`] entities, those that it names most often.
fn crowd(page: PageIx, named: &[(EntryIx, u32)]) -> Option<(PageIx, Vec<(EntryIx, u32)>)> {
    let mut list = (named.len() > CROWD).then(|| named.to_vec())?;
    list.sort_unstable_by_key(|&(entry, count)| (std::cmp::Reverse(count), entry));
    list.truncate(CROWD);
    Some((page, list))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(pages: &[&[(Kind, &str)]]) -> Index {
        let pages: Vec<Vec<(Kind, &str)>> = pages.iter().map(|page| page.to_vec()).collect();
        Index::new(&pages, |name| name)
    }

    #[test]
    fn entities_that_share_pages_appear_with_each_other_most_shared_first() {
        let index = index(&[
            &[(Kind::Country, "IN"), (Kind::Country, "MV"), (Kind::Topic, "drugs")],
            &[(Kind::Country, "IN"), (Kind::Country, "MV")],
            &[(Kind::Country, "EG")],
        ]);
        let india = index.find(Kind::Country, "IN").expect("India is named");
        let with: Vec<(&str, u32)> = index
            .appear_with(india, 9)
            .into_iter()
            .map(|(entry, count)| (index.entries[entry as usize].id.as_str(), count))
            .collect();
        assert_eq!(with, [("MV", 2), ("drugs", 1)]);
    }

    #[test]
    fn of_a_crowd_on_one_page_those_who_are_named_most_appear_together() {
        let ids: Vec<String> = (0..20_000).map(|number| format!("{number:05}")).collect();
        let twice = ids.iter().skip(1).step_by(2);
        let named = ids.iter().chain(twice).map(|id| (Kind::Official, id.as_str()));
        let index = Index::new(&[named.collect()], |name| name);
        for entry in (0..20_000).step_by(100) {
            let with = index.appear_with(entry, 2);
            assert!(with.len() == 2 && with.iter().all(|(other, _)| other % 2 == 1 && *other != entry));
        }
    }

    #[test]
    fn a_page_is_related_to_the_one_that_shares_its_rarest_entity() {
        let common = (Kind::Country, "IN");
        let rare = (Kind::Official, "sanjay-verma");
        let index = index(&[&[common, rare], &[common], &[common], &[common, rare], &[common]]);
        assert_eq!(index.related(0, 1), [3]);
    }
}
