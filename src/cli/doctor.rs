//! `parvis doctor`: whether this PC will do for a kiosk, and why.

use super::render::{open, profile, theme};
use crate::device::panel::{Switch, find};
use crate::film::{Availability, Codec, Decoding, FilmFault, GStreamer};
use crate::language::Language;
use crate::player::clock::{Clock, Trust};
use crate::player::drawing::Drawing;
use crate::player::kiosk::Setup;
use crate::player::opening::Standing;
use crate::player::render::{Machine, Studio};
use crate::player::theme::missing_fonts;
use crate::player::visitor::Visitor;
use anyhow::{Result, bail};
use chrono::Utc;
use clap::Args;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[derive(Args, Debug)]
pub struct DoctorArgs {
    /// Display profile whose pixels are measured, by name or as a file
    #[arg(long, default_value = "totem-portrait")]
    profile: String,
}

/// What was found out about this machine.
#[derive(Clone, Debug, Default)]
struct Findings {
    cores: usize,
    memory_mib: Option<u64>,
    /// Why nothing can be drawn, or what draws (nothing but the processor: `None`) and how long a whole frame takes.
    drawing: Option<Result<(Option<Machine>, Duration), String>>,
    /// Font families that text needs and that are not there.
    missing_fonts: Vec<&'static str>,
    display: Option<String>,
    /// What switches the panel, nothing, or why what could may not.
    panel: Option<Result<String, String>>,
    /// Which films play, or why that is not known.
    films: Option<Result<Availability, FilmFault>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Good,
    /// Works, not well.
    Fair,
    /// Will not do.
    Bad,
}

/// A frame may take this long before scrolling looks broken, and this long before touching does.
const SMOOTH: Duration = Duration::from_millis(60);
const BEARABLE: Duration = Duration::from_millis(250);
const CORES_MIN: usize = 2;
/// What a PC sold with 2 GB shows to its programs, and with 4 GB.
const MEMORY_MIN_MIB: u64 = 1_700;
const MEMORY_GOOD_MIB: u64 = 3_400;

pub fn run(args: &DoctorArgs) -> Result<()> {
    let findings = Findings {
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        memory_mib: std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| memory_mib(&text)),
        drawing: Some(measure(&args.profile)),
        missing_fonts: missing_fonts(),
        display: display(),
        panel: find(&Switch::Auto).map(|found| found.map(|power| power.words())).transpose(),
        films: Some(GStreamer::of_the_system().availability()),
    };
    let lines = judge(&findings);
    for (verdict, line) in &lines {
        let mark = match verdict {
            Verdict::Good => "good",
            Verdict::Fair => "fair",
            Verdict::Bad => "BAD ",
        };
        println!("{mark}  {line}");
    }
    if lines.iter().any(|(verdict, _)| *verdict == Verdict::Bad) {
        bail!("this PC will not do as it is; the lines marked BAD say why");
    }
    println!("This PC will do.");
    Ok(())
}

/// Draws the home screen ten times and takes the median.
fn measure(name: &str) -> Result<(Option<Machine>, Duration), String> {
    let setup = setup(name).map_err(|error| format!("{error:#}"))?;
    let drawing = Drawing::Auto.settle();
    // Where a driver cannot draw, the renderer panics; its report is for programmers, the sentence below for IT.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let drawn = std::thread::spawn(move || {
        let mut studio = Studio::new(setup, drawing);
        let mut visitor = Visitor::nobody(Language::Fr);
        visitor.home();
        studio.seat(visitor);
        studio.settle();
        let mut times: Vec<Duration> = (0..10)
            .map(|_| {
                studio.forget_painting();
                let began = Instant::now();
                studio.frame().map(|()| began.elapsed())
            })
            .collect::<Result<_, String>>()?;
        times.sort_unstable();
        Ok((studio.machine(), times[times.len() / 2]))
    })
    .join();
    std::panic::set_hook(usual);
    drawn.unwrap_or_else(|_| Err("its driver ended badly".to_owned())).map_err(|reason| {
        format!("the graphics card does not draw ({reason}); drawing = \"processor\" in kiosk.toml does without it")
    })
}

#[expect(clippy::disallowed_methods, reason = "what is measured is the home screen of now")]
fn setup(name: &str) -> Result<Setup> {
    let now = Utc::now();
    let profile = profile(name, None)?;
    let standing = Standing { position: None, facing_degrees: profile.facing_degrees };
    let opened = open(None, now, standing)?;
    let theme = theme(&opened.almanac.catalog.town.theme)?;
    let opened = opened.dressed(&theme);
    Ok(Setup {
        almanac: Arc::new(opened.almanac),
        gallery: opened.gallery,
        profile,
        theme,
        preview: false,
        first_language: Language::Fr,
        clock: Clock::Frozen(now),
        trust: Trust::Believed,
        bulletin: Arc::default(),
    })
}

fn memory_mib(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? / 1024)
}

/// The display that `parvis play` would open, when one answers.
fn display() -> Option<String> {
    let wayland = std::env::var("WAYLAND_DISPLAY").ok().filter(|name| !name.is_empty()).and_then(|name| {
        let folder = std::env::var("XDG_RUNTIME_DIR").unwrap_or_default();
        let socket = if name.starts_with('/') { name.clone() } else { format!("{folder}/{name}") };
        Path::new(&socket).exists().then(|| format!("Wayland ({name})"))
    });
    wayland.or_else(|| {
        let name = std::env::var("DISPLAY").ok().filter(|name| !name.is_empty())?;
        let number: String = name.trim_start_matches(':').chars().take_while(char::is_ascii_digit).collect();
        let local = Path::new("/tmp/.X11-unix").join(format!("X{number}")).exists();
        (local || !name.starts_with(':')).then(|| format!("X11 ({name})"))
    })
}

fn judge(findings: &Findings) -> Vec<(Verdict, String)> {
    let mut lines = Vec::new();
    match &findings.drawing {
        Some(Ok((machine, frame))) => {
            lines.push((
                Verdict::Good,
                match machine {
                    Some(Machine { adapter, backend }) => format!("draws with {adapter} through {backend}"),
                    None => "no graphics card: the processor draws, and only where something changes".to_owned(),
                },
            ));
            let (verdict, word) = match frame {
                frame if *frame <= SMOOTH => (Verdict::Good, "lists glide smoothly"),
                frame if *frame <= BEARABLE => (Verdict::Fair, "touches answer at once, gliding lists stutter"),
                _ => (Verdict::Bad, "a touch would seem to do nothing"),
            };
            let limit = format!("good up to {} ms, at most {} ms", SMOOTH.as_millis(), BEARABLE.as_millis());
            lines.push((
                verdict,
                format!("a whole frame of the home screen takes {} ms: {word} ({limit})", frame.as_millis()),
            ));
        }
        Some(Err(reason)) => lines.push((Verdict::Bad, reason.clone())),
        None => {}
    }
    let cores = findings.cores;
    let enough = if cores >= CORES_MIN { Verdict::Good } else { Verdict::Bad };
    lines.push((enough, format!("{cores} processor cores (at least {CORES_MIN})")));
    lines.push(match findings.memory_mib {
        Some(mib) if mib >= MEMORY_GOOD_MIB => (Verdict::Good, format!("{mib} MiB of memory")),
        Some(mib) if mib >= MEMORY_MIN_MIB => {
            (Verdict::Fair, format!("{mib} MiB of memory: enough for the kiosk alone"))
        }
        Some(mib) => (Verdict::Bad, format!("{mib} MiB of memory: at least {MEMORY_MIN_MIB} are needed")),
        None => (Verdict::Fair, "how much memory there is could not be read".to_owned()),
    });
    lines.push(match findings.missing_fonts.as_slice() {
        [] => (Verdict::Good, "all fonts are there".to_owned()),
        missing => (Verdict::Bad, format!("fonts missing from the program: {}", missing.join(", "))),
    });
    lines.push(match &findings.display {
        Some(display) => (Verdict::Good, format!("display found: {display}")),
        None => {
            (Verdict::Fair, "no display found from here; `parvis render` works, `parvis play` needs one".to_owned())
        }
    });
    lines.push(match &findings.panel {
        Some(Ok(words)) => (Verdict::Good, format!("the panel is switched by {words}")),
        Some(Err(reason)) => (Verdict::Fair, format!("the panel cannot be switched: {reason}")),
        None => (
            Verdict::Fair,
            "nothing found that switches the panel: in the hours that are not on the picture is black and the panel lit; \
             [power] in kiosk.toml can name commands"
                .to_owned(),
        ),
    });
    match &findings.films {
        Some(Ok(films)) => lines.extend(judge_films(films)),
        Some(Err(fault)) => lines.push((Verdict::Fair, format!("films: {fault}"))),
        None => {}
    }
    lines
}

/// Which films play and what brings the others. A kiosk without films will do.
fn judge_films(films: &Availability) -> Vec<(Verdict, String)> {
    let named = |wanted: Option<Decoding>| -> Vec<&str> {
        let wanted = films.decoders.iter().filter(|(_, decoding)| *decoding == wanted);
        wanted.map(|(codec, _)| Codec::name(*codec)).collect()
    };
    let by_processor = named(Some(Decoding::Processor));
    let by_hardware = named(Some(Decoding::Hardware));
    let mut lines = Vec::new();
    for (names, by) in [(by_hardware, "the graphics card"), (by_processor, "the processor")] {
        if !names.is_empty() {
            lines.push((Verdict::Good, format!("films in {} play, decoded by {by}", names.join(", "))));
        }
    }
    if !films.missing_packages.is_empty() {
        let missing = named(None);
        let what =
            if missing.is_empty() { "some films".to_owned() } else { format!("films in {}", missing.join(", ")) };
        let packages = Vec::from_iter(films.missing_packages.iter().copied()).join(" ");
        lines.push((Verdict::Fair, format!("{what} show a still poster; what lacks: apt install {packages}")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn good() -> Findings {
        Findings {
            cores: 2,
            memory_mib: Some(3_800),
            drawing: Some(Ok((None, Duration::from_millis(45)))),
            missing_fonts: Vec::new(),
            display: Some("X11 (:0)".to_owned()),
            panel: Some(Ok("the backlight acpi_video0".to_owned())),
            films: Some(Ok(Availability {
                decoders: vec![(Codec::H264, Some(Decoding::Hardware)), (Codec::Vp9, Some(Decoding::Processor))],
                missing_packages: BTreeSet::new(),
            })),
        }
    }

    fn worst(findings: &Findings) -> usize {
        judge(findings).iter().filter(|(verdict, _)| *verdict == Verdict::Bad).count()
    }

    #[test]
    fn an_old_pc_without_a_graphics_card_will_do() {
        assert!(judge(&good()).iter().all(|(verdict, _)| *verdict == Verdict::Good));
    }

    #[test]
    fn each_lack_is_said() {
        assert_eq!(worst(&Findings { cores: 1, ..good() }), 1);
        assert_eq!(worst(&Findings { memory_mib: Some(900), ..good() }), 1);
        assert_eq!(worst(&Findings { missing_fonts: vec!["x"], ..good() }), 1);
        assert_eq!(worst(&Findings { drawing: Some(Err("no driver".to_owned())), ..good() }), 1);
        assert_eq!(worst(&Findings { display: None, ..good() }), 0);
        for (panel, word) in [(None, "[power]"), (Some(Err("it may not be written".to_owned())), "may not")] {
            let lines = judge(&Findings { panel, ..good() });
            assert!(lines.iter().any(|(verdict, line)| *verdict == Verdict::Fair && line.contains(word)), "{lines:?}");
        }
    }

    #[test]
    fn films_that_do_not_play_are_told_with_what_they_need_and_a_kiosk_does_without() {
        let lacking = Availability {
            decoders: vec![(Codec::Vp9, Some(Decoding::Processor)), (Codec::H264, None), (Codec::Av1, None)],
            missing_packages: BTreeSet::from(["gstreamer1.0-libav", "gstreamer1.0-plugins-bad"]),
        };
        let expected = [
            (Verdict::Good, "films in VP9 play, decoded by the processor".to_owned()),
            (
                Verdict::Fair,
                "films in H.264, AV1 show a still poster; what lacks: apt install gstreamer1.0-libav \
                 gstreamer1.0-plugins-bad"
                    .to_owned(),
            ),
        ];
        assert_eq!(judge_films(&lacking), expected);
        assert_eq!(worst(&Findings { films: Some(Ok(lacking)), ..good() }), 0);
        assert_eq!(worst(&Findings { films: Some(Err(FilmFault::LeftOut)), ..good() }), 0);
    }

    #[test]
    fn memory_is_read_as_the_kernel_writes_it() {
        assert_eq!(memory_mib("MemTotal:        4028424 kB\nMemFree: 1 kB\n"), Some(3_934));
        assert_eq!(memory_mib("nothing"), None);
    }
}
