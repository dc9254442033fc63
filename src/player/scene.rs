//! All that a screen may look at when it says what it shows: nothing else exists for it.

use super::almanac::Almanac;
use super::clock::Trust;
use super::frame::Frame;
use super::profile::Profile;
use super::signage::Inviting;
use super::theme::{Lettering, Reach};
use super::visitor::{Mode, Visitor};
use crate::calendar::{Opening, is_night};
use crate::content::{Alert, Bulletin, Common, Event, ItemRef, Live, Localized, Origin, Place, Validity};
use crate::language::Words;
use crate::signage::{Display, concerning};
use crate::wayfinding::{self, Direction, Pace};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// Everything a view is made from.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub almanac: &'a Almanac,
    pub visitor: &'a Visitor,
    pub now: DateTime<Utc>,
    pub profile: &'a Profile,
    /// Unsigned content: the screen says so.
    pub preview: bool,
    pub trust: Trust,
    /// Warnings and figures that did not come with the content.
    pub bulletin: &'a Bulletin,
    /// Where it stands and for whom, as warnings ask it; none where nobody said so, and every warning is for it.
    pub display: Option<&'a Display>,
    /// Height of the band with warnings above the window.
    pub band_mm: f32,
    /// The town's slide in the window of attract, where one stands there.
    pub slide: Option<&'a Inviting>,
}

/// A text as it can be shown to this visitor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    pub text: String,
    /// BCP 47 tag, when it is not the visitor's language.
    pub language: Option<String>,
    pub machine: bool,
}

impl<'a> Scene<'a> {
    /// Signed content and a clock that is believed.
    pub fn of(almanac: &'a Almanac, visitor: &'a Visitor, now: DateTime<Utc>, profile: &'a Profile) -> Self {
        static NONE: Bulletin = Bulletin { alerts: Vec::new(), live: Vec::new(), curfews: Vec::new() };
        Self {
            almanac,
            visitor,
            now,
            profile,
            preview: false,
            trust: Trust::Believed,
            bulletin: &NONE,
            display: None,
            band_mm: 0.0,
            slide: None,
        }
    }

    /// Whether anything may be said that depends on the day or the hour.
    pub fn knows_the_time(&self) -> bool {
        self.trust == Trust::Believed
    }

    /// Whether the sun is down where the display stands.
    pub fn is_night(&self) -> bool {
        let stand = self.almanac.stand.filter(|_| self.knows_the_time());
        stand.is_some_and(|stand| is_night(stand.position, self.now))
    }

    /// Whether an item is published now. While nobody knows when that is, only what always is.
    pub fn shows(&self, common: &Common) -> bool {
        if self.knows_the_time() { common.valid.contains(self.now) } else { common.valid == Validity::default() }
    }

    /// As [`Scene::shows`]; without a date, no event says anything.
    pub fn shows_item(&self, item: ItemRef<'_>) -> bool {
        let is_event = matches!(item, ItemRef::Event(_));
        (!is_event || self.knows_the_time()) && self.shows(item.common())
    }

    /// Events that are on or to come, by when they begin next.
    pub fn coming(&self) -> Vec<&'a Event> {
        if self.knows_the_time() { self.almanac.coming(self.now) } else { Vec::new() }
    }

    pub fn opening(&self, place: &Place) -> Opening {
        if self.knows_the_time() { self.almanac.opening(place, self.now) } else { Opening::Unknown }
    }

    /// Warnings in force for this display, the gravest first. They are too important to be left out by a clock in doubt:
    /// then those are shown that were in force at the latest moment that has surely passed.
    pub fn alerts(&self) -> Vec<&'a Alert> {
        let at = match self.trust {
            Trust::Believed => self.now,
            Trust::Doubted { floor } => floor,
        };
        let all: Vec<&Alert> = self.bulletin.alerts.iter().chain(&self.almanac.catalog.bulletin.alerts).collect();
        let mut alerts = match self.display {
            Some(display) => concerning(&all, display),
            None => {
                let mut alerts = Alert::latest(all.into_iter().filter(|alert| !alert.drill));
                alerts.sort_by_key(|alert| std::cmp::Reverse(alert.severity));
                alerts
            }
        };
        alerts.retain(|alert| alert.common.valid.contains(at));
        alerts
    }

    /// Those of them that nobody at the screen has read: they have it to themselves. On attract there is nobody who could
    /// have.
    pub fn unread(&self) -> Vec<&'a Alert> {
        self.visitor.read.full_screen(&self.alerts())
    }

    /// Figures that still hold.
    pub fn live(&self) -> impl Iterator<Item = &'a Live> {
        let (now, known) = (self.now, self.knows_the_time());
        let all = self.bulletin.live.iter().chain(&self.almanac.catalog.bulletin.live);
        all.filter(move |live| known && live.holds(now))
    }

    pub fn words(&self) -> &'static Words {
        Words::of(self.visitor.language)
    }

    pub fn say(&self, key: &str) -> String {
        self.words().say(key)
    }

    pub fn zone(&self) -> Tz {
        self.almanac.zone
    }

    pub fn local(&self) -> DateTime<Tz> {
        self.now.with_timezone(&self.zone())
    }

    pub fn today(&self) -> NaiveDate {
        self.local().date_naive()
    }

    pub fn frame(&self) -> Frame {
        Frame::new(self.profile, self.visitor).with_band(self.band_mm)
    }

    /// Smallest side of anything to touch, in mm.
    pub fn target_mm(&self) -> f32 {
        self.profile.target_mm(self.visitor)
    }

    /// Capital height of this lettering for this visitor on this panel.
    pub fn cap_mm(&self, lettering: Lettering) -> f32 {
        let large = if self.visitor.has(Mode::Large) { 1.3 } else { 1.0 };
        lettering.cap_height_mm(self.profile.panel_width_mm, self.profile.viewing_distance_mm) * large
    }

    /// Height of this many lines of this lettering in the visitor's language.
    pub fn lines_mm(&self, lettering: Lettering, lines: u8) -> f32 {
        let reach = Reach::of(self.visitor.language.own_name());
        let size = self.cap_mm(lettering) / super::theme::CAP_HEIGHT;
        size * lettering.line_height(reach) * f32::from(lines) + 0.5
    }

    /// The best text there is for this visitor, with what must be said about its language.
    pub fn pick(&self, text: &Localized) -> Option<Shown> {
        let wanted = self.visitor.language.tag();
        let (language, translation) = text.pick(wanted, &self.almanac.catalog.town.fallback)?;
        Some(Shown {
            text: translation.text.clone(),
            language: (language != wanted).then(|| language.to_owned()),
            machine: translation.origin == Origin::Machine,
        })
    }

    /// [`Scene::pick`], or nothing at all.
    pub fn plain(&self, text: &Localized) -> String {
        self.pick(text).map(|shown| shown.text).unwrap_or_default()
    }

    /// The pace of this visitor on foot or on wheels.
    pub fn pace(&self) -> Pace {
        Pace::of(self.visitor.needs.iter().copied())
    }

    /// "4 min on foot" to a place so many metres away.
    pub fn walk(&self, metres: f64) -> u32 {
        wayfinding::walking_minutes(metres, self.pace())
    }

    /// Which way to turn from the screen.
    pub fn direction(&self, to: crate::content::Position) -> Option<Direction> {
        let stand = self.almanac.stand?;
        Some(wayfinding::direction(stand.position, to, stand.facing_degrees))
    }
}
