//! What this display is: what it keeps of its visitors, where its information comes from and under which terms, and
//! whom to tell when something is wrong. All of it is on the display itself.

use crate::content::{Catalog, MediaRef, Provenance};
use crate::player::block::{Align, Block, Sheet};
use crate::player::scene::{Scene, Shown};
use crate::player::theme::{FONT_CREDITS, Ink, Lettering};
use crate::player::widgets::{
    SIDE_GAP_MM, WindowPlate, foot_map, head, is_speaking, page, phone_display, reading_area, side_mm,
    sixty_characters_mm, speak_button, speak_plate, window,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What the display says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutView {
    pub sources: Vec<Source>,
    /// The credit of the map, when no source states it.
    pub map_credit: Option<String>,
    /// Photographers and others whose licence wants them named.
    pub credits: Vec<String>,
    pub updated: Option<DateTime<Utc>>,
    pub has_samples: bool,
    pub phone: Option<String>,
}

/// A source of information, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    pub licence: String,
    pub credit: String,
    pub items: usize,
}

pub fn view(scene: &Scene<'_>) -> AboutView {
    let catalog = &scene.almanac.catalog;
    let sources = sources(catalog);
    let stated = sources.iter().any(|source| source.credit == catalog.town.map_credit);
    let common = || catalog.items().map(|item| item.common());
    let mut credits: Vec<String> = common().flat_map(|common| &common.media).map(MediaRef::attribution).collect();
    credits.retain(|credit| !credit.is_empty());
    credits.sort_unstable();
    credits.dedup();
    let phone = catalog.town.desk.phone.trim();
    AboutView {
        map_credit: Some(catalog.town.map_credit.clone()).filter(|credit| !credit.is_empty() && !stated),
        credits,
        updated: common().flat_map(|common| &common.provenance).filter_map(|provenance| provenance.updated).max(),
        has_samples: common().any(|common| common.sample),
        phone: (!phone.is_empty()).then(|| phone_display(phone)),
        sources,
    }
}

/// Every source once, the one with most items first.
fn sources(catalog: &Catalog) -> Vec<Source> {
    let mut counts: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let provenances = catalog.items().flat_map(|item| &item.common().provenance);
    for Provenance { source, licence, credit, .. } in provenances {
        *counts.entry((source.trim(), licence.trim(), credit.trim())).or_default() += 1;
    }
    let named = counts
        .into_iter()
        .filter(|((name, licence, credit), _)| !(name.is_empty() && licence.is_empty() && credit.is_empty()));
    let mut sources: Vec<Source> = named
        .map(|((name, licence, credit), items)| Source {
            name: name.to_owned(),
            licence: licence.to_owned(),
            credit: credit.to_owned(),
            items,
        })
        .collect();
    sources.sort_by_key(|source| std::cmp::Reverse(source.items));
    sources
}

pub fn sheet(scene: &Scene<'_>) -> Sheet {
    let view = view(scene);
    let plate = WindowPlate {
        kicker: String::new(),
        title: Shown { text: scene.say("about-title"), language: None, machine: false },
        line: scene.say("about-what"),
        status: None,
        ink: Ink::Town,
        sample: view.has_samples,
    };
    let window = window(scene, None, plate);
    let belt = if is_speaking(scene) { vec![speak_plate(scene, None)] } else { vec![belt(scene, &view)] };
    page(scene, window, belt, foot_map(scene, Vec::new(), scene.say("map-you")))
}

fn belt(scene: &Scene<'_>, view: &AboutView) -> Block {
    let privacy = vec![head(scene.say("about-privacy")), body(scene, scene.say("about-privacy-text"))];
    let sources = sources_blocks(scene, view);
    let display = display_blocks(scene, view);
    let Some(side_mm) = side_mm(scene) else {
        let all = privacy.into_iter().chain(sources).chain(display).collect();
        return Block::column(vec![reading_area("about", all), speak_button(scene)]).gap(8.0).fill();
    };
    let main = reading_area("about", privacy.into_iter().chain(sources).collect());
    let side = Block::column(vec![reading_area("display", display), speak_button(scene)]).gap(8.0).width(side_mm);
    Block::row(vec![main, side]).gap(SIDE_GAP_MM).align(Align::Stretch).fill()
}

fn body(scene: &Scene<'_>, text: String) -> Block {
    Block::text(text, Lettering::Body).max_width(sixty_characters_mm(scene, Lettering::Body))
}

fn small(text: String) -> Block {
    Block::text(text, Lettering::Smallest)
}

fn sources_blocks(scene: &Scene<'_>, view: &AboutView) -> Vec<Block> {
    let words = scene.words();
    let mut blocks = vec![head(scene.say("about-sources"))];
    for source in &view.sources {
        let name = if source.name.is_empty() { &source.credit } else { &source.name };
        let line = words.say_with("about-source-line", &[("name", name.into()), ("licence", (&source.licence).into())]);
        let mut lines = vec![body(scene, if source.licence.is_empty() { name.clone() } else { line }).bold()];
        if !source.credit.is_empty() && source.credit != *name {
            lines.push(small(source.credit.clone()).ink(Ink::Quiet));
        }
        blocks.push(Block::column(lines));
    }
    if let Some(credit) = &view.map_credit {
        blocks.push(body(scene, words.say_with("map-credit", &[("credit", credit.into())])));
    }
    if !view.credits.is_empty() {
        blocks.push(head(scene.say("about-credits")));
        let credits =
            view.credits.iter().map(|credit| words.say_with("mark-picture-credit", &[("credit", credit.into())]));
        blocks.extend(credits.map(small));
    }
    blocks
}

fn display_blocks(scene: &Scene<'_>, view: &AboutView) -> Vec<Block> {
    let words = scene.words();
    let mut blocks = Vec::new();
    if let Some(phone) = &view.phone {
        blocks.push(Block::text(words.say_with("about-wrong", &[("phone", phone.into())]), Lettering::Body).bold());
    }
    if scene.preview {
        blocks.push(Block::text(scene.say("about-preview"), Lettering::Body));
    }
    if view.has_samples {
        blocks.push(Block::text(scene.say("about-sample"), Lettering::Body));
    }
    if let Some(updated) = view.updated {
        let date = words.date_with_year(updated.with_timezone(&scene.zone()).date_naive());
        blocks.push(small(words.say_with("about-updated", &[("date", date.into())])));
    }
    blocks.push(
        small(words.say_with("about-software", &[("version", env!("CARGO_PKG_VERSION").into())])).ink(Ink::Quiet),
    );
    blocks.push(small(words.say_with("about-fonts", &[("fonts", FONT_CREDITS.into())])).ink(Ink::Quiet));
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Article, Common, Id, Item, Town};

    fn article(id: &str, provenance: Vec<Provenance>) -> Item {
        Item::Article(Article {
            common: Common { id: Id(id.to_owned()), provenance, ..Common::default() },
            ..Article::default()
        })
    }

    fn from(source: &str, licence: &str, updated: Option<&str>) -> Provenance {
        let updated = updated.map(|at| at.parse().expect("an instant"));
        Provenance { source: source.to_owned(), licence: licence.to_owned(), updated, ..Provenance::default() }
    }

    #[test]
    fn a_source_stands_once_whenever_its_items_changed() {
        let items = vec![
            article("a:1", vec![from("Town", "CC0", None)]),
            article("a:2", vec![from("Map", "ODbL", Some("2026-01-01T00:00:00Z")), from("", "", None)]),
            article("a:3", vec![from("Map ", "ODbL", Some("2026-02-01T00:00:00Z"))]),
            article("a:4", vec![from("Map", "CC0", None)]),
        ];
        let (catalog, problems) = Catalog::new(Town::default(), items);
        assert!(problems.is_empty());
        let named: Vec<(String, String, usize)> =
            sources(&catalog).into_iter().map(|source| (source.name, source.licence, source.items)).collect();
        let expected = [("Map", "ODbL", 2), ("Map", "CC0", 1), ("Town", "CC0", 1)];
        assert_eq!(named, expected.map(|(name, licence, items)| (name.to_owned(), licence.to_owned(), items)));
    }
}
