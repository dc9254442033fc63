//! Search: the visitor types on the kiosk's own keyboard, and what is meant stands above it while they type.
//!
//! Before anything is typed, the kinds of places that are asked for most; a touch on one opens the nearest of it.
//! Answers that are scrolled take the keyboard's room. Nothing found leads to a person. All of it works without a
//! network: the index is part of the content.

use crate::calendar::next_timing;
use crate::content::{ItemRef, PlaceKind};
use crate::player::action::{Action, Filter};
use crate::player::block::{Block, Fit, Justify, Role, Rule, Sheet};
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::session::NO_KEYBOARD;
use crate::player::theme::{Ink, Lettering, icons};
use crate::player::widgets::{
    Card, KeyboardRoom, List, WindowPlate, belt_height_mm, card, event_lead, foot_map, item_title, kebab, keyboard,
    list, page, status_mark, window,
};
use crate::search::Layout;
use crate::wayfinding::distance_m;
use lucide_icons::Icon;

/// Names the list's scroll position.
const LIST: &str = "search";
/// What the button to a person reveals.
const SPEAK: &str = "speak";
/// Answers that are looked at; what is over is taken out of them.
const LOOKED_AT: usize = 200;
/// Answers that are shown: nobody scrolls further.
const SHOWN: usize = 50;
/// Nothing found for fewer letters than this asks for more of them.
const SHORT_CHARS: usize = 3;
/// So much of the text is repeated when nothing is found for it.
const NAMED_CHARS: usize = 24;
/// What is asked for most at a kiosk, in this order, as far as the town has it.
const OFTEN: [PlaceKind; 8] = [
    PlaceKind::Toilets,
    PlaceKind::Pharmacy,
    PlaceKind::Stop,
    PlaceKind::Parking,
    PlaceKind::Cash,
    PlaceKind::DrinkingWater,
    PlaceKind::Lift,
    PlaceKind::Playground,
];
const SUGGESTIONS: usize = 6;

/// What the search says to what is typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer<'a> {
    /// Nothing is typed: kinds of places, each with the metres to the nearest.
    Suggestions(Vec<(PlaceKind, f64)>),
    /// Best first. `count` is how many there are in all, when that is known.
    Found {
        items: Vec<ItemRef<'a>>,
        count: Option<usize>,
        partial: bool,
    },
    /// Too little is typed to say that there is nothing.
    TooShort,
    Nothing,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SearchView<'a> {
    pub text: &'a str,
    pub answer: Answer<'a>,
    /// What stands in the window.
    pub shown: Option<ItemRef<'a>>,
    /// `None` while it is put away.
    pub keyboard: Option<Layout>,
    /// The way to a person is shown.
    pub speak: bool,
}

pub fn view<'a>(scene: &Scene<'a>) -> SearchView<'a> {
    let page = scene.visitor.page();
    let answer = answer(scene);
    let items: &[ItemRef<'_>] = if let Answer::Found { items, .. } = &answer { items } else { &[] };
    let looked_at = items.iter().find(|item| page.looking_at.as_ref() == Some(&item.common().id));
    let shown = looked_at.or(items.first()).copied();
    let layout = page.layout.unwrap_or_else(|| Layout::of_language(scene.visitor.language.tag()));
    let speak = page.revealed.contains(SPEAK);
    let keyboard = (!speak && !page.revealed.contains(NO_KEYBOARD)).then_some(layout);
    SearchView { text: &page.search, answer, shown, keyboard, speak }
}

fn answer<'a>(scene: &Scene<'a>) -> Answer<'a> {
    let text = scene.visitor.page().search.as_str();
    if text.trim().is_empty() {
        return Answer::Suggestions(suggestions(scene));
    }
    let almanac = scene.almanac;
    let results = almanac.search.query(text, scene.visitor.language.tag(), LOOKED_AT);
    let looked_at = results.hits.len();
    let mut items: Vec<_> =
        results.hits.iter().filter_map(|hit| Some((almanac.catalog.item(&hit.id)?, hit.score))).collect();
    items.retain(|(item, _)| is_on(scene, *item));
    let count = (results.total == looked_at).then_some(items.len());
    // Among equals: the thing itself before the stop that is named after it, then what is nearer.
    let metres = |item: ItemRef<'_>| metres_to(scene, item).unwrap_or(f64::MAX);
    items.sort_by(|(one, one_score), (other, other_score)| {
        let likeness = other_score.cmp(one_score).then_with(|| is_stop(*one).cmp(&is_stop(*other)));
        likeness.then_with(|| metres(*one).total_cmp(&metres(*other)))
    });
    let items: Vec<_> = items.into_iter().map(|(item, _)| item).take(SHOWN).collect();
    match (items.is_empty(), text.chars().count() < SHORT_CHARS) {
        (false, _) => Answer::Found { items, count, partial: results.partial },
        (true, true) => Answer::TooShort,
        (true, false) => Answer::Nothing,
    }
}

fn is_stop(item: ItemRef<'_>) -> bool {
    matches!(item, ItemRef::Place(place) if matches!(place.kind, PlaceKind::Stop | PlaceKind::Parking | PlaceKind::BicycleParking))
}

/// Neither over nor withdrawn.
fn is_on(scene: &Scene<'_>, item: ItemRef<'_>) -> bool {
    let to_come = match item {
        ItemRef::Event(event) => next_timing(&event.timings, scene.now).is_some(),
        ItemRef::Place(_) | ItemRef::Article(_) | ItemRef::Service(_) => true,
    };
    to_come && item.common().valid.contains(scene.now)
}

fn suggestions(scene: &Scene<'_>) -> Vec<(PlaceKind, f64)> {
    let nearest = |kind: PlaceKind| Some((kind, scene.almanac.nearest_of(kind).next()?.1));
    OFTEN.into_iter().filter_map(nearest).take(SUGGESTIONS).collect()
}

/// The screen that shows an item.
fn screen_of(item: ItemRef<'_>) -> Screen {
    let id = item.common().id.clone();
    match item {
        ItemRef::Event(_) => Screen::Event(id),
        ItemRef::Place(_) => Screen::Place(id),
        ItemRef::Article(_) => Screen::Article(id),
        ItemRef::Service(_) => Screen::Service(id),
    }
}

/// How the belt is shared out, in mm.
struct Room {
    field: f32,
    keyboard: f32,
    answers: f32,
}

const GAP_MM: f32 = 6.0;
const ROW_GAP_MM: f32 = 4.0;
/// The edge of the next answer shows that there are more.
const PEEK_MM: f32 = 3.0;
/// Keys so many times as high as a target are typed on without looking twice.
const COMFORTABLE: f32 = 1.4;

impl Room {
    /// Three answers in sight while keys stay comfortably larger than a target, else two, else one; the keyboard
    /// takes what is left.
    fn new(scene: &Scene<'_>, with_keyboard: bool) -> Self {
        let field = (scene.lines_mm(Lettering::Smallest, 2) + 2.0).max(scene.target_mm());
        let left = belt_height_mm(scene) - field - GAP_MM;
        if !with_keyboard {
            return Self { field, keyboard: 0.0, answers: left };
        }
        let room = KeyboardRoom::new(scene);
        let of_rows = |rows: f32| rows * (Card::height_mm(scene) + ROW_GAP_MM) + PEEK_MM;
        let least = |rows: f32| if rows > 2.0 { COMFORTABLE } else { 1.0 };
        let fits = |rows: &f32| left - GAP_MM - of_rows(*rows) >= room.height_mm(least(*rows));
        let rows = [3.0, 2.0].into_iter().find(fits).unwrap_or(1.0);
        let keyboard = (left - GAP_MM - of_rows(rows)).min(room.height_mm(2.0));
        Self { field, keyboard, answers: left - GAP_MM - keyboard }
    }
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let room = Room::new(scene, view.keyboard.is_some());
    let mut belt = vec![top_row(scene, &view, room.field), answers(scene, &view, room.answers)];
    if let Some(layout) = view.keyboard {
        belt.push(keyboard(scene, layout, room.keyboard));
    }
    let foot = foot_map(scene, Vec::new(), scene.say("map-you"));
    page(scene, window_of(scene, &view), belt, foot)
}

/// What has been typed, and the way to put the keyboard away.
fn top_row(scene: &Scene<'_>, view: &SearchView<'_>, height_mm: f32) -> Block {
    let width_mm = scene.frame().content_width();
    let (field_mm, button_mm) = (width_mm * 0.68 - GAP_MM, width_mm * 0.32);
    let away = view.keyboard.is_none();
    let (key, icon) = if away { ("key-keyboard", Icon::Keyboard) } else { ("key-hide", Icon::ChevronDown) };
    let action = if view.speak { Action::Reveal(SPEAK) } else { Action::Reveal(NO_KEYBOARD) };
    // A narrow button has room for the word only.
    let icon = (button_mm > 120.0).then(|| Block::icon(icon.unicode(), Ink::Ink, 12.0));
    let word_mm = button_mm - if icon.is_some() { 28.0 } else { 6.0 };
    let fit = Fit::Shrink { width_mm: word_mm, height_mm: height_mm - 1.0 };
    let word = Block::text(scene.say(key), Lettering::Smallest).centred().fit(fit);
    let button = Block::row(icon.into_iter().chain([word]).collect())
        .gap(4.0)
        .pad(3.0, 0.0)
        .justify(Justify::Centre)
        .width(button_mm)
        .height(height_mm)
        .round(3.0)
        .plane(Ink::Plane)
        .touch(action.clone());
    let field = field(scene, view.text, field_mm, height_mm);
    let field = if away { field.touch(action) } else { field };
    Block::row(vec![field, button]).gap(GAP_MM).height(height_mm)
}

fn field(scene: &Scene<'_>, text: &str, width_mm: f32, height_mm: f32) -> Block {
    const ICON_MM: f32 = 13.0;
    let caret = Block::column(Vec::new()).width(1.4).height(height_mm * 0.56).plane(Ink::Town);
    let text_mm = width_mm - ICON_MM - 24.0;
    let one_line = Fit::Shrink { width_mm: text_mm, height_mm: scene.lines_mm(Lettering::Card, 1) };
    let prompt = scene.say("search-prompt");
    let mut parts = vec![Block::icon(Icon::Search.unicode(), Ink::Town, ICON_MM)];
    if text.is_empty() {
        parts.push(caret);
        let fit = Fit::Shrink { width_mm: text_mm, height_mm: height_mm - 1.0 };
        parts.push(Block::text(prompt.clone(), Lettering::Body).ink(Ink::Quiet).fit(fit));
    } else {
        // A letter is about as wide as a capital is high; at the smallest size all of these fit.
        let fits = (text_mm / scene.cap_mm(Lettering::Smallest)) as usize;
        let typed = Block::text(end_of(text, fits), Lettering::Card).role(Role::Text).fit(one_line);
        parts.push(Block::row(vec![typed, caret]).gap(1.0));
    }
    let name = if text.is_empty() { prompt } else { text.to_owned() };
    Block::row(parts)
        .gap(4.0)
        .pad(6.0, 0.0)
        .width(width_mm)
        .height(height_mm)
        .round(3.0)
        .rule(Rule::Frame(Ink::Town, 1.0))
        .role(Role::SearchBox)
        .named(name)
}

/// The end of a text too long for its field: where the next letter goes.
fn end_of(text: &str, fits: usize) -> String {
    let chars = text.chars().count();
    if chars <= fits {
        return text.to_owned();
    }
    std::iter::once('…').chain(text.chars().skip(chars + 1 - fits.max(1))).collect()
}

fn answers(scene: &Scene<'_>, view: &SearchView<'_>, height_mm: f32) -> Block {
    if view.speak {
        return speak(scene);
    }
    match &view.answer {
        Answer::Suggestions(kinds) => often_asked(scene, kinds, height_mm),
        Answer::Found { items, .. } => {
            let rows = List { key: LIST, rows: items.len(), row_mm: Card::height_mm(scene), sight_mm: height_mm };
            list(scene, &rows, |at| answer_card(scene, items[at]))
        }
        Answer::TooShort => Block::column(vec![said(scene, scene.say("search-none-short"), height_mm)]).fill(),
        Answer::Nothing => {
            let text = end_of(view.text.trim(), NAMED_CHARS);
            let sentence = scene.words().say_with("search-none", &[("text", text.into())]);
            let button = to_a_person(scene, height_mm);
            Block::column(vec![said(scene, sentence, height_mm * 0.55), button]).gap(GAP_MM).fill()
        }
    }
}

fn said(scene: &Scene<'_>, sentence: String, height_mm: f32) -> Block {
    let fit = Fit::Shrink { width_mm: scene.frame().content_width(), height_mm };
    Block::text(sentence, Lettering::Card).role(Role::Status).fit(fit)
}

fn to_a_person(scene: &Scene<'_>, height_mm: f32) -> Block {
    let fit = Fit::Shrink { width_mm: scene.frame().content_width() - 40.0, height_mm: height_mm * 0.4 };
    let words = Block::text(scene.say("speak-title"), Lettering::Card).ink(Ink::OnTown).fit(fit);
    Block::row(vec![Block::icon(Icon::Headset.unicode(), Ink::OnTown, 14.0), words])
        .gap(GAP_MM)
        .pad(8.0, 2.0)
        .justify(Justify::Centre)
        .height((height_mm * 0.35).clamp(scene.target_mm(), scene.target_mm() * 2.0))
        .round(3.0)
        .plane(Ink::Town)
        .touch(Action::Reveal(SPEAK))
}

/// A person: the number in large type, and where they sit.
fn speak(scene: &Scene<'_>) -> Block {
    let desk = &scene.almanac.catalog.town.desk;
    let mut lines = vec![Block::text(scene.say("speak-title"), Lettering::Title)];
    if desk.phone.is_empty() && desk.address.is_empty() {
        lines.push(Block::text(scene.say("speak-none"), Lettering::Body));
    }
    if !desk.phone.is_empty() {
        let call = scene.words().say_with("speak-call", &[("phone", desk.phone.clone().into())]);
        lines.push(Block::text(call, Lettering::Hero));
    }
    let name = scene.plain(&desk.name);
    let place: Vec<String> = [name, desk.address.clone()].into_iter().filter(|part| !part.is_empty()).collect();
    if !place.is_empty() {
        lines.push(Block::text(place.join(" · "), Lettering::Body));
    }
    Block::column(lines).gap(GAP_MM).fill()
}

fn often_asked(scene: &Scene<'_>, kinds: &[(PlaceKind, f64)], height_mm: f32) -> Block {
    const COLUMNS: usize = 2;
    let head = Block::text(scene.say("search-try"), Lettering::Smallest).ink(Ink::Quiet).role(Role::Heading);
    let rows = kinds.len().div_ceil(COLUMNS).max(1) as f32;
    let left = height_mm - scene.lines_mm(Lettering::Smallest, 1) - ROW_GAP_MM;
    let fit = (left + ROW_GAP_MM) / rows - ROW_GAP_MM;
    let cell_mm = fit.clamp(scene.target_mm(), Card::height_mm(scene));
    let shown = (((left + ROW_GAP_MM) / (cell_mm + ROW_GAP_MM)) as usize).max(1) * COLUMNS;
    let width_mm = (scene.frame().content_width() - ROW_GAP_MM) / COLUMNS as f32;
    let cells = kinds.iter().take(shown).map(|(kind, metres)| suggestion(scene, *kind, *metres, width_mm, cell_mm));
    let grid = Block::grid(COLUMNS as u16, cells.collect()).gap(ROW_GAP_MM);
    Block::column(vec![head, grid]).gap(ROW_GAP_MM).fill()
}

fn suggestion(scene: &Scene<'_>, kind: PlaceKind, metres: f64, width_mm: f32, height_mm: f32) -> Block {
    const ICON_MM: f32 = 14.0;
    let (icon, ink) = icons::of_place(kind);
    let distance = Block::text(scene.words().distance(metres), Lettering::Smallest).ink(ink).bold();
    let room_mm = width_mm - ICON_MM - 24.0 - scene.cap_mm(Lettering::Smallest) * 5.0;
    let fit = Fit::Shrink { width_mm: room_mm, height_mm: height_mm - 2.0 };
    let word = Block::text(scene.say(&format!("kind-{}", kebab(&kind))), Lettering::Card).fit(fit);
    Block::row(vec![Block::icon(icon.unicode(), ink, ICON_MM), Block::column(vec![word]).fill(), distance])
        .gap(4.0)
        .pad(6.0, 0.0)
        .height(height_mm)
        .round(3.0)
        .plane(Ink::Plane)
        .rule(Rule::Bar(ink, 1.6))
        .touch(Action::Open(Screen::Near, Filter::Near(kind)))
}

fn icon_of(item: ItemRef<'_>) -> (Icon, Ink) {
    match item {
        ItemRef::Event(event) => icons::of_event(event.kind),
        ItemRef::Place(place) => icons::of_place(place.kind),
        ItemRef::Article(article) => icons::of_section(article.section),
        ItemRef::Service(_) => (Icon::Landmark, Ink::Ochre),
    }
}

/// What kind of thing it is; of an event, when and where.
fn line_of(scene: &Scene<'_>, item: ItemRef<'_>) -> String {
    match item {
        ItemRef::Event(event) => event_lead(scene, event),
        ItemRef::Place(place) => scene.say(&format!("kind-{}", kebab(&place.kind))),
        ItemRef::Article(article) => scene.say(&format!("section-{}", kebab(&article.section))),
        ItemRef::Service(_) => scene.say("search-group-services"),
    }
}

fn answer_card(scene: &Scene<'_>, item: ItemRef<'_>) -> Block {
    let (icon, ink) = icon_of(item);
    let Shown { text: title, language, .. } = item_title(scene, item);
    let metres = match item {
        ItemRef::Place(_) => metres_to(scene, item),
        ItemRef::Event(_) | ItemRef::Article(_) | ItemRef::Service(_) => None,
    };
    let status = match item {
        ItemRef::Event(event) => status_mark(scene, event),
        ItemRef::Place(_) | ItemRef::Article(_) | ItemRef::Service(_) => None,
    };
    card(
        scene,
        Card {
            icon,
            ink,
            number: None,
            title,
            language,
            line: line_of(scene, item),
            status,
            end: metres.map(|metres| scene.words().distance(metres)).unwrap_or_default(),
            action: Action::Navigate(screen_of(item)),
            width_mm: scene.frame().content_width(),
            height_mm: Card::height_mm(scene),
        },
    )
}

fn metres_to(scene: &Scene<'_>, item: ItemRef<'_>) -> Option<f64> {
    Some(distance_m(scene.almanac.stand?.position, scene.almanac.position_of(item)?))
}

/// The best answer, or the one that was touched last; before there is one, what can be asked for.
fn window_of(scene: &Scene<'_>, view: &SearchView<'_>) -> Block {
    let plain = |text: String| Shown { text, language: None, machine: false };
    let Some(item) = view.shown else {
        let plate = WindowPlate {
            kicker: String::new(),
            title: plain(scene.say("search-hint")),
            line: scene.say("search-private"),
            status: None,
            ink: Ink::Town,
            sample: false,
        };
        return window(scene, None, plate);
    };
    let status = match item {
        ItemRef::Event(event) => status_mark(scene, event),
        ItemRef::Place(_) | ItemRef::Article(_) | ItemRef::Service(_) => None,
    };
    let plate = WindowPlate {
        kicker: line_of(scene, item),
        title: item_title(scene, item),
        line: count_words(scene, &view.answer),
        status,
        ink: icon_of(item).1,
        sample: item.common().sample,
    };
    window(scene, Some(item), plate)
}

/// "12 answers"; when nothing has all the words, that these are the nearest.
fn count_words(scene: &Scene<'_>, answer: &Answer<'_>) -> String {
    let words = scene.words();
    match answer {
        Answer::Found { items, partial: true, .. } => {
            let first = items.first().map(|item| item_title(scene, *item).text).unwrap_or_default();
            words.say_with("search-instead", &[("text", first.into())])
        }
        Answer::Found { count: Some(count), .. } => words.say_with("search-count", &[("count", (*count).into())]),
        _ => String::new(),
    }
}
