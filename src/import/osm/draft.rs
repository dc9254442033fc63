use super::contact::{Fault, address, contact, hours, link};
use super::facts::{access, fee, tri, written};
use super::lines::Line;
use super::names::{names, other_names, tidy};
use super::outline::Outline;
use super::reading::{MemberKind, Tags};
use super::record::Record;
use crate::content::{Common, Localized, Place, PlaceKind, Position, Provenance, Tri};
use crate::import::sentences::in_every_language;
use crate::import::summary::summary_or_text;
use std::collections::BTreeSet;

/// A place on its way: merged with its doubles, then titled.
#[derive(Clone, Debug)]
pub struct Draft {
    pub place: Place,
    pub position: Position,
    pub outline: Option<Outline>,
    /// The elements it is made of, the one that gives its id first.
    pub elements: Vec<(MemberKind, i64)>,
    pub lines: BTreeSet<Line>,
    /// How much the record says: the fuller one of two doubles is kept.
    pub weight: usize,
    /// A bank whose record says that it has a cash machine.
    pub has_cash: bool,
}

impl Draft {
    /// Says everything that the record says; the title stays empty where the record has no name.
    pub fn new(record: &Record<'_>, kind: PlaceKind, position: Position, faults: &mut Vec<Fault>) -> Self {
        let tags = record.tags;
        let title = names(tags);
        let named = !title.is_empty();
        let (summary, text) = summary_or_text(written(tags, "description"));
        let summary = if summary.is_empty() && tags.is("access", "customers") {
            in_every_language("place-customers-only", |_| Vec::new())
        } else {
            summary
        };
        let common = Common {
            id: record.id(),
            tags: search_words(tags, &title),
            title,
            summary,
            text,
            link: link(tags, faults),
            provenance: vec![Provenance {
                source: super::facts::SOURCE.to_owned(),
                licence: "ODbL 1.0".to_owned(),
                credit: String::new(),
                updated: record.updated,
                ..Provenance::default()
            }],
            ..Common::default()
        };
        let place = Place {
            common,
            kind,
            position: Some(position),
            address: address(tags),
            hours: hours(tags, faults),
            contact: contact(tags, named, faults),
            fee: fee(tags),
            changing_table: tri(tags, "changing_table"),
            access: access(tags, kind, record.updated),
            named,
        };
        // Where a bus halts on the road says less than where people wait for it.
        let is_halt = tags.is("public_transport", "stop_position");
        Self {
            place,
            position,
            outline: record.outline.clone(),
            elements: vec![record.key],
            lines: BTreeSet::new(),
            weight: if is_halt { 0 } else { tags.0.len() + usize::from(record.outline.is_some()) },
            has_cash: kind == PlaceKind::Bank && tri(tags, "atm") == Tri::Yes,
        }
    }

    /// Takes over what a double says and this one does not; its id becomes an alias.
    pub fn absorb(&mut self, other: Self) {
        let (mine, theirs) = (&mut self.place, other.place);
        mine.common.aliases.push(theirs.common.id);
        mine.common.aliases.extend(theirs.common.aliases);
        mine.named |= theirs.named;
        for (mine, theirs) in [
            (&mut mine.common.title, theirs.common.title),
            (&mut mine.common.summary, theirs.common.summary),
            (&mut mine.common.text, theirs.common.text),
            (&mut mine.common.link, theirs.common.link),
        ] {
            for (language, translation) in theirs.0 {
                mine.0.entry(language).or_insert(translation);
            }
        }
        for tag in theirs.common.tags {
            if !mine.common.tags.contains(&tag) {
                mine.common.tags.push(tag);
            }
        }
        for (mine, theirs) in [
            (&mut mine.address, theirs.address),
            (&mut mine.hours, theirs.hours),
            (&mut mine.contact.phone, theirs.contact.phone),
            (&mut mine.contact.email, theirs.contact.email),
        ] {
            if mine.is_empty() {
                *mine = theirs;
            }
        }
        for (mine, theirs) in [(&mut mine.fee, theirs.fee), (&mut mine.changing_table, theirs.changing_table)] {
            if *mine == Tri::Unknown {
                *mine = theirs;
            }
        }
        let (mine, theirs) = (&mut mine.access, theirs.access);
        for (mine, theirs) in [
            (&mut mine.wheelchair, theirs.wheelchair),
            (&mut mine.walking, theirs.walking),
            (&mut mine.hearing, theirs.hearing),
            (&mut mine.sight, theirs.sight),
            (&mut mine.children, theirs.children),
        ] {
            if mine.is_unknown() {
                *mine = theirs;
            }
        }
        self.elements.extend(other.elements);
        self.lines.extend(other.lines);
        self.has_cash |= other.has_cash;
    }
}

/// What else a visitor may type to find the place, and what joins it to other sources.
fn search_words(tags: &Tags, title: &Localized) -> Vec<String> {
    let mut words: Vec<String> = other_names(tags, title).iter().map(|name| format!("name:{name}")).collect();
    for key in ["shop", "cuisine", "sport", "religion", "brand", "operator", "artist_name"] {
        let values = tags.get(key).into_iter().flat_map(|value| value.split(';')).map(tidy);
        words.extend(values.filter(|value| !value.is_empty() && value != "yes").map(|value| format!("{key}:{value}")));
    }
    for key in ["wikidata", "wikipedia"] {
        words.extend(tags.get(key).map(|value| format!("{key}:{value}")));
    }
    words
}
