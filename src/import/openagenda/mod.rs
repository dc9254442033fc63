//! OpenAgenda's JSON exports: v2 and the older `events.json`.
//!
//! Only fields named here are looked at, so that members, contributors and whoever else stands in an export never
//! get out of it.

mod event;
mod registration;
mod timings;

use super::json_records::{Shape, read};
use super::{Extent, ImportError, Job, Source};
use crate::content::Item;
use serde_json::Value;
use std::fs::File;

pub struct OpenAgenda;

const EXPORT: Shape =
    Shape { what: "an OpenAgenda export", lists: &["events"], wrapped: "event", alone: &["uid", "timings"] };

impl Source for OpenAgenda {
    fn name(&self) -> &'static str {
        "openagenda"
    }

    fn about(&self) -> &'static str {
        "Events of an OpenAgenda agenda: a JSON export, v2 or older"
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let Some(path) = job.file("application/json")? else { return Ok(Extent::Unchanged) };
        let unreadable = |error| ImportError::Unreadable { path: path.clone(), error };
        let file = File::open(&path).map_err(unreadable)?;
        let total = file.metadata().map_err(unreadable)?.len();
        let broken_off = read(EXPORT, file, total, job, &mut |job, head, record| {
            job.record();
            let mut problems = Vec::new();
            let agenda = head.get("agenda").unwrap_or(&Value::Null);
            let event = event::read(job.source(), agenda, record, &mut problems);
            job.problems(problems);
            if let Some(event) = event {
                job.item(Item::Event(event), Vec::new());
            }
        });
        let broken_off = broken_off.map_err(|reason| job.not_this(reason))?;
        Ok(broken_off.map_or(Extent::Whole, |reason| job.broken_off(reason)))
    }
}
