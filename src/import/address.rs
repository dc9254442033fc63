/// A postal address in one line: "12 Rue Grimaldi, 98000 Monaco". Code and town are left out where the lines above them
/// name the town already; a street that bears the town's name does not.
pub fn address_line(lines: impl IntoIterator<Item = String>, code: &str, town: &str) -> String {
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let above = lines.join(", ");
    let (lower, named) = (above.to_lowercase(), town.to_lowercase());
    let is_code_named = !code.is_empty() && above.contains(code);
    // A line may have a code though its record has none.
    let bare = |part: &'_ str| part.trim().trim_start_matches(|c: char| c.is_ascii_digit()).trim() == named;
    let mut parts = lower.split(',');
    let is_named = parts.any(bare) || is_code_named && lower.contains(&format!("{code} {named}"));
    let place = match (town.is_empty(), is_code_named) {
        (false, _) if is_named => String::new(),
        (_, true) => town.to_owned(),
        (_, false) => format!("{code} {town}").trim().to_owned(),
    };
    [above, place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_town_is_named_once() {
        for (lines, code, town, line) in [
            (&["12 Rue Grimaldi"][..], "98000", "Monaco", "12 Rue Grimaldi, 98000 Monaco"),
            (&["Le Bourg", "3 rue d'Albi"], "81000", "Albi", "Le Bourg, 3 rue d'Albi, 81000 Albi"),
            (&["3 rue Basse, 81000 ALBI"], "81000", "Albi", "3 rue Basse, 81000 ALBI"),
            (&["3 rue Basse 81000 Albi"], "81000", "Albi", "3 rue Basse 81000 Albi"),
            (&["3 rue Basse, Albi, France"], "81000", "Albi", "3 rue Basse, Albi, France"),
            (&["3 rue Basse, 81000"], "81000", "Albi", "3 rue Basse, 81000, Albi"),
            (&["3 rue Basse"], "81000", "", "3 rue Basse, 81000"),
            (&["3 rue Basse"], "", "Albi", "3 rue Basse, Albi"),
            (&["3 rue Basse, 81000 Albi"], "", "Albi", "3 rue Basse, 81000 Albi"),
            (&["3 rue Basse, 81000 Albi"], "81990", "Albi", "3 rue Basse, 81000 Albi"),
            (&["3 rue Basse"], "", "", "3 rue Basse"),
            (&[""], "81000", "Albi", "81000 Albi"),
            (&[], "", "", ""),
        ] {
            assert_eq!(address_line(lines.iter().map(|line| (*line).to_owned()), code, town), line);
        }
    }
}
