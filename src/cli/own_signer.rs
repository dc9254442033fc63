//! The keys of a hub that nobody else signs for, and the process that holds them. The hub only starts it.

use crate::hub::passwords::secret;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a signer that has ended by itself stays so, unless somebody publishes: one that cannot live is not started all
/// the time.
const PAUSE: Duration = Duration::from_secs(5);

pub struct OwnSigner {
    data: PathBuf,
    /// Nobody else signs.
    is_needed: bool,
    child: Mutex<Option<Child>>,
    #[expect(dead_code, reason = "closing the file is what lets another hub work in this folder")]
    alone: File,
}

type Outcome<T> = Result<T, String>;

impl Drop for OwnSigner {
    fn drop(&mut self) {
        if let Some(child) = self.child.get_mut().unwrap_or_else(PoisonError::into_inner) {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl OwnSigner {
    /// For the only hub that works in this folder: `alone` says so.
    pub fn new(data: &Path, is_needed: bool, alone: File) -> Self {
        Self { data: data.to_owned(), is_needed, child: Mutex::default(), alone }
    }

    pub fn socket(&self) -> PathBuf {
        self.data.join("signer.sock")
    }

    fn folder(&self) -> PathBuf {
        self.data.join("keys")
    }

    fn passphrase(&self) -> PathBuf {
        self.data.join("passphrase")
    }

    /// Has keys made, with a passphrase that only this user of the machine can read.
    ///
    /// # Errors
    /// Why not, in a sentence.
    pub fn make(&self) -> Outcome<()> {
        if !self.is_needed || self.has_keys() {
            return Ok(());
        }
        if !self.passphrase().exists() {
            self.make_passphrase()?;
        }
        // What an earlier try left, which nothing was signed with.
        let unfinished = self.folder().with_extension("new");
        for folder in [&unfinished, &self.folder()] {
            match fs::remove_dir_all(folder) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(format!("{}: {error}", folder.display()));
                }
                _ => {}
            }
        }
        let mut command = this_program()?;
        command.args(["keys", "init"]).arg(&unfinished).arg("--passphrase-file").arg(self.passphrase());
        let done = command.output().map_err(|error| error.to_string())?;
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).trim().to_owned());
        }
        fs::rename(&unfinished, self.folder()).map_err(|error| format!("{}: {error}", self.folder().display()))
    }

    /// They are whole: the list of them is written last.
    pub fn has_keys(&self) -> bool {
        self.folder().join("keys.toml").is_file()
    }

    /// Where they lie; nothing where somebody else signs.
    pub fn own_keys(&self) -> Option<PathBuf> {
        self.is_needed.then(|| self.folder())
    }

    /// Whole or not there: keys that were made with half of it would never open again.
    fn make_passphrase(&self) -> Outcome<()> {
        let told = |error: std::io::Error| format!("{}: {error}", self.passphrase().display());
        let unfinished = self.passphrase().with_extension("new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished);
        let file = file.as_mut().map_err(|error| format!("{}: {error}", unfinished.display()))?;
        writeln!(file, "{}", secret()?).and_then(|()| file.sync_all()).map_err(told)?;
        fs::rename(&unfinished, self.passphrase()).map_err(told)
    }

    /// Starts what signs, unless it runs.
    ///
    /// # Errors
    /// Why it does not run, in a sentence.
    pub fn start(self: &Arc<Self>) -> Outcome<()> {
        if !self.is_needed {
            return Ok(());
        }
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        if child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None))) {
            return Ok(());
        }
        // That of a hub that was killed ends by itself, and may not have done so yet: it answers nobody any more.
        match fs::remove_file(self.socket()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(format!("{}: {error}", self.socket().display()));
            }
            _ => {}
        }
        let (started, first, lines) = self.started()?;
        let number = started.id();
        *child = Some(started);
        let (log, own) = (self.data.join("signer.log"), self.clone());
        let follow = move || {
            keep_log(&log, std::iter::once(first).chain(lines.lines().map_while(Result::ok)));
            own.ended(number);
        };
        std::thread::Builder::new().name("signer".to_owned()).spawn(follow).map_err(|error| error.to_string())?;
        Ok(())
    }

    /// A signer whose keys are open and whose socket is there, its first line, and those that follow.
    fn started(&self) -> Outcome<(Child, String, BufReader<ChildStdout>)> {
        let mut command = this_program()?;
        command.arg("sign").arg("--keys").arg(self.folder()).arg("--passphrase-file").arg(self.passphrase());
        command.arg("--publication").arg(self.data.join("publication")).arg("--listen").arg(self.socket());
        // Its input ends with this process, whatever ends it: then the signer ends too.
        command.arg("--until-input-ends").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("the signer says nothing")?);
        let mut first = String::new();
        if lines.read_line(&mut first).is_ok_and(|length| length > 0) {
            return Ok((child, first.trim_end().to_owned(), lines));
        }
        // It has closed its output: it ends.
        let _ = child.wait();
        Err("the signer has ended: start `parvis-hub sign` by hand to see why".to_owned())
    }

    /// What happens when a signer has ended: another takes its place.
    fn ended(self: &Arc<Self>, number: u32) {
        std::thread::sleep(PAUSE);
        let is_last = {
            let child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
            child.as_ref().is_some_and(|child| child.id() == number)
        };
        // Whoever published meanwhile has started another.
        if is_last && let Err(why) = self.start() {
            eprintln!("parvis-hub: nothing keeps the signatures fresh until the next publication: {why}");
        }
    }
}

/// What the signer says of each of its acts.
fn keep_log(path: &Path, lines: impl Iterator<Item = String>) {
    let mut file = OpenOptions::new().append(true).create(true).open(path).ok();
    for line in lines {
        if let Some(file) = &mut file {
            // A full disk costs the line, not the signature.
            let _ = writeln!(file, "{line}");
        }
    }
}

fn this_program() -> Outcome<Command> {
    std::env::current_exe().map(Command::new).map_err(|error| error.to_string())
}
