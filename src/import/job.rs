use super::attribution::Attribution;
use super::fetch::{Ask, FetchError, Fetched, Web, told};
use super::pictures::PictureFolder;
use super::public_contact::may_be_personal;
use super::{ImportError, Settings, Source};
use crate::content::{Id, Item, Localized, MediaRef, Problem, Timing};
use chrono::{DateTime, Datelike, FixedOffset};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use url::Url;

/// What an import reads.
#[derive(Clone, Debug, PartialEq)]
pub enum From {
    /// A file or a folder.
    Path(PathBuf),
    Web(Url),
}

impl From {
    /// An address where the text begins like one, else a path.
    ///
    /// # Errors
    /// In words, where it begins like an address and is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with("http://") || text.starts_with("https://") {
            Url::parse(text).map(Self::Web).map_err(|error| format!("{text}: not an address: {error}"))
        } else {
            Ok(Self::Path(PathBuf::from(text)))
        }
    }
}

impl std::fmt::Display for From {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(path) => path.display().fmt(f),
            Self::Web(url) => f.write_str(&told(url)),
        }
    }
}

/// How far an import is, for the person who waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is being done, in words.
    pub doing: &'static str,
    pub done: u64,
    /// 0: not known.
    pub total: u64,
}

/// What the items of an import cover.
#[derive(Clone, Debug, PartialEq)]
pub enum Extent {
    /// All that the source has: what is not among them is gone there.
    Whole,
    /// What changed since the last time; what is gone was named by [`Job::gone`].
    Changes,
    /// Nothing has changed since the last time.
    Unchanged,
    /// Read to its end, though its source counts more than it gives: what is not among them may still be there.
    Short,
    /// The input broke off, for this reason: what is not among them may still be there.
    BrokenOff(String),
}

/// A picture where its source has it; whoever takes the items may fetch it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Address of the picture.
    pub url: String,
    pub alt: Localized,
    pub credit: String,
    pub licence: String,
}

/// Takes what an import finds, as it finds it.
pub trait Output {
    fn item(&mut self, item: Item, pictures: Vec<Picture>);
    fn problem(&mut self, problem: Problem);
    /// The source has withdrawn this item.
    fn gone(&mut self, id: Id);
}

/// One import under way: what is read, what is known about the town, and where everything goes.
pub struct Job<'j> {
    pub from: &'j From,
    pub settings: &'j Settings,
    pub web: &'j mut Web,
    out: &'j mut dyn Output,
    progress: &'j mut dyn FnMut(Progress),
    /// What problems call the input.
    source: String,
    /// Who is named beside what names nobody.
    credit: String,
    is_licence_missed: bool,
    /// Where pictures go; without it they are handed on as addresses.
    pictures: Option<&'j mut PictureFolder>,
    seen: HashSet<Id>,
    /// Records that lie outside of the town.
    outside: usize,
    counts: Counts,
}

/// What became of the records of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Seen in the input.
    pub records: usize,
    pub items: usize,
    /// Records that became no item; each has a problem that begins with [`LEFT_OUT`], but for those outside of the town.
    pub left_out: usize,
    /// Problems of any kind.
    pub problems: usize,
    /// Pictures that the items have at their source.
    pub pictures: usize,
    /// Those of them that were fetched.
    pub pictures_kept: usize,
}

/// What became of one record: an item with its pictures, or a problem that says why not.
#[derive(Debug)]
pub struct Made {
    pub item: Option<(Item, Vec<Picture>)>,
    pub problems: Vec<Problem>,
}

/// The most pictures of one item.
const PICTURES_MAX: usize = 20;

/// How a problem begins that cost a whole record.
pub const LEFT_OUT: &str = "left out: ";

impl<'j> Job<'j> {
    pub fn new(
        from: &'j From,
        settings: &'j Settings,
        web: &'j mut Web,
        out: &'j mut dyn Output,
        progress: &'j mut dyn FnMut(Progress),
    ) -> Self {
        let (source, whose) = match from {
            From::Path(path) => {
                let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                (file.clone(), file)
            }
            From::Web(url) => {
                let address = told(url);
                let address = address.split_once("://").map_or(address.as_str(), |(_, address)| address);
                (address.to_owned(), url.host_str().unwrap_or_default().to_owned())
            }
        };
        let source = if settings.name.is_empty() { source } else { settings.name.clone() };
        let credit = if settings.credit.is_empty() { whose } else { settings.credit.clone() };
        let (seen, outside, counts, is_licence_missed) = Default::default();
        Self {
            from,
            settings,
            web,
            out,
            progress,
            source,
            credit,
            is_licence_missed,
            pictures: None,
            seen,
            outside,
            counts,
        }
    }

    /// Also fetches the pictures, into this folder.
    #[must_use]
    pub fn with_pictures(mut self, pictures: Option<&'j mut PictureFolder>) -> Self {
        self.pictures = pictures;
        self
    }

    /// What problems call the input.
    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn counts(&self) -> Counts {
        self.counts
    }

    pub fn progress(&mut self, progress: Progress) {
        (self.progress)(progress);
    }

    /// Reads all that this source has here.
    ///
    /// # Errors
    /// Only when the input as a whole cannot be read.
    pub fn import(&mut self, source: &dyn Source) -> Result<Extent, ImportError> {
        let extent = source.import(self);
        if self.outside > 0 {
            let reason = match self.outside {
                1 => "1 record lies outside of the town".to_owned(),
                more => format!("{more} records lie outside of the town"),
            };
            self.problem(Problem::new(self.source.as_str(), "", "position", reason));
        }
        extent
    }

    /// One more record was seen: it must become an item or be left out.
    pub fn record(&mut self) {
        self.counts.records += 1;
    }

    /// Takes what became of one more record.
    pub fn made(&mut self, made: Made) {
        self.record();
        match made.item {
            Some((item, pictures)) => drop(self.read_item(item, pictures, made.problems)),
            None => self.problems(made.problems),
        }
    }

    /// An item for a record, and what of it could not be understood: outside of the town that concerns nobody, and would
    /// take the place of what does. Returns whether it lies in the town.
    pub fn read_item(&mut self, item: Item, pictures: Vec<Picture>, problems: Vec<Problem>) -> bool {
        let is_of_town = self.is_of_town(&item);
        if is_of_town {
            self.problems(problems);
        }
        self.item(item, pictures);
        is_of_town
    }

    /// A record that lies outside of the town is left out, and counted only.
    pub fn outside(&mut self) {
        self.outside += 1;
        self.counts.left_out += 1;
    }

    /// An item for a record. One without a usable id or title, or with the id of an earlier one, is left out; so is one
    /// outside of the town, which is counted only: a list of a whole country has hundreds of thousands of them.
    pub fn item(&mut self, mut item: Item, mut pictures: Vec<Picture>) {
        let id = item.common().id.clone();
        if !self.is_of_town(&item) {
            self.outside();
            // It may have moved there since the last import.
            if !self.seen.contains(&id) {
                self.out.gone(id);
            }
            return;
        }
        if let Item::Event(event) = &mut item {
            self.drop_slips(&id, &mut event.timings);
        }
        let common = item.common();
        if !id.is_valid() {
            let reason = "it has no id of 1 to 128 bytes without control characters";
            return self.left_out(id.as_str(), "id", reason, "");
        }
        if common.title.is_empty() {
            return self.left_out(id.as_str(), "title", "it has no title", "");
        }
        if !self.seen.insert(id.clone()) {
            return self.left_out(id.as_str(), "id", "an earlier record has the same id", "");
        }
        self.counts.items += 1;
        self.attribute(&mut item, &mut pictures);
        if pictures.len() > PICTURES_MAX {
            let reason = format!("more pictures than a visitor looks at: the first {PICTURES_MAX} are taken");
            self.problem(Problem::new(self.source.as_str(), id.as_str(), "picture", reason));
            pictures.truncate(PICTURES_MAX);
        }
        self.counts.pictures += pictures.len();
        if self.pictures.is_some() {
            for picture in std::mem::take(&mut pictures) {
                match self.bring(&picture) {
                    Ok(media) => item.common_mut().media.push(media),
                    Err(reason) => {
                        let problem = Problem::new(self.source.as_str(), id.as_str(), "picture", reason);
                        self.problem(problem.with_value(&picture.url));
                    }
                }
            }
        }
        self.out.item(item, pictures);
    }

    /// What has no position may be anywhere.
    fn is_of_town(&self, item: &Item) -> bool {
        let positions = match item {
            Item::Place(place) => Vec::from_iter(place.position),
            Item::Event(event) => event.location.iter().filter_map(|location| location.position).collect(),
            // A walk of which a part is in the town is one of the town's.
            Item::Itinerary(walk) => {
                walk.position.into_iter().chain(walk.steps.iter().filter_map(|step| step.position)).collect()
            }
            Item::Article(_) | Item::Service(_) | Item::Alert(_) | Item::Live(_) => Vec::new(),
        };
        let Some(area) = &self.settings.area else { return true };
        positions.is_empty() || positions.into_iter().any(|position| area.is_near(position))
    }

    fn attribute(&mut self, item: &mut Item, pictures: &mut [Picture]) {
        let known = Attribution { licence: &self.settings.licence, credit: &self.credit };
        let is_licensed = known.complete(item, pictures);
        if !is_licensed && !self.is_licence_missed {
            self.is_licence_missed = true;
            let reason = "no licence is named: say under which one this is shown (licence = \"...\"; or --licence)";
            self.problem(Problem::new(self.source.as_str(), "", "licence", reason));
        }
    }

    /// A year far off is a slip; before 1950 offsets had seconds, which no format can say.
    fn drop_slips(&mut self, id: &Id, timings: &mut Vec<Timing>) {
        let is_slip = |at: &DateTime<FixedOffset>| !(1950..2200).contains(&at.year());
        let mut slips = Vec::new();
        timings.retain(|timing| {
            let slip = [timing.begin, timing.end].into_iter().find(is_slip);
            slips.extend(slip);
            slip.is_none()
        });
        for slip in slips {
            let reason = "a year from 1950 to 2199 is expected: this timing is left out";
            let problem = Problem::new(self.source.as_str(), id.as_str(), "timings", reason);
            self.problem(problem.with_value(&slip.naive_local().to_string()));
        }
    }

    fn bring(&mut self, picture: &Picture) -> Result<MediaRef, String> {
        let folder = self.pictures.as_mut().ok_or("there is no folder for pictures")?;
        let media = folder.bring(self.web, picture)?;
        self.counts.pictures_kept += 1;
        Ok(media)
    }

    /// Something in a record, or in the input, that cannot be understood. A value that may be somebody's telephone number
    /// or the like is not told: problems are read by more people than the source is.
    pub fn problem(&mut self, mut problem: Problem) {
        self.counts.problems += 1;
        if may_be_personal(&problem.field, &problem.value) {
            problem.value.clear();
        }
        for text in [&mut problem.record, &mut problem.reason, &mut problem.value] {
            *text = self.web.without_key(text);
        }
        if problem.reason.starts_with(LEFT_OUT) {
            self.counts.left_out += 1;
        }
        self.out.problem(problem);
    }

    pub fn problems(&mut self, problems: impl IntoIterator<Item = Problem>) {
        for problem in problems {
            self.problem(problem);
        }
    }

    /// A record that becomes no item, and why; `record` is its id at the source, shortened if need be.
    pub fn left_out(&mut self, record: &str, field: &str, reason: &str, value: &str) {
        let record: String = record.chars().filter(|c| !c.is_control()).take(Id::MAX_BYTES).collect();
        let problem = Problem::new(self.source.as_str(), record, field, format!("{LEFT_OUT}{reason}"));
        self.problem(problem.with_value(value));
    }

    /// A record that its source has withdrawn, when only changes are read: it is seen and left out.
    pub fn gone(&mut self, id: Id) {
        self.record();
        self.left_out(id.as_str(), "", "removed at its source", "");
        self.out.gone(id);
    }

    /// Says that the input breaks off behind what was read, and why.
    pub fn broken_off(&mut self, reason: String) -> Extent {
        let reason = self.web.without_key(&reason);
        let problem = Problem::new(self.source.as_str(), "", "", format!("it cannot be read from here on: {reason}"));
        self.problem(problem);
        Extent::BrokenOff(reason)
    }

    /// The item of a record that was left out is no longer to be shown: its source has taken it back.
    pub fn withdrawn(&mut self, id: Id) {
        self.out.gone(id);
    }

    /// The error of an input that is not what it should be.
    pub fn not_this(&self, reason: impl Into<String>) -> ImportError {
        ImportError::NotThisFormat { from: self.from.to_string(), reason: self.web.without_key(&reason.into()) }
    }

    /// The file to read, fetched first where it lies on the web; `None` where it has not changed since the last time.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub fn file(&mut self, accept: &str) -> Result<Option<PathBuf>, ImportError> {
        match self.from {
            From::Path(path) => Ok(Some(path.clone())),
            From::Web(url) => {
                let ask = Ask { accept, bytes_max: self.settings.bytes_max, ..Ask::default() };
                let progress = &mut *self.progress;
                let fetched = self
                    .web
                    .download(url, &ask, &mut |done, total| progress(Progress { doing: "fetching", done, total }));
                Ok(fetched?)
            }
        }
    }

    /// The whole input in memory, for formats that are never large; `None` where it has not changed.
    ///
    /// # Errors
    /// When it cannot be read or fetched, or is larger than `bytes_max`.
    pub fn bytes(&mut self, accept: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, ImportError> {
        match self.from {
            From::Path(path) => Ok(Some(self.read(path, bytes_max)?)),
            From::Web(url) => {
                let ask = Ask { accept, bytes_max, ..Ask::default() };
                Ok(self.web.get(url, &ask)?.map(|page: Fetched| page.bytes))
            }
        }
    }

    /// A file as a whole.
    ///
    /// # Errors
    /// When it cannot be read or is larger than `bytes_max`.
    pub fn read(&self, path: &Path, bytes_max: u64) -> Result<Vec<u8>, ImportError> {
        let unreadable = |error| ImportError::Unreadable { path: path.to_owned(), error };
        let length = fs::metadata(path).map_err(unreadable)?.len();
        if length > bytes_max {
            return Err(self.not_this(format!("larger than {} MiB", bytes_max >> 20)));
        }
        let mut bytes = Vec::new();
        // Whoever writes to it meanwhile does not make it larger than what was allowed.
        File::open(path).map_err(unreadable)?.take(bytes_max).read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }

    /// Fetches one page that may lie here from an earlier run; see [`Web::get_kept`].
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub fn kept_page(&mut self, url: &Url, ask: &Ask<'_>, mark: &str) -> Result<Fetched, ImportError> {
        Ok(self.web.get_kept(url, ask, mark)?)
    }

    /// Fetches one page of an interface, whatever was fetched before.
    ///
    /// # Errors
    /// When it cannot be fetched.
    pub fn page(&mut self, url: &Url, ask: &Ask<'_>) -> Result<Fetched, ImportError> {
        let ask = Ask { always: true, ..ask.clone() };
        let unexpected = || FetchError::new(url, "the server says that nothing has changed, though nobody asked");
        self.web.get(url, &ask)?.ok_or_else(|| unexpected().into())
    }
}
