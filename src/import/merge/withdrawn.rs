use crate::content::{Id, Item};
use crate::import::Extent;
use crate::import::gtfs_rt::{is_mark, marked};
use std::collections::{HashMap, HashSet};

/// What a source has now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Current {
    pub items: Vec<Item>,
    /// What it had before and has withdrawn.
    pub withdrawn: Vec<Id>,
}

/// The items of a source after an import: what is gone there is withdrawn; what merely could not be asked stays.
///
/// `previous` stand where they stood, new ones behind them; only a whole import brings its own order.
pub fn current(previous: Vec<Item>, found: Vec<Item>, gone: &[Id], extent: &Extent) -> Current {
    let id = |item: &Item| item.common().id.clone();
    match extent {
        Extent::Unchanged => Current { items: previous, withdrawn: Vec::new() },
        Extent::Whole => {
            let there: HashSet<Id> = found.iter().map(id).collect();
            let withdrawn = previous.iter().map(id).filter(|id| !there.contains(id)).collect();
            Current { items: found, withdrawn }
        }
        Extent::BrokenOff(_) | Extent::Changes => {
            let gone: HashSet<&Id> = gone.iter().collect();
            let came: HashSet<Id> = found.iter().map(id).collect();
            let mut items = renewed(previous, found);
            let by_alerts = items.iter().filter(|item| !is_gone(&item.common().id, &gone, &came)).flat_map(marked);
            let by_alerts: HashSet<Id> = by_alerts.cloned().collect();
            let mut withdrawn = Vec::new();
            items.retain(|item| {
                let own = &item.common().id;
                // A stop is marked as long as an alert says so that is not gone, nor has come again without saying it.
                let is_unmarked = is_mark(item) && !came.contains(own) && !by_alerts.contains(own);
                let stays = !is_gone(own, &gone, &came) && !is_unmarked;
                withdrawn.extend((!stays).then(|| id(item)));
                stays
            });
            Current { items, withdrawn }
        }
    }
}

/// Also a part of what is gone, `<id>/2`, unless it has come itself: then its record has other parts than before.
fn is_gone(id: &Id, gone: &HashSet<&Id>, came: &HashSet<Id>) -> bool {
    let whole = id.as_str().rsplit_once('/').filter(|(_, part)| part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_part = || whole.is_some_and(|(whole, _)| gone.contains(&Id(whole.to_owned())));
    gone.contains(id) || !came.contains(id) && is_part()
}

fn renewed(mut items: Vec<Item>, found: Vec<Item>) -> Vec<Item> {
    let mut at: HashMap<Id, usize> = items.iter().map(|item| item.common().id.clone()).zip(0..).collect();
    for item in found {
        let id = item.common().id.clone();
        match at.get(&id) {
            Some(at) => items[*at] = item,
            None => {
                at.insert(id, items.len());
                items.push(item);
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Article, Common, Localized};
    use proptest::collection::vec;
    use proptest::prelude::*;

    fn item(id: u8, text: u8) -> Item {
        let id = Id(format!("a:{id}"));
        let title = Localized::one("fr", text.to_string());
        Item::Article(Article { common: Common { id, title, ..Common::default() }, ..Article::default() })
    }

    fn items() -> impl Strategy<Value = Vec<Item>> {
        proptest::collection::btree_map(0..12_u8, any::<u8>(), 0..12)
            .prop_map(|all| all.into_iter().map(|(id, text)| item(id, text)).collect())
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
            (previous, found) in (items(), items()), gone in vec(0..12_u8, 0..4), extent in extent(),
        ) {
            let gone: Vec<Id> = gone.into_iter().map(|id| Id(format!("a:{id}"))).collect();
            let now = current(previous.clone(), found.clone(), &gone, &extent);
            let all = |items: &[Item]| items.iter().map(|item| item.common().id.clone()).collect::<Vec<_>>();
            let ids: HashSet<Id> = all(&now.items).into_iter().collect();
            prop_assert_eq!(ids.len(), now.items.len());
            for item in previous.iter().chain(&found) {
                let id = &item.common().id;
                let is_found = found.iter().any(|other| other.common().id == *id);
                let is_there = match &extent {
                    Extent::Whole => is_found,
                    Extent::Changes | Extent::BrokenOff(_) => !gone.contains(id),
                    Extent::Unchanged => all(&previous).contains(id),
                };
                prop_assert_eq!(ids.contains(id), is_there, "{} {:?}", id, extent);
                let was_there = all(&previous).contains(id);
                prop_assert!(is_there || !was_there || now.withdrawn.contains(id));
                prop_assert!(!(is_there && now.withdrawn.contains(id)));
            }
            if extent != Extent::Unchanged {
                let newest = |item: &&Item| ids.contains(&item.common().id);
                prop_assert!(found.iter().filter(newest).all(|item| now.items.contains(item)));
            }
        }
    }
}
