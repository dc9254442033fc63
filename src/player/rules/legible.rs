//! Capitals are high enough for the distance they are read from (EN 301 549 5.1.4: 0.7 degrees).

use super::{Letters, Sight};

/// Millimetres lost to half pixels of type.
const ROUNDING_MM: f32 = 0.1;

pub fn check(sight: &Sight) -> Vec<String> {
    let least = sight.profile.legible_mm();
    let is_credit =
        |letters: &Letters| sight.signage.as_ref().is_some_and(|signage| signage.credits.contains(&letters.full));
    let too_low = |letters: &&Letters| !letters.is_icon && !is_credit(letters) && letters.cap_mm < least - ROUNDING_MM;
    let problem = |letters: &Letters| {
        format!("\"{}\" has capitals of {:.1} mm, the least is {least:.1} mm", letters.drawn, letters.cap_mm)
    };
    sight.letters.iter().filter(too_low).map(problem).collect()
}

#[cfg(test)]
mod tests {
    use super::super::SignageSight;
    use super::super::sight::sample;
    use super::*;

    #[test]
    fn small_type_is_found() {
        let mut sight = sample::sight();
        assert_eq!(check(&sight), Vec::<String>::new());
        sight.letters[0].cap_mm = 7.0;
        assert_eq!(check(&sight).len(), 1);
        sight.signage = Some(SignageSight { credits: vec!["Near me".to_owned()], ..SignageSight::default() });
        assert_eq!(check(&sight), Vec::<String>::new(), "who made a picture is read from near");
    }
}
