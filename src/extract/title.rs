//! A title as it stands before or after a name: offices, country, ministry, honorifics.

use std::ops::Range;

use super::Reading;
use crate::lexicon::{CountryForm, EntityIx, Lexicon, NameMeaning, OfficeIx, TitleMeaning, WordClass};

/// Words that together are a title: `سكرتير خارجية جزر المالديف`, `معالي وزير الدولة الدكتور`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Words of the reading.
    pub words: Range<usize>,
    /// The highest office named.
    pub office: Option<OfficeIx>,
    /// All offices named.
    pub offices: Vec<OfficeIx>,
    /// The country or organisation it is an office of.
    pub of: Option<EntityIx>,
    /// Whether it is a title of two people.
    pub dual: bool,
    /// Whether it is a title whose portfolio the lexicon does not know.
    unlisted: bool,
    /// Whether it is in Latin letters.
    pub latin: bool,
}

impl Title {
    /// Reads the title that begins at word `at`, if one does.
    pub fn read(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> Option<Title> {
        let hit = part.title_at(part.words[at].start)?;
        if matches!(hit.meaning, TitleMeaning::Institution(_)) {
            return None;
        }
        let mut title = Title {
            words: at..at,
            office: None,
            offices: Vec::new(),
            of: None,
            dual: false,
            unlisted: false,
            latin: part.word(at).is_ascii(),
        };
        title.take_country_before(part, at);
        let mut construct = title.take_office(part, at);
        while let Some(next) = title.take_next(part, lexicon) {
            construct &= next;
        }
        if construct && title.of.is_none() {
            title.take_portfolio(part, lexicon);
            if !title.unlisted {
                return None;
            }
        }
        title.office = title
            .offices
            .iter()
            .copied()
            .min_by_key(|&office| lexicon.office(office).rank);
        Some(title)
    }

    /// Whether it names an office, not only an honorific.
    pub fn names_office(&self) -> bool {
        self.office.is_some() || self.unlisted
    }

    /// The title as published.
    pub fn written<'a>(&self, part: &Reading<'a>) -> &'a str {
        let bytes = part.words[self.words.start].start..part.words[self.words.end - 1].end;
        part.source[part.folded.source_range(bytes)].trim_end()
    }

    /// Takes the offices of the hit at word `at`; whether all of them need a country to follow.
    fn take_office(&mut self, part: &Reading<'_>, at: usize) -> bool {
        let start = part.words[at].start;
        let hits = part.titles.iter().filter(|hit| hit.word == start);
        let mut needy = false;
        let mut free = false;
        for hit in hits {
            self.words.end = part.word_at(hit.range.end);
            match hit.meaning {
                TitleMeaning::Office {
                    office,
                    construct,
                    dual,
                } => {
                    self.offices.push(office);
                    self.dual |= dual;
                    needy |= construct;
                    free |= !construct;
                }
                TitleMeaning::Honorific | TitleMeaning::Institution(_) => free = true,
            }
        }
        needy && !free
    }

    /// Takes what may follow within a title; `false` once it is a ministry, which stands for a country.
    fn take_next(&mut self, part: &Reading<'_>, lexicon: &Lexicon) -> Option<bool> {
        let next = self.words.end;
        if next >= part.words.len() || !self.goes_on(part, next) {
            return None;
        }
        let start = part.words[next].start;
        if let Some((of, end)) = place(part, start) {
            self.of = self.of.or(Some(of));
            self.words.end = end;
            return Some(true);
        }
        if let Some(hit) = part.title_at(start) {
            let ministry = matches!(hit.meaning, TitleMeaning::Institution(_));
            if ministry {
                self.words.end = part.word_at(hit.range.end);
                return Some(false);
            }
            // الوزير before the name of a second person is not part of the first one's title
            if hit.clitics.conjunction && hit.clitics.article {
                return None;
            }
            self.take_office(part, next);
            return Some(true);
        }
        let class = part.class(next);
        let linked = class.is(WordClass::PARTICLE)
            && part
                .words
                .get(next + 1)
                .is_some_and(|word| place(part, word.start).is_some());
        if class.is(WordClass::MODIFIER) || linked || self.is_in_brackets(part, next) {
            self.words.end = next + 1;
            return Some(true);
        }
        let _ = lexicon;
        None
    }

    /// Whether nothing but a space, or a bracket that is soon closed, parts the title from word `next`.
    fn goes_on(&self, part: &Reading<'_>, next: usize) -> bool {
        let gap = part.gap(next - 1);
        matches!(gap, " " | "" | ") ") || (gap == " (" && self.is_in_brackets(part, next))
    }

    /// Whether word `at` stands in brackets of at most three words: `سكرتير (الغرب)`.
    fn is_in_brackets(&self, part: &Reading<'_>, at: usize) -> bool {
        let opened = (self.words.start.max(at.saturating_sub(2))..at).any(|word| part.gap(word).ends_with('('));
        opened && (at..at + 3).any(|word| part.gap(word).starts_with(')'))
    }

    /// Takes the words of a portfolio that the lexicon does not list: `وزير البلديات والإسكان`.
    fn take_portfolio(&mut self, part: &Reading<'_>, lexicon: &Lexicon) {
        let minister = self
            .offices
            .iter()
            .any(|&office| lexicon.office(office).id == "minister");
        for at in self.words.end..(self.words.end + 4).min(part.words.len()) {
            let word = part.word(at);
            let definite = ["ال", "وال", "لل"].iter().any(|article| word.starts_with(article));
            let name = lexicon.word(word).is(WordClass::GIVEN.or(WordClass::FAMILY));
            if part.gap(at - 1) != " " || !definite || name || part.title_at(part.words[at].start).is_some() {
                break;
            }
            self.words.end = at + 1;
            self.unlisted = true;
        }
        if !minister {
            self.offices.clear();
        }
    }

    /// Takes the country of an English title, which stands before it: `Egyptian President`.
    fn take_country_before(&mut self, part: &Reading<'_>, at: usize) {
        if !self.latin || at == 0 || part.gap(at - 1) != " " {
            return;
        }
        let before = part.names.iter().find(|hit| hit.range.end == part.words[at - 1].end);
        self.of = before.and_then(|hit| match hit.meaning {
            NameMeaning::Country(ix, _) | NameMeaning::Organisation(ix) => Some(ix),
            _ => None,
        });
    }
}

/// The country or organisation named at byte `word`, and the word after it.
fn place(part: &Reading<'_>, word: usize) -> Option<(EntityIx, usize)> {
    let hit = part.name_at(word)?;
    let end = part.word_at(hit.range.end);
    match hit.meaning {
        NameMeaning::Country(_, CountryForm::Capital | CountryForm::WeakCapital | CountryForm::Metonym) => None,
        NameMeaning::Country(ix, _) | NameMeaning::Organisation(ix) if !hit.clitics.conjunction => Some((ix, end)),
        _ => None,
    }
}
