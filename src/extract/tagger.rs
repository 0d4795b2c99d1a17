//! Names of people by the words they are made of and stand among: a linear-chain model, learnt from marked texts.
//!
//! In: a [`Reading`]. Out: [`Span`]s of words that are probably the name of a person; what follows from them is for
//! `name` and `official`. What a word tells by itself is summed up once and remembered ([`super::word`]). A model knows features by a hash of them alone.

use std::cell::RefCell;
use std::ops::Range;

use super::Reading;
use crate::lexicon::matcher::Hit;
use crate::lexicon::model::{LABELS, Model, Scores, Transitions, Weights};
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

/// Particles of one letter that are written together with a name.
const JOINED: [char; 5] = ['\u{0648}', '\u{0641}', '\u{0628}', '\u{0643}', '\u{0644}'];

/// What no path through the labels may cost.
const NEVER: i32 = -1_000_000;

/// How many sorts of thing the lexicon finds at a word, and how many sorts of gap there are.
const HITS: usize = 17;
const GAPS: usize = 10;

/// The sort of thing found where there is no word.
const NO_WORD: u8 = 16;

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
    thread_local!(static FRAME: RefCell<Frame> = RefCell::default());
    let Some(model) = &part.lexicon.model else {
        return Vec::new();
    };
    let told: Vec<&Told> = part.known.iter().filter_map(|word| word.told.as_ref()).collect();
    let hits = Hits::of(part);
    FRAME.with_borrow_mut(|frame| {
        frame.serve(model);
        let mut spans = Vec::new();
        for sentence in sentences(part) {
            let view = View {
                part,
                told: &told,
                hits: &hits,
                sentence: sentence.clone(),
            };
            let scores = scores(&view, frame, model);
            let allowed: Vec<[bool; LABELS]> = sentence
                .clone()
                .map(|at| allowed(part, at, at == sentence.start))
                .collect();
            spans.extend(best(&scores, &allowed, model.transitions(), sentence.start));
        }
        spans
    })
}

/// What speaks for each label of each word of a sentence. Of a word that is far from any name by itself and by what the
/// lexicon finds around it, no more is asked.
fn scores(view: &View<'_, '_>, frame: &Frame, model: &Model) -> Vec<Scores> {
    const HOPELESS: i32 = 3 * 32;
    let scores = view.sentence.clone().map(|at| {
        let mut scores = view.alone(at, frame);
        let name = scores[BEGIN].max(scores[BEGIN_JOINED]).max(scores[INSIDE]);
        if name + HOPELESS > scores[OUTSIDE] {
            view.features(at, |key| model.add(key, &mut scores));
        }
        scores
    });
    scores.collect()
}

/// The weights of the few features that every word has.
#[derive(Default)]
struct Frame {
    /// The tagger that they are of.
    number: u64,
    always: Weights,
    /// By place, then by what is found there.
    hits: [[Weights; HITS]; PLACES],
    /// Before a word and after it.
    gaps: [[Weights; GAPS]; 2],
}

impl Frame {
    /// Makes the weights of another model its own.
    fn serve(&mut self, model: &Model) {
        if self.number != model.number() {
            *self = Frame::of(model);
        }
    }

    fn of(model: &Model) -> Frame {
        let number = |at: usize| u8::try_from(at).unwrap_or(u8::MAX);
        Frame {
            number: model.number(),
            always: model.weights(always()),
            hits: std::array::from_fn(|place| {
                std::array::from_fn(|hit| model.weights(hash(Sort::Hit, &[number(place), number(hit)])))
            }),
            gaps: std::array::from_fn(|side| {
                std::array::from_fn(|gap| model.weights(hash(Sort::Gap, &[number(side), number(gap)])))
            }),
        }
    }
}

/// What a word tells of names by itself.
pub struct Told {
    /// By place from the word on: of the second word before it, …, itself, …, the second after it.
    scores: [[i16; LABELS]; PLACES],
    /// Its hash.
    word: u32,
    /// Its sort.
    sort: u8,
}

impl Told {
    /// What `word` tells, folded.
    pub fn of(word: &str, model: &Model, lexicon: &Lexicon) -> Told {
        let mut sums = [[0; LABELS]; PLACES];
        word_features(word, lexicon, model, |feature, reach| {
            for (place, sum) in sums.iter_mut().enumerate().skip(REACH - reach).take(2 * reach + 1) {
                model.add(at_place(feature, place), sum);
            }
        });
        let narrow = |sum: i32| i16::try_from(sum).unwrap_or(if sum < 0 { i16::MIN } else { i16::MAX });
        Told {
            scores: sums.map(|sum| sum.map(narrow)),
            word: hash(Sort::Word, word.as_bytes()),
            sort: sort(word, lexicon, model),
        }
    }
}

/// The features of every word of a text, for learning: those that [`tag`] sums up. `known` tells how often a word was
/// seen in other texts outside names and inside, by its [`seen_key`].
pub fn features(part: &Reading<'_>, known: &impl Known) -> Vec<Vec<u32>> {
    let words = part.words.len();
    let mut all: Vec<Vec<u32>> = vec![Vec::new(); words];
    let told: Vec<Told> = (0..words)
        .map(|at| Told {
            scores: Default::default(),
            word: hash(Sort::Word, part.word(at).as_bytes()),
            sort: sort(part.word(at), part.lexicon, known),
        })
        .collect();
    let told: Vec<&Told> = told.iter().collect();
    let hits = Hits::of(part);
    for sentence in sentences(part) {
        for at in sentence.clone() {
            word_features(part.word(at), part.lexicon, known, |feature, reach| {
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
            view.frame(at, |key| all[at].push(key));
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
    Seen,
    Outside,
    Inside,
    Sighted,
    RestSighted,
    Looks,
    LooksSighted,
    RestLooks,
    Judge,
    Piece,
    RestClass,
    Always,
    Hit,
    Gap,
    Sorts,
    Neighbour,
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

/// What is known of words from the texts that a model has learnt from.
pub trait Known {
    /// How often a word was seen outside names and inside, by its [`seen_key`].
    fn seen(&self, key: u32) -> [usize; 2];

    /// How much a piece of a word speaks for a name, by its [`pieces`], in units of 1/32.
    fn piece(&self, key: u32) -> i32;
}

impl Known for Model {
    fn seen(&self, key: u32) -> [usize; 2] {
        let [outside, inside, ..] = self.weights(key);
        [outside, inside].map(|count| usize::try_from(count).unwrap_or(0))
    }

    fn piece(&self, key: u32) -> i32 {
        i32::from(self.weights(key)[0])
    }
}

/// How many judges of spelling there are. A word has one of them, who has not learnt from it: so what a judge says of
/// words it has learnt from is never held for what it says of new ones.
pub const JUDGES: u32 = 4;

/// Which judge a word has.
pub fn judge(word: &str) -> u32 {
    hash(Sort::Judge, word.as_bytes()) % JUDGES
}

/// The pieces by which a judge tells how much a folded word looks like a name: runs of two to four letters.
pub fn pieces(word: &str, judge: u32, mut give: impl FnMut(u32)) {
    const MOST: usize = 32;
    let marked: Vec<char> = ['^'].into_iter().chain(word.chars().take(MOST)).chain(['$']).collect();
    let start = mix(Sort::Piece as u32, judge);
    give(start);
    for at in 0..marked.len() {
        let mut key = mix(start, marked[at] as u32);
        for letter in marked.iter().skip(at + 1).take(3) {
            key = mix(key, *letter as u32);
            give(key);
        }
    }
}

/// How much a folded word looks like a name, in steps from 0 to 8.
pub fn looks(word: &str, known: &impl Known) -> u8 {
    let mut sum = 0;
    pieces(word, judge(word), |key| sum += known.piece(key));
    u8::try_from((sum / 32).clamp(-4, 4) + 4).unwrap_or(4)
}

/// The key under which a model keeps how often a folded word was seen in the texts that it has learnt from.
pub fn seen_key(word: &str) -> u32 {
    hash(Sort::Seen, word.as_bytes())
}

/// The key of what counts for every word.
pub fn always() -> u32 {
    hash(Sort::Always, &[])
}

/// How often a word was seen, in steps: outside names, and inside.
fn seen(word: &str, known: &impl Known) -> [u8; 2] {
    const STEPS: [usize; 6] = [1, 2, 4, 10, 30, 100];
    known
        .seen(seen_key(word))
        .map(|count| STEPS.iter().map(|&step| u8::from(count >= step)).sum())
}

/// Gives what a folded word tells by itself: each feature with its reach in words. `known` tells how often a word was
/// seen, by its key.
fn word_features(word: &str, lexicon: &Lexicon, known: &impl Known, mut give: impl FnMut(u32, usize)) {
    give(hash(Sort::Word, word.as_bytes()), 2);
    let class = lexicon.word(word);
    let [outside, inside] = seen(word, known);
    give(hash(Sort::Outside, &[outside]), 2);
    give(hash(Sort::Inside, &[inside]), 2);
    give(hash(Sort::Sighted, &[outside, inside.min(3)]), 2);
    let bare = bare(word, lexicon, known);
    let [outside, inside] = seen(bare, known);
    let clitics = word.len() - bare.len();
    let mut name = vec![outside, inside.min(3)];
    name.extend(&word.as_bytes()[..clitics]);
    give(hash(Sort::RestSighted, &name), 1);
    let looks_like = looks(word, known);
    give(hash(Sort::Looks, &[looks_like]), 1);
    give(hash(Sort::LooksSighted, &[looks_like, outside, inside.min(2)]), 1);
    if let Some(rest) = word.strip_prefix(JOINED).filter(|rest| rest.len() > 3) {
        let first = word.as_bytes()[1];
        give(hash(Sort::RestLooks, &[looks(rest, known), looks_like, first]), 1);
    }
    give(hash(Sort::Class, &class.bits().to_le_bytes()), 2);
    for bit in (0..16).filter(|bit| class.bits() & (1 << bit) != 0) {
        give(hash(Sort::Bit, &[bit]), 2);
    }
    for rest in text::readings(word).skip(1) {
        give(hash(Sort::Rest, rest.as_bytes()), 1);
        let class = lexicon.word(rest);
        if class != WordClass::default() {
            let mut name = class.bits().to_le_bytes().to_vec();
            name.extend(&word.as_bytes()[..word.len() - rest.len()]);
            give(hash(Sort::RestClass, &name), 1);
        }
    }
    let bounds: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let letters = bounds.len() - 1;
    give(hash(Sort::Length, &[u8::try_from(letters.min(12)).unwrap_or(12)]), 1);
    for length in 1..=letters.min(4) {
        give(
            hash(Sort::Prefix, &word.as_bytes()[..bounds[length]]),
            usize::from(length < 4),
        );
        give(
            hash(Sort::Suffix, &word.as_bytes()[bounds[letters - length]..]),
            usize::from(length < 4),
        );
    }
    for pair in bounds.windows(4) {
        give(hash(Sort::Letters, &word.as_bytes()[pair[0]..pair[3]]), 0);
    }
}

/// The word without the clitics that it probably has: as it was seen, or as the lexicon knows it.
fn bare<'a>(word: &'a str, lexicon: &Lexicon, known: &impl Known) -> &'a str {
    let often = |rest: &str| {
        let [outside, inside] = known.seen(seen_key(rest));
        let listed = usize::from(lexicon.word(rest) != WordClass::default());
        outside + inside + 5 * listed
    };
    let mut best = (often(word), word);
    for rest in text::readings(word).skip(1) {
        let count = often(rest);
        if count > 3 * best.0 {
            best = (count, rest);
        }
    }
    best.1
}

/// The sort of a word, from what the lexicon knows, from its letters and from how often it was seen.
fn sort(word: &str, lexicon: &Lexicon, known: &impl Known) -> u8 {
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
    let [outside, inside] = seen(bare(word, lexicon, known), known);
    match (rest, word) {
        (Some(sort), _) => 12 + sort,
        _ if inside > outside => 31,
        _ if word.starts_with(|letter: char| letter.is_ascii_digit()) => 25,
        _ if word.is_ascii() => 26,
        _ if word.chars().nth(1).is_none() => 27,
        _ if word.starts_with("ال") => 32 + outside.min(2),
        _ if word.starts_with(JOINED) && outside == 0 => {
            let rest = &word[word.chars().next().map_or(0, char::len_utf8)..];
            48 + level(looks(rest, known))
        }
        _ if word.starts_with(JOINED) => 36 + outside.min(2),
        _ if outside == 0 => 44 + level(looks(word, known)),
        _ => 40 + outside.min(3),
    }
}

/// Four levels of how much a word looks like a name.
fn level(looks: u8) -> u8 {
    match looks {
        0..=2 => 0,
        3..=4 => 1,
        5..=6 => 2,
        _ => 3,
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
        NameMeaning::Country(_, CountryForm::Name | CountryForm::Weak | CountryForm::Usual | CountryForm::Homeland) => {
            4
        }
        NameMeaning::Country(_, CountryForm::Nisba | CountryForm::WeakNisba) => 5,
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
        TitleMeaning::Calling(_) => 0, // no title
    }
}

/// The sentences of a text, as ranges of its words.
pub fn sentences(part: &Reading<'_>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..part.words.len() {
        let gap = part.gap(at);
        if gap == " " && at + 1 < part.words.len() {
            continue;
        }
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

/// The name Ali folded, and the preposition "on", which folds alike.
const ALI: &str = "علي";
const ON: &str = "على";

/// The labels that the word at `at` may have, by its letters and what parts it from the word before.
pub fn allowed(part: &Reading<'_>, at: usize, first: bool) -> [bool; LABELS] {
    let word = part.word(at);
    let name = !word.starts_with(|letter: char| letter.is_ascii());
    let joined = word.starts_with(JOINED) && word.len() > 4;
    let begins = name && !(word == ALI && text::same_spelling(part.written(at), ON));
    let goes_on = || {
        let initial = part.words[at - 1].len() < 3;
        part.gap(at - 1) == " " || (initial && matches!(part.gap(at - 1), ". " | "." | " . "))
    };
    [true, begins, name && joined, name && !first && goes_on()]
}

/// A sentence as features are read off it.
struct View<'a, 'b> {
    part: &'a Reading<'b>,
    told: &'a [&'a Told],
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
            1 + u32::from(self.told[near].sort) + (u32::from(self.hits.hits[near]) << 6)
        })
    }

    /// What the word and those around it tell by themselves, with what the lexicon finds there and what parts them.
    fn alone(&self, at: usize, frame: &Frame) -> Scores {
        let mut scores = [0; LABELS];
        let mut add = |weights: &Weights| {
            for (score, &weight) in scores.iter_mut().zip(weights) {
                *score += i32::from(weight);
            }
        };
        add(&frame.always);
        let [before, after] = self.gaps(at);
        add(&frame.gaps[0][usize::from(before)]);
        add(&frame.gaps[1][usize::from(after)]);
        for place in 0..PLACES {
            add(&frame.hits[place][usize::from(self.hit(at, place))]);
        }
        for place in 0..PLACES {
            if let Some(near) = self.at(at, place) {
                let told = &self.told[near].scores[PLACES - 1 - place];
                for (score, &weight) in scores.iter_mut().zip(told) {
                    *score += i32::from(weight);
                }
            }
        }
        scores
    }

    /// What the lexicon finds at `place` from the word at `at`.
    fn hit(&self, at: usize, place: usize) -> u8 {
        self.at(at, place).map_or(NO_WORD, |near| self.hits.hits[near])
    }

    /// What stands before the word at `at` and after it.
    fn gaps(&self, at: usize) -> [u8; 2] {
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
        [before, after]
    }

    /// Gives the features of [`Frame`].
    fn frame(&self, at: usize, mut give: impl FnMut(u32)) {
        give(always());
        for place in 0..PLACES {
            give(hash(
                Sort::Hit,
                &[u8::try_from(place).unwrap_or(0), self.hit(at, place)],
            ));
        }
        let [before, after] = self.gaps(at);
        give(hash(Sort::Gap, &[0, before]));
        give(hash(Sort::Gap, &[1, after]));
    }

    /// Gives what the word at `at` is told by together with its neighbours.
    fn features(&self, at: usize, mut give: impl FnMut(u32)) {
        let sorts: [u32; PLACES] = std::array::from_fn(|place| self.sort(at, place));
        let word = |place: usize| self.at(at, place).map_or(0, |near| self.told[near].word);
        let [before, after] = self.gaps(at);
        let gaps = u32::from(before) << 4 | u32::from(after);
        let sorts_key = |which: u32, left: u32, right: u32| mix(mix(Sort::Sorts as u32, which), left << 12 | right);
        give(sorts_key(0, sorts[2], gaps));
        give(sorts_key(1, sorts[1], sorts[2]));
        give(sorts_key(2, sorts[2], sorts[3]));
        give(mix(sorts_key(3, sorts[1], sorts[2]), sorts[3]));
        give(mix(sorts_key(4, sorts[0], sorts[1]), sorts[2]));
        give(mix(sorts_key(5, sorts[2], sorts[3]), sorts[4]));
        give(mix(mix(Sort::Neighbour as u32, word(1)), sorts[2]));
        give(mix(mix(Sort::Neighbour as u32 + 100, word(3)), sorts[2]));
        give(mix(mix(Sort::Words as u32, word(1)), word(2)));
        give(mix(mix(Sort::Words as u32, word(2)), word(3)));
    }
}

/// The names that the best labels of a sentence make; `start` is its first word.
fn best(scores: &[Scores], allowed: &[[bool; LABELS]], transitions: &Transitions, start: usize) -> Vec<Span> {
    let forward = forward(scores, allowed, transitions);
    let labels = trace(&forward, transitions);
    if labels.iter().all(|&label| label == OUTSIDE) {
        return Vec::new();
    }
    let backward = backward(scores, allowed, transitions);
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

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::config::Briefings;
    use crate::extract::Part;
    use crate::site;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| site::lexicon(&[], &Briefings::default()).value);

    /// The tagged names of a text as published, words that particles are written together with in whole.
    fn tagged(text: &str) -> Vec<String> {
        let part = Reading::new(Part::Body, text, &LEXICON);
        let words = |tag: &Span| tag.words.clone().map(|at| part.written(at).trim().to_owned());
        part.tags
            .iter()
            .map(|tag| words(tag).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn a_name_needs_no_title() {
        assert_eq!(tagged("وقال سامر الخطيب إن الحفل سيبدأ غدًا."), ["سامر الخطيب"]); // Samer Khatib said
        assert!(tagged("وقال إن الحفل سيبدأ غدًا على مسرح المدينة.").is_empty()); // the party begins tomorrow
    }

    #[test]
    fn a_lexicon_without_a_model_tags_nothing() {
        let settings = Briefings {
            tagger: false,
            ..Briefings::default()
        };
        let rules = site::lexicon(&[], &settings).value;
        let part = Reading::new(Part::Body, "وقال سامر الخطيب إن الحفل سيبدأ غدًا.", &rules);
        assert!(rules.model.is_none() && part.tags.is_empty());
    }

    #[test]
    fn what_a_word_tells_is_summed_as_it_is_learnt() {
        let text = "وقال سامر الخطيب، ومعه جون سميث: نعم";
        let part = Reading::new(Part::Body, text, &LEXICON);
        let model = LEXICON.model.as_ref().expect("the built-in model");
        let told: Vec<Told> = (0..part.words.len())
            .map(|at| Told::of(part.word(at), model, &LEXICON))
            .collect();
        let told: Vec<&Told> = told.iter().collect();
        let hits = Hits::of(&part);
        let view = View {
            part: &part,
            told: &told,
            hits: &hits,
            sentence: 0..part.words.len(),
        };
        for (at, keys) in features(&part, model).into_iter().enumerate() {
            let mut learnt = [0; LABELS];
            for key in keys {
                model.add(key, &mut learnt);
            }
            let mut summed = view.alone(at, &Frame::of(model));
            view.features(at, |key| model.add(key, &mut summed));
            assert_eq!(summed, learnt, "{}", part.word(at));
        }
    }

    proptest! {
        #[test]
        fn tags_lie_in_the_text_and_do_not_overlap(text in "[وفبكلاعميسنرد .،\n\"a1()]{0,80}|\\PC{0,40}") {
            let part = Reading::new(Part::Body, &text, &LEXICON);
            let mut end = 0;
            for tag in &part.tags {
                prop_assert!(end <= tag.words.start && tag.words.start < tag.words.end);
                end = tag.words.end;
            }
            prop_assert!(end <= part.words.len());
        }
    }
}
