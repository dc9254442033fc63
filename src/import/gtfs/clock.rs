use crate::import::local_time::in_zone;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// No trip goes on for longer than so many hours of its service day.
const HOURS_MAX: u32 = 168;

/// A time of a service day in seconds (GTFS, "Time"): `H:MM:SS`, and beyond 24:00:00 for what runs past midnight.
pub fn seconds(text: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(text).ok()?;
    let mut parts = text.split(':').map(|part| {
        let digits = part.trim();
        let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|_| plain)
    });
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    let valid = hours <= HOURS_MAX && minutes < 60 && seconds < 60 && parts.next().is_none();
    valid.then_some(hours * 3600 + minutes * 60 + seconds)
}

/// `YYYYMMDD`
pub fn date(text: &[u8]) -> Option<NaiveDate> {
    let text = std::str::from_utf8(text).ok().filter(|text| text.len() == 8)?;
    NaiveDate::parse_from_str(text, "%Y%m%d").ok()
}

/// The instant of a time of a service day. A service day begins twelve hours before its noon: an hour off midnight on
/// the days on which clocks change.
pub fn instant(day: NaiveDate, seconds: u32, zone: Tz) -> Option<DateTime<Utc>> {
    let noon = in_zone(day.and_time(NaiveTime::from_hms_opt(12, 0, 0)?), zone)?;
    noon.to_utc().checked_add_signed(TimeDelta::seconds(i64::from(seconds) - 12 * 3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_beyond_midnight() {
        for (text, read) in [("7:05:00", Some(25_500)), ("25:10:30", Some(90_630)), ("07:05", Some(25_500))] {
            assert_eq!(seconds(text.as_bytes()), read, "{text}");
        }
        for text in ["", "7", "24:60:00", "-1:00:00", "1:2:3:4", "999:00:00", "7h05", "+7:05:00"] {
            assert_eq!(seconds(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_service_day_begins_twelve_hours_before_noon() {
        let paris = chrono_tz::Europe::Paris;
        for (day, seconds, at) in [
            ("2026-05-01", 8 * 3600, "2026-05-01T06:00:00Z"),
            ("2026-05-01", 25 * 3600, "2026-05-01T23:00:00Z"),
            // Clocks go forward at 2:00: seven in the morning is still seven.
            ("2026-03-29", 7 * 3600, "2026-03-29T05:00:00Z"),
            ("2026-03-29", 0, "2026-03-28T22:00:00Z"),
            ("2026-10-25", 7 * 3600, "2026-10-25T06:00:00Z"),
            ("2026-10-25", 0, "2026-10-24T23:00:00Z"),
        ] {
            let at: DateTime<Utc> = at.parse().unwrap();
            assert_eq!(instant(day.parse().unwrap(), seconds, paris), Some(at), "{day} {seconds}");
        }
    }
}
