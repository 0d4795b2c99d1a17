//! A page: front matter and a Markdown body, parsed and printed.
//!
//! Here are its shapes; [`front`] reads the front matter, [`print()`] writes a whole page so that it reads the same
//! again, and [`amend()`] changes the front matter of one that people have written.

mod amend;
pub mod front;
mod print;
pub mod splice;
pub mod yaml;

pub use amend::amend;
pub use print::{Stated, in_flow, print};

use crate::date::{Date, Dated};
use crate::language::Language;
use serde::{Deserialize, Serialize};

/// What a person has stated at the head of a page. What is stated wins over what is found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Headline.
    pub title: Option<String>,
    /// Day of the briefing.
    pub date: Option<Date>,
    /// Language of most of the text.
    pub lang: Option<Language>,
    /// Last part of the address.
    pub slug: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// ISO 3166-1 alpha-2 codes.
    pub countries: Option<Vec<String>>,
    /// Ids of the lexicon, or names in full.
    pub officials: Option<Vec<String>>,
    /// Ids of the lexicon.
    pub organisations: Option<Vec<String>>,
    /// Ids of the lexicon.
    pub topics: Option<Vec<String>>,
    /// Lines that came with the text and are no part of it.
    pub set_apart: Vec<String>,
    /// Addresses that lead here, each with a leading `/`.
    pub aliases: Vec<String>,
    /// Which briefing it is a copy of.
    pub copy_of: Option<CopyOf>,
    /// The raw text that the page was made from.
    pub source: Option<SourceRef>,
    /// Whether a person has reviewed it.
    pub review: Review,
}

/// Which raw text a page was made from, and its bytes then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// Path relative to the site.
    pub file: String,
    /// BLAKE3 of the source's bytes, in hexadecimal.
    pub blake3: String,
}

/// Which briefing a page is a copy of, as a person states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CopyOf {
    /// None, whatever else reads like it.
    Nothing,
    /// The one of this slug, address or file.
    Briefing(String),
}

impl CopyOf {
    /// As it stands in the front matter.
    pub fn words(&self) -> &str {
        match self {
            CopyOf::Nothing => "none",
            CopyOf::Briefing(target) => target,
        }
    }

    /// What `words` of the front matter state.
    pub fn of(words: String) -> CopyOf {
        if words == CopyOf::Nothing.words() {
            CopyOf::Nothing
        } else {
            CopyOf::Briefing(words)
        }
    }
}

/// Whether a person has reviewed a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Review {
    /// Written by the program, which may write it again.
    #[default]
    Auto,
    /// Reviewed; never written over.
    Done,
}

impl Review {
    /// As it stands in the front matter.
    pub fn word(self) -> &'static str {
        match self {
            Review::Auto => "auto",
            Review::Done => "done",
        }
    }
}

/// Where a title comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TitleRule {
    /// Stated in the front matter.
    Stated,
    /// A headline of the text.
    Headline,
    /// Made from the lead sentence.
    Lead,
    /// Nothing else was there.
    FileName,
}

/// Where a dispatch was sent from, and by whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// City, as written.
    pub city: Option<String>,
    /// News agency, as written.
    pub agency: Option<String>,
}

/// What a line is that papers and agencies put around a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ApartKind {
    /// The end of a dispatch, its time and number.
    Signature,
    /// A list of tags.
    Tags,
    /// Ways to other pages, and to share this one.
    Navigation,
    /// A link to where the text stood.
    Link,
    /// Where the text is from.
    Source,
    /// Who wrote it or took the photographs.
    Credit,
    /// What a photograph shows.
    Caption,
    /// Set apart by a person.
    Stated,
}

/// Words that came with a text and are no part of it. They are kept, and not published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// What they are.
    pub kind: ApartKind,
    /// As written, on one line.
    pub words: String,
}

impl Apart {
    /// These words, which are of that kind.
    pub fn new(kind: ApartKind, words: &str) -> Apart {
        Apart {
            kind,
            words: words.trim().to_owned(),
        }
    }
}

/// A page, whole: what is stated, and what was found where nothing is stated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Path relative to the site, with `/` between folders.
    pub file: String,
    /// Never empty; one line of plain text.
    pub title: String,
    /// Where the title comes from.
    pub title_rule: TitleRule,
    /// `None` where no date could be found.
    pub date: Option<Dated>,
    /// Empty where the text has no dateline.
    pub dateline: Dateline,
    /// One or two sentences of plain text; may be empty.
    pub summary: String,
    /// Language of most of the text.
    pub language: Language,
    /// What came with the text and is no part of it, in its order.
    pub apart: Vec<Apart>,
    /// The tags among that.
    pub tags: Vec<String>,
    /// What is stated.
    pub front: FrontMatter,
    /// Markdown, without the headline.
    pub body: String,
}

impl Page {
    /// Its day.
    pub fn day(&self) -> Option<Date> {
        self.date.as_ref().map(|dated| dated.date)
    }

    /// The title where it is words of the text's own, to be searched like them; `None` where it was made.
    pub fn own_title(&self) -> Option<&str> {
        match self.title_rule {
            TitleRule::Stated | TitleRule::Headline => Some(&self.title),
            TitleRule::Lead | TitleRule::FileName => None,
        }
    }
}
