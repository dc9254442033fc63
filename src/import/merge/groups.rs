use super::keys::Keys;
use super::report::By;
use std::collections::{HashMap, HashSet};

/// Two entries that are or may be one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub a: usize,
    pub b: usize,
    pub by: By,
    pub confidence: u8,
    pub distance_m: Option<f64>,
    /// Which of the two is only a part of the other: one date of a series.
    pub part: Option<usize>,
}

impl Pair {
    pub fn new(a: usize, b: usize, by: By, confidence: u8) -> Self {
        Self { a, b, by, confidence, distance_m: None, part: None }
    }

    pub fn other(&self, entry: usize) -> usize {
        if entry == self.a { self.b } else { self.a }
    }
}

/// Which entries are one, and by which pairs.
pub struct Groups<'e> {
    keys: &'e Keys,
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    apart: HashMap<usize, Vec<usize>>,
    joined: Vec<Pair>,
}

/// Likeness joins no more than this: a source that calls everything alike makes no single item of it.
const LIKE_MAX: usize = 64;

impl<'e> Groups<'e> {
    pub fn new(keys: &'e Keys, apart: &[[usize; 2]]) -> Self {
        let count = keys.entries.len();
        let mut groups = Self {
            keys,
            group: (0..count).collect(),
            members: (0..count).map(|at| vec![at]).collect(),
            apart: HashMap::new(),
            joined: Vec::new(),
        };
        for [a, b] in apart {
            groups.apart.entry(*a).or_default().push(*b);
            groups.apart.entry(*b).or_default().push(*a);
        }
        groups
    }

    pub fn are_one(&self, a: usize, b: usize) -> bool {
        self.group[a] == self.group[b]
    }

    pub fn members_with(&self, entry: usize) -> &[usize] {
        &self.members[self.group[entry]]
    }

    /// Whether staff keep the groups of these two apart.
    pub fn are_apart(&self, a: usize, b: usize) -> bool {
        let (of_a, of_b) = (self.members_with(a), self.members_with(b));
        let (few, other) = if of_a.len() <= of_b.len() { (of_a, b) } else { (of_b, a) };
        let kept_from = few.iter().filter_map(|member| self.apart.get(member)).flatten();
        kept_from.into_iter().any(|member| self.are_one(*member, other))
    }

    /// Joins what is surely one; only staff can keep it apart. Says whether they are one now.
    pub fn join(&mut self, pair: Pair) -> bool {
        if self.are_one(pair.a, pair.b) {
            return true;
        }
        if self.are_apart(pair.a, pair.b) {
            return false;
        }
        let (mut from, mut to) = (self.group[pair.a], self.group[pair.b]);
        if self.members[from].len() > self.members[to].len() {
            std::mem::swap(&mut from, &mut to);
        }
        let moved = std::mem::take(&mut self.members[from]);
        for member in &moved {
            self.group[*member] = to;
        }
        self.members[to].extend(moved);
        self.joined.push(pair);
        true
    }

    /// Joins what is alike, unless the group would then hold two things that one source tells apart.
    pub fn join_alike(&mut self, pair: Pair) -> bool {
        if !self.are_one(pair.a, pair.b) && self.tells_apart(pair) {
            return false;
        }
        self.join(pair)
    }

    /// Whether some source has an item in both groups. Dates of one series are no such items: they never coincide.
    fn tells_apart(&self, pair: Pair) -> bool {
        let (of_a, of_b) = (self.members_with(pair.a), self.members_with(pair.b));
        if of_a.len() + of_b.len() > LIKE_MAX {
            return true;
        }
        let both = of_a.iter().flat_map(|a| of_b.iter().map(move |b| (*a, *b)));
        both.into_iter().filter(|(a, b)| self.keys.source(*a) == self.keys.source(*b)).any(|(a, b)| {
            let events = || self.keys.event(a).zip(self.keys.event(b));
            pair.part.is_none() || events().is_some_and(|(one, other)| one.shares_a_begin(other))
        })
    }

    /// Every group with its members in order of trust, in the order of their first members.
    pub fn in_order(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = self.members.iter().filter(|members| !members.is_empty()).cloned().collect();
        groups.iter_mut().for_each(|members| members.sort_unstable());
        groups.sort_unstable_by_key(|members| members.first().copied());
        groups
    }

    /// The pairs that joined the groups, by each of their entries.
    pub fn ties(&self) -> HashMap<usize, Vec<Pair>> {
        let mut ties: HashMap<usize, Vec<Pair>> = HashMap::new();
        for pair in &self.joined {
            ties.entry(pair.a).or_default().push(*pair);
            ties.entry(pair.b).or_default().push(*pair);
        }
        ties
    }
}

/// How each other member of a group hangs together with one of them: by the pair nearest to it, and how surely by the
/// whole chain.
pub fn from_root(root: usize, ties: &HashMap<usize, Vec<Pair>>) -> Vec<(usize, Pair, u8)> {
    let mut reached = vec![];
    let mut seen = HashSet::from([root]);
    let mut next = vec![(root, 100)];
    while let Some((entry, sure)) = next.pop() {
        for pair in ties.get(&entry).into_iter().flatten() {
            let other = pair.other(entry);
            if seen.insert(other) {
                let sure = pair.confidence.min(sure);
                reached.push((other, *pair, sure));
                next.push((other, sure));
            }
        }
    }
    reached.sort_unstable_by_key(|(entry, ..)| *entry);
    reached
}
