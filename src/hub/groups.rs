//! Display groups: which displays get the same, and how large their pictures are.

use super::{HubError, Site, current};
use crate::content::Common;
use crate::publication::{DEFAULT_GROUP, is_group_name};
use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

static PROFILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/kiosk-config/profiles");

/// The file of display groups, in the folder of keys.
pub const GROUPS: &str = "groups.toml";

const ABOUT: &str = "\
# The display groups of this town. `parvis-hub group add NAME` adds one; the group `default` always exists.
# profiles: the displays that stand there, as named in kiosk.toml (or the path of a profile file). Pictures larger than
#           the largest of them are scaled down.
# tags:     further names by which an item's `groups` can mean this group.

";

/// One display group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    #[serde(default)]
    pub profiles: Vec<String>,
    #[serde(default)]
    pub tags: Vec<String>,
}

/// All display groups, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Groups(pub BTreeMap<String, Group>);

impl Default for Groups {
    fn default() -> Self {
        let profiles = vec!["totem-portrait".to_owned()];
        Self(BTreeMap::from([(DEFAULT_GROUP.to_owned(), Group { profiles, tags: Vec::new() })]))
    }
}

impl Groups {
    /// Reads a file of groups; `None` when there is none.
    ///
    /// # Errors
    /// When the file is not understood.
    pub fn read(path: &Path) -> Result<Option<Self>, HubError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(HubError::Disk { path: path.to_owned(), error }),
        };
        let told = |why: String| HubError::refused(format!("{}: {why}", path.display()));
        let mut groups: Self = toml::from_str(&text).map_err(|error| told(error.to_string()))?;
        if let Some(name) = groups.0.keys().find(|name| !is_group_name(name)) {
            return Err(told(format!("{name:?} is no name of a group: small letters, digits and -")));
        }
        for (name, group) in Self::default().0 {
            groups.0.entry(name).or_insert(group);
        }
        Ok(Some(groups))
    }

    /// What a publication is made for where nothing says which groups there are: the group `default` alone.
    ///
    /// # Errors
    /// When other groups are published there, whose displays would be left with nothing; and those of the disk.
    pub fn unsaid(site: &Site) -> Result<Self, HubError> {
        let mut others = current::groups(&current::targets(site)?);
        others.retain(|group| group != DEFAULT_GROUP);
        if others.is_empty() {
            return Ok(Self::default());
        }
        Err(HubError::refused(format!(
            "{} is published for other groups too ({}), and nothing here says which displays they are, so nothing was \
             published: name the town's {GROUPS} with --groups, or the folder of keys that holds it with --keys",
            site.root().display(),
            others.join(", ")
        )))
    }

    /// Writes the file of groups into a folder.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn write(&self, folder: &Path) -> Result<(), HubError> {
        let text = toml::to_string(self).map_err(|error| HubError::refused(error.to_string()))?;
        super::keyring::write_private(&folder.join(GROUPS), format!("{ABOUT}{text}").as_bytes())
    }

    /// Adds a group.
    ///
    /// # Errors
    /// When there is one of that name, the name cannot be one, or a profile is not known.
    pub fn add(&mut self, name: &str, group: Group) -> Result<(), HubError> {
        if !is_group_name(name) {
            return Err(HubError::refused(format!(
                "{name:?} is no name of a group: small letters, digits and -, beginning with a letter"
            )));
        }
        if self.0.contains_key(name) {
            return Err(HubError::refused(format!("there is a group {name} already")));
        }
        group.longest_side()?;
        self.0.insert(name.to_owned(), group);
        Ok(())
    }
}

#[derive(Deserialize)]
struct ProfileSize {
    width_px: u32,
    height_px: u32,
}

impl Group {
    /// Whether this group, called so, shows an item.
    pub fn shows(&self, name: &str, item: &Common) -> bool {
        let meant = |group: &String| group == name || self.tags.contains(group);
        item.groups.is_empty() || item.groups.iter().any(meant)
    }

    /// The longest side that a picture needs on any of its displays, in px.
    ///
    /// # Errors
    /// When a profile is not known.
    pub fn longest_side(&self) -> Result<u32, HubError> {
        let usual = ["totem-portrait".to_owned()];
        let profiles = if self.profiles.is_empty() { &usual[..] } else { &self.profiles };
        profiles.iter().try_fold(0, |longest, profile| Ok(longest.max(longest_side(profile)?)))
    }
}

fn longest_side(profile: &str) -> Result<u32, HubError> {
    let shipped = PROFILES.get_file(format!("{profile}.toml")).and_then(|file| file.contents_utf8());
    let text = match shipped {
        Some(text) => text.to_owned(),
        None if profile.contains('/') => fs::read_to_string(profile).map_err(HubError::disk(profile))?,
        None => {
            let names = PROFILES.files().filter_map(|file| file.path().file_stem()?.to_str());
            let names: Vec<_> = names.collect();
            return Err(HubError::refused(format!("there is no profile {profile:?}; there are: {}", names.join(", "))));
        }
    };
    let size: ProfileSize = toml::from_str(&text).map_err(|error| HubError::refused(format!("{profile}: {error}")))?;
    Ok(size.width_px.max(size.height_px))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_shows_what_is_meant_for_all_for_it_and_for_its_tags() {
        let group = Group { profiles: Vec::new(), tags: vec!["indoors".to_owned()] };
        let item = |groups: &[&str]| Common {
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
            ..Common::default()
        };
        assert!(group.shows("library", &item(&[])));
        assert!(group.shows("library", &item(&["station", "library"])));
        assert!(group.shows("library", &item(&["indoors"])));
        assert!(!group.shows("library", &item(&["station"])));
    }

    #[test]
    fn pictures_are_as_large_as_the_largest_display_needs() {
        let group = |profiles: &[&str]| Group {
            profiles: profiles.iter().map(|name| (*name).to_owned()).collect(),
            tags: Vec::new(),
        };
        assert_eq!(group(&[]).longest_side().unwrap(), 1920);
        assert_eq!(group(&["counter", "totem-portrait-4k"]).longest_side().unwrap(), 3840);
        assert!(group(&["cinema"]).longest_side().unwrap_err().to_string().contains("counter"));
    }
}
