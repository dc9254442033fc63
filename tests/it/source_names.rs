//! What a source's name, licence, credit and key do for what it gives, through `parvis-hub import --all`: two sources may
//! both have a record 1, nothing stands there without somebody behind it, and no key is ever written down.

use crate::protobuf_text::encoded;
use crate::stand_in::{Reply, StandIn};
use crate::town_folder::{TownFolder, text};
use parvis::content::{Item, Tri, read_document};
use parvis::store::load_directory;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

fn entry(name: &str, format: &str, from: &str, rest: &str) -> String {
    format!("[[source]]\nname = \"{name}\"\nformat = \"{format}\"\nfrom = \"{from}\"\n{rest}\n")
}

/// Every item of the town, document by document.
fn items(town: &TownFolder) -> Vec<Item> {
    let entries = fs::read_dir(town.0.join("content")).unwrap().map(|entry| entry.unwrap().path());
    let mut documents: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    documents.sort();
    documents.iter().flat_map(|path| read_document("test", &fs::read(path).unwrap()).items).collect()
}

fn ids(town: &TownFolder) -> Vec<String> {
    items(town).iter().map(|item| item.common().id.0.clone()).collect()
}

fn problems(town: &TownFolder) -> Value {
    serde_json::from_slice(&fs::read(town.0.join("import-state/problems.json")).unwrap()).unwrap()
}

/// A timetable with one stop.
fn timetable(town: &TownFolder, folder: &str, stop: &str, position: &str) {
    let path = town.0.join(folder);
    fs::create_dir_all(&path).unwrap();
    fs::write(path.join("stops.txt"), format!("stop_id,stop_name,stop_lat,stop_lon\nS3,{stop},{position}\n")).unwrap();
    fs::write(path.join("agency.txt"), "agency_name,agency_timezone\nBus,Europe/Paris\n").unwrap();
}

fn lifts() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/gtfs-rt/lifts/input.pb")).unwrap()
}

#[test]
fn two_sources_with_the_same_numbers_both_come_out_whole() {
    let mapping = "[mapping.taps]\ntype = \"place\"\nid = \"id\"\ntitle = \"{name}\"\nposition = { lat = \"lat\", lon = \"lon\" }\n\
        [mapping.schools]\ntype = \"place\"\nsource = \"uai\"\nid = \"id\"\ntitle = \"{name}\"\n";
    let sources = [
        entry("city", "gtfs", "city", ""),
        entry("coach", "gtfs", "coach", ""),
        entry("city-news", "gtfs-rt", "lifts.pb", "timetable = \"coach\""),
        entry("hall", "feed", "hall.xml", ""),
        entry("museum", "feed", "museum.xml", ""),
        entry("north", "csv", "north.csv", "mapping = \"taps\""),
        entry("south", "csv", "south.csv", "mapping = \"taps\""),
        entry("state", "csv", "state.csv", "mapping = \"schools\""),
        entry("region", "csv", "region.csv", "mapping = \"schools\""),
        mapping.to_owned(),
    ];
    let town = TownFolder::new("numbers", &sources.concat());
    timetable(&town, "city", "Gare", "43.90,2.10");
    timetable(&town, "coach", "Aéroport", "44.50,2.90");
    fs::write(town.0.join("lifts.pb"), lifts()).unwrap();
    for (name, title) in [("hall", "Conseil"), ("museum", "Vernissage")] {
        let items = format!(
            "<item><title>{title}</title><guid isPermaLink=\"false\">42</guid></item>\
             <item><title>Partout</title><guid>https://exemple.test/1</guid></item>"
        );
        let feed = format!("<rss version=\"2.0\"><channel><title>{name}</title>{items}</channel></rss>");
        fs::write(town.0.join(format!("{name}.xml")), feed).unwrap();
    }
    for (name, row) in [("north", "Fontaine,43.95,2.15"), ("south", "Robinet,43.85,2.05")] {
        fs::write(town.0.join(format!("{name}.csv")), format!("id,name,lat,lon\n1,{row}\n")).unwrap();
    }
    for name in ["state", "region"] {
        fs::write(town.0.join(format!("{name}.csv")), "id,name\n0810001A,École\n").unwrap();
    }
    town.good("10:00", &[]);
    let all = ids(&town);
    for id in ["gtfs:city:S3", "gtfs:coach:S3", "gtfs-rt:city-news:words/4211540091", "feed:hall:42", "feed:museum:42"]
        .into_iter()
        .chain(["taps:north:1", "taps:south:1"])
    {
        assert!(all.iter().any(|other| other == id), "{id}: {all:?}");
    }
    // What is one everywhere is one here.
    for id in ["feed:https://exemple.test/1", "uai:0810001A"] {
        assert_eq!(all.iter().filter(|other| *other == id).count(), 1, "{id}: {all:?}");
    }
    let wheelchair = |id: &str| {
        let found = items(&town).into_iter().find(|item| item.common().id.as_str() == id);
        let Some(Item::Place(place)) = found else { panic!("{id}: no place") };
        place.access.wheelchair.value
    };
    assert_eq!((wheelchair("gtfs:city:S3"), wheelchair("gtfs:coach:S3")), (Tri::Unknown, Tri::No));
}

#[test]
fn news_find_a_timetable_that_lies_on_the_web() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/gtfs/departures/input");
    let zip = crate::transit::zipped(&folder, "");
    let news = fs::read(folder.join("../../../gtfs-rt/delays/input.pb")).unwrap();
    let is_down = Arc::new(Mutex::new(false));
    let is_page = is_down.clone();
    let server = StandIn::start(move |asked| match asked.path.as_str() {
        "/gtfs.zip" if *is_page.lock().unwrap() => Reply::new(200, "text/html", "<html>Down</html>"),
        "/gtfs.zip" => Reply::new(200, "application/zip", zip.clone()).with("etag", "\"1\""),
        _ => Reply::new(200, "application/x-protobuf", news.clone()),
    });
    let sources = [
        entry("bus", "gtfs", server.url("/gtfs.zip").as_str(), "every = \"1d\""),
        entry(
            "bus-news",
            "gtfs-rt",
            server.url("/news").as_str(),
            "timetable = \"bus\"\nstops = [\"ST\"]\nevery = \"1m\"",
        ),
    ];
    let town = TownFolder::new("web-timetable", &sources.concat());
    let board = |hour| {
        town.good(hour, &[]);
        load_directory(&town.0.join("content")).unwrap().catalog.bulletin.live.clone()
    };
    let first = board("10:00");
    assert_eq!(first.len(), 1, "{:?}", problems(&town));
    assert_eq!(first[0].common.id.as_str(), "gtfs:bus:departures:ST");
    assert_eq!(board("10:05").len(), 1);
    // A page instead of it is told by the address; what was there stays.
    *is_down.lock().unwrap() = true;
    let output = text(&town.import("12:00", &["--everything"]));
    assert!(output.contains("/gtfs.zip: ") && !output.contains("/tmp/parvis-import"), "{output}");
    let unread = problems(&town).as_array().unwrap().iter().filter(|problem| problem["field"] == "timetable").count();
    assert_eq!(unread, 0, "{}", problems(&town));
    let of_timetable = server.asked().into_iter().filter(|asked| asked.path == "/gtfs.zip").count();
    assert_eq!((of_timetable, server.asked().len()), (2, 5));
}

const ARTICLE: &str = "<rss version=\"2.0\"><channel><item><title>Avis</title><guid>1</guid>\
    <enclosure url=\"https://exemple.test/a.jpg\" type=\"image/jpeg\"/></item></channel></rss>";

#[test]
fn what_names_nobody_bears_the_licence_and_credit_of_its_entry() {
    let entries = |rest: &str| {
        let mapping = "[mapping.own]\ntype = \"place\"\nid = \"id\"\ntitle = \"{name}\"\ncredit = \"Le lycée\"\n\
            licence = \"ODbL 1.0\"\naccess.wheelchair = { field = \"pmr\", yes = [\"oui\"] }\n";
        let csv = format!("mapping = \"own\"\n{rest}");
        let built_in = format!("mapping = \"wifi\"\n{rest}");
        let quiet = "[fetch]\npictures = false\n";
        [
            quiet.to_owned(),
            entry("news", "feed", "news.xml", rest),
            entry("school", "csv", "school.csv", &csv),
            entry("hotspots", "csv", "wifi.csv", &built_in),
            mapping.to_owned(),
        ]
        .concat()
    };
    let town = TownFolder::new("credit", "");
    let write = |name: &str, text: &str| fs::write(town.0.join(name), text).unwrap();
    write("news.xml", ARTICLE);
    write("school.csv", "id,name,pmr\n1,Lycée,oui\n");
    write("wifi.csv", "identifiant,nom_site,etat,acces_pmr\n1,Gare,actif,oui\n");
    write("sources.toml", &entries(""));
    town.good("10:00", &[]);
    let from = |id: &str| {
        let items = items(&town);
        let item =
            items.iter().find(|item| item.common().id.as_str() == id).unwrap_or_else(|| panic!("{id}: {items:?}"));
        let says = match item {
            Item::Place(place) => place.access.wheelchair.source.clone(),
            _ => String::new(),
        };
        let from = &item.common().provenance[0];
        (from.licence.clone(), from.credit.clone(), says)
    };
    let own = |licence: &str, credit: &str, says: &str| (licence.to_owned(), credit.to_owned(), says.to_owned());
    assert_eq!(from("feed:news:1"), own("", "news.xml", ""));
    assert_eq!(from("wifi:hotspots:1"), own("", "wifi.csv", "wifi.csv"));
    let unlicensed = |town: &TownFolder| {
        let all = problems(town);
        let of = all.as_array().unwrap().iter().filter(|problem| problem["field"] == "licence");
        of.map(|problem| problem["source"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(unlicensed(&town), ["news", "hotspots"]);
    write("sources.toml", &entries("licence = \"Licence Ouverte 2.0\"\ncredit = \"Ville d'Albi\""));
    town.good("11:00", &[]);
    assert_eq!(from("feed:news:1"), own("Licence Ouverte 2.0", "Ville d'Albi", ""));
    assert_eq!(from("wifi:hotspots:1"), own("Licence Ouverte 2.0", "Ville d'Albi", "Ville d'Albi"));
    // Whoever says something about themselves is believed.
    assert_eq!(from("own:school:1"), own("ODbL 1.0", "Le lycée", "Le lycée"));
    assert_eq!(unlicensed(&town), Vec::<String>::new());
}

#[test]
fn one_import_takes_a_name_a_licence_and_a_credit_too() {
    let town = TownFolder::new("single", "");
    fs::write(town.0.join("news.xml"), ARTICLE).unwrap();
    let import = |name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
        command.args(["import", "feed", "--at", "2026-05-01T10:00:00Z", "--name", name]).current_dir(&town.0);
        command.args(["--from", "news.xml", "--out", "out.json", "--problems", "problems.json"]);
        command.args(["--licence", "CC BY 4.0", "--credit", "Ville d'Albi"]).output().unwrap()
    };
    let output = import("news");
    assert!(output.status.success(), "{}", text(&output));
    let written: Value = serde_json::from_slice(&fs::read(town.0.join("out.json")).unwrap()).unwrap();
    let item = &written["items"][0];
    assert_eq!(item["id"], "feed:news:1");
    assert_eq!(item["provenance"][0]["licence"], "CC BY 4.0");
    assert_eq!(item["provenance"][0]["credit"], "Ville d'Albi");
    assert!(!import("No:ws").status.success());
}

/// Every byte that a run has left in its folder.
fn written(folder: &Path) -> String {
    let text = |path: PathBuf| match path.is_dir() {
        true => written(&path),
        false => format!("{}\n{}\n", path.display(), String::from_utf8_lossy(&fs::read(&path).unwrap())),
    };
    fs::read_dir(folder).unwrap().map(|entry| text(entry.unwrap().path())).collect()
}

#[test]
fn a_key_in_an_address_is_sent_and_never_told() {
    // "secret", as the test's environment has it.
    let server = StandIn::start(|asked| {
        let object = |number: u32| {
            json!({ "@id": format!("https://data.exemple.test/{number}"), "@type": ["PlaceOfInterest", "Museum"],
                "rdfs:label": { "fr": [format!("Musée {number}")] }, "hasContact": [{ "schema:telephone": ["secret"] }] })
        };
        let graph = json!({ "@graph": [object(1), object(2), { "@id": "secret" }] });
        match asked.path.as_str() {
            "/flux/secret" => Reply::json(&graph).with("etag", "\"1\""),
            "/redirected/secret?key=secret" => {
                Reply::new(302, "text/plain", "").with("location", "/gone/secret?key=secret")
            }
            "/news/secret/feed.xml" => Reply::new(
                200,
                "application/rss+xml",
                "<rss><channel><item><title>Avis</title>\
                <link>a.html</link><enclosure url=\"b.jpg\" type=\"image/jpeg\"/></item></channel></rss>",
            ),
            "/bikes/secret/gbfs.json" if asked.headers.contains_key("if-none-match") => {
                Reply::new(304, "text/plain", "")
            }
            "/bikes/secret/gbfs.json" => {
                let feeds = json!([{ "name": "station_information", "url": "stations.json" }]);
                Reply::json(&json!({ "version": "2.3", "data": { "feeds": feeds } })).with("etag", "\"1\"")
            }
            "/docks/secret/gbfs.json" => {
                let feeds = json!([{ "name": "station_information", "url": "/docks/secret/stations.json" }]);
                Reply::json(&json!({ "version": "2.3", "data": { "feeds": feeds } })).with("etag", "\"1\"")
            }
            _ => Reply::new(404, "text/plain", "no"),
        }
    });
    let url = |path: &str| format!("http://{}{path}", server.address);
    let key = "key_env = \"KEY_OF_TEST\"";
    let sources = [
        entry("flux", "datatourisme", &url("/flux/{key}"), key),
        entry("moved", "datatourisme", &url("/redirected/{key}?key={key}"), key),
        entry("gone", "feed", &url("/{key}"), key),
        entry("news", "feed", &url("/news/{key}/feed.xml"), key),
        entry("bikes", "gbfs", &url("/bikes/{key}/gbfs.json"), key),
        entry("docks", "gbfs", &url("/docks/{key}/gbfs.json"), key),
        entry("keyless", "feed", &url("/{key}"), ""),
    ];
    let town = TownFolder::new("key", &sources.concat());
    let output = town.import("10:00", &[]);
    assert!(!output.status.success());
    let again = town.import("11:30", &[]);
    let told = format!("{}{}{}", text(&output), text(&again), written(&town.0));
    assert!(!told.contains("secret"), "{}", told.lines().filter(|line| line.contains("secret")).collect::<String>());
    assert!(ids(&town).iter().any(|id| id == "datatourisme:1"), "{told}");
    assert!(text(&output).contains("/gone/{key}: the server answers 404"), "{}", text(&output));
    assert!(text(&output).contains("keyless: could not be read") && text(&output).contains("its key is missing"));
    let asked = server.asked();
    for path in
        ["/flux/secret", "/redirected/secret?key=secret", "/gone/secret?key=secret", "/secret", "/news/secret/feed.xml"]
    {
        assert!(asked.iter().any(|asked| asked.path == path), "{path}: {asked:?}");
    }
    // The second time only what has changed is wanted, and the key goes nowhere but into its place.
    for path in ["/flux/secret", "/bikes/secret/gbfs.json"] {
        assert!(asked.iter().any(|asked| asked.path == path && asked.headers.contains_key("if-none-match")), "{path}");
    }
    assert!(asked.iter().any(|asked| asked.path == "/bikes/secret/stations.json"));
    assert_eq!(fs::read_dir(town.0.join("import-state/bikes/pages")).unwrap().count(), 1);
    assert!(asked.iter().all(|asked| !asked.headers.values().any(|value| value.contains("secret"))));
}

#[test]
fn a_warning_keeps_its_id_while_it_goes_on_and_what_staff_decided_ends_with_it() {
    let sources = entry("weather", "vigilance", "map.json", "codes = [\"81\"]\nevery = \"1m\"");
    let town = TownFolder::new("warning", &sources);
    let whole = fs::read_to_string(town.0.join("sources.toml")).unwrap();
    fs::write(town.0.join("sources.toml"), format!("overrides = \"overrides.json\"\n{whole}")).unwrap();
    // Orange wind between these times.
    let bulletin = |from: &str, until: &str| {
        let day = |begin: &str, end: &str, items: Value| {
            json!({
                "echeance": "J", "begin_validity_time": begin, "end_validity_time": end,
                "timelaps": { "domain_ids": [{ "domain_id": "81", "max_color_id": 3, "phenomenon_items": items }] },
            })
        };
        let run = json!([{ "begin_time": from, "end_time": until, "color_id": 3 }]);
        let wind = json!([{ "phenomenon_id": "1", "phenomenon_max_color_id": 3, "timelaps_items": run }]);
        let map = json!({ "product": { "update_time": from, "periods": [day(from, until, wind)] } });
        fs::write(town.0.join("map.json"), map.to_string()).unwrap();
    };
    let shown = |at: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
        command.args(["import", "--all"]).arg(town.0.join("sources.toml")).args(["--at", at]);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", text(&output));
        ids(&town)
    };
    bulletin("2026-01-15T18:00:00Z", "2026-01-15T23:00:00Z");
    let first = ["vigilance:81:1:orange:2026-01-15T1900"];
    assert_eq!(shown("2026-01-15T10:00:00Z"), first);
    // The evening's bulletin begins the warning anew, and lets it last; the morning's goes on where that ended.
    bulletin("2026-01-15T20:00:00Z", "2026-01-16T06:00:00Z");
    assert_eq!(shown("2026-01-15T20:10:00Z"), first);
    bulletin("2026-01-16T06:00:00Z", "2026-01-16T12:00:00Z");
    assert_eq!(shown("2026-01-16T05:00:00Z"), first);
    let hide = json!({ "format": 1, "overrides": [{ "id": first[0], "hide": true }] });
    fs::write(town.0.join("overrides.json"), hide.to_string()).unwrap();
    assert_eq!(shown("2026-01-16T07:00:00Z"), Vec::<String>::new());
    bulletin("2026-03-02T06:00:00Z", "2026-03-02T18:00:00Z");
    assert_eq!(shown("2026-03-02T05:00:00Z"), ["vigilance:81:1:orange:2026-03-02T0700"]);
}

#[test]
fn a_number_that_a_feed_uses_again_is_another_alert() {
    let town = TownFolder::new("reused", &entry("bus", "gtfs-rt", "news.pb", "every = \"1m\""));
    let whole = fs::read_to_string(town.0.join("sources.toml")).unwrap();
    fs::write(town.0.join("sources.toml"), format!("overrides = \"overrides.json\"\n{whole}")).unwrap();
    // Each feed numbers its alerts anew, or says only what has changed (DIFFERENTIAL).
    let shown = |hour: &str, incrementality: u8, entities: &str| {
        let feed = format!("1: {{ 1: \"2.0\" 2: {incrementality} 3: 1777629540 }}\n{entities}");
        fs::write(town.0.join("news.pb"), encoded(&feed)).unwrap();
        town.good(hour, &[]);
        ids(&town)
    };
    let alert = |title: &str| format!("2: {{ 1: \"1\" 5: {{ 10: {{ 1: {{ 1: \"{title}\" 2: \"fr\" }} }} }} }}\n");
    let works = shown("10:00", 0, &alert("Travaux"));
    assert_eq!(works.len(), 1);
    let hide = json!({ "format": 1, "overrides": [{ "id": works[0], "hide": true }] });
    fs::write(town.0.join("overrides.json"), hide.to_string()).unwrap();
    assert_eq!(shown("10:02", 0, &alert("Travaux")), Vec::<String>::new());
    assert_eq!(shown("10:04", 0, &alert("Gr\u{e8}ve")).len(), 1);
    assert_eq!(shown("10:06", 1, "2: { 1: \"1\" 2: 1 }\n"), Vec::<String>::new());
}
