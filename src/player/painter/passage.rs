//! One picture becomes another: what was seen before is kept, and the two are mixed or pushed along.

use super::Canvas;
use crate::content::TransitionKind;
use bevy::math::IRect;

/// A change from one picture to the next that is under way.
pub struct Passage {
    before: Canvas,
    /// What is shown now: part of the one and part of the other.
    mixed: Canvas,
    /// Where the two differ.
    area: IRect,
}

impl Passage {
    pub fn new(before: Canvas, area: IRect) -> Self {
        let mixed = before.clone();
        Self { before, mixed, area }
    }

    /// From what is shown now.
    pub fn begin_again(self) -> Self {
        Self { before: self.mixed.clone(), ..self }
    }

    pub fn shown(&self) -> &Canvas {
        &self.mixed
    }

    pub fn area(&self) -> IRect {
        self.area
    }

    /// More of the picture has changed while it comes in.
    pub fn widen(&mut self, area: IRect) {
        self.area = self.area.union(area);
    }

    /// Brings what is shown to this share of the way, from 0 to 1.
    pub fn go(&mut self, after: &Canvas, kind: TransitionKind, share: f32) {
        let weight = (share.clamp(0.0, 1.0) * 256.0) as u32;
        let IRect { min, max } = self.area;
        let gone = ((max.x - min.x) as f32 * share.clamp(0.0, 1.0)) as i32;
        for y in min.y..max.y {
            let (old, new) = (self.before.row(y, min.x, max.x), after.row(y, min.x, max.x));
            let row = self.mixed.row_mut(y, min.x, max.x);
            match kind {
                TransitionKind::Cut => row.copy_from_slice(new),
                TransitionKind::Fade => mix(row, old, new, weight),
                TransitionKind::Slide => push(row, old, new, gone as usize),
            }
        }
    }
}

/// Between two colours, both channels of a pair at once; `weight` is from 0 to 256.
fn mix(row: &mut [u32], old: &[u32], new: &[u32], weight: u32) {
    const ODD: u32 = 0x00FF_00FF;
    for (pixel, (old, new)) in row.iter_mut().zip(old.iter().zip(new)) {
        let (odd, even) = (old & ODD, (old >> 8) & ODD);
        let odd = (odd * (256 - weight) + (new & ODD) * weight) >> 8 & ODD;
        let even = (even * (256 - weight) + ((new >> 8) & ODD) * weight) & !ODD;
        *pixel = odd | even;
    }
}

/// The old one leaves to the left, the new one follows it.
fn push(row: &mut [u32], old: &[u32], new: &[u32], gone: usize) {
    let gone = gone.min(row.len());
    let (left, right) = row.split_at_mut(row.len() - gone);
    left.copy_from_slice(&old[gone..]);
    right.copy_from_slice(&new[..gone]);
}

#[cfg(test)]
mod tests {
    use super::super::light::parts;
    use super::*;

    #[test]
    fn it_begins_with_the_one_and_ends_with_the_other() {
        let (old, new) = ([0x00FF_8001, 0], [0x0001_80FF, 0x00FF_FFFF]);
        let mut row = [7; 2];
        for (weight, wanted) in [(0, old), (256, new), (128, [0x0080_8080, 0x007F_7F7F])] {
            mix(&mut row, &old, &new, weight);
            assert_eq!(row.map(parts), wanted.map(parts), "{weight}");
        }
    }

    #[test]
    fn what_is_pushed_is_whole() {
        let mut row = [0; 3];
        for (gone, wanted) in [(0, [1, 2, 3]), (1, [2, 3, 4]), (3, [4, 5, 6]), (9, [4, 5, 6])] {
            push(&mut row, &[1, 2, 3], &[4, 5, 6], gone);
            assert_eq!(row, wanted);
        }
    }
}
