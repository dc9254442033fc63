use super::{Fetched, Validator};
use crate::import::record_id::digits_of;
use crate::import::write_whole;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use url::Url;

/// The most bytes that are kept of one source.
const BYTES_MAX: u64 = 64 << 20;

/// Answers that lie on this machine as they came: what has not changed need not be sent again.
#[derive(Debug)]
pub struct KeptPages {
    folder: PathBuf,
    /// The files of the answers that this run needs.
    used: HashSet<String>,
}

/// One answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptPage {
    /// The digest of its address, which may hold a key.
    address: String,
    /// Where it was in the end, without the key.
    found: Url,
    pub validator: Validator,
    /// What it was known by when it was fetched.
    pub mark: String,
    #[serde(skip)]
    bytes: Vec<u8>,
}

/// A file of the folder.
struct KeptFile {
    name: String,
    bytes: u64,
    written: SystemTime,
}

impl KeptPage {
    pub fn new(url: &Url, page: &Fetched, validator: Validator, mark: &str) -> Self {
        let (address, found) = (name(url), page.url.clone());
        Self { address, found, validator, mark: mark.to_owned(), bytes: page.bytes.clone() }
    }

    pub fn into_fetched(self) -> Fetched {
        Fetched { bytes: self.bytes, media_type: String::new(), charset: None, url: self.found }
    }
}

impl KeptPages {
    /// In this folder, which nothing else uses.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), used: HashSet::new() }
    }

    /// What lies here for this address; nothing where it cannot be read.
    pub fn load(&mut self, url: &Url) -> Option<KeptPage> {
        let name = name(url);
        let bytes = fs::read(self.folder.join(&name)).ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let (head, body) = bytes.split_at_checked(end)?;
        let page: KeptPage = serde_json::from_slice(head).ok().filter(|page: &KeptPage| page.address == name)?;
        self.used.insert(name);
        Some(KeptPage { bytes: body.get(1..)?.to_vec(), ..page })
    }

    /// Keeps an answer, if there is room for it beside those that this run needs; others make room, the oldest first.
    ///
    /// # Errors
    /// When it cannot be written, or another cannot be removed.
    pub fn save(&mut self, page: &KeptPage) -> io::Result<()> {
        let mut whole = serde_json::to_vec(page)?;
        whole.push(b'\n');
        whole.extend_from_slice(&page.bytes);
        let mut others = self.files()?;
        others.retain(|file| file.name != page.address);
        others.sort_by_key(|file| file.written);
        let mut bytes = others.iter().fold(whole.len() as u64, |bytes, file| bytes + file.bytes);
        for file in others.iter().filter(|file| !self.used.contains(&file.name)) {
            if bytes > BYTES_MAX {
                fs::remove_file(self.folder.join(&file.name))?;
                bytes -= file.bytes;
            }
        }
        if bytes > BYTES_MAX {
            return Ok(());
        }
        write_whole(&self.folder.join(&page.address), &whole)?;
        self.used.insert(page.address.clone());
        Ok(())
    }

    /// An answer that turned out to be of no use.
    pub fn remove(&mut self, url: &Url) {
        self.used.remove(&name(url));
        let _ = fs::remove_file(self.folder.join(name(url)));
    }

    /// Removes what this run needed: it was of no use.
    pub fn remove_used(&mut self) {
        for name in self.used.drain() {
            let _ = fs::remove_file(self.folder.join(name));
        }
    }

    /// Removes what this run did not need.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn remove_unused(&self) -> io::Result<()> {
        for file in self.files()?.iter().filter(|file| !self.used.contains(&file.name)) {
            fs::remove_file(self.folder.join(&file.name))?;
        }
        Ok(())
    }

    fn files(&self) -> io::Result<Vec<KeptFile>> {
        let entries = self.folder.is_dir().then(|| fs::read_dir(&self.folder)).transpose()?;
        let file = |entry: io::Result<DirEntry>| {
            let entry = entry?;
            let (name, metadata) = (entry.file_name().to_string_lossy().into_owned(), entry.metadata()?);
            Ok(KeptFile { name, bytes: metadata.len(), written: metadata.modified()? })
        };
        entries.into_iter().flatten().map(file).collect()
    }
}

fn name(url: &Url) -> String {
    digits_of(url.as_str(), 64)
}
