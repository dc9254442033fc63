//! A place: the visitor reads when it is open, how to reach and call it, what is known about access, what is on
//! there, and takes the link away on their phone. Only the page behind the code needs a network, and that is the
//! phone's.

use crate::calendar::next_timing;
use crate::content::{Event, Id, ItemRef, Place, Tri};
use crate::language::week_words;
use crate::player::action::Action;
use crate::player::block::{Align, Block, Scroll, Sheet};
use crate::player::media::{MapMark, PictureSpec};
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::{Lettering, icons};
use crate::player::widgets::{
    Card, WindowPlate, access_facts, card, event_lead, fact, foot_map, gone, has_door, item_title, kebab, known,
    number_to_call, open_now, page, part_head, place_title, qr, sentence, status_mark, window, window_of,
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
    let place = scene.almanac.catalog.place(id).filter(|place| place.common.valid.contains(scene.now))?;
    let hours = scene.almanac.hours(&place.common.id);
    let week = hours.map(|hours| week_words(scene.words(), hours, scene.today())).unwrap_or_default();
    let to_come = scene.almanac.events_at(&place.common.id).filter(|event| event.common.valid.contains(scene.now));
    let mut events: Vec<_> =
        to_come.filter_map(|event| Some((next_timing(&event.timings, scene.now)?.begin, event))).collect();
    events.sort_by_key(|(begin, _)| *begin);
    let way = place.position.and_then(|position| sentence(scene, &place_title(scene, place).text, position));
    let events = events.into_iter().map(|(_, event)| event).take(EVENTS_MAX).collect();
    Some(PlaceView { place, now: open_now(scene, place), week, events, way })
}

pub fn sheet(scene: &Scene<'_>, id: &Id) -> Sheet {
    let Some(view) = view(scene, id) else { return gone(scene, "places-title") };
    let foot = match view.place.position {
        Some(position) => {
            foot_map(scene, vec![MapMark { position, number: None }], view.way.clone().unwrap_or_default())
        }
        None => foot_map(scene, Vec::new(), scene.say("map-none")),
    };
    let scroll = Scroll { key: "place", before_mm: 0.0, after_mm: 0.0 };
    let facts = Block::column(parts(scene, &view)).gap(8.0);
    page(scene, place_window(scene, &view), vec![Block::scroll(scroll, vec![facts])], foot)
}

fn place_window(scene: &Scene<'_>, view: &PlaceView<'_>) -> Block {
    let place = view.place;
    let item = ItemRef::Place(place);
    let kind = if place.named { Some(scene.say(&format!("kind-{}", kebab(&place.kind)))) } else { None };
    let kicker = kind.into_iter().chain(view.now.clone()).collect::<Vec<_>>().join(" · ");
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
    match (scene.almanac.stand, place.position) {
        // A panel without a foot shows the way where the picture would be.
        (Some(stand), Some(position)) if !has_foot => {
            let marks = vec![MapMark { position, number: None }];
            let spec = PictureSpec::Locator { you: stand.position, facing_degrees: stand.facing_degrees, marks };
            window_of(scene, Block::picture(spec, view.way.clone().unwrap_or_default()), plate)
        }
        _ => window(scene, Some(item), plate),
    }
}

/// Whether two facts stand side by side.
fn is_wide(scene: &Scene<'_>) -> bool {
    scene.frame().content_width() > 58.0 * scene.cap_mm(Lettering::Smallest)
}

fn parts(scene: &Scene<'_>, view: &PlaceView<'_>) -> Vec<Block> {
    let place = view.place;
    let width_mm = scene.frame().content_width();
    let wide = is_wide(scene);
    let column_mm = if wide { (width_mm - 12.0) / 2.0 } else { width_mm };
    let one = Block::column(hours_facts(scene, view)).gap(2.0);
    let other = Block::column(reach_facts(scene, view, column_mm)).gap(2.0);
    let mut parts = vec![match (one.children().is_empty(), wide) {
        (true, _) => other,
        (false, true) => Block::row(vec![one.width(column_mm), other.width(column_mm)]).gap(12.0).align(Align::Start),
        (false, false) => Block::column(vec![one, other]).gap(2.0),
    }];
    if !view.events.is_empty() {
        parts.push(part_head(scene.say("place-events")));
        parts.extend(view.events.iter().map(|event| event_card(scene, event)));
    }
    parts.push(part_head(scene.say("access-facts")));
    parts.push(access_facts(scene, ItemRef::Place(place), if wide { 2 } else { 1 }));
    for text in [&place.common.summary, &place.common.text] {
        if let Some(shown) = scene.pick(text) {
            parts.extend(shown.text.split("\n\n").map(|paragraph| {
                known(paragraph.trim_start_matches("## ")).in_language(shown.language.clone()).max_width(460.0)
            }));
        }
    }
    parts
}

/// When it is open and what it costs.
fn hours_facts(scene: &Scene<'_>, view: &PlaceView<'_>) -> Vec<Block> {
    let place = view.place;
    let (_, ink) = icons::of_place(place.kind);
    let mut facts = Vec::new();
    if !view.week.is_empty() {
        let mut lines: Vec<Block> = view.now.iter().map(|now| known(now.clone()).bold()).collect();
        lines.extend(view.week.iter().cloned().map(known));
        facts.push(fact(scene, Icon::Clock, ink, scene.say("place-hours-week"), lines));
    } else if has_door(place.kind) {
        let phone = &place.contact.phone;
        let words = if phone.is_empty() {
            scene.say("hours-unknown")
        } else {
            scene.words().say_with("place-hours-ask", &[("phone", phone.into())])
        };
        facts.push(fact(scene, Icon::Clock, ink, scene.say("place-hours"), vec![known(words)]));
    }
    if place.fee != Tri::Unknown {
        let words = scene.say(&format!("place-fee-{}", kebab(&place.fee)));
        facts.push(fact(scene, Icon::Ticket, ink, scene.say("event-price"), vec![known(words)]));
    }
    if place.changing_table != Tri::Unknown {
        let words = scene.say(&format!("place-changing-{}", kebab(&place.changing_table)));
        facts.push(fact(scene, Icon::Baby, ink, scene.say("need-children-short"), vec![known(words)]));
    }
    facts
}

/// How to find, call and read about it.
fn reach_facts(scene: &Scene<'_>, view: &PlaceView<'_>, width_mm: f32) -> Vec<Block> {
    let place = view.place;
    let (_, ink) = icons::of_place(place.kind);
    let mut facts = Vec::new();
    if !place.address.is_empty() {
        facts.push(fact(scene, Icon::MapPin, ink, scene.say("place-address"), vec![known(place.address.clone())]));
    }
    if !place.contact.phone.is_empty() {
        let number = number_to_call(place.contact.phone.clone());
        facts.push(fact(scene, Icon::Phone, ink, scene.say("speak-phone"), vec![number]));
    }
    if !place.contact.email.is_empty() {
        facts.push(fact(scene, Icon::Mail, ink, scene.say("place-contact"), vec![known(place.contact.email.clone())]));
    }
    facts.extend(qr(scene, scene.say("qr-scan-page"), &place.common.link, width_mm).map(|code| code.pad(0.0, 5.0)));
    facts
}

fn event_card(scene: &Scene<'_>, event: &Event) -> Block {
    let title = item_title(scene, ItemRef::Event(event));
    let (icon, ink) = icons::of_event(event.kind);
    card(
        scene,
        Card {
            icon,
            ink,
            number: None,
            title: title.text,
            language: title.language,
            line: event_lead(scene, event),
            status: status_mark(scene, event),
            end: String::new(),
            action: Action::Navigate(Screen::Event(event.common.id.clone())),
            width_mm: scene.frame().content_width(),
            height_mm: Card::height_mm(scene),
        },
    )
}
