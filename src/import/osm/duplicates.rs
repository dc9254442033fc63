use super::draft::Draft;
use super::names::folded;
use crate::content::{Id, Place, PlaceKind};
use crate::import::geometry::metres;
use std::collections::HashMap;

/// Merges records of one and the same place: the same kind and name close by, or a node inside its own area.
pub fn merged(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut slots: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    merge_namesakes(&mut slots);
    merge_into_areas(&mut slots);
    slots.into_iter().flatten().collect()
}

/// How far apart two records of the same kind and name may lie, in metres. A car park, a station or a harbour
/// is entered from several streets.
fn reach_m(kind: PlaceKind) -> f64 {
    match kind {
        PlaceKind::Parking | PlaceKind::Station | PlaceKind::Marina => 150.0,
        _ => 40.0,
    }
}

/// Every name of the draft, folded; the same name in two languages counts once.
fn folded_names(draft: &Draft) -> Vec<String> {
    let mut names: Vec<String> = draft.place.common.title.0.values().map(|name| folded(&name.text)).collect();
    names.sort();
    names.dedup();
    names.retain(|name| !name.is_empty());
    names
}

fn merge_namesakes(slots: &mut [Option<Draft>]) {
    let mut groups: HashMap<(PlaceKind, String), Vec<usize>> = HashMap::new();
    for (at, draft) in slots.iter().enumerate() {
        let Some(draft) = draft else { continue };
        for name in folded_names(draft) {
            groups.entry((draft.place.kind, name)).or_default().push(at);
        }
    }
    let mut groups: Vec<_> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    for mut group in groups {
        let weight = |at: &usize| slots[*at].as_ref().map_or(0, |draft| draft.weight);
        group.sort_by_key(|at| (std::cmp::Reverse(weight(at)), *at));
        for first in 0..group.len() {
            for second in first + 1..group.len() {
                merge_if(slots, group[first], group[second], |kept, other| {
                    metres(kept.position, other.position) <= reach_m(kept.place.kind)
                });
            }
        }
    }
}

/// Kinds of which one area holds many: only a shared name makes two records one.
fn holds_many(kind: PlaceKind) -> bool {
    use PlaceKind::{Bar, Cafe, FastFood, Other, Restaurant, Shop, Sport, Stop};
    matches!(kind, Bar | Cafe | FastFood | Other | Restaurant | Shop | Sport | Stop)
}

fn merge_into_areas(slots: &mut [Option<Draft>]) {
    let mut by_kind: HashMap<PlaceKind, Vec<usize>> = HashMap::new();
    for (at, draft) in slots.iter().enumerate() {
        if let Some(draft) = draft.as_ref().filter(|draft| !holds_many(draft.place.kind)) {
            by_kind.entry(draft.place.kind).or_default().push(at);
        }
    }
    let mut kinds: Vec<_> = by_kind.into_iter().collect();
    kinds.sort();
    for (_, members) in kinds {
        let is_area = |at: &usize| slots[*at].as_ref().is_some_and(|draft| draft.outline.is_some());
        let (areas, nodes): (Vec<usize>, Vec<usize>) = members.into_iter().partition(is_area);
        for area in areas {
            for node in &nodes {
                merge_if(slots, area, *node, |area, node| {
                    let same_name = folded_names(area).iter().any(|name| folded_names(node).contains(name));
                    let fits = same_name || !area.place.named || !node.place.named;
                    fits && area.outline.as_ref().is_some_and(|outline| outline.contains(node.position))
                });
            }
        }
    }
}

fn merge_if(slots: &mut [Option<Draft>], kept: usize, other: usize, fits: impl Fn(&Draft, &Draft) -> bool) {
    if let (Some(first), Some(second)) = (&slots[kept], &slots[other])
        && fits(first, second)
        && let Some(double) = slots[other].take()
        && let Some(kept) = &mut slots[kept]
    {
        kept.absorb(double);
    }
}

/// A cash machine for every bank that says it has one, unless it has a record of its own close by.
pub fn cash_machines(drafts: &[Draft]) -> Vec<Draft> {
    const OWN_RECORD_M: f64 = 40.0;
    const UNNAMED_M: f64 = 15.0;
    let own: Vec<&Draft> = drafts.iter().filter(|draft| draft.place.kind == PlaceKind::Cash).collect();
    let is_recorded = |bank: &Draft| {
        own.iter().any(|cash| {
            let says = |draft: &Draft| {
                let tags = draft.place.common.tags.iter().filter_map(|tag| tag.split_once(':'));
                let makers = tags.filter(|(key, _)| matches!(*key, "brand" | "operator" | "name"));
                makers.map(|(_, value)| folded(value)).chain(folded_names(draft)).collect::<Vec<_>>()
            };
            let makers = says(cash);
            let is_its_own = says(bank).iter().any(|name| makers.contains(name));
            let away = metres(cash.position, bank.position);
            (is_its_own && away <= OWN_RECORD_M) || (makers.is_empty() && away <= UNNAMED_M)
        })
    };
    let banks = drafts.iter().filter(|draft| draft.has_cash && !is_recorded(draft));
    banks.map(cash_machine).collect()
}

/// Nothing of the bank's desk holds for its machine but where it is and whose.
fn cash_machine(bank: &Draft) -> Draft {
    let common = &bank.place.common;
    let place = Place {
        common: crate::content::Common {
            id: Id(format!("{}/atm", common.id)),
            title: common.title.clone(),
            tags: common.tags.clone(),
            provenance: common.provenance.clone(),
            ..Default::default()
        },
        kind: PlaceKind::Cash,
        position: Some(bank.position),
        address: bank.place.address.clone(),
        named: bank.place.named,
        ..Place::default()
    };
    Draft { place, outline: None, elements: Vec::new(), has_cash: false, ..bank.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Localized, Position};
    use crate::import::osm::outline::Outline;
    use std::collections::BTreeSet;

    /// Metres north of a corner of Monaco.
    fn at(north_m: f64) -> Position {
        Position { lat: 43.73 + north_m / 111_195.0, lon: 7.42 }
    }

    fn draft(id: &str, kind: PlaceKind, name: &str, north_m: f64) -> Draft {
        let mut place = Place { kind, named: !name.is_empty(), position: Some(at(north_m)), ..Place::default() };
        place.common.id = Id(format!("osm:{id}"));
        if !name.is_empty() {
            place.common.title = Localized::one("fr", name);
        }
        let (elements, lines) = (Vec::new(), BTreeSet::new());
        Draft { place, position: at(north_m), outline: None, elements, lines, weight: 1, has_cash: false }
    }

    fn area(id: &str, kind: PlaceKind, name: &str) -> Draft {
        let corner = |lat: f64, lon: f64| Position { lat: 43.73 + lat, lon: 7.42 + lon };
        let [a, b, c, d] = [corner(-0.001, -0.001), corner(-0.001, 0.001), corner(0.001, 0.001), corner(0.001, -0.001)];
        Draft { outline: Outline::new(&[a, b, c, d, a]), ..draft(id, kind, name, 0.0) }
    }

    fn ids(drafts: &[Draft]) -> Vec<(&str, usize)> {
        drafts.iter().map(|draft| (draft.place.common.id.as_str(), draft.place.common.aliases.len())).collect()
    }

    #[test]
    fn namesakes_within_forty_metres_are_one() {
        let stop = |id, north| draft(id, PlaceKind::Stop, "Place d'Armes", north);
        let all = merged(vec![stop("node/1", 0.0), stop("node/2", 39.0), stop("node/3", 120.0)]);
        assert_eq!(ids(&all), [("osm:node/1", 1), ("osm:node/3", 0)]);
    }

    #[test]
    fn the_fuller_record_is_kept() {
        let mut full = draft("node/2", PlaceKind::Cafe, "Côté Port", 10.0);
        full.weight = 9;
        let mut thin = draft("node/1", PlaceKind::Cafe, "Cote port", 0.0);
        thin.place.hours = "24/7".to_owned();
        let all = merged(vec![thin, full]);
        assert_eq!(ids(&all), [("osm:node/2", 1)]);
        assert_eq!(all[0].place.hours, "24/7");
    }

    #[test]
    fn unnamed_things_side_by_side_stay_two() {
        let bench = |id, north| draft(id, PlaceKind::Bench, "", north);
        assert_eq!(merged(vec![bench("node/1", 0.0), bench("node/2", 2.0)]).len(), 2);
    }

    #[test]
    fn a_node_inside_its_own_area_is_one_with_it() {
        let node = draft("node/1", PlaceKind::Museum, "Musée naval", 0.0);
        let all = merged(vec![node.clone(), area("way/2", PlaceKind::Museum, "")]);
        assert_eq!(ids(&all), [("osm:way/2", 1)]);
        assert!(all[0].place.named);
        assert_eq!(merged(vec![node.clone(), area("way/2", PlaceKind::Museum, "Autre")]).len(), 2);
        assert_eq!(merged(vec![node, area("way/2", PlaceKind::Park, "")]).len(), 2);
    }

    #[test]
    fn a_bank_with_a_machine_gives_one_unless_it_is_recorded() {
        let mut bank = draft("node/1", PlaceKind::Bank, "CMB", 0.0);
        bank.has_cash = true;
        let machines = cash_machines(std::slice::from_ref(&bank));
        assert_eq!(ids(&machines), [("osm:node/1/atm", 0)]);
        assert_eq!(machines[0].place.kind, PlaceKind::Cash);
        assert!(cash_machines(&[bank.clone(), draft("node/2", PlaceKind::Cash, "Cmb", 30.0)]).is_empty());
        assert!(cash_machines(&[bank.clone(), draft("node/2", PlaceKind::Cash, "", 10.0)]).is_empty());
        assert_eq!(cash_machines(&[bank, draft("node/2", PlaceKind::Cash, "", 30.0)]).len(), 1);
    }
}
