//! Displays that want to be let in, until staff have typed the codes that they show. Nothing of it outlives the process.

use super::attempts::Attempts;
use crate::protocol::{Begin, Begun, CODE_SECS, Code, Placed, Reveal, Standing, commitment};
use crate::publication::{Digest, PublicKey};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// Displays that wait at once: in all, and behind one address.
const WAITING_MAX: usize = 500;
const WAITING_AT_ADDRESS_MAX: usize = 50;

/// What waits.
#[derive(Debug, Default)]
pub struct Pairing {
    waiting: HashMap<String, Waiting>,
    tries: Attempts,
}

#[derive(Debug)]
struct Waiting {
    commitment: Digest,
    /// What the hub added, and the root that it gave.
    nonce: Digest,
    root: Digest,
    address: String,
    begun: DateTime<Utc>,
    /// Once the display has told its key.
    told: Option<(PublicKey, Code)>,
    placed: Option<Placed>,
}

/// Why it does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Too many wait already.
    Full,
    /// There is no such exchange any more: the display begins anew.
    Over,
    /// What was told now is not what the display was bound to.
    Unlike,
}

/// Why a code leads to no display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Too many wrong ones: nobody of this account types any for a while.
    TooMany,
    /// It is none, or no display shows it now.
    Unknown,
}

impl Pairing {
    /// A display begins. `id` and `nonce` are new and nobody could guess them.
    ///
    /// # Errors
    /// [`Refused::Full`].
    pub fn begin(
        &mut self,
        asked: &Begin,
        (id, nonce): (String, Digest),
        root: String,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<Begun, Refused> {
        self.waiting.retain(|_, waiting| !is_over(waiting.begun, now));
        let there = self.waiting.values().filter(|waiting| waiting.address == address).count();
        if self.waiting.len() >= WAITING_MAX || there >= WAITING_AT_ADDRESS_MAX {
            return Err(Refused::Full);
        }
        let waiting = Waiting {
            commitment: asked.commitment,
            nonce,
            root: Digest::of(root.as_bytes()),
            address: address.to_owned(),
            begun: now,
            told: None,
            placed: None,
        };
        self.waiting.insert(id.clone(), waiting);
        Ok(Begun { id, nonce, root })
    }

    /// The display tells its key. Whatever comes a second time changes nothing.
    ///
    /// # Errors
    /// [`Refused::Over`] and [`Refused::Unlike`].
    pub fn reveal(&mut self, id: &str, told: &Reveal, now: DateTime<Utc>) -> Result<(), Refused> {
        let waiting = self.waiting.get_mut(id).filter(|waiting| !is_over(waiting.begun, now)).ok_or(Refused::Over)?;
        if commitment(told.key, told.nonce) != waiting.commitment {
            return Err(Refused::Unlike);
        }
        let code = Code::of(told.key, told.nonce, waiting.root, waiting.nonce);
        waiting.told.get_or_insert((told.key, code));
        Ok(())
    }

    /// How an exchange stands.
    ///
    /// # Errors
    /// [`Refused::Over`].
    pub fn standing(&self, id: &str, now: DateTime<Utc>) -> Result<Standing, Refused> {
        let waiting = self.waiting.get(id).filter(|waiting| !is_over(waiting.begun, now)).ok_or(Refused::Over)?;
        Ok(waiting.placed.clone().map_or(Standing::Waiting, Standing::Accepted))
    }

    /// The display that shows this code: the exchange and the key. Each wrong one counts for whoever typed it.
    ///
    /// # Errors
    /// Why there is none.
    pub fn find(
        &mut self,
        typed: &str,
        (account, address): (&str, &str),
        now: DateTime<Utc>,
    ) -> Result<(String, PublicKey), Wrong> {
        if !self.tries.take(account, address, now) {
            return Err(Wrong::TooMany);
        }
        let code = Code::parse(typed);
        let shows = |waiting: &Waiting| {
            let (key, shown) = waiting.told.as_ref()?;
            let is_it = code.as_ref() == Some(shown) && waiting.placed.is_none() && !is_over(waiting.begun, now);
            is_it.then_some(*key)
        };
        let mut found = self.waiting.iter().filter_map(|(id, waiting)| Some((id.clone(), shows(waiting)?)));
        // Of two with one code nobody can say which was meant.
        if let (Some(one), None) = (found.next(), found.next()) {
            self.tries.give_back(account, address, now);
            return Ok(one);
        }
        Err(Wrong::Unknown)
    }

    /// Staff have let it in: the display learns it when it asks the next time.
    pub fn accept(&mut self, id: &str, placed: Placed) {
        if let Some(waiting) = self.waiting.get_mut(id) {
            waiting.placed = Some(placed);
        }
    }
}

fn is_over(begun: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - begun >= TimeDelta::seconds(CODE_SECS.into()) || now < begun - TimeDelta::minutes(1)
}
