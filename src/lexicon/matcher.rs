//! Finds every name of the lexicon in a folded text, in one pass.
//!
//! Names lie in one Aho-Corasick automaton over characters. A hit counts where it ends with a word and where the
//! letters before it in its first word are clitics; of hits in one place the longest counts.

use std::collections::BTreeMap;
use std::ops::Range;

use daachorse::charwise::CharwiseDoubleArrayAhoCorasick;

use crate::text::{self, Clitics, Folded};

/// Whether a name goes with the article in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Article {
    /// Egypt never has one.
    Never,
    /// India always has one.
    Always,
    /// An adjective may.
    Either,
}

/// How closely a spelling must agree beyond its folded form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spelling {
    /// The folded form is enough.
    Folded,
    /// Hamza, ya and ta marbuta must agree too.
    Exact,
    /// An abbreviation, in capitals.
    Capitals,
}

/// One name with what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sense<M> {
    /// What is named.
    pub meaning: M,
    /// Whether it goes with the article.
    pub article: Article,
    /// How closely the spelling must agree.
    pub spelling: Spelling,
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<M> {
    /// What is named.
    pub meaning: M,
    /// Bytes of the folded text, clitics and article left out of the range unless the article is the name's own.
    pub range: Range<usize>,
    /// Byte of the folded text where the first word begins, clitics included.
    pub word: usize,
    /// What stood before the name in its first word.
    pub clitics: Clitics,
}

/// Names as they are gathered, before the automaton is built.
#[derive(Debug)]
pub struct Names<M> {
    senses: BTreeMap<String, Vec<(Sense<M>, String)>>,
}

impl<M> Default for Names<M> {
    fn default() -> Names<M> {
        Names {
            senses: BTreeMap::new(),
        }
    }
}

impl<M: Copy + Ord> Names<M> {
    /// Adds a name as people write it: with the article if it has one.
    pub fn add(&mut self, name: &str, meaning: M, spelling: Spelling) {
        let (bare, article) = match name.trim().strip_prefix("ال") {
            Some(bare) if bare.chars().count() > 1 => (bare, Article::Always),
            _ => (name.trim(), Article::Never),
        };
        self.add_bare(bare, article, meaning, spelling);
    }

    /// Adds an adjective written without the article, as it may stand with or without one on each of its words.
    pub fn add_adjective(&mut self, name: &str, meaning: M) {
        self.add_bare(name, Article::Either, meaning, Spelling::Folded);
        if name.contains(' ') {
            let definite = name.replace(' ', " ال");
            self.add_bare(&definite, Article::Always, meaning, Spelling::Folded);
        }
    }

    /// Adds a name from which the article is already taken.
    fn add_bare(&mut self, bare: &str, article: Article, meaning: M, spelling: Spelling) {
        let folded = text::fold_name(bare);
        if folded.is_empty() {
            return;
        }
        let sense = Sense {
            meaning,
            article,
            spelling,
        };
        let senses = self.senses.entry(folded).or_default();
        if senses.iter().all(|(known, _)| *known != sense) {
            senses.push((sense, bare.to_owned()));
        }
    }

    /// Builds the automaton.
    pub fn build(self) -> Matcher<M> {
        let mut matcher = Matcher {
            automaton: None,
            senses: Vec::with_capacity(self.senses.len()),
        };
        let mut patterns = Vec::with_capacity(self.senses.len());
        for (pattern, senses) in self.senses {
            patterns.push(pattern);
            matcher.senses.push(senses);
        }
        // Fails only on an empty list or an empty or double pattern, of which the last two cannot be.
        matcher.automaton = CharwiseDoubleArrayAhoCorasick::new(&patterns).ok();
        matcher
    }
}

/// The automaton over all names of one layer.
pub struct Matcher<M> {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// By pattern: what it means, with the spelling as listed.
    senses: Vec<Vec<(Sense<M>, String)>>,
}

impl<M: Copy + Ord> Matcher<M> {
    /// All hits in `folded`, made from `source`: by start, then longest first, then in the order of meanings.
    pub fn all(&self, source: &str, folded: &Folded) -> Vec<Hit<M>> {
        let text = folded.as_str();
        let mut hits = Vec::new();
        let Some(automaton) = &self.automaton else { return hits };
        for found in automaton.find_overlapping_iter(text) {
            let (start, end) = (found.start(), found.end());
            if text[end..].chars().next().is_some_and(text::is_word_letter) {
                continue;
            }
            let word = word_start(text, start);
            let Some(clitics) = Clitics::read(&text[word..start]) else {
                continue;
            };
            for (sense, listed) in &self.senses[found.value() as usize] {
                let from = match sense.article {
                    Article::Never if clitics.article => continue,
                    Article::Always if !clitics.article => continue,
                    _ if clitics.article && text[..start].ends_with("ال") => start - "ال".len(),
                    _ if clitics.article => word, // لل, which cannot be taken apart
                    _ => start,
                };
                let written = &source[folded.source_range(start..end)];
                if spelled(written, listed, sense.spelling) {
                    hits.push(Hit {
                        meaning: sense.meaning,
                        range: from..end,
                        word,
                        clitics,
                    });
                }
            }
        }
        hits.sort_by_key(|hit| (hit.word, std::cmp::Reverse(hit.range.end), hit.range.start, hit.meaning));
        hits
    }
}

/// Of `hits` in order, those that do not overlap an earlier and longer one; all meanings of one range stay.
pub fn longest<M: Copy>(hits: Vec<Hit<M>>) -> Vec<Hit<M>> {
    let mut kept: Vec<Hit<M>> = Vec::with_capacity(hits.len());
    for hit in hits {
        let overlaps = kept.last().is_some_and(|last| hit.word < last.range.end);
        let twin = kept
            .last()
            .is_some_and(|last| hit.word == last.word && hit.range.end == last.range.end);
        if !overlaps || twin {
            kept.push(hit);
        }
    }
    kept
}

/// The byte where the word that holds byte `at` begins.
fn word_start(text: &str, at: usize) -> usize {
    let before = text[..at].char_indices().rev();
    before
        .take_while(|&(_, letter)| text::is_word_letter(letter))
        .last()
        .map_or(at, |(start, _)| start)
}

fn spelled(written: &str, listed: &str, spelling: Spelling) -> bool {
    match spelling {
        Spelling::Folded => true,
        Spelling::Exact => text::same_spelling(written, listed),
        Spelling::Capitals => written == listed,
    }
}
