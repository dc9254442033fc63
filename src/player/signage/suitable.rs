//! Whether an item can be shown where it is scheduled: asked by the player before its turn, and by whoever checks content
//! before that.

use super::compose::{Composer, Unfit};
use super::panel::{self, Making};
use super::slide::Slide;
use super::templates::kind_of;
use crate::calendar::instant;
use crate::content::{Alert, Bulletin, Id, Live, Playlist, PlaylistItem, Region, Schedule, Show, Validity};
use crate::player::clock::Trust;
use crate::player::frame::Area;
use crate::player::media::Files;
use crate::player::scene::Scene;
use crate::signage::{CatalogStock, Findings, Stock, events_found};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// Why an item is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsuitable {
    /// What it is about is not there.
    Nothing,
    /// A file below `media/` that is not there.
    Missing(String),
    Unfit(Unfit),
}

/// What there is to show, and where.
#[derive(Clone, Copy)]
pub struct Stocked<'a> {
    pub scene: &'a Scene<'a>,
    pub files: &'a Files,
    pub making: Making<'a>,
    pub findings: &'a Findings,
}

/// How many words a slide of an item has, and of which event, on a day; none where it cannot be shown.
#[derive(Debug, Default)]
pub struct Measured {
    words: HashMap<(Id, Option<Id>, NaiveDate), Option<usize>>,
    /// What could not be drawn here, whatever was measured.
    broken: HashSet<(Id, Option<Id>)>,
}

impl Measured {
    /// It is not offered again until the content is replaced. Whether it was until now.
    pub fn leave_out(&mut self, item: Id, event: Option<Id>) -> bool {
        self.broken.insert((item, event))
    }

    /// What could not be drawn may have been mended.
    pub fn forgive(&mut self) {
        self.broken.clear();
        self.words.retain(|_, words| words.is_some());
    }

    /// It is not offered on this day. Whether it was until now.
    pub fn rest(&mut self, item: Id, event: Option<Id>, date: NaiveDate) -> bool {
        self.words.insert((item, event, date), None).is_some_and(|words| words.is_some())
    }

    /// Forgets days that are over. The one before is kept: midnight is looked at from both sides.
    fn forget_before(&mut self, today: NaiveDate) {
        self.words.retain(|(_, _, date), _| *date >= today - Days::new(1));
    }
}

/// Where an item is scheduled on a panel of this shape: regions of layouts, each once. The whole panel is none of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places<'a> {
    pub whole: bool,
    pub regions: Vec<&'a Region>,
}

impl<'a> Places<'a> {
    /// What is scheduled nowhere has the whole panel when somebody asks for it.
    pub fn of(schedule: &'a Schedule, is_portrait: bool, item: &Id) -> Self {
        let mut places = Self::default();
        let is_in_campaign = schedule.campaigns.iter().any(|campaign| campaign.slots.contains(item));
        for playlist in &schedule.playlists {
            let regions = regions(schedule, playlist, is_portrait);
            let main = regions.iter().find(|region| region.main).or(regions.first());
            if is_in_campaign || playlist.slots.contains(item) {
                places.add(main);
            }
            let beside = |region: &&Region| {
                let id = playlist.regions.get(&region.name);
                let beside = schedule.playlists.iter().find(|other| Some(&other.common.id) == id);
                beside.is_some_and(|other| other.slots.contains(item))
            };
            let others = regions.iter().filter(|region| main.is_some_and(|main| main.name != region.name));
            others.filter(beside).for_each(|region| places.add(Some(region)));
        }
        places.whole |= places.regions.is_empty();
        places
    }

    fn add(&mut self, region: Option<&'a Region>) {
        match region {
            None => self.whole = true,
            Some(region) if !self.regions.contains(&region) => self.regions.push(region),
            Some(_) => {}
        }
    }

    /// In mm of the scene's panel, with the name of each; the whole panel's is empty.
    pub fn areas(&self, scene: &Scene<'_>) -> Vec<(&'a str, Area)> {
        let whole = self.whole.then(|| ("", panel::whole(scene)));
        let regions = self.regions.iter().map(|region| (region.name.as_str(), panel::area_of(scene, region)));
        whole.into_iter().chain(regions).collect()
    }
}

fn regions<'a>(schedule: &'a Schedule, playlist: &Playlist, is_portrait: bool) -> &'a [Region] {
    let layout = playlist.layout.as_ref().and_then(|id| schedule.layouts.iter().find(|it| it.common.id == *id));
    layout.map_or(&[], |layout| layout.regions(is_portrait))
}

/// How many words a slide has that can be shown in all of these places.
///
/// # Errors
/// Why it cannot.
pub fn words_in(
    areas: &[(&str, Area)],
    slide: &Slide,
    item: &PlaylistItem,
    (schedule, files): (&Schedule, &Files),
    composer: &mut Composer<'_>,
) -> Result<usize, Unsuitable> {
    if let Some(missing) = slide.files().find(|path| !files.has(path)) {
        return Err(Unsuitable::Missing(missing.to_owned()));
    }
    let mut words = 0;
    for (_, area) in areas {
        composer.region_mm = (area.width, area.height);
        let boxes = panel::boxes(schedule, &item.template, kind_of(&item.show), *area);
        let block = composer.compose(&boxes, slide).map_err(Unsuitable::Unfit)?;
        words = words.max(block.words().split_whitespace().count());
    }
    Ok(words)
}

/// How many words the slide of an item has, or of an event that it finds.
///
/// # Errors
/// Why it cannot be shown.
pub fn words_of(
    scene: &Scene<'_>,
    files: &Files,
    making: Making<'_>,
    (item, event): (&PlaylistItem, Option<&Id>),
    composer: &mut Composer<'_>,
) -> Result<usize, Unsuitable> {
    let which = match (&item.show, event) {
        (Show::Events { filter, .. }, Some(event)) => {
            let found = events_found(&scene.almanac.catalog, filter, &making.station.display, scene.now);
            found.iter().position(|(found, _)| found.common.id == *event).ok_or(Unsuitable::Nothing)?
        }
        _ => 0,
    };
    let places = Places::of(making.schedule, scene.profile.is_portrait(), &item.common.id);
    let areas = places.areas(scene);
    let about = event.or(match &item.show {
        Show::Place { place: id } | Show::Article { article: id } => Some(id),
        _ => None,
    });
    let about = about.and_then(|id| scene.almanac.catalog.item(id)).map_or(&item.common, |item| item.common());
    let mut words = 0;
    for language in panel::spoken(making.station, Some(&about.title)) {
        let slide = panel::slide_of(scene, making.station, item, which, scene.now, language);
        let slide = slide.ok_or(Unsuitable::Nothing)?;
        words = words.max(words_in(&areas, &slide, item, (making.schedule, files), composer)?);
    }
    Ok(words)
}

/// While the clock is in doubt: the warnings in force at the latest moment that has surely passed, as [`Scene::alerts`] has
/// them, without begin and end.
fn in_doubt(scene: &Scene<'_>, bulletins: &[&Bulletin]) -> Option<Vec<Alert>> {
    let Trust::Doubted { floor } = scene.trust else { return None };
    let all = bulletins.iter().flat_map(|bulletin| &bulletin.alerts).filter(|alert| alert.common.valid.contains(floor));
    let mut alerts: Vec<Alert> = all.cloned().collect();
    alerts.iter_mut().for_each(|alert| alert.common.valid = Validity::default());
    Some(alerts)
}

/// Works with what there is to show, of which only what can be shown is offered, and with the alerts there are.
/// `refused` hears of each item once that has no room.
pub fn with_stock<T>(
    stocked: Stocked<'_>,
    measured: &mut Measured,
    composer: &mut Composer<'_>,
    refused: &dyn Fn(&PlaylistItem, &Unsuitable),
    work: impl FnOnce(&dyn Stock, &[&Alert]) -> T,
) -> T {
    let Stocked { scene, files, making, findings } = stocked;
    measured.forget_before(scene.now.with_timezone(&making.station.display.zone).date_naive());
    let measuring = RefCell::new((measured, composer));
    let zone = making.station.display.zone;
    let date = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let measure = |item: &PlaylistItem, event: Option<&Id>, at: DateTime<Utc>| {
        let (measured, composer) = &mut *measuring.borrow_mut();
        let key = (item.common.id.clone(), event.cloned());
        if measured.broken.contains(&key) {
            return None;
        }
        let (item_id, event_id) = key;
        *measured.words.entry((item_id, event_id, date(at))).or_insert_with(|| {
            // Words change with the hour: those of midnight count for the day, where there are any then.
            let midnight = instant(date(at).and_time(NaiveTime::MIN), zone).to_utc();
            let mut words = |now| words_of(&Scene { now, ..*scene }, files, making, (item, event), composer);
            let words = match words(midnight) {
                Err(Unsuitable::Nothing) => words(at),
                words => words,
            };
            words.inspect_err(|why| refused(item, why)).ok()
        })
    };
    let bulletins = [scene.bulletin, &scene.almanac.catalog.bulletin];
    let live: Vec<&Live> = bulletins.iter().flat_map(|bulletin| &bulletin.live).collect();
    let doubted = in_doubt(scene, &bulletins);
    let alerts: Vec<&Alert> = match &doubted {
        Some(alerts) => alerts.iter().collect(),
        None => bulletins.iter().flat_map(|bulletin| &bulletin.alerts).collect(),
    };
    let stock = CatalogStock {
        catalog: &scene.almanac.catalog,
        live: &live,
        display: &making.station.display,
        findings,
        knows_the_time: scene.knows_the_time(),
        words: &measure,
    };
    work(&stock, &alerts)
}
