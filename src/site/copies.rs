//! Which texts are copies of others: what their front matter states, then what `syndication` finds.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::Briefing;
use super::reading::Text;
use crate::config::Copies;
use crate::date::DateRule;
use crate::diagnostic::{Checked, Diagnostic};
use crate::extract::{Extraction, Mention, Part, Rule, Subject};
use crate::lexicon::{Kind, Lexicon};
use crate::markdown;
use crate::page::{CopyOf, Page, Review};
use crate::syndication::{self, Group, Name, Published, Signature, Stated};
use crate::url::{self, Address};

/// Bytes at the start of a text in which its dateline stands.
const DATELINE: usize = 240;

/// Last lines of a text of fewer words than this, two at most, sign it off: who sent it, at what hour.
const SIGNED_OFF: usize = 5;

/// Groups texts, given in reading order with where they stand.
pub fn groups(texts: &[Text], addresses: &[Address], lexicon: &Lexicon, copies: Copies) -> Checked<Vec<Group>> {
    let Checked {
        value: mut stated,
        diagnostics,
    } = stated(texts, addresses);
    if copies == Copies::Keep {
        for stated in stated.iter_mut().filter(|stated| stated.is_none()) {
            *stated = Some(Stated::Alone);
        }
    }
    let sought: Vec<syndication::Text<'_>> = texts
        .par_iter()
        .zip(stated)
        .map(|(text, stated)| sought(&text.page, &text.found, &text.signature, stated, lexicon))
        .collect();
    Checked {
        value: syndication::groups(&sought, |at| published(&texts[at].page, &texts[at].found, lexicon)),
        diagnostics,
    }
}

/// A text as one among which copies are sought, with what a person says of it.
fn sought<'a>(
    page: &Page,
    found: &Extraction,
    signature: &'a Signature,
    stated: Option<Stated>,
    lexicon: &Lexicon,
) -> syndication::Text<'a> {
    syndication::Text {
        day: page.day(),
        reviewed: page.front.review == Review::Done,
        signature,
        named: named(found, lexicon),
        stated,
    }
}

/// Whether one of `others` is a copy of `text`, or the other way round, where nobody says whose copy one is.
pub fn has_copies(text: &Briefing, others: &[&Briefing], lexicon: &Lexicon) -> bool {
    fn as_sought<'a>(of: &'a Briefing, lexicon: &Lexicon) -> syndication::Text<'a> {
        sought(&of.page, &of.found, &of.signature, None, lexicon)
    }
    let published = |of: &Briefing| published(&of.page, &of.found, lexicon);
    let this = as_sought(text, lexicon);
    let mut alike = others.iter().filter(|other| text.signature.meets(&other.signature));
    alike.any(|other| {
        syndication::are_copies(&this, &as_sought(other, lexicon), || {
            [published(text), published(other)]
        })
    })
}

/// The bytes of a published text that are the dispatch: without its dateline and what signs it off.
pub fn dispatch(page: &Page, text: &str) -> Range<usize> {
    let head = &text[..text.floor_char_boundary(DATELINE)];
    let dated = page.date.as_ref().filter(|dated| dated.rule == DateRule::Dateline);
    let parts = [
        dated.map(|dated| &dated.words),
        page.dateline.city.as_ref(),
        page.dateline.agency.as_ref(),
    ];
    let ends = parts
        .into_iter()
        .flatten()
        .filter_map(|words| Some(head.find(words.as_str())? + words.len()));
    let start = ends.max().unwrap_or(0);
    let mut end = text.len();
    for _ in 0..2 {
        match text[start..end].rfind('\n') {
            Some(at) if text[start + at..end].split_whitespace().count() < SIGNED_OFF => end = start + at,
            _ => break,
        }
    }
    start..end
}

/// What a text names in its words, but for topics.
fn names<'a>(found: &'a Extraction, lexicon: &'a Lexicon) -> impl Iterator<Item = (&'a Mention, Option<u32>)> {
    found.mentions.iter().filter_map(|mention| {
        let of = match mention.subject {
            Subject::Entity(ix) if lexicon.entity(ix).kind == Kind::Topic => return None,
            Subject::Entity(ix) => Some(ix.0),
            Subject::Person(_) => None,
        };
        (mention.part == Part::Body && mention.rule != Rule::Stated).then_some((mention, of))
    })
}

/// Whom and what a text names, each once: countries and organisations by number, people by name.
fn named(found: &Extraction, lexicon: &Lexicon) -> Vec<u64> {
    let people = found.people.iter().map(|person| syndication::key(&person.key));
    let named = names(found, lexicon).filter_map(|(_, of)| of.map(u64::from));
    let mut named: Vec<u64> = named.chain(people).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// A text as it is compared with others.
fn published(page: &Page, found: &Extraction, lexicon: &Lexicon) -> Published {
    let body = markdown::body(&page.body, page.language).text;
    let dispatch = dispatch(page, &body);
    let within = |(mention, of): (&Mention, Option<u32>)| {
        let start = (mention.range.start as usize).checked_sub(dispatch.start)?;
        let end = (mention.range.end as usize).checked_sub(dispatch.start)?;
        Some(Name { range: start..end, of })
    };
    Published {
        names: names(found, lexicon).filter_map(within).collect(),
        text: body[dispatch.clone()].to_owned(),
    }
}

/// What the front matter of each text states of its copies.
fn stated(texts: &[Text], addresses: &[Address]) -> Checked<Vec<Option<Stated>>> {
    let mut diagnostics = Vec::new();
    let mut stated = vec![None; texts.len()];
    let mut copies: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        match &text.page.front.copy_of {
            None => {}
            Some(CopyOf::Nothing) => stated[at] = Some(Stated::Alone),
            Some(CopyOf::Briefing(target)) => match meant(texts, addresses, target) {
                Ok(chief) => {
                    copies.insert(at, chief);
                }
                Err(fault) => diagnostics.push(placed(fault, text, target)),
            },
        }
    }
    diagnostics.extend(break_circles(texts, &mut copies));
    for (copy, chief) in copies {
        stated[copy] = Some(Stated::CopyOf(chief));
    }
    Checked {
        value: stated,
        diagnostics,
    }
}

/// The text that `target` means: by its file, or that of its source, else by its address or the last part of that.
fn meant(texts: &[Text], addresses: &[Address], target: &str) -> Result<usize, Diagnostic> {
    let is_file = |text: &Text| {
        let source = text.page.front.source.as_ref();
        text.page.file == target || source.is_some_and(|source| source.file == target)
    };
    if let Some(at) = texts.iter().position(is_file) {
        return Ok(at);
    }
    let bare = target.trim_matches('/');
    let slug = url::slug(target, crate::config::Slugs::Native);
    let is_address = |address: &Address| {
        let path = address.path().trim_matches('/');
        let last = path.rsplit('/').next().unwrap_or(path);
        path == bare || last == bare || last == slug
    };
    let meant: Vec<usize> = (0..texts.len()).filter(|&at| is_address(&addresses[at])).collect();
    match meant[..] {
        [one] => Ok(one),
        [] => Err(Diagnostic::error("", format!("no briefing is called “{target}”"))
            .hint("write its file, such as seeds/name.txt, or the last part of its address")),
        [..] => {
            let files: Vec<&str> = meant.iter().map(|&at| texts[at].page.file.as_str()).collect();
            let message = format!("“{target}” is the name of {} briefings", files.len());
            Err(Diagnostic::error("", message).hint(format!("write the file of one of them: {}", files.join(", "))))
        }
    }
}

/// Takes away what makes a text by way of others a copy of itself; each circle is told once.
fn break_circles(texts: &[Text], copies: &mut BTreeMap<usize, usize>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for at in 0..texts.len() {
        let mut way = vec![at];
        while let Some(&chief) = way
            .last()
            .and_then(|last| copies.get(last))
            .filter(|_| way.len() <= texts.len())
        {
            way.push(chief);
            if chief == at {
                break;
            }
        }
        if way.len() < 2 || way.last() != Some(&at) {
            continue;
        }
        let files: Vec<&str> = way.iter().map(|&text| texts[text].page.file.as_str()).collect();
        let message = format!("the text is made a copy of itself: {}", files.join(" → "));
        let fault = Diagnostic::error("", message).hint("take `copy-of` away from the one that was there first");
        let target = texts[at].page.front.copy_of.as_ref().map_or("", CopyOf::words);
        diagnostics.push(placed(fault, &texts[at], target));
        for text in way {
            copies.remove(&text);
        }
    }
    diagnostics
}

/// A fault of what a text states of its copies.
fn placed(fault: Diagnostic, text: &Text, target: &str) -> Diagnostic {
    Diagnostic {
        file: text.page.file.clone(),
        place: text.copy_of_at,
        found: Some(target.to_owned()),
        ..fault
    }
}
