//! The Bevy app: the same systems drive the panel, pictures and tests.

use super::curtain::draw_curtain;
use super::draw::{Drawn, spawn_regions};
use super::focus::{Focus, move_ring};
use super::input::{Hand, colour_pressed, glide_lists, read_fingers, read_keys, read_wheel};
use super::kiosk::{Kiosk, Setup, draw_screen, watch_idle};
use super::media::Pictures;
use super::motion::{self, Motion};
use super::paging::turn_pagers;
use super::painter::show_panel;
use super::pictures::hang_pictures;
use super::signage::{Passing, Truth, check_truth, look_at_card, pass_on, play_films, start_films, switch_panel};
use super::theme::register_fonts;
use bevy::prelude::*;
use bevy::text::FontCx;
use bevy::ui::UiSystems;

/// The kiosk's own systems, whatever they are drawn on.
pub fn add_kiosk(app: &mut App, setup: Setup) {
    register_fonts(&mut app.world_mut().resource_mut::<FontCx>());
    app.insert_resource(Kiosk::new(setup))
        .init_resource::<Drawn>()
        .init_resource::<Focus>()
        .init_resource::<Hand>()
        .init_resource::<Motion>()
        .init_resource::<Passing>()
        .init_resource::<Truth>()
        .add_systems(Startup, spawn_regions)
        .add_systems(
            Update,
            (
                read_fingers,
                read_wheel,
                read_keys,
                glide_lists,
                watch_idle,
                draw_screen,
                pass_on,
                colour_pressed,
                move_ring,
                motion::move_on,
            )
                .chain(),
        )
        .add_systems(PostUpdate, turn_pagers.after(UiSystems::PostLayout).before(hang_pictures))
        .add_systems(PostUpdate, (motion::begin, start_films, play_films, check_truth).after(hang_pictures))
        .add_systems(PostUpdate, look_at_card.after(check_truth).after(draw_curtain))
        .add_systems(Last, switch_panel.after(show_panel))
        .add_systems(PostUpdate, hang_pictures.after(UiSystems::PostLayout).before(bevy::asset::AssetEventSystems));
    if !app.world().contains_resource::<Pictures>() {
        app.insert_resource(Pictures::start(|| {}));
    }
}
