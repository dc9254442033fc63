use crate::content::{Localized, Origin};
use crate::language::{Arg, Language, Words};

/// Words of Parvis's own in one language, without the marks that keep values apart from the sentence around them.
pub fn words(language: &str, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    let language = Language::parse(language).unwrap_or(Language::En);
    Words::of(language).say_with(key, args).replace(['\u{2068}', '\u{2069}'], "")
}

/// Adds a head and what stands below it to a long text, in each of its languages that `body` is in too. Without a long
/// text the section is all there is of it.
pub fn append(text: &mut Localized, heading: &str, body: &Localized) {
    let is_alone = text.is_empty();
    for (language, part) in body.0.iter().filter(|(_, part)| !part.text.is_empty()) {
        // A heading in another language than its text helps nobody.
        if Language::parse(language).is_none() || !is_alone && text.exact(language).is_none() {
            continue;
        }
        let section = format!("## {}\n\n{}", words(language, heading, &[]), part.text);
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
