use super::{PanelPower, child};
use std::time::Duration;

/// A panel that takes longer to switch does not answer.
pub(super) const LIMIT: Duration = Duration::from_secs(10);

/// A program that is run to switch the panel on, and one to switch it off.
pub(super) struct Commands {
    pub on: Vec<String>,
    pub off: Vec<String>,
}

impl PanelPower for Commands {
    fn words(&self) -> String {
        format!("the command {}", self.off.join(" "))
    }

    fn set(&mut self, on: bool) -> Result<(), String> {
        child::run(if on { &self.on } else { &self.off }, LIMIT).map(|_| ())
    }
}
