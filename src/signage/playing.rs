use super::local_day::Span;
use super::program::{Cursor, Program, RegionTurn, Shown};
use super::rota::Turn;
use super::stock::Offer;
use crate::content::Id;
use chrono::{DateTime, Utc};

/// What stands on a panel, so that it stands to its end though the schedule or what there is to show is replaced beneath
/// it: new figures every half minute must not throw a display from one slide to another.
///
/// A slide is cut all the same when its playlist or campaign does not have it in its region any more, when what it shows is gone (its file, its
/// place, its event), where its window ends, by an alert, and when the panel goes off. After it comes what [`program()`]
/// says for that instant, be it the middle of a slide. So displays that took a replacement at different moments show the
/// same again when the last of them has ended the slide it was at: after [`PlaylistItem::DURATION_SECS_MAX`] at the most.
/// Where nothing was replaced this says what [`program()`] says.
///
/// It owns what it remembers. A clone of it says what comes at `until`, without forgetting what stands now.
///
/// [`program()`]: super::program()
/// [`PlaylistItem::DURATION_SECS_MAX`]: crate::content::PlaylistItem::DURATION_SECS_MAX
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Playing {
    /// By region, in the layout's order.
    slides: Vec<Slide>,
}

#[derive(Clone, Debug, PartialEq)]
struct Slide {
    region: String,
    item: Option<Id>,
    /// Which of the events found it shows: after a replacement it may stand at another place among them.
    event: Option<Id>,
    which: usize,
    nth: usize,
    /// The playlist or campaign that it is shown for.
    source: Option<Id>,
    begins: DateTime<Utc>,
    ends: DateTime<Utc>,
}

impl Playing {
    /// What is shown at an instant. The cursor is one over what there is now: a new one after each replacement.
    pub fn at<'a>(&mut self, cursor: &mut Cursor<'a>, now: DateTime<Utc>) -> Program<'a> {
        let mut program = cursor.at(now);
        let mut standing = std::mem::take(&mut self.slides).into_iter();
        let Shown::Playlist { regions, .. } = &mut program.shown else { return program };
        let mut is_held = false;
        for due in regions.iter_mut() {
            let slide = standing.next().filter(|slide| slide.region == due.region.name);
            if let Some(turn) = slide.and_then(|slide| slide.held(cursor, due, &program.window, now)) {
                due.next = (turn.ends < program.window.end).then(|| cursor.due_in(due.region, turn.ends)).flatten();
                due.playing = turn;
                is_held = true;
            }
        }
        self.slides.extend(regions.iter().map(|turn| Slide::of(cursor, turn)));
        if is_held {
            program.until = cursor.until(&program.shown, now).unwrap_or(program.until);
        }
        program
    }
}

impl Slide {
    fn of(cursor: &Cursor<'_>, turn: &RegionTurn<'_>) -> Self {
        let Turn { item, which, nth, source, begins, ends } = turn.playing;
        Self {
            region: turn.region.name.clone(),
            item: item.map(|item| item.common.id.clone()),
            event: item.and_then(|item| cursor.stock.subject(item, which, begins)).cloned(),
            which,
            nth,
            source: source.id().cloned(),
            begins,
            ends,
        }
    }

    /// The turn of this slide, where it has not ended and can go on, and is not the one that is due.
    fn held<'a>(
        &self,
        cursor: &Cursor<'a>,
        due: &RegionTurn<'a>,
        window: &Span,
        now: DateTime<Utc>,
    ) -> Option<Turn<'a>> {
        if !(self.begins..self.ends).contains(&now) || *self == Self::of(cursor, due) {
            return None;
        }
        let (stock, plan) = (cursor.stock, cursor.plan(due.region, now)?);
        let (item, source) = plan.slot(self.item.as_ref()?, self.source.as_ref(), stock, now)?;
        let offered = |which| stock.offer(item, which, self.begins).filter(|offer| offer.which == which);
        let which = match &self.event {
            Some(event) => {
                let Offer { slides, .. } = stock.offer(item, self.which, self.begins)?;
                (0..slides).find(|which| stock.subject(item, *which, self.begins) == Some(event))?
            }
            None => self.which,
        };
        offered(which)?;
        let ends = self.ends.min(window.end);
        Some(Turn { item: Some(item), which, nth: self.nth, source, begins: self.begins, ends })
    }
}
