//! The parts that screens are put together from: functions from data to blocks.

mod access_facts;
mod card;
mod chip;
mod chip_grid;
mod choices;
mod dead_end;
mod facts;
mod grouped;
mod keyboard;
mod labels;
mod list;
mod locator;
mod marks;
mod nav;
mod page;
mod place_card;
mod poster;
mod qr;
mod reading;
mod search_field;
mod speak;
mod tile;
mod window;

pub use access_facts::{AccessLine, access_facts, access_lines};
pub use card::{Card, card};
pub use chip::{chip, chips};
pub use chip_grid::{Chip, chip_grid};
pub use choices::{Choice, choices, set_mm};
pub use dead_end::{dead_end, gone};
pub use facts::{fact, known, numbers_to_call};
pub use grouped::{Group, Grouped, GroupedList, GroupedRow, grouped};
pub use keyboard::{KeyboardRoom, keyboard};
pub use labels::{event_lead, item_title, kebab, place_title};
pub use list::{List, list, rows_in_sight};
pub use locator::{foot_map, sentence, window_map};
pub use marks::{language_mark, status_mark};
pub use nav::{nav, nav_height_mm};
pub use page::{belt_height_mm, page};
pub use place_card::{has_door, hours_known, open_now, place_card, row_number};
pub use poster::poster;
pub use qr::qr;
pub use reading::{
    Reading, SIDE_GAP_MM, easy_switch, head, item, reading, reading_area, reading_blocks, side_mm, sixty_characters_mm,
};
pub use search_field::{search_field, search_field_mm, text_end};
pub use speak::{SPEAK, SpeakView, is_speaking, language_name, phone_display, speak_button, speak_plate, speak_view};
pub use tile::{Tile, tile};
pub use window::{WindowPlate, signboard, window, window_of};
