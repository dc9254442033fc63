//! The parts that screens are put together from: functions from data to blocks.

mod card;
mod chip;
mod labels;
mod list;
mod locator;
mod marks;
mod nav;
mod page;
mod poster;
mod tile;
mod window;

pub use card::{Card, card};
pub use chip::{chip, chips};
pub use labels::{event_lead, item_title, kebab, place_title};
pub use list::{List, list};
pub use locator::{foot_map, sentence};
pub use marks::{language_mark, status_mark};
pub use nav::{nav, nav_height_mm};
pub use page::{belt_height_mm, page};
pub use poster::poster;
pub use tile::{Tile, tile};
pub use window::{WindowPlate, window};
