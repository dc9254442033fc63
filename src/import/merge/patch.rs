use crate::content::{Item, Problem, read_item};
use serde_json::{Map, Value};

/// One change on its way into an item.
pub struct Change<'c> {
    pub source: &'c str,
    pub id: &'c str,
    pub problems: &'c mut Vec<Problem>,
}

impl Change<'_> {
    fn problem(&mut self, field: &str, reason: &str, value: &Value) {
        let shown = if let Value::String(text) = value { text.clone() } else { value.to_string() };
        self.problems.push(Problem::new(self.source, self.id, field, reason).with_value(&shown));
    }

    /// Sets what it may; the rest is told.
    pub fn apply(&mut self, item: &mut Item, set: &Value) {
        let Value::Object(set) = set else {
            return self.problem("set", "an object with the fields to change is expected", set);
        };
        let Ok(mut json) = serde_json::to_value(&*item) else { return };
        for (key, value) in set {
            match key.as_str() {
                "id" | "type" | "aliases" => {
                    if json.get(key) != Some(value) {
                        self.problem(key, "this cannot be changed", value);
                    }
                }
                _ => self.set(&mut json, &mut vec![key.clone()], value),
            }
        }
        if let Some(changed) = read_item(self.source, &json, &mut Vec::new()) {
            *item = changed;
        }
    }

    /// Sets one field; where it is not understood as a whole, each of its parts for itself.
    fn set(&mut self, json: &mut Value, path: &mut Vec<String>, value: &Value) {
        let wrapped =
            path.iter().rev().fold(value.clone(), |inner, key| Value::Object(Map::from_iter([(key.clone(), inner)])));
        let mut changed = json.clone();
        merge_patch(&mut changed, &wrapped);
        let fault = fault(self.source, json, &changed, &path[0]);
        let Some(fault) = fault else {
            *json = changed;
            return;
        };
        match value {
            // Half a position is another place.
            Value::Object(parts) if parts.len() > 1 && path.last().is_some_and(|key| key != "position") => {
                for (key, part) in parts {
                    path.push(key.clone());
                    self.set(json, path, part);
                    path.pop();
                }
            }
            _ => self.problem(&path.join("."), &fault, value),
        }
    }
}

/// Why the changed item is not understood where the unchanged one was.
fn fault(source: &str, json: &Value, changed: &Value, key: &str) -> Option<String> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    read_item(source, json, &mut before);
    if read_item(source, changed, &mut after).is_none() {
        return Some("without it the item cannot be shown: it stays as it was".to_owned());
    }
    if let Some(new) = after.iter().find(|problem| !before.contains(problem)) {
        return Some(format!("{}: it stays as it was", new.reason));
    }
    // What is read at all is not read as this.
    let mut probe = json.clone();
    probe.as_object_mut()?.insert(key.to_owned(), Value::from(0.5));
    let mut probed = Vec::new();
    read_item(source, &probe, &mut probed);
    let is_known = probed.iter().any(|problem| !before.contains(problem));
    (!is_known).then(|| "this item has no such field".to_owned())
}

/// RFC 7396, section 2. What was read with limits is nested no deeper than those allow.
fn merge_patch(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else { return };
    for (key, value) in patch {
        if value.is_null() {
            target.remove(key);
        } else {
            merge_patch(target.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}
