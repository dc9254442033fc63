use super::read;
use crate::content::{Id, Item, Problem};
use crate::import::fetch::{Allowed, Pace, Web};
use crate::import::hostile_input::damaged_copies;
use crate::import::{From, Job, Output, Picture, Settings};
use proptest::prelude::*;
use std::path::PathBuf;

struct Nowhere;

impl Output for Nowhere {
    fn item(&mut self, _item: Item, _pictures: Vec<Picture>) {}
    fn problem(&mut self, _problem: Problem) {}
    fn gone(&mut self, _id: Id) {}
}

const SAMPLE: &str = include_str!("sample.xml");

proptest! {
    #[test]
    fn any_input_is_read_without_harm_and_keeps_the_count(xml in damaged_copies(SAMPLE.as_bytes()), is_placed in any::<bool>()) {
        let mut settings = Settings::new("2026-05-01T10:00:00Z".parse().unwrap());
        if is_placed {
            settings.codes.push("35".to_owned());
            settings.position = crate::content::Position::new(48.1, -1.7);
        }
        let mut web = Web::new(Allowed::default(), Pace::unhurried());
        let from = From::Path(PathBuf::from("sample.xml"));
        let (mut out, mut progress) = (Nowhere, |_| {});
        let mut job = Job::new(&from, &settings, &mut web, &mut out, &mut progress);
        drop(read(&mut job, &xml));
        let counts = job.counts();
        prop_assert_eq!(counts.records, counts.items + counts.left_out);
    }
}
