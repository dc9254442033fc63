use crate::content::{Bounded, Id, Item, Problem, read_item};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fmt;

/// The format of the file.
const FORMAT: u64 = 1;

/// What a town changes in what its sources say, field by field:
/// `{"format":1,"overrides":[{"id":"openagenda:123","set":{...},"hide":false}]}`.
///
/// `set` is a JSON merge patch (RFC 7396) on the item as it stands in a content document. What is not understood is
/// kept as it is, so that writing the file loses nothing of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    entries: Vec<Value>,
    /// Fields of the document beside `overrides`.
    rest: Map<String, Value>,
}

impl Overrides {
    /// The largest file that is read, in bytes.
    pub const BYTES_MAX: usize = 16 * 1024 * 1024;
    /// Changes in one file.
    const ENTRIES_MAX: usize = 100_000;

    /// Reads the file; an entry that cannot be understood costs only itself.
    ///
    /// # Errors
    /// In words, when it is no such file as a whole: then nothing is known about what a town changed.
    pub fn read(source: &str, json: &[u8]) -> Result<(Self, Vec<Problem>), String> {
        if json.len() > Self::BYTES_MAX {
            return Err(format!("larger than {} MiB: not read", Self::BYTES_MAX >> 20));
        }
        let mut file = File { source, overrides: Self::default(), is_list: false, problems: Vec::new() };
        let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
        let mut from = serde_json::Deserializer::from_slice(json);
        let read = from.deserialize_map(&mut file).and_then(|()| from.end());
        read.map_err(|error| format!("not a file of overrides: {error}"))?;
        if !file.is_list {
            return Err("not a file of overrides: it has no list \"overrides\"".to_owned());
        }
        let format = file.overrides.rest.get("format").and_then(Value::as_u64);
        if format != Some(FORMAT) {
            let reason = format!("format {FORMAT} is expected: what this Parvis does not know has no effect");
            file.problems.push(Problem::new(source, "", "format", reason));
        }
        Ok((file.overrides, file.problems))
    }

    /// The items as the town wants them, without those it hides.
    pub fn apply(&self, source: &str, items: Vec<Item>) -> (Vec<Item>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut by_id: HashMap<Id, usize> = items.iter().map(|item| item.common().id.clone()).zip(0..).collect();
        for (item, at) in items.iter().zip(0..) {
            for alias in &item.common().aliases {
                by_id.entry(alias.clone()).or_insert(at);
            }
        }
        let mut items: Vec<Option<Item>> = items.into_iter().map(Some).collect();
        let mut hidden = Vec::new();
        for entry in &self.entries {
            let id = entry.get("id").and_then(Value::as_str).unwrap_or_default();
            let problem = |field: &str, reason: &str| Problem::new(source, id, field, reason);
            let Some(at) = by_id.get(&Id(id.to_owned())).copied() else {
                if !id.is_empty() {
                    problems.push(problem("", "the item it changes is no longer there"));
                }
                continue;
            };
            if let (Some(set), Some(item)) = (entry.get("set"), items.get_mut(at).and_then(Option::as_mut)) {
                Change { source, id, problems: &mut problems }.apply(item, set);
            }
            if entry.get("hide") == Some(&Value::Bool(true)) {
                hidden.push(at);
            }
        }
        // At the end: a second entry about a hidden item changes nothing and is no mistake.
        for at in hidden {
            if let Some(slot) = items.get_mut(at) {
                *slot = None;
            }
        }
        (items.into_iter().flatten().collect(), problems)
    }
}

impl Serialize for Overrides {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.rest.len() + 1))?;
        for (key, value) in &self.rest {
            map.serialize_entry(key, value)?;
        }
        map.serialize_entry("overrides", &self.entries)?;
        map.end()
    }
}

/// One change on its way into an item.
struct Change<'c> {
    source: &'c str,
    id: &'c str,
    problems: &'c mut Vec<Problem>,
}

impl Change<'_> {
    fn problem(&mut self, field: &str, reason: &str, value: &Value) {
        let shown = if let Value::String(text) = value { text.clone() } else { value.to_string() };
        self.problems.push(Problem::new(self.source, self.id, field, reason).with_value(&shown));
    }

    fn apply(&mut self, item: &mut Item, set: &Value) {
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

/// The file while it is read.
struct File<'s> {
    source: &'s str,
    overrides: Overrides,
    is_list: bool,
    problems: Vec<Problem>,
}

impl File<'_> {
    fn entry(&mut self, value: Value, exceeded: bool) {
        let record = value.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut problem = |field: &str, reason: &str| {
            self.problems.push(Problem::new(
                self.source,
                record.chars().take(Id::MAX_BYTES).collect::<String>(),
                field,
                reason,
            ));
        };
        if exceeded {
            return problem("", "left out: larger or more deeply nested than any change is");
        }
        if self.overrides.entries.len() >= Overrides::ENTRIES_MAX {
            return problem("", "left out: there are too many changes in this file");
        }
        if !Id(record.clone()).is_valid() {
            problem("id", "a change needs the id of the item that it changes: it has no effect");
        }
        if value.get("hide").is_some_and(|hide| !hide.is_boolean() && !hide.is_null()) {
            problem("hide", "true or false is expected: it hides nothing");
        }
        self.overrides.entries.push(value);
    }
}

impl<'de> Visitor<'de> for &mut File<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with \"format\" and \"overrides\"")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        /// Fields of the future beside the list.
        const REST_MAX: usize = 100;
        while let Some(key) = map.next_key::<String>()? {
            if key == "overrides" {
                self.is_list = true;
                map.next_value_seed(Entries(self))?;
            } else if self.overrides.rest.len() < REST_MAX {
                let value = map.next_value_seed(&mut Bounded::new())?;
                self.overrides.rest.insert(key, value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct Entries<'f, 's>(&'f mut File<'s>);

impl<'de> DeserializeSeed<'de> for Entries<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of changes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        loop {
            let mut limits = Bounded::new();
            let Some(value) = entries.next_element_seed(&mut limits)? else { return Ok(()) };
            self.0.entry(value, limits.exceeded);
        }
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
