//! What staff wrote themselves: a notice, a picture, a poster, an invitation to scan.

use crate::content::{Common, Crop, Localized, MediaRef, PlaylistItem, Show};
use crate::player::media::PictureSpec;
use crate::player::scene::{Scene, Shown};
use crate::player::signage::slide::Slide;
use crate::player::theme::Ink;
use lucide_icons::Icon;

pub fn slide(scene: &Scene<'_>, item: &PlaylistItem) -> Option<Slide> {
    let mut slide = of_common(scene, &item.common, Ink::Town);
    slide.on_accent = Ink::OnTown;
    if item.show == Show::Poster {
        let media = item.common.media.first()?;
        let spec = PictureSpec::Media { path: media.path.clone(), crop: Crop::Forbidden, focal: None };
        slide = slide.hang("picture", spec, scene.plain(&media.alt));
    }
    // Without a film its picture stands for it.
    if item.show == Show::Film
        && let Some(film) = item.common.media.last().filter(|film| MediaRef::is_film(&film.path))
    {
        // Pictures of a film stand before it.
        let still = item.common.media.first()?;
        let still = (still != film).then(|| still.path.clone());
        let spec = PictureSpec::Film { path: film.path.clone(), still };
        slide = slide.hang("picture", spec, scene.plain(&film.alt));
    }
    let until = item.common.valid.until.map(|until| {
        let date = scene.words().date(until.with_timezone(&scene.zone()).date_naive());
        scene.words().say_with("notice-until", &[("date", date.into())])
    });
    Some(slide.icon("icon", Icon::Info).tell("until", until.unwrap_or_default()))
}

/// What every item has: title, the short text, the first picture, a code of its link.
pub fn of_common(scene: &Scene<'_>, common: &Common, accent: Ink) -> Slide {
    let text = Some(&common.summary).filter(|text| !text.is_empty()).unwrap_or(&common.text);
    let slide = Slide::new(scene.visitor.language, accent)
        .shown("title", scene.pick(&common.title))
        .shown("text", scene.pick(text).map(first_paragraph));
    let slide = match common.media.first() {
        Some(media) => slide.photograph(scene, media),
        None => slide,
    };
    let slide = linked(scene, slide, &common.link);
    let sample = if common.sample { scene.say("mark-sample") } else { String::new() };
    slide.tell("sample", sample)
}

/// With a code to scan, where there is a link.
pub fn linked(scene: &Scene<'_>, slide: Slide, link: &Localized) -> Slide {
    let Some(address) = scene.pick(link) else { return slide };
    let spoken = scene.words().say_with("qr-spoken", &[("address", address.text.clone().into())]);
    slide.hang("code", PictureSpec::Qr(address.text), spoken).tell("scan", scene.say("signage-scan"))
}

/// A slide has room for one.
fn first_paragraph(shown: Shown) -> Shown {
    let first = shown.text.split("\n\n").map(str::trim).find(|part| !part.is_empty() && !part.starts_with("## "));
    Shown { text: first.unwrap_or_default().replace('\n', " "), ..shown }
}
