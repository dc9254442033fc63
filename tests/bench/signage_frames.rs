//! What a transition costs, and a look at whether the panel shows what it should: where the processor paints, and where
//! whatever Vulkan there is draws.
//!
//! `cargo run --profile dist --example signage-frames`; in milliseconds at 1080x1920, the median of nine rounds.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use bevy::prelude::*;
use bevy::render::view::screenshot::Screenshot;
use chrono::DateTime;
use parvis::language::Language;
use parvis::player::clock::{Clock, Trust};
use parvis::player::drawing::Drawing;
use parvis::player::kiosk::Setup;
use parvis::player::opening::{Standing, open_demo};
use parvis::player::profile::Profile;
use parvis::player::render::Studio;
use parvis::player::signage::{Passing, Stage, Station, Truth, Wish};
use parvis::player::theme::Theme;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

const ROUNDS: usize = 9;
/// Longer than between two looks.
const LOOK_DUE: Duration = Duration::from_secs(10);
/// Between frames of a transition.
const FRAME: Duration = Duration::from_millis(40);

type Failure = Box<dyn Error>;

/// What a frame costs, in ms.
#[derive(Default)]
struct Costs {
    rest: Vec<f64>,
    look: Vec<f64>,
    first: Vec<f64>,
    passing: Vec<f64>,
}

fn main() -> Result<(), Failure> {
    let mut painted = measure(Drawing::Processor)?;
    let mut drawn = measure(Drawing::GraphicsCard)?;
    println!("{:<44} {:>10} {:>10}", "frame", "processor", "Vulkan");
    let rows: [(&str, fn(&mut Costs) -> &mut Vec<f64>); 4] = [
        ("nothing has changed", |costs| &mut costs.rest),
        ("a look at the panel, beyond that", |costs| &mut costs.look),
        ("the first of a fade", |costs| &mut costs.first),
        ("one within a fade", |costs| &mut costs.passing),
    ];
    for (name, row) in rows {
        println!("{name:<44} {:>7.1} ms {:>7.1} ms", median(row(&mut painted)), median(row(&mut drawn)));
    }
    Ok(())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

fn timed(studio: &mut Studio, work: impl FnOnce(&mut Studio) -> Result<(), String>) -> Result<f64, Failure> {
    let began = Instant::now();
    work(studio)?;
    Ok(began.elapsed().as_secs_f64() * 1000.0)
}

/// Frames until a graphics card has given back what it was asked for; how many it took.
fn finish(studio: &mut Studio) -> Result<u32, String> {
    const FRAMES_MAX: u32 = 500;
    for frames in 0..FRAMES_MAX {
        if studio.world().query::<&Screenshot>().iter(studio.world()).next().is_none() {
            return Ok(frames);
        }
        studio.frame()?;
    }
    Err("a frame was asked for and did not come".to_owned())
}

fn measure(drawing: Drawing) -> Result<Costs, Failure> {
    let begin = DateTime::parse_from_rfc3339("2026-06-15T15:30:00+02:00")?.to_utc();
    let mut studio = studio(drawing, Clock::Frozen(begin))?;
    let mut costs = Costs::default();
    for round in 0..ROUNDS {
        // Slides of the demo stand for less than half a minute.
        studio.kiosk().clock = Clock::Frozen(begin + Duration::from_secs(30 * (round as u64 + 1)));
        studio.kiosk().look_again();
        studio.settle();
        studio.advance(Duration::from_secs(2));
        studio.frame()?;
        finish(&mut studio)?;
        let rest = timed(&mut studio, Studio::frame)?;
        costs.rest.push(rest);
        let looked = studio.world().resource::<Truth>().looked;
        let mut frames = 0;
        let look = timed(&mut studio, |studio| {
            studio.advance(LOOK_DUE);
            studio.frame()?;
            frames = 2 + finish(studio)?;
            Ok(())
        })?;
        if studio.world().resource::<Truth>().looked > looked {
            costs.look.push(look - rest * f64::from(frames));
        }
        pass(&mut studio, &mut costs)?;
    }
    Ok(costs)
}

/// From the slide that stands to the next, which has been laid out and decoded behind it.
fn pass(studio: &mut Studio, costs: &mut Costs) -> Result<(), Failure> {
    studio.settle();
    let until = studio.world().resource::<Stage>().panel().map(|panel| panel.until);
    studio.kiosk().clock = Clock::Frozen(until.ok_or("nothing is on the panel")?);
    studio.kiosk().look_again();
    let first = timed(studio, Studio::frame)?;
    if !studio.world().resource::<Passing>().is_on() {
        return Ok(());
    }
    costs.first.push(first);
    studio.advance(FRAME);
    let passing = timed(studio, |studio| {
        studio.advance(FRAME);
        Ok(())
    })?;
    let painted = timed(studio, Studio::frame)?;
    costs.passing.push(if studio.machine().is_some() { passing } else { passing + painted });
    studio.advance(Duration::from_secs(2));
    studio.frame()?;
    Ok(())
}

fn studio(drawing: Drawing, clock: Clock) -> Result<Studio, Failure> {
    let profile = Profile::shipped("totem-portrait")?;
    let opened =
        open_demo(clock.now(Duration::ZERO), Standing { position: None, facing_degrees: profile.facing_degrees });
    let station = Station::at(&opened.almanac, &profile, Language::Fr, Wish::Schedule);
    let setup = Setup {
        almanac: Arc::new(opened.almanac),
        gallery: opened.gallery,
        profile,
        theme: Theme::shipped("parvis")?,
        preview: false,
        first_language: Language::Fr,
        clock,
        trust: Trust::Believed,
        bulletin: Arc::default(),
    };
    let mut studio = Studio::new(setup, drawing);
    studio.kiosk().moves = true;
    studio.play_signage(station);
    studio.settle();
    Ok(studio)
}
