//! Bundles: what is in the file is given out, and what is wrong with the file is said.

use super::{bring, now, read};
use parvis::sync::{Asked, Bundle, CHUNK_BYTES, Fetch, FetchFault, Found};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use tar::{Builder, EntryType, Header};

/// A file that is gone after the test.
struct File(PathBuf);

impl File {
    fn new(bytes: &[u8]) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("bundle-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&path, bytes).unwrap();
        Self(path)
    }

    fn fault(bytes: &[u8]) -> String {
        let file = Self::new(bytes);
        let fault = Bundle::open(&file.0).err().expect("it was taken for a bundle");
        let name = file.0.display().to_string();
        fault.strip_prefix(&name).expect("the fault names the file").to_owned()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        fs::remove_file(&self.0).unwrap();
    }
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in files {
        add(&mut builder, name, EntryType::Regular, bytes);
    }
    builder.into_inner().unwrap()
}

/// Adds an entry whose name is written as it is.
fn add(builder: &mut Builder<Vec<u8>>, name: &str, kind: EntryType, bytes: &[u8]) {
    let mut header = Header::new_ustar();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_cksum();
    builder.append(&header, bytes).unwrap();
}

fn text(bundle: &Bundle, path: &str) -> Option<String> {
    now(bring(bundle, path, 1 << 20)).unwrap().map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn files_are_given_out_by_their_names() {
    let file = File::new(&archive(&[("root.json", b"root"), ("./metadata/timestamp.json", b"time"), ("empty", b"")]));
    let bundle = Bundle::open(&file.0).unwrap();
    assert_eq!(text(&bundle, "root.json").as_deref(), Some("root"));
    assert_eq!(text(&bundle, "metadata/timestamp.json").as_deref(), Some("time"));
    assert_eq!(text(&bundle, "empty").as_deref(), Some(""));
    for absent in ["", "metadata", "metadata/", "./root.json", "../root.json", "objects/x"] {
        assert_eq!(text(&bundle, absent), None, "{absent}");
    }
}

#[test]
fn long_files_come_in_pieces_from_where_they_are_asked_for() {
    let long: Vec<u8> = (0..u8::MAX).cycle().take(3 * CHUNK_BYTES + 5).collect();
    let file = File::new(&archive(&[("before", b"x"), ("long", &long), ("after", b"y")]));
    let bundle = Bundle::open(&file.0).unwrap();
    for (asked, begins) in [(0, 0), (1, 1), (CHUNK_BYTES, CHUNK_BYTES), (long.len(), long.len()), (long.len() + 1, 0)] {
        now(async {
            let answer = bundle.get(Asked { path: "long", from: asked as u64, known: None }).await.unwrap();
            let Found::Body { from, mut body } = answer.found else { panic!("no body") };
            let mut bytes = Vec::new();
            read(body.as_mut(), &mut bytes, long.len()).await.unwrap();
            assert_eq!(from, begins as u64);
            assert!(bytes == long[begins..], "from {asked}");
        });
    }
}

#[test]
fn long_names_are_read_as_other_programs_write_them() {
    let long = format!("targets/{}/{}.revision.json", "a".repeat(64), "b".repeat(64));
    let mut gnu = Builder::new(Vec::new());
    let mut header = Header::new_gnu();
    header.set_size(4);
    gnu.append_data(&mut header, &long, b"long".as_slice()).unwrap();
    add(&mut gnu, "short", EntryType::Regular, b"short");
    let mut pax = Builder::new(Vec::new());
    pax.append_pax_extensions([("path", long.as_bytes()), ("mtime", b"1")]).unwrap();
    add(&mut pax, "shortened", EntryType::Regular, b"long");
    add(&mut pax, "short", EntryType::Regular, b"short");
    let mut ustar = Builder::new(Vec::new());
    let mut header = Header::new_ustar();
    header.set_path(&long).unwrap();
    header.set_size(4);
    header.set_cksum();
    ustar.append(&header, b"long".as_slice()).unwrap();
    add(&mut ustar, "short", EntryType::Regular, b"short");
    for (name, builder) in [("gnu", gnu), ("pax", pax), ("ustar", ustar)] {
        let file = File::new(&builder.into_inner().unwrap());
        let bundle = Bundle::open(&file.0).unwrap();
        assert_eq!(text(&bundle, &long).as_deref(), Some("long"), "{name}");
        assert_eq!(text(&bundle, "short").as_deref(), Some("short"), "{name}");
        assert_eq!(text(&bundle, "shortened"), None, "{name}");
    }
}

#[test]
fn of_two_with_one_name_the_first_counts_and_what_is_no_file_does_not() {
    let mut builder = Builder::new(Vec::new());
    add(&mut builder, "twice", EntryType::Regular, b"first");
    add(&mut builder, "./twice", EntryType::Regular, b"second");
    for (name, kind) in [("link", EntryType::Symlink), ("hard", EntryType::Link), ("pipe", EntryType::Fifo)] {
        add(&mut builder, name, kind, b"");
    }
    add(&mut builder, "folder", EntryType::Directory, b"");
    for name in ["../up", "/root", "a/../b", "a//b", "a\\b", "%2e%2e/x"] {
        add(&mut builder, name, EntryType::Regular, b"out");
    }
    let file = File::new(&builder.into_inner().unwrap());
    let bundle = Bundle::open(&file.0).unwrap();
    assert_eq!(text(&bundle, "twice").as_deref(), Some("first"));
    for name in ["link", "hard", "pipe", "folder", "../up", "/root", "root", "a/../b", "b", "a//b", "a\\b", "%2e%2e/x"]
    {
        assert_eq!(text(&bundle, name), None, "{name}");
    }
}

#[test]
fn what_is_no_whole_bundle_is_named() {
    let whole = archive(&[("one", &[1; 2000]), ("two", b"2")]);
    assert_eq!(File::fault(b""), ": is no whole bundle: it holds no files");
    assert_eq!(File::fault(&archive(&[])), ": is no whole bundle: it holds no files");
    assert_eq!(File::fault(&whole[..1000]), ": is no whole bundle: its end is missing");
    for cut in [100, 512 + 2048 + 100] {
        assert!(File::fault(&whole[..cut]).starts_with(": is no whole bundle: "), "{cut}");
    }
    let mut damaged = whole;
    damaged[3] ^= 1;
    assert_eq!(File::fault(&damaged), ": is no whole bundle: archive header checksum mismatch");
    assert!(File::fault(&[b'x'; 5000]).starts_with(": is no whole bundle: "));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    assert!(Bundle::open(folder).err().unwrap().ends_with(": is not a file"));
    assert!(Bundle::open(&folder.join("absent")).err().unwrap().contains("No such file"));
}

#[test]
fn sizes_that_lie_take_no_memory() {
    let mut builder = Builder::new(Vec::new());
    add(&mut builder, "one", EntryType::Regular, b"1");
    for kind in [EntryType::Regular, EntryType::GNULongName, EntryType::XHeader] {
        for size in [1 << 30, 1 << 40, u64::MAX >> 1, u64::MAX] {
            let mut header = Header::new_gnu();
            header.set_entry_type(kind);
            header.set_size(size);
            header.set_cksum();
            let bytes = [builder.get_ref().as_slice(), header.as_bytes(), &[b'x'; 4096]].concat();
            assert!(File::fault(&bytes).starts_with(": is no whole bundle: "), "{kind:?} {size}");
        }
    }
}

#[test]
fn a_bundle_that_shrinks_while_it_is_read_is_broken() {
    let file = File::new(&archive(&[("one", &[1; 2000])]));
    let bundle = Bundle::open(&file.0).unwrap();
    fs::OpenOptions::new().write(true).open(&file.0).unwrap().set_len(1000).unwrap();
    assert!(matches!(now(bring(&bundle, "one", 1 << 20)), Err(FetchFault::Broken(_))));
}

#[test]
fn more_files_than_any_town_has_are_refused() {
    let mut builder = Builder::new(io::Cursor::new(Vec::new()));
    let mut header = Header::new_ustar();
    header.set_size(0);
    for number in 0..=100_000 {
        header.set_path(number.to_string()).unwrap();
        header.set_cksum();
        builder.append(&header, io::empty()).unwrap();
    }
    let bytes = builder.into_inner().unwrap().into_inner();
    assert_eq!(File::fault(&bytes), ": is no whole bundle: it holds more than 100000 files");
}
