use super::contained::contained;
use super::file::SourceEntry;
use super::run::TownImport;
use crate::content::{Id, Item, Problem};
use crate::import::fetch::Web;
use crate::import::{Counts, Extent, ImportError, Input, Job, Output, Picture, Progress, source};
use std::time::Duration;

/// What a source would give.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The first ones.
    pub items: Vec<Item>,
    /// The first ones.
    pub problems: Vec<Problem>,
    pub counts: Counts,
    /// Why it was not read to its end; none where it was.
    pub fault: Option<(Fault, String)>,
}

/// What kind of thing is in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What was said about the source does not do.
    Settings,
    /// Its server does not answer now; later it may.
    Silent,
    /// Its server does not give it, or may not be asked.
    Refused,
    /// It is something else than was said.
    Format,
    /// It breaks off, or takes too long.
    BrokenOff,
}

impl TownImport<'_> {
    /// Reads a source without keeping anything, and shows at most so many of its items and problems. No picture is fetched.
    pub fn try_out(
        &self,
        entry: &SourceEntry,
        most: usize,
        within: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Trial {
        let (items, problems, counts) = Default::default();
        let mut sample = Sample { most, items, problems };
        let (counts, fault) = match self.sample(entry, &mut sample, within, progress) {
            Ok((counts, fault)) => (counts, fault),
            Err(reason) => (counts, Some((Fault::Settings, reason))),
        };
        Trial { items: sample.items, problems: sample.problems, counts, fault }
    }

    /// Whether the server of a source may be asked at all.
    ///
    /// # Errors
    /// Why not, in words for staff. Where its name leads is seen when it is asked.
    pub fn may_ask(&self, entry: &SourceEntry) -> Result<(), String> {
        let source = source(&entry.format).ok_or_else(|| format!("{}: no such format", entry.format))?;
        let from = Input::parse(&entry.from)?;
        let (allowed, _) = self.allowed(source, entry, &from)?;
        match &from {
            Input::Web(url) => allowed.permits(url),
            Input::Path(_) => Ok(()),
        }
    }

    fn sample(
        &self,
        entry: &SourceEntry,
        sample: &mut Sample,
        within: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Counts, Option<(Fault, String)>), String> {
        let source = source(&entry.format).ok_or_else(|| format!("{}: no such format", entry.format))?;
        let from = Input::parse(&entry.from)?;
        let mut settings = self.settings(entry)?;
        let (allowed, _) = self.allowed(source, entry, &from)?;
        // Somebody waits, and can try again.
        let mut pace = self.pace();
        pace.tries = 1;
        let mut web = Web::new(allowed, pace).within(within).with_key(&from, &mut settings.key)?;
        let mut job = Job::new(&from, &settings, &mut web, sample, progress);
        let mut kind = Fault::BrokenOff;
        let read = contained(|| job.import(source).inspect_err(|error| kind = fault(error)));
        let fault = match read {
            Ok(Extent::BrokenOff(reason)) => Some((Fault::BrokenOff, reason)),
            Ok(_) => None,
            Err(reason) => Some((kind, reason)),
        };
        Ok((job.counts(), fault))
    }
}

fn fault(error: &ImportError) -> Fault {
    match error {
        ImportError::Fetch(error) if error.is_passing => Fault::Silent,
        ImportError::Fetch(_) | ImportError::Unreadable { .. } => Fault::Refused,
        ImportError::NotThisFormat { .. } => Fault::Format,
    }
}

/// The beginning of what comes.
struct Sample {
    most: usize,
    items: Vec<Item>,
    problems: Vec<Problem>,
}

impl Output for Sample {
    fn item(&mut self, item: Item, _pictures: Vec<Picture>) {
        if self.items.len() < self.most {
            self.items.push(item);
        }
    }

    fn problem(&mut self, problem: Problem) {
        if self.problems.len() < self.most {
            self.problems.push(problem);
        }
    }

    fn withdrawn(&mut self, _id: Id) {}
}
