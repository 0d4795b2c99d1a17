//! The review desk: what an editor decides about a text, written where a person would write it.
//!
//! In: the sources of a site, the site made of them, and an [`Edit`]. Out: the files to write, whole ([`Desk::apply`]), or
//! why nothing can be written. What the desk shows is in [`view`]: the texts to review, and one text with all that is
//! marked in it, how sure that is and why.

pub mod confidence;
mod lists;
mod pages;
pub mod render;
pub mod search;
pub mod view;

use serde::Deserialize;

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::identity::Identified;
use crate::lexicon::{EntityIx, Kind};
use crate::site::{Briefing, Site, Source, Sources};
use crate::text;

/// Where a site's aliases stand.
pub const ALIASES: &str = "lexicon/aliases.yaml";
/// Where it stands who is who.
pub const IDENTITY: &str = "lexicon/identity.yaml";

/// Longest alias or title that is taken, in characters.
const LONGEST: usize = 400;

/// One decision of an editor. A `page` is the path of its text, raw or reviewed; ids are those of the site's pages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
#[expect(missing_docs, reason = "each variant says what its fields are")]
pub enum Edit {
    /// All that is shown of the page is right.
    Confirm { page: String },
    /// The page is to be reviewed again.
    Reopen { page: String },
    /// The page has this headline.
    Title { page: String, title: String },
    /// The page is of this day.
    Date { page: String, date: Option<Date> },
    /// The page does not name this.
    Remove { page: String, kind: Kind, id: String },
    /// The page names this too.
    Add { page: String, kind: Kind, id: String },
    /// What the page names as the one is the other.
    Change {
        page: String,
        kind: Kind,
        id: String,
        to_kind: Kind,
        to: String,
    },
    /// The page names another person of this name, who serves the country or organisation `of`.
    Namesake { page: String, id: String, of: String },
    /// Whom or what the words name, in every text.
    Alias { kind: Kind, id: String, words: String },
    /// Two people are one.
    Merge { id: String, other: String },
    /// Two people are two.
    Part { id: String, other: String },
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its path, relative to the site.
    pub path: String,
    /// What it holds now; `None` where it is not there.
    pub before: Option<Vec<u8>>,
    /// What it is to hold.
    pub text: String,
}

/// Why nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such text.
    #[error("there is no such text")]
    NoPage,
    /// Nothing is called so.
    #[error("nothing is called so")]
    NoEntity,
    /// It is so already.
    #[error("it is so already")]
    Nothing,
    /// A headline or alias without a word, or with too many.
    #[error("words are missing, or there are too many")]
    BadWords,
    /// One word is no alias of a person.
    #[error("a person is not told by one word")]
    OneWord,
    /// Another person of the name who serves the same country cannot be told apart by it.
    #[error("both serve the same country")]
    SameCountry,
    /// Where the page is to be written, something else stands.
    #[error("another page stands at {0}")]
    Taken(String),
    /// The file cannot be changed.
    #[error("{0}")]
    Fault(Box<Diagnostic>),
}

impl Refusal {
    /// Its key among the texts of the desk.
    pub fn key(&self) -> &'static str {
        match self {
            Refusal::NoPage => "refused-no-page",
            Refusal::NoEntity => "refused-no-entity",
            Refusal::Nothing => "refused-nothing",
            Refusal::BadWords => "refused-bad-words",
            Refusal::OneWord => "refused-one-word",
            Refusal::SameCountry => "refused-same-country",
            Refusal::Taken(_) => "refused-taken",
            Refusal::Fault(_) => "refused-fault",
        }
    }
}

impl From<Box<Diagnostic>> for Refusal {
    fn from(fault: Box<Diagnostic>) -> Refusal {
        Refusal::Fault(fault)
    }
}

impl Edit {
    /// The page that it is about, if it is about one.
    pub fn page(&self) -> Option<&str> {
        match self {
            Edit::Confirm { page }
            | Edit::Reopen { page }
            | Edit::Title { page, .. }
            | Edit::Date { page, .. }
            | Edit::Remove { page, .. }
            | Edit::Add { page, .. }
            | Edit::Change { page, .. }
            | Edit::Namesake { page, .. } => Some(page),
            Edit::Alias { .. } | Edit::Merge { .. } | Edit::Part { .. } => None,
        }
    }
}

/// A site at the desk.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// What the site is made of.
    pub sources: &'a Sources,
    /// The site made of it.
    pub site: &'a Site,
}

impl<'a> Desk<'a> {
    /// The file that an edit asks to write.
    ///
    /// # Errors
    ///
    /// Where nothing can or need be written.
    pub fn apply(&self, edit: &Edit) -> Result<Written, Refusal> {
        let written = match edit {
            Edit::Alias { kind, id, words } => self.alias(*kind, id, words)?,
            Edit::Merge { id, other } => self.decide(id, other, lists::Relation::Same)?,
            Edit::Part { id, other } => self.decide(id, other, lists::Relation::Apart)?,
            of_page => self.page(of_page)?,
        };
        let same = written.before.as_deref() == Some(written.text.as_bytes());
        if same { Err(Refusal::Nothing) } else { Ok(written) }
    }

    /// The text at a path; of a raw text that was made into a page, that page.
    pub fn briefing(&self, page: &str) -> Option<&'a Briefing> {
        let site = self.site;
        let made_of = |briefing: &&Briefing| {
            briefing
                .page
                .front
                .source
                .as_ref()
                .is_some_and(|from| from.file == page)
        };
        site.texts()
            .find(|briefing| briefing.page.file == page)
            .or_else(|| site.texts().find(made_of))
    }

    /// The person of the site with this id.
    fn person(&self, id: &str) -> Option<&'a Identified> {
        let people = &self.site.people.people;
        people.iter().find(|person| person.id == id)
    }

    fn alias(&self, kind: Kind, id: &str, words: &str) -> Result<Written, Refusal> {
        let words = sound(words)?;
        let person = (kind == Kind::Official).then(|| self.person(id)).flatten();
        let known = match person {
            Some(person) => person.known,
            None => Some(self.site.lexicon.find(kind, id).ok_or(Refusal::NoEntity)?),
        };
        match (known, person) {
            (None, Some(person)) => self.decided(&self.called(person), &words, lists::Relation::Same),
            _ if kind == Kind::Official && !words.contains([' ', '-']) => Err(Refusal::OneWord),
            (Some(known), _) => self.alias_of(known, &words),
            (None, None) => Err(Refusal::NoEntity),
        }
    }

    fn alias_of(&self, known: EntityIx, words: &str) -> Result<Written, Refusal> {
        let entity = self.site.lexicon.entity(known);
        let named = |name: &String| text::fold_name(name) == text::fold_name(words);
        if self.site.lexicon.names_of(known).any(named) {
            return Err(Refusal::Nothing);
        }
        self.in_lexicon(ALIASES, |text| {
            lists::add_alias(ALIASES, text, entity.kind, &entity.id, words)
        })
    }

    /// Says of two people that they are one, or two. The other may be a spelling that was joined with the first by sound.
    fn decide(&self, id: &str, other: &str, relation: lists::Relation) -> Result<Written, Refusal> {
        let one = self.person(id).ok_or(Refusal::NoEntity)?;
        if one.by_sound.iter().any(|joined| joined.name == other) {
            return self.decided(&self.called(one), other, relation);
        }
        let other = self
            .person(other)
            .filter(|other| other.id != one.id)
            .ok_or(Refusal::NoEntity)?;
        // The person of the lexicon, or the one with more texts, gives the page its name.
        let weight = |person: &Identified| (person.known.is_some(), person.spellings.values().sum::<usize>());
        let (first, second) = if weight(one) >= weight(other) {
            (one, other)
        } else {
            (other, one)
        };
        self.decided(&self.called(first), &self.called(second), relation)
    }

    fn decided(&self, person: &str, other: &str, relation: lists::Relation) -> Result<Written, Refusal> {
        self.in_lexicon(IDENTITY, |text| lists::decide(IDENTITY, text, person, other, relation))
    }

    /// What a decision calls a person: the id of the lexicon, else the name, with the country where others share it.
    pub fn called(&self, person: &Identified) -> String {
        let folded = text::fold_name(&person.name);
        let namesake = |other: &&Identified| other.id != person.id && text::fold_name(&other.name) == folded;
        match (person.known, person.of) {
            (Some(known), _) => self.site.lexicon.entity(known).id.clone(),
            (None, Some(of)) if self.site.people.people.iter().any(|other| namesake(&other)) => {
                format!("{} ({})", person.name, self.site.lexicon.entity(of).id)
            }
            (None, _) => person.name.clone(),
        }
    }

    fn in_lexicon(
        &self,
        path: &str,
        edit: impl Fn(&str) -> Result<String, Box<Diagnostic>>,
    ) -> Result<Written, Refusal> {
        let before = bytes(&self.sources.lexicon, path);
        let text = std::str::from_utf8(before.unwrap_or_default())
            .map_err(|_| Box::new(Diagnostic::error(path, "the file is not UTF-8").hint("save it as UTF-8")))?;
        Ok(Written {
            path: path.to_owned(),
            before: before.map(<[u8]>::to_vec),
            text: edit(text)?,
        })
    }
}

/// What a file holds; `None` where it is not there.
fn bytes<'a>(files: &'a [Source], path: &str) -> Option<&'a [u8]> {
    let at = files.iter().find(|file| file.path == path)?;
    Some(&at.bytes)
}

/// Words on one line, neither none nor too many.
fn sound(words: &str) -> Result<String, Refusal> {
    let words = text::squeeze(words).into_owned();
    let fits = words.chars().any(char::is_alphanumeric) && words.chars().count() <= LONGEST;
    if fits { Ok(words) } else { Err(Refusal::BadWords) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doubts;
    use crate::page::Review;
    use crate::progress::Unwatched;
    use crate::site::Kept;
    use crate::site::{Change, Folder, Forgetful};

    const SEED: &str = "seeds/a.txt";
    const PAGE: &str = "content/a.md";
    /// The foreign minister of Egypt was in Doha with the Qatari minister; he thanked Shoukry.
    const TEXT: &str = "وزير الخارجية المصري يصل إلى الدوحة\n\n\
        وصل وزير الخارجية المصري لانا الورداني إلى الدوحة والتقى وزير المالية القطري سامر الحلمي.\n\n\
        وشكر الورداني نظيره على حفاوة الاستقبال في قطر.\n";

    /// A site that is kept while it is edited.
    struct Office(Kept);

    impl Office {
        fn new(seeds: &[(&str, &str)], content: &[(&str, &str)]) -> Office {
            let sources = |files: &[(&str, &str)]| {
                let file = |&(path, text): &(&str, &str)| Source {
                    path: path.into(),
                    bytes: text.into(),
                };
                files.iter().map(file).collect()
            };
            let sources = Sources {
                seeds: sources(seeds),
                content: sources(content),
                ..Sources::default()
            };
            Office(Kept::new(sources, &Forgetful, &Unwatched))
        }

        fn desk(&self) -> Desk<'_> {
            Desk {
                sources: self.0.sources(),
                site: self.0.site(),
            }
        }

        /// Writes what an edit asks for; gives the path and the text.
        #[track_caller]
        fn edit(&mut self, edit: &Edit) -> (String, String) {
            let written = self.desk().apply(edit).expect("an edit that can be written");
            let bytes = Some(written.text.clone().into_bytes());
            let change = if written.path.starts_with("lexicon/") {
                Change::Lexicon(written.path.clone(), bytes)
            } else {
                Change::Text(Folder::Content, written.path.clone(), bytes)
            };
            self.0.apply(vec![change], &Unwatched);
            let faults = self.0.diagnostics();
            assert!(faults.is_empty(), "{faults:?}");
            (written.path, written.text)
        }

        /// Ids of a kind that a page names.
        fn named(&self, page: &str, kind: Kind) -> Vec<String> {
            let desk = self.desk();
            let briefing = desk.briefing(page).expect("a page");
            desk.names(briefing, kind).into_iter().map(|name| name.id).collect()
        }

        /// The words marked in a text, each with the id.
        fn marked(&self, page: &str) -> Vec<(String, String)> {
            let desk = self.desk();
            let sheet = desk.sheet(desk.briefing(page).expect("a page"), &view::Doubted::default(), &[]);
            let runs = sheet.blocks.into_iter().flat_map(|block| block.runs);
            runs.filter_map(|run| Some((run.words, run.mark?.id))).collect()
        }
    }

    fn remove(kind: Kind, id: &str) -> Edit {
        Edit::Remove {
            page: SEED.into(),
            kind,
            id: id.into(),
        }
    }

    fn person(office: &Office, name: &str) -> String {
        let people = &office.0.site().people.people;
        people
            .iter()
            .find(|person| person.name == name)
            .map(|person| person.id.clone())
            .expect("a person")
    }

    #[test]
    fn to_confirm_a_raw_text_writes_the_page_that_an_import_makes_as_reviewed() {
        let mut office = Office::new(&[(SEED, TEXT)], &[]);
        let (path, text) = office.edit(&Edit::Confirm { page: SEED.into() });
        assert_eq!(path, PAGE);
        assert!(
            text.contains("\nreview: done\n") && text.contains("source: {file: seeds/a.txt, blake3: "),
            "{text}"
        );
        assert_eq!(office.named(PAGE, Kind::Country), ["EG", "QA"]);
        let again = office.desk().apply(&Edit::Confirm { page: SEED.into() });
        assert_eq!(again, Err(Refusal::Nothing));
    }

    #[test]
    fn a_page_by_hand_keeps_its_form_and_states_what_is_confirmed() {
        let page = "---\n# mine\ncountries: [QA] # only\n---\n\n# عنوان\n\nوصل وزير الخارجية المصري إلى قطر.\n"; // a headline; he reached Qatar
        let mut office = Office::new(&[], &[(PAGE, page)]);
        let (_, text) = office.edit(&Edit::Confirm { page: PAGE.into() });
        assert_eq!(text, page.replace("only\n", "only\nreview: done\n"));
        let (_, text) = office.edit(&Edit::Title {
            page: PAGE.into(),
            title: "عنوان *آخر*".into(), // another
        });
        assert!(text.contains("\n\n# عنوان \\*آخر\\*\n\nوصل"), "{text}");
    }

    #[test]
    fn what_is_removed_stays_away_and_what_is_changed_is_the_other() {
        let mut office = Office::new(&[(SEED, TEXT)], &[]);
        office.edit(&remove(Kind::Country, "QA"));
        assert_eq!(office.named(PAGE, Kind::Country), ["EG"]);
        office.edit(&remove(Kind::Country, "EG"));
        assert_eq!(office.named(PAGE, Kind::Country), Vec::<String>::new());
        let change = Edit::Change {
            page: PAGE.into(),
            kind: Kind::Official,
            id: person(&office, "سامر الحلمي"),
            to_kind: Kind::Official,
            to: "sameh-shoukry".into(),
        };
        office.edit(&change);
        let officials = office.named(PAGE, Kind::Official);
        assert!(
            officials.contains(&"sameh-shoukry".to_owned()) && officials.len() == 2,
            "{officials:?}"
        );
        assert_eq!(
            office.desk().apply(&remove(Kind::Country, "EG")),
            Err(Refusal::NoEntity)
        );
    }

    #[test]
    fn a_namesake_is_told_by_whom_he_serves_and_keeps_the_words_of_the_text() {
        let mut office = Office::new(&[(SEED, TEXT)], &[]);
        let id = person(&office, "لانا الورداني");
        let of = |of: &str| Edit::Namesake {
            page: SEED.into(),
            id: id.clone(),
            of: of.into(),
        };
        assert_eq!(office.desk().apply(&of("EG")), Err(Refusal::SameCountry));
        let (_, text) = office.edit(&of("JO"));
        assert!(text.contains("لانا الورداني (JO)"), "{text}");
        let marked = office.marked(PAGE);
        assert!(marked.iter().any(|(words, _)| words == "لانا الورداني"), "{marked:?}");
    }

    #[test]
    fn an_alias_of_a_built_in_entry_names_it_in_every_text() {
        let text = "زار الوزير أم الدنيا أمس.\n"; // the mother of the world
        let mut office = Office::new(&[("seeds/b.txt", text)], &[]);
        assert_eq!(office.named("seeds/b.txt", Kind::Country), Vec::<String>::new());
        let alias = |kind, id: &str, words: &str| Edit::Alias {
            kind,
            id: id.into(),
            words: words.into(),
        };
        let (path, _) = office.edit(&alias(Kind::Country, "EG", " أم  الدنيا "));
        assert_eq!(path, ALIASES);
        assert_eq!(office.named("seeds/b.txt", Kind::Country), ["EG"]);
        for (edit, refusal) in [
            (alias(Kind::Official, "sameh-shoukry", "شكري"), Refusal::OneWord),
            (alias(Kind::Country, "EG", "..."), Refusal::BadWords),
            (alias(Kind::Country, "XX", "مصر"), Refusal::NoEntity), // Egypt
            (alias(Kind::Country, "EG", "مصر"), Refusal::Nothing),
        ] {
            assert_eq!(office.desk().apply(&edit), Err(refusal));
        }
    }

    #[test]
    fn two_people_are_made_one_and_two_again() {
        let other = "قال وزير المالية القطري سمير الحلمي إن بلاده ترحب.\n"; // Samir instead of Samer
        let mut office = Office::new(&[(SEED, TEXT), ("seeds/b.txt", other)], &[]);
        let (samer, samir) = (person(&office, "سامر الحلمي"), person(&office, "سمير الحلمي"));
        let (path, _) = office.edit(&Edit::Merge {
            id: samer.clone(),
            other: samir.clone(),
        });
        assert_eq!(path, IDENTITY);
        assert_eq!(
            office.named(SEED, Kind::Official)[1],
            office.named("seeds/b.txt", Kind::Official)[0]
        );
        let same = Edit::Merge {
            id: samer.clone(),
            other: samer,
        };
        assert_eq!(office.desk().apply(&same), Err(Refusal::NoEntity));
    }

    #[test]
    fn the_desk_shows_what_is_not_reviewed_and_how_sure_each_mention_is() {
        let office = Office::new(&[(SEED, TEXT)], &[("content/b.md", "---\nreview: done\n---\nx\n")]);
        let desk = office.desk();
        let doubted = view::Doubted::new(doubts::doubts(desk.site));
        let queue = desk.queue(&doubted, &office.0.diagnostics());
        let files: Vec<&str> = queue.rows.iter().map(|row| row.file.as_str()).collect();
        assert_eq!((files, queue.share), (vec![SEED], 50));
        let sheet = desk.sheet(desk.briefing(SEED).expect("a page"), &doubted, &[]);
        let text: String = sheet.blocks[0].runs.iter().map(|run| run.words.as_str()).collect();
        assert!(text.starts_with("وصل وزير"));
        assert_eq!(
            sheet
                .groups
                .iter()
                .map(|group| group.entities.len())
                .collect::<Vec<_>>()[..2],
            [2, 2]
        );
        assert_eq!(sheet.seen.keys().collect::<Vec<_>>(), [PAGE, ALIASES, IDENTITY]);
        assert_eq!(
            desk.briefing(SEED).map(|briefing| briefing.page.front.review),
            Some(Review::Auto)
        );
    }

    #[test]
    fn a_page_is_not_written_over_another_one() {
        let office = Office::new(&[(SEED, TEXT)], &[(PAGE, "---\ntitle: x\n---\nx\n")]);
        let refused = office.desk().apply(&Edit::Confirm { page: SEED.into() });
        assert_eq!(refused, Err(Refusal::Taken(PAGE.into())));
    }
}
