//! Publishing from beginning to end: stage, check, sign, sweep.

use super::signing::{Change, Signing, Versions};
use super::staging::{self, Content, Staged};
use super::sweep::{Swept, sweep};
use super::{Changes, Groups, HubError, Progress, Site, changes, check, current};
use crate::content::Problem;
use crate::publication::{Revision, revision_target};
use std::collections::BTreeMap;

/// What staging made.
#[derive(Debug)]
pub struct Staging {
    pub staged: Staged,
    /// Items in all groups together, each once.
    pub items: usize,
    pub changes: Changes,
    /// Bytes that were not there before.
    pub new_bytes: u64,
    pub problems: Vec<Problem>,
}

/// What came of signing.
#[derive(Debug)]
pub struct Published {
    pub versions: Versions,
    /// Items of the publication, each once for every segment that holds it.
    pub items: usize,
    /// Warnings stood in a publication that is gone as a whole, and this one begins without them.
    pub forgets_alerts: bool,
}

/// Writes objects and revisions and says what is new.
///
/// # Errors
/// When there is nothing to show, and those of the disk. What is published stays as it is.
pub fn stage(site: &Site, mut content: Content, groups: &Groups, progress: Progress<'_>) -> Result<Staging, HubError> {
    let published = current::targets(site)?;
    let before = current::revisions(site, &published);
    let new_bytes = site.new_bytes();
    let (staged, problems) = staging::stage(site, &mut content, groups, &before, progress)?;
    let after = revisions(site, &staged);
    let items = content.items.len();
    let changes = changes::changes(site, &before, &after);
    Ok(Staging { staged, items, changes, new_bytes: site.new_bytes() - new_bytes, problems })
}

fn revisions(site: &Site, staged: &Staged) -> BTreeMap<String, Revision> {
    let targets = staged.revisions.iter().map(|(group, object)| (revision_target(group), *object)).collect();
    current::revisions(site, &targets)
}

/// Checks what is staged, every byte, and signs it. With nothing staged only what ends soon is signed again.
///
/// # Errors
/// When it is not whole or cannot be signed; what is published stays as it is.
pub fn sign_staged(signing: &Signing<'_>, progress: Progress<'_>) -> Result<Published, HubError> {
    let Some(staged) = check::staged(signing.site)? else {
        return Ok(Published { versions: signing.sign(&Change::Nothing)?, items: 0, forgets_alerts: false });
    };
    let items = check::check(signing.site, &staged, progress)?;
    let forgets_alerts = signing.forgets_alerts()?;
    Ok(Published { versions: signing.sign(&Change::Staged(&staged))?, items, forgets_alerts })
}

/// Removes what no display can ask for any more.
///
/// # Errors
/// Those of the disk.
pub fn tidy_up(site: &Site) -> Result<Swept, HubError> {
    sweep(site)
}
