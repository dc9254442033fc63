use super::clock;
use super::reader::Reader;
use crate::content::{Provenance, language_alone};
use crate::import::Settings;
use crate::import::local_time::in_zone;
use crate::import::plain_text::one_line;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use std::ops::ControlFlow;

/// Who publishes a feed, in which language and zone.
#[derive(Clone, Debug)]
pub struct Feed {
    /// BCP 47 tag of what its texts are in.
    pub language: String,
    /// The zone of all times in it (GTFS: that of its agencies, which have the same).
    pub zone: Tz,
    /// The publisher, else the agencies; empty where none is named.
    pub credit: String,
    pub updated: Option<DateTime<Utc>>,
    /// The last day that it holds for, where it says so.
    pub ends: Option<NaiveDate>,
}

/// So many agencies are named where there is no publisher.
const AGENCIES_NAMED: usize = 3;

impl Feed {
    pub fn read(reader: &mut Reader<'_>, settings: &Settings) -> Self {
        let mut feed =
            Self { language: String::new(), zone: settings.zone, credit: String::new(), updated: None, ends: None };
        feed.read_publisher(reader, settings.now);
        feed.read_agencies(reader);
        if feed.language.is_empty() {
            feed.language.clone_from(&settings.language);
        }
        let written = reader.tables.written("stops.txt").and_then(|written| in_zone(written, feed.zone));
        feed.updated = written.map(|written| written.to_utc()).filter(|at| *at <= settings.now).or(feed.updated);
        feed
    }

    /// Reads who publishes the feed from feed_info.txt, which has one row.
    fn read_publisher(&mut self, reader: &mut Reader<'_>, now: DateTime<Utc>) {
        let columns = ["feed_publisher_name", "feed_lang", "feed_start_date", "feed_end_date"];
        reader.optional("feed_info.txt", columns, 0, &mut |row, [name, language, start, end], _| {
            self.credit = one_line(&row.word(name));
            self.language = language_of(&row.word(language));
            self.ends = clock::date(row.at(end));
            let began = clock::date(row.at(start)).and_then(|day| clock::instant(day, 0, self.zone));
            self.updated = began.filter(|began| *began <= now);
            ControlFlow::Break(())
        });
    }

    fn read_agencies(&mut self, reader: &mut Reader<'_>) {
        let (mut names, mut zones) = (Vec::new(), Vec::new());
        let columns = ["agency_name", "agency_timezone", "agency_lang"];
        let is_there = reader.optional("agency.txt", columns, 0, &mut |row, [name, zone, language], faults| {
            let name = one_line(&row.word(name));
            if names.len() < AGENCIES_NAMED && !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
            let zone = row.word(zone);
            match zone.parse::<Tz>() {
                Ok(zone) => zones.push(zone),
                Err(_) => faults.row(row.line, "agency_timezone", "no time zone of this name is known", &zone),
            }
            if self.language.is_empty() {
                self.language = language_of(&row.word(language));
            }
            ControlFlow::Continue(())
        });
        match zones.first() {
            Some(zone) => {
                self.zone = *zone;
                if zones.iter().any(|other| other != zone) {
                    let reason = "all agencies of a feed are in one time zone: the first is taken";
                    reader.problem("agency.txt", "agency_timezone", reason, zone.name());
                }
            }
            None if is_there => {}
            None => reader.problem("agency.txt", "", "it is missing: times are read in the town's zone", ""),
        }
        if self.credit.is_empty() {
            self.credit = names.join(", ");
        }
    }

    /// Where its stops and boards come from.
    pub fn provenance(&self) -> Provenance {
        Provenance {
            source: "GTFS".to_owned(),
            licence: String::new(),
            credit: self.credit.clone(),
            updated: self.updated,
            confidence: None,
        }
    }
}

/// The language that a feed names; empty for several at once (`mul`) and for none.
fn language_of(tag: &str) -> String {
    language_alone(tag).filter(|tag| tag != "mul").unwrap_or_default()
}
