use super::keys::Keys;
use crate::content::Id;
use std::cmp::Reverse;
use std::collections::hash_map::Entry::Vacant;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Which id each group keeps, and which become aliases.
pub struct Names {
    pub kept: Vec<Id>,
    pub aliases: Vec<Vec<Id>>,
    /// Every id that was ever published, and the one it leads to now.
    pub ids: BTreeMap<Id, Id>,
}

/// Gives each group the id that one of its members was first published under, else that of its first member.
///
/// No two groups get one id, and none gets an id that another's member has: parted again, each has its own.
pub fn names(keys: &Keys, groups: &[Vec<usize>], earlier: &BTreeMap<Id, Id>) -> Names {
    let own = |at: &usize| keys.id(*at);
    let mut group_of: HashMap<&Id, usize> = HashMap::new();
    for (group, members) in groups.iter().enumerate() {
        for member in members {
            group_of.entry(own(member)).or_insert(group);
        }
    }
    let mut kept: Vec<Id> = Vec::with_capacity(groups.len());
    let mut taken: HashSet<&Id> = HashSet::new();
    for (group, members) in groups.iter().enumerate() {
        let ids = members.iter().flat_map(|at| keys.entries[*at].ids());
        let free = ids.filter_map(|id| earlier.get(id)).filter(|id| match group_of.get(id) {
            Some(holder) => *holder == group,
            None => id.is_valid() && !taken.contains(id),
        });
        // The one that most of them were published under; of several the most trusted member's.
        let mut votes: HashMap<&Id, (usize, Reverse<usize>)> = HashMap::new();
        for (at, id) in free.enumerate() {
            votes.entry(id).or_insert((0, Reverse(at))).0 += 1;
        }
        let published = votes.into_iter().max_by_key(|(_, votes)| *votes).map(|(id, _)| id);
        if let Some(id) = published.or_else(|| members.first().map(own)) {
            taken.insert(id);
            kept.push(id.clone());
        }
    }
    let aliases = aliases(keys, groups, &kept, earlier);
    let mut ids = BTreeMap::new();
    for (id, aliases) in kept.iter().zip(&aliases) {
        ids.extend(std::iter::once(id).chain(aliases).map(|alias| (alias.clone(), id.clone())));
    }
    for (alias, id) in earlier {
        let now = ids.get(id).unwrap_or(id).clone();
        ids.entry(alias.clone()).or_insert(now);
    }
    Names { kept, aliases, ids }
}

/// All other ids of each group, also those of members that are not there today; each leads to one group only.
fn aliases(keys: &Keys, groups: &[Vec<usize>], kept: &[Id], earlier: &BTreeMap<Id, Id>) -> Vec<Vec<Id>> {
    let mut leads_to: HashMap<&Id, usize> = kept.iter().zip(0..).collect();
    let mut aliases = vec![Vec::new(); groups.len()];
    let members = || groups.iter().zip(0..).flat_map(|(members, group)| members.iter().map(move |at| (*at, group)));
    let own = members().map(|(at, group)| (keys.id(at), group));
    let theirs = members().flat_map(|(at, group)| keys.entries[at].aliases.iter().map(move |id| (id, group)));
    let mut lead = |id: &Id, group: usize| aliases[group].push(id.clone());
    for (id, group) in own.chain(theirs) {
        if let Vacant(slot) = leads_to.entry(id) {
            slot.insert(group);
            lead(id, group);
        }
    }
    for (alias, id) in earlier.iter().filter(|(alias, _)| alias.is_valid()) {
        if let (Some(group), false) = (leads_to.get(id).copied(), leads_to.contains_key(alias)) {
            leads_to.insert(alias, group);
            lead(alias, group);
        }
    }
    aliases
}
