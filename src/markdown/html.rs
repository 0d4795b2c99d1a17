//! A walked text as HTML.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::walk::{self, Step, Walked};
use super::{BlockKind, Body, Link, Time};
use crate::date::Date;
use crate::language::{Direction, Language};
use crate::post;

/// Tags of raw markup in one text, at most.
const MOST_TAGS: usize = 2_000;

/// Levels of blocks and spans in a text with raw markup, fewer than.
const DEEPEST: usize = 100;

/// What the HTML of a text depends on beside the text.
pub struct Sheet<'a> {
    /// Language of the page.
    pub language: Language,
    /// Mentions to be linked, in order, none overlapping.
    pub links: &'a [Link],
    /// Days to be marked, in order, none overlapping.
    pub times: &'a [Time],
    /// How a day is written.
    pub date: &'a dyn Fn(Date) -> String,
}

/// `markdown` as HTML: mentions linked, other scripts marked, quoted posts as figures, raw markup cleaned by an
/// allow-list and everything else escaped. Raw markup that no writer writes, of more than [`MOST_TAGS`] tags or within
/// [`DEEPEST`] levels, is escaped too: to clean it would take time without measure. Beside it what [`body`](super::body) gives.
pub fn html(markdown: &str, sheet: &Sheet<'_>) -> (String, Body) {
    let walked = walk::walk(markdown, sheet.language);
    let mut writer = Writer {
        walked: &walked,
        sheet,
        out: String::with_capacity(markdown.len() * 2),
        links: 0,
        language: sheet.language,
        plain: true,
        cleaned: walked.tags > 0 && walked.tags <= MOST_TAGS && depth(&walked.steps) < DEEPEST,
    };
    for step in &walked.steps {
        writer.step(step);
    }
    let html = if writer.cleaned { clean(&writer.out) } else { writer.out };
    (html, walked.body)
}

/// How deep blocks and spans lie in one another.
fn depth(steps: &[Step]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for step in steps {
        match step {
            Step::Open(..) | Step::Span(_) | Step::Link(_) | Step::Post(_) => depth += 1,
            Step::Close(_) | Step::PostEnd(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Takes out all markup that is not on the list, and balances the rest.
fn clean(html: &str) -> String {
    static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
        let mut cleaner = ammonia::Builder::default();
        cleaner
            .add_tags(["figure", "figcaption", "time", "bdi"])
            .add_generic_attributes(["lang", "dir"])
            .add_tag_attributes("time", ["datetime"])
            .add_tag_attributes("a", ["rel"])
            .add_allowed_classes("a", ["country", "official", "organisation"])
            .add_allowed_classes("figure", ["post"])
            .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
            .link_rel(None);
        cleaner
    });
    CLEANER.clean(html).to_string()
}

/// The HTML as it grows.
struct Writer<'a> {
    walked: &'a Walked,
    sheet: &'a Sheet<'a>,
    out: String,
    /// Links that are open.
    links: usize,
    /// Language of the block being written.
    language: Language,
    /// Whether hashtags and handles are plain words, as they are outside posts.
    plain: bool,
    /// Whether raw markup is written as it came, since the whole is cleaned afterwards.
    cleaned: bool,
}

impl Writer<'_> {
    fn step(&mut self, step: &Step) {
        match step {
            Step::Open("", _) => {}
            Step::Open("pre", block) => {
                self.open("pre", *block);
                self.out.push_str("<code>");
            }
            Step::Open(tag, block) => self.open(tag, *block),
            Step::Close("pre") => self.out.push_str("</code></pre>\n"),
            Step::Close("a") => {
                self.links = self.links.saturating_sub(1);
                self.out.push_str("</a>");
            }
            Step::Close(tag @ ("em" | "strong" | "s")) => self.tag("</", tag, ">"),
            Step::Close(tag) => self.tag("</", tag, ">\n"),
            Step::Span(tag) => self.tag("<", tag, ">"),
            Step::Text(range) => self.text(range.clone()),
            Step::Code(range) => {
                self.out.push_str("<code>");
                escape(&mut self.out, &self.walked.body.text[range.clone()]);
                self.out.push_str("</code>");
            }
            Step::Break(hard) => self.out.push_str(if *hard { "<br>\n" } else { "\n" }),
            Step::Link(address) => {
                self.links += 1;
                self.anchor(None, safe(address).unwrap_or("#"));
            }
            Step::Picture(address, alternative) => self.picture(address, alternative),
            Step::Rule => self.out.push_str("<hr>\n"),
            Step::Raw(markup) if self.cleaned => self.out.push_str(markup),
            Step::Raw(markup) => escape(&mut self.out, markup),
            Step::Post(language) => {
                self.plain = false;
                self.out.push_str("<figure class=\"post\"");
                self.direction(*language, true);
                self.out.push_str("><blockquote>\n");
                self.language = *language;
            }
            Step::PostEnd(block) => self.post_end(*block),
        }
    }

    fn tag(&mut self, open: &str, tag: &str, close: &str) {
        self.out.push_str(open);
        self.out.push_str(tag);
        self.out.push_str(close);
    }

    fn open(&mut self, tag: &str, block: Option<usize>) {
        self.out.push('<');
        self.out.push_str(tag);
        if let Some(block) = block {
            let outer = if self.plain { self.sheet.language } else { self.language };
            let language = self.walked.body.blocks[block].language;
            if language != outer {
                self.direction(language, false);
            }
            if self.plain {
                self.language = language;
            }
        }
        self.out.push('>');
        if matches!(tag, "ul" | "ol" | "blockquote" | "table" | "tr") {
            self.out.push('\n');
        }
    }

    /// Writes `lang`, and `dir` where it must be said.
    fn direction(&mut self, language: Language, always: bool) {
        self.out.push_str(" lang=\"");
        self.out.push_str(language.tag());
        self.out.push('"');
        if always || language.direction() != self.sheet.language.direction() {
            self.out.push_str(match language.direction() {
                Direction::Rtl => " dir=\"rtl\"",
                Direction::Ltr => " dir=\"ltr\"",
            });
        }
    }

    fn anchor(&mut self, class: Option<&str>, address: &str) {
        self.out.push_str("<a");
        if let Some(class) = class {
            self.out.push_str(" class=\"");
            self.out.push_str(class);
            self.out.push('"');
        }
        self.out.push_str(" href=\"");
        escape(&mut self.out, address);
        self.out.push('"');
        if class.is_none() && address.contains("://") {
            self.out.push_str(" rel=\"nofollow noopener external\"");
        }
        self.out.push('>');
    }

    fn picture(&mut self, address: &str, alternative: &str) {
        let Some(address) = safe(address).filter(|address| !address.starts_with("mailto:")) else {
            return escape(&mut self.out, alternative);
        };
        self.out.push_str("<img src=\"");
        escape(&mut self.out, address);
        self.out.push_str("\" alt=\"");
        escape(&mut self.out, alternative);
        self.out.push_str("\" loading=\"lazy\">");
    }

    fn post_end(&mut self, block: usize) {
        let body = &self.walked.body;
        self.out.push_str("</blockquote><figcaption>— ");
        if let BlockKind::Post(Some(found)) = &body.blocks[block].kind {
            self.out.push_str("<bdi>");
            self.mentions(found.name.clone());
            self.out.push_str("</bdi> ");
            let handle = &body.text[found.handle.clone()];
            self.anchor(None, &format!("https://x.com/{handle}"));
            self.out.push_str("<bdi dir=\"ltr\">@");
            escape(&mut self.out, handle);
            self.out.push_str("</bdi></a>");
            if let Some(date) = found.date {
                // A post in another language keeps the day as it was written there.
                let foreign = self.language != self.sheet.language && !found.date_words.is_empty();
                self.out.push_str(&format!(" <time datetime=\"{date}\">"));
                if foreign {
                    escape(&mut self.out, &body.text[found.date_words.clone()]);
                } else {
                    escape(&mut self.out, &(self.sheet.date)(date));
                }
                self.out.push_str("</time>");
            }
        }
        self.out.push_str("</figcaption></figure>\n");
        self.plain = true;
        self.language = self.sheet.language;
    }

    /// Words, cut into hashtags, handles, addresses and the rest, if they are not within a link already. A space parts
    /// links that are glued together.
    fn text(&mut self, range: Range<usize>) {
        let text = &self.walked.body.text[range.clone()];
        if self.links > 0 || (self.plain && !text.contains("http")) {
            return self.mentions(range);
        }
        for piece in post::pieces(text) {
            if self.out.ends_with("</a>") && piece.href.is_some() {
                self.out.push(' ');
            }
            let words = range.start + piece.range.start..range.start + piece.range.end;
            let address = piece
                .href
                .filter(|_| !self.plain || text[piece.range.clone()].starts_with("http"));
            match address {
                Some(address) => {
                    self.anchor(None, &address);
                    self.script(words);
                    self.out.push_str("</a>");
                }
                None => self.mentions(words),
            }
        }
    }

    /// Words with the mentions among them linked.
    fn mentions(&mut self, range: Range<usize>) {
        let mut at = range.start;
        if self.links == 0 {
            let links = self.sheet.links;
            let first = links.partition_point(|link| link.range.start < range.start);
            for link in links[first..].iter().take_while(|link| link.range.end <= range.end) {
                if link.range.start >= at && !link.range.is_empty() {
                    self.times(at..link.range.start);
                    self.anchor(Some(link.class), &link.href);
                    self.script(link.range.clone());
                    self.out.push_str("</a>");
                    at = link.range.end;
                }
            }
        }
        self.times(at..range.end);
    }

    /// Words without a mention, the days among them marked. A day that a mention runs into is not.
    fn times(&mut self, range: Range<usize>) {
        let times = self.sheet.times;
        let first = times.partition_point(|time| time.range.start < range.start);
        let mut at = range.start;
        for time in times[first..].iter().take_while(|time| time.range.end <= range.end) {
            self.script(at..time.range.start);
            self.out.push_str(&format!("<time datetime=\"{}\">", time.day));
            self.script(time.range.clone());
            self.out.push_str("</time>");
            at = time.range.end;
        }
        self.script(at..range.end);
    }

    /// Words, with runs of Latin letters within a right-to-left block set apart.
    fn script(&mut self, range: Range<usize>) {
        let text = &self.walked.body.text[range];
        if self.language.direction() == Direction::Ltr {
            return escape(&mut self.out, text);
        }
        let mut done = 0;
        while let Some(run) = latin_run(text, done) {
            escape(&mut self.out, &text[done..run.start]);
            self.out.push_str("<bdi lang=\"en\">");
            escape(&mut self.out, &text[run.clone()]);
            self.out.push_str("</bdi>");
            done = run.end;
        }
        escape(&mut self.out, &text[done..]);
    }
}

/// The next run of Latin words in `text` from byte `from` on: from a letter to the last letter or digit before another
/// script.
fn latin_run(text: &str, from: usize) -> Option<Range<usize>> {
    let latin = |letter: char| letter.is_ascii_alphabetic() || ('\u{C0}'..='\u{24F}').contains(&letter);
    let start = from + text[from..].find(latin)?;
    let mut end = start;
    for (at, letter) in text[start..].char_indices() {
        if latin(letter) || letter.is_ascii_digit() {
            end = start + at + letter.len_utf8();
        } else if !(letter.is_ascii() && letter != '\n') && !matches!(letter, '’' | '–') {
            break;
        }
    }
    Some(start..end)
}

/// An address that may stand in a link: of the web, mail or telephone, or within the site.
fn safe(address: &str) -> Option<&str> {
    let address = address.trim();
    let scheme = address
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .split_once(':')
        .map(|(scheme, _)| scheme);
    let known = ["http", "https", "mailto", "tel"];
    let allowed = scheme.is_none_or(|scheme| known.iter().any(|known| scheme.eq_ignore_ascii_case(known)));
    (allowed && !address.chars().any(char::is_control)).then_some(address)
}

/// Writes text so that it is text wherever it stands in HTML.
fn escape(out: &mut String, text: &str) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(entity);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}
