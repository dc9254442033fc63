//! Turns the content that the peers are measured with (events, searchable items, slides and pictures as JSON and JPEG) into
//! a content directory, so that Parvis shows the same amount of the same.
//!
//! `cargo run --example peer-content -- SITE/gen DIR`, then `parvis play --content DIR`, with `--signage` for the slides.

#![allow(clippy::print_stdout, reason = "a generator says what it wrote")]

use serde::Deserialize;
use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::path::Path;

/// One record of the peers' `events.json` or `items.json`.
#[derive(Deserialize)]
struct Entry {
    id: u32,
    title: String,
    /// Culture, sport, market, childhood, procedures, nature.
    category: usize,
    place: String,
    /// Local time without a zone, to the minute.
    date: String,
    text: String,
    #[serde(default)]
    image: String,
}

/// The peers' `playlist.json`.
#[derive(Deserialize)]
struct Slides {
    /// How long each stands, its fade included.
    seconds: u32,
    /// Seconds that each takes to come.
    fade: u32,
    slides: Vec<Slide>,
}

#[derive(Deserialize)]
struct Slide {
    image: String,
    title: String,
    text: String,
}

const EVENT_KINDS: [&str; 6] = ["exhibition", "sport", "market", "family", "talk", "nature"];
const PLACE_KINDS: [&str; 6] = ["museum", "sport", "market", "playground", "town_hall", "park"];
/// Of the categories, the one whose items are procedures.
const PROCEDURES: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(site), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("name two folders: cargo run --example peer-content -- SITE/gen DIR".into());
    };
    let (site, folder) = (Path::new(&site), Path::new(&folder));
    fs::create_dir_all(folder.join("media"))?;
    let events: Vec<Entry> = read(&site.join("events.json"))?;
    let items: Vec<Entry> = read(&site.join("items.json"))?;
    let slides: Slides = read(&site.join("playlist.json"))?;
    let pictures = events.iter().map(|event| &event.image).chain(slides.slides.iter().map(|slide| &slide.image));
    for image in pictures {
        let name = name_of(image).ok_or("an entry without a picture")?;
        fs::copy(site.join("img").join(name), folder.join("media").join(name))?;
    }
    write(&folder.join("events.json"), events.iter().map(event).collect())?;
    write(&folder.join("items.json"), items.iter().map(item).collect())?;
    write(&folder.join("signage.json"), signage(&slides))?;
    let town = json!({"name": {"fr": "Saint-Aubin-sur-Marne"}, "zone": "Europe/Paris", "country": "FR",
        "position": {"lat": 48.8, "lon": 2.5}, "desk": {"name": {"fr": "Mairie"}, "phone": "+33 1 00 00 00 00"}});
    fs::write(folder.join("town.json"), town.to_string())?;
    let counts = (events.len(), items.len(), slides.slides.len());
    println!("{} events with pictures, {} items and {} slides in {}", counts.0, counts.1, counts.2, folder.display());
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Box<dyn Error>> {
    let text = fs::read(path).map_err(|reason| format!("{}: {reason}", path.display()))?;
    Ok(serde_json::from_slice(&text)?)
}

fn write(path: &Path, items: Vec<Value>) -> Result<(), Box<dyn Error>> {
    fs::write(path, serde_json::to_vec(&json!({"format": 1, "items": items}))?)?;
    Ok(())
}

fn name_of(image: &str) -> Option<&str> {
    Path::new(image).file_name()?.to_str()
}

fn media(image: &str) -> Value {
    json!([{"path": name_of(image), "alt": {"fr": "Image d'essai"}, "credit": "essai"}])
}

/// The slides in their order, and the playlist of them that plays when nothing else does.
fn signage(slides: &Slides) -> Vec<Value> {
    let id = |at: usize| format!("peer:slide-{at}");
    let mut items: Vec<Value> = slides
        .slides
        .iter()
        .enumerate()
        .map(|(at, slide)| {
            json!({"type": "playlist_item", "id": id(at), "title": {"fr": slide.title}, "text": {"fr": slide.text},
            "show": {"kind": "picture"}, "duration_secs": slides.seconds, "media": media(&slide.image)})
        })
        .collect();
    let slots: Vec<String> = (0..items.len()).map(id).collect();
    items.push(json!({"type": "playlist", "id": "peer:slides", "title": {"fr": "Affichage"}, "slots": slots,
        "transition": {"kind": "fade", "millis": slides.fade * 1000}, "default": true}));
    items
}

fn event(entry: &Entry) -> Value {
    let hour: u32 = entry.date.get(11..13).and_then(|hour| hour.parse().ok()).unwrap_or(12);
    let day = entry.date.get(..10).unwrap_or("2026-06-01");
    let at = |hour: u32| format!("{day}T{hour:02}:00:00+02:00");
    json!({"type": "event", "id": format!("peer:event-{}", entry.id), "title": {"fr": entry.title},
        "description": {"fr": entry.text}, "kind": EVENT_KINDS[entry.category % 6],
        "media": media(&entry.image),
        "timings": [{"begin": at(hour), "end": at(hour + 2)}], "location": {"name": entry.place}})
}

fn item(entry: &Entry) -> Value {
    let id = format!("peer:item-{}", entry.id);
    if entry.category == PROCEDURES {
        return json!({"type": "service", "id": id, "title": {"fr": entry.title}, "summary": {"fr": entry.text}});
    }
    json!({"type": "place", "id": id, "title": {"fr": entry.title}, "summary": {"fr": entry.text},
        "kind": PLACE_KINDS[entry.category % 6], "address": entry.place})
}
