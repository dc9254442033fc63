use super::Settings;
use super::job::{LEFT_OUT, Made, told_as};
use crate::content::Problem;

/// What cannot be understood in one record, as its reading goes along.
pub struct Notes<'n> {
    /// What problems call the input.
    pub source: &'n str,
    pub settings: &'n Settings,
    /// The record's own id, as far as it is known.
    pub record: String,
    pub problems: Vec<Problem>,
}

impl<'n> Notes<'n> {
    pub fn new(source: &'n str, settings: &'n Settings) -> Self {
        Self { source, settings, record: String::new(), problems: Vec::new() }
    }

    /// Notes of the record with this id at the source.
    #[must_use]
    pub fn about(self, record: &str) -> Self {
        Self { record: told_as(record), ..self }
    }

    /// Something in the record that cannot be understood, in words for staff.
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
