use crate::player::action::Action;
use crate::player::block::{Align, Block, Justify};
use crate::player::scene::Scene;
use crate::player::screen::Screen;
use crate::player::theme::{Ink, Lettering};
use lucide_icons::Icon;

/// The lowest row of the belt, the same on every screen: home, back, search, language, access.
pub fn nav(scene: &Scene<'_>) -> Block {
    let can_go_back = scene.visitor.can_go_back();
    let mut buttons = vec![button(scene, Icon::House, "nav-home", Action::Home)];
    if can_go_back {
        let arrow = if scene.visitor.language.is_rtl() { Icon::ArrowRight } else { Icon::ArrowLeft };
        buttons.push(button(scene, arrow, "nav-back", Action::Back));
    }
    buttons.push(button(scene, Icon::Search, "nav-search", Action::Navigate(Screen::Search)));
    buttons.push(button(scene, Icon::Languages, "nav-language", Action::Navigate(Screen::Languages)));
    buttons.push(button(scene, Icon::Accessibility, "nav-access", Action::Navigate(Screen::Access)));
    Block::row(buttons).gap(8.0).align(Align::Stretch)
}

fn button(scene: &Scene<'_>, icon: Icon, key: &str, action: Action) -> Block {
    let word = Block::text(scene.say(key), Lettering::Smallest);
    let icon = Block::icon(icon.unicode(), Ink::Ink, 13.0);
    Block::row(vec![icon, word])
        .gap(4.0)
        .pad(4.0, 3.0)
        .justify(Justify::Centre)
        .min_height(scene.target_mm() + 6.0)
        .round(3.0)
        .plane(Ink::Plane)
        .touch(action)
        .fill()
}
