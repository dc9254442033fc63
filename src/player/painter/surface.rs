//! The window's pixels: what was painted is handed to the display server, and only where it changed.

use super::{Canvas, Painting, Print};
use bevy::math::IRect;
use bevy::prelude::*;
use bevy::window::{PrimaryWindow, RawHandleWrapper, ThreadLockedRawWindowHandleWrapper};
use bevy::winit::RawWinitWindowEvent;
use softbuffer::{Context, SoftBufferError, Surface};
use std::num::NonZeroU32;

type Handle = ThreadLockedRawWindowHandleWrapper;

/// The window's memory, shared with the display server. It belongs to the main thread.
#[derive(Default)]
pub struct PanelSurface {
    surface: Option<Surface<Handle, Handle>>,
    size: UVec2,
    /// Where the picture has changed since it was last shown.
    changed: Vec<IRect>,
}

impl PanelSurface {
    /// What the display server was handed last, where its memory can still be read.
    pub fn print(&mut self) -> Option<Print> {
        let width = self.size.x as usize;
        let buffer = self.surface.as_mut()?.buffer_mut().ok()?;
        (buffer.age() == 1).then(|| Print::of(&buffer, width))
    }

    fn show(&mut self, window: &RawHandleWrapper, canvas: &Canvas) -> Result<(), SoftBufferError> {
        let area = canvas.area();
        let (Some(width), Some(height)) = (NonZeroU32::new(area.width() as u32), NonZeroU32::new(area.height() as u32))
        else {
            return Ok(());
        };
        let surface = match &mut self.surface {
            Some(surface) => surface,
            empty => {
                #[expect(unsafe_code, reason = "the only way to a window's handle; systems that ask run on its thread")]
                // SAFETY: `show_panel` takes a `NonSend` parameter, so this runs on the main thread, as is asked for.
                let handles = unsafe { (window.get_handle(), window.get_handle()) };
                empty.insert(Surface::new(&Context::new(handles.0)?, handles.1)?)
            }
        };
        if self.size != area.size().as_uvec2() {
            surface.resize(width, height)?;
            self.size = area.size().as_uvec2();
            self.changed = vec![area];
        }
        let mut buffer = surface.buffer_mut()?;
        // A buffer that does not hold the last picture gets the whole of this one.
        let changed = if buffer.age() == 1 { std::mem::take(&mut self.changed) } else { vec![area] };
        self.changed.clear();
        for part in &changed {
            for y in part.min.y..part.max.y {
                let start = y as usize * area.width() as usize;
                let (from, to) = (start + part.min.x as usize, start + part.max.x as usize);
                buffer[from..to].copy_from_slice(canvas.row(y, part.min.x, part.max.x));
            }
        }
        buffer.present_with_damage(&changed.into_iter().filter_map(damage).collect::<Vec<_>>())
    }
}

fn damage(area: IRect) -> Option<softbuffer::Rect> {
    Some(softbuffer::Rect {
        x: u32::try_from(area.min.x).ok()?,
        y: u32::try_from(area.min.y).ok()?,
        width: NonZeroU32::new(u32::try_from(area.width()).ok()?)?,
        height: NonZeroU32::new(u32::try_from(area.height()).ok()?)?,
    })
}

/// Paints what has changed and shows it. A frame that is held back is not painted.
pub fn show_panel(
    mut panel: NonSendMut<PanelSurface>,
    mut painting: ResMut<Painting>,
    marks: super::Marks,
    images: Res<Assets<Image>>,
    paper: Res<ClearColor>,
    windows: Query<(&Window, &RawHandleWrapper), With<PrimaryWindow>>,
    cameras: Query<&Camera, With<IsDefaultUiCamera>>,
    mut events: MessageReader<RawWinitWindowEvent>,
) {
    let uncovered = events.read().any(|event| matches!(event.event, winit::event::WindowEvent::RedrawRequested));
    let Ok((window, handle)) = windows.single() else { return };
    if !cameras.iter().any(|camera| camera.is_active) {
        return;
    }
    let paper = paper.0.to_srgba().to_u8_array();
    let damage = painting.paint(&marks, &images, window.physical_size(), paper);
    panel.changed.extend(damage);
    if panel.changed.is_empty() && uncovered {
        panel.changed.push(painting.canvas.area());
    }
    if panel.changed.is_empty() {
        return;
    }
    if let Err(reason) = panel.show(handle, painting.shown()) {
        // The next frame tries with a new surface.
        warn!("the picture could not be shown: {reason}");
        *panel = PanelSurface::default();
    }
}
