use std::hash::{DefaultHasher, Hash, Hasher};

/// Which entries are worth comparing: those that share a key, so that nobody compares each with each.
///
/// An entry may lie at a key itself or only look there, as from the next cell: two that only look never meet.
#[derive(Debug, Default)]
pub struct Candidates {
    rows: Vec<Row>,
    /// Of how many parts this takes the keys of one.
    parts: u64,
    part: u64,
    is_cut: bool,
}

/// There are many of these: see to their size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    key: u64,
    entry: u32,
    source: u16,
    looks: bool,
}

/// Those to compare, and those for which a key was shared by too many.
#[derive(Debug, Default)]
pub struct Found {
    /// Sorted, each once, the smaller entry first.
    pub pairs: Vec<(usize, usize)>,
    /// The entries at each such key.
    pub crowds: Vec<Vec<usize>>,
    /// Whether there were more pairs than are ever compared.
    pub is_cut: bool,
}

/// Entries at one key that are compared with each other: 2,016 pairs. Two sources that list
/// 100,000 things at one point then still cost no more than their reading (tests/it/merging.rs).
const CROWD: usize = 64;
/// Entries whose keys are held at once: an event with six dates has sixty.
const ENTRIES_AT_ONCE: usize = 25_000;
/// Pairs that are compared at all.
const PAIRS_MAX: usize = 4_000_000;

impl Candidates {
    /// Those among so many entries, whose keys `fill` gives each time that it is asked: the keys of all would take more
    /// memory than the items.
    pub fn among(entries: usize, fill: impl Fn(&mut Self)) -> Found {
        let parts = entries.div_ceil(ENTRIES_AT_ONCE).max(1) as u64;
        let mut found = Found::default();
        for part in 0..parts {
            let mut candidates = Self { parts, part, ..Self::default() };
            fill(&mut candidates);
            candidates.add_to(&mut found);
            if found.pairs.len() > PAIRS_MAX {
                break;
            }
        }
        found.tidy();
        found
    }

    pub fn lies(&mut self, key: impl Hash, entry: usize, source: usize) {
        self.push(key, entry, source, false);
    }

    pub fn looks(&mut self, key: impl Hash, entry: usize, source: usize) {
        self.push(key, entry, source, true);
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Says that there was more than was taken.
    pub fn cut(&mut self) {
        self.is_cut = true;
    }

    fn push(&mut self, key: impl Hash, entry: usize, source: usize, looks: bool) {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let key = hasher.finish();
        if self.parts > 1 && (u128::from(key) * u128::from(self.parts)) >> 64 != u128::from(self.part) {
            return;
        }
        // What is held of a town's items is far larger than this long before there are so many.
        if let (Ok(entry), Ok(source)) = (u32::try_from(entry), u16::try_from(source)) {
            self.rows.push(Row { key, entry, source, looks });
        }
    }

    pub fn found(self) -> Found {
        let mut found = Found::default();
        self.add_to(&mut found);
        found.tidy();
        found
    }

    fn add_to(mut self, found: &mut Found) {
        self.rows.sort_unstable();
        self.rows.dedup();
        found.is_cut |= self.is_cut;
        let mut tidy_at = found.pairs.len() + PAIRS_MAX / 2;
        for rows in self.rows.chunk_by(|a, b| a.key == b.key) {
            let one_source = rows.iter().all(|row| row.source == rows[0].source);
            if one_source || rows.iter().all(|row| row.looks) {
                continue;
            }
            if rows.iter().filter(|row| !row.looks).count() > CROWD {
                found.crowds.push(rows.iter().filter(|row| !row.looks).map(|row| row.entry as usize).collect());
                continue;
            }
            for (at, row) in rows.iter().enumerate() {
                let meets = |other: &&Row| row.source != other.source && !(row.looks && other.looks);
                let pairs = rows[at + 1..].iter().filter(meets).map(|other| (row.entry as usize, other.entry as usize));
                found.pairs.extend(pairs.map(|(a, b)| (a.min(b), a.max(b))));
            }
            if found.pairs.len() > tidy_at {
                found.tidy();
                tidy_at = found.pairs.len() + PAIRS_MAX / 2;
            }
            if found.pairs.len() > PAIRS_MAX {
                found.is_cut = true;
                break;
            }
        }
    }
}

impl Found {
    fn tidy(&mut self) {
        self.pairs.sort_unstable();
        self.pairs.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_shares_a_key_and_comes_from_two_sources_is_compared() {
        let mut all = Candidates::default();
        for (key, entry, source) in [("a", 0, 0), ("a", 1, 0), ("a", 2, 1), ("b", 2, 1), ("b", 0, 0), ("c", 3, 1)] {
            all.lies(key, entry, source);
        }
        all.looks("c", 1, 0);
        all.looks("c", 4, 2);
        let found = all.found();
        assert_eq!((found.pairs, found.crowds.len()), (vec![(0, 2), (1, 2), (1, 3), (3, 4)], 0));
    }

    #[test]
    fn a_crowd_is_told_and_not_compared() {
        let mut all = Candidates::default();
        (0..100_000).for_each(|entry| all.lies("here", entry, entry % 2));
        let found = all.found();
        assert_eq!((found.pairs.len(), found.crowds.len(), found.crowds[0].len()), (0, 1, 100_000));
    }
}
