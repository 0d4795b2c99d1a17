//! One text in place of its former self, where that moves nothing else: the edit of every day.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Extent;
use crate::config::{Copies, Slugs};
use crate::date::Date;
use crate::index::{EntryIx, PageIx};
use crate::page::Page;
use crate::site::reading::Text;
use crate::site::{Briefing, Site, copies, shown, table};
use crate::syndication;
use crate::url;

impl Site {
    /// Puts `text` in place of the one from the same file, and says what must be laid down anew. Gives it back where it
    /// stands elsewhere than before, tells of other people, may be a copy or have some, or where it is the first or the
    /// last to name something: then all must be laid out again.
    pub(super) fn amend(&mut self, text: Box<Text>) -> Result<Extent, Box<Text>> {
        let Some(page) = self.page_of_text(&text) else {
            return Err(text);
        };
        let before = &self.briefings[page as usize];
        if !self.stands_as(&before.page, &text.page) || before.found.people != text.found.people {
            return Err(text);
        }
        let after = Briefing {
            page: text.page,
            found: text.found,
            signature: text.signature,
            copy_of_at: text.copy_of_at,
            people: before.people.clone(),
            address: before.address.clone(),
        };
        if self.may_move_copies(page, &after) {
            return Err(Box::new(after.into()));
        }
        match self.named_by(&after).and_then(|named| self.index.amend(page, named)) {
            Some(moved) => {
                self.shown.briefings[page as usize] = shown::shown_briefing(&after, &self.locale, &self.addresses);
                self.briefings[page as usize] = after;
                let turned = |&entry: &EntryIx| table::turns_a_page(self.index.entries[entry as usize].pages.len());
                Ok(if moved.iter().any(turned) {
                    Extent::Table
                } else {
                    Extent::Nothing
                })
            }
            None => Err(Box::new(after.into())),
        }
    }

    /// The briefing, of the same file and day as `text`.
    fn page_of_text(&self, text: &Text) -> Option<PageIx> {
        let sought = (Reverse(text.day()), &text.page.file);
        let place = |briefing: &Briefing| (Reverse(briefing.page.day()), &briefing.page.file).cmp(&sought);
        let at = self.briefings.binary_search_by(place).ok()?;
        PageIx::try_from(at).ok()
    }

    /// Whether a page keeps its address and says the same of others.
    fn stands_as(&self, before: &Page, after: &Page) -> bool {
        let slug = |page: &Page| match &page.front.slug {
            Some(slug) => url::slug(slug, Slugs::Native),
            None => url::slug(&page.title, self.config.output.html.slugs),
        };
        let (front, now) = (&before.front, &after.front);
        let states_nothing = front.copy_of.is_none() && now.copy_of.is_none();
        let same =
            front.slug.is_some() == now.slug.is_some() && front.aliases == now.aliases && front.source == now.source;
        states_nothing && same && slug(before) == slug(after)
    }

    /// Whether `after` in place of the briefing of `page` may change which texts are copies of which: either of the two has
    /// some, or so many texts are alike that not all of them are compared.
    fn may_move_copies(&self, page: PageIx, after: &Briefing) -> bool {
        if self.config.briefings.copies == Copies::Keep {
            return !self.copies_of(page).is_empty();
        }
        let before = &self.briefings[page as usize];
        let copies = self.copies.iter().map(|copied| &copied.briefing);
        let around = self.briefings_near(before.page.day()).chain(copies);
        let others: Vec<&Briefing> = around.filter(|other| other.page.file != before.page.file).collect();
        let signatures: Vec<_> = others.iter().map(|other| &other.signature).collect();
        !self.copies_of(page).is_empty()
            || syndication::crowds(&before.signature, &after.signature, &signatures)
            || [before, after]
                .iter()
                .any(|text| copies::has_copies(text, &others, &self.lexicon))
    }

    /// The briefings around this day, among which copies are sought, and those without a day.
    fn briefings_near(&self, day: Option<Date>) -> impl Iterator<Item = &Briefing> {
        let dated = self.shown.undated.start as usize;
        let (dated, undated) = self.briefings.split_at(dated);
        let within = day.map_or(0..dated.len(), |day| {
            let (first, last) = syndication::window(day);
            let start = dated.partition_point(|briefing| briefing.page.day() > Some(last));
            start..dated.partition_point(|briefing| briefing.page.day() >= Some(first))
        });
        dated[within].iter().chain(undated)
    }

    /// What a briefing names, by number, with the number of mentions; `None` where it names something for the first time.
    fn named_by(&self, briefing: &Briefing) -> Option<Vec<(EntryIx, u32)>> {
        let mut named = BTreeMap::new();
        for mention in &briefing.found.mentions {
            *named.entry(self.entry_of(briefing, mention.subject)?).or_default() += 1;
        }
        Some(named.into_iter().collect())
    }
}
