use crate::content::{Id, Problem};

/// What cannot be understood in one record, as its reading goes along.
pub struct Notes<'n> {
    source: &'n str,
    /// The record's own id, shortened if need be.
    record: String,
    pub problems: Vec<Problem>,
}

impl<'n> Notes<'n> {
    pub fn new(source: &'n str, record: &str) -> Self {
        let record = record.chars().filter(|c| !c.is_control()).take(Id::MAX_BYTES).collect();
        Self { source, record, problems: Vec::new() }
    }

    pub fn note(&mut self, field: &str, reason: &str, value: &str) {
        let problem = Problem::new(self.source, self.record.as_str(), field, reason);
        self.problems.push(problem.with_value(value));
    }
}
