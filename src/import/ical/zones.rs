use super::parsed;
use calcard::common::timezone::Tz as Named;
use calcard::icalendar::ICalendarComponent;
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
    pub fn new(definitions: &[&str], town: Tz) -> Self {
        let components = definitions.iter().filter_map(|text| parsed(text));
        Self {
            defined: components.filter_map(|component| known(&component)).collect(),
            town,
            days_left: Cell::new(DAYS_MAX),
        }
    }

    /// The zone of a TZID (3.2.19): as the calendar defines it, else an Olson or Windows name.
    pub fn find(&self, name: &str) -> Option<Tz> {
        self.defined.get(name).copied().or_else(|| zone(name.parse().ok()?))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_go_by_many_names() {
        let mozilla = "BEGIN:VTIMEZONE\nTZID:Our own\nX-LIC-LOCATION:Europe/Lisbon\nEND:VTIMEZONE\n";
        let zones = Zones::new(&[mozilla, "BEGIN:VTIMEZONE\nTZID:Else\nEND:VTIMEZONE", "x"], Tz::Europe__Paris);
        for (name, zone) in [
            ("Europe/Berlin", Some(Tz::Europe__Berlin)),
            ("Romance Standard Time", Some(Tz::Europe__Paris)),
            ("/freeassociation.sourceforge.net/Tzfile/Europe/Rome", Some(Tz::Europe__Rome)),
            ("Our own", Some(Tz::Europe__Lisbon)),
            ("Else", None),
            ("", None),
        ] {
            assert_eq!(zones.find(name), zone, "{name}");
        }
    }
}
