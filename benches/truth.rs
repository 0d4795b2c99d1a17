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

use bayan::config::{Briefings, Slugs};
use bayan::date::Date;
use bayan::extract::{self, Extraction, Subject};
use bayan::lexicon::{Kind, Lexicon};
use bayan::site::{self, Source};
use bayan::text::fold_name;
use bayan::{identity, markdown};
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
    let sources = sources(&Path::new(folder).join("raw"))?;
    let truths = fs::read_to_string(Path::new(folder).join("truth.jsonl"))?;
    let mut sum = Sum::new(&lexicon, &topics);
    let started = Instant::now();
    for line in truths.lines() {
        let truth: Truth = serde_json::from_str(line)?;
        let source = sources.get(&truth.id).ok_or_else(|| format!("no text {}", truth.id))?;
        sum.add(truth, source);
    }
    let bytes: usize = sources.values().map(|source| source.bytes.len()).sum();
    let speed = bytes as f64 / 1e6 / started.elapsed().as_secs_f64();
    println!("{} briefings, {speed:.1} MB/s", sources.len());
    sum.print(most);
    Ok(())
}

/// The raw texts of a folder, by the stems of their names.
fn sources(folder: &Path) -> Result<BTreeMap<String, Source>, Box<dyn Error>> {
    let mut sources = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if let (true, Some(stem)) = (entry.file_type().is_file(), entry.path().file_stem()) {
            let source = Source {
                path: entry.path().to_string_lossy().into_owned(),
                bytes: fs::read(entry.path())?,
            };
            sources.insert(stem.to_string_lossy().into_owned(), source);
        }
    }
    Ok(sources)
}

fn built_in() -> Lexicon {
    let started = Instant::now();
    let lexicon = site::lexicon(&[], &Briefings::default()).value;
    println!("lexicon read in {:.0} ms", started.elapsed().as_secs_f64() * 1e3);
    lexicon
}

/// What is found in all texts, beside what their truth says.
struct Sum<'a> {
    lexicon: &'a Lexicon,
    /// Our topic for each id of the generator.
    topics: &'a BTreeMap<String, String>,
    /// Of dates, countries, officials and topics.
    scores: [Score; 4],
    /// Topics that the truth does not speak of, with the number of texts.
    beside: BTreeMap<String, usize>,
    texts: Vec<(Option<Date>, Extraction)>,
    /// Names of officials in the truth.
    names: BTreeSet<String>,
}

impl<'a> Sum<'a> {
    fn new(lexicon: &'a Lexicon, topics: &'a BTreeMap<String, String>) -> Sum<'a> {
        Sum {
            lexicon,
            topics,
            scores: Default::default(),
            beside: BTreeMap::new(),
            texts: Vec::new(),
            names: BTreeSet::new(),
        }
    }

    fn add(&mut self, truth: Truth, source: &Source) {
        let page = site::page(source).value;
        let found = page
            .as_ref()
            .map(|page| site::search(page, self.lexicon).value)
            .unwrap_or_default();
        let date = page.and_then(|page| page.date).map(|dated| dated.date);
        let [dates, countries, officials, topics] = &mut self.scores;
        dates.count(
            &BTreeSet::from([truth.date]),
            &date.iter().map(ToString::to_string).collect(),
        );
        countries.count(&truth.countries, &named(&found, Kind::Country, self.lexicon));
        let names: BTreeSet<String> = truth.officials.iter().map(|name| fold_name(name)).collect();
        officials.count(
            &names,
            &found.people.iter().map(|person| fold_name(&person.name)).collect(),
        );
        let told: BTreeSet<&String> = self.topics.values().collect();
        let (ours, others): (BTreeSet<String>, BTreeSet<String>) = named(&found, Kind::Topic, self.lexicon)
            .into_iter()
            .partition(|topic| told.contains(topic));
        let of_truth = truth.topics.iter().map(|id| self.topics.get(id).unwrap_or(id).clone());
        topics.count(&of_truth.collect(), &ours);
        for topic in others {
            *self.beside.entry(topic).or_default() += 1;
        }
        self.names.extend(names);
        self.texts.push((date, found));
    }

    fn print(&self, most: usize) {
        for (score, kind) in self.scores.iter().zip(["date", "countries", "officials", "topics"]) {
            score.print(kind, most);
        }
        println!("topics that the truth does not speak of: {:?}", self.beside);
        let mut texts = Vec::with_capacity(self.texts.len());
        for (date, found) in &self.texts {
            texts.push(identity::Text {
                date: *date,
                people: &found.people,
            });
        }
        let people = identity::identify(&texts, self.lexicon, Slugs::Native)
            .value
            .people
            .len();
        println!("{people} people on the site, {} names in the truth", self.names.len());
    }
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
