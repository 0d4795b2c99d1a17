//! What a text is about: each phrase that speaks of a topic weighs something, and what weighs enough together tells it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Mention, Part, Reading, Rule, Subject};
use crate::lexicon::matcher::Hit;
use crate::lexicon::{CueMeaning, EntityIx, Grade, TitleMeaning};

/// What a topic must weigh to be told.
const ENOUGH: u32 = 6;
/// What a phrase weighs that tells its topic alone.
const CUE: u32 = 6;
/// What a phrase weighs that needs any other beside it.
const SIGN: u32 = 5;
/// What a cue weighs that is but the name of a body.
const BODY: u32 = 4;
/// What a hint of several words weighs, and one of a single word.
const HINTS: u32 = 3;
const HINT: u32 = 2;
/// What a phrase weighs more in the title or the lead, where a dispatch says what it is about.
const LEAD: u32 = 1;
/// How often it counts, one each time, that a phrase is said again.
const TIMES: u32 = 2;
/// A phrase of a topic where it stands.
struct Sign<'a> {
    part: &'a Reading<'a>,
    hit: &'a Hit<CueMeaning>,
    weight: u32,
}

/// All phrases of all topics that the parts are about. What stands in the title of one of the `people` (وزير
/// التجارة, the minister of trade) tells no topic.
pub fn mentions(parts: &[Reading<'_>], people: &[Mention]) -> Vec<Mention> {
    let mut by_topic: BTreeMap<EntityIx, Vec<Sign<'_>>> = BTreeMap::new();
    for part in parts {
        let (titles, lead) = (titles(part, people), lead(part));
        for hit in &part.cues {
            let start = super::small(part.folded.source_range(hit.range.clone()).start);
            if !titles.iter().any(|title| title.contains(&start)) {
                let weight = phrase_weight(part, hit) + if hit.word < lead { LEAD } else { 0 };
                let sign = Sign { part, hit, weight };
                by_topic.entry(hit.meaning.topic).or_default().push(sign);
            }
        }
    }
    let told = by_topic.into_iter().filter(|(_, signs)| weight(signs) >= ENOUGH);
    told.flat_map(|(topic, signs)| shown(topic, &signs)).collect()
}

/// The mentions of a topic that is told; of hints only where there is nothing else.
fn shown(topic: EntityIx, signs: &[Sign<'_>]) -> Vec<Mention> {
    let sure = signs.iter().any(|sign| sign.hit.meaning.grade != Grade::Hint);
    let rule = if sure { Rule::Cue } else { Rule::Hints };
    let shown = signs
        .iter()
        .filter(|sign| !sure || sign.hit.meaning.grade != Grade::Hint);
    let mention = |sign: &Sign<'_>| {
        let range = &sign.hit.range;
        sign.part
            .mention(range.clone(), range.clone(), Subject::Entity(topic), rule)
    };
    shown.map(mention).collect()
}

/// Where in the part the titles of people stand.
fn titles<'a>(part: &Reading<'_>, people: &'a [Mention]) -> Vec<&'a Range<u32>> {
    people
        .iter()
        .filter(|mention| mention.part == part.part && !matches!(mention.rule, Rule::Author | Rule::Office))
        .map(|mention| &mention.basis)
        .collect()
}

/// Where the lead ends, in bytes of the folded text: the whole of a title; of a body the first sentence, with the
/// headline or dateline before it.
fn lead(part: &Reading<'_>) -> usize {
    const LEAST: usize = 12; // words; a headline or dateline is shorter
    const ENDS: [char; 4] = ['.', '\n', '!', '\u{061F}']; // the last is the Arabic question mark
    if part.part == Part::Title {
        return usize::MAX;
    }
    let end = (LEAST..part.words.len()).find(|&at| part.gap(at).contains(ENDS));
    end.map_or(usize::MAX, |at| part.words[at].end)
}

fn phrase_weight(part: &Reading<'_>, hit: &Hit<CueMeaning>) -> u32 {
    let several = part.folded.as_str()[hit.range.clone()].contains(' ');
    match hit.meaning.grade {
        Grade::Hint if several => HINTS,
        Grade::Hint => HINT,
        _ if names_a_body(part, hit) => BODY,
        Grade::Sign => SIGN,
        Grade::Cue => CUE,
    }
}

/// Folded words that open the name of a body.
const BODIES: [&str; 13] = [
    "وزاره",  // ministry
    "هييه",   // authority
    "هيئه",   // the same, with its hamza
    "موسسه",  // foundation
    "مؤسسه",  // the same, with its hamza
    "جمعيه",  // society
    "مديريه", // directorate
    "معهد",   // institute
    "كليه",   // college
    "شركه",   // company
    "رئاسه",  // presidency
    "لجنه",   // committee
    "مدينه",  // city, of science or medicine
];

/// Whether a phrase is but part of the name of a ministry or another body: هيئة حقوق الإنسان, the commission of human
/// rights.
fn names_a_body(part: &Reading<'_>, hit: &Hit<CueMeaning>) -> bool {
    let holds = |range: &Range<usize>| range.start < hit.range.start && hit.range.start < range.end;
    let at = part.titles.partition_point(|title| title.range.end <= hit.range.start);
    let near = part.titles[at..]
        .iter()
        .take_while(|title| title.word < hit.range.start);
    let mut institutions = near.filter(|title| matches!(title.meaning, TitleMeaning::Institution(_)));
    let before = part
        .word_at(hit.word)
        .checked_sub(1)
        .map_or("", |before| part.word(before));
    let bare = before.strip_prefix(['ب', 'و', 'ل']).unwrap_or(before);
    let alone = hit.word == hit.range.start; // لمكافحة الفساد says what a committee is for
    institutions.any(|title| holds(&title.range)) || (alone && (BODIES.contains(&bare) || BODIES.contains(&before)))
}

/// What the signs of a topic weigh together: each phrase once, and a little for each time it is said again.
fn weight(signs: &[Sign<'_>]) -> u32 {
    let mut phrases: Vec<(&str, u32, u32)> = Vec::new();
    for sign in signs {
        let phrase = without_article(&sign.part.folded.as_str()[sign.hit.range.clone()]);
        match phrases.iter_mut().find(|(known, ..)| alike(known, phrase)) {
            Some((_, weight, again)) => {
                *weight = (*weight).max(sign.weight);
                *again += u32::from(sign.part.part == Part::Body); // the title often repeats the body
            }
            None => phrases.push((phrase, sign.weight, 0)),
        }
    }
    phrases
        .iter()
        .map(|(_, weight, again)| weight + (*again).min(TIMES))
        .sum()
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
