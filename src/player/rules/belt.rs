//! On tall panels everything to touch stands where arms reach: in the belt (EN 301 549 8.3.2).

use super::{Control, Sight};
use crate::player::action::Action;
use crate::player::profile::Profile;
use crate::player::visitor::Mode;

/// Millimetres lost to whole pixels.
const ROUNDING_MM: f32 = 1.0;

pub fn check(sight: &Sight) -> Vec<String> {
    let profile = &sight.profile;
    if !profile.is_tall() {
        return Vec::new();
    }
    let (low, high) = if sight.has(Mode::Reach) {
        (profile.reach_low_mm, profile.reach_high_mm)
    } else {
        (profile.belt_low_mm, profile.belt_high_mm)
    };
    let is_in = |control: &Control| {
        let (from, to) = above_floor_mm(sight, profile, control);
        from >= low - ROUNDING_MM && to <= high + ROUNDING_MM
    };
    let out = sight.controls.iter().filter(|control| {
        let has_twin = |other: &Control| is_in(other) && leads_alike(&control.action, &other.action);
        !is_in(control) && !sight.controls.iter().any(has_twin)
    });
    let problem = |control: &Control| {
        let (from, to) = above_floor_mm(sight, profile, control);
        format!("\"{}\" stands {from:.0} to {to:.0} mm above the floor, the belt is {low} to {high} mm", control.name)
    };
    out.map(problem).collect()
}

fn above_floor_mm(sight: &Sight, profile: &Profile, control: &Control) -> (f32, f32) {
    let top = profile.lower_edge_mm + profile.panel_height_mm;
    (top - sight.mm(control.seen.max.y), top - sight.mm(control.seen.min.y))
}

/// A large surface outside the belt may do what a control in it does too: the attract picture begins like its button.
fn leads_alike(one: &Action, other: &Action) -> bool {
    matches!((one, other), (Action::Begin(_), Action::Begin(_))) || one == other
}

#[cfg(test)]
mod tests {
    use super::super::sight::sample;
    use super::*;
    use crate::content::Id;

    #[test]
    fn too_high_is_found_and_reach_mode_is_stricter() {
        let mut sight = sample::sight();
        sight.controls[1].action = Action::Back;
        assert_eq!(check(&sight), Vec::<String>::new());
        let up = |sight: &mut Sight, mm: f32| {
            let px = mm * sight.profile.px_per_mm();
            sight.controls[0].seen.min.y -= px;
            sight.controls[0].seen.max.y -= px;
        };
        up(&mut sight, 110.0);
        assert_eq!(check(&sight).len(), 0);
        sight.modes.push(Mode::Reach);
        assert_eq!(check(&sight).len(), 1);
        sight.modes.clear();
        up(&mut sight, 400.0);
        assert_eq!(check(&sight).len(), 1);
    }

    #[test]
    fn a_surface_with_a_twin_in_the_belt_may_be_anywhere() {
        let mut sight = sample::sight();
        let mut high = sight.controls[0].clone();
        high.seen.min.y = 0.0;
        high.seen.max.y = 100.0;
        high.action = Action::Begin(Some(Id("a".to_owned())));
        sight.controls.push(high);
        assert_eq!(check(&sight).len(), 1);
        sight.controls[0].action = Action::Begin(None);
        assert_eq!(check(&sight).len(), 0);
    }
}
