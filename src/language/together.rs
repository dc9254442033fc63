//! What belongs together on a line: a number and its unit, a word and the mark after it, a short compound.

use super::Language;

const NO_BREAK: char = '\u{a0}';
const WORD_JOINER: char = '\u{2060}';
/// Letters of the longest unit, or month, that stays with its number.
const UNIT_MAX: usize = 5;
/// Letters of the longest compound that stays whole: "week-end", "12 km/h".
const COMPOUND_MAX: usize = 8;

/// The same words, with no-break spaces and joiners where no line should break. What becomes longer by it is short, so
/// that it still has room in narrow columns.
pub fn kept_together(text: &str, language: Language) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut kept = String::with_capacity(text.len());
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            let before_last = at.checked_sub(2).map_or("", |before| words[before]);
            kept.push(if belongs([before_last, words[at - 1], word], language) { NO_BREAK } else { ' ' });
        }
        push_whole(&mut kept, word);
    }
    kept
}

/// A few words that no line ends within, whatever their script.
pub fn on_one_line(words: &str) -> String {
    let mut kept = String::with_capacity(words.len());
    for letter in words.chars() {
        // Between two letters of another script a joiner would part what is written as one.
        if kept.ends_with(is_han) && is_han(letter) {
            kept.push(WORD_JOINER);
        }
        kept.push(if letter == ' ' { NO_BREAK } else { letter });
    }
    kept
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}')
}

/// Whether the last of three words stays with the one before it.
fn belongs([first, second, third]: [&str; 3], language: Language) -> bool {
    let begins_with_digit = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let length = third.chars().count();
    let is_unit =
        length <= UNIT_MAX && third.starts_with(|c: char| (c.is_alphabetic() && !is_han(c)) || "%€$£°".contains(c));
    // "18 h 30"
    let is_minute = second == "h" && begins_with_digit(first) && begins_with_digit(third);
    let french = third.starts_with([':', ';', '!', '?', '»']) || second.ends_with('«');
    (begins_with_digit(second) && is_unit) || is_minute || (language == Language::Fr && french)
}

fn push_whole(kept: &mut String, word: &str) {
    let is_short = word.chars().count() <= COMPOUND_MAX;
    let mut before = ' ';
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        kept.push(letter);
        let is_between = before.is_alphanumeric() && letters.peek().is_some_and(|next| next.is_alphanumeric());
        if is_short && is_between && matches!(letter, '-' | '/') {
            kept.push(WORD_JOINER);
        }
        before = letter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_stays_on_a_line() {
        let cases = [
            (Language::Fr, "Conseil jeudi, 18 h 30", "Conseil jeudi, 18\u{a0}h\u{a0}30"),
            (Language::Fr, "Vent 12 km/h", "Vent 12\u{a0}km/\u{2060}h"),
            (Language::Fr, "Ce week-end", "Ce week-\u{2060}end"),
            (Language::Fr, "Ligne 1 Monaco-Ville", "Ligne 1 Monaco-Ville"),
            (Language::Fr, "Le port, hier : photos", "Le port, hier\u{a0}: photos"),
            (Language::Fr, "« Le Malade » ?", "«\u{a0}Le Malade\u{a0}»\u{a0}?"),
            (Language::Fr, "lundi 1er juin", "lundi 1er\u{a0}juin"),
            (Language::En, "Open : 8 pm", "Open : 8\u{a0}pm"),
            (Language::De, "5 Veranstaltungen, 20 °C", "5 Veranstaltungen, 20\u{a0}°C"),
            (Language::Zh, "5日 周五", "5日 周五"),
            (Language::Fr, "", ""),
            (Language::Fr, " - / ", " - / "),
        ];
        for (language, text, kept) in cases {
            assert_eq!(kept_together(text, language), kept, "{text}");
        }
        for (text, kept) in [("Guten Tag", "Guten\u{a0}Tag"), ("您好", "您\u{2060}好"), ("مرحبًا", "مرحبًا")]
        {
            assert_eq!(on_one_line(text), kept);
        }
    }
}
