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

/// Each rule by its name: what is wrong with what is laid out.
const LAYOUT: [(&str, fn(&Sight) -> Vec<String>); 10] = [
    ("named", named::check),
    ("target_size", target_size::check),
    ("belt", belt::check),
    ("overlap", overlap::check),
    ("over_picture", over_picture::check),
    ("clipped", clipped::check),
    ("whole_words", whole_words::check),
    ("legible", legible::check),
    ("choices", choices::check),
    ("in_passing", in_passing::check),
];

/// Everything wrong with what is laid out.
pub fn check_layout(sight: &Sight) -> Vec<String> {
    LAYOUT.into_iter().flat_map(|(_, rule)| rule(sight)).collect()
}

/// What is wrong with a screen and its picture, each with the name of the rule that it breaks.
pub fn check(sight: &Sight, shot: &Shot) -> Vec<(&'static str, String)> {
    let laid_out = LAYOUT.into_iter().flat_map(|(name, rule)| rule(sight).into_iter().map(move |what| (name, what)));
    laid_out.chain(check_picture(sight, shot).into_iter().map(|what| ("contrast", what))).collect()
}

/// Everything wrong with the picture of it.
pub fn check_picture(sight: &Sight, shot: &Shot) -> Vec<String> {
    contrast::check(sight, shot)
}
