//! Who is let in: sessions, forms that were really sent from the hub's own pages, and what a browser may do with a page.

use super::app::{Shared, Visitor, with_store};
use super::pages::{Refusal, error_page};
use super::passwords::secret;
use super::routes::Who;
use super::store::SessionKey;
use super::words::Tongue;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form, RequestExt};

const SESSION: &str = "parvis_session";
/// Forms for those who are not signed in.
const FORM: &str = "parvis_form";
const TONGUE: &str = "parvis_language";

/// A page may load its own style and pictures, and nothing else; no other site may show it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

fn cookie<'r>(headers: &'r HeaderMap, name: &str) -> Option<&'r str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|all| all.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// A cookie that scripts do not see and other sites do not send.
fn set(name: &str, value: &str, is_secure: bool, secs: i64) -> Option<HeaderValue> {
    let secure = if is_secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={secs}{secure}")).ok()
}

/// Who asks.
///
/// # Errors
/// When the store or the machine's random numbers fail.
pub async fn visitor(hub: &Shared, headers: &HeaderMap, address: String) -> Result<Visitor, Response> {
    let broken = |why: String| (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")).into_response();
    let key = cookie(headers, SESSION).map(SessionKey::of);
    let session = match key {
        None => None,
        Some(key) => {
            let found = with_store(hub, move |hub| hub.store.session(key, hub.now())).await;
            found.map_err(|error| broken(error.to_string()))?
        }
    };
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let chosen = cookie(headers, TONGUE).and_then(Tongue::parse);
    let accepted = || Tongue::accepted(text(header::ACCEPT_LANGUAGE));
    let own = session.as_ref().and_then(|session| Tongue::parse(&session.user.language));
    let known = session.as_ref().map(|session| session.form_token.as_str()).or(cookie(headers, FORM));
    let known = known.filter(|token| token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let (form_token, is_new) = match known {
        Some(token) => (token.to_owned(), false),
        None => (secret().map_err(broken)?, true),
    };
    Ok(Visitor { session, tongue: chosen.or(own).unwrap_or_else(accepted), form_token, is_new, address })
}

/// Begins a session: whatever cookie the browser had means nothing any more.
pub fn signed_in(mut response: Response, cookie: &str, is_secure: bool) -> Response {
    const TWO_WEEKS: i64 = 14 * 24 * 3600;
    response.headers_mut().extend(set(SESSION, cookie, is_secure, TWO_WEEKS).map(|value| (header::SET_COOKIE, value)));
    response
}

pub fn signed_out(mut response: Response, is_secure: bool) -> Response {
    response.headers_mut().extend(set(SESSION, "", is_secure, 0).map(|value| (header::SET_COOKIE, value)));
    response
}

/// The browser remembers the language that was chosen.
pub fn speaking(mut response: Response, tongue: Tongue, is_secure: bool) -> Response {
    const YEAR: i64 = 365 * 24 * 3600;
    response.headers_mut().extend(set(TONGUE, tongue.tag(), is_secure, YEAR).map(|value| (header::SET_COOKIE, value)));
    response
}

/// Before anybody has an account only the set-up is there.
pub async fn not_set_up(hub: &Shared, visitor: &Visitor, path: &str) -> Option<Response> {
    if visitor.session.is_some() || path == "/setup" || path == "/language" || path.starts_with("/assets/") {
        return None;
    }
    let users = with_store(hub, |hub| hub.store.users()).await.ok()?;
    users.is_empty().then(|| Redirect::to("/setup").into_response())
}

/// Lets in whoever may.
pub async fn guard(who: Who, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>();
    let Who::Staff(role) = who else { return next.run(request).await };
    match visitor {
        Some(visitor) if visitor.may(role) => next.run(request).await,
        Some(visitor) if visitor.session.is_some() => {
            Refusal::new(StatusCode::FORBIDDEN, "refused-role").into_response()
        }
        _ if request.method() == axum::http::Method::GET => Redirect::to("/login").into_response(),
        _ => Refusal::new(StatusCode::UNAUTHORIZED, "refused-signed-out").into_response(),
    }
}

pub async fn nowhere() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "refused-nowhere")
}

/// A refusal as a page, in the words of whoever asked.
pub fn dress(mut response: Response, visitor: &Visitor) -> Response {
    match response.extensions_mut().remove::<Refusal>() {
        Some(refusal) => error_page(&refusal, visitor),
        None => response,
    }
}

pub fn protect(hub: &Shared, mut response: Response, visitor: &Visitor) -> Response {
    const DAY: i64 = 24 * 3600;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 4] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    headers.extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if visitor.is_new && visitor.session.is_none() {
        let cookie = set(FORM, &visitor.form_token, hub.is_secure, DAY);
        headers.extend(cookie.map(|value| (header::SET_COOKIE, value)));
    }
    response
}

/// The fields of a form that was given to this browser, in order. There is no other way to a form's fields.
pub struct Posted(pub Vec<(String, String)>);

impl Posted {
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Refusal;

    async fn from_request(mut request: Request, _: &S) -> Result<Self, Refusal> {
        let visitor: Extension<Visitor> =
            request.extract_parts().await.map_err(|_| Refusal::new(StatusCode::FORBIDDEN, "refused-form"))?;
        let Form(fields): Form<Vec<(String, String)>> =
            request.extract().await.map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, "refused-unreadable"))?;
        let posted = Self(fields);
        // Of one length, and of random digits: how long a comparison takes tells nothing that helps.
        if posted.get("form") != visitor.form_token {
            return Err(Refusal::new(StatusCode::FORBIDDEN, "refused-form"));
        }
        Ok(posted)
    }
}
