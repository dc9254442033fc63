//! Takes out of a film what a telephone wrote into it beside pictures and sound, such as where it was taken (ISO/IEC
//! 14496-12, `udta` and `meta`). Nothing moves: what goes becomes room that nobody reads.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// More boxes than any film has on these levels.
const BOXES_MAX: usize = 10_000;

/// Blanks what an MP4 file says of itself, in its place.
///
/// # Errors
/// Those of the disk, and when it is not made as an MP4 file is.
pub fn blank(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let end = file.metadata()?.len();
    let mut left = vec![(0, end)];
    let mut count = 0;
    while let Some((begin, end)) = left.pop() {
        let mut at = begin;
        while at < end {
            count += 1;
            let (kind, head, size) = header(&mut file, at, end)?;
            if count > BOXES_MAX || size < head || size > end - at {
                return Err(io::Error::from(io::ErrorKind::InvalidData));
            }
            match &kind {
                b"moov" | b"trak" | b"mdia" => left.push((at + head, at + size)),
                b"udta" | b"meta" | b"uuid" => blank_box(&mut file, at, head, size)?,
                _ => {}
            }
            at += size;
        }
    }
    file.sync_all()
}

/// What a box is, how long its head is and how long all of it, in bytes.
fn header(file: &mut File, at: u64, end: u64) -> io::Result<([u8; 4], u64, u64)> {
    let mut head = [0; 8];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut head)?;
    let [a, b, c, d, kind @ ..] = head;
    Ok(match u32::from_be_bytes([a, b, c, d]) {
        0 => (kind, 8, end - at),
        1 => {
            let mut long = [0; 8];
            file.read_exact(&mut long)?;
            (kind, 16, u64::from_be_bytes(long))
        }
        size => (kind, 8, u64::from(size)),
    })
}

fn blank_box(file: &mut File, at: u64, head: u64, size: u64) -> io::Result<()> {
    file.seek(SeekFrom::Start(at + 4))?;
    file.write_all(b"free")?;
    file.seek(SeekFrom::Start(at + head))?;
    io::copy(&mut io::repeat(0).take(size - head), file).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(kind: &[u8; 4], inside: &[u8]) -> Vec<u8> {
        [&(inside.len() as u32 + 8).to_be_bytes()[..], kind, inside].concat()
    }

    #[test]
    fn where_a_film_was_taken_goes_and_nothing_moves() {
        let place = part(b"udta", b"+43.7384+007.4246/");
        let track = part(b"trak", &[part(b"tkhd", b"track"), part(b"meta", b"+43.7384")].concat());
        let film =
            [part(b"ftyp", b"mp42"), part(b"moov", &[track, place].concat()), part(b"mdat", b"udta meta")].concat();
        let path = std::env::temp_dir().join(format!("parvis-film-metadata-{}", std::process::id()));
        std::fs::write(&path, &film).unwrap();
        blank(&path).unwrap();
        let blanked = std::fs::read(&path).unwrap();
        assert_eq!(blanked.len(), film.len());
        assert!(!blanked.windows(7).any(|part| part == b"43.7384"));
        assert!(blanked.ends_with(b"mdatudta meta") && blanked.windows(5).any(|part| part == b"track"));
        for broken in [&film[..20], &[0, 0, 0, 4, b'm', b'o', b'o', b'v'], &[&film[..], b"x"].concat()] {
            std::fs::write(&path, broken).unwrap();
            assert!(blank(&path).is_err());
        }
        std::fs::remove_file(&path).unwrap();
    }
}
