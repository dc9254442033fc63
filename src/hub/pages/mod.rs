//! The pages of staff, one file each.

pub mod alerts;
pub mod assets;
pub mod display;
pub mod displays;
pub mod enrol;
pub mod entry;
pub mod imported;
pub mod item;
pub mod items;
pub mod media;
pub mod media_entry;
pub mod missing;
pub mod people;
pub mod poster;
pub mod preview;
pub mod publish;
pub mod report;
pub mod setup;
pub mod source;
pub mod sources;
pub mod states;
pub mod town;

use super::app::Visitor;
use super::beginning::SET_UP;
use super::sources::SOURCES;
use super::store::{Role, StoreError};
use super::words::Tongue;
use crate::publication::DEFAULT_GROUP;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use fluent_bundle::FluentValue;

/// What every page has around its own.
pub struct Page {
    pub tongue: Tongue,
    pub title: String,
    /// The entry of the navigation that it belongs to.
    pub section: &'static str,
    pub user: Option<String>,
    pub role: Option<Role>,
    pub form_token: String,
    /// Asks again after so many seconds, while something is under way.
    pub refresh: Option<u32>,
}

impl Page {
    pub fn new(visitor: &Visitor, section: &'static str, title: impl Into<String>) -> Self {
        Self {
            tongue: visitor.tongue,
            title: title.into(),
            section,
            user: visitor.user().map(|user| user.name.clone()),
            role: visitor.user().map(|user| user.role),
            form_token: visitor.form_token.clone(),
            refresh: None,
        }
    }

    pub fn say(&self, key: &str) -> String {
        self.tongue.say(key)
    }

    pub fn count(&self, key: &str, count: &i64) -> String {
        self.tongue.say_with(key, &[("count", FluentValue::from(*count))])
    }

    pub fn may(&self, role: &str) -> bool {
        Role::parse(role).is_some_and(|needed| self.role.is_some_and(|own| own >= needed))
    }

    /// The words for one of several things of a kind.
    pub fn word(&self, kind: &str, name: &str) -> String {
        self.tongue.say(&format!("{kind}-{name}"))
    }

    /// Whoever changed something: the set-up is nobody.
    pub fn who(&self, name: &str) -> String {
        match name {
            SET_UP => self.tongue.say("who-setup"),
            SOURCES => self.tongue.say("who-sources"),
            name => name.to_owned(),
        }
    }

    /// A language by its name; one that has none here by its tag.
    pub fn language(&self, tag: &str) -> String {
        let key = format!("language-{tag}");
        if self.tongue.has(&key) { self.tongue.say(&key) } else { tag.to_owned() }
    }

    /// A display group by its name; the one that every town has by words.
    pub fn group(&self, name: &str) -> String {
        if name == DEFAULT_GROUP { self.tongue.say("group-default") } else { name.to_owned() }
    }

    pub fn is_in(&self, section: &str) -> bool {
        self.section == section
    }

    pub fn others(&self) -> Vec<Tongue> {
        Tongue::ALL.into_iter().filter(|tongue| *tongue != self.tongue).collect()
    }
}

/// A page that cannot be given; shown in the words of whoever asked.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub status: StatusCode,
    /// Of the words.
    pub key: &'static str,
    /// More, in whatever language it comes.
    pub detail: String,
}

impl Refusal {
    pub fn new(status: StatusCode, key: &'static str) -> Self {
        Self { status, key, detail: String::new() }
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "refused-nowhere")
    }

    pub fn of_disk(error: &std::io::Error) -> Self {
        let is_full = error.kind() == std::io::ErrorKind::StorageFull;
        let key = if is_full { "refused-full" } else { "refused-broken" };
        Self { status: StatusCode::SERVICE_UNAVAILABLE, key, detail: error.to_string() }
    }

    pub fn unreadable() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "refused-unreadable")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let key = match error {
            StoreError::Full => "refused-full",
            StoreError::Broken(_) => "refused-broken",
            StoreError::Taken(_) => "refused-taken",
        };
        Self { status: StatusCode::SERVICE_UNAVAILABLE, key, detail: error.to_string() }
    }
}

pub type Answer = Result<Response, Refusal>;

/// A template as a page.
///
/// # Errors
/// When it cannot be written, which no template of ours does.
pub fn html(template: &impl Template) -> Answer {
    let text = template.render().map_err(|error| Refusal {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        key: "refused-broken",
        detail: error.to_string(),
    })?;
    Ok(Html(text).into_response())
}

#[derive(Template)]
#[template(path = "refused.html")]
struct RefusedPage<'a> {
    page: Page,
    words: String,
    detail: &'a str,
}

/// A refusal as a page.
pub fn error_page(refusal: &Refusal, visitor: &Visitor) -> Response {
    let page = Page::new(visitor, "", visitor.tongue.say("refused-title"));
    let words = visitor.tongue.say(refusal.key);
    let shown = html(&RefusedPage { page, words, detail: &refusal.detail });
    let mut response = shown.unwrap_or_else(|refusal| refusal.detail.into_response());
    *response.status_mut() = refusal.status;
    response
}
