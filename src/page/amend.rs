//! A page's front matter changed as a person would by hand: what is not concerned stays byte for byte.
//!
//! In: the text of a page and the front matter that it is to have. Out: the text with just those keys changed that state
//! something else. Comments, the order of keys, quoting, line ends and the body stay; what is broken is not touched.

use super::FrontMatter;
use super::front;
use super::print::{self, Stated};
use super::splice::{self, Mapping, Splice};
use super::yaml::{self, Value};
use crate::diagnostic::{Diagnostic, Severity};
use crate::encoding;

/// The text of `file` with the front matter `wanted`. A text without front matter is given one.
///
/// # Errors
///
/// Where the file is not UTF-8, or its front matter is broken, or so unlike what people write that it cannot be changed
/// with nothing else changing: what is wrong, and where.
pub fn amend(file: &str, bytes: &[u8], wanted: &FrontMatter) -> Result<String, Box<Diagnostic>> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Box::new(Diagnostic::error(file, "the file is not UTF-8").hint("save it as UTF-8")))?;
    let (mark, text) = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => ("\u{FEFF}", rest),
        None => ("", text),
    };
    let now = read(file, text)?;
    let amended = match front::span(text) {
        Some(span) => {
            let splices = splices(text, span, &now, wanted).ok_or_else(|| too_odd(file))?;
            splice::apply(text, splices)
        }
        None => headed(text, wanted),
    };
    let as_wanted = read(file, &amended).is_ok_and(|front| front == *wanted) && body(&amended) == body(text);
    if as_wanted {
        Ok(format!("{mark}{amended}"))
    } else {
        Err(too_odd(file))
    }
}

/// The front matter of a text; the first fault where it has one.
fn read(file: &str, text: &str) -> Result<FrontMatter, Box<Diagnostic>> {
    let text = encoding::composed(text);
    let Some(read) = front::read(file, &text) else {
        return Ok(FrontMatter::default());
    };
    let fault = read
        .diagnostics
        .into_iter()
        .find(|fault| fault.severity == Severity::Error);
    fault.map_or(Ok(read.value.0), |fault| Err(Box::new(fault)))
}

fn too_odd(file: &str) -> Box<Diagnostic> {
    let fault = Diagnostic::error(file, "the front matter cannot be changed with nothing else changing");
    Box::new(fault.hint("write each key on a line of its own, or change it by hand"))
}

/// What stands below the front matter; of a text without one, all of it.
fn body(text: &str) -> &str {
    front::span(text).map_or(text, |span| span.body(text))
}

/// The text under a new front matter.
fn headed(text: &str, wanted: &FrontMatter) -> String {
    let end = splice::line_end_of(text);
    let lines = print::lines(wanted).join(end);
    format!("---{end}{lines}{end}---{end}{end}{text}")
}

/// What has to change within `span`; `None` where it is no mapping.
fn splices(text: &str, span: front::Span, now: &FrontMatter, wanted: &FrontMatter) -> Option<Vec<Splice>> {
    let changes = changes(now, wanted);
    let node = yaml::read(&text[span.yaml.clone()], span.yaml.start).ok()?;
    if let Value::Null = node.value {
        let end = splice::line_end_of(text);
        let stated = changes
            .iter()
            .filter_map(|(key, value)| Some(format!("{key}: {}{end}", value.as_ref()?.print())));
        return Some(vec![Splice::insert(span.yaml.end, stated.collect::<String>())]);
    }
    let mapping = Mapping::of(text, &node)?;
    let order: Vec<&str> = print::entries(wanted).iter().map(|(key, _)| *key).collect();
    let changed = changes
        .iter()
        .flat_map(|(key, value)| mapping.set(key, value.as_ref(), &order));
    Some(changed.collect())
}

/// The keys that state something else, with what they are to state.
fn changes(now: &FrontMatter, wanted: &FrontMatter) -> Vec<(&'static str, Option<Stated>)> {
    let before = print::entries(now).into_iter();
    let pairs = before.zip(print::entries(wanted));
    pairs
        .filter(|(now, wanted)| now != wanted)
        .map(|(_, wanted)| wanted)
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::page::Review;

    const FILE: &str = "content/a.md";

    fn front(text: &str) -> FrontMatter {
        read(FILE, text.trim_start_matches('\u{FEFF}')).expect("a front matter without faults")
    }

    /// What becomes of `text` when its front matter is changed.
    fn amended(text: &str, change: impl Fn(&mut FrontMatter)) -> String {
        let mut wanted = front(text);
        change(&mut wanted);
        amend(FILE, text.as_bytes(), &wanted).unwrap_or_else(|fault| panic!("{fault}"))
    }

    fn list(items: &[&str]) -> Option<Vec<String>> {
        Some(items.iter().map(|&item| item.to_owned()).collect())
    }

    #[test]
    fn what_is_not_concerned_stays_as_it_is() {
        let text = "---\n# mine\ntitle: 'a' # the title\n\ncountries: # where\n  - EG # Egypt\n  # and\n  - \"IN\"\n# below\nlang:   ar\n---\nx\n";
        let changed = amended(text, |front| {
            front.title = Some("b 'c'".into());
            front.countries = list(&["EG", "QA"]);
            front.date = Some(date(2024, 5, 12));
        });
        let wanted = "---\n# mine\ntitle: 'b ''c''' # the title\ndate: 2024-05-12\n\ncountries: # where\n  - EG # Egypt\n  - QA\n  # and\n# below\nlang:   ar\n---\nx\n";
        assert_eq!(changed, wanted);
    }

    #[test]
    fn each_form_of_a_list_is_kept() {
        for (written, wanted, printed) in [
            (" [EG, IN,QA]", &["EG", "QA"][..], " [EG, QA]"),
            (" [EG, IN,QA]", &["EG"], " [EG]"),
            (" [EG, IN,QA]", &["QA"], " [QA]"),
            (" [ 'EG' ] # c", &["EG", "IN"], " [ 'EG', IN ] # c"),
            (" [EG, IN]", &["QA", "EG", "IN"], " [QA, EG, IN]"),
            (" [EG, IN]", &["IN", "EG"], " [IN, EG]"),
            (" [EG, IN]", &["EG", "QA", "IN"], " [EG, QA, IN]"),
            (" [EG, IN, QA]", &["EG", "NO", "QA"], " [EG, \"NO\", QA]"),
            (" [EG]", &[], " []"),
            ("", &["EG"], " [EG]"),
            (" ~ # none", &["EG"], " [EG] # none"),
            (" []", &["EG"], " [EG]"),
            (
                " [EG, # e\n  IN, # i\n  QA] # q",
                &["EG", "QA"],
                " [EG, # e\n   # i\n  QA] # q",
            ),
            (" [EG, # e\n  IN # i\n ]", &["EG"], " [EG, # e\n   # i\n ]"),
            ("\n- EG\n- IN", &["IN"], "\n- IN"),
            ("\n  - EG\n  - IN", &["IN", "EG"], "\n  - IN\n  - EG"),
            ("\n  - EG\n  # c\n  - IN", &[], " []"),
        ] {
            let text = format!("---\ncountries:{written}\nlang: ar\n---\nx\n");
            let changed = amended(&text, |front| front.countries = list(wanted));
            assert_eq!(
                changed,
                format!("---\ncountries:{printed}\nlang: ar\n---\nx\n"),
                "{written}"
            );
        }
    }

    #[test]
    fn a_key_that_goes_takes_its_lines_along_and_no_other() {
        let text = "---\ntitle: a\nsummary: >\n  one\n  two\n# c\nofficials:\n- x\n- y\nreview: done\n---\n";
        let changed = amended(text, |front| {
            front.summary = None;
            front.officials = None;
        });
        assert_eq!(changed, "---\ntitle: a\n# c\nreview: done\n---\n");
        let changed = amended(text, |front| front.summary = Some("three".into()));
        assert_eq!(changed, text.replace(">\n  one\n  two", "three"));
    }

    #[test]
    fn a_page_without_front_matter_is_given_one_above_its_body() {
        for (mark, end) in [("", "\n"), ("\u{FEFF}", "\r\n")] {
            let body = format!("# نص{end}{end}آخر{end}"); // text, another
            let changed = amended(&format!("{mark}{body}"), |front| front.review = Review::Done);
            assert_eq!(changed, format!("{mark}---{end}review: done{end}---{end}{end}{body}"));
            let empty = amended(&format!("---{end}---{end}{body}"), |front| {
                front.countries = list(&["EG"])
            });
            assert_eq!(empty, format!("---{end}countries: [EG]{end}---{end}{body}"));
        }
    }

    #[test]
    fn a_front_matter_in_braces_stays_in_them() {
        let text = "---\n{title: a, lang: ar} # c\n---\nx\n";
        let changed = amended(text, |front| {
            front.date = Some(date(2024, 5, 12));
            front.countries = list(&["EG"]);
        });
        assert_eq!(
            changed,
            "---\n{title: a, date: 2024-05-12, lang: ar, countries: [EG]} # c\n---\nx\n"
        );
        assert_eq!(
            amended(text, |front| front.title = None),
            "---\n{lang: ar} # c\n---\nx\n"
        );
    }

    #[test]
    fn what_is_broken_is_not_touched_and_told_with_its_place() {
        for (text, line) in [
            ("---\ntitle: a\ndate: 12 مايو\n---\nx\n", Some(3)), // 12 May
            ("---\ntitle: [a\n---\nx\n", Some(2)),
            ("---\ntitle: a\ntitle: b\n---\nx\n", Some(3)),
            ("---\ntitle: a\nx\n", Some(1)),
        ] {
            let fault = amend(FILE, text.as_bytes(), &FrontMatter::default()).expect_err(text);
            assert_eq!(fault.place.map(|place| place.line), line, "{fault}");
        }
        assert!(amend(FILE, b"---\ntitle: \xC7\n---\n", &FrontMatter::default()).is_err());
    }

    /// A value as some person writes it.
    fn written(key: &'static str) -> BoxedStrategy<String> {
        let words = "[a-dابت]([a-d ابت'-]{0,8}[a-dابت])?";
        match key {
            "title" | "summary" => prop_oneof![
                words.prop_map(|words| words),
                words.prop_map(|words| format!("\"{words}\"")),
                words.prop_map(|words| format!("'{}'", words.replace('\'', "''"))),
                words.prop_map(|words| format!(">-\n  {words}\n  {words}")),
                Just(String::new()),
            ]
            .boxed(),
            "date" => prop_oneof![Just("2024-05-12"), Just("'2023-01-02'"), Just("\"2023-01-03\"")]
                .prop_map(str::to_owned)
                .boxed(),
            "lang" => Just("ar".to_owned()).boxed(),
            "review" => prop_oneof![Just("auto"), Just("'done'")]
                .prop_map(str::to_owned)
                .boxed(),
            _ => (proptest::collection::vec("[a-f]{1,3}", 0..4), 0..5u8)
                .prop_map(|(items, form)| in_form(&items, form))
                .boxed(),
        }
    }

    fn in_form(items: &[String], form: u8) -> String {
        let each = |before: &str, after: &str| {
            let lines: Vec<String> = items.iter().map(|item| format!("{before}{item}{after}")).collect();
            lines.concat()
        };
        match form {
            _ if items.is_empty() => "[]".into(),
            0 => format!("[{}]", items.join(", ")),
            1 => format!("[ '{}' ]", items.join("','")),
            2 => each("\n  - ", ""),
            3 => each("\n- \"", "\" # why"),
            _ => format!("[{}\n  ]", each("\n    ", ", # c")),
        }
    }

    const KEYS: [&str; 8] = [
        "title",
        "date",
        "lang",
        "summary",
        "countries",
        "officials",
        "topics",
        "review",
    ];

    /// The lines of one key, with a comment or an empty line above.
    fn chunk(key: &'static str) -> impl Strategy<Value = (&'static str, String)> {
        let comment = prop_oneof![Just(""), Just("\n"), Just("# ملاحظة\n"), Just("\n# a: b\n")]; // a note
        (written(key), comment).prop_map(move |(value, comment)| {
            let space = if value.is_empty() || value.starts_with('\n') {
                ""
            } else {
                " "
            };
            (key, format!("{comment}{key}:{space}{value}\n"))
        })
    }

    /// Some keys in some order.
    fn chunks() -> impl Strategy<Value = Vec<(&'static str, String)>> {
        let keys = proptest::sample::subsequence(KEYS.to_vec(), 1..=KEYS.len()).prop_shuffle();
        keys.prop_flat_map(|keys| keys.into_iter().map(chunk).collect::<Vec<_>>())
    }

    /// Left as it is, taken away, or made another.
    fn to<T: std::fmt::Debug>(other: impl Strategy<Value = T>) -> impl Strategy<Value = Option<Option<T>>> {
        proptest::option::of(proptest::option::of(other))
    }

    fn some_list() -> impl Strategy<Value = Vec<String>> {
        proptest::collection::vec("[a-f]{1,3}", 0..4)
    }

    prop_compose! {
        fn change()(
            title in to("[a-c:'\"#ابت]{1,6}"),
            summary in to("[a-c,ابت]{1,6}"),
            day in to(1i8..28),
            (countries, officials, topics) in (to(some_list()), to(some_list()), to(some_list())),
            done in proptest::option::of(any::<bool>()),
        ) -> FrontMatterChange {
            FrontMatterChange { title, summary, day, countries, officials, topics, done }
        }
    }

    /// What some keys are to state.
    #[derive(Debug)]
    struct FrontMatterChange {
        title: Option<Option<String>>,
        summary: Option<Option<String>>,
        day: Option<Option<i8>>,
        countries: Option<Option<Vec<String>>>,
        officials: Option<Option<Vec<String>>>,
        topics: Option<Option<Vec<String>>>,
        done: Option<bool>,
    }

    impl FrontMatterChange {
        fn of(self, now: &FrontMatter) -> FrontMatter {
            let review = |done| if done { Review::Done } else { Review::Auto };
            FrontMatter {
                title: self.title.unwrap_or_else(|| now.title.clone()),
                summary: self.summary.unwrap_or_else(|| now.summary.clone()),
                date: self.day.map_or(now.date, |day| day.map(|day| date(2025, 1, day))),
                countries: self.countries.unwrap_or_else(|| now.countries.clone()),
                officials: self.officials.unwrap_or_else(|| now.officials.clone()),
                topics: self.topics.unwrap_or_else(|| now.topics.clone()),
                review: self.done.map_or(now.review, review),
                ..now.clone()
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn after_a_change_the_page_states_what_is_wanted_and_every_other_line_is_there(
            chunks in chunks(),
            change in change(),
            body in "(\n|---\n|# a\n|نص\n){0,4}",
            (crlf, mark) in any::<(bool, bool)>(),
        ) {
            let lines = |text: &str| if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
            let yaml: String = chunks.iter().map(|(_, chunk)| chunk.as_str()).collect();
            let mark = if mark { "\u{FEFF}" } else { "" };
            let text = format!("{mark}{}", lines(&format!("---\n{yaml}---\n{body}")));
            let before = front(&text);
            let wanted = change.of(&before);
            let after = amend(FILE, text.as_bytes(), &wanted);
            let after = after.map_err(|fault| TestCaseError::fail(format!("{fault}\n{text}")))?;
            prop_assert_eq!(front(&after), wanted.clone());
            prop_assert!(after.starts_with(mark) && after.ends_with(&lines(&body)));
            prop_assert_eq!(after.matches('\n').count(), after.matches(if crlf { "\r\n" } else { "\n" }).count());
            let concerned: Vec<&str> = changes(&before, &wanted).into_iter().map(|(key, _)| key).collect();
            let mut rest = after.as_str();
            for (key, chunk) in &chunks {
                let comment = chunk.split(&format!("{key}:")).next().unwrap_or_default();
                let stays = lines(if concerned.contains(key) { comment } else { chunk });
                let at = rest.find(stays.as_str());
                prop_assert!(at.is_some(), "{key} of\n{text}\nin\n{after}");
                rest = &rest[at.unwrap_or(0) + stays.len()..];
            }
        }
    }
}
