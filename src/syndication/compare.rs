//! Two texts laid side by side: whether one is a copy of the other, by their words.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::{self, Word};
use super::{FEWEST_WORDS, SHORTENED};
use crate::{date, text};

/// Share of the runs of three words of the shorter text, in percent, that stand in the other one too.
const SHARED: usize = 70;

/// Runs at the start of a text of which half must stand in the other: the news itself, not what comes after it each time.
const OPENING: usize = 18;

/// In one word of so many, other words may stand in place of those of the other text; the more in a row, the dearer.
const REPLACED: usize = 20;

/// Words before or after all that two texts share that may still be of the dispatch; more are a line of the paper's own.
const END: usize = 6;

/// Stretches of the other text that are looked at for one place.
const MOST_PLACES: usize = 8;

/// Longest stretch, in words, of which is asked what it states; a longer one is another passage, whatever it states.
const LONGEST_STRETCH: usize = 12;

/// Numbers as words, folded: three to ten, the tens, hundred, thousand and above.
const COUNTS: [&str; 46] = [
    "ثلاث",
    "ثلاثه",
    "اربع",
    "اربعه",
    "خمس",
    "خمسه",
    "ست",
    "سته",
    "سبع",
    "سبعه",
    "ثمان",
    "ثماني",
    "ثمانيه",
    "تسع",
    "تسعه",
    "عشر",
    "عشره",
    "عشرون",
    "عشرين",
    "ثلاثون",
    "ثلاثين",
    "اربعون",
    "اربعين",
    "خمسون",
    "خمسين",
    "ستون",
    "ستين",
    "سبعون",
    "سبعين",
    "ثمانون",
    "ثمانين",
    "تسعون",
    "تسعين",
    "مئه",
    "مائه",
    "مئتي",
    "مئتين",
    "الف",
    "الفي",
    "الفين",
    "مليون",
    "مليار",
    "hundred",
    "thousand",
    "million",
    "billion",
];

/// Longest name, in letters, of which two spellings are compared.
const LONGEST_NAME: usize = 60;

/// A text as published, with the names in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// The words, without what stands before and after every dispatch.
    pub text: String,
    /// In order.
    pub names: Vec<Name>,
}

/// A place in a text where someone or something is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The country or organisation, by number; `None` for a person.
    pub of: Option<u32>,
}

/// A text cut into words, ready to be compared.
pub struct Words {
    published: Published,
    words: Vec<Word>,
    /// Each word once.
    keys: FxHashSet<u64>,
    /// Runs of three words in the order of the text.
    runs: Vec<u64>,
    /// The same, each once.
    distinct: FxHashSet<u64>,
}

impl Words {
    /// Cuts a text.
    pub fn new(published: Published) -> Words {
        let mut all = Vec::new();
        words::cut(&published.text, |word| all.push(word));
        let runs: Vec<u64> = all
            .windows(3)
            .map(|three| words::run([three[0].key, three[1].key, three[2].key]))
            .collect();
        Words {
            keys: all.iter().map(|word| word.key).collect(),
            distinct: runs.iter().copied().collect(),
            words: all,
            runs,
            published,
        }
    }

    /// The key of the word at `at`; `None` before the first and after the last.
    fn key(&self, at: Option<usize>) -> Option<u64> {
        self.words.get(at?).map(|word| word.key)
    }

    /// Whether half of the runs at the start stand in the other text.
    fn opens_in(&self, other: &Words) -> bool {
        let opening = &self.runs[..OPENING.min(self.runs.len())];
        let there = opening.iter().filter(|run| other.distinct.contains(run)).count();
        there * 2 >= opening.len()
    }

    /// The words from the first run to the last that the other text has too, and what stands before and after unless it
    /// is so long that it is a line of its own.
    fn core(&self, other: &Words) -> Range<usize> {
        let shared = |run: &u64| other.distinct.contains(run);
        let first = self.runs.iter().position(shared).unwrap_or(0);
        let end = self.runs.iter().rposition(shared).map_or(0, |last| last + 3);
        let start = if first <= END { 0 } else { first };
        let rest = self.words.len() - end;
        start..if rest <= END { self.words.len() } else { end }
    }

    /// The stretches of words that the other text has nowhere.
    fn own(&self, other: &Words) -> Vec<Range<usize>> {
        let core = self.core(other);
        let mut own: Vec<Range<usize>> = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            match own.last_mut() {
                _ if other.keys.contains(&word.key) || !core.contains(&at) => {}
                Some(last) if last.end == at => last.end += 1,
                _ => own.push(at..at + 1),
            }
        }
        own
    }

    /// What stands round a stretch: the words on both sides, the two before, the two after.
    fn places(&self, stretch: &Range<usize>) -> [Option<Place>; 3] {
        let before = |count: usize| self.key(stretch.start.checked_sub(count));
        let after = |count: usize| self.key(Some(stretch.end + count - 1));
        let place = |side, first: Option<u64>, second: Option<u64>| Some((side, first?, second?));
        [
            place(Side::Both, before(1), after(1)),
            place(Side::Before, before(2), before(1)),
            place(Side::After, after(1), after(2)),
        ]
    }

    /// The folded letters of a stretch, written together.
    fn letters(&self, stretch: &Range<usize>) -> String {
        let whole = self.words[stretch.start].range.start..self.words[stretch.end - 1].range.end;
        let folded = text::fold(&self.published.text[whole]);
        folded
            .as_str()
            .chars()
            .filter(|&letter| text::is_word_letter(letter))
            .collect()
    }

    fn facts(&self, stretch: &Range<usize>) -> Facts {
        let mut facts = Facts::default();
        for word in &self.words[stretch.clone()] {
            let words = &self.published.text[word.range.clone()];
            let folded = text::fold_name(words);
            let is = |known: fn(&str) -> bool| {
                known(&folded) || folded.strip_prefix('\u{0648}').is_some_and(known) // and
            };
            if word.number {
                facts.numbers.insert(word.key);
            } else if is(date::is_day_or_month) {
                facts.days.insert(word.key);
            } else if is(|word| COUNTS.contains(&word)) {
                facts.counts.insert(word.key);
            }
            let names = &self.published.names;
            let first = names.partition_point(|name| name.range.end <= word.range.start);
            for name in names[first..]
                .iter()
                .take_while(|name| name.range.start < word.range.end)
            {
                match name.of {
                    Some(of) => facts.named.insert(of),
                    None => facts.people.insert(word.key),
                };
            }
        }
        facts
    }
}

/// Which words round a stretch tell its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Both,
    Before,
    After,
}

type Place = (Side, u64, u64);

/// What a stretch of words states that makes one dispatch of a series differ from the next.
#[derive(Debug, Default)]
struct Facts {
    /// In digits.
    numbers: BTreeSet<u64>,
    /// In words.
    counts: BTreeSet<u64>,
    days: BTreeSet<u64>,
    named: BTreeSet<u32>,
    people: BTreeSet<u64>,
}

impl Facts {
    /// Whether two stretches in one place state different things of one sort.
    fn differ(&self, other: &Facts) -> bool {
        fn differ<T: Ord>(left: &BTreeSet<T>, right: &BTreeSet<T>) -> bool {
            !left.is_empty() && !right.is_empty() && left.is_disjoint(right)
        }
        differ(&self.numbers, &other.numbers)
            || differ(&self.counts, &other.counts)
            || differ(&self.days, &other.days)
            || differ(&self.named, &other.named)
            || differ(&self.people, &other.people)
    }

    /// Whether the same may be stated in other letters: no number or day is, and no two countries.
    fn may_be(&self, other: &Facts) -> bool {
        let none = |facts: &Facts| facts.numbers.is_empty() && facts.counts.is_empty() && facts.days.is_empty();
        none(self) && none(other) && (self.named == other.named || self.named.is_empty() || other.named.is_empty())
    }
}

/// Where one of two texts is a copy of the other: the share in percent of the shorter one's runs of three words that
/// stand in the other one too. `None` where none is.
pub fn copied(left: &Words, right: &Words) -> Option<u8> {
    let (shorter, longer) = if left.words.len() <= right.words.len() {
        (left, right)
    } else {
        (right, left)
    };
    let alike = shorter.words.len() >= FEWEST_WORDS && shorter.words.len() * SHORTENED >= longer.words.len();
    if !alike {
        return None;
    }
    let shared = shorter
        .distinct
        .iter()
        .filter(|run| longer.distinct.contains(run))
        .count();
    let share = shared * 100 / shorter.distinct.len().max(1);
    let kept = share >= SHARED && (shorter.opens_in(longer) || longer.opens_in(shorter));
    (kept && replaced(shorter, longer)? <= shorter.words.len() / REPLACED).then(|| u8::try_from(share).unwrap_or(100))
}

/// How many words of one text stand in place of others in the other one, a stretch of n counted n times n; `None`
/// where what stands there are other numbers, days or names. What is spelled otherwise is not replaced, and what is
/// added or left out stands in place of nothing.
fn replaced(left: &Words, right: &Words) -> Option<usize> {
    let mut there: FxHashMap<Place, Vec<Range<usize>>> = FxHashMap::default();
    for stretch in right.own(left) {
        for place in right.places(&stretch).into_iter().flatten() {
            there.entry(place).or_default().push(stretch.clone());
        }
    }
    let mut replaced = 0;
    for stretch in left.own(right) {
        let places = left.places(&stretch).into_iter().flatten();
        let others = places.filter_map(|place| there.get(&place)).flatten();
        replaced += weigh((left, &stretch), others.take(MOST_PLACES).map(|other| (right, other)))?;
    }
    Some(replaced)
}

/// What a stretch weighs beside those that stand in its place in the other text; `None` where it states other things.
fn weigh<'a>(
    (own, stretch): (&Words, &Range<usize>),
    others: impl Iterator<Item = (&'a Words, &'a Range<usize>)>,
) -> Option<usize> {
    let mut others = others.peekable();
    if others.peek().is_none() {
        return Some(0);
    }
    let mut lightest = usize::MAX;
    for (other, theirs) in others {
        let replaced = stretch.len().min(theirs.len()).pow(2);
        if stretch.len().max(theirs.len()) > LONGEST_STRETCH {
            lightest = lightest.min(replaced);
            continue;
        }
        let (facts, stated) = (own.facts(stretch), other.facts(theirs));
        let weight = if facts.may_be(&stated) && is_spelling(&own.letters(stretch), &other.letters(theirs)) {
            0
        } else if facts.differ(&stated) {
            return None;
        } else {
            replaced
        };
        lightest = lightest.min(weight);
    }
    Some(lightest)
}

/// Whether words differ as spellings of one name do: in one letter of five at most.
fn is_spelling(left: &str, right: &str) -> bool {
    let (left_count, right_count) = (left.chars().count(), right.chars().count());
    let (shorter, longer) = (left_count.min(right_count), left_count.max(right_count));
    left == right || (shorter >= 5 && longer <= LONGEST_NAME && strsim::osa_distance(left, right) * 5 <= shorter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_told_from_other_names() {
        for (left, right, same) in [
            ("سيرجي", "سيرغي", true),     // Sergei
            ("اميركا", "امريكا", true),   // America
            ("عبدالله", "عبدالله", true), // Abdullah
            ("محمد", "محمود", false),     // Mohammed, Mahmoud
            ("الهند", "اليابان", false),  // India, Japan
            ("ارتفع", "انخفض", false),    // rose, fell
        ] {
            assert_eq!(is_spelling(left, right), same, "{left} {right}");
        }
    }
}
