//! A warning that nobody at the screen has read: it has all of it to itself. Its words stand above, what can be touched in
//! the belt: that it was read, and the languages.
//!
//! At rest nobody could have read it: there the warnings follow each other in the display's languages, and a touch begins
//! a session, which begins with them.

use crate::content::{Alert, Localized};
use crate::language::Language;
use crate::player::action::Action;
use crate::player::block::{Align, Block, Fit, Justify, Role, Rule, Sheet, Text};
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::{CAP_HEIGHT, Ink, Lettering, Reach};
use crate::player::widgets::{drill_words, hazard_icon, kebab, sender_words, set_mm, severity_inks, until_words};
use crate::signage::{AlertTurn, alert_in_turn, alert_secs};
use chrono::{DateTime, TimeDelta, Utc};
use lucide_icons::Icon;
use std::sync::Arc;

const PAD_MM: f32 = 10.0;
const GAP_MM: f32 = 8.0;
/// A belt narrower than this is a counter's.
const NARROW_MM: f32 = 400.0;

/// The warning that has the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct WarningView<'a> {
    pub alert: &'a Alert,
    /// Its place among those that have the screen one after the other, from 1, and how many they are.
    pub nth: (usize, usize),
    /// Somebody is there who can say that they have read it.
    pub is_read_by: bool,
}

pub fn view<'a>(scene: &Scene<'a>) -> Option<WarningView<'a>> {
    let unread = scene.unread();
    let is_read_by = scene.visitor.is_here();
    let alert = match in_turn(scene, &unread) {
        Some(turn) => turn.alert,
        None => *unread.first()?,
    };
    let all = if is_read_by { scene.alerts() } else { unread };
    let nth = all.iter().position(|one| one.common.id == alert.common.id).unwrap_or_default() + 1;
    Some(WarningView { alert, nth: (nth, all.len()), is_read_by })
}

/// Whose turn it is at rest.
fn in_turn<'a>(scene: &Scene<'a>, alerts: &[&'a Alert]) -> Option<AlertTurn<'a>> {
    if alerts.is_empty() || *scene.visitor.screen() != Screen::Attract {
        return None;
    }
    // From a midnight on, so that displays beside each other say the same.
    let into = TimeDelta::seconds(scene.now.timestamp().rem_euclid(24 * 3600));
    let begins = scene.now - into - TimeDelta::nanoseconds(i64::from(scene.now.timestamp_subsec_nanos()));
    let fallback = &scene.almanac.catalog.town.fallback;
    let secs = |alert: &Alert, language: &str| alert_secs(alert, language, fallback);
    alert_in_turn(alerts, scene.display?, &secs, &(begins..begins + TimeDelta::days(1)), scene.now)
}

/// The warning that has the screen.
pub fn told<'a>(scene: &Scene<'a>) -> Option<&'a Alert> {
    view(scene).map(|warning| warning.alert)
}

/// The language of the warning whose turn it is at rest.
pub fn speaks(scene: &Scene<'_>) -> Option<Language> {
    Language::parse(in_turn(scene, &scene.unread())?.language)
}

/// When the next warning, or the next language, has its turn.
pub fn next_turn(scene: &Scene<'_>) -> Option<DateTime<Utc>> {
    in_turn(scene, &scene.unread()).map(|turn| turn.ends)
}

pub fn sheet(scene: &Scene<'_>) -> Option<Sheet> {
    let warning = view(scene)?;
    let (plane, _) = severity_inks(warning.alert.severity);
    let frame = scene.frame();
    // At rest the screen speaks in turn what the visitor has not chosen.
    let tag = (!warning.is_read_by).then(|| scene.visitor.language.tag().to_owned());
    let window = words(scene, &warning).plane(plane).fill().role(Role::Alert).in_language(tag.clone());
    let belt = controls(scene, &warning).pad(frame.margin_mm, PAD_MM).plane(plane).fill().in_language(tag);
    let foot = elsewhere(scene, &warning).plane(plane).fill();
    Some(Sheet { band: None, window, belt, foot, overlay: None })
}

/// A text of the warning, in which lettering.
struct Line {
    text: String,
    language: Option<String>,
    lettering: Lettering,
    bold: bool,
}

/// How grave, what to do, what it is, until when, who says so.
fn words(scene: &Scene<'_>, warning: &WarningView<'_>) -> Block {
    let alert = warning.alert;
    let (_, ink) = severity_inks(alert.severity);
    let area = scene.frame().window;
    let margin_mm = scene.frame().margin_mm.min(area.width / 12.0);
    let width_mm = area.width - 2.0 * margin_mm;
    let icon_mm = (area.width * 0.16).min(area.height * 0.2);
    let severity = if scene.profile.is_tall() { Lettering::Title } else { Lettering::Card };
    let head = vec![
        plain(scene.say(&format!("alert-{}", kebab(&alert.severity))), severity, true),
        plain(drill_words(scene, alert), Lettering::Card, true),
        plain(count_words(scene, warning.nth), Lettering::Body, false),
    ];
    let head: Vec<Line> = head.into_iter().filter(|line| !line.text.is_empty()).collect();
    let head_mm = height_mm(scene, &head, width_mm - icon_mm - PAD_MM, 1.0).max(icon_mm);
    let lines = lines(scene, alert);
    let room_mm = area.height - 2.0 * margin_mm - head_mm - 2.0 * PAD_MM;
    let scale = scale_for(scene, &lines, (width_mm, room_mm));
    let icon = Block::icon(hazard_icon(alert).unicode(), ink, icon_mm);
    let head = Block::row(vec![icon, set(scene, head, ink, 1.0).fill()]).gap(PAD_MM);
    let words = set(scene, lines, ink, scale).gap(gap_mm(scale));
    Block::column(vec![head, words]).gap(2.0 * PAD_MM).justify(Justify::Start).pad(margin_mm, margin_mm)
}

fn lines(scene: &Scene<'_>, alert: &Alert) -> Vec<Line> {
    let line = |text: &Localized, lettering: Lettering, bold: bool| {
        let shown = scene.pick(text).unwrap_or_default();
        Line { text: shown.text, language: shown.language, lettering, bold }
    };
    // What to do comes first; where nobody said it, what happens.
    let act = line(&alert.instruction, Lettering::Hero, true);
    let (act, event) = if act.text.trim().is_empty() {
        (line(&alert.common.title, Lettering::Hero, true), None)
    } else {
        (act, Some(line(&alert.common.title, Lettering::Title, true)))
    };
    let until = until_words(scene, alert).filter(|_| scene.knows_the_time()).unwrap_or_default();
    let rest = [
        line(&alert.common.summary, Lettering::Card, true),
        line(&alert.common.text, Lettering::Card, false),
        plain(until, Lettering::Card, true),
        plain(sender_words(scene, alert), Lettering::Body, false),
    ];
    let all = std::iter::once(act).chain(event).chain(rest);
    all.filter(|line| !line.text.trim().is_empty()).collect()
}

fn plain(text: String, lettering: Lettering, bold: bool) -> Line {
    Line { text, language: None, lettering, bold }
}

/// "2 of 3", where there are several.
fn count_words(scene: &Scene<'_>, (nth, count): (usize, usize)) -> String {
    if count < 2 {
        return String::new();
    }
    scene.words().say_with("nav-position", &[("index", nth.into()), ("count", count.into())])
}

fn gap_mm(scale: f32) -> f32 {
    GAP_MM * scale.min(1.0)
}

/// Capitals of a line at this scale: of the smallest lettering only where nothing else has room.
fn cap_mm(scene: &Scene<'_>, lettering: Lettering, scale: f32) -> f32 {
    let smallest = scene.cap_mm(Lettering::Smallest);
    if scale < LEGIBLE { smallest * scale / LEGIBLE } else { (scene.cap_mm(lettering) * scale).max(smallest) }
}

/// Below this scale all lines have the smallest lettering, and become smaller than it: for those who come closer.
const LEGIBLE: f32 = 0.3;

/// The largest scale at which these lines have room.
fn scale_for(scene: &Scene<'_>, lines: &[Line], (width_mm, room_mm): (f32, f32)) -> f32 {
    const LARGEST: f32 = 1.5;
    const STEP: f32 = 0.93;
    const STEPS: usize = 40;
    let longest = |line: &Line| {
        // A script without spaces breaks anywhere.
        let words = line.text.split_whitespace().filter(|word| word.chars().all(|letter| letter < '\u{2e80}'));
        words.map(|word| set_mm(word, 1.0)).fold(0.0, f32::max)
    };
    let fits = |scale: &f32| {
        let holds_words = lines.iter().all(|line| longest(line) * cap_mm(scene, line.lettering, *scale) <= width_mm);
        let gaps_mm = gap_mm(*scale) * lines.len().saturating_sub(1) as f32;
        (holds_words || *scale <= LEGIBLE) && height_mm(scene, lines, width_mm, *scale) + gaps_mm <= room_mm
    };
    let mut scales = std::iter::successors(Some(LARGEST), |scale| Some(scale * STEP)).take(STEPS);
    scales.find(fits).unwrap_or(LARGEST * STEP.powi(STEPS as i32))
}

/// About how high these lines are, rather too high than too low.
fn height_mm(scene: &Scene<'_>, lines: &[Line], width_mm: f32, scale: f32) -> f32 {
    /// What a line loses to the word that has no room in it any more.
    const RAGGED: f32 = 1.1;
    let height = |line: &Line| {
        let cap = cap_mm(scene, line.lettering, scale);
        let rows = |paragraph: &str| {
            let share = set_mm(paragraph, cap) / width_mm;
            if share <= 1.0 { 1.0 } else { (share * RAGGED).ceil() }
        };
        let rows: f32 = line.text.lines().map(rows).sum();
        rows * cap / CAP_HEIGHT * line.lettering.line_height(Reach::of(&line.text))
    };
    lines.iter().map(height).sum()
}

fn set(scene: &Scene<'_>, lines: Vec<Line>, ink: Ink, scale: f32) -> Block {
    let block = |line: Line| {
        let text = Text {
            cap_mm: Some(cap_mm(scene, line.lettering, scale)),
            text: line.text,
            lettering: line.lettering,
            ink,
            bold: line.bold,
            centred: false,
            fit: Fit::Wrap,
        };
        Block::written(text).in_language(line.language)
    };
    Block::column(lines.into_iter().map(block).collect())
}

/// What can be touched.
fn controls(scene: &Scene<'_>, warning: &WarningView<'_>) -> Block {
    let frame = scene.frame();
    let inner_mm = frame.belt.height - 2.0 * PAD_MM;
    let (languages, languages_mm) = languages(scene, inner_mm * 0.4);
    let height_mm = inner_mm - GAP_MM - languages_mm;
    let (icon, key, action) = if warning.is_read_by {
        (Icon::Check, "alert-read", Action::Acknowledge(Arc::new(warning.alert.clone())))
    } else {
        (Icon::Hand, "attract-touch", Action::Speak(scene.visitor.language))
    };
    let icon_mm = (height_mm * 0.4).min(scene.cap_mm(Lettering::Hero) * 2.0);
    let width_mm = frame.content_width() - 4.0 * PAD_MM - icon_mm;
    let fit = Fit::Shrink { width_mm, height_mm: height_mm - PAD_MM };
    let word = Block::column(vec![Block::text(scene.say(key), Lettering::Hero).fit(fit)]);
    let read = Block::row(vec![Block::icon(icon.unicode(), Ink::Ink, icon_mm), word])
        .gap(PAD_MM)
        .justify(Justify::Centre)
        .align(Align::Centre)
        .pad(PAD_MM, 2.0)
        .height(height_mm)
        .round(3.0)
        .plane(Ink::Paper)
        .role(Role::Button)
        .touch(action);
    Block::column(vec![read, languages]).gap(GAP_MM)
}

/// The languages by their own names in about this height, and their height in mm: who cannot read the warning finds their
/// own.
fn languages(scene: &Scene<'_>, room_mm: f32) -> (Block, f32) {
    const GAP_MM: f32 = 6.0;
    const COLUMNS: usize = 4;
    let frame = scene.frame();
    let columns = if frame.content_width() < NARROW_MM && !frame.beside { 2 } else { COLUMNS };
    let all = &scene.almanac.languages;
    let rows = all.len().div_ceil(columns) as f32;
    let least_mm = (scene.lines_mm(Lettering::Smallest, 1) + 4.0).max(scene.target_mm());
    let cell_mm = ((room_mm + GAP_MM) / rows - GAP_MM).max(least_mm);
    let width_mm = (frame.content_width() + GAP_MM) / columns as f32 - GAP_MM;
    let fit = Fit::Shrink { width_mm: width_mm - 4.0, height_mm: cell_mm };
    let cells = all.iter().map(|language| {
        let is_current = *language == scene.visitor.language;
        let word = Block::text(language.own_name(), Lettering::Card).centred().fit(fit);
        let cell = Block::column(vec![word])
            .justify(Justify::Centre)
            .pad(2.0, 0.0)
            .height(cell_mm)
            .round(3.0)
            .plane(Ink::Paper)
            .in_language(Some(language.tag().to_owned()))
            .role(Role::Choice(is_current))
            .touch(Action::Speak(*language));
        if is_current { cell.rule(Rule::Frame(Ink::Ink, 1.0)) } else { cell }
    });
    (Block::grid(columns as u16, cells.collect()).gap(GAP_MM), rows * (cell_mm + GAP_MM) - GAP_MM)
}

/// Below the controls, what to do in the other languages of the warning: a touch on a language says all of it.
fn elsewhere(scene: &Scene<'_>, warning: &WarningView<'_>) -> Block {
    let frame = scene.frame();
    let (_, ink) = severity_inks(warning.alert.severity);
    let width_mm = frame.foot.width - 2.0 * frame.margin_mm;
    let room_mm = frame.foot.height - 2.0 * PAD_MM;
    let alert = warning.alert;
    let text = if alert.instruction.is_empty() { &alert.common.title } else { &alert.instruction };
    let others = scene.almanac.languages.iter().filter(|language| **language != scene.visitor.language);
    let mut lines: Vec<Line> = Vec::new();
    for language in others {
        let Some(translation) = text.exact(language.tag()) else { continue };
        let (text, language) = (translation.text.clone(), Some(language.tag().to_owned()));
        lines.push(Line { text, language, lettering: Lettering::Card, bold: true });
        let gaps_mm = GAP_MM * (lines.len() - 1) as f32;
        if height_mm(scene, &lines, width_mm, 1.0) + gaps_mm > room_mm {
            lines.pop();
            break;
        }
    }
    let scale = scale_for(scene, &lines, (width_mm, room_mm)).max(1.0);
    set(scene, lines, ink, scale).gap(GAP_MM).pad(frame.margin_mm, PAD_MM)
}
