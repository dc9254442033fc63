//! An Opendatasoft portal as it is on bad days: pages, its reach, exports, records that come and go while one reads.

use crate::import::{Imported, import, now};
use crate::stand_in::{Asked, Reply, StandIn};
use parvis::import::{Extent, ImportError, Input, Mapping, Settings, source};
use serde_json::{Value, json};

const RECORDS: &str = "/api/explore/v2.1/catalog/datasets/bornes/records?where=commune%3D%22Albi%22&limit=7";
const MAPPING: &str = "[mapping.bornes]\ntype = \"place\"\nid = \"id\"\ncredit = \"Town\"\ntitle = \"Borne {id}\"\n";

fn records(from: u64, to: u64) -> Vec<Value> {
    (from + 1..=to).map(|id| json!({ "id": id })).collect()
}

fn offset(asked: &Asked) -> u64 {
    asked.query("offset").map_or(0, |offset| offset.parse().unwrap())
}

/// The page that was asked for, of so many records.
fn page(asked: &Asked, total: u64) -> Reply {
    let limit: u64 = asked.query("limit").unwrap().parse().unwrap();
    let at = offset(asked);
    Reply::json(&json!({ "total_count": total, "results": records(at, total.min(at + limit)) }))
}

fn read(server: &StandIn, path: &str) -> Result<Imported, ImportError> {
    let mapping = Mapping::from_toml(MAPPING, "bornes").ok();
    let settings = Settings { key: Some("secret".to_owned()), mapping, ..Settings::new(now()) };
    import(source("opendatasoft").unwrap(), &Input::Web(server.url(path)), &settings)
}

#[test]
fn all_pages_are_read_with_the_key() {
    for total in [0, 1, 100, 250] {
        let server = StandIn::start(move |asked| page(asked, total));
        let imported = read(&server, RECORDS).unwrap();
        assert_eq!((imported.items.len() as u64, imported.extent.clone()), (total, Some(Extent::Whole)));
        for asked in server.asked() {
            assert_eq!(asked.headers.get("authorization").map(String::as_str), Some("Apikey secret"));
            assert_eq!(asked.query("where").as_deref(), Some("commune=\"Albi\""));
        }
        assert_eq!(server.asked().len() as u64, total.div_ceil(100).max(1));
    }
}

#[test]
fn what_pages_do_not_reach_is_read_as_an_export() {
    let server = StandIn::start(|asked| match asked.path.contains("/exports/json") {
        true => Reply::json(&json!(records(0, 10_050))),
        false => page(asked, 10_050),
    });
    let imported = read(&server, RECORDS).unwrap();
    assert_eq!((imported.items.len(), imported.extent.clone()), (10_050, Some(Extent::Whole)));
    assert_eq!(server.asked().len(), 2);
    assert_eq!(server.asked()[1].query("where").as_deref(), Some("commune=\"Albi\""));

    let failing = StandIn::start(|asked| match asked.path.contains("/exports/json") {
        true => Reply::new(200, "application/json", "[{\"id\": 1}, {\"id\":"),
        false => page(asked, 10_050),
    });
    assert_eq!(read(&failing, RECORDS).map(|imported| imported.broken_off().is_empty()).ok(), Some(false));
}

#[test]
fn a_portal_of_the_first_version_is_read_too() {
    let server = StandIn::start(|asked| {
        let at: u64 = asked.query("start").unwrap().parse().unwrap();
        let records: Vec<Value> = (at + 1..=150.min(at + 100))
            .map(|id| json!({ "recordid": id.to_string(), "fields": { "id": id } }))
            .collect();
        Reply::json(&json!({ "nhits": 150, "parameters": {}, "records": records }))
    });
    let imported = read(&server, "/api/records/1.0/search/?dataset=bornes&rows=10").unwrap();
    assert_eq!((imported.items.len(), imported.extent.clone()), (150, Some(Extent::Whole)));
}

#[test]
fn records_that_change_between_pages_are_told() {
    let shrinking = StandIn::start(|asked| page(asked, if offset(asked) == 0 { 250 } else { 240 }));
    assert!(read(&shrinking, RECORDS).unwrap().broken_off().contains("changed while they were read"));

    // One is put in before the first page: what stood last on it stands first on the next.
    let overlapping = StandIn::start(|asked| {
        let at = offset(asked);
        Reply::json(&json!({ "total_count": 150, "results": records(at - at.min(1), 150.min(at + 100) - at.min(1)) }))
    });
    let imported = read(&overlapping, RECORDS).unwrap();
    assert!(imported.broken_off().contains("changed while they were read"));
    assert_eq!((imported.items.len(), imported.counts.left_out), (149, 1));

    let fewer = StandIn::start(|asked| match offset(asked) {
        0 => page(asked, 250),
        _ => Reply::json(&json!({ "total_count": 250, "results": [] })),
    });
    assert!(read(&fewer, RECORDS).unwrap().broken_off().contains("250 records were promised, 100 came"));
}

#[test]
fn a_page_that_is_none_ends_the_import_where_it_stands() {
    for reply in [Reply::new(200, "text/html", "<html></html>"), Reply::json(&json!({ "error_code": "x" }))] {
        let first = reply.clone();
        let never = StandIn::start(move |_| first.clone());
        assert!(read(&never, RECORDS).is_err());
        let later = StandIn::start(move |asked| if offset(asked) == 0 { page(asked, 250) } else { reply.clone() });
        let imported = read(&later, RECORDS).unwrap();
        assert_eq!((imported.items.len(), imported.broken_off().is_empty()), (100, false));
    }
    let cut =
        StandIn::start(|asked| if offset(asked) == 0 { page(asked, 250) } else { page(asked, 250).cut_after(99) });
    assert_eq!(read(&cut, RECORDS).unwrap().items.len(), 100);
}
