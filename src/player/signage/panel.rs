//! What a panel of signage shows at an instant, before anything of it is drawn.

use super::compose::{Composer, Unfit};
use super::room::Room;
use super::slide::Slide;
use super::slides;
use super::station::Station;
use super::templates::{kind_of, template};
use crate::content::{Id, Localized, PlaylistItem, Region, Schedule, Show, TemplateBox, Transition};
use crate::language::Language;
use crate::player::block::Block;
use crate::player::frame::Area;
use crate::player::scene::Scene;
use crate::player::visitor::Visitor;
use crate::signage::{Program, RegionTurn, Shown, Source, Turn, events_found};
use chrono::{DateTime, Utc};

/// The whole panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    pub parts: Vec<Part>,
    /// Nothing is to be seen.
    pub is_off: bool,
    /// Turns whose slides have nothing to say at this instant, and where they stand among the parts.
    pub lost: Vec<(usize, Key)>,
    pub transition: Transition,
    pub brightness_percent: u8,
    /// The next instant at which something else plays.
    pub until: DateTime<Utc>,
}

/// A region and what is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub key: Key,
    /// A public warning.
    pub is_alert: bool,
    /// None for an alert.
    pub playlist: Option<Id>,
    /// The schedule entry that it plays for; none where nothing was scheduled.
    pub by: Option<Id>,
    /// In mm from the panel's upper left corner.
    pub area: Area,
    pub slide: Slide,
    pub boxes: TemplateBox,
}

/// One turn on the panel: as long as it is the same, the same slide stands there.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    pub region: String,
    /// The item or the alert.
    pub id: Option<Id>,
    /// The event that the item found.
    pub event: Option<Id>,
    pub which: usize,
    pub begins: DateTime<Utc>,
    pub language: Language,
}

/// What a panel is made from beside the scene.
#[derive(Clone, Copy)]
pub struct Making<'a> {
    pub station: &'a Station,
    pub schedule: &'a Schedule,
}

impl Panel {
    /// What the program says, in slides.
    pub fn of(scene: &Scene<'_>, making: Making<'_>, program: &Program<'_>) -> Self {
        let mut lost = Vec::new();
        let (parts, transition) = match &program.shown {
            Shown::Nothing => (Vec::new(), Transition::default()),
            // On a kiosk a warning is more than a slide in the window.
            Shown::Alert(_) if making.station.room == Room::Window => (Vec::new(), Transition::default()),
            Shown::Alert(turn) => {
                let language = Language::parse(turn.language).unwrap_or(making.station.languages[0]);
                let visitor = Visitor::nobody(language);
                let slide = slides::alert(&Scene { visitor: &visitor, ..*scene }, turn.alert);
                let area = whole(scene);
                let boxes = boxes(making.schedule, "", "alert", area);
                let id = Some(turn.alert.common.id.clone());
                let key = Key { region: String::new(), id, event: None, which: 0, begins: turn.begins, language };
                (
                    vec![Part { key, is_alert: true, playlist: None, by: None, area, slide, boxes }],
                    Transition::default(),
                )
            }
            Shown::Playlist { playlist, regions } => {
                let entry = program.entry().map(|entry| &entry.common.id);
                let is_own = |region: &&RegionTurn<'_>| {
                    making.station.room == Room::Panel || region.playing.source != Source::BuiltIn
                };
                let own = regions.iter().filter(is_own).filter(|region| region.playing.item.is_some()).enumerate();
                let parts = own.filter_map(|(at, region)| {
                    let by = match region.playing.source {
                        Source::Playlist(id) if *id == playlist.common.id => entry,
                        Source::Campaign(id) => Some(id),
                        Source::Playlist(_) | Source::BuiltIn => None,
                    };
                    let of = match region.playing.source {
                        Source::Playlist(id) => id,
                        Source::Campaign(_) | Source::BuiltIn => &playlist.common.id,
                    };
                    let part = part(scene, making, region).map_err(|key| lost.extend(key.map(|key| (at, key)))).ok()?;
                    Some(Part { playlist: Some(of.clone()), by: by.cloned(), ..part })
                });
                (parts.collect(), making.station.room.transition(playlist.transition))
            }
        };
        let is_off = program.shown == Shown::Nothing;
        Self { parts, is_off, lost, transition, brightness_percent: program.brightness_percent, until: program.until }
    }

    /// When the latest of its turns began.
    pub fn begins(&self) -> DateTime<Utc> {
        self.parts.iter().map(|part| part.key.begins).max().unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    /// Whether the same slides stand in the same places.
    pub fn is_same_turn(&self, other: &Self) -> bool {
        self.parts.len() == other.parts.len()
            && self.parts.iter().zip(&other.parts).all(|(one, other)| one.key == other.key)
    }
}

impl Part {
    /// As it is drawn.
    ///
    /// # Errors
    /// When a text has no room.
    pub fn block(&self, composer: &mut Composer<'_>) -> Result<Block, Unfit> {
        composer.region_mm = (self.area.width, self.area.height);
        composer.compose(&self.boxes, &self.slide)
    }
}

/// The slide of a turn in its place.
///
/// # Errors
/// The key of one that has nothing to say now; none where nothing plays.
fn part(scene: &Scene<'_>, making: Making<'_>, turn: &RegionTurn<'_>) -> Result<Part, Option<Key>> {
    let (playing, Making { station, schedule }) = (turn.playing, making);
    let item = playing.item.ok_or(None)?;
    let area = area_of(scene, turn.region);
    let language = language_of(scene, station, item, &playing);
    let (region, which, begins) = (turn.region.name.clone(), playing.which, playing.begins);
    let event = event_of(scene, station, item, which, begins);
    let key = Key { region, id: Some(item.common.id.clone()), event, which, begins, language };
    let Some(slide) = slide_of(scene, station, item, which, begins, language) else { return Err(Some(key)) };
    let boxes = boxes(schedule, &item.template, kind_of(&item.show), area);
    Ok(Part { key, is_alert: false, playlist: None, by: None, area, slide, boxes })
}

/// The slide of an item in a language.
pub fn slide_of(
    scene: &Scene<'_>,
    station: &Station,
    item: &PlaylistItem,
    which: usize,
    begins: DateTime<Utc>,
    language: Language,
) -> Option<Slide> {
    let visitor = Visitor::nobody(language);
    let scene = Scene { visitor: &visitor, ..*scene };
    slides::slide(&scene, slides::Turn { item, which, begins, display: &station.display })
}

/// The display's languages in turn, as far as what is shown speaks them: with each round another one.
fn language_of(scene: &Scene<'_>, station: &Station, item: &PlaylistItem, turn: &Turn<'_>) -> Language {
    let catalog = &scene.almanac.catalog;
    let (title, round) = match &item.show {
        Show::Events { filter, .. } => {
            let found = events_found(catalog, filter, &station.display, turn.begins);
            let title = found.get(turn.which).map(|(event, _)| &event.common.title);
            (title, turn.nth.checked_div(found.len()).unwrap_or(0))
        }
        Show::Place { place: id } | Show::Article { article: id } => {
            (catalog.item(id).map(|item| &item.common().title), turn.nth)
        }
        _ => (Some(&item.common.title), turn.nth),
    };
    let spoken = spoken(station, title);
    let in_turn = round.checked_rem(spoken.len()).and_then(|at| spoken.get(at));
    in_turn.copied().unwrap_or(station.languages[0])
}

/// Those of the display's languages that something with this title speaks, else the first.
pub fn spoken(station: &Station, title: Option<&Localized>) -> Vec<Language> {
    let speaks = |language: &Language| title.is_some_and(|title| title.exact(language.tag()).is_some());
    let spoken: Vec<Language> = station.languages.iter().copied().filter(speaks).collect();
    if spoken.is_empty() { station.languages[..1].to_vec() } else { spoken }
}

/// The event that a turn is about.
fn event_of(scene: &Scene<'_>, station: &Station, item: &PlaylistItem, which: usize, at: DateTime<Utc>) -> Option<Id> {
    let Show::Events { filter, .. } = &item.show else { return None };
    let found = events_found(&scene.almanac.catalog, filter, &station.display, at);
    found.get(which).map(|(event, _)| event.common.id.clone())
}

/// The boxes of a template for a region of this size.
pub fn boxes(schedule: &Schedule, name: &str, usual: &str, area: Area) -> TemplateBox {
    let found = template(schedule, name, usual).map(|template| template.boxes(area.width, area.height).clone());
    found.unwrap_or_default()
}

pub fn whole(scene: &Scene<'_>) -> Area {
    Area { x: 0.0, y: 0.0, width: scene.profile.panel_width_mm, height: scene.profile.panel_height_mm }
}

pub fn area_of(scene: &Scene<'_>, region: &Region) -> Area {
    let (width, height) = (scene.profile.panel_width_mm, scene.profile.panel_height_mm);
    Area { x: region.x * width, y: region.y * height, width: region.width * width, height: region.height * height }
}
