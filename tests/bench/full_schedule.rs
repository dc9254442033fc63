//! What a busy town schedules, for a test and a benchmark: `json!` only, so that both read it as a display does.

use serde_json::{Value, json};

/// 60 things to show in 12 playlists, 40 entries through the week and the year, 4 campaigns, a layout with a ticker.
pub fn full_schedule() -> Value {
    let title = json!({"fr": "Titre"});
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let region = |name: &str, y: f64, height: f64, main: bool| json!({"name": name, "x": 0.0, "y": y, "width": 1.0, "height": height, "main": main});
    let mut items = vec![json!({"type": "layout", "id": "l:ticker", "title": title,
        "landscape": [region("large", 0.0, 0.9, true), region("foot", 0.9, 0.1, false)]})];
    for nr in 0..60 {
        items.push(json!({"type": "playlist_item", "id": format!("i:{nr:02}"), "title": title,
            "show": {"kind": "notice"}, "duration_secs": 8 + nr % 13, "advertising": nr % 7 == 0}));
    }
    for nr in 0..12 {
        let slots: Vec<String> = (0..10).map(|slot| format!("i:{:02}", (nr * 7 + slot * 3) % 60)).collect();
        items.push(json!({"type": "playlist", "id": format!("p:{nr:02}"), "title": title, "slots": slots,
            "layout": if nr % 3 == 0 { json!("l:ticker") } else { json!(null) }, "regions": {"foot": "p:11"},
            "default": nr == 0}));
    }
    for nr in 0..40 {
        let (from, until) = (5 + nr % 17, 7 + nr % 17);
        items.push(json!({"type": "schedule_entry", "id": format!("s:{nr:02}"), "title": title,
            "playlist": format!("p:{:02}", nr % 12), "priority": nr % 5,
            "level": if nr % 20 == 7 { "interrupt" } else { "scheduled" },
            "dayparts": [{"from": format!("{from:02}:15"), "until": format!("{until:02}:00")}],
            "weekdays": [weekdays[nr % 7], weekdays[(nr + 3) % 7]], "every_weeks": 1 + nr % 2,
            "start": format!("2026-{:02}-01T00:00", 1 + nr % 6), "end": format!("2026-{:02}-15T12:00", 7 + nr % 6),
            "except": ["2026-05-01", "2026-07-14"], "also": ["2026-06-21"]}));
    }
    for nr in 0..4 {
        items.push(json!({"type": "campaign", "id": format!("c:{nr}"), "title": title, "share": 5 + nr,
            "slots": [format!("i:{nr:02}"), format!("i:{:02}", nr + 20)],
            "dayparts": [{"from": "08:00", "until": "20:00"}]}));
    }
    json!({"format": 1, "items": items})
}
