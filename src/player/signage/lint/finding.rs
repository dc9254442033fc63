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
        self.0.entry((weight, id.clone(), plain(&words.into()))).or_default();
    }

    pub fn add_at(&mut self, place: &str, weight: Weight, id: &Id, words: impl Into<String>) {
        self.0.entry((weight, id.clone(), plain(&words.into()))).or_default().insert(place.to_owned());
    }

    /// Whether an item is refused on the panels of this profile, or everywhere.
    pub fn refuses(&self, id: &Id, profile: &str) -> bool {
        let on = |place: &String| place.split(',').next() == Some(profile);
        let mut all = self.0.iter().filter(|((weight, of, _), _)| *weight == Weight::Refused && of == id);
        all.any(|(_, places)| places.is_empty() || places.iter().any(on))
    }

    pub fn sorted(self) -> Vec<Finding> {
        let finding = |((weight, id, words), places)| Finding { weight, id, words, places };
        self.0.into_iter().map(finding).collect()
    }
}

/// Without the marks that tell a screen the direction of what is put into a sentence.
fn plain(words: &str) -> String {
    words.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}
