use crate::content::{AreaCode, Bulletin, Common, Position, Recurrence, ScheduleEntry, Validity};
use chrono_tz::Tz;

/// What must be known of a display to say what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Display {
    /// As schedule entries name it.
    pub name: String,
    /// Its display group, and that group's tags.
    pub groups: Vec<String>,
    pub position: Option<Position>,
    /// The coded areas in which it stands.
    pub codes: Vec<AreaCode>,
    /// The town's.
    pub zone: Tz,
    /// Those of slides: BCP 47 tags, one after the other.
    pub languages: Vec<String>,
    /// Those of warnings, in their order.
    pub alert_languages: Vec<String>,
    /// Whether it shows tests and exercises.
    pub shows_drills: bool,
    pub is_portrait: bool,
    pub power: Power,
    /// When advertising rests, beside the nights and what the schedule says: cuts of electricity announced since (EcoWatt),
    /// which [`Display::informed_by`] takes from a bulletin. A period without begin and end lets it rest always, as while
    /// nobody knows what time it is.
    pub advertising_rests: Vec<Validity>,
}

/// When the panel is on, and how bright.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Power {
    /// None given means day and night.
    pub on: Vec<Recurrence>,
    pub dimmed: Vec<Dimming>,
}

/// Hours in which less light is enough. Of two the darker counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimming {
    /// Of the full brightness.
    pub percent: u8,
    pub times: Recurrence,
}

impl Display {
    /// The same display, on which advertising rests when a bulletin says so, and not when only the one before did.
    #[must_use]
    pub fn informed_by(mut self, bulletin: &Bulletin) -> Self {
        let curfews = bulletin.curfews.iter().filter(|curfew| self.is_meant_by(&curfew.common));
        self.advertising_rests = curfews.map(|curfew| curfew.common.valid).collect();
        self
    }

    /// Whether an item is for this display's group.
    pub fn is_meant_by(&self, common: &Common) -> bool {
        common.groups.is_empty() || common.groups.iter().any(|group| self.groups.contains(group))
    }

    pub(super) fn is_scheduled_by(&self, entry: &ScheduleEntry) -> bool {
        self.is_meant_by(&entry.common) && (entry.displays.is_empty() || entry.displays.contains(&self.name))
    }
}
