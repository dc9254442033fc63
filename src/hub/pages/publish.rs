//! What goes to the displays: shown before, and done.

use super::items::address;
use super::{Answer, Page, html};
use crate::hub::app::{Shared, Visitor, with_store};
use crate::hub::gate::Posted;
use crate::hub::publishing::{FULL, Report};
use crate::hub::store::{Query, State as ItemState};
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;

/// More are counted, not listed.
const LISTED: u32 = 200;

#[derive(Template)]
#[template(path = "publish.html")]
struct PublishPage {
    page: Page,
    /// Title and address of what is ready.
    ready: Vec<(String, String)>,
    total: i64,
    done: Option<Report>,
    failed: String,
}

async fn shown(hub: &Shared, visitor: &Visitor, done: Option<Report>, failed: String) -> Answer {
    let query = Query { state: Some(ItemState::Ready), count: LISTED, ..Query::default() };
    let (ready, total) = with_store(hub, move |hub| hub.store.items(&query)).await?;
    let ready = ready.into_iter().map(|item| (item.title, address(&item.id))).collect();
    let page = Page::new(visitor, "publish", visitor.tongue.say("publish-title"));
    html(&PublishPage { page, ready, total, done, failed })
}

pub async fn form(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>) -> Answer {
    shown(&hub, &visitor, None, String::new()).await
}

pub async fn publish(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, _: Posted) -> Answer {
    let who = visitor.clone();
    let done = with_store(&hub, move |hub| Ok(hub.desk.publish(hub.store.as_ref(), who.by(hub.now())))).await?;
    match done {
        Ok(report) => shown(&hub, &visitor, Some(report), String::new()).await,
        Err(why) => {
            let why = if why == FULL { visitor.tongue.say("refused-full") } else { why };
            let mut response = shown(&hub, &visitor, None, why).await?;
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            Ok(response)
        }
    }
}
