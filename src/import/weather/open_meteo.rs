use super::forecast::{Day, Forecast, Moment};
use super::sky::Sky;
use super::{LeftOut, Terms, WeatherProvider};
use crate::content::Position;
use crate::import::notes::Notes;
use crate::import::plain_text::one_line;
use crate::import::{Settings, local_time};
use chrono::{DateTime, FixedOffset, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use serde_json::Value;
use url::Url;

/// Open-Meteo.com, whose interface is free for non-commercial use.
pub struct OpenMeteo;

/// What is asked for.
const CURRENT: &str = "temperature_2m,weather_code,wind_speed_10m,wind_gusts_10m";
const HOURLY: &str = "temperature_2m,weather_code,precipitation_probability";
const DAILY: &str = "weather_code,temperature_2m_min,temperature_2m_max,precipitation_probability_max";
/// Hours and days that are looked at: sixteen days, as far as the service foretells.
const HOURS_MAX: usize = 16 * 24;
const DAYS_MAX: usize = 16;
/// Any hotter or faster is no weather on Earth, in whatever unit.
const VALUE_MAX: f64 = 1000.0;

impl WeatherProvider for OpenMeteo {
    fn name(&self) -> &'static str {
        "open-meteo"
    }

    fn about(&self) -> &'static str {
        "The weather from Open-Meteo: https://api.open-meteo.com (--position), or an answer of it in a file"
    }

    fn hosts(&self) -> &'static [&'static str] {
        &["api.open-meteo.com", "customer-api.open-meteo.com"]
    }

    fn terms(&self) -> Terms {
        Terms {
            source: "Open-Meteo",
            licence: "CC BY 4.0",
            credit: "Weather data by Open-Meteo.com",
            link: "https://open-meteo.com",
        }
    }

    fn address(&self, base: &Url, settings: &Settings) -> Result<Url, String> {
        let mut url = base.clone();
        if url.query().is_none() {
            let position = settings.position.ok_or("say where the town is (--position LAT,LON)")?;
            if url.path() == "/" {
                url.set_path("/v1/forecast");
            }
            url.query_pairs_mut()
                .append_pair("latitude", &position.lat.to_string())
                .append_pair("longitude", &position.lon.to_string())
                .append_pair("current", CURRENT)
                .append_pair("hourly", HOURLY)
                .append_pair("daily", DAILY)
                .append_pair("timezone", settings.zone.name())
                .append_pair("forecast_days", "2");
        }
        if let Some(key) = settings.key.as_ref().filter(|_| !url.query_pairs().any(|(name, _)| name == "apikey")) {
            url.query_pairs_mut().append_pair("apikey", key);
        }
        Ok(url)
    }

    /// One place, or a list of several.
    fn records<'v>(&self, answer: &'v Value) -> Result<Vec<&'v Value>, String> {
        match answer {
            Value::Array(all) if all.iter().any(is_forecast) => Ok(all.iter().collect()),
            one if is_forecast(one) => Ok(vec![one]),
            other => match other.get("reason").and_then(Value::as_str) {
                Some(reason) => Err(format!("the service answers: {}", one_line(reason))),
                None => Err("not an answer of Open-Meteo: it has no weather in it".to_owned()),
            },
        }
    }

    fn forecast(&self, record: &Value, settings: &Settings, notes: &mut Notes<'_>) -> Result<Forecast, LeftOut> {
        let mut answer = Answer { record, offset: offset(record, settings), notes };
        let hours = answer.hours();
        let now = match answer.current() {
            Some(now) => now,
            None => hours.iter().rev().find(|hour| hour.at <= settings.now).copied().ok_or((
                "current",
                "it does not say how the weather is now",
                String::new(),
            ))?,
        };
        let days = answer.days();
        let today = now.at.with_timezone(&answer.offset).date_naive();
        let unit = |names: [&str; 2], usual: &str| unit(record, names).unwrap_or_else(|| usual.to_owned());
        let temperature_unit = unit(["temperature_2m", "temperature"], "°C");
        let speed_unit = unit(["wind_speed_10m", "windspeed"], "km/h");
        Ok(Forecast { position: position(record), now, today, hours, days, temperature_unit, speed_unit })
    }
}

fn is_forecast(value: &Value) -> bool {
    ["current", "current_weather", "hourly", "daily"].iter().any(|part| value.get(part).is_some_and(Value::is_object))
}

/// Where the service has the place: the middle of its square of the map.
fn position(record: &Value) -> Option<Position> {
    Position::new(record.get("latitude")?.as_f64()?, record.get("longitude")?.as_f64()?)
}

/// Times come as the wall clock shows them at this offset.
fn offset(record: &Value, settings: &Settings) -> FixedOffset {
    let seconds = record.get("utc_offset_seconds").and_then(Value::as_i64);
    let offset = seconds.and_then(|seconds| FixedOffset::east_opt(i32::try_from(seconds).ok()?));
    offset.unwrap_or_else(|| settings.zone.offset_from_utc_datetime(&settings.now.naive_utc()).fix())
}

/// The unit that the answer names for one of these, whichever part does.
fn unit(record: &Value, names: [&str; 2]) -> Option<String> {
    let parts = ["current_units", "current_weather_units", "hourly_units", "daily_units"];
    let mut units = parts.iter().filter_map(|part| record.get(part));
    let unit = units.find_map(|units| names.iter().find_map(|name| units.get(*name)?.as_str()));
    unit.map(one_line).filter(|unit| !unit.is_empty() && unit.chars().count() <= 10)
}

/// One place's answer.
struct Answer<'a, 'n> {
    record: &'a Value,
    offset: FixedOffset,
    notes: &'a mut Notes<'n>,
}

impl<'a> Answer<'a, '_> {
    /// "2026-05-01T12:00" at the place, or seconds since 1970.
    fn instant(&mut self, field: &str, value: &Value) -> Option<DateTime<Utc>> {
        let instant = match value {
            Value::Number(seconds) => DateTime::from_timestamp(seconds.as_i64()?, 0),
            Value::String(text) => match DateTime::parse_from_rfc3339(text) {
                Ok(instant) => Some(instant.to_utc()),
                Err(_) => {
                    let wall = local_time::wall_time(text);
                    wall.and_then(|wall| Some(wall.and_local_timezone(self.offset).single()?.to_utc()))
                }
            },
            _ => None,
        };
        let limits = DateTime::<Utc>::UNIX_EPOCH..DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(365 * 200);
        let instant = instant.filter(|instant| limits.contains(instant));
        if instant.is_none() {
            self.note(field, "a time like 2026-05-01T12:00 is expected", value);
        }
        instant
    }

    fn note(&mut self, field: &str, reason: &str, value: &Value) {
        self.notes.problem(field, reason, &value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    }

    /// A number; what the service does not know is null.
    fn number(&mut self, field: &str, value: Option<&Value>) -> Option<f64> {
        let value = value.filter(|value| !value.is_null())?;
        let number = value.as_f64().filter(|number| number.abs() <= VALUE_MAX);
        if number.is_none() {
            self.note(field, "a number is expected", value);
        }
        number
    }

    fn sky(&mut self, field: &str, value: Option<&Value>) -> Option<Sky> {
        let code = self.number(field, value)?;
        let sky = if (0.0..100.0).contains(&code) { Sky::of_wmo(code as u64) } else { None };
        if sky.is_none() {
            self.notes.problem(field, "a weather code is 0 to 99", &code.to_string());
        }
        sky
    }

    /// `current`, or `current_weather` as the interface had it until 2023.
    fn current(&mut self) -> Option<Moment> {
        let (part, old) = match self.record.get("current") {
            Some(part) => (part, false),
            None => (self.record.get("current_weather")?, true),
        };
        let field = |new: &'static str, before: &'static str| part.get(if old { before } else { new });
        let at = self.instant("current.time", part.get("time")?)?;
        Some(Moment {
            at,
            sky: self.sky("current.weather_code", field("weather_code", "weathercode")),
            temperature: self.number("current.temperature_2m", field("temperature_2m", "temperature")),
            wind: self.number("current.wind_speed_10m", field("wind_speed_10m", "windspeed")),
            gusts: self.number("current.wind_gusts_10m", part.get("wind_gusts_10m")),
            wet: None,
        })
    }

    /// The lists of a part, by name.
    fn lists(&self, part: &str) -> impl Fn(&str, usize) -> Option<&'a Value> + use<'a> {
        let part = self.record.get(part);
        move |name, at| part?.get(name)?.as_array()?.get(at)
    }

    fn hours(&mut self) -> Vec<Moment> {
        let lists = self.lists("hourly");
        let mut hours = Vec::new();
        for at in 0..HOURS_MAX {
            let Some(time) = lists("time", at) else { break };
            let Some(instant) = self.instant("hourly.time", time) else { continue };
            let code = lists("weather_code", at).or_else(|| lists("weathercode", at));
            hours.push(Moment {
                at: instant,
                sky: self.sky("hourly.weather_code", code),
                temperature: self.number("hourly.temperature_2m", lists("temperature_2m", at)),
                wind: self.number("hourly.wind_speed_10m", lists("wind_speed_10m", at)),
                gusts: self.number("hourly.wind_gusts_10m", lists("wind_gusts_10m", at)),
                wet: self.number("hourly.precipitation_probability", lists("precipitation_probability", at)),
            });
        }
        hours.sort_by_key(|hour| hour.at);
        hours
    }

    fn days(&mut self) -> Vec<Day> {
        let lists = self.lists("daily");
        let mut days = Vec::new();
        for at in 0..DAYS_MAX {
            let Some(time) = lists("time", at) else { break };
            let Some(date) = self.date(time) else { continue };
            let code = lists("weather_code", at).or_else(|| lists("weathercode", at));
            let wet = lists("precipitation_probability_max", at);
            days.push(Day {
                date,
                sky: self.sky("daily.weather_code", code),
                low: self.number("daily.temperature_2m_min", lists("temperature_2m_min", at)),
                high: self.number("daily.temperature_2m_max", lists("temperature_2m_max", at)),
                wet: self.number("daily.precipitation_probability_max", wet),
            });
        }
        days
    }

    fn date(&mut self, value: &Value) -> Option<NaiveDate> {
        if let Some(date) = value.as_str().and_then(|text| text.trim().parse().ok()) {
            return Some(date);
        }
        let instant = self.instant("daily.time", value)?;
        Some(instant.with_timezone(&self.offset).date_naive())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_question_gets_one() {
        let mut settings = Settings::new("2026-05-01T10:00:00Z".parse().unwrap());
        let url = |text: &str| Url::parse(text).unwrap();
        assert!(OpenMeteo.address(&url("https://api.open-meteo.com"), &settings).unwrap_err().contains("--position"));
        settings.position = Position::new(43.9289, 2.1464);
        let asked = OpenMeteo.address(&url("https://api.open-meteo.com"), &settings).unwrap();
        assert_eq!(asked.path(), "/v1/forecast");
        let query = asked.query().unwrap();
        assert!(query.starts_with("latitude=43.9289&longitude=2.1464&current=temperature_2m"), "{query}");
        assert!(query.contains("timezone=Europe%2FParis") && !query.contains("apikey"), "{query}");
        settings.key = Some("a b".to_owned());
        let own = OpenMeteo.address(&url("https://example.org/x?latitude=1"), &settings).unwrap();
        assert_eq!(own.as_str(), "https://example.org/x?latitude=1&apikey=a+b");
    }
}
