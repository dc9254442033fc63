use fst::Automaton;

/// Accepts words that differ from a pattern by at most one edit: a letter too many, missing, wrong, or two
/// neighbours swapped.
///
/// Ours rather than the fst crate's: that one knows no swap, the commonest slip of a finger, and builds a table
/// of 4 KiB a state for each keystroke before it can start. Here a state is three bit sets, stepped as it goes
/// (Wu and Manber, "Fast text searching allowing errors", CACM 35, 1992).
pub struct OneEdit {
    pattern: Vec<char>,
    /// Where each ASCII letter stands in the pattern, as a bit set: most letters read are such.
    ascii: [u64; 128],
    /// Accept whatever follows once the pattern is there: the visitor is still typing.
    prefix: bool,
}

/// Bit `i` of each set: the first `i` letters of the pattern are accounted for.
#[derive(Clone, Copy)]
pub struct State {
    exact: u64,
    edited: u64,
    /// The letter after the next one was just read: a swap, if the next one follows.
    swapping: u64,
    /// The pattern was complete at some point before.
    done: bool,
    /// A character whose bytes have not all been read yet: its bits so far, and how many bytes are missing.
    partial: u32,
    missing: u8,
}

impl OneEdit {
    /// A longer pattern is cut to what fits the bit sets.
    const MAX_CHARS: usize = 60;

    pub fn new(pattern: &str, prefix: bool) -> Self {
        let pattern: Vec<char> = pattern.chars().take(Self::MAX_CHARS).collect();
        let mut ascii = [0; 128];
        for (at, letter) in pattern.iter().enumerate() {
            if let Some(places) = ascii.get_mut(*letter as usize) {
                *places |= 1 << at;
            }
        }
        Self { pattern, ascii, prefix }
    }

    fn places(&self, c: char) -> u64 {
        let seek = || self.pattern.iter().rev().fold(0, |bits, letter| bits << 1 | u64::from(*letter == c));
        self.ascii.get(c as usize).copied().unwrap_or_else(seek)
    }

    fn end(&self) -> u64 {
        1 << self.pattern.len()
    }

    fn step(&self, state: &State, c: char) -> State {
        let here = self.places(c);
        let whole = (self.end() << 1) - 1;
        let exact = (state.exact & here) << 1;
        let edited =
            (state.edited & here) << 1 | state.exact | state.exact << 1 | exact << 1 | (state.swapping & here) << 2;
        State {
            exact: exact & whole,
            edited: edited & whole,
            swapping: state.exact & here >> 1,
            done: state.done || (self.prefix && (exact | edited) & self.end() != 0),
            partial: 0,
            missing: 0,
        }
    }
}

impl Automaton for OneEdit {
    type State = State;

    fn start(&self) -> State {
        State { exact: 1, edited: 0b11, swapping: 0, done: false, partial: 0, missing: 0 }
    }

    fn is_match(&self, state: &State) -> bool {
        state.done || (state.missing == 0 && (state.exact | state.edited) & self.end() != 0)
    }

    fn can_match(&self, state: &State) -> bool {
        state.done || state.exact | state.edited | state.swapping != 0
    }

    fn will_always_match(&self, state: &State) -> bool {
        state.done
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        if state.done {
            return *state;
        }
        let (partial, missing) = match (state.missing, byte) {
            (0, ..=0x7f) => return self.step(state, char::from(byte)),
            (0, 0xf0..) => (u32::from(byte & 0x07), 3),
            (0, 0xe0..) => (u32::from(byte & 0x0f), 2),
            (0, _) => (u32::from(byte & 0x1f), 1),
            (missing, _) => (state.partial << 6 | u32::from(byte & 0x3f), missing - 1),
        };
        if missing == 0 {
            return self.step(state, char::from_u32(partial).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        State { partial, missing, ..*state }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use strsim::osa_distance;

    fn accepts(pattern: &str, word: &str, prefix: bool) -> bool {
        let automaton = OneEdit::new(pattern, prefix);
        let mut state = automaton.start();
        for byte in word.bytes() {
            state = automaton.accept(&state, byte);
            if !automaton.can_match(&state) {
                return false;
            }
        }
        automaton.is_match(&state)
    }

    #[test]
    fn one_edit_of_every_kind() {
        for (typed, word, found) in [
            ("musee", "musee", true),
            ("muse", "musee", true),
            ("mussee", "musee", true),
            ("mudee", "musee", true),
            ("mues", "muse", true),
            ("umsee", "musee", true),
            ("museee", "musee", true),
            ("usee", "musee", true),
            ("museem", "musee", true),
            ("msuea", "musee", false),
            ("mse", "musee", false),
            ("متحق", "متحف", true),
            ("مححف", "متحف", true),
            ("حمتف", "متحف", false),
        ] {
            assert_eq!(accepts(typed, word, false), found, "{typed} {word}");
        }
    }

    #[test]
    fn a_begin_with_an_edit() {
        for (typed, word, found) in [
            ("bibloth", "bibliotheque", true),
            ("biblito", "bibliotheque", true),
            ("bibkio", "bibliotheque", true),
            ("bobkio", "bibliotheque", false),
            ("museed", "musee", true),
            ("museedx", "musee", false),
        ] {
            assert_eq!(accepts(typed, word, true), found, "{typed} {word}");
        }
    }

    #[test]
    fn a_pattern_longer_than_the_bit_sets_is_cut() {
        let long = "a".repeat(200);
        assert!(accepts(&long, &"a".repeat(OneEdit::MAX_CHARS), false));
    }

    proptest! {
        #[test]
        fn it_is_the_textbook_distance(typed in "[abé海]{0,7}", word in "[abé海]{0,7}") {
            prop_assert_eq!(accepts(&typed, &word, false), osa_distance(&typed, &word) <= 1);
        }

        #[test]
        fn a_begin_is_the_least_distance_of_all_begins(typed in "[abé]{0,6}", word in "[abé]{0,7}") {
            let letters: Vec<char> = word.chars().collect();
            let begins = (0..=letters.len()).map(|end| letters[..end].iter().collect::<String>());
            let near = begins.map(|begin| osa_distance(&typed, &begin)).min() <= Some(1);
            prop_assert_eq!(accepts(&typed, &word, true), near);
        }
    }
}
