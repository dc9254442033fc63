//! A place: the visitor reads when it is open, how to reach and call it, what is known about access, what is on
//! there, and takes the link away on their phone. Only the page behind the code needs a network, and that is the
//! phone's.

use crate::calendar::next_timing;
use crate::content::{Event, Id, ItemRef, Place, Tri};
use crate::language::week_words;
use crate::player::block::{Align, Block, Sheet};
use crate::player::media::MapMark;
use crate::player::scene::Scene;
use crate::player::theme::icons;
use crate::player::widgets::{
    Card, SIDE_GAP_MM, WindowPlate, access_facts, card, dotted, easy_switch, event_card, fact, foot_map, gone,
    has_door, head, hours_known, is_speaking, item_title, kebab, known, language_mark, numbers_to_call, open_now, page,
    phone_display, place_title, qr, reading, reading_area, reading_blocks, scan_words, sentence, side_mm, speak_button,
    speak_plate, window_where,
};
use lucide_icons::Icon;

/// More events than these are found in the agenda.
const EVENTS_MAX: usize = 5;

/// What the screen says.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceView<'a> {
    pub place: &'a Place,
    /// "Open until 18:00"; `None` for what has no door.
    pub now: Option<String>,
    /// This week's hours, equal days together.
    pub week: Vec<String>,
    /// To come, soonest first.
    pub events: Vec<&'a Event>,
    /// "… is behind you, to the left, 350 m away, about 7 min on foot."
    pub way: Option<String>,
}

/// `None` when the place is not, or no longer, published.
pub fn view<'a>(scene: &Scene<'a>, id: &Id) -> Option<PlaceView<'a>> {
    let place = scene.almanac.catalog.place(id).filter(|place| scene.shows(&place.common))?;
    let hours = scene.almanac.hours(&place.common.id);
    // A week without a date may be one of another season.
    let week = hours
        .filter(|_| scene.knows_the_time())
        .map(|hours| week_words(scene.words(), hours, scene.today()))
        .unwrap_or_default();
    let to_come = scene.almanac.events_at(&place.common.id).filter(|event| scene.shows_item(ItemRef::Event(event)));
    let mut events: Vec<_> =
        to_come.filter_map(|event| Some((next_timing(&event.timings, scene.now)?.begin, event))).collect();
    events.sort_by_key(|(begin, _)| *begin);
    let way = place.position.and_then(|position| sentence(scene, &place_title(scene, place).text, position));
    let events = events.into_iter().map(|(_, event)| event).take(EVENTS_MAX).collect();
    Some(PlaceView { place, now: open_now(scene, place), week, events, way })
}

pub fn sheet(scene: &Scene<'_>, id: &Id) -> Sheet {
    let Some(view) = view(scene, id) else { return gone(scene) };
    let foot = match view.place.position {
        Some(position) => {
            foot_map(scene, vec![MapMark { position, number: None }], view.way.clone().unwrap_or_default())
        }
        None => foot_map(scene, Vec::new(), scene.say("map-none")),
    };
    let belt = if is_speaking(scene) { speak_plate(scene, None) } else { belt(scene, &view) };
    page(scene, place_window(scene, &view), vec![belt], foot)
}

fn place_window(scene: &Scene<'_>, view: &PlaceView<'_>) -> Block {
    let place = view.place;
    let item = ItemRef::Place(place);
    let kind = if place.named { Some(scene.say(&format!("kind-{}", kebab(&place.kind)))) } else { None };
    let kicker = dotted(scene, kind.into_iter().chain(view.now.clone().filter(|_| hours_known(scene, place))));
    let has_foot = scene.frame().foot.height > 0.0;
    let mut line = scene.plain(&place.common.summary);
    if !has_foot {
        line = view.way.clone().unwrap_or(line);
    }
    let plate = WindowPlate {
        kicker,
        title: item_title(scene, item),
        line,
        status: None,
        ink: icons::of_place(place.kind).1,
        sample: place.common.sample,
    };
    let marks = place.position.map(|position| MapMark { position, number: None }).into_iter().collect();
    window_where(scene, Some(item), marks, view.way.clone().unwrap_or_else(|| scene.say("map-none")), plate)
}

/// Hours and events in a scroll area; beside it, where there is room, the number, the code and access.
fn belt(scene: &Scene<'_>, view: &PlaceView<'_>) -> Block {
    let content_mm = scene.frame().content_width();
    let reading = reading(scene, &view.place.common);
    let easy = reading.as_ref().filter(|reading| reading.has_easy).map(|_| easy_switch(scene));
    let texts = reading.map(|reading| {
        let mark = language_mark(scene, &reading.shown);
        mark.into_iter().chain(reading_blocks(scene, &reading.shown)).collect::<Vec<_>>()
    });
    let Some(side_mm) = side_mm(scene) else {
        let mut parts = parts(scene, view, content_mm);
        parts.splice(0..0, beside(scene, view, content_mm, true));
        parts.extend(texts.into_iter().flatten());
        let buttons = easy.into_iter().chain([speak_button(scene)]).map(Block::fill);
        return Block::column(vec![reading_area("place", parts), Block::row(buttons.collect()).gap(6.0)])
            .gap(8.0)
            .fill();
    };
    let mut parts = parts(scene, view, content_mm - side_mm - SIDE_GAP_MM);
    // Where the hours stand alone, access has its room beside them.
    let is_roomy = view.events.is_empty() && texts.is_none();
    parts.extend(texts.into_iter().flatten());
    if is_roomy {
        let at = if scene.visitor.needs.is_empty() { parts.len() } else { 0 };
        parts.splice(at..at, access(scene, view));
    }
    let mut side = vec![reading_area("beside", beside(scene, view, side_mm, !is_roomy))];
    side.extend(easy);
    side.push(speak_button(scene));
    let side = Block::column(side).gap(8.0).width(side_mm);
    Block::row(vec![reading_area("place", parts), side]).gap(SIDE_GAP_MM).align(Align::Stretch).fill()
}

/// The number to call, the code to scan and what is known about access: that first when the visitor has said what
/// they need.
fn beside(scene: &Scene<'_>, view: &PlaceView<'_>, width_mm: f32, with_access: bool) -> Vec<Block> {
    let phone = &view.place.contact.phone;
    let numbers = (!phone.is_empty()).then(|| numbers_to_call(scene, phone, width_mm));
    let link = &view.place.common.link;
    let code = qr(scene, scan_words(scene, link), link, width_mm);
    let take_along = numbers.into_iter().chain(code).collect();
    let access = if with_access { access(scene, view) } else { Vec::new() };
    let order = if scene.visitor.needs.is_empty() { [take_along, access] } else { [access, take_along] };
    order.concat()
}

fn access(scene: &Scene<'_>, view: &PlaceView<'_>) -> Vec<Block> {
    vec![head(scene.say("access-facts")), access_facts(scene, ItemRef::Place(view.place))]
}

/// Hours, address and price, then what is on there.
fn parts(scene: &Scene<'_>, view: &PlaceView<'_>, width_mm: f32) -> Vec<Block> {
    let mut parts = vec![Block::column(facts(scene, view))];
    if !view.events.is_empty() {
        parts.push(head(scene.say("place-events")));
        parts.extend(
            view.events.iter().map(|event| card(scene, Card { width_mm, ..event_card(scene, event, &event.timings) })),
        );
    }
    parts
}

fn facts(scene: &Scene<'_>, view: &PlaceView<'_>) -> Vec<Block> {
    let place = view.place;
    let (_, ink) = icons::of_place(place.kind);
    let mut facts = Vec::new();
    if !view.week.is_empty() {
        let mut lines: Vec<Block> = view.now.iter().map(|now| known(now.clone()).bold()).collect();
        lines.extend(view.week.iter().cloned().map(known));
        facts.push(fact(scene, Icon::Clock, ink, scene.say("place-hours-week"), lines));
    } else if has_door(place.kind) && scene.knows_the_time() {
        let phone = place.contact.phone.split(';').next().unwrap_or_default().trim();
        let words = if phone.is_empty() {
            scene.say("hours-unknown")
        } else {
            scene.words().say_with("place-hours-ask", &[("phone", phone_display(phone).into())])
        };
        facts.push(fact(scene, Icon::Clock, ink, scene.say("place-hours"), vec![known(words)]));
    }
    if !place.address.is_empty() {
        facts.push(fact(scene, Icon::MapPin, ink, scene.say("place-address"), vec![known(place.address.clone())]));
    }
    if place.fee != Tri::Unknown {
        let words = scene.say(&format!("place-fee-{}", kebab(&place.fee)));
        facts.push(fact(scene, Icon::Ticket, ink, scene.say("event-price"), vec![known(words)]));
    }
    if place.changing_table != Tri::Unknown {
        let words = scene.say(&format!("place-changing-{}", kebab(&place.changing_table)));
        facts.push(fact(scene, Icon::Baby, ink, scene.say("need-children-short"), vec![known(words)]));
    }
    if !place.contact.email.is_empty() {
        facts.push(fact(scene, Icon::Mail, ink, scene.say("place-contact"), vec![known(place.contact.email.clone())]));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Common, Item, Localized, Location, Timing, Town, Validity};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;
    use chrono::{DateTime, Utc};

    fn common(id: &str) -> Common {
        Common { id: Id(id.to_owned()), title: Localized::one("en", "Here"), ..Common::default() }
    }

    fn event(id: &str, begin: &str, end: &str) -> Item {
        let location = Location { place: Some(Id("test:place".to_owned())), ..Location::default() };
        let at = |text: &str| text.parse().expect("an instant");
        let timings = vec![Timing { begin: at(begin), end: at(end) }];
        Item::Event(Event { common: common(id), timings, location: Some(location), ..Event::default() })
    }

    fn seen(id: &str, look: impl FnOnce(Option<PlaceView<'_>>)) {
        let hours = "Mo-Fr 09:00-18:00".to_owned();
        let past: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().expect("an instant");
        let valid = Validity { until: Some(past), ..Validity::default() };
        let items = vec![
            Item::Place(Place { common: common("test:place"), hours, ..Place::default() }),
            Item::Place(Place { common: Common { valid, ..common("test:over") }, ..Place::default() }),
            event("test:later", "2026-06-17T10:00:00Z", "2026-06-17T11:00:00Z"),
            event("test:soon", "2026-06-16T10:00:00Z", "2026-06-16T11:00:00Z"),
            event("test:ended", "2026-06-15T10:00:00Z", "2026-06-15T11:00:00Z"),
        ];
        let almanac = Almanac::new(Catalog::new(Town::default(), items).0, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let now = "2026-06-15T13:00:00Z".parse().expect("an instant");
        let visitor = Visitor::nobody(Language::En);
        let scene = Scene::of(&almanac, &visitor, now, &profile);
        look(view(&scene, &Id(id.to_owned())));
    }

    #[test]
    fn events_to_come_stand_in_order_and_hours_are_words() {
        seen("test:place", |view| {
            let view = view.expect("it is there");
            let ids: Vec<&str> = view.events.iter().map(|event| event.common.id.as_str()).collect();
            assert_eq!(ids, ["test:soon", "test:later"]);
            assert!(view.now.is_some_and(|now| now.starts_with("Open until") && now.contains("18:00")));
            assert_eq!(view.week.len(), 2, "{:?}", view.week);
            assert_eq!(view.way, None, "nobody knows where it is");
        });
    }

    #[test]
    fn what_is_no_longer_published_is_gone() {
        for id in ["test:over", "test:never", "test:soon"] {
            seen(id, |view| assert!(view.is_none(), "{id}"));
        }
    }
}
