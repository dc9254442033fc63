//! OpenAgenda: its interface (v2), its JSON exports of that version, and the older `events.json`.
//!
//! Only fields named here are looked at, so that members, contributors and whoever else stands in an export never
//! get out of it.

mod api;
mod event;
mod pictures;
mod registration;
mod timings;

use super::job::Made;
use super::json_records::{Shape, read};
use super::{Extent, ImportError, Input, Job, Source};
use crate::content::Item;
use serde_json::Value;
use std::fs::File;

pub struct OpenAgenda;

const EXPORT: Shape = Shape {
    what: "an OpenAgenda export",
    lists: &["events"],
    wrapped: "event",
    alone: &["uid", "timings"],
    ..Shape::PLAIN
};

impl Source for OpenAgenda {
    fn name(&self) -> &'static str {
        "openagenda"
    }

    fn about(&self) -> &'static str {
        "Events of an OpenAgenda agenda: https://api.openagenda.com/v2/agendas/UID/events with a key, or a JSON export"
    }

    fn hosts(&self) -> &'static [&'static str] {
        &["*.openagenda.com"]
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        if let Input::Web(url) = job.input
            && api::is_interface(url)
        {
            return api::import(job, url);
        }
        let Some(path) = job.file("application/json")? else { return Ok(Extent::Unchanged) };
        let unreadable = |error| ImportError::Unreadable { path: path.clone(), error };
        let file = File::open(&path).map_err(unreadable)?;
        let total = file.metadata().map_err(unreadable)?.len();
        let broken_off = read(EXPORT, file, total, job, &mut |job, head, event| {
            record(job, head.get("agenda").unwrap_or(&Value::Null), event);
        });
        let broken_off = broken_off.map_err(|reason| job.not_this(reason))?;
        Ok(broken_off.map_or(Extent::Whole, |reason| job.broken_off(reason)))
    }
}

/// One event as it came, `None` if it was larger than any event is; returns whether it is one to be shown.
fn record(job: &mut Job<'_>, agenda: &Value, event: Option<&Value>) -> bool {
    let mut problems = Vec::new();
    let read = event::read(job.source(), agenda, event, job.settings, &mut problems);
    let item = read.map(|(event, pictures)| (Item::Event(event), pictures));
    let is_shown = item.is_some();
    job.made(Made { item, problems });
    is_shown
}
