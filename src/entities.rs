//! Everyone and everything a site can name, with how often it does.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::columns::columns;
use crate::lexicon::Kind;
use crate::site::Site;

/// An entity and how often it is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// What it is.
    pub kind: Kind,
    /// Unique within its kind; what front matter calls it.
    pub id: String,
    /// Name in Arabic; `None` where only the Latin spelling is known.
    pub ar: Option<String>,
    /// Name in English; `None` where only the Arabic spelling is known.
    pub en: Option<String>,
    /// Briefings that name it.
    pub briefings: usize,
    /// Mentions in all of them.
    pub mentions: u32,
}

/// The entities of the lexicon and those found, by kind and id. `kind` picks one kind; `named` leaves out what no
/// briefing names.
pub fn entities(site: &Site, kind: Option<Kind>, named: bool) -> Vec<Listed> {
    let mut listed: BTreeMap<(Kind, &str), Listed> = BTreeMap::new();
    for entity in &site.lexicon.entities {
        let called = (Some(entity.ar.clone()), Some(entity.en.clone()));
        listed.insert((entity.kind, &entity.id), unnamed(entity.kind, &entity.id, called));
    }
    for person in site.people.people.iter().filter(|person| person.known.is_none()) {
        let latin = person.name.starts_with(|letter: char| letter.is_ascii());
        let called = (Some(person.name.clone()).filter(|_| !latin), person.latin.clone());
        listed.insert(
            (Kind::Official, &person.id),
            unnamed(Kind::Official, &person.id, called),
        );
    }
    for entry in &site.index.entries {
        if let Some(listed) = listed.get_mut(&(entry.kind, entry.id.as_str())) {
            (listed.briefings, listed.mentions) = (entry.pages.len(), entry.mentions);
        }
    }
    let wanted = |listed: &Listed| kind.is_none_or(|kind| kind == listed.kind) && (!named || listed.briefings > 0);
    listed.into_values().filter(wanted).collect()
}

/// As a table for people.
pub fn table(listed: &[Listed], colours: bool) -> String {
    let mut rows = vec![["KIND", "ID", "BRIEFINGS", "MENTIONS", "ENGLISH", "ARABIC"].map(str::to_owned)];
    for entity in listed {
        rows.push([
            entity.kind.name().to_owned(),
            entity.id.clone(),
            entity.briefings.to_string(),
            entity.mentions.to_string(),
            entity.en.clone().unwrap_or_default(),
            entity.ar.clone().unwrap_or_default(),
        ]);
    }
    columns(&rows, colours)
}

fn unnamed(kind: Kind, id: &str, (ar, en): (Option<String>, Option<String>)) -> Listed {
    Listed {
        kind,
        id: id.to_owned(),
        ar,
        en,
        briefings: 0,
        mentions: 0,
    }
}
