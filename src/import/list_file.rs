use crate::content::Document;
use serde::Serialize;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A JSON file that is one long list, written element by element, each on a line of its own: nothing is held in memory,
/// and a change shows as the lines that changed.
///
/// It is written beside its place and renamed at the end, so that whoever reads it sees the old one or the new one,
/// whole. What is dropped unfinished leaves nothing behind.
pub struct ListFile {
    out: Option<BufWriter<File>>,
    unfinished: PathBuf,
    path: PathBuf,
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
        let name = path.file_name().ok_or_else(|| io::Error::other("not the name of a file"))?;
        let unfinished = path.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut out = BufWriter::new(File::create(&unfinished)?);
        out.write_all(head.as_bytes())?;
        Ok(Self { out: Some(out), unfinished, path: path.to_owned(), is_empty: true, end })
    }

    /// Returns how many bytes it took.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn push(&mut self, element: &impl Serialize) -> io::Result<usize> {
        let Some(out) = &mut self.out else { return Ok(0) };
        let json = serde_json::to_vec(element)?;
        out.write_all(if self.is_empty { b"\n" } else { b",\n" })?;
        out.write_all(&json)?;
        self.is_empty = false;
        Ok(json.len())
    }

    /// Puts the file in its place; returns its size in bytes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self) -> io::Result<u64> {
        let Some(mut out) = self.out.take() else { return Ok(0) };
        out.write_all(if self.is_empty { self.end.trim_start().as_bytes() } else { self.end.as_bytes() })?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        fs::rename(&self.unfinished, &self.path)?;
        Ok(bytes)
    }
}

impl Drop for ListFile {
    fn drop(&mut self) {
        // Once finished there is nothing of this name.
        let _ = fs::remove_file(&self.unfinished);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
