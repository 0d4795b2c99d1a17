//! What must hold of anything found in any text.

use bayan::extract::{Extraction, Part};
use bayan::markdown;
use bayan::page::Page;

/// Whether every range lies on whole characters of its text.
pub fn points_at_words(page: &Page, found: &Extraction) -> bool {
    let body = markdown::body(&page.body, page.language).text;
    let is_whole = |part: Part, start: u32, end: u32| {
        let text = if part == Part::Title { &page.title } else { &body };
        text.get(start as usize..end as usize).is_some()
    };
    let mentions = found.mentions.iter();
    mentions
        .clone()
        .all(|mention| is_whole(mention.part, mention.range.start, mention.range.end))
        && mentions
            .clone()
            .all(|mention| is_whole(mention.part, mention.basis.start, mention.basis.end))
        && found
            .titles
            .iter()
            .all(|title| is_whole(title.part, title.range.start, title.range.end))
}
