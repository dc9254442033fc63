//! Presentations on their way into the outbox: gathered for a minute and kept with one write.

use crate::protocol::{PlayRecord, Presented, RecordId};
use crate::store::{Outbox, OutboxError};
use chrono::{DateTime, Utc};
use std::time::{Duration, Instant};

/// How long a presentation waits to be written. A write and its sync wear a flash card alike for one and for a minute's
/// worth; what a display forgets whose power is cut is this much.
const GATHER: Duration = Duration::from_secs(60);
/// How long after a failure the disk is tried again.
const RETRY: Duration = Duration::from_secs(30);
/// How many things by hour are gathered while the disk takes none.
const ROWS_MAX: usize = 1024;

/// What the outbox does not have yet.
#[derive(Default)]
pub struct Plays {
    /// What was handed to the disk, which has not said that it has it: it must not grow, or it would count twice.
    batch: Option<(RecordId, Vec<PlayRecord>)>,
    gathered: Vec<PlayRecord>,
    /// The display's clock when it was last heard of.
    clock: Option<DateTime<Utc>>,
    /// When the outbox is next written to.
    due: Option<Instant>,
}

impl Plays {
    /// Hears what the display's clock says. The first time, what another life left behind is due.
    pub fn hear(&mut self, clock: DateTime<Utc>, now: Instant) {
        if self.clock.replace(clock).is_none() {
            self.due = Some(now);
        }
    }

    /// What the display's clock said when it was last heard of.
    pub fn clock(&self) -> Option<DateTime<Utc>> {
        self.clock
    }

    /// Whether there was room for it.
    pub fn add(&mut self, presented: Presented, now: Instant) -> bool {
        self.hear(presented.ended(), now);
        self.due.get_or_insert(now + GATHER);
        let play = PlayRecord::of(presented);
        if let Some(before) = self.gathered.iter_mut().find(|before| before.is_about(&play)) {
            before.join(&play);
            return true;
        }
        let has_room = self.gathered.len() < ROWS_MAX;
        if has_room {
            self.gathered.push(play);
        }
        has_room
    }

    /// How long until the outbox is to be written to; `None` when nothing is to be written.
    pub fn due_in(&self, now: Instant) -> Option<Duration> {
        self.due.map(|due| due.saturating_duration_since(now))
    }

    /// Writes what was gathered, and has hours that are over become records. An id is needed that no batch had.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn keep(&mut self, outbox: &mut Outbox, id: RecordId) -> Result<(), OutboxError> {
        let Some(clock) = self.clock else { return Ok(()) };
        loop {
            let (id, plays) = self.batch.get_or_insert_with(|| (id, std::mem::take(&mut self.gathered)));
            outbox.add_plays(*id, clock, plays)?;
            self.batch = None;
            if self.gathered.is_empty() {
                break;
            }
        }
        self.due = None;
        Ok(())
    }

    /// Has it tried again soon, unless it is kept meanwhile.
    pub fn put_off(&mut self, now: Instant) {
        self.due = Some(now + RETRY);
    }

    /// How many presentations the outbox does not have.
    pub fn waiting(&self) -> u64 {
        let handed = self.batch.iter().flat_map(|(_, plays)| plays);
        handed.chain(&self.gathered).map(|play| play.plays).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Id;
    use crate::protocol::Played;
    use crate::store::Limits;
    use std::fs;

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_056_000, 0).unwrap()
    }

    fn presented(item: &str) -> Presented {
        let played = Played { item: Id(item.to_owned()), event: None, playlist: None, by: None };
        Presented { played, began: noon(), lasted: Duration::from_secs(8), continues: false }
    }

    fn id(number: u8) -> RecordId {
        RecordId::new(noon(), [number; 10])
    }

    #[test]
    fn a_minute_is_written_at_once_and_what_another_life_left_at_the_start() {
        let folder = std::env::temp_dir().join(format!("parvis-gathering-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut outbox = Outbox::open(&folder, Limits::default()).unwrap();
        let (mut plays, start) = (Plays::default(), Instant::now());
        let after = |secs| start + Duration::from_secs(secs);
        assert_eq!(plays.due_in(start), None);
        plays.hear(noon(), start);
        assert_eq!(plays.due_in(start), Some(Duration::ZERO), "hours may be over since the last life");
        plays.keep(&mut outbox, id(1)).unwrap();
        assert_eq!(plays.due_in(start), None);
        assert!(plays.add(presented("a:1"), after(100)));
        assert!(plays.add(presented("a:1"), after(130)));
        assert_eq!(plays.due_in(after(130)), Some(Duration::from_secs(30)));
        assert_eq!(plays.due_in(after(170)), Some(Duration::ZERO));
        plays.keep(&mut outbox, id(2)).unwrap();
        let kept = Outbox::look_at_plays(&folder).unwrap().unwrap().plays;
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!((kept.len(), kept[0].plays, kept[0].millis), (1, 2, 16_000));
        assert_eq!((plays.waiting(), plays.due_in(after(170))), (0, None));
    }

    #[test]
    fn what_the_disk_has_perhaps_taken_is_handed_in_again_as_it_was() {
        let folder = std::env::temp_dir().join(format!("parvis-perhaps-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let mut outbox = Outbox::open(&folder, Limits::default()).unwrap();
        let (mut plays, start) = (Plays::default(), Instant::now());
        plays.add(presented("a:1"), start);
        fs::remove_dir_all(&folder).unwrap();
        assert!(plays.keep(&mut outbox, id(1)).is_err());
        for _ in 0..2 {
            plays.add(presented("a:1"), start);
        }
        assert_eq!(plays.waiting(), 3);
        fs::create_dir_all(&folder).unwrap();
        // As if the disk had taken what it said it had not.
        outbox.add_plays(id(1), noon(), &[PlayRecord::of(presented("a:1"))]).unwrap();
        plays.keep(&mut outbox, id(2)).unwrap();
        let kept = Outbox::look_at_plays(&folder).unwrap().unwrap().plays;
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(kept.iter().map(|play| play.plays).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn while_the_disk_takes_none_the_same_thing_needs_no_more_room() {
        let (mut plays, start) = (Plays::default(), Instant::now());
        for number in 0..ROWS_MAX {
            assert!(plays.add(presented(&format!("a:{number}")), start));
        }
        assert!(plays.add(presented("a:0"), start));
        assert!(!plays.add(presented("a:more"), start));
        assert_eq!(plays.waiting(), ROWS_MAX as u64 + 1);
    }
}
