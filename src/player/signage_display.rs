//! What the settings say of a display as signage: who it is for the schedule and for warnings, and when its panel is on.

use super::profile::Profile;
use super::settings::Settings;
use crate::content::{AreaCode, Bulletin, Daypart, Recurrence, Town};
use crate::device::panel::Switch;
use crate::language::Language;
use crate::signage::{Dimming, Display, Power};
use chrono::{NaiveTime, Weekday};
use serde::Deserialize;

/// Who a display is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Visitors touch it.
    #[default]
    Kiosk,
    /// Nobody touches it: what the town scheduled has the whole panel.
    Signage,
}

/// What the town's schedule and its warnings must know of a display.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignageSettings {
    /// Beside its display group.
    pub groups: Vec<String>,
    /// Those of slides. Empty: the town's first.
    pub languages: Vec<Language>,
    /// Empty: those of the kiosk.
    pub alert_languages: Vec<Language>,
    pub area_codes: Vec<AreaCode>,
    pub shows_drills: bool,
    /// Still pictures only: no film plays, and nothing moves between slides.
    pub still: bool,
}

/// When the panel is on and how bright, and what switches it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PowerSettings {
    pub hours: Power,
    pub switch: Switch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSignage {
    groups: Vec<String>,
    languages: Vec<String>,
    alert_languages: Vec<String>,
    area_codes: Vec<String>,
    drills: bool,
    still: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPower {
    on: Vec<WrittenHours>,
    dimmed: Vec<WrittenDimming>,
    switch: WrittenSwitch,
    on_command: Vec<String>,
    off_command: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenHours {
    #[serde(default)]
    days: Vec<Weekday>,
    from: NaiveTime,
    until: NaiveTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDimming {
    percent: u8,
    #[serde(default)]
    days: Vec<Weekday>,
    from: NaiveTime,
    until: NaiveTime,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenSwitch {
    Auto,
    Nothing,
    Command,
}

impl WrittenSignage {
    /// # Errors
    /// A sentence that names the setting that cannot be used.
    pub(super) fn check(self) -> Result<SignageSettings, String> {
        let area_code = |code: &String| match code.split_once(':') {
            Some((scheme, value)) if !scheme.trim().is_empty() && !value.trim().is_empty() => {
                Ok(AreaCode { scheme: scheme.trim().to_owned(), value: value.trim().to_owned() })
            }
            _ => Err(format!("signage.area_codes: \"{code}\" is not written like \"FR-departement:06\"")),
        };
        Ok(SignageSettings {
            groups: self.groups,
            languages: Language::list(&self.languages).map_err(|reason| format!("signage.languages: {reason}"))?,
            alert_languages: Language::list(&self.alert_languages)
                .map_err(|reason| format!("signage.alert_languages: {reason}"))?,
            area_codes: self.area_codes.iter().map(area_code).collect::<Result<_, _>>()?,
            shows_drills: self.drills,
            still: self.still,
        })
    }
}

impl WrittenPower {
    /// # Errors
    /// A sentence that names the setting that cannot be used.
    pub(super) fn check(self) -> Result<PowerSettings, String> {
        let dimming = |dimming: WrittenDimming| {
            let WrittenDimming { percent, days, from, until } = dimming;
            // Dark is what the hours of `on` are for, and a panel that is on must be seen to be.
            if !(1..=100).contains(&percent) {
                return Err(format!("power.dimmed: {percent} percent is not from 1 to 100"));
            }
            Ok(Dimming { percent, times: recurrence("dimmed", days, from, until)? })
        };
        let on = self.on.into_iter().map(|hours| recurrence("on", hours.days, hours.from, hours.until));
        let hours = Power {
            on: on.collect::<Result<_, _>>()?,
            dimmed: self.dimmed.into_iter().map(dimming).collect::<Result<_, _>>()?,
        };
        let switch = match self.switch {
            WrittenSwitch::Auto => Switch::Auto,
            WrittenSwitch::Nothing => Switch::Nothing,
            WrittenSwitch::Command => {
                let commands = [("on_command", &self.on_command), ("off_command", &self.off_command)];
                if let Some((name, _)) = commands.iter().find(|(_, command)| command.iter().all(String::is_empty)) {
                    return Err(format!("power.{name}: switch = \"command\" needs a command"));
                }
                Switch::Commands { on: self.on_command, off: self.off_command }
            }
        };
        Ok(PowerSettings { hours, switch })
    }
}

fn recurrence(name: &str, weekdays: Vec<Weekday>, from: NaiveTime, until: NaiveTime) -> Result<Recurrence, String> {
    if from == until && from != NaiveTime::MIN {
        return Err(format!("power.{name}: from and until are both {from}; left out, it is always so"));
    }
    Ok(Recurrence { weekdays, dayparts: vec![Daypart { from, until }], ..Recurrence::default() })
}

impl Settings {
    /// This display as the schedule and the warnings of a town see it. The bulletin is what came beside the revision:
    /// advertising rests when it says so.
    ///
    /// Without a position of its own it stands where the town says, and not in the middle of the town's places as on a
    /// kiosk's map: a warning for another part of the town must not be missed.
    pub fn display(&self, town: &Town, profile: &Profile, bulletin: &Bulletin) -> Display {
        let tags = |languages: &[Language]| languages.iter().map(|language| language.tag().to_owned()).collect();
        let SignageSettings { groups, languages, alert_languages, area_codes, shows_drills, .. } = &self.signage;
        let mut all = vec![self.sync.group.clone()];
        all.extend(groups.iter().filter(|group| **group != self.sync.group).cloned());
        let display = Display {
            name: self.display_name.clone(),
            groups: all,
            position: None,
            codes: area_codes.clone(),
            zone: chrono_tz::UTC,
            languages: tags(languages),
            alert_languages: tags(if alert_languages.is_empty() { &self.languages } else { alert_languages }),
            shows_drills: *shows_drills,
            is_portrait: profile.is_portrait(),
            power: self.power.hours.clone(),
            advertising_rests: Vec::new(),
        };
        self.in_town(display, town).informed_by(bulletin)
    }

    /// The same display in another town, or in the same where that has changed: what the settings leave open.
    #[must_use]
    pub fn in_town(&self, display: Display, town: &Town) -> Display {
        let tags = |languages: &[Language]| languages.iter().map(|language| language.tag().to_owned()).collect();
        let own = &self.signage.languages;
        Display {
            position: self.position.or(town.position),
            zone: crate::calendar::zone(&town.zone).unwrap_or(chrono_tz::Europe::Paris),
            languages: match town.fallback.first() {
                Some(first) if own.is_empty() => vec![first.clone()],
                None if own.is_empty() => tags(&self.languages[..1]),
                _ => tags(own),
            },
            ..display
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{AdvertisingCurfew, Common, Position, Validity};
    use chrono::{DateTime, Utc};

    fn settings(file: &str) -> Settings {
        Settings::read(file, []).unwrap()
    }

    fn shown(settings: &Settings) -> Display {
        settings.display(&Town::default(), &Profile::shipped("hall-landscape").unwrap(), &Bulletin::default())
    }

    fn hours(days: &[Weekday], from: &str, until: &str) -> Recurrence {
        let daypart = Daypart { from: from.parse().unwrap(), until: until.parse().unwrap() };
        Recurrence { weekdays: days.to_vec(), dayparts: vec![daypart], ..Recurrence::default() }
    }

    #[test]
    fn a_display_that_says_nothing_is_a_kiosk_that_is_always_on() {
        let settings = settings("");
        assert_eq!((settings.kind, &settings.power.switch), (Kind::Kiosk, &Switch::Auto));
        assert_eq!((&settings.signage, &settings.power), (&SignageSettings::default(), &PowerSettings::default()));
        let display = shown(&settings);
        assert_eq!((display.groups, display.power), (vec!["default".to_owned()], Power::default()));
        assert_eq!((display.languages, display.alert_languages.len()), (vec!["fr".to_owned()], 8));
        assert_eq!((display.position, display.zone, display.is_portrait), (None, chrono_tz::Europe::Paris, false));
    }

    #[test]
    fn a_display_is_for_the_town_what_its_file_says() {
        let settings = settings(
            r#"
            kind = "signage"
            languages = ["it", "fr"]
            [display]
            name = "hall-1"
            lat = 43.7
            lon = 7.4
            [sync]
            group = "halls"
            [signage]
            groups = ["old-town", "halls"]
            languages = ["fr", "en"]
            area_codes = ["FR-departement:06", "INSEE : 06088"]
            drills = true
            still = true
            [power]
            on = [{ days = ["mon", "Friday"], from = "07:00", until = "22:00" }, { from = "18:00", until = "02:30:30" }]
            dimmed = [{ percent = 40, from = "23:00", until = "06:00" }]
            switch = "command"
            on_command = ["cec-ctl", "--to", "0", "--image-view-on"]
            off_command = ["cec-ctl", "--to", "0", "--standby"]
            "#,
        );
        assert_eq!((settings.kind, settings.signage.still), (Kind::Signage, true));
        let Switch::Commands { on, off } = &settings.power.switch else { panic!("no commands") };
        assert_eq!((on[3].as_str(), off[3].as_str()), ("--image-view-on", "--standby"));
        let code = |scheme: &str, value: &str| AreaCode { scheme: scheme.to_owned(), value: value.to_owned() };
        let expected = Display {
            name: "hall-1".to_owned(),
            groups: vec!["halls".to_owned(), "old-town".to_owned()],
            position: Position::new(43.7, 7.4),
            codes: vec![code("FR-departement", "06"), code("INSEE", "06088")],
            zone: chrono_tz::Europe::Paris,
            languages: vec!["fr".to_owned(), "en".to_owned()],
            alert_languages: vec!["it".to_owned(), "fr".to_owned()],
            shows_drills: true,
            is_portrait: false,
            power: Power {
                on: vec![hours(&[Weekday::Mon, Weekday::Fri], "07:00", "22:00"), hours(&[], "18:00", "02:30:30")],
                dimmed: vec![Dimming { percent: 40, times: hours(&[], "23:00", "06:00") }],
            },
            advertising_rests: Vec::new(),
        };
        assert_eq!(shown(&settings), expected);
    }

    #[test]
    fn what_the_town_says_counts_where_the_file_is_silent() {
        let town = Town {
            zone: "Indian/Reunion".to_owned(),
            fallback: vec!["rcf".to_owned(), "fr".to_owned()],
            position: Position::new(-20.9, 55.5),
            ..Town::default()
        };
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let valid = Validity { from: None, until: Some(instant("2026-01-12T12:00:00Z")) };
        let curfew = |groups: &[&str]| AdvertisingCurfew {
            common: Common { groups: groups.iter().map(|it| (*it).to_owned()).collect(), valid, ..Common::default() },
        };
        let bulletin =
            Bulletin { curfews: vec![curfew(&["halls"]), curfew(&["streets"]), curfew(&[])], ..Bulletin::default() };
        let settings = settings("[signage]\ngroups = ['streets']\nalert_languages = ['en']");
        let display = settings.display(&town, &Profile::shipped("totem-portrait").unwrap(), &bulletin);
        assert_eq!((display.zone, display.position), (chrono_tz::Indian::Reunion, town.position));
        assert_eq!((display.languages, display.alert_languages), (vec!["rcf".to_owned()], vec!["en".to_owned()]));
        assert_eq!((display.is_portrait, display.advertising_rests), (true, vec![valid; 2]));
    }

    #[test]
    fn the_environment_sets_what_is_one_value_or_a_list_of_words() {
        let variables = [
            ("PARVIS_KIND", "signage"),
            ("PARVIS_SIGNAGE_GROUPS", "halls, old-town"),
            ("PARVIS_SIGNAGE_DRILLS", "true"),
            ("PARVIS_POWER_SWITCH", "nothing"),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let settings = Settings::read("", variables).unwrap();
        assert_eq!((settings.kind, settings.signage.shows_drills), (Kind::Signage, true));
        assert_eq!((settings.signage.groups.len(), settings.power.switch), (2, Switch::Nothing));
        let wrong = [("PARVIS_SIGNAGE_STILL".to_owned(), "yes".to_owned())];
        let error = Settings::read("", wrong).unwrap_err();
        assert!(error.contains("PARVIS_SIGNAGE_STILL") && error.contains("true or false"), "{error}");
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (file, words) in [
            ("kind = 'totem'", ["kind", "totem"]),
            ("[signage]\nlanguages = ['xx']", ["signage.languages", "xx"]),
            ("[signage]\nalert_languages = ['fr', 'yy']", ["signage.alert_languages", "yy"]),
            ("[signage]\narea_codes = ['06']", ["signage.area_codes", "\"06\""]),
            ("[signage]\narea_codes = ['FR-departement:']", ["signage.area_codes", "FR-departement:06"]),
            ("[signage]\ndrills = 'yes'", ["drills", "signage"]),
            ("[power]\non = [{ days = ['lun'], from = '07:00', until = '22:00' }]", ["power", "on"]),
            ("[power]\non = [{ from = '7h', until = '22:00' }]", ["power", "on"]),
            ("[power]\non = [{ from = '07:00' }]", ["power", "until"]),
            ("[power]\non = [{ from = '07:00', until = '07:00' }]", ["power.on", "07:00"]),
            ("[power]\ndimmed = [{ percent = 0, from = '22:00', until = '07:00' }]", ["power.dimmed", "1 to 100"]),
            ("[power]\ndimmed = [{ percent = 101, from = '22:00', until = '07:00' }]", ["power.dimmed", "101"]),
            ("[power]\nswitch = 'cec'", ["power", "cec"]),
            ("[power]\nswitch = 'command'", ["power.on_command", "needs"]),
            ("[power]\nswitch = 'command'\non_command = ['x']", ["power.off_command", "needs"]),
        ] {
            let error = Settings::read(file, []).unwrap_err();
            assert!(words.iter().all(|word| error.contains(word)), "{file}: {error}");
        }
    }
}
