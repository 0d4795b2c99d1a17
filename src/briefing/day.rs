//! The day of a briefing, among all the days that a text may name.

use crate::date::{self, Date, DateRule, Dated, FoundDate};
use crate::markdown::{BlockKind, Body};
use crate::page::FrontMatter;
use crate::text;

use super::dateline::Opening;

/// The day: as stated, else by the first of these that gives one: the dateline; a date in the lead; a weekday
/// resolved against the day of a quoted post; that day; the file's name; the only date of the text.
pub fn of(front: &FrontMatter, file: &str, body: &Body, opening: &Opening) -> Option<Dated> {
    if let Some(date) = front.date {
        return Some(dated(date, DateRule::Stated, &date.to_string()));
    }
    let name = file.rsplit('/').next().unwrap_or(file);
    let posted = post(body);
    let named = date::in_file_name(name);
    from_dateline(
        opening,
        posted
            .as_ref()
            .map(|(date, _)| *date)
            .or(named.as_ref().map(|found| found.date)),
        body,
    )
    .or_else(|| written(body, 2))
    .or_else(|| posted.as_ref().and_then(|post| weekday(body, post)))
    .or_else(|| posted.as_ref().map(|(date, words)| dated(*date, DateRule::Post, words)))
    .or_else(|| named.map(|found| dated(found.date, DateRule::FileName, name)))
    .or_else(|| only(body))
}

fn dated(date: Date, rule: DateRule, words: &str) -> Dated {
    Dated {
        date,
        rule,
        words: words.to_owned(),
    }
}

/// The whole date of the dateline; or its day and month, in the year of `other` or of the first date of the text.
fn from_dateline(opening: &Opening, other: Option<Date>, body: &Body) -> Option<Dated> {
    let words = &opening.words;
    if let Some(found) = best(words, date::dates(words)) {
        return Some(dated(found.date, DateRule::Dateline, &words[found.range]));
    }
    let partial = date::partial_date(words)?;
    let year = other
        .or_else(|| date::dates(&body.text).first().map(|found| found.date))?
        .year();
    let date = Date::new(year, partial.month, partial.day).ok()?;
    Some(dated(date, DateRule::Dateline, &words[partial.range]))
}

/// A date in the first `most` paragraphs that is not said to be the start or the end of something.
fn written(body: &Body, most: usize) -> Option<Dated> {
    let prose = body.blocks.iter().filter(|block| block.kind == BlockKind::Prose);
    prose.take(most).find_map(|block| {
        let words = &body.text[block.range.clone()];
        let found = best(words, date::dates(words))?;
        let rule = if found.hijri {
            DateRule::Hijri
        } else {
            DateRule::Written
        };
        Some(dated(found.date, rule, &words[found.range]))
    })
}

/// Of the dates in `words`, the first after no word such as since or until; a Gregorian one before a Hijri one.
fn best(words: &str, found: Vec<FoundDate>) -> Option<FoundDate> {
    let mut fit = found
        .into_iter()
        .filter(|found| !is_of_something_else(&words[..found.range.start]));
    let first = fit.next()?;
    if !first.hijri {
        return Some(first);
    }
    let twin = fit.find(|found| {
        !found.hijri
            && found
                .date
                .until(first.date)
                .is_ok_and(|span| span.get_days().abs() < 40)
    });
    Some(twin.unwrap_or(first))
}

/// Whether the words before a date make it the day of something else: since, until, before, after, by, signed on.
fn is_of_something_else(before: &str) -> bool {
    const OTHER: [&str; 14] = [
        "منذ",
        "حتي",
        "قبل",
        "بعد",
        "بحلول",
        "الموقع",
        "الموقعه",
        "المورخ",
        "المورخه",
        "الصادر",
        "الصادره",
        "since",
        "until",
        "before",
    ];
    let mut words = before.split_whitespace().rev();
    words
        .by_ref()
        .take(2)
        .any(|word| OTHER.contains(&text::fold_name(word).as_str()))
}

/// The day of the first quoted post that has one, and how it is written.
fn post(body: &Body) -> Option<(Date, String)> {
    body.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Post(Some(found)) => Some((found.date?, body.text[found.date_words.clone()].to_owned())),
        _ => None,
    })
}

/// The weekday that the first paragraphs name, on the day of a post or in the six days before it.
fn weekday(body: &Body, (posted, words): &(Date, String)) -> Option<Dated> {
    let mut prose = body
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Prose)
        .take(2);
    let (range, weekday, text) = prose.find_map(|block| {
        let text = &body.text[block.range.clone()];
        date::weekday(text).map(|(range, weekday)| (range, weekday, text))
    })?;
    let back = posted.weekday().since(weekday);
    let date = posted.checked_sub(jiff::Span::new().days(i64::from(back))).ok()?;
    Some(dated(date, DateRule::Weekday, &format!("{} ({words})", &text[range])))
}

/// The date of a text that names just one.
fn only(body: &Body) -> Option<Dated> {
    let found = date::dates(&body.text);
    let first = found.first()?;
    let alone =
        found.iter().all(|other| other.date == first.date) && !is_of_something_else(&body.text[..first.range.start]);
    alone.then(|| dated(first.date, DateRule::Written, &body.text[first.range.clone()]))
}
