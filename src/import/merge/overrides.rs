use super::override_file::File;
use super::patch::Change;
use crate::content::{Id, Item, Problem};
use serde::de::Deserializer;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The format of the file.
const FORMAT: u64 = 1;

/// What a town changes in what its sources say, field by field:
/// `{"format":1,"overrides":[{"id":"openagenda:123","set":{...},"hide":false}]}`.
///
/// `set` is a JSON merge patch (RFC 7396) on the item as it stands in a content document. What is not understood is
/// kept as it is, so that writing the file loses nothing of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    pub(super) entries: Vec<Value>,
    /// Fields of the document beside `overrides`.
    pub(super) rest: Map<String, Value>,
}

impl Overrides {
    /// The largest file that is read, in bytes.
    pub const BYTES_MAX: usize = 16 * 1024 * 1024;
    /// Changes in one file.
    pub(super) const ENTRIES_MAX: usize = 100_000;

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
