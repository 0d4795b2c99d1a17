//! Markdown to published text and to safe HTML with linked mentions.
//!
//! Both come from one walk over the same events, so that ranges of the one are ranges of the other.

mod html;
mod walk;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use crate::date::Date;
use crate::language::Language;
use crate::post::Attribution;
use crate::text;

pub use html::{Sheet, html};

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
    /// A paragraph of a quoted post; the last one says who posted it (ranges in bytes of [`Body::text`]).
    Post(Option<Attribution>),
}

/// A mention to be linked.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Bytes of [`Body::text`].
    pub range: Range<usize>,
    /// Where it leads.
    pub href: String,
    /// CSS class: `country`, `official`, `organisation`.
    pub class: &'static str,
}

/// A day to be marked for machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// Bytes of [`Body::text`].
    pub range: Range<usize>,
    /// The day; the first one of several, as HTML has no form for all.
    pub day: Date,
}

/// The published text of `markdown`, on a page in `language`.
pub fn body(markdown: &str, language: Language) -> Body {
    walk::walk(markdown, language).body
}

/// The heading of the first level that `markdown` opens with, as plain text on one line, and what comes after it. Where
/// it opens with anything else, or the heading has no words, all of it stays.
pub fn split_headline(markdown: &str) -> (Option<String>, &str) {
    let mut events = Parser::new_ext(markdown, walk::OPTIONS).into_offset_iter();
    let Some((
        Event::Start(Tag::Heading {
            level: HeadingLevel::H1,
            ..
        }),
        range,
    )) = events.next()
    else {
        return (None, markdown);
    };
    let shown = body(&markdown[range.clone()], Language::Arabic).text;
    let headline = text::squeeze(&shown).into_owned();
    if headline.is_empty() {
        return (None, markdown);
    }
    (Some(headline), markdown[range.end..].trim_start_matches(['\n', '\r']))
}

/// Words as Markdown that publishes just these words, on one line: what Markdown would read as markup is escaped.
pub fn escape(line: &str) -> Cow<'_, str> {
    let mut escaped = String::new();
    let mut done = 0;
    for (at, letter) in line.char_indices() {
        if needs_escape(line, at, letter) {
            escaped.push_str(&line[done..at]);
            escaped.push('\\');
            done = at;
        }
    }
    if escaped.is_empty() {
        return Cow::Borrowed(line);
    }
    escaped.push_str(&line[done..]);
    Cow::Owned(escaped)
}

/// Whether the letter at byte `at` of `line` would be markup.
fn needs_escape(line: &str, at: usize, letter: char) -> bool {
    let (before, after) = (&line[..at], &line[at + letter.len_utf8()..]);
    let opens = || before.trim().is_empty();
    match letter {
        '*' | '`' | '[' | ']' | '<' | '~' | '|' => true,
        '\\' => after.is_empty() || after.starts_with(|next: char| next.is_ascii_punctuation()),
        '&' => after.find(';').is_some_and(|end| {
            after[..end]
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '#')
        }),
        '_' => {
            let word = |letter: char| letter.is_alphanumeric() || letter == '_';
            !(before.ends_with(word) && after.starts_with(word))
        }
        '#' | '>' | '=' => opens(),
        '-' | '+' => opens() && (after.is_empty() || after.starts_with([' ', '\t', '-', '+'])),
        '.' | ')' => {
            let number = before.trim_start();
            let digits = !number.is_empty() && number.len() < 10 && number.bytes().all(|byte| byte.is_ascii_digit());
            digits && (after.is_empty() || after.starts_with([' ', '\t']))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn render(markdown: &str, links: &[Link]) -> String {
        render_timed(markdown, links, &[])
    }

    fn render_timed(markdown: &str, links: &[Link], times: &[Time]) -> String {
        let sheet = Sheet {
            language: Language::Arabic,
            links,
            times,
            date: &|date| date.to_string(),
        };
        html(markdown, &sheet).0
    }

    #[test]
    fn emphasis_beside_arabic_punctuation_is_emphasis() {
        for (markdown, strong) in [
            ("**الرياض،**واس", "<strong>الرياض،</strong>واس"),       // Riyadh, SPA
            ("**«بيان»**صادر", "<strong>«بيان»</strong>صادر"),       // a statement issued
            ("قال **الوزير:**إن", "قال <strong>الوزير:</strong>إن"), // the minister said
            ("قال**«نعم»** ثم", "قال<strong>«نعم»</strong> ثم"),     // he said yes, then
        ] {
            assert_eq!(render(markdown, &[]), format!("<p>{strong}</p>\n"));
        }
        assert_eq!(render("\\*\\*الرياض،\\*\\*واس", &[]), "<p>**الرياض،**واس</p>\n");
    }

    #[test]
    fn a_block_in_another_language_says_so() {
        let page = render("نص بالعربية\n\nA paragraph in English.", &[]); // text in Arabic
        assert_eq!(
            page,
            "<p>نص بالعربية</p>\n<p lang=\"en\" dir=\"ltr\">A paragraph in English.</p>\n"
        );
        let mixed = render("قال Sanjay Verma (MEA) أمس", &[]);
        assert_eq!(mixed, "<p>قال <bdi lang=\"en\">Sanjay Verma (MEA</bdi>) أمس</p>\n");
    }

    #[test]
    fn headings_leave_out_no_level_however_they_are_written() {
        for (markdown, tags) in [
            ("# a\n## b\n# c", "2 3 2"),
            ("## a\n### b\n## c", "2 3 2"),
            ("### a\n###### b\n#### c\n# d", "2 3 3 2"),
        ] {
            let page = render(markdown, &[]);
            let opened: Vec<&str> = page.split("<h").skip(1).map(|rest| &rest[..1]).collect();
            assert_eq!(opened.join(" "), tags, "{page}");
        }
    }

    #[test]
    fn a_quoted_post_becomes_a_figure() {
        let page = render(
            "> Met today @MEAIndia@HCIMaldives\n>\n> — Sanjay Verma (@SanjayVermalFS) July 24, 2023",
            &[],
        );
        assert!(page.starts_with("<figure class=\"post\" lang=\"en\" dir=\"ltr\"><blockquote>\n<p>Met today <a href=\"https://x.com/MEAIndia\""));
        assert!(
            page.contains("@MEAIndia</a> <a href=\"https://x.com/HCIMaldives\""),
            "{page}"
        );
        assert!(page.contains("<figcaption>— <bdi>Sanjay Verma</bdi> <a href=\"https://x.com/SanjayVermalFS\""));
        assert!(page.contains("<time datetime=\"2023-07-24\">July 24, 2023</time></figcaption></figure>"));
        let body = body("> نص\n>\n> — Name (@handle) July 24, 2023", Language::Arabic);
        assert!(
            matches!(&body.blocks[1].kind, BlockKind::Post(Some(found)) if &body.text[found.name.clone()] == "Name")
        );
    }

    #[test]
    fn hostile_markup_is_taken_out_and_cannot_break_the_page() {
        for markdown in [
            "<script>alert(1)</script>",
            "نص <img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "![x](data:text/html,x)",
            "</main><iframe src=//evil></iframe>",
            "<a href='java&#115;cript:alert(1)'>x</a>",
            &"<div><script>".repeat(20_000),
            &format!("{}<script>", "> ".repeat(20_000)),
        ] {
            let page = render(markdown, &[]);
            for bad in ["<script", "onerror", "javascript:", "data:", "</main", "<iframe"] {
                assert!(!page.contains(bad), "{markdown} gave {page}");
            }
        }
    }

    #[test]
    fn a_mention_is_linked_unless_markup_runs_through_it() {
        let link = |range| {
            [Link {
                range,
                href: "/countries/eg/".into(),
                class: "country",
            }]
        };
        let text = "إلى مصر"; // to Egypt
        assert_eq!(
            render(text, &link(7..13)),
            "<p>إلى <a class=\"country\" href=\"/countries/eg/\">مصر</a></p>\n"
        );
        assert_eq!(render("إلى م**صر**", &link(7..13)), "<p>إلى م<strong>صر</strong></p>\n");
    }

    #[test]
    fn a_day_is_marked_unless_a_link_or_markup_runs_into_it() {
        let time = |words: &str, text: &str| {
            let start = text.find(words).expect("words");
            [Time {
                range: start..start + words.len(),
                day: Date::constant(2015, 8, 10),
            }]
        };
        let link = [Link {
            range: 7..13,
            href: "/countries/eg/".into(),
            class: "country",
        }];
        let text = "إلى مصر اليوم"; // to Egypt today
        assert_eq!(
            render_timed(text, &link, &time("اليوم", text)),
            "<p>إلى <a class=\"country\" href=\"/countries/eg/\">مصر</a> <time datetime=\"2015-08-10\">اليوم</time></p>\n"
        );
        let crossed = render_timed(text, &link, &time("مصر اليوم", text));
        assert_eq!(crossed, render(text, &link));
        assert_eq!(
            render_timed("[اليوم](/a/)", &[], &time("اليوم", "اليوم")),
            "<p><a href=\"/a/\"><time datetime=\"2015-08-10\">اليوم</time></a></p>\n"
        );
        let marked = render_timed("الي**وم**", &[], &time("اليوم", "اليوم"));
        assert_eq!(marked, "<p>الي<strong>وم</strong></p>\n");
    }

    proptest! {
        #[test]
        fn escaped_words_are_published_as_they_are(line in "[ -~ا-ي«»،]{0,30}( [#>*_-]{1,3} )?[ -~ا-ي]{0,30}|[0-9]{1,3}[.)] x") {
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(body(&escape(&line), Language::Arabic).text, line);
        }

        #[test]
        fn any_markdown_gives_blocks_within_its_text(markdown in "([ا-ي a-z*_#>\\-`\\[\\]()<>|!0-9]{0,12}\n?){0,12}") {
            let body = body(&markdown, Language::Arabic);
            let mut end = 0;
            for block in &body.blocks {
                prop_assert!(block.range.start >= end && body.text.get(block.range.clone()).is_some());
                end = block.range.end;
            }
            render(&markdown, &[]);
        }
    }
}
