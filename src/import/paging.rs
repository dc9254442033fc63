//! Interfaces that give their records page after page: how far they are read, and what their end means.

use super::fetch::Ask;
use super::json_records::{Around, Shape, from_bytes};
use super::{Extent, ImportError, Job, Progress};
use crate::content::{Fields, Problem};
use serde_json::Value;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use url::Url;

/// More pages than anything has: a national catalogue has 5,000 of 100.
const PAGES_MAX: usize = 10_000;
const PAGE_BYTES_MAX: u64 = 64 << 20;
/// More records than any server puts on one page.
const PAGE_RECORDS_MAX: u64 = 10_000;

/// How an interface gives its pages.
pub trait Interface {
    /// What its records are called, for staff: "events".
    const RECORDS: &'static str;
    /// Whether a record that comes or goes moves those behind it to other pages. Where pages begin behind a record that
    /// is named, it does not.
    const MOVES: bool = true;

    type Fields: Fields;

    fn shape(&self) -> Shape<Self::Fields>;

    /// The headers of a request: the key.
    fn headers(&self, job: &Job<'_>) -> Vec<(&'static str, String)>;

    /// How many records there are on all pages together, where a page says so.
    fn promised(&self, around: &Around) -> Option<u64>;

    /// The page behind the one that was asked for `here`, after so many records of all pages; `None` behind the last.
    ///
    /// # Errors
    /// In words, where there is one that cannot be asked for.
    fn next(&self, here: &Url, around: &Around, records: u64) -> Result<Option<Url>, String>;

    /// Takes a record, which must be counted; `None` is one that is larger than any is.
    fn take(&mut self, job: &mut Job<'_>, around: &Around, record: Option<&Value>);

    /// What is read in place of the pages, as the first one says before a record of it is taken.
    fn instead(&mut self, _job: &mut Job<'_>, _first: &Around) -> Option<Result<Extent, ImportError>> {
        None
    }

    /// What all pages together are.
    fn extent(&self) -> Extent {
        Extent::Whole
    }
}

/// The pages of one import.
pub struct Paging<I> {
    interface: I,
    records: u64,
    /// How many of them were on an earlier page already.
    repeated: u64,
    promised: Option<u64>,
    /// Whether a page promised another number than the one before.
    changed: bool,
    asked: HashSet<Url>,
    /// Where the pages were in the end.
    found: Vec<Url>,
    /// Records of the pages before this one, and of this one, by their hashes.
    known: HashSet<u64>,
    here: Vec<u64>,
    hashes: RandomState,
}

/// What a page led to.
enum Page {
    Read(Around),
    Unchanged,
    Instead(Result<Extent, ImportError>),
}

impl<I: Interface> Paging<I> {
    pub fn new(interface: I) -> Self {
        Self {
            interface,
            records: 0,
            repeated: 0,
            promised: None,
            changed: false,
            asked: HashSet::new(),
            found: Vec::new(),
            known: HashSet::new(),
            here: Vec::new(),
            hashes: RandomState::new(),
        }
    }

    /// Reads all pages.
    ///
    /// # Errors
    /// When already the first one cannot be had, or is none.
    pub fn read(mut self, job: &mut Job<'_>, first: &Url) -> Result<Extent, ImportError> {
        match self.page(job, first)? {
            Page::Read(around) => Ok(self.go_on(job, first, around)),
            Page::Unchanged => Ok(Extent::Unchanged),
            Page::Instead(extent) => extent,
        }
    }

    /// Takes a record of a page.
    pub fn take(&mut self, job: &mut Job<'_>, around: &Around, record: Option<&Value>) {
        self.records += 1;
        if let Some(record) = record {
            let hash = self.hashes.hash_one(record);
            // Two that are equal on one page are two: nothing has moved there.
            self.repeated += u64::from(self.known.contains(&hash));
            self.here.push(hash);
        }
        self.interface.take(job, around, record);
    }

    /// Reads what follows a first page whose records were taken.
    pub fn go_on(mut self, job: &mut Job<'_>, first: &Url, around: Around) -> Extent {
        let extent = self.until_the_end(job, first, around);
        // That a first page is the same says nothing about those behind it.
        if self.asked.len() > 1 || !matches!(extent, Extent::Whole) {
            self.found.iter().chain([first]).for_each(|url| job.web.forget(url));
        }
        extent
    }

    fn until_the_end(&mut self, job: &mut Job<'_>, first: &Url, mut around: Around) -> Extent {
        let mut here = first.clone();
        self.asked.insert(first.clone());
        loop {
            self.known.extend(self.here.drain(..));
            let promised = self.interface.promised(&around);
            self.changed |= self.asked.len() > 1 && promised.is_some() && promised != self.promised;
            self.promised = promised.or(self.promised);
            let total = self.promised.unwrap_or(0).max(self.records);
            job.progress(Progress { doing: "reading", done: self.records, total });
            let next = match self.interface.next(&here, &around, self.records) {
                Ok(Some(next)) if around.records > 0 => next,
                Ok(Some(_)) if self.promised.is_none() => {
                    return job.broken_off("a page without anything on it is said not to be the last".to_owned());
                }
                Ok(_) => return self.ended(job),
                Err(reason) => return job.broken_off(reason),
            };
            if !self.asked.insert(next.clone()) {
                let reason = "the server gives the same page again and again: one that was read already is the next";
                return job.broken_off(reason.to_owned());
            }
            if self.asked.len() > PAGES_MAX {
                return job.broken_off(format!("there are more than {PAGES_MAX} pages"));
            }
            around = match self.page(job, &next) {
                Ok(Page::Read(around)) => around,
                Ok(Page::Unchanged | Page::Instead(_)) => return job.broken_off("a page came to nothing".to_owned()),
                Err(error) => return job.broken_off(error.to_string()),
            };
            here = next;
        }
    }

    /// What the pages were, taken together.
    fn ended(&self, job: &mut Job<'_>) -> Extent {
        let (records, came) = (I::RECORDS, self.records - self.repeated);
        let is_short = |promised: u64| came < promised;
        let moved = I::MOVES && (self.changed || (self.repeated > 0 && self.promised.is_none_or(is_short)));
        match self.promised.filter(|promised| is_short(*promised)) {
            _ if moved => job.broken_off(format!("the {records} changed while they were read: some may be missing")),
            Some(promised) => {
                let reason = format!("{promised} {records} were promised, {came} came");
                // Where pages lead on by themselves to the end, the same again is how its server counts, and no break.
                if I::MOVES || self.interface.extent() != Extent::Whole || job.settings.broke_off != reason {
                    return job.broken_off(reason);
                }
                let reason = format!("{reason}, as the last time: what did not come stays as it was");
                job.problem(Problem::new(job.source(), "", "", reason));
                Extent::Short
            }
            None => self.interface.extent(),
        }
    }

    /// Fetches one page. It is looked at as a whole before its first record is taken: servers tell errors with status
    /// 200.
    fn page(&mut self, job: &mut Job<'_>, url: &Url) -> Result<Page, ImportError> {
        let is_first = self.asked.is_empty();
        let ask = Ask {
            accept: "application/json",
            bytes_max: PAGE_BYTES_MAX,
            headers: self.interface.headers(job),
            // Changes are asked for by their date: none is an answer too.
            always: !is_first || self.interface.extent() != Extent::Whole,
            ..Ask::default()
        };
        let Some(fetched) = job.web.get(url, &ask)? else { return Ok(Page::Unchanged) };
        self.found.push(fetched.url);
        let shape = Shape { records_max: PAGE_RECORDS_MAX, ..self.interface.shape() };
        let (around, read) = from_bytes(shape, &fetched.bytes, &mut |_, _| {});
        // What an address leads to may also be a single record.
        let is_page = around.is_list && !around.is_bare || is_first && around.records > 0;
        let records = I::RECORDS;
        let no_page = |reason: &str| Err(job.not_this(format!("the server's answer is no page of {records}{reason}")));
        match read {
            Err(error) if error.is_json => return no_page(&format!(": {}", error.reason)),
            Err(error) => {
                let media = fetched.media_type;
                return Err(job.not_this(format!("the server's answer is not JSON ({media}): {}", error.reason)));
            }
            Ok(()) if !is_page => return no_page(""),
            Ok(()) if around.exceeded => return no_page(": there is more beside its list than any has"),
            Ok(()) => {}
        }
        if is_first && let Some(extent) = self.interface.instead(job, &around) {
            return Ok(Page::Instead(extent));
        }
        let (_, read) = from_bytes(shape, &fetched.bytes, &mut |_, record| self.take(job, &around, record));
        read.map(|()| Page::Read(around)).map_err(|error| job.not_this(error.reason))
    }
}
