//! `parvis-hub town new` against stand-ins of the public services.

use crate::stand_in::{Asked, Reply, StandIn};
use parvis::store::load_directory;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("parvis-new-town-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn commune(name: &str, code: &str) -> Value {
    // The invented town of tests/import/osm lies here.
    let ring = [[7.41, 43.72], [7.43, 43.72], [7.43, 43.74], [7.41, 43.74], [7.41, 43.72]];
    json!({
        "nom": name, "code": code, "population": 12000, "departement": { "nom": "Essais" },
        "centre": { "type": "Point", "coordinates": [7.42, 43.73] },
        "contour": { "type": "Polygon", "coordinates": [ring] },
    })
}

/// All services at once, except those that a test takes down.
pub fn services(down: &'static [&'static str]) -> StandIn {
    let pbf = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/osm/town/input.osm.pbf")).unwrap();
    StandIn::start(move |asked| {
        if down.contains(&"contour") && asked.path.starts_with("/communes/") {
            let mut commune = commune("Exemple-les-Essais", "81004");
            commune.as_object_mut().unwrap().remove("contour");
            return Reply::json(&commune);
        }
        if down.iter().any(|part| asked.path.starts_with(part)) {
            return Reply::new(503, "text/plain", "down for repair");
        }
        answer(asked, &pbf)
    })
}

fn answer(asked: &Asked, pbf: &[u8]) -> Reply {
    let path = asked.path.split('?').next().unwrap();
    match path {
        "/communes" if asked.query("nom").as_deref() == Some("Deux-Villes") => {
            Reply::json(&json!([commune("Deux-Villes", "01001"), commune("Deux Villes", "02002")]))
        }
        "/communes" if asked.query("nom").as_deref() == Some("nulle part") => Reply::json(&json!([])),
        "/communes" => Reply::json(&json!([commune("Exemple-les-Essais", "81004"), commune("Exemple", "81005")])),
        "/communes/81004" => Reply::json(&commune("Exemple-les-Essais", "81004")),
        "/halls" => Reply::json(&json!({ "total_count": 1, "results": [{
            "nom": "Mairie - Exemple-les-Essais", "code_insee_commune": "81004",
            "pivot": r#"[{"type_service_local":"mairie","code_insee_commune":["81004"]}]"#,
            "telephone": r#"[{"valeur":"05 00 00 00 00","description":""}]"#,
            "adresse": r#"[{"type_adresse":"Adresse","numero_voie":"1 place des Essais","code_postal":"81000","nom_commune":"Exemple-les-Essais"}]"#,
            "plage_ouverture": r#"[{"nom_jour_debut":"Lundi","nom_jour_fin":"Vendredi","valeur_heure_debut_1":"09:00:00","valeur_heure_fin_1":"17:00:00","valeur_heure_debut_2":"","valeur_heure_fin_2":""}]"#,
        }] })),
        "/osm/midi_pyrenees/tarn-latest.osm.pbf" => Reply::new(200, "application/octet-stream", pbf),
        "/v2/agendas" => Reply::json(&json!({ "agendas": [
            { "uid": 5, "title": "Sports à Exemple-les-Essais", "official": 0 },
            { "uid": 7, "title": "Ville d'Exemple les Essais", "official": 1 },
            { "uid": 8, "title": "Ailleurs", "official": 1 },
            { "uid": 6, "title": "Exemple-les-Essais, Texas", "official": 1 },
            { "uid": 9, "title": "Exemple-les-Essais en ligne", "official": 0 },
        ] })),
        "/v2/agendas/7/events" => events(70, &json!({ "insee": "81004", "name": "Foyer" })),
        // Both lie in the town, by their position.
        "/v2/agendas/5/events" => events(50, &json!({ "latitude": 43.73, "longitude": 7.42, "name": "Stade" })),
        "/v2/agendas/6/events" => events(60, &json!({ "latitude": 33.1, "longitude": -96.6, "name": "Rodeo" })),
        "/v2/agendas/9/events" => events(90, &Value::Null),
        path if path.starts_with("/v2/agendas/") => Reply::json(&json!({ "title": "Agenda", "slug": "agenda" })),
        _ => Reply::new(404, "text/plain", "no"),
    }
}

fn events(uid: u64, location: &Value) -> Reply {
    Reply::json(&json!({ "total": 1, "events": [{
        "uid": uid, "title": { "fr": format!("Concert {uid}") }, "state": 2, "timezone": "Europe/Paris",
        "timings": [{ "begin": "2030-06-01T20:00:00+02:00", "end": "2030-06-01T22:00:00+02:00" }],
        "location": location, "attendanceMode": if location.is_null() { 2 } else { 1 },
    }] }))
}

/// The file that names them.
pub fn services_file(server: &StandIn) -> String {
    format!(
        "communes = \"{0}communes\"\nosm = \"{0}osm\"\ntown_halls = \"{0}halls\"\nacceslibre = \"{0}erps\"\n\
         openagenda = \"{0}v2/agendas\"\ndatatourisme = \"{0}catalog\"\n[extracts]\n81 = \"midi_pyrenees/tarn\"\n\
         [[emergency]]\nnumber = \"112\"\nname = {{ fr = \"Urgences\", en = \"Emergencies\" }}\n",
        server.url("/")
    )
}

fn town_new(server: &StandIn, folder: &Path, wanted: &str, keys: &[(&str, &str)]) -> Output {
    let file = folder.join("services.toml");
    fs::write(&file, services_file(server)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
    command.args(["town", "new", wanted, "--unhurried", "--services"]).arg(&file).arg("--out").arg(folder.join("town"));
    for variable in ["PARVIS_HUB_OPENAGENDA_KEY", "PARVIS_HUB_DATATOURISME_KEY", "PARVIS_HUB_ACCESLIBRE_KEY"] {
        command.env_remove(variable);
    }
    command.envs(keys.iter().copied()).output().unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_town_is_filled_from_what_is_public() {
    let (server, folder) = (services(&[]), folder("filled"));
    let output = town_new(&server, &folder, "exemple les essais", &[("PARVIS_HUB_OPENAGENDA_KEY", "secret")]);
    let told = text(&output);
    assert!(output.status.success(), "{told}");
    let loaded = load_directory(&folder.join("town/content")).unwrap();
    assert_eq!(loaded.catalog.town.desk.phone, "05 00 00 00 00");
    assert_eq!(loaded.catalog.town.desk.hours, "Mo-Fr 09:00-17:00");
    assert_eq!(loaded.catalog.town.emergency[0].number, "112");
    assert!(loaded.catalog.places.len() > 10, "{told} {:?}", loaded.problems);
    assert_eq!(loaded.catalog.events.len(), 2);
    assert!(loaded.map_root.join("15").is_dir(), "{told}");
    let credits = loaded.catalog.places.iter().flat_map(|place| &place.common.provenance).map(|from| &from.credit);
    assert!(credits.into_iter().all(|credit| credit == "© les contributeurs d’OpenStreetMap"));
    assert_eq!(loaded.catalog.town.map_credit, "© les contributeurs d’OpenStreetMap");
    assert!(told.contains("tourism: SKIPPED: no key: set PARVIS_HUB_DATATOURISME_KEY"), "{told}");
    assert!(told.contains("access: SKIPPED"), "{told}");
    assert!(told.trim_end().ends_with("--windowed 540x960"), "{told}");
    assert!(told.contains("profile totem-portrait"), "{told}");
    for file in ["sources.toml", "kiosk.toml"] {
        let written = fs::read_to_string(folder.join("town").join(file)).unwrap();
        assert!(written.parse::<toml::Table>().is_ok() && !written.contains("secret"), "{written}");
    }
    let again = town_new(&server, &folder, "81004", &[]);
    assert!(!again.status.success() && text(&again).contains("is not empty"));
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn an_agenda_is_taken_only_where_its_events_lie_in_the_town() {
    let (server, folder) = (services(&[]), folder("agendas"));
    let told = text(&town_new(&server, &folder, "81004", &[("PARVIS_HUB_OPENAGENDA_KEY", "secret")]));
    let path = folder.join("town/sources.toml");
    let sources = fs::read_to_string(&path).unwrap();
    let taken = |text: &str| text.parse::<toml::Table>().unwrap()["source"].as_array().unwrap().len();
    assert_eq!(taken(&sources), 3, "the map and two agendas: {sources}");
    assert!(told.contains("Exemple-les-Essais, Texas: only 0 of 1 of its events lie in the town"), "{told}");
    assert!(sources.contains("\n# name = \"agenda-3\"\n") && !sources.contains("\"*\""), "{sources}");
    let confirmed = sources.replace("\n# [[source]]", "\n[[source]]").replace("\n# name", "\nname");
    let confirmed = ["format", "from", "key_env", "every"]
        .iter()
        .fold(confirmed, |text, key| text.replace(&format!("\n# {key}"), &format!("\n{key}")));
    assert_eq!(taken(&confirmed), 4, "{confirmed}");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_town_without_a_boundary_has_all_that_needs_none() {
    let (server, folder) = (services(&["contour"]), folder("contour"));
    let output = town_new(&server, &folder, "81004", &[("PARVIS_HUB_OPENAGENDA_KEY", "secret")]);
    let told = text(&output);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("boundary: SKIPPED") && told.contains("map: SKIPPED: without the town's boundary"), "{told}");
    let loaded = load_directory(&folder.join("town/content")).unwrap();
    assert_eq!((loaded.catalog.events.len(), loaded.catalog.town.desk.phone.as_str()), (1, "05 00 00 00 00"));
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn without_the_service_that_knows_towns_nothing_is_made_and_that_is_said() {
    let (server, folder) = (services(&["/communes"]), folder("communes"));
    let output = town_new(&server, &folder, "81004", &[]);
    assert!(
        !output.status.success() && text(&output).contains("nothing was made: try again later"),
        "{}",
        text(&output)
    );
    assert!(!folder.join("town").exists());
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn each_part_that_is_down_is_named_and_skipped() {
    let all: [(&'static [&'static str], &str, &str); 3] = [
        (&["/halls"], "down-hall", "town hall: SKIPPED"),
        (&["/osm"], "down-osm", "map: SKIPPED"),
        (&["/v2"], "down-agenda", "agenda: SKIPPED"),
    ];
    for (down, name, said) in all {
        let (server, folder) = (services(down), folder(name));
        let output = town_new(&server, &folder, "81004", &[("PARVIS_HUB_OPENAGENDA_KEY", "secret")]);
        let told = text(&output);
        assert!(output.status.success() && told.contains(said), "{told}");
        assert!(load_directory(&folder.join("town/content")).is_ok(), "{told}");
        fs::remove_dir_all(&folder).unwrap();
    }
}

#[test]
fn a_town_that_is_not_there_or_there_twice_is_said_to_be() {
    let (server, folder) = (services(&[]), folder("none"));
    for (wanted, said) in [
        ("nulle part", "no commune of France has this name"),
        ("Deux-Villes", "01001  Deux-Villes (Essais)"),
        ("99999", "404"),
    ] {
        let output = town_new(&server, &folder, wanted, &[]);
        assert!(!output.status.success() && text(&output).contains(said), "{}", text(&output));
        assert!(!folder.join("town").exists());
    }
    fs::remove_dir_all(&folder).unwrap();
}
