use super::Display;
use crate::calendar::{Period, falls_in};
use crate::content::{Catalog, Event, EventFilter, FilterPeriod, Timing};
use crate::wayfinding::distance_m;
use chrono::{DateTime, TimeDelta, Utc};

/// The events that a filter finds at an instant, each with the timing it was found for, by when they begin. What has
/// ended, does not take place or is for other groups is never found.
pub fn events_found<'c>(
    catalog: &'c Catalog,
    filter: &EventFilter,
    display: &Display,
    at: DateTime<Utc>,
) -> Vec<(&'c Event, &'c Timing)> {
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
        .filter(|event| is_meant(event))
        .filter_map(|event| {
            let mut timings = event.timings.iter();
            let timing = timings.find(|timing| is_in_period(timing) && last.is_none_or(|last| timing.begin <= last))?;
            Some((event, timing))
        })
        .collect();
    found.sort_by_key(|(event, timing)| (timing.begin, &event.common.id));
    found
}

/// What takes place nobody knows where is near nothing.
fn is_near(catalog: &Catalog, event: &Event, display: &Display, metres: u32) -> bool {
    let place = event.location.as_ref().and_then(|location| {
        location.position.or_else(|| location.place.as_ref().and_then(|id| catalog.place(id)?.position))
    });
    place.zip(display.position).is_some_and(|(place, here)| distance_m(place, here) <= f64::from(metres))
}
