use super::reading::Tags;
use crate::content::{Localized, Origin};

/// The language of a plain `name`, which OpenStreetMap leaves open: the towns' own.
pub const MAIN_LANGUAGE: &str = "fr";

/// A text as people write it: no control characters, single spaces.
pub fn tidy(text: &str) -> String {
    let spaced: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `key` and `key:<language>` as one text; the plain value counts as `plain_language`'s unless that has its own.
pub fn localized(tags: &Tags, key: &str, plain_language: &str) -> Localized {
    let mut all = Localized::default();
    for (name, value) in tags.iter() {
        if let Some(tag) = name.strip_prefix(key).and_then(|rest| rest.strip_prefix(':')).and_then(language_tag) {
            all.insert(&tag, tidy(value), Origin::Original);
        }
    }
    for script in ["zh-Hans", "zh-Hant"] {
        if let (None, Some(text)) = (all.exact("zh"), all.exact(script).map(|translation| translation.text.clone())) {
            all.insert("zh", text, Origin::Original);
        }
        all.0.remove(script);
    }
    if let (None, Some(plain)) = (all.exact(plain_language), tags.get(key)) {
        all.insert(plain_language, tidy(plain), Origin::Original);
    }
    all.0.retain(|_, translation| !translation.text.is_empty());
    all
}

/// What the place is called, by language. Names taken over from Wikipedia addresses get their spaces back.
pub fn names(tags: &Tags) -> Localized {
    let mut all = localized(tags, "name", MAIN_LANGUAGE);
    for name in all.0.values_mut() {
        name.text = tidy(&name.text.replace('_', " "));
    }
    all.0.retain(|_, name| !name.text.is_empty());
    all
}

/// Other names that a visitor may type.
pub fn other_names(tags: &Tags, title: &Localized) -> Vec<String> {
    let keys = ["name", "alt_name", "short_name", "official_name", "loc_name", "old_name", "int_name"];
    let mut all = Vec::new();
    for name in keys.iter().filter_map(|key| tags.get(key)).flat_map(|value| value.split(';')).map(tidy) {
        let known = title.0.values().any(|translation| translation.text == name);
        if !name.is_empty() && !known && !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// As [`folded`](fn@crate::import::folded::folded), without the spaces: "Mc Donald's" is "McDonalds".
pub fn folded(name: &str) -> String {
    crate::import::folded::folded(name).replace(' ', "")
}

/// `fr`, `pt-BR`, `sr-Latn`; `None` for the many other things that follow a colon.
fn language_tag(text: &str) -> Option<String> {
    let mut parts = text.split(['-', '_']);
    let language = parts.next()?;
    let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|letter| letter.is_ascii_lowercase());
    let is_part =
        |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric());
    (is_language && parts.all(is_part)).then(|| text.replace('_', "-"))
}

/// The language that the small words of a sentence speak for; mappers rarely say which they wrote in.
pub fn language_of(text: &str) -> &'static str {
    const SMALL_WORDS: [(&str, &[&str]); 6] = [
        ("fr", &["le", "la", "les", "des", "du", "et", "une", "dans", "sur", "avec", "aux", "pour", "par", "est"]),
        (
            "en",
            &[
                "the", "of", "and", "all", "you", "can", "full", "men", "women", "is", "to", "with", "from", "for",
                "on", "who", "their", "open", "by", "this",
            ],
        ),
        ("it", &["il", "della", "del", "e", "di", "con", "gli", "nel", "una", "sono", "alla", "dei", "che"]),
        ("de", &["der", "die", "das", "und", "mit", "von", "ist", "im", "auf", "für", "ein", "eine", "nach"]),
        ("es", &["el", "los", "las", "y", "una", "con", "por", "para", "está", "del", "al"]),
        ("nl", &["het", "een", "en", "van", "met", "voor", "is", "op", "naar", "aan"]),
    ];
    let words: Vec<String> = text.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase).collect();
    let mut best = (MAIN_LANGUAGE, 0);
    for (language, small) in SMALL_WORDS {
        let count = words.iter().filter(|word| small.contains(&word.as_str())).count();
        if count > best.1 {
            best = (language, count);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        Tags(pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect())
    }

    #[test]
    fn plain_names_are_in_the_main_language_unless_that_has_its_own() {
        let both = names(&tags(&[("name", "Monaco - Munegu"), ("name:fr", "Monaco"), ("name:zh-Hans", "摩纳哥")]));
        assert_eq!(both.exact("fr").unwrap().text, "Monaco");
        assert_eq!(both.exact("zh").unwrap().text, "摩纳哥");
        let tags =
            tags(&[("name", "Larvotto "), ("name:etymology:wikidata", "Q1"), ("name:left", "x"), ("alt_name", "A;B")]);
        let title = names(&tags);
        assert_eq!(title.languages().collect::<Vec<_>>(), ["fr"]);
        assert_eq!(title.exact("fr").unwrap().text, "Larvotto");
        assert_eq!(other_names(&tags, &title), ["A", "B"]);
    }

    #[test]
    fn names_that_differ_by_accents_are_the_same() {
        assert_eq!(folded("Société Générale"), folded("Societe  générale"));
        assert_ne!(folded("LCL"), folded("CIC"));
    }

    #[test]
    fn small_words_tell_the_language() {
        assert_eq!(language_of("Statue of the Genoese leader, who seized Monaco"), "en");
        assert_eq!(language_of("Mène à la galerie commerciale"), "fr");
        assert_eq!(language_of("Sushi"), "fr");
    }
}
