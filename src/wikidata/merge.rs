//! New entries of `lexicon/officials.yaml` from the rows of a query; what stands there is never touched.

use std::collections::{BTreeMap, BTreeSet};

use super::Row;
use crate::config::Slugs;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::lexicon::matcher::{Hit, longest};
use crate::lexicon::{EntityIx, Kind, Lexicon, NameMeaning, OfficeIx, TitleMeaning, WordClass, file};
use crate::page::in_flow;
use crate::text;
use crate::url;

/// How a file begins that an import makes.
const HEADING: &str =
    "# The site's own officials, on top of the built-in ones. Mend what is wrong: an import only adds people.\n";

/// What an import makes of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// The file with the new entries after the old ones; the old text where nobody is new.
    pub text: String,
    /// Ids of the new people.
    pub added: Vec<String>,
    /// Ids of people who are known already, each with what the lexicon does not know of them.
    pub known: BTreeMap<String, BTreeSet<String>>,
    /// Positions that are no office of the lexicon, with how often they stand; who holds no other is left out.
    pub positions: BTreeMap<String, usize>,
    /// Codes that are no country's, with how often they stand.
    pub countries: BTreeMap<String, usize>,
}

/// Adds the people of `rows` that `lexicon` does not know to `own`, the text of the site's officials at `path`.
///
/// # Errors
///
/// Where the file that is there cannot be understood, so that nothing can be added to it safely.
pub fn merge(path: &str, own: &str, rows: &[Row], lexicon: &Lexicon) -> Result<Merged, Box<Diagnostic>> {
    let before = count(path, own)?;
    let mut merging = Merging::new(lexicon);
    for row in rows {
        merging.read(row);
    }
    let mut merged = merging.merged;
    let mut entries = String::new();
    let mut taken = BTreeSet::new();
    for new in merging.new.values().filter(|new| !new.appointments.is_empty()) {
        let id = free_id(new, lexicon, &taken);
        entries += &format!("\n{}", entry(&id, new, lexicon));
        taken.insert(id.clone());
        merged.added.push(id);
    }
    own.clone_into(&mut merged.text);
    if !entries.is_empty() {
        merged.text = if own.trim().is_empty() {
            HEADING.to_owned()
        } else {
            own.to_owned()
        };
        if !merged.text.ends_with('\n') {
            merged.text.push('\n');
        }
        merged.text += &entries;
    }
    // What was written is read again, so that no entry is lost.
    if count(path, &merged.text)? != before + merged.added.len() {
        let fault = Diagnostic::error(path, "entries cannot be added to the end of the file");
        return Err(Box::new(fault.hint(
            "lay it out with each entry begun by a hyphen at the margin, and nothing after the list",
        )));
    }
    Ok(merged)
}

/// How many entries a file has.
fn count(path: &str, text: &str) -> Result<usize, Box<Diagnostic>> {
    let bare = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    if text.lines().all(bare) {
        return Ok(0);
    }
    file::parse::<Vec<file::Official>>(path, text).map(|list| list.len())
}

/// A person to be added.
struct New<'a> {
    row: &'a Row,
    country: EntityIx,
    aliases: [BTreeSet<String>; 2],
    appointments: BTreeSet<Held>,
}

/// An appointment: from, to, office, country, and the title in Arabic and English where it is not the office's own.
type Held = (Option<Date>, Option<Date>, OfficeIx, EntityIx, [Option<String>; 2]);

struct Merging<'a> {
    lexicon: &'a Lexicon,
    /// People of the lexicon by their item, and by each folded name.
    items: BTreeMap<&'a str, EntityIx>,
    names: BTreeMap<String, Vec<EntityIx>>,
    /// By item.
    new: BTreeMap<&'a str, New<'a>>,
    merged: Merged,
}

impl<'a> Merging<'a> {
    fn new(lexicon: &'a Lexicon) -> Merging<'a> {
        let mut items = BTreeMap::new();
        let mut names: BTreeMap<String, Vec<EntityIx>> = BTreeMap::new();
        for at in (0..).map(EntityIx).take(lexicon.entities.len()) {
            let Some(person) = lexicon.person(at) else { continue };
            items.extend(person.wikidata.as_deref().map(|item| (item, at)));
            for name in lexicon.names_of(at) {
                names.entry(text::fold_name(name)).or_default().push(at);
            }
        }
        Merging {
            lexicon,
            items,
            names,
            new: BTreeMap::new(),
            merged: Merged::default(),
        }
    }

    fn read(&mut self, row: &'a Row) {
        let Some(country) = self.lexicon.find(Kind::Country, &row.country) else {
            *self.merged.countries.entry(row.country.clone()).or_default() += 1;
            return;
        };
        let held = self.held(row, country);
        if let Some(known) = self.known(row, country) {
            let id = self.lexicon.entity(known).id.clone();
            let news = self.merged.known.entry(id).or_default();
            let line = held.filter(|held| !knows(self.lexicon, known, held));
            let line = line.map(|held| appointment(&held, self.lexicon));
            news.extend(line);
            return;
        }
        let Some(held) = held else {
            let [ar, en] = &row.position;
            let position = en.as_ref().or(ar.as_ref()).cloned().unwrap_or_default();
            *self.merged.positions.entry(position).or_default() += 1;
            return;
        };
        let new = self.new.entry(&row.item).or_insert_with(|| New {
            row,
            country,
            aliases: Default::default(),
            appointments: BTreeSet::new(),
        });
        new.appointments.insert(held);
        for (all, more) in new.aliases.iter_mut().zip(&row.aliases) {
            all.extend(more.iter().cloned());
        }
    }

    /// The person of the lexicon whom a row is about: by the item, else by name and country.
    fn known(&self, row: &Row, country: EntityIx) -> Option<EntityIx> {
        if let Some(&known) = self.items.get(row.item.as_str()) {
            return Some(known);
        }
        let named = row
            .names
            .iter()
            .filter_map(|name| self.names.get(&text::fold_name(name)));
        let serves = |&&at: &&EntityIx| {
            let person = self.lexicon.person(at);
            // An entry with another item is about a namesake.
            let other = person.is_some_and(|person| person.wikidata.as_ref().is_some_and(|item| *item != row.item));
            !other
                && (self.lexicon.serves(at, country) || person.is_some_and(|person| person.serves().next().is_none()))
        };
        named.flatten().find(serves).copied()
    }

    fn held(&self, row: &Row, country: EntityIx) -> Option<Held> {
        let readings = row.position.each_ref().map(|label| self.office(label.as_deref()?));
        let whole = readings.iter().flatten().find(|(_, whole)| *whole);
        // English labels are in one form; Arabic ones are not.
        let (office, whole) = *whole.or(readings[1].as_ref()).or(readings[0].as_ref())?;
        let title = |label: &Option<String>| label.clone().filter(|_| !whole);
        let titles = row.position.each_ref().map(title);
        Some((row.days[0], row.days[1], office, country, titles))
    }

    /// The office that the label of a position begins with, but for countries, and whether that is all it says.
    fn office(&self, label: &str) -> Option<(OfficeIx, bool)> {
        let folded = text::fold(label);
        let countries: Vec<Hit<NameMeaning>> = longest(self.lexicon.names.search(label, &folded));
        let is_country = |word: &std::ops::Range<usize>| {
            let inside = |hit: &&Hit<NameMeaning>| hit.word <= word.start && word.end <= hit.range.end;
            countries
                .iter()
                .find(inside)
                .is_some_and(|hit| matches!(hit.meaning, NameMeaning::Country(..)))
        };
        let filler = |word: &std::ops::Range<usize>| {
            matches!(
                &folded.as_str()[word.clone()],
                "of" | "the" | "for" | "في" | "جمهوريه" | "مملكه"
            )
        };
        let words = folded.words();
        let begins = words.iter().find(|word| !is_country(word) && !filler(word))?.start;
        let titles = longest(self.lexicon.titles.search(label, &folded));
        let (office, end) = titles.iter().find_map(|hit| match hit.meaning {
            TitleMeaning::Office { office, .. } if hit.word == begins => Some((office, hit.range.end)),
            _ => None,
        })?;
        let mut rest = words.iter().filter(|word| word.start >= end);
        Some((office, rest.all(|word| is_country(word) || filler(word))))
    }
}

/// Whether the lexicon has an appointment to this office of this country, begun in the same year where both say when.
fn knows(lexicon: &Lexicon, person: EntityIx, (from, _, office, of, _): &Held) -> bool {
    let year = |day: &Option<Date>| day.map(Date::year);
    let same_time = |held: &Option<Date>| held.is_none() || from.is_none() || year(held) == year(from);
    lexicon.person(person).is_some_and(|person| {
        let mut held = person.appointments.iter();
        held.any(|held| held.office == *office && held.of == Some(*of) && same_time(&held.from))
    })
}

/// An id that nobody has: the English name, then the country, then a number.
fn free_id(new: &New<'_>, lexicon: &Lexicon, taken: &BTreeSet<String>) -> String {
    let name = url::slug(&new.row.names[1], Slugs::Ascii);
    let base = if name.is_empty() {
        new.row.item.to_lowercase()
    } else {
        name
    };
    let country = format!("{base}-{}", lexicon.entity(new.country).id.to_lowercase());
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let is_free = |id: &String| !taken.contains(id) && lexicon.find(Kind::Official, id).is_none();
    let mut ids = [base.clone(), country].into_iter().chain(numbered);
    ids.find(is_free).unwrap_or(base)
}

/// An entry as the file has them.
fn entry(id: &str, new: &New<'_>, lexicon: &Lexicon) -> String {
    let [ar, en] = &new.row.names;
    let mut lines = vec![
        format!("- id: {id}"),
        format!("  ar: {}", in_flow(ar)),
        format!("  en: {}", in_flow(en)),
    ];
    for (key, aliases, name) in [("aliases", &new.aliases[0], ar), ("aliases_en", &new.aliases[1], en)] {
        // Spellings that matching takes for one are not listed twice, nor is a single word, which says too little.
        let mut seen = BTreeSet::from([text::fold_name(name)]);
        let whole = aliases.iter().filter(|alias| alias.contains(' '));
        let listed: Vec<String> = whole
            .filter(|alias| seen.insert(text::fold_name(alias)))
            .map(|alias| in_flow(alias))
            .collect();
        lines.extend((!listed.is_empty()).then(|| format!("  {key}: [{}]", listed.join(", "))));
    }
    lines.extend(surname(ar, lexicon).map(|surname| format!("  surname: {}", in_flow(surname))));
    lines.extend(surname(en, lexicon).map(|surname| format!("  surname_en: {}", in_flow(surname))));
    lines.extend(new.row.female.then(|| "  sex: f".to_owned()));
    lines.push(format!("  country: {}", in_flow(&lexicon.entity(new.country).id)));
    lines.push(format!("  wikidata: {}", new.row.item));
    lines.push("  appointments:".to_owned());
    lines.extend(
        new.appointments
            .iter()
            .map(|held| format!("    - {}", appointment(held, lexicon))),
    );
    lines.join("\n") + "\n"
}

/// How a person is called alone: the last word of the name, unless that is a given name, a common word, or follows بن.
fn surname<'a>(name: &'a str, lexicon: &Lexicon) -> Option<&'a str> {
    const NOT_ALONE: WordClass = WordClass::GIVEN
        .or(WordClass::COMMON)
        .or(WordClass::VERB)
        .or(WordClass::PARTICLE)
        .or(WordClass::MODIFIER);
    let (before, last) = name.rsplit_once(' ')?;
    let class = lexicon.word(&text::fold_name(last));
    let linked = before
        .rsplit(' ')
        .next()
        .is_some_and(|word| lexicon.word(&text::fold_name(word)).is(WordClass::LINK));
    let long = last.chars().count() > 2;
    (long && !linked && !class.is(NOT_ALONE)).then_some(last)
}

fn appointment((from, to, office, of, titles): &Held, lexicon: &Lexicon) -> String {
    let mut parts = vec![
        format!("office: {}", lexicon.office(*office).id),
        format!("of: {}", in_flow(&lexicon.entity(*of).id)),
    ];
    for (key, day) in [("from", from), ("to", to)] {
        parts.extend(day.map(|day| format!("{key}: '{day}'")));
    }
    for (key, title) in [("title_ar", &titles[0]), ("title_en", &titles[1])] {
        parts.extend(title.as_ref().map(|title| format!("{key}: {}", in_flow(title))));
    }
    format!("{{{}}}", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::rows;
    use super::*;

    const PATH: &str = "lexicon/officials.yaml";

    /// A person, the position, and its days; all of Jordan.
    fn result(people: &[(&str, &str, &str, &str, &str)]) -> Vec<Row> {
        let mut text = "person,nameAr,nameEn,aliasesAr,country,positionAr,positionEn,start,end\n".to_owned();
        for (item, ar, en, position, start) in people {
            text += &format!("{item},{ar},{en},{ar}|{ar} الثاني,JO,,{position},{start},\n"); // the second
        }
        let read = rows("result.csv", &text);
        assert_eq!(read.diagnostics, []);
        read.value
    }

    fn merged(own: &str, rows: &[Row]) -> Merged {
        let built_in = crate::lexicon::built_in();
        let files = built_in.iter().map(|(path, text)| (path.as_str(), text.as_ref()));
        let lexicon = Lexicon::parse(files.chain((!own.is_empty()).then_some((PATH, own))));
        assert_eq!(lexicon.diagnostics, []);
        merge(PATH, own, rows, &lexicon.value).expect("a file that can be added to")
    }

    #[test]
    fn people_are_added_with_all_that_the_result_knows_of_them() {
        let rows = result(&[
            (
                "Q1",
                "لانا الورداني",
                "Lana Wardani",
                "Minister of Foreign Affairs of Jordan",
                "2020-03-01T00:00:00Z",
            ),
            (
                "Q1",
                "لانا الورداني",
                "Lana Wardani",
                "Minister of Beekeeping of Jordan",
                "2018-05-02T00:00:00Z",
            ),
            ("Q2", "سامر الحلمي", "Samer Helmi", "Chief Beekeeper", ""),
        ]);
        let merged = merged("", &rows);
        let entry = "\n\
            - id: lana-wardani\n  ar: لانا الورداني\n  en: Lana Wardani\n  aliases: [لانا الورداني الثاني]\n  surname: الورداني\n  surname_en: Wardani\n  country: JO\n  wikidata: Q1\n  appointments:\n\
            \x20   - {office: minister, of: JO, from: '2018-05-02', title_en: Minister of Beekeeping of Jordan}\n\
            \x20   - {office: foreign-minister, of: JO, from: '2020-03-01'}\n";
        assert_eq!(merged.text, format!("{HEADING}{entry}"));
        assert_eq!(merged.positions, BTreeMap::from([("Chief Beekeeper".to_owned(), 1)]));
    }

    #[test]
    fn a_second_import_changes_nothing() {
        let rows = result(&[
            ("Q1", "لانا الورداني", "Lana Wardani", "Prime Minister of Jordan", ""),
            ("Q2", "لانا الورداني", "Lana Wardani", "Minister of Health", ""), // a namesake
        ]);
        let first = merged("# mine\n- {id: lana, ar: لانا س, en: Lana S} # and this\n", &rows);
        assert_eq!(first.added, ["lana-wardani", "lana-wardani-jo"]);
        let second = merged(&first.text, &rows);
        assert_eq!(
            (second.text, second.added.len(), second.known.len()),
            (first.text, 0, 2)
        );
    }

    #[test]
    fn what_stands_in_the_file_is_kept_and_what_is_new_of_it_is_told() {
        let own = "# mine\n- {id: lana, ar: لانا الورداني, en: Lana W, country: JO} # and this";
        let rows = result(&[(
            "Q1",
            "لانا الورداني",
            "Lana Wardani",
            "Prime Minister of Jordan",
            "2020-03-01",
        )]);
        let merged = merged(own, &rows);
        assert_eq!((merged.text.as_str(), merged.added.len()), (own, 0));
        let news = BTreeSet::from(["{office: prime-minister, of: JO, from: '2020-03-01'}".to_owned()]);
        assert_eq!(merged.known, BTreeMap::from([("lana".to_owned(), news)]));
    }

    #[test]
    fn a_file_that_cannot_be_added_to_is_left_alone() {
        let rows = result(&[("Q1", "لانا الورداني", "Lana Wardani", "Prime Minister of Jordan", "")]);
        let built_in = crate::lexicon::built_in();
        let lexicon = Lexicon::parse(built_in.iter().map(|(path, text)| (path.as_str(), text.as_ref()))).value;
        for own in ["[]\n", "- {id: a", "id: a\n", "- {id: a, ar: أ ب, en: A B}\n...\n"] {
            assert!(merge(PATH, own, &rows, &lexicon).is_err(), "{own}");
        }
    }

    #[test]
    fn a_position_is_the_office_that_it_begins_with() {
        let built_in = crate::lexicon::built_in();
        let lexicon = Lexicon::parse(built_in.iter().map(|(path, text)| (path.as_str(), text.as_ref()))).value;
        let merging = Merging::new(&lexicon);
        for (label, office) in [
            ("Minister of Foreign Affairs of Egypt", Some(("foreign-minister", true))),
            ("Prime Minister of the United Kingdom", Some(("prime-minister", true))),
            ("Egyptian Minister of Foreign Affairs", Some(("foreign-minister", true))),
            ("President of India", Some(("president", true))),
            ("وزير الخارجية المصري", Some(("foreign-minister", true))),
            ("رئيس وزراء الهند", Some(("prime-minister", true))),
            ("Minister of Beekeeping of Egypt", Some(("minister", false))),
            ("Chief Beekeeper of Egypt", None),
        ] {
            let read = merging
                .office(label)
                .map(|(office, whole)| (lexicon.office(office).id.as_str(), whole));
            assert_eq!(read, office, "{label}");
        }
    }
}
