//! Turns the content that the peers are measured with (events, searchable items and pictures as JSON and JPEG) into a
//! content directory, so that Parvis shows the same amount of the same.
//!
//! `cargo run --example peer-content -- SITE/gen DIR`, then `parvis play --content DIR`.

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
    for event in &events {
        let name = picture(event).ok_or("an event without a picture")?;
        fs::copy(site.join("img").join(name), folder.join("media").join(name))?;
    }
    write(&folder.join("events.json"), events.iter().map(event).collect())?;
    write(&folder.join("items.json"), items.iter().map(item).collect())?;
    let town = json!({"name": {"fr": "Saint-Aubin-sur-Marne"}, "zone": "Europe/Paris", "country": "FR",
        "position": {"lat": 48.8, "lon": 2.5}, "desk": {"name": {"fr": "Mairie"}, "phone": "+33 1 00 00 00 00"}});
    fs::write(folder.join("town.json"), town.to_string())?;
    println!("{} events with pictures and {} items in {}", events.len(), items.len(), folder.display());
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Entry>, Box<dyn Error>> {
    let text = fs::read(path).map_err(|reason| format!("{}: {reason}", path.display()))?;
    Ok(serde_json::from_slice(&text)?)
}

fn write(path: &Path, items: Vec<Value>) -> Result<(), Box<dyn Error>> {
    fs::write(path, serde_json::to_vec(&json!({"format": 1, "items": items}))?)?;
    Ok(())
}

fn picture(entry: &Entry) -> Option<&str> {
    Path::new(&entry.image).file_name()?.to_str()
}

fn event(entry: &Entry) -> Value {
    let hour: u32 = entry.date.get(11..13).and_then(|hour| hour.parse().ok()).unwrap_or(12);
    let day = entry.date.get(..10).unwrap_or("2026-06-01");
    let at = |hour: u32| format!("{day}T{hour:02}:00:00+02:00");
    json!({"type": "event", "id": format!("peer:event-{}", entry.id), "title": {"fr": entry.title},
        "description": {"fr": entry.text}, "kind": EVENT_KINDS[entry.category % 6],
        "media": [{"path": picture(entry), "alt": {"fr": "Image d'essai"}, "credit": "essai"}],
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
