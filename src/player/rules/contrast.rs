//! Text stands out from what is behind it: 7:1, and 15:1 for those who ask for it, measured on the finished picture.

use super::{Letters, Sight};
use crate::player::render::Shot;
use crate::player::theme::contrast;
use crate::player::visitor::Mode;
use bevy::math::Rect;
use std::collections::HashMap;

/// What an icon must reach: it stands beside a word (EN 301 549 11.1.4.11).
const ICON: f32 = 3.0;

/// A row is in sight when so many heights of its capitals are: about two thirds of a line.
const IN_SIGHT_CAPS: f32 = 1.35;

pub fn check(sight: &Sight, shot: &Shot) -> Vec<String> {
    let text = if sight.has(Mode::Contrast) { 15.0 } else { 7.0 };
    let mut problems = Vec::new();
    let px_per_mm = sight.profile.px_per_mm();
    // Of a row that a list has only begun to show there may be no pixel of ink yet.
    let in_sight =
        |letters: &&Letters| !letters.scrolls || letters.seen.height() >= letters.cap_mm * px_per_mm * IN_SIGHT_CAPS;
    let written = sight.letters.iter().filter(|letters| !letters.drawn.trim().is_empty());
    for letters in written.filter(in_sight) {
        let least = if letters.is_icon { ICON } else { text };
        match ratio(letters, shot) {
            Some(ratio) if ratio < least => {
                problems.push(format!("\"{}\" has a contrast of {ratio:.1}:1, the least is {least}:1", letters.drawn));
            }
            Some(_) => {}
            None => problems.push(format!("\"{}\" cannot be seen in the picture", letters.drawn)),
        }
    }
    problems
}

/// The contrast of a text's colour with the commonest other colour in its rectangle; `None` when no pixel there has
/// the text's colour.
fn ratio(letters: &Letters, shot: &Shot) -> Option<f32> {
    let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
    for pixel in pixels(shot, letters.seen) {
        *counts.entry(pixel).or_default() += 1;
    }
    let stroke = letters.is_icon.then(|| counts.keys().min_by_key(|colour| distance(**colour, letters.colour)));
    let ink = stroke.flatten().copied().unwrap_or(letters.colour);
    let is_ink = |colour: &[u8; 3]| distance(*colour, ink) < 24;
    if !counts.keys().any(is_ink) {
        return None;
    }
    let behind = counts.iter().filter(|(colour, _)| !is_ink(colour)).max_by_key(|(_, count)| **count);
    let (behind, _) = behind?;
    // The strokes of an icon may be thinner than a pixel: what counts is the darkest they come out. What is more of the
    // plane than of the ink is no stroke.
    (distance(ink, letters.colour) <= distance(ink, *behind)).then(|| contrast(ink, *behind))
}

fn pixels(shot: &Shot, rect: Rect) -> impl Iterator<Item = [u8; 3]> + '_ {
    let columns = rect.min.x.max(0.0) as u32..(rect.max.x as u32).min(shot.width);
    let rows = rect.min.y.max(0.0) as u32..(rect.max.y as u32).min(shot.height);
    rows.flat_map(move |y| columns.clone().map(move |x| (x, y))).filter_map(|(x, y)| {
        let at = (y as usize * shot.width as usize + x as usize) * 4;
        shot.rgba.get(at..at + 3).map(|rgb| [rgb[0], rgb[1], rgb[2]])
    })
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u16 {
    one.iter().zip(other).map(|(one, other)| u16::from(one.abs_diff(other))).sum()
}

#[cfg(test)]
mod tests {
    use super::super::sight::sample;
    use super::*;

    /// A plane with a few strokes of ink where the sample's text stands.
    fn shot(sight: &Sight, ink: [u8; 3], plane: [u8; 3]) -> Shot {
        let (width, height) = (sight.profile.width_px, sight.profile.height_px);
        let mut rgba = [plane[0], plane[1], plane[2], 255].repeat((width * height) as usize);
        let seen = sight.letters[0].seen;
        let row = seen.center().y as usize * width as usize;
        for x in seen.min.x as usize..seen.center().x as usize {
            rgba[(row + x) * 4..(row + x) * 4 + 3].copy_from_slice(&ink);
        }
        Shot { width, height, rgba }
    }

    #[test]
    fn pale_text_and_text_that_is_not_there_are_found() {
        let mut sight = sample::sight();
        let (grey, black, white) = ([150; 3], [0; 3], [255; 3]);
        sight.letters[0].colour = black;
        assert_eq!(check(&sight, &shot(&sight, black, white)), Vec::<String>::new());
        assert_eq!(check(&sight, &shot(&sight, white, white)).len(), 1);
        sight.letters[0].colour = grey;
        assert_eq!(check(&sight, &shot(&sight, grey, white)).len(), 1);
    }

    #[test]
    fn a_row_that_a_list_has_only_begun_to_show_is_not_measured() {
        let mut sight = sample::sight();
        sight.letters[0].colour = [0; 3];
        let empty = shot(&sight, [255; 3], [255; 3]);
        let cap_px = sight.letters[0].cap_mm * sight.profile.px_per_mm();
        for (scrolls, caps, problems) in [(true, 1.3, 0), (true, 1.4, 1), (false, 1.3, 1)] {
            sight.letters[0].scrolls = scrolls;
            sight.letters[0].seen.max.y = sight.letters[0].seen.min.y + caps * cap_px;
            assert_eq!(check(&sight, &empty).len(), problems, "{scrolls} {caps}");
        }
    }

    #[test]
    fn an_icon_is_measured_at_the_darkest_its_strokes_come_out() {
        let mut sight = sample::sight();
        sight.letters[0].colour = [0; 3];
        sight.letters[0].is_icon = true;
        for (stroke, problems) in [(90, 0), (127, 0), (129, 1), (250, 1)] {
            let seen = check(&sight, &shot(&sight, [stroke; 3], [255; 3])).len();
            assert_eq!(seen, problems, "strokes of grey {stroke} on white");
        }
        sight.letters[0].colour = [170; 3];
        assert_eq!(check(&sight, &shot(&sight, [170; 3], [255; 3])).len(), 1, "pale ink is pale, however thick");
        sight.letters[0].is_icon = false;
        sight.letters[0].colour = [0; 3];
        assert_eq!(check(&sight, &shot(&sight, [90; 3], [255; 3])).len(), 1, "letters have to have their own colour");
    }

    #[test]
    fn contrast_mode_asks_for_more() {
        let mut sight = sample::sight();
        let dark = [70; 3];
        sight.letters[0].colour = dark;
        let shot = shot(&sight, dark, [255; 3]);
        assert_eq!(check(&sight, &shot).len(), 0);
        sight.modes.push(Mode::Contrast);
        assert_eq!(check(&sight, &shot).len(), 1);
    }

    #[test]
    fn black_on_white_is_21_to_1() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01);
    }
}
