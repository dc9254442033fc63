//! Words that Parvis itself adds to what it imports, from `assets/locales`.

use crate::content::{Localized, Origin};
use crate::language::{Arg, Language, Words};

/// A sentence of `assets/locales` in every language; `args` gives its values for one language.
pub fn in_every_language<'a>(key: &str, args: impl Fn(Language) -> Vec<(&'static str, Arg<'a>)>) -> Localized {
    let mut all = Localized::default();
    for language in Language::ALL {
        all.insert(language.tag(), in_language(language, key, &args(language)), Origin::Original);
    }
    all
}

/// Several sentences after one another, in every language.
pub fn joined(parts: &[Localized]) -> Localized {
    let mut all = Localized::default();
    for part in parts {
        for (language, translation) in &part.0 {
            let entry = all.0.entry(language.clone()).or_insert_with(|| translation.clone());
            if entry != translation {
                entry.text = format!("{} {}", entry.text, translation.text);
            }
        }
    }
    all
}

/// A sentence of `assets/locales` in one language, without the marks that keep values apart from the sentence around
/// them: titles are searched and compared.
pub fn in_language(language: Language, key: &str, args: &[(&'static str, Arg<'_>)]) -> String {
    Words::of(language).say_with(key, args).replace(['\u{2068}', '\u{2069}'], "")
}

/// A sentence of `assets/locales` in the town's own language, given by its tag; in English where Parvis does not speak it.
pub fn in_town_language(language: &str, key: &str) -> String {
    in_language(Language::parse(language).unwrap_or(Language::En), key, &[])
}

/// Adds a head and what stands below it to a long text, in each of its languages that `body` is in too. Without a long
/// text the section is all there is of it.
pub fn append_section(text: &mut Localized, heading: &str, body: &Localized) {
    let is_alone = text.is_empty();
    for (language, part) in body.0.iter().filter(|(_, part)| !part.text.is_empty()) {
        // A heading in another language than its text helps nobody.
        let known = Language::parse(language).filter(|_| is_alone || text.exact(language).is_some());
        let Some(known) = known else { continue };
        let section = format!("## {}\n\n{}", in_language(known, heading, &[]), part.text);
        let before = text.exact(language);
        let origin = match before.map(|before| before.origin) {
            Some(Origin::Machine) => Origin::Machine,
            _ if part.origin == Origin::Machine => Origin::Machine,
            before => before.unwrap_or(part.origin),
        };
        let whole = before.map_or_else(String::new, |before| format!("{}\n\n", before.text)) + &section;
        text.insert(language, whole, origin);
    }
}
