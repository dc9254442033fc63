//! What town IT sets for one display: `kiosk.toml`, then the environment.

use super::assets::KIOSK_CONFIG;
use super::drawing::Drawing;
use super::session::Waits;
use super::signage_display::{Kind, PowerSettings, SignageSettings, WrittenPower, WrittenSignage};
use crate::content::Position;
use crate::language::Language;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;
use toml::{Table, Value};

/// What a display may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// What came verified from the town, or the content inside the program.
    Production,
    /// Any content directory, with a mark that says so.
    Preview,
}

/// Whether pictures grow and fade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Motion {
    /// Where the machine is fast enough.
    #[default]
    Auto,
    Off,
}

/// Every setting with its value; `kiosk-config/kiosk.toml` says what they mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub mode: Mode,
    pub kind: Kind,
    pub profile: String,
    pub content: Option<PathBuf>,
    /// Where `parvis sync` keeps what is signed.
    pub store: Option<PathBuf>,
    /// Never empty; the first is the language of a fresh screen.
    pub languages: Vec<Language>,
    /// Empty: the one that the content names.
    pub theme: String,
    pub display_name: String,
    pub position: Option<Position>,
    pub facing_degrees: Option<f64>,
    pub motion: Motion,
    pub waits: Waits,
    pub drawing: Drawing,
    /// Empty: the town's own.
    pub desk_phone: String,
    pub counts_folder: Option<PathBuf>,
    pub signage: SignageSettings,
    pub power: PowerSettings,
    pub sync: SyncSettings,
}

/// What `parvis sync` is told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SyncSettings {
    /// The address of a publication, or the path of a bundle; empty: none is named.
    pub url: String,
    pub group: String,
    /// The path of a `root.json`; empty: the pinned one.
    pub root: String,
    pub poll_secs: u64,
    /// The address of the hub; empty: none is told of anything.
    pub hub: String,
    /// Empty: none.
    pub proxy: String,
    /// The path of a PEM file; empty: none.
    pub ca_file: String,
    pub parallel: usize,
    pub quota_mib: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    mode: Mode,
    kind: Kind,
    profile: String,
    content: String,
    store: String,
    languages: Vec<String>,
    theme: String,
    drawing: Drawing,
    motion: Motion,
    display: Display,
    session: Session,
    desk: Desk,
    counts: Counts,
    signage: WrittenSignage,
    power: WrittenPower,
    sync: SyncSettings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Display {
    name: String,
    lat: Option<f64>,
    lon: Option<f64>,
    facing_degrees: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Session {
    idle_secs: u64,
    answer_secs: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Desk {
    phone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    folder: String,
}

/// Settings without a default, by section: the environment may still name them.
const OPTIONAL: [(&str, &str); 3] = [("display", "lat"), ("display", "lon"), ("display", "facing_degrees")];

impl Settings {
    /// Reads a settings file over the built-in one, and the environment (name and value) over both.
    ///
    /// # Errors
    /// A sentence that names the setting that cannot be used.
    pub fn read(file: &str, environment: impl IntoIterator<Item = (String, String)>) -> Result<Self, String> {
        let mut table: Table = KIOSK_CONFIG.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let own: Table = file.parse().map_err(|error: toml::de::Error| error.to_string())?;
        lay_over(&mut table, own);
        for (name, value) in environment {
            set_from_environment(&mut table, &name, &value)?;
        }
        let written = Written::deserialize(table).map_err(|error| error.to_string())?;
        Self::check(written)
    }

    fn check(written: Written) -> Result<Self, String> {
        let Written {
            mode,
            kind,
            profile,
            content,
            store,
            languages,
            theme,
            drawing,
            motion,
            display,
            session,
            desk,
            counts,
            signage,
            power,
            sync,
        } = written;
        let languages = Language::list(&languages).map_err(|reason| format!("languages: {reason}"))?;
        if languages.is_empty() {
            return Err("languages: at least one is needed".to_owned());
        }
        let position = match (display.lat, display.lon) {
            (None, None) => None,
            (Some(lat), Some(lon)) => {
                Some(Position::new(lat, lon).ok_or("display: lat and lon are no place on earth")?)
            }
            _ => return Err("display: lat and lon need each other".to_owned()),
        };
        if session.idle_secs < 10 || session.answer_secs < 20 {
            return Err(
                "session: idle_secs must be at least 10, answer_secs at least 20 (EN 301 549, 11.2.2.1)".to_owned()
            );
        }
        if !content.is_empty() && mode == Mode::Production {
            return Err("content: a directory is not verified, so it needs mode = \"preview\"".to_owned());
        }
        if sync.poll_secs < 10 || !(1..=64).contains(&sync.parallel) {
            return Err("sync: poll_secs must be at least 10, parallel from 1 to 64".to_owned());
        }
        let folder = |path: String| (!path.is_empty()).then(|| PathBuf::from(path));
        Ok(Self {
            mode,
            kind,
            profile,
            content: folder(content),
            store: folder(store),
            languages,
            theme,
            display_name: display.name,
            position,
            facing_degrees: display.facing_degrees,
            motion,
            waits: Waits {
                idle: Duration::from_secs(session.idle_secs),
                answer: Duration::from_secs(session.answer_secs),
            },
            drawing,
            desk_phone: desk.phone,
            counts_folder: folder(counts.folder),
            signage: signage.check()?,
            power: power.check()?,
            sync,
        })
    }
}

fn lay_over(below: &mut Table, above: Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => lay_over(below, above),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

/// Sets what `PARVIS_<SECTION>_<KEY>` names; other variables are nobody's business here.
fn set_from_environment(table: &mut Table, name: &str, value: &str) -> Result<(), String> {
    let Some(name) = name.strip_prefix("PARVIS_").map(str::to_ascii_lowercase) else { return Ok(()) };
    let mut known: Vec<(String, String)> =
        OPTIONAL.iter().map(|(section, key)| ((*section).to_owned(), (*key).to_owned())).collect();
    for (section, inner) in table.iter() {
        match inner {
            Value::Table(inner) => known.extend(inner.keys().map(|key| (section.clone(), key.clone()))),
            _ => known.push((String::new(), section.clone())),
        }
    }
    let full =
        |(section, key): &(String, String)| if section.is_empty() { key.clone() } else { format!("{section}_{key}") };
    let Some((section, key)) = known.iter().find(|one| full(one) == name) else { return Ok(()) };
    let inner = match section.as_str() {
        "" => table,
        section => match table.get_mut(section) {
            Some(Value::Table(inner)) => inner,
            _ => return Ok(()),
        },
    };
    let new = match inner.get(key) {
        Some(Value::String(_)) => Value::String(value.to_owned()),
        Some(Value::Array(_)) => {
            Value::Array(value.split(',').map(|one| Value::String(one.trim().to_owned())).collect())
        }
        Some(Value::Boolean(_)) => {
            let flag = value
                .trim()
                .parse()
                .map_err(|_| format!("PARVIS_{}: \"{value}\" is not true or false", name.to_ascii_uppercase()))?;
            Value::Boolean(flag)
        }
        Some(Value::Integer(_)) => {
            let number = value
                .trim()
                .parse()
                .map_err(|_| format!("PARVIS_{}: \"{value}\" is no whole number", name.to_ascii_uppercase()))?;
            Value::Integer(number)
        }
        _ => {
            let number = value
                .trim()
                .parse()
                .map_err(|_| format!("PARVIS_{}: \"{value}\" is no number", name.to_ascii_uppercase()))?;
            Value::Float(number)
        }
    };
    inner.insert(key.clone(), new);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_built_in_file_is_whole() {
        let settings = Settings::read("", []).unwrap();
        assert_eq!(settings.mode, Mode::Production);
        assert_eq!(settings.languages, Language::ALL);
        assert_eq!(settings.waits, Waits::default());
        assert_eq!(settings.content, None);
    }

    #[test]
    fn a_file_changes_only_what_it_names() {
        let settings = Settings::read("languages = ['it', 'fr']\n[session]\nidle_secs = 90\n", []).unwrap();
        assert_eq!(settings.languages, [Language::It, Language::Fr]);
        assert_eq!(settings.waits, Waits { idle: Duration::from_secs(90), ..Waits::default() });
    }

    #[test]
    fn the_environment_wins() {
        let variables = [
            ("PARVIS_PROFILE", "counter"),
            ("PARVIS_LANGUAGES", "ar, zh"),
            ("PARVIS_SESSION_ANSWER_SECS", "40"),
            ("PARVIS_DISPLAY_LAT", "43.7"),
            ("PARVIS_DISPLAY_LON", "7.4"),
            ("PARVIS_SOMETHING_ELSE", "x"),
            ("HOME", "/"),
        ];
        let settings = Settings::read("profile = 'hall-landscape'", environment(&variables)).unwrap();
        assert_eq!(settings.profile, "counter");
        assert_eq!(settings.languages, [Language::Ar, Language::Zh]);
        assert_eq!(settings.waits.answer, Duration::from_secs(40));
        assert_eq!(settings.position, Position::new(43.7, 7.4));
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (file, word) in [
            ("languages = []", "languages"),
            ("languages = ['xx']", "xx"),
            ("content = 'x'", "preview"),
            ("proflie = 'x'", "proflie"),
            ("[display]\nlat = 1.0", "lon"),
            ("[session]\nanswer_secs = 5", "answer_secs"),
        ] {
            let error = Settings::read(file, []).unwrap_err();
            assert!(error.contains(word), "{file}: {error}");
        }
        let error = Settings::read("", environment(&[("PARVIS_SESSION_IDLE_SECS", "soon")])).unwrap_err();
        assert!(error.contains("PARVIS_SESSION_IDLE_SECS"), "{error}");
    }
}
