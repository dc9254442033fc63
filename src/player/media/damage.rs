//! Objects of the store that could not be read, until they can.

use crate::publication::Object;
use crate::store::{State, Store};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// More are not remembered: a store that bad is mended whole.
const REMEMBERED_MAX: usize = 1000;

/// Filled by those who read, emptied by the one who follows the store.
#[derive(Clone, Debug, Default)]
pub struct Damage(Arc<Mutex<BTreeSet<Object>>>);

impl Damage {
    pub fn add(&self, object: Object) {
        let mut objects = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if objects.len() < REMEMBERED_MAX {
            objects.insert(object);
        }
    }

    /// Those there are now.
    pub fn objects(&self) -> BTreeSet<Object> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets those that can be read by now. Returns whether there were any.
    pub fn forget_healed(&self, store: &Store) -> bool {
        let healed: Vec<Object> = self
            .objects()
            .into_iter()
            .filter(|object| store.has(object) && store.check(object) == State::Whole)
            .collect();
        let mut objects = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        healed.iter().filter(|object| objects.remove(object)).count() > 0
    }
}
