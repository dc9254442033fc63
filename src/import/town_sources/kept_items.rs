use crate::content::{Item, Problem, read_item};
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// The longest line that is read at once, in bytes: no item is larger than a document.
const LINE_MAX: u64 = crate::content::Document::BYTES_MAX as u64;

/// The items of a source as they lie on disk, an item on each line: read one after the other, or again by their places.
/// A line that is damaged is a problem and costs no other.
pub struct KeptItems {
    /// Without one there are no items.
    file: Option<BufReader<File>>,
    /// What problems call it.
    name: String,
    at: u64,
    line: Vec<u8>,
    is_whole: bool,
    /// Whether anything could not be read so far.
    pub is_damaged: bool,
}

/// Where an item lies in its file, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    at: u64,
    length: u32,
}

impl KeptItems {
    /// Where there is no file, there are no items.
    ///
    /// # Errors
    /// When the file is there and cannot be opened.
    pub fn open(path: &Path, name: &str) -> io::Result<Self> {
        let file = match File::open(path) {
            Ok(file) => Some(BufReader::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let is_whole = file.is_none();
        Ok(Self { file, name: name.to_owned(), at: 0, line: Vec::new(), is_whole, is_damaged: false })
    }

    /// The next item that can be read, and where it lies.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn next(&mut self, problems: &mut Vec<Problem>) -> io::Result<Option<(Spot, Item)>> {
        while let Some(file) = &mut self.file {
            self.line.clear();
            let length = file.take(LINE_MAX).read_until(b'\n', &mut self.line)? as u64;
            let at = self.at;
            self.at += length;
            let line = element(&self.line);
            match line {
                _ if length == 0 => break,
                b"[" => {}
                b"]" | b"[]" => self.is_whole = true,
                _ => {
                    let item = match serde_json::from_slice::<Value>(line) {
                        Ok(value) => read_item(&self.name, &value, problems),
                        Err(error) => {
                            let reason = "left out: what was kept of an item is damaged; its source is read anew";
                            problems.push(Problem::new(&*self.name, "", "", reason).with_value(&error.to_string()));
                            self.is_damaged = true;
                            None
                        }
                    };
                    if let (Some(item), Ok(length)) = (item, u32::try_from(line.len())) {
                        return Ok(Some((Spot { at, length }, item)));
                    }
                }
            }
        }
        if !self.is_whole {
            (self.is_whole, self.is_damaged) = (true, true);
            let reason = "what was kept of the items breaks off; their source is read anew";
            problems.push(Problem::new(&*self.name, "", "", reason));
        }
        Ok(None)
    }

    /// An item that was read before; those in the order of the file are read without going back.
    ///
    /// # Errors
    /// When the file cannot be read, or somebody has changed it meanwhile.
    pub fn again(&mut self, spot: Spot) -> io::Result<Item> {
        let changed = || io::Error::other(format!("{}: changed while it was read", self.name));
        let file = self.file.as_mut().ok_or_else(changed)?;
        match i64::try_from(spot.at).ok().zip(i64::try_from(self.at).ok()) {
            Some((to, from)) => file.seek_relative(to.wrapping_sub(from))?,
            None => drop(file.seek(SeekFrom::Start(spot.at))?),
        }
        self.line.clear();
        let length = file.take(u64::from(spot.length)).read_to_end(&mut self.line)? as u64;
        self.at = spot.at + length;
        let value = serde_json::from_slice(&self.line).map_err(|_| changed())?;
        read_item(&self.name, &value, &mut Vec::new()).ok_or_else(changed)
    }
}

/// What a line of a list holds.
fn element(line: &[u8]) -> &[u8] {
    let line = line.trim_ascii_end();
    line.strip_suffix(b",").unwrap_or(line)
}
