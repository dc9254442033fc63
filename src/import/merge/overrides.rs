use super::override_file::File;
use super::patch::Change;
use crate::content::{Item, Problem};
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
        let mut applied = self.one_by_one(source);
        let items = items.into_iter().filter_map(|item| applied.item(item)).collect();
        (items, applied.finish())
    }

    /// The same for items that come one by one; no two of them have an id or alias in common.
    pub fn one_by_one<'o>(&'o self, source: &'o str) -> Applied<'o> {
        let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(id) = id(entry) {
                by_id.entry(id).or_default().push(at);
            }
        }
        Applied { source, entries: &self.entries, by_id, problems: Vec::new() }
    }
}

fn id(entry: &Value) -> Option<&str> {
    entry.get("id").and_then(Value::as_str).filter(|id| !id.is_empty())
}

/// A town's changes on their way into its items.
pub struct Applied<'o> {
    source: &'o str,
    entries: &'o [Value],
    /// Those whose item has not come yet.
    by_id: HashMap<&'o str, Vec<usize>>,
    /// Each with the entry that it is about.
    problems: Vec<(usize, Problem)>,
}

impl Applied<'_> {
    /// The item as the town wants it; `None` where it hides it.
    pub fn item(&mut self, mut item: Item) -> Option<Item> {
        let common = item.common();
        let ids = std::iter::once(&common.id).chain(&common.aliases);
        let mut mine: Vec<usize> = ids.filter_map(|id| self.by_id.remove(id.as_str())).flatten().collect();
        mine.sort_unstable();
        let mut is_hidden = false;
        for at in mine {
            let entry = &self.entries[at];
            if let Some(set) = entry.get("set") {
                let (id, mut problems) = (id(entry).unwrap_or_default(), Vec::new());
                Change { source: self.source, id, problems: &mut problems }.apply(&mut item, set);
                self.problems.extend(problems.into_iter().map(|problem| (at, problem)));
            }
            is_hidden |= entry.get("hide") == Some(&Value::Bool(true));
        }
        (!is_hidden).then_some(item)
    }

    /// What was not understood, in the order of the file.
    pub fn finish(self) -> Vec<Problem> {
        let mut problems = self.problems;
        for (id, entries) in self.by_id {
            let missing = || Problem::new(self.source, id, "", "the item it changes is no longer there");
            problems.extend(entries.into_iter().map(|at| (at, missing())));
        }
        problems.sort_by_key(|(at, _)| *at);
        problems.into_iter().map(|(_, problem)| problem).collect()
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
