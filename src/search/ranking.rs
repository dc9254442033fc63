//! What comes first for what a visitor types: the cases stand in `tests/search`.

use super::{Index, Results};
use crate::content::{
    Article, Catalog, Common, Event, EventKind, Id, Item, Localized, Location, Origin, Place, PlaceKind, Section,
    Service, Town,
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sketches {
    place: Vec<Sketch>,
    event: Vec<Sketch>,
    article: Vec<Sketch>,
    service: Vec<Sketch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sketch {
    id: String,
    title: BTreeMap<String, String>,
    #[serde(default)]
    summary: BTreeMap<String, String>,
    #[serde(default)]
    text: BTreeMap<String, String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    kind: Option<toml::Value>,
    #[serde(default)]
    section: Section,
    named: Option<bool>,
    #[serde(default)]
    address: String,
    location: Option<String>,
    place: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Queries {
    query: Vec<Query>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    text: String,
    lang: String,
    #[serde(default)]
    first: Vec<String>,
    all: Option<BTreeSet<String>>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    partial: bool,
}

fn localized(texts: &BTreeMap<String, String>) -> Localized {
    let mut all = Localized::default();
    for (tag, text) in texts {
        all.insert(tag, text.as_str(), Origin::Original);
    }
    all
}

fn common(sketch: &Sketch) -> Common {
    Common {
        id: Id(sketch.id.clone()),
        title: localized(&sketch.title),
        summary: localized(&sketch.summary),
        text: localized(&sketch.text),
        tags: sketch.tags.clone(),
        ..Common::default()
    }
}

fn kind<T: serde::de::DeserializeOwned>(sketch: &Sketch) -> T {
    sketch.kind.clone().expect("a kind").try_into().expect("a known kind")
}

fn town() -> Index {
    let sketches: Sketches = toml::from_str(include_str!("../../tests/search/catalog.toml")).expect("the catalog");
    let places = sketches.place.iter().map(|sketch| {
        Item::Place(Place {
            common: common(sketch),
            kind: kind::<PlaceKind>(sketch),
            named: sketch.named.unwrap_or(true),
            address: sketch.address.clone(),
            ..Place::default()
        })
    });
    let events = sketches.event.iter().map(|sketch| {
        let location = Location {
            name: sketch.location.clone().unwrap_or_default(),
            place: sketch.place.clone().map(Id),
            ..Location::default()
        };
        Item::Event(Event {
            common: common(sketch),
            kind: kind::<EventKind>(sketch),
            location: Some(location),
            ..Event::default()
        })
    });
    let articles = sketches
        .article
        .iter()
        .map(|sketch| Item::Article(Article { common: common(sketch), section: sketch.section, ..Article::default() }));
    let services =
        sketches.service.iter().map(|sketch| Item::Service(Service { common: common(sketch), ..Service::default() }));
    let (catalog, problems) =
        Catalog::new(Town::default(), places.chain(events).chain(articles).chain(services).collect());
    assert_eq!(problems, []);
    Index::build(&catalog)
}

fn ids(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.id.as_str()).collect()
}

#[test]
fn the_cases_of_the_folder() {
    let index = town();
    let queries: Queries = toml::from_str(include_str!("../../tests/search/queries.toml")).expect("the queries");
    let mut failed = Vec::new();
    for query in queries.query {
        let results = index.query(&query.text, &query.lang, 100);
        let found = ids(&results);
        let as_wished = found.iter().zip(&query.first).all(|(found, first)| found == first)
            && found.len() >= query.first.len()
            && query
                .all
                .as_ref()
                .is_none_or(|all| found.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>() == *all)
            && !query.none.iter().any(|id| found.contains(&id.as_str()))
            && results.partial == query.partial
            && results.total == found.len();
        if !as_wished {
            failed.push(format!("{:?} in {}: {:?}", query.text, query.lang, results));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_limit_cuts_the_list_and_not_the_count() {
    let index = town();
    let all = index.query("p", "fr", 100);
    assert!(all.total > 5);
    for limit in [0, 1, 3, all.total, all.total + 1] {
        let some = index.query("p", "fr", limit);
        assert_eq!(some.total, all.total);
        assert_eq!(ids(&some), ids(&all)[..limit.min(all.total)]);
    }
}

#[test]
fn a_query_is_cut_at_64_characters_and_8_words() {
    let index = town();
    let padded = |spaces: usize| format!("casino{}xylophone", " ".repeat(spaces));
    assert!(index.query(&padded(10), "fr", 1).partial);
    assert!(!index.query(&padded(60), "fr", 1).partial);
    assert!(!index.query("de la casino du le les des un xylophone", "fr", 1).partial);
    assert_eq!(index.query(&"é".repeat(1_000_000), "fr", 1).total, 0);
}

#[test]
fn the_same_query_gives_the_same_answer() {
    assert_eq!(town().query("pla", "fr", 50), town().query("pla", "fr", 50));
}

#[test]
fn an_empty_catalog_answers() {
    assert_eq!(Index::default().query("casino", "fr", 10), Results::default());
}
