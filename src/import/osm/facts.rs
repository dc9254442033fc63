use super::names::{MAIN_LANGUAGE, language_of, localized};
use super::reading::Tags;
use crate::content::{AccessFact, AccessFacts, Localized, PlaceKind, Tri};
use crate::import::sentences::{in_every_language, joined};
use chrono::{DateTime, NaiveDate, Utc};

/// Who says so, on every fact.
pub const SOURCE: &str = "OpenStreetMap";

/// Yes and no as mappers write them; anything else is unknown.
pub fn tri(tags: &Tags, key: &str) -> Tri {
    match tags.get(key) {
        Some("yes" | "designated" | "true" | "1") => Tri::Yes,
        Some("no" | "false" | "0") => Tri::No,
        _ => Tri::Unknown,
    }
}

/// Whether it costs something: a price is a yes.
pub fn fee(tags: &Tags) -> Tri {
    match (tri(tags, "fee"), tags.get("fee")) {
        (Tri::Unknown, Some(fee)) if !fee.eq_ignore_ascii_case("unknown") => Tri::Yes,
        (fee, _) => fee,
    }
}

/// What the record says about access. "Partly" is neither yes nor no: it stays unknown, with a sentence.
pub fn access(tags: &Tags, kind: PlaceKind, updated: Option<DateTime<Utc>>) -> AccessFacts {
    let mut facts = AccessFacts {
        wheelchair: wheelchair(tags, kind),
        walking: walking(tags, kind),
        hearing: hearing(tags),
        sight: sight(tags),
        understanding: AccessFact::default(),
        children: children(tags, kind),
    };
    let checked = ["check_date:wheelchair", "check_date", "survey:date"].iter().find_map(|key| day(tags, key));
    let date = checked.or_else(|| updated.map(|at| at.date_naive()));
    for fact in [&mut facts.wheelchair, &mut facts.walking, &mut facts.hearing, &mut facts.sight, &mut facts.children] {
        if !fact.is_unknown() {
            SOURCE.clone_into(&mut fact.source);
            fact.date = date;
        }
    }
    facts
}

fn day(tags: &Tags, key: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(tags.get(key)?, "%Y-%m-%d").ok()
}

fn fact(value: Tri, details: &[Localized]) -> AccessFact {
    AccessFact { value, details: joined(details), ..AccessFact::default() }
}

fn sentence(key: &str) -> Localized {
    in_every_language(key, |_| Vec::new())
}

/// A text that mappers wrote under `key`, in the language it seems to be in.
pub fn written(tags: &Tags, key: &str) -> Localized {
    localized(tags, key, tags.get(key).map_or(MAIN_LANGUAGE, language_of))
}

fn wheelchair(tags: &Tags, kind: PlaceKind) -> AccessFact {
    let mut value = tri(tags, "wheelchair");
    let mut details = vec![written(tags, "wheelchair:description")];
    if tags.is("wheelchair", "limited") && details[0].is_empty() {
        details.push(sentence("place-wheelchair-partly"));
    }
    match (kind, tri(tags, "toilets:wheelchair")) {
        (PlaceKind::Toilets, toilets) if tags.get("wheelchair").is_none() => value = toilets,
        (PlaceKind::Toilets, _) | (_, Tri::Unknown) => {}
        (_, Tri::Yes) => details.push(sentence("place-toilets-wheelchair")),
        (_, Tri::No) => details.push(sentence("place-toilets-no-wheelchair")),
    }
    if let Some(spaces) = tags.get("capacity:disabled").filter(|_| kind == PlaceKind::Parking) {
        match spaces.parse::<u32>() {
            Ok(0) => {}
            Ok(count) => {
                details.push(in_every_language("place-disabled-parking-count", |_| vec![("count", count.into())]));
            }
            Err(_) if spaces == "yes" => details.push(sentence("place-disabled-parking")),
            Err(_) => {}
        }
    }
    fact(value, &details)
}

/// What those who walk with difficulty are told of seats and of the ground underfoot, without a yes or no: that is theirs
/// to judge.
fn walking(tags: &Tags, kind: PlaceKind) -> AccessFact {
    let mut details = Vec::new();
    match (kind, tri(tags, "backrest"), tri(tags, "bench")) {
        (PlaceKind::Bench, Tri::Yes, _) => details.push(sentence("place-backrest")),
        (PlaceKind::Bench, Tri::No, _) => details.push(sentence("place-no-backrest")),
        (PlaceKind::Stop | PlaceKind::Shelter, _, Tri::Yes) => details.push(sentence("place-seat")),
        _ => {}
    }
    if let Some(ground) = tags.get("surface").and_then(ground) {
        details.push(sentence(ground));
    }
    fact(Tri::Unknown, &details)
}

fn ground(surface: &str) -> Option<&'static str> {
    Some(match surface {
        "asphalt" | "paved" | "concrete" | "concrete:plates" | "paving_stones" | "tiles" | "metal" | "wood"
        | "rubber" | "tartan" => "place-ground-firm",
        "sett" | "cobblestone" | "unhewn_cobblestone" => "place-ground-uneven",
        "gravel" | "fine_gravel" | "pebblestone" | "sand" => "place-ground-loose",
        "unpaved" | "ground" | "dirt" | "earth" | "grass" | "mud" => "place-ground-natural",
        _ => return None,
    })
}

fn hearing(tags: &Tags) -> AccessFact {
    let mut details = vec![written(tags, "deaf:description")];
    let hearing_loop = match tags.get("hearing_loop") {
        Some(_) => tri(tags, "hearing_loop"),
        None => tri(tags, "audio_loop"),
    };
    match hearing_loop {
        Tri::Yes => details.push(sentence("place-hearing-loop")),
        Tri::No => details.push(sentence("place-no-hearing-loop")),
        Tri::Unknown => {}
    }
    let value = match tri(tags, "deaf") {
        Tri::Unknown if hearing_loop == Tri::Yes => Tri::Yes,
        value => value,
    };
    fact(value, &details)
}

fn sight(tags: &Tags) -> AccessFact {
    let mut details = vec![written(tags, "blind:description")];
    let paving = tri(tags, "tactile_paving");
    match paving {
        Tri::Yes => details.push(sentence("place-tactile-paving")),
        Tri::No => details.push(sentence("place-no-tactile-paving")),
        Tri::Unknown => {}
    }
    let value = match tri(tags, "blind") {
        Tri::Unknown if paving == Tri::Yes => Tri::Yes,
        value => value,
    };
    fact(value, &details)
}

/// Whether it is made for children: a playground by what it is, anything else by what it has for them.
fn children(tags: &Tags, kind: PlaceKind) -> AccessFact {
    let mut details = Vec::new();
    for (key, words) in
        [("changing_table", "place-changing-table"), ("kids_area", "place-kids-area"), ("highchair", "place-highchair")]
    {
        if tri(tags, key) == Tri::Yes {
            details.push(sentence(words));
        }
    }
    let is_welcoming = kind == PlaceKind::Playground || !details.is_empty();
    let youngest = tags.get("min_age").and_then(|age| age.parse::<u32>().ok()).filter(|age| (1..100).contains(age));
    if let Some(age) = youngest {
        details.push(in_every_language("place-minimum-age", |_| vec![("age", age.into())]));
    }
    let value = match youngest {
        Some(18..) => Tri::No,
        _ if is_welcoming => Tri::Yes,
        _ => Tri::Unknown,
    };
    fact(value, &details)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(pairs: &[(&str, &str)]) -> Tags {
        Tags(pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect())
    }

    fn facts(pairs: &[(&str, &str)], kind: PlaceKind) -> AccessFacts {
        access(&tags(pairs), kind, DateTime::from_timestamp(1_700_000_000, 0))
    }

    #[test]
    fn partly_is_neither_yes_nor_no() {
        let wheelchair = facts(&[("wheelchair", "limited")], PlaceKind::Museum).wheelchair;
        assert_eq!(wheelchair.value, Tri::Unknown);
        assert_eq!(wheelchair.details.0.len(), 8);
        assert_eq!(wheelchair.source, "OpenStreetMap");
    }

    #[test]
    fn what_nobody_said_stays_unknown() {
        assert!(facts(&[("wheelchair", "unknown"), ("amenity", "cafe")], PlaceKind::Cafe).is_unknown());
    }

    #[test]
    fn a_check_date_counts_more_than_the_last_edit() {
        let pairs = [("wheelchair", "yes"), ("check_date", "2024-05-01")];
        assert_eq!(facts(&pairs, PlaceKind::Cafe).wheelchair.date, NaiveDate::from_ymd_opt(2024, 5, 1));
        assert_eq!(facts(&pairs[..1], PlaceKind::Cafe).wheelchair.date, NaiveDate::from_ymd_opt(2023, 11, 14));
    }

    #[test]
    fn public_toilets_and_the_toilets_of_a_cafe_are_two_things() {
        let pairs = [("toilets:wheelchair", "yes")];
        assert_eq!(facts(&pairs, PlaceKind::Toilets).wheelchair.value, Tri::Yes);
        let cafe = facts(&pairs, PlaceKind::Cafe).wheelchair;
        assert_eq!(cafe.value, Tri::Unknown);
        assert_eq!(cafe.details.exact("en").unwrap().text, "Toilets accessible by wheelchair.");
    }

    #[test]
    fn a_count_of_spaces_is_said_in_the_plural() {
        let spaces = |count| facts(&[("capacity:disabled", count)], PlaceKind::Parking).wheelchair.details;
        assert_eq!(spaces("1").exact("fr").unwrap().text, "1 place réservée aux personnes handicapées.");
        assert_eq!(spaces("12").exact("en").unwrap().text, "12 spaces reserved for disabled people.");
        assert!(spaces("0").is_empty());
    }

    #[test]
    fn a_price_is_a_fee() {
        assert_eq!(fee(&tags(&[("fee", "1 EUR")])), Tri::Yes);
        assert_eq!(fee(&tags(&[("fee", "no")])), Tri::No);
        assert_eq!(fee(&tags(&[])), Tri::Unknown);
    }
}
