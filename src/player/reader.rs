//! What a screen reader is told, and what it asks for: the same names and actions as on the panel.

use super::block::Role;
use super::draw::{Spoken, Touchable};
use super::kiosk::Kiosk;
use accesskit::{Action, Live, Node, Toggled};
use bevy::a11y::{AccessibilityNode, ActionRequest};
use bevy::prelude::*;

/// The node that AccessKit passes on for a spoken block.
pub fn accessible(spoken: &Spoken, touchable: bool, language: &str) -> AccessibilityNode {
    let mut node = Node::new(match spoken.role {
        Role::Heading => accesskit::Role::Heading,
        Role::Button => accesskit::Role::Button,
        Role::Link => accesskit::Role::Link,
        Role::Switch(_) => accesskit::Role::Switch,
        Role::Choice(_) => accesskit::Role::RadioButton,
        Role::Text => accesskit::Role::Label,
        Role::Image => accesskit::Role::Image,
        Role::List => accesskit::Role::List,
        Role::Status => accesskit::Role::Status,
        Role::Alert => accesskit::Role::Alert,
        Role::SearchBox => accesskit::Role::SearchInput,
    });
    // AccessKit takes the words of a label for its value.
    if spoken.role == Role::Text {
        node.set_value(spoken.name.as_str());
    } else {
        node.set_label(spoken.name.as_str());
    }
    if let Role::Switch(on) | Role::Choice(on) = spoken.role {
        node.set_toggled(if on { Toggled::True } else { Toggled::False });
    }
    if spoken.role == Role::Alert {
        node.set_live(Live::Assertive);
    }
    if touchable {
        node.add_action(Action::Click);
        node.add_action(Action::Focus);
    }
    node.set_language(spoken.language.as_deref().unwrap_or(language));
    AccessibilityNode(node)
}

/// Does what a screen reader was asked to do.
pub fn read_requests(
    mut requests: MessageReader<ActionRequest>,
    touchables: Query<&Touchable>,
    mut kiosk: ResMut<Kiosk>,
    time: Res<Time<Real>>,
) {
    for request in requests.read().filter(|request| request.action == Action::Click) {
        let entity = Entity::try_from_bits(request.target_node.0);
        if let Some(touchable) = entity.and_then(|entity| touchables.get(entity).ok()) {
            kiosk.touched(time.elapsed());
            kiosk.act(touchable.action.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_says_its_name_state_and_language() {
        let spoken = Spoken { role: Role::Switch(true), name: "Grand texte".to_owned(), language: None };
        let node = accessible(&spoken, true, "fr");
        assert_eq!(node.label(), Some("Grand texte"));
        assert_eq!(node.toggled(), Some(Toggled::True));
        assert_eq!(node.language(), Some("fr"));
        assert!(node.supports_action(Action::Click));
    }

    #[test]
    fn a_warning_is_said_at_once() {
        let spoken = Spoken { role: Role::Alert, name: "Danger".to_owned(), language: None };
        let node = accessible(&spoken, false, "fr");
        assert_eq!((node.role(), node.live()), (accesskit::Role::Alert, Some(Live::Assertive)));
    }

    #[test]
    fn a_text_in_another_language_says_which() {
        let spoken = Spoken { role: Role::Text, name: "Hafen".to_owned(), language: Some("de".to_owned()) };
        let node = accessible(&spoken, false, "fr");
        assert_eq!((node.value(), node.language()), (Some("Hafen"), Some("de")));
        assert!(!node.supports_action(Action::Click));
    }
}
