//! People in office: a title and a name, in either order, then the name by which the person is called alone.

use std::cmp::Ordering;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Candidate, Mention, Part, Reading, Rule, Subject, TitleSpan};
use crate::date::Date;
use crate::extract::name::{self, Name};
use crate::extract::title::Title;
use crate::lexicon::{Appointment, EntityIx, Lexicon, NameMeaning, OfficeIx, Person, TitleMeaning, WordClass};
use crate::markdown::{BlockKind, Body};
use crate::sound;
use crate::text::{self, Clitics};

/// By the first folded word of a surname: the surname, and whose it is.
type Surnames = FxHashMap<String, Vec<(String, usize)>>;

/// The people of one text, as reading it goes on.
pub struct People<'a> {
    lexicon: &'a Lexicon,
    dated: Option<Date>,
    people: Vec<Candidate>,
    mentions: Vec<Mention>,
    titles: Vec<TitleSpan>,
    /// The last title of an office read, which a counterpart (نظيره) shares.
    last_title: Option<Title>,
}

impl<'a> People<'a> {
    /// Nobody yet. `dated` tells which holder of an office a surname means.
    pub fn new(lexicon: &'a Lexicon, dated: Option<Date>) -> People<'a> {
        People {
            lexicon,
            dated,
            people: Vec::new(),
            mentions: Vec::new(),
            titles: Vec::new(),
            last_title: None,
        }
    }

    /// Reads full names: those of the lexicon, and those that a title tells.
    pub fn read(&mut self, part: &Reading<'_>) {
        let mut at = 0;
        while at < part.words.len() {
            at = match self.title_at(part, at) {
                Some(title) => self.read_titled(part, title).max(at + 1),
                None => self
                    .read_known(part, at)
                    .or_else(|| self.read_tagged(part, at))
                    .unwrap_or(at + 1),
            };
        }
    }

    /// The title that begins at word `at`, or the counterpart of one read before.
    fn title_at(&self, part: &Reading<'_>, at: usize) -> Option<Title> {
        let counterpart = || Title::counterpart(part, at, self.last_title.as_ref()?, self.lexicon);
        Title::read(part, at, self.lexicon).or_else(counterpart)
    }

    /// A full name of the lexicon that stands alone; the word after it.
    fn read_known(&mut self, part: &Reading<'_>, at: usize) -> Option<usize> {
        let name = name::known(part, at)?;
        let end = name.words.end;
        if !is_namesake(part, at, self.lexicon) && !name::goes_beyond(part, &name, self.lexicon) {
            self.add(part, &name, None, Rule::FullName);
        }
        Some(end)
    }

    /// A name of two words or more that the tagger alone tells; the word after it.
    fn read_tagged(&mut self, part: &Reading<'_>, at: usize) -> Option<usize> {
        let tag = part.tag_at(at).filter(|tag| tag.words.len() > 1)?;
        if name::is_sure(part, tag) && !is_namesake(part, at, self.lexicon) {
            self.add(part, &name::tagged(part, tag), None, Rule::Tagged);
        }
        Some(tag.words.end)
    }

    /// What a title belongs to: the name after it, else the name before it. Gives the word to go on from.
    fn read_titled(&mut self, part: &Reading<'_>, mut title: Title) -> usize {
        let mut name = name::after(part, title.words.end, self.lexicon);
        if name.is_none() && title.names_office() && title.take_complement(part, self.lexicon) {
            name = name::after(part, title.words.end, self.lexicon);
        }
        if title.names_office() {
            self.add_span(part, &title);
            self.last_title = Some(title.clone());
        }
        let Some(name) = name else {
            self.read_apposition(part, &title);
            return title.words.end;
        };
        if is_namesake(part, title.words.start, self.lexicon) {
            return name.words.end;
        }
        let mut end = name.words.end;
        if !self.add_titled(part, &name, &title, Rule::TitleThenName) {
            return title.words.end;
        }
        loop {
            if let Some(joined) = name::joined(part, end, title.dual, self.lexicon) {
                end = joined.words.end;
                self.add(part, &joined, title.dual.then_some(&title), Rule::Joined);
            } else if let Some((other, name)) = self.shared(part, end, &title) {
                end = name.words.end;
                self.add(part, &name, Some(&other), Rule::Joined);
            } else {
                return end;
            }
        }
    }

    /// Notes where a title stands; one that stands for another (نظيره) is no title of its own.
    fn add_span(&mut self, part: &Reading<'_>, title: &Title) {
        let core = title.core();
        if !core.is_empty() {
            self.titles.push(TitleSpan {
                part: part.part,
                range: part.trimmed(core),
            });
        }
    }

    /// The next one of a list of people of one office, each with a country: `والروسي سيرغي لافروف`.
    fn shared(&self, part: &Reading<'_>, at: usize, title: &Title) -> Option<(Title, Name)> {
        let other = Title::shared(part, at, title, self.lexicon)?;
        let name = name::after(part, other.words.end, self.lexicon)?;
        let sure = name.known.is_some() || (name.words.len() > 1 && (title.dual || name.begins) && name.likely);
        sure.then_some((other, name))
    }

    /// Adds a name that follows a title; a name of one word only where it is known whose it is.
    fn add_titled(&mut self, part: &Reading<'_>, name: &Name, title: &Title, rule: Rule) -> bool {
        if name.known.is_some() || name.words.len() > 1 {
            let named = name.known.is_some() || (name.begins && name.likely);
            let told = named || (name.likely && (title.names_office() || title.addresses(part)));
            if told {
                self.add(part, name, Some(title), rule);
            }
            return told;
        }
        let called = part.word(name.words.start);
        if let Some(person) = self.called(called).or_else(|| self.holder(called, title)) {
            self.mention(part, name.words.clone(), title.words.clone(), person, Rule::Surname);
            return true;
        }
        let class = self.lexicon.word(called);
        let addressed = title.addresses(part) && name.ends;
        let certain = class.is(WordClass::FAMILY) || ((name.likely || addressed) && !class.is(WordClass::GIVEN));
        if certain && title.names_office() {
            self.add(part, name, Some(title), rule);
        }
        certain
    }

    /// The one person of the lexicon who is called so and held the office of the title on the day of the briefing.
    fn holder(&mut self, called: &str, title: &Title) -> Option<usize> {
        let lexicon = self.lexicon;
        let held = |&&ix: &&EntityIx| {
            lexicon.person(ix).is_some_and(|person| {
                person.appointments.iter().any(|appointment| {
                    let of = title.of.is_none_or(|of| appointment.of == Some(of));
                    let then = self.dated.is_none_or(|day| appointment.covers(day));
                    of && then
                        && title
                            .offices
                            .iter()
                            .any(|&office| lexicon.same_office(office, appointment.office))
                })
            })
        };
        let mut holders = lexicon.called(called).iter().filter(held);
        let (first, second) = (holders.next(), holders.next());
        let known = *first.filter(|_| second.is_none())?;
        Some(self.known_candidate(known))
    }

    fn known_candidate(&mut self, known: EntityIx) -> usize {
        if let Some(at) = self.people.iter().position(|person| person.known == Some(known)) {
            return at;
        }
        let entity = self.lexicon.entity(known);
        self.people.push(Candidate {
            known: Some(known),
            name: entity.ar.clone(),
            key: text::fold_name(&entity.ar),
            latin: false,
            other: None,
            office: None,
            of: None,
            title: String::new(),
        });
        self.people.len() - 1
    }

    /// A title after a name, with a comma or without: `سانجاي فيرما، سكرتير الخارجية`.
    fn read_apposition(&mut self, part: &Reading<'_>, title: &Title) {
        let Some(last) = title.words.start.checked_sub(1).filter(|_| title.names_office()) else {
            return;
        };
        let apart = matches!(part.gap(last), "، " | ", " | "،" | " - " | " – " | " ، ");
        let joined = part.gap(last) == " ";
        if !title.is_bare(part) || !(apart || joined) {
            return;
        }
        let end = super::small(part.folded.source_range(part.words[last].clone()).end);
        let named = self
            .mentions
            .iter()
            .rev()
            .find(|m| m.part == part.part && m.range.end.abs_diff(end) <= 4);
        if let Some(Subject::Person(person)) = named.map(|mention| mention.subject) {
            if apart {
                self.give_office(usize::from(person), title);
            }
        } else if let Some(name) = name::before(part, title.words.start, apart, self.lexicon) {
            self.add(part, &name, Some(title), Rule::NameThenTitle);
        }
    }

    /// Adds a mention by full name, of someone already read or of someone new.
    fn add(&mut self, part: &Reading<'_>, name: &Name, title: Option<&Title>, rule: Rule) {
        let person = self.find(name).unwrap_or_else(|| {
            self.people.push(Candidate {
                known: name.known,
                name: name.written.clone(),
                key: name.key.clone(),
                latin: name.latin,
                other: None,
                office: None,
                of: None,
                title: String::new(),
            });
            self.people.len() - 1
        });
        spell(&mut self.people[person], name);
        if let Some(title) = title {
            self.give_office(person, title);
        }
        let basis = title.map_or(name.words.clone(), |title| title.words.clone());
        self.mention(part, name.words.clone(), basis, person, rule);
    }

    fn mention(&mut self, part: &Reading<'_>, name: Range<usize>, title: Range<usize>, person: usize, rule: Rule) {
        let bytes = |words: &Range<usize>| part.words[words.start].start..part.words[words.end - 1].end;
        let range = name::bare(part, &name, self.lexicon);
        let basis = bytes(&(name.start.min(title.start)..name.end.max(title.end)));
        let Ok(person) = u16::try_from(person) else { return };
        self.mentions
            .push(part.mention(range, basis, Subject::Person(person), rule));
    }

    /// Gives a person the office of a title, unless the text has given one already.
    fn give_office(&mut self, person: usize, title: &Title) {
        let person = &mut self.people[person];
        if person.title.is_empty() && title.names_office() {
            person.office = title.office;
            person.title.clone_from(&title.written);
        }
        person.of = person.of.or(title.of);
    }

    /// Someone already read under this name: the same person of the lexicon, the same name, a shorter form of it, or
    /// the same name in the other script.
    fn find(&self, name: &Name) -> Option<usize> {
        let same = |person: &Candidate| match (person.known, name.known) {
            (Some(left), Some(right)) => left == right,
            _ if person.latin != name.latin => sound::alike(&name.key, &person.key),
            _ => is_form_of(&person.key, &name.key) || is_form_of(&name.key, &person.key),
        };
        self.people.iter().position(same)
    }

    /// The one person already read who is called by this word alone.
    fn called(&self, word: &str) -> Option<usize> {
        let mut called = (0..self.people.len()).filter(|&person| self.surnames(person).any(|surname| surname == word));
        let (first, second) = (called.next(), called.next());
        first.filter(|_| second.is_none())
    }

    /// What a person of this text may be called alone: the surname of the lexicon, or the last word of the name.
    fn surnames(&self, person: usize) -> impl Iterator<Item = String> {
        let candidate = &self.people[person];
        let known = candidate.known.and_then(|ix| self.lexicon.person(ix));
        let listed = known
            .into_iter()
            .flat_map(|person| person.surname.iter().chain(&person.surname_en));
        let listed: Vec<String> = listed.map(|surname| text::fold_name(surname)).collect();
        let last = name::last(&candidate.key).map(str::to_owned);
        let last = last.filter(|_| known.is_none());
        listed.into_iter().chain(last)
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
    pub fn read_singles(&mut self, part: &Reading<'_>) {
        let mentions = self.mentions.iter().filter(|mention| mention.part == part.part);
        let taken = Taken::new(mentions.map(|mention| mention.range.clone()).collect());
        for tag in part.tags.iter().filter(|tag| tag.words.len() == 1) {
            let range = part.trimmed(name::bare(part, &tag.words, self.lexicon));
            if taken.overlaps(&range) || !name::is_sure(part, tag) || is_namesake(part, tag.words.start, self.lexicon) {
                continue;
            }
            let name = name::tagged(part, tag);
            let same = |person: &Candidate| person.key == name.key;
            let called = self.people.iter().position(same).or_else(|| self.called(&name.key));
            match called {
                Some(person) => self.mention(part, name.words.clone(), name.words, person, Rule::Surname),
                None => self.add(part, &name, None, Rule::Tagged),
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
    fn first_mentions(&self) -> Vec<Option<(Part, u32)>> {
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
        (named && alone).then(|| (person, at..at + surname.split(' ').count()))
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

    /// Links who posted what is quoted to a person already read whose name sounds the same.
    pub fn read_authors(&mut self, body: &Body) {
        for block in &body.blocks {
            let BlockKind::Post(Some(attribution)) = &block.kind else {
                continue;
            };
            let range = super::small(attribution.name.start)..super::small(attribution.name.end);
            let taken = self
                .mentions
                .iter()
                .any(|m| m.part == Part::Body && m.range.start < range.end && range.start < m.range.end);
            let author = &body.text[attribution.name.clone()];
            let person = self.people.iter().position(|person| sound::alike(author, &person.key));
            if let Some(Ok(person)) = person.filter(|_| !taken).map(u16::try_from) {
                self.mentions.push(Mention {
                    part: Part::Body,
                    basis: range.clone(),
                    range,
                    subject: Subject::Person(person),
                    rule: Rule::Author,
                });
            }
        }
    }

    /// All mentions, all people and all titles. Where the text is silent, whoever the lexicon knows serves
    /// whom the lexicon says, and other ministers the country at home.
    pub fn finish(mut self) -> (Vec<Mention>, Vec<Candidate>, Vec<TitleSpan>) {
        for person in (0..self.people.len()).rev() {
            if let Some(whole) = self.named_whole(person) {
                self.merge(person, whole);
            }
        }
        for person in &mut self.people {
            if person.of.is_none() {
                person.of = match person.known.and_then(|ix| self.lexicon.person(ix)) {
                    Some(known) => served(known, person.office, self.dated, self.lexicon),
                    None => person.office.and_then(|office| self.lexicon.home_of(office)),
                };
            }
        }
        (self.mentions, self.people, self.titles)
    }
}

impl People<'_> {
    /// The one person of the text whose name begins with the single name of another of the same office: a sultan.
    fn named_whole(&self, person: usize) -> Option<usize> {
        let single = &self.people[person];
        if single.known.is_some() || single.office.is_none() || single.key.contains(' ') {
            return None;
        }
        let begins = |other: &Candidate| {
            other
                .key
                .strip_prefix(&single.key)
                .is_some_and(|rest| rest.starts_with(' '))
        };
        let mut whole = (0..self.people.len())
            .filter(|&other| self.people[other].office == single.office && begins(&self.people[other]));
        let (first, second) = (whole.next(), whole.next());
        first.filter(|_| second.is_none())
    }

    /// Makes two people one: `person` is taken away, and what names it names `into`.
    fn merge(&mut self, person: usize, into: usize) {
        self.people.remove(person);
        let into = if into > person { into - 1 } else { into };
        for mention in &mut self.mentions {
            if let Subject::Person(at) = &mut mention.subject {
                let old = usize::from(*at);
                let new = match old.cmp(&person) {
                    Ordering::Less => old,
                    Ordering::Equal => into,
                    Ordering::Greater => old - 1,
                };
                *at = u16::try_from(new).unwrap_or(*at);
            }
        }
    }
}

/// Keeps the fullest form of a person's name in either script; a name in Arabic goes before one in Latin letters.
fn spell(person: &mut Candidate, name: &Name) {
    let longer = name.key.len() > person.key.len();
    match (person.latin, name.latin) {
        (true, false) => {
            person.other = Some(std::mem::replace(&mut person.name, name.written.clone()));
            person.key.clone_from(&name.key);
            person.latin = false;
        }
        (false, true) => {
            let fuller = |other: &String| other.len() >= name.written.len();
            person.other = person
                .other
                .take()
                .filter(fuller)
                .or_else(|| Some(name.written.clone()));
        }
        (left, right) if left == right && longer => {
            person.name.clone_from(&name.written);
            person.key.clone_from(&name.key);
        }
        _ => {}
    }
}

/// The country or organisation that a person of the lexicon served in `office` on `day`; one of them where no office
/// fits; the person's country where none is known.
fn served(person: &Person, office: Option<OfficeIx>, day: Option<Date>, lexicon: &Lexicon) -> Option<EntityIx> {
    let fits = |held: &&Appointment| office.is_none_or(|office| lexicon.same_office(office, held.office));
    let then = |held: &&Appointment| day.is_none_or(|day| held.covers(day));
    let held = &person.appointments;
    let appointment = held.iter().find(|held| fits(held) && then(held));
    let appointment = appointment
        .or_else(|| held.iter().find(fits))
        .or_else(|| held.iter().find(then));
    appointment.and_then(|held| held.of).or(person.country)
}

/// Whether `short`, of two words or more, is `long` with words left out: at the start, in the middle, or a grandfather
/// at the end.
pub fn is_form_of(short: &str, long: &str) -> bool {
    if short.len() > long.len() || !short.contains(' ') {
        return false;
    }
    if let Some(rest) = long.strip_suffix(short) {
        return rest.is_empty() || rest.ends_with(' ');
    }
    if long.strip_prefix(short).is_some_and(|rest| rest.starts_with(" بن ")) {
        return true; // the father's name alone, then the grandfather's too
    }
    let mut words = long.split(' ');
    let ends = short.split(' ').next() == long.split(' ').next() && short.rsplit(' ').next() == long.rsplit(' ').next();
    ends && short.split(' ').all(|word| words.any(|other| other == word))
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

/// Whether the word before the one at `at` is something that is called after people: `جامعة الملك سعود`.
fn is_namesake(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&before| part.gap(before) == " ") else {
        return false;
    };
    let word = part.word(before);
    let article = |rest: &str| Clitics::read(&word[..word.len() - rest.len()]).is_some_and(|clitics| clitics.article);
    text::readings(word).any(|rest| lexicon.word(rest).is(WordClass::NAMESAKE) && !article(rest))
}

/// Whether the words after the one at `at` are the rest of `surname`.
fn follows(part: &Reading<'_>, at: usize, surname: &str) -> bool {
    surname
        .split(' ')
        .skip(1)
        .zip(at + 1..)
        .all(|(word, next)| part.word(next) == word)
}
