//! What the visitor chooses from in the agenda: when, and what kind.

use super::AgendaView;
use crate::calendar::Period;
use crate::content::EventKind;
use crate::player::action::{Action, Filter};
use crate::player::block::Block;
use crate::player::scene::Scene;
use crate::player::theme::icons;
use crate::player::widgets::{Chip, Choice, chip_grid, choices, kebab};
use chrono::NaiveDate;
use lucide_icons::Icon;

const KINDS: &str = "agenda-kinds";
const FOLDED: &str = "agenda-kinds-folded";

/// The choices, and the height they leave. Where they would leave too little, kinds are folded behind a touch and
/// days stand in the place of periods.
pub(super) fn controls(scene: &Scene<'_>, view: &AgendaView<'_>, height_mm: f32, needed_mm: f32) -> (Vec<Block>, f32) {
    let stack = |rows: Vec<Option<(Block, f32)>>| {
        let rows: Vec<(Block, f32)> = rows.into_iter().flatten().collect();
        let left_mm = height_mm - rows.iter().map(|(_, row_mm)| row_mm + 6.0).sum::<f32>();
        (rows.into_iter().map(|(row, _)| row).collect::<Vec<_>>(), left_mm)
    };
    let grid = |chips: Vec<Chip>| (!chips.is_empty()).then(|| chip_grid(scene, chips));
    let rows = vec![grid(period_chips(scene, view)), grid(day_chips(scene, view)), kind_choices(scene, view)];
    let (rows, left_mm) = stack(rows);
    if left_mm >= needed_mm {
        return (rows, left_mm);
    }
    let mut chips = match view.period {
        Period::Day(_) => {
            let all = view.periods.iter().filter(|(period, _)| *period == Period::All);
            all.map(|all| period_chip(scene, view, all)).chain(day_chips(scene, view)).collect()
        }
        _ => period_chips(scene, view),
    };
    let unfolded = scene.visitor.page().revealed.contains(FOLDED);
    if view.kinds.len() > 1 {
        let kind = view.kind.map(|kind| scene.say(&format!("event-kind-{}", kebab(&kind))));
        let word = kind.unwrap_or_else(|| scene.say("agenda-all-kinds"));
        chips.push(Chip { word, chosen: unfolded || view.kind.is_some(), action: Action::Reveal(FOLDED) });
    }
    stack(vec![grid(chips), kind_choices(scene, view).filter(|_| unfolded)])
}

fn counted(scene: &Scene<'_>, name: String, count: usize) -> String {
    let count = scene.words().number(count as i64);
    scene.words().say_with("agenda-chip", &[("name", name.into()), ("count", count.into())])
}

fn period_chip(scene: &Scene<'_>, view: &AgendaView<'_>, (period, count): &(Period, usize)) -> Chip {
    Chip {
        word: counted(scene, period_name(scene, *period), *count),
        chosen: view.period == *period,
        action: Action::Filter(Filter::Period(*period)),
    }
}

/// Tonight, today, this weekend, a day, all; those with nothing in them are left out.
fn period_chips(scene: &Scene<'_>, view: &AgendaView<'_>) -> Vec<Chip> {
    let mut chips: Vec<Chip> = view.periods.iter().map(|counted| period_chip(scene, view, counted)).collect();
    if let Some((first, _)) = view.days.first() {
        let (day, chosen) = match view.period {
            Period::Day(date) => (date, true),
            _ => (*first, false),
        };
        let action = Action::Filter(Filter::Period(Period::Day(day)));
        let before_all = chips.len().saturating_sub(1);
        chips.insert(before_all, Chip { word: scene.say("agenda-day"), chosen, action });
    }
    chips
}

/// The name of a period other than a day.
fn period_name(scene: &Scene<'_>, period: Period) -> String {
    scene.say(match period {
        Period::Tonight => "agenda-tonight",
        Period::Today => "agenda-today",
        Period::Weekend => "agenda-weekend",
        Period::Day(_) => "agenda-day",
        Period::All => "agenda-all",
    })
}

/// The days themselves, once the visitor wants one.
fn day_chips(scene: &Scene<'_>, view: &AgendaView<'_>) -> Vec<Chip> {
    let Period::Day(chosen) = view.period else { return Vec::new() };
    let chip = |(date, count): &(NaiveDate, usize)| Chip {
        word: counted(scene, scene.words().date_short(*date), *count),
        chosen: *date == chosen,
        action: Action::Filter(Filter::Period(Period::Day(*date))),
    };
    view.days.iter().map(chip).collect()
}

/// At most six at a time: all kinds and five of them, the others behind "show more".
fn kind_choices(scene: &Scene<'_>, view: &AgendaView<'_>) -> Option<(Block, f32)> {
    const FIRST: usize = 5;
    if view.kinds.len() < 2 {
        return None;
    }
    let choice = |(kind, count): &(EventKind, usize)| {
        let (icon, ink) = icons::of_event(*kind);
        let word = counted(scene, scene.say(&format!("event-kind-{}", kebab(kind))), *count);
        let action = Action::Filter(Filter::EventKind(Some(*kind)));
        Choice { icon, ink, spoken: word.clone(), word, chosen: view.kind == Some(*kind), action }
    };
    let mut kinds: Vec<Choice> = view.kinds.iter().map(choice).collect();
    let more = if kinds.len() > FIRST { kinds.split_off(FIRST - 1) } else { Vec::new() };
    let action = Action::Filter(Filter::EventKind(None));
    let all = Choice::all(Icon::CalendarDays, scene.say("agenda-all-kinds"), view.kind.is_none(), action);
    kinds.insert(0, all);
    Some(choices(scene, KINDS, kinds, more))
}
