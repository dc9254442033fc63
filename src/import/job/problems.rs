use super::{Extent, Job};
use crate::content::{Id, Problem};
use crate::import::ImportError;
use crate::import::public_contact::may_be_personal;

/// How a problem begins that cost a whole record.
pub const LEFT_OUT: &str = "left out: ";

/// What problems call a record by: its id at the source, shortened if need be.
pub fn told_as(record: &str) -> String {
    record.chars().filter(|c| !c.is_control()).take(Id::MAX_BYTES).collect()
}

impl Job<'_> {
    /// Something in a record, or in the input, that cannot be understood. A value that may be somebody's telephone
    /// number or the like is not told: problems are read by more people than the source is.
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

    /// Several of them.
    pub fn problems(&mut self, problems: impl IntoIterator<Item = Problem>) {
        for problem in problems {
            self.problem(problem);
        }
    }

    /// A record that becomes no item, and why; `record` is its id at the source.
    pub fn left_out(&mut self, record: &str, field: &str, reason: &str, value: &str) {
        let problem = Problem::new(self.source.as_str(), told_as(record), field, format!("{LEFT_OUT}{reason}"));
        self.problem(problem.with_value(value));
    }

    /// Says that the input breaks off behind what was read, and why.
    pub fn broken_off(&mut self, reason: String) -> Extent {
        let reason = self.web.without_key(&reason);
        let problem = Problem::new(self.source.as_str(), "", "", format!("it cannot be read from here on: {reason}"));
        self.problem(problem);
        Extent::BrokenOff(reason)
    }

    /// The error of an input that is not what it should be.
    pub fn not_this(&self, reason: impl Into<String>) -> ImportError {
        ImportError::NotThisFormat { from: self.input.to_string(), reason: self.web.without_key(&reason.into()) }
    }
}
