use super::texts::{field, key};
use crate::content::{Localized, Position};
use crate::import::address::address_line;
use crate::import::french_originals::french;
use crate::import::json_node::Node;
use crate::import::notes::Notes;
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::seasons::{Day, Opening, Season, Span, clock, date, opening};
use chrono::{NaiveDate, NaiveTime, Weekday};
use serde_json::Value;

/// Where an object is, and when one may come.
#[derive(Debug, Default)]
pub struct Located {
    pub position: Option<Position>,
    pub address: String,
    /// OpenStreetMap syntax.
    pub hours: String,
    /// Hours in words, where the source has no others.
    pub hours_in_words: Localized,
}

/// The most texts about hours that are kept: sources repeat one on each of a hundred lines.
const TEXTS_MAX: usize = 3;

/// Reads `isLocatedAt`: position and address of the first place that has them, and the hours as seen from `today`.
pub fn located(object: Node<'_>, today: NaiveDate, notes: &mut Notes<'_>) -> Located {
    let places: Vec<Node<'_>> = object.nodes("isLocatedAt").collect();
    let address = places.iter().map(|place| address(*place)).find(|address| !address.is_empty());
    let mut seasons = Vec::new();
    let mut told: Vec<(Node<'_>, &str)> = Vec::new();
    for place in &places {
        for hours in place.nodes("openingHoursSpecification") {
            if let Some(season) = season(hours, notes) {
                if season.to.is_none_or(|to| to >= today) {
                    told.push((hours, "additionalInformation"));
                }
                seasons.push(season);
            }
        }
        told.push((*place, "textOpeningHoursSpecification"));
    }
    let opening = opening(&seasons, &[], today);
    opening.tell_left_out("openingHoursSpecification", notes);
    let Opening { hours, is_over, .. } = opening;
    if is_over {
        let last = seasons.iter().filter_map(|season| season.to).max();
        let reason = "all its opening hours are over: ask the tourist office for new ones";
        notes.problem("openingHoursSpecification", reason, &last.map(|last| last.to_string()).unwrap_or_default());
    }
    let in_words = if hours.is_empty() || hours.contains("unknown") { once(&told) } else { Localized::default() };
    Located {
        position: position(&places, notes),
        address: address.unwrap_or_default(),
        hours,
        hours_in_words: in_words,
    }
}

fn position(places: &[Node<'_>], notes: &mut Notes<'_>) -> Option<Position> {
    for geo in places.iter().flat_map(|place| place.nodes("geo")) {
        let (Some(lat), Some(lon)) = (geo.number("latitude"), geo.number("longitude")) else { continue };
        if (lat, lon) == (0.0, 0.0) {
            continue;
        }
        match Position::new(lat, lon) {
            Some(position) => return Some(position),
            None => notes.problem("isLocatedAt.geo", "no point on Earth", &format!("{lat}, {lon}")),
        }
    }
    None
}

/// "21, avenue Foch, 19400 Argentat-sur-Dordogne"
pub fn address(place: Node<'_>) -> String {
    let Some(address) = place.node("address") else { return String::new() };
    let town = address.text("addressLocality").map(one_line).or_else(|| {
        let city = field(address.node("hasAddressCity")?, "label", one_line);
        Some(french(&city).to_owned())
    });
    let code = address.text("postalCode").unwrap_or_default();
    address_line(address.texts("streetAddress").map(one_line), code, &town.unwrap_or_default())
}

/// One line of opening hours (`schema:OpeningHoursSpecification`). Both times at midnight are a form left empty.
fn season(hours: Node<'_>, notes: &mut Notes<'_>) -> Option<Season> {
    let mut day = |name: &str| {
        let text = hours.text(name)?;
        let day = date(text);
        if day.is_none() {
            notes.problem(&format!("openingHoursSpecification.{name}"), "a date is expected", text);
        }
        day
    };
    let (from, to) = (day("validFrom"), day("validThrough"));
    let time = |name: &str| hours.text(name).and_then(clock);
    let span = match (time("opens"), time("closes")) {
        (Some(NaiveTime::MIN), Some(NaiveTime::MIN) | None) | (None, _) => None,
        (Some(opens), closes) => Some(Span { opens, closes }),
    };
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        let value = hours.text("validThrough").unwrap_or_default();
        notes.problem("openingHoursSpecification.validThrough", "it ends before it begins", value);
        return None;
    }
    Some(Season { from, to, yearly: false, days: weekdays(hours, "dayOfWeek"), spans: span.into_iter().collect() })
}

/// Days of the week as terms (`schema:Monday`) or as plain words.
pub fn weekdays(node: Node<'_>, name: &str) -> Vec<Day> {
    let terms = node.nodes(name).map(key).chain(node.texts(name));
    let names = terms.map(|name| name.rsplit([':', '/']).next().unwrap_or(name));
    let mut days: Vec<Day> =
        names.filter_map(|name| name.parse::<Weekday>().ok()).map(|weekday| Day { weekday, nth: None }).collect();
    days.sort_by_key(|day| day.weekday.num_days_from_monday());
    days.dedup();
    days
}

/// Several texts after one another, each once.
fn once(told: &[(Node<'_>, &str)]) -> Localized {
    let mut all = Localized::default();
    let mut seen: Vec<&Value> = Vec::new();
    for (node, name) in told {
        let Some(value) = node.value(name).filter(|value| !seen.contains(value)) else { continue };
        if seen.len() >= TEXTS_MAX {
            break;
        }
        seen.push(value);
        for (language, part) in field(*node, name, paragraphs).0 {
            let before = all.exact(&language).map(|before| format!("{}\n\n", before.text)).unwrap_or_default();
            all.insert(&language, before + &part.text, part.origin);
        }
    }
    all
}
