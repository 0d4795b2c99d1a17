//! The archive by year and month.

use std::ops::Range;

use super::super::Site;
use crate::date::Date;
use crate::index::PageIx;
use crate::url::Address;
use crate::view::{ArchivePage, Counted, Decade, Label, Link, ListGroup, ListPage, Month, Year};

/// Briefings of a month that the page of its year lists; the rest are on the page of the month.
const OF_MONTH: usize = 5;

/// All years.
pub fn all(site: &Site) -> ArchivePage {
    let label = site.locale.texts.words.archive.clone();
    let count = site.briefings(site.briefings.len());
    let mut frame = site.frame(label.clone(), &Address::archive(None, None), "archive", Vec::new());
    frame.description = format!("{label}: {count}");
    ArchivePage {
        page: frame,
        label,
        count,
        decades: decades(site),
        undated: undated_link(site),
    }
}

fn undated_link(site: &Site) -> Option<Counted> {
    let count = site.shown.undated.len();
    (count > 0).then(|| Counted {
        label: Label::new(site.locale.texts.words.undated.as_str(), site.locale.language),
        href: site.addresses.href(&Address::undated()),
        number: site.locale.number(count),
        count: site.briefings(count),
        share: 100,
    })
}

/// Years by decade, both newest first.
fn decades(site: &Site) -> Vec<Decade> {
    let most = site.shown.months.values().map(Range::len).max().unwrap_or(0);
    let mut decades: Vec<(i16, Decade)> = Vec::new();
    for (year, pages) in site.shown.years() {
        let first = year.div_euclid(10) * 10;
        if decades.last().is_none_or(|(last, _)| *last != first) {
            let label = format!("{}–{}", site.locale.year(first), site.locale.year(first + 9));
            decades.push((
                first,
                Decade {
                    label,
                    years: Vec::new(),
                },
            ));
        }
        if let Some((_, decade)) = decades.last_mut() {
            decade.years.push(Year {
                label: site.locale.year(year),
                href: site.addresses.href(&Address::archive(Some(year), None)),
                count: site.briefings(pages.len()),
                months: (1..=12).map(|month| cell(site, year, month, most)).collect(),
            });
        }
    }
    decades.into_iter().map(|(_, decade)| decade).collect()
}

/// A month of the archive's table.
fn cell(site: &Site, year: i16, month: i8, most: usize) -> Month {
    let label = site.locale.month_name(first_day(year, month));
    match site.shown.months.get(&(year, month)) {
        Some(pages) => Month {
            label,
            href: site.addresses.href(&Address::archive(Some(year), Some(month))),
            count: site.briefings(pages.len()),
            share: super::share(pages.len(), most),
        },
        None => Month {
            label,
            href: String::new(),
            count: String::new(),
            share: 0,
        },
    }
}

fn first_day(year: i16, month: i8) -> Date {
    jiff::civil::date(year, month, 1)
}

/// The briefings of a year, by month.
pub fn year(site: &Site, year: i16) -> ListPage {
    let label = site.locale.year(year);
    let months = site.shown.months.range((year, 1)..=(year, 12)).rev();
    let years = site.shown.years();
    let at = years.iter().position(|(other, _)| *other == year).unwrap_or(0);
    let link =
        |(year, _): &(i16, Range<PageIx>)| site.link(&site.locale.year(*year), &Address::archive(Some(*year), None));
    ListPage {
        newer: at.checked_sub(1).and_then(|at| years.get(at)).map(link),
        older: years.get(at + 1).map(link),
        groups: months.map(|(&month, pages)| month_group(site, month, pages)).collect(),
        ..list(
            site,
            label,
            &Address::archive(Some(year), None),
            vec![site.archive_crumb()],
            years.get(at).map_or(0, |(_, pages)| pages.len()),
        )
    }
}

fn month_group(site: &Site, (year, month): (i16, i8), pages: &Range<PageIx>) -> ListGroup {
    let more = pages.len() > OF_MONTH;
    ListGroup {
        label: site.locale.month_name(first_day(year, month)),
        href: site.addresses.href(&Address::archive(Some(year), Some(month))),
        all: if more {
            site.briefings(pages.len())
        } else {
            String::new()
        },
        briefings: pages.clone().take(OF_MONTH).map(|page| site.short_card(page)).collect(),
    }
}

/// The briefings of a month.
pub fn month(site: &Site, year: i16, month: i8) -> ListPage {
    let address = Address::archive(Some(year), Some(month));
    let year_crumb = site.link(&site.locale.year(year), &Address::archive(Some(year), None));
    let pages = site.shown.months.get(&(year, month)).cloned().unwrap_or_default();
    let link = |(&(year, month), _): (&(i16, i8), &Range<PageIx>)| -> Link {
        site.link(
            &site.locale.month(first_day(year, month)),
            &Address::archive(Some(year), Some(month)),
        )
    };
    ListPage {
        newer: site.shown.months.range((year, month + 1)..).next().map(link),
        older: site.shown.months.range(..(year, month)).next_back().map(link),
        groups: vec![whole(site, pages.clone())],
        ..list(
            site,
            site.locale.month(first_day(year, month)),
            &address,
            vec![site.archive_crumb(), year_crumb],
            pages.len(),
        )
    }
}

/// The briefings without a date.
pub fn undated(site: &Site) -> ListPage {
    let pages = site.shown.undated.clone();
    let label = site.locale.texts.words.undated.clone();
    ListPage {
        groups: vec![whole(site, pages.clone())],
        ..list(
            site,
            label,
            &Address::undated(),
            vec![site.archive_crumb()],
            pages.len(),
        )
    }
}

/// All of `pages` with what they are about.
fn whole(site: &Site, pages: Range<PageIx>) -> ListGroup {
    ListGroup {
        label: String::new(),
        href: String::new(),
        all: String::new(),
        briefings: pages.map(|page| site.card(page)).collect(),
    }
}

/// A list with nothing in it yet.
fn list(site: &Site, label: String, address: &Address, crumbs: Vec<Link>, count: usize) -> ListPage {
    let count = site.briefings(count);
    let mut frame = site.frame(label.clone(), address, "archive", crumbs);
    frame.description = format!("{label}: {count}");
    ListPage {
        page: frame,
        label,
        count,
        groups: Vec::new(),
        newer: None,
        older: None,
    }
}
