//! The running kiosk: who is at it, what it shows, and when it must look again.

use super::action::Action;
use super::almanac::Almanac;
use super::band;
use super::clock::{Clock, Trust};
use super::draw::{Drawn, ScrollArea, draw_sheet, take_sheet_off};
use super::input::STILL;
use super::look::{Look, dash_image};
use super::media::Gallery;
use super::notice::{Asked, Notice};
use super::profile::Profile;
use super::scene::Scene;
use super::screens;
use super::session::{self, Idle, Waits};
use super::settings::Settings;
use super::signage::{Room, Stage, draw_stage, inviting, play_between};
use super::theme::{Ink, Theme};
use super::visitor::{Page, Visitor};
use crate::content::{Bulletin, Id};
use crate::language::Language;
use crate::signage::Display;
use bevy::prelude::*;
use chrono::{DateTime, Utc};
use std::sync::Arc;
use std::time::Duration;

/// All that the screens are made from, and the visitor at them.
#[derive(Resource)]
pub struct Kiosk {
    pub almanac: Arc<Almanac>,
    pub gallery: Gallery,
    pub visitor: Visitor,
    pub profile: Profile,
    pub theme: Theme,
    /// Unsigned content carries a mark.
    pub preview: bool,
    pub trust: Trust,
    /// Warnings and figures that change without the content.
    pub bulletin: Arc<Bulletin>,
    /// What the attract screen speaks.
    pub first_language: Language,
    /// Which warnings are for this display; none where nothing is set.
    pub display: Option<Display>,
    /// Of the display. Where they leave something open the town says it.
    pub settings: Option<Arc<Settings>>,
    pub clock: Clock,
    pub waits: Waits,
    /// What `parvis sync` has asked of the player.
    pub asked: Asked,
    /// Pictures grow and fade.
    pub moves: bool,
    /// When the last touch or key came, since the start.
    touched: Duration,
    /// Something a screen depends on has changed.
    stale: bool,
    look: Option<Look>,
    dash: Handle<Image>,
    /// The warning that has the screen to itself.
    told: Option<Id>,
    /// The next instant at which the screen would say something else.
    next_change: Option<DateTime<Utc>>,
}

/// How a kiosk is set up.
pub struct Setup {
    pub almanac: Arc<Almanac>,
    pub gallery: Gallery,
    pub profile: Profile,
    pub theme: Theme,
    pub preview: bool,
    pub first_language: Language,
    pub clock: Clock,
    pub trust: Trust,
    pub bulletin: Arc<Bulletin>,
}

impl Kiosk {
    pub fn new(setup: Setup) -> Self {
        let Setup { almanac, gallery, profile, theme, preview, first_language, clock, trust, bulletin } = setup;
        Self {
            almanac,
            gallery,
            visitor: Visitor::nobody(first_language),
            profile,
            theme,
            preview,
            trust,
            bulletin,
            first_language,
            display: None,
            settings: None,
            clock,
            waits: Waits::default(),
            asked: Asked::default(),
            moves: false,
            touched: Duration::ZERO,
            stale: true,
            look: None,
            dash: Handle::default(),
            told: None,
            next_change: None,
        }
    }

    pub(super) fn dash(&self) -> Handle<Image> {
        self.dash.clone()
    }

    pub fn told(&self) -> Option<&Id> {
        self.told.as_ref()
    }

    pub fn look(&self) -> Option<&Look> {
        self.look.as_ref()
    }

    pub fn scene(&self, now: DateTime<Utc>) -> Scene<'_> {
        let scene = Scene {
            preview: self.preview,
            trust: self.trust,
            bulletin: &self.bulletin,
            display: self.display.as_ref(),
            ..Scene::of(&self.almanac, &self.visitor, now, &self.profile)
        };
        Scene { band_mm: band::height_mm(&scene), ..scene }
    }

    /// A touch or a key: the visitor is here. The prompt stays until it has its answer.
    pub fn touched(&mut self, elapsed: Duration) {
        self.touched = elapsed;
    }

    pub fn act(&mut self, action: Action) {
        session::act(&mut self.visitor, action, self.first_language);
        self.stale = true;
    }

    /// The window shows what is under the finger, before it is let go.
    pub fn look_at(&mut self, action: &Action) {
        if let Action::Navigate(screen) = action
            && let Some(item) = screen.item()
        {
            self.visitor.page_mut().looking_at = Some(item.clone());
            self.stale = true;
        }
    }

    /// What has the screen to itself for whoever sets the display up. A visitor and a warning come first.
    fn notice(&self, now: DateTime<Utc>) -> Option<Notice> {
        let notice = self.asked.notice(self.preview, now)?;
        let is_free = self.preview || !self.visitor.is_here();
        (is_free && self.scene(now).unread().is_empty()).then_some(notice)
    }

    /// Something else than the visitor changed what is to be shown.
    pub fn look_again(&mut self) {
        self.stale = true;
    }

    /// Swaps the content; the visitor's screen stays. Returns what there was.
    pub fn replace(&mut self, almanac: Arc<Almanac>, gallery: Gallery) -> Arc<Almanac> {
        self.gallery = gallery;
        if let (Some(settings), Some(display)) = (&self.settings, self.display.take()) {
            self.display = Some(settings.in_town(display, &almanac.catalog.town));
        }
        self.look_again();
        std::mem::replace(&mut self.almanac, almanac)
    }
}

/// Asks, and then wipes, when nobody has touched the screen for long.
pub fn watch_idle(mut kiosk: ResMut<Kiosk>, drawn: Res<Drawn>, time: Res<Time<Real>>) {
    let untouched = time.elapsed().saturating_sub(kiosk.touched);
    let words = drawn.words();
    match session::idle(&kiosk.visitor, kiosk.waits, words, untouched) {
        Idle::Asking(_) if !kiosk.visitor.asked => {
            kiosk.visitor.asked = true;
            kiosk.stale = true;
        }
        Idle::Gone => {
            let language = kiosk.first_language;
            session::wipe(&mut kiosk.visitor, language);
            kiosk.stale = true;
        }
        Idle::Asking(_) | Idle::Reading(_) => {}
    }
}

/// Draws the screen when the visitor, the content or the time has changed it.
pub fn draw_screen(world: &mut World) {
    let elapsed = world.resource::<Time<Real>>().elapsed();
    world.resource_scope(|world, mut kiosk: Mut<Kiosk>| {
        let now = kiosk.clock.now(elapsed);
        let due = kiosk.next_change.is_some_and(|at| at <= now);
        let waits = world.get_resource::<Stage>().is_some_and(Stage::is_waiting);
        if !kiosk.stale && !due && !waits {
            return;
        }
        if kiosk.dash == Handle::default() {
            kiosk.dash = world.resource_mut::<Assets<Image>>().add(dash_image());
        }
        if let Some(notice) = kiosk.notice(now) {
            draw_notice(world, &mut kiosk, &notice, now);
            return;
        }
        if world.get_resource::<Stage>().is_some_and(|stage| stage.station.room == Room::Panel) {
            draw_signage(world, &mut kiosk, now);
            return;
        }
        let night = kiosk.scene(now).is_night();
        let next_slide = play_between(world, &kiosk, night, now);
        let slide = inviting(world, &kiosk.almanac.catalog);
        let scene = Scene { slide: slide.as_ref(), ..kiosk.scene(now) };
        let speaker = screens::speaks(&scene).map(|language| scene.visitor.speaking(language));
        let scene = Scene { visitor: speaker.as_ref().unwrap_or(scene.visitor), ..scene };
        let sheet = screens::sheet(&scene);
        let next_change = next_slide.into_iter().fold(screens::next_change(&scene), DateTime::min);
        let told = screens::told(&scene).map(|alert| alert.common.id.clone());
        let look = Look::new(&scene, &kiosk.theme, night, kiosk.dash.clone());
        let page = kiosk.visitor.page();
        draw_sheet(world, sheet, &look, &|key| page.scroll(key));
        scroll_areas(world, page, look.px_per_mm);
        kiosk.next_change = Some(next_change);
        kiosk.look = Some(look);
        kiosk.told = told;
        kiosk.stale = false;
    });
}

/// A code or a name has the screen to itself.
fn draw_notice(world: &mut World, kiosk: &mut Kiosk, notice: &Notice, now: DateTime<Utc>) {
    if let Some(mut stage) = world.remove_resource::<Stage>() {
        stage.rest(world, kiosk.trust, now);
        world.insert_resource(stage);
    }
    let scene = kiosk.scene(now);
    let look = Look::new(&scene, &kiosk.theme, scene.is_night(), kiosk.dash.clone());
    draw_sheet(world, screens::notice(&scene, notice), &look, &|_| 0.0);
    kiosk.next_change = match notice {
        Notice::Name { until, .. } => Some(*until),
        Notice::Pairing(_) => None,
    };
    kiosk.look = Some(look);
    kiosk.told = None;
    kiosk.stale = false;
}

/// A display that nobody touches.
fn draw_signage(world: &mut World, kiosk: &mut Kiosk, now: DateTime<Utc>) {
    if world.resource::<Drawn>().sheet().is_some() {
        take_sheet_off(world);
    }
    let scene = kiosk.scene(now);
    let profile = kiosk.profile.for_audience();
    let look = Look::new(&Scene { profile: &profile, ..scene }, &kiosk.theme, scene.is_night(), kiosk.dash.clone());
    let next_change = draw_stage(world, kiosk, &look, now);
    world.insert_resource(ClearColor(look.colour(Ink::Paper)));
    kiosk.next_change = Some(next_change);
    kiosk.look = Some(look);
    kiosk.stale = false;
}

/// Areas that were left standing go where the page says they are.
fn scroll_areas(world: &mut World, page: &Page, px_per_mm: f32) {
    let mut areas = world.query::<(&ScrollArea, &mut ScrollPosition)>();
    for (area, mut position) in areas.iter_mut(world) {
        let y = page.scroll(area.key) * px_per_mm;
        if (position.y - y).abs() > STILL {
            position.y = y;
        }
    }
}

/// How long the player may sleep when nothing is touched.
pub fn sleep_for(kiosk: &Kiosk, drawn: &Drawn, elapsed: Duration) -> Duration {
    const AT_MOST: Duration = Duration::from_secs(3600);
    let now = kiosk.clock.now(elapsed);
    let change = kiosk.next_change.and_then(|at| (at - now).to_std().ok()).unwrap_or(AT_MOST);
    let untouched = elapsed.saturating_sub(kiosk.touched);
    let idle = match session::idle(&kiosk.visitor, kiosk.waits, drawn.words(), untouched) {
        Idle::Reading(None) => AT_MOST,
        Idle::Reading(Some(left)) | Idle::Asking(left) => left,
        Idle::Gone => Duration::ZERO,
    };
    change.min(idle).min(AT_MOST) + Duration::from_millis(2)
}
