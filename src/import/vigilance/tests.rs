use super::read;
use crate::content::{Id, Item, Problem};
use crate::import::fetch::{Allowed, Pace, Web};
use crate::import::hostile_input::damaged_copies;
use crate::import::{From, Job, Output, Picture, Settings};
use proptest::prelude::*;
use std::path::PathBuf;

struct Nowhere;

impl Output for Nowhere {
    fn item(&mut self, item: Item, _pictures: Vec<Picture>) {
        drop(serde_json::to_vec(&item).unwrap());
    }
    fn problem(&mut self, _problem: Problem) {}
    fn gone(&mut self, _id: Id) {}
}

const SAMPLE: &str = r#"{"product":{"update_time":"2026-05-01T04:00:28Z","periods":[{"echeance":"J",
"begin_validity_time":"2026-05-01T04:00:00Z","end_validity_time":"2026-05-01T22:00:00Z","timelaps":{"domain_ids":[
{"domain_id":"35","max_color_id":4,"phenomenon_items":[{"phenomenon_id":"3","phenomenon_max_color_id":"4","timelaps_items":[
{"begin_time":"2026-05-01T04:00:00Z","end_time":"2026-05-01T12:00:00Z","color_id":3},
{"begin_time":"2026-05-01T12:00:00Z","end_time":"2026-05-01T22:00:00Z","color_id":"4"}]},
{"phenomenon_id":4,"phenomenon_max_color_id":2,"timelaps_items":[]}]},{"domain_id":3510,"max_color_id":3,"phenomenon_items":[]}]}}]}}"#;

proptest! {
    #[test]
    fn any_input_is_read_without_harm_and_keeps_the_count(json in damaged_copies(SAMPLE.as_bytes())) {
        let settings = Settings::new("2026-05-01T10:00:00Z".parse().unwrap());
        let mut web = Web::new(Allowed::default(), Pace::unhurried());
        let from = From::Path(PathBuf::from("sample.json"));
        let (mut out, mut progress) = (Nowhere, |_| {});
        let mut job = Job::new(&from, &settings, &mut web, &mut out, &mut progress);
        drop(read(&mut job, &json));
        let counts = job.counts();
        prop_assert_eq!(counts.records, counts.items + counts.left_out);
    }
}
