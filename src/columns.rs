//! Rows of words in columns, and paths, for terminals.
//!
//! A column is as wide as its widest cell; vowel marks take no place. A cell that runs from right to left is closed by
//! a left-to-right mark, as some terminals would else turn the whole row around.

use unicode_width::UnicodeWidthStr;

use crate::language::{Direction, Language};

/// Closes a cell that runs from right to left; takes no place.
const LEFT_TO_RIGHT: char = '\u{200E}';

/// Space between columns.
const GAP: usize = 2;

/// The rows, each on a line; `bold` is put around the first one where there are colours.
pub fn columns<const N: usize>(rows: &[[String; N]], colours: bool) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or_default();
    let widths: [usize; N] = std::array::from_fn(width);
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        let line = line(row, &widths);
        let shown = if number == 0 {
            bold(line.trim_end(), colours)
        } else {
            line.trim_end().to_owned()
        };
        out.push_str(&shown);
        out.push('\n');
    }
    out
}

/// Words that stand out, where there are colours.
pub fn bold(words: &str, colours: bool) -> String {
    if colours {
        format!("\u{1b}[1m{words}\u{1b}[0m")
    } else {
        words.to_owned()
    }
}

/// A path as a shell reads it.
pub fn quoted(path: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+:@%,".contains(letter);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (number, (cell, width)) in row.iter().zip(widths).enumerate() {
        line.push_str(cell);
        let rtl = Language::of(cell).is_some_and(|language| language.direction() == Direction::Rtl);
        if rtl && number + 1 < row.len() {
            line.push(LEFT_TO_RIGHT);
        }
        line.extend(std::iter::repeat_n(' ', width - cell.width() + GAP));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_begin_at_one_place_in_any_script() {
        let rows = [["id", "name"], ["مِصر", "Egypt"], ["india", "India"]].map(|row| row.map(str::to_owned)); // Egypt
        let lines = ["id     name", "مِصر\u{200E}    Egypt", "india  India", ""];
        assert_eq!(columns(&rows, false), lines.join("\n"));
    }
}
