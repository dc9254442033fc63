//! OpenAgenda's interface as it is on bad days: pages, throttling, breaks, pages that are none, events that come and go.

use crate::import::{Imported, import, now};
use crate::stand_in::{Asked, Reply, StandIn};
use parvis::content::Id;
use parvis::import::{Extent, ImportError, Input, Settings, source};
use serde_json::{Value, json};

fn event(uid: u64) -> Value {
    json!({
        "uid": uid, "slug": format!("e-{uid}"), "title": { "fr": format!("Concert {uid}") }, "state": 2,
        "timezone": "Europe/Paris", "updatedAt": "2026-04-01T10:00:00.000Z",
        "timings": [{ "begin": "2026-06-01T20:00:00+02:00", "end": "2026-06-01T22:00:00+02:00" }],
        "location": { "name": "Le Foyer", "latitude": 43.9, "longitude": 2.1 },
    })
}

/// The page behind `after`, of pages of two events, of an agenda with so many.
fn page(asked: &Asked, total: u64) -> Reply {
    if !asked.path.contains("/events") {
        return Reply::json(&json!({ "uid": 7, "title": "Ville d’Exemple", "slug": "exemple" }));
    }
    let after: u64 = asked.query("after[]").map_or(0, |after| after.parse().unwrap());
    let uids: Vec<u64> = (after + 1..=total.min(after + 2)).collect();
    let next = uids.last().filter(|last| **last < total).map(|last| json!([last]));
    let events: Vec<Value> = uids.into_iter().map(event).collect();
    Reply::json(&json!({ "total": total, "events": events, "after": next }))
}

fn collect(server: &StandIn, settings: &Settings) -> Result<Imported, ImportError> {
    let from = Input::Web(server.url("/v2/agendas/7/events?relative=upcoming"));
    import(source("openagenda").unwrap(), &from, settings)
}

fn whole(server: &StandIn) -> Result<Imported, ImportError> {
    collect(server, &Settings { key: Some("secret".to_owned()), ..Settings::new(now()) })
}

#[test]
fn all_pages_are_read_with_the_key_and_credit_the_agenda() {
    let server = StandIn::start(|asked| page(asked, 5));
    let imported = whole(&server).unwrap();
    assert_eq!((imported.items.len(), imported.counts.records), (5, 5));
    assert_eq!(imported.extent, Some(Extent::Whole));
    assert_eq!(imported.items[0].common().provenance[0].credit, "Ville d’Exemple, OpenAgenda");
    assert_eq!(imported.items[0].common().link.exact("fr").unwrap().text, "https://openagenda.com/exemple/events/e-1");
    for asked in server.asked() {
        assert_eq!(asked.headers.get("key").map(String::as_str), Some("secret"), "{}", asked.path);
    }
    let first = server.asked().into_iter().find(|asked| asked.path.contains("/events")).unwrap();
    for (name, value) in [("detailed", "1"), ("size", "300"), ("relative", "upcoming")] {
        assert_eq!(first.query(name).as_deref(), Some(value), "{}", first.path);
    }
    assert!(!format!("{:?}", imported.problems).contains("secret"));
}

#[test]
fn changes_bring_what_is_new_and_name_what_is_gone() {
    let server = StandIn::start(|asked| match asked.query("updatedAt[gte]") {
        Some(since) if asked.query("removed").as_deref() == Some("null") => {
            assert_eq!(since, "2026-04-30T09:50:00Z");
            let mut retracted = event(3);
            retracted["state"] = json!(0);
            let events = json!([event(1), { "uid": 2, "removed": true }, retracted]);
            Reply::json(&json!({ "total": 3, "after": null, "events": events }))
        }
        _ => page(asked, 0),
    });
    let settings = Settings { since: "2026-04-30T10:00:00Z".parse().ok(), ..Settings::new(now()) };
    let imported = collect(&server, &settings).unwrap();
    assert_eq!(imported.extent, Some(Extent::Changes));
    assert_eq!((imported.items.len(), imported.counts.records, imported.counts.left_out), (1, 3, 2));
    assert_eq!(imported.gone, [Id("openagenda:2".to_owned()), Id("openagenda:3".to_owned())]);
}

#[test]
fn a_change_that_comes_twice_is_not_taken_back() {
    let server = StandIn::start(|asked| match (asked.query("updatedAt[gte]"), asked.query("after[]")) {
        (None, _) => page(asked, 0),
        (_, None) => Reply::json(&json!({ "total": 2, "events": [event(1)], "after": [1] })),
        _ => Reply::json(&json!({ "total": 2, "events": [event(1), event(2)], "after": null })),
    });
    let settings = Settings { since: "2026-04-30T10:00:00Z".parse().ok(), ..Settings::new(now()) };
    let imported = collect(&server, &settings).unwrap();
    assert_eq!((imported.items.len(), imported.counts.left_out, imported.gone), (2, 1, Vec::new()));
    assert_eq!(imported.extent, Some(Extent::Changes));
}

#[test]
fn what_breaks_in_the_middle_keeps_what_came_and_says_so() {
    type Broken = fn(&Asked) -> Reply;
    let broken: [(&str, Broken); 5] = [
        ("500", |_| Reply::new(500, "text/plain", "no")),
        ("not JSON (text/html)", |_| Reply::new(200, "text/html", "<html>Maintenance</html>")),
        ("breaks off", |asked| page(asked, 5).cut_after(100)),
        ("same page", |_| Reply::json(&json!({ "total": 5, "events": [event(3)], "after": [2] }))),
        ("5 events were promised, 2 came", |_| Reply::json(&json!({ "total": 5, "events": [], "after": null }))),
    ];
    for (reason, broken) in broken {
        let server =
            StandIn::start(move |asked| if asked.query("after[]").is_some() { broken(asked) } else { page(asked, 5) });
        let imported = whole(&server).unwrap();
        assert!(imported.items.len() >= 2, "{reason}");
        assert!(imported.broken_off().contains(reason), "{reason}: {:?}", imported.extent);
        assert!(imported.problems.iter().any(|problem| problem.reason.contains(reason)), "{:?}", imported.problems);
    }
}

#[test]
fn an_agenda_that_cannot_be_read_at_all_is_an_error() {
    for reply in [
        Reply::new(200, "text/html", "<html>Maintenance</html>"),
        Reply::new(403, "application/json", "{}"),
        Reply::new(200, "application/json", "[]"),
        Reply::json(&json!({ "error": "maintenance" })),
    ] {
        let server = StandIn::start(move |_| reply.clone());
        assert!(whole(&server).is_err());
    }
}

#[test]
fn a_busy_server_is_waited_for_and_pages_that_shift_double_nothing() {
    let mut asked_before = 0;
    let server = StandIn::start(move |asked| {
        asked_before += 1;
        match asked_before {
            2 => Reply::new(429, "text/plain", "slowly").with("retry-after", "3"),
            // Between two pages an event was put in before the first: the second page begins with one already seen.
            4 => Reply::json(&json!({ "total": 3, "events": [event(2), event(3)], "after": null })),
            _ => page(asked, 3),
        }
    });
    let imported = whole(&server).unwrap();
    assert_eq!((imported.items.len(), imported.counts.records, imported.counts.left_out), (3, 4, 1));
    assert_eq!(imported.extent, Some(Extent::Whole));
}
