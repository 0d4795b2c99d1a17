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

    /// All hits in `folded`, made from `source`, that begin at `places` of it: by start, then longest first, then in
    /// the order of meanings.
    pub fn all(&self, source: &str, folded: &Folded, places: &Places) -> Vec<Hit<M>> {
        let mut hits = Vec::new();
        for place in &places.places {
            self.walk(source, folded, &places.words[place.at..], place, &mut hits);
        }
        hits.sort_by_key(|hit| (hit.word, std::cmp::Reverse(hit.range.end), hit.range.start, hit.meaning));
        hits
    }

    /// Walks the tree along the text from a place in the first of `words`.
    fn walk(&self, source: &str, folded: &Folded, words: &[Range<usize>], place: &Place, hits: &mut Vec<Hit<M>>) {
        let text = folded.as_str();
        let (mut node, mut from) = (0, place.start);
        for word in words {
            let token = self.tokens.get(&text[from..word.end]);
            let Some(&next) = token.and_then(|&token| self.edges.get(&(node, token))) else {
                return;
            };
            (node, from) = (next, word.end);
            for end in &self.ends[node as usize] {
                if text[from..].starts_with(&end.tail) {
                    hits.extend(end.hit(source, folded, place, from + end.tail.len()));
                }
            }
        }
    }
}

/// Where in a text a name may begin.
struct Place {
    /// Which word.
    at: usize,
    /// Byte of the folded text where the word begins, clitics included.
    word: usize,
    /// The same, after the clitics.
    start: usize,
    clitics: Clitics,
}

/// All places of a text where a name may begin: its words, with their clitics and without.
pub struct Places {
    /// Words, as ranges of the folded text.
    pub words: Vec<Range<usize>>,
    places: Vec<Place>,
}

impl Places {
    /// Those of `folded`.
    pub fn of(folded: &Folded) -> Places {
        let words = folded.words();
        let mut places = Vec::with_capacity(words.len() * 2);
        for (at, word) in words.iter().enumerate() {
            let splits = text::splits(&folded.as_str()[word.clone()]);
            places.extend(splits.map(|(prefix, clitics)| Place {
                at,
                word: word.start,
                start: word.start + prefix,
                clitics,
            }));
        }
        Places { words, places }
    }
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
        let hits = longest(matcher.all(text, &folded, &Places::of(&folded)));
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
