use super::Display;
use super::findings::Findings;
use crate::content::{Alert, Catalog, EventFilter, FilterPeriod, Id, Live, LiveKind, PlaylistItem, Show};
use chrono::{DateTime, Utc};

/// What a slot has to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// How many slides it could fill, one for each event found; other kinds have one.
    pub slides: usize,
    /// Which of them it is.
    pub which: usize,
    /// How long the slide stands that was asked for, in seconds.
    pub secs: u32,
}

/// What there is to show. It answers alike as long as it is not replaced: what is asked is only the time.
pub trait Stock {
    /// What a slot shows whose turn begins at this instant, `nth` of its slides having been shown in this window.
    /// `None` has it skipped: nothing found, over, or a file that is missing.
    fn offer(&self, item: &PlaylistItem, nth: usize, at: DateTime<Utc>) -> Option<Offer>;

    /// The event that a slide shows, of those that its item found when its turn began. `None` where it shows none.
    fn subject(&self, _item: &PlaylistItem, _which: usize, _begins: DateTime<Utc>) -> Option<&Id> {
        None
    }

    /// How long an alert stands in one language, in seconds.
    fn alert_secs(&self, alert: &Alert, language: &str) -> u32;
}

/// Time to read so many words aloud in one's head, in seconds, and to notice that there is something new.
pub fn reading_secs(words: usize) -> u32 {
    const SECS_MIN: u32 = 8;
    let hundredths = words.saturating_mul(35).saturating_add(200);
    u32::try_from(hundredths.div_ceil(100)).unwrap_or(PlaylistItem::DURATION_SECS_MAX).max(SECS_MIN)
}

/// How long a warning stands in one language, in seconds: as long as its words take to read.
pub fn alert_secs(alert: &Alert, language: &str, fallback: &[String]) -> u32 {
    let texts = [&alert.common.title, &alert.common.summary, &alert.common.text, &alert.instruction];
    let texts = texts.into_iter().filter_map(|text| text.pick(language, fallback));
    reading_secs(texts.map(|(_, translation)| translation.text.split_whitespace().count()).sum())
}

fn secs(item: &PlaylistItem, words: usize) -> u32 {
    item.duration_secs.unwrap_or_else(|| reading_secs(words))
}

/// What the town's catalog has to show on a display.
pub struct CatalogStock<'a> {
    pub catalog: &'a Catalog,
    pub live: &'a [&'a Live],
    pub display: &'a Display,
    pub findings: &'a Findings,
    /// How many words a slide of the item has, of the event of that id where it shows one. `None` has it skipped: a file
    /// that it needs is missing, or its words have no room.
    ///
    /// The instant is that of the turn. Within a day of the display it answers alike, whenever it is asked: else displays
    /// that were switched on at different hours would count different slides.
    pub words: &'a dyn Fn(&PlaylistItem, Option<&Id>, DateTime<Utc>) -> Option<usize>,
}

impl CatalogStock<'_> {
    fn is_live(&self, kind: LiveKind, id: Option<&Id>, at: DateTime<Utc>) -> bool {
        let meant = |live: &&&Live| live.kind == kind && id.is_none_or(|id| *id == live.common.id);
        self.live.iter().filter(meant).any(|live| live.holds(at))
    }

    fn has_one(&self, filter: &EventFilter, at: DateTime<Utc>) -> bool {
        !self.findings.at(self.catalog, filter, self.display, at).is_empty()
    }

    /// The next of the events found whose slide can be shown.
    fn event(&self, item: &PlaylistItem, filter: &EventFilter, nth: usize, at: DateTime<Utc>) -> Option<Offer> {
        let found = self.findings.at(self.catalog, filter, self.display, at);
        let slides = found.len();
        (0..slides).find_map(|more| {
            let which = (nth + more) % slides;
            let event = self.catalog.events.get(found.get(which)?.0)?;
            let words = (self.words)(item, Some(&event.common.id), at)?;
            Some(Offer { slides, which, secs: secs(item, words) })
        })
    }
}

impl Stock for CatalogStock<'_> {
    fn offer(&self, item: &PlaylistItem, nth: usize, at: DateTime<Utc>) -> Option<Offer> {
        let item_of = |id| self.catalog.item(id).filter(|item| item.common().valid.contains(at));
        let can_be_shown = match &item.show {
            Show::Events { filter, .. } => return self.event(item, filter, nth, at),
            Show::Agenda { filter, .. } => self.has_one(filter, at),
            Show::Tonight => self.has_one(&EventFilter { period: FilterPeriod::Tonight, ..EventFilter::default() }, at),
            Show::Place { place: id } | Show::Article { article: id } => item_of(id).is_some(),
            Show::Countdown { to } => at < *to,
            Show::Weather { live } => self.is_live(LiveKind::Weather, live.as_ref(), at),
            Show::Departures { live } => self.is_live(LiveKind::Departures, live.as_ref(), at),
            Show::Picture | Show::Film | Show::Poster => !item.common.media.is_empty(),
            Show::Qr => !item.common.link.is_empty(),
            Show::Notice | Show::Ticker | Show::Clock => true,
        };
        let words = can_be_shown.then(|| (self.words)(item, None, at)).flatten()?;
        Some(Offer { slides: 1, which: 0, secs: secs(item, words) })
    }

    fn subject(&self, item: &PlaylistItem, which: usize, begins: DateTime<Utc>) -> Option<&Id> {
        let Show::Events { filter, .. } = &item.show else { return None };
        let found = self.findings.at(self.catalog, filter, self.display, begins);
        Some(&self.catalog.events.get(found.get(which)?.0)?.common.id)
    }

    fn alert_secs(&self, alert: &Alert, language: &str) -> u32 {
        alert_secs(alert, language, &self.catalog.town.fallback)
    }
}
