//! Proof of play: what was really on the panel, from its first frame to its last.

use super::panel::{Key, Panel};
use super::stage::Stage;
use crate::player::clock::Trust;
use crate::player::kiosk::Kiosk;
use crate::player::outbox::Outbox;
use crate::protocol::{Played, Presented};
use bevy::prelude::*;
use chrono::{DateTime, Utc};

/// What is on the panel, and since when.
#[derive(Default)]
pub struct OnNow {
    slides: Vec<Slide>,
}

struct Slide {
    key: Key,
    playlist: Option<crate::content::Id>,
    by: Option<crate::content::Id>,
    since: DateTime<Utc>,
}

impl OnNow {
    /// Another panel is seen from now on. Returns what has ended with it; a region that shows on goes on.
    pub fn becomes(&mut self, panel: Option<&Panel>, now: DateTime<Utc>) -> Vec<Presented> {
        let parts = panel.map_or(&[][..], |panel| &panel.parts);
        let (stay, gone): (Vec<Slide>, Vec<Slide>) =
            self.slides.drain(..).partition(|slide| parts.iter().any(|part| part.key == slide.key));
        self.slides = stay;
        for part in parts {
            if !self.slides.iter().any(|slide| slide.key == part.key) {
                let (playlist, by) = (part.playlist.clone(), part.by.clone());
                self.slides.push(Slide { key: part.key.clone(), playlist, by, since: now });
            }
        }
        gone.into_iter().filter_map(|slide| slide.ended(now)).collect()
    }
}

impl Slide {
    fn ended(self, now: DateTime<Utc>) -> Option<Presented> {
        // A clock that was put back says nothing of how long it was on.
        let lasted = (now - self.since).to_std().ok()?;
        let played = Played { item: self.key.id?, event: self.key.event, playlist: self.playlist, by: self.by };
        Some(Presented { played, began: self.since, lasted })
    }
}

/// Tells what has ended. While the clock is in doubt nothing is: the hours would be wrong ones.
pub fn tell_ended(world: &World, trust: Trust, ended: Vec<Presented>) {
    if let Some(outbox) = world.get_resource::<Outbox>().filter(|_| trust == Trust::Believed) {
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
    use crate::content::{Id, TemplateBox, Transition};
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
        Panel { parts: parts.collect(), transition: Transition::default(), brightness_percent: 100, until: at(99) }
    }

    #[test]
    fn each_slide_is_told_once_when_it_ends_and_a_region_that_goes_on_is_not() {
        let mut now = OnNow::default();
        let told = |ended: Vec<Presented>| -> Vec<(String, i64, u64)> {
            let all = ended.into_iter();
            all.map(|it| (it.played.item.0, it.began.timestamp(), it.lasted.as_secs())).collect()
        };
        assert_eq!(told(now.becomes(Some(&panel(&[("main", "a", 0), ("foot", "t", 0)])), at(1))), []);
        assert_eq!(
            told(now.becomes(Some(&panel(&[("main", "b", 9), ("foot", "t", 0)])), at(9))),
            [("a".to_owned(), 1, 8)]
        );
        // The same item again is another presentation.
        assert_eq!(
            told(now.becomes(Some(&panel(&[("main", "b", 17), ("foot", "t", 0)])), at(17))),
            [("b".to_owned(), 9, 8)]
        );
        let mut last = told(now.becomes(None, at(20)));
        last.sort();
        assert_eq!(last, [("b".to_owned(), 17, 3), ("t".to_owned(), 1, 19)]);
        assert_eq!(told(now.becomes(None, at(30))), []);
    }
}
