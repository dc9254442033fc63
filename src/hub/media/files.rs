//! Where the bytes of the library lie: below names of what is in them, in any store of objects. Today that is the hub's
//! folder, from which publications take them too.

use crate::publication::{Digest, Digesting};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// So much of a file is in memory while it is stored, in bytes.
const PART: usize = 4 << 20;

/// Below the folder of media: what publications may take.
const SHOWN: &str = "media";

/// The bytes of pictures and films.
#[derive(Clone)]
pub struct MediaFiles {
    store: Arc<dyn ObjectStore>,
    /// Where uploads lie until they are whole.
    incoming: PathBuf,
    /// As publications see it.
    shown: PathBuf,
}

/// A name in the library for what has this hash and this ending.
pub fn part_name(folder: &str, hash: Digest, ending: &str) -> String {
    format!("{folder}/{hash}.{ending}")
}

fn broken(error: object_store::Error) -> io::Error {
    match error {
        object_store::Error::NotFound { .. } => io::Error::from(io::ErrorKind::NotFound),
        other => {
            // What lies below says more of a disk than the store's own words.
            let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&other);
            while let Some(error) = source {
                if let Some(disk) = error.downcast_ref::<io::Error>() {
                    return io::Error::new(disk.kind(), other.to_string());
                }
                source = error.source();
            }
            io::Error::other(other.to_string())
        }
    }
}

/// Waits for a store that answers in its own time. Whoever calls is no thread that answers requests.
fn wait<T>(work: impl Future<Output = object_store::Result<T>>) -> io::Result<T> {
    let done = match tokio::runtime::Handle::try_current() {
        Ok(runtime) => runtime.block_on(work),
        Err(_) => tokio::runtime::Builder::new_current_thread().build()?.block_on(work),
    };
    done.map_err(broken)
}

impl MediaFiles {
    /// In a folder of the hub's data. What is stored is on the disk before anybody is told.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn in_folder(data: &Path) -> io::Result<Self> {
        let incoming = data.join("uploads");
        // What a hub that ended left half way.
        std::fs::remove_dir_all(&incoming).or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        })?;
        std::fs::create_dir_all(&incoming)?;
        let store = LocalFileSystem::new_with_prefix(data).map_err(broken)?.with_fsync(true);
        Ok(Self { store: Arc::new(store), incoming, shown: data.join(SHOWN) })
    }

    /// A file that nobody has, for an upload. Its name has nothing of what the browser says.
    pub fn new_upload(&self) -> PathBuf {
        self.incoming.join(Uuid::now_v7().to_string())
    }

    /// Where a file of the library lies for whoever reads folders.
    pub fn path(&self, file: &str) -> PathBuf {
        self.shown.join(file)
    }

    /// Stores what publications may take.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn show(&self, bytes: Vec<u8>, folder: &str, ending: &str) -> io::Result<String> {
        let file = part_name(folder, Digest::of(&bytes), ending);
        self.put(&format!("{SHOWN}/{file}"), bytes)?;
        Ok(file)
    }

    /// Stores a file that publications may take, piece by piece.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn show_file(&self, from: &Path, folder: &str, ending: &str) -> io::Result<String> {
        let file = part_name(folder, hash_of(from)?, ending);
        self.put_file(&format!("{SHOWN}/{file}"), from)?;
        Ok(file)
    }

    /// Stores a file as it came, where nothing publishes it.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn keep_original(&self, from: &Path, ending: &str) -> io::Result<String> {
        let file = part_name("originals", hash_of(from)?, ending);
        self.put_file(&file, from)?;
        Ok(file)
    }

    /// # Errors
    /// Those of the disk.
    pub fn put(&self, name: &str, bytes: Vec<u8>) -> io::Result<()> {
        wait(self.store.put(&Key::from(name), PutPayload::from(bytes))).map(|_| ())
    }

    fn put_file(&self, name: &str, from: &Path) -> io::Result<()> {
        let mut file = File::open(from)?;
        let mut upload = wait(self.store.put_multipart(&Key::from(name)))?;
        let stored = put_parts(upload.as_mut(), &mut file);
        if stored.is_err() {
            // What is half there has no name yet.
            let _ = wait(upload.abort());
        }
        stored
    }

    /// What lies there, at most so many bytes.
    ///
    /// # Errors
    /// Those of the disk; nothing there is one too.
    pub fn read(&self, name: &str, bytes_max: u64) -> io::Result<Vec<u8>> {
        let found = wait(self.store.get(&Key::from(name)))?;
        if found.meta.size > bytes_max {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        wait(found.bytes()).map(|bytes| bytes.to_vec())
    }

    /// Removes a file of the library; one that is not there is no error.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match wait(self.store.delete(&Key::from(name))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The names of all files of a folder.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let listed = wait(self.store.list_with_delimiter(Some(&Key::from(folder))))?;
        Ok(listed.objects.into_iter().map(|object| object.location.to_string()).collect())
    }
}

/// A file that publications may take, as the store names it.
pub fn shown_name(file: &str) -> String {
    format!("{SHOWN}/{file}")
}

fn put_parts(upload: &mut dyn MultipartUpload, file: &mut File) -> io::Result<()> {
    loop {
        let mut part = Vec::with_capacity(PART);
        file.take(PART as u64).read_to_end(&mut part)?;
        if part.is_empty() {
            break;
        }
        wait(upload.put_part(PutPayload::from(part)))?;
    }
    wait(upload.complete()).map(|_| ())
}

fn hash_of(path: &Path) -> io::Result<Digest> {
    let (mut file, mut hash) = (File::open(path)?, Digesting::new());
    let mut piece = vec![0; 64 << 10];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hash.finish()),
            count => hash.add(&piece[..count]),
        }
    }
}
