//! A public warning over the whole panel: how grave, what, what to do, until when, who says so.

use crate::content::Alert;
use crate::player::scene::Scene;
use crate::player::signage::slide::Slide;
use crate::player::widgets::{drill_words, hazard_icon, kebab, sender_words, severity_inks, until_words};

pub fn alert(scene: &Scene<'_>, alert: &Alert) -> Slide {
    let (plane, ink) = severity_inks(alert.severity);
    // What is said of this once stands beside what is always said of such a thing.
    let note = scene.pick(&alert.common.summary);
    // What to do comes first; where nobody said it, what happens.
    let act = scene.pick(&alert.instruction);
    let head = if act.is_some() { scene.pick(&alert.common.title) } else { None };
    let mut slide = Slide::new(scene.visitor.language, plane)
        .icon("icon", hazard_icon(alert))
        .tell("severity", scene.say(&format!("alert-{}", kebab(&alert.severity))))
        .shown("title", act.or_else(|| scene.pick(&alert.common.title)))
        .shown("event", head)
        .shown("note", note)
        .shown("text", scene.pick(&alert.common.text))
        .tell("until", until_words(scene, alert).unwrap_or_default())
        .tell("sender", sender_words(scene, alert))
        .tell("drill", drill_words(scene, alert));
    slide.on_accent = ink;
    slide.marked(scene)
}
