//! A source, raw or reviewed, to a page.
//!
//! In: a decoded text of `seeds/` or `content/`. Out: always a page. A text that opens with a line of `---` has front
//! matter and a Markdown body; a `.md` file without is Markdown too; anything else is a raw text, line by line.

use crate::briefing;
use crate::diagnostic::Checked;
use crate::markdown;
use crate::page::{FrontMatter, Page, front};

/// Reads the text of `file`, its path relative to the site.
pub fn read(file: &str, text: &str) -> Checked<Page> {
    match front::read(file, text) {
        Some(Checked {
            value: (front, body),
            diagnostics,
        }) => Checked {
            value: reviewed(file, front, body),
            diagnostics,
        },
        None if is_markdown(file) => Checked::clean(reviewed(file, FrontMatter::default(), text)),
        None => Checked::clean(briefing::read(file, text)),
    }
}

fn is_markdown(file: &str) -> bool {
    file.rsplit_once('.')
        .is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("md"))
}

/// A page of Markdown. Where no title is stated, the first-level heading that opens the body is the headline.
fn reviewed(file: &str, front: FrontMatter, text: &str) -> Page {
    let (headline, body) = match front.title {
        Some(_) => (None, text),
        None => markdown::split_headline(text),
    };
    briefing::complete(file, front, headline, body.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::page::TitleRule;

    #[test]
    fn a_page_is_read_by_how_it_opens_and_what_it_is_called() {
        for (file, text, title, rule, body) in [
            (
                "content/a.md",
                "---\ntitle: a\n---\n\n# b\n\n**c**\n",
                "a",
                TitleRule::Stated,
                "# b\n\n**c**\n",
            ),
            (
                "content/a.md",
                "---\nlang: en\n---\n# b *c*\n\nd\n",
                "b c",
                TitleRule::Headline,
                "d\n",
            ),
            ("seeds/a.MD", "b \\*\n=\n\n\n- d\n", "b *", TitleRule::Headline, "- d\n"),
            ("seeds/a.md", "## b\n", "a", TitleRule::FileName, "## b\n"),
            ("seeds/a.md", "#\n\n...\n", "a", TitleRule::FileName, "#\n\n...\n"),
            (
                "seeds/a.txt",
                "---\ntitle: a\n---\n*b*\n",
                "a",
                TitleRule::Stated,
                "*b*\n",
            ),
            ("seeds/a.txt", "# *\n", "a", TitleRule::FileName, "\\# \\*\n"),
        ] {
            let page = read(file, text).value;
            assert_eq!(
                (page.title.as_str(), page.title_rule, page.body.as_str()),
                (title, rule, body),
                "{text}"
            );
        }
    }

    #[test]
    fn a_page_with_a_fault_is_still_a_page() {
        let read = read("content/a.md", "---\ntitel: a\n---\nعقد الوزيران اجتماعا في القاهرة.\n"); // two ministers met
        assert_eq!(read.diagnostics.len(), 1);
        assert_eq!(read.value.title_rule, TitleRule::Lead);
    }

    proptest! {
        #[test]
        fn any_text_gives_a_page_with_a_title(
            text in "(---\n|title: |date: |: |\\[|\"|# |> |\n|[ا-ي]{1,5} |\\PC{0,8}|\\p{C}){0,30}",
            file in prop_oneof![Just("seeds/a.txt"), Just("content/a.md"), Just("seeds/.txt"), Just("seeds/a")],
        ) {
            for text in [&text, &format!("---\n{text}"), &format!("---\n{text}\n---\n{text}")] {
                let title = read(file, text).value.title;
                prop_assert!(!title.is_empty() && title.lines().count() == 1, "{:?}", title);
            }
        }
    }
}
