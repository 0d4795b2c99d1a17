//! How sure a mention is, in three levels: this is the one place that says so.
//!
//! | Level | Rests on |
//! |---|---|
//! | sure | a name of the lexicon, a title with a name, a phrase that tells its topic, what an editor has stated |
//! | likely | what stands for a name (capital, surname, office), phrases together, a guess who a named person is |
//! | unsure | a word that is also something else, a name told by its neighbours, anything that is in doubt itself |
//!
//! A doubt about whom or what is named makes each of its mentions as unsure as the doubt.

use serde::Serialize;

use crate::doubts::DoubtKind;
use crate::extract::Rule;

/// How sure a mention is, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// To be looked at.
    Unsure,
    /// Nearly always right.
    Likely,
    /// Right but for a slip.
    Sure,
}

impl Confidence {
    /// How sure a rule is.
    pub fn of_rule(rule: Rule) -> Confidence {
        match rule {
            Rule::Name | Rule::Nisba | Rule::FullName | Rule::TitleThenName | Rule::Cue | Rule::Tag | Rule::Stated => {
                Confidence::Sure
            }
            Rule::Capital
            | Rule::Metonym
            | Rule::Homeland
            | Rule::Bearer
            | Rule::NameThenTitle
            | Rule::Joined
            | Rule::Surname
            | Rule::Office
            | Rule::Author
            | Rule::Hints => Confidence::Likely,
            Rule::WeakName | Rule::Tagged => Confidence::Unsure,
        }
    }

    /// The most that can be said of what is in doubt.
    pub fn of_doubt(kind: DoubtKind) -> Confidence {
        match kind {
            DoubtKind::NearNames | DoubtKind::JoinedBySound | DoubtKind::NoCountry => Confidence::Likely,
            DoubtKind::SurnameAlone
            | DoubtKind::SharedSurname
            | DoubtKind::OtherCountry
            | DoubtKind::OneMention
            | DoubtKind::WeakCountry => Confidence::Unsure,
        }
    }

    /// Its name: `sure`.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Unsure => "unsure",
            Confidence::Likely => "likely",
            Confidence::Sure => "sure",
        }
    }
}
