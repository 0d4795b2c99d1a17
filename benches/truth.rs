//! How much of what briefings name is found: precision, recall and F1 by kind, against a truth written beside them.
//!
//! `cargo bench --bench truth -- FOLDER GENERATOR` reads `FOLDER/raw/**/*.txt` and `FOLDER/truth.jsonl`. The truth
//! calls topics by ids of its own; GENERATOR, the program that made the folder, holds the Arabic label of each
//! (`("id","label")`), and the label tells our topic. Topics of ours that no label tells are not judged, as the truth
//! does not speak of them: they are counted apart. A third argument, a number, says how many mistakes of each sort are
//! listed.
#![allow(clippy::disallowed_methods, reason = "measures time and reads its sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use bayan::config::Slugs;
use bayan::date::Date;
use bayan::extract::{self, Extraction, Subject};
use bayan::lexicon::{self, Kind, Lexicon};
use bayan::page::{Page, TitleRule};
use bayan::text::fold_name;
use bayan::{briefing, encoding, identity, markdown};
use serde::Deserialize;

/// A line of `truth.jsonl`.
#[derive(Deserialize)]
struct Truth {
    id: String,
    date: String,
    countries: BTreeSet<String>,
    officials: BTreeSet<String>,
    topics: BTreeSet<String>,
}

/// What was found and missed of one kind.
#[derive(Default)]
struct Score {
    right: usize,
    false_alarms: BTreeMap<String, usize>,
    misses: BTreeMap<String, usize>,
}

impl Score {
    fn count(&mut self, truth: &BTreeSet<String>, found: &BTreeSet<String>) {
        self.right += truth.intersection(found).count();
        for wrong in found.difference(truth) {
            *self.false_alarms.entry(wrong.clone()).or_default() += 1;
        }
        for missed in truth.difference(found) {
            *self.misses.entry(missed.clone()).or_default() += 1;
        }
    }

    fn print(&self, kind: &str, most: usize) {
        let wrong: usize = self.false_alarms.values().sum();
        let missed: usize = self.misses.values().sum();
        let share = |of: usize| if of == 0 { 1.0 } else { self.right as f64 / of as f64 };
        let (precision, recall) = (share(self.right + wrong), share(self.right + missed));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::EPSILON);
        println!(
            "{kind:<10} precision {precision:.4}  recall {recall:.4}  F1 {f1:.4}  right {} wrong {wrong} missed {missed}",
            self.right
        );
        for (sort, mistakes) in [("wrong", &self.false_alarms), ("missed", &self.misses)] {
            let mut often: Vec<(&String, &usize)> = mistakes.iter().collect();
            often.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
            for (what, count) in often.into_iter().take(most) {
                println!("    {sort} {count:>5} × {what}");
            }
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let [folder, generator, rest @ ..] = arguments.as_slice() else {
        println!("usage: cargo bench --bench truth -- FOLDER GENERATOR [MISTAKES]");
        return Ok(());
    };
    let most = rest.first().map_or(Ok(10), |most| most.parse())?;
    let lexicon = built_in();
    let topics = topics(&fs::read_to_string(generator)?, &lexicon);
    let truths = fs::read_to_string(Path::new(folder).join("truth.jsonl"))?;
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(Path::new(folder).join("raw")) {
        let path = entry?.into_path();
        if let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) {
            files.insert(stem.to_owned(), path.clone());
        }
    }
    let judged: BTreeSet<&String> = topics.values().collect();
    let mut scores: [Score; 4] = Default::default();
    let mut beside: BTreeMap<String, usize> = BTreeMap::new();
    let mut texts: Vec<(Option<Date>, Extraction)> = Vec::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let started = Instant::now();
    let mut bytes = 0;
    for line in truths.lines() {
        let mut truth: Truth = serde_json::from_str(line)?;
        let path = files.get(&truth.id).ok_or_else(|| format!("no text {}", truth.id))?;
        let raw = fs::read(path)?;
        bytes += raw.len();
        let (page, found) = read(&path.to_string_lossy(), &raw, &lexicon)?;
        truth.topics = truth
            .topics
            .iter()
            .map(|id| topics.get(id).unwrap_or(id).clone())
            .collect();
        truth.officials = truth.officials.iter().map(|name| fold_name(name)).collect();
        let date = page.date.map(|dated| dated.date);
        scores[0].count(
            &BTreeSet::from([truth.date]),
            &date.iter().map(ToString::to_string).collect(),
        );
        scores[1].count(&truth.countries, &named(&found, Kind::Country, &lexicon));
        scores[2].count(
            &truth.officials,
            &found.people.iter().map(|person| fold_name(&person.name)).collect(),
        );
        let (ours, others): (BTreeSet<String>, BTreeSet<String>) = named(&found, Kind::Topic, &lexicon)
            .into_iter()
            .partition(|topic| judged.contains(topic));
        scores[3].count(&truth.topics, &ours);
        for topic in others {
            *beside.entry(topic).or_default() += 1;
        }
        names.extend(truth.officials);
        texts.push((date, found));
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{} briefings, {:.1} MB/s",
        truths.lines().count(),
        bytes as f64 / 1e6 / seconds
    );
    for (score, kind) in scores.iter().zip(["date", "countries", "officials", "topics"]) {
        score.print(kind, most);
    }
    println!("topics that the truth does not speak of: {beside:?}");
    let texts: Vec<identity::Text<'_>> = texts
        .iter()
        .map(|(date, found)| identity::Text {
            date: *date,
            people: &found.people,
        })
        .collect();
    let people = identity::identify(&texts, &lexicon, Slugs::Native).people.len();
    println!("{people} people on the site, {} names in the truth", names.len());
    Ok(())
}

fn built_in() -> Lexicon {
    let files = lexicon::built_in();
    let started = Instant::now();
    let lexicon = Lexicon::parse(files.iter().map(|(path, text)| (path.as_str(), text.as_ref())));
    println!("lexicon read in {:.0} ms", started.elapsed().as_secs_f64() * 1e3);
    lexicon.value
}

fn read(file: &str, raw: &[u8], lexicon: &Lexicon) -> Result<(Page, Extraction), Box<dyn Error>> {
    let page = briefing::read(file, &encoding::decode(raw)?.text);
    let body = markdown::body(&page.body, page.language);
    let title = (page.title_rule == TitleRule::Headline).then_some(page.title.as_str());
    let day = page.date.as_ref().map(|dated| dated.date);
    let found = extract::extract(title, &body, page.dateline.city.is_some(), day, lexicon);
    Ok((page, found))
}

/// The ids of the entities of a kind that a text names.
fn named(found: &Extraction, kind: Kind, lexicon: &Lexicon) -> BTreeSet<String> {
    let entities = found.mentions.iter().filter_map(|mention| match mention.subject {
        Subject::Entity(ix) => Some(lexicon.entity(ix)),
        Subject::Person(_) => None,
    });
    entities
        .filter(|entity| entity.kind == kind)
        .map(|entity| entity.id.clone())
        .collect()
}

/// Our topic for each id of the generator: the one that its label tells. Printed, to be judged by a reader.
fn topics(generator: &str, lexicon: &Lexicon) -> BTreeMap<String, String> {
    let list = generator
        .lines()
        .find_map(|line| line.strip_prefix("TOPICS = "))
        .unwrap_or_default();
    let mut topics = BTreeMap::new();
    let mut quoted = list.split('"').skip(1).step_by(2);
    while let (Some(id), Some(label)) = (quoted.next(), quoted.next()) {
        let body = markdown::body(label, bayan::language::Language::Arabic);
        let found = named(
            &extract::extract(None, &body, false, None, lexicon),
            Kind::Topic,
            lexicon,
        );
        let ours: Vec<&str> = found.iter().map(String::as_str).collect();
        println!("topic {id}: {label} -> {}", ours.join(" "));
        topics.extend(ours.first().map(|ours| (id.to_owned(), (*ours).to_owned())));
    }
    topics
}
