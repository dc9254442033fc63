use super::reading::{Read, Reading};
use super::{
    AdvertisingCurfew, Alert, Article, Campaign, Common, Event, Id, Itinerary, Layout, Live, Place, Playlist,
    PlaylistItem, Problem, ScheduleEntry, Service, Template,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Anything a town shows, with its kind as `type`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Item {
    Place(Place),
    Event(Event),
    Article(Article),
    Service(Service),
    Itinerary(Itinerary),
    Alert(Alert),
    /// A warning written ahead of time, in force only where an alert [activates](Alert::activates) it. A type of its own: who
    /// does not know it shows nothing.
    PreparedAlert(Alert),
    Live(Live),
    Layout(Layout),
    Template(Template),
    Playlist(Playlist),
    PlaylistItem(PlaylistItem),
    ScheduleEntry(ScheduleEntry),
    Campaign(Campaign),
    AdvertisingCurfew(AdvertisingCurfew),
}

impl Item {
    pub fn common(&self) -> &Common {
        match self {
            Self::Place(place) => &place.common,
            Self::Event(event) => &event.common,
            Self::Article(article) => &article.common,
            Self::Service(service) => &service.common,
            Self::Itinerary(itinerary) => &itinerary.common,
            Self::Alert(alert) | Self::PreparedAlert(alert) => &alert.common,
            Self::Live(live) => &live.common,
            Self::Layout(layout) => &layout.common,
            Self::Template(template) => &template.common,
            Self::Playlist(playlist) => &playlist.common,
            Self::PlaylistItem(item) => &item.common,
            Self::ScheduleEntry(entry) => &entry.common,
            Self::Campaign(campaign) => &campaign.common,
            Self::AdvertisingCurfew(curfew) => &curfew.common,
        }
    }

    pub fn common_mut(&mut self) -> &mut Common {
        match self {
            Self::Place(place) => &mut place.common,
            Self::Event(event) => &mut event.common,
            Self::Article(article) => &mut article.common,
            Self::Service(service) => &mut service.common,
            Self::Itinerary(itinerary) => &mut itinerary.common,
            Self::Alert(alert) | Self::PreparedAlert(alert) => &mut alert.common,
            Self::Live(live) => &mut live.common,
            Self::Layout(layout) => &mut layout.common,
            Self::Template(template) => &mut template.common,
            Self::Playlist(playlist) => &mut playlist.common,
            Self::PlaylistItem(item) => &mut item.common,
            Self::ScheduleEntry(entry) => &mut entry.common,
            Self::Campaign(campaign) => &mut campaign.common,
            Self::AdvertisingCurfew(curfew) => &mut curfew.common,
        }
    }
}

/// Reads one item, leniently: a field that cannot be understood is a problem and left at its default.
///
/// `None`, again with a problem, for an item that has no usable id, an unknown type or no title.
pub fn read_item(source: &str, value: &Value, problems: &mut Vec<Problem>) -> Option<Item> {
    let record = value.get("id").and_then(Value::as_str).unwrap_or_default();
    let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
    let left_out = |field: &str, reason: &str, value: &str| {
        let shown: String = record.chars().take(Id::MAX_BYTES).collect();
        Problem::new(source, shown, field, format!("left out: {reason}")).with_value(value)
    };
    if !value.is_object() {
        problems.push(left_out("", "an item is an object with a type, an id and a title", ""));
        return None;
    }
    if !Id(record.to_owned()).is_valid() {
        problems.push(left_out("id", "an item needs an id of 1 to 128 bytes without control characters", record));
        return None;
    }
    let mut reading = Reading::new(source, record, problems);
    let item = match kind {
        "place" => Place::read(value, &mut reading).map(Item::Place),
        "event" => Event::read(value, &mut reading).map(Item::Event),
        "article" => Article::read(value, &mut reading).map(Item::Article),
        "itinerary" => Itinerary::read(value, &mut reading).map(Item::Itinerary),
        "service" => Service::read(value, &mut reading).map(Item::Service),
        "alert" => Alert::read(value, &mut reading).map(Item::Alert),
        "prepared_alert" => Alert::read(value, &mut reading).map(Item::PreparedAlert),
        "live" => Live::read(value, &mut reading).map(Item::Live),
        "layout" => Layout::read(value, &mut reading).map(Item::Layout),
        "template" => Template::read(value, &mut reading).map(Item::Template),
        "playlist" => Playlist::read(value, &mut reading).map(Item::Playlist),
        "playlist_item" => PlaylistItem::read(value, &mut reading).map(Item::PlaylistItem),
        "schedule_entry" => ScheduleEntry::read(value, &mut reading).map(Item::ScheduleEntry),
        "campaign" => Campaign::read(value, &mut reading).map(Item::Campaign),
        "advertising_curfew" => AdvertisingCurfew::read(value, &mut reading).map(Item::AdvertisingCurfew),
        _ => {
            problems.push(left_out("type", "this player knows no items of this type", kind));
            return None;
        }
    }?;
    if item.common().title.is_empty() {
        problems.push(left_out("title", "an item needs a title in at least one language", ""));
        return None;
    }
    Some(item)
}
