//! A town's own changes: whatever stands in the file, an item loses at most what was changed in it.

use parvis::content::*;
use parvis::import::merge::Overrides;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn items() -> Vec<Item> {
    let all = json!([
        {"type": "place", "id": "a:1", "aliases": ["b:1"], "title": {"fr": "Mairie"}, "kind": "town_hall",
            "position": {"lat": 43.9, "lon": 2.1}, "hours": "Mo-Fr 08:00-12:00", "contact": {"phone": "05 63 00 00 00"}},
        {"type": "event", "id": "a:2", "title": {"fr": "Bal", "en": "Ball"}, "ages": [3, 99],
            "timings": [{"begin": "2026-07-13T21:00:00+02:00", "end": "2026-07-13T23:00:00+02:00"}]},
        {"type": "article", "id": "a:3", "title": {"fr": "Avis"}, "section": "notice"},
    ]);
    let mut problems = Vec::new();
    let read = all.as_array().unwrap().iter().filter_map(|item| read_item("test", item, &mut problems)).collect();
    assert_eq!(problems, []);
    read
}

fn apply(overrides: Value) -> (Vec<Item>, Vec<String>) {
    let file = json!({"format": 1, "overrides": overrides}).to_string();
    let (overrides, read) = Overrides::read("o", file.as_bytes()).unwrap();
    let (items, told) = overrides.apply("o", items());
    (items, read.into_iter().chain(told).map(|problem| problem.to_string()).collect())
}

const FIELDS: [&str; 16] = [
    "id",
    "type",
    "aliases",
    "title",
    "summary",
    "kind",
    "position",
    "hours",
    "contact",
    "timings",
    "ages",
    "media",
    "access",
    "valid",
    "provenance",
    "colour",
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i16>().prop_map(Value::from),
        Just(json!("a:9")),
        Just(json!("2026-05-01T10:00:00Z")),
    ];
    let keys = prop_oneof![Just("fr"), Just("text"), Just("lat"), Just("phone"), Just("wheelchair"), Just("value")];
    leaf.prop_recursive(3, 12, 3, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::vec((keys.clone(), inner), 0..3)
                .prop_map(|all| Value::Object(all.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_bad_field_costs_only_itself(
        set in proptest::collection::vec((proptest::sample::select(&FIELDS[..]), value()), 0..4), at in 1..=3_usize,
    ) {
        let set: Map<String, Value> = set.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let given = items();
        let (changed, problems) = apply(json!([{"id": format!("a:{at}"), "set": set}]));
        prop_assert_eq!(changed.len(), given.len());
        for (item, before) in changed.iter().zip(&given) {
            prop_assert_eq!(&item.common().id, &before.common().id);
            prop_assert_eq!(std::mem::discriminant(item), std::mem::discriminant(before));
            prop_assert!(!item.common().title.is_empty());
            let (now, before) = (serde_json::to_value(item).unwrap(), serde_json::to_value(before).unwrap());
            let touched = item.common().id.0 == format!("a:{at}");
            for (key, value) in before.as_object().unwrap() {
                if !(touched && set.contains_key(key)) {
                    prop_assert_eq!(now.get(key), Some(value), "{} was not meant", key);
                }
            }
            // What was set is understood: a document with it has no problem more.
            let mut read = Vec::new();
            let again = read_item("test", &now, &mut read);
            prop_assert_eq!(again.as_ref(), Some(item));
            prop_assert!(read.iter().all(|problem| problem.field == "timings"), "{:?}", read);
        }
        if let Some(colour) = set.get("colour").filter(|colour| !colour.is_null()) {
            prop_assert!(problems.iter().any(|problem| problem.contains("colour")), "{} {:?}", colour, problems);
        }
    }

    #[test]
    fn any_bytes_are_read_without_harm(
        cut in 0..200_usize, at in 0..200_usize, byte in any::<u8>(), twice in 0..200_usize,
    ) {
        let file = json!({"format": 1, "by": [1], "overrides": [{"id": "a:1", "set": {"hours": null}, "note": "x"},
            {"id": "b:1", "hide": true}]});
        let mut bytes = file.to_string().into_bytes();
        let place = at.min(bytes.len() - 1);
        bytes[place] = byte;
        let doubled = bytes[..twice.min(bytes.len())].to_vec();
        for bytes in [&bytes[..cut.min(bytes.len())], &bytes, &[doubled.as_slice(), &bytes].concat()] {
            if let Ok((overrides, _)) = Overrides::read("o", bytes) {
                let (changed, _) = overrides.apply("o", items());
                prop_assert!(changed.len() >= 2);
                let written = serde_json::to_vec(&overrides).unwrap();
                prop_assert_eq!(Overrides::read("o", &written).map(|(read, _)| read), Ok(overrides));
            }
        }
    }
}

#[test]
fn what_is_not_understood_is_written_back() {
    let file = json!({"format": 1, "by": {"name": "Albi"}, "overrides": [
        {"id": "gone:1", "set": {"hours": "24/7"}, "note": ["for the summer"]}, {"nobody": 1}, 7]});
    let (overrides, problems) = Overrides::read("o", file.to_string().as_bytes()).unwrap();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(serde_json::to_value(&overrides).unwrap(), file);
    let (_, told) = overrides.apply("o", items());
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to_string(), "o: gone:1: the item it changes is no longer there");
}

#[test]
fn the_later_of_two_changes_wins_and_hiding_is_found_by_alias() {
    let (changed, problems) = apply(json!([
        {"id": "a:2", "set": {"title": {"en": "Dance"}, "ages": null}},
        {"id": "b:1", "hide": true},
        {"id": "a:2", "set": {"title": {"en": {"text": "Ball!", "origin": "human"}}}},
        {"id": "a:1", "set": {"hours": "24/7"}},
    ]));
    assert_eq!(problems, Vec::<String>::new());
    let Item::Event(ball) = &changed[0] else { panic!("{changed:?}") };
    assert_eq!((changed.len(), ball.ages), (2, None));
    assert_eq!(ball.common.title.exact("en").map(|title| title.text.as_str()), Some("Ball!"));
    assert_eq!(ball.common.title.exact("fr").map(|title| title.text.as_str()), Some("Bal"));
}

#[test]
fn hostile_files_are_refused_or_cost_one_change() {
    let deep = format!("{}1{}", "{\"a\":".repeat(100), "}".repeat(100));
    let wide = format!("[{}0]", "0,".repeat(60_000));
    for hostile in [deep, wide, format!("\"{}\"", "x".repeat(2 << 20))] {
        let file = format!(
            "{{\"format\":1,\"overrides\":[{{\"id\":\"a:1\",\"set\":{hostile}}},{{\"id\":\"a:3\",\"hide\":true}}]}}"
        );
        let (overrides, problems) = Overrides::read("o", file.as_bytes()).unwrap();
        assert_eq!((problems.len(), overrides.apply("o", items()).0.len()), (1, 2), "{problems:?}");
    }
    let nested = format!("{{\"overrides\":{}", "[".repeat(1_000_000));
    for refused in ["", "7", "[]", "{}", "{\"overrides\":7}", "{\"overrides\":[]", &nested, &" ".repeat(17 << 20)] {
        assert!(Overrides::read("o", refused.as_bytes()).is_err(), "{refused:.20}");
    }
}
