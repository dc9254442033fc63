use crate::content::{Event, EventStatus};
use crate::language::Arg;
use crate::player::block::{Block, Role};
use crate::player::scene::{Scene, Shown};
use crate::player::theme::{Ink, Lettering};
use crate::player::widgets::kebab;

/// "Text in French", "Translated by a machine": what must be said of a text's language.
pub fn language_mark(scene: &Scene<'_>, shown: &Shown) -> Option<Block> {
    let words = scene.words();
    let mut parts = Vec::new();
    if let Some(tag) = &shown.language {
        let key = format!("language-{tag}");
        let name = if words.has(&key) { words.say(&key) } else { words.say("language-other") };
        parts.push(words.say_with("mark-in-language", &[("language", Arg::from(name))]));
    }
    if shown.machine {
        parts.push(words.say("mark-machine"));
    }
    (!parts.is_empty()).then(|| Block::text(parts.join(" · "), Lettering::Smallest).ink(Ink::Quiet))
}

/// The word for anything but "as planned", as prominent as a title.
pub fn status_mark(scene: &Scene<'_>, event: &Event) -> Option<String> {
    (event.status != EventStatus::Scheduled).then(|| scene.say(&format!("event-status-{}", kebab(&event.status))))
}

/// A word on a plane of its own: "Preview", "Sample".
pub fn badge(word: String, plane: Ink, ink: Ink) -> Block {
    let word = Block::text(word, Lettering::Smallest).ink(ink).bold();
    Block::row(vec![word]).pad(5.0, 1.5).round(3.0).plane(plane).role(Role::Status)
}
