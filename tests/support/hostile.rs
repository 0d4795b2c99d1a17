//! What must hold of anything found in any text.

use std::ops::Range;

use bayan::extract::{Extraction, Part};
use bayan::markdown;
use bayan::page::Page;

/// Whether every range lies on whole characters of its text.
pub fn points_at_words(page: &Page, found: &Extraction) -> bool {
    let body = markdown::body(&page.body, page.language).text;
    let tags = page.tags.join("\n");
    let is_whole = |part: Part, range: &Range<u32>| {
        let text = match part {
            Part::Title => &page.title,
            Part::Body => &body,
            Part::Tags => &tags,
        };
        text.get(range.start as usize..range.end as usize).is_some()
    };
    let mentions = found
        .mentions
        .iter()
        .flat_map(|mention| [(mention.part, &mention.range), (mention.part, &mention.basis)]);
    let titles = found.titles.iter().map(|title| (title.part, &title.range));
    let callings = found.callings.iter().map(|(part, range)| (*part, range));
    let days = found.days.iter().map(|day| (day.part, &day.range));
    mentions
        .chain(titles)
        .chain(callings)
        .chain(days)
        .all(|(part, range)| is_whole(part, range))
}
