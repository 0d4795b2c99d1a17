//! From the bytes of the sources to briefings in reading order, with what each names.

use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::copies;
use super::home::{self, Home, Vote};
use super::{Briefing, Copied, Source, Sources};
use crate::config::{Briefings, Config};
use crate::date::Date;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::extract::{self, Candidate, Extraction, NamedDay, Part, Subject};
use crate::identity::{self, People};
use crate::index::PageIx;
use crate::lexicon::model::Model;
use crate::lexicon::{self, EntityIx, Kind, Lexicon};
use crate::markdown::{self, Body};
use crate::page::{CopyOf, Page};
use crate::syndication::{self, Group, Signature};
use crate::url::{self, Address};
use crate::{encoding, source, text};

/// A text as read, before it is told who is who.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// The page.
    pub page: Page,
    /// What it names.
    pub found: Extraction,
    /// What is kept of its words to find its copies.
    pub signature: Signature,
    /// Where its front matter says whose copy it is.
    pub copy_of_at: Option<Place>,
}

impl Text {
    /// Its day.
    pub fn day(&self) -> Option<Date> {
        self.page.day()
    }
}

/// The built-in lexicon with the site's own files laid over it, at home in the country of the settings, and the tagger
/// where they have it on.
pub fn lexicon(own: &[Source], settings: &Briefings) -> Checked<Lexicon> {
    let built_in = lexicon::built_in();
    let mut files: Vec<(&str, &str)> = built_in
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_ref()))
        .collect();
    let mut diagnostics = Vec::new();
    for source in own {
        match std::str::from_utf8(&source.bytes) {
            Ok(text) if built_in.iter().any(|(_, known)| known == text) => {}
            Ok(text) => files.push((&source.path, text)),
            Err(_) => {
                diagnostics.push(Diagnostic::error(&source.path, "the file is not UTF-8").hint("save it as UTF-8"));
            }
        }
    }
    let model = || settings.tagger.then(Model::built_in).flatten();
    let (parsed, model) = rayon::join(|| Lexicon::parse(files), model);
    let mut lexicon = parsed.take(&mut diagnostics);
    lexicon.model = model;
    let home = settings.home_country.as_deref();
    if let Some(code) = home.filter(|code| !lexicon.set_home(code)) {
        let message = format!("no country has the code “{code}” of `home-country`");
        diagnostics
            .push(Diagnostic::error("book.toml", message).hint("`bayan entities --kind country` lists the codes"));
    }
    Checked {
        value: lexicon,
        diagnostics,
    }
}

/// What reading texts depends on besides their bytes: the program, the lexicon but for what is decided of who is who, and
/// the settings.
pub fn fingerprint(own: &[Source], settings: &Briefings) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&bytes.len().to_le_bytes()).update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    for (path, text) in lexicon::built_in() {
        add(path.as_bytes());
        add(text.as_bytes());
    }
    for source in own.iter().filter(|source| !lexicon::is_of_identity(&source.path)) {
        add(source.path.as_bytes());
        add(&source.bytes);
    }
    add(&[u8::from(settings.tagger)]);
    add(settings.home_country.as_deref().unwrap_or_default().as_bytes());
    *hasher.finalize().as_bytes()
}

/// Reads one source: its page, or why there is none.
pub fn page(source: &Source) -> Checked<Option<Page>> {
    match encoding::decode(&source.bytes) {
        Ok(decoded) => {
            let mut diagnostics = Vec::from_iter(decoded.diagnostic(&source.path));
            Checked {
                value: Some(source::read(&source.path, &decoded.text).take(&mut diagnostics)),
                diagnostics,
            }
        }
        Err(error) => Checked {
            value: None,
            diagnostics: vec![error.diagnostic(&source.path)],
        },
    }
}

/// Where the texts are at home, if none is stated and they tell one; the lexicon is at home there from now on. Only the
/// opening of each text is read.
pub fn find_home(sources: &Sources, lexicon: &mut Lexicon) -> Option<Home> {
    if lexicon.home().is_some() {
        return None;
    }
    let texts = sources.seeds.par_iter().chain(&sources.content);
    let votes: Vec<Vote> = texts.map(|source| vote(source, lexicon)).collect();
    settle_home(votes.iter(), lexicon)
}

/// What a source tells of the site's home. Only its opening is read.
pub fn vote(source: &Source, lexicon: &Lexicon) -> Vote {
    let opening = page(&home::opening(source)).value;
    opening.map(|page| home::vote(&page, lexicon)).unwrap_or_default()
}

/// The home for which texts vote; the lexicon is at home there from now on.
pub fn settle_home<'a>(votes: impl IntoIterator<Item = &'a Vote>, lexicon: &mut Lexicon) -> Option<Home> {
    home::found(votes, lexicon).filter(|home| lexicon.set_home(&home.code))
}

/// Finds all that a page names, and heeds what its front matter states.
pub fn search(page: &Page, lexicon: &Lexicon) -> Checked<Extraction> {
    search_in(page, &markdown::body(&page.body, page.language), lexicon)
}

/// The same in `body`, the published text of the page.
fn search_in(page: &Page, body: &Body, lexicon: &Lexicon) -> Checked<Extraction> {
    let title = page.own_title();
    let day = page.day();
    let mut found = extract::extract(title, body, page.dateline.city.is_some(), day, lexicon);
    extract::add_tags(&mut found, &page.tags, lexicon);
    let disagreeing = found.days.iter().filter(|day| day.disagrees > 1);
    let mut diagnostics: Vec<Diagnostic> = disagreeing
        .map(|day| disagreement(day, title, body, &page.file))
        .collect();
    Checked {
        value: heed(found, page, lexicon).take(&mut diagnostics),
        diagnostics,
    }
}

/// Says that a Hijri date and the Gregorian one beside it are not the same day.
fn disagreement(day: &NamedDay, title: Option<&str>, body: &Body, file: &str) -> Diagnostic {
    let text = match day.part {
        Part::Title => title.unwrap_or_default(),
        Part::Body | Part::Tags => &body.text,
    };
    let message = format!("a Hijri date and its Gregorian one are {} days apart", day.disagrees);
    let mut fault = Diagnostic::warning(file, message).hint(format!("the Gregorian one counts: {}", day.first));
    fault.found = text
        .get(day.range.start as usize..day.range.end as usize)
        .map(str::to_owned);
    fault
}

/// Reads one source and finds what it names.
pub fn text(source: &Source, lexicon: &Lexicon) -> Checked<Option<Text>> {
    let mut diagnostics = Vec::new();
    let Some(mut page) = page(source).take(&mut diagnostics) else {
        return Checked {
            value: None,
            diagnostics,
        };
    };
    let body = markdown::body(&page.body, page.language);
    let mut searched = search_in(&page, &body, lexicon);
    for fault in &mut searched.diagnostics {
        find_place(fault, source);
    }
    let mut found = searched.take(&mut diagnostics);
    page.body.shrink_to_fit();
    found.mentions.shrink_to_fit();
    let value = Some(Text {
        signature: syndication::signature(&body.text[copies::dispatch(&page, &body.text)]),
        copy_of_at: page.front.copy_of.as_ref().and_then(|stated| place_of(stated, source)),
        page,
        found,
    });
    Checked { value, diagnostics }
}

/// Puts texts in reading order, newest first and undated last, and says where each stands. Of pages with one title in
/// one month, the later ones are numbered; a stated slug is kept as it is, so that a clash is found when the table is laid.
pub fn order(mut texts: Vec<Text>, config: &Config) -> (Vec<Text>, Vec<Address>) {
    texts.sort_by(|left, right| (Reverse(left.day()), &left.page.file).cmp(&(Reverse(right.day()), &right.page.file)));
    let addresses: Vec<Address> = texts.par_iter().map(|text| address(&text.page, config)).collect();
    let mut taken: FxHashMap<&Address, u32> = FxHashMap::default();
    let states_none = |text: &Text| text.page.front.slug.is_none();
    let number = |(text, address)| {
        let count = states_none(text).then(|| taken.entry(address).or_default());
        count.map_or(1, |count| {
            *count += 1;
            *count
        })
    };
    let numbers: Vec<u32> = texts.iter().zip(&addresses).map(number).collect();
    let addresses = addresses.into_iter().zip(numbers);
    let addresses = addresses.map(|(address, number)| address.again(number)).collect();
    (texts, addresses)
}

/// Tells who is who in texts, given in reading order with where each stands, and parts briefings from copies, which
/// tell of people as on the day of their chief. Briefings stay in reading order; copies are in that of their chiefs.
pub fn identify(
    (texts, addresses): (Vec<Text>, Vec<Address>),
    groups: &[Group],
    lexicon: &Lexicon,
    config: &Config,
) -> Checked<(Vec<Briefing>, Vec<Copied>, People)> {
    let mut diagnostics = Vec::new();
    let mut chiefs = Chiefs::new();
    for group in groups {
        chiefs.extend(group.copies.iter().map(|copy| (copy.text, (group.chief, copy.rule))));
    }
    let told = texts.iter().enumerate().map(|(at, text)| identity::Text {
        date: chiefs.get(&at).map_or(text, |&(chief, _)| &texts[chief]).day(),
        people: &text.found.people,
    });
    let told: Vec<identity::Text<'_>> = told.collect();
    let mut people = identity::identify(&told, lexicon, config.output.html.slugs).take(&mut diagnostics);
    let of_text = mem::take(&mut people.of_text);
    let whole = texts.into_iter().zip(addresses).zip(of_text);
    let briefings = whole.map(|((text, address), people)| Briefing {
        page: text.page,
        found: text.found,
        signature: text.signature,
        copy_of_at: text.copy_of_at,
        people,
        address,
    });
    let (briefings, copied) = part(briefings, &chiefs);
    Checked {
        value: (briefings, copied, people),
        diagnostics,
    }
}

/// For each copy its chief, both by place among the texts, and why it is one.
type Chiefs = BTreeMap<usize, (usize, syndication::CopyRule)>;

/// Parts briefings from their copies.
fn part(texts: impl Iterator<Item = Briefing>, chiefs: &Chiefs) -> (Vec<Briefing>, Vec<Copied>) {
    let mut briefings = Vec::new();
    let mut copied = Vec::with_capacity(chiefs.len());
    let mut numbers: BTreeMap<usize, PageIx> = BTreeMap::new();
    for (at, briefing) in texts.enumerate() {
        if let Some(&(chief, rule)) = chiefs.get(&at) {
            copied.push((chief, briefing, rule));
        } else {
            numbers.insert(at, PageIx::try_from(briefings.len()).unwrap_or(PageIx::MAX));
            briefings.push(briefing);
        }
    }
    copied.sort_by_key(|&(chief, ..)| chief);
    let of_chief = |(chief, briefing, rule)| Copied {
        briefing,
        of: numbers[&chief],
        rule,
    };
    (briefings, copied.into_iter().map(of_chief).collect())
}

/// Where a page stands, if no other page stands there.
fn address(page: &Page, config: &Config) -> Address {
    let day = page.day();
    if let Some(slug) = &page.front.slug {
        return Address::briefing(day, &url::slug(slug, crate::config::Slugs::Native));
    }
    let slug = Some(url::slug(&page.title, config.output.html.slugs)).filter(|slug| !slug.is_empty());
    Address::briefing(day, slug.as_deref().unwrap_or("briefing"))
}

/// Who or what is named on a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Named {
    /// An entity of the lexicon.
    Entity(EntityIx),
    /// A person, by place in [`People::people`].
    Person(u32),
}

/// What a briefing names, as often as it does.
pub fn named(briefing: &Briefing) -> Vec<Named> {
    let named = |subject| match subject {
        Subject::Entity(ix) => Named::Entity(ix),
        Subject::Person(at) => Named::Person(briefing.people[usize::from(at)]),
    };
    let mentions = briefing.found.mentions.iter();
    mentions.map(|mention| named(mention.subject)).collect()
}

/// Kind and id of what is named.
pub fn key<'a>(named: Named, people: &'a People, lexicon: &'a Lexicon) -> (Kind, &'a str) {
    match named {
        Named::Entity(ix) => {
            let entity = lexicon.entity(ix);
            (entity.kind, &entity.id)
        }
        Named::Person(at) => (Kind::Official, &people.people[at as usize].id),
    }
}

/// Lets what the front matter states win over what was found: of a kind that is stated, only what is stated stays.
fn heed(mut found: Extraction, page: &Page, lexicon: &Lexicon) -> Checked<Extraction> {
    let mut diagnostics = Vec::new();
    let front = &page.front;
    let lists = [
        (Kind::Country, &front.countries),
        (Kind::Organisation, &front.organisations),
        (Kind::Topic, &front.topics),
    ];
    for (kind, list) in lists {
        let Some(list) = list else { continue };
        let mut stated = BTreeSet::new();
        for id in list {
            match lexicon.find(kind, id) {
                Some(ix) => {
                    stated.insert(Subject::Entity(ix));
                }
                None => diagnostics.push(unknown(page, kind, id)),
            }
        }
        let of_kind = |subject: &Subject| matches!(subject, Subject::Entity(ix) if lexicon.entity(*ix).kind == kind);
        let tally = found.keep(&stated, of_kind);
        found.stated.push((kind, tally));
    }
    if front.officials.is_some() {
        diagnostics.extend(heed_officials(&mut found, page, lexicon));
    }
    Checked {
        value: found,
        diagnostics,
    }
}

/// Officials are stated by id, or by a name in full, with the country in brackets where another one shares the name.
/// Gives what is neither.
fn heed_officials(found: &mut Extraction, page: &Page, lexicon: &Lexicon) -> Vec<Diagnostic> {
    let mut stated = BTreeSet::new();
    let mut diagnostics = Vec::new();
    let listed = || page.front.officials.iter().flatten();
    let ids: Vec<EntityIx> = listed().filter_map(|name| lexicon.find(Kind::Official, name)).collect();
    for name in listed() {
        let known = lexicon.find(Kind::Official, name);
        let (key, of) = identity::read_name(name, lexicon);
        if known.is_none() && text::words(&key).is_empty() {
            diagnostics.push(unknown(page, Kind::Official, name));
            continue;
        }
        let at = match known {
            Some(known) => claim_known(&mut found.people, known, &ids, lexicon),
            None => claim_named(&mut found.people, &key, of, lexicon),
        };
        let at = at.unwrap_or_else(|| {
            let bare = of.map_or(name.as_str(), |_| name.split('(').next().unwrap_or(name).trim());
            let shown = known.map_or(bare, |known| &lexicon.entity(known).ar);
            found.people.push(Candidate {
                known,
                name: shown.to_owned(),
                key: text::fold_name(shown),
                latin: shown.starts_with(|letter: char| letter.is_ascii()),
                other: None,
                office: None,
                of,
                title: String::new(),
            });
            found.people.len() - 1
        });
        stated.extend(u16::try_from(at).map(Subject::Person));
    }
    let tally = found.keep(&stated, |subject| matches!(subject, Subject::Person(_)));
    found.stated.push((Kind::Official, tally));
    diagnostics
}

/// The place of a person of the lexicon among those whom a text names: found as such, else whoever goes by the name and
/// is none of the `others` that are stated, who then is that person.
fn claim_known(people: &mut [Candidate], known: EntityIx, others: &[EntityIx], lexicon: &Lexicon) -> Option<usize> {
    let found = people.iter().position(|person| person.known == Some(known));
    let is_free = |person: &Candidate| person.known.is_none_or(|other| !others.contains(&other));
    let goes_by = |person: &Candidate| lexicon.names_of(known).any(|name| text::fold_name(name) == person.key);
    found.or_else(|| {
        let at = people.iter().position(|person| is_free(person) && goes_by(person))?;
        people[at].known = Some(known);
        Some(at)
    })
}

/// The place of whoever goes by a folded name. One who is said to serve a country is not whom the lexicon knows to serve
/// another one.
fn claim_named(people: &mut [Candidate], key: &str, of: Option<EntityIx>, lexicon: &Lexicon) -> Option<usize> {
    let at = people.iter().position(|person| person.key == key)?;
    if let Some(of) = of {
        let person = &mut people[at];
        person.known = person.known.filter(|&known| lexicon.serves(known, of));
        person.of = Some(of);
    }
    Some(at)
}

/// Where a source says whose copy it is.
fn place_of(stated: &CopyOf, source: &Source) -> Option<Place> {
    let text = encoding::decode(&source.bytes).ok()?.text;
    let key = text.find("\ncopy-of")?;
    let value = text[key..].find(stated.words()).map_or(key + 1, |at| key + at);
    Some(Place::of(&text, value))
}

/// Says where in its file a fault lies that only knows its words.
fn find_place(fault: &mut Diagnostic, source: &Source) {
    let text = encoding::decode(&source.bytes)
        .map(|decoded| decoded.text)
        .unwrap_or_default();
    let words = fault.found.as_deref().filter(|_| fault.place.is_none());
    fault.place = words
        .and_then(|words| text.find(words))
        .map(|at| Place::of(&text, at))
        .or(fault.place);
}

fn unknown(page: &Page, kind: Kind, id: &str) -> Diagnostic {
    let (what, file) = match kind {
        Kind::Country => ("country has the code", "countries"),
        Kind::Organisation => ("organisation has the id", "organisations"),
        Kind::Official => ("official has the id", "officials"),
        Kind::Topic => ("topic has the id", "topics"),
    };
    let hint = format!("the ids stand in lexicon/{file}.yaml; `bayan entities` lists them");
    let mut fault = Diagnostic::error(&page.file, format!("no {what} “{id}”")).hint(hint);
    fault.found = Some(id.to_owned());
    fault
}
