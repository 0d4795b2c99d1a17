//! A document of gold as people mark it: what it names at the head, then its text with marks around the words.
//!
//! `{C:EG|words}` is a country, `{O:un|words}` an organisation, `{T|words}` a title of office, `{P2|words}` the second
//! person of the head; marks may stand in each other.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// A document, in the order in which its keys are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub id: String,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    pub mentions: Vec<Mention>,
    pub countries: Vec<String>,
    pub organisations: Vec<String>,
    pub officials: Vec<Official>,
    pub topics: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    pub start: usize,
    pub end: usize,
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Official {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// Reads a marked text.
///
/// # Errors
///
/// What is wrong, in words.
pub fn read(id: &str, marked: &str) -> Result<Document, String> {
    let (head, text) = marked
        .split_once("\n---\n")
        .ok_or("no line of three hyphens parts head and text")?;
    let mut document = Document {
        id: id.to_owned(),
        lang: Some("ar".into()),
        ..Document::default()
    };
    for line in head.lines().filter(|line| !line.trim().is_empty()) {
        let (key, value) = line.split_once(':').ok_or_else(|| format!("no key: {line}"))?;
        let value = value.trim();
        let list = || {
            value
                .split([' ', ','])
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        match key.trim() {
            "lang" => document.lang = Some(value.into()),
            "date" => document.date = Some(value.into()),
            "title" => document.title = Some(value.into()),
            "countries" => document.countries = list(),
            "organisations" => document.organisations = list(),
            "topics" => document.topics = list(),
            "official" => document.officials.push(official(value)),
            other => return Err(format!("unknown key {other}")),
        }
    }
    let (plain, mentions) = unmark(text.trim_matches('\n'), &document.officials)?;
    (document.text, document.mentions) = (plain + "\n", mentions);
    document.countries.sort();
    Ok(document)
}

fn official(line: &str) -> Official {
    let mut parts = line.split('|').map(|part| part.trim().to_owned());
    let name = parts.next().unwrap_or_default();
    let mut rest = parts.map(|part| Some(part).filter(|part| !part.is_empty()));
    Official {
        name,
        title: rest.next().flatten(),
        country: rest.next().flatten(),
    }
}

/// Takes the marks out of a text.
fn unmark(marked: &str, officials: &[Official]) -> Result<(String, Vec<Mention>), String> {
    let (mut plain, mut letters) = (String::new(), 0);
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut mentions = Vec::new();
    let mut rest = marked;
    while let Some(letter) = rest.chars().next() {
        if letter == '{' {
            let (mark, after) = rest[1..].split_once('|').ok_or("an opened mark has no |")?;
            open.push((letters, mark));
            rest = after;
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        if letter == '}' {
            let (start, mark) = open.pop().ok_or("a mark is closed that was not opened")?;
            mentions.push(mention(start, letters, mark, officials)?);
            continue;
        }
        plain.push(letter);
        letters += 1;
    }
    if let Some((_, mark)) = open.pop() {
        return Err(format!("a mark is not closed: {mark}"));
    }
    mentions.sort_by_key(|mention| (mention.start, std::cmp::Reverse(mention.end)));
    Ok((plain, mentions))
}

fn mention(start: usize, end: usize, mark: &str, officials: &[Official]) -> Result<Mention, String> {
    let (kind, entity) = match mark.split_once(':') {
        Some(("C", id)) => ("country", Some(id.to_owned())),
        Some(("O", id)) => ("organisation", Some(id.to_owned())),
        None if mark == "T" => ("title", None),
        _ => {
            let number = mark.strip_prefix('P').and_then(|number| number.parse::<usize>().ok());
            let person = number.and_then(|number| officials.get(number.checked_sub(1)?));
            let person = person.ok_or_else(|| format!("no such mark: {mark}"))?;
            ("official", Some(person.name.clone()))
        }
    };
    Ok(Mention {
        start,
        end,
        kind: kind.into(),
        entity,
    })
}

/// Writes a document as a marked text.
pub fn write(document: &Document) -> String {
    let mut out = String::new();
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(out, "{key}: {value}"); // writing to a string cannot fail
    };
    let single = [
        ("date", &document.date),
        ("title", &document.title),
        ("lang", &document.lang),
    ];
    for (key, value) in single {
        if let Some(value) = value {
            line(key, value);
        }
    }
    let lists = [
        ("countries", &document.countries),
        ("organisations", &document.organisations),
        ("topics", &document.topics),
    ];
    for (key, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        line(key, &list.join(" "));
    }
    for official in &document.officials {
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        let parts = format!(
            "{} | {} | {}",
            official.name,
            part(&official.title),
            part(&official.country)
        );
        line("official", parts.trim_end_matches([' ', '|']));
    }
    out + "---\n" + &with_marks(document)
}

fn with_marks(document: &Document) -> String {
    let mut out = String::new();
    for (at, letter) in document.text.chars().chain(['\0']).enumerate() {
        let ended = document.mentions.iter().filter(|mention| mention.end == at).count();
        out.extend(std::iter::repeat_n('}', ended));
        for mention in document.mentions.iter().filter(|mention| mention.start == at) {
            out += &opened(mention, &document.officials);
        }
        out.extend(Some(letter).filter(|letter| *letter != '\0'));
    }
    out
}

fn opened(mention: &Mention, officials: &[Official]) -> String {
    let entity = mention.entity.as_deref().unwrap_or_default();
    match mention.kind.as_str() {
        "country" => format!("{{C:{entity}|"),
        "organisation" => format!("{{O:{entity}|"),
        "title" => "{T|".into(),
        _ => {
            let number = officials.iter().position(|official| official.name == entity);
            format!("{{P{}|", number.map_or(0, |number| number + 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_reads_the_same_again() {
        let marked = "date: 2024-05-12\nlang: ar\ncountries: EG\nofficial: سامر | وزير مصري | EG\n---\nقال {T|وزير {C:EG|مصري}} هو {P1|سامر} نعم\n"; // an Egyptian minister, Samer, said yes
        let document = read("a", marked).expect("it is well marked");
        assert_eq!(document.text, "قال وزير مصري هو سامر نعم\n");
        assert_eq!(write(&document), marked);
    }
}
