//! Films: whether they can be decoded, and how long they are beside how long they are shown.

use super::desk::Subject;
use super::finding::{Findings, Weight};
use crate::content::{Id, MediaRef, PlaylistItem, Show};
use crate::film::{Codec, FilmFault, GStreamer, Probe};
use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

/// How much of its end may be cut off without anybody missing it.
const CUT_MAX: Duration = Duration::from_secs(1);

pub fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let gstreamer = GStreamer::of_the_system();
    let mut probed: HashMap<PathBuf, Result<Probe, FilmFault>> = HashMap::new();
    for item in &subject.catalog().schedule.items {
        let is_over = item.common.valid.until.is_some_and(|until| until <= subject.now);
        let Some(film) = item.common.media.last().filter(|_| item.show == Show::Film && !is_over) else { continue };
        let id = &item.common.id;
        if !MediaRef::is_film(&film.path) {
            let endings = MediaRef::FILM_ENDINGS.join(", ");
            let words = format!("{}: it is to show a film, and the last of its media is none ({endings})", film.path);
            findings.add(Weight::Warning, id, words);
            continue;
        }
        if item.common.media.len() == 1 {
            let words =
                "the film has no picture to stand in its place where films do not play: name one before it in media";
            findings.add(Weight::Warning, id, words);
        }
        // That a file is not there is said with its slide.
        let Some(place) = subject.files.film(&film.path).filter(|_| subject.files.has(&film.path)) else { continue };
        let probe = probed.entry(place).or_insert_with_key(|place| gstreamer.probe(place));
        match probe {
            Ok(probe) => check_probe(item, (&film.path, probe), findings),
            Err(fault) => findings.add(weight(fault), id, format!("{}: {fault}", film.path)),
        }
    }
}

/// Where this machine lacks something a display may have it.
fn weight(fault: &FilmFault) -> Weight {
    match fault {
        FilmFault::LeftOut | FilmFault::NoGStreamer | FilmFault::NoDecoder(_) => Weight::Warning,
        _ => Weight::Refused,
    }
}

fn check_probe(item: &PlaylistItem, (path, probe): (&str, &Probe), findings: &mut Findings) {
    let id: &Id = &item.common.id;
    if !Codec::ALL.iter().any(|codec| codec.name() == probe.codec) {
        let words =
            format!("{path}: it is written as {}: H.264, VP9 or AV1 is what displays surely decode", probe.codec);
        findings.add(Weight::Warning, id, words);
    }
    if probe.has_sound {
        findings.add(Weight::Hint, id, format!("{path}: its sound is never played"));
    }
    let Some(lasts) = probe.duration else { return };
    let secs = lasts.as_secs_f32().ceil();
    match item.duration_secs {
        None => {
            let words = format!(
                "{path}: it lasts {secs} s and is shown for as long as its words take to read: name duration_secs"
            );
            findings.add(Weight::Warning, id, words);
        }
        Some(shown) if lasts > Duration::from_secs(shown.into()) + CUT_MAX => {
            let words = format!("{path}: it lasts {secs} s and is cut off after {shown}: name a longer duration_secs");
            findings.add(Weight::Warning, id, words);
        }
        Some(_) => {}
    }
}
