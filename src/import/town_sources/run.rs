use super::contained::contained;
use super::file::{SourceEntry, SourcesFile, TownEntry};
use super::kept::{FileMark, Gathered, Joined, Kept, KeptFolder};
use super::marks;
use super::written::PICTURES;
use crate::content::Problem;
use crate::import::fetch::{Allowed, Ask, KeptPages, Pace, Web};
use crate::import::pictures::PictureFolder;
use crate::import::record_id::digits_of;
use crate::import::{Area, Extent, Input, Job, Output, Progress, Settings, Source, source};
use chrono::{DateTime, TimeDelta, Utc};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A source that tells what has changed is still read whole so often: what it forgot to tell is found then.
const WHOLE_EVERY: TimeDelta = TimeDelta::days(7);

/// One run over a town's sources.
pub struct TownImport<'t> {
    pub file: &'t SourcesFile,
    pub now: DateTime<Utc>,
    /// Also reads what is not due yet.
    pub everything: bool,
    /// How hard servers are asked; none: as the file says.
    pub pace: Option<Pace>,
}

/// What became of one source.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Its last result is still good enough.
    NotDue,
    Unchanged,
    /// Read: whole, changes, or up to where it broke off.
    Read(Extent),
    /// Not read, for this reason; its last good result stays.
    Failed(String),
}

/// One source after the run.
#[derive(Clone, Debug)]
pub struct Report {
    pub name: String,
    pub outcome: Outcome,
    pub items: usize,
    pub problems: usize,
    /// How many items are gone at the source.
    pub withdrawn: usize,
    /// When what it gives was last read.
    pub read: Option<DateTime<Utc>>,
}

impl Report {
    /// How old its items are.
    pub fn age(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        self.read.map(|read| now - read)
    }
}

impl TownImport<'_> {
    /// Whether a source is to be read before all others: it warns people, and the stops that it speaks of are known.
    pub fn is_urgent(&self, entry: &SourceEntry) -> bool {
        entry.warns() && self.file.timetable(entry).is_none_or(|of| self.was_read(of))
    }

    /// Whether something of it is kept.
    pub fn was_read(&self, entry: &SourceEntry) -> bool {
        KeptFolder::new(&self.file.state, &entry.name).load().read.is_some()
    }

    /// Reads one source if it is due. Whatever happens to it, what it gave before is still there.
    ///
    /// # Errors
    /// When what is kept on this machine cannot be written or read.
    pub fn one(&self, entry: &SourceEntry, progress: &mut dyn FnMut(Progress)) -> io::Result<Report> {
        let folder = KeptFolder::new(&self.file.state, &entry.name);
        let mut kept = folder.load();
        marks::end(&folder, &mut kept, self.now)?;
        let made_by = self.made_by(entry);
        if kept.made_by != made_by {
            // Pictures stay known: they are the same whatever is made of the rest.
            let pictures = std::mem::take(&mut kept.pictures);
            kept = Kept {
                made_by,
                pictures,
                items: kept.items,
                read: kept.read,
                marks_end: kept.marks_end,
                ..Kept::default()
            };
        } else if !self.everything
            && kept.error.is_empty()
            && kept.read.is_some_and(|read| self.now - read < entry.every())
        {
            return Ok(report(entry, &kept, Outcome::NotDue, 0));
        }
        kept.tried = Some(self.now);
        let mark = FileMark::of(entry.from.as_ref());
        // What an input gives depends on the day as well, and departures and periods on the minute.
        let is_of_today = kept.whole.is_some_and(|whole| self.now - whole < TimeDelta::days(1));
        if !is_of_today || entry.is_of_the_moment() {
            kept.mark = None;
            kept.known.retain(|address, _| kept.pictures.contains_key(address));
        }
        if mark.is_some() && mark == kept.mark {
            (kept.read, kept.error) = (Some(self.now), String::new());
            folder.save(&kept)?;
            return Ok(report(entry, &kept, Outcome::Unchanged, 0));
        }
        let mut gathered = folder.gather()?;
        match self.gather(entry, &mut kept, &mut gathered, progress) {
            Err(reason) => {
                kept.error.clone_from(&reason);
                folder.save(&kept)?;
                Ok(report(entry, &kept, Outcome::Failed(reason), 0))
            }
            Ok(Extent::Unchanged) => {
                (kept.read, kept.error) = (Some(self.now), String::new());
                folder.save(&kept)?;
                Ok(report(entry, &kept, Outcome::Unchanged, 0))
            }
            Ok(extent) => self.keep(entry, &folder, kept, gathered, extent, mark),
        }
    }

    /// What the kept items depend on beside the source: another version may make other items of the same input.
    fn made_by(&self, entry: &SourceEntry) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let mapping = self.file.mapping.get(&entry.mapping);
        let (town, pictures, is_timetable) = (&self.file.town, self.file.fetch.pictures, self.file.is_timetable(entry));
        let timetable = self.timetable(entry);
        let beside: Vec<_> = town.boundary.iter().chain(&timetable).map(|path| FileMark::of(path)).collect();
        // What the boundary is counts, not where it lies.
        let town = TownEntry { boundary: None, ..town.clone() };
        let all = format!("{version} {entry:?} {mapping:?} {town:?} {pictures} {is_timetable} {beside:?}");
        // An address may hold a key.
        digits_of(all, 64)
    }

    /// Where the timetable lies whose news an entry brings.
    fn timetable(&self, entry: &SourceEntry) -> Option<PathBuf> {
        self.file.timetable(entry).map(|of| match Input::parse(&of.from) {
            Ok(Input::Path(path)) => path,
            _ => KeptFolder::new(&self.file.state, &of.name).timetable(),
        })
    }

    fn gather(
        &self,
        entry: &SourceEntry,
        kept: &mut Kept,
        gathered: &mut Gathered,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Extent, String> {
        let source = source(&entry.format).ok_or_else(|| format!("{}: no such format", entry.format))?;
        let mut from = Input::parse(&entry.from)?;
        let address = from.to_string();
        let mut settings = self.settings(entry)?;
        if source.looks_back() {
            let before = KeptFolder::new(&self.file.state, &entry.name).validities();
            settings.before = before.map_err(|error| format!("what it gave before cannot be read: {error}"))?;
        }
        let is_time_for_all = kept.whole.is_none_or(|whole| self.now - whole >= WHOLE_EVERY);
        settings.since = kept.read.filter(|_| !is_time_for_all && kept.error.is_empty());
        settings.broke_off.clone_from(&kept.error);
        let mut web = self.web(source, entry, &from)?.with_key(&from, &mut settings.key)?;
        web.known.clone_from(&kept.known);
        let is_timetable = self.file.is_timetable(entry);
        if let Input::Web(url) = &from
            && (entry.map || is_timetable)
        {
            // Its file is read more than once: also for the map, or by those that bring news of the timetable.
            let ask = Ask { bytes_max: settings.bytes_max, ..Ask::default() };
            let told = &mut |done, total| progress(Progress { doing: "fetching", done, total });
            match web.download(url, &ask, told).map_err(|error| error.to_string())? {
                Some(path) => {
                    if settings.credit.is_empty() {
                        settings.credit = url.host_str().unwrap_or_default().to_owned();
                    }
                    from = Input::Path(path);
                }
                None => return Ok(Extent::Unchanged),
            }
        }
        let mut pictures = PictureFolder::new(&self.file.media(), self.now).below(PICTURES);
        pictures.kept = std::mem::take(&mut kept.pictures);
        let wanted = self.file.fetch.pictures.then_some(&mut pictures);
        let mut job = Job::new(&from, &settings, &mut web, gathered, progress).with_pictures(wanted);
        // Staff know it by its address, not by where its file was put meanwhile.
        let extent = contained(|| job.import(source)).map_err(|reason| reason.replace(&from.to_string(), &address));
        if matches!(extent, Ok(Extent::Whole)) {
            pictures.forget_unused();
            let removed = web.pages().map_or(Ok(()), |pages| pages.remove_unused());
            removed.map_err(|error| format!("old answers cannot be removed: {error}"))?;
        }
        // A picture that may come the next time is asked for then.
        gathered.is_to_be_read_again = pictures.missed;
        kept.pictures = pictures.kept;
        let extent = extent?;
        if let (Input::Path(path), Extent::Whole) = (&from, &extent)
            && is_timetable
            && address != from.to_string()
        {
            let kept = KeptFolder::new(&self.file.state, &entry.name).save_timetable(path);
            kept.map_err(|error| format!("the timetable cannot be kept: {error}"))?;
        }
        if let (Input::Path(path), true) = (&from, entry.map) {
            let map = self.file.content.join("map");
            // Places without a map are still places.
            if let Err(error) = source.write_map(path, settings.area.as_ref(), &map, progress) {
                gathered.problem(Problem::new(&*entry.name, "", "map", error.to_string()));
            }
        }
        kept.known = std::mem::take(&mut web.known);
        // What was not asked for is no longer there, and behind a break nothing counts as unchanged.
        match extent {
            _ if gathered.is_to_be_read_again => kept.known.retain(|url, _| kept.pictures.contains_key(url)),
            Extent::Whole | Extent::Short => {
                kept.known.retain(|url, _| web.has_asked(url) || kept.pictures.contains_key(url));
            }
            Extent::BrokenOff(_) => kept.known.retain(|url, _| kept.pictures.contains_key(url)),
            Extent::Changes | Extent::Unchanged => {}
        }
        Ok(extent)
    }

    pub(super) fn settings(&self, entry: &SourceEntry) -> Result<Settings, String> {
        let mut settings = Settings::new(self.now);
        settings.zone = self.file.town.zone;
        settings.language.clone_from(&self.file.town.language);
        settings.country.clone_from(&self.file.town.country);
        settings.bytes_max = self.file.fetch.mib_max << 20;
        settings.key = key(entry)?;
        settings.position = self.file.position();
        settings.codes.clone_from(&entry.codes);
        settings.senders.clone_from(&entry.senders);
        settings.stops.clone_from(&entry.stops);
        settings.timetable_name.clone_from(&entry.timetable);
        settings.timetable = self.timetable(entry);
        settings.name.clone_from(&entry.name);
        settings.licence.clone_from(&entry.licence);
        settings.credit.clone_from(&entry.credit);
        settings.mapping = self.file.mapping(entry)?;
        let limit = self.file.town.boundary.as_deref().filter(|_| !entry.everywhere);
        settings.area = limit.map(boundary).transpose()?;
        Ok(settings)
    }

    /// How its servers are asked.
    fn web(&self, source: &dyn Source, entry: &SourceEntry, from: &Input) -> Result<Web, String> {
        let (allowed, for_pictures) = self.allowed(source, entry, from)?;
        let time = Duration::from_secs(self.file.fetch.minutes_max.saturating_mul(60));
        let pages = KeptPages::new(&KeptFolder::new(&self.file.state, &entry.name).pages());
        Ok(Web::new(allowed, self.pace()).with_pictures_from(for_pictures).within(time).with_pages(pages))
    }

    /// Where a source may be asked, and where its pictures. Anybody who writes a record names a picture, so private
    /// addresses of the whole file are not for them; those of the entry are.
    pub(super) fn allowed(
        &self,
        source: &dyn Source,
        entry: &SourceEntry,
        from: &Input,
    ) -> Result<(Allowed, Allowed), String> {
        let own = source.hosts().iter().copied().chain(entry.allow.iter().map(String::as_str));
        let mut own = Allowed::parse(own)?;
        let listed = Allowed::parse(self.file.fetch.allow.iter().map(String::as_str))?;
        match from {
            Input::Web(url) if entry.is_of_staff => {
                let is_listed = listed.permits(url).is_ok();
                if !is_listed {
                    own.and_host_of(url);
                }
                own = own.for_staff();
                if is_listed {
                    own.and_host_of(url);
                }
            }
            Input::Web(url) => own.and_host_of(url),
            Input::Path(_) if entry.is_of_staff => return Err(format!("{from}: an address (https://...) is expected")),
            Input::Path(_) => {}
        }
        let (mut all, mut pictures) = (own.clone(), own);
        all.and(&listed);
        pictures.and(&listed.public_only());
        Ok((all, pictures))
    }

    pub(super) fn pace(&self) -> Pace {
        if let Some(pace) = &self.pace {
            return pace.clone();
        }
        let fetch = &self.file.fetch;
        let (between, again) = (Duration::from_millis(fetch.between_ms), Duration::from_millis(fetch.again_ms));
        Pace::new(between, again, fetch.tries)
    }

    /// Joins what came with what was there, and keeps it.
    fn keep(
        &self,
        entry: &SourceEntry,
        folder: &KeptFolder,
        mut kept: Kept,
        gathered: Gathered,
        extent: Extent,
        mark: Option<FileMark>,
    ) -> io::Result<Report> {
        let mark = mark.filter(|_| !gathered.is_to_be_read_again);
        let Joined { items, problems, withdrawn, marks_end, is_damaged } = folder.join(gathered, &extent)?;
        (kept.items, kept.problems, kept.marks_end) = (items, problems, marks_end);
        kept.error = String::new();
        match &extent {
            Extent::BrokenOff(reason) => kept.error.clone_from(reason),
            Extent::Whole | Extent::Short => {
                (kept.read, kept.whole, kept.mark) = (Some(self.now), Some(self.now), mark);
            }
            Extent::Changes | Extent::Unchanged => kept.read = Some(self.now),
        }
        if is_damaged {
            kept.made_by.clear();
        }
        folder.save(&kept)?;
        Ok(report(entry, &kept, Outcome::Read(extent), withdrawn))
    }
}

fn report(entry: &SourceEntry, kept: &Kept, outcome: Outcome, withdrawn: usize) -> Report {
    let Kept { items, problems, read, .. } = *kept;
    Report { name: entry.name.clone(), outcome, items, problems, withdrawn, read }
}

/// The largest boundary that is read, in bytes.
const BOUNDARY_MAX: u64 = 16 << 20;

/// A boundary from its file.
///
/// # Errors
/// In words: it cannot be read, or is none.
pub fn boundary(path: &Path) -> Result<Area, String> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    if fs::metadata(path).map_err(|error| told(&error))?.len() > BOUNDARY_MAX {
        return Err(told(&format!("larger than {} MiB", BOUNDARY_MAX >> 20)));
    }
    let text = fs::read(path).map_err(|error| told(&error))?;
    let value = serde_json::from_slice(&text).map_err(|error| told(&error))?;
    Area::from_geojson(&value).map_err(|error| told(&error))
}

fn key(entry: &SourceEntry) -> Result<Option<String>, String> {
    if !entry.key.0.is_empty() {
        return Ok(Some(entry.key.0.clone()));
    }
    if let Some(path) = &entry.key_file {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        return Ok(Some(text.trim().to_owned()));
    }
    if entry.key_env.is_empty() {
        return Ok(None);
    }
    let missing = || format!("the environment variable {} is not set: it should hold the key", entry.key_env);
    std::env::var(&entry.key_env).map(Some).map_err(|_| missing())
}
