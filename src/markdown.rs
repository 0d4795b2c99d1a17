//! Markdown to published text and to safe HTML with linked mentions.

use std::ops::Range;

use crate::language::Language;
use crate::post::Attribution;

/// The published text of a page: what a reader reads, with no markup, one block to a line (`\n` between blocks).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// All blocks, joined by `\n`.
    pub text: String,
    /// In reading order; their ranges do not overlap.
    pub blocks: Vec<Block>,
}

/// A paragraph, heading, item, cell or quoted post.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Bytes of [`Body::text`].
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
    /// Told by its own letters; that of the page where it has none.
    pub language: Language,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A paragraph, list item or table cell.
    Prose,
    /// A heading.
    Heading,
    /// Code, never searched for names.
    Code,
    /// A paragraph of a quoted post; the last one is the line that says who posted it (ranges in bytes of [`Body::text`]).
    Post(Option<Attribution>),
}

/// A mention to be linked. Ranges are in bytes of [`Body::text`], in order, none overlapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// What is linked.
    pub range: Range<usize>,
    /// Where it leads.
    pub href: String,
    /// CSS class: `country`, `official`, `organisation`.
    pub class: &'static str,
}
