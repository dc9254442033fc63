//! Where the town's content comes from: each source and how it fares, and trying and fetching one.

use super::items::address as item_address;
use super::{Answer, Page, Refusal, html};
use crate::content::{Event, Item, Problem};
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::beginning::first;
use crate::hub::gate::Posted;
use crate::hub::publishing::town;
use crate::hub::sources::{Doing, file, folder, next_try};
use crate::hub::store::{Share, StoreError, StoredSource, Touched};
use crate::hub::words::Tongue;
use crate::import::town_sources::{Fault, KeptFolder, SourceEntry, SourcesFile, TownImport, Trial};
use crate::import::{Input, LEFT_OUT};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use fluent_bundle::FluentValue;
use std::time::Duration;

/// Records that a try shows.
const TRIED: usize = 10;
/// Problems that are listed.
const PROBLEMS: usize = 50;
/// Items that staff decided something about which are listed.
const TOUCHED: u32 = 100;
/// How long a try may take: somebody waits.
const TRY_WITHIN: Duration = Duration::from_secs(45);
/// How soon a page is looked at again on which something is under way.
const REFRESH_SECS: u32 = 2;

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage {
    page: Page,
    rows: Vec<Row>,
    /// What came is on its way to the displays.
    is_publishing: bool,
    publication_error: String,
}

#[derive(Template)]
#[template(path = "source.html")]
struct SourcePage {
    page: Page,
    row: Row,
    problems: Vec<Said>,
    touched: Vec<(String, Touched)>,
    trial: Option<TrialShown>,
}

/// A source as staff see it.
pub struct Row {
    pub name: String,
    pub title: String,
    pub format: String,
    /// Where it is read, without what may be a key.
    pub from: String,
    /// The end of the key of the words for how it is: doing, wanted, paused, never, down, good.
    pub state: &'static str,
    pub doing: Option<Doing>,
    pub good: String,
    pub age: String,
    pub tried: String,
    pub next: String,
    pub down_since: String,
    pub error: String,
    pub schedule: String,
    pub is_direct: bool,
    pub has_key: bool,
    pub items: i64,
    pub problems: i64,
    pub share: Share,
}

/// A problem as staff see it.
pub struct Said {
    /// The key of the words for what is wrong; its own words say more.
    pub key: &'static str,
    pub record: String,
    pub field: String,
    pub reason: String,
    pub value: String,
    pub is_left_out: bool,
}

/// What importers say most often, by a part of their words, and the key of plainer ones.
const PLAIN: [(&str, &str); 14] = [
    ("no licence is named", "problem-licence"),
    ("outside of the town", "problem-outside"),
    ("cannot be read from here on", "problem-broken-off"),
    ("needs a title", "problem-title"),
    ("has no title", "problem-title"),
    ("needs the time when it begins", "problem-date"),
    ("a date", "problem-date"),
    ("this is no date", "problem-date"),
    ("has the same id", "problem-twice"),
    ("removed at its source", "problem-removed"),
    ("not for the public", "problem-private"),
    ("is over", "problem-over"),
    ("no such file", "problem-picture"),
    ("is not on the list of hosts", "problem-host"),
];

impl From<Problem> for Said {
    fn from(problem: Problem) -> Self {
        let reason = problem.reason.strip_prefix(LEFT_OUT).map(str::to_owned);
        let said = reason.as_deref().unwrap_or(&problem.reason);
        let known = PLAIN.iter().find(|(part, _)| said.contains(part)).map(|(_, key)| *key);
        let of_field = if problem.field == "picture" { "problem-picture" } else { "problem-other" };
        Self {
            key: known.unwrap_or(of_field),
            is_left_out: reason.is_some(),
            reason: reason.unwrap_or(problem.reason),
            record: problem.record,
            field: problem.field,
            value: problem.value,
        }
    }
}

/// What a try gave.
pub struct TrialShown {
    /// The key of the words for what is in the way, and more.
    pub fault: Option<(&'static str, String)>,
    pub items: Vec<Record>,
    pub problems: Vec<Said>,
    pub records: i64,
    pub taken: i64,
    pub left_out: i64,
    pub problem_count: i64,
    pub pictures: i64,
}

/// A record that a try shows.
pub struct Record {
    pub title: String,
    pub kind: String,
    pub facts: Vec<String>,
    pub licence: String,
}

pub async fn list(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>) -> Answer {
    let tongue = visitor.tongue;
    let (before, turns) = (hub.fetching.doing(), hub.fetching.turns());
    let (rows, standing, is_news) = with_store(&hub, move |hub| {
        let (sources, shares) = (hub.store.sources()?, hub.store.shares()?);
        let rows = sources.iter().map(|source| row(hub, source, shares.get(source.name()), tongue));
        Ok((rows.collect::<Vec<_>>(), hub.store.import_standing()?, hub.store.has_news_of_sources()?))
    })
    .await?;
    let mut page = Page::new(&visitor, "sources", tongue.say("sources-title"));
    let publication_error = standing.publication_error;
    let is_waiting = publication_error.is_empty() && (is_news || standing.is_publication_due);
    let doing = before.or_else(|| hub.fetching.doing());
    let is_old = hub.fetching.turns() != turns;
    let is_publishing = is_waiting || doing.as_ref().is_some_and(|doing| doing.name.is_empty());
    let is_busy = is_old || doing.is_some() || is_publishing || rows.iter().any(|row| row.state == "wanted");
    page.refresh = is_busy.then_some(REFRESH_SECS);
    html(&SourcesPage { page, rows, is_publishing, publication_error })
}

pub async fn one(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
) -> Answer {
    shown(&hub, &visitor, name, None).await
}

async fn shown(hub: &Shared, visitor: &Visitor, name: String, trial: Option<TrialShown>) -> Answer {
    let tongue = visitor.tongue;
    let (before, turns) = (hub.fetching.doing(), hub.fetching.turns());
    let found = with_store(hub, move |hub| {
        let Some(source) = hub.store.source(&name)? else { return Ok(None) };
        let share = hub.store.shares()?.remove(&name);
        let problems = KeptFolder::new(&folder(hub), &name).problems(PROBLEMS);
        Ok(Some((row(hub, &source, share.as_ref(), tongue), problems, hub.store.touched(&name, TOUCHED)?)))
    });
    let (row, problems, touched) = found.await?.ok_or_else(Refusal::not_found)?;
    let mut page = Page::new(visitor, "sources", row.title.clone());
    let was_read = before.is_some_and(|doing| doing.name == row.name) || hub.fetching.turns() != turns;
    let is_busy = was_read || ["doing", "wanted"].contains(&row.state);
    page.refresh = (trial.is_none() && is_busy).then_some(REFRESH_SECS);
    let problems = problems.into_iter().map(Said::from).collect();
    let touched = touched.into_iter().map(|touched| (item_address(&touched.id), touched)).collect();
    html(&SourcePage { page, row, problems, touched, trial })
}

/// How a source is now.
fn row(hub: &Hub, source: &StoredSource, share: Option<&Share>, tongue: Tongue) -> Row {
    let (_, zone) = town(hub);
    let now = hub.now();
    let told = |at: Option<DateTime<Utc>>| at.map_or_else(String::new, |at| tongue.moment(at, zone));
    let doing = hub.fetching.doing().filter(|doing| doing.name == source.name());
    let health = &source.health;
    let state = match health {
        _ if doing.is_some() => "doing",
        _ if source.is_wanted => "wanted",
        _ if source.is_paused => "paused",
        health if health.tried.is_none() => "never",
        health if !health.error.is_empty() => "down",
        _ => "good",
    };
    let entry = &source.entry;
    Row {
        name: source.name().to_owned(),
        title: source.title.clone(),
        format: entry.format.clone(),
        from: Input::parse(&entry.from).map_or_else(|_| String::new(), |from| from.to_string()),
        state,
        doing,
        good: told(health.good),
        age: health.good.map_or_else(String::new, |good| ago(tongue, now - good)),
        tried: told(health.tried),
        next: told(next_try(source, zone, now)),
        down_since: told(health.down_since),
        error: health.error.clone(),
        schedule: schedule(tongue, &source.schedule),
        is_direct: source.is_direct,
        has_key: has_key(entry),
        items: health.items,
        problems: health.problems,
        share: share.cloned().unwrap_or_default(),
    }
}

pub fn has_key(entry: &SourceEntry) -> bool {
    !entry.key.0.is_empty() || !entry.key_env.is_empty() || entry.key_file.is_some()
}

fn schedule(tongue: Tongue, schedule: &str) -> String {
    match schedule.strip_prefix("at ") {
        Some(time) => tongue.say_with("source-daily-at", &[("time", FluentValue::from(time))]),
        None => tongue.say(&format!("source-every-{schedule}")),
    }
}

/// How long ago, in the largest unit that fits.
fn ago(tongue: Tongue, age: TimeDelta) -> String {
    let (key, count) = match (age.num_days(), age.num_hours()) {
        (days @ 2.., _) => ("ago-days", days),
        (_, hours @ 2..) => ("ago-hours", hours),
        _ => ("ago-minutes", age.num_minutes().max(0)),
    };
    tongue.say_with(key, &[("count", FluentValue::from(count))])
}

/// It is fetched now, whenever it would be due.
pub async fn run(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    _: Posted,
) -> Answer {
    let back = Redirect::to(&format!("/staff/sources/{name}"));
    let is_there = with_store(&hub, move |hub| hub.store.want_source(&name, visitor.by(hub.now()))).await?;
    if !is_there {
        return Err(Refusal::not_found());
    }
    hub.fetching.ring();
    Ok(back.into_response())
}

/// Shows what a source would give now; nothing is kept.
pub async fn try_out(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    _: Posted,
) -> Answer {
    let asked = name.clone();
    let source = with_store(&hub, move |hub| hub.store.source(&asked)).await?.ok_or_else(Refusal::not_found)?;
    let trial = tried(&hub, &visitor, source).await?;
    shown(&hub, &visitor, name, Some(trial)).await
}

/// What a source would give, whether it is stored or not.
///
/// # Errors
/// When somebody else is trying one, and those of the store.
pub async fn tried(hub: &Shared, visitor: &Visitor, source: StoredSource) -> Result<TrialShown, Refusal> {
    let busy = |_| Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "refused-trying");
    let _turn = hub.fetching.trials.try_acquire().map_err(busy)?;
    let tongue = visitor.tongue;
    let (trial, zone) = with_store(hub, move |hub| {
        let file = with(hub, source.clone())?;
        let import = TownImport { file: &file, now: hub.now(), everything: true, pace: hub.fetching.pace.clone() };
        Ok((import.try_out(&source.entry, TRIED, TRY_WITHIN, &mut |_| {}), file.town.zone))
    })
    .await?;
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let Trial { items, problems, counts, fault } = trial;
    Ok(TrialShown {
        fault: fault.map(|(fault, detail)| (fault_key(fault), detail)),
        items: items.iter().map(|item| record(item, tongue, zone)).collect(),
        problems: problems.into_iter().map(Said::from).collect(),
        records: count(counts.records),
        taken: count(counts.items),
        left_out: count(counts.left_out),
        problem_count: count(counts.problems),
        pictures: count(counts.pictures),
    })
}

/// The town's sources with this one among them.
///
/// # Errors
/// Those of the store.
pub fn with(hub: &Hub, source: StoredSource) -> Result<SourcesFile, StoreError> {
    let (mut file, _) = file(hub)?;
    file.sources.retain(|entry| entry.name != source.entry.name);
    file.sources.push(source.entry);
    Ok(file)
}

fn fault_key(fault: Fault) -> &'static str {
    match fault {
        Fault::Settings => "trial-settings",
        Fault::Silent => "trial-silent",
        Fault::Refused => "trial-refused",
        Fault::Format => "trial-format",
        Fault::BrokenOff => "trial-broken-off",
    }
}

fn record(item: &Item, tongue: Tongue, zone: Tz) -> Record {
    let common = item.common();
    let mut facts = Vec::new();
    match item {
        Item::Event(event) => facts.extend(event_facts(event, tongue, zone)),
        Item::Place(place) => facts.extend([place.address.clone(), place.hours.clone()]),
        _ => {}
    }
    facts.push(first(&common.summary));
    facts.retain(|fact| !fact.is_empty());
    let value = serde_json::json!(item);
    let provenance = common.provenance.first();
    let licence = provenance.map_or_else(String::new, |from| {
        let parts = [from.licence.as_str(), &from.credit].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    });
    let kind = value["type"].as_str().unwrap_or_default();
    Record { title: first(&common.title), kind: kind.to_owned(), facts, licence }
}

fn event_facts(event: &Event, tongue: Tongue, zone: Tz) -> Vec<String> {
    let first = event.timings.first().map(|timing| tongue.moment(timing.begin.to_utc(), zone));
    let more = i64::try_from(event.timings.len().saturating_sub(1)).unwrap_or(i64::MAX);
    let more = (more > 0).then(|| tongue.say_with("trial-more-dates", &[("count", FluentValue::from(more))]));
    let place = event.location.as_ref().map(|place| place.name.clone());
    first.into_iter().chain(more).chain(place).collect()
}
