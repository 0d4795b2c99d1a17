//! The shapes of the files in `lexicon/`, as people write them.

#![expect(missing_docs, reason = "the fields are the keys that the files explain and show")]

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_yaml::{Location, Spanned};

use super::Kind;
use crate::diagnostic::{Checked, Diagnostic, Place};

/// An entry of `countries.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    pub id: String,
    pub ar: String,
    pub en: String,
    #[serde(default)]
    pub formal_ar: Option<String>,
    #[serde(default)]
    pub formal_en: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub aliases_en: Vec<String>,
    #[serde(default)]
    pub exact: Vec<String>,
    #[serde(default)]
    pub weak: Vec<String>,
    #[serde(default)]
    pub usual: Vec<String>,
    #[serde(default)]
    pub vowelled: Vec<String>,
    #[serde(default)]
    pub city: bool,
    #[serde(default)]
    pub homeland: Vec<String>,
    #[serde(default)]
    pub agencies: Vec<String>,
    #[serde(default)]
    pub signs: Vec<String>,
    #[serde(default)]
    pub nisba: Nisba,
    #[serde(default)]
    pub nisba_en: Vec<String>,
    #[serde(default)]
    pub capital: Option<Capital>,
    #[serde(default)]
    pub metonyms: Vec<String>,
    #[serde(default)]
    pub metonyms_en: Vec<String>,
}

/// The adjective of a country, without the article.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Nisba {
    pub m: Option<String>,
    pub f: Option<String>,
    pub plural: Vec<String>,
    pub f_plural: Vec<String>,
    pub other: Vec<String>,
    pub exact: Vec<String>,
    pub weak: Vec<String>,
}

/// A capital city, which may stand for its government.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capital {
    pub ar: String,
    pub en: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub aliases_en: Vec<String>,
    #[serde(default)]
    pub weak_aliases: Vec<String>,
    #[serde(default)]
    pub vowelled: Vec<String>,
    #[serde(default)]
    pub exact: bool,
    #[serde(default)]
    pub weak: bool,
    #[serde(default)]
    pub since: Option<String>,
}

/// An entry of `organisations.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    pub id: String,
    pub ar: String,
    pub en: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub aliases_en: Vec<String>,
    #[serde(default)]
    pub exact: Vec<String>,
    #[serde(default)]
    pub weak: Vec<String>,
}

/// An entry of `offices.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub id: String,
    pub ar: String,
    #[serde(default)]
    pub ar_f: Option<String>,
    pub en: String,
    pub rank: u16,
    #[serde(default)]
    pub forms: Vec<String>,
    #[serde(default)]
    pub construct: Vec<String>,
    #[serde(default)]
    pub forms_en: Vec<String>,
    #[serde(default)]
    pub institution: Vec<String>,
    /// By country: the forms that only its own holder has.
    #[serde(default)]
    pub of: BTreeMap<String, Vec<String>>,
}

/// An entry of `officials.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    pub id: String,
    pub ar: String,
    pub en: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub aliases_en: Vec<String>,
    #[serde(default)]
    pub surname: Option<String>,
    #[serde(default)]
    pub surname_en: Option<String>,
    #[serde(default)]
    pub sex: Sex,
    #[serde(default)]
    pub country: Option<String>,
    #[serde(default)]
    pub appointments: Vec<Appointment>,
    #[serde(default)]
    pub formerly: Vec<String>,
    #[serde(default)]
    pub wikidata: Option<String>,
}

/// An entry of `identity.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub person: Spanned<String>,
    #[serde(default, rename = "same-as")]
    pub same_as: Vec<Spanned<String>>,
    #[serde(default, rename = "not-same-as")]
    pub not_same_as: Vec<Spanned<String>>,
}

/// An entry of `aliases.yaml`: more names of what another file or the program has an entry for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alias {
    pub kind: Kind,
    pub id: Spanned<String>,
    /// Names; of a topic, phrases that tell it by themselves.
    pub also: Vec<String>,
}

/// For the form of titles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Sex {
    #[default]
    #[serde(rename = "m")]
    Male,
    #[serde(rename = "f")]
    Female,
}

/// What joins a person and an office for a time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    pub office: String,
    #[serde(default)]
    pub of: Option<String>,
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub title_ar: Option<String>,
    #[serde(default)]
    pub title_en: Option<String>,
}

/// An entry of `topics.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    pub ar: String,
    pub en: String,
    pub group: String,
    #[serde(default)]
    pub cues: Vec<String>,
    #[serde(default)]
    pub hints: Vec<String>,
    #[serde(default)]
    pub cues_en: Vec<String>,
    #[serde(default)]
    pub signs: Vec<String>,
    #[serde(default)]
    pub signs_en: Vec<String>,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub keywords: Vec<String>,
    #[serde(default)]
    pub relations: Vec<String>,
    #[serde(default)]
    pub offices: Vec<String>,
    #[serde(default)]
    pub organisations: Vec<String>,
}

/// `words.yaml`: what ends, opens or belongs to a person's name.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    pub verbs: Vec<String>,
    pub particles: Vec<String>,
    pub common: Vec<String>,
    pub honorifics: Vec<String>,
    pub name_particles: Vec<String>,
    pub modifiers: Vec<String>,
    pub initials: Vec<String>,
    pub namesakes: Vec<String>,
    pub address: Vec<String>,
    pub heads: Vec<String>,
    pub bodies: Vec<String>,
    pub areas: Vec<String>,
    pub sports: Vec<String>,
    pub bearers: Vec<String>,
}

/// `callings.yaml`: professions, ranks and degrees, and offices named without saying of what.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Callings {
    pub callings: Vec<String>,
    pub bare: Vec<String>,
    pub adjectives: Vec<String>,
    pub weak: Vec<String>,
    pub degrees: Vec<String>,
}

/// `names.yaml`: frequent given and family names.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Names {
    pub given: Vec<String>,
    pub family: Vec<String>,
}

impl Words {
    /// Adds the words of a later file.
    pub fn extend(&mut self, later: Words) {
        self.verbs.extend(later.verbs);
        self.particles.extend(later.particles);
        self.common.extend(later.common);
        self.honorifics.extend(later.honorifics);
        self.name_particles.extend(later.name_particles);
        self.modifiers.extend(later.modifiers);
        self.initials.extend(later.initials);
        self.namesakes.extend(later.namesakes);
        self.address.extend(later.address);
        self.heads.extend(later.heads);
        self.bodies.extend(later.bodies);
        self.areas.extend(later.areas);
        self.sports.extend(later.sports);
        self.bearers.extend(later.bearers);
    }
}

impl Callings {
    /// Adds the callings of a later file.
    pub fn extend(&mut self, later: Callings) {
        self.callings.extend(later.callings);
        self.bare.extend(later.bare);
        self.adjectives.extend(later.adjectives);
        self.weak.extend(later.weak);
        self.degrees.extend(later.degrees);
    }
}

impl Names {
    /// Adds the names of a later file.
    pub fn extend(&mut self, later: Names) {
        self.given.extend(later.given);
        self.family.extend(later.family);
    }
}

/// Reads one file of the lexicon; a fault costs that file.
///
/// # Errors
///
/// Where `text` is not YAML of the shape `T`: what is wrong, and where.
pub fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Box<Diagnostic>> {
    serde_yaml::from_str(text).map_err(|error| {
        let message = error.without_snippet().to_string();
        // The place is told apart from the message.
        let message = message.split(" at line ").next().unwrap_or(&message);
        let mut diagnostic = Diagnostic::error(file, message).hint("the built-in files of lexicon/ show the form");
        let place = error.location().filter(|location| location.line() > 0);
        diagnostic.place = place.map(|location| place_of(&location));
        Box::new(diagnostic)
    })
}

/// Reads one file that is a list. Where the whole cannot be understood, each entry is read for itself, so that a fault
/// costs its entry; one in a file that is not laid out in entries, each begun by a hyphen at the margin, costs the file.
pub fn parse_list<T: DeserializeOwned>(file: &str, text: &str) -> Checked<Vec<T>> {
    match parse(file, text) {
        Ok(list) => Checked::clean(list),
        Err(fault) => {
            let mut list = Vec::new();
            let mut diagnostics = Vec::new();
            for (line, entry) in entries(text) {
                match parse::<Vec<T>>(file, entry) {
                    Ok(read) => list.extend(read),
                    Err(fault) => diagnostics.push(below(*fault, line)),
                }
            }
            if diagnostics.is_empty() {
                // What is wrong is between the entries, or there are none.
                diagnostics.push(*fault);
            }
            Checked {
                value: list,
                diagnostics,
            }
        }
    }
}

/// The entries of a list, each with the lines before it.
fn entries(text: &str) -> Vec<(usize, &str)> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if line.starts_with("- ") {
            starts.push((number, at));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|&(_, at)| at).chain([text.len()]);
    let bounds: Vec<usize> = ends.collect();
    starts
        .iter()
        .zip(bounds)
        .map(|(&(line, start), end)| (line, &text[start..end]))
        .collect()
}

/// A fault of an entry that stands `lines` lines further down its file.
fn below(mut fault: Diagnostic, lines: usize) -> Diagnostic {
    let place = fault.place.unwrap_or(Place { line: 1, column: 1 });
    fault.place = Some(Place {
        line: place.line + lines,
        ..place
    });
    fault
}

/// A place as YAML tells it.
pub fn place_of(location: &Location) -> Place {
    Place {
        line: usize::try_from(location.line()).unwrap_or(1),
        column: usize::try_from(location.column()).unwrap_or(1),
    }
}
