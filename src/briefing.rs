//! A raw text to a page: headline, dateline, date, summary, paragraphs and quoted posts, with no help from its writer.
//!
//! A raw text becomes Markdown first, so that from there on raw and reviewed texts take one road.

mod boilerplate;
mod circumstance;
mod dateline;
mod day;
mod headline;
mod nominal;

use crate::language::Language;
use crate::markdown::{self, Block, BlockKind, Body};
use crate::page::{Apart, ApartKind, FrontMatter, Page, TitleRule};
use crate::post;
use crate::text;

/// Longest summary in characters.
const LONGEST_SUMMARY: usize = 300;

/// Reads a raw text. `file` is its path; its name may give the date. Anything gives a page.
pub fn read(file: &str, text: &str) -> Page {
    let (lines, apart) = boilerplate::set_apart(paragraphs(text));
    let (headline, lines) = match headline::of(&lines) {
        Some(headline) => (Some(headline), &lines[1..]),
        None => (None, &lines[..]),
    };
    let page = complete(file, FrontMatter::default(), headline, to_markdown(lines));
    Page {
        tags: tags(&apart),
        apart,
        ..page
    }
}

/// The tags among what was set apart.
fn tags(apart: &[Apart]) -> Vec<String> {
    let lines = apart.iter().filter(|apart| apart.kind == ApartKind::Tags);
    lines.flat_map(|line| boilerplate::tags(&line.words)).collect()
}

/// A page of a Markdown body: what the front matter does not state is found in the text.
pub fn complete(file: &str, front: FrontMatter, headline: Option<String>, markdown: String) -> Page {
    let main = Language::of(&markdown).unwrap_or(Language::Arabic);
    let language = front.lang.unwrap_or(main);
    let body = markdown::body(&markdown, language);
    let (dateline, lead) = dateline::split(lead(&body));
    let (title, title_rule) = match (&front.title, headline) {
        (Some(title), _) => (title.clone(), TitleRule::Stated),
        (None, Some(headline)) => (headline, TitleRule::Headline),
        (None, None) => match headline::from_lead(lead) {
            Some(title) => (title, TitleRule::Lead),
            None => (stem(file), TitleRule::FileName),
        },
    };
    let date = day::of(&front, file, &body, &dateline);
    let summary = front.summary.clone().unwrap_or_else(|| summary(lead));
    let kind = |words: &String| boilerplate::kind(words).unwrap_or(ApartKind::Stated);
    let apart: Vec<Apart> = front
        .set_apart
        .iter()
        .map(|words| Apart::new(kind(words), words))
        .collect();
    Page {
        tags: tags(&apart),
        apart,
        file: file.to_owned(),
        title,
        title_rule,
        date,
        dateline: dateline.parts,
        summary,
        language,
        front,
        body: markdown,
    }
}

/// The name of a file without folder and ending, on one line; never empty unless `file` is.
fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = text::squeeze(if stem.trim().is_empty() { file } else { stem });
    words.into_owned()
}

/// The first paragraph that is no quoted post and does more than announce the next one (سادسا: "sixthly:"); of a
/// dispatch that opens with a line of place and date alone, that line and the paragraph after it.
fn lead(body: &Body) -> &str {
    let announces = |block: &&Block| {
        let words = body.text[block.range.clone()].trim_end();
        words.ends_with(':') && text::words(&text::fold_name(words)).len() < 3
    };
    let prose = body.blocks.iter().filter(|block| block.kind == BlockKind::Prose);
    let mut prose = prose.skip_while(announces);
    let Some(first) = prose.next() else { return "" };
    let whole = &body.text[first.range.clone()];
    match prose.next() {
        Some(next) if dateline::is_alone(whole) && next.range.start == first.range.end + 1 => {
            &body.text[first.range.start..next.range.end]
        }
        _ => whole,
    }
}

/// The paragraphs of a raw text, each on one line: lines, or, where blank lines part blocks of wrapped lines, the blocks.
fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<String> = text.lines().map(clean).collect();
    let full: Vec<&String> = lines.iter().filter(|line| !line.is_empty()).collect();
    let ended = |line: &&&String| line.ends_with(['.', '!', ':', '"', '\u{061F}', '»', '”']);
    let short = full.iter().all(|line| line.chars().count() < 100);
    let wrapped = short
        && lines.iter().any(String::is_empty)
        && full.iter().filter(ended).count() * 2 < full.len()
        && full.len() > 5;
    if !wrapped {
        return lines.into_iter().filter(|line| !line.is_empty()).collect();
    }
    let blocks = lines.split(String::is_empty).filter(|block| !block.is_empty());
    blocks.map(|block| block.join(" ")).collect()
}

/// A line with its spaces squeezed and what nobody sees taken out, but for marks that join or turn letters; at its ends,
/// where they turn nothing, those that turn go too.
fn clean(line: &str) -> String {
    let turning = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let line = line.trim_matches(turning);
    let unseen = |letter: char| {
        matches!(letter, '\u{200B}' | '\u{FEFF}' | '\u{00AD}' | '\u{2060}') || (letter.is_control() && letter != '\t')
    };
    if line.contains(unseen) {
        text::squeeze(&line.replace(unseen, "")).into_owned()
    } else {
        text::squeeze(line).into_owned()
    }
}

/// Paragraphs as Markdown, quoted posts as quotations.
fn to_markdown(lines: &[String]) -> String {
    let mut main = None;
    let mut blocks: Vec<String> = Vec::with_capacity(lines.len());
    // Lines since the last post, from which a post may take its words.
    let mut free = 0;
    for line in lines {
        let (words, signature) = match post::glued_attribution(line) {
            Some(at) => (line[..at].trim(), line[at..].trim()),
            None if post::attribution(line).is_some() => ("", line.as_str()),
            None => {
                blocks.push(markdown::escape(line).into_owned());
                continue;
            }
        };
        if !words.is_empty() {
            blocks.push(markdown::escape(words).into_owned());
        }
        let main = *main.get_or_insert_with(|| Language::of(&lines.concat()));
        let from = post_start(&blocks, free, main);
        let words: Vec<String> = blocks.drain(from..).collect();
        let signature = markdown::escape(signature);
        blocks.push(format!("> {}\n>\n> {signature}", words.join("\n>\n> ")));
        free = blocks.len();
    }
    let mut markdown = blocks.join("\n\n");
    markdown.push('\n');
    markdown
}

/// The first of `blocks` that belongs to a post which ends with the last one: the last, and those before it that
/// are not in the language of the text, unless the last is.
fn post_start(blocks: &[String], free: usize, main: Option<Language>) -> usize {
    let Some(last) = blocks.len().checked_sub(1).filter(|&last| last >= free) else {
        return blocks.len();
    };
    let foreign = |block: &String| Language::of(block).is_none_or(|language| Some(language) != main);
    let picture = blocks[last].starts_with("pic.twitter.com/") || blocks[last].starts_with("https://t.co/");
    let mut start = if picture && last > free { last - 1 } else { last };
    while start > free && foreign(&blocks[start]) && foreign(&blocks[start - 1]) {
        start -= 1;
    }
    start
}

/// The first sentence or two of the lead, at most 300 characters, cut at a word.
fn summary(lead: &str) -> String {
    let mut end = 0;
    for sentence in headline::sentences(lead).take(2) {
        if end > 0 && lead[..sentence.end].chars().count() > LONGEST_SUMMARY {
            break;
        }
        end = sentence.end;
    }
    let words = lead[..end].trim();
    if words.chars().count() <= LONGEST_SUMMARY {
        return words.to_owned();
    }
    let cut = headline::cut(words, LONGEST_SUMMARY - 1);
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::date::DateRule;

    const POST: &str = "شاركت الهند وجزر المالديف، يوم الإثنين، في رئاسة الاجتماع الثاني للجنة المشتركة.\n\
        Met @MoFAmv today.\n\
        pic.twitter.com/BIU4\n\
        — Sanjay Verma (@SanjayVermalFS) July 24, 2023\n\
        وأكد الجانبان أهمية التعاون.\n"; // India and Maldives chaired a meeting on Monday; both stressed cooperation

    #[test]
    fn a_post_is_taken_out_of_the_paragraphs_around_it() {
        let page = read("seeds/a.txt", POST);
        let quoted =
            "> Met @MoFAmv today.\n>\n> pic.twitter.com/BIU4\n>\n> — Sanjay Verma (@SanjayVermalFS) July 24, 2023";
        assert!(page.body.contains(quoted), "{}", page.body);
        assert!(page.body.ends_with("\n\nوأكد الجانبان أهمية التعاون.\n"));
    }

    #[test]
    fn a_weekday_is_resolved_against_the_day_of_a_post() {
        let dated = read("seeds/a.txt", POST).date.expect("a date");
        assert_eq!((dated.date, dated.rule), (date(2023, 7, 24), DateRule::Weekday));
    }

    #[test]
    fn a_line_that_only_announces_the_next_is_no_title() {
        let page = read("seeds/a.txt", "سادساً :\nوافق المجلس على الاتفاقية بعد الاطلاع عليها.\n"); // sixthly: the council agreed
        assert!(page.title.starts_with("المجلس يوافق على الاتفاقية"), "{}", page.title);
    }

    #[test]
    fn a_text_of_wrapped_lines_is_put_together() {
        let text = "عنوان قصير\n\nعقد الوزيران اجتماعا في\nالقاهرة لبحث سبل\nالتعاون بين البلدين\n\nوأكد الوزير أن\nالعلاقات متينة\n";
        assert_eq!(
            paragraphs(text),
            [
                "عنوان قصير",
                "عقد الوزيران اجتماعا في القاهرة لبحث سبل التعاون بين البلدين",
                "وأكد الوزير أن العلاقات متينة"
            ]
        );
    }

    proptest! {
        #[test]
        fn a_raw_text_publishes_its_own_words(lines in proptest::collection::vec("[ا-ي a-zA-Z0-9«»،.:*_#>\\[\\]`|~+=<&;-]{1,40}", 1..8)) {
            let text = lines.join("\n");
            let page = read("seeds/a.txt", &text);
            let mut shown = markdown::body(&page.body, page.language).text;
            if page.title_rule == TitleRule::Headline {
                shown = format!("{}\n{shown}", page.title);
            }
            shown.extend(page.apart.iter().map(|apart| format!("\n{}", apart.words)));
            let words = |text: &str| {
                let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
                words.sort();
                words
            };
            prop_assert_eq!(words(&shown), words(&text));
        }

        #[test]
        fn any_text_gives_a_page(text in "\\PC{0,80}\n\\PC{0,200}") {
            let page = read("seeds/a.txt", &text);
            prop_assert!(!page.title.is_empty() && !page.title.contains('\n'));
            prop_assert!(page.title_rule != TitleRule::Lead || page.title.chars().count() <= 90);
        }
    }
}
