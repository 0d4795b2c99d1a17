//! Names, links and days that many pages show, put into words once.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::{Briefing, Site};
use crate::config::Config;
use crate::date::Date;
use crate::extract::Candidate;
use crate::identity::Identified;
use crate::index::{Entry, EntryIx, PageIx};
use crate::language::Language;
use crate::lexicon::{Appointment, Detail, EntityIx, Kind, Lexicon};
use crate::locale::Locale;
use crate::url::{Address, Addresses};
use crate::view::{Day, Label};

/// Pages of each month, by year and month.
type Months = BTreeMap<(i16, i8), Range<PageIx>>;

/// What pages show of entities and briefings, by their numbers.
#[derive(Debug, Default)]
pub struct Shown {
    /// By [`EntryIx`].
    pub entries: Vec<ShownEntry>,
    /// By page.
    pub briefings: Vec<ShownBriefing>,
    /// By place among the copies.
    pub copies: Vec<ShownBriefing>,
    /// Pages of each month.
    pub months: Months,
    /// Pages without a date.
    pub undated: Range<PageIx>,
    /// The entry of an entity of the lexicon, by [`EntityIx`]; officials are not among them.
    of_entity: Vec<Option<EntryIx>>,
    /// The entry of a person, by place in the site's people.
    of_person: Vec<Option<EntryIx>>,
}

/// What pages show of an entity.
#[derive(Debug)]
pub struct ShownEntry {
    /// Its name in the language of the interface, or in the one it has.
    pub label: Label,
    /// Its name in the other language.
    pub other: Option<Label>,
    /// Its page.
    pub href: String,
    /// Of an official, the place in the site's people.
    pub person: Option<u32>,
    /// The entity of the lexicon, if it is one.
    pub entity: Option<EntityIx>,
}

/// What pages show of a briefing.
#[derive(Debug)]
pub struct ShownBriefing {
    /// Its headline.
    pub title: Label,
    /// Its page.
    pub href: String,
    /// Its day.
    pub day: Option<Day>,
}

impl Shown {
    /// Puts everything into words that `site` shows of its texts, people and index.
    pub fn new(site: &Site) -> Shown {
        let Site {
            briefings,
            copies,
            people,
            index,
            lexicon,
            locale,
            addresses,
            ..
        } = site;
        let persons: BTreeMap<&str, u32> = people.people.iter().map(|person| person.id.as_str()).zip(0..).collect();
        let entry = |entry: &Entry| {
            let person = (entry.kind == Kind::Official)
                .then(|| persons.get(entry.id.as_str()).copied())
                .flatten();
            let entity = match person {
                Some(person) => people.people[person as usize].known,
                None => lexicon.find(entry.kind, &entry.id),
            };
            let (label, other) = names(
                entity,
                person.map(|at| &people.people[at as usize]),
                lexicon,
                locale.language,
            );
            ShownEntry {
                label,
                other,
                href: addresses.href(&Address::entity(entry.kind, &entry.id)),
                person,
                entity,
            }
        };
        let entries: Vec<ShownEntry> = index.entries.par_iter().map(entry).collect();
        let (months, undated) = calendar(briefings);
        let mut shown = Shown {
            months,
            undated,
            briefings: briefings
                .par_iter()
                .map(|briefing| shown_briefing(briefing, locale, addresses))
                .collect(),
            copies: copies
                .par_iter()
                .map(|copied| shown_briefing(&copied.briefing, locale, addresses))
                .collect(),
            of_entity: vec![None; lexicon.entities.len()],
            of_person: vec![None; people.people.len()],
            entries,
        };
        for (entry, number) in shown.entries.iter().zip(0..) {
            match (entry.person, entry.entity) {
                (Some(person), _) => shown.of_person[person as usize] = Some(number),
                (None, Some(entity)) => shown.of_entity[entity.0 as usize] = Some(number),
                (None, None) => {}
            }
        }
        shown
    }

    /// All years with their pages, newest first.
    pub fn years(&self) -> Vec<(i16, Range<PageIx>)> {
        let mut years: Vec<(i16, Range<PageIx>)> = Vec::new();
        for (&(year, _), pages) in self.months.iter().rev() {
            match years.last_mut() {
                Some((last, all)) if *last == year => all.end = pages.end,
                _ => years.push((year, pages.clone())),
            }
        }
        years
    }

    /// The entry of an entity that some page names.
    pub fn entity(&self, entity: EntityIx) -> Option<EntryIx> {
        self.of_entity.get(entity.0 as usize).copied().flatten()
    }

    /// The entry of a person.
    pub fn person(&self, person: u32) -> Option<EntryIx> {
        self.of_person.get(person as usize).copied().flatten()
    }
}

/// A name in the language of the interface, or in the one it has, and in the other language.
fn names(
    entity: Option<EntityIx>,
    person: Option<&Identified>,
    lexicon: &Lexicon,
    page: Language,
) -> (Label, Option<Label>) {
    let arabic_first = page != Language::English;
    let (first, second) = match (entity.map(|ix| lexicon.entity(ix)), person) {
        (Some(entity), _) if arabic_first => (entity.ar.clone(), Some(entity.en.clone())),
        (Some(entity), _) => (entity.en.clone(), Some(entity.ar.clone())),
        (None, Some(person)) => match &person.latin {
            Some(latin) if !arabic_first => (latin.clone(), Some(person.name.clone())),
            other => (person.name.clone(), other.clone()),
        },
        (None, None) => (String::new(), None),
    };
    let other = second.filter(|name| *name != first).map(|name| Label::new(name, page));
    (Label::new(first, page), other)
}

pub fn shown_briefing(briefing: &Briefing, locale: &Locale, addresses: &Addresses) -> ShownBriefing {
    let page = &briefing.page;
    let language = Language::of(&page.title).unwrap_or(page.language);
    ShownBriefing {
        title: Label::of(page.title.as_str(), language, locale.language),
        href: addresses.href(&briefing.address),
        day: page.date.as_ref().map(|dated| day(dated.date, locale)),
    }
}

/// The pages of each month, and those without a date; pages are newest first, undated last.
fn calendar(briefings: &[Briefing]) -> (Months, Range<PageIx>) {
    let mut months = Months::new();
    let mut dated = 0;
    for (briefing, page) in briefings.iter().zip(0..) {
        if let Some(day) = briefing.page.day() {
            let pages = months.entry((day.year(), day.month())).or_insert(page..page);
            pages.end = page + 1;
            dated = page + 1;
        }
    }
    let all = PageIx::try_from(briefings.len()).unwrap_or(PageIx::MAX);
    (months, dated..all)
}

/// A day in words.
pub fn day(day: Date, locale: &Locale) -> Day {
    Day {
        iso: day.to_string(),
        text: locale.day(day),
        hijri: locale.hijri_day(day),
    }
}

impl Site {
    /// Name of a country or organisation in the language of the interface.
    pub fn name_of(&self, entity: EntityIx) -> &str {
        let entity = self.lexicon.entity(entity);
        if self.locale.language == Language::English {
            &entity.en
        } else {
            &entity.ar
        }
    }

    /// The title of an appointment in the language of the interface.
    pub(super) fn title_of(&self, appointment: &Appointment, female: bool) -> String {
        let english = self.locale.language == Language::English;
        let held = &appointment.title[usize::from(english)];
        let office = self.lexicon.office(appointment.office);
        let usual = || match (&office.ar_f, english) {
            (_, true) => &office.en,
            (Some(feminine), false) if female => feminine,
            _ => &office.ar,
        };
        held.as_ref().unwrap_or_else(usual).clone()
    }

    /// The office that a person of a briefing held on its day, with its country: as the lexicon knows it, else as the
    /// text gives it; empty where neither does.
    pub fn office_on(&self, briefing: &Briefing, person: u32) -> String {
        if let Some(office) = self.known_office_on(briefing, person) {
            return office;
        }
        let told = told(briefing, person);
        told.filter(|told| !told.title.is_empty())
            .map_or_else(String::new, |told| {
                let arabic = self.locale.language != Language::English;
                let title = match told.office.map(|office| self.lexicon.office(office)) {
                    Some(office) if told.latin == arabic => {
                        if arabic {
                            office.ar.clone()
                        } else {
                            office.en.clone()
                        }
                    }
                    _ => told.title.clone(),
                };
                self.with_country(title, told.of)
            })
    }

    /// The same, where the lexicon knows it.
    fn known_office_on(&self, briefing: &Briefing, person: u32) -> Option<String> {
        let known = self.people.people[person as usize].known?;
        let day = briefing.page.date.as_ref()?.date;
        let named = told(briefing, person).and_then(|told| told.office);
        let appointment = self.held_on(known, day, named)?;
        let female = self.lexicon.person(known).is_some_and(|person| person.female);
        Some(self.with_country(self.title_of(appointment, female), appointment.of))
    }

    /// The office for which an official is in the briefings `pages`, with its country: that of the latest day on which
    /// the lexicon knows one, else the latest office. Kofi Annan of 2002 is Secretary-General, whatever came after.
    pub fn usual_office(&self, pages: &[PageIx], person: u32) -> String {
        pages
            .iter()
            .find_map(|&page| self.known_office_on(&self.briefings[page as usize], person))
            .unwrap_or_else(|| self.latest_office(person))
    }

    /// Of the offices that a person held on `day`, the one that the text names, else the highest.
    fn held_on(&self, known: EntityIx, day: Date, told: Option<crate::lexicon::OfficeIx>) -> Option<&Appointment> {
        let person = self.lexicon.person(known)?;
        let held = person.appointments.iter().filter(|appointment| appointment.covers(day));
        held.min_by_key(|appointment| {
            let named = told.is_some_and(|told| self.lexicon.same_office(told, appointment.office));
            (!named, self.lexicon.office(appointment.office).rank)
        })
    }

    /// A title with the country or organisation it is of, unless it says so itself.
    fn with_country(&self, title: String, of: Option<EntityIx>) -> String {
        let Some(name) = of.map(|of| self.name_of(of)) else {
            return title;
        };
        // للمملكة المتحدة, of the United Kingdom, has lost the alef of the article.
        let bare = name.strip_prefix("ال").unwrap_or(name);
        if title.contains(bare) {
            title
        } else {
            title + self.locale.comma() + name
        }
    }

    /// The latest office of an official, with its country.
    pub fn latest_office(&self, person: u32) -> String {
        let identified = &self.people.people[person as usize];
        if let Some(office) = identified.known.and_then(|known| self.last_office(known)) {
            return office;
        }
        let role = identified.roles.iter().max_by_key(|role| role.span);
        role.map_or_else(String::new, |role| self.with_country(role.title.clone(), role.of))
    }

    /// The latest office that the lexicon knows of a person, with its country.
    pub fn last_office(&self, known: EntityIx) -> Option<String> {
        let known = self.lexicon.person(known)?;
        let appointments = known.appointments.iter();
        let last =
            appointments.max_by_key(|held| (held.from, std::cmp::Reverse(self.lexicon.office(held.office).rank)))?;
        Some(self.with_country(self.title_of(last, known.female), last.of))
    }

    /// The capital and formal name of a country, the group of a topic: what the lexicon knows beside names.
    pub(super) fn detail(&self, entity: Option<EntityIx>) -> Option<&Detail> {
        entity.map(|ix| &self.lexicon.entity(ix).detail)
    }
}

/// How a briefing names a person.
fn told(briefing: &Briefing, person: u32) -> Option<&Candidate> {
    let at = briefing.people.iter().position(|&other| other == person)?;
    Some(&briefing.found.people[at])
}

/// Name of the site and what it says of itself, where the settings leave them out.
pub fn title(config: &Config, locale: &Locale) -> (String, String) {
    let words = &locale.texts.words;
    let title = config.book.title.clone().unwrap_or_else(|| words.site_title.clone());
    let description = config
        .book
        .description
        .clone()
        .unwrap_or_else(|| words.site_description.clone());
    (title, description)
}
