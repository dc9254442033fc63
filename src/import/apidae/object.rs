use super::access::access;
use super::kinds::{Class, class, kind_in_words, mode};
use super::labels::{Labels, id, texts};
use super::periods::{Periods, periods};
use super::pictures::pictures;
use crate::content::{
    AccessFacts, Common, Contact, Event, EventStatus, Id, Item, Itinerary, Localized, Location, Place, PlaceKind,
    Position, Provenance, Registration, Tri,
};
use crate::import::Settings;
use crate::import::address::address_line;
use crate::import::booking::Ways;
use crate::import::entrance_fee::{fee, free_in_words};
use crate::import::event_words::event_kind;
use crate::import::french_originals::{ORIGINAL, french};
use crate::import::job::Made;
use crate::import::json_fields::is_set;
use crate::import::json_node::Node;
use crate::import::local_time::instant;
use crate::import::notes::Notes;
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::public_contact::{email, phone, siret, web};
use crate::import::seasons::{opening, timings};
use crate::import::sentences::append_section;
use serde_json::Value;

const SOURCE: &str = "Apidae";
/// Kinds of contact that are for the public (`MoyenCommunicationType`).
const PHONE: u64 = 201;
const EMAIL: u64 = 204;
const WEBSITE: u64 = 205;
/// The most words that anybody searches one thing by.
const TAGS_MAX: usize = 50;
const MONTHS_PER_YEAR: f64 = 12.0;

/// Reads one object; `None` stands for one that is larger than any is.
pub fn read(source: &str, settings: &Settings, labels: &Labels, object: Option<&Value>) -> Made {
    let mut notes = Notes::new(source, settings);
    let Some(value) = object else { return notes.left_out("", "larger than any object is", "") };
    let Some(map) = value.as_object() else { return notes.left_out("", "an object is expected", "") };
    let object = Node(map);
    let Some(number) = id(object) else { return notes.left_out("id", "it has no number for an id", "") };
    let own = Id(format!("apidae:{number}"));
    notes.record.clone_from(&own.0);
    if let Some(state) = object.text("state").filter(|state| *state != "PUBLISHED") {
        return notes.left_out("state", "not published", state);
    }
    let title = texts(object.node("nom"), one_line);
    if title.is_empty() {
        return notes.left_out("nom", "it has no title", "");
    }
    let kind = object.text("type").unwrap_or_default();
    let class = match class(kind) {
        Class::LeftOut(reason) => return notes.left_out("type", reason, kind),
        Class::Unknown => {
            notes.problem("type", "not known: it is shown as a place of no particular kind", kind);
            Class::Place(PlaceKind::Other)
        }
        class => class,
    };
    let parts = Parts::of(object, labels, own, title, &mut notes);
    let pictures = pictures(object, &parts.credit, settings.today(), &mut notes);
    let item = match (class, parts.about.and_then(|about| about.node("itineraire")).filter(|way| is_itinerary(*way))) {
        (Class::Event, _) => Item::Event(event(object, parts, &mut notes)),
        (_, Some(way)) => Item::Itinerary(itinerary(way, parts, &mut notes)),
        (Class::Place(usual), None) => Item::Place(place(usual, parts, &mut notes)),
        (Class::LeftOut(_) | Class::Unknown, None) => Item::Place(place(PlaceKind::Other, parts, &mut notes)),
    };
    Made { item: Some((item, pictures)), problems: notes.problems }
}

/// What objects of every class have.
struct Parts<'v> {
    common: Common,
    /// What is special to its type: `informationsActivite`, `informationsFeteEtManifestation`.
    about: Option<Node<'v>>,
    position: Option<Position>,
    address: String,
    contact: Contact,
    periods: Periods,
    access: AccessFacts,
    prices: Localized,
    free: Tri,
    credit: String,
    changing_table: Tri,
}

impl<'v> Parts<'v> {
    fn of(object: Node<'v>, labels: &Labels, id: Id, title: Localized, notes: &mut Notes<'_>) -> Self {
        let settings = notes.settings;
        let managed = object.node("gestion");
        let updated = managed.and_then(|managed| instant(managed.text("dateModification")?, settings.zone));
        let owner = managed.and_then(|managed| managed.node("membreProprietaire")?.text("nom"));
        let credit = owner.map_or_else(|| SOURCE.to_owned(), |owner| format!("{}, {SOURCE}", one_line(owner)));
        let told = object.node("presentation");
        let summary = texts(told.and_then(|told| told.node("descriptifCourt")), one_line);
        let mut text = texts(told.and_then(|told| told.node("descriptifDetaille")), paragraphs);
        text.0.retain(|tag, long| summary.0.get(tag).is_none_or(|short| short.text != long.text));
        let about = about(object);
        let mut tags = words(about, labels);
        tags.extend(siret_of(object));
        let (contact, link) = contact(object, notes);
        let (prices, free) = prices(object);
        let day = updated.map(|at| at.date_naive());
        Self {
            about,
            position: position(object, notes),
            address: address(object),
            contact,
            periods: periods(object, notes),
            access: access(object, labels, SOURCE, day),
            prices,
            free,
            changing_table: has_changing_table(object, labels),
            common: Common {
                id,
                title,
                summary,
                text,
                tags,
                // Which licence an export stands under is agreed between its two sides.
                provenance: vec![Provenance {
                    source: SOURCE.to_owned(),
                    licence: String::new(),
                    credit: credit.clone(),
                    updated: updated.map(|at| at.to_utc()),
                    confidence: None,
                }],
                link: link.map_or_else(Localized::default, |link| Localized::one(ORIGINAL, link)),
                ..Common::default()
            },
            credit,
        }
    }
}

/// The part that belongs to the object's type, whichever it is.
fn about(object: Node<'_>) -> Option<Node<'_>> {
    let special = |key: &&String| key.strip_prefix("informations").is_some_and(|rest| !rest.is_empty());
    object.0.keys().filter(special).filter(|key| *key != "informationsLegales").find_map(|key| object.node(key))
}

/// All labels that say what it is: types, categories, themes, specialities. What else there is, a car park, says
/// nothing of the kind.
fn words(about: Option<Node<'_>>, labels: &Labels) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let references = about.into_iter().flat_map(|about| about.0.keys().flat_map(move |key| about.nodes(key)));
    for reference in references {
        // Whom an event is for, from the village or from the world, is the office's own affair.
        let kind = reference.text("elementReferenceType");
        if kind.is_none() || kind == Some("FeteEtManifestationPortee") {
            continue;
        }
        let word = french(&labels.of(reference)).to_owned();
        if !word.is_empty() && all.len() < TAGS_MAX && !all.contains(&word) {
            all.push(word);
        }
    }
    all
}

fn has_changing_table(object: Node<'_>, labels: &Labels) -> Tri {
    let offered = object.node("prestations").into_iter();
    let services = offered.flat_map(|offered| {
        ["services", "equipements", "conforts"].into_iter().flat_map(move |name| offered.nodes(name))
    });
    let mut words = services.map(|reference| french(&labels.of(reference)).to_lowercase());
    if words.any(|word| word.contains("table à langer")) { Tri::Yes } else { Tri::Unknown }
}

fn siret_of(object: Node<'_>) -> Option<String> {
    let legal = object.node("informations").and_then(|about| about.node("informationsLegales"))?;
    legal.text("siret").and_then(siret).map(|number| format!("siret:{number}"))
}

fn address(object: Node<'_>) -> String {
    let Some(address) = object.node("localisation").and_then(|place| place.node("adresse")) else {
        return String::new();
    };
    let lines = ["adresse1", "adresse2", "adresse3"].iter().filter_map(|name| address.text(name)).map(one_line);
    let town = address.node("commune").and_then(|town| town.text("nom")).map(one_line).unwrap_or_default();
    address_line(lines, address.text("codePostal").unwrap_or_default(), &town)
}

/// GeoJSON: longitude first. One that nobody confirmed is no position.
fn position(object: Node<'_>, notes: &mut Notes<'_>) -> Option<Position> {
    let geo = object.node("localisation")?.node("geolocalisation")?;
    if geo.value("valide").is_some_and(|valid| !is_set(valid)) {
        return None;
    }
    let mut numbers = geo.node("geoJson")?.all("coordinates").filter_map(Value::as_f64);
    let (lon, lat) = (numbers.next()?, numbers.next()?);
    let position = Position::new(lat, lon).filter(|_| (lat, lon) != (0.0, 0.0));
    if position.is_none() {
        notes.problem("localisation.geolocalisation", "no point on Earth", &format!("{lat}, {lon}"));
    }
    position
}

/// Contacts by their type; those of members and owners stand elsewhere and are not looked at.
fn contacts<'v>(of: Option<Node<'v>>, wanted: u64) -> impl Iterator<Item = &'v str> {
    let ways = of.into_iter().flat_map(|of| of.nodes("moyensCommunication"));
    ways.filter(move |way| way.node("type").and_then(id) == Some(wanted)).filter_map(|way| {
        let values = way.node("coordonnees");
        values.and_then(|values| values.text("fr").or_else(|| values.0.keys().find_map(|key| values.text(key))))
    })
}

fn contact(object: Node<'_>, notes: &mut Notes<'_>) -> (Contact, Option<String>) {
    let about = object.node("informations");
    let mut first = |kind: u64, read: fn(&str) -> Option<String>, reason: &str| {
        let texts: Vec<&str> = contacts(about, kind).collect();
        let found = texts.iter().find_map(|text| read(text));
        if let (None, Some(text)) = (&found, texts.first()) {
            notes.problem("informations.moyensCommunication", reason, text);
        }
        found
    };
    let phone = first(PHONE, phone, "no telephone number").unwrap_or_default();
    let email = first(EMAIL, email, "no e-mail address").unwrap_or_default();
    (Contact { phone, email }, first(WEBSITE, web, "no web address"))
}

/// Prices in words, and whether there are none.
fn prices(object: Node<'_>) -> (Localized, Tri) {
    let Some(prices) = object.node("descriptionTarif") else { return (Localized::default(), Tri::Unknown) };
    let words = texts(prices.node("tarifsEnClair"), paragraphs);
    let free = match prices.text("indicationTarif") {
        Some("GRATUIT") => Tri::Yes,
        Some("PAYANT") => Tri::No,
        _ if prices.value("gratuit").is_some_and(is_set) => Tri::Yes,
        _ => words.exact(ORIGINAL).map_or(Tri::Unknown, |text| free_in_words(&text.text)),
    };
    (words, free)
}

fn place(usual: PlaceKind, mut parts: Parts<'_>, notes: &mut Notes<'_>) -> Place {
    // A restaurant's terrace in a garden makes it no garden.
    let labels = &parts.common.tags;
    let kind = match usual {
        PlaceKind::Hotel => usual,
        PlaceKind::Restaurant => {
            let serves = [PlaceKind::Cafe, PlaceKind::Bar, PlaceKind::FastFood, PlaceKind::IceCream];
            kind_in_words(labels, |kind| serves.contains(&kind)).unwrap_or(usual)
        }
        _ => kind_in_words(labels, |_| true).unwrap_or(usual),
    };
    let hours = opening(&parts.periods.seasons, &parts.periods.closed, notes.settings.today());
    hours.tell_left_out("ouverture", notes);
    if hours.is_over {
        notes.problem("ouverture", "all its periods are over: ask the tourist office for new ones", "");
    }
    let hours = if parts.periods.is_shut { "off".to_owned() } else { hours.hours };
    append_section(&mut parts.common.text, "section-prices", &parts.prices);
    if hours.is_empty() || hours.contains("unknown") {
        append_section(&mut parts.common.text, "section-hours", &parts.periods.words);
    }
    Place {
        kind,
        position: parts.position,
        address: parts.address,
        hours,
        contact: parts.contact,
        fee: fee(kind, parts.free),
        changing_table: parts.changing_table,
        access: parts.access,
        named: true,
        common: parts.common,
    }
}

fn event(object: Node<'_>, mut parts: Parts<'_>, notes: &mut Notes<'_>) -> Event {
    let made = timings(&parts.periods.seasons, &parts.periods.closed, notes.settings);
    made.tell("ouverture", notes);
    // Where there are times, the office's sentence says them again.
    if parts.periods.seasons.iter().all(|season| season.spans.is_empty()) {
        append_section(&mut parts.common.text, "section-hours", &parts.periods.words);
    }
    let name = parts.about.and_then(|about| about.text("nomLieu")).map(one_line).unwrap_or_default();
    let is_somewhere = !name.is_empty() || !parts.address.is_empty() || parts.position.is_some();
    let is = |name: &str| parts.about.and_then(|about| about.value(name)).is_some_and(is_set);
    Event {
        kind: event_kind(french(&parts.common.title), &parts.common.tags, french(&parts.common.summary)),
        timings: made.all,
        location: is_somewhere.then_some(Location {
            name,
            address: parts.address,
            position: parts.position,
            place: None,
        }),
        status: match () {
            () if is("evenementAnnule") => EventStatus::Cancelled,
            () if is("evenementReporte") => EventStatus::Postponed,
            () if is("evenementComplet") => EventStatus::Full,
            () => EventStatus::Scheduled,
        },
        conditions: parts.prices,
        free: parts.free,
        ages: ages(object, notes),
        registration: registration(object, &parts.contact),
        access: parts.access,
        common: parts.common,
        ..Event::default()
    }
}

/// Ages, which Apidae gives in months, in years.
fn ages(object: Node<'_>, notes: &mut Notes<'_>) -> Option<[u8; 2]> {
    let offered = object.node("prestations")?;
    let years = |name: &str| offered.number(name).map(|months| (months / MONTHS_PER_YEAR).floor());
    let (min, max) = (years("ageMin"), years("ageMax"));
    if min.is_none() && max.is_none() {
        return None;
    }
    let (min, max) = (min.unwrap_or(0.0), max.unwrap_or(99.0).min(99.0));
    if !(0.0..=99.0).contains(&min) || max < min {
        let value = format!("{min} to {max} years");
        notes.problem("prestations.ageMin", "the youngest age in months stands first", &value);
        return None;
    }
    let ages = [min as u8, max as u8];
    (ages != [0, 99]).then_some(ages)
}

/// How to book: with those who take bookings, else with the organiser's public contact.
fn registration(object: Node<'_>, contact: &Contact) -> Vec<Registration> {
    let mut ways = Ways::default();
    let desks = object.node("reservation").into_iter().flat_map(|booking| booking.nodes("organismes"));
    for desk in desks {
        contacts(Some(desk), PHONE).for_each(|text| ways.add("phone", phone(text)));
        contacts(Some(desk), EMAIL).for_each(|text| ways.add("email", email(text)));
        contacts(Some(desk), WEBSITE).for_each(|text| ways.add("link", web(text)));
    }
    ways.or_with(contact)
}

/// A way with a length, a duration or a shape; equipment without one has an empty part of this name.
fn is_itinerary(way: Node<'_>) -> bool {
    ["distance", "dureeJournaliere", "denivellationPositive"]
        .iter()
        .any(|name| way.number(name).is_some_and(|n| n > 0.0))
        || way.text("itineraireType").is_some()
}

fn itinerary(way: Node<'_>, mut parts: Parts<'_>, notes: &mut Notes<'_>) -> Itinerary {
    let number = |name: &str| way.number(name).filter(|number| (0.1..1e6).contains(number));
    let whole = |number: f64| number.round() as u32;
    append_section(&mut parts.common.text, "section-prices", &parts.prices);
    append_section(&mut parts.common.text, "section-hours", &parts.periods.words);
    Itinerary {
        mode: mode(&parts.common.tags),
        // Kilometres.
        length_m: number("distance").map(|length| whole(length * 1000.0)),
        // Minutes.
        duration_min: number("dureeJournaliere").map(whole),
        climb_m: number("denivellationPositive").map(whole),
        circular: match way.text("itineraireType") {
            Some("BOUCLE" | "ALLER_RETOUR") => Tri::Yes,
            Some("ALLER_ITINERANCE" | "ITINERANCE" | "ALLER") => Tri::No,
            Some(other) => {
                notes.problem("itineraire.itineraireType", "no shape of this name is known", other);
                Tri::Unknown
            }
            None => Tri::Unknown,
        },
        position: parts.position,
        steps: Vec::new(),
        access: parts.access,
        common: parts.common,
    }
}
