//! What several sources say, made one: pure logic, items in and items out; [`merge`] for items in memory, [`Merging`] for
//! more of them than fit there.
//!
//! The rules stand in ARCHITECTURE.md, under "How foreign formats come in". Everything is worked out anew from what the
//! sources say now and what staff decided; only the ids remember.

mod access;
mod candidates;
mod choosing;
mod event_pairs;
mod fields;
mod ground;
mod groups;
mod identifiers;
mod keys;
mod kinds;
mod names;
mod naming;
mod override_file;
mod overrides;
mod patch;
mod place_pairs;
mod report;
mod whereabouts;
mod withdrawn;

pub use overrides::Overrides;
pub use report::{By, Joined, Proposal, Why};
pub use withdrawn::{Current, Of, Standing, current};

use crate::content::{Id, Item, Problem};
use candidates::Found;
use choosing::join_alike;
use groups::{Groups, Pair, from_root};
use keys::Keys;
use std::collections::{BTreeMap, HashMap};
use std::mem::Discriminant;

/// From this confidence on staff are asked.
const PROPOSED_FROM: u8 = 55;

/// The items of one source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceItems {
    /// What problems call it.
    pub name: String,
    pub items: Vec<Item>,
}

/// What was decided before: it stands against everything that items say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    /// Staff say that these are one.
    pub same: Vec<[Id; 2]>,
    /// Staff say that these are two.
    pub apart: Vec<[Id; 2]>,
    /// [`Merged::ids`] of the last time: an id that visitors, overrides or other items may know, and where it led to.
    pub earlier: BTreeMap<Id, Id>,
}

/// What became of the items of all sources.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    pub items: Vec<Item>,
    pub joined: Vec<Joined>,
    pub proposals: Vec<Proposal>,
    pub problems: Vec<Problem>,
    /// Every id that is or was published, and the one it leads to: [`Decisions::earlier`] of the next time.
    pub ids: BTreeMap<Id, Id>,
}

/// Makes one item of what several sources say about one thing. The sources come in order of trust.
///
/// Which items are joined does not depend on that order; which field is taken does. Every id that came in is an id or
/// an alias of what comes out.
pub fn merge(sources: Vec<SourceItems>, decisions: &Decisions) -> Merged {
    let mut merging = Merging::default();
    let mut all = Vec::new();
    for (source, SourceItems { name, items }) in sources.into_iter().enumerate() {
        all.extend(items.into_iter().filter(|item| merging.take(source, &name, item)).map(Some));
    }
    let Plan { things, joined, proposals, mut problems, ids } = merging.decide(decisions);
    let mut items = Vec::with_capacity(things.len());
    for thing in things {
        let parts = thing.members.iter().filter_map(|member| all[member.entry].take()).collect();
        items.extend(thing.unite(parts, &mut problems));
    }
    Merged { items, joined, proposals, problems, ids }
}

/// Items on their way to be merged, of which only what is compared is held: first each is shown to this, then
/// [`Plan`] says which of them are to be had again, and together.
#[derive(Default)]
pub struct Merging {
    keys: Keys,
    /// Of which type the item with an id or alias is, and the last source that has it.
    known: HashMap<Id, (Discriminant<Item>, usize)>,
    problems: Vec<Problem>,
}

/// Which items are one.
#[derive(Debug, Default)]
pub struct Plan {
    /// In the order of their first members.
    pub things: Vec<Thing>,
    pub joined: Vec<Joined>,
    pub proposals: Vec<Proposal>,
    pub problems: Vec<Problem>,
    /// [`Merged::ids`].
    pub ids: BTreeMap<Id, Id>,
}

/// Items that become one.
#[derive(Debug)]
pub struct Thing {
    pub id: Id,
    pub aliases: Vec<Id>,
    /// The source that it is best looked for under: the last one that has its id.
    pub source: usize,
    /// In order of trust.
    pub members: Vec<Member>,
}

#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// How many items had been taken before it.
    pub entry: usize,
    /// How surely it is about the same thing, in percent; none: it surely is.
    confidence: Option<u8>,
}

impl Merging {
    /// Takes note of the next item; the sources come in order of trust, and this is the `source`-th. Says whether it was
    /// taken: an id that two kinds of item have can only lead to one of them.
    pub fn take(&mut self, source: usize, name: &str, item: &Item) -> bool {
        let mine = std::mem::discriminant(item);
        let common = item.common();
        let ids = || std::iter::once(&common.id).chain(&common.aliases);
        if let Some(taken) = ids().find(|id| self.known.get(id).is_some_and(|(known, _)| *known != mine)) {
            let reason = "left out: an item of another type has this id";
            self.problems.push(Problem::new(name, common.id.as_str(), "id", reason).with_value(taken.as_str()));
            return false;
        }
        self.known.extend(ids().map(|id| (id.clone(), (mine, source))));
        self.keys.take(source, item);
        true
    }

    /// Finds out what is one.
    pub fn decide(self, decisions: &Decisions) -> Plan {
        let Self { mut keys, known: types, mut problems } = self;
        let mut found = Vec::new();
        let mut pairs = identifiers::shared(&keys, &mut found);
        pairs.extend(place_pairs::alike(&mut keys, &mut found));
        pairs.extend(event_pairs::alike(&keys, &mut found));
        let mut known = |pairs: &[[Id; 2]]| known(&keys, pairs, &mut problems);
        let (same, apart) = (known(&decisions.same), known(&decisions.apart));
        let mut groups = Groups::new(&keys, &apart);
        for pair in identifiers::same_ids(&keys) {
            groups.join(pair);
        }
        for pair in same {
            problems.extend(by_staff(&keys, &mut groups, pair));
        }
        problems.extend(found);
        let proposals = join_alike(&keys, &mut groups, pairs, &mut problems);
        let (groups, ties) = (groups.in_order(), groups.ties());
        let naming::Names { kept, aliases, ids } = naming::names(&keys, &groups, &decisions.earlier);
        let joined = joined(&keys, &groups, &kept, &ties);
        let named = groups.into_iter().zip(kept).zip(aliases);
        let things = named.map(|((members, id), aliases)| {
            let source =
                std::iter::once(&id).chain(&aliases).find_map(|id| types.get(id)).map_or(0, |(_, source)| *source);
            Thing { id, aliases, source, members: sure(&members, &ties) }
        });
        let things = things.collect();
        name_the_source(&mut problems);
        Plan { things, joined, proposals, problems, ids }
    }
}

impl Thing {
    /// Makes one item of the members, which come in their order.
    pub fn unite(self, members: Vec<Item>, problems: &mut Vec<Problem>) -> Option<Item> {
        let mut found = Vec::new();
        let sure = self.members.iter().map(|member| member.confidence);
        let mut item = fields::united(members.into_iter().zip(sure).collect(), &self.id, &mut found)?;
        name_the_source(&mut found);
        problems.extend(found);
        let common = item.common_mut();
        (common.id, common.aliases) = (self.id, self.aliases);
        Some(item)
    }
}

/// Each member with how surely it hangs together with the first.
fn sure(members: &[usize], ties: &HashMap<usize, Vec<Pair>>) -> Vec<Member> {
    let sure: HashMap<usize, u8> = match members {
        [root, _, ..] => from_root(*root, ties).into_iter().map(|(entry, _, sure)| (entry, sure)).collect(),
        _ => HashMap::new(),
    };
    // An equal id is no guess.
    let confidence = |entry: usize| sure.get(&entry).copied().filter(|sure| *sure < 100);
    members.iter().map(|entry| Member { entry: *entry, confidence: confidence(*entry) }).collect()
}

/// Joins what staff say is one, or says why not.
fn by_staff(keys: &Keys, groups: &mut Groups<'_>, [a, b]: [usize; 2]) -> Option<Problem> {
    let refusal = if keys.entries[a].kind != keys.entries[b].kind {
        "staff say that it is the same as an item of another type: they stay two"
    } else if groups.join(Pair::new(a, b, By::Staff, 100)) {
        return None;
    } else {
        "staff say that it is the same as another, and that it is not: they stay two"
    };
    Some(Problem::new("", keys.id(a).as_str(), "", refusal).with_value(keys.id(b).as_str()))
}

fn name_the_source(problems: &mut [Problem]) {
    for problem in problems.iter_mut().filter(|problem| problem.source.is_empty()) {
        problem.source = "merge".to_owned();
    }
}

/// The items that a decision is about, by id or alias.
fn known(keys: &Keys, decisions: &[[Id; 2]], problems: &mut Vec<Problem>) -> Vec<[usize; 2]> {
    if decisions.is_empty() {
        return Vec::new();
    }
    let mut by_id: HashMap<&Id, usize> =
        keys.entries.iter().enumerate().rev().map(|(at, entry)| (&entry.id, at)).collect();
    for (entry, at) in keys.entries.iter().zip(0..) {
        for alias in &entry.aliases {
            by_id.entry(alias).or_insert(at);
        }
    }
    let mut found = Vec::new();
    for pair in decisions {
        match [by_id.get(&pair[0]), by_id.get(&pair[1])] {
            [Some(a), Some(b)] => found.push([*a, *b]),
            [a, _] => {
                let missing = if a.is_none() { &pair[0] } else { &pair[1] };
                let reason = "a decision of staff is about it, and it is not there";
                problems.push(Problem::new("", missing.as_str(), "", reason));
            }
        }
    }
    found
}

/// Every item that lost its id, told as joined to the one that kept it.
fn joined(keys: &Keys, groups: &[Vec<usize>], kept: &[Id], ties: &HashMap<usize, Vec<Pair>>) -> Vec<Joined> {
    let mut joined = Vec::new();
    for (members, kept) in groups.iter().zip(kept).filter(|(members, _)| members.len() > 1) {
        let own = |at: &&usize| keys.id(**at) == kept;
        let Some(root) = members.iter().find(own).or(members.first()) else { continue };
        for (entry, pair, confidence) in from_root(*root, ties) {
            joined.push(Joined {
                kept: kept.clone(),
                joined: keys.id(entry).clone(),
                by: pair.by,
                confidence,
                distance_m: pair.distance_m.map(|metres| metres.round() as u32),
            });
        }
    }
    joined
}

/// Says where so many were alike that they were not compared.
fn crowded<'i>(found: &Found, id: impl Fn(usize) -> &'i Id, what: &str, problems: &mut Vec<Problem>) {
    const TOLD_MAX: usize = 20;
    for crowd in found.crowds.iter().take(TOLD_MAX) {
        let reason = format!("{} {what}: they are not compared with each other, only by their ids", crowd.len());
        problems.push(Problem::new("", crowd.first().map_or("", |at| id(*at).as_str()), "", reason));
    }
    if found.is_cut || found.crowds.len() > TOLD_MAX {
        let reason = "more items are alike than are ever compared: some that are the same may stand twice";
        problems.push(Problem::new("", "", "", reason));
    }
}
