//! What several sources say, made one: pure logic, items in and items out.
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
pub use withdrawn::{Current, current};

use crate::content::{Id, Item, Problem};
use candidates::Found;
use choosing::join_alike;
use groups::{Entry, Groups, Pair, from_root};
use std::collections::{BTreeMap, HashMap};

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
    let mut problems = Vec::new();
    let all = flat(sources, &mut problems);
    let (same, apart) = (known(&all, &decisions.same, &mut problems), known(&all, &decisions.apart, &mut problems));
    let mut groups = Groups::new(&all, &apart);
    for pair in identifiers::same_ids(&all) {
        groups.join(pair);
    }
    for [a, b] in same {
        let [one, other] = [&all[a].item, &all[b].item];
        let refusal = if std::mem::discriminant(one) != std::mem::discriminant(other) {
            Some("staff say that it is the same as an item of another type: they stay two")
        } else {
            let is_one = groups.join(Pair::new(a, b, By::Staff, 100));
            (!is_one).then_some("staff say that it is the same as another, and that it is not: they stay two")
        };
        if let Some(reason) = refusal {
            problems.push(Problem::new("", id(&all, a), "", reason).with_value(id(&all, b)));
        }
    }
    let mut pairs = identifiers::shared(&all, &mut problems);
    pairs.extend(place_pairs::alike(&all, &mut problems));
    pairs.extend(event_pairs::alike(&all, &mut problems));
    let proposals = join_alike(&all, &mut groups, pairs, &mut problems);
    let (groups, ties) = (groups.in_order(), groups.ties());
    let naming::Names { kept, aliases, ids } = naming::names(&all, &groups, &decisions.earlier);
    let joined = joined(&all, &groups, &kept, &ties);
    let mut slots: Vec<Option<Entry>> = all.into_iter().map(Some).collect();
    let mut items = Vec::with_capacity(groups.len());
    for ((members, id), aliases) in groups.iter().zip(kept).zip(aliases) {
        let sure: HashMap<usize, u8> = match members.as_slice() {
            [root, _, ..] => from_root(*root, &ties).into_iter().map(|(entry, _, sure)| (entry, sure)).collect(),
            _ => HashMap::new(),
        };
        // An equal id is no guess.
        let confidence = |entry: usize| sure.get(&entry).copied().filter(|sure| *sure < 100);
        let parts = members.iter().filter_map(|at| Some((slots[*at].take()?.item, confidence(*at)))).collect();
        let Some(mut item) = fields::united(parts, &id, &mut problems) else { continue };
        let common = item.common_mut();
        (common.id, common.aliases) = (id, aliases);
        items.push(item);
    }
    for problem in problems.iter_mut().filter(|problem| problem.source.is_empty()) {
        problem.source = "merge".to_owned();
    }
    Merged { items, joined, proposals, problems, ids }
}

fn id(all: &[Entry], at: usize) -> &str {
    all[at].item.common().id.as_str()
}

/// All items in order of trust. An id that two kinds of item have can only lead to one of them.
fn flat(sources: Vec<SourceItems>, problems: &mut Vec<Problem>) -> Vec<Entry> {
    let mut types: HashMap<Id, std::mem::Discriminant<Item>> = HashMap::new();
    let mut all = Vec::new();
    for (source, SourceItems { name, items }) in sources.into_iter().enumerate() {
        for item in items {
            let mine = std::mem::discriminant(&item);
            let common = item.common();
            let known = |id: &Id| types.get(id).is_some_and(|known| *known != mine);
            if let Some(taken) = std::iter::once(&common.id).chain(&common.aliases).find(|id| known(id)) {
                let reason = "left out: an item of another type has this id";
                problems.push(Problem::new(name.as_str(), common.id.as_str(), "id", reason).with_value(taken.as_str()));
                continue;
            }
            types.extend(std::iter::once(&common.id).chain(&common.aliases).map(|id| (id.clone(), mine)));
            all.push(Entry { source, item });
        }
    }
    all
}

/// The items that a decision is about, by id or alias.
fn known(all: &[Entry], decisions: &[[Id; 2]], problems: &mut Vec<Problem>) -> Vec<[usize; 2]> {
    if decisions.is_empty() {
        return Vec::new();
    }
    let mut by_id: HashMap<&Id, usize> = HashMap::new();
    for own in [true, false] {
        for (at, entry) in all.iter().enumerate() {
            let common = entry.item.common();
            let ids = if own { std::slice::from_ref(&common.id) } else { common.aliases.as_slice() };
            for id in ids {
                by_id.entry(id).or_insert(at);
            }
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
fn joined(all: &[Entry], groups: &[Vec<usize>], kept: &[Id], ties: &HashMap<usize, Vec<Pair>>) -> Vec<Joined> {
    let mut joined = Vec::new();
    for (members, kept) in groups.iter().zip(kept).filter(|(members, _)| members.len() > 1) {
        let own = |at: &&usize| all[**at].item.common().id == *kept;
        let Some(root) = members.iter().find(own).or(members.first()) else { continue };
        for (entry, pair, confidence) in from_root(*root, ties) {
            joined.push(Joined {
                kept: kept.clone(),
                joined: all[entry].item.common().id.clone(),
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
