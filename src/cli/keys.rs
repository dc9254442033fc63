use super::passphrase::PassphraseFrom;
use super::publish::{ONLINE, warn_of_endings};
use crate::hub::{Access, Change, Keyring, ROOT, Signing, Site, public_key};
use crate::publication::stated;
use anyhow::Context;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::path::PathBuf;

/// Makes and changes the keys that a town signs with
///
/// packaging/KEYS.md explains them in plain words.
#[derive(Args, Debug)]
pub struct Keys {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(Init),
    Rotate(Rotate),
    Revoke(Revoke),
    Renew(Renew),
    Recover(Recover),
    Show(Show),
    Try(Try),
    Leap(Leap),
}

/// Makes an older copy of the keys fit to sign again
///
/// Displays take nothing older than what they have. Keys that come from a copy do not know what was signed since it was
/// made; after this they sign with numbers far above.
#[derive(Args, Debug)]
struct Leap {
    /// The folder of keys
    #[arg(long, value_name = "DIR")]
    keys: PathBuf,
}

/// Makes the keys of a town in a new folder
#[derive(Args, Debug)]
struct Init {
    /// The new folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseFrom,
}

/// Gives a role a new key in place of an old one, which is lost or has served long enough
///
/// A lost root key is replaced too, as long as two of the three are there.
#[derive(Args, Debug)]
struct Rotate {
    /// The key (root-2) or the role that has only one (timestamp)
    key: String,
    #[command(flatten)]
    place: Place,
    /// The folder of the publication: it is signed anew at once, else with the next publish
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Takes back a key that somebody else may have, and signs everything anew at once
#[derive(Args, Debug)]
struct Revoke {
    /// The key (root-2) or the role that has only one (timestamp)
    key: String,
    #[command(flatten)]
    place: Place,
    /// The folder of the publication
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Signs the root for another year, with two root keys
#[derive(Args, Debug)]
struct Renew {
    #[command(flatten)]
    place: Place,
    /// The folder of the publication: it gets the new root at once, else with the next publish
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Begins anew with other root keys when two of the three are lost
///
/// Every display has to be given the new root by hand: parvis sync --root ROOT.json. Until then it goes on with the old
/// one, for as long as that lasts.
#[derive(Args, Debug)]
struct Recover {
    #[command(flatten)]
    place: Place,
    /// The folder of the publication
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Says which keys there are, which of them are here, and what ends when
#[derive(Args, Debug)]
struct Show {
    /// The folder of keys
    #[arg(long, value_name = "DIR")]
    keys: PathBuf,
    /// The folder of the publication
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Tries whether a key file, such as one on a stick, still opens with the passphrase
///
/// Nothing is changed. Put each stick in, one after the other, once a year and after each copy.
#[derive(Args, Debug)]
struct Try {
    /// The key file
    file: PathBuf,
    /// The folder of keys: it is also said which key it is, and whether it still counts
    #[arg(long, value_name = "DIR")]
    keys: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseFrom,
}

/// Where keys are.
#[derive(Args, Debug)]
struct Place {
    /// The folder of keys
    #[arg(long, value_name = "DIR")]
    keys: PathBuf,
    #[command(flatten)]
    passphrase: PassphraseFrom,
    /// A folder of keys that are kept offline, such as a USB stick; may be given more than once
    #[arg(long, value_name = "DIR")]
    offline: Vec<PathBuf>,
}

impl Keys {
    /// # Errors
    /// When keys would be written over, too few are at hand, and those of the disk.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Init(command) => command.run(),
            Command::Rotate(Rotate { key, place, out }) => place.replace(&key, out),
            Command::Revoke(Revoke { key, place, out }) => place.replace(&key, Some(out)),
            Command::Renew(Renew { place, out }) => place.renew(out),
            Command::Recover(Recover { place, out }) => place.recover(out),
            Command::Show(command) => command.run(),
            Command::Try(command) => command.run(),
            Command::Leap(Leap { keys }) => {
                crate::hub::leap(&keys)?;
                println!("The next publication is newer than any that displays may have.");
                Ok(())
            }
        }
    }
}

impl Init {
    fn run(self) -> anyhow::Result<()> {
        if self.folder.join("keys.toml").exists() {
            anyhow::bail!("{}: there are keys already, and they are never written over", self.folder.display());
        }
        Keyring::init(&self.folder, &self.passphrase.read_new()?, Timestamp::now())?;
        let folder = self.folder.display();
        println!("The keys of the town are in {folder}. What to do now:");
        println!();
        println!("1. Take these three files away from this machine. Any two of them can make new keys for everything");
        println!("   else, so they lie on three USB sticks with three people or in three safes:");
        println!("     {folder}/root-1.pem   {folder}/root-2.pem   {folder}/root-3.pem");
        println!(
            "   Try each copy before you delete the file here: parvis-hub keys try STICK/root-1.pem --keys {folder}"
        );
        println!("2. If staff publish by hand and seldom, take targets.pem away too: then nobody who breaks into this");
        println!("   machine can change what displays show. Publishing then waits for");
        println!("   parvis-hub sign --once --keys {folder} --publication DIR --offline STICK");
        println!(
            "3. The other files stay. What they sign ends after days, and displays then take nothing new, so one of"
        );
        println!(
            "   these has to run: `parvis-hub sign --listen SOCKET`, a service that signs every hour by itself, or"
        );
        println!("   `parvis-hub sign --once` from cron, at least once a day. packaging/KEYS.md has both in full.");
        println!("4. Keep the passphrase apart from the sticks. Without it the keys are of no use, to you too.");
        println!(
            "5. `parvis-hub publish` writes root.json. Displays are given it once, and from then on trust this town."
        );
        Ok(())
    }
}

impl Place {
    fn replace(self, key: &str, out: Option<PathBuf>) -> anyhow::Result<()> {
        let passphrase = self.passphrase.read()?;
        let mut ring = Keyring::open(&self.keys)?;
        let access = Access { passphrase: &passphrase, elsewhere: &self.offline };
        let replaced = ring.replace_key(key, &access, Timestamp::now())?;
        println!("{} has the key {} in place of {}", replaced.role, replaced.new, replaced.old);
        if let Some(version) = replaced.root {
            println!("root {version} says so");
        }
        println!("Destroy {0}.pem wherever it still lies: nobody needs it any more.", replaced.old);
        if replaced.role == ROOT {
            println!("Take {} away from this machine.", ring.key_path(&replaced.new).display());
        }
        self.sign(&ring, &passphrase, out)
    }

    fn renew(self, out: Option<PathBuf>) -> anyhow::Result<()> {
        let passphrase = self.passphrase.read()?;
        let ring = Keyring::open(&self.keys)?;
        let access = Access { passphrase: &passphrase, elsewhere: &self.offline };
        let version = ring.renew_root(&access, Timestamp::now())?;
        println!("root {version} is signed");
        self.sign(&ring, &passphrase, out)
    }

    fn recover(self, out: PathBuf) -> anyhow::Result<()> {
        let passphrase = self.passphrase.read()?;
        let mut ring = Keyring::open(&self.keys)?;
        let version = ring.recover_root(&passphrase, Timestamp::now())?;
        let names = ring.book.roles.get(ROOT).map(|entry| entry.keys.as_slice()).unwrap_or_default();
        let files: Vec<String> = names.iter().map(|name| ring.key_path(name).display().to_string()).collect();
        println!("root {version} begins anew. Take these away from this machine, to three places: {}", files.join(" "));
        let root = out.join("root.json");
        self.sign(&ring, &passphrase, Some(out))
            .context("the new keys are made, but nothing is published under the new root yet")?;
        println!("Every display needs the new root, by hand: parvis sync --root {}", root.display());
        Ok(())
    }

    /// Signs what is published with the keys of now.
    fn sign(&self, ring: &Keyring, passphrase: &crate::hub::Passphrase, out: Option<PathBuf>) -> anyhow::Result<()> {
        let Some(out) = out else {
            let keys = self.keys.display();
            println!(
                "Displays learn of it with the next publish, or with parvis-hub sign --once --keys {keys} --publication DIR"
            );
            return Ok(());
        };
        let unlocked = ring.unlock_roles(&ONLINE, passphrase, &self.offline)?;
        let site = Site::new(&out);
        let signing = Signing { ring, unlocked: &unlocked, site: &site, now: Timestamp::now() };
        for (role, version) in signing.sign(&Change::Nothing)? {
            println!("{role} {version} signed");
        }
        warn_of_endings(ring, &site)
    }
}

impl Try {
    fn run(self) -> anyhow::Result<()> {
        let file = self.file.display();
        let key = public_key(&self.file, &self.passphrase.read()?)?;
        let Some(keys) = &self.keys else {
            println!("{file} opens with this passphrase");
            return Ok(());
        };
        let ring = Keyring::open(keys)?;
        let Some((name, _)) = ring.book.keys.iter().find(|(_, public)| **public == key) else {
            anyhow::bail!(
                "{file} opens with this passphrase, but it is none of the keys in {}: another took its place, or it is of \
                 another town",
                keys.join("keys.toml").display()
            );
        };
        let role = ring.book.role_of(name).unwrap_or_default();
        println!("{file} opens with this passphrase: it is the key {name}, which signs for {role}");
        Ok(())
    }
}

impl Show {
    fn run(self) -> anyhow::Result<()> {
        let ring = Keyring::open(&self.keys)?;
        for (role, entry) in &ring.book.roles {
            let place = |name: &String| {
                let here = if ring.key_path(name).exists() { "here" } else { "elsewhere" };
                format!("{name} ({here})")
            };
            let keys: Vec<String> = entry.keys.iter().map(place).collect();
            println!("{role}: {} of {}", entry.threshold, keys.join(", "));
        }
        if let Some(expires) = ring.roots()?.expires() {
            println!("the root ends on {}", stated(expires));
        }
        match self.out {
            Some(out) => warn_of_endings(&ring, &Site::new(out)),
            None => Ok(()),
        }
    }
}
