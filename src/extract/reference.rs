//! People by reference: an office without a name points back to the one person of the text who holds it, and a royal's
//! given name to the one royal who bears it.
//!
//! In: titles that stand without a name, and what the text tells of its people. Out: the person meant, only where
//! exactly one fits.

use std::ops::Range;

use super::title::Title;
use super::{Candidate, Part, Reading};
use crate::date::Date;
use crate::lexicon::{EntityIx, Lexicon, OfficeIx};
use crate::text;

/// What a text tells of the offices of one person, beyond what a [`Candidate`] shows.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// All offices given.
    offices: Vec<OfficeIx>,
    /// Each title given, folded.
    titles: Vec<String>,
    /// Whether the first title given is a former or a coming one.
    former: bool,
    /// Whether the person goes by a royal form of address.
    royal: bool,
}

impl Held {
    /// Adds what a title tells.
    pub fn add(&mut self, part: &Reading<'_>, title: &Title) {
        if self.titles.is_empty() && title.names_office() {
            self.former = title.former;
        }
        self.offices.extend(&title.offices);
        if title.names_office() {
            self.titles.push(text::fold_name(&title.written));
        }
        self.royal |= is_royal(part, title);
    }

    /// Adds what is known of one who turns out to be the same person.
    pub fn merge(&mut self, other: Held) {
        self.offices.extend(other.offices);
        self.titles.extend(other.titles);
        self.royal |= other.royal;
    }

    /// Whether the person goes by a royal form of address, so that the given name alone is a name.
    pub fn is_royal(&self) -> bool {
        self.royal
    }
}

/// A title that stands without a name.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Which text.
    pub part: Part,
    /// Bytes of that text: the title up to its country.
    pub range: Range<u32>,
    /// Bytes of that text: the whole title.
    pub basis: Range<u32>,
    offices: Vec<OfficeIx>,
    of: Option<EntityIx>,
    former: bool,
    /// The title, folded; empty where it stands for another one (نظيره).
    written: String,
}

/// The highest rank of offices that a body has, not a state, so that holders of one office are told apart by the body.
const FIRST_OF_BODIES: u16 = 28;

/// Words before an office that is spoken of, not its holder: the post of, the election of, the office of, the wife of.
const NOT_THE_HOLDER: [&str; 22] = [
    "منصب",
    "وظيفه",
    "مهام",
    "انتخاب",
    "انتخابات",
    "تعيين",
    "ترشيح",
    "مكتب",
    "ديوان",
    "بصفته",
    "بصفتها",
    "بوصفه",
    "اي",
    "كل",
    "نجل",
    "زوجه",
    "حرم",
    "شقيق",
    "رتبه",
    "لمنصب",
    "كرسي",
    "قصر",
];

impl Reference {
    /// The title as one that points back, if it can: a definite one, of one holder, in Arabic.
    pub fn of(part: &Reading<'_>, title: &Title) -> Option<Reference> {
        let range = title.before_place();
        let definite = |at: usize| {
            let word = part.word(at);
            word.starts_with("ال") || word.contains("لل")
        };
        let points = title.of.is_some() || title.words.len() > 2 || title.words.clone().any(definite);
        let before = title.words.start.checked_sub(1).map_or("", |before| part.word(before));
        let spoken_of = text::readings(before).any(|word| NOT_THE_HOLDER.contains(&word));
        let names = title.names_office() && !title.dual && !title.latin && !range.is_empty();
        (names && points && !spoken_of).then(|| Reference {
            part: part.part,
            range: part.trimmed(range),
            basis: part.trimmed(title.core()),
            offices: title.offices.clone(),
            of: title.of,
            former: title.former,
            written: if title.derived {
                String::new()
            } else {
                text::fold_name(&title.written)
            },
        })
    }

    /// Whether it can mean this person, of whom the text has told `held`, on `day`.
    pub fn fits(&self, person: &Candidate, held: &Held, day: Option<Date>, lexicon: &Lexicon) -> bool {
        let country = self.of.is_none_or(|of| person.of == Some(of));
        country && self.former == held.former && self.is_office_of(person, held, day, lexicon)
    }

    /// Whether the office is one of the person's, by the text or else by the lexicon.
    fn is_office_of(&self, person: &Candidate, held: &Held, day: Option<Date>, lexicon: &Lexicon) -> bool {
        let words_agree = held.titles.iter().any(|title| self.shortens(title));
        let bare = self.written.split(' ').all(|word| word.starts_with("ال"));
        let of_state = |office: OfficeIx| lexicon.office(office).rank < FIRST_OF_BODIES;
        let same = |&&named: &&OfficeIx| {
            let told = held.offices.iter().any(|&office| lexicon.same_office(named, office));
            let known = || known_to_hold(person, named, day, lexicon);
            (bare || of_state(named) || words_agree) && (told || (of_state(named) && known()))
        };
        if self.offices.is_empty() {
            return !self.written.is_empty() && words_agree;
        }
        // of a chain, the highest office decides: the rest may be anyone's
        let highest = self.offices.iter().min_by_key(|&&office| lexicon.office(office).rank);
        highest.filter(same).is_some()
    }

    /// Whether it is `title` cut short: `مدير المهرجان` of `مدير المهرجان الوطني`.
    fn shortens(&self, title: &str) -> bool {
        title
            .strip_prefix(self.written.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    }
}

/// Whether the lexicon has the person in this office on that day.
fn known_to_hold(person: &Candidate, named: OfficeIx, day: Option<Date>, lexicon: &Lexicon) -> bool {
    let (Some(known), Some(day)) = (person.known.and_then(|ix| lexicon.person(ix)), day) else {
        return false;
    };
    let held = known.appointments.iter().filter(|held| held.covers(day));
    held.into_iter().any(|held| lexicon.same_office(named, held.office))
}

/// Whether a title has a form of address or an office of royals, who are called by their given names.
pub fn is_royal(part: &Reading<'_>, title: &Title) -> bool {
    const ROYAL: [&str; 12] = [
        "الامير",
        "الاميره",
        "الملك",
        "الملكه",
        "الشيخ",
        "الشيخه",
        "السلطان",
        "سمو",
        "السمو",
        "جلاله",
        "الجلاله",
        "الامبراطور",
    ];
    title
        .words
        .clone()
        .any(|at| text::readings(part.word(at)).any(|word| ROYAL.contains(&word)) || ROYAL.contains(&part.word(at)))
}
