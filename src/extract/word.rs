//! What a word tells by itself, worked out once for each spelling and remembered: most words of a text have been met
//! before, so that they cost one look-up for all that is asked of them.
//!
//! In: folded words and the lexicon. Out: a [`Word`] for each, which depends on nothing else.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::complement;
use super::tagger::Told;
use crate::lexicon::families::Family;
use crate::lexicon::matcher::Start;
use crate::lexicon::model::Model;
use crate::lexicon::{Lexicon, WordClass};
use crate::text::Folded;

/// Most words that a thread remembers.
const MOST_REMEMBERED: usize = 1 << 16;

/// What a word tells by itself.
pub struct Word {
    /// What the lexicon knows of it, taken whole.
    pub class: WordClass,
    /// Whether it may head a title that the lexicon does not know.
    pub heads: bool,
    /// Where in it a name, a title or a phrase of a topic may begin.
    pub names: Box<[Start]>,
    /// The same of titles.
    pub titles: Box<[Start]>,
    /// The same of phrases that tell a topic.
    pub cues: Box<[Start]>,
    /// The byte where its clitics end, and the families that it is of.
    pub families: Option<(usize, Box<[Family]>)>,
    /// What it tells of names of people; nothing where the lexicon has no model.
    pub told: Option<Told>,
}

impl Word {
    fn of(word: &str, lexicon: &Lexicon) -> Word {
        Word {
            class: lexicon.word(word),
            heads: complement::may_head(word, lexicon),
            names: lexicon.names.starts(word),
            titles: lexicon.titles.starts(word),
            cues: lexicon.cues.starts(word),
            families: lexicon.families.of(word).map(|(at, families)| (at, families.into())),
            told: lexicon.model.as_ref().map(|model| Told::of(word, model, lexicon)),
        }
    }
}

/// The words of a text, in order.
pub fn words(folded: &Folded, lexicon: &Lexicon) -> Vec<Rc<Word>> {
    thread_local!(static MEMORY: RefCell<Memory> = RefCell::default());
    MEMORY.with_borrow_mut(|memory| {
        memory.serve(lexicon);
        let words = folded.words().iter();
        words
            .map(|range| memory.word(&folded.as_str()[range.clone()], lexicon))
            .collect()
    })
}

/// Every word that a thread has met.
#[derive(Default)]
struct Memory {
    /// The lexicon and the model that all is true for.
    number: Option<(u64, Option<u64>)>,
    words: FxHashMap<Box<str>, Rc<Word>>,
}

impl Memory {
    /// Forgets all that is true for another lexicon, or more than there is room for.
    fn serve(&mut self, lexicon: &Lexicon) {
        let number = Some((lexicon.number(), lexicon.model.as_ref().map(Model::number)));
        if self.number != number || self.words.len() > MOST_REMEMBERED {
            self.words.clear();
            self.number = number;
        }
    }

    fn word(&mut self, word: &str, lexicon: &Lexicon) -> Rc<Word> {
        if let Some(known) = self.words.get(word) {
            return Rc::clone(known);
        }
        let told = Rc::new(Word::of(word, lexicon));
        self.words.insert(word.into(), Rc::clone(&told));
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Briefings;
    use crate::{site, text};

    #[test]
    fn a_word_is_worked_out_once_for_a_lexicon_and_anew_for_another() {
        let settings = |home: &str| Briefings {
            home_country: Some(home.into()),
            ..Briefings::default()
        };
        let [at_home, abroad] = ["SA", "CH"].map(|home| site::lexicon(&[], &settings(home)).value);
        let folded = text::fold("بلادنا ثم بلادنا"); // our country, then our country
        let found = words(&folded, &at_home);
        assert!(Rc::ptr_eq(&found[0], &found[2]) && found[0].told.is_some());
        assert!(Rc::ptr_eq(&found[1], &words(&folded, &at_home)[1]));
        assert!(!Rc::ptr_eq(&found[1], &words(&folded, &abroad)[1]));
    }
}
