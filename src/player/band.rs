//! Warnings in force: a clear band above the window, on every screen, until they end.
//!
//! A passer-by touches nothing to read it: the gravest stands there whole as long as it is short enough to be read in
//! passing, the others by their titles.

use super::block::{Block, Fit, Role};
use super::frame::Frame;
use super::scene::Scene;
use super::theme::{Ink, Lettering};
use super::widgets::{drill_words, set_mm};
use crate::content::{Alert, Severity};
use lucide_icons::Icon;

/// Of the window, the most that a band takes.
const SHARE_MAX: f32 = 0.45;
/// The same on a panel so low that little is left for the picture in any case.
const LOW_SHARE_MAX: f32 = 0.32;
const PAD_MM: f32 = 8.0;
const GAP_MM: f32 = 4.0;
/// Other warnings that are named.
const OTHERS: usize = 2;
/// Lines that what to do takes at most.
const LINES_MAX: u8 = 3;

/// One line of the band, and the room it has.
struct Line {
    text: String,
    language: Option<String>,
    lettering: Lettering,
    bold: bool,
    lines: u8,
}

/// How high the band is; nothing without a warning, and while one has the screen to itself.
pub fn height_mm(scene: &Scene<'_>) -> f32 {
    if !scene.unread().is_empty() {
        return 0.0;
    }
    let lines = lines(scene);
    if lines.is_empty() { 0.0 } else { room_mm(scene, &lines) }
}

pub fn band(scene: &Scene<'_>) -> Option<Block> {
    let lines = lines(scene);
    let severity = scene.alerts().first()?.severity;
    let (plane, ink, icon) = match severity {
        Severity::Extreme | Severity::Severe => (Ink::Alarm, Ink::OnAlarm, Icon::TriangleAlert),
        Severity::Moderate => (Ink::Ochre, Ink::Paper, Icon::TriangleAlert),
        Severity::Minor => (Ink::Lake, Ink::Paper, Icon::Info),
    };
    let width_mm = text_mm(scene);
    let language = lines.iter().find_map(|line| line.language.clone());
    let texts = lines.into_iter().map(|line| {
        let fit = Fit::Shrink { width_mm, height_mm: scene.lines_mm(line.lettering, line.lines) };
        let text = Block::text(line.text, line.lettering).ink(ink).in_language(line.language).fit(fit);
        if line.bold { text.bold() } else { text }
    });
    let texts = Block::column(texts.collect()).gap(GAP_MM).fill();
    let band = Block::row(vec![Block::icon(icon.unicode(), ink, icon_mm(scene)), texts])
        .gap(PAD_MM)
        .pad(margin_mm(scene), PAD_MM)
        .plane(plane)
        .fill();
    Some(band.role(Role::Status).in_language(language))
}

/// The panel as it is without a band.
fn window_mm(scene: &Scene<'_>) -> (f32, f32) {
    let frame = Frame::new(scene.profile, scene.visitor);
    (frame.window.width, frame.window.height)
}

fn margin_mm(scene: &Scene<'_>) -> f32 {
    let width_mm = window_mm(scene).0;
    Frame::new(scene.profile, scene.visitor).margin_mm.min(width_mm / 12.0)
}

fn icon_mm(scene: &Scene<'_>) -> f32 {
    scene.cap_mm(Lettering::Card) * if scene.profile.is_tall() { 3.0 } else { 1.8 }
}

fn text_mm(scene: &Scene<'_>) -> f32 {
    window_mm(scene).0 - 2.0 * margin_mm(scene) - icon_mm(scene) - PAD_MM
}

fn room_mm(scene: &Scene<'_>, lines: &[Line]) -> f32 {
    let texts: f32 = lines.iter().map(|line| scene.lines_mm(line.lettering, line.lines) + GAP_MM).sum();
    texts - GAP_MM + 2.0 * PAD_MM
}

/// As much as there is room for: how grave it is, what it is and what to do come first.
fn lines(scene: &Scene<'_>) -> Vec<Line> {
    let alerts = scene.alerts();
    let Some((gravest, others)) = alerts.split_first() else { return Vec::new() };
    let is_tall = scene.profile.is_tall();
    let most_mm = window_mm(scene).1 * if is_tall { SHARE_MAX } else { LOW_SHARE_MAX };
    let title = scene.pick(&gravest.common.title).unwrap_or_default();
    let lettering = if is_tall { Lettering::Title } else { Lettering::Card };
    let title = Line { language: title.language, ..plain_line(scene, title.text, lettering, true) };
    let texts = [
        line_of(scene, &gravest.instruction, Lettering::Card, true, LINES_MAX),
        line_of(scene, &gravest.common.summary, Lettering::Body, true, LINES_MAX),
        line_of(scene, &gravest.common.text, Lettering::Body, false, 2 * LINES_MAX),
    ];
    let others: Vec<String> = others.iter().take(OTHERS).map(|other| title_of(scene, other)).collect();
    let others = plain_line(scene, others.join(" · "), Lettering::Smallest, true);
    let mut lines = vec![plain_line(scene, head(scene, gravest), Lettering::Smallest, true), title];
    for line in texts.into_iter().flatten().chain((!others.text.is_empty()).then_some(others)) {
        lines.push(line);
        if room_mm(scene, &lines) > most_mm {
            lines.pop();
        }
    }
    lines
}

/// An exercise is said to be one wherever it is named.
fn title_of(scene: &Scene<'_>, alert: &Alert) -> String {
    let title = scene.plain(&alert.common.title);
    if alert.drill { super::widgets::dotted(scene, [drill_words(scene, alert), title]) } else { title }
}

/// "Severe warning · until 18:00".
fn head(scene: &Scene<'_>, alert: &Alert) -> String {
    let words = scene.words();
    let severity = words.say(match alert.severity {
        Severity::Minor => "alert-minor",
        Severity::Moderate => "alert-moderate",
        Severity::Severe => "alert-severe",
        Severity::Extreme => "alert-extreme",
    });
    let until = alert.common.valid.until.filter(|_| scene.knows_the_time()).map(|until| {
        let until = until.with_timezone(&scene.zone());
        if until.date_naive() == scene.today() {
            words.say_with("alert-until", &[("time", words.end_time(until.time()).into())])
        } else {
            words.say_with("notice-until", &[("date", words.date(until.date_naive()).into())])
        }
    });
    let drill = Some(drill_words(scene, alert)).filter(|words| !words.is_empty());
    super::widgets::dotted(scene, drill.into_iter().chain([severity]).chain(until))
}

fn line_of(
    scene: &Scene<'_>,
    text: &crate::content::Localized,
    lettering: Lettering,
    bold: bool,
    most: u8,
) -> Option<Line> {
    let shown = scene.pick(text).filter(|shown| !shown.text.is_empty())?;
    let lines = lines_needed(scene, &shown.text, lettering);
    (lines <= most).then_some(Line { text: shown.text, language: shown.language, lettering, bold, lines })
}

fn plain_line(scene: &Scene<'_>, text: String, lettering: Lettering, bold: bool) -> Line {
    let lines = lines_needed(scene, &text, lettering).min(2);
    Line { text, language: None, lettering, bold, lines }
}

/// How many lines a text takes, rather too many than too few.
fn lines_needed(scene: &Scene<'_>, text: &str, lettering: Lettering) -> u8 {
    let lines = text.lines().map(|line| (set_mm(line, scene.cap_mm(lettering)) / text_mm(scene)).ceil().max(1.0));
    lines.sum::<f32>().min(f32::from(u8::MAX)) as u8
}
