//! How soon an edit is seen in the preview, beside `hugo server` on the same briefings in the same run.
//!
//! `cargo bench --bench preview -- --corpus-generator PROGRAM --hugo HUGO` has PROGRAM write briefings
//! (`python3 PROGRAM COUNT FOLDER`): `raw/` for this program, which finds dates, countries, officials and topics by itself,
//! `hugo/` for Hugo, tagged by hand. Each server is started a few times, then a file is written again and again, and what
//! counts is the time from the write to the event that a browser gets (of this program a server-sent one, of Hugo a
//! message of its `LiveReload` socket) and to the new bytes, asked for as soon as the event is there and then every two
//! milliseconds. What a server says of its own work is taken from its output; memory is the most that it held. Printed is
//! the median and, of edits, the 95th percentile; between the edits of a file there is a pause, as between a person's.
#![expect(clippy::disallowed_methods, reason = "runs programs, and reads files and the clock")]

#[path = "../support/corpus.rs"]
mod corpus;
mod events;
mod http;
mod server;
mod sites;

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use server::{Running, Server};
use sites::Edit;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Between two edits.
const PAUSE: Duration = Duration::from_millis(100);

/// Longest that is waited for anything.
const LONGEST: Duration = Duration::from_mins(5);

/// Measures the preview of this program and that of Hugo.
#[derive(Parser)]
struct Arguments {
    /// A program that writes briefings: `python3 PROGRAM COUNT FOLDER`.
    #[arg(long, value_name = "PROGRAM")]
    corpus_generator: PathBuf,
    /// Hugo; left out unless it is named.
    #[arg(long, value_name = "PROGRAM")]
    hugo: Option<PathBuf>,
    /// Another build of this program, to be measured instead of this one.
    #[arg(long, value_name = "PROGRAM", default_value = env!("CARGO_BIN_EXE_bayan"))]
    bayan: PathBuf,
    /// How many briefings.
    #[arg(long, value_delimiter = ',', default_value = "1000,10000,50000")]
    sizes: Vec<usize>,
    /// How many edits of each kind.
    #[arg(long, default_value_t = 50)]
    edits: usize,
    /// How often each server is started.
    #[arg(long, default_value_t = 3)]
    starts: usize,
    /// A folder in memory.
    #[arg(long, value_name = "FOLDER", default_value = "/dev/shm")]
    memory: PathBuf,
    /// What cargo adds.
    #[arg(long, hide = true)]
    bench: bool,
}

/// What was measured of one server, by name, in the order of the table: in milliseconds, but for the memory in MiB.
type Measured = Vec<(String, Vec<f64>)>;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let cores = thread::available_parallelism()?;
    println!("{cores} cores, {} edits of each kind\n", arguments.edits);
    println!("| Briefings | Measure | Bayan | Hugo | Hugo / Bayan |\n|---|---|---|---|---|");
    for &size in &arguments.sizes {
        let place = tempfile::Builder::new()
            .prefix("bayan-preview-")
            .tempdir_in(&arguments.memory)?;
        let corpus = place.path().join("corpus");
        corpus::generate(&arguments.corpus_generator, size, &corpus)?;
        let bayan = sites::bayan(&arguments.bayan, &corpus, &place.path().join("bayan"))?;
        let ours = measure(&bayan, &arguments)?;
        let theirs = match &arguments.hugo {
            Some(hugo) => measure(&sites::hugo(hugo, &corpus)?, &arguments)?,
            None => Measured::new(),
        };
        print(size, &ours, &theirs);
    }
    Ok(())
}

/// Starts and edits.
fn measure(server: &Server, arguments: &Arguments) -> Result<Measured> {
    let mut measured = Measured::new();
    let mut cold = Vec::new();
    for _ in 0..arguments.starts {
        server.forget()?;
        cold.push(start(server)?.1);
    }
    measured.push(("cold start to first page".into(), cold));
    let mut warm = Vec::new();
    for _ in 0..arguments.starts {
        warm.push(start(server)?.1);
    }
    measured.push(("warm start to first page".into(), warm));
    let (mut running, _) = start(server)?;
    for edit in (server.edits)(&running)? {
        let seen = repeat(&mut running, &edit, arguments.edits).map_err(|error| format!("{}: {error}", edit.name))?;
        for (what, times) in [
            ("to the event", seen.event),
            ("to the new bytes", seen.bytes),
            ("own work", seen.work),
        ] {
            measured.push((format!("{}, {what}", edit.name), times));
        }
    }
    measured.push(("memory, MiB".into(), vec![running.memory()?]));
    Ok(measured)
}

/// Starts a server and asks for its first page; how long that took.
fn start(server: &Server) -> Result<(Running, f64)> {
    let started = Instant::now();
    let running = server.start()?;
    running.wait_for("/", |page| !page.is_empty())?;
    let took = milliseconds(started.elapsed());
    // What is kept for the next start may be written after the first page.
    thread::sleep(Duration::from_secs(1));
    Ok((running, took))
}

/// What became of the edits of a file, in milliseconds each.
#[derive(Default)]
struct Seen {
    event: Vec<f64>,
    bytes: Vec<f64>,
    work: Vec<f64>,
}

/// Edits a file again and again and waits each time until it is seen.
fn repeat(running: &mut Running, edit: &Edit, times: usize) -> Result<Seen> {
    let mut seen = Seen::default();
    running.wait_for(&edit.page, |page| !page.is_empty())?;
    let mut events = running.follow(edit)?;
    for number in 0..times {
        thread::sleep(PAUSE);
        let (text, mark) = (edit.text)(number);
        events.forget();
        running.said().for_each(drop);
        let written = Instant::now();
        fs::write(&edit.file, text)?;
        let told = events.next(LONGEST).ok_or("no event came")?;
        let bytes = running.wait_for(&edit.page, |page| page.contains(&mark))?;
        seen.event.push(milliseconds(told.duration_since(written)));
        seen.bytes.push(milliseconds(bytes.duration_since(written)));
        thread::sleep(PAUSE);
        seen.work.extend(running.said().last());
    }
    Ok(seen)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The rows of one size.
fn print(size: usize, ours: &Measured, theirs: &Measured) {
    for (at, (name, values)) in ours.iter().enumerate() {
        let other: &[f64] = theirs.get(at).map_or(&[], |(_, values)| values);
        let ratio = middle(other, 50) / middle(values, 50);
        let ratio = if ratio.is_finite() {
            format!("{ratio:.1}")
        } else {
            String::new()
        };
        println!("| {size} | {name} | {} | {} | {ratio} |", cell(values), cell(other));
    }
}

/// The median, and of many values the 95th percentile.
fn cell(values: &[f64]) -> String {
    match values.len() {
        0 => String::new(),
        1..20 => format!("{:.0}", middle(values, 50)),
        _ => format!("{:.1} / {:.1}", middle(values, 50), middle(values, 95)),
    }
}

/// The value that so many in a hundred do not exceed.
fn middle(values: &[f64], percent: usize) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let at = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(at).copied().unwrap_or(f64::NAN)
}
