use super::unfinished_file::UnfinishedFile;
use crate::content::Document;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// A JSON file that is one long list, written element by element, each on a line of its own: nothing is held in memory,
/// and a change shows as the lines that changed. It stands in its place only when it is whole ([`UnfinishedFile`]).
pub struct ListFile {
    out: UnfinishedFile,
    is_empty: bool,
    end: &'static str,
}

impl ListFile {
    /// A list alone: `[...]`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn list(path: &Path) -> io::Result<Self> {
        Self::begin(path, "[", "\n]\n")
    }

    /// A content document, whose elements are items.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn document(path: &Path) -> io::Result<Self> {
        let empty = serde_json::to_string(&Document::new(Vec::new()))?;
        Self::begin(path, empty.trim_end_matches("]}"), "\n]}\n")
    }

    fn begin(path: &Path, head: &str, end: &'static str) -> io::Result<Self> {
        let mut out = UnfinishedFile::create(path)?;
        out.write_all(head.as_bytes())?;
        Ok(Self { out, is_empty: true, end })
    }

    /// Returns how many bytes it took.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn push(&mut self, element: &impl Serialize) -> io::Result<usize> {
        let json = serde_json::to_vec(element)?;
        self.out.write_all(if self.is_empty { b"\n" } else { b",\n" })?;
        self.out.write_all(&json)?;
        self.is_empty = false;
        Ok(json.len())
    }

    /// Puts the file in its place; returns its size in bytes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self) -> io::Result<u64> {
        let end = if self.is_empty { self.end.trim_start() } else { self.end };
        self.out.write_all(end.as_bytes())?;
        self.out.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_list_stands_in_its_place_only_when_it_is_whole() {
        let folder = std::env::temp_dir().join(format!("parvis-list-file-{}", std::process::id()));
        let path = folder.join("list.json");
        let mut list = ListFile::list(&path).unwrap();
        list.push(&1).unwrap();
        drop(list);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        for (elements, text) in [(&[][..], "[]\n"), (&[1, 2], "[\n1,\n2\n]\n")] {
            let mut list = ListFile::list(&path).unwrap();
            for element in elements {
                list.push(element).unwrap();
            }
            assert_eq!(list.finish().unwrap(), text.len() as u64);
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        ListFile::document(&path).unwrap().finish().unwrap();
        let document = fs::read_to_string(&path).unwrap();
        assert_eq!(document.trim_end(), serde_json::to_string(&Document::new(Vec::new())).unwrap());
        fs::remove_dir_all(&folder).unwrap();
    }
}
