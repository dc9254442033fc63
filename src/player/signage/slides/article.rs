//! A page of the town's guide, in a sentence.

use super::own;
use crate::content::{Id, ItemRef};
use crate::player::scene::Scene;
use crate::player::signage::slide::Slide;
use crate::player::theme::icons;

pub fn slide(scene: &Scene<'_>, id: &Id) -> Option<Slide> {
    let Some(ItemRef::Article(article)) = scene.almanac.catalog.item(id) else { return None };
    if !scene.shows(&article.common) {
        return None;
    }
    let (icon, ink) = icons::of_section(article.section);
    Some(own::of_common(scene, &article.common, ink).icon("icon", icon))
}
