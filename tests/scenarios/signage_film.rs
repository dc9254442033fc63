//! A film on the panel: its still picture until its first frame is there, then its frames, and never anything else. One
//! that cannot be played is left out, and told of.

use super::scratch::Scratch;
use super::signage_frames::studio;
use bevy::math::{IRect, IVec2};
use image::{Rgb, RgbImage};
use parvis::content::Id;
use parvis::film::GStreamer;
use parvis::player::outbox::Outbox;
use parvis::player::painter::Painting;
use parvis::player::render::{Shot, Studio};
use parvis::player::signage::{Projector, Stage, Truth, Wish};
use parvis::store;
use serde_json::json;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const STILL: [u8; 3] = [20, 60, 200];
/// A decoder on a busy machine answers within this time.
const PATIENCE: Duration = Duration::from_secs(60);
/// From one frame of the film to the next.
const FRAME: Duration = Duration::from_millis(40);
/// Encoders do not keep colours to the last bit.
const NEAR: u8 = 40;

/// Three seconds of red.
fn write_film(scratch: &Scratch) -> Result<(), String> {
    let pipeline = format!(
        "videotestsrc pattern=red num-buffers=75 ! video/x-raw,format=I420,width=320,height=240,framerate=25/1 ! \
         vp8enc deadline=1 ! webmmux ! filesink location={}",
        scratch.path().join("media/red.webm").display()
    );
    let made = Command::new("gst-launch-1.0").arg("-q").args(pipeline.split_whitespace()).status();
    let made = made.map_err(|error| format!("gst-launch-1.0, of packaging/machine.bash: {error}"))?;
    if made.success() { Ok(()) } else { Err("the film could not be made".to_owned()) }
}

/// A film, one that is none, and a notice.
fn write_content(scratch: &Scratch) -> Result<(), String> {
    let mut still = std::io::Cursor::new(Vec::new());
    let blue = RgbImage::from_pixel(320, 240, Rgb(STILL));
    blue.write_to(&mut still, image::ImageFormat::Png).map_err(|error| error.to_string())?;
    scratch.write("media/still.png", still.into_inner())?;
    scratch.write("media/none.webm", b"no film at all")?;
    let film = |id: &str, path: &str| {
        json!({"type": "playlist_item", "id": id, "title": {"fr": "Un film"}, "duration_secs": 12,
            "show": {"kind": "film"}, "media": [{"path": "still.png"}, {"path": path}]})
    };
    let notice = json!({"type": "playlist_item", "id": "test:notice", "title": {"fr": "Marché ce matin"},
        "duration_secs": 6, "show": {"kind": "notice"}});
    let slots = ["test:film", "test:none", "test:notice"];
    let all = json!({"type": "playlist", "id": "test:all", "title": {"fr": "Tout"}, "slots": slots,
        "transition": {"kind": "cut"}});
    let items = [film("test:film", "red.webm"), film("test:none", "none.webm"), notice, all];
    scratch.write("signage.json", json!({"format": 1, "items": items}).to_string())?;
    scratch.write("town.json", json!({"name": {"fr": "Ville"}, "zone": "Europe/Paris"}).to_string())?;
    write_film(scratch)
}

fn is_near(pixel: &[u8], wanted: [u8; 3]) -> bool {
    pixel.iter().zip(wanted).all(|(one, other)| one.abs_diff(other) <= NEAR)
}

/// A pixel of the picture, well inside it.
fn in_the_picture(shot: &Shot) -> &[u8] {
    let at = ((shot.height / 4 * shot.width + shot.width / 2) * 4) as usize;
    &shot.rgba[at..at + 3]
}

fn item_on(studio: &mut Studio) -> String {
    let stage = studio.world().resource::<Stage>();
    let part = stage.panel().and_then(|panel| panel.parts.first());
    part.and_then(|part| part.key.id.as_ref()).map(|id| id.0.clone()).unwrap_or_default()
}

/// One frame more, once a decoder has news.
fn next_frame(studio: &mut Studio, news: &Receiver<()>, by: Duration) -> Result<Shot, String> {
    news.recv_timeout(PATIENCE).map_err(|_| "no decoder says anything".to_owned())?;
    studio.advance(by);
    studio.frame()?;
    Ok(studio.seen())
}

/// From its still picture to its frames; nothing else is ever seen in its place.
fn watch_film(studio: &mut Studio, news: &Receiver<()>) -> Result<(), String> {
    const RED: [u8; 3] = [255, 0, 0];
    let first = studio.shoot()?;
    if !is_near(in_the_picture(&first), STILL) {
        return Err(format!("before its first frame it looks like {:?}", in_the_picture(&first)));
    }
    loop {
        let seen = next_frame(studio, news, FRAME)?;
        let pixel = in_the_picture(&seen);
        if is_near(pixel, RED) {
            return Ok(());
        }
        if !is_near(pixel, STILL) {
            return Err(format!("between its still picture and its frames there is {pixel:?}"));
        }
    }
}

/// While the film plays, the panel is looked at; what hides all but the film is found.
fn watch_truth(studio: &mut Studio) -> Result<(), String> {
    let next = |studio: &mut Studio| {
        studio.advance(FRAME);
        studio.frame()?;
        if item_on(studio) == "test:film" { Ok(()) } else { Err("the film's turn is over".to_owned()) }
    };
    let truth = |studio: &mut Studio| {
        let truth = studio.world().resource::<Truth>();
        (truth.looked, truth.fault())
    };
    while truth(studio).0 == 0 {
        next(studio)?;
    }
    if let (_, Some(found)) = truth(studio) {
        return Err(format!("the film is right, and {found:?} was found"));
    }
    let canvas = &mut studio.world().resource_mut::<Painting>().into_inner().canvas;
    let below = IRect { min: IVec2::new(0, canvas.area().height() * 3 / 4), ..canvas.area() };
    canvas.fill(below, [0, 0, 0, 255]);
    while truth(studio).1.is_none() {
        next(studio)?;
    }
    Ok(())
}

pub fn run() -> Result<(), String> {
    let (content, told) = (Scratch::new("signage-film")?, Scratch::new("signage-film-store")?);
    write_content(&content)?;
    let mut studio = studio(&content, Wish::Playlist(Id("test:all".to_owned())))?;
    let (sender, news) = channel();
    let wake = move || sender.send(()).unwrap_or_default();
    studio.world().insert_resource(Projector::new(GStreamer::of_the_system(), wake));
    studio.world().insert_resource(Outbox::start(told.path().to_owned()).map_err(|error| error.to_string())?);
    studio.settle();
    watch_film(&mut studio, &news)?;
    watch_truth(&mut studio)?;

    // Its turn is over; the next one is no film, and is noticed to be none when its turn has come.
    while item_on(&mut studio) == "test:film" {
        studio.advance(Duration::from_secs(1));
        studio.settle();
    }
    while item_on(&mut studio) == "test:none" {
        let seen = next_frame(&mut studio, &news, Duration::ZERO)?;
        if item_on(&mut studio) == "test:none" && !is_near(in_the_picture(&seen), STILL) {
            return Err("what cannot be played shows something else than its still picture".to_owned());
        }
    }
    if item_on(&mut studio) != "test:notice" {
        return Err(format!("after the film that is none comes {}", item_on(&mut studio)));
    }
    studio.world().remove_resource::<Outbox>();
    let mut outbox = store::Outbox::open(told.path(), store::Limits::default()).map_err(|error| error.to_string())?;
    let kept = outbox.oldest(100).map_err(|error| error.to_string())?;
    let faults: Vec<_> = kept.iter().filter(|record| record.body["fault"] == "item").collect();
    match faults[..] {
        [fault] if fault.body["item"] == "test:none" => Ok(()),
        _ => Err(format!("what was told is {faults:?}")),
    }
}
