//! How the rows of a table become items: `[mapping.NAME]` of a `sources.toml`, one language for CSV, GeoJSON and
//! Opendatasoft.

mod choice;
mod event;
mod item;
mod itinerary;
mod live;
mod place;
mod record;
mod template;
#[cfg(test)]
mod tests;
mod when;
mod written;

pub use record::Record;

use super::Job;
use super::job::LEFT_OUT;
use super::record_id::is_source_name;
use crate::content::Problem;
use std::collections::BTreeSet;
use written::{Choices, Written};

/// The mappings that come with Parvis.
const BUILT_IN: &str = include_str!("../../../kiosk-config/sources.toml");

/// What the rows of one table become.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    name: String,
    /// Whether its ids tell a record from those of every other source.
    is_unique: bool,
    written: Written,
    choices: Choices,
}

impl Mapping {
    /// The mapping `[mapping.NAME]` of a `sources.toml`.
    ///
    /// # Errors
    /// In words, when there is none of this name or it is not as it should be.
    pub fn from_toml(text: &str, name: &str) -> Result<Self, String> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let none = toml::Table::new();
        Self::from_table(table.get("mapping").and_then(toml::Value::as_table).unwrap_or(&none), name)
    }

    /// The mapping of this name among the tables below `mapping`.
    ///
    /// # Errors
    /// As for [`Mapping::from_toml`].
    pub fn from_table(mappings: &toml::Table, name: &str) -> Result<Self, String> {
        let Some(mapping) = mappings.get(name) else {
            let known: Vec<&str> = mappings.keys().map(String::as_str).collect();
            return Err(format!("there is no [mapping.{name}] in it; there are: {}", known.join(", ")));
        };
        let read: Result<Written, _> = mapping.clone().try_into();
        let written = read.map_err(|error: toml::de::Error| format!("[mapping.{name}]: {}", in_words(&error)))?;
        written.check().map_err(|reason| format!("[mapping.{name}]: {reason}"))?;
        let choices = written.choices().map_err(|reason| format!("[mapping.{name}]: {reason}"))?;
        let source = written.source.clone().unwrap_or_else(|| name.to_owned());
        let is_unique = written.source.is_some();
        if !is_source_name(&source) {
            let expected = "small letters, digits and -, at most 32 of them, are expected as the name of a source";
            return Err(format!("[mapping.{name}]: {source}: {expected}"));
        }
        Ok(Self { name: source, is_unique, written, choices })
    }

    /// One of the mappings that come with Parvis.
    ///
    /// # Errors
    /// As for [`Mapping::from_toml`].
    pub fn built_in(name: &str) -> Result<Self, String> {
        Self::from_toml(BUILT_IN, name)
    }

    /// All fields that it looks at.
    pub fn fields(&self) -> BTreeSet<&str> {
        self.written.fields()
    }

    /// The fields without which no row becomes an item.
    pub fn needed(&self) -> impl Iterator<Item = &str> {
        self.written.id.0.iter().chain(&self.written.needed).map(String::as_str)
    }

    /// Takes one record: it becomes an item or is left out.
    pub fn take(&self, job: &mut Job<'_>, record: &Record<'_>) {
        job.record();
        let record = &Record { empty: Some(&self.written.empty), ..*record };
        let mut problems = Vec::new();
        let (source, settings) = (job.source().to_owned(), job.settings);
        match item::read(self, record, settings, &source, &mut problems) {
            Ok((item, pictures)) => drop(job.read_item(item, pictures, problems)),
            Err(left) => {
                debug_assert!(problems.iter().all(|problem: &Problem| !problem.reason.starts_with(LEFT_OUT)));
                // A date that cannot be read is why its row is left out.
                job.problems(problems);
                let found = if left.id.is_empty() && left.value.is_empty() { record.beginning() } else { left.value };
                job.left_out(&left.id, &left.field, &left.reason, &found);
            }
        }
    }
}

/// An error of TOML on one line, with the key that it is about.
fn in_words(error: &toml::de::Error) -> String {
    error.to_string().lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}
