use super::message::instant;
use super::{areas, texts};
use crate::content::{AlertArea, Certainty, Hazard, Severity, Urgency, language_tag};
use crate::import::Settings;
use crate::import::notes::Notes;
use crate::import::xml::Element;
use chrono::{DateTime, Utc};

/// The language of an `info` that names none (CAP 1.2, 3.2.2 `language`).
const IMPLICIT_LANGUAGE: &str = "en";

/// What an `info` says in every language alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    pub severity: Severity,
    pub urgency: Urgency,
    pub certainty: Certainty,
    pub hazards: Vec<Hazard>,
    /// What happens, as a list of events numbers it.
    pub codes: Vec<(String, String)>,
    pub effective: Option<DateTime<Utc>>,
    pub onset: Option<DateTime<Utc>>,
    pub expires: Option<DateTime<Utc>>,
}

/// What an `info` says in its language.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    pub title: String,
    pub event: String,
    pub description: String,
    pub instruction: String,
    pub web: String,
}

/// One block of a message: one hazard, in one language (CAP 1.2, 3.2.2).
#[derive(Clone, Debug)]
pub struct Info {
    /// The language alone, without a region: screens have "fr", not "fr-CA".
    pub language: String,
    pub facts: Facts,
    pub texts: Texts,
    pub areas: Vec<AlertArea>,
    /// It says that the danger is past.
    pub is_over: bool,
}

impl Info {
    pub fn read(element: &Element, settings: &Settings, notes: &mut Notes<'_>) -> Self {
        let language = language(element, notes);
        let urgency = element.text_of("urgency").unwrap_or_default();
        let all_clear = element.texts_of("responseType").any(|response| response.eq_ignore_ascii_case("AllClear"));
        let is_over = all_clear || urgency.eq_ignore_ascii_case("Past");
        let event_codes = element.children_named("eventCode").filter_map(areas::named_value);
        let facts = Facts {
            severity: severity(element, notes),
            urgency: urgency_of(urgency, notes),
            certainty: certainty(element, notes),
            hazards: hazards(element, notes),
            codes: event_codes.take(areas::CODES_MAX).collect(),
            effective: instant(element, "effective", settings, notes),
            onset: instant(element, "onset", settings, notes),
            expires: instant(element, "expires", settings, notes),
        };
        let texts = texts::read(element, notes);
        let areas = areas::read(element, &language, notes);
        Self { language, facts, texts, areas, is_over }
    }
}

fn language(element: &Element, notes: &mut Notes<'_>) -> String {
    let Some(tag) = element.text_of("language") else { return IMPLICIT_LANGUAGE.to_owned() };
    let primary = language_tag(&tag.replace('_', "-"));
    let primary = primary.and_then(|tag| Some(tag.split('-').next()?.to_owned()));
    primary.unwrap_or_else(|| {
        notes.problem("info.language", "this is not a language: taken for English, as the standard has it", tag);
        IMPLICIT_LANGUAGE.to_owned()
    })
}

/// How grave it is. Where nobody says so it is moderate: it is shown, but as nothing worse than a warning.
fn severity(element: &Element, notes: &mut Notes<'_>) -> Severity {
    let text = element.text_of("severity").unwrap_or_default();
    match text.to_ascii_lowercase().as_str() {
        "minor" => Severity::Minor,
        "moderate" | "unknown" => Severity::Moderate,
        "severe" => Severity::Severe,
        "extreme" => Severity::Extreme,
        _ => {
            let reason = "Minor, Moderate, Severe, Extreme or Unknown is expected: taken for Moderate";
            notes.problem("info.severity", reason, text);
            Severity::Moderate
        }
    }
}

fn urgency_of(text: &str, notes: &mut Notes<'_>) -> Urgency {
    match text.to_ascii_lowercase().as_str() {
        "immediate" => Urgency::Immediate,
        "expected" => Urgency::Expected,
        "future" => Urgency::Future,
        "past" | "unknown" => Urgency::Unknown,
        _ => {
            notes.problem("info.urgency", "Immediate, Expected, Future, Past or Unknown is expected", text);
            Urgency::Unknown
        }
    }
}

/// "Very Likely" is of CAP 1.0 and 1.1.
fn certainty(element: &Element, notes: &mut Notes<'_>) -> Certainty {
    let text = element.text_of("certainty").unwrap_or_default();
    match text.to_ascii_lowercase().as_str() {
        "observed" => Certainty::Observed,
        "likely" | "very likely" => Certainty::Likely,
        "possible" => Certainty::Possible,
        "unlikely" => Certainty::Unlikely,
        "unknown" => Certainty::Unknown,
        _ => {
            notes.problem("info.certainty", "Observed, Likely, Possible, Unlikely or Unknown is expected", text);
            Certainty::Unknown
        }
    }
}

fn hazards(element: &Element, notes: &mut Notes<'_>) -> Vec<Hazard> {
    let mut all = Vec::new();
    for text in element.texts_of("category") {
        let hazard = match text.to_ascii_lowercase().as_str() {
            "geo" => Hazard::Geo,
            "met" => Hazard::Met,
            "safety" => Hazard::Safety,
            "security" => Hazard::Security,
            "rescue" => Hazard::Rescue,
            "fire" => Hazard::Fire,
            "health" => Hazard::Health,
            "env" => Hazard::Env,
            "transport" => Hazard::Transport,
            "infra" => Hazard::Infra,
            "cbrne" => Hazard::Cbrne,
            "other" => Hazard::Other,
            _ => {
                notes.problem("info.category", "not one of the categories of CAP", text);
                continue;
            }
        };
        if !all.contains(&hazard) {
            all.push(hazard);
        }
    }
    all
}
