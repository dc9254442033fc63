//! The report of a month: what was shown, what people looked for, and nobody who could be told apart.

use crate::browser::House;
use crate::enrolment::enrolled;
use chrono::{DateTime, TimeDelta, Utc};
use parvis::protocol::{Batch, Kind, Record, RecordId};

#[test]
fn a_months_report_says_what_was_shown_and_looked_for_and_merges_few() {
    let (house, mut anne) = House::set_up("displays-report");
    let (screen, _) = enrolled(&house, &mut anne, "Gare");
    let hour: DateTime<Utc> = "2026-06-15T10:00:00Z".parse().unwrap();
    let record = |number: u8, kind: Kind, at: DateTime<Utc>, body: serde_json::Value| Record {
        id: RecordId::new(at, [number; 10]),
        at,
        kind,
        body,
    };
    let usage = |hour: &str, visitors: serde_json::Value| {
        serde_json::json!({"hour": hour, "visits": 16, "visitors": visitors, "needs": {"wheelchair": 12, "sight": 3},
            "items": {"=1+1": 20}, "screens": {"agenda": 9}, "qr_shown": 4, "searches_without_result": 2})
    };
    let play = serde_json::json!({"hour": hour, "item": "hub:a", "plays": 30, "millis": 120_000, "first": hour,
        "last": hour});
    let records = vec![
        record(1, Kind::Usage, hour, usage("2026-06-15T12", serde_json::json!({"fr": 11, "fr large": 3, "zh": 2}))),
        record(2, Kind::Usage, hour, usage("2026-05-31T23", serde_json::json!({"de": 99}))),
        record(3, Kind::Play, hour, play.clone()),
        record(4, Kind::Play, hour, serde_json::json!({"nonsense": true})),
        // Of the last hour of June by the town's clock, and told in July.
        record(
            5,
            Kind::Play,
            hour + TimeDelta::days(16),
            serde_json::json!({"hour": "2026-06-30T21:00:00Z",
            "item": "hub:a", "plays": 1, "millis": 60_000, "first": hour, "last": hour}),
        ),
        record(
            6,
            Kind::Play,
            hour + TimeDelta::days(16),
            serde_json::json!({"hour": "2026-06-30T22:00:00Z",
            "item": "hub:a", "plays": 500, "millis": 60_000, "first": hour, "last": hour}),
        ),
    ];
    let batch = serde_json::to_vec(&Batch { records }).unwrap();
    assert_eq!((screen.post("records", &batch).0, screen.post("records", &batch).0), (200, 200));
    let csv = anne.get("/staff/report.csv?month=2026-06");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(
        lines,
        [
            "part,what,count,minutes",
            "visits,,16,",
            "qr_shown,,4,",
            "searches_without_result,,2,",
            "language,Français,14,",
            "language,Autres,2,",
            "need,Fauteuil roulant,12,",
            "need,Autres,3,",
            "mode,Autres,3,",
            "screen,Agenda,9,",
            "item,'=1+1,20,",
            "play,hub:a,31,3.0",
        ]
    );
    let page = anne.get("/staff/report?month=2026-06").body;
    assert!(page.contains("<strong>16</strong> visites") && page.contains("Fauteuil roulant"), "{page}");
    assert!(!page.contains("Chinois"), "two visits are nobody");
    assert!(page.contains("month=2026-05") && page.contains("month=2026-07"));
    assert!(anne.get("/staff/report?month=x%27").body.contains("Rien n’a encore été relevé"));
}
