//! Every frame that signage presents: one slide, the next, or what lies between them; never black, never half of one.

use super::scratch::Scratch;
use chrono::{DateTime, TimeDelta, Utc};
use image::{Rgb, RgbImage};
use parvis::content::{Id, TransitionKind};
use parvis::language::Language;
use parvis::player::clock::{Clock, Trust};
use parvis::player::drawing::Drawing;
use parvis::player::kiosk::Setup;
use parvis::player::media::Pictures;
use parvis::player::opening::{Standing, open_path};
use parvis::player::profile::Profile;
use parvis::player::render::{Shot, Studio};
use parvis::player::signage::{Passing, Stage, Station, Wish};
use parvis::player::theme::Theme;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

const ITEMS: usize = 200;
/// Where a look at more of them shows nothing else.
const FEW: usize = 12;
/// Of the pictures these cannot be shown: cut short, no picture at all, not there.
const BROKEN: [usize; 3] = [40, 80, 120];
/// Frames a second.
const STEPS: usize = 6;
const STEP: Duration = Duration::from_nanos(1_000_000_000 / STEPS as u64);
/// Smaller differences nobody sees.
const SEEN: u8 = 16;
/// The two ways of mixing round differently.
const ROUNDED: u8 = 3;

/// Midnight in Paris: the list begins.
pub fn begins() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_781_474_400)
}

pub fn id(number: usize) -> String {
    format!("test:{number}")
}

/// A playlist of pictures, notices, tickers and countdowns, a second each.
pub fn write_content(scratch: &Scratch) -> Result<(), String> {
    write_slides(scratch, ITEMS, "fade")
}

/// So many of them, which come in this way.
fn write_slides(scratch: &Scratch, items: usize, transition: &str) -> Result<(), String> {
    let count = items;
    let title = |text: String| json!({"fr": text});
    let mut items: Vec<Value> = (0..count)
        .map(|number| {
            let mut item = json!({"type": "playlist_item", "id": id(number), "duration_secs": 1,
                "title": title(format!("Diapo {number}"))});
            let (show, more) = match number % 4 {
                0 => (json!({"kind": "picture"}), json!({"media": [{"path": format!("{number}.png")}]})),
                1 => (json!({"kind": "notice"}), json!({"text": title("Un mot de plus.".to_owned())})),
                2 => (json!({"kind": "ticker"}), json!({})),
                _ => (json!({"kind": "countdown", "to": "2027-01-01T00:00:00Z"}), json!({})),
            };
            item["show"] = show;
            more.as_object().into_iter().flatten().for_each(|(key, value)| item[key] = value.clone());
            item
        })
        .collect();
    let slots: Vec<String> = (0..count).map(id).collect();
    items.push(json!({"type": "playlist", "id": "test:all", "title": title("Tout".to_owned()), "slots": slots,
        "transition": {"kind": transition}}));
    scratch.write("signage.json", json!({"format": 1, "items": items}).to_string())?;
    scratch.write("town.json", json!({"name": {"fr": "Ville"}, "zone": "Europe/Paris"}).to_string())?;
    for number in (0..count).step_by(4) {
        let mut file = png(number)?;
        match BROKEN.iter().position(|broken| *broken == number) {
            Some(0) => file.truncate(file.len() / 2),
            Some(1) => file = b"no picture".to_vec(),
            Some(_) => continue,
            None => {}
        }
        scratch.write(&format!("media/{number}.png"), file)?;
    }
    Ok(())
}

/// Stripes in colours of its own.
fn png(number: usize) -> Result<Vec<u8>, String> {
    let shade = |at: usize| (at % 256) as u8;
    let colour = |x: u32| {
        let band = (x / 40) as usize;
        Rgb([shade(number * 37 + band * 90), shade(number * 91 + 60), shade(number * 53 + band * 40)])
    };
    let picture = RgbImage::from_fn(900, 1600, |x, _| colour(x));
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).map_err(|error| error.to_string())?;
    Ok(file.into_inner())
}

pub fn studio(scratch: &Scratch, wish: Wish) -> Result<Studio, String> {
    studio_by(scratch, wish, Drawing::Processor)
}

pub fn studio_by(scratch: &Scratch, wish: Wish, drawing: Drawing) -> Result<Studio, String> {
    let opened = open_path(scratch.path(), Standing::default())?;
    let profile = Profile::shipped("totem-portrait")?.with_pixels(270, 480);
    let station = Station::at(&opened.almanac, &profile, Language::Fr, wish);
    let setup = Setup {
        almanac: Arc::new(opened.almanac),
        gallery: opened.gallery,
        profile,
        theme: Theme::shipped("parvis")?,
        preview: false,
        first_language: Language::Fr,
        clock: Clock::From(begins()),
        trust: Trust::Believed,
        bulletin: Arc::default(),
    };
    let mut studio = Studio::new(setup, drawing);
    studio.play_signage(station);
    Ok(studio)
}

/// What is seen in a frame, and which item it says that is.
struct Frame {
    item: String,
    rgba: Vec<u8>,
    passing: bool,
}

/// Plays so many steps of the clock, a frame for each. `patient`: pictures are given the time to come.
fn play(scratch: &Scratch, drawing: Drawing, patient: bool, steps: usize) -> Result<Vec<Frame>, String> {
    let mut studio = studio_by(scratch, Wish::Playlist(Id("test:all".to_owned())), drawing)?;
    studio.kiosk().moves = true;
    studio.settle();
    let mut frames = Vec::new();
    for _ in 0..steps {
        studio.advance(STEP);
        if patient {
            while studio.world().resource::<Pictures>().is_waiting() {
                studio.world().resource_mut::<Pictures>().wait(Duration::from_millis(50));
                studio.advance(Duration::ZERO);
            }
        }
        let rgba = studio.present()?.rgba;
        let stage = studio.world().resource::<Stage>();
        let part = stage.panel().and_then(|panel| panel.parts.first()).ok_or("nothing is on the panel")?;
        let item = part.key.id.as_ref().map(|id| id.0.clone()).unwrap_or_default();
        let passing = studio.world().resource::<Passing>().is_on();
        frames.push(Frame { item, rgba, passing });
    }
    Ok(frames)
}

/// An item as it looks by itself.
struct Reference {
    /// On the panel.
    shown: Shot,
    /// As the processor paints it, which is how it leaves.
    painted: Shot,
}

fn references(scratch: &Scratch, drawing: Drawing, shown: &[String]) -> Result<HashMap<String, Reference>, String> {
    let mut pictures = HashMap::new();
    let mut studios = [drawing, Drawing::Processor].map(|drawing| studio_by(scratch, Wish::Schedule, drawing));
    for item in shown {
        if pictures.contains_key(item) {
            continue;
        }
        let [shown, painted] = studios.each_mut().map(|studio| {
            let studio = studio.as_mut().map_err(|error| error.clone())?;
            let almanac = studio.kiosk().almanac.clone();
            let profile = studio.kiosk().profile.clone();
            studio.play_signage(Station::at(&almanac, &profile, Language::Fr, Wish::Item(Id(item.clone()))));
            studio.shoot()
        });
        pictures.insert(item.clone(), Reference { shown: shown?, painted: painted? });
    }
    Ok(pictures)
}

/// Whether it is the one picture pushed out by the other, to whichever column.
fn is_pushed(frame: &[u8], old: &Shot, new: &Shot) -> bool {
    let row = 4 * new.width as usize;
    let is_like = |one: &[u8], other: &[u8]| one.iter().zip(other).all(|(one, other)| one.abs_diff(*other) <= ROUNDED);
    (0..=row).step_by(4).any(|gone| {
        frame.chunks(row).zip(old.rgba.chunks(row).zip(new.rgba.chunks(row))).all(|(seen, (old, new))| {
            is_like(&seen[..row - gone], &old[gone..]) && is_like(&seen[row - gone..], &new[..gone])
        })
    })
}

/// Whether each pixel lies between those of these pictures.
fn lies_between(frame: &[u8], pictures: &[&Shot]) -> bool {
    frame.iter().enumerate().all(|(at, pixel)| {
        let bytes = || pictures.iter().filter_map(|picture| picture.rgba.get(at).copied());
        let low = bytes().min().unwrap_or_default().saturating_sub(ROUNDED);
        let high = bytes().max().unwrap_or(u8::MAX).saturating_add(ROUNDED);
        (low..=high).contains(pixel)
    })
}

/// Keeps a frame beside what it should lie between.
fn keep(frame: &[u8], now: &Shot, before: &Shot) -> Result<String, String> {
    let path = std::env::temp_dir().join("parvis-signage-frame.png");
    let rgba = [frame, &now.rgba, &before.rgba].concat();
    Shot { width: now.width, height: 3 * now.height, rgba }.save(&path)?;
    Ok(path.display().to_string())
}

fn check(
    frames: &[Frame],
    references: &HashMap<String, Reference>,
    kind: TransitionKind,
) -> Result<Vec<String>, String> {
    let mut order: Vec<String> = Vec::new();
    // A slide that came late may be on its way when the next one comes.
    let mut on_the_way: Vec<&Reference> = Vec::new();
    for (at, frame) in frames.iter().enumerate() {
        let now = references.get(&frame.item).ok_or("no reference")?;
        if order.last() != Some(&frame.item) {
            order.push(frame.item.clone());
            on_the_way.push(now);
        }
        if !frame.passing {
            on_the_way = vec![now];
        }
        let before = on_the_way.first().unwrap_or(&now);
        let is_whole = if !frame.passing {
            lies_between(&frame.rgba, &[&now.shown])
        } else if kind == TransitionKind::Slide {
            is_pushed(&frame.rgba, &before.painted, &now.shown)
        } else {
            let all: Vec<&Shot> = on_the_way.iter().flat_map(|one| [&one.shown, &one.painted]).collect();
            lies_between(&frame.rgba, &all)
        };
        if !is_whole {
            let left = keep(&frame.rgba, &now.shown, &before.painted)?;
            return Err(format!("frame {at} shows neither {} nor what was before it: see {left}", frame.item));
        }
    }
    if !frames.iter().any(|frame| frame.passing) {
        return Err("nothing was ever on its way: the test sees no transition".to_owned());
    }
    Ok(order)
}

/// Plays the first so many items of the list, which come in this way, patiently and in a hurry.
fn look(items: usize, drawing: Drawing, kind: TransitionKind) -> Result<(), String> {
    let scratch = Scratch::new("signage-frames")?;
    let named = if kind == TransitionKind::Slide { "slide" } else { "fade" };
    write_slides(&scratch, items, named)?;
    let patient = play(&scratch, drawing, true, items * STEPS)?;
    let shown: Vec<String> = patient.iter().map(|frame| frame.item.clone()).collect();
    let references = references(&scratch, drawing, &shown)?;
    let order = check(&patient, &references, kind)?;
    let wanted: Vec<String> = (0..items).filter(|number| !BROKEN.contains(number)).map(id).collect();
    let cycle = order.get(..wanted.len()).ok_or_else(|| format!("only {} slides were seen", order.len()))?;
    if cycle != wanted {
        let at = cycle.iter().zip(&wanted).position(|(one, other)| one != other).unwrap_or_default();
        return Err(format!("slide {at} is {} instead of {}", cycle[at], wanted[at]));
    }
    let jumps = references.values().map(|one| jump(&one.shown, &one.painted));
    let (share, most) = jumps.fold((0.0_f64, 0), |(share, most), jump| (share.max(jump.0), most.max(jump.1)));
    println!(
        "frames: {drawing:?}, {named}, {} of them; of a slide at most {:.2} % change by more than {SEEN} of 255 as it \
         begins to leave, none by more than {most}",
        patient.len(),
        share * 100.0
    );
    if kind == TransitionKind::Fade {
        check(&play(&scratch, drawing, false, items)?, &references, kind)?;
    }
    Ok(())
}

/// Which share of the bytes of two pictures differs so much that it could be seen, and by how much they differ at most.
fn jump(one: &Shot, other: &Shot) -> (f64, u8) {
    let differences = || one.rgba.iter().zip(&other.rgba).map(|(one, other)| one.abs_diff(*other));
    let seen = differences().filter(|difference| *difference > SEEN).count();
    (seen as f64 / one.rgba.len().max(1) as f64, differences().max().unwrap_or_default())
}

pub fn run() -> Result<(), String> {
    look(ITEMS, Drawing::Processor, TransitionKind::Fade)
}

/// The same where a graphics card draws.
pub fn by_card() -> Result<(), String> {
    look(FEW, Drawing::GraphicsCard, TransitionKind::Fade)?;
    look(FEW, Drawing::GraphicsCard, TransitionKind::Slide)
}
