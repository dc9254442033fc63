//! All of a town's sources at once: what is due is read, what fails keeps its last good result, and all of it becomes
//! one content directory.

mod contained;
mod documents;
mod file;
mod kept;
mod kept_items;
mod marks;
mod problem_file;
mod run;
mod trial;
mod written;

pub use file::{FetchEntry, Secret, SourceEntry, SourcesFile, TownEntry, every};
pub use kept::KeptFolder;
pub use run::{Outcome, Report, TownImport, boundary};
pub use trial::{Fault, Trial};
pub use written::{Content, in_words, is_written, made_by, sweep_pictures, unite, write_content, write_problems};
