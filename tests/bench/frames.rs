//! What a frame costs, from a touch to finished pixels: painted by the processor, and drawn by whatever Vulkan there is.
//!
//! `cargo run --profile dist --example frames`; in milliseconds, the median of nine rounds. With a content directory behind
//! `--`, such as the one of the example big-town, what it costs to swap that instead.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod swap;

use chrono::DateTime;
use parvis::language::Language;
use parvis::player::action::Action;
use parvis::player::clock::{Clock, Trust};
use parvis::player::drawing::Drawing;
use parvis::player::kiosk::Setup;
use parvis::player::opening::{Standing, open_demo};
use parvis::player::profile::Profile;
use parvis::player::render::Studio;
use parvis::player::screen::Screen;
use parvis::player::theme::Theme;
use parvis::player::visitor::Visitor;
use parvis::search::Key;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const ROUNDS: usize = 9;

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(folder) = std::env::args_os().nth(1) {
        return swap::print(Path::new(&folder));
    }
    let painted = measure(Drawing::Processor)?;
    let drawn = measure(Drawing::GraphicsCard)?;
    println!("{:<42} {:>10} {:>12} {:>10}", "frame", "processor", "pixels", "Vulkan");
    for ((name, ms, pixels), (_, vulkan_ms, _)) in painted.iter().zip(&drawn) {
        println!("{name:<42} {ms:>7.1} ms {:>10} k {vulkan_ms:>7.1} ms", pixels / 1000);
    }
    Ok(())
}

/// What the visitor does, one after the other, and the name of it.
fn steps() -> Vec<(&'static str, Option<Action>)> {
    let typed = |letter| Some(Action::Key(Key::Letter(letter)));
    vec![
        ("home, all of it", None),
        ("nothing has changed", None),
        ("home to the agenda", Some(Action::Navigate(Screen::Agenda))),
        ("back to home", Some(Action::Back)),
        ("home to near me", Some(Action::Navigate(Screen::Near))),
        ("near me to search", Some(Action::Navigate(Screen::Search))),
        ("search, first letter", typed('m')),
        ("search, second letter", typed('u')),
        ("search, third letter", typed('s')),
        ("home", Some(Action::Home)),
    ]
}

fn measure(drawing: Drawing) -> Result<Vec<(&'static str, f64, u64)>, Box<dyn Error>> {
    let mut studio = studio(drawing)?;
    let steps = steps();
    let mut taken = vec![Vec::new(); steps.len()];
    let mut pixels = vec![0; steps.len()];
    for _ in 0..ROUNDS {
        studio.forget_painting();
        for (number, (_, action)) in steps.iter().enumerate() {
            if let Some(action) = action {
                studio.kiosk().act(action.clone());
            }
            let before = studio.pixels_painted();
            let began = Instant::now();
            studio.frame()?;
            taken[number].push(began.elapsed());
            pixels[number] = studio.pixels_painted() - before;
            // Pictures still on their way belong to later frames.
            studio.settle();
            studio.frame()?;
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2].as_secs_f64() * 1000.0
    };
    Ok(steps
        .iter()
        .zip(&mut taken)
        .zip(pixels)
        .map(|(((name, _), times), pixels)| (*name, median(times), pixels))
        .collect())
}

fn studio(drawing: Drawing) -> Result<Studio, Box<dyn Error>> {
    let now = DateTime::parse_from_rfc3339("2026-06-15T15:30:00+02:00")?.to_utc();
    let profile = Profile::shipped("totem-portrait")?;
    let opened = open_demo(now, Standing { position: None, facing_degrees: profile.facing_degrees });
    let setup = Setup {
        almanac: Arc::new(opened.almanac),
        gallery: opened.gallery,
        profile,
        theme: Theme::shipped("parvis")?,
        preview: false,
        first_language: Language::Fr,
        clock: Clock::Frozen(now),
        trust: Trust::Believed,
        bulletin: Arc::default(),
    };
    let mut studio = Studio::new(setup, drawing);
    let mut visitor = Visitor::nobody(Language::Fr);
    visitor.home();
    studio.seat(visitor);
    studio.settle();
    Ok(studio)
}
