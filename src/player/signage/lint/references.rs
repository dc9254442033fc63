//! What names another thing that is not there, and what has nothing to show.

use super::desk::Subject;
use super::finding::{Findings, Weight};
use crate::content::{Id, Playlist, Schedule};
use crate::player::signage::templates::has_template;

pub fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let schedule = &subject.schedule();
    let is_item = |id: &Id| schedule.items.iter().any(|item| item.common.id == *id);
    let is_playlist = |id: &Id| schedule.playlists.iter().any(|playlist| playlist.common.id == *id);
    for item in &schedule.items {
        if !item.template.is_empty() && !has_template(schedule, &item.template) {
            let words = format!("there is no template {}: the usual one is used", item.template);
            findings.add(Weight::Warning, &item.common.id, words);
        }
        let named = schedule.playlists.iter().map(|it| &it.slots).chain(schedule.campaigns.iter().map(|it| &it.slots));
        if !named.flatten().any(|slot| *slot == item.common.id) {
            findings.add(Weight::Hint, &item.common.id, "it is in no playlist and no campaign: it is never shown");
        }
    }
    for playlist in &schedule.playlists {
        let id = &playlist.common.id;
        for slot in playlist.slots.iter().filter(|slot| !is_item(slot)) {
            findings.add(Weight::Refused, id, format!("there is no playlist item {slot}: remove the slot"));
        }
        for (region, beside) in playlist.regions.iter().filter(|(_, beside)| !is_playlist(beside)) {
            findings.add(Weight::Refused, id, format!("region {region}: there is no playlist {beside}"));
        }
        check_layout(schedule, playlist, findings);
    }
    for entry in schedule.entries.iter().filter(|entry| !is_playlist(&entry.playlist)) {
        findings.add(Weight::Refused, &entry.common.id, format!("there is no playlist {}", entry.playlist));
    }
    check_campaigns(schedule, is_item, findings);
}

fn check_layout(schedule: &Schedule, playlist: &Playlist, findings: &mut Findings) {
    let id = &playlist.common.id;
    let Some(named) = &playlist.layout else {
        for region in playlist.regions.keys() {
            findings.add(Weight::Warning, id, format!("region {region}: the playlist has no layout, so it has none"));
        }
        return;
    };
    let Some(layout) = schedule.layouts.iter().find(|layout| layout.common.id == *named) else {
        return findings.add(Weight::Warning, id, format!("there is no layout {named}: it has the whole panel"));
    };
    let both = [false, true].map(|is_portrait| layout.regions(is_portrait));
    let is_there = |name: &String| both.iter().any(|regions| regions.iter().any(|region| region.name == *name));
    for name in playlist.regions.keys().filter(|name| !is_there(name)) {
        findings.add(Weight::Warning, id, format!("layout {named} has no region {name}"));
    }
    for regions in both {
        let main = regions.iter().position(|region| region.main).unwrap_or(0);
        let others = regions.iter().enumerate().filter(|(nr, _)| *nr != main);
        for (_, region) in others.filter(|(_, region)| !playlist.regions.contains_key(&region.name)) {
            let words = format!("region {} of layout {named} stays empty: name a playlist for it", region.name);
            findings.add(Weight::Warning, id, words);
        }
    }
}

fn check_campaigns(schedule: &Schedule, is_item: impl Fn(&Id) -> bool, findings: &mut Findings) {
    let all: u32 = schedule.campaigns.iter().map(|campaign| u32::from(campaign.share)).sum();
    for campaign in &schedule.campaigns {
        let id = &campaign.common.id;
        for slot in campaign.slots.iter().filter(|slot| !is_item(slot)) {
            findings.add(Weight::Refused, id, format!("there is no playlist item {slot}: remove the slot"));
        }
        if all > 100 {
            let words = format!("all campaigns together ask for {all} % of the time: while all are on, each has less");
            findings.add(Weight::Warning, id, words);
        }
        let is_advertising =
            |slot: &&Id| schedule.items.iter().any(|item| item.common.id == **slot && item.advertising);
        let marked = campaign.slots.iter().filter(is_advertising).count();
        if !campaign.advertising && (1..campaign.slots.len()).contains(&marked) {
            let words = "some of its items are advertising and some are not: where all are, say so of the campaign";
            findings.add(Weight::Hint, id, words);
        }
    }
}

/// Playlists of which, after all that was found, nothing is left to show on the panels of a profile.
pub fn check_playlists(subject: &Subject<'_>, profile: &str, findings: &mut Findings) {
    let schedule = &subject.catalog().schedule;
    let is_over = |id: &Id| {
        let item = schedule.items.iter().find(|item| item.common.id == *id);
        item.is_none_or(|item| item.common.valid.until.is_some_and(|until| until <= subject.now))
    };
    for playlist in &schedule.playlists {
        if playlist.slots.iter().all(|slot| is_over(slot) || findings.refuses(slot, profile)) {
            findings.add_at(profile, Weight::Refused, &playlist.common.id, "it has nothing to show");
        }
    }
}
