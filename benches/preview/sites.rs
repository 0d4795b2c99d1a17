//! The same briefings as a site of each server, and the files of it that are edited.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::Result;
use crate::events::Protocol;
use crate::server::{Running, Server};

/// A file that is edited.
pub struct Edit {
    pub name: &'static str,
    pub file: PathBuf,
    /// What shows it.
    pub page: String,
    /// What the file holds after so many edits, and words that its page then has and did not have before.
    pub text: Box<dyn Fn(usize) -> (String, String)>,
}

/// Countries of the corpus.
const COUNTRIES: [(&str, &str); 12] = [
    ("KR", "كوريا الجنوبية"),
    ("TH", "تايلاند"),
    ("NZ", "نيوزيلندا"),
    ("MX", "المكسيك"),
    ("AR", "الأرجنتين"),
    ("CL", "تشيلي"),
    ("PT", "البرتغال"),
    ("BE", "بلجيكا"),
    ("FI", "فنلندا"),
    ("PL", "بولندا"),
    ("UA", "أوكرانيا"),
    ("NG", "نيجيريا"),
];

/// A mark that no page has by itself.
fn mark(number: usize) -> String {
    format!("edition{number:04}x")
}

/// A last paragraph that says which edition of the statement this is.
fn edition(number: usize) -> (String, String) {
    let mark = mark(number);
    (format!("وهذه هي الصيغة {mark} من البيان بعد المراجعة.\n"), mark)
}

/// The site of this program.
pub fn bayan(program: &Path, corpus: &Path, site: &Path) -> Result<Server> {
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["templates", "static"] {
        fs::create_dir_all(site.join(folder))?;
    }
    fs::rename(corpus.join("raw"), site.join("seeds"))?;
    fs::write(site.join("book.toml"), "[book]\nlanguage = \"ar\"\n")?;
    for file in ["templates/briefing.html", "static/style.css"] {
        fs::copy(built_in.join(file), site.join(file))?;
    }
    let (text, stated) = two_texts(&site.join("seeds"))?;
    let place = site.to_owned();
    let edits = move |running: &Running| {
        let pages = [page_of(&text, running)?, page_of(&stated, running)?];
        let countries = COUNTRIES.map(|(code, _)| (code.to_owned(), format!("/countries/{}/", code.to_lowercase())));
        let free = free(countries, &running.get(&pages[1])?)?;
        let [body_text, front] = [fs::read_to_string(&text)?, fs::read_to_string(&stated)?];
        let (title, rest) = front.split_once('\n').ok_or("no title")?;
        let (title, rest) = (title.to_owned(), rest.to_owned());
        Ok(vec![
            body(&text, &pages[0], body_text),
            country(&stated, &pages[1], free, move |code| {
                format!("---\ntitle: {title:?}\ncountries: [IN, {code}]\n---\n\n{rest}")
            }),
            template(&place.join("templates/briefing.html"), &pages[0])?,
            style(&place.join("static/style.css"))?,
        ])
    };
    Ok(Server {
        program: program.to_owned(),
        arguments: words(&["-C", &site.display().to_string(), "serve", "--port"]),
        protocol: Protocol::Bayan,
        cache: site.with_extension("cache"),
        edits: Box::new(edits),
    })
}

/// The site of Hugo.
pub fn hugo(program: &Path, corpus: &Path) -> Result<Server> {
    let site = corpus.join("hugo");
    let (text, stated) = two_texts(&site.join("content/briefings"))?;
    let content = site.join("content");
    let place = site.clone();
    let edits = move |running: &Running| {
        let page = |file: &Path| -> Result<String> {
            let path = file.with_extension("");
            Ok(format!("/{}/", path.strip_prefix(&content)?.display()))
        };
        let pages = [page(&text)?, page(&stated)?];
        let countries = COUNTRIES.map(|(_, name)| (name.to_owned(), format!(">{name}</a>")));
        let free = free(countries, &running.get(&pages[1])?)?;
        let [body_text, front] = [fs::read_to_string(&text)?, fs::read_to_string(&stated)?];
        let (before, after) = front.split_once("countries: [").ok_or("no countries")?;
        let (before, after) = (before.to_owned(), after.to_owned());
        Ok(vec![
            body(&text, &pages[0], format!("{body_text}\n")),
            country(&stated, &pages[1], free, move |name| {
                format!("{before}countries: [\"{name}\", {after}")
            }),
            template(&place.join("layouts/_default/single.html"), &pages[0])?,
            style(&place.join("static/style.css"))?,
        ])
    };
    let folder = site.display().to_string();
    Ok(Server {
        program: program.to_owned(),
        arguments: words(&["server", "--source", &folder, "--bind", "127.0.0.1", "--port"]),
        protocol: Protocol::LiveReload,
        cache: site.join("resources"),
        edits: Box::new(edits),
    })
}

/// Countries that a page does not name, with what it shows where it does.
fn free(countries: impl IntoIterator<Item = (String, String)>, page: &str) -> Result<Vec<(String, String)>> {
    let free: Vec<_> = countries.into_iter().filter(|(_, mark)| !page.contains(mark)).collect();
    if free.len() < 2 {
        Err("the page names all countries".into())
    } else {
        Ok(free)
    }
}

/// A last paragraph after the `text` of a file.
fn body(file: &Path, page: &str, text: String) -> Edit {
    Edit {
        name: "body",
        file: file.to_owned(),
        page: page.to_owned(),
        text: Box::new(move |number| {
            let (last, mark) = edition(number);
            (format!("{text}{last}"), mark)
        }),
    }
}

/// One of the `free` countries after the other, each as `write` writes it into the file.
fn country(file: &Path, page: &str, free: Vec<(String, String)>, write: impl Fn(&str) -> String + 'static) -> Edit {
    Edit {
        name: "a country in the front matter",
        file: file.to_owned(),
        page: page.to_owned(),
        text: Box::new(move |number| {
            let (name, mark) = &free[number % free.len()];
            (write(name), mark.clone())
        }),
    }
}

fn template(file: &Path, page: &str) -> Result<Edit> {
    let text = fs::read_to_string(file)?;
    Ok(Edit {
        name: "template",
        file: file.to_owned(),
        page: page.to_owned(),
        text: Box::new(move |number| {
            let mark = mark(number);
            (
                text.replacen("</article>", &format!("<p>{mark}</p></article>"), 1),
                mark,
            )
        }),
    })
}

fn style(file: &Path) -> Result<Edit> {
    let text = fs::read_to_string(file)?;
    Ok(Edit {
        name: "CSS",
        file: file.to_owned(),
        page: "/style.css".into(),
        text: Box::new(move |number| {
            let mark = mark(number);
            (format!("{text}\n/* {mark} */\n"), mark)
        }),
    })
}

/// Two texts, one in the middle of all and one after it.
fn two_texts(folder: &Path) -> Result<(PathBuf, PathBuf)> {
    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(std::result::Result::ok);
    let files: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    let [one, other] = [0, 1].map(|more| files.get(files.len() / 2 + more).cloned());
    Ok((one.ok_or("too few texts")?, other.ok_or("too few texts")?))
}

/// The page of a raw text, in whose title is a number: the archive of its month, which its folders tell, has the link.
fn page_of(file: &Path, running: &Running) -> Result<String> {
    let text = fs::read_to_string(file)?;
    let title = text.lines().find(|line| line.contains('(')).ok_or("no title")?;
    let number = &title[title.rfind('(').unwrap_or_default()..title.rfind(')').map_or(title.len(), |at| at + 1)];
    let mut folders = file.iter().rev().skip(1).filter_map(std::ffi::OsStr::to_str);
    let (month, year) = (folders.next().ok_or("no month")?, folders.next().ok_or("no year")?);
    let archive = running.get(&format!("/archive/{year}/{month}/"))?;
    let before = archive
        .find(number)
        .map(|at| &archive[..at])
        .ok_or("the text is not in the archive")?;
    let href = before.rsplit("href=\"").next().and_then(|rest| rest.split('"').next());
    Ok(href.ok_or("no link")?.to_owned())
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
