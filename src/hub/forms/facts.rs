//! Fields of several parts, as they were sent: pictures, access, where something is, and how it is reached.

use super::reading::Form;
use crate::content::{Position, Problem, language_tag};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

/// The needs that access is known by, as in an item.
pub const NEEDS: [&str; 6] = ["wheelchair", "walking", "sight", "hearing", "understanding", "children"];

/// More of anything than an item has.
const COUNT_MAX: usize = 100;

fn wrong(key: &str, reason: &str, value: &str) -> Problem {
    Problem::new("form", "", key, reason).with_value(value)
}

impl Form<'_> {
    /// Whether the form had this field at all.
    pub(super) fn speaks_of(&self, key: &str) -> bool {
        let is_part = |name: &str| name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.sent.iter().any(|(name, _)| is_part(name))
    }

    /// Those that the item has, in the order that was asked for, without those that go. None is added here: a picture
    /// comes from the library, and a form cannot name any other file.
    pub(super) fn media(&self, key: &str, before: Option<&Value>) -> Value {
        let there = before.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let mut kept = Vec::new();
        for (nr, one) in there.iter().enumerate() {
            let path = one["path"].as_str().unwrap_or_default();
            let sent = (0..COUNT_MAX).find(|nr| self.text(&format!("{key}.{nr}.path")) == path);
            // What came to the item while the form was open stays, behind the others.
            let place = sent.and_then(|nr| self.text(&format!("{key}.{nr}.place")).parse().ok());
            if sent.is_none_or(|nr| self.text(&format!("{key}.{nr}.remove")).is_empty()) {
                kept.push((place.unwrap_or((COUNT_MAX + nr) as f64), nr, one));
            }
        }
        // One that is put in the place of another comes before it where it comes from behind, and after it otherwise.
        kept.sort_by(|(place, nr, _), (other, before, _)| place.total_cmp(other).then(before.cmp(nr)));
        if kept.is_empty() { Value::Null } else { kept.into_iter().map(|(.., one)| one.clone()).collect() }
    }

    pub(super) fn access(&self, key: &str, before: Option<&Value>, problems: &mut Vec<Problem>) -> Value {
        let mut all = before.and_then(Value::as_object).cloned().unwrap_or_default();
        for need in NEEDS {
            let name = |part: &str| format!("{key}.{need}.{part}");
            let old = all.remove(need).unwrap_or_default();
            let value =
                Some(self.text(&name("value"))).filter(|value| ["yes", "no"].contains(value)).unwrap_or("unknown");
            let mut fact = Map::from_iter([("value".to_owned(), json!(value))]);
            let details = self.wordings(&name("details"), old.get("details"), problems);
            let (source, date) = (self.text(&name("source")), self.text(&name("date")));
            if value == "unknown" && details.is_null() {
                continue;
            }
            if !details.is_null() {
                fact.insert("details".to_owned(), details);
            }
            if !source.is_empty() {
                fact.insert("source".to_owned(), json!(source));
            }
            if date.parse::<NaiveDate>().is_ok() {
                fact.insert("date".to_owned(), json!(date));
            } else if !date.is_empty() {
                problems.push(wrong(key, "this is no date", date));
            }
            all.insert(need.to_owned(), Value::Object(fact));
        }
        if all.is_empty() { Value::Null } else { Value::Object(all) }
    }

    pub(super) fn position(&self, key: &str, problems: &mut Vec<Problem>) -> Value {
        let sent = ["lat", "lon"].map(|part| self.text(&format!("{key}.{part}")).replace(',', "."));
        if sent.iter().all(String::is_empty) {
            return Value::Null;
        }
        let [lat, lon] = sent.clone().map(|text| text.parse::<f64>().ok());
        let position = lat.zip(lon).and_then(|(lat, lon)| Position::new(lat, lon));
        if position.is_none() {
            let reason = "a latitude from -90 to 90 and a longitude from -180 to 180 are expected";
            problems.push(wrong(key, reason, &sent.join(" ")));
        }
        position.map_or(Value::Null, |position| json!(position))
    }

    /// Lines of an organisation. Parts that no form shows stay.
    pub(super) fn parts(&self, key: &str, parts: &[&str], before: Option<&Value>) -> Value {
        let mut all = before.and_then(Value::as_object).cloned().unwrap_or_default();
        for part in parts {
            match self.text(&format!("{key}.{part}")) {
                "" => drop(all.remove(*part)),
                text => drop(all.insert((*part).to_owned(), json!(text))),
            }
        }
        let is_said = |value: &Value| !matches!(value, Value::Null) && *value != json!("") && *value != json!({});
        if all.values().any(is_said) { Value::Object(all) } else { Value::Null }
    }

    pub(super) fn ways(&self, key: &str, kinds: &[&str], problems: &mut Vec<Problem>) -> Value {
        let mut all = Vec::new();
        for nr in 0..COUNT_MAX {
            let [kind, value] = ["kind", "value"].map(|part| self.text(&format!("{key}.{nr}.{part}")));
            if value.is_empty() {
                continue;
            }
            let is_web = value.starts_with("https://") || value.starts_with("http://");
            let fault = match kind {
                "link" if !is_web => Some("a web address begins with https://"),
                "email" if !value.contains('@') => Some("this is no e-mail address"),
                kind if !kinds.contains(&kind) => Some("phone, email or link is expected"),
                _ => None,
            };
            problems.extend(fault.map(|reason| wrong(key, reason, value)));
            all.push(json!({"kind": kind, "value": value}));
        }
        if all.is_empty() { Value::Null } else { json!(all) }
    }

    pub(super) fn ages(&self, key: &str, problems: &mut Vec<Problem>) -> Value {
        let sent = ["from", "to"].map(|part| self.text(&format!("{key}.{part}")));
        if sent.iter().all(|text| text.is_empty()) {
            return Value::Null;
        }
        let age = |text: &str, usual: u8| if text.is_empty() { Some(usual) } else { text.parse().ok() };
        match (age(sent[0], 0), age(sent[1], u8::MAX)) {
            (Some(youngest), Some(oldest)) => json!([youngest, oldest]),
            _ => {
                problems.push(wrong(key, "an age in years is expected", &sent.join(" ")));
                Value::Null
            }
        }
    }

    /// Each line of a language belongs to that line of the others.
    pub(super) fn lines(&self, key: &str, before: Option<&Value>) -> Value {
        let old = before.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let prefix = format!("{key}.");
        let mut all: Vec<Map<String, Value>> = Vec::new();
        for (name, text) in self.sent {
            let Some(language) = name.strip_prefix(&prefix).and_then(language_tag) else { continue };
            let lines = text.lines().map(str::trim).take(COUNT_MAX);
            for (nr, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
                if all.len() <= nr {
                    all.resize_with(nr + 1, Map::new);
                }
                let known = old.get(nr).map(|old| &old[&language]).filter(|old| old["text"].as_str() == Some(line));
                all[nr].insert(language.clone(), known.cloned().unwrap_or_else(|| json!(line)));
            }
        }
        all.retain(|line| !line.is_empty());
        if all.is_empty() { Value::Null } else { json!(all) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Shown, read, shown};
    use super::*;
    use crate::hub::forms::{Input, reading::Form};
    use chrono_tz::Europe::Paris;

    fn sent(kind: &str, before: &Value, sent: &[(&str, &str)]) -> (Value, Vec<String>) {
        let title = ("title.fr", "Bal");
        let sent: Vec<(String, String)> =
            [title].iter().chain(sent).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (body, _, problems) = read(&Form { kind, before, sent: &sent, zone: Paris });
        let of = |problem: Problem| (problem.field != "timings").then_some(problem.reason);
        (body, problems.into_iter().filter_map(of).collect())
    }

    fn event() -> Value {
        json!({"type": "event", "id": "hub:1"})
    }

    #[test]
    fn what_is_known_of_access_is_said_with_who_says_so() {
        let said = [
            ("access.wheelchair.value", "yes"),
            ("access.wheelchair.details.fr", "Rampe à gauche"),
            ("access.wheelchair.source", "Mairie"),
            ("access.wheelchair.date", "2026-11-01"),
            ("access.hearing.value", "no"),
            ("access.sight.value", "unknown"),
        ];
        let (body, problems) = sent("event", &event(), &said);
        assert_eq!(problems, [""; 0]);
        let due =
            json!({"value": "yes", "details": {"fr": "Rampe à gauche"}, "source": "Mairie", "date": "2026-11-01"});
        assert_eq!(body["access"], json!({"wheelchair": due, "hearing": {"value": "no"}}));
        assert_eq!(sent("event", &body, &[("access.hearing.date", "hier"), ("access.hearing.value", "no")]).1.len(), 1);
        // What no form asked is not what somebody took back.
        assert_eq!(sent("event", &body, &[]).0["access"], body["access"]);
        assert_eq!(sent("event", &body, &[("access.hearing.value", "unknown")]).0.get("access"), None);
    }

    #[test]
    fn ways_to_book_ages_places_and_lines_are_read_and_shown_again() {
        let said = [
            ("registration.0.kind", "phone"),
            ("registration.0.value", "04 93 00 00 00"),
            ("registration.1.kind", "link"),
            ("registration.1.value", "https://example.org"),
            ("ages.from", "6"),
            ("ages.to", "99"),
        ];
        let (body, problems) = sent("event", &event(), &said);
        assert_eq!(problems, [""; 0]);
        assert_eq!(body["registration"][1], json!({"kind": "link", "value": "https://example.org"}));
        assert_eq!(body["ages"], json!([6, 99]));
        let place = json!({"type": "place", "id": "hub:2", "contact": {"phone": "1", "fax": "2"}});
        let said = [("position.lat", "43,7384"), ("position.lon", "7.4246"), ("contact.email", "a@ville.fr")];
        let (body, problems) = sent("place", &place, &said);
        assert_eq!(problems, [""; 0]);
        assert_eq!(body["position"], json!({"lat": 43.7384, "lon": 7.4246}));
        assert_eq!(body["contact"], json!({"email": "a@ville.fr", "fax": "2"}));
        let service = json!({"type": "service", "id": "hub:3"});
        let (body, _) = sent("service", &service, &[("steps.fr", "Venir\r\nSigner"), ("steps.en", "Come\nSign\n")]);
        assert_eq!(body["steps"], json!([{"fr": "Venir", "en": "Come"}, {"fr": "Signer", "en": "Sign"}]));
        let languages = ["fr".to_owned(), "en".to_owned()];
        let again = shown("service", &body, &languages, Paris);
        let steps = again.iter().find(|field: &&Shown| field.key == "steps").map(|field| &field.input);
        assert!(matches!(steps, Some(Input::Lines(columns)) if columns[1].text == "Come\nSign"));
    }

    #[test]
    fn what_cannot_be_is_said() {
        for (kind, said) in [
            ("place", vec![("position.lat", "91"), ("position.lon", "0")]),
            ("place", vec![("position.lat", "43"), ("position.lon", "")]),
            ("event", vec![("registration.0.kind", "link"), ("registration.0.value", "javascript:alert(1)")]),
            ("event", vec![("registration.0.kind", "email"), ("registration.0.value", "personne")]),
            ("event", vec![("registration.0.kind", "fax"), ("registration.0.value", "1")]),
            ("event", vec![("ages.from", "vieux"), ("ages.to", "")]),
            ("event", vec![("ages.from", "12"), ("ages.to", "6")]),
        ] {
            let before = json!({"type": kind, "id": "hub:1"});
            assert!(!sent(kind, &before, &said).1.is_empty(), "{said:?}");
        }
    }

    #[test]
    fn pictures_are_ordered_and_taken_out_and_never_named_by_a_form() {
        let one = |path: &str| json!({"path": path, "credit": path});
        let mut before = event();
        before["media"] = json!([one("a"), one("b"), one("c")]);
        let said = [
            ("media.0.path", "a"),
            ("media.0.place", "3"),
            ("media.1.path", "b"),
            ("media.1.place", "1"),
            ("media.1.remove", "1"),
            ("media.2.path", "c"),
            ("media.2.place", "1"),
            ("media.3.path", "../hub.db"),
        ];
        assert_eq!(sent("event", &before, &said).0["media"], json!([one("c"), one("a")]));
        // One that came while the form was open stays.
        assert_eq!(sent("event", &before, &said[4..7]).0["media"], json!([one("c"), one("a"), one("b")]));
        assert_eq!(sent("event", &before, &[]).0["media"], before["media"]);
    }
}
