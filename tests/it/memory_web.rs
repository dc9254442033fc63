//! A web server in memory, and a clock that goes as told.

use jiff::{Timestamp, ToSpan};
use parvis::sync::{Answer, Asked, Body, Chance, Clock, Fetch, FetchFault, Found, Soon};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a request meets before it is answered.
pub type Weather = Box<dyn FnMut(&str, &mut BTreeMap<String, Vec<u8>>) -> Result<Cut, FetchFault> + Send>;

/// After how many bytes an answer breaks off.
pub type Cut = Option<usize>;

/// Files as a web server gives them out.
#[derive(Clone, Default)]
pub struct Web {
    state: Arc<Mutex<WebState>>,
}

#[derive(Default)]
struct WebState {
    files: BTreeMap<String, Vec<u8>>,
    asked: Vec<String>,
    weather: Option<Weather>,
    date: Option<Timestamp>,
}

impl Web {
    pub fn new(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let web = Self::default();
        web.serve(files);
        web
    }

    /// From now on these files are given out.
    pub fn serve(&self, files: &BTreeMap<String, Vec<u8>>) {
        self.state.lock().unwrap().files.clone_from(files);
    }

    pub fn set_weather(&self, weather: Option<Weather>) {
        self.state.lock().unwrap().weather = weather;
    }

    /// What the server says the time is.
    pub fn set_date(&self, date: Timestamp) {
        self.state.lock().unwrap().date = Some(date);
    }

    /// Paths that were asked for since the last call.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }
}

impl Fetch for Web {
    fn get<'a>(&'a self, asked: Asked<'a>) -> Soon<'a, Result<Answer, FetchFault>> {
        Box::pin(async move {
            let mut state = self.state.lock().unwrap();
            state.asked.push(asked.path.to_owned());
            let mut cut = None;
            if let Some(mut weather) = state.weather.take() {
                let met = weather(asked.path, &mut state.files);
                state.weather = Some(weather);
                cut = met?;
            }
            let found = match state.files.get(asked.path) {
                None => Found::Nothing,
                Some(bytes) => {
                    let from = usize::try_from(asked.from).unwrap().min(bytes.len());
                    let rest = bytes[from..].to_owned();
                    Found::Body { from: asked.from, body: Box::new(Pieces { rest, given: 0, cut }) }
                }
            };
            Ok(Answer { found, tag: None, date_secs: state.date.map(Timestamp::as_second) })
        })
    }
}

struct Pieces {
    rest: Vec<u8>,
    given: usize,
    cut: Cut,
}

impl Body for Pieces {
    fn next(&mut self) -> Soon<'_, Result<Option<Vec<u8>>, FetchFault>> {
        const PIECE: usize = 700;
        let end = (self.given + PIECE).min(self.rest.len()).min(self.cut.unwrap_or(usize::MAX));
        let piece = self.rest[self.given.min(end)..end].to_owned();
        self.given = end;
        let is_cut = self.cut.is_some_and(|cut| cut <= self.given && cut < self.rest.len());
        let answer = match piece.is_empty() {
            true if is_cut => Err(FetchFault::Broken("cut".to_owned())),
            true => Ok(None),
            false => Ok(Some(piece)),
        };
        Box::pin(async move { answer })
    }
}

/// A clock that is set, and goes on only when it is told to.
#[derive(Clone)]
pub struct TestClock(Arc<Mutex<Hands>>);

struct Hands {
    now: Timestamp,
    elapsed: Duration,
    is_set_by_a_source: bool,
}

impl TestClock {
    pub fn new(now: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Hands { now, elapsed: Duration::ZERO, is_set_by_a_source: false })))
    }

    /// Time passes, and the clock shows it.
    pub fn pass(&self, secs: u64) {
        let mut hands = self.0.lock().unwrap();
        hands.now += i64::try_from(secs).unwrap().seconds();
        hands.elapsed += Duration::from_secs(secs);
    }

    /// Somebody, or an empty battery, sets it.
    pub fn set(&self, now: Timestamp) {
        self.0.lock().unwrap().now = now;
    }

    pub fn set_by_a_source(&self, is: bool) {
        self.0.lock().unwrap().is_set_by_a_source = is;
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap().now
    }

    fn elapsed(&self) -> Duration {
        self.0.lock().unwrap().elapsed
    }

    fn is_set_by_a_source(&self) -> bool {
        self.0.lock().unwrap().is_set_by_a_source
    }

    fn sleep(&self, time: Duration) -> Soon<'_, ()> {
        self.pass(time.as_secs());
        Box::pin(std::future::ready(()))
    }
}

/// Chance that is none.
pub struct Half;

impl Chance for Half {
    fn fraction(&self) -> f64 {
        0.5
    }
}

/// Runs what never waits, since everything it waits for is in memory.
pub fn now<T>(soon: impl Future<Output = T>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(soon).poll(&mut context) {
        std::task::Poll::Ready(done) => done,
        std::task::Poll::Pending => panic!("it waits for something that is not in memory"),
    }
}
