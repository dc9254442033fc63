use crate::content::{Localized, Origin};
use crate::import::json_fields::is_set;
use crate::import::json_node::Node;
use crate::import::notes::Notes;
use crate::import::plain_text::paragraphs;
use crate::import::seasons::{Day, Season, Span, Special, clock, date};
use chrono::Weekday;

use super::labels::texts;

/// When an object is open (`ouverture`).
#[derive(Debug, Default)]
pub struct Periods {
    pub seasons: Vec<Season>,
    pub closed: Vec<Special>,
    /// In the office's own words.
    pub words: Localized,
    /// Shut for now, whatever the periods say.
    pub is_shut: bool,
}

/// Reads the part `ouverture` of an object; what cannot be understood is noted.
pub fn periods(object: Node<'_>, notes: &mut Notes<'_>) -> Periods {
    let Some(opening) = object.node("ouverture") else { return Periods::default() };
    let mut seasons = Vec::new();
    for period in opening.nodes("periodesOuvertures") {
        seasons.extend(of_period(period, notes));
    }
    let closed = opening.nodes("fermeturesExceptionnelles");
    let mut words = texts(opening.node("periodeEnClair"), paragraphs);
    if words.is_empty() {
        words = extra_words(opening);
    }
    Periods {
        seasons,
        closed: closed.filter_map(|day| special(day, "dateFermeture", notes)).collect(),
        words,
        is_shut: opening.text("fermeTemporairement") == Some("FERME_TEMPORAIREMENT"),
    }
}

/// Remarks on single periods, each once.
fn extra_words(opening: Node<'_>) -> Localized {
    let mut all = Localized::default();
    for period in opening.nodes("periodesOuvertures") {
        for (language, remark) in texts(period.node("complementHoraire"), paragraphs).0 {
            let before = all.exact(&language).map(|before| before.text.clone()).unwrap_or_default();
            if !before.contains(&remark.text) {
                let gap = if before.is_empty() { "" } else { "\n\n" };
                all.insert(&language, format!("{before}{gap}{}", remark.text), Origin::Original);
            }
        }
    }
    all
}

/// One period: its days by its type, its hours, and the single days on which it is open besides.
fn of_period(period: Node<'_>, notes: &mut Notes<'_>) -> Vec<Season> {
    let mut day = |name: &str| {
        let text = period.text(name)?;
        let read = date(text);
        if read.is_none() {
            notes.problem(&format!("ouverture.periodesOuvertures.{name}"), "a date is expected", text);
        }
        read
    };
    let (from, to) = (day("dateDebut"), day("dateFin"));
    let yearly = period.value("tousLesAns").is_some_and(is_set);
    if from.is_none() && to.is_none() {
        notes.problem("ouverture.periodesOuvertures", "a period needs its first or its last day", "");
        return Vec::new();
    }
    if !yearly && from.zip(to).is_some_and(|(from, to)| to < from) {
        let value = period.text("dateFin").unwrap_or_default();
        notes.problem("ouverture.periodesOuvertures.dateFin", "it ends before it begins", value);
        return Vec::new();
    }
    let whole = Season { from, to, yearly, days: Vec::new(), spans: spans(period) };
    let mut all = frames(period, &whole);
    if all.is_empty() {
        match days(period, notes) {
            Some(days) => all.push(Season { days, ..whole.clone() }),
            None => return Vec::new(),
        }
    }
    for besides in period.nodes("ouverturesExceptionnelles") {
        if let Some(Special::Date(day)) = special(besides, "dateOuverture", notes) {
            all.push(Season {
                from: Some(day),
                to: Some(day),
                yearly: false,
                days: Vec::new(),
                spans: whole.spans.clone(),
            });
        }
    }
    all
}

fn spans(period: Node<'_>) -> Vec<Span> {
    let time = |name: &str| period.text(name).and_then(clock);
    time("horaireOuverture").map(|opens| Span { opens, closes: time("horaireFermeture") }).into_iter().collect()
}

/// Several hours a day (`timePeriods`), each line with its weekdays: `{"weekdays": ["MON"], "timeFrames":
/// [{"startTime": "10:00", "endTime": "12:00"}]}`.
fn frames(period: Node<'_>, whole: &Season) -> Vec<Season> {
    let season = |line: Node<'_>| {
        let names = line.texts("weekdays").filter_map(|name| name.parse::<Weekday>().ok());
        let spans = line.nodes("timeFrames").filter_map(|frame| {
            let opens = frame.text("startTime").and_then(clock)?;
            Some(Span { opens, closes: frame.text("endTime").and_then(clock) })
        });
        let days = names.map(|weekday| Day { weekday, nth: None }).collect();
        Season { days, spans: spans.collect(), ..whole.clone() }
    };
    period.nodes("timePeriods").map(season).filter(|season| !season.spans.is_empty()).collect()
}

const WEEK: [(&str, Weekday); 7] = [
    ("LUNDI", Weekday::Mon),
    ("MARDI", Weekday::Tue),
    ("MERCREDI", Weekday::Wed),
    ("JEUDI", Weekday::Thu),
    ("VENDREDI", Weekday::Fri),
    ("SAMEDI", Weekday::Sat),
    ("DIMANCHE", Weekday::Sun),
];

/// The days of a period by its type; none in the list means every day.
fn days(period: Node<'_>, notes: &mut Notes<'_>) -> Option<Vec<Day>> {
    let listed: Vec<&str> = period.nodes("ouverturesJournalieres").filter_map(|day| day.text("jour")).collect();
    let is_listed = |name: &str| listed.contains(&name) || listed.contains(&"TOUS");
    let every = |nth: Option<i8>| WEEK.iter().map(move |(_, weekday)| Day { weekday: *weekday, nth });
    match period.text("type") {
        None | Some("OUVERTURE_TOUS_LES_JOURS") => Some(Vec::new()),
        Some("OUVERTURE_SEMAINE") => {
            let days = WEEK.iter().filter(|(name, _)| is_listed(name));
            Some(days.map(|(_, weekday)| Day { weekday: *weekday, nth: None }).collect())
        }
        Some("OUVERTURE_SAUF") => {
            let days = WEEK.iter().filter(|(name, _)| !listed.contains(name));
            Some(days.map(|(_, weekday)| Day { weekday: *weekday, nth: None }).collect())
        }
        Some("OUVERTURE_MOIS") => {
            let mut all = Vec::new();
            for day in period.nodes("ouverturesJourDuMois") {
                let nth = nth(day.text("jourDuMois").unwrap_or_default());
                match (day.text("jour"), nth) {
                    (Some("TOUS"), Some(nth)) => all.extend(every(Some(nth))),
                    (Some(name), Some(nth)) => {
                        let found = WEEK.iter().find(|(day, _)| *day == name);
                        all.extend(found.map(|(_, weekday)| Day { weekday: *weekday, nth: Some(nth) }));
                    }
                    _ => {}
                }
            }
            Some(all).filter(|all| !all.is_empty())
        }
        Some(other) => {
            notes.problem("ouverture.periodesOuvertures.type", "no type of period of this name is known", other);
            None
        }
    }
}

/// "D_2EME" is the second, "D_DERNIER" the last.
fn nth(name: &str) -> Option<i8> {
    match name.strip_prefix("D_")? {
        "1ER" => Some(1),
        "DERNIER" => Some(-1),
        other => other.strip_suffix("EME")?.parse().ok().filter(|nth| (2..=5).contains(nth)),
    }
}

/// A single day, by its date or by the holiday that it is.
fn special(day: Node<'_>, name: &str, notes: &mut Notes<'_>) -> Option<Special> {
    if let Some(day) = day.text(name).and_then(date) {
        return Some(Special::Date(day));
    }
    let holiday = day.text("dateSpeciale")?;
    let special = match holiday {
        "PREMIER_JANVIER" => Special::Yearly(1, 1),
        "VENDREDI_SAINT" => Special::Easter(-2),
        "PAQUES" | "DIMANCHE_PAQUES" => Special::Easter(0),
        "LUNDI_PAQUES" => Special::Easter(1),
        "PREMIER_MAI" => Special::Yearly(5, 1),
        "HUIT_MAI" => Special::Yearly(5, 8),
        "ASCENSION" | "JEUDI_ASCENSION" => Special::Easter(39),
        "PENTECOTE" => Special::Easter(49),
        "LUNDI_PENTECOTE" => Special::Easter(50),
        "QUATORZE_JUILLET" => Special::Yearly(7, 14),
        "QUINZE_AOUT" | "ASSOMPTION" => Special::Yearly(8, 15),
        "TOUSSAINT" | "PREMIER_NOVEMBRE" => Special::Yearly(11, 1),
        "ONZE_NOVEMBRE" => Special::Yearly(11, 11),
        "NOEL" | "VINGT_CINQ_DECEMBRE" => Special::Yearly(12, 25),
        "VINGT_SIX_DECEMBRE" | "SAINT_ETIENNE" => Special::Yearly(12, 26),
        other => {
            notes.problem("ouverture.dateSpeciale", "no holiday of this name is known", other);
            return None;
        }
    };
    Some(special)
}
