use super::draft::Draft;
use super::names::{MAIN_LANGUAGE, names};
use super::outline::Outline;
use super::reading::{OsmData, Tags};
use crate::content::{Localized, Origin, PlaceKind, Position};
use crate::import::geometry::metres;
use crate::import::sentences::{in_every_language, in_language};
use crate::language::Language;
use std::collections::HashMap;

/// Nothing farther away than this says where something is.
const REACH_M: f64 = 300.0;
/// Edges of cells that hold the landmarks, in degrees: about [`REACH_M`] at 60 degrees north.
const CELL_DEGREES: f64 = 0.006;
/// Points along a line or outline lie at most this far apart.
const STEP_M: f64 = 25.0;
/// Cells that one area may cover.
const AREA_CELLS_MAX: i64 = 400;

/// A named thing that people find their way by.
struct Landmark {
    name: Localized,
    outline: Option<Outline>,
    /// How many metres farther away it may seem before another is the better choice.
    handicap_m: f64,
}

/// Finds the best-known thing close to a position.
#[derive(Default)]
pub struct Landmarks {
    all: Vec<Landmark>,
    points: HashMap<(i64, i64), Vec<(Position, usize)>>,
    areas: HashMap<(i64, i64), Vec<usize>>,
}

impl Landmarks {
    /// Named places, squares and streets.
    pub fn new(data: &OsmData, drafts: &[Draft]) -> Self {
        let mut landmarks = Self::default();
        for draft in drafts.iter().filter(|draft| draft.place.named) {
            if let Some(handicap_m) = handicap_m(draft.place.kind) {
                let name = draft.place.common.title.clone();
                landmarks.add(name, draft.outline.clone(), handicap_m, &[draft.position]);
            }
        }
        for node in data.tagged.iter().filter(|node| node.tags.is("place", "square")) {
            landmarks.add(names(&node.tags), None, 0.0, &[node.position]);
        }
        for way in &data.ways {
            let is_square = way.tags.is("place", "square");
            if is_square || is_street(&way.tags) {
                let line = data.line(way);
                let outline = if is_square { Outline::new(&line) } else { None };
                landmarks.add(names(&way.tags), outline, if is_square { 0.0 } else { 40.0 }, &line);
            }
        }
        for relation in data.relations.iter().filter(|relation| relation.tags.is("place", "square")) {
            let outline = super::outline::outer_ring(data, relation);
            landmarks.add(names(&relation.tags), outline, 0.0, &[]);
        }
        landmarks
    }

    fn add(&mut self, name: Localized, outline: Option<Outline>, handicap_m: f64, line: &[Position]) {
        if name.is_empty() {
            return;
        }
        let index = self.all.len();
        let edge: Vec<Position> = outline.iter().flat_map(Outline::points).collect();
        for point in stepped(&edge).chain(stepped(line)) {
            self.points.entry(cell(point)).or_default().push((point, index));
        }
        let cells = edge.iter().map(|point| cell(*point));
        let range = |pick: fn((i64, i64)) -> i64| {
            let all = cells.clone().map(pick);
            all.clone().min().unwrap_or(0)..=all.max().unwrap_or(-1)
        };
        let (rows, columns) = (range(|cell| cell.0), range(|cell| cell.1));
        let covered = (rows.end() - rows.start() + 1).saturating_mul(columns.end() - columns.start() + 1);
        if covered <= AREA_CELLS_MAX {
            for row in rows {
                for column in columns.clone() {
                    self.areas.entry((row, column)).or_default().push(index);
                }
            }
        }
        self.all.push(Landmark { name, outline, handicap_m });
    }

    /// The name of the best-known thing within [`REACH_M`]; what surrounds the position counts as no distance away.
    pub fn nearest(&self, position: Position) -> Option<&Localized> {
        let (row, column) = cell(position);
        let around = (row - 1..=row + 1).flat_map(|row| (column - 1..=column + 1).map(move |column| (row, column)));
        let close = around.filter_map(|cell| self.points.get(&cell)).flatten().filter_map(|(point, index)| {
            let away = metres(*point, position);
            (away <= REACH_M).then_some((away, *index))
        });
        let surrounding = self.areas.get(&(row, column)).into_iter().flatten().filter_map(|index| {
            self.all[*index].outline.as_ref().is_some_and(|outline| outline.contains(position)).then_some((0.0, *index))
        });
        let cost = |(away, index): &(f64, usize)| away + self.all[*index].handicap_m;
        let best = close.chain(surrounding).min_by(|a, b| cost(a).total_cmp(&cost(b)).then(a.1.cmp(&b.1)));
        best.map(|(_, index)| &self.all[index].name)
    }

    /// "Toilets, near Place d'Armes" in every language; only the kind where nothing known is near.
    pub fn title(&self, kind: PlaceKind, position: Position) -> Localized {
        let kind_key = kind_key(kind);
        let words = in_every_language(&kind_key, |_| Vec::new());
        let Some(near) = self.nearest(position) else { return words };
        let fallback = [MAIN_LANGUAGE.to_owned(), "en".to_owned()];
        let mut title = Localized::default();
        for language in Language::ALL {
            let name = near.pick(language.tag(), &fallback).map(|(_, name)| name.text.as_str()).unwrap_or_default();
            let kind = words.exact(language.tag()).map(|word| word.text.as_str()).unwrap_or_default();
            let key = if begins_with_vowel(name) { "kind-near-vowel" } else { "kind-near" };
            let text = in_language(language, key, &[("kind", kind.into()), ("name", name.into())]);
            title.insert(language.tag(), text, Origin::Original);
        }
        title
    }
}

/// `kind-drinking-water`: the key of the kind's word in `assets/locales`.
fn kind_key(kind: PlaceKind) -> String {
    let mut key = "kind".to_owned();
    for letter in format!("{kind:?}").chars() {
        if letter.is_uppercase() {
            key.push('-');
        }
        key.extend(letter.to_lowercase());
    }
    key
}

/// For languages that write "d'" before a vowel. Names in h (hôtel, hôpital, héliport) are mostly silent, those in ha
/// (halle, hameau) mostly not.
fn begins_with_vowel(name: &str) -> bool {
    let folded = crate::import::folded::folded(name);
    let is_silent_h = folded.starts_with('h') && !folded.starts_with("ha");
    is_silent_h || folded.starts_with(['a', 'e', 'i', 'o', 'u'])
}

/// How well people know things of a kind; `None` for what nobody finds their way by.
fn handicap_m(kind: PlaceKind) -> Option<f64> {
    use PlaceKind::*;
    match kind {
        Museum | Attraction | Historic | Worship | Park | Garden | Beach | Theatre | Cinema | Casino | Station
        | TownHall | Library | Hospital | University | Marina | Market | Ferry | CommunityCentre | Pool => Some(0.0),
        School | Monument | Sport | Hotel | Stop | Supermarket | PostOffice | Police | FireStation | Embassy => {
            Some(20.0)
        }
        Shop | Restaurant | Cafe | Bar | FastFood | Bakery | Pharmacy | Bank | Parking | Fountain | Gallery => {
            Some(40.0)
        }
        _ => None,
    }
}

fn is_street(tags: &Tags) -> bool {
    let kinds = [
        "primary",
        "secondary",
        "tertiary",
        "unclassified",
        "residential",
        "living_street",
        "pedestrian",
        "footway",
        "path",
        "steps",
        "service",
    ];
    tags.get("highway").is_some_and(|kind| kinds.contains(&kind)) && !tags.is("tunnel", "yes")
}

fn cell(position: Position) -> (i64, i64) {
    let index = |degrees: f64| (degrees / CELL_DEGREES).floor() as i64;
    (index(position.lat), index(position.lon))
}

/// The points of a line and enough between them that none is more than [`STEP_M`] from the next.
fn stepped(line: &[Position]) -> impl Iterator<Item = Position> {
    let between = line.windows(2).flat_map(|pair| {
        let [from, to] = [pair[0], pair[1]];
        let steps = (metres(from, to) / STEP_M).ceil().clamp(1.0, 200.0);
        (1..steps as u32).map(move |step| {
            let part = f64::from(step) / steps;
            Position { lat: from.lat + (to.lat - from.lat) * part, lon: from.lon + (to.lon - from.lon) * part }
        })
    });
    line.iter().copied().chain(between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Words;

    fn at(north_m: f64) -> Position {
        Position { lat: 43.73 + north_m / 111_195.0, lon: 7.42 }
    }

    #[test]
    fn an_unnamed_thing_is_titled_by_its_kind_and_what_is_near_in_every_language() {
        let mut landmarks = Landmarks::default();
        let mut name = Localized::one("fr", "Avenue de l'Hermitage");
        name.insert("it", "Viale dell'Hermitage", Origin::Original);
        landmarks.add(name, None, 0.0, &[at(0.0)]);
        let title = landmarks.title(PlaceKind::DrinkingWater, at(50.0));
        let say = |language: &str| title.exact(language).unwrap().text.clone();
        assert_eq!(say("fr"), "Eau potable, près d’Avenue de l'Hermitage");
        assert_eq!(say("en"), "Drinking water, near Avenue de l'Hermitage");
        assert_eq!(say("it"), "Acqua potabile, vicino a Viale dell'Hermitage");
        assert_eq!(say("zh"), "Avenue de l'Hermitage附近的饮用水");
        assert_eq!(title.0.len(), 8);
        assert_eq!(landmarks.title(PlaceKind::Bench, at(5000.0)).exact("fr").unwrap().text, "Banc");
    }

    #[test]
    fn french_words_fit_the_name() {
        let mut landmarks = Landmarks::default();
        landmarks.add(Localized::one("fr", "Place d'Armes"), None, 0.0, &[at(0.0)]);
        let title = landmarks.title(PlaceKind::Toilets, at(0.0));
        assert_eq!(title.exact("fr").unwrap().text, "Toilettes, près de Place d'Armes");
        for (name, expected) in [("Église", true), ("Hôtel", true), ("Halle", false), ("Yacht", false)] {
            assert_eq!(begins_with_vowel(name), expected, "{name}");
        }
    }

    #[test]
    fn a_landmark_wins_over_a_shop_that_is_a_little_nearer() {
        let mut landmarks = Landmarks::default();
        landmarks.add(Localized::one("fr", "Boutique"), None, 40.0, &[at(10.0)]);
        landmarks.add(Localized::one("fr", "Musée"), None, 0.0, &[at(-30.0)]);
        assert_eq!(landmarks.nearest(at(0.0)).unwrap().exact("fr").unwrap().text, "Musée");
    }

    #[test]
    fn what_surrounds_is_nearest() {
        let corner = |lat: f64, lon: f64| Position { lat: 43.73 + lat, lon: 7.42 + lon };
        let park = Outline::new(&[
            corner(-0.002, -0.002),
            corner(-0.002, 0.002),
            corner(0.002, 0.002),
            corner(0.002, -0.002),
            corner(-0.002, -0.002),
        ]);
        let mut landmarks = Landmarks::default();
        landmarks.add(Localized::one("fr", "Musée"), None, 0.0, &[at(20.0)]);
        landmarks.add(Localized::one("fr", "Parc"), park, 0.0, &[]);
        assert_eq!(landmarks.nearest(at(0.0)).unwrap().exact("fr").unwrap().text, "Parc");
    }

    #[test]
    fn every_kind_has_its_words_in_every_language() {
        for kind in PlaceKind::ALL {
            for language in Language::ALL {
                let key = kind_key(kind);
                assert!(Words::of(language).has(&key), "{language:?} {key}");
                assert!(Words::of(language).has(&key.replacen("kind", "kinds", 1)), "{language:?} {key}");
            }
        }
    }
}
