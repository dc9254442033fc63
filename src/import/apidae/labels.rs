use crate::content::Localized;
use crate::import::french_originals::without_untranslated;
use crate::import::json_node::Node;
use crate::import::plain_text::one_line;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

/// What the references of an export are called (`elements_reference.json`): objects may hold their ids alone.
#[derive(Debug, Default)]
pub struct Labels(HashMap<u64, Localized>);

/// One line of the list. Further languages are left where they are.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    id: u64,
    libelle_fr: Option<String>,
    libelle_en: Option<String>,
    libelle_de: Option<String>,
    libelle_es: Option<String>,
    libelle_it: Option<String>,
    libelle_nl: Option<String>,
    libelle_zh: Option<String>,
}

impl Labels {
    /// A list that cannot be read gives no labels; then only those count that objects hold themselves.
    pub fn read(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let lines: Vec<Line> = serde_json::from_slice(bytes).unwrap_or_default();
        let label = |line: Line| {
            let mut all = Localized::default();
            for (tag, text) in [
                ("fr", line.libelle_fr),
                ("en", line.libelle_en),
                ("de", line.libelle_de),
                ("es", line.libelle_es),
                ("it", line.libelle_it),
                ("nl", line.libelle_nl),
                ("zh", line.libelle_zh),
            ] {
                if let Some(text) = text.map(|text| one_line(&text)).filter(|text| !text.is_empty()) {
                    all.insert(tag, text, crate::content::Origin::Original);
                }
            }
            (line.id, all)
        };
        Self(lines.into_iter().map(label).collect())
    }

    /// What a reference is called: as it says itself, else as the list says.
    pub fn of(&self, reference: Node<'_>) -> Localized {
        let own = texts(Some(reference), one_line);
        if !own.is_empty() {
            return own;
        }
        id(reference).and_then(|id| self.0.get(&id)).cloned().unwrap_or_default()
    }
}

/// The number by which a reference names its element, also written as text.
pub fn id(reference: Node<'_>) -> Option<u64> {
    reference.value("id").and_then(|id| id.as_u64().or_else(|| id.as_str()?.trim().parse().ok()))
}

/// A text in its languages: `libelleFr`, `libelleEn`, `libellePtBR`.
pub fn texts(node: Option<Node<'_>>, plain: fn(&str) -> String) -> Localized {
    let mut all = Localized::default();
    for (key, value) in node.into_iter().flat_map(|node| node.0) {
        let (Some(tag), Value::String(text)) = (key.strip_prefix("libelle").and_then(language), value) else {
            continue;
        };
        let text = plain(text);
        if !text.is_empty() {
            all.insert(&tag, text, crate::content::Origin::Original);
        }
    }
    without_untranslated(all)
}

/// "Fr" is "fr", "PtBR" is "pt-BR".
fn language(suffix: &str) -> Option<String> {
    let language = suffix.get(..2).filter(|language| language.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    let region = suffix.get(2..).filter(|region| region.is_empty() || region.len() == 2)?;
    let region = if region.is_empty() { String::new() } else { format!("-{region}") };
    crate::content::language_tag(&format!("{language}{region}"))
}
