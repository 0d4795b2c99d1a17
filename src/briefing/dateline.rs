//! Where a dispatch was sent from, when, and by whom: `القاهرة - 22 مارس 1945 -`, `NEW DELHI, July 24 (Reuters) -`.

use crate::date;
use crate::page::Dateline;
use crate::text;

/// A dateline, with the words that it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opening {
    /// City and agency.
    pub parts: Dateline,
    /// The dateline as it stands; empty where there is none.
    pub words: String,
}

/// News agencies as datelines name them, folded.
const AGENCIES: [&str; 44] = [
    "واس",
    "وام",
    "قنا",
    "كونا",
    "بنا",
    "بترا",
    "سبا",
    "سبانت",
    "رويترز",
    "ا ف ب",
    "اف ب",
    "د ب ا",
    "ا ش ا",
    "ا ب",
    "الاناضول",
    "شينخوا",
    "تاس",
    "وفا",
    "سانا",
    "العمانيه",
    "وكالات",
    "الوكالات",
    "نوفوستي",
    "سبوتنيك",
    "يونا",
    "اينا",
    "وكاله الانباء",
    "وج",
    "وات",
    "وال",
    "سونا",
    "ارنا",
    "reuters",
    "afp",
    "ap",
    "spa",
    "wam",
    "qna",
    "kuna",
    "pti",
    "ani",
    "xinhua",
    "tass",
    "upi",
];

/// Marks after which the text proper begins, longest first.
const ENDS: [&str; 9] = [" - ", " – ", " — ", " -", "- ", " ـ ", "ـ ", ": ", ":"];

/// Longest dateline in characters.
const LONGEST: usize = 90;

/// Splits the dateline off a lead; the rest is the text proper.
pub fn split(lead: &str) -> (Opening, &str) {
    let mut end = 0;
    let mut parts = Dateline::default();
    let first_line = lead.find('\n');
    if let Some(line) = first_line.filter(|&at| is_alone(&lead[..at])) {
        parts = read(&lead[..line]);
        end = line + 1;
    }
    // A lead has at most four segments before the text proper: city, date, agency, in any order.
    for _ in 0..4 {
        let dashed = lead[..end].trim_end().ends_with(['-', '–', '—']);
        let after_agency = dashed && parts.agency.is_some() && parts.city.is_none();
        let Some((words, length)) = segment(&lead[end..], after_agency) else {
            break;
        };
        let found = read(words);
        if end == 0 || parts.city.is_none() {
            parts.city = found.city;
        }
        parts.agency = parts.agency.or(found.agency);
        end += length;
    }
    let opening = Opening {
        parts,
        words: lead[..end].trim().to_owned(),
    };
    (opening, lead[end..].trim_start())
}

/// Whether a whole line is a dateline: short, with a date and an agency, or ending as a dateline does.
pub fn is_alone(line: &str) -> bool {
    // Letters of two bytes at most, but for a few marks: a longer line needs no closer look.
    if line.len() > LONGEST * 3 || line.chars().count() > LONGEST {
        return false;
    }
    let ends = line.trim_end().ends_with(['-', '–', '—', ':', 'ـ']) && line.split_whitespace().count() <= 8;
    if agency(line).is_some() {
        ends || date::has_date(line)
    } else {
        ends && date::has_date(line)
    }
}

/// The first segment of a dateline at the start of `text`, and its length with the mark that ends it. After an agency
/// alone, a colon may follow the city: `واس - جدة:`.
fn segment(text: &str, after_agency: bool) -> Option<(&str, usize)> {
    let limit = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let (at, mark) = ENDS
        .iter()
        .filter_map(|mark| text[..limit].find(mark).map(|at| (at, *mark)))
        .min_by_key(|&(at, mark)| (at, std::cmp::Reverse(mark.len())))?;
    let words = text[..at].trim();
    let count = words.split_whitespace().count();
    let dated = date::has_date(words);
    let signed = agency(words).is_some();
    let city = count <= 2 && (after_agency || !mark.contains(':')) && !words.is_empty();
    let whole = signed || dated || city;
    // A sentence has a verb; a dateline has a comma, a bracket or few words before its date.
    let brief = count <= 12 && !words.contains(['.', '!', '«', '"']);
    (whole && brief && (city || starts_like_dateline(words))).then_some((words, at + mark.len()))
}

/// Whether at most three words stand before the first comma, bracket, digit or agency.
fn starts_like_dateline(words: &str) -> bool {
    let head = words
        .find(|letter: char| matches!(letter, '\u{060C}' | ',' | '(' | '/') || letter.is_numeric())
        .unwrap_or(words.len());
    words[..head]
        .split_whitespace()
        .filter(|word| agency(word).is_none())
        .count()
        <= 3
}

/// City and agency of a dateline.
fn read(words: &str) -> Dateline {
    let end = words
        .find(|letter: char| matches!(letter, '\u{060C}' | ',' | '(' | '/' | '-' | '–') || letter.is_numeric())
        .unwrap_or(words.len());
    let agency = agency(words);
    let mut city = words[..end].trim();
    if let Some(agency) = agency {
        city = city.strip_suffix(agency).unwrap_or(city).trim();
    }
    let weekday = date::weekday(city).map(|(range, _)| range.start);
    let city = city[..weekday.unwrap_or(city.len())].trim();
    let month = date::partial_date(words).is_some_and(|found| found.range.start == 0);
    let named = !city.is_empty() && city.split_whitespace().count() <= 3 && !month;
    Dateline {
        city: named.then(|| city.to_owned()),
        agency: agency.map(str::to_owned),
    }
}

/// The agency that words name, as written: in brackets, or as a word of its own.
fn agency(words: &str) -> Option<&str> {
    let pieces = words.split(['(', ')', '\u{060C}', ',', '/', '-', '–', ':']);
    for piece in pieces {
        let piece = piece.trim();
        let folded = text::fold_name(piece);
        if AGENCIES.contains(&folded.as_str()) {
            return Some(piece);
        }
        // the م of a year may be glued to the agency: 2015 مواس
        let last = piece.split_whitespace().next_back().unwrap_or_default();
        let known = |name: &str| AGENCIES.contains(&text::fold_name(name).as_str());
        let glued = || last.strip_prefix('\u{0645}').filter(|name| known(name));
        if let Some(agency) = Some(last).filter(|name| known(name)).or_else(glued) {
            return Some(agency);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_gives_city_and_agency_and_leaves_the_text() {
        for (lead, city, agency) in [
            ("القاهرة - 22 مارس 1945 - نص الخبر هنا", Some("القاهرة"), None),
            ("واس - جدة: نص الخبر هنا", Some("جدة"), Some("واس")),
            ("الطائف - واس: نص الخبر هنا", Some("الطائف"), Some("واس")),
            (
                "نيودلهي، 24 يوليو 2023 (وام) — نص الخبر هنا",
                Some("نيودلهي"),
                Some("وام"),
            ),
            ("باريس، 10 ديسمبر/كانون الأول 1948: نص الخبر هنا", Some("باريس"), None),
            (
                "NEW DELHI, July 24 (Reuters) - نص الخبر هنا",
                Some("NEW DELHI"),
                Some("Reuters"),
            ),
            (
                "الرياض 01 صفر 1437 هـ الموافق 13 نوفمبر 2015 م واس\nنص الخبر هنا",
                Some("الرياض"),
                Some("واس"),
            ),
            (
                "نجران 26 شوال 1436 هـ الموافق 11 أغسطس 2015 مواس\nنص الخبر هنا",
                Some("نجران"),
                Some("واس"),
            ),
            ("نيويورك (وكالات) - نص الخبر هنا", Some("نيويورك"), Some("وكالات")),
            ("نص الخبر هنا", None, None),
            ("قال الوزير: نص الخبر هنا", None, None),
            ("واس: قال الوزير: نص الخبر هنا", None, Some("واس")),
        ] {
            let (opening, rest) = split(lead);
            let found = (opening.parts.city.as_deref(), opening.parts.agency.as_deref());
            assert_eq!(found, (city, agency), "{lead}");
            assert!(
                rest.ends_with("نص الخبر هنا") && (city.is_none() || rest == "نص الخبر هنا"),
                "{lead}: {rest}"
            );
        }
    }
}
