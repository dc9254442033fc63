//! A town that publishes, in memory: real keys, real metadata, real segments, and no disk or network.

use jiff::{Timestamp, ToSpan};
use parvis::content::{Article, Common, Id, Item, Localized, MediaRef};
use parvis::publication::{
    ALERTS, Edition, FORMAT, Frame, LIVE, OLDEST_PLAYER, Object, Pinned, Rendition, Revision, RoleKeys, RootFor,
    Segment, SigningKey, Trust, bucket, delegated_target, delegations, object_path, pack, revision_target, root, sign,
    snapshot, targets, timestamp,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const BUCKETS: usize = 64;

/// The keys of every role, and as many strangers.
pub struct Keys {
    pub root: Vec<SigningKey>,
    pub roles: BTreeMap<&'static str, SigningKey>,
    pub stranger: SigningKey,
}

const ROLES: [&str; 6] = ["targets", "snapshot", "timestamp", "bundle", ALERTS, LIVE];

impl Keys {
    fn new() -> Self {
        let key = || SigningKey::generate().unwrap();
        Self {
            root: (0..3).map(|_| key()).collect(),
            roles: ROLES.into_iter().map(|role| (role, key())).collect(),
            stranger: key(),
        }
    }

    fn trust(&self) -> Trust {
        let role = |name| RoleKeys { keys: vec![self.roles[name].public()], threshold: 1 };
        Trust {
            root: RoleKeys { keys: self.root.iter().map(SigningKey::public).collect(), threshold: 2 },
            targets: role("targets"),
            snapshot: role("snapshot"),
            timestamp: role("timestamp"),
            bundle: role("bundle"),
            alerts: role(ALERTS),
            live: role(LIVE),
        }
    }
}

/// An item of a test: an article whose title tells one state of it from another, with or without a picture.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    pub id: String,
    pub title: String,
    pub picture: Option<Vec<u8>>,
}

impl Note {
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), picture: None }
    }

    fn item(&self) -> Item {
        let media = self.picture.as_ref().map(|_| MediaRef { path: format!("{}.png", self.id), ..MediaRef::default() });
        Item::Article(Article {
            common: Common {
                id: Id(self.id.clone()),
                title: Localized::one("fr", &self.title),
                media: media.into_iter().collect(),
                ..Common::default()
            },
            ..Article::default()
        })
    }
}

/// What stands on the town's web server, and who may change it.
pub struct Town {
    pub keys: Keys,
    pub files: BTreeMap<String, Vec<u8>>,
    versions: BTreeMap<&'static str, u64>,
    /// The newest metadata of the roles that a snapshot pins.
    pinned: BTreeMap<String, Pinned>,
    revision: BTreeMap<String, Object>,
}

impl Town {
    /// A town that has published nothing but its root.
    pub fn new(now: Timestamp) -> Self {
        let mut town = Self {
            keys: Keys::new(),
            files: BTreeMap::new(),
            versions: BTreeMap::new(),
            pinned: BTreeMap::new(),
            revision: BTreeMap::new(),
        };
        town.sign_root(now);
        town
    }

    /// The root to pin.
    pub fn root(&self) -> Vec<u8> {
        self.files["metadata/1.root.json"].clone()
    }

    fn next(&mut self, role: &'static str, days: i64, now: Timestamp) -> Edition {
        let version = self.versions.entry(role).or_insert(0);
        *version += 1;
        Edition { version: *version, expires: now + (days * 24).hours() }
    }

    fn sign_root(&mut self, now: Timestamp) {
        let edition = self.next("root", 365, now);
        let keys: Vec<&SigningKey> = self.keys.root.iter().take(2).collect();
        let [web, bundle] = [RootFor::Web, RootFor::Bundle]
            .map(|which| sign(&root(&self.keys.trust(), edition, which), &keys).unwrap());
        self.files.insert(format!("metadata/{}.root.json", edition.version), web);
        self.files.insert("metadata/bundle/root.json".to_owned(), bundle);
    }

    /// Gives a role a new key, as after a theft.
    pub fn rotate(&mut self, role: &'static str, now: Timestamp) {
        self.keys.roles.insert(role, SigningKey::generate().unwrap());
        self.sign_root(now);
    }

    /// Sets the version of a role: what is signed next is one higher.
    pub fn set_version(&mut self, role: &'static str, version: u64) {
        self.versions.insert(role, version);
    }

    /// Publishes these notes and nothing else.
    pub fn publish(&mut self, notes: &[Note], now: Timestamp) {
        let items: Vec<(Item, &Note)> = notes.iter().map(|note| (note.item(), note)).collect();
        let mut segments = vec![None; BUCKETS];
        for (number, segment) in segments.iter_mut().enumerate() {
            let here = || items.iter().filter(|(_, note)| bucket(&note.id, BUCKETS) == number);
            if here().next().is_none() {
                continue;
            }
            let paths: Vec<String> = here().map(|(_, note)| format!("{}.png", note.id)).collect();
            let media = here().zip(&paths).filter_map(|((_, note), path)| {
                let bytes = note.picture.as_ref()?;
                let Object { hash, length } = Object::of(bytes);
                Some((path.as_str(), Rendition { hash, length, width: 1, height: 1 }))
            });
            let packed = pack(&Segment::new(here().map(|(item, _)| item).collect(), media.collect())).unwrap();
            *segment = Some(self.put(packed));
            for (_, note) in here() {
                if let Some(picture) = note.picture.clone() {
                    self.put(picture);
                }
            }
        }
        let frame = Frame {
            format: FORMAT,
            player: OLDEST_PLAYER.to_owned(),
            town: json!({"name": {"fr": "Essai"}}),
            map: BTreeMap::new(),
        };
        let frame = self.put(pack(&frame).unwrap());
        let revision =
            Revision { format: FORMAT, player: OLDEST_PLAYER.to_owned(), group: "default".to_owned(), frame, segments };
        let revision = self.put_target("default", "revision.json", serde_json::to_vec(&revision).unwrap());
        self.revision = BTreeMap::from([(revision_target("default"), revision)]);
        self.sign_targets(now);
    }

    /// Signs the list of targets anew, and what stands above it.
    pub fn sign_targets(&mut self, now: Timestamp) {
        let edition = self.next("targets", 90, now);
        let signed = targets(edition, &self.revision, Some(delegations(&self.keys.trust())));
        self.pin("targets", edition, &signed);
        self.sign_snapshot(now);
    }

    /// Publishes the document of a delegated role.
    pub fn announce(&mut self, role: &'static str, document: &str, now: Timestamp) {
        let object = self.put_target("default", &format!("{role}.json"), document.as_bytes().to_owned());
        let edition = self.next(role, 1, now);
        let listed = BTreeMap::from([(delegated_target("default", role), object)]);
        self.pin(role, edition, &targets(edition, &listed, None));
        self.sign_snapshot(now);
    }

    fn pin(&mut self, role: &'static str, edition: Edition, signed: &Value) {
        let bytes = sign(signed, &[&self.keys.roles[role]]).unwrap();
        self.pinned.insert(role.to_owned(), Pinned { version: edition.version, object: Object::of(&bytes) });
        self.files.insert(format!("metadata/{}.{role}.json", edition.version), bytes);
    }

    /// Signs a snapshot and its timestamps.
    pub fn sign_snapshot(&mut self, now: Timestamp) {
        let edition = self.next("snapshot", 30, now);
        let bytes = sign(&snapshot(edition, &self.pinned), &[&self.keys.roles["snapshot"]]).unwrap();
        let pinned = Pinned { version: edition.version, object: Object::of(&bytes) };
        self.files.insert(format!("metadata/{}.snapshot.json", edition.version), bytes);
        self.stamp(pinned, now);
    }

    /// Signs the timestamp anew over the same snapshot.
    pub fn renew(&mut self, now: Timestamp) {
        let version = self.versions["snapshot"];
        let object = Object::of(&self.files[&format!("metadata/{version}.snapshot.json")]);
        self.stamp(Pinned { version, object }, now);
    }

    fn stamp(&mut self, snapshot: Pinned, now: Timestamp) {
        for (role, path, days) in
            [("timestamp", "metadata/timestamp.json", 7), ("bundle", "metadata/bundle/timestamp.json", 60)]
        {
            let edition = self.next(role, days, now);
            let bytes = sign(&timestamp(edition, &snapshot, now), &[&self.keys.roles[role]]).unwrap();
            self.files.insert(path.to_owned(), bytes);
        }
    }

    /// Changes what a metadata file says; `signers` sign it again, or nobody.
    pub fn forge(&mut self, path: &str, change: impl FnOnce(&mut Value), signers: &[&str]) {
        let mut file: Value = serde_json::from_slice(&self.files[path]).unwrap();
        change(&mut file["signed"]);
        let keys: Vec<&SigningKey> = signers
            .iter()
            .flat_map(|name| match *name {
                "stranger" => vec![&self.keys.stranger],
                "one root key" => vec![&self.keys.root[0]],
                "root" => self.keys.root.iter().take(2).collect(),
                role => vec![&self.keys.roles[role]],
            })
            .collect();
        let bytes = sign(&file["signed"], &keys).unwrap();
        self.files.insert(path.to_owned(), bytes);
    }

    /// Signs everything above a role whose newest metadata was forged.
    pub fn repin(&mut self, role: &str, now: Timestamp) {
        let version = self.versions[role];
        let object = Object::of(&self.files[&format!("metadata/{version}.{role}.json")]);
        self.pinned.insert(role.to_owned(), Pinned { version, object });
        self.sign_snapshot(now);
    }

    fn put(&mut self, bytes: Vec<u8>) -> Object {
        let object = Object::of(&bytes);
        self.files.insert(format!("objects/{}", object_path(object.hash)), bytes);
        object
    }

    fn put_target(&mut self, group: &str, name: &str, bytes: Vec<u8>) -> Object {
        let object = Object::of(&bytes);
        self.files.insert(format!("targets/{group}/{}.{name}", object.hash), bytes);
        object
    }

    pub fn version_of(&self, role: &str) -> u64 {
        self.versions[role]
    }
}
