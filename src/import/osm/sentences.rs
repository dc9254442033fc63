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

/// A sentence of `assets/locales` in one language, without the marks that keep values apart from the sentence around them: titles are searched and compared.
pub fn in_language(language: Language, key: &str, args: &[(&'static str, Arg<'_>)]) -> String {
    Words::of(language).say_with(key, args).replace(['\u{2068}', '\u{2069}'], "")
}
