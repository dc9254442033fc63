//! `parvis plays`: what was played on this display and the hub does not have yet, by day and item.

use super::store_folder::StoreFolder;
use crate::content::{Catalog, Common, Id};
use crate::protocol::{PlayRecord, Played};
use crate::store::{Folder, Outbox, Store, load_store};
use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use chrono_tz::Tz;
use clap::Args;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

#[derive(Args, Debug)]
#[command(after_help = "\
What was really on the screen, from first frame to last. The hour that runs stands here within a minute; what the hub \
has taken is no longer here: the hub has it. Days are those of the town, and a presentation belongs to the hour it began \
in.

For a table program:  parvis plays --csv > plays.csv")]
pub struct PlaysArgs {
    #[command(flatten)]
    store: StoreFolder,
    /// As a table with commas (RFC 4180, UTF-8)
    #[arg(long)]
    csv: bool,
}

pub fn run(args: &PlaysArgs) -> Result<()> {
    let folder = args.store.path();
    if !folder.is_dir() {
        bail!("{}: there is no store", folder.display());
    }
    let kept = Outbox::look_at_plays(&folder).with_context(|| folder.display().to_string())?.unwrap_or_default();
    let town = Town::of(&folder);
    let rows = rows(&kept.plays, &town);
    let lines = if args.csv { as_csv(&rows) } else { as_words(&rows) };
    for line in lines {
        println!("{line}");
    }
    if kept.damaged > 0 {
        eprintln!("{} entries are damaged and do not count", kept.damaged);
    }
    Ok(())
}

/// What the town's content says of what was played.
struct Town {
    zone: Tz,
    titles: HashMap<Id, String>,
}

impl Town {
    /// Of the store; where it has nothing to show, things have no names.
    fn of(folder: &Path) -> Self {
        let showing = load_store(&Store::new(Arc::new(Folder::new(folder))), None).ok();
        let mut alerts = Vec::new();
        let mut catalog = Catalog::default();
        if let Some(showing) = showing {
            alerts = showing.bulletin.alerts;
            catalog = showing.content.map(|content| content.catalog).unwrap_or_default();
        }
        let commons = catalog.items().map(|item| item.common());
        let commons = commons.chain(catalog.schedule.items.iter().map(|item| &item.common));
        let commons = commons.chain(alerts.iter().map(|alert| &alert.common));
        Self {
            zone: catalog.town.zone.parse().unwrap_or(chrono_tz::Europe::Paris),
            titles: commons.map(|common| (common.id.clone(), title(common, &catalog.town.fallback))).collect(),
        }
    }

    fn title(&self, id: &Id) -> String {
        if *id == Played::others().item {
            return "more things than are told apart in an hour".to_owned();
        }
        self.titles.get(id).cloned().unwrap_or_default()
    }
}

fn title(common: &Common, fallback: &[String]) -> String {
    common.title.pick("", fallback).map(|(_, title)| title.text.clone()).unwrap_or_default()
}

struct Row {
    day: NaiveDate,
    item: Id,
    title: String,
    plays: u64,
    minutes: f64,
}

fn rows(plays: &[PlayRecord], town: &Town) -> Vec<Row> {
    let mut sums: BTreeMap<(NaiveDate, &Id), (u64, u64)> = BTreeMap::new();
    for play in plays {
        let day = play.hour.with_timezone(&town.zone).date_naive();
        let sum = sums.entry((day, &play.played.item)).or_default();
        *sum = (sum.0.saturating_add(play.plays), sum.1.saturating_add(play.millis));
    }
    let row = |((day, item), (plays, millis)): ((NaiveDate, &Id), (u64, u64))| Row {
        day,
        item: item.clone(),
        title: town.title(item),
        plays,
        minutes: millis as f64 / 60_000.0,
    };
    sums.into_iter().map(row).collect()
}

fn as_words(rows: &[Row]) -> Vec<String> {
    if rows.is_empty() {
        return vec!["nothing was played that the hub does not have".to_owned()];
    }
    let mut lines = vec!["day           plays   minutes  item".to_owned()];
    lines.extend(rows.iter().map(|Row { day, item, title, plays, minutes }| {
        format!("{day}  {plays:>7}  {minutes:>8.1}  {item}  {title}").trim_end().to_owned()
    }));
    lines
}

fn as_csv(rows: &[Row]) -> Vec<String> {
    let mut lines = vec!["day,item,title,plays,minutes".to_owned()];
    lines.extend(rows.iter().map(|Row { day, item, title, plays, minutes }| {
        format!("{day},{},{},{plays},{minutes:.1}", csv_value(item.as_str()), csv_value(title))
    }));
    lines
}

/// In quotation marks where it has to be. What a table program would take for a formula is made plain text.
fn csv_value(text: &str) -> String {
    let plain = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    match plain.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", plain.replace('"', "\"\"")),
        false => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Presented;
    use std::time::Duration;

    fn play(began: &str, item: &str, event: Option<&str>) -> PlayRecord {
        let id = |text: &str| Id(text.to_owned());
        let played = Played { item: id(item), event: event.map(id), playlist: None, by: None };
        let lasted = Duration::from_secs(45);
        PlayRecord::of(Presented { played, began: began.parse().unwrap(), lasted, continues: false })
    }

    fn town() -> Town {
        let titles = [("hub:1", "Fête, \"tout\" l'été"), ("hub:2", "=1+1")];
        let titles = titles.map(|(id, title)| (Id(id.to_owned()), title.to_owned()));
        Town { zone: chrono_tz::Europe::Paris, titles: HashMap::from(titles) }
    }

    #[test]
    fn plays_are_summed_by_the_towns_day_and_the_item_whatever_event_it_showed() {
        let plays = [
            play("2026-06-15T21:59:59Z", "hub:1", Some("oa:1")),
            play("2026-06-15T22:00:00Z", "hub:1", None),
            play("2026-06-15T10:00:00Z", "hub:1", Some("oa:2")),
            play("2026-06-15T10:00:00Z", "hub:3", None),
        ];
        assert_eq!(
            as_words(&rows(&plays, &town())),
            [
                "day           plays   minutes  item",
                "2026-06-15        2       1.5  hub:1  Fête, \"tout\" l'été",
                "2026-06-15        1       0.8  hub:3",
                "2026-06-16        1       0.8  hub:1  Fête, \"tout\" l'été",
            ]
        );
    }

    #[test]
    fn a_table_has_one_value_in_each_cell_and_no_formula() {
        let others = play("2026-06-15T10:00:00Z", Played::others().item.as_str(), None);
        let plays = ["hub:1", "hub:2"].map(|item| play("2026-06-15T10:00:00Z", item, None));
        let plays: Vec<_> = plays.into_iter().chain([others]).collect();
        assert_eq!(
            as_csv(&rows(&plays, &town())),
            [
                "day,item,title,plays,minutes",
                "2026-06-15,hub:1,\"Fête, \"\"tout\"\" l'été\",1,0.8",
                "2026-06-15,hub:2,'=1+1,1,0.8",
                "2026-06-15,others,more things than are told apart in an hour,1,0.8",
            ]
        );
    }

    #[test]
    fn a_display_that_played_nothing_says_so() {
        assert_eq!(as_words(&rows(&[], &town())), ["nothing was played that the hub does not have"]);
        assert_eq!(as_csv(&rows(&[], &town())), ["day,item,title,plays,minutes"]);
    }
}
