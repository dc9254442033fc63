use super::calendar::Calendar;
use super::calls::{Calls, Wanted};
use super::departures::{self, Departure};
use super::feed::Feed;
use super::reader::Reader;
use super::routes::Routes;
use super::stops::Stops;
use super::translations::Translations;
use crate::content::Problem;
use crate::import::Settings;
use std::collections::HashSet;
use std::path::Path;

/// A GTFS feed as far as the public is told of it.
pub struct Timetable {
    pub feed: Feed,
    pub stops: Stops,
    pub routes: Routes,
    /// The lines that call at each stop.
    pub lines: Vec<Vec<u32>>,
    /// The stops of each entry of [`Settings::stops`].
    pub asked: Vec<Vec<usize>>,
    /// All departures at the stops asked for around the moment.
    pub departures: Vec<Departure>,
    calls: Calls,
    pub problems: Vec<Problem>,
    pub broken_off: Option<String>,
}

impl Timetable {
    /// Reads a ZIP or a folder; `trips` are those of which the order of stops is needed.
    ///
    /// # Errors
    /// In words, where there is no feed with stops.
    pub fn read(
        path: &Path,
        source: &str,
        settings: &Settings,
        trips: &HashSet<String>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Self, String> {
        let mut reader = Reader::open(path, source, progress)?;
        let feed = Feed::read(&mut reader, settings);
        let translations = Translations::read(&mut reader);
        let stops = Stops::read(&mut reader, &feed, &translations)?;
        let routes = Routes::read(&mut reader);
        let asked: Vec<Vec<usize>> = settings.stops.iter().map(|text| stops.asked(text)).collect();
        let at_stops: HashSet<usize> = asked.iter().flatten().copied().collect();
        let wanted = Wanted { stops: &at_stops, trips };
        let calls = Calls::read(&mut reader, &stops, &routes, &wanted);
        let today = settings.now.with_timezone(&feed.zone).date_naive();
        let calendar = Calendar::read(&mut reader, today);
        let departures = departures::read(&mut reader, &feed, &translations, &calendar, &calls, settings.now);
        let ends = feed.ends.into_iter().chain(calendar.last).min();
        if let Some(ended) = ends.filter(|ended| *ended < today) {
            let reason = "the timetable has ended: get the new one of the operator";
            reader.problem("calendar.txt", "end_date", reason, &ended.to_string());
        }
        let mut lines = vec![Vec::new(); stops.all.len()];
        for (stop, route) in &calls.lines {
            if let Some(of_stop) = lines.get_mut(*stop) {
                of_stop.push(*route);
            }
        }
        let Reader { problems, broken_off, .. } = reader;
        Ok(Self { feed, stops, routes, lines, asked, departures, calls, problems, broken_off })
    }

    /// Where a stop stands in one of the trips whose order was asked for.
    pub fn sequence(&self, trip: &str, stop: &str) -> Option<u32> {
        let stop = self.stops.at(stop)?;
        self.calls.order.get(&(self.calls.trip(trip), stop)).copied()
    }
}
