//! A page written out, so that it reads the same again.

use super::{FrontMatter, Page, SourceRef};

/// The page as a file: the front matter as stated, in a fixed order of keys, and the body.
///
/// Only what is stated is printed; what was found is not, unless it was put into the front matter. Words are quoted
/// only where YAML, or one of its many readers, would take them for something else.
pub fn print(page: &Page) -> String {
    format!("---\n{}\n---\n\n{}", lines(&page.front).join("\n"), page.body)
}

/// The lines of a front matter.
pub fn lines(front: &FrontMatter) -> Vec<String> {
    let stated = entries(front)
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)));
    stated.map(|(key, value)| format!("{key}: {}", value.print())).collect()
}

/// What stands at a key of a front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stated {
    /// Words of a person.
    Words(String),
    /// A word or a day of the program's, which is never quoted.
    Word(String),
    /// Words of a person, one after the other.
    List(Vec<String>),
    /// Keys and words.
    Map(Vec<(&'static str, String)>),
}

impl Stated {
    /// As a front matter has it on one line.
    pub fn print(&self) -> String {
        match self {
            Stated::Words(words) => in_block(words),
            Stated::Word(word) => word.clone(),
            Stated::List(items) => list(items),
            Stated::Map(parts) => map(parts),
        }
    }

    /// The same within `{}`.
    pub fn print_in_flow(&self) -> String {
        match self {
            Stated::Words(words) => in_flow(words),
            other => other.print(),
        }
    }
}

/// What each key states, in the order in which keys are printed; `None` where it is left out.
pub fn entries(front: &FrontMatter) -> [(&'static str, Option<Stated>); 14] {
    let words = |words: &Option<String>| words.clone().map(Stated::Words);
    let listed = |items: &Option<Vec<String>>| items.clone().map(Stated::List);
    let some = |items: &[String]| (!items.is_empty()).then(|| Stated::List(items.to_vec()));
    let source =
        |source: &SourceRef| Stated::Map(vec![("file", source.file.clone()), ("blake3", source.blake3.clone())]);
    [
        ("title", words(&front.title)),
        ("date", front.date.map(|date| Stated::Word(date.to_string()))),
        ("lang", front.lang.map(|lang| Stated::Word(lang.tag().to_owned()))),
        ("slug", words(&front.slug)),
        ("summary", words(&front.summary)),
        ("countries", listed(&front.countries)),
        ("officials", listed(&front.officials)),
        ("organisations", listed(&front.organisations)),
        ("topics", listed(&front.topics)),
        ("set-apart", some(&front.set_apart)),
        ("aliases", some(&front.aliases)),
        (
            "copy-of",
            front.copy_of.as_ref().map(|of| Stated::Words(of.words().to_owned())),
        ),
        ("source", front.source.as_ref().map(source)),
        ("review", Some(Stated::Word(front.review.word().to_owned()))),
    ]
}

fn map(parts: &[(&'static str, String)]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|(key, words)| format!("{key}: {}", in_flow(words)))
        .collect();
    format!("{{{}}}", parts.join(", "))
}

fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| in_flow(item)).collect();
    format!("[{}]", items.join(", "))
}

/// A value alone on its line.
pub fn in_block(words: &str) -> String {
    if is_plain(words) {
        words.to_owned()
    } else {
        quoted(words)
    }
}

/// Words as YAML takes them within `[]` or `{}`: quoted where it would take them for something else.
pub fn in_flow(words: &str) -> String {
    let plain = is_plain(words) && !words.contains([',', '[', ']', '{', '}']);
    if plain { words.to_owned() } else { quoted(words) }
}

/// Whether YAML takes `words` for just these words, without quotation marks.
fn is_plain(words: &str) -> bool {
    let opens = words.starts_with(|first: char| !first.is_ascii() || first.is_ascii_alphanumeric() || first == '/');
    let structure = words.contains(": ") || words.contains(" #") || words.ends_with(':') || words.trim() != words;
    opens && !structure && !words.contains(is_hidden) && !is_other_type(words)
}

/// Whether some reader of YAML takes `words` for a number, a day, a truth value or nothing.
fn is_other_type(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    let number = |letter: char| letter.is_ascii_digit() || "_.:+-e".contains(letter);
    matches!(
        &*lower,
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    ) || ["0x", "0o", "0b"].iter().any(|prefix| lower.starts_with(prefix))
        || (lower.starts_with(|first: char| first.is_ascii_digit()) && lower.chars().all(number))
}

/// Whether nobody sees `letter`, or it turns a line round, or YAML has no place for it: it is escaped.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        )
        || matches!(letter, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}')
        || letter as u32 & 0xFFFE == 0xFFFE
}

pub fn quoted(words: &str) -> String {
    let mut quoted = String::with_capacity(words.len() + 2);
    quoted.push('"');
    for letter in words.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\0'..='\u{FFFF}' if is_hidden(letter) => quoted.push_str(&format!("\\u{:04X}", letter as u32)),
            _ if is_hidden(letter) => quoted.push_str(&format!("\\U{:08X}", letter as u32)),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::date::Date;
    use crate::language::Language;
    use crate::page::{CopyOf, Review};
    use crate::{source, text};

    /// A page in which `front` is stated.
    fn page(front: FrontMatter, body: &str) -> Page {
        Page {
            front,
            body: body.to_owned(),
            ..source::read("content/a.md", "---\ntitle: a\n---\n").value
        }
    }

    #[test]
    fn a_page_is_printed_in_the_form_that_people_read() {
        let front = FrontMatter {
            title: Some("الهند والمالديف".into()), // India and the Maldives
            date: Some(date(2023, 7, 24)),
            lang: Some(Language::Arabic),
            countries: Some(vec!["IN".into(), "NO".into()]),
            officials: Some(vec!["narendra-modi".into(), "فيرما، سانجاي".into()]), // Verma, Sanjay
            topics: Some(Vec::new()),
            source: Some(SourceRef {
                file: "seeds/a, b.txt".into(),
                blake3: "3fa".into(),
            }),
            ..FrontMatter::default()
        };
        let printed = "---\n\
            title: الهند والمالديف\n\
            date: 2023-07-24\n\
            lang: ar\n\
            countries: [IN, \"NO\"]\n\
            officials: [narendra-modi, فيرما، سانجاي]\n\
            topics: []\n\
            source: {file: \"seeds/a, b.txt\", blake3: 3fa}\n\
            review: auto\n\
            ---\n\nنص\n"; // text
        assert_eq!(print(&page(front, "نص\n")), printed);
    }

    #[test]
    fn words_are_quoted_where_yaml_reads_them_otherwise() {
        for (words, printed) in [
            ("قمة 2023", "قمة 2023"), // a summit
            ("a, b [c]", "a, b [c]"),
            ("12:30", "\"12:30\""),
            ("2023-07-24", "\"2023-07-24\""),
            ("1e5", "\"1e5\""),
            ("0xff", "\"0xff\""),
            ("Yes", "\"Yes\""),
            ("~", "\"~\""),
            ("", "\"\""),
            ("بيان: القاهرة", "\"بيان: القاهرة\""), // statement: Cairo
            ("a #b", "\"a #b\""),
            ("#b", "\"#b\""),
            ("\"a\" \\", "\"\\\"a\\\" \\\\\""),
            ("- a", "\"- a\""),
            ("\u{200F}a", "\"\\u200Fa\""),
            ("a\u{FEFF}\u{1FFFE}", "\"a\\uFEFF\\U0001FFFE\""),
        ] {
            assert_eq!(in_block(words), printed);
        }
    }

    /// Words as a front matter holds them: on one line, not empty.
    fn words() -> impl Strategy<Value = String> {
        let hostile = "[a-c \"'#:,\\[\\]{}&*!|>%@`?~=<.0-9+_\\\\/\u{200F}\u{FEFF}\u{2067}\u{85}\u{1}ابن-]{1,12}";
        let any = prop_oneof![Just("no".to_owned()), hostile, any::<String>(), "[0-9a-fxo_.:+-]{1,6}"];
        any.prop_map(|words| text::squeeze(&words).into_owned())
            .prop_filter("not empty", |words| !words.is_empty())
    }

    fn list() -> impl Strategy<Value = Option<Vec<String>>> {
        proptest::option::of(proptest::collection::vec(words(), 0..3))
    }

    /// Words with a letter among them.
    fn slug() -> impl Strategy<Value = String> {
        words().prop_map(|words| format!("a{words}"))
    }

    fn day() -> impl Strategy<Value = Option<Date>> {
        proptest::option::of((0i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day)))
    }

    prop_compose! {
        fn front()(
            (title, slug, summary, date) in (words(), proptest::option::of(slug()), proptest::option::of(words()), day()),
            lang in proptest::option::of(proptest::sample::select(Language::ALL.to_vec())),
            (countries, officials, organisations, topics) in (list(), list(), list(), list()),
            (aliases, set_apart, copy_of) in (list(), list(), proptest::option::of(words())),
            source in proptest::option::of((words(), words())),
            done in any::<bool>(),
        ) -> FrontMatter {
            FrontMatter {
                title: Some(title),
                date, lang, slug, summary, countries, officials, organisations, topics,
                set_apart: set_apart.unwrap_or_default(),
                aliases: aliases.into_iter().flatten().map(|alias| format!("/{alias}")).collect(),
                copy_of: copy_of.map(CopyOf::of),
                source: source.map(|(file, blake3)| SourceRef { file, blake3 }),
                review: if done { Review::Done } else { Review::Auto },
            }
        }
    }

    proptest! {
        #[test]
        fn a_printed_page_reads_the_same_again(front in front(), body in "(\n|---\n|# a\n|\\PC{0,20}|\r\n){0,6}") {
            let page = page(front, &body);
            let read = source::read("content/a.md", &print(&page));
            prop_assert_eq!(read.diagnostics, []);
            prop_assert_eq!(read.value.front, page.front);
            prop_assert_eq!(read.value.body, page.body);
        }
    }
}
