//! Where the occupations (OCC) of Wojood stand, by the rules of this project.
//!
//! In: a sentence with what the corpus marks. Out: bytes of each occupation, the outermost of nested ones alone, without
//! a particle that its first word is written together with.

use std::ops::Range;

use bayan::lexicon::{Lexicon, TitleMeaning, WordClass};
use bayan::text;

use crate::corpora::Sentence;

/// Bytes of the text, in order and apart.
///
/// The corpus has one layer of labels for a kind, so that an occupation within another cuts the outer one off: the two
/// cross where one held the other. Spans found are flat, so the whole counts, and what it holds does not.
pub fn spans(sentence: &Sentence, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let marked = sentence.entities.iter().filter(|entity| entity.kind == "OCC");
    let mut marked: Vec<Range<usize>> = marked.map(|entity| entity.bytes.clone()).collect();
    marked.sort_by_key(|range| (range.start, range.end));
    let mut spans: Vec<Range<usize>> = Vec::new();
    for range in marked {
        match spans.last_mut().filter(|last| range.start < last.end) {
            Some(outer) => outer.end = outer.end.max(range.end),
            None => spans.push(range),
        }
    }
    for span in &mut spans {
        span.start += particle(&sentence.text[span.clone()], lexicon);
    }
    spans
}

/// Bytes of the particles that the first word of an occupation is written together with: the corpus sets most of them
/// apart, but not all. A word that is a title as it stands has none.
fn particle(occupation: &str, lexicon: &Lexicon) -> usize {
    let folded = text::fold(occupation);
    let Some(word) = folded.words().first() else { return 0 };
    let first = &folded.as_str()[word.clone()];
    let is_title = |meaning: TitleMeaning| !matches!(meaning, TitleMeaning::Institution(_));
    let titles = lexicon.titles.search(occupation, &folded);
    let listed = titles
        .iter()
        .filter(|hit| hit.word == word.start && is_title(hit.meaning));
    let head = |rest: &str| {
        let accusative = rest.strip_suffix('\u{0627}').unwrap_or(rest);
        [rest, accusative]
            .iter()
            .any(|noun| lexicon.word(noun).is(WordClass::HEAD))
    };
    // للفنانة keeps its particle, which has swallowed the article
    let heads =
        text::splits(first).filter(|&(at, clitics)| head(&first[at..]) && !(clitics.article && clitics.preposition));
    let article = |at: usize| {
        if first[..at].ends_with("ال") {
            at - "ال".len()
        } else {
            at
        }
    };
    let starts = listed
        .map(|hit| hit.range.start - word.start)
        .chain(heads.map(|(at, _)| article(at)));
    let start = starts.min().unwrap_or(0);
    folded.source_range(word.start + start..word.end).start
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use bayan::config::Briefings;
    use bayan::site;

    use super::*;
    use crate::corpora::Entity;

    /// The words of the occupations of a text in which the corpus marks these words.
    fn words(text: &str, marked: &[&str]) -> Vec<String> {
        let entity = |words: &&str| {
            let start = text.find(words).unwrap_or_default();
            let bytes: Range<usize> = start..start + words.len();
            let chars = text[..bytes.start].chars().count()..text[..bytes.end].chars().count();
            let kind = "OCC".into();
            Entity { chars, bytes, kind }
        };
        let sentence = Sentence {
            id: String::new(),
            text: text.into(),
            entities: marked.iter().map(entity).collect(),
        };
        let lexicon = site::lexicon(&[], &Briefings::default()).value;
        spans(&sentence, &lexicon)
            .into_iter()
            .map(|span| text[span].to_owned())
            .collect()
    }

    #[test]
    fn the_outermost_counts_whole_and_without_its_particle() {
        for (text, marked, expected) in [
            (
                "إلى نائب مدير المصنع",
                vec!["نائب مدير", "مدير المصنع"],
                "نائب مدير المصنع",
            ), // cut off by the inner one
            (
                "إلى نائب مدير المصنع",
                vec!["نائب مدير المصنع", "مدير المصنع"],
                "نائب مدير المصنع",
            ),
            ("وقائمقام السفح", vec!["وقائمقام السفح"], "قائمقام السفح"), // and
            ("هذا والمهندس", vec!["والمهندس"], "المهندس"),               // and the
            ("تحية للفنانة", vec!["للفنانة"], "للفنانة"),                // the article is swallowed
            ("هذا وكيل الشركة", vec!["وكيل الشركة"], "وكيل الشركة"),     // its own letter
            ("كان ومنسقاً للجنة", vec!["ومنسقاً للجنة"], "منسقاً للجنة"),
        ] {
            assert_eq!(words(text, &marked), [expected], "{text}");
        }
    }
}
