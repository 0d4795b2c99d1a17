//! One person under several spellings, and in both scripts: names that sound alike, where something else agrees.
//!
//! Spellings in one script are one person's where the country is the same and no office contradicts; a name in Latin
//! letters is that of an Arabic one where they share a text or a country. Those who could be meant are compared with
//! each other as well: where two of them contradict, nobody is joined. Names are looked up by a key, so that the work
//! grows with the number of people, not with its square.

use std::collections::{BTreeMap, BTreeSet};

use super::groups::{At, Groups, Key, outer};
use super::{BySound, Text};
use crate::extract::Candidate;
use crate::lexicon::{EntityIx, Lexicon, OfficeIx, WordClass};
use crate::sound::Sound;
use crate::text;

/// More names than this under one key are too alike to be told by sound.
const MOST_ALIKE: usize = 40;

/// Where two people may meet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shared {
    Service(EntityIx),
    Text(usize),
}

/// A person to be compared by sound.
struct Voice {
    key: Key,
    /// `None` where both scripts are known.
    latin: Option<bool>,
    forms: Vec<Form>,
    of: BTreeSet<EntityIx>,
    offices: BTreeSet<OfficeIx>,
    texts: BTreeSet<usize>,
}

/// A name in one of its forms.
struct Form {
    folded: String,
    sounds: Vec<Sound>,
    /// Whether words are left out.
    short: bool,
}

/// Joins who sounds alike. Gives, by person, the spellings that were joined for their sound.
pub fn join(groups: &mut Groups, texts: &[Text<'_>], lexicon: &Lexicon) -> BTreeMap<Key, Vec<BySound>> {
    let voices = voices(groups, texts, lexicon);
    let alike = Alike {
        groups,
        voices: &voices,
        lexicon,
    };
    let moves: Vec<(usize, usize)> = clusters(&alike.pairs(texts))
        .into_iter()
        .filter(|cluster| alike.agree(cluster))
        .flat_map(|cluster| alike.gather(&cluster))
        .collect();
    let mut by_sound: BTreeMap<Key, Vec<BySound>> = BTreeMap::new();
    for (from, to) in moves {
        let (from, to) = (&voices[from], &voices[to]);
        let written = groups
            .members(&from.key)
            .first()
            .map(|&(text, at)| texts[text].people[at].name.clone());
        if let (true, Some(name)) = (groups.join(&from.key, &to.key), written) {
            let texts = from.texts.iter().copied().collect();
            by_sound
                .entry(to.key.clone())
                .or_default()
                .push(BySound { name, texts });
        }
    }
    by_sound
}

/// Everyone with a name of two words or more, and the people of the lexicon who serve whom any of them serves.
fn voices(groups: &Groups, texts: &[Text<'_>], lexicon: &Lexicon) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    let mut served: BTreeSet<EntityIx> = BTreeSet::new();
    for (key, members) in groups.all() {
        if let Key::Named { name, of, latin } = key
            && name.contains(' ')
        {
            served.extend(of);
            voices.push(named(key, *latin, name, members, texts));
        }
    }
    if voices.is_empty() {
        return voices;
    }
    for (entity, at) in lexicon.entities.iter().zip(0..) {
        let key = Key::Known(EntityIx(at));
        let members = groups.members(&key);
        let Some(person) = lexicon.person(EntityIx(at)) else {
            continue;
        };
        let of: BTreeSet<EntityIx> = person.serves().collect();
        if !members.is_empty() || of.iter().any(|of| served.contains(of)) {
            let names = [&entity.ar, &entity.en].into_iter().chain(&person.aliases);
            voices.push(Voice {
                forms: names
                    .filter(|name| name.contains(' '))
                    .flat_map(|name| forms(name))
                    .collect(),
                latin: None,
                of,
                offices: person.appointments.iter().map(|held| held.office).collect(),
                texts: members.iter().map(|&(text, _)| text).collect(),
                key,
            });
        }
    }
    voices
}

fn named(key: &Key, latin: bool, name: &str, members: &[At], texts: &[Text<'_>]) -> Voice {
    let candidates = || members.iter().map(|&(text, at)| &texts[text].people[at]);
    // As written where no initial is left out, as the hamza tells an article from the beginning of a name.
    let same = |candidate: &&Candidate| candidate.latin == latin && text::fold_name(&candidate.name) == name;
    let written = candidates()
        .next()
        .filter(same)
        .map_or(name, |candidate| &candidate.name);
    Voice {
        key: key.clone(),
        latin: Some(latin),
        forms: forms(written),
        of: candidates().filter_map(|candidate| candidate.of).collect(),
        offices: candidates().filter_map(|candidate| candidate.office).collect(),
        texts: members.iter().map(|&(text, _)| text).collect(),
    }
}

/// A name in full, and its first and last word.
fn forms(name: &str) -> Vec<Form> {
    let short = outer(name).map(|outer| form(&outer, true));
    [form(name, false)].into_iter().chain(short).collect()
}

fn form(name: &str, short: bool) -> Form {
    Form {
        folded: text::fold_name(name),
        sounds: Sound::readings(name),
        short,
    }
}

/// Who sounds alike, and whether that is enough.
struct Alike<'a> {
    groups: &'a Groups,
    voices: &'a [Voice],
    lexicon: &'a Lexicon,
}

impl Alike<'_> {
    /// Pairs that sound alike where something else agrees.
    fn pairs(&self, texts: &[Text<'_>]) -> BTreeSet<(usize, usize)> {
        let mixed = self.mixed(texts.len());
        let mut met: BTreeMap<(Shared, &str), BTreeSet<usize>> = BTreeMap::new();
        let keys: Vec<BTreeSet<String>> = self.voices.iter().map(keys).collect();
        for (voice, at) in self.voices.iter().zip(0..) {
            let services = voice.of.iter().map(|&of| Shared::Service(of));
            let shared = voice.texts.iter().filter(|&&text| mixed[text]);
            let places: Vec<Shared> = services.chain(shared.map(|&text| Shared::Text(text))).collect();
            for key in &keys[at] {
                for &place in &places {
                    met.entry((place, key.as_str())).or_default().insert(at);
                }
            }
        }
        let mut pairs = BTreeSet::new();
        for alike in met.values().filter(|alike| (2..=MOST_ALIKE).contains(&alike.len())) {
            for (number, &left) in alike.iter().enumerate() {
                let others = alike.iter().skip(number + 1);
                pairs.extend(
                    others
                        .filter(|&&right| self.may_join(left, right))
                        .map(|&right| (left, right)),
                );
            }
        }
        pairs
    }

    /// For each text, whether it has a name in Latin letters.
    fn mixed(&self, texts: usize) -> Vec<bool> {
        let mut mixed = vec![false; texts];
        for voice in self.voices.iter().filter(|voice| voice.latin == Some(true)) {
            for &text in &voice.texts {
                mixed[text] = true;
            }
        }
        mixed
    }

    fn may_join(&self, left: usize, right: usize) -> bool {
        let (one, other) = (&self.voices[left], &self.voices[right]);
        let country = !one.of.is_disjoint(&other.of);
        let text = !one.texts.is_disjoint(&other.texts);
        let scripts = one.latin.is_some() && other.latin.is_some() && one.latin != other.latin;
        (country || (text && (scripts || one.latin.is_none() || other.latin.is_none())))
            && !self.contradict(left, right)
    }

    /// Whether two people cannot be one.
    fn contradict(&self, left: usize, right: usize) -> bool {
        let (one, other) = (&self.voices[left], &self.voices[right]);
        let known = one.latin.is_none() && other.latin.is_none();
        let countries = !one.of.is_empty() && !other.of.is_empty() && one.of.is_disjoint(&other.of);
        let scripts = one.latin.is_some() && other.latin.is_some() && one.latin != other.latin;
        let latin = one.latin == Some(true) || other.latin == Some(true);
        let together = !scripts && (one.latin == other.latin || !latin) && !one.texts.is_disjoint(&other.texts);
        let office = if scripts { None } else { self.share_office(one, other) };
        known
            || countries
            || together
            || office == Some(false)
            || self.groups.are_apart(&one.key, &other.key)
            || !self.sound_alike(one, other, scripts || office == Some(true))
    }

    /// Whether two people held one office; `None` where no office is known of one of them.
    fn share_office(&self, one: &Voice, other: &Voice) -> Option<bool> {
        let same = |left: OfficeIx, right: OfficeIx| {
            self.lexicon.same_office(left, right) || self.lexicon.same_office(right, left)
        };
        let mut offices = one.offices.iter();
        let shared = offices.any(|&left| other.offices.iter().any(|&right| same(left, right)));
        (!one.offices.is_empty() && !other.offices.is_empty()).then_some(shared)
    }

    /// Whether the names sound alike and are no two known names. One of them is in full; `short` lets the other one
    /// have words left out.
    fn sound_alike(&self, one: &Voice, other: &Voice, short: bool) -> bool {
        let pair = |left: &Form, right: &Form| {
            let mut readings = left.sounds.iter();
            (!(left.short || right.short) || (short && left.short != right.short))
                && readings.any(|left| right.sounds.iter().any(|right| left.agrees(right)))
                && !self.are_two_names(&left.folded, &right.folded)
        };
        let mut forms = one.forms.iter();
        forms.any(|left| other.forms.iter().any(|right| pair(left, right)))
    }

    /// Whether a word of one is a given name, and that of the other is another one, told apart by a vowel: سلمان, سليمان.
    fn are_two_names(&self, left: &str, right: &str) -> bool {
        let vowels = |word: &str| -> String {
            word.chars()
                .filter(|letter| matches!(letter, '\u{0627}' | '\u{0648}' | '\u{064A}'))
                .collect()
        };
        let given = |word: &str| self.lexicon.word(word).is(WordClass::GIVEN);
        let count = |name: &str| name.split(' ').count();
        let mut words = left.split(' ').zip(right.split(' '));
        count(left) == count(right)
            && words.any(|(left, right)| left != right && given(left) && given(right) && vowels(left) != vowels(right))
    }

    /// Whether nobody of a cluster contradicts another one.
    fn agree(&self, cluster: &[usize]) -> bool {
        let rival =
            |(number, &left): (usize, &usize)| cluster[number + 1..].iter().any(|&right| self.contradict(left, right));
        cluster.len() <= MOST_ALIKE && !cluster.iter().enumerate().any(rival)
    }

    /// Who moves to whom: all to the person of the lexicon, else to the one of most texts; Arabic goes before Latin.
    fn gather(&self, cluster: &[usize]) -> Vec<(usize, usize)> {
        let weight = |&&at: &&usize| {
            let voice = &self.voices[at];
            (
                voice.latin.is_none(),
                voice.latin == Some(false),
                voice.texts.len(),
                std::cmp::Reverse(at),
            )
        };
        let Some(&to) = cluster.iter().max_by_key(weight) else {
            return Vec::new();
        };
        cluster
            .iter()
            .filter(|&&from| from != to)
            .map(|&from| (from, to))
            .collect()
    }
}

/// Who is linked by pairs, directly or not.
fn clusters(pairs: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut links: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(left, right) in pairs {
        links.entry(left).or_default().push(right);
        links.entry(right).or_default().push(left);
    }
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut clusters = Vec::new();
    for &start in links.keys() {
        let mut cluster = Vec::new();
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if seen.insert(at) {
                cluster.push(at);
                open.extend(links.get(&at).into_iter().flatten());
            }
        }
        clusters.extend((cluster.len() > 1).then_some(cluster));
    }
    clusters
}

fn keys(voice: &Voice) -> BTreeSet<String> {
    let sounds = voice.forms.iter().flat_map(|form| &form.sounds);
    sounds.map(Sound::key).filter(|key| key.len() > 1).collect()
}
