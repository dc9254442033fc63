use crate::content::Problem;
use crate::import::ListFile;
use std::io;
use std::path::Path;

/// Problems of one source, written as they come; beyond as many as anybody looks through they are only counted.
pub struct ProblemFile {
    list: ListFile,
    name: String,
    count: usize,
}

/// Problems that are listed.
const LISTED_MAX: usize = 10_000;

impl ProblemFile {
    /// `name` is what problems call the source.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn create(path: &Path, name: &str) -> io::Result<Self> {
        Ok(Self { list: ListFile::list(path)?, name: name.to_owned(), count: 0 })
    }

    /// # Errors
    /// When they cannot be written.
    pub fn push(&mut self, problems: impl IntoIterator<Item = Problem>) -> io::Result<()> {
        for problem in problems {
            self.count += 1;
            if self.count <= LISTED_MAX {
                self.list.push(&problem)?;
            }
        }
        Ok(())
    }

    /// Puts the file in its place; returns how many problems there were.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<usize> {
        if let Some(more @ 1..) = self.count.checked_sub(LISTED_MAX) {
            let reason = format!("{more} more problems are not listed");
            self.list.push(&Problem::new(self.name, "", "", reason))?;
        }
        self.list.finish()?;
        Ok(self.count)
    }
}
