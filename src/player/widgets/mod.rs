//! The parts that screens are put together from: functions from data to blocks.

mod access_facts;
mod card;
mod chip;
mod chip_grid;
mod choices;
mod coming;
mod dead_end;
mod event_card;
mod facts;
mod grouped;
mod keyboard;
mod labels;
mod list;
mod locator;
mod marks;
mod nav;
mod numbered;
mod on_foot;
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
pub use choices::{Choice, choices};
pub use coming::{foot_coming, next_events};
pub use dead_end::{dead_end, gone};
pub use event_card::event_card;
pub use facts::{fact, known, numbers_to_call};
pub use grouped::{Group, Grouped, GroupedList, GroupedRow, grouped};
pub use keyboard::{KeyboardRoom, keyboard};
pub use labels::{dotted, event_lead, item_title, kebab, lead, place_title, venue};
pub use list::{List, list, rows_in_sight};
pub use locator::{foot_map, foot_plate, sentence, window_map};
pub use marks::{language_mark, status_mark};
pub use nav::{nav, nav_height_mm};
pub use numbered::{numbered, row_number};
pub use on_foot::on_foot;
pub use page::{belt_height_mm, page};
pub use place_card::{has_door, hours_known, open_now, place_card};
pub use poster::poster;
pub use qr::qr;
pub use reading::{
    Reading, SIDE_GAP_MM, easy_switch, head, item, reading, reading_area, reading_blocks, side_mm, sixty_characters_mm,
};
pub use search_field::{search_field, search_field_mm, text_end};
pub use speak::{SPEAK, SpeakView, is_speaking, language_name, phone_display, speak_button, speak_plate, speak_view};
pub use tile::{Tile, TileSize, tiles};
pub use window::{WindowPlate, signboard, window, window_of, window_where};
