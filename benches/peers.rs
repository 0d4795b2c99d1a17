//! How this program compares with others that build sites, on the same briefings, in one run.
//!
//! `cargo bench --bench peers -- --corpus-generator PROGRAM` has PROGRAM write briefings for each of them
//! (`python3 PROGRAM COUNT FOLDER`); `--corpus FOLDER` takes what it wrote before: `raw/` for this program, which finds
//! dates, countries, officials and topics by itself, `hugo/` and `zola/` for those, tagged by hand. Sources and output
//! lie on a file system in memory. The builders take turns, round by round, each into an empty folder and then again
//! with nothing changed; what is printed is the median of the rounds and its ratio to that of Hugo. CPU time is user
//! and system time of the builder and its children, memory the most that it held.
#![expect(clippy::disallowed_methods, reason = "runs programs, and reads files and the clock")]

#[path = "support/corpus.rs"]
mod corpus;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use clap::Parser;
use wait4::Wait4 as _;
use walkdir::WalkDir;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Builds the same briefings with this program, Hugo and Zola, in turn.
#[derive(Parser)]
struct Arguments {
    /// A program that writes briefings: `python3 PROGRAM COUNT FOLDER`.
    #[arg(long, value_name = "PROGRAM", required_unless_present = "corpus")]
    corpus_generator: Option<PathBuf>,
    /// What it wrote before.
    #[arg(long, value_name = "FOLDER", conflicts_with = "corpus_generator")]
    corpus: Option<PathBuf>,
    /// How many briefings it is asked for.
    #[arg(long, default_value_t = 10_000)]
    count: usize,
    /// How often each builder has its turn.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Hugo.
    #[arg(long, value_name = "PROGRAM", default_value = "hugo")]
    hugo: PathBuf,
    /// Zola; left out unless it is named.
    #[arg(long, value_name = "PROGRAM")]
    zola: Option<PathBuf>,
    /// Another build of this program, to be measured beside this one.
    #[arg(long, value_name = "PROGRAM")]
    before: Option<PathBuf>,
    /// A folder in memory.
    #[arg(long, value_name = "FOLDER", default_value = "/dev/shm")]
    memory: PathBuf,
    /// What cargo adds.
    #[arg(long, hide = true)]
    bench: bool,
}

/// A program that builds a site from a folder into another.
struct Builder {
    name: &'static str,
    program: PathBuf,
    /// Before the folder of the site.
    source: &'static [&'static str],
    /// Between the folder of the site and that of the output.
    output: &'static [&'static str],
    site: PathBuf,
    /// Into an empty folder.
    fresh: Vec<Run>,
    /// Once more, with nothing changed.
    again: Vec<Run>,
    files: usize,
}

/// What one build took.
struct Run {
    /// In seconds.
    wall: f64,
    /// In seconds of one core.
    cpu: f64,
    /// In MiB.
    memory: f64,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let place = tempfile::Builder::new()
        .prefix("bayan-peers-")
        .tempdir_in(&arguments.memory)?;
    let corpus = place.path().join("corpus");
    match &arguments.corpus_generator {
        Some(generator) => corpus::generate(generator, arguments.count, &corpus)?,
        None => copy(arguments.corpus.as_deref().unwrap_or(Path::new("")), &corpus)?,
    }
    let site = place.path().join("bayan");
    fs::create_dir(&site)?;
    fs::rename(corpus.join("raw"), site.join("seeds"))?;
    fs::write(site.join("book.toml"), "[book]\nlanguage = \"ar\"\n")?;
    let mut builders = builders(&arguments, &site, &corpus);
    let output = place.path().join("output");
    for _ in 0..arguments.rounds {
        for builder in &mut builders {
            builder.turn(&output)?;
        }
    }
    let cores = std::thread::available_parallelism()?;
    let briefings = files(&site.join("seeds"));
    println!(
        "{briefings} briefings, {cores} cores, median of {} rounds\n",
        arguments.rounds
    );
    print(&builders);
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let place = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// Hugo last, as the others are measured by it.
fn builders(arguments: &Arguments, site: &Path, corpus: &Path) -> Vec<Builder> {
    let builder = |name, program: &Path, source, output, site: PathBuf| Builder {
        name,
        program: program.to_owned(),
        source,
        output,
        site,
        fresh: Vec::new(),
        again: Vec::new(),
        files: 0,
    };
    let bayan = |name, program| builder(name, program, &["-C"], &["--quiet", "build", "-d"], site.to_owned());
    let mut builders = vec![bayan("Bayan", Path::new(env!("CARGO_BIN_EXE_bayan")))];
    builders.extend(
        arguments
            .before
            .as_deref()
            .map(|program| bayan("Bayan before", program)),
    );
    builders.extend(arguments.zola.as_deref().map(|zola| {
        let output = &["build", "--force", "--output-dir"];
        builder("Zola", zola, &["--root"], output, corpus.join("zola"))
    }));
    let output = &["--quiet", "--destination"];
    builders.push(builder(
        "Hugo",
        &arguments.hugo,
        &["--source"],
        output,
        corpus.join("hugo"),
    ));
    builders
}

impl Builder {
    /// Builds twice, the first time into nothing.
    fn turn(&mut self, output: &Path) -> Result<()> {
        let fresh = self.run(output)?;
        let again = self.run(output)?;
        self.fresh.push(fresh);
        self.again.push(again);
        self.files = files(output);
        Ok(fs::remove_dir_all(output)?)
    }

    fn run(&self, output: &Path) -> Result<Run> {
        let mut command = Command::new(&self.program);
        command.args(self.source).arg(&self.site).args(self.output).arg(output);
        command.stdout(Stdio::null());
        let started = Instant::now();
        let used = command
            .spawn()
            .map_err(|error| format!("{}: {error}", self.program.display()))?
            .wait4()?;
        let wall = started.elapsed().as_secs_f64();
        if !used.status.success() {
            return Err(format!("{} ended with {}", self.name, used.status).into());
        }
        Ok(Run {
            wall,
            cpu: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
            memory: used.rusage.maxrss as f64 / f64::from(1 << 20),
        })
    }
}

/// How many files are in a folder.
fn files(folder: &Path) -> usize {
    let entries = WalkDir::new(folder).into_iter().filter_map(std::result::Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).count()
}

/// A table in Markdown.
fn print(builders: &[Builder]) {
    println!("| Builder | Wall | CPU | Memory | Files |\n|---|---|---|---|---|");
    let fresh = |builder: &Builder| median(&builder.fresh);
    let again = |builder: &Builder| median(&builder.again);
    let Some(hugo) = builders.last() else { return };
    for builder in builders {
        println!(
            "| {} {} | {} |",
            builder.name,
            row(&fresh(builder), &fresh(hugo)),
            builder.files
        );
    }
    for builder in builders {
        println!("| {}, again {} | |", builder.name, row(&again(builder), &again(hugo)));
    }
}

/// What a build took, and beside it how much that is of what `hugo` took.
fn row(run: &Run, hugo: &Run) -> String {
    let cell = |value: f64, unit, of: f64| format!("| {value:.2} {unit} ({:.2})", value / of);
    let memory = format!("| {:.0} MiB ({:.2})", run.memory, run.memory / hugo.memory);
    [cell(run.wall, "s", hugo.wall), cell(run.cpu, "s", hugo.cpu), memory].join(" ")
}

/// The median of each measure.
fn median(runs: &[Run]) -> Run {
    let middle = |measure: fn(&Run) -> f64| {
        let mut values: Vec<f64> = runs.iter().map(measure).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    Run {
        wall: middle(|run| run.wall),
        cpu: middle(|run| run.cpu),
        memory: middle(|run| run.memory),
    }
}
