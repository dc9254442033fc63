//! What was on the panel is in the outbox: each slide once, with the time it was seen, and nothing that was skipped.

use super::scratch::Scratch;
use super::signage_frames::{begins, id, studio, write_content};
use parvis::content::Id;
use parvis::player::outbox::Outbox;
use parvis::player::signage::Wish;
use parvis::store;
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
