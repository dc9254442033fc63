//! At most seven things of one kind to choose from at a time.

use super::{Control, Sight};
use crate::player::action::Action;
use std::mem::discriminant;

const CHOICES_MAX: usize = 7;

pub fn check(sight: &Sight) -> Vec<String> {
    let counted: Vec<&Control> = sight.controls.iter().filter(|control| is_a_choice(control)).collect();
    let mut problems = Vec::new();
    for (at, first) in counted.iter().enumerate() {
        let alike = |other: &&&Control| is_alike(first, other);
        if counted[..at].iter().any(|other| is_alike(first, other)) {
            continue;
        }
        let names: Vec<&str> = counted.iter().filter(alike).map(|control| control.name.as_str()).collect();
        if names.len() > CHOICES_MAX {
            problems.push(format!("{} choices at once, at most {CHOICES_MAX}: {}", names.len(), names.join(" / ")));
        }
    }
    problems
}

/// They stand beside one another and do the same sort of thing.
fn is_alike(one: &Control, other: &Control) -> bool {
    one.among == other.among && discriminant(&one.action) == discriminant(&other.action)
}

/// A key of the keyboard is typed, not chosen; one's own language is recognised, not weighed against the others; of
/// a list, rows count that are more than half in sight.
fn is_a_choice(control: &Control) -> bool {
    let in_sight = control.seen.height() > control.whole.height() / 2.0;
    in_sight && !matches!(control.action, Action::Key(_) | Action::Speak(_))
}

#[cfg(test)]
mod tests {
    use super::super::sight::sample;
    use super::*;

    fn sight(count: usize, action: &Action) -> Sight {
        let mut sight = sample::sight();
        let one = sight.controls[0].clone();
        sight.controls = vec![Control { action: action.clone(), ..one }; count];
        sight
    }

    #[test]
    fn an_eighth_choice_is_found() {
        let look = Action::Look(crate::content::Id("a".to_owned()));
        assert_eq!(check(&sight(7, &look)), Vec::<String>::new());
        assert_eq!(check(&sight(8, &look)).len(), 1);
    }

    #[test]
    fn keys_and_languages_and_rows_out_of_sight_are_not_counted() {
        assert_eq!(check(&sight(8, &Action::Speak(crate::language::Language::Fr))), Vec::<String>::new());
        let mut rows = sight(8, &Action::Turn("list", 1.0));
        rows.controls[7].whole.max.y += 500.0;
        assert_eq!(check(&rows), Vec::<String>::new());
    }
}
