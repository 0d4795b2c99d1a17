//! Who is who: countries, organisations, officials and their offices, topics, and every name they go by.
//!
//! In: the files of `lexicon/`, the built-in ones first, then a site's own, whose entries replace built-in ones of
//! the same id. Out: a [`Lexicon`] of entities in a fixed order and matchers for all their names.

mod entries;
pub mod families;
pub mod file;
pub mod matcher;
pub mod model;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use rust_embed::RustEmbed;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::diagnostic::{Checked, Place};
use entries::Entries;
use families::Families;
use matcher::{Matcher, Names, Spelling};
use model::Model;

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

/// Whether a file of the lexicon only decides who is who, which no text has to be read again for.
pub fn is_of_identity(path: &str) -> bool {
    path.rsplit('/').next() == Some("identity.yaml")
}

/// The sorts of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

impl Kind {
    /// Its name: `country`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Country => "country",
            Kind::Organisation => "organisation",
            Kind::Official => "official",
            Kind::Topic => "topic",
        }
    }

    /// Its name for all of the kind, as in addresses: `countries`.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Country => "countries",
            Kind::Organisation => "organisations",
            Kind::Official => "officials",
            Kind::Topic => "topics",
        }
    }
}

/// Index of an entity in [`Lexicon::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityIx(pub u32);

/// Index of an office in [`Lexicon::offices`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Ids that the person had before.
    pub former: Vec<String>,
    /// The item of Wikidata that is about the person: `Q123`.
    pub wikidata: Option<String>,
}

impl Person {
    /// Countries and organisations that the person serves or served.
    pub fn serves(&self) -> impl Iterator<Item = EntityIx> {
        let held = self.appointments.iter().filter_map(|held| held.of);
        self.country.into_iter().chain(held)
    }
}

/// What people have decided for their site about who one person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The file it stands in.
    pub file: String,
    /// Whom it is about.
    pub person: Stated,
    /// Who else this person is.
    pub same: Vec<Stated>,
    /// Who this person never is.
    pub apart: Vec<Stated>,
}

/// An id or a name, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// As written.
    pub words: String,
    /// Where.
    pub place: Place,
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
    /// By a name that several countries share and that means this one unless the text shows another.
    Usual,
    /// By its adjective.
    Nisba,
    /// By an adjective that is also another country's, or something else.
    WeakNisba,
    /// By its capital.
    Capital,
    /// By its capital, which is also something else.
    WeakCapital,
    /// By a seat of power.
    Metonym,
    /// By what its own people call it: the Kingdom, the Sultanate.
    Homeland,
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
        /// The country whose holder alone is called so: خادم الحرمين الشريفين.
        of: Option<EntityIx>,
    },
    /// The body whose head or speaker holds an office: a ministry.
    Institution(OfficeIx),
    /// Mr, Dr, His Excellency.
    Honorific,
    /// What someone is by calling.
    Calling(Calling),
}

/// How a word tells a calling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Calling {
    /// By itself: a physician, a minister of something unsaid.
    Noun,
    /// Only before a name or where no noun stands before it, as it is an adjective too: الصحفي, الحاكم.
    Adjective,
    /// Only before a name or of who speaks, as it is something else too: المقدم, العالم.
    Weak,
    /// Before a name: الدكتور, د.
    Degree,
}

/// What a topical phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CueMeaning {
    /// Which topic.
    pub topic: EntityIx,
    /// How surely.
    pub grade: Grade,
}

/// How surely a phrase tells its topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Alone.
    Cue,
    /// In the title or lead, said twice, or beside any other phrase.
    Sign,
    /// Only among several.
    Hint,
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
    /// A noun that is a title of office with what completes it: رئيس, مدير, عضو.
    pub const HEAD: WordClass = WordClass(2048);
    /// A body that someone may be head of, or a duty: لجنة, هيئة, شؤون.
    pub const BODY: WordClass = WordClass(4096);
    /// An area that someone may be set over: منطقة, قرية.
    pub const AREA: WordClass = WordClass(8192);
    /// Tells of a match, so that the countries around it are teams: مباراة, هدف.
    pub const SPORT: WordClass = WordClass(1 << 14);
    /// What bears the name of the country that follows: منتخب, بنك.
    pub const BEARER: WordClass = WordClass(1 << 15);

    /// Whether it has any bit of `other`.
    pub fn is(self, other: WordClass) -> bool {
        self.0 & other.0 != 0
    }

    /// The set as a number.
    pub fn bits(self) -> u16 {
        self.0
    }

    /// Both.
    #[must_use]
    pub const fn or(self, other: WordClass) -> WordClass {
        WordClass(self.0 | other.0)
    }
}

/// Words by which a text shows whose press it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeTell {
    /// The country.
    pub country: EntityIx,
    /// The name of its news agency, or how its own press speaks of its head.
    pub words: String,
    /// The same, folded.
    pub folded: String,
    /// Whether it is an agency, as a dateline names it.
    pub agency: bool,
}

/// Whose business a topic is.
#[derive(Debug, Default)]
pub struct Business {
    /// Topics of an office: of a minister of health, health.
    pub offices: FxHashMap<OfficeIx, Vec<EntityIx>>,
    /// Topics of an organisation.
    pub organisations: FxHashMap<EntityIx, Vec<EntityIx>>,
}

/// Everything known before a text is read.
pub struct Lexicon {
    /// By kind, then by id.
    pub entities: Vec<Entity>,
    /// By id.
    pub offices: Vec<Office>,
    /// Names of countries, organisations and people, and stop phrases.
    pub names: Matcher<NameMeaning>,
    /// Titles, honorifics, ministries and callings.
    pub titles: Matcher<TitleMeaning>,
    /// Phrases that tell a topic.
    pub cues: Matcher<CueMeaning>,
    /// Single words that speak of a topic, in all their forms.
    pub families: Families,
    /// Topics by what is their business: offices and organisations.
    pub business: Business,
    /// What is decided about who is who, in the order of the files.
    pub decisions: Vec<Decision>,
    /// Tells names of people that no rule tells; `None` where only rules count.
    pub model: Option<Model>,
    /// Folded words.
    words: FxHashMap<String, WordClass>,
    /// Folded surnames of the people of the lexicon.
    surnames: FxHashMap<String, Vec<EntityIx>>,
    by_id: BTreeMap<(Kind, String), EntityIx>,
    /// What tells whose press a text is of, by country.
    pub tells: Vec<HomeTell>,
    /// The country whose minister a minister is where a text does not say.
    home: Option<EntityIx>,
    /// Countries by the folded names of their capitals; of two that share the name of one, the first has it.
    capitals: FxHashMap<String, EntityIx>,
    number: u64,
}

impl Lexicon {
    /// Reads the lexicon from `(path, text)` of its files, told apart by their names; later ones win.
    /// A fault costs the entry or the reference it is in.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Checked<Lexicon> {
        let files: Vec<(&str, &str)> = files.into_iter().collect();
        let read: Vec<_> = files.par_iter().map(|(path, text)| Entries::read(path, text)).collect();
        let mut entries = Entries::default();
        let mut diagnostics = Vec::new();
        for file in read {
            entries.extend(file.take(&mut diagnostics));
        }
        let value = entries.build(&mut diagnostics);
        Checked { value, diagnostics }
    }

    /// The same for those at home in the country with this code: a minister of whom a text says no more is one of its
    /// own, "our country" is this one, and so is "the Kingdom" where it is one. `false` where no country has the code.
    pub fn set_home(&mut self, code: &str) -> bool {
        const KINGDOM: &str = "المملكة";
        const OURS: [&str; 2] = ["بلادنا", "وطننا"];
        self.home = self.find(Kind::Country, code);
        let Some(home) = self.home else { return false };
        let mut names = Names::default();
        let ours = NameMeaning::Country(home, CountryForm::Homeland);
        let mut add = |name| names.add(name, ours, Spelling::Folded);
        OURS.into_iter().for_each(&mut add);
        if let Detail::Country {
            formal: [Some(formal), _],
            ..
        } = &self.entity(home).detail
            && (formal.starts_with(KINGDOM) || formal.starts_with("مملكة "))
        {
            add(KINGDOM);
        }
        self.names.extend(names);
        self.number = next_number();
        true
    }

    /// Tells what its names and words are from those of every other lexicon of the same run, and from its own before
    /// it was at home somewhere; the model has a number of its own.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The country whose capital has this folded name.
    pub fn with_capital(&self, folded: &str) -> Option<EntityIx> {
        self.capitals.get(folded).copied()
    }

    /// The country at home, if one is stated or found.
    pub fn home(&self) -> Option<EntityIx> {
        self.home
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

    /// The office with this id.
    pub fn office_called(&self, id: &str) -> Option<OfficeIx> {
        let at = self.offices.iter().position(|office| office.id == id)?;
        u16::try_from(at).ok().map(OfficeIx)
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

    /// Every full name of the person at `ix`, Arabic first.
    pub fn names_of(&self, ix: EntityIx) -> impl Iterator<Item = &String> {
        let aliases = self.person(ix).into_iter().flat_map(|person| &person.aliases);
        let entity = self.entity(ix);
        [&entity.ar, &entity.en].into_iter().chain(aliases)
    }

    /// Whether the person at `ix` serves or served a country or organisation.
    pub fn serves(&self, ix: EntityIx, of: EntityIx) -> bool {
        self.person(ix)
            .is_some_and(|person| person.serves().any(|served| served == of))
    }

    /// Whether `named`, as a text puts it, can be the office `held`: the same one, or its general form (a minister),
    /// but not the office whose deputy the holder is.
    pub fn same_office(&self, named: OfficeIx, held: OfficeIx) -> bool {
        const BELOW: [&str; 5] = ["deputy-", "vice-", "assistant-", "under-", "prime-"];
        let (named, held) = (&self.office(named).id, &self.office(held).id);
        held.strip_suffix(named.as_str()).is_some_and(|rest| {
            rest.is_empty() || (rest.ends_with('-') && !BELOW.iter().any(|below| rest.starts_with(below)))
        })
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

/// A number that no lexicon and no model of this run has had.
fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
