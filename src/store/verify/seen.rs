//! The metadata that was last seen under each root. It only keeps older metadata from being taken again: what is wrong
//! with it is replaced by the next sync.

use super::Verifying;
use crate::publication::Digest;
use serde::de::DeserializeOwned;
use sigstore_tuf::metadata::{DelegatedRole, Metadata, Role, RoleKeys, Root, Snapshot, Targets, Timestamp};
use sigstore_tuf::{Key, TrustedMetadataSet};
use std::collections::BTreeMap;

const BYTES_MAX: u64 = 8 << 20;

pub(super) fn verify(verifying: &mut Verifying) {
    for folder in verifying.list("tuf") {
        let path = format!("tuf/{}", folder.name);
        if folder.is_folder {
            verify_folder(verifying, &path);
        } else {
            verifying.flaw(path, "does not belong there", false);
        }
    }
}

fn verify_folder(verifying: &mut Verifying, folder: &str) {
    let mut files = Vec::new();
    collect(verifying, folder, &mut files);
    let read = |name: &str| verifying.store.disk().read(&format!("{folder}/{name}"), BYTES_MAX).ok();
    let trusted = read("root.json").and_then(|root| TrustedMetadataSet::from_root(&root).ok());
    let targets = read("targets.json").and_then(|targets| Metadata::<Targets>::from_slice(&targets).ok());
    for path in files {
        let name = path.strip_prefix(folder).unwrap_or(&path).trim_start_matches('/');
        let bytes = match verifying.store.disk().read(&path, BYTES_MAX) {
            Ok(bytes) => bytes,
            Err(error) => {
                verifying.flaw(path, format!("cannot be read: {error}"), false);
                continue;
            }
        };
        // `targets/<group>/<role>.json` is listed by that role.
        let role = name.strip_prefix("targets/").and_then(|target| target.rsplit('/').next()).and_then(&read);
        let delegated = role.and_then(|role| Metadata::<Targets>::from_slice(&role).ok());
        let root = trusted.as_ref().map(TrustedMetadataSet::root);
        if let Err(words) = one(name, &bytes, root, targets.as_ref(), delegated.as_ref()) {
            verifying.flaw(path, format!("damaged, or older than the rest: {words}"), false);
        }
    }
}

fn collect(verifying: &mut Verifying, folder: &str, files: &mut Vec<String>) {
    for entry in verifying.list(folder) {
        let path = format!("{folder}/{}", entry.name);
        if entry.is_folder && entry.name.ends_with(".json") {
            verifying.flaw(path, "a folder stands in its place", false);
        } else if entry.is_folder {
            collect(verifying, &path, files);
        } else if !entry.name.ends_with(".new") {
            files.push(path);
        }
    }
}

/// Whether one file is what the newest root and the newest targets say it is.
fn one(
    name: &str,
    bytes: &[u8],
    root: Option<&Root>,
    targets: Option<&Metadata<Targets>>,
    delegated: Option<&Metadata<Targets>>,
) -> Result<(), String> {
    if name.ends_with("root.json") {
        return TrustedMetadataSet::from_root(bytes).map(|_| ()).map_err(|error| error.to_string());
    }
    let [targets, delegated] = [targets, delegated].map(|role| role.map(Metadata::signed));
    if let Some(target) = name.strip_prefix("targets/") {
        let listed = [targets, delegated].into_iter().flatten().find_map(|role| role.target(target));
        let listed = listed.and_then(|file| file.hashes.get("sha256"));
        let is_right = listed.is_none_or(|hash| *hash == Digest::of(bytes).to_string());
        return if is_right { Ok(()) } else { Err("it is not what was signed".to_owned()) };
    }
    let role = name.trim_end_matches(".json");
    // Without the keys nothing can be said of what they signed; the file that should name them is a line of its own.
    let Some(root) = root else { return is::<serde_json::Value>(bytes) };
    match role {
        "timestamp" => signed::<Timestamp>(bytes, &root.keys, root.role(role), role),
        "snapshot" => signed::<Snapshot>(bytes, &root.keys, root.role(role), role),
        "targets" => signed::<Targets>(bytes, &root.keys, root.role(role), role),
        _ => {
            let Some(delegations) = targets.and_then(|targets| targets.delegations.as_ref()) else {
                return is::<serde_json::Value>(bytes);
            };
            let keys = delegations.roles.iter().find(|one| one.name == role).map(DelegatedRole::role_keys);
            signed::<Targets>(bytes, &delegations.keys, keys.as_ref(), role)
        }
    }
}

fn signed<T: Role + DeserializeOwned>(
    bytes: &[u8],
    keys: &BTreeMap<String, Key>,
    role_keys: Option<&RoleKeys>,
    role: &str,
) -> Result<(), String> {
    let role_keys = role_keys.ok_or_else(|| "nobody may sign it".to_owned())?;
    let file = Metadata::<T>::from_slice(bytes).map_err(|error| error.to_string())?;
    file.verify_threshold(keys, role_keys, role).map_err(|error| error.to_string())
}

fn is<T: DeserializeOwned>(bytes: &[u8]) -> Result<(), String> {
    serde_json::from_slice::<T>(bytes).map(|_| ()).map_err(|error| error.to_string())
}
