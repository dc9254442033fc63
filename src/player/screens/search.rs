//! Search: the visitor types on the kiosk's own keyboard, and what is meant stands above it while they type.
//!
//! Before anything is typed, the kinds of places that are asked for most; a touch on one opens the nearest of it.
//! Answers that are scrolled take the keyboard's room. Nothing found leads to a person. All of it works without a
//! network: the index is part of the content.

use crate::content::{ItemRef, PlaceKind};
use crate::player::action::{Action, Filter};
use crate::player::answers::{Answer, LIST, answer, metres_to};
use crate::player::block::{Block, Fit, Justify, Role, Rule, Sheet};
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::session::NO_KEYBOARD;
use crate::player::theme::{Ink, Lettering, Reach, icons};
use crate::player::widgets::{
    Card, GroupedList, KeyboardRoom, SPEAK, WindowPlate, belt_height_mm, event_lead, foot_map, grouped, is_speaking,
    item_title, kebab, keyboard, page, place_card, search_field, search_field_mm, set_mm, speak_button, speak_plate,
    status_mark, text_end, window,
};
use crate::search::Layout;
use lucide_icons::Icon;

/// So much of the text is repeated when nothing is found for it.
const NAMED_CHARS: usize = 24;
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
    let items = if let Answer::Found { items, .. } = &answer { Some(items) } else { None };
    let looked_at = |item: &&ItemRef<'_>| page.looking_at.as_ref() == Some(&item.common().id);
    let shown = items.and_then(|items| items.shown().find(looked_at).or_else(|| items.shown().next())).copied();
    let layout = page.layout.unwrap_or_else(|| Layout::of_language(scene.visitor.language.tag()));
    let speak = is_speaking(scene);
    let keyboard = (!speak && !page.revealed.contains(NO_KEYBOARD)).then_some(layout);
    SearchView { text: &page.search, answer, shown, keyboard, speak }
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
    /// takes what is rest.
    fn new(scene: &Scene<'_>, with_keyboard: bool) -> Self {
        let field = search_field_mm(scene);
        let rest = belt_height_mm(scene) - field - GAP_MM;
        if !with_keyboard {
            return Self { field, keyboard: 0.0, answers: rest };
        }
        let room = KeyboardRoom::new(scene);
        let of_rows = |rows: f32| rows * (Card::height_mm(scene) + ROW_GAP_MM) + PEEK_MM;
        let least = |rows: f32| if rows > 2.0 { COMFORTABLE } else { 1.0 };
        let fits = |rows: &f32| rest - GAP_MM - of_rows(*rows) >= room.height_mm(least(*rows));
        let rows = [3.0, 2.0].into_iter().find(fits).unwrap_or(1.0);
        let keyboard = (rest - GAP_MM - of_rows(rows)).clamp(room.height_mm(1.0), room.height_mm(2.0));
        Self { field, keyboard, answers: rest - GAP_MM - keyboard }
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
    page(scene, window_of(scene, &view, room.answers), belt, foot)
}

/// What has been typed, and the way to put the keyboard away.
fn top_row(scene: &Scene<'_>, view: &SearchView<'_>, height_mm: f32) -> Block {
    let width_mm = scene.frame().content_width();
    let (field_mm, button_mm) = (width_mm * 0.68 - GAP_MM, width_mm * 0.32);
    let away = view.keyboard.is_none();
    let (key, icon) = if away { ("key-keyboard", Icon::Keyboard) } else { ("key-hide", Icon::ChevronDown) };
    let action = Action::Reveal(if view.speak { SPEAK } else { NO_KEYBOARD });
    // A narrow button has room for the word only.
    let icon = (button_mm > 120.0).then(|| Block::icon(icon.unicode(), Ink::Ink, 12.0));
    let word_mm = button_mm - if icon.is_some() { 28.0 } else { 6.0 };
    let fit = Fit::Shrink { width_mm: word_mm, height_mm: height_mm - 1.0 };
    let word = Block::text(scene.say(key), Lettering::Smallest).centred().fit(fit);
    let word = if icon.is_some() { word } else { Block::column(vec![word]).fill() };
    let button = Block::row(icon.into_iter().chain([word]).collect())
        .gap(4.0)
        .pad(3.0, 0.0)
        .justify(Justify::Centre)
        .width(button_mm)
        .height(height_mm)
        .round(3.0)
        .plane(Ink::Plane)
        .touch(action.clone());
    let field = search_field(scene, view.text, field_mm, height_mm);
    let field = if away { field.touch(action) } else { field };
    Block::row(vec![field, button]).gap(GAP_MM).height(height_mm)
}

fn answers(scene: &Scene<'_>, view: &SearchView<'_>, height_mm: f32) -> Block {
    if view.speak {
        return speak_plate(scene, None);
    }
    match &view.answer {
        Answer::Suggestions(kinds) => often_asked(scene, kinds, height_mm),
        Answer::Found { items, .. } => {
            let place = GroupedList {
                key: LIST,
                row_mm: Card::height_mm(scene),
                sight_mm: height_mm,
                hidden: "group-hidden-answers",
            };
            grouped(scene, &place, items, |item| *item, |item, _| answer_card(scene, *item))
        }
        Answer::TooShort => Block::column(vec![said(scene, scene.say("search-none-short"), height_mm)]).fill(),
        Answer::Nothing => {
            let sentence =
                has_room_for_sentence(scene, height_mm).then(|| said(scene, none(scene, view.text), height_mm * 0.55));
            let button = speak_button(scene);
            Block::column(sentence.into_iter().chain([button]).collect()).gap(GAP_MM).fill()
        }
    }
}

/// Where the keyboard leaves too little, the window says that nothing was found.
fn has_room_for_sentence(scene: &Scene<'_>, height_mm: f32) -> bool {
    height_mm > scene.lines_mm(Lettering::Smallest, 4) + scene.target_mm() + GAP_MM
}

fn none(scene: &Scene<'_>, text: &str) -> String {
    scene.words().say_with("search-none", &[("text", text_end(text.trim(), NAMED_CHARS).into())])
}

fn said(scene: &Scene<'_>, sentence: String, height_mm: f32) -> Block {
    let fit = Fit::Shrink { width_mm: scene.frame().content_width(), height_mm };
    Block::text(sentence, Lettering::Card).role(Role::Status).fit(fit)
}

fn often_asked(scene: &Scene<'_>, kinds: &[(PlaceKind, f64)], height_mm: f32) -> Block {
    const COLUMNS: usize = 2;
    let head_mm = scene.lines_mm(Lettering::Smallest, 1);
    // Where there is room for one row only, the row says enough.
    let has_head = height_mm - head_mm >= scene.target_mm() + ROW_GAP_MM;
    let rest = if has_head { height_mm - head_mm } else { height_mm };
    let most = (rest / (scene.target_mm() + ROW_GAP_MM)) as usize;
    let rows = kinds.len().div_ceil(COLUMNS).min(most).max(1);
    let cell_mm = (rest / rows as f32 - ROW_GAP_MM).clamp(scene.target_mm(), Card::height_mm(scene));
    let width_mm = (scene.frame().content_width() - ROW_GAP_MM) / COLUMNS as f32;
    let shown = &kinds[..kinds.len().min(rows * COLUMNS)];
    let look = Suggesting::new(scene, shown, (width_mm, cell_mm));
    let cells = shown.iter().map(|(kind, metres)| look.cell(scene, *kind, *metres));
    let grid = Block::grid(COLUMNS as u16, cells.collect()).gap(ROW_GAP_MM);
    let head =
        has_head.then(|| Block::text(scene.say("search-try"), Lettering::Smallest).ink(Ink::Quiet).role(Role::Heading));
    Block::column(head.into_iter().chain([grid]).collect()).gap(ROW_GAP_MM).fill()
}

/// How the suggestions look: all in one lettering.
struct Suggesting {
    lettering: Lettering,
    icon_mm: f32,
    pad_mm: f32,
    word_mm: f32,
    height_mm: f32,
}

impl Suggesting {
    fn new(scene: &Scene<'_>, kinds: &[(PlaceKind, f64)], (width_mm, height_mm): (f32, f32)) -> Self {
        const NARROW_MM: f32 = 160.0;
        let (icon_mm, pad_mm) = if width_mm < NARROW_MM { (11.0, 3.0) } else { (14.0, 6.0) };
        let widest = |words: &mut dyn Iterator<Item = String>, lettering| {
            words.map(|word| set_mm(&word, scene.cap_mm(lettering))).fold(0.0, f32::max)
        };
        let far_mm = widest(&mut kinds.iter().map(|(_, metres)| scene.words().distance(*metres)), Lettering::Smallest);
        let word_mm = width_mm - icon_mm - 4.0 * pad_mm - far_mm;
        let label_mm = widest(&mut kinds.iter().map(|(kind, _)| kind_word(scene, *kind)), Lettering::Card);
        let lettering = if label_mm > word_mm { Lettering::Body } else { Lettering::Card };
        Self { lettering, icon_mm, pad_mm, word_mm, height_mm }
    }

    fn cell(&self, scene: &Scene<'_>, kind: PlaceKind, metres: f64) -> Block {
        let (icon, ink) = icons::of_place(kind);
        let distance = Block::text(scene.words().distance(metres), Lettering::Smallest).ink(ink).bold();
        let word = kind_word(scene, kind);
        // Bowls and marks of Arabic stand out of their line.
        let share = if Reach::of(&word) == Reach::Far { 0.8 } else { 1.0 };
        let fit = Fit::Shrink { width_mm: self.word_mm, height_mm: self.height_mm * share - 1.0 };
        let word = Block::text(word, self.lettering).bold().fit(fit);
        Block::row(vec![Block::icon(icon.unicode(), ink, self.icon_mm), Block::column(vec![word]).fill(), distance])
            .gap(self.pad_mm)
            .pad(self.pad_mm, 0.0)
            .height(self.height_mm)
            .round(3.0)
            .plane(Ink::Plane)
            .rule(Rule::Bar(ink, 1.6))
            .touch(Action::Open(Screen::Near, Filter::Near(kind)))
    }
}

fn kind_word(scene: &Scene<'_>, kind: PlaceKind) -> String {
    scene.say(&format!("kind-{}", kebab(&kind)))
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

fn answer_card(scene: &Scene<'_>, item: ItemRef<'_>) -> Card {
    if let ItemRef::Place(place) = item {
        return place_card(scene, place, metres_to(scene, item), true);
    }
    let action = Action::Navigate(screen_of(item));
    Card {
        line: line_of(scene, item),
        status: status_of(scene, item),
        ..Card::of(scene, icon_of(item), item_title(scene, item), action)
    }
}

fn status_of(scene: &Scene<'_>, item: ItemRef<'_>) -> Option<String> {
    match item {
        ItemRef::Event(event) => status_mark(scene, event),
        ItemRef::Place(_) | ItemRef::Article(_) | ItemRef::Service(_) => None,
    }
}

/// The best answer, or the one that was touched last; before there is one, what can be asked for.
fn window_of(scene: &Scene<'_>, view: &SearchView<'_>, answers_mm: f32) -> Block {
    let plain = |text: String| Shown { text, language: None, machine: false };
    let Some(item) = view.shown else {
        let says_none = view.answer == Answer::Nothing && !has_room_for_sentence(scene, answers_mm);
        let plate = WindowPlate {
            kicker: String::new(),
            title: plain(scene.say("search-hint")),
            line: if says_none { none(scene, view.text) } else { scene.say("search-private") },
            status: None,
            ink: Ink::Town,
            sample: false,
        };
        return window(scene, None, plate);
    };
    let plate = WindowPlate {
        kicker: line_of(scene, item),
        title: item_title(scene, item),
        line: count_words(scene, &view.answer),
        status: status_of(scene, item),
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
            let first = items.shown().next().map(|item| item_title(scene, *item).text).unwrap_or_default();
            words.say_with("search-instead", &[("text", first.into())])
        }
        Answer::Found { count: Some(count), .. } => words.say_with("search-count", &[("count", (*count).into())]),
        _ => String::new(),
    }
}
