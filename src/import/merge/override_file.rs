use super::overrides::Overrides;
use crate::content::{Bounded, Id, Problem};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// The file while it is read.
pub struct File<'s> {
    pub source: &'s str,
    pub overrides: Overrides,
    pub is_list: bool,
    pub problems: Vec<Problem>,
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
