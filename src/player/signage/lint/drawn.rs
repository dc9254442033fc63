//! One slide in one region: what the player would make of it.

use super::desk::{Desk, Subject};
use super::finding::{Findings, Weight};
use crate::content::{Crop, Id, PlaylistItem, Schedule, Show};
use crate::player::block::{Block, Body, Length};
use crate::player::frame::Area;
use crate::player::look::Look;
use crate::player::media::{PictureSpec, qr_modules};
use crate::player::rules::{WORDS_MAX, words};
use crate::player::scene::Scene;
use crate::player::signage::compose::{Composer, Unfit};
use crate::player::signage::panel::boxes;
use crate::player::signage::slide::Slide;
use crate::player::signage::suitable::{Unsuitable, words_in};
use crate::player::signage::templates::kind_of;
use crate::player::theme::{Ink, Light, contrast};
use crate::signage::reading_secs;
use bevy::prelude::Handle;

/// LOOK, as everywhere.
const CONTRAST_MIN: f32 = 7.0;
/// From here on a picture looks soft.
const ENLARGED_MAX: f32 = 1.5;

/// A slide's item and place.
pub struct Looked<'a> {
    pub subject: &'a Subject<'a>,
    pub scene: &'a Scene<'a>,
    pub schedule: &'a Schedule,
    pub item: &'a PlaylistItem,
    pub event: Option<&'a Id>,
    pub region: &'a str,
    pub area: Area,
}

impl Looked<'_> {
    fn place(&self) -> String {
        place(self.scene, self.region)
    }

    fn about(&self, words: &str) -> String {
        self.event.map_or_else(|| words.to_owned(), |event| format!("{event}: {words}"))
    }
}

/// Profile, region and language.
pub fn place(scene: &Scene<'_>, region: &str) -> String {
    let region = if region.is_empty() { String::new() } else { format!(", region {region}") };
    format!("{}{region}, {}", scene.profile.name, scene.visitor.language.tag())
}

pub fn look_at(looked: &Looked<'_>, slide: &Slide, desk: &mut Desk, findings: &mut Findings) {
    let Looked { subject, item, .. } = looked;
    let (id, place) = (&item.common.id, looked.place());
    let mut say = |weight, words: String| findings.add_at(&place, weight, id, looked.about(&words));
    for path in slide.stills().filter(|path| subject.files.has(path)) {
        if let Err(why) = desk.picture(subject.files, path) {
            say(Weight::Refused, format!("the picture cannot be drawn ({why}): save it anew as JPEG or PNG"));
        }
    }
    let look = Look::new(looked.scene, subject.theme, false, Handle::default());
    let mut composer = desk.composer(&look);
    let areas = [(looked.region, looked.area)];
    let words = words_in(&areas, slide, item, (looked.schedule, subject.files), &mut composer);
    let plan = boxes(looked.schedule, &item.template, kind_of(&item.show), looked.area);
    let block = match words {
        Ok(_) => composer.compose(&plan, slide),
        Err(Unsuitable::Unfit(unfit)) => Err(unfit),
        Err(Unsuitable::Missing(path)) => {
            return say(Weight::Refused, format!("there is no file media/{path}: add it or name another"));
        }
        Err(Unsuitable::Nothing) => return,
    };
    let block = match block {
        Ok(block) => block,
        Err(unfit) => {
            let fits = |slide: &Slide| composer.compose(&plan, slide).is_ok();
            return say(Weight::Refused, too_long(&unfit, slide, fits));
        }
    };
    check_reading(looked, &block, &mut say);
    check_pictures(looked, &block, desk, &mut say);
    for words in pale(&block, subject) {
        say(Weight::Warning, words);
    }
}

/// What has no room, and by how much.
pub fn too_long(unfit: &Unfit, slide: &Slide, mut fits: impl FnMut(&Slide) -> bool) -> String {
    let (mut few, mut enough) = (0, slide.length());
    if !fits(&slide.shortened(enough)) {
        return format!("{unfit}; no text has room there: give it another layout or template");
    }
    while few + 1 < enough {
        let middle = usize::midpoint(few, enough);
        if fits(&slide.shortened(middle)) { enough = middle } else { few = middle }
    }
    let words = if enough == 1 { "1 word".to_owned() } else { format!("{enough} words") };
    format!("{unfit}; it is {words} too long: shorten it")
}

fn check_reading(looked: &Looked<'_>, block: &Block, say: &mut impl FnMut(Weight, String)) {
    let written = written(block);
    // A list is looked at and not read from end to end.
    if written > WORDS_MAX && !matches!(looked.item.show, Show::Agenda { .. } | Show::Tonight) {
        say(
            Weight::Warning,
            format!("{written} words are more than the {WORDS_MAX} that are read in passing: shorten it"),
        );
    }
    let needed = reading_secs(block.words().split_whitespace().count());
    if let Some(secs) = looked.item.duration_secs.filter(|secs| *secs < needed) {
        say(
            Weight::Warning,
            format!("it stands for {secs} s and takes {needed} s to read: raise duration_secs or leave it out"),
        );
    }
}

/// How many words are drawn, pictures aside.
fn written(block: &Block) -> usize {
    let own = if let Body::Text(text) = &block.body { words(&text.text) } else { 0 };
    own + block.children().iter().map(written).sum::<usize>()
}

fn check_pictures(looked: &Looked<'_>, block: &Block, desk: &mut Desk, say: &mut impl FnMut(Weight, String)) {
    let (Length::Mm(width), Length::Mm(height)) = (block.style.width, block.style.height) else {
        return block.children().iter().for_each(|child| check_pictures(looked, child, desk, say));
    };
    match &block.body {
        Body::Picture(PictureSpec::Media { path, crop, .. }) => {
            let Ok((own_width, own_height)) = desk.picture(looked.subject.files, path) else { return };
            let px = looked.scene.profile.px_per_mm();
            let (across, down) = (width * px / own_width as f32, height * px / own_height as f32);
            let enlarged = if *crop == Crop::Allowed { across.max(down) } else { across.min(down) };
            if enlarged > ENLARGED_MAX {
                let (wide, high) = (width * px, height * px);
                say(
                    Weight::Warning,
                    format!(
                        "{path} is {own_width} x {own_height} px and its place {wide:.0} x {high:.0}: use a larger one"
                    ),
                );
            }
        }
        Body::Picture(PictureSpec::Qr(address)) => check_code(looked, address, width, say),
        _ => block.children().iter().for_each(|child| check_pictures(looked, child, desk, say)),
    }
}

/// A telephone reads a code of 25 modules from ten times as far as it is wide. What invites to scan is scanned from where
/// people stand; to what else has a code they step up, at most to arm's length.
fn check_code(looked: &Looked<'_>, address: &str, side_mm: f32, say: &mut impl FnMut(Weight, String)) {
    const USUAL_MODULES: f32 = 25.0;
    const SIDES: f32 = 10.0;
    const ARM_MM: f32 = 700.0;
    let (own, with_rim) = match qr_modules(address) {
        Ok(modules) => modules,
        Err(why) => return say(Weight::Refused, why),
    };
    let code_mm = side_mm * own as f32 / with_rim as f32;
    let reach_mm = SIDES * code_mm * (USUAL_MODULES / own as f32).min(1.0);
    let is_invitation = looked.item.show == Show::Qr;
    let needed_mm = if is_invitation { looked.scene.profile.viewing_distance_mm } else { ARM_MM };
    if reach_mm < needed_mm {
        let (reach, needed) = (reach_mm / 1000.0, needed_mm / 1000.0);
        let words =
            format!("the code is read from {reach:.1} m, not {needed:.1} m: use a shorter address or a larger place");
        say(Weight::Warning, words);
    }
}

/// Words whose ink does not stand out from the plane behind them, by day or by night.
fn pale(block: &Block, subject: &Subject<'_>) -> Vec<String> {
    let mut pale = Vec::new();
    for (light, when) in [(Light::Day, "by day"), (Light::Night, "by night")] {
        let colours = subject.theme.colours(light);
        inks(block, Ink::Paper, &mut |ink, plane| {
            let ratio = contrast(colours.of(ink), colours.of(plane));
            if ratio < CONTRAST_MIN {
                pale.push(format!(
                    "{ink:?} on {plane:?} has a contrast of {ratio:.1}:1 {when}, the least is {CONTRAST_MIN}:1: change the \
                     template or the theme"
                ));
            }
        });
    }
    pale
}

fn inks(block: &Block, behind: Ink, seen: &mut impl FnMut(Ink, Ink)) {
    let plane = block.style.plane.unwrap_or(behind);
    if let Body::Text(text) = &block.body {
        seen(text.ink, plane);
    }
    block.children().iter().for_each(|child| inks(child, plane, seen));
}

/// A slide in all of a panel's whole area, as alerts are drawn.
///
/// # Errors
/// When a text has no room.
pub fn compose_whole(
    composer: &mut Composer<'_>,
    schedule: &Schedule,
    slide: &Slide,
    area: Area,
) -> Result<Block, Unfit> {
    composer.region_mm = (area.width, area.height);
    composer.compose(&boxes(schedule, "", "alert", area), slide)
}
