//! What a network can do to a display, with the real client and real connections.

mod bundles;
mod display;
mod events;
mod faults;
mod resuming;
mod server;
mod slow;
mod tls;

use parvis::sync::{Asked, Body, CHUNK_BYTES, Fetch, FetchFault, Found, Http, HttpSettings};
pub use server::{Server, file_on_disk};
use std::time::Duration;

/// Long enough for any machine to answer within, short enough to be waited for.
const STALL: Duration = Duration::from_secs(1);

fn settings(url: impl Into<String>) -> HttpSettings {
    HttpSettings { stall: STALL, connect: STALL * 2, is_clock_set: || true, ..HttpSettings::new(url) }
}

fn http(server: &Server) -> Http {
    Http::new(&settings(server.url())).unwrap()
}

/// Runs what waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Asks as a display asks for a small file: whole, and no more than `limit` bytes of it.
async fn bring(http: &dyn Fetch, path: &str, limit: usize) -> Result<Option<Vec<u8>>, FetchFault> {
    let answer = http.get(Asked { path, ..Asked::default() }).await?;
    match answer.found {
        Found::Body { from, mut body } => {
            assert_eq!(from, 0);
            let mut bytes = Vec::new();
            read(body.as_mut(), &mut bytes, limit).await?;
            Ok(Some(bytes))
        }
        Found::Unchanged => panic!("nothing was known"),
        Found::Nothing => Ok(None),
    }
}

/// Adds what comes, until it ends, breaks, or is more than `limit`.
async fn read(body: &mut dyn Body, bytes: &mut Vec<u8>, limit: usize) -> Result<(), FetchFault> {
    while let Some(piece) = body.next().await? {
        assert!(!piece.is_empty() && piece.len() <= CHUNK_BYTES, "{} bytes at once", piece.len());
        bytes.extend(piece);
        if bytes.len() > limit {
            return Err(FetchFault::TooLong);
        }
    }
    Ok(())
}

/// The fault that a file of at most 16 KiB meets.
fn fault(server: &Server) -> FetchFault {
    now(bring(&http(server), "metadata/timestamp.json", 16 << 10)).expect_err("nothing came in the way")
}
