//! `parvis verify`: looks at every byte of the store and says what is wrong.

use super::status::first_root;
use super::store_folder::StoreFolder;
use crate::store::{Flaw, Folder, Outbox, Store, Verified, verify};
use anyhow::{Result, bail};
use clap::Args;
use std::path::Path;
use std::sync::Arc;

#[derive(Args, Debug)]
#[command(after_help = "Exit status 1: something is wrong with what is shown. `parvis sync --once` mends it.")]
pub struct VerifyArgs {
    #[command(flatten)]
    store: StoreFolder,
}

pub fn run(args: &VerifyArgs) -> Result<()> {
    let folder = args.store.path();
    if !folder.is_dir() {
        bail!("{}: there is no store", folder.display());
    }
    let store = Store::new(Arc::new(Folder::new(&folder)));
    let mut verified = verify(&store);
    verified.flaws.extend(outbox(&folder));
    for flaw in &verified.flaws {
        println!("{}: {}", flaw.path, flaw.words);
    }
    println!("{}", summary(&verified));
    if matches!(store.pinned_root(), Ok(None)) {
        bail!("this store trusts no root yet: {}", first_root(&folder.display().to_string()));
    }
    if !verified.is_whole() {
        bail!("what is shown is not whole; `parvis sync` fetches what is wrong again");
    }
    Ok(())
}

/// What is wrong with the outbox: it holds nothing that is shown.
fn outbox(folder: &Path) -> Option<Flaw> {
    let words = match Outbox::look(folder) {
        Ok(waiting) => match waiting.map_or(0, |waiting| waiting.damaged) {
            0 => return None,
            damaged => format!("{damaged} records were damaged and are lost"),
        },
        Err(error) => error.to_string(),
    };
    Some(Flaw { path: "outbox.db".to_owned(), words, matters: false })
}

fn summary(verified: &Verified) -> String {
    let Verified { newest, group, items, problems, pictures, objects, bytes, flaws } = verified;
    let wrong = match flaws.len() {
        0 => "all is whole".to_owned(),
        1 => "1 file is wrong".to_owned(),
        many => format!("{many} files are wrong"),
    };
    let objects = format!("{objects} objects of {:.1} MiB are whole", *bytes as f64 / f64::from(1 << 20));
    match newest {
        None => format!("no revision; {objects}; {wrong}"),
        Some(version) => {
            let unread = if *problems > 0 { format!(", {problems} problems with them") } else { String::new() };
            format!(
                "revision {version} of group \"{group}\": {items} items{unread}, {pictures} pictures; {objects}; {wrong}"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publication::Version;

    #[test]
    fn the_summary_says_what_there_is_and_how_much_of_it_is_wrong() {
        let mut verified = Verified { objects: 3, bytes: 3 << 19, ..Verified::default() };
        assert_eq!(summary(&verified), "no revision; 3 objects of 1.5 MiB are whole; all is whole");
        verified.newest = Some(Version { root: 1, snapshot: 7 });
        (verified.group, verified.items, verified.pictures) = ("default".to_owned(), 12, 2);
        verified.flaws.push(Flaw { path: "x".to_owned(), words: "y".to_owned(), matters: false });
        assert_eq!(
            summary(&verified),
            "revision 1.7 of group \"default\": 12 items, 2 pictures; 3 objects of 1.5 MiB are whole; 1 file is wrong"
        );
    }

    #[test]
    fn only_what_is_shown_decides() {
        let mut verified = Verified { newest: Some(Version::default()), ..Verified::default() };
        assert!(verified.is_whole());
        verified.flaws.push(Flaw { path: "x".to_owned(), words: "y".to_owned(), matters: false });
        assert!(verified.is_whole());
        verified.flaws[0].matters = true;
        assert!(!verified.is_whole());
    }
}
