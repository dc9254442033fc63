//! One turn: what the town has published, verified, fetched, and shown from one moment to the next.

use super::Fetch;
use super::objects::Objects;
use super::trust::{Channel, Refusal, Trust, Verified};
use crate::publication::{Digest, Frame, Head, Object, Rendition, Revision, SegmentMedia, Version, Vouched, unpack};
use crate::store::{HeadFault, Kept, State, Store, is_damage};
use jiff::Timestamp;
use std::collections::{BTreeSet, HashSet};
use std::io;
use std::sync::Arc;

/// Bytes that the disk keeps free for everything else.
const SPARE_BYTES: u64 = 16 << 20;

/// What a display is to bring in, and from where.
pub struct Collector {
    pub store: Store,
    pub fetch: Arc<dyn Fetch>,
    pub group: String,
    pub pinned_root: Vec<u8>,
    pub channel: Channel,
    /// Objects fetched at once.
    pub parallel: usize,
    /// What objects may take on the disk, in bytes.
    pub quota_bytes: u64,
}

/// How closely the store is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// Files that are there with the right length are right.
    Quick,
    /// Every byte is read.
    Thorough,
}

/// What one turn did.
#[derive(Debug)]
pub struct Collected {
    pub verified: Verified,
    /// The newest head now.
    pub shown: Version,
    /// The head that is shown from now on, when it is another.
    pub activated: Option<Version>,
    /// Only what the delegated roles say is another.
    pub revision_stays: bool,
    /// Everything that the head needs.
    pub needed: Vec<Object>,
    /// Objects fetched, damaged ones mended among them.
    pub objects: usize,
    /// Bytes of objects fetched.
    pub bytes: u64,
    /// What was damaged and is whole again.
    pub healed: usize,
    /// What the disk did not let be removed. It costs room, nothing else.
    pub unswept: Option<io::Error>,
}

impl Collector {
    /// Fetches and verifies what the town signed. `judging_time` decides which signatures have ended.
    ///
    /// # Errors
    /// Why nothing changes: what was shown before is shown on.
    pub async fn verify(&self, judging_time: Timestamp) -> Result<Verified, Refusal> {
        let verified = self.trust().refresh(&self.group, judging_time).await?;
        let newest = self.store.list_heads(&self.pinned_root)?.into_iter().find(|kept| kept.head.is_ok());
        match newest.map(|kept| kept.version).filter(|newest| verified.vouched.version < *newest) {
            Some(newest) => Err(Refusal::Rollback(format!("head {} after head {newest}", verified.vouched.version))),
            None => Ok(verified),
        }
    }

    /// Brings in what was verified.
    ///
    /// # Errors
    /// Why nothing changed: what was shown before is shown on.
    pub async fn collect(&self, verified: Verified, care: Care) -> Result<Collected, Refusal> {
        let heads = self.store.list_heads(&self.pinned_root)?;
        let newest = heads.iter().find_map(|kept| Some((kept.version, kept.head.as_ref().ok()?)));

        let mut bringing = Bringing::default();
        let parts: BTreeSet<Object> = verified.vouched.revision.parts().collect();
        self.bring(&parts, care, &heads, &verified, &mut bringing).await?;
        let pictures = self.used_by(&verified.vouched.revision)?;
        self.bring(&pictures, care, &heads, &verified, &mut bringing).await?;

        let is_shown = newest.is_some_and(|(_, (head, vouched))| shows_the_same(head, vouched, &verified))
            && self
                .store
                .word(&self.pinned_root)
                .is_none_or(|(head, vouched)| says_the_same(&head, &vouched, &verified));
        let activated = if is_shown { None } else { Some(self.activate(&verified)?) };
        // Only now: were the power cut before, the old root would still vouch for what was shown.
        self.pin()?;
        let needed: Vec<Object> = parts.union(&pictures).copied().collect();
        let known = Some((verified.vouched.revision_hash, needed.as_slice()));
        let unswept = if activated.is_some() || care == Care::Thorough { self.sweep(known).err() } else { None };
        Ok(Collected {
            shown: activated.or(newest.map(|(version, _)| version)).unwrap_or(verified.vouched.version),
            activated,
            revision_stays: newest.is_some_and(|(_, (_, shown))| shown.revision_hash == verified.vouched.revision_hash),
            verified,
            needed,
            objects: bringing.objects,
            bytes: bringing.bytes,
            healed: bringing.healed,
            unswept,
        })
    }

    /// Lets the warnings and figures of the moment be shown before their objects are here.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn keep_bulletin(&self, verified: &Verified) -> io::Result<()> {
        match self.store.word(&self.pinned_root) {
            // There is no content yet that a warning could stand above.
            None => Ok(()),
            Some((head, shown)) if says_the_same(&head, &shown, verified) => Ok(()),
            Some(_) => self.store.keep_bulletin(&verified.head, verified.vouched.version),
        }
    }

    fn trust(&self) -> Trust<'_> {
        Trust { store: &self.store, fetch: &self.fetch, pinned_root: &self.pinned_root, channel: self.channel }
    }

    /// Those objects that are not in the store whole.
    fn missing(&self, objects: &BTreeSet<Object>, care: Care, bringing: &mut Bringing) -> Result<Vec<Object>, Refusal> {
        let mut missing = Vec::new();
        let there = if care == Care::Thorough { self.store.there()? } else { HashSet::new() };
        for object in objects {
            let state = match care {
                Care::Quick if self.store.has(object) => State::Whole,
                Care::Thorough if there.contains(&object.hash) => self.store.check(object),
                Care::Quick | Care::Thorough => State::Missing,
            };
            if state != State::Whole {
                missing.push(*object);
            }
            bringing.healed += usize::from(state == State::Damaged);
        }
        bringing.keep.extend(objects.iter().map(|object| object.hash));
        Ok(missing)
    }

    /// Fetches those objects that are not in the store whole.
    async fn bring(
        &self,
        objects: &BTreeSet<Object>,
        care: Care,
        heads: &[Kept],
        verified: &Verified,
        bringing: &mut Bringing,
    ) -> Result<(), Refusal> {
        let missing = &self.missing(objects, care, bringing)?;
        if !missing.is_empty() {
            // On a full disk it may be making room that helps: then it is shown with the rest.
            self.keep_bulletin(verified).ok();
        }
        self.make_room(missing, &bringing.keep, heads)?;
        let objects = Objects { store: &self.store, fetch: self.fetch.as_ref(), parallel: self.parallel };
        bringing.bytes += objects.bring(missing).await?;
        bringing.objects += missing.len();
        Ok(())
    }

    /// Pictures and map tiles that a revision's parts name.
    ///
    /// # Errors
    /// When a part is no longer what it was a moment ago, or what the town signed cannot be read.
    fn used_by(&self, revision: &Revision) -> Result<BTreeSet<Object>, Refusal> {
        let mut used = BTreeSet::new();
        for part in revision.parts() {
            let packed = self.store.read(&part)?;
            let unreadable = |error: String| Refusal::Malformed(format!("object {}: {error}", part.hash));
            let document = unpack(&packed).map_err(|error| unreadable(error.to_string()))?;
            if part == revision.frame {
                let frame: Frame = serde_json::from_slice(&document).map_err(|error| unreadable(error.to_string()))?;
                used.extend(frame.map.values());
            } else {
                let segment: SegmentMedia =
                    serde_json::from_slice(&document).map_err(|error| unreadable(error.to_string()))?;
                used.extend(segment.media.values().map(Rendition::object));
            }
        }
        match used.iter().find(|object| object.length > Object::BYTES_MAX) {
            Some(object) => Err(Refusal::Malformed(format!("object {} is larger than any may be", object.hash))),
            None => Ok(used),
        }
    }

    /// Looks that what is missing will fit, and lets go of what is no longer needed when it does not.
    fn make_room(&self, missing: &[Object], keep: &HashSet<Digest>, heads: &[Kept]) -> Result<(), Refusal> {
        let wanted: u64 = missing.iter().map(|object| object.length).sum();
        if wanted == 0 || self.has_room(wanted)? {
            return Ok(());
        }
        let shown = self.store.shown();
        let newest = heads.iter().find(|kept| kept.head.is_ok()).map(|kept| kept.version);
        for kept in heads.iter().filter(|kept| ![newest, shown].contains(&Some(kept.version))) {
            self.store.remove_head(kept.version)?;
        }
        let mut keep = keep.clone();
        keep.extend(self.needed_by_heads(None)?);
        self.store.sweep(&keep)?;
        if self.has_room(wanted)? {
            return Ok(());
        }
        let (wanted, quota) = (wanted >> 20, self.quota_bytes >> 20);
        Err(Refusal::NoRoom(format!(
            "{wanted} MiB more are published than fit: the quota is {quota} MiB, and {} MiB of the disk are free",
            self.store.disk().free()? >> 20
        )))
    }

    fn has_room(&self, wanted: u64) -> io::Result<bool> {
        let fits_disk = self.store.disk().free()? >= wanted + SPARE_BYTES;
        Ok(fits_disk && self.store.used()? + wanted <= self.quota_bytes)
    }

    /// Trusts this root from now on, or again where the store has lost it.
    fn pin(&self) -> io::Result<()> {
        let pinned = self.store.pinned_root().ok().flatten();
        if pinned.as_deref() == Some(&self.pinned_root) { Ok(()) } else { self.store.pin_root(&self.pinned_root) }
    }

    fn activate(&self, verified: &Verified) -> Result<Version, Refusal> {
        self.store.activate(&verified.head, verified.vouched.version)?;
        Ok(verified.vouched.version)
    }

    /// Removes heads that nobody shows any more, and what only they needed. The one before the newest stays until the
    /// player has drawn a frame of the newest.
    ///
    /// # Errors
    /// Those of the disk.
    fn sweep(&self, known: Known<'_>) -> io::Result<()> {
        let heads = self.store.list_heads(&self.pinned_root)?;
        let shown = self.store.shown().filter(|shown| heads.iter().any(|kept| kept.version == *shown));
        if shown.is_none() {
            // It is damaged, or was never there; the player writes it with its next frame.
            self.store.forget_shown()?;
        }
        // What the disk does not give now may be whole the next time.
        let may_be_whole = |kept: &&Kept| matches!(kept.head, Ok(_) | Err(HeadFault::Disk(_)));
        let whole: Vec<Version> = heads.iter().filter(may_be_whole).map(|kept| kept.version).collect();
        let newest = whole.first().copied();
        let previous = whole.get(1).copied().filter(|_| shown != newest);
        let stays = |version| [newest, previous, shown].contains(&Some(version)) && whole.contains(&version);
        for kept in heads.iter().filter(|kept| !stays(kept.version)) {
            self.store.remove_head(kept.version)?;
        }
        self.store.sweep_bulletins(newest, &self.pinned_root)?;
        self.store.sweep(&self.needed_by_heads(known)?)
    }

    /// What must not be removed.
    ///
    /// # Errors
    /// When the disk does not say all of it: then nothing may be removed.
    fn needed_by_heads(&self, known: Known<'_>) -> io::Result<HashSet<Digest>> {
        let mut needed = HashSet::new();
        for kept in self.store.list_heads(&self.pinned_root)? {
            let vouched = match kept.head {
                Ok((_, vouched)) => vouched,
                Err(HeadFault::Damaged(_)) => continue,
                Err(HeadFault::Disk(error)) => return Err(error),
            };
            if let Some((_, objects)) = known.filter(|(revision, _)| *revision == vouched.revision_hash) {
                needed.extend(objects.iter().map(|object| object.hash));
                continue;
            }
            needed.extend(vouched.revision.parts().map(|part| part.hash));
            match self.used_by(&vouched.revision) {
                Ok(used) => needed.extend(used.iter().map(|object| object.hash)),
                Err(Refusal::Disk(error)) if !is_damage(&error) => return Err(error),
                // A head whose parts are damaged is worth its parts only.
                Err(_) => {}
            }
        }
        Ok(needed)
    }
}

/// A revision whose objects need not be looked up again.
type Known<'a> = Option<(Digest, &'a [Object])>;

#[derive(Default)]
struct Bringing {
    /// What the publication needs, as far as it is known.
    keep: HashSet<Digest>,
    objects: usize,
    bytes: u64,
    healed: usize,
}

fn shows_the_same(head: &Head, shown: &Vouched, verified: &Verified) -> bool {
    shown.revision_hash == verified.vouched.revision_hash && says_the_same(head, shown, verified)
}

fn says_the_same(head: &Head, shown: &Vouched, verified: &Verified) -> bool {
    let new = &verified.vouched;
    head.group == verified.head.group && shown.alerts == new.alerts && shown.live == new.live
}
