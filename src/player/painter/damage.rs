//! Where two paintings differ.

use super::marks::Mark;
use bevy::math::IRect;

/// More areas than this are painted as fewer, larger ones.
const AREAS_MAX: usize = 12;

/// The areas in which `new` looks other than `old`; no two of them overlap.
pub fn between(old: &[Mark], new: &[Mark], panel: IRect) -> Vec<IRect> {
    let same_start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[same_start..], &new[same_start..]);
    let same_end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[..old.len() - same_end], &new[..new.len() - same_end]);
    // Marks in between that are in both, in the same order, have not changed either.
    let mut areas = Vec::new();
    let mut next = 0;
    for mark in new {
        match old[next..].iter().position(|other| other == mark) {
            Some(skipped) => {
                old[next..next + skipped].iter().for_each(|gone| add(&mut areas, gone.seen, panel));
                next += skipped + 1;
            }
            None => add(&mut areas, mark.seen, panel),
        }
    }
    old[next..].iter().for_each(|gone| add(&mut areas, gone.seen, panel));
    areas
}

/// Adds an area; those that overlap it become one with it.
fn add(areas: &mut Vec<IRect>, area: IRect, panel: IRect) {
    let mut area = area.intersect(panel);
    if area.is_empty() {
        return;
    }
    while let Some(index) = areas.iter().position(|other| !other.intersect(area).is_empty()) {
        area = area.union(areas.swap_remove(index));
    }
    areas.push(area);
    if areas.len() > AREAS_MAX {
        let all = areas.drain(..).reduce(|one, other| one.union(other));
        areas.extend(all);
    }
}

#[cfg(test)]
mod tests {
    use super::super::marks::Shape;
    use super::*;

    fn mark(x: i32, colour: u8) -> Mark {
        let seen = IRect::new(x, 0, x + 10, 10);
        Mark { seen, shape: Shape::Fill { colour: [colour, 0, 0, 255] } }
    }

    const PANEL: IRect = IRect { min: bevy::math::IVec2::ZERO, max: bevy::math::IVec2::splat(100) };

    #[test]
    fn nothing_changed_is_nothing_to_paint() {
        let marks = [mark(0, 1), mark(20, 2)];
        assert_eq!(between(&marks, &marks, PANEL), []);
    }

    #[test]
    fn a_mark_in_another_colour_is_painted_alone() {
        let old = [mark(0, 1), mark(20, 2), mark(40, 3)];
        let new = [mark(0, 1), mark(20, 9), mark(40, 3)];
        assert_eq!(between(&old, &new, PANEL), [IRect::new(20, 0, 30, 10)]);
    }

    #[test]
    fn a_mark_that_went_and_one_that_came_are_both_painted() {
        let old = [mark(0, 1), mark(20, 2), mark(60, 3)];
        let new = [mark(0, 1), mark(60, 3), mark(80, 2)];
        assert_eq!(between(&old, &new, PANEL), [IRect::new(20, 0, 30, 10), IRect::new(80, 0, 90, 10)]);
    }

    #[test]
    fn marks_that_changed_places_are_painted_again() {
        let old = [mark(0, 1), mark(5, 2)];
        let new = [mark(5, 2), mark(0, 1)];
        assert!(between(&old, &new, PANEL).contains(&IRect::new(0, 0, 10, 10)));
    }

    #[test]
    fn what_lies_off_the_panel_is_left_alone() {
        assert_eq!(between(&[mark(200, 1)], &[mark(200, 2)], PANEL), []);
    }
}
