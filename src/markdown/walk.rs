//! The one walk over the events of a Markdown text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Block, BlockKind, Body};
use crate::language::Language;
use crate::post;

/// Joins words where Markdown would part them; put in and taken out again here, never published.
const JOINER: char = '\u{2060}';

/// What is understood beyond CommonMark.
pub const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// What a text shows, step by step. Ranges are in bytes of [`Body::text`].
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A block opens: its tag, and its place in [`Body::blocks`] if it holds words.
    Open(&'static str, Option<usize>),
    /// A block or a span closes.
    Close(&'static str),
    /// A span opens.
    Span(&'static str),
    /// Words.
    Text(Range<usize>),
    /// Words of code within a line.
    Code(Range<usize>),
    /// A line ends within a block.
    Break(bool),
    /// A link opens.
    Link(String),
    /// A picture, with the words that stand for it.
    Picture(String, String),
    /// A rule across the page.
    Rule,
    /// Markup as it came, to be cleaned.
    Raw(String),
    /// A quoted post opens.
    Post(Language),
    /// A quoted post closes, with the place of the block that says whose it is.
    PostEnd(usize),
}

/// A text walked: what it publishes, and how.
#[derive(Debug, Default)]
pub struct Walked {
    /// What it publishes.
    pub body: Body,
    /// How.
    pub steps: Vec<Step>,
    /// Tags of markup as it came, to be cleaned.
    pub tags: usize,
}

/// Walks `markdown`, on a page in `language`.
pub fn walk(markdown: &str, language: Language) -> Walked {
    let markdown = join_emphasis(markdown);
    let mut walker = Walker::default_in(language);
    for event in Parser::new_ext(&markdown, OPTIONS) {
        walker.event(event);
    }
    walker.close_block();
    walker.walked
}

/// The walk as it goes on.
struct Walker {
    language: Language,
    walked: Walked,
    /// The block that words go into.
    open: Option<(usize, BlockKind)>,
    /// Steps at which quotations that are open began.
    quotes: Vec<usize>,
    /// Words that stand for the picture being read.
    picture: Option<(String, String)>,
    /// Whether the row of a table being read is its head.
    head: bool,
    /// Levels, as written, of the headings that what is read stands under.
    above: Vec<HeadingLevel>,
}

impl Walker {
    fn default_in(language: Language) -> Walker {
        Walker {
            language,
            walked: Walked::default(),
            open: None,
            quotes: Vec::new(),
            picture: None,
            head: false,
            above: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.words(&text, Step::Text),
            Event::Code(text) => self.words(&text, Step::Code),
            Event::SoftBreak => self.line_break(false),
            Event::HardBreak => self.line_break(true),
            Event::Html(markup) | Event::InlineHtml(markup) => {
                self.walked.tags += markup.matches('<').count();
                self.walked.steps.push(Step::Raw(markup.replace(JOINER, "")));
            }
            Event::Rule => self.walked.steps.push(Step::Rule),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open_block("p", BlockKind::Prose),
            Tag::Heading { level, .. } => {
                let tag = self.heading(level);
                self.open_block(tag, BlockKind::Heading);
            }
            Tag::CodeBlock(_) => self.open_block("pre", BlockKind::Code),
            Tag::Item => {
                self.close_block();
                self.open_block("li", BlockKind::Prose);
            }
            Tag::TableCell => self.open_block(if self.head { "th" } else { "td" }, BlockKind::Prose),
            Tag::TableHead => {
                self.head = true;
                self.container("tr");
            }
            Tag::TableRow => self.container("tr"),
            Tag::Table(_) => self.container("table"),
            Tag::List(first) => self.container(if first.is_some() { "ol" } else { "ul" }),
            Tag::BlockQuote(_) => {
                self.quotes.push(self.walked.steps.len());
                self.container("blockquote");
            }
            Tag::Emphasis => self.walked.steps.push(Step::Span("em")),
            Tag::Strong => self.walked.steps.push(Step::Span("strong")),
            Tag::Strikethrough => self.walked.steps.push(Step::Span("s")),
            Tag::Link { dest_url, .. } => self.walked.steps.push(Step::Link(dest_url.into_string())),
            Tag::Image { dest_url, .. } => self.picture = Some((dest_url.into_string(), String::new())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let close = match tag {
            TagEnd::Paragraph => "p",
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::CodeBlock => "pre",
            TagEnd::Item => "li",
            TagEnd::TableCell => {
                if self.head {
                    "th"
                } else {
                    "td"
                }
            }
            TagEnd::TableHead => {
                self.head = false;
                "tr"
            }
            TagEnd::TableRow => "tr",
            TagEnd::Table => "table",
            TagEnd::List(ordered) => {
                if ordered {
                    "ol"
                } else {
                    "ul"
                }
            }
            TagEnd::BlockQuote(_) => return self.end_quote(),
            TagEnd::Emphasis => return self.walked.steps.push(Step::Close("em")),
            TagEnd::Strong => return self.walked.steps.push(Step::Close("strong")),
            TagEnd::Strikethrough => return self.walked.steps.push(Step::Close("s")),
            TagEnd::Link => return self.walked.steps.push(Step::Close("a")),
            TagEnd::Image => return self.end_picture(),
            _ => return,
        };
        self.close_block();
        self.walked.steps.push(Step::Close(close));
    }

    /// The tag of a heading: one below that of the heading it stands under, however many levels below it is written, so
    /// that the page leaves out none. The title of the page is its only heading of the first level.
    fn heading(&mut self, level: HeadingLevel) -> &'static str {
        while self.above.pop_if(|above| *above >= level).is_some() {}
        self.above.push(level);
        ["h2", "h3", "h4", "h5", "h6", "h6"][self.above.len() - 1]
    }

    fn container(&mut self, tag: &'static str) {
        self.close_block();
        self.walked.steps.push(Step::Open(tag, None));
    }

    fn open_block(&mut self, tag: &'static str, kind: BlockKind) {
        self.close_block();
        self.walked.steps.push(Step::Open(tag, None));
        self.open = Some((self.walked.steps.len() - 1, kind));
    }

    /// Ends the block that words go into; a block without words is none.
    fn close_block(&mut self) {
        let body = &mut self.walked.body;
        if let (Some((step, _)), Some(block)) = (self.open.take(), body.blocks.last_mut())
            && let Step::Open(_, Some(_)) = self.walked.steps[step]
        {
            block.range.end = body.text.len();
            block.language = Language::of_block(&body.text[block.range.clone()], self.language);
        }
    }

    /// Begins the block in the text, with its first words.
    fn begin_block(&mut self) {
        let Some((step, kind)) = self.open.take() else {
            // Words after a list within an item belong to a block of their own without a tag.
            self.walked.steps.push(Step::Open("", None));
            self.open = Some((self.walked.steps.len() - 1, BlockKind::Prose));
            return self.begin_block();
        };
        let body = &mut self.walked.body;
        if let Step::Open(_, place @ None) = &mut self.walked.steps[step] {
            *place = Some(body.blocks.len());
            if !body.text.is_empty() {
                body.text.push('\n');
            }
            let start = body.text.len();
            body.blocks.push(Block {
                range: start..start,
                kind: kind.clone(),
                language: self.language,
            });
        }
        self.open = Some((step, kind));
    }

    fn words(&mut self, text: &str, step: fn(Range<usize>) -> Step) {
        if let Some((_, alternative)) = &mut self.picture {
            alternative.push_str(&text.replace(JOINER, ""));
            return;
        }
        self.begin_block();
        let start = self.walked.body.text.len();
        text.split(JOINER).for_each(|part| self.walked.body.text.push_str(part));
        let range = start..self.walked.body.text.len();
        match self.walked.steps.last_mut() {
            Some(Step::Text(last)) if last.end == range.start && step(0..0) == Step::Text(0..0) => last.end = range.end,
            _ => self.walked.steps.push(step(range)),
        }
    }

    fn line_break(&mut self, hard: bool) {
        if self.picture.is_none() {
            self.begin_block();
            self.walked.body.text.push(' ');
            self.walked.steps.push(Step::Break(hard));
        }
    }

    fn end_picture(&mut self) {
        if let Some((address, alternative)) = self.picture.take() {
            self.walked.steps.push(Step::Picture(address, alternative));
        }
    }

    /// A quotation whose last paragraph says who posted it is a quoted post.
    fn end_quote(&mut self) {
        self.close_block();
        let Some(opened) = self.quotes.pop() else { return };
        let steps = &mut self.walked.steps;
        let body = &mut self.walked.body;
        let last = match steps.as_slice() {
            [.., Step::Open("p", Some(block)), Step::Text(_), Step::Close("p")] => *block,
            _ => return steps.push(Step::Close("blockquote")),
        };
        let range = body.blocks[last].range.clone();
        let Some(found) = post::attribution(&body.text[range.clone()]) else {
            return steps.push(Step::Close("blockquote"));
        };
        steps.truncate(steps.len() - 3);
        let first = steps[opened..].iter().find_map(|step| match step {
            Step::Open(_, block) => *block,
            _ => None,
        });
        let first = first.unwrap_or(last);
        for block in &mut body.blocks[first..last] {
            block.kind = BlockKind::Post(None);
        }
        body.blocks[last].kind = BlockKind::Post(Some(found.shifted(range.start)));
        let language = body.blocks[first].language;
        steps[opened] = Step::Post(language);
        steps.push(Step::PostEnd(last));
    }
}

/// Puts a joiner inside runs of asterisks where Arabic punctuation would keep them from being emphasis.
///
/// CommonMark lets `**` close only where no letter follows, if punctuation stands before it. Arabic is written so:
/// `**الرياض،**واس`. The joiner is neither punctuation nor space, so the rule finds nothing against it.
fn join_emphasis(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains('*') {
        return Cow::Borrowed(markdown);
    }
    let mut joined = String::with_capacity(markdown.len() + 16);
    let mut done = 0;
    let mut at = 0;
    while let Some(found) = markdown[at..].find('*') {
        let start = at + found;
        let end = start
            + markdown[start..]
                .find(|letter| letter != '*')
                .unwrap_or(markdown.len() - start);
        let before = markdown[..start].chars().next_back();
        let after = markdown[end..].chars().next();
        match (before, after) {
            (Some('\\'), _) => {}
            (Some(before), Some(after)) if is_mark(before) && after.is_alphabetic() && !after.is_ascii() => {
                joined.push_str(&markdown[done..start]);
                joined.push(JOINER);
                done = start;
            }
            (Some(before), Some(after)) if before.is_alphabetic() && !before.is_ascii() && is_mark(after) => {
                joined.push_str(&markdown[done..end]);
                joined.push(JOINER);
                done = end;
            }
            _ => {}
        }
        at = end;
    }
    if done == 0 && joined.is_empty() {
        return Cow::Borrowed(markdown);
    }
    joined.push_str(&markdown[done..]);
    Cow::Owned(joined)
}

/// Punctuation that stands at the edge of Arabic words.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\u{060C}' | '\u{061B}' | '\u{061F}' | '\u{06D4}' | '\u{066A}'
            ..='\u{066D}'
                | '«'
                | '»'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '…'
                | '–'
                | '—'
                | ':'
                | '.'
                | ','
                | '!'
                | '?'
                | '('
                | ')'
                | '"'
                | ';'
    )
}
