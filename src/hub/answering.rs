//! What displays ask of the hub: to be let in, and what they are to do.

use super::app::{Shared, Visitor, with_store};
use super::pairing::Refused;
use super::passwords::secret;
use super::signed::{FromDisplay, unavailable};
use super::store::StoreError;
use crate::protocol::{Begin, REPORT_BYTES_MAX, Report, Reveal};
use crate::publication::Digest;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::de::DeserializeOwned;
use std::sync::PoisonError;

/// The largest message of a display that is not let in yet, in bytes.
const MESSAGE_BYTES_MAX: usize = 4 << 10;
/// Every PNG begins with it.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A display that nobody knows begins.
pub async fn begin(State(hub): State<Shared>, Extension(visitor): Extension<Visitor>, body: Bytes) -> Response {
    let asked: Begin = match message(&body, MESSAGE_BYTES_MAX) {
        Ok(asked) => asked,
        Err(refused) => return *refused,
    };
    let root = hub.desk.publication.join("root.json");
    let root = tokio::task::spawn_blocking(move || std::fs::read_to_string(root).ok()).await.ok().flatten();
    let Some(root) = root else { return unavailable("this hub has published nothing yet") };
    let (Ok(id), Some(nonce)) = (secret(), secret().ok().as_deref().and_then(Digest::parse)) else {
        return unavailable("this machine gives no random numbers");
    };
    let now = hub.now();
    let mut pairing = hub.pairing.lock().unwrap_or_else(PoisonError::into_inner);
    match pairing.begin(&asked, (id, nonce), root, &visitor.address, now) {
        Ok(begun) => (StatusCode::CREATED, Json(begun)).into_response(),
        Err(refused) => refusal(refused),
    }
}

/// It tells its key.
pub async fn reveal(State(hub): State<Shared>, Path(id): Path<String>, body: Bytes) -> Response {
    let told: Reveal = match message(&body, MESSAGE_BYTES_MAX) {
        Ok(told) => told,
        Err(refused) => return *refused,
    };
    let now = hub.now();
    let mut pairing = hub.pairing.lock().unwrap_or_else(PoisonError::into_inner);
    match pairing.reveal(&id, &told, now) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refused) => refusal(refused),
    }
}

/// It asks whether staff have typed its code.
pub async fn standing(State(hub): State<Shared>, Path(id): Path<String>) -> Response {
    let now = hub.now();
    let pairing = hub.pairing.lock().unwrap_or_else(PoisonError::into_inner);
    match pairing.standing(&id, now) {
        Ok(standing) => Json(standing).into_response(),
        Err(refused) => refusal(refused),
    }
}

/// A display tells how it is, and learns what it is to do.
pub async fn report(State(hub): State<Shared>, Extension(from): Extension<FromDisplay>) -> Response {
    let report: Report = match message(&from.body, REPORT_BYTES_MAX) {
        Ok(report) => report,
        Err(refused) => return *refused,
    };
    let answered = with_store(&hub, move |hub| hub.watch.report(hub.store.as_ref(), &from.display, report, hub.now()));
    match answered.await {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => broken(&error),
    }
}

/// A display sends what it draws.
pub async fn screenshot(State(hub): State<Shared>, Extension(from): Extension<FromDisplay>) -> Response {
    if !from.body.starts_with(PNG) {
        return (StatusCode::BAD_REQUEST, "this is no PNG\n").into_response();
    }
    let kept = with_store(&hub, move |hub| hub.store.keep_picture(from.display.placed.display, &from.body, hub.now()));
    match kept.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => broken(&error),
    }
}

fn message<T: DeserializeOwned>(body: &[u8], bytes_max: usize) -> Result<T, Box<Response>> {
    if body.len() > bytes_max {
        return Err(Box::new(
            (StatusCode::PAYLOAD_TOO_LARGE, format!("more than {bytes_max} bytes\n")).into_response(),
        ));
    }
    let unreadable = |error| (StatusCode::BAD_REQUEST, format!("{error}\n")).into_response();
    serde_json::from_slice(body).map_err(|error: serde_json::Error| Box::new(unreadable(error)))
}

fn refusal(refused: Refused) -> Response {
    let (status, words) = match refused {
        Refused::Full => (StatusCode::TOO_MANY_REQUESTS, "too many displays wait to be let in"),
        Refused::Over => (StatusCode::GONE, "this exchange is over: begin anew"),
        Refused::Unlike => (StatusCode::CONFLICT, "this is not what the display was bound to"),
    };
    (status, format!("{words}\n")).into_response()
}

fn broken(error: &StoreError) -> Response {
    let status = if matches!(error, StoreError::Full) {
        StatusCode::INSUFFICIENT_STORAGE
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, format!("{error}\n")).into_response()
}
