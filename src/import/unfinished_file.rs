use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that is written beside its place and renamed at the end, so that whoever reads it, also after a crash, sees the
/// old one or the new one, whole. What is dropped unfinished leaves nothing behind.
pub struct UnfinishedFile {
    out: Option<BufWriter<File>>,
    beside: PathBuf,
    path: PathBuf,
}

impl UnfinishedFile {
    /// Makes the folder where there is none.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn create(path: &Path) -> io::Result<Self> {
        let name = path.file_name().ok_or_else(|| io::Error::other("not the name of a file"))?;
        let beside = path.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let out = Some(BufWriter::new(File::create(&beside)?));
        Ok(Self { out, beside, path: path.to_owned() })
    }

    fn out(&mut self) -> io::Result<&mut BufWriter<File>> {
        self.out.as_mut().ok_or_else(|| io::Error::other("it is finished"))
    }

    /// Puts the file in its place; returns its size in bytes.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<u64> {
        self.flush()?;
        let file = self.out()?.get_ref();
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        self.out = None;
        fs::rename(&self.beside, &self.path)?;
        Ok(bytes)
    }
}

impl Write for UnfinishedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out()?.flush()
    }
}

impl Drop for UnfinishedFile {
    fn drop(&mut self) {
        // Once finished there is nothing of this name.
        let _ = fs::remove_file(&self.beside);
    }
}

/// Writes a file as an [`UnfinishedFile`].
///
/// # Errors
/// When it cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = UnfinishedFile::create(path)?;
    file.write_all(bytes)?;
    file.finish().map(drop)
}
