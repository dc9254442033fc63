//! The media library: what staff bring, looked at before it is kept, and kept under the name of what is in it.

mod files;
mod film_metadata;
mod library;
mod licences;
mod poster;
mod poster_page;
mod suggestions;

pub use files::{MediaFiles, part_name};
pub use library::{
    Incoming, NotKept, SIDES, adopt, cut, forget, is_pdf_too_large, keep, keep_page, kept_rendition, rendition, sweep,
};
pub use licences::LICENCES;
pub use poster::first_page;
pub use poster_page::{PagePicture, draw_first_page};
pub use suggestions::{Line, Suggested, suggest};
