//! Trains the tagger for names of people, and says how good it is on sentences that it has not seen.
//!
//! `cargo run --release --example train -- CORPUS.jsonl... --out lexicon/names.tagger` trains on all corpora.
//! `--folds 5` cuts the first corpus into that many blocks of sentences, trains on all but one and measures on that
//! one, each in turn: the tagger alone, the rules alone, and both as they work in extraction. `--scatter` makes folds of
//! every fifth sentence instead; `--errors FILE` lists what was missed and what was wrong. The same corpora give the
//! same bytes.
#![allow(clippy::disallowed_methods, reason = "reads its corpora and writes the model")]

mod corpora;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use bayan::config::Briefings;
use bayan::extract::tagger::{self, BEGIN, BEGIN_JOINED, INSIDE, JUDGES, Known, OUTSIDE};
use bayan::extract::{self, Part, Reading, Subject};
use bayan::lexicon::model::{LABELS, Model, Weights};
use bayan::lexicon::{Lexicon, WordClass};
use bayan::markdown::Body;
use bayan::site;
use bayan::text::fold_name;
use clap::Parser;
use corpora::Sentence;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Trains the tagger for names of people.
#[derive(Parser)]
struct Arguments {
    /// Lines of JSON; folds are made of the first.
    #[arg(required = true)]
    corpora: Vec<PathBuf>,
    /// Where the model is written.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Cross-validates in so many folds.
    #[arg(long)]
    folds: Option<usize>,
    /// Makes folds of every so-manieth sentence instead of blocks.
    #[arg(long)]
    scatter: bool,
    /// Lists the mistakes of cross-validation.
    #[arg(long)]
    errors: Option<PathBuf>,
}

/// Rounds over all sentences.
const ROUNDS: usize = 24;
/// How fast weights change.
const RATE: f32 = 0.15;
/// How fast unused weights fade.
const FADE: f32 = 3e-5;
/// Share of features that are left out of a word at each look, so that none is relied on alone.
const LEFT_OUT: f32 = 0.25;
/// Added to the weight of "no name": more of it makes names rarer and surer.
const CAUTION: f32 = 0.0;
/// Units of a weight in the model.
const UNITS: f32 = 32.0;
/// Weights of fewer units than this are left out of the model.
const LEAST_UNITS: i8 = 2;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let mut corpora = Vec::new();
    for path in &arguments.corpora {
        corpora.push(corpora::read(&fs::read_to_string(path)?)?);
    }
    if let Some(folds) = arguments.folds {
        validate(&corpora, folds, &arguments)?;
    }
    if let Some(path) = &arguments.out {
        let texts: Vec<&Sentence> = corpora.iter().flatten().collect();
        let model = Learner::new(&texts, &lexicon()).train();
        let bytes = model.bytes();
        println!("{} bytes", bytes.len());
        fs::write(path, bytes)?;
        let (plain, mut full) = (lexicon(), lexicon());
        full.model = Some(model);
        println!(
            "{:.1} MB/s by rules, {:.1} MB/s with the tagger",
            speed(&texts, &plain),
            speed(&texts, &full)
        );
    }
    Ok(())
}

/// The built-in lexicon, without a model.
fn lexicon() -> Lexicon {
    let rules = Briefings {
        tagger: false,
        ..Briefings::default()
    };
    site::lexicon(&[], &rules).value
}

/// How many million bytes a second are searched on one core, in texts of some twenty sentences, at the best of some
/// rounds.
fn speed(texts: &[&Sentence], lexicon: &Lexicon) -> f64 {
    const LOOKS: usize = 8;
    let texts: Vec<String> = texts
        .chunks(20)
        .map(|texts| {
            texts
                .iter()
                .map(|text| text.text.as_str())
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let seconds = (0..LOOKS).map(|_| {
        let started = Instant::now();
        for text in &texts {
            people(text, lexicon);
        }
        started.elapsed().as_secs_f64()
    });
    bytes as f64 / 1e6 / seconds.fold(f64::INFINITY, f64::min)
}

/// A sentence as the learner sees it.
struct Example {
    /// For each word, the numbers of its features.
    features: Vec<Vec<u32>>,
    /// For each word, which labels it may have.
    allowed: Vec<[bool; LABELS]>,
    /// For each word, the label that is right.
    labels: Vec<usize>,
}

/// All that the learner needs of its sentences, their features numbered.
struct Learner {
    examples: Vec<Example>,
    /// By number, the key of a feature.
    keys: Vec<u32>,
    /// How often each word was seen outside names and inside.
    seen: Seen,
    /// By key, how much a piece of a word speaks for a name.
    pieces: FxHashMap<u32, i8>,
}

/// By the key of a word, how often it was seen outside names and inside.
type Seen = FxHashMap<u32, [usize; 2]>;

/// Sentences that stand together; what one of them tells of a word is not held against another.
const BLOCK: usize = 40;

impl Learner {
    fn new(texts: &[&Sentence], lexicon: &Lexicon) -> Learner {
        let blocks: Vec<&[&Sentence]> = texts.chunks(BLOCK).collect();
        let sightings: Vec<Seen> = blocks.par_iter().map(|block| sightings(block, lexicon)).collect();
        let mut seen = Seen::default();
        for (key, counts) in sightings.iter().flatten() {
            let sum = seen.entry(*key).or_default();
            *sum = [sum[0] + counts[0], sum[1] + counts[1]];
        }
        let pieces = spelling(&words(texts, &seen, lexicon));
        let read: Vec<Vec<Raw>> = blocks
            .par_iter()
            .zip(&sightings)
            .map(|(block, own)| {
                let known = Elsewhere {
                    seen: &seen,
                    own,
                    pieces: &pieces,
                };
                block.iter().flat_map(|text| raw(text, lexicon, &known)).collect()
            })
            .collect();
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        let mut keys = Vec::new();
        let mut examples = Vec::new();
        for Raw {
            features,
            allowed,
            labels,
        } in read.into_iter().flatten()
        {
            let mut number = |key: u32| {
                *numbers.entry(key).or_insert_with(|| {
                    keys.push(key);
                    u32::try_from(keys.len() - 1).unwrap_or(0)
                })
            };
            let features = features
                .into_iter()
                .map(|keys| keys.into_iter().map(&mut number).collect())
                .collect();
            examples.push(Example {
                features,
                allowed,
                labels,
            });
        }
        Learner {
            examples,
            keys,
            seen,
            pieces,
        }
    }

    /// Trains on all sentences.
    fn train(&self) -> Model {
        let mut field = Field {
            weights: vec![[0.0; LABELS]; self.keys.len()],
            squares: vec![[1e-2; LABELS]; self.keys.len()],
            transitions: [[0.0; LABELS]; LABELS],
            transition_squares: [[1e-2; LABELS]; LABELS],
        };
        let mut sum: Vec<Row> = vec![[0.0; LABELS]; self.keys.len()];
        let mut transition_sum = [[0.0; LABELS]; LABELS];
        let mut order: Vec<usize> = (0..self.examples.len()).collect();
        let mut chance = Chance(0x2545_F491_4F6C_DD1D);
        let mut taken = 0.0;
        for round in 0..ROUNDS {
            chance.shuffle(&mut order);
            for &example in &order {
                field.learn(&self.examples[example], &mut chance);
            }
            if round * 2 >= ROUNDS {
                taken += 1.0;
                for (sum, weight) in sum.iter_mut().flatten().zip(field.weights.iter().flatten()) {
                    *sum += weight;
                }
                for (sum, weight) in transition_sum
                    .iter_mut()
                    .flatten()
                    .zip(field.transitions.iter().flatten())
                {
                    *sum += weight;
                }
            }
        }
        self.model(&sum, &transition_sum, taken)
    }

    /// The model of summed weights: means, in units, without those that say little.
    fn model(&self, sum: &[Row], transitions: &[Row; LABELS], taken: f32) -> Model {
        let mut rows: Vec<(u32, Weights)> = Vec::new();
        for (&key, sum) in self.keys.iter().zip(sum) {
            let mut row = sum.map(|sum| units(sum / taken * (1.0 - LEFT_OUT)));
            if row.iter().all(|units| units.abs() < LEAST_UNITS) {
                continue;
            }
            if key == tagger::always() {
                row[OUTSIDE] += units(CAUTION);
            }
            rows.push((key, row));
        }
        for (&key, counts) in &self.seen {
            let [outside, inside] = counts.map(|count| i8::try_from(count).unwrap_or(i8::MAX));
            rows.push((key, [outside, inside, 0, 0]));
        }
        rows.extend(self.pieces.iter().map(|(&key, &weight)| (key, [weight, 0, 0, 0])));
        rows.sort_unstable();
        rows.dedup_by_key(|(key, _)| *key);
        #[expect(clippy::cast_possible_truncation, reason = "weights are small")]
        let transitions = transitions.map(|row| row.map(|sum| (sum / taken * UNITS).round() as i16));
        Model::new(&rows, transitions)
    }
}

/// What is known of words from all sentences but those of one block.
struct Elsewhere<'a> {
    seen: &'a Seen,
    own: &'a Seen,
    pieces: &'a FxHashMap<u32, i8>,
}

impl Known for Elsewhere<'_> {
    fn seen(&self, key: u32) -> [usize; 2] {
        let [all, own] = [self.seen, self.own].map(|seen| seen.get(&key).copied().unwrap_or_default());
        [all[0] - own[0], all[1] - own[1]]
    }

    fn piece(&self, key: u32) -> i32 {
        self.pieces.get(&key).map_or(0, |&weight| i32::from(weight))
    }
}

/// The words from which the spelling of names is learnt, in order: whether each is a name. Those of the lexicon are, and
/// those that stand in names more often than not.
fn words(texts: &[&Sentence], seen: &Seen, lexicon: &Lexicon) -> BTreeMap<String, bool> {
    const NAME: WordClass = WordClass::GIVEN.or(WordClass::FAMILY);
    let mut words = BTreeMap::new();
    for text in texts {
        let folded = fold_name(&text.text);
        for range in bayan::text::words(&folded) {
            let word = &folded[range];
            let [outside, inside] = seen.get(&tagger::seen_key(word)).copied().unwrap_or_default();
            words.insert(word.to_owned(), inside > outside);
        }
    }
    for (path, text) in bayan::lexicon::built_in() {
        if path.ends_with("names.yaml") {
            let names = text.split([',', '[', ']', '\n']).map(fold_name);
            words.extend(
                names
                    .filter(|name| lexicon.word(name).is(NAME))
                    .map(|name| (name, true)),
            );
        }
    }
    words.retain(|word, _| word.chars().count() > 1 && !word.is_ascii());
    words
}

/// How much each piece of a word speaks for a name, by its key. A judge learns from all words but its own.
fn spelling(words: &BTreeMap<String, bool>) -> FxHashMap<u32, i8> {
    const SPELLING_ROUNDS: usize = 12;
    let mut weights: FxHashMap<u32, (f32, f32)> = FxHashMap::default();
    let mut order: Vec<(&String, bool)> = words.iter().map(|(word, &name)| (word, name)).collect();
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    for _ in 0..SPELLING_ROUNDS {
        chance.shuffle(&mut order);
        for &(word, name) in &order {
            for judge in (0..JUDGES).filter(|&judge| judge != tagger::judge(word)) {
                let mut keys = Vec::new();
                tagger::pieces(word, judge, |key| keys.push(key));
                let sum: f32 = keys
                    .iter()
                    .map(|key| weights.get(key).map_or(0.0, |(weight, _)| *weight))
                    .sum();
                let pull = f32::from(u8::from(name)) - 1.0 / (1.0 + (-sum).exp());
                for key in keys {
                    let (weight, square) = weights.entry(key).or_insert((0.0, 0.1));
                    *square += pull * pull;
                    *weight += 0.1 * (pull - 0.01 * *weight) / square.sqrt();
                }
            }
        }
    }
    let rows = weights.into_iter().map(|(key, (weight, _))| (key, units(weight)));
    rows.filter(|(_, units)| units.abs() >= LEAST_UNITS).collect()
}

/// How often the words of some sentences stand outside names and inside.
fn sightings(texts: &[&Sentence], lexicon: &Lexicon) -> Seen {
    let mut seen = Seen::default();
    for text in texts {
        let part = Reading::new(Part::Body, &text.text, lexicon);
        for (at, label) in labels(text, &part).into_iter().enumerate() {
            let word = part.word(at);
            let skipped = if label == BEGIN_JOINED {
                word.chars().next().map_or(0, char::len_utf8)
            } else {
                0
            };
            let counts = seen.entry(tagger::seen_key(&word[skipped..])).or_default();
            counts[usize::from(label != OUTSIDE)] += 1;
        }
    }
    seen
}

#[expect(clippy::cast_possible_truncation, reason = "bounded")]
fn units(weight: f32) -> i8 {
    (weight * UNITS).round().clamp(-127.0, 127.0) as i8
}

/// A sentence before its features are numbered.
struct Raw {
    features: Vec<Vec<u32>>,
    allowed: Vec<[bool; LABELS]>,
    labels: Vec<usize>,
}

fn raw(text: &Sentence, lexicon: &Lexicon, known: &impl Known) -> Vec<Raw> {
    let part = Reading::new(Part::Body, &text.text, lexicon);
    let labels = labels(text, &part);
    let mut features = tagger::features(&part, known);
    let sentences = tagger::sentences(&part);
    let raw = sentences.into_iter().map(|words| Raw {
        allowed: words
            .clone()
            .map(|at| {
                let mut allowed = tagger::allowed(&part, at, at == words.start);
                allowed[labels[at]] = true;
                allowed
            })
            .collect(),
        labels: labels[words.clone()].to_vec(),
        features: words.map(|at| std::mem::take(&mut features[at])).collect(),
    });
    raw.collect()
}

/// The label of each word, by the people that the corpus marks; of nested ones the first counts.
fn labels(text: &Sentence, part: &Reading<'_>) -> Vec<usize> {
    let mut labels = vec![OUTSIDE; part.words.len()];
    let source = |at: usize| part.folded.source_range(part.words[at].clone());
    for person in text.entities.iter().filter(|entity| entity.is_person()) {
        let words: Vec<usize> = (0..labels.len())
            .filter(|&at| source(at).start < person.bytes.end && person.bytes.start < source(at).end)
            .collect();
        if words.iter().any(|&at| labels[at] != OUTSIDE) {
            continue;
        }
        for &at in &words {
            labels[at] = INSIDE;
        }
        if let Some(&first) = words.first() {
            labels[first] = if person.bytes.start > source(first).start {
                BEGIN_JOINED
            } else {
                BEGIN
            };
        }
    }
    labels
}

/// Numbers that look like chance and are the same at each run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, share: f32) -> bool {
        ((self.next() >> 40) as f32) < share * (1u64 << 24) as f32
    }

    fn shuffle<T>(&mut self, order: &mut [T]) {
        for at in (1..order.len()).rev() {
            let other = self.next() % (at as u64 + 1);
            order.swap(at, usize::try_from(other).unwrap_or(0));
        }
    }
}

/// A conditional random field as it learns.
struct Field {
    weights: Vec<[f32; LABELS]>,
    squares: Vec<[f32; LABELS]>,
    transitions: [[f32; LABELS]; LABELS],
    transition_squares: [[f32; LABELS]; LABELS],
}

type Row = [f32; LABELS];

impl Field {
    /// Moves the weights toward what is right for an example.
    fn learn(&mut self, example: &Example, chance: &mut Chance) {
        let features: Vec<Vec<u32>> = example
            .features
            .iter()
            .map(|features| features.iter().copied().filter(|_| !chance.below(LEFT_OUT)).collect())
            .collect();
        let scores: Vec<Row> = features
            .iter()
            .zip(&example.allowed)
            .map(|(features, allowed)| self.scores(features, *allowed))
            .collect();
        let (forward, backward) = (self.forward(&scores), self.backward(&scores));
        let Some(total) = forward.last().map(log_sum) else {
            return;
        };
        for (at, features) in features.iter().enumerate() {
            let pull: Row = std::array::from_fn(|label| {
                let likely = (forward[at][label] + backward[at][label] - total).exp();
                f32::from(u8::from(example.labels[at] == label)) - likely
            });
            if pull.iter().all(|pull| pull.abs() < 1e-4) {
                continue;
            }
            for &feature in features {
                let feature = feature as usize;
                step(&mut self.weights[feature], &mut self.squares[feature], &pull);
            }
        }
        self.learn_transitions(example, &scores, &forward, &backward, total);
    }

    fn learn_transitions(&mut self, example: &Example, scores: &[Row], forward: &[Row], backward: &[Row], total: f32) {
        let mut pulls = [[0.0; LABELS]; LABELS];
        for at in 1..scores.len() {
            for (from, pulls) in pulls.iter_mut().enumerate() {
                for (to, pull) in pulls.iter_mut().enumerate().filter(|&(to, _)| may_follow(from, to)) {
                    let path = forward[at - 1][from] + self.transitions[from][to] + scores[at][to] + backward[at][to];
                    let right = example.labels[at - 1] == from && example.labels[at] == to;
                    *pull += f32::from(u8::from(right)) - (path - total).exp();
                }
            }
        }
        for (from, pull) in pulls.iter().enumerate() {
            step(&mut self.transitions[from], &mut self.transition_squares[from], pull);
        }
    }

    fn scores(&self, features: &[u32], allowed: [bool; LABELS]) -> Row {
        let mut scores = [0.0; LABELS];
        for &feature in features {
            for (score, weight) in scores.iter_mut().zip(&self.weights[feature as usize]) {
                *score += weight;
            }
        }
        std::array::from_fn(|label| {
            if allowed[label] {
                scores[label]
            } else {
                f32::NEG_INFINITY
            }
        })
    }

    fn forward(&self, scores: &[Row]) -> Vec<Row> {
        let mut all: Vec<Row> = Vec::with_capacity(scores.len());
        for (at, score) in scores.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| all[before]);
            all.push(std::array::from_fn(|to| match before {
                Some(before) => score[to] + log_sum(&std::array::from_fn(|from| before[from] + self.path(from, to))),
                None if to == INSIDE => f32::NEG_INFINITY,
                None => score[to],
            }));
        }
        all
    }

    fn backward(&self, scores: &[Row]) -> Vec<Row> {
        let mut all = vec![[0.0; LABELS]; scores.len()];
        for at in (0..scores.len().saturating_sub(1)).rev() {
            all[at] = std::array::from_fn(|from| {
                log_sum(&std::array::from_fn(|to| {
                    self.path(from, to) + scores[at + 1][to] + all[at + 1][to]
                }))
            });
        }
        all
    }

    fn path(&self, from: usize, to: usize) -> f32 {
        if may_follow(from, to) {
            self.transitions[from][to]
        } else {
            f32::NEG_INFINITY
        }
    }
}

fn may_follow(from: usize, to: usize) -> bool {
    to != INSIDE || from != OUTSIDE
}

/// Moves weights along `pull`, the less the more they have moved.
fn step(weights: &mut Row, squares: &mut Row, pull: &Row) {
    for ((weight, square), pull) in weights.iter_mut().zip(squares).zip(pull) {
        *square += pull * pull;
        *weight += RATE * (pull - FADE * 100.0 * *weight) / square.sqrt();
    }
}

fn log_sum(values: &Row) -> f32 {
    let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + values.iter().map(|value| (value - most).exp()).sum::<f32>().ln()
}

/// What was found: right, wrong and missed.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    right: usize,
    found: usize,
    there: usize,
}

impl Score {
    fn add(&mut self, other: Score) {
        self.right += other.right;
        self.found += other.found;
        self.there += other.there;
    }

    fn print(&self, name: &str) {
        let share = |of: usize| 100.0 * self.right as f64 / (of as f64).max(1.0);
        let (precision, recall) = (share(self.found), share(self.there));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::EPSILON);
        println!("{name:<8} precision {precision:.2}  recall {recall:.2}  F1 {f1:.2}  ({self:?})");
    }
}

type Range = std::ops::Range<usize>;

/// Cross-validates on the first corpus, and prints what comes of it.
fn validate(corpora: &[Vec<Sentence>], folds: usize, arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (corpus, others) = (&corpora[0], &corpora[1..]);
    let fold_of = |text: usize| {
        if arguments.scatter {
            text % folds
        } else {
            text * folds / corpus.len()
        }
    };
    let ours: Vec<(Vec<[Score; 3]>, Vec<String>)> = (0..folds)
        .into_par_iter()
        .map(|fold| {
            let (unseen, seen): (Vec<_>, Vec<_>) =
                corpus.iter().enumerate().partition(|&(text, _)| fold_of(text) == fold);
            let seen: Vec<&Sentence> = seen
                .into_iter()
                .map(|(_, text)| text)
                .chain(others.iter().flatten())
                .collect();
            let (mut full, plain) = (lexicon(), lexicon());
            full.model = Some(Learner::new(&seen, &plain).train());
            let mut errors = Vec::new();
            let scores = unseen
                .iter()
                .map(|(_, sentence)| measure(sentence, &full, &plain, &mut errors))
                .collect();
            (scores, errors)
        })
        .collect();
    let mut sums = [Score::default(); 3];
    for score in ours.iter().flat_map(|(scores, _)| scores) {
        for (sum, score) in sums.iter_mut().zip(score) {
            sum.add(*score);
        }
    }
    for (sum, name) in sums.iter().zip(["rules", "tagger", "both"]) {
        sum.print(name);
    }
    if let Some(path) = &arguments.errors {
        let errors: Vec<String> = ours.into_iter().flat_map(|(_, errors)| errors).collect();
        fs::write(path, errors.join("\n"))?;
    }
    Ok(())
}

/// What is found in a sentence by rules, by the tagger and by both.
fn measure(sentence: &Sentence, full: &Lexicon, plain: &Lexicon, errors: &mut Vec<String>) -> [Score; 3] {
    let gold: Vec<Range> = sentence
        .entities
        .iter()
        .filter(|entity| entity.is_person())
        .map(|entity| entity.bytes.clone())
        .collect();
    let by_rules = people(&sentence.text, plain);
    let part = Reading::new(Part::Body, &sentence.text, full);
    let by_tagger: Vec<Range> = tagger::tag(&part)
        .into_iter()
        .map(|span| {
            let words = part.words[span.words.start].start..part.words[span.words.end - 1].end;
            let source = part.folded.source_range(words);
            let skipped = if span.joined {
                sentence.text[source.start..].chars().next().map_or(0, char::len_utf8)
            } else {
                0
            };
            source.start + skipped..source.start + sentence.text[source].trim_end().len()
        })
        .collect();
    mistakes(sentence, &gold, &by_tagger, errors);
    let score = |found: &[Range]| Score {
        right: found.iter().filter(|range| gold.contains(range)).count(),
        found: found.len(),
        there: gold.len(),
    };
    [
        score(&by_rules),
        score(&by_tagger),
        score(&people(&sentence.text, full)),
    ]
}

/// The people whom a text names.
fn people(text: &str, lexicon: &Lexicon) -> Vec<Range> {
    let body = Body {
        text: text.to_owned(),
        blocks: Vec::new(),
    };
    let found = extract::extract(None, &body, false, None, lexicon).mentions;
    let people = found
        .into_iter()
        .filter(|mention| matches!(mention.subject, Subject::Person(_)));
    people
        .map(|mention| mention.range.start as usize..mention.range.end as usize)
        .collect()
}

fn mistakes(sentence: &Sentence, gold: &[Range], found: &[Range], errors: &mut Vec<String>) {
    let text = &sentence.text;
    let line = |what: &str, range: &Range| {
        let before: String = text[..range.start]
            .chars()
            .rev()
            .take(30)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let after: String = text[range.end..].chars().take(30).collect();
        format!("{what} {}: {before}[{}]{after}", sentence.id, &text[range.clone()])
    };
    errors.extend(
        gold.iter()
            .filter(|range| !found.contains(range))
            .map(|range| line("missed", range)),
    );
    errors.extend(
        found
            .iter()
            .filter(|range| !gold.contains(range))
            .map(|range| line("wrong", range)),
    );
}
