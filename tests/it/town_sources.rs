//! All sources of a town at once, through `parvis-hub import --all`: what is due is read, what fails keeps its last good
//! result and says how old it is, what is gone is withdrawn.

use crate::protobuf_text::encoded;
use crate::stand_in::{Asked, Reply, StandIn};
use crate::town_folder::{TownFolder, entry, event, export, server, text};
use parvis::content::{Place, Tri, Validity};
use parvis::store::load_directory;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

#[test]
fn what_is_gone_is_withdrawn_and_what_is_down_stays_with_its_age() {
    let (server, served) = server(Reply::new(200, "application/json", export(&["Un", "Deux"])));
    let url = server.url("/export.json");
    let town = TownFolder::new("down", &entry("agenda", url.as_str(), "every = \"1h\""));
    assert!(town.good("10:00", &[]).contains("agenda: 2 items"));
    assert_eq!(town.titles(), ["Deux", "Un"]);
    *served.lock().unwrap() = Reply::new(500, "text/plain", "no");
    let output = town.import("13:00", &[]);
    assert!(!output.status.success());
    assert!(
        text(&output).contains("agenda: could not be read (")
            && text(&output).contains("Its 2 items from 3 hours ago stay."),
        "{}",
        text(&output)
    );
    assert_eq!(town.titles(), ["Deux", "Un"]);
    let problems = fs::read_to_string(town.0.join("import-state/problems.json")).unwrap();
    assert!(problems.contains("500"), "{problems}");
    // Half an export: what it still holds is taken, what did not come stays.
    let whole = export(&["Un, autrement", "Deux"]);
    *served.lock().unwrap() = Reply::new(200, "application/json", whole[..whole.len() - 60].to_owned());
    let output = town.import("14:00", &[]);
    assert!(!output.status.success() && text(&output).contains("broke off"), "{}", text(&output));
    assert_eq!(town.titles(), ["Deux", "Un, autrement"]);
    *served.lock().unwrap() = Reply::new(200, "application/json", export(&["Un"]));
    assert!(town.good("15:00", &[]).contains("1 withdrawn"));
    assert_eq!(town.titles(), ["Un"]);
}

#[test]
fn only_what_is_due_is_asked_for_and_only_what_has_changed_is_sent() {
    let (server, served) = server(Reply::new(200, "application/json", export(&["Un"])).with("etag", "\"1\""));
    let url = server.url("/export.json");
    let town = TownFolder::new("due", &entry("agenda", url.as_str(), "every = \"2h\""));
    town.good("10:00", &[]);
    assert!(town.good("11:00", &[]).contains("not due"));
    assert_eq!(server.asked().len(), 1);
    assert!(town.good("11:00", &["--everything"]).contains("unchanged"));
    assert!(town.good("14:00", &[]).contains("nothing has changed"));
    assert_eq!(server.asked().len(), 3);
    *served.lock().unwrap() = Reply::new(200, "application/json", export(&["Deux"])).with("etag", "\"2\"");
    town.good("17:00", &[]);
    assert_eq!(town.titles(), ["Deux"]);
}

#[test]
fn a_source_that_tells_its_changes_is_asked_only_for_those() {
    let server = StandIn::start(|asked| {
        assert_eq!(asked.headers.get("key").map(String::as_str), Some("secret"));
        match (asked.path.contains("/events"), asked.query("updatedAt[gte]")) {
            (false, _) => Reply::json(&json!({ "title": "Agenda" })),
            (_, None) => Reply::json(&json!({ "total": 2, "events": [event(1, "Un", None), event(2, "Deux", None)] })),
            (_, Some(_)) => {
                Reply::json(&json!({ "total": 2, "events": [event(3, "Trois", None), { "uid": 1, "removed": true }] }))
            }
        }
    });
    let url = server.url("/v2/agendas/7/events");
    let town = TownFolder::new("changes", &entry("agenda", url.as_str(), "key_env = \"KEY_OF_TEST\""));
    town.good("10:00", &[]);
    assert_eq!(town.titles(), ["Deux", "Un"]);
    town.good("12:00", &[]);
    assert_eq!(town.titles(), ["Deux", "Trois"]);
    for file in ["state.json", "items.json", "problems.json"] {
        let kept = fs::read_to_string(town.0.join("import-state/agenda").join(file)).unwrap();
        assert!(!kept.contains("secret"), "{file}");
    }
}

#[test]
fn pictures_come_along_and_go_with_their_items() {
    let mut photo = Vec::new();
    image::RgbImage::new(4, 4).write_to(&mut std::io::Cursor::new(&mut photo), image::ImageFormat::Jpeg).unwrap();
    let pictures = StandIn::start(move |_| Reply::new(200, "image/jpeg", photo.clone()));
    let address = pictures.url("/a.jpg").to_string();
    let town =
        TownFolder::new("pictures", &entry("agenda", "events.json", &format!("allow = [\"{}\"]", pictures.address)));
    let write = |events: Value| fs::write(town.0.join("events.json"), json!({ "events": events }).to_string()).unwrap();
    write(json!([event(1, "Un", Some(&address)), event(2, "Deux", None)]));
    town.good("10:00", &[]);
    assert_eq!(town.pictures(), 1);
    assert!(town.good("12:00", &[]).contains("nothing has changed"));
    write(json!([event(2, "Deux", None)]));
    town.good("14:00", &[]);
    assert_eq!((town.pictures(), town.titles().len()), (0, 1));
    assert_eq!(pictures.asked().len(), 1);
}

#[test]
fn one_source_that_fails_costs_no_other_and_a_source_taken_out_takes_its_items_along() {
    let two = format!("{}{}", entry("a", "a.json", ""), entry("b", "b.json", ""));
    let town = TownFolder::new("two", &two);
    fs::write(town.0.join("b.json"), export(&["Bé"])).unwrap();
    let output = town.import("10:00", &[]);
    assert!(!output.status.success() && text(&output).contains("a: could not be read"), "{}", text(&output));
    assert_eq!(town.titles(), ["Bé"]);
    fs::write(town.0.join("a.json"), json!([event(9, "Ah", None)]).to_string()).unwrap();
    town.good("10:01", &[]);
    assert_eq!(town.titles(), ["Ah", "Bé"]);
    fs::write(town.0.join("sources.toml"), entry("a", "a.json", "")).unwrap();
    town.good("10:02", &[]);
    assert_eq!(town.titles(), ["Ah"]);
    assert!(!Path::new(&town.0.join("content/b.json")).exists());
}

#[test]
fn warnings_and_weather_are_those_of_the_town() {
    let entry = |name: &str, format: &str, rest: &str| {
        let short = name.split('.').next().unwrap();
        format!("[[source]]\nname = \"{short}\"\nformat = \"{format}\"\nfrom = \"{name}\"\n{rest}\n")
    };
    let sources = [
        "[town]\nposition = [43.9289, 2.1464]".to_owned(),
        entry("senders.xml", "cap", "senders = [\"https://meteo.example/station/1\"]"),
        entry("place.xml", "cap", "codes = [\"81\"]"),
        entry("colours.json", "vigilance", "codes = [\"2A\"]"),
        entry("answer.json", "open-meteo", ""),
    ];
    let town = TownFolder::new("warnings", &sources.join("\n"));
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    for case in ["cap/senders.xml", "cap/place.xml", "vigilance/colours.json", "open-meteo/answer.json"] {
        let (source, name) = case.split_once('/').unwrap();
        let (case, ending) = name.split_once('.').unwrap();
        let input = cases.join(source).join(case).join(format!("input.{ending}"));
        fs::copy(input, town.0.join(name)).unwrap();
    }
    town.good("10:00", &[]);
    let bulletin = load_directory(&town.0.join("content")).unwrap().catalog.bulletin.clone();
    let titles: Vec<&str> = bulletin.alerts.iter().map(|alert| alert.common.title.0["fr"].text.as_str()).collect();
    assert!(titles.contains(&"A name, no address") && !titles.contains(&"Listed"), "{titles:?}");
    assert!(titles.contains(&"For the Tarn") && !titles.contains(&"Small"), "{titles:?}");
    assert!(titles.contains(&"Vigilance orange : canicule") && !titles.contains(&"Vigilance rouge : orages"));
    assert_eq!(bulletin.live.len(), 1);
}

/// An alert of GTFS-realtime about one stop.
fn about(record: &str, stop: &str, title: &str, until: Option<&str>) -> String {
    about_between(record, stop, title, [None, until])
}

/// One that holds from and until these times.
pub fn about_between(record: &str, stop: &str, title: &str, period: [Option<&str>; 2]) -> String {
    let field = |(number, at): (u8, &str)| {
        let at = at.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp();
        format!("{number}: {at} ")
    };
    let times: String = [1, 2].into_iter().zip(period).filter_map(|(number, at)| Some(field((number, at?)))).collect();
    let period = if times.is_empty() { times } else { format!("1: {{ {times}}}") };
    format!(
        "2: {{ 1: \"{record}\" 5: {{ {period} 5: {{ 5: \"{stop}\" }} 10: {{ 1: {{ 1: \"{title}\" 2: \"fr\" }} }} }} }}\n"
    )
}

/// A feed of GTFS-realtime of 10:00, whole or (1) only what has changed.
pub fn news(part: u8, entities: &str) -> Reply {
    let made = "2026-05-01T10:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp();
    let feed = format!("1: {{ 1: \"2.0\" 2: {part} 3: {made} }}\n{entities}");
    Reply::new(200, "application/x-protobuf", encoded(&feed))
}

/// A town with a timetable and its news; what it says of wheelchairs at these stops.
pub fn stops_of(town: &TownFolder, stops: &[&str]) -> Vec<Tri> {
    let catalog = load_directory(&town.0.join("content")).unwrap().catalog;
    let place =
        |stop: &&str| catalog.places.iter().find(|place| place.common.id.as_str() == format!("gtfs:stops:{stop}"));
    let places: Vec<&Place> = stops.iter().map(|stop| place(stop).unwrap()).collect();
    assert!(places.iter().all(|place| place.position.is_some() && place.common.valid == Validity::default()));
    places.iter().map(|place| place.access.wheelchair.value).collect()
}

pub fn with_timetable(name: &str, url: &url::Url) -> TownFolder {
    let timetable = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/gtfs/stations/input");
    let source = |name: &str, format: &str, from: &str| {
        format!("[[source]]\nname = \"{name}\"\nformat = \"{format}\"\nfrom = \"{from}\"\nevery = \"1m\"\n")
    };
    let (stops, news) = (source("stops", "gtfs", timetable.to_str().unwrap()), source("news", "gtfs-rt", url.as_str()));
    TownFolder::new(name, &format!("{stops}{news}timetable = \"stops\"\n"))
}

#[test]
fn a_lift_outage_ends_with_its_alert_also_while_the_feed_is_down() {
    use Tri::{No, Yes};
    let short = about("a", "ACC", "Ascenseur en panne", Some("2026-05-01T12:00:00Z"));
    let open = about("b", "HALTE", "Ascenseur en panne", None);
    let (server, served) = server(news(0, &(short + &open)));
    let town = with_timetable("outages", &server.url("/alerts.pb"));
    town.good("10:05", &[]);
    assert_eq!(stops_of(&town, &["ACC", "HALTE"]), [No, No]);
    *served.lock().unwrap() = Reply::new(500, "text/plain", "no");
    assert!(!town.import("11:00", &[]).status.success());
    assert_eq!(stops_of(&town, &["ACC", "HALTE"]), [No, No]);
    assert!(!town.import("13:00", &[]).status.success());
    assert_eq!(stops_of(&town, &["ACC"]), [Yes]);
    let at = ["--at", "2026-05-02T10:01:00Z"];
    let sources = town.0.join("sources.toml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
    assert!(!command.args(["import", "--all"]).arg(sources).args(at).output().unwrap().status.success());
    // Without an end it holds for a day.
    assert_eq!(stops_of(&town, &["ACC", "HALTE"]), [Yes, Yes]);
}

#[test]
fn a_lift_outage_that_is_deleted_or_mended_leaves_no_mark() {
    use Tri::{No, Yes};
    let of = |record: &str, stop: &str, title: &str| about(record, stop, title, Some("2026-05-03T12:00:00Z"));
    let out = "Ascenseur en panne";
    let first = [of("a", "ACC", out), of("b", "HALTE", out), of("c", "GA", out), of("d", "GA", out)].concat();
    let (server, served) = server(news(0, &first));
    let town = with_timetable("mended", &server.url("/alerts.pb"));
    town.good("10:05", &[]);
    assert_eq!(stops_of(&town, &["ACC", "HALTE", "ST"]), [No, No, No]);
    let changes =
        ["2: { 1: \"a\" 2: 1 }\n", &of("b", "HALTE", "Ascenseur de nouveau en service"), "2: { 1: \"c\" 2: 1 }\n"];
    *served.lock().unwrap() = news(1, &changes.concat());
    town.good("10:10", &[]);
    // Another alert still says so of the platform.
    assert_eq!(stops_of(&town, &["ACC", "HALTE", "ST"]), [Yes, Yes, No]);
}

/// An event of one source as another tells it: a calendar.
const CALENDAR: &str = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Le Foyer\r\nBEGIN:VEVENT\r\nUID:foyer-1\r\nSUMMARY:GRAND CONCERT D’ÉTÉ\r\n\
DTSTART:20260601T180000Z\r\nDTEND:20260601T200000Z\r\nLOCATION:Le Foyer\r\nGEO:43.9;2.1\r\nURL:https://foyer.example/ete\r\n\
END:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn what_two_sources_have_is_one_and_the_towns_own_words_survive_every_import() {
    let calendar = "[[source]]\nname = \"foyer\"\nformat = \"ical\"\nfrom = \"foyer.ics\"\n";
    let sources = format!("{}{calendar}", entry("agenda", "events.json", ""));
    let town = TownFolder::new("one", "");
    let quick = "overrides = \"overrides.json\"\n[fetch]\nbetween_ms = 0\n";
    fs::write(town.0.join("sources.toml"), format!("{quick}{sources}")).unwrap();
    let write = |summary: &str| {
        let mut concert = event(1, "Grand concert d'été", None);
        concert["location"] = json!({ "name": "Le Foyer", "latitude": 43.9001, "longitude": 2.1 });
        concert["description"] = json!({ "fr": summary });
        fs::write(
            town.0.join("events.json"),
            json!({ "events": [concert, event(2, "Autre chose", None)] }).to_string(),
        )
        .unwrap();
    };
    let concert = || {
        load_directory(&town.0.join("content"))
            .unwrap()
            .catalog
            .events
            .into_iter()
            .find(|event| event.timings.len() == 1 && event.location.is_some())
            .unwrap()
    };
    write("Avant.");
    fs::write(town.0.join("foyer.ics"), CALENDAR).unwrap();
    let told = town.good("10:00", &[]);
    assert!(told.contains("2 items in") && told.contains("1 joined"), "{told}");
    let found = concert();
    assert_eq!(found.common.id.as_str(), "openagenda:1");
    assert_eq!(found.common.provenance.len(), 2, "{:?}", found.common.provenance);
    assert!(found.common.provenance[1].confidence.is_some_and(|sure| sure >= 80));
    let overrides = json!({ "format": 1, "overrides": [
        { "id": "openagenda:1", "set": { "title": { "fr": "Le concert de la ville" } } },
        { "id": "openagenda:2", "hide": true },
    ] });
    fs::write(town.0.join("overrides.json"), overrides.to_string()).unwrap();
    assert!(town.good("10:01", &[]).contains("1 item in"));
    // The source says something new: the field that the town has changed stays, the other one follows.
    write("Après, avec une fanfare.");
    town.good("12:00", &[]);
    let found = concert();
    assert_eq!(found.common.title.exact("fr").unwrap().text, "Le concert de la ville");
    assert_eq!(found.common.summary.exact("fr").unwrap().text, "Après, avec une fanfare.");
}

#[test]
fn what_was_read_is_published_after_a_crash_and_the_towns_own_files_are_never_written_over() {
    let town = TownFolder::new("crash", &entry("agenda", "events.json", ""));
    fs::write(town.0.join("events.json"), export(&["Un"])).unwrap();
    town.good("10:00", &[]);
    // The results of a later run were kept, but the content was not written any more.
    let kept = town.0.join("import-state/agenda/items.json");
    let newer = fs::read_to_string(&kept).unwrap().replace("Un", "Deux, plus tard");
    fs::write(&kept, newer).unwrap();
    town.good("10:01", &[]);
    assert_eq!(town.titles(), ["Deux, plus tard"]);
    fs::write(town.0.join("content/news.json"), "{\"format\":1,\"items\":[]}").unwrap();
    fs::write(town.0.join("sources.toml"), entry("news", "events.json", "")).unwrap();
    let output = town.import("12:00", &[]);
    assert!(!output.status.success() && text(&output).contains("was not written by an import"), "{}", text(&output));
    assert_eq!(fs::read_to_string(town.0.join("content/news.json")).unwrap(), "{\"format\":1,\"items\":[]}");
}

#[test]
fn what_has_not_changed_is_read_again_the_next_day() {
    let town = TownFolder::new("next-day", "[[source]]\nname = \"chorale\"\nformat = \"ical\"\nfrom = \"a.ics\"\n");
    let far = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:far\r\nSUMMARY:Dans un an\r\nDTSTART:20270606T180000Z\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:near\r\nSUMMARY:Bientôt\r\nDTSTART:20260606T180000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    fs::write(town.0.join("a.ics"), far).unwrap();
    town.good("10:00", &[]);
    assert_eq!(town.titles(), ["Bientôt"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
    command.args(["import", "--all"]).arg(town.0.join("sources.toml")).args(["--at", "2026-05-31T10:00:00Z"]);
    assert!(command.output().unwrap().status.success());
    assert_eq!(town.titles(), ["Bientôt", "Dans un an"]);
}

#[test]
fn warnings_are_read_and_written_before_all_else_wherever_they_stand() {
    let content = Arc::new(Mutex::new(PathBuf::new()));
    let (look, warned) = (content.clone(), Arc::new(Mutex::new(None)));
    let seen = warned.clone();
    let server = StandIn::start(move |asked: &Asked| {
        if asked.path.starts_with("/cap") {
            let alert = "<alert><identifier>a</identifier><sender>s</sender><sent>2026-05-01T09:00:00+02:00</sent>\
                <status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><event>Crue</event>\
                <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty></info></alert>";
            return Reply::new(200, "application/cap+xml", alert);
        }
        let loaded = load_directory(&look.lock().unwrap()).unwrap();
        *seen.lock().unwrap() = Some(loaded.catalog.bulletin.alerts.len());
        Reply::new(200, "application/json", export(&["Un"]))
    });
    let alerts = format!("[[source]]\nname = \"cap\"\nformat = \"cap\"\nfrom = \"{}\"\n", server.url("/cap.xml"));
    let both = format!(
        "[town]\nposition = [43.9289, 2.1464]\n{}{alerts}",
        entry("agenda", server.url("/export.json").as_str(), "")
    );
    let town = TownFolder::new("warnings-first", &both);
    *content.lock().unwrap() = town.0.join("content");
    let told = town.good("10:00", &[]);
    assert_eq!(*warned.lock().unwrap(), Some(1), "{told}");
    assert_eq!(town.titles(), ["Un"], "{told}");
}

#[test]
fn delays_of_buses_are_asked_for_behind_all_warnings() {
    let server = StandIn::start(|_| Reply::new(503, "text/plain", "later"));
    let source = |format: &str| {
        let codes = if format == "gtfs-rt" { "" } else { "codes = [\"81\"]\n" };
        format!(
            "[[source]]\nname = \"{format}\"\nformat = \"{format}\"\nfrom = \"{}\"\n{codes}",
            server.url(&format!("/{format}"))
        )
    };
    let agenda = entry("agenda", server.url("/agenda").as_str(), "");
    let sources = [agenda, source("gtfs-rt"), source("cap"), source("vigilance")].concat();
    let town = TownFolder::new("order", &sources);
    town.import("10:00", &[]);
    let mut asked: Vec<String> = server.asked().into_iter().map(|asked| asked.path).collect();
    asked.dedup();
    assert_eq!(asked, ["/cap", "/vigilance", "/gtfs-rt", "/agenda"]);
}

#[test]
fn private_addresses_are_for_sources_and_not_for_what_their_records_name() {
    let inside = StandIn::start(|_| Reply::new(404, "text/plain", "no"));
    let picture = inside.url("/a.jpg").to_string();
    for (allowed, asked) in [("", 0), ("allow = [\"127.0.0.1\"]", 1)] {
        let events = json!({ "events": [event(1, "Un", Some(&picture))] }).to_string();
        let server = StandIn::start(move |_| Reply::new(200, "application/json", events.clone()));
        let town = TownFolder::new("private", &entry("agenda", server.url("/export.json").as_str(), allowed));
        let path = town.0.join("sources.toml");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("[fetch]", "[fetch]\nallow = [\"127.0.0.0/8\"]")).unwrap();
        town.good("10:00", &[]);
        assert_eq!(inside.asked().len(), asked);
    }
}
