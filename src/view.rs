//! What a template may say: one struct for each template, plain data with every word already chosen.
//!
//! `templates/briefing.html` is given a [`BriefingPage`], and so on; each template besides sees the [`Global`] data as
//! `site` and the texts of the interface as `t`. Links are whole, dates and counts are words, and nothing here is HTML
//! but [`BriefingPage::body`].

use serde::Serialize;

use crate::language::Language;
use crate::relations::RelationsMap;
use crate::timeline::Timeline;

/// Words with their language, where it is not that of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The words.
    pub text: String,
    /// BCP 47 tag; `None` where it is that of the interface.
    pub lang: Option<&'static str>,
    /// `rtl` or `ltr`; `None` where it is that of the interface.
    pub dir: Option<crate::language::Direction>,
}

impl Label {
    /// Words in the language that their letters tell, on a page in `page`.
    pub fn new(text: impl Into<String>, page: Language) -> Label {
        let text = text.into();
        let language = Language::of(&text).unwrap_or(page);
        Label::of(text, language, page)
    }

    /// Words in `language`, on a page in `page`.
    pub fn of(text: impl Into<String>, language: Language, page: Language) -> Label {
        Label {
            text: text.into(),
            lang: (language != page).then(|| language.tag()),
            dir: (language.direction() != page.direction()).then(|| language.direction()),
        }
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What it says.
    pub label: Label,
    /// Where it leads.
    pub href: String,
}

/// A link with a count of briefings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// What it says.
    pub label: Label,
    /// Where it leads.
    pub href: String,
    /// How many briefings, in digits of the site.
    pub number: String,
    /// The same as words: `ثلاث إحاطات`, `3 briefings`.
    pub count: String,
    /// How large it is beside its neighbours, in percent.
    pub share: u8,
}

/// What every page of the site shows, the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Global {
    /// BCP 47 tag of the interface.
    pub lang: &'static str,
    /// Which way it runs.
    pub dir: crate::language::Direction,
    /// Name of the site.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Who publishes it.
    pub authors: Vec<String>,
    /// The home page.
    pub home: String,
    /// The main sections.
    pub nav: Vec<Section>,
    /// How the site was made.
    pub about: String,
    /// The base path, for files of `static/`: `{{ site.base }}style.css`.
    pub base: String,
    /// The style sheet, with a mark of its content so that no cache shows an old one.
    pub style: String,
}

/// A main section of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its name, as [`Frame::section`] gives it: `countries`, `officials`, `organisations`, `topics`, `archive`.
    pub key: &'static str,
    /// What the link says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// What every page has, each its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    /// For the tab and for search engines, without the name of the site.
    pub title: String,
    /// One or two sentences for search engines; may be empty.
    pub description: String,
    /// Where the page stands on the web, of a copy where its chief does; `None` where the site does not say where it
    /// stands, but for a copy, which names its chief by path.
    pub canonical: Option<String>,
    /// The main section it belongs to; empty where it belongs to none.
    pub section: &'static str,
    /// The way to it from the home page, itself left out.
    pub crumbs: Vec<Link>,
}

/// A day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// `2023-07-24`
    pub iso: String,
    /// `24 يوليو 2023`
    pub text: String,
    /// The same by the Umm al-Qura calendar, where the site shows both.
    pub hijri: Option<String>,
}

/// A briefing in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Its headline.
    pub title: Label,
    /// Where it stands.
    pub href: String,
    /// Its day; `None` where none could be found.
    pub day: Option<Day>,
    /// City it was sent from; may be empty.
    pub city: String,
    /// One or two sentences; empty in short lists.
    pub summary: Option<Label>,
    /// Countries it names, the first few; empty in short lists.
    pub countries: Vec<Link>,
    /// Under the list of an official, the office held on that day, as the text gives it.
    pub role: String,
}

/// `home.html`
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomePage {
    /// What every page has.
    pub page: Frame,
    /// How much there is, each as words: briefings, countries, officials, organisations, topics.
    pub figures: Vec<Figure>,
    /// The newest briefing, shown large; `None` on a site without briefings.
    pub lead: Option<Card>,
    /// The next ones.
    pub latest: Vec<Card>,
    /// Ways in: the most named of each kind.
    pub ways: Vec<Way>,
    /// Years, newest first.
    pub years: Vec<Counted>,
    /// The map of relations, for a desk and for a telephone; `None` where too few entities share briefings.
    pub map: Option<Map>,
}

/// A number and what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// In digits of the site.
    pub number: String,
    /// What is counted, in the form that goes with the number.
    pub noun: String,
    /// Where they are listed; may be empty.
    pub href: String,
}

/// A kind of entity as a way into the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// `countries`, `officials`, `organisations`, `topics`
    pub key: &'static str,
    /// Its heading.
    pub label: String,
    /// Where all of the kind are listed.
    pub href: String,
    /// What the link to all of them says: `كل الدول (23)`.
    pub all: String,
    /// The most named.
    pub entities: Vec<Counted>,
}

/// The map of relations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Map {
    /// For wide screens.
    pub wide: RelationsMap,
    /// For narrow ones.
    pub narrow: RelationsMap,
    /// What the map says, for those who cannot see it.
    pub text: String,
}

/// `briefing.html`
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BriefingPage {
    /// What every page has.
    pub page: Frame,
    /// Headline.
    pub title: Label,
    /// Whether the headline was made by the program from the lead.
    pub title_made: bool,
    /// Its day; `None` where none could be found.
    pub day: Option<Day>,
    /// What the day rests on, as a sentence; empty where it is stated or there is none.
    pub day_why: String,
    /// City it was sent from; may be empty.
    pub city: String,
    /// Agency; may be empty.
    pub agency: String,
    /// Language of the text.
    pub lang: &'static str,
    /// Which way the text runs.
    pub dir: crate::language::Direction,
    /// The text as safe HTML.
    pub body: String,
    /// Who and what it names, by kind.
    pub named: Vec<NamedGroup>,
    /// Why each was found.
    pub evidence: Vec<Evidence>,
    /// Whether a person has reviewed the page.
    pub reviewed: bool,
    /// The raw text's path.
    pub source: String,
    /// Of a copy, the briefing that stands for it.
    pub copy_of: Option<Card>,
    /// The copies that it stands for.
    pub copies: Vec<Copy>,
    /// The briefings most like it; none of a copy.
    pub related: Vec<Card>,
    /// The next newer briefing.
    pub newer: Option<Link>,
    /// The next older briefing.
    pub older: Option<Link>,
}

/// A copy of a briefing: who printed the same, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copy {
    /// Its headline.
    pub title: Label,
    /// Where it stands.
    pub href: String,
    /// Its day; `None` where none could be found.
    pub day: Option<Day>,
    /// City it was sent from; may be empty.
    pub city: String,
    /// Agency; may be empty.
    pub agency: String,
    /// The raw text's path.
    pub source: String,
}

/// Entities of one kind that a briefing names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedGroup {
    /// `countries`, `officials`, `organisations`, `topics`
    pub key: &'static str,
    /// Its heading.
    pub label: String,
    /// The entities, most mentioned first.
    pub entities: Vec<Named>,
}

/// An entity that a briefing names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its name.
    pub label: Label,
    /// Its page.
    pub href: String,
    /// Of an official, the office held on that day; empty else.
    pub note: String,
}

/// Why an entity was found: a row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Name of the entity.
    pub label: Label,
    /// Its page.
    pub href: String,
    /// The words that name it.
    pub words: Label,
    /// The rule, in words.
    pub rule: String,
    /// How often it is mentioned, as words.
    pub count: String,
}

/// `entity.html`: a country, official, organisation or topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntityPage {
    /// What every page has.
    pub page: Frame,
    /// `country`, `official`, `organisation`, `topic`
    pub kind: &'static str,
    /// The kind, in words: `دولة`.
    pub kind_label: String,
    /// Its name.
    pub name: Label,
    /// Its name in the other language; `None` where there is none.
    pub other_name: Option<Label>,
    /// What is known of it: formal name, capital, spellings found.
    pub facts: Vec<Fact>,
    /// Of an official, the offices held or given by texts, newest first.
    pub roles: Vec<Role>,
    /// How many briefings name it, as a sentence.
    pub count: String,
    /// When it is named; `None` past the first page of the list, or without dated briefings.
    pub timeline: Option<Timeline>,
    /// The briefings that name it, newest first, by year.
    pub years: Vec<YearGroup>,
    /// Who appears with it, by kind; empty past the first page of the list.
    pub with: Vec<Way>,
    /// The other pages of the list.
    pub pages: Pages,
}

/// Something known, with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub term: String,
    /// The values.
    pub values: Vec<Label>,
}

/// An office held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Role {
    /// The title.
    pub title: Label,
    /// The country or organisation it is an office of.
    pub of: Option<Link>,
    /// When, as words; may be empty.
    pub span: String,
    /// Whether it rests on texts of the site alone, not on the lexicon.
    pub from_texts: bool,
}

/// Briefings of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearGroup {
    /// The year, or the words for "without a date".
    pub label: String,
    /// Its archive.
    pub href: String,
    /// Newest first.
    pub briefings: Vec<Card>,
}

/// The pages of a long list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// `صفحة 2 من 5`; empty where there is only one.
    pub label: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// `index.html`: all entities of a kind, from A to Z.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KindPage {
    /// What every page has.
    pub page: Frame,
    /// `countries`, `officials`, `organisations`, `topics`
    pub key: &'static str,
    /// Heading.
    pub label: String,
    /// How many there are, as a sentence.
    pub count: String,
    /// By letter.
    pub letters: Vec<Letter>,
}

/// Entities whose names begin alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// The letter.
    pub letter: String,
    /// Its anchor on the page.
    pub anchor: String,
    /// In the order of the alphabet.
    pub entities: Vec<Listed>,
}

/// An entity in an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its name.
    pub label: Label,
    /// Its page.
    pub href: String,
    /// What tells it from others of its name: of an official, the office for which the briefings name them.
    pub note: String,
    /// How many briefings name it, as words.
    pub count: String,
    /// The same in digits.
    pub number: String,
}

/// `archive.html`: all years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArchivePage {
    /// What every page has.
    pub page: Frame,
    /// Heading.
    pub label: String,
    /// How many briefings there are, as a sentence.
    pub count: String,
    /// By decade, newest first.
    pub decades: Vec<Decade>,
    /// Briefings without a date.
    pub undated: Option<Counted>,
}

/// Ten years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decade {
    /// `1990–1999`
    pub label: String,
    /// Newest first.
    pub years: Vec<Year>,
}

/// A year with its months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Year {
    /// The year.
    pub label: String,
    /// Its page.
    pub href: String,
    /// How many briefings, as words.
    pub count: String,
    /// All twelve, January first.
    pub months: Vec<Month>,
}

/// A month of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Its name.
    pub label: String,
    /// Its page; empty where it has no briefing.
    pub href: String,
    /// How many briefings, as words; empty where there is none.
    pub count: String,
    /// How many beside the fullest month of the archive, in percent.
    pub share: u8,
}

/// `list.html`: the briefings of a year or a month, or those without a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListPage {
    /// What every page has.
    pub page: Frame,
    /// Heading.
    pub label: String,
    /// How many briefings, as a sentence.
    pub count: String,
    /// Of a year, one group a month; else one group without a label.
    pub groups: Vec<ListGroup>,
    /// The newer year or month.
    pub newer: Option<Link>,
    /// The older year or month.
    pub older: Option<Link>,
}

/// Briefings under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListGroup {
    /// Heading; may be empty.
    pub label: String,
    /// Where all of the group are listed; may be empty.
    pub href: String,
    /// What the link to all of them says; empty where all are here.
    pub all: String,
    /// Newest first.
    pub briefings: Vec<Card>,
}

/// `about.html`: how the site was made, with figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AboutPage {
    /// What every page has.
    pub page: Frame,
    /// How much there is.
    pub figures: Vec<Figure>,
    /// Mentions by the rule that found them, most first.
    pub rules: Vec<Share>,
    /// Days by what they rest on, most first.
    pub days: Vec<Share>,
    /// Titles by where they come from, most first.
    pub titles: Vec<Share>,
    /// How many pages a person has reviewed, as a sentence.
    pub reviewed: String,
    /// How well the program reads texts that people have marked: F1 in hundredths, by what is counted.
    pub reached: Vec<Share>,
    /// What editors have upheld on the pages they reviewed, of all that they or the program name; empty where none is.
    pub upheld: Vec<Share>,
}

/// One row of a breakdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// What is counted.
    pub label: String,
    /// How many, in digits.
    pub number: String,
    /// Of the whole, in percent.
    pub share: u8,
}

/// `404.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotFoundPage {
    /// What every page has.
    pub page: Frame,
}

/// `redirect.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RedirectPage {
    /// What every page has.
    pub page: Frame,
    /// Where the page is now.
    pub href: String,
}
