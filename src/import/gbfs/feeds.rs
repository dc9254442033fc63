use super::document;
use crate::content::language_alone;
use crate::import::fetch::Ask;
use crate::import::{ImportError, Input, Job, Settings};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::PathBuf;
use url::Url;

/// The largest file of a system.
const BYTES_MAX: u64 = 16 << 20;
/// The most languages whose names are read.
const LANGUAGES_MAX: usize = 8;
const DISCOVERY: &str = "gbfs.json";
const STATIONS: &str = "station_information.json";

/// Where the files of a system are.
#[derive(Debug)]
pub enum Feeds {
    /// Side by side in a folder, each under its own name.
    Folder(PathBuf),
    /// As the discovery file says, by language; before version 3 each language has files of its own.
    Web(Vec<(String, BTreeMap<String, Url>)>),
}

impl Feeds {
    /// # Errors
    /// When there is no GBFS system there.
    pub fn find(job: &mut Job<'_>) -> Result<Self, ImportError> {
        match job.input {
            Input::Path(path) if path.is_dir() => Self::folder(job, path.clone()),
            Input::Path(path) => {
                document::read(&job.read(path, BYTES_MAX)?, document::NONE, &mut |_| {})
                    .map_err(|reason| job.not_this(reason))?;
                Self::folder(job, path.parent().unwrap_or(path).to_owned())
            }
            Input::Web(url) => Self::listed(job, url),
        }
    }

    fn folder(job: &Job<'_>, folder: PathBuf) -> Result<Self, ImportError> {
        match folder.join(STATIONS).is_file() {
            true => Ok(Self::Folder(folder)),
            false => Err(job.not_this(format!("there is no {STATIONS} beside it: give the folder with all files"))),
        }
    }

    fn listed(job: &mut Job<'_>, url: &Url) -> Result<Self, ImportError> {
        let page = job.kept_page(url, &ask(), "")?;
        let mut all = Vec::new();
        let mut feeds = BTreeMap::new();
        let read = document::read(&page.bytes, document::FEEDS, &mut |element| {
            feeds.extend(element.and_then(|element| listing(element, &page.url)));
        });
        let (head, broken_off) = read.map_err(|reason| job.not_this(reason))?;
        if let Some(reason) = broken_off {
            return Err(job.not_this(reason));
        }
        if !feeds.is_empty() {
            all.push((String::new(), feeds));
        }
        for (language, value) in head.data.iter().take(LANGUAGES_MAX) {
            let listed = value.get("feeds").and_then(Value::as_array).into_iter().flatten();
            let feeds: BTreeMap<String, Url> = listed.filter_map(|element| listing(element, &page.url)).collect();
            if let Some(tag) = language_alone(language).filter(|_| !feeds.is_empty()) {
                all.push((tag, feeds));
            }
        }
        // The town's own language first: the others only add names.
        all.sort_by_key(|(language, _)| !is_own(language, job.settings));
        match all.first().is_some_and(|(_, feeds)| feeds.contains_key("station_information")) {
            true => Ok(Self::Web(all)),
            false => Err(job.not_this(format!("it lists no station_information: give the address of {DISCOVERY}"))),
        }
    }

    /// The languages beyond the first, by their place in the list.
    pub fn further(&self) -> Vec<(usize, String)> {
        match self {
            Self::Folder(_) => Vec::new(),
            Self::Web(all) => {
                all.iter().enumerate().skip(1).map(|(at, (language, _))| (at, language.clone())).collect()
            }
        }
    }

    /// The language of the first files; empty where they say it themselves.
    pub fn language(&self) -> &str {
        match self {
            Self::Web(all) => all.first().map_or("", |(language, _)| language),
            Self::Folder(_) => "",
        }
    }

    /// A file by its name in the discovery file, in one of the languages; `None` where the system has none.
    ///
    /// # Errors
    /// When it is there and cannot be read or fetched.
    pub fn bytes(&self, job: &mut Job<'_>, name: &str, language: usize) -> Result<Option<Vec<u8>>, ImportError> {
        match self {
            Self::Folder(folder) => {
                let path = folder.join(format!("{name}.json"));
                if path.is_file() { job.read(&path, BYTES_MAX).map(Some) } else { Ok(None) }
            }
            Self::Web(all) => match all.get(language).and_then(|(_, feeds)| feeds.get(name)) {
                Some(url) => job.kept_page(url, &ask(), "").map(|page| Some(page.bytes)),
                None => Ok(None),
            },
        }
    }

    /// Keeps no answer for this file, in one of the languages: it was no such file.
    pub fn forget(&self, job: &mut Job<'_>, name: &str, language: usize) {
        let Self::Web(all) = self else { return };
        let url = all.get(language).and_then(|(_, feeds)| feeds.get(name));
        if let Some((url, pages)) = url.zip(job.web.pages()) {
            pages.remove(url);
        }
    }
}

fn ask() -> Ask<'static> {
    Ask { accept: "application/json", bytes_max: BYTES_MAX, ..Ask::default() }
}

fn is_own(language: &str, settings: &Settings) -> bool {
    let first = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    first(language) == first(&settings.language)
}

/// One entry of the discovery file: a name and an address.
fn listing(element: &Value, base: &Url) -> Option<(String, Url)> {
    let text = |key: &str| element.as_object().and_then(|map: &Map<String, Value>| map.get(key)?.as_str());
    Some((text("name")?.to_owned(), base.join(text("url")?).ok()?))
}
