//! Where a site is at home, told from its own texts: who "the Kingdom" and a bare "foreign minister" are.
//!
//! In: the openings of a site's texts. Out: one country, and what it was told by. A text votes by the agency of its dateline, by
//! how its opening speaks of a head of state (`خادم الحرمين الشريفين`), and, where no agency signs it, by the capital
//! that it was sent from. Few votes, or votes that do not agree, find nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::{EntityIx, Lexicon};
use crate::page::Page;
use crate::site::Source;
use crate::text;

/// Fewest texts that may settle it.
const LEAST: usize = 5;

/// Of the texts that tell, how many hundredths must agree.
const AGREED: usize = 75;

/// How much of a text is looked at, in bytes: a dispatch says early whose it is.
const OPENING: usize = 1500;

/// A home that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The country's code.
    pub code: String,
    /// How many texts tell that it is this one.
    pub texts: usize,
    /// How many texts tell of any.
    pub of: usize,
    /// What told it, with the number of texts, most first.
    pub tells: Vec<(String, usize)>,
}

impl Home {
    /// What was found, on what, and the line that settles it.
    pub fn said(&self) -> String {
        let tells: Vec<String> = self
            .tells
            .iter()
            .take(3)
            .map(|(words, texts)| format!("{words} ({texts})"))
            .collect();
        format!(
            "{} by {} of the {} texts that tell one: {}; `home-country = \"{}\"` under [briefings] in book.toml settles it",
            self.code,
            self.texts,
            self.of,
            tells.join(", "),
            self.code,
        )
    }
}

/// What one text tells of its home: countries, each with the words that tell it.
pub type Vote = BTreeMap<EntityIx, BTreeSet<String>>;

/// The first words of a source, cut where a line or at least a word ends.
pub fn opening(source: &Source) -> Source {
    let most = source.bytes.len().min(OPENING);
    let last = |byte: u8| source.bytes[..most].iter().rposition(|&other| other == byte);
    let line = last(b'\n').or_else(|| last(b' '));
    let end = if most == source.bytes.len() {
        most
    } else {
        line.map_or(most, |at| at + 1)
    };
    Source {
        path: source.path.clone(),
        bytes: source.bytes[..end].to_vec(),
    }
}

/// The vote of one page, of which the opening is enough.
pub fn vote(page: &Page, lexicon: &Lexicon) -> Vote {
    let mut vote = Vote::new();
    let mut add = |country, words: &str| {
        vote.entry(country).or_default().insert(words.to_owned());
    };
    let agency = page.dateline.agency.as_deref().map(text::fold_name);
    for tell in &lexicon.tells {
        let told = if tell.agency {
            agency.as_deref() == Some(tell.folded.as_str())
        } else {
            page.body.contains(&tell.words)
        };
        if told {
            add(tell.country, &tell.words);
        }
    }
    if let (None, Some(city)) = (&agency, &page.dateline.city)
        && let Some(country) = lexicon.with_capital(&text::fold_name(city))
    {
        add(country, city);
    }
    vote
}

/// The one country for which enough texts vote and nearly all that vote; a text that votes for two counts for neither.
pub fn found<'a>(votes: impl IntoIterator<Item = &'a Vote>, lexicon: &Lexicon) -> Option<Home> {
    let mut texts: BTreeMap<EntityIx, usize> = BTreeMap::new();
    let mut tells: BTreeMap<(EntityIx, &str), usize> = BTreeMap::new();
    let told: Vec<&Vote> = votes.into_iter().filter(|vote| !vote.is_empty()).collect();
    for vote in told.iter().filter(|vote| vote.len() == 1) {
        for (&country, words) in *vote {
            *texts.entry(country).or_default() += 1;
            for words in words {
                *tells.entry((country, words)).or_default() += 1;
            }
        }
    }
    let of = told.len();
    let (&country, &count) = texts.iter().max_by_key(|&(_, count)| count)?;
    if count < LEAST || count * 100 < of * AGREED {
        return None;
    }
    let mut tells: Vec<(String, usize)> = tells
        .into_iter()
        .filter(|((of, _), _)| *of == country)
        .map(|((_, words), count)| (words.to_owned(), count))
        .collect();
    tells.sort_by(|left, right| (right.1, &left.0).cmp(&(left.1, &right.0)));
    Some(Home {
        code: lexicon.entity(country).id.clone(),
        texts: count,
        of,
        tells,
    })
}

#[cfg(test)]
mod tests {
    use crate::config::Briefings;
    use std::sync::LazyLock;

    use super::*;
    use crate::site::{lexicon, page};

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| lexicon(&[], &Briefings::default()).value);

    /// The home that texts tell, each given `times` times.
    fn home(texts: &[(&str, usize)]) -> Option<Home> {
        let mut votes = Vec::new();
        for (text, times) in texts {
            let source = Source {
                path: "seeds/a.txt".into(),
                bytes: text.as_bytes().to_vec(),
            };
            let page = page(&source).value;
            let vote = page.map(|page| vote(&page, &LEXICON)).unwrap_or_default();
            votes.extend(std::iter::repeat_n(vote, *times));
        }
        found(votes.iter(), &LEXICON)
    }

    /// A dispatch of the Saudi agency, sent from Riyadh.
    const SAUDI: &str = "الرياض 3 مايو 2016 واس\nافتتح الوزير المعرض صباح اليوم.";
    /// One of the Qatari agency.
    const QATARI: &str = "الدوحة 3 مايو 2016 قنا\nافتتح الوزير المعرض صباح اليوم.";
    /// One that tells nothing.
    const NOBODY: &str = "افتتح الوزير المعرض صباح اليوم أمام الزوار.";
    /// One that speaks of the Custodian of the Two Holy Mosques.
    const CUSTODIAN: &str = "استقبل خادم الحرمين الشريفين ضيوف المهرجان مساء أمس.";

    #[test]
    fn texts_that_agree_tell_where_they_are_at_home() {
        let found = home(&[(SAUDI, 6), (CUSTODIAN, 2), (NOBODY, 30), (QATARI, 1)]).unwrap();
        assert_eq!((found.code.as_str(), found.texts, found.of), ("SA", 8, 9));
        assert_eq!(
            found.tells,
            [("واس".to_owned(), 6), ("خادم الحرمين الشريفين".to_owned(), 2)]
        );
        assert!(found.said().contains("`home-country = \"SA\"`"), "{}", found.said());
    }

    #[test]
    fn few_texts_and_texts_that_do_not_agree_tell_none() {
        for texts in [
            &[(SAUDI, 4), (NOBODY, 30)][..],
            &[(SAUDI, 6), (QATARI, 6)],
            &[(NOBODY, 30)],
        ] {
            assert_eq!(home(texts), None);
        }
    }
}
