//! The command line: one command, its diagnostics, an exit status.

mod cli;
mod serve;

use std::path::Path;
use std::process::ExitCode;

use bayan::columns;
use bayan::diagnostic::{self, Checked, Diagnostic};
use bayan::doubts;
use bayan::entities;
use bayan::eval;
use bayan::explain;
use bayan::import::{self, Import, Outcome, Reason};
use bayan::progress::{Progress, Stage, Unwatched};
use bayan::shell::cache::Cache;
use bayan::shell::progress::Bar;
use bayan::shell::write::Written;
use bayan::shell::{self, terminal};
use bayan::site::{self, Forgetful, Memory, Site, Sources};
use bayan::wikidata::{self, Merged};
use clap::Parser as _;
use serde::Serialize;

use cli::{Build, Cli, Command, Entities, Eval, Format};

/// What a command says on standard output, and what was wrong; `Err` where nothing could be done.
type Done = Result<Checked<String>, Diagnostic>;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let bar = Bar::new();
    let watcher: &dyn Progress = if cli.quiet { &Unwatched } else { &bar };
    let done = match &cli.command {
        Command::Init { dir } => init(dir.as_deref().unwrap_or(&cli.root)),
        Command::Build(args) => build(&cli.root, args, &bar, watcher),
        Command::Serve(args) => serve::serve(&cli.root, args, cli.quiet, &bar, watcher),
        Command::Import { files } => import(&cli.root, files, watcher),
        Command::Explain { file } => explain(&cli.root, file, watcher),
        Command::Entities(args) => entities(&cli.root, args, watcher),
        Command::Eval(args) => eval(&cli.root, args, watcher),
        Command::Lexicon(cli::Lexicon::Import { file }) => import_lexicon(&cli.root, file),
    };
    bar.clear();
    let told = matches!(
        cli.command,
        Command::Init { .. } | Command::Build(_) | Command::Import { .. } | Command::Lexicon(_)
    );
    finish(done, cli.quiet && told)
}

/// Says what was done, then what was wrong.
fn finish(done: Done, quiet: bool) -> ExitCode {
    let (text, mut diagnostics) = match done {
        Ok(checked) => (checked.value, checked.diagnostics),
        Err(diagnostic) => (String::new(), vec![diagnostic]),
    };
    if !quiet && let Err(error) = terminal::say(&text) {
        diagnostics.push(Diagnostic::error("standard output", shell::cause(&error)));
    }
    let failed = diagnostic::is_broken(&diagnostics);
    terminal::complain(&diagnostic::report(diagnostics));
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn init(folder: &Path) -> Done {
    let made = shell::init::init(folder)?;
    let shown = folder.display();
    let mut text = format!("A new site is in {shown}:\n");
    for path in made {
        text += &format!("  {path}\n");
    }
    text.push_str(&format!(
        "Put your texts beside the example in seeds/, and look at it while you do:\n  {}\nThen build it:\n  {}\n",
        command(folder, "serve"),
        command(folder, "build"),
    ));
    Ok(Checked::clean(text))
}

/// How to run `what` for the site in `root`.
fn command(root: &Path, what: &str) -> String {
    match root.to_str() {
        Some(".") => format!("bayan {what}"),
        _ => format!("bayan -C {} {what}", quoted(root)),
    }
}

fn build(root: &Path, args: &Build, bar: &Bar, progress: &dyn Progress) -> Done {
    let mut diagnostics = Vec::new();
    let mut sources = shell::read::read(root)?.take(&mut diagnostics);
    if let Some(url) = &args.site_url {
        sources.config.output.html.site_url = Some(url.clone());
    }
    let inside = root.join(&sources.config.build.build_dir);
    let inside = inside.strip_prefix(".").unwrap_or(&inside);
    let folder = args.dest_dir.as_deref().unwrap_or(inside);
    let kept = [
        sources.config.book.src.as_str(),
        "content",
        "lexicon",
        "static",
        "templates",
    ];
    shell::write::place(folder, root, &kept)?;
    let cache = (!args.no_cache).then(|| Cache::open(root, &sources));
    let memory: &dyn Memory = cache.as_ref().map_or(&Forgetful, |cache| cache);
    let site = Site::remembering(sources, memory, progress).take(&mut diagnostics);
    diagnostics.extend(cache.and_then(Cache::save));
    let render = |path: &str| site.render(path);
    let written = shell::write::write(folder, site.paths(), render, progress)?.take(&mut diagnostics);
    Ok(Checked {
        value: built(&site, written, folder, bar.elapsed().as_secs_f64())
            + &format!("To look at it while you work on it: {}\n", command(root, "serve")),
        diagnostics,
    })
}

/// What a build made, and where.
fn built(site: &Site, written: Written, folder: &Path, seconds: f64) -> String {
    let found = site.summary();
    let Written {
        files,
        changed,
        removed,
    } = written;
    let mut text = format!(
        "{}, naming {}, {}, {} and {} {} times\n",
        counted(found.briefings, "briefing", "briefings"),
        counted(found.countries, "country", "countries"),
        counted(found.organisations, "organisation", "organisations"),
        counted(found.officials, "official", "officials"),
        counted(found.topics, "topic", "topics"),
        found.mentions,
    );
    if found.copies > 0 {
        let copies = counted(found.copies, "text is a copy of another", "texts are copies of others");
        text.push_str(&format!("{copies}\n"));
    }
    text.push_str(&at_home(site.home.as_ref()));
    text.push_str(&format!(
        "{} in {}: {changed} written, {removed} removed, {} as they were ({seconds:.2} s)\n",
        counted(files, "file", "files"),
        folder.display(),
        files - changed,
    ));
    text
}

/// A line that says where the texts are at home, if that was found from them.
fn at_home(home: Option<&site::Home>) -> String {
    home.map_or_else(String::new, |home| format!("at home in {}\n", home.said()))
}

fn import(root: &Path, files: &[std::path::PathBuf], progress: &dyn Progress) -> Done {
    let mut diagnostics = Vec::new();
    let sources = shell::read::read(root)?.take(&mut diagnostics);
    let mut lexicon = site::lexicon(&sources.lexicon, &sources.config.briefings).take(&mut diagnostics);
    let found = site::find_home(&sources, &mut lexicon);
    let mut chosen = Vec::new();
    for file in files {
        match seeds_at(root, file, &sources) {
            Ok(path) => chosen.push(path),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    let is_chosen = |seed: &str| files.is_empty() || chosen.iter().any(|path| lies_in(seed, path));
    let plan = import::plan(&sources, &lexicon, is_chosen, progress).take(&mut diagnostics);
    shell::import::write(root, &plan).take(&mut diagnostics);
    Ok(Checked {
        value: imported(&plan) + &at_home(found.as_ref()),
        diagnostics,
    })
}

/// The path, relative to the site, of a raw text or a folder of them.
fn seeds_at(root: &Path, file: &Path, sources: &Sources) -> Result<String, Diagnostic> {
    let shown = file.display().to_string();
    let src = sources.config.book.src.trim_end_matches('/');
    let Some(path) = shell::path_in(root, file) else {
        return Err(Diagnostic::error(shown, "the file is not in the site").hint(format!("raw texts lie in {src}/")));
    };
    if sources.seeds.iter().any(|seed| lies_in(&seed.path, &path)) {
        return Ok(path);
    }
    let hint = format!("raw texts lie in {src}/ and end with .txt or .md");
    Err(Diagnostic::error(shown, "no raw text is there").hint(hint))
}

/// Whether `seed` is `path` or lies in that folder.
fn lies_in(seed: &str, path: &str) -> bool {
    seed.strip_prefix(path)
        .is_some_and(|rest| path.is_empty() || rest.is_empty() || rest.starts_with('/'))
}

/// What became of each raw text.
fn imported(plan: &[Import]) -> String {
    let mut text = String::new();
    let (mut written, mut current) = (0, 0);
    for Import { seed, page, outcome } in plan {
        let line = match outcome {
            Outcome::Create(_) => format!("wrote    {page}"),
            Outcome::Update(_) => format!("rewrote  {page} (its text has changed)"),
            Outcome::Keep(Reason::Reviewed) => format!("kept     {page} (reviewed)"),
            Outcome::Keep(Reason::NotOurs) => format!("kept     {page} (it was not made from {seed})"),
            Outcome::Keep(Reason::Broken) => format!("kept     {page} (its front matter cannot be understood)"),
            Outcome::Keep(Reason::UpToDate) => {
                current += 1;
                continue;
            }
            Outcome::Skip => format!("skipped  {seed} (it is no text)"),
        };
        written += usize::from(matches!(outcome, Outcome::Create(_) | Outcome::Update(_)));
        text.push_str(&line);
        text.push('\n');
    }
    let texts = counted(plan.len(), "text", "texts");
    text.push_str(&format!("{texts}: {written} written, {current} as they were\n"));
    if written > 0 {
        text.push_str("Read them, mend what is wrong, and set `review: done`.\n");
    }
    text
}

fn explain(root: &Path, file: &Path, progress: &dyn Progress) -> Done {
    let shown = file.display().to_string();
    let path = shell::path_in(root, file).unwrap_or_else(|| shown.clone());
    // A text of no site is explained as well.
    let mut sources = shell::read::read(root).map(|read| read.value).unwrap_or_default();
    sources.config.build.create_missing = true;
    let mut texts = sources.seeds.iter().chain(&sources.content);
    if !texts.any(|source| source.path == path) {
        sources.seeds.push(shell::read::file(file, path.clone())?);
    }
    let Checked {
        value: site,
        mut diagnostics,
    } = Site::new(sources, progress);
    let is_made_from = |briefing: &&site::Briefing| {
        let source = briefing.page.front.source.as_ref();
        briefing.page.file == path || source.is_some_and(|source| source.file == path)
    };
    let briefing = site.texts().find(is_made_from);
    let page = briefing.map_or(path.as_str(), |briefing| &briefing.page.file);
    diagnostics.retain(|diagnostic| diagnostic.file == page);
    let mut text = String::new();
    if page != path {
        text = format!("{path} has a page of its own, {page}, which is what the site shows.\n\n");
    }
    text += &briefing
        .map(|briefing| explain::explain(&site, briefing, terminal::has_colours()))
        .unwrap_or_default();
    Ok(Checked {
        value: text,
        diagnostics,
    })
}

fn entities(root: &Path, args: &Entities, progress: &dyn Progress) -> Done {
    let mut diagnostics = Vec::new();
    let sources = shell::read::read(root)?.take(&mut diagnostics);
    let site = Site::new(sources, progress).take(&mut diagnostics);
    let colours = terminal::has_colours();
    let value = if args.ambiguous {
        let doubts = doubts::doubts(&site);
        listed(args.format, &doubts, |doubts| doubts::listing(doubts, colours))?
    } else {
        let entities = entities::entities(&site, args.kind.map(Into::into), args.named);
        listed(args.format, &entities, |entities| entities::table(entities, colours))?
    };
    Ok(Checked { value, diagnostics })
}

fn eval(root: &Path, args: &Eval, progress: &dyn Progress) -> Done {
    let mut diagnostics = Vec::new();
    // Without a site, texts are read by the built-in lexicon alone.
    let sources = shell::read::read(root).map(|read| read.value).unwrap_or_default();
    let lexicon = site::lexicon(&sources.lexicon, &sources.config.briefings).take(&mut diagnostics);
    let mut golds = Vec::new();
    for file in &args.files {
        let shown = file.display().to_string();
        let source = shell::read::file(file, shown.clone())?;
        golds.extend(eval::gold::parse(&shown, &String::from_utf8_lossy(&source.bytes)).take(&mut diagnostics));
    }
    let left_out = args.leave_out.iter().cloned().collect();
    progress.begin(Stage::Reading, golds.len());
    let evaluation = eval::evaluate(&golds, &lexicon, &left_out, || progress.step());
    if let Some(file) = &args.errors {
        shell::write_file(file, &eval::mistakes(&evaluation))?;
    }
    let rows = eval::rows(&evaluation, args.by.into());
    let value = listed(args.format, &rows, |rows| eval::table(rows, terminal::has_colours()))?;
    Ok(Checked { value, diagnostics })
}

fn import_lexicon(root: &Path, file: &Path) -> Done {
    const OFFICIALS: &str = "lexicon/officials.yaml";
    let mut diagnostics = Vec::new();
    let sources = shell::read::read(root)?.take(&mut diagnostics);
    let lexicon = site::lexicon(&sources.lexicon, &sources.config.briefings).take(&mut diagnostics);
    let own = shell::lexicon::own(root, OFFICIALS)?;
    let text = shell::lexicon::read(file)?;
    let rows = wikidata::rows(&file.display().to_string(), &text).take(&mut diagnostics);
    let merged = wikidata::merge(OFFICIALS, &own, &rows, &lexicon).map_err(|fault| *fault)?;
    if !merged.added.is_empty() {
        shell::lexicon::write(root, OFFICIALS, &merged.text)?;
    }
    Ok(Checked {
        value: added(&merged, OFFICIALS),
        diagnostics,
    })
}

/// What became of the result of a query.
fn added(merged: &Merged, path: &str) -> String {
    let mut text = String::new();
    for id in &merged.added {
        text += &format!("added    {id}\n");
    }
    for (id, news) in merged.known.iter().filter(|(_, news)| !news.is_empty()) {
        text += &format!("kept     {id}; the result also has\n");
        for line in news {
            text += &format!("           - {line}\n");
        }
    }
    let skipped = [("office", &merged.positions), ("country", &merged.countries)];
    for (what, list) in skipped {
        for (words, count) in list {
            text += &format!(
                "skipped  {words} ({}: no {what} of the lexicon)\n",
                counted(*count, "row", "rows")
            );
        }
    }
    let people = counted(merged.added.len(), "person", "people");
    text + &format!("{path}: {people} added, {} known already\n", merged.known.len())
}

/// A list for people, in words, or for programs.
fn listed<T: Serialize>(format: Format, list: &[T], words: impl Fn(&[T]) -> String) -> Result<String, Diagnostic> {
    match format {
        Format::Text => Ok(words(list)),
        Format::Json => match serde_json::to_string_pretty(list) {
            Ok(json) => Ok(json + "\n"),
            Err(error) => Err(Diagnostic::error("entities", error.to_string())),
        },
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A path as a shell reads it.
fn quoted(path: &Path) -> String {
    columns::quoted(&path.display().to_string())
}
