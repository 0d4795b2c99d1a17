//! Which mentions, across all texts and both scripts, are one person.
//!
//! In: the people that each text tells of. Out: one [`Identified`] person for each, with an id that names the page.
//! Two are one where a decision or the lexicon says so, where their names agree and nothing known of their countries
//! differs, or where their names sound alike, something else agrees, and nobody else could be meant as well. A surname
//! alone never joins people of different texts.

mod alike;
mod decisions;
mod groups;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Slugs;
use crate::date::Date;
use crate::diagnostic::Checked;
use crate::extract::Candidate;
use crate::lexicon::{EntityIx, Kind, Lexicon, OfficeIx};
use crate::url;
use groups::{At, Groups, Key};

pub use decisions::read as read_name;

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
    /// Ids under which the person may have had a page before, by what the lexicon or a decision says.
    pub former: Vec<String>,
    /// Other spellings that are this person's by their sound alone.
    pub by_sound: Vec<BySound>,
}

/// A spelling that was taken for a person's because it sounds like another one of the same country or text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BySound {
    /// As written.
    pub name: String,
    /// Texts that use it, by number.
    pub texts: Vec<usize>,
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
    /// Pairs that a decision keeps apart, each both ways, by place in `people`.
    pub apart: BTreeSet<(u32, u32)>,
}

/// One text's people, and its day.
pub struct Text<'a> {
    /// Its day.
    pub date: Option<Date>,
    /// Whom it tells of.
    pub people: &'a [Candidate],
}

/// Tells who is who. What was decided for the site wins over every rule.
pub fn identify(texts: &[Text<'_>], lexicon: &Lexicon, slugs: Slugs) -> Checked<People> {
    let mut groups = Groups::new(texts, lexicon);
    let mut diagnostics = Vec::new();
    let former = decisions::apply(&mut groups, texts, lexicon).take(&mut diagnostics);
    groups.join_without_country();
    groups.join_longer_names();
    let by_sound = alike::join(&mut groups, texts, lexicon);
    let known = Known {
        former: former
            .into_iter()
            .map(|(key, names)| (groups.now(&key).clone(), names))
            .collect(),
        by_sound,
        slugs,
        lexicon,
    };
    Checked {
        value: known.name(groups, texts),
        diagnostics,
    }
}

/// What is needed to put people into words.
struct Known<'a> {
    /// By the person, the names by which decisions say that he or she had a page.
    former: BTreeMap<Key, Vec<String>>,
    /// By the person, what was joined by sound.
    by_sound: BTreeMap<Key, Vec<BySound>>,
    slugs: Slugs,
    lexicon: &'a Lexicon,
}

impl Known<'_> {
    fn name(mut self, groups: Groups, texts: &[Text<'_>]) -> People {
        let apart = groups.apart();
        let groups = groups.finish();
        let mut people: Vec<(Identified, Vec<At>)> = Vec::with_capacity(groups.len());
        for (key, mut members) in groups {
            members.sort_unstable();
            let mut person = describe(&key, &members, texts, self.lexicon, self.slugs);
            person.by_sound = self.by_sound.remove(&key).unwrap_or_default();
            person.former = self.former(&key, &person);
            people.push((person, members));
        }
        people.sort_by(|(left, _), (right, _)| left.id.cmp(&right.id));
        tell_apart(&mut people, self.lexicon);
        let mut of_text: Vec<Vec<u32>> = texts.iter().map(|text| vec![0; text.people.len()]).collect();
        for ((_, members), number) in people.iter().zip(0..) {
            for &(text, at) in members {
                of_text[text][at] = number;
            }
        }
        let apart = apart
            .into_iter()
            .map(|(one, other)| (of_text[one.0][one.1], of_text[other.0][other.1]));
        People {
            people: people.into_iter().map(|(person, _)| person).collect(),
            apart: apart.collect(),
            of_text,
        }
    }

    /// The ids under which a person may have had a page.
    fn former(&self, key: &Key, person: &Identified) -> Vec<String> {
        let listed = person.known.and_then(|known| self.lexicon.person(known));
        let listed = listed.into_iter().flat_map(|listed| listed.former.iter().cloned());
        let decided = self.former.get(key).into_iter().flatten();
        let decided = decided.flat_map(|name| {
            let id = self.lexicon.find(Kind::Official, name).is_some().then(|| name.clone());
            [id.unwrap_or_else(|| url::slug(name, self.slugs))]
        });
        let ids: BTreeSet<String> = listed.chain(decided).filter(|id| !id.is_empty()).collect();
        ids.into_iter().filter(|id| *id != person.id).collect()
    }
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
        former: Vec::new(),
        by_sound: Vec::new(),
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
    use crate::diagnostic::Diagnostic;
    use crate::text;

    const LEXICON: [(&str, &str); 4] = [
        (
            "countries.yaml",
            "- {id: EG, ar: مصر, en: Egypt}\n- {id: JO, ar: الأردن, en: Jordan}",
        ),
        (
            "offices.yaml",
            "- {id: foreign-minister, ar: وزير الخارجية, en: Foreign Minister, rank: 30, forms: [وزير الخارجية]}\n\
             - {id: ambassador, ar: السفير, en: Ambassador, rank: 60, forms: [السفير]}",
        ),
        (
            "officials.yaml",
            "- {id: maha-odeh, ar: مها عودة, en: Maha Odeh, country: JO, formerly: [maha-oda], \
             appointments: [{office: foreign-minister, of: JO}]}\n\
             - {id: fares-naser, ar: فارس ناصر, en: Fares Naser, country: EG}\n\
             - {id: nabil-hatem, ar: نبيل حاتم, en: Nabil Hatem, country: EG}",
        ),
        ("names.yaml", "given: [سلمان, سليمان]"),
    ];

    /// Egypt and Jordan; the number of a country is that of its entry.
    const EG: Option<u32> = Some(0);
    const JO: Option<u32> = Some(1);

    /// Offices by number: that of their ids in order.
    const AMBASSADOR: u16 = 0;
    const MINISTER: u16 = 1;

    /// A candidate by name; `of` is a country by number.
    fn named(name: &str, of: Option<u32>) -> Candidate {
        Candidate {
            known: None,
            name: name.to_owned(),
            key: text::fold_name(name),
            latin: crate::sound::is_latin(name),
            other: None,
            office: None,
            of: of.map(EntityIx),
            title: "الوزير".to_owned(), // the minister
        }
    }

    /// A candidate in an office, by its number.
    fn holds(name: &str, of: Option<u32>, office: u16) -> Candidate {
        Candidate {
            office: Some(OfficeIx(office)),
            ..named(name, of)
        }
    }

    /// Who is who in these texts, with these decisions.
    fn told(texts: &[Vec<Candidate>], decisions: &str) -> Checked<People> {
        let texts: Vec<Text<'_>> = texts.iter().map(|people| Text { date: None, people }).collect();
        let own = ("lexicon/identity.yaml", decisions);
        let lexicon = Lexicon::parse(LEXICON.into_iter().chain((!decisions.is_empty()).then_some(own)));
        assert_eq!(lexicon.diagnostics, []);
        identify(&texts, &lexicon.value, Slugs::Native)
    }

    /// The number of each person, where each stands in a text alone.
    fn alone(people: &[Candidate], decisions: &str) -> Vec<u32> {
        let texts: Vec<Vec<Candidate>> = people.iter().map(|person| vec![person.clone()]).collect();
        let told = told(&texts, decisions);
        assert_eq!(told.diagnostics, []);
        told.value.of_text.into_iter().flatten().collect()
    }

    #[track_caller]
    fn check_one(people: &[Candidate]) {
        let told = alone(people, "");
        let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
        assert!(told.iter().all(|person| *person == told[0]), "{names:?}");
    }

    #[track_caller]
    fn check_two(left: Candidate, right: Candidate) {
        let names = format!("{} {}", left.name, right.name);
        let told = alone(&[left, right], "");
        assert_ne!(told[0], told[1], "{names}");
    }

    #[test]
    fn forms_of_one_name_are_one_person_where_the_country_agrees() {
        for form in ["ماهر علي السعداوي", "علي السعداوي", "ماهر السعداوي"] {
            check_one(&[named("ماهر علي السعداوي", EG), named(form, EG)]);
        }
        check_one(&[named("فهد بن نايف بن سعد", EG), named("فهد بن نايف", EG)]);
    }

    #[test]
    fn a_name_in_two_countries_is_two_people_and_one_without_a_country_is_the_one_there_is() {
        check_two(named("ماهر السعداوي", EG), named("ماهر السعداوي", JO));
        check_one(&[named("ماهر السعداوي", EG), named("ماهر السعداوي", None)]);
    }

    #[test]
    fn a_form_of_two_names_joins_neither() {
        let people = ["ماهر علي السعداوي", "ماهر حسن السعداوي", "ماهر السعداوي"].map(|name| named(name, None));
        let told = alone(&people, "");
        assert!(told[2] != told[0] && told[2] != told[1]);
    }

    #[test]
    fn spellings_of_one_name_are_one_person_where_country_and_office_agree() {
        check_one(&[
            holds("سوبرا جايشانكار", EG, MINISTER),
            holds("سوبرا جاي شانكار", EG, MINISTER),
            named("سوبرا جيشانكر", EG),
        ]);
        check_one(&[holds("سيرغي لافروف", EG, MINISTER), holds("سيرجي لافروف", EG, MINISTER)]);
        check_one(&[
            holds("أنطونيو غوتيريش", EG, MINISTER),
            holds("أنطونيو جوتيريس", EG, MINISTER),
        ]);
        check_two(holds("سيرغي لافروف", EG, MINISTER), holds("سيرجي لافروف", JO, MINISTER));
        check_two(holds("سيرغي لافروف", EG, MINISTER), holds("سيرجي لافروف", EG, AMBASSADOR));
        check_two(named("سيرغي لافروف", None), named("سيرجي لافروف", None));
    }

    #[test]
    fn names_that_are_two_given_names_are_two_people() {
        check_two(holds("سلمان الفهد", EG, MINISTER), holds("سليمان الفهد", EG, MINISTER));
        check_two(holds("حسن نصار", EG, MINISTER), holds("حسين نصار", EG, MINISTER));
    }

    #[test]
    fn one_title_held_by_two_people_is_two_people() {
        check_two(
            holds("ماهر السعداوي", EG, MINISTER),
            holds("كريم الورداني", EG, MINISTER),
        );
    }

    #[test]
    fn a_surname_alone_joins_nobody() {
        check_two(holds("سيرغي لافروف", EG, MINISTER), holds("لافروف", JO, MINISTER));
        check_two(
            holds("ماهر السعداوي", EG, MINISTER),
            holds("كريم السعداوي", JO, MINISTER),
        );
    }

    #[test]
    fn two_spellings_in_one_text_are_two_people() {
        let told = told(&[vec![named("سيرغي لافروف", EG), named("سيرجي لافروف", EG)]], "").value;
        assert_ne!(told.of_text[0][0], told.of_text[0][1]);
    }

    #[test]
    fn who_could_be_either_of_two_is_neither() {
        let people = ["Hamad Rashid", "Hamid Rashid", "Hamed Rashid"].map(|name| named(name, EG));
        let told = alone(&people, "");
        assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), 3);
    }

    #[test]
    fn a_latin_name_is_the_arabic_one_that_sounds_alike_in_the_same_text_or_country() {
        let told = told(&[vec![named("سانجاي فيرما", None), named("Sanjay Verma", None)]], "").value;
        assert_eq!(told.of_text[0][0], told.of_text[0][1]);
        check_one(&[named("أحمد لطيف", EG), named("Ahmed Latheef", EG)]);
        check_two(named("أحمد لطيف", EG), named("Ahmed Latif", JO));
        check_two(named("سانجاي فيرما", None), named("Sanjay Verma", None));
        check_two(named("أحمد لطيف", EG), named("Ahmed Nazif", EG));
    }

    #[test]
    fn a_name_of_another_country_in_the_same_text_is_someone_else() {
        let told = told(&[vec![named("أحمد لطيف", EG), named("Ahmed Latif", JO)]], "").value;
        assert_ne!(told.of_text[0][0], told.of_text[0][1]);
    }

    #[test]
    fn another_spelling_of_a_name_of_the_lexicon_is_that_person() {
        let texts = [
            vec![holds("مها عوده", JO, MINISTER)],
            vec![holds("Maha Aouda", JO, MINISTER)],
            vec![named("مها عودة", EG)],
        ];
        let told = told(&texts, "").value;
        let ids: Vec<&str> = told
            .of_text
            .iter()
            .map(|text| told.people[text[0] as usize].id.as_str())
            .collect();
        assert_eq!(ids, ["maha-odeh", "maha-odeh", "مها-عودة"]);
        assert_eq!(told.people[0].by_sound.len(), 2);
    }

    #[test]
    fn a_name_with_words_left_out_needs_the_office_too() {
        let (long, short) = ("سيرغي فيكتور لافروف", "سيرجي لافروف");
        check_one(&[holds(long, EG, MINISTER), holds(short, EG, MINISTER)]);
        check_two(holds(long, EG, MINISTER), named(short, EG));
        for (person, same) in [
            (holds("مها سامي عوده", JO, MINISTER), true),
            (named("مها سامي عوده", JO), false),
        ] {
            let told = told(&[vec![person]], "").value;
            assert_eq!(told.people[0].id == "maha-odeh", same, "{:?}", told.people);
        }
    }

    #[test]
    fn another_office_of_a_person_of_the_lexicon_is_no_reason_to_join_by_sound() {
        let told = told(&[vec![holds("مها عوده", JO, AMBASSADOR)]], "").value;
        assert_ne!(told.people[0].id, "maha-odeh");
    }

    #[test]
    fn a_decision_joins_what_no_rule_does_and_parts_what_a_rule_joins() {
        let people = [
            named("ماهر السعداوي", EG),
            named("م السعدي", JO),
            named("Maher Saadi", None),
        ];
        let told = alone(&people, "- person: ماهر السعداوي\n  same-as: [م السعدي, Maher Saadi]");
        assert_eq!(told, [0, 0, 0]);
        let people = [holds("سيرغي لافروف", EG, MINISTER), holds("سيرجي لافروف", EG, MINISTER)];
        let told = alone(&people, "- {person: سيرغي لافروف, not-same-as: [سيرجي لافروف]}");
        assert_ne!(told[0], told[1]);
    }

    #[test]
    fn a_decision_tells_namesakes_by_the_country_in_brackets() {
        let people = [
            named("ماهر السعداوي", EG),
            named("ماهر السعداوي", JO),
            named("سامر حلمي", JO),
        ];
        for named in ["سامر حلمي (JO)", "سامر حلمي"] {
            let decision = format!("- {{person: ماهر السعداوي (JO), same-as: [{named}]}}");
            let told = alone(&people, &decision);
            assert!(told[0] != told[1] && told[1] == told[2], "{named}");
        }
    }

    #[test]
    fn a_namesake_of_a_person_of_the_lexicon_is_parted_by_country() {
        let fares = |of| Candidate {
            known: Some(EntityIx(2)),
            ..named("فارس ناصر", of)
        };
        let people = [fares(EG), fares(JO), fares(None)];
        assert_eq!(alone(&people, ""), [0, 0, 0]);
        let told = alone(&people, "- {person: fares-naser, not-same-as: [فارس ناصر (JO)]}");
        assert!(told[0] == told[2] && told[0] != told[1]);
    }

    #[test]
    fn who_is_joined_by_a_decision_leaves_the_old_ids() {
        let texts = [vec![named("ماهر السعداوي", EG)], vec![named("م السعدي", EG)]];
        let told = told(
            &texts,
            "- {person: nabil-hatem, same-as: [ماهر السعداوي, م السعدي (EG), fares-naser]}",
        )
        .value;
        let expected = ["fares-naser", "م-السعدي", "م-السعدي-eg", "ماهر-السعداوي"];
        assert_eq!((told.people[0].id.as_str(), told.people.len()), ("nabil-hatem", 1));
        assert_eq!(told.people[0].former, expected);
    }

    #[test]
    fn a_decision_that_cannot_be_heeded_is_told_with_its_place() {
        let texts = [
            vec![named("ماهر السعداوي", EG)],
            vec![named("ماهر السعداوي", JO)],
            vec![named("سامر حلمي", JO)],
            vec![named("كريم الورداني", JO)],
        ];
        for (decisions, lines) in [
            (
                "- {person: nabil-hatim, same-as: [سامر حلمي]}",
                &["1:12 no official has this id | nabil-hatim | did you mean `nabil-hatem`?"][..],
            ),
            (
                "- person: nabil-hatem\n  same-as: [فلان الفلاني]",
                &[
                    "2:13 no text and no entry of officials.yaml names this person | فلان الفلاني | `bayan entities --kind official` lists them; a name must be spelt as a text spells it",
                ],
            ),
            (
                "- {person: ماهر السعداوي, same-as: [سامر حلمي]}",
                &[
                    "1:12 the name is that of several people | ماهر السعداوي | add whom the person serves in brackets, one of: EG, JO",
                ],
            ),
            (
                "- {person: سامر حلمي, same-as: [كريم الورداني]}\n- {person: كريم الورداني, same-as: [سامر حلمي]}",
                &[
                    "2:37 this leads in a circle: line 1 says it the other way round | سامر حلمي | keep the entry whose `person` the page is to be called after",
                ],
            ),
            (
                "- {person: سامر حلمي, same-as: [كريم الورداني]}\n- {person: nabil-hatem, same-as: [كريم الورداني]}",
                &[
                    "2:35 line 1 says that this is سامر حلمي, who is someone else | كريم الورداني | put all names of one person under one entry",
                ],
            ),
            (
                "- {person: سامر حلمي, same-as: [كريم الورداني]}\n- {person: كريم الورداني, not-same-as: [سامر حلمي]}",
                &[
                    "2:41 line 1 says that these two are the same | سامر حلمي | take one of the two away; `officials:` at the head of a page tells namesakes apart",
                ],
            ),
            (
                "- {person: سامر حلمي, same-as: [سامر حلمي]}",
                &["1:33 a person is said to be the same as himself or herself | سامر حلمي | take the word away"],
            ),
        ] {
            let faults: Vec<String> = told(&texts, decisions)
                .diagnostics
                .iter()
                .map(Diagnostic::line)
                .collect();
            assert_eq!(faults, lines, "{decisions}");
        }
    }

    #[test]
    fn twenty_thousand_people_are_told_apart_quickly() {
        let syllables = ["با", "دي", "رو", "ما", "كي", "لو", "نا", "سي", "فو", "طا"];
        let word = |number: usize| -> String { [1, 10, 100].map(|place| syllables[number / place % 10]).concat() };
        let people: Vec<Candidate> = (0..20_000)
            .map(|number| named(&format!("{} {}", word(number), word(number * 7 + number / 1000)), EG))
            .collect();
        let begun = clock();
        let told = told(&[people], "").value;
        assert!(told.people.len() > 15_000);
        assert!(begun() < 20.0, "{}", begun());
    }

    /// Seconds since now; generous to a debug build on a busy machine.
    fn clock() -> impl Fn() -> f64 {
        #[expect(clippy::disallowed_methods, reason = "measures a test")]
        let begun = std::time::Instant::now();
        move || begun.elapsed().as_secs_f64()
    }
}
