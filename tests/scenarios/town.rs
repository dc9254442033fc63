//! A town that signs, and the store of one display that has fetched all of it.

use super::scratch::Scratch;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use parvis::content::{Catalog, Item};
use parvis::publication::{
    ALERTS, Digest, FORMAT, Frame, Head, LIVE, OLDEST_PLAYER, Object, Rendition, Revision, Segment, Version, bucket,
    delegated_target, pack, revision_target,
};
use parvis::store::{Arriving, Folder, Store, load_directory, stored_path};
use serde_json::{Value, json};
use sigstore_tuf::canonical_json::to_canonical_bytes;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const BUCKETS: usize = 64;
const GROUP: &str = "default";
const KEY: &str = "k";

/// An object as `parvis sync` takes it in.
fn put(store: &Store, object: &Object, bytes: &[u8]) -> Result<(), String> {
    let mut arriving = Arriving::new(object);
    store.add(&mut arriving, bytes).and_then(|()| store.finish_arriving(arriving)).map_err(told)
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

pub struct Town {
    folder: Scratch,
    pub store: Store,
    key: Ed25519KeyPair,
    version: u64,
    /// All that was ever published.
    objects: BTreeMap<Digest, Vec<u8>>,
    segments: Vec<Object>,
    revision: String,
    documents: BTreeMap<String, String>,
    head: Head,
}

impl Town {
    /// Its root is pinned in the store; nothing is published.
    pub fn new(name: &str) -> Result<Self, String> {
        let folder = Scratch::new(name)?;
        let store = Store::new(Arc::new(Folder::new(folder.path())));
        let mut town = Self {
            folder,
            store,
            key: Ed25519KeyPair::generate().map_err(told)?,
            version: 0,
            objects: BTreeMap::new(),
            segments: Vec::new(),
            revision: String::new(),
            documents: BTreeMap::new(),
            head: Head::default(),
        };
        town.pin()?;
        Ok(town)
    }

    fn pin(&mut self) -> Result<(), String> {
        let role = json!({ "keyids": [KEY], "threshold": 1 });
        let root = json!({
            "_type": "root", "spec_version": "1.0.31", "version": 1, "expires": "2030-01-01T00:00:00Z",
            "consistent_snapshot": true, "keys": self.keys(),
            "roles": { "root": role, "targets": role, "snapshot": role, "timestamp": role },
        });
        self.store.pin_root(self.signed(&root)?.as_bytes()).map_err(told)
    }

    /// All keys are lost: the town makes others, and town IT names their root to this display.
    pub fn begin_anew(&mut self) -> Result<(), String> {
        self.key = Ed25519KeyPair::generate().map_err(told)?;
        self.version = 0;
        self.documents.clear();
        self.pin()
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn pictures(&self) -> Vec<Object> {
        let is_part = |hash: &Digest| self.segments.iter().any(|segment| segment.hash == *hash);
        let others = self.objects.iter().filter(|(hash, _)| !is_part(hash));
        others.filter(|(_, bytes)| bytes.starts_with(b"\x89PNG")).map(|(_, bytes)| Object::of(bytes)).collect()
    }

    pub fn segments(&self) -> &[Object] {
        &self.segments
    }

    fn keys(&self) -> Value {
        let public: String = self.key.public_key().as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        json!({ KEY: { "keytype": "ed25519", "scheme": "ed25519", "keyval": { "public": public } } })
    }

    fn signed(&self, signed: &Value) -> Result<String, String> {
        let signature = self.key.sign(&to_canonical_bytes(signed).map_err(told)?);
        let signature: String = signature.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(json!({ "signed": signed, "signatures": [{ "keyid": KEY, "sig": signature }] }).to_string())
    }

    /// Publishes the content of a directory, and nothing else.
    pub fn publish(&mut self, content: &Path) -> Result<(), String> {
        self.prepare(content)?;
        self.sign_all()?;
        self.activate()
    }

    /// Makes the revision of a directory that is signed next.
    pub fn prepare(&mut self, content: &Path) -> Result<(), String> {
        let loaded = load_directory(content).map_err(told)?;
        let items = items_of(&loaded.catalog);
        let mut segments = vec![None; BUCKETS];
        self.segments.clear();
        for (number, segment) in segments.iter_mut().enumerate() {
            let here: Vec<&Item> =
                items.iter().filter(|item| bucket(item.common().id.as_str(), BUCKETS) == number).collect();
            if here.is_empty() {
                continue;
            }
            let mut media = BTreeMap::new();
            for picture in here.iter().flat_map(|item| &item.common().media) {
                let bytes = std::fs::read(loaded.media_root.join(&picture.path)).map_err(told)?;
                let Object { hash, length } = self.put(bytes)?;
                media.insert(picture.path.as_str(), Rendition { hash, length, width: 1, height: 1 });
            }
            let packed = pack(&Segment::new(here, media)).map_err(told)?;
            let object = self.put(packed)?;
            self.segments.push(object);
            *segment = Some(object);
        }
        let town = std::fs::read(content.join("town.json")).unwrap_or_else(|_| b"{}".to_vec());
        let town = serde_json::from_slice(&town).map_err(told)?;
        let player = || OLDEST_PLAYER.to_owned();
        let frame = Frame { format: FORMAT, player: player(), town, map: BTreeMap::new() };
        let frame = self.put(pack(&frame).map_err(told)?)?;
        let revision = Revision { format: FORMAT, player: player(), group: GROUP.to_owned(), frame, segments };
        self.revision = serde_json::to_string(&revision).map_err(told)?;
        Ok(())
    }

    /// Publishes the document of a delegated role.
    pub fn announce(&mut self, role: &str, document: &str) -> Result<(), String> {
        self.documents.insert(role.to_owned(), document.to_owned());
        self.sign_all()?;
        self.activate()
    }

    /// As [`Town::announce`], with a revision of which nothing has come yet.
    pub fn say(&mut self, role: &str, document: &str) -> Result<(), String> {
        self.documents.insert(role.to_owned(), document.to_owned());
        self.sign_all()?;
        self.store.keep_bulletin(&self.head, self.version()).map_err(told)
    }

    /// All of it has come.
    pub fn activate(&self) -> Result<(), String> {
        self.store.activate(&self.head, self.version()).map_err(told)
    }

    fn put(&mut self, bytes: Vec<u8>) -> Result<Object, String> {
        let object = Object::of(&bytes);
        put(&self.store, &object, &bytes)?;
        self.objects.insert(object.hash, bytes);
        Ok(object)
    }

    fn sign_all(&mut self) -> Result<(), String> {
        self.version += 1;
        let version = self.version;
        let head = |kind: &str| json!({ "_type": kind, "spec_version": "1.0.31", "version": version, "expires": "2030-01-01T00:00:00Z" });
        let with = |mut signed: Value, more: Value| {
            if let (Some(signed), Some(more)) = (signed.as_object_mut(), more.as_object()) {
                signed.extend(more.clone());
            }
            signed
        };
        let listed = |name: String, bytes: &str| {
            let Object { hash, length } = Object::of(bytes.as_bytes());
            json!({ name: { "length": length, "hashes": { "sha256": hash.to_string() } } })
        };
        let role = |name: &str| {
            let paths = [format!("*/{name}.json")];
            json!({ "name": name, "keyids": [KEY], "threshold": 1, "terminating": true, "paths": paths })
        };
        let delegations = json!({ "keys": self.keys(), "roles": [role(ALERTS), role(LIVE)] });
        let targets = listed(revision_target(GROUP), &self.revision);
        let targets = with(head("targets"), json!({ "targets": targets, "delegations": delegations }));
        let mut pinned = json!({ "targets.json": { "version": version } });
        let mut delegated = BTreeMap::new();
        for (name, document) in &self.documents {
            pinned[format!("{name}.json")] = json!({ "version": version });
            let targets = json!({ "targets": listed(delegated_target(GROUP, name), document) });
            delegated.insert(name.clone(), self.signed(&with(head("targets"), targets))?);
        }
        let snapshot = with(head("snapshot"), json!({ "meta": pinned }));
        let timestamp = with(head("timestamp"), json!({ "meta": { "snapshot.json": { "version": version } } }));
        self.head = Head {
            group: GROUP.to_owned(),
            timestamp: self.signed(&timestamp)?,
            snapshot: self.signed(&snapshot)?,
            targets: self.signed(&targets)?,
            delegated,
            revision: self.revision.clone(),
            documents: self.documents.clone(),
            ..Head::default()
        };
        Ok(())
    }

    pub fn version(&self) -> Version {
        Version { root: 1, snapshot: self.version }
    }

    /// Somebody removes all that was fetched.
    pub fn empty(&self) -> Result<(), String> {
        ["objects", "heads"].into_iter().try_for_each(|folder| self.store.disk().remove(folder)).map_err(told)
    }

    /// One byte of an object is another.
    pub fn damage(&self, object: &Object) -> Result<(), String> {
        let mut bytes = self.objects[&object.hash].clone();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        self.store.disk().write(&stored_path(object.hash), 0, &bytes).map_err(told)
    }

    /// All that was ever published is there again, as after the next synchronisation.
    pub fn mend(&self) -> Result<(), String> {
        for bytes in self.objects.values() {
            put(&self.store, &Object::of(bytes), bytes)?;
        }
        self.activate()
    }
}

fn items_of(catalog: &Catalog) -> Vec<Item> {
    let places = catalog.places.iter().cloned().map(Item::Place);
    let events = catalog.events.iter().cloned().map(Item::Event);
    let articles = catalog.articles.iter().cloned().map(Item::Article);
    let services = catalog.services.iter().cloned().map(Item::Service);
    places.chain(events).chain(articles).chain(services).chain(catalog.schedule.clone().into_items()).collect()
}
