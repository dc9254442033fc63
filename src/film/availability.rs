use super::process::written_by;
use super::{FilmFault, GStreamer};
use std::collections::BTreeSet;
use std::time::Duration;

/// Its first start after an installation looks at every plugin.
const PATIENCE: Duration = Duration::from_secs(60);

/// What decodes on a graphics card or a chip of its own begins with one of these.
const HARDWARE: [&str; 6] = ["va", "v4l2", "nv", "qsv", "msdk", "d3d"];

/// A way to write pictures of a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Codec {
    H264,
    Vp9,
    Av1,
}

impl Codec {
    pub const ALL: [Self; 3] = [Self::H264, Self::Vp9, Self::Av1];

    pub fn name(self) -> &'static str {
        match self {
            Self::H264 => "H.264",
            Self::Vp9 => "VP9",
            Self::Av1 => "AV1",
        }
    }

    /// The package of Debian and Ubuntu that decodes it on any processor.
    fn package(self) -> &'static str {
        match self {
            Self::H264 => "gstreamer1.0-libav",
            Self::Vp9 => "gstreamer1.0-plugins-good",
            Self::Av1 => "gstreamer1.0-plugins-bad",
        }
    }

    /// Whether an element of this name decodes it: `avdec_h264`, `vaav1dec`, `v4l2slvp9dec`, `dav1ddec`.
    fn is_decoded_by(self, element: &str) -> bool {
        let tag = match self {
            Self::H264 => "h264",
            Self::Vp9 => "vp9",
            Self::Av1 => "av1",
        };
        element
            .strip_prefix("avdec_")
            .map_or_else(|| element.strip_suffix("dec").is_some_and(|name| name.contains(tag)), |name| name == tag)
    }
}

/// What decodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoding {
    Hardware,
    Processor,
}

/// What of GStreamer is here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Availability {
    /// Of each codec of [`Codec::ALL`] what decodes it, if anything.
    pub decoders: Vec<(Codec, Option<Decoding>)>,
    /// Packages of Debian and Ubuntu that bring what lacks.
    pub missing_packages: BTreeSet<&'static str>,
}

/// Elements that every film goes through, besides those of the core, and their packages.
const NEEDED: [(&str, &str); 5] = [
    ("videoconvert", "gstreamer1.0-plugins-base"),
    ("aspectratiocrop", "gstreamer1.0-plugins-good"),
    ("videoflip", "gstreamer1.0-plugins-good"),
    ("matroskademux", "gstreamer1.0-plugins-good"),
    ("qtdemux", "gstreamer1.0-plugins-good"),
];

impl GStreamer {
    /// Which films play here. Waits up to a minute the first time.
    ///
    /// # Errors
    /// When this Parvis was built without films, or GStreamer does not answer. One that is not installed is no error.
    pub fn availability(&self) -> Result<Availability, FilmFault> {
        let elements = match written_by(self.command("gst-inspect-1.0")?, PATIENCE) {
            Ok(written) => read(&written),
            Err(FilmFault::NoGStreamer) => BTreeSet::new(),
            Err(fault) => return Err(fault),
        };
        Ok(found(&elements))
    }
}

/// The names of elements in the list that `gst-inspect-1.0` writes: `libav:  avdec_h264: libav H.264 decoder`.
fn read(written: &str) -> BTreeSet<String> {
    let names = written.lines().filter_map(|line| line.split(": ").nth(1));
    names.map(|name| name.trim().to_owned()).collect()
}

fn found(elements: &BTreeSet<String>) -> Availability {
    let decoders: Vec<(Codec, Option<Decoding>)> = Codec::ALL
        .into_iter()
        .map(|codec| {
            let mut names = elements.iter().filter(|element| codec.is_decoded_by(element)).peekable();
            let any = names.peek().map(|_| Decoding::Processor);
            let is_hardware = |name: &String| HARDWARE.iter().any(|prefix| name.starts_with(prefix));
            (codec, if names.any(is_hardware) { Some(Decoding::Hardware) } else { any })
        })
        .collect();
    let mut missing_packages: BTreeSet<&str> =
        NEEDED.iter().filter(|(element, _)| !elements.contains(*element)).map(|(_, package)| *package).collect();
    missing_packages.extend(decoders.iter().filter(|(_, by)| by.is_none()).map(|(codec, _)| codec.package()));
    if elements.is_empty() {
        missing_packages.extend(["gstreamer1.0-tools", "gstreamer1.0-plugins-base-apps"]);
    }
    Availability { decoders, missing_packages }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: &str = "\
libav:  avdec_h264: libav H.264 / AVC / MPEG-4 AVC / MPEG-4 part 10 decoder
libav:  avdec_wmav1: libav Windows Media Audio 1 decoder
rtp:  rtpvp9depay: RTP VP9 depayloader
va:  vavp9dec: VA-API VP9 Decoder
vpx:  vp9dec: On2 VP9 Decoder
videoconvertscale:  videoconvert: Video colorspace converter
typefindfunctions: video/x-h264: h264, x264, 264

Total count: 246 plugins, 1352 features
";

    #[test]
    fn decoders_are_known_by_their_names() {
        let found = found(&read(LISTED));
        let expected =
            [(Codec::H264, Some(Decoding::Processor)), (Codec::Vp9, Some(Decoding::Hardware)), (Codec::Av1, None)];
        assert_eq!(found.decoders, expected);
        assert_eq!(
            Vec::from_iter(found.missing_packages),
            ["gstreamer1.0-plugins-bad", "gstreamer1.0-plugins-good"],
            "AV1, and what every film goes through"
        );
        for (codec, element) in [(Codec::Av1, "dav1ddec"), (Codec::H264, "v4l2slh264dec"), (Codec::Av1, "vaav1dec")] {
            assert!(codec.is_decoded_by(element), "{element}");
        }
        assert!(!Codec::Av1.is_decoded_by("avdec_wmav1"));
        assert!(!Codec::Vp9.is_decoded_by("rtpvp9depay"));
    }

    #[test]
    fn where_nothing_is_here_all_is_to_be_installed() {
        let found = found(&BTreeSet::new());
        assert!(found.decoders.iter().all(|(_, by)| by.is_none()));
        assert_eq!(found.missing_packages.len(), 6, "{:?}", found.missing_packages);
    }
}
