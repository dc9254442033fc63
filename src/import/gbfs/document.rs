use crate::content::Bounded;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// What every GBFS file has around its data (GBFS, "Output format").
#[derive(Debug, Default)]
pub struct Head {
    /// `last_updated`, `ttl`, `version`.
    pub fields: Map<String, Value>,
    /// The fields of `data`, its list aside.
    pub data: Map<String, Value>,
    /// Whether there was `data`.
    pub is_gbfs: bool,
    /// Whether there was the list, though perhaps an empty one.
    pub is_list: bool,
}

/// The most elements of a list.
const ELEMENTS_MAX: usize = 100_000;
/// The most fields beside the list.
const FIELDS_MAX: usize = 200;

/// Reads a GBFS file; every element of the list `list` in its `data` goes to `on_element`, or `None` for one that is
/// larger than any is. With it the reason where the file breaks off.
///
/// # Errors
/// In words, when it is no GBFS file at all.
pub fn read(
    bytes: &[u8],
    list: &str,
    on_element: &mut dyn FnMut(Option<Value>),
) -> Result<(Head, Option<String>), String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut head = Head::default();
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = json.deserialize_any(Whole { head: &mut head, list, on_element }).and_then(|()| json.end());
    match read {
        Err(error) if !head.is_gbfs => Err(format!("not a GBFS file: {error}")),
        Ok(()) if !head.is_gbfs => Err("not a GBFS file: it has no data".to_owned()),
        Err(error) => Ok((head, Some(error.to_string()))),
        Ok(()) => Ok((head, None)),
    }
}

struct Whole<'w> {
    head: &'w mut Head,
    list: &'w str,
    on_element: &'w mut dyn FnMut(Option<Value>),
}

impl<'de> Visitor<'de> for Whole<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with data")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { head, list, on_element } = self;
        while let Some(key) = map.next_key::<String>()? {
            if key == "data" {
                head.is_gbfs = true;
                let Head { data, is_list, .. } = &mut *head;
                map.next_value_seed(Data { fields: data, is_list, list, on_element })?;
            } else if head.fields.len() < FIELDS_MAX {
                let value = map.next_value_seed(&mut Bounded::new())?;
                head.fields.insert(key, value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// What stands in `data`.
struct Data<'d> {
    fields: &'d mut Map<String, Value>,
    is_list: &'d mut bool,
    list: &'d str,
    on_element: &'d mut dyn FnMut(Option<Value>),
}

impl<'de> DeserializeSeed<'de> for Data<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Data<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data as an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == self.list {
                *self.is_list = true;
                map.next_value_seed(List { on_element: self.on_element })?;
            } else if self.fields.len() < FIELDS_MAX {
                let value = map.next_value_seed(&mut Bounded::new())?;
                self.fields.insert(key, value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

struct List<'l> {
    on_element: &'l mut dyn FnMut(Option<Value>),
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        for _ in 0..ELEMENTS_MAX {
            let mut limits = Bounded::new();
            let Some(element) = elements.next_element_seed(&mut limits)? else { return Ok(()) };
            (self.on_element)((!limits.exceeded).then_some(element));
        }
        while elements.next_element::<IgnoredAny>()?.is_some() {
            (self.on_element)(None);
        }
        Ok(())
    }
}
