use super::Display;
use crate::calendar::{Period, falls_in};
use crate::content::{Catalog, Event, EventFilter, FilterPeriod, Timing};
use crate::wayfinding::distance_m;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// The events that a filter finds at an instant, each with the timing it was found for, by when they begin. What has
/// ended, does not take place or is for other groups is never found.
pub fn events_found<'c>(
    catalog: &'c Catalog,
    filter: &EventFilter,
    display: &Display,
    at: DateTime<Utc>,
) -> Vec<(&'c Event, &'c Timing)> {
    let found = found_at(catalog, filter, display, at).into_iter();
    let look = |(event, timing): Found| {
        let event = catalog.events.get(event)?;
        Some((event, event.timings.get(timing)?))
    };
    found.filter_map(look).collect()
}

fn found_at(catalog: &Catalog, filter: &EventFilter, display: &Display, at: DateTime<Utc>) -> Vec<Found> {
    let period = match filter.period {
        FilterPeriod::Today => Period::Today,
        FilterPeriod::Tonight => Period::Tonight,
        FilterPeriod::Weekend => Period::Weekend,
        FilterPeriod::All => Period::All,
    };
    let is_in_period = falls_in(period, at, display.zone);
    let last = filter.days.and_then(|days| at.checked_add_signed(TimeDelta::days(days.into())));
    let is_meant = |event: &Event| {
        event.status.takes_place()
            && event.common.valid.contains(at)
            && display.is_meant_by(&event.common)
            && (filter.kinds.is_empty() || filter.kinds.contains(&event.kind))
            && (filter.tags.is_empty() || filter.tags.iter().any(|tag| event.common.tags.contains(tag)))
            && filter.within_m.is_none_or(|metres| is_near(catalog, event, display, metres))
    };
    let mut found: Vec<_> = catalog
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| is_meant(event))
        .filter_map(|(nr, event)| {
            let mut timings = event.timings.iter().enumerate();
            let is_on = |timing: &Timing| is_in_period(timing) && last.is_none_or(|last| timing.begin <= last);
            let (which, timing) = timings.find(|(_, timing)| is_on(timing))?;
            Some(((timing.begin, &event.common.id), (nr, which)))
        })
        .collect();
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, found)| found).collect()
}

/// What filters find, remembered as long as it is the same: a day is replayed slide by slide, and most slides ask what
/// the one before has asked. It holds for one catalog and one display.
#[derive(Debug, Default)]
pub struct Findings {
    kept: Mutex<Vec<Kept>>,
}

#[derive(Debug)]
struct Kept {
    filter: EventFilter,
    /// The instants at which a timing or a validity that the filter may care about begins or ends.
    edges: Vec<DateTime<Utc>>,
    when: Stay,
    found: Arc<[Found]>,
}

/// Events and timings by their places in the catalog.
type Found = (usize, usize);

/// A time without an edge: after so many edges, in this quarter of an hour. Nights, weekends and days begin at full hours
/// of the town's clock, and these at quarters of an hour of any other.
type Stay = (usize, i64);

impl Findings {
    /// As [`events_found`], by where they stand in the catalog.
    pub(super) fn at(
        &self,
        catalog: &Catalog,
        filter: &EventFilter,
        display: &Display,
        at: DateTime<Utc>,
    ) -> Arc<[Found]> {
        const QUARTER_SECS: i64 = 15 * 60;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|kept| kept.filter == *filter);
        let stay = |edges: &[DateTime<Utc>]| {
            (edges.partition_point(|edge| *edge <= at), at.timestamp().div_euclid(QUARTER_SECS))
        };
        if let Some(known) = known.and_then(|nr| kept.get_mut(nr)) {
            let when = stay(&known.edges);
            if known.when != when {
                (known.when, known.found) = (when, places(catalog, filter, display, at));
            }
            return known.found.clone();
        }
        let edges = edges(catalog, filter);
        let (when, found) = (stay(&edges), places(catalog, filter, display, at));
        kept.push(Kept { filter: filter.clone(), edges, when, found: found.clone() });
        found
    }
}

fn edges(catalog: &Catalog, filter: &EventFilter) -> Vec<DateTime<Utc>> {
    let ahead = filter.days.map(|days| TimeDelta::days(days.into()));
    let of_event = |event: &Event| {
        let timings = event.timings.iter().flat_map(|timing| [timing.begin.to_utc(), timing.end.to_utc()]);
        let mut edges: Vec<DateTime<Utc>> =
            timings.chain(event.common.valid.from).chain(event.common.valid.until).collect();
        let soon = event.timings.iter().filter_map(|timing| timing.begin.to_utc().checked_sub_signed(ahead?));
        edges.extend(soon);
        edges
    };
    let mut edges: Vec<DateTime<Utc>> = catalog.events.iter().flat_map(of_event).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn places(catalog: &Catalog, filter: &EventFilter, display: &Display, at: DateTime<Utc>) -> Arc<[Found]> {
    found_at(catalog, filter, display, at).into()
}

/// What takes place nobody knows where is near nothing.
fn is_near(catalog: &Catalog, event: &Event, display: &Display, metres: u32) -> bool {
    let place = event.location.as_ref().and_then(|location| {
        location.position.or_else(|| location.place.as_ref().and_then(|id| catalog.place(id)?.position))
    });
    place.zip(display.position).is_some_and(|(place, here)| distance_m(place, here) <= f64::from(metres))
}
