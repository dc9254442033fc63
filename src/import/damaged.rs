use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// What may happen to a file on its way.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Cut(Index),
    Remove(Index, Index),
    Double(Index, Index),
    Insert(Index, Vec<u8>),
}

/// A valid file, damaged in one to six places.
pub fn damaged(valid: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let damage = prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Remove(from, to)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Double(from, to)),
        (any::<Index>(), vec(any::<u8>(), 1..20)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (any::<Index>(), "[\\[\\]{}\",:0-9eE+-]{1,12}").prop_map(|(at, text)| Damage::Insert(at, text.into_bytes())),
    ];
    vec(damage, 1..6).prop_map(move |all| all.into_iter().fold(valid.to_vec(), apply))
}

fn apply(mut bytes: Vec<u8>, damage: Damage) -> Vec<u8> {
    if bytes.is_empty() {
        return bytes;
    }
    let length = bytes.len();
    let stretch = |from: Index, to: Index| {
        let (from, to) = (from.index(length), to.index(length));
        (from.min(to), from.max(to).min(from.min(to) + 200))
    };
    match damage {
        Damage::Flip(at, bits) => bytes[at.index(length)] ^= bits,
        Damage::Cut(at) => bytes.truncate(at.index(length)),
        Damage::Remove(from, to) => {
            let (from, to) = stretch(from, to);
            bytes.drain(from..to);
        }
        Damage::Double(from, to) => {
            let (from, to) = stretch(from, to);
            let copy = bytes[from..to].to_vec();
            bytes.splice(to..to, copy);
        }
        Damage::Insert(at, more) => {
            let at = at.index(length);
            bytes.splice(at..at, more);
        }
    }
    bytes
}
