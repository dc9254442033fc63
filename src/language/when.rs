use super::Words;
use crate::calendar::{Hours, Opening, When};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// "Ouvert jusqu'à 19 h", "Ferme dans 20 min", "Ouvre demain à 9 h".
pub fn opening_words(words: &Words, opening: &Opening, now: DateTime<Utc>, zone: Tz) -> String {
    let _ = (words, opening, now, zone);
    String::new()
}

/// "En ce moment, jusqu'à 22 h", "Ce soir à 20 h 30", "samedi 21 novembre à 10 h".
pub fn when_words(words: &Words, when: &When, now: DateTime<Utc>, zone: Tz) -> String {
    let _ = (words, when, now, zone);
    String::new()
}

/// The week's hours, equal days grouped: "lundi–vendredi 9 h – 12 h, 14 h – 18 h".
pub fn week_words(words: &Words, hours: &Hours, from: NaiveDate) -> Vec<String> {
    let _ = (words, hours, from);
    Vec::new()
}
