//! What is wrong, where, what was found there, and how to mend it.
//!
//! A stage of the core never stops at the first fault: it gives a [`Checked`] value, which is what
//! could be made of its input together with the diagnostics. One broken text costs one page.

use std::fmt;
use std::ops::Range;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site can be published, but someone should look.
    Warning,
    /// Something was left out or could not be understood; `build` exits with status 1.
    Error,
}

/// A place in a file for people: both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

#[cfg(test)]
mod tests {
    use super::*;

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
