//! The upper part of a screen: one picture or map and one title, about the thing in hand.

use super::marks::badge;
use super::{event_lead, item_title, language_mark, poster, status_mark, window_map};
use crate::content::{Event, ItemRef, MediaRef, Position, Timing};
use crate::player::block::{Align, Block, Body, Fit, Justify, Pin, Role};
use crate::player::media::{MapMark, PictureSpec};
use crate::player::scene::{Scene, Shown};
use crate::player::theme::{Ink, Lettering, icons};

/// What the plate under the picture says.
pub struct WindowPlate {
    /// The line above the title: when, or what kind.
    pub kicker: String,
    pub title: Shown,
    /// The line under the title.
    pub line: String,
    /// "Cancelled", "Fully booked": as prominent as the title.
    pub status: Option<String>,
    pub ink: Ink,
    pub sample: bool,
}

impl WindowPlate {
    /// An event that invites: when and where, what, in a sentence.
    pub fn inviting(scene: &Scene<'_>, event: &Event) -> Self {
        Self {
            kicker: event_lead(scene, event),
            title: item_title(scene, ItemRef::Event(event)),
            line: scene.plain(&event.common.summary),
            status: status_mark(scene, event),
            ink: icons::of_event(event.kind).1,
            sample: event.common.sample,
        }
    }
}

/// The window with the picture of an item, or with the map of here when there is none.
pub fn window(scene: &Scene<'_>, item: Option<ItemRef<'_>>, plate: WindowPlate) -> Block {
    let language = line_language(scene, item, &plate);
    framed(scene, picture_of(scene, item), plate, language)
}

/// The window of an event on one of its days, as [`window_where`].
pub fn window_on(
    scene: &Scene<'_>,
    (event, timing): (&Event, &Timing),
    marks: Vec<MapMark>,
    spoken: String,
    plate: WindowPlate,
) -> Block {
    let language = line_language(scene, Some(ItemRef::Event(event)), &plate);
    let picture = window_map(scene, marks, spoken)
        .or_else(|| Some(photograph(scene, event.common.media.first()?)))
        .unwrap_or_else(|| day_of(scene, event, std::slice::from_ref(timing)));
    framed(scene, picture, plate, language)
}

/// BCP 47 tag of the line, where it is the item's own summary in a language that is not the visitor's.
fn line_language(scene: &Scene<'_>, item: Option<ItemRef<'_>>, plate: &WindowPlate) -> Option<String> {
    let summary = scene.pick(&item?.common().summary)?;
    summary.language.filter(|_| summary.text == plate.line)
}

/// The window of what is somewhere: on a panel without a foot it shows the map that would stand there.
pub fn window_where(
    scene: &Scene<'_>,
    item: Option<ItemRef<'_>>,
    marks: Vec<MapMark>,
    spoken: String,
    plate: WindowPlate,
) -> Block {
    let language = line_language(scene, item, &plate);
    let picture = window_map(scene, marks, spoken).unwrap_or_else(|| picture_of(scene, item));
    framed(scene, picture, plate, language)
}

/// The window with a picture of one's own.
pub fn window_of(scene: &Scene<'_>, picture: Block, plate: WindowPlate) -> Block {
    framed(scene, picture, plate, None)
}

fn framed(scene: &Scene<'_>, picture: Block, plate: WindowPlate, line_language: Option<String>) -> Block {
    let frame = scene.frame();
    let picture = credited(scene, picture);
    let mut marks = Vec::new();
    if scene.preview {
        marks.push(badge(scene.say("mark-preview"), Ink::Alarm, Ink::OnAlarm));
    }
    if plate.sample {
        marks.push(badge(scene.say("mark-sample"), Ink::Paper, Ink::Ink));
    }
    let mut above = vec![picture.fill()];
    if !marks.is_empty() {
        let pin = Pin { end: Some(frame.margin_mm / 2.0), top: Some(8.0), ..Pin::default() };
        above.push(Block::row(marks).gap(4.0).pin(pin));
    }
    Block::column(vec![Block::column(above).fill(), plate_under(scene, plate, line_language)]).plane(Ink::Paper).fill()
}

/// Where no foot shows the map with the names of those who drew it, they stand under the window's own.
fn credited(scene: &Scene<'_>, picture: Block) -> Block {
    let credit = &scene.almanac.catalog.town.map_credit;
    if credit.is_empty() || scene.frame().foot.height > 0.0 || !shows_map(&picture) {
        return picture;
    }
    let credit = Block::text(credit.clone(), Lettering::Smallest).ink(Ink::Quiet);
    let credit = Block::row(vec![credit]).pad(scene.frame().margin_mm, 1.0).justify(Justify::End);
    Block::column(vec![picture.fill(), credit])
}

fn shows_map(block: &Block) -> bool {
    matches!(block.body, Body::Picture(PictureSpec::Vignette { .. } | PictureSpec::Locator { .. }))
        || block.children().iter().any(shows_map)
}

fn plate_under(scene: &Scene<'_>, plate: WindowPlate, line_language: Option<String>) -> Block {
    let frame = scene.frame();
    let width_mm = frame.window.width - 2.0 * frame.margin_mm.min(frame.window.width / 12.0);
    let mut lines = Vec::new();
    if let Some(status) = plate.status {
        let fit = Fit::Shrink { width_mm: width_mm - 10.0, height_mm: scene.lines_mm(Lettering::Title, 1) };
        let word = Block::text(status, Lettering::Title).ink(Ink::OnAlarm).role(Role::Text).fit(fit);
        let badge = Block::row(vec![word]).pad(5.0, 2.0).round(2.0).plane(Ink::Alarm).role(Role::Status);
        lines.push(Block::row(vec![badge]));
    }
    if !plate.kicker.is_empty() {
        let fit = Fit::Shrink { width_mm, height_mm: scene.lines_mm(Lettering::Card, 2) };
        lines.push(Block::text(plate.kicker, Lettering::Card).ink(plate.ink).role(Role::Text).fit(fit));
    }
    let title_mm = scene.lines_mm(Lettering::Hero, 2);
    let title = Block::text(plate.title.text.clone(), Lettering::Hero)
        .in_language(plate.title.language.clone())
        .fit(Fit::Shrink { width_mm, height_mm: title_mm });
    lines.push(title);
    let mut under = Vec::new();
    if !plate.line.is_empty() {
        let fit = Fit::Shrink { width_mm, height_mm: scene.lines_mm(Lettering::Body, 3) };
        under.push(Block::text(plate.line, Lettering::Body).in_language(line_language).fit(fit));
    }
    under.extend(language_mark(scene, &plate.title));
    lines.extend(under);
    let margin = (frame.window.width - width_mm) / 2.0;
    Block::column(lines).gap(4.0).pad(margin, 10.0).plane(Ink::Paper)
}

/// A photograph where there is one; else the map around it, with the day beside an event; else the day alone.
fn picture_of(scene: &Scene<'_>, item: Option<ItemRef<'_>>) -> Block {
    let Some(item) = item else { return here(scene) };
    if let Some(media) = item.common().media.first() {
        return photograph(scene, media);
    }
    if let ItemRef::Event(event) = item {
        return day_of(scene, event, &event.timings);
    }
    let position = scene.almanac.position_of(item).filter(|_| scene.almanac.has_map);
    let ink = match item {
        ItemRef::Event(event) => icons::of_event(event.kind).1,
        ItemRef::Place(place) => icons::of_place(place.kind).1,
        ItemRef::Article(article) => icons::of_section(article.section).1,
        ItemRef::Service(_) => Ink::Ochre,
    };
    let map = position.map(|centre| vignette(scene, centre, ink));
    match (item, map) {
        (_, Some(map)) => map,
        (ItemRef::Article(article), None) => {
            let related = article.related.iter().filter_map(|id| scene.almanac.catalog.item(id));
            let centre = related.filter_map(|item| scene.almanac.position_of(item)).next();
            signboard(scene, icons::of_section(article.section), centre)
        }
        (ItemRef::Service(service), None) => {
            let own = service.desk.as_ref().and_then(|desk| desk.place.as_ref());
            let place = own.or(scene.almanac.catalog.town.desk.place.as_ref());
            let centre = place.and_then(|id| scene.almanac.catalog.place(id)?.position);
            signboard(scene, (lucide_icons::Icon::Landmark, Ink::Ochre), centre)
        }
        _ => emblem((lucide_icons::Icon::Landmark, ink)),
    }
}

/// The next of these days beside the surroundings of where the event is, as far as either is known.
fn day_of(scene: &Scene<'_>, event: &Event, timings: &[Timing]) -> Block {
    const DAY_SHARE: f32 = 0.3;
    let (icon, ink) = icons::of_event(event.kind);
    let centre = scene.almanac.position_of(ItemRef::Event(event)).filter(|_| scene.almanac.has_map);
    let width_mm = scene.frame().window.width;
    let Some(centre) = centre else {
        return poster(scene, event, timings, width_mm).unwrap_or_else(|| emblem((icon, ink)));
    };
    let map = vignette(scene, centre, ink);
    match poster(scene, event, timings, width_mm * DAY_SHARE) {
        Some(day) => Block::row(vec![day, map.fill()]).align(Align::Stretch),
        None => map,
    }
}

fn vignette(scene: &Scene<'_>, centre: Position, ink: Ink) -> Block {
    Block::picture(PictureSpec::Vignette { centre, ink }, scene.say("mark-drawn-map")).plane(Ink::Plane)
}

fn photograph(scene: &Scene<'_>, media: &MediaRef) -> Block {
    let alt = scene.plain(&media.alt);
    let spec = PictureSpec::Media { path: media.path.clone(), crop: media.crop, focal: media.focal };
    let picture = Block::picture(spec, alt).fill();
    if media.credit.is_empty() {
        return picture;
    }
    let credit = scene.words().say_with("mark-picture-credit", &[("credit", media.credit.clone().into())]);
    let credit = Block::text(credit, Lettering::Smallest).ink(Ink::Quiet);
    Block::column(vec![picture, Block::row(vec![credit]).pad(scene.frame().margin_mm, 2.0).justify(Justify::End)])
}

/// The surroundings of the screen itself.
fn here(scene: &Scene<'_>) -> Block {
    match scene.almanac.stand.filter(|_| scene.almanac.has_map) {
        Some(stand) => Block::picture(
            PictureSpec::Vignette { centre: stand.position, ink: Ink::Lake },
            scene.say("mark-drawn-map"),
        ),
        None => emblem((lucide_icons::Icon::MapPin, Ink::Lake)),
    }
}

/// What something is about, on a plane of its ink, beside the surroundings of where it happens.
pub fn signboard(scene: &Scene<'_>, (icon, ink): (lucide_icons::Icon, Ink), centre: Option<Position>) -> Block {
    const PLANE_SHARE: f32 = 0.3;
    let Some(centre) = centre else { return emblem((icon, ink)) };
    let width_mm = scene.frame().window.width * PLANE_SHARE;
    let icon = Block::icon(icon.unicode(), Ink::Paper, (width_mm * 0.55).min(100.0));
    let plane = Block::column(vec![icon]).align(Align::Centre).justify(Justify::Centre).plane(ink).width(width_mm);
    let map = Block::picture(PictureSpec::Vignette { centre, ink }, scene.say("mark-drawn-map")).plane(Ink::Plane);
    Block::row(vec![plane, map.fill()]).align(Align::Stretch)
}

/// A plane of ink with one large icon: for what has neither picture nor place.
fn emblem((icon, ink): (lucide_icons::Icon, Ink)) -> Block {
    let icon = Block::icon(icon.unicode(), Ink::Paper, 110.0);
    Block::column(vec![icon]).align(Align::Centre).justify(Justify::Centre).plane(ink)
}
