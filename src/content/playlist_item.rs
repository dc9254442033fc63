use super::reading::{Read, Reading, Word};
use super::{Common, EventKind, Id, Recurrence};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// From which days a filter takes events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilterPeriod {
    Today,
    Tonight,
    Weekend,
    #[default]
    All,
}

/// Which events of the town are meant. Nothing said means all that have not ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventFilter {
    /// One of these tags is enough.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// One of these kinds is enough.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<EventKind>,
    pub period: FilterPeriod,
    /// Only what begins within so many days of 24 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// Only what takes place within so many metres of the display, as the crow flies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_m: Option<u32>,
}

/// What a slot shows. Words, picture and link are those of its item: title, text, the first of its media, link.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Show {
    #[default]
    Notice,
    Picture,
    Film,
    /// A picture shown whole.
    Poster,
    /// One event a slide, at most `count` slides in a turn.
    Events {
        filter: EventFilter,
        count: u8,
    },
    /// At most `rows` events as a list.
    Agenda {
        filter: EventFilter,
        rows: u8,
    },
    /// What is on this evening.
    Tonight,
    Place {
        place: Id,
    },
    Article {
        article: Id,
    },
    /// The time left until an instant; over, it is not shown.
    Countdown {
        to: DateTime<Utc>,
    },
    /// Figures of the moment: these, or whichever hold.
    Weather {
        #[serde(skip_serializing_if = "Option::is_none")]
        live: Option<Id>,
    },
    Departures {
        #[serde(skip_serializing_if = "Option::is_none")]
        live: Option<Id>,
    },
    Clock,
    Ticker,
    /// An invitation to scan the item's link.
    Qr,
}

impl Show {
    /// The most rows of an agenda.
    pub const ROWS_MAX: u8 = 5;
}

/// One thing that playlists and campaigns show in turn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaylistItem {
    #[serde(flatten)]
    pub common: Common,
    pub show: Show,
    /// The name of the template it is drawn with; empty means the usual one of what it shows.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub template: String,
    /// How long a slide stands; left unsaid, as long as its words take to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_secs: Option<u32>,
    /// Somebody pays for it or sells something: the law has it rest at night.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub advertising: bool,
    /// When it may be shown, where that is not always.
    #[serde(flatten)]
    pub times: Recurrence,
}

impl PlaylistItem {
    /// The longest that a slide stands, in seconds.
    pub const DURATION_SECS_MAX: u32 = 24 * 60 * 60;
}

impl Word for FilterPeriod {}

impl Read for EventFilter {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        // A filter that lost a condition would find what nobody meant.
        fields.whole(|fields| Self {
            tags: fields.get("tags"),
            kinds: fields.get("kinds"),
            period: fields.get("period"),
            days: fields.get("days"),
            within_m: fields.get("within_m"),
        })
    }
}

impl Read for Show {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let kind: String =
            fields.needed("kind", "what it shows is missing: picture, notice, events or another kind")?;
        Some(match kind.as_str() {
            "notice" => Self::Notice,
            "picture" => Self::Picture,
            "film" => Self::Film,
            "poster" => Self::Poster,
            "events" => Self::Events {
                filter: fields.whole(|fields| fields.get("filter"))?,
                count: fields.get_or_if("count", 1, "1 or more slides are expected", |count| *count > 0),
            },
            "agenda" => Self::Agenda {
                filter: fields.whole(|fields| fields.get("filter"))?,
                rows: fields.get_or_if("rows", Self::ROWS_MAX, "1 to 5 rows are expected", |rows| {
                    (1..=Self::ROWS_MAX).contains(rows)
                }),
            },
            "tonight" => Self::Tonight,
            "place" => Self::Place { place: fields.needed("place", "which place?")? },
            "article" => Self::Article { article: fields.needed("article", "which article?")? },
            "countdown" => Self::Countdown { to: fields.needed("to", "until when?")? },
            "weather" => Self::Weather { live: fields.get("live") },
            "departures" => Self::Departures { live: fields.get("live") },
            "clock" => Self::Clock,
            "ticker" => Self::Ticker,
            "qr" => Self::Qr,
            _ => {
                fields.problem("kind", "this player knows nothing of this kind to show");
                return None;
            }
        })
    }
}

impl Read for PlaylistItem {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let show = fields.needed("show", "what does it show?");
        let times = Recurrence::from_fields(&mut fields);
        // Read as false by mistake, it would break the law at night.
        let advertising = fields.whole(|fields| fields.get("advertising"));
        let of_use = |secs: &Option<u32>| secs.is_none_or(|secs| (1..=Self::DURATION_SECS_MAX).contains(&secs));
        Some(Self {
            common: fields.flat(Common::from_fields),
            show: show?,
            template: fields.get("template"),
            duration_secs: fields.get_if("duration_secs", "1 second to a day is expected", of_use),
            advertising: advertising?,
            times: times?,
        })
    }
}
