use super::FilmFault;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The largest film, in bytes: what a publication carries at most.
const FILM_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// The memory of one decoder, in bytes: enough for 4K, and a file that claims more ends its decoder and not the kiosk.
const DECODER_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;

/// Touches and the network go before films.
const NICENESS: &str = "5";

/// Where the programs of GStreamer are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GStreamer {
    folder: Option<PathBuf>,
}

impl GStreamer {
    /// The one that the system has, found as the shell finds programs.
    pub fn of_the_system() -> Self {
        Self::default()
    }

    /// The one whose programs are in a folder.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    /// One of its programs, which ends with the thread that starts it, cannot fill the memory and speaks English.
    ///
    /// `setpriv`, `nice` and `prlimit` become the program one after the other, so that all is one process; its group has
    /// whatever it starts itself.
    pub(super) fn command(&self, program: &str) -> Result<Command, FilmFault> {
        if !cfg!(feature = "video") {
            return Err(FilmFault::LeftOut);
        }
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "nice", "-n", NICENESS, "prlimit", "--core=0"]);
        command.arg(format!("--data={DECODER_BYTES_MAX}"));
        command.arg(self.folder.as_ref().map_or_else(|| PathBuf::from(program), |folder| folder.join(program)));
        command.env("LC_ALL", "C").stdin(Stdio::null()).process_group(0);
        Ok(command)
    }
}

/// Opens a film. A pipe in its place is not waited for.
pub(super) fn open(path: &Path) -> Result<File, FilmFault> {
    let unreadable = |error: std::io::Error| FilmFault::Unreadable(error.to_string());
    let file = OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(FilmFault::NoFile);
    }
    if metadata.len() == 0 {
        return Err(FilmFault::Empty);
    }
    if metadata.len() > FILM_BYTES_MAX {
        return Err(FilmFault::TooLarge { mib: metadata.len() >> 20, mib_max: FILM_BYTES_MAX >> 20 });
    }
    Ok(file)
}
