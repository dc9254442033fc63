use super::SOURCE;
use super::alert::{Context, TIED_MAX, stops};
use super::lift_words::Said;
use super::message::Alert;
use super::texts::localized;
use crate::content::{AccessFact, AccessFacts, Article, Common, Id, Item, Localized, Place, PlaceKind, Tri, Validity};
use crate::import::gtfs::{name, stop_id};
use crate::import::plain_text::one_line;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// `Alert.Effect`: it is about access.
const ACCESSIBILITY_ISSUE: i32 = 11;
/// What an alert that marks its stops is tagged with: it comes first for visitors who need to know.
pub const TAG: &str = "wheelchair";
/// The longest description that becomes the details of a fact, in characters.
const DETAILS_MAX: usize = 240;

/// What an alert says of wheelchairs at its stops, if anything: no where a lift is out of service, unknown where it is
/// about access in some other way, or of a lift that is out of service and of one that works again.
pub fn wheelchair(alert: &Alert, article: &Article) -> Option<Tri> {
    let is_about_access = alert.effect == Some(ACCESSIBILITY_ISSUE);
    let common = &article.common;
    let mut said = Said::default();
    for text in common.title.0.values().chain(common.text.0.values()) {
        said.add(&text.text);
    }
    match said {
        Said { lift: true, again: true, out: true } => Some(Tri::Unknown),
        // Good news.
        Said { again: true, .. } => None,
        Said { lift: true, out, .. } if out || is_about_access => Some(Tri::No),
        _ if is_about_access => Some(Tri::Unknown),
        _ => None,
    }
}

/// Stops that cannot be reached by wheelchair for now, or perhaps not, each as a place that says only that: merging joins
/// it with the stop of the timetable, which has the same id, and takes the access fact with the newest date.
#[derive(Default)]
pub struct Outages(BTreeMap<String, Place>);

/// The most stops that are marked.
const STOPS_MAX: usize = 5000;

impl Outages {
    /// Marks the stops of an alert that holds now, until the time given at the latest. Of two alerts the one that says no
    /// is believed, then the one that holds longer.
    pub fn add(&mut self, alert: &Alert, article: &Article, value: Tri, until: DateTime<Utc>, context: &Context<'_>) {
        let rank = |value: Tri, until: Option<DateTime<Utc>>| (value == Tri::No, until);
        for stop in stops(alert).take(TIED_MAX) {
            let known = self.0.get(stop).map(|place| rank(place.access.wheelchair.value, place.common.valid.until));
            let is_new = known.is_none() && self.0.len() < STOPS_MAX;
            if is_new || known.is_some_and(|known| known < rank(value, Some(until))) {
                self.0.insert(stop.to_owned(), place(stop, alert, article, value, until, context));
            }
        }
    }

    pub fn places(self) -> impl Iterator<Item = Place> {
        self.0.into_values()
    }
}

/// Whether an item only says of a stop, known elsewhere, that it cannot be reached for now. Its validity is that of the
/// statement, not of the stop.
pub fn is_mark(item: &Item) -> bool {
    let Item::Place(place) = item else { return false };
    let from = &place.common.provenance;
    place.kind == PlaceKind::Stop && !from.is_empty() && from.iter().all(|from| from.source == SOURCE)
}

/// Whether an item only marked a stop, and does so no longer.
pub fn is_ended_mark(item: &Item, now: DateTime<Utc>) -> bool {
    is_mark(item) && !item.common().valid.contains(now)
}

/// The stops that an item marks, if it is an alert that does.
pub fn marked(item: &Item) -> &[Id] {
    match item {
        Item::Article(article) if article.common.tags.iter().any(|tag| tag == TAG) => &article.related,
        _ => &[],
    }
}

fn place(
    stop: &str,
    alert: &Alert,
    article: &Article,
    value: Tri,
    until: DateTime<Utc>,
    context: &Context<'_>,
) -> Place {
    let known = context.timetable.and_then(|timetable| Some(name(&timetable.stops, timetable.stops.at(stop)?)));
    let known = known.filter(|name| !name.is_empty());
    let wheelchair = AccessFact {
        value,
        details: details(alert, article, &context.settings.language),
        source: context.provenance.credit.clone(),
        date: Some(context.made.with_timezone(&context.zone).date_naive()),
    };
    Place {
        kind: PlaceKind::Stop,
        named: known.is_some(),
        access: AccessFacts { wheelchair, ..AccessFacts::default() },
        common: Common {
            id: stop_id(context.settings, stop),
            title: known.unwrap_or_else(|| article.common.title.clone()),
            valid: Validity { from: None, until: Some(until) },
            provenance: vec![context.provenance.clone()],
            ..Common::default()
        },
        ..Place::default()
    }
}

/// The description where it is short, else the title.
fn details(alert: &Alert, article: &Article, language: &str) -> Localized {
    let mut details = localized(alert.description.as_ref(), language, one_line);
    details.0.retain(|_, text| text.text.chars().count() <= DETAILS_MAX);
    for (tag, title) in &article.common.title.0 {
        details.0.entry(tag.clone()).or_insert_with(|| title.clone());
    }
    details
}
