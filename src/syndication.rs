//! Which texts are copies of one dispatch: agencies send it, papers print it shortened, under another headline, with
//! lines of their own and spelling habits of their own.
//!
//! In: for each text its day, whom it names and a [`Signature`] of its words. Out: groups, each a chief and its copies.
//! Texts that may be copies are found by their signatures alone (`MinHash` with banding); whether they are is told by
//! their words (`compare`), so that chance may at most overlook a copy and never makes one. Two dispatches of one
//! series, the same words with other numbers, names or days, are no copies of each other.

mod compare;
mod words;

use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::date::Date;

use compare::Words;
pub use compare::{Name, Published};
pub use words::key;

/// Copies are printed within so many days.
const DAYS: i32 = 3;

/// Of a text of fewer words than this, too little is known to call another one its copy.
const FEWEST_WORDS: usize = 20;

/// A copy has at least a third of the words of the longer text.
const SHORTENED: usize = 3;

/// Numbers in a signature: hashes, each of which parts the runs of a text into so many bins.
const HASHES: [u64; 8] = [
    0x9E37_79B9_7F4A_7C15,
    0xC2B2_AE3D_27D4_EB4F,
    0x1656_67B1_9E37_79F9,
    0xD6E8_FEB8_6659_FD93,
    0xA076_1D64_78BD_642F,
    0xE703_7ED1_A0B4_28DB,
    0x8EBC_6AF0_9C88_C6E3,
    0x5899_65CC_7537_4CC3,
];
const BINS: usize = 8;
const NUMBERS: usize = HASHES.len() * BINS;

/// Numbers that must agree for two texts to be looked at. With two, of texts that share a third of their runs, 97 in
/// 100 are.
const BAND: usize = 2;

/// The numbers of one band.
type Band = [u32; BAND];

/// Texts of one band that each is compared with at most, so that words which all texts of a site share cost little.
const CROWD: usize = 32;

/// Pairs whose texts are held in memory at once.
const AT_ONCE: usize = 1024;

/// Share of the runs of the shorter text, in percent, that must seem to be in the longer one for a closer look; so far
/// below what is asked then that an error of the estimate rarely counts.
const PROMISING: usize = 40;

/// What is kept of a text to find others like it: of each of many parts of its runs of three words the least hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    words: u32,
    least: [[u32; BINS]; HASHES.len()],
}

/// A text among which copies are sought.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// Its day; one without a day may be a copy of any.
    pub day: Option<Date>,
    /// Whether a person has reviewed it.
    pub reviewed: bool,
    /// What was kept of its words.
    pub signature: &'a Signature,
    /// Whom and what it names, as numbers, each once and in order.
    pub named: Vec<u64>,
    /// What a person says of it.
    pub stated: Option<Stated>,
}

/// What a person says of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    /// It is nobody's copy, nor is any other found to be its.
    Alone,
    /// It is a copy of this text. No text is by way of others a copy of itself.
    CopyOf(usize),
}

/// A text and its copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The text that stands for all.
    pub chief: usize,
    /// The others, in order.
    pub copies: Vec<Copy>,
}

/// A copy and why it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copy {
    /// The text.
    pub text: usize,
    /// What it rests on.
    pub rule: CopyRule,
}

/// Why a text is a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyRule {
    /// A person says so.
    Stated,
    /// Of the runs of three words of the shorter text, this share in percent stands in the other one.
    Found(u8),
}

/// The signature of a text as published.
pub fn signature(text: &str) -> Signature {
    let mut signature = Signature {
        words: 0,
        least: [[u32::MAX; BINS]; HASHES.len()],
    };
    let mut last = [0; 2];
    words::cut(text, |word| {
        if signature.words >= 2 {
            signature.add(words::run([last[0], last[1], word.key]));
        }
        last = [last[1], word.key];
        signature.words = signature.words.saturating_add(1);
    });
    signature
}

impl Signature {
    /// The numbers of a band; `None` where a bin of it is empty.
    fn band(&self, band: usize) -> Option<Band> {
        let numbers: Band = self.numbers()[band * BAND..].first_chunk().copied()?;
        (!numbers.contains(&u32::MAX)).then_some(numbers)
    }

    fn numbers(&self) -> &[u32] {
        self.least.as_flattened()
    }

    fn add(&mut self, run: u64) {
        for (hash, least) in HASHES.iter().zip(&mut self.least) {
            let mixed = run.wrapping_mul(*hash);
            let bin = (mixed >> 61) as usize;
            #[expect(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
            let value = (mixed >> 29) as u32;
            least[bin] = least[bin].min(value);
        }
    }

    /// Whether a text of each may be a pair that is looked at: they agree in a band.
    pub fn meets(&self, other: &Signature) -> bool {
        let (left, right) = (self.numbers().chunks_exact(BAND), other.numbers().chunks_exact(BAND));
        left.zip(right)
            .any(|(left, right)| left == right && !left.contains(&u32::MAX))
    }

    /// Whether the shorter of two texts may stand in the longer one.
    fn promises(&self, other: &Signature) -> bool {
        let (mut filled, mut agree) = (0, 0);
        for (left, right) in self.numbers().iter().zip(other.numbers()) {
            filled += usize::from(left.min(right) != &u32::MAX);
            agree += usize::from(left == right && *left != u32::MAX);
        }
        let (shorter, longer) = (
            self.words.min(other.words) as usize,
            self.words.max(other.words) as usize,
        );
        // Of all their runs agree/filled are in both; so of those of both, counted twice, agree/(filled + agree).
        shorter * SHORTENED >= longer && agree * (shorter + longer) * 100 >= PROMISING * shorter * (filled + agree)
    }
}

/// Groups texts, given in reading order; `published` gives what is needed for a closer look at one. A text without
/// copies is in no group.
///
/// The chief is the one of which a person says that others are its copies; else a reviewed one; else the fullest, as
/// what only its copies name is named nowhere. Of texts that are as full but for a tenth it is the earliest, then the
/// fuller, then the first.
pub fn groups(texts: &[Text<'_>], published: impl Fn(usize) -> Published + Sync) -> Vec<Group> {
    let chief_stated: Vec<usize> = (0..texts.len()).map(|text| stated_chief(texts, text)).collect();
    let mut groups: BTreeMap<usize, Vec<Copy>> = BTreeMap::new();
    for (text, &chief) in chief_stated.iter().enumerate().filter(|(text, chief)| text != *chief) {
        groups.entry(chief).or_default().push(Copy {
            text,
            rule: CopyRule::Stated,
        });
    }
    let mut alike = Alike::default();
    for (left, right, share) in pairs(texts, published) {
        let (left, right) = (chief_stated[left], chief_stated[right]);
        if left != right {
            alike.add(left, right, share);
        }
    }
    gather(texts, &alike, &mut groups);
    let group = |(chief, mut copies): (usize, Vec<Copy>)| {
        copies.sort_unstable_by_key(|copy| copy.text);
        Group { chief, copies }
    };
    groups.into_iter().map(group).collect()
}

/// The text that a person makes the chief of `text`, by way of others if need be; `text` itself where nobody does.
fn stated_chief(texts: &[Text<'_>], mut text: usize) -> usize {
    while let Some(Stated::CopyOf(chief)) = texts[text].stated {
        text = chief;
    }
    text
}

/// For each text those that are copies of the same dispatch, with the share of the shorter text that is in both.
#[derive(Default)]
struct Alike(BTreeMap<usize, BTreeMap<usize, u8>>);

impl Alike {
    fn add(&mut self, left: usize, right: usize, share: u8) {
        for (text, other) in [(left, right), (right, left)] {
            let known = self.0.entry(text).or_default().entry(other).or_default();
            *known = share.max(*known);
        }
    }

    fn of(&self, text: usize) -> impl Iterator<Item = (usize, u8)> {
        let of = self.0.get(&text).into_iter().flatten();
        of.map(|(&other, &share)| (other, share))
    }

    fn share(&self, text: usize, other: usize) -> Option<u8> {
        self.0.get(&text)?.get(&other).copied()
    }
}

/// Gathers round each text, fullest first, those that are like it and not yet gathered: so all of a group are like one
/// text, and no row of small differences leads from one dispatch to another. Of whom a person says that others are its
/// copies is no copy itself.
fn gather(texts: &[Text<'_>], alike: &Alike, groups: &mut BTreeMap<usize, Vec<Copy>>) {
    let stated: BTreeSet<usize> = groups.keys().copied().collect();
    let mut centres: Vec<usize> = alike.0.keys().copied().collect();
    centres.sort_by_key(|&text| (!stated.contains(&text), Reverse(texts[text].signature.words), text));
    let mut gathered = vec![false; texts.len()];
    for centre in centres {
        let free = |text: &usize| !gathered[*text] && !stated.contains(text);
        let members: Vec<usize> = alike.of(centre).map(|(text, _)| text).filter(free).collect();
        if gathered[centre] || members.is_empty() {
            continue;
        }
        let all = members.iter().copied().chain([centre]);
        let elected = if stated.contains(&centre) {
            Some(centre)
        } else {
            chief(texts, all.clone())
        };
        let Some(chief) = elected else { continue };
        for text in all {
            gathered[text] = true;
            let share = alike.share(chief, text).or_else(|| alike.share(centre, text));
            if let Some(share) = share.filter(|_| text != chief) {
                let rule = CopyRule::Found(share);
                groups.entry(chief).or_default().push(Copy { text, rule });
            }
        }
    }
}

/// Which of the texts stands for all.
fn chief(texts: &[Text<'_>], members: impl Iterator<Item = usize> + Clone) -> Option<usize> {
    let words = |text: usize| texts[text].signature.words;
    let fullest = members.clone().map(words).max()?;
    members.min_by_key(|&text| {
        let full = words(text) >= fullest - fullest / 10;
        let day = texts[text].day;
        let order = (day.is_none(), day, Reverse(words(text)), text);
        (!texts[text].reviewed, !full, order)
    })
}

/// All pairs of which one is a copy of the other, with the share of the shorter one's runs that stand in the other.
fn pairs(texts: &[Text<'_>], published: impl Fn(usize) -> Published + Sync) -> Vec<(usize, usize, u8)> {
    let found = promising(texts);
    let chunks = found.chunks(AT_ONCE);
    chunks.flat_map(|pairs| compared(pairs, &published)).collect()
}

/// Those of the pairs that are copies. Each text is read once.
fn compared(pairs: &[(usize, usize)], published: &(impl Fn(usize) -> Published + Sync)) -> Vec<(usize, usize, u8)> {
    let texts: BTreeSet<usize> = pairs.iter().flat_map(|&(left, right)| [left, right]).collect();
    let texts: Vec<usize> = texts.into_iter().collect();
    let words: Vec<Words> = texts.par_iter().map(|&text| Words::new(published(text))).collect();
    let words: FxHashMap<usize, &Words> = texts.into_iter().zip(&words).collect();
    let compared = |&(left, right): &(usize, usize)| {
        let share = compare::copied(words[&left], words[&right])?;
        Some((left, right, share))
    };
    pairs.par_iter().filter_map(compared).collect()
}

/// All pairs that are worth a closer look, each once and in order.
fn promising(texts: &[Text<'_>]) -> Vec<(usize, usize)> {
    let sought: Vec<usize> = (0..texts.len()).filter(|&text| is_sought(&texts[text])).collect();
    let mut pairs: Vec<(usize, usize)> = (0..NUMBERS / BAND)
        .into_par_iter()
        .flat_map_iter(|band| in_band(texts, &sought, band))
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// Whether copies of a text are looked for.
fn is_sought(text: &Text<'_>) -> bool {
    text.signature.words as usize >= FEWEST_WORDS && text.stated != Some(Stated::Alone)
}

/// The pairs worth a closer look of those that agree in the numbers of one band.
fn in_band(texts: &[Text<'_>], sought: &[usize], band: usize) -> Vec<(usize, usize)> {
    let filled = |&text: &usize| Some((texts[text].signature.band(band)?, text));
    let mut texts_of_band: Vec<(Band, usize)> = sought.iter().filter_map(filled).collect();
    texts_of_band.sort_unstable();
    let mut pairs = Vec::new();
    let same = texts_of_band.chunk_by(|left, right| left.0 == right.0);
    for same in same.filter(|same| same.len() > 1) {
        let same: Vec<usize> = same.iter().map(|&(_, text)| text).collect();
        let dated = same.partition_point(|&text| texts[text].day.is_some());
        for (at, &left) in same.iter().enumerate() {
            let near = |right: &usize| are_near(&texts[left], &texts[*right]);
            let next = same[..dated].iter().skip(at + 1).copied().take_while(near);
            let undated = same[dated.max(at + 1)..].iter().copied();
            let look = |right: usize| is_promising(&texts[left], &texts[right]).then_some((left, right));
            pairs.extend(next.take(CROWD).chain(undated.take(CROWD)).filter_map(look));
        }
    }
    pairs
}

/// The first and the last day of texts whose being looked at may depend on one of this day: those of its possible copies,
/// and of the possible copies of these.
pub fn window(day: Date) -> (Date, Date) {
    let days = jiff::Span::new().days(2 * DAYS);
    (day.saturating_sub(days), day.saturating_add(days))
}

/// Whether one of two texts that meet, of which nobody says that it is a copy, is one of the other.
pub fn are_copies(left: &Text<'_>, right: &Text<'_>, published: impl FnOnce() -> [Published; 2]) -> bool {
    let looked_at =
        is_sought(left) && is_sought(right) && are_near(left, right) && left.signature.meets(right.signature);
    looked_at && is_promising(left, right) && {
        let [left, right] = published().map(Words::new);
        compare::copied(&left, &right).is_some()
    }
}

/// Whether a text that changes from `before` to `after` may change which of the texts around it are looked at: in a band
/// that it enters or leaves there are so many that not all of them are.
pub fn crowds(before: &Signature, after: &Signature, around: &[&Signature]) -> bool {
    let is_full = |own: &[u32], band: usize| {
        let same = around
            .iter()
            .filter(|other| &other.numbers()[band * BAND..][..BAND] == own);
        !own.contains(&u32::MAX) && same.take(CROWD).count() == CROWD
    };
    let bands = before
        .numbers()
        .chunks_exact(BAND)
        .zip(after.numbers().chunks_exact(BAND));
    let mut changed = bands.enumerate().filter(|(_, (before, after))| before != after);
    changed.any(|(band, (before, after))| is_full(before, band) || is_full(after, band))
}

fn are_near(left: &Text<'_>, right: &Text<'_>) -> bool {
    match (left.day, right.day) {
        (Some(left), Some(right)) => left.until(right).is_ok_and(|span| span.get_days().abs() <= DAYS),
        _ => true,
    }
}

/// Whether two texts look alike by what is kept of them: of what they name, if it is more than one, half of the shorter
/// list is in the longer one, and their signatures are alike.
fn is_promising(left: &Text<'_>, right: &Text<'_>) -> bool {
    let shared = left.named.iter().filter(|name| right.named.binary_search(name).is_ok());
    let fewest = left.named.len().min(right.named.len());
    (fewest < 2 || shared.count() * 2 >= fewest) && left.signature.promises(right.signature)
}

#[cfg(test)]
mod tests;
