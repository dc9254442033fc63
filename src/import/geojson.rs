//! GeoJSON (RFC 7946) with a mapping: feature collections, single features and geometries, and one feature a line
//! (RFC 8142 and what is written without its marks).

use super::csv::mapping_of;
use super::json_records::{Shape, read};
use super::mapping::{Mapping, Record};
use super::text_stream::TextStream;
use super::{Extent, ImportError, Job, Progress, Source};
use crate::content::Bounded;
use serde::de::DeserializeSeed;
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{self, BufRead, Read, Seek};

/// Features of GeoJSON (RFC 7946), each by a mapping.
pub struct GeoJson;

const GEOJSON: Shape =
    Shape { what: "GeoJSON", lists: &["features", "geometries"], alone: &["geometry", "coordinates"], ..Shape::PLAIN };

/// The longest line of a file with one feature a line, in bytes.
const LINE_MAX: usize = 4 << 20;

/// Reference systems that are longitude and latitude in degrees, so close to WGS 84 that no map shows the difference.
const DEGREES: &[&str] = &["CRS84", "4326", "4171", "4258", "CRS:84"];

impl Source for GeoJson {
    fn name(&self) -> &'static str {
        "geojson"
    }

    fn about(&self) -> &'static str {
        "The features of a GeoJSON file as items of any type, places or itineraries, by a mapping of sources.toml"
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let mapping = mapping_of(job)?;
        let Some(path) = job.file("application/geo+json, application/json;q=0.9")? else {
            return Ok(Extent::Unchanged);
        };
        let unreadable = |error| ImportError::Unreadable { path: path.clone(), error };
        let file = File::open(&path).map_err(unreadable)?;
        let total = file.metadata().map_err(unreadable)?.len();
        features(file, total, &mapping, job)
    }
}

/// Reads a file in either of its forms.
pub fn features(
    file: impl Read + Seek,
    total: u64,
    mapping: &Mapping,
    job: &mut Job<'_>,
) -> Result<Extent, ImportError> {
    let mut text = TextStream::new(file).map_err(|error| job.not_this(error.to_string()))?;
    // The first line tells the two forms apart; a file of a single line is read as either.
    let mut first = Vec::new();
    let whole = line(&mut text, &mut first).map_err(|error| job.not_this(error.to_string()))?;
    if whole && is_feature(&first) {
        return Ok(lines(first, text, total, mapping, job));
    }
    collection(io::Cursor::new(first).chain(text), total, mapping, job)
}

/// Reads a collection, a feature or a geometry.
fn collection(text: impl Read, total: u64, mapping: &Mapping, job: &mut Job<'_>) -> Result<Extent, ImportError> {
    let mut foreign = None;
    let broken_off = read(GEOJSON, text, total, job, &mut |job, head, record| {
        // A collection in other coordinates is refused as a whole: every point of it would be wrong.
        foreign = foreign.take().or_else(|| foreign_system(head));
        if foreign.is_none() {
            feature(job, mapping, record);
        }
    });
    if let Some(system) = foreign {
        let advice = "export it again in WGS 84 (EPSG:4326)";
        return Err(job.not_this(format!("its coordinates are in {system}, not in degrees: {advice}")));
    }
    let broken_off = broken_off.map_err(|reason| job.not_this(reason))?;
    Ok(broken_off.map_or(Extent::Whole, |reason| job.broken_off(reason)))
}

/// The reference system that an old file names (GeoJSON 2008, 3), where it is none of degrees.
fn foreign_system(head: &Map<String, Value>) -> Option<String> {
    let crs = head.get("crs").filter(|crs| !crs.is_null())?;
    let name = crs.get("properties").and_then(|properties| properties.get("name").or_else(|| properties.get("code")));
    let name = match name {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Number(code)) => code.to_string(),
        _ => "a system that it does not name".to_owned(),
    };
    let last = name.rsplit([':', '/', '#']).next().unwrap_or(&name);
    let known = DEGREES.contains(&last) || DEGREES.contains(&name.as_str()) || last == "84";
    (!known).then(|| name.chars().take(80).collect())
}

fn feature(job: &mut Job<'_>, mapping: &Mapping, feature: Option<&Value>) {
    let object = match feature {
        None => {
            job.record();
            return job.left_out("", "", "it is larger than any feature of a town is", "");
        }
        Some(value) => value.as_object(),
    };
    let Some(object) = object else {
        job.record();
        return job.left_out("", "", "a feature is an object with its properties and its geometry", "");
    };
    let empty = Map::new();
    let is_geometry = !object.contains_key("geometry") && !object.contains_key("properties");
    let (properties, geometry) = match object.get("properties") {
        Some(Value::Object(properties)) => (properties, object.get("geometry")),
        _ if is_geometry => (&empty, feature),
        _ => (&empty, object.get("geometry")),
    };
    mapping.take(job, &Record { id: object.get("id"), geometry, ..Record::new(properties) });
}

fn is_feature(line: &[u8]) -> bool {
    let value = serde_json::from_slice::<Value>(unmarked(line)).unwrap_or_default();
    value.get("type").and_then(Value::as_str) == Some("Feature")
}

/// A line without the mark that RFC 8142 puts before each text.
fn unmarked(line: &[u8]) -> &[u8] {
    line.trim_ascii().strip_prefix(b"\x1e").unwrap_or(line).trim_ascii()
}

/// Reads one line, at most [`LINE_MAX`] bytes of it; whether that was all of it.
fn line(text: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    Read::take(text, LINE_MAX as u64).read_until(b'\n', line)?;
    Ok(line.len() < LINE_MAX || line.ends_with(b"\n"))
}

/// One feature a line: a broken line costs only itself.
fn lines(first: Vec<u8>, mut text: impl BufRead, total: u64, mapping: &Mapping, job: &mut Job<'_>) -> Extent {
    let (mut current, mut whole, mut done) = (first, true, 0);
    while !current.is_empty() {
        done += current.len() as u64;
        let bytes = unmarked(&current);
        if !whole {
            job.record();
            job.left_out("", "", "it is larger than any feature of a town is", "");
        } else if !bytes.is_empty() {
            let mut limits = Bounded::new();
            let mut json = serde_json::Deserializer::from_slice(bytes);
            match limits.deserialize(&mut json).and_then(|value| json.end().map(|()| value)) {
                Ok(value) => feature(job, mapping, Some(&value).filter(|_| !limits.exceeded)),
                Err(error) => {
                    job.record();
                    let start: String = String::from_utf8_lossy(bytes).chars().take(80).collect();
                    job.left_out("", "", &format!("this line is no feature: {error}"), &start);
                }
            }
        }
        job.progress(Progress { doing: "reading", done, total });
        // What is left of a line that was too long is no record.
        loop {
            let was_whole = whole;
            whole = match line(&mut text, &mut current) {
                Ok(whole) => whole,
                Err(error) => return job.broken_off(error.to_string()),
            };
            if was_whole {
                break;
            }
            done += current.len() as u64;
        }
    }
    Extent::Whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_degrees_are_taken() {
        let named = |name: &str| {
            let head = json!({"crs": {"type": "name", "properties": {"name": name}}});
            foreign_system(head.as_object().unwrap())
        };
        for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4171", "CRS:84"] {
            assert_eq!(named(name), None, "{name}");
        }
        assert_eq!(named("urn:ogc:def:crs:EPSG::2154").as_deref(), Some("urn:ogc:def:crs:EPSG::2154"));
        let linked = json!({"crs": {"type": "link", "properties": {"href": "x"}}});
        assert!(foreign_system(linked.as_object().unwrap()).is_some());
        assert_eq!(foreign_system(json!({"crs": null}).as_object().unwrap()), None);
    }
}
