//! What is written for signage is read back, and what limits it is never lost.

use super::*;
use serde_json::{Value, json};

fn written() -> Vec<Value> {
    let title = json!({"fr": "Titre"});
    let item = |id: &str, show: Value| json!({"type": "playlist_item", "id": id, "title": title, "show": show});
    let filter = json!({"tags": ["jazz"], "kinds": ["music"], "period": "weekend", "days": 14, "within_m": 500});
    let mut all: Vec<Value> = [
        json!({"kind": "notice"}),
        json!({"kind": "picture"}),
        json!({"kind": "film"}),
        json!({"kind": "poster"}),
        json!({"kind": "events", "filter": filter, "count": 3}),
        json!({"kind": "agenda", "filter": filter, "rows": 5}),
        json!({"kind": "tonight"}),
        json!({"kind": "place", "place": "p:1"}),
        json!({"kind": "article", "article": "a:1"}),
        json!({"kind": "countdown", "to": "2026-07-13T20:00:00Z"}),
        json!({"kind": "weather"}),
        json!({"kind": "departures", "live": "l:1"}),
        json!({"kind": "clock"}),
        json!({"kind": "ticker"}),
        json!({"kind": "qr"}),
    ]
    .into_iter()
    .enumerate()
    .map(|(at, show)| item(&format!("i:{at}"), show))
    .collect();
    let mut paid = item("i:paid", json!({"kind": "poster"}));
    paid.as_object_mut().unwrap().extend(
        json!({"duration_secs": 12, "advertising": true, "weekdays": ["Mon", "Sun"], "template": "print"})
            .as_object()
            .unwrap()
            .clone(),
    );
    all.push(paid);
    all.push(json!({"type": "playlist", "id": "p:1", "title": title, "slots": ["i:0", "i:0"], "layout": "l:1",
        "regions": {"foot": "p:2"}, "transition": {"kind": "slide", "millis": 1000}, "default": true}));
    all.push(json!({"type": "layout", "id": "l:1", "title": title,
        "landscape": [{"name": "head", "x": 0.0, "y": 0.0, "width": 1.0, "height": 0.25},
            {"name": "rest", "x": 0.0, "y": 0.25, "width": 1.0, "height": 0.75, "main": true}]}));
    all.push(json!({"type": "schedule_entry", "id": "s:1", "title": title, "playlist": "p:1", "groups": ["halls"],
        "displays": ["hall-2"], "level": "interrupt", "priority": -3, "start": "2026-05-01T08:00:00",
        "end": "2026-06-01T00:00:00", "dayparts": [{"from": "22:00:00", "until": "02:00:00"}],
        "weekdays": ["Fri"], "every_weeks": 2, "except": ["2026-05-08"], "also": ["2026-05-13"]}));
    all.push(json!({"type": "campaign", "id": "c:1", "title": title, "slots": ["i:paid"], "share": 20,
        "advertising": true, "dayparts": [{"from": "08:00:00", "until": "12:00:00"}]}));
    all.push(json!({"type": "advertising_curfew", "id": "k:1", "title": title, "groups": ["streets"],
        "valid": {"from": "2026-01-12T07:00:00Z", "until": "2026-01-12T12:00:00Z"}}));
    all
}

#[test]
fn what_plays_when_is_read_back() {
    let json = json!({"format": 1, "items": written()});
    let read = read_document("test", json.to_string().as_bytes());
    assert_eq!((read.problems, read.items.len()), (Vec::new(), written().len()));
    let again = serde_json::to_vec(&Document::new(read.items.clone())).unwrap();
    assert_eq!(read_document("test", &again).items, read.items);
    let (catalog, problems) = Catalog::new(Town::default(), read.items.clone());
    assert_eq!(problems, []);
    assert_eq!(catalog.items().count(), 0, "no screen of a kiosk and no search has any of it");
    let told = Bulletin::new(read.items);
    assert_eq!(told.curfews, catalog.schedule.curfews, "it may come without a revision");
    assert_eq!(told.next_change("2026-01-12T08:00:00Z".parse().unwrap()), told.curfews[0].common.valid.until);
    assert_eq!(catalog.schedule.into_items().count(), written().len(), "all of it is published");
}

#[test]
fn minutes_are_enough_and_usual_values_need_no_words() {
    let entry = json!({"type": "schedule_entry", "id": "s:1", "title": {"fr": "T"}, "playlist": "p:1",
        "start": "2026-05-01T08:00", "dayparts": [{"from": "08:00", "until": "09:30"}]});
    let mut problems = Vec::new();
    let Some(Item::ScheduleEntry(entry)) = read_item("test", &entry, &mut problems) else { panic!("{problems:?}") };
    assert_eq!((entry.level, entry.priority, entry.times.every_weeks), (Level::Scheduled, 0, 1));
    let playlist = json!({"type": "playlist", "id": "p:1", "title": {"fr": "T"}, "transition": {"millis": 90_000}});
    let Some(Item::Playlist(playlist)) = read_item("test", &playlist, &mut problems) else { panic!("{problems:?}") };
    assert_eq!((playlist.transition, problems.len()), (Transition::default(), 1));
}

/// Each of these, left at its default, would show something when or where nobody wanted it.
#[test]
fn what_lost_a_limit_is_left_out() {
    let wrong = [
        ("s:1", "start", json!("yesterday")),
        ("s:1", "end", json!("2026-05-01T08:00:00")),
        ("s:1", "weekdays", json!(["Vendredi"])),
        ("s:1", "dayparts", json!([{"from": "25:00", "until": "02:00"}])),
        ("s:1", "dayparts", json!([{"from": "22:00"}])),
        ("s:1", "every_weeks", json!(0)),
        ("s:1", "except", json!(["8 May"])),
        ("s:1", "displays", json!("hall-2")),
        ("i:paid", "advertising", json!("yes")),
        ("i:paid", "show", json!({"kind": "hologram"})),
        ("i:4", "show", json!({"kind": "events", "filter": {"kinds": ["opera"]}})),
        ("c:1", "share", json!(101)),
        ("k:1", "valid", json!({"from": "2026-01-12T07:00:00Z"})),
        ("k:1", "valid", json!({"until": "at noon"})),
        ("l:1", "landscape", json!([{"name": "head", "x": 0.5, "y": 0.0, "width": 0.6, "height": 1.0}])),
    ];
    for (id, key, value) in wrong {
        let mut item = written().into_iter().find(|item| item["id"] == id).unwrap();
        item[key] = value.clone();
        let mut problems = Vec::new();
        assert_eq!(read_item("test", &item, &mut problems), None, "{key}: {value}");
        assert!(problems.iter().any(|problem| problem.field.starts_with(key)), "{key}: {problems:?}");
    }
}
