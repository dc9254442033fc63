use super::read;
use crate::import::hostile_input::{damaged_copies, keeps_the_count};
use proptest::prelude::*;

const SAMPLE: &str = r#"{"product":{"update_time":"2026-05-01T04:00:28Z","periods":[{"echeance":"J",
"begin_validity_time":"2026-05-01T04:00:00Z","end_validity_time":"2026-05-01T22:00:00Z","timelaps":{"domain_ids":[
{"domain_id":"35","max_color_id":4,"phenomenon_items":[{"phenomenon_id":"3","phenomenon_max_color_id":"4","timelaps_items":[
{"begin_time":"2026-05-01T04:00:00Z","end_time":"2026-05-01T12:00:00Z","color_id":3},
{"begin_time":"2026-05-01T12:00:00Z","end_time":"2026-05-01T22:00:00Z","color_id":"4"}]},
{"phenomenon_id":4,"phenomenon_max_color_id":2,"timelaps_items":[]}]},{"domain_id":3510,"max_color_id":3,"phenomenon_items":[]}]}}]}}"#;

proptest! {
    #[test]
    fn any_input_is_read_without_harm_and_keeps_the_count(json in damaged_copies(SAMPLE.as_bytes())) {
        keeps_the_count(&json, |job, bytes| drop(read(job, bytes)));
    }
}
