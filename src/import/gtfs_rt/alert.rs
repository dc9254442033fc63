use super::message::{Alert, Informed};
use super::periods::Periods;
use super::texts::localized;
use crate::content::{Article, Common, Id, Localized, Origin, Provenance, Section};
use crate::import::Settings;
use crate::import::gtfs::{Timetable, stop_id};
use crate::import::osm::lines::Line;
use crate::import::plain_text::{one_line, paragraphs};
use crate::import::record_id::{digits_of, local_id, part_id};
use crate::import::sentences::in_language;
use crate::import::summary::beginning;
use crate::import::web_address::is_web;
use crate::language::Language;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// The most stops and lines that one alert is tied to.
pub const TIED_MAX: usize = 200;

/// What all alerts of a feed have in common.
pub struct Context<'c> {
    pub settings: &'c Settings,
    /// When the feed was made.
    pub made: DateTime<Utc>,
    pub zone: Tz,
    pub provenance: Provenance,
    pub timetable: Option<&'c Timetable>,
}

/// The id of an entity of a feed. It is its own only within one feed: in the next one the number may be another alert's.
pub fn entity_id(settings: &Settings, record: &str) -> Id {
    local_id("gtfs-rt", &settings.name, record)
}

/// So the title belongs to the id of an article: what staff decide about one alert does not hold for the next of its
/// number, whenever that comes.
fn article_id(entity: &Id, title: &Localized) -> Id {
    let words: Vec<&str> = title.0.values().map(|title| title.text.as_str()).collect();
    part_id(entity, u32::from_str_radix(&digits_of(words.join("\n"), 8), 16).unwrap_or_default())
}

/// The effects that have words (GTFS-realtime, `Alert.Effect`).
fn effect(code: i32) -> Option<&'static str> {
    Some(match code {
        1 => "transit-effect-no-service",
        2 => "transit-effect-reduced-service",
        3 => "transit-effect-delays",
        4 => "transit-effect-detour",
        5 => "transit-effect-additional-service",
        6 => "transit-effect-modified-service",
        9 => "transit-effect-stop-moved",
        11 => "transit-effect-accessibility",
        _ => return None,
    })
}

/// What an alert gives as addresses of web pages and is none.
pub fn bad_links(alert: &Alert, language: &str) -> impl Iterator<Item = String> {
    let links = localized(alert.url.as_ref(), language, one_line);
    links.0.into_values().map(|link| link.text).filter(|link| !is_web(link))
}

/// An alert as a page of the guide: unlike a public warning it never takes a screen over.
///
/// # Errors
/// The field and the reason where it is not shown.
pub fn article(
    alert: &Alert,
    record: &str,
    context: &Context<'_>,
) -> Result<(Article, Periods), (&'static str, String)> {
    let periods = Periods::read(&alert.periods, context.settings.now)
        .ok_or_else(|| ("active_period", "it is over".to_owned()))?;
    let valid = periods.whole(context.made);
    if valid.until.is_none_or(|until| until <= context.settings.now) {
        let made = context.made.format("%Y-%m-%d");
        return Err(("active_period", format!("it names no end, and the feed is of {made}: held to be over")));
    }
    let mut text = localized(alert.description.as_ref(), &context.settings.language, paragraphs);
    let mut title = localized(alert.header.as_ref(), &context.settings.language, one_line);
    if title.is_empty() {
        for (tag, translation) in &text.0 {
            title.insert(tag, beginning(&translation.text), Origin::Original);
        }
        // A title that says it all leaves nothing to read below it.
        text.0.retain(|tag, translation| title.exact(tag).is_none_or(|title| title.text != translation.text));
    }
    if title.is_empty() {
        return Err(("header_text", "it says nothing".to_owned()));
    }
    let mut link = localized(alert.url.as_ref(), &context.settings.language, one_line);
    link.0.retain(|_, url| is_web(&url.text));
    let lines = lines(alert, context.timetable);
    let article = Article {
        section: Section::GettingAround,
        related: stops(alert)
            .map(|stop| stop_id(context.settings, stop))
            .take(TIED_MAX)
            .collect::<BTreeSet<Id>>()
            .into_iter()
            .collect(),
        common: Common {
            id: article_id(&entity_id(context.settings, record), &title),
            summary: summary(alert.effect.unwrap_or_default(), &lines),
            text: with_periods(text, &periods, context.zone),
            title,
            tags: lines.iter().map(|line| format!("line:{}", line.name)).collect(),
            valid,
            provenance: vec![context.provenance.clone()],
            link,
            ..Common::default()
        },
    };
    Ok((article, periods))
}

pub fn stops(alert: &Alert) -> impl Iterator<Item = &str> {
    alert.informed.iter().filter_map(|informed| informed.stop_id.as_deref()).filter(|stop| !stop.is_empty())
}

/// The lines that an alert concerns, by the names that the timetable has for them.
fn lines(alert: &Alert, timetable: Option<&Timetable>) -> BTreeSet<Line> {
    let Some(timetable) = timetable else { return BTreeSet::new() };
    let id = |informed: &Informed| {
        let of_trip = || informed.trip.as_ref().and_then(|trip| trip.route_id.clone());
        informed.route_id.clone().or_else(of_trip)
    };
    let routes = alert.informed.iter().filter_map(id).filter_map(|id| timetable.routes.get(timetable.routes.at(&id)?));
    let named = routes.filter(|route| !route.name.is_empty());
    named.map(|route| Line::new(&route.name)).take(TIED_MAX).collect()
}

/// "Detour · Lines 2, 4"
fn summary(code: i32, lines: &BTreeSet<Line>) -> Localized {
    let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    let mut all = Localized::default();
    for language in Language::ALL {
        let effect = effect(code).map(|key| in_language(language, key, &[]));
        let lines = (!names.is_empty()).then(|| {
            let args = [("count", names.len().into()), ("lines", names.join(", ").into())];
            in_language(language, "place-stop-lines", &args)
        });
        let parts: Vec<String> = effect.into_iter().chain(lines).collect();
        if !parts.is_empty() {
            all.insert(language.tag(), parts.join(" · "), Origin::Original);
        }
    }
    all
}

/// Says below the text when it holds, in the languages that the text is in: a visitor who finds a text in their own
/// language looks at no other. Without a text it is all there is to say, in every language.
fn with_periods(mut text: Localized, periods: &Periods, zone: Tz) -> Localized {
    let all = || Language::ALL.into_iter().map(Language::tag).collect();
    let tags: Vec<&str> = if text.is_empty() { all() } else { text.languages().collect() };
    let tags: Vec<String> = tags.into_iter().map(str::to_owned).collect();
    for tag in tags {
        let Some(language) = Language::ALL.into_iter().find(|language| language.tag() == tag) else { continue };
        let written = periods.written(language, zone);
        let before = text.exact(&tag).map(|text| text.text.clone());
        let parts: Vec<String> = before.into_iter().chain([written]).filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            text.insert(&tag, parts.join("\n\n"), Origin::Original);
        }
    }
    text
}
