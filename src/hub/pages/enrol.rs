//! Letting a display in by the code on its screen, or in place of one that is dead.

use super::{Answer, Page, Refusal, html};
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::ask_groups;
use crate::hub::gate::Posted;
use crate::hub::pairing::Wrong;
use crate::hub::store::{Display, StoreError};
use crate::protocol::Placed;
use crate::publication::{DEFAULT_GROUP, is_group_name};
use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::PoisonError;

/// The longest name and position, in letters.
const LETTERS_MAX: usize = 100;

/// What was written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Written {
    code: String,
    /// The display whose place it takes; empty: none.
    replaces: String,
    name: String,
    group: String,
    position: String,
}

#[derive(Template)]
#[template(path = "enrol.html")]
struct EnrolPage {
    page: Page,
    written: Written,
    /// Each field with what is wrong with it.
    wrong: Vec<(&'static str, &'static str)>,
    displays: Vec<Display>,
    groups: Vec<String>,
}

impl EnrolPage {
    fn wrong_of(&self, field: &str) -> Option<String> {
        self.wrong.iter().find(|(of, _)| *of == field).map(|(_, key)| self.page.say(key))
    }
}

/// The display groups that the town publishes for, and those that displays are in.
pub fn groups(hub: &Hub) -> Result<Vec<String>, StoreError> {
    let published = ask_groups(&hub.desk.signer).ok().flatten();
    let mut groups: BTreeSet<String> = published.into_iter().flat_map(|groups| groups.0.into_keys()).collect();
    groups.insert(DEFAULT_GROUP.to_owned());
    groups.extend(hub.store.displays()?.into_iter().map(|display| display.placed.group));
    Ok(groups.into_iter().collect())
}

/// What is wrong with a display's name, group and position.
pub fn wrong_place(placed: &Placed, groups: &[String]) -> Vec<(&'static str, &'static str)> {
    let letters = |text: &str| text.chars().count();
    let is_group = is_group_name(&placed.group) && groups.contains(&placed.group);
    [
        ((1..=LETTERS_MAX).contains(&letters(&placed.name)), ("name", "wrong-name")),
        (is_group, ("group", "wrong-group")),
        (letters(&placed.position) <= LETTERS_MAX, ("position", "wrong-position")),
    ]
    .into_iter()
    .filter_map(|(is_right, wrong)| (!is_right).then_some(wrong))
    .collect()
}

async fn shown(
    hub: &Shared,
    visitor: &Visitor,
    written: Written,
    wrong: Vec<(&'static str, &'static str)>,
    status: StatusCode,
) -> Answer {
    let (displays, groups) = with_store(hub, |hub| Ok((hub.store.displays()?, groups(hub)?))).await?;
    let page = Page::new(visitor, "displays", visitor.tongue.say("enrol-title"));
    let mut response = html(&EnrolPage { page, written, wrong, displays, groups })?;
    *response.status_mut() = status;
    Ok(response)
}

pub async fn form(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Query(written): Query<Written>,
) -> Answer {
    let written = Written { code: String::new(), ..written };
    shown(&hub, &visitor, written, Vec::new(), StatusCode::OK).await
}

pub async fn enrol(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Answer {
    let text = |field: &str| posted.get(field).to_owned();
    let written = Written {
        code: text("code"),
        replaces: text("replaces"),
        name: text("name"),
        group: text("group"),
        position: text("position"),
    };
    let replaced = match written.replaces.as_str() {
        "" => None,
        number => {
            let number: i64 = number.parse().map_err(|_| Refusal::unreadable())?;
            let display = with_store(&hub, move |hub| hub.store.display(number)).await?;
            Some(display.ok_or_else(Refusal::unreadable)?.placed)
        }
    };
    let is_new = replaced.is_none();
    let placed = replaced.unwrap_or_else(|| Placed {
        display: 0,
        name: written.name.clone(),
        group: written.group.clone(),
        position: written.position.clone(),
    });
    let groups = with_store(&hub, groups).await?;
    // A display that was replaced keeps what it had, even a group that is not published for any more.
    let wrong = if is_new { wrong_place(&placed, &groups) } else { Vec::new() };
    if !wrong.is_empty() {
        return shown(&hub, &visitor, written, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let found = {
        let (now, mut pairing) = (hub.now(), hub.pairing.lock().unwrap_or_else(PoisonError::into_inner));
        pairing.find(&written.code, (visitor.name(), &visitor.address), now)
    };
    let (exchange, key) = match found {
        Ok(found) => found,
        Err(Wrong::TooMany) => {
            let wrong = vec![("code", "enrol-wait")];
            return shown(&hub, &visitor, written, wrong, StatusCode::TOO_MANY_REQUESTS).await;
        }
        Err(Wrong::Unknown) => {
            let wrong = vec![("code", "enrol-unknown")];
            return shown(&hub, &visitor, written, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let who = visitor.clone();
    let kept = with_store(&hub, move |hub| {
        let by = who.by(hub.now());
        let id = match is_new {
            true => hub.store.add_display(&placed, key, by)?,
            false => {
                hub.store.replace_display(placed.display, key, by)?;
                placed.display
            }
        };
        hub.watch.forget(id);
        let mut pairing = hub.pairing.lock().unwrap_or_else(PoisonError::into_inner);
        pairing.accept(&exchange, Placed { display: id, ..placed });
        Ok(id)
    });
    let id = kept.await?;
    Ok(Redirect::to(&format!("/staff/displays/{id}?new=yes")).into_response())
}
