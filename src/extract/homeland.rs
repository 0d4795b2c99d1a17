//! Which country "the Kingdom" is: what its own people call a country, and others call theirs as well.
//!
//! In: the readings of one text, in which such a word means every country that has it. Out: the same, in which it means
//! one country or nothing.

use std::collections::BTreeSet;

use super::{Reading, country};
use crate::lexicon::matcher::Hit;
use crate::lexicon::{CountryForm, EntityIx, Lexicon, NameMeaning};

/// Settles each such word: for the country at home if it is one of those meant, else for the one country that the
/// text itself shows. Where nothing shows it, the word names nothing.
pub fn settle(parts: &mut [Reading<'_>], lexicon: &Lexicon) {
    let candidates: BTreeSet<EntityIx> = parts
        .iter()
        .flat_map(|part| &part.names)
        .filter_map(candidate)
        .collect();
    if candidates.is_empty() {
        return;
    }
    let shown: BTreeSet<EntityIx> = match lexicon.home().filter(|home| candidates.contains(home)) {
        Some(home) => BTreeSet::from([home]),
        None => shown(parts, lexicon, &candidates),
    };
    for part in parts {
        let foreign: BTreeSet<usize> = part
            .names
            .iter()
            .filter(|hit| candidate(hit).is_some() && is_qualified(part, hit))
            .map(|hit| hit.word)
            .collect();
        part.names
            .retain(|hit| candidate(hit).is_none_or(|ix| shown.contains(&ix) && !foreign.contains(&hit.word)));
    }
}

fn candidate(hit: &Hit<NameMeaning>) -> Option<EntityIx> {
    match hit.meaning {
        NameMeaning::Country(ix, CountryForm::Homeland) => Some(ix),
        _ => None,
    }
}

/// The one candidate that the text shows: by how its own press speaks of its head, else by its name in full
/// (`المملكة المغربية`), else by any name or adjective. Empty where two are shown alike, or none.
fn shown(parts: &[Reading<'_>], lexicon: &Lexicon, candidates: &BTreeSet<EntityIx>) -> BTreeSet<EntityIx> {
    let by_sign = lexicon
        .tells
        .iter()
        .filter(|tell| !tell.agency && parts.iter().any(|part| part.folded.as_str().contains(&tell.folded)));
    let in_full = |hit: &&Hit<NameMeaning>| hit.clitics.article || hit.range.len() > 2 * "مملكه".len();
    let full = parts.iter().flat_map(|part| {
        let names = part.names.iter().filter(in_full);
        let realm = |hit: &&Hit<NameMeaning>| part.folded.as_str()[hit.range.clone()].contains("مملكه ");
        names.filter(realm).filter_map(country::of)
    });
    let evidence: [BTreeSet<EntityIx>; 3] = [
        by_sign.map(|tell| tell.country).collect(),
        full.collect(),
        country::strongly_named(parts),
    ];
    let mut told = evidence.iter().map(|told| told & candidates);
    told.find(|told| !told.is_empty())
        .filter(|told| told.len() == 1)
        .unwrap_or_default()
}

/// Whether an adjective of a country right after the word says whose it is: `المملكة البلجيكية`.
fn is_qualified(part: &Reading<'_>, hit: &Hit<NameMeaning>) -> bool {
    let next = part.word_at(hit.range.end);
    let adjective = part.words.get(next).and_then(|word| part.name_at(word.start));
    part.gap(next - 1) == " "
        && adjective.is_some_and(|hit| {
            let nisba = matches!(hit.meaning, NameMeaning::Country(_, CountryForm::Nisba));
            nisba && hit.clitics.article && !hit.clitics.conjunction
        })
}
