use std::time::Duration;

/// Why a film is not shown, in the words of the town's IT.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilmFault {
    #[error("this Parvis was built without films (feature `video`): the poster is shown instead")]
    LeftOut,
    #[error(
        "GStreamer is not installed: apt install gstreamer1.0-tools gstreamer1.0-plugins-base-apps \
         gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-libav"
    )]
    NoGStreamer,
    #[error("the film cannot be read: {0}")]
    Unreadable(String),
    #[error("the film is no file")]
    NoFile,
    #[error("the film is empty")]
    Empty,
    #[error("the film has {mib} MiB, {mib_max} MiB are allowed")]
    TooLarge { mib: u64, mib_max: u64 },
    #[error("a picture of {width}x{height} pixels at {frames_per_second} frames per second cannot be asked for")]
    Unreasonable { width: u32, height: u32, frames_per_second: u32 },
    #[error("the file holds no moving picture")]
    NoPicture,
    #[error("there is no decoder for {0}: apt install gstreamer1.0-plugins-bad gstreamer1.0-libav")]
    NoDecoder(String),
    #[error("the decoder gave no picture for {} ms and was ended", .0.as_millis())]
    Silent(Duration),
    #[error("the film is damaged: {0}")]
    Damaged(String),
    #[error("the decoder was ended by signal {0}")]
    Crashed(i32),
}

/// Where the cause of a fault lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    /// No film of this kind plays on this machine.
    Machine,
    /// It may play another time.
    Moment,
    File,
}

impl FilmFault {
    pub fn lies_in(&self) -> Lies {
        match self {
            Self::LeftOut | Self::NoGStreamer | Self::NoDecoder(_) => Lies::Machine,
            Self::Silent(_) | Self::Crashed(_) => Lies::Moment,
            Self::Unreadable(_)
            | Self::NoFile
            | Self::Empty
            | Self::TooLarge { .. }
            | Self::Unreasonable { .. }
            | Self::NoPicture
            | Self::Damaged(_) => Lies::File,
        }
    }
}

/// What a program of GStreamer that failed wrote, as a fault.
pub(super) fn from_words(said: &str) -> FilmFault {
    if let Some((_, missing)) = said.split_once("Missing decoder: ") {
        // Sound is never decoded, so a file of nothing else lacks a decoder for it.
        let is_sound = missing.lines().next().is_some_and(|line| line.contains("(audio/"));
        let name = missing.split(" (").next().unwrap_or_default().trim();
        return if is_sound { FilmFault::NoPicture } else { FilmFault::NoDecoder(name.to_owned()) };
    }
    let error = said.lines().find_map(|line| line.strip_prefix("ERROR: "));
    let reason =
        error.and_then(|error| error.strip_prefix("from element ")?.split_once(": ").map(|(_, reason)| reason));
    let reason = reason.or(error).or_else(|| said.lines().find(|line| !line.trim().is_empty()));
    FilmFault::Damaged(reason.unwrap_or("the decoder does not say how").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_error_is_told_without_the_names_of_elements() {
        let said = "WARNING: from element /a/b: x\nERROR: from element /GstPipeline:pipeline0/GstDecodeBin:d/typefind: \
                    Could not determine type of stream.\nAdditional debug info:\nERROR: pipeline doesn't want to preroll.";
        assert_eq!(from_words(said), FilmFault::Damaged("Could not determine type of stream.".to_owned()));
        let said = "ERROR: pipeline could not be constructed: no element \"x\".\n";
        assert_eq!(
            from_words(said),
            FilmFault::Damaged("pipeline could not be constructed: no element \"x\".".to_owned())
        );
        assert_eq!(from_words(""), FilmFault::Damaged("the decoder does not say how".to_owned()));
    }

    #[test]
    fn a_decoder_that_is_missing_is_named_and_sound_alone_is_no_film() {
        let said =
            |what| format!("ERROR: from element /a: Your GStreamer installation is missing a plug-in.\n{what}\n");
        let picture = said("Missing decoder: H.264 (High Profile) (video/x-h264, level=(string)3)");
        assert_eq!(from_words(&picture), FilmFault::NoDecoder("H.264".to_owned()));
        assert_eq!(from_words(&said("Missing decoder: Vorbis (audio/x-vorbis, rate=1)")), FilmFault::NoPicture);
    }
}
