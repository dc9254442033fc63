//! *Speak to someone*: the way out of every dead end. A button that turns into a plate with the number in large
//! type, the desk, its hours in words and the languages spoken there.

use crate::calendar::Hours;
use crate::content::{Desk, Number};
use crate::language::{opening_words, week_words};
use crate::player::action::Action;
use crate::player::block::{Align, Block, Fit, Justify, Role, Rule};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use crate::player::widgets::reading_area;
use lucide_icons::Icon;

/// Names the fold of the plate on a page.
pub const SPEAK: &str = "speak";

/// Whom to call or visit.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakView {
    pub phone: Option<String>,
    pub desk: String,
    /// BCP 47 tag of the desk's name, when it is not the visitor's language.
    pub desk_language: Option<String>,
    pub address: String,
    /// "Open until 16:30"; nothing when no hours are stated.
    pub now: Option<String>,
    /// The week's hours, equal days in one line.
    pub week: Vec<String>,
    /// "They speak French and English".
    pub languages: Option<String>,
    /// "Police: 17".
    pub emergency: Vec<String>,
}

/// What the plate says of this desk; without one of its own, or without a number, the town's desk answers.
pub fn speak_view(scene: &Scene<'_>, desk: Option<&Desk>) -> SpeakView {
    let words = scene.words();
    let town = &scene.almanac.catalog.town;
    let desk = desk.filter(|desk| !desk.phone.trim().is_empty()).unwrap_or(&town.desk);
    let name = scene.pick(&desk.name);
    let place = desk.place.as_ref().and_then(|id| scene.almanac.catalog.place(id));
    let position = place.and_then(|place| place.position);
    let stated = Some(desk.hours.trim()).filter(|hours| !hours.is_empty());
    let hours = stated
        .filter(|_| scene.knows_the_time())
        .and_then(|hours| Hours::parse(hours, scene.zone(), position, &town.country).ok());
    let spoken: Vec<String> = desk.languages.iter().map(|tag| language_name(scene, tag)).collect();
    let emergency = town.emergency.iter().map(|number| emergency_line(scene, number)).collect();
    SpeakView {
        phone: Some(desk.phone.trim()).filter(|phone| !phone.is_empty()).map(phone_display),
        desk: name.as_ref().map(|name| name.text.clone()).unwrap_or_default(),
        desk_language: name.and_then(|name| name.language),
        address: desk.address.clone(),
        now: hours.as_ref().map(|hours| opening_words(words, &hours.at(scene.now), scene.now, scene.zone())),
        week: hours.as_ref().map(|hours| week_words(words, hours, scene.today())).unwrap_or_default(),
        languages: (!spoken.is_empty())
            .then(|| words.say_with("speak-languages", &[("languages", words.list(&spoken).into())])),
        emergency,
    }
}

/// A telephone number that keeps its order in a line that runs from the right, and is never broken.
pub fn phone_display(phone: &str) -> String {
    format!("\u{2066}{}\u{2069}", phone.replace(' ', "\u{a0}"))
}

fn emergency_line(scene: &Scene<'_>, number: &Number) -> String {
    let name = scene.plain(&number.name);
    scene
        .words()
        .say_with("speak-emergency-number", &[("name", name.into()), ("number", phone_display(&number.number).into())])
}

/// "French": what this visitor calls a language.
pub fn language_name(scene: &Scene<'_>, tag: &str) -> String {
    let key = format!("language-{tag}");
    scene.say(if scene.words().has(&key) { &key } else { "language-other" })
}

/// Whether the visitor has unfolded the plate on this page.
pub fn is_speaking(scene: &Scene<'_>) -> bool {
    scene.visitor.page().revealed.contains(SPEAK)
}

/// The button that unfolds the plate.
pub fn speak_button(scene: &Scene<'_>) -> Block {
    let word = Block::text(scene.say("speak-title"), Lettering::Body).ink(Ink::OnTown).bold();
    Block::row(vec![Block::icon(Icon::Phone.unicode(), Ink::OnTown, 13.0), word])
        .gap(6.0)
        .pad(8.0, 3.0)
        .justify(Justify::Centre)
        .min_height(scene.target_mm() + 6.0)
        .round(3.0)
        .plane(Ink::Town)
        .touch(Action::Reveal(SPEAK))
}

/// The plate in the room of a screen's own part of the belt, with a button that folds it again.
pub fn speak_plate(scene: &Scene<'_>, desk: Option<&Desk>) -> Block {
    let view = speak_view(scene, desk);
    let frame = scene.frame();
    let pad = frame.margin_mm / 2.0;
    let width_mm = frame.content_width() - 2.0 * pad;
    let close = Block::row(vec![
        Block::icon(Icon::X.unicode(), Ink::Ink, 13.0),
        Block::text(scene.say("nav-close"), Lettering::Smallest),
    ])
    .gap(4.0)
    .pad(6.0, 3.0)
    .justify(Justify::Centre)
    .min_height(scene.target_mm())
    .round(3.0)
    .plane(Ink::Paper)
    .touch(Action::Reveal(SPEAK));
    let title = Block::text(scene.say("speak-title"), Lettering::Card).fill();
    let head = Block::row(vec![title, close]).gap(8.0);
    let plate = Block::column(vec![head, number(scene, &view, width_mm), facts(scene, &view)]);
    plate.gap(8.0).pad(pad, 8.0).round(3.0).plane(Ink::Plane).rule(Rule::Bar(Ink::Town, 2.0)).clip().fill()
}

/// The number, as large as the panel allows, or where to ask when there is none.
fn number(scene: &Scene<'_>, view: &SpeakView, width_mm: f32) -> Block {
    let Some(phone) = &view.phone else {
        return Block::text(scene.say("speak-none"), Lettering::Card);
    };
    let fit = Fit::Shrink { width_mm, height_mm: scene.lines_mm(Lettering::Numeral, 1) };
    let call = scene.words().say_with("speak-call", &[("phone", phone.clone().into())]);
    let number = Block::text(phone.clone(), Lettering::Numeral).ink(Ink::Town).fit(fit).named(call);
    Block::column(vec![number, Block::text(scene.say("speak-intro"), Lettering::Body)]).gap(2.0)
}

/// Desk and hours on one side, languages and emergency numbers on the other.
fn facts(scene: &Scene<'_>, view: &SpeakView) -> Block {
    let roomy = scene.frame().content_width() > 450.0;
    let (name, line) = if roomy { (Lettering::Card, Lettering::Body) } else { (Lettering::Body, Lettering::Smallest) };
    let mut desk = Vec::new();
    if !view.desk.is_empty() {
        desk.push(Block::text(view.desk.clone(), name).role(Role::Text).bold().in_language(view.desk_language.clone()));
    }
    if !view.address.is_empty() {
        desk.push(Block::text(view.address.clone(), line));
    }
    if let Some(now) = &view.now {
        desk.push(Block::text(now.clone(), line).ink(Ink::Moss).bold());
    }
    desk.extend(view.week.iter().map(|text| Block::text(text.clone(), line).ink(Ink::Quiet)));
    let mut others: Vec<Block> = view.languages.iter().map(|text| Block::text(text.clone(), line)).collect();
    if !view.emergency.is_empty() {
        others.push(Block::text(scene.say("speak-emergency"), name).bold());
        others.extend(view.emergency.iter().map(|text| Block::text(text.clone(), line)));
    }
    let columns = vec![
        Block::column(desk).gap(if roomy { 4.0 } else { 2.0 }).fill(),
        Block::column(others).gap(if roomy { 4.0 } else { 2.0 }).fill(),
    ];
    let row = Block::row(columns).gap(16.0).align(Align::Start);
    reading_area("speak", vec![row])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Localized, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;
    use chrono::{DateTime, Utc};

    fn view_of(town_phone: &str, desk: Option<&Desk>) -> SpeakView {
        let desk_of_town = Desk {
            name: Localized::one("fr", "Accueil"),
            phone: town_phone.to_owned(),
            hours: "Mo-Fr 08:30-16:30".to_owned(),
            languages: vec!["fr".to_owned(), "tlh".to_owned()],
            ..Desk::default()
        };
        let town = Town { desk: desk_of_town, ..Town::default() };
        let almanac = Almanac::new(Catalog::new(town, Vec::new()).0, None, 0.0);
        let visitor = Visitor::nobody(Language::En);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let now: DateTime<Utc> = "2026-06-15T12:00:00Z".parse().expect("an instant");
        speak_view(&Scene::of(&almanac, &visitor, now, &profile), desk)
    }

    #[test]
    fn the_town_answers_for_a_desk_without_a_number() {
        let silent = Desk { name: Localized::one("en", "Archive"), ..Desk::default() };
        let view = view_of("+33 1 02", Some(&silent));
        assert_eq!(view.desk, "Accueil");
        assert_eq!(view.desk_language.as_deref(), Some("fr"));
        assert_eq!(view.phone.as_deref(), Some("\u{2066}+33\u{a0}1\u{a0}02\u{2069}"));
        assert!(view.now.is_some_and(|now| now.contains("Open")), "it is two in the afternoon on a Monday");
        assert!(view.languages.is_some_and(|line| line.contains("French") && line.contains("another language")));
    }

    #[test]
    fn without_any_number_there_is_none() {
        assert_eq!(view_of(" ", None).phone, None);
    }
}
