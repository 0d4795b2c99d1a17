//! Raw texts to pages that people review: everything found is stated in the front matter, where it can be overruled.
//!
//! In: a site's sources. Out: for each raw text the page to write, or why the one that is there stays.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{self, Checked, Diagnostic};
use crate::extract::{Extraction, Subject};
use crate::lexicon::{Kind, Lexicon};
use crate::page::{self, FrontMatter, Page, Review, SourceRef, TitleRule};
use crate::progress::{Progress, Stage};
use crate::site::{self, Source, Sources};

/// What becomes of one raw text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Path of the raw text.
    pub seed: String,
    /// Path of its page, in `content/`.
    pub page: String,
    /// What is to be done.
    pub outcome: Outcome,
}

/// What is to be done with the page of a raw text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Write this new page.
    Create(String),
    /// Write this page over the one that is there.
    Update(String),
    /// Leave the one that is there.
    Keep(Reason),
    /// Nothing can be made of the raw text.
    Skip,
}

/// Why a page stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A person has reviewed it.
    Reviewed,
    /// It was made from the very bytes of the raw text.
    UpToDate,
    /// It does not say that it was made from this raw text.
    NotOurs,
    /// Its front matter cannot be understood.
    Broken,
}

/// What to do with each raw text whose path `chosen` picks, in the order of their paths.
pub fn plan(
    sources: &Sources,
    lexicon: &Lexicon,
    chosen: impl Fn(&str) -> bool,
    progress: &dyn Progress,
) -> Checked<Vec<Import>> {
    let mut diagnostics = Vec::new();
    let pages = Pages::read(&sources.content);
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let mut seeds = Vec::new();
    for seed in sources.seeds.iter().filter(|seed| chosen(&seed.path)) {
        let page = pages
            .of(&seed.path)
            .unwrap_or_else(|| page_path(&seed.path, &sources.config.book.src));
        if let Some(first) = taken.get(&page) {
            let message = format!("its page {page} is that of {first}");
            diagnostics.push(Diagnostic::error(&seed.path, message).hint("give one of the two another name"));
        } else {
            taken.insert(page.clone(), &seed.path);
            seeds.push((seed, page));
        }
    }
    progress.begin(Stage::Reading, seeds.len());
    let import = |(seed, page): (&Source, String)| {
        let import = pages.import(seed, page, lexicon);
        progress.step();
        import
    };
    let imports: Vec<Checked<Import>> = seeds.into_par_iter().map(import).collect();
    Checked {
        value: imports
            .into_iter()
            .map(|import| import.take(&mut diagnostics))
            .collect(),
        diagnostics,
    }
}

/// The page of a raw text of its own: everything found is stated, and the page is marked as not yet reviewed.
pub fn stated(page: &Page, found: &Extraction, source: SourceRef, lexicon: &Lexicon) -> Page {
    let named = |kind| Some(names(found, kind, lexicon)).filter(|names| !names.is_empty());
    let front = FrontMatter {
        title: Some(page.title.clone()),
        date: page.day(),
        lang: Some(page.language),
        countries: named(Kind::Country).or(page.front.countries.clone()),
        officials: named(Kind::Official).or(page.front.officials.clone()),
        organisations: named(Kind::Organisation).or(page.front.organisations.clone()),
        topics: named(Kind::Topic).or(page.front.topics.clone()),
        set_apart: page.apart.iter().map(|apart| apart.words.clone()).collect(),
        source: Some(source),
        review: Review::Auto,
        ..page.front.clone()
    };
    Page {
        title_rule: TitleRule::Stated,
        front,
        ..page.clone()
    }
}

/// The ids of all of a kind that a text names, in the order in which it first does; of people whom the lexicon does
/// not know, the names.
fn names(found: &Extraction, kind: Kind, lexicon: &Lexicon) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for mention in &found.mentions {
        let name = match mention.subject {
            Subject::Entity(ix) if lexicon.entity(ix).kind == kind => &lexicon.entity(ix).id,
            Subject::Person(at) if kind == Kind::Official => {
                let person = &found.people[usize::from(at)];
                person.known.map_or(&person.name, |known| &lexicon.entity(known).id)
            }
            _ => continue,
        };
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// `content/` and the path of the raw text in its folder, as Markdown.
pub fn page_path(seed: &str, src: &str) -> String {
    let src = src.trim_end_matches('/');
    let path = seed.strip_prefix(src).unwrap_or(seed).trim_start_matches('/');
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    format!("content/{stem}.md")
}

/// The pages that are there.
struct Pages {
    by_path: BTreeMap<String, Checked<Option<Page>>>,
    /// By path of the raw text that each was made from, the page's path.
    by_seed: BTreeMap<String, String>,
}

impl Pages {
    fn read(content: &[Source]) -> Pages {
        let read: Vec<_> = content
            .par_iter()
            .map(|source| (source.path.clone(), site::page(source)))
            .collect();
        let by_path: BTreeMap<String, Checked<Option<Page>>> = read.into_iter().collect();
        let source = |page: &Checked<Option<Page>>| page.value.as_ref()?.front.source.clone();
        let by_seed = by_path
            .iter()
            .filter_map(|(path, page)| Some((source(page)?.file, path.clone())))
            .collect();
        Pages { by_path, by_seed }
    }

    /// The page that was made from a raw text, wherever a person has moved it.
    fn of(&self, seed: &str) -> Option<String> {
        self.by_seed.get(seed).cloned()
    }

    fn import(&self, seed: &Source, page: String, lexicon: &Lexicon) -> Checked<Import> {
        let source = SourceRef {
            file: seed.path.clone(),
            blake3: blake3::hash(&seed.bytes).to_hex().to_string(),
        };
        let old = self.by_path.get(&page);
        let mut diagnostics = Vec::new();
        let outcome = match old.and_then(|old| reason_to_keep(old, &source)) {
            Some(Reason::Broken) => {
                diagnostics.extend(old.iter().flat_map(|old| old.diagnostics.clone()));
                Outcome::Keep(Reason::Broken)
            }
            Some(reason) => Outcome::Keep(reason),
            None => match made(seed, source, lexicon).take(&mut diagnostics) {
                Some(text) if old.is_some() => Outcome::Update(text),
                Some(text) => Outcome::Create(text),
                None => Outcome::Skip,
            },
        };
        Checked {
            value: Import {
                seed: seed.path.clone(),
                page,
                outcome,
            },
            diagnostics,
        }
    }
}

/// Why `old` is not to be written over by a page made from `source`; `None` where it may be.
fn reason_to_keep(old: &Checked<Option<Page>>, source: &SourceRef) -> Option<Reason> {
    let broken = diagnostic::is_broken(&old.diagnostics);
    let Some(page) = old.value.as_ref().filter(|_| !broken) else {
        return Some(Reason::Broken);
    };
    match &page.front.source {
        _ if page.front.review == Review::Done => Some(Reason::Reviewed),
        Some(old) if old == source => Some(Reason::UpToDate),
        Some(old) if old.file == source.file => None,
        _ => Some(Reason::NotOurs),
    }
}

/// The text of the page of a raw text; `None` where that is no text.
fn made(seed: &Source, source: SourceRef, lexicon: &Lexicon) -> Checked<Option<String>> {
    let mut diagnostics = Vec::new();
    let page = site::page(seed).take(&mut diagnostics);
    let text = page.map(|page| {
        let found = site::search(&page, lexicon).take(&mut diagnostics);
        page::print(&stated(&page, &found, source, lexicon))
    });
    Checked {
        value: text,
        diagnostics,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::progress::Unwatched;

    const TEXT: &str = "بحث وزير الخارجية المصري سامح شكري في القاهرة سبل التعاون مع الهند.\n"; // Egypt's minister on India

    fn source(path: &str, text: &str) -> Source {
        Source {
            path: path.into(),
            bytes: text.into(),
        }
    }

    fn plan_of(seeds: &[(&str, &str)], content: &[(&str, &str)]) -> Checked<Vec<Import>> {
        let sources = Sources {
            config: Config::default(),
            seeds: seeds.iter().map(|(path, text)| source(path, text)).collect(),
            content: content.iter().map(|(path, text)| source(path, text)).collect(),
            ..Sources::default()
        };
        let lexicon = site::lexicon(&[], &Config::default().briefings);
        assert_eq!(lexicon.diagnostics, []);
        plan(&sources, &lexicon.value, |_| true, &Unwatched)
    }

    fn written() -> String {
        match plan_of(&[("seeds/a/b.txt", TEXT)], &[]).value.remove(0).outcome {
            Outcome::Create(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_page_states_what_was_found_and_what_it_was_made_from() {
        let page = site::page(&source("content/a/b.md", &written())).value.unwrap();
        assert_eq!(page.front.countries, Some(vec!["EG".into(), "IN".into()]));
        assert_eq!(page.front.officials.map(|officials| officials.len()), Some(1));
        assert_eq!(
            page.front.source.map(|source| source.file),
            Some("seeds/a/b.txt".into())
        );
        assert_eq!(page.front.review, Review::Auto);
    }

    #[test]
    fn a_page_is_written_again_only_while_nobody_reviewed_it_and_its_source_has_changed() {
        let auto = written();
        let done = auto.replace("review: auto", "review: done");
        let moved = "content/elsewhere.md";
        let changed = TEXT.replace("التعاون", "السلام"); // peace instead of cooperation
        let cases = [
            (TEXT, "content/a/b.md", auto.as_str(), Some(Reason::UpToDate)),
            (&changed, "content/a/b.md", &auto, None),
            (&changed, moved, &auto, None),
            (&changed, "content/a/b.md", &done, Some(Reason::Reviewed)),
            (&changed, moved, &done, Some(Reason::Reviewed)),
            (
                &changed,
                "content/a/b.md",
                "---\ntitle: x\n---\nx\n",
                Some(Reason::NotOurs),
            ),
            (
                &changed,
                "content/a/b.md",
                "---\nreview: perhaps\n---\nx\n",
                Some(Reason::Broken),
            ),
        ];
        for (seed, path, page, kept) in cases {
            let import = plan_of(&[("seeds/a/b.txt", seed)], &[(path, page)]).value.remove(0);
            let found = match import.outcome {
                Outcome::Keep(reason) => Some(reason),
                Outcome::Update(_) => None,
                other => panic!("{other:?}"),
            };
            assert_eq!((import.page.as_str(), found), (path, kept));
        }
    }

    #[test]
    fn two_texts_never_share_a_page() {
        let plan = plan_of(&[("seeds/a.md", TEXT), ("seeds/a.txt", TEXT)], &[]);
        assert_eq!((plan.value.len(), plan.diagnostics.len()), (1, 1));
        assert_eq!(plan.diagnostics[0].file, "seeds/a.txt");
    }

    #[test]
    fn a_page_lies_in_content_as_its_source_lies_in_its_folder() {
        assert_eq!(page_path("seeds/2024/a.b.txt", "seeds"), "content/2024/a.b.md");
        assert_eq!(page_path("texts/raw/a.md", "texts/raw/"), "content/a.md");
    }
}
