//! Who and what one text names: mentions, each with the rule and the words it rests on.
//!
//! In: the published text of a page and the lexicon. Out: an [`Extraction`], which depends on nothing else. Who is who
//! across texts is for `identity`.

mod called;
mod calling;
mod complement;
pub mod country;
mod english;
mod extent;
mod homeland;
mod latin;
mod name;
pub mod official;
mod place;
mod reference;
mod settle;
mod surname;
pub mod tagger;
mod title;
pub mod topic;
mod word;

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use crate::date::{self, Date, DayRule};
use crate::lexicon::matcher::{self, Hit, Start};
use crate::lexicon::{
    CountryForm, CueMeaning, EntityIx, Kind, Lexicon, NameMeaning, OfficeIx, TitleMeaning, WordClass,
};
use crate::markdown::{BlockKind, Body};
use crate::measure::Tally;
use crate::text::{self, Folded};
use word::Word;

/// Which text of a page a mention stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// The title.
    Title,
    /// [`Body::text`].
    Body,
    /// The tags of a page, one to a line.
    Tags,
}

/// What a mention rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rule {
    /// A name of the lexicon.
    Name,
    /// A name that is also something else, borne out by what stands around it.
    WeakName,
    /// The adjective of a country.
    Nisba,
    /// A capital.
    Capital,
    /// A seat of power.
    Metonym,
    /// What a country's own people call it, where the text or the site is at home there.
    Homeland,
    /// The name of a country as its team, its bank or another body bears it.
    Bearer,
    /// A person's full name, known to the lexicon.
    FullName,
    /// A title, then a name.
    TitleThenName,
    /// A name, then a title after a comma.
    NameThenTitle,
    /// One of several names after a title for two.
    Joined,
    /// The name by which a person is called alone.
    Surname,
    /// A name told by its words and what stands around it: by the tagger, or in Latin letters.
    Tagged,
    /// The office of someone named before, without the name.
    Office,
    /// Who posted what is quoted.
    Author,
    /// A phrase that tells a topic.
    Cue,
    /// Phrases that tell a topic only together.
    Hints,
    /// A tag that came with the text.
    Tag,
    /// Stated in the front matter.
    Stated,
}

impl Rule {
    /// Its name: `title-then-name`.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Name => "name",
            Rule::WeakName => "weak-name",
            Rule::Nisba => "nisba",
            Rule::Capital => "capital",
            Rule::Metonym => "metonym",
            Rule::Homeland => "homeland",
            Rule::Bearer => "bearer",
            Rule::FullName => "full-name",
            Rule::TitleThenName => "title-then-name",
            Rule::NameThenTitle => "name-then-title",
            Rule::Joined => "joined",
            Rule::Surname => "surname",
            Rule::Tagged => "tagged",
            Rule::Office => "office",
            Rule::Author => "author",
            Rule::Cue => "cue",
            Rule::Hints => "hints",
            Rule::Tag => "tag",
            Rule::Stated => "stated",
        }
    }
}

/// What is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// A country, organisation or topic of the lexicon.
    Entity(EntityIx),
    /// A person, by place in [`Extraction::people`].
    Person(u16),
}

/// One place where a text names someone or something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Which text.
    pub part: Part,
    /// Bytes of that text that name it.
    pub range: Range<u32>,
    /// Bytes of that text it rests on: a title and its name, say.
    pub basis: Range<u32>,
    /// What is named.
    pub subject: Subject,
    /// Why.
    pub rule: Rule,
}

/// A person as one text tells of him or her.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The person of the lexicon, if known.
    pub known: Option<EntityIx>,
    /// The fullest form of the name, as written.
    pub name: String,
    /// The same folded, initials left out.
    pub key: String,
    /// Whether the name is in Latin letters.
    pub latin: bool,
    /// The fullest form of the name in the other script, as written, where the text has one.
    pub other: Option<String>,
    /// The office the text gives.
    pub office: Option<OfficeIx>,
    /// The country or organisation it is an office of.
    pub of: Option<EntityIx>,
    /// The title in full as written, for an office that the lexicon does not know whole.
    pub title: String,
}

impl Candidate {
    /// The name in Latin letters or in Arabic ones, as written.
    pub fn written(&self, latin: bool) -> Option<&str> {
        if latin == self.latin {
            Some(&self.name)
        } else {
            self.other.as_deref()
        }
    }
}

/// A title of office as it stands in a text, whether its holder is named or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TitleSpan {
    /// Which text.
    pub part: Part,
    /// Bytes of that text: the whole chain of offices with body and country, without what is written together with
    /// its first word and without the forms of address around it.
    pub range: Range<u32>,
    /// Bytes between one office of the chain and the next: a space, or a comma, or "and". Empty for one office.
    pub joints: Vec<Range<u32>>,
}

impl TitleSpan {
    /// Bytes of each office of the chain.
    pub fn offices(&self) -> impl Iterator<Item = Range<u32>> {
        let starts = [self.range.start]
            .into_iter()
            .chain(self.joints.iter().map(|joint| joint.end));
        let ends = self.joints.iter().map(|joint| joint.start).chain([self.range.end]);
        starts.zip(ends).map(|(start, end)| start..end)
    }

    /// Whether the words of a mention are part of it.
    fn holds(&self, mention: &Mention) -> bool {
        self.part == mention.part && self.range.start <= mention.range.start && mention.range.end <= self.range.end
    }
}

/// A day that a text speaks of, or all days from one to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedDay {
    /// Which text.
    pub part: Part,
    /// Bytes of that text.
    pub range: Range<u32>,
    /// The day, or the first one.
    pub first: Date,
    /// The same day, or the last one.
    pub last: Date,
    /// How it was found.
    pub rule: DayRule,
    /// Days by which a Hijri date and the Gregorian one beside it differ; up to 1 they agree.
    pub disagrees: u16,
}

/// All that one text names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extraction {
    /// By part, then by place.
    pub mentions: Vec<Mention>,
    /// In the order in which they are first named.
    pub people: Vec<Candidate>,
    /// By part, then by place.
    pub titles: Vec<TitleSpan>,
    /// Bytes of professions, ranks and degrees, and of offices that do not say of what, where they are no part of a
    /// title of office. By part, then by place; none overlap.
    pub callings: Vec<(Part, Range<u32>)>,
    /// By part, then by place; none overlap.
    pub days: Vec<NamedDay>,
    /// Of each kind that the front matter states: what it states (the gold) beside what was found.
    pub stated: Vec<(Kind, Tally)>,
}

impl Extraction {
    /// Of the subjects that `of_kind` picks, keeps the mentions of `stated` ones alone; each of these is mentioned
    /// at the start of the body with no words where the text does not name it. Gives how the two compare.
    pub fn keep(&mut self, stated: &BTreeSet<Subject>, of_kind: impl Fn(&Subject) -> bool) -> Tally {
        let subjects = self.mentions.iter().map(|mention| mention.subject);
        let found: BTreeSet<Subject> = subjects.filter(|subject| of_kind(subject)).collect();
        self.mentions
            .retain(|mention| !of_kind(&mention.subject) || stated.contains(&mention.subject));
        let unnamed = stated.difference(&found).map(|&subject| Mention {
            part: Part::Body,
            range: 0..0,
            basis: 0..0,
            subject,
            rule: Rule::Stated,
        });
        self.mentions.extend(unnamed);
        Tally {
            gold: stated.len(),
            found: found.len(),
            right: stated.intersection(&found).count(),
        }
    }
}

/// Finds all that a page names. `title` is `None` where it was made from the body; `dated` is the briefing's day;
/// `dateline` says whether the body opens with the city it was sent from.
pub fn extract(title: Option<&str>, body: &Body, dateline: bool, dated: Option<Date>, lexicon: &Lexicon) -> Extraction {
    let mut parts = Vec::with_capacity(2);
    parts.extend(title.map(|title| Reading::new(Part::Title, title, lexicon)));
    parts.push(Reading::new(Part::Body, &body.text, lexicon));
    homeland::settle(&mut parts, lexicon);
    let mut people = official::People::new(lexicon, dated);
    for part in &parts {
        people.read(part);
    }
    for part in &parts {
        people.read_surnames(part);
    }
    let places = surname::places(&parts);
    for part in &parts {
        people.read_singles(part, &places);
    }
    people.read_authors(body);
    let (mut mentions, mut people, mut titles) = people.finish();
    let named = country::mentions(&parts, &mentions, dateline, dated, lexicon);
    settle::settle(&parts, &mut people, &named, &titles, dateline);
    let topics = topic::mentions(&parts, &mentions);
    mentions.extend(named);
    mentions.extend(topics);
    let is_text = |part: Part, at: u32| part == Part::Title || !in_code(body, at);
    mentions.retain(|mention| is_text(mention.part, mention.range.start));
    titles.retain(|title| is_text(title.part, title.range.start));
    let mut days: Vec<NamedDay> = parts.iter().flat_map(|part| days(part, body, dated)).collect();
    days.retain(|day| is_text(day.part, day.range.start));
    mentions.sort_by_key(|mention| (mention.part, mention.range.start, mention.range.end, mention.subject));
    let mut callings: Vec<(Part, Range<u32>)> = Vec::new();
    for part in &parts {
        let found = calling::spans(part, &titles, &mentions);
        callings.extend(found.into_iter().map(|range| (part.part, range)));
    }
    callings.retain(|(part, range)| is_text(*part, range.start));
    Extraction {
        mentions,
        people,
        titles,
        callings,
        days,
        stated: Vec::new(),
    }
}

/// Adds what only the tags of a page name: a country, organisation or topic that is all of a tag, by a name that means
/// nothing else. Tags are chosen by hand and for the whole text, so each counts once.
pub fn add_tags(found: &mut Extraction, tags: &[String], lexicon: &Lexicon) {
    if tags.is_empty() {
        return;
    }
    let text = tags.join("\n");
    let reading = Reading::new(Part::Tags, &text, lexicon);
    let names = reading.names.iter().filter_map(|hit| match hit.meaning {
        NameMeaning::Country(ix, CountryForm::Name) | NameMeaning::Organisation(ix) => Some((&hit.range, ix)),
        _ => None,
    });
    // A phrase that only hints at a topic in a sentence tells it as a tag.
    let topics = reading.cues.iter().map(|hit| (&hit.range, hit.meaning.topic));
    for (range, entity) in names.chain(topics) {
        let line = reading.folded.as_str();
        let whole = matches!(line[..range.start].chars().next_back(), None | Some('\n'))
            && matches!(line[range.end..].chars().next(), None | Some('\n'));
        let subject = Subject::Entity(entity);
        if whole && !found.mentions.iter().any(|mention| mention.subject == subject) {
            let mention = reading.mention(range.clone(), range.clone(), subject, Rule::Tag);
            found.mentions.push(mention);
        }
    }
}

/// The days that one part speaks of. What a quoted post says of today is said on the day of the post.
fn days(part: &Reading<'_>, body: &Body, dated: Option<Date>) -> Vec<NamedDay> {
    let base = |at: usize| match part.part {
        Part::Title | Part::Tags => dated,
        Part::Body => written_on(body, at, dated),
    };
    let days = date::days_of(part.source, &part.folded, &base);
    let day = |day: date::Day| NamedDay {
        part: part.part,
        range: small(day.range.start)..small(day.range.end),
        first: day.first,
        last: day.last,
        rule: day.rule,
        disagrees: day.disagrees,
    };
    days.into_iter().map(day).collect()
}

/// The day on which what stands at byte `at` of the body was written: that of the quoted post it stands in, else that of
/// the text.
fn written_on(body: &Body, at: usize, dated: Option<Date>) -> Option<Date> {
    let block = body.blocks.partition_point(|block| block.range.end <= at);
    let quoted = matches!(body.blocks.get(block)?.kind, BlockKind::Post(_));
    if !quoted {
        return dated;
    }
    body.blocks[block..].iter().find_map(|block| match &block.kind {
        BlockKind::Post(Some(found)) => Some(found.date),
        _ => None,
    })?
}

fn in_code(body: &Body, at: u32) -> bool {
    let block = body.blocks.partition_point(|block| block.range.end <= at as usize);
    body.blocks
        .get(block)
        .is_some_and(|block| block.kind == BlockKind::Code)
}

/// The starts that each of `words` has, with its place among them.
fn starts(words: &[Rc<Word>], of: fn(&Word) -> &[Start]) -> impl Iterator<Item = (usize, &Start)> {
    let words = words.iter().enumerate();
    words.flat_map(move |(at, word)| of(word).iter().map(move |start| (at, start)))
}

/// A text folded, cut into words, with every name and title of the lexicon found in it.
pub struct Reading<'a> {
    /// Which text of the page it is.
    pub part: Part,
    /// As published.
    pub source: &'a str,
    /// For matching.
    pub folded: Folded,
    /// Words of the folded text.
    pub words: Vec<Range<usize>>,
    /// What each of them tells by itself.
    known: Vec<Rc<Word>>,
    /// Names of countries, organisations and people, and stop phrases; none overlap but twins.
    pub names: Vec<Hit<NameMeaning>>,
    /// Titles, ministries and honorifics; none overlap but twins.
    pub titles: Vec<Hit<TitleMeaning>>,
    /// Professions, ranks and degrees, and offices that do not say of what; none overlap but twins.
    pub callings: Vec<Hit<TitleMeaning>>,
    /// Phrases that tell a topic; none overlap but twins.
    pub cues: Vec<Hit<CueMeaning>>,
    /// Names of people by the tagger, in order; none where the lexicon has no model.
    pub tags: Vec<tagger::Span>,
    /// What the names and titles were found by.
    pub lexicon: &'a Lexicon,
}

impl<'a> Reading<'a> {
    /// Folds `source` and finds in it what the lexicon knows.
    pub fn new(part: Part, source: &'a str, lexicon: &'a Lexicon) -> Reading<'a> {
        let folded = text::fold(source);
        let known = word::words(&folded, lexicon);
        let names = lexicon.names.all(source, &folded, starts(&known, |word| &word.names));
        let titles = lexicon.titles.all(source, &folded, starts(&known, |word| &word.titles));
        let cues = lexicon.cues.all(source, &folded, starts(&known, |word| &word.cues));
        let is_calling = |hit: &Hit<TitleMeaning>| matches!(hit.meaning, TitleMeaning::Calling(_));
        let (callings, titles): (Vec<_>, Vec<_>) = titles.into_iter().partition(is_calling);
        let mut reading = Reading {
            part,
            source,
            words: folded.words().to_vec(),
            known,
            names: matcher::longest(names),
            titles: matcher::longest(titles),
            callings: matcher::longest(callings),
            cues: matcher::longest(cues),
            tags: Vec::new(),
            folded,
            lexicon,
        };
        reading.tags = extent::mend(&reading, tagger::tag(&reading));
        reading
    }

    /// The folded word at `at`.
    pub fn word(&self, at: usize) -> &str {
        self.words
            .get(at)
            .map_or("", |range| &self.folded.as_str()[range.clone()])
    }

    /// What the lexicon knows of the word at `at`, taken whole.
    pub fn class(&self, at: usize) -> WordClass {
        self.known.get(at).map_or_else(WordClass::default, |word| word.class)
    }

    /// The folded text between the word at `at` and the next one; at the last word, the rest of the text.
    pub fn gap(&self, at: usize) -> &str {
        let from = self.words.get(at).map_or(0, |range| range.end);
        let to = self
            .words
            .get(at + 1)
            .map_or(self.folded.as_str().len(), |range| range.start);
        &self.folded.as_str()[from..to]
    }

    /// The word as published.
    pub fn written(&self, at: usize) -> &'a str {
        self.words
            .get(at)
            .map_or("", |range| &self.source[self.folded.source_range(range.clone())])
    }

    /// The index of the first word that begins at byte `at` of the folded text, or after it.
    pub fn word_at(&self, at: usize) -> usize {
        self.words.partition_point(|word| word.start < at)
    }

    /// The first name hit whose first word begins at byte `word` of the folded text.
    pub fn name_at(&self, word: usize) -> Option<&Hit<NameMeaning>> {
        first_at(&self.names, word)
    }

    /// All name hits whose first word begins at byte `word` of the folded text.
    pub fn names_at(&self, word: usize) -> impl Iterator<Item = &Hit<NameMeaning>> + Clone {
        let at = self.names.partition_point(|hit| hit.word < word);
        self.names[at..].iter().take_while(move |hit| hit.word == word)
    }

    /// The first title hit whose first word begins at byte `word` of the folded text.
    pub fn title_at(&self, word: usize) -> Option<&Hit<TitleMeaning>> {
        first_at(&self.titles, word)
    }

    /// All title hits whose first word begins at byte `word` of the folded text.
    pub fn titles_at(&self, word: usize) -> impl Iterator<Item = &Hit<TitleMeaning>> {
        let at = self.titles.partition_point(|hit| hit.word < word);
        self.titles[at..].iter().take_while(move |hit| hit.word == word)
    }

    /// The tagged name that begins with the word at `at`.
    pub fn tag_at(&self, at: usize) -> Option<&tagger::Span> {
        let tag = self.tags.partition_point(|tag| tag.words.start < at);
        self.tags.get(tag).filter(|tag| tag.words.start == at)
    }

    /// The first name hit that ends at byte `end` of the folded text.
    pub fn name_ending(&self, end: usize) -> Option<&Hit<NameMeaning>> {
        ending(&self.names, end)
    }

    /// The first title hit that ends at byte `end` of the folded text.
    pub fn title_ending(&self, end: usize) -> Option<&Hit<TitleMeaning>> {
        ending(&self.titles, end)
    }

    /// The mention of `subject` at `range` of the folded text, resting on `basis` of it.
    pub fn mention(&self, range: Range<usize>, basis: Range<usize>, subject: Subject, rule: Rule) -> Mention {
        Mention {
            part: self.part,
            range: self.trimmed(range),
            basis: self.trimmed(basis),
            subject,
            rule,
        }
    }

    /// `range` of the folded text as published, without the space and marks that may trail it.
    fn trimmed(&self, range: Range<usize>) -> Range<u32> {
        let published = self.folded.source_range(range);
        let words = self.source[published.clone()]
            .trim_end_matches(|letter: char| letter.is_whitespace() || letter == '\u{200F}' || letter == '\u{200E}');
        let end = published.start + words.len();
        small(published.start)..small(end)
    }
}

/// A byte offset in 32 bits; a text is refused long before 4 GiB.
fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn first_at<M>(hits: &[Hit<M>], word: usize) -> Option<&Hit<M>> {
    let at = hits.partition_point(|hit| hit.word < word);
    hits.get(at).filter(|hit| hit.word == word)
}

/// Hits do not overlap, so those in order of their starts are in order of their ends.
fn ending<M>(hits: &[Hit<M>], end: usize) -> Option<&Hit<M>> {
    let at = hits.partition_point(|hit| hit.range.end < end);
    hits.get(at).filter(|hit| hit.range.end == end)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::LazyLock;

    use super::*;
    use crate::language::Language;
    use crate::lexicon::{self, Kind};
    use crate::markdown;

    /// The built-in lexicon, with people whom these tests alone speak of.
    pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
        const PEOPLE: &str = "
- {id: karim-test, ar: كريم الورداني, en: Karim Wardani, surname: الورداني, country: JO, appointments: [{office: foreign-minister, of: JO}]}
- {id: yu-test, ar: يو سانغ, en: Yu Sang, surname: سانغ, country: KR}";
        let files = lexicon::built_in();
        let built_in = files.iter().map(|(path, text)| (path.as_str(), text.as_ref()));
        let built_in = built_in.filter(|(path, _)| !path.ends_with("officials.yaml"));
        Lexicon::parse(built_in.chain([("officials.yaml", PEOPLE)])).value
    });

    /// The mentions in a Markdown text. Ids are those of countries and organisations; people are `p` and a number, in
    /// the order in which they are first named. Topics are left out.
    fn mark(text: &str) -> String {
        let body = markdown::body(text, Language::Arabic);
        let found = extract(None, &body, false, None, &LEXICON);
        let mut people: BTreeMap<u16, usize> = BTreeMap::new();
        let mut out = String::new();
        let mut at = 0;
        for mention in &found.mentions {
            let id = match mention.subject {
                Subject::Entity(ix) if LEXICON.entity(ix).kind == Kind::Topic => continue,
                Subject::Entity(ix) => LEXICON.entity(ix).id.clone(),
                Subject::Person(person) => {
                    let next = people.len() + 1;
                    format!("p{}", people.entry(person).or_insert(next))
                }
            };
            let (start, end) = (mention.range.start as usize, mention.range.end as usize);
            out += &format!("{}{{{id}:{}}}", &body.text[at..start], &body.text[start..end]);
            at = end;
        }
        out + &body.text[at..]
    }

    /// Mentions are written into the text as `{id:name}`. The marks are taken out, the text is searched, and the marks
    /// put back must give the same line.
    #[track_caller]
    pub(super) fn check(marked: &str) {
        let mut plain = String::new();
        for piece in marked.split_inclusive(['{', '}']) {
            let piece = piece.trim_end_matches(['{', '}']);
            plain += piece
                .split_once(':')
                .filter(|(id, _)| is_id(id))
                .map_or(piece, |(_, name)| name);
        }
        assert_eq!(mark(&plain), marked);
    }

    fn is_id(text: &str) -> bool {
        !text.is_empty()
            && text
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    }

    #[test]
    fn an_attached_particle_is_not_part_of_the_name() {
        check(
            "إلى {EG:مصر} و{QA:قطر} ب{SA:الرياض} ول{YE:اليمن} {LB:للبنان}"
                .replace("{LB:للبنان}", "ول{LB:لبنان}")
                .as_str(),
        );
        check("سافر {MA:للمغرب}"); // the article is swallowed, so all of the word is the name
        check("في مصرف وقطرة"); // a bank, a drop
    }

    #[test]
    fn a_name_that_is_another_thing_is_not_a_country() {
        for text in [
            "أمن المحيط الهندي",         // the Indian Ocean
            "نقلت وكالة الأنباء الأردنية", // the news agency
            "بعد صلاة المغرب",            // the prayer at sunset
            "قال كتائب القدس",           // forces called after Jerusalem
            "القطاع المالي",             // financial, not of Mali
            "مثلًا روسيًا",                 // a Russian proverb
        ] {
            check(text);
        }
    }

    #[test]
    fn which_of_two_countries_is_meant_is_told_by_what_stands_around() {
        check("زار {OM:سلطنة عمان} والتقى {OM:سلطان عمان}");
        check("قرر {ML:الرئيس المالي} العودة");
        check("غادر {JO:الأردن} من {JO:عمان}");
    }

    #[test]
    fn the_place_a_dispatch_was_sent_from_is_not_what_it_is_about() {
        let body = markdown::body("تبليسي (جورجيا) 11 أغسطس 2015 - زار الوفد اليابان", Language::Arabic); // Tbilisi (Georgia)
        let found = extract(None, &body, true, None, &LEXICON);
        let named: Vec<_> = found.mentions.iter().map(|mention| mention.subject).collect();
        let japan = LEXICON.find(Kind::Country, "jp").map(Subject::Entity);
        assert_eq!(named, Vec::from_iter(japan));
    }

    #[test]
    fn a_country_in_a_dateline_counts_unless_its_capital_has_the_same_name() {
        for (text, expected) in [
            ("البحرين - وكالات: وصل الوفد أمس", Some("bh")), // Bahrain is no city
            ("تونس - وكالات: وصل الوفد أمس", None),          // Tunis is
        ] {
            let body = markdown::body(text, Language::Arabic);
            let found = extract(None, &body, true, None, &LEXICON);
            let named: Vec<_> = found.mentions.iter().map(|mention| mention.subject).collect();
            let country = expected
                .and_then(|id| LEXICON.find(Kind::Country, id))
                .map(Subject::Entity);
            assert_eq!(named, Vec::from_iter(country), "{text}");
        }
    }

    #[test]
    fn an_adjective_names_a_country() {
        check("الوفد {EG:المصري} والجانبان {SD:السوداني} و{LY:الليبي}");
    }

    #[test]
    fn a_capital_counts_from_the_day_it_was_the_states() {
        let body = markdown::body("اجتمعوا في موسكو", Language::Arabic); // they met in Moscow
        let named = |year| {
            let found = extract(None, &body, false, Some(Date::constant(year, 5, 1)), &LEXICON);
            found.mentions.len()
        };
        assert_eq!((named(1975), named(2015)), (0, 1));
    }

    #[test]
    fn a_title_and_a_name_are_an_official() {
        for text in [
            "قال وزير الخارجية {p1:ماهر السعداوي} إن الزيارة مهمة",
            "وأكد {p1:ماهر السعداوي}، وزير الخارجية {EG:المصري}، أهمية الحوار",
            "وأكد {p1:ماهر السعداوي} وزير الخارجية أهمية الحوار",
            "استقبل معالي وزير الدولة الدكتور {p1:فهد بن ناصر الرويلي} الوفد",
            "وزير خارجية {TN:تونس} {p1:ماهر السعداوي}",
            "وصرح مدير عام التعليم بالمنطقة {p1:ناصر بن سالم الرويلي} أن العام الدراسي بدأ",
            "قال الملك {p1:عبد الله الثاني} إن السلام ممكن",
            "مستشار الأمن القومي {p1:إتش آر ماكماستر} في واشنطن"
                .replace("واشنطن", "الطريق")
                .as_str(),
        ] {
            check(text);
        }
    }

    #[test]
    fn a_name_ends_where_a_verb_a_noun_or_a_preposition_begins() {
        for text in [
            "وقال الرئيس {p1:ماهر السعداوي} على هامش القمة",
            "وصف الرئيس {p1:جاك السعداوي} القرار",
            "ألقى الدكتور {p1:سالم الرويلي} محاضرة بعنوان الغد",
            "وتحدث الوزير {p1:ماهر السعداوي} باسم المجموعة",
            "المدرب الدكتور {p1:مكي أبو هاشم} قيد الناخبين",
            "عضو اللجنة المهندس {p1:سالم بن أحمد الغبان} ومدير التعليم",
            "الدكتور {p1:حافظ مبروك ضيف الله} والحضور",
        ] {
            check(text);
        }
    }

    #[test]
    fn what_only_follows_a_title_is_no_name() {
        for text in [
            "واختتم وزير الخارجية تصريحه بالشكر",       // his statement
            "لم يكن مستغربا",                           // "was not" is no engineer's name
            "لم يحرك الملك ساكنا",                      // the king did nothing
            "في جامعة الملك سعود بن خالد",              // a university called after a king
            "زار مكتبة الملك سعود ثم مكتبة الملك سعود", // a library called after him, twice
            "وصل إلى محافظة صلاح الدين في الشمال",       // a governorate called after Saladin
            "وقف أمين الطائف على التشغيل",              // he looked on
            "إقامة دولة تعيش بسلام",                     // a state that lives
        ] {
            check(text);
        }
    }

    #[test]
    fn people_are_listed_with_and() {
        check("الرئيسان {p1:ماهر السعداوي} و{p2:سالم الرويلي}");
        check("وزيرا الخارجية {EG:المصري} {p1:ماهر السعداوي} و{SD:السوداني} {p2:سالم الرويلي}");
        check(
            "وزراء الخارجية {FR:الفرنسي} {p1:لوران ديبوا}، و{RU:الروسي} {p2:سيرغي أفاناسيف}، و{CN:الصيني} {p3:وانغ تشي}.",
        );
    }

    #[test]
    fn a_counterpart_has_the_same_office_in_another_country() {
        let text = "بحث وزير الخارجية {EG:المصري} {p1:ماهر السعداوي} مع نظيره {JO:الأردني} {p2:كريم الورداني} الأزمة";
        check(text);
        let body = markdown::body(
            "وزير الخارجية المصري ماهر السعداوي ونظيره السوداني سالم الرويلي",
            Language::Arabic,
        );
        let people = extract(None, &body, false, None, &LEXICON).people;
        let told: Vec<_> = people
            .iter()
            .map(|person| {
                (
                    person.office.map(|office| LEXICON.office(office).id.as_str()),
                    person.of.map(|of| LEXICON.entity(of).id.as_str()),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (Some("foreign-minister"), Some("EG")),
                (Some("foreign-minister"), Some("SD"))
            ]
        );
    }

    #[test]
    fn a_surname_later_in_the_text_is_the_same_person() {
        check("قال الوزير {p1:ماهر السعداوي} إن الحوار بدأ. وأضاف {p1:السعداوي} أن الأمل كبير.");
        check("الدكتور {p1:خالد بن علي التركي} هنا. وشكر الدكتور {p1:التركي} الحضور.");
        check("وقال الوزير {p1:ماهر علي السعداوي} نعم. ثم عاد {p1:ماهر السعداوي}، وزير الخارجية.");
        check("قال السلطان {p1:داهور}، ثم عاد السلطان {p1:داهور بن سعد}");
        check("وأوضح المدير {p1:سامي إسماعيل} ذلك، وبين {p1:إسماعيل} أن العمل بدأ");
    }

    #[test]
    fn a_person_of_the_lexicon_needs_no_title_but_must_be_named_whole() {
        check("وصل {p1:كريم الورداني} أمس، وقال {p1:الورداني} نعم");
        check("وصل يوسف كريم الورداني أمس"); // someone else
        check("الأمين العام {p1:يو سانغ}");
    }

    /// Titles of office are written into the text as `[title]`, and must be found there.
    #[track_caller]
    pub(super) fn check_titles(marked: &str) {
        let body = markdown::body(&marked.replace(['[', ']'], ""), Language::Arabic);
        let found = extract(None, &body, false, None, &LEXICON);
        let mut out = String::new();
        let mut at = 0;
        for title in &found.titles {
            let (start, end) = (title.range.start as usize, title.range.end as usize);
            out += &format!("{}[{}]", &body.text[at..start], &body.text[start..end]);
            at = end;
        }
        assert_eq!(out + &body.text[at..], marked);
    }

    /// The people of a text, each as name, title and country.
    pub(super) fn told(text: &str) -> Vec<String> {
        let body = markdown::body(text, Language::Arabic);
        let people = extract(None, &body, false, None, &LEXICON).people;
        let tell = |person: Candidate| {
            let of = person.of.map_or("", |of| &LEXICON.entity(of).id);
            format!("{} | {} | {of}", person.name, person.title)
        };
        people.into_iter().map(tell).collect()
    }

    #[test]
    fn an_office_after_a_name_or_a_blessing_is_that_persons() {
        for text in [
            "استقبل الأمير ناصر بن فهد - حفظه الله - ولي العهد",
            "استقبل الأمير ناصر بن فهد ولي العهد",
            "استقبل الأمير ناصر بن فهد، ولي العهد",
        ] {
            assert_eq!(told(text), ["ناصر بن فهد | ولي العهد | "], "{text}");
        }
        let text = "قال الوزير ماهر السعداوي نعم. وعاد ماهر السعداوي، وزير الخارجية المصري"; // the fuller title is shown
        assert_eq!(told(text), ["ماهر السعداوي | وزير الخارجية المصري | EG"]);
    }

    #[test]
    fn a_minister_of_whom_a_text_says_no_more_serves_the_one_country_it_is_about() {
        assert_eq!(
            told("أعلن وزير المياه ماهر السعداوي في جنوب الأردن ذلك"),
            ["ماهر السعداوي | وزير المياه | JO"]
        );
        let guest = told("استقبل وزير المياه ماهر السعداوي الوزير المصري سالم الرويلي"); // the guest's country
        assert_eq!(
            guest,
            ["ماهر السعداوي | وزير المياه | ", "سالم الرويلي | الوزير المصري | EG"]
        );
    }

    #[test]
    fn a_title_is_the_chain_of_offices_without_clitics_and_forms_of_address() {
        check_titles("استقبل معالي [وزير الخارجية المصري] الدكتور ماهر السعداوي، و[رئيس الوزراء] غائب");
        check_titles("ول[رئيس مجلس الوزراء وزير الدفاع] ماهر السعداوي");
    }

    /// The topics of `text`, by id, are `expected`.
    #[track_caller]
    fn check_topics(text: &str, expected: &[&str]) {
        let body = markdown::body(text, Language::Arabic);
        let found = extract(None, &body, false, None, &LEXICON).mentions;
        let entities = found.iter().filter_map(|mention| match mention.subject {
            Subject::Entity(ix) => Some(LEXICON.entity(ix)),
            Subject::Person(_) => None,
        });
        let topics: BTreeSet<&str> = entities
            .filter(|entity| entity.kind == Kind::Topic)
            .map(|entity| entity.id.as_str())
            .collect();
        assert_eq!(topics.into_iter().collect::<Vec<_>>(), expected, "{text}");
    }

    /// A lead of no topic: the visiting delegation reached the capital this morning on an official visit of three days.
    const LEAD: &str = "وصل الوفد الزائر صباح اليوم إلى العاصمة في زيارة رسمية تستمر ثلاثة أيام. ";

    #[test]
    fn a_topic_is_told_by_a_cue_but_not_by_a_title() {
        check_topics("اتفق الجانبان على مكافحة المخدرات", &["drugs"]); // fighting drugs
        check_topics("قال وزير التجارة الخارجية ماهر السعداوي نعم", &[]); // the minister of foreign trade
        check_topics("استمع إلى المتهم ثم إلى المتهمين", &[]); // two forms of one hint
    }

    #[test]
    fn a_phrase_tells_its_topic_in_the_other_state_too() {
        check_topics("أبرما تعاونا دفاعيا", &["defence-cooperation"]); // listed as the defence cooperation
    }

    #[test]
    fn a_sign_tells_its_topic_beside_another_or_said_twice_but_not_in_passing() {
        let passing = format!("{LEAD}وزار الأراضي الزراعية أمس."); // he saw the farmland
        check_topics(&passing, &[]);
        check_topics(&format!("{passing} ثم عاد إلى الأراضي الزراعية."), &["food-security"]);
        check_topics(&format!("{passing} وشكر المزارعين."), &["food-security"]); // and thanked the farmers
    }

    #[test]
    fn words_that_no_phrase_lists_tell_a_topic_together() {
        check_topics(&format!("{LEAD}وشكر المانحين."), &[]); // he thanked the donors
        check_topics(&format!("{LEAD}وشكر المانحين على القرض."), &["development-aid"]); // for the loan
        check_topics(&format!("{LEAD}وشكر المانحين ثم المانح."), &[]); // two forms of one word
    }

    #[test]
    fn an_organisation_supports_the_topic_that_is_its_business() {
        check_topics("زار الوفد أمس مدارس القرية", &[]); // the schools of the village
        check_topics("زار وفد اليونسكو أمس مدارس القرية", &["education"]); // UNESCO's delegation
    }

    #[test]
    fn relations_that_two_countries_follow_are_diplomatic() {
        check_topics(
            &format!("{LEAD}وتحدث عن العلاقات المصرية الهندية."),
            &["diplomatic-relations"],
        );
        check_topics(
            &format!("{LEAD}وتحدث عن الشراكة بين مصر والهند."),
            &["diplomatic-relations"],
        );
        check_topics(&format!("{LEAD}وتحدث عن علاقات الهند."), &[]); // with whom, it does not say
        check_topics(
            &format!("{LEAD}ودعا مجلس التعاون لدول الخليج العربية ومصر والهند."),
            &[],
        ); // only the council's name
    }

    #[test]
    fn what_weighs_a_small_part_of_what_a_text_is_about_is_left_out() {
        let drugs = [
            "مكافحة المخدرات",   // the fight against drugs
            "والمواد المخدرة",   // narcotic substances
            "والمؤثرات العقلية", // psychotropic ones
            "والأقراص المخدرة",   // narcotic pills
            "وآفة الإدمان",       // the scourge of addiction
            "وتهريب الكبتاجون",  // smuggling captagon
            "والهيروين",         // heroin
            "والكوكايين",        // cocaine
            "والحشيش المخدر",    // hashish
            "والأفيون",           // opium
        ];
        let drugs = format!("وتناول {}.", drugs.join(" "));
        let loan = format!("{LEAD}وشكر المانحين على القرض. ");
        check_topics(&loan, &["development-aid"]);
        check_topics(&format!("{loan}{drugs}"), &["drugs"]);
    }

    #[test]
    fn the_name_of_a_body_does_not_tell_its_topic_alone() {
        check_topics(&format!("{LEAD}ودعا إلى حماية البيئة."), &["environment"]); // protecting the environment
        check_topics(&format!("{LEAD}وزار جمعية حماية البيئة."), &[]); // the society for it
    }

    #[test]
    fn a_post_names_in_latin_letters_whom_the_text_names_in_arabic() {
        check(
            "قال وزير الخارجية {p1:سانجاي فيرما} نعم Met H.E. @ForeignSec {p1:Sanjay Verma}. Capacity building is the path",
        );
    }

    #[test]
    fn a_tag_names_what_is_all_of_it_and_not_yet_named() {
        let body = markdown::body("زار الوفد اليابان", Language::Arabic); // the delegation visited Japan
        let mut found = extract(None, &body, false, None, &LEXICON);
        let tags = ["اليابان", "كوريا الجنوبية", "صحيفة المغرب"].map(str::to_owned); // Japan, South Korea, a paper
        add_tags(&mut found, &tags, &LEXICON);
        let rules: Vec<(Rule, Part)> = found
            .mentions
            .iter()
            .map(|mention| (mention.rule, mention.part))
            .collect();
        assert_eq!(rules, [(Rule::Name, Part::Body), (Rule::Tag, Part::Tags)]);
    }

    #[test]
    fn a_day_is_told_from_the_text_it_stands_in() {
        let text = "يعود الوفد غدًا\n\n> We return tomorrow\n>\n> — Name (@handle) July 24, 2023"; // tomorrow, twice
        let body = markdown::body(text, Language::Arabic);
        let found = extract(None, &body, false, Some(Date::constant(2015, 8, 10)), &LEXICON);
        let days: Vec<String> = found.days.iter().map(|day| day.first.to_string()).collect();
        assert_eq!(days, ["2015-08-11", "2023-07-25", "2023-07-24"]);
    }

    #[test]
    fn a_long_list_of_titles_is_read_in_the_time_of_its_length() {
        check("وزير خارجية ".repeat(20_000).trim()); // foreign minister of; a quadratic search takes minutes
    }
}
