//! `parvis status`: how this display is, on one screen.

use super::status_signage;
use super::store_folder::StoreFolder;
use crate::player::settings::Settings;
use crate::player::signage_display::Kind;
use crate::publication::{Frame, Rendition, Revision, SegmentMedia, Version, Vouched, unpack};
use crate::store::{ClockNote, Folder, Outbox, OutboxError, Store, SyncNote, Waiting};
use anyhow::{Context, Result, anyhow, bail};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Args, Debug)]
pub struct StatusArgs {
    #[command(flatten)]
    store: StoreFolder,
    /// Settings of this display: of one that nobody touches they tell what should be on, and why
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub fn run(args: &StatusArgs) -> Result<()> {
    let folder = args.store.path();
    if !folder.is_dir() {
        bail!("{}: there is no store", folder.display());
    }
    let store = Store::new(Arc::new(Folder::new(&folder)));
    let root = store.pinned_root();
    let heads = root.as_ref().ok().and_then(Option::as_deref).map(|root| store.heads(root)).unwrap_or_default();
    let newest = heads.iter().find_map(|kept| Some((kept.version, &kept.head.as_ref().ok()?.1)));
    let bad_head = heads.first().filter(|kept| kept.head.is_err()).map(|kept| kept.version);
    let status = Status {
        store: folder.display().to_string(),
        trusts_a_root: matches!(root, Ok(Some(_))),
        bad_head,
        revision: newest.map(|(version, vouched)| Shown::of(&store, version, vouched)),
        drawn: store.shown(),
        named: named(&store),
        sync: store.sync_note(),
        clock: store.clock_note(),
        outbox: Outbox::look(&folder),
        used_bytes: store.used().ok(),
        free_bytes: store.disk().free().ok(),
    };
    for line in status.lines(Utc::now()) {
        println!("{line}");
    }
    if let Some(path) = &args.config {
        let file = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let settings = Settings::read(&file, std::env::vars()).map_err(|why| anyhow!("{}: {why}", path.display()))?;
        if settings.kind == Kind::Signage {
            for line in status_signage::lines(&settings, &folder, Utc::now())? {
                println!("{line}");
            }
        }
    }
    Ok(())
}

/// All that is said.
struct Status {
    store: String,
    trusts_a_root: bool,
    /// The newest head, where it cannot be shown.
    bad_head: Option<Version>,
    revision: Option<Shown>,
    /// The head that the player last drew.
    drawn: Option<Version>,
    /// What the hub calls this display, or the code that is to be typed there.
    named: Option<String>,
    sync: SyncNote,
    clock: Option<ClockNote>,
    outbox: Result<Option<Waiting>, OutboxError>,
    used_bytes: Option<u64>,
    free_bytes: Option<u64>,
}

/// The newest revision.
struct Shown {
    version: Version,
    items: usize,
    pictures: usize,
    tiles: usize,
    /// How many of its objects are not there, or have another length than they should.
    lacking: usize,
    /// When the town's signature ends.
    until: Option<DateTime<Utc>>,
}

impl Shown {
    fn of(store: &Store, version: Version, vouched: &Vouched) -> Self {
        let Revision { frame, segments, .. } = &vouched.revision;
        let parts: Vec<Option<Vec<u8>>> = std::iter::once(frame)
            .chain(segments.iter().flatten())
            .map(|part| unpack(&store.read(part).ok()?).ok())
            .collect();
        let mut lacking = parts.iter().filter(|part| part.is_none()).count();
        let (frame, segments) = parts.split_first().map_or((None, &parts[..]), |(frame, rest)| (frame.as_ref(), rest));
        let frame = frame.and_then(|frame| serde_json::from_slice::<Frame>(frame).ok());
        let tiles = frame.map_or_else(BTreeMap::new, |frame| frame.map);
        let (mut items, mut pictures) = (0, BTreeSet::new());
        for segment in segments.iter().flatten() {
            items += crate::content::read_document("", segment).items.len();
            let media = serde_json::from_slice::<SegmentMedia>(segment).unwrap_or_default();
            pictures.extend(media.media.values().map(Rendition::object));
        }
        lacking += pictures.iter().chain(tiles.values()).filter(|object| !store.has(object)).count();
        let until = vouched.expiries.get("timestamp").and_then(|at| DateTime::from_timestamp(at.as_second(), 0));
        Self { version, items, pictures: pictures.len(), tiles: tiles.len(), lacking, until }
    }
}

impl Status {
    fn lines(&self, now: DateTime<Utc>) -> Vec<String> {
        let mut lines = vec![line("store", &self.store)];
        lines.extend(self.named.as_ref().map(|named| line("display", named)));
        lines.extend(self.revision_lines(now));
        lines.push(line("from", if self.sync.from.is_empty() { "nowhere yet" } else { &self.sync.from }));
        lines.push(line("contact", &moment(self.sync.contacted, now)));
        lines.extend(self.clock_lines(now));
        let used = self.used_bytes.map_or("unknown".to_owned(), mebibytes);
        lines.push(line(
            "disk",
            &format!("{used} used, {} free", self.free_bytes.map_or("unknown".to_owned(), mebibytes)),
        ));
        lines.push(line("outbox", &self.outbox_words()));
        if self.sync.faults.is_empty() {
            lines.push(line("faults", "none"));
        }
        for fault in &self.sync.faults {
            lines.push(line(
                "fault",
                &format!("{}: {} (since {})", fault.kind, fault.words, moment(Some(fault.since), now)),
            ));
        }
        lines
    }

    fn revision_lines(&self, now: DateTime<Utc>) -> Vec<String> {
        let Some(shown) = &self.revision else {
            let why = match self.trusts_a_root {
                true => "none has come yet".to_owned(),
                false => format!("none: no root is trusted yet; {}", first_root(&self.store)),
            };
            return vec![line("revision", &format!("{why}; until then the town inside the program is shown"))];
        };
        let Shown { version, items, pictures, tiles, lacking, until } = shown;
        let drawn = match self.drawn {
            Some(drawn) if drawn == *version => "drawn".to_owned(),
            Some(drawn) => format!("not drawn yet, {drawn} was"),
            None => "not drawn yet".to_owned(),
        };
        let mut lines = vec![
            line("revision", &format!("{version} of group \"{}\", {drawn}", self.sync.group)),
            line("activated", &moment(self.sync.activated, now)),
            line("content", &format!("{items} items, {pictures} pictures, {tiles} map tiles")),
        ];
        lines.extend(self.bad_head.map(|bad| {
            line("damage", &format!("head {bad} is newer and cannot be shown: `parvis sync --once` brings it again"))
        }));
        lines.push(match lacking {
            0 => line("objects", "all are there, by their lengths; `parvis verify` looks at every byte"),
            _ => line(
                "damage",
                &format!(
                    "missing or wrong objects: {lacking}; `parvis sync --once` brings them again, `parvis verify` names \
                     them"
                ),
            ),
        });
        lines.extend(until.map(|until| {
            let has_ended = if until < now { "has ended: nothing new is taken until it is renewed" } else { "holds" };
            line("signature", &format!("{has_ended}, until {}", until.format("%Y-%m-%d %H:%M UTC")))
        }));
        lines
    }

    fn clock_lines(&self, now: DateTime<Utc>) -> Vec<String> {
        let Some(clock) = &self.clock else { return vec![line("clock", "nothing is known against it")] };
        let trust = match &clock.evidence {
            None => "trusted".to_owned(),
            Some(evidence) => format!("not trusted: {evidence}"),
        };
        let floor = moment(Some(clock.floor), now);
        vec![line("clock", &trust), line("", &format!("it is surely later than {floor}"))]
    }

    fn outbox_words(&self) -> String {
        let waiting = match &self.outbox {
            Ok(Some(waiting)) => waiting,
            Ok(None) => return "nothing waits".to_owned(),
            Err(error) => return error.to_string(),
        };
        let counted = |counts: &BTreeMap<crate::protocol::Kind, u64>| {
            counts.iter().map(|(kind, number)| format!("{number} {}", kind.name())).collect::<Vec<_>>().join(", ")
        };
        let mut words = match waiting.records.is_empty() {
            true => "nothing waits".to_owned(),
            false => format!("{} wait, {}", counted(&waiting.records), kibibytes(waiting.bytes)),
        };
        if !waiting.given_up.is_empty() {
            words += &format!("; given up for want of room: {}", counted(&waiting.given_up));
        }
        if waiting.damaged > 0 {
            words += &format!("; damaged: {}", waiting.damaged);
        }
        words
    }
}

fn named(store: &Store) -> Option<String> {
    let shown = store.pairing().map(|note| {
        let (first, last) = note.code.halves();
        let until = note.until.format("%Y-%m-%d %H:%M UTC");
        format!("not let in yet: staff type {first} {last} at the hub, until {until}")
    });
    let known = store
        .identity()
        .map(|identity| format!("{}, \"{}\" at {}", identity.placed.display, identity.placed.name, identity.hub));
    known.or(shown)
}

/// What a store that trusts no root needs.
pub fn first_root(store: &str) -> String {
    format!("`parvis sync --once --store {store} --root ROOT.json --from ADDRESS` gives it the town's")
}

fn line(name: &str, words: &str) -> String {
    format!("{name:<10} {words}")
}

fn mebibytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}

fn kibibytes(bytes: u64) -> String {
    format!("{} KiB", bytes.div_ceil(1 << 10))
}

/// A moment and how long ago it was, by this machine's clock.
fn moment(at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    let Some(at) = at else { return "never".to_owned() };
    format!("{} ({})", at.format("%Y-%m-%d %H:%M UTC"), ago(now - at))
}

fn ago(since: TimeDelta) -> String {
    let (days, hours, minutes) = (since.num_days(), since.num_hours(), since.num_minutes());
    match (days, hours, minutes) {
        _ if since < TimeDelta::zero() => "later than now".to_owned(),
        (2.., ..) => format!("{days} days ago"),
        (_, 2.., _) => format!("{hours} hours ago"),
        (_, _, 2..) => format!("{minutes} minutes ago"),
        _ => "just now".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Kind;
    use crate::store::Fault;
    use std::collections::BTreeMap;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn one_screen_says_all_of_it() {
        let version = Version { root: 1, snapshot: 7 };
        let status = Status {
            store: "/var/lib/parvis".to_owned(),
            trusts_a_root: true,
            bad_head: None,
            revision: Some(Shown {
                version,
                items: 812,
                pictures: 40,
                tiles: 9,
                lacking: 0,
                until: Some(at("2026-06-10T00:00:00Z")),
            }),
            drawn: Some(version),
            named: Some("3, \"Gare\" at https://kiosk.example.fr/".to_owned()),
            sync: SyncNote {
                from: "https://kiosk.example.fr/".to_owned(),
                group: "default".to_owned(),
                contacted: Some(at("2026-06-08T11:58:00Z")),
                activated: Some(at("2026-06-05T12:00:00Z")),
                faults: vec![Fault {
                    kind: "network".to_owned(),
                    words: "refused".to_owned(),
                    since: at("2026-06-08T09:00:00Z"),
                }],
            },
            clock: Some(ClockNote {
                evidence: Some("it went back by 3 days".to_owned()),
                floor: at("2026-06-08T12:00:00Z"),
            }),
            outbox: Ok(Some(Waiting {
                records: BTreeMap::from([(Kind::Status, 2), (Kind::Answer, 1)]),
                bytes: 1_500,
                given_up: BTreeMap::from([(Kind::Status, 4)]),
                damaged: 0,
            })),
            used_bytes: Some(34 << 20),
            free_bytes: Some(9_000 << 20),
        };
        let lines = status.lines(at("2026-06-08T12:00:00Z"));
        assert_eq!(
            lines,
            [
                "store      /var/lib/parvis",
                "display    3, \"Gare\" at https://kiosk.example.fr/",
                "revision   1.7 of group \"default\", drawn",
                "activated  2026-06-05 12:00 UTC (3 days ago)",
                "content    812 items, 40 pictures, 9 map tiles",
                "objects    all are there, by their lengths; `parvis verify` looks at every byte",
                "signature  holds, until 2026-06-10 00:00 UTC",
                "from       https://kiosk.example.fr/",
                "contact    2026-06-08 11:58 UTC (2 minutes ago)",
                "clock      not trusted: it went back by 3 days",
                "           it is surely later than 2026-06-08 12:00 UTC (just now)",
                "disk       34 MiB used, 9000 MiB free",
                "outbox     2 status, 1 answer wait, 2 KiB; given up for want of room: 4 status",
                "fault      network: refused (since 2026-06-08 09:00 UTC (3 hours ago))",
            ]
        );
    }

    #[test]
    fn a_display_that_has_nothing_yet_says_so() {
        let status = Status {
            store: "/s".to_owned(),
            trusts_a_root: false,
            bad_head: None,
            revision: None,
            drawn: None,
            named: None,
            sync: SyncNote::default(),
            clock: None,
            outbox: Ok(None),
            used_bytes: None,
            free_bytes: None,
        };
        let lines = status.lines(at("2026-06-08T12:00:00Z"));
        assert_eq!(
            lines[1],
            "revision   none: no root is trusted yet; `parvis sync --once --store /s --root ROOT.json --from ADDRESS` gives \
             it the town's; until then the town inside the program is shown"
        );
        assert_eq!(lines[3], "contact    never");
        assert_eq!(lines.last().unwrap(), "faults     none");
    }
}
