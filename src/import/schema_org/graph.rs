use crate::import::plain_text::one_line;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// How deep a value may lie.
const DEPTH_MAX: usize = 64;

/// Properties that lead from one thing to others that count for themselves.
const LEADING: [&str; 12] = [
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
    "itemListElement",
    "item",
    "subEvent",
    "subEvents",
    "event",
    "events",
    "hasPart",
    "containsPlace",
    "about",
];

/// All that the JSON-LD of a page or a file says, its words without the address of schema.org before them.
#[derive(Debug, Default)]
pub struct Graph {
    pub roots: Vec<Value>,
}

/// The things of a graph by the names that others call them by.
pub struct Index<'g>(HashMap<&'g str, &'g Map<String, Value>>);

/// One thing of a graph.
#[derive(Clone, Copy)]
pub struct Node<'g> {
    pub map: &'g Map<String, Value>,
    index: &'g Index<'g>,
}

impl Graph {
    pub fn add(&mut self, value: Value) {
        self.roots.push(plain(value, 0));
    }

    /// Whether it speaks of schema.org at all.
    pub fn is_schema(&self) -> bool {
        let mut open: Vec<&Value> = self.roots.iter().collect();
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values),
                Value::Object(map)
                    if map.get("@context").is_some_and(|context| context.to_string().contains("schema.org")) =>
                {
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// What the site that it is from calls itself.
    pub fn site_name(&self) -> Option<String> {
        let index = self.index();
        let things = self.things(&index);
        let site = things.iter().find(|thing| thing.is_a("WebSite"));
        site.and_then(|site| site.text("name"))
            .map(|name| one_line(&name))
            .filter(|name| !name.is_empty() && !name.contains('@'))
    }

    pub fn index(&self) -> Index<'_> {
        let mut named: HashMap<&str, &Map<String, Value>> = HashMap::new();
        let mut open: Vec<&Value> = self.roots.iter().collect();
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values),
                Value::Object(map) => {
                    // One thing may be described in several places: the longest description counts.
                    if let Some(name) = map.get("@id").and_then(Value::as_str).filter(|_| map.len() > 1) {
                        let known = named.entry(name).or_insert(map);
                        if known.len() < map.len() {
                            *known = map;
                        }
                    }
                    open.extend(map.values());
                }
                _ => {}
            }
        }
        Index(named)
    }

    /// Everything that counts for itself, in the order of the input.
    pub fn things<'g>(&'g self, index: &'g Index<'g>) -> Vec<Node<'g>> {
        let mut things = Vec::new();
        let mut open: Vec<&Value> = self.roots.iter().rev().collect();
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values.iter().rev()),
                Value::Object(map) => {
                    if map.contains_key("@type") {
                        things.push(Node { map, index });
                    }
                    open.extend(LEADING.iter().rev().filter_map(|key| map.get(*key)));
                }
                _ => {}
            }
        }
        things
    }
}

/// Names and types without `http://schema.org/` or `schema:`.
fn plain(value: Value, depth: usize) -> Value {
    match value {
        _ if depth > DEPTH_MAX => Value::Null,
        Value::Array(values) => Value::Array(values.into_iter().map(|value| plain(value, depth + 1)).collect()),
        Value::Object(map) => Value::Object(
            map.into_iter().map(|(key, value)| (word(&key).to_owned(), plain(value, depth + 1))).collect(),
        ),
        other => other,
    }
}

/// A word of schema.org without what stands before it.
pub fn word(text: &str) -> &str {
    let text = text.trim();
    let bare =
        ["http://schema.org/", "https://schema.org/", "http://www.schema.org/", "https://www.schema.org/", "schema:"];
    bare.iter().find_map(|before| text.strip_prefix(before)).unwrap_or(text)
}

impl<'g> Node<'g> {
    /// The same thing where it is described at greater length, unless that is another that bears its name.
    pub fn at_its_fullest(self) -> Self {
        let named = self.map.get("@id").and_then(Value::as_str).and_then(|name| self.index.0.get(name));
        let agrees = |map: &Map<String, Value>| {
            ["name", "startDate"].iter().all(|key| self.map.get(*key).is_none_or(|own| map.get(*key) == Some(own)))
        };
        named.filter(|map| agrees(map)).map_or(self, |map| Self { map, ..self })
    }

    /// All values of a property: one or many, without what is empty.
    pub fn all(&self, key: &str) -> Vec<&'g Value> {
        let mut all = Vec::new();
        let mut open: Vec<&Value> = self.map.get(key).into_iter().collect();
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values.iter().rev()),
                Value::Object(map) if map.contains_key("@list") => open.extend(map.get("@list")),
                Value::Null => {}
                Value::String(text) if text.trim().is_empty() => {}
                other => all.push(other),
            }
        }
        all
    }

    /// The things that a property names or holds.
    pub fn nodes(&self, key: &str) -> Vec<Self> {
        self.all(key).into_iter().filter_map(|value| self.node_of(value)).collect()
    }

    pub fn node_of(&self, value: &'g Value) -> Option<Self> {
        let map = value.as_object().filter(|map| !map.contains_key("@value"))?;
        let named = map.get("@id").and_then(Value::as_str).filter(|_| map.len() == 1);
        let map = named.and_then(|name| self.index.0.get(name).copied()).unwrap_or(map);
        Some(Self { map, index: self.index })
    }

    pub fn texts(&self, key: &str) -> Vec<String> {
        self.all(key).into_iter().filter_map(text).collect()
    }

    pub fn text(&self, key: &str) -> Option<String> {
        self.texts(key).into_iter().next()
    }

    /// A number, also when written as text, also with a comma.
    pub fn number(&self, key: &str) -> Option<f64> {
        let number = self.text(key)?.replace(',', ".").trim().parse::<f64>().ok();
        number.filter(|number| number.is_finite())
    }

    /// What it is.
    pub fn types(&self) -> Vec<String> {
        self.texts("@type").iter().map(|name| word(name).to_owned()).collect()
    }

    pub fn is_a(&self, name: &str) -> bool {
        self.types().iter().any(|own| own == name)
    }
}

/// A value as text, whichever way JSON-LD writes it.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(is) => Some(is.to_string()),
        Value::Object(map) => {
            map.get("@value").or_else(|| map.get("@id")).filter(|inner| !inner.is_object()).and_then(text)
        }
        _ => None,
    }
}
