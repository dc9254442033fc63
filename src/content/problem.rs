use serde::{Deserialize, Serialize};
use std::fmt;

/// One thing that could not be understood, in words for the staff member who can mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file or feed it came from.
    pub source: String,
    /// The record's own id there; empty when it has none.
    pub record: String,
    /// The field within the record; empty when the whole record is meant.
    pub field: String,
    pub reason: String,
    /// The offending value, shortened to [`Problem::VALUE_MAX`] characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
}

impl Problem {
    pub const VALUE_MAX: usize = 80;

    pub fn new(
        source: impl Into<String>,
        record: impl Into<String>,
        field: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            source: source.into(),
            record: record.into(),
            field: field.into(),
            reason: reason.into(),
            value: String::new(),
        }
    }

    #[must_use]
    pub fn with_value(mut self, value: &str) -> Self {
        self.value = value.chars().take(Self::VALUE_MAX).collect();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.source)?;
        for part in [&self.record, &self.field].into_iter().filter(|part| !part.is_empty()) {
            write!(f, ": {part}")?;
        }
        write!(f, ": {}", self.reason)?;
        if !self.value.is_empty() {
            write!(f, " ({})", self.value)?;
        }
        Ok(())
    }
}
