//! The town's languages by their own names: one touch, and the whole display speaks it. Works offline.

use crate::language::{Language, Words};
use crate::player::action::Action;
use crate::player::block::{Align, Block, Fit, Justify, Role, Rule, Sheet};
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::{Ink, Lettering};
use crate::player::widgets::{belt_height_mm, foot_map, page, set_mm};
use lucide_icons::Icon;

/// One language to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct LanguageChoice {
    pub language: Language,
    pub greeting: String,
    /// "Choose your language", in itself.
    pub invitation: String,
    pub current: bool,
}

pub fn view(scene: &Scene<'_>) -> Vec<LanguageChoice> {
    let choice = |language| LanguageChoice {
        language,
        greeting: Words::of(language).say("greeting"),
        invitation: Words::of(language).say("languages-title"),
        current: language == scene.visitor.language,
    };
    scene.almanac.languages.iter().copied().map(choice).collect()
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let choices = view(scene);
    let window = invitations(scene, &choices);
    let belt = vec![buttons(scene, &choices), note(scene)];
    page(scene, window, belt, foot_map(scene, Vec::new(), scene.say("map-you")))
}

/// The same invitation in every language: the one thing that a stranger looks for.
fn invitations(scene: &Scene<'_>, choices: &[LanguageChoice]) -> Block {
    const INKS: [Ink; 4] = [Ink::Lake, Ink::Terracotta, Ink::Moss, Ink::Plum];
    let frame = scene.frame();
    let margin_mm = frame.margin_mm.min(frame.window.width / 12.0);
    let width_mm = frame.window.width - 2.0 * margin_mm;
    let current = choices.iter().filter(|choice| choice.current);
    let title = current.map(|choice| {
        let fit = Fit::Shrink { width_mm, height_mm: scene.lines_mm(Lettering::Hero, 2) };
        Block::text(choice.invitation.clone(), Lettering::Hero).fit(fit)
    });
    // All of one size, however long the longest.
    let widest_mm = choices.iter().map(|choice| set_mm(&choice.invitation, scene.cap_mm(Lettering::Title)));
    let lettering = if widest_mm.fold(0.0, f32::max) > width_mm { Lettering::Body } else { Lettering::Title };
    let (lettering, rows) = if scene.band_mm > 0.0 { under_band(scene, lettering) } else { (lettering, usize::MAX) };
    let others = choices.iter().filter(|choice| !choice.current).zip(INKS.into_iter().cycle()).take(rows);
    let others = others.map(|(choice, ink)| {
        let fit = Fit::Shrink { width_mm, height_mm: scene.lines_mm(lettering, 1) };
        let line = Block::text(choice.invitation.clone(), lettering).bold().ink(ink).fit(fit).role(Role::Text);
        line.in_language(Some(choice.language.tag().to_owned()))
    });
    let icon = Block::icon(Icon::Languages.unicode(), Ink::Town, frame.window.width * 0.1);
    let lines: Vec<Block> = (scene.band_mm == 0.0).then_some(icon).into_iter().chain(title).collect();
    let others = Block::column(others.collect()).justify(Justify::Between).fill();
    let plate = vec![Block::column(lines).gap(8.0).align(Align::Start), others];
    Block::column(plate).gap(12.0).pad(margin_mm, margin_mm).plane(Ink::Plane).fill()
}

/// Where a warning takes the room of the icon: the largest lettering in which most invitations stand below the title,
/// and how many do.
fn under_band(scene: &Scene<'_>, wanted: Lettering) -> (Lettering, usize) {
    let frame = scene.frame();
    let title_mm = scene.lines_mm(Lettering::Hero, 2) + 12.0;
    let room_mm = frame.window.height - 2.0 * frame.margin_mm.min(frame.window.width / 12.0) - title_mm;
    let rows = |lettering: Lettering| (room_mm / (scene.lines_mm(lettering, 1) + 1.0)).max(0.0) as usize;
    if rows(wanted) >= Language::ALL.len() { (wanted, rows(wanted)) } else { (Lettering::Body, rows(Lettering::Body)) }
}

fn buttons(scene: &Scene<'_>, choices: &[LanguageChoice]) -> Block {
    const GAP: f32 = 8.0;
    const COLUMNS: u16 = 2;
    let rows = choices.len().div_ceil(usize::from(COLUMNS)) as f32;
    let left_mm = belt_height_mm(scene) - note_mm(scene) - 6.0;
    let height_mm = ((left_mm - (rows - 1.0) * GAP) / rows).min(scene.target_mm() * 4.0);
    let width_mm = (scene.frame().content_width() - GAP) / f32::from(COLUMNS);
    let cells = choices.iter().map(|choice| button(choice, (width_mm, height_mm)));
    Block::grid(COLUMNS, cells.collect()).gap(GAP)
}

fn button(choice: &LanguageChoice, (width_mm, height_mm): (f32, f32)) -> Block {
    const PAD: f32 = 8.0;
    const MARK: f32 = 14.0;
    let (plane, ink) = if choice.current { (Ink::Town, Ink::OnTown) } else { (Ink::Plane, Ink::Ink) };
    let fit =
        |share: f32| Fit::Shrink { width_mm: width_mm - 2.0 * PAD - MARK - 6.0, height_mm: (height_mm - 4.0) * share };
    let lines = vec![
        Block::text(choice.language.own_name(), Lettering::Title).ink(ink).fit(fit(0.56)),
        Block::text(choice.greeting.clone(), Lettering::Body).ink(ink).fit(fit(0.44)),
    ];
    let mut row = vec![Block::column(lines).fill()];
    if choice.current {
        row.push(Block::icon(Icon::Check.unicode(), ink, MARK));
    }
    let name = format!("{}, {}", choice.language.own_name(), choice.greeting);
    let name = if choice.current {
        Words::of(choice.language).say_with("languages-current", &[("language", choice.language.own_name().into())])
    } else {
        name
    };
    let button = Block::row(row)
        .gap(6.0)
        .pad(PAD, 2.0)
        .height(height_mm)
        .round(3.0)
        .plane(plane)
        .in_language(Some(choice.language.tag().to_owned()))
        .role(Role::Choice(choice.current))
        .named(name)
        .touch(Action::Speak(choice.language));
    if choice.current { button.rule(Rule::Frame(Ink::Town, 0.5)) } else { button }
}

/// A belt narrower than this is a counter's.
const NARROW_MM: f32 = 400.0;

/// Height in mm of the lowest line.
fn note_mm(scene: &Scene<'_>) -> f32 {
    let lines = if scene.frame().content_width() < NARROW_MM { 3 } else { 2 };
    scene.lines_mm(Lettering::Smallest, lines).max(scene.target_mm())
}

/// What happens to texts that nobody has translated, and the way to what this display is.
fn note(scene: &Scene<'_>) -> Block {
    const ICON_MM: f32 = 13.0;
    const PAD_MM: f32 = 6.0;
    const GAP_MM: f32 = 4.0;
    let content_mm = scene.frame().content_width();
    // A narrow button has room for the words only.
    let is_narrow = content_mm < NARROW_MM;
    let about_mm = content_mm * if is_narrow { 0.3 } else { 0.36 };
    let icon_mm = if is_narrow { 0.0 } else { ICON_MM + GAP_MM };
    let fit = Fit::Shrink { width_mm: content_mm - about_mm - 8.0, height_mm: note_mm(scene) };
    let note = Block::text(scene.say("languages-more"), Lettering::Smallest).ink(Ink::Quiet).fit(fit);
    let fit = Fit::Shrink { width_mm: about_mm - icon_mm - 2.0 * PAD_MM, height_mm: note_mm(scene) - 2.0 };
    let icon = (!is_narrow).then(|| Block::icon(Icon::Info.unicode(), Ink::Ink, ICON_MM));
    let word = Block::column(vec![Block::text(scene.say("about-title"), Lettering::Smallest).fit(fit)]);
    let about = Block::row(icon.into_iter().chain([word]).collect())
        .gap(GAP_MM)
        .pad(PAD_MM, 1.0)
        .justify(Justify::Centre)
        .width(about_mm)
        .height(note_mm(scene))
        .round(3.0)
        .plane(Ink::Plane)
        .touch(Action::Navigate(Screen::About));
    Block::row(vec![Block::column(vec![note]).fill(), about]).gap(8.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Catalog;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;

    #[test]
    fn each_language_speaks_for_itself_and_one_is_current() {
        let almanac = Almanac::new(Catalog::default(), None, 0.0);
        let visitor = Visitor::nobody(Language::It);
        let profile = Profile::shipped("counter").expect("it ships");
        let now = "2026-06-15T12:00:00Z".parse().expect("an instant");
        let choices = view(&Scene::of(&almanac, &visitor, now, &profile));
        let current: Vec<Language> =
            choices.iter().filter(|choice| choice.current).map(|choice| choice.language).collect();
        assert_eq!(current, [Language::It]);
        assert_eq!(choices.len(), 8);
        let mut invitations: Vec<&str> = choices.iter().map(|choice| choice.invitation.as_str()).collect();
        invitations.sort_unstable();
        invitations.dedup();
        assert_eq!(invitations.len(), 8, "no two languages invite in the same words");
    }
}
