use super::file::SourcesFile;
use crate::content::{Document, Item};
use crate::import::ListFile;
use std::collections::BTreeSet;
use std::io;

/// Documents are cut before the size at which no kiosk reads them any more, in bytes.
const DOCUMENT_MAX: usize = Document::BYTES_MAX / 4 * 3;

/// The content documents that a town's sources become, written as their items come. None stands in its place before all
/// are whole.
pub struct Documents<'f> {
    file: &'f SourcesFile,
    /// What earlier runs wrote: nothing else is written over.
    ours: &'f BTreeSet<String>,
    /// For each source the parts of its document.
    parts: Vec<Vec<Part>>,
}

struct Part {
    name: String,
    list: ListFile,
    bytes: usize,
}

impl<'f> Documents<'f> {
    pub fn new(file: &'f SourcesFile, ours: &'f BTreeSet<String>) -> Self {
        Self { file, ours, parts: file.sources.iter().map(|_| Vec::new()).collect() }
    }

    /// Adds an item to the document of a source.
    ///
    /// # Errors
    /// When it cannot be written, or a file that is not of an import stands in its place.
    pub fn push(&mut self, source: usize, item: &Item) -> io::Result<()> {
        let (Some(entry), Some(parts)) = (self.file.sources.get(source), self.parts.get_mut(source)) else {
            return Err(io::Error::other("an item of a source that is not listed"));
        };
        if parts.last().is_none_or(|part| part.bytes >= DOCUMENT_MAX) {
            let name = match parts.len() {
                0 => format!("{}.json", entry.name),
                more => format!("{}.{}.json", entry.name, more + 1),
            };
            let path = self.file.content.join(&name);
            if path.exists() && !self.ours.contains(&name) {
                let reason = "was not written by an import: give the source another name, or move the file away";
                return Err(io::Error::other(format!("{}: {reason}", path.display())));
            }
            parts.push(Part { name, list: ListFile::document(&path)?, bytes: 0 });
        }
        if let Some(part) = parts.last_mut() {
            part.bytes += part.list.push(item)?;
        }
        Ok(())
    }

    /// Puts them in their places; returns their names.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn finish(self) -> io::Result<BTreeSet<String>> {
        let finished = |part: Part| part.list.finish().map(|_| part.name);
        self.parts.into_iter().flatten().map(finished).collect()
    }
}
