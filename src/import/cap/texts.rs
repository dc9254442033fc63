use super::info::Texts;
use crate::import::notes::Notes;
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::web_address::{NO_WEB_ADDRESS, is_web};
use crate::import::xml::Element;

/// The longest text that is taken, in characters: some hundred times what a screen shows.
const TEXT_MAX: usize = 20_000;
/// The most of a text that is looked at, with its markup, in bytes.
const RAW_MAX: usize = 200_000;
/// The longest title.
const TITLE_MAX: usize = 300;

pub fn read(element: &Element, notes: &mut Notes<'_>) -> Texts {
    let mut text = |field: &'static str, most: usize, plain: fn(&str) -> String| {
        let raw = element.text_of(field).unwrap_or_default();
        let raw = &raw[..raw.floor_char_boundary(RAW_MAX)];
        let whole = if stands_for_nothing(raw) { String::new() } else { plain(raw) };
        match whole.char_indices().nth(most) {
            None => whole,
            Some((end, _)) => {
                notes.problem(&format!("info.{field}"), "longer than any screen shows: shortened", &whole);
                format!("{}…", whole[..end].trim_end())
            }
        }
    };
    let event = begun_large(&text("event", TITLE_MAX, one_line));
    let headline = begun_large(&text("headline", TITLE_MAX, one_line));
    let description = text("description", TEXT_MAX, |raw| paragraphs(&unwrapped(raw)));
    let instruction = text("instruction", TEXT_MAX, |raw| paragraphs(&unwrapped(raw)));
    let title = if headline.is_empty() { event.clone() } else { headline };
    let web = element.text_of("web").filter(|web| !stands_for_nothing(web)).unwrap_or_default();
    if !web.is_empty() && !is_web(web) {
        notes.problem("info.web", NO_WEB_ADDRESS, web);
    }
    let web = if is_web(web) { web.to_owned() } else { String::new() };
    Texts { title, event, description, instruction, web }
}

/// Whether a text is one that senders write into fields that they must not leave empty.
fn stands_for_nothing(text: &str) -> bool {
    let words = ["none", "n/a", "na", "nil", "-", "not applicable", "not available", "aucune", "néant", "sans objet"];
    let text = text.trim().trim_end_matches('.').to_lowercase();
    words.contains(&text.as_str())
}

/// A text with a capital letter at its beginning: "orages" and "severe thunderstorm watch" are sent as they stand in a list.
fn begun_large(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The widest line of a text that was broken into lines for a teleprinter.
const WIDTH_MAX: usize = 90;
/// A narrower text is a list or verse: its breaks are meant.
const WIDTH_MIN: usize = 40;

/// Joins lines that were broken only because they were full: those behind which the next word had no room.
fn unwrapped(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    if !(WIDTH_MIN..=WIDTH_MAX).contains(&width) || lines.len() < 3 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut last = "";
    for (at, line) in lines.iter().copied().enumerate() {
        let next_word = line.split_whitespace().next().unwrap_or_default().chars().count();
        let was_full = last.chars().count() + 1 + next_word > width;
        let was_head = last.starts_with("...") && last.ends_with("...");
        let is_entry = ["* ", "- ", "• ", "..."].iter().any(|mark| line.starts_with(mark));
        if at > 0 {
            out.push(if was_full && !was_head && !is_entry && !last.is_empty() && !line.is_empty() {
                ' '
            } else {
                '\n'
            });
        }
        out.push_str(line);
        last = line;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_were_only_full_are_joined() {
        let sent = "...FLOOD WATCH IN EFFECT UNTIL NOON TODAY...\nTHE WATCH CONTINUES FOR\n\
            * A PORTION OF THE SOUTHWEST...INCLUDING THE\nFOLLOWING AREA...CENTRAL CLARK.\n\nSTAY AWAY FROM THE RIVER.";
        let joined = "...FLOOD WATCH IN EFFECT UNTIL NOON TODAY...\nTHE WATCH CONTINUES FOR\n\
            * A PORTION OF THE SOUTHWEST...INCLUDING THE FOLLOWING AREA...CENTRAL CLARK.\n\nSTAY AWAY FROM THE RIVER.";
        assert_eq!(unwrapped(sent), joined);
        for meant in ["Stay in.\nClose windows.\nListen to the radio.", "One line", "", &"long ".repeat(50)] {
            assert_eq!(unwrapped(meant), *meant);
        }
    }

    #[test]
    fn titles_begin_large_and_fillers_say_nothing() {
        assert_eq!(begun_large("orages"), "Orages");
        assert_eq!(begun_large("étiage"), "Étiage");
        assert_eq!(begun_large(""), "");
        assert!(stands_for_nothing(" Not Applicable. ") && !stands_for_nothing("None may leave"));
    }
}
