//! Holders of office from a query of Wikidata, as `query.wikidata.org` exports its result.
//!
//! In: the file, as CSV, as JSON (plain or verbose), or as the SPARQL results format; its columns are those of the query
//! in the README. Out: a [`Row`] for each person and position. [`merge`](merge()) makes entries of them.

mod merge;

pub use merge::{Merged, merge};

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::date::Date;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::text;

/// The columns of the query.
pub const COLUMNS: [&str; 12] = [
    "person",
    "nameAr",
    "nameEn",
    "aliasesAr",
    "aliasesEn",
    "sex",
    "country",
    "position",
    "positionAr",
    "positionEn",
    "start",
    "end",
];

/// Columns without which there is nothing to read.
const NEEDED: [&str; 4] = ["person", "nameAr", "nameEn", "country"];

const HINT: &str = "run the query that stands in the README, and download its result as CSV or JSON";

/// A position that a person holds or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the file.
    pub place: Place,
    /// The item of the person: `Q123`.
    pub item: String,
    /// The name in Arabic and in English.
    pub names: [String; 2],
    /// Other names in Arabic and in English.
    pub aliases: [BTreeSet<String>; 2],
    /// Whether the person is a woman.
    pub female: bool,
    /// Code of the country, as written.
    pub country: String,
    /// What the position is called in Arabic and in English; one of the two can be missing.
    pub position: [Option<String>; 2],
    /// First and last day, where known.
    pub days: [Option<Date>; 2],
}

/// Reads a result. A row that cannot be understood is left out, and told.
pub fn rows(file: &str, text: &str) -> Checked<Vec<Row>> {
    let text = text.trim_start_matches('\u{FEFF}');
    let cells = match text.trim_start().chars().next() {
        Some('{' | '[') => json(file, text),
        _ => csv(file, text),
    };
    match cells {
        Ok(cells) => understand(file, cells),
        Err(fault) => Checked {
            value: Vec::new(),
            diagnostics: vec![*fault],
        },
    }
}

/// One row: where it stands, and its cells by column.
type Cells = (Place, BTreeMap<String, String>);

fn csv(file: &str, text: &str) -> Result<Vec<Cells>, Box<Diagnostic>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let at = |line: u64| Place {
        line: usize::try_from(line).unwrap_or(1).max(1),
        column: 1,
    };
    let broken = |error: &csv::Error| {
        let mut fault = Diagnostic::error(file, format!("the file is no CSV: {error}")).hint(HINT);
        fault.place = Some(at(error.position().map_or(1, csv::Position::line)));
        Box::new(fault)
    };
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    let columns: BTreeSet<&str> = header.iter().collect();
    needed(file, &columns)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let cells = header
            .iter()
            .zip(&record)
            .map(|(column, cell)| (column.to_owned(), cell.to_owned()));
        rows.push((at(record.position().map_or(1, csv::Position::line)), cells.collect()));
    }
    Ok(rows)
}

/// The SPARQL results format.
#[derive(Deserialize)]
struct Results<'a> {
    #[serde(borrow)]
    results: Bindings<'a>,
}

#[derive(Deserialize)]
struct Bindings<'a> {
    #[serde(borrow)]
    bindings: Vec<&'a RawValue>,
}

fn json(file: &str, text: &str) -> Result<Vec<Cells>, Box<Diagnostic>> {
    let read: Result<Vec<&RawValue>, serde_json::Error> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text)
    } else {
        serde_json::from_str::<Results<'_>>(text).map(|results| results.results.bindings)
    };
    let broken = |error: &serde_json::Error, before: Option<Place>| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        let mut fault = Diagnostic::error(file, format!("the file is no result of a query: {message}")).hint(HINT);
        fault.place = before.or(Some(Place {
            line: error.line().max(1),
            column: error.column().max(1),
        }));
        Box::new(fault)
    };
    let mut rows = Vec::new();
    for raw in read.map_err(|error| broken(&error, None))? {
        // Each value is a part of the text.
        let offset = raw.get().as_ptr().addr() - text.as_ptr().addr();
        let place = Place::of(text, offset);
        let cells: BTreeMap<String, Value> =
            serde_json::from_str(raw.get()).map_err(|error| broken(&error, Some(place)))?;
        let cells = cells
            .into_iter()
            .filter_map(|(column, cell)| Some((column, words(&cell)?)));
        rows.push((place, cells.collect()));
    }
    let columns: BTreeSet<&str> = rows
        .iter()
        .flat_map(|(_, cells): &Cells| cells.keys().map(String::as_str))
        .collect();
    if !rows.is_empty() {
        needed(file, &columns)?;
    }
    Ok(rows)
}

/// The words of a cell, plain or with their type.
fn words(cell: &Value) -> Option<String> {
    let value = cell.get("value").unwrap_or(cell);
    value.as_str().map(str::to_owned)
}

/// Refuses a file without the columns that are needed.
fn needed(file: &str, columns: &BTreeSet<&str>) -> Result<(), Box<Diagnostic>> {
    let titled = ["positionAr", "positionEn"]
        .iter()
        .any(|column| columns.contains(column));
    let missing = NEEDED.iter().find(|column| !columns.contains(*column));
    let Some(missing) = missing.copied().or((!titled).then_some("positionEn")) else {
        return Ok(());
    };
    let there: Vec<&str> = columns.iter().copied().collect();
    let mut fault = Diagnostic::error(file, format!("the column `{missing}` is missing")).hint(HINT);
    fault.place = Some(Place { line: 1, column: 1 });
    fault.found = Some(there.join(", ")).filter(|found| !found.is_empty());
    Err(Box::new(fault))
}

fn understand(file: &str, cells: Vec<Cells>) -> Checked<Vec<Row>> {
    let mut rows = Vec::with_capacity(cells.len());
    let mut diagnostics = Vec::new();
    for (place, cells) in cells {
        match row(place, &cells) {
            Ok(row) => rows.push(row),
            Err((message, found)) => {
                let mut fault = Diagnostic::warning(file, message).hint("the row is passed over");
                fault.place = Some(place);
                fault.found = found;
                diagnostics.push(fault);
            }
        }
    }
    Checked {
        value: rows,
        diagnostics,
    }
}

fn row(place: Place, cells: &BTreeMap<String, String>) -> Result<Row, (&'static str, Option<String>)> {
    let cell = |column: &str| cells.get(column).map(|cell| text::squeeze(cell).into_owned());
    // Where a label is missing, Wikidata gives the item.
    let label = |column: &str| cell(column).filter(|label| !label.is_empty() && item(label).is_none());
    let missing = |column: &str, message| label(column).ok_or((message, cell("person")));
    let day = |column: &str| match cell(column) {
        Some(words) => day(&words).map_err(|()| ("the day is none that is understood", Some(words))),
        None => Ok(None),
    };
    let person = cell("person").unwrap_or_default();
    let aliases = |column: &str| {
        let listed = cell(column).unwrap_or_default();
        let names = listed.split('|').map(|name| text::squeeze(name).into_owned());
        names.filter(|name| !name.is_empty()).collect()
    };
    Ok(Row {
        place,
        item: item(&person).ok_or(("the person is no item of Wikidata", Some(person.clone())))?,
        names: [
            missing("nameAr", "the person has no name in Arabic")?,
            missing("nameEn", "the person has no name in English")?,
        ],
        aliases: [aliases("aliasesAr"), aliases("aliasesEn")],
        female: cell("sex").is_some_and(|sex| matches!(item(&sex).as_deref(), Some("Q6581072" | "Q1052281"))),
        country: cell("country").unwrap_or_default(),
        position: [label("positionAr"), label("positionEn")],
        days: [day("start")?, day("end")?],
    })
}

/// The item that an address ends with: `http://www.wikidata.org/entity/Q123`.
fn item(words: &str) -> Option<String> {
    let last = words.rsplit('/').next()?;
    let digits = last.strip_prefix('Q')?;
    let number = !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_digit());
    number.then(|| last.to_owned())
}

/// The day of a point in time; none where it is unknown.
fn day(words: &str) -> Result<Option<Date>, ()> {
    let unknown = words.is_empty() || words.contains("genid") || words.starts_with("_:") || words.starts_with('t');
    if unknown {
        return Ok(None);
    }
    let day = words.split('T').next().unwrap_or(words);
    day.trim_start_matches('+').parse().map(Some).map_err(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "person,nameAr,nameEn,aliasesAr,aliasesEn,sex,country,position,positionAr,positionEn,start,end\n";

    /// The first row and the faults of a file.
    fn read(text: &str) -> (Option<Row>, Vec<String>) {
        let read = rows("result", text);
        let faults = read.diagnostics.iter().map(Diagnostic::line).collect();
        (read.value.into_iter().next(), faults)
    }

    #[test]
    fn every_form_of_a_result_gives_the_same_rows() {
        let csv = format!(
            "{HEAD}http://www.wikidata.org/entity/Q7,ليلى الحسيني,Laila Husseini,ليلي الحسيني|ليلى حسيني,,http://www.wikidata.org/entity/Q6581072,JO,http://www.wikidata.org/entity/Q8,وزيرة الخارجية,Minister of Foreign Affairs,2020-03-01T00:00:00Z,\n"
        );
        let plain = r#"[{"person":"http://www.wikidata.org/entity/Q7","nameAr":"ليلى الحسيني","nameEn":"Laila Husseini","aliasesAr":"ليلي الحسيني|ليلى حسيني","sex":"http://www.wikidata.org/entity/Q6581072","country":"JO","positionAr":"وزيرة الخارجية","positionEn":"Minister of Foreign Affairs","start":"2020-03-01T00:00:00Z"}]"#;
        let verbose = typed(plain);
        let sparql = format!("{{\"head\":{{\"vars\":[]}},\n\"results\":{{\"bindings\":{verbose}}}}}");
        let (first, faults) = read(&csv);
        let expected = first.expect("a row");
        assert_eq!(
            (faults, expected.item.as_str(), expected.female),
            (Vec::new(), "Q7", true)
        );
        assert_eq!(expected.days, [Some(jiff::civil::date(2020, 3, 1)), None]);
        assert_eq!(expected.aliases[0].len(), 2);
        for text in [plain, &verbose, &sparql] {
            let (row, faults) = read(text);
            let row = Row {
                place: expected.place,
                ..row.expect("a row")
            };
            assert_eq!((row, faults), (expected.clone(), Vec::new()), "{text}");
        }
    }

    /// Each value with its type, as the verbose form has it.
    fn typed(plain: &str) -> String {
        let rows: Vec<BTreeMap<String, String>> = serde_json::from_str(plain).expect("JSON");
        let typed = |(column, value): (String, String)| {
            (
                column,
                BTreeMap::from([("type", "literal".to_owned()), ("value", value)]),
            )
        };
        let rows: Vec<BTreeMap<String, _>> = rows
            .into_iter()
            .map(|row| row.into_iter().map(typed).collect())
            .collect();
        serde_json::to_string(&rows).expect("JSON")
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        let q7 = "http://www.wikidata.org/entity/Q7";
        for (text, line) in [
            (
                "a,b\n1,2\n".to_owned(),
                format!("1:1 the column `person` is missing | a, b | {HINT}"),
            ),
            (
                "<html>".to_owned(),
                format!("1:1 the column `person` is missing | <html> | {HINT}"),
            ),
            (
                "{\"results\": {\n\"bindings\": [}".to_owned(),
                format!("2:14 the file is no result of a query: expected value |  | {HINT}"),
            ),
            (
                format!("{HEAD}Laila,ليلى,Laila,,,,JO,,,Minister,,\n"),
                "2:1 the person is no item of Wikidata | Laila | the row is passed over".to_owned(),
            ),
            (
                format!("{HEAD}{q7},Q7,Laila,,,,JO,,,Minister,,\n"),
                format!("2:1 the person has no name in Arabic | {q7} | the row is passed over"),
            ),
            (
                format!("{HEAD}{q7},ليلى,Laila,,,,JO,,,Minister,March,\n"),
                "2:1 the day is none that is understood | March | the row is passed over".to_owned(),
            ),
        ] {
            assert_eq!(read(&text), (None, vec![line]), "{text}");
        }
    }
}
