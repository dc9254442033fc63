//! OpenAgenda's JSON exports: v2 and the older `events.json`.
//!
//! Only fields named here are looked at, so that members, contributors and whoever else stands in an export never
//! get out of it.

mod event;
mod fields;
mod records;
mod registration;
mod timings;

use super::{ImportError, Progress, Source};
use crate::content::{Imported, Item, Problem};
use std::collections::HashSet;
use std::path::Path;

pub struct OpenAgenda;

impl Source for OpenAgenda {
    fn name(&self) -> &'static str {
        "openagenda"
    }

    fn about(&self) -> &'static str {
        "Events of an OpenAgenda agenda: a JSON export, v2 or older"
    }

    fn import(&self, from: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Imported, ImportError> {
        let source = from.file_name().unwrap_or_default().to_string_lossy();
        let mut out = Imported::default();
        let mut seen = HashSet::new();
        let broken_off = records::read(from, progress, &mut |agenda, record| {
            out.records += 1;
            let Some(event) = event::read(&source, agenda, record, &mut out.problems) else { return };
            if seen.insert(event.common.id.clone()) {
                out.items.push(Item::Event(event));
            } else {
                let reason = "left out: an earlier record has the same uid";
                out.problems.push(Problem::new(&*source, event.common.id.as_str(), "uid", reason));
            }
        })?;
        if let Some(error) = broken_off {
            out.problems.push(Problem::new(&*source, "", "", format!("the file cannot be read from here on: {error}")));
        }
        Ok(out)
    }
}
