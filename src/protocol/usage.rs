//! What visitors did, as counts: no visitor can be told from another, and nothing typed is kept.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What fewer visits than this share is not told apart when counts are read out.
pub const FEW: u32 = 10;
/// The name under which few are merged.
pub const OTHERS: &str = "others";

/// All visits that ended within one hour, or within several.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Local time at the display, such as `2026-06-15T15`; the day or the month alone when read out.
    pub hour: String,
    pub visits: u32,
    /// Visits by language and the modes used: `fr`, `fr large reach`.
    pub visitors: BTreeMap<String, u32>,
    /// Visits by each need that was chosen.
    pub needs: BTreeMap<String, u32>,
    pub screens: BTreeMap<String, u32>,
    pub items: BTreeMap<String, u32>,
    pub qr_shown: u32,
    pub searches_without_result: u32,
}

impl Counts {
    pub fn of_hour(hour: String) -> Self {
        Self { hour, ..Self::default() }
    }

    /// Adds other visits.
    pub fn join(&mut self, other: Self) {
        self.visits = self.visits.saturating_add(other.visits);
        self.qr_shown = self.qr_shown.saturating_add(other.qr_shown);
        self.searches_without_result = self.searches_without_result.saturating_add(other.searches_without_result);
        let parts = [
            (&mut self.visitors, other.visitors),
            (&mut self.needs, other.needs),
            (&mut self.screens, other.screens),
            (&mut self.items, other.items),
        ];
        for (into, from) in parts {
            for (name, times) in from {
                let sum = into.entry(name).or_default();
                *sum = sum.saturating_add(times);
            }
        }
    }

    /// Visits by language, whatever modes were used.
    pub fn languages(&self) -> BTreeMap<String, u32> {
        let mut languages = BTreeMap::new();
        for (who, times) in &self.visitors {
            let language = who.split(' ').next().unwrap_or_default();
            *languages.entry(language.to_owned()).or_default() += times;
        }
        languages
    }

    /// Visits by each mode that was used.
    pub fn modes(&self) -> BTreeMap<String, u32> {
        let mut modes = BTreeMap::new();
        for (who, times) in &self.visitors {
            for mode in who.split(' ').skip(1) {
                *modes.entry(mode.to_owned()).or_default() += times;
            }
        }
        modes
    }

    /// What may be told: few are merged.
    #[must_use]
    pub fn told(mut self) -> Self {
        self.visitors = merge_few(self.visitors);
        self.needs = merge_few(self.needs);
        self.items = merge_few(self.items);
        self
    }
}

/// What few share stands together, under [`OTHERS`].
pub fn merge_few(counts: BTreeMap<String, u32>) -> BTreeMap<String, u32> {
    let (few, mut many): (BTreeMap<_, _>, BTreeMap<_, _>) = counts.into_iter().partition(|(_, times)| *times < FEW);
    let others: u32 = few.values().sum();
    if others > 0 {
        *many.entry(OTHERS.to_owned()).or_default() += others;
    }
    many
}
