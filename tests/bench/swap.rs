//! What it costs the running kiosk when its content is swapped: the frame before, the frame of the swap, and the longest
//! of those after it. All is time of the thread that draws; the content was read by another before.

use super::studio;
use parvis::language::Language;
use parvis::player::action::Action;
use parvis::player::drawing::Drawing;
use parvis::player::following::{Content, Fresh, swap};
use parvis::player::media::Pictures;
use parvis::player::opening::{Standing, open_path};
use parvis::player::render::Studio;
use parvis::player::screen::Screen;
use parvis::player::theme::Theme;
use parvis::player::visitor::Visitor;
use parvis::search::Key;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

/// The first swap of a screen is from another town, and not counted.
const ROUNDS: usize = 21;

/// Measures a content directory, on several screens.
pub fn print(folder: &Path) -> Result<(), Box<dyn Error>> {
    let contents = [read(folder)?, read(folder)?];
    let mut studio = studio(Drawing::Processor)?;
    println!("{} items, swapped {ROUNDS} times", contents[0].almanac.catalog.items().count());
    println!("{:<20} {:>18} {:>18} {:>18}", "median, worst in ms", "the frame before", "the swap", "longest after");
    for (name, actions) in screens() {
        let mut visitor = Visitor::nobody(Language::Fr);
        visitor.home();
        studio.seat(visitor);
        actions.into_iter().for_each(|action| studio.kiosk().act(action));
        let [mut before, mut at, mut after] = [const { Vec::new() }; 3];
        for round in 0..=ROUNDS {
            studio.settle();
            studio.frame()?;
            let (frame, (swapped, later)) =
                (timed(&mut studio, Studio::frame)?, swapped(&mut studio, &contents[round % 2])?);
            if round > 0 {
                before.push(frame);
                at.push(swapped);
                after.push(later);
            }
        }
        println!("{name:<20} {:>18} {:>18} {:>18}", told(&mut before), told(&mut at), told(&mut after));
    }
    Ok(())
}

fn read(folder: &Path) -> Result<Content, Box<dyn Error>> {
    let opened = open_path(folder, Standing::default())?;
    let (almanac, theme) = (opened.almanac.into(), Theme::shipped("parvis")?);
    Ok(Content { almanac, gallery: opened.gallery, theme, preview: false })
}

/// Screens, and how a visitor comes to each from home.
fn screens() -> Vec<(&'static str, Vec<Action>)> {
    let search = "conc".chars().map(|letter| Action::Key(Key::Letter(letter)));
    vec![
        ("home", Vec::new()),
        ("agenda", vec![Action::Navigate(Screen::Agenda)]),
        ("near me", vec![Action::Navigate(Screen::Near)]),
        ("search for \"conc\"", [Action::Navigate(Screen::Search)].into_iter().chain(search).collect()),
    ]
}

/// The frame of a swap, and the longest until all pictures hang again.
fn swapped(studio: &mut Studio, content: &Content) -> Result<(Duration, Duration), String> {
    let Content { almanac, gallery, theme, preview } = content;
    let (almanac, gallery, theme) = (almanac.clone(), gallery.clone(), theme.clone());
    let fresh = Fresh { content: Some(Content { almanac, gallery, theme, preview: *preview }), ..Fresh::default() };
    let swapped = timed(studio, |studio| {
        swap(studio.world(), fresh);
        studio.frame()
    })?;
    let mut longest = timed(studio, Studio::frame)?;
    while studio.world().resource::<Pictures>().is_waiting() {
        studio.world().resource_mut::<Pictures>().wait(Duration::from_millis(50));
        longest = longest.max(timed(studio, Studio::frame)?);
    }
    Ok((swapped, longest.max(timed(studio, Studio::frame)?)))
}

fn timed(studio: &mut Studio, frame: impl FnOnce(&mut Studio) -> Result<(), String>) -> Result<Duration, String> {
    let began = Instant::now();
    frame(studio)?;
    Ok(began.elapsed())
}

fn told(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let ms = |at: usize| times[at].as_secs_f64() * 1000.0;
    format!("{:.1}, {:.1}", ms(times.len() / 2), ms(times.len() - 1))
}
