//! What nobody gets into the media library, and what nobody can do with sending files.

use crate::browser::{BOUNDARY, Browser, House, multipart, read};
use crate::published_town::Town;
use crate::serving::connect;
use crate::staff_media::{kept, png};
use std::fs;
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;

const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

/// How many files lie in a folder of the hub's data.
fn count(house: &House, folder: &str) -> usize {
    fs::read_dir(house.town.at(folder)).map_or(0, Iterator::count)
}

fn is_empty(browser: &mut Browser) -> bool {
    browser.get("/staff/media").body.contains("Rien ici")
}

#[test]
fn a_file_is_what_is_in_it_whatever_it_is_called() {
    let (house, mut anne) = House::set_up("attacks-names");
    let html = b"<!doctype html><script>alert(1)</script>".as_slice();
    let gif = b"GIF89a\x01\0\x01\0\0\0\0,".as_slice();
    let cut_off = &png(40, 40)[..60];
    for (name, bytes) in [
        ("a.svg", SVG),
        ("a.png", SVG),
        ("a.jpg", html),
        ("a.gif", gif),
        ("a.png", cut_off),
        ("a.png", b""),
        ("a.pdf", b"%PDF-1.7"),
    ] {
        anne.get("/staff/media");
        let page = anne.upload("/staff/media", &[], &[(name, bytes)]);
        assert_eq!(page.status, 422, "{name}: {}", page.body);
    }
    assert!(is_empty(&mut anne));
    assert_eq!((count(&house, "uploads"), count(&house, "media/library"), count(&house, "originals")), (0, 0, 0));

    // A film that is none.
    anne.get("/staff/media");
    let page = anne.upload("/staff/media", &[], &[("a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom")]);
    assert!(page.status == 422 && page.body.contains("Ce film ne peut pas"), "{}", page.body);

    // Names lead nowhere: what is there is named by what is in it.
    for (nr, name) in
        ["../../../hub.db", "/etc/passwd", "..\\..\\x.png", "a/../../b.svg", "<script>alert(1)</script>.png"]
            .into_iter()
            .enumerate()
    {
        let id = kept(&mut anne, name, &png(20 + nr as u32, 20));
        let page = anne.get(&format!("/staff/media/{id}"));
        assert!(!page.body.contains("<script>alert") && !page.body.contains(".."), "{name}");
        assert_eq!(anne.get(&format!("/staff/media/{id}/picture/small")).header("content-type"), "image/png");
    }
    let named: Vec<String> = fs::read_dir(house.town.at("media/library"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(named.len(), 5);
    assert!(named.iter().all(|name| name.len() == 68 && name.ends_with(".png")), "{named:?}");
    for path in [
        "/staff/media/of?file=../hub.db",
        "/staff/media/of?file=library%2F..%2F..%2Fhub.db",
        "/staff/media/x/picture/small",
    ] {
        assert_eq!(anne.get(path).status, 404, "{path}");
    }
    // A form names no files either: a picture comes to an item from the library only.
    anne.get("/staff/items/new/article");
    let made = anne.post("/staff/items/new/article", &[("title.fr", "Page"), ("media.0.path", "../hub.db")]);
    assert!(!anne.get(made.header("location")).body.contains("hub.db"));
}

#[test]
fn a_small_file_that_unpacks_to_too_much_is_refused_before_it_is() {
    let (_house, mut anne) = House::set_up("attacks-bombs");
    // Only what the head says matters: nothing behind it is ever read.
    for (width, height) in [(20_000_u32, 20_000_u32), (16_384, 16_384), (9_000, 9_000), (100_000, 1)] {
        let mut bomb = png(4, 4);
        bomb[16..20].copy_from_slice(&width.to_be_bytes());
        bomb[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        anne.get("/staff/media");
        let page = anne.upload("/staff/media", &[], &[("bomb.png", &bomb)]);
        assert!(page.status == 422 && page.body.contains("trop de pixels"), "{width} x {height}: {}", page.body);
    }
}

/// CRC-32 as a PNG file has it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

#[test]
fn files_of_a_form_that_is_not_ours_are_not_even_read() {
    let (house, mut anne) = House::set_up("attacks-forms");
    let picture = png(30, 30);
    let other = "0".repeat(64);
    anne.get("/staff/media");
    let own = anne.form_token.clone();
    let late = [&multipart(&[], &[("a.png", &picture)])[..], &multipart(&[("form", &own)], &[])].concat();
    let first = String::from_utf8_lossy(&multipart(&[("form", &own)], &[])).replace("name=\"form\"", "name=\"other\"");
    for body in [
        multipart(&[], &[("a.png", &picture)]),
        multipart(&[("form", "")], &[("a.png", &picture)]),
        multipart(&[("form", &other)], &[("a.png", &picture)]),
        late,
        first.into_bytes(),
        multipart(&[], &[]),
    ] {
        for path in ["/staff/media", "/staff/poster"] {
            assert_eq!(anne.send(path, &body).status, 403, "{}", String::from_utf8_lossy(&body));
        }
    }
    assert_eq!((count(&house, "uploads"), count(&house, "media/library"), count(&house, "originals")), (0, 0, 0));
    assert!(is_empty(&mut anne));
    for body in [&b"no form at all"[..], b""] {
        assert!([400, 403].contains(&anne.send("/staff/media", body).status));
    }
}

/// A request whose body has only begun to come.
fn begun(browser: &Browser, length: usize, body: &[u8]) -> TcpStream {
    let mut stream = connect(&browser.address);
    let head = browser.head("POST", "/staff/media");
    let kind = format!("Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(&[format!("{head}{kind}").as_bytes(), body].concat()).unwrap();
    stream
}

#[test]
fn who_sends_slowly_waits_alone_and_who_sends_too_much_is_told() {
    let settings = "upload_mib = 1\nupload_idle_secs = 1\n";
    let (house, mut anne) = House::with_settings(Town::new("attacks-slow"), settings).begun();
    anne.get("/staff/media");
    let token = anne.form_token.clone();
    let whole = multipart(&[("form", &token)], &[("slow.png", &png(30, 30))]);
    // More than the threads that answer: as many as there are places.
    let slow: Vec<TcpStream> = (0..16).map(|_| begun(&anne, whole.len(), &whole[..whole.len() / 2])).collect();
    assert_eq!(anne.get("/staff/media").status, 200, "everybody else goes on");
    for stream in slow {
        let page = read(BufReader::new(stream)).unwrap();
        assert_eq!(page.status, 408, "{}", page.body);
    }
    assert_eq!((count(&house, "uploads"), count(&house, "media/library")), (0, 0));
    anne.get("/staff/media");
    kept(&mut anne, "then.png", &png(30, 30));

    // Too much at once: told before the rest has come.
    let large = multipart(&[("form", &token)], &[("large.png", &vec![7; 1 << 20])]);
    let mut stream = begun(&anne, large.len() * 64, &large);
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
    assert_eq!(count(&house, "uploads"), 0);
}
