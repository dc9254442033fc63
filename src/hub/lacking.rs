//! What an item still lacks for those who read it: a language, a picture, words for who cannot see it or reads with effort.

use crate::content::{Event, Item, Localized, Tri};
use chrono::{DateTime, TimeDelta, Utc};

/// How far ahead events are looked at.
const AHEAD: TimeDelta = TimeDelta::days(14);

/// Something that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Into this language of the town.
    Translation(String),
    Summary,
    Picture,
    /// Of a picture: what those read who do not see it.
    Alt,
    /// Of a picture: who made it, or under which licence it is shown.
    Credit,
    Easy,
    Place,
    Price,
}

impl Lack {
    /// The names of all kinds, as in the words `lack-<name>`.
    pub const NAMES: [&str; 8] = ["translation", "summary", "picture", "alt", "credit", "easy", "place", "price"];

    pub fn name(&self) -> &'static str {
        match self {
            Self::Translation(_) => "translation",
            Self::Summary => "summary",
            Self::Picture => "picture",
            Self::Alt => "alt",
            Self::Credit => "credit",
            Self::Easy => "easy",
            Self::Place => "place",
            Self::Price => "price",
        }
    }

    /// The field of the item's form in which it is mended, in the town's first language.
    pub fn field(&self, first: &str) -> Option<String> {
        match self {
            Self::Translation(language) => Some(format!("title.{language}")),
            Self::Summary => Some(format!("summary.{first}")),
            Self::Easy => Some(format!("easy.{first}")),
            Self::Price => Some(format!("conditions.{first}")),
            Self::Picture | Self::Alt | Self::Credit | Self::Place => None,
        }
    }
}

/// What an item lacks that visitors read, in a town of these languages. Nothing for what is no page of its own.
pub fn lacks(item: &Item, languages: &[String]) -> Vec<Lack> {
    if !matches!(item, Item::Event(_) | Item::Place(_) | Item::Article(_) | Item::Service(_) | Item::Itinerary(_)) {
        return Vec::new();
    }
    let common = item.common();
    let texts = [&common.title, &common.summary, &common.text];
    let is_missing = |language: &&String| texts.iter().any(|text| !text.is_empty() && !has(text, language));
    let mut lacks: Vec<Lack> = languages.iter().filter(is_missing).cloned().map(Lack::Translation).collect();
    let found = [
        (common.summary.is_empty(), Lack::Summary),
        (common.media.is_empty(), Lack::Picture),
        (common.media.iter().any(|media| media.alt.is_empty()), Lack::Alt),
        (common.media.iter().any(|media| media.attribution().is_empty()), Lack::Credit),
        (common.easy.is_empty(), Lack::Easy),
    ];
    lacks.extend(found.into_iter().filter(|(lacks, _)| *lacks).map(|(_, lack)| lack));
    if let Item::Event(event) = item {
        if !event.is_online() && !is_placed(event) {
            lacks.push(Lack::Place);
        }
        if event.free == Tri::Unknown && event.conditions.is_empty() {
            lacks.push(Lack::Price);
        }
    }
    lacks
}

fn has(text: &Localized, language: &str) -> bool {
    text.0.get(language).is_some_and(|translation| !translation.text.is_empty())
}

fn is_placed(event: &Event) -> bool {
    event.location.as_ref().is_some_and(|at| !at.name.is_empty() || !at.address.is_empty() || at.place.is_some())
}

/// When an event takes place next, within the days that are looked at; one that is under way now counts.
pub fn soon(event: &Event, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let coming = event.timings.iter().filter(|timing| timing.end.to_utc() > now && timing.begin.to_utc() < now + AHEAD);
    coming.map(|timing| timing.begin.to_utc()).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::read_item;
    use serde_json::{Value, json};

    fn found(mut body: Value) -> Vec<&'static str> {
        body["id"] = json!("t:1");
        let item = read_item("test", &body, &mut Vec::new()).unwrap();
        lacks(&item, &["fr".to_owned(), "en".to_owned()]).iter().map(Lack::name).collect()
    }

    #[test]
    fn each_thing_that_is_not_there_is_named_and_nothing_else() {
        let whole = json!({
            "type": "event", "title": {"fr": "Bal", "en": "Ball"}, "summary": {"fr": "Danser.", "en": "Dancing."},
            "easy": {"fr": "On danse."}, "free": "yes", "location": {"name": "Port"},
            "media": [{"path": "a.jpg", "alt": {"fr": "Des gens dansent"}, "credit": "Anne"}]
        });
        assert_eq!(found(whole.clone()), [""; 0]);
        for (path, value, lack) in [
            ("/title", json!({"fr": "Bal"}), "translation"),
            ("/summary", json!({"fr": "Danser."}), "translation"),
            ("/summary", json!({}), "summary"),
            ("/easy", json!({}), "easy"),
            ("/free", json!("unknown"), "price"),
            ("/location", json!({}), "place"),
            ("/media", json!([]), "picture"),
            ("/media/0/alt", json!({}), "alt"),
            ("/media/0/credit", json!(""), "credit"),
        ] {
            let mut body = whole.clone();
            *body.pointer_mut(path).unwrap() = value;
            assert_eq!(found(body), [lack], "{path}");
        }
        let mut online = whole.clone();
        online["location"] = json!({});
        online["attendance"] = json!("online");
        assert_eq!(found(online), [""; 0]);
        assert_eq!(found(json!({"type": "live", "title": {"fr": "Météo"}})), [""; 0]);
    }

    #[test]
    fn an_event_counts_while_it_lasts_and_two_weeks_ahead() {
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        for (begin, end, counts) in [
            ("2026-11-20T12:00:00Z", "2026-11-23T12:00:00Z", false),
            ("2026-11-20T12:00:00Z", "2026-11-23T12:00:01Z", true),
            ("2026-12-07T11:59:59Z", "2026-12-07T14:00:00Z", true),
            ("2026-12-07T12:00:00Z", "2026-12-07T14:00:00Z", false),
        ] {
            let timing = json!({"begin": begin, "end": end});
            let body = json!({"type": "event", "id": "t:1", "title": {"fr": "Bal"}, "timings": [timing]});
            let Some(Item::Event(event)) = read_item("test", &body, &mut Vec::new()) else { panic!("no event") };
            assert_eq!(soon(&event, now).is_some(), counts, "{begin}");
        }
    }
}
