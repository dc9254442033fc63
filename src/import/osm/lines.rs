use super::reading::{MemberKind, OsmData};
use std::collections::{BTreeSet, HashMap};

/// The name of a bus or tram line, sorted as people count: 2 before 10.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    number: u32,
    pub name: String,
}

impl Line {
    pub fn new(name: &str) -> Self {
        let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
        Self { number: digits.parse().unwrap_or(u32::MAX), name: name.to_owned() }
    }
}

/// Which lines call where, by the element that stands for the stop.
pub fn lines(data: &OsmData) -> HashMap<(MemberKind, i64), BTreeSet<Line>> {
    let mut all: HashMap<_, BTreeSet<Line>> = HashMap::new();
    for relation in data.relations.iter().filter(|relation| relation.tags.is("type", "route")) {
        let is_line =
            matches!(relation.tags.get("route"), Some("bus" | "tram" | "trolleybus" | "light_rail" | "subway"));
        let Some(name) = relation.tags.get("ref").filter(|name| is_line && name.chars().count() <= 8) else { continue };
        for member in &relation.members {
            if member.role.starts_with("stop") || member.role.starts_with("platform") {
                all.entry((member.kind, member.id)).or_default().insert(Line::new(name));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_in_the_order_people_count() {
        let sorted: BTreeSet<Line> = ["10", "N1", "2", "1"].into_iter().map(Line::new).collect();
        assert_eq!(sorted.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["1", "2", "10", "N1"]);
    }
}
