use super::event_pairs::{EventFacts, Meeting};
use super::ground::metres;
use super::groups::Pair;
use super::keys::Keys;
use super::kinds::{Fit, fit};
use super::names::{Name, Of, best_likeness};
use super::place_pairs::PlaceFacts;
use super::report::By;
use crate::content::{Common, Id, Problem};
use std::collections::{BTreeMap, HashMap};

/// Identifiers of one thing lie at most this far apart: a park's record may stand at its gate or in its middle.
const NEAR_M: f64 = 500.0;
/// The address of a place on the web is also that of the building next door, if one firm runs both.
const LINK_NEAR_M: f64 = 150.0;

/// Entries with an equal id or alias.
pub fn same_ids(keys: &Keys) -> Vec<Pair> {
    let mut first: HashMap<&Id, usize> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, entry) in keys.entries.iter().enumerate() {
        for id in entry.ids() {
            let known = *first.entry(id).or_insert(at);
            if known != at {
                pairs.push(Pair::new(known, at, By::Id, 100));
            }
        }
    }
    pairs
}

/// What a place says about which one it is, beside its name.
pub fn identifiers(common: &Common) -> impl Iterator<Item = (By, String)> {
    common.tags.iter().filter_map(|tag| {
        let (key, value) = tag.split_once(':')?;
        let value = value.trim();
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        match key {
            "siret" if digits.len() == 14 => Some((By::Siret, digits)),
            "wikidata" if value.len() > 1 && value.starts_with('Q') => Some((By::Wikidata, value.to_owned())),
            _ => None,
        }
    })
}

/// Places with an equal identifier, or of which one names the other's id; places and events with the same web page.
///
/// An identifier that one source gives to several items is no identifier: a town's own number stands on its halls.
pub fn shared(keys: &Keys, problems: &mut Vec<Problem>) -> Vec<Pair> {
    let mut holders: BTreeMap<(By, &str), Vec<usize>> = BTreeMap::new();
    for (at, entry) in keys.entries.iter().enumerate() {
        let of_place = keys.place(at).into_iter().flat_map(|place| &place.identifiers);
        let links = entry.links.iter().map(|link| (By::Link, link.as_str()));
        for key in of_place.map(|(by, value)| (*by, value.as_str())).chain(links) {
            holders.entry(key).or_default().push(at);
        }
    }
    let mut pairs = named_by_the_other(keys);
    for ((by, value), mut held_by) in holders {
        held_by.dedup();
        // One source after the other, so that those of one source stand side by side.
        if let Some(twice) = held_by.windows(2).find(|two| keys.source(two[0]) == keys.source(two[1])) {
            if by == By::Siret && held_by.iter().any(|at| keys.source(*at) != keys.source(twice[0])) {
                let record = keys.id(twice[1]).as_str();
                let reason = "other items have this number too: nothing is joined by it";
                problems.push(Problem::new("", record, "tags", reason).with_value(&format!("{by}:{value}")));
            }
            continue;
        }
        let both = held_by.iter().enumerate().flat_map(|(n, a)| held_by[n + 1..].iter().map(move |b| (*a, *b)));
        pairs.extend(both.filter_map(|(a, b)| judged(keys, a, b, by)));
    }
    pairs
}

/// How sure an equal identifier makes it, with regard to what else the two say.
fn judged(keys: &Keys, a: usize, b: usize, by: By) -> Option<Pair> {
    if let Some((one, other)) = keys.place(a).zip(keys.place(b)) {
        let distance_m = one.position.zip(other.position).map(|(one, other)| metres(one, other));
        let confidence = place_by(by, one, other, distance_m)?;
        return Some(Pair { distance_m, ..Pair::new(a, b, by, confidence) });
    }
    let (one, other) = keys.event(a).zip(keys.event(b))?;
    Some(Pair { part: one.part(other), ..Pair::new(a, b, by, event_by_link(one, other)?) })
}

fn event_by_link(one: &EventFacts, other: &EventFacts) -> Option<u8> {
    Some(match one.meeting(other)? {
        _ if one.differs_in_part(other) => 75,
        Meeting::Instant if best_likeness(&one.names, &other.names) > 0.5 => 95,
        Meeting::Instant => 75,
        // Moved to another hour in one source, perhaps. Next year's edition has the same page, too.
        Meeting::Day => 70,
    })
}

fn place_by(by: By, one: &PlaceFacts, other: &PlaceFacts, distance_m: Option<f64>) -> Option<u8> {
    let kinds = fit(one.kind, other.kind);
    let far = |reach: f64| distance_m.is_some_and(|metres| metres > reach);
    let alike = best_likeness(&one.names, &other.names);
    match by {
        By::Link if kinds == Fit::Never || far(LINK_NEAR_M) => None,
        By::Link if alike < 0.4 || (distance_m.is_none() && alike < 0.85) => (kinds == Fit::Same).then_some(75),
        By::Link => Some(90),
        // The hotel and its restaurant are one establishment and two places.
        _ if far(NEAR_M) || kinds == Fit::Never => Some(70),
        By::Siret => Some(98),
        _ => Some(97),
    }
}

/// A tag like `osm:node/123` or `acceslibre:<uuid>` that is the id of an item.
fn named_by_the_other(keys: &Keys) -> Vec<Pair> {
    let by_id: HashMap<&str, usize> =
        keys.places.iter().map(|place| (keys.id(place.entry).as_str(), place.entry)).collect();
    let mut pairs = Vec::new();
    for place in &keys.places {
        let at = place.entry;
        for other in place.may_name.iter().filter_map(|tag| by_id.get(tag.as_str())).filter(|other| **other != at) {
            pairs.push(Pair::new(at.min(*other), at.max(*other), By::Named, 99));
        }
    }
    pairs
}

pub fn names(common: &Common, of: Of) -> Vec<Name> {
    /// Languages and other names that are compared.
    const NAMES_MAX: usize = 6;
    let others = common.tags.iter().filter_map(|tag| tag.strip_prefix("name:")).filter(|_| of == Of::Place);
    let texts = common.title.0.values().map(|title| title.text.as_str()).chain(others);
    let mut names: Vec<Name> = Vec::new();
    for name in texts.filter_map(|text| Name::new(text, of)) {
        if !names.contains(&name) && names.len() < NAMES_MAX {
            names.push(name);
        }
    }
    names
}

/// An address without what differs between two ways of writing it.
pub fn canonical(link: &str) -> Option<String> {
    let url = url::Url::parse(link.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?.trim_start_matches("www.").to_owned();
    let path = url.path().trim_end_matches('/').to_owned();
    let is_told = |key: &str| !key.starts_with("utm_") && !matches!(key, "fbclid" | "gclid");
    let mut query: Vec<String> =
        url.query_pairs().filter(|(key, _)| is_told(key)).map(|(key, value)| format!("{key}={value}")).collect();
    query.sort();
    Some(format!("{host}{path}?{}", query.join("&")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ways_to_write_an_address_are_one() {
        for (a, b, same) in [
            ("https://www.Albi.fr/agenda/", "http://albi.fr/agenda?utm_source=x#top", true),
            ("https://a.fr/e?id=1&l=fr", "https://a.fr/e?l=fr&id=1", true),
            ("https://a.fr/e?id=1", "https://a.fr/e?id=2", false),
            ("https://a.fr/Events", "https://a.fr/events", false),
        ] {
            assert_eq!(canonical(a) == canonical(b), same, "{a} {b}");
        }
        assert_eq!(canonical("mailto:a@b.fr"), None);
    }
}
