//! Public warnings and live facts: small documents that change without a new revision.

use super::signing::{Change, Signing, Versions};
use super::staging::target_path;
use super::{HubError, Site, current};
use crate::content::{Imported, Problem, read_document};
use crate::publication::{DELEGATED_BYTES_MAX, Object, delegated_target};
use serde_json::Value;
use std::collections::BTreeMap;

/// What came of publishing a document of a delegated role.
#[derive(Debug)]
pub struct Delegated {
    pub groups: Vec<String>,
    pub versions: Versions,
    /// What in it no display of now understands; it is published all the same.
    pub problems: Vec<Problem>,
}

/// Publishes a content document as the target of a delegated role, for the groups named or, with none named, for all.
///
/// # Errors
/// When it is too large or no content document, a group is not published, a key is missing, and those of the disk.
pub fn publish_delegated(
    signing: &Signing<'_>,
    role: &str,
    groups: &[String],
    document: &[u8],
) -> Result<Delegated, HubError> {
    if document.len() as u64 > DELEGATED_BYTES_MAX {
        let most = DELEGATED_BYTES_MAX;
        return Err(HubError::refused(format!("it has {} bytes, and {role} may have {most}", document.len())));
    }
    let read = serde_json::from_slice::<Value>(document).map_err(|error| HubError::refused(error.to_string()))?;
    if !read["items"].is_array() || read["format"].as_u64().is_none_or(|format| format == 0) {
        return Err(HubError::refused("it is no content document: {\"format\":1,\"items\":[...]}"));
    }
    if read["items"].as_array().into_iter().flatten().any(|item| item["type"] == "prepared_alert") {
        return Err(HubError::refused(
            "it holds a prepared warning, which comes to displays with the content (`parvis-hub publish`) and is put in \
             force with `parvis-hub alert raise --prepared`",
        ));
    }
    let Imported { items, problems, records, .. } = read_document(role, document);
    if items.is_empty() && (records > 0 || !problems.is_empty()) {
        // To take back what stands, staff publish a document without items; a mistake must not do it.
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        return Err(HubError::refused(format!("not one item can be shown, nothing was published: {first}")));
    }
    let published = current::groups(&current::targets(signing.site)?);
    if let Some(unknown) = groups.iter().find(|group| !published.contains(group)) {
        return Err(HubError::refused(format!(
            "the group {unknown} is not published; there are: {}",
            published.join(", ")
        )));
    }
    let groups = if groups.is_empty() { published } else { groups.to_vec() };
    let targets = put(signing.site, role, groups.iter().map(|group| (group.as_str(), document)))?;
    let versions = signing.sign(&Change::Delegated { role, targets })?;
    Ok(Delegated { groups, versions, problems })
}

/// Writes the documents of a role, by group. Displays see them once their targets are signed.
///
/// # Errors
/// Those of the disk.
pub(super) fn put<'a>(
    site: &Site,
    role: &str,
    documents: impl Iterator<Item = (&'a str, &'a [u8])>,
) -> Result<BTreeMap<String, Object>, HubError> {
    let mut targets = BTreeMap::new();
    for (group, document) in documents {
        let (target, object) = (delegated_target(group, role), Object::of(document));
        site.write(&target_path(&target, &object), document)?;
        targets.insert(target, object);
    }
    Ok(targets)
}
