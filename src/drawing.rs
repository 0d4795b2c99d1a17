//! What the pictures share: how wide a label will be, where it breaks, and numbers short enough for markup.
//!
//! In: texts and lengths in the user units of an SVG. Out: the same, estimated, broken or rounded. No font is read, so
//! widths are estimates on the wide side; only + - * / and square roots are used, so they agree on all machines.

/// Size of the text that the pictures leave room for, in user units.
pub const FONT_SIZE: f64 = 12.0;

/// From one baseline to the next, in user units.
pub const LINE_HEIGHT: f64 = 15.0;

/// Ends a label that was cut.
const ELLIPSIS: char = '\u{2026}';

/// How wide `text` is at [`FONT_SIZE`], about, in user units.
pub fn text_width(text: &str) -> f64 {
    text.chars().map(em).sum::<f64>() * FONT_SIZE
}

/// Advance of a letter in ems: what common text faces of its script need, rounded up.
fn em(letter: char) -> f64 {
    match letter {
        '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' => 0.0, // marks
        '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}' => 0.0, // joiners and isolates
        ' ' | '.' | ',' | ':' | '\'' | '\u{060C}' | 'i' | 'j' | 'l' | 'I' => 0.3,
        '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0627}' => 0.27, // alefs
        '\u{062F}'..='\u{0632}' | '\u{0644}' | '\u{0648}' => 0.44, // dal, dhal, ra, zay; lam; waw
        '\u{0633}'..='\u{0636}' => 0.85,                           // sin, shin, sad, dad
        '\u{0621}'..='\u{06FF}' => 0.52,                           // other Arabic letters and digits
        '\u{0590}'..='\u{05FF}' | 'a'..='h' | 'k' | 'n'..='v' | 'x'..='z' | '0'..='9' => 0.6,
        'm' | 'w' | 'M' | 'W' | '@' => 0.9,
        ELLIPSIS => 0.9,
        'A'..='Z' | '\u{00C0}'..='\u{024F}' => 0.7,
        '\u{2E80}'..='\u{FFEF}' => 1.0,
        _ => 0.6,
    }
}

/// `text` on one line, cut where it is wider than `most`: at a word where there is one to keep, else at a letter.
pub fn cut(text: &str, most: f64) -> String {
    if text_width(text) <= most {
        return text.to_owned();
    }
    let room = most - text_width(ELLIPSIS.encode_utf8(&mut [0; 4]));
    let mut width = 0.0;
    let end = text
        .char_indices()
        .find(|&(_, letter)| {
            width += em(letter) * FONT_SIZE;
            width > room
        })
        .map_or(text.len(), |(at, _)| at);
    let kept = text[..end].rfind(' ').filter(|&space| space * 2 > end).unwrap_or(end);
    format!("{}{ELLIPSIS}", text[..kept].trim_end())
}

/// `text` on one line where it is no wider than `most`, else on two: as even as its words allow or, where that is too
/// wide, the first as full as may be and the second cut.
pub fn lines(text: &str, most: f64) -> Vec<String> {
    let halves = |space: usize| (&text[..space], &text[space + 1..]);
    let spaces = || text.match_indices(' ').map(|(space, _)| space);
    let wider = |space: usize| text_width(halves(space).0).max(text_width(halves(space).1));
    let even = spaces().min_by(|&one, &other| wider(one).total_cmp(&wider(other)));
    let full = || spaces().take_while(|&space| text_width(halves(space).0) <= most).last();
    match even.filter(|&space| wider(space) <= most).or_else(full) {
        Some(space) if text_width(text) > most => vec![halves(space).0.to_owned(), cut(halves(space).1, most)],
        _ => vec![cut(text, most)],
    }
}

/// `value` to one decimal; never minus nought.
pub fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_name_is_set_on_two_even_lines() {
        let name = "مجلس التعاون لدول الخليج العربية"; // the Gulf Cooperation Council
        assert_eq!(lines(name, 105.0), ["مجلس التعاون لدول", "الخليج العربية"]);
        assert_eq!(lines("قطر", 100.0), ["قطر"]); // Qatar
    }

    #[test]
    fn a_name_that_is_too_wide_is_cut_at_a_word_where_it_can_be() {
        assert_eq!(cut("وزير الشؤون الخارجية", 80.0), "وزير الشؤون…"); // minister of foreign affairs
        assert_eq!(cut("Aserbaidschanisch", 60.0), "Aserbai…");
    }

    #[test]
    fn vowel_marks_take_no_room() {
        assert!((text_width("أُسامة") - text_width("أسامة")).abs() < 1e-9); // Usama
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked(text in "[ا-ي a-zA-Z]{0,60}", most in 20.0..200.0_f64) {
            for line in lines(&text, most) {
                prop_assert!(text_width(&line) <= most + 1e-6, "{line}");
            }
        }
    }
}
