use aws_lc_rs::rand;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

/// A folder for large files that nobody else on this machine can foresee or look into; removed with this.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    files: usize,
}

impl Scratch {
    /// # Errors
    /// When the system's folder for such files cannot be written to.
    pub fn new() -> io::Result<Self> {
        let mut bytes = [0; 16];
        rand::fill(&mut bytes).map_err(|_| io::Error::other("there is no randomness"))?;
        let name = format!("parvis-import-{:032x}", u128::from_ne_bytes(bytes));
        let folder = std::env::temp_dir().join(name);
        // What is there already is somebody else's.
        DirBuilder::new().mode(0o700).create(&folder)?;
        Ok(Self { folder, files: 0 })
    }

    /// A new file, and where it lies.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn file(&mut self) -> io::Result<(File, PathBuf)> {
        self.files += 1;
        let path = self.folder.join(self.files.to_string());
        Ok((OpenOptions::new().write(true).create_new(true).open(&path)?, path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is in the folder for such files, which the system clears.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn nobody_else_can_foresee_the_folder_or_look_into_it() {
        let (mut one, other) = (Scratch::new().unwrap(), Scratch::new().unwrap());
        assert_ne!(one.folder, other.folder);
        let mode = fs::metadata(&one.folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        let (_, first) = one.file().unwrap();
        // A file that somebody put there is not written through.
        File::create(one.folder.join("2")).unwrap();
        assert!(one.file().is_err() && first.is_file());
        let folder = one.folder.clone();
        drop(one);
        assert!(!folder.exists());
    }
}
