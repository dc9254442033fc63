use super::*;
use crate::content::{Bulletin, Catalog, Id, Show, read_document, read_town};
use crate::player::almanac::Almanac;
use crate::player::media::Files;
use crate::player::opening::{Opened, Standing, open_demo, open_path};
use crate::player::signage::panel::{Making, boxes, slide_of, whole};
use crate::player::signage::suitable::{Measured, Stocked, with_stock, words_of};
use crate::player::theme::Theme;
use crate::player::{look::Look, visitor::Visitor};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

fn at() -> DateTime<Utc> {
    "2026-06-15T13:30:00Z".parse().unwrap()
}

fn profiles() -> Vec<Profile> {
    Profile::names().into_iter().map(|name| Profile::shipped(name).unwrap()).collect()
}

/// What is said of these items on the totem.
fn found(items: Value) -> Vec<(Weight, String, String)> {
    let read = read_document("test", json!({"format": 1, "items": items}).to_string().as_bytes());
    assert_eq!(read.problems, []);
    let (town, _) = read_town("town.json", br#"{"zone": "Europe/Paris", "country": "FR", "fallback": ["fr"]}"#);
    let (catalog, problems) = Catalog::new(town, read.items);
    assert_eq!(problems, []);
    let almanac = Almanac::new(catalog, None, 0.0);
    let theme = Theme::shipped("parvis").unwrap();
    let subject =
        Subject { almanac: &almanac, bulletin: &Bulletin::default(), files: &Files::None, theme: &theme, now: at() };
    let findings = lint(&subject, &[Profile::shipped("totem-portrait").unwrap()]);
    findings.into_iter().map(|finding| (finding.weight, finding.id.0, finding.words)).collect()
}

/// Whether of an item something is said that has these words.
fn says(found: &[(Weight, String, String)], weight: Weight, id: &str, words: &str) -> bool {
    found.iter().any(|(of, about, said)| (*of, about.as_str()) == (weight, id) && said.contains(words))
}

fn item(id: &str, show: Value) -> Value {
    json!({"type": "playlist_item", "id": id, "show": show, "title": {"fr": "Avis"}})
}

fn with(mut item: Value, more: Value) -> Value {
    more.as_object().unwrap().iter().for_each(|(key, value)| item[key] = value.clone());
    item
}

#[test]
fn each_fault_of_an_item_is_said_with_its_id_and_what_to_do() {
    let long = "mot ".repeat(400);
    let picture = |path: &str| json!({"media": [{"path": path}]});
    let found = found(json!([
        with(item("long", json!({"kind": "notice"})), json!({"text": {"fr": long}})),
        with(item("wordy", json!({"kind": "notice"})), json!({"text": {"fr": "mot ".repeat(28)}, "duration_secs": 4})),
        with(item("lost", json!({"kind": "picture"})), picture("lost.jpg")),
        item("bare", json!({"kind": "picture"})),
        with(item("film", json!({"kind": "film"})), picture("bay.mp4")),
        with(item("still", json!({"kind": "film"})), picture("bay.jpg")),
        item("code", json!({"kind": "qr"})),
        with(item("mail", json!({"kind": "qr"})), json!({"link": {"fr": "mailto:a@b.fr"}})),
        with(
            item("far", json!({"kind": "qr"})),
            json!({"template": "code-only", "link": {"fr": format!("https://ville.fr/{}", "a".repeat(600))}})
        ),
        {"type": "template", "id": "code-only", "title": {"fr": "Code"}, "landscape": {"picture": "code"}},
        item("place", json!({"kind": "place", "place": "nowhere"})),
        item("article", json!({"kind": "article", "article": "nothing"})),
        item("late", json!({"kind": "countdown", "to": "2026-06-01T00:00:00Z"})),
        with(item("plain", json!({"kind": "notice"})), json!({"template": "unknown"})),
        with(item("abroad", json!({"kind": "notice"})), json!({"title": {"en": "Notice"}})),
        with(
            item("half", json!({"kind": "notice"})),
            json!({"title": {"fr": "Avis", "en": "Notice"}, "text": {"fr": "Mot"}})
        ),
    ]));
    for (weight, id, words) in [
        (Weight::Refused, "long", "words too long: shorten it"),
        (Weight::Warning, "wordy", "29 words are more than the 25"),
        (Weight::Warning, "wordy", "it stands for 4 s and takes 13 s"),
        (Weight::Refused, "lost", "there is no file media/lost.jpg"),
        (Weight::Warning, "lost", "(alt)"),
        (Weight::Warning, "lost", "(credit)"),
        (Weight::Refused, "bare", "name one in media"),
        (Weight::Warning, "film", "no picture to stand in its place"),
        (Weight::Warning, "still", "the last of its media is none"),
        (Weight::Refused, "code", "no link to scan"),
        (Weight::Warning, "mail", "no address that a telephone opens"),
        (Weight::Warning, "far", "the code is read from"),
        (Weight::Refused, "place", "there is no place nowhere"),
        (Weight::Refused, "article", "there is no article nothing"),
        (Weight::Hint, "late", "it is over"),
        (Weight::Warning, "plain", "there is no template unknown"),
        (Weight::Hint, "plain", "in no playlist"),
        (Weight::Warning, "abroad", "not in French"),
        (Weight::Warning, "half", "its title is in en and its text is not"),
    ] {
        assert!(says(&found, weight, id, words), "{id}: {words}: {found:#?}");
    }
    assert!(!found.iter().any(|(weight, id, _)| *weight == Weight::Refused && id == "wordy"), "{found:#?}");
}

#[test]
fn each_fault_of_the_schedule_is_said() {
    let playlist = |id: &str, slots: Value| json!({"type": "playlist", "id": id, "title": {"fr": id}, "slots": slots});
    let named = |kind: &str, id: &str| json!({"type": kind, "id": id, "title": {"fr": id}});
    let entry = |id: &str, playlist: &str| with(named("schedule_entry", id), json!({"playlist": playlist}));
    let campaign =
        |id: &str, share: u8| with(named("campaign", id), json!({"slots": ["notice", "paid"], "share": share}));
    let found = found(json!([
        item("notice", json!({"kind": "notice"})),
        with(item("paid", json!({"kind": "notice"})), json!({"advertising": true})),
        playlist("good", json!(["notice"])),
        playlist("holed", json!(["notice", "nothing"])),
        playlist("empty", json!([])),
        with(
            playlist("laid", json!(["notice"])),
            json!({"layout": "parvis:plein-bandeau", "regions": {"dessus": "good"}})
        ),
        with(playlist("unlaid", json!(["notice"])), json!({"layout": "unknown"})),
        with(entry("strong", "good"), json!({"priority": 5})),
        entry("weak", "good"),
        entry("lost", "nothing"),
        with(entry("past", "good"), json!({"end": "2026-01-01T00:00:00"})),
        with(entry("coming", "good"), json!({"start": "2026-12-01T00:00:00"})),
        with(
            entry("never", "good"),
            json!({"weekdays": ["mon"], "except": ["2026-06-15", "2026-06-22", "2026-06-29"]})
        ),
        campaign("one", 60),
        campaign("two", 60),
        json!({"type": "alert", "id": "bare", "title": {"fr": "Crue"}, "severity": "severe"}),
        json!({"type": "alert", "id": "endless", "title": {"fr": "Crue ".repeat(200)}, "severity": "severe"}),
    ]));
    for (weight, id, words) in [
        (Weight::Refused, "holed", "there is no playlist item nothing"),
        (Weight::Refused, "empty", "nothing to show"),
        (Weight::Warning, "laid", "layout parvis:plein-bandeau has no region dessus"),
        (Weight::Warning, "laid", "region bandeau of layout parvis:plein-bandeau stays empty"),
        (Weight::Warning, "unlaid", "there is no layout unknown"),
        (Weight::Warning, "weak", "strong comes before it"),
        (Weight::Refused, "lost", "there is no playlist nothing"),
        (Weight::Hint, "past", "it is over"),
        (Weight::Warning, "never", "at no hour"),
        (Weight::Warning, "one", "120 %"),
        (Weight::Hint, "one", "some of its items are advertising"),
        (Weight::Warning, "bare", "add an instruction"),
        (Weight::Refused, "endless", "words too long"),
    ] {
        assert!(says(&found, weight, id, words), "{id}: {words}: {found:#?}");
    }
    for sound in ["strong", "coming", "good"] {
        assert!(!found.iter().any(|(_, id, _)| id == sound), "{sound}: {found:#?}");
    }
}

#[test]
fn an_optional_box_gives_way_to_the_words_and_only_to_them() {
    let boxes = |optional: bool| {
        json!({"column": [
            {"words": {"lines": [{"text": "{title}"}]}},
            {"size": "50%", "picture": "code", "optional": optional},
        ]})
    };
    let template =
        |id: &str, optional| json!({"type": "template", "id": id, "title": {"fr": id}, "landscape": boxes(optional)});
    let shown = |id: &str, template: &str, words: usize| {
        let link = format!("https://ville.fr/{}", "a".repeat(900));
        let words = json!({"template": template, "link": {"fr": link}, "title": {"fr": "mot ".repeat(words)}});
        with(item(id, json!({"kind": "qr"})), words)
    };
    let found = found(json!([
        template("gives", true),
        template("stays", false),
        shown("short", "gives", 3),
        shown("long", "gives", 72),
        shown("stiff", "stays", 72),
        shown("endless", "gives", 2000),
    ]));
    let has_code = |id: &str| says(&found, Weight::Warning, id, "the code is read from");
    let is_refused = |id: &str| says(&found, Weight::Refused, id, "too long");
    let outcomes = ["short", "long", "stiff", "endless"].map(|id| (id, has_code(id), is_refused(id)));
    let due = [("short", true, false), ("long", false, false), ("stiff", false, true), ("endless", false, true)];
    assert_eq!(outcomes, due, "{found:#?}");
}

/// The demo town, and a made-up one in two languages with something of every kind.
fn towns() -> [Opened; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/signage/content");
    [open_demo(at(), Standing::default()), open_path(&folder, Standing::default()).unwrap()]
}

#[test]
fn what_is_not_refused_is_never_skipped_by_the_player_and_what_is_refused_is() {
    let theme = Theme::shipped("parvis").unwrap();
    let bulletin = Bulletin::default();
    for mut town in towns() {
        let long = "interminablement ".repeat(120);
        for item in town.almanac.catalog.schedule.items.iter_mut().filter(|item| item.show == Show::Ticker) {
            item.common.title = crate::content::Localized::one("fr", long.clone());
        }
        let (almanac, files) = (&town.almanac, &town.gallery.files);
        let subject = Subject { almanac, bulletin: &bulletin, files, theme: &theme, now: at() };
        for profile in profiles() {
            let findings = lint(&subject, std::slice::from_ref(&profile));
            let refused: BTreeSet<Id> = findings
                .iter()
                .filter(|finding| finding.weight == Weight::Refused)
                .map(|finding| finding.id.clone())
                .collect();
            let profile = profile.for_audience();
            let skipped = skipped(&subject, &profile);
            let items: BTreeSet<Id> = almanac.catalog.schedule.items.iter().map(|it| it.common.id.clone()).collect();
            let refused: BTreeSet<Id> = refused.intersection(&items).cloned().collect();
            let is_list = |id: &Id| {
                let item = almanac.catalog.schedule.items.iter().find(|item| item.common.id == *id);
                item.is_some_and(|item| matches!(item.show, Show::Agenda { .. } | Show::Tonight | Show::Events { .. }))
            };
            // Of a list what is refused may be an event of another day.
            let now: BTreeSet<Id> =
                refused.iter().filter(|id| !is_list(id) || skipped.contains(*id)).cloned().collect();
            assert_eq!(now, skipped, "{}: {findings:#?}", profile.name);
        }
    }
}

/// The items that the player leaves out in one of its languages.
fn skipped(subject: &Subject<'_>, profile: &Profile) -> BTreeSet<Id> {
    let mut desk = Desk::new();
    let mut skipped = BTreeSet::new();
    for language in [crate::language::Language::Fr, crate::language::Language::En] {
        let visitor = Visitor::nobody(language);
        let scene = subject.scene(profile, &visitor, at());
        let station = subject.station(profile, language);
        let schedule = station.schedule(subject.catalog());
        let making = Making { station: &station, schedule: &schedule };
        let look = Look::new(&scene, subject.theme, false, Default::default());
        let out = RefCell::new(BTreeSet::new());
        let refused = |item: &crate::content::PlaylistItem, _: &_| out.borrow_mut().extend([item.common.id.clone()]);
        let findings = crate::signage::Findings::default();
        let stocked = Stocked { scene: &scene, files: subject.files, making, findings: &findings };
        with_stock(stocked, &mut Measured::default(), &mut desk.composer(&look), &refused, |stock, _| {
            for item in &schedule.items {
                stock.offer(item, 0, at() + TimeDelta::seconds(1));
            }
        });
        skipped.append(&mut out.into_inner());
        let shown = schedule.items.iter().filter(|item| !skipped.contains(&item.common.id));
        for item in shown {
            let mut composer = desk.composer(&look);
            let fits = words_of(&scene, subject.files, making, (item, None), &mut composer);
            assert!(fits.is_ok(), "{}: {fits:?}", item.common.id);
            let slide = slide_of(&scene, &station, item, 0, at(), language).unwrap();
            let boxes =
                boxes(&schedule, &item.template, crate::player::signage::templates::kind_of(&item.show), whole(&scene));
            composer.region_mm = (profile.panel_width_mm, profile.panel_height_mm);
            assert!(composer.compose(&boxes, &slide).is_ok(), "{}", item.common.id);
        }
    }
    skipped
}

/// Three events of the day and one of the next, a list of them, and notices.
fn busy_day() -> Almanac {
    let event = |id: &str, begin: &str, end: &str| json!({"type": "event", "id": id, "title": {"fr": "Concert"}, "timings": [{"begin": begin, "end": end}]});
    let items = json!([
        event("e:1", "2026-06-15T09:00:00+02:00", "2026-06-15T11:00:00+02:00"),
        event("e:2", "2026-06-15T14:00:00+02:00", "2026-06-15T16:00:00+02:00"),
        event("e:3", "2026-06-15T20:30:00+02:00", "2026-06-15T23:00:00+02:00"),
        event("e:4", "2026-06-16T20:30:00+02:00", "2026-06-16T23:00:00+02:00"),
        item("events", json!({"kind": "events", "filter": {}, "count": 3})),
        item("agenda", json!({"kind": "agenda", "filter": {"period": "today"}, "rows": 5})),
        item("tonight", json!({"kind": "tonight"})),
        with(item("notice", json!({"kind": "notice"})), json!({"text": {"fr": "mot ".repeat(24)}})),
        {"type": "playlist", "id": "all", "title": {"fr": "Tout"}, "default": true,
            "slots": ["events", "agenda", "tonight", "notice"]},
    ]);
    let read = read_document("test", json!({"format": 1, "items": items}).to_string().as_bytes());
    assert_eq!(read.problems, []);
    let (town, _) = read_town("town.json", br#"{"zone": "Europe/Paris", "country": "FR", "fallback": ["fr"]}"#);
    Almanac::new(Catalog::new(town, read.items).0, None, 0.0)
}

/// The item that plays at an instant, and since when.
fn plays(subject: &Subject<'_>, measured: &mut Measured, now: DateTime<Utc>) -> Option<(Id, DateTime<Utc>)> {
    let profile = Profile::shipped("totem-portrait").unwrap().for_audience();
    let language = subject.language();
    let visitor = Visitor::nobody(language);
    let scene = subject.scene(&profile, &visitor, now);
    let station = subject.station(&profile, language);
    let schedule = station.schedule(subject.catalog());
    let look = Look::new(&scene, subject.theme, false, Default::default());
    let findings = crate::signage::Findings::default();
    let making = Making { station: &station, schedule: &schedule };
    let stocked = Stocked { scene: &scene, files: subject.files, making, findings: &findings };
    with_stock(stocked, measured, &mut Desk::new().composer(&look), &|_, _| {}, |stock, _| {
        match crate::signage::program(&schedule, &[], &station.display, stock, now).shown {
            crate::signage::Shown::Playlist { regions, .. } => {
                let playing = regions.first()?.playing;
                Some((playing.item?.common.id.clone(), playing.begins))
            }
            _ => None,
        }
    })
}

#[test]
fn a_display_that_was_just_switched_on_shows_what_one_that_has_played_all_day_shows() {
    let (almanac, theme) = (busy_day(), Theme::shipped("parvis").unwrap());
    let bulletin = Bulletin::default();
    let subject = Subject { almanac: &almanac, bulletin: &bulletin, files: &Files::None, theme: &theme, now: at() };
    let morning: DateTime<Utc> = "2026-06-15T05:00:00+02:00".parse().unwrap();
    let mut since_morning = Measured::default();
    for hour in 0..17 {
        plays(&subject, &mut since_morning, morning + TimeDelta::hours(hour));
    }
    for minutes in [0, 1, 7, 61] {
        let now = morning + TimeDelta::hours(17) + TimeDelta::minutes(minutes);
        let fresh = plays(&subject, &mut Measured::default(), now);
        assert!(fresh.is_some());
        assert_eq!(plays(&subject, &mut since_morning, now), fresh, "{now}");
    }
}
