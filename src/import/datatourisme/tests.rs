//! Damaged files: whatever becomes of a file, no object of it is lost without a word.

use super::objects_of;
use crate::import::hostile_input::{damaged_copies, keeps_the_count, settings};
use proptest::prelude::*;
use serde_json::json;

fn is_counted(bytes: &[u8]) {
    keeps_the_count(bytes, |job, bytes| {
        objects_of("test", job.settings, "file.json", Ok(bytes)).into_iter().for_each(|made| job.made(made));
    });
}

/// What a hostile object repeats, it repeats as long as its file may be; nothing may take time that grows with its square.
#[test]
fn what_is_repeated_without_end_is_read_all_the_same() {
    let many = |one: fn(usize) -> serde_json::Value| (0..3_000).map(one).collect::<Vec<_>>();
    let day = |at: usize| format!("{:04}-{:02}-{:02}", 2026 + at / 336, at / 28 % 12 + 1, at % 28 + 1);
    let hours: Vec<_> = (0..3_500)
        .map(|at| json!({"validFrom": day(at), "validThrough": day(at + 200), "opens": "09:00", "closes": "12:00"}))
        .collect();
    let periods: Vec<_> = (0..3_500)
        .map(|at| json!({"startDate": day(at % 300), "endDate": "2027-12-31", "startTime": format!("{:02}:{:02}", at / 60 % 24, at % 60)}))
        .collect();
    for types in [["PlaceOfInterest", "Museum"], ["EntertainmentAndEvent", "Concert"]] {
        let object = json!({
            "@id": "https://data.example.org/81/many", "@type": types, "rdfs:label": {"fr": ["Trop"]},
            "isLocatedAt": [{"openingHoursSpecification": hours}],
            "takesPlaceAt": periods,
            "hasTheme": many(|at| json!({"label": {"fr": [format!("Thème {at}")]}})),
            "isEquippedWith": many(|at| json!({"label": {"fr": [format!("Place PMR {at}")]}})),
            "hasBookingContact": many(|at| json!({"telephone": [format!("05 {at:08}")]})),
        });
        let all = objects_of("test", &settings(), "file.json", Ok(object.to_string().as_bytes()));
        let (item, _) = all[0].item.as_ref().unwrap();
        assert!(item.common().tags.len() <= 50);
        assert!(all[0].problems.iter().any(|problem| problem.reason.starts_with("more ")), "{:?}", all[0].problems);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_damaged_place_is_an_item_or_left_out(bytes in damaged_copies(include_bytes!("../../../tests/import/datatourisme/place/input.json"))) {
        is_counted(&bytes);
    }

    #[test]
    fn damaged_hours_are_an_item_or_left_out(bytes in damaged_copies(include_bytes!("../../../tests/import/datatourisme/hours/input.json"))) {
        is_counted(&bytes);
    }

    #[test]
    fn damaged_events_are_items_or_left_out(bytes in damaged_copies(include_bytes!("../../../tests/import/datatourisme/event-times/input.json"))) {
        is_counted(&bytes);
    }

    #[test]
    fn any_bytes_are_an_item_or_left_out(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        is_counted(&bytes);
    }
}
