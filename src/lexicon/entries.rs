//! From the files of the lexicon to the [`Lexicon`]: entries by id, their references checked, their names in matchers.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as MapEntry;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde_yaml::Spanned;

use super::families::{Families, Family, Tells};
use super::file::{self, Sex};
use super::matcher::{Matcher, Names, Spelling};
use super::{
    Appointment, Business, Calling, CountryForm, CueMeaning, Decision, Detail, Entity, EntityIx, Grade, HomeTell, Kind,
    Lexicon, NameMeaning, Office, OfficeIx, Person, Stated, TitleMeaning, WordClass,
};
use crate::date::Date;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::text;

/// The entries of all files read so far, by id, so that later ones win.
#[derive(Default)]
pub struct Entries<'a> {
    countries: BTreeMap<String, file::Country>,
    organisations: BTreeMap<String, file::Organisation>,
    officials: BTreeMap<String, (Origin<'a>, file::Official)>,
    topics: BTreeMap<String, file::Topic>,
    offices: BTreeMap<String, file::Office>,
    stops: Vec<String>,
    aliases: Vec<(&'a str, file::Alias)>,
    decisions: Vec<Decision>,
    words: file::Words,
    callings: file::Callings,
    names: file::Names,
}

impl<'a> Entries<'a> {
    /// The entries of one file, told by its name.
    pub fn read(path: &'a str, text: &'a str) -> Checked<Entries<'a>> {
        let mut entries = Entries::default();
        let faults = &mut Vec::new();
        match path.rsplit('/').next().unwrap_or(path) {
            "countries.yaml" => entries.countries = by_id(path, text, |entry: &file::Country| &entry.id).take(faults),
            "organisations.yaml" => {
                entries.organisations = by_id(path, text, |entry: &file::Organisation| &entry.id).take(faults);
            }
            "officials.yaml" => {
                let list = by_id(path, text, |entry: &file::Official| &entry.id).take(faults);
                let origin = Origin { path, text };
                entries.officials = list.into_iter().map(|(id, entry)| (id, (origin, entry))).collect();
            }
            "topics.yaml" => entries.topics = by_id(path, text, |entry: &file::Topic| &entry.id).take(faults),
            "offices.yaml" => entries.offices = by_id(path, text, |entry: &file::Office| &entry.id).take(faults),
            "stop-phrases.yaml" => entries.stops = file::parse_list(path, text).take(faults),
            "aliases.yaml" => {
                let list = file::parse_list(path, text).take(faults);
                entries.aliases = list.into_iter().map(|entry| (path, entry)).collect();
            }
            "identity.yaml" => {
                let list = file::parse_list(path, text).take(faults);
                entries.decisions = list.into_iter().map(|entry| decision(path, entry)).collect();
            }
            "words.yaml" => entries.words = whole(file::parse(path, text), faults),
            "callings.yaml" => entries.callings = whole(file::parse(path, text), faults),
            "names.yaml" => entries.names = whole(file::parse(path, text), faults),
            _ => {
                let unknown = Diagnostic::warning(path, "no file of the lexicon has this name, so it is not read");
                faults.push(unknown.hint("the names are countries, organisations, officials, offices, topics, aliases, identity, stop-phrases, callings, words and names, each with .yaml"));
            }
        }
        Checked {
            value: entries,
            diagnostics: std::mem::take(faults),
        }
    }

    /// Adds the entries of a later file, which replace those of the same id.
    pub fn extend(&mut self, later: Entries<'a>) {
        self.countries.extend(later.countries);
        self.organisations.extend(later.organisations);
        self.officials.extend(later.officials);
        self.topics.extend(later.topics);
        self.offices.extend(later.offices);
        self.stops.extend(later.stops);
        self.aliases.extend(later.aliases);
        self.decisions.extend(later.decisions);
        self.words.extend(later.words);
        self.callings.extend(later.callings);
        self.names.extend(later.names);
    }

    /// Gives each entity the names that `aliases.yaml` adds to those of its own entry.
    fn add_aliases(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        for (file, alias) in std::mem::take(&mut self.aliases) {
            let (id, also) = (alias.id.value.as_str(), alias.also);
            let names = match alias.kind {
                Kind::Country => self
                    .countries
                    .get_mut(id)
                    .map(|entry| [&mut entry.aliases, &mut entry.aliases_en]),
                Kind::Organisation => self
                    .organisations
                    .get_mut(id)
                    .map(|entry| [&mut entry.aliases, &mut entry.aliases_en]),
                Kind::Official => self
                    .officials
                    .get_mut(id)
                    .map(|(_, entry)| [&mut entry.aliases, &mut entry.aliases_en]),
                Kind::Topic => self
                    .topics
                    .get_mut(id)
                    .map(|entry| [&mut entry.cues, &mut entry.cues_en]),
            };
            if let Some([arabic, english]) = names {
                let (latin, other): (Vec<String>, Vec<String>) = also
                    .into_iter()
                    .partition(|name| name.starts_with(|first: char| first.is_ascii()));
                arabic.extend(other);
                english.extend(latin);
            } else {
                let message = format!("no {} has the id `{id}`", alias.kind.name());
                let mut fault = Diagnostic::error(file, message).hint("`bayan entities` lists the ids");
                fault.place = Some(file::place_of(&alias.id.referenced));
                fault.found = Some(id.to_owned());
                diagnostics.push(fault);
            }
        }
    }

    pub fn build(mut self, diagnostics: &mut Vec<Diagnostic>) -> Lexicon {
        self.add_aliases(diagnostics);
        let mut words = word_classes(&self.words, &self.names);
        let office_ids: BTreeMap<String, OfficeIx> = self
            .offices
            .keys()
            .zip(0..)
            .map(|(id, at)| (id.clone(), OfficeIx(at)))
            .collect();
        let mut by_id = self.ids();
        let tells = self.tells(&by_id);
        self.add_former_ids(&mut by_id, diagnostics);
        let ((names, cues), titles) = rayon::join(
            || rayon::join(|| self.name_matcher(&by_id), || self.cue_matcher(&by_id)),
            || {
                let mut titles = titles(&self.offices, &self.words.honorifics, &by_id);
                add_callings(&mut titles, &self.callings);
                titles.build()
            },
        );
        let families = self.families(&by_id);
        let business = self.business(&by_id, &office_ids, diagnostics);
        let offices = self.offices.into_values().map(office).collect();
        let people = People {
            offices: &office_ids,
            by_id: &by_id,
        };
        let mut entities: Vec<Entity> = Vec::with_capacity(by_id.len());
        entities.extend(self.countries.into_values().map(|entry| country(entry, diagnostics)));
        entities.extend(self.organisations.into_values().map(organisation));
        for (origin, official) in self.officials.into_values() {
            entities.push(people.official(&origin, official, diagnostics));
        }
        entities.extend(self.topics.into_values().map(topic));
        let surnames = surnames(&entities);
        for surname in surnames.keys().flat_map(|surname| surname.split(' ')) {
            let known = words.entry(surname.to_owned()).or_default();
            *known = known.or(WordClass::SURNAME);
        }
        Lexicon {
            capitals: capitals(&entities),
            entities,
            tells,
            offices,
            names,
            titles,
            cues,
            families,
            business,
            decisions: self.decisions,
            model: None,
            words,
            surnames,
            by_id,
            home: None,
            number: super::next_number(),
        }
    }

    /// What tells that a text is a country's own: the names of its agencies, and the phrases of its press.
    fn tells(&self, by_id: &BTreeMap<(Kind, String), EntityIx>) -> Vec<HomeTell> {
        let mut tells = Vec::new();
        for (id, entry) in &self.countries {
            let Some(&country) = by_id.get(&(Kind::Country, id.clone())) else {
                continue;
            };
            let agencies = entry.agencies.iter().map(|words| (words, true));
            let signs = entry.signs.iter().map(|words| (words, false));
            tells.extend(agencies.chain(signs).map(|(words, agency)| HomeTell {
                country,
                words: words.clone(),
                folded: text::fold_name(words),
                agency,
            }));
        }
        tells
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

    /// Lets an id that a person had before stand for the person still.
    fn add_former_ids(&self, by_id: &mut BTreeMap<(Kind, String), EntityIx>, diagnostics: &mut Vec<Diagnostic>) {
        for (id, (origin, entry)) in &self.officials {
            let Some(&ix) = by_id.get(&(Kind::Official, id.clone())) else {
                continue;
            };
            for former in &entry.formerly {
                let key = (Kind::Official, former.clone());
                match by_id.get(&key) {
                    None if is_id(former) => {
                        by_id.insert(key, ix);
                    }
                    None => {
                        let message = format!("the former id {former} in the entry of {id} is no id");
                        diagnostics.push(origin.fault(id, message).hint("write it as `narendra-modi`"));
                    }
                    Some(_) => {
                        let message = format!("the former id {former} in the entry of {id} is that of someone else");
                        diagnostics.push(
                            origin
                                .fault(id, message)
                                .hint("take it away, or give one of the two another id"),
                        );
                    }
                }
            }
        }
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

    /// Phrases that tell topics, as listed and in the other state; what is listed goes before what is made.
    fn cue_matcher(&self, by_id: &BTreeMap<(Kind, String), EntityIx>) -> Matcher<CueMeaning> {
        let mut cues = Names::default();
        let mut made = Vec::new();
        for (id, entry) in &self.topics {
            let Some(&topic) = by_id.get(&(Kind::Topic, id.clone())) else {
                continue;
            };
            let sure = entry.cues.iter().chain(&entry.cues_en).map(|cue| (cue, Grade::Cue));
            let signs = entry
                .signs
                .iter()
                .chain(&entry.signs_en)
                .map(|sign| (sign, Grade::Sign));
            let hints = entry.hints.iter().map(|hint| (hint, Grade::Hint));
            for (phrase, grade) in sure.chain(signs).chain(hints) {
                let meaning = CueMeaning { topic, grade };
                cues.add(phrase, meaning, Spelling::Folded);
                made.extend(other_states(phrase).into_iter().map(|other| (other, meaning)));
            }
        }
        for (phrase, meaning) in made {
            if !cues.contains(&phrase) {
                cues.add(&phrase, meaning, Spelling::Folded);
            }
        }
        cues.build()
    }

    /// The topics with their places.
    fn topics<'b>(
        &'b self,
        by_id: &'b BTreeMap<(Kind, String), EntityIx>,
    ) -> impl Iterator<Item = (EntityIx, &'b file::Topic)> {
        let place = |id: &String| by_id.get(&(Kind::Topic, id.clone())).copied();
        self.topics
            .iter()
            .filter_map(move |(id, entry)| Some((place(id)?, entry)))
    }

    /// Words that speak of topics.
    fn families(&self, by_id: &BTreeMap<(Kind, String), EntityIx>) -> Families {
        let mut families = Families::default();
        let mut number = 0;
        for (topic, entry) in self.topics(by_id) {
            let little = entry.words.iter().map(|forms| (forms, Tells::Little));
            let much = entry.keywords.iter().map(|forms| (forms, Tells::Much));
            let relations = entry.relations.iter().map(|forms| (forms, Tells::Relations));
            for (forms, tells) in little.chain(much).chain(relations) {
                families.add(forms, Family { topic, number, tells });
                number += 1;
            }
        }
        families
    }

    /// What topics are the business of offices and organisations.
    fn business(
        &self,
        by_id: &BTreeMap<(Kind, String), EntityIx>,
        office_ids: &BTreeMap<String, OfficeIx>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Business {
        let mut business = Business::default();
        for (topic, entry) in self.topics(by_id) {
            let mut refuse = |what: &str| {
                let message = format!("there is no {what}, named in the entry of {}", entry.id);
                diagnostics.push(Diagnostic::error("topics.yaml", message).hint(OTHER_FILES));
            };
            for id in &entry.offices {
                match office_ids.get(id) {
                    Some(&office) => business.offices.entry(office).or_default().push(topic),
                    None => refuse(&format!("office {id}")),
                }
            }
            for id in &entry.organisations {
                match by_id.get(&(Kind::Organisation, id.clone())) {
                    Some(&known) => business.organisations.entry(known).or_default().push(topic),
                    None => refuse(&format!("organisation {id}")),
                }
            }
        }
        business
    }
}

/// Where the ids that an entry names must stand.
const OTHER_FILES: &str = "ids are those of the other files of lexicon/";

/// A phrase of noun and adjectives as it stands in the other state: definite, التعاون الدفاعي, becomes indefinite, in
/// the nominative and in the accusative, تعاونا دفاعيا; indefinite, هجوم إرهابي, becomes definite. Nothing for a
/// single word, or for a phrase of which some words have the article and some have not.
fn other_states(phrase: &str) -> Vec<String> {
    const ARTICLE: &str = "ال";
    let words: Vec<&str> = phrase.split(' ').collect();
    let arabic = |word: &&str| word.chars().all(|letter| letter.is_alphabetic() && !letter.is_ascii());
    if words.len() < 2 || !words.iter().all(arabic) {
        return Vec::new();
    }
    let join = |change: &dyn Fn(&str) -> String| {
        let changed: Vec<String> = words.iter().map(|word| change(word)).collect();
        changed.join(" ")
    };
    let bare = |word: &str| word.strip_prefix(ARTICLE).unwrap_or(word).to_owned();
    if words.iter().all(|word| word.starts_with(ARTICLE)) {
        vec![join(&bare), join(&|word| accusative(bare(word)))]
    } else if words
        .iter()
        .any(|word| word.starts_with(ARTICLE) || word.chars().count() < 3)
    {
        Vec::new()
    } else {
        vec![
            join(&|word| format!("{ARTICLE}{word}")),
            join(&|word| accusative(word.to_owned())),
        ]
    }
}

/// An indefinite word with the alef of the accusative, if it takes one in writing.
fn accusative(word: String) -> String {
    let takes_none = ["\u{0629}", "\u{0649}", "\u{0621}", "\u{0627}", "\u{0627}\u{062A}"]; // ta marbuta, alef maqsura, hamza, alef, -at
    if takes_none.iter().any(|end| word.ends_with(end)) {
        word
    } else {
        word + "\u{0627}"
    }
}

/// The file that an entry stands in.
#[derive(Clone, Copy)]
struct Origin<'a> {
    path: &'a str,
    text: &'a str,
}

impl Origin<'_> {
    /// Something wrong with the entry of this id.
    fn fault(&self, id: &str, message: impl Into<String>) -> Diagnostic {
        let place = id_in(self.text, id, 0).map(|range| Place::of(self.text, range.start));
        Diagnostic {
            place,
            ..Diagnostic::error(self.path, message)
        }
    }
}

/// A file that is no list; nothing of it where it cannot be understood.
fn whole<T: Default>(read: Result<T, Box<Diagnostic>>, faults: &mut Vec<Diagnostic>) -> T {
    read.unwrap_or_else(|fault| {
        faults.push(*fault);
        T::default()
    })
}

fn decision(path: &str, entry: file::Decision) -> Decision {
    let stated = |spanned: Spanned<String>| Stated {
        place: file::place_of(&spanned.referenced),
        words: spanned.value,
    };
    Decision {
        file: path.to_owned(),
        person: stated(entry.person),
        same: entry.same_as.into_iter().map(stated).collect(),
        apart: entry.not_same_as.into_iter().map(stated).collect(),
    }
}

/// The entries of one file by their ids. One whose id cannot be the last part of an address, or stands twice, is left
/// out.
fn by_id<T: DeserializeOwned>(path: &str, text: &str, id: impl Fn(&T) -> &String) -> Checked<BTreeMap<String, T>> {
    let mut diagnostics = Vec::new();
    let mut entries = BTreeMap::new();
    let mut refuse = |id: &str, number: usize, fault: &str, hint: &str| {
        let at = id_in(text, id, number).unwrap_or(0..0);
        let diagnostic = Diagnostic::error(path, format!("the id `{id}` {fault}"));
        diagnostics.push(diagnostic.at(text, &at).hint(hint));
    };
    let mut list = file::parse_list::<T>(path, text);
    for entry in std::mem::take(&mut list.value) {
        let id = id(&entry).clone();
        if !is_id(&id) {
            let hint = "write it as `narendra-modi`";
            refuse(&id, 0, "is not of letters, digits and hyphens alone", hint);
            continue;
        }
        match entries.entry(id) {
            MapEntry::Occupied(first) => {
                let hint = "the first entry counts: put the two together, or give one of them another id";
                refuse(first.key(), 1, "stands twice", hint);
            }
            MapEntry::Vacant(free) => {
                free.insert(entry);
            }
        }
    }
    list.diagnostics.extend(diagnostics);
    Checked {
        value: entries,
        diagnostics: list.diagnostics,
    }
}

/// Whether an id can be the last part of an address.
fn is_id(id: &str) -> bool {
    let sound = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    !id.is_empty() && id.chars().all(sound)
}

/// Where `id` stands as an id in a file for the time `number`, from 0.
fn id_in(text: &str, id: &str, number: usize) -> Option<Range<usize>> {
    let quotes = ['"', '\''];
    let values = text.match_indices("id:").filter_map(|(at, key)| {
        let rest = &text[at + key.len()..];
        let value = rest.trim_start_matches([' ', '"', '\'']);
        let start = text.len() - value.len();
        let after = value.strip_prefix(id)?;
        let ends = after.is_empty()
            || after.starts_with(|next: char| next.is_whitespace() || ",}".contains(next) || quotes.contains(&next));
        ends.then(|| start..start + id.len())
    });
    let mut values = values;
    values.nth(number)
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
    let plain = if entry.city {
        CountryForm::Capital
    } else {
        CountryForm::Name
    };
    for name in listed.filter(|name| !special(name)) {
        names.add(name, form(plain), latin_spelling(name));
        if let Some(torn) = torn(name) {
            names.add(&torn, form(CountryForm::Name), Spelling::Folded);
        }
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
    for name in &entry.usual {
        names.add(name, form(CountryForm::Usual), latin_spelling(name));
    }
    for name in &entry.vowelled {
        names.add(name, form(CountryForm::Name), Spelling::Vowelled);
    }
    for name in &entry.homeland {
        names.add(name, form(CountryForm::Homeland), Spelling::Folded);
    }
    add_adjectives(names, ix, entry);
    for name in entry.metonyms.iter().chain(&entry.metonyms_en) {
        names.add(name, form(CountryForm::Metonym), latin_spelling(name));
    }
    if let Some(capital) = &entry.capital {
        add_capital(names, ix, entry, capital);
    }
}

/// A name of one word that begins with a bare alef, torn from it as some archives do (`ا سرائيل`): an alef alone is no
/// word, and what is left of the name is none either.
fn torn(name: &str) -> Option<String> {
    let rest = name.strip_prefix(['\u{0627}', '\u{0623}', '\u{0625}', '\u{0622}'])?;
    let whole = !name.starts_with("ال") && !name.contains(' ') && rest.chars().count() > 3;
    whole.then(|| format!("\u{0627} {rest}"))
}

/// Adds the adjectives of a country. One that is listed with the article goes with it only.
fn add_adjectives(names: &mut Names<NameMeaning>, ix: EntityIx, entry: &file::Country) {
    let nisba = NameMeaning::Country(ix, CountryForm::Nisba);
    for adjective in adjectives(&entry.nisba) {
        if adjective.starts_with("ال") {
            names.add(&adjective, nisba, Spelling::Folded);
        } else {
            names.add_adjective(&adjective, nisba);
        }
    }
    for adjective in &entry.nisba_en {
        names.add(adjective, nisba, Spelling::Folded);
    }
    for adjective in &entry.nisba.exact {
        names.add(adjective, nisba, Spelling::Exact);
    }
    for adjective in &entry.nisba.weak {
        let weak = NameMeaning::Country(ix, CountryForm::WeakNisba);
        names.add(adjective, weak, Spelling::Folded);
    }
}

/// Adds the names of a capital, but for those that are the country's own.
fn add_capital(names: &mut Names<NameMeaning>, ix: EntityIx, entry: &file::Country, capital: &file::Capital) {
    let form = |form| NameMeaning::Country(ix, form);
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
    for name in &capital.weak_aliases {
        names.add(name, form(CountryForm::WeakCapital), spelling);
    }
    for name in &capital.vowelled {
        names.add(name, form(CountryForm::Capital), Spelling::Vowelled);
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

fn titles(
    offices: &BTreeMap<String, file::Office>,
    honorifics: &[String],
    by_id: &BTreeMap<(Kind, String), EntityIx>,
) -> Names<TitleMeaning> {
    let mut titles = Names::default();
    let listed = |entry: &file::Office, form: &String| entry.forms.contains(form) || entry.construct.contains(form);
    for (entry, at) in offices.values().zip(0..) {
        let office = OfficeIx(at);
        let meaning = |construct, dual| TitleMeaning::Office {
            office,
            construct,
            dual,
            of: None,
        };
        for (country, forms) in &entry.of {
            let entity = |kind| by_id.get(&(kind, country.clone())).copied();
            let of = entity(Kind::Country).or_else(|| entity(Kind::Organisation));
            for form in forms {
                let meaning = TitleMeaning::Office {
                    office,
                    construct: false,
                    dual: false,
                    of,
                };
                titles.add(form, meaning, Spelling::Folded);
            }
        }
        for form in entry.forms.iter().chain(&entry.forms_en) {
            titles.add(form, meaning(false, false), Spelling::Folded);
            for dual in duals(form).iter().filter(|dual| !listed(entry, dual)) {
                titles.add(dual, meaning(false, true), Spelling::Folded);
            }
        }
        for form in &entry.construct {
            titles.add(form, meaning(true, false), Spelling::Folded);
            for dual in duals(form).iter().filter(|dual| !listed(entry, dual)) {
                titles.add(dual, meaning(true, true), Spelling::Folded);
            }
        }
        for body in &entry.institution {
            titles.add(body, TitleMeaning::Institution(office), Spelling::Folded);
        }
    }
    for honorific in honorifics {
        titles.add(honorific, TitleMeaning::Honorific, Spelling::Folded);
    }
    titles
}

/// Adds callings. One of a single word stands with the article and without, and in the accusative.
fn add_callings(titles: &mut Names<TitleMeaning>, callings: &file::Callings) {
    let meaning = TitleMeaning::Calling;
    for calling in callings.callings.iter().filter(|calling| !calling.contains(' ')) {
        titles.add_adjective(calling, meaning(Calling::Noun));
    }
    let phrases = callings.callings.iter().filter(|calling| calling.contains(' '));
    for phrase in phrases.chain(&callings.bare) {
        titles.add(phrase, meaning(Calling::Noun), Spelling::Folded);
    }
    for calling in callings.callings.iter().chain(&callings.bare) {
        if !calling.contains(' ') && !calling.ends_with('\u{0629}') {
            titles.add(&format!("{calling}ا"), meaning(Calling::Noun), Spelling::Folded);
        }
    }
    let lists = [
        (&callings.adjectives, Calling::Adjective),
        (&callings.weak, Calling::Weak),
        (&callings.degrees, Calling::Degree),
    ];
    for (list, calling) in lists {
        for word in list {
            titles.add(word, meaning(calling), Spelling::Folded);
        }
    }
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
        (&words.heads, WordClass::HEAD),
        (&words.bodies, WordClass::BODY),
        (&words.areas, WordClass::AREA),
        (&words.sports, WordClass::SPORT),
        (&words.bearers, WordClass::BEARER),
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
    fn official(&self, origin: &Origin<'_>, entry: file::Official, diagnostics: &mut Vec<Diagnostic>) -> Entity {
        let mut refuse = |message: String| {
            let fault = origin.fault(&entry.id, format!("{message} in the entry of {}", entry.id));
            diagnostics.push(fault.hint(OTHER_FILES));
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
            former: entry.formerly,
            wikidata: entry.wikidata,
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

/// Countries by the folded names of their capitals; of two that share the name of one, the first has it.
fn capitals(entities: &[Entity]) -> FxHashMap<String, EntityIx> {
    let mut capitals = FxHashMap::default();
    for (entity, at) in entities.iter().zip(0..) {
        if let Detail::Country {
            capital: Some(names), ..
        } = &entity.detail
        {
            for name in names {
                capitals.entry(text::fold_name(name)).or_insert(EntityIx(at));
            }
        }
    }
    capitals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids of the countries that are read, and what was wrong.
    fn countries(text: &str) -> (Vec<String>, Vec<String>) {
        let lexicon = Lexicon::parse([("lexicon/countries.yaml", text)]);
        let ids = lexicon.value.entities.into_iter().map(|entity| entity.id).collect();
        (ids, lexicon.diagnostics.iter().map(Diagnostic::line).collect())
    }

    #[test]
    fn a_topic_is_the_business_of_offices_and_organisations_that_are_there() {
        let topic = "- {id: t, ar: ت, en: t, group: law, offices: [o, lost], organisations: [b, lost]}";
        let lexicon = Lexicon::parse([
            ("lexicon/offices.yaml", "- {id: o, ar: و, en: o, rank: 1}"),
            ("lexicon/organisations.yaml", "- {id: b, ar: ب, en: b}"),
            ("lexicon/topics.yaml", topic),
        ]);
        let business = &lexicon.value.business;
        assert_eq!((business.offices.len(), business.organisations.len()), (1, 1));
        let faults: Vec<&str> = lexicon.diagnostics.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(
            faults,
            [
                "there is no office lost, named in the entry of t",
                "there is no organisation lost, named in the entry of t"
            ]
        );
    }

    #[test]
    fn a_fault_costs_its_entry_and_is_told_with_its_place() {
        for (text, ids, line) in [
            (
                "- {id: ../x, ar: أ, en: a}\n- {id: AA, ar: ب, en: b}",
                &["AA"][..],
                "1:8 the id `../x` is not of letters, digits and hyphens alone | ../x | write it as `narendra-modi`",
            ),
            (
                "- {id: AA, ar: أ, en: a}\n- {id: AA, ar: ب, en: b}",
                &["AA"],
                "2:8 the id `AA` stands twice | AA | the first entry counts: put the two together, or give one of them another id",
            ),
            (
                "- {id: AA, ar: أ, en: a}\n# a remark\n- id: BB\n  ar: ب\n  english: b\n- {id: CC, ar: ج, en: c}\n",
                &["AA", "CC"],
                "5:3 unknown field `english`, expected one of id, ar, en, formal_ar, formal_en, aliases, aliases_en, exact, weak, usual, vowelled, city, homeland, agencies, signs, nisba, nisba_en, capital, metonyms, metonyms_en |  | the built-in files of lexicon/ show the form",
            ),
            (
                "- {id: AA, ar: أ, en: a}\n- {id: BB, ar: [ب, en: b}\n- {id: CC, ar: ج, en: c}\n",
                &["AA", "CC"],
                "",
            ),
        ] {
            let (read, faults) = countries(text);
            assert_eq!(read, ids, "{text}");
            assert!(
                faults.len() == 1 && (line.is_empty() || faults[0] == line),
                "{faults:?}"
            );
        }
    }

    #[test]
    fn an_alias_is_a_name_of_an_entity_that_has_its_entry_elsewhere() {
        let people = ("lexicon/officials.yaml", "- {id: lana, ar: لانا س, en: Lana S}\n");
        let aliases = "- {kind: official, id: lana, also: [لانة س, Lanah S]}\n- {kind: topic, id: EG, also: [x]}\n";
        let lexicon = Lexicon::parse([people, ("lexicon/aliases.yaml", aliases)]);
        let names: Vec<&String> = lexicon.value.names_of(EntityIx(0)).collect();
        assert_eq!(names, ["لانا س", "Lana S", "لانة س", "Lanah S"]);
        let faults: Vec<String> = lexicon.diagnostics.iter().map(Diagnostic::line).collect();
        assert_eq!(
            faults,
            ["2:21 no topic has the id `EG` | EG | `bayan entities` lists the ids"]
        );
    }

    #[test]
    fn a_former_id_stands_for_the_person_unless_someone_else_has_it() {
        let officials = "- {id: a-b, ar: أ ب, en: A B, formerly: [old, c-d]}\n- {id: c-d, ar: ج د, en: C D}";
        let lexicon = Lexicon::parse([("officials.yaml", officials)]);
        let (find, faults) = (|id| lexicon.value.find(Kind::Official, id), &lexicon.diagnostics);
        assert!(find("old") == find("a-b") && find("c-d") != find("a-b"));
        assert_eq!(
            faults[0].message,
            "the former id c-d in the entry of a-b is that of someone else"
        );
        assert!(faults.len() == 1 && faults[0].place.is_some());
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
