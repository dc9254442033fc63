use super::values::{count, flag, id};
use crate::content::{Id, Problem};
use crate::import::json_fields::Fields;
use serde_json::Value;
use std::collections::HashMap;

/// What a kind of vehicle is (GBFS, vehicle_types.json).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VehicleType {
    pub is_bicycle: bool,
    pub is_electric: bool,
}

/// Kinds of vehicles by id.
pub type VehicleTypes = HashMap<String, VehicleType>;

/// One element of vehicle_types.json.
pub fn vehicle_type(value: &Value) -> Option<(String, VehicleType)> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    let is_bicycle = matches!(text("form_factor"), "bicycle" | "cargo_bicycle");
    let is_electric = matches!(text("propulsion_type"), "electric_assist" | "electric");
    Some((id(value.get("vehicle_type_id"))?, VehicleType { is_bicycle, is_electric }))
}

/// What stands at a station now (GBFS, station_status.json).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Status {
    pub bikes: Option<u32>,
    /// Of the bikes.
    pub electric: u32,
    pub docks: Option<u32>,
    /// `None`: nobody says, so it is.
    pub is_installed: Option<bool>,
    pub is_renting: Option<bool>,
    pub is_returning: Option<bool>,
}

/// One element of station_status.json; `None`, with a problem, without a usable id.
pub fn status(
    value: Option<&Value>,
    types: &VehicleTypes,
    source: &str,
    problems: &mut Vec<Problem>,
) -> Option<(String, Status)> {
    let map = value.and_then(Value::as_object);
    let Some((map, station)) = map.and_then(|map| Some((map, id(map.get("station_id"))?))) else {
        let reason = "the status of a station needs its station_id";
        problems.push(Problem::new(source, "station_status", "station_id", reason));
        return None;
    };
    let shown = Id(station.clone());
    let mut fields = Fields { map, part: "", source, language: "", id: &shown, problems };
    // Version 3 calls vehicles what were bikes before.
    let all = count(&mut fields, "num_vehicles_available").or_else(|| count(&mut fields, "num_bikes_available"));
    let (bikes, electric) = bicycles(&mut fields, types).map_or((all, 0), |(bikes, electric)| (Some(bikes), electric));
    let status = Status {
        bikes,
        electric,
        docks: count(&mut fields, "num_docks_available"),
        is_installed: flag(&mut fields, "is_installed"),
        is_renting: flag(&mut fields, "is_renting"),
        is_returning: flag(&mut fields, "is_returning"),
    };
    Some((station, status))
}

/// How many of the vehicles are bicycles, and how many of these electric, where their kinds are known.
fn bicycles(fields: &mut Fields<'_>, types: &VehicleTypes) -> Option<(u32, u32)> {
    let available = fields.value("vehicle_types_available")?.as_array()?;
    let (mut bikes, mut electric) = (0_u32, 0_u32);
    for kind in available {
        let known = types.get(&id(kind.get("vehicle_type_id"))?)?;
        let count = u32::try_from(kind.get("count")?.as_u64()?).ok()?;
        if known.is_bicycle {
            bikes = bikes.checked_add(count)?;
            electric = electric.checked_add(if known.is_electric { count } else { 0 })?;
        }
    }
    Some((bikes, electric))
}
