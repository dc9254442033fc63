use parvis::content::Need;
use parvis::language::Language;
use parvis::player::action::Action;
use parvis::player::clock::Clock;
use parvis::player::kiosk::Setup;
use parvis::player::opening::{Standing, open_demo};
use parvis::player::profile::Profile;
use parvis::player::render::Studio;
use parvis::player::screen::Screen;
use parvis::player::session;
use parvis::player::theme::Theme;
use parvis::player::visitor::{Mode, Visitor};
use parvis::search::{Key, Layout};
use std::sync::Arc;

fn main() {
    let now = "2026-06-15T15:30:00+02:00".parse::<chrono::DateTime<chrono::FixedOffset>>().unwrap().to_utc();
    let args: Vec<String> = std::env::args().collect();
    let opened = open_demo(now, Standing::default());
    let setup = Setup {
        almanac: Arc::new(opened.almanac),
        gallery: opened.gallery,
        profile: Profile::shipped("totem-portrait").unwrap(),
        theme: Theme::shipped(&Theme::shipped("monaco").map(|_| "monaco").unwrap_or("parvis").to_owned())
            .unwrap_or_else(|e| panic!("{e}")),
        preview: false,
        first_language: Language::ALL[0],
        clock: Clock::Frozen(now),
    };
    let mut studio = Studio::new(setup);
    for case in &args[1..] {
        let parts: Vec<&str> = case.split('/').collect();
        let [name, profile, lang, modes, text, acts] = parts[..] else { panic!("{case}") };
        let mut v = Visitor::nobody(Language::parse(lang).unwrap());
        for m in Mode::ALL {
            if modes.contains(m.name()) {
                v.modes.insert(m);
            }
        }
        if modes.contains("wheel") {
            v.needs.insert(Need::Wheelchair);
        }
        v.home();
        v.open(Screen::Search);
        for c in text.chars() {
            let key = if c == ' ' { Key::Space } else { Key::Letter(c) };
            session::act(&mut v, Action::Key(key), Language::ALL[0]);
        }
        if acts.contains("digits") {
            session::act(&mut v, Action::Key(Key::Switch(Layout::Digits)), Language::ALL[0]);
        }
        if acts.contains("latin") {
            session::act(&mut v, Action::Key(Key::Switch(Layout::Latin)), Language::ALL[0]);
        }
        if acts.contains("hide") {
            session::act(&mut v, Action::Reveal("no-keyboard"), Language::ALL[0]);
        }
        if acts.contains("speak") {
            session::act(&mut v, Action::Reveal("speak"), Language::ALL[0]);
        }
        let mut p = Profile::shipped(profile).unwrap();
        if profile.starts_with("totem") {
            p = p.with_pixels(810, 1440);
        } else {
            p = p.with_pixels(1440, 810);
        }
        studio.kiosk().profile = p;
        studio.seat(v);
        let shot = studio.shoot().unwrap();
        shot.save(std::path::Path::new(&format!("/tmp/s2-{name}.png"))).unwrap();
        let tree = studio.tree();
        std::fs::write(format!("/tmp/s2-{name}.json"), serde_json::to_string_pretty(&tree).unwrap()).unwrap();
    }
}
