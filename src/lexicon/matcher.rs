//! Finds every name of the lexicon in a folded text, in one pass.
//!
//! Names lie in a tree of words: a name is a path from the root. From each word of the text, with its clitics and
//! without, the tree is walked as far as the text goes along; of hits in one place the longest counts. The tree is
//! made anew at each start, so it must be quick to make; few words begin a name, so most walks end at once.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

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
    /// The vowel marks listed must be there.
    Vowelled,
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

/// Names as they are gathered, before the tree is built.
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

    /// Whether anything is listed under a name, spelt alike once folded.
    pub fn contains(&self, name: &str) -> bool {
        let bare = name.strip_prefix("ال").unwrap_or(name);
        self.senses.contains_key(&text::fold_name(bare))
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

    /// Builds the tree.
    pub fn build(self) -> Matcher<M> {
        let mut matcher = Matcher {
            tokens: FxHashMap::default(),
            edges: FxHashMap::default(),
            ends: vec![Vec::new()],
        };
        matcher.extend(self);
        matcher
    }
}

/// A name at its place in the tree.
struct End<M> {
    sense: Sense<M>,
    /// The spelling as listed.
    listed: String,
    /// Marks after the last word that belong to the name: the bracket of `سكرتير (الغرب)`.
    tail: String,
}

/// The tree over all names of one layer.
pub struct Matcher<M> {
    /// The steps of all names: a word with what stands between it and the word before.
    tokens: FxHashMap<Box<str>, u32>,
    /// From a node by a step to the next node; the root is node 0.
    edges: FxHashMap<(u32, u32), u32>,
    /// By node: the names that end there.
    ends: Vec<Vec<End<M>>>,
}

impl<M: Copy + Ord> Matcher<M> {
    /// Adds names to those that are there.
    pub fn extend(&mut self, names: Names<M>) {
        for (name, senses) in names.senses {
            self.insert(&name, senses);
        }
    }

    /// Adds a folded name. One that begins with no word can never be found, and is left out.
    fn insert(&mut self, name: &str, senses: Vec<(Sense<M>, String)>) {
        let (mut node, mut from) = (0, 0);
        for word in text::words(name) {
            if from == 0 && word.start > 0 {
                return;
            }
            let token = self.token(&name[from..word.end]);
            let free = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            node = *self.edges.entry((node, token)).or_insert(free);
            if node == free {
                self.ends.push(Vec::new());
            }
            from = word.end;
        }
        let ends = senses.into_iter().map(|(sense, listed)| End {
            sense,
            listed,
            tail: name[from..].to_owned(),
        });
        if from > 0 {
            self.ends[node as usize].extend(ends);
        }
    }

    /// The number of a step, which is new where it was not there.
    fn token(&mut self, step: &str) -> u32 {
        if let Some(&known) = self.tokens.get(step) {
            return known;
        }
        let next = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        self.tokens.insert(step.into(), next);
        next
    }

    /// The node after `step` from `node`: a word with what stands between it and the word before.
    fn step(&self, node: u32, step: &str) -> Option<u32> {
        let token = *self.tokens.get(step)?;
        self.edges.get(&(node, token)).copied()
    }

    /// All places in a folded word where a name may begin: with its clitics and without.
    pub fn starts(&self, word: &str) -> Box<[Start]> {
        let start = |(skipped, clitics)| {
            let node = self.step(0, &word[skipped..])?;
            Some(Start { skipped, clitics, node })
        };
        text::splits(word).filter_map(start).collect()
    }

    /// All hits in `folded`, made from `source`: by start, then longest first, then in the order of meanings. `starts`
    /// are those of its words, each with the place of the word among them, in order.
    pub fn all<'a>(
        &self,
        source: &str,
        folded: &Folded,
        starts: impl Iterator<Item = (usize, &'a Start)>,
    ) -> Vec<Hit<M>> {
        let mut hits = Vec::new();
        for (at, start) in starts {
            self.walk(source, folded, at, start, &mut hits);
        }
        hits.sort_by_key(|hit| (hit.word, std::cmp::Reverse(hit.range.end), hit.range.start, hit.meaning));
        hits
    }

    /// The same, of a text whose words are not known yet.
    pub fn search(&self, source: &str, folded: &Folded) -> Vec<Hit<M>> {
        let words = folded.words().iter();
        let starts: Vec<_> = words.map(|word| self.starts(&folded.as_str()[word.clone()])).collect();
        let starts = starts.iter().enumerate();
        self.all(
            source,
            folded,
            starts.flat_map(|(at, starts)| starts.iter().map(move |start| (at, start))),
        )
    }

    /// Walks the tree along the text from a start in the word at `at`.
    fn walk(&self, source: &str, folded: &Folded, at: usize, start: &Start, hits: &mut Vec<Hit<M>>) {
        let (text, words) = (folded.as_str(), &folded.words()[at..]);
        let place = Place {
            word: words[0].start,
            start: words[0].start + start.skipped,
            clitics: start.clitics,
        };
        let (mut node, mut from) = (start.node, words[0].end);
        for next in 1..=words.len() {
            for end in &self.ends[node as usize] {
                if text[from..].starts_with(&end.tail) {
                    hits.extend(end.hit(source, folded, &place, from + end.tail.len()));
                }
            }
            let step = words.get(next).and_then(|word| self.step(node, &text[from..word.end]));
            let (Some(step), Some(word)) = (step, words.get(next)) else {
                return;
            };
            (node, from) = (step, word.end);
        }
    }
}

/// A place in a word where a name may begin.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    /// Bytes of the word before it.
    skipped: usize,
    /// What these are.
    clitics: Clitics,
    /// The node to which the rest of the word leads from the root.
    node: u32,
}

/// Where in a text a name begins.
struct Place {
    /// Byte of the folded text where the word begins, clitics included.
    word: usize,
    /// The same, after the clitics.
    start: usize,
    clitics: Clitics,
}

impl<M: Copy> End<M> {
    /// The name as found from `place` to byte `end`, if article and spelling agree.
    fn hit(&self, source: &str, folded: &Folded, place: &Place, end: usize) -> Option<Hit<M>> {
        let text = folded.as_str();
        if !self.tail.is_empty() && text[end..].chars().next().is_some_and(text::is_word_letter) {
            return None;
        }
        let article = place.clitics.article;
        let from = match self.sense.article {
            Article::Never if article => return None,
            Article::Always if !article => return None,
            _ if article && text[..place.start].ends_with("ال") => place.start - "ال".len(),
            _ if article => place.word, // لل, which cannot be taken apart
            _ => place.start,
        };
        let written = || &source[folded.source_range(place.start..end)];
        let spelled = match self.sense.spelling {
            Spelling::Folded => true,
            Spelling::Exact => text::same_spelling(written(), &self.listed),
            Spelling::Vowelled => text::has_marks_of(written(), &self.listed),
            Spelling::Capitals => written() == self.listed,
        };
        spelled.then_some(Hit {
            meaning: self.sense.meaning,
            range: from..end,
            word: place.word,
            clitics: place.clitics,
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found of a few names in `text`: each meaning, and the bytes of the text as published.
    fn found(text: &str) -> Vec<(u8, &str)> {
        let mut names = Names::default();
        names.add("مصر", 1, Spelling::Folded); // Egypt
        names.add("الهند", 2, Spelling::Folded); // India
        names.add("المحيط الهندي", 3, Spelling::Folded); // the Indian Ocean
        names.add_adjective("هندي", 4); // Indian
        names.add("ماليه", 5, Spelling::Exact); // Malé
        names.add("UN", 6, Spelling::Capitals);
        names.add("سكرتير (الغرب)", 7, Spelling::Folded); // Secretary (West)
        let (folded, matcher) = (text::fold(text), names.build());
        let hits = longest(matcher.search(text, &folded));
        hits.into_iter()
            .map(|hit| (hit.meaning, &text[folded.source_range(hit.range)]))
            .collect()
    }

    #[test]
    fn the_longest_name_counts_and_clitics_are_no_part_of_it() {
        for (text, expected) in [
            ("ومصر وبالهند", vec![(1, "مصر"), (2, "الهند")]),
            ("مصري مصرف", vec![]),                            // other words
            ("في المحيط الهندي", vec![(3, "المحيط الهندي")]), // not Indian
            ("للهندي", vec![(4, "للهندي")]),                  // the article is swallowed
            ("هند", vec![]),                                  // a woman's name
            ("المصر", vec![]),                                // Egypt has no article
            ("سكرتير (الغرب) هنا", vec![(7, "سكرتير (الغرب)")]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_spelling_may_have_to_agree() {
        assert_eq!(found("في ماليه"), [(5, "ماليه")]);
        assert_eq!(found("أزمة مالية"), []); // financial
        assert_eq!(found("the UN and un"), [(6, "UN")]);
    }
}
