/// Words that hold a sentence together in the kiosk's languages, folded.
///
/// In a query they help to rank and never exclude: "toilettes de la gare" finds the toilets at the station whether
/// or not the title says "de la", and so does "where is the station".
const FUNCTION_WORDS: &[&str] = &[
    // French
    "a", "au", "aux", "avec", "ce", "ces", "cette", "chez", "comment", "d", "dans", "de", "des", "du", "en", "est",
    "et", "il", "j", "je", "l", "la", "le", "les", "ma", "mes", "mon", "ou", "par", "pour", "qu", "que", "quel",
    "quelle", "qui", "sans", "sont", "sur", "un", "une", "vers", "y", // English
    "an", "and", "are", "at", "can", "find", "for", "from", "how", "i", "in", "is", "my", "near", "of", "on", "or",
    "s", "the", "there", "to", "what", "where", "with", // Italian
    "c", "come", "con", "da", "dal", "dei", "del", "della", "delle", "di", "dove", "e", "gli", "lo", "nel", "nella",
    "o", "per", "si", "sono", "su", "trova", "uno", // German
    "am", "auf", "das", "dem", "den", "der", "die", "ein", "eine", "einen", "fur", "gibt", "ich", "im", "ist", "mit",
    "oder", "sind", "und", "vom", "von", "wie", "wo", "zu", "zum", "zur", // Spanish
    "como", "donde", "el", "esta", "hay", "las", "los", "para", "por", "una", // Dutch
    "aan", "bij", "een", "het", "met", "naar", "op", "te", "van", "voor", "waar", "zijn", // Arabic, folded
    "الي", "اين", "علي", "عن", "في", "من", "هل", "هو", "هي", "و",
];

pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::folding::fold;

    #[test]
    fn they_are_written_folded() {
        for word in FUNCTION_WORDS {
            assert_eq!(fold(word).collect::<String>(), *word);
        }
    }
}
