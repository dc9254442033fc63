//! One finger at a time: pressed in the next frame, acting on release, never after a drag.

/// A finger may shake this much, in mm, and still mean a tap.
const SLOP_MM: f32 = 8.0;
/// A second strike at the same spot within this time, in seconds, is not meant (EN 301 549 5.9).
const DOUBLE_STRIKE_SECS: f64 = 0.5;
/// What counts as the same spot, in mm.
const SAME_SPOT_MM: f32 = 12.0;
/// Speed lost by a flung list, as a share a second.
const FRICTION: f32 = 4.0;
/// Below this speed, in mm a second, a flung list rests.
const REST_MM_PER_SEC: f32 = 8.0;

/// A point on the panel in mm from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// What the finger did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Strike {
    Down(Point),
    Move(Point),
    Up(Point),
    Cancel,
}

/// What is under a point; `T` names a touchable node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Under<T> {
    pub touchable: Option<T>,
    pub scroll: Option<&'static str>,
}

/// What follows from a strike.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome<T> {
    Nothing,
    Pressed(T),
    /// Nothing is pressed any more.
    Released,
    Tapped(T),
    /// The list follows the finger by this many mm, down when positive.
    Scrolled(&'static str, f32),
    /// The finger let go of a moving list.
    Flung(&'static str, f32),
}

#[derive(Clone, Copy, Debug)]
struct Held<T> {
    id: u64,
    from: Point,
    last: Point,
    last_secs: f64,
    pressed: Option<T>,
    scroll: Option<&'static str>,
    dragging: bool,
    speed_mm_per_sec: f32,
}

/// Follows the one finger that counts.
#[derive(Debug)]
pub struct Finger<T> {
    held: Option<Held<T>>,
    last_tap: Option<(f64, Point)>,
}

impl<T> Default for Finger<T> {
    fn default() -> Self {
        Self { held: None, last_tap: None }
    }
}

impl<T: Copy + PartialEq> Finger<T> {
    /// What a strike of finger `id` at `secs` means; `under` says what lies at a point.
    pub fn strike(&mut self, id: u64, strike: Strike, secs: f64, under: impl Fn(Point) -> Under<T>) -> Outcome<T> {
        match strike {
            Strike::Down(at) => self.down(id, at, secs, under(at)),
            Strike::Move(at) => self.moved(id, at, secs, &under),
            Strike::Up(at) => self.up(id, at, secs, &under),
            Strike::Cancel => {
                if self.held.as_ref().is_some_and(|held| held.id == id) {
                    self.held = None;
                    return Outcome::Released;
                }
                Outcome::Nothing
            }
        }
    }

    /// What is pressed now.
    pub fn pressed(&self) -> Option<T> {
        self.held.as_ref().and_then(|held| held.pressed)
    }

    /// The list being dragged now.
    pub fn dragging(&self) -> Option<&'static str> {
        self.held.as_ref().filter(|held| held.dragging).and_then(|held| held.scroll)
    }

    /// The nodes that were pressed or held are gone.
    pub fn forget(&mut self) {
        if let Some(held) = &mut self.held {
            held.pressed = None;
        }
    }

    fn down(&mut self, id: u64, at: Point, secs: f64, under: Under<T>) -> Outcome<T> {
        if self.held.is_some() {
            return Outcome::Nothing;
        }
        let struck_twice = self
            .last_tap
            .is_some_and(|(then, spot)| secs - then < DOUBLE_STRIKE_SECS && spot.distance(at) < SAME_SPOT_MM);
        let pressed = under.touchable.filter(|_| !struck_twice);
        let held = Held {
            id,
            from: at,
            last: at,
            last_secs: secs,
            pressed,
            scroll: under.scroll,
            dragging: false,
            speed_mm_per_sec: 0.0,
        };
        self.held = Some(held);
        pressed.map_or(Outcome::Nothing, Outcome::Pressed)
    }

    fn moved(&mut self, id: u64, at: Point, secs: f64, under: &impl Fn(Point) -> Under<T>) -> Outcome<T> {
        let Some(held) = self.held.as_mut().filter(|held| held.id == id) else { return Outcome::Nothing };
        let by_mm = held.last.y - at.y;
        let elapsed = (secs - held.last_secs).max(0.001) as f32;
        if held.dragging {
            held.speed_mm_per_sec = held.speed_mm_per_sec * 0.4 + by_mm / elapsed * 0.6;
            (held.last, held.last_secs) = (at, secs);
            return held.scroll.map_or(Outcome::Nothing, |key| Outcome::Scrolled(key, by_mm));
        }
        let moved_on = held.from.distance(at) > SLOP_MM;
        if moved_on && let Some(key) = held.scroll {
            held.dragging = true;
            held.pressed = None;
            (held.last, held.last_secs) = (at, secs);
            return Outcome::Scrolled(key, by_mm);
        }
        let off = held.pressed.is_some() && under(at).touchable != held.pressed;
        if off {
            held.pressed = None;
            return Outcome::Released;
        }
        Outcome::Nothing
    }

    fn up(&mut self, id: u64, at: Point, secs: f64, under: &impl Fn(Point) -> Under<T>) -> Outcome<T> {
        if self.held.as_ref().is_none_or(|held| held.id != id) {
            return Outcome::Nothing;
        }
        let Some(held) = self.held.take() else { return Outcome::Nothing };
        if held.dragging {
            let rested = secs - held.last_secs > 0.1;
            let speed = if rested { 0.0 } else { held.speed_mm_per_sec };
            return held.scroll.map_or(Outcome::Released, |key| Outcome::Flung(key, speed));
        }
        match held.pressed {
            Some(pressed) if under(at).touchable == Some(pressed) => {
                self.last_tap = Some((secs, at));
                Outcome::Tapped(pressed)
            }
            _ => Outcome::Released,
        }
    }
}

/// A list that glides on after the finger has left it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glide {
    pub key: &'static str,
    pub speed_mm_per_sec: f32,
}

impl Glide {
    /// `None` for a finger that stood still.
    pub fn new(key: &'static str, speed_mm_per_sec: f32) -> Option<Self> {
        (speed_mm_per_sec.abs() > REST_MM_PER_SEC)
            .then_some(Self { key, speed_mm_per_sec: speed_mm_per_sec.clamp(-3000.0, 3000.0) })
    }

    /// How far it glides in this time, and what is left of it.
    pub fn advance(self, secs: f32) -> (f32, Option<Self>) {
        let kept = (-FRICTION * secs).exp();
        let by_mm = self.speed_mm_per_sec * (1.0 - kept) / FRICTION;
        (by_mm, Self::new(self.key, self.speed_mm_per_sec * kept))
    }
}
