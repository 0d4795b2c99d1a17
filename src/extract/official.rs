//! People in office: a title and a name, in either order, then the name by which the person is called alone.

use std::cmp::Ordering;
use std::ops::Range;

use super::{Candidate, Mention, Part, Reading, Rule, Subject, TitleSpan, latin};
use crate::date::Date;
use crate::extract::called::Meant;
use crate::extract::name::{self, Name};
use crate::extract::reference::{Held, Reference};
use crate::extract::title::Title;
use crate::lexicon::{Appointment, EntityIx, Lexicon, OfficeIx, Person, WordClass};
use crate::markdown::{BlockKind, Body};
use crate::sound;
use crate::text::{self, Clitics};

/// The people of one text, as reading it goes on.
pub struct People<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) dated: Option<Date>,
    pub(super) people: Vec<Candidate>,
    /// By person: the offices that the text gives.
    pub(super) held: Vec<Held>,
    pub(super) mentions: Vec<Mention>,
    titles: Vec<TitleSpan>,
    /// Titles that stand without a name.
    pub(super) references: Vec<Reference>,
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
            held: Vec::new(),
            mentions: Vec::new(),
            titles: Vec::new(),
            references: Vec::new(),
            last_title: None,
        }
    }

    /// Reads full names: those of the lexicon, and those that a title tells.
    pub fn read(&mut self, part: &Reading<'_>) {
        let mut at = 0;
        while at < part.words.len() {
            at = match self.title_at(part, at) {
                Some(title) => self.read_titled(part, &title).max(at + 1),
                None => self
                    .read_known(part, at)
                    .or_else(|| self.read_latin(part, at))
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

    /// A name in Latin letters, told by what stands beside it or by someone read before; the word after it.
    fn read_latin(&mut self, part: &Reading<'_>, at: usize) -> Option<usize> {
        let (name, told) = latin::read(part, at)?;
        if told || self.find(&name).is_some() {
            self.add(part, &name, None, Rule::Tagged);
        }
        Some(name.words.end)
    }

    /// A name of two words or more that the tagger alone tells; the word after it.
    fn read_tagged(&mut self, part: &Reading<'_>, at: usize) -> Option<usize> {
        let tag = part.tag_at(at).filter(|tag| tag.words.len() > 1)?;
        if !name::is_numbered_model(part, tag.words.end)
            && name::is_sure(part, tag)
            && !is_namesake(part, at, self.lexicon)
        {
            self.add(part, &name::tagged(part, tag), None, Rule::Tagged);
        }
        Some(tag.words.end)
    }

    /// What a title belongs to: the name after it, else the name before it. Gives the word to go on from.
    fn read_titled(&mut self, part: &Reading<'_>, title: &Title) -> usize {
        // مدير مدينة الملك سعود: what a city is called after is not its director
        let name = name::after(part, title.words.end, self.lexicon)
            .filter(|name| !ends_sentence(part, title) && !is_named_within(part, title, name, self.lexicon));
        if is_namesake(part, title.words.start, self.lexicon) {
            return name.map_or(title.words.end, |name| name.words.end);
        }
        if title.names_office() {
            // without a name, several are all of a body, or two who are named elsewhere
            if !title.dual || name.is_some() {
                self.add_span(part, title);
            }
            self.last_title = Some(title.clone());
        }
        let Some(name) = name else {
            if !self.read_apposition(part, title) {
                self.references.extend(Reference::of(part, title));
            }
            return title.words.end;
        };
        let mut end = name.words.end;
        if !self.add_titled(part, &name, title, Rule::TitleThenName) {
            self.references.extend(Reference::of(part, title));
            return title.words.end;
        }
        for nth in 0.. {
            if let Some(joined) = name::joined(part, end, title.dual, self.lexicon) {
                end = joined.words.end;
                let next = title.dual.then(|| title.of_next(nth));
                self.add(part, &joined, next.as_ref(), Rule::Joined);
            } else if let Some((other, name)) = self.shared(part, end, title) {
                end = name.words.end;
                self.add(part, &name, Some(&other), Rule::Joined);
            } else {
                break;
            }
        }
        end
    }

    /// Notes where a title stands; one that stands for another (نظيره) is no title of its own.
    fn add_span(&mut self, part: &Reading<'_>, title: &Title) {
        let core = title.span();
        if !core.is_empty() && !title.derived {
            self.titles.push(TitleSpan {
                part: part.part,
                joints: title.joints(part),
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
        let alike = self.called(part, called, title);
        let only = self.one_of(part, &alike, title);
        let other = || {
            self.holder(called, title)
                .or(alike.first().copied().filter(|_| alike.len() == 1))
        };
        if let Some(person) = only.or_else(other) {
            self.mention(part, name.words.clone(), title.words.clone(), person, Rule::Surname);
            return true;
        }
        if alike.len() > 1 {
            return true; // nobody can tell which of them
        }
        if let Meant::One(person) = self.called_by(&name.written, name.latin, None)
            && title.addresses(part)
        {
            self.mention(part, name.words.clone(), title.words.clone(), person, Rule::Surname);
            return true;
        }
        let class = self.lexicon.word(called);
        let addressed = title.addresses(part) && name.ends;
        // a monarch is called by a given name alone: ملك النرويج هارالد
        let given = class.is(WordClass::GIVEN) && !title.is_of_monarch(self.lexicon);
        let certain = class.is(WordClass::FAMILY) || ((name.likely || addressed) && !given);
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
        let candidate = Candidate {
            known: Some(known),
            name: entity.ar.clone(),
            key: text::fold_name(&entity.ar),
            latin: false,
            other: None,
            office: None,
            of: None,
            title: String::new(),
        };
        self.push(candidate)
    }

    fn push(&mut self, candidate: Candidate) -> usize {
        self.people.push(candidate);
        self.held.push(Held::default());
        self.people.len() - 1
    }

    /// A title after a name, with a comma or without: `سانجاي فيرما، سكرتير الخارجية`. Whether it is someone's.
    fn read_apposition(&mut self, part: &Reading<'_>, title: &Title) -> bool {
        let start = title.start(part);
        let Some(last) = start.checked_sub(1).filter(|_| title.names_office()) else {
            return false;
        };
        let apart = matches!(part.gap(last), "، " | ", " | "،" | " – " | " ، " | " , ") || is_set_off(part, title);
        let joined = part.gap(last) == " ";
        if !title.is_bare(part) || !(apart || joined) {
            return false;
        }
        let end = super::small(part.folded.source_range(part.words[last].clone()).end);
        let named = self
            .mentions
            .iter()
            .rev()
            .find(|m| m.part == part.part && m.range.end.abs_diff(end) <= 4);
        if let Some(Subject::Person(person)) = named.map(|mention| mention.subject) {
            let person = usize::from(person);
            let told = apart || self.may_be_of(person, title);
            if told {
                self.give_office(part, person, title);
            }
            return told;
        }
        let name = name::before(part, start, apart, self.lexicon);
        if let Some(name) = &name {
            self.add(part, name, Some(title), Rule::NameThenTitle);
        }
        name.is_some()
    }

    /// Whether a title right after the name of a person, no comma between, may be that person's: the text has given
    /// no office yet or the same one in a word, and the country does not differ.
    fn may_be_of(&self, person: usize, title: &Title) -> bool {
        let candidate = &self.people[person];
        let known = candidate.known.and_then(|ix| self.lexicon.person(ix));
        let country = candidate.of.or(known.and_then(|known| known.country));
        let agrees = title.of.is_none_or(|of| country.is_none_or(|country| country == of));
        let holds = known.is_none_or(|known| {
            let held = |office: &OfficeIx| {
                let fits = |held: &Appointment| self.lexicon.same_office(*office, held.office);
                known.appointments.iter().any(fits)
            };
            title.offices.is_empty() || title.offices.iter().any(held)
        });
        let same = candidate.office.is_some() && candidate.office == title.office && !candidate.title.contains(' ');
        (candidate.title.is_empty() || same) && agrees && holds
    }

    /// Adds a mention by full name, of someone already read or of someone new.
    pub(super) fn add(&mut self, part: &Reading<'_>, name: &Name, title: Option<&Title>, rule: Rule) {
        let person = self.find(name).unwrap_or_else(|| {
            self.push(Candidate {
                known: name.known,
                name: name.written.clone(),
                key: name.key.clone(),
                latin: name.latin,
                other: None,
                office: None,
                of: None,
                title: String::new(),
            })
        });
        spell(&mut self.people[person], name);
        if let Some(title) = title {
            self.give_office(part, person, title);
        }
        let basis = title.map_or(name.words.clone(), |title| title.words.clone());
        self.mention(part, name.words.clone(), basis, person, rule);
    }

    pub(super) fn mention(
        &mut self,
        part: &Reading<'_>,
        name: Range<usize>,
        title: Range<usize>,
        person: usize,
        rule: Rule,
    ) {
        let bytes = |words: &Range<usize>| part.words[words.start].start..part.words[words.end - 1].end;
        let range = name::bare(part, &name, self.lexicon);
        let basis = bytes(&(name.start.min(title.start)..name.end.max(title.end)));
        let Ok(person) = u16::try_from(person) else { return };
        self.mentions
            .push(part.mention(range, basis, Subject::Person(person), rule));
    }

    /// Gives a person the office of a title, unless the text has given one already.
    fn give_office(&mut self, part: &Reading<'_>, person: usize, title: &Title) {
        let of = title.of.or_else(|| self.of_served(title));
        self.held[person].add(part, title);
        let fuller = self.is_fuller(&self.people[person], title);
        let (index, person) = (person, &mut self.people[person]);
        let derived = &mut self.held[index].derived;
        let own = *derived && !title.derived && person.office == title.office;
        if title.names_office() && (person.title.is_empty() || fuller || own) {
            *derived = title.derived;
            person.office = title.office;
            person.title.clone_from(&title.written);
        }
        person.of = person.of.or(of);
    }

    /// Whether a title tells more than the one that the text has given so far: `وزير الخارجية` than `الوزير`, or one in
    /// Arabic of someone named in Arabic.
    fn is_fuller(&self, person: &Candidate, title: &Title) -> bool {
        let longer = title.written.contains(' ') && !title.former;
        let general = |office: OfficeIx| {
            let held = title
                .office
                .is_some_and(|held| (held != office || longer) && self.lexicon.same_office(office, held));
            held && !person.title.contains(' ')
        };
        let script = person.title.is_ascii() && !person.latin && !title.latin;
        person.office.is_some_and(general) || script
    }

    /// Someone already read under this name: the same person of the lexicon, the same name, a shorter form of it, or
    /// the same name in the other script.
    fn find(&self, name: &Name) -> Option<usize> {
        let same = |person: &Candidate| match (person.known, name.known) {
            (Some(left), Some(right)) => left == right,
            _ if person.latin != name.latin => sound::alike(&name.key, &person.key),
            _ if have_one_initial(&person.key, &name.key) => true,
            _ => is_form_of(&person.key, &name.key) || is_form_of(&name.key, &person.key),
        };
        self.people.iter().position(same)
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
        self.settle_called();
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
        self.read_references();
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
    pub(super) fn merge(&mut self, person: usize, into: usize) {
        let gone = self.people.remove(person);
        let held = self.held.remove(person);
        let into = if into > person { into - 1 } else { into };
        self.held[into].merge(held);
        let whole = &mut self.people[into];
        if whole.title.is_empty() {
            whole.office = gone.office;
            whole.title = gone.title;
            whole.of = whole.of.or(gone.of);
        }
        if whole.latin != gone.latin {
            whole.other = whole.other.take().or(Some(gone.name));
        }
        self.renumber(person, Some(into));
    }

    /// Takes a person away with all that names this person.
    pub(super) fn forget(&mut self, person: usize) {
        self.people.remove(person);
        self.held.remove(person);
        self.renumber(person, None);
    }

    /// Of a person who was taken away, gives the mentions to the one who is at `into` now, or to nobody.
    fn renumber(&mut self, person: usize, into: Option<usize>) {
        let place = |old: usize| match old.cmp(&person) {
            Ordering::Less => Some(old),
            Ordering::Equal => into,
            Ordering::Greater => Some(old - 1),
        };
        self.mentions.retain_mut(|mention| {
            let Subject::Person(at) = &mut mention.subject else {
                return true;
            };
            let new = place(usize::from(*at)).and_then(|new| u16::try_from(new).ok());
            *at = new.unwrap_or(*at);
            new.is_some()
        });
    }
}

/// Keeps the fullest form of a person's name in either script; a name in Arabic goes before one in Latin letters.
fn spell(person: &mut Candidate, name: &Name) {
    let longer = name.key.len() > person.key.len() && !have_one_initial(&person.key, &name.key);
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

/// Whether two folded names are an initial and one family name, the initial as a letter or by its English name:
/// `س جايشانكار`, `اس جايشانكار`.
fn have_one_initial(left: &str, right: &str) -> bool {
    const LONGEST: usize = 3; // letters of the name of a letter
    let split = |name| {
        let (initial, family) = str::split_once(name, ' ')?;
        let short = initial.chars().count() <= LONGEST;
        let letter = initial.trim_start_matches('\u{0627}').chars().next()?;
        short.then_some((letter, initial.chars().count(), family))
    };
    let (Some(left), Some(right)) = (split(left), split(right)) else {
        return false;
    };
    (left.0, left.2) == (right.0, right.2) && left.1.min(right.1) == 1
}

/// Whether the full stop after an English title ends a sentence, and no abbreviation: `Executive Director. Jane Doe`.
fn ends_sentence(part: &Reading<'_>, title: &Title) -> bool {
    const LONGEST_ABBREVIATION: usize = 5; // Brig., Capt., Prof.
    let last = title.words.end - 1;
    title.latin && part.gap(last) == ". " && part.word(last).len() > LONGEST_ABBREVIATION
}

/// Whether a blessing opens the title, or a dash parts it from the word before: folding makes both a space.
fn is_set_off(part: &Reading<'_>, title: &Title) -> bool {
    let start = title.words.start;
    let blessed = (start..title.words.end).take(2).any(|at| part.word(at) == "الله");
    let between = start
        .checked_sub(1)
        .map(|last| part.words[last].end..part.words[start].start);
    let dash = |between| part.source[part.folded.source_range(between)].contains(['-', '–']);
    blessed || between.is_some_and(dash)
}

/// Whether what is called after people stands within a title, right before the name: `مدير` `جامعة الملك` + `سعود`.
fn is_named_within(part: &Reading<'_>, title: &Title, name: &Name, lexicon: &Lexicon) -> bool {
    title.words.len() > 2
        && is_namesake(part, name.words.start, lexicon)
        && !is_namesake(part, title.words.start, lexicon)
}

/// Whether the word before the one at `at`, or before the title in front of it, is something that is called after
/// people: `جامعة الملك سعود`.
pub(super) fn is_namesake(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> bool {
    let before = |at: usize| at.checked_sub(1).filter(|&before| part.gap(before) == " ");
    let title = |word: usize| Some(part.word_at(part.title_ending(part.words[word].end)?.word));
    let at = before(at).and_then(title).unwrap_or(at);
    let Some(before) = before(at) else { return false };
    let word = part.word(before);
    let article = |rest: &str| Clitics::read(&word[..word.len() - rest.len()]).is_some_and(|clitics| clitics.article);
    text::readings(word).any(|rest| lexicon.word(rest).is(WordClass::NAMESAKE) && !article(rest))
}
