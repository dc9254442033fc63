//! Whose turn it is in a region: slots in order, from the window's beginning on, and campaigns by their share.

use super::built_in::BUILT_IN;
use super::local_day::Span;
use super::stock::{Offer, Stock};
use crate::content::{Id, PlaylistItem, Region, Show};
use chrono::{DateTime, TimeDelta, Utc};

/// From one milestone to the next, in turns.
const MILESTONE_TURNS: usize = 64;
/// Whoever looks ahead may be past the last one when the present is not.
const MILESTONES: usize = 2;

/// How long the clock stands where nothing else can be shown, and how long a region stays empty, in seconds.
const WAIT_SECS: u32 = 10;

/// What plays in a region for a window: what may be shown in it, not yet what has something to show.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan<'a> {
    pub region: &'a Region,
    /// The second list is for when none of the first has anything to show, and so on.
    pub slots: Vec<Listed<'a>>,
    /// Each with its share of the time in percent.
    pub campaigns: Vec<(u8, Listed<'a>)>,
    /// Shown when nothing at all can be.
    pub last_resort: Option<&'a PlaylistItem>,
}

impl<'a> Plan<'a> {
    /// The item of that id and what it is shown for, if it may still be shown for that: of the lists, those do not count
    /// that are for when one before them has nothing to show.
    pub fn slot(
        &self,
        id: &Id,
        of: Option<&Id>,
        stock: &dyn Stock,
        at: DateTime<Utc>,
    ) -> Option<(&'a PlaylistItem, Source<'a>)> {
        let has_something = |list: &Listed<'_>| list.slots.iter().any(|item| stock.offer(item, 0, at).is_some());
        let counting = self.slots.iter().position(has_something).unwrap_or(self.slots.len());
        let lists = self.slots.iter().take(counting + 1).chain(self.campaigns.iter().map(|(_, listed)| listed));
        let mut own = lists.filter(|list| list.of.id() == of);
        own.find_map(|list| Some((*list.slots.iter().find(|item| item.common.id == *id)?, list.of)))
    }
}

/// Slots in order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listed<'a> {
    pub of: Source<'a>,
    pub slots: Vec<&'a PlaylistItem>,
}

/// What a slide is shown for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    Playlist(&'a Id),
    Campaign(&'a Id),
    /// The town has nothing else to show.
    BuiltIn,
}

impl<'a> Source<'a> {
    /// The playlist's or the campaign's.
    pub fn id(self) -> Option<&'a Id> {
        match self {
            Self::Playlist(id) | Self::Campaign(id) => Some(id),
            Self::BuiltIn => None,
        }
    }
}

/// A slide in a region, from its beginning to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn<'a> {
    /// None where a region beside the main one has nothing to show.
    pub item: Option<&'a PlaylistItem>,
    /// Which of the events that the item found at the beginning of the turn.
    pub which: usize,
    /// How many slides of this slot have been shown before in this window.
    pub nth: usize,
    pub source: Source<'a>,
    pub begins: DateTime<Utc>,
    pub ends: DateTime<Utc>,
}

/// A place in a region's turns, which only goes forward.
pub(super) struct Rota<'a> {
    pub region: &'a Region,
    pub playing: Turn<'a>,
    /// None when the window ends first.
    pub next: Option<Turn<'a>>,
    window_end: DateTime<Utc>,
    /// The playlist, then the campaigns.
    voices: Vec<Voice<'a>>,
    last_resort: Option<&'a PlaylistItem>,
    /// The last ones passed, the latest last.
    milestones: Vec<Milestone>,
    turns_since: usize,
}

/// How far a rota was before a turn: enough to go on from there, and not from the window's beginning.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Milestone {
    /// When that turn begins.
    begins: DateTime<Utc>,
    voices: Vec<VoiceMark>,
}

#[derive(Clone, Debug, PartialEq)]
struct VoiceMark {
    owed: i64,
    reels: Vec<ReelMark>,
}

/// Of a reel what changes.
#[derive(Clone, Debug, PartialEq)]
struct ReelMark {
    shown: Vec<usize>,
    at: usize,
    left: usize,
}

/// One that shares the time of a region with others.
struct Voice<'a> {
    reels: Vec<Reel<'a>>,
    share: i64,
    /// What it has had too little of, or below zero too much, in seconds by the sum of all shares.
    owed: i64,
    is_passed_over: bool,
}

/// Slots in order, again and again.
struct Reel<'a> {
    of: Source<'a>,
    slots: Vec<&'a PlaylistItem>,
    /// How many slides of each have been shown, the slot it stands at, and the slides still to come in the turn of that.
    mark: ReelMark,
}

impl<'a> Rota<'a> {
    /// From the window's beginning on, or from the last milestone before an instant.
    pub fn at(plan: &Plan<'a>, window: &Span, milestones: &[Milestone], stock: &dyn Stock, now: DateTime<Utc>) -> Self {
        let campaigns = plan.campaigns.iter().map(|(share, listed)| (i64::from(*share), std::slice::from_ref(listed)));
        let taken: i64 = plan.campaigns.iter().map(|(share, _)| i64::from(*share)).sum();
        let playlist = ((100 - taken).max(0), &plan.slots[..]);
        let voices = std::iter::once(playlist).chain(campaigns).map(|(share, lists)| Voice {
            reels: lists.iter().map(Reel::new).collect(),
            share,
            owed: 0,
            is_passed_over: false,
        });
        let mut voices: Vec<Voice<'_>> = voices.collect();
        let passed = milestones.iter().rposition(|milestone| milestone.begins <= now && milestone.is_of(&voices));
        let passed = passed.map_or(&[][..], |last| &milestones[..=last]);
        if let Some(last) = passed.last() {
            voices.iter_mut().zip(&last.voices).for_each(|(voice, mark)| voice.go_to(mark));
        }
        // Two turns of no length, which the first two replace at once.
        let begins = passed.last().map_or(window.start, |last| last.begins);
        let nothing = Turn { item: None, which: 0, nth: 0, source: Source::BuiltIn, begins, ends: begins };
        let mut rota = Self {
            region: plan.region,
            playing: nothing,
            next: Some(nothing),
            window_end: window.end,
            voices,
            last_resort: plan.last_resort,
            milestones: passed.to_vec(),
            turns_since: 0,
        };
        rota.forward(now, stock);
        rota
    }

    pub fn milestones(&self) -> &[Milestone] {
        &self.milestones
    }

    /// Goes on to the turn that `now` falls in.
    pub fn forward(&mut self, now: DateTime<Utc>, stock: &dyn Stock) {
        while self.playing.ends <= now
            && let Some(next) = self.next
        {
            self.playing = next;
            self.next = (next.ends < self.window_end).then(|| self.turn(next.ends, stock));
        }
    }

    fn pass(&mut self, begins: DateTime<Utc>) {
        self.turns_since += 1;
        if self.turns_since < MILESTONE_TURNS {
            return;
        }
        self.turns_since = 0;
        if self.milestones.len() >= MILESTONES {
            self.milestones.remove(0);
        }
        self.milestones.push(Milestone { begins, voices: self.voices.iter().map(Voice::mark).collect() });
    }

    /// The turn that begins at an instant: that of the voice which is owed the most. One that has nothing to show then
    /// loses its turn and what it was owed.
    fn turn(&mut self, begins: DateTime<Utc>, stock: &dyn Stock) -> Turn<'a> {
        self.pass(begins);
        let nothing = Turn {
            item: self.last_resort,
            which: 0,
            nth: 0,
            source: Source::BuiltIn,
            begins,
            ends: begins + TimeDelta::seconds(WAIT_SECS.into()),
        };
        let turn = self.choose(begins, stock).unwrap_or(nothing);
        Turn { ends: turn.ends.min(self.window_end), ..turn }
    }

    fn choose(&mut self, at: DateTime<Utc>, stock: &dyn Stock) -> Option<Turn<'a>> {
        for voice in &mut self.voices {
            voice.is_passed_over = false;
        }
        loop {
            let waiting = self.voices.iter().enumerate().filter(|(_, voice)| !voice.is_passed_over);
            // Of equals the first: the playlist begins.
            let (chosen, _) = waiting.rev().max_by_key(|(_, voice)| (voice.share > 0, voice.owed))?;
            let voice = self.voices.get_mut(chosen)?;
            let slide = voice.reels.iter_mut().find_map(|reel| reel.slide(at, stock));
            let Some(slide) = slide else {
                voice.owed = 0;
                voice.is_passed_over = true;
                continue;
            };
            let secs = (slide.ends - slide.begins).num_seconds();
            let all: i64 = self.voices.iter().map(|voice| voice.share).sum();
            for (at, voice) in self.voices.iter_mut().enumerate() {
                let had = if at == chosen { all } else { 0 };
                voice.owed += (voice.share - had) * secs;
            }
            return Some(slide);
        }
    }
}

impl Milestone {
    /// Whether it was passed by these.
    fn is_of(&self, voices: &[Voice<'_>]) -> bool {
        let slots = |voice: &Voice<'_>| voice.reels.iter().map(|reel| reel.slots.len()).collect::<Vec<_>>();
        let shown = |mark: &VoiceMark| mark.reels.iter().map(|reel| reel.shown.len()).collect::<Vec<_>>();
        voices.iter().map(slots).eq(self.voices.iter().map(shown))
    }
}

impl Voice<'_> {
    fn mark(&self) -> VoiceMark {
        VoiceMark { owed: self.owed, reels: self.reels.iter().map(|reel| reel.mark.clone()).collect() }
    }

    fn go_to(&mut self, mark: &VoiceMark) {
        self.owed = mark.owed;
        self.reels.iter_mut().zip(&mark.reels).for_each(|(reel, mark)| reel.mark.clone_from(mark));
    }
}

impl<'a> Reel<'a> {
    fn new(listed: &Listed<'a>) -> Self {
        let slots = listed.slots.clone();
        let mark = ReelMark { shown: vec![0; slots.len()], at: slots.len().saturating_sub(1), left: 0 };
        Self { of: listed.of, slots, mark }
    }

    /// The next slide that can be shown.
    fn slide(&mut self, at: DateTime<Utc>, stock: &dyn Stock) -> Option<Turn<'a>> {
        if self.mark.left > 0
            && let Some((slide, _)) = self.offered(at, stock)
        {
            self.mark.left -= 1;
            return Some(slide);
        }
        for _ in 0..self.slots.len() {
            self.mark.at = (self.mark.at + 1) % self.slots.len();
            if let Some((slide, slides)) = self.offered(at, stock) {
                let in_turn = match slide.item.map(|item| &item.show) {
                    Some(Show::Events { count, .. }) => slides.min((*count).into()),
                    _ => 1,
                };
                self.mark.left = in_turn.saturating_sub(1);
                return Some(slide);
            }
        }
        None
    }

    /// A slide of the slot it stands at, and how many it could fill.
    fn offered(&mut self, begins: DateTime<Utc>, stock: &dyn Stock) -> Option<(Turn<'a>, usize)> {
        let (item, shown) = (*self.slots.get(self.mark.at)?, self.mark.shown.get_mut(self.mark.at)?);
        let Offer { slides, which, secs } = stock.offer(item, *shown, begins)?;
        let (nth, source) = (*shown, self.of);
        *shown += 1;
        let secs = secs.clamp(1, PlaylistItem::DURATION_SECS_MAX);
        let ends = begins.checked_add_signed(TimeDelta::seconds(secs.into())).unwrap_or(DateTime::<Utc>::MAX_UTC);
        Some((Turn { item: Some(item), which, nth, source, begins, ends }, slides))
    }
}

/// What a display has when the town has scheduled nothing that can be shown.
pub(super) fn built_in_slots<'a>() -> Listed<'a> {
    Listed { of: Source::BuiltIn, slots: vec![&BUILT_IN.clock, &BUILT_IN.tonight] }
}
