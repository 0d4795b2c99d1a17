//! People who seem to be called by one name alone: of whom the text tells by full name.
//!
//! In: all people read. Out: those of one word, or of a particle and a word, are made one with the only person of the
//! text who can be called so: by surname or by another part of the name, as written, else by sound. Where two could be
//! meant, nobody is.

use super::Candidate;
use super::official::People;
use crate::lexicon::{Lexicon, WordClass};
use crate::sound;
use crate::text;

/// Who may be meant by a name.
pub enum Meant {
    /// One person, by place.
    One(usize),
    /// Nobody can tell which.
    Several,
    /// Nobody else of the text.
    Nobody,
}

/// How someone may be called, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Surname,
    /// By another word of the name.
    Word,
    /// By what sounds like the surname.
    Sound,
}

/// Links that tell whose son someone is, so that they are no part of a surname.
const SONS: [&str; 4] = ["بن", "ابن", "بنت", "ابنه"];

/// What someone is called alone in newspapers: the last word of a name with the particles before it, دي سوزا. `None`
/// for names of one word.
pub fn surname<'a>(words: &[&'a str], lexicon: &Lexicon) -> Option<Vec<&'a str>> {
    let mut start = words.len().checked_sub(1).filter(|&last| last > 0)?;
    while start > 1 && leads(words, start - 1, lexicon) {
        start -= 1;
    }
    Some(words[start..].to_vec())
}

/// Whether a name has but one word besides the particles before it.
pub fn is_led(words: &[&str], lexicon: &Lexicon) -> bool {
    (1..words.len()).all(|after| leads(words, after - 1, lexicon))
}

/// Whether the word at `at` is a particle of the surname that it leads on to.
fn leads(words: &[&str], at: usize, lexicon: &Lexicon) -> bool {
    let word = words[at];
    let article = word == "لا" && at > 0 && lexicon.word(words[at - 1]).is(WordClass::LINK);
    article || (lexicon.word(word).is(WordClass::LINK) && !SONS.contains(&word))
}

impl People<'_> {
    /// Makes people who are called by one name alone one with those whom the text names in full.
    pub(super) fn settle_called(&mut self) {
        for person in (0..self.people.len()).rev() {
            if !self.is_called_alone(&self.people[person]) {
                continue;
            }
            let Candidate { name, latin, .. } = &self.people[person];
            match self.called_by(name, *latin, Some(person)) {
                Meant::One(whole) => self.merge(person, whole),
                Meant::Several if self.people[person].title.is_empty() => self.forget(person),
                Meant::Several | Meant::Nobody => {}
            }
        }
    }

    /// Whether a person whom the lexicon does not know has but one name, or particles and a name, or a name in Latin
    /// letters that may be the surname of someone named in Arabic.
    fn is_called_alone(&self, person: &Candidate) -> bool {
        let name = text::fold_name(&person.name);
        let words: Vec<&str> = name.split(' ').collect();
        person.known.is_none() && (is_led(&words, self.lexicon) || (person.latin && words.len() < 3))
    }

    /// Who but `except` is meant by a name that stands alone: the surest way to be called so decides.
    pub(super) fn called_by(&self, name: &str, latin: bool, except: Option<usize>) -> Meant {
        let called = text::fold_name(name);
        let mut best: (Option<Way>, Vec<usize>) = (None, Vec::new());
        for other in (0..self.people.len()).filter(|&other| Some(other) != except) {
            let Some(way) = self.way(&called, latin, &self.people[other]) else {
                continue;
            };
            if best.0.is_none_or(|best| way < best) {
                best = (Some(way), Vec::new());
            }
            if best.0 == Some(way) {
                best.1.push(other);
            }
        }
        match best.1[..] {
            [] => Meant::Nobody,
            [one] => Meant::One(one),
            _ => Meant::Several,
        }
    }

    /// How `other` may be called by a folded name that stands alone.
    fn way(&self, called: &str, latin: bool, other: &Candidate) -> Option<Way> {
        if latin == other.latin && self.is_called_alone(other) {
            return None;
        }
        let name = text::fold_name(&other.name);
        let words: Vec<&str> = name.split(' ').collect();
        let surname = surname(&words, self.lexicon)?.join(" ");
        if surname == called {
            Some(Way::Surname)
        } else if words.contains(&called) {
            Some(Way::Word)
        } else {
            sound::alike(&surname, called).then_some(Way::Sound)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::check;

    #[test]
    fn one_name_alone_means_the_only_person_of_the_text_who_is_called_so() {
        check("قالت المديرة {p1:منى بنت سالم القرني} ذلك. وأضافت الدكتورة {p1:منى} أن العمل مستمر"); // a given name
        check("قال وزير النقل {p1:أنطونيو دي ألميدا} ذلك. وأضاف {p1:دي ألميدا} أن العمل مستمر"); // particles
    }

    #[test]
    fn an_initial_is_the_same_by_its_letter_and_by_its_name() {
        check("التقى الوزير {p1:ك. السعداوي} أمس. وقال السيد {p1:كيه السعداوي} نعم"); // K. Saadawi
    }

    #[test]
    fn a_monarch_is_called_by_a_given_name_alone() {
        check("وحضر الحفل إمبراطور {JP:اليابان} {p1:أكيهيتو}، وشكر المنظمين");
    }

    #[test]
    fn a_surname_in_the_other_script_joins_by_sound() {
        check("قال الأمين العام {p1:أحمد أبو الغيط} ذلك. Secretary-General {p1:Aboul Gheit} agreed.");
    }
}
