use crate::content::Position;
use chrono::{DateTime, Datelike, Days, Utc};
use sunrise::{Coordinates, SolarDay, SolarEvent};

/// From sunset to sunrise at the display's position: the screen is dark then.
pub fn is_night(position: Position, now: DateTime<Utc>) -> bool {
    let Some(coordinates) = Coordinates::new(position.lat, position.lon) else { return false };
    let today = now.date_naive();
    // Far from Greenwich a day's light lies partly on the neighbouring UTC dates.
    let dates = [today.checked_sub_days(Days::new(1)), Some(today), today.checked_add_days(Days::new(1))];
    let mut sun_rises = false;
    for date in dates.into_iter().flatten() {
        let day = SolarDay::new(coordinates, date);
        let light = day.event_time(SolarEvent::Sunrise).zip(day.event_time(SolarEvent::Sunset));
        if let Some((rise, set)) = light {
            sun_rises = true;
            if (rise..set).contains(&now) {
                return false;
            }
        }
    }
    sun_rises || is_polar_night(position, now)
}

/// Where the sun neither rises nor sets, the half-year tells which of the two it is.
fn is_polar_night(position: Position, now: DateTime<Utc>) -> bool {
    let northern_summer = (4..=9).contains(&now.month());
    northern_summer != (position.lat > 0.0)
}
