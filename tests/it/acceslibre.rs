//! Acceslibre's interface as it is on bad days: pages, a key, addresses behind a proxy, pages that change or are none.

use crate::import::{Imported, import, now};
use crate::stand_in::{Asked, Reply, StandIn};
use parvis::import::{Extent, ImportError, Input, Settings, source};
use serde_json::{Value, json};

fn establishment(number: u64) -> Value {
    json!({
        "uuid": format!("00000000-0000-4000-8000-{number:012}"), "nom": format!("Salle {number}"), "slug": format!("salle-{number}"),
        "geom": { "type": "Point", "coordinates": [2.1, 43.9] }, "updated_at": "2026-04-01T10:00:00Z",
        "accessibilite": { "entree": { "entree_plain_pied": true } },
    })
}

fn number(asked: &Asked) -> u64 {
    asked.query("page").map_or(1, |page| page.parse().unwrap())
}

/// A page of two of so many, whose links name the machine behind the proxy.
fn page(asked: &Asked, total: u64) -> Reply {
    let number = number(asked);
    let results: Vec<Value> = (number * 2 - 1..=total.min(number * 2)).map(establishment).collect();
    let next = (number * 2 < total).then(|| format!("http://10.0.0.1:8000/api/erps/?commune=Albi&page={}", number + 1));
    Reply::json(&json!({ "count": total, "next": next, "previous": null, "results": results }))
}

fn whole(server: &StandIn) -> Result<Imported, ImportError> {
    let from = Input::Web(server.url("/api/erps/?commune=Albi&clean=true"));
    let settings = Settings { key: Some("secret".to_owned()), ..Settings::new(now()) };
    import(source("acceslibre").unwrap(), &from, &settings)
}

#[test]
fn all_pages_are_read_with_the_key() {
    let server = StandIn::start(|asked| page(asked, 5));
    let imported = whole(&server).unwrap();
    assert_eq!((imported.items.len(), imported.extent.clone()), (5, Some(Extent::Whole)));
    assert_eq!(server.asked().len(), 3);
    for asked in server.asked() {
        assert_eq!(asked.headers.get("authorization").map(String::as_str), Some("Api-Key secret"), "{}", asked.path);
        assert_eq!(asked.query("commune").as_deref(), Some("Albi"));
    }
    assert!(!format!("{imported:?}").contains("secret"));
}

#[test]
fn pages_of_geojson_are_read_too() {
    let server = StandIn::start(|_| {
        let properties = json!({ "uuid": "a", "nom": "Cinéma", "activite": { "nom": "Cinéma" } });
        let feature = json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [2.1, 43.9] }, "properties": properties });
        Reply::json(
            &json!({ "count": 1, "next": null, "results": { "type": "FeatureCollection", "features": [feature] } }),
        )
    });
    let imported = whole(&server).unwrap();
    assert_eq!((imported.items.len(), imported.extent.clone()), (1, Some(Extent::Whole)));
}

#[test]
fn what_breaks_off_or_changes_keeps_what_came() {
    let html = StandIn::start(|asked| match number(asked) {
        1 => page(asked, 5),
        _ => Reply::new(200, "text/html", "<html>Maintenance</html>"),
    });
    let imported = whole(&html).unwrap();
    assert!(imported.broken_off().contains("not JSON (text/html)"), "{:?}", imported.extent);
    assert_eq!(imported.items.len(), 2);

    let cut = StandIn::start(|asked| if number(asked) == 1 { page(asked, 5) } else { page(asked, 5).cut_after(40) });
    assert_eq!(whole(&cut).unwrap().items.len(), 2);

    let changing = StandIn::start(|asked| page(asked, if number(asked) == 1 { 6 } else { 5 }));
    assert!(whole(&changing).unwrap().broken_off().contains("changed while they were read"));

    let fewer = StandIn::start(|_| Reply::json(&json!({ "count": 3, "next": null, "results": [establishment(1)] })));
    assert!(whole(&fewer).unwrap().broken_off().contains("3 establishments were promised, 1 came"));

    let round = StandIn::start(|_| {
        Reply::json(&json!({ "count": 1, "next": "/api/erps/?commune=Albi&clean=true", "results": [establishment(1)] }))
    });
    assert!(whole(&round).unwrap().broken_off().contains("again and again"));
}

#[test]
fn an_answer_that_is_no_page_is_one_error() {
    for reply in [
        Reply::new(200, "text/html", "<html></html>"),
        Reply::new(403, "application/json", "{}"),
        Reply::json(&json!({ "detail": "Invalid token." })),
        Reply::json(&json!([])),
    ] {
        let server = StandIn::start(move |_| reply.clone());
        assert!(whole(&server).is_err());
    }
}
