use super::kept::{Kept, KeptFolder};
use crate::import::gtfs_rt::is_ended_mark;
use chrono::{DateTime, Utc};
use std::io;

/// Drops the marks of stops that have ended, also while their source is down: nobody has said since that they go on.
///
/// # Errors
/// When what is kept cannot be read or written.
pub fn end(folder: &KeptFolder, kept: &mut Kept, now: DateTime<Utc>) -> io::Result<()> {
    if kept.marks_end.is_none_or(|end| end > now) {
        return Ok(());
    }
    let (items, end, is_damaged) = folder.retain(|item| !is_ended_mark(item, now))?;
    (kept.items, kept.marks_end) = (items, end);
    if is_damaged {
        kept.made_by.clear();
    }
    folder.save(kept)
}
