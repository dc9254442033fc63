use super::access::access;
use super::kinds::{Class, class, is_circular, types};
use super::located::{Located, located, weekdays};
use super::offers::prices;
use super::pictures::pictures;
use super::texts::{field, term, texts};
use crate::content::{
    AccessFacts, Common, Contact, Event, EventKind, Id, Item, Itinerary, ItineraryMode, Localized, Location, Place,
    PlaceKind, Provenance, Registration, Tri,
};
use crate::import::Settings;
use crate::import::booking::Ways;
use crate::import::entrance_fee::fee;
use crate::import::event_words::event_kind;
use crate::import::french_originals::{ORIGINAL, french};
use crate::import::job::Made;
use crate::import::json_node::Node;
use crate::import::local_time::in_zone;
use crate::import::notes::Notes;
use crate::import::plain_text::one_line;
use crate::import::public_contact::{email, phone, siret, web};
use crate::import::record_id::record_id;
use crate::import::seasons::{Season, Span, clock, date, timings};
use crate::import::sentences::append_section;
use chrono::{DateTime, NaiveTime, Utc};
use serde_json::Value;

const SOURCE: &str = "DATAtourisme";
/// The whole national platform stands under it.
const LICENCE: &str = "Licence Ouverte 2.0";
/// The most words that anybody searches one thing by.
const TAGS_MAX: usize = 50;
/// A walk shorter than this in metres was written down in kilometres.
const SHORT_METRES: f64 = 200.0;

/// Reads one object of a flux or of the catalogue; `None` stands for one that is larger than any is.
pub fn read(source: &str, settings: &Settings, object: Option<&Value>) -> Made {
    let mut notes = Notes::new(source, settings);
    let Some(value) = object else { return notes.left_out("", "larger than any object is", "") };
    let Some(map) = value.as_object() else { return notes.left_out("", "an object is expected", "") };
    let object = Node(map);
    let Some(id) = id_of(object) else { return notes.left_out("@id", "it has no id", "") };
    notes.record.clone_from(&id.0);
    let title = field(object, "label", one_line);
    if title.is_empty() {
        return notes.left_out("rdfs:label", "it has no title", "");
    }
    let types = types(object);
    let Some(class) = class(&types) else {
        return notes.left_out("@type", "not a point of interest", &types.join(", "));
    };
    if class == Class::Place(None) {
        let reason = "none of its types is known: it is shown as a place of no particular kind";
        notes.problem("@type", reason, &types.join(", "));
    }
    let mut parts = Parts::of(object, id, title, &mut notes);
    let pictures = pictures(object, &parts.maker, settings.today(), &mut notes);
    let item = match class {
        Class::Event(kind) => Item::Event(event(object, kind, parts, &mut notes)),
        Class::Itinerary(mode) => Item::Itinerary(itinerary(object, mode, parts, &mut notes)),
        Class::Place(kind) => {
            parts.tags.extend(siret_of(object));
            Item::Place(place(kind.unwrap_or_default(), parts))
        }
    };
    Made { item: Some((item, pictures)), problems: notes.problems }
}

/// The last part of its address (`@id`), which a flux and the catalogue have in common.
fn id_of(object: Node<'_>) -> Option<Id> {
    let address = object.text("id").or_else(|| object.text("uri"));
    let last = address.and_then(|address| address.trim_end_matches('/').rsplit('/').next());
    let own = last.or_else(|| object.text("uuid")).or_else(|| object.text("identifier"))?;
    Some(record_id("datatourisme", own))
}

/// What objects of every class have.
struct Parts {
    common: Common,
    tags: Vec<String>,
    maker: String,
    located: Located,
    contact: Contact,
    access: AccessFacts,
    prices: super::offers::Prices,
}

impl Parts {
    fn of(object: Node<'_>, id: Id, title: Localized, notes: &mut Notes<'_>) -> Self {
        let settings = notes.settings;
        let updated =
            ["lastUpdate", "lastUpdateDatatourisme"].iter().find_map(|name| instant(object.text(name)?, settings));
        let (summary, text) = texts(object);
        let maker = ["hasBeenCreatedBy", "hasBeenPublishedBy"].iter().find_map(|by| object.node(by)?.text("legalName"));
        let maker = maker.map(one_line).unwrap_or_default();
        let credit = if maker.is_empty() { SOURCE.to_owned() } else { format!("{maker}, {SOURCE}") };
        let (contact, link) = contact(object, notes);
        let day = updated.map(|at| at.with_timezone(&settings.zone).date_naive());
        Self {
            located: located(object, settings.today(), notes),
            access: access(object, SOURCE, day),
            prices: prices(object),
            tags: tags(object),
            contact,
            common: Common {
                id,
                title,
                summary,
                text,
                provenance: vec![Provenance {
                    source: SOURCE.to_owned(),
                    licence: LICENCE.to_owned(),
                    credit: credit.clone(),
                    updated,
                    confidence: None,
                }],
                link: link.map_or_else(Localized::default, |link| Localized::one(ORIGINAL, link)),
                ..Common::default()
            },
            maker: credit,
        }
    }

    /// The fields that all have, with what stands nowhere else added to the long text.
    fn common(&mut self, with_prices: bool) -> Common {
        let mut common = std::mem::take(&mut self.common);
        if with_prices {
            append_section(&mut common.text, "section-prices", &self.prices.words);
        }
        append_section(&mut common.text, "section-hours", &self.located.hours_in_words);
        common.tags = std::mem::take(&mut self.tags);
        common
    }
}

/// A date, or an instant.
fn instant(text: &str, settings: &Settings) -> Option<DateTime<Utc>> {
    let whole = || DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc());
    whole().or_else(|| Some(in_zone(date(text)?.and_time(NaiveTime::MIN), settings.zone)?.to_utc()))
}

/// How the public reaches it. A number that is none is said; people's names are not read at all.
fn contact(object: Node<'_>, notes: &mut Notes<'_>) -> (Contact, Option<String>) {
    let agents: Vec<Node<'_>> = object.nodes("hasContact").chain(object.nodes("hasBookingContact")).collect();
    let mut first = |name: &str, read: fn(&str) -> Option<String>, reason: &str| {
        let texts: Vec<&str> = agents.iter().flat_map(|agent| agent.texts(name)).collect();
        let found = texts.iter().find_map(|text| read(text));
        if let (None, Some(text)) = (&found, texts.first()) {
            notes.problem(&format!("hasContact.{name}"), reason, text);
        }
        found
    };
    let phone = first("telephone", phone, "no telephone number").unwrap_or_default();
    let email = first("email", email, "no e-mail address").unwrap_or_default();
    let link = first("homepage", web, "no web address");
    (Contact { phone, email }, link)
}

/// Themes, styles, cuisines and labels, as visitors of the town's own language search for them, and the keys by which
/// other sources know the same thing.
fn tags(object: Node<'_>) -> Vec<String> {
    let terms =
        ["hasTheme", "hasArchitecturalStyle", "providesCuisineOfType"].iter().flat_map(|name| object.nodes(name));
    let reviews = object.nodes("hasReview").filter_map(|review| review.node("hasReviewValue"));
    let words = terms.chain(reviews).map(|node| french(&term(node)).to_owned());
    let wikidata = object.texts("sameAs").chain(object.nodes("sameAs").filter_map(|node| node.text("id")));
    let wikidata = wikidata.filter(|text| text.contains("wikidata.org")).filter_map(|text| {
        let name = text.rsplit(['/', ':']).next()?;
        let is_item = name
            .strip_prefix('Q')
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
        is_item.then(|| format!("wikidata:{name}"))
    });
    let mut all: Vec<String> = Vec::new();
    for word in words.chain(wikidata).filter(|word| !word.is_empty()) {
        if all.len() < TAGS_MAX && !all.contains(&word) {
            all.push(word);
        }
    }
    all
}

/// The register number, where it is the place's own: that of an owner of the same name, or of its contact.
fn siret_of(object: Node<'_>) -> Option<String> {
    let title = field(object, "label", one_line);
    let is_same = |owner: &Node<'_>| {
        let name = owner.text("legalName").map(str::to_lowercase);
        name.is_some_and(|name| title.exact(ORIGINAL).is_some_and(|title| title.text.to_lowercase() == name))
    };
    let owners = object.nodes("isOwnedBy").filter(is_same);
    let mut agents = std::iter::once(object).chain(object.nodes("hasContact")).chain(owners);
    agents.find_map(|agent| agent.text("siret").and_then(siret)).map(|number| format!("siret:{number}"))
}

fn place(kind: PlaceKind, mut parts: Parts) -> Place {
    Place {
        common: parts.common(true),
        kind,
        position: parts.located.position,
        address: parts.located.address,
        hours: parts.located.hours,
        contact: parts.contact,
        fee: fee(kind, parts.prices.free),
        changing_table: Tri::Unknown,
        access: parts.access,
        named: true,
    }
}

fn event(object: Node<'_>, kind: Option<EventKind>, mut parts: Parts, notes: &mut Notes<'_>) -> Event {
    let timings = timings(&seasons(object, notes), &[], notes.settings);
    timings.tell("takesPlaceAt", notes);
    let common = parts.common(false);
    let by_words = || {
        let summary = common.summary.exact(ORIGINAL).map_or("", |summary| summary.text.as_str());
        event_kind(french(&common.title), &common.tags, summary)
    };
    let Located { position, address, .. } = parts.located;
    let is_somewhere = position.is_some() || !address.is_empty();
    Event {
        kind: kind.unwrap_or_else(by_words),
        timings: timings.all,
        location: is_somewhere.then_some(Location { name: String::new(), address, position, place: None }),
        registration: registration(object, &parts.contact, &common.link),
        conditions: parts.prices.words,
        free: parts.prices.free,
        access: parts.access,
        common,
        ..Event::default()
    }
}

/// Dates of an event (`takesPlaceAt`); older files give begins and ends in two lists of the event itself.
fn seasons(object: Node<'_>, notes: &mut Notes<'_>) -> Vec<Season> {
    let mut all: Vec<Season> = object.nodes("takesPlaceAt").filter_map(|period| season(period, notes)).collect();
    if all.is_empty() {
        let ends: Vec<&str> = object.texts("endDate").collect();
        for (at, begin) in object.texts("startDate").enumerate() {
            let (from, to) = (date(begin), ends.get(at).and_then(|end| date(end)));
            match from {
                Some(from) => {
                    all.push(Season { from: Some(from), to: Some(to.unwrap_or(from).max(from)), ..Season::default() });
                }
                None => notes.problem("startDate", "a date is expected", begin),
            }
        }
    }
    all
}

fn season(period: Node<'_>, notes: &mut Notes<'_>) -> Option<Season> {
    let begin = period.text("startDate").or_else(|| period.text("endDate"));
    let Some(from) = begin.and_then(date) else {
        notes.problem("takesPlaceAt.startDate", "a date is expected", begin.unwrap_or_default());
        return None;
    };
    let end = period.text("endDate");
    let to = end.and_then(date).unwrap_or(from);
    if to < from {
        notes.problem("takesPlaceAt.endDate", "it ends before it begins", end.unwrap_or_default());
        return None;
    }
    let time = |name: &str| period.text(name).and_then(clock);
    let span = match (time("startTime"), time("endTime")) {
        // From midnight to midnight is how forms write a day without times.
        (Some(NaiveTime::MIN), None | Some(NaiveTime::MIN)) | (None, _) => None,
        (Some(NaiveTime::MIN), Some(closes)) if closes.format("%H:%M").to_string() == "23:59" => None,
        (Some(opens), closes) => Some(Span { opens, closes }),
    };
    let days = weekdays(period, "appliesOnDay");
    Some(Season { from: Some(from), to: Some(to), yearly: false, days, spans: span.into_iter().collect() })
}

/// How to book; without a contact for that, the event's own.
fn registration(object: Node<'_>, contact: &Contact, link: &Localized) -> Vec<Registration> {
    let mut ways = Ways::default();
    for agent in object.nodes("hasBookingContact") {
        agent.texts("telephone").for_each(|text| ways.add("phone", phone(text)));
        agent.texts("email").for_each(|text| ways.add("email", email(text)));
        agent.texts("homepage").for_each(|text| {
            ways.add("link", web(text).filter(|url| link.exact(ORIGINAL).is_none_or(|own| own.text != *url)));
        });
    }
    ways.or_with(contact)
}

fn itinerary(object: Node<'_>, mode: ItineraryMode, mut parts: Parts, notes: &mut Notes<'_>) -> Itinerary {
    let mut number = |name: &str| {
        let number = object.number(name);
        if number.is_none()
            && let Some(text) = object.text(name)
        {
            notes.problem(name, "a number is expected", text);
        }
        number.filter(|number| (0.0..1e7).contains(number))
    };
    let (duration, climb) = (number("duration"), number("positiveCumulDifference"));
    let length = number("tourDistance").filter(|length| *length > 0.0).map(|length| {
        if length >= SHORT_METRES {
            return length;
        }
        notes.problem("tourDistance", "metres are expected: it is taken for kilometres", &length.to_string());
        length * 1000.0
    });
    let whole = |number: f64| number.round() as u32;
    Itinerary {
        common: parts.common(true),
        mode,
        length_m: length.map(whole),
        duration_min: duration.filter(|minutes| *minutes > 0.0).map(whole),
        climb_m: climb.map(whole),
        circular: match is_circular(object) {
            Some(true) => Tri::Yes,
            Some(false) => Tri::No,
            None => Tri::Unknown,
        },
        position: parts.located.position,
        steps: Vec::new(),
        access: parts.access,
    }
}
