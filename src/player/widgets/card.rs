use crate::player::action::Action;
use crate::player::block::{Align, Block, Fit, Justify, Length, Rule};
use crate::player::scene::{Scene, Shown};
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

/// A row of a list: icon, title, a line under it, and what is worth knowing at the end.
pub struct Card {
    pub icon: Icon,
    pub ink: Ink,
    /// Stands instead of the icon: a row's number on the map.
    pub number: Option<u8>,
    pub title: String,
    /// BCP 47 tag of the title, when it is not the visitor's language.
    pub language: Option<String>,
    pub line: String,
    /// A word that must be seen as soon as the title: "cancelled".
    pub status: Option<String>,
    pub end: String,
    pub action: Action,
    pub width_mm: f32,
    pub height_mm: f32,
}

impl Card {
    /// A row as wide as the list, with no more than its title.
    pub fn of(scene: &Scene<'_>, (icon, ink): (Icon, Ink), title: Shown, action: Action) -> Self {
        Self {
            icon,
            ink,
            number: None,
            title: title.text,
            language: title.language,
            line: String::new(),
            status: None,
            end: String::new(),
            action,
            width_mm: scene.frame().content_width(),
            height_mm: Self::height_mm(scene),
        }
    }

    /// Height of a card in a list, without the gap below it.
    pub fn height_mm(scene: &Scene<'_>) -> f32 {
        (scene.lines_mm(Lettering::Card, 1) + scene.lines_mm(Lettering::Smallest, 1) + 9.0).max(scene.target_mm())
    }
}

/// The bar in the card's ink, where reading starts.
const BAR_MM: f32 = 1.6;
/// A card that is less than so many capitals wide is narrow.
const NARROW_CAPS: f32 = 34.0;

pub fn card(scene: &Scene<'_>, card: Card) -> Block {
    const PAD: f32 = 5.0;
    const ICON: f32 = 16.0;
    let end_mm = if card.end.is_empty() { 0.0 } else { card.width_mm * 0.2 };
    let width_mm = card.width_mm - 2.0 * PAD - BAR_MM - ICON - 2.0 * 6.0 - end_mm;
    let title_mm = scene.lines_mm(Lettering::Card, 1);
    // On a narrow panel titles would shrink one by one; there all are set small, and alike.
    let narrow = card.width_mm < NARROW_CAPS * scene.cap_mm(Lettering::Card);
    let lettering = if narrow { Lettering::Body } else { Lettering::Card };
    let line_mm = card.height_mm - 6.0 - title_mm;
    let mut lines = vec![Block::text(card.title, lettering).bold().fit(Fit::Cut { width_mm, height_mm: title_mm })];
    let mut second = Vec::new();
    let mut status_mm = 0.0;
    if let Some(status) = card.status {
        status_mm = scene.cap_mm(Lettering::Smallest) * 0.95 * status.chars().count() as f32 + 6.0;
        let word = Block::text(status, Lettering::Smallest).ink(Ink::OnAlarm).bold();
        second.push(Block::row(vec![word]).pad(3.0, 0.5).round(1.5).plane(Ink::Alarm));
    }
    if !card.line.is_empty() {
        let fit = Fit::Cut { width_mm: width_mm - status_mm, height_mm: line_mm };
        second.push(Block::text(card.line, Lettering::Smallest).ink(Ink::Quiet).fit(fit));
    }
    if !second.is_empty() {
        lines.push(Block::row(second).gap(4.0));
    }
    let lead = match card.number {
        Some(number) => number_mark(number),
        None => Block::icon(card.icon.unicode(), card.ink, ICON),
    };
    let mut row = vec![lead, Block::column(lines).gap(1.0).justify(Justify::Centre).fill()];
    if !card.end.is_empty() {
        let fit = Fit::Cut { width_mm: end_mm, height_mm: card.height_mm - 6.0 };
        let mut end = Block::column(vec![Block::text(card.end, Lettering::Smallest).ink(card.ink).bold().fit(fit)]);
        end.style.width = Length::Mm(end_mm);
        row.push(end.align(Align::End));
    }
    Block::row(row)
        .gap(6.0)
        .pad(PAD, 3.0)
        .height(card.height_mm)
        .round(3.0)
        .plane(Ink::Plane)
        .rule(Rule::Bar(card.ink, BAR_MM))
        .in_language(card.language)
        .touch(card.action)
}

fn number_mark(number: u8) -> Block {
    let word = Block::text(number.to_string(), Lettering::Smallest).ink(Ink::OnTown).bold();
    Block::row(vec![word]).justify(Justify::Centre).width(16.0).height(16.0).round(8.0).plane(Ink::Town)
}
