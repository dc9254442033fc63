//! Figures of the moment, in one quiet line: the weather first.

use super::set_mm;
use crate::content::{Live, LiveKind};
use crate::player::block::{Align, Block, Fit, Role};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

const GAP_MM: f32 = 5.0;

/// Height of the line.
pub fn live_line_mm(scene: &Scene<'_>) -> f32 {
    scene.lines_mm(Lettering::Body, 1)
}

/// As many rows of the first figures that hold as stand in one line; `None` without any.
pub fn live_line(scene: &Scene<'_>) -> Option<Block> {
    let mut held: Vec<&Live> = scene.live().filter(|live| !live.rows.is_empty()).collect();
    held.sort_by_key(|live| live.kind != LiveKind::Weather);
    let live = held.first()?;
    let icon_mm = scene.cap_mm(Lettering::Body) * 1.5;
    let width_mm = scene.frame().content_width() - icon_mm - GAP_MM;
    let mut line = scene.plain(&live.common.title);
    for row in &live.rows {
        let (label, value) = (scene.plain(&row.label), scene.plain(&row.value));
        let figure = if label.is_empty() { value } else { format!("{label} {value}") };
        let longer = super::dotted(scene, [line.clone(), figure]);
        if set_mm(&longer, scene.cap_mm(Lettering::Body)) > width_mm {
            break;
        }
        line = longer;
    }
    let icon = match live.kind {
        LiveKind::Weather => Icon::CloudSun,
        LiveKind::Departures => Icon::Bus,
        LiveKind::Bikes => Icon::Bike,
        LiveKind::Parking => Icon::SquareParking,
        LiveKind::Air => Icon::Wind,
        LiveKind::Other => Icon::Info,
    };
    let fit = Fit::Shrink { width_mm, height_mm: live_line_mm(scene) };
    let text = Block::text(line, Lettering::Body).ink(Ink::Quiet).fit(fit).role(Role::Text);
    Some(Block::row(vec![Block::icon(icon.unicode(), Ink::Quiet, icon_mm), text]).gap(GAP_MM).align(Align::Centre))
}
