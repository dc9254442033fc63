//! How segments are packed: items by bucket, zstd (RFC 8878).

use super::{FORMAT, OLDEST_PLAYER, Rendition};
use crate::content::Item;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Read};

/// Fewest and most buckets of a revision.
pub const BUCKETS: std::ops::RangeInclusive<usize> = 64..=256;

/// The most that one packed object may unpack to, in bytes: 64 MiB.
pub const UNPACKED_BYTES_MAX: u64 = 64 << 20;

/// What a decoder may keep in memory, as a power of two: 8 MiB, as RFC 8878, 3.1.1.1.2 recommends.
const WINDOW_LOG_MAX: u32 = 23;

/// The level at which packing still takes little time: 10,000 items in about a second.
const LEVEL: i32 = 12;

/// The items of one bucket and the pictures they use.
#[derive(Debug, Serialize)]
pub struct Segment<'a> {
    pub format: u32,
    pub player: &'a str,
    pub items: Vec<&'a Item>,
    /// By the path in the items' media.
    pub media: BTreeMap<&'a str, Rendition>,
}

impl<'a> Segment<'a> {
    pub fn new(items: Vec<&'a Item>, media: BTreeMap<&'a str, Rendition>) -> Self {
        Self { format: FORMAT, player: OLDEST_PLAYER, items, media }
    }
}

/// What of a segment is no item.
#[derive(Debug, Default, Deserialize)]
pub struct SegmentMedia {
    #[serde(default)]
    pub media: BTreeMap<String, Rendition>,
}

/// The bucket of an id: the same for ever, so that changing one item changes one segment.
pub fn bucket(id: &str, buckets: usize) -> usize {
    let digest = super::Digest::of(id.as_bytes());
    let start = digest.as_bytes();
    usize::from(u16::from_be_bytes([start[0], start[1]])) % buckets.max(1)
}

/// How many buckets so many items are dealt into. `before` is what the last revision had: it stays as long as it will
/// do, for another number ships everything again.
pub fn buckets_for(items: usize, before: Option<usize>) -> usize {
    const ITEMS_IN_ONE: usize = 40;
    let fitting = (items / ITEMS_IN_ONE).next_power_of_two().clamp(*BUCKETS.start(), *BUCKETS.end());
    before
        .filter(|before| BUCKETS.contains(before) && *before >= fitting / 2 && *before <= fitting * 2)
        .unwrap_or(fitting)
}

/// Packs a document.
///
/// # Errors
/// Only when memory fails or the document is none that JSON can write.
pub fn pack(document: &impl Serialize) -> io::Result<Vec<u8>> {
    zstd::bulk::compress(&serde_json::to_vec(document)?, LEVEL)
}

/// Unpacks what [`pack`] made, never more than [`UNPACKED_BYTES_MAX`].
///
/// # Errors
/// When it is no zstd, or holds more.
pub fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    let mut reader = zstd::stream::read::Decoder::with_buffer(packed)?;
    reader.window_log_max(WINDOW_LOG_MAX)?;
    reader.take(UNPACKED_BYTES_MAX + 1).read_to_end(&mut unpacked)?;
    if unpacked.len() as u64 > UNPACKED_BYTES_MAX {
        return Err(io::Error::other(format!("unpacks to more than {} MiB", UNPACKED_BYTES_MAX >> 20)));
    }
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_bucket_and_ids_are_spread() {
        let mut counts = [0; 64];
        for number in 0..6_400 {
            counts[bucket(&format!("osm:node/{number}"), 64)] += 1;
        }
        assert!(counts.iter().all(|count| (50..150).contains(count)), "{counts:?}");
        assert_eq!(bucket("osm:node/1", 64), bucket("osm:node/1", 64));
    }

    #[test]
    fn the_number_of_buckets_changes_only_when_it_must() {
        assert_eq!(buckets_for(0, None), 64);
        assert_eq!(buckets_for(10_000, None), 256);
        assert_eq!(buckets_for(2_700, Some(64)), 64);
        assert_eq!(buckets_for(10_000, Some(64)), 256);
        assert_eq!(buckets_for(10, Some(256)), 64);
        assert_eq!(buckets_for(10, Some(7)), 64);
    }

    #[test]
    fn what_is_packed_comes_back_and_a_bomb_does_not() {
        let packed = pack(&vec!["a"; 1000]).unwrap();
        assert_eq!(unpack(&packed).unwrap(), serde_json::to_vec(&vec!["a"; 1000]).unwrap());
        let bomb = zstd::bulk::compress(&vec![0; (UNPACKED_BYTES_MAX + 1) as usize], 1).unwrap();
        assert!(bomb.len() < 20_000);
        assert!(unpack(&bomb).unwrap_err().to_string().contains("64 MiB"));
        assert!(unpack(b"not zstd").is_err());
    }
}
