use super::event::{self, Looks};
use super::parsed;
use super::properties::{Moment, Properties, other_text, text};
use super::timings::{self, Length, Occurrence};
use super::zones::Zones;
use crate::content::{Id, Item, Problem};
use crate::import::Job;
use crate::import::plain_text::one_line;
use crate::import::record_id::{local_id, record_id};
use calcard::icalendar::{
    ICalendarClassification, ICalendarComponent, ICalendarParameterName, ICalendarProperty, ICalendarStatus,
    ICalendarValue,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// What holds for all events of a calendar.
pub struct Calendar {
    pub zones: Zones,
    window: Range<DateTime<Utc>>,
    pub language: String,
    /// Whose calendar it is; empty where it does not say.
    pub credit: String,
    /// All of it is called off (METHOD:CANCEL, RFC 5546).
    pub is_cancelled: bool,
}

/// Texts of the events of one UID, in the order of the file; every event is counted, and left out if it is none.
pub fn groups<'t>(job: &mut Job<'_>, events: &[Result<&'t str, &'static str>]) -> Vec<Vec<&'t str>> {
    let mut groups: Vec<Vec<&str>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for event in events {
        job.record();
        let read = event.and_then(|text| Ok((text, parsed(text).ok_or("it cannot be understood")?)));
        match read {
            Err(reason) => job.left_out("", "", reason, ""),
            Ok((text, component)) => {
                if text.lines().any(is_stray) {
                    let reason = "a line in it is no property: part of a text may be missing";
                    job.problem(Problem::new(job.source(), id_of(&component, &job.settings.name, "").0, "", reason));
                }
                let uid = component.uid().map(str::to_owned);
                let at = uid.map_or(groups.len(), |uid| *known.entry(uid).or_insert(groups.len()));
                match groups.get_mut(at) {
                    Some(group) => group.push(text),
                    None => groups.push(vec![text]),
                }
            }
        }
    }
    groups
}

/// Whether a line neither is a property nor goes on with one (RFC 5545, 3.1).
fn is_stray(line: &str) -> bool {
    let name = line.split([':', ';']).next().unwrap_or_default().trim_end();
    let is_property =
        name.len() < line.trim_end().len() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    !line.trim().is_empty() && !line.starts_with([' ', '\t']) && !is_property
}

/// An event of a series: the series itself, or an exception of it.
struct Part<'g> {
    component: &'g ICalendarComponent,
    id: Id,
    when: Option<(Moment, Length)>,
    /// The date that it replaces.
    of: Option<Moment>,
    dates: Vec<Occurrence>,
    /// Whether it becomes an item, rather than a date of its series.
    is_own: bool,
}

impl Calendar {
    pub fn new(head: Option<&ICalendarComponent>, zones: Zones, job: &Job<'_>) -> Self {
        let property = |property| head.and_then(|head| text(head, &property));
        let other = |name| head.and_then(|head| other_text(head, name));
        // Many a calendar bears the address of the person whom it belongs to.
        let name = other("X-WR-CALNAME").or_else(|| property(ICalendarProperty::Name)).map(|name| one_line(&name));
        let name = name.filter(|name| !name.contains('@') && !name.is_empty());
        Self {
            zones,
            window: job.settings.window(),
            language: job.settings.language.clone(),
            credit: name.unwrap_or_default(),
            is_cancelled: property(ICalendarProperty::Method)
                .is_some_and(|method| method.eq_ignore_ascii_case("CANCEL")),
        }
    }

    /// All events of one UID.
    pub fn read(&self, job: &mut Job<'_>, group: &[&str]) {
        let components: Vec<ICalendarComponent> = group.iter().filter_map(|text| parsed(text)).collect();
        let (exceptions, mut masters): (Vec<_>, Vec<_>) =
            components.iter().partition(|component| component.has_property(&ICalendarProperty::RecurrenceId));
        masters.sort_by_key(|master| std::cmp::Reverse(version(master)));
        let mut starts: HashSet<String> = HashSet::new();
        for master in masters {
            let start = format!("{:?}", master.property(&ICalendarProperty::Dtstart).map(|start| &start.values));
            let of = &job.settings.name;
            if starts.contains(&start) {
                let id = id_of(master, of, "");
                job.left_out(id.as_str(), "UID", "a newer version of it is in the calendar", "");
                continue;
            }
            // Some calendars give all dates of a series one UID, though none says which date it stands for.
            let date = if starts.is_empty() { String::new() } else { format!("#{}", stamp(master)) };
            let own = if starts.is_empty() { exceptions.as_slice() } else { &[] };
            starts.insert(start);
            self.series(job, Some((master, id_of(master, of, &date))), own);
        }
        if starts.is_empty() {
            self.series(job, None, &exceptions);
        }
    }

    fn series(&self, job: &mut Job<'_>, master: Option<(&ICalendarComponent, Id)>, exceptions: &[&ICalendarComponent]) {
        let mut problems = Vec::new();
        let source = job.source().to_owned();
        let looks = master.as_ref().map(|(component, _)| Looks::of(component));
        let mut parts = Vec::new();
        if let Some((component, id)) = master {
            let mut event = Properties { component, source: &source, id: &id, problems: &mut problems };
            let when = timings::first(&mut event, &self.zones);
            let dates =
                when.map_or_else(Vec::new, |when| timings::occurrences(&mut event, when, &self.zones, &self.window));
            parts.push(Part { component, id, when, of: None, dates, is_own: true });
        }
        for component in exceptions.iter().copied() {
            let id = id_of(component, &job.settings.name, &format!("#{}", stamp(component)));
            let mut event = Properties { component, source: &source, id: &id, problems: &mut problems };
            let of = event.moment(&ICalendarProperty::RecurrenceId, &self.zones);
            let when = match component.has_property(&ICalendarProperty::Dtstart) {
                true => timings::first(&mut event, &self.zones),
                false => of.map(|of| (of, Length::default())),
            };
            let is_own = looks.as_ref().is_none_or(|looks| looks.differ(component)) || self.is_off(component);
            parts.push(Part { component, id, when, of, dates: Vec::new(), is_own });
        }
        self.share_out(&mut parts);
        self.hand_over(job, &parts, problems);
    }

    /// Gives each exception its dates and takes them from the series.
    fn share_out(&self, parts: &mut [Part<'_>]) {
        // By the date that each stands for: whose it is, and when it takes place.
        let mut all: BTreeMap<DateTime<Utc>, (usize, Occurrence)> = BTreeMap::new();
        for (at, part) in parts.iter_mut().enumerate() {
            all.extend(part.dates.drain(..).map(|date| (date.of, (at, date))));
        }
        let mut exceptions: Vec<(bool, Moment, usize, (Moment, Length))> = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            if let Some((of, when)) = part.of.zip(part.when) {
                exceptions.push((is_for_all_that_follows(part.component), of, at, when));
            }
        }
        // Those for all that follows first: what else is said of a single date holds beyond them.
        exceptions.sort_by_key(|(follows, of, at, _)| (!follows, of.local, *at));
        for (follows, of, at, (start, length)) in exceptions {
            let Some(replaced) = timings::occurrence(of, length) else { continue };
            let owner = if parts.get(at).is_some_and(|part| part.is_own) { at } else { 0 };
            if follows {
                for (_, (of_part, date)) in all.range_mut(replaced.of..) {
                    if let Some(moved) = moved(date, of, start, length) {
                        (*of_part, *date) = (owner, moved);
                    }
                }
                continue;
            }
            if of.is_day {
                let day = replaced.of..replaced.of.checked_add_signed(TimeDelta::days(1)).unwrap_or(replaced.of);
                let same: Vec<DateTime<Utc>> = all.range(day).map(|(of, _)| *of).collect();
                for of in same {
                    all.remove(&of);
                }
            }
            all.remove(&replaced.of);
            if let Some(date) = timings::occurrence(start, length) {
                all.insert(replaced.of, (owner, Occurrence { of: replaced.of, ..date }));
            }
        }
        for (at, date) in all.into_values().filter(|(_, date)| timings::overlaps(date, &self.window)) {
            if let Some(part) = parts.get_mut(at) {
                part.dates.push(date);
            }
        }
    }

    fn hand_over(&self, job: &mut Job<'_>, parts: &[Part<'_>], mut problems: Vec<Problem>) {
        let hidden = parts.first().is_some_and(|part| part.of.is_none() && is_withheld(part.component));
        for (at, part) in parts.iter().enumerate() {
            let id = part.id.as_str();
            match part.when {
                _ if hidden || is_withheld(part.component) => {
                    job.left_out(id, "CLASS", "not for the public: it is private or confidential", "");
                }
                _ if title(part.component).is_empty() => job.left_out(id, "SUMMARY", "an event needs a title", ""),
                None => job.left_out(id, "DTSTART", "an event needs the time when it begins", ""),
                _ if !part.is_own => {
                    job.left_out(id, "RECURRENCE-ID", "joined with the series whose date it moves", "");
                }
                Some((start, _)) if part.dates.is_empty() => {
                    let ahead = timings::occurrence(start, Length::default());
                    let (field, reason) = match ahead.is_some_and(|first| first.begin >= self.window.end) {
                        true => ("DTSTART", "it lies more than a year ahead"),
                        false if at == 0 && parts.iter().any(|part| part.of.is_some() && !part.dates.is_empty()) => {
                            ("RRULE", "each of its dates to come is an event of its own")
                        }
                        false => ("DTSTART", "it is over"),
                    };
                    job.left_out(id, field, reason, &start.local.to_string());
                }
                Some((start, _)) => {
                    let mut problems: Vec<Problem> = problems.extract_if(.., |problem| problem.record == id).collect();
                    let source = job.source().to_owned();
                    let properties = Properties {
                        component: part.component,
                        source: &source,
                        id: &part.id,
                        problems: &mut problems,
                    };
                    let (event, pictures) = event::read(properties, self, start, &part.dates);
                    job.read_item(Item::Event(event), pictures, problems);
                }
            }
        }
        job.problems(problems);
    }

    pub fn is_off(&self, component: &ICalendarComponent) -> bool {
        self.is_cancelled || component.status() == Some(&ICalendarStatus::Cancelled)
    }
}

/// A date of a series from which on everything is later, or earlier, and as long as the first that is.
fn moved(date: &Occurrence, of: Moment, start: Moment, length: Length) -> Option<Occurrence> {
    let own = date.of.with_timezone(&of.zone).naive_local();
    let local = own.checked_add_signed(start.local - of.local)?;
    timings::occurrence(Moment { local, ..start }, length).map(|moved| Occurrence { of: date.of, ..moved })
}

fn title(component: &ICalendarComponent) -> String {
    text(component, &ICalendarProperty::Summary).map(|title| one_line(&title)).unwrap_or_default()
}

/// What is not said to be public, or said in a word that is not known, is not (RFC 5545, 3.8.1.3).
fn is_withheld(component: &ICalendarComponent) -> bool {
    let class = component.property(&ICalendarProperty::Class).and_then(|class| class.values.first());
    class.is_some_and(|class| *class != ICalendarValue::Classification(ICalendarClassification::Public))
}

fn is_for_all_that_follows(component: &ICalendarComponent) -> bool {
    let of = component.property(&ICalendarProperty::RecurrenceId);
    of.is_some_and(|of| of.has_parameter(&ICalendarParameterName::Range))
}

/// Which of two is newer: SEQUENCE, then LAST-MODIFIED.
fn version(component: &ICalendarComponent) -> (i64, Option<DateTime<Utc>>) {
    let sequence =
        component.property(&ICalendarProperty::Sequence).and_then(|entry| entry.values.first()?.as_integer());
    (sequence.unwrap_or(0), super::properties::utc(component, &ICalendarProperty::LastModified))
}

/// The id of a record: its UID, which no other calendar has (RFC 5545, 3.8.4.7), without the sign that would make it look
/// like, or be, somebody's address; without one its date and title within the source that staff call so.
fn id_of(component: &ICalendarComponent, of: &str, date: &str) -> Id {
    match component.uid().map(one_line).filter(|uid| !uid.is_empty()) {
        Some(uid) => record_id("ical", &format!("{}{date}", uid.replace('@', "/"))),
        None => {
            let name = [stamp(component), title(component)].join(" ");
            local_id("ical", of, &format!("{}{date}", name.trim()))
        }
    }
}

/// The date that a record stands for, as it is written.
fn stamp(component: &ICalendarComponent) -> String {
    let named = component.property(&ICalendarProperty::RecurrenceId);
    let value =
        named.or_else(|| component.property(&ICalendarProperty::Dtstart)).and_then(|entry| entry.values.first());
    let read = value.and_then(|value| value.as_partial_date_time()?.to_date_time());
    read.map_or_else(String::new, |read| read.date_time.format("%Y%m%dT%H%M%S").to_string())
}
