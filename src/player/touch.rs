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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Two buttons side by side, 100 mm wide each; from 200 mm down they stand in a list.
    fn under(at: Point) -> Under<u8> {
        Under { touchable: Some(if at.x < 100.0 { 1 } else { 2 }), scroll: (at.y >= 200.0).then_some("list") }
    }

    fn at(x: f32, y: f32) -> Point {
        Point { x, y }
    }

    fn play(finger: &mut Finger<u8>, strikes: &[(u64, Strike, f64)]) -> Vec<Outcome<u8>> {
        strikes.iter().map(|(id, strike, secs)| finger.strike(*id, *strike, *secs, under)).collect()
    }

    fn tap(finger: &mut Finger<u8>, spot: Point, secs: f64) -> Outcome<u8> {
        play(finger, &[(1, Strike::Down(spot), secs), (1, Strike::Up(spot), secs + 0.05)]).remove(1)
    }

    #[test]
    fn a_finger_acts_when_it_is_lifted() {
        let mut finger = Finger::default();
        let spot = at(50.0, 50.0);
        let outcomes = play(
            &mut finger,
            &[
                (1, Strike::Down(spot), 0.0),
                (1, Strike::Move(at(54.0, 53.0)), 0.1),
                (1, Strike::Up(at(54.0, 53.0)), 3.0),
            ],
        );
        assert_eq!(outcomes, [Outcome::Pressed(1), Outcome::Nothing, Outcome::Tapped(1)]);
        assert_eq!(finger.pressed(), None);
    }

    #[test]
    fn dragging_off_takes_it_back() {
        let (on, off) = (at(95.0, 50.0), at(105.0, 50.0));
        for last in [on, off] {
            let mut finger = Finger::default();
            let strikes = [
                (1, Strike::Down(on), 0.0),
                (1, Strike::Move(off), 0.1),
                (1, Strike::Move(last), 0.2),
                (1, Strike::Up(last), 0.3),
            ];
            let outcomes = play(&mut finger, &strikes);
            assert_eq!(outcomes[1..], [Outcome::Released, Outcome::Nothing, Outcome::Released], "let go at {last:?}");
        }
    }

    #[test]
    fn a_lost_finger_does_nothing() {
        let mut finger = Finger::default();
        let strikes = [(1, Strike::Down(at(50.0, 50.0)), 0.0), (2, Strike::Cancel, 0.1), (1, Strike::Cancel, 0.2)];
        assert_eq!(play(&mut finger, &strikes), [Outcome::Pressed(1), Outcome::Nothing, Outcome::Released]);
        assert_eq!(finger.strike(1, Strike::Up(at(50.0, 50.0)), 0.3, under), Outcome::Nothing);
    }

    #[test]
    fn a_second_finger_does_nothing() {
        let mut finger = Finger::default();
        let (one, other) = (at(50.0, 50.0), at(150.0, 50.0));
        let outcomes = play(
            &mut finger,
            &[
                (1, Strike::Down(one), 0.0),
                (2, Strike::Down(other), 0.1),
                (2, Strike::Move(at(150.0, 90.0)), 0.2),
                (2, Strike::Up(other), 0.3),
                (1, Strike::Up(one), 0.4),
            ],
        );
        let nothing = Outcome::Nothing;
        assert_eq!(outcomes, [Outcome::Pressed(1), nothing.clone(), nothing.clone(), nothing, Outcome::Tapped(1)]);
    }

    #[test]
    fn a_second_strike_at_the_same_spot_waits_half_a_second() {
        for (spot, secs, outcome) in [
            (at(50.0, 50.0), 0.30, Outcome::Released),
            (at(58.0, 50.0), 0.54, Outcome::Released),
            (at(50.0, 50.0), 0.56, Outcome::Tapped(1)),
            (at(50.0, 70.0), 0.10, Outcome::Tapped(1)),
            (at(150.0, 50.0), 0.10, Outcome::Tapped(2)),
        ] {
            let mut finger = Finger::default();
            assert_eq!(tap(&mut finger, at(50.0, 50.0), 0.0), Outcome::Tapped(1));
            assert_eq!(tap(&mut finger, spot, secs), outcome, "{spot:?} after {secs} s");
        }
    }

    #[test]
    fn a_list_follows_the_finger_and_glides_on() {
        let mut finger = Finger::default();
        let outcomes = play(
            &mut finger,
            &[
                (1, Strike::Down(at(50.0, 400.0)), 0.00),
                (1, Strike::Move(at(50.0, 380.0)), 0.02),
                (1, Strike::Move(at(50.0, 350.0)), 0.04),
            ],
        );
        assert_eq!(outcomes, [Outcome::Pressed(1), Outcome::Scrolled("list", 20.0), Outcome::Scrolled("list", 30.0)]);
        assert_eq!((finger.pressed(), finger.dragging()), (None, Some("list")));
        let Outcome::Flung("list", speed) = finger.strike(1, Strike::Up(at(50.0, 350.0)), 0.05, under) else {
            panic!("it was let go in motion")
        };
        assert!(speed > 500.0, "{speed} mm/s");
    }

    #[test]
    fn a_finger_that_came_to_rest_flings_nothing() {
        let mut finger = Finger::default();
        let strikes = [
            (1, Strike::Down(at(50.0, 400.0)), 0.0),
            (1, Strike::Move(at(50.0, 300.0)), 0.1),
            (1, Strike::Move(at(50.0, 250.0)), 0.2),
            (1, Strike::Up(at(50.0, 250.0)), 0.4),
        ];
        assert_eq!(play(&mut finger, &strikes).last(), Some(&Outcome::Flung("list", 0.0)));
        assert_eq!(Glide::new("list", 0.0), None);
    }

    proptest! {
        #[test]
        fn a_drag_never_ends_in_a_tap(
            ways in prop::collection::vec((0.0..200.0_f32, 200.0..600.0_f32), 1..20),
            from in (0.0..200.0_f32, 200.0..600.0_f32),
        ) {
            let from = at(from.0, from.1);
            let ways: Vec<Point> = ways.into_iter().map(|(x, y)| at(x, y)).collect();
            prop_assume!(ways.iter().any(|way| way.distance(from) > SLOP_MM));
            let mut finger = Finger::default();
            finger.strike(1, Strike::Down(from), 0.0, under);
            for (step, way) in ways.iter().enumerate() {
                finger.strike(1, Strike::Move(*way), 0.01 * (step + 1) as f64, under);
            }
            let last = ways[ways.len() - 1];
            for spot in [from, last] {
                let mut copy = Finger { held: finger.held, last_tap: finger.last_tap };
                let end = copy.strike(1, Strike::Up(spot), 1.0, under);
                prop_assert!(!matches!(end, Outcome::Tapped(_)), "{end:?}");
            }
        }

        #[test]
        fn a_fling_comes_to_rest(speed in -100_000.0..100_000.0_f32, fps in 5.0..240.0_f32) {
            let mut glide = Glide::new("list", speed);
            let (mut way_mm, mut secs) = (0.0_f32, 0.0_f32);
            while let Some(moving) = glide {
                let (by_mm, rest) = moving.advance(1.0 / fps);
                prop_assert!(by_mm * speed >= 0.0, "it never turns round");
                way_mm += by_mm;
                secs += 1.0 / fps;
                prop_assert!(secs < 5.0, "still gliding after 5 s");
                glide = rest;
            }
            prop_assert!(way_mm.abs() <= 3_000.0 / FRICTION + 1.0, "{way_mm} mm");
        }
    }
}
