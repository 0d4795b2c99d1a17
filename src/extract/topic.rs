//! What a text is about: topics told by a cue, or by two different hints.

use std::collections::BTreeMap;

use super::{Mention, Part, Reading, Rule, Subject};
use crate::lexicon::matcher::{self, Hit};
use crate::lexicon::{CueMeaning, EntityIx, Lexicon};

/// All cues of all topics that the parts are about, and the hints of topics that have two.
pub fn mentions(parts: &[Reading<'_>], lexicon: &Lexicon) -> Vec<Mention> {
    let mut by_topic: BTreeMap<EntityIx, Vec<(&Reading<'_>, Hit<CueMeaning>)>> = BTreeMap::new();
    for part in parts {
        for hit in matcher::longest(lexicon.cues.all(part.source, &part.folded)) {
            by_topic.entry(hit.meaning.topic).or_default().push((part, hit));
        }
    }
    let mut mentions = Vec::new();
    for (topic, hits) in by_topic {
        let cued = hits.iter().any(|(_, hit)| !hit.meaning.hint);
        if cued || differ(&hits) {
            for (part, hit) in hits.iter().filter(|(_, hit)| !cued || !hit.meaning.hint) {
                let rule = if cued { Rule::Cue } else { Rule::Hints };
                mentions.push(part.mention(hit.range.clone(), hit.range.clone(), Subject::Entity(topic), rule));
            }
        }
    }
    mentions
}

/// Whether two of the hits are different words, not counting the title, which often repeats the body.
fn differ(hits: &[(&Reading<'_>, Hit<CueMeaning>)]) -> bool {
    let words = |(part, hit): &(&Reading<'_>, Hit<CueMeaning>)| part.folded.as_str()[hit.range.clone()].to_owned();
    let body: Vec<String> = hits
        .iter()
        .filter(|(part, _)| part.part == Part::Body)
        .map(words)
        .collect();
    body.iter().any(|phrase| *phrase != body[0])
}
