//! GTFS-realtime
use super::{Extent, ImportError, Job, Source};
pub struct GtfsRt;
impl Source for GtfsRt {
    fn name(&self) -> &'static str { "gtfs-rt" }
    fn about(&self) -> &'static str { "x" }
    fn import(&self, job: &mut Job<'_>) -> Result<Extent, ImportError> { Err(job.not_this("")) }
}
