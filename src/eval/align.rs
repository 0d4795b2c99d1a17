//! Where the words of a published text stand in the raw text it was made from.
//!
//! Publishing drops datelines and boilerplate, parts a text into paragraphs and moves its headline, but changes no
//! word. So the two are aligned word by word, as a comparison of versions does.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text;

/// The words of a published text that also stand in the raw one.
pub struct Alignment {
    /// Bytes of the published text and of the raw one, in order.
    words: Vec<(Range<usize>, Range<usize>)>,
}

impl Alignment {
    /// Aligns `published` with `raw`.
    pub fn new(raw: &str, published: &str) -> Alignment {
        let (raw_words, words) = (text::words(raw), text::words(published));
        let old: Vec<&str> = raw_words.iter().map(|word| &raw[word.clone()]).collect();
        let new: Vec<&str> = words.iter().map(|word| &published[word.clone()]).collect();
        let equal = capture_diff_slices(Algorithm::Myers, &old, &new)
            .into_iter()
            .filter_map(|step| match step {
                DiffOp::Equal {
                    old_index,
                    new_index,
                    len,
                } => Some((0..len).map(move |at| (new_index + at, old_index + at))),
                _ => None,
            });
        let words = equal
            .flatten()
            .map(|(new, old)| (words[new].clone(), raw_words[old].clone()))
            .collect();
        Alignment { words }
    }

    /// Bytes of the raw text for bytes of the published one; `None` where its first or last word is not in both.
    pub fn raw(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let (first, first_raw) = self.word_at(range.start)?;
        let start = first_raw.start + (range.start - first.start);
        let last = self
            .words
            .partition_point(|(word, _)| word.start < range.end)
            .checked_sub(1)?;
        let (last, last_raw) = &self.words[last];
        // vowel marks after the last letter belong to the word in both texts
        let end = (last_raw.start + range.end).checked_sub(last.start)?;
        (start < end).then_some(start..end)
    }

    fn word_at(&self, at: usize) -> Option<&(Range<usize>, Range<usize>)> {
        let word = self.words.partition_point(|(word, _)| word.end <= at);
        self.words.get(word).filter(|(word, _)| word.start <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_past_what_was_dropped_and_moved() {
        let raw = "واس - جدة: زار الوزير مِصرَ  أمس\nسمات: مصر"; // SPA - Jeddah: the minister visited Egypt yesterday. Tags: Egypt
        let published = "زار الوزير مِصرَ أمس";
        let alignment = Alignment::new(raw, published);
        let at = published.find("مِصرَ").expect("it is there");
        let found = alignment.raw(&(at..at + "مِصرَ".len())).expect("it is in both");
        assert_eq!(&raw[found], "مِصرَ");
    }

    #[test]
    fn a_word_that_was_added_is_nowhere() {
        let alignment = Alignment::new("زار مصر", "زار قطر"); // visited Egypt, visited Qatar
        assert_eq!(alignment.raw(&("زار ".len().."زار قطر".len())), None);
    }
}
