//! The option that names this display's store.

use clap::Args;
use std::path::PathBuf;

/// Where the store is when nobody says otherwise.
const USUAL: &str = "/var/lib/parvis";

#[derive(Args, Clone, Debug)]
pub struct StoreFolder {
    /// The store of this display; PARVIS_STORE, else /var/lib/parvis, when left out
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
}

impl StoreFolder {
    pub fn path(&self) -> PathBuf {
        let set = || std::env::var_os("PARVIS_STORE").filter(|path| !path.is_empty()).map(PathBuf::from);
        self.store.clone().or_else(set).unwrap_or_else(|| PathBuf::from(USUAL))
    }
}
