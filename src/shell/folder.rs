//! What lies where in a site's folder, told by names alone.

use crate::site::Folder;

/// The settings of a site.
pub const SETTINGS: &str = "book.toml";

/// Endings of texts.
const TEXTS: [&str; 2] = ["txt", "md"];

/// Endings of files that hold a text, but not a plain one.
const LOOK_ALIKES: [&str; 9] = ["doc", "docx", "htm", "html", "markdown", "odt", "pdf", "rtf", "text"];

/// What a file of a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `book.toml`
    Settings,
    /// A raw text or a reviewed page.
    Text(Folder),
    /// A file among texts that is none, though it may hold one.
    LookAlike,
    /// A file of the lexicon.
    Lexicon,
    /// A template.
    Template,
    /// A static file.
    Static,
}

/// The folders of a site whose raw texts lie in `src`, each with what is in it.
pub fn folders(src: &str) -> [&str; 5] {
    [src.trim_end_matches('/'), "content", "lexicon", "templates", "static"]
}

/// What the file `path`, relative to the site, is; `None` where it is nothing of the site's.
pub fn part(path: &str, src: &str) -> Option<Part> {
    if path == SETTINGS {
        return Some(Part::Settings);
    }
    let [seeds, content, lexicon, templates, statics] = folders(src).map(|folder| inside(path, folder));
    let of_text = |rest, folder| match rest {
        _ if is_any(rest, is_hidden) => None,
        _ if has_ending(rest, &TEXTS) => Some(Part::Text(folder)),
        _ => has_ending(rest, &LOOK_ALIKES).then_some(Part::LookAlike),
    };
    if let Some(rest) = content {
        return of_text(rest, Folder::Content);
    }
    if let Some(rest) = lexicon {
        let is_own = !rest.contains('/') && !is_hidden(rest) && has_ending(rest, &["yaml", "yml"]);
        return is_own.then_some(Part::Lexicon);
    }
    if let Some(rest) = templates {
        return (!is_any(rest, is_hidden)).then_some(Part::Template);
    }
    if let Some(rest) = statics {
        return (!is_any(rest, is_scratch)).then_some(Part::Static);
    }
    of_text(seeds?, Folder::Seeds)
}

/// The path of a file of `folder` relative to it.
pub fn inside<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    path.strip_prefix(folder)?
        .strip_prefix('/')
        .filter(|rest| !rest.is_empty())
}

/// Whether `path` is, or lies in, what the program passes over everywhere.
pub fn is_passed_over(path: &str) -> bool {
    is_any(path, is_scratch)
}

fn is_any(path: &str, of: fn(&str) -> bool) -> bool {
    path.split('/').any(of)
}

/// Whether a file's name ends with one of these, after its last dot.
pub fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Hidden files and folders, and what [`is_scratch`] names.
pub fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || is_scratch(name)
}

/// What editors, version control and file managers leave beside a file, and names kept for the program.
pub fn is_scratch(name: &str) -> bool {
    let ends = [
        "~",
        ".swp",
        ".swo",
        ".swx",
        ".bak",
        ".orig",
        ".tmp",
        "___jb_tmp___",
        "___jb_old___",
    ];
    let starts = ["~$", ".#", ".~", ".bayan-"];
    let whole = [".git", ".DS_Store", "Thumbs.db", "desktop.ini"];
    ends.iter().any(|end| name.ends_with(end))
        || starts.iter().any(|start| name.starts_with(start))
        || (name.starts_with('#') && name.ends_with('#'))
        || whole.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_leave_behind_is_no_source() {
        for name in [
            "a.txt~",
            ".a.txt.swp",
            "#a.txt#",
            ".#a.txt",
            "~$a.docx",
            "a.txt___jb_tmp___",
            ".git",
            ".DS_Store",
        ] {
            assert!(is_hidden(name), "{name}");
        }
        for name in ["a.txt", "2024-05-12 بيان.txt", "C#.md"] {
            assert!(!is_hidden(name), "{name}"); // 2024-05-12 statement
        }
    }

    #[test]
    fn a_hidden_static_file_is_published_and_a_scratch_file_is_not() {
        assert!(!is_scratch(".nojekyll") && !is_scratch(".well-known"));
        assert!(is_scratch(".bayan-manifest.json") && is_scratch("style.css~"));
    }

    #[test]
    fn an_ending_counts_in_any_case() {
        assert!(has_ending("seeds/A.TXT", &TEXTS));
        assert!(!has_ending("seeds/txt", &TEXTS));
        assert!(!has_ending("seeds/a.txt.png", &TEXTS));
    }

    #[test]
    fn a_file_is_what_its_folder_and_name_make_it() {
        for (path, what) in [
            ("book.toml", Some(Part::Settings)),
            ("raw/2024/a.txt", Some(Part::Text(Folder::Seeds))),
            ("raw/a.docx", Some(Part::LookAlike)),
            ("raw/.old/a.txt", None),
            ("raw/4913", None),
            ("raw", None),
            ("content/a.md", Some(Part::Text(Folder::Content))),
            ("lexicon/officials.yaml", Some(Part::Lexicon)),
            ("lexicon/old/officials.yaml", None),
            ("templates/home.html", Some(Part::Template)),
            ("static/img/a.png", Some(Part::Static)),
            ("static/.well-known/a", Some(Part::Static)),
            ("static/style.css~", None),
            ("public/index.html", None),
            ("seeds/a.txt", None),
        ] {
            assert_eq!(part(path, "raw/"), what, "{path}");
        }
    }
}
