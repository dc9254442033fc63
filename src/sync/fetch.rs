//! How bytes of a publication come to a display.

use super::Soon;

/// The most that comes in one piece, in bytes.
pub const CHUNK_BYTES: usize = 64 << 10;

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// Below the publication, such as `metadata/timestamp.json`, escaped (`%2F`) where a name has a `/` of its own.
    pub path: &'a str,
    /// The first byte that is still missing; 0 asks for all.
    pub from: u64,
    /// The [`Answer::tag`] of what is already here: the answer may then be [`Found::Unchanged`].
    pub known: Option<&'a str>,
}

/// What came back, before its body.
pub struct Answer {
    pub found: Found,
    /// What the server calls this state of the file: its ETag.
    pub tag: Option<String>,
    /// The server's clock, in seconds since 1970: nobody signs it.
    pub date_secs: Option<i64>,
}

pub enum Found {
    /// The body begins with this byte of the file: the one asked for, or 0 where the server gives only whole files.
    Body {
        from: u64,
        body: Box<dyn Body>,
    },
    /// As in [`Asked::known`].
    Unchanged,
    Nothing,
}

/// Bytes as they come.
pub trait Body: Send {
    /// The next of them, at most [`CHUNK_BYTES`]; `None` at the end.
    fn next(&mut self) -> Soon<'_, Result<Option<Vec<u8>>, FetchFault>>;
}

/// Why bytes did not come.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchFault {
    /// No connection: no network, no such name, refused, TLS not accepted.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    #[error("nothing came for {0} seconds")]
    Stalled(u64),
    #[error("the connection ended early: {0}")]
    Broken(String),
    #[error("the server answered with status {0}")]
    Status(u16),
    /// A page where a file was asked for: a login page of the network, most often.
    #[error("a web page came instead: does this network want a login?")]
    WebPage,
    #[error("the server sends elsewhere, to {0}; a publication has one address")]
    Elsewhere(String),
    #[error("more came than was signed")]
    TooLong,
    /// A body that was not asked for so: unpacking it could give any number of bytes.
    #[error("the server packs what it sends ({0}), and was asked not to")]
    Packed(String),
    #[error("{0:?} is no path of a publication")]
    NoPath(String),
}

/// A publication somewhere: a web server, a bundle, a test.
pub trait Fetch: Send + Sync {
    /// Asks for one file. It says nothing about whether the bytes are the right ones.
    fn get<'a>(&'a self, asked: Asked<'a>) -> Soon<'a, Result<Answer, FetchFault>>;
}
