/// The words that an item is found by, each once whatever its case, as it is written first.
pub fn distinct(words: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in words {
        if !word.is_empty() && !all.iter().any(|known| known.to_lowercase() == word.to_lowercase()) {
            all.push(word);
        }
    }
    all
}
