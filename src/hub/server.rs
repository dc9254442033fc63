//! Gives a publication out over HTTP, and tells whoever listens at `/events` of a new one. It holds no key and knows only
//! the names that a publication has.

use crate::publication::{Digest, is_group_name};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream};
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tower_http::services::ServeDir;

/// How often the timestamp is looked at while somebody listens.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often a silent connection says that it lives: more often than proxies give up.
const ALIVE_EVERY: Duration = Duration::from_secs(50);

/// How long a file may be kept by whoever fetched it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caching {
    /// Its name says what is in it.
    Forever,
    /// It changes: to be asked for again each time.
    Revalidate,
}

impl Caching {
    pub fn header(self) -> &'static str {
        match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Revalidate => "no-cache",
        }
    }
}

/// How long the file at this path may be kept; `None` for what is no file of a publication.
pub fn caching(path: &str) -> Option<Caching> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts[..] {
        ["root.json"] | ["metadata", "timestamp.json"] | ["metadata", "bundle", "root.json" | "timestamp.json"] => {
            Some(Caching::Revalidate)
        }
        ["metadata", name] => {
            let (version, role) = name.strip_suffix(".json")?.split_once('.')?;
            let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
            (is_version && is_group_name(role)).then_some(Caching::Forever)
        }
        ["targets", group, name] => {
            let (hash, rest) = name.split_once('.')?;
            let is_target = is_group_name(group) && rest.strip_suffix(".json").is_some_and(is_group_name);
            (is_target && Digest::parse(hash).is_some()).then_some(Caching::Forever)
        }
        ["objects", folder, name] => {
            (Digest::parse(name).is_some() && name.starts_with(folder) && folder.len() == 2).then_some(Caching::Forever)
        }
        _ => None,
    }
}

/// Everything that is given out.
pub fn app(publication: &Path) -> Router {
    let files = Router::new().fallback_service(ServeDir::new(publication)).layer(middleware::from_fn(only_published));
    news(publication).merge(files)
}

/// The same beside other pages: below the names that a publication has.
pub fn published(publication: &Path) -> Router {
    let files = ServeDir::new(publication);
    let paths = ["/root.json", "/metadata/{*path}", "/targets/{*path}", "/objects/{*path}"];
    let files = paths.into_iter().fold(Router::new(), |app, path| app.route_service(path, files.clone()));
    news(publication).merge(files.layer(middleware::from_fn(only_published)))
}

fn news(publication: &Path) -> Router {
    let news = Arc::new(News { timestamp: publication.join("metadata/timestamp.json"), told: Mutex::new(None) });
    Router::new().route("/events", get(events)).with_state(news)
}

async fn only_published(request: Request, next: Next) -> Response {
    let Some(caching) = caching(request.uri().path()) else { return absent(StatusCode::NOT_FOUND.into_response()) };
    let mut response = next.run(request).await;
    if !response.status().is_success() && response.status() != StatusCode::NOT_MODIFIED {
        return absent(response);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(caching.header()));
    response
}

/// What is not there now may be there soon: the next root, the next version.
fn absent(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn events(State(news): State<Arc<News>>) -> Response {
    let alive = KeepAlive::new().interval(ALIVE_EVERY).text("");
    let mut response = Sse::new(messages(news.listen().await)).keep_alive(alive).into_response();
    // So that nginx in front of it hands each message on at once.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// The version that is published now, and each later one.
fn messages(versions: watch::Receiver<u64>) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((versions, true), |(mut versions, is_first)| async move {
        if !is_first {
            versions.changed().await.ok()?;
        }
        let version = *versions.borrow_and_update();
        Some((Ok(Event::default().event("published").data(version.to_string())), (versions, false)))
    })
}

/// Looks at the timestamp as long as somebody listens.
struct News {
    timestamp: PathBuf,
    told: Mutex<Option<watch::Sender<u64>>>,
}

impl News {
    async fn listen(&self) -> watch::Receiver<u64> {
        let version = version(&self.timestamp).await.unwrap_or(0);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(versions) = told.as_ref().filter(|versions| !versions.is_closed()) {
            return versions.subscribe();
        }
        let (versions, heard) = watch::channel(version);
        tokio::spawn(look(self.timestamp.clone(), versions.clone()));
        *told = Some(versions);
        heard
    }
}

async fn look(path: PathBuf, versions: watch::Sender<u64>) {
    let mut seen = None;
    loop {
        tokio::select! {
            () = versions.closed() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
        let state = tokio::task::spawn_blocking({
            let path = path.clone();
            move || std::fs::metadata(path).and_then(|data| Ok((data.modified()?, data.len()))).ok()
        });
        let state = state.await.ok().flatten();
        if state.is_none() || state == seen {
            continue;
        }
        if let Some(version) = version(&path).await {
            seen = state;
            versions.send_if_modified(|told| std::mem::replace(told, version) != version);
        }
    }
}

async fn version(path: &Path) -> Option<u64> {
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await.ok()?.ok()?;
    Some(crate::publication::Written::parse(&read).ok()?.version())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_publication_are_given_out() {
        let hash = Digest::of(b"a").to_string();
        let forever = [
            "/metadata/1.root.json".to_owned(),
            "/metadata/12.alerts.json".to_owned(),
            format!("/targets/default/{hash}.revision.json"),
            format!("/objects/{}/{hash}", &hash[..2]),
        ];
        for path in forever {
            assert_eq!(caching(&path), Some(Caching::Forever), "{path}");
        }
        for path in ["/root.json", "/metadata/timestamp.json", "/metadata/bundle/root.json"] {
            assert_eq!(caching(path), Some(Caching::Revalidate), "{path}");
        }
        let others = [
            "/".to_owned(),
            "/staged.json".to_owned(),
            "/renditions.json".to_owned(),
            "/.lock".to_owned(),
            "/metadata/.new-1-1".to_owned(),
            "/metadata/x.root.json".to_owned(),
            "/metadata/../staged.json".to_owned(),
            "/metadata/1.%2e%2e.json".to_owned(),
            format!("/objects/00/{hash}"),
            format!("/targets/../{hash}.revision.json"),
            format!("/targets/default/{hash}.json"),
        ];
        for path in others {
            assert_eq!(caching(&path), None, "{path}");
        }
    }
}
