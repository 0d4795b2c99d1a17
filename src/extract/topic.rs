//! What a text is about: each phrase that speaks of a topic weighs something, and what weighs enough together tells it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Mention, Part, Reading, Rule, Subject};
use crate::lexicon::families::Tells;
use crate::lexicon::matcher::Hit;
use crate::lexicon::{CueMeaning, EntityIx, Grade, NameMeaning, OfficeIx, TitleMeaning};

/// What a topic must weigh to be told, and how many times less than the topic that weighs most.
const ENOUGH: u32 = 6;
const FRACTION: u32 = 9;
/// What a phrase weighs that tells its topic alone.
const CUE: u32 = 6;
/// What a phrase weighs that needs others beside it.
const SIGN: u32 = 4;
/// What a phrase weighs that hints.
const HINT: u32 = 2;
/// What a cue or sign weighs that is but the name of a body.
const BODY: u32 = 1;
/// What a word weighs that says much of the topic. One that says little weighs [`LEAD`] in the lead, and else nothing.
const KEYWORD: u32 = 3;
/// What the name of an organisation weighs whose business the topic is. An office of this kind counts like a word that
/// says little.
const ORGANISATION: u32 = 1;
/// What everything weighs more in the title or the lead, where a dispatch says what it is about.
const LEAD: u32 = 1;
/// What a phrase weighs more that is said again, and a word that says much.
const PHRASE_AGAIN: u32 = 2;
const KEYWORD_AGAIN: u32 = 1;

/// Something that speaks of a topic, where it stands.
struct Sign<'a> {
    part: &'a Reading<'a>,
    /// Bytes of the folded text.
    range: Range<usize>,
    weight: u32,
    what: What<'a>,
}

/// What speaks of a topic; the same thing said twice counts little more than once.
#[derive(Clone, Copy, PartialEq)]
enum What<'a> {
    /// A phrase of the lexicon, without article.
    Phrase(&'a str, Grade),
    /// A word of a family.
    Word(u16, Tells),
    /// An office whose business it is.
    Office(OfficeIx),
    /// An organisation whose business it is.
    Organisation(EntityIx),
}

/// All that speaks of a topic, by topic.
type Signs<'a> = BTreeMap<EntityIx, Vec<Sign<'a>>>;

/// All phrases of all topics that the parts are about. What stands in the title of one of the `people` (وزير
/// التجارة, the minister of trade) tells no topic but by the office.
pub fn mentions(parts: &[Reading<'_>], people: &[Mention]) -> Vec<Mention> {
    let mut by_topic = Signs::new();
    for part in parts {
        let seen = Seen {
            part,
            titles: titles(part, people),
            lead: lead(part),
        };
        seen.phrases(&mut by_topic);
        seen.words(&mut by_topic);
        seen.names(&mut by_topic);
    }
    let weighed: Vec<_> = by_topic
        .into_iter()
        .map(|(topic, signs)| (weight(&signs), topic, signs))
        .collect();
    let most = weighed.iter().map(|(weight, ..)| *weight).max().unwrap_or(0);
    let told = weighed
        .iter()
        .filter(|(weight, ..)| *weight >= ENOUGH.max(most.div_ceil(FRACTION)));
    told.flat_map(|(_, topic, signs)| shown(*topic, signs)).collect()
}

/// A part with what bears on how its words count.
struct Seen<'a> {
    part: &'a Reading<'a>,
    /// Titles of people, in bytes of the published text.
    titles: Vec<&'a Range<u32>>,
    /// Where the lead ends, in bytes of the folded text.
    lead: usize,
}

impl<'a> Seen<'a> {
    fn add(&self, signs: &mut Signs<'a>, topic: EntityIx, range: &Range<usize>, weight: u32, what: What<'a>) {
        let weight = weight + if range.start < self.lead { LEAD } else { 0 };
        if weight == 0 {
            return;
        }
        signs.entry(topic).or_default().push(Sign {
            part: self.part,
            range: range.clone(),
            weight,
            what,
        });
    }

    /// Whether byte `at` of the folded text stands in the title of a person.
    fn in_title(&self, at: usize) -> bool {
        let start = super::small(self.part.folded.source_range(at..at).start);
        self.titles.iter().any(|title| title.contains(&start))
    }

    fn phrases(&self, signs: &mut Signs<'a>) {
        for hit in &self.part.cues {
            if !self.in_title(hit.range.start) {
                let phrase = without_article(&self.part.folded.as_str()[hit.range.clone()]);
                let what = What::Phrase(phrase, hit.meaning.grade);
                self.add(
                    signs,
                    hit.meaning.topic,
                    &hit.range,
                    phrase_weight(self.part, hit),
                    what,
                );
            }
        }
    }

    fn words(&self, signs: &mut Signs<'a>) {
        for (at, range) in self.part.words.iter().enumerate() {
            let Some((clitics, families)) = &self.part.known[at].families else {
                continue;
            };
            if self.in_title(range.start) {
                continue;
            }
            let word = range.start + clitics..range.end;
            for family in families {
                let weight = match family.tells {
                    Tells::Little => 0,
                    Tells::Much => KEYWORD,
                    Tells::Relations if self.two_countries_follow(at) => CUE,
                    Tells::Relations => continue,
                };
                if !self.in_phrase(family.topic, &word) {
                    self.add(
                        signs,
                        family.topic,
                        &word,
                        weight,
                        What::Word(family.number, family.tells),
                    );
                }
            }
        }
    }

    /// Whether a word is part of a phrase of the topic, which counts for it.
    fn in_phrase(&self, topic: EntityIx, word: &Range<usize>) -> bool {
        let cues = &self.part.cues;
        let near = &cues[cues.partition_point(|hit| hit.range.end <= word.start)..];
        let mut over = near.iter().take_while(|hit| hit.range.start < word.end);
        over.any(|hit| hit.meaning.topic == topic)
    }

    /// Whether two countries are named within a few words of the one at `at`, which is no part of a name itself, as in
    /// مجلس التعاون, the Gulf Cooperation Council.
    fn two_countries_follow(&self, at: usize) -> bool {
        const REACH: usize = 5; // words
        let (words, names) = (&self.part.words, &self.part.names);
        let near = &names[names.partition_point(|hit| hit.range.end <= words[at].start)..];
        if near.first().is_some_and(|hit| hit.word < words[at].end) {
            return false;
        }
        let end = words[(at + REACH).min(words.len() - 1)].end;
        let following = near.iter().take_while(|hit| hit.word < end);
        let mut countries = following.filter_map(|hit| match hit.meaning {
            NameMeaning::Country(country, _) => Some(country),
            _ => None,
        });
        let first = countries.next();
        countries.any(|country| Some(country) != first)
    }

    /// Offices and organisations whose business a topic is.
    fn names(&self, signs: &mut Signs<'a>) {
        let business = &self.part.lexicon.business;
        for hit in &self.part.names {
            let NameMeaning::Organisation(organisation) = hit.meaning else {
                continue;
            };
            for &topic in business.organisations.get(&organisation).into_iter().flatten() {
                self.add(signs, topic, &hit.range, ORGANISATION, What::Organisation(organisation));
            }
        }
        for hit in &self.part.titles {
            let (TitleMeaning::Office { office, .. } | TitleMeaning::Institution(office)) = hit.meaning else {
                continue;
            };
            for &topic in business.offices.get(&office).into_iter().flatten() {
                self.add(signs, topic, &hit.range, 0, What::Office(office));
            }
        }
    }
}

/// The mentions of a topic that is told: of phrases that tell it alone where there are any, else of all that speaks of
/// it.
fn shown(topic: EntityIx, signs: &[Sign<'_>]) -> Vec<Mention> {
    let is_sure = |sign: &Sign<'_>| matches!(sign.what, What::Phrase(_, Grade::Cue | Grade::Sign));
    let sure = signs.iter().any(is_sure);
    let rule = if sure { Rule::Cue } else { Rule::Hints };
    let shown = signs.iter().filter(|sign| !sure || is_sure(sign));
    let mention = |sign: &Sign<'_>| {
        let range = sign.range.clone();
        sign.part.mention(range.clone(), range, Subject::Entity(topic), rule)
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
    match hit.meaning.grade {
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

/// What the signs of a topic weigh together: each thing once, and a little more where it is said again.
fn weight(signs: &[Sign<'_>]) -> u32 {
    let mut things: Vec<(What<'_>, u32, bool)> = Vec::new();
    for sign in signs {
        match things.iter_mut().find(|(known, ..)| same(*known, sign.what)) {
            Some((_, weight, again)) => {
                *weight = (*weight).max(sign.weight);
                *again |= sign.part.part == Part::Body; // the title often repeats the body
            }
            None => things.push((sign.what, sign.weight, false)),
        }
    }
    let more = |what: &What<'_>| match what {
        What::Phrase(..) | What::Word(_, Tells::Relations) => PHRASE_AGAIN,
        What::Word(_, Tells::Much) => KEYWORD_AGAIN,
        _ => 0,
    };
    let weights = things
        .iter()
        .map(|(what, weight, again)| weight + if *again { more(what) } else { 0 });
    weights.sum()
}

/// Whether two signs are one thing said twice.
fn same(left: What<'_>, right: What<'_>) -> bool {
    match (left, right) {
        (What::Phrase(left, _), What::Phrase(right, _)) => alike(left, right),
        _ => left == right,
    }
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
