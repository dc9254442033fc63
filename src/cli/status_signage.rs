//! What a signage display should show now, for how long, and why: part of `parvis status`. No player is asked: what plays
//! is a function of the time.

use super::render::{Known, Wish, profile};
use crate::content::{Alert, Common, Id};
use crate::player::look::Look;
use crate::player::settings::Settings;
use crate::player::signage::lint::{Desk, Subject};
use crate::player::signage::{Making, Measured, Station, Stocked, with_stock};
use crate::player::visitor::Visitor;
use crate::protocol::PlayRecord;
use crate::signage::{Cursor, Findings, Outcome, Program, Shown, advertising_rests};
use crate::store::Outbox;
use anyhow::Result;
use bevy::prelude::Handle;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;
use std::path::Path;

/// What is said.
pub fn lines(settings: &Settings, store: &Path, now: DateTime<Utc>) -> Result<Vec<String>> {
    let profile = profile(&settings.profile, None)?.for_audience();
    let theme = Some(settings.theme.clone()).filter(|name| !name.is_empty());
    let wish = Wish {
        store: Some(store.to_owned()),
        profile: settings.profile.clone(),
        theme,
        at: Some(now.fixed_offset()),
        ..Wish::default()
    };
    let setup = wish.setup(None::<Known>)?;
    let catalog = &setup.almanac.catalog;
    let mut station = Station::of(settings, &catalog.town, &profile);
    station.inform(&catalog.bulletin, &setup.bulletin);
    let schedule = station.schedule(catalog);
    let subject = Subject {
        almanac: &setup.almanac,
        bulletin: &setup.bulletin,
        files: &setup.gallery.files,
        theme: &setup.theme,
        now,
    };
    let visitor = Visitor::nobody(station.languages[0]);
    let scene = subject.scene(&profile, &visitor, now);
    let look = Look::new(&scene, &setup.theme, false, Handle::default());
    let mut desk = Desk::new();
    let findings = Findings::default();
    let making = Making { station: &station, schedule: &schedule };
    let stocked = Stocked { scene: &scene, files: &setup.gallery.files, making, findings: &findings };
    let mut measured = Measured::default();
    let lines = with_stock(stocked, &mut measured, &mut desk.composer(&look), &|_, _| {}, |stock, alerts| {
        let mut cursor = Cursor::new(&schedule, alerts, &station.display, stock);
        let in_force = |alert: &&&Alert| alert.common.valid.contains(now);
        let telling = Telling {
            titles: titles(catalog.schedule.items.iter().map(|item| &item.common), &catalog.town.fallback)
                .into_iter()
                .chain(titles(alerts.iter().map(|alert| &alert.common), &catalog.town.fallback))
                .collect(),
            zone: station.display.zone,
            now,
            alerts: alerts.iter().filter(in_force).map(|alert| alert.common.id.clone()).collect(),
            rests: advertising_rests(&schedule, &station.display, now),
        };
        telling.lines(&mut |at| cursor.at(at))
    });
    let seen = Outbox::look_at_plays(store).ok().flatten().unwrap_or_default().plays;
    Ok(lines.into_iter().chain(seen_last(&seen, station.display.zone)).collect())
}

fn titles<'a>(commons: impl Iterator<Item = &'a Common>, fallback: &[String]) -> HashMap<Id, String> {
    let title = |common: &Common| Some(common.title.pick("fr", fallback)?.1.text.clone());
    commons.filter_map(|common| Some((common.id.clone(), title(common)?))).collect()
}

/// What was really on the panel, as far as the hub has not taken it.
fn seen_last(plays: &[PlayRecord], zone: Tz) -> Option<String> {
    let last = plays.iter().max_by_key(|play| play.last)?;
    Some(line("seen last", &format!("{} at {}", last.played.item, clock(last.last, zone))))
}

/// What the lines are made from beside the program.
struct Telling {
    titles: HashMap<Id, String>,
    zone: Tz,
    now: DateTime<Utc>,
    /// In force somewhere in the town.
    alerts: Vec<Id>,
    /// Advertising rests.
    rests: bool,
}

impl Telling {
    fn lines<'a>(&self, program: &mut impl FnMut(DateTime<Utc>) -> Program<'a>) -> Vec<String> {
        let on = program(self.now);
        let mut lines = self.shown("should be on", &on);
        if on.shown == Shown::Nothing {
            lines.push(line("power", &format!("off until {}", self.wakes(program))));
        } else {
            let next = program(on.until);
            lines.extend(self.shown("next", &next));
            lines.push(line("power", &format!("on, {} % bright", on.brightness_percent)));
        }
        for verdict in on.verdicts.iter() {
            let is_hidden = matches!(on.shown, Shown::Nothing | Shown::Alert(_)) && verdict.outcome == Outcome::Plays;
            let words = if is_hidden { "would play" } else { &verdict_words(verdict.outcome) };
            lines.push(line("entry", &format!("{}: {words}", verdict.entry.common.id)));
        }
        lines
            .extend(self.alerts.iter().map(|id| line("alert", &format!("{} is in force in the town", self.named(id)))));
        if self.rests {
            lines.push(line("adverts", "rest now"));
        }
        lines
    }

    fn shown(&self, name: &str, program: &Program<'_>) -> Vec<String> {
        let said = |words: &str| line(name, words);
        let span = |begins, ends| format!("{} to {}", clock(begins, self.zone), clock(ends, self.zone));
        match &program.shown {
            Shown::Nothing => vec![said("nothing: the panel is off")],
            Shown::Alert(turn) => {
                let id = self.named(&turn.alert.common.id);
                vec![said(&format!("the alert {id} in {}, {}", turn.language, span(turn.begins, turn.ends)))]
            }
            Shown::Playlist { playlist, regions } => {
                let region = |turn: &crate::signage::RegionTurn<'_>| {
                    let item = turn.playing.item.map_or("nothing".to_owned(), |item| self.named(&item.common.id));
                    let span = span(turn.playing.begins, turn.playing.ends);
                    said(&format!("{item} of {} in region {}, {span}", playlist.common.id, turn.region.name))
                };
                regions.iter().map(region).collect()
            }
        }
    }

    /// When the panel is next on.
    fn wakes<'a>(&self, program: &mut impl FnMut(DateTime<Utc>) -> Program<'a>) -> String {
        const DAYS: i64 = 14;
        let mut at = self.now;
        while at < self.now + TimeDelta::days(DAYS) {
            let on = program(at);
            if on.shown != Shown::Nothing {
                return at.with_timezone(&self.zone).format("%Y-%m-%d %H:%M").to_string();
            }
            if on.until <= at {
                break;
            }
            at = on.until;
        }
        format!("more than {DAYS} days from now")
    }

    fn named(&self, id: &Id) -> String {
        self.titles.get(id).map_or_else(|| id.to_string(), |title| format!("\"{title}\" ({id})"))
    }
}

fn verdict_words(outcome: Outcome<'_>) -> String {
    match outcome {
        Outcome::Plays => "plays".to_owned(),
        Outcome::Outranked { by } => format!("outranked by {by}"),
        Outcome::OtherDisplays => "for other displays".to_owned(),
        Outcome::NotYet => "not yet".to_owned(),
        Outcome::Over => "over".to_owned(),
        Outcome::NotNow => "on other days or hours".to_owned(),
        Outcome::NoPlaylist => "no playlist of that id".to_owned(),
        Outcome::NothingToShow => "nothing to show".to_owned(),
    }
}

fn clock(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%H:%M:%S").to_string()
}

fn line(name: &str, words: &str) -> String {
    format!("{name:<12} {words}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, PlaylistItem, read_document};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::signage::Wish as Wanted;
    use crate::signage::{Offer, Stock};
    use serde_json::json;

    struct TenSeconds;

    impl Stock for TenSeconds {
        fn offer(&self, _: &PlaylistItem, _: usize, _: DateTime<Utc>) -> Option<Offer> {
            Some(Offer { slides: 1, which: 0, secs: 10 })
        }

        fn alert_secs(&self, _: &Alert, _: &str) -> u32 {
            10
        }
    }

    /// What is said at an instant of a town with three entries.
    fn said_at(at: &str, alerts: &[&Alert]) -> Vec<String> {
        let item =
            |id: &str| json!({"type": "playlist_item", "id": id, "title": {"fr": id}, "show": {"kind": "notice"}});
        let named = |kind: &str, id: &str| json!({"type": kind, "id": id, "title": {"fr": id}});
        let entry = |id: &str, priority: i8| {
            let mut entry = named("schedule_entry", id);
            (entry["playlist"], entry["priority"]) = (json!("list"), json!(priority));
            entry
        };
        let mut past = entry("past", 9);
        past["end"] = json!("2026-01-01T00:00:00");
        let items = json!([
            item("one"),
            item("two"),
            json!({"type": "playlist", "id": "list", "title": {"fr": "list"}, "slots": ["one", "two"]}),
            entry("strong", 2),
            entry("weak", 1),
            past
        ]);
        let read = read_document("test", json!({"format": 1, "items": items}).to_string().as_bytes());
        let (catalog, _) = Catalog::new(crate::content::Town::default(), read.items);
        let almanac = Almanac::new(catalog, None, 0.0);
        let profile = Profile::shipped("totem-portrait").unwrap();
        let mut station = Station::at(&almanac, &profile, Language::Fr, Wanted::Schedule);
        station.display.power.on = vec![crate::content::Recurrence {
            dayparts: vec![crate::content::Daypart {
                from: "06:00:00".parse().unwrap(),
                until: "23:00:00".parse().unwrap(),
            }],
            ..Default::default()
        }];
        let schedule = station.schedule(&almanac.catalog);
        let now: DateTime<Utc> = at.parse().unwrap();
        let mut cursor = Cursor::new(&schedule, alerts, &station.display, &TenSeconds);
        let telling = Telling {
            titles: titles(almanac.catalog.schedule.items.iter().map(|item| &item.common), &[]),
            zone: station.display.zone,
            now,
            alerts: alerts.iter().map(|alert| alert.common.id.clone()).collect(),
            rests: advertising_rests(&schedule, &station.display, now),
        };
        telling.lines(&mut |at| cursor.at(at))
    }

    #[test]
    fn what_should_be_on_until_when_what_comes_next_and_why() {
        assert_eq!(
            said_at("2026-06-15T10:00:12Z", &[]),
            [
                "should be on \"two\" (two) of list in region main, 12:00:10 to 12:00:20",
                "next         \"one\" (one) of list in region main, 12:00:20 to 12:00:30",
                "power        on, 100 % bright",
                "entry        past: over",
                "entry        strong: plays",
                "entry        weak: outranked by strong",
            ]
        );
    }

    #[test]
    fn a_panel_that_is_off_says_until_when_and_that_advertising_rests() {
        let lines = said_at("2026-06-15T01:00:00Z", &[]);
        assert_eq!(lines[0], "should be on nothing: the panel is off");
        assert_eq!(lines[1], "power        off until 2026-06-15 06:00");
        assert!(lines.contains(&"entry        strong: would play".to_owned()), "{lines:?}");
        assert_eq!(lines.last().unwrap(), "adverts      rest now");
    }

    #[test]
    fn an_alert_has_the_panel_to_itself() {
        let mut alert = Alert::default();
        alert.common.id = Id("flood".to_owned());
        alert.common.title = crate::content::Localized::one("fr", "Crue");
        let lines = said_at("2026-06-15T10:00:00Z", &[&alert]);
        assert!(lines[0].starts_with("should be on the alert flood in fr, "), "{lines:?}");
        assert!(lines.contains(&"entry        strong: would play".to_owned()), "{lines:?}");
        assert_eq!(lines.last().unwrap(), "alert        flood is in force in the town");
    }
}
