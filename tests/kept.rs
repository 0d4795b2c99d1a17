//! A site that is kept while its sources change is, after every change, the site that a clean build makes of them.
#![cfg(test)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use bayan::config::Config;
use bayan::progress::Unwatched;
use bayan::site::{Change, Folder, Forgetful, Kept, Output, Site, Source, Sources};
use proptest::prelude::*;
use proptest::sample::select;

/// What texts are made of: each names someone or something, and together they are long enough to have copies.
const SENTENCES: &[&str] = &[
    // Egypt's foreign minister met his Indian counterpart in Cairo
    "التقى وزير الخارجية المصري سامح شكري في القاهرة نظيره الهندي سوبرامانيام جايشانكار.",
    // The two sides discussed counter-terrorism
    "وبحث الجانبان سبل التعاون في مكافحة الإرهاب والتطرف العنيف.",
    // A minister whom no lexicon knows
    "وحضر اللقاء وزير الثقافة الأردني فارس الحوراني.",
    // The same by surname
    "وقال الحوراني إن الوفد الأردني يشكر مصر على حفاوة الاستقبال.",
    // Another of the same name and another country
    "وأكد وزير التعليم السوداني فارس الحوراني أهمية المنح الدراسية.",
    // Another spelling
    "واستقبل الرئيس وزير الثقافة الأردني فارس حوراني.",
    "شارك في الاجتماع ممثلون عن الأمم المتحدة وجامعة الدول العربية.", // UN and Arab League took part
    "وصل رئيس المالديف إبراهيم محمد صليح إلى نيودلهي مساء الأحد.",   // the president of the Maldives arrived
    "وتبرعت اليابان بمعدات طبية لمستشفيات كينيا وأوغندا.",          // Japan gave medical equipment
    "وكان خادم الحرمين الشريفين قد وجه بإرسال المساعدات.",          // the Custodian of the Two Holy Mosques
    "كلمة لا تسمي أحدًا ولا بلدًا.",                                    // names nobody
];

/// First lines: days, headlines, or nothing.
const OPENINGS: &[&str] = &[
    "القاهرة في 12 مايو 2024\n",
    "12 مايو 2024\n",
    "13 مايو 2024\n",
    "20 مارس 2021\n",
    "بيان صحفي مشترك\n\n12 مايو 2024\n", // joint press statement
    "الرياض 14 مايو 2024 واس\n",         // a dispatch of the Saudi agency
    "",
];

/// Lines at the head of a reviewed page; the last one cannot be understood.
const STATED: &[&str] = &[
    "countries: [EG, IN]",
    "countries: [EG, IN, BR]",
    "title: عنوان من عند المحرر", // an editor's title
    "date: 2023-01-05",
    "slug: one",
    "aliases: [/old/]",
    "officials: [sameh-shoukry, فارس الحوراني]",
    "copy-of: seeds/0.txt",
    "copy-of: none",
    "topics: [nothing-of-the-kind]",
    "date: [",
];

const LEXICONS: &[(&str, &str)] = &[
    (
        "officials.yaml",
        "- {id: fares-hourani, ar: فارس الحوراني, en: Fares Hourani, country: JO}\n",
    ),
    (
        "topics.yaml",
        "- {id: greeting, ar: حفاوة, en: Greeting, cues: [حفاوة الاستقبال]}\n",
    ),
    ("topics.yaml", "- {id: greeting, "),
    (
        "identity.yaml",
        "- {person: فارس الحوراني (JO), same-as: [فارس حوراني]}\n",
    ),
    (
        "identity.yaml",
        "- {person: فارس الحوراني (JO), not-same-as: [فارس حوراني]}\n",
    ),
    ("identity.yaml", "- {person: , "),
];

const TEMPLATES: &[(&str, &str)] = &[
    ("404.html", "<p>{{ page.title }}</p>"),
    ("404.html", "<p>{{ page.title"),
    ("part.html", "<i>{{ site.title }}</i>"),
];

const SETTINGS: &[&str] = &[
    "",
    "[briefings]\nhome-country = \"SA\"\n",
    "[briefings]\ncopies = \"keep\"\n",
    "[build]\ncreate-missing = false\n",
    "[output.html]\nnumerals = \"arabic-indic\"\nslugs = \"ascii\"\n",
];

/// One thing that a person does to the files of a site.
#[derive(Debug, Clone)]
enum Edit {
    /// Writes a file, or takes it away.
    File(String, Option<String>),
    /// Gives a file another name.
    Rename(String, String),
    /// Writes `book.toml`.
    Settings(&'static str),
}

fn text() -> impl Strategy<Value = String> {
    let sentences = prop::collection::vec(select(SENTENCES), 1..5);
    (select(OPENINGS), sentences).prop_map(|(opening, sentences)| format!("{opening}{}\n", sentences.join(" ")))
}

fn page() -> impl Strategy<Value = String> {
    let stated = prop::sample::subsequence(STATED.to_vec(), 0..4);
    let source = prop::option::of(0..6_u8);
    (stated, source, text()).prop_map(|(stated, source, text)| {
        let source = source.map(|source| format!("source: {{file: seeds/{source}.txt, blake3: aa}}\n"));
        format!(
            "---\n{}\n{}---\n\n{text}",
            stated.join("\n"),
            source.unwrap_or_default()
        )
    })
}

fn seed() -> impl Strategy<Value = String> {
    (0..6_u8).prop_map(|number| format!("seeds/{number}.txt"))
}

fn edit() -> impl Strategy<Value = Edit> {
    let content = (0..3_u8).prop_map(|number| format!("content/{number}.md"));
    let lexicon = (select(LEXICONS), any::<bool>())
        .prop_map(|((name, text), there)| Edit::File(format!("lexicon/{name}"), there.then(|| text.to_owned())));
    let template = (select(TEMPLATES), any::<bool>())
        .prop_map(|((name, text), there)| Edit::File(format!("templates/{name}"), there.then(|| text.to_owned())));
    let asset = (select(&["style.css", "a.png"][..]), any::<bool>())
        .prop_map(|(name, there)| Edit::File(format!("static/{name}"), there.then(String::new)));
    prop_oneof![
        12 => (seed(), text()).prop_map(|(path, text)| Edit::File(path, Some(text))),
        2 => seed().prop_map(|path| Edit::File(path, None)),
        2 => (seed(), seed()).prop_map(|(from, to)| Edit::Rename(from, to)),
        8 => (content.clone(), page()).prop_map(|(path, text)| Edit::File(path, Some(text))),
        1 => content.prop_map(|path| Edit::File(path, None)),
        2 => lexicon,
        1 => template,
        1 => asset,
        1 => select(SETTINGS).prop_map(Edit::Settings),
    ]
}

/// The files of a site as they lie on disk.
#[derive(Default)]
struct Files {
    files: BTreeMap<String, String>,
    settings: &'static str,
}

impl Files {
    /// Does what `edit` says; the files that are now others.
    fn edit(&mut self, edit: &Edit) -> Vec<String> {
        match edit {
            Edit::File(path, Some(text)) => {
                self.files.insert(path.clone(), text.clone());
                vec![path.clone()]
            }
            Edit::File(path, None) => {
                self.files.remove(path);
                vec![path.clone()]
            }
            Edit::Rename(from, to) => {
                if let Some(text) = self.files.remove(from) {
                    self.files.insert(to.clone(), text);
                }
                vec![from.clone(), to.clone()]
            }
            Edit::Settings(settings) => {
                self.settings = settings;
                Vec::new()
            }
        }
    }

    fn change(&self, path: &str) -> Change {
        let now = self.files.get(path).cloned();
        let bytes = now.clone().map(String::into_bytes);
        let (folder, name) = path.split_once('/').unwrap();
        match folder {
            "seeds" => Change::Text(Folder::Seeds, path.to_owned(), bytes),
            "content" => Change::Text(Folder::Content, path.to_owned(), bytes),
            "lexicon" => Change::Lexicon(path.to_owned(), bytes),
            "templates" => Change::Template(name.to_owned(), now),
            _ => Change::Static(name.to_owned(), now.map(|_| PathBuf::from(path))),
        }
    }

    fn sources(&self) -> Sources {
        let mut sources = Sources {
            config: Config::parse("book.toml", self.settings).value,
            ..Sources::default()
        };
        for (path, text) in &self.files {
            let source = Source {
                path: path.clone(),
                bytes: text.clone().into_bytes(),
            };
            match self.change(path) {
                Change::Text(Folder::Seeds, ..) => sources.seeds.push(source),
                Change::Text(Folder::Content, ..) => sources.content.push(source),
                Change::Lexicon(..) => sources.lexicon.push(source),
                Change::Template(name, _) => drop(sources.templates.insert(name, text.clone())),
                Change::Static(name, _) => drop(sources.statics.insert(name, PathBuf::from(path))),
            }
        }
        sources
    }
}

/// Every address with what stands there.
fn everything(site: &Site) -> BTreeMap<String, Result<Output, String>> {
    let rendered = |path: &str| site.render(path).unwrap().map_err(|fault| fault.to_string());
    site.paths().map(|path| (path.to_owned(), rendered(path))).collect()
}

/// Asserts that `kept` is the site of its sources, and that these are the `files` but for what is held back.
fn check(kept: &Kept, files: &Files) -> Result<(), TestCaseError> {
    let clean = Site::new(kept.sources().clone(), &Unwatched);
    let (kept_pages, clean_pages) = (everything(kept.site()), everything(&clean.value));
    prop_assert_eq!(
        kept_pages.keys().collect::<Vec<_>>(),
        clean_pages.keys().collect::<Vec<_>>()
    );
    for (path, page) in clean_pages {
        prop_assert!(kept_pages[&path] == page, "{}", path);
    }
    let lines = |mut faults: Vec<String>| {
        faults.sort();
        faults
    };
    let held: Vec<&str> = kept.held().collect();
    if held.is_empty() {
        let told = lines(kept.diagnostics().iter().map(ToString::to_string).collect());
        prop_assert_eq!(told, lines(clean.diagnostics.iter().map(ToString::to_string).collect()));
    }
    let others = |sources: &Sources| {
        let texts = [&sources.seeds, &sources.content, &sources.lexicon]
            .into_iter()
            .flatten();
        let templates = sources
            .templates
            .iter()
            .map(|(name, text)| (format!("templates/{name}"), text.clone().into()));
        let all = texts
            .map(|source| (source.path.clone(), source.bytes.clone()))
            .chain(templates);
        all.filter(|(path, _)| !held.contains(&path.as_str()))
            .collect::<BTreeMap<String, Vec<u8>>>()
    };
    prop_assert_eq!(others(kept.sources()), others(&files.sources()));
    Ok(())
}

#[test]
fn files_of_the_lexicon_that_change_together_may_speak_of_each_other() {
    let organisation = |id: &str| format!("- {{id: {id}, ar: مجلس الواحات, en: Oases Council}}\n");
    let alias = |id: &str| format!("- {{kind: organisation, id: {id}, also: [مجلس النخيل]}}\n"); // the palm council
    let paths = ["lexicon/aliases.yaml", "lexicon/organisations.yaml"];
    let mut files = Files::default();
    let mut write = |id: &str| {
        for (path, text) in paths.iter().zip([alias(id), organisation(id)]) {
            files.edit(&Edit::File((*path).to_owned(), Some(text)));
        }
        (files.sources(), paths.map(|path| files.change(path)).to_vec())
    };
    let mut kept = Kept::new(write("oases").0, &Forgetful, &Unwatched);
    kept.apply(write("oases-council").1, &Unwatched);
    assert_eq!((kept.held().count(), kept.diagnostics()), (0, Vec::new()));
    kept.apply(write("oases").1[..1].to_vec(), &Unwatched);
    assert_eq!(kept.held().collect::<Vec<_>>(), ["lexicon/aliases.yaml"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_kept_site_is_what_a_clean_build_makes(
        edits in prop::collection::vec(prop::collection::vec(edit(), 1..3), 50),
    ) {
        let mut files = Files::default();
        let first: Vec<String> = (0..4).map(|number| format!("seeds/{number}.txt")).collect();
        for (path, sentence) in first.iter().zip(SENTENCES) {
            files.edit(&Edit::File(path.clone(), Some(format!("12 مايو 2024\n{sentence}\n"))));
        }
        let mut kept = Kept::new(files.sources(), &Forgetful, &Unwatched);
        for batch in edits {
            let before = files.settings;
            let touched: Vec<String> = batch.iter().flat_map(|edit| files.edit(edit)).collect();
            if files.settings == before {
                kept.apply(touched.iter().map(|path| files.change(path)).collect(), &Unwatched);
            } else {
                kept.replace(files.sources(), &Unwatched);
            }
            check(&kept, &files)?;
        }
    }
}
