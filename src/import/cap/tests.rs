use super::read;
use crate::content::Position;
use crate::import::hostile_input::{damaged_copies, keeps_the_count_with, settings};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("sample.xml");

proptest! {
    #[test]
    fn any_input_is_read_without_harm_and_keeps_the_count(xml in damaged_copies(SAMPLE.as_bytes()), is_placed in any::<bool>()) {
        let mut settings = settings();
        if is_placed {
            settings.codes.push("35".to_owned());
            settings.position = Position::new(48.1, -1.7);
        }
        keeps_the_count_with(&settings, &xml, |job, bytes| drop(read(job, bytes)));
    }
}
