//! Météo-France's Vigilance: the map's JSON, from the public interface or an archive.
//!
//! Orange and red become alerts, severe and extreme. Yellow asks for attention only, and most days some department has
//! it: a screen that warned of it would soon be read by nobody. It is left out, with a line that counts it. What is out
//! of date is never taken for green.

mod bulletin;
mod departments;
mod series;
mod warning;

use super::fetch::Ask;
use super::{Extent, ImportError, Input, Job, Source};
use crate::content::{Item, Problem};
use bulletin::{Bulletin, Key, Reader};
use serde_json::Value;
use series::{Colour, Series};

pub struct Vigilance;

/// Ten times the map of all departments.
const BYTES_MAX: u64 = 8 << 20;

impl Source for Vigilance {
    fn name(&self) -> &'static str {
        "vigilance"
    }

    fn about(&self) -> &'static str {
        "Météo-France's weather warnings: the JSON of the Vigilance map, from the interface (--key) or an archive"
    }

    fn hosts(&self) -> &'static [&'static str] {
        &["public-api.meteofrance.fr"]
    }

    fn warns(&self) -> bool {
        true
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let bytes = match job.input {
            Input::Path(path) => job.read(path, BYTES_MAX)?,
            Input::Web(url) => {
                let headers = job.settings.key.iter().map(|key| ("apikey", key.clone())).collect();
                let ask = Ask { accept: "application/json", bytes_max: BYTES_MAX, headers, ..Ask::default() };
                let Some(page) = job.web.get(url, &ask)? else { return Ok(Extent::Unchanged) };
                page.bytes
            }
        };
        read(job, &bytes)
    }

    fn looks_back(&self) -> bool {
        true
    }
}

fn read(job: &mut Job<'_>, bytes: &[u8]) -> Result<Extent, ImportError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let whole: Value =
        serde_json::from_slice(bytes).map_err(|error| job.not_this(format!("not a map of Vigilance: {error}")))?;
    let source = job.source().to_owned();
    let mut reader = Reader::new(job.settings, &source);
    if let Err(reason) = reader.product(whole.get("product").unwrap_or(&whole)) {
        let said = ["message", "description", "error_description"].iter().find_map(|field| whole.get(*field)?.as_str());
        let said = said.map_or_else(String::new, |said| format!(" ({})", said.chars().take(200).collect::<String>()));
        return Err(job.not_this(format!("not a map of Vigilance: {reason}{said}")));
    }
    let Reader { bulletin, problems, .. } = reader;
    job.problems(problems);
    ask_for_all(job, &bulletin)?;
    for (key, series) in &bulletin.series {
        one(job, key, series, &bulletin);
    }
    for (code, colour) in &bulletin.unexplained {
        job.record();
        let reason = "the department has this colour, but it is not said what for";
        job.left_out(code, "phenomenon_items", reason, colour.word());
    }
    for code in &bulletin.nameless {
        job.record();
        job.left_out("", "domain_id", "a department needs its code", code);
    }
    if bulletin.lacks_a_day {
        return Ok(job.broken_off("one of its days cannot be read".to_owned()));
    }
    if let Some(until) = bulletin.holds_until.filter(|until| *until <= job.settings.now) {
        return Ok(job.broken_off(format!("information not up to date: it held until {}", until.to_rfc3339())));
    }
    Ok(Extent::Whole)
}

/// Tells which departments are asked for and not there: it must not look as if all were well in them.
fn ask_for_all(job: &mut Job<'_>, bulletin: &Bulletin) -> Result<(), ImportError> {
    let wanted = job.settings.codes.iter().map(|code| code.trim().to_uppercase());
    let missing: Vec<String> = wanted.filter(|code| !bulletin.domains.contains(code)).collect();
    if bulletin.domains.is_empty() {
        return Err(job.not_this("no department that is asked for is in it: look at the codes, like 35 or 2A"));
    }
    for code in missing {
        let reason = "this department is asked for, but not in it";
        let problem = Problem::new(job.source(), code.as_str(), "domain_id", reason);
        job.problem(problem);
    }
    Ok(())
}

/// One phenomenon in one department: an item for each time from orange on. What is green all the time is no record.
fn one(job: &mut Job<'_>, key: &Key, series: &Series, bulletin: &Bulletin) {
    let record = format!("{}:{}", key.0, key.1);
    if series.outdated >= Colour::Orange {
        job.record();
        job.left_out(&record, "end_validity_time", "information not up to date", series.outdated.word());
    }
    let warnings = series.warnings();
    if warnings.is_empty() && series.gravest().max(series.outdated) == Colour::Yellow {
        job.record();
        let reason = "yellow only asks for attention: screens warn from orange on";
        job.left_out(&record, "color_id", reason, "yellow");
    }
    if !warnings.is_empty() && warning::known(key.1).is_none() {
        let reason = "this phenomenon has no name here: shown as dangerous weather";
        let problem = Problem::new(job.source(), record.as_str(), "phenomenon_id", reason);
        job.problem(problem.with_value(&key.1.to_string()));
    }
    let now = job.settings.now;
    let to_come: Vec<_> = warnings.iter().copied().filter(|run| run.end > now).collect();
    for run in warnings.iter().filter(|run| run.end <= now) {
        job.record();
        job.left_out(&record, "end_time", "it has ended", &run.end.to_rfc3339());
    }
    let mut taken = Vec::new();
    for run in &to_come {
        let id = warning::id(key, run, &taken, job.settings);
        taken.push(id.clone());
        let alert = warning::alert(key, id, run, &to_come, bulletin.updated, job.settings);
        job.record();
        job.item(Item::Alert(alert), Vec::new());
    }
}

#[cfg(test)]
mod tests;
