use crate::content::{Bulletin, Catalog, Common, Schedule};
use crate::language::Language;
use crate::player::almanac::Almanac;
use crate::player::fit::Ruler;
use crate::player::look::Look;
use crate::player::media::Files;
use crate::player::signage::compose::Composer;
use crate::player::signage::station::{Station, Wish, scheduled};
use crate::player::theme::{Theme, register_fonts};
use crate::player::{profile::Profile, scene::Scene, visitor::Visitor};
use bevy::text::{FontCx, LayoutCx};
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashMap};

/// The content that is looked at.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub almanac: &'a Almanac,
    pub bulletin: &'a Bulletin,
    pub files: &'a Files,
    pub theme: &'a Theme,
    pub now: DateTime<Utc>,
}

impl<'a> Subject<'a> {
    pub fn catalog(&self) -> &'a Catalog {
        &self.almanac.catalog
    }

    /// The town's first language.
    pub fn language(&self) -> Language {
        self.catalog().town.fallback.first().and_then(|tag| Language::parse(tag)).unwrap_or(Language::Fr)
    }

    /// With the layouts that ship.
    pub fn schedule(&self) -> Schedule {
        scheduled(self.catalog())
    }

    /// A display of all the town's groups where the content says that it stands.
    pub fn station(&self, profile: &Profile, language: Language) -> Station {
        let mut station = Station::at(self.almanac, profile, language, Wish::Schedule);
        let catalog = self.catalog();
        let schedule = &catalog.schedule;
        let groups = |common: &'a Common| common.groups.iter().cloned();
        let items = schedule.items.iter().flat_map(|item| groups(&item.common));
        let events = catalog.events.iter().flat_map(|event| groups(&event.common));
        let all: BTreeSet<String> = items.chain(events).collect();
        station.display.groups = all.into_iter().collect();
        station
    }

    pub fn scene<'s>(&'s self, profile: &'s Profile, visitor: &'s Visitor, now: DateTime<Utc>) -> Scene<'s> {
        Scene { bulletin: self.bulletin, ..Scene::of(self.almanac, visitor, now, profile) }
    }
}

/// What slides are measured with where no player runs.
#[derive(Default)]
pub struct Desk {
    fonts: FontCx,
    layouts: LayoutCx,
    /// Sizes of the pictures that have been opened, or why they cannot be.
    pictures: HashMap<String, Result<(u32, u32), String>>,
}

impl Desk {
    pub fn new() -> Self {
        let mut desk = Self::default();
        register_fonts(&mut desk.fonts);
        desk
    }

    pub fn composer<'d>(&'d mut self, look: &'d Look) -> Composer<'d> {
        Composer::new(Ruler { fonts: &mut self.fonts, layouts: &mut self.layouts, family: &look.family }, look)
    }

    /// Width and height in px of a picture.
    ///
    /// # Errors
    /// Why it cannot be drawn.
    pub fn picture(&mut self, files: &Files, path: &str) -> Result<(u32, u32), String> {
        let open = || crate::player::media::picture_size(files, path);
        self.pictures.entry(path.to_owned()).or_insert_with(open).clone()
    }
}
