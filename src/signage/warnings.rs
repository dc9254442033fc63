use super::Display;
use super::local_day::Span;
use crate::content::{Alert, AlertArea};
use chrono::{DateTime, TimeDelta, Utc};

/// An alert in one of the display's languages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlertTurn<'a> {
    pub alert: &'a Alert,
    pub language: &'a str,
    pub begins: DateTime<Utc>,
    pub ends: DateTime<Utc>,
}

/// The alerts that concern a display, the gravest first; of two of an id the [latest](Alert::latest).
pub fn concerning<'a>(alerts: &[&'a Alert], display: &Display) -> Vec<&'a Alert> {
    let known = alerts.iter().copied().filter(|alert| display.shows_drills || !alert.drill);
    let mut all = Alert::latest(known);
    all.retain(|alert| concerns(alert, display));
    all.sort_by(|one, two| two.severity.cmp(&one.severity).then_with(|| one.common.id.cmp(&two.common.id)));
    all
}

fn concerns(alert: &Alert, display: &Display) -> bool {
    let is_here = alert.areas.is_empty() || alert.areas.iter().any(|area| covers(area, display));
    is_here && display.is_meant_by(&alert.common)
}

/// Whether the display stands in the area. Where neither shape nor code can tell it does: one warning too many is better
/// than one too few.
fn covers(area: &AlertArea, display: &Display) -> bool {
    let by_shape = display.position.and_then(|position| area.contains(position));
    let can_tell = |scheme: &str| display.codes.iter().any(|own| own.scheme == scheme);
    let by_code = area
        .codes
        .iter()
        .any(|code| can_tell(&code.scheme))
        .then(|| area.codes.iter().any(|code| display.codes.contains(code)));
    match (by_shape, by_code) {
        (None, None) => true,
        (shape, code) => shape.unwrap_or(false) || code.unwrap_or(false),
    }
}

/// In which order the alerts in force are told in a round. Of up to three the gravest come first and no more often than
/// the others: whoever passes by sees them. Where there are more, they come again after every two that are less grave, for
/// nobody waits for the end of such a round.
fn round<'a>(alerts: &[&'a Alert]) -> Vec<&'a Alert> {
    const GRAVEST_ONCE_MAX: usize = 3;
    const LESS_GRAVE_BETWEEN: usize = 2;
    let gravest = alerts.first().map(|alert| alert.severity);
    let (gravest, others) = alerts.split_at(alerts.partition_point(|alert| Some(alert.severity) == gravest));
    if alerts.len() <= GRAVEST_ONCE_MAX || others.is_empty() {
        return alerts.to_vec();
    }
    others.chunks(LESS_GRAVE_BETWEEN).flat_map(|between| gravest.iter().chain(between)).copied().collect()
}

/// Whose turn it is among the alerts in force: one after the other, each in the display's languages for as long as its
/// words take to read, from the window's beginning on. `secs` says how long that is.
pub fn alert_in_turn<'a>(
    alerts: &[&'a Alert],
    display: &'a Display,
    secs: &dyn Fn(&Alert, &str) -> u32,
    window: &Span,
    now: DateTime<Utc>,
) -> Option<AlertTurn<'a>> {
    let pages = round(alerts)
        .into_iter()
        .flat_map(|alert| languages(alert, display).into_iter().map(move |language| (alert, language)));
    let pages: Vec<_> = pages
        .map(|(alert, language)| {
            let secs = secs(alert, language).max(1);
            (alert, language, TimeDelta::seconds(secs.into()))
        })
        .collect();
    if let [(alert, language, _)] = pages[..] {
        return Some(AlertTurn { alert, language, begins: window.start, ends: window.end });
    }
    let round: TimeDelta = pages.iter().map(|(_, _, length)| *length).sum();
    let rounds = (now - window.start).num_seconds().checked_div(round.num_seconds())?;
    let mut begins = window.start + TimeDelta::seconds(rounds.saturating_mul(round.num_seconds()));
    for (alert, language, length) in pages {
        let ends = begins + length;
        if now < ends {
            return Some(AlertTurn { alert, language, begins, ends: ends.min(window.end) });
        }
        begins = ends;
    }
    None
}

/// The display's languages in which there is something to read, or whichever language there is.
fn languages<'a>(alert: &'a Alert, display: &'a Display) -> Vec<&'a str> {
    let title = &alert.common.title;
    let all: Vec<&str> =
        display.alert_languages.iter().map(String::as_str).filter(|language| title.exact(language).is_some()).collect();
    if all.is_empty() { vec![title.languages().next().unwrap_or_default()] } else { all }
}
