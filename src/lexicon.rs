//! Who is who: countries, organisations, officials and their offices, topics, and every name they go by.
//!
//! In: the files of `lexicon/`, the built-in ones first, then a site's own, whose entries replace built-in ones of
//! the same id. Out: a [`Lexicon`] of entities in a fixed order and matchers for all their names.

pub mod file;
pub mod matcher;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_embed::RustEmbed;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::date::Date;
use crate::diagnostic::{Checked, Diagnostic};
use crate::text;
use file::Sex;
use matcher::{Matcher, Names, Spelling};

#[derive(RustEmbed)]
#[folder = "lexicon/"]
#[include = "*.yaml"]
struct BuiltIn;

/// The files that are built into the program: path and text, by path.
pub fn built_in() -> Vec<(String, Cow<'static, str>)> {
    let mut files: Vec<(String, Cow<'static, str>)> = Vec::new();
    for name in BuiltIn::iter() {
        let text = BuiltIn::get(&name).map(|file| match file.data {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        });
        files.extend(text.map(|text| (format!("lexicon/{name}"), text)));
    }
    files.sort();
    files
}

/// The sorts of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A country of ISO 3166-1.
    Country,
    /// An international organisation.
    Organisation,
    /// A person who holds or held an office.
    Official,
    /// What a briefing is about.
    Topic,
}

/// Index of an entity in [`Lexicon::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIx(pub u32);

/// Index of an office in [`Lexicon::offices`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeIx(pub u16);

/// A country, organisation, official or topic of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// Unique within its kind: `EG`, `un`, `narendra-modi`.
    pub id: String,
    /// Name shown in Arabic.
    pub ar: String,
    /// Name shown in English.
    pub en: String,
    /// What only its kind has.
    pub detail: Detail,
}

/// What only one kind of entity has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// A country's name in full and its capital, in Arabic and English.
    Country {
        /// Formal name.
        formal: [Option<String>; 2],
        /// Capital city.
        capital: Option<[String; 2]>,
        /// First day on which that city was this state's capital, where it was another state's before.
        since: Option<Date>,
    },
    /// Nothing more.
    Organisation,
    /// A person.
    Official(Person),
    /// The group a topic belongs to: `diplomacy`, `security`, `economy`, `law` or `society`.
    Topic {
        /// Name of the group.
        group: String,
    },
}

/// What is known of a person beside the name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// How the person is called alone, in Arabic.
    pub surname: Option<String>,
    /// How the person is called alone, in English.
    pub surname_en: Option<String>,
    /// Whether titles take their feminine form.
    pub female: bool,
    /// Country the person serves or served.
    pub country: Option<EntityIx>,
    /// Offices held, in the order of the file.
    pub appointments: Vec<Appointment>,
    /// Other spellings of the full name, Arabic first.
    pub aliases: Vec<String>,
}

/// What joins a person and an office for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// The office.
    pub office: OfficeIx,
    /// The country or organisation it is an office of.
    pub of: Option<EntityIx>,
    /// First day; a year or month alone counts from its first day.
    pub from: Option<Date>,
    /// Last day; a year or month alone counts to its last day.
    pub to: Option<Date>,
    /// The title as held, in Arabic and English, where it is not the office's own.
    pub title: [Option<String>; 2],
}

impl Appointment {
    /// Whether the office was held on `day`.
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// An office that people hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Unique: `foreign-minister`.
    pub id: String,
    /// Title shown in Arabic for a man.
    pub ar: String,
    /// Title shown in Arabic for a woman.
    pub ar_f: Option<String>,
    /// Title shown in English.
    pub en: String,
    /// Lower is higher.
    pub rank: u16,
}

/// How a country was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CountryForm {
    /// By its name.
    Name,
    /// By a name that is also something else.
    Weak,
    /// By its adjective.
    Nisba,
    /// By its capital.
    Capital,
    /// By its capital, which is also something else.
    WeakCapital,
    /// By a seat of power.
    Metonym,
}

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameMeaning {
    /// A phrase in which names are not what they seem.
    Stop,
    /// A person by full name.
    Official(EntityIx),
    /// An organisation.
    Organisation(EntityIx),
    /// A country.
    Country(EntityIx, CountryForm),
}

/// What a title means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TitleMeaning {
    /// The title of an office.
    Office {
        /// Which.
        office: OfficeIx,
        /// Whether a country or organisation must follow.
        construct: bool,
        /// Whether it names two holders at once.
        dual: bool,
    },
    /// The body whose head or speaker holds an office: a ministry.
    Institution(OfficeIx),
    /// Mr, Dr, His Excellency.
    Honorific,
}

/// What a topical phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CueMeaning {
    /// Which topic.
    pub topic: EntityIx,
    /// Whether a second, other phrase is needed.
    pub hint: bool,
}

/// What is known of a single word, as a set of bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordClass(u16);

impl WordClass {
    /// Ends a name, may stand before one.
    pub const VERB: WordClass = WordClass(1);
    /// Never in a name.
    pub const PARTICLE: WordClass = WordClass(2);
    /// A frequent noun or adjective that is no name.
    pub const COMMON: WordClass = WordClass(4);
    /// A given name.
    pub const GIVEN: WordClass = WordClass(8);
    /// A family name.
    pub const FAMILY: WordClass = WordClass(16);
    /// Part of a name that cannot end it: بن, آل, أبو.
    pub const LINK: WordClass = WordClass(32);
    /// Stands between a title and a name: السابق, المؤقت.
    pub const MODIFIER: WordClass = WordClass(64);
    /// What a person of the lexicon is called alone.
    pub const SURNAME: WordClass = WordClass(128);
    /// An initial of a foreign name, spelt out: إم, جيه.
    pub const INITIAL: WordClass = WordClass(256);
    /// What is called after people, so that the name after it is no official's: جامعة, مطار.
    pub const NAMESAKE: WordClass = WordClass(512);
    /// A form of address that stands before nothing but a name: السيد, الدكتور.
    pub const ADDRESS: WordClass = WordClass(1024);

    /// Whether it has any bit of `other`.
    pub fn is(self, other: WordClass) -> bool {
        self.0 & other.0 != 0
    }

    /// Both.
    #[must_use]
    pub const fn or(self, other: WordClass) -> WordClass {
        WordClass(self.0 | other.0)
    }
}

/// Everything known before a text is read.
pub struct Lexicon {
    /// By kind, then by id.
    pub entities: Vec<Entity>,
    /// By id.
    pub offices: Vec<Office>,
    /// Names of countries, organisations and people, and stop phrases.
    pub names: Matcher<NameMeaning>,
    /// Titles, honorifics and ministries.
    pub titles: Matcher<TitleMeaning>,
    /// Phrases that tell a topic.
    pub cues: Matcher<CueMeaning>,
    /// Folded words.
    words: FxHashMap<String, WordClass>,
    /// Folded surnames of the people of the lexicon.
    surnames: FxHashMap<String, Vec<EntityIx>>,
    by_id: BTreeMap<(Kind, String), EntityIx>,
    /// The country whose minister a minister is where a text does not say.
    home: Option<EntityIx>,
}

impl Lexicon {
    /// Reads the lexicon from `(path, text)` of its files, told apart by their names; later ones win.
    /// A fault costs the file or the reference it is in.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Checked<Lexicon> {
        let files: Vec<(&str, &str)> = files.into_iter().collect();
        let read: Vec<_> = files.par_iter().map(|(path, text)| Entries::read(path, text)).collect();
        let mut entries = Entries::default();
        let mut diagnostics = Vec::new();
        for file in read {
            match file {
                Ok(file) => entries.extend(file),
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        let value = entries.build(&mut diagnostics);
        Checked { value, diagnostics }
    }

    /// The same for those at home in the country with this code: a minister of whom a text says no more is one of its
    /// own, and where it is a kingdom, "the Kingdom" is this one. `false` where no country has the code.
    pub fn set_home(&mut self, code: &str) -> bool {
        const KINGDOM: &str = "المملكة";
        self.home = self.find(Kind::Country, code);
        let Some(home) = self.home else { return false };
        if let Detail::Country {
            formal: [Some(formal), _],
            ..
        } = &self.entity(home).detail
            && (formal.starts_with(KINGDOM) || formal.starts_with("مملكة "))
        {
            let mut names = Names::default();
            names.add(KINGDOM, NameMeaning::Country(home, CountryForm::Name), Spelling::Folded);
            self.names.extend(names);
        }
        true
    }

    /// The country at home, for a holder of `office` of whom a text says no more.
    pub fn home_of(&self, office: OfficeIx) -> Option<EntityIx> {
        self.home.filter(|_| self.office(office).id.ends_with("minister"))
    }

    /// The entity at `ix`.
    pub fn entity(&self, ix: EntityIx) -> &Entity {
        &self.entities[ix.0 as usize]
    }

    /// The office at `ix`.
    pub fn office(&self, ix: OfficeIx) -> &Office {
        &self.offices[usize::from(ix.0)]
    }

    /// The entity of `kind` with this id; country codes in either case.
    pub fn find(&self, kind: Kind, id: &str) -> Option<EntityIx> {
        let id = if kind == Kind::Country {
            id.to_uppercase()
        } else {
            id.to_owned()
        };
        self.by_id.get(&(kind, id)).copied()
    }

    /// The person at `ix`, if it is one.
    pub fn person(&self, ix: EntityIx) -> Option<&Person> {
        match &self.entity(ix).detail {
            Detail::Official(person) => Some(person),
            _ => None,
        }
    }

    /// Whether `named`, as a text puts it, can be the office `held`: the same one, or its general form (a minister).
    pub fn same_office(&self, named: OfficeIx, held: OfficeIx) -> bool {
        let (named, held) = (&self.office(named).id, &self.office(held).id);
        held.strip_suffix(named.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('-'))
    }

    /// The people of the lexicon who are called by this folded surname.
    pub fn called(&self, surname: &str) -> &[EntityIx] {
        self.surnames.get(surname).map_or(&[], Vec::as_slice)
    }

    /// What is known of a folded word.
    pub fn word(&self, folded: &str) -> WordClass {
        self.words.get(folded).copied().unwrap_or_default()
    }
}

/// The entries of all files read so far, by id, so that later ones win.
#[derive(Default)]
struct Entries {
    countries: BTreeMap<String, file::Country>,
    organisations: BTreeMap<String, file::Organisation>,
    officials: BTreeMap<String, (String, file::Official)>,
    topics: BTreeMap<String, file::Topic>,
    offices: BTreeMap<String, file::Office>,
    stops: Vec<String>,
    words: file::Words,
    names: file::Names,
}

impl Entries {
    /// The entries of one file, told by its name.
    fn read(path: &str, text: &str) -> Result<Entries, Box<Diagnostic>> {
        let mut entries = Entries::default();
        match path.rsplit('/').next().unwrap_or(path) {
            "countries.yaml" => entries.countries = by_id(path, text, |entry: &file::Country| &entry.id)?,
            "organisations.yaml" => {
                entries.organisations = by_id(path, text, |entry: &file::Organisation| &entry.id)?;
            }
            "officials.yaml" => {
                let list = by_id(path, text, |entry: &file::Official| &entry.id)?;
                entries.officials = list
                    .into_iter()
                    .map(|(id, entry)| (id, (path.to_owned(), entry)))
                    .collect();
            }
            "topics.yaml" => entries.topics = by_id(path, text, |entry: &file::Topic| &entry.id)?,
            "offices.yaml" => entries.offices = by_id(path, text, |entry: &file::Office| &entry.id)?,
            "stop-phrases.yaml" => entries.stops = file::parse(path, text)?,
            "words.yaml" => entries.words = file::parse(path, text)?,
            "names.yaml" => entries.names = file::parse(path, text)?,
            _ => {
                let unknown = Diagnostic::warning(path, "no file of the lexicon has this name, so it is not read");
                return Err(Box::new(unknown.hint("the names are countries, organisations, officials, offices, topics, stop-phrases, words and names, each with .yaml")));
            }
        }
        Ok(entries)
    }

    /// Adds the entries of a later file, which replace those of the same id.
    fn extend(&mut self, later: Entries) {
        self.countries.extend(later.countries);
        self.organisations.extend(later.organisations);
        self.officials.extend(later.officials);
        self.topics.extend(later.topics);
        self.offices.extend(later.offices);
        self.stops.extend(later.stops);
        self.words.extend(later.words);
        self.names.extend(later.names);
    }

    fn build(self, diagnostics: &mut Vec<Diagnostic>) -> Lexicon {
        let mut words = word_classes(&self.words, &self.names);
        let office_ids: BTreeMap<String, OfficeIx> = self
            .offices
            .keys()
            .zip(0..)
            .map(|(id, at)| (id.clone(), OfficeIx(at)))
            .collect();
        let by_id = self.ids();
        let ((names, cues), titles) = rayon::join(
            || rayon::join(|| self.name_matcher(&by_id), || self.cue_matcher(&by_id)),
            || titles(&self.offices, &self.words.honorifics),
        );
        let offices = self.offices.into_values().map(office).collect();
        let people = People {
            offices: &office_ids,
            by_id: &by_id,
        };
        let mut entities: Vec<Entity> = Vec::with_capacity(by_id.len());
        entities.extend(self.countries.into_values().map(|entry| country(entry, diagnostics)));
        entities.extend(self.organisations.into_values().map(organisation));
        for (path, official) in self.officials.into_values() {
            entities.push(people.official(&path, official, diagnostics));
        }
        entities.extend(self.topics.into_values().map(topic));
        let surnames = surnames(&entities);
        for surname in surnames.keys().flat_map(|surname| surname.split(' ')) {
            let known = words.entry(surname.to_owned()).or_default();
            *known = known.or(WordClass::SURNAME);
        }
        Lexicon {
            entities,
            offices,
            names,
            titles,
            cues,
            words,
            surnames,
            by_id,
            home: None,
        }
    }

    /// The index of each id, in the order in which `build` lays the entities.
    fn ids(&self) -> BTreeMap<(Kind, String), EntityIx> {
        let countries = self.countries.keys().map(|id| (Kind::Country, id));
        let organisations = self.organisations.keys().map(|id| (Kind::Organisation, id));
        let officials = self.officials.keys().map(|id| (Kind::Official, id));
        let topics = self.topics.keys().map(|id| (Kind::Topic, id));
        let all = countries.chain(organisations).chain(officials).chain(topics);
        all.zip(0..)
            .map(|((kind, id), at)| ((kind, id.clone()), EntityIx(at)))
            .collect()
    }

    fn name_matcher(&self, by_id: &BTreeMap<(Kind, String), EntityIx>) -> Matcher<NameMeaning> {
        let mut names = Names::default();
        for phrase in &self.stops {
            names.add(phrase, NameMeaning::Stop, Spelling::Folded);
        }
        for (id, entry) in &self.countries {
            if let Some(&ix) = by_id.get(&(Kind::Country, id.clone())) {
                add_country(&mut names, ix, entry);
            }
        }
        for (id, entry) in &self.organisations {
            let Some(&ix) = by_id.get(&(Kind::Organisation, id.clone())) else {
                continue;
            };
            let meaning = NameMeaning::Organisation(ix);
            let listed = [&entry.ar]
                .into_iter()
                .chain(&entry.aliases)
                .chain([&entry.en])
                .chain(&entry.aliases_en);
            for name in listed.filter(|name| !entry.exact.contains(name) && !entry.weak.contains(name)) {
                names.add(name, meaning, latin_spelling(name));
            }
            for name in &entry.exact {
                names.add(name, meaning, Spelling::Exact);
            }
        }
        for (id, (_, entry)) in &self.officials {
            let Some(&ix) = by_id.get(&(Kind::Official, id.clone())) else {
                continue;
            };
            let listed = [&entry.ar, &entry.en]
                .into_iter()
                .chain(&entry.aliases)
                .chain(&entry.aliases_en);
            for name in listed.filter(|name| name.trim().contains([' ', '-'])) {
                names.add(name, NameMeaning::Official(ix), Spelling::Folded);
            }
        }
        names.build()
    }

    fn cue_matcher(&self, by_id: &BTreeMap<(Kind, String), EntityIx>) -> Matcher<CueMeaning> {
        let mut cues = Names::default();
        for (id, entry) in &self.topics {
            let Some(&topic) = by_id.get(&(Kind::Topic, id.clone())) else {
                continue;
            };
            for cue in entry.cues.iter().chain(&entry.cues_en) {
                cues.add(cue, CueMeaning { topic, hint: false }, Spelling::Folded);
            }
            for hint in &entry.hints {
                cues.add(hint, CueMeaning { topic, hint: true }, Spelling::Folded);
            }
        }
        cues.build()
    }
}

/// The entries of one file by their ids.
///
/// # Errors
///
/// Where an id cannot be the last part of an address, or stands twice; that costs the file.
fn by_id<T: DeserializeOwned>(
    path: &str,
    text: &str,
    id: impl Fn(&T) -> &String,
) -> Result<BTreeMap<String, T>, Box<Diagnostic>> {
    let list: Vec<T> = file::parse(path, text)?;
    let mut entries = BTreeMap::new();
    let refuse = |id: &str, fault: &str, hint: &str| {
        let at = text.rfind(id).unwrap_or(0);
        let diagnostic = Diagnostic::error(path, format!("the id `{id}` {fault}"));
        Err(Box::new(diagnostic.at(text, &(at..at + id.len())).hint(hint)))
    };
    for entry in list {
        let id = id(&entry).clone();
        let sound = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
        if id.is_empty() || !id.chars().all(sound) {
            return refuse(
                &id,
                "is not of letters, digits and hyphens alone",
                "write it as `narendra-modi`",
            );
        }
        if entries.contains_key(&id) {
            return refuse(
                &id,
                "stands twice",
                "put the two entries together, or give one of them another id",
            );
        }
        entries.insert(id, entry);
    }
    Ok(entries)
}

/// Abbreviations of Latin capitals are matched with case.
fn latin_spelling(name: &str) -> Spelling {
    let abbreviation = name.chars().count() <= 6
        && !name
            .chars()
            .any(|letter| letter.is_alphabetic() && !letter.is_ascii_uppercase());
    if abbreviation {
        Spelling::Capitals
    } else {
        Spelling::Folded
    }
}

fn add_country(names: &mut Names<NameMeaning>, ix: EntityIx, entry: &file::Country) {
    let form = |form| NameMeaning::Country(ix, form);
    let special = |name: &String| entry.weak.contains(name) || entry.exact.contains(name);
    let formal = entry.formal_ar.iter().chain(&entry.formal_en);
    let listed = [&entry.ar, &entry.en]
        .into_iter()
        .chain(&entry.aliases)
        .chain(&entry.aliases_en)
        .chain(formal);
    for name in listed.filter(|name| !special(name)) {
        names.add(name, form(CountryForm::Name), latin_spelling(name));
    }
    for name in &entry.exact {
        let weak = if entry.weak.contains(name) {
            CountryForm::Weak
        } else {
            CountryForm::Name
        };
        names.add(name, form(weak), Spelling::Exact);
    }
    for name in entry.weak.iter().filter(|name| !entry.exact.contains(name)) {
        names.add(name, form(CountryForm::Weak), Spelling::Folded);
    }
    for adjective in adjectives(&entry.nisba) {
        names.add_adjective(&adjective, form(CountryForm::Nisba));
    }
    for adjective in &entry.nisba_en {
        names.add(adjective, form(CountryForm::Nisba), Spelling::Folded);
    }
    for name in entry.metonyms.iter().chain(&entry.metonyms_en) {
        names.add(name, form(CountryForm::Metonym), latin_spelling(name));
    }
    if let Some(capital) = &entry.capital {
        let weak = if capital.weak {
            CountryForm::WeakCapital
        } else {
            CountryForm::Capital
        };
        let spelling = if capital.exact {
            Spelling::Exact
        } else {
            Spelling::Folded
        };
        let listed = [&capital.ar, &capital.en]
            .into_iter()
            .chain(&capital.aliases)
            .chain(&capital.aliases_en);
        for name in listed.filter(|&name| ![&entry.ar, &entry.en].contains(&name)) {
            names.add(name, form(weak), spelling);
        }
    }
}

/// All forms of an adjective that follow from those listed: dual, regular plural, accusative.
fn adjectives(nisba: &file::Nisba) -> Vec<String> {
    let mut forms: Vec<String> = nisba
        .plural
        .iter()
        .chain(&nisba.f_plural)
        .chain(&nisba.other)
        .cloned()
        .collect();
    if let Some(masculine) = &nisba.m {
        forms.push(masculine.clone());
        if !masculine.contains(' ') {
            forms.extend(["ان", "ين", "ون", "ا"].map(|ending| format!("{masculine}{ending}")));
        }
    }
    if let Some(feminine) = &nisba.f {
        forms.push(feminine.clone());
        if let Some(stem) = feminine.strip_suffix('\u{0629}').filter(|stem| !stem.contains(' ')) {
            forms.extend(["تان", "تين", "ات"].map(|ending| format!("{stem}{ending}")));
        }
    }
    forms
}

fn titles(offices: &BTreeMap<String, file::Office>, honorifics: &[String]) -> Matcher<TitleMeaning> {
    let mut titles = Names::default();
    for (entry, at) in offices.values().zip(0..) {
        let office = OfficeIx(at);
        let meaning = |construct, dual| TitleMeaning::Office {
            office,
            construct,
            dual,
        };
        for form in entry.forms.iter().chain(&entry.forms_en) {
            titles.add(form, meaning(false, false), Spelling::Folded);
            for dual in duals(form) {
                titles.add(&dual, meaning(false, true), Spelling::Folded);
            }
        }
        for form in &entry.construct {
            titles.add(form, meaning(true, false), Spelling::Folded);
            for dual in duals(form) {
                titles.add(&dual, meaning(true, true), Spelling::Folded);
            }
        }
        for body in &entry.institution {
            titles.add(body, TitleMeaning::Institution(office), Spelling::Folded);
        }
    }
    for honorific in honorifics {
        titles.add(honorific, TitleMeaning::Honorific, Spelling::Folded);
    }
    titles.build()
}

/// The dual of a masculine title (الرئيسان, الرئيسين alone, وزيرا, وزيري before what follows) and its plural.
fn duals(form: &str) -> Vec<String> {
    const PLURALS: [(&str, &str); 8] = [
        ("وزير", "وزراء"),
        ("رئيس", "رؤساء"),
        ("سفير", "سفراء"),
        ("ملك", "ملوك"),
        ("أمير", "أمراء"),
        ("قائد", "قادة"),
        ("زعيم", "زعماء"),
        ("نائب", "نواب"),
    ];
    let arabic = form.chars().all(|letter| !letter.is_ascii_alphabetic());
    let (first, rest) = form.split_once(' ').map_or((form, ""), |(first, rest)| (first, rest));
    if !arabic || first.ends_with(['\u{0629}', '\u{064A}', '\u{0649}']) {
        return Vec::new();
    }
    let mut many = match rest {
        "" if first.starts_with("ال") => ["ان", "ين"].map(|ending| format!("{first}{ending}")).to_vec(),
        "" => Vec::new(),
        _ => ["ا", "ي"].map(|ending| format!("{first}{ending} {rest}")).to_vec(),
    };
    let article = if first.starts_with("ال") { "ال" } else { "" };
    let bare = first.trim_start_matches("ال");
    if let Some((_, plural)) = PLURALS.iter().find(|(one, _)| *one == bare) {
        let plural = format!("{article}{plural} {rest}");
        many.push(plural.trim_end().to_owned());
    }
    many
}

fn word_classes(words: &file::Words, names: &file::Names) -> FxHashMap<String, WordClass> {
    let mut classes: FxHashMap<String, WordClass> = FxHashMap::default();
    let lists = [
        (&words.verbs, WordClass::VERB),
        (&words.particles, WordClass::PARTICLE),
        (&words.common, WordClass::COMMON),
        (&words.name_particles, WordClass::LINK),
        (&words.modifiers, WordClass::MODIFIER),
        (&words.initials, WordClass::INITIAL),
        (&words.namesakes, WordClass::NAMESAKE),
        (&words.address, WordClass::ADDRESS),
        (&names.given, WordClass::GIVEN),
        (&names.family, WordClass::FAMILY),
    ];
    for (list, class) in lists {
        for word in list {
            let known = classes.entry(text::fold_name(word)).or_default();
            *known = known.or(class);
        }
    }
    classes
}

/// Who is called by each folded surname, in either script.
fn surnames(entities: &[Entity]) -> FxHashMap<String, Vec<EntityIx>> {
    let mut surnames: FxHashMap<String, Vec<EntityIx>> = FxHashMap::default();
    for (entity, at) in entities.iter().zip(0..) {
        let Detail::Official(person) = &entity.detail else {
            continue;
        };
        for surname in person.surname.iter().chain(&person.surname_en) {
            surnames.entry(text::fold_name(surname)).or_default().push(EntityIx(at));
        }
    }
    surnames
}

fn country(entry: file::Country, diagnostics: &mut Vec<Diagnostic>) -> Entity {
    let since = entry.capital.as_ref().and_then(|capital| capital.since.as_deref());
    let since = since.map(first_day).transpose().unwrap_or_else(|message| {
        diagnostics.push(Diagnostic::error(
            "countries.yaml",
            format!("{message} in the entry of {}", entry.id),
        ));
        None
    });
    Entity {
        kind: Kind::Country,
        id: entry.id,
        ar: entry.ar,
        en: entry.en,
        detail: Detail::Country {
            formal: [entry.formal_ar, entry.formal_en],
            capital: entry.capital.map(|capital| [capital.ar, capital.en]),
            since,
        },
    }
}

fn organisation(entry: file::Organisation) -> Entity {
    Entity {
        kind: Kind::Organisation,
        id: entry.id,
        ar: entry.ar,
        en: entry.en,
        detail: Detail::Organisation,
    }
}

fn topic(entry: file::Topic) -> Entity {
    Entity {
        kind: Kind::Topic,
        id: entry.id,
        ar: entry.ar,
        en: entry.en,
        detail: Detail::Topic { group: entry.group },
    }
}

fn office(entry: file::Office) -> Office {
    Office {
        id: entry.id,
        ar: entry.ar,
        ar_f: entry.ar_f,
        en: entry.en,
        rank: entry.rank,
    }
}

/// What an official's appointments refer to.
struct People<'a> {
    offices: &'a BTreeMap<String, OfficeIx>,
    by_id: &'a BTreeMap<(Kind, String), EntityIx>,
}

impl People<'_> {
    fn official(&self, path: &str, entry: file::Official, diagnostics: &mut Vec<Diagnostic>) -> Entity {
        let mut refuse = |message: String| {
            let name = format!("{message} in the entry of {}", entry.id);
            diagnostics.push(Diagnostic::error(path, name).hint("ids are those of the other files of lexicon/"));
        };
        let country = entry.country.as_ref().and_then(|id| {
            let known = self.by_id.get(&(Kind::Country, id.clone())).copied();
            if known.is_none() {
                refuse(format!("no country has the code {id}"));
            }
            known
        });
        let mut appointments = Vec::with_capacity(entry.appointments.len());
        for appointment in &entry.appointments {
            match self.appointment(appointment) {
                Ok(appointment) => appointments.push(appointment),
                Err(message) => refuse(message),
            }
        }
        let person = Person {
            surname: entry.surname,
            surname_en: entry.surname_en,
            female: entry.sex == Sex::Female,
            country,
            appointments,
            aliases: entry.aliases.into_iter().chain(entry.aliases_en).collect(),
        };
        Entity {
            kind: Kind::Official,
            id: entry.id,
            ar: entry.ar,
            en: entry.en,
            detail: Detail::Official(person),
        }
    }

    fn appointment(&self, entry: &file::Appointment) -> Result<Appointment, String> {
        let office = self.offices.get(&entry.office).copied();
        let office = office.ok_or_else(|| format!("no office has the id {}", entry.office))?;
        let of = entry.of.as_ref().map(|id| {
            let country = self.by_id.get(&(Kind::Country, id.clone()));
            let organisation = || self.by_id.get(&(Kind::Organisation, id.clone()));
            country
                .or_else(organisation)
                .copied()
                .ok_or_else(|| format!("no country or organisation has the id {id}"))
        });
        Ok(Appointment {
            office,
            of: of.transpose()?,
            from: entry.from.as_deref().map(first_day).transpose()?,
            to: entry.to.as_deref().map(last_day).transpose()?,
            title: [entry.title_ar.clone(), entry.title_en.clone()],
        })
    }
}

/// The first day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn first_day(text: &str) -> Result<Date, String> {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole
        .parse()
        .map_err(|_| format!("the date {text} is not of the form YYYY, YYYY-MM or YYYY-MM-DD"))
}

/// The last day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn last_day(text: &str) -> Result<Date, String> {
    let first = first_day(text)?;
    Ok(match text.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_no_part_of_an_address_or_stands_twice_costs_its_file() {
        for (text, message) in [
            (
                "- {id: ../x, ar: أ, en: a}",
                "the id `../x` is not of letters, digits and hyphens alone",
            ),
            (
                "- {id: AA, ar: أ, en: a}\n- {id: AA, ar: ب, en: b}",
                "the id `AA` stands twice",
            ),
        ] {
            let lexicon = Lexicon::parse([("lexicon/countries.yaml", text)]);
            assert_eq!(lexicon.diagnostics[0].message, message);
            assert!(lexicon.diagnostics[0].place.is_some());
        }
    }

    #[test]
    fn a_year_alone_counts_from_its_first_day_to_its_last() {
        assert_eq!(first_day("2023"), Ok(jiff::civil::date(2023, 1, 1)));
        assert_eq!(last_day("2024-02"), Ok(jiff::civil::date(2024, 2, 29)));
        assert!(first_day("May 2023").is_err());
    }

    #[test]
    fn an_adjective_is_found_in_dual_and_plural() {
        let nisba = file::Nisba {
            m: Some("مصري".into()),  // Egyptian
            f: Some("مصرية".into()), // the same, of a woman
            ..file::Nisba::default()
        };
        let forms = adjectives(&nisba);
        for form in ["مصريان", "مصريون", "مصريا", "مصريتان", "مصريات"] {
            assert!(forms.iter().any(|known| known == form), "{form}");
        }
    }
}
