use serde_json::{Map, Value};

/// An object of a format in which anything may be one or many, and a number may be text.
#[derive(Clone, Copy, Debug)]
pub struct Node<'v>(pub &'v Map<String, Value>);

impl<'v> Node<'v> {
    /// The object, or the first one of a list.
    pub fn of(value: &'v Value) -> Option<Self> {
        each(value).find_map(Value::as_object).map(Self)
    }

    /// The field as it stands, unless it is null.
    pub fn value(self, key: &str) -> Option<&'v Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    /// The field's value, or all of them.
    pub fn all(self, key: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
        self.0.get(key).into_iter().flat_map(each)
    }

    /// The field's objects, one or many.
    pub fn nodes(self, key: &str) -> impl Iterator<Item = Self> + use<'v> {
        self.all(key).filter_map(Value::as_object).map(Self)
    }

    /// The field's first object.
    pub fn node(self, key: &str) -> Option<Self> {
        self.value(key).and_then(Self::of)
    }

    /// The first text that says something.
    pub fn text(self, key: &str) -> Option<&'v str> {
        self.texts(key).next()
    }

    /// The field's texts that say something.
    pub fn texts(self, key: &str) -> impl Iterator<Item = &'v str> + use<'v> {
        self.all(key).filter_map(plain).map(str::trim).filter(|text| !text.is_empty())
    }

    /// A number, also when written as text, also with a decimal comma.
    pub fn number(self, key: &str) -> Option<f64> {
        self.all(key).find_map(|value| {
            let number = value.as_f64().or_else(|| plain(value)?.trim().replace(',', ".").parse().ok());
            number.filter(|number| number.is_finite())
        })
    }
}

/// A value, or each of a list.
fn each(value: &Value) -> impl Iterator<Item = &Value> {
    let many = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let one = (!value.is_array() && !value.is_null()).then_some(value);
    many.iter().filter(|value| !value.is_null()).chain(one)
}

/// The text, or the one within a JSON-LD value object (`{"@value": ...}`), its `@` cut off on reading.
fn plain(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("value")?.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_and_many_and_numbers_in_text_read_alike() {
        let value =
            json!({"a": "x", "b": ["x", null, "y"], "c": ["1,5"], "d": {"value": "2"}, "e": [{"f": 3}], "g": null});
        let node = Node::of(&value).unwrap();
        assert_eq!(node.text("a"), node.text("b"));
        assert_eq!(node.all("b").count(), 2);
        assert_eq!((node.number("c"), node.number("d"), node.number("a")), (Some(1.5), Some(2.0), None));
        assert_eq!(node.node("e").and_then(|inner| inner.number("f")), Some(3.0));
        assert!(node.value("g").is_none() && node.node("a").is_none() && node.all("none").next().is_none());
    }
}
