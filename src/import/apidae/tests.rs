//! Damaged objects: each becomes an item or is left out with a reason.

use super::labels::Labels;
use crate::import::hostile_input::{damaged_copies, keeps_the_count};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn is_counted(bytes: &[u8]) {
    keeps_the_count(bytes, |job, bytes| drop(super::file(job, &Labels::default(), &mut BTreeSet::new(), bytes)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_damaged_place_is_an_item_or_left_out(bytes in damaged_copies(include_bytes!("../../../tests/import/apidae/place/input.json"))) {
        is_counted(&bytes);
    }

    #[test]
    fn damaged_periods_are_items_or_left_out(bytes in damaged_copies(include_bytes!("../../../tests/import/apidae/event-periods/input.json"))) {
        is_counted(&bytes);
    }

    #[test]
    fn references_that_cannot_be_read_give_no_labels(bytes in damaged_copies(include_bytes!("../../../tests/import/apidae/export-folder/input/elements_reference.json"))) {
        let _ = Labels::read(&bytes);
        super::ids_in(&bytes);
        super::selected(&bytes);
    }
}
