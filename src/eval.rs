//! How well the program reads: what it finds in texts, beside what people have marked there.
//!
//! In: documents of gold and the lexicon. Out: an [`Evaluation`] with precision, recall and F1 by kind, by rule and by
//! document, and every mistake with the words around it. Each text goes the way of any raw source, so the whole road is
//! measured, headline and boilerplate included.

mod align;
pub mod gold;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use crate::columns::columns;
use crate::extract::{self, Candidate, Extraction, Mention, Part, Rule, Subject};
use crate::lexicon::{EntityIx, Kind, Lexicon};
use crate::markdown::{self, Body};
use crate::measure::{Measure, SpanKind, Tally};
use crate::page::{Page, TitleRule};
use crate::site::{self, Source};
use crate::text::{self, fold_name};
use align::Alignment;
use gold::{Gold, GoldOfficial};

/// Characters of context on either side of a mistake.
const CONTEXT: usize = 40;

/// A miss or a false alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Id of the document.
    pub document: String,
    /// What was counted.
    pub measure: Measure,
    /// Whether the gold has it and the program does not; else the other way round.
    pub missed: bool,
    /// The words, id or name.
    pub what: String,
    /// Words around the place, which is in brackets; empty where it is about the whole document.
    pub context: String,
    /// Why the program found it.
    pub rule: Option<&'static str>,
}

/// Sums over documents.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// By what is counted.
    pub by_measure: BTreeMap<Measure, Tally>,
    /// By kind and rule, spans found; a rule has no misses.
    pub by_rule: BTreeMap<(SpanKind, &'static str), Tally>,
    /// By document, spans and sets together.
    pub by_document: BTreeMap<String, Tally>,
    /// In the order of the documents.
    pub mistakes: Vec<Mistake>,
}

/// How to divide the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Division {
    /// By what is counted.
    Kind,
    /// By the rule that found it.
    Rule,
    /// By document, the worst first.
    Document,
}

/// Scores every document. Spans are scored of kinds that any document marks; a false alarm of one of the rules
/// `left_out` counts neither for nor against.
pub fn evaluate(golds: &[Gold], lexicon: &Lexicon, left_out: &BTreeSet<String>, step: impl Fn()) -> Evaluation {
    let mut evaluation = Evaluation::default();
    let marked = golds.iter().flat_map(|gold| gold.mentions.iter().flatten());
    let kinds: BTreeSet<SpanKind> = marked.map(|mention| mention.kind).collect();
    for gold in golds {
        let source = Source {
            path: "text.txt".into(), // a name that says nothing of the text
            bytes: gold.text.clone().into_bytes(),
        };
        if let Some(page) = site::page(&source).value {
            let found = site::search(&page, lexicon).value;
            let document = Document {
                gold,
                page: &page,
                found: &found,
                lexicon,
            };
            document.score(&kinds, left_out, &mut evaluation);
        }
        step();
    }
    evaluation
}

/// A span with what it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    kind: SpanKind,
    /// Bytes of the raw text.
    start: usize,
    end: usize,
    /// Id of an entity of the lexicon.
    entity: Option<String>,
}

/// A document with what was found in it.
struct Document<'a> {
    gold: &'a Gold,
    page: &'a Page,
    found: &'a Extraction,
    lexicon: &'a Lexicon,
}

impl Document<'_> {
    fn score(&self, kinds: &BTreeSet<SpanKind>, left_out: &BTreeSet<String>, evaluation: &mut Evaluation) {
        if self.gold.mentions.is_some() {
            self.score_spans(kinds, left_out, evaluation);
        }
        let lists = [
            (Kind::Country, &self.gold.countries),
            (Kind::Organisation, &self.gold.organisations),
            (Kind::Topic, &self.gold.topics),
        ];
        for (kind, list) in lists {
            if let Some(list) = list {
                let gold: BTreeSet<&str> = list.iter().map(String::as_str).collect();
                self.score_sets(Measure::Sets(kind), &gold, &self.named(kind), evaluation);
            }
        }
        if let Some(officials) = &self.gold.officials {
            self.score_officials(officials, evaluation);
        }
        if let Some(date) = &self.gold.date {
            let found = self.page.day().map(|day| day.to_string());
            self.score_one(Measure::Date, date, found.as_deref(), evaluation);
        }
        if let Some(lang) = &self.gold.lang {
            self.score_one(Measure::Language, lang, Some(self.page.language.tag()), evaluation);
        }
        self.score_headline(evaluation);
    }

    fn score_spans(&self, kinds: &BTreeSet<SpanKind>, left_out: &BTreeSet<String>, evaluation: &mut Evaluation) {
        let gold: BTreeSet<Span> = self.gold_spans();
        let mut found = self.spans();
        found.retain(|span, _| kinds.contains(&span.kind));
        found.retain(|span, rule| gold.contains(span) || !left_out.contains(*rule));
        for (span, rule) in &found {
            let right = usize::from(gold.contains(span));
            let tally = Tally {
                gold: 0,
                found: 1,
                right,
            };
            evaluation.by_rule.entry((span.kind, *rule)).or_default().add(tally);
            self.count(Measure::Spans(span.kind), tally, evaluation);
            if right == 0 {
                self.mistaken(span, Some(rule), evaluation);
            }
        }
        for span in &gold {
            let tally = Tally {
                gold: 1,
                ..Tally::default()
            };
            self.count(Measure::Spans(span.kind), tally, evaluation);
            if !found.contains_key(span) {
                self.mistaken(span, None, evaluation);
            }
        }
    }

    /// What people have marked.
    fn gold_spans(&self) -> BTreeSet<Span> {
        let mut bytes: Vec<usize> = self.gold.text.char_indices().map(|(at, _)| at).collect();
        bytes.push(self.gold.text.len());
        let spans = self.gold.mentions.iter().flatten().filter_map(|mention| {
            let of_lexicon = matches!(
                mention.kind,
                SpanKind::Country | SpanKind::Organisation | SpanKind::Topic
            );
            Some(Span {
                kind: mention.kind,
                start: *bytes.get(mention.start)?,
                end: *bytes.get(mention.end)?,
                entity: mention.entity.clone().filter(|_| of_lexicon),
            })
        });
        spans.collect()
    }

    /// What was found, each with the rule that did, where it stands in the raw text. An entity counts only where the
    /// gold names entities.
    fn spans(&self) -> BTreeMap<Span, &'static str> {
        let title = self.page.own_title().unwrap_or_default();
        let body = markdown::body(&self.page.body, self.page.language).text;
        let published = format!("{title}\n{body}");
        let alignment = Alignment::new(&self.gold.text, &published);
        let raw = |part: Part, range: &Range<u32>| {
            let from = match part {
                Part::Title => 0,
                Part::Body => title.len() + 1,
                Part::Tags => return None, // set apart, so no part of the text
            };
            alignment.raw(&(range.start as usize + from..range.end as usize + from))
        };
        let ids = self
            .gold
            .mentions
            .iter()
            .flatten()
            .any(|mention| mention.entity.is_some());
        let mut spans = BTreeMap::new();
        let mut add = |kind, place: Option<Range<usize>>, entity: Option<String>, rule| {
            let Some(Range { start, end }) = place else { return };
            let entity = entity.filter(|_| ids);
            let span = Span {
                kind,
                start,
                end,
                entity,
            };
            spans.insert(span, rule);
        };
        // an office without a name is scored as a title, not as a name
        let named = |mention: &&Mention| mention.rule != Rule::Office;
        for mention in self.found.mentions.iter().filter(named) {
            let (kind, entity) = match mention.subject {
                Subject::Entity(ix) => (gold_kind(self.lexicon.entity(ix).kind), Some(self.id(ix).to_owned())),
                Subject::Person(_) => (SpanKind::Official, None),
            };
            add(kind, raw(mention.part, &mention.range), entity, mention.rule.name());
        }
        for title in &self.found.titles {
            add(SpanKind::Title, raw(title.part, &title.range), None, "title");
            for office in title.offices() {
                add(SpanKind::Occupation, raw(title.part, &office), None, "title");
            }
        }
        for (part, calling) in &self.found.callings {
            add(SpanKind::Occupation, raw(*part, calling), None, "calling");
        }
        spans
    }

    fn id(&self, ix: EntityIx) -> &str {
        &self.lexicon.entity(ix).id
    }

    /// Ids of the entities of a kind that were found, each with the rule that found it first.
    fn named(&self, kind: Kind) -> BTreeMap<&str, &'static str> {
        let mut named = BTreeMap::new();
        for mention in &self.found.mentions {
            if let Subject::Entity(ix) = mention.subject
                && self.lexicon.entity(ix).kind == kind
            {
                named.entry(self.id(ix)).or_insert(mention.rule.name());
            }
        }
        named
    }

    fn score_sets(
        &self,
        measure: Measure,
        gold: &BTreeSet<&str>,
        found: &BTreeMap<&str, &'static str>,
        evaluation: &mut Evaluation,
    ) {
        let right = found.keys().filter(|id| gold.contains(**id)).count();
        let tally = Tally {
            gold: gold.len(),
            found: found.len(),
            right,
        };
        self.count(measure, tally, evaluation);
        for (id, rule) in found.iter().filter(|(id, _)| !gold.contains(**id)) {
            self.mistake(measure, false, id, "", Some(rule), evaluation);
        }
        for id in gold.iter().filter(|id| !found.contains_key(**id)) {
            self.mistake(measure, true, id, "", None, evaluation);
        }
    }

    /// People by name, then by name with title and country.
    fn score_officials(&self, officials: &[GoldOfficial], evaluation: &mut Evaluation) {
        let people = &self.found.people;
        let of_name = |gold: &GoldOfficial| people.iter().find(|person| is_called(person, &gold.name));
        let named = officials.iter().filter(|gold| of_name(gold).is_some()).count();
        let joined = |gold: &&GoldOfficial| of_name(gold).is_some_and(|person| self.agrees(person, gold));
        let tally = Tally {
            gold: officials.len(),
            found: people.len(),
            right: named,
        };
        let all = Tally {
            right: officials.iter().filter(joined).count(),
            ..tally
        };
        self.count(Measure::Sets(Kind::Official), tally, evaluation);
        evaluation.by_measure.entry(Measure::Joined).or_default().add(all);
        for gold in officials {
            let measure = Measure::Sets(Kind::Official);
            match of_name(gold) {
                None => self.mistake(measure, true, &gold.name, "", None, evaluation),
                Some(person) if !self.agrees(person, gold) => {
                    let found = self.described(person);
                    self.mistake(Measure::Joined, true, &joined_up(gold), &found, None, evaluation);
                }
                Some(_) => {}
            }
        }
        let known = |person: &&Candidate| officials.iter().any(|gold| is_called(person, &gold.name));
        for person in people.iter().filter(|person| !known(person)) {
            self.mistake(
                Measure::Sets(Kind::Official),
                false,
                &person.name,
                &self.described(person),
                None,
                evaluation,
            );
        }
    }

    /// Whether what the gold gives of title and country was found.
    fn agrees(&self, person: &Candidate, gold: &GoldOfficial) -> bool {
        let title = gold.title.as_ref();
        let country = gold.country.as_ref();
        title.is_none_or(|title| self.office(title) == self.office(&person.title))
            && country.is_none_or(|country| person.of.is_some_and(|of| self.id(of) == country))
    }

    /// The folded words of a title without those that name its country, which is compared by itself.
    fn office(&self, title: &str) -> Vec<String> {
        let body = Body {
            text: title.to_owned(),
            blocks: Vec::new(),
        };
        let named = extract::extract(None, &body, false, None, self.lexicon).mentions;
        let country = |mention: &&Mention| match mention.subject {
            Subject::Entity(ix) => self.lexicon.entity(ix).kind == Kind::Country,
            Subject::Person(_) => false,
        };
        let countries: Vec<&Range<u32>> = named.iter().filter(country).map(|mention| &mention.range).collect();
        let of_country = |word: &Range<usize>| {
            let overlaps = |range: &&Range<u32>| (range.start as usize) < word.end && word.start < range.end as usize;
            countries.iter().any(overlaps)
        };
        let words = text::words(title).into_iter().filter(|word| !of_country(word));
        words.map(|word| fold_name(&title[word])).collect()
    }

    fn described(&self, person: &Candidate) -> String {
        let of = person.of.map_or("", |of| self.id(of));
        format!("{} | {} | {of}", person.name, person.title)
    }

    fn score_one(&self, measure: Measure, gold: &str, found: Option<&str>, evaluation: &mut Evaluation) {
        let tally = Tally {
            gold: 1,
            found: usize::from(found.is_some()),
            right: usize::from(found == Some(gold)),
        };
        self.count(measure, tally, evaluation);
        if tally.right == 0 {
            self.mistake(measure, true, gold, found.unwrap_or("none"), None, evaluation);
        }
    }

    /// Compares the words of a title that had to be made with those of the true headline, which is not in the text.
    fn score_headline(&self, evaluation: &mut Evaluation) {
        let Some(headline) = &self.gold.title else { return };
        if self.page.title_rule != TitleRule::Lead {
            return;
        }
        let (gold, found) = (bag(headline), bag(&self.page.title));
        let shared = |(word, count): (&String, &usize)| found.get(word).map_or(0, |other| *count.min(other));
        let tally = Tally {
            gold: gold.values().sum(),
            found: found.values().sum(),
            right: gold.iter().map(shared).sum(),
        };
        evaluation.by_measure.entry(Measure::Headline).or_default().add(tally);
        if 2 * tally.right < tally.gold {
            self.mistake(Measure::Headline, true, headline, &self.page.title, None, evaluation);
        }
    }

    fn count(&self, measure: Measure, tally: Tally, evaluation: &mut Evaluation) {
        evaluation.by_measure.entry(measure).or_default().add(tally);
        evaluation
            .by_document
            .entry(self.gold.id.clone())
            .or_default()
            .add(tally);
    }

    fn mistaken(&self, span: &Span, rule: Option<&'static str>, evaluation: &mut Evaluation) {
        let text = &self.gold.text;
        let words = &text[span.start..span.end];
        let (before, after) = (&text[..span.start], &text[span.end..]);
        let from = before.char_indices().rev().nth(CONTEXT).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
        let context = format!("{}[{words}]{}", &before[from..], &after[..to]);
        let what = span
            .entity
            .as_ref()
            .map_or(words.to_owned(), |entity| format!("{words} = {entity}"));
        self.mistake(
            Measure::Spans(span.kind),
            rule.is_none(),
            &what,
            &context,
            rule,
            evaluation,
        );
    }

    fn mistake(
        &self,
        measure: Measure,
        missed: bool,
        what: &str,
        context: &str,
        rule: Option<&'static str>,
        evaluation: &mut Evaluation,
    ) {
        evaluation.mistakes.push(Mistake {
            document: self.gold.id.clone(),
            measure,
            missed,
            what: text::squeeze(what).into_owned(),
            context: text::squeeze(context).into_owned(),
            rule,
        });
    }
}

fn gold_kind(kind: Kind) -> SpanKind {
    match kind {
        Kind::Country => SpanKind::Country,
        Kind::Organisation => SpanKind::Organisation,
        Kind::Official => SpanKind::Official,
        Kind::Topic => SpanKind::Topic,
    }
}

/// Whether a person found goes by this name, in either script.
fn is_called(person: &Candidate, name: &str) -> bool {
    let name = fold_name(name);
    let other = person.other.as_deref().map(fold_name);
    fold_name(&person.name) == name || other.as_ref() == Some(&name)
}

fn joined_up(gold: &GoldOfficial) -> String {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    format!("{} | {} | {}", gold.name, part(&gold.title), part(&gold.country))
}

/// How often each folded word stands in `text`.
fn bag(text: &str) -> BTreeMap<String, usize> {
    let folded = fold_name(text);
    let mut words = BTreeMap::new();
    for word in text::words(&folded) {
        *words.entry(folded[word].to_owned()).or_default() += 1;
    }
    words
}

/// One line of the figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// What is counted, which rule, or which document.
    pub what: String,
    /// In the gold; `None` for a rule, which cannot miss.
    pub gold: Option<usize>,
    /// By the program.
    pub found: usize,
    /// By both.
    pub right: usize,
    /// In hundredths.
    pub precision: f64,
    /// In hundredths.
    pub recall: Option<f64>,
    /// In hundredths.
    pub f1: Option<f64>,
}

/// The figures, divided as asked.
pub fn rows(evaluation: &Evaluation, by: Division) -> Vec<Row> {
    match by {
        Division::Kind => {
            let rows = evaluation.by_measure.iter();
            rows.map(|(measure, tally)| row(measure.name(), tally)).collect()
        }
        Division::Rule => {
            let rows = evaluation.by_rule.iter();
            let row = |((kind, rule), tally): (&(SpanKind, &str), &Tally)| Row {
                gold: None,
                recall: None,
                f1: None,
                ..row(format!("{}, {rule}", kind.name()), tally)
            };
            rows.map(row).collect()
        }
        Division::Document => {
            let mut rows: Vec<Row> = evaluation
                .by_document
                .iter()
                .map(|(id, tally)| row(id.clone(), tally))
                .collect();
            rows.sort_by(|left, right| left.f1.partial_cmp(&right.f1).unwrap_or(std::cmp::Ordering::Equal));
            rows
        }
    }
}

fn row(what: String, tally: &Tally) -> Row {
    let hundredths = |share: f64| (share * 10_000.0).round() / 100.0;
    Row {
        what,
        gold: Some(tally.gold),
        found: tally.found,
        right: tally.right,
        precision: hundredths(tally.precision()),
        recall: Some(hundredths(tally.recall())),
        f1: Some(hundredths(tally.f1())),
    }
}

/// As a table for people.
pub fn table(rows: &[Row], colours: bool) -> String {
    let mut cells = vec![["WHAT", "GOLD", "FOUND", "RIGHT", "PRECISION", "RECALL", "F1"].map(str::to_owned)];
    let share = |share: Option<f64>| share.map(|share| format!("{share:.2}")).unwrap_or_default();
    for row in rows {
        cells.push([
            row.what.clone(),
            row.gold.map(|gold| gold.to_string()).unwrap_or_default(),
            row.found.to_string(),
            row.right.to_string(),
            share(Some(row.precision)),
            share(row.recall),
            share(row.f1),
        ]);
    }
    columns(&cells, colours)
}

/// Every mistake on a line of its own, parts set apart by tabs: document, what is counted, `missed` or `false`, what,
/// rule, context.
pub fn mistakes(evaluation: &Evaluation) -> String {
    let mut out = String::from("document\tmeasure\tmistake\twhat\trule\tcontext\n");
    for mistake in &evaluation.mistakes {
        let sort = if mistake.missed { "missed" } else { "false" };
        let cells = [
            &mistake.document,
            &mistake.measure.name(),
            sort,
            &mistake.what,
            mistake.rule.unwrap_or_default(),
            &mistake.context,
        ];
        out += &cells.join("\t");
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Briefings;

    /// The foreign minister of Egypt visited India; the gold also has the city of the dateline, and Qatar.
    const GOLD: &str = r#"{"id": "a", "lang": "ar", "date": "2024-05-12", "countries": ["EG", "IN", "QA"],
        "text": "القاهرة، 12 مايو 2024 – زار وزير الخارجية المصري ماهر السعداوي الهند.",
        "mentions": [{"start": 42, "end": 48, "kind": "country", "entity": "EG"},
            {"start": 63, "end": 68, "kind": "country", "entity": "IN"}, {"start": 0, "end": 7, "kind": "country", "entity": "EG"}],
        "officials": [{"name": "ماهر السعداوي", "title": "وزير الخارجية", "country": "EG"}]}"#;

    fn evaluation(leave_out: &[&str]) -> Evaluation {
        let golds = gold::parse("gold.jsonl", &GOLD.replace('\n', " "));
        assert_eq!(golds.diagnostics, []);
        let left_out = leave_out.iter().map(|rule| (*rule).to_owned()).collect();
        evaluate(
            &golds.value,
            &site::lexicon(&[], &Briefings::default()).value,
            &left_out,
            || {},
        )
    }

    fn tally(evaluation: &Evaluation, measure: Measure) -> [usize; 3] {
        let Tally { gold, found, right } = evaluation.by_measure[&measure];
        [gold, found, right]
    }

    #[test]
    fn what_is_given_is_scored_and_nothing_else() {
        let evaluation = evaluation(&[]);
        assert_eq!(tally(&evaluation, Measure::Spans(SpanKind::Country)), [3, 2, 2]); // not the city of the dateline
        assert_eq!(tally(&evaluation, Measure::Sets(Kind::Country)), [3, 2, 2]);
        assert_eq!(tally(&evaluation, Measure::Joined), [1, 1, 1]); // the country stands apart from the title
        assert_eq!(tally(&evaluation, Measure::Date), [1, 1, 1]);
        assert!(!evaluation.by_measure.contains_key(&Measure::Sets(Kind::Topic)));
        assert!(!evaluation.by_measure.contains_key(&Measure::Spans(SpanKind::Official)));
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let told = mistakes(&evaluation(&[]));
        let lines: Vec<&str> = told.lines().collect();
        let missed = "a\tcountry, by span\tmissed\tالقاهرة = EG\t\t[القاهرة]، 12 مايو 2024 – زار وزير الخارجية المصر";
        assert!(lines.contains(&missed), "{told}");
        assert!(lines.contains(&"a\tcountries, by document\tmissed\tQA\t\t"), "{told}");
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn a_rule_left_out_counts_only_where_it_is_right() {
        assert_eq!(
            tally(&evaluation(&["nisba"]), Measure::Spans(SpanKind::Country)),
            [3, 2, 2]
        );
        let rules: Vec<_> = evaluation(&[]).by_rule.into_keys().collect();
        assert_eq!(rules, [(SpanKind::Country, "name"), (SpanKind::Country, "nisba")]);
    }

    #[test]
    fn figures_are_of_a_hundred() {
        let tally = Tally {
            gold: 3,
            found: 2,
            right: 1,
        };
        assert_eq!((tally.precision(), tally.f1()), (0.5, 0.4));
        assert_eq!(row("a".into(), &tally).recall, Some(33.33));
        assert_eq!(Tally::default().f1(), 1.0);
    }
}
