use crate::content::Id;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How much a finding counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It would not be shown, or not as it is meant.
    Refused,
    /// It is shown, and not well.
    Warning,
    /// Somebody may want to look at it.
    Hint,
}

/// What is wrong with one item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    pub weight: Weight,
    pub id: Id,
    /// What is wrong and what to do, in a line.
    pub words: String,
    /// Where: profile, region, language. Empty: everywhere.
    pub places: BTreeSet<String>,
}

/// What has been found so far.
#[derive(Default)]
pub struct Findings(BTreeMap<(Weight, Id, String), BTreeSet<String>>);

impl Findings {
    pub fn add(&mut self, weight: Weight, id: &Id, words: impl Into<String>) {
        self.0.entry((weight, id.clone(), words.into())).or_default();
    }

    pub fn add_at(&mut self, place: &str, weight: Weight, id: &Id, words: impl Into<String>) {
        self.0.entry((weight, id.clone(), words.into())).or_default().insert(place.to_owned());
    }

    /// Whether an item is refused in some place.
    pub fn refuses(&self, id: &Id) -> bool {
        self.0.keys().any(|(weight, of, _)| *weight == Weight::Refused && of == id)
    }

    pub fn sorted(self) -> Vec<Finding> {
        let finding = |((weight, id, words), places)| Finding { weight, id, words, places };
        self.0.into_iter().map(finding).collect()
    }
}
