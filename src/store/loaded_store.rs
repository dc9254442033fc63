//! What the store has to show: the newest head that is whole, read into a catalogue with every byte hashed.

use super::loaded_items::LoadedItems;
use super::stored::Store;
use crate::content::{Alert, Bulletin, Catalog, MediaRef, Problem, read_document};
use crate::publication::{Digest, Frame, Object, Revision, SegmentMedia, Version, Vouched, unpack};
use std::collections::BTreeMap;

/// A head of the store, ready to be shown.
#[derive(Debug)]
pub struct Showing {
    pub version: Version,
    /// Names what [`Self::content`] was read from.
    pub revision: Digest,
    /// What changes without a new revision: of the newest head whose signatures hold, also where its objects are still on
    /// their way or damaged.
    pub bulletin: Bulletin,
    pub bulletin_version: Version,
    /// `None` when it is the revision that is shown already.
    pub content: Option<StoredContent>,
    /// Segments of this head and of newer ones that were missing or damaged: when they are mended, more can be shown.
    pub broken: Vec<Object>,
    /// There are heads whose signatures do not hold.
    pub has_bad_heads: bool,
    pub problems: Vec<Problem>,
}

/// The content of a revision.
#[derive(Debug)]
pub struct StoredContent {
    pub catalog: Catalog,
    /// Map tiles by path, `<z>/<x>/<y>.mvt`.
    pub map: Vec<(String, Object)>,
}

/// A revision that is shown already.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub revision: Digest,
    /// Its prepared warnings.
    pub prepared: &'a [Alert],
}

/// Why a store has nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum NothingToShow {
    #[error("no root has been pinned")]
    NoRoot,
    #[error("the pinned root cannot be read: {0}")]
    Root(#[from] std::io::Error),
    #[error("nothing has been published to it")]
    NoHead,
    #[error("{0}")]
    NotVouched(String),
    #[error("all of it is missing or damaged")]
    Damaged,
}

/// The newest head all of whose segments are whole; else the newest of which anything is, without the damaged segments.
/// Nothing older than what was drawn before, as long as anything of that is left. What is already `known`, by its
/// revision, is not read again.
///
/// # Errors
/// When there is nothing to show.
pub fn load_store(store: &Store, known: Option<Known<'_>>) -> Result<Showing, NothingToShow> {
    let root = store.pinned_root()?.ok_or(NothingToShow::NoRoot)?;
    let (mut problems, mut broken) = (Vec::new(), Vec::new());
    let mut has_bad_heads = false;
    let mut best: Option<Showing> = None;
    let mut nothing = NothingToShow::NoHead;
    let (bulletin, bulletin_version) = newest_bulletin(store, &root, &mut problems);
    let drawn = store.shown();
    for kept in store.heads(&root) {
        let vouched = match kept.head {
            Ok((_, vouched)) => vouched,
            Err(reason) => {
                let problem = Problem::new("store", kept.version.to_string(), "", format!("not shown: {reason}"));
                nothing = NothingToShow::NotVouched(problem.to_string());
                problems.push(problem);
                has_bad_heads = true;
                continue;
            }
        };
        let mut showing = show(store, &vouched, known.map(|known| known.revision), &mut problems);
        let is_whole = showing.broken.is_empty();
        broken.append(&mut showing.broken);
        if is_whole {
            best = Some(showing);
            break;
        }
        nothing = NothingToShow::Damaged;
        let has_any = showing.content.as_ref().is_some_and(|content| content.catalog.items().next().is_some());
        if best.is_none() && has_any {
            best = Some(showing);
        }
        if best.is_some() && drawn == Some(kept.version) {
            break;
        }
    }
    let best = best.ok_or(nothing)?;
    let prepared = best.content.as_ref().map(|content| content.catalog.prepared.as_slice());
    let prepared = prepared.or(known.map(|known| known.prepared)).unwrap_or_default();
    let bulletin = bulletin.activated(prepared);
    Ok(Showing { bulletin, bulletin_version, broken, has_bad_heads, problems, ..best })
}

fn newest_bulletin(store: &Store, root: &[u8], problems: &mut Vec<Problem>) -> (Bulletin, Version) {
    let Some((_, vouched)) = store.word(root) else { return Default::default() };
    let documents = [("alerts", &vouched.alerts), ("live", &vouched.live)];
    let items = documents.into_iter().filter_map(|(name, document)| Some((name, document.as_ref()?)));
    let bulletin = Bulletin::new(items.flat_map(|(name, document)| {
        let read = read_document(name, document.as_bytes());
        problems.extend(read.problems);
        read.items
    }));
    (bulletin, vouched.version)
}

fn show(store: &Store, vouched: &Vouched, known: Option<Digest>, problems: &mut Vec<Problem>) -> Showing {
    let is_new = known != Some(vouched.revision_hash);
    let mut broken = Vec::new();
    let content = is_new.then(|| read_revision(store, &vouched.revision, &mut broken, problems));
    Showing {
        version: vouched.version,
        revision: vouched.revision_hash,
        bulletin: Bulletin::default(),
        bulletin_version: Version::default(),
        content,
        broken,
        has_bad_heads: false,
        problems: Vec::new(),
    }
}

fn read_revision(
    store: &Store,
    revision: &Revision,
    broken: &mut Vec<Object>,
    problems: &mut Vec<Problem>,
) -> StoredContent {
    let mut loaded = LoadedItems::default();
    let mut map = BTreeMap::new();
    let mut read = |part: &Object, problems: &mut Vec<Problem>| {
        let json = store.read(part).and_then(|packed| unpack(&packed));
        json.inspect_err(|error| {
            problems.push(Problem::new("store", part.hash.to_string(), "", format!("left out: {error}")));
            broken.push(*part);
        })
        .ok()
    };
    if let Some(json) = read(&revision.frame, &mut loaded.problems) {
        match serde_json::from_slice::<Frame>(&json) {
            Ok(frame) => {
                loaded.add_town("town.json", frame.town.to_string().as_bytes());
                map = frame.map;
            }
            Err(error) => {
                loaded.problems.push(Problem::new("store", "", "", format!("the town cannot be read: {error}")));
            }
        }
    }
    for segment in revision.segments.iter().flatten() {
        let Some(json) = read(segment, &mut loaded.problems) else { continue };
        let begin = loaded.add_document(&format!("segment {}", segment.hash), &json);
        let renditions = serde_json::from_slice::<SegmentMedia>(&json).unwrap_or_default();
        name_pictures(&mut loaded, begin, &renditions);
    }
    let (catalog, bad) = loaded.into_catalog();
    problems.extend(bad);
    StoredContent { catalog, map: map.into_iter().collect() }
}

/// Pictures are found by what is in them, not by what staff called them.
fn name_pictures(loaded: &mut LoadedItems, begin: usize, renditions: &SegmentMedia) {
    for item in &mut loaded.items[begin..] {
        let common = item.common_mut();
        let (problems, id) = (&mut loaded.problems, common.id.as_str());
        common.media.retain_mut(|picture: &mut MediaRef| match renditions.media.get(&picture.path) {
            Some(rendition) => {
                picture.path = picture_path(&rendition.object());
                true
            }
            None => {
                let reason = "picture left out: it was not published";
                problems.push(Problem::new("store", id, "media", reason).with_value(&picture.path));
                false
            }
        });
    }
}

/// How an object is named where content names a file: `<hash>/<length>`.
fn picture_path(object: &Object) -> String {
    format!("{}/{}", object.hash, object.length)
}

/// The object that a picture of stored content is.
pub fn stored_picture(path: &str) -> Option<Object> {
    let (hash, length) = path.split_once('/')?;
    Some(Object { hash: Digest::parse(hash)?, length: length.parse().ok()? })
}
