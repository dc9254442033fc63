//! How long the servers of a source may take, by a clock that tests wind: what came in time stays, and nobody waits for
//! a host that is dead.

use crate::stand_in::{Asked, Reply, StandIn};
use chrono::{DateTime, Utc};
use parvis::import::Extent;
use parvis::import::fetch::{Allowed, Ask, Clock, FetchError, Pace, Web};
use parvis::import::town_sources::{Outcome, Report, SourcesFile, TownImport};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use url::Url;

/// A clock that stands still until something takes time.
#[derive(Clone, Debug, Default)]
struct Wound(Arc<Mutex<Duration>>);

impl Wound {
    fn minutes(&self, minutes: u64) {
        self.wait(Duration::from_secs(60 * minutes));
    }
}

impl Clock for Wound {
    fn now(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn wait(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

fn now() -> DateTime<Utc> {
    "2026-05-01T10:00:00Z".parse().unwrap()
}

fn event(uid: u64, picture: Option<String>) -> Value {
    json!({
        "uid": uid, "title": { "fr": format!("Concert {uid}") }, "state": 2, "timezone": "Europe/Paris",
        "timings": [{ "begin": "2026-06-01T20:00:00+02:00", "end": "2026-06-01T22:00:00+02:00" }],
        "image": picture.map(|url| json!({ "base": "", "filename": url })),
    })
}

/// Reads one agenda as a town does, with these settings of `[fetch]`.
fn read(name: &str, server: &StandIn, fetch: &str, clock: &Wound) -> (Report, String) {
    let folder: PathBuf = std::env::temp_dir().join(format!("parvis-time-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let url = server.url("/v2/agendas/7/events");
    let text = format!(
        "[fetch]\nbetween_ms = 0\n{fetch}\n[[source]]\nname = \"agenda\"\nformat = \"openagenda\"\nfrom = \"{url}\"\n"
    );
    let file = SourcesFile::parse(&text, &folder).unwrap();
    let pace = Some(Pace::default().by(Arc::new(clock.clone())));
    let import = TownImport { file: &file, now: now(), everything: false, pace };
    let report = import.one(&file.sources[0], &mut |_| {}).unwrap();
    let problems = fs::read_to_string(folder.join("import-state/agenda/problems.json")).unwrap_or_default();
    fs::remove_dir_all(&folder).unwrap();
    (report, problems)
}

/// Pages of one event each, of an agenda with so many.
fn page(asked: &Asked, total: u64) -> Reply {
    if !asked.path.contains("/events") {
        return Reply::json(&json!({ "title": "Agenda" }));
    }
    let at: u64 = asked.query("after[]").map_or(1, |after| after.parse().unwrap());
    let next = (at < total).then(|| json!([at + 1]));
    Reply::json(&json!({ "total": total, "events": [event(at, None)], "after": next }))
}

#[test]
fn what_came_in_time_stays_and_the_rest_is_not_asked_for() {
    for (minutes, items) in [("minutes_max = 37", 3), ("", 2), ("minutes_max = 100", 5)] {
        let clock = Wound::default();
        let slow = clock.clone();
        let server = StandIn::start(move |asked| {
            slow.minutes(if asked.path.contains("/events") { 12 } else { 0 });
            page(asked, 5)
        });
        let (report, problems) = read("pages", &server, minutes, &clock);
        assert_eq!(report.items, items, "{minutes}");
        match report.outcome {
            Outcome::Read(Extent::Whole) => assert_eq!(items, 5),
            Outcome::Read(Extent::BrokenOff(reason)) => {
                assert!(reason.contains("the time for this source is over"), "{reason}");
                assert!(problems.contains("the time for this source is over"), "{problems}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn pictures_take_half_of_the_time_and_cost_no_record() {
    let clock = Wound::default();
    let slow = clock.clone();
    let pictures = Arc::new(Mutex::new(0));
    let asked_for = pictures.clone();
    let server = StandIn::start(move |asked| {
        if asked.path.ends_with(".jpg") {
            slow.minutes(10);
            *asked_for.lock().unwrap() += 1;
            return Reply::new(404, "text/plain", "no");
        }
        let host = &asked.headers["host"];
        let events: Vec<Value> = (1..=6).map(|uid| event(uid, Some(format!("http://{host}/{uid}.jpg")))).collect();
        Reply::json(&json!({ "title": "Agenda", "total": 6, "events": events }))
    });
    let (report, problems) = read("pictures", &server, "minutes_max = 30", &clock);
    assert_eq!((report.items, report.outcome), (6, Outcome::Read(Extent::Whole)));
    assert_eq!(*pictures.lock().unwrap(), 2);
    assert_eq!(problems.matches("the time for the pictures of this source is over").count(), 4, "{problems}");
}

#[test]
fn an_answer_that_drips_ends_with_the_time() {
    let server = StandIn::start(|_| Reply::new(200, "text/plain", vec![b'x'; 4 << 20]));
    let clock = Wound::default();
    let mut allowed = Allowed::default();
    allowed.and_host_of(&server.url("/"));
    let pace = Pace::unhurried().by(Arc::new(clock.clone()));
    let mut web = Web::new(allowed, pace).within(Duration::from_secs(60));
    let drip = clock.clone();
    let error = web.download(&server.url("/"), &Ask::default(), &mut |_, _| drip.wait(Duration::from_secs(20)));
    let error = error.unwrap_err();
    assert!(error.is_passing && error.reason.contains("the time for this source is over"), "{error}");
    assert!(clock.now() < Duration::from_secs(100));
    assert!(web.get(&server.url("/again"), &Ask::default()).is_err());
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_server_that_wants_to_be_left_alone_is_not_waited_for_beyond_the_time() {
    let server = StandIn::start(|_| Reply::new(503, "text/plain", "later").with("retry-after", "50"));
    let clock = Wound::default();
    let mut allowed = Allowed::default();
    allowed.and_host_of(&server.url("/"));
    let mut web = Web::new(allowed, Pace::default().by(Arc::new(clock.clone()))).within(Duration::from_secs(60));
    assert!(web.get(&server.url("/"), &Ask::default()).is_err());
    assert_eq!((clock.now(), server.asked().len()), (Duration::from_secs(60), 2));
}

#[test]
fn a_host_that_fails_again_and_again_is_left_alone() {
    for (reply, asked) in [
        // Each is tried three times.
        (Reply::new(500, "text/plain", "no"), 9),
        // What breaks off in the middle has failed as well.
        (Reply::new(200, "image/jpeg", vec![b'x'; 500]).cut_after(100), 3),
        // A clear no is an answer.
        (Reply::new(404, "text/plain", "no"), 6),
    ] {
        let server = StandIn::start(move |_| reply.clone());
        let mut allowed = Allowed::default();
        allowed.and_host_of(&server.url("/"));
        let mut web = Web::new(allowed, Pace::unhurried());
        let picture = Ask { is_picture: true, ..Ask::default() };
        let errors: Vec<_> =
            (0..6).map(|at| web.get(&server.url(&format!("/{at}.jpg")), &picture).unwrap_err()).collect();
        assert_eq!(server.asked().len(), asked);
        assert_eq!(errors[5].reason.contains("not asked any more"), asked != 6, "{}", errors[5]);
    }
}

/// A server that answers one request, a letter each time it is told to, and ends with whoever tells it; without a head
/// it only listens.
#[expect(clippy::disallowed_methods, reason = "the player is not here; this is somebody's web server")]
fn dripping(has_head: bool, letters: Receiver<()>) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let lines = BufReader::new(stream.try_clone().unwrap()).lines();
        lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
        let head: &[u8] = if has_head { b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" } else { b"" };
        // A client that goes away in the middle is its own affair.
        let _ = stream.write_all(head);
        letters.iter().take_while(|()| stream.write_all(b"x").is_ok()).for_each(drop);
    });
    url
}

/// Fetches with so much patience; says how much is there each time that more has come.
fn patient(url: &Url, silence: Duration, came: &mut dyn FnMut(u64)) -> Result<u64, FetchError> {
    let mut allowed = Allowed::default();
    allowed.and_host_of(url);
    let mut pace = Pace::unhurried();
    (pace.silence, pace.tries) = (silence, 1);
    let mut web = Web::new(allowed, pace);
    let path = web.download(url, &Ask::default(), &mut |done, _| came(done))?.unwrap();
    Ok(fs::metadata(path).unwrap().len())
}

#[test]
fn an_answer_that_comes_slowly_and_steadily_comes_whole() {
    let silence = Duration::from_secs(1);
    let (more, letters) = channel();
    more.send(()).unwrap();
    let url = dripping(true, letters);
    let (began, mut more, mut last) = (Instant::now(), Some(more), 0);
    let whole = patient(&url, silence, &mut |done| {
        last = done;
        // Each letter follows the one before, until all together took longer than any silence may.
        more = more.take().filter(|more| began.elapsed() < silence * 3 / 2 && more.send(()).is_ok());
    });
    assert_eq!(whole.unwrap(), last);
    assert!(began.elapsed() > silence);
}

#[test]
fn a_server_that_falls_silent_is_not_waited_for() {
    for has_head in [false, true] {
        let (more, letters) = channel();
        let began = Instant::now();
        if has_head {
            more.send(()).unwrap();
        }
        let error = patient(&dripping(has_head, letters), Duration::from_millis(100), &mut |_| {}).unwrap_err();
        assert!(error.is_passing && error.reason == "the server has said nothing for 100ms", "{error}");
        assert!(began.elapsed() < Duration::from_secs(20));
        drop(more);
    }
}

#[test]
fn one_answer_may_take_all_the_time_there_is() {
    for (minutes, comes) in [(Some(100), true), (Some(50), false), (None, false)] {
        let server = StandIn::start(|_| Reply::new(200, "text/plain", vec![b'x'; 4 << 20]));
        let (clock, mut allowed) = (Wound::default(), Allowed::default());
        allowed.and_host_of(&server.url("/"));
        let mut web = Web::new(allowed, Pace::unhurried().by(Arc::new(clock.clone())));
        if let Some(minutes) = minutes {
            web = web.within(Duration::from_secs(60 * minutes));
        }
        // The parts come as large as they like: a minute for every sixteenth of a MiB.
        let mut wound = 0;
        let got = web.download(&server.url("/"), &Ask::default(), &mut |done, _| {
            clock.minutes((done >> 16) - wound);
            wound = done >> 16;
        });
        assert_eq!(got.is_ok(), comes, "{minutes:?}");
    }
}
