use super::kept::{Kept, KeptFolder};
use crate::content::Item;
use crate::import::gtfs_rt::is_mark;
use chrono::{DateTime, Utc};
use std::io;

/// When the first of the marks that stops have for now ends.
pub fn first_end(items: &[Item]) -> Option<DateTime<Utc>> {
    items.iter().filter(|item| is_mark(item)).filter_map(|item| item.common().valid.until).min()
}

/// Drops the marks of stops that have ended, also while their source is down: nobody has said since that they go on.
///
/// # Errors
/// When what is kept cannot be read or written.
pub fn end(folder: &KeptFolder, kept: &mut Kept, now: DateTime<Utc>) -> io::Result<()> {
    if kept.marks_end.is_none_or(|end| end > now) {
        return Ok(());
    }
    let mut items = folder.items(&mut Vec::new())?;
    items.retain(|item| !is_mark(item) || item.common().valid.contains(now));
    folder.save_items(&items)?;
    (kept.items, kept.marks_end) = (items.len(), first_end(&items));
    folder.save(kept)
}
