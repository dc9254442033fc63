//! Writes a large town to measure on: 5,000 events, 5,000 places and 2,000 pictures, the same on every run.
//!
//! `cargo run --example big-town -- DIR`, then `parvis play --content DIR`.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a generator says how far it is")]

use image::{Rgb, RgbImage};
use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::path::Path;

const EVENTS: u32 = 5_000;
const PLACES: u32 = 5_000;
const PICTURES: u32 = 2_000;
/// The first timing begins on this day; events are spread over the following year.
const FIRST_DAY: &str = "2026-06-01";

const WHAT: [&str; 12] = [
    "Concert",
    "Marché",
    "Atelier",
    "Exposition",
    "Randonnée",
    "Conférence",
    "Théâtre",
    "Brocante",
    "Tournoi",
    "Lecture",
    "Visite",
    "Fête",
];
const HOW: [&str; 8] =
    ["du samedi", "des halles", "de printemps", "à ciel ouvert", "pour tous", "en famille", "du port", "de quartier"];
const KINDS: [&str; 12] = [
    "museum",
    "toilets",
    "pharmacy",
    "restaurant",
    "park",
    "playground",
    "library",
    "cafe",
    "parking",
    "stop",
    "viewpoint",
    "cash",
];
const EVENT_KINDS: [&str; 6] = ["music", "market", "workshop", "exhibition", "nature", "talk"];

/// A small generator of the same numbers on every machine (Numerical Recipes).
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % sides
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len() as u32) as usize]
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder: cargo run --example big-town -- DIR")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("media"))?;
    let mut dice = Dice(1);
    let places: Vec<Value> = (0..PLACES).map(|number| place(&mut dice, number)).collect();
    let events: Vec<Value> = (0..EVENTS).map(|number| event(&mut dice, number)).collect();
    write(&folder.join("places.json"), &places)?;
    write(&folder.join("events.json"), &events)?;
    let town = json!({"name": {"fr": "Grandville"}, "zone": "Europe/Paris", "country": "FR",
        "position": {"lat": 48.0, "lon": 2.0}, "desk": {"name": {"fr": "Mairie"}, "phone": "+33 1 00 00 00 00"}});
    fs::write(folder.join("town.json"), town.to_string())?;
    for number in 0..PICTURES {
        picture(&mut dice).save(folder.join(format!("media/{number}.jpg")))?;
        if number % 250 == 249 {
            eprintln!("{} of {PICTURES} pictures", number + 1);
        }
    }
    println!("{EVENTS} events, {PLACES} places and {PICTURES} pictures in {}", folder.display());
    Ok(())
}

fn write(path: &Path, items: &[Value]) -> Result<(), Box<dyn Error>> {
    fs::write(path, serde_json::to_vec(&json!({"format": 1, "items": items}))?)?;
    Ok(())
}

fn common(kind: &str, id: String, title: &str, number: u32) -> Value {
    let media = if number < PICTURES / 2 {
        let offset = if kind == "event" { 0 } else { PICTURES / 2 };
        json!([{"path": format!("{}.jpg", number + offset), "alt": {"fr": "Image d'essai"}, "credit": "Parvis"}])
    } else {
        json!([])
    };
    json!({"type": kind, "id": id, "title": {"fr": title, "en": format!("{title} (en)")},
        "summary": {"fr": "Un texte court pour mesurer, toujours le même."}, "media": media})
}

fn place(dice: &mut Dice, number: u32) -> Value {
    let kind = dice.pick(&KINDS);
    let mut place = common("place", format!("big:place-{number}"), &format!("Lieu {kind} {number}"), number);
    place["kind"] = json!(kind);
    place["position"] = position(dice);
    place["hours"] = json!(dice.pick(&["24/7", "Mo-Fr 09:00-18:00", "Mo-Su 10:00-22:00", ""]));
    let wheelchair = dice.pick(&["yes", "no", "unknown"]);
    place["access"] = json!({"wheelchair": {"value": wheelchair, "source": "Parvis"}});
    place
}

fn event(dice: &mut Dice, number: u32) -> Value {
    let title = format!("{} {} n° {number}", dice.pick(&WHAT), dice.pick(&HOW));
    let mut event = common("event", format!("big:event-{number}"), &title, number);
    let (month, day, hour) = (1 + dice.roll(12), 1 + dice.roll(28), 8 + dice.roll(14));
    let year = if month < 6 { 2027 } else { 2026 };
    let at = |hour: u32| format!("{year}-{month:02}-{day:02}T{hour:02}:00:00+02:00");
    let first = format!("{FIRST_DAY}T20:00:00+02:00");
    let begin = if number < 20 { first } else { at(hour) };
    let end = if number < 20 { format!("{FIRST_DAY}T22:00:00+02:00") } else { at(hour + 1) };
    event["kind"] = json!(dice.pick(&EVENT_KINDS));
    event["timings"] = json!([{"begin": begin, "end": end}]);
    event["location"] = json!({"name": format!("Salle {}", dice.roll(200)), "position": position(dice)});
    event
}

fn position(dice: &mut Dice) -> Value {
    let offset = |roll: u32| (f64::from(roll) - 5_000.0) / 400_000.0;
    json!({"lat": 48.0 + offset(dice.roll(10_000)), "lon": 2.0 + offset(dice.roll(10_000))})
}

/// Bands, a sun and some grain: as hard to decode as a photograph of its size.
fn picture(dice: &mut Dice) -> RgbImage {
    const WIDTH: u32 = 640;
    const HEIGHT: u32 = 480;
    let tint = [dice.roll(200) as u8, dice.roll(200) as u8, dice.roll(200) as u8];
    let (sun_x, sun_y) = (dice.roll(WIDTH) as i32, dice.roll(HEIGHT / 2) as i32);
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (dx, dy) = (x as i32 - sun_x, y as i32 - sun_y);
        let light = if dx * dx + dy * dy < 3_600 { 55 } else { (y * 40 / HEIGHT) as u8 };
        let grain = ((x * 7 + y * 13) % 11) as u8;
        Rgb(tint.map(|part| part.saturating_add(light).saturating_add(grain)))
    })
}
