//! What an editor decides about one page, as the page that then stands in `content/`.

use super::{Desk, Edit, Refusal, Written, bytes, sound};
use crate::diagnostic::Diagnostic;
use crate::extract::{Candidate, Subject};
use crate::import;
use crate::lexicon::Kind;
use crate::markdown;
use crate::page::{self, FrontMatter, Page, Review, SourceRef, TitleRule, front, splice};
use crate::site::Briefing;

/// Someone or something that a page names: as its front matter states it, and by the id of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedName {
    /// As the front matter has it, or would.
    pub words: String,
    /// The id that the site knows.
    pub id: String,
}

impl Desk<'_> {
    /// The page that an edit makes.
    pub(super) fn page(&self, edit: &Edit) -> Result<Written, Refusal> {
        let page = edit.page().ok_or(Refusal::NoPage)?;
        let briefing = self.briefing(page).ok_or(Refusal::NoPage)?;
        match edit {
            Edit::Title { title, .. } => self.title(briefing, &sound(title)?),
            Edit::Date { date, .. } => self.stating(briefing, |front| front.date = *date),
            Edit::Confirm { .. } => self.stating(briefing, |front| {
                front.date = front.date.or(briefing.page.day());
                for kind in [Kind::Country, Kind::Official, Kind::Organisation, Kind::Topic] {
                    let names = self.names(briefing, kind);
                    if !names.is_empty() {
                        list_of(front, kind).get_or_insert_with(|| names.into_iter().map(|name| name.words).collect());
                    }
                }
                front.review = Review::Done;
            }),
            Edit::Reopen { .. } => self.stating(briefing, |front| front.review = Review::Auto),
            Edit::Remove { kind, id, .. } => self.renaming(briefing, (*kind, id), None),
            Edit::Add { kind, id, .. } => {
                let words = self.words(*kind, id)?;
                let mut list: Vec<String> = self.names(briefing, *kind).into_iter().map(|name| name.words).collect();
                if list.contains(&words) || self.names(briefing, *kind).iter().any(|name| name.id == *id) {
                    return Err(Refusal::Nothing);
                }
                list.push(words);
                self.stating(briefing, |front| *list_of(front, *kind) = Some(list.clone()))
            }
            Edit::Change {
                kind, id, to_kind, to, ..
            } => {
                let words = self.words(*to_kind, to)?;
                self.renaming(briefing, (*kind, id), Some((*to_kind, to, words)))
            }
            Edit::Namesake { id, of, .. } => self.namesake(briefing, id, of),
            Edit::Alias { .. } | Edit::Merge { .. } | Edit::Part { .. } => Err(Refusal::NoPage),
        }
    }

    /// What a front matter calls an entity of the site or the lexicon.
    fn words(&self, kind: Kind, id: &str) -> Result<String, Refusal> {
        let person = (kind == Kind::Official).then(|| self.person(id)).flatten();
        if let Some(person) = person {
            return Ok(self.called(person));
        }
        let known = self.site.lexicon.find(kind, id).ok_or(Refusal::NoEntity)?;
        Ok(self.site.lexicon.entity(known).id.clone())
    }

    /// What a page names of a kind: as stated, else in the order in which the text does.
    pub(super) fn names(&self, briefing: &Briefing, kind: Kind) -> Vec<StatedName> {
        let mut front = briefing.page.front.clone();
        let stated = list_of(&mut front, kind).take();
        match stated {
            Some(list) => list
                .into_iter()
                .map(|words| self.stated(briefing, kind, words))
                .collect(),
            None => self.found(briefing, kind),
        }
    }

    /// Whom or what words of a front matter mean; where that is nobody, they stay as they are.
    fn stated(&self, briefing: &Briefing, kind: Kind, words: String) -> StatedName {
        let lexicon = &self.site.lexicon;
        let known = lexicon.find(kind, &words);
        if kind != Kind::Official {
            let id = known.map_or_else(|| words.clone(), |known| lexicon.entity(known).id.clone());
            return StatedName { words, id };
        }
        let (key, of) = crate::identity::read_name(&words, lexicon);
        let is = |person: &Candidate| match known {
            Some(known) => person.known == Some(known),
            None => person.key == key && (of.is_none() || person.of == of),
        };
        let at = briefing.found.people.iter().position(is);
        let id = at.map_or_else(|| words.clone(), |at| self.id_of(briefing, at));
        StatedName { words, id }
    }

    fn id_of(&self, briefing: &Briefing, at: usize) -> String {
        self.site.people.people[briefing.people[at] as usize].id.clone()
    }

    fn found(&self, briefing: &Briefing, kind: Kind) -> Vec<StatedName> {
        let lexicon = &self.site.lexicon;
        let mut names: Vec<StatedName> = Vec::new();
        for mention in &briefing.found.mentions {
            let name = match mention.subject {
                Subject::Entity(ix) if lexicon.entity(ix).kind == kind => {
                    let id = lexicon.entity(ix).id.clone();
                    StatedName { words: id.clone(), id }
                }
                Subject::Person(at) if kind == Kind::Official => {
                    let person = &briefing.found.people[usize::from(at)];
                    let words = person
                        .known
                        .map_or(&person.name, |known| &lexicon.entity(known).id)
                        .clone();
                    let id = self.id_of(briefing, usize::from(at));
                    StatedName { words, id }
                }
                _ => continue,
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The page that names something else, or nothing, where it named `(kind, id)`.
    fn renaming(
        &self,
        briefing: &Briefing,
        (kind, id): (Kind, &str),
        to: Option<(Kind, &String, String)>,
    ) -> Result<Written, Refusal> {
        let names = self.names(briefing, kind);
        if !names.iter().any(|name| name.id == id) {
            return Err(Refusal::NoEntity);
        }
        let mut list = Vec::new();
        for name in &names {
            let changed = match &to {
                _ if name.id != id => Some(&name.words),
                Some((to_kind, _, words)) if *to_kind == kind => Some(words),
                _ => None,
            };
            list.extend(changed.filter(|words| !list.contains(*words)).cloned());
        }
        let elsewhere = to
            .filter(|(to_kind, ..)| *to_kind != kind)
            .map(|(to_kind, to_id, words)| {
                let names = self.names(briefing, to_kind);
                let there = names.iter().any(|name| name.id == *to_id);
                let mut others: Vec<String> = names.into_iter().map(|name| name.words).collect();
                others.extend((!there).then_some(words));
                (to_kind, others)
            });
        self.stating(briefing, |front| {
            *list_of(front, kind) = Some(list.clone());
            if let Some((to_kind, others)) = &elsewhere {
                *list_of(front, *to_kind) = Some(others.clone());
            }
        })
    }

    /// The page that names another person of the name, who serves the country or organisation `of`.
    fn namesake(&self, briefing: &Briefing, id: &str, of: &str) -> Result<Written, Refusal> {
        let lexicon = &self.site.lexicon;
        let served = lexicon
            .find(Kind::Country, of)
            .or_else(|| lexicon.find(Kind::Organisation, of));
        let served = served.ok_or(Refusal::NoEntity)?;
        let person = self.person(id).ok_or(Refusal::NoEntity)?;
        if person.of == Some(served) || person.known.is_some_and(|known| lexicon.serves(known, served)) {
            return Err(Refusal::SameCountry);
        }
        let at = briefing
            .people
            .iter()
            .position(|&at| self.site.people.people[at as usize].id == id);
        let name = &briefing
            .found
            .people
            .get(at.ok_or(Refusal::NoEntity)?)
            .ok_or(Refusal::NoEntity)?
            .name;
        let words = format!("{name} ({})", lexicon.entity(served).id);
        self.renaming(
            briefing,
            (Kind::Official, id),
            Some((Kind::Official, &words.clone(), words)),
        )
    }

    /// The page with another headline: the heading that its body opens with, where that is its headline.
    fn title(&self, briefing: &Briefing, title: &str) -> Result<Written, Refusal> {
        let page = &briefing.page;
        let bytes = bytes(&self.sources.content, &page.file);
        let heads_body = page.front.title.is_none() && page.title_rule == TitleRule::Headline;
        match bytes.filter(|_| heads_body && is_markdown(&page.file)) {
            Some(bytes) => Ok(Written {
                path: page.file.clone(),
                before: Some(bytes.to_vec()),
                text: headed(&page.file, bytes, title)?,
            }),
            None => self.stating(briefing, |front| front.title = Some(title.to_owned())),
        }
    }

    /// The page of a text with its front matter changed: the one that stands in `content/`, else the one that is made of
    /// the raw text.
    fn stating(&self, briefing: &Briefing, change: impl Fn(&mut FrontMatter)) -> Result<Written, Refusal> {
        let file = &briefing.page.file;
        if let Some(before) = bytes(&self.sources.content, file) {
            let mut wanted = briefing.page.front.clone();
            change(&mut wanted);
            let raw = std::str::from_utf8(before).is_ok_and(|text| front::span(text).is_none()) && !is_markdown(file);
            let text = if raw {
                printed(&briefing.page, wanted)
            } else {
                page::amend(file, before, &wanted)?
            };
            return Ok(Written {
                path: file.clone(),
                before: Some(before.to_vec()),
                text,
            });
        }
        let path = import::page_path(file, &self.sources.config.book.src);
        if bytes(&self.sources.content, &path).is_some() {
            return Err(Refusal::Taken(path));
        }
        let seed = bytes(&self.sources.seeds, file).ok_or(Refusal::NoPage)?;
        let source = SourceRef {
            file: file.clone(),
            blake3: blake3::hash(seed).to_hex().to_string(),
        };
        let mut page = import::stated(&briefing.page, &briefing.found, source, &self.site.lexicon);
        change(&mut page.front);
        Ok(Written {
            path,
            before: None,
            text: page::print(&page),
        })
    }
}

/// A raw text as a page.
fn printed(page: &Page, front: FrontMatter) -> String {
    let title = front.title.clone().or_else(|| Some(page.title.clone()));
    page::print(&Page {
        front: FrontMatter { title, ..front },
        ..page.clone()
    })
}

/// The list of a kind.
fn list_of(front: &mut FrontMatter, kind: Kind) -> &mut Option<Vec<String>> {
    match kind {
        Kind::Country => &mut front.countries,
        Kind::Official => &mut front.officials,
        Kind::Organisation => &mut front.organisations,
        Kind::Topic => &mut front.topics,
    }
}

fn is_markdown(file: &str) -> bool {
    file.rsplit_once('.')
        .is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("md"))
}

/// A page with another heading above its body.
fn headed(file: &str, bytes: &[u8], title: &str) -> Result<String, Refusal> {
    let fault = |message: &str| Refusal::Fault(Box::new(Diagnostic::error(file, message).hint("change it by hand")));
    let text = std::str::from_utf8(bytes).map_err(|_| fault("the file is not UTF-8"))?;
    let marked = if text.starts_with('\u{FEFF}') {
        '\u{FEFF}'.len_utf8()
    } else {
        0
    };
    let body = front::span(&text[marked..]).map_or(&text[marked..], |span| span.body(&text[marked..]));
    let (headline, rest) = markdown::split_headline(body);
    headline.ok_or_else(|| fault("the headline cannot be found in the body"))?;
    let end = splice::line_end_of(text);
    let above = &text[..text.len() - body.len()];
    Ok(format!("{above}# {}{end}{end}{rest}", markdown::escape(title)))
}
