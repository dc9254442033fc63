//! A bounded cache of finished pictures, and the workers that fill it.

use super::decode::{Easel, Made, MapLabel, make};
use super::spec::PictureSpec;
use crate::player::theme::Light;
use bevy::asset::RenderAssetUsages;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Pictures held at once, in bytes of RGBA; the ones longest unseen go first. One that is larger than this is held alone:
/// thrown away, it would be made again and again.
pub const CACHE_MAX_BYTES: usize = 48 << 20;

/// What identifies a finished picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureKey {
    pub spec: PictureSpec,
    pub width: u32,
    pub height: u32,
    pub light: Light,
}

struct Entry {
    key: PictureKey,
    /// The order it was made by: what an earlier one brings is another picture.
    order: u64,
    state: State,
    seen: u64,
}

enum State {
    Waiting,
    Ready { image: Handle<Image>, labels: Arc<[MapLabel]>, bytes: usize },
    Failed,
}

type Done = (u64, Result<Made, String>);

/// The pictures there are and those being made.
#[derive(Resource)]
pub struct Pictures {
    entries: Vec<Entry>,
    turn: u64,
    orders: Sender<(u64, PictureKey, Easel)>,
    done: Mutex<Receiver<Done>>,
    /// Finished, and not yet taken in.
    arrived: Vec<Done>,
    /// Problems met while making pictures, oldest first, at most a hundred.
    pub problems: Vec<String>,
}

/// A picture as the cache has it.
pub enum PictureCache {
    Ready(Handle<Image>, Arc<[MapLabel]>),
    Waiting,
    Failed,
}

impl Pictures {
    /// Starts the workers; `wake` is called from them whenever a picture is finished.
    pub fn start(wake: impl Fn() + Send + Clone + 'static) -> Self {
        let (orders, inbox) = channel::<(u64, PictureKey, Easel)>();
        let (outbox, done) = channel::<Done>();
        let inbox = Arc::new(Mutex::new(inbox));
        for _ in 0..2 {
            let (inbox, outbox, wake) = (inbox.clone(), outbox.clone(), wake.clone());
            std::thread::spawn(move || {
                loop {
                    let order = inbox.lock().map(|inbox| inbox.recv());
                    let Ok(Ok((order, key, easel))) = order else { return };
                    let made = make(&key.spec, key.width, key.height, &easel);
                    if outbox.send((order, made)).is_err() {
                        return;
                    }
                    wake();
                }
            });
        }
        Self { entries: Vec::new(), turn: 0, orders, done: Mutex::new(done), arrived: Vec::new(), problems: Vec::new() }
    }

    /// The picture, ordered when it is new.
    pub fn get(&mut self, key: &PictureKey, easel: impl FnOnce() -> Easel) -> PictureCache {
        self.turn += 1;
        let turn = self.turn;
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == *key) {
            entry.seen = turn;
            return match &entry.state {
                State::Waiting => PictureCache::Waiting,
                State::Failed => PictureCache::Failed,
                State::Ready { image, labels, .. } => PictureCache::Ready(image.clone(), labels.clone()),
            };
        }
        let ordered = self.orders.send((turn, key.clone(), easel())).is_ok();
        let state = if ordered { State::Waiting } else { State::Failed };
        self.entries.push(Entry { key: key.clone(), order: turn, state, seen: turn });
        PictureCache::Waiting
    }

    pub fn is_waiting(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry.state, State::Waiting))
    }

    /// Waits until a picture is finished, at most so long.
    pub fn wait(&mut self, at_most: Duration) {
        if let Ok(done) = self.done.lock()
            && let Ok(finished) = done.recv_timeout(at_most)
        {
            self.arrived.push(finished);
        }
    }

    /// Takes in what the workers have finished. Returns whether anything has.
    pub fn collect(&mut self, images: &mut Assets<Image>) -> bool {
        let mut finished = std::mem::take(&mut self.arrived);
        if let Ok(done) = self.done.lock() {
            finished.extend(done.try_iter());
        }
        for (order, made) in &finished {
            let state = match made {
                Ok(made) => ready(made, images),
                Err(reason) => {
                    self.report(reason);
                    State::Failed
                }
            };
            if let Some(entry) = self.entries.iter_mut().find(|entry| entry.order == *order) {
                entry.state = state;
            }
        }
        self.shrink();
        !finished.is_empty()
    }

    /// Forgets all pictures: the content behind them has changed.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// Forgets those that look different now.
    pub fn keep(&mut self, same: impl Fn(&PictureSpec) -> bool) {
        self.entries.retain(|entry| same(&entry.key.spec));
    }

    /// Forgets those that could not be made: they are tried again when they are asked for.
    pub fn forget_failed(&mut self) {
        self.entries.retain(|entry| !matches!(entry.state, State::Failed));
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.entries.iter().map(Entry::bytes).sum()
    }

    fn report(&mut self, reason: &str) {
        const PROBLEMS_MAX: usize = 100;
        warn!("{reason}");
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(reason.to_owned());
        }
    }

    fn shrink(&mut self) {
        self.entries.sort_by_key(|entry| std::cmp::Reverse(entry.seen));
        let mut held = 0;
        self.entries.retain(|entry| {
            let is_alone = held == 0;
            held += entry.bytes();
            matches!(entry.state, State::Waiting) || is_alone || held <= CACHE_MAX_BYTES
        });
    }
}

impl Entry {
    fn bytes(&self) -> usize {
        match self.state {
            State::Ready { bytes, .. } => bytes,
            State::Waiting | State::Failed => 0,
        }
    }
}

fn ready(made: &Made, images: &mut Assets<Image>) -> State {
    let size = Extent3d { width: made.width, height: made.height, depth_or_array_layers: 1 };
    let format = TextureFormat::Rgba8UnormSrgb;
    // The processor paints what a graphics card draws too: as it leaves, and to see whether the card draws it right.
    let image = Image::new(size, TextureDimension::D2, made.rgba.clone(), format, RenderAssetUsages::all());
    State::Ready { image: images.add(image), labels: made.labels.clone().into(), bytes: made.rgba.len() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::player::media::Gallery;
    use crate::player::theme::Theme;

    #[test]
    fn what_is_larger_than_the_bound_is_held_and_alone() {
        let theme = Theme::shipped("parvis").unwrap();
        let easel = || Easel {
            gallery: Gallery::default(),
            colours: theme.colours(Light::Day).clone(),
            px_per_mm: 1.0,
            label_cap_mm: 5.0,
        };
        let (mut pictures, mut images) = (Pictures::start(|| {}), Assets::<Image>::default());
        let code = |link: &str, side| PictureKey {
            spec: PictureSpec::Qr(link.to_owned()),
            width: side,
            height: side,
            light: Light::Day,
        };
        let large = code("https://ville.fr/a", 3_840);
        for key in [code("https://ville.fr/b", 100), large.clone()] {
            assert!(matches!(pictures.get(&key, easel), PictureCache::Waiting));
            pictures.wait(Duration::from_secs(60));
            assert!(pictures.collect(&mut images));
        }
        assert!(matches!(pictures.get(&large, easel), PictureCache::Ready(..)));
        assert!(pictures.bytes() > CACHE_MAX_BYTES);
        assert_eq!(pictures.entries.len(), 1);
    }
}
