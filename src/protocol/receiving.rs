//! Records on their way: sent at least once, counted once.

use super::{Record, RecordId};
use serde::{Deserialize, Serialize};

/// Records of one display, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    pub records: Vec<Record>,
}

impl Batch {
    /// The most records that are sent at once.
    pub const RECORDS_MAX: usize = 200;
    /// The largest batch, in bytes of JSON; one record of the largest size always fits.
    pub const BYTES_MAX: usize = 512 << 10;
}

/// The records that are kept now, whether they came with this batch or with an earlier one: a display may forget them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub taken: Vec<RecordId>,
}

/// Where records are kept that have come.
pub trait Ledger {
    type Error;

    /// Keeps a record for good unless one of its id is kept already; whether it is new.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn keep(&mut self, record: &Record) -> Result<bool, Self::Error>;
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub receipt: Receipt,
    /// How many had not come before.
    pub new: usize,
}

/// Takes a batch. Only what the ledger keeps is in the receipt, so that whatever could not be kept comes again.
///
/// # Errors
/// The first of the ledger, when it kept nothing of the batch.
pub fn take<L: Ledger>(batch: &Batch, ledger: &mut L) -> Result<Taken, L::Error> {
    let mut taken = Taken::default();
    for record in &batch.records {
        match ledger.keep(record) {
            Ok(new) => {
                taken.new += usize::from(new);
                taken.receipt.taken.push(record.id);
            }
            Err(error) if taken.receipt.taken.is_empty() => return Err(error),
            Err(_) => break,
        }
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Kind;
    use chrono::DateTime;
    use std::collections::BTreeSet;

    /// Has room for so many.
    struct Shelf(BTreeSet<RecordId>, usize);

    impl Ledger for Shelf {
        type Error = &'static str;

        fn keep(&mut self, record: &Record) -> Result<bool, Self::Error> {
            if !self.0.contains(&record.id) && self.0.len() >= self.1 {
                return Err("full");
            }
            Ok(self.0.insert(record.id))
        }
    }

    fn batch(numbers: std::ops::Range<u8>) -> Batch {
        let at = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        let record = |number| Record {
            id: RecordId::new(at, [number; 10]),
            at,
            kind: Kind::Play,
            body: serde_json::Value::Null,
        };
        Batch { records: numbers.map(record).collect() }
    }

    #[test]
    fn what_comes_twice_is_counted_once_and_receipted_twice() {
        let mut shelf = Shelf(BTreeSet::new(), 100);
        assert_eq!(take(&batch(0..3), &mut shelf).unwrap().new, 3);
        let again = take(&batch(1..5), &mut shelf).unwrap();
        assert_eq!((again.new, again.receipt.taken.len()), (2, 4));
    }

    #[test]
    fn what_could_not_be_kept_is_in_no_receipt() {
        let mut shelf = Shelf(BTreeSet::new(), 2);
        let taken = take(&batch(0..5), &mut shelf).unwrap();
        let kept: Vec<_> = batch(0..2).records.iter().map(|record| record.id).collect();
        assert_eq!(taken.receipt.taken, kept);
        assert_eq!(take(&batch(3..5), &mut shelf), Err("full"));
    }
}
