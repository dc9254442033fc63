//! Motion on a virtual clock: it begins at what was touched, arrives in time, is the same each time, and takes no touch.

use super::stage::{Beginning, Stage};
use super::{case, hands};
use bevy::input::touch::TouchPhase;
use bevy::prelude::Vec2;
use chrono::TimeDelta;
use parvis::player::motion::Motion;
use parvis::player::render::Shot;
use std::time::Duration;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Plays on a kiosk that moves, and leaves it as it was.
fn moving<T>(screen: &str, play: impl FnOnce(&mut Stage) -> Result<T, String>) -> Result<T, String> {
    case::on_stage(&Beginning::on(screen), |stage| {
        stage.studio.kiosk().moves = true;
        stage.studio.settle();
        let played = play(stage);
        hands::finger(&mut stage.studio, 1, TouchPhase::Canceled, Vec2::ZERO);
        stage.studio.advance(ms(1_000));
        stage.studio.kiosk().moves = false;
        *stage.studio.world().resource_mut::<Motion>() = Motion::default();
        played
    })
}

fn is_moving(stage: &mut Stage) -> bool {
    stage.studio.world().resource::<Motion>().is_moving()
}

fn expect(holds: bool, otherwise: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

/// The pictures half-way in and at the end; on the way, the finger is lifted and the touch counts.
fn go_in(stage: &mut Stage) -> Result<[Shot; 2], String> {
    let card = hands::find(stage, "3, ")?;
    stage.studio.advance(hands::PAUSE);
    hands::finger(&mut stage.studio, 1, TouchPhase::Started, card);
    stage.studio.settle();
    expect(is_moving(stage), "nothing moves under the finger")?;
    stage.studio.advance(ms(40));
    stage.studio.advance(ms(40));
    let half = stage.studio.shoot()?;
    hands::finger(&mut stage.studio, 1, TouchPhase::Ended, card);
    stage.studio.settle();
    expect(is_moving(stage), "it stopped when the finger was lifted")?;
    expect(stage.studio.kiosk().visitor.screen().name() == "place", "the touch was lost")?;
    for _ in 0..6 {
        stage.studio.advance(ms(40));
    }
    expect(!is_moving(stage), "it moves for more than 240 ms")?;
    Ok([half, stage.studio.shoot()?])
}

pub fn in_and_back() -> Result<(), String> {
    let still = case::on_stage(&Beginning::on("places"), |stage| {
        let card = hands::find(stage, "3, ")?;
        hands::tap(&mut stage.studio, card);
        expect(!is_moving(stage), "it moves though it must not")?;
        stage.studio.shoot()
    })?;
    let [half, end] = moving("places", go_in)?;
    let [again, _] = moving("places", go_in)?;
    expect(half == again, "half-way it looks different each time")?;
    expect(half != end, "half-way it has arrived")?;
    expect(end == still, "what has moved looks different from what has not")?;
    moving("home", |stage| {
        let near = hands::find(stage, "Près de moi")?;
        hands::tap(&mut stage.studio, near);
        stage.studio.settle();
        expect(is_moving(stage), "nothing grows out of a tile")?;
        stage.studio.advance(ms(40));
        let back = hands::find(stage, "Retour")?;
        hands::tap(&mut stage.studio, back);
        stage.studio.settle();
        expect(is_moving(stage), "nothing moves on the way back")?;
        for _ in 0..5 {
            stage.studio.advance(ms(40));
        }
        expect(!is_moving(stage), "it moves back for more than 180 ms")
    })
}

pub fn attract_fades() -> Result<(), String> {
    moving("attract", |stage| {
        let before = stage.studio.shoot()?;
        let next = Beginning::on("attract").at + TimeDelta::seconds(8);
        stage.set_clock(next);
        stage.studio.settle();
        expect(is_moving(stage), "the next still comes at once")?;
        for _ in 0..3 {
            stage.studio.advance(ms(45));
        }
        let half = stage.studio.shoot()?;
        for _ in 0..4 {
            stage.studio.advance(ms(45));
        }
        expect(!is_moving(stage), "it fades for more than 300 ms")?;
        let after = stage.studio.shoot()?;
        expect(half != before && half != after, "half-way it is one or the other")
    })
}

pub fn too_slow() -> Result<(), String> {
    moving("places", |stage| {
        let card = hands::find(stage, "3, ")?;
        stage.studio.advance(hands::PAUSE);
        hands::finger(&mut stage.studio, 1, TouchPhase::Started, card);
        stage.studio.settle();
        stage.studio.advance(ms(60));
        expect(is_moving(stage), "one slow frame ended it")?;
        stage.studio.advance(ms(60));
        expect(!is_moving(stage), "it stutters on")
    })
}
