//! Dates as briefings write them.

pub use jiff::civil::Date;
use serde::Serialize;

/// How a date was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRule {
    /// Stated in the front matter.
    Stated,
    /// Written in the dateline, before the text proper.
    Dateline,
    /// Written out in the text.
    Written,
    /// A Hijri date, converted by the Umm al-Qura calendar.
    Hijri,
    /// A weekday of the text, resolved against the date of a quoted post.
    Weekday,
    /// The date of a quoted post.
    Post,
    /// In the name of the file.
    FileName,
}

/// A date and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dated {
    /// The day.
    pub date: Date,
    /// How it was found.
    pub rule: DateRule,
    /// The words it was read from, as they stand.
    pub words: String,
}
