use super::gstreamer::open;
use super::process::written_by;
use super::{FilmFault, GStreamer};
use std::path::Path;
use std::time::Duration;

/// Looking at a file takes longer than a frame, above all the first time after GStreamer was installed.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a film is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probe {
    /// As the file says; none where it does not.
    pub duration: Option<Duration>,
    /// As it is seen, in pixels as wide as high.
    pub width: u32,
    pub height: u32,
    /// As GStreamer names it: `H.264`, `VP9`, `AV1`.
    pub codec: String,
    pub has_sound: bool,
}

impl GStreamer {
    /// Looks at a film without playing it. Waits up to 20 seconds.
    ///
    /// # Errors
    /// When it is no film, or cannot be decoded here.
    pub fn probe(&self, film: &Path) -> Result<Probe, FilmFault> {
        let mut command = self.command("gst-discoverer-1.0")?;
        command.args(["-v", "/proc/self/fd/0"]).stdin(open(film)?);
        read(&written_by(command, PATIENCE)?)
    }
}

/// Reads what `gst-discoverer-1.0` writes.
fn read(written: &str) -> Result<Probe, FilmFault> {
    let mut lines = written.lines().map(str::trim);
    if lines.any(|line| line == "An error was encountered while discovering the file") {
        return Err(FilmFault::Damaged(lines.next().unwrap_or_default().to_owned()));
    }
    if let Some((_, missing)) = written.split_once("\nMissing plugins\n") {
        // (gstreamer|1.0|gst-discoverer-1.0|H.264 decoder|decoder-video/x-h264, ...)
        let mut parts = missing.lines().next().unwrap_or_default().split('|').skip(3);
        let name = parts.next().unwrap_or_default().trim_end_matches(" decoder");
        if parts.next().is_some_and(|kind| kind.starts_with("decoder-video/")) {
            return Err(FilmFault::NoDecoder(name.to_owned()));
        }
    }
    let stream = |kind: &str| {
        written.lines().map(str::trim).position(|line| {
            line.strip_prefix(kind).is_some_and(|rest| rest.starts_with(": ") || rest.starts_with(" #"))
        })
    };
    let Some(at) = stream("video") else { return Err(FilmFault::NoPicture) };
    let of_picture = |field: &str| {
        written.lines().map(str::trim).skip(at).find_map(|line| line.strip_prefix(field)?.strip_prefix(": "))
    };
    let number = |field| of_picture(field).and_then(|value| value.parse().ok()).unwrap_or(0);
    let ratio = of_picture("Pixel aspect ratio").and_then(|ratio| ratio.split_once('/'));
    let ratio = ratio.and_then(|(wide, high)| Some((wide.parse().ok()?, high.parse().ok()?)));
    let (wide, high): (u64, u64) = ratio.filter(|(wide, high)| *wide > 0 && *high > 0).unwrap_or((1, 1));
    let width = u32::try_from(u64::from(number("Width")) * wide / high).unwrap_or(u32::MAX);
    let height = number("Height");
    if width == 0 || height == 0 {
        return Err(FilmFault::NoPicture);
    }
    let is_turned = of_picture("image orientation").is_some_and(|turn| turn.contains("90") || turn.contains("270"));
    let (width, height) = if is_turned { (height, width) } else { (width, height) };
    let duration = written.lines().find_map(|line| duration(line.trim().strip_prefix("Duration: ")?));
    // "H.264 / AVC", "VP9 video"
    let named = written.lines().find_map(|line| line.trim().strip_prefix("video codec: "));
    let codec = named.and_then(|name| name.split(' ').next()).unwrap_or_default().to_owned();
    Ok(Probe { duration, width, height, codec, has_sound: stream("audio").is_some() })
}

/// Reads `0:00:02.000000000`.
fn duration(text: &str) -> Option<Duration> {
    let mut parts = text.split([':', '.']);
    let mut number = || parts.next()?.parse::<u64>().ok();
    let (hours, minutes, seconds, nanos) = (number()?, number()?, number()?, number()?);
    let seconds = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?;
    Some(Duration::new(seconds, u32::try_from(nanos).ok().filter(|nanos| *nanos < 1_000_000_000)?))
}
