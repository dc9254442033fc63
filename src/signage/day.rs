//! A day of a display, cut where anything begins or ends.

use super::built_in::BUILT_IN;
use super::contest::{Outcome, Verdict};
use super::local_day::{LocalDay, Span, is_on};
use super::rota::{Listed, Plan, Source, built_in_slots};
use super::{Display, warnings};
use crate::content::{
    Alert, Campaign, Common, Id, Layout, Level, Playlist, PlaylistItem, Recurrence, Region, Schedule, ScheduleEntry,
    Validity,
};
use chrono::{DateTime, Utc};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// What a display may show at all, in the order in which it counts.
pub(super) struct Library<'a> {
    pub display: &'a Display,
    alerts: Vec<&'a Alert>,
    entries: Vec<&'a ScheduleEntry>,
    campaigns: Vec<&'a Campaign>,
    layouts: HashMap<&'a Id, &'a Layout>,
    playlists: HashMap<&'a Id, &'a Playlist>,
    items: HashMap<&'a Id, &'a PlaylistItem>,
    default: &'a Playlist,
    curfews: Vec<&'a Validity>,
}

/// A stretch of a day in which nothing begins and nothing ends.
pub(super) struct Stretch<'a> {
    pub span: Span,
    /// This and the stretches beside it in which the same is on: its slots are counted from there.
    pub window: Span,
    pub plays: Plays<'a>,
    pub dimmed_percent: u8,
    pub verdicts: Arc<[Verdict<'a>]>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plays<'a> {
    Off,
    Alerts(Vec<&'a Alert>),
    Playlist(&'a Playlist, Vec<Plan<'a>>),
}

pub(super) struct Day<'a> {
    pub span: Span,
    /// Without a gap from midnight to midnight.
    pub stretches: Vec<Stretch<'a>>,
}

/// When on a day each thing is on.
struct Hours<'l, 'a> {
    library: &'l Library<'a>,
    alerts: Vec<Vec<Span>>,
    entries: Vec<Vec<Span>>,
    campaigns: Vec<Vec<Span>>,
    items: HashMap<&'a Id, Vec<Span>>,
    advertising_rests: Vec<Span>,
    /// None when the panel is always on.
    power: Option<Vec<Span>>,
    dimmed: Vec<(u8, Vec<Span>)>,
}

impl<'a> Library<'a> {
    pub fn new(schedule: &'a Schedule, alerts: &[&'a Alert], display: &'a Display) -> Self {
        let is_meant = |common: &Common| display.is_meant_by(common);
        let mut entries: Vec<&ScheduleEntry> = schedule.entries.iter().collect();
        entries.sort_by_key(|entry| (Reverse(entry.level), Reverse(entry.priority), &entry.common.id));
        let mut campaigns: Vec<&Campaign> = schedule.campaigns.iter().filter(|it| is_meant(&it.common)).collect();
        campaigns.sort_by_key(|campaign| &campaign.common.id);
        let playlists = schedule.playlists.iter().filter(|playlist| is_meant(&playlist.common));
        let default = playlists.clone().min_by_key(|playlist| (!playlist.default, &playlist.common.id));
        let items = schedule.items.iter().filter(|item| is_meant(&item.common));
        let curfews = schedule.curfews.iter().filter(|it| is_meant(&it.common)).map(|it| &it.common.valid);
        Self {
            display,
            alerts: warnings::concerning(alerts, display),
            entries,
            campaigns,
            layouts: schedule.layouts.iter().map(|layout| (&layout.common.id, layout)).collect(),
            playlists: playlists.map(|playlist| (&playlist.common.id, playlist)).collect(),
            items: items.map(|item| (&item.common.id, item)).collect(),
            default: default.unwrap_or(&BUILT_IN.playlist),
            curfews: curfews.chain(&display.advertising_rests).collect(),
        }
    }
}

impl<'a> Day<'a> {
    /// The day that an instant belongs to.
    pub fn new(library: &Library<'a>, now: DateTime<Utc>) -> Self {
        let day = LocalDay::of(now, library.display.zone);
        let hours = Hours::new(library, &day);
        let mut edges = hours.edges();
        edges.extend([day.span.start, day.span.end]);
        edges.sort_unstable();
        edges.dedup();
        let spans = edges.iter().zip(edges.iter().skip(1)).map(|(start, end)| *start..*end);
        let mut stretches: Vec<Stretch<'a>> = spans.map(|span| hours.stretch(span)).collect();
        for same in stretches.chunk_by_mut(|one, two| one.plays == two.plays) {
            let window = same.first().map(|it| it.span.start).zip(same.last().map(|it| it.span.end));
            if let Some((start, end)) = window {
                same.iter_mut().for_each(|stretch| stretch.window = start..end);
            }
        }
        Self { span: day.span, stretches }
    }

    /// The stretch that an instant of this day falls in.
    pub fn stretch(&self, now: DateTime<Utc>) -> Option<&Stretch<'a>> {
        self.stretches.get(self.stretches.partition_point(|stretch| stretch.span.end <= now))
    }
}

impl<'l, 'a> Hours<'l, 'a> {
    fn new(library: &'l Library<'a>, day: &LocalDay) -> Self {
        let always = Recurrence::default();
        let power = &library.display.power;
        let on = |times: &Recurrence| day.spans(times, &Common::default().valid);
        let rests = library.curfews.iter().flat_map(|period| day.spans(&always, period));
        Self {
            library,
            alerts: library.alerts.iter().map(|alert| day.spans(&always, &alert.common.valid)).collect(),
            entries: library.entries.iter().map(|entry| day.spans(&entry.times, &entry.common.valid)).collect(),
            campaigns: library.campaigns.iter().map(|it| day.spans(&it.times, &it.common.valid)).collect(),
            items: library.items.iter().map(|(id, it)| (*id, day.spans(&it.times, &it.common.valid))).collect(),
            advertising_rests: rests.chain([day.night()]).collect(),
            power: (!power.on.is_empty()).then(|| power.on.iter().flat_map(on).collect()),
            dimmed: power.dimmed.iter().map(|dimming| (dimming.percent, on(&dimming.times))).collect(),
        }
    }

    fn edges(&self) -> Vec<DateTime<Utc>> {
        let lists = self.alerts.iter().chain(&self.entries).chain(&self.campaigns).chain(self.items.values());
        let lists = lists.chain(self.dimmed.iter().map(|(_, spans)| spans)).chain(&self.power);
        let spans = lists.flatten().chain(&self.advertising_rests);
        spans.flat_map(|span| [span.start, span.end]).collect()
    }

    fn stretch(&self, span: Span) -> Stretch<'a> {
        let at = span.start;
        let verdicts = self.contest(at);
        let alerts = self.library.alerts.iter().zip(&self.alerts).filter(|(_, spans)| is_on(spans, at));
        let alerts: Vec<&Alert> = alerts.map(|(alert, _)| *alert).collect();
        let dimmed = self.dimmed.iter().filter(|(_, spans)| is_on(spans, at)).map(|(percent, _)| *percent);
        let plays = if !alerts.is_empty() {
            Plays::Alerts(alerts)
        } else if self.power.as_ref().is_some_and(|on| !is_on(on, at)) {
            Plays::Off
        } else {
            let winner = verdicts.iter().find(|verdict| verdict.outcome == Outcome::Plays);
            self.playlist(winner.map(|verdict| verdict.entry), at)
        };
        Stretch {
            window: span.clone(),
            span,
            plays,
            dimmed_percent: dimmed.min().unwrap_or(100).min(100),
            verdicts: verdicts.into(),
        }
    }

    /// What becomes of each entry, those first that come before others.
    fn contest(&self, at: DateTime<Utc>) -> Vec<Verdict<'a>> {
        let mut winner = None;
        let entries = self.library.entries.iter().zip(&self.entries);
        let verdicts = entries.map(|(entry, spans)| {
            let outcome = self.obstacle(entry, spans, at).unwrap_or(match winner {
                Some(by) => Outcome::Outranked { by },
                None => Outcome::Plays,
            });
            if outcome == Outcome::Plays {
                winner = Some(&entry.common.id);
            }
            Verdict { entry, outcome }
        });
        verdicts.collect()
    }

    /// What keeps an entry from playing, other entries aside.
    fn obstacle(&self, entry: &ScheduleEntry, spans: &[Span], at: DateTime<Utc>) -> Option<Outcome<'a>> {
        let valid = &entry.common.valid;
        let instant = |naive| crate::calendar::instant(naive, self.library.display.zone).to_utc();
        if !self.library.display.is_scheduled_by(entry) {
            Some(Outcome::OtherDisplays)
        } else if !is_on(spans, at) {
            let is_before = valid.from.into_iter().chain(entry.times.start.map(instant)).any(|from| at < from);
            let is_after = valid.until.into_iter().chain(entry.times.end.map(instant)).any(|until| until <= at);
            Some(match (is_before, is_after) {
                (_, true) => Outcome::Over,
                (true, false) => Outcome::NotYet,
                (false, false) => Outcome::NotNow,
            })
        } else if let Some(playlist) = self.library.playlists.get(&entry.playlist) {
            self.slots(&playlist.slots, false, at).is_empty().then_some(Outcome::NothingToShow)
        } else {
            Some(Outcome::NoPlaylist)
        }
    }

    /// The slots that may be shown at an instant.
    fn slots(&self, ids: &[Id], is_advertising: bool, at: DateTime<Utc>) -> Vec<&'a PlaylistItem> {
        let advertising_rests = is_on(&self.advertising_rests, at);
        let items = ids.iter().filter_map(|id| Some((*self.library.items.get(id)?, self.items.get(id)?)));
        let may = items
            .filter(|(item, spans)| is_on(spans, at) && !(advertising_rests && (is_advertising || item.advertising)));
        may.map(|(item, _)| item).collect()
    }

    fn listed(&self, playlist: &'a Playlist, at: DateTime<Utc>) -> Listed<'a> {
        Listed { of: Source::Playlist(&playlist.common.id), slots: self.slots(&playlist.slots, false, at) }
    }

    fn playlist(&self, entry: Option<&ScheduleEntry>, at: DateTime<Utc>) -> Plays<'a> {
        let Library { display, default, .. } = *self.library;
        let own = entry.and_then(|entry| self.library.playlists.get(&entry.playlist)).copied();
        let playlist = own.unwrap_or(default);
        let layout = playlist.layout.as_ref().and_then(|id| self.library.layouts.get(id));
        let regions: &'a [Region] = layout.map_or(&[], |layout| layout.regions(display.is_portrait));
        let main = regions.iter().position(|region| region.main).unwrap_or(0);
        let main_plan = |region| {
            let slots = |playlist: &'a Playlist| self.listed(playlist, at);
            Plan {
                region,
                slots: own.into_iter().chain([default]).map(slots).chain([built_in_slots()]).collect(),
                campaigns: self.campaigns(entry, at),
                last_resort: Some(&BUILT_IN.clock),
            }
        };
        let side_plan = |region: &'a Region| {
            let beside = playlist.regions.get(&region.name).and_then(|id| self.library.playlists.get(id));
            let slots = beside.map(|playlist| self.listed(playlist, at));
            Plan { region, slots: slots.into_iter().collect(), campaigns: Vec::new(), last_resort: None }
        };
        let plans = regions.iter().enumerate();
        let plans = plans.map(|(nr, region)| if nr == main { main_plan(region) } else { side_plan(region) });
        let plans: Vec<Plan<'a>> = plans.collect();
        Plays::Playlist(playlist, if plans.is_empty() { vec![main_plan(&BUILT_IN.full)] } else { plans })
    }

    /// Those that have their share while this entry plays.
    fn campaigns(&self, entry: Option<&ScheduleEntry>, at: DateTime<Utc>) -> Vec<(u8, Listed<'a>)> {
        if entry.is_some_and(|entry| entry.level == Level::Interrupt) {
            return Vec::new();
        }
        let on = self.library.campaigns.iter().zip(&self.campaigns).filter(|(_, spans)| is_on(spans, at));
        let listed = on.map(|(it, _)| {
            let slots = self.slots(&it.slots, it.advertising, at);
            (it.share, Listed { of: Source::Campaign(&it.common.id), slots })
        });
        listed.filter(|(share, listed)| *share > 0 && !listed.slots.is_empty()).collect()
    }
}
