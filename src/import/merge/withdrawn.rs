use crate::content::Id;
use crate::import::Extent;
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

/// The items of a source after an import, by their ids: what is gone there is withdrawn; what merely could not be asked
/// stays.
///
/// Those of before stand where they stood, new ones behind them; only a whole import brings its own order. No id comes
/// twice in either.
pub fn current(before: &[Id], found: &[Id], gone: &[Id], extent: &Extent) -> Current {
    match extent {
        Extent::Unchanged => Current { items: (0..before.len()).map(Of::Before).collect(), withdrawn: Vec::new() },
        Extent::Whole => {
            let there: HashSet<&Id> = found.iter().collect();
            let withdrawn = before.iter().filter(|id| !there.contains(id)).cloned().collect();
            Current { items: (0..found.len()).map(Of::Found).collect(), withdrawn }
        }
        Extent::BrokenOff(_) | Extent::Changes => {
            let gone: HashSet<&Id> = gone.iter().collect();
            let known: HashSet<&Id> = before.iter().collect();
            let renewed: HashMap<&Id, usize> = found.iter().zip(0..).collect();
            let there = before
                .iter()
                .enumerate()
                .map(|(at, id)| (id, renewed.get(id).map_or(Of::Before(at), |at| Of::Found(*at))));
            let new =
                found.iter().enumerate().filter(|(_, id)| !known.contains(id)).map(|(at, id)| (id, Of::Found(at)));
            let mut now = Current::default();
            for (id, of) in there.chain(new) {
                if is_gone(id, &gone) {
                    now.withdrawn.push(id.clone());
                } else {
                    now.items.push(of);
                }
            }
            now
        }
    }
}

/// Also a part of what is gone: `<id>/2`.
fn is_gone(id: &Id, gone: &HashSet<&Id>) -> bool {
    let whole = id.as_str().rsplit_once('/').filter(|(_, part)| part.bytes().all(|byte| byte.is_ascii_digit()));
    gone.contains(id) || whole.is_some_and(|(whole, _)| gone.contains(&Id(whole.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{hash_set, vec};
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
            Just(Extent::Unchanged),
            Just(Extent::BrokenOff("the line broke".to_owned())),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn what_is_gone_is_withdrawn_and_what_could_not_be_asked_stays(
            (before, found) in (ids(), ids()), gone in vec((0..12_u8).prop_map(id), 0..4), extent in extent(),
        ) {
            let Current { items, withdrawn } = current(&before, &found, &gone, &extent);
            let own = |of: &Of| match of { Of::Before(at) => &before[*at], Of::Found(at) => &found[*at] };
            let now: HashSet<&Id> = items.iter().map(own).collect();
            prop_assert_eq!(now.len(), items.len());
            for id in before.iter().chain(&found) {
                let is_there = match &extent {
                    Extent::Whole => found.contains(id),
                    Extent::Changes | Extent::BrokenOff(_) => !gone.contains(id),
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
