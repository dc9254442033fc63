use super::item::{Left, Reading};
use super::template::Texts;
use crate::content::{Common, Live, LiveRow, Localized, Origin};
use crate::import::plain_text::one_line;
use crate::language::Language;
use chrono::TimeDelta;
use serde::Deserialize;

/// One figure of a row: "Free", "{free} of {total}".
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub label: Option<Texts>,
    pub value: Texts,
}

/// The longest that figures may hold, in minutes: those of yesterday say nothing of now.
pub const MINUTES_MAX: u32 = 24 * 60;

/// The figures of a row, from when they were measured, or read, as long as the mapping says.
pub fn live(reading: &mut Reading<'_>, common: Common) -> Result<Live, Left> {
    let written = &reading.mapping.written;
    let now = reading.settings.now;
    let observed = match &written.observed {
        None => None,
        Some(when) => Some(reading.begin(when).ok_or_else(|| {
            reading.left(&when.field, "without the time of its figures nobody knows whether they still hold", "")
        })?),
    };
    // A clock that is ahead does not make them hold longer.
    let from = observed.unwrap_or(now).min(now);
    let until = from + TimeDelta::minutes(i64::from(written.minutes.unwrap_or_default()));
    if until <= now {
        return Err(reading.left("observed", "its figures are too old", &from.to_rfc3339()));
    }
    let rows = written.figures.iter().map(|figure| LiveRow {
        label: reading.texts(figure.label.as_ref(), one_line),
        value: in_any_language(reading.texts(Some(&figure.value), one_line)),
    });
    let rows: Vec<LiveRow> = rows.filter(|row| !row.value.is_empty()).collect();
    if rows.is_empty() {
        return Err(reading.left("figures", "none of its figures is filled in", ""));
    }
    let kind = reading.choice(reading.mapping.choices.live.as_ref()).unwrap_or_default();
    Ok(Live { common, kind, observed_at: observed, valid_until: Some(until), rows })
}

/// What has no letters is the same in every language.
fn in_any_language(mut value: Localized) -> Localized {
    let plain = value.0.values().next().filter(|text| !text.text.chars().any(char::is_alphabetic));
    if let Some(text) = plain.map(|text| text.text.clone()) {
        for language in Language::ALL {
            value
                .0
                .entry(language.tag().to_owned())
                .or_insert_with(|| crate::content::Translation { text: text.clone(), origin: Origin::Original });
        }
    }
    value
}
