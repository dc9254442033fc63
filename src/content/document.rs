use super::bounded::Bounded;
use super::reading::{Read, Reading};
use super::{Item, Problem, Town, read_item};
use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// The content format this player reads and writes.
pub const FORMAT: u32 = 1;

/// The first Parvis that reads [`FORMAT`].
const OLDEST_PLAYER: &str = "0.1";

/// A content document: `{"format":1,"items":[{"type":"event",...}]}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    pub format: u32,
    /// The oldest Parvis that reads this format.
    pub player: String,
    pub items: Vec<Item>,
}

impl Document {
    /// The largest file that is read, in bytes.
    pub const BYTES_MAX: usize = 64 * 1024 * 1024;
    /// The most problems told about one file; the rest are counted.
    pub const PROBLEMS_MAX: usize = 10_000;

    pub fn new(items: Vec<Item>) -> Self {
        Self { format: FORMAT, player: OLDEST_PLAYER.to_owned(), items }
    }
}

/// What an importer or the loader made of its input: nothing is lost without a problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    pub items: Vec<Item>,
    pub problems: Vec<Problem>,
    /// How many records the input had, rejected ones included.
    pub records: usize,
    /// Why the input as a whole could not be read to its end: what it should hold beyond the items is not known.
    pub broken: Option<Problem>,
}

/// Reads a content document, item by item: a bad item costs only itself, and only one is held in memory unread.
pub fn read_document(source: &str, json: &[u8]) -> Imported {
    let mut out = Out::new(source);
    if json.len() > Document::BYTES_MAX {
        out.broken("", format!("larger than {} MiB: not read", Document::BYTES_MAX >> 20));
        return out.imported;
    }
    let mut from = serde_json::Deserializer::from_slice(without_mark(json));
    let read = from.deserialize_any(Whole(&mut out)).and_then(|()| from.end());
    if read.is_ok() || !out.format.is_null() {
        out.judge_format();
    }
    if let Err(error) = read {
        out.broken("", format!("not a content document from here on: {error}"));
    } else if !out.has_items {
        out.broken("items", "a content document has a list of items");
    }
    out.finished()
}

/// Reads a `town.json`, as leniently: what cannot be understood stays as in [`Town::default`].
pub fn read_town(source: &str, json: &[u8]) -> (Town, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut limits = Bounded::new();
    let mut from = serde_json::Deserializer::from_slice(without_mark(json));
    let value = limits.deserialize(&mut from).and_then(|value| from.end().map(|()| value));
    let town = match value {
        Ok(_) if limits.exceeded => {
            problems.push(Problem::new(source, "", "", TOO_LARGE));
            None
        }
        Ok(value) => Town::read(&value, &mut Reading::new(source, "", &mut problems)),
        Err(error) => {
            problems.push(Problem::new(source, "", "", format!("not JSON: {error}")));
            None
        }
    };
    (town.unwrap_or_default(), problems)
}

const TOO_LARGE: &str = "left out: larger or more deeply nested than anything of its kind";

/// Some editors put a byte order mark before UTF-8; JSON knows none.
fn without_mark(json: &[u8]) -> &[u8] {
    json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json)
}

struct Out<'s> {
    source: &'s str,
    imported: Imported,
    format: Value,
    player: Value,
    has_items: bool,
    untold: usize,
}

impl<'s> Out<'s> {
    fn new(source: &'s str) -> Self {
        let (imported, format, player) = Default::default();
        Self { source, imported, format, player, has_items: false, untold: 0 }
    }

    fn problem(&mut self, field: &str, reason: impl Into<String>, value: &str) {
        self.imported.problems.push(Problem::new(self.source, "", field, reason).with_value(value));
        self.shorten();
    }

    fn broken(&mut self, field: &str, reason: impl Into<String>) {
        let problem = Problem::new(self.source, "", field, reason);
        self.imported.broken = Some(problem.clone());
        self.imported.problems.push(problem);
        self.shorten();
    }

    fn item(&mut self, value: &Value, exceeded: bool) {
        self.imported.records += 1;
        let problems = &mut self.imported.problems;
        if exceeded {
            let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
            problems.push(Problem::new(self.source, id, "", TOO_LARGE));
        } else if let Some(item) = read_item(self.source, value, problems) {
            self.imported.items.push(item);
        }
        self.shorten();
    }

    fn shorten(&mut self) {
        let problems = &mut self.imported.problems;
        self.untold += problems.len().saturating_sub(Document::PROBLEMS_MAX);
        problems.truncate(Document::PROBLEMS_MAX);
    }

    fn judge_format(&mut self) {
        match self.format.as_u64() {
            Some(format) if format > u64::from(FORMAT) => {
                let needed =
                    self.player.as_str().map_or_else(String::new, |player| format!(", Parvis {player} or newer"));
                let reason = format!(
                    "needs a player that reads format {format}{needed}; this one reads up to {FORMAT} and shows what it can"
                );
                self.problem("format", reason, "");
            }
            Some(1..) => {}
            _ => {
                let value = self.format.to_string();
                self.problem("format", "a whole number from 1 is expected", &value);
            }
        }
    }

    fn finished(mut self) -> Imported {
        if self.untold > 0 {
            let reason = format!("{} more problems are not listed", self.untold);
            self.imported.problems.push(Problem::new(self.source, "", "", reason));
        }
        self.imported
    }
}

/// The document as a whole.
struct Whole<'o, 's>(&'o mut Out<'s>);

impl<'de> Visitor<'de> for Whole<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with \"format\" and \"items\"")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match key.as_ref() {
                "format" => self.0.format = map.next_value_seed(&mut Bounded::new())?,
                "player" => self.0.player = map.next_value_seed(&mut Bounded::new())?,
                "items" => {
                    self.0.has_items = true;
                    map.next_value_seed(Items(self.0))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The list of items.
struct Items<'o, 's>(&'o mut Out<'s>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        loop {
            let mut limits = Bounded::new();
            let Some(value) = items.next_element_seed(&mut limits)? else { return Ok(()) };
            self.0.item(&value, limits.exceeded);
        }
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
