//! Rows that stand on the map under the same numbers.

use super::{Card, Grouped, GroupedList, grouped};
use crate::content::ItemRef;
use crate::player::block::Block;
use crate::player::media::MapMark;
use crate::player::scene::Scene;

/// Pins with more than two digits are too small to read.
const NUMBER_MAX: usize = 99;

/// The rows of a grouped list, and the marks of those that can be seen. What has no position has no number.
pub fn numbered<'a, T>(
    scene: &Scene<'a>,
    place: &GroupedList,
    groups: &Grouped<T>,
    as_item: impl Fn(&T) -> ItemRef<'a> + Copy,
    mut make: impl FnMut(&T) -> Card,
) -> (Block, Vec<MapMark>) {
    let position = |item: &T| scene.almanac.position_of(as_item(item));
    let rows = grouped(scene, place, groups, as_item, |item, above| Card {
        number: position(item).and_then(|_| row_number(above)),
        ..make(item)
    });
    let marks = groups
        .in_sight(scene, place)
        .into_iter()
        .filter_map(|(above, item)| Some(MapMark { position: position(item)?, number: Some(row_number(above)?) }));
    (rows, marks.collect())
}

/// The number of the row below so many others, when a pin can carry it.
pub fn row_number(above: usize) -> Option<u8> {
    (above < NUMBER_MAX).then(|| u8::try_from(above + 1).ok()).flatten()
}
