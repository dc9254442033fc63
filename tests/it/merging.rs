//! What several sources say, made one: `tests/merge/<case>/` holds content documents `1-name.json`, `2-name.json`, ... in
//! order of trust and what becomes of them: `expected.json`, `joins.txt` and `problems.txt`, which `PARVIS_BLESS=1`
//! rewrites. A `decisions.toml` may say `same`, `apart` and `earlier`, an `overrides.json` what the town changes.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use parvis::content::*;
use parvis::import::merge::{Decisions, Merged, Overrides, SourceItems, merge};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/merge");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn sources(case: &Path) -> Vec<SourceItems> {
    let mut paths: Vec<_> = fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.retain(|path| name(path).starts_with(|first: char| first.is_ascii_digit()));
    assert!(!paths.is_empty(), "no input in {}", case.display());
    let read = |path: &PathBuf| {
        let read = read_document(&name(path), &fs::read(path).unwrap());
        assert_eq!(read.problems, [], "{}", path.display());
        SourceItems { name: name(path), items: read.items }
    };
    paths.iter().map(read).collect()
}

fn decisions(case: &Path) -> Decisions {
    let Ok(text) = fs::read_to_string(case.join("decisions.toml")) else { return Decisions::default() };
    let table: toml::Table = text.parse().unwrap();
    let pairs = |key: &str| -> Vec<[Id; 2]> {
        let pairs = table.get(key).map(|value| value.as_array().unwrap().as_slice()).unwrap_or_default();
        let id = |pair: &toml::Value, at: usize| Id(pair[at].as_str().unwrap().to_owned());
        pairs.iter().map(|pair| [id(pair, 0), id(pair, 1)]).collect()
    };
    let earlier = pairs("earlier").into_iter().map(|[alias, kept]| (alias, kept)).collect();
    Decisions { same: pairs("same"), apart: pairs("apart"), earlier }
}

fn joins_text(merged: &Merged) -> String {
    let mut text = String::new();
    let metres = |distance: Option<u32>| distance.map_or_else(String::new, |metres| format!(", {metres} m"));
    for join in &merged.joined {
        let away = metres(join.distance_m);
        writeln!(text, "{} <- {} by {}: {} %{away}", join.kept, join.joined, join.by, join.confidence).unwrap();
    }
    for proposal in &merged.proposals {
        let ([one, other], away) = (&proposal.items, metres(proposal.distance_m));
        let (by, sure, why) = (proposal.by, proposal.confidence, proposal.why);
        writeln!(text, "{one} ? {other} by {by}: {sure} %{away}, {why}").unwrap();
    }
    text
}

/// What holds of whatever was merged: nothing is lost, no id leads to two items, and merging again changes nothing.
fn check(sources: &[SourceItems], merged: &Merged, context: &str) {
    let mut leads_to: BTreeMap<&Id, usize> = BTreeMap::new();
    for (at, item) in merged.items.iter().enumerate() {
        let common = item.common();
        for id in std::iter::once(&common.id).chain(&common.aliases) {
            assert!(id.is_valid(), "{context}: {id:?}");
            assert_eq!(leads_to.insert(id, at), None, "{context}: {id} leads to two items");
            assert_eq!(merged.ids.get(id), Some(&common.id), "{context}: {id}");
        }
    }
    for item in sources.iter().flat_map(|source| &source.items) {
        let common = item.common();
        for id in std::iter::once(&common.id).chain(&common.aliases) {
            let told = |problem: &Problem| problem.record == common.id.0 && problem.reason.starts_with("left out: ");
            let is_there = leads_to.contains_key(id) || merged.problems.iter().any(told);
            assert!(is_there, "{context}: {id} got lost");
        }
    }
    let json = serde_json::to_vec(&Document::new(merged.items.clone())).unwrap();
    assert_eq!(read_document("test", &json).items, merged.items, "{context}: what was written is not what is read");
    let again = merge(vec![SourceItems { name: "merged".into(), items: merged.items.clone() }], &Decisions::default());
    assert_eq!(again.items, merged.items, "{context}: merged again it is another");
    assert!(again.joined.is_empty() && again.problems.is_empty(), "{context}: {:?}", again.problems);
}

#[test]
fn every_case_comes_out_as_expected() {
    let bless = std::env::var_os("PARVIS_BLESS").is_some();
    let mut differing = Vec::new();
    let cases = cases();
    for case in &cases {
        let sources = sources(case);
        let merged = merge(sources.clone(), &decisions(case));
        check(&sources, &merged, &case.display().to_string());
        let joins = joins_text(&merged);
        let Merged { mut items, mut problems, .. } = merged;
        if let Ok(json) = fs::read(case.join("overrides.json")) {
            let (overrides, read) = Overrides::read("overrides.json", &json).unwrap();
            let (changed, told) = overrides.apply("overrides.json", items);
            items = changed;
            problems.extend(read.into_iter().chain(told));
        }
        let problems: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        let json = serde_json::to_string_pretty(&Document::new(items)).unwrap() + "\n";
        for (name, made) in [("expected.json", json), ("joins.txt", joins), ("problems.txt", problems)] {
            let path = case.join(name);
            if bless {
                fs::write(path, made).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != made {
                differing.push(path);
            }
        }
    }
    assert!(cases.len() >= 15, "only {} cases", cases.len());
    assert!(
        differing.is_empty(),
        "not as expected (PARVIS_BLESS=1 rewrites, then look at the difference): {differing:#?}"
    );
}

/// Metres north of the middle of Albi, to seven decimals as maps give it.
fn north(metres: f64) -> Position {
    Position { lat: (439_277_000.0 + metres * 89.93).round() / 1e7, lon: 2.148 }
}

fn begin(day: i64, hour: i64) -> DateTime<FixedOffset> {
    let first: DateTime<FixedOffset> = "2026-06-01T08:00:00+02:00".parse().unwrap();
    first + TimeDelta::days(day) + TimeDelta::hours(hour)
}

fn common(id: String, title: &str) -> Common {
    Common { id: Id(id), title: Localized::one("fr", title), ..Common::default() }
}

fn text() -> impl Strategy<Value = Localized> {
    let origin = select(&[Origin::Original, Origin::Machine]);
    option::of((select(&["fr", "en"]), select(&["Un texte.", "Un autre."]), origin)).prop_map(|text| {
        let mut all = Localized::default();
        text.into_iter().for_each(|(language, text, origin)| all.insert(language, text, origin));
        all
    })
}

fn access() -> impl Strategy<Value = AccessFacts> {
    let date = option::of((0..3_i32).prop_map(|year| NaiveDate::from_ymd_opt(2024 + year, 1, 1).unwrap()));
    (select(&[Tri::Yes, Tri::No, Tri::Unknown]), date, text()).prop_map(|(value, date, details)| {
        let wheelchair = AccessFact { value, date, details, source: "S".into() };
        let wheelchair = if wheelchair.is_unknown() { AccessFact::default() } else { wheelchair };
        AccessFacts { wheelchair, ..AccessFacts::default() }
    })
}

/// Places of a street where much is called alike.
fn place() -> impl Strategy<Value = Item> {
    let names = ["Le Port", "Restaurant le Port", "Bar du Port", "La Poste", "Musée naval", "Toilettes"];
    let kinds = [PlaceKind::Other, PlaceKind::Restaurant, PlaceKind::Bar, PlaceKind::Museum, PlaceKind::Toilets];
    let tags = ["wikidata:Q1", "siret:21810004800012", "p:0-0", "p:1-1", "brand:Port"];
    let tags = vec(select(tags.map(str::to_owned).to_vec()), 0..2);
    let at = option::weighted(0.9, 0..12_i32);
    let what = (select(names.to_vec()), select(kinds.to_vec()), any::<bool>());
    (what, at, tags, text(), access()).prop_map(|((name, kind, named), at, tags, summary, access)| {
        let common = Common { tags, summary, ..common(String::new(), name) };
        let position = at.map(|step| north(f64::from(step) * 9.0));
        Item::Place(Place { common, kind, position, access, named, ..Place::default() })
    })
}

fn event() -> impl Strategy<Value = Item> {
    let titles = ["Concert", "Concert : le Port", "LE PORT", "Visite guidée", "Visite guidée en anglais"];
    let timing = (0..3_i64, 0..2_i64).prop_map(|(day, hour)| Timing { begin: begin(day, hour), end: begin(day, hour) });
    let location = option::of((select(vec!["Place du Vigan", "Mairie", "Les Lices"]), option::of(0..12_i32)));
    let status = select(vec![EventStatus::Scheduled, EventStatus::Cancelled]);
    let link = option::of(select(vec!["https://a.fr/1", "http://www.a.fr/1/", "https://a.fr"]));
    (select(titles.to_vec()), vec(timing, 1..4), location, status, link, text()).prop_map(
        |(title, mut timings, location, status, link, text)| {
            timings.sort_by_key(|timing| timing.begin);
            let link = link.map(|link| Localized::one("fr", link)).unwrap_or_default();
            let location = location.map(|(name, at)| {
                let position = at.map(|step| north(f64::from(step) * 30.0));
                Location { name: name.to_owned(), position, ..Location::default() }
            });
            let common = Common { link, text, ..common(String::new(), title) };
            Item::Event(Event { common, timings, location, status, ..Event::default() })
        },
    )
}

/// Up to three sources; some items come under an id or with an alias that another source uses too.
fn world() -> impl Strategy<Value = Vec<SourceItems>> {
    let items = || vec((prop_oneof![place(), event()], option::weighted(0.1, 0..4_usize)), 0..6);
    vec(items(), 1..=3).prop_map(|sources| {
        let source = |(at, items): (usize, Vec<(Item, Option<usize>)>)| {
            let items = items.into_iter().enumerate().map(|(n, (mut item, link))| {
                let kind = if matches!(item, Item::Place(_)) { "p" } else { "e" };
                let common = item.common_mut();
                common.id = Id(format!("{kind}:{at}-{n}"));
                common.provenance = vec![Provenance { source: format!("s{at}"), ..Provenance::default() }];
                match link {
                    Some(other @ 0..=1) => common.id = Id(format!("{kind}:shared-{other}")),
                    Some(other) => common.aliases = vec![Id(format!("{kind}:{}-{}", (at + 1) % 3, other))],
                    None => {}
                }
                item
            });
            SourceItems { name: format!("s{at}"), items: items.collect() }
        };
        sources.into_iter().enumerate().map(source).collect()
    })
}

fn some_ids(most: usize) -> impl Strategy<Value = Vec<[Id; 2]>> {
    let id =
        || (select(vec!["p", "e"]), 0..3_usize, 0..5_usize).prop_map(|(kind, at, n)| Id(format!("{kind}:{at}-{n}")));
    vec([id(), id()], 0..most)
}

/// Which ids lead to one item.
fn parts(merged: &Merged) -> BTreeSet<BTreeSet<Id>> {
    let ids = |item: &Item| [&[item.common().id.clone()], item.common().aliases.as_slice()].concat();
    merged.items.iter().map(|item| ids(item).into_iter().collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_whatever_is_decided(
        world in world(), same in some_ids(3), apart in some_ids(4), earlier in some_ids(5),
    ) {
        let earlier: BTreeMap<Id, Id> = earlier.into_iter().map(|[alias, kept]| (alias, kept)).collect();
        let decisions = Decisions { same, apart: apart.clone(), earlier };
        let merged = merge(world.clone(), &decisions);
        check(&world, &merged, "any world");
        let leads_to = |id: &Id| merged.items.iter().position(|item| item.common().id == *id || item.common().aliases.contains(id));
        let is_own = |id: &Id| world.iter().flat_map(|source| &source.items).any(|item| item.common().id == *id);
        for [one, other] in apart.iter().filter(|[one, other]| one != other && is_own(one) && is_own(other)) {
            let linked = |id: &Id| world.iter().flat_map(|source| &source.items).any(|item| item.common().aliases.contains(id));
            if !linked(one) && !linked(other) {
                prop_assert!(leads_to(one) != leads_to(other), "{one} and {other} are one");
            }
        }
    }

    #[test]
    fn what_is_joined_does_not_depend_on_the_order_of_the_sources(world in world(), same in some_ids(3)) {
        let decisions = Decisions { same, ..Decisions::default() };
        let merged = merge(world.clone(), &decisions);
        let other_way = merge(world.into_iter().rev().collect(), &decisions);
        prop_assert_eq!(parts(&merged), parts(&other_way));
    }

    #[test]
    fn what_was_merged_and_comes_again_with_its_sources_stays_as_it_was(world in world()) {
        let merged = merge(world.clone(), &Decisions::default());
        let mut again = vec![SourceItems { name: "merged".into(), items: merged.items.clone() }];
        again.extend(world);
        let again = merge(again, &Decisions::default());
        prop_assert_eq!(parts(&merged), parts(&again));
    }

    #[test]
    fn ids_stay_while_sources_come_and_go(world in world(), without in 0..3_usize) {
        let ids = |merged: &Merged| merged.items.iter().map(|item| item.common().id.clone()).collect::<BTreeSet<_>>();
        let first = merge(world.clone(), &Decisions::default());
        let remembered = |merged: &Merged| Decisions { earlier: merged.ids.clone(), ..Decisions::default() };
        let mut fewer = world.clone();
        if without < fewer.len() {
            fewer[without].items.clear();
        }
        let second = merge(fewer, &remembered(&first));
        let third = merge(world.into_iter().rev().collect(), &remembered(&second));
        // What fell apart meanwhile had to be called something.
        if ids(&second).is_subset(&ids(&first)) {
            prop_assert_eq!(ids(&first), ids(&third));
        }
        for item in &second.items {
            for id in std::iter::once(&item.common().id).chain(&item.common().aliases) {
                prop_assert!(first.ids.contains_key(id));
            }
        }
    }
}

fn named_place(id: usize, source: usize, name: &str, position: Position) -> Item {
    let common = common(format!("s{source}:{id}"), name);
    Item::Place(Place { common, kind: PlaceKind::Shop, position: Some(position), named: true, ..Place::default() })
}

fn dated_event(id: usize, source: usize, title: &str, at: DateTime<FixedOffset>, position: Position) -> Item {
    let common = common(format!("s{source}:e{id}"), title);
    let location = Some(Location { name: "Lices".into(), position: Some(position), ..Location::default() });
    let timings = vec![Timing { begin: at, end: at }];
    Item::Event(Event { common, timings, location, ..Event::default() })
}

/// Merges what two sources made of each number below `count`.
fn timed(count: usize, item: impl Fn(usize, usize) -> Vec<Item>) -> (Merged, Duration) {
    let source = |source: usize| SourceItems {
        name: format!("s{source}"),
        items: (0..count).flat_map(|at| item(at, source)).collect(),
    };
    let sources = vec![source(0), source(1)];
    let start = Instant::now();
    let merged = merge(sources, &Decisions::default());
    (merged, start.elapsed())
}

/// On a slow machine without optimisation; comparing each with each would take hours.
const LONGEST: Duration = Duration::from_secs(120);

#[test]
fn a_hundred_thousand_events_and_fifty_thousand_places_are_merged_soon() {
    let (merged, took) = timed(25_000, |at, source| {
        let ground = Position { lat: 43.0 + (at / 200) as f64 * 0.002, lon: 1.0 + (at % 200) as f64 * 0.003 };
        let word = |n: usize| ["Rivière", "Colline", "Fontaine", "Lanterne", "Prairie", "Cascade", "Horloge"][n % 7];
        let name = format!("{} {} {at}", word(at), word(at / 7));
        let event = |n: usize| dated_event(2 * at + n, source, &name, begin((at % 300) as i64, n as i64), ground);
        vec![named_place(at, source, &name, ground), event(0), event(1)]
    });
    assert_eq!((merged.items.len(), merged.joined.len()), (75_000, 75_000));
    assert!(took < LONGEST, "{took:?}");
}

#[test]
fn a_hundred_thousand_things_at_one_point_and_instant_stay_bounded() {
    for same_name in [true, false] {
        let (merged, took) = timed(50_000, |at, source| {
            let name = if same_name { "Le Port".to_owned() } else { format!("Port {}", at % 977) };
            vec![named_place(at, source, &name, north(0.0)), dated_event(at, source, &name, begin(0, 0), north(0.0))]
        });
        assert_eq!(merged.items.len(), 200_000, "{same_name}");
        assert!(took < LONGEST, "{took:?}");
        assert!(merged.problems.iter().any(|problem| problem.reason.contains("not compared")));
        assert!(merged.problems.len() < 100 && merged.proposals.is_empty());
    }
}

#[test]
fn the_command_believes_a_mark_of_a_stop_as_long_as_it_holds() {
    let folder = std::env::temp_dir().join(format!("parvis-merge-marks-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let document = |name: &str, source: &str, more: &str| {
        let from = format!(r#""provenance":[{{"source":"{source}","licence":"ODbL","credit":"TCA"}}]"#);
        let title = r#""title":{"fr":"Gare"},"type":"place","kind":"stop""#;
        let item = format!(r#"{{"id":"gtfs:ACC",{title},{from}{more}}}"#);
        fs::write(folder.join(name), format!(r#"{{"format":1,"items":[{item}]}}"#)).unwrap();
    };
    document("stops.json", "GTFS", r#","position":[43.9,2.1]"#);
    let no = r#""access":{"wheelchair":{"value":"no","date":"2026-05-01"}}"#;
    document("news.json", "GTFS-realtime", &format!(r#",{no},"valid":{{"until":"2026-05-01T12:00:00Z"}}"#));
    for (at, wheelchair, problems) in [("11:59", Tri::No, 0), ("12:00", Tri::Unknown, 1)] {
        let mut hub = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
        hub.current_dir(&folder).args([
            "merge",
            "stops.json",
            "news.json",
            "--out",
            "out.json",
            "--problems",
            "p.json",
        ]);
        let output = hub.args(["--at", &format!("2026-05-01T{at}:00Z")]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let read = read_document("out", &fs::read(folder.join("out.json")).unwrap());
        let [Item::Place(place)] = read.items.as_slice() else { panic!("{at}: {:?}", read.items) };
        assert_eq!((place.access.wheelchair.value, place.common.valid), (wheelchair, Validity::default()), "{at}");
        let told = fs::read_to_string(folder.join("p.json")).unwrap();
        assert_eq!(told.matches("left out: it said only until then").count(), problems, "{at}: {told}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_command_merges_and_remembers_ids() {
    let folder = std::env::temp_dir().join(format!("parvis-merge-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/merge/same-concert");
    let (first, second) = (case.join("1-openagenda.json"), case.join("2-ical.json"));
    let file = |name: &str| folder.join(name);
    fs::write(file("o.json"), r#"{"format":1,"overrides":[{"id":"openagenda:2","hide":true}]}"#).unwrap();
    let run = |files: &[&Path], more: &[&str]| {
        let mut hub = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
        hub.arg("merge").args(files).arg("--out").arg(file("out.json")).arg("--ids").arg(file("ids.json"));
        hub.arg("--joins").arg(file("joins.json")).arg("--problems").arg(file("problems.json")).args(more);
        let ran = hub.output().unwrap();
        (ran.status.success(), String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
    };
    let ids = || {
        let read = read_document("out", &fs::read(file("out.json")).unwrap());
        read.items.iter().map(|item| item.common().id.0.clone()).collect::<Vec<_>>()
    };
    let overrides = file("o.json");
    let (done, said, _) = run(&[&first, &second], &["--overrides", overrides.to_str().unwrap()]);
    assert!(done && said.contains("1 items of 3, 1 joined") && said.contains("1 hidden"), "{said}");
    assert_eq!(ids(), ["openagenda:1"]);
    let joins = fs::read_to_string(file("joins.json")).unwrap();
    assert!(joins.contains("\"by\": \"title, time and place\""), "{joins}");
    // The other source alone, then before it: the id stays.
    assert!(run(&[&second], &[]).0);
    assert_eq!(ids(), ["openagenda:1"]);
    assert!(run(&[&second, &first], &[]).0);
    assert_eq!(ids(), ["openagenda:1", "openagenda:2"]);
    assert!(run(&[&second, &first], &["--apart", "ical:a@lices=openagenda:1"]).0);
    assert_eq!(ids(), ["ical:a@lices", "openagenda:1", "openagenda:2"]);
    // What cannot be read changes nothing.
    fs::write(file("half.json"), r#"{"format":1,"items":["#).unwrap();
    fs::write(file("bad-ids.json"), "[]").unwrap();
    let bad_ids = ["--ids".to_owned(), file("bad-ids.json").display().to_string()];
    let (half, bad_ids) = (file("half.json"), bad_ids.each_ref().map(String::as_str));
    for (files, more) in [(vec![first.as_path(), &half], &[][..]), (vec![&first], &["--same", "a:1"][..])] {
        assert!(!run(&files, more).0, "{files:?} {more:?}");
    }
    assert!(!run(&[&first], &bad_ids).0);
    assert_eq!(ids().len(), 3);
    fs::remove_dir_all(&folder).unwrap();
}
