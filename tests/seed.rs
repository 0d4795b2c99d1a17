//! The first seed gives exactly what its readers find in it.

use std::collections::BTreeSet;

use bayan::config::Slugs;
use bayan::date::{Date, DateRule};
use bayan::extract::{self, Extraction, Subject};
use bayan::lexicon::{self, Kind, Lexicon};
use bayan::page::{Page, TitleRule};
use bayan::{briefing, identity, markdown};

const FILE: &str = "seeds/000_f9e8e70f3ca8eaec.txt";
const SEED: &str = include_str!("../seeds/000_f9e8e70f3ca8eaec.txt");

struct Found {
    lexicon: Lexicon,
    page: Page,
    text: String,
    extraction: Extraction,
}

fn read() -> Found {
    let files = lexicon::built_in();
    let lexicon = Lexicon::parse(files.iter().map(|(path, text)| (path.as_str(), text.as_ref())));
    assert_eq!(lexicon.diagnostics, []);
    let lexicon = lexicon.value;
    let page = briefing::read(FILE, SEED);
    let body = markdown::body(&page.body, page.language);
    let day = page.date.as_ref().map(|dated| dated.date);
    let extraction = extract::extract(None, &body, page.dateline.city.is_some(), day, &lexicon);
    Found {
        lexicon,
        page,
        text: body.text,
        extraction,
    }
}

impl Found {
    /// The ids of the entities of a kind that are named.
    fn named(&self, kind: Kind) -> Vec<&str> {
        let entities = self
            .extraction
            .mentions
            .iter()
            .filter_map(|mention| match mention.subject {
                Subject::Entity(ix) => Some(self.lexicon.entity(ix)),
                Subject::Person(_) => None,
            });
        let ids: BTreeSet<&str> = entities
            .filter(|entity| entity.kind == kind)
            .map(|entity| entity.id.as_str())
            .collect();
        ids.into_iter().collect()
    }
}

#[test]
fn the_day_is_the_monday_of_the_post() {
    let dated = read().page.date.expect("a date");
    assert_eq!(
        (dated.date, dated.rule),
        (Date::constant(2023, 7, 24), DateRule::Weekday)
    );
    assert!(dated.words.contains("يوم الإثنين") && dated.words.contains("July 24, 2023")); // on Monday
}

#[test]
fn the_title_is_made_from_the_lead() {
    let page = read().page;
    assert_eq!(page.title_rule, TitleRule::Lead);
    // India and the Maldives took part in chairing the second meeting of the joint working group
    assert_eq!(
        page.title,
        "شاركت الهند وجزر المالديف في رئاسة الاجتماع الثاني لمجموعة العمل المشتركة"
    );
}

#[test]
fn two_countries_and_one_organisation_are_named_and_no_sea() {
    let found = read();
    assert_eq!(found.named(Kind::Country), ["IN", "MV"]);
    assert_eq!(found.named(Kind::Organisation), ["un"]);
    let ocean = "المحيط الهندي"; // the Indian Ocean
    let at = found.text.find(ocean).expect("the ocean is in the text");
    let inside = |range: &std::ops::Range<u32>| (range.start as usize) < at + ocean.len() && at < range.end as usize;
    assert!(found.extraction.mentions.iter().all(|mention| !inside(&mention.range)));
}

#[test]
fn the_topics_are_these_eight() {
    assert_eq!(
        read().named(Kind::Topic),
        [
            "capacity-building",
            "counter-terrorism",
            "cyberspace",
            "drugs",
            "multilateral-cooperation",
            "organised-crime",
            "rehabilitation",
            "violent-extremism"
        ]
    );
}

#[test]
fn four_officials_are_named_each_one_person_though_the_post_names_two_in_english() {
    let found = read();
    let text = identity::Text {
        date: found.page.date.as_ref().map(|dated| dated.date),
        people: &found.extraction.people,
    };
    let people = identity::identify(&[text], &found.lexicon, Slugs::Native).value.people;
    let told: BTreeSet<(&str, &str, &str)> = people
        .iter()
        .map(|person| {
            let role = person.roles.first().expect("an office");
            let office = role.office.map_or("", |office| &found.lexicon.office(office).id);
            let of = person.of.map_or("", |of| &found.lexicon.entity(of).id);
            (person.id.as_str(), office, of)
        })
        .collect();
    let four = BTreeSet::from([
        ("sanjay-verma", "secretary", "IN"),
        ("ahmed-latheef", "foreign-secretary", "MV"),
        ("ibrahim-mohamed-solih", "president", "MV"),
        ("narendra-modi", "prime-minister", "IN"),
    ]);
    assert_eq!(told, four);
    // both spellings of each of the two whom the post names
    for id in ["sanjay-verma", "ahmed-latheef"] {
        let person = people.iter().find(|person| person.id == id).expect("an official");
        assert!(person.latin.is_some());
    }
}
