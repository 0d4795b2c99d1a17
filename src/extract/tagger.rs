//! Names of people by the words they are made of and stand among: a linear-chain model, learnt from marked texts.
//!
//! In: a [`Reading`]. Out: [`Span`]s of words that are probably the name of a person; what follows from them is for
//! `name` and `official`. What a word tells by itself is summed up once and remembered, so that most words of a text
//! cost one look-up. A model knows features by a hash of them alone.

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Reading;
use crate::lexicon::matcher::Hit;
use crate::lexicon::model::{LABELS, Model, Scores, Transitions};
use crate::lexicon::{CountryForm, Lexicon, NameMeaning, TitleMeaning, WordClass};
use crate::text;

/// No part of a name.
pub const OUTSIDE: usize = 0;
/// The first word of a name.
pub const BEGIN: usize = 1;
/// The same, after a particle written together with it: وسامح.
pub const BEGIN_JOINED: usize = 2;
/// A later word of a name.
pub const INSIDE: usize = 3;

/// How far from a word what it tells by itself counts, in words.
const REACH: usize = 2;

/// Places around a word, itself among them.
const PLACES: usize = 2 * REACH + 1;

/// What no path through the labels may cost.
const NEVER: i32 = -1_000_000;

/// Most words that a thread remembers.
const MOST_REMEMBERED: usize = 1 << 15;

/// A name found by the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Words of the reading.
    pub words: Range<usize>,
    /// Whether the first word begins with a particle that is no part of the name.
    pub joined: bool,
    /// By how much the best labels of the sentence beat the best that leave the name out, in units of 1/32.
    pub margin: i32,
}

/// The names in a text, in order; none where the lexicon has no model.
pub fn tag(part: &Reading<'_>) -> Vec<Span> {
    thread_local!(static MEMORY: RefCell<Memory> = RefCell::default());
    let Some(model) = &part.lexicon.model else {
        return Vec::new();
    };
    MEMORY.with_borrow_mut(|memory| {
        memory.serve(model.number());
        let told: Vec<Told> = (0..part.words.len())
            .map(|at| memory.told(part.word(at), model, part.lexicon))
            .collect();
        let hits = Hits::of(part);
        let mut spans = Vec::new();
        for sentence in sentences(part) {
            let scores = scores(part, &told, &hits, model, sentence.clone());
            let allowed: Vec<[bool; LABELS]> = sentence
                .clone()
                .map(|at| allowed(part, at, at == sentence.start))
                .collect();
            spans.extend(best(&scores, &allowed, model.transitions(), sentence.start));
        }
        spans
    })
}

/// What speaks for each label of each word of a sentence.
fn scores(part: &Reading<'_>, told: &[Told], hits: &Hits, model: &Model, sentence: Range<usize>) -> Vec<Scores> {
    let view = View {
        part,
        told,
        hits,
        sentence: sentence.clone(),
    };
    let scores = sentence.map(|at| {
        let mut scores = [0; LABELS];
        for place in 0..PLACES {
            if let Some(near) = view.at(at, place) {
                let told = &told[near].scores[PLACES - 1 - place];
                for (score, &weight) in scores.iter_mut().zip(told) {
                    *score += i32::from(weight);
                }
            }
        }
        view.features(at, |key| model.add(key, &mut scores));
        scores
    });
    scores.collect()
}

/// What each word that a thread has met tells by itself.
#[derive(Default)]
struct Memory {
    /// The tagger that it is true for.
    number: u64,
    words: FxHashMap<Box<str>, Told>,
}

impl Memory {
    fn serve(&mut self, number: u64) {
        if self.number != number || self.words.len() > MOST_REMEMBERED {
            self.words.clear();
            self.number = number;
        }
    }

    fn told(&mut self, word: &str, model: &Model, lexicon: &Lexicon) -> Told {
        if let Some(told) = self.words.get(word) {
            return *told;
        }
        let told = Told::of(word, model, lexicon);
        self.words.insert(word.into(), told);
        told
    }
}

/// What a word tells by itself.
#[derive(Clone, Copy)]
struct Told {
    /// By place from the word on: of the second word before it, …, itself, …, the second after it.
    scores: [[i16; LABELS]; PLACES],
    /// Its hash.
    word: u32,
    /// Its sort.
    sort: u8,
}

impl Told {
    fn of(word: &str, model: &Model, lexicon: &Lexicon) -> Told {
        let mut sums = [[0; LABELS]; PLACES];
        word_features(word, lexicon, |feature, reach| {
            for place in REACH - reach..=REACH + reach {
                model.add(at_place(feature, place), &mut sums[place]);
            }
        });
        let narrow = |sum: i32| i16::try_from(sum).unwrap_or(if sum < 0 { i16::MIN } else { i16::MAX });
        Told {
            scores: sums.map(|sum| sum.map(narrow)),
            word: hash(Sort::Word, word.as_bytes()),
            sort: sort(word, lexicon),
        }
    }
}

/// The features of every word of a text, for learning: those that [`tag`] sums up.
pub fn features(part: &Reading<'_>) -> Vec<Vec<u32>> {
    let words = part.words.len();
    let mut all: Vec<Vec<u32>> = vec![Vec::new(); words];
    let empty = Model::new(&[], Transitions::default());
    let told: Vec<Told> = (0..words)
        .map(|at| Told::of(part.word(at), &empty, part.lexicon))
        .collect();
    let hits = Hits::of(part);
    for sentence in sentences(part) {
        for at in sentence.clone() {
            word_features(part.word(at), part.lexicon, |feature, reach| {
                for place in REACH - reach..=REACH + reach {
                    // `at` stands at the mirrored place as seen from the word that it tells of
                    let near = (at + place).checked_sub(REACH).filter(|near| sentence.contains(near));
                    if let Some(near) = near {
                        all[near].push(at_place(feature, place));
                    }
                }
            });
            let view = View {
                part,
                told: &told,
                hits: &hits,
                sentence: sentence.clone(),
            };
            view.features(at, |key| all[at].push(key));
        }
    }
    all
}

/// Sorts of feature.
#[derive(Clone, Copy)]
enum Sort {
    Word = 1,
    Rest,
    Prefix,
    Suffix,
    Letters,
    Length,
    Class,
    Bit,
    RestClass,
    Always,
    Hit,
    Gap,
    Sorts,
    WordSort,
    Words,
}

/// A hash that is the same on every machine, never 0.
fn hash(sort: Sort, bytes: &[u8]) -> u32 {
    let mut state = 0x9E37_79B9_7F4A_7C15 ^ sort as u64;
    for &byte in bytes {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        state ^= state >> 29;
    }
    state = state.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    u32::try_from(state >> 32).unwrap_or(1).max(1)
}

/// The key of a feature of a word for the word at `place` from it.
fn at_place(feature: u32, place: usize) -> u32 {
    mix(feature, u32::try_from(place).unwrap_or(0))
}

/// Two hashes as one, never 0.
fn mix(left: u32, right: u32) -> u32 {
    let state = (u64::from(left) << 32 | u64::from(right)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let state = (state ^ (state >> 31)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    u32::try_from(state >> 32).unwrap_or(1).max(1)
}

/// Gives what a folded word tells by itself: each feature with its reach in words.
fn word_features(word: &str, lexicon: &Lexicon, mut give: impl FnMut(u32, usize)) {
    give(hash(Sort::Word, word.as_bytes()), 2);
    let class = lexicon.word(word);
    give(hash(Sort::Class, &class.bits().to_le_bytes()), 2);
    for bit in (0..16).filter(|bit| class.bits() & (1 << bit) != 0) {
        give(hash(Sort::Bit, &[bit]), 2);
    }
    for rest in text::readings(word).skip(1) {
        give(hash(Sort::Rest, rest.as_bytes()), 1);
        let class = lexicon.word(rest);
        if class != WordClass::default() {
            let mut name = class.bits().to_le_bytes().to_vec();
            name.extend(word[..word.len() - rest.len()].as_bytes());
            give(hash(Sort::RestClass, &name), 1);
        }
    }
    let bounds: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let letters = bounds.len() - 1;
    give(hash(Sort::Length, &[u8::try_from(letters.min(12)).unwrap_or(12)]), 1);
    for length in 1..=letters.min(4) {
        give(
            hash(Sort::Prefix, word[..bounds[length]].as_bytes()),
            usize::from(length < 4),
        );
        give(
            hash(Sort::Suffix, word[bounds[letters - length]..].as_bytes()),
            usize::from(length < 4),
        );
    }
    for pair in bounds.windows(4) {
        give(hash(Sort::Letters, word[pair[0]..pair[3]].as_bytes()), 0);
    }
}

/// The sort of a word, from what the lexicon knows and from its letters.
fn sort(word: &str, lexicon: &Lexicon) -> u8 {
    const NAME: WordClass = WordClass::GIVEN.or(WordClass::FAMILY).or(WordClass::SURNAME);
    let class = lexicon.word(word);
    let plain = |class: WordClass| -> Option<u8> {
        let ordinary = class.is(WordClass::VERB.or(WordClass::PARTICLE).or(WordClass::COMMON));
        Some(match class {
            _ if class.is(WordClass::LINK) => 1,
            _ if class.is(WordClass::GIVEN) && ordinary => 2,
            _ if class.is(WordClass::GIVEN) => 3,
            _ if class.is(NAME) && ordinary => 4,
            _ if class.is(NAME) => 5,
            _ if class.is(WordClass::ADDRESS) => 6,
            _ if class.is(WordClass::VERB) => 7,
            _ if class.is(WordClass::PARTICLE) => 8,
            _ if class.is(WordClass::MODIFIER) => 9,
            _ if class.is(WordClass::NAMESAKE) => 10,
            _ if class.is(WordClass::COMMON) => 11,
            _ if class.is(WordClass::INITIAL) => 12,
            _ => return None,
        })
    };
    if let Some(sort) = plain(class) {
        return sort;
    }
    let rest = text::readings(word).skip(1).find_map(|rest| plain(lexicon.word(rest)));
    match (rest, word) {
        (Some(sort), _) => 12 + sort,
        _ if word.starts_with(|letter: char| letter.is_ascii_digit()) => 25,
        _ if word.is_ascii() => 26,
        _ if word.chars().nth(1).is_none() => 27,
        _ if word.starts_with("ال") => 28,
        _ if word.starts_with(['\u{0648}', '\u{0641}', '\u{0628}', '\u{0643}', '\u{0644}']) => 29,
        _ => 30,
    }
}

/// For each word, which name or title of the lexicon it is part of.
struct Hits {
    hits: Vec<u8>,
}

impl Hits {
    fn of(part: &Reading<'_>) -> Hits {
        let mut hits = vec![0; part.words.len()];
        for hit in &part.names {
            mark(&mut hits, part, hit, name_sort(hit.meaning), 0);
        }
        for hit in &part.titles {
            mark(&mut hits, part, hit, title_sort(hit.meaning), 15);
        }
        Hits { hits }
    }
}

/// Marks the words of a hit: the last with `last`, those before it with `inner`, or with `last` where that is 0.
fn mark<M>(hits: &mut [u8], part: &Reading<'_>, hit: &Hit<M>, last: u8, inner: u8) {
    let words = part.word_at(hit.word)..part.word_at(hit.range.end);
    for at in words.clone() {
        hits[at] = if at + 1 == words.end || inner == 0 { last } else { inner };
    }
}

fn name_sort(meaning: NameMeaning) -> u8 {
    match meaning {
        NameMeaning::Stop => 1,
        NameMeaning::Official(_) => 2,
        NameMeaning::Organisation(_) => 3,
        NameMeaning::Country(_, CountryForm::Name | CountryForm::Homeland) => 4,
        NameMeaning::Country(_, CountryForm::Weak | CountryForm::WeakNisba) => 4, // as the model was trained
        NameMeaning::Country(_, CountryForm::Nisba) => 5,
        NameMeaning::Country(_, CountryForm::Capital | CountryForm::WeakCapital) => 6,
        NameMeaning::Country(_, CountryForm::Metonym) => 7,
    }
}

fn title_sort(meaning: TitleMeaning) -> u8 {
    match meaning {
        TitleMeaning::Office { construct: false, .. } => 10,
        TitleMeaning::Office { construct: true, .. } => 11,
        TitleMeaning::Institution(_) => 12,
        TitleMeaning::Honorific => 13,
    }
}

/// The sentences of a text, as ranges of its words.
pub fn sentences(part: &Reading<'_>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..part.words.len() {
        let gap = part.gap(at);
        let initial = gap.starts_with('.') && part.words[at].len() < 3;
        if at + 1 == part.words.len() || (gap.contains(['\n', '.', '؟', '?', '!']) && !initial) {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    sentences
}

/// What stands between two words.
fn gap_sort(gap: &str) -> u8 {
    match gap {
        " " => 1,
        _ => match gap.trim_matches(' ').chars().next() {
            Some('،' | ',' | '؛' | ';') => 2,
            Some('.') => 3,
            Some('"' | '«' | '»' | '“' | '”' | '\'') => 4,
            Some('(' | '[') => 5,
            Some(')' | ']') => 6,
            Some(':') => 7,
            Some('/') => 8,
            _ => 9,
        },
    }
}

/// The labels that the word at `at` may have, by its letters and what parts it from the word before.
pub fn allowed(part: &Reading<'_>, at: usize, first: bool) -> [bool; LABELS] {
    let word = part.word(at);
    let name = !word.starts_with(|letter: char| letter.is_ascii());
    let joined = word.starts_with(['\u{0648}', '\u{0641}', '\u{0628}', '\u{0643}', '\u{0644}']) && word.len() > 4;
    let goes_on = || {
        let initial = part.words[at - 1].len() < 3;
        part.gap(at - 1) == " " || (initial && matches!(part.gap(at - 1), ". " | "." | " . "))
    };
    [true, name, name && joined, name && !first && goes_on()]
}

/// A sentence as features are read off it.
struct View<'a, 'b> {
    part: &'a Reading<'b>,
    told: &'a [Told],
    hits: &'a Hits,
    sentence: Range<usize>,
}

impl View<'_, '_> {
    /// The word at `place` from the one at `at`.
    fn at(&self, at: usize, place: usize) -> Option<usize> {
        (at + place)
            .checked_sub(REACH)
            .filter(|near| self.sentence.contains(near))
    }

    /// The sort of the word at `place` from the one at `at`, with what the lexicon finds there.
    fn sort(&self, at: usize, place: usize) -> u32 {
        self.at(at, place).map_or(0, |near| {
            1 + u32::from(self.told[near].sort) + (u32::from(self.hits.hits[near]) << 5)
        })
    }

    /// Gives what the word at `at` is told by beside what single words tell.
    fn features(&self, at: usize, mut give: impl FnMut(u32)) {
        let near: [Option<usize>; PLACES] = std::array::from_fn(|place| self.at(at, place));
        let sorts: [u32; PLACES] = std::array::from_fn(|place| self.sort(at, place));
        let word = |place: usize| near[place].map_or(0, |near| self.told[near].word);
        give(hash(Sort::Always, &[]));
        for (place, near) in near.iter().enumerate() {
            let hit = near.map_or(16, |near| self.hits.hits[near]);
            give(hash(Sort::Hit, &[u8::try_from(place).unwrap_or(0), hit]));
        }
        let before = if at == self.sentence.start {
            0
        } else {
            gap_sort(self.part.gap(at - 1))
        };
        let after = if at + 1 == self.sentence.end {
            0
        } else {
            gap_sort(self.part.gap(at))
        };
        give(hash(Sort::Gap, &[0, before]));
        give(hash(Sort::Gap, &[1, after]));
        let gaps = u32::from(before) << 4 | u32::from(after);
        let sorts_key = |which: u32, left: u32, right: u32| mix(mix(Sort::Sorts as u32, which), left << 16 | right);
        give(sorts_key(0, sorts[2], gaps));
        give(sorts_key(1, sorts[1], sorts[2]));
        give(sorts_key(2, sorts[2], sorts[3]));
        give(mix(sorts_key(3, sorts[1], sorts[2]), sorts[3]));
        give(mix(sorts_key(4, sorts[0], sorts[1]), sorts[2]));
        give(mix(sorts_key(5, sorts[2], sorts[3]), sorts[4]));
        give(mix(mix(Sort::WordSort as u32, word(1)), sorts[2]));
        give(mix(mix(Sort::WordSort as u32 + 100, word(3)), sorts[2]));
        give(mix(mix(Sort::Words as u32, word(1)), word(2)));
        give(mix(mix(Sort::Words as u32, word(2)), word(3)));
    }
}

/// The names that the best labels of a sentence make; `start` is its first word.
fn best(scores: &[Scores], allowed: &[[bool; LABELS]], transitions: &Transitions, start: usize) -> Vec<Span> {
    let forward = forward(scores, allowed, transitions);
    let backward = backward(scores, allowed, transitions);
    let labels: Vec<usize> = trace(&forward, transitions);
    let Some(total) = forward.last().map(|last| last.iter().copied().max().unwrap_or(NEVER)) else {
        return Vec::new();
    };
    let mut spans: Vec<Span> = Vec::new();
    for (at, &label) in labels.iter().enumerate() {
        let margin = total - (forward[at][OUTSIDE] + backward[at][OUTSIDE]);
        match (label, spans.last_mut()) {
            (BEGIN | BEGIN_JOINED, _) => spans.push(Span {
                words: start + at..start + at + 1,
                joined: label == BEGIN_JOINED,
                margin,
            }),
            (INSIDE, Some(span)) => {
                span.words.end += 1;
                span.margin = span.margin.max(margin);
            }
            _ => {}
        }
    }
    spans
}

fn may_follow(from: usize, to: usize) -> bool {
    to != INSIDE || from != OUTSIDE
}

/// For each word and label, the best score of all words up to it.
fn forward(scores: &[Scores], allowed: &[[bool; LABELS]], transitions: &Transitions) -> Vec<Scores> {
    let mut all: Vec<Scores> = Vec::with_capacity(scores.len());
    for (at, (score, allowed)) in scores.iter().zip(allowed).enumerate() {
        let before = at.checked_sub(1).map(|before| all[before]);
        all.push(std::array::from_fn(|to| {
            if !allowed[to] {
                return NEVER;
            }
            let path = before.map_or(if to == INSIDE { NEVER } else { 0 }, |before| {
                best_from(&before, to, transitions)
            });
            path + score[to]
        }));
    }
    all
}

/// The best score with which a word may follow that has the label `to`.
fn best_from(before: &Scores, to: usize, transitions: &Transitions) -> i32 {
    let paths = (0..LABELS)
        .filter(|&from| may_follow(from, to))
        .map(|from| before[from] + i32::from(transitions[from][to]));
    paths.max().unwrap_or(NEVER)
}

/// For each word and label, the best score of all words after it.
fn backward(scores: &[Scores], allowed: &[[bool; LABELS]], transitions: &Transitions) -> Vec<Scores> {
    let mut all = vec![[0; LABELS]; scores.len()];
    for at in (0..scores.len().saturating_sub(1)).rev() {
        let after: Scores = std::array::from_fn(|to| {
            if allowed[at + 1][to] {
                all[at + 1][to] + scores[at + 1][to]
            } else {
                NEVER
            }
        });
        all[at] = std::array::from_fn(|from| {
            let paths = (0..LABELS)
                .filter(|&to| may_follow(from, to))
                .map(|to| after[to] + i32::from(transitions[from][to]));
            paths.max().unwrap_or(NEVER)
        });
    }
    all
}

/// The labels of the best path.
fn trace(forward: &[Scores], transitions: &Transitions) -> Vec<usize> {
    let mut labels = vec![OUTSIDE; forward.len()];
    let mut next: Option<usize> = None;
    for (at, scores) in forward.iter().enumerate().rev() {
        let reach = |from: usize| match next {
            Some(to) if !may_follow(from, to) => NEVER,
            Some(to) => scores[from] + i32::from(transitions[from][to]),
            None => scores[from],
        };
        let label = (0..LABELS).rev().max_by_key(|&from| reach(from)).unwrap_or(OUTSIDE);
        labels[at] = label;
        next = Some(label);
    }
    labels
}
