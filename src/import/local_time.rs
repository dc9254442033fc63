use chrono::{DateTime, Datelike, FixedOffset, LocalResult, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// A wall clock's time in a zone, as RFC 5545 (3.3.5) wants it: the hour that autumn repeats means its first, one that
/// spring skips is read with the offset before the gap.
pub fn in_zone(local: NaiveDateTime, zone: Tz) -> Option<DateTime<FixedOffset>> {
    let instant = match zone.from_local_datetime(&local) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => Some(instant),
        LocalResult::None => {
            let before = zone.from_local_datetime(&local.checked_sub_signed(TimeDelta::hours(3))?).earliest();
            before?.checked_add_signed(TimeDelta::hours(3))
        }
    };
    instant.map(|instant| instant.fixed_offset())
}

/// An instant as text: with its offset, else a wall clock's time in `zone`. `None` for what is neither, and for years
/// that RFC 3339 cannot write.
pub fn instant(text: &str, zone: Tz) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    let formats = ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%dT%H:%M%z", "%Y-%m-%d %H:%M:%S%.f%z"];
    let parsed = DateTime::parse_from_rfc3339(text).ok();
    let parsed = parsed.or_else(|| formats.iter().find_map(|format| DateTime::parse_from_str(text, format).ok()));
    let instant = match parsed {
        Some(instant) => instant.with_timezone(&zone).fixed_offset(),
        None => in_zone(wall_time(text)?, zone)?,
    };
    (1..=9999).contains(&instant.to_utc().year()).then_some(instant)
}

/// A date and time without an offset.
pub fn wall_time(text: &str) -> Option<NaiveDateTime> {
    let floating = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"];
    floating.iter().find_map(|format| NaiveDateTime::parse_from_str(text.trim(), format).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_without_an_offset_are_read_in_the_zone() {
        let paris = chrono_tz::Europe::Paris;
        for (text, read) in [
            ("2026-07-14T21:00:00", "2026-07-14T21:00:00+02:00"),
            ("2026-01-14 21:00", "2026-01-14T21:00:00+01:00"),
            ("2026-07-14T19:00:00Z", "2026-07-14T21:00:00+02:00"),
            ("2026-07-14T19:00:00+0000", "2026-07-14T21:00:00+02:00"),
            // The hour that is skipped, and the one that comes twice.
            ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),
            ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
        ] {
            assert_eq!(instant(text, paris).map(|at| at.to_rfc3339()).as_deref(), Some(read), "{text}");
        }
        for none in ["demain", "+99999-01-01T00:00:00+0000", "-9999-01-01T00:00", "262142-12-31 23:59"] {
            assert_eq!(instant(none, paris), None, "{none}");
        }
    }
}
