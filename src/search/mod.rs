//! Finds items by what a visitor types. Pure: an index, a query, and the keyboards to type it on.
//!
//! The index is built once per catalog, off the main thread, and never changes; a query reads it without locks.
//! Words are folded (accents, ligatures, Arabic letter forms) when indexed and when asked for, so that no rule
//! needs to know what a visitor's keyboard can type. They stand in finite-state transducers, so that prefixes and
//! typos are walks over shared letters rather than a look at every word.

mod folding;
mod function_words;
mod index;
mod keyboard;
mod kinds;
mod lexicon;
mod pinyin;
mod query;
#[cfg(test)]
mod ranking;
mod typo;
mod words;

pub use folding::fold;
pub use index::Index;
pub use keyboard::{Key, Keyboard, Layout, press};
pub use query::{Hit, Results};

/// What a visitor can type; longer queries are cut.
pub const MAX_TEXT_CHARS: usize = 64;
