//! A kiosk between two visitors: what was in its window is told, from the first frame to the last, and nothing of it goes
//! on while somebody is there.

use super::scratch::Scratch;
use super::signage_frames::{studio, write_content};
use parvis::content::Id;
use parvis::language::Language;
use parvis::player::action::Action;
use parvis::player::outbox::Outbox;
use parvis::player::render::Studio;
use parvis::player::rules::{Sight, check_layout};
use parvis::player::signage::{Passing, Stage, Station, Wish};
use parvis::player::visitor::Visitor;
use parvis::store;
use std::time::Duration;

/// How long each slide stands.
const SLIDE: Duration = Duration::from_secs(1);

fn kiosk(content: &Scratch) -> Result<Studio, String> {
    let wish = Wish::Playlist(Id("test:all".to_owned()));
    let mut studio = studio(content, wish.clone())?;
    let (almanac, profile) = (studio.kiosk().almanac.clone(), studio.kiosk().profile.clone());
    studio.play_between(Station::at(&almanac, &profile, Language::Fr, wish));
    studio.seat(Visitor::nobody(Language::Fr));
    Ok(studio)
}

fn play(studio: &mut Studio, slides: u32) {
    for _ in 0..slides {
        studio.advance(SLIDE);
        studio.settle();
    }
}

/// The item in the window.
fn shown(studio: &mut Studio) -> Option<String> {
    let part = studio.world().get_resource::<Stage>()?.panel()?.parts.first()?;
    Some(part.key.id.as_ref()?.0.clone())
}

pub fn plays() -> Result<(), String> {
    const BEFORE: u32 = 5;
    const DURING: u32 = 6;
    const AFTER: u32 = 4;
    let (content, told) = (Scratch::new("between")?, Scratch::new("between-store")?);
    write_content(&content)?;
    let mut studio = kiosk(&content)?;
    studio.world().insert_resource(Outbox::start(told.path().to_owned()).map_err(|error| error.to_string())?);
    studio.settle();
    play(&mut studio, BEFORE);
    studio.kiosk().act(Action::Begin(None));
    play(&mut studio, DURING);
    if let Some(item) = shown(&mut studio) {
        return Err(format!("{item} plays behind the visitor"));
    }
    studio.kiosk().act(Action::Leave);
    studio.settle();
    let back = shown(&mut studio);
    play(&mut studio, AFTER);
    let last = shown(&mut studio);
    // The list has begun at the instant at which the clock began.
    let due = |secs: u32| Some(format!("test:{secs}"));
    if (&back, &last) != (&due(BEFORE + DURING), &due(BEFORE + DURING + AFTER)) {
        return Err(format!("after the visitor {back:?} and then {last:?} is on"));
    }
    studio.world().remove_resource::<Outbox>();
    let kept = store::Outbox::look_at_plays(told.path()).map_err(|error| error.to_string())?;
    let kept = kept.ok_or("nothing was kept")?.plays;
    let plays: u64 = kept.iter().map(|play| play.plays).sum();
    let millis: u64 = kept.iter().map(|play| play.millis).sum();
    // What was on at the touch was seen until the next frame, a second later.
    let wanted = u64::from(BEFORE + 1 + AFTER);
    if (plays, millis) != (wanted, wanted * 1_000) {
        return Err(format!("{plays} plays of {millis} ms were told of {wanted} s"));
    }
    Ok(())
}

/// Whoever touches while one slide fades into the next sees home at once.
pub fn fade_is_cut() -> Result<(), String> {
    let content = Scratch::new("between-fade")?;
    write_content(&content)?;
    let mut studio = kiosk(&content)?;
    studio.kiosk().moves = true;
    studio.settle();
    studio.frame()?;
    studio.advance(SLIDE);
    studio.frame()?;
    if !studio.world().resource::<Passing>().is_on() {
        return Err("the next slide comes at once".to_owned());
    }
    studio.advance(Duration::from_millis(100));
    studio.frame()?;
    studio.kiosk().act(Action::Begin(None));
    studio.settle();
    studio.frame()?;
    let home = studio.seen();
    studio.forget_painting();
    studio.frame()?;
    if studio.seen() != home {
        return Err("home is mixed with what was in the window".to_owned());
    }
    Ok(())
}

/// What nobody has signed says so over a slide as well.
pub fn preview() -> Result<(), String> {
    let content = Scratch::new("between-preview")?;
    write_content(&content)?;
    let mut studio = kiosk(&content)?;
    studio.kiosk().preview = true;
    studio.kiosk().look_again();
    let tree = studio.tree();
    let window = tree.first().ok_or("nothing is there")?;
    if !(window.touchable && window.name.contains("Aperçu") && window.name.contains("Diapo")) {
        return Err(format!("the window says {:?}", window.name));
    }
    let faults = check_layout(&Sight::of(studio.world()));
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}
