//! A black, frozen or wrong picture is found within ten seconds, told of once, and painted again; a right one never is.

use super::scratch::Scratch;
use super::signage_frames::{studio, write_content};
use parvis::content::Id;
use parvis::language::Language;
use parvis::player::outbox::Outbox;
use parvis::player::painter::{Canvas, Painting};
use parvis::player::render::{Shot, Studio};
use parvis::player::signage::{Found, Station, Truth, Wish};
use parvis::store;
use serde_json::json;
use std::time::Duration;

const STEP: Duration = Duration::from_millis(500);
const FOUND_WITHIN: Duration = Duration::from_secs(10);

fn step(studio: &mut Studio, by: Duration) -> Result<Option<Found>, String> {
    studio.advance(by);
    studio.settle();
    studio.frame()?;
    Ok(studio.world().resource::<Truth>().fault())
}

fn canvas(studio: &mut Studio) -> &mut Canvas {
    &mut studio.world().resource_mut::<Painting>().into_inner().canvas
}

/// Until it is found; the frame in which it is has been painted again.
fn find(studio: &mut Studio, wanted: Found, right: &Shot) -> Result<(), String> {
    let mut waited = Duration::ZERO;
    while waited < FOUND_WITHIN {
        waited += STEP;
        match step(studio, STEP)? {
            None => {}
            Some(found) if found != wanted => return Err(format!("{found:?} was found instead of {wanted:?}")),
            Some(_) if studio.seen() != *right => return Err(format!("{wanted:?} was not painted again")),
            Some(_) => {
                let left = step(studio, STEP)?;
                return left.map_or(Ok(()), |left| Err(format!("{left:?} stays though it is painted again")));
            }
        }
    }
    Err(format!("{wanted:?} was not found within {FOUND_WITHIN:?}"))
}

/// Two notices that stand for ten minutes each.
fn write_standing(scratch: &Scratch) -> Result<(), String> {
    let item = |name: &str, words: &str| {
        json!({"type": "playlist_item", "id": name, "duration_secs": 600, "show": {"kind": "notice"},
            "title": {"fr": words}, "text": {"fr": "Un mot de plus."}})
    };
    let items = [item("test:one", "Marché ce matin"), item("test:other", "Piscine fermée")];
    scratch.write("signage.json", json!({"format": 1, "items": items}).to_string())?;
    scratch.write("town.json", json!({"name": {"fr": "Ville"}, "zone": "Europe/Paris"}).to_string())
}

pub fn faults() -> Result<(), String> {
    let (content, told) = (Scratch::new("signage-truth")?, Scratch::new("signage-truth-store")?);
    write_standing(&content)?;
    let mut studio = studio(&content, Wish::Item(Id("test:one".to_owned())))?;
    studio.world().insert_resource(Outbox::start(told.path().to_owned()).map_err(|error| error.to_string())?);
    let old = studio.shoot()?;
    let old_canvas = canvas(&mut studio).clone();
    for _ in 0..4 {
        step(&mut studio, STEP)?;
    }
    let whole = old_canvas.area();
    canvas(&mut studio).fill(whole, [0, 0, 0, 255]);
    find(&mut studio, Found::Black, &old)?;
    canvas(&mut studio).fill(whole, [200, 30, 30, 255]);
    find(&mut studio, Found::Wrong, &old)?;

    let (almanac, profile) = (studio.kiosk().almanac.clone(), studio.kiosk().profile.clone());
    let next = Wish::Item(Id("test:other".to_owned()));
    studio.play_signage(Station::at(&almanac, &profile, Language::Fr, next));
    let new = studio.shoot()?;
    if new == old {
        return Err("the two slides look the same: the test sees nothing".to_owned());
    }
    *canvas(&mut studio) = old_canvas;
    find(&mut studio, Found::Frozen, &new)?;

    studio.world().remove_resource::<Outbox>();
    let mut outbox = store::Outbox::open(told.path(), store::Limits::default()).map_err(|error| error.to_string())?;
    let kept = outbox.oldest(100).map_err(|error| error.to_string())?;
    let faults: Vec<_> = kept.iter().filter(|record| record.body["fault"] == "picture").collect();
    let found: Vec<_> = faults.iter().map(|record| record.body["found"].as_str().unwrap_or("ended")).collect();
    if found != ["black", "ended", "wrong", "ended", "frozen", "ended"] {
        return Err(format!("what was told is {found:?}"));
    }
    Ok(())
}

/// Slides, fades and a minute that passes.
pub fn quiet() -> Result<(), String> {
    const FRAMES: usize = 70 * 6;
    let content = Scratch::new("signage-truth-quiet")?;
    write_content(&content)?;
    let mut studio = studio(&content, Wish::Playlist(Id("test:all".to_owned())))?;
    studio.kiosk().moves = true;
    for frame in 0..FRAMES {
        if let Some(found) = step(&mut studio, Duration::from_secs(1) / 6)? {
            studio.seen().save(&std::env::temp_dir().join("parvis-signage-truth.png"))?;
            return Err(format!("frame {frame} is right, and {found:?} was found"));
        }
    }
    Ok(())
}
