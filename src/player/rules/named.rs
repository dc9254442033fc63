//! Each thing to touch has a name that can be spoken (EN 301 549 5.1.3.3).

use super::Sight;

pub fn check(sight: &Sight) -> Vec<String> {
    let nameless = sight.controls.iter().filter(|control| control.name.trim().is_empty());
    let problem = |control: &super::Control| {
        let at = control.seen.center();
        format!(
            "what stands {:.0} mm from the left and {:.0} mm from the top can be touched and has no name",
            sight.mm(at.x),
            sight.mm(at.y)
        )
    };
    nameless.map(problem).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sight::sample;
    use super::*;

    #[test]
    fn a_control_without_a_name_is_found() {
        let mut sight = sample::sight();
        assert_eq!(check(&sight), Vec::<String>::new());
        sight.controls[0].name = "  ".to_owned();
        assert_eq!(check(&sight).len(), 1);
    }
}
