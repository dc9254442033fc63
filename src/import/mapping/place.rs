use super::item::Reading;
use super::template::Template;
use super::written::First;
use crate::content::{Common, Contact, Place, Position};
use crate::import::geometry::{OUT_OF_RANGE, number_in, pair_in, point_of};
use crate::import::opening_hours_text::understood;
use crate::import::public_contact;
use serde_json::Value;

const NOWHERE: &str = "0, 0 is no place of a town: nobody has filled it in";
const NO_POSITION: &str = "a latitude and a longitude in degrees are expected";

/// The place that a row is.
pub fn place(reading: &mut Reading<'_>, common: Common) -> Place {
    let written = &reading.mapping.written;
    Place {
        common,
        kind: reading.choice(reading.mapping.choices.place.as_ref()).unwrap_or_default(),
        position: position(reading),
        address: reading.line(written.address.as_ref()),
        hours: hours(reading, written.hours.as_ref(), "hours"),
        contact: Contact {
            phone: phone(reading, written.contact.phone.as_ref(), "contact.phone"),
            email: contact(
                reading,
                written.contact.email.as_ref(),
                "contact.email",
                public_contact::email,
                "this is no e-mail address",
            ),
        },
        fee: reading.fact(written.fee.as_ref()),
        changing_table: reading.fact(written.changing_table.as_ref()),
        access: reading.access(),
        named: true,
    }
}

/// Where it is: as the mapping says, else the shape that came with the record.
pub fn position(reading: &mut Reading<'_>) -> Option<Position> {
    let record = reading.record;
    let (found, field, value) = match &reading.mapping.written.position {
        None => {
            let shape = record.geometry?;
            (point_of(shape), "geometry", shape.get("type").and_then(Value::as_str).unwrap_or_default().to_owned())
        }
        Some(place) => match (&place.lat, &place.lon, &place.field) {
            (Some(lat_field), Some(lon_field), _) => {
                let (lat, lon) = (record.text(lat_field)?, record.text(lon_field)?);
                let both = number_in(&lat).zip(number_in(&lon));
                let found = both.ok_or(NO_POSITION).and_then(|(lat, lon)| on_earth(lat, lon));
                (found, lat_field.as_str(), format!("{lat}, {lon}"))
            }
            (_, _, Some(field)) => {
                let value = record.value(field)?;
                let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                (in_field(value, place.first), field.as_str(), shown)
            }
            _ => return None,
        },
    };
    match found {
        Ok(Some(position)) if position.lat == 0.0 && position.lon == 0.0 => {
            reading.problem(field, NOWHERE, &value);
            None
        }
        Ok(position) => position,
        Err(reason) => {
            reading.problem(field, reason, &value);
            None
        }
    }
}

/// One field with both numbers, in whichever of the shapes that exports give it.
fn in_field(value: &Value, first: First) -> Result<Option<Position>, &'static str> {
    let number = |value: &Value| value.as_f64().or_else(|| number_in(value.as_str()?));
    let ordered = |pair: (f64, f64), first| match first {
        First::Lat => on_earth(pair.0, pair.1),
        First::Lon => on_earth(pair.1, pair.0),
    };
    match value {
        Value::Object(map) if map.contains_key("type") => point_of(value),
        Value::Object(map) => {
            let one = |names: [&str; 3]| names.iter().find_map(|name| map.get(*name)).and_then(number);
            let both =
                one(["lat", "latitude", "y"]).zip(one(["lon", "longitude", "x"]).or_else(|| number(map.get("lng")?)));
            both.ok_or(NO_POSITION).and_then(|(lat, lon)| on_earth(lat, lon))
        }
        Value::Array(pair) => match pair.as_slice() {
            [one, other] => {
                let both = number(one).zip(number(other));
                both.ok_or(NO_POSITION).and_then(|pair| ordered(pair, first))
            }
            _ => Err(NO_POSITION),
        },
        Value::String(text) => {
            let text = text.trim();
            if text.starts_with('{') {
                let shape = serde_json::from_str::<Value>(text).map_err(|_| NO_POSITION)?;
                return if shape.is_object() { in_field(&shape, first) } else { Err(NO_POSITION) };
            }
            // Well-known text has the longitude first, whatever the mapping says of other texts.
            let first = if text.to_ascii_uppercase().contains("POINT") { First::Lon } else { first };
            pair_in(text).ok_or(NO_POSITION).and_then(|pair| ordered(pair, first))
        }
        _ => Err(NO_POSITION),
    }
}

fn on_earth(lat: f64, lon: f64) -> Result<Option<Position>, &'static str> {
    Position::new(lat, lon).map(Some).ok_or(OUT_OF_RANGE)
}

/// Opening hours, when they can be understood.
pub fn hours(reading: &mut Reading<'_>, template: Option<&Template>, field: &str) -> String {
    let hours = reading.line(template);
    if hours.is_empty() {
        return hours;
    }
    understood(&hours).unwrap_or_else(|| {
        reading.problem(field, "opening hours in OpenStreetMap syntax are expected, like Mo-Fr 09:00-17:00", &hours);
        String::new()
    })
}

/// A telephone number; a value that is none is a problem.
pub fn phone(reading: &mut Reading<'_>, template: Option<&Template>, field: &str) -> String {
    contact(reading, template, field, public_contact::phone, "this is no telephone number")
}

/// A contact, when it is one and nothing else.
fn contact(
    reading: &mut Reading<'_>,
    template: Option<&Template>,
    field: &str,
    read: fn(&str) -> Option<String>,
    reason: &str,
) -> String {
    let text = reading.line(template);
    if text.is_empty() {
        return text;
    }
    read(&text).unwrap_or_else(|| {
        reading.problem(field, reason, &text);
        String::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_position_is_found_in_whatever_a_field_holds() {
        let albi = Position { lat: 43.93, lon: 2.15 };
        for (value, first) in [
            (json!({"lat": 43.93, "lon": "2,15"}), First::Lat),
            (json!({"latitude": 43.93, "lng": 2.15}), First::Lat),
            (json!([43.93, 2.15]), First::Lat),
            (json!(["2.15", "43.93"]), First::Lon),
            (json!("43.93, 2.15"), First::Lat),
            (json!("2.15 43.93"), First::Lon),
            (json!("POINT(2.15 43.93)"), First::Lat),
            (json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [2.15, 43.93]}}), First::Lat),
            (json!(r#"{"type": "Point", "coordinates": [2.15, 43.93]}"#), First::Lat),
        ] {
            assert_eq!(in_field(&value, first), Ok(Some(albi)), "{value}");
        }
        for value in [
            json!("ici"),
            json!([1]),
            json!([91, 2]),
            json!({"a": 1}),
            json!(true),
            json!("{"),
            json!("{\"a\":\"{}\"}"),
        ] {
            assert!(in_field(&value, First::Lat).is_err(), "{value}");
        }
    }
}
