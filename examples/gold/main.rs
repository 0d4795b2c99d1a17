//! Makes documents for `bayan eval` of corpora, and of texts in which a person has put marks.
//!
//! ```text
//! cargo run --example gold -- newsfane newsfane_dev.jsonl > newsfane.jsonl
//! cargo run --example gold -- wojood wojood_sample_val.jsonl > wojood.jsonl
//! cargo run --example gold -- press press-spa-2015.csv FOLDER > press.jsonl
//! cargo run --example gold -- mark tests/gold/gold.jsonl FOLDER    a marked text for each document
//! cargo run --example gold -- unmark FOLDER > tests/gold/gold.jsonl
//! ```
//!
//! `tests/gold/README.md` tells how marks are written. In `NewsFANE` a nation is a country and people of any walk of life
//! are officials; in Wojood an occupation (OCC) is one, in office or by calling; of a dispatch of the press, headline and date
//! are known.
#![allow(clippy::disallowed_methods, reason = "a tool reads its files")]

#[path = "../corpora/mod.rs"]
mod corpora;
mod marked;
mod occupation;

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::Path;

use bayan::config::Briefings;
use bayan::site;
use serde::Deserialize;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["newsfane", file] => print(&corpus(&fs::read_to_string(file)?, newsfane)?),
        ["wojood", file] => print(&wojood(&fs::read_to_string(file)?)?),
        ["press", csv, folder] => print(&press(csv, Path::new(folder))?),
        ["mark", file, folder] => mark(file, Path::new(folder))?,
        ["unmark", folder] => print(&unmark(Path::new(folder))?),
        _ => println!("see the head of examples/gold/main.rs"),
    }
    Ok(())
}

fn print(documents: &[Value]) {
    for document in documents {
        println!("{document}");
    }
}

/// The documents of a corpus of sentences, with the marks of the kinds that `kind` gives.
fn corpus(jsonl: &str, kind: fn(&corpora::Entity) -> Option<&'static str>) -> Result<Vec<Value>, serde_json::Error> {
    let document = |sentence: corpora::Sentence| {
        let mention = |entity: &corpora::Entity| {
            let kind = kind(entity)?;
            Some(json!({"start": entity.chars.start, "end": entity.chars.end, "kind": kind}))
        };
        let mentions: Vec<Value> = sentence.entities.iter().filter_map(mention).collect();
        json!({"id": sentence.id, "text": sentence.text, "mentions": mentions})
    };
    Ok(corpora::read(jsonl)?.into_iter().map(document).collect())
}

fn newsfane(entity: &corpora::Entity) -> Option<&'static str> {
    match entity.kind.as_str() {
        "Nation" => Some("country"),
        _ if entity.is_person() => Some("official"),
        _ => None,
    }
}

/// The documents of Wojood, with its occupations.
fn wojood(jsonl: &str) -> Result<Vec<Value>, serde_json::Error> {
    let lexicon = site::lexicon(&[], &Briefings::default()).value;
    let document = |sentence: corpora::Sentence| {
        let chars = |byte: usize| sentence.text[..byte].chars().count();
        let mention =
            |span: Range<usize>| json!({"start": chars(span.start), "end": chars(span.end), "kind": "occupation"});
        let mentions: Vec<Value> = occupation::spans(&sentence, &lexicon)
            .into_iter()
            .map(mention)
            .collect();
        json!({"id": sentence.id, "text": sentence.text, "mentions": mentions})
    };
    Ok(corpora::read(jsonl)?.into_iter().map(document).collect())
}

/// A dispatch in the list of them.
#[derive(Deserialize)]
struct Dispatch {
    file: String,
    date: String,
    title: String,
}

/// The dispatches whose texts lie in `folder`. A headline is stripped of its department: `سياسي / `.
fn press(csv: &str, folder: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut documents = Vec::new();
    for dispatch in csv::Reader::from_path(csv)?.deserialize() {
        let Dispatch { file, date, title } = dispatch?;
        let headline = title
            .rsplit_once(" / ")
            .map_or(title.as_str(), |(_, headline)| headline);
        let text = fs::read_to_string(folder.join(&file))?;
        documents.push(json!({"id": file, "text": text, "date": date, "title": headline}));
    }
    Ok(documents)
}

fn mark(file: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    for line in fs::read_to_string(file)?.lines() {
        let document: marked::Document = serde_json::from_str(line)?;
        fs::write(folder.join(format!("{}.txt", document.id)), marked::write(&document))?;
    }
    Ok(())
}

fn unmark(folder: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    files.sort();
    let mut documents = Vec::new();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "txt"))
    {
        let id = file.file_stem().unwrap_or_default().to_string_lossy();
        let document = marked::read(&id, &fs::read_to_string(file)?).map_err(|fault| format!("{id}: {fault}"))?;
        documents.push(serde_json::to_value(document)?);
    }
    Ok(documents)
}
