//! What signage costs that plays for long, and what a heavy picture costs it.
//!
//! `cargo run --profile dist --example signage-load`: the memory of the process over 2,000 changes of slide on a panel of
//! 1080 x 1920 px, as what it grows by in 1,000 changes, and on a panel in 4K what its pictures take; then how long a
//! photograph of 40 MB is on its way, beside the time that it has, and the longest frame meanwhile. The clock is pretended,
//! pictures are really decoded.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use chrono::{DateTime, TimeDelta, Utc};
use image::{Rgb, RgbImage};
use parvis::content::Id;
use parvis::language::Language;
use parvis::player::clock::{Clock, Trust};
use parvis::player::drawing::Drawing;
use parvis::player::kiosk::Setup;
use parvis::player::media::Pictures;
use parvis::player::opening::{Standing, open_path};
use parvis::player::profile::Profile;
use parvis::player::render::Studio;
use parvis::player::signage::{Stage, Station, Wish};
use parvis::player::theme::Theme;
use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

const CHANGES: usize = 2_000;
/// Between two looks: a round of the playlist, so that the same slide stands and the same pictures are held.
const EVERY: usize = 2 * SLIDES + 1;
/// Before memory is looked at: caches fill.
const WARM: usize = 5 * EVERY;
/// Pictures, and as many notices.
const SLIDES: usize = 20;
const SECS: u64 = 8;
const MIB: f64 = 1024.0 * 1024.0;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let folder = std::env::temp_dir().join(format!("parvis-signage-load-{}", std::process::id()));
    fs::create_dir_all(folder.join("media"))?;
    let done = measure(&folder);
    fs::remove_dir_all(&folder)?;
    done
}

fn measure(folder: &Path) -> Outcome<()> {
    write_content(folder)?;
    long_run(folder, (1080, 1920), CHANGES)?;
    long_run(folder, (2160, 3840), 8 * EVERY)?;
    heavy(folder)
}

/// Twenty pictures, notices and a countdown, eight seconds each; and a playlist with a heavy photograph.
fn write_content(folder: &Path) -> Outcome<()> {
    let item = |id: String, show: Value, more: Value| {
        let mut item = json!({"type": "playlist_item", "id": id, "title": {"fr": format!("Diapo {id}")}, "show": show,
            "duration_secs": SECS});
        more.as_object().into_iter().flatten().for_each(|(key, value)| item[key] = value.clone());
        item
    };
    let mut items = Vec::new();
    for number in 0..SLIDES as u32 {
        let picture =
            RgbImage::from_fn(1080, 1920, |x, y| Rgb([(x / 7 + number * 31) as u8, (y / 9) as u8, (x ^ y) as u8]));
        picture.save(folder.join(format!("media/{number}.jpg")))?;
        let media = json!({"media": [{"path": format!("{number}.jpg"), "credit": "essai"}]});
        items.push(item(format!("p:{number}"), json!({"kind": "picture"}), media));
        items.push(item(format!("n:{number}"), json!({"kind": "notice"}), json!({"text": {"fr": "Un mot de plus."}})));
    }
    items.push(item("c:1".to_owned(), json!({"kind": "countdown", "to": "2030-01-01T00:00:00Z"}), json!({})));
    let slots: Vec<Value> = items.iter().map(|item| item["id"].clone()).collect();
    let list = |id: &str, slots: Value| json!({"type": "playlist", "id": id, "title": {"fr": id}, "slots": slots});
    let media = json!({"media": [{"path": "heavy.jpg", "credit": "essai"}]});
    items.push(item("p:heavy".to_owned(), json!({"kind": "picture"}), media));
    items.extend([list("l:all", json!(slots)), list("l:heavy", json!(["n:0", "p:heavy"]))]);
    fs::write(folder.join("signage.json"), json!({"format": 1, "items": items}).to_string())?;
    fs::write(folder.join("town.json"), json!({"name": {"fr": "Ville"}, "zone": "Europe/Paris"}).to_string())?;
    Ok(())
}

/// Noise does not compress: 40 MB of JPEG as a camera of 60 megapixels writes it.
fn write_photograph(path: &PathBuf) -> Outcome<()> {
    let mut state = 1_u32;
    let mut noise = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let photograph = RgbImage::from_fn(9_504, 6_336, |x, _| Rgb([noise() / 3, (x / 40) as u8, noise() / 4]));
    let mut file = std::io::BufWriter::new(fs::File::create(path)?);
    photograph.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, 87))?;
    Ok(())
}

fn studio(folder: &Path, playlist: &str, (width, height): (u32, u32)) -> Outcome<Studio> {
    let opened = open_path(folder, Standing::default())?;
    let profile = Profile::shipped("totem-portrait")?.with_pixels(width, height);
    let wish = Wish::Playlist(Id(playlist.to_owned()));
    let station = Station::at(&opened.almanac, &profile, Language::Fr, wish);
    let begins: DateTime<Utc> = DateTime::UNIX_EPOCH + TimeDelta::seconds(1_781_474_400);
    let setup = Setup {
        almanac: Arc::new(opened.almanac),
        gallery: opened.gallery,
        profile,
        theme: Theme::shipped("parvis")?,
        preview: false,
        first_language: Language::Fr,
        clock: Clock::From(begins),
        trust: Trust::Believed,
        bulletin: Arc::default(),
    };
    let mut studio = Studio::new(setup, Drawing::Processor);
    studio.play_signage(station);
    studio.kiosk().moves = true;
    studio.settle();
    studio.frame()?;
    Ok(studio)
}

/// Proportional share of the memory of this process.
fn pss() -> Outcome<f64> {
    let rollup = fs::read_to_string("/proc/self/smaps_rollup")?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).ok_or("no Pss is told")?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kib * 1024.0)
}

/// Least squares through points whose x are 0, 1, 2, ...
fn slope(points: &[f64]) -> f64 {
    let count = points.len() as f64;
    let (mean_x, mean_y) = ((count - 1.0) / 2.0, points.iter().sum::<f64>() / count);
    let (mut over, mut under) = (0.0, 0.0);
    for (x, y) in points.iter().enumerate() {
        over += (x as f64 - mean_x) * (y - mean_y);
        under += (x as f64 - mean_x).powi(2);
    }
    over / under
}

fn long_run(folder: &Path, size: (u32, u32), changes: usize) -> Outcome<()> {
    const TRANSITION_FRAMES: u32 = 4;
    let mut studio = studio(folder, "l:all", size)?;
    let (mut seen, mut held) = (Vec::new(), 0);
    for change in 0..changes {
        // Some frames of the fade, then the rest of the slide's time.
        for _ in 0..TRANSITION_FRAMES {
            studio.advance(Duration::from_millis(100));
            studio.frame()?;
        }
        studio.settle();
        held = held.max(studio.world().resource::<Pictures>().bytes());
        studio.advance(Duration::from_millis(SECS * 1_000 - u64::from(TRANSITION_FRAMES) * 100));
        studio.settle();
        studio.frame()?;
        if change >= WARM && change % EVERY == 0 {
            seen.push(pss()?);
        }
    }
    let last = seen.last().copied().unwrap_or_default() / MIB;
    let grows = slope(&seen) * (1_000.0 / EVERY as f64) / MIB;
    println!(
        "{} x {}, {changes} changes: {last:.0} MiB (PSS), {grows:+.2} MiB in 1,000 changes; pictures held: at most {:.0} MiB",
        size.0,
        size.1,
        held as f64 / MIB
    );
    Ok(())
}

/// The photograph is on its way while the notice before it stands.
fn heavy(folder: &Path) -> Outcome<()> {
    let path = folder.join("media/heavy.jpg");
    write_photograph(&path)?;
    let megabytes = fs::metadata(&path)?.len() as f64 / 1e6;
    let mut studio = studio_before(folder)?;
    let began = Instant::now();
    let mut longest = Duration::ZERO;
    while studio.world().resource::<Pictures>().is_waiting() {
        studio.world().resource_mut::<Pictures>().wait(Duration::from_millis(10));
        let frame = Instant::now();
        studio.advance(Duration::ZERO);
        studio.frame()?;
        longest = longest.max(frame.elapsed());
    }
    let took = began.elapsed();
    studio.advance(Duration::from_secs(SECS));
    studio.frame()?;
    let stage = studio.world().resource::<Stage>();
    let part = stage.panel().and_then(|panel| panel.parts.first());
    let on = part.and_then(|part| part.key.id.clone()).map(|id| id.0).unwrap_or_default();
    println!(
        "a photograph of {megabytes:.0} MB: ready after {:.1} s of {SECS}, longest frame meanwhile {:.0} ms; in its turn {on} stands",
        took.as_secs_f64(),
        longest.as_secs_f64() * 1_000.0
    );
    Ok(())
}

/// Stands at the beginning of the notice, with the photograph ordered and nothing waited for.
fn studio_before(folder: &Path) -> Outcome<Studio> {
    let mut studio = studio(folder, "l:heavy", (1080, 1920))?;
    // One whole round, after which the photograph is forgotten as after new content.
    studio.world().resource_mut::<Pictures>().clear();
    let almanac = studio.kiosk().almanac.clone();
    let profile = studio.kiosk().profile.clone();
    let wish = Wish::Playlist(Id("l:heavy".to_owned()));
    studio.play_signage(Station::at(&almanac, &profile, Language::Fr, wish));
    for _ in 0..4 {
        studio.advance(Duration::ZERO);
    }
    Ok(studio)
}
