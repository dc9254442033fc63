//! The part of gtfs-realtime.proto (2.0) that is read; what else stands in a message is skipped.
//!
//! Texts are bytes here: one that is not UTF-8 shall not cost the whole message.

use prost::Message;
use prost::encoding::decode_varint;

/// `FeedHeader`. `timestamp` is in seconds since 1970; of `incrementality` 0 is a whole feed, 1 a set of changes.
#[derive(Clone, PartialEq, Message)]
pub struct Header {
    #[prost(string, optional, tag = "1")]
    pub version: Option<String>,
    #[prost(int32, optional, tag = "2")]
    pub incrementality: Option<i32>,
    #[prost(uint64, optional, tag = "3")]
    pub timestamp: Option<u64>,
}

/// `FeedEntity`.
#[derive(Clone, PartialEq, Message)]
pub struct Entity {
    #[prost(bytes = "vec", optional, tag = "1")]
    pub id: Option<Vec<u8>>,
    #[prost(bool, optional, tag = "2")]
    pub is_deleted: Option<bool>,
    #[prost(message, optional, tag = "3")]
    pub trip_update: Option<TripUpdate>,
    #[prost(bytes = "vec", optional, tag = "4")]
    pub vehicle: Option<Vec<u8>>,
    #[prost(message, optional, tag = "5")]
    pub alert: Option<Alert>,
}

/// `TripUpdate`. Its delay is in seconds.
#[derive(Clone, PartialEq, Message)]
pub struct TripUpdate {
    #[prost(message, optional, tag = "1")]
    pub trip: Option<Trip>,
    #[prost(message, repeated, tag = "2")]
    pub stops: Vec<StopTimeUpdate>,
    #[prost(int32, optional, tag = "5")]
    pub delay: Option<i32>,
}

/// `TripDescriptor`. `start_time` is `HH:MM:SS` and may be past 24:00:00, `start_date` is `YYYYMMDD`.
#[derive(Clone, PartialEq, Message)]
pub struct Trip {
    #[prost(string, optional, tag = "1")]
    pub trip_id: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub start_time: Option<String>,
    #[prost(string, optional, tag = "3")]
    pub start_date: Option<String>,
    #[prost(int32, optional, tag = "4")]
    pub relationship: Option<i32>,
    #[prost(string, optional, tag = "5")]
    pub route_id: Option<String>,
}

/// `StopTimeUpdate`: what is new about a trip at one of its stops.
#[derive(Clone, PartialEq, Message)]
pub struct StopTimeUpdate {
    #[prost(uint32, optional, tag = "1")]
    pub sequence: Option<u32>,
    #[prost(message, optional, tag = "2")]
    pub arrival: Option<StopTimeEvent>,
    #[prost(message, optional, tag = "3")]
    pub departure: Option<StopTimeEvent>,
    #[prost(string, optional, tag = "4")]
    pub stop_id: Option<String>,
    #[prost(int32, optional, tag = "5")]
    pub relationship: Option<i32>,
}

/// `StopTimeEvent`: a delay in seconds, or a time in seconds since 1970.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct StopTimeEvent {
    #[prost(int32, optional, tag = "1")]
    pub delay: Option<i32>,
    #[prost(int64, optional, tag = "2")]
    pub time: Option<i64>,
}

/// `Alert`.
#[derive(Clone, PartialEq, Message)]
pub struct Alert {
    #[prost(message, repeated, tag = "1")]
    pub periods: Vec<Period>,
    #[prost(message, repeated, tag = "5")]
    pub informed: Vec<Informed>,
    #[prost(int32, optional, tag = "7")]
    pub effect: Option<i32>,
    #[prost(message, optional, tag = "8")]
    pub url: Option<Texts>,
    #[prost(message, optional, tag = "10")]
    pub header: Option<Texts>,
    #[prost(message, optional, tag = "11")]
    pub description: Option<Texts>,
}

/// `TimeRange`, in seconds since 1970; without one of them it is open there.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct Period {
    #[prost(uint64, optional, tag = "1")]
    pub start: Option<u64>,
    #[prost(uint64, optional, tag = "2")]
    pub end: Option<u64>,
}

/// Whom or what an alert concerns.
#[derive(Clone, PartialEq, Message)]
pub struct Informed {
    #[prost(string, optional, tag = "2")]
    pub route_id: Option<String>,
    #[prost(message, optional, tag = "4")]
    pub trip: Option<Trip>,
    #[prost(string, optional, tag = "5")]
    pub stop_id: Option<String>,
}

/// `TranslatedString`.
#[derive(Clone, PartialEq, Message)]
pub struct Texts {
    #[prost(message, repeated, tag = "1")]
    pub all: Vec<Text>,
}

/// `TranslatedString.Translation`.
#[derive(Clone, PartialEq, Message)]
pub struct Text {
    #[prost(bytes = "vec", optional, tag = "1")]
    pub text: Option<Vec<u8>>,
    #[prost(bytes = "vec", optional, tag = "2")]
    pub language: Option<Vec<u8>>,
}

/// The most entities of one feed: all vehicles of a large country.
pub const ENTITIES_MAX: usize = 200_000;

/// A feed taken apart, its entities not yet: two bytes of a hostile feed would become hundreds in memory.
#[derive(Debug, Default)]
pub struct Feed<'b> {
    pub header: Option<Header>,
    pub entities: Vec<&'b [u8]>,
    /// Entities beyond the most that are read.
    pub further: usize,
    /// Why the feed breaks off, if it does.
    pub broken_off: Option<String>,
}

impl<'b> Feed<'b> {
    /// Reads the fields of `FeedMessage`.
    pub fn read(mut bytes: &'b [u8]) -> Self {
        let mut feed = Self::default();
        while !bytes.is_empty() {
            match field(&mut bytes) {
                Some((1, Some(header))) => match Header::decode(header) {
                    Ok(header) => feed.header = Some(header),
                    Err(error) => feed.broken_off = Some(error.to_string()),
                },
                Some((2, Some(_))) if feed.entities.len() >= ENTITIES_MAX => feed.further += 1,
                Some((2, Some(entity))) => feed.entities.push(entity),
                Some(_) => {}
                None => feed.broken_off = Some("it is cut off, or not protobuf".to_owned()),
            }
            if feed.broken_off.is_some() {
                break;
            }
        }
        feed
    }
}

/// The next field: its number, and its bytes where it has a length.
fn field<'b>(bytes: &mut &'b [u8]) -> Option<(u64, Option<&'b [u8]>)> {
    let key = decode_varint(bytes).ok()?;
    let skipped = match key & 7 {
        0 => decode_varint(bytes).ok().map(|_| 0)?,
        1 => 8,
        5 => 4,
        2 => {
            let length = usize::try_from(decode_varint(bytes).ok()?).ok()?;
            let (field, rest) = bytes.split_at_checked(length)?;
            *bytes = rest;
            return Some((key >> 3, Some(field)));
        }
        _ => return None,
    };
    *bytes = bytes.get(skipped..)?;
    Some((key >> 3, None))
}
