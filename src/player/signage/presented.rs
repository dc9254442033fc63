//! Proof of play: what was really on the panel, from its first frame to its last.

use super::panel::{Key, Panel};
use super::stage::Stage;
use crate::content::Id;
use crate::player::clock::Trust;
use crate::player::kiosk::Kiosk;
use crate::player::outbox::Outbox;
use crate::protocol::{Played, Presented};
use bevy::prelude::*;
use chrono::{DateTime, Utc};
use std::time::Duration;

/// What is told at once of a slide that stands: no more than this is forgotten when the power is cut.
const PIECE: Duration = Duration::from_secs(60);

/// An instant by the display's clock and by one that never jumps.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub now: DateTime<Utc>,
    /// Since the start.
    pub elapsed: Duration,
    pub trust: Trust,
}

/// What is on the panel, and since when.
#[derive(Default)]
pub struct OnNow {
    slides: Vec<Slide>,
}

struct Slide {
    key: Key,
    playlist: Option<Id>,
    by: Option<Id>,
    /// When what is not told yet began.
    since: Moment,
    /// Something of it is told.
    continues: bool,
}

impl OnNow {
    /// This panel is seen, since now or still. Returns what has ended with it, and pieces of what has been on for long.
    pub fn becomes(&mut self, panel: Option<&Panel>, moment: Moment) -> Vec<Presented> {
        let parts = panel.map_or(&[][..], |panel| &panel.parts);
        let (stay, gone): (Vec<Slide>, Vec<Slide>) =
            self.slides.drain(..).partition(|slide| parts.iter().any(|part| part.key == slide.key));
        self.slides = stay;
        let mut told: Vec<Presented> = gone.into_iter().filter_map(|mut slide| slide.piece(moment)).collect();
        let lasting = |slide: &&mut Slide| moment.elapsed.saturating_sub(slide.since.elapsed) >= PIECE;
        told.extend(self.slides.iter_mut().filter(lasting).filter_map(|slide| slide.piece(moment)));
        for part in parts {
            if !self.slides.iter().any(|slide| slide.key == part.key) {
                let (playlist, by) = (part.playlist.clone(), part.by.clone());
                self.slides.push(Slide { key: part.key.clone(), playlist, by, since: moment, continues: false });
            }
        }
        told
    }
}

impl Slide {
    /// What is not told yet. While the clock was in doubt nothing is: the hours would be wrong ones.
    fn piece(&mut self, moment: Moment) -> Option<Presented> {
        let since = std::mem::replace(&mut self.since, moment);
        if (since.trust, moment.trust) != (Trust::Believed, Trust::Believed) {
            return None;
        }
        let lasted = moment.elapsed.saturating_sub(since.elapsed);
        let Key { id, event, .. } = self.key.clone();
        let played = Played { item: id?, event, playlist: self.playlist.clone(), by: self.by.clone() };
        let continues = std::mem::replace(&mut self.continues, true);
        Some(Presented { played, began: since.now, lasted, continues })
    }
}

/// Tells what has ended.
pub fn tell_ended(world: &World, ended: Vec<Presented>) {
    if let Some(outbox) = world.get_resource::<Outbox>() {
        ended.into_iter().for_each(|presented| outbox.tell_play(presented));
    }
}

/// What is on when the player ends was on until then.
pub fn end_plays(world: &mut World, mut exits: Local<bevy::ecs::message::MessageCursor<AppExit>>) {
    let has_ended = exits.read(world.resource::<Messages<AppExit>>()).next().is_some();
    if !has_ended || !world.contains_resource::<Stage>() {
        return;
    }
    let elapsed = world.resource::<Time<Real>>().elapsed();
    let kiosk = world.resource::<Kiosk>();
    let (now, trust) = (kiosk.clock.now(elapsed), kiosk.trust);
    world.resource_scope(|world, mut stage: Mut<Stage>| stage.on_panel(world, None, trust, now));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{TemplateBox, Transition};
    use crate::language::Language;
    use crate::player::frame::Area;
    use crate::player::signage::panel::Part;
    use crate::player::signage::slide::Slide as Shown;
    use crate::player::theme::Ink;
    use chrono::TimeDelta;

    fn at(secs: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(secs)
    }

    fn panel(slides: &[(&str, &str, i64)]) -> Panel {
        let parts = slides.iter().map(|(region, id, begins)| Part {
            key: Key {
                region: (*region).to_owned(),
                id: Some(Id((*id).to_owned())),
                event: None,
                which: 0,
                begins: at(*begins),
                language: Language::Fr,
            },
            is_alert: false,
            playlist: Some(Id("p".to_owned())),
            by: None,
            area: Area { x: 0.0, y: 0.0, width: 1.0, height: 1.0 },
            slide: Shown::new(Language::Fr, Ink::Town),
            boxes: TemplateBox::default(),
        });
        Panel {
            parts: parts.collect(),
            is_off: false,
            lost: Vec::new(),
            transition: Transition::default(),
            brightness_percent: 100,
            until: at(99),
        }
    }

    /// Of a clock that is believed and runs as it should.
    fn moment(secs: i64) -> Moment {
        Moment { now: at(secs), elapsed: Duration::from_secs(secs.unsigned_abs()), trust: Trust::Believed }
    }

    fn told(ended: Vec<Presented>) -> Vec<(String, i64, u64)> {
        let all = ended.into_iter();
        all.map(|it| (it.played.item.0, it.began.timestamp(), it.lasted.as_secs())).collect()
    }

    #[test]
    fn each_slide_is_told_once_when_it_ends_and_a_region_that_goes_on_is_not() {
        let mut now = OnNow::default();
        assert_eq!(told(now.becomes(Some(&panel(&[("main", "a", 0), ("foot", "t", 0)])), moment(1))), []);
        assert_eq!(
            told(now.becomes(Some(&panel(&[("main", "b", 9), ("foot", "t", 0)])), moment(9))),
            [("a".to_owned(), 1, 8)]
        );
        // The same item again is another presentation.
        assert_eq!(
            told(now.becomes(Some(&panel(&[("main", "b", 17), ("foot", "t", 0)])), moment(17))),
            [("b".to_owned(), 9, 8)]
        );
        let mut last = told(now.becomes(None, moment(20)));
        last.sort();
        assert_eq!(last, [("b".to_owned(), 17, 3), ("t".to_owned(), 1, 19)]);
        assert_eq!(told(now.becomes(None, moment(30))), []);
    }

    #[test]
    fn what_stands_for_hours_is_told_by_the_minute_and_counted_once() {
        let (mut now, warning) = (OnNow::default(), panel(&[("", "w", 0)]));
        let looks = (0..=300).step_by(20);
        let mut all: Vec<Presented> = looks.flat_map(|secs| now.becomes(Some(&warning), moment(secs))).collect();
        all.extend(now.becomes(None, moment(310)));
        let sum: Duration = all.iter().map(|piece| piece.lasted).sum();
        let counted = all.iter().filter(|piece| !piece.continues).count();
        assert_eq!((all.len(), sum.as_secs(), counted), (6, 310, 1));
        assert!(all.iter().all(|piece| piece.lasted <= PIECE), "{all:?}");
    }

    #[test]
    fn a_clock_that_jumps_changes_no_length_and_what_was_on_in_doubt_is_not_told() {
        let (mut now, slide) = (OnNow::default(), panel(&[("", "a", 0)]));
        now.becomes(Some(&slide), moment(0));
        let ahead = Moment { now: at(7_200), ..moment(8) };
        assert_eq!(told(now.becomes(None, ahead)), [("a".to_owned(), 0, 8)]);
        let back = Moment { now: at(-7_200), ..moment(20) };
        now.becomes(Some(&slide), moment(10));
        assert_eq!(told(now.becomes(None, back)), [("a".to_owned(), 10, 10)]);
        now.becomes(Some(&slide), Moment { trust: Trust::Doubted { floor: at(0) }, ..moment(30) });
        assert_eq!(told(now.becomes(None, moment(40))), []);
    }
}
