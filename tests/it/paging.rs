//! What holds for the pages of every interface, whoever's it is: little memory, honest ends, and nothing read twice.

use crate::import::{Imported, import, now};
use crate::stand_in::{Asked, Reply, StandIn};
use parvis::import::fetch::{Allowed, Pace, Web};
use parvis::import::{Extent, ImportError, Input, Job, Mapping, Settings, source};
use serde_json::{Value, json};
use std::process::Command;

/// Where each interface lies, the field of a page that holds its records, and the one that says how many there are.
const INTERFACES: [(&str, &str, &str, &str); 4] = [
    ("openagenda", "/v2/agendas/7/events", "events", "total"),
    ("acceslibre", "/api/erps/?commune=Albi", "results", "count"),
    ("opendatasoft", "/api/explore/v2.1/catalog/datasets/a/records", "results", "total_count"),
    ("datatourisme", "/v1/catalog", "objects", "meta"),
];
/// Address space of the process that reads hostile pages, in KiB: its threads, its program, the page and its copies.
const MEMORY_KIB: u32 = 640 << 10;

fn settings() -> Settings {
    let mapping =
        Mapping::from_toml("[mapping.m]\ntype = \"place\"\nid = \"id\"\ncredit = \"T\"\ntitle = \"Lieu {id}\"\n", "m");
    Settings { key: Some("key".to_owned()), mapping: Some(mapping.unwrap()), ..Settings::new(now()) }
}

fn read(name: &str, server: &StandIn, path: &str) -> Result<Imported, ImportError> {
    import(source(name).unwrap(), &Input::Web(server.url(path)), &settings())
}

/// A page that is small on the line and large in memory.
fn hostile(before: &str, each: &str, after: &str) -> Reply {
    let body = format!("{before}{}0{after}", each.repeat((24 << 20) / each.len()));
    Reply::new(200, "application/json", body)
}

#[test]
#[ignore = "run by pages_made_to_fill_memory_do_not, in a process of limited memory"]
fn hostile_pages() {
    for (name, path, records, _) in INTERFACES {
        let many =
            StandIn::start(move |asked| match asked.path.contains("/agendas/7") && !asked.path.contains("events") {
                true => Reply::new(404, "text/plain", ""),
                false => hostile(&format!("{{\"{records}\":["), "[0],", "]}"),
            });
        let refused = read(name, &many, path).unwrap_err().to_string();
        assert!(refused.contains("more than 10000 records"), "{refused}");
        // One record, of which nothing is an object; and as much beside the records.
        let one = StandIn::start(move |_| hostile(&format!("{{\"{records}\":[["), "[0],", "]]}"));
        let imported = read(name, &one, path).unwrap();
        assert_eq!((imported.items.len(), imported.counts.records, imported.counts.left_out), (0, 1, 1), "{name}");
        let beside =
            StandIn::start(move |_| hostile("{\"label\":[", "[0],", &format!("],\"after\":null,\"{records}\":[]}}")));
        let refused = read(name, &beside, path).unwrap_err().to_string();
        assert!(refused.contains("more beside its list"), "{refused}");
    }
    println!("all pages were read");
}

#[test]
fn pages_made_to_fill_memory_do_not() {
    let exe = std::env::current_exe().unwrap();
    let run = format!("ulimit -v {MEMORY_KIB}; exec \"$0\" --exact paging::hostile_pages --ignored --nocapture");
    let mut command = Command::new("sh");
    command.args(["-c", &run]).arg(exe).env("RUST_BACKTRACE", "0");
    // What is given back is given back at once.
    let output = command.env("MALLOC_MMAP_THRESHOLD_", "131072").env("MALLOC_ARENA_MAX", "2").output().unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && told.contains("all pages were read"), "{told}");
}

/// A page with this many records on all pages together, and these on it.
fn page(count: &str, records: &str, promised: u64, ids: &[u64], next: Option<&str>) -> Reply {
    let record = |id: &u64| {
        json!({
            "uid": id, "uuid": format!("00000000-0000-4000-8000-{id:012}"), "id": id, "nom": format!("Lieu {id}"),
            "type": ["PlaceOfInterest", "Museum"], "label": {"@fr": format!("Lieu {id}")}, "title": {"fr": "Lieu"},
            "uri": format!("https://data.example.org/81/{id}"), "state": 2, "timezone": "Europe/Paris",
            "timings": [{"begin": "2026-06-01T20:00:00+02:00", "end": "2026-06-01T22:00:00+02:00"}],
        })
    };
    let all: Vec<Value> = ids.iter().map(record).collect();
    let mut page = json!({ count: promised, records: all, "next": next, "after": next.map(|_| [ids.last()]) });
    if count == "meta" {
        page["meta"] = json!({ "total": promised, "next": next });
    }
    Reply::json(&page)
}

fn is_first(asked: &Asked) -> bool {
    let offset = asked.query("offset").is_none_or(|offset| offset == "0");
    offset && !asked.path.contains("second") && asked.query("after[]").is_none()
}

#[test]
fn a_record_that_no_page_brings_is_missed_by_all_interfaces_alike() {
    // The second page brings one record less than was promised, or one again.
    for second in [&[3][..], &[2, 3]] {
        for (name, path, records, count) in INTERFACES {
            let server = StandIn::start(move |asked| match is_first(asked) {
                true => page(count, records, 4, &[1, 2], Some("?second")),
                false => page(count, records, 4, second, None),
            });
            let imported = read(name, &server, path).unwrap();
            assert_eq!(imported.items.len(), 3, "{name} {second:?}");
            let Some(Extent::BrokenOff(reason)) = imported.extent else { panic!("{name}: {:?}", imported.extent) };
            assert!(reason.contains("promised") || reason.contains("changed while they were read"), "{reason}");
        }
    }
}

#[test]
fn equal_rows_on_one_page_are_two_records_and_no_change() {
    // On the first page, and on the last.
    for (first, second) in [(&[1, 1][..], &[2][..]), (&[1], &[2, 2])] {
        for (name, path, records, count) in INTERFACES {
            let server = StandIn::start(move |asked| match is_first(asked) {
                true => page(count, records, 3, first, Some("?second")),
                false => page(count, records, 3, second, None),
            });
            let imported = read(name, &server, path).unwrap();
            assert_eq!(imported.extent, Some(Extent::Whole), "{name} {first:?}");
            // Those that have one id are one item.
            assert_eq!((imported.items.len(), imported.counts.records, imported.counts.left_out), (2, 3, 1), "{name}");
        }
    }
}

#[test]
fn a_page_that_has_not_changed_is_believed_only_where_it_is_the_only_one() {
    for (name, path, records, count) in INTERFACES {
        for pages in [1, 2] {
            let server = StandIn::start(move |asked| match asked.headers.get("if-none-match") {
                Some(_) => Reply::new(304, "application/json", ""),
                None if pages == 1 => page(count, records, 2, &[1, 2], None).with("etag", "\"a\""),
                None if is_first(asked) => page(count, records, 3, &[1, 2], Some("?second")).with("etag", "\"a\""),
                None => page(count, records, 3, &[3], None).with("etag", "\"b\""),
            });
            let from = Input::Web(server.url(path));
            let mut allowed = Allowed::default();
            allowed.and_host_of(&server.url("/"));
            let mut web = Web::new(allowed, Pace::unhurried());
            let mut extents = Vec::new();
            for _ in 0..2 {
                let (mut out, mut progress, settings) = (Imported::default(), |_| {}, settings());
                let mut job = Job::new(&from, &settings, &mut web, &mut out, &mut progress);
                extents.push(job.import(source(name).unwrap()).unwrap());
            }
            let again = if pages == 1 { Extent::Unchanged } else { Extent::Whole };
            assert_eq!(extents, [Extent::Whole, again], "{name}, {pages} pages");
        }
    }
}

#[test]
fn a_catalogue_that_changes_between_pages_withdraws_nothing() {
    let server = StandIn::start(|asked| match is_first(asked) {
        true => page("meta", "objects", 5, &[1, 2], Some("?second")),
        // One of the first page was removed: what stood first on this one stands there now.
        false => page("meta", "objects", 4, &[4, 5], None),
    });
    let imported = read("datatourisme", &server, "/v1/catalog").unwrap();
    let Some(Extent::BrokenOff(reason)) = imported.extent else { panic!("{:?}", imported.extent) };
    assert!(reason.contains("changed while they were read"), "{reason}");
}
