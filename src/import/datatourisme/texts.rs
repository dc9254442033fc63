use super::sieve::field_name;
use crate::content::{Localized, Origin, Translation, language_alone};
use crate::import::french_originals::{ORIGINAL, without_untranslated};
use crate::import::json_node::Node;
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::summary::is_summary;
use serde_json::Value;

/// A text in its languages. Those that a machine made are marked; "translations" that are still the French text, which
/// are many, are none.
pub fn localized(value: Option<&Value>, plain: fn(&str) -> String, made_by_machine: &[String]) -> Localized {
    let mut all = Localized::default();
    match value {
        Some(Value::Object(map)) => {
            for (tag, texts) in map {
                if let Some(tag) = language_alone(tag) {
                    let is_machine = made_by_machine.contains(&tag);
                    let origin = if is_machine { Origin::Machine } else { Origin::Original };
                    all.insert(&tag, plain(&joined(texts)), origin);
                }
            }
        }
        Some(other) => all.insert(ORIGINAL, plain(&joined(other)), Origin::Original),
        None => {}
    }
    all.0.retain(|_, translation| !translation.text.is_empty());
    without_untranslated(all)
}

fn joined(value: &Value) -> String {
    let each = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let texts: Vec<&str> =
        each.iter().filter_map(|text| text.as_str().or_else(|| text.get("value")?.as_str())).collect();
    texts.join("\n\n")
}

/// The languages into which a machine translated the field: the node says so itself, field by field
/// (`hasTranslatedProperty`), and calls the machine by its address.
fn machine_made(node: Node<'_>, field: &str) -> Vec<String> {
    let of_field = |property: &Node<'_>| {
        let names = property.all("predicate").filter_map(|predicate| {
            let inner = predicate.get("id").or_else(|| predicate.get("key")).unwrap_or(predicate);
            inner.as_str()
        });
        names.into_iter().any(|name| field_name(name) == field)
    };
    let by_machine = |property: &Node<'_>| property.texts("contributor").any(|who| who.contains("://"));
    let properties = node.nodes("hasTranslatedProperty").filter(of_field).filter(by_machine);
    properties.flat_map(|property| property.texts("language")).filter_map(language_alone).collect()
}

/// A field of the node in its languages.
pub fn field(node: Node<'_>, name: &str, plain: fn(&str) -> String) -> Localized {
    localized(node.value(name), plain, &machine_made(node, name))
}

/// What a term of the vocabulary is called.
pub fn term(node: Node<'_>) -> Localized {
    field(node, "label", one_line)
}

/// The short text and the long one. Sources fill in the same for both, or a long one for the short one.
pub fn texts(object: Node<'_>) -> (Localized, Localized) {
    let described = object.nodes("hasDescription");
    let (mut summary, mut text) = (field(object, "comment", one_line), Localized::default());
    let mut long = field(object, "comment", paragraphs);
    for description in described {
        fill(&mut summary, field(description, "shortDescription", one_line));
        fill(&mut long, field(description, "shortDescription", paragraphs));
        fill(&mut text, field(description, "description", paragraphs));
    }
    let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace());
    for (tag, short) in std::mem::take(&mut summary.0) {
        let is_short = is_summary(&short.text);
        let repeats = text.exact(&tag).is_some_and(|whole| same(&whole.text, &short.text));
        if repeats && is_short {
            text.0.remove(&tag);
        }
        if is_short {
            let text = whole_sentences(&short.text).to_owned();
            summary.0.insert(tag, Translation { text, ..short });
        } else if text.exact(&tag).is_none()
            && let Some(long) = long.0.remove(&tag)
        {
            text.0.insert(tag, long);
        }
    }
    (summary, text)
}

/// A summary that a program cut off at its limit, back to its last whole sentence.
fn whole_sentences(text: &str) -> &str {
    let is_cut = text.ends_with("...") || text.ends_with('…');
    let end = text.match_indices(['.', '!', '?']).map(|(at, _)| at + 1).rfind(|end| {
        let before = text.get(..*end).unwrap_or_default();
        text.get(*end..).is_some_and(|rest| rest.starts_with(char::is_whitespace)) && !before.ends_with("..")
    });
    match end {
        Some(end) if is_cut && end * 3 > text.len() => text.get(..end).unwrap_or(text),
        _ => text,
    }
}

/// Takes what is missing.
fn fill(all: &mut Localized, more: Localized) {
    for (tag, translation) in more.0 {
        all.0.entry(tag).or_insert(translation);
    }
}

/// The name of a term as it stands after its prefix: `kb:CarPark`, or the `key` of the catalogue.
pub fn key<'v>(node: Node<'v>) -> &'v str {
    let name = node.text("key").or_else(|| node.text("id")).unwrap_or_default();
    name.rsplit([':', '#', '/']).next().unwrap_or(name)
}
