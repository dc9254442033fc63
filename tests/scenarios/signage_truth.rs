//! A black, frozen or wrong picture is found within ten seconds, told of once, and painted again; a right one never is.

use super::case;
use super::scratch::Scratch;
use super::signage_frames::{studio_by, write_content};
use super::stage::Stage as Played;
use bevy::asset::RenderAssetUsages;
use bevy::ecs::system::SystemState;
use bevy::math::IRect;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use bevy::render::view::screenshot::Screenshot;
use parvis::content::Id;
use parvis::language::Language;
use parvis::player::drawing::Drawing;
use parvis::player::outbox::Outbox;
use parvis::player::painter::{Canvas, Marks, Painting};
use parvis::player::render::{Shot, Studio};
use parvis::player::signage::{Found, Leaving, Stage, Station, Truth, Wish};
use parvis::store;
use serde_json::json;
use std::time::Duration;

const STEP: Duration = Duration::from_millis(500);
const FOUND_WITHIN: Duration = Duration::from_secs(10);

/// Frames that a graphics card may take to give one back.
const FRAMES_MAX: usize = 2_000;

fn step(studio: &mut Studio, by: Duration) -> Result<Option<Found>, String> {
    studio.advance(by);
    studio.settle();
    studio.frame()?;
    let is_asked = |studio: &mut Studio| studio.world().query::<&Screenshot>().iter(studio.world()).next().is_some();
    for _ in 0..FRAMES_MAX {
        if !is_asked(studio) {
            break;
        }
        studio.frame()?;
    }
    Ok(studio.world().resource::<Truth>().fault())
}

fn canvas(studio: &mut Studio) -> &mut Canvas {
    &mut studio.world().resource_mut::<Painting>().into_inner().canvas
}

/// Until it is found; the frame in which it is has been drawn again.
fn find(studio: &mut Studio, wanted: Found, right: &Shot) -> Result<(), String> {
    let mut waited = Duration::ZERO;
    while waited < FOUND_WITHIN {
        waited += STEP;
        match step(studio, STEP)? {
            None => {}
            Some(found) if found != wanted => return Err(format!("{found:?} was found instead of {wanted:?}")),
            Some(_) if studio.present()? != *right => return Err(format!("{wanted:?} was not drawn again")),
            Some(_) => {
                let left = step(studio, STEP)?;
                return left.map_or(Ok(()), |left| Err(format!("{left:?} stays though it is drawn again")));
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

/// What was told of the picture, in order.
fn told(store: &Scratch) -> Result<Vec<String>, String> {
    let mut outbox = store::Outbox::open(store.path(), store::Limits::default()).map_err(|error| error.to_string())?;
    let kept = outbox.oldest(100).map_err(|error| error.to_string())?;
    let faults = kept.iter().filter(|record| record.body["fault"] == "picture");
    Ok(faults.map(|record| record.body["found"].as_str().unwrap_or("ended").to_owned()).collect())
}

/// The faults that `harm` does to a slide, one after the other, and to the slide after it.
fn find_all(drawing: Drawing, harm: impl Fn(&mut Studio, Found, &Shot) -> Result<(), String>) -> Result<(), String> {
    let (content, store) = (Scratch::new("signage-truth")?, Scratch::new("signage-truth-store")?);
    write_standing(&content)?;
    let mut studio = studio_by(&content, Wish::Item(Id("test:one".to_owned())), drawing)?;
    studio.world().insert_resource(Outbox::start(store.path().to_owned()).map_err(|error| error.to_string())?);
    let old = studio.shoot()?;
    for _ in 0..4 {
        step(&mut studio, STEP)?;
    }
    for found in [Found::Black, Found::Wrong] {
        harm(&mut studio, found, &old)?;
        find(&mut studio, found, &old)?;
    }
    let (almanac, profile) = (studio.kiosk().almanac.clone(), studio.kiosk().profile.clone());
    let next = Wish::Item(Id("test:other".to_owned()));
    studio.play_signage(Station::at(&almanac, &profile, Language::Fr, next));
    let new = studio.shoot()?;
    if new == old {
        return Err("the two slides look the same: the test sees nothing".to_owned());
    }
    harm(&mut studio, Found::Frozen, &old)?;
    find(&mut studio, Found::Frozen, &new)?;
    studio.world().remove_resource::<Outbox>();
    let told = told(&store)?;
    if told != ["black", "ended", "wrong", "ended", "frozen", "ended"] {
        return Err(format!("what was told is {told:?}"));
    }
    Ok(())
}

/// What the processor painted is lost.
pub fn faults() -> Result<(), String> {
    find_all(Drawing::Processor, |studio, found, old| {
        let whole = canvas(studio).area();
        match found {
            Found::Black => canvas(studio).fill(whole, [0, 0, 0, 255]),
            Found::Wrong => canvas(studio).fill(whole, [200, 30, 30, 255]),
            Found::Frozen => {
                for (at, pixel) in (0..).zip(old.rgba.as_chunks::<4>().0) {
                    let (x, y) = (at % whole.width(), at / whole.width());
                    canvas(studio).fill(IRect::new(x, y, x + 1, y + 1), *pixel);
                }
            }
        }
        Ok(())
    })
}

/// What the graphics card holds is not what it was given, or a slide has not left.
pub fn faults_of_card() -> Result<(), String> {
    find_all(Drawing::GraphicsCard, |studio, found, old| match found {
        Found::Wrong => spoil_letters(studio),
        Found::Black => stay(studio, BackgroundColor(Color::BLACK)),
        Found::Frozen => {
            let size = Extent3d { width: old.width, height: old.height, depth_or_array_layers: 1 };
            let (rgba, format) = (old.rgba.clone(), TextureFormat::Rgba8UnormSrgb);
            let picture = Image::new(size, TextureDimension::D2, rgba, format, RenderAssetUsages::all());
            let picture = studio.world().resource_mut::<Assets<Image>>().add(picture);
            stay(studio, ImageNode { image: picture, image_mode: NodeImageMode::Stretch, ..Default::default() })
        }
    })
}

/// Leaves something of a slide before over the one that stands.
fn stay(studio: &mut Studio, look: impl Bundle) -> Result<(), String> {
    let standing = studio.world().resource::<Stage>().standing().ok_or("nothing stands on the panel")?;
    let whole = Node {
        position_type: PositionType::Absolute,
        width: Val::Percent(100.0),
        height: Val::Percent(100.0),
        ..Default::default()
    };
    studio.world().spawn((whole, look, Leaving, ChildOf(standing)));
    Ok(())
}

/// The graphics card gets blocks instead of letters; what they should be is known to the player alone.
fn spoil_letters(studio: &mut Studio) -> Result<(), String> {
    let seen = SystemState::<Marks>::new(studio.world());
    let mut seen = seen;
    let pictures = seen.get(studio.world()).map_err(|error| error.to_string())?.pictures();
    let mut right = Vec::new();
    let mut images = studio.world().resource_mut::<Assets<Image>>();
    for id in pictures {
        let Some(mut image) = images.get_mut(id) else { continue };
        let Some(data) = &mut image.data else { continue };
        right.push((id, data.clone()));
        data.fill(255);
    }
    studio.frame()?;
    let mut images = studio.world().resource_mut::<Assets<Image>>();
    for (id, data) in right {
        if let Some(image) = images.get_mut_untracked(id) {
            image.data = Some(data);
        }
    }
    Ok(())
}

/// Slides, fades and a minute that passes.
pub fn quiet() -> Result<(), String> {
    stay_quiet(Drawing::Processor, 70)
}

/// Slides and fades of a graphics card.
pub fn quiet_by_card() -> Result<(), String> {
    stay_quiet(Drawing::GraphicsCard, 8)
}

fn stay_quiet(drawing: Drawing, secs: u64) -> Result<(), String> {
    const FRAMES: u64 = 6;
    let content = Scratch::new("signage-truth-quiet")?;
    write_content(&content)?;
    let mut studio = studio_by(&content, Wish::Playlist(Id("test:all".to_owned())), drawing)?;
    studio.kiosk().moves = true;
    for frame in 0..secs * FRAMES {
        if let Some(found) = step(&mut studio, Duration::from_secs(1) / 6)? {
            studio.present()?.save(&std::env::temp_dir().join("parvis-signage-truth.png"))?;
            return Err(format!("frame {frame} is right, and {found:?} was found"));
        }
    }
    let looked = studio.world().resource::<Truth>().looked;
    // Each second brings a slide.
    if looked + 2 < secs { Err(format!("in {secs} s it was looked at {looked} times")) } else { Ok(()) }
}

/// Cases of signage, at a quarter of their size: what a graphics card draws is what the processor would paint.
pub fn cases_by_card() -> Result<(), String> {
    /// Of the cases that are looked at; all of them take too long.
    const EVERY: usize = 4;
    let mut played: Option<Played> = None;
    let mut cases = Vec::new();
    for (name, folder) in case::folders()? {
        let beginning = case::beginning(&folder)?;
        if beginning.is_signage() && !beginning.signed {
            cases.push((name, beginning));
        }
    }
    for (name, beginning) in cases.into_iter().step_by(EVERY) {
        let stage = match &mut played {
            Some(stage) => {
                stage.begin(&beginning)?;
                stage
            }
            empty => empty.insert(Played::start(&beginning, Drawing::GraphicsCard)?),
        };
        let studio = &mut stage.studio;
        let (almanac, profile) = (studio.kiosk().almanac.clone(), studio.kiosk().profile.clone());
        let profile = profile.clone().with_pixels(profile.width_px / 4, profile.height_px / 4);
        studio.kiosk().profile = profile.clone();
        studio.play_signage(Station::at(&almanac, &profile, beginning.language, beginning.wish));
        let before = studio.world().resource::<Truth>().looked;
        for _ in 0..4 {
            if let Some(found) = step(studio, STEP)? {
                return Err(format!("{name} is right, and {found:?} was found"));
            }
        }
        if studio.world().resource::<Truth>().looked == before {
            return Err(format!("{name} was not looked at"));
        }
    }
    Ok(())
}
