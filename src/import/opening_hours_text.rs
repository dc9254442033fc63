use opening_hours::OpeningHours;

/// The longest opening hours that kiosks read, in bytes; OpenStreetMap allows 255 characters.
pub const BYTES_MAX: usize = 1024;

/// Opening hours in OpenStreetMap's syntax, as they are written; `None` where they cannot be understood.
pub fn understood(hours: &str) -> Option<String> {
    // Word processors turn the hyphen between two times into a dash.
    let hours = hours.replace(['–', '—'], "-");
    (hours.len() <= BYTES_MAX && hours.parse::<OpeningHours>().is_ok()).then_some(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_word_processors_and_novelists_make_of_hours() {
        assert_eq!(understood("Mo–Fr 09:00—17:00").as_deref(), Some("Mo-Fr 09:00-17:00"));
        let long = vec!["Mo 09:00-17:00"; 80].join("; ");
        for hours in ["when the sun shines", &long] {
            assert_eq!(understood(hours), None, "{hours}");
        }
    }
}
