//! One import under way.

mod input;
mod item;
mod output;
mod problems;

pub use input::Input;
pub use output::{Counts, Extent, Made, Output};
pub use problems::{LEFT_OUT, told_as};

use super::fetch::Web;
use super::pictures::PictureFolder;
use super::{ImportError, Settings, Source};
use crate::content::{Id, Problem};
use std::collections::HashSet;

/// How far an import is, for the person who waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is being done, in words.
    pub doing: &'static str,
    pub done: u64,
    /// 0: not known.
    pub total: u64,
}

/// One import under way: what is read, what is known about the town, and where everything goes.
pub struct Job<'j> {
    pub input: &'j Input,
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

impl<'j> Job<'j> {
    pub fn new(
        input: &'j Input,
        settings: &'j Settings,
        web: &'j mut Web,
        out: &'j mut dyn Output,
        progress: &'j mut dyn FnMut(Progress),
    ) -> Self {
        let source = if settings.name.is_empty() { input.name() } else { settings.name.clone() };
        let credit = if settings.credit.is_empty() { input.credit() } else { settings.credit.clone() };
        let (seen, outside, counts, is_licence_missed) = Default::default();
        Self {
            input,
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

    /// What became of the records so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Tells whoever waits how far the import is.
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

    /// A record that says of itself that its source has removed it: it is seen and left out.
    pub fn removed(&mut self, id: Id) {
        self.record();
        self.left_out(id.as_str(), "", "removed at its source", "");
        self.out.withdrawn(id);
    }

    /// The item of a record that was left out is no longer to be shown: its source has taken it back.
    pub fn withdrawn(&mut self, id: Id) {
        self.out.withdrawn(id);
    }
}
