//! A hub without its server, at whatever time a test wants, and somebody's server of calendars beside it.

use crate::bare_hub::bare_hub;
use crate::display::Display;
use crate::published_town::{Running, Town, files};
use crate::stand_in::{Reply, StandIn};
use chrono::{DateTime, TimeDelta, Utc};
use parvis::hub::app::Hub;
use parvis::hub::publishing::TOWN;
use parvis::hub::sources::{Fetching, Override, decide, fetch_due};
use parvis::hub::store::{By, State, StoredSource};
use parvis::import::fetch::Pace;
use parvis::import::town_sources::SourceEntry;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::sync::{Arc, Mutex};

/// A calendar with these dates: number and title.
pub fn calendar(events: &[(u32, &str)]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//essai//FR\r\n".to_owned();
    for (nr, title) in events {
        text += &format!(
            "BEGIN:VEVENT\r\nUID:{nr}@essai\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261201T{:02}0000Z\r\n\
             DTEND:20261201T{:02}3000Z\r\nSUMMARY:{title}\r\nLOCATION:Port\r\nEND:VEVENT\r\n",
            nr % 24,
            nr % 24
        );
    }
    text + "END:VCALENDAR\r\n"
}

/// Somebody's server of calendars, whose answers a test changes.
#[derive(Clone, Default)]
pub struct Calendars(Arc<Mutex<BTreeMap<String, Reply>>>);

impl Calendars {
    pub fn started(&self) -> StandIn {
        let answers = self.0.clone();
        StandIn::start(move |asked| {
            let path = asked.path.split('?').next().unwrap_or_default();
            let answer = answers.lock().unwrap().get(path).cloned();
            answer.unwrap_or_else(|| Reply::new(404, "text/plain", "nothing"))
        })
    }

    pub fn say(&self, path: &str, events: &[(u32, &str)]) {
        self.answer(path, Reply::new(200, "text/calendar", calendar(events)));
    }

    pub fn answer(&self, path: &str, reply: Reply) {
        self.0.lock().unwrap().insert(path.to_owned(), reply);
    }
}

/// A hub without its server, at whatever time a test wants.
pub struct Office {
    pub town: Town,
    pub hub: Hub,
    pub clock: Arc<Mutex<DateTime<Utc>>>,
    pub calendars: Calendars,
    pub server: StandIn,
    _signer: Running,
}

const BY: &str = "anne@ville.fr";

impl Office {
    pub fn new(name: &str) -> Self {
        let town = Town::new(name);
        let signing = "sign --keys keys --passphrase-file passphrase --publication publication --listen signer.sock";
        let mut signer = town.start(signing);
        BufReader::new(signer.0.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        let clock = Arc::new(Mutex::new("2026-11-23T12:00:00Z".parse().unwrap()));
        let told = clock.clone();
        let mut fetching = Fetching::new(vec!["127.0.0.1".to_owned()]);
        fetching.pace = Some(Pace::unhurried());
        let mut hub = bare_hub(&town, move || *told.lock().unwrap());
        hub.fetching = fetching;
        let calendars = Calendars::default();
        let office = Self { server: calendars.started(), town, hub, clock, calendars, _signer: signer };
        let town = json!({"name": {"fr": "Essai"}, "zone": "Europe/Paris"});
        office.hub.store.set(TOWN, &town, office.by()).unwrap();
        office
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.clock.lock().unwrap()
    }

    /// Anne, now.
    pub fn by(&self) -> By<'static> {
        By { who: BY, now: self.now() }
    }

    /// Adds a calendar at this path of the server.
    pub fn add(&self, name: &str, change: impl FnOnce(&mut StoredSource)) {
        let entry = SourceEntry {
            name: name.to_owned(),
            format: "ical".to_owned(),
            from: self.server.url(&format!("/{name}")).to_string(),
            licence: "Licence Ouverte 2.0".to_owned(),
            is_of_staff: true,
            ..SourceEntry::default()
        };
        let mut source = StoredSource {
            title: name.to_owned(),
            entry,
            schedule: "6h".to_owned(),
            is_direct: true,
            ..StoredSource::default()
        };
        change(&mut source);
        self.hub.store.add_source(&source, self.by()).unwrap();
    }

    /// So much time passes, and what is due is fetched; when something is due next.
    pub fn after(&self, time: TimeDelta) -> Option<DateTime<Utc>> {
        *self.clock.lock().unwrap() += time;
        fetch_due(&self.hub).unwrap()
    }

    pub fn source(&self, name: &str) -> StoredSource {
        self.hub.store.source(name).unwrap().unwrap()
    }

    /// The id of what has this title.
    pub fn id(&self, title: &str) -> String {
        let query = parvis::hub::store::Query { count: 1000, ..Default::default() };
        let (items, _) = self.hub.store.items(&query).unwrap();
        items.into_iter().find(|item| item.title == title).unwrap_or_else(|| panic!("no {title}")).id
    }

    pub fn state(&self, title: &str) -> State {
        self.hub.store.item(&self.id(title)).unwrap().unwrap().state
    }

    pub fn decide(&self, title: &str, wish: Override) {
        let id = self.id(title);
        let (item, imported) =
            (self.hub.store.item(&id).unwrap().unwrap(), self.hub.store.imported(&id).unwrap().unwrap());
        assert_eq!(decide(&self.hub, (&item, &imported), wish, self.by()).unwrap(), Ok(true));
    }

    /// Gives what has this title another.
    pub fn retitle(&self, title: &str, to: &str) {
        let mut body = self.hub.store.item(&self.id(title)).unwrap().unwrap().body;
        body["title"]["fr"]["text"] = json!(to);
        self.decide(title, Override::Set(body));
    }

    pub fn shown(&self) -> Vec<String> {
        shown(&self.town)
    }
}

/// What a display shows that has brought in what was published.
pub fn shown(town: &Town) -> Vec<String> {
    let mut display = Display::new();
    display.clock.set(jiff::Timestamp::now());
    display.trust(&fs::read(town.at("publication/root.json")).unwrap());
    display.web.serve(&files(&town.at("publication")));
    display.turn().unwrap();
    let mut titles = display.titles();
    titles.sort();
    titles
}
