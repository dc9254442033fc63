//! The parts that screens are put together from: functions from data to blocks.

mod card;
mod chip;
mod gone;
mod labels;
mod list;
mod locator;
mod marks;
mod nav;
mod page;
mod poster;
mod qr;
mod reading;
mod speak;
mod tile;
mod window;

pub use card::{Card, card};
pub use chip::{chip, chips};
pub use gone::gone;
pub use labels::{event_lead, item_title, kebab, place_title};
pub use list::{List, list};
pub use locator::{foot_map, sentence};
pub use marks::{language_mark, status_mark};
pub use nav::{nav, nav_height_mm};
pub use page::{belt_height_mm, page};
pub use poster::poster;
pub use qr::qr;
pub use reading::{Reading, SIDE_GAP_MM, easy_switch, head, item, reading, reading_area, reading_blocks, side_mm, sixty_characters_mm};
pub use speak::{is_speaking, language_name, phone_display, speak_button, speak_plate};
pub use tile::{Tile, tile};
pub use window::{WindowPlate, signboard, window, window_with};
