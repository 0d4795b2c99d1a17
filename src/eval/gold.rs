//! Gold: documents in which people have marked what a reader would find.

use serde::Deserialize;

use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::measure::SpanKind;

/// One document and what it names, each line of a `.jsonl` file. Any part but `id` and `text` may be left out, and only
/// what is given is scored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// Unique in its file.
    pub id: String,
    /// The text as it came, a raw source.
    pub text: String,
    /// The language of most of it: `ar`.
    #[serde(default)]
    pub lang: Option<String>,
    /// Its day: `2024-05-12`.
    #[serde(default)]
    pub date: Option<String>,
    /// Its headline; a made title is compared with it where the text itself has none.
    #[serde(default)]
    pub title: Option<String>,
    /// Every place that names something, of the kinds that are marked anywhere in the file.
    #[serde(default)]
    pub mentions: Option<Vec<GoldMention>>,
    /// Codes of all countries named.
    #[serde(default)]
    pub countries: Option<Vec<String>>,
    /// Ids of all organisations named.
    #[serde(default)]
    pub organisations: Option<Vec<String>>,
    /// All people named.
    #[serde(default)]
    pub officials: Option<Vec<GoldOfficial>>,
    /// Ids of all topics told.
    #[serde(default)]
    pub topics: Option<Vec<String>>,
}

/// A place that names something.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldMention {
    /// First character of the text, from 0.
    pub start: usize,
    /// The character after the last one.
    pub end: usize,
    /// What is named there.
    pub kind: SpanKind,
    /// Code or id of a country, organisation or topic, the first day of a date; of others it is a remark.
    #[serde(default)]
    pub entity: Option<String>,
}

/// A person named, with what the text tells.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldOfficial {
    /// The name at its fullest, as written.
    pub name: String,
    /// The title of office, as written.
    #[serde(default)]
    pub title: Option<String>,
    /// Code of the country, or id of the organisation, whose office it is.
    #[serde(default)]
    pub country: Option<String>,
}

/// Reads the lines of `text`; a line that is none costs itself.
pub fn parse(file: &str, text: &str) -> Checked<Vec<Gold>> {
    let mut golds = Vec::new();
    let mut diagnostics = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Gold>(line) {
            Ok(gold) => {
                let letters = gold.text.chars().count();
                let spans = gold.mentions.iter().flatten();
                let outside = spans
                    .filter(|span| span.start >= span.end || span.end > letters)
                    .count();
                if outside > 0 {
                    let message = format!("{outside} of the mentions of “{}” lie outside its text", gold.id);
                    diagnostics.push(at(file, number, 1, message));
                }
                golds.push(gold);
            }
            Err(error) => {
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or(&message);
                diagnostics.push(at(
                    file,
                    number,
                    error.column(),
                    format!("this is no gold document: {message}"),
                ));
            }
        }
    }
    Checked {
        value: golds,
        diagnostics,
    }
}

fn at(file: &str, line: usize, column: usize, message: String) -> Diagnostic {
    let hint = "one JSON object to a line; `bayan eval --help` shows its keys";
    let mut diagnostic = Diagnostic::error(file, message).hint(hint);
    diagnostic.place = Some(Place {
        line: line + 1,
        column: column.max(1),
    });
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_document_costs_itself_and_says_where() {
        let text = "{\"id\": \"a\", \"text\": \"b\"}\n\n{\"id\": \"c\", \"texts\": \"d\"}\n";
        let read = parse("gold.jsonl", text);
        assert_eq!(read.value.len(), 1);
        let line = read.diagnostics[0].line();
        assert!(
            line.starts_with("3:19 this is no gold document: unknown field `texts`"),
            "{line}"
        );
    }

    #[test]
    fn a_mention_outside_its_text_is_told() {
        let text = r#"{"id": "a", "text": "مصر", "mentions": [{"start": 1, "end": 4, "kind": "country"}]}"#; // Egypt
        let line = parse("gold.jsonl", text).diagnostics[0].line();
        assert!(line.contains("lie outside its text"), "{line}");
    }
}
