//! Whom an official serves of whom a text says no more than the office: a minister, a director, a spokesman.
//!
//! In: the people of a text, and the countries and organisations that it names. Out: the same people, each with the
//! country or organisation that the text as a whole tells: the body whose short name the title has, else the country
//! whose agency sent the text, the only one named, the one whose capital it was sent from, or the one to which an
//! ambassador in it is posted.

use super::{Candidate, Mention, Part, Reading, Rule, Subject, TitleSpan, country};
use crate::lexicon::{EntityIx, Kind, Lexicon, OfficeIx};
use crate::text;

/// In how many bytes of the text its agency is looked for: a headline, a place and a date may stand before it.
const HEAD: usize = 400;

/// Gives each holder of an office whose country is not told yet the one that the text tells. `named` are all countries
/// and organisations of the text; `dateline` says whether it opens with the city it was sent from.
pub fn settle(
    parts: &[Reading<'_>],
    people: &mut [Candidate],
    named: &[Mention],
    titles: &[TitleSpan],
    dateline: bool,
) {
    let Some(lexicon) = parts.first().map(|part| part.lexicon) else {
        return;
    };
    let at_home = |person: &Candidate| {
        person.of.is_none()
            && !person.title.is_empty()
            && !person.office.is_some_and(|office| is_posted(office, lexicon))
    };
    if !people.iter().any(at_home) {
        return;
    }
    let free: Vec<&Mention> = named.iter().filter(|mention| !is_in_title(mention, titles)).collect();
    let sent_from = || dateline.then(|| country::sent_from(parts)).flatten();
    let home = by_agency(parts, lexicon)
        .or_else(|| only_one(&free, lexicon))
        .or_else(sent_from)
        .or_else(|| host(parts, named, titles, lexicon));
    for person in people.iter_mut().filter(|person| at_home(person)) {
        person.of = body(parts, person, named, lexicon).or(home);
    }
}

fn is_posted(office: OfficeIx, lexicon: &Lexicon) -> bool {
    const POSTED: [&str; 4] = ["ambassador", "consul", "charge-daffaires", "permanent-representative"];
    POSTED.contains(&lexicon.office(office).id.as_str())
}

fn is_in_title(mention: &Mention, titles: &[TitleSpan]) -> bool {
    title_around(mention, titles).is_some()
}

/// The place among `titles` of the one that holds the words of a mention.
fn title_around(mention: &Mention, titles: &[TitleSpan]) -> Option<usize> {
    let next = titles.partition_point(|title| (title.part, title.range.start) <= (mention.part, mention.range.start));
    next.checked_sub(1).filter(|&at| titles[at].holds(mention))
}

fn country_of(mention: &Mention, lexicon: &Lexicon) -> Option<EntityIx> {
    match mention.subject {
        Subject::Entity(ix) if lexicon.entity(ix).kind == Kind::Country => Some(ix),
        _ => None,
    }
}

/// The country whose news agency is named at the head of the text, set off by a mark: `(وأج)`, `بترا:`.
fn by_agency(parts: &[Reading<'_>], lexicon: &Lexicon) -> Option<EntityIx> {
    let body = parts.iter().find(|part| part.part == Part::Body)?;
    let agencies = lexicon.tells.iter().filter(|tell| tell.agency);
    let found = agencies.filter_map(|tell| Some((find_marked(body, &tell.folded)?, tell.country)));
    found.min().map(|(_, country)| country)
}

/// Where folded `words` stand at the head of the text, whole, with a mark on one side at least.
fn find_marked(part: &Reading<'_>, words: &str) -> Option<usize> {
    const MARKS: [char; 9] = ['/', '(', ')', ':', '-', '–', '—', 'ـ', '\n'];
    let folded = part.folded.as_str();
    let head = &folded[..folded.floor_char_boundary(HEAD)];
    let mut found = head.match_indices(words).map(|(at, _)| at);
    found.find(|&at| {
        let letter = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
        let end = at + words.len();
        let joined = letter(folded[..at].chars().next_back()) || letter(folded[end..].chars().next());
        // folding makes a dash a space, so marks are those of the published text
        let published = part.folded.source_range(at..end);
        let before = part.source[..published.start].trim_end_matches(' ');
        let (within, after) = part.source[published.start..].split_at(published.len());
        let rest = within.trim_start_matches(char::is_alphabetic);
        let marked =
            before.ends_with(MARKS) || rest.contains(MARKS) || after.trim_start_matches(' ').starts_with(MARKS);
        !joined && marked
    })
}

/// The only country named outside titles, if by its name: an adjective alone may be that of the other party.
fn only_one(free: &[&Mention], lexicon: &Lexicon) -> Option<EntityIx> {
    let mut named = free.iter().filter_map(|mention| country_of(mention, lexicon));
    let first = named.next()?;
    let by_name = |mention: &&Mention| country_of(mention, lexicon).is_some() && mention.rule != Rule::Nisba;
    (named.all(|other| other == first) && free.iter().copied().any(|mention| by_name(&mention))).then_some(first)
}

/// The one country to which those are posted whose titles name two: `القنصل العام لبلجيكا بالجزائر`.
fn host(parts: &[Reading<'_>], named: &[Mention], titles: &[TitleSpan], lexicon: &Lexicon) -> Option<EntityIx> {
    let in_titles = named.iter().filter_map(|mention| {
        let title = title_around(mention, titles)?;
        Some((title, country_of(mention, lexicon)?, mention))
    });
    let mut host = None;
    let mut last: Option<(usize, EntityIx)> = None;
    for (title, country, mention) in in_titles {
        let second = last.is_some_and(|(before, sender)| before == title && sender != country);
        if second && is_seat(parts, mention) {
            if host.is_some_and(|host| host != country) {
                return None;
            }
            host = Some(country);
        }
        last = Some((title, country));
    }
    host
}

/// Whether the preposition before a name, or written together with it, tells where someone is posted.
fn is_seat(parts: &[Reading<'_>], mention: &Mention) -> bool {
    let Some(part) = parts.iter().find(|part| part.part == mention.part) else {
        return false;
    };
    let before = &part.source[..mention.range.start as usize];
    let before = before.trim_end_matches("ال").trim_end();
    before.ends_with('ب') || before.ends_with("لدى") || before.ends_with("لدي")
}

/// The one organisation whose first word the title has with the article, as it is called after the first time:
/// `الأمين العام للرابطة`.
fn body(parts: &[Reading<'_>], person: &Candidate, named: &[Mention], lexicon: &Lexicon) -> Option<EntityIx> {
    let title = text::fold_name(&person.title);
    let noun = title.rsplit(' ').next()?.strip_prefix("لل")?;
    let bears = |mention: &&Mention| {
        let part = parts.iter().find(|part| part.part == mention.part);
        let words = part.and_then(|part| {
            part.source
                .get(mention.range.start as usize..mention.range.end as usize)
        });
        let name = words.map(text::fold_name).unwrap_or_default();
        name.trim_start_matches("ال")
            .strip_prefix(noun)
            .is_some_and(|rest| rest.starts_with(' '))
    };
    let organisation = |mention: &Mention| match mention.subject {
        Subject::Entity(ix) if lexicon.entity(ix).kind == Kind::Organisation => Some(ix),
        _ => None,
    };
    let mut found = named.iter().filter(bears).filter_map(organisation);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::told;

    #[test]
    fn the_agency_that_sent_a_text_tells_whose_minister_a_minister_is() {
        for (text, of) in [
            (
                "القدس 3-4-2019 وفا- قال وزير المياه ماهر السعداوي في مصر والسودان نعم",
                "PS",
            ),
            ("الوادي – بترا: قال وزير المياه ماهر السعداوي في مصر والسودان نعم", "JO"),
            ("الدوحة /قنا/ قال وزير المياه ماهر السعداوي في مصر والسودان نعم", "QA"),
            ("قال وزير المياه ماهر السعداوي في مصر والسودان إن وفا صديقه", ""), // no agency without a mark
        ] {
            assert_eq!(told(text), [format!("ماهر السعداوي | وزير المياه | {of}")], "{text}");
        }
    }

    #[test]
    fn whoever_speaks_for_a_side_is_that_sides() {
        let text = "حضر من الجانب المصري معالي مساعد وزير الدفاع ماهر السعداوي ومن الجانب الهندي عدد من الضباط";
        assert_eq!(told(text), ["ماهر السعداوي | مساعد وزير الدفاع | EG"]);
    }

    #[test]
    fn a_body_is_called_by_its_first_word_once_named() {
        let text =
            "شكر وزير الخارجية المصري سالم الرويلي رابطة العالم الإسلامي. وقال الأمين العام للرابطة ماهر السعداوي نعم";
        assert!(
            told(text)[1].ends_with("| الأمين العام للرابطة | muslim-world-league"),
            "{:?}",
            told(text)
        );
    }

    #[test]
    fn where_an_envoy_is_posted_the_text_is_at_home() {
        let text = "استقبل والي الجبل ماهر السعداوي القنصل العام لبلجيكا بالجزائر سالم الرويلي، وبحثا شأن مصر وكندا";
        let found = told(text);
        assert_eq!(found[0], "ماهر السعداوي | والي الجبل | DZ");
        assert!(found[1].ends_with("| BE"));
    }
}
