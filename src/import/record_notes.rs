use crate::content::Item;
use crate::content::Problem;
use crate::import::{LEFT_OUT, Picture, Settings};

/// What is known while an object is read, and where its problems go.
pub struct Notes<'n> {
    /// What problems call the input.
    pub source: &'n str,
    pub settings: &'n Settings,
    /// The record's id, as far as it is known.
    pub record: String,
    pub problems: Vec<Problem>,
}

impl<'n> Notes<'n> {
    pub fn new(source: &'n str, settings: &'n Settings) -> Self {
        Self { source, settings, record: String::new(), problems: Vec::new() }
    }

    pub fn problem(&mut self, field: &str, reason: &str, value: &str) {
        let problem = Problem::new(self.source, self.record.as_str(), field, reason);
        self.problems.push(problem.with_value(value));
    }

    /// The record becomes no item, for this reason.
    pub fn left_out(mut self, field: &str, reason: &str, value: &str) -> Made {
        self.problem(field, &format!("{LEFT_OUT}{reason}"), value);
        Made { item: None, problems: self.problems }
    }
}

/// What became of one record: an item, or a problem that says why not.
#[derive(Debug)]
pub struct Made {
    pub item: Option<(Item, Vec<Picture>)>,
    pub problems: Vec<Problem>,
}
