//! What plays when, worked out as plainly and slowly as can be: a town clock that only goes forward, looked at every
//! second. What the program says is held against it.

use super::sample_towns::is_warned;
use super::{Display, Stock};
use crate::content::*;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc, Weekday};

/// What is shown: item and finding by region, the id of an alert with its language, or nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    Nothing,
    Alert(String, String),
    Regions(Vec<(String, Option<String>, usize)>),
}

#[derive(Clone, Debug, PartialEq)]
enum On<'a> {
    Off,
    Alerts(Vec<&'a Alert>),
    Playing(Vec<Channel<'a>>),
}

#[derive(Clone, Debug, PartialEq)]
struct Channel<'a> {
    region: String,
    is_main: bool,
    /// The playlist's lists, then those of each campaign, with their share.
    voices: Vec<(i64, Vec<Vec<&'a PlaylistItem>>)>,
}

/// A slide that was shown.
#[derive(Clone, Copy)]
struct Past<'a> {
    voice: usize,
    list: usize,
    slot: usize,
    /// Which slide of its slot's turn it was, from 0, and how many the turn could have.
    of_turn: (usize, usize),
    item: &'a PlaylistItem,
    which: usize,
    secs: i64,
}

#[derive(Default)]
struct Playing<'a> {
    past: Vec<Past<'a>>,
    /// By voice, how much of the past does not count any more.
    forgotten: Vec<usize>,
    shown: (Option<&'a PlaylistItem>, usize),
    secs_left: i64,
}

pub struct Reference<'a> {
    pub schedule: &'a Schedule,
    pub alerts: &'a [&'a Alert],
    pub display: &'a Display,
    pub stock: &'a dyn Stock,
    now: DateTime<Utc>,
    /// The latest that the town's clock has shown.
    clock: NaiveDateTime,
    on: On<'a>,
    pub window: DateTime<Utc>,
    playing: Vec<Playing<'a>>,
}

impl<'a> Reference<'a> {
    pub fn new(
        schedule: &'a Schedule,
        alerts: &'a [&'a Alert],
        display: &'a Display,
        stock: &'a dyn Stock,
        now: DateTime<Utc>,
    ) -> Self {
        let clock = now.with_timezone(&display.zone).naive_local();
        let (on, playing) = (On::Off, Vec::new());
        Self { schedule, alerts, display, stock, now, clock, on, window: now, playing }
    }

    /// One second later.
    pub fn tick(&mut self) -> Seen {
        self.now += TimeDelta::seconds(1);
        let day_before = self.clock.date();
        self.clock = self.clock.max(self.now.with_timezone(&self.display.zone).naive_local());
        let on = self.what_is_on();
        if on != self.on || self.clock.date() != day_before {
            self.window = self.now;
            let channels = if let On::Playing(channels) = &on { channels.len() } else { 0 };
            self.playing = (0..channels).map(|_| Playing::default()).collect();
            self.on = on;
        }
        match &self.on {
            On::Off => Seen::Nothing,
            On::Alerts(alerts) => self.alert(alerts),
            On::Playing(channels) => {
                let mut seen = Vec::new();
                for (channel, playing) in channels.iter().zip(&mut self.playing) {
                    if playing.secs_left == 0 {
                        next_slide(channel, playing, self.stock, self.now);
                    }
                    playing.secs_left -= 1;
                    let (item, which) = playing.shown;
                    seen.push((channel.region.clone(), item.map(|item| item.common.id.0.clone()), which));
                }
                Seen::Regions(seen)
            }
        }
    }

    pub fn brightness(&self) -> u8 {
        match &self.on {
            On::Off => 0,
            On::Alerts(_) => 100,
            On::Playing(_) => {
                let dimmed = self.display.power.dimmed.iter().filter(|it| is_on(&it.times, self.clock));
                dimmed.map(|it| it.percent).min().unwrap_or(100)
            }
        }
    }

    fn is_meant(&self, common: &Common) -> bool {
        common.groups.is_empty() || common.groups.iter().any(|group| self.display.groups.contains(group))
    }

    fn is_on(&self, common: &Common, times: &Recurrence) -> bool {
        self.is_meant(common) && common.valid.contains(self.now) && is_on(times, self.clock)
    }

    fn what_is_on(&self) -> On<'a> {
        let mut alerts: Vec<&Alert> = Vec::new();
        for severity in [Severity::Extreme, Severity::Severe, Severity::Moderate, Severity::Minor] {
            let always = Recurrence::default();
            let mut these: Vec<&Alert> = self
                .alerts
                .iter()
                .copied()
                .filter(|it| it.severity == severity && self.is_on(&it.common, &always))
                .collect();
            these.sort_by_key(|it| &it.common.id);
            these.retain(|it| is_warned(self.display, it));
            alerts.extend(these);
        }
        if !alerts.is_empty() {
            return On::Alerts(alerts);
        }
        let power = &self.display.power.on;
        if !power.is_empty() && !power.iter().any(|times| is_on(times, self.clock)) {
            return On::Off;
        }
        let mut best: Option<(&ScheduleEntry, &Playlist)> = None;
        for entry in &self.schedule.entries {
            let named = entry.displays.is_empty() || entry.displays.contains(&self.display.name);
            let Some(playlist) = self.playlist(&entry.playlist) else { continue };
            if !named || !self.is_on(&entry.common, &entry.times) || self.slots(&playlist.slots, false).is_empty() {
                continue;
            }
            let is_better = best.is_none_or(|(other, _)| {
                let (rank, of_other) = ((entry.level, entry.priority), (other.level, other.priority));
                rank > of_other || (rank == of_other && entry.common.id < other.common.id)
            });
            if is_better {
                best = Some((entry, playlist));
            }
        }
        self.channels(best)
    }

    fn playlist(&self, id: &Id) -> Option<&'a Playlist> {
        self.schedule.playlists.iter().find(|it| it.common.id == *id && self.is_meant(&it.common))
    }

    fn channels(&self, best: Option<(&ScheduleEntry, &'a Playlist)>) -> On<'a> {
        let own: Vec<&Playlist> = self.schedule.playlists.iter().filter(|it| self.is_meant(&it.common)).collect();
        let flagged = own.iter().filter(|it| it.default).min_by_key(|it| &it.common.id);
        let default = flagged.or(own.iter().min_by_key(|it| &it.common.id)).copied();
        let built_in = &super::built_in::BUILT_IN;
        let mut lists: Vec<Vec<&PlaylistItem>> = Vec::new();
        lists.extend(best.map(|(_, playlist)| self.slots(&playlist.slots, false)));
        lists.push(default.map(|playlist| self.slots(&playlist.slots, false)).unwrap_or_default());
        lists.push(vec![&built_in.clock, &built_in.tonight]);
        let mut campaigns = Vec::new();
        let mut all: Vec<&Campaign> = self.schedule.campaigns.iter().collect();
        all.sort_by_key(|it| &it.common.id);
        for campaign in all.into_iter().filter(|it| self.is_on(&it.common, &it.times)) {
            let slots = self.slots(&campaign.slots, campaign.advertising);
            if !slots.is_empty() && best.is_none_or(|(entry, _)| entry.level != Level::Interrupt) {
                campaigns.push((i64::from(campaign.share), vec![slots]));
            }
        }
        let rest = 100 - campaigns.iter().map(|(share, _)| share).sum::<i64>();
        let main: Vec<_> = std::iter::once((rest.max(0), lists)).chain(campaigns).collect();
        let playlist = best.map(|(_, playlist)| playlist).or(default);
        let layout = playlist.and_then(|playlist| playlist.layout.as_ref());
        let layout = layout.and_then(|id| self.schedule.layouts.iter().find(|it| it.common.id == *id));
        let Some(layout) = layout else {
            return On::Playing(vec![Channel { region: "main".into(), is_main: true, voices: main }]);
        };
        let regions = layout.regions(self.display.is_portrait);
        let main_name = &regions.iter().find(|it| it.main).unwrap_or(&regions[0]).name;
        let channels = regions.iter().map(|region| {
            let is_main = region.name == *main_name;
            let side = playlist.and_then(|it| self.playlist(it.regions.get(&region.name)?));
            let side = side.map(|it| self.slots(&it.slots, false)).into_iter().collect();
            let voices = if is_main { main.clone() } else { vec![(100, side)] };
            Channel { region: region.name.clone(), is_main, voices }
        });
        On::Playing(channels.collect())
    }

    fn slots(&self, ids: &[Id], is_advertising: bool) -> Vec<&'a PlaylistItem> {
        let is_night = (1..6).contains(&self.clock.hour());
        let is_short = self.display.advertising_rests.iter().any(|period| period.contains(self.now));
        let always = Recurrence::default();
        let rests = is_night || is_short || self.schedule.curfews.iter().any(|it| self.is_on(&it.common, &always));
        let items = ids.iter().filter_map(|id| self.schedule.items.iter().find(|item| item.common.id == *id));
        let may = items.filter(|item| self.is_on(&item.common, &item.times));
        may.filter(|item| !(rests && (is_advertising || item.advertising))).collect()
    }

    fn alert(&self, alerts: &[&Alert]) -> Seen {
        let mut pages = Vec::new();
        let gravest: Vec<&Alert> = alerts.iter().copied().filter(|it| it.severity == alerts[0].severity).collect();
        let mut order = alerts.to_vec();
        if alerts.len() > 3 {
            // Into every third place of those after the first.
            let mut at = gravest.len() + 2;
            while at < order.len() {
                order.splice(at..at, gravest.iter().copied());
                at += gravest.len() + 2;
            }
        }
        for alert in order {
            for language in &self.display.alert_languages {
                if alert.common.title.exact(language).is_some() {
                    let secs = self.stock.alert_secs(alert, language) as usize;
                    pages.extend(vec![(alert.common.id.0.clone(), language.clone()); secs]);
                }
            }
        }
        let since = (self.now - self.window).num_seconds() as usize;
        let (alert, language) = pages[since % pages.len()].clone();
        Seen::Alert(alert, language)
    }
}

fn is_on(times: &Recurrence, clock: NaiveDateTime) -> bool {
    if times.start.is_some_and(|start| clock < start) || times.end.is_some_and(|end| clock >= end) {
        return false;
    }
    let today = clock.date();
    if times.dayparts.is_empty() {
        return is_day(times, today);
    }
    times.dayparts.iter().any(|part| {
        let time = clock.time();
        if part.from < part.until {
            return is_day(times, today) && part.from <= time && time < part.until;
        }
        let yesterday = today - Days::new(1);
        is_day(times, today) && part.from <= time || is_day(times, yesterday) && time < part.until
    })
}

fn is_day(times: &Recurrence, date: NaiveDate) -> bool {
    let monday_1970 = NaiveDate::from_ymd_opt(1970, 1, 5).unwrap();
    let first = times.start.map_or(monday_1970, |start| start.date());
    let days = (monday_of(date) - monday_of(first)).num_days();
    let is_week = days % (7 * i64::from(times.every_weeks)) == 0;
    let is_weekday = times.weekdays.is_empty() || times.weekdays.contains(&date.weekday());
    !times.except.contains(&date) && (times.also.contains(&date) || is_week && is_weekday)
}

fn monday_of(mut date: NaiveDate) -> NaiveDate {
    while date.weekday() != Weekday::Mon {
        date = date - Days::new(1);
    }
    date
}

fn next_slide<'a>(channel: &Channel<'a>, playing: &mut Playing<'a>, stock: &dyn Stock, now: DateTime<Utc>) {
    playing.forgotten.resize(channel.voices.len(), 0);
    let all: i64 = channel.voices.iter().map(|(share, _)| share).sum();
    let mut asked: Vec<usize> = Vec::new();
    while asked.len() < channel.voices.len() {
        let owed = |voice: usize| {
            let counted = &playing.past[playing.forgotten[voice]..];
            let total: i64 = counted.iter().map(|it| it.secs).sum();
            let own: i64 = counted.iter().filter(|it| it.voice == voice).map(|it| it.secs).sum();
            channel.voices[voice].0 * total - all * own
        };
        let mut best: Option<usize> = None;
        for voice in (0..channel.voices.len()).filter(|voice| !asked.contains(voice)) {
            let rank = |voice: usize| (channel.voices[voice].0 > 0, owed(voice));
            if best.is_none_or(|best| rank(voice) > rank(best)) {
                best = Some(voice);
            }
        }
        let voice = best.unwrap();
        for (list, slots) in channel.voices[voice].1.iter().enumerate() {
            if let Some(slide) = slide_of(&playing.past, voice, list, slots, stock, now) {
                playing.past.push(slide);
                playing.shown = (Some(slide.item), slide.which);
                playing.secs_left = slide.secs;
                return;
            }
        }
        playing.forgotten[voice] = playing.past.len();
        asked.push(voice);
    }
    let clock: &'a PlaylistItem = &super::built_in::BUILT_IN.clock;
    playing.shown = (channel.is_main.then_some(clock), 0);
    playing.secs_left = 10;
}

fn slide_of<'a>(
    past: &[Past<'a>],
    voice: usize,
    list: usize,
    slots: &[&'a PlaylistItem],
    stock: &dyn Stock,
    now: DateTime<Utc>,
) -> Option<Past<'a>> {
    let own: Vec<&Past<'_>> = past.iter().filter(|it| (it.voice, it.list) == (voice, list)).collect();
    let offered = |slot: usize| {
        let nth = own.iter().filter(|it| it.slot == slot).count();
        Some((stock.offer(slots[slot], nth, now)?, nth))
    };
    let last = own.last();
    let mut order: Vec<(usize, usize)> =
        last.filter(|it| it.of_turn.0 + 1 < it.of_turn.1).map(|it| (it.slot, it.of_turn.0 + 1)).into_iter().collect();
    let first = last.map_or(0, |it| it.slot + 1);
    order.extend((0..slots.len()).map(|step| ((first + step) % slots.len(), 0)));
    for (slot, nr) in order {
        let Some((offer, nth)) = offered(slot) else { continue };
        let most = if let Show::Events { count, .. } = slots[slot].show { usize::from(count) } else { 1 };
        let of_turn = if nr > 0 { last.unwrap().of_turn.1 } else { offer.slides.min(most) };
        let (item, secs) = (slots[slot], i64::from(offer.secs));
        return Some(Past { voice, list, slot, of_turn: (nr, of_turn), item, which: nth % offer.slides, secs });
    }
    None
}
