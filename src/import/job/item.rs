use super::Job;
use crate::content::{Id, Item, MediaRef, Problem, Timing};
use crate::import::Picture;
use crate::import::attribution::Attribution;
use chrono::{DateTime, Datelike, FixedOffset};

/// The most pictures of one item.
const PICTURES_MAX: usize = 20;

impl Job<'_> {
    /// An item for a record, and what of it could not be understood: outside of the town that concerns nobody, and would
    /// take the place of what does. Returns whether it lies in the town.
    pub fn read_item(&mut self, item: Item, pictures: Vec<Picture>, problems: Vec<Problem>) -> bool {
        let is_of_town = self.is_of_town(&item);
        if is_of_town {
            self.problems(problems);
        }
        self.item(item, pictures);
        is_of_town
    }

    /// A record that lies outside of the town is left out, and counted only.
    pub fn outside(&mut self) {
        self.outside += 1;
        self.counts.left_out += 1;
    }

    /// An item for a record. One without a usable id or title, or with the id of an earlier one, is left out; so is one
    /// outside of the town, which is counted only: a list of a whole country has hundreds of thousands of them.
    pub fn item(&mut self, mut item: Item, mut pictures: Vec<Picture>) {
        let id = item.common().id.clone();
        if !self.is_of_town(&item) {
            self.outside();
            // It may have moved there since the last import.
            if !self.seen.contains(&id) {
                self.out.withdrawn(id);
            }
            return;
        }
        if let Item::Event(event) = &mut item {
            self.drop_slips(&id, &mut event.timings);
        }
        let common = item.common();
        if !id.is_valid() {
            let reason = "it has no id of 1 to 128 bytes without control characters";
            return self.left_out(id.as_str(), "id", reason, "");
        }
        if common.title.is_empty() {
            return self.left_out(id.as_str(), "title", "it has no title", "");
        }
        if !self.seen.insert(id.clone()) {
            return self.left_out(id.as_str(), "id", "an earlier record has the same id", "");
        }
        self.counts.items += 1;
        self.attribute(&mut item, &mut pictures);
        if pictures.len() > PICTURES_MAX {
            let reason = format!("more pictures than a visitor looks at: the first {PICTURES_MAX} are taken");
            self.problem(Problem::new(self.source.as_str(), id.as_str(), "picture", reason));
            pictures.truncate(PICTURES_MAX);
        }
        self.counts.pictures += pictures.len();
        if self.pictures.is_some() {
            for picture in std::mem::take(&mut pictures) {
                match self.bring(&picture) {
                    Ok(media) => item.common_mut().media.push(media),
                    Err(reason) => {
                        let problem = Problem::new(self.source.as_str(), id.as_str(), "picture", reason);
                        self.problem(problem.with_value(&picture.url));
                    }
                }
            }
        }
        self.out.item(item, pictures);
    }

    /// What has no position may be anywhere.
    fn is_of_town(&self, item: &Item) -> bool {
        let positions = match item {
            Item::Place(place) => Vec::from_iter(place.position),
            Item::Event(event) => event.location.iter().filter_map(|location| location.position).collect(),
            // A walk of which a part is in the town is one of the town's.
            Item::Itinerary(walk) => {
                walk.position.into_iter().chain(walk.steps.iter().filter_map(|step| step.position)).collect()
            }
            Item::Article(_)
            | Item::Service(_)
            | Item::Alert(_)
            | Item::PreparedAlert(_)
            | Item::Live(_)
            | Item::Layout(_)
            | Item::Template(_)
            | Item::Playlist(_)
            | Item::PlaylistItem(_)
            | Item::ScheduleEntry(_)
            | Item::Campaign(_)
            | Item::AdvertisingCurfew(_) => Vec::new(),
        };
        let Some(area) = &self.settings.area else { return true };
        positions.is_empty() || positions.into_iter().any(|position| area.is_near(position))
    }

    fn attribute(&mut self, item: &mut Item, pictures: &mut [Picture]) {
        let known = Attribution { licence: &self.settings.licence, credit: &self.credit };
        let is_licensed = known.complete(item, pictures);
        if !is_licensed && !self.is_licence_missed {
            self.is_licence_missed = true;
            let reason = "no licence is named: say under which one this is shown (licence = \"...\"; or --licence)";
            self.problem(Problem::new(self.source.as_str(), "", "licence", reason));
        }
    }

    /// A year far off is a slip; before 1950 offsets had seconds, which no format can say.
    fn drop_slips(&mut self, id: &Id, timings: &mut Vec<Timing>) {
        let is_slip = |at: &DateTime<FixedOffset>| !(1950..2200).contains(&at.year());
        let mut slips = Vec::new();
        timings.retain(|timing| {
            let slip = [timing.begin, timing.end].into_iter().find(is_slip);
            slips.extend(slip);
            slip.is_none()
        });
        for slip in slips {
            let reason = "a year from 1950 to 2199 is expected: this timing is left out";
            let problem = Problem::new(self.source.as_str(), id.as_str(), "timings", reason);
            self.problem(problem.with_value(&slip.naive_local().to_string()));
        }
    }

    fn bring(&mut self, picture: &Picture) -> Result<MediaRef, String> {
        let folder = self.pictures.as_mut().ok_or("there is no folder for pictures")?;
        let media = folder.bring(self.web, picture)?;
        self.counts.pictures_kept += 1;
        Ok(media)
    }
}
