//! Any bytes as the input of any source: the first byte says of which, the rest is the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parvis::content::{Id, Item, Problem};
use parvis::import::fetch::{Allowed, Pace, Web};
use parvis::import::{Input, Job, Output, Picture, SOURCES, Settings};

struct Nowhere;

impl Output for Nowhere {
    fn item(&mut self, _: Item, _: Vec<Picture>) {}
    fn problem(&mut self, _: Problem) {}
    fn withdrawn(&mut self, _: Id) {}
}

fuzz_target!(|data: &[u8]| {
    let Some((which, bytes)) = data.split_first() else { return };
    let source = SOURCES[usize::from(*which) % SOURCES.len()];
    let path = std::env::temp_dir().join(format!("parvis-fuzz-{}", std::process::id()));
    std::fs::write(&path, bytes).expect("the folder for temporary files can be written");
    let from = Input::Path(path);
    let settings = Settings::new("2026-05-01T10:00:00Z".parse().expect("an instant"));
    let mut web = Web::new(Allowed::default(), Pace::unhurried());
    let mut progress = |_| {};
    let mut out = Nowhere;
    let mut job = Job::new(&from, &settings, &mut web, &mut out, &mut progress);
    if job.import(source).is_ok() {
        let counts = job.counts();
        assert_eq!(counts.items + counts.left_out, counts.records);
    }
});
