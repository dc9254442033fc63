use crate::content::{Id, Item, Problem};
use crate::import::Picture;

/// What the items of an import cover.
#[derive(Clone, Debug, PartialEq)]
pub enum Extent {
    /// All that the source has: what is not among them is gone there.
    Whole,
    /// What changed since the last time; what is gone was named by [`Job::removed`].
    Changes,
    /// Nothing has changed since the last time.
    Unchanged,
    /// Read to its end, though its source counts more than it gives: what is not among them may still be there.
    Short,
    /// The input broke off, for this reason: what is not among them may still be there.
    BrokenOff(String),
}

/// Takes what an import finds, as it finds it.
pub trait Output {
    fn item(&mut self, item: Item, pictures: Vec<Picture>);
    fn problem(&mut self, problem: Problem);
    /// The source has taken this item back.
    fn withdrawn(&mut self, id: Id);
}

/// What became of the records of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Seen in the input.
    pub records: usize,
    pub items: usize,
    /// Records that became no item; each has a problem that begins with [`LEFT_OUT`], but for those outside of the
    /// town.
    pub left_out: usize,
    /// Problems of any kind.
    pub problems: usize,
    /// Pictures that the items have at their source.
    pub pictures: usize,
    /// Those of them that were fetched.
    pub pictures_kept: usize,
}

/// What became of one record: an item with its pictures, or a problem that says why not.
#[derive(Debug)]
pub struct Made {
    pub item: Option<(Item, Vec<Picture>)>,
    pub problems: Vec<Problem>,
}
