use super::texts::{key, term};
use crate::content::{AccessFacts, Localized, Tri};
use crate::import::access_words::{add, add_label, signed};
use crate::import::french_originals::french;
use crate::import::json_fields::is_set;
use crate::import::json_node::Node;
use chrono::NaiveDate;

/// What the object says about access. Only a set flag is a statement: `reducedMobilityAccess` is missing from most
/// objects, and false wherever nobody ticked a box.
pub fn access(object: Node<'_>, source: &str, updated: Option<NaiveDate>) -> AccessFacts {
    let mut facts = AccessFacts::default();
    if object.value("reducedMobilityAccess").is_some_and(is_set) {
        add(&mut facts.wheelchair, Tri::Yes, &Localized::default());
    }
    for review in object.nodes("hasReview") {
        let Some(value) = review.node("hasReviewValue") else { continue };
        let label = term(value);
        let name = key(value);
        // Tourisme & Handicap: a mark of the State, given for each kind of disability after a visit.
        let marks = [("Moteur", "moteur"), ("Auditif", "auditif"), ("Visuel", "visuel"), ("Mental", "mental")];
        let mark = marks.iter().find(|(mark, _)| name.contains("TourismeHandicap") && name.ends_with(mark));
        match mark {
            Some((_, kind)) => drop(add_label(&mut facts, &format!("pictogramme {kind}"), &label)),
            None => drop(add_label(&mut facts, french(&label), &label)),
        }
    }
    for feature in features(object) {
        let label = term(feature);
        add_label(&mut facts, french(&label), &label);
    }
    signed(facts, source, updated)
}

/// What there is: in a flux below `hasFeature`, in the catalogue also on the object itself.
fn features(object: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    object.nodes("hasFeature").flat_map(|feature| feature.nodes("features")).chain(object.nodes("isEquippedWith"))
}
