use super::import_all;
use super::progress::ProgressLine;
use crate::content::{Document, Id, Item, Position, Problem};
use crate::import::fetch::{Allowed, Pace, Web};
use crate::import::pictures::PictureFolder;
use crate::import::town_sources::boundary;
use crate::import::{
    Counts, Extent, Input, Job, ListFile, Mapping, Output, Picture, Progress, SOURCES, Settings, Source,
    is_source_name, source,
};
use anyhow::{Context, anyhow, bail};
use chrono::{DateTime, Utc};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Reads a file or an address in a foreign format and writes a content document
///
/// Every record becomes an item or a problem; with problems too the command ends with 0.
#[derive(Args, Debug)]
pub struct Import {
    /// What is read
    #[arg(value_parser = source_names(), required_unless_present = "all", requires_all = ["from", "out"])]
    source: Option<String>,
    /// Reads all sources of a town that are due, as this file says, merges them and writes its content
    #[arg(long, value_name = "sources.toml", conflicts_with_all = ["source", "from", "out", "problems", "map", "media", "within"])]
    all: Option<PathBuf>,
    /// With --all: also what is not due yet
    #[arg(long, requires = "all")]
    everything: bool,
    /// The file, the folder or the address (https://...) to read
    #[arg(long, value_name = "PATH|URL", requires = "source")]
    from: Option<String>,
    /// The content document to write
    #[arg(long, value_name = "FILE.json", requires = "source")]
    out: Option<PathBuf>,
    /// Where to write what could not be understood, each with its record, field and reason
    #[arg(long, value_name = "FILE.json")]
    problems: Option<PathBuf>,
    /// Where to write the town's map as vector tiles; only from sources that have one (osm)
    #[arg(long, value_name = "DIR")]
    map: Option<PathBuf>,
    /// Where to put the pictures, fetched and turned upright; usually the folder media beside the document
    #[arg(long, value_name = "DIR")]
    media: Option<PathBuf>,
    /// The town's boundary (GeoJSON): what lies more than 500 m outside of it is left out and counted
    #[arg(long, value_name = "FILE.geojson")]
    within: Option<PathBuf>,
    /// A further host that may be asked, like cdn.example.org or *.example.org; "*" is every public one
    #[arg(long, value_name = "HOST")]
    allow: Vec<String>,
    /// The key that the source's server wants to see; where it belongs into the address, {key} stands there
    #[arg(long, env = "PARVIS_HUB_SOURCE_KEY", hide_env_values = true)]
    key: Option<String>,
    /// What the source is called: it stands in ids that only the source itself tells apart, like a stop's number. News of
    /// delays (gtfs-rt) bear the name of their timetable
    #[arg(long, value_name = "NAME", requires = "source")]
    name: Option<String>,
    /// The licence of what does not name its own
    #[arg(long, value_name = "TEXT", default_value = "", requires = "source")]
    licence: String,
    /// Who is named beside what names nobody; without this the server or the file
    #[arg(long, value_name = "TEXT", default_value = "", requires = "source")]
    credit: String,
    /// The town's time zone, for times that name none
    #[arg(long, default_value = "Europe/Paris")]
    zone: String,
    /// The town's language, for texts that do not say theirs
    #[arg(long, default_value = "fr")]
    lang: String,
    /// The file with the mapping; left out, the ones that come with Parvis: wifi, fibre, road-works
    #[arg(long, value_name = "FILE.toml", requires = "mapping")]
    sources: Option<PathBuf>,
    /// What the rows of a table become (csv, geojson, opendatasoft): `[mapping.NAME]` of that file
    #[arg(long, value_name = "NAME")]
    mapping: Option<String>,
    /// A stop whose next departures are wanted, by its id in the timetable or its name (gtfs, gtfs-rt)
    #[arg(long = "stop", value_name = "ID|NAME")]
    stops: Vec<String>,
    /// The GTFS timetable, a ZIP or a folder, that alerts and delays refer to (gtfs-rt)
    #[arg(long, value_name = "PATH")]
    timetable: Option<PathBuf>,
    /// The code of an area that the town lies in, for alerts: its department, like 35, or SCHEME:CODE
    #[arg(long, value_name = "CODE")]
    code: Vec<String>,
    /// Who may warn the public, as their alerts name the sender; without this whoever sent what you read
    #[arg(long, value_name = "NAME")]
    sender: Vec<String>,
    /// Where the town is, for weather and alerts
    #[arg(long, value_name = "LAT,LON", value_parser = position, allow_hyphen_values = true)]
    position: Option<Position>,
    /// Import as if it were this moment (RFC 3339): what repeats is written out around it
    #[arg(long, value_name = "TIME")]
    at: Option<DateTime<Utc>>,
}

fn source_names() -> PossibleValuesParser {
    SOURCES.iter().map(|source| PossibleValue::new(source.name()).help(source.about())).into()
}

impl Import {
    /// # Errors
    /// When the input as a whole cannot be read, or the results cannot be written.
    pub fn run(self) -> anyhow::Result<()> {
        let now = self.at.unwrap_or_else(Utc::now);
        if let Some(path) = &self.all {
            return import_all::run(path, now, self.everything);
        }
        let (Some(name), Some(from), Some(to)) = (&self.source, &self.from, &self.out) else {
            bail!("name a source, --from and --out; or --all sources.toml");
        };
        let source = source(name).ok_or_else(|| anyhow!("{name}: no such source"))?;
        let from = Input::parse(from).map_err(anyhow::Error::msg)?;
        let mut settings = Settings::new(now);
        settings.name = match &self.name {
            Some(name) if !is_source_name(name) => bail!("--name {name}: small letters, digits and hyphens, please"),
            name => name.clone().unwrap_or_default(),
        };
        settings.licence.clone_from(&self.licence);
        settings.credit.clone_from(&self.credit);
        settings.zone = self.zone.parse().map_err(|_| anyhow!("{}: no such time zone", self.zone))?;
        settings.language.clone_from(&self.lang);
        settings.key.clone_from(&self.key);
        settings.mapping = self.mapping.as_deref().map(|name| self.mapping(name)).transpose()?;
        settings.area = self.within.as_deref().map(boundary).transpose().map_err(anyhow::Error::msg)?;
        settings.stops.clone_from(&self.stops);
        settings.timetable.clone_from(&self.timetable);
        settings.codes.clone_from(&self.code);
        settings.senders.clone_from(&self.sender);
        settings.position = self.position;
        let web = Web::new(self.allowed(source, &from)?, Pace::default());
        let mut web = web.with_key(&from, &mut settings.key).map_err(anyhow::Error::msg)?;
        let mut out = Written::new(to, self.problems.as_deref())?;
        let mut line = ProgressLine::new();
        let mut show = |progress: Progress| line.show(progress.doing, progress.done, progress.total);
        let mut pictures = self.media.as_ref().map(|folder| PictureFolder::new(folder, settings.now));
        let mut job = Job::new(&from, &settings, &mut web, &mut out, &mut show).with_pictures(pictures.as_mut());
        let extent = job.import(source);
        let counts = job.counts();
        let tiles = match (&self.map, &from) {
            (Some(map), Input::Path(path)) => Some(source.write_map(path, settings.area.as_ref(), map, &mut show)?),
            (Some(_), Input::Web(_)) => bail!("--map needs a file: fetch it first"),
            (None, _) => None,
        };
        line.end();
        if let Extent::BrokenOff(reason) = extent? {
            eprintln!("{from} breaks off: {reason}; what stands before that was taken");
        }
        out.finish()?;
        tell(counts, tiles);
        if self.problems.is_none() && counts.problems > 0 {
            eprintln!("To see the problems, name a file for them: --problems FILE.json");
        }
        Ok(())
    }

    fn mapping(&self, name: &str) -> anyhow::Result<Mapping> {
        let Some(path) = &self.sources else { return Mapping::built_in(name).map_err(anyhow::Error::msg) };
        let text = fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        Mapping::from_toml(&text, name).map_err(|reason| anyhow!("{}: {reason}", path.display()))
    }

    /// The hosts that may be asked: the one named by `--from`, those of the source, and those of `--allow`.
    fn allowed(&self, source: &dyn Source, from: &Input) -> anyhow::Result<Allowed> {
        let entries = source.hosts().iter().copied().chain(self.allow.iter().map(String::as_str));
        let mut allowed = Allowed::parse(entries).map_err(anyhow::Error::msg)?;
        if let Input::Web(url) = from {
            allowed.and_host_of(url);
        }
        Ok(allowed)
    }
}

fn position(text: &str) -> Result<Position, String> {
    let degrees = |part: &str| part.trim().parse().ok();
    let position = text.split_once(',').and_then(|(lat, lon)| Position::new(degrees(lat)?, degrees(lon)?));
    position.ok_or_else(|| "a latitude and a longitude are expected, like 43.93,2.15".to_owned())
}

fn tell(counts: Counts, tiles: Option<usize>) {
    println!("{} items, {} problems", counts.items, counts.problems);
    println!("{} records read, {} left out", counts.records, counts.left_out);
    match (counts.pictures, counts.pictures_kept) {
        (0, _) => {}
        (pictures, 0) => println!("{pictures} pictures, none fetched: name a folder for them (--media DIR)"),
        (pictures, kept) => println!("{pictures} pictures, {kept} fetched"),
    }
    if let Some(tiles) = tiles {
        println!("{tiles} map tiles");
    }
    let lost = counts.records.abs_diff(counts.items + counts.left_out);
    if lost > 0 {
        eprintln!("{lost} records were neither taken nor left out: please report this as an error of Parvis");
    }
}

/// Writes items and problems as they come.
struct Written {
    items: ListFile,
    problems: Option<ListFile>,
    out: PathBuf,
    /// The first error of writing; the import goes on to its end only to be reported.
    failed: Option<io::Error>,
}

impl Written {
    fn new(out: &Path, problems: Option<&Path>) -> anyhow::Result<Self> {
        let cannot = |path: &Path| format!("{}: cannot be written", path.display());
        let items = ListFile::document(out).with_context(|| cannot(out))?;
        let problems = match problems {
            Some(path) => Some(ListFile::list(path).with_context(|| cannot(path))?),
            None => None,
        };
        Ok(Self { items, problems, out: out.to_owned(), failed: None })
    }

    fn finish(self) -> anyhow::Result<()> {
        let cannot = || format!("{}: cannot be written", self.out.display());
        if let Some(error) = self.failed {
            return Err(error).with_context(cannot);
        }
        if let Some(problems) = self.problems {
            problems.finish().with_context(cannot)?;
        }
        let bytes = self.items.finish().with_context(cannot)?;
        if bytes > Document::BYTES_MAX as u64 {
            let most = Document::BYTES_MAX >> 20;
            eprintln!("{}: larger than {most} MiB, which no kiosk reads: import it in parts", self.out.display());
        }
        Ok(())
    }
}

impl Output for Written {
    fn item(&mut self, item: Item, _pictures: Vec<Picture>) {
        if let Err(error) = self.items.push(&item) {
            self.failed.get_or_insert(error);
        }
    }

    fn problem(&mut self, problem: Problem) {
        if let Some(Err(error)) = self.problems.as_mut().map(|problems| problems.push(&problem)) {
            self.failed.get_or_insert(error);
        }
    }

    fn withdrawn(&mut self, _id: Id) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_found_by_its_name_and_named_once() {
        for (at, row) in SOURCES.iter().enumerate() {
            assert_eq!(source(row.name()).map(Source::about), Some(row.about()));
            assert!(SOURCES[at + 1..].iter().all(|other| other.name() != row.name()));
        }
    }
}
