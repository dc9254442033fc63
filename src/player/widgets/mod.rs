//! The parts that screens are put together from: functions from data to blocks.

mod card;
mod chip;
mod grouped;
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
pub use grouped::{Group, Grouped, GroupedList, GroupedRow, grouped};
pub use labels::{event_lead, item_title, kebab, place_title};
pub use list::{List, list, rows_in_sight};
pub use locator::{foot_map, sentence};
pub use marks::{language_mark, status_mark};
pub use nav::nav;
pub use page::{belt_height_mm, page};
pub use poster::poster;
pub use tile::{Tile, tile};
pub use window::{WindowPlate, window};
