//! The spoken tree as text, one element a line, and what differs between two.

use parvis::player::tree::Element;

pub fn write(tree: &[Element], language: &str) -> String {
    let mut text = String::new();
    for element in tree {
        let [x, y, width, height] = element.rect_mm.map(f32::round);
        let mut words = vec![format!("{:<7} {:<9} \"{}\"", element.region, element.role, element.name)];
        if !element.state.is_empty() {
            words.push(element.state.to_owned());
        }
        if element.language != language {
            words.push(format!("[{}]", element.language));
        }
        words.push(format!("at {x},{y} {width}x{height}"));
        text.push_str(&words.join(" "));
        text.push('\n');
    }
    text
}

/// As a case writes it: without the marks that only tell text its direction, and every space a plain one.
pub fn plain(name: &str) -> String {
    let is_mark = |letter: &char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}');
    let seen = name.chars().filter(|letter| !is_mark(letter));
    seen.map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect()
}

/// The lines that only one of the two has; empty when both are alike.
pub fn difference(expected: &str, actual: &str) -> Vec<String> {
    const LINES_MAX: usize = 30;
    let only = |one: &str, other: &str, sign: &str| -> Vec<String> {
        let there: Vec<&str> = other.lines().collect();
        one.lines().filter(|line| !there.contains(line)).map(|line| format!("  {sign} {line}")).collect()
    };
    let mut lines = only(expected, actual, "-");
    lines.extend(only(actual, expected, "+"));
    if lines.is_empty() && expected != actual {
        lines.push("  the same lines in another order, or more or fewer times".to_owned());
    }
    lines.truncate(LINES_MAX);
    lines
}
