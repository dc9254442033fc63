//! The weather from a service that is asked well, asked badly, or down.

use crate::import::{Imported, import, now};
use crate::stand_in::{Reply, StandIn};
use parvis::content::{Item, LiveKind, Position};
use parvis::import::{Extent, ImportError, Input, Settings, source};

const ANSWER: &str = include_str!("../import/open-meteo/answer/input.json");

fn ask(server: &StandIn, path: &str, settings: &Settings) -> Result<Imported, ImportError> {
    import(source("open-meteo").unwrap(), &Input::Web(server.url(path)), settings)
}

#[test]
fn the_service_is_asked_for_the_towns_place() {
    let server = StandIn::start(|asked| match asked.query("latitude").as_deref() {
        Some("43.9289") => Reply::new(200, "application/json", ANSWER).with("etag", "\"1\""),
        Some("0") => Reply::json(&serde_json::json!({"error": true, "reason": "Parameter 'x' must be set"})),
        Some("1") => Reply::new(400, "application/json", r#"{"error":true,"reason":"out of range"}"#),
        Some("2") => Reply::new(200, "application/json", ANSWER).cut_after(100),
        _ => Reply::new(200, "text/html", "<html><body>Maintenance</body></html>"),
    });
    let settings = Settings { position: Position::new(43.9289, 2.1464), ..Settings::new(now()) };
    let imported = ask(&server, "", &settings).unwrap();
    let Some(Item::Live(live)) = imported.items.first() else { panic!("{:?}", imported.problems) };
    assert_eq!((live.kind, live.rows.len(), imported.extent), (LiveKind::Weather, 7, Some(Extent::Whole)));
    assert!(live.holds(now()));
    let asked = server.asked();
    assert!(asked[0].path.starts_with("/v1/forecast?latitude=43.9289&longitude=2.1464&current="), "{asked:?}");
    assert_eq!(asked[0].query("timezone").as_deref(), Some("Europe/Paris"));
    // Where nobody knows the place nobody is asked.
    let unplaced = ask(&server, "", &Settings::new(now())).unwrap_err().to_string();
    assert!(unplaced.contains("--position") && server.asked().len() == 1, "{unplaced}");
    for (latitude, said) in [("0", "Parameter 'x' must be set"), ("1", "400"), ("2", "breaks off"), ("3", "no weather")]
    {
        let error = ask(&server, &format!("/v1/forecast?latitude={latitude}"), &settings).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}
