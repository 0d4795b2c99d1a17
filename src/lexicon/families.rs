//! Words by their families: forms of one word that speak of one matter, and the topics they speak of.
//!
//! In: families as listed, a few forms of each. Out: [`Families`], which knows a word in any state, gender and number
//! that its ending shows (منحة, المنحة, منحتان), and gives all topics it belongs to.

use rustc_hash::FxHashMap;

use super::EntityIx;
use crate::text;

/// A family of words, as it belongs to a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// The topic.
    pub topic: EntityIx,
    /// Which family, over all topics.
    pub number: u16,
    /// How much it says.
    pub tells: Tells,
}

/// What a word of a family says of the topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// Little: the word is at home in other topics too.
    Little,
    /// Much: where it is said, the topic is seldom far.
    Much,
    /// That two countries deal with each other, where they are named right after it.
    Relations,
}

/// All families by the stems of their words.
#[derive(Debug, Default)]
pub struct Families {
    by_stem: FxHashMap<Box<str>, Vec<Family>>,
}

impl Families {
    /// Adds a family: its forms, with spaces between them.
    pub fn add(&mut self, forms: &str, family: Family) {
        for form in text::fold_name(forms).split(' ') {
            let members = self.by_stem.entry(stem(form).into()).or_default();
            if !members.contains(&family) {
                members.push(family);
            }
        }
    }

    /// The families of a folded word, and the byte of it where the clitics end.
    pub fn of(&self, word: &str) -> Option<(usize, &[Family])> {
        text::splits(word).find_map(|(at, _)| Some((at, self.by_stem.get(stem(&word[at..]))?.as_slice())))
    }
}

/// Endings of Arabic words, folded, in the order in which they are taken off.
const ENDINGS: [&str; 10] = [
    "ها", // her
    "هم", // their
    "ان", // two
    "ات", // feminine, many
    "ون", // masculine, many
    "ين", // the same, not the subject
    "يه", // feminine adjective
    "ه",  // feminine, or his
    "ي",  // adjective, or my
    "ا",  // accusative
];

/// A folded word without its endings, four letters at least.
fn stem(word: &str) -> &str {
    const LEAST: usize = 8; // bytes of four Arabic letters
    if word.is_ascii() {
        return word;
    }
    ENDINGS
        .iter()
        .fold(word, |word, ending| match word.strip_suffix(ending) {
            Some(rest) if rest.len() >= LEAST => rest,
            _ => word,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn families() -> Families {
        let mut families = Families::default();
        for (number, forms) in [(0, "لاجئ لجوء"), (1, "تجارة"), (2, "grant grants")] {
            let tells = Tells::Much;
            let topic = EntityIx(7);
            families.add(forms, Family { topic, number, tells }); // refugee, trade, and a grant
        }
        families
    }

    #[test]
    fn a_word_is_of_its_family_in_every_state_and_ending_listed_or_regular() {
        let families = families();
        for (word, number) in [
            ("لاجئ", 0),
            ("واللاجئين", 0), // and the refugees
            ("لاجئاتها", 0),  // her women refugees
            ("باللجوء", 0),  // by asylum
            ("للتجارة", 1),  // for trade
            ("grants", 2),
        ] {
            let folded = text::fold_name(word);
            let (_, found) = families.of(&folded).expect(word);
            assert_eq!(
                found.iter().map(|family| family.number).collect::<Vec<_>>(),
                [number],
                "{word}"
            );
        }
    }

    #[test]
    fn a_short_word_keeps_what_looks_like_an_ending() {
        assert_eq!(stem("دوريه"), "دوري"); // a patrol, which is no دور, a role
        assert_eq!(stem("جولان"), "جولان"); // the Golan, which is no جوله, a round
        assert!(families().of("تاجر").is_none()); // a trader: other forms are listed
    }
}
