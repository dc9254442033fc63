use super::parsed;
use calcard::common::timezone::Tz as Named;
use calcard::icalendar::{ICalendarComponent, ICalendarProperty};
use chrono::{Offset, TimeZone, Utc};
use chrono_tz::Tz;
use std::cell::Cell;
use std::collections::HashMap;

/// The most days that are looked into for all that repeats in one calendar: those of 100,000 weekly events in the window.
const DAYS_MAX: u32 = 50_000_000;

/// The time zones that a calendar speaks of, the town's own, and how much is worked out in them.
pub struct Zones {
    /// What the calendar's own definitions (RFC 5545, 3.6.5) are called elsewhere.
    defined: HashMap<String, Tz>,
    /// Where a time without a zone, and every whole day, is meant.
    pub town: Tz,
    /// How many days may still be looked into for what repeats.
    pub days_left: Cell<u32>,
}

impl Zones {
    /// `year` is the one whose offsets count where a definition has a name that nobody else uses.
    pub fn new(definitions: &[&str], town: Tz, year: i32) -> Self {
        let mut defined = HashMap::new();
        for text in definitions.iter().take(DEFINITIONS_MAX) {
            let Some(component) = parsed(text) else { continue };
            let name = component.property(&ICalendarProperty::Tzid).and_then(|entry| entry.values.first()?.as_text());
            let found = known(&component).or_else(|| {
                let name = name.filter(|name| by_name(name).is_none())?;
                Some((name.to_owned(), same_offsets(&offsets(text)?, town, year)?))
            });
            defined.extend(found);
        }
        Self { defined, town, days_left: Cell::new(DAYS_MAX) }
    }

    /// The zone of a TZID (3.2.19): as the calendar defines it, else an Olson or Windows name.
    pub fn find(&self, name: &str) -> Option<Tz> {
        self.defined.get(name).copied().or_else(|| by_name(name))
    }
}

/// More definitions than any calendar has are not looked at.
const DEFINITIONS_MAX: usize = 200;

/// A zone by its Olson or Windows name, behind whatever path a program puts before it, or by its offset: `UTC+2`.
fn by_name(name: &str) -> Option<Tz> {
    let known = |name: &str| zone(name.parse().ok()?);
    let behind = || name.strip_prefix('/')?.match_indices('/').find_map(|(at, _)| known(name.get(at + 2..)?));
    known(name).or_else(behind).or_else(|| {
        let offset = ["UTC", "GMT"].iter().find_map(|prefix| name.strip_prefix(prefix))?;
        same_offsets(&[Some(seconds(&offset.replace(':', ""))?); 12], chrono_tz::UTC, EPOCH)
    })
}

fn known(component: &ICalendarComponent) -> Option<(String, Tz)> {
    let (name, named) = component.timezone()?;
    Some((name.to_owned(), zone(named)?))
}

fn zone(named: Named) -> Option<Tz> {
    match named {
        Named::Tz(zone) => Some(zone),
        Named::Floating | Named::Fixed(_) => None,
    }
}

/// Any year will do for zones that never change their clocks.
const EPOCH: i32 = 2020;

/// `+0200`, `-5` or `+5:30` without its colon, in seconds.
fn seconds(offset: &str) -> Option<i32> {
    let (sign, digits) = match offset.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_at_checked(2).unwrap_or((digits, ""));
    let hours: i32 = hours.parse().ok().filter(|hours| (0..=14).contains(hours))?;
    let minutes: i32 =
        minutes.get(..2).map_or(Some(0), |minutes| minutes.parse().ok()).filter(|m| (0..60).contains(m))?;
    Some(sign * (hours * 3600 + minutes * 60))
}

/// One of the two clocks of a definition: `STANDARD` or `DAYLIGHT`.
#[derive(Default)]
struct Clock {
    start: String,
    month: usize,
    offset: i32,
    repeats: bool,
}

/// What a zone's clocks show in the middle of each month, in seconds east of Greenwich; `None` where they change in it.
type Offsets = [Option<i32>; 12];

/// The offsets that a definition has today; `None` where it cannot be read.
fn offsets(definition: &str) -> Option<Offsets> {
    let mut latest: HashMap<String, Clock> = HashMap::new();
    let mut clock = Clock::default();
    for line in definition.lines().take(10_000) {
        let (name, value) = line.trim().split_once(':')?;
        match name.split(';').next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "BEGIN" => clock = Clock::default(),
            "DTSTART" => {
                clock.start = value.to_owned();
                clock.month = value.get(4..6)?.parse().ok().filter(|month| (1..=12).contains(month))?;
            }
            "TZOFFSETTO" => clock.offset = seconds(value.trim())?,
            "RRULE" => clock.repeats = true,
            "END" if !clock.start.is_empty() => {
                let clock = std::mem::take(&mut clock);
                let kind = value.trim().to_ascii_uppercase();
                if latest.get(&kind).is_none_or(|other| other.start <= clock.start) {
                    latest.insert(kind, clock);
                }
            }
            _ => {}
        }
    }
    match (latest.remove("STANDARD"), latest.remove("DAYLIGHT")) {
        (Some(winter), Some(summer)) if winter.repeats && summer.repeats => {
            let length = (winter.month + 12 - summer.month) % 12;
            Some(std::array::from_fn(|at| match (at + 13 - summer.month) % 12 {
                0 => None,
                since if since == length => None,
                since if since < length => Some(summer.offset),
                _ => Some(winter.offset),
            }))
        }
        (Some(one), other) | (other, Some(one)) => {
            let later = other.filter(|other| other.start > one.start).unwrap_or(one);
            Some([Some(later.offset); 12])
        }
        (None, None) => None,
    }
}

/// A zone with these offsets: the town's own if it has them, else a usual one.
fn same_offsets(wanted: &Offsets, town: Tz, year: i32) -> Option<Tz> {
    let is_same = |zone: &Tz| {
        wanted.iter().zip(1..).all(|(wanted, month)| {
            let noon = Utc.with_ymd_and_hms(year, month, 15, 12, 0, 0).single();
            let shown = noon.map(|noon| zone.offset_from_utc_datetime(&noon.naive_utc()).fix().local_minus_utc());
            wanted.is_none_or(|wanted| shown == Some(wanted))
        })
    };
    let fixed = chrono_tz::TZ_VARIANTS.iter().filter(|zone| zone.name().starts_with("Etc/"));
    let usual =
        [Tz::Europe__London, Tz::Europe__Paris, Tz::Europe__Athens, Tz::America__New_York, Tz::America__Chicago];
    let all = [town].into_iter().chain(fixed.copied()).chain(usual).chain(chrono_tz::TZ_VARIANTS);
    all.into_iter().find(is_same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_go_by_many_names() {
        let mozilla = "BEGIN:VTIMEZONE\nTZID:Our own\nX-LIC-LOCATION:Europe/Lisbon\nEND:VTIMEZONE\n";
        let zones = Zones::new(&[mozilla, "BEGIN:VTIMEZONE\nTZID:Else\nEND:VTIMEZONE", "x"], Tz::Europe__Paris, 2026);
        for (name, zone) in [
            ("Europe/Berlin", Some(Tz::Europe__Berlin)),
            ("Romance Standard Time", Some(Tz::Europe__Paris)),
            ("/freeassociation.sourceforge.net/Tzfile/Europe/Rome", Some(Tz::Europe__Rome)),
            ("Our own", Some(Tz::Europe__Lisbon)),
            ("Else", None),
            ("/citadel.org/20260101_1/Europe/Berlin", Some(Tz::Europe__Berlin)),
            ("/nowhere/at/all", None),
            ("UTC+2", Some(Tz::Etc__GMTMinus2)),
            ("GMT-03:30", None),
            ("UTC+05:30", Some(Tz::Asia__Calcutta)),
            ("UTC+99", None),
            ("", None),
        ] {
            assert_eq!(zones.find(name), zone, "{name}");
        }
    }

    #[test]
    fn a_definition_that_nobody_knows_by_name_is_read() {
        let clock = |kind, start, to, rule| {
            format!("BEGIN:{kind}\nDTSTART:{start}\nTZOFFSETFROM:+0000\nTZOFFSETTO:{to}\n{rule}END:{kind}\n")
        };
        let rule = "RRULE:FREQ=YEARLY;BYDAY=-1SU\n";
        let winter = clock("STANDARD", "16011028T030000", "+0100", rule);
        let summer = clock("DAYLIGHT", "16010325T020000", "+0200", rule);
        let american =
            clock("DAYLIGHT", "16010311T020000", "-0400", rule) + &clock("STANDARD", "16011104T020000", "-0500", rule);
        let southern =
            clock("DAYLIGHT", "16011004T020000", "+1100", rule) + &clock("STANDARD", "16010405T020000", "+1000", rule);
        for (clocks, zone) in [
            (winter.clone() + &summer, Some(Tz::Europe__Paris)),
            (summer.clone() + &winter, Some(Tz::Europe__Paris)),
            (american, Some(Tz::America__New_York)),
            (southern, Some(Tz::Antarctica__Macquarie)),
            (clock("STANDARD", "16010101T000000", "-0500", ""), Some(Tz::Etc__GMTPlus5)),
            // Summer time was given up.
            (
                clock("DAYLIGHT", "20100328T020000", "+0400", "") + &clock("STANDARD", "20141026T020000", "+0300", ""),
                Some(Tz::Etc__GMTMinus3),
            ),
            (clock("STANDARD", "16010101T000000", "+0001", ""), None),
            (clock("STANDARD", "1601", "+0100", ""), None),
            (String::new(), None),
        ] {
            let text = format!("BEGIN:VTIMEZONE\nTZID:Customized Time Zone\n{clocks}END:VTIMEZONE\n");
            let zones = Zones::new(&[&text], Tz::Europe__Paris, 2026);
            assert_eq!(zones.find("Customized Time Zone"), zone, "{text}");
        }
    }
}
