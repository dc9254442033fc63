use super::set_mm;
use crate::player::action::Action;
use crate::player::block::{Align, Block, Fit, Justify};
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

/// The lowest row of the belt, the same on every screen: home, back, search, language, access.
pub fn nav(scene: &Scene<'_>) -> Block {
    let mut choices = vec![(Icon::House, "nav-home", Action::Home)];
    if scene.visitor.can_go_back() {
        let arrow = if scene.visitor.language.is_rtl() { Icon::ArrowRight } else { Icon::ArrowLeft };
        choices.push((arrow, "nav-back", Action::Back));
    }
    choices.push((Icon::Search, "nav-search", Action::Navigate(Screen::Search)));
    choices.push((Icon::Languages, "nav-language", Action::Navigate(Screen::Languages)));
    choices.push((Icon::Accessibility, "nav-access", Action::Navigate(Screen::Access)));
    let gap_mm = if is_narrow(scene) { 4.0 } else { 6.0 };
    let words: Vec<String> = choices.iter().map(|(_, key, _)| scene.say(key)).collect();
    let all_mm = scene.frame().content_width() - gap_mm * (choices.len() as f32 - 1.0);
    let needed: Vec<f32> =
        words.iter().map(|word| beside_word_mm(scene) + set_mm(word, scene.cap_mm(Lettering::Smallest))).collect();
    let buttons = choices.into_iter().zip(words).zip(shares(&needed, all_mm));
    let buttons = buttons.map(|(((icon, _, action), word), width_mm)| button(scene, icon, word, action, width_mm));
    Block::row(buttons.collect()).gap(gap_mm).align(Align::Stretch)
}

/// Widths of the buttons: all alike where each has its room, else each by what it needs.
fn shares(needed: &[f32], all_mm: f32) -> Vec<f32> {
    let (count, sum_mm) = (needed.len().max(1) as f32, needed.iter().sum::<f32>());
    let equal_mm = all_mm / count;
    if needed.iter().all(|mm| *mm <= equal_mm) {
        return vec![equal_mm; needed.len()];
    }
    let spare_mm = (all_mm - sum_mm) / count;
    needed.iter().map(|mm| if spare_mm >= 0.0 { mm + spare_mm } else { mm * all_mm / sum_mm }).collect()
}

/// Height of the lowest row in mm.
pub fn nav_height_mm(scene: &Scene<'_>) -> f32 {
    if is_narrow(scene) { ICON_MM + scene.lines_mm(Lettering::Smallest, 1) + 5.0 } else { scene.target_mm() + 6.0 }
}

const ICON_MM: f32 = 13.0;

/// Too narrow for icon and word side by side.
fn is_narrow(scene: &Scene<'_>) -> bool {
    scene.frame().content_width() / 5.0 < ICON_MM + scene.cap_mm(Lettering::Smallest) * 10.0
}

const PAD_MM: f32 = 2.0;

/// What a button needs beside the width of its word.
fn beside_word_mm(scene: &Scene<'_>) -> f32 {
    2.0 * PAD_MM + if is_narrow(scene) { 0.0 } else { ICON_MM + 4.0 }
}

fn button(scene: &Scene<'_>, icon: Icon, word: String, action: Action, width_mm: f32) -> Block {
    let narrow = is_narrow(scene);
    let word_mm = width_mm - beside_word_mm(scene);
    let fit = Fit::Shrink { width_mm: word_mm, height_mm: scene.lines_mm(Lettering::Smallest, 1) };
    let parts = vec![Block::icon(icon.unicode(), Ink::Ink, ICON_MM), Block::text(word, Lettering::Smallest).fit(fit)];
    let button = if narrow { Block::column(parts).align(Align::Centre).gap(1.0) } else { Block::row(parts).gap(4.0) };
    button
        .pad(PAD_MM, 2.0)
        .justify(Justify::Centre)
        .min_height(nav_height_mm(scene))
        .round(3.0)
        .plane(Ink::Plane)
        .touch(action)
        .weight(width_mm)
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn a_long_word_takes_room_from_short_ones() {
        assert_eq!(shares(&[20.0, 30.0], 80.0), [40.0, 40.0]);
        assert_eq!(shares(&[20.0, 50.0], 80.0), [25.0, 55.0]);
        assert_eq!(shares(&[20.0, 60.0], 40.0), [10.0, 30.0]);
    }
}
