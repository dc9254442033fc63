use crate::player::block::{Block, Scroll};
use crate::player::scene::Scene;

/// A list of rows of equal height, of which only those in or near sight exist.
pub struct List {
    /// Names its scroll position.
    pub key: &'static str,
    pub rows: usize,
    pub row_mm: f32,
    /// How much of it can be seen at once.
    pub sight_mm: f32,
}

/// Space between rows in mm.
pub const GAP_MM: f32 = 4.0;

/// Builds the rows in sight, and a page before and after.
pub fn list(scene: &Scene<'_>, list: &List, row: impl FnMut(usize) -> Block) -> Block {
    let (first, last) = rows_in_reach(list, scene.visitor.page().scroll(list.key));
    let pitch = list.row_mm + GAP_MM;
    let (before_mm, after_mm) = (first as f32 * pitch, (list.rows - last) as f32 * pitch);
    let scroll = Scroll { key: list.key, before_mm, after_mm, row_mm: Some(pitch) };
    let rows = (first..last).map(row).map(|row| Block::column(vec![row]).height(pitch)).collect();
    Block::scroll(scroll, rows)
}

/// The rows that can be seen at this scroll position, in the same steps, so that what goes with them rarely changes.
pub fn rows_in_sight(scene: &Scene<'_>, list: &List) -> std::ops::Range<usize> {
    let pitch = list.row_mm + GAP_MM;
    let page = ((list.sight_mm + GAP_MM) / pitch).floor().max(1.0) as usize;
    let step = (page / 2).max(1);
    let scroll_mm = scene.visitor.page().scroll(list.key).max(0.0);
    let top = (scroll_mm / pitch).round() as usize / step * step;
    top.min(list.rows)..(top + page).min(list.rows)
}

/// First row and one past the last row that exist at this scroll position, in steps of half a page so that a
/// drag rarely builds anew.
fn rows_in_reach(list: &List, scroll_mm: f32) -> (usize, usize) {
    let pitch = list.row_mm + GAP_MM;
    let page = (list.sight_mm / pitch).ceil().max(1.0) as usize;
    let step = (page / 2).max(1);
    let top = (scroll_mm.max(0.0) / pitch) as usize / step * step;
    let first = top.saturating_sub(page).min(list.rows);
    let last = (top + step + 2 * page).min(list.rows);
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_bounded_and_cover_what_is_seen() {
        let list = List { key: "rows", rows: 10_000, row_mm: 30.0, sight_mm: 300.0 };
        for tenth in 0..34_000 {
            let scroll = tenth as f32 * 10.0;
            let (first, last) = rows_in_reach(&list, scroll);
            let seen_first = (scroll / 34.0) as usize;
            let seen_last = (((scroll + 300.0) / 34.0).ceil() as usize).min(list.rows);
            assert!(last - first <= 40, "{scroll}: {first}..{last}");
            assert!(
                first <= seen_first.min(list.rows) && last >= seen_last,
                "{scroll}: {first}..{last} misses {seen_first}..{seen_last}"
            );
        }
    }
}
