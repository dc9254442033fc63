//! What a source's server need not send again: answers that lie here from the run before, and nothing that nobody needs.

use crate::stand_in::{Asked, Reply, StandIn};
use chrono::{DateTime, Utc};
use parvis::import::Extent;
use parvis::import::fetch::{Allowed, Ask, KeptPages, Pace, Web};
use parvis::import::town_sources::{Outcome, Report, SourcesFile, TownImport};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

struct Town {
    folder: PathBuf,
    file: SourcesFile,
}

impl Town {
    fn new(name: &str, format: &str, url: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("parvis-kept-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let text = format!(
            "[town]\nposition = [43.9289, 2.1464]\n[[source]]\nname = \"it\"\nformat = \"{format}\"\nfrom = \"{url}\"\nevery = \"5m\"\n"
        );
        let file = SourcesFile::parse(&text, &folder).unwrap();
        Self { folder, file }
    }

    fn read(&self, at: &str) -> Report {
        self.read_on(1, at)
    }

    fn read_on(&self, day: u8, at: &str) -> Report {
        let now: DateTime<Utc> = format!("2026-05-{day:02}T{at}:00Z").parse().unwrap();
        let import = TownImport { file: &self.file, now, everything: true, pace: Some(Pace::unhurried()) };
        import.one(&self.file.sources[0], &mut |_| {}).unwrap()
    }

    fn kept(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join("import-state/it").join(name)).unwrap()
    }

    fn pages(&self) -> usize {
        fs::read_dir(self.folder.join("import-state/it/pages")).map_or(0, Iterator::count)
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// What was asked for since the last time.
fn asked(server: &StandIn, before: &mut usize) -> Vec<String> {
    let all: Vec<String> = server.asked().into_iter().skip(*before).map(|asked| asked.path).collect();
    *before += all.len();
    all
}

fn alert(identifier: &str) -> Reply {
    let alert = format!(
        "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>{identifier}</identifier><sender>s</sender>\
        <sent>2026-05-01T09:00:00+02:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>\
        <info><event>Crue</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>\
        <expires>2026-05-01T22:00:00+02:00</expires></info></alert>"
    );
    Reply::new(200, "application/cap+xml", alert)
}

/// An index of these alerts, each with the date that it was changed at.
fn index(alerts: &[(&str, &str)]) -> Reply {
    let entries = alerts.iter().map(|(name, updated)| {
        let updated = if updated.is_empty() { String::new() } else { format!("<updated>{updated}</updated>") };
        format!("<entry><id>urn:{name}</id>{updated}<link type='application/cap+xml' href='/{name}.cap'/></entry>")
    });
    let entries: String = entries.collect();
    Reply::new(200, "application/atom+xml", format!("<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>"))
}

#[test]
fn an_alert_that_its_index_leads_to_is_fetched_once() {
    let listed = Arc::new(Mutex::new(index(&[("a", "2026-05-01T07:00:00Z"), ("b", "")])));
    let broken = Arc::new(Mutex::new(true));
    let (gives, breaks) = (listed.clone(), broken.clone());
    let server = StandIn::start(move |asked: &Asked| match asked.path.as_str() {
        "/index" => gives.lock().unwrap().clone(),
        "/c.cap" if *breaks.lock().unwrap() => Reply::new(200, "text/html", "<html>Maintenance</html>"),
        _ if asked.headers.contains_key("if-none-match") => Reply::new(304, "text/plain", ""),
        path => alert(path.trim_matches('/')).with("etag", "\"1\""),
    });
    let town = Town::new("cap", "cap", server.url("/index").as_str());
    let mut seen = 0;
    assert_eq!(town.read("10:00").items, 2);
    assert_eq!(asked(&server, &mut seen).len(), 3);
    // The one without a date is asked for again, and has not changed.
    assert_eq!(town.read("11:00").items, 2);
    assert_eq!(asked(&server, &mut seen), ["/index", "/b.cap"]);
    assert_eq!(town.pages(), 2);

    *listed.lock().unwrap() = index(&[("a", "2026-05-01T07:00:00Z"), ("c", "2026-05-01T11:00:00Z")]);
    let report = town.read("12:00");
    assert!(matches!(report.outcome, Outcome::Read(Extent::BrokenOff(_))), "{:?}", report.outcome);
    assert_eq!(asked(&server, &mut seen), ["/index", "/c.cap"]);
    // What was no alert is not kept for one.
    *broken.lock().unwrap() = false;
    let report = town.read("12:10");
    assert_eq!((report.items, report.outcome), (2, Outcome::Read(Extent::Whole)));
    assert_eq!(asked(&server, &mut seen), ["/index", "/c.cap"]);
    assert_eq!(town.pages(), 2, "what the index no longer leads to is gone");

    *listed.lock().unwrap() = index(&[("a", "2026-05-01T12:15:00Z"), ("c", "2026-05-01T11:00:00Z")]);
    assert_eq!(town.read("12:20").items, 2);
    assert_eq!(asked(&server, &mut seen), ["/index", "/a.cap"]);
}

#[test]
fn files_of_bicycles_that_have_not_changed_are_not_sent_again() {
    let bikes = Arc::new(Mutex::new(3));
    let (stand, sent) = (bikes.clone(), Arc::new(Mutex::new(Vec::new())));
    let sends = sent.clone();
    let server = StandIn::start(move |asked: &Asked| {
        let bikes = *stand.lock().unwrap();
        let data = match asked.path.as_str() {
            "/gbfs.json" => {
                let names = ["system_information", "station_information", "station_status"];
                let feeds = names.map(|name| json!({ "name": name, "url": format!("/{name}.json") }));
                json!({ "feeds": feeds })
            }
            "/system_information.json" => json!({ "system_id": "v", "language": "fr", "name": "Vélo" }),
            "/station_information.json" => {
                json!({ "stations": [{ "station_id": "1", "name": "Gare", "lat": 43.9, "lon": 2.1 }] })
            }
            _ => json!({ "stations": [{
                "station_id": "1", "num_bikes_available": bikes, "num_docks_available": 1,
                "is_installed": true, "is_renting": true, "is_returning": true, "last_reported": 1_777_629_600,
            }] }),
        };
        let etag = format!("\"{}\"", if asked.path.contains("status") { bikes } else { 0 });
        if asked.headers.get("if-none-match") == Some(&etag) {
            return Reply::new(304, "application/json", "");
        }
        sends.lock().unwrap().push(asked.path.clone());
        let file = json!({ "last_updated": 1_777_629_600, "ttl": 60, "version": "2.3", "data": data });
        Reply::json(&file).with("etag", etag)
    });
    let town = Town::new("gbfs", "gbfs", server.url("/gbfs.json").as_str());
    let read = |at: &str, files: usize| {
        let report = town.read(at);
        assert_eq!((report.items, report.outcome), (2, Outcome::Read(Extent::Whole)));
        let sent = std::mem::take(&mut *sent.lock().unwrap());
        assert_eq!(sent.len(), files, "{sent:?}");
        town.kept("items.json")
    };
    let first = read("10:00", 4);
    assert_eq!(read("10:01", 0), first);
    *bikes.lock().unwrap() = 4;
    assert_ne!(read("10:02", 1), first);
    assert_eq!(town.pages(), 4);
}

#[test]
fn an_alert_that_cannot_be_had_for_now_stays_known() {
    let down = Arc::new(Mutex::new(false));
    let fails = down.clone();
    let server = StandIn::start(move |asked: &Asked| match asked.path.as_str() {
        "/index" => index(&[("a", "")]),
        _ if *fails.lock().unwrap() => Reply::new(503, "text/plain", "later"),
        _ if asked.headers.contains_key("if-none-match") => Reply::new(304, "text/plain", ""),
        path => alert(path.trim_matches('/')).with("etag", "\"1\""),
    });
    let town = Town::new("cap-down", "cap", server.url("/index").as_str());
    assert_eq!(town.read("10:00").items, 1);
    *down.lock().unwrap() = true;
    let report = town.read("10:05");
    assert!(matches!(report.outcome, Outcome::Read(Extent::BrokenOff(_))), "{:?}", report.outcome);
    assert_eq!((report.items, town.pages()), (1, 1));
    *down.lock().unwrap() = false;
    let report = town.read("10:10");
    assert_eq!((report.items, report.outcome), (1, Outcome::Read(Extent::Whole)));
    assert!(server.asked().last().unwrap().headers.contains_key("if-none-match"), "it is sent again");
}

/// A file of a system with two languages, as it is the day before.
fn bicycles(path: &str) -> Value {
    let data = match path.rsplit('/').next().unwrap() {
        "system_information.json" => json!({ "system_id": "v", "name": "Vélo" }),
        "station_information.json" => {
            json!({ "stations": [{ "station_id": "1", "name": path, "lat": 43.9, "lon": 2.1 }] })
        }
        "station_status.json" => json!({ "stations": [{
            "station_id": "1", "num_bikes_available": 1, "num_docks_available": 1,
            "is_installed": true, "is_renting": true, "is_returning": true, "last_reported": 1_777_629_600,
        }] }),
        "vehicle_types.json" => json!({ "vehicle_types": [{ "vehicle_type_id": "b", "form_factor": "bicycle" }] }),
        _ => {
            let names = ["system_information", "station_information", "station_status", "vehicle_types"];
            let feeds = |language: &str| {
                let listed = names.map(|name| json!({ "name": name, "url": format!("/{language}/{name}.json") }));
                json!({ "feeds": listed })
            };
            json!({ "fr": feeds("fr"), "en": feeds("en") })
        }
    };
    json!({ "last_updated": 1_777_629_600, "ttl": 60, "version": "2.3", "data": data })
}

#[test]
fn what_came_in_place_of_a_file_of_bicycles_is_not_taken_for_unchanged() {
    let html = |_: &str| "<html>Maintenance</html>".to_owned();
    let object = |_: &str| "{\"error\":\"maintenance\"}".to_owned();
    let cut = |path: &str| bicycles(path).to_string().trim_end_matches(['}', ']']).to_owned();
    let bad: [&dyn Fn(&str) -> String; 3] = [&html, &object, &cut];
    for path in [
        "/gbfs.json",
        "/fr/system_information.json",
        "/fr/station_information.json",
        "/fr/station_status.json",
        "/fr/vehicle_types.json",
        "/en/system_information.json",
        "/en/station_information.json",
    ] {
        for (at, bad) in bad.iter().map(|bad| bad(path)).enumerate() {
            let wrong = Arc::new(Mutex::new(true));
            let is_wrong = wrong.clone();
            let server = StandIn::start(move |asked: &Asked| {
                if asked.path == path && *is_wrong.lock().unwrap() {
                    // Made later than what it stands in place of, which for that reason has not changed since.
                    let made = "Fri, 01 May 2026 10:00:00 GMT";
                    return Reply::new(200, "application/json", bad.clone()).with("last-modified", made);
                }
                match asked.headers.contains_key("if-modified-since") {
                    true => Reply::new(304, "application/json", ""),
                    false => Reply::json(&bicycles(&asked.path)).with("last-modified", "Thu, 30 Apr 2026 10:00:00 GMT"),
                }
            });
            let town = Town::new("bicycles", "gbfs", server.url("/gbfs.json").as_str());
            town.read("10:00");
            assert!(server.asked().iter().any(|asked| asked.path == path));
            *wrong.lock().unwrap() = false;
            let before = server.asked().len();
            let report = town.read("10:05");
            assert_eq!((report.items, report.outcome), (2, Outcome::Read(Extent::Whole)), "{path} {at}");
            let again = server.asked().into_iter().skip(before).find(|asked| asked.path == path).unwrap();
            assert!(!again.headers.contains_key("if-modified-since"), "{path} {at}");
            let problems = town.kept("problems.json");
            assert!(!problems.contains("missing") && !problems.contains("unknown"), "{path} {at}: {problems}");
        }
    }
}

#[test]
fn kept_answers_take_so_much_room_and_the_oldest_go() {
    const MIB: usize = 1 << 20;
    let folder = std::env::temp_dir().join(format!("parvis-kept-room-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let server = StandIn::start(|asked: &Asked| match asked.headers.contains_key("if-none-match") {
        true => Reply::new(304, "text/plain", ""),
        false => Reply::new(200, "text/plain", vec![b'x'; 15 * MIB]).with("etag", "\"1\""),
    });
    // What is sent again in each run, of which there is room for four.
    for (needed, sent) in [("abcd", "abcd"), ("ae", "e"), ("acde", ""), ("fghij", "fghij"), ("fghij", "j")] {
        let mut allowed = Allowed::default();
        allowed.and_host_of(&server.url("/"));
        let mut web = Web::new(allowed, Pace::unhurried()).with_pages(KeptPages::new(&folder));
        let before = server.asked().len();
        for name in needed.chars() {
            let page = web.get_kept(&server.url(&format!("/{name}")), &Ask::default(), "").unwrap();
            assert_eq!(page.bytes.len(), 15 * MIB);
        }
        let asked = server.asked().into_iter().skip(before);
        let whole: String = asked
            .filter(|asked| !asked.headers.contains_key("if-none-match"))
            .map(|asked| asked.path.trim_matches('/').to_owned())
            .collect();
        assert_eq!(whole, sent, "{needed}");
        let lengths = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().metadata().unwrap().len());
        let (files, bytes) = lengths.fold((0, 0), |(files, bytes), length| (files + 1, bytes + length));
        assert!(files == 4 && bytes <= 64 * MIB as u64, "{needed}: {files} files, {bytes} bytes");
    }
    fs::remove_dir_all(&folder).unwrap();
}

fn photo() -> Vec<u8> {
    let mut photo = Vec::new();
    image::RgbImage::new(4, 4).write_to(&mut std::io::Cursor::new(&mut photo), image::ImageFormat::Jpeg).unwrap();
    photo
}

#[test]
fn a_picture_is_known_again_however_its_address_is_written() {
    let photo = photo();
    let server = StandIn::start(move |asked: &Asked| match asked.path.as_str() {
        "/export.json" => {
            // As its record writes it; as it is asked for it has neither the letter nor the dots.
            let url = format!("http://{}/photos/../été.jpg", asked.headers["host"]);
            let event: Value = json!({
                "uid": 1, "title": { "fr": "Un" }, "state": 2, "timezone": "Europe/Paris",
                "timings": [{ "begin": "2026-06-01T20:00:00+02:00", "end": "2026-06-01T22:00:00+02:00" }],
                "image": { "base": "", "filename": url },
            });
            Reply::json(&json!({ "events": [event] }))
        }
        _ if asked.headers.contains_key("if-none-match") => Reply::new(304, "image/jpeg", ""),
        _ => Reply::new(200, "image/jpeg", photo.clone()).with("etag", "\"1\""),
    });
    let town = Town::new("written", "openagenda", server.url("/export.json").as_str());
    // It is taken to be the same for a week.
    for day in [1, 3, 9] {
        assert_eq!(town.read_on(day, "10:00").outcome, Outcome::Read(Extent::Whole));
    }
    let asked: Vec<bool> = server
        .asked()
        .iter()
        .filter(|asked| asked.path.ends_with(".jpg"))
        .map(|asked| asked.headers.contains_key("if-none-match"))
        .collect();
    assert_eq!(asked, [false, true]);
}

#[test]
fn what_a_whole_read_did_not_need_is_forgotten() {
    let photo = photo();
    let signature = Arc::new(Mutex::new("first"));
    let signs = signature.clone();
    let server = StandIn::start(move |asked: &Asked| match asked.path.as_str() {
        "/export.json" => {
            let url = format!("http://{}/a.jpg?signature={}", asked.headers["host"], signs.lock().unwrap());
            let event: Value = json!({
                "uid": 1, "title": { "fr": "Un" }, "state": 2, "timezone": "Europe/Paris",
                "timings": [{ "begin": "2026-06-01T20:00:00+02:00", "end": "2026-06-01T22:00:00+02:00" }],
                "image": { "base": "", "filename": url },
            });
            Reply::json(&json!({ "events": [event] }))
        }
        _ => Reply::new(200, "image/jpeg", photo.clone()).with("etag", "\"1\""),
    });
    let town = Town::new("pictures", "openagenda", server.url("/export.json").as_str());
    let mut before = Vec::new();
    for (at, now) in [("10:00", "first"), ("11:00", "second")] {
        *signature.lock().unwrap() = now;
        assert_eq!(town.read(at).outcome, Outcome::Read(Extent::Whole));
        // Once as what was fetched, once as how its server knows it.
        let state: Value = serde_json::from_str(&town.kept("state.json")).unwrap();
        let marks: Vec<String> =
            ["pictures", "known"].iter().flat_map(|part| state[part].as_object().unwrap().keys()).cloned().collect();
        assert_eq!(marks.len(), 2, "{marks:?}");
        assert!(marks.iter().all(|mark| !before.contains(mark)), "{marks:?}");
        before = marks;
    }
}
