//! Tables of rows with a mapping: what spreadsheets and data portals write, in whatever encoding and with whatever
//! between the values.

use super::csv_rows::Rows;
use super::mapping::Record;
use super::text_stream::TextStream;
use super::{Extent, ImportError, Job, Mapping, Source};
use crate::content::Problem;
use std::fs::File;
use std::io::BufRead;

/// Tables that spreadsheets and portals write, each row by a mapping.
pub struct Csv;

impl Source for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "The rows of a table (CSV) as items of any type, places, events or figures, by a mapping of sources.toml"
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let mapping = mapping_of(job)?;
        let Some(path) = job.file("text/csv, text/plain;q=0.9, */*;q=0.5")? else { return Ok(Extent::Unchanged) };
        let unreadable = |error| ImportError::Unreadable { path: path.clone(), error };
        let file = File::open(&path).map_err(unreadable)?;
        let total = file.metadata().map_err(unreadable)?.len();
        let text = TextStream::new(file).map_err(unreadable)?;
        read(text, total, &mapping, job)
    }
}

/// The mapping that the operator names: without one nobody knows what a row is.
pub fn mapping_of(job: &Job<'_>) -> Result<Mapping, ImportError> {
    let needed = "its records say nothing by themselves: name a mapping with --mapping NAME, from --sources FILE.toml";
    job.settings.mapping.clone().ok_or_else(|| job.not_this(needed))
}

/// Reads a table that is text already.
pub fn read(text: impl BufRead, total: u64, mapping: &Mapping, job: &mut Job<'_>) -> Result<Extent, ImportError> {
    let mut rows = Rows::new(text).map_err(|reason| job.not_this(reason))?;
    if let Some(missing) = mapping.needed().find(|field| !rows.columns.iter().any(|column| column == field)) {
        let columns: Vec<&str> = rows.columns.iter().map(String::as_str).take(50).collect();
        return Err(job.not_this(format!("it has no column {missing}; it has: {}", columns.join(", "))));
    }
    for (name, reason) in std::mem::take(&mut rows.odd_columns) {
        job.problem(Problem::new(job.source(), "", name, reason));
    }
    for field in mapping.fields().into_iter().filter(|field| !rows.columns.iter().any(|column| column == field)) {
        job.problem(Problem::new(job.source(), "", field, "the mapping names it, but no column is called so"));
    }
    Ok(rows.each(job, total, |job, map, short| {
        if let Some(reason) = short {
            let start = map.values().find_map(|value| value.as_str()).unwrap_or_default();
            job.problem(Problem::new(job.source(), "", "", reason).with_value(start));
        }
        mapping.take(job, &Record::new(map));
    }))
}
