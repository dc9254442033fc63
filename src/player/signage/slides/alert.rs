//! A public warning over the whole panel: how grave, what, what to do, until when, who says so.

use crate::content::{Alert, Hazard, Severity};
use crate::player::scene::Scene;
use crate::player::signage::slide::Slide;
use crate::player::theme::Ink;
use crate::player::widgets::kebab;
use lucide_icons::Icon;

pub fn alert(scene: &Scene<'_>, alert: &Alert) -> Slide {
    let (plane, ink) = match alert.severity {
        Severity::Minor => (Ink::Minor, Ink::OnMinor),
        Severity::Moderate => (Ink::Moderate, Ink::OnModerate),
        Severity::Severe => (Ink::Severe, Ink::OnSevere),
        Severity::Extreme => (Ink::Extreme, Ink::OnExtreme),
    };
    let words = scene.words();
    let until = alert.common.valid.until.map(|until| {
        let until = until.with_timezone(&scene.zone());
        let time = words.time(until.time());
        let said = if until.date_naive() == scene.today() {
            time
        } else {
            words.say_with("when-date", &[("date", words.date(until.date_naive()).into()), ("time", time.into())])
        };
        words.say_with("alert-until", &[("time", said.into())])
    });
    let sender = match alert.sender.as_str() {
        "" => String::new(),
        sender => words.say_with("mark-source", &[("source", sender.into())]),
    };
    let drill = if alert.drill { scene.say("alert-drill") } else { String::new() };
    // What is said of this once stands beside what is always said of such a thing.
    let note = scene.pick(&alert.common.summary);
    // What to do comes first; where nobody said it, what happens.
    let act = scene.pick(&alert.instruction);
    let head = if act.is_some() { scene.pick(&alert.common.title) } else { None };
    let mut slide = Slide::new(scene.visitor.language, plane)
        .icon("icon", icon_of(alert))
        .tell("severity", scene.say(&format!("alert-{}", kebab(&alert.severity))))
        .shown("title", act.or_else(|| scene.pick(&alert.common.title)))
        .shown("event", head)
        .shown("note", note)
        .shown("text", scene.pick(&alert.common.text))
        .tell("until", until.unwrap_or_default())
        .tell("sender", sender)
        .tell("drill", drill);
    slide.on_accent = ink;
    slide
}

fn icon_of(alert: &Alert) -> Icon {
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
