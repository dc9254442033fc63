//! The weather as figures of the moment. Each service is a [`WeatherProvider`]: one file, and a row in the list of
//! sources.

mod forecast;
mod open_meteo;
mod rows;
mod sky;

pub use open_meteo::OpenMeteo;

use super::fetch::Ask;
use super::notes::Notes;
use super::sentences::{in_every_language, in_town_language};
use super::{Extent, ImportError, Input, Job, Settings, Source};
use crate::content::{Common, Id, Item, Live, LiveKind, Localized, Provenance};
use chrono::TimeDelta;
use forecast::Forecast;
use serde_json::Value;
use url::Url;

/// Far more than an answer is.
const BYTES_MAX: u64 = 2 << 20;
/// How long after its time a weather still holds.
const HOLDS: TimeDelta = TimeDelta::hours(2);
/// How far ahead of the clock here a service's may go.
const AHEAD: TimeDelta = TimeDelta::hours(1);

/// Under which terms a service gives its figures.
pub struct Terms {
    pub source: &'static str,
    pub licence: &'static str,
    /// The key of its credit in `assets/locales`.
    pub credit: &'static str,
    pub link: &'static str,
}

/// Why a record says nothing: the field, the reason, the value.
pub type LeftOut = (&'static str, &'static str, String);

/// A service that tells the weather.
pub trait WeatherProvider: Sync {
    fn name(&self) -> &'static str;
    fn about(&self) -> &'static str;
    fn hosts(&self) -> &'static [&'static str];
    fn terms(&self) -> Terms;

    /// What to ask, when the operator named this address.
    ///
    /// # Errors
    /// In words, when something must be known that is not.
    fn address(&self, base: &Url, settings: &Settings) -> Result<Url, String>;

    /// The places that an answer is about.
    ///
    /// # Errors
    /// In words, when it is no answer of this service, or only says why there is none.
    fn records<'v>(&self, answer: &'v Value) -> Result<Vec<&'v Value>, String>;

    /// The weather of one place; what cannot be understood is noted.
    ///
    /// # Errors
    /// When it says nothing of the present.
    fn forecast(&self, record: &Value, settings: &Settings, notes: &mut Notes<'_>) -> Result<Forecast, LeftOut>;
}

/// The weather that a service tells.
pub struct Weather(pub &'static dyn WeatherProvider);

impl Source for Weather {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn about(&self) -> &'static str {
        self.0.about()
    }

    fn hosts(&self) -> &'static [&'static str] {
        self.0.hosts()
    }

    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        let bytes = match job.input {
            Input::Path(path) => job.read(path, BYTES_MAX)?,
            Input::Web(base) => {
                let url = self.0.address(base, job.settings).map_err(|reason| job.not_this(reason))?;
                let ask = Ask { accept: "application/json", bytes_max: BYTES_MAX, ..Ask::default() };
                job.page(&url, &ask)?.bytes
            }
        };
        self.read(job, &bytes)
    }
}

impl Weather {
    fn read(&self, job: &mut Job<'_>, bytes: &[u8]) -> Result<Extent, ImportError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let answer: Value =
            serde_json::from_slice(bytes).map_err(|error| job.not_this(format!("no weather in it: {error}")))?;
        let source = job.source().to_owned();
        let records = self.0.records(&answer).map_err(|reason| job.not_this(reason))?;
        for (number, record) in (1_u64..).zip(records) {
            let name = format!("place {number}");
            let mut notes = Notes::new(&source, job.settings).about(&name);
            let live = self.0.forecast(record, job.settings, &mut notes);
            let live = live.and_then(|forecast| self.live(&forecast, job.settings));
            job.problems(notes.problems);
            job.record();
            match live {
                Ok(live) => job.item(Item::Live(live), Vec::new()),
                Err((field, reason, value)) => job.left_out(&name, field, reason, &value),
            }
        }
        Ok(Extent::Whole)
    }

    fn live(&self, forecast: &Forecast, settings: &Settings) -> Result<Live, LeftOut> {
        let observed = forecast.now.at;
        let until = observed + HOLDS;
        if until <= settings.now {
            return Err(("current.time", "it was reckoned too long ago to say how it is now", observed.to_rfc3339()));
        }
        if observed > settings.now + AHEAD {
            return Err(("current.time", "it lies ahead: look at the time zone asked for", observed.to_rfc3339()));
        }
        let rows = rows::rows(forecast, settings.zone);
        if rows.is_empty() {
            return Err(("current", "there is no figure in it", String::new()));
        }
        let Terms { source, licence, credit, link } = self.0.terms();
        // To some hundred metres: the service answers for a square of the map.
        let place = forecast.position.or(settings.position);
        let place = place.map_or_else(|| "here".to_owned(), |place| format!("{:.3},{:.3}", place.lat, place.lon));
        Ok(Live {
            common: Common {
                id: Id(format!("{}:{place}", self.0.name())),
                title: in_every_language("weather-title", |_| Vec::new()),
                link: Localized::one("en", link),
                provenance: vec![Provenance {
                    source: source.to_owned(),
                    licence: licence.to_owned(),
                    credit: in_town_language(&settings.language, credit),
                    updated: Some(observed),
                    confidence: None,
                }],
                ..Common::default()
            },
            kind: LiveKind::Weather,
            observed_at: Some(observed),
            valid_until: Some(until),
            rows,
        })
    }
}

#[cfg(test)]
mod tests;
