//! What an establishment's record answers, in whichever of the forms that Acceslibre gives: true and false, the words
//! of its CSV export, or the French sentences of `readable=true`.

use crate::content::Tri;
use crate::import::plain_text::one_line;
use serde_json::{Map, Value};

/// The answers by field. Null, missing and empty are none: nobody has said.
#[derive(Debug, Default)]
pub struct Answers<'r>(Map<String, Value>, Option<&'r Map<String, Value>>);

impl<'r> Answers<'r> {
    /// The answers of `accessibilite`, whose sections hold the fields, or of a flat row.
    pub fn new(record: &'r Map<String, Value>) -> Self {
        let Some(access) = record.get("accessibilite").and_then(Value::as_object) else {
            return Self(Map::new(), Some(record));
        };
        let sections = access.get("datas").and_then(Value::as_object).unwrap_or(access);
        let mut all = Map::new();
        for (name, section) in sections {
            match section {
                Value::Object(fields) => all.extend(fields.iter().map(|(name, value)| (name.clone(), value.clone()))),
                other => drop(all.insert(name.clone(), other.clone())),
            }
        }
        Self(all, None)
    }

    /// The answer to a question; `None` where there is none.
    pub fn value(&self, field: &str) -> Option<&Value> {
        let found = self.1.map_or_else(|| self.0.get(field), |row| row.get(field));
        found.filter(|value| match value {
            Value::Null => false,
            Value::String(text) => !matches!(text.trim(), "" | "None" | "null" | "[]"),
            Value::Array(all) => !all.is_empty(),
            _ => true,
        })
    }

    /// A yes or no. A sentence is a no when it denies something: "Pas de rampe", "n'est pas", "Aucun sanitaire".
    pub fn tri(&self, field: &str) -> Tri {
        let said = match self.value(field) {
            Some(Value::Bool(said)) => Some(*said),
            Some(Value::String(text)) => match text.trim().to_lowercase().as_str() {
                "true" | "1" | "oui" | "t" => Some(true),
                "false" | "0" | "non" | "f" => Some(false),
                sentence if UNSAID.iter().any(|words| sentence.contains(words)) => None,
                sentence if sentence.contains(' ') => Some(!denies(sentence)),
                _ => None,
            },
            _ => None,
        };
        match said {
            Some(true) => Tri::Yes,
            Some(false) => Tri::No,
            None => Tri::Unknown,
        }
    }

    /// Whether the answer is yes.
    pub fn is(&self, field: &str) -> bool {
        self.tri(field) == Tri::Yes
    }

    /// Whether the answer is no, not merely missing.
    pub fn is_not(&self, field: &str) -> bool {
        self.tri(field) == Tri::No
    }

    /// A whole number, also at the end of a sentence: "Largeur minimale de la porte d'entrée : 90 centimètres".
    pub fn number(&self, field: &str) -> Option<u32> {
        match self.value(field)? {
            Value::Number(number) => {
                number.as_f64().filter(|number| (0.0..10_000.0).contains(number)).map(|n| n as u32)
            }
            Value::String(text) => {
                let digits: String = said(text).chars().take_while(char::is_ascii_digit).take(5).collect();
                digits.parse().ok().filter(|number| *number < 10_000)
            }
            _ => None,
        }
    }

    /// Whether one of the words that a field holds begins like one of these.
    pub fn says(&self, field: &str, words: &[&str]) -> bool {
        let said_in = |text: &str| {
            let text = said(text).to_lowercase();
            let mut parts = text.split([',', '[', ']', '"', ';']).map(str::trim);
            parts.any(|part| words.iter().any(|word| part.starts_with(word)))
        };
        match self.value(field) {
            Some(Value::String(text)) => said_in(text),
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).any(said_in),
            _ => false,
        }
    }

    /// A sentence that is there already, in French, for a field that is more than a word.
    pub fn sentence(&self, field: &str) -> Option<String> {
        let text = one_line(self.value(field)?.as_str()?);
        // A word alone, like "fixe", says nothing without its question.
        let is_sentence = text.split_whitespace().count() >= 3 && text.starts_with(char::is_uppercase);
        // "This space" has a name only in a form that nobody sees here.
        let is_sentence = is_sentence && !text.contains("cet espace");
        let ended = |text: String| if text.ends_with(['.', '!', '?']) { text } else { text + "." };
        is_sentence.then(|| ended(text))
    }

    /// A text that somebody wrote freely, unless it may tell how to reach them.
    pub fn free_text(&self, field: &str) -> Result<Option<&str>, &'static str> {
        let text = self.value(field).and_then(Value::as_str);
        match text {
            Some(text) if tells_contact(text) => Err("not shown: it holds an e-mail address or a telephone number"),
            other => Ok(other),
        }
    }
}

/// Sentences that only say that nobody knows.
const UNSAID: &[&str] = &["non renseigné", "non communiqué", "ne sait pas", "inconnu", "non précisé"];

/// What stands behind the question: "Présence d'une rampe : Fixe".
fn said(text: &str) -> &str {
    text.rsplit_once(" : ").map_or(text, |(_, said)| said).trim()
}

/// What stands in parentheses only explains: "Le revêtement est stable (... ou toute surface non stabilisée)".
fn denies(sentence: &str) -> bool {
    let stated = sentence.split('(').next().unwrap_or(sentence);
    let mut words = stated.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "pas" | "aucun" | "aucune" | "non" | "inconnu"))
}

fn tells_contact(text: &str) -> bool {
    // Nine digits in a row but for what people put between them; years and widths are shorter.
    let mut digits = 0;
    let number = text.chars().any(|c| {
        digits = match c {
            c if c.is_ascii_digit() => digits + 1,
            ' ' | '.' | '-' | '/' | '(' | ')' | '\u{a0}' | '\u{202f}' => digits,
            _ => 0,
        };
        digits >= 9
    });
    number || text.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn answers_are_understood_in_every_form() {
        let plain = json!({"accessibilite": {"url": "x", "entree": {
            "entree_plain_pied": true, "entree_marches": 0, "entree_marches_rampe": "aucune", "entree_pmr": null,
            "entree_dispositif_appel_type": ["bouton", "interphone"], "entree_largeur_mini": 90}}});
        let row = json!({"entree_plain_pied": "True", "entree_marches": "0", "entree_marches_rampe": "aucune",
            "entree_pmr": "", "entree_dispositif_appel_type": "[\"bouton\", \"interphone\"]", "entree_largeur_mini": "90"});
        let readable = json!({"accessibilite": {"datas": {"entree": {
            "entree_plain_pied": "L'entrée se fait de plain-pied, c'est à dire sans rupture brutale de niveau",
            "entree_marches": "Nombre de marches de l'escalier : 0", "entree_pmr": null,
            "entree_marches_rampe": "Présence d'une rampe fixe ou amovible : Aucune",
            "entree_dispositif_appel_type": "Dispositifs d'appels présents : Bouton d'appel, Interphone",
            "entree_largeur_mini": "Largeur minimale de la porte d'entrée : 90 centimètres"}}}});
        for form in [plain, row, readable] {
            let answers = Answers::new(form.as_object().unwrap());
            assert!(answers.is("entree_plain_pied"), "{form}");
            assert_eq!(answers.number("entree_marches"), Some(0));
            assert_eq!(answers.number("entree_largeur_mini"), Some(90));
            assert!(answers.says("entree_marches_rampe", &["aucune"]));
            assert!(!answers.says("entree_marches_rampe", &["fixe", "amovible"]));
            assert!(answers.says("entree_dispositif_appel_type", &["interphone"]));
            assert_eq!(answers.tri("entree_pmr"), Tri::Unknown);
            assert_eq!(answers.tri("none"), Tri::Unknown);
        }
    }

    #[test]
    fn a_sentence_that_denies_is_a_no() {
        for (sentence, said) in [
            ("L'entrée n'est pas de plain-pied et présente une rupture brutale de niveau", Tri::No),
            ("Pas d'ascenseur ou d'élévateur", Tri::No),
            ("Aucun sanitaire adapté mis à disposition dans l'établissement", Tri::No),
            ("Présence d’un ascenseur non PMR", Tri::No),
            ("Le revêtement est stable (absence de pavés, ou toute surface non stabilisée)", Tri::Yes),
            ("Le revêtement n'est pas stable (pavés, ou toute surface non stabilisée)", Tri::No),
            ("peut-être", Tri::Unknown),
        ] {
            let record = json!({ "field": sentence });
            assert_eq!(Answers::new(record.as_object().unwrap()).tri("field"), said, "{sentence}");
        }
    }

    #[test]
    fn what_tells_how_to_reach_somebody_is_kept_back() {
        for (text, kept) in [
            ("Sonner à l'interphone.", true),
            ("Largeur 90 cm, 3 marches, depuis 2019.", true),
            ("Appelez Paul au 06.00.00.00.00", false),
            ("Écrivez à paul@example.org", false),
        ] {
            let record = json!({ "commentaire": text });
            let answers = Answers::new(record.as_object().unwrap());
            assert_eq!(answers.free_text("commentaire").is_ok(), kept, "{text}");
        }
    }
}
