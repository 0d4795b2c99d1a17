//! Entities by what someone begins to type.
//!
//! In: a site. Out: an [`Index`] over every entity of its lexicon and every person whom its texts name, which finds by
//! folded prefixes of words.

use serde::Serialize;

use crate::identity::Identified;
use crate::lexicon::{EntityIx, Kind};
use crate::site::Site;
use crate::text;
use crate::view::Label;

/// Most that are shown for one query.
const MOST: usize = 12;

/// What a query finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its name in the language of the interface.
    pub label: Label,
    /// What tells it from others: the office, the kind.
    pub note: String,
}

/// Names, folded, of all that can be found.
#[derive(Debug, Default)]
pub struct Index {
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    folded: String,
    what: What,
    /// How often texts mention it.
    mentions: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    /// Of the lexicon.
    Entity(EntityIx),
    /// Whom only texts name, by place in the site's people.
    Person(usize),
}

impl Index {
    /// Of all that `site` knows.
    pub fn new(site: &Site) -> Index {
        let mentions = |kind, id: &str| {
            site.index
                .find(kind, id)
                .map_or(0, |at| site.index.entries[at as usize].mentions)
        };
        let mut names = Vec::new();
        for (entity, at) in site.lexicon.entities.iter().zip(0..) {
            let mentions = mentions(entity.kind, &entity.id);
            names.extend(site.lexicon.names_of(EntityIx(at)).map(|name| Name {
                folded: text::fold_name(name),
                what: What::Entity(EntityIx(at)),
                mentions,
            }));
        }
        let unknown = site
            .people
            .people
            .iter()
            .enumerate()
            .filter(|(_, person)| person.known.is_none());
        for (at, person) in unknown {
            let mentions = mentions(Kind::Official, &person.id);
            names.extend(spellings(person).map(|name| Name {
                folded: text::fold_name(name),
                what: What::Person(at),
                mentions,
            }));
        }
        Index { names }
    }

    /// What `query` may mean: first what begins with it, then what has a word that does, the most mentioned first. Of a
    /// kind alone where one is given.
    pub fn find(&self, query: &str, kind: Option<Kind>, site: &Site) -> Vec<Hit> {
        let query = text::fold_name(query);
        if query.is_empty() {
            return Vec::new();
        }
        let of_kind = |what: What| kind.is_none_or(|kind| kind_of(what, site) == kind);
        let ranked = self.names.iter().filter(|name| of_kind(name.what));
        let mut found: Vec<_> = ranked
            .filter_map(|name| {
                Some((
                    rank(&name.folded, &query)?,
                    u32::MAX - name.mentions,
                    name.folded.len(),
                    name.what,
                ))
            })
            .collect();
        found.sort_unstable();
        let mut whats: Vec<What> = Vec::new();
        for (.., what) in found {
            if !whats.contains(&what) {
                whats.push(what);
            }
            if whats.len() == MOST {
                break;
            }
        }
        whats.into_iter().map(|what| hit(what, site)).collect()
    }
}

/// Every form of a person's name.
fn spellings(person: &Identified) -> impl Iterator<Item = &String> {
    [Some(&person.name), person.latin.as_ref()]
        .into_iter()
        .flatten()
        .chain(person.spellings.keys())
}

/// How well a folded name fits a query, the best first.
fn rank(folded: &str, query: &str) -> Option<u8> {
    let bare = |name: &str| name.strip_prefix("ال").unwrap_or(name).to_owned();
    match folded {
        name if name == query => Some(0),
        name if name.starts_with(query) || bare(name).starts_with(query) => Some(1),
        name => name
            .split(' ')
            .any(|word| word.starts_with(query))
            .then_some(2)
            .or(name.contains(&format!(" {query}")).then_some(3)),
    }
}

fn kind_of(what: What, site: &Site) -> Kind {
    match what {
        What::Entity(ix) => site.lexicon.entity(ix).kind,
        What::Person(_) => Kind::Official,
    }
}

fn hit(what: What, site: &Site) -> Hit {
    let kind = kind_of(what, site);
    let known = match what {
        What::Entity(ix) => site.people.people.iter().position(|person| person.known == Some(ix)),
        What::Person(at) => Some(at),
    };
    let (id, name) = match what {
        What::Entity(ix) => (site.lexicon.entity(ix).id.clone(), site.name_of(ix).to_owned()),
        What::Person(at) => (site.people.people[at].id.clone(), site.people.people[at].name.clone()),
    };
    let office = match (kind, known, what) {
        (Kind::Official, Some(at), _) => site.latest_office(u32::try_from(at).unwrap_or(u32::MAX)),
        (Kind::Official, None, What::Entity(ix)) => site.last_office(ix).unwrap_or_default(),
        _ => String::new(),
    };
    let note = if office.is_empty() {
        site.locale.texts.kind(kind).to_owned()
    } else {
        office
    };
    Hit {
        kind,
        id,
        label: Label::new(name, site.locale.language),
        note,
    }
}
