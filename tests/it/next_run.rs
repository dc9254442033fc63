//! What one run of a town's import leaves for the next, and for the screens between the two halves of a run.

use crate::kept_results::{alerts, boundary, placed, warning};
use crate::stand_in::{Asked, Reply, StandIn};
use crate::town_folder::{TownFolder, entry, event, export, server, text};
use crate::town_sources::{about_between, news, stops_of, with_timetable};
use parvis::content::Tri;
use parvis::store::load_directory;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};

#[test]
fn a_mark_that_ends_hides_no_damage() {
    let lift = about_between("a", "ACC", "Ascenseur en panne", [None, Some("2026-05-01T12:00:00Z")]);
    let moved = about_between("b", "HALTE", "Arrêt déplacé", [None, Some("2026-05-03T12:00:00Z")]);
    let (server, _) = server(news(0, &(lift + &moved)));
    let town = with_timetable("mark-and-damage", &server.url("/alerts.pb"));
    town.write("sources.toml", town.read("sources.toml").replace("every = \"1m\"", "every = \"6h\""));
    town.good("10:05", &[]);
    let items = "import-state/news/items.json";
    let kept = town.read(items);
    let damaged: Vec<&str> =
        kept.lines().map(|line| if line.contains("Arrêt déplacé") { "{\"id\":\"half" } else { line }).collect();
    assert_ne!(damaged, kept.lines().collect::<Vec<_>>());
    town.write(items, damaged.join("\n"));
    // Long before the feed is due.
    town.good("12:30", &[]);
    assert!(town.titles().contains(&"Arrêt déplacé".to_owned()), "{:?}", town.titles());
}

#[test]
fn alerts_begin_and_end_by_the_clock_though_their_feed_is_the_same() {
    use Tri::{No, Yes};
    let period = [Some("2026-05-01T12:00:00Z"), Some("2026-05-01T14:00:00Z")];
    let feed = news(0, &about_between("a", "ACC", "Ascenseur en panne", period));
    let (server, _) = server(feed.with("etag", "\"1\""));
    let town = with_timetable("periods", &server.url("/alerts.pb"));
    let is_listed = || town.titles().contains(&"Ascenseur en panne".to_owned());
    for (hour, wheelchair, listed) in [("10:05", Yes, true), ("12:30", No, true), ("14:30", Yes, false)] {
        town.good(hour, &[]);
        assert_eq!((stops_of(&town, &["ACC"]), is_listed()), (vec![wheelchair], listed), "{hour}");
    }
}

#[test]
fn what_is_written_early_takes_nothing_from_sources_that_were_not_yet_read() {
    let mut photo = Vec::new();
    image::RgbImage::new(4, 4).write_to(&mut std::io::Cursor::new(&mut photo), image::ImageFormat::Png).unwrap();
    let content = Arc::new(Mutex::new(PathBuf::new()));
    let (look, seen) = (content.clone(), Arc::<Mutex<Vec<_>>>::default());
    let sees = seen.clone();
    let server = StandIn::start(move |asked: &Asked| match asked.path.as_str() {
        "/a.png" => Reply::new(200, "image/png", photo.clone()),
        "/export.json" => {
            let folder = look.lock().unwrap();
            let loaded = load_directory(&folder).unwrap();
            let pictures = fs::read_dir(folder.join("media/imported")).map_or(0, Iterator::count);
            sees.lock().unwrap().push((loaded.catalog.bulletin.alerts.len(), loaded.catalog.events.len(), pictures));
            let picture = format!("http://{}/a.png", asked.headers["host"]);
            Reply::json(&json!({ "events": [event(1, "Un", Some(&picture))] }))
        }
        path => warning(path.trim_matches('/'), "<msgType>Alert</msgType>"),
    });
    let sources = |name: &str, warns: &str| {
        let alerts = format!("[[source]]\nname = \"cap\"\nformat = \"cap\"\nfrom = \"{}\"\n", server.url(warns));
        let agenda = entry(name, server.url("/export.json").as_str(), "");
        format!("[town]\nposition = [43.9289, 2.1464]\n{agenda}{alerts}")
    };
    let town = TownFolder::new("renamed", &sources("agenda", "/crue"));
    *content.lock().unwrap() = town.0.join("content");
    town.good("10:00", &[]);
    town.write("sources.toml", format!("[fetch]\nbetween_ms = 0\nagain_ms = 0\n{}", sources("events", "/vent")));
    town.good("10:10", &[]);
    // The second time the new warning was there already, and all that was there before.
    assert_eq!(*seen.lock().unwrap(), [(1, 0, 0), (1, 1, 1)]);
    assert_eq!((alerts(&town), town.titles().len(), town.pictures()), (vec!["Vent".to_owned()], 1, 1));
    assert!(!town.0.join("content/agenda.json").exists());
}

#[test]
fn nothing_is_said_to_have_stayed_after_a_warning_was_written() {
    let said = Arc::new(Mutex::new("Crue"));
    let says = said.clone();
    let server = StandIn::start(move |_| warning(*says.lock().unwrap(), "<msgType>Alert</msgType>"));
    let source = format!("[[source]]\nname = \"cap\"\nformat = \"cap\"\nfrom = \"{}\"\n", server.url("/"));
    let sources = format!("[town]\nposition = [43.9289, 2.1464]\n{}{source}every = \"1m\"\n", entry("a", "a.json", ""));
    let town = TownFolder::new("closing-words", &sources);
    town.write("a.json", export(&["Un"]));
    town.good("10:00", &[]);
    *said.lock().unwrap() = "Vent";
    let told = town.good("10:10", &[]);
    assert_eq!(alerts(&town), ["Vent"]);
    assert!(told.contains("a: not due") && !told.contains("nothing has changed"), "{told}");
    assert_eq!(told.matches("2 items in").count(), 1, "{told}");
    // Only where it is true.
    assert!(town.good("10:10", &[]).contains("nothing has changed"));
}

#[test]
fn a_record_that_comes_inside_and_outside_of_the_town_stays() {
    let sources = format!("[town]\nboundary = \"town.json\"\n{}", entry("agenda", "events.json", ""));
    let town = TownFolder::new("both-sides", &sources);
    town.write("town.json", boundary(44.0));
    let (inside, outside) = (placed(1, "Dedans", 43.9), placed(1, "Dehors", 44.3));
    let whole = |events: &[&Value]| json!({ "events": events }).to_string();
    for (events, left) in [
        (&[&inside, &outside][..], &["Dedans", "Deux"][..]),
        (&[&outside, &inside], &["Dedans", "Deux"]),
        (&[&outside], &["Deux"]),
    ] {
        town.write("events.json", whole(&[&inside, &placed(2, "Deux", 43.9)]));
        town.good("10:00", &["--everything"]);
        // Broken off, so that only what is known to be gone goes.
        town.write("events.json", whole(events).trim_end_matches("]}"));
        assert!(text(&town.import("10:10", &["--everything"])).contains("broke off"));
        assert_eq!(town.titles(), left);
    }
}

#[test]
fn a_picture_that_may_come_another_time_is_asked_for_in_the_next_run() {
    let mut photo = Vec::new();
    image::RgbImage::new(4, 4).write_to(&mut std::io::Cursor::new(&mut photo), image::ImageFormat::Png).unwrap();
    for (status, asked) in [(503, 4), (404, 1)] {
        for is_file in [true, false] {
            let reply = Arc::new(Mutex::new(Reply::new(status, "text/plain", "no")));
            let gives = reply.clone();
            let pictures = StandIn::start(move |_| gives.lock().unwrap().clone());
            let events = json!({ "events": [event(1, "Un", Some(pictures.url("/a.png").as_str()))] }).to_string();
            let (agenda, _) = server(Reply::new(200, "application/json", events.clone()).with("etag", "\"1\""));
            let url = agenda.url("/export.json");
            let from = if is_file { "events.json" } else { url.as_str() };
            let town =
                TownFolder::new("missed", &entry("agenda", from, &format!("allow = [\"{}\"]", pictures.address)));
            town.write("events.json", events);
            town.good("10:00", &[]);
            *reply.lock().unwrap() = Reply::new(200, "image/png", photo.clone());
            for hour in ["12:00", "14:00"] {
                town.good(hour, &[]);
                assert_eq!(pictures.asked().len(), asked, "{status}, a file: {is_file}");
                assert_eq!(town.pictures(), usize::from(status == 503));
            }
        }
    }
}

#[test]
fn what_is_wrong_outside_of_the_town_leaves_room_for_what_is_wrong_inside() {
    let sources = format!("[town]\nboundary = \"town.json\"\n{}", entry("agenda", "events.json", ""));
    let town = TownFolder::new("crowd", &sources);
    town.write("town.json", boundary(44.0));
    let wrong = |uid: u64, lat: f64| {
        let mut event = placed(uid, "Un", lat);
        event["status"] = json!("who knows");
        event
    };
    let events: Vec<Value> = (2..=10_100).map(|uid| wrong(uid, 45.0)).chain([wrong(1, 43.9)]).collect();
    town.write("events.json", json!({ "events": events }).to_string());
    // What is wrong inside, what lies outside, and a licence.
    assert!(town.good("10:00", &[]).contains("agenda: 1 item, 3 problems"));
    let problems = town.problems();
    assert!(problems.contains("openagenda:1\"") && problems.contains("10099 records lie outside"), "{problems}");
}

#[test]
fn stops_of_a_region_tell_nothing_of_their_platforms_beyond_the_town() {
    let town = TownFolder::new("region", "");
    town.write("town.json", boundary(44.0));
    fs::create_dir(town.0.join("gtfs")).unwrap();
    let stop = |id: &str, lat: f64, kind: u8, of: &str| format!("{id},Gare,{lat},2.1,{kind},{of},9\n");
    let rows = [
        stop("in", 43.9, 1, ""),
        stop("out", 45.0, 1, ""),
        stop("in-1", 43.9, 0, "in"),
        stop("out-1", 45.0, 0, "out"),
        stop("out-2", 45.0, 0, "out"),
    ];
    let head = "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding\n";
    town.write("gtfs/stops.txt", format!("{head}{}", rows.concat()));
    let mut hub = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
    hub.current_dir(&town.0).args(["import", "gtfs", "--from", "gtfs", "--out", "out.json"]);
    let output = hub.args(["--problems", "told.json", "--within", "town.json"]).output().unwrap();
    assert!(text(&output).contains("5 records read, 4 left out"), "{}", text(&output));
    let told = town.read("told.json");
    let of = |record: &str| told.matches(&format!("\"record\":\"{record}\"")).count();
    // What is wrong with each, and that the platform is no place of its own.
    assert_eq!((of("in"), of("in-1"), of("out"), of("out-1"), of("out-2")), (1, 2, 0, 0, 0), "{told}");
    assert!(told.contains("3 records lie outside of the town"), "{told}");
}

#[test]
fn an_agenda_that_counts_more_than_it_gives_loses_nothing_and_does_not_fail_for_ever() {
    let (gives, total) = (Arc::new(Mutex::new(vec![1, 2, 3])), Arc::new(Mutex::new(3)));
    let (given, counted) = (gives.clone(), total.clone());
    let server = StandIn::start(move |asked: &Asked| match asked.query("updatedAt[gte]") {
        _ if !asked.path.contains("/events") => Reply::json(&json!({ "title": "Agenda" })),
        since => {
            let events: Vec<Value> = match since {
                Some(_) => vec![json!({ "uid": 3, "removed": true })],
                None => given.lock().unwrap().iter().map(|uid| event(*uid, &format!("Soir {uid}"), None)).collect(),
            };
            let total = if since.is_some() { 1 } else { *counted.lock().unwrap() };
            Reply::json(&json!({ "total": total, "events": events, "after": null }))
        }
    });
    let url = server.url("/v2/agendas/7/events");
    let town = TownFolder::new("counts-more", &entry("agenda", url.as_str(), "every = \"1m\""));
    let at = |time: &str| town.import_at(&format!("2026-05-{time}:00Z"), &[]);
    assert!(at("01T10:00").status.success());
    *gives.lock().unwrap() = vec![1, 2];
    // Read whole again after a week: one is missing, which may come the next time.
    let output = at("08T10:00");
    assert!(!output.status.success() && text(&output).contains("3 events were promised, 2 came"), "{}", text(&output));
    // Another number is another break.
    *total.lock().unwrap() = 4;
    assert!(!at("08T10:05").status.success());
    // The same again is how it counts.
    let output = at("08T10:10");
    assert!(output.status.success(), "{}", text(&output));
    assert!(town.problems().contains("4 events were promised, 2 came, as the last time"), "{}", town.problems());
    assert_eq!(town.titles(), ["Soir 1", "Soir 2", "Soir 3"]);
    // From then on it is asked for its changes, and what it takes back goes.
    assert!(at("08T10:20").status.success());
    assert_eq!(town.titles(), ["Soir 1", "Soir 2"]);
}
