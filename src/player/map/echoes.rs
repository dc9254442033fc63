//! Lines over the water that repeat the shore, as engravers draw a sea.

use super::colours::mix;
use super::drawing::Press;
use tiny_skia::{FillRule, Mask, Path, Transform};

/// How far from the shore the lines run, in millimetres, and how strong they are.
const LINES: [(f32, f32); 3] = [(2.6, 0.5), (6.2, 0.3), (10.6, 0.16)];
/// Distances are reckoned on a chart so many times smaller than the picture.
const SMALLER: u32 = 2;
/// What a step to the next field and one across a corner count on the chart.
const STRAIGHT: u16 = 5;
const ACROSS: u16 = 7;

/// For fields of the picture and some around it: how far the shore is, in fifths of a field.
struct Chart {
    width: usize,
    border: usize,
    fields: Vec<u16>,
}

impl Press<'_> {
    /// Draws the lines on what `water` covers.
    pub(super) fn print_echoes(&mut self, water: &Path) {
        let reach = LINES.iter().map(|(distance, _)| distance * self.px_per_mm).fold(0.0, f32::max) + 2.0;
        let Some(chart) = Chart::of(water, (self.pixmap.width(), self.pixmap.height()), reach) else { return };
        let half_line = (0.2 * self.px_per_mm).max(0.5);
        let lines = LINES.map(|(distance, strength)| {
            (distance * self.px_per_mm, mix(self.colours.water, self.colours.shore, strength))
        });
        let plain = self.colours.water;
        let (width, height) = (self.pixmap.width() as usize, self.pixmap.height() as usize);
        let data = self.pixmap.data_mut();
        for row in 0..height {
            for column in 0..width {
                let Some(distance) = chart.at(column, row).filter(|distance| *distance < reach) else { continue };
                let mut near = lines.iter().map(|(line, echo)| (half_line + 0.5 - (distance - line).abs(), echo));
                let Some((cover, echo)) = near.find(|(cover, _)| *cover > 0.0) else { continue };
                let at = (row * width + column) * 4;
                let cover = cover.min(1.0);
                for channel in 0..3 {
                    let (from, to) = (f32::from(plain[channel]), f32::from(echo[channel]));
                    data[at + channel] = (from + (to - from) * cover) as u8;
                }
            }
        }
    }
}

impl Chart {
    fn of(water: &Path, (width, height): (u32, u32), reach: f32) -> Option<Self> {
        let border = (reach / SMALLER as f32).ceil() as u32;
        let (width, height) = (width.div_ceil(SMALLER) + 2 * border + 1, height.div_ceil(SMALLER) + 2 * border + 1);
        let mut mask = Mask::new(width, height)?;
        let (scale, shift) = (1.0 / SMALLER as f32, border as f32);
        mask.fill_path(water, FillRule::Winding, false, Transform::from_row(scale, 0.0, 0.0, scale, shift, shift));
        let fields = mask.data().iter().map(|covered| if *covered > 0 { u16::MAX / 2 } else { 0 }).collect();
        let mut chart = Self { width: width as usize, border: border as usize, fields };
        chart.measure();
        Some(chart)
    }

    /// Spreads the distance from the land over the water: once from the upper left, once back.
    fn measure(&mut self) {
        let (width, count) = (self.width, self.fields.len());
        let shorter = |fields: &mut [u16], at: usize, over: [(usize, u16); 4]| {
            if fields[at] > 0 {
                let nearest = over.iter().map(|(from, step)| fields[*from].saturating_add(*step)).min();
                fields[at] = fields[at].min(nearest.unwrap_or(u16::MAX));
            }
        };
        for at in width + 1..count {
            let over = [(at - 1, STRAIGHT), (at - width, STRAIGHT), (at - width - 1, ACROSS), (at - width + 1, ACROSS)];
            shorter(&mut self.fields, at, over);
        }
        for at in (0..count.saturating_sub(width + 1)).rev() {
            let over = [(at + 1, STRAIGHT), (at + width, STRAIGHT), (at + width + 1, ACROSS), (at + width - 1, ACROSS)];
            shorter(&mut self.fields, at, over);
        }
    }

    /// From a pixel of the picture to the shore, in pixels, smoothed between fields; `None` on land
    /// and where the shore is out of reach.
    fn at(&self, column: usize, row: usize) -> Option<f32> {
        let smaller = SMALLER as usize;
        let field = (row / smaller + self.border) * self.width + column / smaller + self.border;
        if self.fields[field] == 0 || self.fields[field] > u16::MAX / 4 {
            return None;
        }
        let (right, down) = ((column % smaller) as f32 / SMALLER as f32, (row % smaller) as f32 / SMALLER as f32);
        let of = |at: usize| f32::from(self.fields[at]);
        let above = of(field) * (1.0 - right) + of(field + 1) * right;
        let below = of(field + self.width) * (1.0 - right) + of(field + self.width + 1) * right;
        Some((above * (1.0 - down) + below * down) * SMALLER as f32 / f32::from(STRAIGHT))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiny_skia::{PathBuilder, Rect};

    #[test]
    fn the_chart_tells_how_far_the_shore_is() {
        let water = Rect::from_ltrb(20.0, -50.0, 300.0, 150.0).map(PathBuilder::from_rect).expect("a strait");
        let chart = Chart::of(&water, (100, 100), 40.0).expect("a chart");
        assert_eq!(chart.at(10, 50), None, "on land");
        for (column, metres) in [(30, 10.0), (45, 25.0), (60, 40.0)] {
            let distance = chart.at(column, 50).expect("on water");
            assert!((distance - metres).abs() <= 2.0, "{column}: {distance}");
        }
    }

    #[test]
    fn a_shore_beyond_the_picture_still_counts() {
        let water = Rect::from_ltrb(-300.0, -10.0, 300.0, 300.0).map(PathBuilder::from_rect).expect("a sea");
        let chart = Chart::of(&water, (100, 100), 40.0).expect("a chart");
        let distance = chart.at(50, 0).expect("on water");
        assert!((distance - 10.0).abs() <= 2.0, "{distance}");
    }
}
