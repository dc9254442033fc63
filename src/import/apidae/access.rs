use super::labels::{Labels, id, texts};
use crate::content::{AccessFacts, Localized, Tri};
use crate::import::access_words::{add, add_label, signed};
use crate::import::french_originals::french;
use crate::import::json_node::Node;
use crate::import::plain_text::one_line;
use crate::import::sentences::in_every_language;
use chrono::NaiveDate;

/// What an object says about access: references (`tourismesAdaptes`, `labelsTourismeHandicap`), texts for each kind of
/// disability, and things for children among its services.
pub fn access(object: Node<'_>, labels: &Labels, source: &str, updated: Option<NaiveDate>) -> AccessFacts {
    let mut facts = AccessFacts::default();
    let Some(offered) = object.node("prestations") else { return facts };
    for name in ["tourismesAdaptes", "labelsTourismeHandicap", "services", "equipements", "conforts"] {
        for reference in offered.nodes(name) {
            let label = labels.of(reference);
            if label.is_empty() && name == "tourismesAdaptes" {
                add_known(&mut facts, id(reference));
            } else {
                add_label(&mut facts, french(&label), &label);
            }
        }
    }
    let told = [
        ("descriptifHandicapMoteur", &mut facts.wheelchair),
        ("descriptifHandicapAuditif", &mut facts.hearing),
        ("descriptifHandicapVisuel", &mut facts.sight),
        ("descriptifHandicapMental", &mut facts.understanding),
    ];
    for (name, fact) in told {
        // What is told may be good or bad news: it is shown, and decides nothing.
        add(fact, Tri::Unknown, &texts(offered.node(name), one_line));
    }
    signed(facts, source, updated)
}

/// References that an object holds by their ids alone, as Apidae's own form for the heritage days writes them.
fn add_known(facts: &mut AccessFacts, id: Option<u64>) {
    let none = Localized::default();
    match id {
        Some(1191) => add(&mut facts.hearing, Tri::Yes, &none),
        Some(1199) => add(&mut facts.sight, Tri::Yes, &none),
        Some(3651) => add(&mut facts.wheelchair, Tri::No, &none),
        Some(3652) => {
            let partly = in_every_language("place-wheelchair-partly", |_| Vec::new());
            add(&mut facts.wheelchair, Tri::Unknown, &partly);
        }
        Some(3653) => add(&mut facts.wheelchair, Tri::Yes, &none),
        _ => {}
    }
}
