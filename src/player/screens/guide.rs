//! The town's guide: news first, then its subjects; inside a subject its pages, those for the visitor's needs
//! first. The accessibility guide begins with the needs themselves. All of it is on the display itself.

use crate::content::{Article, ItemRef, Need, Section, Tri};
use crate::player::action::{Action, Filter};
use crate::player::block::{Align, Block, Fit, Justify, Role, Rule, Sheet};
use crate::player::frame::Frame;
use crate::player::media::MapMark;
use crate::player::scene::{Scene, Shown};
use crate::player::screen::Screen;
use crate::player::theme::{Ink, Lettering, icons};
use crate::player::visitor::Mode;
use crate::player::widgets::{
    Card, List, WindowPlate, belt_height_mm, card, foot_map, is_speaking, item_title, kebab, language_name, list, page,
    set_mm, signboard, speak_button, speak_plate, window_of,
};
use lucide_icons::Icon;

/// Pins that one map can bear.
const PINS: usize = 7;
const GAP_MM: f32 = 6.0;

/// What the guide lists.
#[derive(Clone, Debug, PartialEq)]
pub struct GuideView<'a> {
    pub section: Option<Section>,
    /// News that hold now, those for the visitor's needs first.
    pub notices: Vec<&'a Article>,
    /// Subjects that have pages, with how many; without the news.
    pub sections: Vec<(Section, usize)>,
    /// Pages of the chosen subject, those for the visitor's needs first.
    pub articles: Vec<&'a Article>,
}

pub fn view<'a>(scene: &Scene<'a>) -> GuideView<'a> {
    let valid = || scene.almanac.catalog.articles.iter().filter(|article| scene.shows(&article.common));
    let of = |section: Section| {
        let mut articles: Vec<&'a Article> = valid().filter(|article| article.section == section).collect();
        articles.sort_by_key(|article| needs_met(scene, article).is_empty());
        articles
    };
    let section = scene.visitor.page().filters.section;
    let count = |section: Section| valid().filter(|article| article.section == section).count();
    let subjects = Section::ALL.into_iter().filter(|section| *section != Section::Notice);
    GuideView {
        section,
        notices: of(Section::Notice),
        sections: subjects.map(|section| (section, count(section))).filter(|(_, count)| *count > 0).collect(),
        articles: section.map(of).unwrap_or_default(),
    }
}

/// The visitor's needs that an article is tagged with.
fn needs_met(scene: &Scene<'_>, article: &Article) -> Vec<Need> {
    let tagged = |need: &Need| article.common.tags.contains(&kebab(need));
    scene.visitor.needs.iter().copied().filter(tagged).collect()
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let (marks, numbers) = pins(scene, &view.articles);
    let window = guide_window(scene, &view);
    let foot = foot_map(scene, marks, scene.say("map-you"));
    if is_speaking(scene) {
        return page(scene, window, vec![speak_plate(scene, None)], foot);
    }
    let belt = match view.section {
        Some(section) => one_subject(scene, &view, section, &numbers),
        None if view.sections.is_empty() && view.notices.is_empty() => nothing(scene),
        None => all_subjects(scene, &view),
    };
    page(scene, window, belt, foot)
}

/// A pin for each page that speaks of a place, with its row's number.
fn pins(scene: &Scene<'_>, articles: &[&Article]) -> (Vec<MapMark>, Vec<Option<u8>>) {
    let mut marks: Vec<MapMark> = Vec::new();
    let numbers = articles.iter().map(|article| {
        let related = article.related.iter().filter_map(|id| scene.almanac.catalog.item(id));
        let mut free = related.filter_map(|item| scene.almanac.position_of(item));
        let position = free.find(|position| marks.iter().all(|mark| mark.position != *position))?;
        let number = u8::try_from(marks.len() + 1).ok().filter(|_| marks.len() < PINS)?;
        marks.push(MapMark { position, number: Some(number) });
        Some(number)
    });
    let numbers = numbers.collect();
    (marks, numbers)
}

fn guide_window(scene: &Scene<'_>, view: &GuideView<'_>) -> Block {
    let words = scene.words();
    let (mark, title) = match view.section {
        Some(section) => (icons::of_section(section), scene.say(&format!("section-{}", kebab(&section)))),
        None => ((Icon::BookOpen, Ink::Town), scene.say("guide-title")),
    };
    let pages: usize = view.sections.iter().map(|(_, count)| count).sum();
    let (kicker, line) = match view.section {
        Some(Section::Accessibility) => (confirmed_words(scene), scene.say("access-intro")),
        Some(_) => (words.say_with("fact-articles", &[("count", view.articles.len().into())]), String::new()),
        None => (words.say_with("fact-articles", &[("count", pages.into())]), String::new()),
    };
    let plate = WindowPlate {
        kicker,
        title: Shown { text: title, language: None, machine: false },
        line,
        status: None,
        ink: mark.1,
        sample: scene.almanac.catalog.articles.iter().any(|article| article.common.sample),
    };
    window_of(scene, signboard(scene, mark, scene.almanac.stand.map(|stand| stand.position)), plate)
}

/// "71 places confirmed accessible".
fn confirmed_words(scene: &Scene<'_>) -> String {
    let places = &scene.almanac.catalog.places;
    let confirmed = places.iter().filter(|place| place.access.wheelchair.value == Tri::Yes).count();
    scene.words().say_with("fact-accessible", &[("count", confirmed.into())])
}

fn nothing(scene: &Scene<'_>) -> Vec<Block> {
    vec![Block::text(scene.say("content-none"), Lettering::Card), speak_button(scene)]
}

fn all_subjects(scene: &Scene<'_>, view: &GuideView<'_>) -> Vec<Block> {
    let gap = Frame::GUTTER_MM;
    let mut belt: Vec<Block> = news(scene, view).into_iter().collect();
    let taken = if belt.is_empty() { 0.0 } else { card_mm(scene, 1) + GAP_MM };
    let rows = 1 + view.sections.len().saturating_sub(1).div_ceil(2);
    let height_mm = (belt_height_mm(scene) - taken - (rows - 1) as f32 * gap) / rows as f32;
    let height_mm = height_mm.min(scene.target_mm() * 4.0);
    let wide = scene.frame().content_width();
    let narrow = (wide - gap) / 2.0;
    let mut tiles = view.sections.iter().map(|(section, count)| (*section, subject_fact(scene, *section, *count)));
    let first = tiles.next();
    let first = first.map(|(section, fact)| subject_tile(scene, section, &fact, Lettering::Card, (wide, height_mm)));
    let rest: Vec<(Section, String)> = tiles.collect();
    // All of them say how much there is, or none.
    let facts_mm = rest.iter().map(|(_, fact)| set_mm(fact, scene.profile.legible_mm())).fold(0.0, f32::max);
    let says_facts = facts_mm <= subject_text_mm(narrow, height_mm);
    let silent = String::new();
    // All in one lettering: words of many sizes read as of many ranks.
    let words = rest.iter().map(|(section, _)| subject_word(scene, *section));
    let widest = words.flat_map(|words| words.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let widest_mm = widest.map(|word| set_mm(&word, scene.cap_mm(Lettering::Card))).fold(0.0, f32::max);
    let lettering = if widest_mm > subject_text_mm(narrow, height_mm) { Lettering::Body } else { Lettering::Card };
    let rest: Vec<Block> = rest
        .iter()
        .map(|(section, fact)| {
            let name = format!("{}, {fact}", subject_word(scene, *section));
            let fact = if says_facts { fact } else { &silent };
            subject_tile(scene, *section, fact, lettering, (narrow, height_mm)).named(name)
        })
        .collect();
    let mut subjects: Vec<Block> = first.into_iter().collect();
    subjects.push(Block::grid(2, rest).gap(gap));
    belt.push(Block::column(subjects).gap(gap));
    belt
}

/// The first of the news, and beside it the way to all of them where there are more.
fn news(scene: &Scene<'_>, view: &GuideView<'_>) -> Option<Block> {
    let width_mm = scene.frame().content_width();
    if view.notices.len() < 2 {
        return notice_row(scene, view, width_mm);
    }
    let first = notice_row(scene, view, width_mm - all_mm(scene) - GAP_MM)?;
    let count = scene.words().say_with("fact-notices", &[("count", view.notices.len().into())]);
    let all = narrow_button(scene, count, Action::Filter(Filter::Section(Some(Section::Notice))));
    Some(Block::row(vec![first.fill(), all.width(all_mm(scene)).height(card_mm(scene, 1))]).gap(GAP_MM))
}

fn subject_word(scene: &Scene<'_>, section: Section) -> String {
    scene.say(&format!("section-{}", kebab(&section)))
}

/// How much there is to read, or to reach.
fn subject_fact(scene: &Scene<'_>, section: Section, count: usize) -> String {
    match section {
        Section::Accessibility => confirmed_words(scene),
        _ => scene.words().say_with("fact-articles", &[("count", count.into())]),
    }
}

/// Between the parts of a subject's tile, and around them.
const TILE_PAD_MM: f32 = 8.0;

fn subject_icon_mm(height_mm: f32) -> f32 {
    (height_mm * 0.42).clamp(14.0, 30.0)
}

/// Width in mm that a subject's tile leaves to its words.
fn subject_text_mm(width_mm: f32, height_mm: f32) -> f32 {
    width_mm - 3.0 * TILE_PAD_MM - subject_icon_mm(height_mm)
}

/// A subject, and under it a fact when there is one.
fn subject_tile(
    scene: &Scene<'_>,
    section: Section,
    fact: &str,
    lettering: Lettering,
    (width_mm, height_mm): (f32, f32),
) -> Block {
    let (icon, ink) = icons::of_section(section);
    let text_mm = subject_text_mm(width_mm, height_mm);
    let fact_mm = scene.lines_mm(Lettering::Smallest, 1);
    let says_fact = !fact.is_empty() && height_mm >= scene.lines_mm(lettering, 1) + fact_mm + 4.0;
    let title_mm = if says_fact { height_mm - fact_mm - 4.0 } else { height_mm - 2.0 };
    let title_fit = Fit::Shrink { width_mm: text_mm, height_mm: title_mm };
    let title = subject_word(scene, section);
    let name = format!("{title}, {fact}");
    let mut lines = vec![Block::text(title, lettering).bold().fit(title_fit)];
    if says_fact {
        let fact_fit = Fit::Shrink { width_mm: text_mm, height_mm: fact_mm };
        lines.push(Block::text(fact, Lettering::Smallest).ink(ink).fit(fact_fit));
    }
    let icon = Block::icon(icon.unicode(), ink, subject_icon_mm(height_mm));
    Block::row(vec![icon, Block::column(lines).gap(1.0).fill()])
        .gap(TILE_PAD_MM)
        .pad(TILE_PAD_MM, 2.0)
        .height(height_mm)
        .round(3.0)
        .plane(Ink::Plane)
        .named(name)
        .touch(Action::Filter(Filter::Section(Some(section))))
}

fn one_subject(scene: &Scene<'_>, view: &GuideView<'_>, section: Section, numbers: &[Option<u8>]) -> Vec<Block> {
    let width_mm = scene.frame().content_width();
    let all = all_button(scene);
    let head_mm = card_mm(scene, 1);
    let notice =
        if section == Section::Notice { None } else { notice_row(scene, view, width_mm - all_mm(scene) - GAP_MM) };
    let head = match notice {
        Some(notice) => Block::row(vec![notice.fill(), all.width(all_mm(scene)).height(head_mm)]).gap(GAP_MM),
        None => all,
    };
    let mut belt = vec![head];
    let mut taken_mm = head_mm + GAP_MM;
    if section == Section::Accessibility {
        let (needs, needs_mm) = need_switches(scene);
        belt.push(needs);
        taken_mm += needs_mm + GAP_MM;
    }
    if view.articles.is_empty() {
        belt.push(Block::text(scene.say("content-none"), Lettering::Card));
        belt.push(speak_button(scene));
        return belt;
    }
    let crowded = belt_height_mm(scene) - taken_mm < 2.5 * card_mm(scene, 2);
    let row_mm = card_mm(scene, if crowded { 1 } else { 2 });
    let rows = List { key: "guide", rows: view.articles.len(), row_mm, sight_mm: belt_height_mm(scene) - taken_mm };
    belt.push(list(scene, &rows, |row| article_card(scene, view.articles[row], numbers[row], row_mm)));
    belt
}

/// Width in mm of the button back to all subjects.
fn all_mm(scene: &Scene<'_>) -> f32 {
    (scene.frame().content_width() * 0.34).min(96.0)
}

fn all_button(scene: &Scene<'_>) -> Block {
    narrow_button(scene, scene.say("guide-all"), Action::Filter(Filter::Section(None)))
}

fn narrow_button(scene: &Scene<'_>, word: String, action: Action) -> Block {
    let width_mm = all_mm(scene) - 8.0;
    let fit = Fit::Shrink { width_mm, height_mm: scene.lines_mm(Lettering::Smallest, 2) };
    Block::column(vec![Block::text(word, Lettering::Smallest).bold().centred().fit(fit)])
        .align(Align::Centre)
        .justify(Justify::Centre)
        .pad(4.0, 2.0)
        .min_height(scene.target_mm())
        .round(3.0)
        .plane(Ink::Plane)
        .touch(action)
}

/// Height in mm of a card with so many lines under its title.
fn card_mm(scene: &Scene<'_>, lines: u8) -> f32 {
    (scene.lines_mm(Lettering::Card, 1) + scene.lines_mm(Lettering::Smallest, lines) + 8.0).max(scene.target_mm())
}

/// The news, marked: a touch opens what stands there.
fn notice_row(scene: &Scene<'_>, view: &GuideView<'_>, width_mm: f32) -> Option<Block> {
    let first = view.notices.first()?;
    let title = item_title(scene, ItemRef::Article(first));
    let (icon, ink) = icons::of_section(Section::Notice);
    let action = Action::Navigate(Screen::Article(first.common.id.clone()));
    let line = scene.plain(&first.common.summary);
    let height_mm = card_mm(scene, 1);
    let card = card(scene, Card { line, width_mm, height_mm, ..Card::of(scene, (icon, ink), title, action) });
    Some(card.rule(Rule::Frame(ink, 1.2)))
}

fn article_card(scene: &Scene<'_>, article: &Article, number: Option<u8>, height_mm: f32) -> Block {
    let (icon, ink) = icons::of_section(article.section);
    let title = item_title(scene, ItemRef::Article(article));
    let met: Vec<String> =
        needs_met(scene, article).iter().map(|need| scene.say(&format!("need-{}-short", kebab(need)))).collect();
    let easy = article.common.easy.exact(scene.visitor.language.tag()).is_some();
    let end = match &title.language {
        _ if !met.is_empty() => met.join(", "),
        _ if easy => scene.say("mark-easy"),
        Some(tag) if scene.frame().content_width() < 450.0 => language_name(scene, tag),
        Some(tag) => {
            let language = language_name(scene, tag);
            scene.words().say_with("mark-in-language", &[("language", language.into())])
        }
        None => String::new(),
    };
    let action = Action::Navigate(Screen::Article(article.common.id.clone()));
    let line = scene.plain(&article.common.summary);
    card(scene, Card { number, line, end, height_mm, ..Card::of(scene, (icon, ink), title, action) })
}

/// The five needs as switches, and the way to the places that answer them; with their height in mm.
fn need_switches(scene: &Scene<'_>) -> (Block, f32) {
    const GAP: f32 = 4.0;
    let width_mm = scene.frame().content_width();
    let wide = width_mm > 450.0;
    let columns: u16 = if wide { 3 } else { 2 };
    let lines = if wide && scene.visitor.has(Mode::Large) { 2 } else { 1 };
    let height_mm = (scene.lines_mm(Lettering::Smallest, lines) + 8.0).max(scene.target_mm() + 4.0);
    let cell_mm = (width_mm - f32::from(columns - 1) * GAP) / f32::from(columns);
    let mut cells: Vec<Block> = Need::ALL
        .into_iter()
        .map(|need| {
            let chosen = scene.visitor.needs.contains(&need);
            let key = if wide { format!("need-{}", kebab(&need)) } else { format!("need-{}-short", kebab(&need)) };
            let mark = if chosen { Icon::Check } else { icons::of_need(need) };
            let (plane, ink) = if chosen { (Ink::Town, Ink::OnTown) } else { (Ink::Plane, Ink::Ink) };
            cell(scene, (mark, scene.say(&key)), (plane, ink), (cell_mm, height_mm))
                .role(Role::Switch(chosen))
                .touch(Action::ToggleNeed(need))
        })
        .collect();
    let places = cell(scene, (Icon::MapPin, confirmed_words(scene)), (Ink::Lake, Ink::Paper), (cell_mm, height_mm));
    cells.push(places.touch(Action::Navigate(Screen::Places)));
    let rows = cells.len().div_ceil(usize::from(columns)) as f32;
    (Block::grid(columns, cells).gap(GAP), rows * height_mm + (rows - 1.0) * GAP)
}

fn cell(
    scene: &Scene<'_>,
    (icon, word): (Icon, String),
    (plane, ink): (Ink, Ink),
    (width_mm, height_mm): (f32, f32),
) -> Block {
    let icon_mm = scene.cap_mm(Lettering::Smallest) * 1.7;
    let fit = Fit::Shrink { width_mm: width_mm - icon_mm - 17.0, height_mm: height_mm - 2.0 };
    let word = Block::column(vec![Block::text(word, Lettering::Smallest).ink(ink).fit(fit)]).fill();
    Block::row(vec![Block::icon(icon.unicode(), ink, icon_mm), word])
        .gap(5.0)
        .pad(6.0, 1.0)
        .height(height_mm)
        .round(3.0)
        .plane(plane)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Catalog, Common, Id, Item, Localized, Town, Validity};
    use crate::language::Language;
    use crate::player::almanac::Almanac;
    use crate::player::profile::Profile;
    use crate::player::session::act;
    use crate::player::visitor::Visitor;

    fn article(id: &str, section: Section, tag: &str, until: Option<&str>) -> Item {
        let until = until.map(|at| at.parse().expect("an instant"));
        let common = Common {
            id: Id(id.to_owned()),
            title: Localized::one("en", id),
            tags: vec![tag.to_owned()],
            valid: Validity { from: None, until },
            ..Common::default()
        };
        Item::Article(Article { common, section, related: Vec::new() })
    }

    #[test]
    fn pages_for_the_visitors_needs_come_first_and_past_news_not_at_all() {
        let items = vec![
            article("stairs", Section::Accessibility, "walking", None),
            article("ramps", Section::Accessibility, "wheelchair", None),
            article("old", Section::Notice, "", Some("2026-06-15T12:00:00Z")),
            article("new", Section::Notice, "", Some("2026-06-15T12:00:01Z")),
        ];
        let almanac = Almanac::new(Catalog::new(Town::default(), items).0, None, 0.0);
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let now = "2026-06-15T12:00:00Z".parse().expect("an instant");
        let mut visitor = Visitor::nobody(Language::En);
        act(&mut visitor, Action::Open(Screen::Guide, Filter::Section(Some(Section::Accessibility))), Language::En);
        let order = |visitor: &Visitor| {
            let scene = Scene::of(&almanac, visitor, now, &profile);
            view(&scene).articles.iter().map(|article| article.common.id.0.clone()).collect::<Vec<_>>()
        };
        assert_eq!(order(&visitor), ["stairs", "ramps"]);
        act(&mut visitor, Action::ToggleNeed(Need::Wheelchair), Language::En);
        assert_eq!(order(&visitor), ["ramps", "stairs"]);
        let scene = Scene::of(&almanac, &visitor, now, &profile);
        let seen = view(&scene);
        assert_eq!(seen.notices.iter().map(|notice| notice.common.id.as_str()).collect::<Vec<_>>(), ["new"]);
        assert_eq!(seen.sections, [(Section::Accessibility, 2)], "news are no subject");
    }

    #[test]
    fn the_first_of_the_news_opens_at_once_and_the_others_are_one_touch_away() {
        let profile = Profile::shipped("totem-portrait").expect("it ships");
        let now = "2026-06-15T12:00:00Z".parse().expect("an instant");
        let visitor = Visitor::nobody(Language::En);
        let touches = |ids: &[&str]| {
            let items = ids.iter().map(|id| article(id, Section::Notice, "", None)).collect();
            let almanac = Almanac::new(Catalog::new(Town::default(), items).0, None, 0.0);
            let scene = Scene::of(&almanac, &visitor, now, &profile);
            let row = news(&scene, &view(&scene)).expect("there is news");
            let buttons = std::iter::once(&row).chain(row.children());
            buttons.filter_map(|block| block.action.clone()).collect::<Vec<_>>()
        };
        let open = |id: &str| Action::Navigate(Screen::Article(Id(id.to_owned())));
        let all = Action::Filter(Filter::Section(Some(Section::Notice)));
        assert_eq!(touches(&["lift"]), [open("lift")]);
        assert_eq!(touches(&["lift", "road"]), [open("lift"), all]);
    }
}
