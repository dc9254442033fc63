//! A place worth going to, and whether it is open.

use super::{event::getting_there, own};
use crate::calendar::Opening;
use crate::content::{Id, ItemRef};
use crate::language::opening_words;
use crate::player::media::PictureSpec;
use crate::player::scene::Scene;
use crate::player::signage::slide::Slide;
use crate::player::theme::icons;
use crate::player::widgets::{kebab, place_title};

pub fn slide(scene: &Scene<'_>, id: &Id) -> Option<Slide> {
    let place = scene.almanac.catalog.place(id).filter(|place| scene.shows(&place.common))?;
    let (icon, ink) = icons::of_place(place.kind);
    let position = scene.almanac.position_of(ItemRef::Place(place));
    let opening = scene.opening(place);
    let hours = match opening {
        Opening::Unknown => String::new(),
        known => opening_words(scene.words(), &known, scene.now, scene.zone()),
    };
    let mut slide = own::of_common(scene, &place.common, ink)
        .icon("icon", icon)
        .shown("title", Some(place_title(scene, place)))
        .tell("kind", scene.say(&format!("kind-{}", kebab(&place.kind))))
        .tell("hours", hours);
    slide = getting_there(scene, slide, ItemRef::Place(place));
    if !slide.has("picture")
        && let Some(centre) = position.filter(|_| scene.almanac.has_map)
    {
        slide = slide.hang("map", PictureSpec::Vignette { centre, ink }, scene.say("mark-drawn-map"));
        slide = slide.tell("credit", scene.almanac.catalog.town.map_credit.clone());
    }
    Some(slide)
}
