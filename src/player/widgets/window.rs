//! The upper part of a screen: one picture or map and one title, about the thing in hand.

use super::marks::badge;
use super::{event_lead, item_title, language_mark, poster, status_mark, window_map};
use crate::content::{Event, ItemRef, MediaRef, Position, Timing};
use crate::player::block::{Align, Block, Body, Fit, Justify, Pin, Role};
use crate::player::media::{MapMark, PictureSpec};
use crate::player::scene::{Scene, Shown};
use crate::player::theme::{Ink, Lettering, icons};
use crate::player::visitor::Mode;

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

    /// What something is called, and a sentence about it.
    pub fn of(scene: &Scene<'_>, item: ItemRef<'_>) -> Self {
        Self {
            kicker: String::new(),
            title: item_title(scene, item),
            line: scene.plain(&item.common().summary),
            status: None,
            ink: ink_of(item),
            sample: item.common().sample,
        }
    }
}

fn ink_of(item: ItemRef<'_>) -> Ink {
    match item {
        ItemRef::Event(event) => icons::of_event(event.kind).1,
        ItemRef::Place(place) => icons::of_place(place.kind).1,
        ItemRef::Article(article) => icons::of_section(article.section).1,
        ItemRef::Service(_) => Ink::Ochre,
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
    // On a low panel a warning stands where the picture was.
    let has_room = scene.profile.is_tall() || scene.band_mm == 0.0;
    let picture = if has_room { credited(scene, picture) } else { Block::column(Vec::new()) };
    let mut marks: Vec<Block> = preview_mark(scene).into_iter().collect();
    if plate.sample {
        marks.push(badge(scene.say("mark-sample"), Ink::Paper, Ink::Ink));
    }
    let mut above = vec![picture.fill()];
    above.extend(pinned(scene, marks));
    Block::column(vec![Block::column(above).fill(), plate_under(scene, plate, line_language)]).plane(Ink::Paper).fill()
}

/// That nobody has signed what stands in the window, where that is so.
pub fn unsigned(scene: &Scene<'_>) -> Option<Block> {
    pinned(scene, preview_mark(scene).into_iter().collect())
}

fn preview_mark(scene: &Scene<'_>) -> Option<Block> {
    scene.preview.then(|| badge(scene.say("mark-preview"), Ink::Alarm, Ink::OnAlarm))
}

fn pinned(scene: &Scene<'_>, marks: Vec<Block>) -> Option<Block> {
    let pin = Pin { end: Some(scene.frame().margin_mm / 2.0), top: Some(8.0), ..Pin::default() };
    (!marks.is_empty()).then(|| Block::row(marks).gap(4.0).pin(pin))
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
    // On a low panel, the room of the line is that of a warning.
    let has_room = scene.profile.is_tall() || scene.band_mm == 0.0;
    if has_room && !plate.line.is_empty() {
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
    let ink = ink_of(item);
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
    let attribution = media.attribution();
    if attribution.is_empty() {
        return picture;
    }
    let credit = scene.words().say_with("mark-picture-credit", &[("credit", attribution.into())]);
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
    let Some(centre) = centre.filter(|_| scene.almanac.has_map) else { return emblem((icon, ink)) };
    let map = Block::picture(PictureSpec::Vignette { centre, ink }, scene.say("mark-drawn-map")).plane(Ink::Plane);
    // Large words leave a small window a strip too low for an icon.
    if scene.visitor.has(Mode::Large) && !scene.profile.is_tall() {
        return Block::row(vec![map.fill()]).align(Align::Stretch);
    }
    let width_mm = scene.frame().window.width * PLANE_SHARE;
    let icon = Block::icon(icon.unicode(), Ink::Paper, (width_mm * 0.55).min(100.0));
    let plane = Block::column(vec![icon]).align(Align::Centre).justify(Justify::Centre).plane(ink).width(width_mm);
    Block::row(vec![plane, map.fill()]).align(Align::Stretch)
}

/// A plane of ink with one large icon: for what has neither picture nor place.
fn emblem((icon, ink): (lucide_icons::Icon, Ink)) -> Block {
    let icon = Block::icon(icon.unicode(), Ink::Paper, 110.0);
    Block::column(vec![icon]).align(Align::Centre).justify(Justify::Centre).plane(ink)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Common, Id, Item, Localized, Place, Town};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::visitor::Visitor;

    const CREDIT: &str = "© those who drew it";

    fn texts(block: &Block, found: &mut Vec<(String, Option<String>)>) {
        if let Body::Text(text) = &block.body {
            found.push((text.text.clone(), block.language.clone()));
        }
        block.children().iter().for_each(|child| texts(child, found));
    }

    /// The texts of the window of a French place, for somebody who reads English.
    fn said(profile: &str, line: &str, has_map: bool) -> Vec<(String, Option<String>)> {
        let town = Town {
            position: Position::new(43.7, 7.4),
            map_credit: CREDIT.to_owned(),
            fallback: vec!["fr".to_owned()],
            ..Town::default()
        };
        let common = Common {
            id: Id("p:1".to_owned()),
            title: Localized::one("fr", "Ici"),
            summary: Localized::one("fr", "Un lieu"),
            ..Common::default()
        };
        let items = vec![Item::Place(Place { common, position: Position::new(43.7, 7.4), ..Place::default() })];
        let almanac = Almanac::new(Catalog::new(town, items).0, None, 0.0).with_map(has_map);
        let profile = Profile::shipped(profile).expect("it ships");
        let visitor = Visitor::nobody(Language::En);
        let now = "2026-06-15T12:00:00Z".parse().expect("an instant");
        let scene = Scene::of(&almanac, &visitor, now, &profile);
        let item = almanac.catalog.item(&Id("p:1".to_owned()));
        let title = Shown { text: String::new(), language: None, machine: false };
        let (kicker, line) = (String::new(), line.to_owned());
        let plate = WindowPlate { kicker, title, line, status: None, ink: Ink::Town, sample: false };
        let mut found = Vec::new();
        texts(&window(&scene, item, plate), &mut found);
        found
    }

    #[test]
    fn the_summary_is_spoken_in_its_own_language_and_the_screens_words_in_the_visitors() {
        let language = |line: &str| {
            let found = said("totem-portrait", line, true).into_iter().find(|(text, _)| text == line);
            found.expect("the line stands there").1
        };
        assert_eq!(language("Un lieu").as_deref(), Some("fr"));
        assert_eq!(language("Open until 18:00"), None);
    }

    #[test]
    fn a_map_in_the_window_names_who_drew_it_where_no_foot_does() {
        let credits = |profile, has_map| said(profile, "", has_map).iter().filter(|(text, _)| text == CREDIT).count();
        assert_eq!(credits("counter", true), 1);
        assert_eq!(credits("counter", false), 0, "no map, no credit");
        assert_eq!(credits("totem-portrait", true), 0, "it stands in the foot");
    }
}
