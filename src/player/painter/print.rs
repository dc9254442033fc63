//! A small likeness of a picture: enough to tell a black, an old or another one from what should be seen.

use super::light::parts;
use bevy::prelude::*;
use bevy::render::render_resource::TextureFormat;

/// Cells along each side.
const CELLS: usize = 16;
/// Two renderers differ by less in a cell's mean (of 255), a word that changed by more.
const ALIKE: f32 = 2.0;
/// No cell of a black picture is lighter (of 255).
const DARK: f32 = 4.0;

/// The mean colour of each cell of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Print(Vec<[f32; 3]>);

impl Print {
    /// Of pixels (0RGB) in rows of this width.
    pub fn of(pixels: &[u32], width: usize) -> Self {
        Self::measure(pixels, width, |pixel| parts(*pixel))
    }

    /// Of a picture as a graphics card gives it back; none where its pixels are other than four bytes.
    pub fn of_picture(picture: &Image) -> Option<Self> {
        let (pixels, _) = picture.data.as_deref()?.as_chunks();
        let width = picture.width() as usize;
        match picture.texture_descriptor.format {
            TextureFormat::Rgba8UnormSrgb | TextureFormat::Rgba8Unorm => {
                Some(Self::measure(pixels, width, |[red, green, blue, _]| [*red, *green, *blue]))
            }
            TextureFormat::Bgra8UnormSrgb | TextureFormat::Bgra8Unorm => {
                Some(Self::measure(pixels, width, |[blue, green, red, _]| [*red, *green, *blue]))
            }
            _ => None,
        }
    }

    fn measure<P>(pixels: &[P], width: usize, parts: impl Fn(&P) -> [u8; 3]) -> Self {
        let mut cells = vec![([0_u64; 3], 0_u64); CELLS * CELLS];
        let height = pixels.len().checked_div(width).unwrap_or(0);
        let edge = |cell: usize| cell * width / CELLS;
        for (y, row) in pixels.chunks_exact(width.max(1)).enumerate() {
            let first = (y * CELLS / height.max(1)) * CELLS;
            for (at, (sums, count)) in cells[first..first + CELLS].iter_mut().enumerate() {
                let run = &row[edge(at)..edge(at + 1)];
                for pixel in run {
                    sums.iter_mut().zip(parts(pixel)).for_each(|(sum, part)| *sum += u64::from(part));
                }
                *count += run.len() as u64;
            }
        }
        Self(cells.into_iter().map(|(sums, count)| sums.map(|sum| sum as f32 / count.max(1) as f32)).collect())
    }

    pub fn is_like(&self, other: &Self) -> bool {
        let values = self.0.as_flattened().iter().zip(other.0.as_flattened());
        values.into_iter().all(|(one, other)| (one - other).abs() <= ALIKE)
    }

    pub fn is_black(&self) -> bool {
        self.0.as_flattened().iter().all(|value| *value <= DARK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_makes_another_picture_and_a_last_digit_does_not() {
        let paper = vec![0x00F0_E0D0; 160 * 320];
        let (mut rounded, mut word) = (paper.clone(), paper.clone());
        rounded.iter_mut().for_each(|pixel| *pixel -= 1);
        // The corner cell of 10 by 20 px holds a stroke of 5 by 2.
        (40..42).for_each(|y| word[y * 160..y * 160 + 5].fill(0));
        let print = |pixels: &[u32]| Print::of(pixels, 160);
        assert!(print(&paper).is_like(&print(&rounded)));
        assert!(!print(&paper).is_like(&print(&word)));
    }

    #[test]
    fn only_a_black_picture_is_black() {
        let mut night = vec![0x0002_0202; 64 * 64];
        assert!(Print::of(&night, 64).is_black());
        night[..4].fill(0x00FF_FFFF);
        assert!(!Print::of(&night, 64).is_black());
    }
}
