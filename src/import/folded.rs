use crate::search::fold;

/// A text in small letters without accents, its words apart by one space: equal for what people hold to be the same.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in fold(text) {
        match letter {
            letter if letter.is_alphanumeric() => out.push(letter),
            // It lies within a word: "collègues·es".
            '·' => {}
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_hold_to_be_the_same_is_equal() {
        for (text, read) in [
            (" L’Haÿ-les-Roses ", "l hay les roses"),
            ("CŒUR d'Alsace: Straße", "coeur d alsace strasse"),
            ("Les habitant·es, n° 3", "les habitantes n 3"),
            ("…", ""),
        ] {
            assert_eq!(folded(text), read);
        }
    }
}
