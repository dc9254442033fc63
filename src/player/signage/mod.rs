//! The panel that nobody touches: what the program says, drawn whole and ahead of its turn.
//!
//! [`Panel`] says what is shown at an instant; `slides` what each thing to show says; `compose` puts that into the
//! boxes of a template; `stage` brings it onto the panel, or into the window of a kiosk (`between`).

mod between;
mod compose;
mod filming;
mod lamp;
pub mod lint;
mod panel;
mod passing;
mod presented;
mod room;
mod side;
mod slide;
mod slides;
mod stage;
mod station;
mod suitable;
mod templates;
mod truth;

pub use between::{Between, Inviting, forgive, inviting, play_between};
pub use filming::{Projector, play_films, start_films};
pub use lamp::{Lamp, switch_panel};
pub use panel::{Making, Panel, Part};
pub use passing::{FRAME, Leaving, Passing, pass_on};
pub use presented::end_plays;
pub use room::Room;
pub use side::OnPanel;
pub use slide::Slide;
pub use stage::{Stage, draw_stage};
pub use station::{Station, Wish};
pub use suitable::{Measured, Stocked, with_stock};
pub use truth::{Found, Truth, check_truth, look_at_card};
