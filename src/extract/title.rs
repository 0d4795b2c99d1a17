//! A title as it stands before or after a name: offices, country, ministry, honorifics.

use std::ops::Range;

use super::Reading;
use crate::lexicon::matcher::Hit;
use crate::lexicon::{CountryForm, EntityIx, Lexicon, NameMeaning, OfficeIx, TitleMeaning, WordClass};
use crate::text;

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
    /// The title without what is written together with it and without forms of address; empty for these alone.
    pub written: String,
    /// Bytes of the folded text from the first office to the end of the last.
    core: Range<usize>,
    /// Whether it is a title whose portfolio the lexicon does not know.
    unlisted: bool,
    /// Whether it is in Latin letters.
    latin: bool,
}

/// Words after which nothing more is taken into a title, so that reading a list of titles takes no longer than its length.
const MOST_WORDS: usize = 60;

/// Most words between a title and a name that only complete the title.
const MOST_COMPLEMENTS: usize = 8;

impl Title {
    /// Reads the title that begins at word `at`, if one does.
    pub fn read(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> Option<Title> {
        let hit = part.title_at(part.words[at].start)?;
        if matches!(hit.meaning, TitleMeaning::Institution(_)) || is_other_word(part, at, hit) {
            return None;
        }
        let mut title = Title::new(part, at);
        title.take_country_before(part, at);
        let mut construct = title.take_office(part, at);
        while title.words.len() < MOST_WORDS
            && let Some(next) = title.take_next(part)
        {
            construct &= next;
        }
        if construct && title.of.is_none() {
            title.take_portfolio(part, lexicon);
            if !title.unlisted {
                return None;
            }
        }
        title.take_side(part);
        title.finish(part, lexicon);
        Some(title)
    }

    /// Reads a title that stands for one named before: `نظيره الأردني` is a minister where `other` is one.
    pub fn counterpart(part: &Reading<'_>, at: usize, other: &Title, lexicon: &Lexicon) -> Option<Title> {
        const COUNTERPARTS: [&str; 3] = ["نظيره", "نظيرته", "نظيرها"];
        let other_office = other.office?;
        let word = part.word(at);
        let ends = COUNTERPARTS.iter().any(|counterpart| word.ends_with(counterpart));
        text::readings(word).find(|word| ends && COUNTERPARTS.contains(word))?;
        let next = part.words.get(at + 1).filter(|_| part.gap(at) == " ")?;
        let (of, end) = match place(part, next.start) {
            Some((of, end)) => (Some(of), end),
            None if part.class(at + 1).is(WordClass::MODIFIER) => (None, at + 2), // of a state that is no more
            None => return None,
        };
        let written = part.source[part.folded.source_range(next.start..part.words[end - 1].end)].trim_end();
        Some(Title {
            words: at..end,
            office: other.office,
            offices: other.offices.clone(),
            of,
            written: format!("{} {written}", lexicon.office(other_office).ar),
            ..Title::new(part, at)
        })
    }

    /// Reads a title that shares its office with `other`, which stands before it in a list:
    /// `وزراء الخارجية الأميركي … والروسي`.
    pub fn shared(part: &Reading<'_>, at: usize, other: &Title, lexicon: &Lexicon) -> Option<Title> {
        let (other_office, word) = (other.office?, part.words.get(at)?);
        let hit = part.name_at(word.start)?;
        let NameMeaning::Country(of, CountryForm::Nisba) = hit.meaning else {
            return None;
        };
        let listed =
            hit.clitics.conjunction && hit.clitics.article && matches!(part.gap(at.checked_sub(1)?), " " | "، ");
        let end = part.word_at(hit.range.end);
        let written = part.source[part.folded.source_range(hit.range.clone())].trim_end();
        listed.then(|| Title {
            words: at..end,
            office: other.office,
            offices: other.offices.clone(),
            of: Some(of),
            written: format!("{} {written}", lexicon.office(other_office).ar),
            ..Title::new(part, at)
        })
    }

    fn new(part: &Reading<'_>, at: usize) -> Title {
        Title {
            words: at..at,
            office: None,
            offices: Vec::new(),
            of: None,
            dual: false,
            written: String::new(),
            core: 0..0,
            unlisted: false,
            latin: part.word(at).is_ascii(),
        }
    }

    /// Whether it names an office, not only an honorific.
    pub fn names_office(&self) -> bool {
        self.office.is_some() || self.unlisted
    }

    /// Bytes of the folded text from its first office to the end of its last; empty for forms of address alone.
    pub fn core(&self) -> Range<usize> {
        self.core.clone()
    }

    /// Whether its last word can stand before nothing but a name: السيد, الدكتور.
    pub fn addresses(&self, part: &Reading<'_>) -> bool {
        self.latin || part.class(self.words.end - 1).is(WordClass::ADDRESS)
    }

    /// Whether nothing is written together with its first word.
    pub fn is_bare(&self, part: &Reading<'_>) -> bool {
        self.core.start == part.words[self.words.start].start
    }

    /// Settles which office counts, and what is shown.
    fn finish(&mut self, part: &Reading<'_>, lexicon: &Lexicon) {
        let rank = |&office: &OfficeIx| lexicon.office(office).rank;
        self.office = self.offices.iter().copied().min_by_key(rank);
        if self.names_office() {
            let written = part.source[part.folded.source_range(self.core.clone())].trim_end();
            self.written = match written.strip_prefix("لل") {
                Some(rest) => format!("ال{rest}"), // the article, swallowed by the preposition
                None => written.to_owned(),
            };
        }
    }

    /// Takes the offices of the hit at word `at`; whether all of them need a country to follow.
    fn take_office(&mut self, part: &Reading<'_>, at: usize) -> bool {
        let mut needy = false;
        let mut free = false;
        for hit in part.titles_at(part.words[at].start) {
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
                    self.extend_core(&hit.range);
                }
                TitleMeaning::Honorific | TitleMeaning::Institution(_) => free = true,
            }
        }
        needy && !free
    }

    /// Lets the part of the title that is shown reach over `bytes` of the folded text.
    fn extend_core(&mut self, bytes: &Range<usize>) {
        if self.core.is_empty() {
            self.core.start = bytes.start;
        }
        self.core.end = bytes.end;
    }

    /// Takes the words up to `end`, which say more of an office already named.
    fn take_until(&mut self, part: &Reading<'_>, end: usize) {
        self.words.end = end;
        if !self.core.is_empty() {
            let last = part.words[end - 1].end;
            let bracket = part.gap(end - 1).starts_with(')') && part.folded.as_str()[self.core.clone()].contains('(');
            self.core.end = last + usize::from(bracket);
        }
    }

    /// Takes what may follow within a title; `false` once it is a ministry, which stands for a country.
    fn take_next(&mut self, part: &Reading<'_>) -> Option<bool> {
        let next = self.words.end;
        let start = part.words.get(next)?.start;
        if let Some(hit) = part
            .title_at(start)
            .filter(|hit| hit.meaning == TitleMeaning::Honorific)
        {
            // a form of address goes on with the title even after a comma
            if self.goes_on(part, next) || (matches!(part.gap(next - 1), "، " | ", ") && hit.word == hit.range.start) {
                self.words.end = part.word_at(hit.range.end);
                return Some(true);
            }
        }
        if !self.goes_on(part, next) {
            return None;
        }
        if let Some((_, end)) = place(part, start) {
            let (of, _) = place(part, start)?;
            self.of = self.of.or(Some(of));
            self.take_until(part, end);
            return Some(true);
        }
        if let Some(hit) = part.title_at(start) {
            return self.take_title(part, next, hit);
        }
        let class = part.class(next);
        let linked = class.is(WordClass::PARTICLE)
            && part
                .words
                .get(next + 1)
                .is_some_and(|word| place(part, word.start).is_some());
        if class.is(WordClass::MODIFIER) || linked || self.is_in_brackets(part, next) {
            self.take_until(part, next + 1);
            return Some(true);
        }
        None
    }

    /// Takes a second title, or the ministry, of the same person.
    fn take_title(&mut self, part: &Reading<'_>, next: usize, hit: &Hit<TitleMeaning>) -> Option<bool> {
        if matches!(hit.meaning, TitleMeaning::Institution(_)) {
            self.take_until(part, part.word_at(hit.range.end));
            return Some(false);
        }
        // الوزير before the name of a second person is not part of the first one's title
        if hit.clitics.conjunction && hit.clitics.article {
            return None;
        }
        self.take_office(part, next);
        Some(true)
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
            let name = lexicon.word(word).is(WordClass::GIVEN.or(WordClass::FAMILY));
            if part.gap(at - 1) != " " || !is_definite(word) || name || part.title_at(part.words[at].start).is_some() {
                break;
            }
            self.take_until(part, at + 1);
            self.unlisted = true;
        }
        if !minister {
            self.offices.clear();
        }
    }

    /// Takes the words between a title and a name that complete the title, if a name surely follows them:
    /// `مدير عام التعليم بالمنطقة` + `ناصر بن سليمان`. Leaves the title as it is otherwise.
    pub fn take_complement(&mut self, part: &Reading<'_>, lexicon: &Lexicon) -> bool {
        let from = self.words.end;
        for at in from..(from + MOST_COMPLEMENTS).min(part.words.len()) {
            if part.gap(at - 1) != " " || part.title_at(part.words[at].start).is_some() {
                return false;
            }
            if at > from && surely_begins_name(part, at, lexicon) {
                self.take_until(part, at);
                return true;
            }
            let word = part.word(at);
            let fits = if at == from {
                completes_title(word)
            } else {
                !ends_title(word, lexicon)
            };
            if !fits && place(part, part.words[at].start).is_none() {
                return false;
            }
        }
        false
    }

    /// Takes the country of the side that the person speaks for, where it stands around the title: `الجانب الهندي`.
    fn take_side(&mut self, part: &Reading<'_>) {
        const SIDES: [&str; 4] = ["الجانب", "الوفد", "جانب", "وفد"];
        if self.of.is_some() {
            return;
        }
        let side = |at: usize| SIDES.contains(&part.word(at)) && part.gap(at) == " ";
        let next = self.words.end;
        if next < part.words.len() && part.gap(next - 1) == " " && side(next) {
            self.of = part
                .words
                .get(next + 1)
                .and_then(|word| Some(place(part, word.start)?.0));
        }
    }

    /// Takes the country of an English title, which stands before it: `Egyptian President`.
    fn take_country_before(&mut self, part: &Reading<'_>, at: usize) {
        if !self.latin || at == 0 || part.gap(at - 1) != " " {
            return;
        }
        self.of = part
            .name_ending(part.words[at - 1].end)
            .and_then(|hit| match hit.meaning {
                NameMeaning::Country(ix, _) | NameMeaning::Organisation(ix) => Some(ix),
                _ => None,
            });
    }
}

/// Whether a hit of one letter or two is no abbreviated form of address (د., م/): no mark follows it.
fn is_other_word(part: &Reading<'_>, at: usize, hit: &Hit<TitleMeaning>) -> bool {
    let short = hit.range.len() <= 4 && !part.word(at).is_ascii();
    short && (hit.clitics.preposition || !part.gap(at).starts_with(['.', '/']))
}

/// Whether a folded word has the article, with or without clitics.
fn is_definite(word: &str) -> bool {
    ["ال", "وال", "لل"].iter().any(|article| word.starts_with(article))
}

/// Whether a word right after a title can only say more of it: an adjective, or a noun with a preposition and article.
fn completes_title(word: &str) -> bool {
    ["لل", "بال", "وال"].iter().any(|clitics| word.starts_with(clitics))
        || (word.starts_with("ال") && word.ends_with(['\u{064A}', '\u{0647}']))
}

/// Whether a word, with or without a clitic, cannot stand in a title.
fn ends_title(word: &str, lexicon: &Lexicon) -> bool {
    const INSIDE: [&str; 3] = ["علي", "في", "لدي"];
    let class = lexicon.word(word);
    let verb = |word: &str| lexicon.word(word).is(WordClass::VERB);
    let counterpart = word.ends_with("نظيره") || word.ends_with("نظيرته");
    counterpart
        || (class.is(WordClass::PARTICLE) && !INSIDE.contains(&word))
        || word.strip_prefix('\u{0648}').is_some_and(verb)
        || verb(word)
}

/// Whether a given name and another part of a name begin at word `at`.
fn surely_begins_name(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> bool {
    let first = lexicon.word(part.word(at));
    let second = lexicon.word(part.word(at + 1));
    let name = WordClass::GIVEN
        .or(WordClass::FAMILY)
        .or(WordClass::LINK)
        .or(WordClass::SURNAME);
    let given = first.is(WordClass::GIVEN) && !first.is(WordClass::COMMON) && !part.word(at).starts_with("ال");
    let family = part.word(at + 1).starts_with("ال") && !second.is(WordClass::MODIFIER);
    given && part.gap(at) == " " && (second.is(name) || family) && place(part, part.words[at].start).is_none()
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
