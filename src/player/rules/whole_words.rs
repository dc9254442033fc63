//! No line ends inside a word: half a word is not read at a glance.

use super::Sight;

pub fn check(sight: &Sight) -> Vec<String> {
    let broken = sight.letters.iter().filter(|letters| letters.broken);
    broken.map(|letters| format!("\"{}\" is broken inside a word", letters.drawn)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sight::sample;
    use super::*;

    #[test]
    fn a_broken_word_is_found() {
        let mut sight = sample::sight();
        assert_eq!(check(&sight), Vec::<String>::new());
        sight.letters[0].broken = true;
        assert_eq!(check(&sight).len(), 1);
    }
}
