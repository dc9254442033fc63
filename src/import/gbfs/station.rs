use super::system::System;
use super::values::{address, count, flag, id, name};
use crate::content::{Common, Contact, Id, Localized, Origin, Place, PlaceKind, Position, Problem};
use crate::import::json_fields::Fields;
use crate::import::plain_text::one_line;
use crate::import::sentences::{in_every_language, joined};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// A place where bicycles are hired (GBFS, station_information.json).
#[derive(Clone, Debug)]
pub struct Station {
    pub id: String,
    pub place: Place,
    /// An area on the ground, without docks.
    pub is_virtual: bool,
}

/// One element of station_information.json.
///
/// # Errors
/// The record, the field and the reason where it is no station.
pub fn station(
    value: Option<&Value>,
    system: &System,
    source: &str,
    updated: Option<DateTime<Utc>>,
    problems: &mut Vec<Problem>,
) -> Result<Station, (String, &'static str, &'static str)> {
    let value = value.ok_or((String::new(), "", "larger than any station is, or one of too many"))?;
    let map = value.as_object().ok_or((String::new(), "", "a station is an object"))?;
    let station_id =
        id(map.get("station_id")).ok_or((String::new(), "station_id", "a station needs its station_id"))?;
    let shown = Id(station_id.clone());
    let mut fields = Fields { map, part: "", source, language: &system.language, id: &shown, problems };
    let title = name(&mut fields, "name");
    let title = if title.is_empty() { name(&mut fields, "short_name") } else { title };
    let is_virtual = flag(&mut fields, "is_virtual_station") == Some(true);
    let text = |key: &str| fields.text(key).map(one_line).unwrap_or_default();
    let own_phone = text("contact_phone");
    let hours = Some(text("station_opening_hours")).filter(|hours| !hours.is_empty());
    let street = [text("address"), text("post_code")].into_iter().filter(|part| !part.is_empty());
    let place = Place {
        kind: PlaceKind::BicycleRental,
        position: position(&mut fields),
        address: street.collect::<Vec<_>>().join(", "),
        hours: hours.unwrap_or_else(|| system.hours.clone()),
        contact: Contact {
            phone: if own_phone.is_empty() { system.contact.phone.clone() } else { own_phone },
            email: system.contact.email.clone(),
        },
        named: true,
        common: Common {
            id: system.record(&station_id),
            title,
            summary: summary(count(&mut fields, "capacity"), is_virtual),
            provenance: vec![system.provenance(updated)],
            link: link(&mut fields, system),
            ..Common::default()
        },
        ..Place::default()
    };
    Ok(Station { id: station_id, place, is_virtual })
}

fn position(fields: &mut Fields<'_>) -> Option<Position> {
    let (lat, lon) = (fields.number("lat"), fields.number("lon"));
    let on_earth = lat.zip(lon).filter(|both| *both != (0.0, 0.0)).and_then(|(lat, lon)| Position::new(lat, lon));
    if on_earth.is_none() {
        let value = fields.value("lat");
        fields.problem("lat", "lat and lon are no point on Earth", value);
    }
    on_earth
}

/// "Room for 20 bikes."
fn summary(capacity: Option<u32>, is_virtual: bool) -> Localized {
    let room = capacity.filter(|capacity| *capacity > 0);
    let room = room.map(|count| in_every_language("transit-bikes-room", |_| vec![("count", count.into())]));
    let area = is_virtual.then(|| in_every_language("transit-bikes-area", |_| Vec::new()));
    let parts: Vec<Localized> = area.into_iter().chain(room).collect();
    joined(&parts)
}

/// The station's own page for hiring, else the system's.
fn link(fields: &mut Fields<'_>, system: &System) -> Localized {
    let own = fields.value("rental_uris").and_then(Value::as_object).and_then(|uris| {
        let uris = fields.part(uris, "rental_uris.");
        address(&uris, "web")
    });
    let url = own.or_else(|| system.link.clone());
    url.map_or_else(Localized::default, |url| Localized::one(&system.language, url))
}

/// The name of an element of station_information.json in a further language.
pub fn further_name(value: Option<&Value>) -> Option<(String, String)> {
    let value = value?;
    let name = value.get("name").and_then(Value::as_str).map(one_line).filter(|name| !name.is_empty());
    Some((id(value.get("station_id"))?, name?))
}

/// Adds a name where it is another than those that are known.
pub fn add_name(title: &mut Localized, language: &str, name: String) {
    if title.0.values().all(|known| known.text != name) {
        title.insert(language, name, Origin::Original);
    }
}
