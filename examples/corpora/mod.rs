//! Corpora of named entities, their words put together again as people write them.
//!
//! In: lines of JSON, each a sentence with one space between its tokens, whose clitics, pronouns and marks stand as
//! tokens of their own, and its entities as ranges of characters. Out: [`Sentence`]s in which a particle is written
//! together with the next word and is not part of an entity, a pronoun with the word before, and marks stand where
//! they do in print. So what is measured is what people write.

use std::ops::Range;

use serde::Deserialize;

/// A sentence and what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its id in the corpus.
    pub id: String,
    /// As people write it.
    pub text: String,
    /// In the order of the corpus; those of a nested corpus overlap.
    pub entities: Vec<Entity>,
}

/// A named entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Characters of the text.
    pub chars: Range<usize>,
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// The corpus's name for what it is: `Politician`, `GPE`.
    pub kind: String,
}

impl Entity {
    /// Whether it is a person, by the names of `NewsFANE` or of Wojood.
    pub fn is_person(&self) -> bool {
        const KINDS: [&str; 11] = [
            "PERS",
            "Politician",
            "Athlete",
            "Artist",
            "Other_PER",
            "Religious_PER",
            "Scientist",
            "Businessperson",
            "Lawyer",
            "Engineer",
            "Police",
        ];
        KINDS.contains(&self.kind.as_str())
    }
}

#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    entities: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// Reads a corpus: a record on each line that is not empty.
///
/// # Errors
///
/// Where a line is no record.
pub fn read(jsonl: &str) -> Result<Vec<Sentence>, serde_json::Error> {
    let lines = jsonl.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).map(join)).collect()
}

/// Puts the tokens of a record together.
fn join(record: Record) -> Sentence {
    const END: &str = " $#$"; // of a paragraph in Wojood
    let text = record.text.strip_suffix(END).unwrap_or(&record.text);
    let tokens: Vec<&str> = text.split(' ').collect();
    let mut joined = Joined::default();
    for (at, token) in tokens.iter().enumerate() {
        let spaced = at > 0 && !touches(&tokens, at);
        joined.push(token, spaced, is_pronoun(&tokens, at));
    }
    let entities = record.entities.iter().filter_map(|span| joined.entity(span)).collect();
    Sentence {
        id: record.id,
        text: joined.text,
        entities,
    }
}

/// The text as it grows, and where each character of the record went.
#[derive(Default)]
struct Joined {
    text: String,
    /// For each character of the record so far, the byte of `text`.
    origin: Vec<usize>,
}

impl Joined {
    fn push(&mut self, token: &str, spaced: bool, pronoun: bool) {
        const TA_MARBUTA: char = '\u{0629}';
        if !self.origin.is_empty() {
            self.origin.push(self.text.len()); // the space in the record
        }
        if spaced {
            self.text.push(' ');
        }
        if pronoun && self.text.ends_with(TA_MARBUTA) {
            self.text.pop();
            self.text.push('\u{062A}'); // ta, of as many bytes
        }
        for letter in token.chars() {
            self.origin.push(self.text.len());
            self.text.push(letter);
        }
    }

    /// The entity at `span` of the record; `None` where nothing of it is left.
    fn entity(&self, span: &Span) -> Option<Entity> {
        let start = *self.origin.get(span.start)?;
        let last = *self.origin.get(span.end.checked_sub(1)?)?;
        let end = last + self.text.get(last..)?.chars().next()?.len_utf8();
        let chars = |byte: usize| self.text[..byte].chars().count();
        Some(Entity {
            chars: chars(start)..chars(end),
            bytes: start..end,
            kind: span.kind.clone(),
        })
    }
}

/// Whether the token at `at` is written without a space before it.
fn touches(tokens: &[&str], at: usize) -> bool {
    const CLOSING: [&str; 10] = [".", "،", ",", "؛", ";", ":", "؟", "?", "!", ")"];
    let (before, token) = (tokens[at - 1], tokens[at]);
    CLOSING.contains(&token) || before == "(" || is_particle(tokens, at - 1) || is_pronoun(tokens, at)
}

/// Whether the token at `at` is a particle that people write together with the next word. A letter among letters is
/// part of an abbreviation: `( د ب ا )`.
fn is_particle(tokens: &[&str], at: usize) -> bool {
    const PARTICLES: [&str; 5] = [
        "و", // and
        "ف", // so
        "ب", // in
        "ك", // as
        "ل", // to
    ];
    let is = |at: usize| tokens.get(at).is_some_and(|token| PARTICLES.contains(token));
    let lone = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| is_arabic(token) && token.chars().count() == 1)
    };
    if !is(at) || (at > 0 && lone(at - 1) && !matches!(tokens[at - 1], "و" | "ف" | "ه")) {
        return false;
    }
    match tokens.get(at + 1) {
        Some(&"ه") => true, // him
        Some(next) if next.chars().count() > 1 => is_arabic(next),
        Some(_) => matches!(tokens[at], "و" | "ف") && is(at + 1) && is_particle(tokens, at + 1),
        None => false,
    }
}

/// Whether the token at `at` is a pronoun that people write together with the word before.
fn is_pronoun(tokens: &[&str], at: usize) -> bool {
    const PRONOUNS: [&str; 6] = [
        "ه",   // his
        "ها",  // her
        "هم",  // their
        "هما", // their, of two
        "هن",  // their, of women
        "نا",  // our
    ];
    let free = at.checked_sub(1).map(|before| tokens[before]);
    PRONOUNS.contains(&tokens[at])
        && free.is_some_and(|before| is_arabic(before) && (before.chars().count() > 1 || is_particle(tokens, at - 1)))
}

fn is_arabic(token: &str) -> bool {
    !token.is_empty() && token.chars().all(|letter| matches!(letter, '\u{0620}'..='\u{0652}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a record, with `{}` around what its only entity names.
    fn joined(tokens: &str) -> String {
        let start = tokens.find('{').map_or(0, |at| tokens[..at].chars().count());
        let end = tokens.find('}').map_or(0, |at| tokens[..at].chars().count() - 1);
        let sentence = join(Record {
            id: String::new(),
            text: tokens.replace(['{', '}'], ""),
            entities: vec![Span {
                start,
                end,
                kind: "PERS".into(),
            }],
        });
        let Entity { chars, .. } = &sentence.entities[0];
        let letters: Vec<char> = sentence.text.chars().collect();
        let piece = |range: Range<usize>| letters[range].iter().collect::<String>();
        format!(
            "{}{{{}}}{}",
            piece(0..chars.start),
            piece(chars.clone()),
            piece(chars.end..letters.len())
        )
    }

    #[test]
    fn tokens_are_written_as_in_print_and_particles_are_no_part_of_a_name() {
        for (tokens, print) in [
            ("و {سامر} قال ،", "و{سامر} قال،"),             // and Samer said
            ("و ل {سامر} بيت", "ول{سامر} بيت"),             // and Samer has a house
            ("ان ه ( {سامر} )", "انه ({سامر})"),            // that he
            ("ان سيارة ها ل {سامر}", "ان سيارتها ل{سامر}"), // that her car is Samer's
            ("( د ب ا ) {سامر} .", "(د ب ا) {سامر}."),      // an agency
            ("ل ه {سامر} رقم 5", "له {سامر} رقم 5"),        // he has
        ] {
            assert_eq!(joined(tokens), print);
        }
    }
}
