//! Fetches objects: several at once, each resumed where it was broken off and hashed as it comes.

use super::trust::Refusal;
use super::{Asked, Fetch, FetchFault, Found};
use crate::publication::{Object, object_path};
use crate::store::{Arriving, Store};
use futures_util::{StreamExt, TryStreamExt, stream};
use std::io::ErrorKind;

/// What comes in small pieces is written in pieces of this size.
const PIECE_BYTES: usize = 256 << 10;

/// A connection that brought less before it fell is not followed by another at once.
const PROGRESS_BYTES: u64 = 4 << 10;

pub(super) struct Objects<'a> {
    pub store: &'a Store,
    pub fetch: &'a dyn Fetch,
    pub parallel: usize,
}

impl Objects<'_> {
    /// Fetches all of them, or stops at the first that does not come; what has come stays. Returns the bytes that came.
    pub async fn bring(&self, objects: &[Object]) -> Result<u64, Refusal> {
        let begun = &self.store.begun()?;
        let fetches = stream::iter(objects).map(|object| self.bring_one(*object, begun.contains(&object.hash)));
        fetches.buffer_unordered(self.parallel.max(1)).try_fold(0, async |sum, bytes| Ok(sum + bytes)).await
    }

    async fn bring_one(&self, object: Object, is_begun: bool) -> Result<u64, Refusal> {
        let path = format!("objects/{}", object_path(object.hash));
        let arriving = if is_begun { self.store.resume(&object)? } else { Arriving::new(&object) };
        let was_begun = arriving.length > 0;
        match self.bring_rest(arriving, &path).await {
            // What lay there from before was damaged, or the server's file is another: from the beginning, once.
            Err(Refusal::WrongBytes { .. }) if was_begun => {
                self.store.forget(&object)?;
                self.bring_rest(Arriving::new(&object), &path).await
            }
            done => done,
        }
    }

    async fn bring_rest(&self, mut arriving: Arriving, path: &str) -> Result<u64, Refusal> {
        let began_at = arriving.length;
        if !arriving.is_whole() || arriving.object.length == 0 {
            self.receive_on_and_on(&mut arriving, path).await?;
        }
        let came = arriving.length.saturating_sub(began_at);
        match self.store.finish_arriving(arriving) {
            Ok(()) => Ok(came),
            Err(error) if error.kind() == ErrorKind::InvalidData => Err(Refusal::WrongBytes { path: path.to_owned() }),
            Err(error) => Err(error.into()),
        }
    }

    /// Goes on where a connection falls, as long as each brings something worth having come for.
    async fn receive_on_and_on(&self, arriving: &mut Arriving, path: &str) -> Result<(), Refusal> {
        loop {
            let before = arriving.length;
            match self.receive(arriving, path).await {
                Err(Refusal::Network { fault: FetchFault::Broken(_) | FetchFault::Stalled(_), .. })
                    if arriving.length >= before + PROGRESS_BYTES => {}
                done => return done,
            }
        }
    }

    async fn receive(&self, arriving: &mut Arriving, path: &str) -> Result<(), Refusal> {
        let network = |fault| Refusal::Network { path: path.to_owned(), fault };
        let asked = Asked { path, from: arriving.length, known: None };
        let mut body = match self.fetch.get(asked).await.map_err(network)?.found {
            Found::Body { from, body } => {
                if from != arriving.length {
                    self.store.forget(&arriving.object)?;
                    *arriving = self.store.resume(&arriving.object)?;
                }
                if from != arriving.length {
                    return Err(network(FetchFault::Broken("not from where it was asked".to_owned())));
                }
                body
            }
            Found::Unchanged => {
                return Err(network(FetchFault::Broken("unchanged from what we do not have".to_owned())));
            }
            Found::Nothing => return Err(Refusal::Missing { path: path.to_owned() }),
        };
        let mut piece: Vec<u8> = Vec::new();
        let ended = loop {
            match body.next().await {
                Ok(Some(bytes)) => piece.extend_from_slice(&bytes),
                Ok(None) => break Ok(()),
                Err(fault) => break Err(network(fault)),
            }
            if piece.len() >= PIECE_BYTES {
                self.keep(arriving, &piece, path)?;
                piece.clear();
            }
        };
        // What came before the connection broke is kept: the next turn goes on from there.
        self.keep(arriving, &piece, path)?;
        ended?;
        if !arriving.is_whole() {
            return Err(network(FetchFault::Broken("it ended before it was whole".to_owned())));
        }
        Ok(())
    }

    fn keep(&self, arriving: &mut Arriving, piece: &[u8], path: &str) -> Result<(), Refusal> {
        match self.store.add(arriving, piece) {
            Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                self.store.forget(&arriving.object)?;
                Err(Refusal::Network { path: path.to_owned(), fault: FetchFault::TooLong })
            }
            kept => Ok(kept?),
        }
    }
}
