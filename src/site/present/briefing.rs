//! The page of a briefing: its text with linked names, whom it names and why, and what is like it.

use std::collections::BTreeMap;

use super::super::shown::ShownBriefing;
use super::super::{Briefing, Copied, Site};
use super::KINDS;
use crate::extract::{Mention, Part, Rule};
use crate::index::{EntryIx, PageIx};
use crate::lexicon::Kind;
use crate::locale::fill;
use crate::markdown::{self, Body, Sheet};
use crate::page::{Page, Review, TitleRule};
use crate::url::Address;
use crate::view::{BriefingPage, Copy, Evidence, Label, Link, Named, NamedGroup};

/// Briefings that are shown as like this one.
const RELATED: usize = 4;

/// The page of briefing `number`.
pub fn page(site: &Site, number: PageIx) -> BriefingPage {
    let last = site.briefings.len() - 1;
    let briefing = &site.briefings[number as usize];
    let shown = &site.shown.briefings[number as usize];
    BriefingPage {
        copies: copies(site, number),
        related: site
            .index
            .related(number, RELATED)
            .into_iter()
            .map(|page| site.short_card(page))
            .collect(),
        newer: number.checked_sub(1).map(|page| site.page_link(page)),
        older: ((number as usize) < last).then(|| site.page_link(number + 1)),
        ..sheet(site, briefing, shown, &site.index.named[number as usize])
    }
}

/// The page of a copy, by its place among them: its text as it is, and the way to the briefing that stands for it.
pub fn copy(site: &Site, number: usize) -> BriefingPage {
    let copied = &site.copies[number];
    let chief = &site.briefings[copied.of as usize];
    let named = names(site, &copied.briefing);
    let mut page = sheet(site, &copied.briefing, &site.shown.copies[number], &named);
    page.page.crumbs = crumbs(site, chief);
    // An address without a host is enough for one page of a site to name another.
    let stands = site.addresses.href(&chief.address);
    page.page.canonical = Some(site.config.origin().unwrap_or_default() + &stands);
    page.copy_of = Some(site.short_card(copied.of));
    page
}

/// What a text names, with how often; what its chief alone names is not among it, nor what no briefing names.
fn names(site: &Site, briefing: &Briefing) -> Vec<(EntryIx, u32)> {
    let mut counts: BTreeMap<EntryIx, u32> = BTreeMap::new();
    let mentions = briefing.found.mentions.iter();
    for entry in mentions.filter_map(|mention| site.entry_of(briefing, mention.subject)) {
        *counts.entry(entry).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// The copies of a briefing.
fn copies(site: &Site, number: PageIx) -> Vec<Copy> {
    let first = site.copies.partition_point(|copied| copied.of < number);
    let shown = site.shown.copies[first..].iter();
    let copy = |(copied, shown): (&Copied, &ShownBriefing)| {
        let page = &copied.briefing.page;
        Copy {
            title: shown.title.clone(),
            href: shown.href.clone(),
            day: shown.day.clone(),
            city: page.dateline.city.clone().unwrap_or_default(),
            agency: page.dateline.agency.clone().unwrap_or_default(),
            source: source(page).to_owned(),
        }
    };
    site.copies_of(number).iter().zip(shown).map(copy).collect()
}

/// The path of the raw text that a page was made from.
fn source(page: &Page) -> &str {
    page.front.source.as_ref().map_or(&page.file, |source| &source.file)
}

/// A text with all that it names: what the page of a briefing and that of a copy have alike.
fn sheet(site: &Site, briefing: &Briefing, shown: &ShownBriefing, names: &[(EntryIx, u32)]) -> BriefingPage {
    let page = &briefing.page;
    let mut frame = site.frame(page.title.clone(), &briefing.address, "archive", crumbs(site, briefing));
    frame.description.clone_from(&page.summary);
    let (html, body) = body(site, briefing);
    BriefingPage {
        page: frame,
        title: shown.title.clone(),
        title_made: page.title_rule == TitleRule::Lead,
        day: shown.day.clone(),
        day_why: page.date.as_ref().map_or_else(String::new, |dated| {
            fill(site.locale.texts.date_sentence(dated.rule), &[("words", &dated.words)])
        }),
        city: page.dateline.city.clone().unwrap_or_default(),
        agency: page.dateline.agency.clone().unwrap_or_default(),
        lang: page.language.tag(),
        dir: page.language.direction(),
        body: html,
        named: named(site, briefing, names),
        evidence: evidence(site, briefing, &body),
        reviewed: page.front.review == Review::Done,
        source: source(page).to_owned(),
        copy_of: None,
        copies: Vec::new(),
        related: Vec::new(),
        newer: None,
        older: None,
    }
}

/// Archive, year and month; or archive and "undated".
fn crumbs(site: &Site, briefing: &Briefing) -> Vec<Link> {
    let mut crumbs = vec![site.archive_crumb()];
    match briefing.page.day() {
        Some(day) => {
            let (year, month) = (day.year(), day.month());
            crumbs.push(site.link(&site.locale.year(year), &Address::archive(Some(year), None)));
            crumbs.push(site.link(&site.locale.month_name(day), &Address::archive(Some(year), Some(month))));
        }
        None => crumbs.push(site.link(&site.locale.texts.words.undated, &Address::undated())),
    }
    crumbs
}

/// The text as HTML, the first mention of each entity linked and every day marked, and as it is read.
fn body(site: &Site, briefing: &Briefing) -> (String, Body) {
    let page = &briefing.page;
    let links = links(site, briefing);
    let days = briefing.found.days.iter().filter(|day| day.part == Part::Body);
    let times: Vec<markdown::Time> = days
        .map(|day| markdown::Time {
            range: day.range.start as usize..day.range.end as usize,
            day: day.first,
        })
        .collect();
    let sheet = Sheet {
        language: page.language,
        links: &links,
        times: &times,
        date: &|date| site.locale.day(date),
    };
    markdown::html(&page.body, &sheet)
}

/// A link at the first mention of each country, official and organisation.
fn links(site: &Site, briefing: &Briefing) -> Vec<markdown::Link> {
    let mut links: Vec<markdown::Link> = Vec::new();
    let mut linked: Vec<EntryIx> = Vec::new();
    let mut end = 0;
    for mention in in_words(&briefing.found.mentions, Part::Body) {
        let Some(entry) = site.entry_of(briefing, mention.subject) else {
            continue;
        };
        let class = match site.index.entries[entry as usize].kind {
            Kind::Country => "country",
            Kind::Official => "official",
            Kind::Organisation => "organisation",
            Kind::Topic => continue,
        };
        if mention.range.start < end || linked.contains(&entry) {
            continue;
        }
        end = mention.range.end;
        linked.push(entry);
        links.push(markdown::Link {
            range: mention.range.start as usize..mention.range.end as usize,
            href: site.shown.entries[entry as usize].href.clone(),
            class,
        });
    }
    links
}

/// The mentions that stand in words of `part`.
fn in_words(mentions: &[Mention], part: Part) -> impl Iterator<Item = &Mention> {
    mentions
        .iter()
        .filter(move |mention| mention.part == part && mention.rule != Rule::Stated)
}

/// Who and what the briefing names, by kind: most mentioned first, then in the order of the text.
fn named(site: &Site, briefing: &Briefing, names: &[(EntryIx, u32)]) -> Vec<NamedGroup> {
    let in_words = |entry: EntryIx| {
        let shown = &site.shown.entries[entry as usize];
        Named {
            label: shown.label.clone(),
            href: shown.href.clone(),
            note: shown
                .person
                .map_or_else(String::new, |person| site.office_on(briefing, person)),
        }
    };
    let group = |&kind: &Kind| {
        let entities: Vec<Named> = site
            .most_mentioned(briefing, names, kind)
            .into_iter()
            .map(in_words)
            .collect();
        (!entities.is_empty()).then(|| NamedGroup {
            key: kind.plural(),
            label: site.locale.texts.kinds(kind).to_owned(),
            entities,
        })
    };
    KINDS.iter().filter_map(group).collect()
}

/// Why each entity was found: its first mention, in the order of the text.
fn evidence(site: &Site, briefing: &Briefing, body: &Body) -> Vec<Evidence> {
    let mut counts: BTreeMap<EntryIx, usize> = BTreeMap::new();
    let mut first: Vec<(EntryIx, &Mention)> = Vec::new();
    for mention in &briefing.found.mentions {
        let Some(entry) = site.entry_of(briefing, mention.subject) else {
            continue;
        };
        let count = counts.entry(entry).or_default();
        if *count == 0 {
            first.push((entry, mention));
        }
        *count += 1;
    }
    let row = |(entry, mention): (EntryIx, &Mention)| {
        let tags;
        let text = match mention.part {
            Part::Title => &briefing.page.title,
            Part::Body => &body.text,
            Part::Tags => {
                tags = briefing.page.tags.join("\n");
                &tags
            }
        };
        let words = text
            .get(mention.basis.start as usize..mention.basis.end as usize)
            .unwrap_or_default();
        let Link { label, href } = site.entry_link(entry);
        Evidence {
            label,
            href,
            words: Label::new(words.replace('\n', " "), site.locale.language),
            rule: site.locale.texts.rule(mention.rule).to_owned(),
            count: site.locale.count(counts[&entry], &site.locale.texts.counts.mentions),
        }
    };
    first.into_iter().map(row).collect()
}
