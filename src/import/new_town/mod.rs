//! A filled town from what is public: its boundary, its map and places, its town hall, and, where the operator has
//! keys, who can get into its buildings, what its agenda and its tourist office say.

mod agendas;
mod answer;
mod commune;
mod proposal;
mod services;
mod town_hall;

pub use services::Services;

use crate::content::{Desk, Localized, Number, Origin, Town};
use crate::import::Progress;
use crate::import::fetch::{Allowed, Pace, Web};
use crate::import::osm::credit;
use crate::import::town_sources::{Outcome, Report, SourcesFile, TownImport, write_content, write_problems};
use agendas::Agenda;
use chrono::{DateTime, Utc};
use commune::Commune;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use url::Url;

/// The keys that the operator has.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    pub acceslibre: bool,
    pub openagenda: Option<String>,
    pub datatourisme: bool,
}

/// The variables of the environment that keys are read from, now and whenever the sources are read again.
pub const ACCESLIBRE_KEY: &str = "PARVIS_HUB_ACCESLIBRE_KEY";
pub const OPENAGENDA_KEY: &str = "PARVIS_HUB_OPENAGENDA_KEY";
pub const DATATOURISME_KEY: &str = "PARVIS_HUB_DATATOURISME_KEY";

/// The language of the towns that are made.
const LANGUAGE: &str = "fr";

const NO_BOUNDARY: &str = "the service knows the town, but not its boundary: put boundary.geojson beside sources.toml, \
    and boundary = \"boundary.geojson\" below [town]";
const NO_MAP: &str = "without the town's boundary the places of its whole department would come in";

/// Where the pictures of a tourist office lie nobody can tell beforehand.
const TOURISM_PICTURES: &str = "# Its pictures lie on the sites of many tourist offices: they may come from any public host. \
    To be stricter, name\n# hosts, like [\"cdt81.media.tourinsoft.eu\"].\nallow = [\"*\"]\n";

/// A town to be made.
pub struct NewTown<'t> {
    pub services: &'t Services,
    pub keys: Keys,
    /// Where it goes; nothing may be there yet.
    pub folder: PathBuf,
    pub pace: Pace,
    pub now: DateTime<Utc>,
}

/// One part of the town, and what became of it, in words for staff.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub name: String,
    /// What it holds, or why it was skipped.
    pub outcome: Result<String, String>,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Made {
    pub name: String,
    pub code: String,
    pub parts: Vec<Part>,
    pub items: usize,
    /// The profile that is proposed.
    pub profile: &'static str,
    /// The theme that is proposed, and why.
    pub theme: &'static str,
}

impl NewTown<'_> {
    /// Makes the town of this name or INSEE code. A part that fails is named and skipped.
    ///
    /// # Errors
    /// In words, when there is no such commune, or when nothing can be written.
    pub fn make(&self, wanted: &str, progress: &mut dyn FnMut(&str, Progress)) -> Result<Made, String> {
        if fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some()) {
            let folder = self.folder.display();
            return Err(format!(
                "{folder} is not empty: choose another folder, or read its sources again with import --all"
            ));
        }
        let mut web = Web::new(self.allowed(), self.pace.clone());
        let commune = commune::find(&mut web, &self.services.communes, wanted)?;
        let told = format!("{} ({})", commune.name, commune.code);
        let boundary = commune.boundary.as_ref().map(|_| told).ok_or_else(|| NO_BOUNDARY.to_owned());
        let mut parts = vec![part("boundary", boundary)];
        let desk = town_hall::desk(&mut web, &self.services.town_halls, &commune);
        parts.push(part("town hall", desk.as_ref().map(|desk| desk.address.clone()).map_err(Clone::clone)));
        let agendas = self.agendas(&mut web, &commune);
        let sources = self.sources(&commune, &agendas, &mut parts);
        let written = |error: io::Error| format!("{}: cannot be written: {error}", self.folder.display());
        if let Some(boundary) = &commune.boundary {
            self.write("boundary.geojson", &boundary.to_string()).map_err(written)?;
        }
        self.write("sources.toml", &sources).map_err(written)?;
        let town = self.town(&commune, desk.unwrap_or_default());
        let town = serde_json::to_string_pretty(&town).map_err(|error| error.to_string())?;
        self.write("content/town.json", &town).map_err(written)?;
        let file = SourcesFile::parse(&sources, &self.folder)?;
        for report in self.import(&file, progress).map_err(written)? {
            parts.push(part(&report.name, in_words(&report)));
        }
        let content = write_content(&file, &sources, true).map_err(written)?;
        write_problems(&file, self.now).map_err(written)?;
        let theme = proposal::theme(&file).map_err(written)?;
        self.write("theme.toml", &theme.text).map_err(written)?;
        let profile = proposal::profile(commune.population);
        self.write("kiosk.toml", &self.kiosk(&commune, profile)).map_err(written)?;
        Ok(Made { name: commune.name, code: commune.code, parts, items: content.items, profile, theme: theme.why })
    }

    fn import(&self, file: &SourcesFile, progress: &mut dyn FnMut(&str, Progress)) -> io::Result<Vec<Report>> {
        let import = TownImport { file, now: self.now, everything: true, pace: Some(self.pace.clone()) };
        file.sources.iter().map(|entry| import.one(entry, &mut |step| progress(&entry.name, step))).collect()
    }

    fn allowed(&self) -> Allowed {
        let mut allowed = Allowed::default();
        let Services { communes, town_halls, openagenda, .. } = self.services;
        for url in [communes, town_halls, openagenda] {
            allowed.and_host_of(url);
        }
        allowed
    }

    fn agendas(&self, web: &mut Web, commune: &Commune) -> Result<Vec<Agenda>, String> {
        match &self.keys.openagenda {
            Some(key) => agendas::find(web, &self.services.openagenda, key, commune),
            None => Err(no_key(OPENAGENDA_KEY)),
        }
    }

    /// `sources.toml`: all that could be found, and what is skipped as a comment that says how to add it.
    fn sources(&self, commune: &Commune, agendas: &Result<Vec<Agenda>, String>, parts: &mut Vec<Part>) -> String {
        let Commune { name, code, centre, boundary, .. } = commune;
        let boundary = if boundary.is_some() { "boundary = \"boundary.geojson\"\n" } else { "" };
        let mut text = format!(
            "# {name} ({code}). Read again whenever it is due: parvis-hub import --all sources.toml\n\
             # Every setting is explained in the file that comes with Parvis: kiosk-config/sources.toml.\n\n\
             [town]\nzone = \"Europe/Paris\"\nlanguage = \"{LANGUAGE}\"\ncountry = \"FR\"\nposition = [{}, {}]\n{boundary}",
            centre.lat, centre.lon
        );
        match (self.services.extract(code), &commune.boundary) {
            (Some(from), Some(_)) => text.push_str(&entry("map", "osm", &from, "every = \"7d\"\nmap = true\n")),
            (Some(_), None) => parts.push(part("map", Err(NO_MAP.to_owned()))),
            (None, _) => parts
                .push(part("map", Err(format!("no OpenStreetMap extract is known for {code}: add one to [extracts]")))),
        }
        match agendas {
            Ok(agendas) => text.push_str(&agenda_entries(agendas, parts)),
            Err(reason) => parts.push(part("agenda", Err(reason.clone()))),
        }
        if self.keys.datatourisme {
            let filter = format!("isLocatedAt.address.hasAddressCity.insee[eq]={code}");
            let from = with_query(&self.services.datatourisme, &[("filters", &filter), ("page_size", "100")]);
            let rest = key_line(DATATOURISME_KEY, "1d") + TOURISM_PICTURES;
            text.push_str(&entry("tourism", "datatourisme", from.as_str(), &rest));
        } else {
            parts.push(part("tourism", Err(no_key(DATATOURISME_KEY))));
        }
        if self.keys.acceslibre {
            let query = [("code_insee", code.as_str()), ("clean", "true"), ("readable", "true"), ("page_size", "100")];
            let from = with_query(&self.services.acceslibre, &query);
            text.push_str(&entry("access", "acceslibre", from.as_str(), &key_line(ACCESLIBRE_KEY, "1d")));
        } else {
            parts.push(part("access", Err(no_key(ACCESLIBRE_KEY))));
        }
        text
    }

    fn town(&self, commune: &Commune, desk: Desk) -> Town {
        let emergency = self.services.emergency.iter().map(|number| {
            let mut name = Localized::default();
            for (language, text) in &number.name {
                name.insert(language, text, if language == "fr" { Origin::Original } else { Origin::Human });
            }
            Number { number: number.number.clone(), name }
        });
        Town {
            name: Localized::one(LANGUAGE, &commune.name),
            position: Some(commune.centre),
            desk,
            emergency: emergency.collect(),
            map_credit: credit(LANGUAGE),
            ..Town::default()
        }
    }

    fn kiosk(&self, commune: &Commune, profile: &str) -> String {
        let folder = fs::canonicalize(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let theme = toml::Value::from(folder.join("theme.toml").to_string_lossy().as_ref());
        format!(
            "# A display of {}, as proposed. Every setting is explained in kiosk-config/kiosk.toml.\n\
             mode = \"preview\"\nprofile = \"{profile}\"\ntheme = {theme}\n\n[display]\nlat = {}\nlon = {}\n",
            commune.name, commune.centre.lat, commune.centre.lon
        )
    }

    fn write(&self, name: &str, text: &str) -> io::Result<()> {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or_else(|| Path::new(".")))?;
        fs::write(path, text)
    }
}

fn part(name: &str, outcome: Result<String, String>) -> Part {
    Part { name: name.to_owned(), outcome }
}

/// A source of `sources.toml`.
fn entry(name: &str, format: &str, from: &str, rest: &str) -> String {
    let from = toml::Value::from(from);
    format!("\n[[source]]\nname = \"{name}\"\nformat = \"{format}\"\nfrom = {from}\n{rest}")
}

/// The agendas that are surely the town's, and the others as comments.
fn agenda_entries(agendas: &[Agenda], parts: &mut Vec<Part>) -> String {
    let mut text = String::new();
    for (at, Agenda { title, url, doubt }) in agendas.iter().enumerate() {
        let name = if at == 0 { "agenda".to_owned() } else { format!("agenda-{}", at + 1) };
        let entry = entry(&name, "openagenda", url.as_str(), &key_line(OPENAGENDA_KEY, "1h"));
        let Some(doubt) = doubt else {
            text.push_str(&entry);
            continue;
        };
        let comment = entry.trim().replace('\n', "\n# ");
        text.push_str(&format!(
            "\n# {title}: {doubt}. If it is the town's, take the # of these lines away:\n# {comment}\n"
        ));
        let told =
            format!("{title}: {doubt}; it stands in sources.toml as a comment: take its # away if it is the town's");
        parts.push(part(&name, Err(told)));
    }
    text
}

fn no_key(variable: &str) -> String {
    format!("no key: set {variable}")
}

fn key_line(variable: &str, every: &str) -> String {
    format!("key_env = \"{variable}\"\nevery = \"{every}\"\n")
}

fn with_query(url: &Url, pairs: &[(&str, &str)]) -> Url {
    let mut url = url.clone();
    url.query_pairs_mut().extend_pairs(pairs);
    url
}

fn in_words(report: &Report) -> Result<String, String> {
    match &report.outcome {
        Outcome::Failed(reason) => Err(reason.clone()),
        _ => Ok(format!("{} items, {} problems", report.items, report.problems)),
    }
}
