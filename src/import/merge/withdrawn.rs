use crate::content::{Id, Item};
use crate::import::Extent;
use crate::import::gtfs_rt::{is_mark, marked};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};

/// What a source has now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Current {
    /// In their order.
    pub items: Vec<Of>,
    /// What it had before and has withdrawn.
    pub withdrawn: Vec<Id>,
}

/// Which record of an item is the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// One of those that were there, by its place among them.
    Before(usize),
    /// One of those that an import found.
    Found(usize),
}

/// What decides whether an item stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub id: Id,
    /// It only marks a stop, and until then, if that is known.
    pub mark: Option<Option<DateTime<Utc>>>,
    /// The stops that it marks, if it is an alert that does.
    marks: Vec<Id>,
}

impl Standing {
    pub fn of(item: &Item) -> Self {
        let common = item.common();
        Self { id: common.id.clone(), mark: is_mark(item).then_some(common.valid.until), marks: marked(item).to_vec() }
    }
}

/// The items of a source after an import: what is gone there is withdrawn; what merely could not be asked stays.
///
/// Those of before stand where they stood, new ones behind them; only a whole import brings its own order. No id comes
/// twice in either.
pub fn current(before: &[Standing], found: &[Standing], gone: &HashSet<Id>, extent: &Extent) -> Current {
    match extent {
        Extent::Unchanged => Current { items: (0..before.len()).map(Of::Before).collect(), withdrawn: Vec::new() },
        Extent::Whole => {
            let there: HashSet<&Id> = found.iter().map(|one| &one.id).collect();
            let withdrawn = before.iter().map(|one| &one.id).filter(|id| !there.contains(id)).cloned().collect();
            Current { items: (0..found.len()).map(Of::Found).collect(), withdrawn }
        }
        Extent::BrokenOff(_) | Extent::Changes | Extent::Short => renewed(before, found, gone),
    }
}

fn renewed(before: &[Standing], found: &[Standing], gone: &HashSet<Id>) -> Current {
    let known: HashSet<&Id> = before.iter().map(|one| &one.id).collect();
    let came: HashMap<&Id, usize> = found.iter().map(|one| &one.id).zip(0..).collect();
    let newest = |(at, one)| match came.get(&one) {
        Some(at) => (&found[*at], Of::Found(*at)),
        None => (&before[at], Of::Before(at)),
    };
    let new = found.iter().enumerate().filter(|(_, one)| !known.contains(&one.id));
    let there = before.iter().map(|one| &one.id).enumerate().map(newest);
    let all: Vec<(&Standing, Of)> = there.chain(new.map(|(at, one)| (one, Of::Found(at)))).collect();
    let by_alerts = all.iter().filter(|(one, _)| !is_gone(&one.id, gone, &came)).flat_map(|(one, _)| &one.marks);
    let by_alerts: HashSet<&Id> = by_alerts.collect();
    let mut now = Current::default();
    for (one, of) in all {
        // A stop is marked as long as an alert says so that is not gone, nor has come again without saying it.
        let is_unmarked = one.mark.is_some() && !came.contains_key(&one.id) && !by_alerts.contains(&one.id);
        if is_unmarked || is_gone(&one.id, gone, &came) {
            now.withdrawn.push(one.id.clone());
        } else {
            now.items.push(of);
        }
    }
    now
}

/// Also a part of what is gone, `<id>/2`, unless it has come itself: then its record has other parts than before.
fn is_gone(id: &Id, gone: &HashSet<Id>, came: &HashMap<&Id, usize>) -> bool {
    let whole = id.as_str().rsplit_once('/').filter(|(_, part)| part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_part = || whole.is_some_and(|(whole, _)| gone.contains(&Id(whole.to_owned())));
    gone.contains(id) || !came.contains_key(id) && is_part()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::hash_set;
    use proptest::prelude::*;

    fn ids() -> impl Strategy<Value = Vec<Id>> {
        hash_set(0..12_u8, 0..12).prop_map(|all| all.into_iter().map(id).collect())
    }

    fn id(id: u8) -> Id {
        Id(format!("a:{id}"))
    }

    fn extent() -> impl Strategy<Value = Extent> {
        prop_oneof![
            Just(Extent::Whole),
            Just(Extent::Changes),
            Just(Extent::Short),
            Just(Extent::Unchanged),
            Just(Extent::BrokenOff("the line broke".to_owned())),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn what_is_gone_is_withdrawn_and_what_could_not_be_asked_stays(
            (before, found) in (ids(), ids()), gone in hash_set((0..12_u8).prop_map(id), 0..4), extent in extent(),
        ) {
            let standing = |ids: &[Id]| -> Vec<Standing> {
                ids.iter().map(|id| Standing { id: id.clone(), mark: None, marks: Vec::new() }).collect()
            };
            let Current { items, withdrawn } = current(&standing(&before), &standing(&found), &gone, &extent);
            let own = |of: &Of| match of { Of::Before(at) => &before[*at], Of::Found(at) => &found[*at] };
            let now: HashSet<&Id> = items.iter().map(own).collect();
            prop_assert_eq!(now.len(), items.len());
            for id in before.iter().chain(&found) {
                let is_there = match &extent {
                    Extent::Whole => found.contains(id),
                    Extent::Changes | Extent::Short | Extent::BrokenOff(_) => !gone.contains(id),
                    Extent::Unchanged => before.contains(id),
                };
                prop_assert_eq!(now.contains(id), is_there, "{} {:?}", id, extent);
                prop_assert!(is_there || !before.contains(id) || withdrawn.contains(id));
                prop_assert!(!(is_there && withdrawn.contains(id)));
            }
            if extent != Extent::Unchanged {
                let is_newest = |of: &Of| matches!(of, Of::Found(_)) || !found.contains(own(of));
                prop_assert!(items.iter().all(is_newest));
            }
            if extent != Extent::Whole {
                let stayed = before.iter().filter(|id| now.contains(id));
                prop_assert!(items.iter().map(own).zip(stayed).all(|(one, other)| one == other));
            }
        }
    }
}
