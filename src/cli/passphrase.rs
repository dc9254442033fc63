use crate::hub::Passphrase;
use anyhow::{Context, anyhow, bail};
use clap::Args;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// Where the passphrase of the private keys comes from.
#[derive(Args, Clone, Debug)]
pub struct PassphraseFrom {
    /// A file that holds the passphrase of the private keys; without it you are asked
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// The name under which systemd hands the passphrase over (`LoadCredential=parvis-passphrase:...`).
const CREDENTIAL: &str = "parvis-passphrase";

impl PassphraseFrom {
    /// The passphrase of keys that exist.
    ///
    /// # Errors
    /// When it cannot be read, or nobody is there to be asked.
    pub fn read(&self) -> anyhow::Result<Passphrase> {
        let credential = std::env::var_os("CREDENTIALS_DIRECTORY").map(|folder| Path::new(&folder).join(CREDENTIAL));
        match (&self.passphrase_file, credential.filter(|path| path.exists())) {
            (Some(path), _) => from_file(path),
            (None, Some(path)) => from_file(&path),
            (None, None) => ask("Passphrase of the keys: "),
        }
    }

    /// The passphrase of new keys: asked twice.
    ///
    /// # Errors
    /// As [`PassphraseFrom::read`], when it is empty, and when the two are not the same.
    pub fn read_new(&self) -> anyhow::Result<Passphrase> {
        let passphrase = match &self.passphrase_file {
            Some(path) => from_file(path)?,
            None => {
                let first = ask_text("Passphrase for the new keys: ")?;
                if first != ask_text("The same once more: ")? {
                    bail!("the two passphrases are not the same");
                }
                Passphrase::new(&first)
            }
        };
        if passphrase.is_short() {
            let least = Passphrase::LENGTH_MIN;
            eprintln!(
                "The passphrase has fewer than {least} characters: whoever gets hold of the keys guesses it in a day."
            );
        }
        Ok(passphrase.for_new_keys()?)
    }
}

fn from_file(path: &Path) -> anyhow::Result<Passphrase> {
    let text = fs::read_to_string(path).with_context(|| format!("{}: no passphrase", path.display()))?;
    Ok(Passphrase::new(&text))
}

fn ask(question: &str) -> anyhow::Result<Passphrase> {
    Ok(Passphrase::new(&ask_text(question)?))
}

fn ask_text(question: &str) -> anyhow::Result<String> {
    if !io::stdin().is_terminal() {
        return Err(anyhow!("the passphrase of the keys is needed and nobody can be asked: --passphrase-file FILE"));
    }
    rpassword::prompt_password(question).context("the passphrase could not be read")
}
