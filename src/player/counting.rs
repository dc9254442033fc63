//! Watches the visit on screen and hands it, finished, to the counts of its hour.

use super::block::{Block, Body};
use super::counts::{Visit, append};
use super::draw::Drawn;
use super::kiosk::Kiosk;
use super::media::PictureSpec;
use super::outbox::Outbox;
use super::screen::Screen;
use super::visitor::Mode;
use crate::content::Need;
use crate::protocol::Counts;
use bevy::prelude::*;
use chrono::{DateTime, Utc};
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

/// Searches shorter than this were not meant yet.
const MEANT_CHARS: usize = 3;

/// The visit that lasts and the hour that is being counted.
#[derive(Resource)]
pub struct Counting {
    visit: Option<Visit>,
    screen: Screen,
    qr: Option<String>,
    /// The search on screen, and whether it found nothing; forgotten with the screen.
    search: (String, bool),
    hour: Counts,
    /// When it was last looked.
    at: DateTime<Utc>,
    writer: Option<Writer>,
    outbox: Option<Outbox>,
}

/// The one thread that writes: the player never waits for a disk.
struct Writer {
    orders: Option<Sender<Counts>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    fn start(folder: PathBuf) -> Self {
        let (orders, inbox) = channel::<Counts>();
        let thread = std::thread::spawn(move || {
            for counts in inbox {
                if let Err(error) = append(&folder, &counts) {
                    warn!("counts: {}: {error}", folder.display());
                }
            }
        });
        Self { orders: Some(orders), thread: Some(thread) }
    }

    fn write(&self, counts: Counts) {
        if let Some(orders) = &self.orders
            && orders.send(counts).is_err()
        {
            warn!("counts: an hour was lost");
        }
    }
}

impl Counting {
    /// Counts into a folder of this display, for the town, or both.
    pub fn new(folder: Option<PathBuf>, outbox: Option<Outbox>) -> Self {
        Self {
            visit: None,
            screen: Screen::Attract,
            qr: None,
            search: (String::new(), false),
            hour: Counts::default(),
            at: DateTime::UNIX_EPOCH,
            writer: folder.map(Writer::start),
            outbox,
        }
    }

    fn hand_in(&self, counts: Counts) {
        if counts.visits == 0 {
            return;
        }
        if let Some(outbox) = &self.outbox {
            outbox.tell_counts(self.at, &counts);
        }
        if let Some(writer) = &self.writer {
            writer.write(counts);
        }
    }

    fn leave_screen(&mut self) {
        if let Some(visit) = &mut self.visit
            && self.search.1
        {
            visit.searches_without_result += 1;
        }
        self.search = (String::new(), false);
    }

    fn end_visit(&mut self) {
        self.leave_screen();
        if let Some(visit) = self.visit.take() {
            self.hour.add(&visit);
        }
        self.screen = Screen::Attract;
        self.qr = None;
    }
}

impl Drop for Counting {
    fn drop(&mut self) {
        self.end_visit();
        let last = std::mem::take(&mut self.hour);
        self.hand_in(last);
        let Some(writer) = &mut self.writer else { return };
        writer.orders = None;
        if let Some(thread) = writer.thread.take()
            && thread.join().is_err()
        {
            warn!("counts: the last hour was lost");
        }
    }
}

/// After the screen is drawn: notes what is new on it.
pub fn count_visit(mut counting: ResMut<Counting>, kiosk: Res<Kiosk>, drawn: Res<Drawn>, time: Res<Time<Real>>) {
    counting.at = kiosk.clock.now(time.elapsed());
    let hour = counting.at.with_timezone(&kiosk.almanac.zone).format("%Y-%m-%dT%H").to_string();
    if counting.hour.hour != hour {
        let over = std::mem::replace(&mut counting.hour, Counts::of_hour(hour));
        counting.hand_in(over);
    }
    let visitor = &kiosk.visitor;
    if !visitor.is_here() {
        counting.end_visit();
        return;
    }
    let qr = drawn.sheet().and_then(|sheet| [&sheet.window, &sheet.belt, &sheet.foot].into_iter().find_map(qr_link));
    let new_screen = counting.visit.is_none() || counting.screen != *visitor.screen();
    let new_qr = qr.is_some() && qr != counting.qr;
    if new_screen {
        counting.leave_screen();
        counting.screen = visitor.screen().clone();
    }
    counting.qr = qr;
    let typed = &visitor.page().search;
    if counting.search.0 != *typed {
        let meant = typed.chars().count() >= MEANT_CHARS;
        let nothing = meant && kiosk.almanac.search.query(typed, visitor.language.tag(), 1).total == 0;
        counting.search = (typed.clone(), nothing);
    }
    if counting.visit.is_none() {
        debug!("a visit begins");
    }
    let visit = counting.visit.get_or_insert_default();
    visit.language = visitor.language.tag();
    visit.modes.extend(visitor.modes.iter().copied().map(Mode::name));
    visit.needs.extend(visitor.needs.iter().copied().map(Need::name));
    if new_screen {
        *visit.screens.entry(visitor.screen().name()).or_default() += 1;
        if let Some(item) = visitor.screen().item() {
            *visit.items.entry(item.0.clone()).or_default() += 1;
        }
    }
    visit.qr_shown += u32::from(new_qr);
}

/// The first link shown as a QR code.
fn qr_link(block: &Block) -> Option<String> {
    if let Body::Picture(PictureSpec::Qr(link)) = &block.body {
        return Some(link.clone());
    }
    block.children().iter().find_map(qr_link)
}
