//! Countries and organisations that a text names: by name, adjective, capital or seat of power.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Mention, Part, Reading, Rule, Subject};
use crate::date::Date;
use crate::lexicon::matcher::Hit;
use crate::lexicon::{CountryForm, Detail, EntityIx, Lexicon, NameMeaning};

/// All mentions of countries and organisations, but for words that are part of a person's name (`people`) and for
/// the city a dispatch was sent from, if the body opens with one. `dated` is the briefing's day.
pub fn mentions(
    parts: &[Reading<'_>],
    people: &[Mention],
    dateline: bool,
    dated: Option<Date>,
    lexicon: &Lexicon,
) -> Vec<Mention> {
    let strong = strongly_named(parts);
    let mut mentions = Vec::new();
    for part in parts {
        let names: Vec<&Range<u32>> = people
            .iter()
            .filter(|m| m.part == part.part)
            .map(|m| &m.range)
            .collect();
        let sent = dateline && part.part == Part::Body;
        for (at, hit) in part.names.iter().enumerate() {
            let Some((entity, rule)) = named(part, at, &strong) else {
                continue;
            };
            if matches!(rule, Rule::Capital | Rule::Metonym) && dated.is_some_and(|day| !seat_of(entity, day, lexicon))
            {
                continue;
            }
            let mention = part.mention(hit.range.clone(), hit.range.clone(), Subject::Entity(entity), rule);
            let in_name = names
                .iter()
                .any(|name| name.start < mention.range.end && mention.range.start < name.end);
            let of_dateline = sent && in_dateline(part, hit, rule);
            if !(in_name || of_dateline) {
                mentions.push(mention);
            }
        }
    }
    mentions
}

/// Whether a hit near the start of the body only says where the dispatch was sent from: a capital among the first two
/// words, or anything in a bracket right after the city.
fn in_dateline(part: &Reading<'_>, hit: &Hit<NameMeaning>, rule: Rule) -> bool {
    let word = part.word_at(hit.word);
    let capital = rule == Rule::Capital && word < 2;
    let opened = (1..=3).contains(&word) && part.gap(word - 1) == " (";
    let closed = part.gap(part.word_at(hit.range.end).max(1) - 1).starts_with(')');
    capital || (opened && closed)
}

/// The country whose capital the body was sent from, if it opens with one.
pub fn sent_from(parts: &[Reading<'_>]) -> Option<EntityIx> {
    let body = parts.iter().find(|part| part.part == Part::Body)?;
    let mut first = body.names.iter().take_while(|hit| body.word_at(hit.word) < 2);
    first.find_map(|hit| match hit.meaning {
        NameMeaning::Country(ix, CountryForm::Capital | CountryForm::WeakCapital) => Some(ix),
        _ => None,
    })
}

/// Countries named beyond doubt somewhere in the text.
fn strongly_named(parts: &[Reading<'_>]) -> BTreeSet<EntityIx> {
    let hits = parts.iter().flat_map(|part| &part.names);
    hits.filter_map(|hit| match hit.meaning {
        NameMeaning::Country(ix, CountryForm::Name | CountryForm::Nisba | CountryForm::Capital) => Some(ix),
        _ => None,
    })
    .collect()
}

/// Whether the capital of a country was already its own on `day`: Moscow was the Soviet Union's until 1991.
fn seat_of(country: EntityIx, day: Date, lexicon: &Lexicon) -> bool {
    match &lexicon.entity(country).detail {
        Detail::Country { since, .. } => since.is_none_or(|since| since <= day),
        _ => true,
    }
}

/// What the hit at `at` names, and by which rule; `None` for people, stop phrases and doubtful names.
fn named(part: &Reading<'_>, at: usize, strong: &BTreeSet<EntityIx>) -> Option<(EntityIx, Rule)> {
    let hit = &part.names[at];
    match hit.meaning {
        NameMeaning::Stop | NameMeaning::Official(_) => None,
        _ if stopped(part, hit) => None,
        NameMeaning::Organisation(ix) => Some((ix, Rule::Name)),
        NameMeaning::Country(ix, CountryForm::Name) => Some((ix, Rule::Name)),
        NameMeaning::Country(ix, CountryForm::Nisba) => Some((ix, Rule::Nisba)),
        NameMeaning::Country(ix, CountryForm::Capital) => Some((ix, Rule::Capital)),
        NameMeaning::Country(ix, CountryForm::Metonym) => Some((ix, Rule::Metonym)),
        NameMeaning::Country(ix, CountryForm::Weak | CountryForm::WeakCapital) => {
            let rivals = part
                .names
                .iter()
                .filter(|other| other.word == hit.word && other.meaning != hit.meaning);
            let rivals: Vec<EntityIx> = rivals.filter_map(country).collect();
            let borne_out = strong.contains(&ix) && !rivals.iter().any(|rival| strong.contains(rival));
            let placed = rivals.is_empty() && in_a_place(part, hit);
            (borne_out || placed).then_some((ix, Rule::WeakName))
        }
    }
}

/// Whether a stop phrase of the very same words says that this is no name.
fn stopped(part: &Reading<'_>, hit: &Hit<NameMeaning>) -> bool {
    part.name_at(hit.word)
        .is_some_and(|first| first.range.end == hit.range.end && first.meaning == NameMeaning::Stop)
}

fn country(hit: &Hit<NameMeaning>) -> Option<EntityIx> {
    match hit.meaning {
        NameMeaning::Country(ix, _) => Some(ix),
        _ => None,
    }
}

/// Whether the word before is one that a place follows, or another country is joined to it.
fn in_a_place(part: &Reading<'_>, hit: &Hit<NameMeaning>) -> bool {
    // في in, إلى to, من from, دولة State, جمهورية Republic, مملكة Kingdom, حكومة government, رئيس president
    const BEFORE: [&str; 8] = ["في", "الي", "من", "دوله", "جمهوريه", "مملكه", "حكومه", "رئيس"];
    let word = part.word_at(hit.word);
    let Some(before) = word.checked_sub(1) else {
        return false;
    };
    if part.gap(before) != " " || hit.clitics.article {
        return false;
    }
    let named_before = part
        .names
        .iter()
        .any(|other| other.range.end == part.words[before].end && country(other).is_some());
    let joined = hit.clitics.conjunction && named_before;
    let previous = part.word(before);
    joined
        || BEFORE
            .iter()
            .any(|place| previous == *place || previous.strip_prefix('\u{0648}') == Some(place))
}
