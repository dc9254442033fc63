//! How the display shows things, and what the visitor needs: switches that act on every screen at once and are
//! forgotten when they leave. Works offline.

use crate::content::Need;
use crate::player::action::Action;
use crate::player::block::{Align, Block, Fit, Justify, Role, Sheet};
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::theme::{CAP_HEIGHT, Ink, Lettering, icons};
use crate::player::visitor::Mode;
use crate::player::widgets::{WindowPlate, belt_height_mm, foot_map, head, kebab, page, window_of};
use lucide_icons::Icon;

/// What can be switched, and what is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessView {
    pub modes: Vec<(Mode, bool)>,
    pub needs: Vec<(Need, bool)>,
}

impl AccessView {
    /// How many switches are on.
    pub fn active(&self) -> usize {
        self.modes.iter().filter(|(_, on)| *on).count() + self.needs.iter().filter(|(_, on)| *on).count()
    }
}

pub fn view(scene: &Scene<'_>) -> AccessView {
    AccessView {
        modes: Mode::ALL.into_iter().map(|mode| (mode, scene.visitor.has(mode))).collect(),
        needs: Need::ALL.into_iter().map(|need| (need, scene.visitor.needs.contains(&need))).collect(),
    }
}

const GAP_MM: f32 = 4.0;
const COLUMN_GAP_MM: f32 = 12.0;
/// A belt narrower than this is a counter's.
const NARROW_MM: f32 = 400.0;

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let active = view.active();
    let kicker =
        if active == 0 { String::new() } else { scene.words().say_with("access-active", &[("count", active.into())]) };
    let plate = WindowPlate {
        kicker,
        title: Shown { text: scene.say("access-title"), language: None, machine: false },
        line: scene.say("access-intro"),
        status: None,
        ink: Ink::Lake,
        sample: false,
    };
    let window = window_of(scene, specimen(scene), plate);
    let belt = vec![switches(scene, &view), below(scene, active > 0)];
    page(scene, window, belt, foot_map(scene, Vec::new(), scene.say("map-you")))
}

/// How the display speaks now, beside its sign: each switch shows at once what it does.
fn specimen(scene: &Scene<'_>) -> Block {
    const PLANE_SHARE: f32 = 0.3;
    let frame = scene.frame();
    let sign_mm = frame.window.width * PLANE_SHARE;
    let sign = Block::icon(Icon::Accessibility.unicode(), Ink::Paper, (sign_mm * 0.55).min(100.0));
    let sign = Block::column(vec![sign]).align(Align::Centre).justify(Justify::Centre).plane(Ink::Lake).width(sign_mm);
    let pad_mm = frame.margin_mm.min(frame.window.width / 16.0);
    let width_mm = frame.window.width - sign_mm - 2.0 * pad_mm;
    let fit = |lettering: Lettering| Fit::Shrink { width_mm, height_mm: scene.lines_mm(lettering, 1) };
    let line = |text: String, lettering: Lettering| Block::text(text, lettering).fit(fit(lettering)).role(Role::Text);
    let town = scene.plain(&scene.almanac.catalog.town.name);
    let date = scene.knows_the_time().then(|| line(scene.words().date(scene.today()), Lettering::Title));
    let has_room = scene.profile.is_tall() && scene.band_mm == 0.0;
    let words = [
        Some(line(scene.say("greeting"), if has_room { Lettering::Numeral } else { Lettering::Hero })),
        date,
        Some(line(scene.words().say_with("welcome", &[("town", town.into())]), Lettering::Card)),
    ];
    let words = Block::column(words.into_iter().flatten().collect())
        .gap(10.0)
        .justify(Justify::Centre)
        .pad(pad_mm, pad_mm)
        .plane(Ink::Plane);
    Block::row(vec![sign, words.fill()]).align(Align::Stretch)
}

/// The two groups side by side, each under its head.
fn switches(scene: &Scene<'_>, view: &AccessView) -> Block {
    let head_mm = scene.lines_mm(Lettering::Card, 1) + GAP_MM;
    let left_mm = belt_height_mm(scene) - below_mm(scene) - 6.0 - head_mm;
    let width_mm = (scene.frame().content_width() - COLUMN_GAP_MM) / 2.0;
    let each_mm = |count: usize| (left_mm - (count.saturating_sub(1)) as f32 * GAP_MM) / count.max(1) as f32;
    let modes = view.modes.iter().map(|(mode, on)| {
        let word = scene.say(&format!("access-mode-{}", mode.name()));
        let more = scene.say(&format!("access-mode-{}-more", mode.name()));
        let spoken = word.clone();
        let action = Action::ToggleMode(*mode);
        let switch = Switch { icon: icon_of_mode(*mode), word, spoken, more, on: *on, action };
        switch.block(scene, (width_mm, each_mm(view.modes.len())))
    });
    let is_narrow = scene.frame().content_width() < NARROW_MM;
    let needs = view.needs.iter().map(|(need, on)| {
        let spoken = scene.say(&format!("need-{}", kebab(need)));
        let word = if is_narrow { scene.say(&format!("need-{}-short", kebab(need))) } else { spoken.clone() };
        let switch = Switch {
            icon: icons::of_need(*need),
            word,
            spoken,
            more: String::new(),
            on: *on,
            action: Action::ToggleNeed(*need),
        };
        switch.block(scene, (width_mm, each_mm(view.needs.len())))
    });
    let group = |title: &str, switches: Vec<Block>| {
        let fit = Fit::Shrink { width_mm, height_mm: scene.lines_mm(Lettering::Card, 1) };
        let mut blocks = vec![head(scene.say(title)).fit(fit)];
        blocks.extend(switches);
        Block::column(blocks).gap(GAP_MM).width(width_mm)
    };
    let groups = vec![group("access-modes", modes.collect()), group("access-needs", needs.collect())];
    Block::row(groups).gap(COLUMN_GAP_MM).align(Align::Start).fill()
}

fn icon_of_mode(mode: Mode) -> Icon {
    match mode {
        Mode::Contrast => Icon::Contrast,
        Mode::Large => Icon::AArrowUp,
        Mode::Reach => Icon::ArrowDownToLine,
        Mode::Easy => Icon::BookOpen,
    }
}

/// One thing that is on or off.
struct Switch {
    icon: Icon,
    word: String,
    /// The whole of the word, where there is room for a short one only.
    spoken: String,
    more: String,
    on: bool,
    action: Action,
}

impl Switch {
    fn block(self, scene: &Scene<'_>, (width_mm, height_mm): (f32, f32)) -> Block {
        const PAD: f32 = 6.0;
        let icon_mm = (scene.cap_mm(Lettering::Card) * 1.8).min(width_mm * 0.12);
        let (knob, knob_mm) = knob(scene, width_mm, self.on);
        let text_mm = width_mm - 2.0 * PAD - icon_mm - knob_mm - 10.0;
        // Short of room, all of one size rather than some large.
        let is_narrow = scene.frame().content_width() < NARROW_MM;
        let lettering = if is_narrow { Lettering::Body } else { Lettering::Card };
        let more_mm = height_mm - 4.0 - scene.lines_mm(lettering, 1);
        let shows_more = !self.more.is_empty() && has_room(scene, &self.more, (text_mm, more_mm));
        let lines_mm = if shows_more { scene.lines_mm(lettering, 1) } else { height_mm - 4.0 };
        let name = if self.more.is_empty() { self.spoken } else { format!("{}. {}", self.spoken, self.more) };
        let fit = Fit::Shrink { width_mm: text_mm, height_mm: lines_mm };
        let mut lines = vec![Block::text(self.word, lettering).bold().fit(fit)];
        if shows_more {
            let fit = Fit::Shrink { width_mm: text_mm, height_mm: more_mm };
            lines.push(Block::text(self.more, Lettering::Smallest).ink(Ink::Quiet).fit(fit));
        }
        let icon = Block::icon(self.icon.unicode(), if self.on { Ink::Town } else { Ink::Ink }, icon_mm);
        Block::row(vec![icon, Block::column(lines).fill(), knob])
            .gap(5.0)
            .pad(PAD, 2.0)
            .height(height_mm)
            .round(3.0)
            .plane(Ink::Plane)
            .role(Role::Switch(self.on))
            .named(name)
            .touch(self.action)
    }
}

/// Whether a text in the smallest lettering surely fits this box, whatever its letters.
fn has_room(scene: &Scene<'_>, text: &str, (width_mm, height_mm): (f32, f32)) -> bool {
    const ADVANCE_EM: f32 = 0.62;
    let advance_mm = ADVANCE_EM * scene.cap_mm(Lettering::Smallest) / CAP_HEIGHT;
    let lines = (height_mm / scene.lines_mm(Lettering::Smallest, 1)).floor();
    text.chars().count() as f32 * advance_mm <= lines * width_mm
}

/// A knob that lies at one end or the other, and its width in mm.
fn knob(scene: &Scene<'_>, switch_mm: f32, on: bool) -> (Block, f32) {
    let height_mm = (scene.cap_mm(Lettering::Body) * 1.7).min(switch_mm * 0.1);
    let width_mm = height_mm * 1.75;
    let plane = if on { Ink::Town } else { Ink::Quiet };
    let (inner, justify) = if on { (Some(Icon::Check), Justify::End) } else { (None, Justify::Start) };
    let disc_mm = height_mm - 3.0;
    let disc = Block::row(inner.map(|icon| Block::icon(icon.unicode(), plane, disc_mm * 0.7)).into_iter().collect())
        .justify(Justify::Centre)
        .width(disc_mm)
        .height(disc_mm)
        .round(disc_mm / 2.0)
        .plane(Ink::Paper);
    let knob =
        Block::row(vec![disc]).justify(justify).pad(1.5, 1.5).width(width_mm).height(height_mm).round(height_mm / 2.0);
    (knob.plane(plane).silent(), width_mm)
}

fn below_mm(scene: &Scene<'_>) -> f32 {
    let lines = if scene.frame().content_width() > 450.0 { 1 } else { 2 };
    scene.target_mm().max(scene.lines_mm(Lettering::Smallest, lines) + 2.0)
}

/// Back to how it was, while anything is on; and what this display is.
fn below(scene: &Scene<'_>, any: bool) -> Block {
    let width_mm = (scene.frame().content_width() - COLUMN_GAP_MM) / 2.0;
    let button = |icon: Icon, key: &str, action: Action| {
        let fit = Fit::Shrink { width_mm: width_mm - 34.0, height_mm: below_mm(scene) - 2.0 };
        Block::row(vec![
            Block::icon(icon.unicode(), Ink::Ink, 13.0),
            Block::column(vec![Block::text(scene.say(key), Lettering::Smallest).fit(fit)]),
        ])
        .gap(5.0)
        .pad(6.0, 1.0)
        .justify(Justify::Centre)
        .width(width_mm)
        .height(below_mm(scene))
        .round(3.0)
        .plane(Ink::Plane)
        .touch(action)
    };
    let mut row = Vec::new();
    row.push(if any {
        button(Icon::RotateCcw, "access-reset", Action::ResetAccess)
    } else {
        Block::column(Vec::new()).width(width_mm)
    });
    row.push(button(Icon::Info, "about-title", Action::Navigate(Screen::About)));
    Block::row(row).gap(COLUMN_GAP_MM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Catalog;
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::session::act;
    use crate::player::visitor::Visitor;

    #[test]
    fn what_is_on_is_counted_and_put_back_at_once() {
        let almanac = Almanac::new(Catalog::default(), None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let now = "2026-06-15T12:00:00Z".parse().expect("an instant");
        let active = |visitor: &Visitor| view(&Scene::of(&almanac, visitor, now, &profile)).active();
        let mut visitor = Visitor::nobody(Language::En);
        for action in
            [Action::ToggleMode(Mode::Large), Action::ToggleNeed(Need::Hearing), Action::ToggleNeed(Need::Sight)]
        {
            act(&mut visitor, action, Language::En);
        }
        assert_eq!(active(&visitor), 3);
        act(&mut visitor, Action::ResetAccess, Language::En);
        assert_eq!(active(&visitor), 0);
    }
}
