use super::sieve::{Sieve, field_name, read_field};
use crate::content::Bounded;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;
use std::io::{self, BufRead};

/// One object, or `None` for one that is larger than any is.
pub type OnObject<'a> = dyn FnMut(Option<&Value>) + 'a;

/// What stood in a document beside its objects.
#[derive(Debug, Default)]
pub struct Around {
    /// Whether there was a list of objects, though perhaps an empty one.
    pub is_list: bool,
    /// A page of the catalogue says where the next one is.
    pub meta: Value,
    pub objects: u64,
}

/// Hands over every object of a JSON document, one at a time: `{"objects": [...], "meta": ...}`, `{"@graph": [...]}`,
/// a list, or an object alone. In an error too, [`Around`] says what came before it.
pub fn read_from<'de, R: serde_json::de::Read<'de>>(
    mut json: serde_json::Deserializer<R>,
    on_object: &mut OnObject<'_>,
) -> (Around, Result<(), String>) {
    let mut document = Document { on_object, around: Around::default() };
    let read = json.deserialize_any(Whole(&mut document)).and_then(|()| json.end());
    (document.around, read.map_err(|error| error.to_string()))
}

/// [`read_from`] for a document in memory.
pub fn read_bytes(bytes: &[u8], on_object: &mut OnObject<'_>) -> (Around, Result<(), String>) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    read_from(serde_json::Deserializer::from_slice(bytes), on_object)
}

/// [`read_from`] for a document of any size.
pub fn read_stream(mut from: impl BufRead, on_object: &mut OnObject<'_>) -> (Around, Result<(), String>) {
    match from.fill_buf().map(|head| head.starts_with(b"\xEF\xBB\xBF")) {
        Ok(true) => from.consume(3),
        Ok(false) => {}
        Err(error) => return (Around::default(), Err(io::Error::to_string(&error))),
    }
    read_from(serde_json::Deserializer::from_reader(from), on_object)
}

struct Document<'d> {
    on_object: &'d mut OnObject<'d>,
    around: Around,
}

impl Document<'_> {
    fn object(&mut self, value: &Value, limits: &Sieve) {
        self.around.objects += 1;
        (self.on_object)(Some(value).filter(|_| !limits.exceeded));
    }
}

/// The document as a whole, or a list in it.
struct Whole<'w, 'd>(&'w mut Document<'d>);

impl<'de> Visitor<'de> for Whole<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.around.is_list = true;
        loop {
            let mut limits = Sieve::default();
            let Some(value) = list.next_element_seed(&mut limits)? else { return Ok(()) };
            self.0.object(&value, &limits);
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut alone = Map::new();
        let mut limits = Sieve::default();
        while let Some(key) = map.next_key::<String>()? {
            match &*field_name(&key) {
                "objects" | "graph" => map.next_value_seed(List(self.0))?,
                "meta" => self.0.around.meta = map.next_value_seed(&mut Bounded::new())?,
                _ if self.0.around.is_list => drop(map.next_value::<IgnoredAny>()?),
                _ => {
                    if let Some((name, value)) = read_field(&mut limits, &key, &mut map)? {
                        alone.entry(name).or_insert(value);
                    }
                }
            }
        }
        let is_object = ["type", "label"].iter().any(|key| alone.contains_key(*key));
        if is_object && !self.0.around.is_list {
            self.0.object(&Value::Object(alone), &limits);
        }
        Ok(())
    }
}

struct List<'w, 'd>(&'w mut Document<'d>);

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(Whole(self.0))
    }
}
