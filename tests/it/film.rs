//! Films as GStreamer really decodes them.

use crate::film_samples::{HEIGHT, Playing, VP8, WIDTH, launch, numbered, once, readers_of, shown};
use crate::scratch::Scratch;
use parvis::film::{Codec, FilmFault, FilmSpec, FilmState, Fit, GStreamer};
use std::path::Path;
use std::time::Duration;

#[test]
fn every_codec_plays_all_its_frames_in_order_and_then_ends() {
    let scratch = Scratch::new("film-codecs");
    for (name, frames, how) in [
        ("vp8.webm", 50, VP8),
        ("vp9.webm", 50, "vp9enc deadline=1 ! webmmux"),
        ("av1.mkv", 10, "av1enc cpu-used=8 usage-profile=realtime ! av1parse ! matroskamux"),
        ("h264.mp4", 50, "openh264enc ! h264parse ! mp4mux"),
        ("a name's \"blanks\" ! fakesink.webm", 50, VP8),
    ] {
        let film = if name.contains(' ') {
            let film = scratch.0.join(name);
            std::fs::rename(numbered(&scratch, "plain.webm", frames, how), &film).unwrap();
            film
        } else {
            numbered(&scratch, name, frames, how)
        };
        let (numbers, state) = Playing::new(&film, once()).end();
        assert_eq!((numbers, state), (Vec::from_iter(0..frames), FilmState::Ended), "{name}");
        assert_eq!(readers_of(&film), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn sound_is_left_out_and_a_film_with_sound_plays_whole() {
    let scratch = Scratch::new("film-sound");
    let sound = numbered(
        &scratch,
        "sound.webm",
        30,
        "vp8enc deadline=1 ! queue ! both. audiotestsrc num-buffers=50 ! vorbisenc ! queue ! webmmux name=both",
    );
    assert!(GStreamer::of_the_system().probe(&sound).unwrap().has_sound, "else nothing is shown");
    assert_eq!(Playing::new(&sound, once()).end(), (Vec::from_iter(0..30), FilmState::Ended));
}

#[test]
fn passes_follow_each_other_without_a_frame_missing_or_repeated() {
    let scratch = Scratch::new("film-loop");
    let film = numbered(&scratch, "loop.webm", 40, VP8);
    let mut playing = Playing::new(&film, FilmSpec { looped: true, ..once() });
    for at in 0..40 * 4 {
        let frame = playing.next().expect("it is looped");
        assert_eq!((frame.number(), shown(&frame, WIDTH)), (at, usize::try_from(at % 40).unwrap()));
    }
    playing.close();
    assert_eq!(readers_of(&film), Vec::<String>::new());
}

#[test]
fn the_next_pass_is_decoded_before_the_last_one_ends() {
    let scratch = Scratch::new("film-ahead");
    let film = numbered(&scratch, "ahead.webm", 60, VP8);
    let mut playing = Playing::new(&film, FilmSpec { looped: true, ..once() });
    // The second frame is read after the second decoder was started.
    assert_eq!(playing.next().map(|frame| frame.number()), Some(0));
    assert_eq!(playing.next().map(|frame| frame.number()), Some(1));
    assert_eq!(readers_of(&film).len(), 2, "{:?}", readers_of(&film));
    playing.close();
}

#[test]
fn a_film_too_short_to_be_started_again_and_again_plays_once() {
    let scratch = Scratch::new("film-short");
    let film = numbered(&scratch, "short.webm", 24, VP8);
    let looped = FilmSpec { looped: true, ..once() };
    assert_eq!(Playing::new(&film, looped).end(), (Vec::from_iter(0..24), FilmState::Ended));
}

#[test]
fn a_film_keeps_its_time_whatever_its_own_rate_is() {
    let scratch = Scratch::new("film-rate");
    let film = numbered(&scratch, "rate.webm", 50, VP8);
    let (numbers, _) = Playing::new(&film, FilmSpec { frames_per_second: 50, ..once() }).end();
    let twice: Vec<usize> = (0..50).flat_map(|number| [number, number]).collect();
    assert!(numbers.len().abs_diff(100) <= 1, "{}", numbers.len());
    // Which of two neighbours stands for the moment between them is GStreamer's choice.
    assert!(numbers.iter().zip(&twice).all(|(seen, due)| seen.abs_diff(*due) <= 1), "{numbers:?}");
}

#[test]
fn a_frame_that_is_kept_is_not_read_into() {
    let scratch = Scratch::new("film-kept");
    let film = numbered(&scratch, "kept.webm", 60, VP8);
    let mut playing = Playing::new(&film, once());
    let kept = playing.next().expect("a frame");
    let numbers = std::iter::from_fn(|| playing.next()).map(|frame| frame.number());
    assert_eq!(Vec::from_iter(numbers), Vec::from_iter(1..60));
    assert_eq!((kept.number(), shown(&kept, WIDTH)), (0, 0));
}

/// Whether a pixel of a frame is as good as black.
fn is_black(frame: &[u8], width: usize, x: usize, y: usize) -> bool {
    frame[(y * width + x) * 4..][..3].iter().all(|part| *part < 40)
}

#[test]
fn a_film_is_scaled_to_cover_its_region_or_to_stand_in_it_whole() {
    let scratch = Scratch::new("film-fit");
    let film = scratch.0.join("white.webm");
    launch(&format!(
        "videotestsrc pattern=white num-buffers=3 ! video/x-raw,width=192,height=96,framerate=25/1 ! {VP8} ! \
         filesink location={}",
        film.display()
    ));
    let first = |width, height, fit| {
        let spec = FilmSpec { fit, width, height, ..once() };
        let frame = Playing::new(&film, spec).next().expect("a frame");
        assert_eq!(frame.len(), width as usize * height as usize * 4);
        assert!(frame.chunks_exact(4).all(|pixel| pixel[3] == 255), "nothing shines through");
        let at = |x: u32, y: u32| is_black(&frame, width as usize, x as usize, y as usize);
        (at(width / 2, height / 2), at(width / 2, 3), at(width / 2, height - 4), at(2, height / 2))
    };
    assert_eq!(first(100, 100, Fit::Cover), (false, false, false, false));
    assert_eq!(first(100, 100, Fit::Contain), (false, true, true, false), "borders above and below");
    assert_eq!(first(301, 97, Fit::Contain), (false, false, false, true), "borders beside it, odd sizes");
    assert_eq!(first(1080, 1920, Fit::Cover), (false, false, false, false));
}

#[test]
fn a_4k_film_plays_in_a_small_region() {
    let scratch = Scratch::new("film-4k");
    let film = scratch.0.join("4k.webm");
    launch(&format!(
        "videotestsrc pattern=white num-buffers=3 ! video/x-raw,width=3840,height=2160,framerate=25/1 ! {VP8} ! \
         filesink location={}",
        film.display()
    ));
    let mut playing = Playing::new(&film, FilmSpec { width: 480, height: 270, ..once() });
    let lengths: Vec<usize> = std::iter::from_fn(|| playing.next()).map(|frame| frame.len()).collect();
    assert_eq!(lengths, [480 * 270 * 4; 3]);
    assert_eq!(playing.film.state(), FilmState::Ended);
}

#[test]
fn a_film_is_looked_at_without_being_played() {
    let scratch = Scratch::new("film-probe");
    let gstreamer = GStreamer::of_the_system();
    for (name, how, codec) in [
        ("probe.mp4", "openh264enc ! h264parse ! mp4mux", "H.264"),
        ("probe.webm", "vp9enc deadline=1 ! webmmux", "VP9"),
    ] {
        let probe = gstreamer.probe(&numbered(&scratch, name, 50, how)).unwrap();
        assert_eq!((probe.width as usize, probe.height as usize, probe.codec.as_str()), (WIDTH, HEIGHT, codec));
        assert_eq!((probe.duration, probe.has_sound), (Some(Duration::from_secs(2)), false), "{name}");
    }
    let text = scratch.file("text.mp4", b"this is no film at all");
    assert!(matches!(gstreamer.probe(&text), Err(FilmFault::Damaged(_))), "{:?}", gstreamer.probe(&text));
    assert_eq!(gstreamer.probe(&scratch.0), Err(FilmFault::NoFile));
    let sound = scratch.0.join("sound.ogg");
    launch(&format!("audiotestsrc num-buffers=20 ! vorbisenc ! oggmux ! filesink location={}", sound.display()));
    assert_eq!(gstreamer.probe(&sound), Err(FilmFault::NoPicture));
}

#[test]
fn a_film_that_was_filmed_upright_is_shown_upright() {
    let scratch = Scratch::new("film-turned");
    let film = numbered(&scratch, "turned.mp4", 30, "openh264enc ! h264parse ! mp4mux");
    let mut bytes = std::fs::read(&film).unwrap();
    // ISO 14496-12, 8.3.2: the matrix that a phone held upright writes.
    let matrix = bytes.windows(4).position(|name| name == b"tkhd").unwrap() + 44;
    let turned = [0_i32, 1 << 16, 0, -1 << 16, 0, 0, i32::try_from(HEIGHT).unwrap() << 16, 0, 1 << 30];
    bytes[matrix..][..36].copy_from_slice(&turned.map(i32::to_be_bytes).concat());
    std::fs::write(&film, bytes).unwrap();
    let probe = GStreamer::of_the_system().probe(&film).unwrap();
    assert_eq!((probe.width, probe.height), (96, 192));
    let poster = GStreamer::of_the_system().poster(&film, 1000, 1000).unwrap();
    assert_eq!((poster.width, poster.height), (96, 192));
    // Turned by a quarter to the right, the first stripe is the uppermost.
    let row = |y: usize| &poster.rgb[(y * 96 + 48) * 3..][..3];
    let across: Vec<u8> = (0..WIDTH).flat_map(|y| [row(y)[0], row(y)[1], row(y)[2], 255]).collect();
    assert!(shown(&across, WIDTH).abs_diff(25) <= 3, "{}", shown(&across, WIDTH));
}

#[test]
fn a_poster_is_a_picture_from_behind_the_dark_beginning() {
    let scratch = Scratch::new("film-poster");
    let film = scratch.0.join("dark.webm");
    launch(&format!(
        "concat name=all ! {VP8} ! filesink location={} \
         videotestsrc pattern=black num-buffers=50 ! video/x-raw,width=192,height=96,framerate=25/1 ! all. \
         videotestsrc pattern=checkers-8 num-buffers=25 ! video/x-raw,width=192,height=96,framerate=25/1 ! all.",
        film.display()
    ));
    let gstreamer = GStreamer::of_the_system();
    let poster = gstreamer.poster(&film, 96, 96).unwrap();
    assert_eq!((poster.width, poster.height, poster.rgb.len()), (96, 48, 96 * 48 * 3));
    assert!(poster.rgb.iter().any(|part| *part > 100), "two seconds of black stand before it");

    let numbers = gstreamer.poster(&numbered(&scratch, "numbers.webm", 60, VP8), 1000, 1000).unwrap();
    let rgba: Vec<u8> = numbers.rgb.chunks_exact(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255]).collect();
    assert!(shown(&rgba, WIDTH).abs_diff(25) <= 3, "one second in, not the first frame: {}", shown(&rgba, WIDTH));

    let dark = scratch.0.join("black.webm");
    launch(&format!(
        "videotestsrc pattern=black num-buffers=10 ! video/x-raw,width=192,height=96,framerate=25/1 ! {VP8} ! \
         filesink location={}",
        dark.display()
    ));
    assert!(gstreamer.poster(&dark, 96, 96).is_ok(), "black is all that it has");
}

#[test]
fn what_is_installed_is_found_and_what_lacks_is_named() {
    let scratch = Scratch::new("film-available");
    let here = GStreamer::of_the_system().availability().unwrap();
    assert_eq!(here.decoders.iter().map(|(codec, _)| *codec).collect::<Vec<_>>(), Codec::ALL);
    assert!(here.decoders.iter().all(|(_, by)| by.is_some()), "{here:?}");
    assert!(here.missing_packages.is_empty(), "{here:?}");

    let nowhere = GStreamer::in_folder(scratch.0.clone()).availability().unwrap();
    assert!(nowhere.decoders.iter().all(|(_, by)| by.is_none()));
    assert!(nowhere.missing_packages.contains("gstreamer1.0-tools"), "{nowhere:?}");
}

/// The mean difference of two pictures, in thousandths of a step of 255.
fn difference(one: &[u8], other: &[u8]) -> u64 {
    let sum: u64 = one.iter().zip(other).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum * 1000 / one.len() as u64
}

#[test]
fn the_film_of_the_demo_ends_where_it_begins() {
    let film = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/signage/media/film.webm");
    let gstreamer = GStreamer::of_the_system();
    let probe = gstreamer.probe(&film).unwrap();
    assert_eq!((probe.width, probe.height, probe.duration), (960, 540, Some(Duration::from_secs(8))));
    assert_eq!((probe.codec.as_str(), probe.has_sound), ("VP9", false));
    let mut playing =
        Playing::new(&film, FilmSpec { looped: true, patience: once().patience, ..FilmSpec::new(960, 540) });
    let mut before = playing.next().unwrap().to_vec();
    let steps: Vec<u64> = (0..200)
        .map(|_| {
            let frame = playing.next().unwrap();
            let step = difference(&before, &frame);
            before.copy_from_slice(&frame);
            step
        })
        .collect();
    let largest = steps[..199].iter().max().unwrap();
    assert!(steps[199] * 2 < largest * 3, "the seam is seen: {} after at most {largest}", steps[199]);
    assert!(steps.iter().all(|step| *step > 0), "it stands still");
    playing.close();
}
