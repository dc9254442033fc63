//! From content to a publication that only wants signing: objects, then the revisions that list them, then
//! `staged.json`, which names the revisions.

use super::films;
use super::pictures::{self, Renditions, Wanted};
use super::side_by_side::{Progress, side_by_side};
use super::{Groups, HubError, Site};
use crate::content::{Item, MediaRef, Problem, read_document};
use crate::publication::{
    FORMAT, Frame, OLDEST_PLAYER, Object, Rendition, Revision, Segment, bucket, buckets_for, pack, revision_target,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What is staged and not signed yet, below the publication.
pub const STAGED: &str = "staged.json";
pub const STAGED_BYTES_MAX: u64 = 1 << 20;

/// The largest map tile, in bytes.
const TILE_BYTES_MAX: u64 = 8 << 20;

/// What a town wants published.
pub struct Content {
    /// `town.json` as staff wrote it.
    pub town: Value,
    pub items: Vec<Item>,
    pub media_root: PathBuf,
    /// Map tiles lie in it as `<z>/<x>/<y>.mvt`.
    pub map_root: PathBuf,
}

/// The revisions that are to be signed, by group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staged {
    pub format: u32,
    pub revisions: BTreeMap<String, Object>,
}

/// A revision and where it lies below the publication.
pub fn revision_path(group: &str, revision: &Object) -> String {
    target_path(&revision_target(group), revision)
}

/// Where a target lies: its hash stands before its last name.
pub fn target_path(target: &str, object: &Object) -> String {
    let (folder, name) = target.rsplit_once('/').unwrap_or(("", target));
    format!("targets/{folder}/{}.{name}", object.hash)
}

/// Writes everything of a publication but its signatures.
///
/// # Errors
/// When there is nothing to show, and those of the disk. A bad picture costs only itself and becomes a problem.
pub fn stage(
    site: &Site,
    content: &mut Content,
    groups: &Groups,
    before: &BTreeMap<String, Revision>,
    progress: Progress<'_>,
) -> Result<(Staged, Vec<Problem>), HubError> {
    if content.items.is_empty() {
        return Err(HubError::refused("there is not one item to show: nothing was published"));
    }
    content.items.sort_by(|one, other| one.common().id.cmp(&other.common().id));
    films::put_posters_first(&mut content.items);
    let mut problems = leave_out_unreadable(&mut content.items, progress);
    let (renditions, left_out) = make_pictures(site, content, groups, progress)?;
    problems.extend(left_out);
    let frame = make_frame(site, content, &mut problems, progress)?;
    let mut staged = Staged { format: FORMAT, revisions: BTreeMap::new() };
    for (name, group) in &groups.0 {
        let items: Vec<&Item> = content.items.iter().filter(|item| group.shows(name, item.common())).collect();
        if items.is_empty() {
            problems.push(Problem::new("groups", name, "", "no item is meant for this group: it shows none"));
        }
        let had = before.get(name).map(|revision| revision.segments.len());
        let segments = make_segments(site, &items, had, group.longest_side()?, &renditions, progress)?;
        let revision =
            Revision { format: FORMAT, player: OLDEST_PLAYER.to_owned(), group: name.clone(), frame, segments };
        let text = serde_json::to_vec(&revision).map_err(|error| HubError::refused(error.to_string()))?;
        let object = Object::of(&text);
        let path = revision_path(name, &object);
        if site.read(&path, Revision::BYTES_MAX).ok().flatten().as_ref() != Some(&text) {
            site.write_one_of_many(&path, &text)?;
        }
        staged.revisions.insert(name.clone(), object);
    }
    site.settle()?;
    let text = serde_json::to_vec(&staged).map_err(|error| HubError::refused(error.to_string()))?;
    site.write(STAGED, &text)?;
    Ok((staged, problems))
}

/// What a display could not read back, such as an item that is larger written than it was read, costs only itself.
fn leave_out_unreadable(items: &mut Vec<Item>, progress: Progress<'_>) -> Vec<Problem> {
    let reread = side_by_side(items, "checking items", progress, |item| -> Result<(), String> {
        let text = serde_json::to_vec(&Segment::new(vec![item], BTreeMap::new())).map_err(|error| error.to_string())?;
        let read = read_document("", &text);
        let why = || read.problems.first().map_or_else(String::new, |problem| problem.reason.clone());
        if read.items.len() == 1 { Ok(()) } else { Err(why()) }
    });
    let mut reread = reread.into_iter();
    let mut problems = Vec::new();
    items.retain(|item| match reread.next() {
        Some(Err(why)) => {
            problems.push(Problem::new("publication", item.common().id.as_str(), "", why));
            false
        }
        _ => true,
    });
    problems
}

/// Makes every rendition, and takes pictures that cannot be used out of their items.
fn make_pictures(
    site: &Site,
    content: &mut Content,
    groups: &Groups,
    progress: Progress<'_>,
) -> Result<(Renditions, Vec<Problem>), HubError> {
    let mut wanted = BTreeSet::new();
    for (name, group) in &groups.0 {
        let longest_px = group.longest_side()?;
        let shown = content.items.iter().map(Item::common).filter(|item| group.shows(name, item));
        let media = shown.flat_map(|item| &item.media);
        wanted.extend(media.map(|media| Wanted { path: media.path.clone(), longest_px }));
    }
    let renditions = pictures::make_all(wanted, &content.media_root, site, progress)?;
    let failed: BTreeMap<&str, &str> = renditions
        .iter()
        .filter_map(|(wanted, made)| Some((wanted.path.as_str(), made.as_ref().err()?.as_str())))
        .collect();
    let mut problems = Vec::new();
    for item in &mut content.items {
        let common = item.common_mut();
        let id = common.id.as_str();
        common.media.retain(|media| {
            let why = failed.get(media.path.as_str());
            let kind = if MediaRef::is_film(&media.path) { "film" } else { "picture" };
            let told = why.map(|why| Problem::new("media", id, "media", format!("{kind} left out: {why}")));
            problems.extend(told.map(|problem| problem.with_value(&media.path)));
            why.is_none()
        });
    }
    Ok((renditions, problems))
}

/// Town and map.
fn make_frame(
    site: &Site,
    content: &Content,
    problems: &mut Vec<Problem>,
    progress: Progress<'_>,
) -> Result<Object, HubError> {
    let tiles = tiles_in(&content.map_root);
    let put = |path: &String| -> Result<Result<Object, String>, HubError> {
        let full = content.map_root.join(path);
        let length = fs::metadata(&full).map_or(0, |data| data.len());
        if length > TILE_BYTES_MAX {
            return Ok(Err(format!("map tile left out: more than {} MiB", TILE_BYTES_MAX >> 20)));
        }
        match fs::read(full) {
            Ok(bytes) => pictures::put(site, &bytes).map(Ok),
            Err(error) => Ok(Err(format!("map tile left out: {error}"))),
        }
    };
    let made = side_by_side(&tiles, "map tiles", progress, put);
    let mut map = BTreeMap::new();
    for (path, made) in tiles.into_iter().zip(made) {
        match made? {
            Ok(object) => drop(map.insert(path, object)),
            Err(why) => problems.push(Problem::new("map", path, "", why)),
        }
    }
    let frame = Frame { format: FORMAT, player: OLDEST_PLAYER.to_owned(), town: content.town.clone(), map };
    put_packed(site, &frame)
}

/// Paths of the form `<z>/<x>/<y>.mvt`, sorted.
fn tiles_in(root: &Path) -> Vec<String> {
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
    };
    let is_number = |name: &str| name.len() <= 10 && name.parse::<u32>().is_ok_and(|number| number.to_string() == name);
    let mut tiles = Vec::new();
    for z in names(root).into_iter().filter(|name| is_number(name)) {
        for x in names(&root.join(&z)).into_iter().filter(|name| is_number(name)) {
            let ys = names(&root.join(&z).join(&x));
            let ys = ys.into_iter().filter(|name| name.strip_suffix(".mvt").is_some_and(is_number));
            tiles.extend(ys.map(|y| format!("{z}/{x}/{y}")));
        }
    }
    tiles.sort();
    tiles
}

fn make_segments(
    site: &Site,
    items: &[&Item],
    had: Option<usize>,
    longest_px: u32,
    renditions: &Renditions,
    progress: Progress<'_>,
) -> Result<Vec<Option<Object>>, HubError> {
    let buckets = buckets_for(items.len(), had);
    let mut dealt: Vec<Vec<&Item>> = vec![Vec::new(); buckets];
    for item in items {
        dealt[bucket(item.common().id.as_str(), buckets)].push(item);
    }
    let make = |items: &Vec<&Item>| -> Result<Option<Object>, HubError> {
        if items.is_empty() {
            return Ok(None);
        }
        put_packed(site, &Segment::new(items.clone(), media_of(items, longest_px, renditions))).map(Some)
    };
    side_by_side(&dealt, "segments", progress, make).into_iter().collect()
}

fn media_of<'a>(items: &[&'a Item], longest_px: u32, renditions: &Renditions) -> BTreeMap<&'a str, Rendition> {
    let media = items.iter().flat_map(|item| &item.common().media);
    let rendition = |path: &str| renditions.get(&Wanted { path: path.to_owned(), longest_px })?.as_ref().ok().copied();
    media.filter_map(|media| Some((media.path.as_str(), rendition(&media.path)?))).collect()
}

fn put_packed(site: &Site, document: &impl Serialize) -> Result<Object, HubError> {
    let packed = pack(document).map_err(|error| HubError::refused(format!("cannot be packed: {error}")))?;
    pictures::put(site, &packed)
}
