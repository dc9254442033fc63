use crate::player::block::Block;
use crate::player::media::PictureSpec;
use crate::player::scene::Scene;
use crate::player::theme::Ink;

/// The town's logo in a square of this side, on a plane of its own; `None` where the theme brings none.
pub fn logo(scene: &Scene<'_>, side_mm: f32, plane: Ink) -> Option<Block> {
    let town = scene.plain(&scene.almanac.catalog.town.name);
    let logo = || Block::picture(PictureSpec::Logo, town).plane(plane).width(side_mm).height(side_mm);
    scene.almanac.has_logo.then(logo)
}
