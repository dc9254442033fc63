//! The reading of content: what goes out comes back, and what is wrong is said, all of it, without harm to the rest.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use parvis::content::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

/// An empty text is not written, so it cannot come back.
fn localized() -> impl Strategy<Value = Localized> {
    let origin = prop_oneof![Just(Origin::Original), Just(Origin::Human), Just(Origin::Machine)];
    let translation = ("[^\\p{Cc}]{0,12}", origin).prop_map(|(text, origin)| Translation { text, origin });
    proptest::collection::btree_map("[a-z]{2,3}(-[A-Z]{2})?", translation, 0..3)
        .prop_map(|all| Some(Localized(all)).filter(|all| !all.is_empty()).unwrap_or_default())
}

fn instant() -> impl Strategy<Value = DateTime<FixedOffset>> {
    (0_i64..4_000_000_000, -14 * 60..=14 * 60_i32).prop_map(|(seconds, minutes)| {
        let offset = FixedOffset::east_opt(minutes * 60).unwrap();
        DateTime::<Utc>::from_timestamp(seconds, 0).unwrap().with_timezone(&offset)
    })
}

/// To seven decimals, about a centimetre, as maps give it.
fn position() -> impl Strategy<Value = Position> {
    let degrees =
        |max: i32| (-max * 10_000_000..=max * 10_000_000).prop_map(|ten_millionths| f64::from(ten_millionths) / 1e7);
    (degrees(90), degrees(180)).prop_map(|(lat, lon)| Position { lat, lon })
}

fn one_of<T: Copy + std::fmt::Debug>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn tri() -> impl Strategy<Value = Tri> {
    one_of(&[Tri::Yes, Tri::No, Tri::Unknown])
}

fn access() -> impl Strategy<Value = AccessFacts> {
    let date = option::of((1..20_000_i32).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(700_000 + day).unwrap()));
    let fact = (tri(), localized(), ".{0,6}", date)
        .prop_map(|(value, details, source, date)| AccessFact { value, details, source, date })
        .prop_map(|fact| if fact.is_unknown() { AccessFact::default() } else { fact });
    proptest::array::uniform6(fact).prop_map(|[wheelchair, walking, hearing, sight, understanding, children]| {
        AccessFacts { wheelchair, walking, hearing, sight, understanding, children }
    })
}

fn common() -> impl Strategy<Value = Common> {
    let picture = ("[a-z]{1,5}/[a-z]{1,5}\\.png", localized(), option::of([0.0..=1.0_f32, 0.0..=1.0_f32]))
        .prop_map(|(path, alt, focal)| MediaRef { path, alt, focal, crop: Crop::Forbidden, ..MediaRef::default() });
    let provenance = (".{0,5}", ".{0,5}", option::of(instant()), option::of(0..=100_u8)).prop_map(
        |(source, credit, updated, confidence)| Provenance {
            source,
            credit,
            licence: "ODbL".into(),
            updated: updated.map(|at| at.to_utc()),
            confidence,
        },
    );
    let valid = option::of(instant()).prop_map(|from| Validity { from: from.map(|at| at.to_utc()), until: None });
    let texts = (localized(), localized(), localized(), localized());
    let lists = (vec("[a-z]{1,9}", 0..3), vec(provenance, 0..2), vec(picture, 0..2));
    ("[a-z]{1,9}:[0-9é/]{1,9}", texts, valid, lists, any::<bool>()).prop_map(|(id, texts, valid, lists, sample)| {
        let (mut title, text, easy, link) = texts;
        title.insert("fr", "Titre", Origin::Original);
        let (tags, provenance, media) = lists;
        let aliases = vec![Id(format!("{id}-2"))];
        Common {
            id: Id(id),
            aliases,
            title,
            text,
            easy,
            link,
            tags,
            valid,
            provenance,
            media,
            sample,
            ..Common::default()
        }
    })
}

fn event() -> impl Strategy<Value = Item> {
    let timing = (instant(), 0..86_400_i64)
        .prop_map(|(begin, seconds)| Timing { begin, end: begin + chrono::TimeDelta::seconds(seconds) });
    let ages = option::of((0..20_u8, 20..99_u8).prop_map(|(min, max)| [min, max]));
    let place = option::of((".{0,5}", option::of(position())).prop_map(|(name, position)| Location {
        name,
        position,
        ..Location::default()
    }));
    let words = (one_of(&EventKind::ALL), tri(), one_of(&[EventStatus::Full, EventStatus::Cancelled]));
    (common(), vec(timing, 1..4), ages, place, words, access()).prop_map(
        |(common, mut timings, ages, location, words, access)| {
            timings.sort_by_key(|timing| timing.begin);
            let (kind, free, status) = words;
            let registration = vec![Registration { kind: "link".into(), value: "https://example.org".into() }];
            let zone = "Europe/Monaco".to_owned();
            Item::Event(Event {
                common,
                timings,
                ages,
                location,
                kind,
                free,
                status,
                access,
                registration,
                zone,
                ..Event::default()
            })
        },
    )
}

fn place() -> impl Strategy<Value = Item> {
    (common(), one_of(&PlaceKind::ALL), option::of(position()), tri(), access(), any::<bool>(), ".{0,9}").prop_map(
        |(common, kind, position, fee, access, named, hours)| {
            let contact = Contact { phone: "112".into(), email: String::new() };
            Item::Place(Place { common, kind, position, fee, access, named, hours, contact, ..Place::default() })
        },
    )
}

fn page() -> impl Strategy<Value = Item> {
    (common(), one_of(&Section::ALL), any::<bool>(), localized()).prop_map(|(common, section, service, step)| {
        if service {
            let desk = Some(Desk { languages: vec!["fr".into()], place: Some(Id("a:1".into())), ..Desk::default() });
            return Item::Service(Service { common, desk, steps: vec![step], ..Service::default() });
        }
        Item::Article(Article { common, section, related: vec![Id("a:1".into())] })
    })
}

fn itinerary() -> impl Strategy<Value = Item> {
    (common(), option::of(position()), tri(), access(), any::<u32>(), localized()).prop_map(
        |(common, position, circular, access, length, title)| {
            let steps = vec![Step { title, position, place: Some(Id("a:1".into())), ..Step::default() }];
            let mode = ItineraryMode::Bicycle;
            let length_m = Some(length);
            Item::Itinerary(Itinerary {
                common,
                mode,
                length_m,
                circular,
                position,
                steps,
                access,
                ..Itinerary::default()
            })
        },
    )
}

fn alert_area() -> impl Strategy<Value = AlertArea> {
    let outline = vec(position(), 3..6).prop_map(|mut points| {
        points.extend(points.first().copied());
        Outline::new(points).unwrap()
    });
    let circle = (position(), 1..20_000_u32).prop_map(|(centre, km)| Circle::new(centre, km.into()).unwrap());
    let code = (".{0,9}", ".{0,5}").prop_map(|(scheme, value)| AreaCode { scheme, value });
    (localized(), vec(outline, 0..2), vec(circle, 0..2), vec(code, 0..2))
        .prop_map(|(name, polygons, circles, codes)| AlertArea { name, polygons, circles, codes })
}

fn alert() -> impl Strategy<Value = Item> {
    let gravity = (
        one_of(&[Severity::Minor, Severity::Severe, Severity::Extreme]),
        one_of(&[Urgency::Immediate, Urgency::Expected, Urgency::Future, Urgency::Unknown]),
        one_of(&[Certainty::Observed, Certainty::Likely, Certainty::Possible, Certainty::Unlikely]),
        vec(one_of(&[Hazard::Met, Hazard::Cbrne, Hazard::Other]), 0..3),
    );
    let words = (localized(), localized(), ".{0,9}");
    let when = (option::of(instant()), option::of(Just(Id("pack:1".to_owned()))));
    (common(), gravity, words, when, vec(alert_area(), 0..3), any::<[bool; 2]>()).prop_map(
        |(common, gravity, (event, instruction, sender), (onset, activates), areas, [drill, prepared])| {
            let (severity, urgency, certainty, hazards) = gravity;
            let onset = onset.map(|onset| onset.to_utc());
            let kind = if prepared { Item::PreparedAlert } else { Item::Alert };
            kind(Alert {
                common,
                severity,
                urgency,
                certainty,
                hazards,
                event,
                onset,
                sender,
                instruction,
                areas,
                drill,
                activates,
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_written_is_read_back(items in vec(prop_oneof![event(), place(), page(), itinerary(), alert()], 0..4)) {
        let json = serde_json::to_vec(&Document::new(items.clone())).unwrap();
        let read = read_document("test", &json);
        prop_assert_eq!(&read.problems, &vec![]);
        prop_assert_eq!(read.items, items);
    }

    #[test]
    fn any_bytes_are_read_without_harm(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert!(!read_document("test", &bytes).problems.is_empty());
    }

    /// Whatever stands in one field, the item survives, and is what it would be without that field.
    #[test]
    fn a_wrong_field_costs_only_itself(key in one_of(&FIELDS), wrong in wrong_value()) {
        let mut with = event_json();
        with[key] = wrong;
        let mut without = event_json();
        without.as_object_mut().unwrap().remove(key);
        let mut problems = Vec::new();
        let read = read_item("test", &with, &mut problems);
        prop_assert_eq!(read, read_item("test", &without, &mut Vec::new()));
        prop_assert!(problems.iter().any(|problem| problem.record == "a:1" && problem.field.starts_with(key)));
    }
}

const FIELDS: [&str; 14] = [
    "aliases",
    "summary",
    "text",
    "tags",
    "valid",
    "provenance",
    "media",
    "link",
    "sample",
    "kind",
    "timings",
    "location",
    "ages",
    "access",
];

/// Of no type that any of [`FIELDS`] has.
fn wrong_value() -> impl Strategy<Value = Value> {
    prop_oneof![any::<i32>().prop_map(Value::from), Just(json!("no such word")), Just(json!(0.5))]
}

fn event_json() -> Value {
    json!({"type": "event", "id": "a:1", "title": {"fr": "Fête"}, "kind": "music", "tags": ["x"],
        "timings": [{"begin": "2026-05-01T10:00:00+02:00", "end": "2026-05-01T11:00:00+02:00"}]})
}

/// Reads one event with these fields, and says its problems as `field: reason (value)`.
fn read_event(more: Value) -> (Event, Vec<String>) {
    let mut json = event_json();
    json.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let mut problems = Vec::new();
    let Some(Item::Event(event)) = read_item("test", &json, &mut problems) else { panic!("rejected: {problems:?}") };
    (event, problems.iter().map(|problem| problem.to_string().replace("test: a:1: ", "")).collect())
}

#[test]
fn every_problem_of_a_record_is_told() {
    let (event, problems) = read_event(json!({
        "title": {"fr": "Fête", "klingon!": "qaleS", "en": 5},
        "status": "abolished",
        "zone": "Europe/Atlantis",
        "timings": [
            {"begin": "2026-05-02T10:00:00+02:00", "end": "2026-05-02T09:00:00+02:00"},
            {"begin": "2026-05-01T10:00:00", "end": "2026-05-01T11:00:00+02:00"},
            {"begin": "2026-05-04T10:00:00+02:00"},
            {"begin": "2026-05-03T10:00:00+02:00", "end": "2026-05-03T11:00:00+02:00"},
        ],
        "location": {"name": "Parc", "position": {"lat": 143.7, "lon": 7.4}},
        "ages": [12, 6],
        "provenance": [{"source": "Albi", "confidence": 101}, {"source": "Gaillac", "confidence": -1}],
        "media": [{"path": "../../etc/passwd"}, {"path": "a.png", "crop": "diagonal"}, {}],
        "registration": [{"kind": "fax", "value": "1"}, {"kind": "phone"}],
        "access": {"wheelchair": {"value": "perhaps"}},
        "a field of the future": {"ignored": true},
    }));
    assert_eq!(event.common.title, Localized::one("fr", "Fête"));
    assert_eq!(event.status, EventStatus::Scheduled);
    assert_eq!(event.timings.len(), 1);
    assert_eq!(event.location.unwrap().name, "Parc");
    assert_eq!(event.common.media.len(), 1);
    assert_eq!((event.ages, event.zone.as_str(), event.registration.len()), (None, "", 0));
    let fields: Vec<_> = problems.iter().map(|problem| problem.split(':').next().unwrap()).collect();
    assert_eq!(
        fields,
        [
            "title.en",
            "title",
            "provenance[0].confidence",
            "provenance[1].confidence",
            "media[0].path",
            "media[1].crop",
            "media[2].path",
            "timings[0].end",
            "timings[1].begin",
            "timings[2].end",
            "zone",
            "location.position",
            "status",
            "ages",
            "registration[0].kind",
            "registration[1].value",
            "access.wheelchair.value",
        ],
        "{problems:#?}"
    );
}

#[test]
fn a_wrong_shape_costs_only_itself() {
    let alert = json!({"type": "alert", "id": "a:1", "title": {"fr": "Crue"}, "severity": "dreadful", "hazards": ["met"],
        "areas": [{"name": {"fr": "Rive"}, "codes": [{"scheme": "INSEE", "value": "81004"}, {"scheme": "INSEE"}],
            "circles": [{"centre": {"lat": 43.9, "lon": 2.1}, "radius_km": 0}, {"radius_km": 5}],
            "polygons": [[{"lat": 1, "lon": 1}, {"lat": 1, "lon": 2}, {"lat": 2, "lon": 1}]]}, 7]});
    let mut problems = Vec::new();
    let Some(Item::Alert(alert)) = read_item("test", &alert, &mut problems) else { panic!("rejected: {problems:?}") };
    assert_eq!((alert.severity, alert.hazards, alert.areas.len()), (Severity::Moderate, vec![Hazard::Met], 1));
    let area = &alert.areas[0];
    assert_eq!((area.polygons.len(), area.circles.len(), area.codes.len()), (0, 0, 1));
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
    let areas = ["polygons[0]", "circles[0].radius_km", "circles[1].centre", "codes[1].value"];
    let areas = areas.map(|field| format!("areas[0].{field}"));
    assert_eq!(fields, [&["severity".to_owned()][..], &areas, &["areas[1]".to_owned()]].concat(), "{problems:#?}");
}

#[test]
fn an_event_without_timings_survives_with_a_problem_and_timings_come_out_sorted() {
    assert_eq!(read_event(json!({"timings": []})).1.len(), 1);
    let (event, problems) = read_event(json!({"timings": [
        {"begin": "2026-05-03T10:00:00+02:00", "end": "2026-05-03T10:00:00+02:00"},
        {"begin": "2026-05-01T10:00:00+02:00", "end": "2026-05-01T11:00:00+02:00"}]}));
    assert!(problems.is_empty() && event.timings[0].begin < event.timings[1].begin);
}

#[test]
fn a_text_may_stand_alone_or_with_its_origin() {
    let (event, problems) =
        read_event(json!({"summary": {"fr": "Un", "EN": {"text": "One", "origin": "machine"}, "de": null}}));
    let mut expected = Localized::one("fr", "Un");
    expected.insert("en", "One", Origin::Machine);
    assert_eq!((event.common.summary, problems), (expected, vec![]));
}

#[test]
fn only_what_can_never_be_shown_is_left_out() {
    let document = json!({"format": 1, "items": [
        {"type": "article", "id": "a:1", "title": {"fr": "Bon"}},
        {"type": "hologram", "id": "a:2", "title": {"fr": "Titre"}},
        {"type": "article", "title": {"fr": "Sans id"}},
        {"type": "article", "id": "x".repeat(129), "title": {"fr": "Id long"}},
        {"type": "article", "id": "a:3", "title": {"fr": " "}},
        {"type": "article", "id": "a:4", "title": "no language"},
        {"id": "a:5", "title": {"fr": "Sans type"}},
        [], 7, null,
    ]});
    let read = read_document("test", document.to_string().as_bytes());
    assert_eq!((read.items.len(), read.records), (1, 10));
    let left_out = read.problems.iter().filter(|problem| problem.reason.starts_with("left out: ")).count();
    assert_eq!(left_out, 9, "{:#?}", read.problems);
}

/// The problems of a document that must still be read as far as it goes.
fn problems(json: &str) -> (usize, Vec<String>) {
    let read = read_document("test", json.as_bytes());
    (read.items.len(), read.problems.iter().map(|problem| problem.reason.clone()).collect())
}

#[test]
fn a_newer_format_names_the_player_it_needs_and_is_tried() {
    let (items, reasons) = problems(
        r#"{"format":7,"player":"3.2","items":[{"type":"article","id":"a:1","title":{"fr":"T"},"section":"holodeck"}]}"#,
    );
    assert_eq!((items, reasons.len()), (1, 2));
    assert!(reasons.iter().any(|reason| reason.contains("format 7, Parvis 3.2 or newer")), "{reasons:?}");
}

#[test]
fn what_is_no_document_is_one_problem() {
    for json in ["", "7", "[]", "\"x\"", "{\"format\":1}", "{\"format\":1,\"items\":7}", "{\"items\":[]}", "<html>"] {
        let (items, reasons) = problems(json);
        assert!(items == 0 && (1..=2).contains(&reasons.len()), "{json}: {reasons:?}");
    }
}

#[test]
fn a_document_that_breaks_off_keeps_what_came_before() {
    let item = r#"{"type":"article","id":"a:1","title":{"fr":"T"}}"#;
    let (items, reasons) = problems(&format!("\u{feff}{{\"format\":1,\"items\":[{item},{{\"type\":\"art"));
    assert_eq!((items, reasons.len()), (1, 1), "{reasons:?}");
}

#[test]
fn hostile_documents_cost_one_problem_and_little_memory() {
    let whole = Document::BYTES_MAX - 1024;
    let item = r#"{"type":"article","id":"a:1","title":{"fr":"T"}}"#;
    let in_an_item = |hostile: &str| format!("{{\"format\":1,\"items\":[{{\"id\":\"a:2\",\"x\":{hostile}}},{item}]}}");
    let half = whole / 2;
    let nested = format!("{}{}", "[".repeat(half), "]".repeat(half));
    assert_eq!(problems(&nested).1.len(), 1);
    for hostile in [nested, format!("[{}0]", "[],".repeat(whole / 3)), format!("\"{}\"", "x".repeat(whole))] {
        let (items, reasons) = problems(&in_an_item(&hostile));
        assert_eq!((items, reasons.len()), (1, 1), "{reasons:?}");
    }
    let (items, reasons) = problems(&format!("{{\"format\":1,\"items\":[{}{item}]}}", "{},".repeat(1_000_000)));
    assert_eq!((items, reasons.len()), (1, Document::PROBLEMS_MAX + 1));
    let too_long = "[".repeat(100_000_000);
    assert_eq!(problems(&too_long).1, ["larger than 64 MiB: not read"]);
}
