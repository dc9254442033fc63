//! The real window: its pixels decide how many a millimetre gets.
//!
//! A window of another shape than the profile's panel keeps the panel's shape: a millimetre gets the smaller of the two
//! possible numbers of pixels, the panel stands in the middle, and what is left over beside it is paper. Stretching
//! would change sizes that are measured; filling would move controls out of reach.

use super::kiosk::Kiosk;
use super::profile::Profile;
use bevy::camera::Viewport;
use bevy::prelude::*;
use bevy::window::{Monitor, PrimaryMonitor, PrimaryWindow, WindowMode};

/// The window's size in px for which the panel was last laid out.
#[derive(Resource, Default)]
pub struct Panel {
    fitted: Option<UVec2>,
}

/// Lays the panel out for the size the window really has.
pub fn fit_panel(
    mut panel: ResMut<Panel>,
    mut kiosk: ResMut<Kiosk>,
    mut windows: Query<&mut Window, With<PrimaryWindow>>,
    mut cameras: Query<&mut Camera, With<IsDefaultUiCamera>>,
    monitors: Query<(&Monitor, Has<PrimaryMonitor>)>,
) {
    let Ok(mut window) = windows.single_mut() else { return };
    let mut size = window.physical_size();
    let fullscreen = matches!(window.mode, WindowMode::BorderlessFullscreen(_));
    // Where no window manager runs, nobody else makes the window as large as the screen.
    if panel.fitted.is_none()
        && fullscreen
        && let Some((monitor, _)) = monitors.iter().max_by_key(|(_, primary)| *primary)
        && monitor.physical_size() != size
    {
        size = monitor.physical_size();
        window.resolution.set_physical_resolution(size.x, size.y);
    }
    if panel.fitted == Some(size) || size.x == 0 || size.y == 0 {
        return;
    }
    panel.fitted = Some(size);
    let (profile, viewport) = fit(&kiosk.profile, size);
    kiosk.profile = profile;
    kiosk.look_again();
    for mut camera in &mut cameras {
        camera.viewport = viewport.map(|corner| Viewport {
            physical_position: corner,
            physical_size: UVec2::new(kiosk.profile.width_px, kiosk.profile.height_px),
            ..default()
        });
    }
}

/// The profile with the pixels that fit into a window, and its upper left corner there when it does not fill it.
fn fit(profile: &Profile, window: UVec2) -> (Profile, Option<UVec2>) {
    /// Shapes that differ by less are the same: panels are measured to the millimetre.
    const SAME_SHAPE: f32 = 0.01;
    let (across, down) = (window.x as f32 / profile.panel_width_mm, window.y as f32 / profile.panel_height_mm);
    if (across / down - 1.0).abs() < SAME_SHAPE {
        return (profile.clone().with_pixels(window.x, window.y), None);
    }
    let px_per_mm = across.min(down);
    let px = |mm: f32, most: u32| ((mm * px_per_mm).round() as u32).clamp(1, most.max(1));
    let size = UVec2::new(px(profile.panel_width_mm, window.x), px(profile.panel_height_mm, window.y));
    (profile.clone().with_pixels(size.x, size.y), Some((window - size) / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_of_the_same_shape_is_filled() {
        let profile = Profile::shipped("totem-portrait").unwrap();
        let (fitted, corner) = fit(&profile, UVec2::new(540, 960));
        assert_eq!((fitted.width_px, fitted.height_px, corner), (540, 960, None));
    }

    #[test]
    fn another_shape_keeps_the_panels_and_stands_in_the_middle() {
        let profile = Profile::shipped("totem-portrait").unwrap();
        let (fitted, corner) = fit(&profile, UVec2::new(1920, 1080));
        assert_eq!(fitted.height_px, 1080);
        assert!((600..=610).contains(&fitted.width_px), "{}", fitted.width_px);
        assert_eq!(corner, Some(UVec2::new((1920 - fitted.width_px) / 2, 0)));
        assert!((fitted.panel_width_mm - profile.panel_width_mm).abs() < 0.001);
    }
}
