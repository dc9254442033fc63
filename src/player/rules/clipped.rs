//! All text is there: no ink cut off, no glyph missing, nothing left out but behind an ellipsis on a card.

use super::{Letters, Sight};

/// What nobody misses of a letter's edge, in mm.
const BLUR_MM: f32 = 0.6;

pub fn check(sight: &Sight) -> Vec<String> {
    let mut problems = Vec::new();
    for letters in &sight.letters {
        if sight.mm(letters.cut_px) > BLUR_MM {
            problems.push(format!("\"{}\" is cut off by {:.1} mm", letters.drawn, sight.mm(letters.cut_px)));
        }
        if !letters.missing.is_empty() {
            problems.push(format!("\"{}\": no font has \"{}\"", letters.drawn, letters.missing));
        }
        problems.extend(left_out(letters));
    }
    problems
}

fn left_out(letters: &Letters) -> Option<String> {
    if letters.is_icon || letters.drawn == letters.full {
        return None;
    }
    let beginning = letters.drawn.strip_suffix('…').filter(|beginning| letters.full.starts_with(beginning));
    let Some(beginning) = beginning else {
        return Some(format!(
            "\"{}\" is drawn where \"{}\" should be, without an ellipsis",
            letters.drawn, letters.full
        ));
    };
    if beginning.trim().is_empty() {
        return Some(format!("nothing of \"{}\" is drawn but the ellipsis", letters.full));
    }
    (!letters.on_control).then(|| format!("\"{}\" is cut short, and no touch on it shows the rest", letters.drawn))
}

#[cfg(test)]
mod tests {
    use super::super::sight::sample;
    use super::*;

    fn problems(change: impl Fn(&mut Letters)) -> usize {
        let mut sight = sample::sight();
        change(&mut sight.letters[0]);
        check(&sight).len()
    }

    #[test]
    fn each_way_of_losing_text_is_found() {
        assert_eq!(problems(|_| {}), 0);
        assert_eq!(problems(|letters| letters.cut_px = 3.0), 1);
        assert_eq!(problems(|letters| letters.missing = "漢".to_owned()), 1);
        assert_eq!(problems(|letters| letters.full = "Near me, now".to_owned()), 1);
        assert_eq!(problems(|letters| letters.drawn = "…".to_owned()), 1);
    }

    #[test]
    fn a_card_may_cut_with_an_ellipsis_and_nothing_else_may() {
        let cut = |on_control: bool| {
            problems(|letters| {
                letters.on_control = on_control;
                letters.drawn = "Near…".to_owned();
            })
        };
        assert_eq!((cut(true), cut(false)), (0, 1));
    }
}
