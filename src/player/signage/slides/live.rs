//! Figures of the moment: the weather, the next departures. Past their end they are not shown.

use crate::content::{Id, Live, LiveKind};
use crate::player::scene::{Scene, Shown};
use crate::player::signage::slide::Slide;
use crate::player::theme::Ink;
use lucide_icons::Icon;

const ROWS_MAX: usize = 5;

pub fn weather(scene: &Scene<'_>, id: Option<&Id>) -> Option<Slide> {
    let mut slide = figures(scene, LiveKind::Weather, id, (Icon::CloudSun, "signage-weather"))?;
    // How it is at this moment stands first, and larger than the rest.
    let now = slide.rows.remove(0);
    let field = |name| now.text(name).cloned();
    Some(slide.shown("label", field("label")).shown("value", field("value")))
}

pub fn departures(scene: &Scene<'_>, id: Option<&Id>) -> Option<Slide> {
    figures(scene, LiveKind::Departures, id, (Icon::Bus, "signage-departures"))
}

fn figures(scene: &Scene<'_>, kind: LiveKind, id: Option<&Id>, (icon, head): (Icon, &str)) -> Option<Slide> {
    let meant = |live: &&Live| live.kind == kind && id.is_none_or(|id| *id == live.common.id) && !live.rows.is_empty();
    let live = scene.live().find(meant)?;
    let language = scene.visitor.language;
    let rows = live.rows.iter().take(ROWS_MAX).map(|row| {
        Slide::new(language, Ink::Lake)
            .shown("label", scene.pick(&row.label))
            .shown("value", scene.pick(&row.value).map(unbroken))
    });
    let as_of = live.observed_at.map(|at| {
        let time = scene.words().time(at.with_timezone(&scene.zone()).time());
        scene.words().say_with("signage-as-of", &[("time", time.into())])
    });
    let credit = live.common.provenance.first().map(|from| from.credit.clone()).unwrap_or_default();
    let slide = Slide::new(language, Ink::Lake).icon("icon", icon).rows(rows.collect());
    Some(
        slide
            .tell("title", scene.say(head))
            .shown("text", scene.pick(&live.common.title))
            .tell("as_of", as_of.unwrap_or_default())
            .tell("credit", credit),
    )
}

/// A figure and its unit stay together.
fn unbroken(value: Shown) -> Shown {
    const SHORT: usize = 10;
    if value.text.chars().count() > SHORT {
        return value;
    }
    Shown { text: value.text.replace(' ', "\u{a0}"), ..value }
}
