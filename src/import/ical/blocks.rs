use std::collections::BTreeMap;

/// The longest event that is read, in bytes.
const EVENT_MAX: usize = 1 << 20;
/// The longest head of a calendar that is read, in bytes.
const HEAD_MAX: usize = 64 << 10;

/// A file taken apart into its components (RFC 5545, 3.6), so that a bad one costs only itself.
#[derive(Debug, Default)]
pub struct Blocks<'t> {
    /// What the calendar says about itself (3.7), as a component of its own.
    pub head: String,
    pub zones: Vec<&'t str>,
    pub events: Vec<Result<&'t str, &'static str>>,
    /// How many components there are that are no events, by name.
    pub others: BTreeMap<String, usize>,
    /// Whether there is a calendar, though perhaps an empty one.
    pub is_calendar: bool,
    /// Whether the file ends before what it began.
    pub is_cut: bool,
}

impl<'t> Blocks<'t> {
    pub fn of(text: &'t str) -> Self {
        let mut blocks = Self::default();
        let (mut at, mut in_calendar) = (0, false);
        let mut open: Option<(String, usize)> = None;
        for line in text.split_inclusive('\n') {
            let begin = at;
            at += line.len();
            match (boundary(line), &open) {
                (Some((true, name)), None) if name == "VCALENDAR" => {
                    blocks.is_calendar = true;
                    in_calendar = true;
                }
                (Some((true, name)), None) => open = Some((name, begin)),
                (Some((true, name)), Some((of, since))) if name == "VEVENT" && *of == name => {
                    blocks.take(&name, text.get(*since..begin), false);
                    open = Some((name, begin));
                }
                (Some((false, name)), Some((of, since))) if *of == name => {
                    blocks.take(&name, text.get(*since..at), true);
                    open = None;
                }
                (Some((false, name)), _) if name == "VCALENDAR" => {
                    if let Some((of, since)) = open.take() {
                        blocks.take(&of, text.get(since..begin), false);
                    }
                    in_calendar = false;
                }
                (None, None) if blocks.head.len() + line.len() <= HEAD_MAX => blocks.head.push_str(line),
                _ => {}
            }
        }
        blocks.is_cut = in_calendar || open.is_some();
        if let Some((of, since)) = open {
            blocks.take(&of, text.get(since..), false);
        }
        blocks
    }

    fn take(&mut self, name: &str, text: Option<&'t str>, is_whole: bool) {
        let text = text.unwrap_or_default();
        match name {
            "VEVENT" if !is_whole => {
                self.events.push(Err("the file breaks off within it, or its END:VEVENT is missing"));
            }
            "VEVENT" if text.len() > EVENT_MAX => self.events.push(Err("larger than any event is")),
            "VEVENT" => self.events.push(Ok(text)),
            "VTIMEZONE" if text.len() <= HEAD_MAX => self.zones.push(text),
            other => *self.others.entry(other.to_owned()).or_default() += 1,
        }
    }
}

/// Whether a line begins (or ends) a component, and which.
fn boundary(line: &str) -> Option<(bool, String)> {
    let (word, name) = line.trim_start_matches('\u{feff}').trim_end().split_once(':')?;
    let begins = word.eq_ignore_ascii_case("BEGIN");
    let is_boundary = begins || word.eq_ignore_ascii_case("END");
    is_boundary.then(|| (begins, name.trim().chars().take(40).collect::<String>().to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_without_an_end_costs_only_itself() {
        let text = "\u{feff}begin:vcalendar\r\nNAME:x\r\nBEGIN:VEVENT\r\nUID:1\r\nBEGIN:VEVENT\r\nUID:2\r\nBEGIN:VALARM\r\n\
                    END:VALARM\r\nEND:VEVENT\r\nBEGIN:VTODO\r\nEND:VTODO\r\nBEGIN:VEVENT\r\nUID:3\r\n";
        let blocks = Blocks::of(text);
        assert_eq!(blocks.head, "NAME:x\r\n");
        let whole: Vec<bool> = blocks.events.iter().map(Result::is_ok).collect();
        assert_eq!(whole, [false, true, false]);
        assert_eq!(blocks.others.get("VTODO"), Some(&1));
        assert!(blocks.is_calendar && blocks.is_cut);
        assert!(!Blocks::of("BEGIN:VCALENDAR\nEND:VCALENDAR\n\n").is_cut);
    }
}
