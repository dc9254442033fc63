use chrono::{Datelike, NaiveDate, TimeDelta};

/// A day that is unlike the others of its season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    Date(NaiveDate),
    /// Month and day, every year.
    Yearly(u32, u32),
    /// So many days after Easter Sunday, or before it.
    Easter(i64),
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Special {
    pub fn is(self, date: NaiveDate) -> bool {
        match self {
            Self::Date(day) => day == date,
            Self::Yearly(month, day) => (date.month(), date.day()) == (month, day),
            Self::Easter(after) => {
                easter(date.year()).and_then(|easter| easter.checked_add_signed(TimeDelta::days(after))) == Some(date)
            }
        }
    }

    /// As OpenStreetMap writes it; a date that is past is no longer worth a word.
    pub(super) fn in_osm(self, today: NaiveDate) -> Option<String> {
        match self {
            Self::Date(day) => (day >= today).then(|| dated(day)),
            Self::Yearly(month, day) => Some(format!("{} {day:02}", month_name(month))),
            Self::Easter(0) => Some("easter".to_owned()),
            Self::Easter(after) => Some(format!("easter {after:+} day{}", if after.abs() == 1 { "" } else { "s" })),
        }
    }
}

/// "2026 Jul 14"
pub(super) fn dated(day: NaiveDate) -> String {
    format!("{} {} {:02}", day.year(), month_name(day.month()), day.day())
}

pub(super) fn month_name(month: u32) -> &'static str {
    let at = usize::try_from(month).unwrap_or(1).saturating_sub(1);
    MONTHS.get(at).copied().unwrap_or("Jan")
}

/// Easter Sunday (Gauss, in the form of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_when_the_church_says() {
        for (year, month, day) in [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25), (2285, 3, 22)] {
            assert_eq!(easter(year), NaiveDate::from_ymd_opt(year, month, day));
        }
        assert!(Special::Easter(39).is(NaiveDate::from_ymd_opt(2026, 5, 14).unwrap()));
        assert!(!Special::Easter(39).is(NaiveDate::from_ymd_opt(2025, 5, 14).unwrap()));
    }
}
