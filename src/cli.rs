//! Arguments and help.

use std::path::PathBuf;

use bayan::eval::Division;
use bayan::lexicon::Kind;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns raw press briefings into a cross-linked website, Arabic first.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Folder of the site.
    #[arg(short = 'C', long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Say nothing but what is wrong.
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  bayan init press           make a site in the new folder press
  bayan -C press serve       look at it while you work on it
  bayan -C press build       build it into press/public
  bayan -C press entities    list who and what its texts can name

Exit status: 0 all is well, 1 something is wrong, 2 the command was not understood.";

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new site in an empty folder.
    #[command(after_help = "Example:\n  bayan init press")]
    Init {
        /// Folder to make it in; made if it does not exist. Where left out, that of -C.
        dir: Option<PathBuf>,
    },
    /// Build the site.
    Build(Build),
    /// Look at the site in a browser while you work on it.
    ///
    /// Each page is made when it is looked at, and brought up to date in the browser as soon as a text, a template, the
    /// lexicon, a static file or book.toml changes. Nothing is written to disk. All that is wrong with the site stands at
    /// /_bayan/. Ctrl-C stops it.
    Serve(Serve),
    /// Write pages to review into content/, one for each raw text.
    ///
    /// A page states all that was found in its text: title, date, countries, officials, organisations, topics. Mend what
    /// is wrong, then set `review: done`, and the page is yours. Until then it is written anew when its text has changed.
    #[command(after_help = "\
Examples:
  bayan import                       pages for all texts of seeds/
  bayan import seeds/2023/cairo.txt  a page for this text
  bayan import seeds/2023            pages for the texts of this folder")]
    Import {
        /// Raw texts, or folders of them; where left out, all.
        files: Vec<PathBuf>,
    },
    /// Show what was found in a text, and why.
    #[command(after_help = "\
Examples:
  bayan explain seeds/2023/cairo.txt
  bayan explain /tmp/a-text-of-no-site.txt")]
    Explain {
        /// A text, of the site or not.
        file: PathBuf,
    },
    /// List countries, organisations, officials and topics, with how often they are named.
    Entities(Entities),
    /// Measure how well texts are read, beside what people have marked in them.
    Eval(Eval),
    /// Work on the site's own lexicon.
    #[command(subcommand, after_help = "Example:\n  bayan lexicon import holders-of-office.csv")]
    Lexicon(Lexicon),
}

/// `lexicon`
#[derive(Debug, Subcommand)]
pub enum Lexicon {
    /// Add the holders of office that a query of Wikidata gives to lexicon/officials.yaml.
    ///
    /// The query stands in the README. People who are there already, and all that you have written, are left as they are;
    /// what the result knows of them besides is listed, so that you can add it.
    #[command(after_help = "\
Examples:
  bayan lexicon import holders-of-office.csv
  bayan -C press lexicon import query.json")]
    Import {
        /// The result, as CSV or JSON.
        file: PathBuf,
    },
}

/// `build`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  bayan build                                          into the folder of `build-dir`, public/
  bayan build -d /srv/www                              into another folder
  bayan build --site-url https://example.org/press/    links for a site below /press/")]
pub struct Build {
    /// Folder to write to, instead of `build-dir`.
    #[arg(short, long, value_name = "DIR")]
    pub dest_dir: Option<PathBuf>,
    /// Where the site will stand, instead of `site-url`.
    #[arg(long, value_name = "URL", value_parser = site_url)]
    pub site_url: Option<String>,
    /// Read every text anew, and keep nothing of what it gave.
    #[arg(long)]
    pub no_cache: bool,
}

fn site_url(words: &str) -> Result<String, String> {
    let url = bayan::config::site_url(words).ok_or("write it in full, such as https://example.org/press/")?;
    Ok(url.into())
}

/// `serve`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  bayan serve                  at http://localhost:3000/
  bayan serve --port 0 --open  at a port that is free, and open it in the browser
  bayan -C press serve --poll  where the system does not tell of changes, as on a network drive")]
pub struct Serve {
    /// Port to serve at; 0 takes one that is free.
    #[arg(short, long, default_value = "3000")]
    pub port: u16,
    /// Address of this machine to serve at. With 0.0.0.0 others on the network can look.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// Open the site in the browser.
    #[arg(short, long)]
    pub open: bool,
    /// Let those who can look write by the review desk, although others on the network are among them.
    #[arg(long)]
    pub desk: bool,
    /// Look for changes several times a second instead of being told by the system.
    #[arg(long)]
    pub poll: bool,
    /// Read every text anew, and keep nothing of what it gave.
    #[arg(long)]
    pub no_cache: bool,
}

/// `entities`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  bayan entities --kind official --named    officials that a briefing names
  bayan entities --ambiguous                what the program is unsure of, and the line that settles it
  bayan entities --format json              all, for other programs")]
pub struct Entities {
    /// One kind alone.
    #[arg(long)]
    pub kind: Option<KindName>,
    /// Only those that a briefing names.
    #[arg(long)]
    pub named: bool,
    /// What the program is unsure of instead: near names, surnames that two share, weak names of countries.
    ///
    /// Each comes with the texts that show it, and with the command, or the line and the file it goes into, that
    /// settles it.
    #[arg(long, conflicts_with_all = ["kind", "named"])]
    pub ambiguous: bool,
    /// How to list them.
    #[arg(long, default_value = "text")]
    pub format: Format,
}

/// `eval`
#[derive(Debug, Args)]
#[command(after_help = GOLD)]
pub struct Eval {
    /// Files of documents in which people have marked what a reader would find, one JSON object to a line.
    #[arg(required = true, value_name = "GOLD.jsonl")]
    pub files: Vec<PathBuf>,
    /// How to divide the figures.
    #[arg(long, default_value = "kind")]
    pub by: By,
    /// Write every miss and false alarm to this file, with its context and the rule that made it; columns are set apart
    /// by tabs.
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
    /// Do not count false alarms of this rule, as where the marks follow another notion of a name: nisba, capital.
    #[arg(long, value_name = "RULE")]
    pub leave_out: Vec<String>,
    /// How to show the figures.
    #[arg(long, default_value = "text")]
    pub format: Format,
}

const GOLD: &str = "\
A document, on one line; any part but id and text may be left out, and only what is given is scored:
  {\"id\": \"cairo-1\", \"text\": \"…\", \"lang\": \"ar\", \"date\": \"2024-05-12\", \"title\": \"…\",
   \"mentions\": [{\"start\": 4, \"end\": 7, \"kind\": \"country\", \"entity\": \"EG\"}],
   \"countries\": [\"EG\"], \"organisations\": [\"un\"], \"topics\": [\"trade\"],
   \"officials\": [{\"name\": \"…\", \"title\": \"…\", \"country\": \"EG\"}]}
start and end count characters from 0; a kind is country, official, organisation, topic, title (of an office) or occupation (titles and professions).
Spans are scored of the kinds that are marked anywhere in a file.

Examples:
  bayan eval gold.jsonl                              precision, recall and F1 by kind
  bayan eval gold.jsonl --by rule --errors bad.tsv   by rule, and every mistake in a file";

/// How figures are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// By what is counted.
    Kind,
    /// By the rule that found it.
    Rule,
    /// By document, the worst first.
    Document,
}

impl From<By> for Division {
    fn from(by: By) -> Division {
        match by {
            By::Kind => Division::Kind,
            By::Rule => Division::Rule,
            By::Document => Division::Document,
        }
    }
}

/// A kind of entity, as arguments name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindName {
    Country,
    Organisation,
    Official,
    Topic,
}

impl From<KindName> for Kind {
    fn from(name: KindName) -> Kind {
        match name {
            KindName::Country => Kind::Country,
            KindName::Organisation => Kind::Organisation,
            KindName::Official => Kind::Official,
            KindName::Topic => Kind::Topic,
        }
    }
}

/// How entities are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table for people.
    Text,
    /// A list of objects for programs.
    Json,
}
