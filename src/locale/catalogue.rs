//! The texts of the interface in one language, as its file gives them.

use std::collections::BTreeMap;

use icu::plurals::PluralCategory;
use serde::Deserialize;

use crate::date::DateRule;
use crate::extract::Rule;
use crate::language::Language;
use crate::lexicon::Kind;
use crate::page::TitleRule;

/// All texts of one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// For the templates, by key.
    pub texts: BTreeMap<String, String>,
    /// For the program.
    pub words: Words,
    /// For the preview, by key.
    pub preview: BTreeMap<String, String>,
    /// Numbers of faults that cost something.
    pub errors: Forms,
    /// Numbers of faults that cost nothing.
    pub warnings: Forms,
    /// Headings of the groups of topics, by the lexicon's key.
    pub groups: BTreeMap<String, String>,
    /// Numbers with what is counted.
    pub counts: ByKind,
    /// What is counted, without the number.
    pub nouns: ByKind,
    /// For the review desk, by key.
    pub desk: BTreeMap<String, String>,
    rules: RuleWords,
    dates: DateWords,
    titles: TitleWords,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($field:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        #[allow(missing_docs, reason = "each is the text that its key in the catalogue gives")]
        pub struct $name { $(pub $field: String),* }
    };
}

words!(
    /// Texts that the program puts into pages.
    Words {
        site_title, site_description, home, countries, officials, organisations, topics, archive, about, not_found,
        redirect, all_countries, all_officials, all_organisations, all_topics, country, official, organisation, topic,
        undated, all_of, page_of, formal_name, capital, country_served, spellings, group, span, span_from, span_to,
        span_on, and_more, map_text, map_pair, reviewed, reviewed_none, officials_joined, date, n_of_m,
    }
);
words!(
    /// Why a name counts, in words.
    RuleWords {
        name, weak_name, nisba, capital, metonym, homeland, bearer, full_name, title_then_name, name_then_title, joined,
        surname, office, tagged, author, cue, hints, tag, stated,
    }
);
words!(
    /// What a day rests on, in words, and as a sentence with the words of the text.
    DateWords {
        stated, dateline, written, hijri, weekday, post, file_name, none, why_dateline, why_written, why_hijri,
        why_weekday, why_post, why_file_name,
    }
);
words!(
    /// Where a title comes from, in words.
    TitleWords { stated, headline, lead, file_name }
);

/// Forms for each thing that is counted.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByKind {
    /// Briefings.
    pub briefings: Forms,
    /// Times that something is mentioned.
    pub mentions: Forms,
    /// Countries.
    pub countries: Forms,
    /// Officials.
    pub officials: Forms,
    /// Organisations.
    pub organisations: Forms,
    /// Topics.
    pub topics: Forms,
}

impl ByKind {
    /// The forms for entities of `kind`.
    pub fn of(&self, kind: Kind) -> &Forms {
        match kind {
            Kind::Country => &self.countries,
            Kind::Official => &self.officials,
            Kind::Organisation => &self.organisations,
            Kind::Topic => &self.topics,
        }
    }
}

/// The forms of one text, by the plural category of its number.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forms {
    zero: Option<String>,
    one: Option<String>,
    two: Option<String>,
    few: Option<String>,
    many: Option<String>,
    other: String,
}

impl Forms {
    /// The form for `number`, which is of `category`. Zero, one and two that have forms of their own take these also in
    /// languages whose grammar does not part them.
    pub fn of(&self, category: PluralCategory, number: usize) -> &str {
        let exact = match number {
            0 => self.zero.as_ref(),
            1 => self.one.as_ref(),
            2 => self.two.as_ref(),
            _ => None,
        };
        let form = match category {
            PluralCategory::Few => self.few.as_ref(),
            PluralCategory::Many => self.many.as_ref(),
            _ => None,
        };
        exact.or(form).unwrap_or(&self.other)
    }
}

impl Catalogue {
    /// The catalogue of `language`: Arabic, or English for every other.
    pub fn of(language: Language) -> Catalogue {
        let file = match language {
            Language::Arabic => include_str!("ar.toml"),
            _ => include_str!("en.toml"),
        };
        // The files are built in, and a test reads them both.
        toml::from_str(file).unwrap_or_else(|error| unreachable!("the catalogue is broken: {error}"))
    }

    /// A text of the desk; empty where the key is none.
    pub fn desk(&self, key: &str) -> &str {
        self.desk.get(key).map_or("", String::as_str)
    }

    /// Name of a kind, in the plural.
    pub fn kinds(&self, kind: Kind) -> &str {
        match kind {
            Kind::Country => &self.words.countries,
            Kind::Official => &self.words.officials,
            Kind::Organisation => &self.words.organisations,
            Kind::Topic => &self.words.topics,
        }
    }

    /// Name of a kind, in the singular.
    pub fn kind(&self, kind: Kind) -> &str {
        match kind {
            Kind::Country => &self.words.country,
            Kind::Official => &self.words.official,
            Kind::Organisation => &self.words.organisation,
            Kind::Topic => &self.words.topic,
        }
    }

    /// What leads to all entities of a kind.
    pub fn all(&self, kind: Kind) -> &str {
        match kind {
            Kind::Country => &self.words.all_countries,
            Kind::Official => &self.words.all_officials,
            Kind::Organisation => &self.words.all_organisations,
            Kind::Topic => &self.words.all_topics,
        }
    }

    /// Why a name counts, in words.
    pub fn rule(&self, rule: Rule) -> &str {
        let words = &self.rules;
        match rule {
            Rule::Name => &words.name,
            Rule::WeakName => &words.weak_name,
            Rule::Nisba => &words.nisba,
            Rule::Capital => &words.capital,
            Rule::Metonym => &words.metonym,
            Rule::Homeland => &words.homeland,
            Rule::Bearer => &words.bearer,
            Rule::FullName => &words.full_name,
            Rule::TitleThenName => &words.title_then_name,
            Rule::NameThenTitle => &words.name_then_title,
            Rule::Joined => &words.joined,
            Rule::Surname => &words.surname,
            Rule::Tagged => &words.tagged,
            Rule::Office => &words.office,
            Rule::Author => &words.author,
            Rule::Cue => &words.cue,
            Rule::Hints => &words.hints,
            Rule::Tag => &words.tag,
            Rule::Stated => &words.stated,
        }
    }

    /// What a day rests on, in words; `None` is that there is no day.
    pub fn date(&self, rule: Option<DateRule>) -> &str {
        let words = &self.dates;
        match rule {
            Some(DateRule::Stated) => &words.stated,
            Some(DateRule::Dateline) => &words.dateline,
            Some(DateRule::Written) => &words.written,
            Some(DateRule::Hijri) => &words.hijri,
            Some(DateRule::Weekday) => &words.weekday,
            Some(DateRule::Post) => &words.post,
            Some(DateRule::FileName) => &words.file_name,
            None => &words.none,
        }
    }

    /// What a day rests on, as a sentence with a place for the words; empty where it is stated.
    pub fn date_sentence(&self, rule: DateRule) -> &str {
        let words = &self.dates;
        match rule {
            DateRule::Stated => "",
            DateRule::Dateline => &words.why_dateline,
            DateRule::Written => &words.why_written,
            DateRule::Hijri => &words.why_hijri,
            DateRule::Weekday => &words.why_weekday,
            DateRule::Post => &words.why_post,
            DateRule::FileName => &words.why_file_name,
        }
    }

    /// Where a title comes from, in words.
    pub fn title(&self, rule: TitleRule) -> &str {
        let words = &self.titles;
        match rule {
            TitleRule::Stated => &words.stated,
            TitleRule::Headline => &words.headline,
            TitleRule::Lead => &words.lead,
            TitleRule::FileName => &words.file_name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_catalogues_have_the_same_keys() {
        let (arabic, english) = (Catalogue::of(Language::Arabic), Catalogue::of(Language::English));
        assert!(arabic.texts.keys().eq(english.texts.keys()));
        assert!(arabic.preview.keys().eq(english.preview.keys()));
        assert!(arabic.groups.keys().eq(english.groups.keys()));
        assert!(arabic.desk.keys().eq(english.desk.keys()));
    }
}
