//! Damaged inputs for the tests of parsers.

use super::fetch::{Allowed, Pace, Web};
use super::{Input, Job, Output, Picture, Settings};
use crate::content::{Id, Item, Problem};
use proptest::prelude::*;
use std::path::PathBuf;

/// One damage: its kind, where, how much of the input, and what is put in.
type Damage = (u8, prop::sample::Index, usize, Vec<u8>);

pub fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let put_in = prop_oneof![
        prop::collection::vec(any::<u8>(), 1..20),
        "[\\[\\]{}<>&;\",:0-9eE+-]{1,12}".prop_map(String::into_bytes),
    ];
    prop::collection::vec((0_u8..4, any::<prop::sample::Index>(), 1_usize..200, put_in), 0..8)
}

/// The sample with bytes flipped, cut, doubled and put in.
pub fn damaged(sample: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for (kind, at, length, put_in) in damages {
        let at = at.index(bytes.len() + 1);
        let end = (at + length).min(bytes.len());
        match kind {
            0 => bytes[at..end].iter_mut().zip(put_in).take(1).for_each(|(old, bits)| *old ^= bits),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            _ => drop(bytes.splice(at..at, put_in.iter().copied())),
        }
    }
    bytes
}

/// Any damaged copy of the sample.
pub fn damaged_copies(sample: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    damages().prop_map(move |damages| damaged(sample, &damages))
}

#[derive(Default)]
struct Counted {
    items: usize,
}

impl Output for Counted {
    fn item(&mut self, item: Item, _: Vec<Picture>) {
        self.items += 1;
        assert!(!item.common().provenance.is_empty());
    }

    fn problem(&mut self, _: Problem) {}

    fn withdrawn(&mut self, _: Id) {}
}

/// The settings of a French town on 1 May 2026.
pub fn settings() -> Settings {
    Settings::new("2026-05-01T10:00:00Z".parse().unwrap())
}

/// Reads an input; whatever it is, each record becomes an item or is left out.
pub fn keeps_the_count(bytes: &[u8], read: impl FnOnce(&mut Job<'_>, &[u8])) {
    keeps_the_count_with(&settings(), bytes, read);
}

/// As [`keeps_the_count`], of a town that says more about itself.
pub fn keeps_the_count_with(settings: &Settings, bytes: &[u8], read: impl FnOnce(&mut Job<'_>, &[u8])) {
    let from = Input::Path(PathBuf::from("input"));
    let mut web = Web::new(Allowed::default(), Pace::unhurried());
    let (mut out, mut progress) = (Counted::default(), |_| {});
    let mut job = Job::new(&from, settings, &mut web, &mut out, &mut progress);
    read(&mut job, bytes);
    let counts = job.counts();
    assert_eq!(counts.items + counts.left_out, counts.records);
    assert_eq!(counts.items, out.items);
}
