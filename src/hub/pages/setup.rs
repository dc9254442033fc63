//! The first page that anybody sees: the town's name, and the first account. Then the hub fills itself.

use super::{Answer, Page, Refusal, entry, html};
use crate::hub::app::{SettingUp, Shared, Visitor, with_store};
use crate::hub::beginning;
use crate::hub::gate::Posted;
use crate::hub::passwords;
use crate::hub::store::{By, NewUser, Role, SessionKey};
use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use std::collections::HashMap;
use std::sync::PoisonError;

#[derive(Template)]
#[template(path = "setup.html")]
struct SetupPage {
    page: Page,
    token: String,
    town: String,
    name: String,
    email: String,
    /// Keys of what is wrong.
    wrong: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "setting-up.html")]
struct ProgressPage {
    page: Page,
    doing: &'static str,
    failed: String,
    done: bool,
    not_filled: String,
}

/// Whoever knows what the console says, while nobody has an account.
async fn installer(hub: &Shared, token: &str) -> Result<(), Refusal> {
    let users = with_store(hub, |hub| hub.store.users()).await?;
    if !users.is_empty() {
        return Err(Refusal::new(StatusCode::NOT_FOUND, "setup-done"));
    }
    // Hashes are compared, so that how long it takes tells nothing.
    if SessionKey::of(token) != SessionKey::of(&hub.setup_token) {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "setup-token"));
    }
    Ok(())
}

pub async fn form(
    State(hub): State<Shared>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    let token = asked.get("token").cloned().unwrap_or_default();
    installer(&hub, &token).await?;
    let page = Page::new(&visitor, "", visitor.tongue.say("setup-title"));
    html(&SetupPage { page, token, town: String::new(), name: String::new(), email: String::new(), wrong: Vec::new() })
}

pub async fn begin(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Answer {
    let said = |name: &str| posted.get(name).to_owned();
    let (token, town, name, email) = (said("token"), said("town"), said("name"), said("email"));
    installer(&hub, &token).await?;
    let password = said("password");
    let wrong = wrong(&town, &name, &email, &password);
    if !wrong.is_empty() {
        let page = Page::new(&visitor, "", visitor.tongue.say("setup-title"));
        let mut response = html(&SetupPage { page, token, town, name, email, wrong })?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let tongue = visitor.tongue;
    let id = with_store(&hub, move |hub| {
        let hashed = passwords::hash(&password).map_err(crate::hub::store::StoreError::Broken)?;
        let user = NewUser {
            email: &email,
            name: &name,
            role: Role::Administrator,
            password: &hashed,
            language: tongue.tag(),
        };
        let id = hub.store.add_user(&user, By { who: beginning::SET_UP, now: hub.now() })?;
        beginning::intend(hub.store.as_ref(), &town, hub.now())?;
        *hub.setting_up.lock().unwrap_or_else(PoisonError::into_inner) = Some(SettingUp::Doing("setting-up-town"));
        Ok(id)
    });
    let id = id.await?;
    let working = hub.clone();
    // It goes on while its page is looked at.
    tokio::task::spawn_blocking(move || beginning::go_on(&working));
    entry::begin(&hub, id, "/staff/setup").await
}

fn wrong(town: &str, name: &str, email: &str, password: &str) -> Vec<&'static str> {
    let is_line = |text: &str| !text.is_empty() && text.chars().count() <= 200;
    let mut wrong = Vec::new();
    if !is_line(town) {
        wrong.push("wrong-town");
    }
    wrong.extend(wrong_account(name, email));
    if !passwords::LETTERS.contains(&password.chars().count()) {
        wrong.push("wrong-password");
    }
    wrong
}

/// What is wrong with somebody's name and address.
pub fn wrong_account(name: &str, email: &str) -> Vec<&'static str> {
    let is_address = email.len() <= 200
        && email.split_once('@').is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'))
        && !email.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    let mut wrong = Vec::new();
    if name.is_empty() || name.chars().count() > 200 {
        wrong.push("wrong-name");
    }
    if !is_address {
        wrong.push("wrong-email");
    }
    wrong
}

pub async fn progress(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>) -> Answer {
    let state = hub.setting_up.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut page = Page::new(&visitor, "", visitor.tongue.say("setup-title"));
    let (doing, failed, not_filled) = match state {
        None => return Ok(Redirect::to("/staff").into_response()),
        Some(SettingUp::Doing(step)) => (step, String::new(), String::new()),
        Some(SettingUp::Failed(why)) => ("", why, String::new()),
        Some(SettingUp::Done(why)) => ("", String::new(), why.unwrap_or_default()),
    };
    page.refresh = (!doing.is_empty()).then_some(1);
    let done = doing.is_empty() && failed.is_empty();
    html(&ProgressPage { page, doing, failed, done, not_filled })
}
