//! What the program is unsure of, with the texts that show it and the line that settles it.
//!
//! In: a site. Out: its [`Doubt`]s, by kind, then in the order of ids. What a decision of the site settles is no doubt
//! any more, nor is what a page states at its head.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::columns::{bold, columns, quoted};
use crate::config::Slugs;
use crate::extract::{Rule, Subject};
use crate::identity::{BySound, Identified};
use crate::lexicon::{EntityIx, Kind};
use crate::page::in_flow;
use crate::site::{Briefing, Site};
use crate::sound::Sound;
use crate::text;
use crate::url;

/// Texts that a doubt shows.
const SHOWN: usize = 3;

/// More people than this under one sound are not compared.
const MOST_ALIKE: usize = 40;

/// What can be unsure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoubtKind {
    /// Two people whose names are equal or sound alike, and who were not joined.
    NearNames,
    /// One person under two spellings that sound alike.
    JoinedBySound,
    /// A name of one word that is the surname of someone else.
    SurnameAlone,
    /// Two people of one text with one surname.
    SharedSurname,
    /// A person of the lexicon whom a text gives an office of another country.
    OtherCountry,
    /// A person with an office and no country.
    NoCountry,
    /// A person whom one text names once, by a rule that can be wrong.
    OneMention,
    /// A country that a text names only by a word that is also something else.
    WeakCountry,
}

impl DoubtKind {
    fn heading(self) -> &'static str {
        match self {
            DoubtKind::NearNames => "near names: one person or two?",
            DoubtKind::JoinedBySound => "joined by sound alone: is this one person?",
            DoubtKind::SurnameAlone => "a surname alone: whose is it?",
            DoubtKind::SharedSurname => "one surname in one text: which of the two is meant by it?",
            DoubtKind::OtherCountry => "a known name with an office of another country: the same person?",
            DoubtKind::NoCountry => "an office without a country: of which?",
            DoubtKind::OneMention => "named once, by a rule that can be wrong: is this a person?",
            DoubtKind::WeakCountry => "a country by a word that is also something else: is it meant?",
        }
    }
}

/// Someone or something that a doubt is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Its id, as `bayan entities` lists it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The country or organisation a person serves.
    pub of: Option<String>,
}

/// What settles a doubt one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// When it is the right one.
    pub when: &'static str,
    /// The file to which the lines are added; `None` for a command.
    pub file: Option<String>,
    /// The line, or the command.
    pub line: String,
}

/// Something that the program is unsure of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// What is unsure.
    pub kind: DoubtKind,
    /// Whom or what it is about.
    pub about: Vec<Party>,
    /// The first texts that show it.
    pub texts: Vec<String>,
    /// How many more texts there are.
    pub more: usize,
    /// What settles it.
    pub answers: Vec<Answer>,
}

/// Everything that the program is unsure of on a site.
pub fn doubts(site: &Site) -> Vec<Doubt> {
    let doubting = Doubting::new(site);
    let mut doubts = doubting.near_names();
    for person in 0..site.people.people.len() {
        doubts.extend(doubting.by_sound(person));
        doubts.extend(doubting.no_country(person));
        doubts.extend(doubting.one_mention(person));
    }
    doubts.extend(doubting.surnames_alone());
    doubts.extend(doubting.in_texts());
    doubts.sort_by(|left, right| {
        (left.kind, &left.about[0].id, &left.texts).cmp(&(right.kind, &right.about[0].id, &right.texts))
    });
    doubts
}

/// For people at a terminal.
pub fn listing(doubts: &[Doubt], colours: bool) -> String {
    if doubts.is_empty() {
        return "Nothing is in doubt.\n".to_owned();
    }
    let mut out = String::new();
    let mut kind = None;
    for doubt in doubts {
        if kind != Some(doubt.kind) {
            kind = Some(doubt.kind);
            out += &format!("{}\n\n", bold(doubt.kind.heading(), colours));
        }
        out += &one(doubt);
    }
    out += &match doubts.len() {
        1 => "1 doubt\n".to_owned(),
        many => format!("{many} doubts\n"),
    };
    out
}

fn one(doubt: &Doubt) -> String {
    let row = |party: &Party| {
        [
            party.id.clone(),
            party.of.clone().unwrap_or_default(),
            party.name.clone(),
        ]
    };
    let rows: Vec<[String; 3]> = doubt.about.iter().map(row).collect();
    let mut out = String::new();
    for line in columns(&rows, false).lines() {
        out += &format!("  {line}\n");
    }
    let more = if doubt.more > 0 {
        format!(" and {} more", doubt.more)
    } else {
        String::new()
    };
    out += &format!("    in {}{more}\n", doubt.texts.join(", "));
    for answer in &doubt.answers {
        match &answer.file {
            Some(file) => out += &format!("    {}: add to {file}\n      {}\n", answer.when, answer.line),
            None => out += &format!("    {}: run\n      {}\n", answer.when, answer.line),
        }
    }
    out + "\n"
}

/// How texts name a person.
#[derive(Default)]
struct Told {
    texts: BTreeSet<usize>,
    mentions: usize,
    rules: BTreeSet<Rule>,
}

/// A site on its way to being doubted.
struct Doubting<'a> {
    site: &'a Site,
    /// By person.
    told: Vec<Told>,
    /// How many people go by a folded name.
    namesakes: BTreeMap<String, usize>,
}

impl<'a> Doubting<'a> {
    fn new(site: &'a Site) -> Doubting<'a> {
        let mut told: Vec<Told> = site.people.people.iter().map(|_| Told::default()).collect();
        for (text, briefing) in site.briefings.iter().enumerate() {
            for mention in &briefing.found.mentions {
                if let Subject::Person(at) = mention.subject {
                    let told = &mut told[briefing.people[usize::from(at)] as usize];
                    told.texts.insert(text);
                    told.mentions += 1;
                    told.rules.insert(mention.rule);
                }
            }
        }
        let mut namesakes: BTreeMap<String, usize> = BTreeMap::new();
        for person in &site.people.people {
            *namesakes.entry(text::fold_name(&person.name)).or_default() += 1;
        }
        Doubting { site, told, namesakes }
    }

    fn person(&self, person: usize) -> &'a Identified {
        &self.site.people.people[person]
    }

    fn id_of(&self, of: EntityIx) -> String {
        self.site.lexicon.entity(of).id.clone()
    }

    fn party(&self, person: usize) -> Party {
        let person = self.person(person);
        Party {
            id: person.id.clone(),
            name: person.name.clone(),
            of: person.of.map(|of| self.id_of(of)),
        }
    }

    /// What a decision calls a person: the id of the lexicon, else the name, with the country where others share it.
    fn called(&self, person: usize) -> String {
        let person = self.person(person);
        let shared = self
            .namesakes
            .get(&text::fold_name(&person.name))
            .is_some_and(|&count| count > 1);
        match (person.known, person.of) {
            (Some(_), _) => person.id.clone(),
            (None, Some(of)) if shared => format!("{} ({})", person.name, self.id_of(of)),
            (None, _) => person.name.clone(),
        }
    }

    fn file(&self, text: usize) -> String {
        self.site.briefings[text].page.file.clone()
    }

    fn doubt(&self, kind: DoubtKind, about: Vec<Party>, texts: &BTreeSet<usize>, answers: Vec<Answer>) -> Doubt {
        Doubt {
            kind,
            about,
            texts: texts.iter().take(SHOWN).map(|&text| self.file(text)).collect(),
            more: texts.len().saturating_sub(SHOWN),
            answers,
        }
    }

    fn about_two(&self, kind: DoubtKind, left: usize, right: usize) -> Doubt {
        let texts = self.told[left].texts.union(&self.told[right].texts).copied().collect();
        let (one, other) = (self.called(left), self.called(right));
        // The person of the lexicon, or the one with more texts, gives the page its name.
        let weight = |person: usize| (self.person(person).known.is_some(), self.told[person].texts.len());
        let (first, second) = if weight(left) >= weight(right) {
            (&one, &other)
        } else {
            (&other, &one)
        };
        let answers = vec![
            decide("if they are one", first, "same-as", second),
            decide("if they are two", &one, "not-same-as", &other),
        ];
        self.doubt(kind, vec![self.party(left), self.party(right)], &texts, answers)
    }

    fn are_apart(&self, left: usize, right: usize) -> bool {
        let number = |person: usize| u32::try_from(person).unwrap_or(u32::MAX);
        let (left, right) = (number(left), number(right));
        let known = |person: u32| self.site.people.people[person as usize].known.is_some();
        self.site.people.apart.contains(&(left, right)) || (known(left) && known(right))
    }

    fn near_names(&self) -> Vec<Doubt> {
        let people = &self.site.people.people;
        let sounds: Vec<Vec<Sound>> = people.iter().map(sounds).collect();
        let mut alike: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (person, sounds) in sounds.iter().enumerate() {
            for sound in sounds {
                alike.entry(sound.key()).or_default().insert(person);
            }
        }
        let agree = |left: usize, right: usize| {
            sounds[left]
                .iter()
                .any(|one| sounds[right].iter().any(|other| one.agrees(other)))
        };
        let mut pairs = BTreeSet::new();
        for near in alike.values().filter(|near| near.len() <= MOST_ALIKE) {
            for (number, &left) in near.iter().enumerate() {
                let others = near.iter().skip(number + 1).copied();
                pairs.extend(
                    others
                        .filter(|&right| !self.are_apart(left, right) && agree(left, right))
                        .map(|right| (left, right)),
                );
            }
        }
        pairs
            .into_iter()
            .map(|(left, right)| self.about_two(DoubtKind::NearNames, left, right))
            .collect()
    }

    fn by_sound(&self, person: usize) -> Vec<Doubt> {
        let called = self.called(person);
        let joined = self
            .person(person)
            .by_sound
            .iter()
            .filter(|joined| !joined.texts.is_empty());
        let doubt = |joined: &BySound| {
            let other = Party {
                id: url::slug(&joined.name, self.site.config.output.html.slugs),
                name: joined.name.clone(),
                of: None,
            };
            let answers = vec![
                decide("if this is one person", &called, "same-as", &joined.name),
                decide("if they are two", &called, "not-same-as", &joined.name),
            ];
            let texts = joined.texts.iter().copied().collect();
            self.doubt(
                DoubtKind::JoinedBySound,
                vec![self.party(person), other],
                &texts,
                answers,
            )
        };
        joined.map(doubt).collect()
    }

    fn no_country(&self, person: usize) -> Option<Doubt> {
        let identified = self.person(person);
        let role = identified.roles.iter().find(|role| role.office.is_some())?;
        let office = self.site.lexicon.office(role.office?);
        if identified.known.is_some() || identified.of.is_some() {
            return None;
        }
        let latin = identified.latin.clone().unwrap_or_else(|| ascii(&identified.name));
        let entry = format!(
            "- {{id: {}, ar: {}, en: {}, country: XX, appointments: [{{office: {}, of: XX}}]}}",
            url::slug(&latin, Slugs::Ascii),
            in_flow(&identified.name),
            in_flow(&latin),
            office.id
        );
        let answers = vec![
            Answer {
                when: "if you know whom the person serves (XX is its code)",
                file: Some("lexicon/officials.yaml".into()),
                line: entry,
            },
            Answer {
                when: "if ministers without a country are those of your own",
                file: Some("book.toml, under [briefings]".into()),
                line: "home-country = \"XX\"".into(),
            },
        ];
        Some(self.doubt(
            DoubtKind::NoCountry,
            vec![self.party(person)],
            &self.told[person].texts,
            answers,
        ))
    }

    fn one_mention(&self, person: usize) -> Option<Doubt> {
        let told = &self.told[person];
        let identified = self.person(person);
        let doubtful = told
            .rules
            .iter()
            .all(|rule| matches!(rule, Rule::NameThenTitle | Rule::Joined));
        let single = !identified.name.contains(' ');
        let text = *told
            .texts
            .first()
            .filter(|_| told.mentions == 1 && (doubtful || single))?;
        if identified.known.is_some() || self.briefing(text).page.front.officials.is_some() {
            return None;
        }
        let answers = vec![self.explain(text), self.state(text, "officials")];
        Some(self.doubt(DoubtKind::OneMention, vec![self.party(person)], &told.texts, answers))
    }

    fn briefing(&self, text: usize) -> &'a Briefing {
        &self.site.briefings[text]
    }

    fn explain(&self, text: usize) -> Answer {
        Answer {
            when: "to see why",
            file: None,
            line: format!("bayan explain {}", quoted(&self.file(text))),
        }
    }

    /// How a page states what is right.
    fn state(&self, text: usize, key: &str) -> Answer {
        let briefing = self.briefing(text);
        let file = &briefing.page.file;
        let ids = if key == "countries" {
            self.countries(briefing)
        } else {
            self.officials(briefing)
        };
        let ids: Vec<String> = ids.iter().map(|id| in_flow(id)).collect();
        if briefing.page.front.source.is_some() {
            return Answer {
                when: "to state what is right (take out what is wrong), at the page's head",
                file: Some(file.clone()),
                line: format!("{key}: [{}]", ids.join(", ")),
            };
        }
        Answer {
            when: "to state what is right, make a page of it, then take out what is wrong",
            file: None,
            line: format!("bayan import {}", quoted(file)),
        }
    }

    fn countries(&self, briefing: &Briefing) -> BTreeSet<String> {
        let subjects = briefing.found.mentions.iter().map(|mention| mention.subject);
        let entities = subjects.filter_map(|subject| match subject {
            Subject::Entity(ix) => Some(self.site.lexicon.entity(ix)),
            Subject::Person(_) => None,
        });
        entities
            .filter(|entity| entity.kind == Kind::Country)
            .map(|entity| entity.id.clone())
            .collect()
    }

    fn officials(&self, briefing: &Briefing) -> BTreeSet<String> {
        briefing
            .people
            .iter()
            .map(|&person| self.called(person as usize))
            .collect()
    }

    /// Names of one word, each with those whose surname it is and who may be meant.
    fn surnames_alone(&self) -> Vec<Doubt> {
        let mut owners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (person, identified) in self.site.people.people.iter().enumerate() {
            for surname in self.surnames(identified) {
                owners.entry(surname).or_default().push(person);
            }
        }
        let mut doubts = Vec::new();
        for (person, identified) in self.site.people.people.iter().enumerate() {
            let alone = identified.known.is_none() && !identified.name.contains(' ');
            let named = owners.get(&text::fold_name(&identified.name)).filter(|_| alone);
            let may_be = |other: &&usize| {
                let of = self.person(**other).of;
                !self.are_apart(person, **other) && (of.is_none() || identified.of.is_none() || of == identified.of)
            };
            let others = named.into_iter().flatten().filter(may_be).take(SHOWN);
            doubts.extend(others.map(|&other| self.about_two(DoubtKind::SurnameAlone, person, other)));
        }
        doubts
    }

    /// How a person may be called alone, folded: as the lexicon says, else the last of two words or more.
    fn surnames(&self, person: &Identified) -> BTreeSet<String> {
        if let Some(known) = person.known.and_then(|known| self.site.lexicon.person(known)) {
            let listed = known.surname.iter().chain(&known.surname_en);
            return listed.map(|surname| text::fold_name(surname)).collect();
        }
        let names = [Some(&person.name), person.latin.as_ref()].into_iter().flatten();
        let last = names.filter_map(|name| Some(text::fold_name(name).rsplit_once(' ')?.1.to_owned()));
        last.collect()
    }

    /// What single texts leave open.
    fn in_texts(&self) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let mut weak: BTreeMap<EntityIx, BTreeSet<usize>> = BTreeMap::new();
        let mut elsewhere: BTreeMap<(usize, EntityIx), BTreeSet<usize>> = BTreeMap::new();
        for (text, briefing) in self.site.briefings.iter().enumerate() {
            if briefing.page.front.countries.is_none() {
                for country in weak_countries(briefing) {
                    weak.entry(country).or_default().insert(text);
                }
            }
            if briefing.page.front.officials.is_none() {
                doubts.extend(self.shared_surnames(text));
            }
            for (candidate, &person) in briefing.found.people.iter().zip(&briefing.people) {
                let known = self.person(person as usize).known;
                let of = candidate.of.filter(|_| candidate.office.is_some());
                if let (Some(known), Some(of)) = (known, of)
                    && self.serves_another(known, of)
                {
                    elsewhere.entry((person as usize, of)).or_default().insert(text);
                }
            }
        }
        doubts.extend(
            elsewhere
                .into_iter()
                .map(|((person, of), texts)| self.other_country(person, of, &texts)),
        );
        doubts.extend(
            weak.into_iter()
                .map(|(country, texts)| self.weak_country(country, &texts)),
        );
        doubts
    }

    /// Whether a person of the lexicon is known to serve, but not this country.
    fn serves_another(&self, known: EntityIx, of: EntityIx) -> bool {
        let lexicon = &self.site.lexicon;
        let serves = lexicon
            .person(known)
            .is_some_and(|person| person.serves().next().is_some());
        lexicon.entity(of).kind == Kind::Country && serves && !lexicon.serves(known, of)
    }

    fn other_country(&self, person: usize, of: EntityIx, texts: &BTreeSet<usize>) -> Doubt {
        let (id, name, of) = (self.called(person), &self.person(person).name, self.id_of(of));
        let namesake = Party {
            id: url::slug(name, self.site.config.output.html.slugs),
            name: name.clone(),
            of: Some(of.clone()),
        };
        let mut answers = vec![decide("if they are two", &id, "not-same-as", &format!("{name} ({of})"))];
        answers.extend(texts.first().map(|&text| self.explain(text)));
        self.doubt(
            DoubtKind::OtherCountry,
            vec![self.party(person), namesake],
            texts,
            answers,
        )
    }

    fn weak_country(&self, country: EntityIx, texts: &BTreeSet<usize>) -> Doubt {
        let entity = self.site.lexicon.entity(country);
        let party = Party {
            id: entity.id.clone(),
            name: entity.ar.clone(),
            of: None,
        };
        let mut answers = vec![Answer {
            when: "if a phrase means something else wherever it stands",
            file: Some("lexicon/stop-phrases.yaml".into()),
            line: format!("- {} …", in_flow(&entity.ar)),
        }];
        answers.extend(texts.first().map(|&text| self.state(text, "countries")));
        self.doubt(DoubtKind::WeakCountry, vec![party], texts, answers)
    }

    /// People of one text with one surname.
    fn shared_surnames(&self, text: usize) -> Vec<Doubt> {
        let mut owners: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for &person in &self.briefing(text).people {
            for surname in self.surnames(self.person(person as usize)) {
                owners.entry(surname).or_default().insert(person as usize);
            }
        }
        let shared = owners.into_values().filter(|people| people.len() > 1);
        let shared: BTreeSet<Vec<usize>> = shared.map(|people| people.into_iter().collect()).collect();
        let doubt = |people: Vec<usize>| {
            let about = people.iter().map(|&person| self.party(person)).collect();
            let answers = vec![self.explain(text), self.state(text, "officials")];
            self.doubt(DoubtKind::SharedSurname, about, &BTreeSet::from([text]), answers)
        };
        shared.into_iter().map(doubt).collect()
    }
}

/// A name in Latin letters, as a start.
fn ascii(name: &str) -> String {
    let words = url::slug(name, Slugs::Ascii);
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    let words: Vec<String> = words.split('-').filter(|word| !word.is_empty()).map(capital).collect();
    words.join(" ")
}

/// Countries that a text names by words that are also something else, and in no other way.
fn weak_countries(briefing: &Briefing) -> BTreeSet<EntityIx> {
    let mut weak = BTreeSet::new();
    let mut strong = BTreeSet::new();
    for mention in &briefing.found.mentions {
        if let Subject::Entity(ix) = mention.subject {
            let set = if mention.rule == Rule::WeakName {
                &mut weak
            } else {
                &mut strong
            };
            set.insert(ix);
        }
    }
    weak.difference(&strong).copied().collect()
}

fn sounds(person: &Identified) -> Vec<Sound> {
    let names = [Some(&person.name), person.latin.as_ref()].into_iter().flatten();
    let whole = names
        .chain(person.spellings.keys())
        .filter(|name| name.trim().contains(' '));
    let whole: BTreeSet<&String> = whole.collect();
    whole.into_iter().flat_map(|name| Sound::readings(name)).collect()
}

fn decide(when: &'static str, person: &str, relation: &str, other: &str) -> Answer {
    Answer {
        when,
        file: Some("lexicon/identity.yaml".into()),
        line: format!("- {{person: {}, {relation}: [{}]}}", in_flow(person), in_flow(other)),
    }
}
