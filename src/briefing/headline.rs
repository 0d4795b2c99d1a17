//! A title: the headline of a text, or one made from its lead sentence.

use std::borrow::Cow;
use std::ops::Range;

use crate::language::Language;
use crate::post;
use crate::text;

use super::circumstance::{is_clause_mark, without_circumstances, without_time};
use super::dateline;
use super::nominal::{is_verb, nominal, without_styles};

/// Longest title made from a lead, in characters.
const LONGEST: usize = 90;

/// Words of a clause of time or place that a title is better without.
const SHORT_CLAUSE: usize = 5;

/// Words of such a clause that goes from a sentence too long for a title.
const LONG_CLAUSE: usize = 12;

/// Longest line taken for a headline, in characters.
const LONGEST_HEADLINE: usize = 140;

/// The headline, if the first line is one: short, no sentence, no dateline, and followed by longer text.
pub fn of(lines: &[String]) -> Option<String> {
    let [first, second, ..] = lines else { return None };
    let rest: usize = lines[1..].iter().map(String::len).sum();
    let sentence = first.ends_with(['.', ':', '\u{060C}', '\u{061B}', ',', ';', '…']) && !first.ends_with("...");
    let short = first.chars().count() <= LONGEST_HEADLINE && first.len() < rest;
    let words = first.split(' ').count() > 1 && Language::of(first).is_some();
    let posted = post::attribution(first).is_some() || post::attribution(second).is_some();
    let placed = dateline::is_alone(first) || !dateline::split(first).0.words.is_empty();
    (short && words && !sentence && !posted && !placed).then(|| first.clone())
}

/// The sentences of a text, as byte ranges. A full stop ends one where a space and no digit or initial is around it.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = &text[start..];
        if rest.trim().is_empty() {
            return None;
        }
        let mut end = text.len();
        for (at, letter) in rest.char_indices() {
            let after = &rest[at + letter.len_utf8()..];
            let stop = matches!(letter, '.' | '!' | '\u{061F}' | '?' | '\u{06D4}')
                && (after.is_empty() || after.starts_with([' ', '\n']));
            if stop && !ends_with_initial(&rest[..at]) {
                end = start + at + letter.len_utf8();
                break;
            }
        }
        let range = start..end;
        start = end;
        Some(range)
    })
}

/// Whether the last word of `text` is one letter or an abbreviated title.
fn ends_with_initial(text: &str) -> bool {
    let word = text.rsplit([' ', '\n', '.']).next().unwrap_or_default();
    word.chars().count() == 1 || matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Gen")
}

/// A title made from a lead: its first sentence without the clauses of time and place, cut at a word at 90
/// characters, never ending on a particle. `None` where no word is left.
pub fn from_lead(lead: &str) -> Option<String> {
    let sentence = sentences(lead).next()?;
    let sentence = lead[sentence].trim().replace('\n', " ");
    let timeless = without_styles(&spaced(&without_time(&spaced(without_conjunction(&sentence)))));
    let shorter = |most| without_circumstances(&timeless, most);
    let mut clauses = shorter(SHORT_CLAUSE);
    if clauses.chars().count() > LONGEST {
        clauses = shorter(LONG_CLAUSE);
    }
    let turned = nominal(&clauses).map(|made| (cut(brief(&made.text, made.verb), LONGEST).into_owned(), made.verb));
    // A subject so long that the title ends with its verb tells less than the sentence as it was.
    let told = turned
        .filter(|(title, verb)| title.len() > verb + 8)
        .map(|(title, _)| title);
    let title = told.unwrap_or_else(|| cut(brief(&clauses, 0), LONGEST).into_owned());
    let title = balanced(
        title.trim_matches(|letter: char| is_clause_mark(letter) || matches!(letter, '.' | ' ' | '-' | '–' | '—')),
    );
    let title = title.trim().trim_end_matches(['.', ' ']).to_owned();
    let worded = Language::of(&title).is_some();
    (worded && !title.is_empty()).then_some(title)
}

/// A sentence with its commas where they belong: none after a space, and a space after each that is not in a number.
fn spaced(sentence: &str) -> String {
    let mut spaced = String::with_capacity(sentence.len() + 8);
    let mut letters = sentence.chars().peekable();
    while let Some(letter) = letters.next() {
        let comma = matches!(letter, '\u{060C}' | ',' | '\u{061B}');
        if comma {
            spaced.truncate(spaced.trim_end_matches(' ').len());
        }
        spaced.push(letter);
        let number = letter == ',' && spaced.chars().rev().nth(1).is_some_and(char::is_numeric);
        if comma && !number && letters.peek().is_some_and(|next| *next != ' ') {
            spaced.push(' ');
        }
    }
    spaced
}

/// Words, folded, that add to what is already said, so that a headline may end before them: that is, with the aim of,
/// attended by, who, where, among them.
const ADDING: [&str; 22] = [
    "وذلك",
    "بهدف",
    "بحضور",
    "بمشاركه",
    "برعايه",
    "التي",
    "الذي",
    "الذين",
    "حيث",
    "وسط",
    "مشيرا",
    "مؤكدا",
    "بينهم",
    "بينها",
    "استفاد",
    "بمناسبه",
    "مقارنه",
    "تحسبا",
    "وفقا",
    "والتي",
    "والذي",
    "لمناقشه",
];

/// The text up to the first addition or comma, past half a title and some words after its verb, which ends at byte
/// `verb`.
fn brief(text: &str, verb: usize) -> &str {
    const ENOUGH: usize = 45;
    const AFTER_VERB: usize = 15;
    let place = |from: usize, count: usize| text[from..].char_indices().nth(count).map(|(at, _)| from + at);
    let (Some(half), Some(after)) = (place(0, ENOUGH), place(verb, AFTER_VERB)) else {
        return text;
    };
    let enough = half.max(after);
    let starts = text.match_indices(' ').map(|(at, _)| at).filter(|&at| at > enough);
    let mut starts = starts.filter(|&at| {
        let word = text[at + 1..].split(' ').next().unwrap_or_default();
        text[..at].ends_with(['\u{060C}', '\u{061B}', ',']) || ADDING.contains(&text::fold_name(word).as_str())
    });
    starts
        .next()
        .map_or(text, |at| text[..at].trim_end_matches(is_clause_mark))
}

/// A sentence that goes on from another (وأكد: "and he stressed") without its "and".
fn without_conjunction(sentence: &str) -> &str {
    let rest = sentence.strip_prefix('\u{0648}');
    let verb = |rest: &&str| rest.starts_with('أ') || is_verb(rest.split(' ').next().unwrap_or_default());
    rest.filter(verb).unwrap_or(sentence)
}

/// Words that no title ends with: prepositions, conjunctions, relatives, negations, folded.
const DANGLING: [&str; 81] = [
    "بن",
    "ابن",
    "بما",
    "مما",
    "فيما",
    "اجل",
    "دعم",
    "داخل",
    "خارج",
    "الواقعه",
    "الواقع",
    "التابعه",
    "التابع",
    "الهادفه",
    "الراميه",
    "المتعلقه",
    "كانوا",
    "صدر",
    "عقد",
    "في",
    "من",
    "علي",
    "الي",
    "عن",
    "مع",
    "بين",
    "حول",
    "ضد",
    "خلال",
    "بعد",
    "قبل",
    "منذ",
    "حتي",
    "عند",
    "لدي",
    "دون",
    "نحو",
    "عبر",
    "ان",
    "انه",
    "انها",
    "اذ",
    "اذا",
    "كما",
    "او",
    "ام",
    "بل",
    "لكن",
    "التي",
    "الذي",
    "الذين",
    "اللذين",
    "اللتين",
    "حيث",
    "قد",
    "لا",
    "لم",
    "لن",
    "ما",
    "بشان",
    "بهدف",
    "بعدما",
    "بينما",
    "ضمن",
    "تحت",
    "فوق",
    "امام",
    "كل",
    "هذا",
    "هذه",
    "ثم",
    "and",
    "of",
    "the",
    "in",
    "to",
    "a",
    "for",
    "with",
    "و",
    "غير",
];

/// Words that begin a phrase, folded: prepositions and relatives. Where a cut would break a phrase, the title ends
/// before it.
const OPENING: [&str; 22] = [
    "في",
    "من",
    "علي",
    "الي",
    "عن",
    "مع",
    "خلال",
    "بين",
    "حول",
    "ضد",
    "بعد",
    "قبل",
    "منذ",
    "عبر",
    "لدي",
    "ضمن",
    "بشان",
    "بهدف",
    "التي",
    "الذي",
    "الذين",
    "حيث",
];

/// At most `most` characters of `text`: at the last comma in the last quarter, else at a word, without the particles
/// and the broken phrase that a cut can leave at the end.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    let Some((limit, _)) = text.char_indices().nth(most) else {
        return Cow::Borrowed(text);
    };
    let head = &text[..limit];
    if let Some(comma) = head
        .rfind(['\u{060C}', '\u{061B}', ','])
        .filter(|&at| head[..at].chars().count() * 4 > most * 3)
    {
        return Cow::Borrowed(head[..comma].trim_end());
    }
    let end = if text[limit..].starts_with(' ') {
        limit
    } else {
        head.rfind(' ').unwrap_or(limit)
    };
    let whole = whole_phrases(text, end, most);
    Cow::Borrowed(text[..without_dangling(text, whole)].trim_end())
}

/// The byte before the phrase that a cut at `end` breaks; `end` where it breaks none, or little would be left.
fn whole_phrases(text: &str, end: usize, most: usize) -> usize {
    let first = |rest: &str| text::fold_name(rest.trim_start().split(' ').next().unwrap_or_default());
    let next = first(&text[end..]);
    let attached = |word: &str| word.starts_with(['\u{0628}', '\u{0644}', '\u{0648}']) && word.chars().count() > 4;
    let rest = text[end..].trim_start();
    let marked = !rest.starts_with(|letter: char| letter.is_alphanumeric());
    let latin = next.starts_with(|letter: char| letter.is_ascii());
    if rest.is_empty() || marked || latin || attached(&next) || OPENING.contains(&next.as_str()) {
        return end;
    }
    let opens = |at: usize| {
        let word = first(&text[at..end]);
        OPENING.contains(&word.as_str()) || word.starts_with("وال") || text[..at].ends_with(is_clause_mark)
    };
    let opening = text[..end].match_indices(' ').map(|(at, _)| at).rfind(|&at| opens(at));
    opening
        .filter(|&at| text[..at].chars().count() * 2 > most)
        .unwrap_or(end)
}

/// The byte before the particles, the participle (منوها: "commending"), and the first half of a genitive, that a text
/// cut at `end` would end on.
fn without_dangling(text: &str, mut end: usize) -> usize {
    const ENDS: [&str; 2] = ["\u{0627}\u{064B}", "\u{064B}\u{0627}"]; // alef and tanwin, in either order
    while let Some(space) = text[..end].rfind(' ') {
        let word = text::fold_name(&text[space..end]);
        let participle = word.starts_with('\u{0645}') && ENDS.iter().any(|tanwin| text[space..end].ends_with(tanwin));
        let next = text::fold_name(text[end..].trim_start().split(' ').next().unwrap_or_default());
        let definite = |word: &str| {
            ["ال", "وال", "بال", "لل", "فال", "كال"]
                .iter()
                .any(|article| word.starts_with(article))
        };
        let broken = next.starts_with("ال") && !definite(&word) && Language::of(&word) != Some(Language::English);
        if !broken && !participle && !is_unfinished(&word, &next) && !DANGLING.contains(&word.as_str()) {
            break;
        }
        end = space;
    }
    end
}

/// Whether a word can hardly stand without the `next` one: an indefinite noun with a preposition (لموسم: "for the season
/// of"), or a participle before what it governs (مصحوبة برياح: "together with winds").
fn is_unfinished(word: &str, next: &str) -> bool {
    const PREPOSITIONS: [char; 2] = ['\u{0628}', '\u{0644}'];
    let long = word.chars().count() > 3;
    let definite = ["بال", "لل"].iter().any(|article| word.starts_with(article));
    let goes_on =
        !next.is_empty() && !next.starts_with(['\u{0648}', '\u{0628}', '\u{0644}']) && !OPENING.contains(&next);
    let noun = long && word.starts_with(PREPOSITIONS) && !definite && goes_on;
    let participle = word.starts_with('\u{0645}') && word.ends_with('\u{0647}') && next.starts_with('\u{0628}');
    noun || (long && participle)
}

/// The text up to a bracket or quotation mark that is never closed.
fn balanced(text: &str) -> &str {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' | '«' | '“' => open.push((at, letter)),
            ')' | ']' | '»' | '”' if open.pop().is_none() => return text[..at].trim_end(),
            '"' => match open.iter().position(|&(_, mark)| mark == '"') {
                Some(place) => open.truncate(place),
                None => open.push((at, letter)),
            },
            _ => {}
        }
    }
    open.first().map_or(text, |&(at, _)| {
        if at > 0 {
            text[..at].trim_end()
        } else {
            text.trim_start_matches(['(', '[', '«', '“', '"'])
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_drops_time_and_place_and_ends_on_a_whole_phrase() {
        for (lead, title) in [
            (
                "شاركت الهند وجزر المالديف، يوم الإثنين، في رئاسة الاجتماع الثاني لمجموعة العمل المشتركة حول مكافحة الإرهاب ومواجهة التطرف.",
                "شاركت الهند وجزر المالديف في رئاسة الاجتماع الثاني لمجموعة العمل المشتركة",
            ),
            (
                "وقع البلدان اليوم الأحد 17 سبتمبر 1978 اتفاقا في واشنطن. وقال الرئيس.",
                "وقع البلدان اتفاقا في واشنطن",
            ),
            ("في القاهرة، التقى الوزيران.", "التقى الوزيران"),
            (
                "أقرت ثلاثون دولة، السبت 12 ديسمبر 2015، في ضاحية قرب باريس، أول اتفاق عالمي من نوعه.",
                "أقرت ثلاثون دولة أول اتفاق عالمي من نوعه",
            ),
            (
                "أعلنت مصر والهند، في بيان مشترك صدر في ختام محادثات القاهرة، اتفاقهما على توسيع التبادل التجاري والعلمي.",
                "أعلنت مصر والهند اتفاقهما على توسيع التبادل التجاري والعلمي",
            ),
            (
                "رفعت مصر والهند علاقاتهما إلى مستوى «الشراكة الاستراتيجية»، بموجب وثيقة وقّعها الرئيس المصري ورئيس الوزراء الهندي.",
                "رفعت مصر والهند علاقاتهما إلى مستوى «الشراكة الاستراتيجية»",
            ),
            (
                "وأقر وزراء المالية في ختام اجتماعهم الأخير بالعاصمة خطة مشتركة للنهوض بالتعليم والبحث العلمي والتقني في المنطقة.",
                "أقر وزراء المالية في ختام اجتماعهم الأخير بالعاصمة خطة مشتركة للنهوض بالتعليم",
            ),
        ] {
            assert_eq!(from_lead(lead).as_deref(), Some(title));
        }
    }

    #[test]
    fn a_cut_ends_before_a_word_that_needs_what_follows() {
        let lead = "هنأ المجلس مصر على القناة منوهًا بما تحقق"; // the council congratulated Egypt on the canal, commending what
        assert_eq!(cut(lead, 33), "هنأ المجلس مصر على القناة");
        let lead = "توقعت الهيئة أمطارا على المرتفعات مصحوبة برياح قوية"; // rain on the heights together with strong winds
        assert_eq!(cut(lead, 41), "توقعت الهيئة أمطارا على المرتفعات");
        let lead = "أنهت البلدية استعدادها لموسم حج هذا العام"; // has made ready for the season of this year's pilgrimage
        assert_eq!(cut(lead, 28), "أنهت البلدية استعدادها");
    }

    #[test]
    fn a_headline_is_a_short_first_line_that_is_no_sentence() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let body = "عقد الوزيران اليوم اجتماعا مطولا في القاهرة بحثا فيه التعاون بين البلدين.";
        assert!(of(&lines(&["وزيرا الخارجية يبحثان التعاون", body])).is_some());
        assert!(of(&lines(&["قال الوزير إنه سيزور القاهرة.", body])).is_none());
        assert!(of(&lines(&["القاهرة - 22 مارس 1945 -", body])).is_none());
        assert!(of(&lines(&[body])).is_none());
    }

    #[test]
    fn an_unclosed_bracket_is_cut_off() {
        assert_eq!(balanced("قال الوزير (في"), "قال الوزير");
        assert_eq!(balanced("«بيان» مشترك"), "«بيان» مشترك");
    }
}
