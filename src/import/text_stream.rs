use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, BufRead, Read, Seek, SeekFrom};

const CHUNK: usize = 64 << 10;

/// A file's text as UTF-8, decoded as it is read: in the encoding that its byte order mark says, UTF-16 where every
/// second byte is zero, UTF-8 where it is mostly that, else Windows-1252, which holds Latin-1.
pub struct TextStream<R> {
    from: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` is still to be decoded.
    raw_at: usize,
    out: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read + Seek> TextStream<R> {
    /// # Errors
    /// When the file cannot be read.
    pub fn new(mut from: R) -> io::Result<Self> {
        let mut head = Vec::new();
        (&mut from).take(4096).read_to_end(&mut head)?;
        let (encoding, mark) = match Encoding::for_bom(&head) {
            Some((encoding, mark)) => (encoding, mark),
            None => (wide(&head).map_or_else(|| narrow(&mut from), Ok)?, 0),
        };
        from.seek(SeekFrom::Start(mark as u64))?;
        let decoder = encoding.new_decoder_without_bom_handling();
        Ok(Self { from, decoder, raw: Vec::new(), raw_at: 0, out: Vec::new(), at: 0, ended: false })
    }
}

/// UTF-16 without a mark: Latin letters leave every second byte zero, and nothing else has zeros.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count() * 4;
    match head.len() {
        0..8 => None,
        length if zeros(1) > length => Some(UTF_16LE),
        length if zeros(0) > length => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8, unless most of what is beyond ASCII is not: a single broken byte must not spoil all other letters.
fn narrow<R: Read + Seek>(from: &mut R) -> io::Result<&'static Encoding> {
    from.seek(SeekFrom::Start(0))?;
    let (mut good, mut bad) = (0_u64, 0_u64);
    let (mut buffer, mut kept) = (vec![0; CHUNK], 0);
    loop {
        let read = from.read(&mut buffer[kept..])?;
        let mut rest = &buffer[..kept + read];
        let left = loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    good += beyond_ascii(text);
                    break 0;
                }
                Err(error) => {
                    let (text, after) = rest.split_at(error.valid_up_to());
                    good += std::str::from_utf8(text).map_or(0, beyond_ascii);
                    match error.error_len() {
                        Some(length) => {
                            bad += 1;
                            rest = &after[length..];
                        }
                        None => break after.len(),
                    }
                }
            }
        };
        if read == 0 {
            return Ok(if bad > good { WINDOWS_1252 } else { UTF_8 });
        }
        let end = kept + read;
        buffer.copy_within(end - left..end, 0);
        kept = left;
    }
}

fn beyond_ascii(text: &str) -> u64 {
    if text.is_ascii() { 0 } else { text.chars().filter(|c| !c.is_ascii()).count() as u64 }
}

impl<R: Read> BufRead for TextStream<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.out.len() && !self.ended {
            if self.raw_at == self.raw.len() {
                self.raw.resize(CHUNK, 0);
                let read = self.from.read(&mut self.raw)?;
                self.raw.truncate(read);
                self.raw_at = 0;
            }
            let last = self.raw.is_empty();
            self.out.resize(4 * CHUNK, 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(&self.raw[self.raw_at..], &mut self.out, last);
            self.raw_at += read;
            self.out.truncate(written);
            self.at = 0;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(&self.out[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.out.len());
    }
}

impl<R: Read> Read for TextStream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let length = ready.len().min(buffer.len());
        buffer[..length].copy_from_slice(&ready[..length]);
        self.consume(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn text(bytes: &[u8]) -> String {
        let mut text = String::new();
        TextStream::new(Cursor::new(bytes)).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn every_encoding_that_tables_come_in_is_read() {
        assert_eq!(text(b"\xEF\xBB\xBFcaf\xC3\xA9"), "café");
        assert_eq!(text(b"caf\xE9;\x80"), "café;€");
        assert_eq!(text(b"\xFF\xFEc\0a\0f\0\xE9\0"), "café");
        assert_eq!(text(b"a\0;\0b\0\n\0c\0;\0d\0"), "a;b\nc;d");
        assert_eq!(text(b"\0a\0;\0b\0\n\0c\0;\0d"), "a;b\nc;d");
        assert_eq!(text(b""), "");
        assert_eq!(text("é\u{e9}è \u{2019}".as_bytes()), "ééè ’");
        // One broken byte among good letters.
        assert_eq!(text(b"\xC3\xA9\xC3\xA8\xFF"), "éè\u{fffd}");
    }

    #[test]
    fn letters_across_the_chunks_stay_whole() {
        for shift in 0..4 {
            let long = format!("{}{}", "x".repeat(shift), "é€".repeat(60_000));
            assert_eq!(text(long.as_bytes()), long);
            let latin: Vec<u8> = std::iter::repeat_n(0xE9, 100_000 + shift).collect();
            assert_eq!(text(&latin).chars().count(), latin.len());
        }
    }
}
