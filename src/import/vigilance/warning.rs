use super::bulletin::Key;
use super::departments;
use super::series::{Colour, Run};
use crate::content::{
    Alert, AlertArea, AreaCode, Certainty, Common, Hazard, Id, Localized, Origin, Provenance, Severity, Urgency,
    Validity,
};
use crate::import::Settings;
use crate::import::sentences::{in_every_language, in_language};
use crate::language::{Language, Words};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

const WHO: &str = "Météo-France";
const LICENCE: &str = "Licence Ouverte 2.0";
const LINK: &str = "https://vigilance.meteofrance.fr";
/// The list of areas that codes are from.
const SCHEME: &str = "FR-departement";

/// What the numbers mean, as `assets/locales` names it.
const PHENOMENA: [&str; 9] = ["wind", "rain", "storm", "flood", "snow", "heat", "cold", "avalanche", "waves"];

/// The word for a phenomenon, if it is a known one.
pub fn known(phenomenon: u64) -> Option<&'static str> {
    PHENOMENA.get(usize::try_from(phenomenon.checked_sub(1)?).ok()?).copied()
}

/// The id of a time of one colour: by when it begins, so that what staff decide about a warning ends with it. Each bulletin
/// begins it anew, or moves its hours: one that touches an earlier one goes on, under the id that was first published.
/// `taken` are those of other times.
pub fn id((code, phenomenon): &Key, run: &Run, taken: &[Id], settings: &Settings) -> Id {
    let series = format!("vigilance:{code}:{phenomenon}:{}:", run.colour.word());
    let goes_on = |(id, valid): &&(Id, Validity)| {
        let touches = valid.from <= Some(run.end) && valid.until >= Some(run.begin);
        id.as_str().starts_with(&series) && touches && !taken.contains(id)
    };
    if let Some((id, _)) = settings.before.iter().find(goes_on) {
        return id.clone();
    }
    let at = |time: DateTime<Utc>| time.with_timezone(&settings.zone).format("%Y-%m-%dT%H%M");
    let id = Id(format!("{series}{}", at(run.begin)));
    // One whose beginning has moved may have had it.
    if taken.contains(&id) { Id(format!("{id}-{}", at(run.end))) } else { id }
}

/// The alert of one run; `all` are those of the same phenomenon, told in its text.
pub fn alert(key: &Key, id: Id, run: &Run, all: &[Run], updated: Option<DateTime<Utc>>, settings: &Settings) -> Alert {
    let (code, phenomenon) = key;
    let word = known(*phenomenon).unwrap_or("other");
    let is_red = run.colour == Colour::Red;
    let name = format!("vigilance-{word}");
    let event = in_every_language(&name, |_| Vec::new());
    let title_key = if is_red { "vigilance-red" } else { "vigilance-orange" };
    let title = in_every_language(title_key, |language| {
        vec![("phenomenon", Words::of(language).say(&name).trim_start_matches('\u{200f}').to_owned().into())]
    });
    let mut text = Localized::default();
    for language in Language::ALL {
        let lines: Vec<String> = all.iter().map(|run| times(language, code, run, settings)).collect();
        text.insert(language.tag(), lines.join("\n\n"), Origin::Original);
    }
    let codes = vec![AreaCode { scheme: SCHEME.to_owned(), value: code.clone() }];
    let area = AlertArea { name: area_name(code), codes, ..AlertArea::default() };
    let provenance = Provenance {
        source: WHO.to_owned(),
        licence: LICENCE.to_owned(),
        credit: WHO.to_owned(),
        updated,
        confidence: None,
    };
    Alert {
        severity: if is_red { Severity::Extreme } else { Severity::Severe },
        urgency: Urgency::Expected,
        certainty: Certainty::Likely,
        hazards: vec![Hazard::Met],
        event,
        onset: Some(run.begin),
        sender: WHO.to_owned(),
        instruction: in_every_language(&format!("vigilance-do-{word}"), |_| Vec::new()),
        areas: vec![area],
        drill: false,
        activates: None,
        common: Common {
            id,
            title,
            text,
            valid: Validity { from: Some(run.begin), until: Some(run.end) },
            provenance: vec![provenance],
            link: Localized::one("fr", LINK),
            ..Common::default()
        },
    }
}

/// The name of a department is the same everywhere; that of a coast is not.
fn area_name(code: &str) -> Localized {
    match departments::of_coast(code) {
        None => Localized::one("fr", departments::name(code)),
        Some(_) => {
            let mut all = Localized::default();
            for language in Language::ALL {
                all.insert(language.tag(), area(language, code), Origin::Original);
            }
            all
        }
    }
}

fn area(language: Language, code: &str) -> String {
    match departments::of_coast(code) {
        None => departments::name(code).to_owned(),
        Some(department) => {
            in_language(language, "vigilance-coast", &[("department", departments::name(department).into())])
        }
    }
}

/// "Ille-et-Vilaine: orange, Wed 26 Aug, 20:00 – midnight."
fn times(language: Language, code: &str, run: &Run, settings: &Settings) -> String {
    let words = Words::of(language);
    let (begin, end) = (run.begin.with_timezone(&settings.zone), run.end.with_timezone(&settings.zone));
    let moment = |date: NaiveDate, time: String| {
        let date = words.date_short(date);
        in_language(language, "vigilance-moment", &[("date", date.into()), ("time", time.into())])
    };
    // What ends at midnight ends on the day before.
    let last_day = (end - TimeDelta::seconds(1)).date_naive();
    let mut until = words.end_time(end.time());
    if last_day != begin.date_naive() {
        until = moment(last_day, until);
    }
    let from = moment(begin.date_naive(), words.time(begin.time()));
    let key = if run.colour == Colour::Red { "vigilance-times-red" } else { "vigilance-times-orange" };
    in_language(language, key, &[("area", area(language, code).into()), ("begin", from.into()), ("end", until.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phenomenon_has_its_words_in_every_language() {
        assert_eq!((known(1), known(9), known(0), known(10)), (Some("wind"), Some("waves"), None, None));
        for language in Language::ALL {
            for word in PHENOMENA.iter().chain([&"other"]) {
                for key in [format!("vigilance-{word}"), format!("vigilance-do-{word}")] {
                    assert!(Words::of(language).has(&key), "{language:?}: {key}");
                }
            }
        }
    }
}
