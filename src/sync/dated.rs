use super::{Answer, Asked, Fetch, FetchFault, Soon};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Remembers what the server's clock said last.
pub(super) struct Dated {
    inner: Arc<dyn Fetch>,
    /// [`i64::MIN`] before the first answer.
    secs: AtomicI64,
}

impl Dated {
    pub(super) fn new(inner: Arc<dyn Fetch>) -> Self {
        Self { inner, secs: AtomicI64::new(i64::MIN) }
    }

    pub(super) fn last(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.secs.load(Ordering::Relaxed), 0)
    }
}

impl Fetch for Dated {
    fn get<'a>(&'a self, asked: Asked<'a>) -> Soon<'a, Result<Answer, FetchFault>> {
        Box::pin(async move {
            let answer = self.inner.get(asked).await?;
            if let Some(secs) = answer.date_secs {
                self.secs.store(secs, Ordering::Relaxed);
            }
            Ok(answer)
        })
    }
}
