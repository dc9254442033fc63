//! Each playlist item: what it needs, and its slides wherever it is scheduled.

use super::desk::{Desk, Subject};
use super::drawn::{Looked, look_at};
use super::finding::{Findings, Weight};
use crate::content::{Common, Event, EventFilter, FilterPeriod, Id, ItemRef, PlaylistItem, Show};
use crate::language::Language;
use crate::player::profile::Profile;
use crate::player::scene::Scene;
use crate::player::signage::panel::slide_of;
use crate::player::signage::slide::Slide;
use crate::player::signage::station::Station;
use crate::player::signage::suitable::Places;
use crate::player::visitor::Visitor;
use crate::signage::events_found;
use std::collections::BTreeSet;

/// Of what a filter finds no more are looked at.
const EVENTS_MAX: usize = 200;

/// What does not depend on where it is shown.
pub fn check_words(subject: &Subject<'_>, findings: &mut Findings) {
    for item in &subject.catalog().schedule.items {
        let (common, id) = (&item.common, &item.common.id);
        let is_over = common.valid.until.is_some_and(|until| until <= subject.now);
        if is_over || matches!(item.show, Show::Countdown { to } if to <= subject.now) {
            findings.add(Weight::Hint, id, "it is over and not shown any more: remove it");
            continue;
        }
        check_needs(subject, item, findings);
        for media in &common.media {
            if media.alt.is_empty() {
                findings.add(Weight::Warning, id, format!("{}: say in a few words what it shows (alt)", media.path));
            }
            if media.attribution().is_empty() {
                findings.add(Weight::Warning, id, format!("{}: say who made it (credit)", media.path));
            }
        }
        check_french(subject, common, findings);
    }
}

/// Public signs in France are in French at least (law 94-665 of 4 August 1994, article 3).
pub fn check_french(subject: &Subject<'_>, common: &Common, findings: &mut Findings) {
    let is_french = matches!(subject.catalog().town.country.as_str(), "" | "FR");
    if is_french && !common.title.is_empty() && common.title.exact("fr").is_none() {
        findings.add(Weight::Warning, &common.id, "its title is not in French, which the law asks of public signs");
    }
    let texts = [&common.summary, &common.text].into_iter().filter(|text| !text.is_empty());
    let of_title: BTreeSet<&str> = common.title.languages().collect();
    for text in texts {
        let lacking: Vec<&str> = of_title.iter().copied().filter(|tag| text.exact(tag).is_none()).collect();
        if !lacking.is_empty() {
            let words = format!("its title is in {} and its text is not: translate it", lacking.join(", "));
            findings.add(Weight::Warning, &common.id, words);
        }
    }
}

fn check_needs(subject: &Subject<'_>, item: &PlaylistItem, findings: &mut Findings) {
    let (catalog, id) = (subject.catalog(), &item.common.id);
    let mut refuse = |words: String| findings.add(Weight::Refused, id, words);
    match &item.show {
        Show::Picture | Show::Poster if item.common.media.is_empty() => {
            refuse("it shows a picture and has none: name one in media".to_owned());
        }
        Show::Film if item.common.media.is_empty() => refuse("it shows a film and has none".to_owned()),
        Show::Qr if item.common.link.is_empty() => refuse("there is no link to scan: name one in link".to_owned()),
        Show::Place { place } if catalog.place(place).is_none() => refuse(format!("there is no place {place}")),
        Show::Article { article } if !matches!(catalog.item(article), Some(ItemRef::Article(_))) => {
            refuse(format!("there is no article {article}"));
        }
        Show::Weather { live: Some(live) } | Show::Departures { live: Some(live) } => {
            let mut all = subject.bulletin.live.iter().chain(&catalog.bulletin.live);
            if !all.any(|it| it.common.id == *live) {
                findings.add(Weight::Hint, id, format!("it waits for the figures {live}, which are not there now"));
            }
        }
        _ => {}
    }
    for address in item.common.link.0.values().map(|link| link.text.trim()) {
        if !address.starts_with("https://") && !address.starts_with("http://") {
            findings.add(
                Weight::Warning,
                id,
                format!("\"{address}\" is no address that a telephone opens: https://..."),
            );
        }
    }
}

/// Its slides in every place and language.
pub fn check(subject: &Subject<'_>, profile: &Profile, desk: &mut Desk, findings: &mut Findings) {
    let schedule = subject.schedule();
    for item in &subject.catalog().schedule.items {
        if item.common.valid.until.is_some_and(|until| until <= subject.now) {
            continue;
        }
        let at = item.common.valid.from.map_or(subject.now, |from| from.max(subject.now));
        for language in languages(subject, &item.common) {
            let visitor = Visitor::nobody(language);
            let scene = subject.scene(profile, &visitor, at);
            let station = subject.station(profile, language);
            for (event, slide) in slides(&scene, &station, item, language) {
                let places = Places::of(&schedule, profile.is_portrait(), &item.common.id);
                for (region, area) in places.areas(&scene) {
                    let looked = Looked {
                        subject,
                        scene: &scene,
                        schedule: &schedule,
                        item,
                        event: event.as_ref(),
                        region,
                        area,
                    };
                    look_at(&looked, &slide, desk, findings);
                }
            }
        }
    }
}

/// Those in which an item has words of its own, else the town's first.
pub fn languages(subject: &Subject<'_>, common: &Common) -> Vec<Language> {
    let own: BTreeSet<Language> = common.title.languages().filter_map(Language::parse).collect();
    if own.is_empty() { vec![subject.language()] } else { own.into_iter().collect() }
}

/// Every slide that an item can come to, whatever day it is, and the event that it is about.
fn slides(scene: &Scene<'_>, station: &Station, item: &PlaylistItem, language: Language) -> Vec<(Option<Id>, Slide)> {
    let slide = |item: &PlaylistItem, which| slide_of(scene, station, item, which, scene.now, language);
    let found = |filter: &EventFilter| -> Vec<Id> {
        let found: Vec<(&Event, _)> = events_found(&scene.almanac.catalog, filter, &station.display, scene.now);
        found.into_iter().take(EVENTS_MAX).map(|(event, _)| event.common.id.clone()).collect()
    };
    let any_day = |filter: &EventFilter| EventFilter { period: FilterPeriod::All, days: None, ..filter.clone() };
    match &item.show {
        Show::Events { filter, count } => {
            let filter = any_day(filter);
            let events = found(&filter);
            let wide = PlaylistItem { show: Show::Events { filter, count: *count }, ..item.clone() };
            let slides = events.into_iter().enumerate();
            slides.filter_map(|(which, event)| Some((Some(event), slide(&wide, which)?))).collect()
        }
        Show::Agenda { .. } | Show::Tonight => {
            let filter = match &item.show {
                Show::Agenda { filter, .. } => any_day(filter),
                _ => EventFilter::default(),
            };
            let events = found(&filter);
            let wide = PlaylistItem { show: Show::Agenda { filter, rows: u8::MAX }, ..item.clone() };
            let Some(whole) = slide(&wide, 0) else { return Vec::new() };
            let rows = whole.rows.clone().into_iter().zip(events);
            // A list is as good as its first row: of the others as many are shown as have room.
            rows.map(|(row, event)| (Some(event), whole.clone().rows(vec![row]))).collect()
        }
        _ => slide(item, 0).map(|slide| (None, slide)).into_iter().collect(),
    }
}
