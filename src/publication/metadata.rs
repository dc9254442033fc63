//! TUF metadata as it is written: version 1.0.31 of the specification, with consistent snapshots.

use super::{ALERTS, Digest, LIVE, Object, PublicKey, SIGNED_AT, SigningKey};
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sigstore_tuf::canonical_json::to_canonical_bytes;
use std::collections::BTreeMap;

const SPEC_VERSION: &str = "1.0.31";

/// Set to `"bundle"` in the root that only files on a stick are held against.
pub const ROOT_FOR: &str = "x-parvis-for";

/// Who signs for a role: any `threshold` of these keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleKeys {
    pub keys: Vec<PublicKey>,
    pub threshold: u32,
}

/// Everyone who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    pub root: RoleKeys,
    pub targets: RoleKeys,
    pub snapshot: RoleKeys,
    pub timestamp: RoleKeys,
    /// The timestamp of files on a stick.
    pub bundle: RoleKeys,
    pub alerts: RoleKeys,
    pub live: RoleKeys,
}

/// Which of the two roots: the web's, or that of files on a stick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootFor {
    Web,
    Bundle,
}

/// A metadata file as the one above it names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    pub version: u64,
    #[serde(flatten)]
    pub object: Object,
}

impl Pinned {
    fn listed(&self) -> Value {
        let mut listed = listed(&self.object);
        listed.insert("version".to_owned(), self.version.into());
        Value::Object(listed)
    }
}

/// Version and end of a metadata file.
#[derive(Clone, Copy, Debug)]
pub struct Edition {
    pub version: u64,
    pub expires: Timestamp,
}

/// A moment as metadata can state it: the fraction of its second is left out.
pub fn whole_seconds(moment: Timestamp) -> Timestamp {
    let seconds = TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Trunc);
    moment.round(seconds).unwrap_or(moment)
}

/// A moment as metadata states it.
pub fn stated(moment: Timestamp) -> String {
    whole_seconds(moment).to_string()
}

fn listed(object: &Object) -> Map<String, Value> {
    let mut listed = Map::new();
    listed.insert("length".to_owned(), object.length.into());
    listed.insert("hashes".to_owned(), json!({"sha256": object.hash}));
    listed
}

fn of_type(kind: &str, edition: Edition, more: Value) -> Value {
    let mut signed = json!({
        "_type": kind,
        "spec_version": SPEC_VERSION,
        "version": edition.version,
        "expires": stated(edition.expires),
    });
    if let (Value::Object(signed), Value::Object(more)) = (&mut signed, more) {
        signed.extend(more);
    }
    signed
}

fn keys_of<'a>(roles: impl IntoIterator<Item = &'a RoleKeys>) -> Value {
    let keys = roles.into_iter().flat_map(|role| &role.keys);
    keys.map(|key| (key.id(), key.listed())).collect::<Map<_, _>>().into()
}

fn role(role: &RoleKeys) -> Value {
    json!({"keyids": role.keys.iter().map(PublicKey::id).collect::<Vec<_>>(), "threshold": role.threshold})
}

/// Who may sign what.
pub fn root(trust: &Trust, edition: Edition, which: RootFor) -> Value {
    let timestamp = match which {
        RootFor::Web => &trust.timestamp,
        RootFor::Bundle => &trust.bundle,
    };
    let roles = [("root", &trust.root), ("targets", &trust.targets), ("snapshot", &trust.snapshot)];
    let roles = roles.into_iter().chain([("timestamp", timestamp)]);
    let mut signed = of_type(
        "root",
        edition,
        json!({
            "consistent_snapshot": true,
            "keys": keys_of(roles.clone().map(|(_, keys)| keys)),
            "roles": roles.map(|(name, keys)| (name.to_owned(), role(keys))).collect::<Map<_, _>>(),
        }),
    );
    if which == RootFor::Bundle {
        signed[ROOT_FOR] = "bundle".into();
    }
    signed
}

/// Which keys the roles [`ALERTS`] and [`LIVE`] have, and that each may sign one target of each group and nothing else.
pub fn delegations(trust: &Trust) -> Value {
    let delegated = [(ALERTS, &trust.alerts), (LIVE, &trust.live)];
    let roles = delegated.map(|(name, keys)| {
        let mut listed = role(keys);
        listed["name"] = name.into();
        listed["paths"] = json!([format!("*/{name}.json")]);
        listed["terminating"] = true.into();
        listed
    });
    json!({"keys": keys_of([&trust.alerts, &trust.live]), "roles": roles})
}

/// What there is to fetch. The top role has [`delegations`], a delegated role none.
pub fn targets(edition: Edition, targets: &BTreeMap<String, Object>, delegations: Option<Value>) -> Value {
    let targets = targets.iter().map(|(name, object)| (name.clone(), Value::Object(listed(object))));
    let mut signed = of_type("targets", edition, json!({"targets": targets.collect::<Map<_, _>>()}));
    if let Some(delegations) = delegations {
        signed["delegations"] = delegations;
    }
    signed
}

/// Which metadata of targets belong together, by role.
pub fn snapshot(edition: Edition, roles: &BTreeMap<String, Pinned>) -> Value {
    let meta = roles.iter().map(|(role, pinned)| (format!("{role}.json"), pinned.listed()));
    of_type("snapshot", edition, json!({"meta": meta.collect::<Map<_, _>>()}))
}

/// Which snapshot is the newest, and when that was said.
pub fn timestamp(edition: Edition, snapshot: &Pinned, signed_at: Timestamp) -> Value {
    let meta = json!({"meta": {"snapshot.json": snapshot.listed()}, (SIGNED_AT): stated(signed_at)});
    of_type("timestamp", edition, meta)
}

/// The metadata file: what is signed and the signatures of these keys.
///
/// # Errors
/// Only when what is to be signed holds a number that is not whole.
pub fn sign(signed: &Value, keys: &[&SigningKey]) -> Result<Vec<u8>, sigstore_tuf::Error> {
    let bytes = to_canonical_bytes(signed)?;
    let signature = |key: &&SigningKey| json!({"keyid": key.public().id(), "sig": key.sign(&bytes)});
    let signatures: Vec<Value> = keys.iter().map(signature).collect();
    let file = json!({"signatures": signatures, "signed": signed});
    Ok(file.to_string().into_bytes())
}

/// What the signer of a publication finds in a metadata file that it wrote itself.
#[derive(Clone, Debug, Deserialize)]
pub struct Written {
    signatures: Vec<WrittenSignature>,
    pub signed: Value,
}

#[derive(Clone, Debug, Deserialize)]
struct WrittenSignature {
    keyid: String,
}

impl Written {
    /// # Errors
    /// When it is no metadata file.
    pub fn parse(bytes: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(bytes)
    }

    /// Whether exactly these keys are named by its signatures.
    pub fn is_signed_by(&self, keys: &[PublicKey]) -> bool {
        let mut ids: Vec<String> = keys.iter().map(PublicKey::id).collect();
        let mut signed: Vec<&str> = self.signatures.iter().map(|signature| signature.keyid.as_str()).collect();
        ids.sort_unstable();
        signed.sort_unstable();
        ids == signed
    }

    pub fn version(&self) -> u64 {
        self.signed["version"].as_u64().unwrap_or(0)
    }

    /// `None` when it states no moment.
    pub fn expires(&self) -> Option<Timestamp> {
        self.signed["expires"].as_str()?.parse().ok()
    }

    /// The targets it lists, by name.
    pub fn targets(&self) -> BTreeMap<String, Object> {
        let listed = self.signed["targets"].as_object().into_iter().flatten();
        let object = |listed: &Value| {
            let hash = Digest::parse(listed["hashes"]["sha256"].as_str()?)?;
            Some(Object { hash, length: listed["length"].as_u64()? })
        };
        listed.filter_map(|(name, listed)| Some((name.clone(), object(listed)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sigstore_tuf::TrustedMetadataSet;

    fn role(key: &SigningKey) -> RoleKeys {
        RoleKeys { keys: vec![key.public()], threshold: 1 }
    }

    #[test]
    fn what_is_written_is_trusted_and_delegated_roles_stay_within_their_targets() {
        let keys: Vec<SigningKey> = (0..7).map(|_| SigningKey::generate().unwrap()).collect();
        let [of_root, of_targets, of_snapshot, of_timestamp, of_bundle, of_alerts, of_live] = &keys[..] else { return };
        let trust = Trust {
            root: role(of_root),
            targets: role(of_targets),
            snapshot: role(of_snapshot),
            timestamp: role(of_timestamp),
            bundle: role(of_bundle),
            alerts: role(of_alerts),
            live: role(of_live),
        };
        let now: Timestamp = "2026-05-01T10:00:00.75Z".parse().unwrap();
        let edition = Edition { version: 1, expires: "2026-06-01T10:00:00.2Z".parse().unwrap() };
        let pinned = |bytes: &[u8]| Pinned { version: 1, object: Object::of(bytes) };
        let revision = BTreeMap::from([("default/revision.json".to_owned(), Object::of(b"{}"))]);
        let targets = sign(&targets(edition, &revision, Some(delegations(&trust))), &[of_targets]).unwrap();
        let of_roles = BTreeMap::from([("targets".to_owned(), pinned(&targets))]);
        let snapshot = sign(&snapshot(edition, &of_roles), &[of_snapshot]).unwrap();
        for (which, key) in [(RootFor::Web, of_timestamp), (RootFor::Bundle, of_bundle)] {
            let root = sign(&root(&trust, edition, which), &[of_root]).unwrap();
            let timestamp = sign(&timestamp(edition, &pinned(&snapshot), now), &[key]).unwrap();
            let mut trusted = TrustedMetadataSet::from_root(&root).unwrap();
            trusted.update_timestamp(&timestamp, now).unwrap();
            trusted.update_snapshot(&snapshot, now).unwrap();
            trusted.update_targets(&targets, now).unwrap();
            assert!(String::from_utf8(timestamp).unwrap().contains(r#""x-parvis-signed":"2026-05-01T10:00:00Z""#));
            let listed = trusted.targets_role("targets").unwrap();
            let roles = &listed.delegations.as_ref().unwrap().roles;
            assert!(roles[0].matches_path("default/alerts.json").unwrap());
            assert!(!roles[0].matches_path("default/live.json").unwrap());
            assert!(!roles[1].matches_path("default/revision.json").unwrap());
        }
        let written = Written::parse(&targets).unwrap();
        assert_eq!(written.targets(), revision);
        assert!(written.is_signed_by(&[of_targets.public()]) && !written.is_signed_by(&[of_root.public()]));
    }
}
