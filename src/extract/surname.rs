//! Names by which people already read are called alone: the surname.
//!
//! In: a reading, and the people whom the text names in full. Out: a mention wherever the surname of exactly one of
//! them stands for the person.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::called::Meant;
use super::official::{People, is_namesake};
use super::{Candidate, Part, Reading, Rule, Subject, called, name};
use crate::lexicon::{NameMeaning, TitleMeaning, WordClass};
use crate::text;

/// Least margin of a tagged name of one word that nobody else of the text has, in units of 1/32.
const LEAST_MARGIN: i32 = 32;

/// Words for places, right before what they are called: محافظة العلا.
const PLACES: [&str; 6] = ["محافظه", "مدينه", "جزيره", "قريه", "ولايه", "منطقه"];

/// By the first folded word of a surname: the surname, and whose it is.
type Surnames = FxHashMap<String, Vec<(String, usize)>>;

impl People<'_> {
    /// What a person of this text may be called alone: the surname of the lexicon, or the last word of the name.
    pub(super) fn surnames(&self, person: usize) -> impl Iterator<Item = String> {
        let candidate = &self.people[person];
        let known = candidate.known.and_then(|ix| self.lexicon.person(ix));
        let listed = known
            .into_iter()
            .flat_map(|person| person.surname.iter().chain(&person.surname_en));
        let listed: Vec<String> = listed.map(|surname| text::fold_name(surname)).collect();
        let arabic = known.is_some_and(|person| person.surname.is_some());
        let last = self.last_name(candidate).filter(|_| !arabic);
        listed.into_iter().chain(last)
    }

    /// The last word of a name with the particles before it, or the two words that are one name at its end.
    fn last_name(&self, candidate: &Candidate) -> Option<String> {
        let name = text::fold_name(&candidate.name);
        let words: Vec<&str> = name.split(' ').collect();
        if called::is_led(&words, self.lexicon) {
            return None;
        }
        let led = called::surname(&words, self.lexicon).filter(|surname| surname.len() > 1);
        let led = led.map(|surname| surname.join(" "));
        led.or_else(|| name::last(&candidate.key).map(str::to_owned))
    }

    /// Reads the names by which people already read are called alone.
    pub fn read_surnames(&mut self, part: &Reading<'_>) {
        let surnames = self.certain_surnames();
        if surnames.is_empty() {
            return;
        }
        let mentions = self.mentions.iter().filter(|mention| mention.part == part.part);
        let taken = Taken::new(mentions.map(|mention| mention.range.clone()).collect());
        let mut named = self.first_mentions();
        for at in 0..part.words.len() {
            let Some((person, words)) = self.surname_at(part, at, &surnames, &named) else {
                continue;
            };
            let range = name::bare(part, &words, self.lexicon);
            let mention = part.mention(range.clone(), range, Subject::Person(person), Rule::Surname);
            if !taken.overlaps(&mention.range) {
                let start = (mention.part, mention.range.start);
                let first = &mut named[usize::from(person)];
                *first = Some(first.map_or(start, |known| known.min(start)));
                self.mentions.push(mention);
            }
        }
    }

    /// Reads names of one word that the tagger alone tells: of the one person who is called so, or of someone new.
    /// `places` are the words that the text calls places by somewhere: `محافظة العلا`.
    pub fn read_singles(&mut self, part: &Reading<'_>, places: &BTreeSet<String>) {
        if part.tags.iter().all(|tag| tag.words.len() > 1) {
            return;
        }
        let mentions = self.mentions.iter().filter(|mention| mention.part == part.part);
        let taken = Taken::new(mentions.map(|mention| mention.range.clone()).collect());
        let mut people: FxHashMap<String, usize> = self.certain_surnames().into_values().flatten().collect();
        people.extend(self.people.iter().map(|person| person.key.clone()).zip(0..));
        for tag in part.tags.iter().filter(|tag| tag.words.len() == 1) {
            let range = part.trimmed(name::bare(part, &tag.words, self.lexicon));
            let namesake = is_namesake(part, tag.words.start, self.lexicon);
            let thing =
                namesake || name::is_numbered_model(part, tag.words.end) || places.contains(part.word(tag.words.start));
            if taken.overlaps(&range) || thing || !name::is_sure(part, tag) {
                continue;
            }
            let name = name::tagged(part, tag);
            let person = people.get(&name.key).copied();
            match person.map_or_else(|| self.called_by(&name.written, false, None), Meant::One) {
                Meant::One(person) => self.mention(part, name.words.clone(), name.words, person, Rule::Surname),
                Meant::Nobody if tag.margin >= LEAST_MARGIN => {
                    people.insert(name.key.clone(), self.people.len());
                    self.add(part, &name, None, Rule::Tagged);
                }
                Meant::Nobody | Meant::Several => {}
            }
        }
    }

    /// The surnames of three letters or more that only one person of the text has.
    fn certain_surnames(&self) -> Surnames {
        let mut owners: FxHashMap<String, Option<usize>> = FxHashMap::default();
        for person in 0..self.people.len() {
            for surname in self.surnames(person) {
                let owner = owners.entry(surname).or_insert(Some(person));
                *owner = owner.filter(|&owner| owner == person);
            }
        }
        let mut surnames = Surnames::default();
        for person in 0..self.people.len() {
            for surname in self.surnames(person) {
                if surname.chars().count() > 2 && owners.get(&surname) == Some(&Some(person)) {
                    let first = surname.split(' ').next().unwrap_or(&surname).to_owned();
                    surnames.entry(first).or_default().push((surname, person));
                }
            }
        }
        surnames
    }

    /// For each person, where the first mention begins.
    pub(super) fn first_mentions(&self) -> Vec<Option<(Part, u32)>> {
        let mut named: Vec<Option<(Part, u32)>> = vec![None; self.people.len()];
        for mention in &self.mentions {
            if let Subject::Person(person) = mention.subject {
                let start = (mention.part, mention.range.start);
                let first = &mut named[usize::from(person)];
                *first = Some(first.map_or(start, |known| known.min(start)));
            }
        }
        named
    }

    /// The person whose surname begins at word `at`, after the person's full name or known to the lexicon.
    fn surname_at(
        &self,
        part: &Reading<'_>,
        at: usize,
        surnames: &Surnames,
        first: &[Option<(Part, u32)>],
    ) -> Option<(u16, Range<usize>)> {
        let mut begun = text::readings(part.word(at))
            .filter_map(|word| surnames.get(word))
            .flatten();
        let (surname, person) = begun.find(|(surname, _)| follows(part, at, surname))?;
        let person = u16::try_from(*person).ok()?;
        let title = at
            .checked_sub(1)
            .and_then(|before| part.title_ending(part.words[before].end));
        let addressed = title.is_some_and(|hit| hit.meaning == TitleMeaning::Honorific);
        let other = part
            .name_at(part.words[at].start)
            .is_some_and(|hit| !matches!(hit.meaning, NameMeaning::Official(_)));
        let known = self.people[usize::from(person)].known.is_some();
        let named = (known && !other) || first[usize::from(person)].is_some_and(|first| is_before(part, at, first));
        let alone = addressed || (!other && (title.is_some() || self.stands_alone(part, at, surname)));
        let namesake = is_namesake(part, at, self.lexicon);
        (named && alone && !namesake).then(|| (person, at..at + surname.split(' ').count()))
    }

    /// Whether a surname without a title is one here: it is no other word, or it is a given name between a verb and "that".
    fn stands_alone(&self, part: &Reading<'_>, at: usize, surname: &str) -> bool {
        let class = self.lexicon.word(surname);
        let ordinary = class.is(WordClass::VERB.or(WordClass::PARTICLE).or(WordClass::COMMON));
        let verb = |word: &str| text::readings(word).any(|word| self.lexicon.word(word).is(WordClass::VERB));
        let spoke = |word: &str| verb(word) || word == "وبين"; // "and explained", else "and between"
        let spoken = at > 0 && spoke(part.word(at - 1)) && matches!(part.word(at + 1), "ان" | "انه" | "انها" | "بان");
        !ordinary && (!class.is(WordClass::GIVEN) || spoken)
    }
}

/// The folded words that stand right after "province", "city" and the like, anywhere in a text: `محافظة العلا`, `جزيرة روبن`.
/// Only words that the tagger takes for names of one word are looked at.
pub fn places(parts: &[Reading<'_>]) -> BTreeSet<String> {
    let mut tagged: BTreeSet<&str> = BTreeSet::new();
    for part in parts {
        let singles = part.tags.iter().filter(|tag| tag.words.len() == 1);
        tagged.extend(singles.map(|tag| part.word(tag.words.start)));
    }
    let mut places = BTreeSet::new();
    for part in parts.iter().filter(|_| !tagged.is_empty()) {
        for at in 1..part.words.len() {
            let called = tagged.contains(part.word(at)) && part.gap(at - 1) == " ";
            if called && text::readings(part.word(at - 1)).any(|word| PLACES.contains(&word)) {
                places.insert(part.word(at).to_owned());
            }
        }
    }
    places
}

/// Whether a mention that begins at `first` stands before word `at`; in a title, all mentions of the page do.
fn is_before(part: &Reading<'_>, at: usize, first: (Part, u32)) -> bool {
    let start = super::small(part.folded.source_range(part.words[at].clone()).start);
    part.part == Part::Title || first < (part.part, start)
}

/// Ranges of a text that are mentions already.
struct Taken {
    /// In the order of their starts, each with the furthest end up to there.
    ranges: Vec<(u32, u32)>,
}

impl Taken {
    fn new(mut ranges: Vec<Range<u32>>) -> Taken {
        ranges.sort_unstable_by_key(|range| range.start);
        let furthest = ranges.iter().scan(0, |furthest, range| {
            *furthest = range.end.max(*furthest);
            Some((range.start, *furthest))
        });
        Taken {
            ranges: furthest.collect(),
        }
    }

    fn overlaps(&self, range: &Range<u32>) -> bool {
        let before = self.ranges.partition_point(|&(start, _)| start < range.end);
        before > 0 && self.ranges[before - 1].1 > range.start
    }
}

/// Whether the words after the one at `at` are the rest of `surname`.
fn follows(part: &Reading<'_>, at: usize, surname: &str) -> bool {
    surname
        .split(' ')
        .skip(1)
        .zip(at + 1..)
        .all(|(word, next)| part.word(next) == word)
}
