use crate::content::{AlertArea, AreaCode, Circle, Localized, Outline, Position};
use crate::import::Settings;
use crate::import::notes::Notes;
use crate::import::plain_text::one_line;
use crate::import::xml::Element;

/// Codes in one alert: all communes of some regions.
pub const CODES_MAX: usize = 2000;
/// Points of outlines in one alert.
pub const POINTS_MAX: usize = 8000;
/// Areas in one alert.
pub const AREAS_MAX: usize = 300;
/// The longest name of an area, in characters.
const NAME_MAX: usize = 500;

/// The areas of an `info` (CAP 1.2, 3.2.4).
pub fn read(info: &Element, language: &str, notes: &mut Notes<'_>) -> Vec<AlertArea> {
    let areas = info.children_named("area").map(|area| {
        let polygons = area.texts_of("polygon").filter_map(|text| outline(text, notes)).collect();
        let circles = area.texts_of("circle").filter_map(|text| circle(text, notes)).collect();
        let codes = area.children_named("geocode").filter_map(named_value);
        let codes = codes.map(|(scheme, value)| AreaCode { scheme, value }).collect();
        let name: String = area.text_of("areaDesc").map(one_line).unwrap_or_default();
        let name: String = name.chars().take(NAME_MAX).collect();
        let name = if name.is_empty() { Localized::default() } else { Localized::one(language, name) };
        AlertArea { name, polygons, circles, codes }
    });
    areas.collect()
}

/// `valueName` and `value`, or "name=value" in one as CAP 1.0 had it.
pub fn named_value(element: &Element) -> Option<(String, String)> {
    let pair = match (element.text_of("valueName"), element.text_of("value")) {
        (name, Some(value)) => (name.unwrap_or_default(), value),
        _ => element.text.trim().split_once('=')?,
    };
    let (name, value) = (one_line(pair.0), one_line(pair.1));
    (!value.is_empty() && name.len() + value.len() < 1000).then_some((name, value))
}

/// "lat,lon": latitude first, unlike most formats.
fn point(text: &str) -> Option<Position> {
    let (lat, lon) = text.split_once(',')?;
    Position::new(lat.trim().parse().ok()?, lon.trim().parse().ok()?)
}

fn outline(text: &str, notes: &mut Notes<'_>) -> Option<Outline> {
    let mut points = Vec::new();
    // Some write a space behind the comma too.
    for pair in text.replace(", ", ",").split_whitespace() {
        let Some(point) = point(pair) else {
            notes.problem("info.area.polygon", "latitude,longitude is expected: the polygon is not taken", pair);
            return None;
        };
        points.push(point);
    }
    if points.len() >= 3 && points.first() != points.last() {
        notes.problem("info.area.polygon", "its last point is not its first: closed", text);
        points.extend(points.first().copied());
    }
    let outline = Outline::new(points);
    if outline.is_none() {
        notes.problem("info.area.polygon", "a polygon has four points or more, the last the same as the first", text);
    }
    outline
}

/// "lat,lon radius", the radius in kilometres.
fn circle(text: &str, notes: &mut Notes<'_>) -> Option<Circle> {
    let mut parts = text.split_whitespace();
    let centre = parts.next().and_then(point);
    let radius = parts.next().and_then(|radius| radius.parse().ok());
    let circle = centre.zip(radius).and_then(|(centre, radius_km)| Circle::new(centre, radius_km));
    if circle.is_none() {
        notes.problem("info.area.circle", "latitude,longitude and a radius above 0 in kilometres are expected", text);
    }
    circle
}

/// Whether what holds in these areas concerns the town; also where that cannot be told.
pub fn concern(areas: &[AlertArea], settings: &Settings) -> bool {
    let verdicts: Vec<Option<bool>> = areas.iter().map(|area| verdict(area, settings)).collect();
    verdicts.is_empty() || verdicts.iter().any(|verdict| *verdict != Some(false))
}

/// Whether an area holds the town, by its shape or by its codes; `None` where neither tells.
fn verdict(area: &AlertArea, settings: &Settings) -> Option<bool> {
    let by_shape = settings.position.and_then(|position| area.contains(position));
    let listed = |code: &AreaCode| settings.codes.iter().any(|wanted| wanted.trim().eq_ignore_ascii_case(&code.value));
    let can_tell = !settings.codes.is_empty() && !area.codes.is_empty();
    let by_code = can_tell.then(|| area.codes.iter().any(listed));
    match (by_shape, by_code) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (None, None) => None,
        _ => Some(false),
    }
}

/// Adds the areas of another `info` about the same: what is there already only gets its name in that language.
pub fn add(areas: &mut Vec<AlertArea>, more: Vec<AlertArea>, language: &str) {
    for area in more {
        let known = areas.iter_mut().take(AREAS_MAX).find(|known| {
            same_shape(known, &area) && (known.name.exact(language).is_none() || known.name == area.name)
        });
        match known {
            Some(known) => known.name.0.extend(area.name.0),
            None => areas.push(area),
        }
    }
}

fn same_shape(one: &AlertArea, other: &AlertArea) -> bool {
    one.codes == other.codes && one.circles == other.circles && one.polygons == other.polygons
}

/// Whether every one of these areas is among the others, whatever it is called.
pub fn are_among(areas: &[AlertArea], others: &[AlertArea]) -> bool {
    areas.iter().take(AREAS_MAX).all(|area| others.iter().take(AREAS_MAX).any(|other| same_shape(area, other)))
}

/// Keeps an alert within what a screen reads. An area that loses part of its shape loses all of it: it then holds
/// wherever its name says, not in the part that happened to stand first.
pub fn within_limits(areas: &mut Vec<AlertArea>, notes: &mut Notes<'_>) {
    if areas.len() > AREAS_MAX {
        notes.problem("info.area", "more areas than a screen reads: the alert is taken to hold everywhere", "");
        areas.clear();
    }
    let (mut points, mut codes) = (0, 0);
    for area in areas {
        points += area.polygons.iter().map(|outline| outline.points().len()).sum::<usize>() + area.circles.len();
        codes += area.codes.len();
        if points > POINTS_MAX {
            notes.problem("info.area.polygon", "more points than a screen reads: without a shape", "");
            area.polygons.clear();
            area.circles.clear();
        }
        if codes > CODES_MAX {
            notes.problem("info.area.geocode", "more codes than a screen reads: without codes", "");
            area.codes.clear();
        }
    }
}
