//! Follows a content directory: what staff publish there is read anew beside the running kiosk and swapped whole.

use super::almanac::Almanac;
use super::kiosk::Kiosk;
use super::media::{Gallery, Pictures};
use super::pictures::Hung;
use bevy::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// How often the directory is looked at.
const EVERY: Duration = Duration::from_secs(3);

/// Content read anew.
pub struct Fresh {
    pub almanac: Arc<Almanac>,
    pub gallery: Gallery,
}

/// Reads the content anew.
pub type Reread = Box<dyn Fn() -> Result<Fresh, String> + Send>;

/// When a file was last written, and its size.
type Print = (Option<SystemTime>, u64);

/// A directory as it was when it was last read, and when it was last looked at.
pub struct Watch {
    path: PathBuf,
    read: BTreeMap<PathBuf, Print>,
    seen: BTreeMap<PathBuf, Print>,
}

impl Watch {
    /// From now on; call it before the content is read for the first time.
    pub fn new(path: PathBuf) -> Self {
        let prints = prints(&path);
        Self { path, read: prints.clone(), seen: prints }
    }

    /// Whether something is new since it was last read and has come to rest: a file that is still being written looks
    /// different each time.
    pub fn look(&mut self) -> bool {
        let now = prints(&self.path);
        let at_rest = now == self.seen;
        self.seen = now;
        let is_new = at_rest && self.seen != self.read;
        if is_new {
            self.read.clone_from(&self.seen);
        }
        is_new
    }
}

/// The documents of a directory and what comes and goes in its folders; of a single document, itself.
fn prints(path: &Path) -> BTreeMap<PathBuf, Print> {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_content =
        |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    let print = |path: PathBuf| {
        let data = std::fs::metadata(&path).ok()?;
        let size = if data.is_dir() { 0 } else { data.len() };
        Some((path, (data.modified().ok(), size)))
    };
    entries.filter(is_content).chain((!path.is_dir()).then(|| path.to_owned())).filter_map(print).collect()
}

/// The thread that follows, and what it has read.
#[derive(Resource)]
pub struct Following {
    fresh: Mutex<Receiver<Fresh>>,
    /// The thread ends with it.
    _going_on: Sender<()>,
}

impl Following {
    /// Starts to follow; `wake` is called when there is something new, and only then.
    pub fn start(mut watch: Watch, reread: Reread, wake: impl Fn() + Send + 'static) -> Self {
        let (outbox, fresh) = channel();
        let (going_on, end) = channel::<()>();
        std::thread::spawn(move || {
            while end.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                if !watch.look() {
                    continue;
                }
                let told = reread().map(|fresh| outbox.send(fresh));
                match told {
                    Ok(Ok(())) => wake(),
                    Ok(Err(_)) => return,
                    Err(reason) => warn!("the content stays as it was: {reason}"),
                }
            }
        });
        Self { fresh: Mutex::new(fresh), _going_on: going_on }
    }
}

/// Swaps the content for what has been read anew.
pub fn take_fresh(following: Res<Following>, mut commands: Commands) {
    let fresh = following.fresh.lock().ok().and_then(|fresh| fresh.try_iter().last());
    if let Some(fresh) = fresh {
        commands.queue(move |world: &mut World| swap(world, fresh));
    }
}

/// The visitor stays where they are; pictures of the same name may be others now.
pub fn swap(world: &mut World, fresh: Fresh) {
    info!("content read anew: {} items", fresh.almanac.catalog.items().count());
    world.resource_mut::<Kiosk>().replace(fresh.almanac, fresh.gallery);
    world.resource_mut::<Pictures>().clear();
    let hung: Vec<Entity> = world.query_filtered::<Entity, With<Hung>>().iter(world).collect();
    for entity in hung {
        world.entity_mut(entity).despawn_children().remove::<Hung>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};

    /// A folder of its own, removed at the end.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("parvis-following-{}-{name}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn write(&self, name: &str, text: &str, secs: u64) {
            let path = self.0.join(name);
            fs::write(&path, text).unwrap();
            let written = SystemTime::UNIX_EPOCH + Duration::from_secs(secs);
            File::options().write(true).open(&path).unwrap().set_modified(written).unwrap();
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn a_change_is_told_once_and_when_it_has_come_to_rest() {
        let scratch = Scratch::new("rest");
        scratch.write("a.json", "{}", 1_000);
        let mut watch = Watch::new(scratch.0.clone());
        assert!(!watch.look(), "nothing has changed");
        scratch.write("a.json", "{\"for", 1_001);
        assert!(!watch.look(), "it may still be being written");
        scratch.write("a.json", "{\"format\":1}", 1_001);
        assert!(!watch.look(), "it was");
        assert!(watch.look());
        assert!(!watch.look(), "it has been told");
    }

    #[test]
    fn new_removed_and_touched_files_are_changes_and_others_are_none() {
        let scratch = Scratch::new("kinds");
        scratch.write("a.json", "{}", 1_000);
        let mut watch = Watch::new(scratch.0.clone());
        let mut told = || watch.look() | watch.look();
        scratch.write("notes.txt", "x", 1_000);
        assert!(!told());
        scratch.write("b.json", "{}", 1_000);
        assert!(told());
        scratch.write("b.json", "[]", 1_005);
        assert!(told(), "as long as before, but later");
        fs::remove_file(scratch.0.join("a.json")).unwrap();
        assert!(told());
        fs::create_dir(scratch.0.join("media")).unwrap();
        assert!(told());
    }
}
