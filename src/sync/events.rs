//! Reads an event stream (WHATWG HTML, 9.2.6), as far as it is of use here: whether there is news.

/// The longest line that is looked at, in bytes; what stands behind is passed over.
const LINE_BYTES_MAX: usize = 256;

/// The state between two pieces of a stream.
#[derive(Default)]
pub struct EventReader {
    line: Vec<u8>,
    was_return: bool,
    has_data: bool,
    is_other: bool,
}

impl EventReader {
    /// Whether an event that tells of a publication ends in these bytes: one called `published`, or not called anything.
    pub fn read(&mut self, bytes: &[u8]) -> bool {
        let mut has_news = false;
        for &byte in bytes {
            let was_return = std::mem::replace(&mut self.was_return, byte == b'\r');
            match byte {
                b'\n' if was_return => {}
                b'\n' | b'\r' => has_news |= self.end_line(),
                _ if self.line.len() < LINE_BYTES_MAX => self.line.push(byte),
                _ => {}
            }
        }
        has_news
    }

    fn end_line(&mut self) -> bool {
        let is_end = self.line.is_empty();
        if is_end {
            let is_news = self.has_data && !self.is_other;
            (self.has_data, self.is_other) = (false, false);
            return is_news;
        }
        let line = self.line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.line);
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let (field, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        match field {
            b"data" => self.has_data = true,
            b"event" => self.is_other = ![b"".as_slice(), b"message", b"published"].contains(&value.trim_ascii()),
            _ => {}
        }
        self.line.clear();
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn news(stream: &str) -> usize {
        let mut reader = EventReader::default();
        stream.bytes().filter(|byte| reader.read(&[*byte])).count()
    }

    #[test]
    fn events_with_data_are_news_and_comments_are_not() {
        assert_eq!(news("data: 12\n\n"), 1);
        assert_eq!(news("event: published\ndata\n\ndata:x\n\n"), 2);
        assert_eq!(news("\u{feff}data: 1\r\n\r\n:heartbeat\r\n\r\nid: 7\rdata: 2\r\r"), 2);
        assert_eq!(news(": heartbeat\n\n\n\n"), 0);
        assert_eq!(news("event: published\n\n"), 0, "the standard gives out no event without data");
        assert_eq!(news("event: weather\ndata: 1\n\n"), 0);
        assert_eq!(news("event: weather\ndata: 1\n\ndata: 2\n\n"), 1, "a name counts for one event");
        assert_eq!(news("data: 1\n"), 0, "it has not ended");
    }

    #[test]
    fn a_line_without_end_takes_no_memory() {
        let mut reader = EventReader::default();
        for _ in 0..1000 {
            assert!(!reader.read(&[b'x'; 4096]));
        }
        assert!(reader.line.capacity() <= 2 * LINE_BYTES_MAX);
        assert!(reader.read(b"\n\ndata: 1\n\n"));
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_a_stream_is_cut(stream in "(data|event|published|:|\\r|\\n|\\r\\n|x| ){0,40}", cut in 0_usize..40) {
            let mut reader = EventReader::default();
            let (one, other) = stream.as_bytes().split_at(cut.min(stream.len()));
            let in_two = [reader.read(one), reader.read(other)];
            prop_assert_eq!(in_two.contains(&true), news(&stream) > 0);
        }
    }
}
