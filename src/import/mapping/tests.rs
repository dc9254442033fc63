use super::Mapping;
use crate::import::Job;
use crate::import::hostile_input::{damaged, damages, keeps_the_count};
use crate::import::text_stream::TextStream;
use crate::import::{csv, geojson, opendatasoft};
use proptest::prelude::*;
use std::io::Cursor;

const CSV: &[u8] = include_bytes!("../../../tests/import/csv/parking/input.csv");
const CSV_MAPPING: &str = include_str!("../../../tests/import/csv/parking/sources.toml");
const EVENTS: &[u8] = include_bytes!("../../../tests/import/csv/latin1-events/input.csv");
const EVENTS_MAPPING: &str = include_str!("../../../tests/import/csv/latin1-events/sources.toml");
const FIGURES: &[u8] = include_bytes!("../../../tests/import/csv/figures/input.csv");
const FIGURES_MAPPING: &str = include_str!("../../../tests/import/csv/figures/sources.toml");
const WAYS: &[u8] = include_bytes!("../../../tests/import/geojson/itineraries/input.geojson");
const WAYS_MAPPING: &str = include_str!("../../../tests/import/geojson/itineraries/sources.toml");
const GEOJSON: &[u8] = include_bytes!("../../../tests/import/geojson/features/input.geojson");
const LINES: &[u8] = include_bytes!("../../../tests/import/geojson/lines/input.geojson");
const GEOJSON_MAPPING: &str = include_str!("../../../tests/import/geojson/features/sources.toml");
const RECORDS: &[u8] = include_bytes!("../../../tests/import/opendatasoft/export/input.json");
const RECORDS_MAPPING: &str = include_str!("../../../tests/import/opendatasoft/export/sources.toml");

fn read(mapping: &str, read: fn(&[u8], &Mapping, &mut Job<'_>), bytes: &[u8]) {
    let mapping = Mapping::from_toml(mapping, "test").unwrap();
    keeps_the_count(bytes, |job, bytes| read(bytes, &mapping, job));
}

fn table(bytes: &[u8], mapping: &Mapping, job: &mut Job<'_>) {
    drop(csv::read(TextStream::new(Cursor::new(bytes)).unwrap(), 0, mapping, job));
}

proptest! {
    #[test]
    fn any_table_never_panics_and_keeps_the_count(damages in damages()) {
        read(CSV_MAPPING, table, &damaged(CSV, &damages));
        read(EVENTS_MAPPING, table, &damaged(EVENTS, &damages));
        read(FIGURES_MAPPING, table, &damaged(FIGURES, &damages));
    }

    #[test]
    fn any_geojson_never_panics_and_keeps_the_count(damages in damages()) {
        for (mapping, sample) in [(GEOJSON_MAPPING, GEOJSON), (GEOJSON_MAPPING, LINES), (WAYS_MAPPING, WAYS)] {
            let features = |bytes: &[u8], mapping: &Mapping, job: &mut Job<'_>| {
                drop(geojson::features(Cursor::new(bytes), 0, mapping, job));
            };
            read(mapping, features, &damaged(sample, &damages));
        }
    }

    #[test]
    fn any_records_never_panic_and_keep_the_count(damages in damages()) {
        let records = |bytes: &[u8], mapping: &Mapping, job: &mut Job<'_>| {
            drop(opendatasoft::whole(bytes, 0, mapping, job));
        };
        read(RECORDS_MAPPING, records, &damaged(RECORDS, &damages));
    }

    #[test]
    fn any_mapping_is_one_or_says_why(damages in damages()) {
        let text = damaged(CSV_MAPPING.as_bytes(), &damages);
        if let Ok(mapping) = Mapping::from_toml(&String::from_utf8_lossy(&text), "test") {
            keeps_the_count(CSV, |job, bytes| table(bytes, &mapping, job));
        }
    }
}

#[test]
fn a_mapping_that_is_not_as_it_should_be_says_what_to_do() {
    let base = "[mapping.test]\ntype = \"place\"\nid = \"id\"\ncredit = \"Town\"\ntitle = \"{name}\"\n";
    let why = |more: &str| Mapping::from_toml(&format!("{base}{more}"), "test").unwrap_err();
    assert_eq!(Mapping::from_toml(base, "test").map(|mapping| mapping.name), Ok("test".to_owned()));
    for (more, says) in [
        ("titel = \"x\"", "unknown field `titel`"),
        ("severity = \"minor\"", "severity: the type place has none"),
        ("kind = \"castle\"", "kind: unknown variant `castle`"),
        ("kind = { field = \"a\", values = { x = \"castle\" } }", "kind: unknown variant `castle`"),
        ("kind = { field = \"a\" }", "kind: missing field `values`"),
        ("position = { lat = \"y\" }", "position: either lat and lon, or field"),
        ("dates = [\"%d/%m/%Q\"]", "%d/%m/%Q: no date format"),
        ("summary = \"{a\"", "never closed"),
        ("summary = { french = \"a\" }", "french: a language like fr"),
        ("zone = \"Paris\"", "a time zone like Europe/Paris"),
        ("source = \"My Town\"", "small letters, digits and -"),
        ("access.wheelchair = { field = \"a\", yes = [\"Oui\"], no = [\"oui\"] }", "the same word stands twice"),
        ("fee = \"gratis\"", "unknown variant `gratis`"),
        ("length = { km = \"a\" }", "length: the type place has none"),
        ("length = { miles = \"a\" }", "unknown variant `miles`"),
        ("contact.phone = \"Tel\"", "contact.phone: a field stands in braces: {Tel}"),
    ] {
        assert!(why(more).contains(says), "{more}: {}", why(more));
    }
    for one in ["contact.phone = \"05 63 99 00 00\"", "contact.email = \"{Mel}\"", "position = \"point\""] {
        assert!(Mapping::from_toml(&format!("{base}{one}"), "test").is_ok(), "{one}");
    }
    let unnamed = Mapping::from_toml(base, "wifi").unwrap_err();
    assert_eq!(unnamed, "there is no [mapping.wifi] in it; there are: test");
    let timeless = base.replace("place", "event");
    assert!(Mapping::from_toml(&timeless, "test").unwrap_err().contains("timings"));
    let endless = base.replace("place", "live") + "figures = [{ value = \"{n}\" }]";
    assert!(Mapping::from_toml(&endless, "test").unwrap_err().contains("minutes"));
}

#[test]
fn other_coordinates_are_refused_as_a_whole() {
    let file = r#"{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}},
        "features": [{"type": "Feature", "id": 1, "properties": {"nom": "a"}, "geometry": null}]}"#;
    let mapping = Mapping::from_toml(GEOJSON_MAPPING, "test").unwrap();
    keeps_the_count(file.as_bytes(), |job, bytes| {
        let error = geojson::features(Cursor::new(bytes), 0, &mapping, job).unwrap_err().to_string();
        assert!(error.contains("EPSG::2154") && error.ends_with("export it again in WGS 84 (EPSG:4326)"), "{error}");
        assert_eq!(job.counts().records, 0);
    });
}

#[test]
fn the_mappings_that_come_with_parvis_are_whole() {
    for name in ["wifi", "fibre", "road-works"] {
        Mapping::built_in(name).unwrap();
    }
}
