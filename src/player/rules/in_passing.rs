//! Whoever walks past a panel reads at most 25 words of a slide (LOOK).

use super::Sight;

const WORDS_MAX: usize = 25;

pub fn check(sight: &Sight) -> Vec<String> {
    let Some(signage) = sight.signage.as_ref().filter(|signage| !signage.is_more) else { return Vec::new() };
    let read = sight.letters.iter().filter(|letters| !letters.is_icon && !signage.credits.contains(&letters.full));
    let words: usize = read.map(|letters| letters.drawn.split_whitespace().count()).sum();
    let most = WORDS_MAX * signage.notices;
    if words > most { vec![format!("{words} words are on the panel, the most are {most}")] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::SignageSight;
    use super::super::sight::sample;
    use super::*;

    #[test]
    fn a_slide_of_26_words_is_found_and_a_list_is_not_counted() {
        let mut sight = sample::sight();
        sight.letters[0].drawn = "word ".repeat(26);
        assert_eq!(check(&sight), Vec::<String>::new(), "a kiosk is read standing");
        let signage = SignageSight { notices: 1, ..SignageSight::default() };
        sight.signage = Some(signage.clone());
        assert_eq!(check(&sight).len(), 1);
        sight.signage = Some(SignageSight { is_more: true, ..signage });
        assert_eq!(check(&sight), Vec::<String>::new());
    }
}
