//! Damaged objects: each becomes an item or is left out with a reason.

use super::labels::Labels;
use super::object;
use crate::content::Bounded;
use crate::import::hostile_input::damaged_copies;
use crate::import::{LEFT_OUT, Settings};
use proptest::prelude::*;
use serde::de::DeserializeSeed;

fn is_counted(bytes: &[u8]) -> Result<(), TestCaseError> {
    let settings = Settings::new("2026-05-01T10:00:00Z".parse().unwrap());
    let mut limits = Bounded::new();
    let Ok(value) = (&mut limits).deserialize(&mut serde_json::Deserializer::from_slice(bytes)) else { return Ok(()) };
    let objects = value.get("objetsTouristiques").and_then(serde_json::Value::as_array).cloned().unwrap_or(vec![value]);
    for object in &objects {
        let made = object::read("test", &settings, &Labels::default(), Some(object));
        let left_out = made.problems.iter().filter(|problem| problem.reason.starts_with(LEFT_OUT)).count();
        prop_assert_eq!(left_out + usize::from(made.item.is_some()), 1);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_damaged_place_is_an_item_or_left_out(bytes in damaged_copies(include_bytes!("../../../tests/import/apidae/place/input.json"))) {
        is_counted(&bytes)?;
    }

    #[test]
    fn damaged_periods_are_items_or_left_out(bytes in damaged_copies(include_bytes!("../../../tests/import/apidae/event-periods/input.json"))) {
        is_counted(&bytes)?;
    }

    #[test]
    fn references_that_cannot_be_read_give_no_labels(bytes in damaged_copies(include_bytes!("../../../tests/import/apidae/export-folder/input/elements_reference.json"))) {
        let _ = Labels::read(&bytes);
        super::ids_in(&bytes);
        super::selected(&bytes);
    }
}
