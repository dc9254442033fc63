use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// JSON that may be hostile, read into memory only as far as a record may reasonably go.
///
/// What lies beyond a limit is still parsed, so that the next record can be read, but never stored.
pub struct Bounded {
    values_left: usize,
    text_left: usize,
    /// Whether anything was left out.
    pub exceeded: bool,
}

impl Default for Bounded {
    fn default() -> Self {
        Self::new()
    }
}

impl Bounded {
    /// JSON values in one record; the longest known events have 800 timings.
    const VALUES_MAX: usize = 50_000;
    /// Bytes of text in one record.
    const TEXT_MAX: usize = 1024 * 1024;
    const DEPTH_MAX: usize = 16;

    pub const fn new() -> Self {
        Self { values_left: Self::VALUES_MAX, text_left: Self::TEXT_MAX, exceeded: false }
    }

    fn takes_text(&mut self, bytes: usize) -> bool {
        match self.text_left.checked_sub(bytes) {
            Some(left) => self.text_left = left,
            None => self.exceeded = true,
        }
        !self.exceeded
    }
}

impl<'de> DeserializeSeed<'de> for &mut Bounded {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        Level { limits: self, depth: 0 }.deserialize(from)
    }
}

struct Level<'l> {
    limits: &'l mut Bounded,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        if self.depth > Bounded::DEPTH_MAX || self.limits.values_left == 0 {
            self.limits.exceeded = true;
        }
        if self.limits.exceeded {
            return from.deserialize_ignored_any(IgnoredAny).map(|_| Value::Null);
        }
        self.limits.values_left -= 1;
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
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
        let mut values = Vec::new();
        while let Some(value) = access.next_element_seed(Level { limits: self.limits, depth: self.depth + 1 })? {
            if !self.limits.exceeded {
                values.push(value);
            }
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key_seed(Key { limits: self.limits })? {
            let value = access.next_value_seed(Level { limits: self.limits, depth: self.depth + 1 })?;
            if let Some(key) = key.filter(|_| !self.limits.exceeded) {
                map.insert(key, value);
            }
        }
        Ok(Value::Object(map))
    }
}

/// A field's name, unless there is no room left for it.
struct Key<'l> {
    limits: &'l mut Bounded,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.limits.takes_text(name.len()).then(|| name.to_owned()))
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
        let wide = format!("[{}0]", "0,".repeat(Bounded::VALUES_MAX));
        let long = format!("\"{}\"", "x".repeat(Bounded::TEXT_MAX + 1));
        let many = format!("{{\"{}\":0}}", "k".repeat(Bounded::TEXT_MAX + 1));
        for json in [deep, wide, long, many] {
            assert!(read(&json).1, "{} …", &json[..20]);
        }
    }
}
