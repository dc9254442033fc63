use super::feed::Feed;
use super::stop_id;
use super::stops::{Stop, Stops};
use super::timetable::Timetable;
use crate::content::{AccessFact, AccessFacts, Common, Localized, Origin, Place, PlaceKind, Tri};
use crate::import::Settings;
use crate::import::osm::lines::Line;
use crate::import::osm::sentences::{in_every_language, in_language};
use crate::language::Language;
use std::collections::BTreeSet;

/// The most lines and platforms that are named.
const NAMED_MAX: usize = 24;

/// The place that a stop without a station is, or a station with its platforms.
pub fn place(timetable: &Timetable, at: usize, stop: &Stop, settings: &Settings) -> Place {
    let Timetable { stops, feed, .. } = timetable;
    let platforms: Vec<&Stop> = stops.platforms(at).iter().filter_map(|at| stops.all.get(*at)).collect();
    let (lines, kind) = served(timetable, at);
    let first = |pick: fn(&Stop) -> &Localized| {
        let texts = std::iter::once(stop).chain(platforms.iter().copied()).map(pick);
        texts.into_iter().find(|text| !text.is_empty()).cloned().unwrap_or_default()
    };
    let position = stop.position.or_else(|| platforms.iter().find_map(|platform| platform.position));
    let summary = match lines.len() {
        0 => Localized::default(),
        count => in_every_language("place-stop-lines", |_| {
            vec![("count", count.into()), ("lines", enumerated(lines.iter().map(|line| line.name.as_str())).into())]
        }),
    };
    Place {
        kind,
        position,
        access: AccessFacts { wheelchair: wheelchair(stop, &platforms, feed), ..AccessFacts::default() },
        named: true,
        common: Common {
            id: stop_id(settings, &stop.id),
            aliases: platforms.iter().map(|platform| stop_id(settings, &platform.id)).collect(),
            title: first(|stop| &stop.name),
            summary,
            text: text(first(|stop| &stop.description), stop, &platforms),
            tags: lines.iter().take(NAMED_MAX).map(|line| format!("line:{}", line.name)).collect(),
            link: first(|stop| &stop.link),
            provenance: vec![feed.provenance()],
            ..Common::default()
        },
        ..Place::default()
    }
}

/// The first names, and a mark that there are more.
fn enumerated<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.take(NAMED_MAX + 1).collect();
    match names.len() > NAMED_MAX {
        true => format!("{}, …", names[..NAMED_MAX].join(", ")),
        false => names.join(", "),
    }
}

/// The lines that call at a stop or at one of its platforms, and what they make of it.
fn served(timetable: &Timetable, at: usize) -> (BTreeSet<Line>, PlaceKind) {
    let (mut lines, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    for stop in std::iter::once(at).chain(timetable.stops.platforms(at).iter().copied()) {
        for route in timetable.lines.get(stop).into_iter().flatten().filter_map(|route| timetable.routes.get(*route)) {
            kinds.insert(route.stops);
            if !route.name.is_empty() {
                lines.insert(Line::new(&route.name));
            }
        }
    }
    let kind = [PlaceKind::Station, PlaceKind::Ferry].into_iter().find(|kind| kinds.contains(kind));
    (lines, kind.unwrap_or(PlaceKind::Stop))
}

/// `wheelchair_boarding` of a station and its platforms: a platform that does not say is as its station says.
fn wheelchair(stop: &Stop, platforms: &[&Stop], feed: &Feed) -> AccessFact {
    let own = |code: u8| if code == 0 { stop.wheelchair } else { code };
    let mut codes: BTreeSet<u8> = platforms.iter().map(|platform| own(platform.wheelchair)).collect();
    if codes.is_empty() {
        codes.insert(stop.wheelchair);
    }
    let known: Vec<u8> = codes.into_iter().collect();
    let (value, details) = match known.as_slice() {
        [1] => (Tri::Yes, Localized::default()),
        [2] => (Tri::No, Localized::default()),
        // Yes would send somebody to the wrong platform, no would keep somebody away.
        [.., 1, 2] => (Tri::Unknown, in_every_language("transit-platforms-differ", |_| Vec::new())),
        _ => return AccessFact::default(),
    };
    AccessFact {
        value,
        details,
        source: feed.credit.clone(),
        date: feed.updated.map(|at| at.with_timezone(&feed.zone).date_naive()),
    }
}

/// What the feed says of the stop, and its platforms by their signs.
fn text(mut text: Localized, stop: &Stop, platforms: &[&Stop]) -> Localized {
    let signs = std::iter::once(stop).chain(platforms.iter().copied()).map(|stop| stop.platform.as_str());
    let signs: BTreeSet<Line> = signs.filter(|sign| !sign.is_empty()).map(Line::new).collect();
    if signs.is_empty() {
        return text;
    }
    let all = enumerated(signs.iter().map(|sign| sign.name.as_str()));
    for language in Language::ALL {
        let args = [("count", signs.len().into()), ("platforms", all.as_str().into())];
        let sentence = in_language(language, "transit-platforms", &args);
        let whole = match text.exact(language.tag()) {
            Some(description) => format!("{}\n\n{sentence}", description.text),
            None => sentence,
        };
        text.insert(language.tag(), whole, Origin::Original);
    }
    text
}

/// What a stop is called, its station's name first.
pub fn name(stops: &Stops, at: usize) -> Localized {
    let of = |at: usize| stops.all.get(at).map(|stop| stop.name.clone()).filter(|name| !name.is_empty());
    of(stops.head(at)).or_else(|| of(at)).unwrap_or_default()
}
