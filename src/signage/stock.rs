use super::Display;
use super::findings::Findings;
use crate::content::{Alert, Catalog, EventFilter, FilterPeriod, Id, Live, LiveKind, PlaylistItem, Show, Validity};
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

/// How long a warning stands in one language, in seconds: as long as its words take to read, and never so long that another
/// warning waits for it.
pub fn alert_secs(alert: &Alert, language: &str, fallback: &[String]) -> u32 {
    const SECS_MAX: u32 = 60;
    let texts = [&alert.common.title, &alert.common.summary, &alert.common.text, &alert.instruction];
    let texts = texts.into_iter().filter_map(|text| text.pick(language, fallback));
    let words = texts.map(|(_, translation)| translation.text.split_whitespace().count()).sum();
    reading_secs(words).min(SECS_MAX)
}

fn secs(item: &PlaylistItem, words: usize) -> u32 {
    match item.show {
        // Their words change within the day: displays that counted them at different hours would drift apart.
        Show::Weather { .. } | Show::Departures { .. } | Show::Clock => item.duration_secs.unwrap_or(FIGURES_SECS),
        _ => item.duration_secs.unwrap_or_else(|| reading_secs(words)),
    }
}

/// A slide of figures, in seconds.
const FIGURES_SECS: u32 = 12;

/// What is over leaves; but no slide comes and goes faster than it is seen, in seconds.
const SECS_MIN: u32 = 3;

/// So many seconds, or fewer where what is shown is over before.
fn until(secs: u32, at: DateTime<Utc>, ends: Option<DateTime<Utc>>) -> u32 {
    let Some(ends) = ends else { return secs };
    let left = (ends - at).num_milliseconds().max(0).unsigned_abs().div_ceil(1000);
    secs.min(u32::try_from(left).unwrap_or(u32::MAX).max(SECS_MIN))
}

/// What the town's catalog has to show on a display.
pub struct CatalogStock<'a> {
    pub catalog: &'a Catalog,
    pub live: &'a [&'a Live],
    pub display: &'a Display,
    pub findings: &'a Findings,
    /// Without it nothing is shown that depends on the day or the hour.
    pub knows_the_time: bool,
    /// How many words a slide of the item has, of the event of that id where it shows one. `None` has it skipped: a file
    /// that it needs is missing, or its words have no room.
    ///
    /// The instant is that of the turn. Within a day of the display it answers alike, whenever it is asked: else displays
    /// that were switched on at different hours would count different slides.
    pub words: &'a dyn Fn(&PlaylistItem, Option<&Id>, DateTime<Utc>) -> Option<usize>,
}

impl CatalogStock<'_> {
    /// Until when there are figures of this kind; `None` where there are none.
    fn live(&self, kind: LiveKind, id: Option<&Id>, at: DateTime<Utc>) -> Option<Validity> {
        let meant = |live: &&&Live| live.kind == kind && id.is_none_or(|id| *id == live.common.id);
        let shown = |live: &&&Live| meant(live) && !live.rows.is_empty();
        let live = self.live.iter().find(|live| shown(live) && live.holds(at))?;
        let ends = [live.valid_until, live.common.valid.until].into_iter().flatten().min();
        Some(Validity { from: None, until: ends })
    }

    /// Until when something the item is about is published; `None` where it is not.
    fn published(&self, id: &Id, at: DateTime<Utc>) -> Option<Validity> {
        let valid = self.catalog.item(id)?.common().valid;
        let is_shown = if self.knows_the_time { valid.contains(at) } else { valid == Validity::default() };
        is_shown.then_some(valid)
    }

    /// Until when a list has all that it found.
    fn list(&self, filter: &EventFilter, at: DateTime<Utc>) -> Option<Validity> {
        let found = self.findings.at(self.catalog, filter, self.display, at);
        let first = found.iter().filter_map(|found| self.ends(*found)).min()?;
        Some(Validity { from: None, until: Some(first) })
    }

    fn ends(&self, (event, timing): (usize, usize)) -> Option<DateTime<Utc>> {
        Some(self.catalog.events.get(event)?.timings.get(timing)?.end.to_utc())
    }

    /// The next of the events found whose slide can be shown.
    fn event(&self, item: &PlaylistItem, filter: &EventFilter, nth: usize, at: DateTime<Utc>) -> Option<Offer> {
        let found = self.findings.at(self.catalog, filter, self.display, at);
        let slides = found.len();
        (0..slides).find_map(|more| {
            let which = (nth + more) % slides;
            let shown = *found.get(which)?;
            let event = self.catalog.events.get(shown.0)?;
            let words = (self.words)(item, Some(&event.common.id), at)?;
            Some(Offer { slides, which, secs: until(secs(item, words), at, self.ends(shown)) })
        })
    }
}

impl Stock for CatalogStock<'_> {
    fn offer(&self, item: &PlaylistItem, nth: usize, at: DateTime<Utc>) -> Option<Offer> {
        let always = Some(Validity::default());
        let valid = match &item.show {
            Show::Place { place: id } | Show::Article { article: id } => self.published(id, at),
            Show::Picture | Show::Film | Show::Poster => always.filter(|_| !item.common.media.is_empty()),
            Show::Qr => always.filter(|_| !item.common.link.is_empty()),
            Show::Notice | Show::Ticker | Show::Clock => always,
            _ if !self.knows_the_time => None,
            Show::Events { filter, .. } => return self.event(item, filter, nth, at),
            Show::Agenda { filter, .. } => self.list(filter, at),
            Show::Tonight => self.list(&EventFilter { period: FilterPeriod::Tonight, ..EventFilter::default() }, at),
            Show::Countdown { to } => (at < *to).then_some(Validity { from: None, until: Some(*to) }),
            Show::Weather { live } => self.live(LiveKind::Weather, live.as_ref(), at),
            Show::Departures { live } => self.live(LiveKind::Departures, live.as_ref(), at),
        };
        let ends = valid?.until;
        let words = (self.words)(item, None, at)?;
        Some(Offer { slides: 1, which: 0, secs: until(secs(item, words), at, ends) })
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
