//! The way in: signing in and out, and the language of the pages.

use super::{Answer, Page, Refusal, html};
use crate::hub::app::{Shared, Visitor, with_store};
use crate::hub::gate::{Posted, signed_in, signed_out, speaking};
use crate::hub::passwords;
use crate::hub::store::SessionKey;
use crate::hub::words::Tongue;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use std::sync::PoisonError;

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    page: Page,
    email: String,
    /// The key of what is wrong; empty.
    wrong: &'static str,
}

/// The longest address, in bytes.
const EMAIL_BYTES_MAX: usize = 254;

pub async fn front() -> Redirect {
    Redirect::to("/staff")
}

pub async fn form(Extension(visitor): Extension<Visitor>) -> Answer {
    if visitor.session.is_some() {
        return Ok(Redirect::to("/staff").into_response());
    }
    shown(&visitor, String::new(), "", StatusCode::OK)
}

fn shown(visitor: &Visitor, email: String, wrong: &'static str, status: StatusCode) -> Answer {
    let page = Page::new(visitor, "", visitor.tongue.say("login-title"));
    let mut response = html(&LoginPage { page, email, wrong })?;
    *response.status_mut() = status;
    Ok(response)
}

pub async fn login(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Answer {
    let (email, password) = (posted.get("email").to_lowercase(), posted.get("password").to_owned());
    if email.len() > EMAIL_BYTES_MAX || password.chars().count() > *passwords::LETTERS.end() {
        return shown(&visitor, String::new(), "login-wrong", StatusCode::UNAUTHORIZED);
    }
    let (address, now) = (visitor.address.as_str(), hub.now());
    let waits = || shown(&visitor, email.clone(), "login-wait", StatusCode::TOO_MANY_REQUESTS);
    // Whoever finds too many waiting is sent away: what is asked for is memory and time of the processor.
    let Ok(_place) = hub.waiting.try_acquire() else { return waits() };
    if !hub.attempts.lock().unwrap_or_else(PoisonError::into_inner).take(&email, address, now) {
        return waits();
    }
    let asked = email.clone();
    let user = with_store(&hub, move |hub| hub.store.user_by_email(&asked)).await?;
    let is_right = checked(&hub, password, user.as_ref().map(|user| user.password.clone())).await;
    let user = user.filter(|user| is_right && !user.is_blocked);
    if user.is_some() {
        hub.attempts.lock().unwrap_or_else(PoisonError::into_inner).give_back(&email, address, now);
    }
    match user {
        Some(user) => begin(&hub, user.id, "/staff").await,
        None => shown(&visitor, email, "login-wrong", StatusCode::UNAUTHORIZED),
    }
}

/// A password is hashed off the threads that answer, and few at once.
async fn checked(hub: &Shared, password: String, hashed: Option<String>) -> bool {
    let Ok(_turn) = hub.hashing.acquire().await else { return false };
    let done = tokio::task::spawn_blocking(move || passwords::is_right(&password, hashed.as_deref())).await;
    done.unwrap_or(false)
}

/// Signs somebody in, in a session of which nobody knew before.
pub async fn begin(hub: &Shared, user: i64, then: &str) -> Answer {
    let failed = |detail| Refusal { status: StatusCode::SERVICE_UNAVAILABLE, key: "refused-broken", detail };
    let (cookie, form_token) = (passwords::secret().map_err(failed)?, passwords::secret().map_err(failed)?);
    let key = SessionKey::of(&cookie);
    with_store(hub, move |hub| hub.store.begin_session(key, user, &form_token, hub.now())).await?;
    Ok(signed_in(Redirect::to(then).into_response(), &cookie, hub.is_secure))
}

pub async fn logout(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, _: Posted) -> Answer {
    if let Some(session) = visitor.session {
        with_store(&hub, move |hub| hub.store.end_session(session.key)).await?;
    }
    Ok(signed_out(Redirect::to("/login").into_response(), hub.is_secure))
}

/// The page that was left comes again in another language.
pub async fn speak(State(hub): State<Shared>, headers: HeaderMap, posted: Posted) -> Answer {
    let tongue = Tongue::parse(posted.get("language")).ok_or_else(Refusal::unreadable)?;
    let from = headers.get(header::REFERER).and_then(|from| from.to_str().ok()).and_then(own_path).unwrap_or("/");
    Ok(speaking(Redirect::to(from).into_response(), tongue, hub.is_secure))
}

/// The path of an address: whatever site it names, the answer stays on this one.
fn own_path(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let path = rest.get(rest.find('/')?..)?;
    (!path.starts_with("//")).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn the_way_back_never_leads_to_another_site() {
        for (from, path) in [
            ("http://hub.fr/staff/items?text=a", Some("/staff/items?text=a")),
            ("https://evil.example/staff", Some("/staff")),
            ("https://evil.example//evil.example/", None),
            ("https://evil.example", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(own_path(from), path, "{from}");
        }
    }
}
