//! Timetables, news of them and shared bicycles: from stand-in servers, and from input that was damaged on its way.

use crate::import::{Imported, import, now};
use crate::protobuf_text::encoded;
use crate::scratch::Scratch;
use crate::stand_in::{Asked, Reply, StandIn};
use parvis::content::{Item, Live, Position};
use parvis::import::{Extent, Input, LEFT_OUT, SOURCES, Settings, Source};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

fn source(name: &str) -> &'static dyn Source {
    SOURCES.iter().copied().find(|source| source.name() == name).unwrap()
}

fn cases(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

fn settings() -> Settings {
    Settings::new(now())
}

/// A ZIP whose files are stored as they are (APPNOTE 4.3), as another program than ours would write it.
pub fn zipped(folder: &Path, below: &str) -> Vec<u8> {
    let (mut body, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        let bytes = fs::read(&path).unwrap();
        let offset = u32::try_from(body.len()).unwrap();
        let length = u32::try_from(bytes.len()).unwrap();
        let mut head = Vec::new();
        // Version 2.0, no flags, stored, and 3 March 2026 at noon.
        for field in [20_u16, 0, 0, 12 << 11, (46 << 9) | (3 << 5) | 3] {
            head.extend(field.to_le_bytes());
        }
        head.extend(crc32(&bytes).to_le_bytes());
        head.extend([length.to_le_bytes(), length.to_le_bytes()].concat());
        head.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        head.extend(0_u16.to_le_bytes());
        body.extend([b"PK\x03\x04".as_slice(), &head, name.as_bytes(), &bytes].concat());
        directory.extend([b"PK\x01\x02".as_slice(), &20_u16.to_le_bytes(), &head, &[0; 10]].concat());
        directory.extend([offset.to_le_bytes().as_slice(), name.as_bytes()].concat());
        count += 1;
    }
    let start = u32::try_from(body.len()).unwrap().to_le_bytes();
    let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
    let counts = [count.to_le_bytes(), count.to_le_bytes()].concat();
    [body, directory, b"PK\x05\x06\0\0\0\0".to_vec(), counts, length.to_vec(), start.to_vec(), vec![0, 0]].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

fn is_counted(imported: &Imported) -> bool {
    let left_out = imported.problems.iter().filter(|problem| problem.reason.starts_with(LEFT_OUT)).count();
    imported.items.len() + left_out == imported.counts.records
}

fn ids(imported: &Imported) -> Vec<&str> {
    imported.items.iter().map(|item| item.common().id.as_str()).collect()
}

/// Bytes flipped, cut out, doubled or put in.
fn damaged(valid: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), 0..4_u8, any::<u8>(), 0..64_usize);
    prop::collection::vec(edit, 1..6).prop_map(move |edits| {
        let mut bytes = valid.clone();
        for (at, kind, byte, length) in edits {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let end = (at + length).min(bytes.len());
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                2 => drop(bytes.splice(at..at, bytes[at..end].to_vec()).collect::<Vec<_>>()),
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    })
}

#[test]
fn a_timetable_is_fetched_and_only_again_when_time_matters() {
    for below in ["", "gtfs-2026/"] {
        let zip = zipped(&cases("gtfs/departures/input"), below);
        let server = StandIn::start(move |asked| match asked.headers.contains_key("if-none-match") {
            true => Reply::new(304, "application/zip", ""),
            false => Reply::new(200, "application/zip", zip.clone()).with("etag", "\"a\""),
        });
        let from = Input::Web(server.url("/gtfs.zip"));
        let stops = import(source("gtfs"), &from, &settings()).unwrap();
        assert_eq!(ids(&stops), ["gtfs:ST", "gtfs:M", "gtfs:P", "gtfs:L"]);
        let updated = stops.items[0].common().provenance[0].updated.unwrap();
        assert_eq!(updated.to_rfc3339(), "2026-03-03T11:00:00+00:00");
        let boards = import(source("gtfs"), &from, &Settings { stops: vec!["ST".to_owned()], ..settings() }).unwrap();
        assert!(is_counted(&boards) && ids(&boards).contains(&"gtfs:departures:ST"));
    }
    let page = StandIn::start(|_| Reply::new(200, "text/html", "<html>Down for maintenance</html>"));
    let error = import(source("gtfs"), &Input::Web(page.url("/gtfs.zip")), &settings()).unwrap_err().to_string();
    assert!(error.contains("not the ZIP of a GTFS feed"), "{error}");
}

#[test]
fn a_table_that_breaks_off_is_told_and_what_stands_before_is_taken() {
    let scratch = Scratch::new("transit-broken");
    let mut zip = zipped(&cases("gtfs/stations/input"), "");
    let at = zip.windows(5).position(|five| five == b"HALTE").unwrap();
    // The checksum no longer fits.
    zip[at] = b'X';
    let path = scratch.file("gtfs.zip", &zip);
    let imported = import(source("gtfs"), &Input::Path(path), &settings()).unwrap();
    assert!(is_counted(&imported) && !imported.items.is_empty());
    imported.broken_off();
}

#[test]
fn a_feed_without_stops_is_one_error() {
    let scratch = Scratch::new("transit-empty");
    let error = import(source("gtfs"), &Input::Path(scratch.0.clone()), &settings()).unwrap_err().to_string();
    assert!(error.ends_with("there is no stops.txt in it"), "{error}");
    scratch.file("stops.txt", b"id,name\n1,Gare\n");
    let error = import(source("gtfs"), &Input::Path(scratch.0.clone()), &settings()).unwrap_err().to_string();
    assert!(error.ends_with("stops.txt: it has no column stop_id"), "{error}");
}

#[test]
fn the_feeds_of_the_cases_are_what_is_written_beside_them() {
    for case in fs::read_dir(cases("gtfs-rt")).unwrap().map(|entry| entry.unwrap().path()) {
        let mut bytes = encoded(&fs::read_to_string(case.join("feed.txt")).unwrap());
        if case.ends_with("broken-off") {
            bytes.truncate(bytes.len() - 9);
        }
        let input = case.join("input.pb");
        if std::env::var_os("PARVIS_BLESS").is_some() {
            fs::write(&input, &bytes).unwrap();
        }
        assert!(fs::read(&input).unwrap_or_default() == bytes, "{}: not as feed.txt says", case.display());
    }
}

fn feed(case: &str) -> Vec<u8> {
    fs::read(cases("gtfs-rt").join(case).join("input.pb")).unwrap()
}

#[test]
fn alerts_are_fetched_and_a_page_instead_of_them_is_one_error() {
    let server = StandIn::start(|asked| match asked.path.as_str() {
        "/alerts" if asked.headers.contains_key("if-none-match") => Reply::new(304, "application/x-protobuf", ""),
        "/alerts" => Reply::new(200, "application/x-protobuf", feed("lifts")).with("etag", "\"a\""),
        "/cut" => Reply::new(200, "application/x-protobuf", feed("lifts")).cut_after(300),
        _ => Reply::new(200, "text/html", "<html>Down</html>"),
    });
    let from = |path: &str| Input::Web(server.url(path));
    let alerts = import(source("gtfs-rt"), &from("/alerts"), &settings()).unwrap();
    assert!(is_counted(&alerts) && alerts.extent == Some(Extent::Whole));
    assert_eq!(alerts.items[0].common().provenance[0].credit, "127.0.0.1");
    assert!(import(source("gtfs-rt"), &from("/cut"), &settings()).is_err());
    let error = import(source("gtfs-rt"), &from("/page"), &settings()).unwrap_err().to_string();
    assert!(error.contains("not a GTFS-realtime feed"), "{error}");
}

#[test]
fn a_timetable_that_is_not_there_costs_only_the_departures() {
    let settings = Settings { stops: vec!["L".to_owned()], timetable: Some("/nowhere".into()), ..settings() };
    let from = Input::Path(cases("gtfs-rt").join("delays/input.pb"));
    let imported = import(source("gtfs-rt"), &from, &settings).unwrap();
    assert!(is_counted(&imported) && imported.items.is_empty());
    assert!(
        imported.problems.iter().any(|problem| problem.reason.starts_with("the timetable /nowhere cannot be read"))
    );
    let imported = import(source("gtfs-rt"), &from, &Settings { timetable: None, ..settings }).unwrap();
    assert!(imported.problems.iter().any(|problem| problem.reason.starts_with("departures need the timetable")));
}

/// A file of a system in version 2, whose texts are in one language.
fn gbfs(stations: &str, seconds: i64) -> Reply {
    let at = now().timestamp() - seconds;
    Reply::new(
        200,
        "application/json",
        format!(r#"{{"last_updated":{at},"ttl":60,"version":"2.3","data":{stations}}}"#),
    )
}

/// A system in two languages whose feeds are found as gbfs.json says.
fn bikes(asked: &Asked) -> Reply {
    let feeds = |language: &str| {
        let names = ["system_information", "station_information", "station_status"];
        let feed = |name: &&str| format!(r#"{{"name":"{name}","url":"{language}/{name}.json"}}"#);
        let feeds: Vec<String> = names.iter().map(feed).collect();
        format!(r#""{language}":{{"feeds":[{}]}}"#, feeds.join(","))
    };
    match asked.path.as_str() {
        "/gbfs.json" => gbfs(&format!("{{{},{}}}", feeds("en"), feeds("fr")), 0),
        "/fr/system_information.json" => gbfs(r#"{"system_id":"v","language":"fr","name":"Vélo"}"#, 0),
        "/en/system_information.json" => gbfs(r#"{"system_id":"v","language":"en","name":"Bike"}"#, 0),
        "/fr/station_information.json" => gbfs(
            r#"{"stations":[{"station_id":"1","name":"Gare","lat":43.1,"lon":5.1},{"station_id":"2","name":"Port","lat":43.2,"lon":5.2}]}"#,
            0,
        ),
        "/en/station_information.json" => {
            gbfs(r#"{"stations":[{"station_id":"1","name":"Station"},{"station_id":"2","name":"Port"}]}"#, 0)
        }
        "/fr/station_status.json" => gbfs(
            r#"{"stations":[{"station_id":"1","num_bikes_available":1},{"station_id":"2","num_bikes_available":2}]}"#,
            60,
        ),
        _ => Reply::new(404, "text/plain", "no"),
    }
}

fn live(imported: &Imported) -> &Live {
    let live = imported.items.iter().find_map(|item| if let Item::Live(live) = item { Some(live) } else { None });
    live.unwrap()
}

#[test]
fn bikes_are_found_as_the_discovery_file_says_in_every_language() {
    let server = StandIn::start(bikes);
    let from = Input::Web(server.url("/gbfs.json"));
    let imported = import(source("gbfs"), &from, &settings()).unwrap();
    assert!(is_counted(&imported) && imported.extent == Some(Extent::Whole), "{:?}", imported.problems);
    assert_eq!(ids(&imported), ["gbfs:v:1", "gbfs:v:2", "gbfs:v:bikes"]);
    let titles = |at: usize| {
        let title = &imported.items[at].common().title;
        title.0.iter().map(|(tag, name)| format!("{tag} {}", name.text)).collect::<Vec<_>>()
    };
    assert_eq!(
        [titles(0), titles(1), titles(2)],
        [vec!["en Station", "fr Gare"], vec!["fr Port"], vec!["en Bike", "fr Vélo"]]
    );
    assert_eq!(live(&imported).valid_until.unwrap() - now(), chrono::TimeDelta::minutes(9));
    // The harbour is nearer.
    let near = Settings { position: Position::new(43.21, 5.21), ..settings() };
    let imported = import(source("gbfs"), &from, &near).unwrap();
    assert_eq!(live(&imported).rows[0].label.exact("fr").unwrap().text, "Port");
}

#[test]
fn a_system_that_answers_in_part_keeps_what_it_does_not_say() {
    let broken = |path: &'static str, reply: Reply| {
        StandIn::start(move |asked| if asked.path == path { reply.clone() } else { bikes(asked) })
    };
    let page = || Reply::new(200, "text/html", "<html>Down</html>");
    for reply in [
        page(),
        Reply::new(404, "text/plain", ""),
        gbfs("{}", 0).cut_after(20),
        gbfs("{}", 0),
        gbfs("{\"stations\":[{", 0),
    ] {
        let server = broken("/fr/station_status.json", reply.clone());
        let imported = import(source("gbfs"), &Input::Web(server.url("/gbfs.json")), &settings()).unwrap();
        assert!(is_counted(&imported));
        imported.broken_off();
        assert_eq!(ids(&imported)[..2], ["gbfs:v:1", "gbfs:v:2"]);
        let is_empty = reply.cut.is_none() && reply.body == gbfs("{}", 0).body;
        for path in ["/gbfs.json", "/fr/station_information.json", "/fr/system_information.json"] {
            if is_empty && path.contains("system") {
                continue;
            }
            let server = broken(path, reply.clone());
            assert!(import(source("gbfs"), &Input::Web(server.url("/gbfs.json")), &settings()).is_err(), "{path}");
        }
        let server = broken("/en/station_information.json", reply);
        if is_empty {
            continue;
        }
        let imported = import(source("gbfs"), &Input::Web(server.url("/gbfs.json")), &settings()).unwrap();
        assert!(is_counted(&imported) && imported.extent == Some(Extent::Whole));
        assert!(imported.problems.iter().any(|problem| problem.reason.contains("names in this language are missing")));
    }
}

#[test]
fn a_station_larger_than_any_costs_only_itself() {
    let scratch = Scratch::new("transit-large");
    let long = "x".repeat(2 << 20);
    let list = format!(r#"[{{"station_id":"1","name":"{long}"}},{{"station_id":"2","name":"Gare","lat":43,"lon":5}}]"#);
    let file = format!(r#"{{"last_updated":1,"ttl":0,"data":{{"stations":{list}}}}}"#);
    scratch.file("station_information.json", file.as_bytes());
    let imported = import(source("gbfs"), &Input::Path(scratch.0.clone()), &settings()).unwrap();
    assert!(is_counted(&imported));
    assert_eq!((imported.counts.records, ids(&imported)), (2, vec!["gbfs:2"]));
}

#[test]
fn files_on_a_host_that_nobody_listed_are_not_fetched() {
    let elsewhere = StandIn::start(bikes);
    let away = elsewhere.url("/fr/station_information.json");
    let list = format!(r#"{{"feeds":[{{"name":"station_information","url":"{away}"}}]}}"#);
    let server = StandIn::start(move |_| gbfs(&list, 0));
    let error = import(source("gbfs"), &Input::Web(server.url("/gbfs.json")), &settings()).unwrap_err().to_string();
    assert!(error.contains("not on the list of hosts"), "{error}");
    assert_eq!(elsewhere.asked().len(), 0);
}

fn gbfs_file(name: &str) -> Vec<u8> {
    fs::read(cases("gbfs/version-2/input").join(name)).unwrap()
}

/// Every table of a case in one text, to be damaged together.
fn bundled(folder: &Path) -> Vec<u8> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let table = |path: &PathBuf| {
        [path.file_name().unwrap().as_encoded_bytes(), b"\0", &fs::read(path).unwrap(), b"\x01"].concat()
    };
    paths.iter().flat_map(table).collect()
}

fn unbundled(bytes: &[u8], scratch: &Scratch) {
    let names = ["agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt"];
    for table in bytes.split(|byte| *byte == 1) {
        let Some(at) = table.iter().position(|byte| *byte == 0) else { continue };
        let name = String::from_utf8_lossy(&table[..at]).into_owned();
        if names.contains(&name.as_str()) || ["calendar_dates.txt", "frequencies.txt"].contains(&name.as_str()) {
            scratch.file(&name, &table[at + 1..]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_timetable_never_panics_and_keeps_the_count(bytes in damaged(bundled(&cases("gtfs/departures/input")))) {
        let scratch = Scratch::new("transit-tables");
        unbundled(&bytes, &scratch);
        let settings = Settings { stops: vec!["ST".to_owned(), "Mairie".to_owned()], ..settings() };
        if let Ok(imported) = import(source("gtfs"), &Input::Path(scratch.0.clone()), &settings) {
            prop_assert!(is_counted(&imported));
        }
    }

    #[test]
    fn any_zip_never_panics_and_keeps_the_count(bytes in damaged(zipped(&cases("gtfs/stations/input"), ""))) {
        let scratch = Scratch::new("transit-zips");
        let path = scratch.file("gtfs.zip", &bytes);
        if let Ok(imported) = import(source("gtfs"), &Input::Path(path), &settings()) {
            prop_assert!(is_counted(&imported));
        }
    }
    #[test]
    fn any_news_never_panic_and_keep_the_count(bytes in prop_oneof![damaged(feed("alerts")), damaged(feed("delays"))]) {
        let scratch = Scratch::new("transit-news");
        let path = scratch.file("news.pb", &bytes);
        let timetable = Some(cases("gtfs/departures/input"));
        let settings = Settings { stops: vec!["ST".to_owned(), "Port".to_owned()], timetable, ..settings() };
        if let Ok(imported) = import(source("gtfs-rt"), &Input::Path(path), &settings) {
            prop_assert!(is_counted(&imported));
        }
    }
    #[test]
    fn any_bikes_never_panic_and_keep_the_count(
        stations in damaged(gbfs_file("station_information.json")),
        status in damaged(gbfs_file("station_status.json")),
    ) {
        let scratch = Scratch::new("transit-bikes");
        scratch.file("station_information.json", &stations);
        scratch.file("station_status.json", &status);
        scratch.file("vehicle_types.json", &gbfs_file("vehicle_types.json"));
        if let Ok(imported) = import(source("gbfs"), &Input::Path(scratch.0.clone()), &settings()) {
            prop_assert!(is_counted(&imported));
        }
    }
}
