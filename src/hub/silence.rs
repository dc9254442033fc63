//! Displays of which nothing is heard any more: staff are told once, and once more when they are back.

use super::app::Hub;
use super::publishing::town;
use super::store::Display;
use super::words::Tongue;
use crate::protocol::Placed;
use chrono::{DateTime, TimeDelta, Utc};
use fluent_bundle::FluentValue;

/// How long pictures of screens are kept.
const PICTURES_KEPT: TimeDelta = TimeDelta::days(1);

/// Looks which displays have gone silent or are back since the last look, tells staff of all of them with one mail each
/// way, and forgets old pictures. What could not be told is told the next time.
///
/// # Errors
/// Why somebody was not told, for town IT.
pub fn look(hub: &Hub) -> Result<(), String> {
    let failed = |error: super::store::StoreError| error.to_string();
    let now = hub.now();
    hub.store.forget_pictures(now - PICTURES_KEPT).map_err(failed)?;
    let displays = hub.store.displays().map_err(failed)?;
    let heard = displays.into_iter().filter_map(|display| Some((hub.watch.heard(&display)?, display)));
    let is_silent = |heard: DateTime<Utc>| now - heard >= hub.silent_after;
    let (silent, heard): (Vec<_>, Vec<_>) = heard.partition(|(heard, _)| is_silent(*heard));
    let gone: Vec<_> = silent.into_iter().filter(|(_, display)| display.silent.is_none()).collect();
    let back: Vec<_> = heard.into_iter().filter(|(_, display)| display.silent.is_some()).collect();
    for (changed, is_gone) in [(gone, true), (back, false)] {
        tell(hub, &changed, is_gone)?;
        for (heard, display) in changed {
            hub.store.mark_silent(display.placed.display, is_gone.then_some(heard)).map_err(failed)?;
        }
    }
    Ok(())
}

fn tell(hub: &Hub, changed: &[(DateTime<Utc>, Display)], is_gone: bool) -> Result<(), String> {
    let (Some(mail), Some((_, first))) = (&hub.mail, changed.first()) else { return Ok(()) };
    let (languages, zone) = town(hub);
    let tongue = languages.first().and_then(|tag| Tongue::parse(tag)).unwrap_or(Tongue::Fr);
    let key = if is_gone { "mail-silent" } else { "mail-back" };
    let count = FluentValue::from(changed.len() as i64);
    let name = FluentValue::from(first.placed.name.clone());
    let subject = tongue.say_with(&format!("{key}-subject"), &[("count", count), ("name", name)]);
    let line = |(heard, display): &(DateTime<Utc>, Display)| {
        let Placed { name, position, .. } = &display.placed;
        let name = if position.is_empty() { name.clone() } else { format!("{name}, {position}") };
        let [name, at] = [name, tongue.moment(*heard, zone)].map(FluentValue::from);
        tongue.say_with(key, &[("name", name), ("at", at)])
    };
    let mut lines: Vec<String> = changed.iter().map(line).collect();
    if !hub.address.is_empty() {
        lines.push(String::new());
        lines.push(format!("{} {}/staff/displays", tongue.say("mail-where"), hub.address.trim_end_matches('/')));
    }
    mail.send(&subject, lines.join("\r\n"))
}
