//! What is wrong, where, what was found there, and how to mend it.
//!
//! A stage of the core never stops at the first fault: it gives a [`Checked`] value, which is what
//! could be made of its input together with the diagnostics. One broken text costs one page.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::ops::Range;

/// Diagnostics of one sort that are shown in full.
const SHOWN: usize = 50;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The site can be published, but someone should look.
    Warning,
    /// Something was left out or could not be understood; `build` exits with status 1.
    Error,
}

/// A place in a file for people: both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// The place of byte `offset` of `text`; an offset past the end is the end.
    pub fn of(text: &str, offset: usize) -> Place {
        let before = &text[..text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// One fault, as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// One clause, lower case, no full stop.
    pub message: String,
    /// The file, relative to the site, with `/` between folders.
    pub file: String,
    /// Where in the file, if it is about a place.
    pub place: Option<Place>,
    /// The words found there; printed alone on their line, as terminals disagree on the order of Arabic.
    pub found: Option<String>,
    /// How to mend it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A fault that costs something.
    pub fn error(file: impl Into<String>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            message: message.into(),
            file: file.into(),
            place: None,
            found: None,
            hint: None,
        }
    }

    /// Something to look at that costs nothing.
    pub fn warning(file: impl Into<String>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(file, message)
        }
    }

    /// Adds the place of `range` in `text` and the words that stand there, cut at 80 characters.
    #[must_use]
    pub fn at(mut self, text: &str, range: &Range<usize>) -> Diagnostic {
        self.place = Some(Place::of(text, range.start));
        self.found = text
            .get(range.clone())
            .and_then(|words| words.lines().next())
            .map(|words| words.trim().chars().take(80).collect())
            .filter(|words: &String| !words.is_empty());
        self
    }

    /// Adds how to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }
}

#[cfg(test)]
impl Diagnostic {
    /// The whole on one line, for tests: `line:column message | found | hint`.
    pub(crate) fn line(&self) -> String {
        let place = self.place.expect("a place");
        let (found, hint) = (
            self.found.as_deref().unwrap_or_default(),
            self.hint.as_deref().unwrap_or_default(),
        );
        format!("{}:{} {} | {found} | {hint}", place.line, place.column, self.message)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        write!(f, "{severity}: {}\n  --> {}", self.message, self.file)?;
        if let Some(Place { line, column }) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        if let Some(found) = &self.found {
            write!(f, "\n  found: {found}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// The word of `known` that `word` is most likely meant to be; `None` where none is near. Case does not count, nor does
/// the turning round of two letters weigh more than one wrong one.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let far = (word.chars().count() / 3).min(3);
    let near = known
        .into_iter()
        .map(|known| (strsim::osa_distance(&word, known), known));
    near.filter(|(distance, _)| *distance <= far)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Whether something was left out or could not be understood.
pub fn is_broken<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> bool {
    let mut severities = diagnostics.into_iter().map(|diagnostic| diagnostic.severity);
    severities.any(|severity| severity == Severity::Error)
}

/// A value and what was wrong on the way to it.
#[derive(Debug, Clone, Default)]
pub struct Checked<T> {
    /// What could be made of the input.
    pub value: T,
    /// In the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with nothing wrong.
    pub fn clean(value: T) -> Checked<T> {
        Checked {
            value,
            diagnostics: Vec::new(),
        }
    }

    /// The value; its diagnostics are moved to the end of `diagnostics`.
    pub fn take(self, diagnostics: &mut Vec<Diagnostic>) -> T {
        diagnostics.extend(self.diagnostics);
        self.value
    }
}

/// Diagnostics as people read them: warnings, then errors, each by file and place, and a line that counts them.
/// Of one sort (the same hint, or the same message where there is none) the first 50 are shown. Empty for none.
pub fn report(mut diagnostics: Vec<Diagnostic>) -> String {
    diagnostics.sort_by(|left, right| order(left).cmp(&order(right)));
    let mut sorts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    let mut out = String::new();
    for diagnostic in &diagnostics {
        let sort = diagnostic.hint.as_ref().unwrap_or(&diagnostic.message);
        let count = sorts.entry((diagnostic.severity, sort)).or_default();
        *count += 1;
        if *count <= SHOWN {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{diagnostic}");
        }
    }
    for ((severity, sort), count) in sorts {
        if let Some(more @ 1..) = count.checked_sub(SHOWN) {
            let _ = writeln!(out, "and {} like: {sort}", counted(more, severity));
        }
    }
    let of = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    let counts = [Severity::Error, Severity::Warning].map(|severity| (of(severity), severity));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let line: Vec<String> = counts.map(|(count, severity)| counted(count, severity)).collect();
    if !line.is_empty() {
        let _ = writeln!(out, "{}", line.join(", "));
    }
    out
}

fn order(diagnostic: &Diagnostic) -> (Severity, &str, Option<Place>, &str) {
    (
        diagnostic.severity,
        &diagnostic.file,
        diagnostic.place,
        &diagnostic.message,
    )
}

fn counted(count: usize, severity: Severity) -> String {
    let plural = if count == 1 { "" } else { "s" };
    match severity {
        Severity::Warning => format!("{count} warning{plural}"),
        Severity::Error => format!("{count} error{plural}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stand_last_and_all_are_counted() {
        let faults = vec![
            Diagnostic::error("seeds/b.txt", "the file is empty"),
            Diagnostic::error("content/a.md", "the date is not of the form YYYY-MM-DD").at("x\n12 May", &(2..8)),
            Diagnostic::warning("seeds/c.doc", "only plain text is read").hint("save it as plain text"),
        ];
        let expected = "warning: only plain text is read\n  --> seeds/c.doc\n  hint: save it as plain text\n\
            error: the date is not of the form YYYY-MM-DD\n  --> content/a.md:2:1\n  found: 12 May\n\
            error: the file is empty\n  --> seeds/b.txt\n\
            2 errors, 1 warning\n";
        assert_eq!(report(faults), expected);
        assert_eq!(report(Vec::new()), "");
    }

    #[test]
    fn of_a_flood_the_first_are_shown_and_the_rest_counted() {
        let faults = (0..53)
            .map(|number| Diagnostic::error(format!("{number:02}.txt"), "the file is empty"))
            .collect();
        let report = report(faults);
        assert!(report.contains("49.txt") && !report.contains("50.txt"));
        assert!(
            report.ends_with("and 3 errors like: the file is empty\n53 errors\n"),
            "{report}"
        );
    }

    #[test]
    fn a_mistyped_word_is_told_from_an_unknown_one() {
        let known = ["title", "topics", "src"];
        for (word, nearest_one) in [
            ("titel", Some("title")),
            ("Topic", Some("topics")),
            ("srs", Some("src")),
            ("sr", None),
            ("weather", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), nearest_one, "{word}");
        }
    }
}
