//! How the site was made, with figures.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::{Briefing, Site};
use crate::locale::fill;
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
    }
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
    let reviewed = |briefing: &&Briefing| briefing.page.front.review == Review::Done;
    let (done, all) = (
        site.briefings.iter().filter(reviewed).count(),
        site.briefings(site.briefings.len()),
    );
    match done {
        0 => words.reviewed_none.clone(),
        _ => fill(&words.reviewed, &[("n", &site.locale.number(done)), ("m", &all)]),
    }
}
