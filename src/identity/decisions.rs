//! What people have decided for their site about who is who (`lexicon/identity.yaml`), heeded before any rule.
//!
//! In: decisions, each about a person by id, or by a name as texts write it, with the country in brackets where two
//! share the name. Out: groups that are one, and groups that never are; and a diagnostic for each word that is of
//! nobody, contradicts another or leads in a circle, which costs that word alone.

use std::collections::{BTreeMap, BTreeSet};

use super::Text;
use super::groups::{Groups, Key};
use crate::diagnostic::{self, Checked, Diagnostic, Place, Severity};
use crate::lexicon::{Decision, Detail, EntityIx, Kind, Lexicon, Stated};
use crate::text;

/// A name as a decision writes it: folded, and the country in brackets.
pub fn read(words: &str, lexicon: &Lexicon) -> (String, Option<EntityIx>) {
    let words = words.trim();
    let bracket = words.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let of = bracket.and_then(|(name, code)| Some((name, served(code.trim(), lexicon)?)));
    match of {
        Some((name, of)) => (text::fold_name(name), Some(of)),
        None => (text::fold_name(words), None),
    }
}

/// The country or organisation with this id.
fn served(id: &str, lexicon: &Lexicon) -> Option<EntityIx> {
    let country = lexicon.find(Kind::Country, id);
    country.or_else(|| lexicon.find(Kind::Organisation, id))
}

/// People of the lexicon with a country where someone else goes by their name.
pub fn split(lexicon: &Lexicon) -> BTreeSet<(EntityIx, Option<EntityIx>)> {
    let mut split = BTreeSet::new();
    for decision in &lexicon.decisions {
        for other in &decision.apart {
            let pairs = [(&decision.person, other), (other, &decision.person)];
            for (known, namesake) in pairs {
                let (name, of) = read(&namesake.words, lexicon);
                let known = lexicon.find(Kind::Official, known.words.trim());
                split.extend(
                    known
                        .filter(|&ix| of.is_some() && goes_by(ix, &name, lexicon))
                        .map(|ix| (ix, of)),
                );
            }
        }
    }
    split
}

/// Whether a person of the lexicon goes by a folded name.
fn goes_by(person: EntityIx, folded: &str, lexicon: &Lexicon) -> bool {
    lexicon.names_of(person).any(|name| text::fold_name(name) == folded)
}

/// Joins and parts what is decided. Gives the other names of people who were joined, by person.
pub fn apply(groups: &mut Groups, texts: &[Text<'_>], lexicon: &Lexicon) -> Checked<BTreeMap<Key, Vec<String>>> {
    if lexicon.decisions.is_empty() {
        return Checked::clean(BTreeMap::new());
    }
    let mut deciding = Deciding {
        names: names(groups, texts, lexicon),
        groups,
        lexicon,
        joined: BTreeMap::new(),
        former: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
    let people: Vec<Option<Vec<Key>>> = lexicon
        .decisions
        .iter()
        .map(|decision| deciding.person(decision))
        .collect();
    let decided = || lexicon.decisions.iter().zip(&people);
    for (decision, person) in decided() {
        for other in person.iter().flat_map(|_| &decision.same) {
            deciding.same(decision, person.as_deref().unwrap_or_default(), other);
        }
    }
    for (decision, person) in decided() {
        for other in person.iter().flat_map(|_| &decision.apart) {
            deciding.apart(decision, person.as_deref().unwrap_or_default(), other);
        }
    }
    Checked {
        value: deciding.former,
        diagnostics: deciding.diagnostics,
    }
}

/// The groups of each folded name, in every form that texts or the lexicon write.
fn names(groups: &Groups, texts: &[Text<'_>], lexicon: &Lexicon) -> BTreeMap<String, BTreeSet<Key>> {
    let mut names: BTreeMap<String, BTreeSet<Key>> = BTreeMap::new();
    for (key, members) in groups.all() {
        if let Key::Named { name, .. } = key {
            names.entry(name.clone()).or_default().insert(key.clone());
        }
        for &(text, at) in members {
            let candidate = &texts[text].people[at];
            for written in [true, false].into_iter().filter_map(|latin| candidate.written(latin)) {
                names.entry(text::fold_name(written)).or_default().insert(key.clone());
            }
        }
    }
    for (entity, at) in lexicon.entities.iter().zip(0..) {
        if matches!(entity.detail, Detail::Official(_)) {
            for name in lexicon.names_of(EntityIx(at)) {
                let known = Key::Known(EntityIx(at));
                names.entry(text::fold_name(name)).or_default().insert(known);
            }
        }
    }
    names
}

struct Deciding<'a> {
    groups: &'a mut Groups,
    lexicon: &'a Lexicon,
    names: BTreeMap<String, BTreeSet<Key>>,
    /// Who was said to be someone else: whom, and where.
    joined: BTreeMap<Key, (Stated, Place)>,
    former: BTreeMap<Key, Vec<String>>,
    diagnostics: Vec<Diagnostic>,
}

impl Deciding<'_> {
    /// The groups that words mean: that of the id, or all of the name, of the country where one is given.
    fn resolve(&self, words: &str) -> Vec<Key> {
        if let Some(known) = self.lexicon.find(Kind::Official, words.trim()) {
            return vec![Key::Known(known)];
        }
        let (name, of) = read(words, self.lexicon);
        let named = self.called(&name, of);
        if !named.is_empty() || of.is_some() {
            return named;
        }
        // The id of a page: the name, then the country where two share it.
        let country = name
            .rsplit_once(' ')
            .and_then(|(name, id)| Some((name, served(id, self.lexicon)?)));
        country.map_or_else(Vec::new, |(name, of)| self.called(name, Some(of)))
    }

    fn called(&self, name: &str, of: Option<EntityIx>) -> Vec<Key> {
        let fits = |key: &&Key| match key {
            Key::Named { of: served, .. } => of.is_none() || *served == of,
            Key::Known(known) => of.is_none_or(|of| self.lexicon.serves(*known, of)),
        };
        self.names
            .get(name)
            .into_iter()
            .flatten()
            .filter(fits)
            .cloned()
            .collect()
    }

    /// Whom a decision is about; `None` where that is nobody, or the name is that of several.
    fn person(&mut self, decision: &Decision) -> Option<Vec<Key>> {
        let mut keys = self.resolve(&decision.person.words);
        if keys.iter().any(|key| matches!(key, Key::Known(_))) {
            keys.retain(|key| matches!(key, Key::Known(_)));
        }
        if keys.is_empty() {
            self.unknown(decision, &decision.person);
            return None;
        }
        let countries: BTreeSet<EntityIx> = keys.iter().filter_map(country).collect();
        if countries.len() > 1 {
            let codes: Vec<String> = countries.iter().map(|&of| self.lexicon.entity(of).id.clone()).collect();
            let hint = format!("add whom the person serves in brackets, one of: {}", codes.join(", "));
            self.fault(decision, &decision.person, "the name is that of several people", &hint);
            return None;
        }
        Some(keys)
    }

    /// Makes `other` one with the person.
    fn same(&mut self, decision: &Decision, person: &[Key], other: &Stated) {
        let keys = self.resolve(&other.words);
        let Some(first) = person.first() else { return };
        if other.words == decision.person.words {
            let hint = "take the word away";
            return self.fault(
                decision,
                other,
                "a person is said to be the same as himself or herself",
                hint,
            );
        }
        if keys.is_empty() {
            return self.unknown(decision, other);
        }
        for key in keys.iter().chain(&person[1..]) {
            if let Some((whom, place)) = self.joined.get(key).filter(|_| !person.contains(key)) {
                let line = place.line;
                let same = self.groups.now(key) == self.groups.now(first);
                if !same {
                    let message = format!("line {line} says that this is {}, who is someone else", whom.words);
                    let hint = "put all names of one person under one entry";
                    return self.fault(decision, other, &message, hint);
                }
                continue;
            }
            if self.groups.now(first) == key && key != first {
                let line = self.joined.get(first).map_or(0, |(_, place)| place.line);
                let message = format!("this leads in a circle: line {line} says it the other way round");
                return self.fault(
                    decision,
                    other,
                    &message,
                    "keep the entry whose `person` the page is to be called after",
                );
            }
            if key != first && self.groups.join(key, first) {
                self.joined.insert(key.clone(), (decision.person.clone(), other.place));
            }
        }
        let former = self.former.entry(first.clone()).or_default();
        former.push(bare(&other.words).to_owned());
        if let Some(of) = read(&other.words, self.lexicon).1 {
            former.push(format!("{} {}", bare(&other.words), self.lexicon.entity(of).id));
        }
    }

    /// Never lets `other` be one with the person.
    fn apart(&mut self, decision: &Decision, person: &[Key], other: &Stated) {
        let keys = self.resolve(&other.words);
        if keys.is_empty() {
            return self.unknown(decision, other);
        }
        for left in person {
            for right in &keys {
                let (left, right) = (self.groups.now(left).clone(), self.groups.now(right).clone());
                if left == right {
                    let said = [&decision.person, other].into_iter().find_map(|stated| {
                        let keys = self.resolve(&stated.words);
                        keys.iter()
                            .find_map(|key| self.joined.get(key))
                            .map(|(_, place)| place.line)
                    });
                    let message = match said {
                        Some(line) => format!("line {line} says that these two are the same"),
                        None => "these two have one name and one country, and cannot be told apart by them".to_owned(),
                    };
                    let hint = "take one of the two away; `officials:` at the head of a page tells namesakes apart";
                    return self.fault(decision, other, &message, hint);
                }
                self.groups.keep_apart(&left, &right);
            }
        }
    }

    /// Says that words are of nobody: an id must be one; a name may be of texts to come.
    fn unknown(&mut self, decision: &Decision, stated: &Stated) {
        let words = stated.words.trim();
        let name = words.contains(' ') || !words.is_ascii();
        let severity = if name { Severity::Warning } else { Severity::Error };
        let message = if name {
            "no text and no entry of officials.yaml names this person"
        } else {
            "no official has this id"
        };
        let officials = self
            .lexicon
            .entities
            .iter()
            .filter(|entity| entity.kind == Kind::Official);
        let near = diagnostic::nearest(words, officials.map(|entity| entity.id.as_str())).filter(|_| !name);
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`bayan entities --kind official` lists them; a name must be spelt as a text spells it".to_owned(),
        };
        self.fault(decision, stated, message, &hint);
        if let Some(last) = self.diagnostics.last_mut() {
            last.severity = severity;
        }
    }

    fn fault(&mut self, decision: &Decision, stated: &Stated, message: &str, hint: &str) {
        let mut fault = Diagnostic::error(&decision.file, message).hint(hint);
        fault.place = Some(stated.place);
        fault.found = Some(stated.words.clone());
        self.diagnostics.push(fault);
    }
}

/// Whom a named person serves.
fn country(key: &Key) -> Option<EntityIx> {
    match key {
        Key::Named { of, .. } => *of,
        Key::Known(_) => None,
    }
}

/// A name without the country in brackets.
fn bare(words: &str) -> &str {
    words.split('(').next().unwrap_or(words).trim()
}
