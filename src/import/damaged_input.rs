//! For tests: valid input, damaged the way that lines, disks and hands damage it.

use proptest::collection::vec;
use proptest::prelude::*;

/// The sample with up to eight bytes flipped, cuts, doublings and insertions.
pub fn damaged(sample: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let bytes = prop_oneof![vec(any::<u8>(), 1..8), Just(b"\"".to_vec()), Just(b"<".to_vec()), Just(b"-9e99".to_vec())];
    vec((0..4_u8, any::<prop::sample::Index>(), 1..200_usize, bytes), 0..8).prop_map(move |changes| {
        let mut out = sample.to_vec();
        for (kind, at, length, bytes) in changes {
            let at = at.index(out.len() + 1);
            let end = (at + length).min(out.len());
            match kind {
                0 => out.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= bytes[0]),
                1 => drop(out.drain(at..end)),
                2 => {
                    let part = out[at..end].to_vec();
                    drop(out.splice(end..end, part));
                }
                _ => drop(out.splice(at..at, bytes)),
            }
        }
        out
    })
}
