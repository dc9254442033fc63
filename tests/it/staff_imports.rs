//! What sources bring into the hub, over days of a clock that a test sets: what is published, changed here, hidden and
//! withdrawn.

use crate::office::{Office, calendar};
use crate::stand_in::{Reply, StandIn};
use chrono::TimeDelta;
use parvis::hub::sources::Override;
use parvis::hub::store::{State, StoredSource};
use serde_json::json;
use std::fs;

const HOURS: TimeDelta = TimeDelta::hours(1);

#[test]
fn what_is_due_is_fetched_and_reaches_displays_without_a_click() {
    let office = Office::new("sources-due");
    office.calendars.say("/agenda", &[(1, "Bal"), (2, "Loto")]);
    office.add("agenda", |_| {});
    let next = office.after(TimeDelta::zero());
    assert_eq!(next, Some(office.now() + HOURS * 6));
    assert_eq!(office.shown(), ["Bal", "Loto"]);
    assert_eq!((office.state("Bal"), office.source("agenda").health.items), (State::Published, 2));

    // Not due yet: nobody is asked.
    office.calendars.say("/agenda", &[(1, "Grand bal"), (2, "Loto")]);
    let asked = office.server.asked().len();
    office.after(HOURS * 5);
    assert_eq!((office.server.asked().len(), office.shown()), (asked, vec!["Bal".to_owned(), "Loto".to_owned()]));
    office.after(HOURS);
    assert_eq!(office.shown(), ["Grand bal", "Loto"]);

    // What staff made ready waits for their own word.
    let body = json!({"type": "article", "id": "hub:1", "title": {"fr": {"text": "Mairie"}}});
    let draft = parvis::hub::store::Draft {
        id: "hub:1",
        kind: "article",
        title: "Mairie",
        words: "Mairie",
        state: State::Ready,
        body: &body,
        reason: "",
        based_on: None,
    };
    office.hub.store.save(&draft, office.by()).unwrap();
    office.calendars.say("/agenda", &[(1, "Bal final"), (2, "Loto")]);
    office.after(HOURS * 6);
    assert_eq!(office.shown(), ["Bal final", "Loto"]);
    assert_eq!(office.state("Mairie"), State::Ready);
    office.hub.desk.publish(office.hub.store.as_ref(), office.by()).unwrap();
    assert_eq!(office.shown(), ["Bal final", "Loto", "Mairie"]);
}

#[test]
fn what_vanishes_is_withdrawn_and_what_could_not_be_read_stays() {
    let office = Office::new("sources-vanish");
    office.calendars.say("/agenda", &[(1, "Bal"), (2, "Loto")]);
    office.add("agenda", |_| {});
    office.after(TimeDelta::zero());
    let since = office.now() + HOURS * 6;
    for (nr, reply) in [
        Reply::new(500, "text/plain", "broken"),
        Reply::new(404, "text/plain", "gone"),
        Reply::new(200, "text/html", "<html>maintenance</html>"),
        Reply::new(200, "text/calendar", calendar(&[(1, "Bal")])).cut_after(60),
    ]
    .into_iter()
    .enumerate()
    {
        office.calendars.answer("/agenda", reply);
        let next = office.after(if nr == 0 { HOURS * 6 } else { TimeDelta::minutes(15) });
        assert_eq!(office.shown(), ["Bal", "Loto"], "failure {nr}");
        let health = office.source("agenda").health;
        assert!(!health.error.is_empty() && health.down_since == Some(since), "failure {nr}: {health:?}");
        assert_eq!((health.good, next), (Some(since - HOURS * 6), Some(office.now() + TimeDelta::minutes(15))));
    }
    office.calendars.say("/agenda", &[(2, "Loto")]);
    office.after(TimeDelta::minutes(15));
    assert_eq!(office.shown(), ["Loto"]);
    let health = office.source("agenda").health;
    assert_eq!((health.error.as_str(), health.down_since, health.good), ("", None, Some(office.now())));
}

#[test]
fn what_staff_changed_survives_what_the_source_says_next() {
    let office = Office::new("sources-own");
    office.calendars.say("/agenda", &[(1, "Bal"), (2, "Loto")]);
    office.add("agenda", |_| {});
    office.after(TimeDelta::zero());
    office.retitle("Bal", "Bal des pompiers");
    office.after(TimeDelta::zero());
    assert_eq!(office.shown(), ["Bal des pompiers", "Loto"]);

    // Something else changes: nothing to say. Then what staff changed does.
    let other = calendar(&[(1, "Bal"), (2, "Loto")]).replace("LOCATION:Port", "LOCATION:Quai");
    office.calendars.answer("/agenda", Reply::new(200, "text/calendar", other));
    office.after(HOURS * 6);
    let id = office.id("Bal des pompiers");
    assert_eq!(office.hub.store.item(&id).unwrap().unwrap().body["location"]["name"], json!("Quai"));
    assert!(!office.hub.store.imported(&id).unwrap().unwrap().is_changed_below);
    office.calendars.say("/agenda", &[(1, "Bal annulé"), (2, "Loto")]);
    office.after(HOURS * 6);
    assert_eq!(office.shown(), ["Bal des pompiers", "Loto"]);
    assert!(office.hub.store.imported(&id).unwrap().unwrap().is_changed_below);
    assert_eq!(office.hub.store.shares().unwrap()["agenda"].changed_below, 1);

    office.decide("Bal des pompiers", Override::Keep);
    assert!(!office.hub.store.imported(&id).unwrap().unwrap().is_changed_below);
    office.after(HOURS * 6);
    assert!(!office.hub.store.imported(&id).unwrap().unwrap().is_changed_below, "it was looked at");
    office.decide("Bal des pompiers", Override::AsSources);
    office.after(TimeDelta::zero());
    assert_eq!(office.shown(), ["Bal annulé", "Loto"]);

    // It is gone and comes back: what was decided about it holds still.
    office.retitle("Bal annulé", "Bal reporté");
    office.calendars.say("/agenda", &[(2, "Loto")]);
    office.after(HOURS * 6);
    assert_eq!(office.shown(), ["Loto"]);
    office.calendars.say("/agenda", &[(1, "Bal annulé"), (2, "Loto")]);
    office.after(HOURS * 6);
    assert_eq!(office.shown(), ["Bal reporté", "Loto"]);
}

#[test]
fn what_is_hidden_or_withdrawn_here_no_source_brings_back() {
    let office = Office::new("sources-hidden");
    office.calendars.say("/agenda", &[(1, "Bal"), (2, "Loto"), (3, "Foire")]);
    office.add("agenda", |_| {});
    office.after(TimeDelta::zero());
    office.decide("Bal", Override::Hide);
    office.after(TimeDelta::zero());
    assert_eq!(office.shown(), ["Foire", "Loto"]);
    let loto = office.id("Loto");
    office.hub.desk.withdraw(office.hub.store.as_ref(), std::slice::from_ref(&loto), office.by()).unwrap();
    office.calendars.say("/agenda", &[(1, "Bal de minuit"), (2, "Grand loto"), (3, "Foire")]);
    office.after(HOURS * 6);
    assert_eq!(office.shown(), ["Foire"]);
    office.decide("Bal de minuit", Override::Show);
    office.decide("Grand loto", Override::Show);
    office.after(TimeDelta::zero());
    assert_eq!(office.shown(), ["Bal de minuit", "Foire", "Grand loto"]);
}

#[test]
fn what_waits_for_approval_is_not_published_without_it() {
    let office = Office::new("sources-moderated");
    office.calendars.say("/agenda", &[(1, "Bal")]);
    office.calendars.say("/club", &[(2, "Loto")]);
    office.add("agenda", |_| {});
    office.add("club", |source| (source.is_direct, source.rank) = (false, 2));
    office.after(TimeDelta::zero());
    assert_eq!((office.shown(), office.state("Loto")), (vec!["Bal".to_owned()], State::ToModerate));

    let mut source = office.source("club");
    source.is_direct = true;
    assert!(office.hub.store.change_source(&source, office.by()).unwrap());
    office.after(TimeDelta::zero());
    assert_eq!(office.shown(), ["Bal", "Loto"]);

    assert!(office.hub.store.remove_source("agenda", office.by()).unwrap());
    office.after(TimeDelta::zero());
    assert_eq!(office.shown(), ["Loto"], "what came of a source goes with it");
}

#[test]
fn a_paused_source_keeps_what_it_gave_and_is_read_only_on_demand() {
    let office = Office::new("sources-paused");
    office.calendars.say("/agenda", &[(1, "Bal")]);
    office.add("agenda", |_| {});
    office.after(TimeDelta::zero());
    let paused = StoredSource { is_paused: true, ..office.source("agenda") };
    assert!(office.hub.store.change_source(&paused, office.by()).unwrap());
    office.calendars.say("/agenda", &[(1, "Loto")]);
    assert_eq!(office.after(HOURS * 48), None);
    assert_eq!(office.shown(), ["Bal"]);
    assert!(office.hub.store.want_source("agenda", office.by()).unwrap());
    office.after(TimeDelta::zero());
    assert_eq!(office.shown(), ["Loto"]);
}

#[test]
fn what_staff_wrote_is_not_taken_over_by_a_source() {
    let office = Office::new("sources-number");
    office.calendars.say("/agenda", &[(1, "Bal")]);
    office.add("agenda", |_| {});
    office.after(TimeDelta::zero());
    let id = office.id("Bal");
    office.hub.store.remove_source("agenda", office.by()).unwrap();
    let body = json!({"type": "event", "id": id, "title": {"fr": {"text": "À nous"}}});
    let draft = parvis::hub::store::Draft {
        id: &id,
        kind: "event",
        title: "À nous",
        words: "",
        state: State::Draft,
        body: &body,
        reason: "",
        based_on: None,
    };
    office.hub.store.save(&draft, office.by()).unwrap();
    office.add("agenda", |_| {});
    office.after(TimeDelta::zero());
    assert_eq!(office.hub.store.item(&id).unwrap().unwrap().body, body);
}

#[test]
fn no_warning_waits_for_more_than_one_slow_source() {
    let office = Office::new("sources-slow");
    let clock = office.clock.clone();
    let slow = StandIn::start(move |_| {
        *clock.lock().unwrap() += HOURS;
        Reply::new(200, "text/calendar", calendar(&[(1, "Bal")]))
    });
    let at = |path: &str| slow.url(path).to_string();
    office.add("a", |source| source.entry.from = at("/a"));
    office.add("b", |source| source.entry.from = at("/b"));
    office.add("warnings", |source| {
        source.entry.format = "cap".to_owned();
        source.entry.codes = vec!["81".to_owned()];
        source.entry.from = at("/warnings");
    });
    let read = || slow.asked().iter().map(|asked| asked.path.clone()).collect::<Vec<_>>();
    office.after(TimeDelta::zero());
    assert_eq!(read(), ["/warnings", "/a"], "meanwhile it failed, and is due again");
    office.after(TimeDelta::zero());
    assert_eq!(read(), ["/warnings", "/a", "/warnings", "/b"]);
}

#[test]
fn a_publication_that_fails_is_made_up_for() {
    let office = Office::new("sources-unsigned");
    office.calendars.say("/agenda", &[(1, "Bal")]);
    office.add("agenda", |_| {});
    let socket = office.town.at("signer.sock");
    fs::rename(&socket, office.town.at("elsewhere.sock")).unwrap();
    let next = office.after(TimeDelta::zero());
    assert!(!office.hub.store.import_standing().unwrap().publication_error.is_empty());
    assert_eq!((next, office.state("Bal")), (Some(office.now() + TimeDelta::minutes(5)), State::Ready));
    fs::rename(office.town.at("elsewhere.sock"), &socket).unwrap();
    office.after(TimeDelta::minutes(5));
    assert_eq!((office.shown(), office.state("Bal")), (vec!["Bal".to_owned()], State::Published));
    assert_eq!(office.hub.store.import_standing().unwrap().publication_error, "");
}
