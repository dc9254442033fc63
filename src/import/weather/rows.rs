use super::forecast::{Day, Forecast, Moment};
use super::sky::Sky;
use crate::content::{LiveRow, Localized, Origin};
use crate::import::sentences::{in_every_language, in_language};
use crate::language::{Language, Words};
use chrono::TimeDelta;
use chrono_tz::Tz;

/// Hours ahead that are told, and how far apart.
const HOURS: usize = 3;
const APART: TimeDelta = TimeDelta::hours(3);
/// From how many percent on rain is worth telling.
const WET_MIN: f64 = 30.0;

/// What a screen tells of the weather, what matters most first.
pub fn rows(forecast: &Forecast, zone: Tz) -> Vec<LiveRow> {
    let labelled = |key: &str, value: Localized| LiveRow { label: in_every_language(key, |_| Vec::new()), value };
    let day = |offset| {
        let date = forecast.today.checked_add_days(chrono::Days::new(offset))?;
        forecast.days.iter().find(|day| day.date == date)
    };
    let mut rows = vec![labelled("weather-now", of_moment(&forecast.now, forecast))];
    if let Some(today) = day(0) {
        rows.push(labelled("weather-today", of_day(today, forecast)));
    }
    rows.extend(hours(forecast).map(|hour| {
        let mut label = Localized::default();
        for language in Language::ALL {
            let time = Words::of(language).time(hour.at.with_timezone(&zone).time());
            label.insert(language.tag(), time, Origin::Original);
        }
        LiveRow { label, value: of_moment(hour, forecast) }
    }));
    if let Some(tomorrow) = day(1) {
        rows.push(labelled("weather-tomorrow", of_day(tomorrow, forecast)));
    }
    rows.push(labelled("weather-wind", wind(&forecast.now, forecast)));
    rows.retain(|row| !row.value.is_empty());
    rows
}

/// The next hours, a few of them.
fn hours(forecast: &Forecast) -> impl Iterator<Item = &Moment> {
    let mut next = forecast.now.at + APART / 2;
    let ahead = forecast.hours.iter().filter(move |hour| {
        let is_told = hour.at >= next && (hour.temperature.is_some() || hour.sky.is_some());
        if is_told {
            next = hour.at + APART;
        }
        is_told
    });
    ahead.take(HOURS)
}

fn of_moment(moment: &Moment, forecast: &Forecast) -> Localized {
    told(|language| {
        let temperature = moment.temperature.map(|degrees| measure(language, degrees, &forecast.temperature_unit));
        sentence(language, temperature, moment.sky, moment.wet)
    })
}

fn of_day(day: &Day, forecast: &Forecast) -> Localized {
    told(|language| {
        let unit = &forecast.temperature_unit;
        let range = match (day.low, day.high) {
            (Some(low), Some(high)) => {
                let args = [("low", whole(language, low).into()), ("high", measure(language, high, unit).into())];
                Some(in_language(language, "weather-range", &args))
            }
            (low, high) => high.or(low).map(|degrees| measure(language, degrees, unit)),
        };
        sentence(language, range, day.sky, day.wet)
    })
}

fn wind(moment: &Moment, forecast: &Forecast) -> Localized {
    told(|language| {
        let unit = &forecast.speed_unit;
        let speed = measure(language, moment.wind?, unit);
        let gusts = moment.gusts.filter(|gusts| moment.wind.is_some_and(|wind| gusts.round() > wind.round()));
        let Some(gusts) = gusts else { return Some(speed) };
        let args = [("speed", speed.into()), ("gusts", measure(language, gusts, unit).into())];
        Some(in_language(language, "weather-gusts", &args))
    })
}

/// In every language, or nothing.
fn told(text: impl Fn(Language) -> Option<String>) -> Localized {
    let mut all = Localized::default();
    for language in Language::ALL {
        if let Some(text) = text(language) {
            all.insert(language.tag(), text, Origin::Original);
        }
    }
    all
}

/// "19 °C, light rain, 60 % chance of rain", as far as it is known.
fn sentence(language: Language, degrees: Option<String>, sky: Option<Sky>, wet: Option<f64>) -> Option<String> {
    let sky = sky.map(|sky| Words::of(language).say(sky.key()));
    let text = match (degrees, sky) {
        (Some(degrees), Some(sky)) => {
            in_language(language, "weather-both", &[("degrees", degrees.into()), ("sky", sky.into())])
        }
        (degrees, sky) => degrees.or(sky)?,
    };
    let Some(wet) = wet.filter(|wet| *wet >= WET_MIN) else { return Some(text) };
    let args = [("weather", text.into()), ("percent", whole(language, wet).into())];
    Some(in_language(language, "weather-wet", &args))
}

fn measure(language: Language, value: f64, unit: &str) -> String {
    format!("{}\u{a0}{unit}", whole(language, value))
}

/// A temperature without decimals: nobody feels half a degree.
fn whole(language: Language, value: f64) -> String {
    Words::of(language).number(value.round() as i64)
}
