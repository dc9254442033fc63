//! Interface words (Fluent), dates and numbers (ICU), and the languages of the kiosk.

mod dates;
mod tag;
#[cfg(test)]
mod tests;
mod together;
mod when;
mod words;

pub use tag::Language;
pub use together::{kept_together, on_one_line};
pub use when::{opening_words, week_words, when_words};
pub use words::{Arg, Words};
