//! What a poster seems to say of its event. Only suggestions: whoever sends it in says what is right.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// A line of a poster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub text: String,
    /// The height of its letters; only more or less than that of other lines.
    pub size: f64,
}

/// What seems to be asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Suggested {
    pub title: String,
    pub place: String,
    pub begin: Option<NaiveDateTime>,
    pub end: Option<NaiveDateTime>,
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// What a line begins with that names a place.
const PLACES: [&str; 24] = [
    "salle",
    "place",
    "théâtre",
    "église",
    "espace",
    "médiathèque",
    "bibliothèque",
    "gymnase",
    "parc",
    "centre",
    "mairie",
    "stade",
    "musée",
    "auditorium",
    "cinéma",
    "jardin",
    "château",
    "port",
    "halle",
    "foyer",
    "maison",
    "chapelle",
    "esplanade",
    "cathédrale",
];

const TITLE_CHARS_MAX: usize = 120;
/// How long an event takes whose poster says only when it begins.
const USUAL: TimeDelta = TimeDelta::hours(2);
/// A poster without a year is of this year, or of the next once its day has gone by this long.
const PAST: Days = Days::new(30);

/// What these lines seem to say, in French, to somebody who reads them on this day.
pub fn suggest(lines: &[Line], today: NaiveDate) -> Suggested {
    let days: Vec<Option<NaiveDate>> = lines.iter().map(|line| day(&line.text, today)).collect();
    let times: Vec<Vec<NaiveTime>> = lines.iter().map(|line| times(&line.text)).collect();
    let mut times = times.into_iter().flatten();
    let (first, second) = (times.next(), times.next());
    let begin = days.iter().flatten().next().map(|day| day.and_time(first.unwrap_or_default()));
    let end = begin.filter(|_| first.is_some()).map(|begin| match second.map(|time| begin.date().and_time(time)) {
        Some(end) if end > begin => end,
        _ => begin + USUAL,
    });
    let place = lines.iter().find(|line| names_place(&line.text)).map(|line| line.text.clone());
    Suggested { title: title(lines), place: place.unwrap_or_default(), begin: begin.filter(|_| first.is_some()), end }
        .or_day(begin)
}

impl Suggested {
    /// A day without a time is still a day.
    fn or_day(mut self, day: Option<NaiveDateTime>) -> Self {
        self.begin = self.begin.or(day);
        self
    }
}

/// The largest text: all lines of that size that follow one another.
fn title(lines: &[Line]) -> String {
    let largest = lines.iter().filter(|line| line.text.chars().filter(|letter| letter.is_alphabetic()).count() > 2);
    let Some(size) = largest.map(|line| line.size).max_by(f64::total_cmp) else { return String::new() };
    let is_large = |line: &&Line| line.size > size * 0.9;
    let begin = lines.iter().position(|line| is_large(&line)).unwrap_or_default();
    let words: Vec<&str> = lines[begin..].iter().take_while(is_large).map(|line| line.text.as_str()).collect();
    words.join(" ").chars().take(TITLE_CHARS_MAX).collect()
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn names_place(text: &str) -> bool {
    words(text).first().is_some_and(|first| PLACES.contains(&first.as_str()))
}

/// "samedi 12 décembre 2026", "1er mai", "12/12/2026".
fn day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let words = words(text);
    let month = |word: &str| {
        let plain = word.replace('é', "e").replace('û', "u");
        MONTHS.iter().position(|name| name.replace('é', "e").replace('û', "u") == plain).map(|nr| nr as u32 + 1)
    };
    (0..words.len()).find_map(|at| {
        let day: u32 = words[at].strip_suffix("er").unwrap_or(&words[at]).parse().ok()?;
        let next = words.get(at + 1)?;
        let year: Option<i32> =
            words.get(at + 2).and_then(|year| year.parse().ok()).filter(|year| (2000..2200).contains(year));
        match (month(next), next.parse::<u32>()) {
            (Some(month), _) => {
                let of = |year| NaiveDate::from_ymd_opt(year, month, day);
                year.map_or_else(|| coming(today, of), of)
            }
            (None, Ok(month)) => NaiveDate::from_ymd_opt(year?, month, day),
            _ => None,
        }
    })
}

fn coming(today: NaiveDate, of: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
    let long_ago = today.checked_sub_days(PAST)?;
    of(today.year()).filter(|day| *day >= long_ago).or_else(|| of(today.year() + 1))
}

/// "20 h 30", "20h", "20:30".
fn times(text: &str) -> Vec<NaiveTime> {
    let lower = text.to_lowercase();
    let marks = lower.char_indices().filter(|(_, letter)| matches!(letter, 'h' | ':'));
    let read = marks.filter_map(|(at, mark)| {
        let (before, after) = (&lower[..at], &lower[at + mark.len_utf8()..]);
        let is_word = after.chars().next().is_some_and(char::is_alphabetic);
        let before = before.trim_end();
        let hour = &before[before.trim_end_matches(|letter: char| letter.is_ascii_digit()).len()..];
        let after = after.trim_start();
        let digits = after.len() - after.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let minute = if digits == 2 { after[..2].parse().ok()? } else { 0 };
        NaiveTime::from_hms_opt(hour.parse().ok().filter(|_| !is_word)?, minute, 0)
    });
    read.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, size: f64) -> Line {
        Line { text: text.to_owned(), size }
    }

    #[test]
    fn a_poster_says_what_when_and_where() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").ok();
        let lines = [
            line("La ville présente", 10.0),
            line("LE GRAND BAL", 48.0),
            line("DE L’HIVER", 47.0),
            line("samedi 12 décembre 2026 à 20 h 30", 20.0),
            line("Salle des fêtes", 16.0),
            line("Entrée 5 €", 12.0),
        ];
        let said = suggest(&lines, today);
        assert_eq!((said.title.as_str(), said.place.as_str()), ("LE GRAND BAL DE L’HIVER", "Salle des fêtes"));
        assert_eq!((said.begin, said.end), (at("2026-12-12 20:30"), at("2026-12-12 22:30")));
        for (text, begin, end) in [
            ("1er mai de 14h à 17h30", "2027-05-01 14:00", "2027-05-01 17:30"),
            ("Dimanche 8 Novembre 10:00", "2026-11-08 10:00", "2026-11-08 12:00"),
            ("le 03/02/2027, 18h", "2027-02-03 18:00", "2027-02-03 20:00"),
            ("14 FEVRIER 2027 – 20H", "2027-02-14 20:00", "2027-02-14 22:00"),
        ] {
            let said = suggest(&[line(text, 1.0)], today);
            assert_eq!((said.begin, said.end), (at(begin), at(end)), "{text}");
        }
        let only_day = suggest(&[line("15 août", 1.0)], today);
        assert_eq!((only_day.begin, only_day.end), (at("2027-08-15 00:00"), None));
        assert_eq!(suggest(&[line("31 février à 25h", 1.0)], today).begin, None);
        assert_eq!(suggest(&[], today), Suggested::default());
    }
}
