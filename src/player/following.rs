//! Follows a content directory or the store: what is new there is read beside the running kiosk and swapped whole.

use super::almanac::Almanac;
use super::clock::Trust;
use super::draw::PictureNode;
use super::kiosk::Kiosk;
use super::media::{Gallery, PictureSpec, Pictures};
use super::pictures::Hung;
use super::signage;
use super::theme::Theme;
use crate::content::Bulletin;
use crate::device::socket::Client;
use crate::protocol::Told;
use crate::publication::{Digest, Version};
use bevy::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// How often the directory is looked at.
const EVERY: Duration = Duration::from_secs(3);

/// Content ready to be shown on this display.
pub struct Content {
    pub almanac: Arc<Almanac>,
    pub gallery: Gallery,
    pub theme: Theme,
    /// Nobody has signed it.
    pub preview: bool,
}

/// What has changed; `None` is as before.
#[derive(Default)]
pub struct Fresh {
    pub content: Option<Content>,
    pub bulletin: Option<Arc<Bulletin>>,
    pub trust: Option<Trust>,
    /// The head of the store that this is from.
    pub version: Option<Version>,
    /// Pictures that could not be read can be.
    pub healed: bool,
}

impl Fresh {
    pub fn is_empty(&self) -> bool {
        let has_news = self.content.is_some() || self.bulletin.is_some() || self.trust.is_some();
        !has_news && self.version.is_none() && !self.healed
    }
}

/// Something whose changes the player shows. It works on a thread of its own.
pub trait Follow: Send {
    /// Looks whether there is anything new, and reads it.
    ///
    /// # Errors
    /// In words for town IT; what is shown stays.
    fn look(&mut self) -> Result<Option<Fresh>, String>;

    /// A frame of this head has been drawn.
    ///
    /// # Errors
    /// In words for town IT.
    fn shown(&mut self, _version: Version) -> Result<(), String> {
        Ok(())
    }

    /// Objects that have been found missing or damaged since this was last asked.
    fn damaged(&mut self) -> Vec<Digest> {
        Vec::new()
    }

    /// Where `parvis sync` says that there is something new, and is told of damage.
    fn socket(&self) -> Option<PathBuf> {
        None
    }
}

/// Reads the content anew.
pub type Reread = Box<dyn Fn() -> Result<Content, String> + Send>;

/// A content directory that staff work on.
pub struct FollowedFolder {
    pub watch: Watch,
    pub reread: Reread,
}

impl Follow for FollowedFolder {
    fn look(&mut self) -> Result<Option<Fresh>, String> {
        if !self.watch.look() {
            return Ok(None);
        }
        Ok(Some(Fresh { content: Some((self.reread)()?), ..Fresh::default() }))
    }
}

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

/// What the thread that follows is told.
enum Word {
    /// Something may be new.
    Look,
    /// A frame of this head has been drawn.
    Shown(Version),
    /// To be told to `parvis sync`.
    Tell(Told),
    /// Nobody shows this any more. To let go of a large town takes a while.
    Old(Arc<Almanac>),
    End,
}

/// The thread that follows, and what it has read.
#[derive(Resource)]
pub struct Following {
    fresh: Mutex<Receiver<Fresh>>,
    /// What `parvis sync` asks of the player itself.
    asked: Mutex<Receiver<Told>>,
    words: Sender<Word>,
    /// The head that is to be drawn, and of which no frame has been.
    undrawn: Option<Version>,
}

impl Following {
    /// Starts to follow; `wake` is called when there is something new, and only then. `undrawn` is the head that the
    /// player begins with. `tell_damaged` is called once for each object that is missing or not what was signed.
    pub fn start(
        mut follow: Box<dyn Follow>,
        undrawn: Option<Version>,
        wake: impl Fn() + Clone + Send + 'static,
        tell_damaged: impl Fn(Digest) + Send + 'static,
    ) -> Self {
        let (outbox, fresh) = channel();
        let (words, heard) = channel::<Word>();
        let (asks, asked) = channel();
        let (told, rouse) = (words.clone(), wake.clone());
        std::thread::spawn(move || {
            // Without it, the store is looked at every few seconds all the same.
            let sync = follow.socket().and_then(|socket| {
                let heard = move |line| match line {
                    Told::Current(_) | Told::Alerts(_) | Told::Damaged(_) => told.send(Word::Look).unwrap_or_default(),
                    other => {
                        asks.send(other).unwrap_or_default();
                        rouse();
                    }
                };
                Client::start(&socket, heard).inspect_err(|error| warn!("{}: {error}", socket.display())).ok()
            });
            loop {
                match heard.recv_timeout(EVERY) {
                    Ok(Word::Look) | Err(RecvTimeoutError::Timeout) => {}
                    Ok(Word::Shown(version)) => {
                        match follow.shown(version) {
                            Ok(()) => info!("head {version} is on the panel"),
                            Err(reason) => warn!("{reason}"),
                        }
                        continue;
                    }
                    Ok(Word::Tell(told)) => {
                        sync.iter().for_each(|sync| sync.tell(told.clone()));
                        continue;
                    }
                    Ok(Word::Old(almanac)) => {
                        drop(almanac);
                        continue;
                    }
                    Ok(Word::End) | Err(RecvTimeoutError::Disconnected) => return,
                }
                match follow.look() {
                    Ok(None) => {}
                    Ok(Some(fresh)) => {
                        if outbox.send(fresh).is_err() {
                            return;
                        }
                        wake();
                    }
                    Err(reason) => warn!("the content stays as it was: {reason}"),
                }
                for object in follow.damaged() {
                    sync.iter().for_each(|sync| sync.tell(Told::Damaged(object)));
                    tell_damaged(object);
                }
            }
        });
        Self { fresh: Mutex::new(fresh), asked: Mutex::new(asked), words, undrawn }
    }

    /// What `parvis sync` has asked of the player since this was last called.
    pub fn asked(&self) -> Vec<Told> {
        self.asked.lock().map(|asked| asked.try_iter().collect()).unwrap_or_default()
    }

    /// Tells `parvis sync`, where one is there. It never waits.
    pub fn tell(&self, told: Told) {
        self.say(Word::Tell(told));
    }

    /// As [`Following::tell`], from any thread.
    pub fn telling(&self) -> impl Fn(Told) + Clone + Send + Sync + use<> {
        let words = self.words.clone();
        move |told| words.send(Word::Tell(told)).unwrap_or_default()
    }

    /// The thread may have ended before the player does.
    fn say(&self, word: Word) {
        if self.words.send(word).is_err() {
            debug!("nobody follows the content any more");
        }
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.say(Word::End);
    }
}

/// Swaps the content for what has been read anew.
pub fn take_fresh(following: Res<Following>, mut commands: Commands) {
    let all: Vec<Fresh> = following.fresh.lock().map(|fresh| fresh.try_iter().collect()).unwrap_or_default();
    for fresh in all {
        commands.queue(move |world: &mut World| {
            let version = fresh.version;
            let old = swap(world, fresh);
            let mut following = world.resource_mut::<Following>();
            following.undrawn = version.or(following.undrawn);
            if let Some(old) = old {
                following.say(Word::Old(old));
            }
        });
    }
}

/// Says that a frame of the present head is on the panel, once it is.
pub fn tell_drawn(mut following: ResMut<Following>, cameras: Query<&Camera, With<IsDefaultUiCamera>>) {
    if following.undrawn.is_some() && cameras.iter().any(|camera| camera.is_active) {
        let drawn = following.undrawn.take();
        drawn.into_iter().for_each(|version| following.say(Word::Shown(version)));
    }
}

/// The visitor stays where they are. Pictures that are as they were stay where they hang. Returns the content there was.
pub fn swap(world: &mut World, fresh: Fresh) -> Option<Arc<Almanac>> {
    let mut kiosk = world.resource_mut::<Kiosk>();
    kiosk.look_again();
    if let Some(bulletin) = fresh.bulletin {
        kiosk.bulletin = bulletin;
    }
    if let Some(trust) = fresh.trust {
        info!("the clock is {}", if trust == Trust::Believed { "believed" } else { "in doubt" });
        kiosk.trust = trust;
    }
    if fresh.healed {
        world.resource_mut::<Pictures>().forget_failed();
        let mut unmade = world.query_filtered::<Entity, (With<Hung>, Without<ImageNode>)>();
        let unmade: Vec<Entity> = unmade.iter(world).collect();
        for entity in unmade {
            world.entity_mut(entity).remove::<Hung>();
        }
        signage::forgive(world);
    }
    fresh.content.map(|content| swap_content(world, content))
}

fn swap_content(world: &mut World, content: Content) -> Arc<Almanac> {
    info!("content read anew: {} items", content.almanac.catalog.items().count());
    let mut kiosk = world.resource_mut::<Kiosk>();
    let (before, gallery) = (kiosk.gallery.clone(), content.gallery.clone());
    let same_theme = kiosk.theme.name == content.theme.name;
    let same = |spec: &PictureSpec| same_theme && gallery.draws_as(&before, spec);
    kiosk.theme = content.theme;
    kiosk.preview = content.preview;
    let old = kiosk.replace(content.almanac, content.gallery);
    world.resource_mut::<Pictures>().keep(same);
    let mut hung = world.query_filtered::<(Entity, &PictureNode), With<Hung>>();
    let others: Vec<Entity> = hung.iter(world).filter(|(_, node)| !same(&node.0)).map(|(entity, _)| entity).collect();
    for entity in others {
        world.entity_mut(entity).despawn_children().remove::<Hung>();
    }
    old
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
