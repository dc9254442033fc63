use super::reading::{Read, Reading, Word};
use super::{AdvertisingCurfew, Common, Id, Item, Layout, Playlist, PlaylistItem, Recurrence, Template, Validity};
use serde::{Deserialize, Serialize};

/// Which entry comes before which, whatever their priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    #[default]
    Scheduled,
    /// Takes over from what is scheduled, campaigns included.
    Interrupt,
}

/// When a playlist is on, and where: on the displays of `common.groups`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduleEntry {
    #[serde(flatten)]
    pub common: Common,
    pub playlist: Id,
    /// Only on these displays of the groups, by their name; none given means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub displays: Vec<String>,
    pub level: Level,
    /// Of two entries of a level the one with the higher priority plays.
    pub priority: i8,
    #[serde(flatten)]
    pub times: Recurrence,
}

/// Slots that are shown among those of any scheduled playlist, for a share of the time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Campaign {
    #[serde(flatten)]
    pub common: Common,
    /// Playlist items, in order.
    pub slots: Vec<Id>,
    /// Of the time, in percent.
    pub share: u8,
    /// All its slots are advertising, whatever each says.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub advertising: bool,
    #[serde(flatten)]
    pub times: Recurrence,
}

/// All that says what plays when on the town's signage. No screen of a kiosk is about any of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schedule {
    pub layouts: Vec<Layout>,
    pub templates: Vec<Template>,
    pub playlists: Vec<Playlist>,
    pub items: Vec<PlaylistItem>,
    pub entries: Vec<ScheduleEntry>,
    pub campaigns: Vec<Campaign>,
    pub curfews: Vec<AdvertisingCurfew>,
}

impl Schedule {
    /// What of it is on whatever the time: while nobody knows what time it is, the rest is not.
    #[must_use]
    pub fn evergreen(mut self) -> Self {
        let always = |common: &Common, times: &Recurrence| {
            common.valid == Validity::default() && *times == Recurrence::default()
        };
        self.entries.retain(|entry| always(&entry.common, &entry.times));
        self.campaigns.retain(|campaign| always(&campaign.common, &campaign.times));
        self.items.retain(|item| always(&item.common, &item.times));
        self
    }

    /// As items again, to be written.
    pub fn into_items(self) -> impl Iterator<Item = Item> {
        let layouts = self.layouts.into_iter().map(Item::Layout);
        let templates = self.templates.into_iter().map(Item::Template);
        let playlists = self.playlists.into_iter().map(Item::Playlist);
        let items = self.items.into_iter().map(Item::PlaylistItem);
        let entries = self.entries.into_iter().map(Item::ScheduleEntry);
        let campaigns = self.campaigns.into_iter().map(Item::Campaign);
        let curfews = self.curfews.into_iter().map(Item::AdvertisingCurfew);
        let played = layouts.chain(templates).chain(playlists).chain(items).chain(entries);
        played.chain(campaigns).chain(curfews)
    }
}

impl Word for Level {}

impl Read for ScheduleEntry {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let times = Recurrence::from_fields(&mut fields);
        let playlist = fields.needed("playlist", "which playlist?");
        // An entry for some displays must not come to all of them.
        let displays = fields.whole(|fields| fields.get("displays"));
        Some(Self {
            common: fields.flat(Common::from_fields),
            playlist: playlist?,
            displays: displays?,
            level: fields.get("level"),
            priority: fields.get("priority"),
            times: times?,
        })
    }
}

impl Read for Campaign {
    fn read(value: &serde_json::Value, reading: &mut Reading<'_>) -> Option<Self> {
        let mut fields = reading.fields(value)?;
        let times = Recurrence::from_fields(&mut fields);
        let share = fields.needed("share", "how much of the time, in percent?");
        let advertising = fields.whole(|fields| fields.get("advertising"));
        let campaign = Self {
            common: fields.flat(Common::from_fields),
            slots: fields.get("slots"),
            share: share?,
            advertising: advertising?,
            times: times?,
        };
        if campaign.share == 0 || campaign.share > 100 {
            fields.problem("share", "percent from 1 to 100 are expected");
            return None;
        }
        Some(campaign)
    }
}
