//! A list in the order of a visitor's needs: confirmed, then not known, then a count of what says no.

use super::{Card, List, card, dotted, list, phone_display, rows_in_sight};
use crate::content::ItemRef;
use crate::language::Arg;
use crate::player::action::Action;
use crate::player::block::{Block, Fit, Justify, Role, Rule};
use crate::player::needs::{Verdict, Witness, refused, verdict};
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};

/// Which part of the list something stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// No need asks anything of it: without needs, everything. Has no head.
    Plain,
    Confirmed,
    Unknown,
    /// Less what was meant, and what nobody goes to.
    Others,
    /// Behind a count and one touch.
    No,
}

impl Group {
    const ALL: [Self; 5] = [Self::Plain, Self::Confirmed, Self::Unknown, Self::Others, Self::No];
}

/// Items apart by what is known of them, each group in the order they came.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouped<T> {
    groups: [Vec<T>; 5],
    witness: Witness,
    revealed: bool,
}

/// What stands in one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GroupedRow<'g, T> {
    Head(Group),
    /// The item and how many items stand above it.
    Item {
        item: &'g T,
        group: Group,
        above: usize,
    },
    /// How many say no, and whether they are shown below.
    Hidden {
        count: usize,
        revealed: bool,
    },
}

/// How a grouped list stands on its screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupedList {
    /// Names its scroll position, and what [`Action::Reveal`] reveals.
    pub key: &'static str,
    pub row_mm: f32,
    pub sight_mm: f32,
    /// The sentence with `$count` for what says no: `group-hidden` for places, `group-hidden-events` for events.
    pub hidden: &'static str,
}

impl<T> Grouped<T> {
    /// Groups items by the visitor's needs. `key` is that of the list they will stand in.
    pub fn new<'a>(
        scene: &Scene<'a>,
        key: &'static str,
        items: impl IntoIterator<Item = T>,
        as_item: impl Fn(&T) -> ItemRef<'a>,
    ) -> Self {
        let (catalog, needs) = (&scene.almanac.catalog, &scene.visitor.needs);
        let revealed = scene.visitor.page().revealed.contains(key);
        let mut grouped = Self { groups: [const { Vec::new() }; 5], witness: Witness::default(), revealed };
        for item in items {
            let group = match verdict(catalog, as_item(&item), needs) {
                None => Group::Plain,
                Some(Verdict::Confirmed) => Group::Confirmed,
                Some(Verdict::Unknown) => Group::Unknown,
                Some(Verdict::No) => Group::No,
            };
            if group == Group::Confirmed {
                grouped.witness.hear(catalog, as_item(&item), needs);
            }
            grouped.groups[group as usize].push(item);
        }
        grouped
    }

    /// Adds what follows after all that was meant, in the order in which it comes.
    #[must_use]
    pub fn and_others(mut self, items: impl IntoIterator<Item = T>) -> Self {
        self.groups[Group::Others as usize].extend(items);
        self
    }

    pub fn of(&self, group: Group) -> &[T] {
        &self.groups[group as usize]
    }

    pub fn is_empty(&self) -> bool {
        self.groups.iter().all(Vec::is_empty)
    }

    /// All items that are shown, in order.
    pub fn shown(&self) -> impl Iterator<Item = &T> {
        let groups = if self.revealed { 5 } else { 4 };
        self.groups[..groups].iter().flatten()
    }

    /// Rows of a group, its head included.
    fn rows_of(&self, group: Group) -> usize {
        let items = self.of(group).len();
        let asked = [Group::Confirmed, Group::Unknown, Group::No].iter().any(|group| !self.of(*group).is_empty());
        match group {
            Group::Plain => items,
            // Says so when nothing is confirmed.
            Group::Confirmed => items + usize::from(asked),
            Group::Unknown | Group::Others => items + usize::from(items > 0),
            Group::No if items == 0 => 0,
            Group::No if self.revealed => items + 1,
            Group::No => 1,
        }
    }

    pub fn rows(&self) -> usize {
        Group::ALL.iter().map(|group| self.rows_of(*group)).sum()
    }

    pub fn row(&self, at: usize) -> Option<GroupedRow<'_, T>> {
        let (mut at, mut above) = (at, 0);
        for group in Group::ALL {
            let (rows, items) = (self.rows_of(group), self.of(group));
            if at < rows {
                let heads = usize::from(group != Group::Plain);
                let Some(index) = at.checked_sub(heads) else {
                    let hidden = GroupedRow::Hidden { count: items.len(), revealed: self.revealed };
                    return Some(if group == Group::No { hidden } else { GroupedRow::Head(group) });
                };
                return items.get(index).map(|item| GroupedRow::Item { item, group, above: above + index });
            }
            at -= rows;
            above += items.len();
        }
        None
    }

    fn list(&self, place: &GroupedList) -> List {
        List { key: place.key, rows: self.rows(), row_mm: place.row_mm, sight_mm: place.sight_mm }
    }

    /// The items whose rows can be seen now, each with how many items stand above it: for pins on a map.
    pub fn in_sight(&self, scene: &Scene<'_>, place: &GroupedList) -> Vec<(usize, &T)> {
        let rows = rows_in_sight(scene, &self.list(place)).filter_map(|at| self.row(at));
        rows.filter_map(|row| match row {
            GroupedRow::Item { item, above, .. } => Some((above, item)),
            _ => None,
        })
        .collect()
    }
}

/// Draws the rows in sight. `make` gives an item's card, told how many items stand above it; `as_item` as in
/// [`Grouped::new`].
pub fn grouped<'a, T>(
    scene: &Scene<'a>,
    place: &GroupedList,
    groups: &Grouped<T>,
    as_item: impl Fn(&T) -> ItemRef<'a>,
    mut make: impl FnMut(&T, usize) -> Card,
) -> Block {
    list(scene, &groups.list(place), |at| match groups.row(at) {
        Some(GroupedRow::Head(group)) => head(scene, place, groups, group),
        Some(GroupedRow::Item { item, group, above }) => {
            let row = make(item, above);
            match group {
                Group::Plain | Group::Confirmed => card(scene, row),
                Group::Others if !is_unknown(scene, as_item(item)) => card(scene, row),
                Group::Others | Group::Unknown => unknown(scene, row),
                Group::No => says_no(scene, row, as_item(item)),
            }
        }
        Some(GroupedRow::Hidden { count, revealed }) => hidden(scene, place, count, revealed),
        None => Block::space(),
    })
}

fn is_unknown(scene: &Scene<'_>, item: ItemRef<'_>) -> bool {
    verdict(&scene.almanac.catalog, item, &scene.visitor.needs) == Some(Verdict::Unknown)
}

/// Nobody has said: a dashed outline, and the word.
fn unknown(scene: &Scene<'_>, mut row: Card) -> Block {
    let ink = row.ink;
    row.line = dotted(scene, [scene.say("group-unknown-word"), row.line]);
    card(scene, row).rule(Rule::Dashed(ink))
}

/// A no is said in words.
fn says_no(scene: &Scene<'_>, mut row: Card, item: ItemRef<'_>) -> Block {
    if let Some(need) = refused(&scene.almanac.catalog, item, &scene.visitor.needs) {
        row.line = dotted(scene, [scene.say(&format!("access-{}-no", super::kebab(&need))), row.line]);
    }
    card(scene, row)
}

fn head<T>(scene: &Scene<'_>, place: &GroupedList, groups: &Grouped<T>, group: Group) -> Block {
    let (title, line) = match group {
        Group::Confirmed if groups.of(group).is_empty() => (scene.say("group-empty-confirmed"), String::new()),
        Group::Confirmed => (scene.say("group-confirmed"), witness_words(scene, &groups.witness)),
        Group::Unknown => (scene.say("group-unknown"), call_words(scene)),
        Group::Others => (scene.say("group-others"), String::new()),
        Group::Plain | Group::No => (scene.say("group-no"), String::new()),
    };
    let width_mm = scene.frame().content_width();
    let half_mm = (place.row_mm - 4.0) / if line.is_empty() { 1.0 } else { 2.0 };
    let lettering = if line.is_empty() { Lettering::Body } else { Lettering::Card };
    let title = Block::text(title, lettering).role(Role::Heading).fit(Fit::Shrink { width_mm, height_mm: half_mm });
    let mut lines = vec![title];
    if !line.is_empty() {
        let fit = Fit::Shrink { width_mm, height_mm: half_mm };
        lines.push(Block::text(line, Lettering::Smallest).ink(Ink::Quiet).fit(fit));
    }
    Block::column(lines).justify(Justify::End).pad(0.0, 2.0).height(place.row_mm).rule(Rule::Below(Ink::Rule))
}

/// "Source: OpenStreetMap, 2 May 2026".
fn witness_words(scene: &Scene<'_>, witness: &Witness) -> String {
    if witness.sources.is_empty() {
        return String::new();
    }
    let words = scene.words();
    let sources: Vec<String> = witness.sources.iter().cloned().collect();
    let source = ("source", Arg::from(words.list(&sources)));
    match witness.date {
        Some(date) => words.say_with("group-confirmed-source", &[source, ("date", words.date_of_record(date).into())]),
        None => words.say_with("group-confirmed-by", &[source]),
    }
}

/// "Call +377 …": the town's desk, where it has a telephone.
fn call_words(scene: &Scene<'_>) -> String {
    let phone = &scene.almanac.catalog.town.desk.phone;
    if phone.is_empty() {
        return String::new();
    }
    scene.words().say_with("group-unknown-call", &[("phone", phone_display(phone).into())])
}

/// "3 places say no: show them"; once shown, their head, with the way to hide them again.
fn hidden(scene: &Scene<'_>, place: &GroupedList, count: usize, revealed: bool) -> Block {
    let said = if revealed {
        scene.say("group-hide")
    } else {
        scene.words().say_with(place.hidden, &[("count", count.into())])
    };
    let width_mm = scene.frame().content_width() - 40.0;
    let mut words = Vec::new();
    if revealed {
        let fit = Fit::Shrink { width_mm, height_mm: place.row_mm / 2.0 };
        words.push(Block::text(scene.say("group-no"), Lettering::Card).fit(fit));
    }
    let height_mm = if revealed { place.row_mm / 2.0 } else { place.row_mm - 6.0 };
    words.push(Block::text(said, Lettering::Body).fit(Fit::Shrink { width_mm, height_mm }));
    let icon = if revealed { lucide_icons::Icon::ChevronUp } else { lucide_icons::Icon::ChevronDown };
    Block::row(vec![Block::column(words).justify(Justify::Centre).fill(), Block::icon(icon.unicode(), Ink::Ink, 13.0)])
        .gap(6.0)
        .pad(6.0, 2.0)
        .height(place.row_mm)
        .round(3.0)
        .plane(Ink::Paper)
        .rule(Rule::Frame(Ink::Quiet, 0.5))
        .touch(Action::Reveal(place.key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of([plain, confirmed, unknown, others, no]: [usize; 5], revealed: bool) -> Grouped<usize> {
        let mut next = 0..;
        let mut take = |count: usize| next.by_ref().take(count).collect::<Vec<usize>>();
        let groups = [take(plain), take(confirmed), take(unknown), take(others), take(no)];
        Grouped { groups, witness: Witness::default(), revealed }
    }

    fn sketch(grouped: &Grouped<usize>) -> String {
        let rows = (0..grouped.rows()).filter_map(|at| grouped.row(at));
        let words = rows.map(|row| match row {
            GroupedRow::Head(group) => format!("{group:?}:"),
            GroupedRow::Item { item, above, .. } if *item == above => item.to_string(),
            GroupedRow::Item { item, above, .. } => format!("{item} is not after {above}"),
            GroupedRow::Hidden { count, revealed } => format!("{}{count}", if revealed { "-" } else { "+" }),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn groups_are_never_mixed_and_nothing_is_dropped() {
        for (groups, rows) in [
            (of([3, 0, 0, 0, 0], false), "0 1 2"),
            (of([0, 2, 2, 0, 3], false), "Confirmed: 0 1 Unknown: 2 3 +3"),
            (of([0, 2, 2, 0, 3], true), "Confirmed: 0 1 Unknown: 2 3 -3 4 5 6"),
            (of([0, 0, 2, 0, 0], false), "Confirmed: Unknown: 0 1"),
            (of([0, 0, 0, 0, 1], false), "Confirmed: +1"),
            (of([0, 1, 0, 0, 0], false), "Confirmed: 0"),
            (of([1, 1, 0, 0, 1], true), "0 Confirmed: 1 -1 2"),
            (of([0, 1, 1, 2, 1], true), "Confirmed: 0 Unknown: 1 Others: 2 3 -1 4"),
            (of([1, 0, 0, 1, 0], false), "0 Others: 1"),
            (of([0, 0, 0, 0, 0], true), ""),
        ] {
            assert_eq!(sketch(&groups), rows);
            assert_eq!(groups.row(groups.rows()), None);
        }
    }
}
