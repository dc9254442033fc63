//! A picture of the panel, when staff ask for one. What a visitor does is nobody's business: while one is there, none is
//! made.

use super::following::Following;
use super::kiosk::Kiosk;
use super::painter::Painting;
use crate::protocol::{Outcome, SCREENSHOT, Told};
use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::window::RequestRedraw;
use image::{DynamicImage, RgbaImage, imageops};
use std::path::{Path, PathBuf};

/// The longer side of a picture, in pixels: enough to read what is on it.
const LONGEST_PX: u32 = 1280;

/// The store, in which pictures are left for `parvis sync`.
#[derive(Resource)]
pub struct Gives(pub PathBuf);

/// Makes the picture that was asked for, of what the last frame showed.
pub fn take_picture(
    mut commands: Commands,
    mut kiosk: ResMut<Kiosk>,
    following: Res<Following>,
    gives: Option<Res<Gives>>,
    painting: Option<Res<Painting>>,
    mut redraws: MessageWriter<RequestRedraw>,
) {
    if !std::mem::take(&mut kiosk.bypass_change_detection().asked.picture) {
        return;
    }
    let Some(gives) = gives else { return following.tell(Told::Pictured(Outcome::Failed)) };
    if kiosk.visitor.is_here() {
        return following.tell(Told::Pictured(Outcome::InUse));
    }
    let (path, tell) = (gives.0.join(SCREENSHOT), following.telling());
    if let Some(painting) = painting {
        let canvas = painting.shown();
        let size = canvas.area().size().as_uvec2();
        keep((size.x, size.y), canvas.rgba(), path, tell);
        return;
    }
    commands.spawn(Screenshot::primary_window()).observe(move |captured: On<ScreenshotCaptured>| {
        let size = (captured.image.width(), captured.image.height());
        // A window's pixels may come in another order.
        let rgba = captured.image.clone().try_into_dynamic().map(|image| image.into_rgba8().into_raw());
        keep(size, rgba.unwrap_or_default(), path.clone(), tell.clone());
    });
    redraws.write(RequestRedraw);
}

/// Writes it on a thread of its own: the next frame does not wait.
fn keep((width, height): (u32, u32), rgba: Vec<u8>, path: PathBuf, tell: impl Fn(Told) + Send + 'static) {
    std::thread::spawn(move || {
        let outcome = match write((width, height), rgba, &path) {
            Ok(()) => Outcome::Done,
            Err(reason) => {
                warn!("no picture: {reason}");
                Outcome::Failed
            }
        };
        tell(Told::Pictured(outcome));
    });
}

fn write((width, height): (u32, u32), rgba: Vec<u8>, path: &Path) -> Result<(), String> {
    let picture = RgbaImage::from_raw(width, height, rgba).ok_or("the picture has an odd size")?;
    let longest = width.max(height);
    let picture = if longest > LONGEST_PX {
        let side = |px: u32| (u64::from(px) * u64::from(LONGEST_PX) / u64::from(longest)).max(1) as u32;
        imageops::thumbnail(&picture, side(width), side(height))
    } else {
        picture
    };
    let new = path.with_extension("new");
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    let saved = DynamicImage::ImageRgba8(picture).into_rgb8().save_with_format(&new, image::ImageFormat::Png);
    saved.map_err(|error| format!("{}: {error}", path.display()))?;
    std::fs::rename(&new, path).map_err(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_is_made_smaller_and_keeps_its_shape() {
        let path = std::env::temp_dir().join(format!("parvis-screenshot-{}.png", std::process::id()));
        for (size, kept) in [((2160, 3840), (720, 1280)), ((540, 960), (540, 960))] {
            write(size, vec![200; (size.0 * size.1 * 4) as usize], &path).expect("it is written");
            assert_eq!(image::image_dimensions(&path).expect("a PNG"), kept);
        }
        std::fs::remove_file(&path).expect("it is there");
        assert!(write((2, 2), vec![0; 3], &path).is_err());
    }
}
