//! What was sent from a form, as an item.

use super::field::{Field, Holds};
use super::kinds::fields;
use crate::calendar::instant;
use crate::content::{Item, Problem, language_tag, read_item};
use chrono::NaiveDateTime;
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

/// The longest text of a field, in bytes.
const TEXT_BYTES_MAX: usize = 64 << 10;
/// More timings than any event has.
const TIMINGS_MAX: usize = 400;

/// What was sent.
pub struct Form<'a> {
    pub kind: &'a str,
    /// What the item was before: what its form does not show stays.
    pub before: &'a Value,
    pub sent: &'a [(String, String)],
    /// The town's.
    pub zone: Tz,
}

/// An item as it was sent, and what of it is not understood. What staff wrote is there even then.
pub fn read(form: &Form<'_>) -> (Value, Option<Item>, Vec<Problem>) {
    read_only(form, &|_| true)
}

/// The same where only these fields were asked: all others stay.
pub fn read_only(form: &Form<'_>, is_asked: &dyn Fn(&str) -> bool) -> (Value, Option<Item>, Vec<Problem>) {
    let mut body = form.before.as_object().cloned().unwrap_or_default();
    let mut problems = Vec::new();
    for field in fields(form.kind).unwrap_or_default().iter().filter(|field| is_asked(field.key)) {
        let value = form.value(field, &body, &mut problems);
        match value {
            Value::Null => drop(body.remove(field.key)),
            value => drop(body.insert(field.key.to_owned(), value)),
        }
    }
    let body = Value::Object(body);
    let item = read_item("form", &body, &mut problems);
    (body, item, problems)
}

impl Form<'_> {
    pub(super) fn text(&self, name: &str) -> &str {
        self.sent.iter().find(|(sent, _)| sent == name).map_or("", |(_, value)| value.trim())
    }

    /// Null where nothing was said.
    fn value(&self, field: &Field, before: &Map<String, Value>, problems: &mut Vec<Problem>) -> Value {
        let key = field.key;
        match field.holds {
            Holds::Line | Holds::Text => self.wordings(key, before.get(key), problems),
            Holds::Choice { choices, .. } => {
                let chosen = choices.iter().find(|choice| **choice == self.text(key));
                chosen.map_or(Value::Null, |chosen| json!(chosen))
            }
            Holds::Timings => self.timings(key, problems),
            Holds::Validity => {
                let ends = ["from", "until"].map(|end| (end, self.moment(key, &format!("{key}.{end}"), problems)));
                let said: Map<String, Value> =
                    ends.into_iter().filter_map(|(end, at)| Some((end.to_owned(), json!(at?)))).collect();
                if said.is_empty() { Value::Null } else { Value::Object(said) }
            }
            Holds::Names => {
                let names: Vec<&str> =
                    self.text(key).split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
                if names.is_empty() { Value::Null } else { json!(names) }
            }
            Holds::Location => {
                let mut location = before.get(key).and_then(Value::as_object).cloned().unwrap_or_default();
                for part in ["name", "address"] {
                    let text = self.text(&format!("{key}.{part}"));
                    // Where it lies on the map was known of the old address.
                    if location.get(part).and_then(Value::as_str).unwrap_or_default() != text {
                        location.remove("position");
                        location.remove("place");
                    }
                    location.insert(part.to_owned(), json!(text));
                }
                let is_empty = ["name", "address"].iter().all(|part| location[*part] == json!(""));
                if is_empty { Value::Null } else { Value::Object(location) }
            }
            Holds::Plain => {
                Some(self.text(key)).filter(|text| !text.is_empty()).map_or(Value::Null, |text| json!(text))
            }
            // A form of before this field was there, or one without it, says nothing of it.
            _ if !self.speaks_of(key) => before.get(key).cloned().unwrap_or_default(),
            Holds::Media => self.media(key, before.get(key)),
            Holds::Access => self.access(key, before.get(key), problems),
            Holds::Position => self.position(key, problems),
            Holds::Parts(parts) => self.parts(key, parts, before.get(key)),
            Holds::Ways { kinds } => self.ways(key, kinds, problems),
            Holds::Ages => self.ages(key, problems),
            Holds::Lines => self.lines(key, before.get(key)),
        }
    }

    /// A text in each language in which one was sent. One that was not changed keeps its origin.
    pub(super) fn wordings(&self, key: &str, before: Option<&Value>, problems: &mut Vec<Problem>) -> Value {
        let mut all = Map::new();
        let prefix = format!("{key}.");
        for (name, text) in self.sent {
            let Some(language) = name.strip_prefix(&prefix).and_then(language_tag) else { continue };
            let text = text.trim().replace("\r\n", "\n");
            if text.len() > TEXT_BYTES_MAX {
                problems.push(Problem::new("form", "", key, format!("more than {} KiB", TEXT_BYTES_MAX >> 10)));
                continue;
            }
            let old = before.and_then(|before| before.get(&language));
            let is_same = old.is_some_and(|old| old.as_str().or(old["text"].as_str()) == Some(&text));
            if let Some(old) = old.filter(|_| is_same) {
                all.insert(language, old.clone());
            } else if !text.is_empty() {
                all.insert(language, json!(text));
            }
        }
        if all.is_empty() { Value::Null } else { Value::Object(all) }
    }

    fn timings(&self, key: &str, problems: &mut Vec<Problem>) -> Value {
        let mut timings = Vec::new();
        for nr in 0..TIMINGS_MAX {
            let [begin, end] = ["begin", "end"].map(|end| format!("{key}.{nr}.{end}"));
            if !self.sent.iter().any(|(name, _)| *name == begin) {
                break;
            }
            match (self.moment(key, &begin, problems), self.moment(key, &end, problems)) {
                (None, None) => {}
                (Some(begin), Some(end)) => timings.push(json!({"begin": begin, "end": end})),
                _ => problems.push(Problem::new("form", "", key, "a date needs its begin and its end")),
            }
        }
        timings.sort_by_key(|timing| timing["begin"].as_str().unwrap_or_default().to_owned());
        if timings.is_empty() { Value::Null } else { json!(timings) }
    }

    /// A moment of the town's clock, in RFC 3339.
    fn moment(&self, key: &str, name: &str, problems: &mut Vec<Problem>) -> Option<String> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let read = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"];
        let naive = read.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
        if naive.is_none() {
            problems.push(Problem::new("form", "", key, "this is no date and time").with_value(text));
        }
        naive.map(|naive| instant(naive, self.zone).to_rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Paris;

    fn sent(kind: &str, before: &Value, sent: &[(&str, &str)]) -> (Value, Vec<String>) {
        let sent: Vec<(String, String)> =
            sent.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (body, _, problems) = read(&Form { kind, before, sent: &sent, zone: Paris });
        (body, problems.into_iter().map(|problem| format!("{}: {}", problem.field, problem.reason)).collect())
    }

    #[test]
    fn times_are_those_of_the_towns_clock_in_the_nights_that_it_changes() {
        let before = json!({"type": "event", "id": "hub:1"});
        let (body, problems) = sent(
            "event",
            &before,
            &[
                ("title.fr", "Bal"),
                ("timings.0.begin", "2026-10-25T02:30"),
                ("timings.0.end", "2026-10-25T04:00"),
                ("timings.1.begin", "2026-03-29T02:30"),
                ("timings.1.end", "2026-03-29T04:00"),
            ],
        );
        assert_eq!(problems, [""; 0]);
        // The hour that is skipped is the one after it; the one that comes twice is the first. Earlier ones come first.
        let begins: Vec<&str> =
            body["timings"].as_array().unwrap().iter().map(|it| it["begin"].as_str().unwrap()).collect();
        assert_eq!(begins, ["2026-03-29T03:00:00+02:00", "2026-10-25T02:30:00+02:00"]);
    }

    #[test]
    fn what_a_form_does_not_show_stays_and_what_was_not_changed_keeps_its_origin() {
        let before = json!({"type": "place", "id": "osm:1", "kind": "museum", "position": {"lat": 43.7, "lon": 7.4},
            "title": {"fr": {"text": "Musée", "origin": "original"}, "de": {"text": "Museum", "origin": "machine"}}});
        let fields = [
            ("title.fr", "Le musée"),
            ("title.de", "Museum"),
            ("hours", "Mo-Fr 09:00-12:00"),
            ("tags", " art , , mer "),
        ];
        let (body, problems) = sent("place", &before, &fields);
        assert_eq!(problems, [""; 0]);
        assert_eq!(body["position"], before["position"]);
        assert_eq!(body["title"]["de"], before["title"]["de"]);
        assert_eq!(body["title"]["fr"], json!("Le musée"));
        assert_eq!((&body["hours"], &body["tags"]), (&json!("Mo-Fr 09:00-12:00"), &json!(["art", "mer"])));
    }

    #[test]
    fn an_event_that_moves_to_another_address_is_no_longer_where_it_was() {
        let before = json!({"type": "event", "id": "hub:1", "title": {"fr": "Bal"},
            "location": {"name": "Port", "address": "Quai 1", "position": {"lat": 43.7, "lon": 7.4}}});
        let same = [("title.fr", "Bal"), ("location.name", "Port"), ("location.address", "Quai 1")];
        assert_eq!(sent("event", &before, &same).0["location"], before["location"]);
        let moved = [("title.fr", "Bal"), ("location.name", "Gare"), ("location.address", "Quai 1")];
        assert_eq!(sent("event", &before, &moved).0["location"], json!({"name": "Gare", "address": "Quai 1"}));
        assert_eq!(sent("event", &before, &[("title.fr", "Bal")]).0.get("location"), None);
    }

    #[test]
    fn what_is_not_understood_is_said_of_its_field() {
        let before = json!({"type": "event", "id": "hub:1"});
        let long = "x".repeat(TEXT_BYTES_MAX + 1);
        for (fields, problem) in [
            (
                vec![("title.fr", "Bal"), ("timings.0.begin", "demain"), ("timings.0.end", "")],
                "timings: this is no date and time",
            ),
            (
                vec![("title.fr", "Bal"), ("timings.0.begin", "2026-01-01T10:00"), ("timings.0.end", "")],
                "timings: a date needs",
            ),
            (vec![("title.fr", "Bal"), ("valid.until", "31/02/2026 10:00")], "valid: this is no date and time"),
            (vec![("title.fr", "Bal"), ("text.fr", long.as_str())], "text: more than 64 KiB"),
            (vec![("title.fr", " ")], "title: left out: an item needs a title"),
        ] {
            let (_, problems) = sent("event", &before, &fields);
            assert!(problems.iter().any(|found| found.starts_with(problem)), "{problem}: {problems:?}");
        }
    }
}
