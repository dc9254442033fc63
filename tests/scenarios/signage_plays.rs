//! What was on the panel is in the outbox: each slide once, with the time it was seen, and nothing that was skipped. What
//! was skipped, and why, is there as well.

use super::scratch::Scratch;
use super::signage_frames::{begins, id, studio, write_content};
use parvis::content::Id;
use parvis::player::outbox::Outbox;
use parvis::player::signage::{Stage, Wish};
use parvis::store;
use serde_json::{Value, json};
use std::time::Duration;

pub fn run() -> Result<(), String> {
    const SECONDS: u32 = 20;
    let (content, told) = (Scratch::new("signage-plays")?, Scratch::new("signage-plays-store")?);
    write_content(&content)?;
    let mut studio = studio(&content, Wish::Playlist(Id("test:all".to_owned())))?;
    let outbox = Outbox::start(told.path().to_owned()).map_err(|error| error.to_string())?;
    studio.world().insert_resource(outbox);
    studio.settle();
    for _ in 0..SECONDS {
        studio.advance(Duration::from_secs(1));
        studio.settle();
    }
    studio.world().remove_resource::<Outbox>();
    let kept = store::Outbox::look_at_plays(told.path()).map_err(|error| error.to_string())?;
    let kept = kept.ok_or("nothing was kept")?.plays;
    let plays: u64 = kept.iter().map(|play| play.plays).sum();
    let millis: u64 = kept.iter().map(|play| play.millis).sum();
    if (plays, millis) != (u64::from(SECONDS), u64::from(SECONDS) * 1_000) {
        return Err(format!("{plays} plays of {millis} ms were told of {SECONDS} s"));
    }
    let first = kept.iter().min_by_key(|play| play.first).ok_or("nothing is the first")?;
    let wanted = (id(0), Some(Id("test:all".to_owned())), begins());
    if (first.played.item.0.clone(), first.played.playlist.clone(), first.first) != wanted {
        return Err(format!("the first is {first:?}"));
    }
    Ok(())
}

/// What cannot be shown is passed over, and told of once.
pub fn told() -> Result<(), String> {
    let (content, told) = (Scratch::new("signage-told")?, Scratch::new("signage-told-store")?);
    let item = |id: &str, kind: &str, more: Value| {
        let mut item = json!({"type": "playlist_item", "id": id, "show": {"kind": kind}, "duration_secs": 2,
            "title": {"fr": "Avis"}});
        more.as_object().into_iter().flatten().for_each(|(key, value)| item[key] = value.clone());
        item
    };
    let long = "Beaucoup plus de mots que personne ne peut lire en passant. ".repeat(20);
    let items = [
        item("test:long", "notice", json!({"text": {"fr": long}})),
        item("test:good", "notice", json!({})),
        json!({"type": "playlist", "id": "test:all", "title": {"fr": "Tout"},
            "slots": ["test:long", "test:good"]}),
    ];
    content.write("signage.json", json!({"format": 1, "items": items}).to_string())?;
    content.write("town.json", json!({"name": {"fr": "Ville"}, "zone": "Europe/Paris"}).to_string())?;
    let mut studio = studio(&content, Wish::Playlist(Id("test:all".to_owned())))?;
    let outbox = Outbox::start(told.path().to_owned()).map_err(|error| error.to_string())?;
    studio.world().insert_resource(outbox);
    for _ in 0..20 {
        studio.settle();
        let stage = studio.world().resource::<Stage>();
        let on: Vec<_> = stage.panel().into_iter().flat_map(|panel| &panel.parts).map(|part| &part.key.id).collect();
        if on != [&Some(Id("test:good".to_owned()))] {
            return Err(format!("{on:?} is on"));
        }
        studio.advance(Duration::from_secs(1));
    }
    studio.world().remove_resource::<Outbox>();
    let mut outbox = store::Outbox::open(told.path(), store::Limits::default()).map_err(|error| error.to_string())?;
    let kept = outbox.oldest(100).map_err(|error| error.to_string())?;
    let faults = kept.iter().filter(|record| record.body["fault"] == "item");
    let faults: Vec<(&str, &str)> = faults
        .map(|record| [&record.body["item"], &record.body["words"]].map(|value| value.as_str().unwrap_or_default()))
        .map(|[item, words]| (item, words))
        .collect();
    match faults[..] {
        [("test:long", words)] if words.starts_with("too long") && words.ends_with("…\"") => Ok(()),
        _ => Err(format!("what was told is {faults:?}")),
    }
}
