//! People of all texts gathered in groups, each group one person, as reasons to join them are found.

use std::collections::{BTreeMap, BTreeSet};

use super::Text;
use crate::extract::Candidate;
use crate::lexicon::{EntityIx, Lexicon};

/// Where a candidate stands: text, place in it.
pub type At = (usize, usize);

/// What tells one person from another before names are compared more closely.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A person of the lexicon.
    Known(EntityIx),
    /// A name, folded, of a country or organisation.
    Named {
        latin: bool,
        name: String,
        of: Option<EntityIx>,
    },
}

/// Candidates gathered under one key each.
#[derive(Default)]
pub struct Groups {
    groups: BTreeMap<Key, Vec<At>>,
    /// Groups that are never one, each under both keys.
    apart: BTreeMap<Key, BTreeSet<Key>>,
    /// Where the members of a group went.
    moved: BTreeMap<Key, Key>,
}

impl Groups {
    /// The candidates of all texts, by person of the lexicon, else by name and country.
    pub fn new(texts: &[Text<'_>], lexicon: &Lexicon) -> Groups {
        let mut groups = Groups::default();
        let split = super::decisions::split(lexicon);
        for (text, candidates) in texts.iter().enumerate() {
            for (at, candidate) in candidates.people.iter().enumerate() {
                let known = candidate.known.filter(|&known| !split.contains(&(known, candidate.of)));
                groups.add((text, at), known, candidate);
            }
        }
        groups
    }

    fn add(&mut self, at: At, known: Option<EntityIx>, candidate: &Candidate) {
        let key = match known {
            Some(known) => Key::Known(known),
            None => Key::Named {
                latin: candidate.latin,
                name: candidate.key.clone(),
                of: candidate.of,
            },
        };
        self.groups.entry(key).or_default().push(at);
    }

    /// All groups, by key.
    pub fn all(&self) -> impl Iterator<Item = (&Key, &[At])> {
        self.groups.iter().map(|(key, members)| (key, members.as_slice()))
    }

    /// The members of a group; none where there is no such group.
    pub fn members(&self, key: &Key) -> &[At] {
        self.groups.get(key).map_or(&[], Vec::as_slice)
    }

    /// The groups at last.
    pub fn finish(self) -> BTreeMap<Key, Vec<At>> {
        self.groups
    }

    /// The key under which the members of `key` are now.
    pub fn now<'a>(&'a self, mut key: &'a Key) -> &'a Key {
        while let Some(moved) = self.moved.get(key) {
            key = moved;
        }
        key
    }

    /// Every name that was a group once, each with the key under which its members are now.
    pub fn names(&self) -> impl Iterator<Item = (&Key, &Key)> {
        let all = self.groups.keys().chain(self.moved.keys());
        let named = all.filter(|key| matches!(key, Key::Named { .. }));
        named.map(|key| (key, self.now(key)))
    }

    /// Never lets these two be one.
    pub fn keep_apart(&mut self, left: &Key, right: &Key) {
        for (one, other) in [(left, right), (right, left)] {
            self.apart.entry(one.clone()).or_default().insert(other.clone());
        }
    }

    /// Whether two groups are never one.
    pub fn are_apart(&self, left: &Key, right: &Key) -> bool {
        self.apart.get(left).is_some_and(|apart| apart.contains(right))
    }

    /// The first members of each two groups that are never one.
    pub fn apart(&self) -> Vec<(At, At)> {
        let first = |key: &Key| self.members(key).iter().min().copied();
        let pairs = self
            .apart
            .iter()
            .flat_map(|(left, apart)| apart.iter().map(move |right| (left, right)));
        pairs
            .filter_map(|(left, right)| Some((first(left)?, first(right)?)))
            .collect()
    }

    /// Moves all of `from` into `to`, unless they are kept apart. `to` may be new. Whether they are one now.
    pub fn join(&mut self, from: &Key, to: &Key) -> bool {
        let (from, to) = (self.now(from).clone(), self.now(to).clone());
        if from == to || self.are_apart(&from, &to) {
            return from == to;
        }
        if let Some(members) = self.groups.remove(&from) {
            self.groups.entry(to.clone()).or_default().extend(members);
        }
        for other in self.apart.remove(&from).unwrap_or_default() {
            self.keep_apart(&to, &other);
        }
        self.moved.insert(from, to);
        true
    }

    /// A name without a country is that of the one person of this name who has one.
    pub fn join_without_country(&mut self) {
        let mut countries: BTreeMap<(bool, &str), BTreeSet<&Key>> = BTreeMap::new();
        for (key, now) in self.names() {
            if let Key::Named { latin, name, of } = key
                && of.is_some()
            {
                countries.entry((*latin, name)).or_default().insert(now);
            }
        }
        let one = |key: &Key| match key {
            Key::Named { latin, name, of: None } => {
                only(countries.get(&(*latin, name.as_str()))?).map(|now| (*now).clone())
            }
            _ => None,
        };
        let moves = self.groups.keys().filter_map(|key| Some((key.clone(), one(key)?)));
        let moves: Vec<(Key, Key)> = moves.collect();
        for (from, to) in moves {
            self.join(&from, &to);
        }
    }

    /// A name is that of the one person of the same country whose fuller name it is a form of.
    pub fn join_longer_names(&mut self) {
        let mut by_form: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
        for (key, now) in self.names() {
            let Key::Named { latin, name, of } = key else { continue };
            for name in shorter_forms(name) {
                let short = Key::Named {
                    latin: *latin,
                    name,
                    of: *of,
                };
                if self.groups.contains_key(&short) {
                    by_form.entry(short).or_default().insert(now.clone());
                }
            }
        }
        for (short, fuller) in by_form {
            if let Some(one) = only(&fuller) {
                self.join(&short, one);
            }
        }
    }
}

/// The one element of a set that has no other.
fn only<T: Ord>(set: &BTreeSet<T>) -> Option<&T> {
    set.first().filter(|_| set.len() == 1)
}

/// The shorter forms, of two words or more, in which a folded name is also written: without its first words; the first
/// and the last word; what stands before a son-of.
fn shorter_forms(name: &str) -> BTreeSet<String> {
    const SON_OF: &str = " بن ";
    let spaces: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).collect();
    let (Some(first), Some(last)) = (spaces.first(), spaces.last()) else {
        return BTreeSet::new();
    };
    let endings = spaces.iter().map(|at| name[at + 1..].to_owned());
    let outer = (first < last).then(|| outer(name)).flatten();
    let fathers = name.match_indices(SON_OF).map(|(at, _)| name[..at].to_owned());
    let forms = endings.chain(outer).chain(fathers);
    forms.filter(|form| form.contains(' ')).collect()
}

/// The first and the last word of a name of three words or more.
pub fn outer(name: &str) -> Option<String> {
    let (first, rest) = name.split_once(' ')?;
    let (_, last) = rest.rsplit_once(' ')?;
    Some(format!("{first} {last}"))
}
