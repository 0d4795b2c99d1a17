//! Why the program found what it found: a text with its mentions marked, and a table of reasons.

use std::fmt::Write as _;

use crate::extract::{Extraction, Mention, Part, Rule, Subject};
use crate::lexicon::{Kind, Lexicon};
use crate::markdown::Body;
use crate::page::{Page, TitleRule};

/// What a mention is of: kind, id, and the name shown.
pub struct Named {
    /// What it is.
    pub kind: Kind,
    /// Last part of its address.
    pub id: String,
    /// Name shown.
    pub name: String,
}

/// Explains a page, for people at a terminal. `who` tells what each subject is.
pub fn explain(page: &Page, body: &Body, found: &Extraction, lexicon: &Lexicon, who: impl Fn(Subject) -> Named) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "file:  {}", page.file);
    let _ = writeln!(out, "title: {} ({})", page.title, title_rule(page.title_rule));
    match &page.date {
        Some(dated) => {
            let _ = writeln!(out, "date:  {} ({}: {})", dated.date, rule_name(&dated.rule), dated.words);
        }
        None => out.push_str("date:  none found\n"),
    }
    out.push('\n');
    out.push_str(&marked(&body.text, found, Part::Body, &who));
    out.push_str("\n\n");
    let mut rows: Vec<[String; 5]> = vec![["kind", "id", "name", "rule", "rests on"].map(str::to_owned)];
    for mention in &found.mentions {
        let named = who(mention.subject);
        let text = if mention.part == Part::Title { &page.title } else { &body.text };
        let basis = text.get(mention.basis.start as usize..mention.basis.end as usize).unwrap_or_default();
        rows.push([rule_name(&named.kind), named.id, named.name, rule_name(&mention.rule), basis.replace('\n', " ")]);
    }
    for row in &rows {
        let _ = writeln!(out, "{}", row.join("\t"));
    }
    let _ = writeln!(out);
    for person in &found.people {
        let of = person.of.map_or("", |of| lexicon.entity(of).id.as_str());
        let _ = writeln!(out, "official: {}\ttitle: {}\tof: {of}", person.name, person.title);
    }
    out
}

/// The text with each mention written as `[name|id]`.
fn marked(text: &str, found: &Extraction, part: Part, who: &impl Fn(Subject) -> Named) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    let shown = |mention: &&Mention| mention.part == part && mention.rule != Rule::Stated;
    for mention in found.mentions.iter().filter(shown) {
        let (start, end) = (mention.range.start as usize, mention.range.end as usize);
        let named = who(mention.subject);
        if start < at || named.kind == Kind::Topic {
            continue;
        }
        let _ = write!(out, "{}[{}|{}]", &text[at..start], &text[start..end], named.id);
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

fn title_rule(rule: TitleRule) -> &'static str {
    match rule {
        TitleRule::Stated => "stated",
        TitleRule::Headline => "headline",
        TitleRule::Lead => "made from the lead",
        TitleRule::FileName => "from the file's name",
    }
}

/// The name of a rule as it is written out.
fn rule_name(rule: &impl serde::Serialize) -> String {
    serde_json::to_value(rule).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
