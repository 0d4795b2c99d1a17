//! What stands at an address, as a view and its template; the words come from `shown` and the catalogue.

mod about;
mod archive;
mod briefing;
mod entity;
mod home;
mod kind;

use std::cmp::Reverse;

use super::{Briefing, Output, Site, Target, table};
use crate::diagnostic::Diagnostic;
use crate::extract::Subject;
use crate::index::{EntryIx, PageIx};
use crate::lexicon::Kind;
use crate::locale::fill;
use crate::url::Address;
use crate::view::{Card, Counted, Figure, Frame, Label, Link, NotFoundPage, RedirectPage, Way};

/// All kinds of entity, in the order in which pages show them.
const KINDS: [Kind; 4] = [Kind::Country, Kind::Official, Kind::Organisation, Kind::Topic];

/// What stands at `target`.
pub fn output(site: &Site, target: &Target) -> Result<Output, Diagnostic> {
    let renderer = &site.renderer;
    let html = match target {
        Target::Home => renderer.render("home.html", &home::page(site)),
        Target::Briefing(page) => renderer.render("briefing.html", &briefing::page(site, *page)),
        Target::Copy(copy) => renderer.render("briefing.html", &briefing::copy(site, *copy)),
        Target::Entity(entry, number) => renderer.render("entity.html", &entity::page(site, *entry, *number)),
        Target::Kind(kind) => renderer.render("index.html", &kind::page(site, *kind)),
        Target::Archive => renderer.render("archive.html", &archive::all(site)),
        Target::Year(year) => renderer.render("list.html", &archive::year(site, *year)),
        Target::Month(year, month) => renderer.render("list.html", &archive::month(site, *year, *month)),
        Target::Undated => renderer.render("list.html", &archive::undated(site)),
        Target::About => renderer.render("about.html", &about::page(site)),
        Target::NotFound => renderer.render("404.html", &not_found(site)),
        Target::Redirect(to) => renderer.render("redirect.html", &redirect(site, to)),
        Target::Embedded(path) => return Ok(Output::Bytes(table::embedded(path).unwrap_or_default())),
        Target::File(file) => return Ok(Output::Copy(file.clone())),
        Target::Text(text) => return Ok(Output::Bytes(text.clone().into_bytes())),
    };
    html.map(Output::Bytes)
}

fn not_found(site: &Site) -> NotFoundPage {
    let title = site.locale.texts.words.not_found.clone();
    let mut page = site.frame(title, &Address::not_found(), "", Vec::new());
    page.canonical = None;
    NotFoundPage { page }
}

fn redirect(site: &Site, to: &Address) -> RedirectPage {
    RedirectPage {
        page: site.frame(site.locale.texts.words.redirect.clone(), to, "", Vec::new()),
        href: site.addresses.href(to),
    }
}

/// `part` of `whole` in percent, rounded up, so that something is never nothing.
fn share(part: usize, whole: usize) -> u8 {
    u8::try_from((part * 100).div_ceil(whole.max(1))).unwrap_or(100)
}

impl Site {
    /// What every page has.
    fn frame(&self, title: String, address: &Address, section: &'static str, crumbs: Vec<Link>) -> Frame {
        let origin = self.config.origin();
        Frame {
            title,
            description: String::new(),
            canonical: origin.map(|origin| origin + &self.addresses.href(address)),
            section,
            crumbs,
        }
    }

    fn link(&self, label: &str, address: &Address) -> Link {
        Link {
            label: Label::new(label, self.locale.language),
            href: self.addresses.href(address),
        }
    }

    /// The way to the page of a kind.
    fn kind_crumb(&self, kind: Kind) -> Link {
        self.link(self.locale.texts.kinds(kind), &Address::index(kind))
    }

    /// The way to the archive.
    fn archive_crumb(&self) -> Link {
        self.link(&self.locale.texts.words.archive, &Address::archive(None, None))
    }

    /// `3 إحاطات`
    fn briefings(&self, count: usize) -> String {
        self.locale.count(count, &self.locale.texts.counts.briefings)
    }

    /// A briefing in a short list.
    fn short_card(&self, page: PageIx) -> Card {
        let shown = &self.shown.briefings[page as usize];
        Card {
            title: shown.title.clone(),
            href: shown.href.clone(),
            day: shown.day.clone(),
            city: String::new(),
            summary: None,
            countries: Vec::new(),
            role: String::new(),
        }
    }

    /// A briefing in a list that says what it is about.
    fn card(&self, page: PageIx) -> Card {
        const MOST: usize = 4;
        let briefing = &self.briefings[page as usize].page;
        let countries = self.most_mentioned(
            &self.briefings[page as usize],
            &self.index.named[page as usize],
            Kind::Country,
        );
        Card {
            city: briefing.dateline.city.clone().unwrap_or_default(),
            summary: (!briefing.summary.is_empty())
                .then(|| Label::new(briefing.summary.as_str(), self.locale.language)),
            countries: countries
                .into_iter()
                .take(MOST)
                .map(|entry| self.entry_link(entry))
                .collect(),
            ..self.short_card(page)
        }
    }

    /// The entities of one kind that a briefing names, of all with how often: most mentioned first, then in the order of
    /// the text.
    fn most_mentioned(&self, briefing: &Briefing, named: &[(EntryIx, u32)], kind: Kind) -> Vec<EntryIx> {
        let mentions = &briefing.found.mentions;
        let first = |entry: EntryIx| {
            let mut entries = mentions.iter().map(|mention| self.entry_of(briefing, mention.subject));
            entries.position(|other| other == Some(entry))
        };
        let of_kind = |&&(entry, _): &&(EntryIx, u32)| self.index.entries[entry as usize].kind == kind;
        let named = named.iter().filter(of_kind);
        let mut named: Vec<_> = named
            .map(|&(entry, count)| (Reverse(count), first(entry), entry))
            .collect();
        named.sort_unstable();
        named.into_iter().map(|(_, _, entry)| entry).collect()
    }

    /// The entry of what a mention names.
    pub(super) fn entry_of(&self, briefing: &Briefing, subject: Subject) -> Option<EntryIx> {
        match subject {
            Subject::Entity(entity) => self.shown.entity(entity),
            Subject::Person(at) => self.shown.person(briefing.people[usize::from(at)]),
        }
    }

    fn entry_link(&self, entry: EntryIx) -> Link {
        let shown = &self.shown.entries[entry as usize];
        Link {
            label: shown.label.clone(),
            href: shown.href.clone(),
        }
    }

    fn page_link(&self, page: PageIx) -> Link {
        let shown = &self.shown.briefings[page as usize];
        Link {
            label: shown.title.clone(),
            href: shown.href.clone(),
        }
    }

    /// A link to an entity with a number of briefings, `most` being the largest among its neighbours.
    fn counted(&self, entry: EntryIx, count: usize, most: usize) -> Counted {
        let Link { label, href } = self.entry_link(entry);
        Counted {
            label,
            href,
            number: self.locale.number(count),
            count: self.briefings(count),
            share: share(count, most),
        }
    }

    /// Entities of one kind, with counts; `None` where there are none.
    fn way(&self, kind: Kind, entities: &[(EntryIx, usize)]) -> Option<Way> {
        let most = entities.iter().map(|&(_, count)| count).max()?;
        let total = self.index.of_kind(kind).len();
        Some(Way {
            key: kind.plural(),
            label: self.locale.texts.kinds(kind).to_owned(),
            href: self.addresses.href(&Address::index(kind)),
            all: format!("{} ({})", self.locale.texts.all(kind), self.locale.number(total)),
            entities: entities
                .iter()
                .map(|&(entry, count)| self.counted(entry, count, most))
                .collect(),
        })
    }

    /// How much the site holds.
    fn figures(&self) -> Vec<Figure> {
        let nouns = &self.locale.texts.nouns;
        let figure = |count: usize, forms, address: &Address| Figure {
            number: self.locale.number(count),
            noun: self.locale.count(count, forms),
            href: self.addresses.href(address),
        };
        let briefings = figure(self.briefings.len(), &nouns.briefings, &Address::archive(None, None));
        let kinds = KINDS.map(|kind| figure(self.index.of_kind(kind).len(), nouns.of(kind), &Address::index(kind)));
        std::iter::once(briefings).chain(kinds).collect()
    }

    /// `صفحة 2 من 5`
    fn page_of(&self, number: usize, of: usize) -> String {
        let (number, of) = (self.locale.number(number), self.locale.number(of));
        fill(&self.locale.texts.words.page_of, &[("n", &number), ("m", &of)])
    }
}
