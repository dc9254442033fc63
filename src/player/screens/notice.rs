//! A code that staff type to let the display in, or the display's name: large, and in the display's first two languages.
//!
//! Nothing can be touched: it is for whoever sets the display up. Works offline like everything else.

use crate::language::{Language, Words};
use crate::player::block::{Align, Block, Fit, Justify, Role, Sheet};
use crate::player::notice::Notice;
use crate::player::scene::Scene;
use crate::player::theme::{Ink, Lettering};
use crate::protocol::Code;

const PAD_MM: f32 = 12.0;
const GAP_MM: f32 = 8.0;

/// In one language: a title, and what to do or what follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub language: Language,
    pub title: String,
    pub more: String,
}

pub fn view(scene: &Scene<'_>, notice: &Notice) -> Vec<Said> {
    let said = |language: &Language| {
        let words = Words::of(*language);
        let (title, more) = match notice {
            Notice::Pairing(_) => (words.say("pairing-title"), words.say("pairing-do")),
            Notice::Name { is_new: true, .. } => (words.say("placed-title"), words.say("placed-more")),
            Notice::Name { .. } => (words.say("identify-title"), String::new()),
        };
        Said { language: *language, title, more }
    };
    scene.almanac.languages.iter().take(2).map(said).collect()
}

pub fn sheet(scene: &Scene<'_>, notice: &Notice) -> Sheet {
    let said = view(scene, notice);
    let frame = scene.frame();
    let width_mm = frame.window.width - 2.0 * frame.margin_mm;
    let height_mm = frame.window.height - 2.0 * PAD_MM;
    let large = match notice {
        Notice::Pairing(code) => code_plate(scene, code, (width_mm, height_mm * 0.55)),
        Notice::Name { name, .. } => {
            plate(vec![line(name.clone(), Lettering::Hero, (width_mm - 2.0 * PAD_MM, height_mm * 0.45))])
        }
    };
    let title = said.first().map(|said| {
        let fit = Fit::Shrink { width_mm, height_mm: height_mm * 0.35 };
        Block::text(said.title.clone(), Lettering::Title).ink(Ink::OnTown).centred().fit(fit).in_language(tag(said))
    });
    let window = Block::column(title.into_iter().chain([large]).collect())
        .gap(GAP_MM * 2.0)
        .align(Align::Stretch)
        .justify(Justify::Centre)
        .pad(frame.margin_mm, PAD_MM)
        .plane(Ink::Town)
        .fill();
    let belt_mm = frame.belt.width - 2.0 * frame.margin_mm;
    let room_mm = frame.belt.height - 2.0 * PAD_MM - GAP_MM * 2.0;
    // The first language is read from further away: somebody with a ladder and a telephone in the hand.
    let share = |at: usize| if at == 0 { 0.55 } else { 0.45 };
    let belt =
        said.iter().enumerate().map(|(at, said)| in_words(said, at > 0, (belt_mm, room_mm * share(at)))).collect();
    let belt = Block::column(belt).gap(GAP_MM * 2.0).justify(Justify::Centre).pad(frame.margin_mm, PAD_MM);
    Sheet {
        band: None,
        window,
        belt: belt.plane(Ink::Paper).fill(),
        foot: Block::column(Vec::new()).plane(Ink::Paper).fill(),
        overlay: None,
    }
}

fn tag(said: &Said) -> Option<String> {
    Some(said.language.tag().to_owned())
}

/// What to do. The first language's title stands above the code already.
fn in_words(said: &Said, with_title: bool, (width_mm, height_mm): (f32, f32)) -> Block {
    let text = |text: &str, lettering: Lettering, share: f32| {
        let fit = Fit::Shrink { width_mm, height_mm: height_mm * share };
        Block::text(text.to_owned(), lettering).fit(fit)
    };
    let title = with_title.then(|| text(&said.title, Lettering::Card, 0.35));
    let lettering = if with_title { Lettering::Card } else { Lettering::Title };
    let more = (!said.more.is_empty()).then(|| text(&said.more, lettering, if with_title { 0.6 } else { 0.95 }));
    Block::column(title.into_iter().chain(more).collect()).gap(GAP_MM / 2.0).in_language(tag(said))
}

fn code_plate(scene: &Scene<'_>, code: &Code, (width_mm, height_mm): (f32, f32)) -> Block {
    let (first, last) = code.halves();
    // One beside the other where there is room, else one below the other: each half is read as a whole.
    let is_wide = width_mm > scene.cap_mm(Lettering::Numeral) * 8.0;
    let (half_mm, line_mm) = if is_wide {
        (width_mm / 2.0 - 2.0 * PAD_MM, height_mm)
    } else {
        (width_mm - 2.0 * PAD_MM, height_mm / 2.0 - GAP_MM)
    };
    let half = |half: &str| line(half.to_owned(), Lettering::Numeral, (half_mm, line_mm));
    let halves = vec![half(first), half(last)];
    let halves = if is_wide { Block::row(halves).gap(PAD_MM * 2.0) } else { Block::column(halves).gap(GAP_MM) };
    // Read out letter by letter.
    let spoken: Vec<String> =
        [first, last].iter().map(|half| half.chars().map(String::from).collect::<Vec<_>>().join(" ")).collect();
    plate(vec![halves.justify(Justify::Centre)]).role(Role::Image).named(spoken.join(", "))
}

fn line(text: String, lettering: Lettering, (width_mm, height_mm): (f32, f32)) -> Block {
    Block::text(text, lettering).centred().fit(Fit::Shrink { width_mm, height_mm })
}

fn plate(blocks: Vec<Block>) -> Block {
    Block::column(blocks)
        .align(Align::Stretch)
        .justify(Justify::Centre)
        .pad(PAD_MM, PAD_MM)
        .round(3.0)
        .plane(Ink::Paper)
}
