//! The page of a country, official, organisation or topic: what is known of it, and every briefing that names it.

use super::super::{Site, table};
use super::KINDS;
use crate::date::Date;
use crate::identity::Identified;
use crate::index::{EntryIx, PageIx};
use crate::lexicon::{Appointment, Detail, Kind, Person};
use crate::locale::fill;
use crate::timeline::{Event, Tenure, Timeline, timeline};
use crate::url::Address;
use crate::view::{Card, EntityPage, Fact, Label, Link, Pages, Role, Way, YearGroup};

/// Entities of each kind that are shown beside this one.
const WITH: usize = 10;

/// Page `number`, from 1, of what is known of `entry`.
pub fn page(site: &Site, entry: EntryIx, number: usize) -> EntityPage {
    let indexed = &site.index.entries[entry as usize];
    let shown = &site.shown.entries[entry as usize];
    let address = Address::entity(indexed.kind, &indexed.id);
    let section = indexed.kind.plural();
    let crumbs = vec![site.kind_crumb(indexed.kind)];
    let mut frame = site.frame(shown.label.text.clone(), &address.numbered(number), section, crumbs);
    let count = site.briefings(indexed.pages.len());
    frame.description = format!("{}: {count}", shown.label.text);
    let first = number == 1;
    let roles = shown.person.map_or_else(Vec::new, |person| roles(site, person));
    EntityPage {
        page: frame,
        kind: indexed.kind.name(),
        kind_label: site.locale.texts.kind(indexed.kind).to_owned(),
        name: shown.label.clone(),
        other_name: shown.other.clone(),
        facts: if first { facts(site, entry) } else { Vec::new() },
        roles: if first { roles } else { Vec::new() },
        count,
        timeline: first.then(|| time(site, entry)).flatten(),
        years: years(site, entry, number),
        with: if first { with(site, entry) } else { Vec::new() },
        pages: pages(site, &address, number, indexed.pages.len().div_ceil(table::PER_PAGE)),
    }
}

/// What is known beside the name.
fn facts(site: &Site, entry: EntryIx) -> Vec<Fact> {
    let words = &site.locale.texts.words;
    let shown = &site.shown.entries[entry as usize];
    let language = usize::from(site.locale.language == crate::language::Language::English);
    let fact = |term: &str, values: Vec<String>| Fact {
        term: term.to_owned(),
        values: values
            .into_iter()
            .map(|value| Label::new(value, site.locale.language))
            .collect(),
    };
    let mut facts = Vec::new();
    match site.detail(shown.entity) {
        Some(Detail::Country { formal, capital, .. }) => {
            facts.extend(
                formal[language]
                    .clone()
                    .map(|name| fact(&words.formal_name, vec![name])),
            );
            facts.extend(
                capital
                    .as_ref()
                    .map(|names| fact(&words.capital, vec![names[language].clone()])),
            );
        }
        Some(Detail::Topic { group }) => {
            let heading = site.locale.texts.groups.get(group).unwrap_or(group);
            facts.push(fact(&words.group, vec![heading.clone()]));
        }
        _ => {}
    }
    if let Some(person) = shown.person.map(|at| &site.people.people[at as usize]) {
        let spellings = spellings(person, &shown.label.text);
        facts.extend((!spellings.is_empty()).then(|| fact(&words.spellings, spellings)));
    }
    facts
}

/// The forms of a name that texts use, but for the one shown.
fn spellings(person: &Identified, shown: &str) -> Vec<String> {
    person
        .spellings
        .keys()
        .filter(|spelling| *spelling != shown)
        .cloned()
        .collect()
}

/// The offices of an official, newest first: as the lexicon knows them, else as texts give them.
fn roles(site: &Site, person: u32) -> Vec<Role> {
    let identified = &site.people.people[person as usize];
    let known = identified.known.and_then(|known| site.lexicon.person(known));
    let mut roles: Vec<(Option<Date>, Role)> = match known {
        Some(known) if !known.appointments.is_empty() => known
            .appointments
            .iter()
            .map(|held| (held.from, held_role(site, known, held)))
            .collect(),
        _ => told_roles(site, identified),
    };
    roles.sort_by_key(|(from, _)| std::cmp::Reverse(*from));
    roles.into_iter().map(|(_, role)| role).collect()
}

fn held_role(site: &Site, person: &Person, held: &Appointment) -> Role {
    Role {
        title: Label::new(site.title_of(held, person.female), site.locale.language),
        of: held.of.map(|of| of_link(site, of)),
        span: span(site, held.from, held.to),
        from_texts: false,
    }
}

/// The country or organisation that an office is of, as a link where it has a page.
fn of_link(site: &Site, of: crate::lexicon::EntityIx) -> Link {
    let label = || Link {
        label: Label::new(site.name_of(of), site.locale.language),
        href: String::new(),
    };
    site.shown.entity(of).map_or_else(label, |entry| site.entry_link(entry))
}

fn told_roles(site: &Site, person: &Identified) -> Vec<(Option<Date>, Role)> {
    let role = |role: &crate::identity::Role| {
        let days = role
            .span
            .map(|(first, last)| (site.locale.day(first), site.locale.day(last)));
        let words = &site.locale.texts.words;
        let span = days.map_or_else(String::new, |(first, last)| {
            let form = if first == last { &words.span_on } else { &words.span };
            fill(form, &[("from", &first), ("to", &last)])
        });
        let role_view = Role {
            title: Label::new(role.title.as_str(), site.locale.language),
            of: role.of.map(|of| of_link(site, of)),
            span,
            from_texts: true,
        };
        (role.span.map(|(first, _)| first), role_view)
    };
    person.roles.iter().map(role).collect()
}

/// From when to when, by years: what is known of it.
fn span(site: &Site, from: Option<Date>, to: Option<Date>) -> String {
    let words = &site.locale.texts.words;
    let year = |day: Date| site.locale.year(day.year());
    let (form, from, to) = match (from, to) {
        (Some(from), Some(to)) if from.year() == to.year() => return year(from),
        (Some(from), Some(to)) => (&words.span, year(from), year(to)),
        (Some(from), None) => (&words.span_from, year(from), String::new()),
        (None, Some(to)) => (&words.span_to, String::new(), year(to)),
        (None, None) => return String::new(),
    };
    fill(form, &[("from", &from), ("to", &to)])
}

/// When the entity is named, with the offices an official of the lexicon held.
fn time(site: &Site, entry: EntryIx) -> Option<Timeline> {
    let event = |&page: &PageIx| {
        let shown = &site.shown.briefings[page as usize];
        Some(Event {
            date: site.briefings[page as usize].page.date.as_ref()?.date,
            title: shown.title.text.clone(),
            href: shown.href.clone(),
        })
    };
    let events: Vec<Event> = site.index.entries[entry as usize]
        .pages
        .iter()
        .filter_map(event)
        .collect();
    if events.is_empty() {
        return None;
    }
    let person = site.shown.entries[entry as usize]
        .entity
        .and_then(|known| site.lexicon.person(known));
    let tenure = |person: &Person, held: &Appointment| Tenure {
        label: site.title_of(held, person.female),
        from: held.from,
        to: held.to,
    };
    let tenures: Vec<Tenure> = person.map_or_else(Vec::new, |person| {
        let dated = person.appointments.iter().filter(|held| held.from.is_some());
        dated.map(|held| tenure(person, held)).collect()
    });
    let direction = site.locale.language.direction();
    timeline(&events, &tenures, direction, |day, unit| {
        site.locale.as_exactly(day, unit)
    })
}

/// The briefings of one page of the list, by year.
fn years(site: &Site, entry: EntryIx, number: usize) -> Vec<YearGroup> {
    let indexed = &site.index.entries[entry as usize];
    let person = site.shown.entries[entry as usize].person;
    let mut groups: Vec<(Option<i16>, YearGroup)> = Vec::new();
    let of_page = indexed
        .pages
        .chunks(table::PER_PAGE)
        .nth(number - 1)
        .unwrap_or_default();
    for &page in of_page {
        let briefing = &site.briefings[page as usize];
        let year = briefing.page.day().map(Date::year);
        if groups.last().is_none_or(|(last, _)| *last != year) {
            groups.push((year, year_group(site, year)));
        }
        let card = Card {
            role: person.map_or_else(String::new, |person| site.office_on(briefing, person)),
            ..site.short_card(page)
        };
        if let Some((_, group)) = groups.last_mut() {
            group.briefings.push(card);
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn year_group(site: &Site, year: Option<i16>) -> YearGroup {
    let (label, address) = match year {
        Some(year) => (site.locale.year(year), Address::archive(Some(year), None)),
        None => (site.locale.texts.words.undated.clone(), Address::undated()),
    };
    YearGroup {
        label,
        href: site.addresses.href(&address),
        briefings: Vec::new(),
    }
}

/// Who appears with the entity, by kind.
fn with(site: &Site, entry: EntryIx) -> Vec<Way> {
    let appear = site.index.appear_with(entry, WITH);
    let of_kind = |kind: Kind| -> Vec<(EntryIx, usize)> {
        let same = appear
            .iter()
            .filter(|&&(other, _)| site.index.entries[other as usize].kind == kind);
        same.take(WITH).map(|&(other, count)| (other, count as usize)).collect()
    };
    KINDS
        .iter()
        .filter_map(|&kind| site.way(kind, &of_kind(kind)))
        .collect()
}

fn pages(site: &Site, address: &Address, number: usize, of: usize) -> Pages {
    let href = |number: usize| site.addresses.href(&address.numbered(number));
    if of < 2 {
        return Pages::default();
    }
    Pages {
        label: site.page_of(number, of),
        previous: (number > 1).then(|| href(number - 1)),
        next: (number < of).then(|| href(number + 1)),
    }
}
