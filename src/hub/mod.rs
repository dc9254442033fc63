//! The town's side: keys, publications, signatures, and the server that gives them out. `now` is a parameter everywhere.

mod changes;
mod check;
mod current;
mod fault;
mod groups;
mod keyfile;
mod keyring;
mod ledger;
mod pictures;
mod publish;
mod roots;
mod side_by_side;
mod signing;
mod site;
mod staging;
mod sweep;

pub use crate::publication::{ALERTS, LIVE};
pub use changes::Changes;
pub use fault::HubError;
pub use groups::{GROUPS, Group, Groups};
pub use keyfile::Passphrase;
pub use keyring::{BUNDLE, Keyring, ROOT, SNAPSHOT, TARGETS, TIMESTAMP, Unlocked};
pub use ledger::Ledger;
pub use publish::{Published, Staging, sign_staged, stage, tidy_up};
pub use roots::{Roots, Succession};
pub use side_by_side::Progress;
pub use signing::{Change, Signing, Versions};
pub use site::Site;
pub use staging::{Content, STAGED, Staged};
pub use sweep::{REVISIONS_KEPT, Swept};
