use super::Display;
use super::local_day::LocalDay;
use crate::content::Schedule;
use chrono::{DateTime, Utc};

/// Whether advertising rests on a display: at night, and while a cut of electricity lasts that was announced.
pub fn advertising_rests(schedule: &Schedule, display: &Display, now: DateTime<Utc>) -> bool {
    let meant = schedule.curfews.iter().filter(|curfew| display.is_meant_by(&curfew.common));
    let mut cuts = meant.map(|curfew| &curfew.common.valid).chain(&display.advertising_rests);
    LocalDay::of(now, display.zone).night().contains(&now) || cuts.any(|cut| cut.contains(now))
}
