//! What changes while signage plays: the town it stands in, whether its clock is believed, what can be drawn, and what is
//! over. The panel is never black for it, and a warning is never missed.

use super::scratch::Scratch;
use super::signage_frames::{begins, studio};
use chrono::{DateTime, TimeDelta, Utc};
use image::{Rgb, RgbImage};
use parvis::content::{Bulletin, Id};
use parvis::film::GStreamer;
use parvis::player::clock::{Clock, Trust};
use parvis::player::following::{Content, Fresh, swap};
use parvis::player::opening::{Standing, open_path};
use parvis::player::outbox::Outbox;
use parvis::player::render::Studio;
use parvis::player::settings::Settings;
use parvis::player::signage::{Projector, Stage, Wish};
use parvis::store;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

const TOWN: &str = "town.json";
const MONACO: [f64; 2] = [43.735, 7.421];
const BREST: [f64; 2] = [48.39, -4.486];

fn town(position: [f64; 2]) -> String {
    json!({"name": {"fr": "Ville"}, "zone": "Europe/Paris", "position": {"lat": position[0], "lon": position[1]}})
        .to_string()
}

fn item(id: &str, show: Value, more: Value) -> Value {
    let mut item = json!({"type": "playlist_item", "id": id, "show": show, "title": {"fr": id}, "duration_secs": 10});
    more.as_object().into_iter().flatten().for_each(|(key, value)| item[key] = value.clone());
    item
}

/// These items, a playlist of all of them, and what else there is.
fn write(scratch: &Scratch, mut items: Vec<Value>, others: Vec<Value>) -> Result<(), String> {
    let slots: Vec<Value> = items.iter().map(|item| item["id"].clone()).collect();
    items.push(json!({"type": "playlist", "id": "test:all", "title": {"fr": "Tout"}, "default": true, "slots": slots,
        "transition": {"kind": "cut"}}));
    items.extend(others);
    scratch.write("signage.json", json!({"format": 1, "items": items}).to_string())?;
    scratch.write(TOWN, town(MONACO))
}

fn on(studio: &mut Studio) -> String {
    let stage = studio.world().resource::<Stage>();
    let part = stage.panel().and_then(|panel| panel.parts.first());
    part.and_then(|part| part.key.id.as_ref()).map(|id| id.0.clone()).unwrap_or_default()
}

fn expect(studio: &mut Studio, id: &str, when: &str) -> Result<(), String> {
    studio.settle();
    let seen = studio.shoot()?;
    let is_black = seen.rgba.chunks_exact(4).all(|pixel| pixel[..3] == [0, 0, 0]);
    let found = on(studio);
    let is_off = studio.world().resource::<Stage>().panel().is_none_or(|panel| panel.is_off);
    if found != id || is_black || is_off {
        return Err(format!("{when}: \"{found}\" is on instead of {id}; black: {is_black}, off: {is_off}"));
    }
    Ok(())
}

fn warning(id: &str, more: Value) -> Value {
    let mut alert = json!({"type": "alert", "id": id, "title": {"fr": "Orage"}, "severity": "severe"});
    more.as_object().into_iter().flatten().for_each(|(key, value)| alert[key] = value.clone());
    alert
}

fn bulletin(alerts: Vec<Value>) -> Result<Arc<Bulletin>, String> {
    let folder = Scratch::new("signage-bulletin")?;
    folder.write("alerts.json", json!({"format": 1, "items": alerts}).to_string())?;
    folder.write(TOWN, town(MONACO))?;
    Ok(Arc::new(open_path(folder.path(), Standing::default())?.almanac.catalog.bulletin.clone()))
}

/// A display that was switched on before it had any content stands in the town whose content it gets.
pub fn moved() -> Result<(), String> {
    let scratch = Scratch::new("signage-moved")?;
    write(&scratch, vec![item("test:notice", json!({"kind": "notice"}), json!({}))], Vec::new())?;
    let mut studio = studio(&scratch, Wish::Schedule)?;
    let settings = Arc::new(Settings::read("", [])?);
    let display = studio.world().resource::<Stage>().station.display.clone();
    studio.kiosk().settings = Some(settings);
    studio.kiosk().display = Some(display);
    expect(&mut studio, "test:notice", "at first")?;
    let area = json!({"areas": [{"circles": [{"centre": {"lat": BREST[0], "lon": BREST[1]}, "radius_km": 9.0}]}]});
    let alerts = bulletin(vec![warning("test:storm", area)])?;
    swap(studio.world(), Fresh { bulletin: Some(alerts), ..Fresh::default() });
    expect(&mut studio, "test:notice", "with a warning for another town")?;
    scratch.write(TOWN, town(BREST))?;
    let opened = open_path(scratch.path(), Standing::default())?;
    let theme = studio.kiosk().theme.clone();
    let content = Content { almanac: Arc::new(opened.almanac), gallery: opened.gallery, theme, preview: false };
    swap(studio.world(), Fresh { content: Some(content), ..Fresh::default() });
    expect(&mut studio, "test:storm", "in the town that the warning is for")?;
    let known = studio.kiosk().scene(begins()).alerts().len();
    if known == 1 { Ok(()) } else { Err(format!("a kiosk there would know of {known} warnings")) }
}

/// While nobody knows what time it is: what was in force at the last moment that is known, nothing with a date, and light.
pub fn doubt() -> Result<(), String> {
    let scratch = Scratch::new("signage-doubt")?;
    let noon = begins() + TimeDelta::hours(12);
    let dated = json!({"valid": {"until": (noon + TimeDelta::days(400)).to_rfc3339()}});
    let event = json!({"type": "event", "id": "test:concert", "title": {"fr": "Concert"},
        "timings": [{"begin": (noon - TimeDelta::hours(1)).to_rfc3339(), "end": (noon + TimeDelta::hours(9)).to_rfc3339()}]});
    let items = vec![
        item("test:events", json!({"kind": "events", "filter": {}, "count": 1}), json!({"duration_secs": 3600})),
        item("test:count", json!({"kind": "countdown", "to": (noon + TimeDelta::days(9)).to_rfc3339()}), json!({})),
        item("test:dated", json!({"kind": "notice"}), dated),
        item("test:notice", json!({"kind": "notice"}), json!({})),
    ];
    write(&scratch, items, vec![event])?;
    let mut studio = studio(&scratch, Wish::Schedule)?;
    studio.kiosk().clock = Clock::From(noon);
    expect(&mut studio, "test:events", "while the clock is believed")?;
    // The battery of the clock is empty, in the middle of a slide: it says 2020 at night, when the panel would be off.
    studio.world().resource_mut::<Stage>().station.display.power.on = vec![
        serde_json::from_value(json!({"dayparts": [{"from": "08:00:00", "until": "20:00:00"}]}))
            .map_err(|e| e.to_string())?,
    ];
    let night: DateTime<Utc> = "2020-01-01T02:00:00Z".parse().map_err(|error| format!("{error}"))?;
    studio.kiosk().clock = Clock::From(night);
    let doubted = |alerts| Fresh { trust: Some(Trust::Doubted { floor: noon }), bulletin: alerts, ..Fresh::default() };
    swap(studio.world(), doubted(None));
    for second in [0, 15, 15, 15] {
        studio.advance(Duration::from_secs(second));
        expect(&mut studio, "test:notice", "in doubt")?;
    }
    let span = |from: i64, until: i64| {
        json!({"valid": {"from": (noon + TimeDelta::minutes(from)).to_rfc3339(),
            "until": (noon + TimeDelta::minutes(until)).to_rfc3339()}})
    };
    let alerts = bulletin(vec![warning("test:over", span(-60, -5)), warning("test:storm", span(-5, 60))])?;
    swap(studio.world(), doubted(Some(alerts)));
    expect(&mut studio, "test:storm", "with a warning in doubt")?;
    studio.kiosk().clock = Clock::From(noon);
    swap(studio.world(), Fresh { trust: Some(Trust::Believed), bulletin: Some(Arc::default()), ..Fresh::default() });
    expect(&mut studio, "test:events", "believed again")?;
    studio.kiosk().clock = Clock::From(noon + TimeDelta::hours(9));
    studio.kiosk().look_again();
    studio.settle();
    let is_off = studio.world().resource::<Stage>().panel().is_some_and(|panel| panel.is_off);
    if is_off { Ok(()) } else { Err("the hours of the panel are forgotten after a doubt".to_owned()) }
}

/// What is over while its slide stands leaves at once, or stays as it was for the moments that are left to it.
pub fn over() -> Result<(), String> {
    let scratch = Scratch::new("signage-over")?;
    // The second round's countdown begins one second before the stroke.
    let to = begins() + TimeDelta::seconds(21);
    write(
        &scratch,
        vec![
            item("test:count", json!({"kind": "countdown", "to": to.to_rfc3339()}), json!({})),
            item("test:notice", json!({"kind": "notice"}), json!({})),
        ],
        Vec::new(),
    )?;
    let mut studio = studio(&scratch, Wish::Playlist(Id("test:all".to_owned())))?;
    let due = [(0, "count"), (9, "count"), (2, "notice"), (9, "count"), (1, "count"), (1, "count"), (2, "notice")];
    for (second, id) in due {
        studio.advance(Duration::from_secs(second));
        studio.kiosk().look_again();
        expect(&mut studio, &format!("test:{id}"), &format!("{second} s later"))?;
    }
    Ok(())
}

/// A picture that is broken is passed over from the first frame on, and comes back once it is mended.
pub fn mended() -> Result<(), String> {
    let scratch = Scratch::new("signage-mended")?;
    let media = json!({"media": [{"path": "a.png"}], "duration_secs": 3600});
    write(
        &scratch,
        vec![
            item("test:picture", json!({"kind": "picture"}), media),
            item("test:notice", json!({"kind": "notice"}), json!({})),
        ],
        Vec::new(),
    )?;
    scratch.write("media/a.png", b"no picture")?;
    let told = Scratch::new("signage-mended-store")?;
    let mut studio = studio(&scratch, Wish::Playlist(Id("test:all".to_owned())))?;
    studio.world().insert_resource(Outbox::start(told.path().to_owned()).map_err(|error| error.to_string())?);
    expect(&mut studio, "test:notice", "with a broken picture")?;
    let mut file = std::io::Cursor::new(Vec::new());
    let red = RgbImage::from_pixel(900, 1600, Rgb([200, 30, 30]));
    red.write_to(&mut file, image::ImageFormat::Png).map_err(|error| error.to_string())?;
    scratch.write("media/a.png", file.into_inner())?;
    swap(studio.world(), Fresh { healed: true, ..Fresh::default() });
    studio.advance(Duration::from_secs(11));
    expect(&mut studio, "test:picture", "mended")?;
    studio.world().remove_resource::<Outbox>();
    let kept = store::Outbox::look_at_plays(told.path()).map_err(|error| error.to_string())?;
    let plays: Vec<String> = kept.into_iter().flat_map(|kept| kept.plays).map(|play| play.played.item.0).collect();
    if plays == ["test:notice"] { Ok(()) } else { Err(format!("played: {plays:?}")) }
}

/// Where no film can be played its still picture stands for it; town IT is told once.
pub fn without_films() -> Result<(), String> {
    let (scratch, told) = (Scratch::new("signage-still")?, Scratch::new("signage-still-store")?);
    let media = json!({"media": [{"path": "a.png"}, {"path": "a.webm"}], "duration_secs": 3600});
    write(
        &scratch,
        vec![
            item("test:film", json!({"kind": "film"}), media),
            item("test:notice", json!({"kind": "notice"}), json!({})),
        ],
        Vec::new(),
    )?;
    let mut file = std::io::Cursor::new(Vec::new());
    let red = RgbImage::from_pixel(900, 1600, Rgb([200, 30, 30]));
    red.write_to(&mut file, image::ImageFormat::Png).map_err(|error| error.to_string())?;
    scratch.write("media/a.png", file.into_inner())?;
    scratch.write("media/a.webm", b"a film")?;
    let mut studio = studio(&scratch, Wish::Playlist(Id("test:all".to_owned())))?;
    let (sender, news) = channel();
    let nowhere = GStreamer::in_folder(told.path().join("nowhere"));
    let wake = move || sender.send(()).unwrap_or_default();
    studio.world().insert_resource(Projector::new(nowhere, wake));
    studio.world().insert_resource(Outbox::start(told.path().to_owned()).map_err(|error| error.to_string())?);
    expect(&mut studio, "test:film", "before its film is asked for")?;
    news.recv_timeout(Duration::from_secs(60)).map_err(|_| "nothing is said of the film")?;
    for _ in 0..3 {
        studio.advance(Duration::from_secs(60));
        studio.kiosk().look_again();
        expect(&mut studio, "test:film", "without GStreamer")?;
    }
    studio.world().remove_resource::<Outbox>();
    let mut outbox = store::Outbox::open(told.path(), store::Limits::default()).map_err(|error| error.to_string())?;
    let kept = outbox.oldest(100).map_err(|error| error.to_string())?;
    let faults: Vec<_> = kept.iter().filter(|record| record.body["fault"] == "item").collect();
    match faults[..] {
        [fault] if fault.body["item"] == "test:film" => Ok(()),
        _ => Err(format!("what was told is {faults:?}")),
    }
}
