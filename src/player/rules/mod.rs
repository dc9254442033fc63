//! What must hold of every screen, checked on what is laid out and on the finished picture.
//!
//! Each rule stands in its own file with the clause it comes from, and says in words what is wrong.

mod belt;
mod choices;
mod clipped;
mod contrast;
mod in_passing;
mod legible;
mod named;
mod over_picture;
mod overlap;
mod sight;
mod target_size;
mod whole_words;

pub use in_passing::{WORDS_MAX, words};
pub use sight::{Control, Letters, Sight, SignageSight};

use super::render::Shot;

/// Everything wrong with what is laid out.
pub fn check_layout(sight: &Sight) -> Vec<String> {
    let rules: [fn(&Sight) -> Vec<String>; 10] = [
        named::check,
        target_size::check,
        belt::check,
        overlap::check,
        over_picture::check,
        clipped::check,
        whole_words::check,
        legible::check,
        choices::check,
        in_passing::check,
    ];
    rules.into_iter().flat_map(|rule| rule(sight)).collect()
}

/// Everything wrong with the picture of it.
pub fn check_picture(sight: &Sight, shot: &Shot) -> Vec<String> {
    contrast::check(sight, shot)
}
