//! Films on the panel: each plays where its still picture hangs, as long as that is seen.

use super::stage::Stage;
use crate::film::{Film, FilmSpec, FilmState, GStreamer};
use crate::player::draw::PictureNode;
use crate::player::kiosk::Kiosk;
use crate::player::media::PictureSpec;
use crate::player::pictures::Hung;
use bevy::asset::RenderAssetUsages;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use std::sync::Arc;
use std::time::Duration;

/// What plays films. A display without it shows their still pictures.
#[derive(Resource)]
pub struct Projector {
    gstreamer: GStreamer,
    /// Wakes the player when a film has something to show.
    wake: Arc<dyn Fn() + Send + Sync>,
    /// When the next frame of any film is due, since the start.
    next: Option<Duration>,
}

/// A film that plays on a node.
#[derive(Component)]
pub struct Playing {
    path: String,
    film: Film,
    /// Two pictures that take turns: one that has changed is seen to be another.
    frames: [Handle<Image>; 2],
    turn: usize,
}

impl Projector {
    pub fn new(gstreamer: GStreamer, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self { gstreamer, wake: Arc::new(wake), next: None }
    }

    /// How long until the next frame is due.
    pub fn wait(&self, elapsed: Duration) -> Option<Duration> {
        self.next.map(|next| next.saturating_sub(elapsed))
    }
}

type Still<'a> = (Entity, &'a PictureNode, &'a ComputedNode, &'a InheritedVisibility);

/// Starts films that have come to be seen.
pub fn start_films(
    mut commands: Commands,
    projector: Option<Res<Projector>>,
    kiosk: Res<Kiosk>,
    mut images: ResMut<Assets<Image>>,
    stills: Query<Still<'_>, (With<Hung>, With<ImageNode>, Without<Playing>)>,
) {
    let Some(projector) = projector else { return };
    for (entity, picture, node, seen) in &stills {
        let PictureSpec::Film { path, .. } = &picture.0 else { continue };
        if !seen.get() {
            continue;
        }
        // What lies nowhere keeps its still picture.
        let Some(file) = kiosk.gallery.files.film(path) else { continue };
        let (width, height) = (node.size().x as u32, node.size().y as u32);
        let wake = projector.wake.clone();
        let film = Film::open(projector.gstreamer.clone(), file, FilmSpec::new(width, height), move || wake());
        let frames = [(); 2].map(|()| images.add(blank(width, height)));
        commands.entity(entity).insert(Playing { path: path.clone(), film, frames, turn: 0 });
    }
}

/// Brings the frames that are due onto the panel.
pub fn play_films(
    projector: Option<ResMut<Projector>>,
    time: Res<Time<Real>>,
    mut images: ResMut<Assets<Image>>,
    mut stage: Option<ResMut<Stage>>,
    mut films: Query<(&mut Playing, &mut ImageNode)>,
) {
    let Some(mut projector) = projector else { return };
    let now = time.elapsed();
    let mut next: Option<Duration> = None;
    for (mut playing, mut node) in &mut films {
        if let Some(frame) = playing.film.frame(now) {
            playing.turn = 1 - playing.turn;
            let shown = playing.frames[playing.turn].clone();
            if let Some(mut image) = images.get_mut(&shown) {
                let data = image.data.get_or_insert_default();
                data.clear();
                data.extend_from_slice(&frame);
            }
            node.image = shown;
        }
        next = [next, playing.film.next_frame_at()].into_iter().flatten().min();
        if let (FilmState::Failed(fault), Some(stage)) = (playing.film.state(), &mut stage) {
            stage.refuse(&playing.path, fault.clone());
        }
    }
    projector.next = next;
}

fn blank(width: u32, height: u32) -> Image {
    let size = Extent3d { width, height, depth_or_array_layers: 1 };
    let black = [0, 0, 0, 255];
    Image::new_fill(size, TextureDimension::D2, &black, TextureFormat::Rgba8UnormSrgb, RenderAssetUsages::all())
}
