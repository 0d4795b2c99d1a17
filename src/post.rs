//! Quoted posts: what a tweet leaves behind in plain text.

use std::ops::Range;

use crate::date::Date;

/// The line under a quoted post: `— Name (@handle) July 24, 2023`. Ranges are in bytes of the text given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who posted, as written.
    pub name: Range<usize>,
    /// Account name, without the `@`.
    pub handle: Range<usize>,
    /// The day as written, and as read where it could be.
    pub date_words: Range<usize>,
    /// The day, where it could be read.
    pub date: Option<Date>,
}
