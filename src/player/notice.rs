//! What `parvis sync` asks of the player beside showing what is new: a code, the display's name, a restart, the panel off.

use super::following::Following;
use super::kiosk::Kiosk;
use super::signage::{Room, Stage};
use crate::protocol::{Code, OnScreen, Order, Told};
use bevy::prelude::*;
use chrono::{DateTime, TimeDelta, Utc};

/// How long the name of a display stands on it.
const NAME_STANDS: TimeDelta = TimeDelta::seconds(60);

/// What has the screen to itself for a while.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// To be typed by staff, as long as nothing of the town is here.
    Pairing(Code),
    /// This is its name; it was let in just now, or somebody looks for it.
    Name { name: String, is_new: bool, until: DateTime<Utc> },
}

/// What was asked, and what follows from it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    code: Option<Code>,
    name: String,
    shown: Option<Notice>,
    /// Staff have switched the panel off.
    pub is_off: bool,
    /// A picture of the panel is to be made.
    pub picture: bool,
}

impl Asked {
    /// Takes in what was told; whether anything may look different.
    pub fn take(&mut self, told: Told, now: DateTime<Utc>) -> bool {
        match told {
            Told::Pairing(code) => self.code = Some(code),
            Told::Placed(name) => {
                let is_new = self.code.take().is_some();
                self.name = name;
                if is_new {
                    self.show_name(true, now);
                }
            }
            Told::Asked(Order::Identify) => self.show_name(false, now),
            Told::Asked(Order::Screenshot) => self.picture = true,
            Told::Asked(Order::ScreenOff) => self.is_off = true,
            Told::Asked(Order::ScreenOn) => self.is_off = false,
            _ => return false,
        }
        true
    }

    fn show_name(&mut self, is_new: bool, now: DateTime<Utc>) {
        self.shown = Some(Notice::Name { name: self.name.clone(), is_new, until: now + NAME_STANDS });
    }

    /// What has the screen to itself. `is_bare`: nothing of the town is here yet.
    pub fn notice(&self, is_bare: bool, now: DateTime<Utc>) -> Option<Notice> {
        let stands = |notice: &&Notice| matches!(notice, Notice::Name { until, .. } if now < *until);
        let name = self.shown.as_ref().filter(stands).cloned();
        name.or_else(|| self.code.clone().filter(|_| is_bare).map(Notice::Pairing))
    }
}

/// Takes in what was told since the last frame.
pub fn obey(
    following: Res<Following>,
    mut kiosk: ResMut<Kiosk>,
    time: Res<Time<Real>>,
    mut exits: MessageWriter<AppExit>,
) {
    let now = kiosk.clock.now(time.elapsed());
    for told in following.asked() {
        match told {
            Told::Asked(Order::Restart) => {
                info!("asked to start again");
                exits.write(AppExit::Success);
            }
            told => {
                if kiosk.asked.take(told, now) {
                    kiosk.look_again();
                }
            }
        }
    }
}

/// Says what is on the panel, whenever that is something else.
pub fn tell_on(
    following: Res<Following>,
    kiosk: Res<Kiosk>,
    stage: Option<Res<Stage>>,
    time: Res<Time<Real>>,
    mut last: Local<String>,
) {
    let what = on_now(&kiosk, stage.as_deref());
    if *last != what {
        last.clone_from(&what);
        let profile = &kiosk.profile;
        let size = (profile.width_px, profile.height_px);
        let since = kiosk.clock.now(time.elapsed());
        let name = profile.name.chars().take(64).collect();
        following.tell(Told::On(OnScreen { what, since, profile: name, size }));
    }
}

fn on_now(kiosk: &Kiosk, stage: Option<&Stage>) -> String {
    /// Ids are shorter; what is longer does not fit into a line.
    const LETTERS_MAX: usize = 200;
    if kiosk.preview {
        return "nothing".to_owned();
    }
    let Some(stage) = stage.filter(|stage| stage.station.room == Room::Panel) else {
        // What a visitor looks at is nobody's business.
        return if kiosk.visitor.is_here() { "in-use" } else { "attract" }.to_owned();
    };
    match stage.panel() {
        Some(panel) if panel.is_off || kiosk.asked.is_off => "off".to_owned(),
        Some(panel) => {
            let id = panel.parts.iter().find_map(|part| part.key.id.as_ref());
            id.map_or_else(|| "attract".to_owned(), |id| id.0.chars().take(LETTERS_MAX).collect())
        }
        None => "attract".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000 + secs, 0).expect("a moment")
    }

    #[test]
    fn the_code_stands_until_the_display_has_a_name_and_the_name_for_a_minute() {
        let mut asked = Asked::default();
        let code = Code::parse("2345 6789").expect("a code");
        assert!(asked.take(Told::Pairing(code.clone()), at(0)));
        assert_eq!(asked.notice(true, at(1)), Some(Notice::Pairing(code)));
        assert_eq!(asked.notice(false, at(1)), None, "what the town shows is not interrupted");
        asked.take(Told::Placed("Gare".to_owned()), at(10));
        let name = |is_new, until| Some(Notice::Name { name: "Gare".to_owned(), is_new, until: at(until) });
        assert_eq!(asked.notice(true, at(69)), name(true, 70));
        assert_eq!(asked.notice(true, at(70)), None);
        asked.take(Told::Placed("Gare".to_owned()), at(80));
        assert_eq!(asked.notice(true, at(80)), None, "it is told at each start");
        asked.take(Told::Asked(Order::Identify), at(90));
        assert_eq!(asked.notice(false, at(91)), name(false, 150));
    }
}
