//! schema.org: JSON-LD in a file of its own or in a page, as events and places.
//!
//! No JSON-LD engine: words are taken without the address of schema.org before them, references are looked up within
//! the graph, and nothing is ever fetched for a context. People (organizer, performer, contactPoint) are not looked at.

mod event;
mod graph;
mod hours;
mod kinds;
mod offers;
mod page;
mod place;
mod record;
mod schedule;
mod timings;

use super::decoding::decoded;
use super::plain_text::one_line;
use super::record_id::{local_id, record_id};
use super::{Extent, ImportError, Input, Job, Progress, Source};
use crate::content::{Id, Item, Problem, language_alone};
use graph::{Graph, Node};
use record::{Record, Site};
use std::collections::HashMap;
use url::Url;

/// Events and places in the JSON-LD of a file or page, in the words of schema.org.
pub struct SchemaOrg;

/// The largest page or file that is read, in bytes: it is held in memory.
const BYTES_MAX: u64 = 8 << 20;

impl Source for SchemaOrg {
    fn name(&self) -> &'static str {
        "schema-org"
    }

    fn about(&self) -> &'static str {
        "Events and places of a web page or file with JSON-LD of schema.org"
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let accept = "text/html, application/ld+json, application/json;q=0.9, */*;q=0.5";
        let Some(bytes) = job.bytes(accept, BYTES_MAX.min(job.settings.bytes_max))? else {
            return Ok(Extent::Unchanged);
        };
        read(job, &bytes).map_err(|reason| job.not_this(reason))
    }
}

/// Reads a page or a file as a whole.
fn read(job: &mut Job<'_>, bytes: &[u8]) -> Result<Extent, String> {
    let text = decoded(bytes, None);
    let (mut graph, mut site) = (Graph::default(), site(job));
    let mut broken_off = None;
    if text.trim_start().starts_with('<') {
        let page = page::read(&text);
        if page.scripts.is_empty() {
            return Err("the page has no JSON-LD (application/ld+json)".to_owned());
        }
        if let Some(base) = page.canonical.and_then(|canonical| site.absolute(&canonical)) {
            site.base = base.parse().ok();
        }
        site.language = page.language.as_deref().and_then(language_alone).unwrap_or(site.language);
        for (at, script) in page.scripts.iter().enumerate() {
            match serde_json::from_str(page::unwrapped(script)) {
                Ok(value) => graph.add(value),
                Err(error) => {
                    let reason = format!("this script of the page is no JSON: {error}");
                    job.problem(Problem::new(job.source(), format!("script {}", at + 1), "", reason));
                    broken_off = Some("what a script of the page says cannot be read".to_owned());
                }
            }
        }
        if page.is_cut {
            broken_off = Some("the page ends within a script".to_owned());
        }
    } else {
        graph.add(serde_json::from_str(&text).map_err(|error| format!("neither a page nor JSON-LD: {error}"))?);
    }
    if let Some(name) = graph.site_name() {
        site.credit = name;
    }
    let found = things(job, &graph, &site);
    if found == 0 && !graph.is_schema() {
        return Err("it speaks of no event and no place of schema.org".to_owned());
    }
    if found == 0 {
        job.problem(Problem::new(job.source(), "", "", "it speaks of no event and no place"));
    }
    // What cannot be read has not gone from its source.
    Ok(broken_off.map_or(Extent::Whole, Extent::BrokenOff))
}

/// Hands over all events and places of a graph; returns how many there were.
fn things(job: &mut Job<'_>, graph: &Graph, site: &Site) -> usize {
    let index = graph.index();
    let things = graph.things(&index);
    let mut seen: HashMap<Id, String> = HashMap::new();
    let total = things.len() as u64;
    let mut found = 0;
    for (at, node) in things.into_iter().enumerate() {
        let node = node.at_its_fullest();
        let types = node.types();
        let is_event = kinds::event(&types).is_some();
        let kind = kinds::place(&types).filter(|_| !is_event);
        if (!is_event && kind.is_none()) || node.map.keys().all(|key| key.starts_with('@')) {
            continue;
        }
        found += 1;
        job.record();
        let id = id(node, site, &mut seen);
        let mut problems = Vec::new();
        let source = job.source().to_owned();
        let window = job.settings.window();
        let mut record =
            Record { language: language(node, site), node, site, source: &source, id: &id, problems: &mut problems };
        let read = match kind {
            _ if node.text("name").is_none_or(|name| one_line(&name).is_empty()) => Err(("name", "it has no name")),
            None => event::read(&mut record, &window).map(|(event, pictures)| (Item::Event(event), pictures)),
            Some(kind) => {
                let (place, pictures) = place::read(&mut record, kind);
                Ok((Item::Place(place), pictures))
            }
        };
        match read {
            Ok((item, pictures)) => drop(job.read_item(item, pictures, problems)),
            Err((field, reason)) => {
                job.problems(problems);
                let value = if field == "name" { String::new() } else { node.text(field).unwrap_or_default() };
                job.left_out(id.as_str(), field, reason, &value);
            }
        }
        job.progress(Progress { doing: "reading", done: at as u64 + 1, total });
    }
    found
}

/// What a thing is called: its `@id`, else its page, else its name and date. Many events on one page share that
/// page's address: what comes later gets its name and date too.
fn id(node: Node<'_>, site: &Site, seen: &mut HashMap<Id, String>) -> Id {
    let own =
        node.map.get("@id").and_then(|id| id.as_str()).filter(|id| !id.starts_with("_:") && !id.trim().is_empty());
    let own = own.map(|id| site.absolute(id).unwrap_or_else(|| id.to_owned()));
    let page = || node.text("url").and_then(|url| site.absolute(&url));
    let made = [node.text("startDate"), node.text("name")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = own.or_else(page).unwrap_or_else(|| made.clone());
    let id = |name: &str| {
        let (is_address, name) = (name.starts_with("http"), one_line(name).replace('@', "/"));
        if is_address { record_id("schema-org", &name) } else { local_id("schema-org", &site.name, &name) }
    };
    let first = id(&name);
    match seen.get(&first) {
        None => {
            seen.insert(first.clone(), made);
            first
        }
        Some(other) if *other == made => first,
        Some(_) => id(&format!("{name} {made}")),
    }
}

fn language(node: Node<'_>, site: &Site) -> String {
    let said = node.nodes("inLanguage").first().and_then(|node| node.text("alternateName"));
    let said = node.text("inLanguage").or(said);
    said.as_deref().and_then(language_alone).unwrap_or_else(|| site.language.clone())
}

fn site(job: &Job<'_>) -> Site {
    let base: Option<Url> = match job.input {
        Input::Web(url) => Some(url.clone()),
        Input::Path(_) => None,
    };
    Site {
        name: job.settings.name.clone(),
        base,
        credit: String::new(),
        language: job.settings.language.clone(),
        zone: job.settings.zone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::hostile_input::{damaged, damages, keeps_the_count};
    use proptest::prelude::*;

    const SAMPLES: [&[u8]; 4] = [
        include_bytes!("../../../tests/import/schema-org/page/input.html"),
        include_bytes!("../../../tests/import/schema-org/events/input.json"),
        include_bytes!("../../../tests/import/schema-org/schedules/input.json"),
        include_bytes!("../../../tests/import/schema-org/places/input.json"),
    ];

    proptest! {
        #[test]
        fn any_input_never_panics_and_keeps_the_count(sample in 0..SAMPLES.len(), damages in damages()) {
            keeps_the_count(&damaged(SAMPLES[sample], &damages), |job, bytes| drop(read(job, bytes)));
        }
    }
}
