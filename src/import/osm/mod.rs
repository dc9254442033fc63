//! OpenStreetMap extracts (`.osm.pbf`), ODbL 1.0: every place of a town, also those without a name.
//!
//! What counts as a record is said at `kinds::is_record`; every record becomes a place or has a problem line that
//! says why not. A double is joined with its place and lives on as that place's alias. A bank with a cash machine
//! counts as two records.

mod coast;
mod contact;
mod draft;
mod duplicates;
mod facts;
mod grid;
mod kinds;
pub(super) mod lines;
mod map_layers;
mod names;
mod nearest;
mod outline;
pub mod reading;
mod record;
mod rings;
pub mod tiles;

use super::sentences::{in_every_language, in_town_language};
use super::{Area, Extent, ImportError, Job, LEFT_OUT, Progress, Source};
use crate::content::{Id, Imported, Item, PlaceKind, Problem};
use draft::Draft;
use lines::lines;
use nearest::Landmarks;
use reading::{MemberKind, OsmData};
use record::{Record, records};
use std::collections::HashMap;
use std::path::Path;

/// The importer for OpenStreetMap PBF files.
#[derive(Debug)]
pub struct Osm;

impl Source for Osm {
    fn name(&self) -> &'static str {
        "osm"
    }

    fn about(&self) -> &'static str {
        "Places and the map of an OpenStreetMap extract (.osm.pbf)"
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let Some(path) = job.file("application/octet-stream")? else { return Ok(Extent::Unchanged) };
        let area = job.settings.area.as_ref();
        let data =
            OsmData::read_between(&path, area.and_then(Area::bounds_near), &mut |progress| job.progress(progress))?;
        let source = job.source().to_owned();
        let Imported { items, problems, records, .. } = places(&data, &source, &mut |progress| job.progress(progress));
        (0..records).for_each(|_| job.record());
        job.problems(problems);
        let credit = credit(&job.settings.language);
        for mut item in items {
            item.common_mut().provenance.iter_mut().for_each(|from| from.credit.clone_from(&credit));
            job.item(item, Vec::new());
        }
        Ok(Extent::Whole)
    }

    fn write_map(
        &self,
        from: &Path,
        area: Option<&Area>,
        out: &Path,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<usize, ImportError> {
        tiles::write_tiles(&OsmData::read_between(from, area.and_then(Area::bounds), progress)?, out, progress)
    }
}

/// Whose data they are, as the town's language says it.
pub fn credit(language: &str) -> String {
    in_town_language(language, "credit-openstreetmap")
}

/// Every place of the extract; `source` names the file in problems.
fn places(data: &OsmData, source: &str, progress: &mut dyn FnMut(Progress)) -> Imported {
    let mut problems: Vec<Problem> = data.problems.iter().map(|problem| from_source(problem, source)).collect();
    let records = records(data);
    let mut drafts = drafts(&records, source, &mut problems, progress);
    let lines = lines(data);
    for draft in &mut drafts {
        draft.lines = lines.get(&draft.elements[0]).cloned().unwrap_or_default();
    }
    let mut drafts = duplicates::merged(drafts);
    join_stop_areas(data, &mut drafts, source, &mut problems);
    problems.extend(drafts.iter().flat_map(|draft| joined(draft, source)));
    let cash = duplicates::cash_machines(&drafts);
    let records = records.len() + cash.len();
    drafts.extend(cash);
    let landmarks = Landmarks::new(data, &drafts);
    let total = drafts.len() as u64;
    let mut items = Vec::with_capacity(drafts.len());
    for (draft, done) in drafts.into_iter().zip(0..) {
        if done % 256 == 0 {
            progress(Progress { doing: "naming the places", done, total });
        }
        items.push(Item::Place(titled(draft, &landmarks)));
    }
    progress(Progress { doing: "naming the places", done: total, total });
    Imported { items, problems, records, broken: None }
}

fn from_source(problem: &Problem, source: &str) -> Problem {
    Problem { source: source.to_owned(), ..problem.clone() }
}

/// A draft for every record that is a place; a problem for every other one.
fn drafts(
    records: &[Record<'_>],
    source: &str,
    problems: &mut Vec<Problem>,
    progress: &mut dyn FnMut(Progress),
) -> Vec<Draft> {
    let total = records.len() as u64;
    let mut drafts = Vec::new();
    for (record, done) in records.iter().zip(0..) {
        if done % 256 == 0 {
            progress(Progress { doing: "looking for places", done, total });
        }
        if is_stop_area(record.tags) {
            continue;
        }
        let named = !names::names(record.tags).is_empty();
        let kind = match kinds::kind_of(record.tags, named) {
            Ok(kind) => kind,
            Err(reason) => {
                problems.push(left_out(source, record, reason));
                continue;
            }
        };
        let Some(position) = record.position else {
            problems.push(left_out(source, record, "the extract holds none of its points".to_owned()));
            continue;
        };
        let mut faults = Vec::new();
        drafts.push(Draft::new(record, kind, position, &mut faults));
        for (field, reason, value) in faults {
            problems.push(Problem::new(source, &record.name, field, reason).with_value(&value));
        }
    }
    drafts
}

/// The problem line of a record that becomes no place, with the tag that made it a record.
fn left_out(source: &str, record: &Record<'_>, reason: String) -> Problem {
    let value = kinds::place_tag(record.tags).map(|(key, value)| format!("{key}={value}")).unwrap_or_default();
    Problem::new(source, &record.name, "", format!("{LEFT_OUT}{reason}")).with_value(&value)
}

/// A line for each record that is the same place as another one.
fn joined<'a>(draft: &'a Draft, source: &'a str) -> impl Iterator<Item = Problem> + 'a {
    let common = &draft.place.common;
    let record = |id: &'a Id| id.as_str().strip_prefix("osm:").unwrap_or(id.as_str());
    common.aliases.iter().map(move |alias| {
        let reason = format!("{LEFT_OUT}the same place as {}, joined with it", record(&common.id));
        Problem::new(source, record(alias), "", reason)
    })
}

fn is_stop_area(tags: &reading::Tags) -> bool {
    tags.is("public_transport", "stop_area") || tags.is("public_transport", "stop_area_group")
}

/// Makes each stop area, which is only a bracket around stops, an alias of the first of them.
fn join_stop_areas(data: &OsmData, drafts: &mut [Draft], source: &str, problems: &mut Vec<Problem>) {
    let mut stops: HashMap<(MemberKind, i64), usize> = HashMap::new();
    for (at, draft) in drafts.iter().enumerate() {
        if matches!(draft.place.kind, PlaceKind::Stop | PlaceKind::Station | PlaceKind::Ferry) {
            stops.extend(draft.elements.iter().map(|element| (*element, at)));
        }
    }
    for relation in data.relations.iter().filter(|relation| is_stop_area(&relation.tags)) {
        let name = format!("relation/{}", relation.id);
        let stop = relation.members.iter().find_map(|member| stops.get(&(member.kind, member.id)));
        match stop {
            Some(at) => drafts[*at].place.common.aliases.push(Id(format!("osm:{name}"))),
            None => {
                let reason = format!("{LEFT_OUT}a group of stops, none of which is a place in this extract");
                problems.push(Problem::new(source, name, "", reason).with_value("public_transport=stop_area"));
            }
        }
    }
}

/// The finished place: with a title in any case, and with its lines when it is a stop.
fn titled(draft: Draft, landmarks: &Landmarks) -> crate::content::Place {
    let Draft { mut place, position, lines, .. } = draft;
    if place.common.title.is_empty() {
        place.common.title = landmarks.title(place.kind, position);
    }
    if place.kind == PlaceKind::Stop && !lines.is_empty() {
        let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
        if place.common.summary.is_empty() {
            let all = names.join(", ");
            place.common.summary = in_every_language("place-stop-lines", |_| {
                vec![("count", names.len().into()), ("lines", all.clone().into())]
            });
        }
        place.common.tags.extend(names.iter().map(|name| format!("line:{name}")));
    }
    place
}
