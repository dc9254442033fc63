//! GTFS-realtime
use super::{Extent, ImportError, Job, Source};
pub struct Gbfs;
impl Source for Gbfs {
    fn name(&self) -> &'static str {
        "gbfs"
    }
    fn about(&self) -> &'static str {
        "x"
    }
    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> {
        Err(job.not_this(""))
    }
}
