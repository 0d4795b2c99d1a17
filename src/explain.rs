//! Why the program found what it found: a text with its mentions marked, and a table of reasons.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use std::ptr;

use crate::columns::{bold, columns};
use crate::date::{DateRule, Dated, DayRule};
use crate::extract::{Mention, Part, Rule, Subject};
use crate::lexicon::Kind;
use crate::markdown::{self, Body};
use crate::page::{ApartKind, Page, Review, TitleRule};
use crate::site::{Briefing, Site};
use crate::syndication::CopyRule;

/// Explains a briefing of `site`, for people at a terminal.
pub fn explain(site: &Site, briefing: &Briefing, colours: bool) -> String {
    let page = &briefing.page;
    let body = markdown::body(&page.body, page.language);
    let explained = Explained {
        site,
        briefing,
        body: &body,
        colours,
    };
    let parts = [
        head(site, page) + &explained.copies(),
        explained.text(),
        explained.reasons(),
        explained.people(),
        explained.titles(),
        explained.days(),
        explained.apart(),
    ];
    let full: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    full.join("\n")
}

/// What is known of the page as a whole.
fn head(site: &Site, page: &Page) -> String {
    let date = page.date.as_ref().map_or_else(|| "none found".into(), date);
    let dateline = [&page.dateline.city, &page.dateline.agency].map(|part| part.as_deref().unwrap_or("none"));
    let review = match page.front.review {
        Review::Done => "done",
        Review::Auto => "not yet",
    };
    let rows = [
        ("file", page.file.clone()),
        (
            "title",
            format!("{}\n       ({})", page.title, title_reason(page.title_rule)),
        ),
        ("date", date),
        ("city", dateline[0].to_owned()),
        ("agency", dateline[1].to_owned()),
        ("lang", page.language.tag().to_owned()),
        ("home", home(site)),
        ("review", review.to_owned()),
    ];
    rows.iter().fold(String::new(), |mut out, (name, value)| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{name:<6} {value}");
        out
    })
}

/// Where the site is at home, and whether that is stated or found.
fn home(site: &Site) -> String {
    let stated = site.lexicon.home().map(|home| site.lexicon.entity(home).id.as_str());
    match (&site.home, stated) {
        (Some(found), _) => found.said(),
        (None, Some(stated)) => format!("{stated} (stated in book.toml)"),
        (None, None) => "none".into(),
    }
}

fn date(dated: &Dated) -> String {
    let words = Some(dated.words.trim()).filter(|words| !words.is_empty());
    let reason = date_reason(dated.rule);
    words.map_or_else(
        || format!("{} ({reason})", dated.date),
        |words| format!("{} ({reason}: {words})", dated.date),
    )
}

/// A briefing on its way to being explained.
struct Explained<'a> {
    site: &'a Site,
    briefing: &'a Briefing,
    body: &'a Body,
    colours: bool,
}

impl Explained<'_> {
    /// Kind and id of what is mentioned.
    fn who(&self, subject: Subject) -> (Kind, &str) {
        match subject {
            Subject::Entity(ix) => {
                let entity = self.site.lexicon.entity(ix);
                (entity.kind, &entity.id)
            }
            Subject::Person(at) => {
                let person = self.briefing.people[usize::from(at)] as usize;
                (Kind::Official, &self.site.people.people[person].id)
            }
        }
    }

    /// Of which briefing the text is a copy, and why; or which are its copies.
    fn copies(&self) -> String {
        let line = |briefing: &Briefing, rule| format!("{} ({})", briefing.page.file, copy_reason(rule));
        let is_this = |briefing: &Briefing| ptr::eq(briefing, self.briefing);
        if let Some(copy) = self.site.copies.iter().find(|copy| is_this(&copy.briefing)) {
            let chief = &self.site.briefings[copy.of as usize];
            return format!("copy   of {}\n", line(chief, copy.rule));
        }
        let page = self
            .site
            .briefings
            .iter()
            .zip(0..)
            .find(|(briefing, _)| is_this(briefing));
        let copies = page.map_or(&[][..], |(_, page)| self.site.copies_of(page));
        let lines: Vec<String> = copies.iter().map(|copy| line(&copy.briefing, copy.rule)).collect();
        match lines.len() {
            0 => String::new(),
            _ => format!("copies {}\n", lines.join("\n       ")),
        }
    }

    /// The body, each mention of someone or somewhere as `[words|id]`.
    fn text(&self) -> String {
        let text = &self.body.text;
        let mut out = String::with_capacity(text.len() * 2);
        let mut at = 0;
        let shown = |mention: &&Mention| mention.part == Part::Body && mention.rule != Rule::Stated;
        for mention in self.briefing.found.mentions.iter().filter(shown) {
            let (start, end) = (mention.range.start as usize, mention.range.end as usize);
            let (kind, id) = self.who(mention.subject);
            if start < at || kind == Kind::Topic {
                continue;
            }
            let words = bold(&text[start..end], self.colours);
            // Writing to a string cannot fail.
            let _ = write!(out, "{}[{words}|{id}]", &text[at..start]);
            at = end;
        }
        out.push_str(&text[at..]);
        out.push('\n');
        out
    }

    /// What is named, by which rule and words, and how often, by kind and then in the order in which the text does.
    fn reasons(&self) -> String {
        let mut subjects: Vec<Subject> = Vec::new();
        let mut counts: Vec<(Subject, Rule, String, usize)> = Vec::new();
        for mention in &self.briefing.found.mentions {
            let basis = self.basis(mention);
            if !subjects.contains(&mention.subject) {
                subjects.push(mention.subject);
            }
            let same = |(subject, rule, words, _): &&mut (Subject, Rule, String, usize)| {
                (*subject, *rule) == (mention.subject, mention.rule) && *words == basis
            };
            match counts.iter_mut().find(same) {
                Some((.., count)) => *count += 1,
                None => counts.push((mention.subject, mention.rule, basis, 1)),
            }
        }
        if counts.is_empty() {
            return "Nobody and nothing known is named.\n".into();
        }
        let place = |subject: Subject| subjects.iter().position(|known| *known == subject);
        counts.sort_by_key(|&(subject, ..)| (self.who(subject).0, place(subject)));
        let mut rows = vec![["KIND", "ID", "TIMES", "FOUND BY", "WORDS"].map(str::to_owned)];
        for (subject, rule, words, count) in counts {
            let (kind, id) = self.who(subject);
            rows.push([
                kind.name().into(),
                id.to_owned(),
                count.to_string(),
                reason(rule).into(),
                words,
            ]);
        }
        columns(&rows, self.colours)
    }

    /// The words that a mention rests on.
    fn basis(&self, mention: &Mention) -> String {
        self.words(mention.part, &mention.basis)
    }

    /// The words at a place, on one line.
    fn words(&self, part: Part, range: &Range<u32>) -> String {
        let text: Cow<'_, str> = match part {
            Part::Title => self.briefing.page.title.as_str().into(),
            Part::Body => self.body.text.as_str().into(),
            Part::Tags => self.briefing.page.tags.join("\n").into(),
        };
        let words = text.get(range.start as usize..range.end as usize);
        words.unwrap_or_default().replace('\n', " ")
    }

    /// What was set apart from the text, and why; empty where nothing was.
    fn apart(&self) -> String {
        let mut rows = vec![["SET APART", "WORDS"].map(str::to_owned)];
        let apart = self.briefing.page.apart.iter();
        rows.extend(apart.map(|apart| [apart_reason(apart.kind).to_owned(), apart.words.clone()]));
        if rows.len() == 1 {
            String::new()
        } else {
            columns(&rows, self.colours)
        }
    }

    /// The days that the text speaks of; empty where there is none.
    fn days(&self) -> String {
        let mut rows = vec![["DAY", "TO", "FOUND BY", "WORDS"].map(str::to_owned)];
        for day in &self.briefing.found.days {
            let last = (day.last != day.first).then(|| day.last.to_string());
            rows.push([
                day.first.to_string(),
                last.unwrap_or_default(),
                day_reason(day.rule).to_owned(),
                self.words(day.part, &day.range),
            ]);
        }
        if rows.len() == 1 {
            String::new()
        } else {
            columns(&rows, self.colours)
        }
    }

    /// Titles of office and callings, with or without a name, in the order in which they stand; empty where there is none.
    fn titles(&self) -> String {
        let found = &self.briefing.found;
        let offices = found.titles.iter().map(|title| (title.part, &title.range, "office"));
        let callings = found.callings.iter().map(|(part, range)| (*part, range, "calling"));
        let mut titles: Vec<_> = offices.chain(callings).collect();
        titles.sort_by_key(|(part, range, _)| (*part, range.start));
        let mut rows = vec![["TITLE", "WORDS"].map(str::to_owned)];
        rows.extend(
            titles
                .iter()
                .map(|(part, range, kind)| [(*kind).to_owned(), self.words(*part, range)]),
        );
        if rows.len() == 1 {
            String::new()
        } else {
            columns(&rows, self.colours)
        }
    }

    /// Who the officials are taken to be; empty where there is none.
    fn people(&self) -> String {
        let mut rows = vec![["OFFICIAL", "LEXICON", "OF", "NAME", "TITLE"].map(str::to_owned)];
        for (candidate, &person) in self.briefing.found.people.iter().zip(&self.briefing.people) {
            let of = candidate.of.map_or("", |of| self.site.lexicon.entity(of).id.as_str());
            rows.push([
                self.site.people.people[person as usize].id.clone(),
                if candidate.known.is_some() { "known" } else { "new" }.to_owned(),
                of.to_owned(),
                candidate.name.clone(),
                candidate.title.clone(),
            ]);
        }
        if rows.len() == 1 {
            String::new()
        } else {
            columns(&rows, self.colours)
        }
    }
}

fn title_reason(rule: TitleRule) -> &'static str {
    match rule {
        TitleRule::Stated => "stated in the front matter",
        TitleRule::Headline => "the text's headline",
        TitleRule::Lead => "made from the first sentence",
        TitleRule::FileName => "the file's name",
    }
}

fn copy_reason(rule: CopyRule) -> String {
    match rule {
        CopyRule::Stated => "stated in the front matter".into(),
        CopyRule::Found(share) => format!("{share} in 100 runs of three words are the same"),
    }
}

fn date_reason(rule: DateRule) -> &'static str {
    match rule {
        DateRule::Stated => "stated in the front matter",
        DateRule::Dateline => "in the dateline",
        DateRule::Written => "written in the text",
        DateRule::Hijri => "a Hijri date of the text",
        DateRule::Weekday => "a weekday of the text, by the date of a quoted post",
        DateRule::Post => "the date of a quoted post",
        DateRule::FileName => "in the file's name",
    }
}

fn apart_reason(kind: ApartKind) -> &'static str {
    match kind {
        ApartKind::Signature => "end of a dispatch",
        ApartKind::Tags => "tags",
        ApartKind::Navigation => "way to another page",
        ApartKind::Link => "link to the text",
        ApartKind::Source => "source",
        ApartKind::Credit => "credit",
        ApartKind::Caption => "caption of a photograph",
        ApartKind::Stated => "stated in the front matter",
    }
}

fn day_reason(rule: DayRule) -> &'static str {
    match rule {
        DayRule::Written => "written",
        DayRule::Hijri => "Hijri",
        DayRule::Yearless => "nearest such day",
        DayRule::Relative => "from the briefing's day",
        DayRule::Weekday => "weekday, from the briefing's day",
    }
}

fn reason(rule: Rule) -> &'static str {
    match rule {
        Rule::Name => "name",
        Rule::WeakName => "common word, borne out by those around it",
        Rule::Nisba => "adjective",
        Rule::Capital => "capital",
        Rule::Metonym => "seat of power",
        Rule::Homeland => "what its own people call it",
        Rule::Bearer => "name borne by a team or body",
        Rule::FullName => "full name",
        Rule::TitleThenName => "title, then name",
        Rule::NameThenTitle => "name, then title",
        Rule::Joined => "title of two, then both names",
        Rule::Surname => "surname of someone named before",
        Rule::Tagged => "a name by its words and neighbours",
        Rule::Office => "office of someone named before",
        Rule::Author => "author of a quoted post",
        Rule::Cue => "phrase of the topic",
        Rule::Hints => "phrases of the topic together",
        Rule::Tag => "tag",
        Rule::Stated => "stated in the front matter",
    }
}
