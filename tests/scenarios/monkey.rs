//! Somebody who touches, drags and types without aim: nothing may break, and home stays one touch away.

use super::stage::{Beginning, Stage};
use super::{errors, hands};
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use bevy::text::FontAtlasSet;
use parvis::player::action::Action;
use parvis::player::draw::Touchable;
use parvis::player::drawing::Drawing;
use parvis::player::media::{CACHE_MAX_BYTES, Pictures};
use parvis::player::screen::Screen;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// What the monkey does: some two minutes on one core.
const TURNS: u32 = 20_000;

/// More than any screen needs; a leak passes it soon.
const ENTITIES_MAX: usize = 3_000;
/// What the process may grow by once every screen has been seen, in MiB: pictures, glyphs and a margin.
const GROWTH_MAX_MIB: u64 = 180;
/// Pictures of glyphs, 1 MiB each.
const ATLASES_MAX: usize = 120;
const SEED: u64 = 20_260_615;

/// The monkey's dice: SplitMix64, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }

    fn point(&mut self, size: (u32, u32)) -> Vec2 {
        Vec2::new(self.roll(size.0 as usize) as f32, self.roll(size.1 as usize) as f32)
    }
}

/// Says, should the kiosk panic, at which turn it was.
struct Turn(u32);

impl Drop for Turn {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("the kiosk panicked at turn {} of seed {SEED}", self.0);
        }
    }
}

pub fn run() -> Result<(), String> {
    let beginning = Beginning::on("attract");
    let mut stage = Stage::start(&beginning, Drawing::Processor)?;
    // Maps of fewer pixels take less time, and the monkey looks at none.
    let profile = stage.studio.kiosk().profile.clone();
    stage.studio.kiosk().profile = profile.with_pixels(270, 480);
    stage.studio.settle();
    errors::take();
    let (begun, before) = (Instant::now(), resident_mib());
    let mut dice = Dice(SEED);
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let mut most = 0;
    let mut turn = Turn(0);
    for number in 0..TURNS {
        turn.0 = number;
        do_something(&mut stage, &mut dice);
        let fails = |reason: String| format!("turn {number} of seed {SEED}: {reason}");
        most = most.max(look_around(&mut stage, &mut seen).map_err(fails)?);
        if number % 50 == 49 {
            stage.studio.settle();
        }
        if number % 100 == 99 {
            go_home(&mut stage).map_err(fails)?;
        }
    }
    let grown = resident_mib().saturating_sub(before);
    let pictures = stage.studio.world().resource::<Pictures>().bytes() >> 20;
    let secs = begun.elapsed().as_secs();
    println!("monkey: {TURNS} turns in {secs} s, at most {most} entities of {ENTITIES_MAX}");
    println!(
        "monkey: grown by {grown} MiB of {GROWTH_MAX_MIB}, {pictures} MiB of pictures of {}",
        CACHE_MAX_BYTES >> 20
    );
    let (atlases, sizes) = atlases(stage.studio.world());
    println!("monkey: {atlases} font atlases of {ATLASES_MAX}, type of {sizes} sizes");
    println!("monkey: turns on each screen: {seen:?}");
    if atlases > ATLASES_MAX {
        return Err(format!("there are {atlases} font atlases"));
    }
    if grown > GROWTH_MAX_MIB { Err(format!("memory grew by {grown} MiB")) } else { Ok(()) }
}

fn do_something(stage: &mut Stage, dice: &mut Dice) {
    let profile = &stage.studio.kiosk().profile;
    let size = (profile.width_px, profile.height_px);
    match dice.roll(100) {
        0..=54 => {
            let targets = targets(stage);
            let aim = targets.get(dice.roll(targets.len())).map(|(at, _)| *at);
            hands::tap(&mut stage.studio, aim.unwrap_or_default());
        }
        55..=69 => hands::tap(&mut stage.studio, dice.point(size)),
        70..=84 => {
            let (from, to) = (dice.point(size), dice.point(size));
            let studio = &mut stage.studio;
            hands::finger(studio, 1, TouchPhase::Started, from);
            hands::finger(studio, 1, TouchPhase::Moved, from.lerp(to, 0.5));
            hands::finger(studio, 1, TouchPhase::Moved, to);
            hands::finger(studio, 1, if dice.roll(5) == 0 { TouchPhase::Canceled } else { TouchPhase::Ended }, to);
        }
        85..=93 => {
            let keys = [
                KeyCode::Tab,
                KeyCode::Tab,
                KeyCode::PageDown,
                KeyCode::Enter,
                KeyCode::ArrowUp,
                KeyCode::Escape,
                KeyCode::Space,
            ];
            hands::key(&mut stage.studio, keys[dice.roll(keys.len())]);
        }
        94..=97 => {
            let (one, other) = (dice.point(size), dice.point(size));
            for (id, phase, at) in [
                (1, TouchPhase::Started, one),
                (2, TouchPhase::Started, other),
                (2, TouchPhase::Ended, other),
                (1, TouchPhase::Ended, one),
            ] {
                hands::finger(&mut stage.studio, id, phase, at);
            }
        }
        98 => stage.studio.advance(Duration::from_secs(7)),
        _ => stage.wait(1 + dice.roll(60) as u32),
    }
}

/// What can be touched, with the middle of it, in px.
fn targets(stage: &mut Stage) -> Vec<(Vec2, Action)> {
    let sight = parvis::player::rules::Sight::of(stage.studio.world());
    sight.controls.into_iter().map(|control| (control.seen.center(), control.action)).collect()
}

/// Whether all is still well; returns how many entities there are.
fn look_around(stage: &mut Stage, seen: &mut BTreeMap<&str, u32>) -> Result<usize, String> {
    let logged = errors::take();
    if !logged.is_empty() {
        return Err(format!("logged as an error: {}", logged.join("; ")));
    }
    let kiosk = stage.studio.kiosk();
    let (screen, asked) = (kiosk.visitor.screen().clone(), kiosk.visitor.asked);
    *seen.entry(screen.name()).or_default() += 1;
    let world = stage.studio.world();
    if screen != Screen::Attract && !asked {
        let home = world.query::<&Touchable>().iter(world).any(|touchable| touchable.action == Action::Home);
        if !home {
            return Err(format!("\"{}\" has no way home", screen.name()));
        }
    }
    let held = world.resource::<Pictures>().bytes();
    if held > CACHE_MAX_BYTES {
        return Err(format!("{held} bytes of pictures are held"));
    }
    let entities = world.entities().count_spawned() as usize;
    if entities > ENTITIES_MAX { Err(format!("there are {entities} entities")) } else { Ok(entities) }
}

/// One touch, from wherever it is.
fn go_home(stage: &mut Stage) -> Result<(), String> {
    let kiosk = stage.studio.kiosk();
    if kiosk.visitor.asked || !kiosk.visitor.is_here() {
        return Ok(());
    }
    let from = kiosk.visitor.screen().name();
    let home = targets(stage).into_iter().find(|(_, action)| *action == Action::Home);
    let (at, _) = home.ok_or_else(|| format!("the way home from \"{from}\" is out of sight"))?;
    hands::tap(&mut stage.studio, at);
    let there = stage.studio.kiosk().visitor.screen().name();
    if there == "home" { Ok(()) } else { Err(format!("the way home from \"{from}\" led to \"{there}\"")) }
}

/// How many pictures of glyphs there are, and of how many sizes.
fn atlases(world: &World) -> (usize, usize) {
    let atlases = world.resource::<FontAtlasSet>();
    let sizes: BTreeSet<u32> = atlases.keys().map(|key| key.font_size_bits).collect();
    (atlases.values().map(Vec::len).sum(), sizes.len())
}

/// Memory of this process that lies in RAM; 0 where the system does not say.
fn resident_mib() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or_default();
    pages * 4 / 1024
}
