//! What the desk shows: the texts to review, and one text with all that is marked in it.
//!
//! In: a site, what is wrong with it and what is in doubt. Out: plain data for `preview/desk.html`, every word chosen.

use std::collections::BTreeMap;

use serde::Serialize;

use super::confidence::Confidence;
use super::{ALIASES, Desk, IDENTITY, bytes};
use crate::diagnostic::{Diagnostic, Severity};
use crate::doubts::{Doubt, DoubtKind, Party};
use crate::extract::{Mention, Part, Rule, Subject};
use crate::import;
use crate::language::Direction;
use crate::lexicon::Kind;
use crate::locale::fill;
use crate::markdown::{self, BlockKind, Body};
use crate::page::{Review, TitleRule};
use crate::site::Briefing;
use crate::text;
use crate::url::Address;
use crate::view::{Day, Label};

/// Rows of the queue that are shown.
const MOST_ROWS: usize = 150;

/// The kinds in the order in which they are shown.
const KINDS: [Kind; 4] = [Kind::Country, Kind::Official, Kind::Organisation, Kind::Topic];

/// The texts that nobody has reviewed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// The first of them, newest first.
    pub rows: Vec<Row>,
    /// How many there are, as a sentence.
    pub count: String,
    /// How many are not shown, as words; empty where all are.
    pub more: String,
    /// How many texts are reviewed, in percent.
    pub share: usize,
}

/// A text to review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its path.
    pub file: String,
    /// Its path as part of an address.
    pub key: String,
    /// Its headline.
    pub title: Label,
    /// Its day.
    pub day: Option<Day>,
    /// City it was sent from; may be empty.
    pub city: String,
    /// How often it names someone or something, as words.
    pub mentions: String,
    /// What is in doubt, as words; empty where nothing is.
    pub doubts: String,
    /// What is wrong, as words; empty where nothing is.
    pub faults: String,
}

/// One text at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Its path.
    pub file: String,
    /// Its path as part of an address.
    pub key: String,
    /// Its headline.
    pub title: Label,
    /// Where the headline comes from.
    pub title_why: String,
    /// Its day.
    pub day: Option<Day>,
    /// What the day rests on.
    pub day_why: String,
    /// City it was sent from; may be empty.
    pub city: String,
    /// Language of the text.
    pub lang: &'static str,
    /// Which way it runs.
    pub dir: Direction,
    /// Whether it is reviewed.
    pub reviewed: bool,
    /// The text.
    pub blocks: Vec<Block>,
    /// What it names, by kind; each kind is there.
    pub groups: Vec<Group>,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
    /// Where the page is published.
    pub href: String,
    /// The file that is published there.
    pub output: String,
    /// BLAKE3 of each file that an edit may write, as it is now; empty for one that is not there.
    pub seen: BTreeMap<String, String>,
    /// The next text to review, as part of an address; empty where there is none.
    pub next: String,
}

/// A paragraph, heading or post of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// `prose`, `heading`, `code`, `post`
    pub kind: &'static str,
    /// Its language, where that is not the text's.
    pub lang: Option<&'static str>,
    /// Which way it runs, where that is not the text's.
    pub dir: Option<Direction>,
    /// Its words, with mentions parted from what is between them.
    pub runs: Vec<Run>,
}

/// Words of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// As they stand.
    pub words: String,
    /// What they name.
    pub mark: Option<Mark>,
}

/// What words name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Its kind.
    pub kind: Kind,
    /// The kind, in words.
    pub kind_label: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How sure that is.
    pub level: Confidence,
    /// How sure, in words.
    pub level_label: String,
    /// Why.
    pub why: String,
}

/// What a text names of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The kind.
    pub kind: Kind,
    /// Its name, in the plural.
    pub label: String,
    /// Its name, in the singular.
    pub one: String,
    /// In the order in which the text names them.
    pub entities: Vec<Named>,
}

/// Someone or something that a text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Label,
    /// Of an official, the office; empty else.
    pub note: String,
    /// Its page.
    pub href: String,
    /// How sure that is.
    pub level: Confidence,
    /// How sure, in words.
    pub level_label: String,
    /// Why, with the words that name it.
    pub why: String,
    /// How often it is mentioned, as words.
    pub count: String,
    /// What is in doubt about it.
    pub doubts: Vec<Doubtful>,
    /// The words that name it first.
    pub words: String,
}

/// A doubt about someone or something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubtful {
    /// A sentence.
    pub words: String,
    /// Of a doubt whether two are one, the other one, by id or as spelt; empty for other doubts.
    pub other: String,
}

/// What is in doubt, ready to be looked up.
#[derive(Debug, Default)]
pub struct Doubted {
    doubts: Vec<Doubt>,
    /// By id of whom or what they are about.
    of: BTreeMap<String, Vec<usize>>,
}

impl Doubted {
    /// All doubts of a site.
    pub fn new(doubts: Vec<Doubt>) -> Doubted {
        let mut of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, doubt) in doubts.iter().enumerate() {
            for party in &doubt.about {
                of.entry(party.id.clone()).or_default().push(at);
            }
        }
        Doubted { doubts, of }
    }

    /// The doubts about whom or what a text names, by whether it has other reasons to name it as well.
    fn about<'a>(&'a self, id: &str, file: &'a str, is_weak: bool) -> impl Iterator<Item = &'a Doubt> {
        let doubts = self.of.get(id).into_iter().flatten().map(|&at| &self.doubts[at]);
        doubts.filter(move |doubt| match doubt.kind {
            DoubtKind::SharedSurname => doubt.texts.iter().any(|text| text == file),
            DoubtKind::WeakCountry => is_weak,
            _ => true,
        })
    }
}

/// Everything that a text names, gathered.
struct Gathered<'a> {
    kind: Kind,
    id: String,
    subject: Subject,
    mentions: Vec<&'a Mention>,
}

impl Desk<'_> {
    /// The texts to review.
    pub fn queue(&self, doubted: &Doubted, faults: &[Diagnostic]) -> Queue {
        let locale = &self.site.locale;
        let is_open = |briefing: &&Briefing| briefing.page.front.review == Review::Auto;
        let open: Vec<&Briefing> = self.site.texts().filter(is_open).collect();
        let all = self.site.texts().count();
        let faulty: BTreeMap<&str, usize> = faults.iter().fold(BTreeMap::new(), |mut faulty, fault| {
            *faulty.entry(fault.file.as_str()).or_default() += usize::from(fault.severity == Severity::Error);
            faulty
        });
        let rows = open.iter().take(MOST_ROWS);
        let more = open.len().saturating_sub(MOST_ROWS);
        Queue {
            rows: rows.map(|briefing| self.row(briefing, doubted, &faulty)).collect(),
            count: match open.len() {
                0 => locale.texts.desk("queue-empty").to_owned(),
                count => fill(
                    locale.texts.desk("queue-count"),
                    &[("n", &locale.count(count, &locale.texts.counts.briefings))],
                ),
            },
            more: match more {
                0 => String::new(),
                more => fill(&locale.texts.words.and_more, &[("n", &locale.number(more))]),
            },
            share: ((all - open.len()) * 100).checked_div(all).unwrap_or(0),
        }
    }

    fn row(&self, briefing: &Briefing, doubted: &Doubted, faulty: &BTreeMap<&str, usize>) -> Row {
        let locale = &self.site.locale;
        let page = &briefing.page;
        let gathered = self.gathered(briefing);
        let doubtful = gathered.iter().filter(|named| {
            let level = self.level(briefing, named, doubted);
            level == Confidence::Unsure
        });
        let words = |count: usize, key: &str| match count {
            0 => String::new(),
            count => fill(locale.texts.desk(key), &[("n", &locale.number(count))]),
        };
        Row {
            file: page.file.clone(),
            key: key(&page.file),
            title: Label::new(page.title.as_str(), locale.language),
            day: self.day(briefing),
            city: page.dateline.city.clone().unwrap_or_default(),
            mentions: self.mentions(briefing.found.mentions.len()),
            doubts: words(doubtful.count(), "row-doubts"),
            faults: words(faulty.get(page.file.as_str()).copied().unwrap_or(0), "row-faults"),
        }
    }

    /// A number of mentions, as words.
    fn mentions(&self, number: usize) -> String {
        let locale = &self.site.locale;
        let noun = locale.count(number, &locale.texts.nouns.mentions);
        match number {
            1 | 2 => noun,
            _ => format!("{} {noun}", locale.number(number)),
        }
    }

    /// One text.
    pub fn sheet(&self, briefing: &Briefing, doubted: &Doubted, faults: &[Diagnostic]) -> Sheet {
        let locale = &self.site.locale;
        let page = &briefing.page;
        let body = markdown::body(&page.body, page.language);
        let own = |fault: &&Diagnostic| fault.file == page.file;
        Sheet {
            file: page.file.clone(),
            key: key(&page.file),
            title: Label::new(page.title.as_str(), locale.language),
            title_why: match page.title_rule {
                TitleRule::Stated => String::new(),
                rule => locale.texts.title(rule).to_owned(),
            },
            day: self.day(briefing),
            day_why: locale.texts.date(page.date.as_ref().map(|dated| dated.rule)).to_owned(),
            city: page.dateline.city.clone().unwrap_or_default(),
            lang: page.language.tag(),
            dir: page.language.direction(),
            reviewed: page.front.review == Review::Done,
            blocks: self.blocks(briefing, &body, doubted),
            groups: self.groups(briefing, &body, doubted),
            faults: faults.iter().filter(own).cloned().collect(),
            href: self.site.addresses.href(&briefing.address),
            output: briefing.address.output(),
            seen: self.seen(&page.file),
            next: self.next(briefing),
        }
    }

    fn day(&self, briefing: &Briefing) -> Option<Day> {
        let day = briefing.page.date.as_ref()?.date;
        Some(Day {
            iso: day.to_string(),
            text: self.site.locale.day(day),
            hijri: self.site.locale.hijri_day(day),
        })
    }

    /// The next text after this one that is to be reviewed, else the first.
    fn next(&self, briefing: &Briefing) -> String {
        let is_open =
            |other: &&Briefing| other.page.front.review == Review::Auto && other.page.file != briefing.page.file;
        let after = self
            .site
            .texts()
            .skip_while(|other| other.page.file != briefing.page.file)
            .find(is_open);
        let next = after.or_else(|| self.site.texts().find(is_open));
        next.map_or_else(String::new, |next| key(&next.page.file))
    }

    /// What the files hold that an edit of a page may write.
    pub fn seen(&self, file: &str) -> BTreeMap<String, String> {
        let sources = self.sources;
        let page = match bytes(&sources.content, file) {
            Some(_) => file.to_owned(),
            None => import::page_path(file, &sources.config.book.src),
        };
        let of = |files, path: &str| (path.to_owned(), bytes(files, path).map_or_else(String::new, mark));
        BTreeMap::from([
            of(&sources.content, &page),
            of(&sources.lexicon, ALIASES),
            of(&sources.lexicon, IDENTITY),
        ])
    }

    /// What a text names, each once.
    fn gathered<'b>(&self, briefing: &'b Briefing) -> Vec<Gathered<'b>> {
        let mut gathered: Vec<Gathered<'b>> = Vec::new();
        for mention in &briefing.found.mentions {
            let (kind, id) = self.who(briefing, mention.subject);
            match gathered.iter_mut().find(|known| known.kind == kind && known.id == id) {
                Some(known) => known.mentions.push(mention),
                None => gathered.push(Gathered {
                    kind,
                    id: id.to_owned(),
                    subject: mention.subject,
                    mentions: vec![mention],
                }),
            }
        }
        gathered
    }

    /// Kind and id of what is mentioned.
    fn who(&self, briefing: &Briefing, subject: Subject) -> (Kind, &str) {
        match subject {
            Subject::Entity(ix) => {
                let entity = self.site.lexicon.entity(ix);
                (entity.kind, &entity.id)
            }
            Subject::Person(at) => {
                let person = briefing.people[usize::from(at)] as usize;
                (Kind::Official, &self.site.people.people[person].id)
            }
        }
    }

    fn name(&self, briefing: &Briefing, subject: Subject) -> String {
        match subject {
            Subject::Entity(ix) => self.site.name_of(ix).to_owned(),
            Subject::Person(at) => {
                let person = &self.site.people.people[briefing.people[usize::from(at)] as usize];
                person
                    .known
                    .map_or(person.name.as_str(), |known| self.site.name_of(known))
                    .to_owned()
            }
        }
    }

    /// How sure it is that a text names someone or something: as sure as its best mention, unless it is in doubt.
    fn level(&self, briefing: &Briefing, named: &Gathered<'_>, doubted: &Doubted) -> Confidence {
        let best = named
            .mentions
            .iter()
            .map(|mention| Confidence::of_rule(mention.rule))
            .max();
        let stated = self.is_stated(briefing, named.kind);
        let doubts = self.doubts(briefing, named, doubted).filter(|_| !stated);
        let most = doubts.map(|doubt| Confidence::of_doubt(doubt.kind)).min();
        let best = if stated {
            Confidence::Sure
        } else {
            best.unwrap_or(Confidence::Sure)
        };
        most.map_or(best, |most| most.min(best))
    }

    /// Whether an editor has stated what the page names of a kind.
    fn is_stated(&self, briefing: &Briefing, kind: Kind) -> bool {
        briefing.found.stated.iter().any(|(stated, _)| *stated == kind) && briefing.page.front.review == Review::Done
    }

    fn doubts<'d>(
        &self,
        briefing: &'d Briefing,
        named: &Gathered<'_>,
        doubted: &'d Doubted,
    ) -> impl Iterator<Item = &'d Doubt> {
        let is_weak = named.mentions.iter().all(|mention| mention.rule == Rule::WeakName);
        doubted.about(&named.id, &briefing.page.file, is_weak)
    }

    fn groups(&self, briefing: &Briefing, body: &Body, doubted: &Doubted) -> Vec<Group> {
        let gathered = self.gathered(briefing);
        let texts = &self.site.locale.texts;
        let group = |&kind: &Kind| Group {
            kind,
            label: texts.kinds(kind).to_owned(),
            one: texts.kind(kind).to_owned(),
            entities: gathered
                .iter()
                .filter(|named| named.kind == kind)
                .map(|named| self.named(briefing, body, named, doubted))
                .collect(),
        };
        KINDS.iter().map(group).collect()
    }

    fn named(&self, briefing: &Briefing, body: &Body, named: &Gathered<'_>, doubted: &Doubted) -> Named {
        let locale = &self.site.locale;
        let level = self.level(briefing, named, doubted);
        let first = named.mentions[0];
        let basis = words_of(
            briefing,
            body,
            first.part,
            first.basis.start as usize..first.basis.end as usize,
        );
        let words = words_of(
            briefing,
            body,
            first.part,
            first.range.start as usize..first.range.end as usize,
        );
        let note = match named.subject {
            Subject::Person(at) => self.site.office_on(briefing, briefing.people[usize::from(at)]),
            Subject::Entity(_) => String::new(),
        };
        let doubts = self.doubts(briefing, named, doubted);
        Named {
            kind: named.kind,
            id: named.id.clone(),
            label: Label::new(self.name(briefing, named.subject), locale.language),
            note,
            href: self.site.addresses.href(&Address::entity(named.kind, &named.id)),
            level,
            level_label: self.level_label(level),
            why: self.why(first.rule, &basis),
            count: locale.count(named.mentions.len(), &locale.texts.counts.mentions),
            doubts: doubts.map(|doubt| self.doubtful(doubt, &named.id)).collect(),
            words,
        }
    }

    fn level_label(&self, level: Confidence) -> String {
        self.site.locale.texts.desk(level.name()).to_owned()
    }

    /// Why something is named, with the words that say so.
    fn why(&self, rule: Rule, basis: &str) -> String {
        let texts = &self.site.locale.texts;
        match basis {
            "" => texts.rule(rule).to_owned(),
            basis => fill(texts.desk("why"), &[("rule", texts.rule(rule)), ("words", basis)]),
        }
    }

    /// A doubt as it is told of `id`.
    fn doubtful(&self, doubt: &Doubt, id: &str) -> Doubtful {
        let other = other_than(doubt, id);
        let other = other.map(|party| match doubt.kind {
            DoubtKind::NearNames | DoubtKind::SurnameAlone => party.id.as_str(),
            DoubtKind::JoinedBySound => party.name.as_str(),
            _ => "",
        });
        Doubtful {
            words: self.doubt_words(doubt, id),
            other: other.unwrap_or_default().to_owned(),
        }
    }

    /// A doubt as a sentence; `id` is whom it is told of.
    fn doubt_words(&self, doubt: &Doubt, id: &str) -> String {
        let other = other_than(doubt, id).map_or("", |party| party.name.as_str());
        let key = match doubt.kind {
            DoubtKind::NearNames => "doubt-near-names",
            DoubtKind::JoinedBySound => "doubt-joined-by-sound",
            DoubtKind::SurnameAlone => "doubt-surname-alone",
            DoubtKind::SharedSurname => "doubt-shared-surname",
            DoubtKind::OtherCountry => "doubt-other-country",
            DoubtKind::NoCountry => "doubt-no-country",
            DoubtKind::OneMention => "doubt-one-mention",
            DoubtKind::WeakCountry => "doubt-weak-country",
        };
        fill(self.site.locale.texts.desk(key), &[("other", other)])
    }

    /// The text, block by block, with what is named parted from what is between.
    fn blocks(&self, briefing: &Briefing, body: &Body, doubted: &Doubted) -> Vec<Block> {
        let marks = self.marks(briefing, body, doubted);
        let mut marks = marks.iter().peekable();
        let mut blocks = Vec::with_capacity(body.blocks.len());
        for block in &body.blocks {
            let mut runs = Vec::new();
            let mut at = block.range.start;
            while let Some((range, mark)) = marks.next_if(|(range, _)| range.start < block.range.end) {
                if range.start < at || range.end > block.range.end {
                    continue;
                }
                runs.extend(run(&body.text[at..range.start], None));
                runs.extend(run(&body.text[range.clone()], Some(mark.clone())));
                at = range.end;
            }
            runs.extend(run(&body.text[at..block.range.end], None));
            let language = block.language;
            blocks.push(Block {
                kind: match block.kind {
                    BlockKind::Prose => "prose",
                    BlockKind::Heading => "heading",
                    BlockKind::Code => "code",
                    BlockKind::Post(_) => "post",
                },
                lang: (language != briefing.page.language).then(|| language.tag()),
                dir: (language.direction() != briefing.page.language.direction()).then(|| language.direction()),
                runs,
            });
        }
        blocks
    }

    /// The mentions that are marked in the body, in its order; of two that overlap, the one that is no topic, then the
    /// first.
    fn marks(&self, briefing: &Briefing, body: &Body, doubted: &Doubted) -> Vec<(std::ops::Range<usize>, Mark)> {
        let mut marks: Vec<(std::ops::Range<usize>, Mark)> = Vec::new();
        for named in self.gathered(briefing) {
            let whole = self.level(briefing, &named, doubted);
            let doubts: Vec<String> = self
                .doubts(briefing, &named, doubted)
                .map(|doubt| self.doubt_words(doubt, &named.id))
                .collect();
            let name = self.name(briefing, named.subject);
            for mention in named
                .mentions
                .iter()
                .filter(|mention| mention.part == Part::Body && !mention.range.is_empty())
            {
                let basis = &body.text[mention.basis.start as usize..mention.basis.end as usize];
                let level = if self.is_stated(briefing, named.kind) {
                    whole
                } else {
                    whole.min(Confidence::of_rule(mention.rule))
                };
                let why = self.why(mention.rule, &basis.replace('\n', " "));
                let mark = Mark {
                    kind: named.kind,
                    kind_label: self.site.locale.texts.kind(named.kind).to_owned(),
                    id: named.id.clone(),
                    name: name.clone(),
                    level,
                    level_label: self.level_label(level),
                    why: [why]
                        .into_iter()
                        .chain(doubts.iter().cloned())
                        .collect::<Vec<_>>()
                        .join(" "),
                };
                marks.push((mention.range.start as usize..mention.range.end as usize, mark));
            }
        }
        marks.sort_by_key(|(range, mark)| (mark.kind == Kind::Topic, range.start));
        let mut kept: BTreeMap<usize, (std::ops::Range<usize>, Mark)> = BTreeMap::new();
        for (range, mark) in marks {
            let before = kept.range(..range.end).next_back();
            if before.is_none_or(|(_, (other, _))| other.end <= range.start) {
                kept.insert(range.start, (range, mark));
            }
        }
        kept.into_values().collect()
    }
}

/// The other one of a doubt about two; the only one of others.
fn other_than<'d>(doubt: &'d Doubt, id: &str) -> Option<&'d Party> {
    doubt.about.iter().find(|party| party.id != id).or(doubt.about.first())
}

/// Words, unless there are none.
fn run(words: &str, mark: Option<Mark>) -> Option<Run> {
    (!words.is_empty()).then(|| Run {
        words: words.to_owned(),
        mark,
    })
}

/// The words at a place of a page, on one line.
fn words_of(briefing: &Briefing, body: &Body, part: Part, range: std::ops::Range<usize>) -> String {
    let tags;
    let text = match part {
        Part::Title => &briefing.page.title,
        Part::Body => &body.text,
        Part::Tags => {
            tags = briefing.page.tags.join("\n");
            &tags
        }
    };
    text::squeeze(text.get(range).unwrap_or_default()).into_owned()
}

/// A path as part of an address.
pub fn key(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, KEY).to_string()
}

/// All but what is unreserved, and the slashes between folders.
const KEY: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// By what the bytes of a file are told again.
pub fn mark(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
