//! Names by sound, so that one name agrees with itself in Arabic and in Latin letters.

use crate::text;

/// The consonants of `name`, by classes that both scripts keep apart; empty where there are none.
///
/// Vowels, h and the glottal letters are dropped, as spellings disagree on them; letters that one script writes and
/// the other cannot (p and b, v and f, g and j) are one class; the article and spaces are dropped, double letters are one.
///
/// Loses much: use it only where something else, such as a country, also agrees.
///
/// ```
/// # use bayan::sound::skeleton;
/// assert_eq!(skeleton("سانجاي فيرما"), skeleton("Sanjay Verma"));
/// ```
pub fn skeleton(name: &str) -> String {
    let folded = text::fold_name(name);
    let mut classes = String::with_capacity(folded.len() / 2);
    let words = folded.split(|letter: char| !text::is_word_letter(letter));
    for word in words.filter(|word| !matches!(*word, "al" | "el")) {
        let bare = ["ال", "al", "el"]
            .iter()
            .find_map(|article| word.strip_prefix(article).filter(|rest| rest.len() > 2));
        let word = bare
            .filter(|_| !matches!(word, "ali" | "elie" | "alan"))
            .unwrap_or(word);
        let mut letters = word.chars().peekable();
        while let Some(letter) = letters.next() {
            let next = letters.peek().copied();
            if let Some(class) = class(letter, next).filter(|class| !classes.ends_with(*class)) {
                classes.push(class);
            }
            if matches!(
                (letter, next),
                ('s' | 'c' | 't' | 'd' | 'k' | 'g' | 'z' | 'p', Some('h')) | ('\u{062A}', Some('\u{0634}'))
            ) {
                if letter == 'p' {
                    classes.pop();
                    classes.push('F');
                }
                letters.next();
            }
        }
    }
    classes
}

/// The class of a consonant; `next` tells a `ch` from a `c`.
fn class(letter: char, next: Option<char>) -> Option<char> {
    Some(match letter {
        'b' | 'p' | '\u{0628}' | '\u{067E}' => 'B',
        'f' | 'v' | '\u{0641}' | '\u{06A4}' => 'F',
        '\u{062A}' if next == Some('\u{0634}') => 'S', // ta and shin: ch
        't' | '\u{062A}' | '\u{0637}' | '\u{062B}' => 'T',
        'd' | 'z' | '\u{062F}' | '\u{0636}' | '\u{0630}' | '\u{0632}' | '\u{0638}' => 'D',
        'c' if matches!(next, Some('h' | 'e' | 'i')) => 'S',
        's' | '\u{0633}' | '\u{0635}' | '\u{0634}' | '\u{0686}' => 'S',
        'j' | 'g' | '\u{062C}' | '\u{063A}' | '\u{06AF}' => 'G',
        'k' | 'q' | 'c' | 'x' | '\u{0643}' | '\u{0642}' | '\u{062E}' => 'K',
        'l' | '\u{0644}' => 'L',
        'm' | '\u{0645}' => 'M',
        'n' | '\u{0646}' => 'N',
        'r' | '\u{0631}' => 'R',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_sounds_alike_in_both_scripts() {
        for (arabic, latin) in [
            ("سانجاي فيرما", "Sanjay Verma"),
            ("أحمد لطيف", "Ahmed Latheef"),
            ("عبد العزيز الخوجة", "Abdulaziz al-Khoja"),
            ("سيرغي لافروف", "Sergei Lavrov"),
            ("بطرس غالي", "Butros Ghali"),
        ] {
            assert_eq!(skeleton(arabic), skeleton(latin), "{latin}");
        }
    }

    #[test]
    fn different_names_sound_different() {
        for (left, right) in [("أحمد لطيف", "Ahmed Nazif"), ("ناريندرا مودي", "Sanjay Verma")] {
            assert_ne!(skeleton(left), skeleton(right));
        }
    }
}
