//! The page of a briefing: its text with linked names, whom it names and why, and what is like it.

use std::collections::BTreeMap;

use super::super::{Briefing, Site};
use super::KINDS;
use crate::extract::{Mention, Part, Rule};
use crate::index::{EntryIx, PageIx};
use crate::lexicon::Kind;
use crate::locale::fill;
use crate::markdown::{self, Body, Sheet};
use crate::page::{Review, TitleRule};
use crate::url::Address;
use crate::view::{BriefingPage, Evidence, Label, Link, Named, NamedGroup};

/// Briefings that are shown as like this one.
const RELATED: usize = 4;

/// The page of briefing `number`.
pub fn page(site: &Site, number: PageIx) -> BriefingPage {
    let briefing = &site.briefings[number as usize];
    let shown = &site.shown.briefings[number as usize];
    let page = &briefing.page;
    let mut frame = site.frame(page.title.clone(), &briefing.address, "archive", crumbs(site, briefing));
    frame.description.clone_from(&page.summary);
    let last = site.briefings.len() - 1;
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
        named: named(site, briefing, number),
        evidence: evidence(site, briefing, &body),
        reviewed: page.front.review == Review::Done,
        source: page
            .front
            .source
            .as_ref()
            .map_or(&page.file, |source| &source.file)
            .clone(),
        related: site
            .index
            .related(number, RELATED)
            .into_iter()
            .map(|page| site.short_card(page))
            .collect(),
        newer: number.checked_sub(1).map(|page| site.page_link(page)),
        older: ((number as usize) < last).then(|| site.page_link(number + 1)),
    }
}

/// Archive, year and month; or archive and "undated".
fn crumbs(site: &Site, briefing: &Briefing) -> Vec<Link> {
    let mut crumbs = vec![site.archive_crumb()];
    match briefing.page.date.as_ref().map(|dated| dated.date) {
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
fn named(site: &Site, briefing: &Briefing, number: PageIx) -> Vec<NamedGroup> {
    let named = |entry: EntryIx| {
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
        let entities: Vec<Named> = site.most_mentioned(number, kind).into_iter().map(named).collect();
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
