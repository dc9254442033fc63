//! The time, the day, and a welcome in the languages of the town's visitors.

use super::live;
use crate::language::{Words, on_one_line};
use crate::player::scene::Scene;
use crate::player::signage::slide::Slide;
use crate::player::theme::Ink;
use lucide_icons::Icon;

pub fn slide(scene: &Scene<'_>) -> Slide {
    let words = scene.words();
    let town = scene.plain(&scene.almanac.catalog.town.name);
    let greetings: Vec<String> =
        scene.almanac.languages.iter().map(|language| on_one_line(&Words::of(*language).say("greeting"))).collect();
    let mut slide = Slide::new(scene.visitor.language, Ink::Town)
        .icon("icon", Icon::Clock)
        .tell("welcome", words.say_with("welcome", &[("town", town.clone().into())]))
        .tell("town", town)
        .tell("greetings", greetings.join("  "));
    slide.on_accent = Ink::OnTown;
    if !scene.knows_the_time() {
        return slide;
    }
    let slide = slide.tell("time", words.time(scene.local().time())).tell("date", words.date(scene.today()));
    let weather = live::weather(scene, None).map(|weather| {
        let part = |field| weather.text(field).map(|shown| shown.text.clone()).unwrap_or_default();
        format!("{} {}", part("label"), part("value")).trim().to_owned()
    });
    slide.tell("weather", weather.unwrap_or_default())
}
