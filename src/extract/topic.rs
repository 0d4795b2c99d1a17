//! What a text is about: topics told by a cue, or by two different hints.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Mention, Part, Reading, Rule, Subject};
use crate::lexicon::matcher::Hit;
use crate::lexicon::{CueMeaning, EntityIx};

/// All cues of all topics that the parts are about, and the hints of topics that have two. What stands in the title of
/// one of the `people` (وزير التجارة, the minister of trade) tells no topic.
pub fn mentions(parts: &[Reading<'_>], people: &[Mention]) -> Vec<Mention> {
    let mut by_topic: BTreeMap<EntityIx, Vec<(&Reading<'_>, &Hit<CueMeaning>)>> = BTreeMap::new();
    for part in parts {
        let titles: Vec<&Range<u32>> = people
            .iter()
            .filter(|mention| mention.part == part.part && !matches!(mention.rule, Rule::Author | Rule::Office))
            .map(|mention| &mention.basis)
            .collect();
        for hit in &part.cues {
            let start = super::small(part.folded.source_range(hit.range.clone()).start);
            if titles.iter().any(|title| title.contains(&start)) {
                continue;
            }
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

/// Whether two of the hits in the body are different words; the title often repeats the body.
fn differ(hits: &[(&Reading<'_>, &Hit<CueMeaning>)]) -> bool {
    let body = hits.iter().filter(|(part, _)| part.part == Part::Body);
    let words: Vec<&str> = body
        .map(|(part, hit)| without_article(&part.folded.as_str()[hit.range.clone()]))
        .collect();
    words.iter().any(|phrase| !alike(phrase, words[0]))
}

fn without_article(phrase: &str) -> &str {
    let articles = ["لل", "ال"];
    articles
        .iter()
        .find_map(|article| phrase.strip_prefix(article))
        .unwrap_or(phrase)
}

/// Whether two phrases are forms of one word, or one holds the other: المتهم and المتهمين, النواب and مجلس النواب.
fn alike(left: &str, right: &str) -> bool {
    const STEM: usize = 4;
    let stem = |phrase: &str| phrase.chars().take(STEM).collect::<String>();
    let words = !left.contains(' ') && !right.contains(' ');
    left.contains(right) || right.contains(left) || (words && stem(left) == stem(right))
}
