//! A small town with keys, to publish from outside: through the commands, or through the library.

use crate::python::python_with_tuf;
use parvis::hub::{Keyring, Passphrase, Unlocked};
use parvis::publication::{Digest, Frame, Head, Object, Revision, SegmentMedia, Vouched, Written, unpack};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

pub const PASSPHRASE: &str = "three horses and a boat";

/// The roles that sign what is published.
pub const ONLINE: [&str; 6] = ["targets", "snapshot", "timestamp", "bundle", "alerts", "live"];

/// A folder of its own: `content/`, `keys/`, `passphrase`, and `out/` once something is published.
pub struct Town(PathBuf);

/// Keys take a while to make, on purpose: they are made once and copied.
fn keys() -> &'static Path {
    static KEYS: OnceLock<PathBuf> = OnceLock::new();
    KEYS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("keys-{}", std::process::id()));
        fs::remove_dir_all(&folder).ok();
        let now = jiff::Timestamp::now();
        Keyring::init(&folder, &Passphrase::new(PASSPHRASE), now).unwrap();
        folder
    })
}

impl Town {
    /// A town with keys and content that nobody has published yet.
    pub fn new(name: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = format!("parvis-town-{}-{number}-{name}", std::process::id());
        let town = Self(std::env::temp_dir().join(folder));
        fs::create_dir_all(town.at("content/media")).unwrap();
        copy(keys(), &town.at("keys"));
        fs::write(town.at("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        town.write_items("a.json", &[article("t:1", "One"), article("t:2", "Two"), article("t:3", "Three")]);
        fs::write(town.at("content/town.json"), r#"{"name":{"fr":"Essai"},"zone":"Europe/Paris","later":[1.5]}"#)
            .unwrap();
        fs::create_dir_all(town.at("content/map/3/4")).unwrap();
        fs::write(town.at("content/map/3/4/5.mvt"), b"the bytes of a map tile").unwrap();
        town
    }

    /// The same, published once.
    pub fn published(name: &str) -> Self {
        let town = Self::new(name);
        town.publish();
        town
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub fn write_items(&self, document: &str, items: &[Value]) {
        let text = json!({"format": 1, "items": items}).to_string();
        fs::write(self.at("content").join(document), text).unwrap();
    }

    /// A picture of one colour but for a corner.
    pub fn write_picture(&self, name: &str, width: u32, height: u32) {
        let mut picture = image::RgbImage::from_pixel(width, height, image::Rgb([200, 90, 10]));
        picture.put_pixel(0, 0, image::Rgb([0, 0, 255]));
        picture.save(self.at("content/media").join(name)).unwrap();
    }

    /// Runs `parvis-hub` in this town's folder: exit status, stdout, stderr.
    pub fn hub(&self, arguments: &str) -> (i32, String, String) {
        let Output { status, stdout, stderr } = self.command(arguments).stdin(Stdio::null()).output().unwrap();
        (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
    }

    /// The same, and it must succeed; its stdout.
    pub fn done(&self, arguments: &str) -> String {
        let (status, stdout, stderr) = self.hub(arguments);
        assert_eq!(status, 0, "parvis-hub {arguments}: {stdout}{stderr}");
        stdout
    }

    /// The same, and it must fail with one line; that line.
    pub fn refused(&self, arguments: &str) -> String {
        let (status, stdout, stderr) = self.hub(arguments);
        let lines: Vec<&str> = stderr.lines().filter(|line| line.starts_with("parvis-hub: ")).collect();
        assert_eq!((status, lines.len()), (1, 1), "parvis-hub {arguments}: {stdout}{stderr}");
        lines[0].to_owned()
    }

    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parvis-hub"));
        command.current_dir(&self.0).args(arguments.split_whitespace()).env_remove("CREDENTIALS_DIRECTORY");
        command
    }

    /// Starts `parvis-hub` and leaves it running.
    pub fn start(&self, arguments: &str) -> Running {
        let mut command = self.command(arguments);
        Running(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap())
    }

    pub fn publish(&self) -> String {
        self.done("publish --content content --keys keys --passphrase-file passphrase --out out")
    }

    pub fn ring(&self) -> (Keyring, Unlocked) {
        let ring = Keyring::open(&self.at("keys")).unwrap();
        let unlocked = ring.unlock_roles(&ONLINE, &Passphrase::new(PASSPHRASE), &[]).unwrap();
        (ring, unlocked)
    }

    pub fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&fs::read(self.at(path)).unwrap()).unwrap()
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A program that ends with the test.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

pub fn article(id: &str, title: &str) -> Value {
    json!({"type": "article", "id": id, "title": {"fr": title}})
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Every file below a folder with its bytes.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// What a display makes of a publication, from a pinned root on: every signature, every object. Says what does not hold.
pub fn vouch(out: &Path, pinned: &[u8], group: &str) -> Result<(Vouched, BTreeMap<String, Value>), String> {
    let read = |path: &str| fs::read(out.join(path)).map_err(|error| format!("{path}: {error}"));
    let text = |path: &str| read(path).map(|bytes| String::from_utf8(bytes).unwrap());
    let version = |above: &str, file: &str| {
        let signed: Value = serde_json::from_str(above).unwrap();
        signed["signed"]["meta"][file]["version"].as_u64()
    };
    let first = Written::parse(pinned).unwrap().version();
    let roots = (first + 1..).map_while(|version| text(&format!("metadata/{version}.root.json")).ok()).collect();
    let timestamp = text("metadata/timestamp.json")?;
    let snapshot = text(&format!("metadata/{}.snapshot.json", version(&timestamp, "snapshot.json").unwrap()))?;
    let targets = text(&format!("metadata/{}.targets.json", version(&snapshot, "targets.json").unwrap()))?;
    let mut head = Head { group: group.to_owned(), roots, timestamp, snapshot, targets, ..Head::default() };
    let target = |metadata: &str, name: &str| {
        let listed = Written::parse(metadata.as_bytes()).unwrap().targets();
        let object = *listed.get(&format!("{group}/{name}")).ok_or_else(|| format!("{name} is not listed"))?;
        text(&format!("targets/{group}/{}.{name}", object.hash))
    };
    head.revision = target(&head.targets, "revision.json")?;
    for role in ["alerts", "live"] {
        let Some(version) = version(&head.snapshot, &format!("{role}.json")) else { continue };
        let metadata = text(&format!("metadata/{version}.{role}.json"))?;
        if let Ok(document) = target(&metadata, &format!("{role}.json")) {
            head.documents.insert(role.to_owned(), document);
        }
        head.delegated.insert(role.to_owned(), metadata);
    }
    let vouched = head.vouch(pinned).map_err(|error| error.to_string())?;
    let items = read_all(out, &vouched.revision)?;
    Ok((vouched, items))
}

/// Items by id, after every object of the revision was found whole.
fn read_all(out: &Path, revision: &Revision) -> Result<BTreeMap<String, Value>, String> {
    let read = |object: &Object| -> Result<Vec<u8>, String> {
        let bytes = fs::read(out.join("objects").join(object.path())).map_err(|error| format!("object: {error}"))?;
        if Object::of(&bytes) == *object { Ok(bytes) } else { Err(format!("{} is damaged", object.hash)) }
    };
    let frame: Frame = serde_json::from_slice(&unpack(&read(&revision.frame)?).unwrap()).unwrap();
    frame.map.values().try_for_each(|tile| read(tile).map(drop))?;
    let mut items = BTreeMap::new();
    for segment in revision.segments.iter().flatten() {
        let text = unpack(&read(segment)?).unwrap();
        let media: SegmentMedia = serde_json::from_slice(&text).unwrap();
        media.media.values().try_for_each(|rendition| read(&rendition.object()).map(drop))?;
        let document: Value = serde_json::from_slice(&text).unwrap();
        for item in document["items"].as_array().unwrap() {
            items.insert(item["id"].as_str().unwrap().to_owned(), item.clone());
        }
    }
    Ok(items)
}

/// The renditions of a revision by path.
pub fn renditions(out: &Path, revision: &Revision) -> BTreeMap<String, parvis::publication::Rendition> {
    let segments = revision.segments.iter().flatten();
    let texts = segments.map(|segment| unpack(&fs::read(out.join("objects").join(segment.path())).unwrap()).unwrap());
    texts.flat_map(|text| serde_json::from_slice::<SegmentMedia>(&text).unwrap().media).collect()
}

pub fn object(out: &Path, hash: Digest) -> Vec<u8> {
    fs::read(out.join("objects").join(parvis::publication::object_path(hash))).unwrap()
}

/// Runs the script that holds a publication against python-tuf: whether it holds, and its words.
pub fn python_tuf(out: &Path, root: &Path, targets: &[&str]) -> (bool, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/verify_with_python_tuf.py");
    let output = Command::new(python_with_tuf()).arg(script).arg(out).arg(root).args(targets).output().unwrap();
    let words = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), words)
}
