//! How the site was made, with figures.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::{Briefing, Site};
use crate::lexicon::Kind;
use crate::locale::fill;
use crate::measure::{Measure, REACHED, Tally};
use crate::page::Review;
use crate::url::Address;
use crate::view::{AboutPage, Figure, Share};

/// The page about the site.
pub fn page(site: &Site) -> AboutPage {
    let texts = &site.locale.texts;
    let pages = || site.briefings.iter().map(|briefing| &briefing.page);
    let mentions = || site.briefings.iter().flat_map(|briefing| &briefing.found.mentions);
    let mut figures = site.figures();
    figures.push(Figure {
        number: site.locale.number(mentions().count()),
        noun: site.locale.count(mentions().count(), &texts.nouns.mentions),
        href: String::new(),
    });
    AboutPage {
        page: site.frame(texts.words.about.clone(), &Address::about(), "about", Vec::new()),
        figures,
        rules: shares(site, mentions().map(|mention| texts.rule(mention.rule))),
        days: shares(
            site,
            pages().map(|page| texts.date(page.date.as_ref().map(|dated| dated.rule))),
        ),
        titles: shares(site, pages().map(|page| texts.title(page.title_rule))),
        reviewed: reviewed(site),
        reached: reached(site),
        upheld: upheld(site),
    }
}

/// What the program reaches on texts in which people have marked what is there.
fn reached(site: &Site) -> Vec<Share> {
    let words = &site.locale.texts.words;
    let label = |measure| match measure {
        Measure::Sets(kind) => Some(kind_word(site, kind)),
        Measure::Joined => Some(&words.officials_joined),
        Measure::Date => Some(&words.date),
        Measure::Language | Measure::Headline | Measure::Spans(_) => None,
    };
    let share = |&(measure, f1): &(Measure, u8)| {
        Some(Share {
            label: label(measure)?.clone(),
            number: site.locale.number(usize::from(f1)),
            share: f1,
        })
    };
    REACHED.iter().filter_map(share).collect()
}

/// How what editors state on the pages they have reviewed compares with what the program had found there: what was right
/// of all that either of them names.
fn upheld(site: &Site) -> Vec<Share> {
    let mut by_kind: BTreeMap<Kind, Tally> = BTreeMap::new();
    for briefing in site.briefings.iter().filter(|briefing| is_reviewed(briefing)) {
        for &(kind, tally) in &briefing.found.stated {
            by_kind.entry(kind).or_default().add(tally);
        }
    }
    let share = |(kind, tally): (Kind, Tally)| {
        let of = [
            ("n", site.locale.number(tally.right)),
            ("m", site.locale.number(tally.gold + tally.found - tally.right)),
        ];
        Share {
            label: kind_word(site, kind).clone(),
            number: fill(
                &site.locale.texts.words.n_of_m,
                &of.each_ref().map(|(key, number)| (*key, number.as_str())),
            ),
            share: super::share(tally.right, tally.gold + tally.found - tally.right),
        }
    };
    by_kind.into_iter().map(share).collect()
}

fn kind_word(site: &Site, kind: Kind) -> &String {
    let words = &site.locale.texts.words;
    match kind {
        Kind::Country => &words.countries,
        Kind::Organisation => &words.organisations,
        Kind::Official => &words.officials,
        Kind::Topic => &words.topics,
    }
}

fn is_reviewed(briefing: &Briefing) -> bool {
    briefing.page.front.review == Review::Done
}

/// How often each word occurs, most first.
fn shares<'a>(site: &Site, words: impl Iterator<Item = &'a str>) -> Vec<Share> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let total = counts.values().sum();
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(word, count)| (Reverse(count), word));
    let share = |(word, count): (&str, usize)| Share {
        label: word.to_owned(),
        number: site.locale.number(count),
        share: super::share(count, total),
    };
    counts.into_iter().map(share).collect()
}

fn reviewed(site: &Site) -> String {
    let words = &site.locale.texts.words;
    let (done, all) = (
        site.briefings.iter().filter(|briefing| is_reviewed(briefing)).count(),
        site.briefings(site.briefings.len()),
    );
    match done {
        0 => words.reviewed_none.clone(),
        _ => fill(&words.reviewed, &[("n", &site.locale.number(done)), ("m", &all)]),
    }
}
