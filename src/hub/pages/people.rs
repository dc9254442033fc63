//! Who works in the hub, and as what.

use super::setup::wrong_account;
use super::{Answer, Page, Refusal, html};
use crate::hub::app::{Shared, Visitor, with_store};
use crate::hub::gate::Posted;
use crate::hub::passwords;
use crate::hub::store::{NewUser, Role, StoreError, User};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    page: Page,
    people: Vec<User>,
    own: i64,
    roles: Vec<&'static str>,
    wrong: Vec<&'static str>,
    name: String,
    email: String,
}

async fn shown(hub: &Shared, visitor: &Visitor, wrong: Vec<&'static str>, [name, email]: [String; 2]) -> Answer {
    let people = with_store(hub, |hub| hub.store.users()).await?;
    let own = visitor.user().map_or(0, |user| user.id);
    let roles = Role::ALL.map(Role::name).to_vec();
    let page = Page::new(visitor, "people", visitor.tongue.say("people-title"));
    let is_wrong = !wrong.is_empty();
    let mut response = html(&PeoplePage { page, people, own, roles, wrong, name, email })?;
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

pub async fn list(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>) -> Answer {
    shown(&hub, &visitor, Vec::new(), Default::default()).await
}

pub async fn add(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Answer {
    let [name, email, password] = ["name", "email", "password"].map(|field| posted.get(field).to_owned());
    let role = Role::parse(posted.get("role")).ok_or_else(Refusal::unreadable)?;
    let mut wrong = wrong_account(&name, &email);
    if !passwords::LETTERS.contains(&password.chars().count()) {
        wrong.push("wrong-password");
    }
    if wrong.is_empty() {
        let (who, said) = (visitor.clone(), [name.clone(), email.clone()]);
        let added = with_store(&hub, move |hub| {
            let hashed = passwords::hash(&password).map_err(StoreError::Broken)?;
            let [name, email] = &said;
            let user = NewUser { email, name, role, password: &hashed, language: who.tongue.tag() };
            hub.store.add_user(&user, who.by(hub.now()))
        });
        match added.await {
            Ok(_) => return Ok(Redirect::to("/staff/people").into_response()),
            Err(StoreError::Taken(_)) => wrong.push("refused-taken"),
            Err(other) => return Err(other.into()),
        }
    }
    shown(&hub, &visitor, wrong, [name, email]).await
}

/// Another role, or no way in any more. Nobody does that to themselves: a hub always has an administrator.
pub async fn change(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Answer {
    if visitor.user().is_some_and(|user| user.id == id) {
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong-self"));
    }
    let (action, role) = (posted.get("action").to_owned(), Role::parse(posted.get("role")));
    let done = with_store(&hub, move |hub| {
        let by = visitor.by(hub.now());
        match (action.as_str(), role) {
            ("block", _) => hub.store.block_user(id, true, by).map(|()| true),
            ("unblock", _) => hub.store.block_user(id, false, by).map(|()| true),
            ("role", Some(role)) => hub.store.give_role(id, role, by).map(|()| true),
            _ => Ok(false),
        }
    });
    if !done.await? {
        return Err(Refusal::unreadable());
    }
    Ok(Redirect::to("/staff/people").into_response())
}
