//! A display of signage: where it stands, what it is asked to show, and what of that it can.

use super::room::Room;
use super::templates::shipped_layouts;
use crate::content::{Bulletin, Catalog, Id, Playlist, PlaylistItem, Schedule, ScheduleEntry, Town};
use crate::language::Language;
use crate::player::almanac::Almanac;
use crate::player::profile::Profile;
use crate::player::settings::Settings;
use crate::signage::{Display, Power};

/// What the panel is to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// What the town has scheduled.
    #[default]
    Schedule,
    /// One playlist, whatever is scheduled.
    Playlist(Id),
    /// One item, whatever is scheduled.
    Item(Id),
}

/// A display, and what it is asked to show.
#[derive(Clone, Debug)]
pub struct Station {
    pub display: Display,
    pub wish: Wish,
    /// In which slides are shown, in turn; never empty.
    pub languages: Vec<Language>,
    pub room: Room,
}

impl Station {
    /// The display whose panel this is, where nobody has set anything: it stands where the content says, and speaks the
    /// town's first language.
    pub fn at(almanac: &Almanac, profile: &Profile, language: Language, wish: Wish) -> Self {
        let display = Display {
            name: String::new(),
            groups: Vec::new(),
            position: almanac.stand.map(|stand| stand.position),
            codes: Vec::new(),
            zone: almanac.zone,
            languages: vec![language.tag().to_owned()],
            alert_languages: almanac.languages.iter().map(|language| language.tag().to_owned()).collect(),
            shows_drills: false,
            is_portrait: profile.is_portrait(),
            power: Power::default(),
            advertising_rests: Vec::new(),
        };
        Self { display, wish, languages: vec![language], room: Room::Panel }
    }

    /// What the settings of a display say of it.
    pub fn of(settings: &Settings, town: &Town, profile: &Profile) -> Self {
        let display = settings.display(town, profile, &Bulletin::default());
        let languages: Vec<Language> = display.languages.iter().filter_map(|tag| Language::parse(tag)).collect();
        let languages = if languages.is_empty() { settings.languages[..1].to_vec() } else { languages };
        Self { display, wish: Wish::Schedule, languages, room: Room::Panel }
    }

    /// The same display where visitors touch it, and what is scheduled has the window between them. Its panel is never
    /// off: a visitor would find it black.
    #[must_use]
    pub fn between_visitors(mut self, profile: &Profile) -> Self {
        self.room = Room::Window;
        self.display.is_portrait = self.room.profile(profile).is_portrait();
        self.display.power = Power::default();
        self
    }

    /// Stands where this display does, in its zone, and speaks its languages: all that comes from the town where the display's
    /// own settings say nothing.
    pub fn stand_as(&mut self, display: &Display) {
        self.display.position = display.position;
        self.display.zone = display.zone;
        self.display.languages.clone_from(&display.languages);
        let languages: Vec<Language> = display.languages.iter().filter_map(|tag| Language::parse(tag)).collect();
        if !languages.is_empty() {
            self.languages = languages;
        }
    }

    /// Takes in until when advertising rests, from what came with the content and beside it.
    pub fn inform(&mut self, with_content: &Bulletin, beside: &Bulletin) {
        let rests = [with_content, beside].map(|bulletin| self.display.clone().informed_by(bulletin).advertising_rests);
        self.display.advertising_rests = rests.concat();
    }

    /// What the town has scheduled, with the layouts that ship, or what is wished for instead.
    pub fn schedule(&self, catalog: &Catalog) -> Schedule {
        let mut schedule = scheduled(catalog);
        if self.room == Room::Window {
            schedule.playlists.iter_mut().for_each(|playlist| playlist.layout = None);
        }
        let wished = match &self.wish {
            Wish::Schedule => return schedule,
            Wish::Playlist(id) => id.clone(),
            Wish::Item(id) => {
                let mut playlist = Playlist { slots: vec![id.clone()], ..Playlist::default() };
                playlist.common.id = Id("wished:playlist".to_owned());
                schedule.playlists = vec![playlist];
                schedule.items.iter_mut().filter(|item| item.common.id == *id).for_each(always);
                Id("wished:playlist".to_owned())
            }
        };
        let mut entry = ScheduleEntry { playlist: wished, ..ScheduleEntry::default() };
        entry.common.id = Id("wished:entry".to_owned());
        schedule.playlists.iter_mut().for_each(|playlist| playlist.common.groups.clear());
        (schedule.entries, schedule.campaigns) = (vec![entry], Vec::new());
        schedule
    }
}

/// What the town has scheduled, with the layouts that ship.
pub fn scheduled(catalog: &Catalog) -> Schedule {
    let mut schedule = catalog.schedule.clone();
    let own: Vec<Id> = schedule.layouts.iter().map(|layout| layout.common.id.clone()).collect();
    let shipped = shipped_layouts().iter().filter(|layout| !own.contains(&layout.common.id));
    schedule.layouts.extend(shipped.cloned());
    schedule
}

/// Who asks for one item wants to see it, whenever and wherever it is scheduled.
fn always(item: &mut PlaylistItem) {
    item.common.groups.clear();
    (item.times, item.common.valid, item.advertising) = Default::default();
}
