use super::access;
use crate::content::{
    AccessFacts, Attendance, Common, Event, EventKind, EventStatus, Id, Item, Localized, Location, Origin, Place,
    PlaceKind, Problem, Provenance, Registration, Timing, Translation, Tri,
};
use crate::import::gtfs_rt::is_mark;
use std::cmp::Ordering;

/// Items that one item is made of.
const MEMBERS_MAX: usize = 256;

/// Several items made one, field by field: the first that says something wins, what is many is united.
///
/// Each comes with how surely it is about the same thing; the first is the item's own source.
pub fn united(mut members: Vec<(Item, Option<u8>)>, id: &Id, problems: &mut Vec<Problem>) -> Option<Item> {
    // Nothing of what came alone is touched.
    if members.len() == 1 {
        return members.pop().map(|(item, _)| item);
    }
    if members.len() > MEMBERS_MAX {
        let reason = format!("{} items have this id: only the first {MEMBERS_MAX} are looked at", members.len());
        problems.push(Problem::new("", id.as_str(), "id", reason));
        members.truncate(MEMBERS_MAX);
    }
    for (item, confidence) in &mut members {
        if is_mark(item) {
            // It is the statement that ends then, not the stop.
            item.common_mut().valid = Default::default();
        }
        prepare(item.common_mut(), *confidence);
    }
    let items: Vec<Item> = members.into_iter().map(|(item, _)| item).collect();
    // A second record under one id is news about the first, not another opinion.
    let is_news = items.windows(2).all(|two| two[0].common().id == two[1].common().id);
    let titled = titles(&items);
    let (access, contradictions) = access::united(&items.iter().filter_map(access_of).collect::<Vec<_>>());
    let contradicts = |(need, told)| (format!("access.{need}"), format!("sources contradict: {told}"));
    let mut told: Vec<(String, String)> = contradictions.into_iter().map(contradicts).collect();
    let mut all = items.into_iter();
    let mut united = all.next()?;
    for other in all {
        let common = other.common().clone();
        match (&mut united, other) {
            (Item::Place(place), Item::Place(other)) => place_fields(place, other),
            (Item::Event(event), Item::Event(other)) => told.extend(event_fields(event, other)),
            // Of other kinds only equal ids are joined: what the first source says of its own stands.
            _ => {}
        }
        unite(united.common_mut(), common);
    }
    let common = united.common_mut();
    common.title = titled;
    common.text.0.retain(|tag, long| common.summary.0.get(tag).is_none_or(|short| short.text != long.text));
    if !is_news {
        problems.extend(told.into_iter().map(|(field, reason)| Problem::new("", id.as_str(), field, reason)));
    }
    match &mut united {
        Item::Place(place) => place.access = access,
        Item::Event(event) => event.access = access,
        Item::Itinerary(itinerary) => itinerary.access = access,
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
        | Item::AdvertisingCurfew(_) => {}
    }
    Some(united)
}

fn access_of(item: &Item) -> Option<&AccessFacts> {
    match item {
        Item::Place(place) => Some(&place.access),
        Item::Event(event) => Some(&event.access),
        Item::Itinerary(itinerary) => Some(&itinerary.access),
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
        | Item::AdvertisingCurfew(_) => None,
    }
}

/// Says with each picture and provenance what was clear while the item stood alone.
fn prepare(common: &mut Common, confidence: Option<u8>) {
    for from in &mut common.provenance {
        from.confidence = from.confidence.into_iter().chain(confidence).min();
    }
    if let Some(from) = common.provenance.first() {
        for picture in &mut common.media {
            if picture.licence.is_empty() && picture.credit.is_empty() {
                picture.licence.clone_from(&from.licence);
                picture.credit.clone_from(&from.credit);
            }
        }
    }
}

/// The titles of those that have a name; "Toilets, near the market" is none.
fn titles(items: &[Item]) -> Localized {
    let is_named = |item: &&Item| !matches!(item, Item::Place(place) if !place.named);
    let any = items.iter().any(|item| is_named(&item));
    let named = items.iter().filter(|item| !any || is_named(item));
    let mut title = Localized::default();
    named.for_each(|item| texts(&mut title, item.common().title.clone()));
    title
}

/// A language that is missing is taken from the other; what people wrote stands before what a machine did.
fn texts(mine: &mut Localized, theirs: Localized) {
    let says = |translation: &Translation| !translation.text.trim().is_empty();
    for (tag, translation) in theirs.0 {
        let wins = mine.0.get(&tag).is_none_or(|known| {
            !says(known) || (known.origin == Origin::Machine && translation.origin != Origin::Machine)
        });
        if wins && says(&translation) {
            mine.0.insert(tag, translation);
        }
    }
}

fn unite(mine: &mut Common, theirs: Common) {
    texts(&mut mine.summary, theirs.summary);
    texts(&mut mine.text, theirs.text);
    texts(&mut mine.easy, theirs.easy);
    texts(&mut mine.link, theirs.link);
    add(&mut mine.tags, theirs.tags, |a, b| a == b);
    if mine.groups.is_empty() {
        mine.groups = theirs.groups;
    }
    if mine.valid == Default::default() {
        mine.valid = theirs.valid;
    }
    let same_source = |a: &Provenance, b: &Provenance| {
        (&a.source, &a.licence, &a.credit, a.updated) == (&b.source, &b.licence, &b.credit, b.updated)
    };
    add(&mut mine.provenance, theirs.provenance, same_source);
    add(&mut mine.media, theirs.media, |a, b| a.path == b.path);
    // Part of what is shown was written as a sample.
    mine.sample |= theirs.sample;
}

fn add<T>(mine: &mut Vec<T>, theirs: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for other in theirs {
        if !mine.iter().any(|known| same(known, &other)) {
            mine.push(other);
        }
    }
}

fn fill<T: PartialEq>(mine: &mut T, theirs: T, says_nothing: &T) {
    if mine == says_nothing {
        *mine = theirs;
    }
}

fn place_fields(mine: &mut Place, theirs: Place) {
    fill(&mut mine.kind, theirs.kind, &PlaceKind::Other);
    fill(&mut mine.position, theirs.position, &None);
    fill(&mut mine.fee, theirs.fee, &Tri::Unknown);
    fill(&mut mine.changing_table, theirs.changing_table, &Tri::Unknown);
    let empty = String::new();
    fill(&mut mine.address, theirs.address, &empty);
    fill(&mut mine.hours, theirs.hours, &empty);
    fill(&mut mine.contact.phone, theirs.contact.phone, &empty);
    fill(&mut mine.contact.email, theirs.contact.email, &empty);
    mine.named |= theirs.named;
}

fn event_fields(mine: &mut Event, theirs: Event) -> Vec<(String, String)> {
    let told = status_and_dates(mine, &theirs);
    fill(&mut mine.kind, theirs.kind, &EventKind::Other);
    fill(&mut mine.zone, theirs.zone, &String::new());
    fill(&mut mine.attendance, theirs.attendance, &Attendance::Offline);
    fill(&mut mine.free, theirs.free, &Tri::Unknown);
    fill(&mut mine.ages, theirs.ages, &None);
    texts(&mut mine.conditions, theirs.conditions);
    let same = |a: &Registration, b: &Registration| a.kind == b.kind && a.value.eq_ignore_ascii_case(&b.value);
    add(&mut mine.registration, theirs.registration, same);
    match (&mut mine.location, theirs.location) {
        (Some(mine), Some(theirs)) => location(mine, theirs),
        (mine @ None, theirs) => *mine = theirs,
        (Some(_), None) => {}
    }
    told
}

fn location(mine: &mut Location, theirs: Location) {
    fill(&mut mine.name, theirs.name, &String::new());
    fill(&mut mine.address, theirs.address, &String::new());
    fill(&mut mine.position, theirs.position, &None);
    fill(&mut mine.place, theirs.place, &None);
}

/// Status and dates, and where the two contradict each other there.
///
/// What was changed last is how it stands; undated, anything says more than "as planned", which nobody needs to say. Of a
/// series and some of its dates the series says it, unless the more trusted one is called off or changed and the series
/// is not newer: then its dates are left out, for nobody knows which of them still hold.
fn status_and_dates(mine: &mut Event, theirs: &Event) -> Vec<(String, String)> {
    let lacks = |whole: &Event, part: &Event| {
        let is_known = |timing: &&Timing| whole.timings.iter().any(|known| known.begin == timing.begin);
        part.timings.len() - part.timings.iter().filter(is_known).count()
    };
    let updated = |event: &Event| event.common.provenance.iter().filter_map(|from| from.updated).max();
    let newest = updated(mine).zip(updated(theirs)).map(|(mine, theirs)| theirs.cmp(&mine));
    let (only_mine, only_theirs) = (lacks(theirs, mine), lacks(mine, theirs));
    let is_changed = mine.status != EventStatus::Scheduled;
    let is_theirs = match (only_mine, only_theirs) {
        (0, 0) => newest.map_or(!is_changed, Ordering::is_gt),
        (0, _) => !is_changed || newest.is_some_and(Ordering::is_gt),
        _ => false,
    };
    let differs = mine.status != theirs.status;
    let mut told = Vec::new();
    if differs {
        let [first, second] = if is_theirs { [theirs, mine] } else { [&*mine, theirs] };
        let holds = if only_theirs > 0 && !is_theirs && is_changed {
            "the first is shown, with its dates alone"
        } else {
            "the first is shown"
        };
        told.push(("status".to_owned(), format!("sources contradict: {}, but {}: {holds}", said(first), said(second))));
    } else if only_theirs > 0 && newest.is_some_and(Ordering::is_lt) {
        let from = source(theirs);
        told.push((
            "timings".to_owned(),
            format!("dates that stand only in an older record of {from}, and may have been dropped: {only_theirs}"),
        ));
    }
    if is_theirs {
        mine.status = theirs.status;
    }
    if is_theirs || !differs || !is_changed {
        add(&mut mine.timings, theirs.timings.clone(), |a: &Timing, b: &Timing| a.begin == b.begin);
        mine.timings.sort_by_key(|timing| timing.begin);
    }
    told
}

fn source(event: &Event) -> &str {
    event.common.provenance.first().map_or("a source", |from| from.source.as_str())
}

fn said(event: &Event) -> String {
    let status = serde_json::to_value(event.status).ok().and_then(|status| status.as_str().map(str::to_owned));
    format!("{} says {}", source(event), status.unwrap_or_default())
}
