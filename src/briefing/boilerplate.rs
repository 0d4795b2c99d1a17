//! What papers and agencies put around a text that is no part of it: signatures, tags, links, credits, navigation.
//!
//! In: the lines of a raw text. Out: the lines that are text, and the rest with what each is. Only what has the form of
//! such a line is set apart; whatever could be a sentence stays.

use super::dateline;
use crate::page::{Apart, ApartKind};
use crate::text;

/// Longest line that is set apart, in words; a list of tags may be longer.
const LONGEST: usize = 14;

/// Parts the lines of a text from what is put around it. Where nothing would be left, all of it is text.
pub fn set_apart(lines: Vec<String>) -> (Vec<String>, Vec<Apart>) {
    let mut apart = Vec::new();
    let mut kept = Vec::with_capacity(lines.len());
    let end = end_of_text(&lines);
    for (at, line) in lines.iter().enumerate() {
        // What ends the text may stand alone; above that, a line must say what it is.
        let kind = if at >= end {
            tail_kind(&lines[end..=at])
        } else {
            kind(line)
        };
        match kind {
            Some(kind) => apart.push(Apart::new(kind, line)),
            None => kept.push(without_ends(line, &mut apart)),
        }
    }
    if kept.iter().all(String::is_empty) {
        return (lines, Vec::new());
    }
    kept.retain(|line| !line.is_empty());
    (kept, apart)
}

/// What a line is, as it stands; `None` where it is text.
pub fn kind(line: &str) -> Option<ApartKind> {
    let line = line.trim();
    if line.len() > 600 {
        return None;
    }
    let folded = text::fold_name(line);
    let few = folded.split(' ').count() <= LONGEST;
    let is = |kind: ApartKind, holds: bool| holds.then_some(kind);
    is(ApartKind::Tags, is_tags(&folded))
        .or_else(|| is(ApartKind::Signature, few && is_signature(&folded)))
        .or_else(|| is(ApartKind::Navigation, few && is_navigation(&folded)))
        .or_else(|| is(ApartKind::Link, few && is_link(&folded)))
        .or_else(|| is(ApartKind::Source, few && after_label(&folded, &SOURCES).is_some()))
        .or_else(|| is(ApartKind::Credit, few && is_credit(&folded)))
        .or_else(|| is(ApartKind::Caption, few && is_caption(line)))
}

/// What the last of `lines`, which follow the end of a text, is.
fn tail_kind(lines: &[String]) -> Option<ApartKind> {
    let (line, above) = lines.split_last()?;
    kind(line)
        .or_else(|| heading(line))
        .or_else(|| is_serial(line).then_some(ApartKind::Signature))
        .or_else(|| above.iter().rev().find_map(|line| heading(line)))
}

/// The line after the last one that is text: below it stand lines of boilerplate, headings of lists and their items.
fn end_of_text(lines: &[String]) -> usize {
    let mut end = lines.len();
    // Short lines without a stop are items, if a heading stands above them.
    let mut items = end;
    for (at, line) in lines.iter().enumerate().rev() {
        if heading(line).is_some() || (items == end && (kind(line).is_some() || is_serial(line))) {
            items = at;
            end = at;
        } else if is_item(line) {
            items = at;
        } else {
            break;
        }
    }
    end
}

/// Whether a line may be an item of a list of tags or of further reading: short, and no sentence.
fn is_item(line: &str) -> bool {
    line.split(' ').count() <= LONGEST && !line.ends_with(['.', ':', '،', '!', '\u{061F}']) && !line.contains(". ")
}

/// What the items under a line are, where it is the heading of such a list and nothing else.
fn heading(line: &str) -> Option<ApartKind> {
    let folded = text::fold_name(line);
    let words = folded.trim_matches(|letter: char| !text::is_word_letter(letter));
    if TAGS.contains(&words) {
        Some(ApartKind::Tags)
    } else if FURTHER.contains(&words) {
        Some(ApartKind::Navigation)
    } else {
        None
    }
}

/// Labels of a list of tags, folded: tags, keywords, marks.
const TAGS: [&str; 13] = [
    "الوسوم",
    "وسوم",
    "سمات",
    "السمات",
    "كلمات مفتاحيه",
    "الكلمات المفتاحيه",
    "كلمات دلاليه",
    "الكلمات الدلاليه",
    "هاشتاق",
    "هاشتاغ",
    "تاغات",
    "tags",
    "keywords",
];

/// Labels of a source, folded.
const SOURCES: [&str; 4] = ["المصدر", "المصادر", "نقلا عن", "source"];

/// Headings of further reading, folded: read also, see also, related news, more news, you may like.
const FURTHER: [&str; 14] = [
    "اقرا ايضا",
    "اقرا المزيد",
    "واقرا ايضا",
    "شاهد ايضا",
    "طالع ايضا",
    "مواضيع ذات صله",
    "موضوعات ذات صله",
    "اخبار ذات صله",
    "مقالات ذات صله",
    "المزيد من الاخبار",
    "اخبار متعلقه",
    "قد يعجبك ايضا",
    "read also",
    "related news",
];

/// Whole lines of navigation, folded, without marks.
const NAVIGATION: [&str; 27] = [
    "next previous",
    "previous next",
    "next",
    "previous",
    "السابق التالي",
    "التالي السابق",
    "السابق",
    "التالي",
    "شارك",
    "شارك هذا الخبر",
    "شارك هذا المقال",
    "شارك هذا الموضوع",
    "شارك الخبر",
    "شارك المقال",
    "شارك علي",
    "مشاركه الخبر",
    "مشاركه",
    "طباعه",
    "طباعه الخبر",
    "ارسل لصديق",
    "ارسال لصديق",
    "نسخ الرابط",
    "حفظ الخبر",
    "العوده للاعلي",
    "share this",
    "share",
    "print",
];

/// Labels of credits, folded: photograph, camera, prepared by, written by, translation.
const CREDITS: [&str; 14] = [
    "تصوير",
    "عدسه",
    "بعدسه",
    "صوره",
    "الصوره",
    "الصور",
    "اعداد",
    "كتب",
    "كتبت",
    "ترجمه",
    "تحرير",
    "photo",
    "photos",
    "credit",
];

/// Who gives photographs, folded without stops: agencies, archives.
const GIVERS: [&str; 19] = [
    "رويترز",
    "ا ف ب",
    "اف ب",
    "ا ب",
    "واس",
    "وام",
    "بترا",
    "كونا",
    "الاناضول",
    "غيتي",
    "جيتي",
    "ارشيفيه",
    "ارشيف",
    "صوره ارشيفيه",
    "reuters",
    "afp",
    "ap",
    "getty images",
    "getty",
];

/// What stands after one of the labels and a colon at the start of a folded line.
fn after_label<'a>(folded: &'a str, labels: &[&str]) -> Option<&'a str> {
    let (label, rest) = folded.split_once(':')?;
    let label = label
        .trim_start_matches(|letter: char| !text::is_word_letter(letter))
        .trim();
    (labels.contains(&label) && !rest.trim().is_empty()).then_some(rest)
}

/// A label and a colon, or without the colon two short items or more parted by commas, and no sentence.
fn is_tags(folded: &str) -> bool {
    let brief = |items: &str| {
        items
            .split(is_separator)
            .all(|item| item.split_whitespace().count() <= 6)
    };
    if let Some(items) = after_label(folded, &TAGS) {
        return brief(items) && !items.contains(". ");
    }
    let label = TAGS
        .iter()
        .filter_map(|label| folded.strip_prefix(label)?.strip_prefix(' '));
    let mut items = label.filter(|items| items.split(is_separator).count() > 2);
    items.any(|items| {
        !items.contains(['.', ':'])
            && items
                .split(is_separator)
                .all(|item| item.split_whitespace().count() <= 3)
    })
}

fn is_separator(letter: char) -> bool {
    matches!(
        letter,
        '\u{060C}' | ',' | '|' | '#' | '\u{061B}' | ';' | '/' | '•' | '·'
    )
}

/// `// انتهى //`, `12:30 ت م 0015`, `إضافة أولى`: what an agency signs a dispatch with.
fn is_signature(folded: &str) -> bool {
    let marks = |letter: char| matches!(letter, '/' | '(' | ')' | '-' | ' ' | '.' | '*' | '_' | '#');
    let mut words = folded.split(marks).filter(|word| !word.is_empty()).peekable();
    let first = words.peek().copied().unwrap_or_default();
    if first == "اضافه" {
        return words
            .skip(1)
            .all(|word| ORDINALS.contains(&word.trim_start_matches('\u{0648}')));
    }
    let mut ended = false;
    let mut timed = false;
    let rest = words.all(|word| {
        ended |= ENDED.contains(&word);
        timed |= is_clock(word);
        ENDED.contains(&word) || is_clock(word) || ZONES.contains(&word) || is_number(word)
    });
    let zoned = folded.split(marks).any(|word| ZONES.contains(&word));
    rest && (ended || (timed && zoned))
}

/// Words that end a dispatch, folded: it ended, it is continued; the letters that end a telex.
const ENDED: [&str; 6] = ["انتهي", "يتبع", "النهايه", "ends", "endit", "nnnn"];

/// Words after a time, folded: by the time of Mecca, Greenwich.
const ZONES: [&str; 8] = ["ت", "م", "ج", "جمت", "تم", "بتوقيت", "غرينتش", "gmt"];

/// Which piece of a dispatch, folded: first to tenth, and last.
const ORDINALS: [&str; 14] = [
    "اولي",
    "ثانيه",
    "ثالثه",
    "رابعه",
    "خامسه",
    "سادسه",
    "سابعه",
    "ثامنه",
    "تاسعه",
    "عاشره",
    "اخيره",
    "واخيره",
    "1",
    "2",
];

fn is_clock(word: &str) -> bool {
    let two = |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once(':')
        .is_some_and(|(hour, minute)| two(hour) && two(minute))
}

/// The number that an agency counts its dispatches by.
fn is_number(word: &str) -> bool {
    (3..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line is such a number alone, which opens with a zero as no year does.
fn is_serial(line: &str) -> bool {
    let folded = text::fold_name(line);
    folded.starts_with('0') && is_number(&folded)
}

fn is_navigation(folded: &str) -> bool {
    let words = folded.trim_matches(|letter: char| !text::is_word_letter(letter));
    let further = || {
        let heading = FURTHER.iter().filter_map(|heading| words.strip_prefix(heading));
        heading
            .map(str::trim_start)
            .any(|rest| rest.is_empty() || rest.starts_with([':', '|', '-', '«', '"', '.', '…']))
    };
    // A row of the places where one may share it.
    let row = || words.starts_with("شارك") && words.matches('|').count() > 0 && words.contains(':');
    let rights = words.starts_with("جميع الحقوق محفوظه") || words.starts_with("all rights reserved");
    NAVIGATION.contains(&words) || further() || row() || rights
}

/// A line that leads elsewhere: the report in the paper, more about it.
fn is_link(folded: &str) -> bool {
    const LINKS: [&str; 5] = [
        "رابط الخبر",
        "رابط الموضوع",
        "رابط المصدر",
        "رابط المقال",
        "رابط التقرير",
    ];
    const MORE: [&str; 8] = [
        "اضغط",
        "انقر",
        "زوروا",
        "زياره",
        "الرابط",
        "المعلومات",
        "التفاصيل",
        "الاخبار",
    ];
    let address = folded.contains("http") || folded.contains("www.");
    let linked = LINKS.iter().any(|link| folded.starts_with(link));
    let sentence = folded.ends_with('.') && !address;
    let more = folded.starts_with("للمزيد") || folded.starts_with("لمزيد من") || folded.starts_with("لقراءه المزيد");
    let told = address || folded.ends_with(':') || folded.contains("اضغط") || folded.contains("انقر");
    let pointed = MORE.iter().filter(|word| folded.contains(*word)).count() > 1;
    (linked && !sentence) || (more && (told || pointed) && !sentence)
}

/// A label of a credit and a colon, with a few names and no sentence.
fn is_credit(folded: &str) -> bool {
    let whole = folded.trim_matches(['(', ')', '[', ']']);
    let again = |names: &str| {
        names
            .split_once(':')
            .is_some_and(|(names, _)| CREDITS.iter().any(|label| names.trim_end().ends_with(label)))
    };
    let names = after_label(whole, &CREDITS).is_some_and(|names| names.split_whitespace().count() <= 6 || again(names));
    // Two credits on one line: prepared by so-and-so, photographs: another.
    let twice = || {
        let (first, rest) = whole.split_once(':').unwrap_or((whole, ""));
        let label = first.trim().rsplit(' ').next().unwrap_or_default();
        let opens = CREDITS
            .iter()
            .any(|credit| first.strip_prefix(credit).is_some_and(|rest| rest.starts_with(' ')));
        opens && CREDITS.contains(&label) && rest.split_whitespace().count() <= 6
    };
    (names || twice()) && !whole.ends_with('.')
}

/// A line without a stop that ends with who gave the photograph: `الوزير يصافح نظيره (رويترز)`.
fn is_caption(line: &str) -> bool {
    let Some((words, giver)) = line.strip_suffix(')').and_then(|line| line.rsplit_once('(')) else {
        return false;
    };
    is_giver(giver) && !words.contains(['.', ':', '-', '–']) && words.split_whitespace().count() > 2
}

fn is_giver(words: &str) -> bool {
    let folded = text::fold_name(&words.replace('.', " "));
    GIVERS.contains(&folded.trim())
}

/// A line of text without the signature that was run into its end, and without a credit in brackets; where a dateline
/// follows that, what stands before it is the caption of the photograph.
fn without_ends(line: &str, apart: &mut Vec<Apart>) -> String {
    let mut kept = line;
    let ended = line.rfind("//").map(|last| line[..last].rfind("//").unwrap_or(last));
    if let Some(at) = ended.filter(|&at| at > 0 && kind(&line[at..]) == Some(ApartKind::Signature)) {
        apart.push(Apart::new(ApartKind::Signature, &line[at..]));
        kept = line[..at].trim_end();
    }
    let Some((start, end)) = credit(kept) else {
        return kept.to_owned();
    };
    let opens = dateline::split(kept[end..].trim_start()).0;
    if !opens.words.is_empty() && !kept[..start].contains(". ") {
        apart.push(Apart::new(ApartKind::Caption, &kept[..end]));
        return kept[end..].trim_start().to_owned();
    }
    apart.push(Apart::new(ApartKind::Credit, &kept[start..end]));
    let rest = format!("{} {}", kept[..start].trim_end(), kept[end..].trim_start());
    let rest = rest.replace(" .", ".").replace(" \u{060C}", "\u{060C}");
    rest.trim().to_owned()
}

/// A credit in brackets within a line: `(تصوير: فلان)`.
fn credit(line: &str) -> Option<(usize, usize)> {
    line.match_indices('(').find_map(|(start, _)| {
        let end = start + line[start..].find(')')? + 1;
        is_credit(&text::fold_name(&line[start..end])).then_some((start, end))
    })
}

/// The tags of a line of them, without its label, each on one line.
pub fn tags(line: &str) -> Vec<String> {
    let folded = text::fold_name(line);
    let label = TAGS
        .iter()
        .filter(|label| folded.starts_with(*label))
        .max_by_key(|label| label.len());
    let mut rest = line.trim();
    for _ in 0..label.map_or(0, |label| label.split(' ').count()) {
        rest = rest.split_once([' ', ':']).map_or("", |(_, rest)| rest.trim_start());
    }
    let items = rest.trim_start_matches([':', ' ']).split(is_separator);
    let item = |item: &str| text::squeeze(&item.replace('_', " ")).trim_end_matches('.').to_owned();
    items.map(item).filter(|item| !item.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "وصل الوزير إلى عدن في زيارة تستمر يومين."; // the minister arrived in Aden

    #[test]
    fn what_papers_put_around_a_text_is_told_by_its_form() {
        for (line, expected) in [
            ("// انتهى //", ApartKind::Signature),              // it ended
            ("//يتبع// 12:30 ت م", ApartKind::Signature),       // to be continued
            ("12:30 ت م 0015", ApartKind::Signature),           // the time
            ("إضافة أولى وأخيرة", ApartKind::Signature),        // the first addition, and the last
            ("الوسوم: عدن، اليمن، زيارات", ApartKind::Tags),    // tags: Aden, Yemen, visits
            ("سمات اليمن، عدن، زيارات رسمية", ApartKind::Tags), // the same, without a colon
            ("كلمات مفتاحية: #اليمن #عدن", ApartKind::Tags),    // keywords
            ("Next Previous", ApartKind::Navigation),
            ("جميع الحقوق محفوظة © 2021", ApartKind::Navigation), // all rights reserved
            ("شارك الخبر: تويتر | واتساب", ApartKind::Navigation), // share the news
            ("شارك هذا الخبر", ApartKind::Navigation),            // share this news
            ("اقرأ أيضًا: الوزير يعود من عدن", ApartKind::Navigation), // read also: the minister returns
            ("رابط الخبر بصحيفة الميناء https://example.org/1", ApartKind::Link), // the news in the paper
            ("رابط الخبر بصحيفة الميناء", ApartKind::Link),
            ("للمزيد من الأخبار اضغط هنا", ApartKind::Link), // for more news press here
            ("المصدر: صحيفة الميناء", ApartKind::Source),   // source: the paper
            ("تصوير: سالم الرويلي", ApartKind::Credit),     // photograph
            ("إعداد ماهر السعداوي تصوير : سالم الرويلي", ApartKind::Credit), // prepared by, photographs by
            ("إعداد: ماهر بن علي السعداوي, تصوير : سالم الرويلي", ApartKind::Credit), // the same
            ("الوزير يصافح نظيره في عدن (أ.ف.ب)", ApartKind::Caption), // shaking hands (AFP)
        ] {
            assert_eq!(kind(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn a_sentence_is_never_set_apart() {
        for line in [
            "انتهى الاجتماع في عدن",                                   // the meeting ended
            "سمات المرحلة المقبلة، كما يراها الوزير، هي الحوار.",     // features of the coming stage
            "للمزيد من التعاون يجب أن نعمل معا.",                     // for more cooperation we must work
            "المصدر الوحيد للدخل هو الزراعة",                         // the only source of income
            "شارك هذا العام ثلاثون وفدا",                              // thirty delegations took part this year
            "كتب الوزير: سنعود إلى عدن قريبا كما وعدنا أهلها الكرام", // he wrote: we shall return
            "رابط الخبرات بين البلدين قديم.",                         // the bond of expertise
            "اقرأ أيضا ما كتبه الوزير في عدن",                        // read also what he wrote
            "قالت وكالة الأنباء الرسمية (سبأ)",                        // said the agency
            "1967",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
    }

    #[test]
    fn a_list_below_a_text_goes_with_its_heading() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let (kept, apart) = set_apart(lines(&[
            TEXT,
            "اقرأ أيضا",
            "الوزير يعود من عدن",
            "سمات",
            "اليمن",
            "عدن",
            "0015",
        ]));
        assert_eq!(kept, [TEXT]);
        let kinds: Vec<ApartKind> = apart.iter().map(|apart| apart.kind).collect();
        use ApartKind::{Navigation, Signature, Tags};
        assert_eq!(kinds, [Navigation, Navigation, Tags, Tags, Tags, Signature]);
        let short = lines(&[TEXT, "ثم عاد إلى بلاده"]); // then he returned
        assert_eq!(set_apart(short.clone()), (short, Vec::new()));
    }

    #[test]
    fn what_is_run_into_a_paragraph_is_cut_out_of_it() {
        let (kept, apart) = set_apart(vec![format!("{TEXT} // انتهى // 12:30 ت م")]);
        assert_eq!((kept[0].as_str(), apart.len()), (TEXT, 1));
        let caption = "الوزير يصافح نظيره (تصوير: سالم الرويلي)"; // the minister shakes hands
        let (kept, apart) = set_apart(vec![format!("{caption} عدن - الميناء الجديد: {TEXT}"), TEXT.to_owned()]);
        assert!(kept[0].starts_with("عدن - ") && apart == [Apart::new(ApartKind::Caption, caption)]);
        let credited = "وصل الوزير إلى عدن (تصوير: سالم الرويلي) في زيارة تستمر يومين.".to_owned();
        let (kept, apart) = set_apart(vec![credited]);
        assert_eq!(
            (kept[0].as_str(), apart[0].words.as_str()),
            (TEXT, "(تصوير: سالم الرويلي)")
        );
    }

    #[test]
    fn a_text_of_nothing_else_stays() {
        let lines = vec!["// انتهى //".to_owned()];
        assert_eq!(set_apart(lines.clone()), (lines, Vec::new()));
    }

    #[test]
    fn tags_come_apart() {
        assert_eq!(
            tags("الكلمات المفتاحية: اليمن، زيارات رسمية."),
            ["اليمن", "زيارات رسمية"]
        );
        assert_eq!(tags("سمات #اليمن #زيارات_رسمية"), ["اليمن", "زيارات رسمية"]);
        assert_eq!(tags("اليمن"), ["اليمن"]);
    }
}
