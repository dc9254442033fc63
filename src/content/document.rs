use super::{Article, Common, Event, Place, Problem, Service};
use serde::{Deserialize, Serialize};

/// The content format this player reads and writes.
pub const FORMAT: u32 = 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Item {
    Place(Place),
    Event(Event),
    Article(Article),
    Service(Service),
}

impl Item {
    pub fn common(&self) -> &Common {
        match self {
            Self::Place(place) => &place.common,
            Self::Event(event) => &event.common,
            Self::Article(article) => &article.common,
            Self::Service(service) => &service.common,
        }
    }
}

/// A content document: `{"format":1,"items":[{"type":"event",...}]}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    pub format: u32,
    pub items: Vec<Item>,
}

/// What an importer or the loader made of its input: nothing is lost without a problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    pub items: Vec<Item>,
    pub problems: Vec<Problem>,
}

/// Reads a content document, item by item: a bad item costs only itself.
pub fn read_document(source: &str, json: &[u8]) -> Imported {
    let value: serde_json::Value = match serde_json::from_slice(json) {
        Ok(value) => value,
        Err(error) => {
            return Imported { items: Vec::new(), problems: vec![Problem::new(source, "", "", error.to_string())] };
        }
    };
    let mut out = Imported::default();
    for item in value.get("items").and_then(|items| items.as_array()).into_iter().flatten() {
        if let Some(item) = read_item(source, item, &mut out.problems) {
            out.items.push(item);
        }
    }
    out
}

/// Reads one item, leniently: a field that cannot be understood is a problem and left out.
pub fn read_item(source: &str, value: &serde_json::Value, problems: &mut Vec<Problem>) -> Option<Item> {
    match serde_json::from_value(value.clone()) {
        Ok(item) => Some(item),
        Err(error) => {
            let id = value.get("id").and_then(|id| id.as_str()).unwrap_or_default();
            problems.push(Problem::new(source, id, "", error.to_string()));
            None
        }
    }
}
