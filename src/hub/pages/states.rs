//! Items on their way, several at once, and back to what they were before.

use super::items::address;
use super::{Answer, Refusal};
use crate::content::read_item;
use crate::hub::app::{Hub, Shared, Visitor, with_store};
use crate::hub::beginning::{first, words};
use crate::hub::gate::Posted;
use crate::hub::store::{Draft, Role, Saved, State as ItemState, StoreError, StoredItem};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use serde_json::Value;

/// More at once than a page of the list has.
const AT_ONCE_MAX: usize = 200;

/// Gives an item another state, or another body, where nobody has changed it since this version.
fn moved(
    hub: &Hub,
    visitor: &Visitor,
    item: &StoredItem,
    (body, state, version): (&Value, ItemState, i64),
) -> Result<Saved, StoreError> {
    let read = read_item("hub", body, &mut Vec::new());
    let (title, found_by) = read.map_or_else(Default::default, |item| (first(&item.common().title), words(&item)));
    let draft = Draft {
        id: &item.id,
        kind: &item.kind,
        title: &title,
        words: &found_by,
        state,
        body,
        reason: "",
        based_on: Some(version),
    };
    hub.store.save(&draft, visitor.by(hub.now()))
}

/// The ticked items of a list, each with the version that the list showed.
fn ticked(posted: &Posted) -> Vec<(String, i64)> {
    let all = posted.0.iter().filter(|(name, _)| name == "item").take(AT_ONCE_MAX);
    all.filter_map(|(_, value)| value.split_once(' '))
        .filter_map(|(nr, id)| Some((id.to_owned(), nr.parse().ok()?)))
        .collect()
}

/// Several items at once; those that somebody has changed meanwhile stay as they are.
pub async fn several(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Answer {
    let all = ticked(&posted);
    let is_moderator = visitor.may(Role::Moderator);
    let asked = all.len();
    let done = match posted.get("action") {
        "submit" => with_store(&hub, move |hub| sent_on(hub, &visitor, &all, ItemState::ToModerate)).await?,
        "ready" if is_moderator => with_store(&hub, move |hub| sent_on(hub, &visitor, &all, ItemState::Ready)).await?,
        "withdraw" if is_moderator => {
            let ids: Vec<String> = all.into_iter().map(|(id, _)| id).collect();
            let taken = with_store(&hub, move |hub| {
                let shown = |id: &String| hub.store.item(id).ok().flatten().is_some_and(|item| item.is_published);
                let ids: Vec<String> = ids.into_iter().filter(shown).collect();
                let count = ids.len();
                Ok(hub.desk.withdraw(hub.store.as_ref(), &ids, visitor.by(hub.now())).map(|_| count))
            });
            let failed = |detail| Refusal { status: StatusCode::SERVICE_UNAVAILABLE, key: "refused-publish", detail };
            taken.await?.map_err(failed)?
        }
        "ready" | "withdraw" => return Err(Refusal::new(StatusCode::FORBIDDEN, "refused-role")),
        _ => return Err(Refusal::unreadable()),
    };
    let list: String = posted.get("list").chars().filter(|letter| !letter.is_control()).collect();
    let back =
        format!("/staff/items?{}done={done}&left={}", if list.is_empty() { list } else { list + "&" }, asked - done);
    Ok(Redirect::to(&back).into_response())
}

/// How many went on their way.
fn sent_on(hub: &Hub, visitor: &Visitor, all: &[(String, i64)], state: ItemState) -> Result<usize, StoreError> {
    let mut done = 0;
    for (id, version) in all {
        let Some(item) = hub.store.item(id)? else { continue };
        let goes_on = match state {
            ItemState::ToModerate => matches!(item.state, ItemState::Draft | ItemState::Refused),
            _ => matches!(item.state, ItemState::Draft | ItemState::ToModerate),
        };
        let saved = if goes_on { moved(hub, visitor, &item, (&item.body, state, *version))? } else { Saved::Gone };
        done += usize::from(matches!(saved, Saved::As(_)));
    }
    Ok(done)
}

/// What an item was in an earlier version, as a draft beside what displays show.
pub async fn restore(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let number = |name: &str| posted.get(name).parse::<i64>().map_err(|_| Refusal::unreadable());
    let (wanted, version) = (number("number")?, number("version")?);
    let back = Redirect::to(&address(&id));
    let saved = with_store(&hub, move |hub| {
        let Some(item) = hub.store.item(&id)? else { return Ok(Saved::Gone) };
        let past = hub.store.versions(&id)?.into_iter().find(|past| past.version == wanted);
        let Some(past) = past else { return Ok(Saved::Gone) };
        moved(hub, &visitor, &item, (&past.body, ItemState::Draft, version))
    });
    match saved.await? {
        Saved::As(_) => Ok(back.into_response()),
        Saved::Outdated(_) => Err(Refusal::new(StatusCode::CONFLICT, "refused-outdated")),
        Saved::Gone => Err(Refusal::not_found()),
    }
}
