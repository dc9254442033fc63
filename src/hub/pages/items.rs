//! What there is to do, and lists of content.

use super::{Answer, Page, html};
use crate::hub::app::{Shared, Visitor, with_store};
use crate::hub::forms::KINDS;
use crate::hub::publishing::town;
use crate::hub::store::{Listed, Query, State as ItemState};
use crate::hub::words::Tongue;
use askama::Template;
use axum::Extension;
use axum::extract::{Query as Asked, State};
use chrono_tz::Tz;
use serde::Deserialize;

const PAGE: u32 = 50;
const PAGES_MAX: i64 = 100_000;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    page: Page,
    counts: Vec<(&'static str, i64)>,
    kinds: [&'static str; 4],
    latest: Vec<Row>,
}

#[derive(Template)]
#[template(path = "items.html")]
struct ItemsPage {
    page: Page,
    kinds: [&'static str; 4],
    states: Vec<&'static str>,
    wanted: Wanted,
    rows: Vec<Row>,
    total: i64,
    /// Of the page before and the next one; none where there is none.
    before: Option<i64>,
    after: Option<i64>,
}

/// A line of a list.
struct Row {
    address: String,
    item: Listed,
    changed: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    kind: String,
    state: String,
    text: String,
    page: i64,
    /// What became of what was ticked before: how many went on, and how many stayed as they are.
    done: Option<i64>,
    left: i64,
}

impl Wanted {
    /// This list again.
    fn query(&self) -> String {
        let part = |name: &str, value: &str| format!("{name}={}", encoded(value));
        let parts = [part("kind", &self.kind), part("state", &self.state), part("text", &self.text)];
        format!("{}&page={}", parts.join("&"), self.page)
    }
}

pub async fn home(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>) -> Answer {
    let (counts, latest) = with_store(&hub, |hub| {
        let latest = hub.store.items(&Query { count: 8, ..Query::default() })?;
        Ok((hub.store.counts()?, latest.0))
    })
    .await?;
    let (_, zone) = with_store(&hub, |hub| Ok(town(hub))).await?;
    let told = [ItemState::ToModerate, ItemState::Ready, ItemState::Draft, ItemState::Refused];
    let count = |state: ItemState| counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
    let counts = told.into_iter().map(|state| (state.name(), count(state))).collect();
    let page = Page::new(&visitor, "home", visitor.tongue.say("home-title"));
    html(&HomePage {
        page,
        counts,
        kinds: KINDS,
        latest: latest.into_iter().map(|item| row(item, visitor.tongue, zone)).collect(),
    })
}

pub async fn list(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Asked(wanted): Asked<Wanted>,
) -> Answer {
    let number = wanted.page.clamp(0, PAGES_MAX);
    let query = Query {
        kind: wanted.kind.clone(),
        state: ItemState::parse(&wanted.state),
        text: wanted.text.clone(),
        skip: number * i64::from(PAGE),
        count: PAGE,
    };
    let skip = query.skip;
    let ((items, total), (_, zone)) = with_store(&hub, move |hub| Ok((hub.store.items(&query)?, town(hub)))).await?;
    let is_last = skip + items.len() as i64 >= total;
    html(&ItemsPage {
        page: Page::new(&visitor, "items", visitor.tongue.say("items-title")),
        kinds: KINDS,
        states: ItemState::ALL.map(ItemState::name).to_vec(),
        before: (number > 0).then(|| number - 1),
        after: (!is_last).then(|| number + 1),
        wanted,
        rows: items.into_iter().map(|item| row(item, visitor.tongue, zone)).collect(),
        total,
    })
}

fn row(item: Listed, tongue: Tongue, zone: Tz) -> Row {
    Row { address: address(&item.id), changed: tongue.moment(item.changed, zone), item }
}

/// Where an item is changed: whatever its id is made of, it is one part of the path.
pub fn address(id: &str) -> String {
    format!("/staff/items/{}", encoded(id))
}

/// As a part of an address: RFC 3986, 2.1.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let escaped = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(escaped).collect()
}
