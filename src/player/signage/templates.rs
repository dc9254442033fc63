//! The templates and layouts that ship, and the town's own before them.

use crate::content::{Item, Layout, Schedule, Show, Template, read_document};
use std::sync::LazyLock;

struct Shipped {
    templates: Vec<Template>,
    layouts: Vec<Layout>,
}

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    let mut shipped = Shipped { templates: Vec::new(), layouts: Vec::new() };
    for item in read_document("templates.json", crate::player::assets::TEMPLATES).items {
        match item {
            Item::Template(template) => shipped.templates.push(template),
            Item::Layout(layout) => shipped.layouts.push(layout),
            _ => {}
        }
    }
    shipped
});

/// The layouts that ship.
pub fn shipped_layouts() -> &'static [Layout] {
    &SHIPPED.layouts
}

/// The template of that name, else the usual one for what is shown: the town's own before those that ship.
pub fn template<'a>(schedule: &'a Schedule, name: &str, usual: &str) -> Option<&'a Template> {
    let all = || schedule.templates.iter().chain(&SHIPPED.templates);
    let named = all().find(|template| !name.is_empty() && template.common.id.as_str() == name);
    named.or_else(|| all().find(|template| template.usual.iter().any(|kind| kind == usual)))
}

/// Whether there is a template of this name.
pub fn has_template(schedule: &Schedule, name: &str) -> bool {
    schedule.templates.iter().chain(&SHIPPED.templates).any(|template| template.common.id.as_str() == name)
}

/// What a thing to show is called in the data.
pub fn kind_of(show: &Show) -> &'static str {
    match show {
        Show::Notice => "notice",
        Show::Picture => "picture",
        Show::Film => "film",
        Show::Poster => "poster",
        Show::Events { .. } => "events",
        Show::Agenda { .. } => "agenda",
        Show::Tonight => "tonight",
        Show::Place { .. } => "place",
        Show::Article { .. } => "article",
        Show::Countdown { .. } => "countdown",
        Show::Weather { .. } => "weather",
        Show::Departures { .. } => "departures",
        Show::Clock => "clock",
        Show::Ticker => "ticker",
        Show::Qr => "qr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_ships_is_read_whole_and_every_kind_has_a_template() {
        let read = read_document("templates.json", crate::player::assets::TEMPLATES);
        assert_eq!(read.problems, []);
        let none = Schedule::default();
        for kind in [
            "notice",
            "picture",
            "film",
            "poster",
            "events",
            "agenda",
            "tonight",
            "place",
            "article",
            "countdown",
            "weather",
            "departures",
            "clock",
            "ticker",
            "qr",
            "alert",
        ] {
            assert!(template(&none, "", kind).is_some(), "{kind}");
        }
        assert_eq!(shipped_layouts().len(), 5);
    }

    /// What a town is told to write is read whole, and comes before what ships.
    #[test]
    fn the_example_for_a_town_of_its_own_is_understood() {
        let manual = include_str!("../../../assets/signage/README.md");
        let example = manual.split("```json").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
        let read = read_document("README.md", example.as_bytes());
        assert_eq!(read.problems, []);
        let mut schedule = Schedule::default();
        for item in read.items {
            match item {
                Item::Template(template) => schedule.templates.push(template),
                Item::Layout(layout) => schedule.layouts.push(layout),
                other => panic!("{other:?} is neither a template nor a layout"),
            }
        }
        assert_eq!(schedule.layouts.len(), 1);
        let drawn = template(&schedule, "", "notice").map(|template| template.common.id.as_str().to_owned());
        assert_eq!(drawn.as_deref(), Some("ma-ville:avis"));
    }
}
