use std::collections::HashSet;

/// The words that an item is found by, each once whatever its case, as it is written first.
pub fn distinct(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    words.into_iter().filter(|word| !word.is_empty() && seen.insert(word.to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_very_many_words_stands_once() {
        let words = (0..300_000).map(|number| format!("Été {}", number % 150_000));
        let found = distinct(words.chain(["été 7", "", "Fin"].map(str::to_owned)));
        assert_eq!((found.len(), found.first().map(String::as_str)), (150_001, Some("Été 0")));
    }
}
