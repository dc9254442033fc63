//! What a warning looks like and says of itself wherever it has the screen to itself.

use crate::content::{Alert, Hazard, Severity};
use crate::player::scene::Scene;
use crate::player::theme::Ink;
use lucide_icons::Icon;

/// The plane of a severity, and the ink on it.
pub fn severity_inks(severity: Severity) -> (Ink, Ink) {
    match severity {
        Severity::Minor => (Ink::Minor, Ink::OnMinor),
        Severity::Moderate => (Ink::Moderate, Ink::OnModerate),
        Severity::Severe => (Ink::Severe, Ink::OnSevere),
        Severity::Extreme => (Ink::Extreme, Ink::OnExtreme),
    }
}

pub fn hazard_icon(alert: &Alert) -> Icon {
    match alert.hazards.first() {
        Some(Hazard::Fire) => Icon::Flame,
        Some(Hazard::Met) => Icon::CloudLightning,
        Some(Hazard::Geo) => Icon::Mountain,
        Some(Hazard::Health) => Icon::HeartPulse,
        Some(Hazard::Env) => Icon::Wind,
        Some(Hazard::Transport) => Icon::TrafficCone,
        Some(Hazard::Infra) => Icon::PlugZap,
        Some(Hazard::Cbrne) => Icon::Biohazard,
        Some(Hazard::Security) => Icon::ShieldAlert,
        Some(Hazard::Rescue) => Icon::LifeBuoy,
        Some(Hazard::Safety | Hazard::Other) | None => Icon::TriangleAlert,
    }
}

/// "Until 18:00", with the date where that is not today.
pub fn until_words(scene: &Scene<'_>, alert: &Alert) -> Option<String> {
    let words = scene.words();
    let until = alert.common.valid.until?.with_timezone(&scene.zone());
    let time = words.time(until.time());
    let said = if until.date_naive() == scene.today() {
        time
    } else {
        words.say_with("when-date", &[("date", words.date(until.date_naive()).into()), ("time", time.into())])
    };
    Some(words.say_with("alert-until", &[("time", said.into())]))
}

/// "Source: prefecture".
pub fn sender_words(scene: &Scene<'_>, alert: &Alert) -> String {
    match alert.sender.as_str() {
        "" => String::new(),
        sender => scene.words().say_with("mark-source", &[("source", sender.into())]),
    }
}

/// "Exercise", where it is one.
pub fn drill_words(scene: &Scene<'_>, alert: &Alert) -> String {
    if alert.drill { scene.say("alert-drill") } else { String::new() }
}
