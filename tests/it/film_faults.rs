//! What a screen must survive of films and their decoders. Each ends in frames or in a fault, and leaves no process.

use crate::film_samples::{HEIGHT, Playing, VP8, WIDTH, faked, launch, numbered, once, readers_of};
use crate::scratch::Scratch;
use parvis::film::{FilmFault, FilmSpec, FilmState, GStreamer};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// How a film ends that must not end well.
fn fault(gstreamer: GStreamer, film: &Path, spec: FilmSpec) -> (usize, FilmFault) {
    let (numbers, state) = Playing::with(gstreamer, film, spec).end();
    assert_eq!(readers_of(film), Vec::<String>::new());
    match state {
        FilmState::Failed(fault) => (numbers.len(), fault),
        state => panic!("{state:?} after {} frames", numbers.len()),
    }
}

/// The fault of a film that GStreamer itself is given.
fn real_fault(film: &Path) -> FilmFault {
    let (frames, fault) = fault(GStreamer::of_the_system(), film, FilmSpec { looped: true, ..once() });
    assert_eq!(frames, 0);
    fault
}

#[test]
fn what_is_no_film_is_a_fault_in_words() {
    let scratch = Scratch::new("film-none");
    let text = scratch.file("text.mp4", b"this is a text and not a film");
    assert_eq!(real_fault(&text), FilmFault::Damaged("Could not determine type of stream.".to_owned()));
    let empty = scratch.file("empty.webm", b"");
    assert_eq!(real_fault(&empty), FilmFault::Empty);
    let sound = scratch.0.join("sound.mp4");
    launch(&format!("audiotestsrc num-buffers=50 ! vorbisenc ! oggmux ! filesink location={}", sound.display()));
    assert_eq!(real_fault(&sound), FilmFault::NoPicture);
    let picture = scratch.0.join("archive.mp4");
    fs::write(&picture, b"PK\x03\x04\x14\0\0\0\x08\0").unwrap();
    assert!(matches!(real_fault(&picture), FilmFault::Damaged(_) | FilmFault::NoDecoder(_) | FilmFault::NoPicture));
    assert_eq!(real_fault(&scratch.0), FilmFault::NoFile);
    assert!(matches!(real_fault(&scratch.0.join("nothing.webm")), FilmFault::Unreadable(_)));
    let pipe = scratch.0.join("pipe.webm");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(real_fault(&pipe), FilmFault::NoFile, "nobody waits for who may write into it");
    let large = scratch.0.join("large.webm");
    fs::File::create(&large).unwrap().set_len((256 << 20) + 1).unwrap();
    assert!(matches!(real_fault(&large), FilmFault::TooLarge { .. }));
}

#[test]
fn a_size_that_no_panel_has_is_refused() {
    let scratch = Scratch::new("film-size");
    let film = scratch.file("any.webm", b"");
    for spec in [
        FilmSpec { width: 0, ..once() },
        FilmSpec { height: 100_000, ..once() },
        FilmSpec { frames_per_second: 0, ..once() },
        FilmSpec { frames_per_second: 1000, ..once() },
    ] {
        let (_, fault) = fault(GStreamer::of_the_system(), &film, spec);
        assert!(matches!(fault, FilmFault::Unreasonable { .. }), "{fault}");
    }
}

/// Plays what is left of a film, and says how many frames it had.
fn survive(film: &Path, what: &str) -> usize {
    let (numbers, state) = Playing::new(film, once()).end();
    assert!(matches!(state, FilmState::Ended | FilmState::Failed(_)), "{what}: {state:?}");
    assert_eq!(readers_of(film), Vec::<String>::new(), "{what}");
    numbers.len()
}

#[test]
fn damaged_and_shortened_films_show_what_is_left_and_end() {
    let scratch = Scratch::new("film-damaged");
    for (name, how) in [
        ("vp8.webm", VP8),
        ("vp9.webm", "vp9enc deadline=1 ! webmmux"),
        ("h264.mp4", "openh264enc ! h264parse ! mp4mux"),
        ("h264.mkv", "openh264enc ! h264parse ! matroskamux"),
    ] {
        let film = numbered(&scratch, name, 60, how);
        let whole = fs::read(&film).unwrap();
        let half = scratch.file(&format!("half-{name}"), &whole[..whole.len() / 2]);
        let frames = survive(&half, &format!("half of {name}"));
        // What an MP4 holds is written at its end.
        assert!(if name.ends_with("mp4") { frames == 0 } else { (5..60).contains(&frames) }, "{name}: {frames}");
        for part in [8, 4, 2] {
            let mut damaged = whole.clone();
            let from = damaged.len() / part;
            for (at, byte) in damaged[from..].iter_mut().take(600).enumerate() {
                *byte = u8::try_from((at * 151 + 77) % 256).unwrap();
            }
            let damaged = scratch.file(&format!("damaged-{part}-{name}"), &damaged);
            survive(&damaged, &format!("{name}, damaged at one {part}th"));
        }
    }
}

/// A limit that a test does not have to wait for long; what it is held against never gives anything.
const SHORT: Duration = Duration::from_millis(300);

#[test]
fn a_decoder_that_hangs_is_ended_with_all_that_it_started() {
    let scratch = Scratch::new("film-hangs");
    let film = scratch.file("film.webm", b"whatever");
    let frame = WIDTH * HEIGHT * 4;
    let spec = FilmSpec { patience: SHORT, ..once() };
    for (what, frames, script) in [
        ("gives nothing", 0, "exec sleep 1000".to_owned()),
        ("gives half a frame", 0, format!("head -c {} /dev/zero; exec sleep 1000", frame / 2)),
        ("gives two frames and a half", 2, format!("head -c {} /dev/zero; sleep 1000", frame * 5 / 2)),
        ("gives a byte now and then", 0, "while printf x; do sleep 0.02; done".to_owned()),
        ("closes its output and stays", 1, format!("head -c {frame} /dev/zero; exec sleep 1000 >/dev/null")),
        ("leaves another behind", 1, format!("head -c {frame} /dev/zero; sleep 1000 >/dev/null & exit 0")),
        ("does not listen to signals", 0, "trap '' TERM INT HUP PIPE; sleep 1000; sleep 1000".to_owned()),
        ("complains for ever", 0, "yes >&2".to_owned()),
    ] {
        let (seen, fault) = fault(faked(&scratch, &script), &film, spec);
        assert_eq!((seen, fault), (frames, FilmFault::Silent(SHORT)), "{what}");
    }
}

#[test]
fn a_decoder_that_ends_badly_says_why() {
    let scratch = Scratch::new("film-dies");
    let film = scratch.file("film.webm", b"whatever");
    let frame = WIDTH * HEIGHT * 4;
    for (script, frames, expected) in [
        ("kill -SEGV $$".to_owned(), 0, FilmFault::Crashed(11)),
        (format!("head -c {frame} /dev/zero; kill -SEGV $$"), 1, FilmFault::Crashed(11)),
        (
            "echo 'ERROR: from element /a/b: It broke.' >&2; exit 1".to_owned(),
            0,
            FilmFault::Damaged("It broke.".into()),
        ),
        ("exit 0".to_owned(), 0, FilmFault::NoPicture),
        ("exit 127".to_owned(), 0, FilmFault::NoGStreamer),
        // More words than a socket holds do not stop the film.
        (format!("yes | head -c 900000 >&2; head -c {frame} /dev/zero; exit 1"), 1, FilmFault::Damaged("y".to_owned())),
    ] {
        assert_eq!(fault(faked(&scratch, &script), &film, once()), (frames, expected), "{script}");
    }
    fs::remove_file(scratch.0.join("gst-launch-1.0")).unwrap();
    let (_, missing) = fault(GStreamer::in_folder(scratch.0.clone()), &film, once());
    assert_eq!(missing, FilmFault::NoGStreamer);
}

#[test]
fn a_film_that_nobody_watches_any_more_leaves_no_process() {
    let scratch = Scratch::new("film-dropped");
    let film = numbered(&scratch, "dropped.webm", 60, VP8);
    let looped = FilmSpec { looped: true, ..once() };
    // While it starts, in its first frames, and with all buffers full.
    for frames in [0, 1, 3, 70] {
        let mut playing = Playing::new(&film, looped);
        let seen = std::iter::from_fn(|| playing.next()).take(frames).count();
        assert_eq!(seen, frames);
        playing.close();
        assert_eq!(readers_of(&film), Vec::<String>::new());
    }
    let hanging = Playing::with(faked(&scratch, "sleep 1000"), &film, once());
    hanging.close();
    assert_eq!(readers_of(&film), Vec::<String>::new());
}

/// Set for the process that is killed: the folder of its film.
const KILLED: &str = "PARVIS_TEST_KILLED_FILM";

#[test]
fn a_player_that_is_killed_takes_its_decoders_with_it() {
    if let Some(folder) = std::env::var_os(KILLED) {
        let gstreamer = GStreamer::in_folder(folder.clone().into());
        let mut playing = Playing::with(gstreamer, &Path::new(&folder).join("film.webm"), once());
        playing.next();
        return;
    }
    let scratch = Scratch::new("film-killed");
    scratch.file("film.webm", b"whatever");
    // Who reads the pipe sees its end when the last decoder is gone.
    let pipe = scratch.0.join("alive");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    faked(&scratch, &format!("exec 9>{}; echo started >&9; exec sleep 1000", pipe.display()));
    let mut player = Command::new(std::env::current_exe().unwrap());
    player.args(["--exact", "film_faults::a_player_that_is_killed_takes_its_decoders_with_it"]);
    let mut player = player.env(KILLED, &scratch.0).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut alive = fs::File::open(&pipe).unwrap();
    let mut started = [0; 8];
    alive.read_exact(&mut started).unwrap();
    player.kill().unwrap();
    player.wait().unwrap();
    assert_eq!(alive.read(&mut started).unwrap(), 0, "the decoder is gone");
}
