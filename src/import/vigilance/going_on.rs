use crate::content::{Alert, Id, Item, Validity};

/// Lets a warning that goes on keep the id under which it was first published: each bulletin begins it anew, or moves its
/// hours. It goes on where it touches an earlier one of the same department, phenomenon and colour.
pub fn keep_ids(before: &[Item], items: &mut [Item]) {
    let mut taken: Vec<Id> = items.iter().map(|item| item.common().id.clone()).collect();
    for (at, item) in items.iter_mut().enumerate() {
        let Item::Alert(now) = item else { continue };
        let earlier = || before.iter().filter_map(alert).filter(|earlier| goes_on(earlier, now));
        if earlier().any(|earlier| earlier.common.id == now.common.id) {
            continue;
        }
        if let Some(earlier) = earlier().find(|earlier| !taken.contains(&earlier.common.id)) {
            now.common.id = earlier.common.id.clone();
            taken[at] = earlier.common.id.clone();
        }
    }
}

fn alert(item: &Item) -> Option<&Alert> {
    if let Item::Alert(alert) = item { Some(alert) } else { None }
}

fn goes_on(earlier: &Alert, now: &Alert) -> bool {
    let (Validity { from, until }, valid) = (earlier.common.valid, now.common.valid);
    series(&earlier.common.id) == series(&now.common.id) && from <= valid.until && valid.from <= until
}

/// An id without the time at its end.
fn series(id: &Id) -> Option<&str> {
    id.as_str().rsplit_once(':').map(|(series, _)| series)
}
