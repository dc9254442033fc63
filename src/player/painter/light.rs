//! Between bytes as a screen takes them (IEC 61966-2-1, sRGB) and amounts of light, in which colours are mixed.

use std::sync::LazyLock;

/// Steps of light that are told apart when going back to bytes: the darkest sRGB bytes lie 1/3300 of white apart.
const STEPS: usize = 8192;

static LIGHT_OF: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|byte| {
        let value = byte as f32 / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
});

static BYTE_OF: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let byte = |step: usize| {
        let light = step as f32 / (STEPS - 1) as f32;
        let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
        (value * 255.0).round() as u8
    };
    (0..STEPS).map(byte).collect()
});

/// A colour as light, ready to be laid over pixels.
#[derive(Clone, Copy, Debug)]
pub struct Light([f32; 3]);

impl Light {
    pub fn of([red, green, blue]: [u8; 3]) -> Self {
        let table = &*LIGHT_OF;
        Self([table[usize::from(red)], table[usize::from(green)], table[usize::from(blue)]])
    }

    /// This colour over a pixel (0RGB), covering `share` (0 to 1) of it.
    pub fn over(self, pixel: u32, share: f32) -> u32 {
        let under = Self::of(parts(pixel)).0;
        let bytes = &*BYTE_OF;
        let mix = |over: f32, under: f32| {
            let light = under + (over - under) * share;
            u32::from(bytes[(light * (STEPS - 1) as f32 + 0.5) as usize])
        };
        let [red, green, blue] = [mix(self.0[0], under[0]), mix(self.0[1], under[1]), mix(self.0[2], under[2])];
        (red << 16) | (green << 8) | blue
    }

    /// Each part of the light let through by a tint.
    pub fn through(self, tint: Self) -> Self {
        Self([self.0[0] * tint.0[0], self.0[1] * tint.0[1], self.0[2] * tint.0[2]])
    }
}

/// A pixel of three bytes, as display servers take it: 0RGB.
pub fn pixel([red, green, blue]: [u8; 3]) -> u32 {
    (u32::from(red) << 16) | (u32::from(green) << 8) | u32::from(blue)
}

pub fn parts(pixel: u32) -> [u8; 3] {
    let [_, red, green, blue] = pixel.to_be_bytes();
    [red, green, blue]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back_from_light() {
        for byte in 0..=255 {
            let colour = [byte, 255 - byte, byte / 2];
            assert_eq!(parts(Light::of(colour).over(0, 1.0)), colour);
            assert_eq!(parts(Light::of([9, 9, 9]).over(pixel(colour), 0.0)), colour);
        }
    }

    #[test]
    fn half_white_over_black_is_half_the_light() {
        // The byte of half the light is 188, not 128.
        assert_eq!(parts(Light::of([255, 255, 255]).over(0, 0.5)), [188, 188, 188]);
    }
}
