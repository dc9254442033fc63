//! A warning does not wait for the pictures of a new revision, and what was published meanwhile is brought in next.

use crate::display::{BEGIN, Display, titles};
use crate::memory_web::{Half, TestClock, Web};
use crate::town::{Note, Town};
use parvis::publication::{ALERTS, Object, Version};
use parvis::store::{load_store, stored_path};
use parvis::sync::{Answer, Asked, Channel, Clock, Collector, Daemon, Fetch, FetchFault, Notices, Reports, Soon};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A web server whose objects do not come while it is shut.
#[derive(Clone, Default)]
struct Slow {
    web: Web,
    is_shut: Arc<AtomicBool>,
    waiting: Arc<Mutex<Vec<Waker>>>,
}

impl Slow {
    fn shut(&self) {
        self.is_shut.store(true, Ordering::Relaxed);
    }

    fn open(&self) {
        self.is_shut.store(false, Ordering::Relaxed);
        self.waiting.lock().unwrap().drain(..).for_each(Waker::wake);
    }
}

impl Fetch for Slow {
    fn get<'a>(&'a self, asked: Asked<'a>) -> Soon<'a, Result<Answer, FetchFault>> {
        Box::pin(async move {
            std::future::poll_fn(|context| {
                if !asked.path.starts_with("objects/") || !self.is_shut.load(Ordering::Relaxed) {
                    return Poll::Ready(());
                }
                self.waiting.lock().unwrap().push(context.waker().clone());
                Poll::Pending
            })
            .await;
            self.web.get(asked).await
        })
    }
}

/// A clock that nobody winds: only waiting for no time at all comes to an end.
struct Still(TestClock);

impl Clock for Still {
    fn now(&self) -> jiff::Timestamp {
        self.0.now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn is_set_by_a_source(&self) -> bool {
        self.0.is_set_by_a_source()
    }

    fn sleep(&self, time: Duration) -> Soon<'_, ()> {
        if time.is_zero() { Box::pin(std::future::ready(())) } else { Box::pin(std::future::pending()) }
    }
}

/// News that are rung in.
#[derive(Clone, Default)]
struct Bell(Arc<AtomicUsize>);

impl Bell {
    fn ring(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl Notices for Bell {
    fn next(&mut self) -> Soon<'_, Result<(), FetchFault>> {
        let heard = |count: usize| count.checked_sub(1);
        Box::pin(std::future::poll_fn(move |_| {
            match self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, heard) {
                Ok(_) => Poll::Ready(Ok(())),
                Err(_) => Poll::Pending,
            }
        }))
    }
}

/// No player reports anything.
struct Silent;

impl Reports for Silent {
    fn next(&mut self) -> Soon<'_, parvis::sync::Wanted> {
        Box::pin(std::future::pending())
    }
}

fn warning(title: &str) -> String {
    format!(r#"{{"format":1,"items":[{{"type":"alert","id":"w:{title}","title":{{"fr":"{title}"}}}}]}}"#)
}

/// What a visitor of this display sees: the warnings, and the titles of the articles.
fn seen(display: &Display) -> (Vec<String>, Vec<String>, Version) {
    let showing = load_store(&display.store, None).unwrap();
    assert!(showing.problems.is_empty() && showing.broken.is_empty(), "{:?}", showing.problems);
    let title = |common: &parvis::content::Common| common.title.exact("fr").unwrap().text.clone();
    let catalog = showing.content.unwrap().catalog;
    let articles = catalog.articles.iter().map(|article| title(&article.common)).collect();
    (showing.bulletin.alerts.iter().map(|alert| title(&alert.common)).collect(), articles, showing.version)
}

/// A town that has published these notes, and a display that has brought in nothing yet.
fn published(notes: &[Note]) -> (Display, Town, Slow) {
    let (display, slow) = (Display::new(), Slow::default());
    let mut town = Town::new(display.now());
    town.publish(notes, display.now());
    slow.web.serve(&town.files);
    (display, town, slow)
}

/// Publishes other notes, whose objects do not come before the server is opened.
fn publish_slowly(town: &mut Town, slow: &Slow, bell: &Bell) {
    slow.shut();
    town.publish(&[Note::new("test-1", "nouveau")], BEGIN.parse().unwrap());
    slow.web.serve(&town.files);
    bell.ring();
}

fn daemon(display: &Display, town: &Town, slow: &Slow) -> Daemon {
    daemon_at(display, town, slow, &TestClock::new(BEGIN.parse().unwrap()))
}

fn daemon_at(display: &Display, town: &Town, slow: &Slow, clock: &TestClock) -> Daemon {
    let collector = Collector {
        store: display.store.clone(),
        fetch: Arc::new(slow.clone()),
        group: "default".to_owned(),
        pinned_root: town.root(),
        channel: Channel::Web,
        parallel: 4,
        quota_bytes: 1 << 30,
    };
    let clock = Arc::new(Still(clock.clone()));
    let (built, every) = ("2026-01-01T00:00:00Z".parse().unwrap(), Duration::from_secs(60));
    Daemon::new(collector, clock, Arc::new(Half), "memory".to_owned(), every, built)
}

fn poll(run: Pin<&mut impl Future>) {
    assert!(run.poll(&mut Context::from_waker(Waker::noop())).is_pending(), "a daemon does not end");
}

#[test]
fn a_warning_is_shown_while_the_pictures_of_a_new_revision_are_on_their_way() {
    let (display, mut town, slow) = published(&[Note::new("test-1", "ancien")]);
    let new = [Note { picture: Some(vec![7; 5_000]), ..Note::new("test-1", "nouveau") }];
    let mut daemon = daemon(&display, &town, &slow);
    let (mut bell, turns) = (Bell::default(), AtomicUsize::new(0));
    let ringer = bell.clone();
    let mut silent = Silent;
    let mut run = pin!(daemon.run(&mut bell, &mut silent, |turned| {
        turned.as_ref().unwrap();
        turns.fetch_add(1, Ordering::Relaxed);
    }));
    poll(run.as_mut());
    let first = seen(&display).2;
    assert_eq!(seen(&display), (vec![], vec!["ancien".to_owned()], first));

    slow.shut();
    town.publish(&new, display.now());
    town.announce(ALERTS, &warning("Orage"), display.now());
    slow.web.serve(&town.files);
    ringer.ring();
    poll(run.as_mut());
    assert_eq!(seen(&display), (vec!["Orage".to_owned()], vec!["ancien".to_owned()], first), "published with it");

    town.announce(ALERTS, &warning("Crue"), display.now());
    slow.web.serve(&town.files);
    poll(run.as_mut());
    assert_eq!(seen(&display).0, ["Orage"], "nobody has said so yet");
    ringer.ring();
    poll(run.as_mut());
    assert_eq!(seen(&display), (vec!["Crue".to_owned()], vec!["ancien".to_owned()], first), "published meanwhile");
    assert_eq!(turns.load(Ordering::Relaxed), 1);

    slow.open();
    poll(run.as_mut());
    let (warnings, articles, version) = seen(&display);
    assert_eq!((warnings, articles), (vec!["Crue".to_owned()], vec!["nouveau".to_owned()]));
    assert_eq!(version.snapshot, town.version_of("snapshot"), "what came meanwhile is brought in at once");
    assert_eq!(turns.load(Ordering::Relaxed), 3);
    assert_eq!(titles(&display.store, &town.root()), ["nouveau"]);
    let left: Vec<_> = display.store.disk().list("heads").unwrap();
    assert!(!left.iter().any(|entry| entry.name.contains("bulletin")), "{left:?}");
}

#[test]
fn a_warning_that_is_taken_back_before_it_was_brought_in_goes() {
    const NONE: &str = r#"{"format":1,"items":[]}"#;
    let (display, mut town, slow) = published(&[Note::new("test-1", "ancien")]);
    town.announce(ALERTS, NONE, display.now());
    slow.web.serve(&town.files);
    let mut daemon = daemon(&display, &town, &slow);
    let (mut bell, refused) = (Bell::default(), AtomicUsize::new(0));
    let (ringer, mut silent) = (bell.clone(), Silent);
    let mut run = pin!(daemon.run(&mut bell, &mut silent, |turned| {
        refused.fetch_add(usize::from(turned.is_err()), Ordering::Relaxed);
    }));
    poll(run.as_mut());

    publish_slowly(&mut town, &slow, &ringer);
    poll(run.as_mut());
    town.announce(ALERTS, &warning("Orage"), display.now());
    slow.web.serve(&town.files);
    ringer.ring();
    poll(run.as_mut());
    assert_eq!(seen(&display).0, ["Orage"]);

    slow.web.set_weather(Some(Box::new(|path, _| match path {
        "metadata/timestamp.json" => Err(FetchFault::Unreachable("rain".to_owned())),
        _ => Ok(None),
    })));
    slow.open();
    poll(run.as_mut());
    assert_eq!((seen(&display).0, seen(&display).1), (vec!["Orage".to_owned()], vec!["nouveau".to_owned()]));
    assert_eq!(refused.load(Ordering::Relaxed), 1, "the turn that would bring the warning in");

    town.announce(ALERTS, NONE, display.now());
    slow.web.serve(&town.files);
    slow.web.set_weather(None);
    ringer.ring();
    poll(run.as_mut());
    assert_eq!(seen(&display).0, Vec::<String>::new(), "what the head says that is shown anyway");
}

#[test]
fn news_that_could_not_be_looked_into_are_looked_into_after_the_turn() {
    let (display, mut town, slow) = published(&[Note::new("test-1", "ancien")]);
    let mut daemon = daemon(&display, &town, &slow);
    let (mut bell, mut silent) = (Bell::default(), Silent);
    let ringer = bell.clone();
    let mut run = pin!(daemon.run(&mut bell, &mut silent, |turned| assert!(turned.is_ok())));
    poll(run.as_mut());
    publish_slowly(&mut town, &slow, &ringer);
    poll(run.as_mut());
    town.announce(ALERTS, &warning("Orage"), display.now());
    slow.web.serve(&town.files);
    slow.web.set_weather(Some(Box::new(|_, _| Err(FetchFault::Unreachable("rain".to_owned())))));
    ringer.ring();
    poll(run.as_mut());
    assert_eq!(seen(&display).0, Vec::<String>::new());
    slow.web.set_weather(None);
    slow.open();
    poll(run.as_mut());
    assert_eq!((seen(&display).0, seen(&display).1), (vec!["Orage".to_owned()], vec!["nouveau".to_owned()]));
}

#[test]
fn a_warning_does_not_wait_for_what_is_mended() {
    let picture = vec![7; 5_000];
    let note = Note { picture: Some(picture.clone()), ..Note::new("test-1", "ancien") };
    let (display, mut town, slow) = published(&[note]);
    let (mut bell, mut silent) = (Bell::default(), Silent);
    {
        let mut first = daemon(&display, &town, &slow);
        poll(pin!(first.run(&mut bell, &mut silent, |turned| assert!(turned.is_ok()))));
    }
    display.store.disk().write(&stored_path(Object::of(&picture).hash), 0, &vec![8; 5_000]).unwrap();
    slow.shut();
    town.announce(ALERTS, &warning("Orage"), display.now());
    slow.web.serve(&town.files);
    let mut second = daemon(&display, &town, &slow);
    poll(pin!(second.run(&mut bell, &mut silent, |_| panic!("the picture has not come"))));
    assert_eq!(seen(&display).0, ["Orage"]);
}

#[test]
fn a_clock_that_is_set_while_pictures_come_is_believed_from_then_on() {
    let note = Note { picture: Some(vec![7; 5_000]), ..Note::new("test-1", "ancien") };
    let (display, town, slow) = published(&[note]);
    slow.shut();
    let clock = TestClock::new("1970-01-01T00:00:00Z".parse().unwrap());
    let mut daemon = daemon_at(&display, &town, &slow, &clock);
    let (mut bell, mut silent) = (Bell::default(), Silent);
    let ringer = bell.clone();
    let mut run = pin!(daemon.run(&mut bell, &mut silent, |_| panic!("the picture has not come")));
    poll(run.as_mut());
    ringer.ring();
    poll(run.as_mut());
    assert!(display.store.clock_note().unwrap().evidence.is_some(), "1970");
    clock.set(BEGIN.parse().unwrap());
    clock.set_by_a_source(true);
    ringer.ring();
    poll(run.as_mut());
    assert_eq!(display.store.clock_note().unwrap().evidence, None);
}
