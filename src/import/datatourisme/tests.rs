//! Damaged files: whatever becomes of a file, no object of it is lost without a word.

use super::objects_of;
use crate::import::damaged::damaged;
use crate::import::{LEFT_OUT, Settings};
use proptest::prelude::*;

fn is_counted(bytes: &[u8]) -> Result<(), TestCaseError> {
    let settings = Settings::new("2026-05-01T10:00:00Z".parse().unwrap());
    for made in objects_of("test", &settings, "file.json", Ok(bytes)) {
        let left_out = made.problems.iter().filter(|problem| problem.reason.starts_with(LEFT_OUT)).count();
        prop_assert_eq!(left_out + usize::from(made.item.is_some()), 1);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_damaged_place_is_an_item_or_left_out(bytes in damaged(include_bytes!("../../../tests/import/datatourisme/place/input.json"))) {
        is_counted(&bytes)?;
    }

    #[test]
    fn damaged_hours_are_an_item_or_left_out(bytes in damaged(include_bytes!("../../../tests/import/datatourisme/hours/input.json"))) {
        is_counted(&bytes)?;
    }

    #[test]
    fn damaged_events_are_items_or_left_out(bytes in damaged(include_bytes!("../../../tests/import/datatourisme/event-times/input.json"))) {
        is_counted(&bytes)?;
    }

    #[test]
    fn any_bytes_are_an_item_or_left_out(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        is_counted(&bytes)?;
    }
}
