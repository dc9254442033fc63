use crate::content::{Id, ScheduleEntry};

/// What became of a schedule entry at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    Plays,
    /// It is on and could be shown, but this entry comes before it.
    Outranked {
        by: &'a Id,
    },
    /// It is for other groups or displays.
    OtherDisplays,
    /// Its start or the beginning of its validity is still to come.
    NotYet,
    /// Its end or that of its validity has passed.
    Over,
    /// It is on other days or at other hours.
    NotNow,
    /// This display knows no playlist of that id.
    NoPlaylist,
    /// No slot of its playlist may be shown now.
    NothingToShow,
}

/// An entry, and why it plays or does not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict<'a> {
    pub entry: &'a ScheduleEntry,
    pub outcome: Outcome<'a>,
}
