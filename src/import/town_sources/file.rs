use crate::content::{Id, Position, language_tag};
use crate::import::{Input, Mapping, is_source_name, source};
use chrono::TimeDelta;
use chrono_tz::Tz;
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// `sources.toml`: everything that a town's content comes from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcesFile {
    /// The content directory that is written, relative to this file.
    #[serde(default = "content_folder")]
    pub content: PathBuf,
    /// Where the last good result of each source is kept, relative to this file.
    #[serde(default = "state_folder")]
    pub state: PathBuf,
    /// The town's own changes to what comes from elsewhere, relative to this file.
    #[serde(default)]
    pub overrides: Option<PathBuf>,
    /// Items that are one, though nothing but staff knows it: pairs of ids.
    #[serde(default)]
    pub same: Vec<[Id; 2]>,
    /// Items that are two, whatever they look like.
    #[serde(default)]
    pub apart: Vec<[Id; 2]>,
    #[serde(default)]
    pub town: TownEntry,
    #[serde(default)]
    pub fetch: FetchEntry,
    /// In order of trust: where two say different things, the first one is believed.
    #[serde(default, rename = "source")]
    pub sources: Vec<SourceEntry>,
    /// How tables become items, by name.
    #[serde(default)]
    pub mapping: toml::Table,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TownEntry {
    #[serde(deserialize_with = "zone")]
    pub zone: Tz,
    pub language: String,
    pub country: String,
    /// Latitude and longitude of its middle.
    pub position: Option<[f64; 2]>,
    /// Its boundary (GeoJSON), relative to this file: what lies outside of it is left out.
    pub boundary: Option<PathBuf>,
}

impl Default for TownEntry {
    fn default() -> Self {
        Self {
            zone: Tz::Europe__Paris,
            language: "fr".to_owned(),
            country: "FR".to_owned(),
            position: None,
            boundary: None,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FetchEntry {
    /// Hosts that may be asked beside those that the sources name.
    pub allow: Vec<String>,
    /// The time between two requests to one host, in milliseconds.
    pub between_ms: u64,
    /// How often something that fails is tried.
    pub tries: u32,
    /// The wait before the second try, in milliseconds; each further one is four times as long.
    pub again_ms: u64,
    /// The largest answer or file, in MiB.
    pub mib_max: u64,
    /// The most time that the servers of one source may take, in minutes; its pictures half of it.
    pub minutes_max: u64,
    /// Whether pictures are fetched.
    pub pictures: bool,
}

impl Default for FetchEntry {
    fn default() -> Self {
        Self {
            allow: Vec::new(),
            between_ms: 200,
            tries: 3,
            again_ms: 1000,
            mib_max: 1024,
            minutes_max: 30,
            pictures: true,
        }
    }
}

/// A key: whatever is printed, it is not.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_empty() { "none" } else { "a key" })
    }
}

/// One source of the town.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourceEntry {
    /// What staff call it; also the name of the document that it becomes.
    pub name: String,
    /// The word after `parvis-hub import`.
    pub format: String,
    /// A path, relative to this file, or an address.
    pub from: String,
    /// How long its result is good enough: `15m`, `1h`, `1d`.
    pub every: String,
    /// The environment variable that holds its key.
    pub key_env: String,
    /// The file that holds its key.
    pub key_file: Option<PathBuf>,
    /// Further hosts that it may ask: where its pictures lie.
    pub allow: Vec<String>,
    /// What its rows become: the name of a mapping of this file, or of one that comes with Parvis (csv, geojson,
    /// opendatasoft).
    pub mapping: String,
    /// The codes of areas that the town lies in, like its department, 35 (cap, vigilance); with the scheme that alerts
    /// name, `EMMA_ID:FR035`, where it is no code of the country's own (cap).
    pub codes: Vec<String>,
    /// Who may warn the public, as their alerts name the sender (cap); none: the address is trusted with all it says.
    pub senders: Vec<String>,
    /// Stops whose departures are wanted, by id or name (gtfs, gtfs-rt).
    pub stops: Vec<String>,
    /// The name of the gtfs source of this file whose stops and trips its news are about (gtfs-rt).
    pub timetable: String,
    /// The licence of what does not name its own.
    pub licence: String,
    /// Who is named beside what names nobody.
    pub credit: String,
    /// Whether what lies outside of the town's boundary is taken, too.
    pub everywhere: bool,
    /// Whether the town's map is made of it (osm).
    pub map: bool,
    /// Its key itself, where it stands neither in the environment nor in a file.
    #[serde(skip)]
    pub key: Secret,
    /// Staff named its address and hosts in the hub: it reaches only public web servers, and what `fetch.allow` lists.
    #[serde(skip)]
    pub is_of_staff: bool,
}

fn zone<'de, D: Deserializer<'de>>(from: D) -> Result<Tz, D::Error> {
    let name = String::deserialize(from)?;
    name.parse()
        .map_err(|_| D::Error::custom(format!("zone: {name} is no time zone; one like Europe/Paris is expected")))
}

fn content_folder() -> PathBuf {
    PathBuf::from("content")
}

fn state_folder() -> PathBuf {
    PathBuf::from("import-state")
}

/// Unless an entry says otherwise.
const EVERY: TimeDelta = TimeDelta::hours(1);

impl SourcesFile {
    /// Reads the file's text; paths in it become relative to `beside`.
    ///
    /// # Errors
    /// In words, naming the entry that is wrong.
    pub fn parse(text: &str, beside: &Path) -> Result<Self, String> {
        let mut file: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for path in
            [&mut file.content, &mut file.state].into_iter().chain(&mut file.overrides).chain(&mut file.town.boundary)
        {
            *path = beside.join(&*path);
        }
        for entry in &mut file.sources {
            if let Some(path) = &mut entry.key_file {
                *path = beside.join(&*path);
            }
            if let Ok(Input::Path(path)) = Input::parse(&entry.from) {
                entry.from = beside.join(path).to_string_lossy().into_owned();
            }
        }
        file.check()?;
        Ok(file)
    }

    /// Whether all of it fits together.
    ///
    /// # Errors
    /// In words, naming the entry that is wrong.
    pub fn check(&self) -> Result<(), String> {
        let mut names = HashSet::new();
        for entry in &self.sources {
            entry.check()?;
            if !names.insert(entry.name.as_str()) {
                return Err(format!("two sources are called {}", entry.name));
            }
        }
        let is_placed = self.town.position.is_some() || self.town.boundary.is_some();
        for entry in &self.sources {
            if entry.format == "cap" && entry.is_on_the_web() && entry.codes.is_empty() && !is_placed {
                let needs = "it needs codes, or the town's position or boundary: else it warns of the whole country";
                return Err(format!("{}: {needs}", entry.name));
            }
            self.mapping(entry).map_err(|error| format!("{}: {error}", entry.name))?;
            if !entry.timetable.is_empty() && self.timetable(entry).is_none() {
                let (name, timetable) = (&entry.name, &entry.timetable);
                return Err(format!("{name}: timetable: no source of the format gtfs is called {timetable:?} here"));
            }
        }
        if language_tag(&self.town.language).is_none() {
            return Err(format!("town.language: {} is no language tag like fr", self.town.language));
        }
        if self.town.position.is_some() && self.position().is_none() {
            return Err("town.position: a latitude and a longitude are expected, like [43.9277, 2.1480]".to_owned());
        }
        Ok(())
    }

    /// The mapping that an entry names; none, where it names none.
    ///
    /// # Errors
    /// In words, when there is none of this name or it is not as it should be.
    pub fn mapping(&self, entry: &SourceEntry) -> Result<Option<Mapping>, String> {
        let name = entry.mapping.as_str();
        match () {
            () if name.is_empty() => Ok(None),
            () if self.mapping.contains_key(name) => Mapping::from_table(&self.mapping, name).map(Some),
            () => Mapping::built_in(name).map(Some),
        }
    }

    /// The source of the timetable that an entry brings news of.
    pub fn timetable(&self, entry: &SourceEntry) -> Option<&SourceEntry> {
        self.sources.iter().find(|other| other.format == "gtfs" && other.name == entry.timetable)
    }

    /// Whether another source brings news of this one's timetable.
    pub fn is_timetable(&self, entry: &SourceEntry) -> bool {
        self.sources.iter().any(|other| self.timetable(other).is_some_and(|of| of.name == entry.name))
    }

    /// The folder that the content's pictures lie in.
    pub fn media(&self) -> PathBuf {
        self.content.join("media")
    }

    pub fn position(&self) -> Option<Position> {
        self.town.position.and_then(|[lat, lon]| Position::new(lat, lon))
    }
}

impl SourceEntry {
    fn check(&self) -> Result<(), String> {
        let name = &self.name;
        if !is_source_name(name) {
            return Err(format!("a source needs a name of at most 32 small letters, digits and hyphens: {name:?}"));
        }
        if ["town", "lock"].contains(&name.as_str()) {
            return Err(format!("a source cannot be called {name}: Parvis keeps something else under that name"));
        }
        if source(&self.format).is_none() {
            return Err(format!("{name}: there is no format {:?}; parvis-hub import --help lists them", self.format));
        }
        if self.from.is_empty() {
            return Err(format!("{name}: it needs a path or an address (from)"));
        }
        Input::parse(&self.from).map_err(|error| format!("{name}: {error}"))?;
        if self.format == "vigilance" && self.codes.is_empty() {
            return Err(format!(
                "{name}: it needs the town's department (codes = [\"81\"]): else it warns of all of France"
            ));
        }
        if !self.every.is_empty() && every(&self.every).is_none() {
            return Err(format!("{name}: every: 15m, 1h or 1d is expected, not {:?}", self.every));
        }
        Ok(())
    }

    fn is_on_the_web(&self) -> bool {
        matches!(Input::parse(&self.from), Ok(Input::Web(_)))
    }

    /// Whether it warns people.
    pub fn warns(&self) -> bool {
        source(&self.format).is_some_and(crate::import::Source::warns)
    }

    /// Whether what it gives depends on the minute, even where the source has not changed.
    pub fn is_of_the_moment(&self) -> bool {
        !self.stops.is_empty() || source(&self.format).is_some_and(crate::import::Source::is_of_the_moment)
    }

    /// How long its result is good enough.
    pub fn every(&self) -> TimeDelta {
        every(&self.every).unwrap_or(EVERY)
    }
}

/// `15m`, `1h` or `1d`.
pub fn every(text: &str) -> Option<TimeDelta> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: i64 = number.trim().parse().ok().filter(|number| (1..10_000).contains(number))?;
    match unit {
        "m" => TimeDelta::try_minutes(number),
        "h" => TimeDelta::try_hours(number),
        "d" => TimeDelta::try_days(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        SourcesFile::parse(text, Path::new("/town")).unwrap_err()
    }

    #[test]
    fn paths_are_relative_to_the_file_and_addresses_stay() {
        let text = r#"
            overrides = "overrides.json"
            [[source]]
            name = "agenda"
            format = "openagenda"
            from = "exports/events.json"
            every = "15m"
            [[source]]
            name = "map"
            format = "osm"
            from = "https://example.org/town.osm.pbf"
        "#;
        let file = SourcesFile::parse(text, Path::new("/town")).unwrap();
        assert_eq!(file.content, Path::new("/town/content"));
        assert_eq!(file.overrides.as_deref(), Some(Path::new("/town/overrides.json")));
        assert_eq!(file.sources[0].from, "/town/exports/events.json");
        assert_eq!(file.sources[1].from, "https://example.org/town.osm.pbf");
        assert_eq!((file.sources[0].every(), file.sources[1].every()), (TimeDelta::minutes(15), TimeDelta::hours(1)));
    }

    #[test]
    fn the_file_that_comes_with_parvis_says_what_holds_anyway() {
        let shipped = include_str!("../../../kiosk-config/sources.toml");
        let read = SourcesFile::parse(shipped, Path::new("")).unwrap();
        let nothing = SourcesFile::parse("", Path::new("")).unwrap();
        assert_eq!((read.content, read.state), (nothing.content, nothing.state));
        assert_eq!(format!("{:?} {:?}", read.town, read.fetch), format!("{:?} {:?}", nothing.town, nothing.fetch));
        // With its examples in force.
        let entries: String = shipped
            .lines()
            .map(|line| line.strip_prefix("# ").filter(|_| is_example(line)).unwrap_or(line).to_owned() + "\n")
            .collect();
        assert_eq!(SourcesFile::parse(&entries, Path::new("")).unwrap().sources.len(), 10);
    }

    fn is_example(line: &str) -> bool {
        let keys = [
            "[[source]]",
            "name =",
            "format =",
            "from =",
            "every =",
            "key_env =",
            "key_file =",
            "licence =",
            "credit =",
            "map =",
            "allow = [\"cdn",
            "mapping =",
            "codes =",
            "senders =",
            "timetable =",
            "stops =",
            "everywhere =",
        ];
        keys.iter().any(|key| line.starts_with(&format!("# {key}")))
    }

    #[test]
    fn what_is_wrong_is_named() {
        let entry = |line: &str| format!("[[source]]\nname = \"a\"\nformat = \"osm\"\nfrom = \"b\"\n{line}");
        for (text, said) in [
            ("sauces = 1".to_owned(), "sauces"),
            (entry("evry = \"1h\""), "evry"),
            (entry("every = \"1y\""), "every"),
            (entry("[[source]]\nname = \"v\"\nformat = \"vigilance\"\nfrom = \"c\""), "codes"),
            ("[[source]]\nname = \"c\"\nformat = \"cap\"\nfrom = \"https://example.org\"".to_owned(), "codes"),
            ("[[source]]\nname = \"town\"\nformat = \"osm\"\nfrom = \"b\"".to_owned(), "cannot be called town"),
            (entry("[[source]]\nname = \"a\"\nformat = \"osm\"\nfrom = \"c\""), "two sources are called a"),
            (
                entry("[[source]]\nname = \"../a\"\nformat = \"osm\"\nfrom = \"c\""),
                "a name of at most 32 small letters",
            ),
            (entry("[[source]]\nname = \"b\"\nformat = \"ical2\"\nfrom = \"c\""), "no format"),
            (entry("mapping = \"none\""), "no [mapping.none]"),
            (entry("mapping = \"m\"\n[mapping.m]\ntype = \"castle\""), "castle"),
            (entry("[[source]]\nname = \"c\"\nformat = \"gtfs-rt\"\nfrom = \"c\"\ntimetable = \"a\""), "format gtfs"),
            (entry("[town]\nzone = \"Mars\""), "zone"),
            (entry("[town]\nposition = [100.0, 2.0]"), "town.position"),
        ] {
            assert!(error(&text).contains(said), "{}", error(&text));
        }
    }
}
