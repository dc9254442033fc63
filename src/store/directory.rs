use super::loaded_items::LoadedItems;
use crate::content::{Catalog, Document, Problem};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The content of a directory, ready to be shown, and what in it could not be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    pub catalog: Catalog,
    pub problems: Vec<Problem>,
    /// Those problems that cost a whole document, or the rest of one: what it should hold is missing in the catalogue.
    pub broken: Vec<Problem>,
    /// What [`crate::content::MediaRef::path`] starts from.
    pub media_root: PathBuf,
    /// Vector tiles lie in it as `<z>/<x>/<y>.mvt`.
    pub map_root: PathBuf,
}

/// Why there is no content at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("{}: cannot be read: {error}", path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}: holds no content: no file there ends in .json", path.display())]
    NoContent { path: PathBuf },
}

/// Loads a content directory: any number of `*.json` documents, `town.json`, `media/` and `map/`; or one document.
///
/// Links are followed only as long as they stay in the directory. Without a `town.json` the town has no name, and its
/// time zone and map credit are those that most items give.
///
/// # Errors
/// Only when nothing can be read at all; everything else becomes a problem.
pub fn load_directory(path: &Path) -> Result<Loaded, LoadError> {
    let unreadable = |error| LoadError::Unreadable { path: path.to_owned(), error };
    let whole = path.canonicalize().map_err(unreadable)?;
    let (root, files) = if whole.is_dir() {
        (whole.clone(), documents_in(&whole).map_err(unreadable)?)
    } else {
        fs::File::open(&whole).map_err(unreadable)?;
        (whole.parent().map_or_else(PathBuf::new, Path::to_path_buf), vec![whole])
    };
    if files.is_empty() {
        return Err(LoadError::NoContent { path: path.to_owned() });
    }
    let mut folder = Folder { root, loaded: LoadedItems::default() };
    for file in &files {
        folder.add(file);
    }
    let media_root = folder.root.join("media");
    folder.leave_out_missing_media(&media_root);
    let broken = std::mem::take(&mut folder.loaded.broken);
    let (catalog, problems) = folder.loaded.into_catalog();
    Ok(Loaded { catalog, problems, broken, media_root, map_root: folder.root.join("map") })
}

/// The `*.json` files of a directory, sorted by name.
fn documents_in(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) && !path.is_dir() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

struct Folder {
    root: PathBuf,
    loaded: LoadedItems,
}

impl Folder {
    fn add(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let json = match read_below(&self.root, path) {
            Ok(json) => json,
            Err(error) => {
                let problem = Problem::new(name, "", "", format!("left out: {error}"));
                self.loaded.broken.push(problem.clone());
                return self.loaded.problems.push(problem);
            }
        };
        if name == "town.json" {
            self.loaded.add_town(&name, &json);
        } else {
            self.loaded.add_document(&name, &json);
        }
    }

    /// A picture that is not there must not hold its place on a screen.
    fn leave_out_missing_media(&mut self, media_root: &Path) {
        for item in &mut self.loaded.items {
            let common = item.common_mut();
            let (problems, id) = (&mut self.loaded.problems, common.id.as_str());
            common.media.retain(|picture| {
                let found = canonical_below(media_root, &media_root.join(&picture.path));
                if let Err(error) = &found {
                    let reason = format!("picture left out: {error}");
                    problems.push(Problem::new("media", id, "media", reason).with_value(&picture.path));
                }
                found.is_ok()
            });
        }
    }
}

/// Reads a file that lies below `root`, links followed.
fn read_below(root: &Path, path: &Path) -> io::Result<Vec<u8>> {
    let file = fs::File::open(canonical_below(root, path)?)?;
    let limit = Document::BYTES_MAX as u64;
    if file.metadata()?.len() > limit {
        return Err(io::Error::other(format!("larger than {} MiB", limit >> 20)));
    }
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Where a regular file really lies, if that is below `root`.
fn canonical_below(root: &Path, path: &Path) -> io::Result<PathBuf> {
    let real = path.canonicalize()?;
    if !real.starts_with(root) {
        return Err(io::Error::other("it is a link to outside the content directory"));
    }
    if !real.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    Ok(real)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Id, Town};

    /// A folder of its own for one test, removed at the end.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let base = std::env::var_os("CARGO_TARGET_TMPDIR").map_or_else(std::env::temp_dir, PathBuf::from);
            let path = base.join(format!("parvis-directory-{}-{name}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn write(&self, name: &str, text: impl AsRef<[u8]>) -> &Self {
            let path = self.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
            self
        }

        fn load(&self) -> Loaded {
            load_directory(&self.0).unwrap()
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    fn article(id: &str, more: &str) -> String {
        format!(r#"{{"format":1,"items":[{{"type":"article","id":"{id}","title":{{"fr":"Titre"}}{more}}}]}}"#)
    }

    fn reasons(loaded: &Loaded) -> Vec<String> {
        loaded.problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn documents_are_read_in_order_of_their_names_and_the_first_of_an_id_stays() {
        let scratch = Scratch::new("order");
        scratch.write("b.json", article("x:1", r#","section":"rain""#)).write("a.json", article("x:1", ""));
        scratch.write("c.json", article("x:2", "")).write("note.txt", "not content");
        let loaded = scratch.load();
        let ids: Vec<_> = loaded.catalog.articles.iter().map(|article| article.common.id.as_str()).collect();
        assert_eq!(ids, ["x:1", "x:2"]);
        assert_eq!(loaded.catalog.articles[0].section, crate::content::Section::Discover);
        assert_eq!(reasons(&loaded), ["catalog: x:1: id: this id is used twice; the first item is kept"]);
    }

    #[test]
    fn one_broken_file_costs_only_itself() {
        let scratch = Scratch::new("broken");
        scratch.write("a.json", "{\"format\":1,\"items\":[").write("b.json", article("x:1", ""));
        fs::create_dir_all(scratch.0.join("dir.json")).unwrap();
        let loaded = scratch.load();
        assert_eq!(loaded.catalog.articles.len(), 1);
        assert_eq!(loaded.problems.len(), 1, "{:?}", loaded.problems);
        assert_eq!(loaded.problems[0].source, "a.json");
    }

    #[test]
    fn too_large_files_are_not_read() {
        let scratch = Scratch::new("large");
        let file = fs::File::create(scratch.0.join("a.json")).unwrap();
        file.set_len(Document::BYTES_MAX as u64 + 1).unwrap();
        assert_eq!(reasons(&scratch.load()), ["a.json: left out: larger than 64 MiB"]);
    }

    #[test]
    fn a_town_without_a_file_takes_zone_and_credit_from_what_is_there() {
        let scratch = Scratch::new("town");
        scratch.write(
            "a.json",
            r#"{"format":1,"items":[
                {"type":"event","id":"e:1","title":{"it":"Festa"},"zone":"Europe/Rome",
                 "timings":[{"begin":"2026-05-01T10:00:00+02:00","end":"2026-05-01T11:00:00+02:00"}]},
                {"type":"place","id":"p:1","title":{"it":"Piazza"},"provenance":[{"credit":"© mappers"}]}]}"#,
        );
        let town = scratch.load().catalog.town;
        assert_eq!((town.zone.as_str(), town.map_credit.as_str()), ("Europe/Rome", "© mappers"));
        assert!(town.name.is_empty());
        scratch.write("town.json", r#"{"name":{"it":"Prova"},"zone":"Mars/Olympus","fallback":"it"}"#);
        let loaded = scratch.load();
        assert_eq!(loaded.catalog.town.name.exact("it").unwrap().text, "Prova");
        assert_eq!(loaded.catalog.town.zone, Town::default().zone);
        assert_eq!(loaded.problems.len(), 2, "{:?}", loaded.problems);
    }

    #[test]
    fn missing_pictures_leave_the_item_without_them() {
        let scratch = Scratch::new("media");
        let media = r#","media":[{"path":"here.png"},{"path":"gone.png"}]"#;
        scratch.write("a.json", article("x:1", media)).write("media/here.png", "");
        let loaded = scratch.load();
        let article = loaded.catalog.item(&Id("x:1".into())).unwrap().common();
        assert_eq!(article.media.iter().map(|picture| picture.path.as_str()).collect::<Vec<_>>(), ["here.png"]);
        assert_eq!((loaded.problems[0].field.as_str(), loaded.problems[0].value.as_str()), ("media", "gone.png"));
    }

    #[cfg(unix)]
    #[test]
    fn links_to_the_outside_are_not_followed() {
        let outside = Scratch::new("outside");
        outside.write("secret.json", article("x:9", ""));
        let scratch = Scratch::new("links");
        scratch.write("a.json", article("x:1", r#","media":[{"path":"p.png"}]"#)).write("media/x", "");
        std::os::unix::fs::symlink(outside.0.join("secret.json"), scratch.0.join("b.json")).unwrap();
        std::os::unix::fs::symlink(scratch.0.join("a.json"), scratch.0.join("media/p.png")).unwrap();
        std::os::unix::fs::symlink(scratch.0.join("nowhere"), scratch.0.join("c.json")).unwrap();
        let loaded = scratch.load();
        assert_eq!(loaded.catalog.items().count(), 1);
        assert_eq!(loaded.problems.len(), 3, "{:?}", loaded.problems);
        assert!(loaded.catalog.articles[0].common.media.is_empty());
    }

    #[test]
    fn a_single_file_is_content_too_and_nothing_is_an_error() {
        let scratch = Scratch::new("single");
        assert!(matches!(load_directory(&scratch.0), Err(LoadError::NoContent { .. })));
        assert!(matches!(load_directory(&scratch.0.join("none")), Err(LoadError::Unreadable { .. })));
        scratch.write("a.json", article("x:1", "")).write("b.json", article("x:2", ""));
        let loaded = load_directory(&scratch.0.join("b.json")).unwrap();
        assert_eq!(loaded.catalog.articles[0].common.id.as_str(), "x:2");
        assert_eq!(loaded.catalog.items().count(), 1);
        assert_eq!(loaded.media_root, scratch.0.canonicalize().unwrap().join("media"));
    }
}
