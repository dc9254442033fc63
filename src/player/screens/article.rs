//! A page of the guide: its text, easy to read where somebody wrote it so, and the places it speaks of, with their
//! numbers on the map. All of it is on the display itself.

use crate::content::{Article, Id, ItemRef, Section};
use crate::player::action::Action;
use crate::player::block::{Align, Block, Sheet};
use crate::player::media::MapMark;
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::{Ink, Lettering, icons};
use crate::player::visitor::Mode;
use crate::player::widgets::{
    Card, Reading, SIDE_GAP_MM, WindowPlate, card, easy_switch, event_lead, foot_map, gone, head, item_title, kebab,
    language_mark, page, qr, reading, reading_area, reading_blocks, sentence, side_mm, window,
};
use crate::wayfinding::distance_m;
use lucide_icons::Icon;

/// What an article says.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleView<'a> {
    pub article: &'a Article,
    pub reading: Option<Reading>,
    /// Places, events and pages it speaks of, as far as they exist.
    pub related: Vec<Related<'a>>,
    /// "Until 6 June".
    pub until: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Related<'a> {
    pub item: ItemRef<'a>,
    pub mark: Option<MapMark>,
}

/// Things to choose between at once.
const RELATED: usize = 7;

pub fn view<'a>(scene: &Scene<'a>, id: &Id) -> Option<ArticleView<'a>> {
    let Some(ItemRef::Article(article)) = scene.almanac.catalog.item(id) else { return None };
    if !scene.shows(&article.common) {
        return None;
    }
    let items = article.related.iter().filter_map(|id| scene.almanac.catalog.item(id));
    let items = items.filter(|item| scene.shows_item(*item));
    let mut number = 0;
    let numbered = items.take(RELATED).map(|item| {
        let mark = scene.almanac.position_of(item).map(|position| {
            number += 1;
            MapMark { position, number: Some(number) }
        });
        Related { item, mark }
    });
    let until = article.common.valid.until.filter(|_| article.section == Section::Notice).map(|until| {
        let date = scene.words().date(until.with_timezone(&scene.zone()).date_naive());
        scene.words().say_with("notice-until", &[("date", date.into())])
    });
    Some(ArticleView { article, reading: reading(scene, &article.common), related: numbered.collect(), until })
}

pub fn sheet(scene: &Scene<'_>, id: &Id) -> Sheet {
    let Some(view) = view(scene, id) else { return gone(scene) };
    let article = view.article;
    let section = scene.say(&format!("section-{}", kebab(&article.section)));
    let plate = WindowPlate {
        kicker: view.until.iter().fold(section, |kicker, until| format!("{kicker} · {until}")),
        title: item_title(scene, ItemRef::Article(article)),
        line: scene.plain(&article.common.summary),
        status: None,
        ink: icons::of_section(article.section).1,
        sample: article.common.sample,
    };
    let window = window(scene, Some(ItemRef::Article(article)), plate);
    let marks: Vec<MapMark> = view.related.iter().filter_map(|related| related.mark.clone()).collect();
    let foot = foot_map(scene, marks, way(scene, &view));
    page(scene, window, vec![belt(scene, &view)], foot)
}

/// Where the first of its places is.
fn way(scene: &Scene<'_>, view: &ArticleView<'_>) -> String {
    let first = view.related.iter().find_map(|related| Some((related.item, related.mark.as_ref()?)));
    let said = first.and_then(|(item, mark)| sentence(scene, &item_title(scene, item).text, mark.position));
    said.unwrap_or_else(|| scene.say("map-you"))
}

fn belt(scene: &Scene<'_>, view: &ArticleView<'_>) -> Block {
    let mut text = Vec::new();
    if let Some(reading) = &view.reading {
        let title = item_title(scene, ItemRef::Article(view.article));
        let said = (&title.language, title.machine) == (&reading.shown.language, reading.shown.machine);
        text.extend(language_mark(scene, &reading.shown).filter(|_| !said));
        if scene.visitor.has(Mode::Easy) && !reading.easy {
            text.push(Block::text(scene.say("article-no-easy"), Lettering::Smallest).ink(Ink::Quiet));
        }
        text.extend(reading_blocks(scene, &reading.shown));
    }
    let easy = view.reading.as_ref().filter(|reading| reading.has_easy).map(|_| easy_switch(scene));
    let code = qr(
        scene,
        scene.say("qr-scan-page"),
        &view.article.common.link,
        side_mm(scene).unwrap_or(scene.frame().content_width()),
    );
    let related_head = (!view.related.is_empty()).then(|| head(scene.say("article-related")));
    let Some(side_mm) = side_mm(scene) else {
        let width_mm = scene.frame().content_width();
        text.extend(related_head);
        text.extend(view.related.iter().map(|related| related_card(scene, related, width_mm)));
        text.extend(code);
        let mut rows: Vec<Block> = easy.into_iter().collect();
        rows.push(reading_area("article", text));
        return Block::column(rows).gap(8.0).fill();
    };
    let tight = scene.visitor.has(Mode::Large) || scene.visitor.has(Mode::Reach);
    let (code, after) = if tight { (None, code) } else { (code, None) };
    text.extend(after);
    let mut side: Vec<Block> = easy.into_iter().collect();
    let mut cards: Vec<Block> = related_head.into_iter().collect();
    cards.extend(view.related.iter().map(|related| related_card(scene, related, side_mm)));
    side.push(reading_area("related", vec![Block::column(cards).gap(4.0)]));
    side.extend(code);
    let side = Block::column(side).gap(8.0).width(side_mm);
    Block::row(vec![reading_area("article", text), side]).gap(SIDE_GAP_MM).align(Align::Stretch).fill()
}

fn related_card(scene: &Scene<'_>, related: &Related<'_>, width_mm: f32) -> Block {
    let title = item_title(scene, related.item);
    let id = related.item.common().id.clone();
    let (face, line, screen) = match related.item {
        ItemRef::Place(place) => {
            let kind = scene.say(&format!("kind-{}", kebab(&place.kind)));
            let metres = scene.almanac.stand.zip(place.position).map(|(stand, at)| distance_m(stand.position, at));
            let line =
                metres.map_or_else(|| kind.clone(), |metres| format!("{kind} · {}", scene.words().distance(metres)));
            (icons::of_place(place.kind), line, Screen::Place(id))
        }
        ItemRef::Event(event) => (icons::of_event(event.kind), event_lead(scene, event), Screen::Event(id)),
        ItemRef::Article(article) => {
            let section = scene.say(&format!("section-{}", kebab(&article.section)));
            (icons::of_section(article.section), section, Screen::Article(id))
        }
        ItemRef::Service(service) => {
            ((Icon::Landmark, Ink::Ochre), scene.plain(&service.common.summary), Screen::Service(id))
        }
    };
    let number = related.mark.as_ref().and_then(|mark| mark.number);
    card(scene, Card { number, line, width_mm, ..Card::of(scene, face, title, Action::Navigate(screen)) })
}
