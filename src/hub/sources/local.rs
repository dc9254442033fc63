//! What staff change of an imported item: field by field, on top of whatever its sources say.

use crate::content::{Item, Problem, read_item};
use crate::hub::app::Hub;
use crate::hub::beginning::{first, words};
use crate::hub::store::{By, Imported, Local, StoreError, StoredItem};
use crate::import::merge::Overrides;
use serde_json::{Map, Value, json};

/// The tag of what staff want to be seen first: playlists can ask for it.
pub const FEATURED: &str = "featured";

/// The fields that staff may change.
pub const OWN_FIELDS: [&str; 6] = ["title", "summary", "easy", "kind", "tags", "groups"];

/// What is to become of an imported item.
#[derive(Clone, Debug, PartialEq)]
pub enum Override {
    /// These fields are to be so, whatever its sources say; those that are as its sources have them are theirs again.
    Set(Value),
    /// All of it as its sources have it.
    AsSources,
    /// What staff changed stays, though the sources say something else by now.
    Keep,
    Hide,
    Show,
}

/// An item with what staff changed.
pub fn with_own(item: Item, own: &Value) -> Item {
    let id = item.common().id.clone();
    let file = json!({"format": 1, "overrides": [{"id": id, "set": own}]}).to_string();
    let Ok((overrides, _)) = Overrides::read("hub", file.as_bytes()) else { return item };
    overrides.one_by_one("hub").item(item.clone()).unwrap_or(item)
}

/// The JSON merge patch (RFC 7396) that makes one value of another.
fn patch(from: &Value, to: &Value) -> Value {
    let (Value::Object(from), Value::Object(to)) = (from, to) else { return to.clone() };
    let gone = from.keys().filter(|key| !to.contains_key(*key)).map(|key| (key.clone(), Value::Null));
    let changed = to.iter().filter(|(key, value)| from.get(*key) != Some(value));
    let changed =
        changed.map(|(key, value)| (key.clone(), from.get(key).map_or_else(|| value.clone(), |was| patch(was, value))));
    Value::Object(gone.chain(changed).collect())
}

/// What staff changed, and what the sources said of that.
fn own(body: &Value, wanted: &Value) -> (Value, Value) {
    let (mut own, mut below) = (Map::new(), Map::new());
    for key in OWN_FIELDS.into_iter().filter(|key| body[*key] != wanted[*key]) {
        own.insert(key.to_owned(), patch(&body[key], &wanted[key]));
        below.insert(key.to_owned(), body[key].clone());
    }
    (Value::Object(own), Value::Object(below))
}

/// Keeps what staff decided about an imported item that they saw in this version. `false` where it is another by now.
///
/// # Errors
/// Those of the store; and why it cannot be shown so, inside.
pub fn decide(
    hub: &Hub,
    (item, imported): (&StoredItem, &Imported),
    wish: Override,
    by: By<'_>,
) -> Result<Result<bool, Vec<Problem>>, StoreError> {
    let mut problems = Vec::new();
    let is_hidden = match wish {
        Override::Hide => true,
        Override::Show => false,
        _ => imported.is_hidden,
    };
    let (own, below) = match &wish {
        Override::Set(wanted) => own(&imported.body, wanted),
        Override::AsSources => (json!({}), json!({})),
        Override::Keep => {
            let keys = imported.own.as_object().into_iter().flat_map(|own| own.keys());
            let below: Map<String, Value> =
                keys.map(|key| (key.clone(), imported.body[key.as_str()].clone())).collect();
            (imported.own.clone(), Value::Object(below))
        }
        Override::Hide | Override::Show => (imported.own.clone(), imported.below.clone()),
    };
    let Some(read) = read_item("hub", &imported.body, &mut Vec::new()) else { return Ok(Err(problems)) };
    let shown = with_own(read, &own);
    let value = json!(shown);
    if shown.common().title.is_empty() {
        problems.push(Problem::new("form", "", "title", "an item needs a title"));
        return Ok(Err(problems));
    }
    let local = Local {
        id: &item.id,
        based_on: item.version,
        own: &own,
        below: &below,
        is_hidden,
        shown: &value,
        title: &first(&shown.common().title),
        words: &words(&shown),
    };
    let done = hub.store.decide(&local, by)?;
    hub.fetching.ring();
    Ok(Ok(done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_staff_change_is_the_difference_and_nothing_else() {
        let body = json!({"type": "place", "id": "a:1", "title": {"fr": "Musée", "en": "Museum"}, "kind": "museum",
            "tags": ["art"], "address": "Quai 1"});
        let mut wanted = body.clone();
        wanted["title"]["fr"] = json!("Le musée");
        wanted["address"] = json!("Quai 2");
        wanted["summary"] = json!({"fr": "À voir."});
        wanted.as_object_mut().unwrap().remove("tags");
        let (own, below) = own(&body, &wanted);
        assert_eq!(own, json!({"title": {"fr": "Le musée"}, "summary": {"fr": "À voir."}, "tags": null}));
        assert_eq!(below, json!({"title": {"fr": "Musée", "en": "Museum"}, "summary": null, "tags": ["art"]}));
        let item = read_item("test", &body, &mut Vec::new()).unwrap();
        let shown = json!(with_own(item, &own));
        assert_eq!(
            (&shown["title"]["fr"]["text"], &shown["title"]["en"]["text"]),
            (&json!("Le musée"), &json!("Museum"))
        );
        assert_eq!((shown.get("tags"), &shown["address"]), (None, &json!("Quai 1")));
    }
}
