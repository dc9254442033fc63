//! Whoever walks past a panel reads at most 25 words of a slide (LOOK).

use super::Sight;

/// Of a slide.
pub const WORDS_MAX: usize = 25;

pub fn check(sight: &Sight) -> Vec<String> {
    let Some(signage) = sight.signage.as_ref().filter(|signage| !signage.is_more) else { return Vec::new() };
    let read = sight.letters.iter().filter(|letters| !letters.is_icon && !signage.credits.contains(&letters.full));
    let count: usize = read.map(|letters| words(&letters.drawn)).sum();
    let most = WORDS_MAX * signage.notices;
    if count > most { vec![format!("{count} words are on the panel, the most are {most}")] } else { Vec::new() }
}

/// How many words a text has; a dot between two is none.
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::super::SignageSight;
    use super::super::sight::sample;
    use super::*;

    #[test]
    fn a_slide_of_26_words_is_found_and_a_list_is_not_counted() {
        let mut sight = sample::sight();
        sight.letters[0].drawn = "word · ".repeat(26);
        assert_eq!(check(&sight), Vec::<String>::new(), "a kiosk is read standing");
        assert_eq!(words("one · two"), 2);
        let signage = SignageSight { notices: 1, ..SignageSight::default() };
        sight.signage = Some(signage.clone());
        assert_eq!(check(&sight).len(), 1);
        sight.signage = Some(SignageSight { is_more: true, ..signage });
        assert_eq!(check(&sight), Vec::<String>::new());
    }
}
