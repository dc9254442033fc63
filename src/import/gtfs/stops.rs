use super::feed::Feed;
use super::reader::Reader;
use super::table::Row;
use super::translations::{Field, Translations};
use crate::content::{Localized, Position, Problem};
use crate::import::folded::folded;
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::web_address::{NO_WEB_ADDRESS, is_web};
use chrono_tz::Tz;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// The most stops that are read: all of a large country.
const MAX: usize = 1_000_000;

/// A stop, a platform or a station.
#[derive(Debug, Default)]
pub struct Stop {
    pub id: String,
    pub name: Localized,
    pub description: Localized,
    pub link: Localized,
    pub position: Option<Position>,
    /// As it stands in the feed: 1 yes, 2 no, 0 unknown or as the station says.
    pub wheelchair: u8,
    pub platform: String,
    /// Where it is in another zone than its agency.
    pub zone: Option<Tz>,
    pub is_station: bool,
    parent: String,
    /// The station it belongs to, by its place in the list.
    pub station: Option<usize>,
    /// Its platforms, where it is a station.
    pub platforms: Vec<usize>,
}

/// A row that is no stop for visitors, and why.
#[derive(Debug)]
pub struct Left {
    pub record: String,
    pub field: &'static str,
    pub reason: String,
    pub value: String,
}

/// All stops of a feed in its order.
#[derive(Debug, Default)]
pub struct Stops {
    pub all: Vec<Stop>,
    pub left: Vec<Left>,
    index: HashMap<String, usize>,
}

const COLUMNS: [&str; 11] = [
    "stop_id",
    "stop_name",
    "stop_desc",
    "stop_url",
    "stop_lat",
    "stop_lon",
    "location_type",
    "parent_station",
    "wheelchair_boarding",
    "platform_code",
    "stop_timezone",
];

impl Stops {
    /// # Errors
    /// In words, where the feed has no stops.txt that can be read.
    pub fn read(reader: &mut Reader<'_>, feed: &Feed, translations: &Translations) -> Result<Self, String> {
        let mut stops = Self::default();
        let mut problems = Vec::new();
        let source = reader.source.to_owned();
        let is_there = reader.each("stops.txt", COLUMNS, 1, &mut |row, at, _| {
            match row {
                Err((line, reason, value)) => {
                    let reason = format!("this row cannot be read: {reason}");
                    stops.left.push(Left { record: format!("stops.txt line {line}"), field: "", reason, value });
                }
                Ok(row) => {
                    let mut faults = Vec::new();
                    let read = stop(row, at, feed, translations, &mut faults);
                    problems.extend(faults.into_iter().map(|(field, reason, value): (&str, &str, String)| {
                        Problem::new(source.as_str(), row.text(at[0]), field, reason).with_value(&value)
                    }));
                    match read {
                        Ok(stop) => stops.push(stop),
                        Err(left) => stops.left.push(left),
                    }
                }
            }
            ControlFlow::Continue(())
        })?;
        reader.problems.append(&mut problems);
        stops.join(reader);
        if is_there { Ok(stops) } else { Err("there is no stops.txt in it".to_owned()) }
    }

    fn push(&mut self, stop: Stop) {
        let reason = match () {
            () if self.index.contains_key(&stop.id) => "an earlier record has the same id",
            () if self.all.len() >= MAX => "there are more stops than are read: give the feed of a region",
            () => {
                self.index.insert(stop.id.clone(), self.all.len());
                self.all.push(stop);
                return;
            }
        };
        self.left.push(Left { record: stop.id, field: "stop_id", reason: reason.to_owned(), value: String::new() });
    }

    /// Tells each platform its station and the other way round.
    fn join(&mut self, reader: &mut Reader<'_>) {
        for at in 0..self.all.len() {
            let Some(stop) = self.all.get(at).filter(|stop| !stop.parent.is_empty()) else { continue };
            let station = self.index.get(&stop.parent).copied();
            let is_station = station.and_then(|station| self.all.get(station)).is_some_and(|other| other.is_station);
            match station {
                Some(station) if is_station && !stop.is_station => {
                    if let Some(stop) = self.all.get_mut(at) {
                        stop.station = Some(station);
                    }
                    if let Some(station) = self.all.get_mut(station) {
                        station.platforms.push(at);
                    }
                }
                _ => {
                    let (id, parent) = (stop.id.clone(), stop.parent.clone());
                    reader.problem(&id, "parent_station", "this is no station of the feed", &parent);
                }
            }
        }
    }

    /// The place of a stop, by its id.
    pub fn at(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// The stop that visitors know: its station where it has one.
    pub fn head(&self, at: usize) -> usize {
        self.all.get(at).and_then(|stop| stop.station).unwrap_or(at)
    }

    /// The stops that an operator means: by id, with or without `gtfs:`, else by name. A station means all its
    /// platforms.
    pub fn asked(&self, text: &str) -> Vec<usize> {
        let text = text.trim();
        let id = text.strip_prefix("gtfs:").unwrap_or(text);
        let mut found: Vec<usize> = self.at(id).into_iter().collect();
        if found.is_empty() {
            let wanted = folded(text);
            let is_named = |stop: &Stop| stop.name.0.values().any(|name| folded(&name.text) == wanted);
            let named = self.all.iter().enumerate().filter(|(_, stop)| is_named(stop) && !wanted.is_empty());
            // A platform may bear the name of its station.
            found = named.map(|(at, _)| self.head(at)).collect();
        }
        let platforms: Vec<usize> = found.iter().flat_map(|at| self.platforms(*at)).copied().collect();
        found.extend(platforms);
        let mut seen = Vec::new();
        found.retain(|at| {
            !seen.contains(at) && seen.len() < ASKED_MAX && {
                seen.push(*at);
                true
            }
        });
        found
    }

    /// The platforms of the station at a place.
    pub fn platforms(&self, at: usize) -> &[usize] {
        self.all.get(at).map_or(&[], |stop| &stop.platforms)
    }
}

/// The most stops that one name may mean.
const ASKED_MAX: usize = 500;

/// A row of stops.txt; what is wrong with single fields goes to `faults`.
fn stop(
    row: &Row,
    at: [Option<usize>; 11],
    feed: &Feed,
    translations: &Translations,
    faults: &mut Vec<(&'static str, &'static str, String)>,
) -> Result<Stop, Left> {
    let [id, name, description, link, lat, lon, kind, parent, wheelchair, platform, zone] = at;
    let id = row.text(id);
    let left = |field, reason: &str, value: &str| Left {
        record: if id.is_empty() { format!("stops.txt line {}", row.line) } else { id.clone() },
        field,
        reason: reason.to_owned(),
        value: value.to_owned(),
    };
    let kind = row.word(kind);
    match &*kind {
        _ if id.is_empty() => return Err(left("stop_id", "a stop needs its stop_id", "")),
        "2" => return Err(left("location_type", "an entrance: visitors find its station", &kind)),
        "3" => return Err(left("location_type", "a point on a path inside a station", &kind)),
        "4" => return Err(left("location_type", "a boarding area: visitors find its platform", &kind)),
        "" | "0" | "1" => {}
        other => faults.push(("location_type", "a number from 0 to 4 is expected: taken for a stop", other.to_owned())),
    }
    let text = |field, column, plain: fn(&str) -> String| {
        translations.localized(field, &id, &row.word(column), &feed.language, plain)
    };
    let mut link = text(Field::StopUrl, link, one_line);
    for (_, url) in link.0.extract_if(.., |_, url| !is_web(&url.text)) {
        faults.push(("stop_url", NO_WEB_ADDRESS, url.text));
    }
    let wheelchair = match row.at(wheelchair) {
        b"" | b"0" => 0,
        b"1" => 1,
        b"2" => 2,
        other => {
            faults.push(("wheelchair_boarding", "0, 1 or 2 is expected", String::from_utf8_lossy(other).into_owned()));
            0
        }
    };
    let zone = Some(row.word(zone)).filter(|zone| !zone.is_empty()).and_then(|zone| match zone.parse::<Tz>() {
        Ok(zone) => Some(zone),
        Err(_) => {
            faults.push(("stop_timezone", "no time zone of this name is known", zone.into_owned()));
            None
        }
    });
    Ok(Stop {
        name: text(Field::StopName, name, one_line),
        description: text(Field::StopDescription, description, paragraphs),
        link,
        position: position(&row.word(lat), &row.word(lon), faults),
        wheelchair,
        platform: one_line(&row.word(platform)),
        zone,
        is_station: kind == "1",
        parent: row.text(parent),
        id: id.clone(),
        ..Stop::default()
    })
}

/// The position, also with decimal commas; none for 0 and 0, which some feeds write for what they do not know.
fn position(lat: &str, lon: &str, faults: &mut Vec<(&'static str, &'static str, String)>) -> Option<Position> {
    let degrees = |text: &str| text.replace(',', ".").parse::<f64>().ok();
    let both = degrees(lat).zip(degrees(lon)).filter(|both| *both != (0.0, 0.0));
    let position = both.and_then(|(lat, lon)| Position::new(lat, lon));
    if position.is_none() {
        faults.push(("stop_lat", "stop_lat and stop_lon are no point on Earth", format!("{lat}, {lon}")));
    }
    position
}
