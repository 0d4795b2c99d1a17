//! Which mentions, across all texts and both scripts, are one person.
//!
//! In: the people that each text tells of. Out: one [`Identified`] person for each, with an id that names the page.
//! Two are one where the lexicon knows them as one, or where their names agree and nothing known of their countries
//! differs. A surname alone never joins people of different texts.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Slugs;
use crate::date::Date;
use crate::extract::Candidate;
use crate::lexicon::{EntityIx, Lexicon, OfficeIx};
use crate::{sound, url};

/// A person of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// Last part of the address: that of the lexicon, or the name.
    pub id: String,
    /// The person of the lexicon, if known.
    pub known: Option<EntityIx>,
    /// Name shown.
    pub name: String,
    /// The name in Latin letters, if one was found or is known.
    pub latin: Option<String>,
    /// The country or organisation served, where a text gives it.
    pub of: Option<EntityIx>,
    /// Every form of the name that texts use, by how many texts.
    pub spellings: BTreeMap<String, usize>,
    /// The titles that texts give, with the first and last dated text that does.
    pub roles: Vec<Role>,
}

/// A title that texts give a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The office, if the lexicon has it.
    pub office: Option<OfficeIx>,
    /// The country or organisation it is an office of.
    pub of: Option<EntityIx>,
    /// The title as first written.
    pub title: String,
    /// Days of the first and last dated text that gives it.
    pub span: Option<(Date, Date)>,
}

/// All people of the site, and who is whom.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// In the order of their ids.
    pub people: Vec<Identified>,
    /// For each text, for each of its candidates, the place in `people`.
    pub of_text: Vec<Vec<u32>>,
}

/// One text's people, and its day.
pub struct Text<'a> {
    /// Its day.
    pub date: Option<Date>,
    /// Whom it tells of.
    pub people: &'a [Candidate],
}

/// Tells who is who.
pub fn identify(texts: &[Text<'_>], lexicon: &Lexicon, slugs: Slugs) -> People {
    let mut groups = Groups::default();
    for (text, candidates) in texts.iter().enumerate() {
        for (at, candidate) in candidates.people.iter().enumerate() {
            groups.add((text, at), candidate);
        }
    }
    groups.join_without_country();
    groups.join_longer_names();
    groups.join_scripts(texts);
    groups.name(texts, lexicon, slugs)
}

/// Where a candidate stands: text, place in it.
type At = (usize, usize);

/// What tells one person from another before names are compared more closely.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Known(EntityIx),
    Named {
        latin: bool,
        name: String,
        of: Option<EntityIx>,
    },
}

/// Candidates gathered under one key each.
#[derive(Default)]
struct Groups {
    groups: BTreeMap<Key, Vec<At>>,
}

impl Groups {
    fn add(&mut self, at: At, candidate: &Candidate) {
        let key = match candidate.known {
            Some(known) => Key::Known(known),
            None => Key::Named {
                latin: candidate.latin,
                name: candidate.key.clone(),
                of: candidate.of,
            },
        };
        self.groups.entry(key).or_default().push(at);
    }

    /// Moves all of `from` into `to`.
    fn join(&mut self, from: &Key, to: &Key) {
        if let Some(members) = self.groups.remove(from) {
            self.groups.entry(to.clone()).or_default().extend(members);
        }
    }

    /// A name without a country is that of the one person of this name who has one.
    fn join_without_country(&mut self) {
        let mut countries: BTreeMap<(bool, &str), Vec<&Key>> = BTreeMap::new();
        for key in self.groups.keys() {
            if let Key::Named {
                latin,
                name,
                of: Some(_),
            } = key
            {
                countries.entry((*latin, name)).or_default().push(key);
            }
        }
        let bare = |key: &&Key| matches!(key, Key::Named { of: None, .. });
        let moves: Vec<(Key, Key)> = self
            .groups
            .keys()
            .filter(bare)
            .filter_map(|key| match key {
                Key::Named { latin, name, .. } => match countries.get(&(*latin, name.as_str()))?.as_slice() {
                    [one] => Some((key.clone(), (*one).clone())),
                    _ => None,
                },
                Key::Known(_) => None,
            })
            .collect();
        for (from, to) in moves {
            self.join(&from, &to);
        }
    }

    /// A name is that of the one person of the same country whose fuller name it is a form of.
    fn join_longer_names(&mut self) {
        let mut by_form: BTreeMap<(bool, Option<EntityIx>, String), Vec<Key>> = BTreeMap::new();
        for key in self.groups.keys() {
            let Key::Named { latin, name, of } = key else { continue };
            for form in shorter_forms(name) {
                by_form.entry((*latin, *of, form)).or_default().push(key.clone());
            }
        }
        for ((latin, of, name), fuller) in by_form {
            if let [one] = fuller.as_slice() {
                self.join(&Key::Named { latin, name, of }, one);
            }
        }
    }

    /// A Latin name is that of the one person who sounds the same and shares a text or a country with it.
    fn join_scripts(&mut self, texts: &[Text<'_>]) {
        let mut by_sound: BTreeMap<String, Vec<Key>> = BTreeMap::new();
        for (key, members) in &self.groups {
            let arabic = match key {
                Key::Named { latin, name, .. } => (!latin).then(|| name.clone()),
                Key::Known(_) => members.first().map(|&(text, at)| texts[text].people[at].key.clone()),
            };
            if let Some(name) = arabic {
                by_sound.entry(sound::Sound::of(&name).key()).or_default().push(key.clone());
            }
        }
        let latin: Vec<Key> = self
            .groups
            .keys()
            .filter(|key| matches!(key, Key::Named { latin: true, .. }))
            .cloned()
            .collect();
        for key in latin {
            let Key::Named { name, of, .. } = &key else { continue };
            let sound = sound::Sound::of(name).key();
            let alike = by_sound.get(&sound).filter(|_| sound.len() > 3);
            let mut agree = alike
                .into_iter()
                .flatten()
                .filter(|other| self.share(&key, other, *of, texts));
            if let (Some(one), None) = (agree.next(), agree.next()) {
                let one = one.clone();
                self.join(&key, &one);
            }
        }
    }

    /// Whether two groups stand in one text, or have one country.
    fn share(&self, left: &Key, right: &Key, of: Option<EntityIx>, texts: &[Text<'_>]) -> bool {
        let members = |key: &Key| self.groups.get(key).map_or(&[][..], Vec::as_slice);
        let country = of.is_some() && members(right).iter().any(|&(text, at)| texts[text].people[at].of == of);
        let of_texts: BTreeSet<usize> = members(left).iter().map(|&(text, _)| text).collect();
        country || members(right).iter().any(|(text, _)| of_texts.contains(text))
    }

    fn name(self, texts: &[Text<'_>], lexicon: &Lexicon, slugs: Slugs) -> People {
        let mut people: Vec<(Identified, Vec<At>)> = Vec::with_capacity(self.groups.len());
        for (key, mut members) in self.groups {
            members.sort_unstable();
            let person = describe(&key, &members, texts, lexicon, slugs);
            people.push((person, members));
        }
        people.sort_by(|(left, _), (right, _)| left.id.cmp(&right.id));
        tell_apart(&mut people, lexicon);
        let mut of_text: Vec<Vec<u32>> = texts.iter().map(|text| vec![0; text.people.len()]).collect();
        for ((_, members), number) in people.iter().zip(0..) {
            for &(text, at) in members {
                of_text[text][at] = number;
            }
        }
        let people = people.into_iter().map(|(person, _)| person).collect();
        People { people, of_text }
    }
}

/// The shorter forms, of two words or more, in which a folded name is also written: without its first words; the first
/// and the last word; what stands before a son-of.
fn shorter_forms(name: &str) -> BTreeSet<String> {
    const SON_OF: &str = " بن ";
    let spaces: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).collect();
    let (Some(first), Some(last)) = (spaces.first(), spaces.last()) else {
        return BTreeSet::new();
    };
    let endings = spaces.iter().map(|at| name[at + 1..].to_owned());
    let outer = (first < last).then(|| format!("{}{}", &name[..*first], &name[*last..]));
    let fathers = name.match_indices(SON_OF).map(|(at, _)| name[..at].to_owned());
    let forms = endings.chain(outer).chain(fathers);
    forms.filter(|form| form.contains(' ')).collect()
}

/// What is known of the person whose candidates are `members`.
fn describe(key: &Key, members: &[At], texts: &[Text<'_>], lexicon: &Lexicon, slugs: Slugs) -> Identified {
    let candidates = || {
        members
            .iter()
            .map(|&(text, at)| (texts[text].date, &texts[text].people[at]))
    };
    let known = match key {
        Key::Known(known) => Some(*known),
        Key::Named { .. } => None,
    };
    let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
    for (_, candidate) in candidates() {
        for name in [true, false].into_iter().filter_map(|latin| candidate.written(latin)) {
            *spellings.entry(name.to_owned()).or_default() += 1;
        }
    }
    let fullest = |latin: bool| {
        candidates()
            .filter_map(|(_, candidate)| candidate.written(latin))
            .max_by_key(|name| (spellings[*name], name.len()))
    };
    let entity = known.map(|known| lexicon.entity(known));
    let name = entity
        .map(|entity| entity.ar.as_str())
        .or_else(|| fullest(false))
        .or_else(|| fullest(true))
        .unwrap_or_default();
    let latin = entity.map(|entity| entity.en.as_str()).or_else(|| fullest(true));
    let id = entity.map_or_else(|| url::slug(name, slugs), |entity| entity.id.clone());
    Identified {
        id,
        known,
        name: name.to_owned(),
        latin: latin.map(str::to_owned),
        of: candidates().find_map(|(_, candidate)| candidate.of),
        roles: roles(candidates()),
        spellings,
    }
}

/// The titles that texts give, one for each office and country, in the order of the first day.
fn roles<'a>(candidates: impl Iterator<Item = (Option<Date>, &'a Candidate)>) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::new();
    for (date, candidate) in candidates.filter(|(_, candidate)| !candidate.title.is_empty()) {
        let same = |role: &&mut Role| {
            role.of == candidate.of
                && role.office == candidate.office
                && (role.office.is_some() || role.title == candidate.title)
        };
        let day = date.map(|day| (day, day));
        match roles.iter_mut().find(same) {
            Some(role) => {
                role.span = match (role.span, day) {
                    (Some((first, last)), Some((day, _))) => Some((first.min(day), last.max(day))),
                    (span, day) => span.or(day),
                };
            }
            None => roles.push(Role {
                office: candidate.office,
                of: candidate.of,
                title: candidate.title.clone(),
                span: day,
            }),
        }
    }
    roles.sort_by_key(|role| role.span);
    roles
}

/// Gives people of one name different ids: by their country, else by number.
fn tell_apart(people: &mut [(Identified, Vec<At>)], lexicon: &Lexicon) {
    let mut taken: BTreeSet<String> = people
        .iter()
        .filter(|(person, _)| person.known.is_some())
        .map(|(person, _)| person.id.clone())
        .collect();
    for (person, _) in people.iter_mut().filter(|(person, _)| person.known.is_none()) {
        let base = if person.id.is_empty() {
            "official".to_owned()
        } else {
            person.id.clone()
        };
        let country = person
            .of
            .map(|of| format!("{base}-{}", lexicon.entity(of).id.to_lowercase()));
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let free = [base.clone()]
            .into_iter()
            .chain(country)
            .chain(numbered)
            .find(|id| !taken.contains(id));
        person.id = free.unwrap_or(base);
        taken.insert(person.id.clone());
    }
    people.sort_by(|(left, _), (right, _)| left.id.cmp(&right.id));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    /// A candidate by name; `of` is a country by number.
    fn named(name: &str, of: Option<u32>) -> Candidate {
        Candidate {
            known: None,
            name: name.to_owned(),
            key: text::fold_name(name),
            latin: name.is_ascii(),
            other: None,
            office: None,
            of: of.map(EntityIx),
            title: "الوزير".to_owned(), // the minister
        }
    }

    /// For each text, by the people it names, the number of each person.
    fn people(texts: &[&[Candidate]]) -> Vec<Vec<u32>> {
        let texts: Vec<Text<'_>> = texts.iter().map(|people| Text { date: None, people }).collect();
        let lexicon = Lexicon::parse([(
            "countries.yaml",
            "- {id: EG, ar: مصر, en: Egypt}\n- {id: JO, ar: الأردن, en: Jordan}",
        )]);
        identify(&texts, &lexicon.value, Slugs::Native).of_text
    }

    #[test]
    fn forms_of_one_name_are_one_person_where_the_country_agrees() {
        for form in ["ماهر علي السعداوي", "علي السعداوي", "ماهر السعداوي"] {
            let told = people(&[&[named("ماهر علي السعداوي", Some(0))], &[named(form, Some(0))]]);
            assert_eq!(told[0], told[1], "{form}");
        }
        let son = people(&[
            &[named("فهد بن نايف بن سعد", Some(0))],
            &[named("فهد بن نايف", Some(0))],
        ]);
        assert_eq!(son[0], son[1]);
    }

    #[test]
    fn a_name_in_two_countries_is_two_people_and_one_without_a_country_is_the_one_there_is() {
        let two = people(&[&[named("ماهر السعداوي", Some(0))], &[named("ماهر السعداوي", Some(1))]]);
        assert_ne!(two[0], two[1]);
        let one = people(&[&[named("ماهر السعداوي", Some(0))], &[named("ماهر السعداوي", None)]]);
        assert_eq!(one[0], one[1]);
    }

    #[test]
    fn a_form_of_two_names_joins_neither() {
        let told = people(&[
            &[named("ماهر علي السعداوي", None)],
            &[named("ماهر حسن السعداوي", None)],
            &[named("ماهر السعداوي", None)],
        ]);
        assert!(told[2] != told[0] && told[2] != told[1]);
    }

    #[test]
    fn a_latin_name_is_the_arabic_one_that_sounds_alike_in_the_same_text() {
        let told = people(&[&[named("سانجاي فيرما", None), named("Sanjay Verma", None)]]);
        assert_eq!(told[0][0], told[0][1]);
        let apart = people(&[&[named("سانجاي فيرما", None)], &[named("Sanjay Verma", None)]]);
        assert_ne!(apart[0], apart[1]);
    }
}
