//! The REST catalogue of DATAtourisme, and tourism exports fetched from a server: pages, keys, and servers that fail.

use crate::import::{Imported, import, now};
use crate::stand_in::{Reply, StandIn};
use parvis::import::{Extent, ImportError, Input, Settings, source};
use serde_json::{Value, json};

fn object(number: u32) -> Value {
    json!({
        "uuid": format!("0000-{number}"),
        "uri": format!("https://data.example.org/81/0000-{number}"),
        "type": ["PlaceOfInterest", "Museum"],
        "label": {"@fr": format!("Musée {number}")},
    })
}

fn page(numbers: std::ops::Range<u32>, next: Option<String>) -> Reply {
    let objects: Vec<Value> = numbers.map(object).collect();
    Reply::json(&json!({"objects": objects, "meta": {"total": 5, "next": next}}))
}

fn fetched(server: &StandIn, key: Option<&str>) -> Result<Imported, ImportError> {
    let settings = Settings { key: key.map(str::to_owned), ..Settings::new(now()) };
    import(source("datatourisme").unwrap(), &Input::Web(server.url("/v1/catalog?page=1")), &settings)
}

#[test]
fn pages_are_read_until_there_is_no_next_with_the_key_in_a_header() {
    for key in [Some("secret"), None] {
        let server = StandIn::start(|asked| match asked.query("page").as_deref() {
            // Between the pages something moved: one object comes twice.
            Some("1") => page(0..2, Some("/v1/catalog?page=2".to_owned())),
            Some("2") => page(1..4, Some("?page=3".to_owned())),
            _ => page(4..5, None),
        });
        let imported = fetched(&server, key).unwrap();
        assert_eq!((imported.items.len(), imported.counts.records, imported.counts.left_out), (5, 6, 1));
        assert_eq!(imported.extent, Some(Extent::Whole));
        let asked = server.asked();
        assert_eq!(asked.len(), 3);
        assert!(asked.iter().all(|asked| asked.headers.get("x-api-key").map(String::as_str) == key));
    }
}

#[test]
fn a_page_that_fails_or_is_none_breaks_off_and_loses_nothing_before_it() {
    let wrong: [(fn() -> Reply, &str); 6] = [
        (|| Reply::new(200, "text/html", "<html>Maintenance</html>"), "not JSON"),
        (|| Reply::new(404, "text/plain", "no"), "404"),
        (|| Reply::json(&json!({"error_msg": "Too Many Requests"})), "no page of objects"),
        (|| page(2..4, None).cut_after(40), "breaks off"),
        (|| page(2..4, Some("https://elsewhere.example.org/?page=3".to_owned())), "another server"),
        (|| page(2..4, Some("?page=1".to_owned())), "read already"),
    ];
    for (second, reason) in wrong {
        let server = StandIn::start(move |asked| match asked.query("page").as_deref() {
            Some("1") => page(0..2, Some("?page=2".to_owned())),
            _ => second(),
        });
        let imported = fetched(&server, Some("secret")).unwrap();
        assert!(imported.items.len() >= 2);
        assert!(imported.broken_off().contains(reason), "{:?}", imported.extent);
        assert!(!format!("{imported:?}").contains("secret"));
    }
}

#[test]
fn fewer_objects_than_announced_are_not_all() {
    let server = StandIn::start(|_| page(0..3, None));
    let imported = fetched(&server, Some("secret")).unwrap();
    assert_eq!(imported.items.len(), 3);
    imported.broken_off();
}

#[test]
fn a_first_page_that_is_none_is_an_error() {
    for reply in [Reply::new(200, "text/html", "<html></html>"), Reply::json(&json!({"error_msg": "no key"}))] {
        for key in [Some("secret"), None] {
            let reply = reply.clone();
            let server = StandIn::start(move |_| reply.clone());
            assert!(fetched(&server, key).is_err());
        }
    }
}

#[test]
fn a_flux_that_lists_what_it_does_not_hold_withdraws_nothing() {
    let zip = include_bytes!("../import/datatourisme/flux-zip/input.zip");
    let server = StandIn::start(|_| Reply::new(200, "application/zip", &zip[..]));
    let imported = fetched(&server, None).unwrap();
    assert_eq!((imported.items.len(), imported.counts.records), (1, 2));
    assert!(imported.broken_off().contains("not there"), "{:?}", imported.extent);
}

#[test]
fn nobody_behind_an_object_gets_out() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/datatourisme/place/input.json");
    let input = std::fs::read_to_string(&path).unwrap();
    let imported = import(source("datatourisme").unwrap(), &Input::Path(path), &Settings::new(now())).unwrap();
    let output = format!("{imported:?}");
    for secret in ["Secret", "Paule", "agent@lombelle", "06 00 00 00 99", "Mairie", "21810000100019", "masque"] {
        assert!(input.contains(secret) && !output.contains(secret), "{secret} got out");
    }
    assert!(output.contains("accueil@moulin.example"));
}

#[test]
fn an_export_of_changes_says_so_and_names_what_is_gone() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/apidae");
    let settings = Settings::new(now());
    let apidae = source("apidae").unwrap();
    let changes = import(apidae, &Input::Path(path.join("export-folder/input")), &settings).unwrap();
    assert_eq!(changes.extent, Some(Extent::Changes));
    let gone: Vec<&str> = changes.gone.iter().map(parvis::content::Id::as_str).collect();
    assert_eq!(gone, ["apidae:803", "apidae:804"]);
    let whole = import(apidae, &Input::Path(path.join("export-zip/input.zip")), &settings).unwrap();
    assert_eq!(whole.extent, Some(Extent::Whole));
    for case in ["place", "event-periods"] {
        let imported = import(apidae, &Input::Path(path.join(case).join("input.json")), &settings).unwrap();
        let output = format!("{imported:?}").to_lowercase();
        for secret in ["secret", "06 00"] {
            assert!(!output.contains(secret), "{secret} got out");
        }
    }
}

#[test]
fn what_lies_unread_in_a_flux_is_told_and_withdraws_nothing() {
    let folder = std::env::temp_dir().join(format!("parvis-flux-unread-{}", std::process::id()));
    let deep = folder.join("objects/1/2/3/4/5/6/7/8/9");
    std::fs::create_dir_all(&deep).unwrap();
    for (at, path) in [folder.join("objects/a.json"), deep.join("b.json")].into_iter().enumerate() {
        std::fs::write(path, object(at as u32).to_string()).unwrap();
    }
    let imported =
        import(source("datatourisme").unwrap(), &Input::Path(folder.clone()), &Settings::new(now())).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!((imported.items.len(), imported.counts.records), (1, 1));
    assert!(matches!(imported.extent, Some(Extent::BrokenOff(_))), "{:?}", imported.extent);
    let told = imported.problems.iter().find(|problem| problem.record == "objects/1/2/3/4/5/6/7/8").unwrap();
    assert!(told.reason.contains("nothing in it is read"), "{told:?}");
}
