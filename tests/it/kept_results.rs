//! What `parvis-hub import --all` keeps of each source, through failures, damage and changes beside the source itself.

use crate::stand_in::{Asked, Reply, StandIn};
use crate::town_folder::{TownFolder, entry, event, export, text};
use parvis::store::load_directory;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

pub fn placed(uid: u64, title: &str, lat: f64) -> Value {
    let mut event = event(uid, title, None);
    event["location"] = json!({ "name": "Le Foyer", "latitude": lat, "longitude": 2.1 });
    event
}

/// A boundary from 43.8 to this degree of latitude.
pub fn boundary(north: f64) -> String {
    let ring = [[2.0, 43.8], [2.2, 43.8], [2.2, north], [2.0, north], [2.0, 43.8]];
    json!({ "type": "Polygon", "coordinates": [ring] }).to_string()
}

#[test]
fn what_is_damaged_on_disk_costs_no_other_and_is_read_anew() {
    let town = TownFolder::new("damaged-lines", &entry("agenda", "events.json", ""));
    town.write("events.json", export(&["Un", "Deux", "Trois"]));
    town.good("10:00", &[]);
    let items = town.0.join("import-state/agenda/items.json");
    let kept = fs::read(&items).unwrap();
    let lines: Vec<&[u8]> = kept.split_inclusive(|byte| *byte == b'\n').collect();
    let not_text = [lines[0], lines[1], b"{\"id\":\"\xff\xfe\"},\n", lines[3], lines[4]].concat();
    let cut = &kept[..kept.len() - lines[3].len() - lines[4].len() + 40];
    let zeros = [lines[0], lines[1], &[0; 500], lines[3], lines[4]].concat();
    for (minute, damaged, left) in [
        ("10:01", not_text.as_slice(), &["Trois", "Un"][..]),
        ("10:11", cut, &["Deux", "Un"]),
        ("10:21", &zeros, &["Un"]),
    ] {
        fs::write(&items, damaged).unwrap();
        town.good(minute, &[]);
        assert_eq!(town.titles(), left, "{minute}");
        assert!(town.problems().contains("damaged; its source is read anew"), "{}", town.problems());
        // Long before it is due again.
        town.good(&minute.replace('1', "2"), &[]);
        assert_eq!(town.titles(), ["Deux", "Trois", "Un"], "{minute}");
        assert!(!town.problems().contains("damaged"), "{}", town.problems());
    }
}

#[test]
fn problems_without_end_are_counted_and_not_listed() {
    let town = TownFolder::new("many-problems", &entry("agenda", "events.json", ""));
    let nothing = vec![json!({}); 10_250];
    town.write("events.json", json!({ "events": [event(1, "Un", None)], "more": 1 }).to_string());
    town.good("10:00", &[]);
    town.write("events.json", json!({ "events": nothing }).to_string());
    let told = town.good("12:00", &[]);
    assert!(told.contains("agenda: 0 items, 10250 problems, 1 withdrawn"), "{told}");
    let listed = town.read("import-state/agenda/problems.json");
    assert!(listed.contains("250 more problems are not listed"));
    assert_eq!(listed.lines().filter(|line| line.starts_with('{')).count(), 10_001);
}

#[test]
fn what_lies_outside_of_the_town_is_counted_and_not_taken() {
    let sources = format!(
        "[town]\nboundary = \"town.json\"\n{}{}",
        entry("agenda", "events.json", ""),
        entry("region", "region.json", "everywhere = true")
    );
    let town = TownFolder::new("outside", &sources);
    town.write("town.json", boundary(44.0));
    let events = json!([
        placed(1, "Dedans", 43.9),
        placed(2, "Au bord", 44.004),
        placed(3, "Dehors", 44.3),
        event(4, "Sans lieu", None)
    ]);
    town.write("events.json", json!({ "events": events }).to_string());
    town.write("region.json", json!({ "events": [placed(5, "Au loin", 45.0)] }).to_string());
    let told = town.good("10:00", &[]);
    assert!(told.contains("agenda: 3 items") && told.contains("region: 1 item"), "{told}");
    assert_eq!(town.titles(), ["Au bord", "Au loin", "Dedans", "Sans lieu"]);
    assert!(town.problems().contains("\"reason\":\"1 record lies outside of the town\""), "{}", town.problems());
    // A boundary that was drawn anew holds at once.
    town.write("town.json", boundary(44.5));
    town.good("10:10", &[]);
    assert_eq!(town.titles(), ["Au bord", "Au loin", "Dedans", "Dehors", "Sans lieu"]);
    assert!(town.good("10:20", &[]).contains("not due"));
}

#[test]
fn a_single_import_within_a_boundary_counts_what_lies_outside() {
    let town = TownFolder::new("within", "");
    town.write("town.json", boundary(44.0));
    let feature = |id: u32, lat: f64| {
        let name = format!("Borne {id}");
        let properties = json!({ "identifiant": id, "nom_site": name, "etat": "actif", "geo_point_2d": [lat, 2.1] });
        json!({ "type": "Feature", "properties": properties, "geometry": { "type": "Point", "coordinates": [2.1, lat] } })
    };
    let features = [43.9, 44.2, 44.3].iter().zip(1..).map(|(lat, id)| feature(id, *lat));
    town.write(
        "points.json",
        json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() }).to_string(),
    );
    let mut hub = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
    hub.current_dir(&town.0).args(["import", "geojson", "--from", "points.json", "--mapping", "wifi"]);
    let output = hub.args(["--out", "out.json", "--problems", "told.json", "--within", "town.json"]).output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
    assert!(text(&output).contains("3 records read, 2 left out"), "{}", text(&output));
    assert!(town.read("told.json").contains("2 records lie outside of the town"), "{}", town.read("told.json"));
    assert!(town.read("out.json").contains("Borne 1") && !town.read("out.json").contains("Borne 2"));
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

#[test]
fn another_timetable_makes_other_news_of_the_same_delays() {
    let entry = "[[source]]\nname = \"lines\"\nformat = \"gtfs\"\nfrom = \"gtfs\"\n\
        [[source]]\nname = \"bus\"\nformat = \"gtfs-rt\"\nfrom = \"feed.pb\"\ntimetable = \"lines\"\n";
    let town = TownFolder::new("timetable", entry);
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    copied(&cases.join("gtfs/departures/input"), &town.0.join("gtfs"));
    fs::copy(cases.join("gtfs-rt/lines-and-stops/input.pb"), town.0.join("feed.pb")).unwrap();
    town.good("10:00", &[]);
    let lines = town.read("gtfs/routes.txt");
    assert!(town.read("content/bus.json").contains("Lignes 4, 10"));
    town.write("gtfs/routes.txt", lines.replace(",10,", ",17,"));
    town.good("10:05", &[]);
    assert!(town.read("content/bus.json").contains("Lignes 4, 17"));
    assert!(town.good("10:10", &[]).contains("bus: not due"));
}

#[test]
fn a_share_that_was_away_and_comes_back_as_it_was_is_well_again() {
    let town = TownFolder::new("share", &entry("agenda", "share/events.json", ""));
    let (here, away) = (town.0.join("share"), town.0.join("away"));
    fs::create_dir(&here).unwrap();
    town.write("share/events.json", export(&["Un"]));
    town.good("10:00", &[]);
    fs::rename(&here, &away).unwrap();
    let output = town.import("12:00", &[]);
    assert!(text(&output).contains("Its 1 item from 2 hours ago stays."), "{}", text(&output));
    assert!(town.problems().contains("could not be read"));
    fs::rename(&away, &here).unwrap();
    assert!(town.good("12:01", &[]).contains("agenda: unchanged, 1 item\n"));
    assert!(!town.problems().contains("could not be read"), "{}", town.problems());
    assert!(town.good("12:30", &[]).contains("not due"));
    assert_eq!(town.titles(), ["Un"]);
}

#[test]
fn a_host_that_fails_again_and_again_keeps_nobody_waiting() {
    let pictures = StandIn::start(|_| Reply::new(503, "text/plain", "no"));
    let allow = format!("allow = [\"{}\"]", pictures.address);
    let town = TownFolder::new("failing-host", &entry("agenda", "events.json", &allow));
    let events: Vec<Value> = (1..=20)
        .map(|uid| event(uid, &format!("Soir {uid}"), Some(pictures.url(&format!("/{uid}.jpg")).as_str())))
        .collect();
    town.write("events.json", json!({ "events": events }).to_string());
    town.good("10:00", &[]);
    assert_eq!(town.titles().len(), 20);
    // Three pictures, three times each.
    assert_eq!(pictures.asked().len(), 9);
    assert_eq!(town.problems().matches("\"field\":\"picture\"").count(), 20, "{}", town.problems());
}

#[test]
fn damaged_notes_about_what_was_published_are_an_error_and_change_nothing() {
    let town = TownFolder::new("damaged-notes", &entry("agenda", "events.json", ""));
    town.write("events.json", export(&["Un"]));
    town.good("10:00", &[]);
    for (name, hour) in [("ids.json", "12:00"), ("written.json", "14:00")] {
        let path = format!("import-state/{name}");
        let good = town.read(&path);
        town.write("events.json", export(&[hour, "Deux"]));
        town.write(&path, &good[..good.len() / 2]);
        let before = town.titles();
        let output = town.import(hour, &[]);
        assert!(!output.status.success() && text(&output).contains(name), "{}", text(&output));
        assert_eq!(town.titles(), before);
        town.write(&path, good);
        town.good(hour, &[]);
        assert_eq!(town.titles(), [hour, "Deux"]);
    }
}

#[test]
fn an_item_that_was_hidden_and_is_shown_again_has_its_pictures() {
    let mut photo = Vec::new();
    image::RgbImage::new(4, 4).write_to(&mut std::io::Cursor::new(&mut photo), image::ImageFormat::Png).unwrap();
    let pictures = StandIn::start(move |_| Reply::new(200, "image/png", photo.clone()));
    let allow = format!("allow = [\"{}\"]", pictures.address);
    let town = TownFolder::new("hidden", "");
    town.write("sources.toml", format!("overrides = \"o.json\"\n{}", entry("agenda", "events.json", &allow)));
    let shown = event(1, "Un", Some(pictures.url("/a.png").as_str()));
    town.write("events.json", json!({ "events": [shown, event(2, "Deux", None)] }).to_string());
    town.good("10:00", &[]);
    for (hide, items) in [(true, 1), (false, 2)] {
        let overrides = json!({ "format": 1, "overrides": [{ "id": "openagenda:1", "hide": hide }] });
        town.write("o.json", overrides.to_string());
        town.good("10:01", &[]);
        assert_eq!((town.titles().len(), town.pictures()), (items, 1), "hidden: {hide}");
    }
}

pub fn warning(identifier: &str, more: &str) -> Reply {
    let text = format!(
        "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>{identifier}</identifier>\
        <sender>alerte@prefecture.example</sender><sent>2026-05-01T09:00:00+02:00</sent><status>Actual</status>{more}\
        <scope>Public</scope><info><language>fr</language><category>Met</category><event>{identifier}</event>\
        <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>\
        <expires>2026-05-01T22:00:00+02:00</expires></info></alert>"
    );
    Reply::new(200, "application/cap+xml", text)
}

pub fn alerts(town: &TownFolder) -> Vec<String> {
    let bulletin = load_directory(&town.0.join("content")).unwrap().catalog.bulletin.clone();
    bulletin.alerts.iter().map(|alert| alert.common.title.0["fr"].text.clone()).collect()
}

#[test]
fn a_warning_that_was_called_off_goes_though_the_index_has_a_dead_link() {
    let links = Arc::new(Mutex::new(vec!["/crue", "/vent"]));
    let listed = links.clone();
    let server = StandIn::start(move |asked: &Asked| match asked.path.as_str() {
        "/" => {
            let entry = |link: &&str| format!("<entry><link type='application/cap+xml' href='{link}'/></entry>");
            let entries: String = listed.lock().unwrap().iter().map(entry).collect();
            let feed = format!("<feed xmlns='http://www.w3.org/2005/Atom'><id>feed</id>{entries}</feed>");
            Reply::new(200, "application/atom+xml", feed)
        }
        "/crue" => warning("Crue", "<msgType>Alert</msgType>"),
        "/vent" => warning("Vent", "<msgType>Alert</msgType>"),
        "/fin" => {
            let crue = "alerte@prefecture.example,Crue,2026-05-01T09:00:00+02:00";
            let cancel = warning("Fin", &format!("<msgType>Cancel</msgType><references>{crue}</references>"));
            let later = String::from_utf8(cancel.body).unwrap().replacen("T09:00:00", "T09:30:00", 1);
            Reply::new(200, "application/cap+xml", later)
        }
        _ => Reply::new(404, "text/plain", "no"),
    });
    let entry = format!("[[source]]\nname = \"alerts\"\nformat = \"cap\"\nfrom = \"{}\"\n", server.url("/"));
    let town = TownFolder::new("called-off", &format!("[town]\nposition = [43.9289, 2.1464]\n{entry}"));
    town.good("08:00", &[]);
    assert_eq!(alerts(&town), ["Crue", "Vent"]);
    // Of the wind nothing is known any more: it may still blow.
    *links.lock().unwrap() = vec!["/crue", "/fin", "/dead"];
    let output = town.import("10:00", &[]);
    assert!(text(&output).contains("alerts: broke off ("), "{}", text(&output));
    assert_eq!(alerts(&town), ["Vent"]);
}

/// Runs the hub, and tells the most memory that it took, in KiB.
fn measured(town: &TownFolder, arguments: &[&str]) -> (Output, u64) {
    let run = "import resource, subprocess, sys\n\
        status = subprocess.run(sys.argv[1:]).returncode\n\
        print('peak', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n\
        sys.exit(status)";
    let mut python = Command::new("python3");
    python.args(["-c", run, env!("CARGO_BIN_EXE_parvis-hub"), "import"]).args(arguments).current_dir(&town.0);
    let output = python.env_remove("http_proxy").output().unwrap();
    assert!(output.status.success(), "{}", text(&output));
    let said = text(&output);
    let peak = said.lines().find_map(|line| line.strip_prefix("peak ")).unwrap().parse().unwrap();
    (output, peak)
}

#[test]
fn a_rule_for_every_second_of_every_day_takes_little_memory() {
    let town = TownFolder::new("every-second", "");
    let list = |most: u32| (0..8 * most).map(|at| (at % most).to_string()).collect::<Vec<_>>().join(",");
    let times = format!("BYHOUR={};BYMINUTE={};BYSECOND={}", list(24), list(60), list(60));
    let rule = format!("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;{times}");
    let event = |uid: &str, rule: &str| {
        format!("BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{uid}\r\nDTSTART:20260501T100000Z\r\n{rule}END:VEVENT\r\n")
    };
    let events = format!("{}{}", event("Toujours", &format!("RRULE:{rule}\r\n")), event("Une fois", ""));
    town.write("a.ics", format!("BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n"));
    let arguments = ["ical", "--from", "a.ics", "--out", "out.json", "--at", "2026-05-01T10:00:00Z"];
    let (output, peak) = measured(&town, &arguments);
    assert!(text(&output).contains("2 records read"), "{}", text(&output));
    assert!(town.read("out.json").contains("Une fois"));
    town.write("a.ics", format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", event("Une fois", "")));
    let (_, usual) = measured(&town, &arguments);
    assert!(peak < usual + MORE_KIB, "{peak} KiB instead of {usual}");
}

/// Holding what these tests read takes more.
const MORE_KIB: u64 = 24 << 10;

#[test]
fn a_towns_import_holds_no_items_in_memory() {
    let town = TownFolder::new("little-memory", &format!("{}{}", entry("a", "a.json", ""), entry("b", "b.json", "")));
    let paragraph = "Un paragraphe qui raconte la soirée, ses artistes et la salle où elle a lieu. ".repeat(100);
    let write = |name: &str, first: u64, count: u64| {
        let mut out = String::from("{\"events\":[");
        for uid in 0..count {
            let mut event = event(first + uid, &format!("Soir {uid}"), None);
            event["longDescription"] = json!({ "fr": paragraph });
            event["location"] = json!({ "name": format!("Salle {}", uid % 50), "latitude": 43.9, "longitude": 2.1 });
            out.push_str(&format!("{}{event}", if uid > 0 { "," } else { "" }));
        }
        town.write(name, out + "]}");
    };
    let read = |count: u64| {
        write("a.json", 0, count);
        write("b.json", 10_000, count);
        let (output, peak) =
            measured(&town, &["--all", "sources.toml", "--at", "2026-05-01T10:00:00Z", "--everything"]);
        assert!(text(&output).contains(&format!("{count} joined")), "{}", text(&output));
        peak
    };
    let (few, many) = (read(20), read(2000));
    assert!(many < few + MORE_KIB, "{many} KiB instead of {few}");
}
