use super::graph::{Node, word};
use super::hours::hours;
use super::record::{Record, address};
use crate::content::{AccessFact, AccessFacts, Contact, Place, PlaceKind, Tri};
use crate::import::Picture;
use crate::import::plain_text::one_line;

/// A place; the public reaches it by its own telephone and address only, not by those of people who work there.
pub fn read(record: &mut Record<'_>, kind: PlaceKind) -> (Place, Vec<Picture>) {
    let common = record.common();
    let from = common.provenance.first();
    let credit = from.map_or_else(String::new, |from| from.credit.clone());
    let date = from.and_then(|from| from.updated).map(|updated| updated.date_naive());
    let node = record.node;
    let said = |words: &[&str]| AccessFact {
        value: if has_feature(node, words) { Tri::Yes } else { Tri::Unknown },
        date: date.filter(|_| has_feature(node, words)),
        ..AccessFact::default()
    };
    let free = node.text("isAccessibleForFree").map(|said| word(&said).to_ascii_lowercase());
    let place = Place {
        kind,
        position: record.position(node),
        address: address(node),
        hours: hours(record),
        contact: contact(record),
        // False is also what stands there when nobody has filled it in.
        fee: if matches!(free.as_deref(), Some("true" | "yes" | "1")) { Tri::No } else { Tri::Unknown },
        changing_table: said(CHANGING_TABLE).value,
        access: AccessFacts {
            wheelchair: said(WHEELCHAIR),
            hearing: said(HEARING),
            sight: said(SIGHT),
            ..AccessFacts::default()
        },
        named: true,
        common,
    };
    let pictures = record.pictures(&credit);
    (place, pictures)
}

const WHEELCHAIR: &[&str] =
    &["wheelchair", "fauteuil", "rollstuhl", "pmr", "mobilité réduite", "mobilite reduite", "silla de ruedas"];
const HEARING: &[&str] = &["hearing loop", "induction loop", "boucle magn", "boucle à induction", "boucle auditive"];
const SIGHT: &[&str] = &["braille", "audiodescription", "audio description", "tactile"];
const CHANGING_TABLE: &[&str] = &["changing table", "baby changing", "table à langer", "wickeltisch"];

/// Whether a place says that it has something (amenityFeature). That it has not is also what a form says that
/// nobody has filled in.
fn has_feature(node: Node<'_>, words: &[&str]) -> bool {
    node.nodes("amenityFeature").into_iter().any(|feature| {
        let name = feature.text("name").map(|name| one_line(&name).to_lowercase()).unwrap_or_default();
        let value = feature.text("value").map(|value| word(&value).to_lowercase());
        let is_so = value.is_none_or(|value| matches!(value.as_str(), "true" | "yes" | "1" | "oui"));
        let is_denied = ["non ", "no ", "not ", "inaccessible", "kein"].iter().any(|no| name.starts_with(no));
        is_so && !is_denied && words.iter().any(|word| name.contains(word))
    })
}

fn contact(record: &mut Record<'_>) -> Contact {
    let mut contact = Contact::default();
    if let Some(said) = record.node.text("telephone") {
        let number = one_line(said.trim_start_matches("tel:")).replace('\u{a0}', " ");
        let digits = number.chars().filter(char::is_ascii_digit).count();
        if (3..=15).contains(&digits) && number.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c)) {
            contact.phone = number;
        } else {
            record.problem("telephone", "no telephone number", &said);
        }
    }
    if let Some(said) = record.node.text("email") {
        let address = one_line(said.trim_start_matches("mailto:"));
        let whole = !address.contains(char::is_whitespace);
        if address.split_once('@').is_some_and(|(user, host)| whole && !user.is_empty() && host.contains('.')) {
            contact.email = address;
        } else {
            record.problem("email", "no e-mail address", &said);
        }
    }
    contact
}
