use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::fmt;

/// Which fields of a record are read; all others are skipped, unread and unstored.
pub trait Fields: Copy {
    /// JSON values in one record.
    const VALUES_MAX: usize;
    /// Bytes of text in one record.
    const TEXT_MAX: usize;

    /// The name under which a field is kept, and which fields count inside it; `None` for one that is skipped. Of
    /// several fields that get one name the last is kept, as everywhere in JSON.
    fn field(self, key: &str) -> Option<(Cow<'_, str>, Self)>;
}

/// Every field, under its own name.
#[derive(Clone, Copy, Debug, Default)]
pub struct All;

impl Fields for All {
    /// The longest known events have 800 timings.
    const VALUES_MAX: usize = 50_000;
    const TEXT_MAX: usize = 1 << 20;

    fn field(self, key: &str) -> Option<(Cow<'_, str>, Self)> {
        Some((Cow::Borrowed(key), self))
    }
}

/// JSON that may be hostile, read into memory only as far as a record may reasonably go.
///
/// What lies beyond a limit is still parsed, so that the next record can be read, but never stored.
pub struct Bounded<F = All> {
    fields: F,
    values_left: usize,
    text_left: usize,
    /// Whether anything was left out because there was too much.
    pub exceeded: bool,
}

impl Default for Bounded {
    fn default() -> Self {
        Self::new()
    }
}

impl Bounded {
    pub const fn new() -> Self {
        Self::of(All)
    }
}

impl<F: Fields> Bounded<F> {
    const DEPTH_MAX: usize = 16;

    /// Of these fields alone.
    pub const fn of(fields: F) -> Self {
        Self { fields, values_left: F::VALUES_MAX, text_left: F::TEXT_MAX, exceeded: false }
    }

    /// Reads the value of a field with this name, of a record that is read field by field.
    pub fn value_of(&mut self, name: &str, inside: F) -> Level<'_, F> {
        self.takes_text(name.len());
        Level { limits: self, depth: 1, fields: inside }
    }

    fn takes_text(&mut self, bytes: usize) -> bool {
        match self.text_left.checked_sub(bytes) {
            Some(left) => self.text_left = left,
            None => self.exceeded = true,
        }
        !self.exceeded
    }
}

impl<'de, F: Fields> DeserializeSeed<'de> for &mut Bounded<F> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        let fields = self.fields;
        Level { limits: self, depth: 0, fields }.deserialize(from)
    }
}

/// One value inside a record.
pub struct Level<'l, F> {
    limits: &'l mut Bounded<F>,
    depth: usize,
    fields: F,
}

impl<'de, F: Fields> DeserializeSeed<'de> for Level<'_, F> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        if self.depth > Bounded::<F>::DEPTH_MAX || self.limits.values_left == 0 {
            self.limits.exceeded = true;
        }
        if self.limits.exceeded {
            return from.deserialize_ignored_any(IgnoredAny).map(|_| Value::Null);
        }
        self.limits.values_left -= 1;
        from.deserialize_any(self)
    }
}

impl<'de, F: Fields> Visitor<'de> for Level<'_, F> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(if self.limits.takes_text(text.len()) { Value::String(text.to_owned()) } else { Value::Null })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Self { limits, depth, fields } = self;
        let mut values = Vec::new();
        while let Some(value) = access.next_element_seed(Level { limits, depth: depth + 1, fields })? {
            if !limits.exceeded {
                values.push(value);
            }
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Self { limits, depth, fields } = self;
        let mut map = Map::new();
        while let Some(key) = access.next_key_seed(Key { limits, fields })? {
            let Some((name, fields)) = key else {
                access.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = access.next_value_seed(Level { limits, depth: depth + 1, fields })?;
            if !limits.exceeded {
                map.insert(name, value);
            }
        }
        Ok(Value::Object(map))
    }
}

/// A field's name, unless nobody reads it or there is no room left for it.
struct Key<'l, F> {
    limits: &'l mut Bounded<F>,
    fields: F,
}

impl<'de, F: Fields> DeserializeSeed<'de> for Key<'_, F> {
    type Value = Option<(String, F)>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<F: Fields> Visitor<'_> for Key<'_, F> {
    type Value = Option<(String, F)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        let field = self.fields.field(key).filter(|(name, _)| self.limits.takes_text(name.len()));
        Ok(field.map(|(name, inside)| (name.into_owned(), inside)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> (Value, bool) {
        let mut limits = Bounded::new();
        let value = limits.deserialize(&mut serde_json::Deserializer::from_str(json)).unwrap();
        (value, limits.exceeded)
    }

    #[test]
    fn ordinary_values_come_out_as_serde_reads_them() {
        let json = r#"{"a":[1,-2,0.5,null,true,"x"],"b":{"c":"d"}}"#;
        assert_eq!(read(json), (serde_json::from_str(json).unwrap(), false));
    }

    #[test]
    fn every_limit_stops_the_storing_but_not_the_reading() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let wide = format!("[{}0]", "0,".repeat(All::VALUES_MAX));
        let long = format!("\"{}\"", "x".repeat(All::TEXT_MAX + 1));
        let many = format!("{{\"{}\":0}}", "k".repeat(All::TEXT_MAX + 1));
        for json in [deep, wide, long, many] {
            assert!(read(&json).1, "{} …", &json[..20]);
        }
    }
}
