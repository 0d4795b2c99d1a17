//! How fast texts are read and searched, on one core.
//!
//! `cargo bench --bench extraction -- --texts PATH` takes the texts of a folder (`.txt`) or of a `.jsonl` file (`text`
//! of each line, `id` as its name); without PATH, the seeds of the repository many times over. Each round first reads all
//! texts into pages, then searches all pages, both in one thread; the tagger is on, then off. What is printed is the median
//! of the rounds in megabytes of searched text (titles and bodies as published, UTF-8) a second. A noisy machine
//! makes it lower, so it decides no test.
#![expect(clippy::disallowed_methods, reason = "measures time and reads its sources")]

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use bayan::config::Briefings;
use bayan::lexicon::Lexicon;
use bayan::page::Page;
use bayan::site::{self, Source};
use bayan::{extract, markdown};
use clap::Parser;
use serde::Deserialize;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Measures how fast texts are read and searched, on one core.
#[derive(Parser)]
struct Arguments {
    /// A folder of `.txt` files, or a `.jsonl` file.
    #[arg(long, value_name = "PATH")]
    texts: Option<PathBuf>,
    /// How often all texts are read and searched.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Measures with the tagger alone.
    #[arg(long)]
    tagger_only: bool,
    /// What cargo adds.
    #[arg(long, hide = true)]
    bench: bool,
}

/// A line of a `.jsonl` file.
#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

/// Seconds that one round took.
#[derive(Clone, Copy, Default)]
struct Round {
    reading: f64,
    extraction: f64,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let texts = texts(arguments.texts.as_deref())?;
    let pages: Vec<Page> = texts.iter().filter_map(|text| site::page(text).value).collect();
    let bytes: usize = pages.iter().map(searched).sum();
    println!(
        "{} texts, {:.1} MB searched, {} rounds",
        texts.len(),
        bytes as f64 / 1e6,
        arguments.rounds
    );
    for tagger in [true, false] {
        if !tagger && arguments.tagger_only {
            continue;
        }
        let settings = Briefings {
            tagger,
            ..Briefings::default()
        };
        let lexicon = site::lexicon(&[], &settings).value;
        let rounds: Vec<Round> = (0..arguments.rounds.max(1)).map(|_| round(&texts, &lexicon)).collect();
        print(&rounds, bytes, tagger);
    }
    Ok(())
}

/// The texts at `path`, or the seeds of the repository many times over.
fn texts(path: Option<&Path>) -> Result<Vec<Source>> {
    const TIMES: usize = 20;
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    match path {
        Some(path) if path.is_dir() => folder(path),
        Some(path) => fs::read_to_string(path)?.lines().map(line).collect(),
        None => Ok(vec![folder(&seeds)?; TIMES].concat()),
    }
}

fn folder(path: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let bytes = fs::read(&path)?;
            let path = path.to_string_lossy().into_owned();
            sources.push(Source { path, bytes });
        }
    }
    Ok(sources)
}

fn line(line: &str) -> Result<Source> {
    let line: Line = serde_json::from_str(line)?;
    Ok(Source {
        path: format!("{}.txt", line.id),
        bytes: line.text.into_bytes(),
    })
}

/// Bytes of a page that are searched.
fn searched(page: &Page) -> usize {
    let title = page.own_title().map_or(0, str::len);
    title + markdown::body(&page.body, page.language).text.len()
}

/// Reads all texts, then searches them.
fn round(texts: &[Source], lexicon: &Lexicon) -> Round {
    let started = Instant::now();
    let pages: Vec<Page> = texts.iter().filter_map(|text| site::page(text).value).collect();
    let reading = started.elapsed().as_secs_f64();
    let started = Instant::now();
    for page in &pages {
        black_box::<extract::Extraction>(site::search(page, lexicon).value);
    }
    Round {
        reading,
        extraction: started.elapsed().as_secs_f64(),
    }
}

fn print(rounds: &[Round], bytes: usize, tagger: bool) {
    let speed = |seconds: &dyn Fn(&Round) -> f64| {
        let mut seconds: Vec<f64> = rounds.iter().map(seconds).collect();
        seconds.sort_by(f64::total_cmp);
        bytes as f64 / 1e6 / seconds[seconds.len() / 2]
    };
    let [reading, extraction, both] = [
        speed(&|round| round.reading),
        speed(&|round| round.extraction),
        speed(&|round| round.reading + round.extraction),
    ];
    let tagger = if tagger { "with" } else { "without" };
    println!("{tagger} tagger: reading {reading:.1} MB/s, extraction {extraction:.1} MB/s, both {both:.1} MB/s");
}
