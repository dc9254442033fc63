//! What differs between two blocks, as far down as all around it is the same: only that is built anew.

use super::block::{Block, Body, Flow, Rule};

/// A part to be built anew, by its place: which child of which child, from the outermost block.
#[derive(Debug, PartialEq)]
pub struct Part<'a> {
    pub path: Vec<usize>,
    pub block: &'a Block,
    /// The flow it stands in.
    pub flow: Flow,
}

/// The parts of `new` that are not as in `old`; the whole of it, with an empty path, when the two are alike in nothing.
pub fn parts_that_differ<'a>(old: &Block, new: &'a Block) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    compare(old, new, Flow::Column, &mut Vec::new(), &mut parts);
    parts
}

fn compare<'a>(old: &Block, new: &'a Block, flow: Flow, path: &mut Vec<usize>, parts: &mut Vec<Part<'a>>) {
    if old == new {
        return;
    }
    if !only_children_differ(old, new) {
        parts.push(Part { path: path.clone(), block: new, flow });
        return;
    }
    for (at, (old, child)) in old.children().iter().zip(new.children()).enumerate() {
        path.push(at);
        compare(old, child, new.style.flow, path, parts);
        path.pop();
    }
}

/// Both draw the same node with as many children, and nothing said of the node is taken from them.
fn only_children_differ(old: &Block, new: &Block) -> bool {
    let (Body::Group(before), Body::Group(after)) = (&old.body, &new.body) else { return false };
    let same_node = old.style == new.style && old.action == new.action && old.language == new.language;
    // Dashes are drawn as one more child.
    let dashed = matches!(new.style.rule, Some(Rule::Dashed(_)));
    before.len() == after.len() && same_node && !dashed && old.role.is_none() && new.role.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::player::theme::{Ink, Lettering};

    fn text(word: &str) -> Block {
        Block::text(word, Lettering::Body)
    }

    fn paths(old: &Block, new: &Block) -> Vec<Vec<usize>> {
        parts_that_differ(old, new).into_iter().map(|part| part.path).collect()
    }

    #[test]
    fn only_what_differs_is_built_anew() {
        let page = |field: &str, last: &str| {
            let keys = Block::row(vec![text("A"), text("B")]);
            Block::column(vec![Block::column(vec![text(field), keys]), Block::row(vec![text("Home"), text(last)])])
        };
        assert_eq!(paths(&page("", "Back"), &page("", "Back")), Vec::<Vec<usize>>::new());
        assert_eq!(paths(&page("", "Back"), &page("m", "Back")), [vec![0, 0]]);
        assert_eq!(paths(&page("", "Back"), &page("m", "Access")), [vec![0, 0], vec![1, 1]]);
        let (old, new) = (page("", "Back"), page("", "Access"));
        assert_eq!(parts_that_differ(&old, &new)[0].flow, Flow::Row);
    }

    #[test]
    fn a_node_that_is_itself_another_is_built_anew_with_all_in_it() {
        let row = || Block::row(vec![text("A"), text("B")]);
        for (old, new) in [
            (row(), Block::row(vec![text("A")])),
            (row(), row().gap(3.0)),
            (row(), row().plane(Ink::Plane)),
            (text("A"), row()),
            (
                row().touch(crate::player::action::Action::Home),
                Block::row(vec![text("A"), text("C")]).touch(crate::player::action::Action::Home),
            ),
            (row().rule(Rule::Dashed(Ink::Lake)), Block::row(vec![text("A"), text("C")]).rule(Rule::Dashed(Ink::Lake))),
        ] {
            assert_eq!(paths(&Block::column(vec![text("x"), old]), &Block::column(vec![text("x"), new])), [vec![1]]);
        }
    }
}
