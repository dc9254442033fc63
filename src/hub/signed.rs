//! What displays ask of the hub: each request is signed with the display's own key.

use super::app::{Shared, with_store};
use super::store::Display;
use super::watch::Doubt;
use crate::protocol::{self, CONTENT_DIGEST, SCREENSHOT_BYTES_MAX, SIGNATURE, SIGNATURE_INPUT};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// A request that a display of this hub has signed.
#[derive(Clone, Debug)]
pub struct FromDisplay {
    pub display: Display,
    pub body: Bytes,
}

/// Whether records are taken that no display of this hub has signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strangers {
    Never,
    /// As long as no display was let in.
    UntilEnrolled,
    Always,
}

impl Strangers {
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "never" => Some(Self::Never),
            "until-enrolled" => Some(Self::UntilEnrolled),
            "always" => Some(Self::Always),
            _ => None,
        }
    }
}

/// Lets in what a display has signed, and nothing else.
pub async fn only_displays(hub: Shared, request: Request, next: Next) -> Response {
    let (mut request, read) = match read(&hub, request).await {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    request.extensions_mut().insert(read);
    next.run(request).await
}

/// The records of displays; and of others, where the town's IT takes them.
pub async fn records(State(hub): State<Shared>, request: Request, next: Next) -> Response {
    if !request.headers().contains_key(SIGNATURE_INPUT) {
        let is_taken = match hub.strangers {
            Strangers::Always => Ok(true),
            Strangers::Never => Ok(false),
            Strangers::UntilEnrolled => with_store(&hub, |hub| hub.store.displays()).await.map(|all| all.is_empty()),
        };
        return match is_taken {
            Ok(true) => next.run(request).await,
            Ok(false) => refused(Doubt::Unsigned),
            Err(error) => unavailable(&error.to_string()),
        };
    }
    let (mut request, read) = match read(&hub, request).await {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    *request.body_mut() = Body::from(read.body.clone());
    request.extensions_mut().insert(read);
    next.run(request).await
}

async fn read(hub: &Shared, request: Request) -> Result<(Request, FromDisplay), Response> {
    // Nobody is read from at length who does not even say who they are.
    if !request.headers().contains_key(SIGNATURE_INPUT) {
        return Err(refused(Doubt::Unsigned));
    }
    let (head, body) = request.into_parts();
    let too_large =
        |_| (StatusCode::PAYLOAD_TOO_LARGE, "it is larger than anything that a display sends\n").into_response();
    let body = to_bytes(body, SCREENSHOT_BYTES_MAX).await.map_err(too_large)?;
    let texts = [SIGNATURE_INPUT, CONTENT_DIGEST, SIGNATURE].map(|name| text(&head.headers, name));
    let (method, path, signed_body) = (head.method.to_string(), head.uri.path().to_owned(), body.clone());
    let found = with_store(hub, move |hub| {
        let request = protocol::Request { method: &method, path: &path, body: &signed_body };
        let texts = texts.each_ref().map(Option::as_deref);
        hub.watch.signer(hub.store.as_ref(), request, texts, hub.now())
    });
    match found.await {
        Ok(Ok(display)) => Ok((Request::from_parts(head, Body::empty()), FromDisplay { display, body })),
        Ok(Err(doubt)) => Err(refused(doubt)),
        Err(error) => Err(unavailable(&error.to_string())),
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn refused(doubt: Doubt) -> Response {
    (StatusCode::UNAUTHORIZED, format!("{}\n", doubt.words())).into_response()
}

pub fn unavailable(why: &str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")).into_response()
}
